//! Copying: what is copied, the message about it, and what remains when the clipboard refuses.

use browser_tests::{
    COMPLETE, Page, Result, button, command, css, said, same_text, starting, tab_panel, visit,
};
use configurator_core::link;

/// The clipboard refuses, as it does without permission.
const REFUSE: &str = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))";
/// There is no clipboard, as outside a secure context.
const REMOVE: &str =
    "Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })";
/// The context is not secure.
const INSECURE: &str =
    "Object.defineProperty(window, 'isSecureContext', { value: false, configurable: true })";
/// The old way of copying does not work either.
const NO_OLD_WAY: &str = "document.execCommand = () => false";

/// Copies the first block of the open tab that is not folded away, and returns its text.
async fn copy_block(page: &Page) -> Result<String> {
    // Every block is beside its button.
    let block = css("pre[role=region]").within(tab_panel()).at(0);
    let text = page.text_of(&block).await?;
    page.click(button(starting("Copy")).within(block.around(".code"))).await?;
    Ok(text)
}

/// What is selected in the page.
async fn selected(page: &Page) -> Result<String> {
    page.js("const selection = getSelection(); return selection.rangeCount ? selection.getRangeAt(0).toString() : ''", []).await
}

/// Fails when another text is in the clipboard. A text copied from a selection may lack its last
/// line break: browsers leave it out.
async fn was_copied_from_selection(page: &Page, text: &str) -> Result<()> {
    same_text(
        "the clipboard",
        page.clipboard().await?.trim_end_matches('\n'),
        text.trim_end_matches('\n'),
    )
}

#[tokio::test]
async fn copy_buttons_copy_the_script_and_the_block() -> Result<()> {
    visit(COMPLETE, async |page| {
        let script = command(&["script", COMPLETE, "--paste"])?;
        for tab in ["Steps", "Script", "Protected settings"] {
            page.tab(tab).await?;
            page.fill_clipboard("nothing yet").await?;
            page.click(button("Copy script")).await?;
            page.until("the script is copied", async || Ok(page.clipboard().await? == script))
                .await?;
            page.fill_clipboard("nothing yet").await?;
            let shown = copy_block(page).await?;
            // The whole script is copied in the form to paste.
            let block = if tab == "Script" { script.clone() } else { shown };
            page.until("the block is copied", async || Ok(page.clipboard().await? == block))
                .await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn copy_button_warns_once_about_placeholders() -> Result<()> {
    let incomplete = link::fragment(
        &link::parse(
            "#registry=contoso&rg=rg-edge&cluster=arc-cluster-01&ip=10.0.0.200&repos=hello-world",
        )
        .choices,
    );
    visit(&incomplete, async |page| {
        page.click(button("Copy script")).await?;
        let first = page.wait_until_said().await?;
        assert!(first.starts_with("Not yet") && first.contains("placeholders"), "{first}");
        page.click(button("Copy script")).await?;
        page.wait_for_part(said(), "Copied").await?;
        let warned = page.said().await?;
        same_text(
            "the clipboard",
            &page.clipboard().await?,
            &command(&["script", &incomplete, "--paste"])?,
        )?;
        page.fill("name", "edge01").await?;
        page.click(button("Copy script")).await?;
        page.wait_for_text(said(), "Copied.").await?;
        assert!(warned.to_lowercase().contains("placeholder"), "{warned}");
        let complete = page.hash().await?;
        same_text(
            "the clipboard",
            &page.clipboard().await?,
            &command(&["script", &complete, "--paste"])?,
        )
    })
    .await
}

/// The old way still copies a block that can be seen.
#[tokio::test]
async fn copying_works_the_old_way_when_the_clipboard_refuses() -> Result<()> {
    for refusal in [REFUSE, REMOVE] {
        visit(COMPLETE, async |page| {
            page.js::<()>(refusal, []).await?;
            let block = copy_block(page).await?;
            page.wait_until_said().await?;
            was_copied_from_selection(page, &block).await?;
            page.tab("Script").await?;
            page.click(button("Copy script")).await?;
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

/// When nothing copies, the text is selected and a message says which keys to press; pressing them
/// copies.
#[tokio::test]
async fn block_is_selected_when_nothing_copies() -> Result<()> {
    for refusal in [REFUSE, REMOVE] {
        visit(COMPLETE, async |page| {
            page.js::<()>(&format!("{refusal}; {NO_OLD_WAY}"), []).await?;
            let block = copy_block(page).await?;
            let said = page.wait_until_said().await?;
            assert!(said.contains("Ctrl+C"), "{said}");
            same_text("the selection", &selected(page).await?, &block)?;
            page.press_command('c').await?;
            was_copied_from_selection(page, &block).await
        })
        .await?;
    }
    Ok(())
}

/// The tab of the steps does not show the script: either it is opened and copied, or a message says
/// where to find it.
#[tokio::test]
async fn copy_script_reports_every_refusal() -> Result<()> {
    for refusal in [REFUSE.to_owned(), REMOVE.to_owned(), format!("{REMOVE}; {INSECURE}")] {
        visit(COMPLETE, async |page| {
            page.js::<()>(&refusal, []).await?;
            page.click(button("Copy script")).await?;
            let said = page.wait_until_said().await?;
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
async fn copy_script_opens_the_script_outside_a_secure_context() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.js::<()>(&format!("{REMOVE}; {INSECURE}; {NO_OLD_WAY}"), []).await?;
        page.click(button("Copy script")).await?;
        let said = page.wait_until_said().await?;
        assert!(said.contains("Ctrl+C"), "{said}");
        same_text("the selection", &selected(page).await?, &command(&["script", COMPLETE])?)?;
        page.press_command('c').await?;
        was_copied_from_selection(page, &command(&["script", COMPLETE])?).await
    })
    .await
}

/// Each copy is announced, also when the message is the same as before.
#[tokio::test]
async fn each_copy_is_announced() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.of::<()>(
            said(),
            "window.announced = 0, void new MutationObserver(() => { if (element.textContent) announced += 1 }).observe(element, { childList: true, characterData: true, subtree: true })",
        )
        .await?;
        for count in 1..=3 {
            page.click(button("Copy script")).await?;
            page.until("it is announced", async || Ok(page.js::<u32>("return announced", []).await? == count)).await?;
        }
        Ok(())
    })
    .await
}
