//! Links by chance: what follows from them does in both shells the same.
//!
//! The variable `POWERSHELL_SEED` sets where chance begins. A failure says it, and the link.

use crate::blocks::judge_blocks;
use crate::pair::Pair;
use crate::trial::{
    EVERYTHING, Outcome, Shell, Strategy, TestRunner, Trial, ValueTree, any, changes, outcome,
    prop, scenarios, shell,
};
use configurator_core::choices::{Choices, SelectField, TextField};
use configurator_core::link;
use configurator_core::rules::Severity;
use proptest::test_runner::{Config, RngAlgorithm, TestRng};

/// Everything that can be typed.
fn everything() -> Choices {
    let all = link::parse(crate::support::EVERY_FIELD).choices;
    TextField::ALL.iter().fold(link::parse(EVERYTHING).choices, |choices, field| {
        let text = all.text(*field).to_owned();
        if choices.text(*field).is_empty() { choices.with(*field, &text) } else { choices }
    })
}

/// Where chance begins unless the variable says otherwise.
pub(crate) const SEED: u64 = 16;

fn seed() -> u64 {
    let set = std::env::var("POWERSHELL_SEED").ok();
    set.map_or(SEED, |seed| seed.parse().expect("POWERSHELL_SEED is a number"))
}

/// As many links: each is a scenario, in which some choices and texts are others.
pub(crate) fn links(seed: u64, count: usize) -> Vec<String> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let starts: Vec<&str> = scenarios().map(|(_, link)| link).collect();
    let fields: Vec<SelectField> =
        SelectField::ALL.iter().copied().filter(|field| *field != SelectField::Shell).collect();
    let link = (
        prop::sample::select(starts),
        prop::collection::vec((prop::sample::select(fields), any::<prop::sample::Index>()), 0..5),
        prop::collection::vec(0..10u8, TextField::ALL.len()),
    )
        .prop_map(|(start, selected, typed)| {
            let mut choices = link::parse(start).choices;
            for (field, word) in selected {
                assert!(choices.select.set_word(field, word.get::<&str>(field.words())));
            }
            let all = everything();
            for (field, chance) in TextField::ALL.iter().zip(typed) {
                match chance {
                    // Seldom is something missing, or else nothing would run.
                    0 if choices.text(*field).is_empty() => {}
                    1..4 if choices.text(*field).is_empty() => {
                        choices = choices.with(*field, all.text(*field));
                    }
                    4 => choices = choices.with(*field, all.text(*field)),
                    _ => {}
                }
            }
            // The name of the shell is put behind it, and a second one would be an error.
            let pairs = link::fragment(&choices);
            let pairs = pairs.trim_start_matches('#').split('&');
            let kept: Vec<&str> = pairs.filter(|pair| !pair.starts_with("shell=")).collect();
            format!("#{}", kept.join("&"))
        })
        .prop_filter("or else the script stops at once", |link| {
            let Outcome { findings, plan, .. } = outcome(link);
            plan.placeholders().is_empty()
                && findings.iter().all(|finding| finding.severity != Severity::Error)
        });
    (0..count).map(|_| link.new_tree(&mut runner).expect("a link").current()).collect()
}

/// Compares script and lines of as many links, of those at every place for which `is_judged` says
/// so.
fn judge_links(count: usize, is_judged: impl Fn(usize) -> bool) {
    let seed = seed();
    let (mut judged, mut done) = (0, 0);
    for (at, link) in links(seed, count).iter().enumerate().filter(|(at, _)| is_judged(*at)) {
        let name = format!("POWERSHELL_SEED={seed}, link {at}, {link}");
        let pair = Pair::of(&name, link);
        let run = pair.judge("without -Yes", [""], |trial, arguments| {
            trial.world.pwsh(&trial.script, arguments)
        });
        let changed: Vec<Vec<String>> =
            pair.powershell.world.calls().into_iter().filter(|call| changes(call)).collect();
        assert_eq!(changed, Vec::<Vec<String>>::new(), "{name}: {}", run.said);
        // A plan that only shows things asks nothing, so it succeeds without -Yes.
        let expected = i32::from(pair.powershell.plan.changes());
        assert_eq!(run.status, Some(expected), "{name}: {}", run.said);
        let run = pair.judge("with -Yes", ["-Yes"], |trial, arguments| {
            trial.world.pwsh(&trial.script, arguments)
        });
        judged += 1;
        done += usize::from(run.status == Some(0));
        assert_eq!(pair.powershell.left(), pair.bash.left(), "{name}");
        let pair = Pair::of(&name, link);
        let lines = |trial: &Trial, shell| shell::lines(&trial.plan, shell).text();
        pair.compare(
            "lines",
            |trial| trial.world.run(&lines(trial, Shell::Bash), &[]),
            |trial| trial.world.pwsh(&lines(trial, Shell::PowerShell), &[]),
        );
    }
    assert!(
        done * 3 >= judged,
        "POWERSHELL_SEED={seed}: only {done} of {judged} links lead to an end"
    );
}

/// Compares script, lines and blocks of a hundred links, as [`judge_links`] does.
fn audit_links(is_judged: impl Fn(usize) -> bool) {
    const COUNT: usize = 100;
    judge_links(COUNT, &is_judged);
    let seed = seed();
    // A self-signed certificate is its own authority. Where another file is named, the script stops in
    // the middle of a block: whoever pastes blocks does not go on from there.
    let is_contradictory = |link: &str| link.contains("self-signed=yes") && link.contains("&ca=");
    for (at, link) in links(seed, COUNT).iter().enumerate().filter(|(at, _)| is_judged(*at)) {
        if is_contradictory(link) {
            continue;
        }
        let name = format!("POWERSHELL_SEED={seed}, link {at}, {link}");
        let (pair, run) = judge_blocks(&name, link);
        assert_eq!(pair.powershell.left(), pair.bash.left(), "{name}: {}", run.said);
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_does_what_bash_does_for_links_by_chance() {
    judge_links(6, |at| at % 2 == 0);
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_does_what_bash_does_for_the_other_links_by_chance() {
    judge_links(6, |at| at % 2 == 1);
}

#[test]
#[ignore = "takes minutes: cargo xtask audit"]
fn audit_powershell_does_what_bash_does_for_links_by_chance() {
    audit_links(|at| at % 2 == 0);
}

#[test]
#[ignore = "takes minutes: cargo xtask audit"]
fn audit_powershell_does_what_bash_does_for_the_other_links_by_chance() {
    audit_links(|at| at % 2 == 1);
}
