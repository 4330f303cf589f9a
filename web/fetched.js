// The page as a folder: each module is two files. FILES is filled in by the build; their names change with what is in them.
const BASE = new URL(root.dataset.root, location.href);
const start = (name) => {
  const [script, wasm] = FILES[name].map((file) => new URL(file, BASE));
  // Both at once; the script would ask for the other only once it is here.
  const bytes = fetch(wasm);
  return Promise.all([import(script), bytes]).then(([module]) => module.default({ module_or_path: bytes }));
};

// After one visit it works without a network. A browser that does not want to keep it (in private windows, for instance) costs nothing else.
const keep = () => {
  if (!navigator.serviceWorker || navigator.connection?.saveData) return;
  let isAsked = false;
  const register = () => {
    if (isAsked) return;
    isAsked = true;
    navigator.serviceWorker.register(new URL("sw.js", BASE), { updateViaCache: "none" }).catch(() => {});
  };
  // Not while the page comes to life, which a phone has enough to do with: at the first sign of use, when it is left, or after a while.
  for (const sign of ["pointermove", "pointerdown", "keydown", "scroll"]) addEventListener(sign, register, { once: true, passive: true, capture: true });
  document.addEventListener("visibilitychange", register, { once: true });
  setTimeout(register, 15000);
};
