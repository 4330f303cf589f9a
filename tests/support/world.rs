//! A little cloud for scripts to work on: a folder in which the package `stand-in` is `az`,
//! `kubectl`, `crictl`, `sudo` and `openssl`, notes its calls and keeps what it is told. `openssl`
//! is the real one behind that, where there is one; and so is `kubectl` where a test wants it, in
//! front of a small API server.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

const SUPPORT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support");

/// Builds the program that stands in for all others, once for all tests, and returns its path.
fn stand_in() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args(["build", "--quiet", "--package", "stand-in", "--message-format=json"])
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        let output = cargo.stderr(Stdio::inherit()).output().expect("cargo runs");
        assert!(output.status.success(), "the package stand-in builds");
        let messages = String::from_utf8_lossy(&output.stdout).into_owned();
        let messages = messages
            .lines()
            .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
        let programs: Vec<PathBuf> =
            messages.filter_map(|message| Some(message["executable"].as_str()?.into())).collect();
        programs.into_iter().next_back().expect("cargo says where the program is")
    })
}

/// Puts the program into a folder under another name.
#[cfg(unix)]
fn place(program: &Path, at: &Path) {
    std::os::unix::fs::symlink(program, at).expect("a link to the program");
}

/// Puts the program into a folder under another name: by a hard link, which needs no rights, or by
/// a copy where the folder is on another drive.
#[cfg(not(unix))]
fn place(program: &Path, at: &Path) {
    if fs::hard_link(program, at).is_err() {
        fs::copy(program, at).expect("a copy of the program");
    }
}

/// The file `az.cmd` of azure-cli's installer for Windows, from its second comment on:
/// <https://github.com/Azure/azure-cli/blob/dev/build_scripts/windows/scripts/az.cmd>.
/// The folder above its own has the Python, which the stand-in takes the place of.
#[cfg(windows)]
const AZ_CMD: &str = "@IF EXIST \"%~dp0\\..\\python.exe\" (\r\n  SET AZ_INSTALLER=MSI\r\n  \"%~dp0\\..\\python.exe\" -IBm azure.cli %*\r\n) ELSE (\r\n  echo Failed to load python executable.\r\n  exit /b 1\r\n)\r\n";

/// The file `az` beside it, for Git Bash.
#[cfg(windows)]
const AZ_FOR_BASH: &str = "#!/usr/bin/env bash\n\nAZ_INSTALLER=MSI \"$(dirname \"${BASH_SOURCE[0]}\")/../python.exe\" -IBm azure.cli \"$@\"\n";

/// A locale with UTF-8, which every system has.
pub(crate) const UTF_8: &str = if cfg!(target_os = "macos") { "en_US.UTF-8" } else { "C.UTF-8" };

/// A folder for the stubs, one for what they keep, and one to work in.
pub(crate) struct World {
    pub(crate) root: TempDir,
    /// The real `kubectl`, which runs in front of a small API server where there is one.
    kubectl: Option<String>,
}

/// How a program ended, and what it printed.
pub(crate) struct Run {
    /// The exit status; none where a signal ended it.
    pub(crate) status: Option<i32>,
    /// Standard output and standard error.
    pub(crate) said: String,
}

impl Run {
    /// Panics if the stand-in has no answer to a call. A script may ignore that a call fails, so
    /// its exit status does not show this.
    fn new(status: Option<i32>, said: String) -> Self {
        assert!(!said.contains("ERROR: the stand-in "), "a call that has no answer:\n{said}");
        Self { status, said }
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        Self::new(output.status.code(), said)
    }
}

/// One turn of a talk with a program on a terminal: what to await, and what to do then.
#[derive(Clone, Serialize)]
pub(crate) struct Turn {
    expect: String,
    #[serde(flatten)]
    operation: Operation,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "lowercase")]
enum Operation {
    Keys(String),
    Paste(String),
}

/// Once this was printed, these keys are typed.
pub(crate) fn keys(expect: &str, keys: &str) -> Turn {
    Turn { expect: expect.to_owned(), operation: Operation::Keys(keys.to_owned()) }
}

/// Once this was printed, this text is pasted.
pub(crate) fn paste(expect: &str, text: &str) -> Turn {
    Turn { expect: expect.to_owned(), operation: Operation::Paste(text.to_owned()) }
}

