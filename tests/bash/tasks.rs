//! Pulling, importing, diagnosing and the other tasks: what each asks and does.

use crate::trial::*;

/// A client token that exists may be in use elsewhere, with its password.
#[test]
fn the_client_password_question_decides() {
    for (answer, goes_on) in [("n\n", false), ("y\n", true)] {
        let trial = Trial::of(scenario("pull-image"));
        trial.world.keep("tokens", "store17-tills\n");
        let talk = vec![
            keys("Is that the cluster of store17? [y/N] ", "y\n"),
            keys("its password 1 anew", ""),
            keys(PASSWORD_QUESTION, answer),
        ];
        let run = trial.world.run_on_a_terminal(&trial.script, talk);
        if goes_on {
            assert_eq!(run.status, Some(0), "{}", run.said);
            let changes: Vec<String> =
                trial.changes().iter().map(|call| words(call).join(" ")).collect();
            let secret = "kubectl create secret docker-registry connected-registry-pull";
            let pod = ["kubectl delete pod connected-registry-pull", "kubectl apply"];
            assert_eq!(
                changes,
                [
                    &[
                        "az acr connected-registry update",
                        "az acr token credential generate",
                        secret
                    ][..],
                    &pod
                ]
                .concat()
            );
        } else {
            trial.stops_before_any_change(&run, "Nothing was changed.");
        }
    }
}

/// What is to be pulled, at which address, and with which secret.
#[test]
fn the_pod_pulls_from_the_connected_registry() {
    for (more, image) in
        [("", "10.43.0.50/pos/checkout:2.4"), ("&tls=http", "10.43.0.50:80/pos/checkout:2.4")]
    {
        let trial = Trial::of(&format!("{}{more}", scenario("pull-image")));
        let run = trial.run(&["--yes"]);
        let manifest = trial.world.kept("manifest").unwrap_or_else(|| panic!("{}", run.said));
        assert!(
            manifest.contains(&format!("\n      image: \"{image}\"\n"))
                && manifest.ends_with("\n    - name: connected-registry-pull\n"),
            "{manifest}"
        );
        let secret = trial
            .calls()
            .into_iter()
            .find(|call| words(call).contains(&"docker-registry"))
            .expect("the secret is made");
        let server = image.split('/').next().expect("an address");
        assert!(secret.windows(2).any(|pair| pair == ["--docker-server", server]), "{secret:?}");
    }
}

/// An image is imported where its tag is not there; where that could not be read, az itself
/// replaces none.
#[test]
fn an_image_is_imported_where_its_tag_is_not_there() {
    const IMAGE: &str = "acr/connected-registry:0.11.0\n";
    let imports = |trial: &Trial| trial.changes().iter().filter(|call| call[2] == "import").count();
    for (imported, expected) in [
        ("", 1),
        ("acr/connected-registry:0.10.0\nother:0.11.0\nacr/connected-registry:0.11.0-rc1\n", 1),
        ("acr/connected-registry:0.10.0\nacr/connected-registry:0.11.0\n", 0),
    ] {
        let trial = Trial::of(scenario("nested"));
        trial.world.keep("imported", imported);
        let run = trial.run(&["--yes"]);
        assert_eq!((run.status, imports(&trial)), (Some(0), expected), "{imported}: {}", run.said);
        assert_eq!(
            run.said.contains("The image is there already; it is not replaced."),
            expected == 0,
            "{}",
            run.said
        );
        assert!(trial.world.kept("imported").is_some_and(|now| now.contains(IMAGE)));
    }
    for (imported, goes_on) in [("", true), (IMAGE, false)] {
        let trial = Trial::of(scenario("nested"));
        trial.world.keep("imported", imported);
        trial.world.answer("az acr repository show-tags *", 1, "");
        let run = trial.run(&["--yes"]);
        assert_eq!((run.status == Some(0), imports(&trial)), (goes_on, 1), "{}", run.said);
        assert!(goes_on || run.said.contains("Stopped at: Import an image (1)"), "{}", run.said);
        assert_eq!(trial.world.kept("imported").as_deref(), Some(IMAGE));
    }
}

