//! Public and private keys: of what kind they are, and whether two belong together.

use super::asn1::{Item, Items, Shape};
use super::{Remark, Secret, pem};
use crate::remark::Pair;
use der::asn1::ObjectIdentifier;
use std::borrow::Cow;

pub(crate) const OTHER_KEY: &str = "of a kind that is not known here";
pub(crate) const KEY_FITS: &str = "It belongs to the certificate.";
pub(crate) const KEY_OF_ANOTHER: Pair = (
    "It does not belong to the certificate: with it, no connection is possible.",
    "Choose the key that the first certificate of the file was made with.",
);
pub(crate) const KEY_NOT_COMPARED: Pair = (
    "Whether it belongs to the certificate cannot be told here: it does not hold its public key.",
    "Compare what openssl pkey -in tls.key -pubout and openssl x509 -in tls.crt -noout -pubkey \
     print; the script does so too.",
);
const KEY_NOT_READ: Pair = (
    "What is in it could not be read here, so it was not compared with the certificate.",
    "Look whether openssl pkey -in tls.key -noout says nothing.",
);

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const NAMED: [(ObjectIdentifier, &str); 5] = [
    (ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"), "EC P-256"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.34"), "EC P-384"),
    (ObjectIdentifier::new_unwrap("1.3.132.0.35"), "EC P-521"),
    (ObjectIdentifier::new_unwrap("1.3.101.112"), "Ed25519"),
    (ObjectIdentifier::new_unwrap("1.3.101.113"), "Ed448"),
];
/// Fewer bits are weak: NIST SP 800-131A, and refused by browsers and by Go from 1.24 on below
/// 1024.
const RSA_BITS: usize = 2048;

/// A private key as it was recognized.
pub(super) struct Key {
    label: &'static str,
    der: Secret,
}

impl Key {
    /// A key without a passphrase.
    pub(super) fn of(der: Secret) -> Option<Self> {
        let label = match Shape::of(der.bytes())? {
            Shape::Pkcs8 => "PRIVATE KEY",
            Shape::Pkcs1 => "RSA PRIVATE KEY",
            Shape::Sec1 => "EC PRIVATE KEY",
            _ => return None,
        };
        Some(Self { label, der })
    }

    /// The text of its file.
    pub(super) fn pem(&self) -> Secret {
        let mut text = Secret::with_capacity(2 * self.der.bytes().len() + 100);
        pem::write(&mut text, self.label, self.der.bytes());
        text
    }

    /// What of it everybody may know.
    fn public(&self) -> Option<Public<'_>> {
        let der = self.der.bytes();
        match self.label {
            "RSA PRIVATE KEY" => Public::of_pkcs1(der),
            "EC PRIVATE KEY" => Public::of_sec1(der, None),
            _ => Public::of_pkcs8(der),
        }
    }

    /// What it is, in words.
    pub(super) fn words(&self) -> Cow<'static, str> {
        self.public().map_or(Cow::Borrowed(OTHER_KEY), |public| public.words())
    }

    /// What is wrong with it, where it is to belong to a certificate with this key.
    pub(super) fn inspect(&self, certificate: Option<Option<Public<'_>>>) -> Vec<Remark> {
        let Some(own) = self.public() else { return vec![Remark::warning(KEY_NOT_READ)] };
        let mut remarks: Vec<Remark> = own.weakness().into_iter().collect();
        remarks.extend(certificate.map(|of| match of.and_then(|of| own.is(&of)) {
            Some(true) => Remark::note(KEY_FITS),
            Some(false) => Remark::error(KEY_OF_ANOTHER),
            None => Remark::warning(KEY_NOT_COMPARED),
        }));
        remarks
    }
}

/// A public key, or what a private one says about its own.
#[derive(Clone, Copy)]
pub(super) enum Public<'a> {
    /// The modulus says it all.
    Rsa { modulus: &'a [u8] },
    /// A point on a curve; private keys may be without it.
    Curve { algorithm: &'a [u8], point: Option<&'a [u8]> },
}

impl<'a> Public<'a> {
    /// The key in a certificate: RFC 5280, 4.1.2.7.
    pub(super) fn of_certificate(info: Item<'a>) -> Option<Self> {
        let mut parts = info.items()?;
        let (algorithm, parameters) = algorithm(parts.next()?)?;
        let bits = parts.next()?.bits()?;
        if algorithm.is(RSA) || algorithm.is(RSA_PSS) {
            return Some(Self::Rsa { modulus: Item::of(bits)?.items()?.next()?.number()? });
        }
        let algorithm = if algorithm.is(EC) { parameters? } else { algorithm };
        Some(Self::Curve { algorithm: algorithm.content, point: Some(bits) })
    }

