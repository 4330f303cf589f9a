//! What text of a shell's own is there for, in a sentence.

use crate::choices::Shell;
use crate::shell::Purpose as P;

/// The sentence about a purpose.
pub(crate) fn of(purpose: P, shell: Shell) -> &'static str {
    match (shell, purpose) {
        (Shell::Bash, P::Layout) => "Puts words apart; a backslash at the very end of a line goes on in the next.",
        (Shell::PowerShell, P::Layout) => "Puts words apart; a backtick at the very end of a line goes on in the next.",
        (_, P::Comment) => "A comment: for who reads it. The shell skips it.",
        (Shell::Bash, P::Header) => "As a file that is run by its name, this belongs to bash.",
        (Shell::PowerShell, P::Header) => "An older PowerShell says what it lacks instead of starting.",
        (Shell::Bash, P::Envelope) => {
            "Parentheses start a shell of its own: what is set in it is gone afterwards, and its end is not that of your session. A script runs only once its last line has arrived."
        }
        (Shell::PowerShell, P::Envelope) => {
            "A script block: nothing in it runs before its last line has arrived, what is set in it is gone afterwards, and its end is not that of your session."
        }
        (Shell::Bash, P::Strictness) => "Ends at the first command that fails, at a name that nobody set, and at a failure within a pipe.",
        (Shell::PowerShell, P::Strictness) => {
            "Ends at the first failure. The exit code of a program is looked at here, because versions of PowerShell differ in whether they do."
        }
        (_, P::Names) => "The names that the commands below use, each said once.",
        (_, P::Helpers) => "What the rest is written with: how it says where it is, and why it stops.",
        (_, P::Start) => "Reads the arguments, and refuses to start while a name is missing or an error stands.",
        (_, P::Tool) => "Looks whether the program is there.",
        (Shell::Bash, P::Check) => {
            "Compares an answer with what it must be, and stops with a reason where it is something else. Azure does not tell names apart by upper and lower case, so neither does this."
        }
        (Shell::PowerShell, P::Check) => "Compares an answer with what it must be, in any case of letters, and stops with a reason where it is something else.",
        (_, P::Question) => "Asks before the first change, where somebody can answer; where nobody can, it stops there.",
        (_, P::Step) => "Says which step this is, also where it fails.",
        (_, P::Condition) => "Acts only where the checks found that it is needed.",
        (Shell::Bash, P::Capture) => {
            "Keeps what the command prints under a name, without the carriage returns that az prints under Windows, and makes sure that it is what was asked for."
        }
        (Shell::PowerShell, P::Capture) => "Keeps what the command prints under a name, as one text, and makes sure that it is what was asked for.",
        (_, P::Reading) => "Reads a file of yours whose contents go into another, before anything is changed.",
        (_, P::Writing) => "Writes a file anew. One with secrets in it is made empty and closed to others first, then written, and removed should this fail.",
        (_, P::Removal) => "Removes the file, where it is there.",
        (Shell::Bash, P::Care) => {
            "Goes on where this fails, for the failure is part of the answer, and gives it no input, so that it cannot wait for an answer; or keeps the files it makes to yourself."
        }
        (Shell::PowerShell, P::Care) => "Goes on where this fails, for the failure is part of the answer.",
        (_, P::Environment) => "Under Windows, Git Bash would take the word that begins with a slash for a path, and make one of Windows of it.",
        (_, P::Note) => "Says what the result may mean.",
        (_, P::End) => "What is said at the end, and what is tidied up however it ends.",
    }
}
