//! The walk over everything that the page can be told: every combination of the closed choices, in
//! both shells, with four ways of typing.
//!
//! What is found on the way is kept once, and judged by the tests; scripts as the pieces between
//! two of their steps, of which there are few.

use super::powershell_tree::Script;
use super::support::{COMPLETE, EVERY_FIELD, EVERYTHING, argv, blocks};
use configurator_core::azure::{CHECKED, PROTECTED_SETTINGS, SETTINGS};
use configurator_core::choices::{Choices, Field, SelectField, Shell, TextField};
use configurator_core::choices::{field_text, sections};
use configurator_core::link;
use configurator_core::plan::{Check, Operation, Origin, Place, Plan, Probe, Program, Step, Var};
use configurator_core::rules::Severity;
use configurator_render::Outcome;
use configurator_render::shell::{Document, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// What is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Typed {
    /// Nothing.
    Nothing,
    /// What must be.
    Needed,
    /// Everything that can be.
    Everything,
    /// What no field takes.
    Garbage,
}

impl Typed {
    pub(crate) const ALL: [Self; 4] =
        [Self::Nothing, Self::Needed, Self::Everything, Self::Garbage];

    fn choices(self) -> Choices {
        let of_link = |text: &str| {
            let parsed = link::parse(text);
            assert!(parsed.problems.is_empty(), "{text}");
            parsed.choices
        };
        match self {
            Self::Nothing => Choices::default(),
            Self::Needed => of_link(COMPLETE),
            Self::Everything => {
                let more = of_link(EVERY_FIELD);
                let fill = |choices: Choices, field: &TextField| {
                    if choices.text(*field).is_empty() {
                        choices.with(*field, more.text(*field))
                    } else {
                        choices
                    }
                };
                TextField::ALL.iter().fold(of_link(EVERYTHING), fill)
            }
            Self::Garbage => {
                let garbage = "-x'\"$(touch stray)`|&;<>%PATH%\u{202e}\n\u{7}\u{e4}\\";
                TextField::ALL
                    .iter()
                    .fold(Choices::default(), |choices, field| choices.with(*field, garbage))
            }
        }
    }
}

/// Every combination of the closed choices that the page can reach.
///
/// What the task makes no use of is left alone, and of values that only go into the command the
/// first and the last stand for all, but in short walks.
pub(crate) fn combinations(typed: Typed, shell: Shell, task: &str) -> Vec<Choices> {
    let mut start = typed.choices();
    start.select.shell = shell;
    assert!(start.select.set_word(SelectField::Task, task));
    let mut combinations = vec![start];
    for field in SelectField::ALL
        .iter()
        .copied()
        .filter(|field| !matches!(field, SelectField::Shell | SelectField::Task))
    {
        let words = field.words();
        let is_short = !matches!(task, "deploy" | "redeploy");
        let only_a_value =
            matches!(field, SelectField::LogLevel | SelectField::PasswordSlot) && !is_short;
        let words =
            if only_a_value { vec![words[0], words[words.len() - 1]] } else { words.to_vec() };
        combinations = combinations
            .iter()
            .flat_map(|choices| {
                let words = if sections::is_used(choices, field.into()) {
                    words.clone()
                } else {
                    vec![choices.select.word(field)]
                };
                words.into_iter().map(|word| {
                    let mut choices = choices.clone();
                    assert!(choices.select.set_word(field, word), "{} takes {word}", field.key());
                    choices
                })
            })
            .collect();
    }
    combinations
}

