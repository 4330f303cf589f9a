//! Two equal worlds, one for each shell, and what is compared of them.

use crate::trial::{Run, Trial};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The same choices for both shells.
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) bash: Trial,
    pub(crate) powershell: Trial,
}

/// What a run came to.
#[derive(Debug, PartialEq)]
struct Effect {
    status: Option<i32>,
    calls: Vec<Vec<String>>,
    files: BTreeMap<String, Vec<u8>>,
    state: BTreeMap<String, String>,
}

/// What the stubs keep for the tests, which differs by nature: the calls are compared by
/// themselves, and a listing holds the time.
const NOT_STATE: [&str; 5] = ["calls", "count", "failing", "answers", "settings.listed"];

impl Pair {
    pub(crate) fn of(name: &str, link: &str) -> Self {
        let bash = Trial::of(&format!("{link}&shell=bash"));
        let powershell = Trial::of(&format!("{link}&shell=powershell"));
        // The same certificate.
        copy(&bash.world.folder(), &powershell.world.folder());
        Self { name: name.to_owned(), bash, powershell }
    }

    pub(crate) fn each(&self, act: impl Fn(&Trial)) {
        act(&self.bash);
        act(&self.powershell);
    }

    /// Runs both, `powershell` by what is given, and compares.
    pub(crate) fn judge(
        &self,
        what: &str,
        arguments: [&str; 1],
        powershell: impl FnOnce(&Trial, &[&str]) -> Run,
    ) -> Run {
        let given: &[&str] = if arguments == [""] { &[] } else { &arguments };
        self.compare(
            what,
            |trial| trial.run(&if given.is_empty() { vec![] } else { vec!["--yes"] }),
            |trial| powershell(trial, given),
        )
    }

    /// Runs both, each by what is given, and compares.
    pub(crate) fn compare(
        &self,
        what: &str,
        bash: impl FnOnce(&Trial) -> Run,
        powershell: impl FnOnce(&Trial) -> Run,
    ) -> Run {
        self.each(|trial| {
            trial.world.keep("calls", "");
            trial.world.keep("count", "0\n");
        });
        let by_bash = bash(&self.bash);
        let by_powershell = powershell(&self.powershell);
        let certificate = self.bash.makes_certificate();
        let (expected, got) = (
            effect(&self.bash, &by_bash, certificate),
            effect(&self.powershell, &by_powershell, certificate),
        );
        let said =
            format!("--- bash said\n{}\n--- PowerShell said\n{}", by_bash.said, by_powershell.said);
        let Self { name, .. } = self;
        assert_eq!(got.status, expected.status, "{name}, {what}: the exit status\n{said}");
        for (at, (got, expected)) in got.calls.iter().zip(&expected.calls).enumerate() {
            assert_eq!(got, expected, "{name}, {what}: call {at}\n{said}");
        }
        assert_eq!(
            got.calls.len(),
            expected.calls.len(),
            "{name}, {what}: the number of calls\n{said}"
        );
        assert_eq!(got.state, expected.state, "{name}, {what}: the state of the cloud\n{said}");
        assert_eq!(got.files, expected.files, "{name}, {what}: the files\n{said}");
        by_powershell
    }
}

fn effect(trial: &Trial, run: &Run, makes_certificate: bool) -> Effect {
    let root = trial.world.root.path().display().to_string();
    let calls = trial
        .world
        .calls()
        .into_iter()
        .map(|call| call.iter().flat_map(|word| split(&word.replace(&root, "WORLD"))).collect())
        .collect();
    let mut files = BTreeMap::new();
    read(&trial.world.folder(), "", &mut files);
    let mut kept = BTreeMap::new();
    read(&trial.world.root.path().join("state"), "", &mut kept);
    let mut state: BTreeMap<String, String> = kept
        .into_iter()
        .filter(|(file, _)| !NOT_STATE.contains(&file.as_str()))
        .map(|(file, bytes)| (file, String::from_utf8_lossy(&bytes).into_owned()))
        .collect();
    if makes_certificate {
        // Made by each of them, and another each time: what is in it is compared by its own trial.
        files.values_mut().for_each(Vec::clear);
        state.remove("settings.json");
    }
    // That az saw the file, and that nobody else could, is asserted where it is read.
    trial.settings();
    Effect { status: run.status, calls, files, state }
}

/// An option and its value are one word in PowerShell where the value might be empty or look like
/// an option.
fn split(word: &str) -> Vec<String> {
    match word.split_once('=') {
        Some((option, value)) if option.starts_with("--") => {
            vec![option.to_owned(), value.to_owned()]
        }
        _ => vec![word.to_owned()],
    }
}

/// Every file below a folder, by its path in it.
fn read(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("an entry").path();
        let name = format!("{below}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(&path).expect("the file can be read"));
        }
    }
}

/// Copies what lies in a folder into another one.
pub(crate) fn copy(from: &Path, to: &Path) {
    let mut files = BTreeMap::new();
    read(from, "", &mut files);
    for (name, bytes) in files {
        let file = to.join(name);
        fs::create_dir_all(file.parent().expect("it is in a folder")).expect("a folder for it");
        fs::write(file, bytes).expect("the file can be written");
    }
}
