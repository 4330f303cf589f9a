//! The order of the modules: no cycle between the modules of a crate, nor of the page.
//!
//! A module here is a file or a folder directly in `src`; the files of one folder may know each
//! other. Uses in tests and links in documentation do not count. Cargo checks the order of the
//! crates themselves.
//!
//! The check reads paths, so it rejects what would hide one: a glob or another name for the root of
//! a crate, and items in `lib.rs` other than `mod` and `use`. It does not see paths in strings, such
//! as those of `#[serde(with)]`.

#![allow(clippy::expect_used)]

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

/// The modules that each module of a crate uses.
type Graph = BTreeMap<String, BTreeSet<String>>;

/// The cycles between modules of the crates in a folder, and what would hide one: the folder of the
/// crate, and the modules.
fn cycles(crates: &Path) -> Vec<String> {
    let mut sources: Vec<PathBuf> = fs::read_dir(crates)
        .expect("a folder of crates")
        .map(|entry| entry.expect("an entry").path().join("src"))
        .collect();
    sources.sort();
    cycles_in(&sources)
}

/// The same for some folders of sources.
fn cycles_in(sources: &[PathBuf]) -> Vec<String> {
    let problems = |source: &PathBuf| {
        let (graph, unclear) = graph_of(source);
        let cycle = cycle_of(&graph).map(|cycle| cycle.join(" -> "));
        let problems = cycle.into_iter().chain(unclear);
        problems.map(|problem| format!("{}: {problem}", source.display())).collect::<Vec<_>>()
    };
    sources.iter().flat_map(problems).collect()
}

/// The Rust files in a folder and below it.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder with sources");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// Reads the files of a crate's `src`: which module uses which, and what can't be followed.
fn graph_of(source: &Path) -> (Graph, Vec<String>) {
    let mut files = BTreeMap::new();
    for path in files_below(source) {
        let relative = path.strip_prefix(source).expect("below the folder").to_owned();
        let first = relative.iter().next().expect("a name").to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).expect("a file that can be read");
        let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        files.entry(module).or_insert_with(Vec::new).push((relative, file));
    }
    // Nothing can use the root of a program.
    for program in ["worker", "prerender"] {
        files.remove(program);
    }
    let mains = files.remove("main").unwrap_or_default();
    let roots = match files.remove("lib") {
        Some(lib) => lib,
        None => mains,
    };
    for (_, file) in &roots {
        for item in &file.items {
            if let syn::Item::Mod(module) = item
                && is_for_tests(&module.attrs)
            {
                files.remove(&module.ident.to_string());
            }
        }
    }
    let names: BTreeSet<String> = files.keys().cloned().collect();
    // What the root of the crate exports under another name, by the module that it is from.
    let mut exports = BTreeMap::new();
    let mut unclear = Vec::new();
    for (_, file) in &roots {
        for item in &file.items {
            match item {
                syn::Item::Use(item) => {
                    if has_glob(&item.tree) {
                        unclear.push("glob in the root".to_owned());
                    }
                    collect_exports(&item.tree, None, &names, &mut exports);
                }
                syn::Item::Mod(module) if module.content.is_none() => {
                    if module.attrs.iter().any(|attribute| attribute.path().is_ident("path")) {
                        unclear.push(format!("{} is in another file", module.ident));
                    }
                }
                _ if names.is_empty() => {}
                _ => unclear.push("item in the root".to_owned()),
            }
        }
    }
    let mut graph = Graph::new();
    for (module, parts) in files {
        let mut uses = BTreeSet::new();
        for (relative, file) in parts {
            let is_folder = relative.file_stem().is_some_and(|stem| stem == "mod");
            let depth = relative.iter().count() - usize::from(is_folder);
            let mut paths = Paths { depth, found: Vec::new(), hides_root: false };
            paths.visit_file(&file);
            if paths.hides_root {
                unclear.push(format!("{} has another name for the root", relative.display()));
            }
            for name in paths.found {
                let name = exports.get(&name).unwrap_or(&name);
                if names.contains(name) && *name != module {
                    uses.insert(name.clone());
                }
            }
        }
        graph.insert(module, uses);
    }
    (graph, unclear)
}

