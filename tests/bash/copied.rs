//! What is handed out for copying, pasted into interactive shells: bash, that of macOS, and zsh.

use crate::support::in_order;
use crate::trial::*;

/// The shells that people paste into, with the ways in which they take what is pasted.
///
/// The environment names the last two: `BASH_3_2`, where there is one, and `ZSH`.
fn sessions() -> Vec<(Session, Pasting)> {
    let zsh = Session::Zsh(std::env::var("ZSH").expect("ZSH is the path of zsh"));
    let mut sessions = vec![
        (zsh.clone(), Pasting::AsLines),
        (zsh, Pasting::AsAWhole),
        (Session::Bash(bash_program()), Pasting::AsLines),
        (Session::Bash(bash_program()), Pasting::AsAWhole),
    ];
    sessions
        .extend(std::env::var("BASH_3_2").ok().map(|old| (Session::Bash(old), Pasting::AsLines)));
    sessions
}

/// Whether a shell complained about the text that it was given.
fn complains(run: &Run) -> bool {
    [
        "command not found",
        "event not found",
        "parse error",
        "syntax error",
        "bad pattern",
        "no matches found",
    ]
    .iter()
    .any(|said| run.said.contains(said))
}

/// Pastes the script of a link into every shell, says yes to all questions, and compares the calls.
fn judge_scripts(name: &str, link: &str) {
    for (session, pasting) in sessions() {
        let trial = Trial::of(link);
        let copied = shell::script_to_paste(&trial.script, Shell::Bash);
        let talk =
            [vec![paste(PROMPT, &copied)], talk(&trial.plan, "y\n"), vec![keys("\nDone.", "")]]
                .concat();
        let run = trial.world.interactive_in(&session, pasting, talk);
        assert_eq!(
            trial.calls(),
            argvs(&first_run(&trial.plan)),
            "{name}, {session:?}, {pasting:?}: {}",
            run.said
        );
        assert!(!complains(&run), "{name}, {session:?}, {pasting:?}: {}", run.said);
        assert_eq!(trial.settings(), expected_settings(&trial), "{name}, {session:?}");
        assert_eq!(trial.left(), [""; 0], "{name}, {session:?}");
    }
}

/// Pastes the lines of a link into every shell and compares the calls.
fn judge_lines(name: &str, link: &str) {
    for (session, pasting) in sessions() {
        let trial = Trial::of(link);
        let lines = shell::lines_to_paste(&trial.plan, Shell::Bash).text();
        let run = trial.world.interactive_in(&session, pasting, vec![paste(PROMPT, &lines)]);
        let expected: Vec<Vec<String>> =
            in_lines(&trial.plan).into_iter().map(|(call, _)| call).collect();
        assert_eq!(trial.calls(), expected, "{name}, {session:?}, {pasting:?}: {}", run.said);
        assert!(!complains(&run), "{name}, {session:?}, {pasting:?}: {}", run.said);
        assert_eq!(trial.settings(), expected_settings(&trial), "{name}, {session:?}");
        assert_eq!(trial.left(), [""; 0], "{name}, {session:?}");
    }
}

#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_scripts_run_in_every_shell() {
    for (name, link) in scenarios() {
        judge_scripts(name, link);
    }
}

#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_lines_run_in_every_shell() {
    for (name, link) in scenarios() {
        judge_lines(name, link);
    }
}

/// Names of files with characters that an interactive shell expands: events, comments, patterns.
#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_names_of_files_mean_themselves() {
    const FILES: [&str; 4] = ["!!.pem", "#c.pem", "a!b x.pem", "a[1]^b.pem"];
    for (task, [certificate, key, authority]) in [
        ("tls=byoc", [2, 0, 1]),
        ("tls=byoc", [3, 2, 0]),
        ("tls=secret&secret=edge01-tls", [0, 1, 3]),
    ] {
        let escaped = |at: usize| {
            [(' ', "%20"), ('#', "%23"), ('[', "%5B"), (']', "%5D"), ('^', "%5E")]
                .iter()
                .fold(FILES[at].to_owned(), |name, (from, to)| name.replace(*from, to))
        };
        let [crt, key_file, ca] = [certificate, key, authority].map(escaped);
        let link = format!("{COMPLETE}&{task}&crt={crt}&key={key_file}&ca={ca}");
        let mut files = [certificate, key, authority].map(|at| FILES[at]);
        files.sort_unstable();
        assert_eq!(Trial::of(&link).before, files, "{link}");
        judge_scripts(&link, &link);
        judge_lines(&link, &link);
    }
}

