// What of the page is fetched, and when. The page comes as it is before anything is chosen: what is in the address, or the system, may ask for
// something else. FILES is filled in by the build.
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const isWindows = /^win/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? "");
if (location.hash.length > 1) {
  byId("main").dataset.output = "loading";
} else if (isWindows) {
  root.dataset.shell = "powershell";
  byId("panel").replaceChildren(byId("powershell").content);
}

const start = ([script, wasm]) => {
  // Both at once; the script would ask for the other only once it is here.
  const bytes = fetch(wasm);
  return Promise.all([import(script), bytes]).then(([module]) => module.default({ module_or_path: bytes }));
};

// The engine, once: at the first sign that somebody is about to use the page. One that could not be fetched can be asked for again.
let engine;
window.loadEngine = () => {
  engine ??= start(FILES.engine);
  engine.catch(() => (engine = undefined));
  return engine;
};
const prefetch = () => window.loadEngine().catch(() => {});
for (const sign of ["pointermove", "pointerdown", "keydown", "focusin", "scroll"]) addEventListener(sign, prefetch, { once: true, passive: true, capture: true });

// Where a module breaks, what was chosen is still in the link that the page keeps.
const broken = (event) => {
  if (!((event.error ?? event.reason) instanceof WebAssembly.RuntimeError)) return;
  const message = byId("broken");
  message.querySelector("a").href = location.pathname + location.search + (window.connectedRegistryLink ?? location.hash);
  message.hidden = false;
};
addEventListener("error", broken);
addEventListener("unhandledrejection", broken);
byId("broken").querySelector("a").addEventListener("click", () => setTimeout(() => location.reload()));

start(FILES.page).catch(() => (byId("unusable").hidden = false));
