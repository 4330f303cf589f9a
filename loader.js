// What of the page is fetched: the module for the shell that is asked for, or, where nothing is asked for, for the shell of the system. The engine
// follows when something else is chosen. FILES is filled in by the build.
const hash = location.hash.slice(1);
const asked = new URLSearchParams(hash).get("shell");
const isWindows = /^win/i.test(navigator.userAgentData?.platform ?? navigator.platform ?? "");
const start = ([script, wasm]) => {
  // Both at once; the script would ask for the other only once it is here.
  const bytes = fetch(wasm);
  return Promise.all([import(script), bytes]).then(([module]) => module.default({ module_or_path: bytes }));
};
window.loadEngine = () => start(FILES.engine);
start(asked === "powershell" || (!hash && isWindows) ? FILES.powershell : FILES.bash).catch(() => {
  const waiting = document.getElementById("waiting");
  if (waiting) waiting.textContent = "The configurator could not be loaded. It needs WebAssembly and the network; reload the page to try again.";
});
