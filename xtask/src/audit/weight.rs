//! Where the bytes of the wasm modules go, by the names of their functions, which the page is shipped
//! without.
//!
//! wasm-opt puts small functions into those that call them, and keeps one of those that are equal:
//! their bytes count for the name that is left.

use std::collections::BTreeMap;
use std::ops::Range;

use anyhow::{Context, Result};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

use super::{brotli, bytes_of, kilo, table};
use crate::run::{say, show};
use crate::{dist, page};

/// How many functions of a module are printed, and how many that exist in several copies.
const LARGEST: usize = 25;

/// A part of less than this is printed among the others.
const SMALL: usize = 400;

/// How our own crate is called in names. Its binaries are called after the modules.
const PAGE: &str = "connected_registry";

/// How the names of the crates below the page begin.
const CRATES: &str = "configurator_";

/// What comes with Rust.
const STANDARD: [&str; 4] = ["std", "core", "alloc", "compiler_builtins"];

/// Builds the page, and prints what is in its modules: what Trunk writes has the names still.
pub(super) fn run() -> Result<()> {
    page::build(&dist::Options::default())?;
    let mut modules = Vec::new();
    for (name, _) in &page::MODULES {
        let wasm = page::workshop().join(page::BUILT).join(format!("{name}_bg.wasm"));
        let module = Module::read(&bytes_of(&wasm)?);
        modules.push((*name, module.with_context(|| wasm.display().to_string())?));
    }
    let mut parts = Vec::new();
    for (name, module) in &modules {
        parts.push(module.print(name)?);
    }
    overview(&modules.iter().map(|(name, _)| *name).collect::<Vec<_>>(), &parts);
    Ok(())
}

/// A function and its body.
struct Function {
    /// As people write it, without the numbers that tell crates and copies apart.
    name: String,
    body: Vec<u8>,
}

/// A wasm module, taken apart.
struct Module {
    /// The whole, without names.
    bytes: usize,
    functions: Vec<Function>,
    /// How long each segment of the data is.
    segments: Vec<usize>,
    /// The texts in the data.
    texts: Vec<u8>,
    /// The rest of the data: numbers, and where texts are.
    tables: Vec<u8>,
    /// Types, imports, exports, and the table of functions that are called by number.
    rest: Vec<u8>,
}

/// How many bytes are in a range.
fn length(range: &Range<u64>) -> Result<usize> {
    Ok(usize::try_from(range.end.saturating_sub(range.start))?)
}

/// Bytes as they are, and about how many of the compressed file's.
#[derive(Clone, Copy, Default)]
struct Share {
    functions: usize,
    raw: usize,
    brotli: usize,
}

impl Module {
    /// Takes a module with names apart.
    fn read(wasm: &[u8]) -> Result<Self> {
        let mut module = Self {
            bytes: wasm.len(),
            functions: Vec::new(),
            segments: Vec::new(),
            texts: Vec::new(),
            tables: Vec::new(),
            rest: Vec::new(),
        };
        let mut imported = 0;
        let mut names = BTreeMap::new();
        for payload in Parser::new(0).parse_all(wasm) {
            let payload = payload?;
            match &payload {
                Payload::CodeSectionEntry(body) => {
                    module
                        .functions
                        .push(Function { name: String::new(), body: body.as_bytes().to_vec() });
                    continue;
                }
                Payload::CodeSectionStart { .. } => continue,
                Payload::DataSection(segments) => {
                    for segment in segments.clone() {
                        let data = segment?.data;
                        module.segments.push(data.len());
                        sort(data, &mut module.texts, &mut module.tables);
                    }
                    continue;
                }
                Payload::ImportSection(imports) => {
                    for import in imports.clone().into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(all) = section.as_known() {
                        for some in all {
                            if let Name::Function(some) = some? {
                                for name in some {
                                    let name = name?;
                                    names.insert(name.index, readable(name.name));
                                }
                            }
                        }
                    }
                    module.bytes = module.bytes.saturating_sub(length(&section.range())?);
                    continue;
                }
                _ => {}
            }
            if let Some((_, range)) = payload.as_section() {
                let begin = usize::try_from(range.start)?;
                module.rest.extend_from_slice(
                    wasm.get(begin..begin + length(&range)?).unwrap_or_default(),
                );
            }
        }
        for (index, function) in (imported..).zip(&mut module.functions) {
            function.name = names.remove(&index).unwrap_or_else(|| "without a name".to_owned());
        }
        Ok(module)
    }

