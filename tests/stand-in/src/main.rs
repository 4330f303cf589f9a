//! Stands in for `az`, `kubectl`, `crictl`, `sudo` and `openssl`: notes how it was called, and
//! answers as if the folder `$WORLD` were Azure and the cluster. The name that it is called by says
//! which of them it is. `openssl` is the real one behind that, where there is one.
//!
//! - `calls`: every call: the number of its words, then the words, each ended by NUL
//! - `count`: how many calls there were
//! - `failing`: the number of the call that fails, or 0
//! - `answers`: lines of PATTERN, exit status and answer, between tabs: what to say instead of the
//!   truth. With `hangs` for the status the call says that, and which files it sees, on standard
//!   error, and never ends; with `waits` too, but Ctrl+C makes it exit with 1, as azure-cli does,
//!   instead of ending it by its signal; with `keeps` the answer is what is in `kept/ANSWER`; with
//!   `asks` the call asks that, and fails where nobody answers
//! - `kept/KEY`: what `az answer KEY` prints, byte for byte; `az save FILE` copies a file to
//!   `kept/saved`; `az take` takes any words
//! - `crlf`: where it exists, lines end as under Windows
//!
//! The state of the cloud, a value or one name a line: `endpoint`, `registered`, `registries`,
//! `children`, `mode` (of every connected registry), `tokens`, `scope-maps`, `linked`,
//! `repositories`, `imported` (REPOSITORY:TAG), `schedule`, `window`, `ttl`, `log-level`, `active`.
//!
//! Azure compares names of resources in any case, and keeps theirs; so do the files of them.
//!
//! The state of the cluster:
//! - `cluster` (GROUP/NAME), `context`, `extensions`, `foreign` (those of another type),
//!   `auto-upgrade`, `version`, `train`, `namespaces`, `secrets` (NAMESPACE/NAME), `secret-type`,
//!   `secret-ca`, `definitions`, `pods`, `manifest`
//! - `contexts`: what other contexts `kubectl` has; `node-labels` (KEY=VALUE) of the only node
//! - `unreachable`: where it exists, the API server of the cluster cannot be reached
//! - `objects/RESOURCE/NAMESPACE/NAME.json`: what was created, see [`cluster::objects`]
//! - `on-node`: the last file that was copied to its place on a node
//! - `removal`: what becomes of the namespace once the extension is deleted: how many looks see it
//!   go before it is gone, or `stays`
//! - `going`: how many looks still see it go; nothing where it does not
//!
//! Where the variable `REAL_KUBECTL` names a `kubectl`, that one runs, against a small API server
//! of this program: see [`cluster`]. It is given the file `kubeconfig`, and what it asks for is
//! noted in `requests`.

mod az;
mod call;
mod cluster;
mod documents;
mod kubectl;
mod output;
mod programs;
// The file of the library, not the library: the stand-in compiles in seconds without it.
#[path = "../../../crates/core/src/azure/tables.rs"]
#[allow(dead_code, unreachable_pub, reason = "a part of the library")]
mod tables;
mod world;

