//! First, second and failing runs: what is called, what is left, and how they end.

use crate::pair::Pair;
use crate::trial::{
    ONLY_SHOWS, Run, Shell, Trial, again, arc_name, argvs, changes, expected_settings, first_run,
    in_lines, scenario, scenarios, shell,
};

fn pwsh(trial: &Trial, arguments: &[&str]) -> Run {
    trial.world.pwsh(&trial.script, arguments)
}

/// With nothing there, and then with everything there.
fn judge_two_runs(is_judged: impl Fn(usize) -> bool) {
    for (_, (name, link)) in scenarios().enumerate().filter(|(at, _)| is_judged(*at)) {
        let pair = Pair::of(name, link);
        pair.judge("first run", ["-Yes"], pwsh);
        pair.each(|trial| assert_eq!(trial.settings(), expected_settings(trial), "{name}"));
        assert_eq!(pair.powershell.left(), [""; 0], "{name}: the protected settings are gone");
        assert_eq!(
            pair.powershell.calls().len(),
            first_run(&pair.powershell.plan).len(),
            "{name}: as many calls as the plan has"
        );
        let run = pair.judge("second run", ["-Yes"], pwsh);
        if again(name) == Some((&[], &[])) {
            assert_eq!(
                pair.powershell.changes(),
                Vec::<Vec<String>>::new(),
                "{name}: {}",
                run.said
            );
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
        let run = pair.judge("without -Yes", [""], |trial, arguments| {
            trial.world.pwsh_told(options, &trial.script, arguments)
        });
        let changed: Vec<Vec<String>> =
            pair.powershell.world.calls().into_iter().filter(|call| changes(call)).collect();
        assert_eq!(changed, Vec::<Vec<String>>::new(), "{name}: {}", run.said);
        assert_eq!(run.status, Some(1), "{name}: {}", run.said);
        let reason = "the checks passed. To go on, run this where you can answer, or with -Yes. Nothing was changed,";
        assert!(run.said.contains(reason), "{name}: {}", run.said);
    }
}

/// A diagnosis that only shows things needs no `-Yes`, and its exit code is 0 even if every call
/// fails except the one that says where kubectl points.
#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_diagnosis_succeeds_without_yes() {
    for every_call_fails in [false, true] {
        let pair = Pair::of("diagnosis", ONLY_SHOWS);
        if every_call_fails {
            pair.each(|trial| {
                trial.world.answer("kubectl get configmap *", 0, &arc_name(&trial.plan));
                trial.world.answer("*", 3, "");
            });
        }
        let run = pair.judge(&format!("every call fails: {every_call_fails}"), [""], pwsh);
        let everything = argvs(&first_run(&pair.powershell.plan));
        assert_eq!(
            (run.status, pair.powershell.calls()),
            (Some(0), everything),
            "every call fails: {every_call_fails}: {}",
            run.said
        );
        assert_eq!(pair.powershell.changes(), Vec::<Vec<String>>::new(), "{}", run.said);
    }
}

/// Of all calls of all scenarios, one after the other, these fail.
const EVERY: usize = 53;

