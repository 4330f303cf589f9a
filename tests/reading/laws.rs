//! The two laws, over every combination of choices in both shells.

use crate::walk::{Typed, combinations};
use configurator_core::choices::{Choices, Field, SelectField, Shell, Task, TextField};
use configurator_core::link;
use configurator_core::plan::Plan;
use configurator_core::rules::{Finding, Severity};
use configurator_lint::read::{self, Form, Reading};
use configurator_render::{Outcome, shell};
use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Findings about what no output holds: values that the task makes no use of, and the range that
/// the address is only compared with.
const NOT_IN_OUTPUT: [&str; 4] = [
    "extension-version-ignored",
    "sync-window-ignored",
    "not-changed-by-schedule",
    "trust-without-tls",
];

/// The same for a rotation: it writes the protected settings, which are the same for several ways
/// of TLS.
const NOT_IN_ROTATION: [&str; 2] = ["http", "certificate-needs-ip"];

fn is_in_output(finding: &Finding, task: Task) -> bool {
    let is_of_files =
        matches!(finding.field, Some(Field::Text(TextField::Certificate | TextField::PrivateKey)));
    let is_rotated =
        NOT_IN_ROTATION.contains(&finding.rule) || (finding.is_missing() && is_of_files);
    !(NOT_IN_OUTPUT.contains(&finding.rule) || task == Task::Rotate && is_rotated)
}

/// What of a finding must be found again.
type Found = (&'static str, String, Option<String>, String);

fn found<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Found> {
    let of = |finding: &Finding| {
        (
            finding.rule,
            format!("{:?}", finding.severity),
            finding.field.map(|field| field.key().to_owned()),
            finding.message.clone(),
        )
    };
    let mut found: Vec<Found> = findings.map(of).collect();
    found.sort();
    found
}

/// A plan but for the errors that keep its script from starting: their messages are in the script,
/// but not what was typed.
fn without_blockers(plan: &Plan) -> Plan {
    Plan { blockers: Vec::new(), ..plan.clone() }
}

/// What breaks the laws for one set of choices.
fn broken(typed: Typed, choices: &Choices, seen: &mut HashSet<u64>) -> Vec<String> {
    let outcome = Outcome::of(choices);
    let script = outcome.document.script.text();
    let mut hasher = DefaultHasher::new();
    (&script, typed as u8, found(outcome.findings.iter())).hash(&mut hasher);
    if !seen.insert(hasher.finish()) {
        return Vec::new();
    }
    let mut broken = Vec::new();
    let reading: Reading = read::read(&script, Some(Form::Commands(choices.select.shell)));
    let [imported] = reading.imported.as_slice() else {
        return vec![format!("{} sets of choices", reading.imported.len())];
    };
    let mut again = imported.choices.clone();
    again.select.shell = choices.select.shell;
    let planned = Outcome::of(&again);
    if without_blockers(&planned.plan) != without_blockers(&outcome.plan) {
        let [a, b] =
            [&outcome.plan, &planned.plan].map(|plan| serde_json::to_string_pretty(plan).unwrap());
        let line = a
            .lines()
            .zip(b.lines())
            .find(|(a, b)| a != b)
            .map(|(a, b)| format!("{} / {}", a.trim(), b.trim()));
        broken.push(format!("another plan: {}", line.unwrap_or_default()));
    }
    let in_output = |finding: &&Finding| is_in_output(finding, choices.select.task);
    let expected = found(outcome.findings.iter().filter(in_output));
    let told = found(reading.remarks.iter().map(|remark| &remark.finding).filter(in_output));
    if typed != Typed::Garbage {
        for finding in expected.iter().filter(|finding| !told.contains(finding)) {
            broken.push(format!("not found: {} {:?}", finding.0, finding.2));
        }
        for finding in told.iter().filter(|finding| !expected.contains(finding)) {
            broken.push(format!(
                "found too much: {} {:?} {}",
                finding.0,
                finding.2,
                if expected.iter().any(|other| other.0 == finding.0) {
                    finding.3.as_str()
                } else {
                    ""
                }
            ));
        }
    }
    for skipped in &reading.skipped {
        broken.push(format!("left: {} {}", skipped.text, skipped.why));
    }
    if reading.corrected != script && typed != Typed::Garbage {
        broken.push("corrected".to_owned());
    }
    broken
}

/// What breaks the laws, how often, and an example of it.
type Objections = BTreeMap<String, (usize, String)>;

/// Judges every combination in one shell.
fn walk(shell: Shell) -> (usize, usize, Objections) {
    let mut objections = Objections::new();
    let mut seen = HashSet::new();
    let mut count = 0;
    for typed in Typed::ALL {
        for task in SelectField::Task.words() {
            for choices in combinations(typed, shell, task) {
                count += 1;
                for objection in broken(typed, &choices, &mut seen) {
                    let objection = format!("{typed:?} {shell:?} {task}: {objection}");
                    objections
                        .entry(objection)
                        .or_insert_with(|| (0, link::fragment(&choices)))
                        .0 += 1;
                }
            }
        }
    }
    (count, seen.len(), objections)
}

#[test]
fn what_is_read_from_a_script_is_what_it_was_made_from() {
    std::thread::scope(|scope| {
        let others = scope.spawn(|| walk(Shell::PowerShell));
        for (count, scripts, objections) in
            [walk(Shell::Bash), others.join().expect("the other half ends")]
        {
            assert!(count > 10_000 && scripts > 5_000, "{count} combinations, {scripts} scripts");
            assert!(
                objections.is_empty(),
                "{} in {scripts} scripts: {objections:#?}",
                objections.len()
            );
        }
    });
}

/// The commands one a line say less: no title, and no names. What is read from them has the same
/// commands.
#[test]
fn what_is_read_from_lines_makes_the_same_lines() {
    let mut objections = Objections::new();
    let mut seen = HashSet::new();
    for typed in [Typed::Needed, Typed::Everything] {
        for shell in [Shell::Bash, Shell::PowerShell] {
            for task in SelectField::Task.words() {
                for choices in combinations(typed, shell, task) {
                    let lines = shell::lines(&Outcome::of(&choices).plan, shell).text();
                    if !seen.insert(lines.clone()) {
                        continue;
                    }
                    let reading = read::read(&lines, Some(Form::Commands(shell)));
                    let again = reading.imported.first().map(|imported| {
                        let mut choices = imported.choices.clone();
                        choices.select.shell = shell;
                        shell::lines(&Outcome::of(&choices).plan, shell).text()
                    });
                    let mut object = |objection: String| {
                        objections
                            .entry(format!("{typed:?} {shell:?} {task}: {objection}"))
                            .or_insert_with(|| (0, link::fragment(&choices)))
                            .0 += 1;
                    };
                    if reading.imported.len() != 1 {
                        object(format!("{} sets of choices", reading.imported.len()));
                    }
                    if again.as_ref() != Some(&lines) {
                        let again = again.unwrap_or_default();
                        let line = lines.lines().zip(again.lines()).find(|(a, b)| a != b);
                        object(format!("other lines: {line:?}"));
                    }
                    for error in reading
                        .remarks
                        .iter()
                        .filter(|remark| remark.finding.severity == Severity::Error)
                    {
                        object(format!("an error: {}", error.finding.rule));
                    }
                    for skipped in &reading.skipped {
                        object(format!("left: {} {}", skipped.text, skipped.why));
                    }
                }
            }
        }
    }
    assert!(seen.len() > 1_000, "{} texts", seen.len());
    assert!(objections.is_empty(), "{} of {} texts: {objections:#?}", objections.len(), seen.len());
}
