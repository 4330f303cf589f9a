//! Without a network: after one visit, and as one file from a disk.

use anyhow::Context;
use browser_tests::{COMPLETE, Page, Result, command, same_text, variable, visit_host};
use std::fs;
use std::path::{Path, PathBuf};

/// A copy of the page's folder for one test, at a path of its own on the server of other people's
/// pages.
fn copy(name: &str) -> Result<PathBuf> {
    fn copy_into(from: &Path, to: &Path) -> Result<()> {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let (from, to) = {
                let entry = entry?;
                (entry.path(), to.join(entry.file_name()))
            };
            if from.is_dir() {
                copy_into(&from, &to)?;
            } else if !from.extension().is_some_and(|ending| ending == "br" || ending == "gz") {
                fs::copy(&from, &to)?;
            }
        }
        Ok(())
    }
    let folder = Path::new(&variable("HOSTS_FOLDER")?).join(name);
    fs::remove_dir_all(&folder).ok();
    copy_into(Path::new(&variable("SITE_FOLDER")?), &folder)?;
    Ok(folder)
}

/// Waits until the page would be there without a network.
async fn is_kept(page: &Page) -> Result<()> {
    // Somebody is about to use it.
    page.js::<()>("dispatchEvent(new Event('pointermove'))", []).await?;
    page.until("it is kept", async || {
        page.js("return !!navigator.serviceWorker.controller", []).await
    })
    .await
}

/// Everything that the page does.
async fn does_everything(page: &Page) -> Result<()> {
    page.fill("registry", "fabrikam").await?;
    page.click("label[for=scenario-byoc]").await?;
    page.tab("script").await?;
    page.until("the address follows", async || {
        Ok(page.hash().await?.contains("registry=fabrikam"))
    })
    .await?;
    same_text(
        "the script",
        &page.text("whole").await?,
        &command(&["script", &page.hash().await?])?,
    )?;
    page.tab("runbook").await?;
    page.click("#open-reader").await?;
    page.until("it checks commands", async || Ok(page.count("#reader[open] textarea").await? == 1))
        .await?;
    page.press(browser_tests::Key::Escape).await?;
    page.tab("settings").await?;
    page.click("#open-fill").await?;
    page.until("it fills in the settings", async || Ok(page.count("#fill[open] input").await? > 0))
        .await?;
    page.press(browser_tests::Key::Escape).await?;
    page.click("#open-saved").await?;
    page.click("#save-name").await?;
    page.press("edge").await?;
    page.click("#save").await?;
    page.until("it is saved", async || Ok(page.text("saved-said").await?.starts_with("Saved")))
        .await?;
    page.press(browser_tests::Key::Escape).await?;
    page.click("#open-share").await?;
    page.press(browser_tests::Key::Escape).await?;
    page.tab("steps").await?;
    page.click("#panel .step > .code .copy").await?;
    page.until("something is said", async || Ok(!page.text("said").await?.is_empty())).await
}

#[tokio::test]
async fn after_one_visit_everything_works_without_a_network() -> Result<()> {
    visit_host("plain/", async |page| {
        page.use_service_worker(true).await?;
        let (folder, hosts) = (copy("kept")?, variable("HOSTS_URL")?);
        page.go(&format!("{hosts}kept/")).await?;
        page.is_there().await?;
        is_kept(page).await?;
        fs::remove_dir_all(&folder)?;
        page.go(&format!("{hosts}kept/{COMPLETE}")).await?;
        page.reload().await?;
        does_everything(page).await?;
        // Under each of its names; and a scenario's page, which is not kept, is this page.
        for path in ["?utm=1#name=edge02", "index.html#name=edge02"] {
            page.go(&format!("{hosts}kept/{path}")).await?;
            page.is_there().await?;
            page.holds("name", "edge02").await?;
        }
        page.go(&format!("{hosts}kept/scenarios/sync-daily/")).await?;
        page.is_there().await?;
        assert_eq!(page.chosen("scenario").await?, "sync-daily");
        assert!(
            page.js::<bool>("return fetch('licenses.txt').then(answer => answer.ok)", []).await?
        );
        // What was not there says so in the console.
        page.forget_complaints().await
    })
    .await
}

