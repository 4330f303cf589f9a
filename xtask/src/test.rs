//! Every test there is, stage after stage, and the count.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::run::{cargo, output_of, root, say, show, spelled, target};
use crate::serve::{self, Folder, Server, Site};
use crate::tools::{self, Browser, WASM_TARGET};
use crate::webdriver::{Engine, WebDriver};
use crate::{audit, dist, files, hosting, pack, page, recipes, run};

/// What `cargo xtask test` can be told.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only these stages.
    #[arg(long, value_delimiter = ',', value_name = "STAGE")]
    only: Vec<Stage>,
    /// Leave these stages out.
    #[arg(long, value_delimiter = ',', value_name = "STAGE")]
    skip: Vec<Stage>,
    /// A folder with a built page for the stages that steer a browser, instead of building one.
    #[arg(long, value_name = "FOLDER")]
    site: Option<PathBuf>,
    /// For the test programs of the stages `code`, `browser`, `firefox` and `webkit`, such as a
    /// part of a test's name.
    #[arg(last = true, value_name = "ARGUMENT")]
    arguments: Vec<String>,
}

/// The stages, in the order in which they run: what fails fast comes first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stage {
    /// Formatting, lints, that the native command contains no web crate, and the licenses and
    /// origins of all crates.
    Lints,
    /// Tests of the code, the native command and this tool.
    Code,
    /// The Bash scripts, judged by ShellCheck.
    Shellcheck,
    /// The Bash scripts and lines once more, run by bash 3.2: by the program that the variable
    /// BASH_3_2 names, or by the bash of macOS. Only where there is one.
    #[value(name = "bash-3.2")]
    Bash32,
    /// What is copied for Bash, pasted into interactive shells: zsh, bash, and the bash 3.2 that
    /// the variable BASH_3_2 names.
    Pasted,
    /// The Bash scripts, with the real kubectl in front of a small Kubernetes API server.
    Kubectl,
    /// The commands, judged by the Azure CLI's own parser.
    AzureCli,
    /// The PowerShell scripts, run by PowerShell beside bash. Only where there is one.
    Powershell,
    /// The ready-made configurations of servers, judged by nginx, Apache and Caddy.
    Hosting,
    /// The page, in Chromium, and its weight.
    Browser,
    /// The main flows of the page, in Firefox.
    Firefox,
    /// The main flows of the page, in WebKit.
    Webkit,
    /// The recipe for VitePress, in Chromium. Only where it is named: it takes 100 MB from npm.
    Vitepress,
}

/// The crates that only a page needs. In the native command they would be a mistake in an import.
const WEB_CRATES: [&str; 5] = ["gloo-events", "js-sys", "gloo-timers", "wasm-bindgen", "web-sys"];

/// How the names of the tests begin that have a stage of their own. They are `#[ignore]`d, because
/// they need a judge.
const JUDGES: [&str; 6] = [
    "judge_shellcheck",
    "judge_azure_cli",
    "judge_powershell",
    "judge_vitepress",
    "judge_pasted",
    "judge_kubectl",
];

/// The tests in `tests/bash` that do not run again in bash 3.2. The stage `pasted` covers the first
/// three with bash 3.2; the others are about the answers of openssl, and take long.
const NOT_IN_BASH_3_2: [&str; 6] = [
    "pasting::pasted_",
    "pasting::blocks_run_wherever_they_are_pasted",
    "tasks::pasted_",
    "certificates::a_wrong_certificate_stops",
    "certificates::an_authority_that_did_not_sign",
    "certificates::files_that_are_missing_or_empty",
];

/// How the names of the tests begin that `cargo xtask audit` runs.
const AUDITED: &str = audit::powershell::PREFIX;

/// The script that watches the page where the driver does not, see [`Server::start_watched`].
const WATCH: &str = "tests/browser/src/watch.js";

