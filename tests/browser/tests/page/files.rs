//! The third module: several files as one, and the protected settings filled in by hand.
//! Certificates are made by the real openssl.

use anyhow::{Context, ensure};
use browser_tests::{COMPLETE, Key, Look, Page, Result, visit};
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
struct Workshop(TempDir);

impl Workshop {
    fn new() -> Result<Self> {
        let shop = Self(TempDir::new()?);
        let new = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90";
        shop.openssl(&format!(
            "{new} -subj /CN=edge01 -addext subjectAltName=IP:{IP} -keyout tls.key -out tls.crt"
        ))?;
        shop.openssl(&format!("{new} -subj /CN=elsewhere -addext subjectAltName=IP:10.0.0.7 -keyout other.key -out other.crt"))?;
        shop.openssl("pkcs8 -topk8 -in tls.key -passout pass:secret -out locked.key")?;
        fs::write(shop.path("both.pem"), [shop.read("tls.key")?, shop.read("tls.crt")?].concat())?;
        fs::write(shop.path("large"), vec![b'x'; 100_001])?;
        Ok(shop)
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

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn read(&self, file: &str) -> Result<String> {
        Ok(fs::read_to_string(self.path(file))?)
    }

    /// The JSON that is to be made of the certificate that is its own authority.
    fn expected(&self) -> Result<String> {
        let base64 = |file: &str| self.openssl(&format!("base64 -A -in {file}"));
        let (certificate, key, connection) = (base64("tls.crt")?, base64("tls.key")?, connection());
        Ok(format!(
            "{{\n  \"connectionString\": \"{connection}\",\n  \"tls.crt\": \"{certificate}\",\n  \"tls.key\": \"{key}\",\n  \"tls.cacrt\": \"{certificate}\"\n}}\n"
        ))
    }

    /// What must be nowhere.
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

/// Opens the dialog as the page does.
async fn open_with(page: &Page, settings: &[(&str, &str)]) -> Result<()> {
    let mut arguments = vec![FILE, "edge01", IP];
    arguments.extend(settings.iter().flat_map(|(key, value)| [*key, *value]));
    let opened: bool = page
        .js(
            "return loadFiles().then(() => connectedRegistryFiles('fill', arguments[0]))",
            [json!(arguments)],
        )
        .await?;
    assert!(opened && is_open(page).await?);
    Ok(())
}

async fn open(page: &Page) -> Result<()> {
    open_with(
        page,
        &[("connectionString", ""), ("tls.crt", ""), ("tls.key", ""), ("tls.cacrt", "")],
    )
    .await
}

async fn is_open(page: &Page) -> Result<bool> {
    page.js("return document.getElementById('fill').open", []).await
}

async fn type_into(page: &Page, id: &str, text: &str) -> Result<()> {
    page.click(&format!("#{id}")).await?;
    page.press_command('a').await?;
    page.press(text).await
}

/// Chooses a file and waits for what is said of it.
async fn choose(page: &Page, shop: &Workshop, slot: &str, file: &str, said: &str) -> Result<()> {
    page.choose_file(&format!("#fill-{slot}"), &shop.path(file)).await?;
    says(page, slot, said).await
}

async fn says(page: &Page, slot: &str, said: &str) -> Result<()> {
    let all = async || {
        let shown = [
            page.text(&format!("fill-taken-{slot}")).await?,
            page.text(&format!("fill-messages-{slot}")).await?,
        ];
        Ok::<_, anyhow::Error>(shown.concat())
    };
    let outcome = page.until("", async || Ok(all().await?.contains(said))).await;
    ensure!(outcome.is_ok(), "{slot} should say {said:?} and says {:?}", all().await?);
    Ok(())
}

async fn fill_in(page: &Page, shop: &Workshop) -> Result<()> {
    type_into(page, "fill-connection", &connection()).await?;
    choose(page, shop, "certificate", "tls.crt", "It is for the service IP 10.0.0.200.").await?;
    choose(page, shop, "key", "tls.key", "It belongs to the certificate.").await?;
    page.shows("fill-status", "Ready.").await
}

async fn button(page: &Page, what: &str) -> Result<()> {
    page.click(&format!("#fill [data-fill={what}]")).await
}

#[tokio::test]
async fn it_is_fetched_only_once_somebody_asks_for_it() -> Result<()> {
    visit(COMPLETE, async |page| {
        let fetched = async || {
            page.js::<Vec<String>>(
                "return performance.getEntriesByType('resource').map(entry => entry.name)",
                [],
            )
            .await
        };
        page.fill("name", "edge02").await?;
        let before = fetched().await?;
        assert!(
            before.iter().any(|name| name.contains("/engine-"))
                && !before.iter().any(|name| name.contains("/files-")),
            "{before:?}"
        );
        assert_eq!(
            page.js::<Value>("return window.connectedRegistryFiles ?? null", []).await?,
            Value::Null
        );
        open(page).await?;
        assert_eq!(fetched().await?.iter().filter(|name| name.contains("/files-")).count(), 2);
        Ok(())
    })
    .await
}

/// The same bytes as the library makes.
#[tokio::test]
async fn files_become_one() -> Result<()> {
    visit("", async |page| {
        let files = [("deploy.sh", "#!/bin/sh\necho 'größe'\n"), ("settings.json", "{}\n")];
        let call = "const [what, ...rest] = arguments; return loadFiles().then(() => [...connectedRegistryFiles(what, rest)])";
        let arguments = |time: Value| vec![json!("bundle"), json!("edge01"), time, json!(files[0].0), json!(files[0].1), json!(files[1].0), json!(files[1].1)];
        for time in [None, Some(1_800_000_000)] {
            let bytes: Vec<u8> = page.js(call, arguments(json!(time))).await?;
            assert_eq!(Some(bytes), old_page::files::bundle("edge01", &files, time).ok());
        }
        let refused = "try { connectedRegistryFiles('bundle', ['a', null, '../x', '']) } catch (error) { return error.message }";
        assert_eq!(page.js::<String>(refused, []).await?, "The name ../x is not fit for a file.");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_filled_in_is_downloaded_byte_for_byte() -> Result<()> {
    let shop = Workshop::new()?;
    let downloads = TempDir::new()?;
    visit(COMPLETE, async |page| {
        page.save_downloads_in(downloads.path()).await?;
        open(page).await?;
        page.shows("fill-status", "Still missing: connection string, certificate, private key.").await?;
        fill_in(page, &shop).await?;
        says(page, "authority", "The certificate is self-signed").await?;
        says(page, "certificate", "CN=edge01").await?;
        button(page, "download").await?;
        let file = downloads.path().join(FILE);
        page.until("it is saved", async || Ok(fs::read_to_string(&file).is_ok_and(|text| !text.is_empty()))).await?;
        assert_eq!(fs::read_to_string(&file)?, shop.expected()?);
        assert!(page.text("fill-said").await?.contains("delete it after the deployment"));
        // With an authority of its own.
        page.choose_file("#fill-authority", &shop.path("other.crt")).await?;
        says(page, "authority", "it is not the one that signed").await?;
        page.click("#fill-taken-authority [data-fill=remove]").await?;
        assert_eq!(page.focused().await?, "fill-authority");
        page.js::<()>("navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))", []).await?;
        button(page, "copy").await?;
        page.until("it is said", async || Ok(page.text("fill-said").await?.contains("Try to download protected-settings-extension.json instead"))).await
    })
    .await
}

#[tokio::test]
async fn what_is_copied_is_the_same() -> Result<()> {
    let shop = Workshop::new()?;
    visit(COMPLETE, async |page| {
        open(page).await?;
        fill_in(page, &shop).await?;
        button(page, "copy").await?;
        page.until("it is said", async || Ok(page.text("fill-said").await?.starts_with("Copied.")))
            .await?;
        button(page, "close").await?;
        assert_eq!(page.clipboard().await?, shop.expected()?);
        page.fill_clipboard("nothing").await
    })
    .await
}

/// With a secret of Kubernetes, only the connection string is missing.
#[tokio::test]
async fn what_is_given_is_not_asked_for() -> Result<()> {
    visit("", async |page| {
        page.before_every_page(
            "addEventListener('DOMContentLoaded', () => { const make = URL.createObjectURL; URL.createObjectURL = blob => make(window.blob = blob) })",
        )
        .await?;
        page.open(COMPLETE).await?;
        let downloads = TempDir::new()?;
        page.save_downloads_in(downloads.path()).await?;
        open_with(page, &[("connectionString", ""), ("tls.secret", "k8secret")]).await?;
        assert_eq!(page.count("#fill input").await?, 1);
        assert_eq!(page.focused().await?, "fill-connection");
        page.press(format!("  {}", connection())).await?;
        page.shows("fill-status", "Ready.").await?;
        button(page, "download").await?;
        let text: String = page.js("return window.blob.text()", []).await?;
        assert_eq!(serde_json::from_str::<Value>(&text)?, json!({ "connectionString": connection(), "tls.secret": "k8secret" }));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_wrong_is_said_and_gets_the_focus() -> Result<()> {
    let shop = Workshop::new()?;
    visit(COMPLETE, async |page| {
        open(page).await?;
        let invalid =
            async || page.js::<Vec<String>>("return [...document.querySelectorAll('#fill [aria-invalid=true]')].map(control => control.id)", []).await;
        assert!(invalid().await?.is_empty());
        button(page, "download").await?;
        assert_eq!(page.focused().await?, "fill-connection");
        assert_eq!(invalid().await?, ["fill-connection", "fill-certificate", "fill-key"]);
        page.shows("fill-said", "Nothing was made yet.").await?;
        type_into(page, "fill-connection", &connection().replace(PASSWORD, "<use --generate-password to generate a new password>")).await?;
        page.until("it is said", async || Ok(page.text("fill-messages-connection").await?.contains("There is no password in it"))).await?;
        type_into(page, "fill-connection", &connection().replace("edge01;", "edge02;")).await?;
        page.until("it is said", async || Ok(page.text("fill-messages-connection").await?.contains("the form says edge01"))).await?;
        button(page, "download").await?;
        assert_eq!(page.focused().await?, "fill-certificate");
        for (slot, file, said) in [
            ("certificate", "tls.key", "This is a private key"),
            ("certificate", "other.crt", "It is not for the service IP 10.0.0.200"),
            ("certificate", "large", "larger than 100 kB"),
            ("certificate", "tls.crt", "It is for the service IP"),
            ("key", "tls.crt", "This is a certificate"),
            ("key", "locked.key", "openssl pkey -in tls.key -out plain.key"),
            ("key", "other.key", "It does not belong to the certificate"),
        ] {
            choose(page, &shop, slot, file, said).await?;
        }
        assert_eq!(page.text("fill-status").await?, "To fix: private key.");
        button(page, "copy").await?;
        assert_eq!(page.focused().await?, "fill-key");
        page.click("#fill-taken-key [data-fill=remove]").await?;
        // What is in one file is taken apart.
        choose(page, &shop, "certificate", "both.pem", "each was taken from it").await?;
        says(page, "key", "It belongs to the certificate.").await?;
        page.shows("fill-status", "Ready.").await
    })
    .await
}

/// Everything of the page that outlives the dialog, or that it does not show.
const SEARCH: &str = "
    const [secrets, isOpen] = arguments;
    const found = [];
    const look = (where, text) => found.push(...secrets.filter(secret => String(text).includes(secret)).map(secret => `${where}: ${secret}`));
    look('document', document.documentElement.outerHTML);
    look('text', document.documentElement.textContent);
    for (const storage of [localStorage, sessionStorage]) look('storage', JSON.stringify(storage));
    look('address', [location.href, document.referrer, document.cookie, document.title, window.name, window.connectedRegistryLink].join(' '));
    look('history', JSON.stringify(history.state));
    look('console', window.logged.join(' '));
    look('heard by the page', window.heard.join(' '));
    if (!isOpen) for (const control of document.querySelectorAll('input, textarea')) look(control.id, control.value);
    return found";

/// Notes what goes to the console, and what of the dialog the page would hear.
const WATCH: &str = "
    window.logged = [];
    window.heard = [];
    for (const level of ['debug', 'log', 'info', 'warn', 'error']) console[level] = (...parts) => logged.push(parts.join(' '));
    addEventListener('DOMContentLoaded', () => {
        for (const kind of ['input', 'change', 'keydown', 'keyup', 'click', 'focusin', 'focusout', 'drop'])
            document.body.addEventListener(kind, event => event.target.closest('#fill') && heard.push(`${kind} ${event.target.value}`));
    });";

#[tokio::test]
async fn however_it_is_closed_nothing_is_left() -> Result<()> {
    let shop = Workshop::new()?;
    let downloads = TempDir::new()?;
    visit("", async |page| {
        page.before_every_page(WATCH).await?;
        page.open(COMPLETE).await?;
        page.save_downloads_in(downloads.path()).await?;
        let secrets = json!(shop.secrets()?);
        for way in ["Escape", "button", "pagehide"] {
            open(page).await?;
            fill_in(page, &shop).await?;
            button(page, "show").await?;
            // Pasted, taken, and pasted again with something that is refused.
            page.click("#fill [data-slot=key] summary").await?;
            page.js::<()>(
                "document.getElementById('fill-paste-key').focus(); document.execCommand('insertText', false, arguments[0])",
                [json!(shop.read("tls.key")?)],
            )
            .await?;
            says(page, "key", "Private key, EC P-256").await?;
            assert_eq!(page.js::<String>("return document.getElementById('fill-paste-key').value", []).await?, "");
            button(page, "download").await?;
            page.click("#fill [data-slot=authority] summary").await?;
            type_into(page, "fill-paste-authority", "PLANTED in a paste").await?;
            says(page, "authority", "no certificate and no private key").await?;
            let url: Vec<String> = page.js("return [...document.querySelectorAll('a[href^=blob]')].map(link => link.href)", []).await?;
            assert!(url.is_empty());
            let found: Vec<String> = page.js(SEARCH, [secrets.clone(), json!(true)]).await?;
            assert!(found.is_empty(), "{way}, while it is open: {found:?}");
            match way {
                "Escape" => page.press(Key::Escape).await?,
                "button" => button(page, "close").await?,
                _ => page.js("dispatchEvent(new PageTransitionEvent('pagehide'))", []).await?,
            }
            page.until("it is closed and empty", async || {
                Ok(!is_open(page).await? && page.js::<String>("return document.getElementById('fill-content').innerHTML", []).await?.is_empty())
            })
            .await?;
            let found: Vec<String> = page.js(SEARCH, [secrets.clone(), json!(false)]).await?;
            assert!(found.is_empty(), "{way}: {found:?}");
            // It begins anew.
            open(page).await?;
            assert_eq!(page.text("fill-status").await?, "Still missing: connection string, certificate, private key.");
            assert_eq!(
                page.js::<String>("return document.getElementById('fill-connection').type + document.getElementById('fill-connection').value", []).await?,
                "password"
            );
            button(page, "close").await?;
        }
        assert_eq!(page.js::<Vec<String>>("return heard", []).await?, [""; 0]);
        Ok(())
    })
    .await
}

/// Of the memory of the modules themselves: while it is filled in, the secrets are in that of the
/// third alone; then in none.
#[tokio::test]
async fn the_memory_is_wiped() -> Result<()> {
    const HOLDS: &str = "
        const [which, secrets] = arguments;
        return window[which]().then(({ memory }) => {
            let text = '';
            for (let at = 0; at < memory.buffer.byteLength; at += 4096) text += String.fromCharCode(...new Uint8Array(memory.buffer, at, 4096));
            return secrets.filter(secret => text.includes(atob(secret)));
        })";
    let (shop, downloads) = (Workshop::new()?, TempDir::new()?);
    // The password and the key, in each form that it takes on the way: parts of it, since a place
    // may be used again from its beginning.
    let part = |text: &str, from: usize| text.as_bytes()[from..from + 30].to_vec();
    let pem = shop.read("tls.key")?;
    let der = shop
        .openssl("pkcs8 -topk8 -nocrypt -in tls.key -outform DER -out key.der")
        .and_then(|_| Ok(fs::read(shop.path("key.der"))?))?;
    let forms = [
        PASSWORD.as_bytes().to_vec(),
        part(&pem, 100),
        der[40..60].to_vec(),
        part(&shop.openssl("base64 -A -in tls.key")?, 130),
    ];
    let mut secrets = Vec::new();
    for form in &forms {
        fs::write(shop.path("form"), form)?;
        secrets.push(shop.openssl("base64 -A -in form")?);
    }
    visit(COMPLETE, async |page| {
        page.save_downloads_in(downloads.path()).await?;
        let holds = async |which: &str| page.js::<Vec<String>>(HOLDS, [json!(which), json!(secrets)]).await;
        for way in ["chosen", "pasted"] {
            open(page).await?;
            type_into(page, "fill-connection", &connection()).await?;
            choose(page, &shop, "certificate", "tls.crt", "It is for the service IP").await?;
            if way == "chosen" {
                choose(page, &shop, "key", "tls.key", "It belongs to the certificate.").await?;
            } else {
                page.click("#fill [data-slot=key] summary").await?;
                page.js::<()>("document.getElementById('fill-paste-key').focus(); document.execCommand('insertText', false, arguments[0])", [json!(pem)])
                    .await?;
                says(page, "key", "It belongs to the certificate.").await?;
            }
            button(page, "download").await?;
            button(page, "copy").await?;
            assert_eq!(holds("loadFiles").await?, [secrets[0].as_str(), &secrets[2]], "{way}: what is held is the password and the key as DER");
            assert_eq!(holds("loadEngine").await?, [""; 0]);
            button(page, "close").await?;
            assert_eq!(holds("loadFiles").await?, [""; 0], "{way}");
        }
        page.fill_clipboard("nothing").await
    })
    .await
}

/// What was made has an address only while the dialog is open.
#[tokio::test]
async fn the_address_of_what_was_made_ends_with_the_dialog() -> Result<()> {
    const WATCH: &str =
        "window.urls = []; window.gone = []; const make = URL.createObjectURL; URL.createObjectURL = blob => { const url = make(blob); urls.push(url); return url };
         const revoke = URL.revokeObjectURL; URL.revokeObjectURL = url => { gone.push(url); revoke(url) }";
    // The page's policy lets nobody fetch them.
    const ALIVE: &str = "return urls.map(url => !gone.includes(url))";
    let (shop, downloads) = (Workshop::new()?, TempDir::new()?);
    visit(COMPLETE, async |page| {
        page.save_downloads_in(downloads.path()).await?;
        page.js::<()>(WATCH, []).await?;
        open(page).await?;
        fill_in(page, &shop).await?;
        button(page, "download").await?;
        assert_eq!(page.js::<Vec<bool>>(ALIVE, []).await?, [true]);
        button(page, "download").await?;
        assert_eq!(page.js::<Vec<bool>>(ALIVE, []).await?, [false, true]);
        button(page, "close").await?;
        assert_eq!(page.js::<Vec<bool>>(ALIVE, []).await?, [false, false]);
        Ok(())
    })
    .await
}

/// A file that arrives after the dialog was closed, or after another was chosen, is not taken.
#[tokio::test]
async fn what_comes_too_late_is_not_taken() -> Result<()> {
    const SLOW: &str = "
        const read = Blob.prototype.arrayBuffer;
        window.waiting = [];
        Blob.prototype.arrayBuffer = async function () { await new Promise(go => waiting.push(go)); return read.call(this) };";
    let shop = Workshop::new()?;
    visit(COMPLETE, async |page| {
        page.js::<()>(SLOW, []).await?;
        open(page).await?;
        page.choose_file("#fill-certificate", &shop.path("other.crt")).await?;
        page.choose_file("#fill-certificate", &shop.path("tls.crt")).await?;
        // The one that was chosen last is there first.
        page.js::<()>("waiting[1]()", []).await?;
        says(page, "certificate", "CN=edge01").await?;
        page.js::<()>("waiting[0]()", []).await?;
        page.choose_file("#fill-key", &shop.path("tls.key")).await?;
        button(page, "close").await?;
        open(page).await?;
        page.js::<()>("waiting[2]()", []).await?;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert_eq!(
            page.text("fill-status").await?,
            "Still missing: connection string, certificate, private key."
        );
        assert_eq!(page.text("fill-taken-key").await?, "");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn files_can_be_dropped_and_never_replace_the_page() -> Result<()> {
    const DRAG: &str = "
        const [kind, selector, ...texts] = arguments;
        const data = new DataTransfer();
        texts.forEach((text, place) => data.items.add(new File([text], `file-${place}`)));
        const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
        document.querySelector(selector).dispatchEvent(event);
        return [event.defaultPrevented, [...document.querySelectorAll('#fill [data-over]')].map(slot => slot.dataset.slot)]";
    let shop = Workshop::new()?;
    visit(COMPLETE, async |page| {
        open(page).await?;
        let certificate = shop.read("tls.crt")?;
        let drag = async |kind: &str, selector: &str, texts: &[&str]| {
            let arguments: Vec<Value> =
                [kind, selector].iter().chain(texts).map(|text| json!(text)).collect();
            page.js::<(bool, Vec<String>)>(DRAG, arguments).await
        };
        assert_eq!(
            drag("dragover", "#fill-certificate", &[&certificate]).await?,
            (true, vec!["certificate".to_owned()])
        );
        page.screenshot("fill-drag").await?;
        assert_eq!(
            drag("dragover", "#fill-hint-key", &[&certificate]).await?,
            (true, vec!["key".to_owned()])
        );
        assert_eq!(drag("dragleave", "#fill-hint-key", &[&certificate]).await?, (true, vec![]));
        for elsewhere in ["#fill", "#fill-title", "#fill-connection"] {
            assert_eq!(
                drag("dragover", elsewhere, &[&certificate]).await?,
                (true, vec![]),
                "{elsewhere}"
            );
            assert_eq!(
                drag("drop", elsewhere, &[&certificate]).await?,
                (true, vec![]),
                "{elsewhere}"
            );
        }
        assert_eq!(
            page.text("fill-status").await?,
            "Still missing: connection string, certificate, private key."
        );
        assert_eq!(
            drag("drop", "#fill [data-slot=certificate] summary", &[&certificate]).await?,
            (true, vec![])
        );
        says(page, "certificate", "CN=edge01").await?;
        assert_eq!(
            page.js::<String>(
                "return document.getElementById('fill-certificate').files[0].name",
                []
            )
            .await?,
            "file-0"
        );
        drag("drop", "#fill-key", &[&certificate, &certificate]).await?;
        says(page, "key", "more than one file").await?;
        // A text may be dropped where texts go.
        assert!(!drag("dragover", "#fill-paste-key", &[]).await?.0);
        Ok(())
    })
    .await
}

/// Goes through the states of the dialog and has each judged.
async fn every_state(look: Look, name: &str) -> Result<()> {
    let shop = Workshop::new()?;
    visit(COMPLETE, async |page| {
        page.look(&look).await?;
        let judge = async |state: &str| {
            page.screenshot(&format!("fill-{state}-{name}")).await?;
            let wrong: Vec<String> = page.js(CRAMPED, []).await?;
            ensure!(wrong.is_empty(), "{state}, {name}: {wrong:?}");
            if look.forced_colors {
                Ok(())
            } else {
                page.is_accessible(&format!("the protected settings, {state}, {name}")).await
            }
        };
        open(page).await?;
        judge("empty").await?;
        page.js::<()>(
            "document.querySelectorAll('#fill details').forEach(details => details.open = true)",
            [],
        )
        .await?;
        judge("pasting").await?;
        button(page, "download").await?;
        choose(page, &shop, "certificate", "other.crt", "It is not for the service IP").await?;
        judge("errors").await?;
        fill_in(page, &shop).await?;
        button(page, "show").await?;
        judge("ready").await
    })
    .await
}

/// What sticks out sideways, or is too small to be hit.
const CRAMPED: &str = "
    const dialog = document.getElementById('fill');
    const wrong = dialog.scrollWidth > dialog.clientWidth ? [`the dialog is ${dialog.scrollWidth} wide in ${dialog.clientWidth}`] : [];
    for (const control of dialog.querySelectorAll('button, input, textarea, summary')) {
        if (!control.checkVisibility()) continue;
        const { left, right, width, height } = control.getBoundingClientRect();
        if (width < 24 || height < 24) wrong.push(`${control.id || control.textContent} is ${width} by ${height}`);
        if (left < 0 || right > innerWidth) wrong.push(`${control.id || control.textContent} reaches from ${left} to ${right}`);
    }
    return wrong";

#[tokio::test]
async fn everybody_can_use_it_in_light() -> Result<()> {
    every_state(Look::default(), "light").await
}

#[tokio::test]
async fn everybody_can_use_it_in_dark() -> Result<()> {
    every_state(Look { dark: true, ..Look::default() }, "dark").await
}

#[tokio::test]
async fn everybody_can_use_it_on_a_small_screen() -> Result<()> {
    every_state(Look { width: 320, height: 640, ..Look::default() }, "small").await
}

#[tokio::test]
async fn everybody_can_use_it_in_forced_colors() -> Result<()> {
    every_state(Look { forced_colors: true, ..Look::default() }, "forced").await
}
