//! Messages between the page and its worker, as flat types that serde writes as bytes (postcard).
//!
//! A message can have an attachment, which the browser copies by structured clone and serde never
//! sees: pasted text, a file, the finished archive. Secrets are only ever in attachments: a
//! connection string or a key is in no type of this module.

use configurator_core::rules::Severity;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Writes a message.
pub fn to_bytes(message: &impl Serialize) -> Vec<u8> {
    // Plain data can always be written.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// Reads a message that [`to_bytes`] wrote; `None` for any other bytes.
pub fn from_bytes<M: DeserializeOwned>(bytes: &[u8]) -> Option<M> {
    postcard::from_bytes(bytes).ok()
}

/// A request of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Checks pasted text. The text is the attachment, a string.
    CheckText {
        /// The format that the user chose, or that the file name implies; `None` to recognize it.
        format: Option<TextFormat>,
    },
    /// Reads a file as text. The file is the attachment.
    ReadTextFile,
    /// Starts filling in a protected-settings file, from empty fields.
    OpenSettings(SettingsFile),
    /// Sets a field of the protected settings. The secret is the attachment: a string or a file.
    SetSecret {
        /// The field.
        field: SecretField,
    },
    /// Reports that the user dropped no file, or several, on a field that takes one.
    RefuseFiles {
        /// The field.
        field: SecretField,
        /// The number of files.
        count: u32,
    },
    /// Empties a field of the protected settings.
    RemoveSecret {
        /// The field.
        field: SecretField,
    },
    /// Creates the protected-settings file.
    CreateSettings,
    /// Creates a zip archive with one folder.
    CreateArchive {
        /// The name of the folder.
        folder: String,
        /// The files in the folder.
        files: Vec<ArchiveFile>,
    },
}

/// A response of the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Response {
    /// The worker accepts requests. This is its first message, and answers none.
    Started,
    /// The findings of [`Request::CheckText`].
    TextChecked(CheckReport),
    /// The text of a file. It is the attachment, a string.
    TextFileRead {
        /// The format that the file name implies.
        format: Option<TextFormat>,
    },
    /// A file that is not text, with the reason and what to do.
    TextFileRefused {
        /// The reason.
        message: String,
    },
    /// The fields of the protected settings after a change.
    SettingsChanged {
        /// The fields.
        state: SettingsState,
        /// Whether the worker accepted the secret of [`Request::SetSecret`].
        is_accepted: bool,
    },
    /// The protected-settings file. It is the attachment, a blob.
    SettingsCreated(SettingsState),
    /// The file was not created, because a field is missing or wrong.
    SettingsIncomplete {
        /// The fields.
        state: SettingsState,
        /// The first field that is missing or wrong.
        field: SecretField,
    },
    /// The archive. It is the attachment, a blob.
    ArchiveCreated,
    /// The worker could not do what the page requested.
    Failed,
}

/// The format of pasted text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextFormat {
    /// Commands for bash.
    Bash,
    /// Commands for PowerShell.
    PowerShell,
    /// A Markdown page with code blocks.
    Markdown,
    /// A protected-settings file.
    Settings,
}

impl TextFormat {
    /// All formats, in the order in which the page lists them.
    pub const ALL: [Self; 4] = [Self::Bash, Self::PowerShell, Self::Markdown, Self::Settings];

    /// The value of its option in the page.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::PowerShell => "powershell",
            Self::Markdown => "markdown",
            Self::Settings => "settings",
        }
    }

    /// The format that a value means.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }
}

/// What was found in pasted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckReport {
    /// The format that the text was read as.
    pub format: TextFormat,
    /// The findings, in the order of the text.
    pub findings: Vec<TextFinding>,
    /// The number of findings that are not listed.
    pub more: usize,
    /// The corrected text; `None` if nothing can be corrected.
    pub corrected: Option<CorrectedText>,
    /// The choices that the text deploys, in the order of the text.
    pub imports: Vec<Import>,
    /// The parts of the text that are not imported.
    pub skipped: Vec<SkippedText>,
}

