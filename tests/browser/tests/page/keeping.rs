//! Sharing, keeping on this device, resetting; and what none of these may do.

use browser_tests::{COMPLETE, Key, Page, Result, visit};
use serde_json::json;

async fn said(page: &Page, place: &str, beginning: &str) -> Result<()> {
    page.until("it is said", async || Ok(page.text(place).await?.starts_with(beginning))).await
}

#[tokio::test]
async fn the_link_is_shared_with_what_it_holds() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill("name", "edge02").await?;
        page.click("#open-share").await?;
        page.is_accessible("sharing").await?;
        page.screenshot("sharing").await?;
        let link: String =
            page.js("return document.getElementById('share-link').value", []).await?;
        assert!(link.starts_with("http") && link.contains("name=edge02"), "{link}");
        assert!(page.text("share").await?.contains("No field of the form asks for a secret"));
        page.click("#copy-link").await?;
        said(page, "share-said", "The link is copied.").await?;
        page.press(Key::Escape).await?;
        page.until("it is closed", async || {
            page.js("return !document.getElementById('share').open", []).await
        })
        .await?;
        assert_eq!(page.clipboard().await?, link);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_configuration_is_kept_opened_and_deleted() -> Result<()> {
    visit(COMPLETE, async |page| {
        let name = "Edge <b>& \"co\"</b>";
        page.click("#open-saved").await?;
        page.click("#save").await?;
        said(page, "saved-said", "Give it a name").await?;
        assert_eq!(page.focused().await?, "save-name");
        page.press(name).await?;
        page.click("#save").await?;
        said(page, "saved-said", "Saved.").await?;
        page.is_accessible("something is saved").await?;
        page.screenshot("saved").await?;
        page.press(Key::Escape).await?;
        page.click("label[for=scenario-byoc]").await?;
        page.fill("registry", "fabrikam").await?;
        page.until("the address follows", async || Ok(page.hash().await?.contains("registry=fabrikam"))).await?;
        page.reload().await?;
        page.click("#open-saved").await?;
        let shown: Vec<String> = page.js("return [...document.querySelectorAll('#saved-list .name')].map(name => name.textContent)", []).await?;
        assert_eq!(shown, [name], "a name is text");
        page.click("[data-open]").await?;
        page.holds("registry", "contoso").await?;
        assert_eq!(page.chosen("scenario").await?, "secure-default");
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.holds("registry", "fabrikam").await?;
        page.click("#open-saved").await?;
        page.click("[data-delete]").await?;
        said(page, "saved-said", "Deleted.").await?;
        assert_eq!(page.count("[data-open]").await?, 0);
        assert_eq!(page.js::<u32>("return localStorage.length", []).await?, 0);
        Ok(())
    })
    .await
}

/// What is kept is as little trusted as a link.
#[tokio::test]
async fn a_poisoned_entry_is_read_like_a_hostile_link() -> Result<()> {
    visit("", async |page| {
        let poison = "#registry=<img src=x onerror=alert(1)>&colour=red&tls=magic&shell=bash";
        page.js::<()>(
            "localStorage.setItem('connected-registry.saved.<img src=x onerror=alert(2)>', arguments[0]); localStorage.setItem('connected-registry.done.zzz', '<b>'); localStorage.setItem('elsewhere', 'x')",
            [json!(poison)],
        )
        .await?;
        page.reload().await?;
        page.click("#open-saved").await?;
        assert_eq!(page.count("#saved-list li").await?, 1, "what is another's is not listed");
        assert_eq!(page.count("#saved-list img").await?, 0);
        page.click("[data-open]").await?;
        page.until("it says what was not understood", async || Ok(page.text("summary").await?.contains("colour"))).await?;
        assert!(page.text("summary").await?.contains("magic"));
        assert_eq!(page.count("main img").await?, 0);
        assert!(!page.text("panel").await?.contains("onerror"), "it stands nowhere in the output");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_browser_that_keeps_nothing_costs_nothing_else() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.before_every_page("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })").await?;
        page.open(COMPLETE).await?;
        page.click("#open-saved").await?;
        page.click("#save-name").await?;
        page.press("edge").await?;
        page.press(Key::Enter).await?;
        said(page, "saved-said", "This browser keeps nothing").await?;
        assert_eq!(page.js::<String>("return document.getElementById('save-name').value", []).await?, "edge", "it can be copied");
        page.press(Key::Escape).await?;
        page.click(".done input").await?;
        page.fill("registry", "fabrikam").await?;
        page.fill("registry", "contoso").await?;
        assert!(page.js::<bool>("return document.querySelector('.done input').checked", []).await?, "for as long as the page is open");
        page.fill("name", "edge03").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn everything_is_reset_and_brought_back() -> Result<()> {
    visit(&format!("{COMPLETE}&scenario=byoc&shell=powershell"), async |page| {
        page.click("#reset").await?;
        page.holds("registry", "").await?;
        assert_eq!(
            (page.chosen("scenario").await?, page.chosen("shell").await?),
            ("secure-default".to_owned(), "powershell".to_owned())
        );
        said(page, "said", "Choices and names are as they were at first").await?;
        page.is_accessible("reset").await?;
        page.click("#undo-reset").await?;
        page.holds("registry", "contoso").await?;
        assert_eq!(page.chosen("scenario").await?, "byoc");
        assert_eq!(page.focused().await?, "reset");
        page.shows_what_the_link_says().await?;
        page.click("#reset").await?;
        page.click("#reset").await?;
        page.click("#undo-reset").await?;
        page.holds("registry", "contoso").await?;
        page.click("#reset").await?;
        page.fill("name", "edge09").await?;
        page.leave().await?;
        assert!(
            page.js::<bool>("return document.getElementById('undo-line').hidden", []).await?,
            "what would be undone is more than the reset"
        );
        page.back().await?;
        page.back().await?;
        page.holds("registry", "contoso").await
    })
    .await
}

#[tokio::test]
async fn a_report_carries_what_is_chosen() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill("name", "edge04").await?;
        let href = async || page.js::<String>("const link = document.getElementById('report'); link.focus(); return decodeURIComponent(link.href)", []).await;
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

/// Folded away and remembered; for these names only.
#[tokio::test]
async fn prerequisites_that_are_done_stay_folded_away() -> Result<()> {
    visit(COMPLETE, async |page| {
        let is_open =
            async || page.js::<bool>("return document.querySelector('.once').open", []).await;
        let is_ticked = async || {
            page.js::<bool>("return document.querySelector('.done input').checked", []).await
        };
        assert!(is_open().await? && !is_ticked().await?);
        page.click(".done input").await?;
        assert!(!is_open().await? && is_ticked().await?);
        let kept: String = page.js("return JSON.stringify(localStorage)", []).await?;
        assert!(!kept.contains("contoso") && !kept.contains("edge"), "{kept}");
        page.reload().await?;
        // The output is there before this is seen to.
        page.until("it is remembered", async || Ok(!is_open().await? && is_ticked().await?))
            .await?;
        page.fill("cluster", "arc-cluster-02").await?;
        page.until("another cluster may lack them", async || {
            Ok(is_open().await? && !is_ticked().await?)
        })
        .await?;
        page.fill("cluster", "arc-cluster-01").await?;
        page.until("they are done here", async || Ok(!is_open().await? && is_ticked().await?))
            .await?;
        // To look at them again is not to take it back.
        page.click(".once > summary").await?;
        assert!(is_open().await? && is_ticked().await?);
        page.click(".done input").await?;
        assert_eq!(page.js::<u32>("return localStorage.length", []).await?, 0);
        Ok(())
    })
    .await
}
