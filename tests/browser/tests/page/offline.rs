//! Without a network: after one visit, and as a single file from a disk.

use anyhow::Context;
use browser_tests::{
    COMPLETE, Key, Page, Result, button, command, containing, css, dialog, field, same_text,
    status, tab_panel, text, variable, visit_host,
};
use std::fs;
use std::path::{Path, PathBuf};

/// A copy of the page's folder for one test, at a path of its own on the server of the embedding
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

/// Waits until the page is stored for use without a network.
async fn is_kept(page: &Page) -> Result<()> {
    // As when it is about to be used.
    page.js::<()>("dispatchEvent(new Event('pointermove'))", []).await?;
    page.until("it is stored", async || {
        page.js("return !!navigator.serviceWorker.controller", []).await
    })
    .await
}

/// Uses everything that the page offers.
async fn does_everything(page: &Page) -> Result<()> {
    page.fill("registry", "fabrikam").await?;
    page.choose("scenario", "byoc").await?;
    page.tab("Script").await?;
    page.until("the address follows", async || {
        Ok(page.hash().await?.contains("registry=fabrikam"))
    })
    .await?;
    same_text(
        "the script",
        &page.block_text().await?,
        &command(&["script", &page.hash().await?])?,
    )?;
    page.tab("Runbook").await?;
    page.click(button("Have commands already? Check them")).await?;
    page.wait_for(field("Your text").within(dialog("Check commands you have"))).await?;
    page.press(Key::Escape).await?;
    page.tab("Protected settings").await?;
    page.click(button("Fill it in here …")).await?;
    page.wait_for(field("Connection string").within(dialog("Fill in the protected settings")))
        .await?;
    page.press(Key::Escape).await?;
    page.click(button("Saved …")).await?;
    page.click(field("A name for what is chosen now")).await?;
    page.press("edge").await?;
    page.click(button("Save")).await?;
    page.wait_for_part(status().within(dialog("Saved on this device")), "Saved").await?;
    page.press(Key::Escape).await?;
    page.click(button("Share …")).await?;
    page.press(Key::Escape).await?;
    page.tab("Steps").await?;
    // The button of the first block of a step that is not folded away.
    page.click(css(".step > .code .copy").within(tab_panel())).await?;
    page.wait_until_said().await.map(drop)
}

#[tokio::test]
async fn page_works_without_a_network_after_one_visit() -> Result<()> {
    visit_host("plain/", async |page| {
        page.use_service_worker(true).await?;
        let (folder, hosts) = (copy("kept")?, variable("HOSTS_URL")?);
        page.go(&format!("{hosts}kept/")).await?;
        page.wait_until_ready().await?;
        is_kept(page).await?;
        fs::remove_dir_all(&folder)?;
        page.go(&format!("{hosts}kept/{COMPLETE}")).await?;
        page.reload().await?;
        does_everything(page).await?;
        // Under each of its names; the page of a scenario, which is not stored, is this page.
        for path in ["?utm=1#name=edge02", "index.html#name=edge02"] {
            page.go(&format!("{hosts}kept/{path}")).await?;
            page.wait_until_ready().await?;
            page.wait_for_value("name", "edge02").await?;
        }
        page.go(&format!("{hosts}kept/scenarios/sync-daily/")).await?;
        page.wait_until_ready().await?;
        assert_eq!(page.chosen("scenario").await?, "sync-daily");
        assert!(
            page.js::<bool>("return fetch('licenses.txt').then(answer => answer.ok)", []).await?
        );
        // The console reports the files that were not there.
        page.forget_complaints().await
    })
    .await
}