    /// Prints what is in it, and returns its parts: those of the code, then the data and the rest.
    fn print(&self, name: &str) -> Result<BTreeMap<String, Share>> {
        let mut parts: BTreeMap<String, (usize, Vec<u8>)> = BTreeMap::new();
        for function in &self.functions {
            let part = parts.entry(part_of(&function.name)).or_default();
            part.0 += 1;
            part.1.extend_from_slice(&function.body);
        }
        for (part, bytes) in [(TEXTS, &self.texts), (TABLES, &self.tables), (REST, &self.rest)] {
            parts.insert(part.to_owned(), (0, bytes.clone()));
        }
        // Compressed together they are smaller than each alone, and each has its share of that.
        let whole: Vec<u8> = parts.values().flat_map(|(_, bytes)| bytes).copied().collect();
        let whole = brotli(&whole)?;
        let mut shares = BTreeMap::new();
        for (part, (functions, bytes)) in parts {
            shares.insert(part, Share { functions, raw: bytes.len(), brotli: brotli(&bytes)? });
        }
        let alone: usize = shares.values().map(|share| share.brotli).sum();
        for share in shares.values_mut() {
            share.brotli = share.brotli * whole / alone.max(1);
        }

        say(format!("{name}: {} kB, {} kB with Brotli", kilo(self.bytes), kilo(whole)));
        let mut rows: Vec<(&str, Share)> = Vec::new();
        let mut others = Share::default();
        for (part, share) in &shares {
            if share.raw < SMALL {
                others = others.and(*share);
            } else {
                rows.push((part, *share));
            }
        }
        rows.sort_by_key(|(_, share)| std::cmp::Reverse(share.raw));
        rows.push(("others, of less each", others));
        let head = ["part", "functions", "bytes", "Brotli, about"].map(str::to_owned).to_vec();
        let row = |(part, share): &(&str, Share)| {
            vec![
                (*part).to_owned(),
                share.functions.to_string(),
                share.raw.to_string(),
                share.brotli.to_string(),
            ]
        };
        table(&[vec![head], rows.iter().map(row).collect()].concat());
        let segments: Vec<String> = self.segments.iter().map(usize::to_string).collect();
        show(format!("segments of the data, in bytes: {}", segments.join(", ")));

        show(format!("\nthe {LARGEST} largest functions of {}", self.functions.len()));
        let mut largest: Vec<&Function> = self.functions.iter().collect();
        largest.sort_by_key(|function| std::cmp::Reverse(function.body.len()));
        for function in largest.iter().take(LARGEST) {
            show(format!("{:>7}  {}", function.body.len(), function.name));
        }

        show(format!("\nthe {LARGEST} that weigh most of those that exist in several copies"));
        let mut families: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for function in &self.functions {
            let family = families.entry(without_types(&function.name)).or_default();
            *family = (family.0 + 1, family.1 + function.body.len());
        }
        let mut families: Vec<(String, (usize, usize))> =
            families.into_iter().filter(|(_, (copies, _))| *copies > 1).collect();
        families.sort_by_key(|(_, (_, bytes))| std::cmp::Reverse(*bytes));
        for (family, (copies, bytes)) in families.iter().take(LARGEST) {
            show(format!("{bytes:>7}  {copies:>4} times  {family}"));
        }
        show("");
        Ok(shares)
    }
}

