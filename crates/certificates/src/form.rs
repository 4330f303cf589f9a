//! The form: which settings there are to be, what of them is there, and what is wrong with it.

use super::certificate::{self, Certificate};
use super::key::Key;
use super::{LARGEST, Recognized, Remark, Secret, connection, pem, recognize, settings};
use crate::recognize::{IS_LOCKED, TOO_LARGE, certificates_text};
use crate::remark::Pair;
use std::borrow::Cow;
use std::net::IpAddr;

pub(crate) const TIDIED: &str = "Only the PEM blocks that are needed go in, with Unix line ends: \
                                 no other text that is in the file.";
pub(crate) const BOTH_TAKEN: &str =
    "Certificate and private key are both in the file; each was taken from it.";
pub(crate) const OTHER_LEFT: &str =
    "Certificate and private key are both in the file; only this part was taken from it.";
pub(crate) const LOCKED_LEFT: &str =
    "The private key that is in the file too has a passphrase; it was not taken.";
pub(crate) const KEY_FOR_CERTIFICATE: Pair = (
    "This is a private key, and here a certificate is needed.",
    "Choose the certificate; often it is called tls.crt.",
);
pub(crate) const CERTIFICATE_FOR_KEY: Pair = (
    "This is a certificate, and here its private key is needed.",
    "Choose the private key; often it is called tls.key.",
);

/// A setting that the user fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretField {
    /// `connectionString`.
    Connection,
    /// `tls.crt`.
    Certificate,
    /// `tls.key`.
    Key,
    /// `tls.cacrt`; may stay empty.
    Authority,
}

impl SecretField {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Connection, Self::Certificate, Self::Key, Self::Authority];

    /// The key of the setting, by the documentation of the extension.
    pub const fn setting(self) -> &'static str {
        match self {
            Self::Connection => "connectionString",
            Self::Certificate => "tls.crt",
            Self::Key => "tls.key",
            Self::Authority => "tls.cacrt",
        }
    }

    /// A word for ids and attributes in the page.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::Certificate => "certificate",
            Self::Key => "key",
            Self::Authority => "authority",
        }
    }

    /// The slot of such a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }

    const fn is_optional(self) -> bool {
        matches!(self, Self::Authority)
    }
}

/// What is in a slot for a file.
#[derive(Default)]
enum Held {
    #[default]
    Nothing,
    /// What was given is of no use.
    Refused(Remark),
    Certificates(Vec<Vec<u8>>),
    Key(Key),
}

/// A slot for a file, and what is to be said about how it was filled.
#[derive(Default)]
struct Place {
    held: Held,
    notes: Vec<Remark>,
}

/// A setting that there is to be.
struct Setting {
    key: String,
    /// The value where it is given; nothing where it is to be filled in.
    given: Option<String>,
}

/// The protected settings while they are being filled in. All of it is wiped when it is let go.
pub struct Form {
    file: String,
    registry: String,
    service_ip: Option<IpAddr>,
    settings: Vec<Setting>,
    connection: Secret,
    certificate: Place,
    key: Place,
    authority: Place,
    /// Whether the file was asked for: from then on what is missing is an error.
    was_asked_for: bool,
}

impl Form {
    /// An empty form for a file of this name. `registry` is the name of the connected registry and
    /// `service_ip` the address that clients connect to; either may be empty. The settings are in
    /// the order of the file; those with an empty value are to be filled in. Nothing if one of them
    /// cannot be.
    pub fn new<'a>(
        file: &str,
        registry: &str,
        service_ip: &str,
        settings: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Option<Self> {
        let settings: Vec<Setting> = settings
            .into_iter()
            .map(|(key, value)| Setting {
                key: key.to_owned(),
                given: Some(value).filter(|value| !value.is_empty()).map(str::to_owned),
            })
            .collect();
        let can_be = |setting: &Setting| {
            setting.given.is_some()
                || SecretField::ALL.iter().any(|field| field.setting() == setting.key)
        };
        settings.iter().all(can_be).then(|| Self {
            file: file.to_owned(),
            registry: registry.trim().to_owned(),
            service_ip: service_ip.trim().parse().ok(),
            settings,
            connection: Secret::default(),
            certificate: Place::default(),
            key: Place::default(),
            authority: Place::default(),
            was_asked_for: false,
        })
    }

    /// The name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The slots that are to be filled in, in the order of the file.
    pub fn fields(&self) -> impl Iterator<Item = SecretField> {
        self.settings.iter().filter(|setting| setting.given.is_none()).filter_map(|setting| {
            SecretField::ALL.into_iter().find(|field| field.setting() == setting.key)
        })
    }

    /// Takes what stands in the field for the connection string.
    pub fn set_connection(&mut self, typed: Secret) {
        self.connection = typed;
    }

