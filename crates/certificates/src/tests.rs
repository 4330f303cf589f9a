//! Certificates and keys in all the ways in which people have them, made by the real openssl, which
//! is also asked whether what is said of them is so.

use super::*;
use crate::certificate::{
    AUTHORITY_BY_NAME, AUTHORITY_IS_ITSELF, AUTHORITY_OF_ANOTHER, IP_NOT_COMPARED, ISSUER, ITSELF,
    KEY, NAMES, NO_AUTHORITY, NO_NAMES, NOT_AN_AUTHORITY, NOT_FOR_SERVERS, SELF_SIGNED, SUBJECT,
    VALID, WEAK_SIGNATURE, from_to,
};
use crate::connection::CONNECTION_MISSING;
use crate::form::{
    BOTH_TAKEN, CERTIFICATE_FOR_KEY, KEY_FOR_CERTIFICATE, LOCKED_LEFT, OTHER_LEFT, TIDIED,
};
use crate::key::{KEY_FITS, KEY_NOT_COMPARED, KEY_OF_ANOTHER, weak_key};
use crate::recognize::{
    BROKEN_PEM, EMPTY, IS_CONNECTION, IS_LOCKED, IS_PKCS7, IS_PKCS12, IS_PUBLIC_KEY, IS_REQUEST,
    IS_SSH, IS_TRUSTED, TOO_LARGE, TWO_KEYS, UNKNOWN, WAS_BASE64_OF_DER, WAS_BASE64_OF_PEM,
    WAS_DER,
};
use configurator_core::rules::Severity;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{SystemTime, UNIX_EPOCH};
use tempfile::TempDir;

const DAY: u64 = 24 * 60 * 60;
const CONNECTION: &str = "ConnectedRegistryName=edge01;SyncTokenName=edge01-sync;SyncTokenPassword=aB3+/x==;ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https";

/// A folder with keys and certificates in it.
struct Workshop(TempDir);

/// The kinds of keys of which there is one each; of `weak` there is RSA with too few bits.
const KINDS: [&str; 5] = ["rsa", "weak", "p256", "p384", "ed25519"];