/// How an interactive bash takes what is pasted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Pasting {
    /// Line by line, as if it were typed: every bash before 5.1, so that of macOS.
    AsLines,
    /// As a whole, once Enter is pressed, where bash can do that.
    AsAWhole,
}

impl World {
    /// A cloud in which nothing is done yet: data endpoint off, no provider registered, no
    /// connected registry, no extension; and kubectl points at this cluster, `GROUP/NAME`.
    pub(crate) fn new(cluster: &str) -> Self {
        // On macOS, a link leads to the temporary folders, and programs print where it leads.
        let temporary = std::env::temp_dir();
        let temporary = if cfg!(windows) { Ok(temporary) } else { fs::canonicalize(temporary) };
        let root = TempDir::new_in(temporary.expect("the temporary folders"));
        let kubectl = std::env::var("REAL_KUBECTL").ok().filter(|path| !path.is_empty());
        let world = Self { root: root.expect("a temporary folder"), kubectl };
        for folder in ["bin", "home", "state/kept", "work"] {
            fs::create_dir_all(world.root.path().join(folder)).expect("a folder in it");
        }
        #[cfg(windows)]
        {
            place(stand_in(), &world.root.path().join("python.exe"));
            fs::write(world.program("az"), AZ_CMD).expect("a file in it");
            fs::write(world.root.path().join("bin/az"), AZ_FOR_BASH).expect("a file in it");
        }
        for program in ["az", "kubectl", "crictl", "sudo", "openssl"] {
            if !world.program(program).exists() {
                place(stand_in(), &world.program(program));
            }
        }
        for (file, text) in [
            ("calls", ""),
            ("answers", ""),
            ("endpoint", "false\n"),
            ("registered", ""),
            ("registries", ""),
            ("children", ""),
            ("mode", "ReadWrite\n"),
            ("tokens", ""),
            ("scope-maps", ""),
            ("linked", ""),
            ("repositories", ""),
            ("imported", ""),
            ("schedule", "* * * * *\n"),
            ("window", ""),
            ("ttl", ""),
            ("active", ""),
            ("extensions", ""),
            ("auto-upgrade", "true\n"),
            ("version", "0.9.0\n"),
            ("train", "stable\n"),
            ("context", "edge-context\n"),
            ("contexts", ""),
            ("namespaces", "default\nkube-system\n"),
            ("secrets", ""),
            ("secret-type", "kubernetes.io/tls\n"),
            ("secret-ca", "Q0E=\n"),
            ("foreign", ""),
            ("removal", "1\n"),
            ("going", "\n"),
            ("definitions", ""),
            ("pods", ""),
            ("node-labels", ""),
        ] {
            world.keep(file, text);
        }
        world.keep("cluster", &format!("{cluster}\n"));
        world.forget_calls();
        world
    }

    /// Lets the stand-in of `kubectl` run this program in front of a small API server, or answer by
    /// itself.
    ///
    /// Without this call the environment variable `REAL_KUBECTL` decides.
    pub(crate) fn with_kubectl(self, program: Option<&str>) -> Self {
        Self { kubectl: program.map(str::to_owned), ..self }
    }

    /// Takes a program away.
    pub(crate) fn without(self, program: &str) -> Self {
        fs::remove_file(self.program(program)).expect("the stub is there");
        // On Windows, az is there for Git Bash once more.
        fs::remove_file(self.root.path().join("bin").join(program)).ok();
        self
    }

