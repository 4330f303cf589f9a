//! What is rendered for PowerShell, judged without one: by the grammar, by the rules of the
//! language, and by a model of the way to `az`.

#![allow(clippy::expect_used)]

#[path = "support/hostile.rs"]
#[allow(dead_code, reason = "what only a real shell can show is left out here")]
mod hostile;
#[path = "support/powershell_chain.rs"]
mod powershell_chain;
#[path = "support/powershell_tree.rs"]
mod powershell_tree;
mod support;

use configurator_core::azure::sources;
use configurator_core::choices::field_text;
use configurator_core::choices::{Choices, Preset, SelectField, Shell, TextField};
use configurator_core::plan::{
    Action, ArgValue, Capture, Check, Command, Condition, Encoding, Expectation, File, OnlyIf,
    Operation, Part, Place, Plan, Probe, Program, Prompt, Query, Remedy, Step, Undo, Var, Variable,
    Word as PlanWord, flatten,
};
use configurator_core::powershell_args::{self, UnsafeArg};
use configurator_core::rules::Severity;
use configurator_render::Outcome;
use configurator_render::shell::{Document, powershell};
use expect_test::expect_file;
use hostile::{Hostile, MEANING};
use powershell_chain::{
    Mishap, Target, Word, arrive, double_quoted, hostile_environment, single_quoted,
    usual_environment,
};
use powershell_tree::Script;
use proptest::prelude::*;
use support::{Pasteable, blocks, run_by};

/// Every documented scenario, with nothing filled in and with everything, and a plan of hostile
/// text.
fn all_plans() -> Vec<(String, Plan, Document)> {
    let mut all = Vec::new();
    for preset in Preset::ALL.iter().copied() {
        for filled in [false, true] {
            let mut choices = Choices::from(preset);
            choices.select.shell = Shell::PowerShell;
            for field in TextField::ALL.iter().copied().filter(|_| filled) {
                choices.set_text(field, field_text::of(field).example);
            }
            let Outcome { plan, document, .. } = Outcome::of(&choices);
            all.push((
                format!("{}{}", preset.id(), if filled { ", filled in" } else { "" }),
                plan,
                document,
            ));
        }
    }
    all
}

fn all_fragments() -> Hostile {
    Hostile::of(hostile::FRAGMENTS.iter().map(|fragment| (*fragment).to_owned()).collect())
}

/// The steps that are done where PowerShell is, with their blocks.
fn blocks_here<'a>(plan: &'a Plan, document: &'a Document) -> Vec<Pasteable<'a>> {
    let elsewhere = |name: &str| {
        plan.steps
            .iter()
            .any(|step| step.place == Place::Node && name.starts_with(&format!("{} ", step.id)))
    };
    blocks(plan, document)
        .into_iter()
        .filter(|pasteable| !elsewhere(&pasteable.name) && !pasteable.block.tokens.is_empty())
        .collect()
}

/// Scripts and blocks by a name.
fn all_texts() -> Vec<(String, String, bool)> {
    let mut texts = Vec::new();
    for (name, plan, document) in all_plans() {
        texts.push((format!("{name}, script"), document.script.text(), true));
        texts.extend(blocks_here(&plan, &document).into_iter().map(|pasteable| {
            (format!("{name}, {}", pasteable.name), pasteable.block.text(), false)
        }));
    }
    texts
}

/// The text of a word, where what only the user's machine knows is `CAPTURED`.
fn known(word: &PlanWord, plan: &Plan) -> String {
    let known = |part: &Part| {
        if let Part::Captured(_) = part { Part::Literal("CAPTURED".into()) } else { part.clone() }
    };
    flatten(&PlanWord(word.0.iter().map(known).collect()), plan)
        .unwrap_or_else(|| "CAPTURED".to_owned())
}

/// The values of the variables of a plan, by the names that they have in PowerShell.
fn lookup(plan: &Plan, name: &str, text: &dyn Fn(&PlanWord) -> String) -> Vec<String> {
    let variable =
        plan.variables.iter().find(|variable| variable.name.0 == name.trim_end_matches('_'));
    variable.map_or_else(
        || vec!["CAPTURED".to_owned()],
        |variable| variable.words.iter().map(text).collect(),
    )
}

/// Whether a word begins with what only the user's machine knows.
fn begins_unknown(word: &PlanWord, plan: &Plan, text: &dyn Fn(&PlanWord) -> String) -> bool {
    let mut parts = word
        .0
        .iter()
        .map(|part| PlanWord(vec![part.clone()]))
        .skip_while(|part| text(part).is_empty());
    parts.next().is_some_and(|part| flatten(&part, plan).is_none())
}

/// The words that a program must get: those of the plan, but that an option and a value that begins
/// with a dash, is empty, or may be, are one.
fn spelled(command: &Command, plan: &Plan, text: &dyn Fn(&PlanWord) -> String) -> Vec<String> {
    let mut words = vec![command.program.name().to_owned()];
    words.extend(command.subcommand.iter().map(|word| (*word).to_owned()));
    for arg in &command.args {
        let values: Vec<String> = arg
            .values
            .iter()
            .flat_map(|value| match value {
                ArgValue::Word(word) => vec![text(word)],
                ArgValue::Each { each } => {
                    plan.variable(*each).expect("it exists").words.iter().map(text).collect()
                }
            })
            .collect();
        match (arg.option, values.as_slice(), &arg.values[..]) {
            (Some(option), [value], [ArgValue::Word(word)])
                if option.starts_with("--")
                    && (value.is_empty()
                        || value.starts_with('-')
                        || begins_unknown(word, plan, text)) =>
            {
                words.push(format!("{option}={value}"));
            }
            (option, _, _) => {
                words.extend(option.map(str::to_owned));
                words.extend(values);
            }
        }
    }
    words
}

/// The calls of programs in a text.
fn calls_of_programs<'a>(script: &'a Script) -> Vec<powershell_tree::Call<'a>> {
    let programs = [Program::Az, Program::Kubectl, Program::Openssl, Program::Crictl];
    script
        .calls()
        .into_iter()
        .filter(|call| programs.iter().any(|program| call.name() == program.name()))
        .collect()
}

/// The commands of a script in its order: of the checks, then of the actions.
fn commands_of_script(plan: &Plan) -> Vec<&Command> {
    let here = || plan.steps.iter().filter(|step| step.place == Place::Workstation);
    let checks = here().flat_map(|step| &step.checks).filter_map(|check| check.command());
    checks
        .chain(here().flat_map(|step| &step.actions).filter_map(|action| run_by(&action.operation)))
        .collect()
}

/// What a person or the grammar would object to.
fn objections(text: &str, is_script: bool) -> Vec<String> {
    let script = Script::of(text);
    let mut objections = script.problems();
    objections.extend(hazards(text));
    let splats = if is_script { vec!["@args"] } else { Vec::new() };
    if script.splats() != splats {
        objections.push(format!("splats: {:?}", script.splats()));
    }
    let statements = script.statements();
    if statements.len() != 1 {
        objections.push(format!("not one statement but {statements:?}"));
    }
    objections
}

