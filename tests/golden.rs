//! The outputs of the named links, as files that a change of them shows up in; and what holds for
//! every output.
//!
//! `UPDATE_EXPECT=1 cargo test --test golden` writes the files anew.

#![allow(clippy::expect_used)]

mod support;

use configurator_core::choices::field_text;
use configurator_core::choices::{Choices, Preset, SelectField, Shell, Task, TextField};
use configurator_core::link;
use configurator_core::rules::Finding;
use configurator_render::shell::{self, Block, powershell};
use configurator_render::{Outcome, runbook};
use expect_test::expect_file;
use proptest::prelude::*;
use std::collections::BTreeMap;
use support::{GOLDEN, SCENARIOS, blocks, outcome};

/// The findings as `check --format json` prints them.
fn findings(link: &str) -> String {
    let parsed = link::parse(link);
    let findings: Vec<Finding> = [parsed.problems, Outcome::of(&parsed.choices).findings].concat();
    serde_json::to_string_pretty(&findings).expect("findings become JSON") + "\n"
}

fn settings(outcome: &Outcome) -> Option<String> {
    outcome.document.settings.as_ref().map(Block::text)
}

/// Every text that is shown to be copied, saved or read, but for the findings.
fn texts(outcome: &Outcome) -> Vec<(String, String)> {
    let Outcome { plan, document, .. } = outcome;
    let mut texts = vec![
        ("script".to_owned(), document.script.text()),
        ("plan".to_owned(), runbook::plan(plan, document)),
        ("plan as JSON".to_owned(), serde_json::to_string(plan).expect("a plan becomes JSON")),
    ];
    let shell = Shell::Bash;
    texts.push(("lines".to_owned(), shell::lines(plan, shell).text()));
    texts.push(("runbook".to_owned(), runbook::markdown(plan, &document.steps, shell, "#v=1")));
    texts.extend(settings(outcome).map(|text| ("settings".to_owned(), text)));
    texts.extend(
        blocks(plan, document)
            .into_iter()
            .map(|pasteable| (pasteable.name, pasteable.block.text())),
    );
    texts
}

#[test]
fn outputs_are_as_they_were() {
    for (name, link) in GOLDEN.iter().chain(SCENARIOS) {
        let outcome = outcome(link);
        expect_file![format!("golden/{name}.sh")].assert_eq(&outcome.document.script.text());
        expect_file![format!("golden/{name}.plan.txt")]
            .assert_eq(&runbook::plan(&outcome.plan, &outcome.document));
        if let Some(settings) = settings(&outcome) {
            expect_file![format!("golden/{name}.settings.json")].assert_eq(&settings);
        }
        expect_file![format!("golden/{name}.findings.json")].assert_eq(&findings(link));
    }
    for (name, link) in SCENARIOS {
        expect_file![format!("golden/{name}.ps1")]
            .assert_eq(&powershell::render(&outcome(link).plan).script.text());
    }
    let Outcome { plan, document, .. } = outcome(support::COMPLETE);
    expect_file!["golden/complete.runbook.md"].assert_eq(&runbook::markdown(
        &plan,
        &document.steps,
        Shell::Bash,
        support::COMPLETE,
    ));
    expect_file!["golden/complete.lines.sh"].assert_eq(&shell::lines(&plan, Shell::Bash).text());
    expect_file!["golden/complete.lines.ps1"]
        .assert_eq(&shell::lines(&plan, Shell::PowerShell).text());
    let plan = serde_json::to_string_pretty(&plan).expect("a plan becomes JSON");
    expect_file!["golden/complete.plan.json"].assert_eq(&(plan + "\n"));
}

/// A nested object would be sent as text that the extension cannot read.
#[test]
fn protected_settings_are_a_flat_object_of_strings() {
    for (name, link) in GOLDEN.iter().chain(SCENARIOS) {
        let link_says = |word: &str| link.contains(word);
        let expected: &[&str] = match () {
            () if link_says("byoc") => &["connectionString", "tls.cacrt", "tls.crt", "tls.key"],
            () if link_says("secret=") => &["connectionString", "tls.secret"],
            () => &["connectionString"],
        };
        let Some(settings) = settings(&outcome(link)) else { continue };
        let settings: Result<BTreeMap<String, String>, _> = serde_json::from_str(&settings);
        assert_eq!(
            settings.map(|settings| settings.into_keys().collect::<Vec<_>>()).unwrap_or_default(),
            expected,
            "{name}"
        );
    }
}

