//! Reading back: of our own outputs exactly what they were made from, of other people's texts what
//! is wrong with them.

#![allow(clippy::expect_used, clippy::unwrap_used)]

#[path = "../support/powershell_chain.rs"]
#[allow(dead_code, reason = "the walk is shared")]
mod powershell_chain;
#[path = "../support/powershell_tree.rs"]
#[allow(dead_code, reason = "the walk is shared")]
mod powershell_tree;
#[path = "../support/mod.rs"]
mod support;
#[path = "../support/walk.rs"]
#[allow(dead_code, reason = "only its combinations are needed here")]
mod walk;

mod faults;
mod hostile;
mod laws;
mod others;
