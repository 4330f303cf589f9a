//! Copying: what is copied, what is said about it, and what is left where the clipboard refuses.

use browser_tests::{COMPLETE, Page, Result, command, same_text, visit};
use configurator_core::link;

/// The clipboard is there, and refuses, as it does without permission.
const REFUSE: &str = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))";
/// There is no clipboard, as outside a secure context.
const REMOVE: &str =
    "Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })";
/// Nor is the context secure.
const INSECURE: &str =
    "Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true })";
/// Nor does the old way of copying work.
const NO_OLD_WAY: &str = "document.execCommand = () => false";

/// What is said, once something is.
async fn said(page: &Page) -> Result<String> {
    page.until("something is said", async || Ok(!page.text("said").await?.is_empty())).await?;
    page.text("said").await
}

/// Copies the first block that is not folded away, and returns its text.
async fn copy_block(page: &Page) -> Result<String> {
    let id: String = page.js("return [...document.querySelectorAll('#panel code[id]')].find(code => code.checkVisibility()).id", []).await?;
    page.click(&format!("[data-copy='{id}']")).await?;
    page.text(&id).await
}

/// What is selected in the page.
async fn selected(page: &Page) -> Result<String> {
    page.js("const selection = getSelection(); return selection.rangeCount ? selection.getRangeAt(0).toString() : ''", []).await
}

/// Fails where something else is in the clipboard. What was copied from a selection may lack the
/// last line break: browsers leave it out.
async fn was_copied_from_selection(page: &Page, text: &str) -> Result<()> {
    same_text(
        "the clipboard",
        page.clipboard().await?.trim_end_matches('\n'),
        text.trim_end_matches('\n'),
    )
}

#[tokio::test]
async fn script_and_steps_are_copied() -> Result<()> {
    visit(COMPLETE, async |page| {
        let script = command(&["script", COMPLETE, "--paste"])?;
        for tab in ["steps", "script", "settings"] {
            page.tab(tab).await?;
            page.fill_clipboard("nothing yet").await?;
            page.click("#copy-script").await?;
            page.until("the script is copied", async || Ok(page.clipboard().await? == script))
                .await?;
            page.fill_clipboard("nothing yet").await?;
            let shown = copy_block(page).await?;
            // The whole script is copied in the form to paste.
            let block = if tab == "script" { script.clone() } else { shown };
            page.until("the block is copied", async || Ok(page.clipboard().await? == block))
                .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn placeholders_in_what_was_copied_are_mentioned() -> Result<()> {
    let incomplete = link::fragment(
        &link::parse(
            "#registry=contoso&rg=rg-edge&cluster=arc-cluster-01&ip=10.0.0.200&repos=hello-world",
        )
        .choices,
    );
    visit(&incomplete, async |page| {
        page.click("#copy-script").await?;
        let first = said(page).await?;
        assert!(first.starts_with("Not yet") && first.contains("placeholders"), "{first}");
        page.click("#copy-script").await?;
        page.until("it is copied", async || Ok(page.text("said").await?.starts_with("Copied")))
            .await?;
        let warned = said(page).await?;
        same_text(
            "the clipboard",
            &page.clipboard().await?,
            &command(&["script", &incomplete, "--paste"])?,
        )?;
        page.fill("name", "edge01").await?;
        page.click("#copy-script").await?;
        page.until("it is said that the script is copied", async || {
            Ok(!page.text("said").await?.is_empty() && page.text("said").await? != warned)
        })
        .await?;
        assert!(warned.to_lowercase().contains("placeholder"), "{warned}");
        assert!(
            !page.text("said").await?.to_lowercase().contains("placeholder"),
            "{}",
            page.text("said").await?
        );
        let complete = page.hash().await?;
        same_text(
            "the clipboard",
            &page.clipboard().await?,
            &command(&["script", &complete, "--paste"])?,
        )
    })
    .await
}

/// The old way still copies a block that is to be seen.
#[tokio::test]
async fn a_refusing_clipboard_is_gone_around() -> Result<()> {
    for refusal in [REFUSE, REMOVE] {
        visit(COMPLETE, async |page| {
            page.js::<()>(refusal, []).await?;
            let block = copy_block(page).await?;
            said(page).await?;
            was_copied_from_selection(page, &block).await?;
            page.tab("script").await?;
            page.click("#copy-script").await?;
            let script = command(&["script", COMPLETE, "--paste"])?;
            page.until("the script is copied", async || {
                Ok(page.clipboard().await?.trim_end() == script.trim_end())
            })
            .await
        })
        .await?;
    }
    Ok(())
}

/// Where nothing copies, the text is selected and it is said which keys to press; pressing them
/// copies.
#[tokio::test]
async fn where_nothing_copies_a_key_does() -> Result<()> {
    for refusal in [REFUSE, REMOVE] {
        visit(COMPLETE, async |page| {
            page.js::<()>(&format!("{refusal}; {NO_OLD_WAY}"), []).await?;
            let block = copy_block(page).await?;
            let said = said(page).await?;
            assert!(said.contains("Ctrl+C"), "{said}");
            same_text("the selection", &selected(page).await?, &block)?;
            page.press_command('c').await?;
            was_copied_from_selection(page, &block).await
        })
        .await?;
    }
    Ok(())
}

/// The script is not to be seen on the tab of the steps; so either it is brought up and copied, or
/// it is said where to find it.
#[tokio::test]
async fn copy_script_never_fails_silently() -> Result<()> {
    for refusal in [REFUSE.to_owned(), REMOVE.to_owned(), format!("{REMOVE}; {INSECURE}")] {
        visit(COMPLETE, async |page| {
            page.js::<()>(&refusal, []).await?;
            page.click("#copy-script").await?;
            let said = said(page).await?;
            if !said.contains("Script") {
                was_copied_from_selection(page, &command(&["script", COMPLETE, "--paste"])?)
                    .await?;
            }
            Ok(())
        })
        .await?;
    }
    Ok(())
}

#[tokio::test]
async fn copying_outside_a_secure_context_brings_up_the_script() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.js::<()>(&format!("{REMOVE}; {INSECURE}; {NO_OLD_WAY}"), []).await?;
        page.click("#copy-script").await?;
        let said = said(page).await?;
        assert!(said.contains("Ctrl+C"), "{said}");
        same_text("the selection", &selected(page).await?, &command(&["script", COMPLETE])?)?;
        page.press_command('c').await?;
        was_copied_from_selection(page, &command(&["script", COMPLETE])?).await
    })
    .await
}

/// Each copy is announced, also when the same was said before.
#[tokio::test]
async fn every_copy_is_announced() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.js::<()>(
            "window.announced = 0; new MutationObserver(() => { if (said.textContent) announced += 1 }).observe(said, { childList: true, characterData: true, subtree: true })",
            [],
        )
        .await?;
        for count in 1..=3 {
            page.click("#copy-script").await?;
            page.until("it is announced", async || Ok(page.js::<u32>("return announced", []).await? == count)).await?;
        }
        Ok(())
    })
    .await
}
