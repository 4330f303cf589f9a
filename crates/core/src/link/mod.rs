//! Choices ⇄ URL fragment.
//!
//! Readable, and only what differs from the preset, plus always `shell` and `v`:
//! `#registry=contoso&name=edge01&repos=hello-world,app/api&shell=bash&v=1`.
//!
//! A link is hostile until parsed. Unknown keys and unknown values of closed lists are dropped and
//! reported; free text is kept exactly as it was, up to [`TEXT_LIMIT`] characters, and becomes a
//! finding where it is wrong.

use crate::azure::sources;
use crate::choices::{Choices, Field, Preset, SelectField, TEXT_LIMIT, TextField};
use crate::rules::{Finding, Severity};
use crate::scenario::is_invisible;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The version of the link's format: the value of `v`.
pub const VERSION: &str = "1";

/// How many parts of a link are read: more than there are keys.
const PIECES_LIMIT: usize = 100;

const SCENARIO: &str = "scenario";
const VERSION_KEY: &str = "v";

/// What would end a value, or what browsers and mail programs alter in a fragment. `/`, `,`, `:`
/// and `@` stay readable.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'\'')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// What a link says, and what of it was not understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The choices; for what was not understood, the default.
    pub choices: Choices,
    /// What was dropped or cut, as findings of severity error: they are about the link, not about
    /// the choices.
    pub problems: Vec<Finding>,
}

/// Reads a fragment (with or without `#`) or a whole URL. Never fails: nothing at all is the secure
/// default.
pub fn parse(link: &str) -> Parsed {
    merge(None, link)
}

/// The same, where what the link does not say stays as it is in some choices; a scenario is started
/// from as by hand. Without choices, it is the default.
pub fn merge(start: Option<&Choices>, link: &str) -> Parsed {
    let fragment = match link.split_once('#') {
        Some((_, fragment)) => fragment,
        // A URL without a fragment says nothing; anything else without `#` is a bare fragment.
        None if link.starts_with("https://") || link.starts_with("http://") => "",
        None => link,
    };
    let mut problems = Vec::new();
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut pieces = fragment.split('&').filter(|piece| !piece.is_empty());
    for piece in pieces.by_ref().take(PIECES_LIMIT) {
        let (key, value) = piece.split_once('=').unwrap_or((piece, ""));
        let (key, key_is_text) = decode(key);
        let (value, value_is_text) = decode(value);
        if !(key_is_text && value_is_text) {
            problems.push(problem("link-not-text", not_text(&shown(&key))));
            continue;
        }
        if let Some(earlier) = pairs.iter_mut().find(|(other, _)| *other == key) {
            problems.push(problem("link-repeated-key", repeated_key(&shown(&key))));
            earlier.1 = value;
        } else {
            pairs.push((key, value));
        }
    }

    if pieces.next().is_some() {
        problems.push(problem("link-too-many-parts", too_many_parts(PIECES_LIMIT)));
    }

    let preset = pairs.iter().find(|(key, _)| key == SCENARIO).and_then(|(_, id)| {
        let preset = Preset::from_id(id);
        if preset.is_none() {
            let known: Vec<&str> = Preset::ALL.iter().map(|preset| preset.id()).collect();
            problems
                .push(problem("link-unknown-value", unknown_value(SCENARIO, &shown(id), &known)));
        }
        preset
    });
    let mut choices = match (start, preset) {
        (None, preset) => Choices::from(preset.unwrap_or_default()),
        (Some(start), None) => start.clone(),
        (Some(start), Some(preset)) => {
            let mut choices = start.clone();
            choices.start_from(preset);
            choices
        }
    };
    for (key, value) in pairs {
        match Field::from_key(&key) {
            Some(Field::Text(field)) => {
                let kept: String = value.chars().take(TEXT_LIMIT).collect();
                if kept.len() < value.len() {
                    problems.push(Finding {
                        field: Some(field.into()),
                        ..problem("link-too-long", too_long(&key, TEXT_LIMIT))
                    });
                }
                choices.set_text(field, kept);
            }
            Some(Field::Select(field)) => {
                if !choices.select.set_word(field, &value) {
                    problems.push(Finding {
                        field: Some(field.into()),
                        ..problem(
                            "link-unknown-value",
                            unknown_value(&key, &shown(&value), field.words()),
                        )
                    });
                }
            }
            None if key == SCENARIO => {}
            None if key == VERSION_KEY && value == VERSION => {}
            None if key == VERSION_KEY => {
                problems.push(problem("link-version", version(&shown(&value), VERSION)))
            }
            None => problems.push(problem("link-unknown-key", unknown_key(&shown(&key)))),
        }
    }
    Parsed { choices, problems }
}