/// What the grammar lets pass, line by line.
fn hazards(text: &str) -> Vec<String> {
    let mut objections = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    for (line, next) in lines.iter().zip(lines.iter().skip(1).chain(&[""])) {
        let mut object = |why: &str| objections.push(format!("{why}: {line:?}, {next:?}"));
        if !line.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            object("not printable ASCII");
        }
        if line.trim().is_empty() {
            object("an empty line ends what is pasted into a console without PSReadLine");
        }
        if line.trim_end() != *line {
            object("a blank at the end, behind a backtick perhaps");
        }
        if line.contains("--%") {
            object("the rest would be read as it is");
        }
        let continued = line.ends_with('`') && !line.trim_start().starts_with('#');
        if continued && !line.ends_with(" `") {
            object("the backtick is part of a word");
        }
        if continued && (next.trim().is_empty() || next.trim_start().starts_with('#')) {
            object("a command that goes on must not meet an empty line or a comment");
        }
    }
    if !text.ends_with('\n') {
        objections.push("no line break at the end".to_owned());
    }
    objections
}

#[test]
fn scripts_and_blocks_are_grammatical() {
    for (name, text, is_script) in all_texts() {
        assert_eq!(objections(&text, is_script), Vec::<String>::new(), "{name}:\n{text}");
    }
}

#[test]
fn what_breaks_in_powershell_is_noticed() {
    for broken in [
        "az group list\n",
        "az group list `\n  --query 'a'\n",
        "& {\n  az group list\n}\n",
        "if (Test-Path -LiteralPath 'x') { Remove-Item -LiteralPath 'x' -Force }\n",
    ] {
        assert_eq!(objections(broken, false), Vec::<String>::new(), "{broken}");
    }
    for broken in [
        "az group list ` \n  --query 'a'\n",
        "az group list `\n\n  --query 'a'\n",
        "az group list `\n  # why\n  --query 'a'\n",
        "az group list`\n  --query 'a'\n",
        "az group create --tags a ` \n  b\n",
        "az group list --query 'a\n",
        "az group list --query a)\n",
        "& {\n  az group list\n",
        "& {\n\n  az group list\n}\n",
        "az deployment create --parameters @file.json\n",
        "az @words\n",
        "az group list --% a\n",
        "az group list --query \u{2018}a\u{2019}\n",
        "az group list\naz group list\n",
        "az group list",
    ] {
        assert_ne!(objections(broken, false), Vec::<String>::new(), "{broken} passes");
    }
}

/// Names that PowerShell sets itself, or that change how it works.
const AUTOMATIC: &str = "$ ? ^ _ args consolefilename enabledexperimentalfeatures error event eventargs eventsubscriber executioncontext false foreach home host \
    input iscoreclr islinux ismacos iswindows lastexitcode matches myinvocation nestedpromptlevel null pid profile psboundparameters pscmdlet pscommandpath \
    psculture psdebugcontext psedition pshome psitem psscriptroot pssenderinfo psuiculture psversiontable pwd sender shellid stacktrace switch this true \
    confirmpreference debugpreference erroractionpreference errorview formatenumerationlimit informationpreference logcommandhealthevent \
    maximumaliascount maximumdrivecount maximumerrorcount maximumfunctioncount maximumhistorycount maximumvariablecount ofs outputencoding \
    progresspreference psdefaultparametervalues psemailserver psmoduleautoloadingpreference psnativecommandargumentpassing \
    psnativecommanduseerroractionpreference pssessionapplicationname pssessionconfigurationname pssessionoption psstyle transcript verbosepreference \
    warningpreference whatifpreference";

/// In the block two preferences, which end with it, and the exit code on purpose.
const MAY_BE_SET: [&str; 3] =
    ["erroractionpreference", "psnativecommanduseerroractionpreference", "global:lastexitcode"];

#[test]
fn nothing_is_left_behind_in_the_session_and_nothing_of_it_is_overwritten() {
    for (name, text, _) in all_texts() {
        for (variable, within) in Script::of(&text).assigned() {
            assert!(
                within.contains(&"script_block"),
                "{name}: {variable} stays in the session:\n{text}"
            );
            let taken = AUTOMATIC.split_whitespace().any(|taken| taken == variable)
                || variable.contains(':');
            assert!(
                !taken || MAY_BE_SET.contains(&variable.as_str()),
                "{name}: {variable} is not free:\n{text}"
            );
        }
    }
    let assigned = Script::of(
        "$host = 1\nforeach ($x in 1) { $script:y++ }\nfunction f([string] $input) { }\n",
    )
    .assigned();
    assert_eq!(
        assigned.into_iter().map(|(name, _)| name).collect::<Vec<_>>(),
        ["host", "x", "script:y", "input"]
    );
}

/// The variables of a plan and those of the frame are different ones, for a reader who does not
/// tell upper from lower case.
#[test]
fn names_of_the_plan_and_of_the_frame_do_not_meet() {
    for (name, plan, document) in all_plans() {
        let script = document.script.text();
        let assigned = Script::of(&script).assigned();
        let captured = plan.steps.iter().flat_map(captures);
        let mut of_plan: Vec<&str> =
            plan.variables.iter().map(|variable| variable.name.0).chain(captured).collect();
        of_plan.sort_unstable();
        let in_functions = |within: &[&str]| within.contains(&"function_statement");
        for variable in &of_plan {
            let times = assigned
                .iter()
                .filter(|(assigned, within)| assigned == variable && !in_functions(within))
                .count();
            let expected = of_plan.iter().filter(|other| *other == variable).count();
            // An answer that may be missing is empty before it is looked for, and where the look
            // fails.
            assert!(
                (expected..=3 * expected).contains(&times),
                "{name}: {variable} is set {times} times:\n{script}"
            );
        }
    }
}

/// The variables that a step sets.
fn captures(step: &Step) -> Vec<&'static str> {
    let query_into = |probe: &Probe| match probe {
        Probe::Query(query_into) => Some(query_into.into.0),
        Probe::Tool(_) | Probe::Known(_) | Probe::Show(_) => None,
    };
    let actions = step.actions.iter().filter_map(|action| match &action.operation {
        Operation::Capture(capture) => Some(capture.into.0),
        Operation::Confirm(check) => query_into(&check.probe),
        _ => None,
    });
    step.checks.iter().filter_map(|check| query_into(&check.probe)).chain(actions).collect()
}

#[test]
fn a_name_that_powershell_needs_is_avoided() {
    let mut plan = all_fragments().plan;
    for taken in ["input", "host", "home", "args", "matches", "error", "profile", "pid"] {
        plan.variables[0].name = Var(taken);
        let script = powershell::render(&plan).script.text();
        assert!(script.contains(&format!("${taken}_ = ")), "{taken}");
        assert!(
            Script::of(&script).assigned().iter().all(|(name, _)| name != taken),
            "{taken}:\n{script}"
        );
    }
}

#[test]
fn commands_are_those_of_the_plan() {
    for (name, plan, document) in all_plans() {
        let text = |word: &PlanWord| known(word, &plan);
        let of_plan = |name: &str| lookup(&plan, name, &text);
        let script = document.script.text();
        let expected: Vec<Vec<String>> = commands_of_script(&plan)
            .into_iter()
            .map(|command| spelled(command, &plan, &text))
            .collect();
        let parsed = Script::of(&script);
        let calls: Vec<Vec<String>> =
            calls_of_programs(&parsed).iter().map(|call| call.argv(&of_plan)).collect();
        assert_eq!(calls, expected, "{name}:\n{script}");
        for pasteable in blocks_here(&plan, &document) {
            let block = pasteable.block.text();
            let expected: Vec<Vec<String>> =
                pasteable.commands.iter().map(|command| spelled(command, &plan, &text)).collect();
            let parsed = Script::of(&block);
            let calls: Vec<Vec<String>> =
                calls_of_programs(&parsed).iter().map(|call| call.argv(&of_plan)).collect();
            assert_eq!(calls, expected, "{name}, {}:\n{block}", pasteable.name);
        }
    }
}

