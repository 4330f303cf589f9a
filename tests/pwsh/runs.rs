//! First, second and failing runs: what is called, what is left, and how they end.

use crate::pair::Pair;
use crate::trial::{Trial, again, changes, expected_settings, first_run, scenarios};

fn pwsh(trial: &Trial, arguments: &[&str]) -> crate::trial::Run {
    trial.world.pwsh(&trial.script, arguments)
}

/// With nothing there, and then with everything there.
fn judge_two_runs(is_judged: impl Fn(usize) -> bool) {
    for (_, (name, link)) in scenarios().enumerate().filter(|(at, _)| is_judged(*at)) {
        let pair = Pair::of(name, link);
        pair.judge("first run", ["-Yes"], pwsh);
        pair.each(|trial| assert_eq!(trial.settings(), expected_settings(trial), "{name}"));
        assert_eq!(pair.powershell.left(), [""; 0], "{name}: the protected settings are gone");
        assert_eq!(pair.powershell.calls().len(), first_run(&pair.powershell.plan).len(), "{name}: as many calls as the plan has");
        let run = pair.judge("second run", ["-Yes"], pwsh);
        if again(name) == Some((&[], &[])) {
            assert_eq!(pair.powershell.changes(), Vec::<Vec<String>>::new(), "{name}: {}", run.said);
        }
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_does_what_bash_does_and_nothing_the_second_time() {
    judge_two_runs(|at| at % 2 == 0);
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_does_what_bash_does_in_the_other_scenarios() {
    judge_two_runs(|at| at % 2 == 1);
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_changes_nothing_without_yes_where_nobody_can_answer() {
    for (at, (name, link)) in scenarios().enumerate() {
        let pair = Pair::of(name, link);
        // Now and then PowerShell is not told that nobody is there, and finds it out.
        let options: &[&str] = if at % 8 == 0 { &[] } else { &["-NonInteractive"] };
        let run = pair.judge("without -Yes", [""], |trial, arguments| trial.world.pwsh_told(options, &trial.script, arguments));
        let changed: Vec<Vec<String>> = pair.powershell.world.calls().into_iter().filter(|call| changes(call)).collect();
        assert_eq!(changed, Vec::<Vec<String>>::new(), "{name}: {}", run.said);
        assert_eq!(run.status, Some(1), "{name}: {}", run.said);
    }
}

/// Of all calls of all scenarios, one after the other, these fail.
const EVERY: usize = 7;

fn judge_failures(is_judged: impl Fn(usize) -> bool) {
    let calls = scenarios().flat_map(|(name, link)| (1..=first_run(&Trial::of(link).plan).len()).map(move |call| (name, link, call)));
    for (at, (name, link, call)) in calls.step_by(EVERY).enumerate().filter(|(at, _)| is_judged(*at)) {
        let pair = Pair::of(name, link);
        pair.each(|trial| trial.world.fail(call));
        let run = pair.judge(&format!("call {call} fails ({at})"), ["-Yes"], pwsh);
        assert_eq!(pair.powershell.left(), pair.bash.left(), "{name}, call {call}: {}", run.said);
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_stops_where_bash_stops() {
    judge_failures(|at| at % 2 == 0);
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_stops_where_bash_stops_at_the_other_calls() {
    judge_failures(|at| at % 2 == 1);
}