/// Whether a `use` brings in all names of a module.
fn has_glob(tree: &syn::UseTree) -> bool {
    match tree {
        syn::UseTree::Path(path) => has_glob(&path.tree),
        syn::UseTree::Group(group) => group.items.iter().any(has_glob),
        syn::UseTree::Glob(_) => true,
        syn::UseTree::Name(_) | syn::UseTree::Rename(_) => false,
    }
}

/// Notes the names that a `use` of the root brings in from its modules.
fn collect_exports(
    tree: &syn::UseTree,
    module: Option<&str>,
    modules: &BTreeSet<String>,
    exports: &mut BTreeMap<String, String>,
) {
    let mut note = |name: String| {
        if let Some(module) = module {
            exports.insert(name, module.to_owned());
        }
    };
    match tree {
        syn::UseTree::Path(path) => {
            let name = path.ident.to_string();
            let module = module.or_else(|| modules.get(&name).map(String::as_str));
            collect_exports(&path.tree, module, modules, exports);
        }
        syn::UseTree::Group(group) => {
            for tree in &group.items {
                collect_exports(tree, module, modules, exports);
            }
        }
        syn::UseTree::Name(name) => note(name.ident.to_string()),
        syn::UseTree::Rename(rename) => match (module, modules.get(&rename.ident.to_string())) {
            (None, Some(module)) => {
                exports.insert(rename.rename.to_string(), module.clone());
            }
            _ => note(rename.rename.to_string()),
        },
        syn::UseTree::Glob(_) => {}
    }
}

/// The first names, below the root of the crate, of all paths in a file.
struct Paths {
    /// How many modules lead from the root to where the visit is.
    depth: usize,
    found: Vec<String>,
    /// Whether the root has another name in the file, under which paths would be missed.
    hides_root: bool,
}

impl Paths {
    /// Notes a path: `crate::plan::Step` is `plan`, and so is `super::plan::Step` in a
    /// module directly below the root.
    fn note(&mut self, names: &[String]) {
        let supers = names.iter().take_while(|name| *name == "super").count();
        let below_root = match names.first().map(String::as_str) {
            Some("crate") => &names[1..],
            Some("super") if supers >= self.depth => &names[supers..],
            _ => return,
        };
        self.found.extend(below_root.first().cloned());
    }

    fn note_tree(&mut self, tree: &syn::UseTree, names: &mut Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                names.push(path.ident.to_string());
                self.note_tree(&path.tree, names);
                names.pop();
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.note_tree(tree, names);
                }
            }
            syn::UseTree::Name(syn::UseName { ident }) => {
                names.push(ident.to_string());
                self.note(names);
                names.pop();
            }
            syn::UseTree::Rename(syn::UseRename { ident, .. }) => {
                if ident != "self" {
                    names.push(ident.to_string());
                }
                self.hides_root |= self.is_root(names);
                self.note(names);
                if ident != "self" {
                    names.pop();
                }
            }
            syn::UseTree::Glob(_) => {
                self.hides_root |= self.is_root(names);
                self.note(names);
            }
        }
    }

    /// Whether a path is the root of the crate.
    fn is_root(&self, names: &[String]) -> bool {
        match names {
            [name] if name == "crate" => true,
            _ => names.len() == self.depth && names.iter().all(|name| name == "super"),
        }
    }

    /// Notes the paths in the tokens of a macro call, which are not parsed. `prefix` is the path
    /// before the tokens of a group: `crate` in `crate::{plan::Step}`.
    fn note_tokens(&mut self, tokens: TokenStream, prefix: &[String]) {
        let mut names: Vec<String> = prefix.to_vec();
        let mut colons = if prefix.is_empty() { 0 } else { 2 };
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.note(&std::mem::take(&mut names));
                    }
                    names.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    let path = if colons == 2 { std::mem::take(&mut names) } else { Vec::new() };
                    self.note(&std::mem::take(&mut names));
                    self.note_tokens(group.stream(), &path);
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ',' => {
                    self.note(&std::mem::replace(&mut names, prefix.to_vec()));
                    colons = if prefix.is_empty() { 0 } else { 2 };
                }
                _ => {
                    self.note(&std::mem::take(&mut names));
                    colons = 0;
                }
            }
        }
        self.note(&names);
    }
}

