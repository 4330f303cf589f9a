//! Checks pasted text, and reads files as text.

use super::difference::{Part, parts};
use crate::messages::{
    Change, CheckReport, CorrectedText, Import, Piece, SkippedText, TextFinding, TextFormat,
};
use configurator_core::choices::Shell;
use configurator_core::link;
use configurator_lint::lexer::{Edit, Span};
use configurator_lint::read::{self, Form, ImportedChoices, LIMIT, Lines, MOST_FINDINGS, Remark};
use std::borrow::Cow;

/// The most changes of a finding that are described.
const MOST_CHANGES: usize = 3;
/// The most characters of a change that are shown.
const MOST_CHARACTERS: usize = 80;
/// The most parts, and the most bytes, of a corrected text that are shown. Browsers take long to lay
/// out many more.
const MOST_PARTS: usize = 2_000;
const MOST_BYTES: usize = 200_000;
/// The most characters of a removed text that are shown.
const MOST_REMOVED: usize = 400;
/// The number of lines from which the unchanged ones are left out of the display, except around
/// changes.
const LONG: usize = 1_500;
/// The number of unchanged lines that are shown before and after a change then.
const AROUND: usize = 3;

/// Checks a text.
pub fn check(text: &str, format: Option<TextFormat>) -> CheckReport {
    let reading = read::read(text, format.map(form));
    let lines = Lines::of(text);
    let mut positions = Positions::new(text);
    let findings = reading.remarks.iter().map(|remark| finding(text, &mut positions, remark));
    let skipped = reading.skipped.iter().take(MOST_FINDINGS).map(|skipped| SkippedText {
        line: lines.position(skipped.span.start).0,
        text: skipped.text.clone(),
        why: skipped.why.to_owned(),
    });
    CheckReport {
        format: format_of(reading.form),
        findings: findings.collect(),
        more: reading.more,
        corrected: (reading.corrected != text).then(|| corrected(text, &reading.corrected)),
        imports: reading
            .imported
            .iter()
            .take(MOST_FINDINGS)
            .map(|imported| import(&lines, imported))
            .collect(),
        skipped: skipped.collect(),
    }
}

/// The refusal of a file that is too large to read; `None` if it is not.
pub fn refuse_size(name: &str, bytes: f64) -> Option<String> {
    (bytes > LIMIT as f64).then(|| {
        let (size, limit) = (size(bytes as u64), size(LIMIT as u64));
        format!("{name} has {size}; up to {limit} are read. Paste the part with the commands.")
    })
}

/// The refusal of a file that the browser could not read.
pub fn refuse_unreadable(name: &str) -> String {
    format!("Your browser could not read {name}. Choose it again, or paste its text.")
}

/// Decodes a file. A byte order mark stays in the text: a finding reports it.
///
/// # Errors
///
/// The reason why the file is not UTF-8 text, and what to do.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(format!(
            "{name} is in UTF-16. Save it as UTF-8, or open it in an editor and paste its text."
        ));
    }
    // Text has no NUL, and text areas may cut it off there.
    if bytes.contains(&0) {
        return Err(format!(
            "{name} is not a text file. Choose one with commands, a Markdown page, or protected \
             settings."
        ));
    }
    String::from_utf8(bytes).map_err(|_| {
        format!(
            "{name} is not in UTF-8. Save it as UTF-8, or open it in an editor and paste its text."
        )
    })
}

/// The format that a file name implies.
pub fn format_of_name(name: &str) -> Option<TextFormat> {
    Form::of_name(name).map(format_of)
}

fn size(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    // Rounded up, so that a file over the limit never seems to be within it.
    let tenths = bytes.saturating_mul(10).div_ceil(MIB);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}

const fn form(format: TextFormat) -> Form {
    match format {
        TextFormat::Bash => Form::Commands(Shell::Bash),
        TextFormat::PowerShell => Form::Commands(Shell::PowerShell),
        TextFormat::Markdown => Form::Markdown,
        TextFormat::Settings => Form::Settings,
    }
}

const fn format_of(form: Form) -> TextFormat {
    match form {
        Form::Commands(Shell::Bash) => TextFormat::Bash,
        Form::Commands(Shell::PowerShell) => TextFormat::PowerShell,
        Form::Markdown => TextFormat::Markdown,
        Form::Settings => TextFormat::Settings,
    }
}

