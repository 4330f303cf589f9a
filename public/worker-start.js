// Starts the worker's wasm. `cargo xtask dist` appends this to the script of wasm-bindgen, and replaces the name of the wasm; `trunk serve` runs it as it is.
//
// What is posted before the wasm runs is kept and delivered when it does. A failure is an error event of the `Worker`.
(() => {
  const early = [];
  const keep = (event) => early.push(event.data);
  addEventListener("message", keep);
  const start = async () => {
    if (typeof wasm_bindgen === "undefined") importScripts("worker.js");
    // See the comment in boot.js.
    const wasm = typeof WORKER_WASM === "undefined" ? new URL("worker_bg.wasm", location.href) : await WORKER_WASM;
    await wasm_bindgen({ module_or_path: wasm });
    removeEventListener("message", keep);
    early.forEach((data) => dispatchEvent(new MessageEvent("message", { data })));
  };
  start().catch((error) =>
    setTimeout(() => {
      throw error;
    }),
  );
})();
