//! Reads protected settings as they were meant: the text in braces becomes keys and values, and
//! everything that makes it invalid JSON is reported.

use super::call::Arg;
use super::suggest::closest_match;
use super::{Desk, Snippet};
use crate::lexer::{Edit, Span};
use crate::read::az::shown;
use crate::rules::{self as rules, CommandRule};
use configurator_core::azure::{PROTECTED_SETTINGS, SETTINGS};

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// The key, dotted.
    pub(super) key: String,
    /// Where it stands.
    pub(super) span: Span,
    /// The value as text.
    pub(super) value: String,
    /// Where that stands.
    pub(super) value_span: Span,
    /// Whether it is a text, as it must be.
    is_text: bool,
}

impl Entry {
    /// Whether its value is there as it is: neither a placeholder nor what a shell puts in.
    pub(super) fn is_known(&self) -> bool {
        !self.value.contains(['$', '<', '\u{2026}']) && !self.value.is_empty()
    }
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Settings {
    pub(super) entries: Vec<Entry>,
    /// Keys whose values are objects.
    nested: Vec<(String, Span)>,
    /// What keeps it from being JSON.
    flaws: Vec<(NotJson, Span)>,
    /// From the opening brace to the closing one.
    span: Span,
}

impl Settings {
    /// An entry by its key.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// Whether there is a connection string, under whatever spelling.
    fn has_connection_string(&self) -> bool {
        self.entries.iter().any(|entry| {
            entry.key == "connectionString" || likely_key(&entry.key) == Some("connectionString")
        })
    }

    /// The same settings as they should be written.
    fn corrected(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
        if !self.has_connection_string() {
            lines.push("\"connectionString\": \"<connection string>\"".to_owned());
        }
        lines.extend(self.entries.iter().map(|entry| {
            [&quoted(likely_key(&entry.key).unwrap_or(&entry.key)), ": ", &quoted(&entry.value)]
                .concat()
        }));
        ["{\n  ", &lines.join(",\n  "), "\n}"].concat()
    }
}

/// The protected key that one is nearly.
fn likely_key(key: &str) -> Option<&'static str> {
    let known = || PROTECTED_SETTINGS.iter().map(|(known, _)| *known);
    let plain = |key: &str| {
        key.chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect::<String>()
    };
    if known().any(|known| known == key) {
        return None;
    }
    known().find(|known| plain(known) == plain(key)).or_else(|| closest_match(key, known()))
}

/// Reads a file as it was meant.
pub(super) fn parse(text: &str) -> Settings {
    let mut parser = Parser { text, at: 0, depth: 0, out: Settings::default() };
    parser.at = text.find('{').unwrap_or(text.len());
    parser.out.span.start = parser.at;
    let before = text.get(..parser.at).unwrap_or_default().trim_start_matches('\u{feff}');
    if !before.trim().is_empty() {
        parser.flaw(NotJson::Other, Span::new(0, parser.at));
    }
    if parser.at < text.len() {
        parser.at += 1;
        parser.object("");
    }
    parser.out.span.end = parser.at.min(text.len());
    parser.blanks();
    if parser.at < text.len() {
        parser.flaw(NotJson::Other, Span::new(parser.at, text.len()));
    }
    parser.out
}

