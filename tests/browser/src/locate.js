// Finds elements as a screen reader names them: by role and accessible name. `steps` leads from the outside to the inside, and each step finds elements
// within those of the step before. It knows the roles and the names that the page uses, not all of the ARIA specifications.
const [steps] = arguments;

const SELECTORS = {
  alert: "[role=alert]",
  button: "button, [role=button]",
  checkbox: "input[type=checkbox]",
  // What a label names and a person fills in or chooses from.
  field: "input:not([type=radio], [type=checkbox], [type=hidden]), textarea, select",
  group: "fieldset, [role=group]",
  dialog: "dialog, [role=dialog]",
  heading: "h1, h2, h3, h4, h5, h6",
  link: "a[href]",
  list: "ul, ol",
  listitem: "li",
  main: "main",
  navigation: "nav",
  radio: "input[type=radio]",
  region: "section, [role=region]",
  status: "[role=status]",
  // The line by which a `details` opens; engines disagree about its role.
  summary: "summary",
  tab: "[role=tab]",
  tabpanel: "[role=tabpanel]",
};
// Elements that may have another role than their own.
const hasRole = (element, role) => role === "field" || role === "summary" || !element.hasAttribute("role") || element.getAttribute("role") === role;

const tidy = (text) => text.replace(/\s+/g, " ").trim();

// The text of an element, as it is read: without hidden parts, and with a space between blocks.
const textOf = (node, skips) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE) return "";
  if (node.getAttribute("aria-hidden") === "true" || skips?.(node)) return "";
  const label = node.getAttribute("aria-label");
  if (label) return ` ${label} `;
  const { display, position } = getComputedStyle(node);
  if (display === "none") return "";
  const text = [...node.childNodes].map((child) => textOf(child, skips)).join("");
  // A part that only screen readers read is taken out of its line, and still a part of it.
  return display.startsWith("inline") || position === "absolute" ? text : ` ${text} `;
};
const isControl = (element) => element.matches("button, a, input, select, textarea");

const nameOf = (element, role) => {
  const ids = element.getAttribute("aria-labelledby");
  if (ids) return tidy(ids.split(/\s+/).map((id) => textOf(element.ownerDocument.getElementById(id) ?? new Text(""))).join(" "));
  const label = element.getAttribute("aria-label");
  if (label) return tidy(label);
  if (element.matches("fieldset")) return tidy(textOf(element.querySelector(":scope > legend") ?? new Text(""), isControl));
  if (element.labels) {
    const labels = [...element.labels].map((of) => textOf(of, isControl)).join(" ");
    if (tidy(labels)) return tidy(labels);
  }
  if (["button", "link", "heading", "listitem", "summary", "tab"].includes(role)) return tidy(textOf(element));
  return tidy(element.getAttribute("title") ?? element.getAttribute("placeholder") ?? "");
};

// The label of an optional field says so at its end.
const matches = (text, { exact, start, part }, isField) => {
  if (exact !== undefined) return text === exact || (isField && text.startsWith(`${exact} (`));
  if (start !== undefined) return text.startsWith(start);
  return text.includes(part);
};

// What is behind a modal dialog can neither be seen well nor be used.
const modal = [...document.querySelectorAll("dialog:modal")].at(-1);
const isThere = (element) => element.checkVisibility({ visibilityProperty: true }) && (!modal || modal.contains(element));

let found = [document];
for (const { role, name, text, selector, around, start, at, hidden } of steps) {
  let next = found.flatMap((root) => (around ? [root.closest(around)].filter((element) => element) : [...root.querySelectorAll(selector ?? SELECTORS[role] ?? "*")]));
  next = [...new Set(next)].filter((element) => hidden || isThere(element));
  if (role) next = next.filter((element) => hasRole(element, role));
  if (name) next = next.filter((element) => matches(nameOf(element, role), name, role === "field"));
  if (text) {
    next = next.filter((element) => matches(tidy(textOf(element)), text));
    // Of those within each other, the innermost.
    next = next.filter((element) => !next.some((other) => other !== element && element.contains(other)));
  }
  if (start) next = next.filter((element) => element.textContent.startsWith(start));
  if (at !== undefined) next = [next.at(at)].filter((element) => element);
  found = next;
}
return found;
