//! Bytes that are wiped from memory when they are dropped.

use zeroize::Zeroizing;

/// Bytes that are wiped when they are let go, also where they have to move because more are added.
///
/// It can be neither shown nor copied: it has no `Debug`, `Display`, `Clone` or `Serialize`, so
/// that no message and no other place gets it by accident.
#[derive(Default)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl Secret {
    /// Takes bytes over, with the place in which they are.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// An empty one with room for so many bytes.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self::new(Vec::with_capacity(capacity))
    }

    /// So many zeros, to be written over.
    pub(super) fn zeros(count: usize) -> Self {
        Self::new(vec![0; count])
    }

    /// The bytes, for as long as they are needed.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes as text; empty if they are none.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Adds bytes. A vector that grows by itself would leave the old place as it was.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        if self.0.capacity() - self.0.len() < bytes.len() {
            let mut larger = Self::with_capacity(2 * (self.0.len() + bytes.len()));
            larger.0.extend_from_slice(&self.0);
            *self = larger;
        }
        self.0.extend_from_slice(bytes);
    }

    /// The bytes, to be written over.
    pub(super) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }

    /// Leaves only the first bytes; the others are wiped with them.
    pub(super) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use static_assertions::assert_not_impl_any;

    assert_not_impl_any!(Secret: std::fmt::Debug, std::fmt::Display, Clone, Copy, serde::Serialize, AsRef<[u8]>, AsRef<str>);

    #[test]
    fn it_grows_without_losing_anything() {
        let mut secret = Secret::default();
        let mut expected = Vec::new();
        for number in 0..100_u8 {
            secret.push(&vec![number; number.into()]);
            expected.extend(vec![number; number.into()]);
            assert_eq!(secret.bytes(), expected);
        }
        secret.truncate(3);
        assert_eq!(secret.bytes(), [1, 2, 2]);
        assert_eq!(Secret::new(b"\xff".to_vec()).text(), "");
    }
}
