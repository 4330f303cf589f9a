//! The sentences about the protected settings that are filled in by hand. Of a pair, the first says
//! what is wrong and why that matters, the second what to do.

use crate::files::Slot;
use std::borrow::Cow;
use std::net::IpAddr;

type Pair = (&'static str, &'static str);

// The dialog.
pub(crate) const TITLE: &str = "Fill in the protected settings";
pub(crate) fn lead(file: &str) -> String {
    format!(
        "By default you do not need this: the script makes {file} on your machine. Use it where you deploy without the script."
    )
}
pub(crate) const PROMISE: &str = "What you enter stays in this page's memory. It is sent nowhere, is not kept and is not in the link, and the page forgets it when you close this or leave. A private key is best kept where it is.";
pub(crate) const OPTIONAL: &str = "(optional)";
pub(crate) const SHOW: &str = "Show";
pub(crate) const DROP: &str = "or drop the file here";
pub(crate) const PASTE: &str = "Or paste it";
pub(crate) fn pasted(slot: Slot) -> String {
    format!("Text of the {}", label(slot))
}
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const COPY: &str = "Copy JSON";
pub(crate) const CLOSE: &str = "Forget and close";
pub(crate) fn download(file: &str) -> String {
    format!("Download {file}")
}

pub(crate) fn label(slot: Slot) -> &'static str {
    match slot {
        Slot::Connection => "connection string",
        Slot::Certificate => "certificate",
        Slot::Key => "private key",
        Slot::Authority => "CA certificate",
    }
}
pub(crate) fn heading(slot: Slot) -> &'static str {
    match slot {
        Slot::Connection => "Connection string",
        Slot::Certificate => "Certificate",
        Slot::Key => "Private key",
        Slot::Authority => "CA certificate",
    }
}
pub(crate) fn hint(slot: Slot) -> &'static str {
    match slot {
        Slot::Connection => {
            "What az acr connected-registry get-settings --generate-password 1 prints as ACR_REGISTRY_CONNECTION_STRING. A new password replaces the old one of that number."
        }
        Slot::Certificate => {
            "The file of the connected registry's certificate, as PEM or DER. Others that lead to its CA may follow in it."
        }
        Slot::Key => "The file of its private key, as PEM or DER, without a passphrase.",
        Slot::Authority => {
            "The certificate of the authority that signed it. Leave it empty for a self-signed certificate: then the certificate itself is used, as documented."
        }
    }
}

// What happened.
pub(crate) fn status(missing: &[&str], wrong: &[&str]) -> String {
    let mut parts = Vec::new();
    if !wrong.is_empty() {
        parts.push(format!("To fix: {}.", wrong.join(", ")));
    }
    if !missing.is_empty() {
        parts.push(format!("Still missing: {}.", missing.join(", ")));
    }
    if parts.is_empty() { "Ready.".to_owned() } else { parts.join(" ") }
}
pub(crate) fn downloaded(file: &str) -> String {
    format!(
        "{file} was handed to your browser. Keep it private (chmod 600 {file}), and delete it after the deployment."
    )
}
pub(crate) const COPIED: &str = "Copied. It has secrets in it: copy something else once you have pasted it, and delete the file after the deployment.";
pub(crate) fn not_copied(file: &str) -> String {
    format!("Your browser does not allow copying here. Try to download {file} instead.")
}
pub(crate) const NOT_DOWNLOADED: &str = "Your browser does not allow the download. Try Copy JSON.";
pub(crate) fn bad_name(name: &str) -> String {
    format!("The name {name} is not fit for a file.")
}
pub(crate) const NOT_YET: &str = "Nothing was made yet.";
pub(crate) const READ_FAILED: Pair = (
    "The file cannot be read: it was moved or changed, or your browser may not read it.",
    "Choose it again, or paste its text.",
);
pub(crate) const ONE_FILE: Pair = ("That is more than one file.", "Drop one at a time.");
pub(crate) const NO_FILE: Pair = ("That is no file.", "Drop a file, or paste its text below.");

pub(crate) fn missing(slot: Slot) -> Pair {
    match slot {
        Slot::Connection => CONNECTION_MISSING,
        Slot::Certificate => ("The certificate is missing.", "Choose, drop or paste it."),
        Slot::Key => ("The private key is missing.", "Choose, drop or paste it."),
        Slot::Authority => ("The CA certificate is missing.", "Choose, drop or paste it."),
    }
}

// The connection string.
pub(crate) const CONNECTION_MISSING: Pair =
    ("The connection string is missing; the extension cannot log in without it.", "Paste it here.");
