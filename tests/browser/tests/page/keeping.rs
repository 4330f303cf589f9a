//! Sharing, saving on this device, resetting; and what none of these may do.

use browser_tests::{
    COMPLETE, Key, Page, Result, Target, button, checkbox, css, dialog, field, link, said,
    starting, state, status, tab_panel, visit,
};
use serde_json::json;

const SHARE: &str = "Share these choices";
const SAVED: &str = "Saved on this device";
const NAME: &str = "A name for what is chosen now";

/// The message of the dialog of saved configurations.
fn said_by_saved() -> Target {
    status().within(dialog(SAVED))
}

fn first_saved() -> Target {
    button(starting("Open ")).within(dialog(SAVED))
}

#[tokio::test]
async fn shared_link_holds_the_choices() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill("name", "edge02").await?;
        page.click(button("Share …")).await?;
        page.wait_for(dialog(SHARE)).await?;
        page.is_accessible("sharing").await?;
        page.screenshot("sharing").await?;
        let link = page.value_of(field("The link")).await?;
        assert!(link.starts_with("http") && link.contains("name=edge02"), "{link}");
        page.wait_for_part(dialog(SHARE), "No field of the form asks for a secret").await?;
        page.click(button("Copy the link")).await?;
        page.wait_for_text(status().within(dialog(SHARE)), "The link is copied.").await?;
        page.press(Key::Escape).await?;
        page.wait_until_gone(dialog(SHARE)).await?;
        assert_eq!(page.clipboard().await?, link);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn saved_configuration_is_opened_and_deleted() -> Result<()> {
    visit(COMPLETE, async |page| {
        let name = "Edge <b>& \"co\"</b>";
        page.click(button("Saved …")).await?;
        page.click(button("Save")).await?;
        page.wait_for_part(said_by_saved(), "Give it a name").await?;
        page.wait_for_focus(field(NAME)).await?;
        page.press(name).await?;
        page.click(button("Save")).await?;
        page.wait_for_text(said_by_saved(), "Saved.").await?;
        page.is_accessible("something is saved").await?;
        page.screenshot("saved").await?;
        page.press(Key::Escape).await?;
        page.choose("scenario", "byoc").await?;
        page.fill("registry", "fabrikam").await?;
        page.until("the address follows", async || {
            Ok(page.hash().await?.contains("registry=fabrikam"))
        })
        .await?;
        page.reload().await?;
        page.click(button("Saved …")).await?;
        // A name is text.
        page.click(button(format!("Open {name}"))).await?;
        page.wait_for_value("registry", "contoso").await?;
        assert_eq!(page.chosen("scenario").await?, "secure-default");
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.wait_for_value("registry", "fabrikam").await?;
        page.click(button("Saved …")).await?;
        page.click(button(format!("Delete {name}"))).await?;
        page.wait_for_text(said_by_saved(), "Deleted.").await?;
        page.wait_until_gone(first_saved()).await?;
        assert_eq!(page.js::<u32>("return localStorage.length", []).await?, 0);
        Ok(())
    })
    .await
}