/// A finding in pasted text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextFinding {
    /// The id of the rule.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// Where it starts in a text area that holds the text, in UTF-16 code units.
    pub start: u32,
    /// Where it ends there.
    pub end: u32,
    /// The problem, and what to do.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// The name of the source.
    pub source_name: String,
    /// The address of the source, if it is public.
    pub source_url: Option<String>,
    /// The first changes that fix it; empty if no fix is certain.
    pub changes: Vec<Change>,
    /// The number of changes that are not listed.
    pub more_changes: usize,
}

/// A change that fixes a finding, shortened for display.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The text to remove, with visible characters in place of invisible ones.
    pub old: String,
    /// Whether the text to remove is only whitespace.
    pub is_blank: bool,
    /// The text to insert.
    pub new: String,
}

/// The corrected text, and what differs from the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectedText {
    /// The text.
    pub text: String,
    /// The text in pieces.
    pub pieces: Vec<Piece>,
    /// Whether the line ends of Windows became plain ones, which the pieces do not mark.
    pub has_plain_line_ends: bool,
}

/// A piece of the corrected text. Lengths are in bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// As it was.
    Same(usize),
    /// As it was, and left out of the display: the length, and the number of lines.
    Folded(usize, usize),
    /// The rest of a text that is too long to display: the length, and the number of lines.
    Omitted(usize, usize),
    /// Inserted.
    Added(usize),
    /// Removed, shortened, with visible characters in place of invisible ones; `true` if it is only
    /// whitespace.
    Removed(String, bool),
}

/// Choices that pasted text deploys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Import {
    /// The choices as a link, without `#`.
    pub fragment: String,
    /// Whether the text is written for the shell of the link; settings are for no shell.
    pub has_shell: bool,
    /// The first line that they come from, counted from 1.
    pub first_line: usize,
    /// The last line.
    pub last_line: usize,
}

/// A part of pasted text that is not imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedText {
    /// The line, counted from 1.
    pub line: usize,
    /// The text, shortened.
    pub text: String,
    /// Why it is not imported.
    pub why: String,
}

/// The protected-settings file to fill in. Nothing in it is secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsFile {
    /// The name of the file.
    pub name: String,
    /// The name of the connected registry; may be empty.
    pub registry: String,
    /// The service IP; may be empty.
    pub service_ip: String,
    /// The keys with their values, in the order of the file; empty values are to be filled in.
    pub settings: Vec<(String, String)>,
}

impl SettingsFile {
    /// The fields to fill in, in the order of the file.
    pub fn fields(&self) -> Vec<SecretField> {
        let is_open = |(_, value): &&(String, String)| value.is_empty();
        let open = self.settings.iter().filter(is_open);
        open.filter_map(|(key, _)| SecretField::from_setting(key)).collect()
    }

    /// Whether there is a field for every value that is to be filled in.
    pub fn can_be_filled_in(&self) -> bool {
        let open = self.settings.iter().filter(|(_, value)| value.is_empty()).count();
        open > 0 && open == self.fields().len()
    }
}

/// A field of the protected settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SecretField {
    /// The connection string.
    Connection,
    /// The certificate.
    Certificate,
    /// The private key.
    Key,
    /// The CA certificate.
    Authority,
}

impl SecretField {
    /// All fields.
    pub const ALL: [Self; 4] = [Self::Connection, Self::Certificate, Self::Key, Self::Authority];

    /// A word for ids and attributes.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::Certificate => "certificate",
            Self::Key => "key",
            Self::Authority => "authority",
        }
    }

    /// The key of the setting.
    pub const fn setting(self) -> &'static str {
        match self {
            Self::Connection => "connectionString",
            Self::Certificate => "tls.crt",
            Self::Key => "tls.key",
            Self::Authority => "tls.cacrt",
        }
    }

    /// The field of a setting.
    pub fn from_setting(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.setting() == key)
    }
}

/// The state of the protected settings, without the secrets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsState {
    /// The fields, in the order of the file.
    pub fields: Vec<FieldState>,
    /// What is missing or wrong, as a sentence.
    pub status: String,
}

impl SettingsState {
    /// The state of a field.
    pub fn field(&self, field: SecretField) -> Option<&FieldState> {
        self.fields.iter().find(|state| state.field == field)
    }
}