/// Runs the stages, prints the count, and returns whether all is well.
pub(crate) fn run(options: &Options) -> bool {
    let mut tally = Tally::default();
    let mut built = options.site.as_ref().map(|site| given(&mut tally, site));
    for stage in Stage::value_variants() {
        let wanted =
            options.only.contains(stage) || (options.only.is_empty() && *stage != Stage::Vitepress);
        if !wanted || options.skip.contains(stage) {
            continue;
        }
        match stage {
            Stage::Lints => lints(&mut tally),
            Stage::Code => code(&mut tally, &options.arguments),
            Stage::Shellcheck => {
                judge(
                    &mut tally,
                    "ShellCheck, on the Bash scripts",
                    JUDGES[0],
                    "SHELLCHECK",
                    tools::shellcheck(),
                );
            }
            Stage::Bash32 => bash_3_2(&mut tally),
            Stage::Pasted => {
                if tools::bash_3_2().is_none() {
                    say(
                        "Pasted into shells: BASH_3_2 names no bash 3.2, so the form to copy is pasted into zsh and bash only",
                    );
                }
                judge(
                    &mut tally,
                    "What is copied, pasted into shells",
                    JUDGES[4],
                    "ZSH",
                    tools::zsh(),
                );
            }
            Stage::Kubectl => kubectl(&mut tally),
            Stage::AzureCli => {
                judge(
                    &mut tally,
                    "The Azure CLI's parser, on the commands",
                    JUDGES[1],
                    "AZURE_CLI_PYTHON",
                    tools::azure_cli_python(),
                );
            }
            Stage::Powershell => powershell(&mut tally),
            Stage::Hosting => hosting(&mut tally),
            Stage::Browser => browser(&mut tally, &mut built, Engine::Chromium, &options.arguments),
            Stage::Firefox => browser(&mut tally, &mut built, Engine::Firefox, &options.arguments),
            Stage::Webkit => browser(&mut tally, &mut built, Engine::WebKit, &options.arguments),
            Stage::Vitepress => browser(
                &mut tally,
                &mut built,
                Engine::Chromium,
                &["--ignored".to_owned(), JUDGES[3].to_owned()],
            ),
        }
    }
    tally.report(
        env::var("CI").is_ok_and(|value| matches!(value.to_lowercase().as_str(), "true" | "1")),
    )
}

/// What is judged by reading the code.
fn lints(tally: &mut Tally) {
    if let Err(error) = tools::rust_components() {
        return tally.skip("Formatting and lints", &error);
    }
    tally.check("Formatting", "rustfmt over all packages", || {
        run::run(cargo().args(["fmt", "--all", "--check"]))
    });
    tally.check(
        "Lints",
        "clippy over all packages; compiles their dependencies the first time",
        || {
            run::run(cargo().args([
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "--deny",
                "warnings",
            ]))
        },
    );
    match tools::wasm_target() {
        Ok(()) => {
            tally.check("Lints of the page", "clippy for wasm", || {
                page::MODULES.iter().try_for_each(|(binary, features)| {
                    let lint = ["clippy", "--package", "connected-registry", "--bin", binary];
                    let how = ["--no-default-features", "--features", features];
                    let target = ["--target", WASM_TARGET, "--", "--deny", "warnings"];
                    run::run(cargo().args(lint).args(how).args(target))
                })
            });
        }
        Err(error) => tally.skip("Lints of the page", &error),
    }
    tally.check(
        "No web crate below the page",
        "cargo tree, over the packages in crates/",
        no_web_crates,
    );
    match tools::cargo_deny() {
        Ok(deny) => {
            tally.check("Licenses and origins of the crates", "cargo-deny, by deny.toml", || {
                run::run(run::program(deny).args([
                    "--workspace",
                    "--frozen",
                    "check",
                    "licenses",
                    "bans",
                    "sources",
                ]))
            });
        }
        Err(error) => tally.skip("Licenses and origins of the crates", &error),
    }
}

/// The packages below the page, in the order of the pipeline.
const CRATES: [&str; 5] = [
    "configurator-core",
    "configurator-render",
    "configurator-lint",
    "configurator-certificates",
    "configurator-cli",
];

/// Fails when the dependencies of the crates below the page have a web crate among them.
fn no_web_crates() -> Result<()> {
    let folders = fs::read_dir(run::root().join("crates"))?.count();
    if folders != CRATES.len() {
        bail!("there are {folders} folders in crates, and {} packages in this list", CRATES.len());
    }
    let mut tree = cargo();
    // With every target and feature: the page could switch on what is off by default.
    tree.args([
        "tree",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--target",
        "all",
        "--all-features",
    ]);
    for package in CRATES {
        tree.args(["--package", package]);
    }
    let tree = output_of(&mut tree)?;
    let found: Vec<&str> = tree
        .lines()
        .filter(|line| {
            line.split_whitespace().next().is_some_and(|name| WEB_CRATES.contains(&name))
        })
        .collect();
    if !found.is_empty() {
        bail!("the crates below the page depend on {}", found.join(", "));
    }
    Ok(())
}