pub(crate) const CONNECTION_OTHER: Pair = (
    "This is not a connection string of a connected registry: those begin with ConnectedRegistryName=.",
    "Copy the value of ACR_REGISTRY_CONNECTION_STRING, without its key.",
);
pub(crate) const CONNECTION_WITHOUT_PASSWORD: Pair = (
    "There is no password in it: the command writes a placeholder unless it is told to make a password.",
    "Run az acr connected-registry get-settings again with --generate-password 1.",
);
pub(crate) const CONNECTION_PLACEHOLDER: Pair = (
    "There is a placeholder in < > in it, so something is still missing.",
    "Copy what the command prints, not what a document shows.",
);
pub(crate) const CONNECTION_CHARACTER: Pair = (
    "There is a blank, a quote or another character in it that no connection string has, so it is not whole or not alone.",
    "Copy just the value, from ConnectedRegistryName= to the end.",
);
pub(crate) const CONNECTION_PART: Pair = (
    "A part is missing: it needs ConnectedRegistryName=, SyncTokenName= and SyncTokenPassword=, each with a value.",
    "Copy all of it; it may have been cut off.",
);
pub(crate) const CONNECTION_TRIMMED: &str = "Blanks and quotes around it are left out.";
pub(crate) fn connection_of_another(name: &str, chosen: &str) -> String {
    format!("It is for the connected registry {name}, and the form says {chosen}.")
}
pub(crate) const CONNECTION_OF_ANOTHER_HINT: &str =
    "Take the one of the connected registry that you deploy, or change the name in the form.";

// What was recognized.
pub(crate) fn certificates(count: usize) -> Cow<'static, str> {
    if count == 1 { "Certificate".into() } else { format!("{count} certificates").into() }
}
pub(crate) fn private_key(kind: &str) -> String {
    format!("Private key, {kind}")
}
pub(crate) const OTHER_KEY: &str = "of a kind that is not known here";
pub(crate) const WAS_DER: &str = "The file is binary (DER); it goes in as PEM.";
pub(crate) const WAS_BASE64_OF_PEM: &str =
    "It is base64 of a PEM file already; it is not encoded twice.";
pub(crate) const WAS_BASE64_OF_DER: &str =
    "It is base64 of a binary file (DER); it goes in as PEM.";
pub(crate) const TIDIED: &str = "Only the PEM blocks that are needed go in, with Unix line ends: no other text that is in the file.";
pub(crate) const FROM_THE_OTHER: &str = "It was in the file that you gave for the other one.";
pub(crate) const BOTH_TAKEN: &str =
    "Certificate and private key are both in the file; each was taken from it.";
pub(crate) const OTHER_LEFT: &str =
    "Certificate and private key are both in the file; only this part was taken from it.";
pub(crate) const LOCKED_LEFT: &str =
    "The private key that is in the file too has a passphrase; it was not taken.";

// What cannot be taken.
pub(crate) const EMPTY: Pair = ("It is empty.", "Choose a PEM file; it begins with -----BEGIN.");
pub(crate) const TOO_LARGE: Pair =
    ("It is larger than 100 kB; certificates and keys have some kB.", "Choose a smaller PEM file.");