/// Whatever PowerShell, whatever system: what a program gets is what the plan says. Words in quotes
/// or not, cmd.exe in between or not.
#[test]
fn every_argument_reaches_the_program_unchanged() {
    for (name, plan, document) in all_plans() {
        let text = |word: &PlanWord| known(word, &plan);
        let of_plan = |name: &str| lookup(&plan, name, &text);
        let texts =
            blocks_here(&plan, &document).into_iter().map(|pasteable| pasteable.block.text());
        for source in texts.chain([document.script.text()]) {
            for call in calls_of_programs(&Script::of(&source)) {
                let words = call.words(&of_plan);
                let expected: Vec<String> = words.iter().map(|word| word.text.clone()).collect();
                for target in Target::ALL {
                    assert_eq!(
                        arrive(target, &words, &hostile_environment),
                        Ok(expected.clone()),
                        "{name}, {target:?}:\n{source}"
                    );
                }
            }
        }
    }
}

/// The remedies of a plan, and those that its script shows: each is a command to paste.
fn remedies(
    plan: &Plan,
    script: &Script,
    text: &dyn Fn(&PlanWord) -> String,
) -> [Vec<Vec<String>>; 2] {
    let checks = plan
        .steps
        .iter()
        .filter(|step| step.place == Place::Workstation)
        .flat_map(|step| &step.checks);
    let confirmed = plan.steps.iter().flat_map(|step| &step.actions).filter_map(|action| {
        match &action.operation {
            Operation::Confirm(check) => Some(check),
            _ => None,
        }
    });
    let can_fail = |check: &&Check| {
        !matches!(
            (&check.expectation, &check.probe),
            (Expectation::Answer, Probe::Query(Query { may_fail: true, .. }))
        )
    };
    let commands = checks
        .chain(confirmed)
        .filter(can_fail)
        .filter_map(|check| check.otherwise.command.as_ref());
    let of_plan = commands.map(|command| spelled(command, plan, text)).collect();
    [of_plan, script.arrays_given_to("Stop-Run", &|name| lookup(plan, name, text))]
}

#[test]
fn remedies_are_those_of_the_plan() {
    for (name, plan, document) in all_plans() {
        let [of_plan, shown] =
            remedies(&plan, &Script::of(&document.script.text()), &|word| known(word, &plan));
        // The names that are missing are an array, too.
        assert_eq!(
            shown.into_iter().filter(|words| words.len() > 1).collect::<Vec<_>>(),
            of_plan,
            "{name}"
        );
    }
}

/// A word that the renderer made, as PowerShell's parser understands it.
fn understood(literal: &str) -> Word {
    let quoted = !literal.is_empty() && (literal.starts_with('\'') || literal.starts_with('"'));
    let text = match literal.chars().next() {
        Some('\'') => single_quoted(literal),
        Some('"') => double_quoted(literal, &|name| panic!("{name} is a variable: {literal}")),
        _ => literal.to_owned(),
    };
    Word { text, quoted }
}

fn quoted(text: &str) -> Word {
    Word { text: text.to_owned(), quoted: true }
}

fn unquoted(text: &str) -> Word {
    Word { text: text.to_owned(), quoted: false }
}

/// A value between two others, so that it would be noticed where it takes more than its place.
fn between(target: Target, value: &Word) -> Result<Vec<String>, Mishap> {
    arrive(target, &[unquoted("before"), value.clone(), unquoted("after")], &usual_environment)
}

fn arrives(target: Target, value: &Word) -> bool {
    between(target, value) == Ok(vec!["before".to_owned(), value.text.clone(), "after".to_owned()])
}

const WINDOWS: [Target; 2] = [Target::Windows51, Target::Windows7];