/// How many entries are kept: a file has five.
const MOST_ENTRIES: usize = 1_000;

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    out: Settings,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn flaw(&mut self, what: NotJson, span: Span) {
        self.out.flaws.push((what, span));
    }

    fn nested(&mut self, key: &str, span: Span) {
        if self.out.nested.len() < MOST_ENTRIES {
            self.out.nested.push((key.to_owned(), span));
        }
    }

    /// Goes past blanks, line ends and comments.
    fn blanks(&mut self) {
        loop {
            match self.next() {
                Some(c) if c.is_whitespace() => self.at += c.len_utf8(),
                Some('#') => self.comment(),
                Some('/') if self.rest().starts_with("//") => self.comment(),
                _ => return,
            }
        }
    }

    fn comment(&mut self) {
        let length = self.rest().find('\n').unwrap_or(self.rest().len());
        self.flaw(NotJson::Comment, Span::new(self.at, self.at + length));
        self.at += length;
    }

    /// Entries up to the brace that closes them.
    fn object(&mut self, prefix: &str) {
        // Of text that is indented like YAML, a key without a value is the beginning of those that
        // follow.
        let mut parent = String::new();
        let mut needs_comma = false;
        loop {
            self.blanks();
            let start = self.at;
            match self.next() {
                None => {
                    self.flaw(NotJson::Other, Span::at(self.at));
                    return;
                }
                Some('}') => {
                    self.at += 1;
                    return;
                }
                Some(',') => {
                    self.at += 1;
                    if !needs_comma {
                        self.flaw(NotJson::Comma, Span::new(start, self.at));
                    }
                    needs_comma = false;
                    self.blanks();
                    if self.next() == Some('}') && !self.out.entries.is_empty() {
                        self.flaw(NotJson::Comma, Span::new(start, start + 1));
                    }
                    continue;
                }
                Some(_) => {}
            }
            if needs_comma {
                self.flaw(NotJson::Comma, Span::at(start));
            }
            let (key, span) = self.text(true);
            self.blanks_on_line();
            if self.next() != Some(':') {
                self.flaw(NotJson::Other, span);
                if self.at == start {
                    self.at += self.next().map_or(1, char::len_utf8);
                }
                needs_comma = false;
                continue;
            }
            self.at += 1;
            self.blanks_on_line();
            let whole = [prefix, &parent, &key].concat();
            if matches!(self.next(), Some('\n' | '\r' | '#')) && self.is_followed_by_key() {
                self.flaw(NotJson::Other, span);
                self.nested(&key, span);
                parent = [&key, "."].concat();
                needs_comma = false;
                continue;
            }
            self.blanks();
            if self.next() == Some('{') && self.depth < 32 {
                self.at += 1;
                self.nested(&whole, span);
                self.depth += 1;
                self.object(&[&whole, "."].concat());
                self.depth -= 1;
            } else {
                let is_quoted = self.next().is_some_and(|c| c == '"');
                let from = self.at;
                let (value, value_span) =
                    if matches!(self.next(), Some('[')) { self.list() } else { self.text(false) };
                let is_text = is_quoted || !is_json_word(&value);
                let entry = Entry {
                    key: whole,
                    span,
                    value,
                    value_span: if value_span.start == value_span.end {
                        Span::new(from, self.at)
                    } else {
                        value_span
                    },
                    is_text,
                };
                if self.out.entries.len() < MOST_ENTRIES {
                    self.out.entries.push(entry);
                }
            }
            needs_comma = true;
        }
    }

    fn blanks_on_line(&mut self) {
        while matches!(self.next(), Some(' ' | '\t' | '\u{a0}')) {
            self.at += self.next().map_or(1, char::len_utf8);
        }
    }

    /// Whether the next line that says something is `key: …`.
    fn is_followed_by_key(&self) -> bool {
        let line = self
            .rest()
            .lines()
            .take(20)
            .map(str::trim)
            .find(|line| !line.is_empty() && !line.starts_with('#'))
            .unwrap_or_default();
        line.split_once(':').is_some_and(|(key, _)| {
            let key = key.trim().trim_matches(['"', '\'']);
            !key.is_empty()
                && key.len() < 60
                && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        })
    }

    /// A list: its text, brackets and all.
    fn list(&mut self) -> (String, Span) {
        let start = self.at;
        let length = self.rest().find([']', '}']).map_or(self.rest().len(), |at| {
            at + usize::from(self.rest().as_bytes().get(at) == Some(&b']'))
        });
        self.at += length;
        let span = Span::new(start, self.at);
        (span.of(self.text).to_owned(), span)
    }

    /// A key or a value, in whatever quotes, or in none.
    fn text(&mut self, is_key: bool) -> (String, Span) {
        let start = self.at;
        let closes: &[char] = match self.next() {
            Some('"') => &['"'],
            Some('\'') => &['\''],
            Some('\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}') => {
                &['\u{201c}', '\u{201d}', '\u{201f}', '\u{bb}', '\u{ab}', '"']
            }
            Some('\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') => {
                &['\u{2018}', '\u{2019}', '\u{201b}', '\'']
            }
            _ => return self.bare(is_key),
        };
        self.at += self.next().map_or(1, char::len_utf8);
        let inside = self.at;
        let mut value = String::new();
        loop {
            match self.next() {
                // A text does not go over a line; a value with a line break in it is broken.
                None | Some('\n') => {
                    self.flaw(NotJson::Quotes, Span::new(start, self.at));
                    break;
                }
                Some(c) if closes.contains(&c) => {
                    let span = Span::new(inside, self.at);
                    self.at += c.len_utf8();
                    if closes != ['"'] || c != '"' {
                        self.flaw(NotJson::Quotes, Span::new(start, self.at));
                    }
                    return (value, span);
                }
                Some('\\') => {
                    self.at += 1;
                    let Some(c) = self.next() else { continue };
                    self.at += c.len_utf8();
                    match c {
                        'n' => value.push('\n'),
                        'r' => value.push('\r'),
                        't' => value.push('\t'),
                        '"' | '\\' | '/' => value.push(c),
                        // No escape of JSON: the backslash is one too many.
                        _ => {
                            self.flaw(
                                NotJson::Other,
                                Span::new(self.at - 1 - c.len_utf8(), self.at),
                            );
                            value.push(c);
                        }
                    }
                }
                Some(c) => {
                    self.at += c.len_utf8();
                    value.push(c);
                }
            }
        }
        (value, Span::new(inside, self.at))
    }

    fn bare(&mut self, is_key: bool) -> (String, Span) {
        let start = self.at;
        let ends = |c: char| matches!(c, ',' | '\n' | '\r' | '}' | '{') || (is_key && c == ':');
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        let said = self.rest().get(..length).unwrap_or_default().trim_end();
        let said = said.split(" #").next().unwrap_or_default().trim_end().to_owned();
        self.at += said.len();
        let span = Span::new(start, self.at);
        if is_key || !is_json_word(&said) {
            self.flaw(NotJson::Bare, span);
        }
        (said.trim_matches(['\u{201c}', '\u{201d}', '"', '\'']).to_owned(), span)
    }
}

