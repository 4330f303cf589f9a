//! How the page of today is split into modules: what it fetches when, and what each of them does.
//! The tests know the names of the modules and their functions; they go together with that page.

use crate::files::CertificateFolder;
use browser_tests::{
    COMPLETE, Key, Page, Result, alert, button, css, dialog, field, said, visit, visit_host,
};
use serde_json::{Value, json};

const BYOC: &str = "&scenario=byoc&crt=tls.crt&key=tls.key";

/// How many files of a module were fetched.
async fn fetched(page: &Page, module: &str) -> Result<usize> {
    let all: Vec<String> = page
        .js("return performance.getEntriesByType('resource').map(entry => entry.name)", [])
        .await?;
    Ok(all.iter().filter(|name| name.contains(&format!("/{module}-"))).count())
}

#[tokio::test]
async fn each_module_is_fetched_when_it_is_used() -> Result<()> {
    visit(&format!("{COMPLETE}{BYOC}"), async |page| {
        for module in ["files", "reader"] {
            assert_eq!(fetched(page, module).await?, 0, "{module}");
        }
        page.click(button("Have commands already? Check them")).await?;
        page.wait_for(dialog("Check commands you have")).await?;
        assert_eq!((fetched(page, "files").await?, fetched(page, "reader").await?), (0, 2));
        page.press(Key::Escape).await?;
        page.tab("Protected settings").await?;
        page.click(button("Fill it in here …")).await?;
        page.wait_for(dialog("Fill in the protected settings")).await?;
        assert_eq!(fetched(page, "files").await?, 2);
        // The first output came with the page.
        page.open("").await?;
        assert_eq!(fetched(page, "engine").await?, 0);
        page.fill("name", "edge02").await?;
        assert_eq!(fetched(page, "engine").await?, 2);
        Ok(())
    })
    .await
}

/// An embedded page does not even fetch the module that fills in the settings.
#[tokio::test]
async fn embedded_page_fetches_no_module_for_secrets() -> Result<()> {
    visit_host("plain/", async |page| {
        page.js::<()>(
            "document.getElementById('place').append(document.createElement('connected-registry'))",
            [],
        )
        .await?;
        page.enter(0).await?;
        page.tab("Protected settings").await?;
        page.of_all::<()>(button("Fill it in here …").even_hidden(), "element.click()").await?;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        assert_eq!(fetched(page, "files").await?, 0);
        Ok(())
    })
    .await
}

