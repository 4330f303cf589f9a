//! What a script may find set where it runs, and where it may lie.

use crate::pair::{Pair, copy};
use crate::trial::{Trial, scenario};

/// What somebody's profile may set.
const STRICT: &str = "Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n$PSNativeCommandUseErrorActionPreference = $true";

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_does_the_same_under_a_strict_profile() {
    for name in ["complete", "kubernetes-secret", "nested", "pull-image", "clean-up"] {
        let pair = Pair::of(name, scenario(name));
        pair.judge("strict", ["-Yes"], |trial, arguments| {
            trial.world.pwsh_after(STRICT, &trial.script, arguments)
        });
    }
}

/// As Windows PowerShell passes arguments, and PowerShell before 7.3.
#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_does_the_same_where_it_passes_arguments_as_it_used_to() {
    for name in ["everything", "byoc"] {
        let pair = Pair::of(name, scenario(name));
        let legacy = "$PSNativeCommandArgumentPassing = 'Legacy'";
        pair.judge("legacy", ["-Yes"], |trial, arguments| {
            trial.world.pwsh_after(legacy, &trial.script, arguments)
        });
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_does_the_same_with_the_line_ends_of_windows() {
    for name in ["complete", "pull-image"] {
        let pair = Pair::of(name, scenario(name));
        pair.judge("CRLF", ["-Yes"], |trial, arguments| {
            trial.world.pwsh(&trial.script.replace('\n', "\r\n"), arguments)
        });
    }
}

/// Brackets are wildcards in many commands of PowerShell.
#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_does_the_same_in_a_folder_with_brackets_and_blanks() {
    const FOLDER: &str = "we [1]rd ä";
    for name in ["complete", "kubernetes-secret", "byoc-self-signed"] {
        let pair = Pair::of(name, scenario(name));
        let folder = |trial: &Trial| trial.world.folder().join(FOLDER);
        let inside = std::env::temp_dir();
        let kept = tempfile::tempdir_in(inside).expect("a temporary folder");
        copy(&pair.powershell.world.folder(), kept.path());
        pair.judge("odd folder", ["-Yes"], |trial, arguments| {
            std::fs::create_dir(folder(trial)).expect("a folder");
            copy(kept.path(), &folder(trial));
            let run = trial.world.pwsh_in(FOLDER, &trial.script, arguments);
            // What it left there is what bash leaves in its own folder.
            copy(&folder(trial), &trial.world.folder());
            std::fs::remove_dir_all(folder(trial)).expect("it is there");
            run
        });
    }
}
