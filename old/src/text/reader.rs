//! The sentences of the dialog in which pasted text is checked.

use configurator_core::choices::Shell;
use configurator_lint::read::Form;

// The dialog.
pub(crate) const TITLE: &str = "Check commands you have";
pub(crate) const LEAD: &str = "Paste commands, a script, a Markdown page with code blocks, or a \
                               protected-settings file. What is wrong is shown with line and \
                               column, next to a corrected version.";
pub(crate) const PROMISE: &str = "The text stays in this page's memory: it is never run, sent or \
                                  stored. Only choices, which hold no secrets, can be taken into \
                                  the form.";
pub(crate) const LABEL: &str = "Your text";
pub(crate) const FORM: &str = "What it is";
pub(crate) const FILE: &str = "Or a file";
pub(crate) const DROP: &str = "Or drop a file, or text, anywhere here.";
pub(crate) const CLEAR: &str = "Clear";
pub(crate) const BACK: &str = "Back to the text before";
pub(crate) const CLOSE: &str = "Close";
/// What the text is, as it can be chosen: the word for it, and what it is called.
pub(crate) const FORMS: [(&str, &str); 5] = [
    ("", "Recognize it"),
    ("bash", "bash"),
    ("powershell", "PowerShell"),
    ("markdown", "Markdown page"),
    ("settings", "Protected settings (JSON)"),
];
/// What the text is taken for, be it recognized or chosen.
pub(crate) const fn taken_for(form: Form) -> &'static str {
    match form {
        Form::Commands(Shell::Bash) => "Read as bash.",
        Form::Commands(Shell::PowerShell) => "Read as PowerShell.",
        Form::Markdown => "Read as a Markdown page: its code blocks.",
        Form::Settings => "Read as protected settings.",
    }
}
pub(crate) const fn shell(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => "bash",
        Shell::PowerShell => "PowerShell",
    }
}

// What was found.
pub(crate) const FINDINGS: &str = "What was found";
pub(crate) const NOTHING_WRONG: &str = "Nothing wrong was found.";
fn counted(count: usize, one: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {one}s")),
    }
}
pub(crate) fn status(
    errors: usize,
    warnings: usize,
    notes: usize,
    mended: usize,
    more: usize,
) -> String {
    let counts: Vec<String> = [
        counted(errors, "error"),
        counted(warnings, "warning"),
        counted(notes, "note"),
        (more > 0).then(|| format!("{more} more")),
    ]
    .into_iter()
    .flatten()
    .collect();
    if counts.is_empty() {
        return NOTHING_WRONG.to_owned();
    }
    let all = errors + warnings + notes + more;
    let mended = match mended {
        0 => "None can be corrected for certain.".to_owned(),
        _ if mended == all && all == 1 => "It can be corrected.".to_owned(),
        _ if mended == all => "All can be corrected.".to_owned(),
        mended => format!("{mended} can be corrected."),
    };
    format!("{}. {mended}", counts.join(", "))
}
pub(crate) fn notes(count: usize) -> String {
    counted(count, "note").unwrap_or_default()
}
pub(crate) fn more(count: usize) -> String {
    format!("{count} more findings are not listed. Correct these first.")
}
pub(crate) fn show_all(count: usize) -> String {
    format!("Show all {count}")
}
pub(crate) fn go_to(line: usize, column: usize) -> String {
    // What is to be seen comes first, for who says what they see.
    format!("{line}:{column}, go to line {line}, column {column}")
}
pub(crate) const SOURCE: &str = "Source:";
pub(crate) const CORRECTION: &str = "Correction:";
pub(crate) const REMOVE: &str = "remove";
pub(crate) const PUT_IN: &str = "put in";
pub(crate) const BECOMES: &str = "becomes";
pub(crate) fn more_places(count: usize) -> String {
    if count == 1 {
        "and in 1 more place".to_owned()
    } else {
        format!("and in {count} more places")
    }
}

// The corrected text.
pub(crate) const CORRECTED: &str = "Corrected";
pub(crate) const CORRECTED_EMPTY: &str = "The corrected text will stand here.";
pub(crate) const CORRECTED_NOTHING: &str = "There is nothing to correct.";
pub(crate) const CORRECTED_NONE: &str =
    "Nothing in it can be corrected for certain. What to do stands with each finding.";
pub(crate) const CORRECTED_HINT: &str = "Underlined is put in; struck through or boxed (␣ is a \
                                         blank) is taken out, and is not in what is copied.";
pub(crate) const LINE_ENDS: &str =
    "The line ends of Windows become plain ones; that is not marked.";
pub(crate) const REST: &str = "What has no certain correction is as it was.";
pub(crate) const COPY: &str = "Copy corrected";
pub(crate) const USE: &str = "Use the corrected text";
pub(crate) const COPIED: &str = "Copied.";
pub(crate) const NOT_COPIED: &str = "Your browser does not allow copying here. Choose \"Use the \
                                     corrected text\", and copy it from the field.";
pub(crate) const USED: &str = "The corrected text stands in the field.";
pub(crate) const BROUGHT_BACK: &str = "The text before stands in the field again.";
pub(crate) const CLEARED: &str = "Cleared.";
pub(crate) fn unchanged(lines: usize) -> String {
    format!("… {lines} lines as they were …")
}

// What it amounts to.
pub(crate) const AMOUNTS: &str = "What it amounts to";
pub(crate) const NOTHING_TAKEN: &str = "Nothing in it can be taken into the form. That needs az \
                                        commands which deploy, change or remove a connected \
                                        registry or its extension.";
pub(crate) const TAKE: &str = "Take into the form";
pub(crate) const NO_NAMES: &str = "No names in it.";
pub(crate) const LEFT: &str = "Not taken over";
pub(crate) fn lines(first: usize, last: usize) -> String {
    if first == last { format!("line {first}") } else { format!("lines {first} to {last}") }
}
pub(crate) fn line(number: usize) -> String {
    format!("Line {number}")
}
pub(crate) const TAKEN: &str = "Taken into the form. Back in your browser undoes it.";

// What could not be read.
fn size(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    // Rounded up: what is too large must not look as if it fitted.
    let tenths = (bytes.saturating_mul(10)).div_ceil(MIB);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}
pub(crate) fn too_large(name: &str, bytes: u64, limit: u64) -> String {
    format!(
        "{name} has {}; up to {} are read. Paste the part with the commands.",
        size(bytes),
        size(limit)
    )
}
pub(crate) fn is_utf16(name: &str) -> String {
    format!("{name} is in UTF-16. Save it as UTF-8, or open it in an editor and paste its text.")
}
pub(crate) fn not_utf8(name: &str) -> String {
    format!("{name} is not in UTF-8. Save it as UTF-8, or open it in an editor and paste its text.")
}
pub(crate) fn is_binary(name: &str) -> String {
    format!(
        "{name} is not a text file. Choose one with commands, a Markdown page, or protected \
         settings."
    )
}
pub(crate) fn unreadable(name: &str) -> String {
    format!("Your browser could not read {name}. Choose it again, or paste its text.")
}
pub(crate) const BROKEN: &str = "This text could not be read; that is a mistake of this page. The \
                                 text is kept: try a part of it, and please report the problem.";
pub(crate) const ONE_FILE: &str = "One file at a time: drop only one.";
pub(crate) const NO_TEXT: &str = "There is no text in what was dropped. Paste it instead.";
