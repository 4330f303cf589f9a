//! A little cloud for scripts to work on: a folder in which the package `stand-in` is `az`,
//! `kubectl`, `crictl`, `sudo` and `openssl`, notes its calls and keeps what it is told. `openssl`
//! is the real one behind that, where there is one.

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

/// Puts the program into a folder under another name.
#[cfg(not(unix))]
fn place(program: &Path, at: &Path) {
    fs::copy(program, at).expect("a copy of the program");
}

/// A folder for the stubs, one for what they keep, and one to work in.
pub(crate) struct World {
    pub(crate) root: TempDir,
}

/// How a program ended, and what it printed.
pub(crate) struct Run {
    /// The exit status; none where a signal ended it.
    pub(crate) status: Option<i32>,
    /// Standard output and standard error.
    pub(crate) said: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            said: String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        }
    }
}

/// One turn of a talk with a program on a terminal: what to await, and what to do then.
#[derive(Clone, Serialize)]
pub(crate) struct Turn {
    expect: String,
    #[serde(flatten)]
    act: Act,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "lowercase")]
enum Act {
    Keys(String),
    Paste(String),
}

/// Once this was printed, these keys are typed.
pub(crate) fn keys(expect: &str, keys: &str) -> Turn {
    Turn { expect: expect.to_owned(), act: Act::Keys(keys.to_owned()) }
}

/// Once this was printed, this text is pasted.
pub(crate) fn paste(expect: &str, text: &str) -> Turn {
    Turn { expect: expect.to_owned(), act: Act::Paste(text.to_owned()) }
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
        let world = Self { root: TempDir::new().expect("a temporary folder") };
        for folder in ["bin", "home", "state/kept", "work"] {
            fs::create_dir_all(world.root.path().join(folder)).expect("a folder in it");
        }
        for program in ["az", "kubectl", "crictl", "sudo", "openssl"] {
            place(stand_in(), &world.program(program));
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
            ("namespaces", "default\nkube-system\n"),
            ("secrets", ""),
            ("secret-type", "kubernetes.io/tls\n"),
            ("secret-ca", "Q0E=\n"),
            ("foreign", ""),
            ("removal", "1\n"),
            ("going", "\n"),
            ("definitions", ""),
            ("pods", ""),
        ] {
            world.keep(file, text);
        }
        world.keep("cluster", &format!("{cluster}\n"));
        world.forget_calls();
        world
    }

    /// Takes a program away.
    pub(crate) fn without(self, program: &str) -> Self {
        fs::remove_file(self.program(program)).expect("the stub is there");
        self
    }

    fn program(&self, name: &str) -> PathBuf {
        self.root.path().join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
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
        let path = self.folder().join(path);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder for it");
        fs::write(path, text).expect("the file can be written");
    }

    /// Calls that this bash pattern fits are answered with one line instead of the truth, or with
    /// nothing. With the status `hangs` they never end, and die of Ctrl+C; with `waits` they exit
    /// with 1 then, as azure-cli does; with `keeps` the text is the key of a
    /// longer answer; with `asks` it is a question, and they fail where nobody answers.
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

    /// What a program gets to see: the stubs first, and nothing of the user's.
    pub(crate) fn environment(&self, locale: &str) -> BTreeMap<&'static str, String> {
        let inside = |folder: &str| self.root.path().join(folder).display().to_string();
        let path = format!("{}:/usr/bin:/bin", inside("bin"));
        [
            ("PATH", path),
            ("HOME", inside("home")),
            ("WORLD", inside("state")),
            ("LC_ALL", locale.to_owned()),
            ("TERM", "xterm".to_owned()),
        ]
        .into()
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
        self.on_a_terminal(&[bash(), self.save(script)], self.environment("C.UTF-8"), talk)
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
        let mut environment = self.environment("C.UTF-8");
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
        Run { status: Some(talk.status), said: talk.output }
    }
}

/// An interactive shell, by its program.
#[derive(Clone, Debug)]
pub(crate) enum Session {
    Bash(String),
    Zsh(String),
}

/// The prompt of [`World::interactive`].
pub(crate) const PROMPT: &str = "ready> ";

/// The bash under test: the first on the PATH, or what the variable `BASH_UNDER_TEST` says.
pub(crate) fn bash() -> String {
    let on_path = || {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let bash = std::env::split_paths(&path)
            .map(|folder| folder.join("bash"))
            .find(|file| file.is_file());
        bash.expect("bash is on the PATH").display().to_string()
    };
    std::env::var("BASH_UNDER_TEST").unwrap_or_else(|_| on_path())
}
