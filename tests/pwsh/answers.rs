//! Scripts on a terminal: what is asked there, and what follows from each answer.

use crate::pair::Pair;
use crate::trial::{Trial, Turn, changes, keys, questions, scenario, scenarios};
use std::collections::BTreeSet;

/// Runs both scripts on a terminal, where these questions are asked and answered in this order, and
/// compares.
fn judge_answers(pair: &Pair, what: &str, answers: &[(String, &str)]) {
    let talk: Vec<Turn> = answers
        .iter()
        .map(|(question, answer)| keys(&format!("{question} [y/N]"), &format!("{answer}\n")))
        .collect();
    let run = pair.compare(
        what,
        |trial| trial.world.run_on_a_terminal(&trial.script, talk.clone()),
        |trial| trial.world.pwsh_on_a_terminal(&trial.script, talk.clone()),
    );
    let Pair { name, powershell, .. } = pair;
    assert_eq!(
        run.said.matches("[y/N]").count(),
        answers.len(),
        "{name}, {what}: no other question:\n{}",
        run.said
    );
    assert_eq!(powershell.left(), pair.bash.left(), "{name}, {what}: {}", run.said);
    let is_yes = answers
        .iter()
        .all(|(_, answer)| matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"));
    assert_eq!(run.status, Some(i32::from(!is_yes)), "{name}, {what}: {}", run.said);
    if !is_yes {
        let changed: Vec<Vec<String>> =
            powershell.world.calls().into_iter().filter(|call| changes(call)).collect();
        assert_eq!(changed, Vec::<Vec<String>>::new(), "{name}, {what}: {}", run.said);
        assert!(run.said.contains("Nothing was changed."), "{name}, {what}: {}", run.said);
    }
}

/// Which questions are answered.
#[derive(Clone, Copy, PartialEq)]
enum Which {
    /// Every one in every scenario.
    All,
    /// Every one once, whatever the scenario.
    Once,
}

/// Yes to every question of a scenario, and then no to each, after yes to those before it.
fn judge_scenarios(which: Which, is_judged: impl Fn(usize) -> bool) {
    let mut seen = BTreeSet::new();
    let mut runs = Vec::new();
    for (name, link) in scenarios() {
        let of_plan = questions(&Trial::of(link).plan);
        let new: Vec<bool> = of_plan.iter().map(|question| seen.insert(question.clone())).collect();
        // At the place behind the last one all are answered with yes.
        let wanted = (0..=of_plan.len()).filter(|at| match which {
            Which::All => true,
            Which::Once => new.get(*at).copied().unwrap_or_else(|| new.contains(&true)),
        });
        runs.extend(wanted.map(|refused| (name, link, of_plan.clone(), refused)));
    }
    for (_, (name, link, of_plan, refused)) in
        runs.into_iter().enumerate().filter(|(at, _)| is_judged(*at))
    {
        let answers: Vec<(String, &str)> = of_plan
            .iter()
            .take(refused + 1)
            .enumerate()
            .map(|(at, question)| (question.clone(), if at == refused { "n" } else { "y" }))
            .collect();
        let what = match of_plan.get(refused) {
            Some(question) => format!("no to {question:?}"),
            None => "yes to all".to_owned(),
        };
        judge_answers(&Pair::of(name, link), &what, &answers);
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_asks_what_bash_asks_and_takes_yes_and_no() {
    judge_scenarios(Which::Once, |at| at % 2 == 0);
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_asks_what_bash_asks_and_takes_the_other_answers() {
    judge_scenarios(Which::Once, |at| at % 2 == 1);
}

#[test]
#[ignore = "takes minutes: cargo xtask audit"]
fn audit_powershell_asks_what_bash_asks_in_every_scenario() {
    judge_scenarios(Which::All, |_| true);
}

/// Any other answer than yes is no.
#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_takes_the_answers_that_bash_takes() {
    let question = questions(&Trial::of(scenario("complete")).plan).remove(0);
    for answer in ["yes", "YES", " y ", "", "yep", "no"] {
        let pair = Pair::of("complete", scenario("complete"));
        judge_answers(&pair, &format!("{answer:?}"), &[(question.clone(), answer)]);
    }
}

/// What is there already and would be overwritten or mixed up.
#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_asks_for_what_would_be_overwritten() {
    for (file, question) in [
        ("tokens", "who uses it may lose access. Go on?"),
        ("scope-maps", "and the rights of the tokens that use it. Go on?"),
        ("extensions", "Create the connected registry all the same?"),
        ("registries", "and use the task Redeploy. Generate it?"),
        ("definitions", "Go on all the same?"),
    ] {
        for answer in ["n", "y"] {
            let pair = Pair::of("complete", scenario("complete"));
            pair.each(|trial| {
                trial.world.keep("endpoint", "true\n");
                let name = if file == "definitions" {
                    "customresourcedefinition.apiextensions.k8s.io/certificates.cert-manager.io"
                } else {
                    "edge01"
                };
                trial.world.keep(file, &format!("other\n{name}\n"));
            });
            judge_answers(&pair, &format!("{file}, {answer}"), &[(question.to_owned(), answer)]);
        }
    }
}
