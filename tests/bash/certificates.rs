//! Certificates that are wrong, missing or made on the spot, judged by the real openssl.

use crate::trial::*;

/// What may be wrong with the files of a certificate, and what the script says then.
#[test]
fn a_wrong_certificate_stops_it_before_any_change() {
    if !is_openssl_there() {
        return;
    }
    for name in ["byoc", "kubernetes-secret", "redeploy-secret", "rotate"] {
        let judge = |what: &str, pem: &dyn Fn(&str) -> Pem, reason: &str| {
            let trial = Trial::of(scenario(name));
            let address =
                value_of(&trial.plan, "service_ip").unwrap_or_else(|| "10.0.0.1".to_owned());
            trial.put_certificate(&pem(&address));
            let run = trial.run(&["--yes"]);
            assert!(run.said.contains(reason), "{name}, {what}: {}", run.said);
            trial.stops_before_any_change(&run, reason);
            assert!(
                trial.world.calls().last().is_some_and(|call| call[0] == "openssl"),
                "{name}, {what}: nothing came after it"
            );
        };
        let good = |address: &str| Pem::of(address, 30, 30);
        judge(
            "expired",
            &|address| Pem::of(address, 1, 30),
            "The certificate cannot be read as PEM, or it expires within a day.",
        );
        judge(
            "no PEM",
            &|address| Pem { certificate: "DER".to_owned(), ..good(address) },
            "The certificate cannot be read as PEM",
        );
        judge(
            "the key of another",
            &|address| Pem { key: Pem::of("10.9.9.9", 30, 30).key, ..good(address) },
            "The private key does not belong to the certificate",
        );
        judge(
            "a passphrase",
            &|address| good(address).with_passphrase(),
            "does not belong to the certificate, has a passphrase, or cannot be read",
        );
        judge(
            "another address",
            &|_| Pem::of("10.9.9.9", 30, 30),
            "The certificate does not name the service IP",
        );
        let authority =
            "The authority's certificate cannot be read as PEM, or it expires within a day.";
        judge("an authority that expired", &|address| Pem::of(address, 30, 1), authority);
        judge(
            "no authority",
            &|address| Pem { authority: String::new(), ..good(address) },
            authority,
        );
        judge(
            "an authority that is no PEM",
            &|address| Pem { authority: "DER".to_owned(), ..good(address) },
            authority,
        );
    }
}

/// Who signed it, openssl may not find out, so it is only asked for.
#[test]
fn an_authority_that_did_not_sign_is_asked_for() {
    if !is_openssl_there() {
        return;
    }
    const QUESTION: &str = "openssl could not confirm that the authority signed the certificate.";
    for name in ["byoc", "kubernetes-secret", "redeploy-secret", "rotate"] {
        let trial = Trial::of(scenario(name));
        let address = value_of(&trial.plan, "service_ip").expect("an address");
        trial.put_certificate(&Pem {
            authority: Pem::of("10.9.9.9", 30, 30).authority,
            ..Pem::of(&address, 30, 30)
        });
        // What is asked first is whether this is what is deployed, where something is.
        let compares = questions(&trial.plan).remove(0);
        let mut talk = vec![keys(QUESTION, ""), keys("Go on all the same? [y/N] ", "n\n")];
        if compares.contains("settings above") {
            talk.insert(0, keys(&format!("{compares} [y/N] "), "y\n"));
        }
        let run = trial.world.run_on_a_terminal(&trial.script, talk);
        trial.stops_before_any_change(&run, "Nothing was changed.");
        let run = trial.run(&["--yes"]);
        assert_eq!(
            (run.status, trial.settings().is_some()),
            (Some(0), true),
            "{name}: {}",
            run.said
        );
    }
}

/// On a terminal openssl would ask for a passphrase, and wait.
#[test]
fn nobody_is_asked_for_a_passphrase() {
    if !is_openssl_there() {
        return;
    }
    let trial = Trial::of(scenario("byoc"));
    trial.put_certificate(&Pem::of("10.96.40.10", 30, 30).with_passphrase());
    let run = trial
        .world
        .run_on_a_terminal(&trial.script, vec![keys("has a passphrase, or cannot be read", "")]);
    assert!(!run.said.contains("Enter pass"), "{}", run.said);
    trial.stops_before_any_change(&run, "has a passphrase");
}