/// What was found.
#[derive(Default)]
pub(crate) struct Walk {
    /// How many combinations there are.
    pub(crate) count: usize,
    /// The distinct words that each program gets, by what was typed.
    pub(crate) argvs: BTreeMap<(&'static str, Typed), BTreeSet<Vec<String>>>,
    /// The pieces of scripts and the blocks for bash.
    pub(crate) bash: BTreeSet<String>,
    /// The same for PowerShell.
    pub(crate) powershell: BTreeSet<String>,
    /// The texts of the protected settings.
    pub(crate) settings: BTreeSet<String>,
    /// The placeholders.
    pub(crate) placeholders: BTreeSet<String>,
    /// The names under which plans keep something.
    pub(crate) names: BTreeSet<&'static str>,
    /// Where everything that is said and run can be looked up: name and page.
    pub(crate) sources: BTreeSet<(&'static str, Option<&'static str>)>,
    /// What is wrong with an outcome as a whole.
    pub(crate) objections: BTreeSet<String>,
}

impl Walk {
    /// Takes the whole walk, on two threads.
    pub(crate) fn take() -> Self {
        let legs: Vec<(Typed, Shell, &str)> = Typed::ALL
            .into_iter()
            .flat_map(|typed| [Shell::Bash, Shell::PowerShell].map(|shell| (typed, shell)))
            .flat_map(|(typed, shell)| {
                SelectField::Task.words().iter().map(move |task| (typed, shell, *task))
            })
            .collect();
        // The legs differ in length by their task, and tasks come in turn.
        let (even, odd): (Vec<_>, Vec<_>) =
            legs.chunks(SelectField::Task.words().len()).partition(|legs| legs[0].1 == Shell::Bash);
        let walk = |legs: Vec<&[(Typed, Shell, &str)]>| {
            let mut walk = Self::default();
            for (typed, shell, task) in legs.into_iter().flatten() {
                combinations(*typed, *shell, task)
                    .iter()
                    .for_each(|choices| walk.step(*typed, choices));
            }
            walk
        };
        std::thread::scope(|scope| {
            let other = scope.spawn(|| walk(odd));
            let mut all = walk(even);
            all.add(other.join().expect("the other half ends"));
            all
        })
    }

    fn add(&mut self, other: Self) {
        self.count += other.count;
        for (key, argvs) in other.argvs {
            self.argvs.entry(key).or_default().extend(argvs);
        }
        self.bash.extend(other.bash);
        self.powershell.extend(other.powershell);
        self.settings.extend(other.settings);
        self.placeholders.extend(other.placeholders);
        self.names.extend(other.names);
        self.sources.extend(other.sources);
        self.objections.extend(other.objections);
    }

    fn step(&mut self, typed: Typed, choices: &Choices) {
        let Outcome { findings, plan, document } = Outcome::of(choices);
        self.count += 1;
        let mut object = |why: String| {
            self.objections
                .insert(format!("{why}: {} {typed:?}", choices.select.word(SelectField::Task)));
        };
        if plan.steps.is_empty()
            || plan.steps.iter().all(|step| step.actions.is_empty() && step.checks.is_empty())
        {
            object("nothing is done".to_owned());
        }
        for hole in plan.placeholders() {
            let told = findings.iter().any(|finding| {
                finding.field == Some(Field::Text(hole))
                    && (typed == Typed::Nothing
                        || finding.is_missing()
                        || finding.severity == Severity::Error)
            });
            // The name of the extension follows from that of the connected registry.
            if !told && hole != TextField::Extension {
                object(format!("{hole:?} is open and nobody says so"));
            }
        }
        if typed == Typed::Garbage
            && !findings.iter().any(|finding| finding.severity == Severity::Error)
        {
            object("garbage is no error".to_owned());
        }
        if matches!(typed, Typed::Needed | Typed::Everything)
            && findings.iter().any(|finding| finding.severity == Severity::Error)
        {
            object(format!(
                "{:?}",
                findings
                    .iter()
                    .find(|finding| finding.severity == Severity::Error)
                    .map(|finding| finding.rule)
            ));
        }
        if plan
            .steps
            .iter()
            .flat_map(|step| &step.actions)
            .filter(|action| matches!(&action.operation, Operation::Write(file) if file.private))
            .count()
            > 1
        {
            object("a script removes one private file".to_owned());
        }
        let kept: Vec<Var> = plan.steps.iter().flat_map(kept_by).collect();
        for variable in &plan.variables {
            if kept.contains(&variable.name) {
                object(format!("{} is set twice", variable.name.0));
            }
            self.names.insert(variable.name.0);
        }
        self.names.extend(kept.iter().map(|name| name.0));
        // The shell and what is typed make no difference to sources, but for findings.
        if choices.select.shell == Shell::Bash
            && matches!(typed, Typed::Everything | Typed::Garbage)
        {
            let of_origin = |origin: Origin| match origin {
                Origin::Fact(source) => Some(source),
                Origin::Field(_) => None,
            };
            let of_commands = plan.commands().flat_map(|command| {
                command
                    .args
                    .iter()
                    .filter_map(move |arg| of_origin(arg.origin))
                    .chain([command.source])
            });
            let of_notes = plan.steps.iter().flat_map(|step| &step.notes).map(|note| note.source);
            let of_variables =
                plan.variables.iter().filter_map(|variable| of_origin(variable.origin));
            let of_findings = findings.iter().map(|finding| finding.source);
            self.sources.extend(
                of_commands
                    .chain(of_notes)
                    .chain(of_variables)
                    .chain(of_findings)
                    .map(|source| (source.name, source.url)),
            );
        }
        if plan
            .summary
            .last()
            .is_none_or(|last| !last.contains(CHECKED.azure_cli) || !last.contains(CHECKED.date))
        {
            self.objections
                .insert(format!("{} does not say what it was checked against", plan.title));
        }
        for (program, argv) in all_of(&plan) {
            self.argvs.entry((program, typed)).or_default().insert(argv);
        }
        self.texts(choices.select.shell, &plan, &document);
    }

