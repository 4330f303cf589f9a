//! Deploying, redeploying and cleaning up: what is asked, waited for and left alone.

use crate::trial::*;

/// The checks pass, and the data endpoint is off.
#[test]
fn the_endpoint_question_decides() {
    for (answer, goes_on) in [
        ("n\n", false),
        ("\n", false),
        ("maybe\n", false),
        ("\u{4}", false),
        ("y\n", true),
        ("YES\n", true),
    ] {
        let trial = Trial::of(COMPLETE);
        let run =
            trial.world.run_on_a_terminal(&trial.script, vec![keys(ENDPOINT_QUESTION, answer)]);
        if goes_on {
            assert_eq!(run.status, Some(0), "{answer:?}: {}", run.said);
            assert_eq!(trial.world.calls(), argvs(&first_run(&trial.plan)), "{answer:?}");
            assert!(!run.said.contains("Generate it?"), "one question is enough:\n{}", run.said);
        } else {
            trial.stops_before_any_change(&run, "Nothing was changed.");
        }
    }
}

/// How often the script waited for the namespace, and for how long.
fn waits(trial: &Trial) -> Vec<String> {
    trial
        .calls()
        .iter()
        .filter(|call| call[1] == "wait")
        .map(|call| call.last().expect("a word").clone())
        .collect()
}

/// The namespace may be gone at once, go slowly, or stay; what was in it is made anew where it is
/// gone, and only there.
#[test]
fn a_redeployment_waits_for_the_removal() {
    const NAMESPACE: &str = "kubectl create namespace connected-registry";
    const SECRET: &str = "kubectl create secret generic";
    for (removal, waited, made) in [
        ("0", &["2m"][..], &[NAMESPACE, SECRET][..]),
        ("1", &["2m", "15m"], &[NAMESPACE, SECRET]),
        ("stays", &["2m"], &[SECRET]),
        ("stays with its secret", &["2m"], &[]),
    ] {
        let trial = Trial::of(scenario("redeploy-secret"));
        let (removal, secret) = removal
            .split_once(" with")
            .map_or((removal, ""), |(removal, _)| (removal, "connected-registry/clinic8-tls\n"));
        trial.world.keep("removal", &format!("{removal}\n"));
        trial.world.keep("secrets", secret);
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(0), "{removal}: {}", run.said);
        assert_eq!(waits(&trial), waited, "{removal}: {}", run.said);
        let before = ["az k8s-extension delete", "az acr connected-registry deactivate"];
        let after = ["az acr connected-registry get-settings", "az k8s-extension create"];
        assert_eq!(
            said_words(&trial.changes()),
            [&before, made, &after].concat(),
            "{removal}: {}",
            run.said
        );
        assert_eq!(
            trial.world.kept("secrets").as_deref(),
            Some("connected-registry/clinic8-tls\n"),
            "{removal}"
        );
        assert_eq!(
            (trial.settings(), trial.left()),
            (expected_settings(&trial), Vec::new()),
            "{removal}"
        );
    }
}

/// Where the namespace does not go, nothing more is changed, and no password is generated; later it
/// can be taken up.
#[test]
fn a_redeployment_ends_where_the_namespace_does_not_go() {
    for name in ["redeploy", "redeploy-secret"] {
        let trial = Trial::of(scenario(name));
        trial.world.keep("removal", "99\n");
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(1), "{name}: {}", run.said);
        assert!(
            run.said
                .contains("Stopped at: The state of the namespace connected-registry is not Terminating\nReason: The namespace connected-registry is still"),
            "{}",
            run.said
        );
        assert_eq!(waits(&trial), ["2m", "15m"], "{name}");
        assert_eq!(
            said_words(&trial.changes()),
            ["az k8s-extension delete", "az acr connected-registry deactivate"],
            "{name}"
        );
        assert_eq!(trial.left(), [""; 0]);

        // It still goes when it is run again; there is no extension any more.
        trial.world.forget_calls();
        trial.world.keep("going", "1\n");
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(0), "{name}: {}", run.said);
        assert_eq!(waits(&trial), ["15m"], "{name}");
        assert_eq!(
            said_words(&trial.changes())[0],
            "az acr connected-registry deactivate",
            "{name}"
        );
        assert_eq!(
            (trial.settings(), trial.left()),
            (expected_settings(&trial), Vec::new()),
            "{name}"
        );
    }
}