    /// Takes what was chosen, dropped or pasted for a slot. Of a file that holds both, the other
    /// part goes into its slot, if that is empty. Answers whether there was something for this
    /// slot.
    pub fn put(&mut self, field: SecretField, bytes: &Secret) -> bool {
        match recognize(bytes.bytes()) {
            Ok(found) => self.take(field, found, bytes),
            Err(refusal) => self.refuse(field, refusal),
        }
        !matches!(self.place(field).held, Held::Refused(_))
    }

    /// Says of a slot that a file is too large to be read.
    pub fn put_too_large(&mut self, field: SecretField, size: f64) -> bool {
        let is_too_large = size > LARGEST as f64;
        if is_too_large {
            self.refuse(field, Remark::error(TOO_LARGE));
        }
        is_too_large
    }

    /// Says of a slot why nothing was taken.
    pub fn refuse(&mut self, field: SecretField, why: Remark) {
        *self.place_mut(field) = Place { held: Held::Refused(why), notes: Vec::new() };
    }

    /// Empties a slot.
    pub fn remove(&mut self, field: SecretField) {
        match field {
            SecretField::Connection => self.connection = Secret::default(),
            _ => *self.place_mut(field) = Place::default(),
        }
    }

    /// Whether something was taken for a slot.
    pub fn is_filled(&self, field: SecretField) -> bool {
        match field {
            SecretField::Connection => !self.connection.bytes().is_empty(),
            _ => matches!(self.place(field).held, Held::Certificates(_) | Held::Key(_)),
        }
    }

    fn take(&mut self, field: SecretField, found: Recognized, bytes: &Secret) {
        let mut notes: Vec<Remark> = found.was.map(Remark::note).into_iter().collect();
        let has_certificate = !found.certificates.is_empty();
        let other =
            if field == SecretField::Key { SecretField::Certificate } else { SecretField::Key };
        let (mine, theirs) = match (field, found.key) {
            (SecretField::Key, None) if found.has_locked_key => {
                return self.refuse(field, Remark::error(IS_LOCKED));
            }
            (SecretField::Key, None) => {
                return self.refuse(field, Remark::error(CERTIFICATE_FOR_KEY));
            }
            (SecretField::Key, Some(key)) => {
                (Held::Key(key), has_certificate.then_some(Held::Certificates(found.certificates)))
            }
            (_, Some(_)) if !has_certificate => {
                return self.refuse(field, Remark::error(KEY_FOR_CERTIFICATE));
            }
            (_, key) => (Held::Certificates(found.certificates), key.map(Held::Key)),
        };
        // Whoever gives an authority with a key has taken the wrong file, perhaps: its key is not
        // looked at.
        if let Some(theirs) = theirs.filter(|_| field != SecretField::Authority) {
            let is_wanted = self.fields().any(|wanted| wanted == other)
                && matches!(self.place(other).held, Held::Nothing | Held::Refused(_));
            if is_wanted {
                *self.place_mut(other) = Place {
                    held: theirs,
                    notes: vec![Remark::note(
                        "It was in the file that you gave for the other one.",
                    )],
                };
            }
            notes.push(Remark::note(if is_wanted { BOTH_TAKEN } else { OTHER_LEFT }));
        } else if bytes.bytes() != written(&mine).bytes() && found.was.is_none() {
            notes.push(Remark::note(TIDIED));
        }
        if field != SecretField::Key && found.has_locked_key {
            notes.push(Remark::note(LOCKED_LEFT));
        }
        *self.place_mut(field) = Place { held: mine, notes };
    }

    fn place(&self, field: SecretField) -> &Place {
        match field {
            SecretField::Certificate => &self.certificate,
            SecretField::Key => &self.key,
            SecretField::Authority | SecretField::Connection => &self.authority,
        }
    }

    fn place_mut(&mut self, field: SecretField) -> &mut Place {
        match field {
            SecretField::Certificate => &mut self.certificate,
            SecretField::Key => &mut self.key,
            SecretField::Authority | SecretField::Connection => &mut self.authority,
        }
    }

    /// The certificates of a slot; none where there are none.
    fn certificates(&self, field: SecretField) -> &[Vec<u8>] {
        match &self.place(field).held {
            Held::Certificates(certificates) => certificates,
            _ => &[],
        }
    }

