// The end of the worker's script: `cargo xtask dist` appends it to the code of wasm-bindgen; with `trunk serve` it is the script. The page sends the compiled
// module first.
if (typeof wasm_bindgen === "undefined") importScripts("worker.js");
onmessage = ({ data }) => {
  onmessage = null;
  // As an error of the worker, which the page hears of.
  wasm_bindgen({ module_or_path: data }).catch((error) =>
    setTimeout(() => {
      throw error;
    }),
  );
};
