//! Taking away: files with the right names and bytes, an archive of all, and what is said before
//! something unfinished is taken.

use anyhow::Context;
use browser_tests::{COMPLETE, Page, Result, command, same_text, visit};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Presses a button and waits for the file that the browser saves.
async fn saved(page: &Page, button: &str, folder: &Path, name: &str) -> Result<Vec<u8>> {
    page.click(&format!("#{button}")).await?;
    let file = folder.join(name);
    page.until("it is saved", async || Ok(fs::read(&file).is_ok_and(|bytes| !bytes.is_empty())))
        .await
        .with_context(|| name.to_owned())?;
    Ok(fs::read(&file)?)
}

#[tokio::test]
async fn files_have_the_right_names_and_bytes() -> Result<()> {
    let folder = TempDir::new()?;
    visit(COMPLETE, async |page| {
        page.save_downloads_in(folder.path()).await?;
        let text = async |button: &str, name: &str| {
            anyhow::Ok(String::from_utf8(saved(page, button, folder.path(), name).await?)?)
        };
        same_text(
            "the script",
            &text("download-script", "deploy-connected-registry.sh").await?,
            &command(&["script", COMPLETE])?,
        )?;
        page.until("it is said", async || {
            Ok(page.text("said").await?.contains("deploy-connected-registry.sh"))
        })
        .await?;
        page.tab("settings").await?;
        same_text(
            "the settings",
            &text("download-settings", "protected-settings-extension.template.json").await?,
            &command(&["settings", COMPLETE])?,
        )?;
        page.tab("runbook").await?;
        let runbook = command(&["plan", COMPLETE, "--format", "markdown"])?;
        same_text(
            "the runbook",
            &text("download-runbook", "deploy-connected-registry.md").await?,
            &runbook,
        )?;
        page.click("[data-copy=markdown]").await?;
        page.until("it is copied", async || Ok(page.clipboard().await? == runbook)).await?;
        page.click("label[for=field-shell-powershell]").await?;
        let script = command(&["script", COMPLETE, "--shell", "powershell"])?.replace('\n', "\r\n");
        let saved = text("download-script", "deploy-connected-registry.ps1").await?;
        assert!(saved.is_ascii() && saved == script);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn everything_comes_in_one_archive() -> Result<()> {
    let folder = TempDir::new()?;
    visit(COMPLETE, async |page| {
        page.save_downloads_in(folder.path()).await?;
        saved(page, "download-bundle", folder.path(), "deploy-connected-registry.zip").await?;
        let list = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nz.extractall(sys.argv[2])\nprint(*sorted(z.namelist()), sep='\\n')";
        let archive = folder.path().join("deploy-connected-registry.zip");
        let output = Command::new("python3").args(["-c", list]).arg(archive).arg(folder.path()).output()?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let inner = "deploy-connected-registry";
        let names: Vec<String> = String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect();
        let expected = ["deploy-connected-registry.md", "deploy-connected-registry.ps1", "deploy-connected-registry.sh", "protected-settings-extension.template.json"];
        assert_eq!(names, expected.map(|name| format!("{inner}/{name}")));
        let read = |name: &str| anyhow::Ok(fs::read_to_string(folder.path().join(inner).join(name))?);
        same_text("bash", &read(expected[2])?, &command(&["script", COMPLETE])?)?;
        same_text("PowerShell", &read(expected[1])?, &command(&["script", COMPLETE, "--shell", "powershell"])?.replace('\n', "\r\n"))?;
        same_text("settings", &read(expected[3])?, &command(&["settings", COMPLETE])?)?;
        same_text("runbook", &read(expected[0])?, &command(&["plan", COMPLETE, "--format", "markdown"])?)
    })
    .await
}

/// Once, and before it is taken; who asks again gets it.
#[tokio::test]
async fn what_is_missing_or_wrong_is_said_first_and_once() -> Result<()> {
    let folder = TempDir::new()?;
    for (link, first) in [
        ("#registry=contoso&shell=bash&v=1".to_owned(), "placeholders"),
        (format!("{COMPLETE}&cidr=10.0.0.0/33"), "To fix"),
    ] {
        visit(&link, async |page| {
            page.save_downloads_in(folder.path()).await?;
            page.fill_clipboard("nothing yet").await?;
            page.click("#copy-script").await?;
            page.until("it is said", async || Ok(page.text("said").await?.contains(first))).await?;
            assert!(
                page.text("said").await?.starts_with("Not yet"),
                "{}",
                page.text("said").await?
            );
            same_text("the clipboard", &page.clipboard().await?, "nothing yet")?;
            page.click("#copy-script").await?;
            page.until("it is copied", async || {
                Ok(page.text("said").await?.starts_with("Copied, "))
            })
            .await?;
            // The address is as the page writes it only after a change.
            assert!(
                page.clipboard()
                    .await?
                    .starts_with("bash /dev/fd/3 3<<'END_OF_SCRIPT'\n#!/usr/bin/env bash")
            );
            saved(page, "download-script", folder.path(), "deploy-connected-registry.sh").await?;
            fs::remove_file(folder.path().join("deploy-connected-registry.sh"))?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn where_the_archive_cannot_be_made_it_says_so() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.block(&["*/files-*"]).await?;
        page.click("#download-bundle").await?;
        page.until("it is said", async || {
            Ok(page.text("said").await?.starts_with("The archive could not be made"))
        })
        .await?;
        page.tab("settings").await?;
        page.click("#open-fill").await?;
        page.until("it is said", async || {
            Ok(page.text("said").await?.starts_with("That part of the page"))
        })
        .await?;
        page.forget_complaints().await
    })
    .await
}

#[tokio::test]
async fn the_runbook_is_printed_and_nothing_else() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.js::<()>("window.printed = 0; window.print = () => printed += 1", []).await?;
        page.tab("runbook").await?;
        page.is_accessible("the runbook").await?;
        page.screenshot("runbook").await?;
        page.click("#print").await?;
        assert_eq!(page.js::<u32>("return printed", []).await?, 1);
        page.look_as_printed().await?;
        let seen: Vec<bool> = page
            .js(
                "return ['.form', '.status', '.tabs', '#print', '.paper', '.paper .tick'].map(selector => document.querySelector(selector).checkVisibility())",
                [],
            )
            .await?;
        assert_eq!(seen, [false, false, false, false, true, true]);
        page.screenshot("printed").await
    })
    .await
}

/// What is filled in by hand is in the dialog's own module: in nothing that the page shows, keeps,
/// links to or hands out, while it is open and later.
#[tokio::test]
async fn what_is_filled_in_is_in_nothing_else() -> Result<()> {
    const PLANTED: &str = "PLANTEDsecret0815";
    let folder = TempDir::new()?;
    let byoc = format!("{COMPLETE}&scenario=byoc&crt=tls.crt&key=tls.key");
    visit(&byoc, async |page| {
        page.save_downloads_in(folder.path()).await?;
        page.tab("settings").await?;
        page.click("#open-fill").await?;
        page.until("it opens", async || page.js("return document.getElementById('fill').open", []).await).await?;
        page.is_accessible("filling in").await?;
        page.screenshot("filling-in").await?;
        assert_eq!(page.count("#fill input[type=file]").await?, 3, "certificate, key and authority");
        page.click("#fill-connection").await?;
        page.press(format!("ConnectedRegistryName=edge01;SyncTokenName=t;SyncTokenPassword={PLANTED};ParentGatewayEndpoint=contoso.azurecr.io")).await?;
        page.click("#fill details summary").await?;
        page.click("#fill textarea").await?;
        page.press(format!("-----BEGIN PRIVATE KEY-----\n{PLANTED}\n")).await?;
        let everywhere = "const all = [location.href, JSON.stringify(history.state), JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie, window.connectedRegistryLink];
             for (const what of ['script', 'settings', 'runbook', 'bundle', 'fill', 'tab-steps', 'tab-script', 'tab-lines', 'tab-runbook', 'tab-settings']) {
                 all.push(...connectedRegistryEngine(location.hash, [], [], what));
                 all.push(document.getElementById('main').innerHTML);
             }
             return all.join('\\n')";
        let found: String = page.js(everywhere, []).await?;
        assert!(found.contains("edge01") && found.len() > 10_000, "it looks where there is something");
        assert!(!found.contains(PLANTED));
        page.press(browser_tests::Key::Escape).await?;
        page.until("it closes", async || page.js("return !document.getElementById('fill').open", []).await).await?;
        assert!(!page.js::<String>(everywhere, []).await?.contains(PLANTED));
        assert!(!page.js::<String>("return document.documentElement.outerHTML", []).await?.contains(PLANTED));
        let archive = saved(page, "download-bundle", folder.path(), "deploy-connected-registry.zip").await?;
        assert!(!String::from_utf8_lossy(&archive).contains(PLANTED), "it is stored as it is, so this would find it");
        page.click("#open-share").await?;
        assert!(!page.js::<String>("return document.getElementById('share-link').value", []).await?.contains(PLANTED));
        Ok(())
    })
    .await
}

/// An error in the form is told by every way of taking what follows from it.
#[tokio::test]
async fn no_view_hides_that_something_is_wrong() -> Result<()> {
    visit(&format!("{COMPLETE}&cidr=10.0.0.0/33"), async |page| {
        for (tab, button) in [
            ("script", "[data-copy=whole]"),
            ("lines", "[data-copy=whole]"),
            ("runbook", "[data-copy=markdown]"),
        ] {
            page.reload().await?;
            page.tab(tab).await?;
            page.click(button).await?;
            page.until("it is said", async || {
                Ok(page.text("said").await?.starts_with("Not yet: there are errors"))
            })
            .await?;
            page.click(button).await?;
            page.until("it is copied", async || {
                Ok(page.text("said").await?.starts_with("Copied, with errors"))
            })
            .await?;
            if tab != "script" {
                assert!(page.text("panel").await?.contains("Not ready"), "{tab}");
                assert!(page.clipboard().await?.contains("Not ready"), "{tab}");
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_filled_in_wants_the_name_of_the_secret_first() -> Result<()> {
    visit("#scenario=kubernetes-secret&registry=contoso&shell=bash&v=1", async |page| {
        page.tab("settings").await?;
        page.click("#open-fill").await?;
        page.until("it is said", async || {
            Ok(page.text("said").await?.starts_with("Give the name of the Kubernetes secret"))
        })
        .await
    })
    .await
}
