//! `kubectl`, in front of the cluster.

use crate::Refusal;
use crate::world::World;

/// Every word between an option and the next option.
fn values(arguments: &[String], option: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut is_taken = false;
    for word in arguments {
        if word == option {
            is_taken = true;
        } else if word.starts_with("--") {
            is_taken = false;
        } else if is_taken {
            values.push(word.clone());
        }
    }
    values
}

/// The first word that is neither an option nor the value of one.
fn positional(arguments: &[String]) -> String {
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if !word.starts_with("--") {
            return word.clone();
        }
        words.next();
    }
    String::new()
}

pub(crate) fn run(world: &World, arguments: &[String]) -> Result<(), Refusal> {
    let word = |at: usize| arguments.get(at).map(String::as_str).unwrap_or_default();
    let rest = |from: usize| arguments.get(from..).unwrap_or_default();
    let namespace =
        values(arguments, "--namespace").into_iter().next().unwrap_or_else(|| "default".to_owned());
    let say_lines = |file: &str| {
        world.say(&world.lines(file).iter().map(|line| format!("{line}\n")).collect::<String>())
    };
    match (word(0), word(1)) {
        ("config", "current-context") => say_lines("context"),
        ("get", "configmap") => say_lines("cluster"),
        ("get", "namespace") => match world.going() {
            Some(looks) => {
                world.keep("going", &format!("{}\n", looks.saturating_sub(1)))?;
                world.say("Terminating\n")
            }
            None if world.has("namespaces", word(2)) => world.say("Active\n"),
            None => Ok(()),
        },
        ("wait", what) if what.starts_with("namespace/") => {
            if world.has("namespaces", what.trim_start_matches("namespace/")) {
                return Err(Refusal::new("timed out waiting for the condition"));
            }
            world.say(&format!("{what} condition met\n"))
        }
        ("get", "customresourcedefinitions") => say_lines("definitions"),
        ("get", "secret") if arguments.iter().any(|word| word.contains("jsonpath={.type}")) => {
            say_lines("secret-type")
        }
        ("get", "secret") => say_lines("secret-ca"),
        ("get", "secrets") => {
            let secrets = world.lines("secrets");
            let here = secrets
                .iter()
                .filter_map(|secret| secret.strip_prefix(&namespace)?.strip_prefix('/'));
            world.say(&here.map(|secret| format!("secret/{secret}\n")).collect::<String>())
        }
        ("create", "namespace") => {
            if world.has("namespaces", word(2)) {
                return Err(Refusal::new("AlreadyExists"));
            }
            world.add("namespaces", word(2))
        }
        ("create", "secret") => {
            // The word before its name says which kind of secret it is.
            let secret = format!("{namespace}/{}", positional(rest(3)));
            if !world.has("namespaces", &namespace) {
                return Err(Refusal::new("no such namespace"));
            }
            world.refuse_if_going()?;
            if world.has("secrets", &secret) {
                return Err(Refusal::new("AlreadyExists"));
            }
            for file in values(arguments, "--from-file") {
                let file = file.split_once('=').map_or(file.as_str(), |(_, file)| file);
                std::fs::File::open(file).map_err(|_| Refusal::new(format!("no file {file}")))?;
            }
            world.add("secrets", &secret)
        }
        ("delete", "secret") => {
            world.drop("secrets", &format!("{namespace}/{}", positional(rest(2))))
        }
        ("apply", _) => {
            // A pod that is there stays as it is.
            if !world.has("pods", "connected-registry-pull") {
                world.copy(
                    &values(arguments, "--filename").into_iter().next().unwrap_or_default(),
                    "manifest",
                )?;
                world.add("pods", "connected-registry-pull")?;
            }
            Ok(())
        }
        ("delete", "pod") => world.drop("pods", &positional(rest(2))),
        ("wait", what) if what.starts_with("pod/") => {
            if !world.has("pods", what.trim_start_matches("pod/")) {
                return Err(Refusal::new("no matching resources found"));
            }
            world.say(&format!("{what} condition met\n"))
        }
        ("describe", "pod") => world.say("Successfully pulled image\n"),
        ("get", "pods") => world.say("connected-registry-0   1/1   Running\n"),
        _ => Ok(()),
    }
}
