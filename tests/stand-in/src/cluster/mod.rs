//! The real `kubectl` in front of a small Kubernetes API server.
//!
//! The server lives in this process, for one call of `kubectl`. What it serves is in the folder of
//! the world, so it outlasts the call, and a test can prepare and read it.

pub(crate) mod objects;
mod protobuf;
pub(crate) mod resources;
mod server;
mod status;

pub(crate) use server::selects;

use crate::Refusal;
use crate::world::World;
use serde_json::json;
use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

/// A port of the loopback interface where nothing listens.
const CLOSED_PORT: u16 = 1;

/// The address of the API server while it cannot be reached.
pub(crate) fn closed_address() -> String {
    format!("127.0.0.1:{CLOSED_PORT}")
}

/// Runs the real `kubectl` and returns its exit status.
///
/// # Errors
///
/// If the server or `kubectl` cannot be started.
pub(crate) fn run(world: &World, program: &Path, arguments: &[String]) -> Result<u8, Refusal> {
    let port = if world.is_unreachable() {
        CLOSED_PORT
    } else {
        server::start(world.clone()).map_err(Refusal::new)?
    };
    write_kubeconfig(world, port)?;
    let pods = world.lines("pods");
    let status = Command::new(program)
        .args(shorten(arguments))
        .env("KUBECONFIG", world.path("kubeconfig"))
        .status()?;
    if status.success() {
        match arguments {
            [get, namespace, ..] if get == "get" && namespace == "namespace" => world.look()?,
            // The manifest as it was written, which the API does not get to see.
            [apply, ..] if apply == "apply" && world.lines("pods") != pods => {
                let file = arguments.iter().skip_while(|word| *word != "--filename").nth(1);
                world.copy(file.map(String::as_str).unwrap_or_default(), "manifest")?;
            }
            _ => {}
        }
    }
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1))
}

/// Nothing here takes minutes, so waiting for what never happens need not either. A pod gets more
/// time than the namespace: it does change while `kubectl` waits, and the machine may be busy.
fn shorten(arguments: &[String]) -> Vec<OsString> {
    let is_pod = arguments.iter().any(|word| word.starts_with("pod/"));
    let short = if is_pod { "5s" } else { "1s" };
    let mut after = "";
    let is_minutes = |word: &str| {
        word.strip_suffix('m').is_some_and(|number| number.parse::<u32>().is_ok_and(|m| m > 0))
    };
    let mut shortened = Vec::new();
    for word in arguments {
        shortened.push(match word.strip_prefix("--timeout=") {
            Some(time) if is_minutes(time) => format!("--timeout={short}").into(),
            _ if after == "--timeout" && is_minutes(word) => short.into(),
            _ => word.into(),
        });
        after = word;
    }
    shortened
}

/// Writes the file with the cluster and its contexts.
fn write_kubeconfig(world: &World, port: u16) -> Result<(), Refusal> {
    let contexts: Vec<_> = world
        .contexts()
        .into_iter()
        .map(|name| json!({ "name": name, "context": { "cluster": "edge", "user": "operator" } }))
        .collect();
    let config = json!({
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{ "name": "edge", "cluster": { "server": format!("http://127.0.0.1:{port}") } }],
        "users": [{ "name": "operator", "user": {} }],
        "contexts": contexts,
        "current-context": world.value("context").unwrap_or_default(),
    });
    // YAML is a superset of JSON.
    world.keep("kubeconfig", &config.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_minutes_of_a_timeout_are_shortened() {
        let shortened = |words: &str| {
            let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
            let words = shorten(&words);
            words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            shortened("wait namespace/x --for delete --timeout 15m"),
            "wait namespace/x --for delete --timeout 1s"
        );
        assert_eq!(shortened("wait pod/x --timeout=2m"), "wait pod/x --timeout=5s");
        for kept in ["wait pod/2m --timeout 5", "wait pod/x --timeout xm", "get pods 2m"] {
            assert_eq!(shortened(kept), kept);
        }
    }
}