/// What the fragment says, as keys and values, which are not escaped.
pub fn pairs(choices: &Choices) -> Vec<(&'static str, &str)> {
    let mut pairs: Vec<(&'static str, &str)> = Vec::new();
    if choices.preset != Preset::default() {
        pairs.push((SCENARIO, choices.preset.id()));
    }
    let starting_point = Choices::from(choices.preset);
    for field in TextField::ALL.iter().copied() {
        let text = choices.text(field);
        if text != starting_point.text(field) {
            pairs.push((field.key(), text));
        }
    }
    for field in SelectField::ALL.iter().copied().filter(|field| *field != SelectField::Shell) {
        let word = choices.select.word(field);
        if word != starting_point.select.word(field) {
            pairs.push((field.key(), word));
        }
    }
    pairs.push((SelectField::Shell.key(), choices.select.word(SelectField::Shell)));
    pairs.push((VERSION_KEY, VERSION));
    pairs
}

/// Writes the fragment, with its `#`.
pub fn fragment(choices: &Choices) -> String {
    let mut fragment = String::new();
    for (key, value) in pairs(choices) {
        fragment.push(if fragment.is_empty() { '#' } else { '&' });
        fragment.push_str(key);
        fragment.push('=');
        fragment.extend(utf8_percent_encode(value, ESCAPED));
    }
    fragment
}

/// The decoded text, and whether it was valid UTF-8.
fn decode(piece: &str) -> (String, bool) {
    match percent_decode_str(piece).decode_utf8() {
        Ok(text) => (text.into_owned(), true),
        Err(_) => (piece.to_owned(), false),
    }
}

/// A short form for a message: text out of a link may be anything, and of any length.
pub fn shown(text: &str) -> String {
    let mut shown: String = text.chars().filter(|c| !is_invisible(*c)).take(40).collect();
    if text.chars().count() > 40 {
        shown.push('…');
    }
    shown
}

fn problem(rule: &'static str, message: String) -> Finding {
    Finding {
        rule,
        severity: Severity::Error,
        field: None,
        line: None,
        column: None,
        message,
        why: "The rest of the link was used; this part was left out, so the result may not be what \
              its author saw.",
        fix: None,
        source: sources::LINK,
        in_output: false,
    }
}

fn not_text(key: &str) -> String {
    format!(
        "The link's {key} is not valid text and was left out. Ask for the link again, or fill in \
         the field."
    )
}

fn repeated_key(key: &str) -> String {
    format!("The link gives {key} twice; the last one was used.")
}

fn unknown_value(key: &str, value: &str, known: &[&str]) -> String {
    format!(
        "The link's {key} cannot be \"{value}\"; the default was used. It can be: {}.",
        known.join(", ")
    )
}

fn too_long(key: &str, limit: usize) -> String {
    format!("The link's {key} is longer than {limit} characters and was cut.")
}

fn version(version: &str, known: &str) -> String {
    format!(
        "The link is of version \"{version}\"; this page knows version {known}. What it understood \
         was used."
    )
}

fn too_many_parts(limit: usize) -> String {
    format!("The link has more than {limit} parts; the rest was left out.")
}

fn unknown_key(key: &str) -> String {
    format!("The link has a key \"{key}\" that does not exist here; it was left out.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choices::Mode;
    use expect_test::expect;
    use proptest::prelude::*;

    fn rules(link: &str) -> Vec<&'static str> {
        parse(link).problems.iter().map(|problem| problem.rule).collect()
    }

    #[test]
    fn a_link_is_readable() {
        let mut choices = Choices::default()
            .with(TextField::Registry, "contoso")
            .with(TextField::ResourceGroup, "x; echo 50%")
            .with(TextField::Repositories, "hello-world,app/api");
        choices.select.mode = Mode::ReadWrite;
        expect!["#registry=contoso&rg=x;%20echo%2050%25&repos=hello-world,app/api&mode=read-write&shell=bash&v=1"].assert_eq(&fragment(&choices));
        expect!["#shell=bash&v=1"].assert_eq(&fragment(&Choices::default()));
        expect!["#scenario=sync-daily&shell=bash&v=1"]
            .assert_eq(&fragment(&Preset::SyncDaily.into()));
        expect!["#scenario=sync-daily&window=&shell=bash&v=1"]
            .assert_eq(&fragment(&Choices::from(Preset::SyncDaily).with(TextField::Window, "")));
    }

    #[test]
    fn a_link_comes_as_fragment_bare_or_within_a_url() {
        for link in ["#name=edge01", "name=edge01", "https://example.org/page?x=1#name=edge01"] {
            assert_eq!(parse(link).choices.text(TextField::Name), "edge01", "{link}");
        }
        for link in ["", "#", "https://example.org/page?name=edge01"] {
            assert_eq!(parse(link).choices, Choices::default(), "{link}");
            assert_eq!(rules(link), [""; 0], "{link}");
        }
    }

    #[test]
    fn free_text_is_kept_as_typed() {
        assert_eq!(
            parse("#rg=x;%20echo%20INJECTED").choices.text(TextField::ResourceGroup),
            "x; echo INJECTED"
        );
        assert_eq!(parse("#rg=a+b=c").choices.text(TextField::ResourceGroup), "a+b=c");
        assert_eq!(rules("#rg=x;%20echo%20INJECTED"), [""; 0]);
    }

    #[test]
    fn what_is_not_understood_is_dropped_and_reported() {
        assert_eq!(rules("#colour=red"), ["link-unknown-key"]);
        assert_eq!(rules("#mode=mirror"), ["link-unknown-value"]);
        assert_eq!(rules("#scenario=none"), ["link-unknown-value"]);
        assert_eq!(rules("#v=2"), ["link-version"]);
        assert_eq!(rules("#name=%ff"), ["link-not-text"]);
        assert_eq!(rules("#name=a&name=b"), ["link-repeated-key"]);
        let many = "x=1&".repeat(100_000);
        assert!(rules(&many).contains(&"link-too-many-parts"));
        assert_eq!(rules(&many).len(), 101, "what is beyond the limit is not looked at");
        assert_eq!(parse("#name=a&name=b").choices.text(TextField::Name), "b");
        assert_eq!(
            parse("#mode=mirror&name=edge01").choices,
            Choices::default().with(TextField::Name, "edge01")
        );
        let long = parse(&format!("#name={}", "ä".repeat(1_001)));
        assert_eq!(
            long.problems.iter().map(|problem| problem.rule).collect::<Vec<_>>(),
            ["link-too-long"]
        );
        assert_eq!(long.choices.text(TextField::Name).chars().count(), 1_000);
    }

    #[test]
    fn what_is_merged_leaves_the_rest_as_it_is() {
        let start = parse("#scenario=byoc&registry=contoso&crt=a.pem&mode=read-write").choices;
        let merged = merge(Some(&start), "registry=fabrikam&tls=magic&shell=powershell");
        assert_eq!(
            merged.problems.iter().map(|problem| problem.rule).collect::<Vec<_>>(),
            ["link-unknown-value"]
        );
        assert_eq!(
            fragment(&merged.choices),
            "#scenario=byoc&registry=fabrikam&crt=a.pem&mode=read-write&shell=powershell&v=1"
        );
        assert_eq!(
            fragment(&merge(Some(&start), "scenario=http&registry=x").choices),
            "#scenario=http&registry=x&crt=a.pem&mode=read-write&shell=bash&v=1"
        );
        assert_eq!(merge(Some(&start), "").choices, start);
    }

    fn any_choices() -> impl Strategy<Value = Choices> {
        let words = prop::collection::vec(any::<prop::sample::Index>(), SelectField::ALL.len());
        (
            prop::sample::select(Preset::ALL),
            prop::collection::vec(any::<String>(), TextField::ALL.len()),
            words,
        )
            .prop_map(|(preset, texts, words)| {
                let mut choices = Choices::from(preset);
                for (field, text) in TextField::ALL.iter().zip(texts) {
                    choices.set_text(*field, text.chars().take(TEXT_LIMIT).collect::<String>());
                }
                for (field, word) in SelectField::ALL.iter().zip(words) {
                    choices.select.set_word(*field, field.words()[word.index(field.words().len())]);
                }
                choices
            })
    }

    proptest! {
        #[test]
        fn choices_survive_the_link(choices in any_choices()) {
            let parsed = parse(&fragment(&choices));
            prop_assert_eq!(&parsed.problems, &[]);
            prop_assert_eq!(parsed.choices, choices);
        }

        #[test]
        fn any_text_is_a_link(link in any::<String>()) {
            let once = parse(&link).choices;
            prop_assert_eq!(parse(&fragment(&once)).choices, once);
        }
    }
}
