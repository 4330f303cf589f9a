// What has to be known before anything is painted: that the page stands in another one, and how it is to look there. Everything in the address may be
// anybody's: only known words are taken, and a style only where it is a plain value of one of our tokens.
const root = document.documentElement;
const asked = new URLSearchParams(location.search);

window.setTheme = (theme) => {
  const isForced = theme === "dark" || theme === "light";
  document.getElementById("dark").media = theme === "dark" ? "all" : theme === "light" ? "not all" : "(prefers-color-scheme: dark)";
  root.style.colorScheme = isForced ? theme : "";
};
const functions = /^(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color-mix|calc|min|max|clamp)?$/;
window.setTokens = (tokens) => {
  for (const part of `${tokens}`.split(";")) {
    const [name, value = ""] = part.split(/:(.*)/s).map((text) => text.trim());
    const isPlain = /^[\w\s#.,%()"'+*/-]{0,200}$/.test(value) && [...value.matchAll(/([\w-]*)\(/g)].every(([, called]) => functions.test(called));
    if (isPlain && getComputedStyle(root).getPropertyValue(name)) root.style.setProperty(name, value);
  }
};

if (parent !== window) {
  const view = asked.get("view");
  root.dataset.embed = view === "script" || view === "command" ? view : "steps";
  setTheme(asked.get("theme"));
  setTokens(asked.get("style") ?? "");
}
// What a link says is not what came with the page: it is shown once it is known.
if (location.hash.length > 1) root.dataset.link = "";
