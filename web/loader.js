// What of the page is fetched, and when. The page comes as it is before anything is chosen: what is in the address, or the system, may ask for
// something else. `start` and `BASE` come with how the page is packed: see fetched.js and packed.js.
const byId = (id) => document.getElementById(id);
const isEmbedded = "embed" in root.dataset;
const isWindows = /^win/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? "");
const main = byId("main");
// Until the page works and shows its output. Not in the HTML: without a script it would stay.
main.setAttribute("aria-busy", "true");
if (location.hash.length > 1) {
  main.dataset.output = "loading";
} else if (isWindows) {
  root.dataset.shell = "powershell";
  // Without a script it is seen below the other, whose names its elements may not have there.
  const other = document.createElement("template");
  other.innerHTML = byId("powershell").textContent.replaceAll(' data-id="', ' id="');
  byId("panel").replaceChildren(...other.content.querySelector(".panel > div").childNodes);
}

// The first keystrokes would be slow: browsers translate WebAssembly well only after it has run some times. It does so while nobody waits.
const warmUp = (left) => {
  window.requestIdleCallback?.((idle) => {
    while (left > 0 && idle.timeRemaining() > 3) {
      window.connectedRegistryEngine("", [], [], "warm-up");
      left -= 1;
    }
    if (left > 0) warmUp(left);
  });
};

// A module, once. One that could not be fetched can be asked for again.
const once = (name, then) => {
  let started;
  return () => {
    if (!started) {
      started = start(name);
      started.then(then, () => (started = undefined));
    }
    return started;
  };
};
// The engine: at the first sign that somebody is about to use the page.
window.loadEngine = once("engine", () => warmUp(80));
// What puts files together and fills in the protected settings, and what checks commands that somebody has: only once somebody asks for it.
window.loadFiles = once("files");
window.loadReader = once("reader");
const prefetch = () => window.loadEngine().catch(() => {});
for (const sign of ["pointermove", "pointerdown", "keydown", "focusin", "scroll"]) addEventListener(sign, prefetch, { once: true, passive: true, capture: true });

// Where a module breaks, what was chosen is still in the link that the page keeps.
const message = byId("broken");
const way = message.querySelector("a");
const point = () => (way.href = location.pathname + location.search + (window.connectedRegistryLink ?? location.hash));
window.sayBroken = () => {
  point();
  message.hidden = false;
};
const broken = (event) => {
  if ((event.error ?? event.reason) instanceof WebAssembly.RuntimeError) window.sayBroken();
};
addEventListener("error", broken);
addEventListener("unhandledrejection", broken);
way.addEventListener("click", () => {
  // What was typed since is in it, too.
  point();
  setTimeout(() => location.reload());
});

// What a link says is shown once it is there, or cannot be had.
const show = () => delete root.dataset.link;
new MutationObserver((_, observer) => {
  if (main.dataset.output === "loading") return;
  show();
  observer.disconnect();
}).observe(main, { attributeFilter: ["data-output"] });
start("page").catch(() => {
  byId("unusable").hidden = false;
  main.dataset.output = "ready";
  main.removeAttribute("aria-busy");
  show();
});
if (isEmbedded) talk();
else keep();
