//! Certificates for the tests, made by the real openssl.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use tempfile::TempDir;

/// The texts of three PEM files.
#[derive(Clone)]
pub(crate) struct Pem {
    /// A certificate for an address.
    pub(crate) certificate: String,
    /// Its private key.
    pub(crate) key: String,
    /// The certificate of the authority that signed it.
    pub(crate) authority: String,
}

/// Whether there is an openssl; where there is none, its stub takes anything for a certificate.
pub(crate) fn is_openssl_there() -> bool {
    static THERE: LazyLock<bool> = LazyLock::new(|| {
        Command::new("openssl")
            .arg("version")
            .stdout(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    });
    *THERE
}

fn openssl(folder: &Path, arguments: &str) {
    let output = Command::new("openssl")
        .args(arguments.split(' '))
        .current_dir(folder)
        .output()
        .expect("openssl runs");
    assert!(
        output.status.success(),
        "openssl {arguments}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

impl Pem {
    /// A certificate for the address, signed by an authority; each is valid for so many days from
    /// now.
    pub(crate) fn of(address: &str, days: u8, days_of_authority: u8) -> Self {
        type Made = Mutex<BTreeMap<(String, u8, u8), Arc<Pem>>>;
        static MADE: Made = Mutex::new(BTreeMap::new());
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let pem = made
            .entry((address.to_owned(), days, days_of_authority))
            .or_insert_with(|| Arc::new(Self::make(address, days, days_of_authority)));
        Pem::clone(pem)
    }

    fn make(address: &str, days: u8, days_of_authority: u8) -> Self {
        if !is_openssl_there() {
            let text = |what: &str| format!("{what} for {address}\n");
            return Self {
                certificate: text("certificate"),
                key: text("key"),
                authority: text("authority"),
            };
        }
        const NEW_KEY: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        let folder = TempDir::new().expect("a temporary folder");
        let folder = folder.path();
        fs::write(folder.join("extensions"), format!("subjectAltName=IP:{address}\n"))
            .expect("a file in it");
        openssl(
            folder,
            &format!(
                "req -x509 {NEW_KEY} -subj /CN=authority -days {days_of_authority} -keyout ca.key -out ca.crt"
            ),
        );
        openssl(
            folder,
            &format!(
                "req -new {NEW_KEY} -subj /CN=connected-registry -keyout tls.key -out tls.csr"
            ),
        );
        openssl(
            folder,
            &format!(
                "x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -set_serial 1 -days {days} -extfile extensions -out tls.crt"
            ),
        );
        let read = |file: &str| fs::read_to_string(folder.join(file)).expect("openssl wrote it");
        Self { certificate: read("tls.crt"), key: read("tls.key"), authority: read("ca.crt") }
    }

    /// The same with a private key that has a passphrase.
    pub(crate) fn with_passphrase(mut self) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        fs::write(folder.path().join("plain.key"), &self.key).expect("a file in it");
        openssl(folder.path(), "pkcs8 -topk8 -in plain.key -passout pass:secret -out tls.key");
        self.key = fs::read_to_string(folder.path().join("tls.key")).expect("openssl wrote it");
        self
    }
}