/// Where nobody may log in to the registry itself, az asks for a name and a password; nobody is
/// there to answer.
#[test]
fn a_look_waits_for_no_answer() {
    let trial = Trial::of(scenario("nested"));
    trial.world.answer("az acr repository show-tags *", "asks", "Username: ");
    let run = trial.world.run_on_a_terminal(&trial.script, vec![keys(ENDPOINT_QUESTION, "n\n")]);
    assert!(!run.said.contains("Username"), "{}", run.said);
    trial.stops_before_any_change(&run, "Nothing was changed.");
}

/// What only shows things needs neither a terminal nor `--yes`, and ends well whatever is wrong:
/// that is what it is for.
#[test]
fn a_diagnosis_makes_every_look_whatever_is_wrong() {
    let trial = Trial::of(ONLY_SHOWS);
    let everything = argvs(&first_run(&trial.plan));
    let notes =
        trial.plan.steps.iter().flat_map(|step| &step.notes).filter(|note| note.in_script).count();
    let run = trial.run(&[]);
    assert_eq!((run.status, trial.calls()), (Some(0), everything.clone()), "{}", run.said);
    assert_eq!(
        run.said.lines().filter(|line| line.starts_with("* ")).count(),
        notes,
        "what it may mean is said:\n{}",
        run.said
    );
    assert_eq!(
        (answered(&run), trial.changes(), trial.left()),
        (Vec::new(), Vec::new(), Vec::new())
    );

    // Everything fails but the look that says where kubectl points.
    let trial = Trial::of(ONLY_SHOWS);
    trial.world.answer("kubectl get configmap *", 0, &arc_name(&trial.plan));
    trial.world.answer("*", 3, "");
    let run = trial.run(&[]);
    assert_eq!((run.status, trial.calls()), (Some(0), everything.clone()), "{}", run.said);
    assert!(run.said.ends_with("\nDone.\n"), "{}", run.said);

    // kubectl points elsewhere, fails, or is missing: what the CLI shows is shown.
    let by_az: Vec<Vec<String>> = everything
        .iter()
        .filter(|call| call[0] == "az" || call[2] == "configmap")
        .cloned()
        .collect();
    let in_cluster = trial.plan.steps.iter().filter(|step| step.only_if.is_some()).count();
    assert!(in_cluster > 3);
    for (pattern, status, answer) in [
        ("kubectl get configmap *", 0, "rg-retail/another"),
        ("kubectl get configmap *", 0, "another/store17-arc"),
        ("*", 1, ""),
    ] {
        let trial = Trial::of(ONLY_SHOWS);
        trial.world.answer(pattern, status, answer);
        let run = trial.run(&[]);
        assert_eq!(
            (run.status, trial.calls()),
            (Some(0), by_az.clone()),
            "{pattern}: {}",
            run.said
        );
        assert_eq!(
            run.said
                .matches("kubectl is missing, points at another cluster, or cannot ask it")
                .count(),
            in_cluster,
            "{}",
            run.said
        );
    }

    // To change the log level it asks like any other.
    let trial = Trial::of(scenario("diagnose"));
    let run = trial.world.run_on_a_terminal(
        &trial.script,
        vec![keys("This sets the log level of store17. Go on? [y/N] ", "n\n")],
    );
    trial.stops_before_any_change(&run, "Nothing was changed.");
    // Without az there is nothing to show.
    let trial = Trial::of(ONLY_SHOWS);
    let without_az = Trial { world: trial.world.without("az"), ..trial };
    assert!(without_az.run(&[]).said.contains("The Azure CLI (az) was not found."));
}

/// A diagnosis pasted runs like one that was saved, and takes nothing of what is typed next.
#[test]
fn pasted_a_diagnosis_asks_nothing() {
    for pasting in PASTINGS {
        let trial = Trial::of(ONLY_SHOWS);
        let run = trial
            .world
            .interactive(pasting, vec![paste(PROMPT, &trial.script), keys("\nDone.", "")]);
        assert_eq!(trial.calls(), argvs(&first_run(&trial.plan)), "{pasting:?}: {}", run.said);
    }
}

