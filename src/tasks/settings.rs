//! Fills in the protected settings. Secrets are in a [`Secret`] here, and in no message.

use crate::messages::{FieldRemark, FieldState, SecretField, SettingsFile, SettingsState};
use configurator_certificates::{self as certificates, Form, Remark, Secret};

const READ_FAILED: (&str, &str) = (
    "The file cannot be read: it was moved or changed, or your browser may not read it.",
    "Choose it again, or paste its text.",
);
const SEVERAL_FILES: (&str, &str) = ("That is more than one file.", "Drop one at a time.");
const NO_FILE: (&str, &str) = ("That is no file.", "Drop a file, or paste its text below.");

/// The protected settings that are being filled in. Dropping them wipes the secrets.
pub struct Settings(Form);

impl Settings {
    /// Starts with empty fields; `None` if there is no field for a value that is to be filled in.
    pub fn open(file: &SettingsFile) -> Option<Self> {
        let settings = file.settings.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        Form::new(&file.name, &file.registry, &file.service_ip, settings).map(Self)
    }

    /// Sets a field to text that was typed or pasted. Returns whether it was accepted.
    pub fn set_text(&mut self, field: SecretField, text: Secret) -> bool {
        let own = own(field);
        if field == SecretField::Connection {
            self.0.set_connection(text);
            return true;
        }
        let is_empty = text.bytes().trim_ascii().is_empty();
        if !is_empty {
            return self.0.put(own, &text);
        }
        // Emptying the text area removes a refusal, but not what was accepted before.
        if !self.0.is_filled(own) {
            self.0.remove(own);
        }
        false
    }

    /// Sets a field to the contents of a file. Returns whether it was accepted.
    pub fn set_file(&mut self, field: SecretField, contents: &Secret) -> bool {
        self.0.put(own(field), contents)
    }

    /// Refuses a file that is too large, before it is read. Returns whether it was refused.
    pub fn refuse_size(&mut self, field: SecretField, bytes: f64) -> bool {
        self.0.put_too_large(own(field), bytes)
    }

    /// Refuses a file that the browser could not read.
    pub fn refuse_unreadable(&mut self, field: SecretField) {
        self.0.refuse(own(field), Remark::error(READ_FAILED));
    }

    /// Refuses what was dropped: no file, or several.
    pub fn refuse_files(&mut self, field: SecretField, count: u32) {
        let remark = Remark::error(if count == 0 { NO_FILE } else { SEVERAL_FILES });
        self.0.refuse(own(field), remark);
    }

    /// Empties a field.
    pub fn remove(&mut self, field: SecretField) {
        self.0.remove(own(field));
    }

    /// The state of the fields, for the page; `now` in seconds since 1970.
    pub fn state(&self, now: u64) -> SettingsState {
        let fields = self.0.fields().map(|field| FieldState {
            field: field_of(field),
            recognized: self.0.recognized(field).map(Into::into),
            facts: self
                .0
                .facts(field)
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            remarks: self
                .0
                .remarks(field, now)
                .into_iter()
                .map(|Remark { severity, message, hint }| FieldRemark { severity, message, hint })
                .collect(),
        });
        SettingsState { fields: fields.collect(), status: self.0.status(now) }
    }

    /// Creates the text of the file. After that, missing fields are errors.
    ///
    /// # Errors
    ///
    /// The first field that is missing or wrong.
    pub fn create(&mut self, now: u64) -> Result<Secret, SecretField> {
        self.0.json(now).map_err(field_of)
    }
}

const fn own(field: SecretField) -> certificates::SecretField {
    match field {
        SecretField::Connection => certificates::SecretField::Connection,
        SecretField::Certificate => certificates::SecretField::Certificate,
        SecretField::Key => certificates::SecretField::Key,
        SecretField::Authority => certificates::SecretField::Authority,
    }
}

