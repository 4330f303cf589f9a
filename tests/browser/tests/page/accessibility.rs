//! axe finds nothing in any state of the page; and pictures of those states, to look at.

use browser_tests::{COMPLETE, Key, Look, Page, Result, WRONG, visit};

/// Goes through the states of the page and has each judged.
async fn every_state(look: Look, name: &str) -> Result<()> {
    visit("", async |page| {
        page.look(&look).await?;
        let dark: bool =
            page.js("return matchMedia('(prefers-color-scheme: dark)').matches", []).await?;
        assert_eq!(dark, look.dark, "the browser does not take the color scheme");
        judge(page, "empty", name).await?;
        page.fold_rare(true).await?;
        page.is_accessible("empty, with the rare options").await?;

        page.open(COMPLETE).await?;
        judge(page, "complete", name).await?;
        page.js::<()>(
            "document.querySelectorAll('details').forEach(details => details.open = true)",
            [],
        )
        .await?;
        judge(page, "everything-open", name).await?;
        page.tab("script").await?;
        judge(page, "script", name).await?;
        for tab in ["lines", "settings", "runbook"] {
            page.tab(tab).await?;
            judge(page, tab, name).await?;
        }
        for (button, dialog) in [("open-share", "share"), ("open-saved", "saved")] {
            page.click(&format!("#{button}")).await?;
            judge(page, dialog, name).await?;
            page.press(Key::Escape).await?;
        }

        page.open(WRONG).await?;
        judge(page, "errors", name).await?;
        page.fold_rare(true).await?;
        page.is_accessible("errors, also among the rare options").await?;
        page.tab("script").await?;
        page.is_accessible("errors, the script").await?;
        page.open("#registry=contoso.azurecr.io&name=Edge01&ip=10.0.0.1&colour=red").await?;
        page.click("#copy-script").await?;
        page.until("something is said", async || Ok(!page.text("said").await?.is_empty())).await?;
        judge(page, "warnings", name).await
    })
    .await
}

/// Has one state judged, and takes its picture.
async fn judge(page: &Page, state: &str, name: &str) -> Result<()> {
    page.screenshot(&format!("{state}-{name}")).await?;
    page.is_accessible(&format!("{state}, {name}")).await
}

#[tokio::test]
async fn wide_and_light() -> Result<()> {
    every_state(Look::default(), "wide-light").await
}

#[tokio::test]
async fn wide_and_dark() -> Result<()> {
    every_state(Look { dark: true, ..Look::default() }, "wide-dark").await
}

#[tokio::test]
async fn narrow_and_light() -> Result<()> {
    every_state(Look { width: 390, height: 844, ..Look::default() }, "narrow-light").await
}

#[tokio::test]
async fn narrow_and_dark() -> Result<()> {
    every_state(Look { width: 390, height: 844, dark: true, ..Look::default() }, "narrow-dark")
        .await
}

#[tokio::test]
async fn forced_colors() -> Result<()> {
    visit(WRONG, async |page| {
        page.look(&Look { forced_colors: true, ..Look::default() }).await?;
        assert!(
            page.js::<bool>("return matchMedia('(forced-colors: active)').matches", []).await?,
            "the browser does not force colors"
        );
        page.screenshot("errors-forced-colors").await?;
        page.open(COMPLETE).await?;
        page.screenshot("complete-forced-colors").await?;
        page.fits("forced colors").await
    })
    .await
}

/// The whole page as narrow screens show it, from top to bottom.
#[tokio::test]
async fn pictures_of_the_whole_page() -> Result<()> {
    visit("", async |page| {
        for (state, fragment) in [("empty", ""), ("complete", COMPLETE), ("errors", WRONG)] {
            for (width, dark) in [(390, false), (390, true), (1280, false), (1280, true)] {
                page.look(&Look { width, dark, ..Look::default() }).await?;
                page.open(fragment).await?;
                let height: u32 = page
                    .js("return Math.min(6000, document.documentElement.scrollHeight)", [])
                    .await?;
                page.look(&Look { width, height, dark, ..Look::default() }).await?;
                page.screenshot(&format!(
                    "whole-{state}-{width}-{}",
                    if dark { "dark" } else { "light" }
                ))
                .await?;
            }
        }
        Ok(())
    })
    .await
}