fn finding(text: &str, positions: &mut Positions, remark: &Remark) -> TextFinding {
    let Remark { finding, span, edits, .. } = remark;
    let (start, end) = positions.selection(*span);
    TextFinding {
        rule: finding.rule.to_owned(),
        severity: finding.severity,
        line: finding.line.unwrap_or(1),
        column: finding.column.unwrap_or(1),
        start,
        end,
        message: finding.message.clone(),
        why: finding.why.to_owned(),
        source_name: finding.source.name.to_owned(),
        source_url: finding.source.url.map(str::to_owned),
        changes: edits.iter().take(MOST_CHANGES).map(|edit| change(text, edit)).collect(),
        more_changes: edits.len().saturating_sub(MOST_CHANGES),
    }
}

fn change(text: &str, edit: &Edit) -> Change {
    let old = edit.span.of(text);
    Change {
        old: shortened(old, MOST_CHARACTERS),
        is_blank: old.trim().is_empty(),
        new: shortened(&edit.text, MOST_CHARACTERS),
    }
}

/// A text for display: with visible characters in place of invisible ones, and cut off if it is
/// long.
fn shortened(text: &str, most: usize) -> String {
    let text = visible(text);
    match text.char_indices().nth(most) {
        Some((end, _)) => [text.get(..end).unwrap_or_default(), "…"].concat(),
        None => text.into_owned(),
    }
}

/// Replaces invisible characters with visible ones; spaces only in a text that has nothing else.
fn visible(text: &str) -> Cow<'_, str> {
    let symbol = |c: char| match c {
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
        c => symbol(c),
    };
    let is_blank = text.chars().all(|c| blank(c).is_some());
    if !is_blank && !text.chars().any(|c| symbol(c).is_some()) {
        return text.into();
    }
    let mut out = String::new();
    for c in text.chars() {
        match if is_blank { blank(c) } else { symbol(c) } {
            Some(symbol) => out.push_str(symbol),
            None => out.push(c),
        }
    }
    out.into()
}

fn corrected(before: &str, after: &str) -> CorrectedText {
    let is_long = after.lines().nth(LONG).is_some();
    let (mut pieces, mut end) = (Vec::new(), 0);
    for (index, part) in parts(before, after).into_iter().enumerate() {
        let limit = if index < MOST_PARTS { after.floor_char_boundary(MOST_BYTES) } else { 0 };
        let (text, is_added) = match &part {
            Part::Removed(text) => {
                let is_blank = text.trim().is_empty();
                pieces.push(Piece::Removed(shortened(text, MOST_REMOVED), is_blank));
                continue;
            }
            Part::Same(text) => (*text, false),
            Part::Added(text) => (*text, true),
        };
        let length = text.len().min(limit.saturating_sub(end));
        end += length;
        match (length < text.len(), is_added) {
            (false, false) if is_long => folded(&mut pieces, text),
            (_, false) if length > 0 => pieces.push(Piece::Same(length)),
            (_, true) if length > 0 => pieces.push(Piece::Added(length)),
            _ => {}
        }
        if length < text.len() {
            break;
        }
    }
    if let Some(rest) = after.get(end..).filter(|rest| !rest.is_empty()) {
        pieces.push(Piece::Omitted(rest.len(), rest.lines().count()));
    }
    CorrectedText {
        text: after.to_owned(),
        pieces,
        has_plain_line_ends: before.contains("\r\n") && !after.contains('\r'),
    }
}

/// Adds unchanged text; of many lines, only the first and the last.
fn folded(pieces: &mut Vec<Piece>, text: &str) {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let length = |lines: &[&str]| lines.iter().map(|line| line.len()).sum();
    match lines.len().checked_sub(2 * AROUND + 2).filter(|between| *between > 1) {
        Some(between) => {
            let (first, last) = (AROUND + 1, lines.len() - AROUND - 1);
            pieces.push(Piece::Same(length(&lines[..first])));
            pieces.push(Piece::Folded(length(&lines[first..last]), between));
            pieces.push(Piece::Same(length(&lines[last..])));
        }
        None => pieces.push(Piece::Same(text.len())),
    }
}

fn import(lines: &Lines, imported: &ImportedChoices) -> Import {
    let mut choices = imported.choices.clone();
    choices.select.shell = imported.shell.unwrap_or_default();
    let Span { start, end } = imported.span;
    let first_line = lines.position(start).0;
    Import {
        fragment: link::fragment(&choices),
        has_shell: imported.shell.is_some(),
        first_line,
        last_line: lines.position(end.max(start + 1) - 1).0.max(first_line),
    }
}

