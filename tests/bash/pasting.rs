//! Scripts and blocks pasted into an interactive bash, which must live.

use crate::support::in_order;
use crate::trial::*;

#[test]
fn interrupted_it_leaves_no_protected_settings_behind() {
    let trial = Trial::of(COMPLETE);
    trial.world.answer("az k8s-extension create *", "hangs", "hanging");
    let run = trial.world.run_on_a_terminal(
        &trial.script,
        vec![keys(ENDPOINT_QUESTION, "y\n"), keys("hanging", "\u{3}")],
    );
    assert_ne!(run.status, Some(0), "{}", run.said);
    assert_eq!(
        trial.world.calls().last().map(|call| call[2].clone()).as_deref(),
        Some("create"),
        "nothing came after it"
    );
    assert!(run.said.contains("Stopped at: Deploy the extension"), "{}", run.said);
    assert_eq!(trial.world.files(), [""; 0]);
}

/// The shell in which it is pasted outlives it: [`World::interactive`] makes sure.
#[test]
fn pasted_a_failure_ends_the_script_and_nothing_else() {
    for pasting in PASTINGS {
        let trial = Trial::of(COMPLETE);
        trial.world.fail(1);
        trial.world.interactive(
            pasting,
            vec![
                paste(PROMPT, &trial.script),
                keys("Stopped at: Its version is 2.75.0 or newer", ""),
            ],
        );
        assert_eq!(trial.world.calls(), argvs(&first_run(&trial.plan)[..1]), "{pasting:?}");
        assert_eq!(trial.world.files(), [""; 0]);
    }
}

#[test]
fn pasted_it_runs_like_a_script() {
    for (name, pasting) in [
        ("everything", Pasting::AsLines),
        ("everything", Pasting::AsAWhole),
        ("byoc", Pasting::AsLines),
        ("pull-image", Pasting::AsLines),
        ("redeploy-secret", Pasting::AsAWhole),
    ] {
        let trial = Trial::of(scenario(name));
        let talk = [
            vec![paste(PROMPT, &trial.script)],
            talk(&trial.plan, "y\n"),
            vec![keys("\nDone.", "")],
        ]
        .concat();
        let run = trial.world.interactive(pasting, talk);
        assert_eq!(
            trial.calls(),
            argvs(&first_run(&trial.plan)),
            "{name}, {pasting:?}: {}",
            run.said
        );
        assert_eq!(trial.left(), [""; 0], "{name}");
    }
}

#[test]
fn pasted_and_declined_it_changes_nothing() {
    for name in ["complete", "clean-up", "rotate", "redeploy"] {
        let trial = Trial::of(scenario(name));
        let talk = [
            vec![paste(PROMPT, &trial.script)],
            talk(&trial.plan, "n\n"),
            vec![keys("Nothing was changed.", "")],
        ]
        .concat();
        trial.world.interactive(Pasting::AsLines, talk);
        assert_eq!((trial.changes(), trial.left()), (Vec::new(), Vec::new()), "{name}");
    }
}

/// Notes what a session has: names of variables and functions, options, traps, and the values that
/// matter most.
fn snapshot(file: &str) -> String {
    format!(
        "{{ compgen -v; compgen -A function; set +o; shopt -p; trap; umask; pwd; declare -p IFS PATH PS1; }} >\"$WORLD/{file}\"\n"
    )
}

/// What the blocks run where nothing is done yet, and what they leave in the folder: what is not
/// theirs to remove.
fn judge_blocks(name: &str, trial: &Trial, blocks: &[Pasteable], run: &Run) {
    let expected: Vec<Vec<String>> = blocks
        .iter()
        .flat_map(|block| &block.commands)
        .map(|command| argv(command, &trial.plan))
        .collect();
    assert_eq!(trial.calls(), expected, "{name}: {}", run.said);
    assert!(
        trial.world.kept("before").is_some_and(|before| before.lines().count() > 50),
        "{name}: {}",
        run.said
    );
    assert_eq!(
        trial.world.kept("before"),
        trial.world.kept("after"),
        "{name}: the session is as it was"
    );
    assert_eq!(
        trial.left(),
        [""; 0],
        "{name}: the protected settings are gone, and so is what was written for elsewhere"
    );
    let configures_node = ["own-trust", "insecure-registry"]
        .iter()
        .any(|id| trial.plan.steps.iter().any(|step| step.id == *id));
    assert_eq!(
        trial.world.kept("on-node").is_some_and(|hosts| hosts.starts_with("server = \"http")),
        configures_node,
        "{name}: {}",
        run.said
    );
    let writes = trial.plan.steps.iter().any(|step| step.id == "protected-settings");
    assert_eq!(trial.settings().is_some(), writes, "{name}: {}", run.said);
    for secret in ["SyncTokenPassword", CLIENT_PASSWORD] {
        assert!(!run.said.contains(secret), "{name}: a secret was printed:\n{}", run.said);
    }
}

