//! Ctrl+C while the file with the protected settings exists: it is gone afterwards, and a session
//! lives on.

use crate::trial::{
    PROMPT, Pasting, Run, Shell, Trial, Turn, keys, paste, questions, scenario, shell,
};

const FILE: &str = "protected-settings-extension.json";

/// What is interrupted: the call that makes what goes into the file, and the one that reads it.
const CALLS: [&str; 2] =
    ["az acr connected-registry get-settings *", "az k8s-extension * --config-protected-file *"];

/// How a call takes Ctrl+C: dead of its signal, or with an exit code.
const WAYS: [&str; 2] = ["hangs", "waits"];

#[derive(Clone, Copy, Debug)]
enum Form {
    Script,
    Lines,
}

/// A trial of `complete` or another scenario, where one call is waited for.
fn waiting(name: &str, shell: Shell, call: &str, way: &str) -> Trial {
    let trial = Trial::of(&format!("{}&shell={}", scenario(name), shell.word()));
    trial.world.answer(call, way, "waiting");
    trial
}

/// Yes to every question up to the call that is waited for, and then Ctrl+C.
fn talk(trial: &Trial, form: Form) -> Vec<Turn> {
    let asked = match form {
        Form::Script => questions(&trial.plan),
        Form::Lines => Vec::new(),
    };
    asked
        .iter()
        .map(|question| keys(&format!("{question} [y/N]"), "y\n"))
        .chain([keys(&format!("waiting beside {FILE}"), "\u{3}")])
        .collect()
}

/// Fails unless the call that was interrupted is the last and the file is gone.
fn judge(what: &str, trial: &Trial, run: &Run) {
    assert_eq!(trial.left(), [""; 0], "{what}: {}", run.said);
    let last = trial.calls().pop().unwrap_or_default();
    assert!(
        last.iter().any(|word| word == "get-settings" || word == "--config-protected-file"),
        "{what}: {last:?} came after it: {}",
        run.said
    );
    assert!(!run.said.contains("SyncTokenPassword"), "{what}: {}", run.said);
}

/// Every form, run as a file, by both shells.
fn judge_files(name: &str, call: &str, way: &str) {
    for form in [Form::Script, Form::Lines] {
        for shell in [Shell::Bash, Shell::PowerShell] {
            let trial = waiting(name, shell, call, way);
            let text = match form {
                Form::Script => trial.script.clone(),
                Form::Lines => shell::lines(&trial.plan, shell).text(),
            };
            let talk = talk(&trial, form);
            let run = match shell {
                Shell::Bash => trial.world.run_on_a_terminal(&text, talk),
                Shell::PowerShell => trial.world.pwsh_on_a_terminal(&text, talk),
            };
            let what = format!("{name}, {form:?}, {shell:?}, {call}, {way}");
            judge(&what, &trial, &run);
            // PowerShell itself ends with 0 where a file is interrupted that does not say
            // otherwise.
            let may_be_well = matches!((form, shell), (Form::Lines, Shell::PowerShell));
            assert!(run.status != Some(0) || may_be_well, "{what}: {}", run.said);
            if matches!(form, Form::Script) {
                assert!(run.said.contains("Stopped at: "), "{what}: {}", run.said);
            }
        }
    }
}

/// Every form, pasted into a session, by both shells.
fn judge_pasted(name: &str, call: &str, way: &str) {
    for form in [Form::Script, Form::Lines] {
        for shell in [Shell::Bash, Shell::PowerShell] {
            let trial = waiting(name, shell, call, way);
            let text = match form {
                Form::Script => shell::script_to_paste(&trial.script, shell).into_owned(),
                Form::Lines => shell::lines_to_paste(&trial.plan, shell).text(),
            };
            let talk = [vec![paste(PROMPT, &text)], talk(&trial, form)].concat();
            // Either fails unless the session lives on.
            let run = match shell {
                Shell::Bash => trial.world.interactive(Pasting::AsAWhole, talk),
                Shell::PowerShell => trial.world.pwsh_interactive(talk),
            };
            judge(&format!("{name}, {form:?}, {shell:?}, {call}, {way}"), &trial, &run);
        }
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_leaves_no_settings_where_it_is_interrupted() {
    for call in CALLS {
        for way in WAYS {
            judge_files("complete", call, way);
        }
    }
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_leaves_no_settings_where_a_session_is_interrupted() {
    for call in CALLS {
        for way in WAYS {
            judge_pasted("complete", call, way);
        }
    }
}