/// Whether an item is there for tests only.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|name| name == "test")
    })
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !is_for_tests(&module.attrs) {
            self.depth += 1;
            visit::visit_item_mod(self, module);
            self.depth -= 1;
        }
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.hides_root |= item.ident == "self";
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_for_tests(&item.attrs) {
            self.note_tree(&item.tree, &mut Vec::new());
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.note(&names);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.note_tokens(call.tokens.clone(), &[]);
        visit::visit_macro(self, call);
    }
}

/// A cycle in the graph, its first module at its end again.
fn cycle_of(graph: &Graph) -> Option<Vec<&str>> {
    fn walk<'a>(
        graph: &'a Graph,
        module: &'a str,
        way: &mut Vec<&'a str>,
        done: &mut BTreeSet<&'a str>,
    ) -> Option<Vec<&'a str>> {
        if let Some(start) = way.iter().position(|before| *before == module) {
            return Some(way[start..].iter().copied().chain([module]).collect());
        }
        if done.contains(module) {
            return None;
        }
        way.push(module);
        let found =
            graph.get(module).into_iter().flatten().find_map(|next| walk(graph, next, way, done));
        way.pop();
        done.insert(module);
        found
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|module| walk(graph, module, &mut Vec::new(), &mut done))
}

#[test]
fn modules_have_an_order() {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("crates");
    assert_eq!(cycles(&crates), [""; 0], "modules use each other in a cycle");
}

#[test]
fn modules_of_the_page_have_an_order() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert_eq!(cycles_in(&[page]), [""; 0], "modules use each other in a cycle");
}

/// The cycles in a crate of these files.
/// What asks the browser is in one place: the others get its objects from there.
#[test]
fn only_the_browser_module_and_the_worker_use_web_crates() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let is_allowed = |path: &PathBuf| {
        path.starts_with(source.join("browser")) || *path == source.join("worker.rs")
    };
    for path in files_below(&source).into_iter().filter(|path| !is_allowed(path)) {
        let text = fs::read_to_string(&path).expect("a file");
        for name in ["web_sys", "js_sys", "wasm_bindgen", "gloo"] {
            assert!(!text.contains(&format!("{name}::")), "{} uses {name}", path.display());
        }
    }
}

fn cycles_of(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join("a/src").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    cycles(folder.path())
}

#[test]
fn cycle_between_modules_is_reported() {
    for (first, second) in [
        ("use crate::second::B;", "use crate::first::A;"),
        ("use super::second::{self, B};", "fn b() { crate::first::a() }"),
        ("fn a() { format!(\"{}\", crate::second::b()) }", "use super::super::first;"),
        ("use crate::B;", "use crate::first::A;"),
        ("use crate::s::B;", "use crate::first::A;"),
        ("fn a() { call!(x, crate::{second::b, x}) }", "use crate::first::A;"),
    ] {
        let found = cycles_of(&[
            ("lib.rs", "mod first; mod second; pub use second::B; use second as s;"),
            ("first.rs", first),
            ("second/mod.rs", "mod part;"),
            ("second/part.rs", second),
        ]);
        assert!(
            found.iter().any(|cycle| cycle.ends_with(": first -> second -> first")),
            "{first} {second}: {found:?}"
        );
    }
}

#[test]
fn code_that_hides_a_path_is_reported() {
    for (root, part) in [
        ("mod part; pub use part::*;", ""),
        ("mod part; pub struct A;", ""),
        ("mod part { pub struct A; }", ""),
        ("#[path = \"part.rs\"] mod other;", ""),
        ("mod part;", "use crate::*;"),
        ("mod part;", "use super::*;"),
        ("mod part;", "use crate as root;"),
        ("mod part;", "use crate::{self as root};"),
        ("mod part;", "use super as up;"),
        ("mod part;", "extern crate self as me;"),
    ] {
        assert_eq!(cycles_of(&[("lib.rs", root), ("part.rs", part)]).len(), 1, "{root} {part}");
    }
}

#[test]
fn parts_of_a_folder_may_use_each_other() {
    let second =
        "#[cfg(test)] mod tests { use crate::first::A; }\n/// [`crate::first`]\npub struct C;";
    let found = cycles_of(&[
        ("lib.rs", "mod first; mod second; use first::A;"),
        ("first/mod.rs", "mod part; pub use part::B; pub struct A;"),
        ("first/part.rs", "use super::A; use crate::second::C; pub struct B;"),
        ("second.rs", second),
    ]);
    assert_eq!(found, [""; 0]);
}