/// A secret that must be there may go with the namespace. Then there is no password, and it says
/// what to do.
#[test]
fn a_redeployment_looks_again_for_a_secret_that_must_exist() {
    const LINK: &str = "#task=redeploy&tls=secret&secret-exists=yes&registry=contosocare&name=clinic8&rg=rg-care&cluster=clinic8-arc&ip=10.96.0.80\
        &secret=clinic8-tls";
    let trial = Trial::of(LINK);
    let compared = keys("and is it right? [y/N] ", "y\n");
    let run = trial.world.run_on_a_terminal(
        &trial.script,
        vec![compared, keys("Do you have its certificate and key elsewhere? [y/N] ", "n\n")],
    );
    trial.stops_before_any_change(&run, "Nothing was changed.");

    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(1), "{}", run.said);
    assert!(run.said.contains("Stopped at: The secret is in the namespace connected-registry\nReason: The TLS secret went with"), "{}", run.said);
    assert_eq!(
        said_words(&trial.changes()),
        ["az k8s-extension delete", "az acr connected-registry deactivate"]
    );

    // Run again as it is, it stops at once; and goes on when the secret was made.
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(&run, "has no secret of this name");
    trial.world.keep("namespaces", "connected-registry\n");
    trial.world.keep("secrets", "connected-registry/clinic8-tls\n");
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!(
        (run.status, trial.settings()),
        (Some(0), expected_settings(&trial)),
        "{}",
        run.said
    );
    assert_eq!(waits(&trial), [""; 0], "nothing was removed this time");

    // And where the namespace stays, so does the secret.
    let trial = Trial::of(LINK);
    trial.world.keep("removal", "stays\n");
    let run = trial.run(&["--yes"]);
    assert_eq!(
        (run.status, trial.settings()),
        (Some(0), expected_settings(&trial)),
        "{}",
        run.said
    );
}

/// What is deployed is shown, and whether it is right is asked, before anything is replaced.
#[test]
fn what_is_deployed_is_shown_before_it_is_replaced() {
    for name in ["redeploy", "rotate"] {
        let trial = Trial::of(scenario(name));
        let question = format!("{} [y/N] ", questions(&trial.plan)[0]);
        let run = trial.world.run_on_a_terminal(
            &trial.script,
            vec![keys("\"httpEnabled\": \"false\"", ""), keys(&question, "n\n")],
        );
        trial.stops_before_any_change(&run, "Nothing was changed.");
    }
    // Where there is nothing to compare, nobody is asked to.
    let trial = Trial::of(scenario("redeploy"));
    trial.world.keep("extensions", "");
    trial.world.keep("active", "");
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, answered(&run)), (Some(0), vec!["Go on?"]), "{}", run.said);
    assert!(
        !trial.calls().iter().any(|call| call[1..3] == ["k8s-extension", "delete"]),
        "{}",
        run.said
    );
}