/// A saved configuration is as little trusted as a link.
#[tokio::test]
async fn hostile_saved_entry_is_text() -> Result<()> {
    visit("", async |page| {
        let poison = "#registry=<img src=x onerror=alert(1)>&colour=red&tls=magic&shell=bash";
        page.js::<()>(
            "localStorage.setItem('connected-registry.saved.<img src=x onerror=alert(2)>', arguments[0]); localStorage.setItem('connected-registry.done.zzz', '<b>'); localStorage.setItem('elsewhere', 'x')",
            [json!(poison)],
        )
        .await?;
        page.reload().await?;
        page.click(button("Saved …")).await?;
        // Entries of others are not listed.
        page.wait_for(first_saved()).await?;
        assert_eq!(page.count(css("li").within(dialog(SAVED))).await?, 1);
        assert_eq!(page.count(css("img").within(dialog(SAVED))).await?, 0);
        page.click(first_saved()).await?;
        page.wait_for_part(state(), "colour").await?;
        assert!(page.state().await?.contains("magic"));
        assert_eq!(page.count(css("main img").even_hidden()).await?, 0);
        assert!(!page.output().await?.contains("onerror"), "the value is not in the output");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn page_works_without_storage() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.before_every_page("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })").await?;
        page.open(COMPLETE).await?;
        page.click(button("Saved …")).await?;
        page.click(field(NAME)).await?;
        page.press("edge").await?;
        page.press(Key::Enter).await?;
        page.wait_for_part(said_by_saved(), "This browser keeps nothing").await?;
        assert_eq!(page.value_of(field(NAME)).await?, "edge", "it can be copied");
        page.press(Key::Escape).await?;
        page.click(checkbox(DONE)).await?;
        page.fill("registry", "fabrikam").await?;
        page.fill("registry", "contoso").await?;
        // For as long as the page is open.
        page.until("the box is ticked", async || is_done(page).await).await?;
        page.fill("name", "edge03").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn reset_can_be_undone() -> Result<()> {
    visit(&format!("{COMPLETE}&scenario=byoc&shell=powershell"), async |page| {
        page.click(button("Reset")).await?;
        page.wait_for_value("registry", "").await?;
        assert_eq!(
            (page.chosen("scenario").await?, page.chosen("shell").await?),
            ("secure-default".to_owned(), "powershell".to_owned())
        );
        page.wait_for_part(said(), "Choices and names are as they were at first").await?;
        page.is_accessible("reset").await?;
        page.click(button("Undo the reset")).await?;
        page.wait_for_value("registry", "contoso").await?;
        assert_eq!(page.chosen("scenario").await?, "byoc");
        page.wait_for_focus(button("Reset")).await?;
        page.shows_what_the_link_says().await?;
        page.click(button("Reset")).await?;
        page.click(button("Reset")).await?;
        page.click(button("Undo the reset")).await?;
        page.wait_for_value("registry", "contoso").await?;
        page.click(button("Reset")).await?;
        page.fill("name", "edge09").await?;
        page.leave().await?;
        // Undoing would take back more than the reset.
        page.wait_until_gone(button("Undo the reset")).await?;
        page.back().await?;
        page.back().await?;
        page.wait_for_value("registry", "contoso").await
    })
    .await
}

#[tokio::test]
async fn report_carries_the_choices() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill("name", "edge04").await?;
        let href = async || page.of::<String>(link("Report a problem"), "(element.focus(), decodeURIComponent(element.href))").await;
        let mail = href().await?;
        assert!(mail.starts_with("mailto:?subject=") && mail.contains("name=edge04") && mail.contains("Mozilla/"), "{mail}");
        page.js::<()>(
            "document.querySelector('meta[name=report-problems-to]').content = 'https://example.com/issues/new?template=bug'; document.activeElement.blur()",
            [],
        )
        .await?;
        let issue = href().await?;
        assert!(issue.starts_with("https://example.com/issues/new?template=bug&title=") && issue.contains("name=edge04"), "{issue}");
        Ok(())
    })
    .await
}

const DONE: &str = "Done already: fold this away";

/// Whether the prerequisites are ticked off, also when they are folded away.
async fn is_done(page: &Page) -> Result<bool> {
    page.is_checked(checkbox(DONE).even_hidden()).await
}

/// The browser remembers it, for these names only.
#[tokio::test]
async fn prerequisites_that_are_done_stay_folded_away() -> Result<()> {
    visit(COMPLETE, async |page| {
        let once = || css("details:has(> label)").within(tab_panel());
        let is = async |done: bool, open: bool| {
            let expected = format!("done: {done}, open: {open}");
            page.until(&expected, async || {
                Ok(is_done(page).await? == done
                    && page.of::<bool>(once(), "element.open").await? == open)
            })
            .await
        };
        is(false, true).await?;
        page.click(checkbox(DONE)).await?;
        is(true, false).await?;
        let kept: String = page.js("return JSON.stringify(localStorage)", []).await?;
        assert!(!kept.contains("contoso") && !kept.contains("edge"), "{kept}");
        page.reload().await?;
        is(true, false).await?;
        // Another cluster may lack them.
        page.fill("cluster", "arc-cluster-02").await?;
        is(false, true).await?;
        page.fill("cluster", "arc-cluster-01").await?;
        is(true, false).await?;
        // Looking at them again changes nothing.
        page.click(css("summary").within(once())).await?;
        is(true, true).await?;
        page.click(checkbox(DONE)).await?;
        is(false, true).await?;
        assert_eq!(page.js::<u32>("return localStorage.length", []).await?, 0);
        Ok(())
    })
    .await
}