/// A new version comes as a whole, or not at all; who has the old one open goes on with that.
#[tokio::test]
async fn a_new_version_takes_over_as_a_whole() -> Result<()> {
    visit_host("plain/", async |page| {
        page.use_service_worker(true).await?;
        let (folder, hosts) = (copy("updated")?, variable("HOSTS_URL")?);
        let (page_file, worker) = (folder.join("index.html"), folder.join("sw.js"));
        page.go(&format!("{hosts}updated/")).await?;
        page.is_there().await?;
        is_kept(page).await?;
        let kept = async || page.js::<Vec<String>>("return caches.keys()", []).await;
        let first = kept().await?;
        assert_eq!(first.len(), 1);

        // A version of which a part is not there yet: the page is new, the file that it names is
        // missing.
        let engine = name_of(&folder, "engine", "wasm")?;
        let (old_page, old_worker) = (fs::read_to_string(&page_file)?, fs::read_to_string(&worker)?);
        let version = old_worker.split("VERSION=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no version")?.to_owned();
        let renamed = "assets/engine-0000000000000000.wasm";
        fs::write(&worker, old_worker.replace(&engine, renamed).replace(&version, "0123456789abcdef"))?;
        // Not in its script, whose hash the policy knows.
        fs::write(&page_file, old_page.replace("<title>", &format!("<!-- {renamed} --><title>New ")))?;
        page.js::<()>("return navigator.serviceWorker.getRegistration().then(registration => registration.update()).then(() => null, () => null)", []).await?;
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        page.reload().await?;
        assert!(!page.js::<String>("return document.title", []).await?.starts_with("New"), "half a version was served");
        assert_eq!(kept().await?, first);

        // Now it is whole. The old file is gone; who has the old page open still gets it.
        fs::copy(folder.join(&engine), folder.join(renamed))?;
        fs::remove_file(folder.join(&engine))?;
        page.js::<()>("return navigator.serviceWorker.getRegistration().then(registration => registration.update()).then(() => null)", []).await?;
        page.until("the new one is kept", async || Ok(kept().await?.iter().any(|name| name.ends_with("0123456789abcdef")))).await?;
        page.fill("registry", "contoso").await?;
        page.shows_what_the_link_says().await?;
        page.until("it is there at the next visit", async || {
            page.reload().await?;
            Ok(page.js::<String>("return document.title", []).await?.starts_with("New"))
        })
        .await?;
        page.shows_what_the_link_says().await?;
        page.forget_complaints().await
    })
    .await
}

/// The path of a module's file in the folder.
fn name_of(folder: &Path, module: &str, ending: &str) -> Result<String> {
    for entry in fs::read_dir(folder.join("assets"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(module) && name.ends_with(ending) {
            return Ok(format!("assets/{name}"));
        }
    }
    anyhow::bail!("no file of {module}")
}

/// A folder below others is the same page.
#[tokio::test]
async fn the_folder_works_at_any_path() -> Result<()> {
    visit_host("plain/", async |page| {
        let hosts = variable("HOSTS_URL")?;
        for path in ["tools/configurator/", "tools/configurator/scenarios/byoc/"] {
            page.go(&format!("{hosts}{path}")).await?;
            page.is_there().await?;
            does_everything(page).await?;
            page.click("#open-share").await?;
            let shared: String =
                page.js("return document.getElementById('share-link').value", []).await?;
            assert!(shared.starts_with(&format!("{hosts}tools/configurator/#")), "{shared}");
        }
        Ok(())
    })
    .await
}

/// As one file it needs no server at all, and asks for nothing.
#[tokio::test]
async fn one_file_does_everything_from_a_disk() -> Result<()> {
    visit_host("plain/", async |page| {
        let folder = variable("SITE_FOLDER")?;
        page.go(&format!("file://{folder}/connected-registry-configurator.html")).await?;
        page.is_there().await?;
        page.is_accessible("one file").await?;
        does_everything(page).await?;
        page.shows_what_the_link_says().await?;
        let (asked, links): (usize, Vec<String>) = page
            .js("return [performance.getEntriesByType('resource').filter(entry => !entry.name.startsWith('data:')).length, [...document.querySelectorAll('footer nav a')].map(link => link.getAttribute('href'))]", [])
            .await?;
        assert_eq!(asked, 0, "something was fetched");
        assert!(links.len() == 13 && links.iter().all(|link| link.starts_with('#')), "{links:?}");
        page.click("#open-embed").await?;
        assert!(page.text("embed-preview").await?.contains("no web server"));
        Ok(())
    })
    .await
}