/// The state of a field of the protected settings, without the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldState {
    /// The field.
    pub field: SecretField,
    /// The kind of certificate or key in it; `None` if there is none.
    pub recognized: Option<String>,
    /// The contents of the certificate: names and values.
    pub facts: Vec<(String, String)>,
    /// The remarks about it.
    pub remarks: Vec<FieldRemark>,
}

impl FieldState {
    /// Whether an error prevents the file from being created.
    pub fn has_error(&self) -> bool {
        self.remarks.iter().any(|remark| remark.severity == Severity::Error)
    }
}

/// A remark about a field of the protected settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRemark {
    /// How much it matters.
    pub severity: Severity,
    /// The problem, and why it matters.
    pub message: String,
    /// What to do; may be empty.
    pub hint: String,
}

/// A file of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArchiveFile {
    /// The name.
    pub name: String,
    /// The text.
    pub text: String,
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use crate::tasks;
    use std::fmt::Debug;

    fn assert_round_trip<M: Serialize + DeserializeOwned + PartialEq + Debug>(message: M) {
        let bytes = to_bytes(&message);
        let read: Option<M> = from_bytes(&bytes);
        assert_eq!(read.as_ref(), Some(&message));
        let cut: Option<M> = from_bytes(&bytes[..bytes.len() - 1]);
        assert_eq!(cut, None, "cut off: {message:?}");
    }

    #[test]
    fn requests_round_trip() {
        let field = SecretField::Key;
        let file = SettingsFile {
            name: "protected-settings-extension.json".to_owned(),
            settings: vec![("tls.crt".to_owned(), String::new())],
            ..SettingsFile::default()
        };
        let archive_file =
            ArchiveFile { name: "a.sh".to_owned(), text: "größe \"\\\r\n".to_owned() };
        for request in [
            Request::CheckText { format: None },
            Request::CheckText { format: Some(TextFormat::Markdown) },
            Request::ReadTextFile,
            Request::OpenSettings(file),
            Request::SetSecret { field },
            Request::RefuseFiles { field, count: 2 },
            Request::RemoveSecret { field },
            Request::CreateSettings,
            Request::CreateArchive { folder: "edge01".to_owned(), files: vec![archive_file] },
        ] {
            assert_round_trip(request);
        }
    }

    #[test]
    fn responses_round_trip() {
        for text in [
            "",
            "az acr connected-registry create --name x \\ \n --nmae y\naz acr login --name “x”\r\n",
            "{\"connectionString\": 'x', \"tls.secret\": \"<a b>\"}",
            "```bash\naz acr connected-registry delete --name a\n```\n",
        ] {
            assert_round_trip(Response::TextChecked(tasks::check::check(text, None)));
        }
        let report = tasks::check::check(&"az login\r\n".repeat(9), None);
        assert!(report.findings.iter().any(|finding| finding.more_changes > 0), "{report:?}");
        assert_round_trip(Response::TextChecked(report));
        let file = SettingsFile {
            settings: vec![("tls.crt".to_owned(), String::new())],
            ..SettingsFile::default()
        };
        let mut settings = tasks::settings::Settings::open(&file).expect("a field");
        settings.refuse_files(SecretField::Certificate, 2);
        let (state, field) = (settings.state(0), SecretField::Certificate);
        assert!(state.field(field).is_some_and(FieldState::has_error));
        for response in [
            Response::Started,
            Response::TextFileRead { format: None },
            Response::TextFileRefused { message: "no".to_owned() },
            Response::SettingsChanged { state: state.clone(), is_accepted: true },
            Response::SettingsCreated(state.clone()),
            Response::SettingsIncomplete { state, field },
            Response::ArchiveCreated,
            Response::Failed,
        ] {
            assert_round_trip(response);
        }
    }

    #[test]
    fn words_of_formats_are_unique_and_read_back() {
        for format in TextFormat::ALL {
            assert_eq!(TextFormat::from_word(format.word()), Some(format));
        }
        assert_eq!(TextFormat::from_word(""), None);
    }
}
