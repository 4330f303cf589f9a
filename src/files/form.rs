//! The form: which settings there are to be, what of them is there, and what is wrong with it.

use super::certificate::{self, Certificate};
use super::key::Key;
use super::{LARGEST, Recognized, Remark, Secret, connection, pem, recognize, settings};
use crate::text::files as text;
use std::borrow::Cow;
use std::net::IpAddr;

/// A setting that the user fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// `connectionString`.
    Connection,
    /// `tls.crt`.
    Certificate,
    /// `tls.key`.
    Key,
    /// `tls.cacrt`; may stay empty.
    Authority,
}

impl Slot {
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
        Self::ALL.into_iter().find(|slot| slot.word() == word)
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
            setting.given.is_some() || Slot::ALL.iter().any(|slot| slot.setting() == setting.key)
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
    pub fn slots(&self) -> impl Iterator<Item = Slot> {
        self.settings
            .iter()
            .filter(|setting| setting.given.is_none())
            .filter_map(|setting| Slot::ALL.into_iter().find(|slot| slot.setting() == setting.key))
    }

    /// Takes what stands in the field for the connection string.
    pub fn set_connection(&mut self, typed: Secret) {
        self.connection = typed;
    }

    /// Takes what was chosen, dropped or pasted for a slot. Of a file that holds both, the other
    /// part goes into its slot, if that is empty. Answers whether there was something for this
    /// slot.
    pub fn put(&mut self, slot: Slot, bytes: &Secret) -> bool {
        match recognize(bytes.bytes()) {
            Ok(found) => self.take(slot, found, bytes),
            Err(refusal) => self.refuse(slot, refusal),
        }
        !matches!(self.place(slot).held, Held::Refused(_))
    }

    /// Says of a slot that a file is too large to be read.
    pub fn put_too_large(&mut self, slot: Slot, size: f64) -> bool {
        let is_too_large = size > LARGEST as f64;
        if is_too_large {
            self.refuse(slot, Remark::error(text::TOO_LARGE));
        }
        is_too_large
    }

    /// Says of a slot why nothing was taken.
    pub fn refuse(&mut self, slot: Slot, why: Remark) {
        *self.place_mut(slot) = Place { held: Held::Refused(why), notes: Vec::new() };
    }

    /// Empties a slot.
    pub fn remove(&mut self, slot: Slot) {
        match slot {
            Slot::Connection => self.connection = Secret::default(),
            _ => *self.place_mut(slot) = Place::default(),
        }
    }

    /// Whether something was taken for a slot.
    pub fn is_filled(&self, slot: Slot) -> bool {
        match slot {
            Slot::Connection => !self.connection.bytes().is_empty(),
            _ => matches!(self.place(slot).held, Held::Certificates(_) | Held::Key(_)),
        }
    }

    fn take(&mut self, slot: Slot, found: Recognized, bytes: &Secret) {
        let mut notes: Vec<Remark> = found.was.map(Remark::note).into_iter().collect();
        let has_certificate = !found.certificates.is_empty();
        let other = if slot == Slot::Key { Slot::Certificate } else { Slot::Key };
        let (mine, theirs) = match (slot, found.key) {
            (Slot::Key, None) if found.has_locked_key => {
                return self.refuse(slot, Remark::error(text::IS_LOCKED));
            }
            (Slot::Key, None) => {
                return self.refuse(slot, Remark::error(text::CERTIFICATE_FOR_KEY));
            }
            (Slot::Key, Some(key)) => {
                (Held::Key(key), has_certificate.then_some(Held::Certificates(found.certificates)))
            }
            (_, Some(_)) if !has_certificate => {
                return self.refuse(slot, Remark::error(text::KEY_FOR_CERTIFICATE));
            }
            (_, key) => (Held::Certificates(found.certificates), key.map(Held::Key)),
        };
        // Whoever gives an authority with a key has taken the wrong file, perhaps: its key is not
        // looked at.
        if let Some(theirs) = theirs.filter(|_| slot != Slot::Authority) {
            let is_wanted = self.slots().any(|wanted| wanted == other)
                && matches!(self.place(other).held, Held::Nothing | Held::Refused(_));
            if is_wanted {
                *self.place_mut(other) =
                    Place { held: theirs, notes: vec![Remark::note(text::FROM_THE_OTHER)] };
            }
            notes.push(Remark::note(if is_wanted { text::BOTH_TAKEN } else { text::OTHER_LEFT }));
        } else if bytes.bytes() != written(&mine).bytes() && found.was.is_none() {
            notes.push(Remark::note(text::TIDIED));
        }
        if slot != Slot::Key && found.has_locked_key {
            notes.push(Remark::note(text::LOCKED_LEFT));
        }
        *self.place_mut(slot) = Place { held: mine, notes };
    }

