//! Certificates: their contents, and problems that they would cause for a connected registry. RFC
//! 5280.
//!
//! Signatures are not checked here, because the code for that is larger than all other code of this
//! crate. The remarks say so, and name a command that checks them.

use super::asn1::Item;
use super::key::Public;
use super::{Remark, pem};
use crate::key::OTHER_KEY;
use crate::remark::Pair;
use der::asn1::{AnyRef, GeneralizedTime, ObjectIdentifier, UtcTime};
use der::{DateTime, Tag};
use std::net::IpAddr;

pub(crate) const SUBJECT: &str = "Subject";
pub(crate) const ISSUER: &str = "Issued by";
pub(crate) const NAMES: &str = "For";
pub(crate) const VALID: &str = "Valid";
pub(crate) const KEY: &str = "Key";
pub(crate) const ITSELF: &str = "itself (self-signed)";
pub(crate) const NO_NAMES: &str = "no address and no name";
const CERTIFICATE_NOT_READ: Pair = (
    "What it says could not be read here, so nothing of it was checked.",
    "Look at it with openssl x509 -in tls.crt -noout -text.",
);
const EXPIRED_HINT: &str = "Choose a renewed one.";
pub(crate) const IP_NOT_COMPARED: &str = "It was not compared with the service IP: the form has \
                                          none yet. It must name the IP among its addresses.";
pub(crate) const NOT_FOR_SERVERS: Pair = (
    "Its extended key usage leaves out servers (serverAuth), so clients may refuse it.",
    "Choose one that is made for a server.",
);
pub(crate) const WEAK_SIGNATURE: Pair = (
    "Its signature uses SHA-1 or MD5, which is weak; clients may refuse it.",
    "Better one that is signed with SHA-256.",
);
pub(crate) const NOT_AN_AUTHORITY: Pair = (
    "It is not marked as a certificate that may sign others (CA:TRUE), so clients may not trust \
     what it signed.",
    "Choose the certificate of the authority.",
);
pub(crate) const AUTHORITY_IS_ITSELF: &str =
    "It is the certificate itself, which is right for a self-signed one.";
pub(crate) const AUTHORITY_BY_NAME: &str = "By its name it is the one that signed. The signature \
                                            was not checked here; openssl verify -trusted ca.crt \
                                            -partial_chain -untrusted tls.crt tls.crt does, as in \
                                            the script.";
pub(crate) const AUTHORITY_OF_ANOTHER: Pair = (
    "By its name or the number of its key it is not the one that signed: clients that trust it \
     would refuse the certificate.",
    "Choose the CA that the certificate names as its issuer, or add those between the two to the \
     certificate's file.",
);
pub(crate) const NO_AUTHORITY: Pair = (
    "The certificate is signed by another, so it cannot stand for its CA: clients would not trust \
     it.",
    "Choose the certificate of the authority that it names as its issuer.",
);
pub(crate) const SELF_SIGNED: &str =
    "The certificate is self-signed, by its names; it is used here too.";

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// The parts of a name that are shown, with what they are called: RFC 4514, 3, and openssl.
const PARTS: [(ObjectIdentifier, &str); 7] = [
    (COMMON_NAME, "CN"),
    (ObjectIdentifier::new_unwrap("2.5.4.10"), "O"),
    (ObjectIdentifier::new_unwrap("2.5.4.11"), "OU"),
    (ObjectIdentifier::new_unwrap("2.5.4.7"), "L"),
    (ObjectIdentifier::new_unwrap("2.5.4.8"), "ST"),
    (ObjectIdentifier::new_unwrap("2.5.4.6"), "C"),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.1"), "emailAddress"),
];
const ALTERNATIVE_NAMES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.17");
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
const KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const AUTHORITY_KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.35");
const EXTENDED_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
const FOR_SERVERS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.1");
const FOR_ANYTHING: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37.0");
/// Signatures over hashes in which collisions were found.
const WEAK_SIGNATURES: [ObjectIdentifier; 5] = [
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.4"),
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.5"),
    ObjectIdentifier::new_unwrap("1.3.14.3.2.29"),
    ObjectIdentifier::new_unwrap("1.2.840.10040.4.3"),
    ObjectIdentifier::new_unwrap("1.2.840.10045.4.1"),
];

const DAY: u64 = 24 * 60 * 60;
/// Who has fewer days left should think of the next one now.
const SOON: u64 = 30 * DAY;

/// The text of a file with these certificates.
pub(super) fn pem(certificates: &[Vec<u8>]) -> super::Secret {
    let mut text = super::Secret::default();
    for der in certificates {
        pem::write(&mut text, "CERTIFICATE", der);
    }
    text
}

