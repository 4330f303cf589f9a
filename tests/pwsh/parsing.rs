//! Every text that is rendered for PowerShell, parsed by PowerShell itself.

use crate::support::{Pasteable, blocks, outcome};
use crate::trial::{Outcome, Place, Shell, World, scenarios, shell};

/// Parses every file beside it that is named `NUMBER.txt`, and prints a line for each error, then
/// their number.
const PARSE: &str = r#"$count = 0
foreach ($file in Get-ChildItem -LiteralPath . -Filter *.txt) {
  $tokens = $null
  $errors = $null
  [void] [System.Management.Automation.Language.Parser]::ParseInput([System.IO.File]::ReadAllText($file.FullName), [ref] $tokens, [ref] $errors)
  foreach ($problem in $errors) { "ERROR $($file.BaseName):$($problem.Extent.StartLineNumber) $($problem.Message)" }
  $count++
}
"parsed $count"
"#;

/// No text of ours: it has an error, which must be found.
const BROKEN: &str = "if (";

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_parses_every_text() {
    let mut texts = Vec::new();
    for (name, link) in scenarios() {
        let Outcome { plan, document, .. } = outcome(&format!("{link}&shell=powershell"));
        texts.push((format!("{name}, script"), document.script.text()));
        texts.push((format!("{name}, lines"), shell::lines(&plan, Shell::PowerShell).text()));
        // What is done on a node is for its own shell.
        let elsewhere = |of: &Pasteable| {
            plan.steps.iter().any(|step| {
                step.place == Place::Node && of.name.starts_with(&format!("{} ", step.id))
            })
        };
        let here = blocks(&plan, &document).into_iter().filter(|block| !elsewhere(block));
        texts.extend(here.map(|block| (format!("{name}, {}", block.name), block.block.text())));
    }
    assert!(texts.len() > 500, "only {} texts", texts.len());
    texts.push(("broken".to_owned(), BROKEN.to_owned()));
    let world = World::new("");
    for (at, (_, text)) in texts.iter().enumerate() {
        world.put(&format!("{at}.txt"), text);
    }
    let run = world.pwsh(PARSE, &[]);
    let errors: Vec<String> = run
        .said
        .lines()
        .filter_map(|line| line.strip_prefix("ERROR "))
        .map(|line| {
            let (at, message) = line.split_once(':').unwrap_or((line, ""));
            let name =
                at.parse::<usize>().ok().and_then(|at| texts.get(at)).map_or(at, |(name, _)| name);
            format!("{name}, line {message}")
        })
        .collect();
    assert!(run.said.contains(&format!("parsed {}", texts.len())), "{}", run.said);
    assert!(
        !errors.is_empty() && errors.iter().all(|error| error.starts_with("broken, ")),
        "{errors:#?}"
    );
}
