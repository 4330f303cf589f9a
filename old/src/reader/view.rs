//! The dialog as HTML. What its buttons do is in `data-read`; which one of a list is meant in
//! `data-index`.

use super::difference::{Piece, pieces};
use crate::text::{page, reader as text};
use configurator_core::choices::{Choices, Shell, TextField, field_text, preset_text};
use configurator_core::rules::Severity;
use configurator_lint::lexer::{Edit, Span};
use configurator_lint::read::{Form, Lines, MOST_FINDINGS, Reading, Remark};
use maud::{Markup, html};
use std::borrow::Cow;

/// The id of the field with the text.
pub const AREA: &str = "reader-text";
/// The id of the choice of what the text is.
pub const FORM: &str = "reader-form";
/// The id of the file picker.
pub const FILE: &str = "reader-file";
/// The id of what the text is taken for.
pub const TAKEN_FOR: &str = "reader-taken-for";
/// The id of the line that counts the findings.
pub const STATUS: &str = "reader-status";
/// The id of the line that says what was done, or could not be.
pub const SAID: &str = "reader-said";
/// The id of the findings.
pub const FINDINGS: &str = "reader-findings";
/// The id of the findings that are merely good to know.
pub const NOTES: &str = "reader-notes";
/// The id of the corrected text, with its buttons.
pub const CORRECTED: &str = "reader-corrected";
/// The id of what the text amounts to.
pub const AMOUNTS: &str = "reader-amounts";
/// The id of the button that brings back the text before.
pub const BACK: &str = "reader-back";

/// The most entries of a list that are shown at first.
pub(super) const FIRST: usize = 100;
/// The most that are ever shown of what is taken, or left: as many as there are findings at most.
const MOST: usize = MOST_FINDINGS;
/// From how many lines on those that are as they were are left out of the corrected text, except
/// around what changed.
const LONG: usize = 1_500;
/// How many of them are shown before and after a change.
const AROUND: usize = 3;
/// The most changes that are spelled out of one finding.
const CHANGES: usize = 3;

/// The whole dialog, with no text in it.
pub fn dialog() -> Markup {
    html! {
        div.reader-top {
            h2 id="reader-title" { (text::TITLE) }
            (close())
        }
        p.lead { (text::LEAD) }
        p.lead { (text::PROMISE) }
        div.reader-columns {
            div.reader-column {
                label for=(AREA) { (text::LABEL) }
                textarea id=(AREA) rows="12" wrap="off" autocomplete="off" autocorrect="off" autocapitalize="off" spellcheck="false" aria-describedby=(STATUS) autofocus {}
                p.reader-status id=(STATUS) role="status" {}
                div.reader-row {
                    div {
                        label for=(FORM) { (text::FORM) }
                        select id=(FORM) autocomplete="off" aria-describedby=(TAKEN_FOR) {
                            @for (word, said) in text::FORMS { option value=(word) { (said) } }
                        }
                    }
                    div.reader-file {
                        label for=(FILE) { (text::FILE) }
                        input id=(FILE) type="file" accept=".sh,.bash,.ps1,.psm1,.md,.markdown,.mdx,.json,.txt,text/*" aria-describedby="reader-drop";
                    }
                }
                p.hint { span id=(TAKEN_FOR) {} " " span id="reader-drop" { (text::DROP) } }
                div.buttons {
                    button.button type="button" data-read="clear" { (text::CLEAR) }
                    button.button id=(BACK) type="button" data-read="back" hidden { (text::BACK) }
                }
                div id=(SAID) role="status" {}
                div id=(FINDINGS) {}
            }
            div.reader-column {
                div id=(CORRECTED) {}
                div id=(AMOUNTS) {}
            }
        }
        // Also where a phone shows it last.
        div.buttons { (close()) }
    }
}

fn close() -> Markup {
    html! { button.button type="button" data-read="close" { (text::CLOSE) } }
}

/// The form that a word of [`text::FORMS`] means; `None` where it is to be recognized.
pub fn form_of(word: &str) -> Option<Form> {
    Some(match word {
        "bash" => Form::Commands(Shell::Bash),
        "powershell" => Form::Commands(Shell::PowerShell),
        "markdown" => Form::Markdown,
        "settings" => Form::Settings,
        _ => return None,
    })
}

