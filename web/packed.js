// The page as one file: the modules' scripts are part of this one, and their bytes stand in the page, compressed. Nothing is ever fetched.
import startEngine from "./engine.js";
import startFiles from "./files.js";
import startPage from "./page.js";
import startReader from "./reader.js";

const STARTS = { page: startPage, engine: startEngine, files: startFiles, reader: startReader };
const start = async (name) => {
  const packed = document.getElementById(`wasm-${name}`).textContent.trim();
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return STARTS[name]({ module_or_path: await new Response(unpacked).arrayBuffer() });
};
const keep = () => {};
