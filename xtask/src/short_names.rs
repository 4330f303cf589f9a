//! Shorter names between a script of wasm-bindgen and its wasm: 7 kB less with Brotli.
//!
//! Each function that the browser gives to the wasm is named there and in the script, with a hash.
//! The wasm's own names, which wasm-opt needed, are removed as well.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::files::text_of;
use crate::run::{output_of, program};

/// What wasm-opt called the imports and the exports: module (of an import), old name, new name.
#[derive(Deserialize)]
struct Names {
    imports: Vec<[String; 3]>,
    exports: Vec<[String; 2]>,
}

/// What wasm-opt calls the module of all imports.
const MODULE: &str = "a";

/// Returns the script with short names, and writes the wasm with the same names to `into`.
pub(crate) fn shorten(wasm_opt: &Path, script: &Path, wasm: &Path, into: &Path) -> Result<String> {
    let names = output_of(
        program(wasm_opt)
            // Those that rustc uses; more would change the wasm.
            .args(crate::page::WASM_FEATURES)
            .args(["--strip-debug", "--minify-imports-and-exports-and-modules", "--output"])
            .args([into, wasm]),
    )?;
    let names = serde_json::from_str(&names).context("wasm-opt did not tell the new names")?;
    rename(&text_of(script)?, &names)
        .with_context(|| format!("{} is not what wasm-bindgen writes", script.display()))
}

fn rename(script: &str, names: &Names) -> Result<String> {
    let mut script = script.to_owned();
    let mut replace_one = |old: &str, new: &str| {
        ensure!(script.matches(old).count() == 1, "not exactly one {old}");
        script = script.replace(old, new);
        Ok(())
    };
    if let Some([module, ..]) = names.imports.first() {
        replace_one(&format!("\"{module}\": "), &format!("{MODULE}: "))?;
    }
    for [_, old, new] in &names.imports {
        replace_one(&format!(" {old}: "), &format!(" {new}: "))?;
    }
    let mut parts = script.split("wasm.");
    let mut renamed = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$');
        let (name, rest) = part.split_at(part.find(|c| !is_name(c)).unwrap_or(part.len()));
        let new = names.exports.iter().find(|[old, _]| old == name);
        renamed.extend(["wasm.", new.map_or(name, |[_, new]| new), rest]);
    }
    Ok(renamed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "const import0 = {
        __wbg_focus_2f77: function(arg0) { arg0.focus(); },
        __wbg_focus_2f77b: function(arg0) { wasm.__wbindgen_free(arg0); },
    };
    return { \"./app_bg.js\": import0 };
    wasm.memory.buffer; new URL('app_bg.wasm', import.meta.url)";

    fn names() -> Names {
        let text = |text: &str| text.to_owned();
        let import = |old, new| [text("./app_bg.js"), text(old), text(new)];
        Names {
            imports: vec![import("__wbg_focus_2f77", "b"), import("__wbg_focus_2f77b", "c")],
            exports: vec![[text("__wbindgen_free"), text("d")], [text("memory"), text("e")]],
        }
    }

    #[test]
    fn every_name_is_replaced_where_it_is_used() -> Result<()> {
        let expected = SCRIPT
            .replace("\"./app_bg.js\"", "a")
            .replace("__wbg_focus_2f77b", "c")
            .replace("__wbg_focus_2f77", "b")
            .replace("wasm.__wbindgen_free", "wasm.d")
            .replace("wasm.memory", "wasm.e");
        assert_eq!(rename(SCRIPT, &names())?, expected);
        Ok(())
    }

    #[test]
    fn script_without_an_import_is_refused() {
        assert!(rename(&SCRIPT.replace("_2f77b", "_other"), &names()).is_err());
        assert!(rename(&SCRIPT.replace("app_bg.js", "other.js"), &names()).is_err());
    }
}