fn judge_failures(every: usize, is_judged: impl Fn(usize) -> bool) {
    let calls = scenarios().flat_map(|(name, link)| {
        (1..=first_run(&Trial::of(link).plan).len()).map(move |call| (name, link, call))
    });
    for (at, (name, link, call)) in
        calls.step_by(every).enumerate().filter(|(at, _)| is_judged(*at))
    {
        let pair = Pair::of(name, link);
        pair.each(|trial| trial.world.fail(call));
        let run = pair.judge(&format!("call {call} fails ({at})"), ["-Yes"], pwsh);
        assert_eq!(pair.powershell.left(), pair.bash.left(), "{name}, call {call}: {}", run.said);
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_stops_where_bash_stops() {
    judge_failures(EVERY, |at| at % 2 == 0);
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_stops_where_bash_stops_at_the_other_calls() {
    judge_failures(EVERY, |at| at % 2 == 1);
}

#[test]
#[ignore = "takes minutes: cargo xtask audit"]
fn audit_powershell_stops_where_bash_stops_at_every_call() {
    judge_failures(1, |at| at % 2 == 0);
}

#[test]
#[ignore = "takes minutes: cargo xtask audit"]
fn audit_powershell_stops_where_bash_stops_at_every_other_call() {
    judge_failures(1, |at| at % 2 == 1);
}

/// Runs the lines in both shells and compares.
fn judge_lines(pair: &Pair, what: &str) -> Run {
    let lines = |trial: &Trial, shell| shell::lines(&trial.plan, shell).text();
    pair.compare(
        what,
        |trial| trial.world.run(&lines(trial, Shell::Bash), &[]),
        |trial| trial.world.pwsh(&lines(trial, Shell::PowerShell), &[]),
    )
}

fn judge_whole_lines(is_judged: impl Fn(usize) -> bool) {
    for (_, (name, link)) in scenarios().enumerate().filter(|(at, _)| is_judged(*at)) {
        let pair = Pair::of(name, link);
        let run = judge_lines(&pair, "lines");
        assert_eq!(run.status, Some(0), "{name}: {}", run.said);
        assert_eq!(
            pair.powershell.calls().len(),
            in_lines(&pair.powershell.plan).len(),
            "{name}: as many calls as the plan has"
        );
        pair.each(|trial| assert_eq!(trial.settings(), expected_settings(trial), "{name}"));
        assert_eq!(pair.powershell.left(), [""; 0], "{name}: the protected settings are gone");
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_lines_do_what_those_of_bash_do() {
    judge_whole_lines(|at| at % 2 == 0);
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_lines_do_what_those_of_bash_do_in_the_other_scenarios() {
    judge_whole_lines(|at| at % 2 == 1);
}

/// PowerShell goes on where a program fails, so the lines themselves must end.
#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_lines_stop_where_those_of_bash_stop() {
    for name in ["complete", "byoc", "sync-continuous"] {
        let calls = in_lines(&Trial::of(scenario(name)).plan).len();
        // The last are those that come after the protected settings were written.
        for failing in (1..=calls).filter(|call| call % 17 == 1 || call + 5 > calls) {
            let pair = Pair::of(name, scenario(name));
            pair.each(|trial| trial.world.fail(failing));
            judge_lines(&pair, &format!("lines, call {failing} fails"));
            assert_eq!(
                (pair.powershell.left(), pair.bash.left()),
                (Vec::new(), Vec::new()),
                "{name}, call {failing}"
            );
        }
    }
}

/// What is copied ends at the same call, and the session goes on.
#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_lines_to_paste_leave_the_session_open() {
    let of_plan = in_lines(&Trial::of(scenario("complete")).plan);
    for (failing, may_fail) in of_plan
        .iter()
        .map(|(_, may_fail)| *may_fail)
        .enumerate()
        .filter(|(at, _)| at % 6 == 0 || at + 4 > of_plan.len())
    {
        let trial = Trial::of(&format!("{}&shell=powershell", scenario("complete")));
        trial.world.fail(failing + 1);
        let lines = shell::lines_to_paste(&trial.plan, Shell::PowerShell).text();
        // A prompt shows an error and goes on, as this does.
        let run = trial.world.pwsh(&format!("try {{\n{lines}}}\ncatch {{ Write-Host \"stopped: $_\" }}\nWrite-Host 'still here'\n"), &[]);
        assert!(run.said.contains("still here"), "call {failing}: {}", run.said);
        assert_eq!(
            run.said.contains("stopped: exit code 1"),
            !may_fail,
            "call {failing}: {}",
            run.said
        );
        assert_eq!(
            trial.calls().len(),
            if may_fail { of_plan.len() } else { failing + 1 },
            "call {failing}: {}",
            run.said
        );
        assert_eq!(trial.left(), [""; 0], "call {failing}");
    }
}
