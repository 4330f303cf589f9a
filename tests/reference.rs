//! The reference of the rules, `docs/rules.md`, is made from their tables: `UPDATE_EXPECT=1 cargo test --test reference` writes it anew.

use connected_registry::azure::Source;
use connected_registry::link;
use connected_registry::read;
use connected_registry::rules::commands::COMMANDS;
use connected_registry::rules::{Severity, TABLE, check};
use connected_registry::scenario::resolve;
use expect_test::expect_file;

const HEAD: &str = "# Rules\n\nWhat the page and the native command find, made from the tables in `src/rules` (`UPDATE_EXPECT=1 cargo test --test reference`).\nAn *error* is wrong as it was given, a *warning* runs and may not be what you want, a *note* is good to know.\n";

fn entry(id: &str, severity: Severity, message: &str, why: &str, example: &str, clean: &str, source: Source) -> String {
    let severity = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    };
    let source = match source.url {
        Some(url) => format!("[{}]({url})", source.name),
        None => source.name.to_owned(),
    };
    let shown = |title: &str, text: &str| if text.is_empty() { String::new() } else { format!("{title}:\n\n````text\n{}\n````\n\n", visible(text)) };
    format!("\n### {id}\n\n*{severity}* · {message}\n\n{why}\n\n{}{}Source: {source}\n", shown("Found in", example), shown("Not found in", clean))
}

/// A text in which blanks at the end of a line and the like can be seen.
fn visible(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_end_matches('\n').split('\n') {
        let end = line.trim_end_matches([' ', '\r']).len();
        let (said, rest) = line.split_at(end);
        lines.push(format!("{}{}", said.replace('\u{feff}', "<U+FEFF>"), rest.replace(' ', "␠").replace('\r', "␍")));
    }
    lines.join("\n")
}

#[test]
fn the_reference_says_what_the_tables_say() {
    let mut text = HEAD.to_owned();
    text.push_str("\n## About choices\n\nThe examples are links.\n");
    for rule in TABLE {
        let choices = link::parse(rule.violating).choices;
        let message =
            check(&choices, &resolve(&choices)).into_iter().find(|finding| finding.rule == rule.id).map(|finding| finding.message).unwrap_or_default();
        assert!(!message.is_empty(), "{}", rule.id);
        text.push_str(&entry(rule.id, rule.severity, &message, rule.why, rule.violating, rule.clean, rule.source));
    }
    text.push_str(
        "\n## About pasted text\n\nThe examples are commands, pages and protected settings; ␠ is a blank at the end of a line, ␍ a carriage return.\n",
    );
    for rule in COMMANDS {
        // What is over the limit is no example to print.
        let violating = if rule.violating.is_empty() { "a".repeat(read::LIMIT + 1) } else { rule.violating.to_owned() };
        let remarks = read::read(&violating, None).remarks;
        let message = remarks.into_iter().find(|remark| remark.finding.rule == rule.id).map(|remark| remark.finding.message).unwrap_or_default();
        text.push_str(&entry(rule.id, rule.severity, &message, rule.why, rule.violating, rule.clean, rule.source));
    }
    expect_file!["../docs/rules.md"].assert_eq(&text);
}