/// What a certificate says.
pub(super) struct Certificate<'a> {
    subject: Item<'a>,
    issuer: Item<'a>,
    not_before: DateTime,
    not_after: DateTime,
    key: Item<'a>,
    has_weak_signature: bool,
    dns: Vec<String>,
    addresses: Vec<IpAddr>,
    /// Whether it says that it may sign others, if it says anything.
    is_authority: Option<bool>,
    key_id: Option<&'a [u8]>,
    authority_key_id: Option<&'a [u8]>,
    is_for_servers: bool,
    whole: &'a [u8],
}

impl<'a> Certificate<'a> {
    /// Reads what is looked at here; nothing where that is not as the standard has it.
    pub(super) fn of(der: &'a [u8]) -> Option<Self> {
        let mut outer = Item::of(der)?.items()?;
        let mut parts = outer.next()?.items()?;
        let algorithm = outer.next()?.items()?.next()?;
        // Version and serial number.
        parts.next_if(|part| part.context() == Some(0));
        parts.next()?;
        parts.next()?;
        let issuer = parts.next()?;
        let mut validity = parts.next()?.items()?;
        let (not_before, not_after) = (time(validity.next()?)?, time(validity.next()?)?);
        let (subject, key) = (parts.next()?, parts.next()?);
        let mut certificate = Self {
            subject,
            issuer,
            not_before,
            not_after,
            key,
            has_weak_signature: WEAK_SIGNATURES.iter().any(|weak| algorithm.is(*weak)),
            dns: Vec::new(),
            addresses: Vec::new(),
            is_authority: None,
            key_id: None,
            authority_key_id: None,
            is_for_servers: true,
            whole: der,
        };
        if let Some(extensions) = parts.find(|part| part.context() == Some(3)) {
            for extension in Item::of(extensions.content)?.items()? {
                certificate.read(extension)?;
            }
        }
        Some(certificate)
    }

    /// An extension: its identifier, perhaps whether it is critical, and its content.
    fn read(&mut self, extension: Item<'a>) -> Option<()> {
        let mut parts = extension.items()?;
        let identifier = parts.next()?;
        let content = || Item::of(parts.clone().find(|part| part.tag == Tag::OctetString)?.content);
        if identifier.is(ALTERNATIVE_NAMES) {
            for name in content()?.items()? {
                match (name.context(), name.content) {
                    (Some(2), dns) => self.dns.push(shown(&String::from_utf8_lossy(dns))),
                    (Some(7), address) => self.addresses.extend(ip(address)),
                    _ => {}
                }
            }
        } else if identifier.is(BASIC_CONSTRAINTS) {
            self.is_authority = Some(
                content()?
                    .items()?
                    .next()
                    .is_some_and(|first| first.tag == Tag::Boolean && first.content != [0]),
            );
        } else if identifier.is(KEY_ID) {
            self.key_id = Some(content()?.content);
        } else if identifier.is(AUTHORITY_KEY_ID) {
            self.authority_key_id =
                content()?.items()?.find(|part| part.context() == Some(0)).map(|part| part.content);
        } else if identifier.is(EXTENDED_USAGE) {
            self.is_for_servers =
                content()?.items()?.any(|usage| usage.is(FOR_SERVERS) || usage.is(FOR_ANYTHING));
        }
        Some(())
    }