const fn field_of(field: certificates::SecretField) -> SecretField {
    match field {
        certificates::SecretField::Connection => SecretField::Connection,
        certificates::SecretField::Certificate => SecretField::Certificate,
        certificates::SecretField::Key => SecretField::Key,
        certificates::SecretField::Authority => SecretField::Authority,
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;
    use crate::messages::Response;
    use std::fs;
    use std::process::Command;
    use tempfile::TempDir;

    const PASSWORD: &str = "aB3PLANTEDsyncPASSWORDx+/";
    /// Within the lifetime of the certificates of these tests.
    fn now() -> u64 {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.expect("after 1970").as_secs() + 3_600
    }

    fn connection() -> String {
        format!(
            "ConnectedRegistryName=edge01;SyncTokenName=edge01-sync;SyncTokenPassword={PASSWORD};\
             ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https"
        )
    }

    fn secret(text: &str) -> Secret {
        Secret::new(text.as_bytes().to_vec())
    }

    fn file() -> SettingsFile {
        let open = |key: &str| (key.to_owned(), String::new());
        SettingsFile {
            name: "protected-settings-extension.json".to_owned(),
            registry: "edge01".to_owned(),
            service_ip: "10.0.0.200".to_owned(),
            settings: ["connectionString", "tls.crt", "tls.key", "tls.cacrt"].map(open).into(),
        }
    }

    /// A self-signed certificate and its key, by openssl.
    fn certificate_and_key() -> (String, String) {
        let folder = TempDir::new().expect("a temporary folder");
        let arguments = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 9 \
                         -subj /CN=edge01 -addext subjectAltName=IP:10.0.0.200 -keyout key -out crt";
        let output = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(&folder)
            .output()
            .expect("openssl");
        assert!(output.status.success(), "{output:?}");
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
        (read("crt"), read("key"))
    }

    #[test]
    fn every_field_has_its_own_setting() {
        for field in SecretField::ALL {
            assert_eq!(field_of(own(field)), field);
            assert_eq!(own(field).setting(), field.setting());
            assert_eq!(own(field).word(), field.word());
        }
        assert_eq!(certificates::SecretField::ALL.len(), SecretField::ALL.len());
    }

    #[test]
    fn file_without_a_needed_name_cannot_be_filled_in() {
        let mut file = file();
        assert!(file.can_be_filled_in() && Settings::open(&file).is_some());
        file.settings.push(("tls.secret".to_owned(), String::new()));
        assert!(!file.can_be_filled_in() && Settings::open(&file).is_none());
        file.settings.pop();
        file.settings.push(("tls.secret".to_owned(), "k8secret".to_owned()));
        assert!(file.can_be_filled_in() && Settings::open(&file).is_some());
        assert!(!SettingsFile::default().can_be_filled_in());
    }

    #[test]
    fn filled_in_file_is_created_and_no_message_has_a_secret() {
        let (certificate, key) = certificate_and_key();
        let mut settings = Settings::open(&file()).expect("fields for all settings");
        let mut messages = Vec::new();
        let mut note = |settings: &Settings, is_accepted| {
            let state = settings.state(now());
            messages.push(Response::SettingsChanged { state, is_accepted });
        };
        assert_eq!(settings.create(now()).err(), Some(SecretField::Connection));
        note(&settings, false);
        for (field, text) in [
            (SecretField::Connection, connection().as_str()),
            (SecretField::Certificate, &key),
            (SecretField::Certificate, &certificate),
            (SecretField::Key, &key),
        ] {
            let is_accepted = settings.set_text(field, secret(text));
            assert_eq!(is_accepted, field != SecretField::Certificate || text == certificate);
            note(&settings, is_accepted);
        }
        let state = settings.state(now());
        assert_eq!(state.status, "Ready.");
        assert!(state.fields.iter().all(|field| !field.has_error()), "{state:?}");
        let recognized = state.field(SecretField::Key).and_then(|key| key.recognized.clone());
        assert!(recognized.is_some_and(|recognized| recognized.starts_with("Private key")));

        let json = settings.create(now()).map_err(|field| format!("{field:?}")).expect("ready");
        messages.push(Response::SettingsCreated(settings.state(now())));
        let written: serde_json::Value = serde_json::from_str(json.text()).expect("JSON");
        assert_eq!(written["connectionString"], connection());
        assert_eq!(written["tls.crt"], written["tls.cacrt"]);

        let messages = serde_json::to_string(&messages).expect("JSON");
        assert!(messages.contains("CN=edge01"), "{messages}");
        let encoded = written["tls.key"].as_str().expect("a text");
        let secrets = key.lines().filter(|line| line.len() > 30 && !line.starts_with('-'));
        for secret in secrets.chain([PASSWORD, &encoded[60..120], "PLANTED", "PRIVATE KEY"]) {
            assert!(!messages.contains(secret), "{secret} is in {messages}");
        }
    }

    #[test]
    fn emptied_text_removes_a_refusal_but_not_an_accepted_certificate() {
        let (certificate, _) = certificate_and_key();
        let mut settings = Settings::open(&file()).expect("fields for all settings");
        let field = SecretField::Certificate;
        assert!(!settings.set_text(field, secret("nonsense")));
        assert!(settings.state(now()).field(field).is_some_and(FieldState::has_error));
        assert!(!settings.set_text(field, secret(" \n")));
        assert!(!settings.state(now()).field(field).is_some_and(FieldState::has_error));
        assert!(settings.set_text(field, secret(&certificate)));
        assert!(!settings.set_text(field, secret("")));
        let is_kept = |settings: &Settings| {
            settings.state(now()).field(field).is_some_and(|state| state.recognized.is_some())
        };
        assert!(is_kept(&settings));
        settings.remove(field);
        assert!(!is_kept(&settings));
    }

    #[test]
    fn refusals_say_why() {
        let mut settings = Settings::open(&file()).expect("fields for all settings");
        let field = SecretField::Key;
        let message = |settings: &Settings| {
            let state = settings.state(now());
            state.field(field).map(|state| state.remarks[0].message.clone()).unwrap_or_default()
        };
        assert!(settings.refuse_size(field, 100_001.0) && !settings.refuse_size(field, 1.0));
        assert!(message(&settings).contains("larger than 100 kB"));
        settings.refuse_files(field, 2);
        assert!(message(&settings).contains("more than one file"));
        settings.refuse_files(field, 0);
        assert!(message(&settings).contains("no file"));
        settings.refuse_unreadable(field);
        assert!(message(&settings).contains("cannot be read"));
        assert!(!settings.set_file(field, &secret("nonsense")));
    }
}
