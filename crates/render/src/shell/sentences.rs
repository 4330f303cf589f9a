//! The sentences of a script that both shells share, and those in which PowerShell differs.

/// After the title of a step that is done on a node.
pub const ON_A_NODE_TEXT: &str = " (on a node)";
/// Before a reason why the commands are not ready to run.
pub const BLOCKERS: &str = "Not ready: mend this first.";
pub(crate) const ABOUT: &[&str] = &[
    "",
    "Run it with bash 3.2 or newer, or paste it into one: nothing runs before the last line has \
     arrived, and a failure ends the script, not your shell.",
];
pub(crate) const YES: &str = "It checks first, asks second, and changes last. With --yes it \
                              answers its own questions. Without a terminal and without --yes it \
                              only checks.";
/// At the beginning of the form for pipelines.
pub(crate) const LINES_ABOUT: &str = "For pipelines: run this as a file. It stops at the first \
                                      command that fails, with its exit code. It checks no \
                                      answers, asks nothing, and changes what already exists. The \
                                      script does those checks.";
pub(crate) const CHECKS: &str = "Checks: nothing is changed";
pub(crate) const QUESTIONS: &str = "Questions: still nothing is changed";
pub(crate) const CHANGES: &str = "Changes";
pub(crate) const SHOWN: &str = "What there is: nothing is changed";
/// Before a warning.
pub(crate) const MIND: &str = "Mind: ";
pub(crate) const STEP_START: &str = "the start";
pub(crate) const STEP_QUESTIONS: &str = "the questions";
pub(crate) const UNKNOWN_ARGUMENT: &str = "the only argument is --yes, not";
pub(crate) const FILL_IN: &str =
    "fill in the names at the top of this script first; still missing:";
pub(crate) const NO_TERMINAL: &str = "the checks passed. To go on, run this in a terminal, or with \
                                      --yes. Nothing was changed, which is why the exit status is \
                                      1.";
pub(crate) const DECLINED: &str = "you did not say yes. Nothing was changed.";
pub(crate) const RUN_THIS: &str = "Try:";
pub(crate) const STOPPED: &str = "Stopped at:";
pub(crate) const REASON: &str = "Reason:";
pub(crate) const ON_A_NODE: &str = "To be done on a node of the cluster:";
pub(crate) const NO_CASE: &str = "Azure does not tell names apart by upper and lower case.";
pub(crate) const UNREADABLE: &str = "this file cannot be read, or is empty:";
pub(crate) const BASE64_OF_FILE: &str = "<base64 of the file>";
pub(crate) const CONTENTS_OF_FILE: &str = "<contents of the file>";

/// Where PowerShell needs other sentences.
pub(crate) mod powershell {
    pub(crate) const ABOUT: &[&str] = &[
        "",
        "Save it as a .ps1 file and run that with Windows PowerShell 5.1 or PowerShell 7, on \
         Windows, Linux or macOS; or paste it at a prompt: nothing runs before the last line has \
         arrived, and a failure ends the script, not your session. A prompt that still waits wants \
         Enter once more.",
        "Where Windows does not let downloaded scripts run: powershell -ExecutionPolicy Bypass \
         -File NAME.ps1",
    ];
    pub(crate) const YES: &str = "It checks first, asks second, and changes last. With -Yes it \
                                  answers its own questions. Where nobody can answer and without \
                                  -Yes it only checks.";
    pub(crate) const EXIT_CODES: &str =
        "Every exit code is looked at below, by every version in the same way.";
    pub(crate) const WARNINGS: &str = "A warning of az is no error. Windows PowerShell would take \
                                       it for one where it collects what az says: in ISE, in a \
                                       remote session, behind *>.";
    pub(crate) const UNKNOWN_ARGUMENT: &str = "the only argument is -Yes, not";
    pub(crate) const NO_TERMINAL: &str = "the checks passed. To go on, run this where you can \
                                          answer, or with -Yes. Nothing was changed, which is why \
                                          the exit code is 1.";
    /// A format: `{0}` is the exit code.
    pub(crate) const EXIT_CODE: &str =
        "the command ended with exit code {0}; what it said about that stands above.";
    pub(crate) const NOT_PRIVATE: &str =
        "the file could not be closed to others; nothing was written into it.";
    pub(crate) const ENDED: &str = "The script stopped; the reason stands above.";
}
