// The end of the worker's script, after the code of wasm-bindgen: the page sends the compiled module first.
onmessage = ({ data }) => {
  onmessage = null;
  // As an error of the worker, which the page hears of.
  wasm_bindgen({ module_or_path: data }).catch((error) => setTimeout(() => { throw error; }));
};