/// A new version is used as a whole, or not at all; a page that is open goes on with the old one.
#[tokio::test]
async fn new_version_takes_over_as_a_whole() -> Result<()> {
    visit_host("plain/", async |page| {
        page.use_service_worker(true).await?;
        let (folder, hosts) = (copy("updated")?, variable("HOSTS_URL")?);
        let (page_file, worker) = (folder.join("index.html"), folder.join("sw.js"));
        page.go(&format!("{hosts}updated/")).await?;
        page.wait_until_ready().await?;
        is_kept(page).await?;
        let kept = async || page.js::<Vec<String>>("return caches.keys()", []).await;
        let first = kept().await?;
        assert_eq!(first.len(), 1);

        // A version of which a part is not there yet: the page is new, the file that it names is
        // missing.
        let later = fetched_later(page, &folder).await?;
        let (module, _) = later.rsplit_once('-').context("no hash in the name")?;
        let renamed = format!("{module}-0000000000000000.wasm");
        let (old_page, old_worker) = (fs::read_to_string(&page_file)?, fs::read_to_string(&worker)?);
        let version = old_worker.split("VERSION=\"").nth(1).and_then(|rest| rest.split('"').next()).context("no version")?.to_owned();
        fs::write(&worker, old_worker.replace(&later, &renamed).replace(&version, "0123456789abcdef"))?;
        // Not in its script, whose hash the policy knows.
        fs::write(&page_file, old_page.replace("<title>", &format!("<!-- {renamed} --><title>New ")))?;
        page.js::<()>("return navigator.serviceWorker.getRegistration().then(registration => registration.update()).then(() => null, () => null)", []).await?;
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        page.reload().await?;
        assert!(!page.js::<String>("return document.title", []).await?.starts_with("New"), "half a version was served");
        assert_eq!(kept().await?, first);

        // Now it is whole. The old file is gone; the old page, which is open, still gets it.
        fs::copy(folder.join(&later), folder.join(&renamed))?;
        fs::remove_file(folder.join(&later))?;
        page.js::<()>("return navigator.serviceWorker.getRegistration().then(registration => registration.update()).then(() => null)", []).await?;
        page.until("the new one is kept", async || Ok(kept().await?.iter().any(|name| name.ends_with("0123456789abcdef")))).await?;
        page.fill("registry", "contoso").await?;
        page.shows_what_the_link_says().await?;
        page.click(button("Have commands already? Check them")).await?;
        page.wait_for(dialog("Check commands you have")).await?;
        page.press(Key::Escape).await?;
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

/// The path of a module that the page has not fetched yet: that of the checker.
async fn fetched_later(page: &Page, folder: &Path) -> Result<String> {
    let fetched: Vec<String> = page
        .js("return performance.getEntriesByType('resource').map(entry => entry.name)", [])
        .await?;
    let mut names = Vec::new();
    for entry in fs::read_dir(folder.join("assets"))? {
        let name = format!("assets/{}", entry?.file_name().to_string_lossy());
        if name.ends_with(".wasm") && !fetched.iter().any(|address| address.ends_with(&name)) {
            names.push(name);
        }
    }
    names.sort();
    names.pop().context("every module was fetched at once")
}

/// A folder below others holds the same page.
#[tokio::test]
async fn page_works_at_any_path() -> Result<()> {
    visit_host("plain/", async |page| {
        let hosts = variable("HOSTS_URL")?;
        for path in ["tools/configurator/", "tools/configurator/scenarios/byoc/"] {
            page.go(&format!("{hosts}{path}")).await?;
            page.wait_until_ready().await?;
            does_everything(page).await?;
            page.click(button("Share …")).await?;
            let shared = page.value_of(field("The link")).await?;
            assert!(shared.starts_with(&format!("{hosts}tools/configurator/#")), "{shared}");
        }
        Ok(())
    })
    .await
}

/// The single file needs no server, and requests nothing.
#[tokio::test]
async fn single_file_works_from_a_disk() -> Result<()> {
    visit_host("plain/", async |page| {
        let folder = variable("SITE_FOLDER")?;
        page.go(&format!("file://{folder}/connected-registry-configurator.html")).await?;
        page.wait_until_ready().await?;
        page.is_accessible("one file").await?;
        does_everything(page).await?;
        page.shows_what_the_link_says().await?;
        let (asked, links): (usize, Vec<String>) = page
            .js("return [performance.getEntriesByType('resource').filter(entry => !entry.name.startsWith('data:')).length, [...document.querySelectorAll('footer nav a')].map(link => link.getAttribute('href'))]", [])
            .await?;
        assert_eq!(asked, 0, "something was fetched");
        assert!(links.len() == 13 && links.iter().all(|link| link.starts_with('#')), "{links:?}");
        page.click(button("Embed …")).await?;
        page.wait_for(text(containing("no web server"))).await?;
        Ok(())
    })
    .await
}
