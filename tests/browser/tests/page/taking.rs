//! Downloads: files with the right names and bytes, an archive of all, and the warning before an
//! unfinished output is taken.

use anyhow::{Context, ensure};
use browser_tests::{
    COMPLETE, Key, Page, Result, TABS, button, command, css, dialog, field, said, same_text, state,
    summary, tab_panel, visit,
};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Clicks a button and waits for the file that the browser saves.
async fn saved(page: &Page, name: &str, folder: &Path, file: &str) -> Result<Vec<u8>> {
    page.click(button(name)).await?;
    let path = folder.join(file);
    page.until("it is saved", async || Ok(fs::read(&path).is_ok_and(|bytes| !bytes.is_empty())))
        .await
        .with_context(|| file.to_owned())?;
    Ok(fs::read(&path)?)
}

#[tokio::test]
async fn downloads_have_the_right_names_and_bytes() -> Result<()> {
    let folder = TempDir::new()?;
    visit(COMPLETE, async |page| {
        page.save_downloads_in(folder.path()).await?;
        let text = async |button: &str, file: &str| {
            anyhow::Ok(String::from_utf8(saved(page, button, folder.path(), file).await?)?)
        };
        same_text(
            "the script",
            &text("Download", "deploy-connected-registry.sh").await?,
            &command(&["script", COMPLETE])?,
        )?;
        page.wait_for_part(said(), "deploy-connected-registry.sh").await?;
        page.tab("Protected settings").await?;
        same_text(
            "the settings",
            &text("Download with placeholders", "protected-settings-extension.template.json")
                .await?,
            &command(&["settings", COMPLETE])?,
        )?;
        page.tab("Runbook").await?;
        let runbook = command(&["plan", COMPLETE, "--format", "markdown"])?;
        same_text(
            "the runbook",
            &text("Download as Markdown", "deploy-connected-registry.md").await?,
            &runbook,
        )?;
        page.click(button("Copy as Markdown")).await?;
        page.until("it is copied", async || Ok(page.clipboard().await? == runbook)).await?;
        page.choose("shell", "powershell").await?;
        let script = command(&["script", COMPLETE, "--shell", "powershell"])?.replace('\n', "\r\n");
        let saved = text("Download", "deploy-connected-registry.ps1").await?;
        assert!(saved.is_ascii() && saved == script);
        Ok(())
    })
    .await
}

const ARCHIVE: &str = "All files (.zip)";

/// Unpacks the archive into its folder, and returns the names of the files in it.
fn unpack(folder: &Path) -> Result<Vec<String>> {
    let list = "import sys, zipfile\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\nz.extractall(sys.argv[2])\nprint(*sorted(z.namelist()), sep='\\n')";
    let archive = folder.join("deploy-connected-registry.zip");
    let output = Command::new("python3").args(["-c", list]).arg(archive).arg(folder).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.lines().map(str::to_owned).collect())
}

#[tokio::test]
async fn archive_holds_all_files() -> Result<()> {
    let folder = TempDir::new()?;
    visit(COMPLETE, async |page| {
        page.save_downloads_in(folder.path()).await?;
        saved(page, ARCHIVE, folder.path(), "deploy-connected-registry.zip").await?;
        let inner = "deploy-connected-registry";
        let names = unpack(folder.path())?;
        let expected = [
            "deploy-connected-registry.md",
            "deploy-connected-registry.ps1",
            "deploy-connected-registry.sh",
            "protected-settings-extension.template.json",
        ];
        assert_eq!(names, expected.map(|name| format!("{inner}/{name}")));
        let read =
            |name: &str| anyhow::Ok(fs::read_to_string(folder.path().join(inner).join(name))?);
        same_text("bash", &read(expected[2])?, &command(&["script", COMPLETE])?)?;
        same_text(
            "PowerShell",
            &read(expected[1])?,
            &command(&["script", COMPLETE, "--shell", "powershell"])?.replace('\n', "\r\n"),
        )?;
        same_text("settings", &read(expected[3])?, &command(&["settings", COMPLETE])?)?;
        same_text(
            "runbook",
            &read(expected[0])?,
            &command(&["plan", COMPLETE, "--format", "markdown"])?,
        )
    })
    .await
}