/// What the text is taken for.
pub fn taken_for(reading: &Reading) -> Markup {
    html! { (text::taken_for(reading.form)) }
}

/// How many findings there are, and how many of them can be corrected, in a sentence.
pub fn status(reading: &Reading) -> Markup {
    let of = |severity: Severity| {
        reading.remarks.iter().filter(|remark| remark.finding.severity == severity).count()
    };
    let mended = reading.remarks.iter().filter(|remark| !remark.edits.is_empty()).count();
    html! { (text::status(of(Severity::Error), of(Severity::Warning), of(Severity::Info), mended, reading.more)) }
}

/// What could not be done.
pub fn refused(message: &str) -> Markup {
    html! { p.message.error { span.visually-hidden { (page::ERROR) ": " } (message) } }
}

/// What was done.
pub fn done(message: &str) -> Markup {
    html! { @if !message.is_empty() { p.said { (message) } } }
}

/// The findings in the order of the text; `data-index` is the place of each in
/// [`Reading::remarks`]. What is merely good to know is folded away, unless there is nothing else
/// or it was opened.
pub fn findings(source: &str, reading: &Reading, all: bool, is_open: bool) -> Markup {
    let (notes, others): (Vec<_>, Vec<_>) = reading
        .remarks
        .iter()
        .enumerate()
        .partition(|(_, remark)| remark.finding.severity == Severity::Info);
    let shown = if all { MOST } else { FIRST };
    let list = |of: &[(usize, &Remark)]| {
        html! {
            ul.reader-list {
                @for (place, (index, remark)) in of.iter().take(shown).enumerate() {
                    // Why it matters is the same for every finding of a rule: the first one says
                    // it.
                    @let is_first = !of.iter().take(place).any(|(_, other)| other.finding.rule == remark.finding.rule);
                    (finding(source, *index, remark, is_first))
                }
            }
            @if of.len() > shown { (show_all(of.len())) }
        }
    };
    html! {
        @if !reading.remarks.is_empty() {
            h3 { (text::FINDINGS) }
            @if !others.is_empty() { (list(&others)) }
            @if !notes.is_empty() {
                details id=(NOTES) open[is_open || others.is_empty()] {
                    summary { (text::notes(notes.len())) }
                    (list(&notes))
                }
            }
        }
        @if reading.more > 0 { p.small { (text::more(reading.more)) } }
    }
}

fn show_all(count: usize) -> Markup {
    html! { p { button.link type="button" data-read="all" { (text::show_all(count)) } } }
}

fn finding(
    source: &str,
    index: usize,
    Remark { finding, edits, .. }: &Remark,
    says_why: bool,
) -> Markup {
    let (line, column) = (finding.line.unwrap_or(1), finding.column.unwrap_or(1));
    let (class, words) = words(finding.severity);
    html! {
        li.reader-finding.(class) {
            div.reader-head {
                span class={ "tag " (class) } { (words) }
                button.link type="button" data-read="go" data-index=(index) aria-label=(text::go_to(line, column)) { (line) ":" (column) }
                code.rule-id { (finding.rule) }
            }
            p { (finding.message) }
            @if !edits.is_empty() { p.reader-change { (text::CORRECTION) " " (changes(source, edits)) } }
            @if says_why {
                p.small {
                    (finding.why) " " (text::SOURCE) " "
                    @match finding.source.url {
                        Some(url) => a href=(url) target="_blank" rel="noreferrer" { (finding.source.name) },
                        None => (finding.source.name),
                    }
                }
            }
        }
    }
}

const fn words(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", page::ERROR),
        Severity::Warning => ("warning", page::WARNING),
        Severity::Info => ("info", page::INFO),
    }
}

/// What mends a finding, in words.
fn changes(source: &str, edits: &[Edit]) -> Markup {
    html! {
        @for (index, edit) in edits.iter().enumerate().take(CHANGES) {
            @if index > 0 { "; " }
            @let old = edit.span.of(source);
            @match (old.is_empty(), edit.text.is_empty()) {
                (false, true) => { (text::REMOVE) " " del.blank[old.trim().is_empty()] { code { (short(old)) } } },
                (true, _) => { (text::PUT_IN) " " ins { code { (short(&edit.text)) } } },
                (false, false) => { del { code { (short(old)) } } " " (text::BECOMES) " " ins { code { (short(&edit.text)) } } },
            }
        }
        @if edits.len() > CHANGES { " " (text::more_places(edits.len() - CHANGES)) }
    }
}

