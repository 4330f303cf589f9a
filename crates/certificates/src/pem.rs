//! PEM: base64 between two lines that say what it is. RFC 7468, read as openssl does: with texts
//! around the blocks, and lines of any length.

use super::Secret;
use base64ct::{Base64, Base64Unpadded, Encoding};

/// How much of a block goes into a line: 64 characters.
const LINE: usize = 48;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// A block.
pub(super) struct Block<'a> {
    /// What it says that it is, such as `CERTIFICATE`.
    pub(super) label: &'a [u8],
    /// Whether it says that a passphrase is needed, as keys did before PKCS#8.
    pub(super) locked: bool,
    /// What is in it.
    pub(super) der: Secret,
}

/// Whether there is a block in it.
pub(super) fn is_pem(bytes: &[u8]) -> bool {
    find(bytes, BEGIN).is_some()
}

/// The blocks one after the other; nothing if one of them is broken.
pub(super) fn blocks(mut bytes: &[u8]) -> Option<Vec<Block<'_>>> {
    let mut blocks = Vec::new();
    while let Some((_, rest)) = split(bytes, BEGIN) {
        let (label, rest) = split(rest, DASHES)?;
        let (body, rest) = split(rest, END)?;
        bytes = rest.strip_prefix(label)?.strip_prefix(DASHES)?;
        blocks.push(block(label, body)?);
    }
    Some(blocks)
}

fn block<'a>(label: &'a [u8], body: &'a [u8]) -> Option<Block<'a>> {
    // Headers end at an empty line, RFC 1421.
    if body.contains(&b':') {
        let locked = find(body, b"ENCRYPTED").is_some();
        return locked.then(|| Block { label, locked, der: Secret::default() });
    }
    Some(Block { label, locked: false, der: decode(body)? })
}

/// The bytes that base64 stands for, with or without padding, line breaks and blanks; nothing if it
/// is none.
pub(super) fn decode(base64: &[u8]) -> Option<Secret> {
    let mut text = Secret::with_capacity(base64.len());
    for part in base64.split(u8::is_ascii_whitespace) {
        text.push(part);
    }
    let padding = text.bytes().iter().rev().take_while(|byte| **byte == b'=').count();
    text.truncate(text.bytes().len() - padding);
    let mut der = Secret::zeros(text.bytes().len() / 4 * 3 + 3);
    let length = Base64Unpadded::decode(text.bytes(), der.bytes_mut()).ok()?.len();
    der.truncate(length);
    (length > 0).then_some(der)
}

/// Base64 in one line.
pub(super) fn encode(bytes: &[u8]) -> Secret {
    let mut text = Secret::zeros(Base64::encoded_len(bytes));
    // It is just as long as it must be.
    let _fits = Base64::encode(bytes, text.bytes_mut());
    text
}

/// Adds a block.
pub(super) fn write(into: &mut Secret, label: &str, der: &[u8]) {
    for part in ["-----BEGIN ", label, "-----\n"] {
        into.push(part.as_bytes());
    }
    for line in der.chunks(LINE) {
        into.push(encode(line).bytes());
        into.push(b"\n");
    }
    for part in ["-----END ", label, "-----\n"] {
        into.push(part.as_bytes());
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn split<'a>(bytes: &'a [u8], at: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let place = find(bytes, at)?;
    Some((bytes.get(..place)?, bytes.get(place + at.len()..)?))
}
