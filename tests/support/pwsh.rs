//! Scripts in a [`World`], run by PowerShell: by the program that the variable `PWSH` names.
//!
//! Where the variable `POWERSHELL_RUNS` names a file, every run adds a byte to it: its length is
//! their number.

use crate::world::{PROMPT, Run, Turn, World, keys};
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What PowerShell is told, so that it works for this world only.
const QUIET: [(&str, &str); 3] = [
    ("POWERSHELL_TELEMETRY_OPTOUT", "1"),
    ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
    ("POWERSHELL_UPDATECHECK", "Off"),
];

/// The file that a script is saved in.
const SCRIPT: &str = "script.ps1";

fn program() -> OsString {
    std::env::var_os("PWSH").expect("PWSH names PowerShell")
}

impl World {
    /// Runs a script by PowerShell, without a terminal, in the folder of this world.
    pub(crate) fn pwsh(&self, script: &str, arguments: &[&str]) -> Run {
        self.save_for_pwsh(SCRIPT, script);
        self.start_pwsh(&self.folder(), SCRIPT, &["-NonInteractive"], arguments)
    }

    /// The same with more of PowerShell's own options, or fewer: without `-NonInteractive` it tries
    /// to ask.
    pub(crate) fn pwsh_told(&self, options: &[&str], script: &str, arguments: &[&str]) -> Run {
        self.save_for_pwsh(SCRIPT, script);
        self.start_pwsh(&self.folder(), SCRIPT, options, arguments)
    }

    /// The same in another folder, which is in that of this world.
    pub(crate) fn pwsh_in(&self, folder: &str, script: &str, arguments: &[&str]) -> Run {
        let folder = self.folder().join(folder);
        let file = folder.join(SCRIPT);
        fs::write(&file, script).expect("the script can be written");
        let run =
            self.start_pwsh(&folder, &file.display().to_string(), &["-NonInteractive"], arguments);
        fs::remove_file(file).expect("the script is there");
        run
    }

    /// The same after a profile has set something; the script runs in its scope.
    pub(crate) fn pwsh_after(&self, profile: &str, script: &str, arguments: &[&str]) -> Run {
        self.save_for_pwsh(SCRIPT, script);
        self.save_for_pwsh(
            "start.ps1",
            &format!("{profile}\n. \"$PSScriptRoot/{SCRIPT}\" @args\n"),
        );
        self.start_pwsh(&self.folder(), "start.ps1", &["-NonInteractive"], arguments)
    }

    /// Runs a script by PowerShell on a terminal.
    pub(crate) fn pwsh_on_a_terminal(&self, script: &str, talk: Vec<Turn>) -> Run {
        self.save_for_pwsh(SCRIPT, script);
        let file = self.root.path().join(SCRIPT).display().to_string();
        self.talk_to_pwsh(&["-File", &file], talk)
    }

    /// Talks to an interactive PowerShell with its line editor, from its first prompt on; then
    /// leaves it, which shows that it is still alive.
    pub(crate) fn pwsh_interactive(&self, talk: Vec<Turn>) -> Run {
        // The editor prints what is typed: no text that is awaited may be part of that.
        let start = keys(
            "PS ",
            &format!("function prompt {{ '{}' + '{}' }}\n", &PROMPT[..3], &PROMPT[3..]),
        );
        let end = [keys(PROMPT, "Write-Host ('the' + '-end')\n"), keys("the-end", "exit 7\n")];
        let talk = [start].into_iter().chain(talk).chain(end).collect();
        let run = self.talk_to_pwsh(&["-NoLogo"], talk);
        assert_eq!(
            run.status,
            Some(7),
            "the interactive PowerShell did not outlive what was typed:\n{}",
            run.said
        );
        run
    }

    fn talk_to_pwsh(&self, arguments: &[&str], talk: Vec<Turn>) -> Run {
        count();
        let program = program().into_string().expect("a path in UTF-8");
        let command: Vec<String> = [&program, "-NoProfile"]
            .into_iter()
            .chain(arguments.iter().copied())
            .map(str::to_owned)
            .collect();
        let mut environment = self.environment("C.UTF-8");
        environment.extend(QUIET.map(|(name, value)| (name, value.to_owned())));
        // On any other it asks where the cursor is before and after everything that it prints.
        environment.insert("TERM", "dumb".to_owned());
        self.on_a_terminal(&command, environment, talk)
    }

    /// Saves a script beside the folder in which it runs.
    fn save_for_pwsh(&self, file: &str, script: &str) {
        fs::write(self.root.path().join(file), script).expect("the script can be written");
    }

    fn start_pwsh(&self, folder: &Path, file: &str, options: &[&str], arguments: &[&str]) -> Run {
        count();
        let mut pwsh = Command::new(program());
        pwsh.arg("-NoProfile")
            .args(options)
            .arg("-File")
            .arg(self.root.path().join(file))
            .args(arguments);
        pwsh.current_dir(folder)
            .env_clear()
            .envs(self.environment("C.UTF-8"))
            .envs(QUIET)
            .stdin(Stdio::null());
        pwsh.output().expect("PowerShell runs").into()
    }
}

fn count() {
    if let Some(file) = std::env::var_os("POWERSHELL_RUNS") {
        let mut file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(file)
            .expect("the file of the number of runs");
        file.write_all(b".").expect("one more");
    }
}