/// A text of a change, with an end where it is long.
fn short(said: &str) -> Cow<'_, str> {
    const MOST: usize = 80;
    let said = visible(said);
    match said.char_indices().nth(MOST) {
        Some((end, _)) => [said.get(..end).unwrap_or_default(), "…"].concat().into(),
        None => said,
    }
}

/// What consists of blanks alone, or has signs that nobody sees, with signs in their place.
fn visible(said: &str) -> Cow<'_, str> {
    let sign = |c: char| match c {
        '\r' => Some("␍"),
        '\u{feff}' => Some("BOM"),
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some("⍽"),
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => Some("�"),
        _ => None,
    };
    let blank = |c: char| match c {
        ' ' => Some("␣"),
        '\t' => Some("⇥"),
        '\n' => Some("↵"),
        c => sign(c),
    };
    let is_blank = said.chars().all(|c| blank(c).is_some());
    if !is_blank && !said.chars().any(|c| sign(c).is_some()) {
        return said.into();
    }
    let mut out = String::new();
    for c in said.chars() {
        match if is_blank { blank(c) } else { sign(c) } {
            Some(sign) => out.push_str(sign),
            None => out.push(c),
        }
    }
    out.into()
}

/// The corrected text, with what differs marked, and what can be done with it.
pub fn corrected(source: &str, reading: Option<&Reading>) -> Markup {
    let is_corrected = reading.is_some_and(|reading| reading.corrected != source);
    html! {
        h3 { (text::CORRECTED) }
        @match reading {
            Some(reading) if is_corrected => {
                div.code.reader-code { pre tabindex="0" role="region" aria-label=(text::CORRECTED) { code id="reader-code" { (marked(source, &reading.corrected)) } } }
                div.buttons {
                    button.button.primary type="button" data-read="copy" { (text::COPY) }
                    button.button type="button" data-read="use" { (text::USE) }
                }
                p.hint {
                    (text::CORRECTED_HINT)
                    @if source.contains("\r\n") && !reading.corrected.contains('\r') { " " (text::LINE_ENDS) }
                    @if reading.remarks.iter().any(|remark| remark.edits.is_empty() && remark.finding.severity != Severity::Info) { " " (text::REST) }
                }
            },
            Some(reading) => p.reader-nothing { (if reading.remarks.is_empty() { text::CORRECTED_NOTHING } else { text::CORRECTED_NONE }) },
            None => p.reader-nothing { (text::CORRECTED_EMPTY) },
        }
    }
}

/// The corrected text. What is gone stands in attributes, so that it is in nothing that is copied.
fn marked(source: &str, corrected: &str) -> Markup {
    let is_long = corrected.lines().nth(LONG).is_some();
    html! {
        @for piece in pieces(source, corrected) {
            @match piece {
                Piece::Same(said) if is_long => (around(said)),
                Piece::Same(said) => (said),
                Piece::New(said) => ins { (said) },
                Piece::Gone(said) => del.blank[said.trim().is_empty()] data-gone=(visible(&said)) {},
            }
        }
    }
}

/// Of many lines that are as they were, the first and the last.
fn around(said: &str) -> Markup {
    let lines: Vec<&str> = said.split_inclusive('\n').collect();
    html! {
        @match lines.len().checked_sub(2 * AROUND + 2).filter(|between| *between > 1) {
            Some(between) => {
                (lines[..=AROUND].concat())
                span.reader-between { (text::unchanged(between)) "\n" }
                (lines[lines.len() - AROUND - 1..].concat())
            },
            None => (said),
        }
    }
}