    /// RFC 8017, A.1.2: version, modulus, …
    fn of_pkcs1(der: &'a [u8]) -> Option<Self> {
        let mut parts = Item::of(der)?.items()?;
        parts.next()?;
        Some(Self::Rsa { modulus: parts.next()?.number()? })
    }

    /// RFC 5915: version, key, the curve in `[0]`, the point in `[1]`.
    fn of_sec1(der: &'a [u8], curve: Option<Item<'a>>) -> Option<Self> {
        let mut parts = Item::of(der)?.items()?.skip(2);
        let (mut algorithm, mut point) = (curve, None);
        for part in parts.by_ref() {
            match part.context() {
                Some(0) => algorithm = algorithm.or(Item::of(part.content)),
                Some(1) => point = Item::of(part.content)?.bits(),
                _ => {}
            }
        }
        Some(Self::Curve { algorithm: algorithm?.content, point })
    }

    /// RFC 5958: version, algorithm, key, attributes in `[0]`, from version 2 on the public key in
    /// `[1]`.
    fn of_pkcs8(der: &'a [u8]) -> Option<Self> {
        let mut parts = Item::of(der)?.items()?.skip(1);
        let (algorithm, parameters) = algorithm(parts.next()?)?;
        let key = parts.next()?.content;
        if algorithm.is(RSA) || algorithm.is(RSA_PSS) {
            return Self::of_pkcs1(key);
        }
        if algorithm.is(EC) {
            return Self::of_sec1(key, parameters);
        }
        // A bit string, of which `[1]` replaces the tag.
        let point =
            parts.find(|part| part.context() == Some(1)).and_then(|part| part.content.get(1..));
        Some(Self::Curve { algorithm: algorithm.content, point })
    }

    /// What it is, in words.
    pub(super) fn words(&self) -> Cow<'static, str> {
        match self {
            Self::Rsa { modulus } => format!("RSA {}", bits(modulus)).into(),
            Self::Curve { algorithm, .. } => NAMED
                .iter()
                .find(|(named, _)| named.as_bytes() == *algorithm)
                .map_or(OTHER_KEY, |(_, words)| words)
                .into(),
        }
    }

    pub(super) fn weakness(&self) -> Option<Remark> {
        match self {
            Self::Rsa { modulus } if bits(modulus) < RSA_BITS => Some(Remark::warning((
                weak_key(bits(modulus)),
                "Better 2048 bits or more, or EC P-256.",
            ))),
            _ => None,
        }
    }

    /// Whether two are the same; nothing if one of them does not say enough.
    pub(super) fn is(&self, other: &Public) -> Option<bool> {
        match (self, other) {
            (Self::Rsa { modulus: one }, Public::Rsa { modulus: two }) => Some(one == two),
            (Self::Curve { algorithm: one, .. }, Public::Curve { algorithm: two, .. })
                if one != two =>
            {
                Some(false)
            }
            (Self::Curve { point: one, .. }, Public::Curve { point: two, .. }) => {
                Some(is_same_point((*one)?, (*two)?))
            }
            _ => Some(false),
        }
    }
}

/// An identifier and its parameters.
fn algorithm(item: Item) -> Option<(Item, Option<Item>)> {
    let mut parts: Items = item.items()?;
    Some((parts.next()?, parts.next()))
}

fn bits(number: &[u8]) -> usize {
    number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize)
}

/// Whether two points are the same; each may be written in full, or as its first half and a sign:
/// SEC 1, 2.3.3.
fn is_same_point(one: &[u8], two: &[u8]) -> bool {
    fn parts(point: &[u8]) -> Option<(&[u8], u8)> {
        match point {
            [sign @ (2 | 3), x @ ..] => Some((x, sign & 1)),
            [4, coordinates @ .., last] if coordinates.len() % 2 == 1 => {
                Some((coordinates.get(..coordinates.len() / 2 + 1)?, last & 1))
            }
            _ => None,
        }
    }
    one == two || (one.len() != two.len() && parts(one).is_some_and(|one| parts(two) == Some(one)))
}

pub(crate) fn weak_key(bits: usize) -> String {
    format!("Its RSA key has {bits} bits, which is weak; clients may refuse it.")
}