/// Those below it synchronize through it.
#[test]
fn the_children_of_a_connected_registry_are_asked_about() {
    const QUESTION: &str =
        "Below store17 are other connected registries, which synchronize through it: till1";
    for name in ["redeploy", "clean-up"] {
        let trial = Trial::of(scenario(name));
        trial.world.keep("children", "till1\n");
        let mut talk = talk(&trial.plan, "y\n");
        // In a redeployment the last question comes after it.
        talk.truncate(1);
        talk.extend([keys(QUESTION, ""), keys("Go on? [y/N] ", "n\n")]);
        let run = trial.world.run_on_a_terminal(&trial.script, talk);
        trial.stops_before_any_change(&run, "Nothing was changed.");
        trial.world.keep("children", "till1\r\ntill2\r\n");
        let run = trial.run(&["--yes"]);
        assert!(
            run.status == Some(0) && run.said.contains(&format!("{QUESTION}\ntill2. Go on? yes")),
            "{name}: {}",
            run.said
        );

        // Where it could not be found out, it goes on; and where the connected registry is gone,
        // nobody is asked.
        let trial = Trial::of(scenario(name));
        trial.world.keep("children", "till1\n");
        trial.world.answer("az acr connected-registry list * --parent *", 1, "");
        let run = trial.run(&["--yes"]);
        assert!(
            run.status == Some(0) && !run.said.contains("Below store17"),
            "{name}: {}",
            run.said
        );
    }
}

/// The secret that is there may hold another token or another address.
#[test]
fn an_existing_pull_secret_is_asked_about_and_kept() {
    const QUESTION: &str = "The secret connected-registry-pull exists and is kept";
    let trial = Trial::of(scenario("pull-image"));
    trial.world.keep("secrets", "default/connected-registry-pull\n");
    let talk = |last| {
        vec![
            keys("Is that the cluster of store17? [y/N] ", "y\n"),
            keys(QUESTION, ""),
            keys("Go on? [y/N] ", last),
        ]
    };
    let run = trial.world.run_on_a_terminal(&trial.script, talk("n\n"));
    trial.stops_before_any_change(&run, "Nothing was changed.");
    let run = trial.world.run_on_a_terminal(&trial.script, talk("y\n"));
    assert_eq!(run.status, Some(0), "{}", run.said);
    let made = ["az acr token create", "az acr connected-registry update"];
    assert_eq!(
        said_words(&trial.changes()),
        [&made[..], &["kubectl delete pod connected-registry-pull", "kubectl apply"]].concat()
    );
    // That of another namespace is another one.
    let trial = Trial::of(scenario("pull-image"));
    trial
        .world
        .keep("secrets", "other/connected-registry-pull\ndefault/connected-registry-pull2\n");
    let run = trial.run(&["--yes"]);
    assert!(
        run.status == Some(0)
            && !run.said.contains(QUESTION)
            && said_words(&trial.changes()).len() == 6,
        "{}",
        run.said
    );
}

/// A pod that is there would be left as it is, and nothing be pulled.
#[test]
fn a_second_pull_pulls() {
    let trial = Trial::of(scenario("pull-image"));
    trial.run(&["--yes"]);
    let pulled =
        |image: &str| trial.world.kept("manifest").is_some_and(|manifest| manifest.contains(image));
    assert!(pulled("pos/checkout:2.4"));
    let second = outcome(&scenario("pull-image").replace("checkout:2.4", "checkout:2.5"))
        .document
        .script
        .text();
    let run = trial.world.run(&second, &["--yes"]);
    assert!(run.status == Some(0) && pulled("pos/checkout:2.5"), "{}", run.said);
    assert_eq!(trial.left(), [""; 0]);
}

/// It is said where kubectl points; where it points nowhere, nothing is made.
#[test]
fn a_pull_says_where_kubectl_points() {
    let trial = Trial::of(scenario("pull-image"));
    let run = trial.world.run_on_a_terminal(
        &trial.script,
        vec![keys("kubectl's context edge-context points", ""), keys("store17? [y/N] ", "n\n")],
    );
    trial.stops_before_any_change(&run, "Nothing was changed.");
    for (status, answer) in [(1, ""), (0, "")] {
        trial.world.keep("answers", "");
        trial.world.answer("kubectl config current-context *", status, answer);
        let run = trial.run(&["--yes"]);
        trial.stops_before_any_change(&run, "kubectl has no current context.");
    }
    let trial = Trial::of(&format!("{}&context=edge-admin", scenario("pull-image")));
    let run = trial.run(&["--yes"]);
    assert!(run.said.contains("kubectl's context edge-admin points"), "{}", run.said);
    assert!(
        trial
            .calls()
            .iter()
            .filter(|call| call[0] == "kubectl")
            .all(|call| call.windows(2).any(|pair| pair == ["--context", "edge-admin"]))
    );
}

