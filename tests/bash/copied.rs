//! What is handed out for copying, pasted into interactive shells: bash, that of macOS, and zsh.

use crate::trial::*;

/// The shells that people paste into, with the ways in which they take what is pasted.
///
/// The environment names the last two: `BASH_3_2`, where there is one, and `ZSH`.
fn sessions() -> Vec<(Session, Pasting)> {
    let zsh = Session::Zsh(std::env::var("ZSH").expect("ZSH is the path of zsh"));
    let mut sessions = vec![
        (zsh.clone(), Pasting::AsLines),
        (zsh, Pasting::AsAWhole),
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

#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_scripts_run_in_every_shell() {
    for (name, link) in scenarios() {
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
            assert_eq!(trial.left(), [""; 0], "{name}, {session:?}");
        }
    }
}

#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_lines_run_in_every_shell() {
    for (name, link) in scenarios() {
        for (session, pasting) in sessions() {
            let trial = Trial::of(link);
            let lines = shell::lines_to_paste(&trial.plan, Shell::Bash).text();
            let run = trial.world.interactive_in(&session, pasting, vec![paste(PROMPT, &lines)]);
            let expected: Vec<Vec<String>> =
                in_lines(&trial.plan).into_iter().map(|(call, _)| call).collect();
            assert_eq!(trial.calls(), expected, "{name}, {session:?}, {pasting:?}: {}", run.said);
            assert!(!complains(&run), "{name}, {session:?}, {pasting:?}: {}", run.said);
            assert_eq!(trial.left(), [""; 0], "{name}, {session:?}");
        }
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

#[test]
#[ignore = "needs zsh: cargo xtask test"]
fn judge_pasted_blocks_run_in_every_shell() {
    for (name, link) in scenarios() {
        for (session, pasting) in sessions() {
            let trial = Trial::of(link);
            let Outcome { plan, document, .. } = outcome(link);
            let blocks: Vec<Pasteable> = blocks(&plan, &document)
                .into_iter()
                .filter(|block| matches!(block.role, Role::Check | Role::Actions))
                .collect();
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
