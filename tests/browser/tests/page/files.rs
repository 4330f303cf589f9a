//! The protected settings, filled in by hand. Certificates are made by the real openssl.

use anyhow::{Context, ensure};
use browser_tests::{
    COMPLETE, Key, Look, Page, RECORD_MEMORIES, Result, Target, button, css, dialog, field,
    heading, summary, visit,
};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

const IP: &str = "10.0.0.200";
const PASSWORD: &str = "aB3PLANTEDsyncPASSWORDx+/";
const FILE: &str = "protected-settings-extension.json";

fn connection() -> String {
    format!(
        "ConnectedRegistryName=edge01;SyncTokenName=edge01-sync;SyncTokenPassword={PASSWORD};ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https"
    )
}

/// A folder with a self-signed certificate for the service IP, its key, and others.
pub(super) struct CertificateFolder(TempDir);

impl CertificateFolder {
    pub(super) fn new() -> Result<Self> {
        let folder = Self(TempDir::new()?);
        let new = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90";
        folder.openssl(&format!(
            "{new} -subj /CN=edge01 -addext subjectAltName=IP:{IP} -keyout tls.key -out tls.crt"
        ))?;
        folder.openssl(&format!("{new} -subj /CN=elsewhere -addext subjectAltName=IP:10.0.0.7 -keyout other.key -out other.crt"))?;
        folder.openssl("pkcs8 -topk8 -in tls.key -passout pass:secret -out locked.key")?;
        fs::write(
            folder.path("both.pem"),
            [folder.read("tls.key")?, folder.read("tls.crt")?].concat(),
        )?;
        fs::write(folder.path("large"), vec![b'x'; 100_001])?;
        Ok(folder)
    }