    fn texts(&mut self, shell: Shell, plan: &Plan, document: &Document) {
        let blocks = blocks(plan, document);
        for token in blocks
            .iter()
            .flat_map(|pasteable| &pasteable.block.tokens)
            .chain(&document.script.tokens)
        {
            if token.kind == Kind::Placeholder && !self.placeholders.contains(token.text.as_ref()) {
                self.placeholders.insert(token.text.clone().into_owned());
            }
        }
        let on_node = |name: &str| {
            plan.steps
                .iter()
                .any(|step| step.place == Place::Node && name.starts_with(&format!("{} ", step.id)))
        };
        for pasteable in &blocks {
            let texts = if shell == Shell::Bash || on_node(&pasteable.name) {
                &mut self.bash
            } else {
                &mut self.powershell
            };
            insert(texts, &pasteable.block.text());
        }
        let script = document.script.text();
        match shell {
            Shell::Bash => pieces(
                &script,
                "main() (\n",
                "\n)\n",
                &["  # ---", "  check ", "  begin "],
                &mut self.bash,
            ),
            Shell::PowerShell => {
                // What stands within `try` is statement behind statement, and so is what stands
                // within the outermost braces.
                let (start, rest) = script.split_once("\n  try {\n").expect("it tries");
                let (tried, end) = rest.split_once("\n  }\n  catch {\n").expect("it catches");
                pieces(
                    tried,
                    "",
                    "",
                    &["    # ---", "    Write-Check ", "    Write-Step "],
                    &mut self.powershell,
                );
                insert(
                    &mut self.powershell,
                    &format!("{start}\n  try {{\n  }}\n  catch {{\n{end}"),
                );
            }
        }
        if let Some(settings) = &document.settings {
            insert(&mut self.settings, &settings.text());
        }
    }

    /// The distinct words that a program gets when what is needed was typed, or more.
    pub(crate) fn complete(&self, program: Program) -> BTreeSet<Vec<String>> {
        let typed = [Typed::Needed, Typed::Everything];
        typed
            .iter()
            .filter_map(|typed| self.argvs.get(&(program.name(), *typed)))
            .flatten()
            .cloned()
            .collect()
    }

    /// The distinct words that a program gets.
    pub(crate) fn all(&self, program: Program) -> BTreeSet<Vec<String>> {
        Typed::ALL
            .iter()
            .filter_map(|typed| self.argvs.get(&(program.name(), *typed)))
            .flatten()
            .cloned()
            .collect()
    }

