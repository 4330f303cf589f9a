//! A plan as text: scripts and commands for bash and PowerShell, the runbook, the protected
//! settings, explanations, and the HTML that embeds the configurator.
//!
//! In: a [`configurator_core::plan::Plan`] and a shell. Out: [`shell::Block`]s of tokens, which
//! keep where each token came from, or plain text. Rendering never fails. Only [`shell`] quotes:
//! bash in `shell/bash.rs`, PowerShell in `shell/powershell.rs`.
//!
//! | module | contents |
//! | --- | --- |
//! | [`shell`] | scripts, blocks of steps, and lines, as tokens of one shell |
//! | [`explain`] | what a token does, which choice it comes from, and its source |
//! | [`runbook`] | the plan to read, as text and as Markdown |
//! | [`artifacts`] | the files to copy and to download |
//! | [`embed`] | the settings of an embedded page, and the HTML that embeds it |
//!
//! # Examples
//!
//! ```
//! use configurator_core::link;
//! use configurator_render::Outcome;
//!
//! let outcome = Outcome::of_link(&link::parse("#scenario=clean-up&name=edge01&shell=bash"));
//! let script = outcome.document.script.text();
//! assert!(script.contains("connected_registry='edge01'"));
//! ```

pub mod artifacts;
pub mod embed;
pub mod explain;
pub mod runbook;
pub mod shell;

mod outcome;

pub use outcome::Outcome;
