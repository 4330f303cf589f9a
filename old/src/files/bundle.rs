//! Several files as one: a zip with one folder in it.
//!
//! The files are stored as they are: they are texts of some kB, and what compresses them would
//! weigh more than it saves. The format is that of PKWARE's APPNOTE 6.3.10, 4.3 and 4.4; times are
//! UTC in the extra field of Info-ZIP.

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use der::DateTime;
use std::collections::BTreeSet;
use std::time::Duration;

/// A name that is not fit for every system, with the files that were to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadName(pub String);

/// 1980-01-01: the first day that the format knows, and the time of files that have none.
const EPOCH: u64 = 315_532_800;
/// 2107-12-31: its last.
const END: u64 = 4_354_732_800;

const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// The bytes of a zip with a folder that holds these files, each a name and a text. Unix mode 0755
/// for scripts (`.sh`), 0644 for all others; of the given time in seconds since 1970, else of
/// 1980-01-01. The same input always gives the same bytes.
///
/// # Errors
///
/// A name, also that of the folder, that has other characters than ASCII letters, digits and `-_.`,
/// that begins with a period, is empty, is longer than 100 characters, or is there twice, also in
/// another case.
pub fn bundle(folder: &str, files: &[(&str, &str)], time: Option<u64>) -> Result<Vec<u8>, BadName> {
    let mut seen = BTreeSet::new();
    let is_bad = |name: &&str| !is_fit(name) || !seen.insert(name.to_ascii_lowercase());
    if let Some(name) = Some(folder)
        .filter(|folder| !is_fit(folder))
        .or_else(|| files.iter().map(|(name, _)| *name).find(is_bad))
    {
        return Err(BadName(name.to_owned()));
    }
    let time = time.unwrap_or(EPOCH).clamp(EPOCH, END);
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let at = number(archive.len());
        let path = format!("{folder}/{name}");
        let common = common(&path, text.as_bytes(), time);
        archive.extend(b"PK\x03\x04");
        archive.extend(&common);
        archive.extend(path.bytes());
        archive.extend(modified(time));
        archive.extend(text.bytes());

        let mode: u32 = if name.ends_with(".sh") { 0o100_755 } else { 0o100_644 };
        directory.extend(b"PK\x01\x02");
        // Made by Unix, so that the mode is looked at.
        directory.extend([20, 3]);
        directory.extend(&common);
        // No comment; the first disk; nothing internal.
        directory.extend([0; 6]);
        directory.extend((mode << 16).to_le_bytes());
        directory.extend(at);
        directory.extend(path.bytes());
        directory.extend(modified(time));
    }
    let count = number(files.len());
    let (length, at) = (number(directory.len()), number(archive.len()));
    archive.extend(directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count[0], count[1], count[0], count[1]]);
    archive.extend(length);
    archive.extend(at);
    archive.extend([0, 0]);
    Ok(archive)
}

fn is_fit(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=100).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(fits)
}

/// Sizes stay far below 4 GiB: it all is in the memory of a page.
fn number(size: usize) -> [u8; 4] {
    (size as u32).to_le_bytes()
}

/// What stands alike before a file and in the directory: version 2.0, no flags, stored; time,
/// checksum, sizes, and the lengths of what follows.
fn common(path: &str, content: &[u8], time: u64) -> Vec<u8> {
    let mut bytes = vec![20, 0, 0, 0, 0, 0];
    bytes.extend(dos_time(time));
    bytes.extend(CRC.checksum(content).to_le_bytes());
    bytes.extend(number(content.len()));
    bytes.extend(number(content.len()));
    bytes.extend((path.len() as u16).to_le_bytes());
    bytes.extend((modified(time).len() as u16).to_le_bytes());
    bytes
}

/// Time and date in two bytes each, in steps of two seconds.
fn dos_time(time: u64) -> [u8; 4] {
    // In the range there always is one.
    let Ok(moment) = DateTime::from_unix_duration(Duration::from_secs(time)) else {
        return [0, 0, 0x21, 0];
    };
    let time = u32::from(moment.hour()) << 11
        | u32::from(moment.minutes()) << 5
        | u32::from(moment.seconds()) >> 1;
    let date = (u32::from(moment.year()) - 1980) << 9
        | u32::from(moment.month()) << 5
        | u32::from(moment.day());
    (date << 16 | time).to_le_bytes()
}