    /// What the grammar of PowerShell does not know.
    pub(crate) fn powershell_problems(&self) -> Vec<String> {
        // The grammar wants more than comments.
        let is_code = |text: &&String| {
            text.lines()
                .any(|line| !line.trim_start().is_empty() && !line.trim_start().starts_with('#'))
        };
        let problems = |text: &String| {
            Script::of(text)
                .problems()
                .into_iter()
                .map(|problem| format!("{problem} in {text}"))
                .collect::<Vec<_>>()
        };
        self.powershell.iter().filter(is_code).flat_map(problems).collect()
    }
}

fn insert(texts: &mut BTreeSet<String>, text: &str) {
    if !texts.contains(text) {
        texts.insert(text.to_owned());
    }
}

/// The lines between two texts, cut before every line that begins with one of these; and what is
/// around them. Pieces that are complete are complete together, so the parsers need to see each
/// only once.
fn pieces(script: &str, start: &str, end: &str, cuts: &[&str], into: &mut BTreeSet<String>) {
    let (before, rest) =
        script.split_once(start).filter(|_| !start.is_empty()).unwrap_or(("", script));
    let (body, after) = rest.rsplit_once(end).filter(|_| !end.is_empty()).unwrap_or((rest, ""));
    insert(into, &format!("{before}{start}:{end}{after}"));
    let mut piece = String::new();
    for line in body.split_inclusive('\n') {
        if cuts.iter().any(|cut| line.starts_with(cut)) {
            insert(into, &piece);
            piece.clear();
        }
        piece.push_str(line);
    }
    insert(into, &piece);
}

/// The words that each program gets, the program aside.
pub(crate) fn all_of(plan: &Plan) -> Vec<(&'static str, Vec<String>)> {
    // What a check says to run is shown too.
    plan.commands()
        .map(|command| (command.program.name(), argv(command, plan).split_off(1)))
        .collect()
}

/// The names under which a step keeps what it finds.
fn kept_by(step: &Step) -> Vec<Var> {
    let looks = step.checks.iter().filter_map(|check| match &check.probe {
        Probe::Query(query_into) => Some(query_into.into),
        Probe::Tool(_) | Probe::Known(_) | Probe::Show(_) => None,
    });
    let actions = step.actions.iter().filter_map(|action| match &action.operation {
        Operation::Capture(capture) => Some(capture.into),
        Operation::Confirm(Check { probe: Probe::Query(query_into), .. }) => Some(query_into.into),
        _ => None,
    });
    looks.chain(actions).collect()
}

/// What is wrong with the text of the protected settings.
pub(crate) fn objections_to_settings(settings: &str) -> Vec<String> {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(settings) else {
        return vec![format!("not a JSON object: {settings}")];
    };
    let mut objections: Vec<String> = object
        .iter()
        .filter(|(_, value)| !value.is_string())
        .map(|(key, _)| format!("{key} is no text"))
        .collect();
    objections.extend(
        object
            .keys()
            .filter(|key| PROTECTED_SETTINGS.iter().all(|(known, _)| known != key))
            .map(|key| format!("{key} is not known")),
    );
    if !object.contains_key("connectionString") {
        objections.push("without a connection string the extension does not start".to_owned());
    }
    if object.len() != settings.matches("\": \"").count() {
        objections.push(format!("a key stands there twice: {settings}"));
    }
    objections
}

/// What is wrong with the configuration settings of a command.
pub(crate) fn unknown_settings(argv: &[String]) -> Vec<&str> {
    let mut values =
        argv.iter().skip_while(|word| *word != "--config").filter(|word| !word.starts_with("--"));
    let settings = std::iter::from_fn(|| values.next()).filter(|word| word.contains('='));
    settings
        .map(|word| word.split('=').next().unwrap_or_default())
        .filter(|key| SETTINGS.iter().all(|(known, _)| known != key))
        .collect()
}

/// Whether a text that stands in a place for something is one that is known: of a field, of a
/// secret, or of what only the user's machine knows.
pub(crate) fn is_known_hole(hole: &str) -> bool {
    const OTHERS: [&str; 4] = [
        "<client password>",
        "<connection string>",
        "<base64 of the file>",
        "<contents of the file>",
    ];
    // In bash text may be joined in front of the quotes, in PowerShell within them.
    let start = hole.find('<').unwrap_or_default();
    let end = hole.rfind('>').map_or(hole.len(), |end| end + 1);
    let placeholder = hole.get(start..end).unwrap_or_default();
    TextField::ALL.iter().any(|field| field_text::placeholder(*field) == placeholder)
        || OTHERS.contains(&placeholder)
}