/// The tests that need nothing but Rust and Bash.
fn code(tally: &mut Tally, arguments: &[String]) {
    // One after the other: together they would agree on features of shared crates, and compile
    // those once more.
    let product = ["connected-registry"].into_iter().chain(CRATES).collect();
    for (title, packages) in [
        ("Tests of the code and the native command", product),
        ("Tests of xtask", vec!["xtask"]),
        ("Tests of the program that stands in for az and kubectl", vec!["stand-in"]),
    ] {
        say(format!("{title}: cargo test; compiles the first time"));
        let mut command = cargo();
        command.args(["test", "--no-fail-fast"]);
        for package in packages {
            command.args(["--package", package]);
        }
        tally.cargo_test(title, command, arguments, arguments.is_empty());
    }
}

/// The tests of the package that wait for a judge, whose program the tests learn by an environment
/// variable.
fn judge(
    tally: &mut Tally,
    title: &str,
    prefix: &str,
    variable: &str,
    program: Result<impl AsRef<Path>>,
) {
    match program {
        Ok(program) => {
            say(format!("{title}: the tests whose names begin with {prefix}"));
            let mut command = cargo();
            command
                .args(["test", "--package", "connected-registry", "--tests", "--no-fail-fast"])
                .env(variable, program.as_ref());
            tally.cargo_test(title, command, &["--ignored".to_owned(), prefix.to_owned()], true);
        }
        Err(error) => tally.skip(title, &error),
    }
}

/// The tests that run scripts and lines as files, run once more with bash 3.2. If there is none,
/// nothing is skipped: the stage `code` checks that the scripts use nothing newer.
fn bash_3_2(tally: &mut Tally) {
    let title = "Bash scripts in bash 3.2";
    let Some(program) = tools::bash_3_2() else {
        return say(
            "Bash 3.2: BASH_3_2 names no program; its scripts are checked by their words only",
        );
    };
    let version = match output_of(run::program(&program).arg("--version")) {
        Ok(version) => version.lines().next().unwrap_or_default().to_owned(),
        Err(error) => return tally.fail(title, &format!("{error:#}")),
    };
    if !version.contains("version 3.2.") {
        return tally.fail(title, &format!("{} is {version}", program.display()));
    }
    say(format!("{title}: {version} ({}); about a minute", program.display()));
    let mut command = cargo();
    command
        .args(["test", "--package", "connected-registry", "--test", "bash", "--no-fail-fast"])
        .env("BASH_UNDER_TEST", program);
    let left_out = NOT_IN_BASH_3_2.iter().flat_map(|name| ["--skip", name]).map(str::to_owned);
    tally.cargo_test(title, command, &left_out.collect::<Vec<_>>(), true);
}

/// The Bash scripts, with the real kubectl. Where there is none nothing is skipped: the stage
/// `code` runs them with its stand-in.
fn kubectl(tally: &mut Tally) {
    let title = "kubectl, in the Bash scripts";
    let found = tools::kubectl()
        .and_then(|program| tools::kubectl_version(&program).map(|version| (program, version)));
    let (program, version) = match found {
        Ok(found) => found,
        Err(error) if env::var_os("KUBECTL").is_some() => {
            return tally.fail(title, &format!("{error:#}"));
        }
        Err(error) => {
            return say(format!("{title}: {error:#}; only its stand-in answers in the tests"));
        }
    };
    say(format!(
        "{title}: {version} ({}), against a small API server of the tests; the tests whose names begin with {}",
        program.display(),
        JUDGES[5]
    ));
    let start = Instant::now();
    let mut command = cargo();
    command
        .args(["test", "--package", "connected-registry", "--test", "bash", "--no-fail-fast"])
        .env("KUBECTL", program);
    tally.cargo_test(title, command, &["--ignored".to_owned(), JUDGES[5].to_owned()], true);
    show(format!("kubectl {version}: {} seconds", start.elapsed().as_secs()));
}

