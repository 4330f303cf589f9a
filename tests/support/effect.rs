//! The effects of a run: what is compared where the same choices run in two equal worlds.

use crate::trial::{Run, Trial};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What a run came to.
#[derive(Debug, PartialEq)]
pub(crate) struct Effect {
    pub(crate) status: Option<i32>,
    pub(crate) calls: Vec<Vec<String>>,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    pub(crate) state: BTreeMap<String, String>,
}

/// What the stubs keep for the tests, which differs by nature: the calls are compared by
/// themselves, a listing holds the time, and a real `kubectl` is given a port and asks for more.
const NOT_STATE: [&str; 7] =
    ["calls", "count", "failing", "answers", "settings.listed", "kubeconfig", "requests"];

/// The effect of a run on its world.
pub(crate) fn effect(trial: &Trial, run: &Run, makes_certificate: bool) -> Effect {
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