    /// Its public key.
    pub(super) fn key(&self) -> Option<Public<'a>> {
        Public::of_certificate(self.key)
    }

    fn is_self_issued(&self) -> bool {
        self.subject.whole == self.issuer.whole
    }

    /// By name, and by the number of the key where both have it.
    fn is_issued_by(&self, other: &Certificate) -> bool {
        let is_same_key = match (self.authority_key_id, other.key_id) {
            (Some(one), Some(two)) => one == two,
            _ => true,
        };
        self.issuer.whole == other.subject.whole && is_same_key
    }

    /// What it says, each with what it is called.
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let names: Vec<String> =
            self.addresses.iter().map(IpAddr::to_string).chain(self.dns.iter().cloned()).collect();
        let key = self.key().map_or(OTHER_KEY.into(), |key| key.words());
        vec![
            (SUBJECT, words_of_name(self.subject)),
            (
                ISSUER,
                if self.is_self_issued() { ITSELF.to_owned() } else { words_of_name(self.issuer) },
            ),
            (NAMES, if names.is_empty() { NO_NAMES.to_owned() } else { list(&names, MOST_NAMES) }),
            (VALID, from_to(&day(self.not_before), &day(self.not_after))),
            (KEY, key.into_owned()),
        ]
    }

    /// Its time, and the strength of its key; `now` in seconds since 1970.
    fn inspect_in_time(&self, now: u64) -> Vec<Remark> {
        let (from, to) =
            (self.not_before.unix_duration().as_secs(), self.not_after.unix_duration().as_secs());
        let mut remarks = Vec::new();
        if to < now {
            remarks.push(Remark::error((expired(&day(self.not_after)), EXPIRED_HINT)));
        } else if from > now {
            remarks.push(Remark::error((
                not_yet_valid(&day(self.not_before)),
                "Choose one that is valid, or look at this machine's clock.",
            )));
        } else if to - now < SOON {
            remarks.push(Remark::warning((
                expires_soon((to - now) / DAY),
                "Renew it first, or plan to rotate it.",
            )));
        }
        remarks.extend(self.key().and_then(|key| key.weakness()));
        // A self-signed one is trusted because it is there, not because of its signature.
        if self.has_weak_signature && !self.is_self_issued() {
            remarks.push(Remark::warning(WEAK_SIGNATURE));
        }
        remarks
    }

    /// What is wrong with it as that of the connected registry. `service_ip` is where clients
    /// connect to.
    fn inspect(&self, now: u64, service_ip: Option<IpAddr>) -> Vec<Remark> {
        let mut remarks = self.inspect_in_time(now);
        match service_ip.map(|ip| ip.to_canonical()) {
            Some(ip) if self.addresses.iter().any(|address| address.to_canonical() == ip) => {
                remarks.push(Remark::note(names_ip(ip)))
            }
            Some(ip) => {
                let is_elsewhere = self.dns.iter().any(|name| *name == ip.to_string());
                remarks.push(Remark::error((
                    does_not_name_ip(ip, is_elsewhere),
                    does_not_name_ip_hint(ip),
                )));
            }
            None => remarks.push(Remark::note(IP_NOT_COMPARED)),
        }
        if !self.is_for_servers {
            remarks.push(Remark::warning(NOT_FOR_SERVERS));
        }
        remarks
    }
}

/// How many names are shown.
const MOST_NAMES: usize = 10;

/// What is wrong with a file of certificates as that of the connected registry; the first is its
/// own, the others lead to the authority.
pub(super) fn inspect(
    certificates: &[Vec<u8>],
    now: u64,
    service_ip: Option<IpAddr>,
) -> Vec<Remark> {
    let Some(own) = certificates.first().and_then(|der| Certificate::of(der)) else {
        return vec![Remark::warning(CERTIFICATE_NOT_READ)];
    };
    let mut remarks = own.inspect(now, service_ip);
    if certificates.len() > 1 {
        remarks.push(Remark::note(chain_text(certificates.len())));
    }
    for (place, der) in certificates.iter().enumerate().skip(1) {
        let Some(other) = Certificate::of(der) else { continue };
        if other.not_after.unix_duration().as_secs() < now {
            remarks.push(Remark::error((
                expired_in_chain(place + 1, &day(other.not_after)),
                EXPIRED_HINT,
            )));
        }
    }
    remarks
}

/// What is wrong with a file of certificates as that of the authority that signed the others.
pub(super) fn inspect_authority(
    authority: &[Vec<u8>],
    certificates: &[Vec<u8>],
    now: u64,
) -> Vec<Remark> {
    let authorities: Vec<Certificate> =
        authority.iter().filter_map(|der| Certificate::of(der)).collect();
    let Some(first) = authorities.first() else {
        return vec![Remark::warning(CERTIFICATE_NOT_READ)];
    };
    let chain: Vec<Certificate> =
        certificates.iter().filter_map(|der| Certificate::of(der)).collect();
    // The one of them that it is about.
    let signer = chain.first().and_then(|own| signer(own, &chain, &authorities));
    let shown = signer.unwrap_or(first);
    let mut remarks = shown.inspect_in_time(now);
    let is_itself = chain.first().is_some_and(|own| own.whole == shown.whole);
    if !is_itself && shown.is_authority != Some(true) {
        remarks.push(Remark::warning(NOT_AN_AUTHORITY));
    }
    remarks.extend((!chain.is_empty()).then(|| match signer {
        Some(_) if is_itself => Remark::note(AUTHORITY_IS_ITSELF),
        Some(_) => Remark::note(AUTHORITY_BY_NAME),
        None => Remark::warning(AUTHORITY_OF_ANOTHER),
    }));
    remarks
}