impl Share {
    fn and(self, other: Self) -> Self {
        Self {
            functions: self.functions + other.functions,
            raw: self.raw + other.raw,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// What a part is called that is not code.
const TEXTS: &str = "sentences and other texts";
/// See [`TEXTS`].
const TABLES: &str = "tables and other numbers";
/// See [`TEXTS`].
const REST: &str = "types, imports, exports";

/// Prints what all modules consist of, as a table for docs/figures.md.
fn overview(names: &[&str], modules: &[BTreeMap<String, Share>]) {
    say("All modules, in kB with Brotli, about: for docs/figures.md");
    // Rust's own as one, and what is nowhere worth a line as one.
    let worth = |part: &str| {
        modules.iter().any(|parts| parts.get(part).is_some_and(|share| share.brotli >= 1000))
    };
    let label = |part: &str| {
        if STANDARD.contains(&part) {
            "Rust's own library".to_owned()
        } else if worth(part) {
            part.to_owned()
        } else {
            "all others".to_owned()
        }
    };
    let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (column, parts) in modules.iter().enumerate() {
        for (part, share) in parts {
            if let Some(cell) =
                rows.entry(label(part)).or_insert_with(|| vec![0; names.len()]).get_mut(column)
            {
                *cell += share.brotli;
            }
        }
    }
    let mut rows: Vec<(String, Vec<usize>)> = rows.into_iter().collect();
    rows.sort_by_key(|(_, cells)| std::cmp::Reverse(cells.iter().sum::<usize>()));
    let whole = |column: usize| rows.iter().filter_map(|(_, cells)| cells.get(column)).sum();
    let whole: Vec<usize> = (0..names.len()).map(whole).collect();
    show(format!("| part | {} |", names.join(" | ")));
    show(format!("| --- |{}", " ---: |".repeat(names.len())));
    for (part, cells) in
        rows.iter().map(|(part, cells)| (part.as_str(), cells)).chain([("the whole", &whole)])
    {
        let cells: Vec<String> = cells
            .iter()
            .map(|&bytes| if bytes == 0 { String::new() } else { kilo(bytes) })
            .collect();
        show(format!("| {part} | {} |", cells.join(" | ")));
    }
}

/// The name of a function as people write it, without the hashes that tell crates and copies apart.
fn readable(name: &str) -> String {
    let is_hash = |text: &str| text.len() == 16 && text.chars().all(|c| c.is_ascii_hexdigit());
    let mut name = format!("{:#}", rustc_demangle::demangle(name));
    if let Some((before, end)) = name.rsplit_once("::h")
        && is_hash(end)
    {
        name.truncate(before.len());
    }
    // `core[c5930c85a12de822]::fmt`, as wasm-bindgen writes those of Rust's own library.
    let mut parts = name.split('[');
    let mut readable = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if is_hash(hash) => readable.push_str(rest),
            _ => readable.extend(["[", part]),
        }
    }
    readable
}

/// Sorts data into texts, which are runs of letters, and the rest.
fn sort(data: &[u8], texts: &mut Vec<u8>, tables: &mut Vec<u8>) {
    /// Shorter ones may be numbers by chance.
    const TEXT: usize = 6;
    for chunk in data.utf8_chunks() {
        let is_letter = |letter: char| !letter.is_control() || matches!(letter, '\n' | '\t');
        let mut rest = chunk.valid();
        while !rest.is_empty() {
            let end = rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len());
            let (text, after) = rest.split_at(end);
            let kind = if text.len() < TEXT { &mut *tables } else { &mut *texts };
            kind.extend_from_slice(text.as_bytes());
            let start = after.find(is_letter).unwrap_or(after.len());
            let (numbers, after) = after.split_at(start);
            tables.extend_from_slice(numbers.as_bytes());
            rest = after;
        }
        tables.extend_from_slice(chunk.invalid());
    }
}

/// The crate that a function stands in, or for our own the folder of src.
fn part_of(name: &str) -> String {
    let mut path = path_of(name).split("::");
    match (path.next().unwrap_or_default(), path.next()) {
        ("", _) => "without a crate".to_owned(),
        (PAGE, Some(module)) => format!("src/{module}"),
        (krate, Some(module)) if krate.starts_with(CRATES) => {
            format!("crates/{}/src/{module}", krate.trim_start_matches(CRATES))
        }
        (krate, Some(_)) if page::MODULES.iter().any(|(name, _)| *name == krate) => {
            format!("src/{krate}")
        }
        (krate, Some(_)) => krate.to_owned(),
        (_, None) => "without a crate".to_owned(),
    }
}

/// The first path in a name that begins with a crate: of `<&[a::B<c::D>] as e::F>::g`, it is
/// `a::B`.
fn path_of(name: &str) -> &str {
    let is_in_path = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ':');
    let paths = name.split(|letter| !is_in_path(letter)).map(|path| path.trim_matches(':'));
    paths.clone().find(|path| path.contains("::")).unwrap_or_default()
}

