//! The project's own chores, as `cargo xtask`: build and serve the page, run every test, measure.
//!
//! The map:
//! - [`tools`] knows which outside tools there are, at which versions, and finds or installs them;
//! - [`page`] builds the page with Trunk, into `dist/`, and [`pack`] makes the folder of that: pages,
//!   names, policy, service worker, the single file; [`short_names`] shortens what the scripts and
//!   the wasm call each other;
//! - [`files`] knows whether a folder must be built again;
//! - [`licenses`] knows what ships to the browser beside our own code, and under which licenses;
//! - [`headers`] is the table of what that folder wants of its server;
//! - [`serve`] serves it, to people and to the browser tests;
//! - [`recipes`] builds the examples for other people's generators, which have the page in them;
//! - [`hosting`] holds the ready-made configurations of other servers against the table;
//! - [`test`] runs every check and counts;
//! - [`facts`] compares the tables of the Azure CLI's options with an installed one;
//! - [`dist`] weighs the page, [`bench`] times the code, [`audit`] does what is too heavy for the
//!   tests;
//! - [`webdriver`] starts what steers the browsers, [`run`] starts everything else and says so.

mod audit;
mod bench;
mod dist;
mod facts;
mod files;
mod headers;
mod hosting;
mod licenses;
mod pack;
mod page;
mod recipes;
mod run;
mod serve;
mod short_names;
mod test;
mod tools;
mod webdriver;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, serves, tests and measures the Connected Registry Configurator.
///
/// What a command needs beside Rust, it installs itself, once, at the versions pinned in
/// xtask/src/tools.rs: Trunk, wasm-bindgen, geckodriver and cargo-deny with cargo, wasm-opt, esbuild and
/// axe-core with npm, ShellCheck, the Azure CLI, MkDocs and Sphinx with pip. They go to the user's
/// cache folder (connected-registry-configurator/tools), or to the folder that
/// CONNECTED_REGISTRY_TOOLS names. A program on PATH that has the wanted version is used instead.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the page and serve it on this machine until Ctrl-C.
    ///
    /// The first start installs tools (5 minutes, nearly all of it Trunk and wasm-bindgen) and
    /// compiles (4 minutes); later starts take seconds, and when nothing changed there is nothing to
    /// build. With `--watch`, the page is built without optimization, again at each change.
    Serve(serve::Options),
    /// Run every test there is, and count.
    ///
    /// In this order: formatting and lints; the tests of the code and of the native command;
    /// ShellCheck, as the judge of the Bash scripts; the Azure CLI's own parser, as the judge of
    /// the commands; nginx, Apache and Caddy, as the judges of their configurations in hosting/; the
    /// page, which must be complete and keep to its budgets, in Chromium, and its main flows in
    /// Firefox and in WebKit. The last line is
    /// `N passed, N failed, N skipped`. A judge that cannot be installed is skipped and named, with
    /// the command that would install it; with CI=true that is a failure. The recipes of
    /// docs/recipes are built by their generators first; that for VitePress only by
    /// `--only vitepress`.
    Test(test::Options),
    /// Build the page for a web server, into dist/, and weigh it.
    ///
    /// The folder works under any address; `docs/deployment.md` says what is in it. Fails when
    /// something is over its budget.
    Dist(dist::Options),
    /// Compare crates/core/src/azure/az-tables.json with the parser of an installed Azure CLI.
    ///
    /// Prints each option that came, went or changed (required, choices, number of values); exit
    /// status 1 if there is any. Asks the azure-cli that the tests use; to look at a new release,
    /// let AZURE_CLI_PYTHON name the Python of an installation of it. The extensions k8s-extension
    /// and connectedk8s are on no package registry: they are compared where that azure-cli has them
    /// (AZURE_EXTENSION_DIR, or ~/.azure/cliextensions), and named where not. Nothing is asked
    /// online.
    Facts,
    /// Time the code with `cargo bench`, and weigh the page in dist/ if there is one.
    Bench,
    /// Do what is too heavy for the tests, and needs no judgment to repeat.
    ///
    /// In this order: the page is built twice in two folders and must be the same, byte by byte;
    /// Lighthouse judges it as a phone would load it; the bytes of each wasm module are counted by
    /// crate and function; the first load and the time from input to DOM are measured beside those
    /// of a page that is nothing but Leptos. Takes half an hour on two cores, with the builds. What
    /// was found last is in docs/figures.md. Exit status 1 if the page is not the same, or
    /// Lighthouse not content.
    Audit(audit::Options),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Chore::Serve(options) => serve::run(&options).map(|()| true),
        Chore::Test(options) => Ok(test::run(&options)),
        Chore::Dist(options) => dist::run(&options).map(|()| true),
        Chore::Facts => facts::run(),
        Chore::Bench => bench::run().map(|()| true),
        Chore::Audit(options) => audit::run(&options),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
