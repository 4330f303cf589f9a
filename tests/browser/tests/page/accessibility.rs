//! axe reports no violation in any state of the page; and pictures of those states, to look at.

use browser_tests::{COMPLETE, Key, Look, Page, Result, WRONG, button, dialog, visit};

/// Goes through the states of the page and checks each.
async fn every_state(look: Look, name: &str) -> Result<()> {
    visit("", async |page| {
        page.look(&look).await?;
        let dark: bool =
            page.js("return matchMedia('(prefers-color-scheme: dark)').matches", []).await?;
        assert_eq!(dark, look.dark, "the browser does not take the color scheme");
        check(page, "empty", name).await?;
        page.fold_rare(true).await?;
        page.is_accessible("empty, with the rare options").await?;

        page.open(COMPLETE).await?;
        check(page, "complete", name).await?;
        page.js::<()>(
            "document.querySelectorAll('details').forEach(details => details.open = true)",
            [],
        )
        .await?;
        check(page, "everything-open", name).await?;
        page.tab("Script").await?;
        check(page, "script", name).await?;
        for (tab, state) in
            [("One line each", "lines"), ("Protected settings", "settings"), ("Runbook", "runbook")]
        {
            page.tab(tab).await?;
            check(page, state, name).await?;
        }
        for (opens, title, state) in [
            ("Share …", "Share these choices", "share"),
            ("Saved …", "Saved on this device", "saved"),
        ] {
            page.click(button(opens)).await?;
            page.wait_for(dialog(title)).await?;
            check(page, state, name).await?;
            page.press(Key::Escape).await?;
        }

        page.open(WRONG).await?;
        check(page, "errors", name).await?;
        page.fold_rare(true).await?;
        page.is_accessible("errors, also among the rare options").await?;
        page.tab("Script").await?;
        page.is_accessible("errors, the script").await?;
        page.open("#registry=contoso.azurecr.io&name=Edge01&ip=10.0.0.1&colour=red").await?;
        page.click(button("Copy script")).await?;
        page.wait_until_said().await?;
        check(page, "warnings", name).await
    })
    .await
}

/// Checks one state, and takes its picture.
async fn check(page: &Page, state: &str, name: &str) -> Result<()> {
    page.screenshot(&format!("{state}-{name}")).await?;
    page.is_accessible(&format!("{state}, {name}")).await
}

#[tokio::test]
async fn no_violation_on_a_wide_light_screen() -> Result<()> {
    every_state(Look::default(), "wide-light").await
}

#[tokio::test]
async fn no_violation_on_a_wide_dark_screen() -> Result<()> {
    every_state(Look { dark: true, ..Look::default() }, "wide-dark").await
}

#[tokio::test]
async fn no_violation_on_a_narrow_light_screen() -> Result<()> {
    every_state(Look { width: 390, height: 844, ..Look::default() }, "narrow-light").await
}

#[tokio::test]
async fn no_violation_on_a_narrow_dark_screen() -> Result<()> {
    every_state(Look { width: 390, height: 844, dark: true, ..Look::default() }, "narrow-dark")
        .await
}

#[tokio::test]
async fn page_fits_with_forced_colors() -> Result<()> {
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
async fn pictures_of_the_whole_page_are_taken() -> Result<()> {
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