/// A name without the types that the copy was made for.
fn without_types(name: &str) -> String {
    let mut short = String::new();
    // How deep in types that are left out.
    let mut depth = 0_usize;
    let mut before = ' ';
    for letter in name.chars() {
        if letter == '<' && (depth > 0 || before.is_alphanumeric() || matches!(before, '_' | ':')) {
            depth += 1;
        } else if letter == '>' && before != '-' && depth > 0 {
            depth -= 1;
        } else if depth == 0 {
            short.push(letter);
        }
        before = letter;
    }
    short.replace("::::", "::").trim_end_matches(':').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_belong_to_a_crate_or_a_folder() {
        for (name, part) in [
            ("configurator_core::plan::certificate::steps", "crates/core/src/plan"),
            ("<connected_registry::model::Model>::set::{closure#0}", "src/model"),
            (
                "<alloc::vec::Vec<configurator_core::plan::Step> as core::clone::Clone>::clone",
                "alloc",
            ),
            ("core::ptr::drop_in_place::<configurator_core::plan::Step>", "core"),
            (
                "<&mut [configurator_core::plan::Step] as core::fmt::Debug>::fmt",
                "crates/core/src/plan",
            ),
            ("<bool as core::fmt::Display>::fmt", "core"),
            ("<worker::State>::put", "src/worker"),
            ("pulldown_cmark::firstpass::run_first_pass", "pulldown_cmark"),
            ("__wbindgen_malloc", "without a crate"),
        ] {
            assert_eq!(part_of(name), part, "{name}");
        }
    }

    #[test]
    fn names_are_read_however_they_are_written() {
        let written =
            ["_RNvC1a1b", "_ZN1a1b17h0799c7003a6a7a5bE", "a::b::h0799c7003a6a7a5b", "a::b"];
        assert_eq!(written.map(readable), ["a::b"; 4]);
        assert_eq!(readable("a::hidden"), "a::hidden");
        assert_eq!(
            readable("<[u8] as core[c5930c85a12de822]::fmt::Debug>::fmt"),
            "<[u8] as core::fmt::Debug>::fmt"
        );
    }

    #[test]
    fn copies_have_one_name() {
        for (name, short) in [
            ("core::ptr::drop_in_place::<alloc::vec::Vec<a::B>>", "core::ptr::drop_in_place"),
            (
                "<alloc::vec::Vec<a::B> as core::iter::traits::collect::Extend<&'static a::B>>::extend::<c::D<fn(a::B) -> e::F>>",
                "<alloc::vec::Vec as core::iter::traits::collect::Extend>::extend",
            ),
            ("a::b::<c::D>::e", "a::b::e"),
        ] {
            assert_eq!(without_types(name), short);
        }
    }

    #[test]
    fn texts_stand_apart_from_tables() {
        let (mut texts, mut tables) = (Vec::new(), Vec::new());
        sort(
            b"\x01\0\0\0abc\0a sentence \xe2\x80\xa6\xff\xfe\x02another\nof two lines",
            &mut texts,
            &mut tables,
        );
        assert_eq!(String::from_utf8_lossy(&texts), "a sentence \u{2026}another\nof two lines");
        assert_eq!(tables, b"\x01\0\0\0abc\0\xff\xfe\x02");
    }

    #[test]
    fn a_module_is_taken_apart() -> Result<()> {
        // A function that does nothing, called as rustc calls `a::b`, and five letters of data.
        let module = [
            &b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x05\x03\x01\0\x01\x0a\x04\x01\x02\0\x0b"[..],
            b"\x0b\x0c\x01\0\x41\0\x0b\x06abcdef",
            b"\0\x13\x04name\x01\x0c\x01\0\x09_RNvC1a1b",
        ]
        .concat();
        let module = Module::read(&module)?;
        assert_eq!(
            module
                .functions
                .iter()
                .map(|function| (function.name.as_str(), function.body.len()))
                .collect::<Vec<_>>(),
            [("a::b", 2)]
        );
        assert_eq!(
            (module.segments.as_slice(), module.texts.as_slice(), module.tables.len()),
            (&[6_usize][..], &b"abcdef"[..], 0)
        );
        Ok(())
    }
}
