//! The PowerShell scripts, run by PowerShell beside bash: what takes too long for every day.

use std::env;
use std::fs;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};

use crate::files;
use crate::run::{cargo, output_of, program, say, show, target};
use crate::tools;

/// How the names of these tests begin. They are `#[ignore]`d.
pub(crate) const PREFIX: &str = "audit_powershell";

/// The variable that says where chance begins.
const SEED: &str = "POWERSHELL_SEED";

/// Runs the tests, and returns whether all is well; that is also so where there is no PowerShell.
pub(super) fn run() -> Result<bool> {
    let Some(powershell) = tools::powershell() else {
        say("PowerShell: not found, so nothing of it is run");
        return Ok(true);
    };
    let version = output_of(program(&powershell).arg("--version"))?.trim().to_owned();
    let seed = match env::var(SEED) {
        Ok(seed) => seed,
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().to_string(),
    };
    say(format!(
        "{version} ({}), beside bash; the tests whose names begin with {PREFIX}; {SEED}={seed}; many minutes",
        powershell.display()
    ));
    let runs = target().join("xtask").join("powershell-audit-runs");
    files::write(&runs, "")?;
    let start = Instant::now();
    let status = cargo()
        .args(["test", "--package", "connected-registry", "--test", "pwsh", "--no-fail-fast"])
        .args(["--", "--ignored", PREFIX])
        .env("PWSH", powershell)
        .env("POWERSHELL_RUNS", &runs)
        .env(SEED, seed)
        .status()
        .context("cannot start cargo test")?;
    let count = fs::metadata(&runs).map_or(0, |file| file.len());
    show(format!("{version}: {count} runs in {} seconds", start.elapsed().as_secs()));
    Ok(status.success())
}
