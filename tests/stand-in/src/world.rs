//! The folder that is Azure and the cluster: files of lines.

use crate::Refusal;
use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The files of names of Azure resources. Azure keeps the case of a name, and ignores it when it
/// compares names. Names in Kubernetes, of repositories and of tags are compared with their case.
const IN_ANY_CASE: [&str; 8] = [
    "registered",
    "registries",
    "children",
    "tokens",
    "scope-maps",
    "linked",
    "extensions",
    "foreign",
];

/// Whether two names in a file are names of the same thing.
fn is_same(file: &str, name: &str, other: &str) -> bool {
    name == other || IN_ANY_CASE.contains(&file) && name.eq_ignore_ascii_case(other)
}

/// The folder `$WORLD`.
#[derive(Clone)]
pub(crate) struct World {
    folder: PathBuf,
}

impl World {
    pub(crate) fn new(folder: impl Into<OsString>) -> Self {
        Self { folder: PathBuf::from(folder.into()) }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.join(file)
    }

    /// Notes a call, and returns whether it is the one that fails.
    pub(crate) fn note(&self, program: &str, arguments: &[String]) -> Result<bool, Refusal> {
        let length = (arguments.len() + 1).to_string();
        let words =
            [length.as_str(), program].into_iter().chain(arguments.iter().map(String::as_str));
        let text: String = words.map(|word| format!("{word}\0")).collect();
        fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.path("calls"))?
            .write_all(text.as_bytes())?;
        let count = self.number("count").unwrap_or_default() + 1;
        self.keep("count", &format!("{count}\n"))?;
        Ok(self.number("failing") == Some(count))
    }

    fn number(&self, file: &str) -> Option<usize> {
        self.value(file)?.trim().parse().ok()
    }

    /// The bytes of a file.
    pub(crate) fn bytes(&self, file: &str) -> Result<Vec<u8>, Refusal> {
        Ok(fs::read(self.path(file))?)
    }

    pub(crate) fn keep(&self, file: &str, text: &str) -> Result<(), Refusal> {
        Ok(fs::write(self.path(file), text)?)
    }

    /// The lines of a file; none where it does not exist.
    pub(crate) fn lines(&self, file: &str) -> Vec<String> {
        fs::read_to_string(self.path(file)).unwrap_or_default().lines().map(str::to_owned).collect()
    }

    /// The first line of a file, where there is something in it.
    pub(crate) fn value(&self, file: &str) -> Option<String> {
        self.lines(file).into_iter().next().filter(|line| !line.is_empty())
    }

    /// The name as the file has it; none where the file does not have it.
    pub(crate) fn find(&self, file: &str, name: &str) -> Option<String> {
        self.lines(file).into_iter().find(|line| is_same(file, line, name))
    }

    pub(crate) fn has(&self, file: &str, name: &str) -> bool {
        self.find(file, name).is_some()
    }

    /// Adds a name to a file, unless it is there.
    pub(crate) fn add(&self, file: &str, name: &str) -> Result<(), Refusal> {
        let mut lines = self.lines(file);
        if !self.has(file, name) {
            lines.push(name.to_owned());
        }
        self.keep_lines(file, &lines)
    }

    /// Removes a name from a file.
    pub(crate) fn drop(&self, file: &str, name: &str) -> Result<(), Refusal> {
        self.retain(file, |line| !is_same(file, line, name))
    }

    fn retain(&self, file: &str, is_kept: impl Fn(&str) -> bool) -> Result<(), Refusal> {
        let mut lines = self.lines(file);
        lines.retain(|line| is_kept(line));
        self.keep_lines(file, &lines)
    }

    pub(crate) fn keep_lines(&self, file: &str, lines: &[String]) -> Result<(), Refusal> {
        self.keep(file, &lines.iter().map(|line| format!("{line}\n")).collect::<String>())
    }

    /// How many looks still see the namespace of the deployment go; none where it does not.
    pub(crate) fn going(&self) -> Option<usize> {
        self.number("going")
    }

    /// Removes the namespace of the deployment and what is in it, once it was seen to go often
    /// enough.
    pub(crate) fn settle(&self) -> Result<(), Refusal> {
        if self.going() == Some(0) {
            self.drop("namespaces", "connected-registry")?;
            self.retain("secrets", |secret| !secret.starts_with("connected-registry/"))?;
            self.keep("going", "")?;
        }
        Ok(())
    }

    /// Counts a look at the namespace of the deployment while it goes.
    pub(crate) fn look(&self) -> Result<(), Refusal> {
        match self.going() {
            Some(looks) => self.keep("going", &format!("{}\n", looks.saturating_sub(1))),
            None => Ok(()),
        }
    }

    /// Whether the API server of the cluster cannot be reached.
    pub(crate) fn is_unreachable(&self) -> bool {
        self.path("unreachable").exists()
    }

    /// The contexts of `kubectl`, the current one first, where there is one.
    pub(crate) fn contexts(&self) -> Vec<String> {
        let mut contexts: Vec<String> = self.value("context").into_iter().collect();
        for context in self.lines("contexts") {
            if !context.is_empty() && !contexts.contains(&context) {
                contexts.push(context);
            }
        }
        contexts
    }

    /// Notes a request to the API server.
    pub(crate) fn note_request(&self, request: &str) -> Result<(), Refusal> {
        let mut file =
            fs::OpenOptions::new().create(true).append(true).open(self.path("requests"))?;
        Ok(writeln!(file, "{request}")?)
    }

    pub(crate) fn refuse_if_going(&self) -> Result<(), Refusal> {
        match self.going() {
            Some(_) => Err(Refusal::new(
                "unable to create new content in namespace connected-registry because it is being terminated",
            )),
            None => Ok(()),
        }
    }

    /// Notes the protected settings as they are when `az` reads them, and who can read the file.
    pub(crate) fn take_settings(&self, file: &str) -> Result<(), Refusal> {
        let missing = |_| Refusal::new(format!("no file {file}"));
        let metadata = fs::metadata(file).map_err(missing)?;
        self.keep("settings.listed", &format!("{} {file}\n", permissions(&metadata)))?;
        let settings = fs::read(file).map_err(missing)?;
        Ok(fs::write(self.path("settings.json"), settings)?)
    }

    /// Copies a file into the folder.
    pub(crate) fn copy(&self, from: &str, to: &str) -> Result<(), Refusal> {
        let bytes =
            fs::read(Path::new(from)).map_err(|_| Refusal::new(format!("no file {from}")))?;
        Ok(fs::write(self.path(to), bytes)?)
    }

    /// Prints text, whose lines end as under Windows where that is wanted.
    pub(crate) fn say(&self, text: &str) -> Result<(), Refusal> {
        if self.path("crlf").exists() {
            self.say_raw(text.replace('\n', "\r\n").as_bytes())
        } else {
            self.say_raw(text.as_bytes())
        }
    }

    /// Prints bytes as they are.
    pub(crate) fn say_raw(&self, bytes: &[u8]) -> Result<(), Refusal> {
        let mut output = std::io::stdout().lock();
        output.write_all(bytes)?;
        Ok(output.flush()?)
    }
}

