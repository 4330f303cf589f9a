//! Words of every kind arrive as they are; and what the text as a whole must not hold.

use crate::dialect;
use crate::hostile;
use crate::trial::*;
use std::sync::LazyLock;

/// What a hostile plan must run, in a script and block by block, and what must lie in the folder
/// then.
fn judge_hostile(
    hostile: &Hostile,
    locales: [&str; 2],
    run: impl Fn(&World, &str, &str),
) -> Result<(), TestCaseError> {
    let document = bash::render(&hostile.plan);
    let all_blocks = blocks(&hostile.plan, &document);
    let all_blocks_text: String =
        all_blocks.iter().map(|pasteable| pasteable.block.text()).collect();
    let by_blocks: Vec<Vec<String>> = all_blocks
        .iter()
        .flat_map(|pasteable| &pasteable.commands)
        .map(|command| hostile.argv(command))
        .collect();
    for (text, expected, locale) in [
        (document.script.text(), hostile.script_calls(), locales[0]),
        (all_blocks_text, by_blocks, locales[1]),
    ] {
        prop_assert!(
            text.chars().all(|c| c == '\n' || !c.is_control()),
            "a terminal would see a control character: {:?}",
            text
        );
        let world = World::new("");
        for (key, answer) in &hostile.answers {
            world.keep(&format!("kept/{key}"), answer);
        }
        run(&world, &text, locale);
        prop_assert_eq!(world.calls(), expected, "{}", text);
        prop_assert_eq!(world.kept("kept/saved"), Some(hostile.private_text.clone()), "{}", text);
        prop_assert_eq!(world.files(), vec![hostile.file.clone()], "{}", text);
        let file = std::fs::read_to_string(world.folder().join(&hostile.file));
        prop_assert_eq!(file.ok(), Some(hostile.text.clone()), "{}", text);
    }
    Ok(())
}

/// The texts without the two characters that bash 3.2 corrupts: in an array, it puts `\u{1}` before
/// `\u{1}` and `\u{7f}`. No choice can contain one, because every field refuses control characters.
fn kept_by_this_bash(mut texts: Vec<String>) -> Vec<String> {
    static KEEPS: LazyLock<bool> = LazyLock::new(|| {
        let probe = r#"list=($'\177' b); [ "${#list[0]}" = 1 ]"#;
        let status = Command::new(bash_program()).args(["-c", probe]).status();
        status.expect("bash runs").success()
    });
    if !*KEEPS {
        for text in &mut texts {
            text.retain(|c| !"\u{1}\u{7f}".contains(c));
        }
    }
    texts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the words: each arrives as it is, and nothing else happens.
    #[test]
    fn hostile_words_arrive_as_they_are(texts in hostile::texts(60), swapped in any::<bool>()) {
        let locales = if swapped { ["C", UTF_8] } else { [UTF_8, "C"] };
        judge_hostile(&Hostile::of(kept_by_this_bash(texts)), locales, |world, text, locale| {
            let run = world.run_in(locale, text, &["--yes"]);
            assert_eq!(run.status, Some(0), "{}", run.said);
        })?;
    }
}

/// An interactive bash also completes, edits and looks into its history; the terminal reads control
/// characters.
#[test]
fn hostile_words_arrive_as_they_are_in_an_interactive_bash() {
    let mut runner = TestRunner::deterministic();
    for pasting in PASTINGS {
        let texts = hostile::texts(300).new_tree(&mut runner).expect("texts").current();
        let texts =
            hostile::FRAGMENTS.iter().map(|fragment| (*fragment).to_owned()).chain(texts).collect();
        let judged =
            judge_hostile(&Hostile::of(kept_by_this_bash(texts)), ["", ""], |world, text, _| {
                world.interactive(
                    pasting,
                    vec![keys(PROMPT, "set -- --yes\n"), paste(PROMPT, text)],
                );
            });
        judged.unwrap_or_else(|error| panic!("{pasting:?}: {error}"));
    }
}

/// A plan of every hostile fragment.
fn all_fragments() -> Hostile {
    Hostile::of(hostile::FRAGMENTS.iter().map(|fragment| (*fragment).to_owned()).collect())
}

#[test]
fn sentences_are_printed_as_they_are() {
    let mut hostile = all_fragments();
    let world = World::new("");
    for (key, answer) in &hostile.answers {
        world.keep(&format!("kept/{key}"), answer);
    }
    let run = world.run_in(UTF_8, &bash::render(&hostile.plan).script.text(), &["--yes"]);
    for step in hostile
        .plan
        .steps
        .iter()
        .filter(|step| step.place == Place::Workstation && !step.actions.is_empty())
    {
        assert!(run.said.contains(&format!("\n== {}\n", step.title)), "{:?}", step.title);
    }
    for question in hostile.plan.steps.iter().flat_map(|step| &step.prompts) {
        let question = hostile.text(&question.question);
        assert!(run.said.contains(&format!("\n{question} yes (--yes)\n")), "{question:?}");
    }

    world.forget_calls();
    hostile.plan.blockers = vec![hostile::FRAGMENTS.concat()];
    let run = world.run_in(UTF_8, &bash::render(&hostile.plan).script.text(), &["--yes"]);
    assert_eq!(run.status, Some(1), "{}", run.said);
    assert!(
        run.said.ends_with(&format!("Reason: {}\n", hostile::FRAGMENTS.concat())),
        "{}",
        run.said
    );
    assert_eq!(world.calls(), Vec::<Vec<String>>::new());
}