/// An extension of the name that was given may be anything.
#[test]
fn an_extension_of_another_type_is_left_alone() {
    for name in ["complete", "redeploy", "rotate", "manual-upgrade"] {
        let trial = Trial::of(scenario(name));
        let extension = value_of(&trial.plan, "extension").expect("a name");
        trial.world.keep("extensions", &format!("{extension}\n"));
        trial.world.keep("foreign", &format!("{extension}\n"));
        let run = trial.run(&["--yes"]);
        let reason = if matches!(name, "complete" | "redeploy") {
            "of this name that is no connected registry"
        } else {
            "has no connected registry extension of this name"
        };
        trial.stops_before_any_change(&run, reason);
    }
    // To clean up, it is no obstacle.
    let trial = Trial::of(scenario("clean-up"));
    trial.world.keep("foreign", "store17\n");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(
        said_words(&trial.changes()),
        ["az acr connected-registry deactivate", "az acr connected-registry delete"]
    );
    assert_eq!(trial.world.kept("extensions").as_deref(), Some("store17\n"));
}

/// Two connected registries in one cluster would share a namespace.
#[test]
fn another_connected_registry_in_the_cluster_is_asked_for() {
    const QUESTION: &str = "has a connected registry extension of another name, which stays.";
    for name in ["complete", "redeploy"] {
        let trial = Trial::of(scenario(name));
        trial.world.keep("endpoint", "true\n");
        trial.world.keep("extensions", "other\n");
        trial.world.keep("active", "");
        let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(QUESTION, "n\n")]);
        trial.stops_before_any_change(&run, "Nothing was changed.");
        // What is no connected registry does not count.
        trial.world.keep("foreign", "other\n");
        let run = trial.run(&["--yes"]);
        assert!(run.status == Some(0) && !run.said.contains(QUESTION), "{name}: {}", run.said);
    }
}

/// An earlier deployment that is not quite gone would make the next one fail.
#[test]
fn a_namespace_that_is_going_stops_a_deployment() {
    for (name, reason) in [
        ("complete", "is being removed: an earlier deployment is not quite gone"),
        ("kubernetes-secret", "is still being removed"),
    ] {
        let trial = Trial::of(scenario(name));
        trial.world.keep("namespaces", "connected-registry\n");
        trial.world.keep("going", "99\n");
        let run = trial.run(&["--yes"]);
        trial.stops_before_any_change(&run, reason);
    }
    // That of another cluster does not matter.
    let trial = Trial::of(COMPLETE);
    trial.world.keep("cluster", "another\n");
    trial.world.answer("kubectl get namespace *", 0, "Terminating");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
}

/// Where the extension would bring a second cert-manager.
#[test]
fn a_cert_manager_that_is_there_is_asked_for() {
    const QUESTION: &str = "cert-manager is in the cluster already";
    let with_cert_manager = |name: &str| {
        let trial = Trial::of(scenario(name));
        trial.world.keep(
            "definitions",
            "customresourcedefinition.apiextensions.k8s.io/certificates.cert-manager.io\n",
        );
        trial
    };
    let trial = with_cert_manager("secure-default");
    let run = trial.world.run_on_a_terminal(
        &trial.script,
        vec![keys(QUESTION, ""), keys("all the same? [y/N] ", "n\n")],
    );
    trial.stops_before_any_change(&run, "Nothing was changed.");
    let run = trial.run(&["--yes"]);
    assert!(run.status == Some(0) && run.said.contains(QUESTION), "{}", run.said);
    let run = trial.run(&["--yes"]);
    assert!(
        run.status == Some(0) && !run.said.contains(QUESTION),
        "nothing is deployed, so nothing is asked: {}",
        run.said
    );
    for name in ["own-cert-manager", "byoc", "http"] {
        let run = with_cert_manager(name).run(&["--yes"]);
        assert!(
            run.status == Some(0) && !run.said.contains(QUESTION),
            "{name} brings none: {}",
            run.said
        );
    }
    let trial = with_cert_manager("secure-default");
    trial.world.keep("cluster", "another\n");
    let run = trial.run(&["--yes"]);
    assert!(
        run.status == Some(0) && !run.said.contains(QUESTION),
        "that of another cluster does not matter: {}",
        run.said
    );
}