/// The permissions of a file, as `ls -l` shows them.
#[cfg(unix)]
fn permissions(metadata: &fs::Metadata) -> String {
    use std::os::unix::fs::PermissionsExt;
    let mode = metadata.permissions().mode();
    let bits = "rwxrwxrwx"
        .chars()
        .enumerate()
        .map(|(place, letter)| if mode >> (8 - place) & 1 == 1 { letter } else { '-' });
    std::iter::once('-').chain(bits).collect()
}

/// Elsewhere the folder decides who can read a file.
#[cfg(not(unix))]
fn permissions(_: &fs::Metadata) -> String {
    "-rw-------".to_owned()
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn names_of_azure_are_compared_in_any_case_and_keep_theirs() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let world = World::new(folder.path());
        world.add("registries", "Edge01").expect("the file can be written");
        world.add("registries", "EDGE01").expect("the file can be written");
        assert_eq!(world.lines("registries"), ["Edge01"]);
        assert_eq!(world.find("registries", "edge01").as_deref(), Some("Edge01"));
        assert_eq!(world.find("registries", "edge0"), None);
        world.drop("registries", "edge01").expect("the file can be written");
        assert!(!world.has("registries", "Edge01"));
        world.add("secrets", "default/a").expect("the file can be written");
        assert!(world.has("secrets", "default/a") && !world.has("secrets", "default/A"));
    }
}
