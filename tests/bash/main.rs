//! What is rendered for bash, judged by the real bash: as a script, as blocks, and pasted into an
//! interactive shell.
//!
//! `az`, `kubectl`, `crictl`, `sudo` and `openssl` are stubs that note their calls; what they
//! answer is in the package `stand-in`. The module `kubectl` runs the real one.

// They need terminals, permissions and signals of Unix. On Windows, the tests in `tests/pwsh` run
// the Bash scripts beside those for PowerShell, in Git Bash.
#![cfg(unix)]
#![allow(clippy::expect_used)]

#[path = "../support/dialect.rs"]
mod dialect;
#[path = "../support/effect.rs"]
mod effect;
#[path = "../support/hostile.rs"]
mod hostile;
#[path = "../support/pem.rs"]
mod pem;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/world.rs"]
mod world;

mod certificates;
mod copied;
mod deploy;
mod kubectl;
mod pasting;
mod runs;
mod tasks;
mod trial;
mod words;
