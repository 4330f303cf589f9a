//! Creates zip archives.

use crate::messages::ArchiveFile;
use std::io::{Cursor, Write};
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A point in time, as an archive stores it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timestamp {
    /// Seconds since 1970, in UTC.
    pub seconds: u32,
    /// Year, month, day, hour, minute and second in the time zone of the user.
    pub local: [u16; 6],
}

impl Timestamp {
    /// As the format writes it, 1980-01-01 if it is out of range.
    fn date(self) -> DateTime {
        let [year, rest @ ..] = self.local;
        let [month, day, hour, minute, second] =
            rest.map(|part| u8::try_from(part).unwrap_or(u8::MAX));
        DateTime::from_date_and_time(year, month, day, hour, minute, second).unwrap_or_default()
    }
}

/// Creates a zip archive with one folder that holds the files. Scripts (`.sh`) can be executed.
/// The same input always gives the same bytes.
///
/// # Errors
///
/// Two files of the same name.
pub fn create(folder: &str, files: &[ArchiveFile], modified: Timestamp) -> ZipResult<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for ArchiveFile { name, text } in files {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(modified.date())
            .unix_permissions(if name.ends_with(".sh") { 0o755 } else { 0o644 })
            // The date above has no time zone.
            .with_extended_timestamp(Some(modified.seconds), None, None)?;
        archive.start_file(format!("{folder}/{name}"), options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
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
    const MODIFIED: Timestamp = Timestamp { seconds: 1_800_000_000, local: [2027, 1, 15, 8, 0, 1] };

    fn files() -> Vec<ArchiveFile> {
        let file =
            |(name, text): (&str, &str)| ArchiveFile { name: name.into(), text: text.into() };
        FILES.map(file).into()
    }

    /// A folder with the archive `x.zip`.
    fn written() -> TempDir {
        let folder = TempDir::new().expect("a temporary folder");
        let bytes = create("edge01", &files(), MODIFIED).expect("different names");
        fs::write(folder.path().join("x.zip"), bytes).expect("a new file");
        folder
    }

    /// The output of a program; `None` if it is not installed.
    fn output(program: &str, arguments: &[&str]) -> Option<String> {
        let output = Command::new(program).args(arguments).env("TZ", "UTC").output().ok()?;
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?}: {error}");
        Some(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    #[test]
    fn python_reads_names_modes_dates_and_bytes() {
        let folder = written();
        const SCRIPT: &str = "import sys, zipfile, json
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps([[i.filename, oct(i.external_attr >> 16), list(i.date_time), i.flag_bits & 8,
    archive.read(i).hex()] for i in archive.infolist()]))";
        let path = folder.path().join("x.zip");
        let Some(read) = output("python3", &["-c", SCRIPT, &path.to_string_lossy()]) else {
            return;
        };
        let expected: Vec<_> = FILES
            .iter()
            .map(|(name, text)| {
                let mode = if name.ends_with(".sh") { "0o100755" } else { "0o100644" };
                let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
                // Sizes are before the data: some programs cannot read stored entries otherwise.
                serde_json::json!([format!("edge01/{name}"), mode, [2027, 1, 15, 8, 0, 0], 0, hex])
            })
            .collect();
        let read: serde_json::Value = read.trim().parse().expect("JSON");
        assert_eq!(read, serde_json::Value::Array(expected));
    }

    #[test]
    fn unzip_unpacks_texts_times_and_modes() {
        let folder = written();
        let archive = folder.path().join("x.zip");
        let archive = archive.to_string_lossy();
        let Some(tested) = output("unzip", &["-t", &archive]) else { return };
        assert!(tested.contains("No errors detected"), "{tested}");
        output("unzip", &["-q", &archive, "-d", &folder.path().to_string_lossy()]);
        for (name, text) in FILES {
            let path = folder.path().join("edge01").join(name);
            assert_eq!(fs::read(&path).expect("an unpacked file"), text.as_bytes());
            let metadata = fs::metadata(&path).expect("an unpacked file");
            let modified = metadata.modified().expect("a time");
            let seconds = modified.duration_since(std::time::UNIX_EPOCH).expect("after 1970");
            assert_eq!(seconds.as_secs(), u64::from(MODIFIED.seconds));
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let mode = if name.ends_with(".sh") { 0o700 } else { 0o600 };
                // As far as the umask permits.
                assert_eq!(metadata.permissions().mode() & 0o700, mode, "{name}");
            }
        }
    }

    #[test]
    fn same_input_gives_same_bytes() {
        let create = |modified| create("a", &files(), modified).expect("different names");
        assert_eq!(create(MODIFIED), create(MODIFIED));
        assert_ne!(create(MODIFIED), create(Timestamp::default()));
    }

    #[test]
    fn two_files_of_one_name_are_an_error() {
        let twice = [&files()[..1], &files()[..1]].concat();
        assert!(create("a", &twice, MODIFIED).is_err());
        assert!(create("a", &[], MODIFIED).is_ok_and(|bytes| bytes.len() == 22));
    }
}