pub(crate) const UNKNOWN: Pair = (
    "This is no certificate and no private key that is known here.",
    "Choose a PEM file; it begins with -----BEGIN.",
);
pub(crate) const BROKEN_PEM: Pair = (
    "It begins like PEM, but it is broken: something is cut off, changed, or missing between its first and its last line.",
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
    "Convert it: openssl pkcs12 -in file.pfx -nokeys -out tls.crt and openssl pkcs12 -in file.pfx -nocerts -nodes -out tls.key.",
);
pub(crate) const IS_PKCS7: Pair = (
    "This is a PKCS#7 file (.p7b); the extension takes PEM.",
    "Convert it: openssl pkcs7 -in file.p7b -print_certs -out tls.crt; for a binary one add -inform DER.",
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
pub(crate) const KEY_FOR_CERTIFICATE: Pair = (
    "This is a private key, and here a certificate is needed.",
    "Choose the certificate; often it is called tls.crt.",
);
pub(crate) const CERTIFICATE_FOR_KEY: Pair = (
    "This is a certificate, and here its private key is needed.",
    "Choose the private key; often it is called tls.key.",
);

// What a certificate says.
pub(crate) const SUBJECT: &str = "Subject";
pub(crate) const ISSUER: &str = "Issued by";
pub(crate) const NAMES: &str = "For";
pub(crate) const VALID: &str = "Valid";
pub(crate) const KEY: &str = "Key";
pub(crate) const ITSELF: &str = "itself (self-signed)";
pub(crate) const NO_NAME: &str = "no name";
pub(crate) const NO_NAMES: &str = "no address and no name";
pub(crate) fn list(names: &[String], most: usize) -> String {
    match names.get(..most) {
        Some(first) if names.len() > most => {
            format!("{} and {} more", first.join(", "), names.len() - most)
        }
        _ => names.join(", "),
    }
}
pub(crate) fn from_to(from: &str, to: &str) -> String {
    format!("{from} to {to} (UTC)")
}

// What is wrong with it.
pub(crate) const CERTIFICATE_NOT_READ: Pair = (
    "What it says could not be read here, so nothing of it was checked.",
    "Look at it with openssl x509 -in tls.crt -noout -text.",
);
pub(crate) fn expired(day: &str) -> String {
    format!("It expired on {day}: clients refuse it.")
}
pub(crate) fn expired_in_chain(place: usize, day: &str) -> String {
    format!("Certificate {place} in the file expired on {day}: clients refuse what depends on it.")
}
pub(crate) const EXPIRED_HINT: &str = "Choose a renewed one.";
pub(crate) fn not_yet_valid(day: &str) -> String {
    format!("It is not valid before {day}: clients refuse it until then.")
}
pub(crate) const NOT_YET_VALID_HINT: &str =
    "Choose one that is valid, or look at this machine's clock.";
pub(crate) fn expires_soon(days: u64) -> String {
    match days {
        0 => "It expires in less than a day.".to_owned(),
        1 => "It expires in 1 day.".to_owned(),
        days => format!("It expires in {days} days."),
    }
}
pub(crate) const EXPIRES_SOON_HINT: &str = "Renew it first, or plan to rotate it.";
pub(crate) fn names_ip(ip: IpAddr) -> String {
    format!("It is for the service IP {ip}.")
}
pub(crate) fn does_not_name_ip(ip: IpAddr, is_dns_name: bool) -> String {
    if is_dns_name {
        format!(
            "It has the service IP {ip} as a DNS name only; clients look for it among the IP addresses and refuse the certificate."
        )
    } else {
        format!(
            "It is not for the service IP {ip}: clients compare it with where they connect to, and refuse it."
        )
    }
}
pub(crate) fn does_not_name_ip_hint(ip: IpAddr) -> String {
    format!("Choose one whose subjectAltName has IP:{ip}, or change the service IP in the form.")
}
pub(crate) const IP_NOT_COMPARED: &str = "It was not compared with the service IP: the form has none yet. It must name the IP among its addresses.";
pub(crate) const NOT_FOR_SERVERS: Pair = (
    "Its extended key usage leaves out servers (serverAuth), so clients may refuse it.",
    "Choose one that is made for a server.",
);
pub(crate) fn weak_key(bits: usize) -> String {
    format!("Its RSA key has {bits} bits, which is weak; clients may refuse it.")
}
pub(crate) const WEAK_KEY_HINT: &str = "Better 2048 bits or more, or EC P-256.";
pub(crate) const WEAK_SIGNATURE: Pair = (
    "Its signature uses SHA-1 or MD5, which is weak; clients may refuse it.",
    "Better one that is signed with SHA-256.",
);
pub(crate) fn chain(count: usize) -> String {
    format!(
        "There are {count} certificates in it. The first is taken to be that of the connected registry; all of them go in."
    )
}

// The key.
pub(crate) const KEY_FITS: &str = "It belongs to the certificate.";
pub(crate) const KEY_OF_ANOTHER: Pair = (
    "It does not belong to the certificate: with it, no connection is possible.",
    "Choose the key that the first certificate of the file was made with.",
);
pub(crate) const KEY_NOT_COMPARED: Pair = (
    "Whether it belongs to the certificate cannot be told here: it does not hold its public key.",
    "Compare what openssl pkey -in tls.key -pubout and openssl x509 -in tls.crt -noout -pubkey print; the script does so too.",
);
pub(crate) const KEY_NOT_READ: Pair = (
    "What is in it could not be read here, so it was not compared with the certificate.",
    "Look whether openssl pkey -in tls.key -noout says nothing.",
);

// The authority.
pub(crate) const NOT_AN_AUTHORITY: Pair = (
    "It is not marked as a certificate that may sign others (CA:TRUE), so clients may not trust what it signed.",
    "Choose the certificate of the authority.",
);
pub(crate) const AUTHORITY_IS_ITSELF: &str =
    "It is the certificate itself, which is right for a self-signed one.";
pub(crate) const AUTHORITY_BY_NAME: &str = "By its name it is the one that signed. The signature was not checked here; openssl verify -trusted ca.crt -partial_chain -untrusted tls.crt tls.crt does, as in the script.";
pub(crate) const AUTHORITY_OF_ANOTHER: Pair = (
    "By its name or the number of its key it is not the one that signed: clients that trust it would refuse the certificate.",
    "Choose the CA that the certificate names as its issuer, or add those between the two to the certificate's file.",
);
pub(crate) const NO_AUTHORITY: Pair = (
    "The certificate is signed by another, so it cannot stand for its CA: clients would not trust it.",
    "Choose the certificate of the authority that it names as its issuer.",
);
pub(crate) const SELF_SIGNED: &str =
    "The certificate is self-signed, by its names; it is used here too.";