    fn place(&self, slot: Slot) -> &Place {
        match slot {
            Slot::Certificate => &self.certificate,
            Slot::Key => &self.key,
            Slot::Authority | Slot::Connection => &self.authority,
        }
    }

    fn place_mut(&mut self, slot: Slot) -> &mut Place {
        match slot {
            Slot::Certificate => &mut self.certificate,
            Slot::Key => &mut self.key,
            Slot::Authority | Slot::Connection => &mut self.authority,
        }
    }

    /// The certificates of a slot; none where there are none.
    fn certificates(&self, slot: Slot) -> &[Vec<u8>] {
        match &self.place(slot).held {
            Held::Certificates(certificates) => certificates,
            _ => &[],
        }
    }

    /// What was recognized in a slot; nothing where there is none.
    pub fn recognized(&self, slot: Slot) -> Option<Cow<'static, str>> {
        match &self.place(slot).held {
            Held::Certificates(certificates) => Some(text::certificates(certificates.len())),
            Held::Key(key) => Some(text::private_key(&key.words()).into()),
            _ => None,
        }
    }

    /// What the first certificate of a slot says, each with what it is called.
    pub fn facts(&self, slot: Slot) -> Vec<(&'static str, String)> {
        self.certificates(slot)
            .first()
            .and_then(|der| Certificate::of(der))
            .map(|certificate| certificate.facts())
            .unwrap_or_default()
    }

    /// What is to be said about a slot; `now` in seconds since 1970.
    pub fn remarks(&self, slot: Slot, now: u64) -> Vec<Remark> {
        if slot == Slot::Connection {
            return if self.is_filled(slot) || self.was_asked_for {
                connection::inspect(&self.connection, &self.registry)
            } else {
                Vec::new()
            };
        }
        let place = self.place(slot);
        let mut remarks = match &place.held {
            Held::Nothing if slot == Slot::Authority => {
                certificate::inspect_without_authority(self.certificates(Slot::Certificate))
            }
            Held::Nothing if self.was_asked_for => vec![Remark::error(text::missing(slot))],
            Held::Nothing => Vec::new(),
            Held::Refused(remark) => vec![remark.clone()],
            Held::Certificates(own) if slot == Slot::Authority => {
                certificate::inspect_authority(own, self.certificates(Slot::Certificate), now)
            }
            Held::Certificates(own) => certificate::inspect(own, now, self.service_ip),
            Held::Key(key) => key.inspect(
                self.certificates(Slot::Certificate)
                    .first()
                    .map(|der| Certificate::of(der).and_then(|own| own.key())),
            ),
        };
        remarks.extend(place.notes.iter().cloned());
        remarks
    }

    fn has_error(&self, slot: Slot, now: u64) -> bool {
        self.remarks(slot, now).iter().any(Remark::is_error)
    }

    /// The first slot in which something is missing or wrong.
    pub fn first_problem(&self, now: u64) -> Option<Slot> {
        self.slots().find(|slot| {
            (!self.is_filled(*slot) && !slot.is_optional()) || self.has_error(*slot, now)
        })
    }

    /// What is missing and what is wrong, in a sentence.
    pub fn status(&self, now: u64) -> String {
        let (mut missing, mut wrong) = (Vec::new(), Vec::new());
        for slot in self.slots() {
            if matches!(self.place(slot).held, Held::Nothing) && slot != Slot::Connection
                || slot == Slot::Connection && !self.is_filled(slot)
            {
                missing.extend((!slot.is_optional()).then(|| text::label(slot)));
            } else if self.has_error(slot, now) {
                wrong.push(text::label(slot));
            }
        }
        text::status(&missing, &wrong)
    }

    /// The text of the file. From now on, what is missing is an error.
    ///
    /// # Errors
    ///
    /// The first slot in which something is missing or wrong.
    pub fn json(&mut self, now: u64) -> Result<Secret, Slot> {
        self.was_asked_for = true;
        if let Some(slot) = self.first_problem(now) {
            return Err(slot);
        }
        let encoded: Vec<(Slot, Secret)> = self
            .slots()
            .filter(|slot| *slot != Slot::Connection)
            .map(|slot| (slot, self.encoded(slot)))
            .collect();
        let entries = self.settings.iter().map(|setting| {
            let filled_in = || match encoded.iter().find(|(slot, _)| slot.setting() == setting.key)
            {
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
    fn encoded(&self, slot: Slot) -> Secret {
        let place = self.place(slot);
        // Documented for self-signed certificates.
        let place = if slot == Slot::Authority && !self.is_filled(slot) {
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