/// What is taken away is missed; what is added is not.
#[test]
fn removing_repositories_is_asked_about() {
    let trial = Trial::of(scenario("repositories"));
    trial.world.keep("repositories", "pos/checkout\npos/printer\n");
    let question = keys("stops synchronizing pos/printer. Go on? [y/N] ", "n\n");
    let run = trial.world.run_on_a_terminal(&trial.script, vec![question]);
    trial.stops_before_any_change(&run, "Nothing was changed.");
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert_eq!(
        trial.world.kept("repositories").as_deref(),
        Some("pos/checkout\npos/scanner\npos/scale\n")
    );
    let trial = Trial::of(
        "#task=repositories&registry=contosoretail&name=store17&rg=rg-retail&repos=pos/scanner",
    );
    let run = trial.run(&["--yes"]);
    assert_eq!((run.status, answered(&run)), (Some(0), Vec::new()), "{}", run.said);
}

/// Where the version is right and the way of upgrades is, the train may still be another.
#[test]
fn an_extension_of_another_train_is_brought_to_the_right_one() {
    for name in ["auto-upgrade", "pin-version"] {
        let trial = Trial::of(scenario(name));
        trial.run(&["--yes"]);
        trial.world.keep("train", "preview\n");
        trial.world.forget_calls();
        let run = trial.run(&["--yes"]);
        assert_eq!(
            (run.status, said_words(&trial.changes())),
            (Some(0), vec!["az k8s-extension update".to_owned()]),
            "{name}: {}",
            run.said
        );
        assert_eq!(trial.world.kept("train").as_deref(), Some("stable\n"));
    }
}

/// A registry below one that takes no pushes can take none.
#[test]
fn a_parent_must_take_pushes_where_the_child_does() {
    let trial = Trial::of(&format!("{}&mode=read-write", scenario("nested")));
    trial.world.keep("mode", "ReadOnly\n");
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(&run, "Stopped at: ");
    let trial = Trial::of(scenario("nested"));
    trial.world.keep("mode", "ReadOnly\n");
    assert_eq!(trial.run(&["--yes"]).status, Some(0));
    trial.world.keep("registries", "");
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    trial.stops_before_any_change(&run, "Stopped at: The parent connected registry exists");
}

/// Whoever answers must know on what it acts, and in which subscription.
#[test]
fn it_says_what_it_acts_on_before_it_asks() {
    for (name, link) in scenarios() {
        let trial = Trial::of(link);
        if questions(&trial.plan).is_empty() {
            continue;
        }
        let before = trial.run(&[]).said;
        assert!(
            before.contains("ubscription Edge 00000000-0000-0000-0000-000000000000\n"),
            "{name}: {before}"
        );
        for variable in ["registry", "connected_registry", "cluster", "extension"] {
            if let Some(value) = value_of(&trial.plan, variable) {
                assert!(before.contains(&value), "{name}: {value} in {before}");
            }
        }
    }
}

/// Every question is asked before the first change, and each of them can still end it.
#[test]
fn all_questions_come_before_the_first_change() {
    let trial = Trial::of(COMPLETE);
    trial.world.keep("registries", "edge01\n");
    let run = trial.world.run_on_a_terminal(
        &trial.script,
        vec![keys(ENDPOINT_QUESTION, "y\n"), keys(PASSWORD_QUESTION, "n\n")],
    );
    trial.stops_before_any_change(&run, "Nothing was changed.");
}

/// Two subscriptions: what the script says about itself is known by then, in every task.
#[test]
fn with_two_subscriptions_every_task_gets_past_its_questions() {
    for (name, link) in scenarios() {
        let trial = Trial::of(&format!("{link}&cluster-subscription=Edge%20Clusters"));
        let run = trial.run(&["--yes"]);
        assert!(!run.said.contains("unbound variable"), "{name}: {}", run.said);
    }
}