/// Made once; nothing where there is no openssl.
static WORKSHOP: LazyLock<Option<Workshop>> = LazyLock::new(|| {
    let is_there = Command::new("openssl")
        .arg("version")
        .stdout(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    is_there.then(Workshop::new)
});

impl Workshop {
    fn new() -> Self {
        let shop = Self(TempDir::new().expect("a temporary folder"));
        for kind in KINDS {
            let how = match kind {
                "rsa" => "RSA -pkeyopt rsa_keygen_bits:2048",
                "weak" => "RSA -pkeyopt rsa_keygen_bits:1024",
                "p256" => "EC -pkeyopt ec_paramgen_curve:P-256",
                "p384" => "EC -pkeyopt ec_paramgen_curve:P-384",
                _ => "ED25519",
            };
            shop.run(&format!("genpkey -algorithm {how} -out {kind}.key"));
            shop.run(&format!(
                "req -x509 -new -key {kind}.key -subj /CN={kind}/O=Contoso -addext \
                 subjectAltName=IP:10.0.0.200,IP:fd00::1,DNS:edge,DNS:10.0.0.7 -days 90 -out \
                 {kind}.crt"
            ));
        }
        // The same key in other files.
        shop.run("rsa -in rsa.key -traditional -out rsa.pkcs1.key");
        shop.run("rsa -in rsa.key -traditional -outform DER -out rsa.pkcs1.der");
        shop.run("pkcs8 -topk8 -nocrypt -in rsa.key -outform DER -out rsa.pkcs8.der");
        shop.run("ec -in p256.key -out p256.sec1.key");
        shop.run("ec -in p256.key -outform DER -out p256.sec1.der");
        shop.run("ec -in p256.key -conv_form compressed -out p256.compressed.key");
        shop.run("ec -in p256.key -no_public -out p256.alone.key");
        shop.run("ecparam -name prime256v1 -genkey -out parameters.key");
        shop.run("pkcs8 -topk8 -in rsa.key -passout pass:secret -out locked.key");
        shop.run("pkcs8 -topk8 -in rsa.key -passout pass:secret -outform DER -out locked.der");
        shop.run("rsa -in rsa.key -traditional -aes128 -passout pass:secret -out locked-old.key");
        // The same certificate in other files.
        shop.run("x509 -in rsa.crt -outform DER -out rsa.crt.der");
        shop.run("x509 -in rsa.crt -text -out rsa.text.crt");
        shop.run("x509 -in rsa.crt -trustout -addtrust serverAuth -out trusted.crt");
        shop.run("pkcs12 -export -in rsa.crt -inkey rsa.key -passout pass:secret -out rsa.pfx");
        shop.run("crl2pkcs7 -nocrl -certfile rsa.crt -out rsa.p7b");
        shop.run("crl2pkcs7 -nocrl -certfile rsa.crt -outform DER -out rsa.p7b.der");
        shop.run("req -new -key rsa.key -subj /CN=rsa -out rsa.csr");
        shop.run("req -new -key rsa.key -subj /CN=rsa -outform DER -out rsa.csr.der");
        shop.run("pkey -in rsa.key -pubout -out rsa.pub");
        shop.run("pkey -in rsa.key -pubout -outform DER -out rsa.pub.der");
        // An authority, one below it, and a certificate of that one; and one with the name of the
        // first.
        shop.run("req -x509 -new -key p384.key -subj /CN=root -days 3650 -out root.crt");
        shop.run("req -x509 -new -key p256.key -subj /CN=root -days 3650 -out false-root.crt");
        shop.sign(
            "middle",
            "p384",
            "root",
            "basicConstraints=critical,CA:TRUE",
            "-sha256 -days 900",
        );
        shop.sign("leaf", "rsa", "middle", "subjectAltName=IP:10.0.0.200", "-sha256 -days 90");
        shop.sign("old-leaf", "rsa", "middle", "subjectAltName=IP:10.0.0.200", "-sha1 -days 90");
        shop.sign(
            "client",
            "rsa",
            "root",
            "subjectAltName=IP:10.0.0.200\nextendedKeyUsage=clientAuth",
            "-sha256 -days 90",
        );
        shop.sign("no-names", "rsa", "root", "keyUsage=digitalSignature", "-sha256 -days 90");
        shop
    }

    /// A certificate for a key, signed by that of the authority; all authorities have the key
    /// `p384`.
    fn sign(&self, name: &str, key: &str, authority: &str, extensions: &str, how: &str) {
        // Without it, openssl 3.0 leaves out the numbers of the keys.
        let extensions =
            format!("{extensions}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n");
        fs::write(self.0.path().join("extensions"), extensions).expect("a file in it");
        self.run(&format!("req -new -key {key}.key -subj /CN={name} -out {name}.csr"));
        self.run(&format!(
            "x509 -req -in {name}.csr -CA {authority}.crt -CAkey p384.key \
                           -set_serial 77 -extfile extensions {how} -out {name}.crt"
        ));
    }

    fn try_run(&self, arguments: &str) -> Output {
        Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(self.0.path())
            .output()
            .expect("openssl runs")
    }

    fn run(&self, arguments: &str) -> String {
        let output = self.try_run(arguments);
        assert!(
            output.status.success(),
            "openssl {arguments}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn read(&self, file: &str) -> Vec<u8> {
        fs::read(self.path().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    fn text(&self, file: &str) -> String {
        String::from_utf8(self.read(file)).expect("PEM is text")
    }
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

fn form(service_ip: &str) -> Form {
    form_with(
        service_ip,
        &[("connectionString", ""), ("tls.crt", ""), ("tls.key", ""), ("tls.cacrt", "")],
    )
}

fn form_with(service_ip: &str, settings: &[(&str, &str)]) -> Form {
    Form::new("protected.json", "edge01", service_ip, settings.iter().copied())
        .expect("all of these can be filled in")
}

fn put(form: &mut Form, field: SecretField, bytes: impl Into<Vec<u8>>) -> bool {
    form.put(field, &Secret::new(bytes.into()))
}

/// What is said about a slot, most of it in its own words.
fn said(form: &Form, field: SecretField) -> Vec<String> {
    form.remarks(field, now()).into_iter().map(|remark| remark.message).collect()
}

fn parsed(json: &Secret) -> serde_json::Value {
    serde_json::from_str(json.text()).expect("it is JSON")
}

/// Base64 by another hand.
fn base64(shop: &Workshop, bytes: &[u8]) -> String {
    let file = TempDir::new_in(shop.path()).expect("a folder in it");
    fs::write(file.path().join("plain"), bytes).expect("a file in it");
    shop.run(&format!("base64 -A -in {}", file.path().join("plain").display()))
}

#[test]
fn the_json_holds_the_files_byte_for_byte() {
    let Some(shop) = &*WORKSHOP else { return };
    let mut form = form("10.0.0.200");
    assert_eq!(form.status(now()), "Still missing: connection string, certificate, private key.");
    form.set_connection(Secret::new(format!(" {CONNECTION}\n").into()));
    put(&mut form, SecretField::Certificate, shop.text("leaf.crt") + &shop.text("middle.crt"));
    put(&mut form, SecretField::Key, shop.read("rsa.key"));
    put(&mut form, SecretField::Authority, shop.read("root.crt"));
    assert_eq!(form.status(now()), "Ready.");
    let json =
        form.json(now()).unwrap_or_else(|field| panic!("{field:?}: {:?}", said(&form, field)));
    let chain = shop.text("leaf.crt") + &shop.text("middle.crt");
    let encoded = |bytes: &[u8]| base64(shop, bytes);
    let expected = format!(
        "{{\n  \"connectionString\": \"{CONNECTION}\",\n  \"tls.crt\": \"{}\",\n  \"tls.key\": \
         \"{}\",\n  \"tls.cacrt\": \"{}\"\n}}\n",
        encoded(chain.as_bytes()),
        encoded(&shop.read("rsa.key")),
        encoded(&shop.read("root.crt"))
    );
    assert_eq!(json.text(), expected);
    // What openssl says of it.
    fs::write(shop.path().join("chain"), chain).expect("a file in it");
    shop.run("verify -CAfile root.crt -untrusted chain leaf.crt");
    // Without its authority, a certificate that is self-signed stands for it.
    form.remove(SecretField::Authority);
    put(&mut form, SecretField::Certificate, shop.read("rsa.crt"));
    let json =
        form.json(now()).unwrap_or_else(|field| panic!("{field:?}: {:?}", said(&form, field)));
    assert_eq!(parsed(&json)["tls.cacrt"], parsed(&json)["tls.crt"]);
}

#[test]
fn what_is_given_stays_and_the_order_too() {
    let mut form = form_with("", &[("connectionString", ""), ("tls.secret", "k8-\"secret\"")]);
    assert_eq!(form.fields().collect::<Vec<_>>(), [SecretField::Connection]);
    assert_eq!(form.json(now()).err(), Some(SecretField::Connection));
    assert_eq!(said(&form, SecretField::Connection), [CONNECTION_MISSING.0]);
    form.set_connection(Secret::new(CONNECTION.into()));
    let json = form.json(now()).unwrap_or_default();
    assert_eq!(
        json.text(),
        format!(
            "{{\n  \"connectionString\": \"{CONNECTION}\",\n  \"tls.secret\": \
             \"k8-\\\"secret\\\"\"\n}}\n"
        )
    );
    assert!(Form::new("x", "", "", [("something", "")]).is_none());
}

#[test]
fn what_is_missing_or_wrong_is_named_first_to_last() {
    let Some(shop) = &*WORKSHOP else { return };
    let mut form = form("10.0.0.200");
    for field in [SecretField::Connection, SecretField::Certificate, SecretField::Key] {
        assert!(
            said(&form, SecretField::Key)
                .iter()
                .all(|said| said != crate::form::missing(SecretField::Key).0)
                || field != SecretField::Connection
        );
        assert_eq!(form.json(now()).err(), Some(field));
        assert!(!said(&form, field).is_empty());
        match field {
            SecretField::Connection => form.set_connection(Secret::new(CONNECTION.into())),
            SecretField::Certificate => _ = put(&mut form, field, shop.read("rsa.crt")),
            _ => _ = put(&mut form, field, shop.read("p256.key")),
        }
    }
    assert_eq!(form.json(now()).err(), Some(SecretField::Key));
    assert_eq!(form.status(now()), "To fix: private key.");
    put(&mut form, SecretField::Key, shop.read("rsa.key"));
    assert!(form.json(now()).is_ok());
    put(&mut form, SecretField::Authority, shop.read("rsa.key"));
    assert_eq!(
        (form.json(now()).err(), form.status(now())),
        (Some(SecretField::Authority), "To fix: CA certificate.".to_owned())
    );
}

/// Whatever it was in, what goes in is the same key and the same certificate.
#[test]
fn every_way_to_write_a_certificate_or_a_key_is_taken() {
    let Some(shop) = &*WORKSHOP else { return };
    let certificate = shop.text("rsa.crt");
    let utf16 = |text: &str| {
        [0xFF, 0xFE]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect::<Vec<u8>>()
    };
    let certificates: Vec<(&str, Vec<u8>, Option<&str>)> = vec![
        ("PEM", certificate.clone().into(), None),
        ("CRLF", certificate.replace('\n', "\r\n").into(), Some(TIDIED)),
        ("BOM", format!("\u{feff}{certificate}").into(), Some(TIDIED)),
        ("UTF-16", utf16(&certificate), Some(TIDIED)),
        ("text around", shop.read("rsa.text.crt"), Some(TIDIED)),
        (
            "another label",
            certificate.replace("CERTIFICATE", "X509 CERTIFICATE").into(),
            Some(TIDIED),
        ),
        ("DER", shop.read("rsa.crt.der"), Some(WAS_DER)),
        ("base64 of PEM", base64(shop, certificate.as_bytes()).into(), Some(WAS_BASE64_OF_PEM)),
        ("base64 of DER", base64(shop, &shop.read("rsa.crt.der")).into(), Some(WAS_BASE64_OF_DER)),
    ];
    for (what, bytes, note) in certificates {
        let mut form = form("10.0.0.200");
        assert!(
            put(&mut form, SecretField::Certificate, bytes),
            "{what}: {:?}",
            said(&form, SecretField::Certificate)
        );
        assert_eq!(
            form.recognized(SecretField::Certificate).as_deref(),
            Some("Certificate"),
            "{what}"
        );
        let expected: Vec<&str> =
            [Some("It is for the service IP 10.0.0.200."), note].into_iter().flatten().collect();
        assert_eq!(said(&form, SecretField::Certificate), expected, "{what}");
        put(&mut form, SecretField::Key, shop.read("rsa.key"));
        form.set_connection(Secret::new(CONNECTION.into()));
        assert_eq!(
            parsed(&form.json(now()).unwrap_or_default())["tls.crt"],
            base64(shop, certificate.as_bytes()),
            "{what}"
        );
    }
    for (file, of, written) in [
        ("rsa.key", "rsa", "rsa.key"),
        ("rsa.pkcs1.key", "rsa", "rsa.pkcs1.key"),
        ("rsa.pkcs1.der", "rsa", "rsa.pkcs1.key"),
        ("rsa.pkcs8.der", "rsa", "rsa.key"),
        ("p256.sec1.key", "p256", "p256.sec1.key"),
        ("p256.sec1.der", "p256", "p256.sec1.key"),
        ("p256.compressed.key", "p256", "p256.compressed.key"),
        ("p384.key", "p384", "p384.key"),
    ] {
        let mut form = form("10.0.0.200");
        put(&mut form, SecretField::Certificate, shop.read(&format!("{of}.crt")));
        assert!(
            put(&mut form, SecretField::Key, shop.read(file)),
            "{file}: {:?}",
            said(&form, SecretField::Key)
        );
        assert!(
            said(&form, SecretField::Key).iter().any(|said| said == KEY_FITS),
            "{file}: {:?}",
            said(&form, SecretField::Key)
        );
        form.set_connection(Secret::new(CONNECTION.into()));
        assert_eq!(
            parsed(&form.json(now()).unwrap_or_default())["tls.key"],
            base64(shop, &shop.read(written)),
            "{file}"
        );
    }
    // openssl writes the parameters before the key; the key is what is needed.
    let mut form = form("");
    assert!(put(&mut form, SecretField::Key, shop.read("parameters.key")));
    assert_eq!(form.recognized(SecretField::Key).as_deref(), Some("Private key, EC P-256"));
    assert_eq!(said(&form, SecretField::Key), [TIDIED]);
}

#[test]
fn what_is_of_no_use_says_what_it_is() {
    let Some(shop) = &*WORKSHOP else { return };
    let broken = shop.text("rsa.crt").replace("-----END CERTIFICATE-----", "");
    let cut: Vec<u8> = shop.text("rsa.crt").bytes().filter(|byte| *byte != b'a').collect();
    let public = shop.read("rsa.pub");
    let files: Vec<(&str, Vec<u8>, (&str, &str))> = vec![
        ("empty", vec![], EMPTY),
        ("blank", b" \r\n\t".to_vec(), EMPTY),
        ("large", vec![b'-'; LARGEST + 1], TOO_LARGE),
        ("a picture", b"\x89PNG\r\n\x1a\n".to_vec(), UNKNOWN),
        ("words", b"this is no certificate".to_vec(), UNKNOWN),
        ("base64 of words", base64(shop, b"this is no certificate").into(), UNKNOWN),
        ("a connection string", CONNECTION.into(), IS_CONNECTION),
        ("without its end", broken.into(), BROKEN_PEM),
        ("with letters missing", cut, BROKEN_PEM),
        ("a request", shop.read("rsa.csr"), IS_REQUEST),
        ("a request, DER", shop.read("rsa.csr.der"), IS_REQUEST),
        ("a public key", public, IS_PUBLIC_KEY),
        ("a public key, DER", shop.read("rsa.pub.der"), IS_PUBLIC_KEY),
        ("a keystore", shop.read("rsa.pfx"), IS_PKCS12),
        ("a keystore, base64", base64(shop, &shop.read("rsa.pfx")).into(), IS_PKCS12),
        ("PKCS#7", shop.read("rsa.p7b"), IS_PKCS7),
        ("PKCS#7, DER", shop.read("rsa.p7b.der"), IS_PKCS7),
        ("with a passphrase", shop.read("locked.key"), IS_LOCKED),
        ("with a passphrase, DER", shop.read("locked.der"), IS_LOCKED),
        ("with a passphrase, as of old", shop.read("locked-old.key"), IS_LOCKED),
        ("for openssl only", shop.read("trusted.crt"), IS_TRUSTED),
        (
            "for SSH",
            b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"
                .to_vec(),
            IS_SSH,
        ),
        ("two keys", (shop.text("rsa.key") + &shop.text("p256.key")).into(), TWO_KEYS),
    ];
    for (what, bytes, refusal) in files {
        for field in [SecretField::Certificate, SecretField::Key, SecretField::Authority] {
            let mut form = form("");
            assert!(!put(&mut form, field, bytes.clone()), "{what}");
            assert_eq!(form.remarks(field, now()), [Remark::error(refusal)], "{what}");
            assert!(!form.is_filled(field));
        }
    }
    // What is advised makes what is taken.
    shop.run("pkey -in locked.key -passin pass:secret -out plain.key");
    shop.run("pkcs12 -in rsa.pfx -passin pass:secret -nokeys -out from-pfx.crt");
    shop.run("pkcs12 -in rsa.pfx -passin pass:secret -nocerts -nodes -out from-pfx.key");
    shop.run("pkcs7 -in rsa.p7b -print_certs -out from-p7b.crt");
    shop.run("x509 -in trusted.crt -out from-trusted.crt");
    for (certificate, key) in [
        ("from-pfx.crt", "from-pfx.key"),
        ("from-p7b.crt", "plain.key"),
        ("from-trusted.crt", "rsa.key"),
    ] {
        let mut form = form("10.0.0.200");
        assert!(
            put(&mut form, SecretField::Certificate, shop.read(certificate))
                && put(&mut form, SecretField::Key, shop.read(key)),
            "{certificate}"
        );
        assert!(said(&form, SecretField::Key).iter().any(|said| said == KEY_FITS), "{key}");
    }
}

#[test]
fn what_is_in_the_wrong_place_says_so_and_what_is_in_one_file_is_taken_apart() {
    let Some(shop) = &*WORKSHOP else { return };
    let mut one = form("10.0.0.200");
    assert!(!put(&mut one, SecretField::Certificate, shop.read("rsa.key")));
    assert_eq!(said(&one, SecretField::Certificate), [KEY_FOR_CERTIFICATE.0]);
    assert!(!put(&mut one, SecretField::Key, shop.read("rsa.crt")));
    assert_eq!(said(&one, SecretField::Key), [CERTIFICATE_FOR_KEY.0]);
    let both = shop.text("rsa.key") + &shop.text("rsa.crt");
    for field in [SecretField::Certificate, SecretField::Key] {
        let mut form = form("10.0.0.200");
        assert!(put(&mut form, field, both.clone()));
        assert!(said(&form, field).contains(&BOTH_TAKEN.to_owned()), "{:?}", said(&form, field));
        form.set_connection(Secret::new(CONNECTION.into()));
        let json = parsed(&form.json(now()).unwrap_or_default());
        assert_eq!(
            (&json["tls.crt"], &json["tls.key"]),
            (
                &base64(shop, &shop.read("rsa.crt")).into(),
                &base64(shop, &shop.read("rsa.key")).into()
            )
        );
        // What was chosen stays.
        let mut form = form_with_key(shop);
        put(&mut form, SecretField::Certificate, both.clone());
        assert!(said(&form, SecretField::Certificate).contains(&OTHER_LEFT.to_owned()));
        assert_eq!(form.recognized(SecretField::Key).as_deref(), Some("Private key, EC P-256"));
    }
    // The key of an authority is not wanted anywhere.
    let mut form = form("10.0.0.200");
    assert!(put(&mut form, SecretField::Authority, both));
    assert!(!form.is_filled(SecretField::Key));
    // A key that cannot be taken does not keep the certificate from it.
    assert!(put(
        &mut form,
        SecretField::Certificate,
        shop.text("locked.key") + &shop.text("rsa.crt")
    ));
    assert!(said(&form, SecretField::Certificate).contains(&LOCKED_LEFT.to_owned()));
    assert!(!put(&mut form, SecretField::Key, shop.text("locked.key") + &shop.text("rsa.crt")));
    assert_eq!(said(&form, SecretField::Key), [IS_LOCKED.0]);
}

fn form_with_key(shop: &Workshop) -> Form {
    let mut form = form("10.0.0.200");
    put(&mut form, SecretField::Key, shop.read("p256.key"));
    form
}

/// For all pairs, openssl is the judge.
#[test]
fn a_key_is_told_from_that_of_another() {
    let Some(shop) = &*WORKSHOP else { return };
    for certificate in KINDS {
        let of_certificate = shop.run(&format!("x509 -in {certificate}.crt -noout -pubkey"));
        for key in KINDS {
            let belongs = shop.run(&format!("pkey -in {key}.key -pubout")) == of_certificate;
            let mut form = form("10.0.0.200");
            put(&mut form, SecretField::Certificate, shop.read(&format!("{certificate}.crt")));
            put(&mut form, SecretField::Key, shop.read(&format!("{key}.key")));
            let expected = match (belongs, key) {
                // It holds no public key.
                (true, "ed25519") => KEY_NOT_COMPARED.0,
                (true, _) => KEY_FITS,
                (false, _) => KEY_OF_ANOTHER.0,
            };
            assert_eq!(
                said(&form, SecretField::Key).last().map(String::as_str),
                Some(expected),
                "{certificate} and {key}"
            );
        }
    }
    // Of the same kind.
    shop.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out another.key");
    let mut form = form("10.0.0.200");
    put(&mut form, SecretField::Certificate, shop.read("p256.crt"));
    put(&mut form, SecretField::Key, shop.read("another.key"));
    assert_eq!(said(&form, SecretField::Key), [KEY_OF_ANOTHER.0]);
    put(&mut form, SecretField::Key, shop.read("p256.alone.key"));
    assert_eq!(form.remarks(SecretField::Key, now()), [Remark::warning(KEY_NOT_COMPARED)]);
    shop.run("ec -in another.key -conv_form compressed -out another.compressed.key");
    put(&mut form, SecretField::Key, shop.read("another.compressed.key"));
    assert_eq!(said(&form, SecretField::Key), [KEY_OF_ANOTHER.0]);
}

#[test]
fn a_certificate_is_read() {
    let Some(shop) = &*WORKSHOP else { return };
    for (kind, key) in KINDS.iter().zip(["RSA 2048", "RSA 1024", "EC P-256", "EC P-384", "Ed25519"])
    {
        let mut form = form("10.0.0.200");
        put(&mut form, SecretField::Certificate, shop.read(&format!("{kind}.crt")));
        let facts = form.facts(SecretField::Certificate);
        let value = |name: &str| {
            facts
                .iter()
                .find(|(called, _)| *called == name)
                .map(|(_, value)| value.clone())
                .unwrap_or_default()
        };
        assert_eq!(value(SUBJECT), format!("CN={kind}, O=Contoso"));
        assert_eq!(value(ISSUER), ITSELF);
        assert_eq!(value(NAMES), "10.0.0.200, fd00::1, edge, 10.0.0.7");
        assert_eq!(value(KEY), key);
        // notAfter=2026-02-20 12:34:56Z
        let days: Vec<String> = ["startdate", "enddate"]
            .iter()
            .map(|which| {
                shop.run(&format!("x509 -in {kind}.crt -noout -{which} -dateopt iso_8601"))
                    .trim()
                    .split(['=', ' '])
                    .nth(1)
                    .unwrap_or_default()
                    .to_owned()
            })
            .collect();
        assert_eq!(value(VALID), from_to(&days[0], &days[1]));
    }
    let mut form = form("");
    put(&mut form, SecretField::Certificate, shop.read("no-names.crt"));
    assert!(form.facts(SecretField::Certificate).contains(&(NAMES, NO_NAMES.to_owned())));
    assert!(form.facts(SecretField::Certificate).contains(&(ISSUER, "CN=root".to_owned())));
}

/// In openssl's judgment, too.
#[test]
fn the_service_ip_is_compared() {
    let Some(shop) = &*WORKSHOP else { return };
    for ip in [
        "10.0.0.200",
        "10.0.0.20",
        "fd00::1",
        "fd00:0::0001",
        "fd00::2",
        "10.0.0.7",
        "::ffff:10.0.0.200",
    ] {
        let judged = shop.run(&format!("x509 -in rsa.crt -noout -checkip {ip}"));
        let mut form = form(ip);
        put(&mut form, SecretField::Certificate, shop.read("rsa.crt"));
        let fits = !form.remarks(SecretField::Certificate, now()).iter().any(Remark::is_error);
        // openssl compares 16 bytes with 4 and says no; systems connect to the same.
        assert_eq!(
            fits,
            judged.contains("does match") || ip.starts_with("::ffff"),
            "{ip}: {judged}"
        );
    }
    let mut form = form("10.0.0.7");
    put(&mut form, SecretField::Certificate, shop.read("rsa.crt"));
    assert!(said(&form, SecretField::Certificate)[0].contains("as a DNS name only"));
    for unknown in ["", "10.0.0", "edge"] {
        let mut form = self::form(unknown);
        put(&mut form, SecretField::Certificate, shop.read("rsa.crt"));
        assert_eq!(said(&form, SecretField::Certificate), [IP_NOT_COMPARED]);
    }
    put(&mut form, SecretField::Certificate, shop.read("no-names.crt"));
    assert!(form.remarks(SecretField::Certificate, now())[0].is_error());
}

#[test]
fn time_and_weakness_are_looked_at() {
    let Some(shop) = &*WORKSHOP else { return };
    let mut form = form("10.0.0.200");
    put(&mut form, SecretField::Certificate, shop.read("rsa.crt"));
    let first = |form: &Form, now: u64| form.remarks(SecretField::Certificate, now).remove(0);
    for (days, expected) in [
        (0, None),
        (59, None),
        (61, Some(Severity::Warning)),
        (89, Some(Severity::Warning)),
        (91, Some(Severity::Error)),
    ] {
        // A moment later than it was made.
        let then = now() + days * DAY;
        let expires = !shop
            .try_run(&format!("x509 -in rsa.crt -noout -checkend {}", days * DAY))
            .status
            .success();
        assert_eq!(expires, expected == Some(Severity::Error), "{days}");
        assert_eq!(
            Some(first(&form, then).severity).filter(|severity| *severity != Severity::Info),
            expected,
            "{days}: {:?}",
            first(&form, then)
        );
    }
    let before = first(&form, now() - 2 * DAY);
    assert!(before.is_error() && before.message.contains("not valid before"), "{before:?}");
    assert!(first(&form, now() + 89 * DAY + DAY / 2).message.contains("less than a day"));

    put(&mut form, SecretField::Certificate, shop.read("weak.crt"));
    assert_eq!(said(&form, SecretField::Certificate)[0], weak_key(1024));
    put(&mut form, SecretField::Certificate, shop.read("old-leaf.crt"));
    assert_eq!(said(&form, SecretField::Certificate)[0], WEAK_SIGNATURE.0);
    put(&mut form, SecretField::Certificate, shop.read("client.crt"));
    assert!(said(&form, SecretField::Certificate).contains(&NOT_FOR_SERVERS.0.to_owned()));
    // What others in the file say counts too.
    put(&mut form, SecretField::Certificate, shop.text("root.crt") + &shop.text("rsa.crt"));
    let later = form.remarks(SecretField::Certificate, now() + 100 * DAY);
    assert!(
        later.iter().any(|remark| remark.is_error()
            && remark.message.starts_with("Certificate 2 in the file expired")),
        "{later:?}"
    );
}

#[test]
fn the_authority_is_found_by_name_and_number() {
    let Some(shop) = &*WORKSHOP else { return };
    let judge = |certificates: &[&str], authority: &[&str], expected: &[&str]| {
        let together = |files: &[&str]| {
            files.iter().map(|file| shop.text(&format!("{file}.crt"))).collect::<String>()
        };
        let mut form = form("10.0.0.200");
        if !certificates.is_empty() {
            put(&mut form, SecretField::Certificate, together(certificates));
        }
        if !authority.is_empty() {
            put(&mut form, SecretField::Authority, together(authority));
        }
        assert_eq!(
            said(&form, SecretField::Authority),
            expected,
            "{certificates:?} by {authority:?}"
        );
    };
    judge(&["leaf"], &["middle"], &[AUTHORITY_BY_NAME]);
    judge(&["leaf", "middle"], &["root"], &[AUTHORITY_BY_NAME]);
    judge(&["leaf"], &["root"], &[AUTHORITY_OF_ANOTHER.0]);
    judge(&["leaf", "middle"], &["false-root"], &[AUTHORITY_OF_ANOTHER.0]);
    judge(&["leaf", "middle"], &["false-root", "root"], &[AUTHORITY_BY_NAME]);
    judge(&["rsa"], &["rsa"], &[AUTHORITY_IS_ITSELF]);
    judge(&["rsa"], &["root"], &[AUTHORITY_OF_ANOTHER.0]);
    judge(&["client"], &["leaf"], &[NOT_AN_AUTHORITY.0, AUTHORITY_OF_ANOTHER.0]);
    judge(&[], &["root"], &[]);
    judge(&["leaf"], &[], &[NO_AUTHORITY.0]);
    judge(&["rsa"], &[], &[SELF_SIGNED]);
    judge(&[], &[], &[]);
    let mut form = form("");
    put(&mut form, SecretField::Authority, shop.read("rsa.crt"));
    assert!(form.remarks(SecretField::Authority, now() + 100 * DAY)[0].is_error());
}

#[test]
fn nothing_secret_is_in_what_is_shown() {
    let Some(shop) = &*WORKSHOP else { return };
    let mut form = form("10.0.0.200");
    form.set_connection(Secret::new(CONNECTION.into()));
    put(&mut form, SecretField::Certificate, shop.text("rsa.key") + &shop.text("rsa.crt"));
    put(&mut form, SecretField::Authority, CONNECTION);
    let mut shown = form.status(now());
    for field in SecretField::ALL {
        shown += &format!("{:?} {:?}", form.recognized(field), form.facts(field));
        for Remark { message, hint, .. } in form.remarks(field, now()) {
            shown += &(message + &hint);
        }
    }
    for line in shop
        .text("rsa.key")
        .lines()
        .filter(|line| !line.starts_with('-'))
        .chain(["aB3+/x", "edge01-sync"])
    {
        assert!(!shown.contains(line), "{line}");
    }
}

/// A certificate as it is, with one byte of it changed.
fn with_a_byte_changed() -> impl Strategy<Value = Vec<u8>> {
    let files: Vec<Vec<u8>> = match &*WORKSHOP {
        Some(shop) => ["leaf.crt", "rsa.crt"]
            .map(|file| {
                pem::blocks(&shop.read(file)).expect("it is PEM").remove(0).der.bytes().to_vec()
            })
            .into(),
        None => vec![vec![0x30, 0]],
    };
    let keys = WORKSHOP.iter().flat_map(|shop| {
        ["rsa.pkcs1.der", "rsa.pkcs8.der", "p256.sec1.der", "rsa.csr.der"]
            .map(|file| shop.read(file))
    });
    let files: Vec<Vec<u8>> = files.into_iter().chain(keys).collect();
    (proptest::sample::select(files), any::<proptest::sample::Index>(), any::<u8>()).prop_map(
        |(mut file, place, byte)| {
            let place = place.index(file.len());
            file[place] = byte;
            file
        },
    )
}

/// Goes through all that is made of bytes, whatever they are.
fn go_through(bytes: &[u8]) {
    let mut form = form("10.0.0.200");
    form.set_connection(Secret::new(bytes.to_vec()));
    for field in [SecretField::Certificate, SecretField::Key, SecretField::Authority] {
        put(&mut form, field, bytes);
    }
    let _whatever_it_is = form.json(now());
    for field in SecretField::ALL {
        form.recognized(field);
        form.facts(field);
        form.remarks(field, now());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in any::<Vec<u8>>()) {
        go_through(&bytes);
    }

    #[test]
    fn no_text_makes_it_panic(text in "(-----(BEGIN|END) (CERTIFICATE|PRIVATE KEY|EC \
                                       PARAMETERS|)-----|[A-Za-z0-9+/=]{0,9}|\\PC|\n|:|ENCRYPTED){0,12}") {
        go_through(text.as_bytes());
    }

    #[test]
    fn no_changed_byte_makes_it_panic(bytes in with_a_byte_changed()) {
        go_through(&bytes);
        let mut pem = Secret::default();
        for label in ["CERTIFICATE", "PRIVATE KEY"] {
            pem::write(&mut pem, label, &bytes);
        }
        go_through(pem.bytes());
    }
}

/// Of the largest that is looked at, in shapes that would take minutes if the time grew as the
/// square of the bytes.
#[test]
fn the_largest_is_gone_through_at_once() {
    for part in [
        "-----BEGIN A-----\n",
        "-----BEGIN ",
        "-----BEGIN A-----\nAAAA\n-----END A-----\n",
        "-",
        "0",
        "0\u{80}",
        "MII",
    ] {
        go_through(&part.as_bytes().repeat(LARGEST / part.len()));
    }
    let Some(shop) = &*WORKSHOP else { return };
    let certificate = shop.text("leaf.crt");
    go_through(&certificate.as_bytes().repeat(LARGEST / certificate.len()));
}
