//! What a file, a drop or a paste is: certificates and a private key in any of the ways in which
//! people have them.

use super::asn1::Shape;
use super::key::Key;
use super::pem::{self, Block};
use super::{Remark, Secret};
use crate::remark::Pair;
use std::borrow::Cow;

pub(crate) const WAS_DER: &str = "The file is binary (DER); it goes in as PEM.";
pub(crate) const WAS_BASE64_OF_PEM: &str =
    "It is base64 of a PEM file already; it is not encoded twice.";
pub(crate) const WAS_BASE64_OF_DER: &str =
    "It is base64 of a binary file (DER); it goes in as PEM.";
pub(crate) const EMPTY: Pair = ("It is empty.", "Choose a PEM file; it begins with -----BEGIN.");
pub(crate) const TOO_LARGE: Pair =
    ("It is larger than 100 kB; certificates and keys have some kB.", "Choose a smaller PEM file.");
pub(crate) const UNKNOWN: Pair = (
    "This is no certificate and no private key that is known here.",
    "Choose a PEM file; it begins with -----BEGIN.",
);
pub(crate) const BROKEN_PEM: Pair = (
    "It begins like PEM, but it is broken: something is cut off, changed, or missing between its \
     first and its last line.",
    "Copy the whole file again.",
);
pub(crate) const IS_CONNECTION: Pair =
    ("This is a connection string.", "Paste it above, under Connection string.");
pub(crate) const IS_LOCKED: Pair = (
    "The private key has a passphrase, and the extension cannot ask for it.",
    "Take it off: openssl pkey -in tls.key -out plain.key. Then choose plain.key.",
);
pub(crate) const IS_PKCS12: Pair = (
    "This is a keystore (PKCS#12, .pfx or .p12); the extension takes PEM.",
    "Convert it: openssl pkcs12 -in file.pfx -nokeys -out tls.crt and openssl pkcs12 -in file.pfx \
     -nocerts -nodes -out tls.key.",
);
pub(crate) const IS_PKCS7: Pair = (
    "This is a PKCS#7 file (.p7b); the extension takes PEM.",
    "Convert it: openssl pkcs7 -in file.p7b -print_certs -out tls.crt; for a binary one add \
     -inform DER.",
);
pub(crate) const IS_REQUEST: Pair = (
    "This is a certificate signing request, not a certificate: no authority has signed it.",
    "Choose the certificate that you got back for it.",
);
pub(crate) const IS_PUBLIC_KEY: Pair = (
    "This is a public key only.",
    "Choose the certificate, or the private key that the public one is of.",
);
pub(crate) const IS_SSH: Pair = (
    "This is a key for SSH, not for TLS.",
    "Choose the private key that the certificate was made with.",
);
pub(crate) const IS_TRUSTED: Pair = (
    "This is a certificate in a form that only openssl reads (TRUSTED CERTIFICATE).",
    "Convert it: openssl x509 -in file.pem -out tls.crt.",
);
pub(crate) const TWO_KEYS: Pair = (
    "There is more than one private key in it.",
    "Leave in only the one that the certificate was made with.",
);

/// The most bytes that are looked at. Certificates and keys have some kB.
pub const LARGEST: usize = 100_000;

/// What was found.
#[derive(Default)]
pub struct Recognized {
    /// The certificates as DER, in the order in which they stand.
    pub(super) certificates: Vec<Vec<u8>>,
    /// The private key.
    pub(super) key: Option<Key>,
    /// Whether there is a private key that needs a passphrase.
    pub(super) has_locked_key: bool,
    /// How it was not PEM, if it was not.
    pub(super) was: Option<&'static str>,
}

impl Recognized {
    /// How many certificates there are.
    pub fn certificates(&self) -> usize {
        self.certificates.len()
    }

    /// Whether there is a private key, without a passphrase.
    pub fn has_key(&self) -> bool {
        self.key.is_some()
    }
}