    /// One of the programs of this world.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        let suffix = match name {
            "az" if cfg!(windows) => ".cmd",
            _ => std::env::consts::EXE_SUFFIX,
        };
        self.root.path().join("bin").join(format!("{name}{suffix}"))
    }

    /// Where the scripts run.
    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join("work")
    }

    pub(crate) fn state(&self, file: &str) -> PathBuf {
        self.root.path().join("state").join(file)
    }

    /// Replaces a part of the cloud's state.
    pub(crate) fn keep(&self, file: &str, text: &str) {
        fs::write(self.state(file), text).expect("the state can be written");
    }

    /// A part of the cloud's state; none where it never came to be.
    pub(crate) fn kept(&self, file: &str) -> Option<String> {
        fs::read_to_string(self.state(file)).ok()
    }

    /// Puts a file into the folder where the scripts run.
    pub(crate) fn put(&self, path: &str, text: &str) {
        fs::write(self.create_folder_of(path), text).expect("the file can be written");
    }

    /// Creates the folder of a file in the folder where the scripts run, and returns the full path.
    pub(crate) fn create_folder_of(&self, path: &str) -> PathBuf {
        let path = self.folder().join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder for it");
        path
    }

    /// Calls that this bash pattern fits are answered with one line instead of the truth, or with
    /// nothing. With the status `hangs` they never end, and die of Ctrl+C; with `waits` they exit
    /// with 1 then, as azure-cli does; with `keeps` the text is the key of a
    /// longer answer; with `prompts` it is a question, and they fail where nobody answers.
    pub(crate) fn answer(&self, pattern: &str, status: impl Display, text: &str) {
        let answers = self.kept("answers").unwrap_or_default();
        self.keep("answers", &format!("{answers}{pattern}\t{status}\t{text}\n"));
    }

    /// Makes one call fail, counted from 1; 0 for none.
    pub(crate) fn fail(&self, call: usize) {
        self.keep("failing", &format!("{call}\n"));
    }

    /// Starts counting anew.
    pub(crate) fn forget_calls(&self) {
        self.keep("calls", "");
        self.keep("count", "0\n");
        self.fail(0);
    }

    /// Every call so far, program first.
    pub(crate) fn calls(&self) -> Vec<Vec<String>> {
        let bytes = fs::read(self.state("calls")).expect("the stubs keep their calls");
        let text = String::from_utf8_lossy(&bytes);
        let mut words = text.split_terminator('\0');
        let mut calls = Vec::new();
        while let Some(length) = words.next() {
            let length = length.parse().expect("the number of words");
            calls.push(words.by_ref().take(length).map(str::to_owned).collect());
        }
        calls
    }

    /// What lies in the folder where the scripts run.
    pub(crate) fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder()).expect("the folder can be listed");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    /// What a program gets to see: the stubs first, and nothing of the user's. On Windows, that
    /// includes what no program there starts without.
    pub(crate) fn environment(&self, locale: &str) -> BTreeMap<&'static str, String> {
        let inside = |folder: &str| self.root.path().join(folder).display().to_string();
        let folders = std::iter::once(self.root.path().join("bin")).chain(system_folders());
        let path = std::env::join_paths(folders).expect("folders that a PATH can hold");
        let mut environment: BTreeMap<&str, String> = OF_WINDOWS
            .iter()
            .filter(|_| cfg!(windows))
            .filter_map(|name| Some((*name, std::env::var(name).ok()?)))
            .collect();
        if cfg!(windows) {
            // Windows PowerShell runs no script where nobody has allowed it.
            environment.insert("PSExecutionPolicyPreference", "Bypass".to_owned());
        }
        environment.extend([
            ("PATH", path.into_string().expect("a PATH in UTF-8")),
            ("HOME", inside("home")),
            ("WORLD", inside("state")),
            ("LC_ALL", locale.to_owned()),
            ("TERM", "xterm".to_owned()),
        ]);
        environment.extend(self.kubectl.iter().map(|program| ("REAL_KUBECTL", program.clone())));
        environment
    }

    /// Saves a script beside the folder in which it runs.
    fn save(&self, script: &str) -> String {
        let path = self.root.path().join("script.sh");
        fs::write(&path, script).expect("the script can be written");
        path.display().to_string()
    }

    /// Runs a script by bash, without a terminal.
    pub(crate) fn run(&self, script: &str, arguments: &[&str]) -> Run {
        self.run_in("C", script, arguments)
    }

    /// The same in a locale.
    pub(crate) fn run_in(&self, locale: &str, script: &str, arguments: &[&str]) -> Run {
        let mut bash = Command::new(bash());
        bash.arg(self.save(script))
            .args(arguments)
            .current_dir(self.folder())
            .env_clear()
            .envs(self.environment(locale))
            .stdin(Stdio::null());
        bash.output().expect("bash runs").into()
    }

    /// Runs a script by bash on a terminal.
    pub(crate) fn run_on_a_terminal(&self, script: &str, talk: Vec<Turn>) -> Run {
        self.on_a_terminal(&[bash(), self.save(script)], self.environment(UTF_8), talk)
    }

    /// Talks to an interactive bash, from its first prompt on; then leaves it, which shows that it
    /// is still alive.
    pub(crate) fn interactive(&self, pasting: Pasting, talk: Vec<Turn>) -> Run {
        self.interactive_in(&Session::Bash(bash()), pasting, talk)
    }

    /// The same with the shell of a session.
    pub(crate) fn interactive_in(
        &self,
        session: &Session,
        pasting: Pasting,
        mut talk: Vec<Turn>,
    ) -> Run {
        let bracketed = if pasting == Pasting::AsAWhole { "on" } else { "off" };
        fs::write(
            self.root.path().join("home/.inputrc"),
            format!("set enable-bracketed-paste {bracketed}\n"),
        )
        .expect("a file at home");
        let mut environment = self.environment(UTF_8);
        environment.insert("PS1", PROMPT.to_owned());
        talk.extend([keys("", "echo the'-'end\n"), keys("the-end", "exit 7\n")]);
        let command = match session {
            Session::Bash(program) => vec![program.as_str(), "--norc", "--noprofile", "-i"],
            Session::Zsh(program) => {
                if pasting == Pasting::AsLines {
                    talk.insert(0, keys(PROMPT, "unset zle_bracketed_paste\n"));
                }
                vec![program.as_str(), "-f", "-i"]
            }
        };
        let command: Vec<String> = command.into_iter().map(str::to_owned).collect();
        let run = self.on_a_terminal(&command, environment, talk);
        assert_eq!(
            run.status,
            Some(7),
            "the interactive shell did not outlive what was typed:\n{}",
            run.said
        );
        run
    }

    /// Talks to a program on a terminal.
    pub(crate) fn on_a_terminal(
        &self,
        command: &[String],
        environment: BTreeMap<&str, String>,
        talk: Vec<Turn>,
    ) -> Run {
        #[derive(Deserialize)]
        struct Talk {
            status: i32,
            output: String,
            awaited: Option<String>,
        }
        let task = serde_json::json!({ "command": command, "folder": self.folder(), "environment": environment, "talk": talk, "seconds": 60 });
        let mut python = Command::new("python3");
        python
            .arg(Path::new(SUPPORT).join("terminal.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut python = python.spawn().expect("Python 3 is on the PATH");
        python
            .stdin
            .take()
            .expect("a pipe")
            .write_all(task.to_string().as_bytes())
            .expect("Python reads");
        let output = python.wait_with_output().expect("Python ends");
        let talk: Talk =
            serde_json::from_slice(&output.stdout).expect("terminal.py answers in JSON");
        assert_eq!(talk.awaited, None, "this never came:\n{}", talk.output);
        Run::new(Some(talk.status), talk.output)
    }
}

/// The variables without which programs of Windows do not start, or do not find what is theirs.
const OF_WINDOWS: [&str; 12] = [
    "APPDATA",
    "COMSPEC",
    "LOCALAPPDATA",
    "PATHEXT",
    "PROGRAMDATA",
    "PROGRAMFILES",
    "SYSTEMDRIVE",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "USERPROFILE",
    "WINDIR",
];

/// The folders of the system's own programs.
fn system_folders() -> Vec<PathBuf> {
    if !cfg!(windows) {
        return ["/usr/bin", "/bin"].map(PathBuf::from).into();
    }
    let windows = PathBuf::from(std::env::var_os("SYSTEMROOT").expect("Windows says where it is"));
    // Git Bash first: `sort` and `find` are other programs in Windows.
    git_for_windows()
        .map(|git| git.join("usr").join("bin"))
        .into_iter()
        .chain([windows.join("System32"), windows])
        .collect()
}

/// The folder of Git for Windows, which has the bash of Windows; none where it is elsewhere.
fn git_for_windows() -> Option<PathBuf> {
    let folder = PathBuf::from(std::env::var_os("PROGRAMFILES")?).join("Git");
    folder.is_dir().then_some(folder)
}

/// An interactive shell, by its program.
#[derive(Clone, Debug)]
pub(crate) enum Session {
    Bash(String),
    Zsh(String),
}

/// The prompt of [`World::interactive`].
pub(crate) const PROMPT: &str = "ready> ";

/// The bash under test: the program that the variable `BASH_UNDER_TEST` names, or the first on the
/// PATH. On Windows, Git Bash comes first: the `bash` of the system starts a Linux.
pub(crate) fn bash() -> String {
    if let Ok(program) = std::env::var("BASH_UNDER_TEST") {
        return program;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("bash{}", std::env::consts::EXE_SUFFIX);
    let of_git = git_for_windows().filter(|_| cfg!(windows)).map(|git| git.join("bin"));
    let bash = of_git
        .into_iter()
        .chain(std::env::split_paths(&path))
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file());
    bash.expect("bash is on the PATH").display().to_string()
}