use std::io::{BufRead, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;
use world::World;

/// Why a call fails: its exit status, and what it says on standard error.
#[derive(Debug, PartialEq)]
struct Refusal {
    status: u8,
    reason: String,
}

impl Refusal {
    /// The failure of a program, with status 1.
    fn new(reason: impl Into<String>) -> Self {
        Self { status: 1, reason: format!("ERROR: {}", reason.into()) }
    }

    /// The failure of `kubectl`, with status 1, in its own words.
    fn verbatim(reason: impl Into<String>) -> Self {
        Self { status: 1, reason: reason.into() }
    }

    /// The failure of `az` where something does not exist.
    fn not_found(reason: impl Into<String>) -> Self {
        Self { status: 3, ..Self::new(reason) }
    }

    /// The failure of `az` where it cannot parse its arguments.
    fn usage(reason: impl Into<String>) -> Self {
        Self { status: 2, ..Self::new(reason) }
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(status) => status.into(),
        Err(Refusal { status, reason }) => {
            eprintln!("{reason}");
            status.into()
        }
    }
}

fn run() -> Result<u8, Refusal> {
    let (program, arguments) = called(std::env::args());
    let world =
        World::new(std::env::var_os("WORLD").ok_or_else(|| Refusal::new("WORLD is not set"))?);
    let is_to_fail = world.note(&program, &arguments)?;
    if is_to_fail {
        return Err(Refusal::new("as the test wants it"));
    }
    if let Some(status) = instead(&world, &program, &arguments)? {
        return Ok(status);
    }
    world.settle()?;
    match program.as_str() {
        "az" => az::run(&world, &arguments)?,
        "kubectl" => match std::env::var_os("REAL_KUBECTL").filter(|path| !path.is_empty()) {
            Some(real) => return cluster::run(&world, Path::new(&real), &arguments),
            None => kubectl::run(&world, &arguments)?,
        },
        "openssl" => return programs::openssl(&world, &arguments),
        "crictl" => programs::crictl(&world, &arguments)?,
        "sudo" => programs::sudo(&world, &arguments)?,
        _ => {}
    }
    Ok(0)
}

/// The program that is called, by its name, and its arguments. On Windows, azure-cli's own `az.cmd`
/// starts `az` as a module of the Python beside it.
fn called(mut words: impl Iterator<Item = String>) -> (String, Vec<String>) {
    let program = words.next().unwrap_or_default();
    let name = Path::new(&program).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut arguments: Vec<String> = words.collect();
    if name == "python" && arguments.starts_with(&["-IBm", "azure.cli"].map(str::to_owned)) {
        arguments.drain(..2);
        return ("az".to_owned(), arguments);
    }
    (name, arguments)
}

/// Answers by the file `answers`; none where no line of it fits.
fn instead(world: &World, program: &str, arguments: &[String]) -> Result<Option<u8>, Refusal> {
    let call = std::iter::once(program)
        .chain(arguments.iter().map(String::as_str))
        .map(|word| format!("{word} "))
        .collect::<String>();
    for line in world.lines("answers") {
        let mut parts = line.splitn(3, '\t');
        let (Some(pattern), Some(status)) = (parts.next(), parts.next()) else { continue };
        if !fits(pattern, &call) {
            continue;
        }
        let text = parts.next().unwrap_or_default();
        return match status {
            "keeps" => world.say_raw(&world.bytes(&format!("kept/{text}"))?).map(|()| Some(0)),
            "asks" => {
                eprint!("{text}");
                std::io::stderr().flush()?;
                let mut answer = String::new();
                std::io::stdin().lock().read_line(&mut answer)?;
                if answer.ends_with('\n') {
                    Ok(Some(0))
                } else {
                    Err(Refusal::new("nobody is there to answer"))
                }
            }
            "hangs" | "waits" => {
                if status == "waits" {
                    ctrlc::set_handler(|| std::process::exit(1))
                        .map_err(|error| Refusal::new(error.to_string()))?;
                }
                eprintln!("{text}");
                for file in std::fs::read_dir(".")? {
                    eprintln!("{text} beside {}", file?.file_name().to_string_lossy());
                }
                std::thread::sleep(Duration::from_secs(60));
                Ok(Some(0))
            }
            status => {
                if !text.is_empty() {
                    world.say(&format!("{text}\n"))?;
                }
                status
                    .parse()
                    .map(Some)
                    .map_err(|_| Refusal::new(format!("no exit status: {status}")))
            }
        };
    }
    Ok(None)
}

/// Whether a pattern of bash fits the whole text: `*` stands for any text, `?` for any character.
fn fits(pattern: &str, text: &str) -> bool {
    let mut characters = pattern.chars();
    match characters.next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = characters.as_str();
            text.char_indices().any(|(at, _)| fits(rest, &text[at..])) || fits(rest, "")
        }
        Some(wanted) => {
            let mut others = text.chars();
            others.next().is_some_and(|other| wanted == '?' || wanted == other)
                && fits(characters.as_str(), others.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_which_program_is_called() {
        for (words, program, arguments) in [
            ("/folder/bin/az version", "az", "version"),
            ("kubectl.exe get pods", "kubectl", "get pods"),
            ("/folder/python.exe -IBm azure.cli acr show", "az", "acr show"),
            ("/folder/python.exe -m azure.cli acr", "python", "-m azure.cli acr"),
        ] {
            let called = called(words.split(' ').map(str::to_owned));
            assert_eq!((called.0.as_str(), called.1.join(" ").as_str()), (program, arguments));
        }
    }

    #[test]
    fn patterns_are_those_of_bash() {
        for (pattern, text, expected) in [
            ("*", "az version ", true),
            ("az version *", "az version ", true),
            (
                "az acr show * sku.name *",
                "az acr show --name c --query sku.name --output tsv ",
                true,
            ),
            ("az acr show * sku.name *", "az acr show --query id ", false),
            ("az versio?", "az version", true),
            ("az", "az version ", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }
}