/// Without the files there is nothing to check, and nothing is changed.
#[test]
fn files_that_are_missing_or_empty_stop_it_before_any_change() {
    const FILES: [&str; 3] = ["tls_certificate", "tls_key", "tls_ca"];
    for (name, variable) in FILES
        .iter()
        .flat_map(|variable| ["byoc", "rotate", "kubernetes-secret"].map(|name| (name, variable)))
    {
        for is_empty in [false, true] {
            let mut trial = Trial::of(scenario(name));
            let path = trial.world.folder().join(value_of(&trial.plan, variable).expect("a path"));
            if is_empty { std::fs::write(path, "") } else { std::fs::remove_file(path) }
                .expect("it is there");
            trial.before = trial.world.files();
            if is_openssl_there() {
                let run = trial.run(&["--yes"]);
                trial.stops_before_any_change(&run, "cannot be read");
            }
            // The block that writes the settings, pasted alone, generates no password for a file
            // that is missing.
            let Outcome { plan, document, .. } = outcome(scenario(name));
            let Some(writes) = blocks(&plan, &document)
                .into_iter()
                .find(|block| block.name == "protected-settings actions")
            else {
                continue;
            };
            if plan.variable(Var("tls_secret")).is_none() {
                trial.world.forget_calls();
                let run = trial.world.run(&writes.block.text(), &[]);
                assert!(
                    run.said.contains("this file cannot be read, or is empty: "),
                    "{name} {variable}: {}",
                    run.said
                );
                assert_eq!(
                    (trial.world.calls(), trial.left()),
                    (Vec::<Vec<String>>::new(), Vec::new()),
                    "{name} {variable}"
                );
            }
        }
    }
}

/// A pair is made where neither file is there; it is right, private, and not made again.
#[test]
fn a_self_signed_certificate_is_made_once() {
    if !is_openssl_there() {
        return;
    }
    use std::os::unix::fs::PermissionsExt;
    let made = |call: &Vec<String>| words(call) == ["openssl", "req"];
    let trial = Trial::of(scenario("byoc-self-signed"));
    assert!(trial.run(&["--yes"]).said.contains("\nDone."));
    assert_eq!(trial.changes().first().map(made), Some(true), "before anything in Azure");
    let key = trial.world.folder().join("bench1.key");
    let pair = || {
        ["bench1.crt", "bench1.key"]
            .map(|file| std::fs::read(trial.world.folder().join(file)).expect("it was made"))
    };
    assert_eq!(
        std::fs::metadata(&key).expect("it was made").permissions().mode() & 0o77,
        0,
        "others can read the key"
    );

    // Somebody deletes the extension, and deploys once more.
    let first = pair();
    trial.world.keep("extensions", "");
    trial.world.keep("active", "");
    trial.world.forget_calls();
    let run = trial.run(&["--yes"]);
    assert_eq!(run.status, Some(0), "{}", run.said);
    assert!(!trial.world.calls().iter().any(made) && pair() == first, "{}", run.said);
    assert_eq!(trial.settings(), expected_settings(&trial));

    // The block makes none either.
    let Outcome { plan, document, .. } = outcome(scenario("byoc-self-signed"));
    let makes = blocks(&plan, &document)
        .into_iter()
        .find(|block| block.name == "certificate actions")
        .expect("a step makes it");
    trial.world.run(&makes.block.text(), &[]);
    assert!(!trial.world.calls().iter().any(made) && pair() == first);

    // Pasted where there is none, it makes one; and keeps that when it is pasted again.
    let trial = Trial::of(scenario("byoc-self-signed"));
    let pair = || {
        ["bench1.crt", "bench1.key"].map(|file| std::fs::read(trial.world.folder().join(file)).ok())
    };
    let paste_it = || {
        trial.world.forget_calls();
        let run =
            trial.world.interactive(Pasting::AsLines, vec![paste(PROMPT, &makes.block.text())]);
        assert!(run.said.contains("does match certificate"), "{}", run.said);
        (pair(), trial.world.calls().iter().filter(|call| made(call)).count())
    };
    let (first, calls) = paste_it();
    assert!(first.iter().all(Option::is_some) && calls == 1, "it is made");
    assert_eq!(paste_it(), (first, 0), "it is kept");
    // Of half a pair it makes no whole one.
    std::fs::remove_file(trial.world.folder().join("bench1.crt")).expect("it was made");
    trial.world.forget_calls();
    let run = trial.world.run(&makes.block.text(), &[]);
    assert!(run.status != Some(0) && !trial.world.calls().iter().any(made), "{}", run.said);
    assert_eq!(pair()[0], None);
}

/// Of files that are there already, none is made anew; where they are wrong, it ends before
/// anything in Azure is changed.
#[test]
fn what_is_there_is_not_replaced_by_a_self_signed_certificate() {
    if !is_openssl_there() {
        return;
    }
    let other = Pem::of("10.9.9.9", 30, 30);
    for (files, reason) in [
        (vec![("bench1.key", &other.key)], "The certificate cannot be read"),
        (vec![("bench1.crt", &other.certificate)], "The private key does not belong"),
        (
            vec![("bench1.crt", &other.certificate), ("bench1.key", &other.key)],
            "The certificate does not name the service IP",
        ),
    ] {
        let mut trial = Trial::of(scenario("byoc-self-signed"));
        files.iter().for_each(|(file, text)| trial.world.put(file, text));
        trial.before = trial.world.files();
        let run = trial.run(&["--yes"]);
        trial.stops_before_any_change(&run, reason);
        assert!(files.iter().all(|(file, text)| {
            std::fs::read_to_string(trial.world.folder().join(file)).is_ok_and(|now| now == **text)
        }));
    }
}