/// The secret that is there may be of the wrong type, or without the authority.
#[test]
fn a_secret_that_is_not_as_documented_is_asked_for() {
    for (file, text) in [("secret-type", "Opaque\n"), ("secret-ca", "")] {
        let trial = Trial::of(scenario("own-trust"));
        trial.world.keep("endpoint", "true\n");
        trial.world.keep(file, text);
        let run = trial.world.run_on_a_terminal(
            &trial.script,
            vec![keys("The TLS secret is not as documented", "n\n")],
        );
        trial.stops_before_any_change(&run, "Nothing was changed.");
    }
}

/// The deployment may be called otherwise; then it stays, and that is asked for.
#[test]
fn cleaning_up_leaves_an_extension_of_another_name() {
    const QUESTION: &str = "has no extension of this name, but others that are connected registries: they are listed above.";
    let trial = Trial::of(scenario("clean-up"));
    trial.world.keep("extensions", "till-registry\nflux\n");
    trial.world.keep("foreign", "flux\n");
    let run = trial.world.run_on_a_terminal(
        &trial.script,
        vec![keys("till-registry", ""), keys("Go on? [y/N] ", "y\n"), keys(QUESTION, "n\n")],
    );
    trial.stops_before_any_change(&run, "Nothing was changed.");
    assert!(
        !run.said.contains("flux"),
        "what is no connected registry is not listed: {}",
        run.said
    );
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(
        said_words(&trial.changes()),
        ["az acr connected-registry deactivate", "az acr connected-registry delete"]
    );
    // Nothing is left that this could remove.
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!(
        (run.status, answered(&run), trial.changes()),
        (Some(0), Vec::new(), Vec::new()),
        "{}",
        run.said
    );
}

/// A cluster that is out of reach keeps its extension, which can be removed later.
#[test]
fn cleaning_up_does_what_it_can_while_the_cluster_is_offline() {
    const QUESTION: &str = "so the extension cannot be removed from it and stays. Delete the connected registry in the cloud only? [y/N] ";
    for (status, state) in [(0, "Offline"), (3, "")] {
        let trial = Trial::of(scenario("clean-up"));
        trial.world.answer("az connectedk8s show *", status, state);
        let run = trial.world.run_on_a_terminal(
            &trial.script,
            vec![keys("Go on? [y/N] ", "y\n"), keys(QUESTION, "n\n")],
        );
        trial.stops_before_any_change(&run, "Nothing was changed.");
        let run = trial.run(&["--yes"]);
        assert_eq!(run.status, Some(0), "{}", run.said);
        assert!(run.said.contains("In that case run this again once it is."), "{}", run.said);
        assert_eq!(
            said_words(&trial.changes()),
            ["az acr connected-registry deactivate", "az acr connected-registry delete"]
        );

        trial.world.forget_calls();
        let run = trial.run(&["--yes"]);
        assert_eq!(
            (run.status, answered(&run), trial.changes()),
            (Some(0), Vec::new(), Vec::new()),
            "nothing can be done now: {}",
            run.said
        );

        trial.world.keep("answers", "");
        let run = trial.run(&["--yes"]);
        assert_eq!((run.status, answered(&run)), (Some(0), vec!["Go on?"]), "{}", run.said);
        assert_eq!(said_words(&trial.changes()), ["az k8s-extension delete"], "now it can");
    }
}

/// A cluster that is gone from Azure Arc: what is left to do is shown, and not done.
#[test]
fn cleaning_up_stops_where_the_extensions_cannot_be_listed() {
    let trial = Trial::of(scenario("clean-up"));
    trial.world.answer("az connectedk8s show *", 3, "");
    trial.world.answer("az k8s-extension list *", 3, "");
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(
        &run,
        "delete the connected registry in the cloud only, with the command below",
    );
    let remedy = "  az acr connected-registry delete --registry contosoretail --resource-group rg-retail --name store17 --cleanup --yes";
    assert!(run.said.lines().any(|line| line == remedy), "{}", run.said);
}

