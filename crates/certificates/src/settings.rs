//! The protected settings as JSON: one flat object of texts, laid out as the script writes it.

use super::Secret;

/// The text of the file: these keys with these values, in this order; ASCII, with a line break at
/// the end.
///
/// Written here and not by `serde_json`: its buffers grow, and leave what was in them behind.
pub(super) fn json<'a>(entries: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Secret {
    let mut json = Secret::default();
    let mut before: &[u8] = b"{\n  ";
    for (key, value) in entries {
        json.push(before);
        string(&mut json, key);
        json.push(b": ");
        string(&mut json, std::str::from_utf8(value).unwrap_or_default());
        before = b",\n  ";
    }
    json.push(b"\n}\n");
    json
}

/// RFC 8259, 7, with everything escaped that is not ASCII.
fn string(json: &mut Secret, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    json.push(b"\"");
    // As much at once as needs no escape: base64 is long.
    let mut rest = text;
    while let Some(place) =
        rest.find(|letter: char| !(' '..='~').contains(&letter) || letter == '"' || letter == '\\')
    {
        let Some((plain, after)) = rest.split_at_checked(place) else { break };
        json.push(plain.as_bytes());
        let mut letters = after.chars();
        match letters.next() {
            Some(letter @ ('"' | '\\')) => json.push(&[b'\\', letter as u8]),
            Some(letter) => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    let digit = |place: u16| HEX[usize::from(*unit >> place & 15)];
                    json.push(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
                }
            }
            None => {}
        }
        rest = letters.as_str();
    }
    json.push(rest.as_bytes());
    json.push(b"\"");
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use proptest::prelude::*;

    #[test]
    fn it_looks_like_what_the_script_writes() {
        let json = json([
            ("connectionString", "a=b;c=\"\\/\n".as_bytes()),
            ("tls.secret", "größe 🔑".as_bytes()),
        ]);
        expect![[r#"
            {
              "connectionString": "a=b;c=\"\\/\u000a",
              "tls.secret": "gr\u00f6\u00dfe \ud83d\udd11"
            }
        "#]]
        .assert_eq(json.text());
    }

    proptest! {
        #[test]
        fn a_parser_reads_the_same(key in any::<String>(), value in any::<String>()) {
            let json = json([(key.as_str(), value.as_bytes())]);
            let is_right = json.text().is_ascii() && json.text().ends_with("\"\n}\n");
            prop_assert!(is_right);
            let parsed: serde_json::Value = serde_json::from_str(json.text()).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(parsed, serde_json::json!({ key: value }));
        }
    }
}
