//! The two kinds of objects that `kubectl` creates in Protocol Buffers.
//!
//! The tags are those of `generated.proto` in k8s.io/apimachinery and k8s.io/api/core/v1. Fields
//! that `kubectl create` does not set are left out.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use prost::Message;
use serde_json::{Value, json};
use std::collections::HashMap;

/// What every object in this format starts with.
const MAGIC: &[u8] = b"k8s\0";

#[derive(Clone, PartialEq, Message)]
struct Unknown {
    #[prost(message, optional, tag = "1")]
    type_meta: Option<TypeMeta>,
    #[prost(bytes = "vec", tag = "2")]
    raw: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
struct TypeMeta {
    #[prost(string, tag = "1")]
    api_version: String,
    #[prost(string, tag = "2")]
    kind: String,
}

#[derive(Clone, PartialEq, Message)]
struct ObjectMeta {
    #[prost(string, tag = "1")]
    name: String,
    #[prost(string, tag = "3")]
    namespace: String,
    #[prost(map = "string, string", tag = "11")]
    labels: HashMap<String, String>,
    #[prost(map = "string, string", tag = "12")]
    annotations: HashMap<String, String>,
}

#[derive(Clone, PartialEq, Message)]
struct Namespace {
    #[prost(message, optional, tag = "1")]
    metadata: Option<ObjectMeta>,
}

#[derive(Clone, PartialEq, Message)]
struct Secret {
    #[prost(message, optional, tag = "1")]
    metadata: Option<ObjectMeta>,
    #[prost(map = "string, bytes", tag = "2")]
    data: HashMap<String, Vec<u8>>,
    #[prost(string, tag = "3")]
    secret_type: String,
}

fn metadata(metadata: Option<ObjectMeta>) -> Value {
    let metadata = metadata.unwrap_or_default();
    let mut object = json!({ "name": metadata.name });
    if !metadata.namespace.is_empty() {
        object["namespace"] = json!(metadata.namespace);
    }
    for (field, entries) in [("labels", metadata.labels), ("annotations", metadata.annotations)] {
        if !entries.is_empty() {
            object[field] = json!(entries);
        }
    }
    object
}

/// Decodes an object to the JSON of the API.
///
/// # Errors
///
/// If it is malformed, or of another kind.
pub(crate) fn decode(bytes: &[u8]) -> Result<Value, String> {
    let bytes = bytes.strip_prefix(MAGIC).ok_or("it does not start with k8s")?;
    let unknown = Unknown::decode(bytes).map_err(|error| error.to_string())?;
    let TypeMeta { api_version, kind } = unknown.type_meta.unwrap_or_default();
    match (api_version.as_str(), kind.as_str()) {
        ("v1", "Namespace") => {
            let namespace = Namespace::decode(&*unknown.raw).map_err(|error| error.to_string())?;
            Ok(
                json!({ "apiVersion": "v1", "kind": kind, "metadata": metadata(namespace.metadata) }),
            )
        }
        ("v1", "Secret") => {
            let secret = Secret::decode(&*unknown.raw).map_err(|error| error.to_string())?;
            let data: HashMap<String, String> = secret
                .data
                .into_iter()
                .map(|(key, bytes)| (key, BASE64_STANDARD.encode(bytes)))
                .collect();
            let secret_type =
                if secret.secret_type.is_empty() { "Opaque" } else { &secret.secret_type };
            Ok(json!({
                "apiVersion": "v1", "kind": kind, "metadata": metadata(secret.metadata), "type": secret_type, "data": data,
            }))
        }
        _ => Err(format!("{api_version} {kind} cannot be read in this format")),
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    fn encoded(kind: &str, raw: &[u8]) -> Vec<u8> {
        let type_meta = Some(TypeMeta { api_version: "v1".to_owned(), kind: kind.to_owned() });
        [MAGIC, &Unknown { type_meta, raw: raw.to_vec() }.encode_to_vec()].concat()
    }

    /// The bytes are those of the wire format, written by hand.
    #[test]
    fn secret_of_the_wire_format_is_decoded() {
        let raw = b"\x0a\x05\x0a\x03tls\x12\x08\x0a\x01a\x12\x03\x00\xffz\x1a\x01T";
        assert_eq!(
            decode(&encoded("Secret", raw)),
            Ok(
                json!({ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "tls" }, "type": "T", "data": { "a": "AP96" } })
            )
        );
    }

    #[test]
    fn other_kinds_and_broken_bytes_are_refused() {
        assert!(decode(&encoded("Pod", b"")).is_err());
        assert!(decode(&encoded("Secret", b"\x0a\xff")).is_err());
        assert!(decode(b"{}").is_err());
    }
}
