//! What DER consists of, part by part; and what of it is a certificate, a key, or something else
//! that people have in their files.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag, Tagged};

/// One value: what it is and its content.
#[derive(Clone, Copy)]
pub(super) struct Item<'a> {
    /// What it is.
    pub(super) tag: Tag,
    /// Its content.
    pub(super) content: &'a [u8],
    /// The same with its tag and its length: what is compared where two must be equal.
    pub(super) whole: &'a [u8],
}

impl<'a> Item<'a> {
    /// The one value that these bytes are; nothing if they are none, or more.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let mut items = Items::of(bytes)?;
        let item = items.next()?;
        items.is_at_end().then_some(item)
    }

    /// The values that a sequence or set consists of.
    pub(super) fn items(&self) -> Option<Items<'a>> {
        (self.tag == Tag::Sequence || self.tag == Tag::Set).then_some(())?;
        Items::of(self.content)
    }

    /// The number of a tag that has a meaning only where it stands, such as `[0]`.
    pub(super) fn context(&self) -> Option<u32> {
        self.tag.is_context_specific().then(|| self.tag.number().value())
    }

    /// Whether it is this object identifier.
    pub(super) fn is(&self, identifier: ObjectIdentifier) -> bool {
        self.tag == Tag::ObjectIdentifier && self.content == identifier.as_bytes()
    }

    /// The bytes of a bit string that has whole bytes only.
    pub(super) fn bits(&self) -> Option<&'a [u8]> {
        match (self.tag, self.content) {
            (Tag::BitString, [0, bytes @ ..]) => Some(bytes),
            _ => None,
        }
    }

    /// The digits of a positive number, without the zero that only says that it is positive.
    pub(super) fn number(&self) -> Option<&'a [u8]> {
        (self.tag == Tag::Integer).then(|| without_zeros(self.content))
    }
}

/// Leading zeros are no part of a number.
fn without_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}

/// Values one after the other, up to the first that is broken.
#[derive(Clone)]
pub(super) struct Items<'a> {
    bytes: &'a [u8],
    reader: SliceReader<'a>,
}

impl<'a> Items<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        Some(Self { bytes, reader: SliceReader::new(bytes).ok()? })
    }

    /// Whether there is nothing left, not even something broken.
    pub(super) fn is_at_end(&self) -> bool {
        self.reader.is_finished()
    }

    /// The next value, if it is of this kind; nothing is taken if it is not.
    pub(super) fn next_if(&mut self, fits: impl Fn(&Item<'a>) -> bool) -> Option<Item<'a>> {
        let item = self.clone().next().filter(fits)?;
        self.next();
        Some(item)
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Item<'a>;

    fn next(&mut self) -> Option<Item<'a>> {
        if self.reader.is_finished() {
            return None;
        }
        let from = usize::try_from(self.reader.position()).ok()?;
        let value = AnyRef::decode(&mut self.reader).ok()?;
        let to = usize::try_from(self.reader.position()).ok()?;
        Some(Item { tag: value.tag(), content: value.value(), whole: self.bytes.get(from..to)? })
    }
}

/// What people have in such files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// X.509, RFC 5280, 4.1.
    Certificate,
    /// PKCS#10, RFC 2986.
    Request,
    /// RFC 5958.
    Pkcs8,
    /// The same with a passphrase.
    EncryptedPkcs8,
    /// RFC 8017, A.1.2.
    Pkcs1,
    /// RFC 5915.
    Sec1,
    /// RFC 5280, 4.1.2.7, or RFC 8017, A.1.1.
    PublicKey,
    /// RFC 7292: `.pfx`, `.p12`.
    Pkcs12,
    /// RFC 2315: `.p7b`.
    Pkcs7,
}

impl Shape {
    /// What these bytes are, by the kinds of their first parts; whether the rest is right, they do
    /// not say.
    pub(super) fn of(der: &[u8]) -> Option<Self> {
        // Keystores are written by some programs as BER, with parts of no given length.
        if der.starts_with(&[0x30, 0x80, 2, 1, 3]) {
            return Some(Self::Pkcs12);
        }
        if der.starts_with(&[0x30, 0x80, 6]) {
            return Some(Self::Pkcs7);
        }
        let parts: Vec<Item> = Item::of(der)?.items()?.take(10).collect();
        let tags: Vec<Tag> = parts.iter().map(|part| part.tag).collect();
        let first = parts.first()?;
        match tags.as_slice() {
            [Tag::ObjectIdentifier, ..] => Some(Self::Pkcs7),
            [Tag::Sequence, Tag::Sequence, Tag::BitString] => Self::of_signed(*first),
            [Tag::Sequence, Tag::OctetString] => Some(Self::EncryptedPkcs8),
            [Tag::Sequence, Tag::BitString] | [Tag::Integer, Tag::Integer] => Some(Self::PublicKey),
            [Tag::Integer, Tag::Sequence, Tag::OctetString, ..] => Some(Self::Pkcs8),
            [Tag::Integer, Tag::OctetString, ..] => Some(Self::Sec1),
            [Tag::Integer, Tag::Sequence, ..] if first.content == [3] => Some(Self::Pkcs12),
            [Tag::Integer, rest @ ..]
                if rest.len() >= 8 && rest.iter().all(|tag| *tag == Tag::Integer) =>
            {
                Some(Self::Pkcs1)
            }
            _ => None,
        }
    }

    /// A certificate and a request are both signed, and differ in what is.
    fn of_signed(signed: Item) -> Option<Self> {
        let mut parts = signed.items()?;
        let has_version = parts.next_if(|part| part.context() == Some(0)).is_some();
        let number = parts.next()?.number()?;
        let sequences = parts.take_while(|part| part.tag == Tag::Sequence).count();
        match sequences {
            // Algorithm, issuer, validity, subject, key.
            5.. => Some(Self::Certificate),
            // Subject, key; a list of revoked certificates begins alike, but with another version.
            2 if !has_version && number.is_empty() => Some(Self::Request),
            _ => None,
        }
    }
}