/// The first click warns; the second one copies.
#[tokio::test]
async fn copy_and_download_warn_once() -> Result<()> {
    let folder = TempDir::new()?;
    for (link, first) in [
        ("#registry=contoso&shell=bash&v=1".to_owned(), "placeholders"),
        (format!("{COMPLETE}&cidr=10.0.0.0/33"), "To fix"),
    ] {
        visit(&link, async |page| {
            page.save_downloads_in(folder.path()).await?;
            page.fill_clipboard("nothing yet").await?;
            page.click(button("Copy script")).await?;
            page.wait_for_part(said(), first).await?;
            assert!(page.said().await?.starts_with("Not yet"), "{}", page.said().await?);
            same_text("the clipboard", &page.clipboard().await?, "nothing yet")?;
            page.click(button("Copy script")).await?;
            page.until("it is copied", async || Ok(page.said().await?.starts_with("Copied, ")))
                .await?;
            // The page writes the address only after a change.
            assert!(
                page.clipboard()
                    .await?
                    .starts_with("bash /dev/fd/3 3<<'END_OF_SCRIPT'\n#!/usr/bin/env bash")
            );
            saved(page, "Download", folder.path(), "deploy-connected-registry.sh").await?;
            fs::remove_file(folder.path().join("deploy-connected-registry.sh"))?;
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn only_the_runbook_is_printed() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.js::<()>("window.printed = 0; window.print = () => printed += 1", []).await?;
        page.tab("Runbook").await?;
        page.is_accessible("the runbook").await?;
        for there in [css(".form"), state(), css("[role=tablist]"), button("Print")] {
            page.wait_for(there).await?;
        }
        page.screenshot("runbook").await?;
        page.click(button("Print")).await?;
        assert_eq!(page.js::<u32>("return printed", []).await?, 1);
        page.look_as_printed().await?;
        for gone in [css(".form"), state(), css("[role=tablist]"), button("Print")] {
            assert_eq!(page.count(&gone).await?, 0, "{gone:?} is printed");
        }
        for there in [css(".paper").within(tab_panel()), css(".paper .tick").within(tab_panel())] {
            assert!(page.has(&there).await?, "{there:?} is not printed");
        }
        page.screenshot("printed").await
    })
    .await
}

/// A secret that is filled in by hand is in nothing that the page shows, stores, links to or hands
/// out, while the dialog is open and later.
#[tokio::test]
async fn secret_is_in_no_output() -> Result<()> {
    const PLANTED: &str = "PLANTEDsecret0815";
    const EVERYWHERE: &str = "return [
        document.documentElement.outerHTML, location.href, document.cookie, JSON.stringify(history.state),
        JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }),
        ...Object.keys(window).map(name => window[name]).filter(value => typeof value === 'string'),
    ].join('\\n')";
    let settings = dialog("Fill in the protected settings");
    let folder = TempDir::new()?;
    let byoc = format!("{COMPLETE}&scenario=byoc&crt=tls.crt&key=tls.key");
    visit(&byoc, async |page| {
        page.save_downloads_in(folder.path()).await?;
        page.tab("Protected settings").await?;
        page.click(button("Fill it in here …")).await?;
        page.wait_for(&settings).await?;
        page.is_accessible("filling in").await?;
        page.screenshot("filling-in").await?;
        let files = css("input[type=file]").within(&settings);
        assert_eq!(page.count(files).await?, 3, "certificate, key and authority");
        page.click(field("Connection string")).await?;
        page.press(format!("ConnectedRegistryName=edge01;SyncTokenName=t;SyncTokenPassword={PLANTED};ParentGatewayEndpoint=contoso.azurecr.io")).await?;
        page.click(summary("Or paste it: private key")).await?;
        page.click(field("Text of the private key")).await?;
        page.press(format!("-----BEGIN PRIVATE KEY-----\n{PLANTED}\n")).await?;
        let found: String = page.js(EVERYWHERE, []).await?;
        assert!(found.contains("edge01") && found.len() > 10_000, "it looks where there is something");
        assert!(!found.contains(PLANTED));
        page.press(Key::Escape).await?;
        page.wait_until_gone(&settings).await?;
        for label in TABS {
            page.tab(label).await?;
            assert!(!page.js::<String>(EVERYWHERE, []).await?.contains(PLANTED), "{label}");
        }
        saved(page, ARCHIVE, folder.path(), "deploy-connected-registry.zip").await?;
        for name in unpack(folder.path())? {
            assert!(!fs::read_to_string(folder.path().join(&name))?.contains(PLANTED), "{name}");
        }
        page.click(button("Share …")).await?;
        assert!(!page.value_of(field("The link")).await?.contains(PLANTED));
        Ok(())
    })
    .await
}

/// Every view warns about errors before it is copied.
#[tokio::test]
async fn every_view_warns_about_errors() -> Result<()> {
    visit(&format!("{COMPLETE}&cidr=10.0.0.0/33"), async |page| {
        for (tab, name) in [
            ("Script", "Copy Script"),
            ("One line each", "Copy One line each"),
            ("Runbook", "Copy as Markdown"),
        ] {
            page.reload().await?;
            page.tab(tab).await?;
            page.click(button(name)).await?;
            page.wait_for_part(said(), "Not yet: there are errors").await?;
            page.click(button(name)).await?;
            page.wait_for_part(said(), "Copied, with errors").await?;
            if tab != "Script" {
                assert!(page.output().await?.contains("Not ready"), "{tab}");
                assert!(page.clipboard().await?.contains("Not ready"), "{tab}");
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn settings_ask_for_the_name_of_the_secret_first() -> Result<()> {
    visit("#scenario=kubernetes-secret&registry=contoso&shell=bash&v=1", async |page| {
        page.tab("Protected settings").await?;
        page.click(button("Fill it in here …")).await?;
        page.wait_for_part(said(), "Give the name of the Kubernetes secret").await
    })
    .await
}