/// The PowerShell scripts, run by PowerShell. Where there is none nothing is skipped: the stage
/// `code` checks them by grammar and by a model.
fn powershell(tally: &mut Tally) {
    let title = "PowerShell, on its scripts";
    let Some(program) = tools::powershell() else {
        return say("PowerShell: not found; its scripts are checked by grammar and model only");
    };
    // Windows PowerShell has no option that prints its version.
    let version = ["-NoProfile", "-Command", "\"PowerShell $($PSVersionTable.PSVersion)\""];
    let version = match output_of(run::program(&program).args(version)) {
        Ok(version) => version.trim().to_owned(),
        Err(error) => return tally.fail(title, &format!("{error:#}")),
    };
    say(format!(
        "{title}: {version} ({}), beside bash; the tests whose names begin with {}; minutes",
        program.display(),
        JUDGES[2]
    ));
    let runs = target().join("xtask").join("powershell-runs");
    if let Err(error) = files::write(&runs, "") {
        return tally.fail(title, &format!("{error:#}"));
    }
    let start = Instant::now();
    let mut command = cargo();
    command
        .args(["test", "--package", "connected-registry", "--test", "pwsh", "--no-fail-fast"])
        .env("PWSH", program)
        .env("POWERSHELL_RUNS", &runs);
    tally.cargo_test(title, command, &["--ignored".to_owned(), JUDGES[2].to_owned()], true);
    let count = fs::metadata(&runs).map_or(0, |file| file.len());
    show(format!("{version}: {count} runs in {} seconds", start.elapsed().as_secs()));
}

/// The configurations in `hosting/`, over the wire: each by the server that it is for.
fn hosting(tally: &mut Tally) {
    let how = "starts it over a small folder, and compares its answers with the table of headers";
    match tools::nginx() {
        Ok(program) => {
            tally.check("nginx", how, || hosting::nginx(&program));
        }
        Err(error) => tally.skip("nginx", &error),
    }
    match tools::apache() {
        Ok((program, modules)) => {
            tally.check("Apache", how, || hosting::apache(&program, &modules));
        }
        Err(error) => tally.skip("Apache", &error),
    }
    match tools::caddy() {
        Ok(program) => {
            tally.check("Caddy", how, || hosting::caddy(&program));
        }
        Err(error) => tally.skip("Caddy", &error),
    }
}

/// What every browser is given.
struct Built {
    /// The folder with the page.
    page: PathBuf,
    /// The native command, with which the page is compared.
    native: PathBuf,
}

/// The page as people meet it: all tests in Chromium, the main flows in the other browsers.
///
/// What is missing is skipped; what does not build or start has failed, and what comes after it
/// does not run. What is built, or could not be, is kept in `built` for the next browser.
fn browser(
    tally: &mut Tally,
    built: &mut Option<Option<Built>>,
    engine: Engine,
    arguments: &[String],
) {
    let title = match engine {
        Engine::Chromium => "The page in Chromium",
        Engine::Firefox => "The page in Firefox",
        Engine::WebKit => "The page in WebKit",
    };
    if built.is_none() {
        match tools::for_page() {
            Ok(page_tools) => *built = Some(build(tally, &page_tools)),
            Err(error) => return tally.skip(title, &error),
        }
    }
    let Some(Some(built)) = built else { return };
    let found = match engine {
        Engine::Chromium => tools::axe().and_then(|axe| Ok((tools::chromium()?, Some(axe)))),
        Engine::Firefox => tools::firefox().map(|browser| (browser, None)),
        Engine::WebKit => tools::webkit().map(|browser| (browser, None)),
    };
    match found {
        Ok((browser, axe)) => {
            if let Err(error) =
                steer(tally, title, built, engine, &browser, axe.as_deref(), arguments)
            {
                tally.fail(title, &format!("{error:#}"));
            }
        }
        Err(error) => tally.skip(title, &error),
    }
}

/// Builds the page, weighs it, and builds the native command. None where that fails.
fn build(tally: &mut Tally, page_tools: &tools::PageTools) -> Option<Built> {
    let page =
        tally.check("The page builds", "the same release build as `cargo xtask dist`", || {
            page::build_with(page_tools, &dist::Options::default())
        })?;
    tally.check(
        "The page is complete",
        "every file that its pages name is there, and every file has a purpose",
        || pack::check(&page),
    );
    tally.check(
        "The page is light",
        "its files, compressed with Brotli, against the budgets",
        || {
            let verdict = dist::verdict(&dist::weigh(&page)?);
            verdict.map(show)
        },
    );
    Some(Built { page, native: build_native(tally)? })
}

/// Takes a page that was built before, instead of [`build`].
fn given(tally: &mut Tally, site: &Path) -> Option<Built> {
    let page = tally.check("The page", "it is given by --site", || {
        let page =
            site.canonicalize().with_context(|| format!("there is no {}", site.display()))?;
        if !page.join("index.html").is_file() {
            bail!("there is no index.html in {}", page.display());
        }
        Ok(page)
    })?;
    Some(Built { page, native: build_native(tally)? })
}