/// Positions in a text area that holds a text: in UTF-16 code units, where every line end is one.
struct Positions<'t> {
    text: &'t str,
    /// A byte, and its position in the text area. The findings are in the order of the text, so
    /// that each is found from the one before.
    known: (usize, u32),
}

impl<'t> Positions<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, known: (0, 0) }
    }

    /// The start and end of a span.
    fn selection(&mut self, span: Span) -> (u32, u32) {
        let start = self.position(span.start);
        self.known = start;
        (start.1, self.position(span.end).1)
    }

    fn position(&self, byte: usize) -> (usize, u32) {
        // Not within a line end.
        let is_in_line_end = self.text.get(..byte).is_some_and(|text| text.ends_with('\r'))
            && self.text.get(byte..).is_some_and(|text| text.starts_with('\n'));
        let byte = byte - usize::from(is_in_line_end);
        let (from, position) = if self.known.0 <= byte { self.known } else { (0, 0) };
        let between = self.text.get(from..byte).unwrap_or_default();
        let units = between.encode_utf16().count() - between.matches("\r\n").count();
        (byte, position.saturating_add(u32::try_from(units).unwrap_or(u32::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use configurator_core::rules::Severity;

    const BROKEN: &str = "az acr connected-registry create --registry contoso --name edge01 \\ \n  \
                          --repository hello-world\n";

    /// The corrected text as its pieces show it.
    fn shown(corrected: &CorrectedText) -> String {
        let mut at = 0;
        let mut shown = String::new();
        for piece in &corrected.pieces {
            let (length, open, close) = match piece {
                Piece::Same(length) => (*length, "", ""),
                Piece::Added(length) => (*length, "[+", "]"),
                Piece::Folded(length, lines) => {
                    at += length;
                    shown += &format!("[{lines} lines]");
                    continue;
                }
                Piece::Omitted(length, lines) => {
                    at += length;
                    shown += &format!("[{lines} lines omitted]");
                    continue;
                }
                Piece::Removed(text, _) => {
                    shown += &format!("[-{text}]");
                    continue;
                }
            };
            shown += &format!("{open}{}{close}", &corrected.text[at..at + length]);
            at += length;
        }
        assert_eq!(at, corrected.text.len(), "the pieces are the whole text");
        shown
    }

    #[test]
    fn finding_has_position_message_and_changes() {
        let report = check(BROKEN, None);
        assert_eq!((report.format, report.more), (TextFormat::Bash, 0));
        let errors: Vec<_> =
            report.findings.iter().filter(|found| found.severity == Severity::Error).collect();
        let [error] = errors.as_slice() else { panic!("{errors:?}") };
        assert_eq!(
            (error.rule.as_str(), error.line, error.column),
            ("blank-after-continuation", 1, 67)
        );
        assert_eq!(&BROKEN[error.start as usize..error.end as usize], "\\ ");
        assert!(
            !error.message.is_empty() && !error.why.is_empty() && !error.source_name.is_empty()
        );
        let change = Change { old: "␣".to_owned(), is_blank: true, new: String::new() };
        assert_eq!((&error.changes, error.more_changes), (&vec![change], 0));
        let corrected = report.corrected.map(|corrected| shown(&corrected));
        let expected = BROKEN.replace("\\ \n", "\\[-␣]\n").replace("world", "world[+ \\\n  --yes]");
        assert_eq!(corrected, Some(expected));
    }

    #[test]
    fn imports_are_links_with_their_lines() {
        let report = check(BROKEN, None);
        let [import] = report.imports.as_slice() else { panic!("{report:?}") };
        let choices = link::parse(&import.fragment).choices;
        assert_eq!(choices.text(configurator_core::choices::TextField::Name), "edge01");
        assert_eq!((import.first_line, import.last_line, import.has_shell), (1, 2, true));
        let settings = check("{\"connectionString\": \"<x y>\", \"tls.secret\": \"a\"}", None);
        assert_eq!(settings.format, TextFormat::Settings);
        assert!(settings.imports.iter().all(|import| !import.has_shell), "{settings:?}");
        assert!(!settings.imports.is_empty());
    }

    #[test]
    fn chosen_format_wins_over_recognized_format() {
        for format in TextFormat::ALL {
            assert_eq!(check(BROKEN, Some(format)).format, format);
        }
        assert_eq!(check("$a = 'b'\naz login `\n -x\n", None).format, TextFormat::PowerShell);
    }

    #[test]
    fn pieces_of_every_corrected_text_are_the_whole_text() {
        for text in [
            BROKEN,
            "az acr login --naem “x”\r\naz login\r\n",
            "```bash\naz k8s-extension create \\ \n  --name x --config a = b\n",
            "{ \"connectionString\": 'x' }",
        ] {
            let report = check(text, None);
            let corrected = report.corrected.unwrap_or_else(|| panic!("{text}"));
            shown(&corrected);
            assert_eq!(corrected.has_plain_line_ends, text.contains('\r'));
        }
        assert_eq!(check("az login\n", None).corrected, None);
    }

    #[test]
    fn unchanged_lines_of_a_long_text_are_folded() {
        let long = format!("{}{BROKEN}{}", "echo\n".repeat(2_000), "echo\n".repeat(2_000));
        let corrected = check(&long, None).corrected.map(|corrected| shown(&corrected));
        let shown = corrected.unwrap_or_default();
        assert!(shown.contains("[1993 lines]") && shown.len() < 400, "{shown}");
    }

    #[test]
    fn parts_beyond_a_limit_are_omitted() {
        let line = "az acr connected-registry create --name edge01 \\ \n";
        let (before, after) = (line.repeat(3_000), line.replace(" \n", "\n").repeat(3_000));
        let many = corrected(&before, &after);
        assert!(many.pieces.len() <= MOST_PARTS + 2, "{}", many.pieces.len());
        assert!(shown(&many).ends_with("[2001 lines omitted]"), "{}", shown(&many));
        let long = format!("{}ö", "ä".repeat(MOST_BYTES));
        let long = corrected("x", &long);
        let [Piece::Removed(..), Piece::Added(MOST_BYTES), Piece::Omitted(length, 1)] =
            long.pieces.as_slice()
        else {
            panic!("{:?}", long.pieces)
        };
        assert_eq!(MOST_BYTES + length, long.text.len());
    }

    #[test]
    fn removed_texts_are_shortened() {
        let removed = corrected(&"x".repeat(1_000), "y").pieces;
        let text = format!("{}…", "x".repeat(MOST_REMOVED));
        assert_eq!(removed, [Piece::Removed(text, false), Piece::Added(1)]);
    }

    #[test]
    fn positions_are_those_of_a_text_area() {
        let text = "ä😀\r\nx y\r\n";
        let at = |part: &str| text.find(part).unwrap_or_default();
        let selection = |span| Positions::new(text).selection(span);
        assert_eq!(selection(Span::new(at("x"), at("y"))), (4, 6));
        assert_eq!(selection(Span::new(at("\r"), at("x"))), (3, 4));
        assert_eq!(selection(Span::at(at("\n"))), (3, 3));
        assert_eq!(selection(Span::new(0, text.len())), (0, 8));
        // From one to the next, also back.
        let mut positions = Positions::new(text);
        for (span, expected) in
            [(Span::new(2, 9), (1, 5)), (Span::at(8), (4, 4)), (Span::at(0), (0, 0))]
        {
            assert_eq!(positions.selection(span), expected, "{span:?}");
        }
    }

    #[test]
    fn invisible_characters_are_made_visible() {
        assert_eq!(visible(" "), "␣");
        assert_eq!(visible("a b"), "a b");
        assert_eq!(visible("a\u{a0}b\u{200b}"), "a⍽b�");
        assert_eq!(shortened(&"x".repeat(200), 80).chars().count(), 81);
    }

    #[test]
    fn files_that_are_not_text_are_refused() {
        assert_eq!(decode("a.sh", b"\xef\xbb\xbfaz\r\n".to_vec()).as_deref(), Ok("\u{feff}az\r\n"));
        let refusal = |bytes: &[u8]| decode("a.sh", bytes.to_vec()).err().unwrap_or_default();
        assert!(refusal(b"\xff\xfea\0z\0").contains("UTF-16"));
        assert!(refusal(b"\x7fELF\0").contains("not a text file"));
        assert!(refusal(b"gr\xfc\xdfe").contains("not in UTF-8"));
    }

    #[test]
    fn files_over_the_limit_are_refused_with_a_size_over_the_limit() {
        assert_eq!(refuse_size("a.sh", LIMIT as f64), None);
        assert_eq!(
            refuse_size("a.sh", LIMIT as f64 + 1.0).as_deref(),
            Some("a.sh has 1.1 MiB; up to 1.0 MiB are read. Paste the part with the commands.")
        );
    }
}
