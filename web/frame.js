// What the page says to the one it stands in, and hears from it: see docs/embedding.md. Only the window around is listened to, and of that only the origin
// that spoke first. No secret is ever part of this: the choices have no place for one.
const PROTOCOL = "connected-registry";
const VERSION = 1;
const talk = () => {
  let origin;
  let height;
  const say = (type, content) => {
    // "null" is no address to write to; only the window around gets it in any case.
    parent.postMessage({ [PROTOCOL]: VERSION, type, ...content }, !origin || origin === "null" ? "*" : origin);
  };
  const choices = (link) => Object.fromEntries(link.slice(1).split("&").map((pair) => pair.split("=").map(decodeURIComponent)));
  const sayChoices = () => {
    const link = window.connectedRegistryLink;
    if (origin !== undefined && link !== undefined) say("changed", { link, choices: choices(link) });
  };
  const saySize = () => {
    // Without its output it is as high as it will never be again.
    if (origin === undefined || main.dataset.output === "loading") return;
    const now = Math.ceil(root.getBoundingClientRect().height);
    if (now === height) return;
    height = now;
    say("size", { height });
  };
  const isText = (value) => typeof value === "string" && value.length < 10000;
  const set = ({ choices, theme, style }) => {
    if (isText(theme)) setTheme(theme);
    if (isText(style)) setTokens(style);
    if (choices && typeof choices === "object") {
      const pairs = Object.entries(choices).filter(([key, value]) => isText(key) && isText(value)).slice(0, 100);
      const link = pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
      if (link) window.connectedRegistrySet?.(link);
    }
  };
  let waiting = [];
  addEventListener("message", (event) => {
    const message = event.data;
    if (event.source !== parent || message?.[PROTOCOL] !== VERSION || (origin !== undefined && event.origin !== origin)) return;
    origin = event.origin;
    if (message.type === "set") waiting ? waiting.push(message) : set(message);
    saySize();
    sayChoices();
  });
  // The page's module calls it with every change of the choices, and for the first time once it is there.
  window.connectedRegistryChanged = () => {
    const early = waiting ?? [];
    waiting = undefined;
    early.forEach(set);
    sayChoices();
  };
  new ResizeObserver(saySize).observe(document.body);
  say("ready");
};