/// The session lives on: [`World::interactive_in`] makes sure.
#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_lines_stop_where_a_command_fails() {
    for (session, pasting) in sessions() {
        for name in ["complete", "byoc"] {
            let of_plan = in_lines(&Trial::of(scenario(name)).plan);
            for (index, (call, may_fail)) in of_plan
                .iter()
                .enumerate()
                .filter(|(index, _)| index % 4 == 0 || *index + 6 > of_plan.len())
            {
                let trial = Trial::of(scenario(name));
                trial.world.fail(index + 1);
                let lines = shell::lines_to_paste(&trial.plan, Shell::Bash).text();
                let run =
                    trial.world.interactive_in(&session, pasting, vec![paste(PROMPT, &lines)]);
                let calls = if *may_fail { of_plan.len() } else { index + 1 };
                assert_eq!(
                    trial.calls().len(),
                    calls,
                    "{name}, {call:?}, {session:?}: {}",
                    run.said
                );
                assert_eq!(trial.left(), [""; 0], "{name}, {call:?}, {session:?}");
            }
        }
    }
}

/// Every block that can be copied: also the remedies, and what undoes a step.
fn judge_blocks(is_judged: impl Fn(usize) -> bool) {
    for (_, (name, link)) in scenarios().enumerate().filter(|(at, _)| is_judged(*at)) {
        for (session, pasting) in sessions() {
            let trial = Trial::of(link);
            let Outcome { plan, document, .. } = outcome(link);
            let blocks = in_order(&plan, &document);
            let mut talk = vec![paste(PROMPT, &blocks[0].block.text())];
            talk.extend(blocks[1..].iter().map(|block| paste("", &block.block.text())));
            let run = trial.world.interactive_in(&session, pasting, talk);
            let expected: Vec<Vec<String>> = blocks
                .iter()
                .flat_map(|block| &block.commands)
                .map(|command| argv(command, &trial.plan))
                .collect();
            assert_eq!(trial.calls(), expected, "{name}, {session:?}, {pasting:?}: {}", run.said);
            assert!(!complains(&run), "{name}, {session:?}, {pasting:?}: {}", run.said);
            assert_eq!(trial.left(), [""; 0], "{name}, {session:?}");
        }
    }
}

#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_blocks_run_in_every_shell() {
    judge_blocks(|at| at % 2 == 0);
}

#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_blocks_run_in_every_shell_in_the_other_scenarios() {
    judge_blocks(|at| at % 2 == 1);
}

/// The file with the protected settings.
const FILE: &str = "protected-settings-extension.json";

/// The call that makes what goes into the file.
const GET: &str = "az acr connected-registry get-settings *";

/// The call that reads the file.
const DEPLOY: &str = "az k8s-extension * --config-protected-file *";

/// How a call takes Ctrl+C: it dies of the signal, or exits with 1, as azure-cli does.
const WAYS: [&str; 2] = ["hangs", "waits"];

/// Pastes a text into every shell and presses Ctrl+C while a call waits beside the file.
///
/// Fails unless that call is the last, the file is gone, and the session runs its next command.
fn judge_interrupted(form: &str, name: &str, call: &str, text: impl Fn(&Trial) -> String) {
    for (session, pasting) in sessions() {
        for way in WAYS {
            let trial = Trial::of(scenario(name));
            trial.world.answer(call, way, "waiting");
            let talk = vec![
                paste(PROMPT, &text(&trial)),
                keys(&format!("waiting beside {FILE}"), "\u{3}"),
                keys(PROMPT, ""),
            ];
            let run = trial.world.interactive_in(&session, pasting, talk);
            let what = format!("{form}, {name}, {call}, {way}, {session:?}, {pasting:?}");
            assert_eq!(trial.left(), [""; 0], "{what}: {}", run.said);
            let last = trial.calls().pop().unwrap_or_default();
            let word = if call == GET { "get-settings" } else { "--config-protected-file" };
            assert!(last.iter().any(|each| each == word), "{what}: then {last:?}: {}", run.said);
            assert!(!run.said.contains("SyncTokenPassword"), "{what}: {}", run.said);
        }
    }
}

#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_lines_leave_no_settings_where_they_are_interrupted() {
    for name in ["complete", "rotate"] {
        for call in [GET, DEPLOY] {
            judge_interrupted("lines", name, call, |trial| {
                shell::lines_to_paste(&trial.plan, Shell::Bash).text()
            });
        }
    }
}

#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_blocks_leave_no_settings_where_they_are_interrupted() {
    for name in ["complete", "rotate"] {
        judge_interrupted("block", name, GET, |trial| {
            let steps = shell::steps(&trial.plan, Shell::Bash);
            let mut steps = trial.plan.steps.iter().zip(steps);
            let (_, blocks) = steps
                .find(|(step, _)| step.id == "protected-settings")
                .expect("a step writes them");
            blocks.actions.expect("it has actions").text()
        });
    }
}