/// What the text amounts to, with a button for each that takes it over (`data-index` is its place
/// in [`Reading::imported`]); and what is left.
pub fn amounts(source: &str, reading: &Reading, all: bool) -> Markup {
    let lines = Lines::of(source);
    let shown = if all { MOST } else { FIRST };
    html! {
        h3 { (text::AMOUNTS) }
        @if reading.imported.is_empty() {
            p.small { (text::NOTHING_TAKEN) }
        } @else {
            ul.reader-list {
                @for (index, imported) in reading.imported.iter().enumerate().take(shown) {
                    @let title = preset_text::title_of(&imported.choices);
                    @let place = place(&lines, imported.span);
                    li.reader-imported {
                        p { strong { (title) } " " span.hint { (place) ", " (text::shell(imported.shell.unwrap_or_default())) } }
                        (names(&imported.choices))
                        button.button type="button" data-read="take" data-index=(index) { (text::TAKE) span.visually-hidden { ": " (title) ", " (place) } }
                    }
                }
            }
            @if reading.imported.len() > shown && !all { (show_all(reading.imported.len().min(MOST))) }
        }
        @if !reading.skipped.is_empty() {
            h4 { (text::LEFT) }
            ul.reader-skipped {
                @for skipped in reading.skipped.iter().take(shown) {
                    li {
                        (text::line(lines.position(skipped.span.start).0)) ": " code { (skipped.text) } " "
                        span.small { (skipped.why) }
                    }
                }
            }
            @if reading.skipped.len() > shown && !all { (show_all(reading.skipped.len().min(MOST))) }
        }
    }
}

fn place(lines: &Lines, span: Span) -> String {
    let first = lines.position(span.start).0;
    let last = lines.position(span.end.max(span.start + 1) - 1).0;
    text::lines(first, last.max(first))
}

/// The names that choices hold.
fn names(choices: &Choices) -> Markup {
    let given = || TextField::ALL.iter().filter(|field| !choices.text(**field).is_empty());
    html! {
        @if given().next().is_none() {
            p.small { (text::NO_NAMES) }
        } @else {
            dl.reader-names {
                @for field in given() {
                    div { dt { (field_text::label(*field)) } dd { code { (choices.text(*field)) } } }
                }
            }
        }
    }
}