/// Finds out what these bytes are, in time that grows as they do.
///
/// # Errors
///
/// What else it is, and how it becomes what is needed.
pub fn recognize(bytes: &[u8]) -> Result<Recognized, Remark> {
    if bytes.len() > LARGEST {
        return Err(Remark::error(TOO_LARGE));
    }
    let converted;
    // What editors and shells on Windows put before a text.
    let bytes = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest,
        [0xFF, 0xFE, rest @ ..] => {
            converted = narrowed(rest, 0);
            converted.bytes()
        }
        [0xFE, 0xFF, rest @ ..] => {
            converted = narrowed(rest, 1);
            converted.bytes()
        }
        rest => rest,
    };
    if bytes.trim_ascii().is_empty() {
        return Err(Remark::error(EMPTY));
    }
    if pem::is_pem(bytes) {
        return of_pem(bytes);
    }
    if let Some(shape) = Shape::of(bytes) {
        return of_der(shape, Secret::new(bytes.to_vec()))
            .map(|found| Recognized { was: Some(WAS_DER), ..found });
    }
    let bytes = bytes.trim_ascii();
    if bytes.starts_with(b"ConnectedRegistryName=") {
        return Err(Remark::error(IS_CONNECTION));
    }
    let Some(decoded) = pem::decode(bytes) else { return Err(Remark::error(UNKNOWN)) };
    if pem::is_pem(decoded.bytes()) {
        return of_pem(decoded.bytes())
            .map(|found| Recognized { was: Some(WAS_BASE64_OF_PEM), ..found });
    }
    let shape = Shape::of(decoded.bytes()).ok_or_else(|| Remark::error(UNKNOWN))?;
    of_der(shape, decoded).map(|found| Recognized { was: Some(WAS_BASE64_OF_DER), ..found })
}

/// UTF-16 of letters that have one byte: the others are in no PEM.
fn narrowed(bytes: &[u8], low: usize) -> Secret {
    let mut narrow = Secret::with_capacity(bytes.len() / 2);
    for pair in bytes.chunks_exact(2) {
        narrow.push(&[if pair[1 - low] == 0 { pair[low] } else { b'?' }]);
    }
    narrow
}

/// What a whole file is, that is no text.
fn of_der(shape: Shape, der: Secret) -> Result<Recognized, Remark> {
    let mut found = Recognized::default();
    match shape {
        Shape::Certificate => found.certificates.push(der.bytes().to_vec()),
        Shape::Pkcs8 | Shape::Pkcs1 | Shape::Sec1 => found.key = Key::of(der),
        other => return Err(refusal(other)),
    }
    Ok(found)
}

/// What it is, that is of no use here.
fn refusal(shape: Shape) -> Remark {
    Remark::error(match shape {
        Shape::Request => IS_REQUEST,
        Shape::PublicKey => IS_PUBLIC_KEY,
        Shape::EncryptedPkcs8 => IS_LOCKED,
        Shape::Pkcs12 => IS_PKCS12,
        Shape::Pkcs7 => IS_PKCS7,
        Shape::Certificate | Shape::Pkcs8 | Shape::Pkcs1 | Shape::Sec1 => UNKNOWN,
    })
}

fn of_pem(bytes: &[u8]) -> Result<Recognized, Remark> {
    let broken = || Remark::error(BROKEN_PEM);
    let mut found = Recognized::default();
    let mut refused = None;
    for Block { label, locked, der } in pem::blocks(bytes).ok_or_else(broken)? {
        match label {
            b"CERTIFICATE" | b"X509 CERTIFICATE" => {
                (Shape::of(der.bytes()) == Some(Shape::Certificate))
                    .then_some(())
                    .ok_or_else(broken)?;
                found.certificates.push(der.bytes().to_vec());
            }
            b"ENCRYPTED PRIVATE KEY" => found.has_locked_key = true,
            b"PRIVATE KEY" | b"RSA PRIVATE KEY" | b"EC PRIVATE KEY" if locked => {
                found.has_locked_key = true
            }
            b"PRIVATE KEY" | b"RSA PRIVATE KEY" | b"EC PRIVATE KEY" => {
                if found.key.is_some() {
                    return Err(Remark::error(TWO_KEYS));
                }
                found.key = Some(Key::of(der).ok_or_else(broken)?);
            }
            b"TRUSTED CERTIFICATE" => refused = Some(Remark::error(IS_TRUSTED)),
            b"OPENSSH PRIVATE KEY" => refused = Some(Remark::error(IS_SSH)),
            b"PKCS7" | b"CMS" => refused = Some(refusal(Shape::Pkcs7)),
            b"CERTIFICATE REQUEST" | b"NEW CERTIFICATE REQUEST" => {
                refused = Some(refusal(Shape::Request))
            }
            b"PUBLIC KEY" | b"RSA PUBLIC KEY" => refused = Some(refusal(Shape::PublicKey)),
            // Such as EC PARAMETERS, which openssl writes before a key.
            _ => {}
        }
    }
    if found.certificates.is_empty() && found.key.is_none() {
        return match found.has_locked_key {
            true => Err(Remark::error(IS_LOCKED)),
            false => Err(refused.unwrap_or_else(|| Remark::error(UNKNOWN))),
        };
    }
    Ok(found)
}

pub(crate) fn certificates_text(count: usize) -> Cow<'static, str> {
    if count == 1 { "Certificate".into() } else { format!("{count} certificates").into() }
}