/// Each block is complete by itself, and leaves nothing behind in the session.
#[test]
fn the_blocks_of_every_scenario_run_the_commands_of_the_plan() {
    for (name, link) in scenarios() {
        let trial = Trial::of(link);
        let Outcome { plan, document, .. } = outcome(link);
        let blocks = in_order(&plan, &document);
        let texts: String = blocks.iter().map(|block| block.block.text()).collect();
        let run = trial
            .world
            .run(&format!("{0}{0}{texts}{1}exit 7\n", snapshot("before"), snapshot("after")), &[]);
        assert_eq!(run.status, Some(7), "{name}: {}", run.said);
        judge_blocks(name, &trial, &blocks, &run);
    }
}

/// The form for pipelines makes the same calls, step by step, shows no secret, and leaves no file.
#[test]
fn commands_on_a_line_each_run_as_they_stand() {
    for (name, link) in scenarios() {
        let trial = Trial::of(link);
        let Outcome { plan, .. } = outcome(link);
        let lines = shell::lines(&plan, Shell::Bash).text();
        let run = trial.world.run(&lines, &[]);
        assert_eq!(run.status, Some(0), "{name}: {}", run.said);
        let expected: Vec<Vec<String>> =
            in_lines(&plan).into_iter().map(|(call, _)| call).collect();
        assert_eq!(trial.calls(), expected, "{name}: {}", run.said);
        assert_eq!(trial.left(), [""; 0], "{name}");
        let writes = plan.steps.iter().any(|step| step.id == "protected-settings");
        assert_eq!(trial.settings().is_some(), writes, "{name}: {}", run.said);
        for secret in ["SyncTokenPassword", CLIENT_PASSWORD] {
            assert!(!run.said.contains(secret), "{name}: a secret was printed:\n{}", run.said);
        }
        // A command that does not need a block stands on one line.
        assert!(
            !lines.lines().any(|line| line.starts_with("az ") && line.ends_with('\\')),
            "{name}: {lines}"
        );
    }
}

#[test]
fn blocks_run_wherever_they_are_pasted() {
    for (name, pasting) in [
        ("complete", Pasting::AsLines),
        ("complete", Pasting::AsAWhole),
        ("byoc-self-signed", Pasting::AsLines),
        ("pull-image", Pasting::AsAWhole),
    ] {
        let trial = Trial::of(scenario(name));
        let Outcome { plan, document, .. } = outcome(scenario(name));
        let blocks = in_order(&plan, &document);
        // The first snapshot makes bash set what it only sets on its first command.
        let mut talk = vec![paste(PROMPT, &snapshot("before")), paste("", &snapshot("before"))];
        talk.extend(blocks.iter().map(|block| paste("", &block.block.text())));
        talk.push(paste("", &snapshot("after")));
        let run = trial.world.interactive(pasting, talk);
        judge_blocks(name, &trial, &blocks, &run);
    }
}

/// The block that writes the protected settings: where the answer is wrong, the session lives on
/// and there is no file.
#[test]
fn a_block_that_fails_leaves_the_session_alive_and_no_file() {
    let Outcome { plan, document, .. } = outcome(COMPLETE);
    let writes = blocks(&plan, &document)
        .into_iter()
        .find(|pasteable| pasteable.name == "protected-settings actions")
        .expect("a step writes them");
    for answer in [
        ("az acr connected-registry get-settings *", 1, ""),
        ("az acr connected-registry get-settings *", 0, "SyncTokenPassword=<none>"),
    ] {
        let world = World::new("arc1");
        world.answer(answer.0, answer.1, answer.2);
        world.interactive(Pasting::AsLines, vec![paste(PROMPT, &writes.block.text())]);
        assert_eq!(world.calls().len(), 1);
        assert_eq!(world.files(), [""; 0]);
    }
}

/// Each call fails once: the lines stop there with its status, where the failure is no part of an
/// answer.
#[test]
fn lines_stop_with_the_status_of_the_command_that_failed() {
    for name in ["complete", "byoc", "sync-daily", "rotate"] {
        let of_plan = in_lines(&Trial::of(scenario(name)).plan);
        for (index, (call, may_fail)) in of_plan.iter().enumerate() {
            let trial = Trial::of(scenario(name));
            trial.world.answer(&pattern_of(call), 3, "");
            let run = trial.world.run(&shell::lines(&trial.plan, Shell::Bash).text(), &[]);
            let calls = trial.calls();
            if *may_fail {
                assert_eq!(
                    (run.status, calls.len()),
                    (Some(0), of_plan.len()),
                    "{name}: {call:?}: {}",
                    run.said
                );
            } else {
                let first = of_plan
                    .iter()
                    .position(|(other, _)| pattern_of(other) == pattern_of(call))
                    .unwrap_or(index);
                assert_eq!(calls.len(), first + 1, "{name}: {call:?}: {}", run.said);
                assert_eq!(run.status, Some(3), "{name}: {call:?}: {}", run.said);
            }
            assert_eq!(trial.left(), [""; 0], "{name}: {call:?}");
        }
    }
}

/// A pattern that fits this call and no other.
fn pattern_of(call: &[String]) -> String {
    let literal = |c: char| if matches!(c, '*' | '?' | '[' | ']' | '\\' | '|') { '?' } else { c };
    format!("{} ", call.join(" ").replace("CAPTURED", CLIENT_PASSWORD))
        .chars()
        .map(literal)
        .collect()
}