    fn openssl(&self, arguments: &str) -> Result<String> {
        let output = Command::new("openssl")
            .args(arguments.split(' '))
            .current_dir(&self.0)
            .output()
            .context("no openssl")?;
        ensure!(
            output.status.success(),
            "openssl {arguments}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8(output.stdout)?)
    }

    pub(super) fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn read(&self, file: &str) -> Result<String> {
        Ok(fs::read_to_string(self.path(file))?)
    }

    /// The JSON that is made of the self-signed certificate.
    fn expected(&self) -> Result<String> {
        let base64 = |file: &str| self.openssl(&format!("base64 -A -in {file}"));
        let (certificate, key, connection) = (base64("tls.crt")?, base64("tls.key")?, connection());
        Ok(format!(
            "{{\n  \"connectionString\": \"{connection}\",\n  \"tls.crt\": \"{certificate}\",\n  \"tls.key\": \"{key}\",\n  \"tls.cacrt\": \"{certificate}\"\n}}\n"
        ))
    }

    /// Parts of the secrets, which must not be found.
    fn secrets(&self) -> Result<Vec<String>> {
        let key = self.read("tls.key")?;
        let lines =
            key.lines().filter(|line| line.len() > 30 && !line.starts_with('-')).map(str::to_owned);
        let encoded = self.openssl("base64 -A -in tls.key")?;
        Ok(lines
            .chain([PASSWORD.to_owned(), encoded[60..120].to_owned(), "PLANTED".to_owned()])
            .collect())
    }
}

/// A link whose protected settings hold the connection string and the certificate, with its key and
/// authority.
fn byoc() -> String {
    format!("{COMPLETE}&scenario=byoc&crt=tls.crt&key=tls.key")
}

const MISSING: &str = "Still missing: connection string, certificate, private key.";
const DOWNLOAD: &str = "Download protected-settings-extension.json";
const CLOSE: &str = "Forget and close";

fn settings() -> Target {
    dialog("Fill in the protected settings")
}

/// What is missing or wrong.
fn progress() -> Target {
    css(".fill-status").within(settings())
}

/// What the last action came to.
fn outcome() -> Target {
    css(".small[role=status]").within(settings())
}

/// The control of a part of the settings.
fn part(label: &str) -> Target {
    field(label).within(settings())
}

/// Everything about a part of the settings.
fn around(label: &str) -> Target {
    part(label).around(".fill-slot")
}

/// Opens the dialog of a page whose link asks for the settings.
async fn open(page: &Page) -> Result<()> {
    page.tab("Protected settings").await?;
    page.click(button("Fill it in here …")).await?;
    page.wait_for(settings()).await
}

/// Chooses a file and waits for a message about it.
async fn choose(
    page: &Page,
    folder: &CertificateFolder,
    label: &str,
    file: &str,
    message: &str,
) -> Result<()> {
    page.choose_file(part(label), &folder.path(file)).await?;
    says(page, label, message).await
}

async fn says(page: &Page, label: &str, message: &str) -> Result<()> {
    page.wait_for_part(around(label), message).await
}

async fn fill_in(page: &Page, folder: &CertificateFolder) -> Result<()> {
    page.type_into(part("Connection string"), &connection()).await?;
    choose(page, folder, "Certificate", "tls.crt", "It is for the service IP 10.0.0.200.").await?;
    choose(page, folder, "Private key", "tls.key", "It belongs to the certificate.").await?;
    page.wait_for_text(progress(), "Ready.").await
}

async fn press(page: &Page, name: &str) -> Result<()> {
    page.click(button(name).within(settings())).await
}

/// Pastes a text into a part that takes files.
async fn paste(page: &Page, label: &str, text: &str) -> Result<()> {
    let area = field(format!("Text of the {label}")).within(settings());
    if !page.has(&area).await? {
        page.click(summary(format!("Or paste it: {label}"))).await?;
    }
    // As pasting does, and without the clipboard, which would keep it.
    page.of::<bool>(
        area,
        &format!("(element.focus(), document.execCommand('insertText', false, {}))", json!(text)),
    )
    .await
    .map(drop)
}

#[tokio::test]
async fn download_is_byte_for_byte_what_was_filled_in() -> Result<()> {
    let folder = CertificateFolder::new()?;
    let downloads = TempDir::new()?;
    visit(&byoc(), async |page| {
        page.save_downloads_in(downloads.path()).await?;
        open(page).await?;
        page.wait_for_text(progress(), MISSING).await?;
        fill_in(page, &folder).await?;
        says(page, "CA certificate", "The certificate is self-signed").await?;
        says(page, "Certificate", "CN=edge01").await?;
        press(page, DOWNLOAD).await?;
        let file = downloads.path().join(FILE);
        page.until("it is saved", async || Ok(fs::read_to_string(&file).is_ok_and(|text| !text.is_empty()))).await?;
        assert_eq!(fs::read_to_string(&file)?, folder.expected()?);
        page.wait_for_part(outcome(), "delete it after the deployment").await?;
        // With another authority.
        choose(page, &folder, "CA certificate", "other.crt", "it is not the one that signed").await?;
        press(page, "Remove: CA certificate").await?;
        page.wait_for_focus(part("CA certificate")).await?;
        page.js::<()>("navigator.clipboard.writeText = navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError'))", []).await?;
        press(page, "Copy JSON").await?;
        page.wait_for_part(outcome(), "Try to download protected-settings-extension.json instead").await
    })
    .await
}

#[tokio::test]
async fn copy_is_byte_for_byte_what_was_filled_in() -> Result<()> {
    let folder = CertificateFolder::new()?;
    visit(&byoc(), async |page| {
        open(page).await?;
        fill_in(page, &folder).await?;
        press(page, "Copy JSON").await?;
        page.wait_for_part(outcome(), "Copied.").await?;
        press(page, CLOSE).await?;
        page.wait_until_gone(settings()).await?;
        assert_eq!(page.clipboard().await?, folder.expected()?);
        page.fill_clipboard("nothing").await
    })
    .await
}

/// With a Kubernetes secret, only the connection string is missing.
#[tokio::test]
async fn kubernetes_secret_needs_only_the_connection_string() -> Result<()> {
    let link = format!("{COMPLETE}&scenario=kubernetes-secret&secret=k8secret&secret-exists=yes");
    let downloads = TempDir::new()?;
    visit(&link, async |page| {
        page.save_downloads_in(downloads.path()).await?;
        open(page).await?;
        assert_eq!(page.count(css("input").within(settings())).await?, 1);
        page.wait_for_focus(part("Connection string")).await?;
        page.press(format!("  {}", connection())).await?;
        page.wait_for_text(progress(), "Ready.").await?;
        press(page, DOWNLOAD).await?;
        let file = downloads.path().join(FILE);
        page.until("it is saved", async || {
            Ok(fs::read_to_string(&file).is_ok_and(|text| !text.is_empty()))
        })
        .await?;
        assert_eq!(
            serde_json::from_str::<Value>(&fs::read_to_string(&file)?)?,
            json!({ "connectionString": connection(), "tls.secret": "k8secret" })
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn error_is_shown_and_gets_the_focus() -> Result<()> {
    let folder = CertificateFolder::new()?;
    visit(&byoc(), async |page| {
        open(page).await?;
        let invalid = || css("[aria-invalid=true]").within(settings());
        assert_eq!(page.count(invalid()).await?, 0);
        press(page, DOWNLOAD).await?;
        page.wait_for_focus(part("Connection string")).await?;
        let labels: Vec<String> =
            page.of_all(invalid(), "element.labels[0].textContent.trim()").await?;
        assert_eq!(labels, ["Connection string", "Certificate", "Private key"]);
        page.wait_for_text(outcome(), "Nothing was made yet.").await?;
        let without =
            connection().replace(PASSWORD, "<use --generate-password to generate a new password>");
        page.type_into(part("Connection string"), &without).await?;
        says(page, "Connection string", "There is no password in it").await?;
        page.type_into(part("Connection string"), &connection().replace("edge01;", "edge02;"))
            .await?;
        says(page, "Connection string", "the form says edge01").await?;
        press(page, DOWNLOAD).await?;
        page.wait_for_focus(part("Certificate")).await?;
        for (label, file, message) in [
            ("Certificate", "tls.key", "This is a private key"),
            ("Certificate", "other.crt", "It is not for the service IP 10.0.0.200"),
            ("Certificate", "large", "larger than 100 kB"),
            ("Certificate", "tls.crt", "It is for the service IP"),
            ("Private key", "tls.crt", "This is a certificate"),
            ("Private key", "locked.key", "openssl pkey -in tls.key -out plain.key"),
            ("Private key", "other.key", "It does not belong to the certificate"),
        ] {
            choose(page, &folder, label, file, message).await?;
        }
        page.wait_for_text(progress(), "To fix: private key.").await?;
        press(page, "Copy JSON").await?;
        page.wait_for_focus(part("Private key")).await?;
        press(page, "Remove: private key").await?;
        // One file with both is taken apart.
        choose(page, &folder, "Certificate", "both.pem", "each was taken from it").await?;
        says(page, "Private key", "It belongs to the certificate.").await?;
        page.wait_for_text(progress(), "Ready.").await
    })
    .await
}

/// Looks for secrets in everything of the page that outlives the dialog, or that it does not show.
const SEARCH: &str = "
    const [secrets, isOpen] = arguments;
    const found = [];
    const look = (where, text) => found.push(...secrets.filter(secret => String(text).includes(secret)).map(secret => `${where}: ${secret}`));
    look('document', document.documentElement.outerHTML);
    look('text', document.documentElement.textContent);
    for (const storage of [localStorage, sessionStorage]) look('storage', JSON.stringify(storage));
    look('address', [location.href, document.referrer, document.cookie, document.title].join(' '));
    look('history', JSON.stringify(history.state));
    for (const name of Object.keys(window)) if (typeof window[name] === 'string') look(name, window[name]);
    look('console', window.logged.join(' '));
    if (!isOpen) for (const control of document.querySelectorAll('input, textarea')) look('control', control.value);
    return found";

/// Records what is written to the console.
const WATCH: &str = "
    window.logged = [];
    for (const level of ['debug', 'log', 'info', 'warn', 'error']) console[level] = (...parts) => logged.push(parts.join(' '));";

#[tokio::test]
async fn secrets_are_nowhere_after_closing() -> Result<()> {
    let folder = CertificateFolder::new()?;
    let downloads = TempDir::new()?;
    visit("", async |page| {
        page.before_every_page(WATCH).await?;
        page.open(&byoc()).await?;
        page.save_downloads_in(downloads.path()).await?;
        let secrets = json!(folder.secrets()?);
        for way in ["Escape", "button", "pagehide"] {
            open(page).await?;
            fill_in(page, &folder).await?;
            press(page, "Show connection string").await?;
            // Pasted, used, and pasted again with a text that is refused.
            paste(page, "private key", &folder.read("tls.key")?).await?;
            says(page, "Private key", "Private key, EC P-256").await?;
            assert_eq!(page.value_of(field("Text of the private key")).await?, "");
            press(page, DOWNLOAD).await?;
            paste(page, "CA certificate", "PLANTED in a paste").await?;
            says(page, "CA certificate", "no certificate and no private key").await?;
            assert_eq!(page.count(css("a[href^=blob]").even_hidden()).await?, 0);
            let found: Vec<String> = page.js(SEARCH, [secrets.clone(), json!(true)]).await?;
            assert!(found.is_empty(), "{way}, while it is open: {found:?}");
            match way {
                "Escape" => page.press(Key::Escape).await?,
                "button" => press(page, CLOSE).await?,
                _ => page.js("dispatchEvent(new PageTransitionEvent('pagehide'))", []).await?,
            }
            page.wait_until_gone(settings()).await?;
            page.until("it is empty", async || {
                Ok(page
                    .js::<Vec<String>>(SEARCH, [secrets.clone(), json!(false)])
                    .await?
                    .is_empty())
            })
            .await
            .with_context(|| way)?;
            // It is empty when it opens again.
            open(page).await?;
            page.wait_for_text(progress(), MISSING).await?;
            assert_eq!(
                page.of::<String>(part("Connection string"), "element.type + element.value")
                    .await?,
                "password"
            );
            press(page, CLOSE).await?;
            page.wait_until_gone(settings()).await?;
        }
        Ok(())
    })
    .await
}

/// The memories of the page's WebAssembly modules hold no secret after the dialog is closed.
#[tokio::test]
async fn secrets_are_in_no_memory_after_closing() -> Result<()> {
    const HELD: &str = "
        return arguments[0].filter(secret => {
            const wanted = atob(secret);
            return memories.some(memory => {
                let text = '';
                for (let at = 0; at < memory.buffer.byteLength; at += 4096) text += String.fromCharCode(...new Uint8Array(memory.buffer, at, 4096));
                return text.includes(wanted);
            });
        })";
    let (folder, downloads) = (CertificateFolder::new()?, TempDir::new()?);
    // The password and the key, in each form that they take on the way: parts of them, since the
    // start of a place may be used again.
    let part_of = |text: &str, from: usize| text.as_bytes()[from..from + 30].to_vec();
    let pem = folder.read("tls.key")?;
    folder.openssl("pkcs8 -topk8 -nocrypt -in tls.key -outform DER -out key.der")?;
    let forms = [
        PASSWORD.as_bytes().to_vec(),
        part_of(&pem, 100),
        fs::read(folder.path("key.der"))?[40..60].to_vec(),
        part_of(&folder.openssl("base64 -A -in tls.key")?, 130),
    ];
    let mut secrets = Vec::new();
    for form in &forms {
        fs::write(folder.path("form"), form)?;
        secrets.push(folder.openssl("base64 -A -in form")?);
    }
    visit("", async |page| {
        page.before_every_page(RECORD_MEMORIES).await?;
        page.open(&byoc()).await?;
        page.save_downloads_in(downloads.path()).await?;
        for way in ["chosen", "pasted"] {
            open(page).await?;
            page.type_into(part("Connection string"), &connection()).await?;
            choose(page, &folder, "Certificate", "tls.crt", "It is for the service IP").await?;
            if way == "chosen" {
                choose(page, &folder, "Private key", "tls.key", "It belongs to the certificate.")
                    .await?;
            } else {
                paste(page, "private key", &pem).await?;
                says(page, "Private key", "It belongs to the certificate.").await?;
            }
            press(page, DOWNLOAD).await?;
            press(page, "Copy JSON").await?;
            press(page, CLOSE).await?;
            page.wait_until_gone(settings()).await?;
            assert_eq!(page.js::<Vec<String>>(HELD, [json!(secrets)]).await?, [""; 0], "{way}");
        }
        // There is something to look into: the page knows the names.
        fs::write(folder.path("form"), "contoso")?;
        let held: Vec<String> =
            page.js(HELD, [json!([folder.openssl("base64 -A -in form")?])]).await?;
        assert_eq!(held.len(), 1, "no memory holds what was typed");
        page.fill_clipboard("nothing").await
    })
    .await
}

/// The file has an address only while the dialog is open.
#[tokio::test]
async fn address_of_the_file_ends_with_the_dialog() -> Result<()> {
    // The page's policy forbids to fetch them. Scripts may have addresses, too.
    const WATCH: &str =
        "window.urls = []; window.gone = [];
         const make = URL.createObjectURL; URL.createObjectURL = blob => { const url = make(blob); if (!blob.type.includes('javascript')) urls.push(url); return url };
         const revoke = URL.revokeObjectURL; URL.revokeObjectURL = url => { gone.push(url); revoke(url) }";
    const ALIVE: &str = "return urls.map(url => !gone.includes(url))";
    let (folder, downloads) = (CertificateFolder::new()?, TempDir::new()?);
    visit(&byoc(), async |page| {
        page.save_downloads_in(downloads.path()).await?;
        page.js::<()>(WATCH, []).await?;
        open(page).await?;
        fill_in(page, &folder).await?;
        let are_alive = async |expected: &[bool]| {
            page.until(&format!("addresses are {expected:?}"), async || {
                Ok(page.js::<Vec<bool>>(ALIVE, []).await? == expected)
            })
            .await
        };
        press(page, DOWNLOAD).await?;
        are_alive(&[true]).await?;
        press(page, DOWNLOAD).await?;
        are_alive(&[false, true]).await?;
        press(page, CLOSE).await?;
        are_alive(&[false, false]).await
    })
    .await
}

#[tokio::test]
async fn dropped_file_is_used_and_never_replaces_the_page() -> Result<()> {
    const DRAG: &str = "
        const [target, kind, ...texts] = arguments;
        const data = new DataTransfer();
        texts.forEach((text, place) => data.items.add(new File([text], `file-${place}`)));
        const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
        target.dispatchEvent(event);
        return event.defaultPrevented";
    let folder = CertificateFolder::new()?;
    visit(&byoc(), async |page| {
        open(page).await?;
        let certificate = folder.read("tls.crt")?;
        let drag = async |target: Target, kind: &str, texts: &[&str]| {
            let mut arguments = vec![page.find(target).await?.to_json()?, json!(kind)];
            arguments.extend(texts.iter().map(|text| json!(text)));
            page.js::<bool>(DRAG, arguments).await
        };
        // Where the file would go has a thick border.
        let is_over = async |expected: &[&str]| {
            page.until(&format!("the drop goes to {expected:?}"), async || {
                let mut over = Vec::new();
                for label in ["Certificate", "Private key", "CA certificate"] {
                    let border: String = page
                        .of(
                            css(".fill-drop").within(around(label)),
                            "getComputedStyle(element).borderTopWidth",
                        )
                        .await?;
                    if border == "3px" {
                        over.push(label);
                    }
                }
                Ok(over == expected)
            })
            .await
        };
        let hint = || css(".hint").within(around("Private key"));
        assert!(drag(part("Certificate"), "dragover", &[&certificate]).await?);
        is_over(&["Certificate"]).await?;
        page.screenshot("fill-drag").await?;
        assert!(drag(hint(), "dragover", &[&certificate]).await?);
        is_over(&["Private key"]).await?;
        assert!(drag(hint(), "dragleave", &[&certificate]).await?);
        is_over(&[]).await?;
        for elsewhere in
            [settings(), heading("Fill in the protected settings"), part("Connection string")]
        {
            for kind in ["dragover", "drop"] {
                assert!(
                    drag(elsewhere.clone(), kind, &[&certificate]).await?,
                    "{kind} {elsewhere:?}"
                );
                is_over(&[]).await?;
            }
        }
        page.wait_for_text(progress(), MISSING).await?;
        assert!(drag(summary("Or paste it: certificate"), "drop", &[&certificate]).await?);
        is_over(&[]).await?;
        says(page, "Certificate", "CN=edge01").await?;
        assert_eq!(
            page.of::<String>(part("Certificate"), "element.files[0].name").await?,
            "file-0"
        );
        drag(part("Private key"), "drop", &[&certificate, &certificate]).await?;
        says(page, "Private key", "more than one file").await?;
        // A text can be dropped into a text area.
        page.click(summary("Or paste it: private key")).await?;
        assert!(!drag(field("Text of the private key"), "dragover", &[]).await?);
        Ok(())
    })
    .await
}

/// Goes through the states of the dialog and checks each.
async fn every_state(look: Look, name: &str) -> Result<()> {
    let folder = CertificateFolder::new()?;
    visit(&byoc(), async |page| {
        page.look(&look).await?;
        let check = async |state: &str| {
            page.screenshot(&format!("fill-{state}-{name}")).await?;
            let wrong: Vec<String> = page.of(settings(), CRAMPED).await?;
            ensure!(wrong.is_empty(), "{state}, {name}: {wrong:?}");
            if look.forced_colors {
                Ok(())
            } else {
                page.is_accessible(&format!("the protected settings, {state}, {name}")).await
            }
        };
        open(page).await?;
        check("empty").await?;
        page.of_all::<bool>(css("details").within(settings()), "element.open = true").await?;
        check("pasting").await?;
        press(page, DOWNLOAD).await?;
        choose(page, &folder, "Certificate", "other.crt", "It is not for the service IP").await?;
        check("errors").await?;
        fill_in(page, &folder).await?;
        press(page, "Show connection string").await?;
        check("ready").await
    })
    .await
}

/// Lists what sticks out sideways, or is too small for a finger.
const CRAMPED: &str = "(dialog => {
    const wrong = dialog.scrollWidth > dialog.clientWidth ? [`the dialog is ${dialog.scrollWidth} wide in ${dialog.clientWidth}`] : [];
    for (const control of dialog.querySelectorAll('button, input, textarea, summary')) {
        if (!control.checkVisibility()) continue;
        const { left, right, width, height } = control.getBoundingClientRect();
        if (width < 24 || height < 24) wrong.push(`${control.id || control.textContent} is ${width} by ${height}`);
        if (left < 0 || right > innerWidth) wrong.push(`${control.id || control.textContent} reaches from ${left} to ${right}`);
    }
    return wrong;
})(element)";

#[tokio::test]
async fn dialog_is_accessible_in_light() -> Result<()> {
    every_state(Look::default(), "light").await
}

#[tokio::test]
async fn dialog_is_accessible_in_dark() -> Result<()> {
    every_state(Look { dark: true, ..Look::default() }, "dark").await
}

#[tokio::test]
async fn dialog_is_accessible_on_a_small_screen() -> Result<()> {
    every_state(Look { width: 320, height: 640, ..Look::default() }, "small").await
}

#[tokio::test]
async fn dialog_fits_with_forced_colors() -> Result<()> {
    every_state(Look { forced_colors: true, ..Look::default() }, "forced").await
}
