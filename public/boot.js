// The only script before the application. It runs in the head, before anything is painted; `cargo xtask dist` puts it into the page.
//
// Contract with the application (`src/browser/`). The two share events on `document` and attributes, no globals.
//
// Attributes of <html>, which the style sheets read too:
//   data-root       the path from the page to the folder, "./" or "../../"
//   data-scenario   the id of the scenario that the page was prerendered for
//   data-shell      "powershell": there is no link, and the system is Windows; missing: bash
//   data-embed      "steps", "script" or "command": the view that the embedding page asked for; missing: the page is not embedded
//   data-link       present until `configurator-ready`, if the address has a link: the prerendered commands are not the link's, and are hidden
//
// Attributes of this script's element, all of them addresses relative to data-root:
//   data-app, data-app-wasm         the application (missing in the single file, where it is in the page)
//   data-worker, data-worker-wasm   the worker. To start one, call `new Worker(script)`: a classic script, which loads its own wasm, and keeps what is
//                                   posted before that runs. A sandboxed frame refuses the address (SecurityError): fetch the script's text, and start
//                                   a Blob of `var WORKER_WASM = "<absolute address of the wasm>";\n` and that text. In the single file, data-worker is
//                                   a blob: address, and data-worker-wasm is missing. Find the element by `script[data-worker]`.
//
// Elements:
//   [data-app-root]    the application mounts into it, and removes the prerendered copy in it in the same task
//   [role=tabpanel]    the output in that copy; replaced by that in <noscript data-powershell> on Windows
//
// Attributes of elements in [data-app-root], until `configurator-ready`:
//   data-changed    of a control that the user changed: the number of the change
//   data-clicked    of the button that the user clicked last
//
// Events from the application:
//   configurator-changed   detail: the link to the current choices (text, begins with "#"); when they change, and once before `configurator-ready`
//   configurator-ready     no detail: the application is mounted, shows what the address says, and listens to `configurator-set`
// Events to the application:
//   configurator-set       detail: choices of the embedding page as the text of a link without "#", to be merged with the current ones
//
// If the wasm panics, the error event of the window shows a message with a link that reopens the page with the last choices. The application only has to
// stop there; there is nothing to report.
(() => {
  const root = document.documentElement;
  const script = document.currentScript;
  const { app, appWasm } = script.dataset;
  const query = new URLSearchParams(location.search);
  const isEmbedded = parent !== window;
  const address = (path) => new URL(path, new URL(root.dataset.root, location.href));
  const parsed = new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));

  // The address can come from anywhere: only known words are used, and a style only if it is a plain value of one of our tokens.
  const setTheme = (theme) => {
    const isForced = theme === "dark" || theme === "light";
    document.getElementById("dark").media = theme === "dark" ? "all" : theme === "light" ? "not all" : "(prefers-color-scheme: dark)";
    root.style.colorScheme = isForced ? theme : "";
  };
  const functions = /^(rgba?|hsla?|hwb|lab|lch|oklab|oklch|color-mix|calc|min|max|clamp)?$/;
  const setTokens = (tokens) => {
    for (const part of `${tokens}`.split(";")) {
      const [name, value = ""] = part.split(/:(.*)/s).map((text) => text.trim());
      const isPlain = /^[\w\s#.,%()"'+*/-]{0,200}$/.test(value) && [...value.matchAll(/([\w-]*)\(/g)].every(([, called]) => functions.test(called));
      if (isPlain && getComputedStyle(root).getPropertyValue(name)) root.style.setProperty(name, value);
    }
  };
  if (isEmbedded) {
    const view = query.get("view");
    root.dataset.embed = view === "script" || view === "command" ? view : "steps";
    setTheme(query.get("theme"));
    setTokens(query.get("style") ?? "");
  }

  // Without a link the prerendered commands are right, except for the shell.
  if (location.hash.length > 1) {
    root.dataset.link = "";
  } else if (/^win/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? "")) {
    root.dataset.shell = "powershell";
    parsed.then(() => {
      const other = document.createElement("template");
      // Without scripts, both outputs are in the page: the ids of the second one are in another attribute.
      other.innerHTML = document.querySelector("noscript[data-powershell]")?.textContent.replaceAll(' data-id="', ' id="') ?? "";
      const output = other.content.querySelector("[role=tabpanel]");
      if (output) document.querySelector("[role=tabpanel]").replaceChildren(...output.childNodes);
    });
  }
  const showLink = () => delete root.dataset.link;
  const main = () => document.querySelector("main");

  // What the user changes and clicks before the application is there: it takes that over. A value that the browser restored is not a change.
  const early = new AbortController();
  let changes = 0;
  const noteChange = ({ target, isTrusted }) => {
    if (isTrusted && target.matches("[data-app-root] :is(input, textarea)")) target.dataset.changed = changes += 1;
  };
  const noteClick = ({ target }) => {
    const button = target.closest("[data-app-root] button");
    for (const clicked of document.querySelectorAll("[data-clicked]")) delete clicked.dataset.clicked;
    if (button) button.dataset.clicked = "";
  };
  for (const kind of ["input", "change"]) document.addEventListener(kind, noteChange, { signal: early.signal });
  document.addEventListener("click", noteClick, { signal: early.signal });

  // The link to the current choices; before the application is ready, the address has it.
  let link;
  let isReady = false;

  // Messages of the embedding page, see docs/embedding.md. Only the window around the frame is heard, and of that only the origin that spoke first. No
  // secret is part of a message: the choices have no field for one.
  const talk = () => {
    const PROTOCOL = "connected-registry";
    const VERSION = 1;
    let origin;
    let height;
    let waiting = [];
    // "null" is not an address to write to; only the window around the frame gets the message anyway.
    const say = (type, content) => parent.postMessage({ [PROTOCOL]: VERSION, type, ...content }, !origin || origin === "null" ? "*" : origin);
    const choices = () => Object.fromEntries(link.slice(1).split("&").map((pair) => pair.split("=").map(decodeURIComponent)));
    const sayChoices = () => {
      if (origin !== undefined && isReady) say("changed", { link, choices: choices() });
    };
    const saySize = () => {
      // While the output is hidden, the page is lower than it will ever be again.
      if (origin === undefined || "link" in root.dataset) return;
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
        const detail = pairs.map((pair) => pair.map(encodeURIComponent).join("=")).join("&");
        if (detail) document.dispatchEvent(new CustomEvent("configurator-set", { detail }));
      }
    };
    addEventListener("message", (event) => {
      const message = event.data;
      if (event.source !== parent || message?.[PROTOCOL] !== VERSION || (origin !== undefined && event.origin !== origin)) return;
      origin = event.origin;
      if (message.type === "set") isReady ? set(message) : waiting.push(message);
      saySize();
      sayChoices();
    });
    document.addEventListener("configurator-changed", sayChoices);
    document.addEventListener("configurator-ready", () => {
      waiting.splice(0).forEach(set);
      saySize();
      // After what follows from them.
      setTimeout(sayChoices);
    });
    new ResizeObserver(saySize).observe(document.body);
    say("ready");
  };

  // After one visit the page works without a network. A browser that refuses to keep it (in private windows, for instance) loses nothing else.
  const keep = () => {
    if (!navigator.serviceWorker || navigator.connection?.saveData) return;
    let isAsked = false;
    const register = () => {
      if (isAsked) return;
      isAsked = true;
      navigator.serviceWorker.register(address("sw.js"), { updateViaCache: "none" }).catch(() => {});
    };
    // Not during the start, when a phone is busy: at the first sign of use, when the page is left, or after a while.
    for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"]) addEventListener(sign, register, { once: true, passive: true, capture: true });
    document.addEventListener("visibilitychange", register, { once: true });
    setTimeout(register, 15000);
  };

  // The single file: the application's script hands itself over, and its wasm is in the page, compressed.
  const embedded = new Promise((resolve) => document.addEventListener("configurator-module", (event) => resolve(event.detail), { once: true }));
  const packed = (name) => document.querySelector(`[data-packed="${name}"]`)?.textContent.trim();
  const unpack = (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  };
  const offerWorker = () => {
    // It is unpacked in the worker.
    const wasm = `var WORKER_WASM = (${unpack})("${packed("worker-wasm")}");\n`;
    script.dataset.worker = URL.createObjectURL(new Blob([wasm, JSON.parse(packed("worker"))], { type: "text/javascript" }));
  };

  const load = async (attempt) => {
    if (!app) {
      await parsed;
      return { start: await embedded, wasm: await unpack(packed("app-wasm")) };
    }
    // Both at once: the script would ask for the wasm only when it runs.
    const wasm = fetch(address(appWasm));
    wasm.catch(() => {});
    // Some browsers keep the failure of an address.
    const module = await import(address(app) + (attempt > 0 ? `?${attempt}` : ""));
    await parsed;
    return { start: module.default, wasm };
  };
  const show = (id, isShown) => (document.getElementById(id).hidden = !isShown);
  const start = async (attempt) => {
    try {
      const { start, wasm } = await load(attempt);
      await start({ module_or_path: wasm });
      if (!app) offerWorker();
    } catch (error) {
      console.error(error);
      await parsed;
      showLink();
      main().removeAttribute("aria-busy");
      // A panic while it started: another attempt would end the same way.
      show(error instanceof WebAssembly.RuntimeError ? "broken" : "unusable", true);
    }
  };

  // After a panic, the choices are still in the last link.
  const point = () => (document.querySelector("#broken a").href = location.pathname + location.search + (link ?? location.hash));
  const stopped = (event) => {
    if (!((event.error ?? event.reason) instanceof WebAssembly.RuntimeError)) return;
    point();
    show("broken", true);
  };
  addEventListener("error", stopped);
  addEventListener("unhandledrejection", stopped);

  document.addEventListener("configurator-changed", (event) => (link = event.detail));
  document.addEventListener("configurator-ready", () => {
    isReady = true;
    early.abort();
    showLink();
  });
  parsed.then(() => {
    // Until the application is mounted. Not in the HTML: without scripts it would stay there.
    if (!isReady) main().setAttribute("aria-busy", "true");
    let attempts = 0;
    document.querySelector("#unusable button").addEventListener("click", () => {
      attempts += 1;
      show("unusable", false);
      start(attempts);
    });
    document.querySelector("#broken a").addEventListener("click", () => {
      // Includes what was typed since.
      point();
      setTimeout(() => location.reload());
    });
    if (isEmbedded) talk();
    else if (app) keep();
  });
  start(0);
})();
