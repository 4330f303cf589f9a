//! The smaller programs: `openssl`, `crictl` and `sudo`.

use crate::Refusal;
use crate::world::World;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Runs the real `openssl`: the first on the PATH that is not this program. Answers in its place
/// where there is none.
///
/// A shell may put folders of its own before that of this program, as PowerShell does.
pub(crate) fn openssl(world: &World, arguments: &[String]) -> Result<u8, Refusal> {
    let path = env::var_os("PATH").unwrap_or_default();
    let program = format!("openssl{}", env::consts::EXE_SUFFIX);
    let this = env::current_exe().and_then(fs::canonicalize)?;
    let is_another = |file: &PathBuf| fs::canonicalize(file).is_ok_and(|file| file != this);
    if let Some(real) = env::split_paths(&path).map(|folder| folder.join(&program)).find(is_another)
    {
        // A shorter key is as good here, and made much sooner.
        let shorter = arguments.iter().map(|word| {
            word.strip_prefix("rsa:4096").map_or(word.clone(), |rest| format!("rsa:2048{rest}"))
        });
        return instead(Command::new(real).args(shorter));
    }
    let value = |option: &str| {
        arguments.iter().skip_while(|word| *word != option).nth(1).cloned().unwrap_or_default()
    };
    let has = |option: &str| arguments.iter().any(|word| word == option);
    if has("-checkip") {
        world.say(&format!("IP {} does match certificate\n", value("-checkip")))?;
    } else if has("-pubkey") || has("-pubout") {
        world.say("PUBLIC KEY\n")?;
    } else if arguments.first().is_some_and(|word| word == "verify") {
        world
            .say(&format!("{}: OK\n", arguments.last().map(String::as_str).unwrap_or_default()))?;
    } else if arguments.first().is_some_and(|word| word == "req") {
        for option in ["-keyout", "-out"] {
            fs::write(value(option), "made\n")?;
        }
    }
    Ok(0)
}

/// Becomes another program.
#[cfg(unix)]
fn instead(command: &mut Command) -> Result<u8, Refusal> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

/// Runs another program, and ends as it does.
#[cfg(not(unix))]
fn instead(command: &mut Command) -> Result<u8, Refusal> {
    let status = command.status()?.code().unwrap_or(1);
    Ok(u8::try_from(status).unwrap_or(1))
}

pub(crate) fn crictl(world: &World, arguments: &[String]) -> Result<(), Refusal> {
    if arguments.first().is_some_and(|word| word == "pull") {
        world.say("Image is up to date\n")
    } else {
        Ok(())
    }
}

/// `sudo cp FILE.toml PLACE` puts a file to its place on a node.
pub(crate) fn sudo(world: &World, arguments: &[String]) -> Result<(), Refusal> {
    match arguments {
        [cp, file, _, ..] if cp == "cp" && file.ends_with(".toml") => world.copy(file, "on-node"),
        _ => Ok(()),
    }
}