#[test]
fn every_preset_and_every_task_is_a_named_scenario() {
    let complete = |link: &str| {
        let parsed = link::parse(link);
        assert_eq!(parsed.problems, [], "{link}");
        let outcome = Outcome::of(&parsed.choices);
        assert_eq!(
            (outcome.plan.placeholders(), &outcome.plan.blockers),
            (Vec::new(), &Vec::new()),
            "{link}"
        );
        parsed.choices
    };
    let scenarios: Vec<(&str, Choices)> =
        SCENARIOS.iter().map(|(name, link)| (*name, complete(link))).collect();
    for preset in Preset::ALL {
        let choices =
            scenarios.iter().find(|(name, _)| *name == preset.id()).map(|(_, choices)| choices);
        assert!(
            choices.is_some_and(|choices| choices.preset == *preset && preset.fits(choices)),
            "{}",
            preset.id()
        );
    }
    for task in Task::ALL {
        assert!(
            scenarios.iter().any(|(_, choices)| choices.select.task == *task),
            "{}",
            task.word()
        );
    }
    let writes = |word: &str| ["deploy", "redeploy", "rotate"].contains(&word);
    for (name, choices) in &scenarios {
        assert_eq!(
            Outcome::of(choices).document.settings.is_some(),
            writes(choices.select.task.word()),
            "{name}"
        );
    }
}

/// What a terminal, an editor or a mail program would alter or trip over.
#[test]
fn scripts_and_blocks_are_plain_text() {
    for (name, link) in GOLDEN.iter().chain(SCENARIOS) {
        let outcome = outcome(link);
        let pasteables = blocks(&outcome.plan, &outcome.document)
            .into_iter()
            .map(|pasteable| (pasteable.name, pasteable.block.text()));
        for (part, text) in
            pasteables.chain([("script".to_owned(), outcome.document.script.text())])
        {
            let at = format!("{name}, {part}");
            assert!(
                text.chars().all(|c| c == '\n' || matches!(c, ' '..='~')),
                "{at}: a tab, a control character or not ASCII:\n{text}"
            );
            assert!(
                text.lines().all(|line| !line.ends_with(' ')),
                "{at}: a blank at the end of a line, behind a backslash perhaps:\n{text}"
            );
            assert!(
                text.ends_with('\n') && !text.ends_with("\n\n"),
                "{at}: must end with one line break:\n{text}"
            );
        }
    }
}

#[test]
fn text_that_is_no_value_stands_in_no_output() {
    let outcome = outcome("#rg=x;%20echo%20INJECTED");
    for (part, text) in texts(&outcome) {
        assert!(!text.contains("INJECTED"), "{part}:\n{text}");
    }
    assert!(
        !format!("{outcome:?}").contains("INJECTED"),
        "not even in the findings, which do not quote it"
    );
}

/// What may be typed into one field.
#[derive(Clone, Debug)]
enum Typed {
    Nothing,
    Example,
    Hostile(String),
}

/// Choices of any kind with a hostile text in at least one field, and those texts.
fn hostile_choices() -> impl Strategy<Value = (Choices, Vec<String>)> {
    let marker = prop::collection::vec(prop::char::range('a', 'z'), 12).prop_map(String::from_iter);
    // No field of any kind takes a text with `;$(` and a blank in it, wherever the rest of it would
    // be right.
    let hostile = (marker, 0..5).prop_map(|(marker, shape)| match shape {
        0 => format!("{marker};$(touch {marker}) "),
        1 => format!("{marker} ;$( {marker}"),
        2 => format!("10.0.0.1;$( {marker}"),
        3 => format!("app/{marker},{marker} ;$("),
        _ => format!("'\"\n{marker};$( \u{1b}]0;{marker}\u{7}"),
    });
    let typed = prop_oneof![1 => Just(Typed::Nothing), 1 => Just(Typed::Example), 3 => hostile.prop_map(Typed::Hostile)];
    let words = prop::collection::vec(any::<prop::sample::Index>(), SelectField::ALL.len());
    (prop::collection::vec(typed, TextField::ALL.len()), words).prop_map(|(typed, words)| {
        let mut choices = Choices::default();
        let mut hostile = Vec::new();
        for (field, typed) in TextField::ALL.iter().copied().zip(typed) {
            match typed {
                Typed::Nothing => {}
                Typed::Example => choices.set_text(field, field_text::of(field).example),
                Typed::Hostile(text) => {
                    choices.set_text(field, text.as_str());
                    hostile.push(text);
                }
            }
        }
        for (field, word) in SelectField::ALL.iter().copied().zip(words) {
            let word: &&str = word.get(field.words());
            choices.select.set_word(field, word);
        }
        (choices, hostile)
    })
}

/// The longest run of letters of a hostile text: its marker.
fn marker(hostile: &str) -> &str {
    hostile.split(|c: char| !c.is_ascii_lowercase()).max_by_key(|run| run.len()).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hostile_text_in_any_field_stands_in_no_output((choices, hostile) in hostile_choices()) {
        let outcome = Outcome::of(&choices);
        for (part, text) in texts(&outcome) {
            for hostile in &hostile {
                prop_assert!(!text.contains(marker(hostile)), "{:?} in {}:\n{}", hostile, part, text);
            }
        }
    }
}