    /// What was recognized in a slot; nothing where there is none.
    pub fn recognized(&self, field: SecretField) -> Option<Cow<'static, str>> {
        match &self.place(field).held {
            Held::Certificates(certificates) => Some(certificates_text(certificates.len())),
            Held::Key(key) => Some(private_key(&key.words()).into()),
            _ => None,
        }
    }

    /// What the first certificate of a slot says, each with what it is called.
    pub fn facts(&self, field: SecretField) -> Vec<(&'static str, String)> {
        self.certificates(field)
            .first()
            .and_then(|der| Certificate::of(der))
            .map(|certificate| certificate.facts())
            .unwrap_or_default()
    }

    /// What is to be said about a slot; `now` in seconds since 1970.
    pub fn remarks(&self, field: SecretField, now: u64) -> Vec<Remark> {
        if field == SecretField::Connection {
            return if self.is_filled(field) || self.was_asked_for {
                connection::inspect(&self.connection, &self.registry)
            } else {
                Vec::new()
            };
        }
        let place = self.place(field);
        let mut remarks = match &place.held {
            Held::Nothing if field == SecretField::Authority => {
                certificate::inspect_without_authority(self.certificates(SecretField::Certificate))
            }
            Held::Nothing if self.was_asked_for => {
                vec![Remark::error(missing(field))]
            }
            Held::Nothing => Vec::new(),
            Held::Refused(remark) => vec![remark.clone()],
            Held::Certificates(own) if field == SecretField::Authority => {
                certificate::inspect_authority(
                    own,
                    self.certificates(SecretField::Certificate),
                    now,
                )
            }
            Held::Certificates(own) => certificate::inspect(own, now, self.service_ip),
            Held::Key(key) => key.inspect(
                self.certificates(SecretField::Certificate)
                    .first()
                    .map(|der| Certificate::of(der).and_then(|own| own.key())),
            ),
        };
        remarks.extend(place.notes.iter().cloned());
        remarks
    }

    fn has_error(&self, field: SecretField, now: u64) -> bool {
        self.remarks(field, now).iter().any(Remark::is_error)
    }

    /// The first slot in which something is missing or wrong.
    pub fn first_problem(&self, now: u64) -> Option<SecretField> {
        self.fields().find(|field| {
            (!self.is_filled(*field) && !field.is_optional()) || self.has_error(*field, now)
        })
    }

    /// What is missing and what is wrong, in a sentence.
    pub fn status(&self, now: u64) -> String {
        let (mut missing, mut wrong) = (Vec::new(), Vec::new());
        for field in self.fields() {
            if matches!(self.place(field).held, Held::Nothing) && field != SecretField::Connection
                || field == SecretField::Connection && !self.is_filled(field)
            {
                missing.extend((!field.is_optional()).then(|| label(field)));
            } else if self.has_error(field, now) {
                wrong.push(label(field));
            }
        }
        status_text(&missing, &wrong)
    }

    /// The text of the file. From now on, what is missing is an error.
    ///
    /// # Errors
    ///
    /// The first slot in which something is missing or wrong.
    pub fn json(&mut self, now: u64) -> Result<Secret, SecretField> {
        self.was_asked_for = true;
        if let Some(field) = self.first_problem(now) {
            return Err(field);
        }
        let encoded: Vec<(SecretField, Secret)> = self
            .fields()
            .filter(|field| *field != SecretField::Connection)
            .map(|field| (field, self.encoded(field)))
            .collect();
        let entries = self.settings.iter().map(|setting| {
            let filled_in =
                || match encoded.iter().find(|(field, _)| field.setting() == setting.key) {
                    Some((_, encoded)) => encoded.bytes(),
                    None => connection::trimmed(self.connection.text()).as_bytes(),
                };
            (
                setting.key.as_str(),
                setting.given.as_ref().map_or_else(filled_in, |given| given.as_bytes()),
            )
        });
        Ok(settings::json(entries))
    }

    /// The base64 of the PEM file for a slot: what the extension expects.
    fn encoded(&self, field: SecretField) -> Secret {
        let place = self.place(field);
        // Documented for self-signed certificates.
        let place = if field == SecretField::Authority && !self.is_filled(field) {
            &self.certificate
        } else {
            place
        };
        pem::encode(written(&place.held).bytes())
    }
}

/// The text of the PEM file of what is held.
fn written(held: &Held) -> Secret {
    match held {
        Held::Certificates(certificates) => certificate::pem(certificates),
        Held::Key(key) => key.pem(),
        Held::Nothing | Held::Refused(_) => Secret::default(),
    }
}

/// The name of a setting, in a sentence.
pub fn label(field: SecretField) -> &'static str {
    match field {
        SecretField::Connection => "connection string",
        SecretField::Certificate => "certificate",
        SecretField::Key => "private key",
        SecretField::Authority => "CA certificate",
    }
}

fn status_text(missing: &[&str], wrong: &[&str]) -> String {
    let mut parts = Vec::new();
    if !wrong.is_empty() {
        parts.push(format!("To fix: {}.", wrong.join(", ")));
    }
    if !missing.is_empty() {
        parts.push(format!("Still missing: {}.", missing.join(", ")));
    }
    if parts.is_empty() { "Ready.".to_owned() } else { parts.join(" ") }
}

fn private_key(kind: &str) -> String {
    format!("Private key, {kind}")
}

pub(crate) fn missing(field: SecretField) -> Pair {
    match field {
        SecretField::Connection => connection::CONNECTION_MISSING,
        SecretField::Certificate => ("The certificate is missing.", "Choose, drop or paste it."),
        SecretField::Key => ("The private key is missing.", "Choose, drop or paste it."),
        SecretField::Authority => ("The CA certificate is missing.", "Choose, drop or paste it."),
    }
}