/// What was published about values in quotes that do not arrive.
#[test]
fn the_model_knows_what_does_not_arrive() {
    let becomes = |target, value: &str| between(target, &quoted(value));
    for target in WINDOWS {
        assert_eq!(becomes(target, "a&calc"), Err(Mishap::Runs("calc after".to_owned())));
        assert_eq!(becomes(target, "a|b"), Err(Mishap::Runs("b after".to_owned())));
        assert_eq!(becomes(target, "a<b"), Err(Mishap::Redirected("b after".to_owned())));
        assert_eq!(becomes(target, "a>b"), Err(Mishap::Redirected("b after".to_owned())));
        assert_eq!(
            becomes(target, "a^b"),
            Ok(vec!["before".to_owned(), "ab".to_owned(), "after".to_owned()])
        );
        assert_eq!(becomes(target, "f(x)"), Err(Mishap::Syntax(" after".to_owned())));
        assert_eq!(
            becomes(target, "%PATH%"),
            Ok(vec!["before".to_owned(), r"C:\Windows".to_owned(), "after".to_owned()])
        );
        assert_eq!(
            becomes(target, "the %PATH%"),
            Ok(vec!["before".to_owned(), r"the C:\Windows".to_owned(), "after".to_owned()])
        );
        assert_eq!(
            becomes(target, r#"{"k":"v"}"#),
            Ok(vec!["before".to_owned(), "{k:v}".to_owned(), "after".to_owned()])
        );
        assert_eq!(becomes(target, ""), Ok(vec!["before".to_owned(), "after".to_owned()]));
        assert_eq!(becomes(target, "a\nb").map(|words| words.len()), Ok(2), "the line is cut");
        assert_eq!(becomes(target, "--%"), Ok(vec!["before".to_owned(), "after".to_owned()]));
    }
    // What follows is swallowed, as the quote at the end is one of the value now.
    assert_eq!(
        becomes(Target::Windows51, r"C:\my dir\"),
        Ok(vec!["before".to_owned(), r#"C:\my dir" after"#.to_owned()])
    );
    assert!(arrives(Target::Windows7, &quoted(r"C:\my dir\")));
    // A quote behind a backslash counts in 5.1, so the blank is not seen.
    assert_eq!(becomes(Target::Windows51, r#"{\"k\":\"a b\"}"#).map(|words| words.len()), Ok(4));
    assert_eq!(
        becomes(Target::Windows7, r#"{\"k\":\"a b\"}"#).map(|words| words[1].clone()),
        Ok(r#"{"k":"a b"}"#.to_owned())
    );

    assert_eq!(
        becomes(Target::Unix70, r#"{"k":"v"}"#).map(|words| words[1].clone()),
        Ok("{k:v}".to_owned())
    );
    assert_eq!(becomes(Target::Unix70, "").map(|words| words.len()), Ok(2));
    for value in [r#"{"k":"v"}"#, "", "a\nb", r"C:\my dir\", "%PATH%"] {
        assert!(arrives(Target::Unix73, &quoted(value)), "{value}");
    }
    // Alone it does no harm, but another one may follow in the line.
    for target in Target::ALL {
        assert!(arrives(target, &quoted("50% off")));
    }
    for value in ["a&b", "a|b", "a<b", "a>b", "a^b", "f(x)", "%PATH%", r"C:\my dir\", "a\nb"] {
        assert!(arrives(Target::Unix70, &quoted(value)), "{value}");
    }
}

/// What was published about values that do.
#[test]
fn the_model_knows_what_arrives() {
    for value in [
        "a&b ",
        "a | b",
        "a < b > c",
        "a ^ b",
        "f(x) ",
        "[?contains(name, 'x')].id",
        "items | [0]",
        "[?count > `1`]",
        "values(@) | [0]",
        "max(values(@)[?type(@) == 'string'])",
        "[?name=='k8s-extension'].version",
        "credentials.passwords[0].value",
        "0 0 * * *",
        "*",
        "jsonpath={.data.AZURE_RESOURCE_NAME}",
        "service.clusterIP=10.0.0.1",
        "subjectAltName=IP:10.0.0.1",
        "/CN=contoso",
        "@file.json",
        "a,b;c=d",
        "!x!",
        "it's",
        "$HOME",
        "`",
        "~",
        "#1",
        "<arc cluster>",
        r"C:\certs\tls.crt",
        r"C:\my certs\tls.crt",
        "-x",
        "--opt=-x",
        "1e3",
    ] {
        assert!(
            Target::ALL.into_iter().all(|target| arrives(target, &quoted(value))),
            "{value}: {:?}",
            Target::ALL.map(|target| between(target, &quoted(value)))
        );
        assert_eq!(powershell_args::check(value), Ok(()), "{value}");
    }
    for (target, pattern) in [
        (Target::Unix70, "*.json"),
        (Target::Unix73, "items[0]"),
        (Target::Unix73, "~/tls.crt"),
        (Target::Windows7, "~\\tls.crt"),
    ] {
        assert_eq!(between(target, &unquoted(pattern)), Err(Mishap::Expanded(pattern.to_owned())));
        assert!(arrives(target, &quoted(pattern)), "{pattern}");
    }
    assert!(arrives(Target::Unix73, &unquoted("0 0 * * *")), "with a blank it is no pattern");
}

#[test]
fn what_cannot_be_passed_everywhere_is_named() {
    for (value, why) in [
        ("", UnsafeArg::Empty),
        ("a\nb", UnsafeArg::Control('\n')),
        ("a\rb", UnsafeArg::Control('\r')),
        ("a\0", UnsafeArg::Control('\0')),
        ("Größe", UnsafeArg::NotAscii('ö')),
        ("it\u{2019}s", UnsafeArg::NotAscii('\u{2019}')),
        ("a\"b", UnsafeArg::DoubleQuote),
        ("%PATH%", UnsafeArg::Percent),
        ("100%", UnsafeArg::Percent),
        ("\u{e4}&b", UnsafeArg::Operator('&')),
        (r"C:\my dir\", UnsafeArg::BackslashAtEnd),
        ("--%", UnsafeArg::StopParsing),
        ("a&b", UnsafeArg::Operator('&')),
        ("f(x)", UnsafeArg::Operator('(')),
        ("a^b", UnsafeArg::Operator('^')),
    ] {
        assert_eq!(powershell_args::check(value), Err(why), "{value}");
    }
}

/// Text of what is special to PowerShell, to cmd.exe, to the C runtime, or to file names.
fn special() -> impl Strategy<Value = String> {
    let special: Vec<&str> =
        "a b \" & | < > ^ ( ) % \\ - ~ * ? [ ] @ ' ` $ ! = , ; { } # / . : + _ 0 PATH %PATH% --% -- \\\" \"\" ^^ && '' \u{2019} \u{201c} \u{2013}"
            .split(' ')
            .chain([" ", " ", "\t", "\n", "\r", "\0", "\u{a0}", "\u{1b}"])
            .collect();
    prop::collection::vec(prop::sample::select(special), 0..8).prop_map(|pieces| pieces.concat())
}

fn hostile_text() -> impl Strategy<Value = String> {
    let fragments = prop::collection::vec(prop::sample::select(hostile::FRAGMENTS), 0..4)
        .prop_map(|fragments| fragments.concat());
    prop_oneof![4 => special(), 2 => fragments, 1 => any::<String>(), 1 => "[ -~]{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Either a text is named as one that cannot be passed everywhere, or it arrives everywhere:
    /// alone, as the value of an option, and behind `key=`.
    #[test]
    fn a_text_is_refused_or_arrives(text in hostile_text()) {
        if powershell_args::check(&text).is_ok() {
            let option = format!("--option={text}");
            for value in [&text, &option] {
                let word = understood(&powershell::quote(value));
                prop_assert_eq!(&word.text, value);
                for target in Target::ALL {
                    let words = [unquoted("az"), word.clone(), unquoted("after")];
                    let expected = vec!["az".to_owned(), value.clone(), "after".to_owned()];
                    prop_assert_eq!(arrive(target, &words, &hostile_environment), Ok(expected), "{:?} {:?}", target, value);
                }
            }
        }
    }

    /// And none is refused without need: on some system it would not arrive.
    #[test]
    fn a_text_is_refused_with_reason(text in special()) {
        let arrives_everywhere = Target::ALL.into_iter().all(|target| {
            let words = [unquoted("az"), quoted(&text), unquoted("after")];
            arrive(target, &words, &hostile_environment) == Ok(vec!["az".to_owned(), text.clone(), "after".to_owned()])
        });
        match powershell_args::check(&text) {
            // Programs may differ in what they make of other characters; the other three do harm in
            // company only.
            Ok(()) | Err(UnsafeArg::NotAscii(_) | UnsafeArg::Control(_) | UnsafeArg::BackslashAtEnd | UnsafeArg::Percent | UnsafeArg::Operator('(')) => {}
            Err(why) => prop_assert!(!arrives_everywhere, "{text:?} is refused: {why:?}"),
        }
    }

    /// By the rules of the language a quoted text is that text, whatever is in it; and a file or a
    /// terminal sees printable ASCII.
    #[test]
    fn quoting_can_be_undone(text in hostile_text()) {
        let literal = powershell::quote(&text);
        prop_assert_eq!(understood(&literal).text, text.replace('\0', "\u{fffd}"), "{}", literal);
        prop_assert!(literal.bytes().all(|byte| matches!(byte, b' '..=b'~')), "{}", literal);
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            prop_assert!(literal.starts_with('\''), "{}", literal);
        }
        let script = Script::of(&format!("az {literal} after\n"));
        prop_assert_eq!(script.problems(), Vec::<String>::new(), "{}", literal);
        let words = script.calls()[0].words(&|_| Vec::new());
        prop_assert_eq!(words, [understood(&literal), unquoted("after")], "{}", literal);
    }
}

/// What the rules of the language say about quotes that are not ours.
#[test]
fn the_rules_of_quotes() {
    assert_eq!(single_quoted("'it''s'"), "it's");
    assert_eq!(single_quoted("'it\u{2019}\u{2019}s'"), "it\u{2019}s");
    assert_eq!(single_quoted("'it'\u{2019}s'"), "it\u{2019}s", "of two the second is kept");
    assert_eq!(single_quoted("\u{2018}$x `n \"\u{2019}"), "$x `n \"");
    let variable = |name: &str| vec![format!("<{name}>"), "second".to_owned()];
    assert_eq!(
        double_quoted("\"a`\"`$b``${x}`n$([char]0xD83D)$([char]0xDE00)\"", &|name| variable(name)
            [..1]
            .to_vec()),
        "a\"$b`<x>\n\u{1f600}"
    );
    assert_eq!(double_quoted("\"$($list[1])\"", &variable), "second");
}

/// What a plan of hostile words must come to, in a script and block by block.
fn judge_hostile(hostile: &Hostile) -> Result<(), TestCaseError> {
    let text = |word: &PlanWord| hostile.text(word);
    let of_plan = |name: &str| {
        if name == "captured" {
            vec![hostile.answers["captured"].clone()]
        } else {
            lookup(&hostile.plan, name, &text)
        }
    };
    let document = powershell::render(&hostile.plan);
    let script = document.script.text();
    let parsed = Script::of(&script);
    prop_assert_eq!(parsed.problems(), Vec::<String>::new(), "{}", script);
    // Words may hold what makes PowerShell read no further; that is for somebody else to find.
    let hazards_of = |text: &str| {
        hazards(text).into_iter().filter(|hazard| !hazard.contains("--%")).collect::<Vec<_>>()
    };
    prop_assert_eq!(hazards_of(&script), Vec::<String>::new(), "{}", script);
    let commands = commands_of_script(&hostile.plan);
    let expected: Vec<Vec<String>> =
        commands.iter().map(|command| spelled(command, &hostile.plan, &text)).collect();
    let calls: Vec<Vec<String>> =
        calls_of_programs(&parsed).iter().map(|call| call.argv(&of_plan)).collect();
    prop_assert_eq!(calls, expected, "{}", script);
    let [of_plan_remedies, shown] = remedies(&hostile.plan, &parsed, &text);
    prop_assert_eq!(shown, of_plan_remedies, "{}", script);
    let written: Vec<String> = parsed
        .arrays_given_to("WriteAllText", &of_plan)
        .into_iter()
        .map(|lines| lines.iter().map(|line| format!("{line}\n")).collect())
        .collect();
    prop_assert_eq!(written, [hostile.text.clone(), hostile.private_text.clone()], "{}", script);
    for (call, said) in [
        (
            "Write-Step",
            hostile
                .plan
                .steps
                .iter()
                .filter(|step| step.place == Place::Workstation && !step.actions.is_empty())
                .map(|step| step.title.to_string())
                .collect::<Vec<_>>(),
        ),
        (
            "Confirm-Change",
            hostile
                .plan
                .steps
                .iter()
                .flat_map(|step| &step.prompts)
                .map(|prompt| text(&prompt.question))
                .collect(),
        ),
    ] {
        let calls = parsed.calls();
        let titles: Vec<String> = calls
            .iter()
            .filter(|found| found.name() == call)
            .map(|found| found.argv(&of_plan)[1].clone())
            .collect();
        prop_assert_eq!(titles, said, "{}", script);
    }
    for pasteable in blocks_here(&hostile.plan, &document) {
        let block = pasteable.block.text();
        let parsed = Script::of(&block);
        prop_assert_eq!(parsed.problems(), Vec::<String>::new(), "{}", block);
        prop_assert_eq!(hazards_of(&block), Vec::<String>::new(), "{}", block);
        let expected: Vec<Vec<String>> = pasteable
            .commands
            .iter()
            .map(|command| spelled(command, &hostile.plan, &text))
            .collect();
        let calls: Vec<Vec<String>> =
            calls_of_programs(&parsed).iter().map(|call| call.argv(&of_plan)).collect();
        prop_assert_eq!(calls, expected, "{}", block);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the words: each stands in the text as it is, and nothing else does.
    #[test]
    fn hostile_words_stand_as_they_are(texts in hostile::texts(60)) {
        judge_hostile(&Hostile::of(texts))?;
    }
}

#[test]
fn hostile_fragments_stand_as_they_are() {
    judge_hostile(&all_fragments()).unwrap_or_else(|error| panic!("{error}"));
}

/// Every word of every plan can be passed everywhere: queries have a blank where they need one.
#[test]
fn every_word_of_every_plan_is_portable() {
    for (name, plan, _) in all_plans() {
        for command in plan.commands() {
            for word in spelled(command, &plan, &|word| known(word, &plan)) {
                assert_eq!(
                    powershell_args::check(&word),
                    Ok(()),
                    "{name}: {word:?} in {:?}",
                    command.subcommand
                );
            }
        }
    }
}

const NAME: Var = Var("name");
const PATH: Var = Var("crt");
const PATTERNS: Var = Var("patterns");
const REPOSITORIES: Var = Var("repositories");
const STATE: Var = Var("state");
const LINES: Var = Var("lines");

/// A plan of one step in which everything is that a plan can say, but for one part.
fn plan_with(change: impl FnOnce(&mut Step)) -> Plan {
    let variable = |name, words: &[&'static str], list| {
        let words = words.iter().copied().map(PlanWord::from).collect();
        Variable { name, words, list, origin: sources::ACR.into() }
    };
    let mut step = Step {
        id: "step",
        title: "Do it".into(),
        why: "why".into(),
        place: Place::Workstation,
        checks: Vec::new(),
        only_if: None,
        prompts: Vec::new(),
        actions: Vec::new(),
        expect: None,
        takes: None,
        undo: None,
        warnings: Vec::new(),
        notes: Vec::new(),
    };
    change(&mut step);
    let variables = vec![
        variable(NAME, &["edge01"], false),
        variable(PATH, &["certs/tls.crt"], false),
        variable(PATTERNS, &["*:push", "hello-world:*"], true),
        variable(REPOSITORIES, &["hello-world", "app/api"], true),
    ];
    Plan {
        title: "Title".into(),
        summary: Vec::new(),
        again: "Again.".into(),
        done: "Done.".into(),
        subject: Vec::new(),
        variables,
        steps: vec![step],
        blockers: Vec::new(),
    }
}

/// The lines between two of the script, without their common indentation.
fn between_lines(script: &str, start: &str, end: &str) -> String {
    let lines: Vec<&str> = script
        .lines()
        .skip_while(|line| !line.contains(start))
        .skip(1)
        .take_while(|line| !line.contains(end))
        .collect();
    let indent =
        lines.iter().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    lines.into_iter().map(|line| format!("{}\n", &line[indent..])).collect()
}

/// The script of a plan of this step, which is grammatical, as its blocks are.
fn sound(plan: &Plan) -> (String, Vec<String>) {
    let document = powershell::render(plan);
    let script = document.script.text();
    assert_eq!(objections(&script, true), Vec::<String>::new(), "{script}");
    let blocks: Vec<String> =
        blocks_here(plan, &document).into_iter().map(|pasteable| pasteable.block.text()).collect();
    for block in &blocks {
        assert_eq!(objections(block, false), Vec::<String>::new(), "{block}");
        assert!(
            Script::of(block).assigned().iter().all(|(_, within)| within.contains(&"script_block")),
            "{block}"
        );
    }
    (script, blocks)
}

#[test]
fn conditions_compare_whole_lines_and_answers() {
    let word = || PlanWord::from(NAME);
    let all = |conditions: Vec<Condition>| Condition::All(conditions);
    for (condition, expected) in [
        (
            Condition::Present { from: LINES, name: word() },
            r#"($lines -split '\n') -contains "${name}""#,
        ),
        (
            Condition::Absent { from: LINES, name: word() },
            r#"($lines -split '\n') -notcontains "${name}""#,
        ),
        (Condition::Is { answer: STATE, value: "Succeeded".into() }, "$state -eq 'Succeeded'"),
        (Condition::IsNot { answer: STATE, value: word() }, r#"$state -ne "${name}""#),
        (
            Condition::FileAbsent(PATH.into()),
            r#"-not [System.IO.File]::Exists([System.IO.Path]::Combine($thisFolder, "${crt}"))"#,
        ),
        (
            Condition::Not(Box::new(Condition::Is { answer: STATE, value: "x".into() })),
            "-not ($state -eq 'x')",
        ),
        (all(Vec::new()), "$true"),
        (
            all(vec![
                Condition::IsNot { answer: STATE, value: "x".into() },
                Condition::Present { from: LINES, name: "y".into() },
            ]),
            r"($state -ne 'x') -and (($lines -split '\n') -contains 'y')",
        ),
    ] {
        let plan = plan_with(|step| {
            step.only_if = Some(OnlyIf {
                condition: condition.clone(),
                words: "so".into(),
                otherwise: "It is not so.".into(),
            });
            step.prompts = vec![
                Prompt { condition: Some(condition.clone()), question: "Sure?".into() },
                Prompt { condition: None, question: "Always?".into() },
            ];
            let operation = Operation::Run(Command::new(Program::Az, &["login"], sources::ACR));
            step.actions = vec![Action { only_if: Some(condition), operation }];
        });
        let (script, _) = sound(&plan);
        let steps = between_lines(&script, "Write-Step 'Do it'", "$thisRun.Done = $true");
        let expected_steps = format!(
            "if ({expected}) {{\n  if ({expected}) {{\n    az login\n    Assert-Success\n  }}\n}}\nelse {{\n  Write-Host 'It is not so.'\n}}\n#\n"
        );
        assert_eq!(steps, expected_steps);
        assert!(script.contains(&format!("    if ({expected}) {{\n      Confirm-Change 'Sure?'\n    }}\n    Confirm-Change 'Always?'\n")), "{script}");
    }
}

#[test]
fn checks_stop_the_run() {
    let command =
        || Command::new(Program::Az, &["look"], sources::ACR).with("--name", NAME, MEANING);
    let looked = "$state = @(az look --name \"${name}\") -join \"`n\" -replace '\\r'\n";
    for (expectation, expected) in [
        (Expectation::Answer, "$LASTEXITCODE -ne 0"),
        (Expectation::Be("Connected".into()), "$LASTEXITCODE -ne 0 -or $state -ne 'Connected'"),
        (Expectation::BeSameAs(LINES), "$LASTEXITCODE -ne 0 -or $state -cne $lines"),
        (
            Expectation::Include(NAME.into()),
            "$LASTEXITCODE -ne 0 -or ($state -split '\\n') -notcontains \"${name}\"",
        ),
        (Expectation::BeGiven, "$LASTEXITCODE -ne 0 -or $state -eq ''"),
        (
            Expectation::BeAtLeast("1.2.0"),
            "$LASTEXITCODE -ne 0 -or -not (Test-Version $state '1.2.0')",
        ),
    ] {
        for may_fail in [false, true] {
            let query_into = Query { into: STATE, command: command(), may_fail };
            let remedy = Remedy {
                message: "It isn't.".into(),
                command: Some(command().with_each(
                    sources::ACR,
                    "--repository",
                    REPOSITORIES,
                    MEANING,
                )),
            };
            let plan = plan_with(|step| {
                step.checks = vec![Check {
                    title: "Look".into(),
                    probe: Probe::Query(query_into),
                    expectation: expectation.clone(),
                    otherwise: remedy,
                }];
            });
            let (script, _) = sound(&plan);
            let check = between_lines(&script, "Write-Check 'Look'", "# --- What there is");
            let stop = "  Stop-Run 'It isn''t.' @('az', 'look', '--name', \"${name}\", '--repository', $repositories)\n}\n#\n";
            let tolerant = format!(
                "$state = ''\ntry {{\n  {looked}  if ($LASTEXITCODE -ne 0) {{ $state = '' }}\n}}\ncatch {{ }}\n"
            );
            let expected = match (may_fail, expectation == Expectation::Answer) {
                (true, true) => format!("{tolerant}#\n"),
                (true, false) => format!(
                    "{tolerant}if ({}) {{\n{stop}",
                    expected.trim_start_matches("$LASTEXITCODE -ne 0 -or ")
                ),
                (false, _) => format!("{looked}if ({expected}) {{\n{stop}"),
            };
            assert_eq!(check, expected);
            assert_eq!(
                script.contains("function Test-Version"),
                matches!(expectation, Expectation::BeAtLeast(_))
            );
        }
    }
}

#[test]
fn files_are_read_before_they_are_written_and_written_privately() {
    let contents = |encoding| Part::Contents { path: PATH, encoding };
    let line = |encoding| {
        PlanWord(vec![
            Part::Literal("it's: ".into()),
            contents(encoding),
            Part::Literal(",".into()),
        ])
    };
    let lines = vec![
        line(Encoding::Base64),
        line(Encoding::Text),
        PlanWord::default(),
        PlanWord::from(NAME),
    ];
    let capture = |begins_with, without| {
        let command = Command::new(Program::Az, &["secret"], sources::ACR);
        Operation::Capture(Capture {
            into: STATE,
            command,
            begins_with,
            without,
            otherwise: "No secret.".into(),
        })
    };
    let plan = plan_with(|step| {
        step.actions = vec![
            capture("", &['"']).into(),
            capture("Key=", &[]).into(),
            Operation::Write(File {
                path: "settings.json".into(),
                private: true,
                lines: lines.clone(),
            })
            .into(),
            Operation::Write(File {
                path: "open.txt".into(),
                private: false,
                lines: lines[2..].to_vec(),
            })
            .into(),
            Operation::Remove("settings.json".into()).into(),
        ];
    });
    let (script, blocks) = sound(&plan);
    let read = r#"$crt_base64 = [Convert]::ToBase64String([System.IO.File]::ReadAllBytes([System.IO.Path]::Combine($thisFolder, PATH)))
if ($crt_base64 -eq '') { STOP ('this file cannot be read, or is empty:' + ' ' + PATH) }
$crt_text = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($thisFolder, PATH)).TrimEnd([char[]] "$([char]0x000D)$([char]0x000A)")
if ($crt_text -eq '') { STOP ('this file cannot be read, or is empty:' + ' ' + PATH) }
"#;
    let captured = r#"$state = @(az secret) -join "`n" -replace '\r'
if ($LASTEXITCODE -ne 0 -or $state -eq '' -or $state.IndexOfAny([char[]] "`"$([char]0x000A)") -ge 0) {
  STOP 'No secret.'
}
$state = @(az secret) -join "`n" -replace '\r'
if ($LASTEXITCODE -ne 0 -or -not $state.StartsWith('Key=', 'Ordinal') -or $state.IndexOfAny([char[]] "$([char]0x000A)") -ge 0) {
  STOP 'No secret.'
}
"#;
    let in_script = r#"READ$thisRun.Private = [System.IO.Path]::Combine($thisFolder, 'settings.json')
New-PrivateFile $thisRun.Private
CAPTURED[System.IO.File]::WriteAllText($thisRun.Private, (@(
  'it''s: ' + $crt_base64 + ','
  'it''s: ' + $crt_text + ','
  ''
  $name
) -join "`n") + "`n")
[System.IO.File]::Delete([System.IO.Path]::Combine($thisFolder, 'open.txt'))
[System.IO.File]::WriteAllText([System.IO.Path]::Combine($thisFolder, 'open.txt'), (@(
  ''
  $name
) -join "`n") + "`n")
if ($thisRun.Private) {
  [System.IO.File]::Delete($thisRun.Private)
  $thisRun.Private = ''
}
#
"#;
    let steps = between_lines(&script, "Write-Step 'Do it'", "$thisRun.Done = $true");
    let in_script = in_script
        .replace("READ", &read.replace("PATH", "\"${crt}\"").replace("STOP", "Stop-Run"))
        .replace("CAPTURED", &captured.replace("STOP", "Stop-Run"));
    assert_eq!(steps, in_script);
    let block = blocks[0].replace("\n    ", "\n");
    let start = format!(
        "try {{\n{}New-PrivateFile ([System.IO.Path]::Combine($thisFolder, 'settings.json'))\n",
        read.replace("PATH", "'certs/tls.crt'").replace("STOP", "throw")
    );
    assert!(block.contains(&start), "{block}");
    assert!(block.contains(&captured.replace("STOP", "throw")), "{block}");
    assert!(
        block.contains("$isWritten = $true\n  }\n  finally { if (-not $isWritten) {"),
        "{block}"
    );
    assert!(!block.contains("thisRun"), "{block}");
}

/// Elements of a list without quotes are taken for patterns of file names, and those of one with
/// wildcards must not be.
#[test]
fn lists_are_passed_element_by_element() {
    let command = Command::new(Program::Az, &["x"], sources::ACR)
        .with_each(sources::ACR, "--notifications", PATTERNS, MEANING)
        .with_each(sources::ACR, "--repository", REPOSITORIES, MEANING);
    let plan = plan_with(|step| step.actions = vec![Operation::Run(command).into()]);
    let (script, blocks) = sound(&plan);
    assert!(
        script.contains(r#"--notifications "$($patterns[0])" "$($patterns[1])" `"#),
        "{script}"
    );
    assert!(script.contains("--repository $repositories\n"), "{script}");
    assert!(script.contains("$patterns = @('*:push', 'hello-world:*')\n"), "{script}");
    for text in [&script, &blocks[0]] {
        let parsed = Script::of(text);
        let words = calls_of_programs(&parsed)[0]
            .words(&|name| lookup(&plan, name, &|word| known(word, &plan)));
        let expected = [
            "x",
            "--notifications",
            "*:push",
            "hello-world:*",
            "--repository",
            "hello-world",
            "app/api",
        ]
        .map(str::to_owned)
        .to_vec();
        for target in Target::ALL {
            assert_eq!(
                arrive(target, &words, &hostile_environment),
                Ok(expected.clone()),
                "{target:?}: {text}"
            );
        }
    }
}

#[test]
fn options_of_every_kind_are_words() {
    let command = Command::new(Program::Openssl, &["req"], sources::ACR)
        .flag("-x509", MEANING)
        .with("-newkey", "rsa:4096", MEANING)
        .with("-subj", "/CN=contoso", MEANING)
        .with("-days", "365", MEANING)
        .with("--odd.option", "-1", MEANING)
        .with("-name", "-1", MEANING)
        .with("--name", "-1", MEANING)
        .with("--none", "", MEANING);
    let plan = plan_with(|step| step.undo = Some(Undo { command, warning: "gone".into() }));
    let (_, blocks) = sound(&plan);
    let one_line = blocks[0].replace(" `\n ", "");
    assert_eq!(
        one_line,
        "openssl req -x509 -newkey 'rsa:4096' -subj '/CN=contoso' -days 365 '--odd.option=-1' -name '-1' '--name=-1' '--none='\n"
    );
}

/// What must be done on a node is done in the shell of the node.
#[test]
fn on_a_node_there_is_no_powershell() {
    let plan = plan_with(|step| {
        step.place = Place::Node;
        step.actions = vec![
            Operation::Run(
                Command::new(Program::Crictl, &["pull"], sources::ACR)
                    .positional("it's \u{e9}\u{7}", MEANING),
            )
            .into(),
        ];
    });
    let document = powershell::render(&plan);
    let bash = configurator_render::shell::bash::render(&plan);
    assert_eq!(document.steps, bash.steps);
    let script = document.script.text();
    assert_eq!(objections(&script, true), Vec::<String>::new(), "{script}");
    assert!(script.contains("    # To be done on a node of the cluster: Do it\n    # why\n    #   crictl pull $'it\\047s ?\\007'\n"), "{script}");
}

#[test]
fn it_does_not_start_while_something_stands_in_the_way() {
    let mut plan = plan_with(|_| {});
    plan.variables[0].words = vec![PlanWord(vec![Part::Placeholder(TextField::Name)])];
    plan.variables[3].words = vec![PlanWord(vec![Part::Placeholder(TextField::Repositories)])];
    plan.blockers = vec!["Not a name: it's".to_owned()];
    let (script, _) = sound(&plan);
    let start = between_lines(&script, "elseif", "# --- Checks");
    assert!(start.contains("foreach ($thisValue in @($name; $repositories)) { if ($thisValue -like '<* *>') { $thisValue } }"), "{start}");
    assert!(start.ends_with("Stop-Run 'Not a name: it''s'\n#\n"), "{start}");
    let hole = powershell::render(&plan)
        .script
        .tokens
        .into_iter()
        .find(|token| token.kind == configurator_render::shell::Kind::Placeholder);
    assert_eq!(
        hole.map(|token| token.text.into_owned()),
        Some("'<connected registry>'".to_owned())
    );
}

/// The frame that every script has, to be read as text:
/// `UPDATE_EXPECT=1 cargo test --test powershell` writes it anew.
#[test]
fn the_frame_is_as_it_was() {
    let query_into = Query {
        into: STATE,
        command: Command::new(Program::Az, &["version"], sources::ACR),
        may_fail: false,
    };
    let plan = plan_with(|step| {
        let otherwise = Remedy {
            message: "It is too old.".into(),
            command: Some(Command::new(Program::Az, &["upgrade"], sources::ACR)),
        };
        step.checks = vec![Check {
            title: "It is new enough".into(),
            probe: Probe::Query(query_into),
            expectation: Expectation::BeAtLeast("2.75.0"),
            otherwise,
        }];
        step.prompts = vec![Prompt { condition: None, question: "Write it?".into() }];
        let file = |private, path: &'static str| {
            Operation::Write(File { path: path.into(), private, lines: vec!["{}".into()] })
        };
        step.actions = vec![
            file(true, "private.json").into(),
            file(false, "open.json").into(),
            Operation::Remove("private.json".into()).into(),
        ];
    });
    let (script, blocks) = sound(&plan);
    expect_file!["golden/frame.ps1"].assert_eq(&script);
    expect_file!["golden/frame-block.ps1"].assert_eq(&blocks[2]);
}

/// What fails ends a block, and the script; but what is only shown may fail.
#[test]
fn what_is_only_shown_may_fail() {
    let command =
        |word: &'static [&'static str]| Command::new(Program::Kubectl, word, sources::ACR);
    let query_into = Query { into: STATE, command: command(&["look"]), may_fail: false };
    let confirm = Check {
        title: "Look".into(),
        probe: Probe::Query(query_into),
        expectation: Expectation::Answer,
        otherwise: Remedy { message: "No.".into(), command: None },
    };
    let plan = plan_with(|step| {
        step.actions = vec![
            Operation::Run(command(&["run"])).into(),
            Operation::Show(command(&["show"])).into(),
            Operation::Confirm(confirm).into(),
        ];
    });
    let (script, blocks) = sound(&plan);
    assert_eq!(
        blocks[0],
        "& {\n  kubectl run\n  if ($LASTEXITCODE -ne 0) { return }\n  kubectl show\n  kubectl look\n  if ($LASTEXITCODE -ne 0) { return }\n}\n"
    );
    let steps = between_lines(&script, "Write-Step 'Do it'", "$thisRun.Done = $true");
    let expected = "kubectl run\nAssert-Success\ntry {\n  kubectl show\n}\ncatch { Write-Host $_ }\nWrite-Check 'Look'\n\
        $state = @(kubectl look) -join \"`n\" -replace '\\r'\nif ($LASTEXITCODE -ne 0) {\n  Stop-Run 'No.'\n}\n#\n";
    assert_eq!(steps, expected);
    for operation in [Operation::Run(command(&["show"])), Operation::Show(command(&["show"]))] {
        let plan = plan_with(|step| step.actions = vec![operation.into()]);
        assert_eq!(sound(&plan).1, ["kubectl show\n"], "one command needs no block");
    }
}

#[test]
fn an_answer_that_is_known_is_not_asked_for_again() {
    let otherwise = Remedy { message: "No.".into(), command: None };
    let plan = plan_with(|step| {
        step.checks = vec![Check {
            title: "Look".into(),
            probe: Probe::Known(STATE),
            expectation: Expectation::Include("x".into()),
            otherwise,
        }];
    });
    let (script, blocks) = sound(&plan);
    let check = between_lines(&script, "Write-Check 'Look'", "# --- What there is");
    assert_eq!(check, "if (($state -split '\\n') -notcontains 'x') {\n  Stop-Run 'No.'\n}\n#\n");
    assert_eq!(blocks, [""; 0]);
}

/// The place of a secret is one of those that somebody must fill in, and is quoted as a whole with
/// what stands around it.
#[test]
fn the_place_of_a_secret_is_seen() {
    let credentials = PlanWord(vec![
        Part::Variable(NAME),
        Part::Literal(":it's ".into()),
        Part::Secret("client password"),
    ]);
    let command = Command::new(Program::Az, &["x"], sources::ACR)
        .with("--creds", credentials, MEANING)
        .with("--key", PlanWord(vec![Part::Secret("key of it")]), MEANING);
    let plan = plan_with(|step| step.undo = Some(Undo { command, warning: "gone".into() }));
    let (_, blocks) = sound(&plan);
    assert_eq!(blocks[0], "az x --creds 'edge01:it''s <client password>' --key '<key of it>'\n");
    let undo = powershell::render(&plan).steps.remove(0).undo.expect("it can be undone");
    let placeholders = undo
        .tokens
        .iter()
        .filter(|token| token.kind == configurator_render::shell::Kind::Placeholder)
        .map(|token| token.text.as_ref())
        .collect::<Vec<_>>();
    assert_eq!(placeholders, ["<client password>'", "'<key of it>'"]);
}

/// Choices of every task and every way of TLS, with everything given: every field reaches a command
/// line in one of them.
fn every_use() -> Vec<Choices> {
    let everything = TextField::ALL.iter().fold(Choices::default(), |choices, field| {
        choices.with(*field, field_text::of(*field).example)
    });
    let with = |choices: &Choices, changes: &[(SelectField, &str)]| {
        let mut choices = choices.clone();
        for (field, word) in changes {
            assert!(choices.select.set_word(*field, word), "{word}");
        }
        choices
    };
    let shell = (SelectField::Shell, "powershell");
    let mut all: Vec<Choices> = SelectField::Task
        .words()
        .iter()
        .map(|task| {
            with(
                &everything,
                &[
                    shell,
                    (SelectField::Task, task),
                    (SelectField::Sync, "scheduled"),
                    (SelectField::Upgrade, "pin"),
                ],
            )
        })
        .collect();
    for tls in SelectField::Tls.words() {
        for self_signed in ["yes", "no"] {
            all.push(with(
                &everything,
                &[
                    shell,
                    (SelectField::Tls, tls),
                    (SelectField::SelfSigned, self_signed),
                    (SelectField::Trust, "labelled-nodes"),
                ],
            ));
        }
    }
    all
}

/// Fields whose text goes into the commands as it is; the others are put in order first.
const AS_TYPED: [TextField; 13] = [
    TextField::ResourceGroup,
    TextField::ClusterResourceGroup,
    TextField::Cluster,
    TextField::Subscription,
    TextField::ClusterSubscription,
    TextField::Extension,
    TextField::Context,
    TextField::Certificate,
    TextField::PrivateKey,
    TextField::CaCertificate,
    TextField::StorageClass,
    TextField::StorageRequest,
    TextField::Version,
];

/// What is wrong with what follows from text typed into some fields: a name that does not arrive,
/// or is missing without a word about it.
fn judge_typed(choices: &Choices, typed: &[TextField]) -> Result<(), TestCaseError> {
    let Outcome { findings, plan, document } = Outcome::of(choices);
    let placeholders = plan.placeholders();
    for field in typed.iter().copied() {
        let text = choices.text(field).trim();
        let is_refused = findings.iter().any(|finding| {
            finding.severity == Severity::Error && finding.field == Some(field.into())
        });
        if placeholders.contains(&field) && !text.is_empty() {
            prop_assert!(is_refused, "{field:?} {text:?} is left out without a word");
        }
        let variable = plan.variables.iter().find(|variable| variable.origin == field.into());
        if let Some(variable) = variable.filter(|_| {
            AS_TYPED.contains(&field) && !text.is_empty() && !placeholders.contains(&field)
        }) {
            prop_assert_eq!(
                flatten(&variable.words[0], &plan),
                Some(text.to_owned()),
                "{:?}",
                field
            );
        }
    }
    let of_word = |word: &PlanWord| known(word, &plan);
    let of_plan = |name: &str| lookup(&plan, name, &of_word);
    let blocks = blocks_here(&plan, &document);
    let of_blocks =
        blocks.iter().map(|pasteable| (pasteable.block.text(), pasteable.commands.clone()));
    for (source, commands) in of_blocks.chain([(document.script.text(), commands_of_script(&plan))])
    {
        let script = Script::of(&source);
        prop_assert_eq!(script.problems(), Vec::<String>::new(), "{}", source);
        let calls = calls_of_programs(&script);
        prop_assert_eq!(calls.len(), commands.len(), "{}", source);
        for (call, command) in calls.iter().zip(commands) {
            let expected = spelled(command, &plan, &of_word).split_off(1);
            for target in Target::ALL {
                prop_assert_eq!(
                    arrive(target, &call.words(&of_plan), &hostile_environment),
                    Ok(expected.clone()),
                    "{:?}:\n{}",
                    target,
                    source
                );
            }
        }
    }
    Ok(())
}

/// Text for a field: its example with something special in it, or nothing but special text.
fn typed() -> impl Strategy<Value = (TextField, String)> {
    let field = prop::sample::select(TextField::ALL);
    (field, special(), hostile_text(), any::<prop::sample::Index>(), 0..5_u8).prop_map(
        |(field, piece, other, at, kind)| {
            let example = field_text::of(field).example;
            let at = at.index(example.len() + 1);
            let text = match kind {
                0 => other,
                1 => piece,
                _ => [
                    &example[..at],
                    &piece.chars().take(usize::from(kind)).collect::<String>(),
                    &example[at..],
                ]
                .concat(),
            };
            (field, text)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is typed, wherever: it is refused by a finding, or it arrives as it was typed. On
    /// every system, from every PowerShell.
    #[test]
    fn what_is_typed_is_refused_or_arrives(choices in prop::sample::select(every_use()), typed in prop::collection::vec(typed(), 1..4)) {
        let choices = typed.iter().fold(choices, |choices, (field, text)| choices.with(*field, text));
        judge_typed(&choices, &typed.iter().map(|(field, _)| *field).collect::<Vec<_>>())?;
    }
}

/// Each character that means something, in the middle, at both ends, and behind a blank, in every
/// field that may hold it.
#[test]
fn no_character_is_passed_on_that_cmd_acts_on() {
    for field in configurator_core::scenario::FREE_TEXT_FIELDS {
        let example = field_text::of(field).example;
        let reaches_a_command = |choices: &Choices| {
            Outcome::of(choices)
                .plan
                .variables
                .iter()
                .any(|variable| variable.origin == field.into())
        };
        let choices = every_use().into_iter().rfind(reaches_a_command).expect("some task needs it");
        for c in "&|<>^()%!\"\\@~".chars() {
            for text in [
                format!("{example}{c}b"),
                format!("{c}{example}"),
                format!("{example}{c}"),
                format!("a {c}{example}"),
            ] {
                judge_typed(&choices.clone().with(field, &text), &[field])
                    .unwrap_or_else(|error| panic!("{text}: {error}"));
            }
        }
    }
}
