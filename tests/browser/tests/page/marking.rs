//! The parts of the output that the last change altered are marked until the next change; or those
//! that differ from another scenario.

use browser_tests::{
    COMPLETE, Page, Result, Target, button, command, css, field, region, said, same_text, status,
    tab_panel, text_field, visit,
};
use configurator_core::choices::Preset;
use configurator_core::choices::preset_text::compared_with;

/// What is marked when nothing is compared.
const LAST_CHANGE: &str = "What the last change altered";

// Marks have no role: they are colors, and words that are in no text to copy.
async fn marked(page: &Page) -> Result<Vec<String>> {
    page.texts_of(css(".changed").within(tab_panel()).even_hidden()).await
}

/// The texts of the parts that are gone.
async fn gone(page: &Page) -> Result<Vec<String>> {
    // The style sheet shows them: in the text they would be copied.
    page.of_all(
        css("del, [data-removed], [data-removed-before]").within(tab_panel()).even_hidden(),
        "['::before', '::after'].map(place => getComputedStyle(element, place).content).join(' ')",
    )
    .await
}

async fn compare(page: &Page, with: &str) -> Result<()> {
    page.select(field("Marked:"), with).await
}

/// The message about what is compared.
fn compared() -> Target {
    status().within(region("Output"))
}

#[tokio::test]
async fn last_change_is_marked_in_every_view_until_the_next() -> Result<()> {
    visit(COMPLETE, async |page| {
        assert_eq!(marked(page).await?, Vec::<String>::new(), "a link is no change");
        page.fill("name", "edge0").await?;
        page.press("2").await?;
        for tab in ["Steps", "Script", "One line each"] {
            page.tab(tab).await?;
            let marked = marked(page).await?;
            assert!(
                !marked.is_empty() && marked.iter().all(|piece| piece.contains("edge02")),
                "{tab}: {marked:?}"
            );
        }
        page.tab("Steps").await?;
        // Looking at another field changes nothing.
        page.click(text_field("rg")).await?;
        assert!(!marked(page).await?.is_empty());
        page.press("x").await?;
        page.until("the next change is marked instead", async || {
            let marked = marked(page).await?;
            Ok(!marked.is_empty() && marked.iter().all(|piece| piece.contains("rg-edgex")))
        })
        .await
    })
    .await
}

#[tokio::test]
async fn dropped_part_is_shown_and_not_copied() -> Result<()> {
    let with = format!("{COMPLETE}&storage=20Gi");
    visit(&with, async |page| {
        page.fold_rare(true).await?;
        page.fill("storage", "").await?;
        page.until("what is gone is told", async || {
            Ok(gone(page).await?.iter().any(|gone| gone.contains("pvc.storageRequest=20Gi")))
        })
        .await?;
        page.shows_what_the_link_says().await?;
        page.click(button("Copy script")).await?;
        page.wait_for_text(said(), "Copied.").await?;
        same_text(
            "the clipboard",
            &page.clipboard().await?,
            &command(&["script", &page.hash().await?, "--paste"])?,
        )
    })
    .await
}

#[tokio::test]
async fn differences_to_a_scenario_are_marked() -> Result<()> {
    let secure = compared_with(Preset::SecureDefault);
    visit(&format!("{COMPLETE}&scenario=http"), async |page| {
        let others: Vec<String> = page
            .of(field("Marked:"), "[...element.options].filter(option => !option.disabled).map(option => option.text)")
            .await?;
        assert!(others.contains(&secure) && !others.contains(&compared_with(Preset::CleanUp)), "{others:?}");
        compare(page, &secure).await?;
        page.wait_for_part(compared(), "differ").await?;
        assert!(marked(page).await?.contains(&"httpEnabled=true".to_owned()), "{:?}", marked(page).await?);
        assert!(gone(page).await?.iter().any(|gone| gone.contains("trustDistribution.enabled=true")), "{:?}", gone(page).await?);
        page.is_accessible("compared").await?;
        page.screenshot("compared").await?;
        page.shows_what_the_link_says().await?;
        // Typing does not end it.
        page.fill("name", "edge02").await?;
        assert!(marked(page).await?.contains(&"httpEnabled=true".to_owned()));
        assert!(!marked(page).await?.iter().any(|piece| piece.contains("edge02")), "the names are the same there");
        compare(page, &compared_with(Preset::Http)).await?;
        page.wait_for_text(compared(), "Nothing here differs.").await?;
        compare(page, LAST_CHANGE).await?;
        page.wait_for_text(compared(), "").await?;
        assert!(marked(page).await?.iter().any(|piece| piece.contains("edge02")), "{:?}", marked(page).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn first_change_is_marked() -> Result<()> {
    visit("", async |page| {
        page.fill("name", "edge01").await?;
        let marked = marked(page).await?;
        assert!(
            !marked.is_empty() && marked.iter().all(|piece| piece.contains("edge0")),
            "{marked:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn another_task_ends_the_comparison() -> Result<()> {
    visit(COMPLETE, async |page| {
        compare(page, &compared_with(Preset::Http)).await?;
        page.wait_for_part(compared(), "differ").await?;
        page.choose("task", "clean-up").await?;
        page.wait_for_text(compared(), "").await?;
        assert_eq!(
            page.of::<String>(field("Marked:"), "element.selectedOptions[0].text").await?,
            LAST_CHANGE
        );
        Ok(())
    })
    .await
}