/// What needs no condition and leaves nothing behind is pasted as the commands that it is.
#[test]
fn most_blocks_of_a_deployment_are_plain_commands() {
    let Outcome { plan, document, .. } = outcome(COMPLETE);
    for pasteable in blocks(&plan, &document) {
        let text = pasteable.block.text().replace(" \\\n", "");
        let is_plain = text.lines().all(|line| {
            ["az ", "kubectl ", "command -v ", "rm -f -- "]
                .iter()
                .any(|start| line.starts_with(start))
        });
        // One writes a file, two ask who is signed in before they ask for the roles.
        let is_compound = pasteable.name == "protected-settings actions"
            || pasteable.name.contains("Your roles on");
        assert_eq!(is_plain, !is_compound, "{}:\n{text}", pasteable.name);
    }
}

/// In Git Bash only what the plan itself begins with a slash is kept from becoming a path.
#[test]
fn git_bash_is_told_of_words_that_begin_with_a_slash_and_of_nothing_else() {
    let begins_with_slash = |command: &configurator_core::plan::Command| {
        // A node is no Windows.
        let is_here = !matches!(command.program, Program::Sudo | Program::Crictl);
        is_here
            && command.args.iter().flat_map(|arg| &arg.values).any(|value| match value {
                ArgValue::Word(word) => {
                    matches!(word.0.first(), Some(Part::Literal(text)) if text.starts_with('/'))
                }
                ArgValue::Each { .. } => false,
            })
    };
    let paths = "crt=/c/certs/tls.crt&key=/c/certs/tls.key";
    let own = [("byoc", ""), ("byoc", "&self-signed=yes"), ("rotate", "")].map(|(name, more)| match name {
        "rotate" => format!("#task=rotate&tls=byoc&registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&{paths}{more}"),
        _ => format!("{COMPLETE}&tls=byoc&{paths}{more}"),
    });
    let mut told = 0;
    for link in scenarios().map(|(_, link)| link).chain(own.iter().map(String::as_str)) {
        let Outcome { plan, document, .. } = outcome(link);
        for pasteable in blocks(&plan, &document) {
            let expected =
                pasteable.commands.iter().filter(|command| begins_with_slash(command)).count();
            assert_eq!(
                pasteable.block.text().matches("MSYS").count(),
                expected,
                "{link}, {}",
                pasteable.name
            );
            told += pasteable
                .commands
                .iter()
                .filter(|command| begins_with_slash(command) && command.program == Program::Openssl)
                .count();
        }
        let expected = plan.commands().filter(|command| begins_with_slash(command)).count();
        assert_eq!(document.script.text().matches("MSYS").count(), expected, "{link}");
    }
    assert_eq!(told, 2, "for the self-signed certificates");
}

/// The connected registry exists, the extension does not: a deployment elsewhere may use the
/// password.
#[test]
fn the_password_question_decides() {
    for (answer, goes_on) in [("n\n", false), ("y\n", true)] {
        let trial = Trial::of(
            "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world&slot=2",
        );
        trial.world.keep("endpoint", "true\n");
        trial.world.keep("registries", "edge01\n");
        let run =
            trial.world.run_on_a_terminal(&trial.script, vec![keys(PASSWORD_QUESTION, answer)]);
        assert!(run.said.contains("generates password 2 of its sync token anew"), "{}", run.said);
        if goes_on {
            assert_eq!(run.status, Some(0), "{}", run.said);
            let generated = trial
                .changes()
                .into_iter()
                .find(|call| call[3] == "get-settings")
                .expect("the password is generated");
            assert!(
                generated.windows(2).any(|pair| pair == ["--generate-password", "2"]),
                "{generated:?}"
            );
            assert!(
                trial.changes().iter().all(|call| call[3] != "create"),
                "the connected registry is left alone"
            );
        } else {
            trial.stops_before_any_change(&run, "Nothing was changed.");
        }
    }
}
