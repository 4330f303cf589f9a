//! The explanation of a script's own text: layout, helpers, checks, questions.

use crate::shell::Purpose as P;
use configurator_core::choices::Shell;

/// The sentence about a purpose.
pub(crate) fn of(purpose: P, shell: Shell) -> &'static str {
    match (shell, purpose) {
        (Shell::Bash, P::Layout) => {
            "Puts words apart; a backslash at the very end of a line goes on in the next."
        }
        (Shell::PowerShell, P::Layout) => {
            "Puts words apart; a backtick at the very end of a line goes on in the next."
        }
        (_, P::Comment) => "A comment: for who reads it. The shell skips it.",
        (Shell::Bash, P::Header) => "Run by its name, the file is run by bash.",
        (Shell::PowerShell, P::Header) => {
            "An older PowerShell says what it lacks instead of starting."
        }
        (Shell::Bash, P::Envelope) => {
            "Parentheses start a shell of its own: what is set in it is gone afterwards, and its \
             end is not that of your session. A script runs only once its last line has arrived."
        }
        (Shell::PowerShell, P::Envelope) => {
            "A script block: nothing in it runs before its last line has arrived, what is set in \
             it is gone afterwards, and its end is not that of your session."
        }
        (Shell::Bash, P::Strictness) => {
            "Ends at the first command that fails, at a name that nobody set, and at a failure \
             within a pipe."
        }
        (Shell::PowerShell, P::Strictness) => {
            "Ends at the first failure. The exit code of a program is looked at here, because \
             versions of PowerShell differ in whether they do."
        }
        (_, P::Names) => "The names that the commands below use, each said once.",
        (_, P::Helpers) => "Functions that the rest is written with.",
        (_, P::Start) => {
            "Reads the arguments, and refuses to start while a name is missing or an error stands."
        }
        (_, P::Tool) => "Looks whether the program is there.",
        (Shell::Bash, P::Check) => {
            "Looks at an answer, and stops with a reason where it is not what it must be. Names \
             are compared in any case of letters, as Azure does."
        }
        (Shell::PowerShell, P::Check) => {
            "Looks at an answer, and stops with a reason where it is not what it must be. Names \
             are compared in any case of letters."
        }
        (_, P::Question) => {
            "Asks before the first change. Where nobody can answer it stops there, unless it was \
             told --yes (-Yes)."
        }
        (_, P::Step) => "Says which step this is, also where it fails.",
        (_, P::Condition) => "Acts only where that is needed.",
        (Shell::Bash, P::Capture) => {
            "Keeps what the command prints under a name, without the carriage returns that az \
             prints under Windows. A connection string or a password is looked at first."
        }
        (Shell::PowerShell, P::Capture) => {
            "Keeps what the command prints under a name. A connection string or a password is \
             looked at first."
        }
        (_, P::Reading) => {
            "Reads a file of yours whose contents go into another, before a password is generated \
             for it."
        }
        (_, P::Writing) => {
            "Writes a file anew. One with secrets in it is made empty and closed to others first, \
             then written, and removed should this fail."
        }
        (_, P::Removal) => "Removes the file, where it is there.",
        (Shell::Bash, P::Lenience) => {
            "Goes on where this fails, for the failure is part of the answer; and gives it no \
             input, so that it cannot wait for any."
        }
        (Shell::PowerShell, P::Lenience) => {
            "Goes on where this fails, for the failure is part of the answer."
        }
        (_, P::Privacy) => {
            "Makes the files that come of it readable for you alone, and ends where it fails."
        }
        (_, P::Warnings) => "A warning of az is no error.",
        (_, P::Attempt) => "What is to be tidied up, or said, happens however this ends.",
        (_, P::Environment) => {
            "Under Windows, Git Bash would take the word that begins with a slash for a path, and \
             make one of Windows of it; this keeps it from that."
        }
        (_, P::Note) => "Says what the result may mean.",
        (_, P::End) => "What is said at the end, and what is tidied up however it ends.",
    }
}