/// The remedy comes as a line to paste.
#[test]
fn a_remedy_that_was_shown_runs_as_it_is() {
    let hostile = all_fragments();
    let world = World::new("");
    world.keep("kept/answer", "something else");
    let run = world.run_in(UTF_8, &bash::render(&hostile.plan).script.text(), &["--yes"]);
    assert_eq!(run.status, Some(1), "{}", run.said);
    let (_, remedy) = run.said.split_once("Try:\n").expect("a remedy is shown");
    world.forget_calls();
    world.run_in(UTF_8, remedy, &[]);
    let check = &hostile.plan.steps[0].checks[1];
    assert_eq!(
        world.calls(),
        [hostile.argv(check.otherwise.command.as_ref().expect("every look has a remedy"))]
    );
}

/// Every script and every block of the golden links, and of a plan of hostile text, by a name.
fn all_texts() -> Vec<(String, String)> {
    let golden = GOLDEN.iter().chain(SCENARIOS).map(|(name, link)| {
        let Outcome { plan, document, .. } = outcome(link);
        (*name, plan, document)
    });
    let hostile = all_fragments();
    let document = bash::render(&hostile.plan);
    let mut all = Vec::new();
    for (name, plan, document) in golden.chain([("hostile", hostile.plan, document)]) {
        all.push((format!("{name}, script"), document.script.text()));
        all.extend(
            blocks(&plan, &document)
                .into_iter()
                .map(|pasteable| (format!("{name}, {}", pasteable.name), pasteable.block.text())),
        );
    }
    all
}

#[test]
fn everything_is_known_to_bash_3_2() {
    for (name, text) in all_texts().into_iter().filter(|(name, _)| !name.starts_with("hostile")) {
        assert_eq!(dialect::newer_than_3_2(&text), Vec::<String>::new(), "{name}:\n{text}");
    }
    for newer in [
        "mapfile -t lines",
        "echo \"${x^^}\"",
        "${x,}",
        "${x@Q}",
        "${x[@]@Q}",
        "${x: -1:-2}",
        "${x[-1]}",
        "local -n x=y",
        "if [[ -v x ]]",
        "cat &>>file",
        "a |& b",
        "(umask 077 && true)",
        "printf '%(%F)T' -1",
        "$'\\u00e4'",
    ] {
        assert_ne!(dialect::newer_than_3_2(newer), Vec::<String>::new(), "{newer} passes");
    }
    for old in [
        "${x:-0}",
        "${x%%.*}",
        "${#x}",
        "${x[@]}",
        "${x//$'\\r'/}",
        "${x:0:1}",
        "# mapfile",
        "(umask 077) || exit 1",
    ] {
        assert_eq!(dialect::newer_than_3_2(old), Vec::<String>::new(), "{old}");
    }
}

#[test]
fn nothing_looks_into_the_history_of_an_interactive_bash() {
    for (name, text) in all_texts() {
        assert_eq!(dialect::looks_into_history(&text), [""; 0], "{name}:\n{text}");
    }
    for hazard in [
        "echo !!",
        "echo \"hi!\"",
        "echo \"'!x'\"",
        "^a^b^",
        "echo \\\"'!x'",
        "echo $'\\'!x' '!y'",
        "a!b",
    ] {
        assert_eq!(dialect::looks_into_history(hazard), [hazard], "{hazard} passes");
    }
    for harmless in [
        "[[ a != b ]]",
        "if ! true; then",
        "echo '!!'",
        "echo \\'\\!",
        "true # !!",
        "#!/usr/bin/env bash",
        "!(a)",
        "echo !",
    ] {
        assert_eq!(dialect::looks_into_history(harmless), [""; 0], "{harmless}");
    }
}

/// What ShellCheck is not to say of a script.
fn disabled(outcome: &Outcome) -> &'static str {
    if !outcome.plan.blockers.is_empty() {
        // An error stands, so the script stops at its start on purpose; what follows is never
        // reached.
        "SC2329,SC2317"
    } else {
        // `finish` is called by the trap, which ShellCheck does not see inside of a function that
        // is a subshell.
        "SC2329"
    }
}

#[test]
#[ignore = "needs ShellCheck: cargo xtask test"]
fn judge_shellcheck_finds_nothing() {
    const SHEBANG: &str = "#!/usr/bin/env bash\n";
    let shellcheck = std::env::var_os("SHELLCHECK").expect("SHELLCHECK is the path of ShellCheck");
    let folder = tempfile::TempDir::new().expect("a temporary folder");
    let mut files = Vec::new();
    for (name, link) in GOLDEN.iter().chain(SCENARIOS) {
        let outcome = outcome(link);
        let script = outcome.document.script.text();
        let script = script.strip_prefix(SHEBANG).expect("a script has a shebang");
        let mut texts = vec![format!(
            "{SHEBANG}# {name}, script\n# shellcheck disable={}\n{script}",
            disabled(&outcome)
        )];
        let blocks = blocks(&outcome.plan, &outcome.document);
        texts.extend(blocks.into_iter().map(|pasteable| {
            format!("{SHEBANG}# {name}, {}\n{}", pasteable.name, pasteable.block.text())
        }));
        for text in texts {
            let file = folder.path().join(format!("{}.sh", files.len()));
            std::fs::write(&file, text).expect("the file can be written");
            files.push(file);
        }
    }
    let judged = Command::new(shellcheck)
        .args(["--shell=bash", "--severity=style", "--norc"])
        .args(&files)
        .output()
        .expect("ShellCheck runs");
    let said = String::from_utf8_lossy(&[judged.stdout, judged.stderr].concat()).into_owned();
    assert!(judged.status.success(), "the line below each shebang names the text:\n{said}");
}
