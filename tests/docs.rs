//! What the documents say is so: links lead somewhere, commands print what stands below them, words
//! are those of the code.

#![allow(clippy::expect_used)]

use configurator_core::choices::Field;
use configurator_core::choices::sections;
use configurator_core::{Planned, link};
use configurator_render::embed::{Frame, Snippet, View, commands};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All pages of Markdown at the root, and below `docs`.
fn pages() -> Vec<PathBuf> {
    fn below(folder: &Path, pages: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "node_modules" {
                below(&path, pages);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                pages.push(path);
            }
        }
    }
    let mut found: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md"].map(|name| root().join(name)).to_vec();
    below(&root().join("docs"), &mut found);
    found
}

#[test]
fn links_lead_somewhere() {
    let mut checked = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty()
                || path.contains("://")
                || path.starts_with("mailto:")
                || path.contains(' ')
            {
                continue;
            }
            let to = page.parent().map(|folder| folder.join(path)).unwrap_or_default();
            assert!(to.exists(), "{}: {target}", page.display());
            checked += 1;
        }
    }
    assert!(checked > 20, "{checked}");
    let readme = fs::read_to_string(root().join("README.md")).expect("the README");
    for document in [
        "embedding",
        "deployment",
        "link",
        "rules",
        "security",
        "figures",
        "actions",
        "outputs",
        "reading",
    ] {
        assert!(
            readme.contains(&format!("docs/{document}.md")),
            "the README does not lead to {document}"
        );
    }
}

#[test]
fn the_files_that_are_named_are_there() {
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for word in text.split('`').skip(1).step_by(2) {
            let is_ours = [
                "src/", "style/", "tests/", "xtask/", "public/", "hosting/", "docs/", "crates/",
                "benches/",
            ]
            .iter()
            .any(|folder| word.starts_with(folder));
            if is_ours && !word.contains(['*', ' ', '{', 'N', ':']) {
                assert!(root().join(word).exists(), "{}: {word}", page.display());
            }
        }
    }
}

/// The guide shows what the native command prints, and names what there is.
#[test]
fn the_guide_to_embedding_is_true() {
    let guide = fs::read_to_string(root().join("docs/embedding.md")).expect("the guide");
    let choices = link::parse("#scenario=sync-daily&registry=contoso").choices;
    let commands = commands(&Planned::with_problems(&choices, []), &choices, View::Command);
    let snippet = Snippet {
        base: "https://example.com/configurator/",
        view: View::Command,
        commands: &commands,
        ..Snippet::default()
    }
    .html(&choices);
    let (shown, cut) = guide
        .split_once("--view command\n")
        .and_then(|(_, rest)| rest.split_once("…\n"))
        .expect("the example");
    assert!(snippet.starts_with(shown), "the guide shows\n{shown}\nand it is\n{snippet}");
    assert!(snippet.ends_with(cut.split("```").next().unwrap_or_default()), "{cut}");
    for section in sections::section_ids() {
        let word = format!("section-{section}");
        assert!(
            guide.contains(&format!("`{word}`")) || guide.contains(&format!("`{section}`")),
            "{section}"
        );
        assert_eq!(Frame::parse(&format!("hide={word}")).problems, [""; 0]);
    }
    for view in View::ALL {
        assert!(guide.contains(&format!("`{}`", view.word())), "{view:?}");
    }
    // Every attribute that is named is one: a key of the link, or in the script.
    let script = fs::read_to_string(root().join("public/embed.js")).expect("the script");
    for name in guide.split("data-").skip(1).map(|rest| {
        rest.split(|c: char| !(c.is_ascii_lowercase() || c == '-')).next().unwrap_or_default()
    }) {
        let is_own = script.contains(&format!("\"{name}\""));
        assert!(
            name.is_empty()
                || name == "v-"
                || name == "scenario"
                || is_own
                || Field::from_key(name).is_some(),
            "data-{name}"
        );
    }
}

/// The key of the protocol, its version and its messages are those of both scripts.
#[test]
fn the_protocol_is_that_of_both_scripts() {
    let text = |path: &str| fs::read_to_string(root().join(path)).expect("a file");
    let (guide, frame, embed) =
        (text("docs/embedding.md"), text("public/boot.js"), text("public/embed.js"));
    assert!(guide.contains("\"connected-registry\": 1"));
    for script in [&frame, &embed] {
        assert!(script.contains("\"connected-registry\"") && script.contains("VERSION = 1;"));
    }
    for (message, from, to) in [
        ("ready", &frame, &embed),
        ("size", &frame, &embed),
        ("changed", &frame, &embed),
        ("set", &embed, &frame),
        ("hello", &embed, &guide),
    ] {
        assert!(
            [from, to, &guide].iter().all(|text| text.contains(&format!("\"{message}\""))),
            "{message}"
        );
    }
}