/// The same in UTC: the field above has no time zone.
fn modified(time: u64) -> [u8; 9] {
    let [a, b, c, d] = (time as u32).to_le_bytes();
    [b'U', b'T', 5, 0, 1, a, b, c, d]
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use std::fs;
    use std::process::Command;
    use tempfile::TempDir;

    const FILES: [(&str, &str); 4] = [
        ("deploy.sh", "#!/usr/bin/env bash\necho 'größe' \r\n"),
        ("deploy.ps1", "# x\n"),
        ("empty.json", ""),
        ("README.md", "a\0b"),
    ];
    const TIME: u64 = 1_800_000_000;

    /// A program that may not be there, where the tests run on somebody's own machine.
    fn output(program: &str, arguments: &[&str]) -> Option<String> {
        let output = Command::new(program).args(arguments).env("TZ", "UTC").output().ok()?;
        assert!(
            output.status.success(),
            "{program} {arguments:?}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    #[test]
    fn python_reads_it_byte_for_byte() {
        let folder = TempDir::new().expect("a temporary folder");
        let file = folder.path().join("x.zip");
        fs::write(&file, bundle("edge01", &FILES, Some(TIME)).expect("the names are fit"))
            .expect("it can be written");
        const SCRIPT: &str = "import sys, zipfile, json
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps([[i.filename, oct(i.external_attr >> 16), list(i.date_time), archive.read(i).hex()] for i in archive.infolist()]))";
        let Some(read) = output("python3", &["-c", SCRIPT, &file.to_string_lossy()]) else {
            return;
        };
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
        let expected: Vec<_> = FILES
            .iter()
            .map(|(name, text)| {
                let mode = if name.ends_with(".sh") { "0o100755" } else { "0o100644" };
                serde_json::json!([
                    format!("edge01/{name}"),
                    mode,
                    [2027, 1, 15, 8, 0, 0],
                    hex(text)
                ])
            })
            .collect();
        assert_eq!(
            read.trim().parse::<serde_json::Value>().expect("JSON"),
            serde_json::Value::Array(expected)
        );
    }

    #[test]
    fn unzip_unpacks_it() {
        let folder = TempDir::new().expect("a temporary folder");
        let file = folder.path().join("x.zip");
        fs::write(&file, bundle("edge01", &FILES, Some(TIME)).expect("the names are fit"))
            .expect("it can be written");
        let file = file.to_string_lossy();
        let Some(tested) = output("unzip", &["-t", &file]) else { return };
        assert!(tested.contains("No errors detected"), "{tested}");
        output("unzip", &["-q", &file, "-d", &folder.path().to_string_lossy()]);
        for (name, text) in FILES {
            let path = folder.path().join("edge01").join(name);
            assert_eq!(fs::read(&path).expect("it is there"), text.as_bytes());
            let modified =
                fs::metadata(&path).and_then(|data| data.modified()).expect("it has a time");
            assert_eq!(
                modified.duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs(),
                TIME
            );
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = fs::metadata(&path).expect("it has a mode").permissions().mode() & 0o777;
                // As far as the umask lets it.
                assert_eq!(
                    mode & 0o700,
                    if name.ends_with(".sh") { 0o700 } else { 0o600 },
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn the_same_again_is_the_same() {
        assert_eq!(bundle("a", &FILES, None), bundle("a", &FILES, Some(EPOCH)));
        assert_eq!(bundle("a", &FILES, Some(0)), bundle("a", &FILES, Some(EPOCH)));
        assert_eq!(bundle("a", &FILES, Some(u64::MAX)), bundle("a", &FILES, Some(END)));
        assert_ne!(bundle("a", &FILES, Some(TIME)), bundle("a", &FILES, None));
        assert!(bundle("a", &[], None).is_ok_and(|bytes| bytes.len() == 22));
    }

    #[test]
    fn names_that_are_not_fit_are_refused() {
        for name in [
            "",
            ".",
            "..",
            ".hidden",
            "a/b",
            "a\\b",
            "größe",
            "a b",
            "a\0",
            "C:x",
            &"x".repeat(101),
        ] {
            assert_eq!(bundle("a", &[(name, "")], None), Err(BadName(name.to_owned())), "{name:?}");
            assert_eq!(bundle(name, &[("x", "")], None), Err(BadName(name.to_owned())), "{name:?}");
        }
        assert_eq!(bundle("a", &[("x", ""), ("X", "")], None), Err(BadName("X".to_owned())));
        assert!(bundle("a", &[("b", "")], None).is_ok());
    }
}
