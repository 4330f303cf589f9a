//! The sentences of the native command.

/// What it is.
pub const ABOUT: &str =
    "Commands that deploy the Azure connected registry Arc extension, from a link of choices";
/// After the help.
pub const AFTER_HELP: &str = "LINK is a fragment (#registry=contoso&name=edge01) or a whole URL; none means the secure default.\nExit status: 0; 1 where an error stands; 2 for wrong usage.";
/// `scenarios`.
pub const SCENARIOS: &str = "List the documented scenarios, with their links";
/// `script`.
pub const SCRIPT: &str = "Print the complete script; findings go to standard error";
/// `plan`.
pub const PLAN: &str = "Print the steps, with every command";
/// `settings`.
pub const SETTINGS: &str = "Print the protected-settings JSON, with placeholders";
/// `check`.
pub const CHECK: &str = "Print the findings";
/// `lint`.
pub const LINT: &str = "Read commands, a script, a Markdown page or protected settings back, and print what is wrong with them";
/// After the help of `lint`.
pub const LINT_MORE: &str = "Nothing is executed. Exit status: 0; 1 where an error is found; 2 where the file cannot be read.\nAs JSON: an array of findings; fix is the list of changes that mend one, lines and columns counted from 1, or null.";
/// The file of `lint`.
pub const LINT_FILE: &str =
    "A file; - or nothing for standard input. Its name tells what it is: .md, .sh, .ps1, .json";
/// `--as`.
pub const LINT_AS: &str = "What the text is, where its name does not say it";
/// `--corrected`.
pub const LINT_CORRECTED: &str =
    "Print the text with everything that certainly mends it, instead of the findings";
/// What standard input is called.
pub const STANDARD_INPUT: &str = "standard input";
/// Before what has no place in the choices.
pub const LEFT: &str = "Not taken over:";
/// `link`.
pub const LINK: &str = "Make a link";
/// `embed`.
pub const EMBED: &str = "Print the HTML that puts the configurator into a page, with these choices";
/// After the help of `embed`.
pub const EMBED_MORE: &str = "What is printed can be pasted into HTML and into Markdown. In it are a link and the commands, for readers without a script.";
/// `--at`.
pub const EMBED_AT: &str =
    "The address of the configurator's folder; without it, one to be replaced";
/// What is wrong with it.
pub const EMBED_AT_WRONG: &str =
    "an address like https://example.com/configurator/, without ? and #";
/// `--view`.
pub const EMBED_VIEW: &str =
    "What is shown: form and steps, form and script, or one block of commands";
/// `--lock`.
pub const EMBED_LOCK: &str =
    "What readers may not change: nothing, the scenario, or that and all that is given";
/// `--hide`.
pub const EMBED_HIDE: &str = "Do not show what they may not change";
/// `--theme`.
pub const EMBED_THEME: &str = "The colors; without it, those of the page around";
/// `--height`.
pub const EMBED_HEIGHT: &str = "The height that is kept free for it, in CSS pixels";
/// The link argument.
pub const LINK_ARGUMENT: &str = "A fragment or a URL; none means the secure default";
/// `--format` of `plan`.
pub const PLAN_FORMAT: &str = "Text to read, JSON for programs, every command on a line of its own for pipelines, the same commands to paste at a prompt of bash, zsh or PowerShell, or a runbook in Markdown";
/// What `--paste` prints.
pub const SCRIPT_PASTE: &str = "Print the form to paste at a prompt, which zsh passes on to bash";
/// `--format`, elsewhere.
pub const FORMAT: &str = "Text for people, JSON for programs";
/// `--shell`.
pub const SHELL: &str = "The shell, instead of that of the link";
/// The pairs of `link`.
pub const PAIRS: &str = "A choice: registry=contoso";
/// A pair without `=`.
pub const NOT_A_PAIR: &str = "a choice is KEY=VALUE, such as registry=contoso";
/// `settings` where the task has none.
pub const NO_SETTINGS: &str = "This task writes no protected settings.";
/// `check` without findings.
pub const NO_FINDINGS: &str = "Nothing to find fault with.";

/// An unknown value of a closed list.
pub fn unknown_word(words: &[&str]) -> String {
    format!("it can be: {}", words.join(", "))
}

/// A value that the key of a link cannot have.
pub fn bad_value(key: &str, value: &str) -> String {
    format!("{key} cannot be \"{value}\"")
}

/// A value that is longer than a link keeps.
pub fn too_long(key: &str, limit: usize) -> String {
    format!("{key} is longer than {limit} characters")
}

/// A key that links do not have.
pub fn bad_key(key: &str) -> String {
    format!("there is no key \"{key}\"")
}

/// A file that cannot be read.
pub fn unreadable(file: &str, why: &str) -> String {
    format!("cannot read {file}: {why}")
}

/// Findings that are not told.
pub fn more_findings(count: usize) -> String {
    format!("{count} more findings are not shown: mend these first")
}

/// Where choices are from.
pub fn taken(first: usize, last: usize, title: &str) -> String {
    if first == last {
        format!("As choices, from line {first} ({title}):")
    } else {
        format!("As choices, from lines {first} to {last} ({title}):")
    }
}

/// What a change does.
pub fn fix((line, column): (usize, usize), is_added: bool, text: &str) -> String {
    let shown = text.replace('\n', "↵");
    match (is_added, text.is_empty()) {
        (_, true) => format!("fix: remove what is marked at {line}:{column}"),
        (true, false) => format!("fix: at {line}:{column} put in: {shown}"),
        (false, false) => format!("fix: at {line}:{column} write: {shown}"),
    }
}

/// Changes that are not told one by one.
pub fn more_fixes(count: usize) -> String {
    format!("fix: and {count} more like it")
}

/// The sum of what was found.
pub fn counts(errors: usize, warnings: usize, infos: usize) -> String {
    let of = |count: usize, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    format!(
        "{}, {}, {}",
        of(errors, "error", "errors"),
        of(warnings, "warning", "warnings"),
        of(infos, "note", "notes")
    )
}