/// Where a place stands in a field that holds the text: in units of UTF-16, and every line end is
/// one of them there.
pub fn selection(source: &str, span: Span) -> (u32, u32) {
    let units = |part: &str| {
        let ends = part.matches("\r\n").count();
        u32::try_from(part.encode_utf16().count() - ends).unwrap_or(u32::MAX)
    };
    let before = |end: usize| {
        // Not within a line end.
        let end = if source.get(..end).is_some_and(|before| before.ends_with('\r'))
            && source.get(end..).is_some_and(|rest| rest.starts_with('\n'))
        {
            end - 1
        } else {
            end
        };
        units(source.get(..end).unwrap_or_default())
    };
    (before(span.start), before(span.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use configurator_lint::read::read;

    const BROKEN: &str = "az acr connected-registry create --registry contoso --name edge01 \\ \n  \
                          --repository hello-world\n";

    fn all(source: &str, form: Option<Form>) -> String {
        let reading = read(source, form);
        let parts = [
            taken_for(&reading),
            status(&reading),
            findings(source, &reading, true, true),
            corrected(source, Some(&reading)),
            amounts(source, &reading, true),
        ];
        parts.into_iter().map(Markup::into_string).collect()
    }

    fn text_of(html: &str) -> String {
        let mut out = String::new();
        let mut within = false;
        for c in html.chars() {
            match c {
                '<' => within = true,
                '>' => within = false,
                c if !within => out.push(c),
                _ => {}
            }
        }
        out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn a_finding_says_where_what_and_how() {
        let reading = read(BROKEN, None);
        let html = findings(BROKEN, &reading, false, false).into_string();
        for part in [
            "data-read=\"go\" data-index=\"3\" aria-label=\"1:67, go to line 1, column 67\">1:67<",
            "remove <del class=\"blank\"><code>␣</code></del>",
            "Source: ",
            "class=\"rule-id\"",
            "<details id=\"reader-notes\"><summary>3 notes</summary>",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(
            status(&reading).into_string().starts_with("1 error"),
            "{}",
            status(&reading).into_string()
        );
    }

    #[test]
    fn what_is_shown_as_corrected_is_the_corrected_text() {
        for source in [
            BROKEN,
            "az acr login --naem “x”\r\naz login\r\n",
            "```bash\naz k8s-extension create \\ \n  --name x --config a = b\n",
            "{ \"connectionString\": 'x' }",
        ] {
            let reading = read(source, None);
            assert_ne!(reading.corrected, source);
            assert_eq!(
                text_of(&marked(source, &reading.corrected).into_string()),
                reading.corrected
            );
        }
    }

    #[test]
    fn nothing_pasted_is_html() {
        for hostile in [
            "<img src=x onerror=alert(1)>",
            "</textarea><script>alert(1)</script>",
            "\"><b onclick='x'>&lt;i>",
        ] {
            for form in [
                None,
                Some(Form::Commands(Shell::PowerShell)),
                Some(Form::Markdown),
                Some(Form::Settings),
            ] {
                for source in [
                    hostile.to_owned(),
                    format!(
                        "az acr connected-registry create --registry {hostile} --name '{hostile}' \
                         \\ \n --repository \"{hostile}\" --{hostile} x\n"
                    ),
                    format!(
                        "az acr {hostile}\naz k8s-extension create --config '{hostile}={hostile}' \
                         --config service.clusterIP={hostile}"
                    ),
                    format!(
                        "```bash\naz acr connected-registry create --name '{hostile}' --nmae \
                         {hostile}\n"
                    ),
                    format!("{{\"connectionString\": '{hostile}', \"{hostile}\": {hostile}}}"),
                ] {
                    let html = all(&source, form);
                    for part in ["<img", "<script", "</textarea", "<b ", "<i>"] {
                        assert!(!html.contains(part), "{part} of {source} is in {html}");
                    }
                }
            }
        }
    }

    #[test]
    fn much_is_shown_in_parts() {
        let source = "az acr connected-registry list --registry contoso --naem x\n".repeat(300);
        let reading = read(&source, None);
        assert!(reading.remarks.len() > FIRST);
        let count = |all: bool| {
            findings(&source, &reading, all, false).into_string().matches("<li").count()
        };
        assert_eq!(count(false), FIRST);
        assert_eq!(count(true), reading.remarks.len());
        assert!(
            findings(&source, &reading, false, false)
                .into_string()
                .contains(&text::show_all(reading.remarks.len()))
        );
        let long = format!("{}{BROKEN}{}", "echo\n".repeat(2_000), "echo\n".repeat(2_000));
        let html = corrected(&long, Some(&read(&long, None))).into_string();
        assert!(html.contains("1993 lines as they were") && html.len() < 4_000, "{}", html.len());
    }

    #[test]
    fn what_it_amounts_to_has_lines_and_names() {
        let html = amounts(BROKEN, &read(BROKEN, None), false).into_string();
        for part in [
            "lines 1 to 2, bash",
            "<dd><code>contoso</code></dd>",
            "<dd><code>edge01</code></dd>",
            "data-read=\"take\" data-index=\"0\"",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        let nothing = amounts("hello", &read("hello", None), false).into_string();
        assert!(nothing.contains(text::NOTHING_TAKEN), "{nothing}");
    }

    #[test]
    fn each_part_of_a_page_has_its_shell() {
        let page = "# A\n```azurepowershell\naz acr connected-registry create --name a\n```\n# \
                    B\n```bash\naz acr connected-registry create --name b\n```\n";
        let reading = read(page, None);
        assert_eq!(reading.form, Form::Markdown);
        let shells: Vec<_> = reading.imported.iter().map(|imported| imported.shell).collect();
        assert_eq!(shells, [Some(Shell::PowerShell), Some(Shell::Bash)]);
        let settings = read("{\"connectionString\": \"<x y>\", \"tls.secret\": \"a\"}", None);
        assert_eq!(
            settings.imported.iter().map(|imported| imported.shell).collect::<Vec<_>>(),
            [None]
        );
    }

    #[test]
    fn places_are_those_of_the_field() {
        let source = "ä😀\r\nx y\r\n";
        let at = |part: &str| source.find(part).unwrap_or_default();
        assert_eq!(selection(source, Span::new(at("x"), at("y"))), (4, 6));
        assert_eq!(selection(source, Span::new(at("\r"), at("x"))), (3, 4));
        assert_eq!(selection(source, Span::at(at("\n"))), (3, 3));
        assert_eq!(selection(source, Span::new(0, source.len())), (0, 8));
    }

    #[test]
    fn signs_that_nobody_sees_are_shown() {
        assert_eq!(visible(" "), "␣");
        assert_eq!(visible("a b"), "a b");
        assert_eq!(visible("a\u{a0}b\u{200b}"), "a⍽b�");
        assert_eq!(short(&"x".repeat(200)).chars().count(), 81);
    }
}
