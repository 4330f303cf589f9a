//! Reads commands, scripts, Markdown pages and protected settings, and reports what is wrong.
//!
//! ```text
//! text ──lexer──▶ commands ──▶ argv ──▶ actions ──▶ Choices
//!                                └──rules──▶ remarks with edits
//! ```
//!
//! In: text from anywhere, in bash, PowerShell, Markdown or JSON. Reading never fails; text that is
//! not understood is skipped. Out: a [`read::Reading`] with remarks, each with its location and, if
//! they are certain, its edits; the corrected text; and the choices that the text deploys.
//!
//! | module | contents |
//! | --- | --- |
//! | [`lexer`] | tolerant lexers of both shells, with the places of all words |
//! | [`rules`] | the table of rules for commands; those for choices are in `configurator-core` |
//! | [`read`] | what the text does, what is wrong with it, and the choices |
//!
//! # Examples
//!
//! ```
//! use configurator_core::choices::Shell;
//! use configurator_lint::read::{Form, read};
//!
//! let text = "az acr connected-registry show --name edge01 --registri contoso";
//! let reading = read(text, Some(Form::Commands(Shell::Bash)));
//! assert!(reading.remarks.iter().any(|remark| remark.finding.rule == "az-unknown-option"));
//! ```

pub mod lexer;
pub mod read;
pub mod rules;
