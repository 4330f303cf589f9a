//! What is rendered for PowerShell, judged by the real PowerShell beside the real bash: each in a
//! world of its own, and both must come to the same.
//!
//! `az`, `kubectl`, `crictl`, `sudo` and `openssl` are stand-ins that note their calls; what they
//! answer is in `tests/stand-in`.

#![allow(clippy::expect_used)]

#[path = "../support/dialect.rs"]
#[allow(dead_code, reason = "only what a trial needs")]
mod dialect;
#[path = "../support/effect.rs"]
mod effect;
#[path = "../support/hostile.rs"]
#[allow(dead_code, reason = "only what a trial needs")]
mod hostile;
#[path = "../support/pem.rs"]
#[allow(dead_code, reason = "only what a trial needs")]
mod pem;
#[path = "../support/pwsh.rs"]
mod pwsh;
#[path = "../support/mod.rs"]
mod support;
#[path = "../bash/trial.rs"]
#[allow(dead_code, unused_imports, reason = "shared with the tests of bash")]
mod trial;
#[path = "../support/world.rs"]
#[allow(dead_code, reason = "shared with the tests of bash")]
mod world;

// A terminal of the tests is there on Unix only.
#[cfg(unix)]
mod answers;
mod blocks;
#[cfg(unix)]
mod interrupts;
mod links;
mod pair;
mod parsing;
mod runs;
mod surroundings;
