//! The blocks of the steps, each pasted as a statement of its own into one session, in the order of
//! the plan.

use crate::pair::Pair;
use crate::support::in_order;
use crate::trial::{Outcome, Pasteable, Place, Run, Trial, outcome, scenario, scenarios};

/// Runs every file `NUMBER.ps1` beside the script as a prompt would: in the scope of the session,
/// which goes on where one of them fails. What is done on a node is for the shell there.
///
/// Prints what of the session is no longer as it was.
const SESSION: &str = r#"function Get-Session {
  Get-Variable | Where-Object Name -notin '?', '^', '$', 'args', 'input', 'Matches', 'Error', 'StackTrace', 'LASTEXITCODE', 'PSCmdlet', 'MyInvocation', 'PSBoundParameters', 'PSItem', '_', 'foreach', 'NUMBER', 'BEFORE', 'FILE' |
    ForEach-Object { "variable $($_.Name) $($_.Value)" }
  Get-ChildItem -LiteralPath function: | ForEach-Object { "function $($_.Name) $($_.Definition)" }
  "folder $(Get-Location)"
  "folder of the process $([Environment]::CurrentDirectory)"
}
$LASTEXITCODE = 0
$BEFORE = $null
$FILE = $null
$BEFORE = @(Get-Session)
$NUMBER = 0
for (;;) {
  $FILE = "$PSScriptRoot/block-$NUMBER"
  if ([System.IO.File]::Exists("$FILE.sh")) { bash "$FILE.sh" }
  elseif ([System.IO.File]::Exists("$FILE.ps1")) {
    try { Invoke-Expression ([System.IO.File]::ReadAllText("$FILE.ps1")) } catch { Write-Host "FAILED: $_" }
  }
  else { break }
  $NUMBER++
}
foreach ($line in Compare-Object -CaseSensitive $BEFORE @(Get-Session)) { "CHANGED $($line.SideIndicator) $($line.InputObject)" }
"ran $NUMBER blocks"
exit 7
"#;

/// Runs the blocks of a link in both shells, in new worlds, and compares.
pub(crate) fn judge_blocks(name: &str, link: &str) -> (Pair, Run) {
    let pair = Pair::of(name, link);
    let texts = |shell: &str| -> Vec<(String, bool)> {
        let Outcome { plan, document, .. } = outcome(&format!("{link}&shell={shell}"));
        let is_elsewhere = |of: &Pasteable| {
            plan.steps.iter().any(|step| {
                step.place == Place::Node && of.name.starts_with(&format!("{} ", step.id))
            })
        };
        in_order(&plan, &document)
            .iter()
            .map(|block| (block.block.text(), is_elsewhere(block)))
            .collect()
    };
    let (of_bash, of_powershell) = (texts("bash"), texts("powershell"));
    assert_eq!(of_bash.len(), of_powershell.len(), "{name}: as many blocks");
    let by_bash = |trial: &Trial| {
        let text: String = of_bash.iter().map(|(text, _)| text.as_str()).collect();
        trial.world.run(&format!("{text}exit 7\n"), &[])
    };
    let by_powershell = |trial: &Trial| {
        for (at, (text, is_elsewhere)) in of_powershell.iter().enumerate() {
            let extension = if *is_elsewhere { "sh" } else { "ps1" };
            let file = trial.world.root.path().join(format!("block-{at}.{extension}"));
            std::fs::write(file, text).expect("the block can be written");
        }
        trial.world.pwsh(SESSION, &[])
    };
    let run = pair.compare("blocks", by_bash, by_powershell);
    assert_eq!(run.status, Some(7), "{name}: {}", run.said);
    assert!(
        run.said.contains(&format!("ran {} blocks", of_powershell.len())),
        "{name}: {}",
        run.said
    );
    for word in ["CHANGED ", "SyncTokenPassword"] {
        assert!(!run.said.contains(word), "{name}: {}", run.said);
    }
    let writes = [&pair.bash, &pair.powershell].map(|trial| trial.settings().is_some());
    assert_eq!(writes[0], writes[1], "{name}: {}", run.said);
    (pair, run)
}

fn judge_scenarios(is_judged: impl Fn(usize) -> bool) {
    for (_, (name, link)) in scenarios().enumerate().filter(|(at, _)| is_judged(*at)) {
        let (pair, run) = judge_blocks(name, link);
        assert!(!run.said.contains("FAILED: "), "{name}: {}", run.said);
        assert_eq!(pair.powershell.left(), [""; 0], "{name}: {}", run.said);
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_blocks_do_in_a_session_what_those_of_bash_do() {
    judge_scenarios(|at| at % 2 == 0);
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_blocks_do_in_a_session_what_those_of_bash_do_in_the_other_scenarios() {
    judge_scenarios(|at| at % 2 == 1);
}

/// What fails or is left in the session is noticed.
#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_blocks_that_leave_something_are_noticed() {
    let trial = Trial::of(scenario("complete"));
    for (at, block) in
        ["$stray = 1", "Set-Location /", "function Stray { }", "throw 'no'"].iter().enumerate()
    {
        let file = trial.world.root.path().join(format!("block-{at}.ps1"));
        std::fs::write(file, block).expect("the block can be written");
    }
    let said = trial.world.pwsh(SESSION, &[]).said;
    for noticed in [
        "CHANGED => variable stray",
        // On Windows, the root of the drive has another name.
        "CHANGED => folder ",
        "CHANGED => function Stray",
        "FAILED: no",
    ] {
        assert!(said.contains(noticed), "{noticed}: {said}");
    }
}