/// Builds the native command, with which the tests compare the page.
fn build_native(tally: &mut Tally) -> Option<PathBuf> {
    tally.check(
        "The native command builds",
        "the browser tests compare the page with it",
        native_command,
    )
}

/// Serves the page, starts the driver and runs the tests. Fails where they cannot be started.
fn steer(
    tally: &mut Tally,
    title: &str,
    built: &Built,
    engine: Engine,
    browser: &Browser,
    axe: Option<&Path>,
    arguments: &[String],
) -> Result<()> {
    let screenshots = target().join("screenshots");
    fs::create_dir_all(&screenshots)
        .with_context(|| format!("cannot create {}", screenshots.display()))?;
    let watch = match engine {
        Engine::Chromium => None,
        Engine::Firefox | Engine::WebKit => Some(
            fs::read_to_string(root().join(WATCH))
                .with_context(|| format!("cannot read {WATCH}"))?,
        ),
    };
    let server = Server::start_watched(serve::listen(0)?, &built.page, watch.as_deref())?;
    let hosts = hosts(&built.page, &server.address(), watch.clone())?;
    let without = if engine == Engine::Chromium {
        recipes(tally, &hosts.address(), &server.address(), arguments)?
    } else {
        Vec::new()
    };
    let driver = WebDriver::start(engine, browser)?;
    say(format!(
        "{title}: the package browser-tests, on {}; compiles the first time",
        server.address()
    ));
    let mut command = cargo();
    command
        .args(["test", "--package", "browser-tests", "--no-fail-fast"])
        .env("BROWSER", engine.word())
        .env("BROWSER_PROGRAM", &browser.program)
        .env("SITE_URL", server.address())
        .env("HOSTS_URL", hosts.address())
        .env("HOSTS_FOLDER", hosts_folder())
        .env("SITE_FOLDER", &built.page)
        .env("WEBDRIVER_URL", driver.address())
        .env("CONNECTED_REGISTRY", &built.native)
        .env("SCREENSHOTS", screenshots);
    if let Some(axe) = axe {
        command.env("AXE_JS", axe);
    }
    if engine != Engine::Chromium {
        // Their drivers steer one browser at a time.
        command.args(["--test", "engines"]).env("RUST_TEST_THREADS", "1");
    }
    tally.cargo_test(title, command, &[arguments, &without].concat(), arguments.is_empty());
    Ok(())
}

/// Builds the recipes into the folder of the hosts, and returns the arguments that leave out the
/// tests of those that there are no generators for.
fn recipes(
    tally: &mut Tally,
    hosts: &str,
    site: &str,
    arguments: &[String],
) -> Result<Vec<String>> {
    let into = hosts_folder().join("recipes");
    let left_out = |names: &[&str]| {
        names.iter().flat_map(|name| ["--skip", name]).map(str::to_owned).collect()
    };
    if arguments.iter().any(|argument| argument == JUDGES[3]) {
        let title = "The recipe for VitePress";
        let built = match tools::vitepress() {
            Ok(installed) => tally.check(title, "VitePress, over docs/recipes", || {
                recipes::build_vitepress(&installed, &into, "/recipes/", site)
            }),
            Err(error) => {
                tally.skip(title, &error);
                None
            }
        };
        return Ok(if built.is_some() { Vec::new() } else { left_out(&JUDGES[3..4]) });
    }
    recipes::copy_plain(&into, site)?;
    let title = "The recipes";
    let built = match tools::documentation_python() {
        Ok(python) => tally.check(title, "MkDocs and Sphinx, over docs/recipes", || {
            recipes::build(&python, &into, &format!("{hosts}recipes/"), site)
        }),
        Err(error) => {
            tally.skip(title, &error);
            None
        }
    };
    Ok(if built.is_some() { Vec::new() } else { left_out(&recipes::TESTS) })
}

/// Where the pages are that the page is put into.
fn hosts_folder() -> PathBuf {
    target().join("xtask").join("hosts")
}

/// The pages that the page is put into, at the paths of the hosts that they imitate.
const HOSTS: &str = "tests/browser/hosts";