/// The archive has the same bytes as the library makes.
#[tokio::test]
async fn archive_has_the_bytes_of_the_library() -> Result<()> {
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

/// The engine makes the output: without it, the page offers to try again.
#[tokio::test]
async fn output_that_cannot_be_loaded_can_be_tried_again() -> Result<()> {
    visit("", async |page| {
        page.block_requests(&["*/engine-*"]).await?;
        page.open(COMPLETE).await?;
        page.choose("task", "clean-up").await?;
        page.wait_for(alert().within(css("main"))).await?;
        page.click(button("Copy script")).await?;
        page.wait_for_part(said(), "That did not work").await?;
        page.is_accessible("a task that could not be loaded").await?;
        // Choices and texts are kept meanwhile.
        page.fill("name", "edge02").await?;
        page.block_requests(&[]).await?;
        page.click(button("Try again")).await?;
        page.wait_until_ready().await?;
        page.wait_until_gone(alert().within(css("main"))).await?;
        page.forget_complaints().await?;
        assert_eq!(page.value("name").await?, "edge02");
        page.shows_what_the_link_says().await
    })
    .await
}

/// The engine cannot recover: the page says so, and keeps what was typed.
#[tokio::test]
async fn broken_engine_loses_nothing_typed() -> Result<()> {
    visit("", async |page| {
        page.fill("name", "edge01").await?;
        page.js::<()>("window.connectedRegistryEngine.apply = () => { throw new WebAssembly.RuntimeError('unreachable') }", []).await?;
        page.fill("name", "edge02").await?;
        page.wait_for_part(alert(), "Something broke that should not have.").await?;
        page.click(css("[role=alert] a")).await?;
        page.wait_until_gone(css("[role=alert] a")).await?;
        page.wait_for_value("name", "edge02").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

/// No event of the two dialogs with secrets reaches the code of the page.
#[tokio::test]
async fn events_of_the_dialogs_stay_in_their_modules() -> Result<()> {
    const WATCH: &str = "
        window.heard = [];
        addEventListener('DOMContentLoaded', () => {
            for (const kind of ['input', 'change', 'paste', 'keydown', 'keyup', 'click', 'focusin', 'focusout', 'drop'])
                document.body.addEventListener(kind, event => event.target.closest('#fill, #reader') && heard.push(`${kind} ${event.target.value}`));
        });";
    visit("", async |page| {
        page.before_every_page(WATCH).await?;
        page.open(&format!("{COMPLETE}{BYOC}")).await?;
        page.tab("Protected settings").await?;
        page.click(button("Fill it in here …")).await?;
        page.type_into(field("Connection string"), "SECRET").await?;
        page.click(button("Forget and close")).await?;
        page.wait_until_gone(dialog("Fill in the protected settings")).await?;
        page.click(button("Have commands already? Check them")).await?;
        page.type_into(field("Your text"), "SECRET").await?;
        page.press(Key::Escape).await?;
        page.wait_until_gone(dialog("Check commands you have")).await?;
        assert_eq!(page.js::<Vec<String>>("return heard", []).await?, [""; 0]);
        Ok(())
    })
    .await
}

/// While the settings are filled in, the secrets are in the memory of one module alone.
#[tokio::test]
async fn secrets_are_in_the_memory_of_one_module() -> Result<()> {
    const HOLDS: &str = "
        const [which, secret] = arguments;
        return window[which]().then(({ memory }) => {
            let text = '';
            for (let at = 0; at < memory.buffer.byteLength; at += 4096) text += String.fromCharCode(...new Uint8Array(memory.buffer, at, 4096));
            return text.includes(secret.split('').reverse().join(''));
        })";
    visit(&format!("{COMPLETE}{BYOC}"), async |page| {
        let holds =
            async |which: &str| page.js::<bool>(HOLDS, [json!(which), json!("TERCES")]).await;
        page.tab("Protected settings").await?;
        page.click(button("Fill it in here …")).await?;
        page.type_into(field("Connection string"), "SECRET").await?;
        assert!(holds("loadFiles").await? && !holds("loadEngine").await?);
        page.click(button("Forget and close")).await?;
        page.wait_until_gone(dialog("Fill in the protected settings")).await?;
        assert!(!holds("loadFiles").await? && !holds("loadEngine").await?);
        Ok(())
    })
    .await
}

/// A file that arrives after the dialog was closed, or after another was chosen, is not used. The
/// test knows by which function it is read.
#[tokio::test]
async fn file_that_arrives_late_is_not_used() -> Result<()> {
    const SLOW: &str = "
        const read = Blob.prototype.arrayBuffer;
        window.waiting = [];
        Blob.prototype.arrayBuffer = async function () { await new Promise(go => waiting.push(go)); return read.call(this) };";
    let folder = CertificateFolder::new()?;
    visit(&format!("{COMPLETE}{BYOC}"), async |page| {
        let slot = |label: &str| field(label).around(".fill-slot");
        let open = async || {
            page.click(button("Fill it in here …")).await?;
            page.wait_for(dialog("Fill in the protected settings")).await
        };
        page.js::<()>(SLOW, []).await?;
        page.tab("Protected settings").await?;
        open().await?;
        page.choose_file(field("Certificate"), &folder.path("other.crt")).await?;
        page.choose_file(field("Certificate"), &folder.path("tls.crt")).await?;
        // The one that was chosen last arrives first.
        page.js::<()>("waiting[1]()", []).await?;
        page.wait_for_part(slot("Certificate"), "CN=edge01").await?;
        let read = page.text_of(slot("Certificate")).await?;
        page.js::<()>("waiting[0]()", []).await?;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert_eq!(page.text_of(slot("Certificate")).await?, read);
        page.choose_file(field("Private key"), &folder.path("tls.key")).await?;
        page.click(button("Forget and close")).await?;
        open().await?;
        let before = page.text_of(slot("Private key")).await?;
        page.js::<()>("waiting[2]()", []).await?;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert_eq!(page.text_of(slot("Private key")).await?, before);
        Ok(())
    })
    .await
}
