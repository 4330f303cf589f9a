//! A file as text, or what keeps it from being one.

use crate::text::reader as text;
use configurator_lint::read::LIMIT;

/// What to say of a file that is too large to be read at all; `None` where it is not.
pub fn too_large(name: &str, bytes: f64) -> Option<String> {
    (bytes > LIMIT as f64).then(|| text::too_large(name, bytes as u64, LIMIT as u64))
}

/// The text of a file, a byte order mark included: that is something to be told.
///
/// # Errors
///
/// What it is instead, and what to do.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(text::is_utf16(name));
    }
    // No text has one, and a textarea may cut it off there.
    if bytes.contains(&0) {
        return Err(text::is_binary(name));
    }
    String::from_utf8(bytes).map_err(|_| text::not_utf8(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_said() {
        assert_eq!(decode("a.sh", b"\xef\xbb\xbfaz\r\n".to_vec()).as_deref(), Ok("\u{feff}az\r\n"));
        let said = |bytes: &[u8]| decode("a.sh", bytes.to_vec()).err().unwrap_or_default();
        assert!(said(b"\xff\xfea\0z\0").contains("UTF-16"));
        assert!(said(b"\x7fELF\0").contains("not a text file"));
        assert!(said(b"gr\xfc\xdfe").contains("not in UTF-8"));
    }

    #[test]
    fn what_is_too_large_never_looks_as_if_it_fitted() {
        assert_eq!(too_large("a.sh", LIMIT as f64), None);
        assert_eq!(
            too_large("a.sh", LIMIT as f64 + 1.0).as_deref(),
            Some("a.sh has 1.1 MiB; up to 1.0 MiB are read. Paste the part with the commands.")
        );
    }
}