/// Serves other people's pages, which have the page of another server in them: as they come, with a
/// policy of their own, isolated, and in a sandbox; and the page itself once more, as a folder
/// below others.
fn hosts(page: &Path, site: &str, watch: Option<String>) -> Result<Server> {
    let folder = hosts_folder();
    fs::remove_dir_all(&folder).ok();
    // Browsers ask for one where a page names none.
    files::write(&folder.join("favicon.ico"), "")?;
    for name in ["plain", "strict", "isolated", "sandboxed"] {
        for entry in
            fs::read_dir(root().join(HOSTS)).with_context(|| format!("cannot read {HOSTS}"))?
        {
            let from = entry?.path();
            let text = files::text_of(&from)?.replace("{site}", site);
            files::write(&folder.join(name).join(from.file_name().unwrap_or_default()), text)?;
        }
    }
    let origin = site.trim_end_matches('/');
    let header =
        |at: &str, name: &str, value: &str| (at.to_owned(), name.to_owned(), value.to_owned());
    let strict = format!(
        "default-src 'self'; script-src 'self' {origin}; frame-src {origin}; style-src 'self'; img-src 'self' data:"
    );
    let site = Site {
        folders: vec![
            Folder { at: "/".to_owned(), path: folder, is_page: false },
            Folder {
                at: "/tools/configurator/".to_owned(),
                path: page.to_path_buf(),
                is_page: true,
            },
        ],
        watch,
        headers: vec![
            header("/strict/", "Content-Security-Policy", &strict),
            header("/isolated/", "Cross-Origin-Embedder-Policy", "require-corp"),
            header("/isolated/", "Cross-Origin-Opener-Policy", "same-origin"),
            header("/sandboxed/", "Content-Security-Policy", "sandbox allow-scripts"),
        ],
    };
    Server::start_site(serve::listen(0)?, site)
}

/// Builds the native command and returns its path: beside this very program, which the same cargo
/// built.
fn native_command() -> Result<PathBuf> {
    run::run(cargo().args([
        "build",
        "--package",
        "configurator-cli",
        "--bin",
        "connected-registry",
    ]))?;
    let path = env::current_exe()?
        .with_file_name(format!("connected-registry{}", env::consts::EXE_SUFFIX));
    if !path.is_file() {
        bail!("cargo has not put the native command at {}", path.display());
    }
    Ok(path)
}

/// The count, and what to say about it at the end.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    skipped: usize,
    notes: Vec<String>,
}

impl Tally {
    /// Runs a check that passes or fails as a whole, and returns what it made.
    fn check<T>(&mut self, title: &str, how: &str, check: impl FnOnce() -> Result<T>) -> Option<T> {
        say(format!("{title}: {how}"));
        match check() {
            Ok(made) => {
                self.passed += 1;
                Some(made)
            }
            Err(error) => {
                self.fail(title, &format!("{error:#}"));
                None
            }
        }
    }

    /// Notes a failure.
    fn fail(&mut self, title: &str, reason: &str) {
        self.failed += 1;
        self.notes.push(format!("FAILED   {title}: {reason}"));
    }

    /// Notes what could not run, and why.
    fn skip(&mut self, title: &str, error: &anyhow::Error) {
        say(format!("{title}: cannot run: {error:#}"));
        self.skipped += 1;
        self.notes.push(format!("SKIPPED  {title}: {error:#}"));
    }

    /// Runs `cargo test` and counts test by test.
    ///
    /// Where tests must be (`expected`), a run without any fails: tests that were renamed away from
    /// their stage would otherwise pass for ever. Only the user's own arguments may match nothing.
    fn cargo_test(
        &mut self,
        title: &str,
        mut command: Command,
        arguments: &[String],
        expected: bool,
    ) {
        let colour = if std::io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none() {
            "always"
        } else {
            "never"
        };
        command.args(["--color", colour, "--", "--color", colour]).args(arguments);
        match stream(&mut command) {
            Err(error) => self.fail(title, &format!("{error:#}")),
            Ok(run) => {
                self.passed += run.passed;
                self.failed += run.failed.len().max(run.failed_count);
                for name in &run.failed {
                    self.notes.push(format!("FAILED   {title}: {name}"));
                }
                for name in run
                    .ignored
                    .iter()
                    .filter(|name| !JUDGES.iter().chain([&AUDITED]).any(|part| name.contains(part)))
                {
                    self.skipped += 1;
                    self.notes.push(format!("SKIPPED  {title}: {name} is marked #[ignore]"));
                }
                if !run.well && run.failed_count == 0 {
                    self.fail(
                        title,
                        &format!(
                            "{} did not get as far as its tests, or broke off",
                            spelled(&command)
                        ),
                    );
                } else if run.well && run.passed == 0 && expected {
                    self.fail(title, "there was no test to run");
                }
            }
        }
    }

