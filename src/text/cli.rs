//! The sentences of the native command.

/// What it is.
pub const ABOUT: &str = "Commands that deploy the Azure connected registry Arc extension, from a link of choices";
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
/// `link`.
pub const LINK: &str = "Make a link";
/// The link argument.
pub const LINK_ARGUMENT: &str = "A fragment or a URL; none means the secure default";
/// `--format` of `plan`.
pub const PLAN_FORMAT: &str = "Text to read, JSON for programs, every command on a line of its own for pipelines, or a runbook in Markdown";
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
