//! The reference of the rules, `docs/rules.md`, is made from their tables:
//! `UPDATE_EXPECT=1 cargo test --test reference` writes it anew.

use configurator_core::azure::Source;
use configurator_core::choices::{
    Preset, SelectField, TextField, field_text, preset_text, select_text,
};
use configurator_core::link;
use configurator_core::rules::{Severity, TABLE, check};
use configurator_core::scenario::resolve;
use configurator_lint::read;
use configurator_lint::rules::COMMANDS;
use expect_test::expect_file;

const HEAD: &str = "# Rules\n\nWhat the page and the native command find, made from the tables in `crates/core/src/rules` and `crates/lint/src/rules.rs` (`UPDATE_EXPECT=1 cargo test --test reference`).\nAn *error* is wrong as it was given, a *warning* runs and may not be what you want, a *note* is good to know.\n";

const LINK_HEAD: &str = "# Links\n\nEverything that is chosen and typed stands in the address behind `#`, which browsers send to no server:\n\n```text\nhttps://example.com/configurator/#scenario=byoc&registry=contoso&ip=10.0.0.200&repos=hello-world,app/api&shell=bash&v=1\n```\n\nThe native command and `data-` attributes of [other pages](embedding.md) take the same. What is as the scenario has it is left out; `shell` and `v`, the version\nof this vocabulary, are always there. Keys are never renamed or used anew; new ones may come. Characters that would end a value are written as in every\naddress (`%20`). This page is made from the tables (`UPDATE_EXPECT=1 cargo test --test reference`).\n";

const LINK_FOOT: &str = "\n## What is not understood\n\nUnknown keys, and unknown values where there is a list of them, are dropped, and the page says so; the native command ends with status 1. Of a key that comes\ntwice, the last counts. Text is kept exactly as it is, up to 1,000 characters, and where it is wrong that is said beside its field. A link cannot put a command\ninto an output, and there is no key for a secret: see [security](security.md).\n";

fn entry(
    id: &str,
    severity: Severity,
    message: &str,
    why: &str,
    example: &str,
    clean: &str,
    source: Source,
) -> String {
    let severity = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let source = match source.url {
        Some(url) => format!("[{}]({url})", source.name),
        None => source.name.to_owned(),
    };
    let shown = |title: &str, text: &str| {
        if text.is_empty() {
            String::new()
        } else {
            format!("{title}:\n\n````text\n{}\n````\n\n", visible(text))
        }
    };
    format!(
        "\n### {id}\n\n*{severity}* · {message}\n\n{why}\n\n{}{}Source: {source}\n",
        shown("Found in", example),
        shown("Not found in", clean)
    )
}

/// A text in which blanks at the end of a line and the like can be seen.
fn visible(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_end_matches('\n').split('\n') {
        let end = line.trim_end_matches([' ', '\r']).len();
        let (said, rest) = line.split_at(end);
        lines.push(format!(
            "{}{}",
            said.replace('\u{feff}', "<U+FEFF>"),
            rest.replace(' ', "␠").replace('\r', "␍")
        ));
    }
    lines.join("\n")
}

#[test]
fn the_reference_says_what_the_tables_say() {
    let mut text = HEAD.to_owned();
    text.push_str("\n## About choices\n\nThe examples are links.\n");
    for rule in TABLE {
        let choices = link::parse(rule.violating).choices;
        let message = check(&choices, &resolve(&choices))
            .into_iter()
            .find(|finding| finding.rule == rule.id)
            .map(|finding| finding.message)
            .unwrap_or_default();
        assert!(!message.is_empty(), "{}", rule.id);
        text.push_str(&entry(
            rule.id,
            rule.severity,
            &message,
            rule.why,
            rule.violating,
            rule.clean,
            rule.source,
        ));
    }
    text.push_str(
        "\n## About pasted text\n\nThe examples are commands, pages and protected settings; ␠ is a blank at the end of a line, ␍ a carriage return.\n",
    );
    for rule in COMMANDS {
        // What is over the limit is no example to print.
        let violating = if rule.violating.is_empty() {
            "a".repeat(read::LIMIT + 1)
        } else {
            rule.violating.to_owned()
        };
        let remarks = read::read(&violating, None).remarks;
        let message = remarks
            .into_iter()
            .find(|remark| remark.finding.rule == rule.id)
            .map(|remark| remark.finding.message)
            .unwrap_or_default();
        text.push_str(&entry(
            rule.id,
            rule.severity,
            &message,
            rule.why,
            rule.violating,
            rule.clean,
            rule.source,
        ));
    }
    expect_file!["../docs/rules.md"].assert_eq(&text);
}

/// The vocabulary of the link, `docs/link.md`, is made from the tables of the fields in the same
/// way.
#[test]
fn the_vocabulary_says_what_the_fields_say() {
    let mut text = LINK_HEAD.to_owned();
    text.push_str("\n| key | what it is | values |\n| --- | --- | --- |\n");
    for field in TextField::ALL {
        let words = field_text::of(*field);
        text.push_str(&format!(
            "| `{}` | {}: {} | text, such as `{}` |\n",
            field.key(),
            words.label,
            words.hint,
            words.example
        ));
    }
    for field in SelectField::ALL {
        let words: Vec<String> = field.words().iter().map(|word| format!("`{word}`")).collect();
        text.push_str(&format!(
            "| `{}` | {}: {} | {} |\n",
            field.key(),
            select_text::of(*field).label,
            select_text::of(*field).hint,
            words.join(" ")
        ));
    }
    text.push_str(
        "\nThe first of several values is what nothing said means.\n\n## Scenarios\n\n| `scenario` | what it is | what it fixes |\n| --- | --- | --- |\n",
    );
    for preset in Preset::ALL {
        let fixes = preset.fixes().iter().map(|(field, word)| format!("`{}={word}`", field.key()));
        let texts = preset
            .texts()
            .iter()
            .map(|(field, text)| format!("`{}={text}` to begin with", field.key()));
        let all: Vec<String> = fixes.chain(texts).collect();
        let words = preset_text::of(*preset);
        text.push_str(&format!(
            "| `{}` | {}. {} | {} |\n",
            preset.id(),
            words.title,
            words.description,
            all.join(" ")
        ));
    }
    text.push_str(LINK_FOOT);
    expect_file!["../docs/link.md"].assert_eq(&text);
}