    /// Prints what failed and what was skipped, then the count as the last line, and returns
    /// whether all is well.
    fn report(&self, strict: bool) -> bool {
        show("");
        for note in &self.notes {
            show(note);
        }
        if strict && self.skipped > 0 {
            show("With CI=true, nothing may be skipped.");
        }
        show(format!("{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped));
        self.failed == 0 && !(strict && self.skipped > 0)
    }
}

/// What one `cargo test` came to.
#[derive(Default)]
struct Run {
    /// Whether cargo left with success.
    well: bool,
    passed: usize,
    /// How many failed, by the summaries.
    failed_count: usize,
    /// Which failed, by their own lines.
    failed: Vec<String>,
    /// Which were not run because they are marked so.
    ignored: Vec<String>,
}

impl Run {
    /// Takes in one line of the test programs' output.
    fn read(&mut self, line: &str) {
        let line = plain(line);
        if let Some(counts) = line.strip_prefix("test result: ") {
            // "ok. 3 passed; 1 failed; 0 ignored; 0 measured; 2 filtered out; finished in 0.01s"
            let counts = counts.split_once(". ").map_or(counts, |(_, counts)| counts);
            for count in counts.split("; ") {
                match count
                    .split_once(' ')
                    .and_then(|(number, what)| Some((number.parse::<usize>().ok()?, what)))
                {
                    Some((number, "passed")) => self.passed += number,
                    Some((number, "failed")) => self.failed_count += number,
                    _ => {}
                }
            }
        } else if let Some((name, outcome)) =
            line.strip_prefix("test ").and_then(|test| test.split_once(" ... "))
        {
            if outcome.starts_with("FAILED") {
                self.failed.push(name.to_owned());
            } else if outcome.starts_with("ignored") {
                self.ignored.push(name.to_owned());
            }
        }
    }
}

/// Runs a command, shows its output as it comes, and reads it meanwhile.
fn stream(command: &mut Command) -> Result<Run> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", spelled(command)))?;
    let mut run = Run::default();
    if let Some(output) = child.stdout.take() {
        let mut output = BufReader::new(output);
        let mut line = Vec::new();
        // Bytes, because a test may print anything.
        while output.read_until(b'\n', &mut line)? > 0 {
            std::io::stdout().write_all(&line).ok();
            run.read(String::from_utf8_lossy(&line).trim_end());
            line.clear();
        }
    }
    run.well = child.wait()?.success();
    Ok(run)
}

/// The line without the colours that terminals understand.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        text.push_str(before);
        // "\e[32m", or "\e(B", which resets on some terminals.
        rest =
            after.find(|end: char| end.is_ascii_alphabetic()).map_or("", |end| &after[end + 1..]);
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Run {
        let mut run = Run::default();
        for line in lines {
            run.read(line);
        }
        run
    }

    #[test]
    fn summaries_are_added_up() {
        let run = read(&[
            "running 3 tests",
            "test a ... ok",
            "test b::c ... FAILED",
            "test judge_shellcheck_all ... ignored, needs ShellCheck",
            "test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            "test result: ok. 40 passed; 0 failed; 0 ignored; 0 measured; 2 filtered out; finished in 1.00s",
            "error: test failed",
        ]);
        assert_eq!((run.passed, run.failed_count), (41, 1));
        assert_eq!(run.failed, ["b::c"]);
        assert_eq!(run.ignored, ["judge_shellcheck_all"]);
    }

    #[test]
    fn colours_do_not_hide_a_summary() {
        let run = read(&[
            "test x ... \u{1b}[31mFAILED\u{1b}(B\u{1b}[m",
            "test result: \u{1b}[31mFAILED\u{1b}(B\u{1b}[m. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out",
        ]);
        assert_eq!((run.passed, run.failed_count), (2, 1));
        assert_eq!(run.failed, ["x"]);
    }

    #[test]
    fn what_tests_print_is_not_counted() {
        let run = read(&[
            "the test result: ok. 9 passed; 9 failed",
            "  test a ... ok",
            "2 passed; 3 failed",
        ]);
        assert_eq!((run.passed, run.failed_count), (0, 0));
    }
}