/// Whether a text is a number or a word that JSON knows without quotes.
fn is_json_word(text: &str) -> bool {
    matches!(text, "true" | "false" | "null")
        || (text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
        || text.starts_with('[')
}

/// Says what is wrong with settings that stand in a text as they are.
pub(super) fn check(settings: &Settings, text: &str, snippet: &Snippet, desk: &mut Desk) {
    check_at(settings, text, snippet, 0, desk);
}

/// The same for settings that begin somewhere within the snippet, there as they are.
pub(super) fn check_at(
    settings: &Settings,
    text: &str,
    snippet: &Snippet,
    start: usize,
    desk: &mut Desk,
) {
    // They are written anew as a whole; to say so some times is enough.
    const MOST: usize = 10;
    let mut mended = 0;
    let there = |span: Span| Span::new(span.start + start, span.end + start);
    objections(settings, text, true, &mut |rule, span, message, is_mended| {
        mended += usize::from(is_mended);
        let edits = if is_mended && mended <= MOST {
            vec![Edit::replace(there(settings.span), settings.corrected())]
        } else {
            Vec::new()
        };
        desk.add(rule, snippet, there(span), message, edits);
    });
}

/// The same for what a command writes into a file: places in it are not places of the text.
pub(super) fn check_written(
    settings: &Settings,
    text: &str,
    span: Span,
    snippet: &Snippet,
    desk: &mut Desk,
) {
    objections(settings, text, false, &mut |rule, _, message, _| {
        desk.add(rule, snippet, span, message, Vec::new())
    });
}

fn objections(
    settings: &Settings,
    text: &str,
    is_whole: bool,
    say: &mut dyn FnMut(&'static CommandRule, Span, String, bool),
) {
    let text = text.trim_start_matches('\u{feff}');
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    if !is_json {
        let (what, span) = settings
            .flaws
            .first()
            .copied()
            .unwrap_or((NotJson::Other, Span::at(settings.span.start)));
        say(&rules::NOT_JSON, span, not_json(what), true);
    }
    if settings.entries.is_empty() {
        say(&rules::NOT_JSON, settings.span, not_json(NotJson::Empty), true);
        return;
    }
    for (key, span) in &settings.nested {
        say(&rules::SETTINGS_NESTED, *span, settings_nested(key), true);
    }
    for entry in &settings.entries {
        let key = entry.key.as_str();
        if !entry.is_text && is_json {
            say(&rules::SETTINGS_NOT_TEXT, entry.value_span, settings_not_text(key), true);
        }
        if !PROTECTED_SETTINGS.iter().any(|(known, _)| *known == key) {
            match likely_key(key).filter(|_| !SETTINGS.iter().any(|(known, _)| *known == key)) {
                Some(likely) => {
                    say(&rules::KEY_MISSPELT, entry.span, key_misspelt(key, likely), true)
                }
                None => say(&rules::SETTINGS_KEY, entry.span, settings_key(key), false),
            }
        }
        if matches!(key, "tls.crt" | "tls.key" | "tls.cacrt")
            && entry.is_known()
            && !is_base64_of_pem(&entry.value)
        {
            say(&rules::SETTINGS_CERTIFICATE, entry.value_span, settings_certificate(key), false);
        }
    }
    match settings.get("connectionString") {
        None if settings.has_connection_string() => {}
        None => say(
            &rules::NO_CONNECTION_STRING,
            Span::new(settings.span.start, settings.span.start + usize::from(is_whole)),
            "connectionString is missing. Add it, with what az acr connected-registry get-settings \
             prints.".to_owned(),
            true,
        ),
        Some(entry) => {
            let value = entry.value.as_str();
            if value.contains("<use --generate-password") {
                say(
                    &rules::CONNECTION_STRING,
                    entry.value_span,
                    "This connection string has no password. get-settings generates one with \
                     --generate-password 1, which replaces password 1: who uses that is cut off.".to_owned(),
                    false,
                );
            } else if entry.is_known()
                && (!value.starts_with("ConnectedRegistryName=") || value.contains(['\r', '\n']))
            {
                say(
                    &rules::CONNECTION_STRING,
                    entry.value_span,
                    "This is not what az acr connected-registry get-settings prints: it begins \
                     with ConnectedRegistryName= and has no line break.".to_owned(),
                    false,
                );
            }
        }
    }
    let has = |key: &str| settings.get(key).is_some();
    if has("tls.crt") != has("tls.key") {
        let entry = settings.get("tls.crt").or_else(|| settings.get("tls.key"));
        say(
            &rules::SETTINGS_PAIR,
            entry.map_or(settings.span, |entry| entry.span),
            "tls.crt and tls.key belong together, and one of them is missing. Add it.".to_owned(),
            false,
        );
    }
    if let (Some(entry), true) = (settings.get("tls.secret"), has("tls.crt") || has("tls.key")) {
        say(
            &rules::SETTINGS_PAIR,
            entry.span,
            "tls.secret and tls.crt are two sources of one certificate. Keep one.".to_owned(),
            false,
        );
    }
}

/// Whether a text is Base64 on one line, of something that begins like a PEM file.
fn is_base64_of_pem(text: &str) -> bool {
    // `-----BEGIN `.
    text.starts_with("LS0tLS1CRUdJTi")
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

/// The paths of the files whose contents go into certificate, key and authority.
pub(super) fn files<'a>(
    settings: &Settings,
    contents: &'a [(String, Arg)],
) -> impl Fn(&str) -> Option<&'a Arg> {
    let values: Vec<(String, String)> =
        settings.entries.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect();
    move |key| {
        let (_, value) = values.iter().find(|(other, _)| other == key)?;
        contents.iter().find(|(place, _)| value.contains(place.as_str())).map(|(_, path)| path)
    }
}

pub(crate) fn key_misspelt(key: &str, likely: &str) -> String {
    format!("The key is spelled {likely}, not {}.", shown(key))
}

fn not_json(what: NotJson) -> String {
    let what = match what {
        NotJson::Comment => "JSON has no comments.",
        NotJson::Quotes => "JSON has plain double quotes, no others.",
        NotJson::Bare => "Keys and values stand in double quotes in JSON.",
        NotJson::Comma => "Between two entries stands a comma in JSON, and none behind the last.",
        NotJson::Empty => "The file has no entry.",
        NotJson::Other => "This is not JSON.",
    };
    format!("{what} Write one object of texts, with dotted keys.")
}

/// What makes a text no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NotJson {
    /// A comment.
    Comment,
    /// Single or typographic quotes.
    Quotes,
    /// A key or value without quotes.
    Bare,
    /// A comma that is missing, or one too many.
    Comma,
    /// Nothing in it.
    Empty,
    /// Something else.
    Other,
}

fn settings_nested(key: &str) -> String {
    format!(
        "{} is an object within the object. Write its entries with dotted keys, tls.secret for \
         instance.",
        shown(key)
    )
}

fn settings_not_text(key: &str) -> String {
    format!("The value of {} is no text. Put it in double quotes.", shown(key))
}

fn settings_key(key: &str) -> String {
    format!(
        "The protected settings have no key {} in any documentation. Give it with --config, or \
         leave it out.",
        shown(key)
    )
}

fn settings_certificate(key: &str) -> String {
    format!(
        "The value of {key} is not the Base64 of a PEM file on one line. Make it so: base64 <FILE \
         | tr -d '\\r\\n'"
    )
}