/// Goes from a certificate to who issued it, by what is in its own file, until it is one of the
/// authorities.
fn signer<'a, 'b>(
    own: &'a Certificate<'b>,
    chain: &'a [Certificate<'b>],
    authorities: &'a [Certificate<'b>],
) -> Option<&'a Certificate<'b>> {
    let mut at = own;
    // No more steps than there are certificates, so that a circle ends.
    for _ in chain {
        let found = authorities
            .iter()
            .find(|authority| authority.whole == at.whole || at.is_issued_by(authority));
        if found.is_some() {
            return found;
        }
        at = chain.iter().find(|other| at.is_issued_by(other))?;
    }
    None
}

/// What is to be said where no authority is given, and the certificate itself takes its place.
pub(super) fn inspect_without_authority(certificates: &[Vec<u8>]) -> Vec<Remark> {
    match certificates.first().and_then(|der| Certificate::of(der)) {
        Some(own) if !own.is_self_issued() => vec![Remark::warning(NO_AUTHORITY)],
        Some(_) => vec![Remark::note(SELF_SIGNED)],
        None => Vec::new(),
    }
}

fn time(item: Item) -> Option<DateTime> {
    let value = AnyRef::new(item.tag, item.content).ok()?;
    match item.tag {
        Tag::UtcTime => value.decode_as::<UtcTime>().ok().map(|time| time.to_date_time()),
        _ => value.decode_as::<GeneralizedTime>().ok().map(|time| time.to_date_time()),
    }
}

fn day(time: DateTime) -> String {
    format!("{:04}-{:02}-{:02}", time.year(), time.month(), time.day())
}

fn ip(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

/// A name as people write it: `CN=edge01, O=Contoso`.
fn words_of_name(name: Item) -> String {
    let mut words = Vec::new();
    for attribute in name.items().into_iter().flatten().filter_map(|set| set.items()).flatten() {
        let Some(mut parts) = attribute.items() else { continue };
        let (Some(identifier), Some(value)) = (parts.next(), parts.next()) else { continue };
        if let Some((_, called)) = PARTS.iter().find(|(part, _)| identifier.is(*part)) {
            words.push(format!("{called}={}", shown(&text_of(value))));
        }
    }
    if words.is_empty() { "no name".to_owned() } else { words.join(", ") }
}

/// The text of a part of a name, in whichever of the five ways it is written.
fn text_of(value: Item) -> String {
    match value.tag {
        Tag::BmpString => {
            let units: Vec<u16> = value
                .content
                .chunks(2)
                .map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)))
                .collect();
            String::from_utf16_lossy(&units)
        }
        Tag::TeletexString => value.content.iter().map(|byte| char::from(*byte)).collect(),
        _ => String::from_utf8_lossy(value.content).into_owned(),
    }
}

/// A text out of a file as it is shown: on one line, not too long, and in the order in which it
/// stands.
fn shown(text: &str) -> String {
    const LONGEST: usize = 100;
    let is_hidden = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut shown: String = text
        .chars()
        .take(LONGEST)
        .map(|letter| if is_hidden(letter) { '\u{fffd}' } else { letter })
        .collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

fn list(names: &[String], most: usize) -> String {
    match names.get(..most) {
        Some(first) if names.len() > most => {
            format!("{} and {} more", first.join(", "), names.len() - most)
        }
        _ => names.join(", "),
    }
}

pub(crate) fn from_to(from: &str, to: &str) -> String {
    format!("{from} to {to} (UTC)")
}

fn expired(day: &str) -> String {
    format!("It expired on {day}: clients refuse it.")
}

fn expired_in_chain(place: usize, day: &str) -> String {
    format!("Certificate {place} in the file expired on {day}: clients refuse what depends on it.")
}

fn not_yet_valid(day: &str) -> String {
    format!("It is not valid before {day}: clients refuse it until then.")
}

fn expires_soon(days: u64) -> String {
    match days {
        0 => "It expires in less than a day.".to_owned(),
        1 => "It expires in 1 day.".to_owned(),
        days => format!("It expires in {days} days."),
    }
}

fn names_ip(ip: IpAddr) -> String {
    format!("It is for the service IP {ip}.")
}

fn does_not_name_ip(ip: IpAddr, is_dns_name: bool) -> String {
    if is_dns_name {
        format!(
            "It has the service IP {ip} as a DNS name only; clients look for it among the IP \
             addresses and refuse the certificate."
        )
    } else {
        format!(
            "It is not for the service IP {ip}: clients compare it with where they connect to, and \
             refuse it."
        )
    }
}

fn does_not_name_ip_hint(ip: IpAddr) -> String {
    format!("Choose one whose subjectAltName has IP:{ip}, or change the service IP in the form.")
}

fn chain_text(count: usize) -> String {
    format!(
        "There are {count} certificates in it. The first is taken to be that of the connected \
         registry; all of them go in."
    )
}
