//! What the last change altered is marked until the next; the differences to another scenario,
//! instead.

use browser_tests::{COMPLETE, Page, Result, command, same_text, visit};
use serde_json::json;

async fn marked(page: &Page) -> Result<Vec<String>> {
    page.js(
        "return [...document.querySelectorAll('#panel .changed')].map(piece => piece.textContent)",
        [],
    )
    .await
}

async fn gone(page: &Page) -> Result<Vec<String>> {
    page.js(
        "return [...document.querySelectorAll('#panel del')].map(gone => gone.dataset.gone)",
        [],
    )
    .await
}

async fn compare(page: &Page, scenario: &str) -> Result<()> {
    page.js(
        "const select = document.getElementById('compare'); select.value = arguments[0]; select.dispatchEvent(new Event('change', { bubbles: true }))",
        [json!(scenario)],
    )
    .await
}

#[tokio::test]
async fn the_last_change_is_marked_in_every_view_until_the_next() -> Result<()> {
    visit(COMPLETE, async |page| {
        assert_eq!(marked(page).await?, Vec::<String>::new(), "a link is no change");
        page.fill("name", "edge0").await?;
        page.press("2").await?;
        for tab in ["steps", "script", "lines"] {
            page.tab(tab).await?;
            let marked = marked(page).await?;
            assert!(
                !marked.is_empty() && marked.iter().all(|piece| piece.contains("edge02")),
                "{tab}: {marked:?}"
            );
        }
        page.tab("steps").await?;
        // Looking at another field changes nothing.
        page.click("#field-rg").await?;
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
async fn what_a_choice_drops_is_told_and_copied_by_nobody() -> Result<()> {
    let with = format!("{COMPLETE}&storage=20Gi");
    visit(&with, async |page| {
        page.fold_rare(true).await?;
        page.fill("storage", "").await?;
        page.until("what is gone is told", async || {
            Ok(gone(page).await?.iter().any(|gone| gone.contains("pvc.storageRequest=20Gi")))
        })
        .await?;
        page.shows_what_the_link_says().await?;
        page.click("#copy-script").await?;
        page.until("it is copied", async || Ok(page.text("said").await? == "Copied.")).await?;
        same_text(
            "the clipboard",
            &page.clipboard().await?,
            &command(&["script", &page.hash().await?, "--paste"])?,
        )
    })
    .await
}

#[tokio::test]
async fn another_scenario_is_compared_with() -> Result<()> {
    visit(&format!("{COMPLETE}&scenario=http"), async |page| {
        let others: Vec<String> = page.js("return [...document.querySelectorAll('#compare option:enabled')].map(option => option.value)", []).await?;
        assert!(others.contains(&"secure-default".to_owned()) && !others.contains(&"clean-up".to_owned()), "{others:?}");
        compare(page, "secure-default").await?;
        page.until("it is compared", async || Ok(page.text("compared").await?.contains("differ"))).await?;
        assert!(marked(page).await?.contains(&"httpEnabled=true".to_owned()), "{:?}", marked(page).await?);
        assert!(gone(page).await?.iter().any(|gone| gone.contains("trustDistribution.enabled=true")), "{:?}", gone(page).await?);
        page.is_accessible("compared").await?;
        page.screenshot("compared").await?;
        page.shows_what_the_link_says().await?;
        // Typing does not end it.
        page.fill("name", "edge02").await?;
        assert!(marked(page).await?.contains(&"httpEnabled=true".to_owned()));
        assert!(!marked(page).await?.iter().any(|piece| piece.contains("edge02")), "the names are the same there");
        compare(page, "http").await?;
        page.until("nothing differs", async || Ok(page.text("compared").await? == "Nothing here differs.")).await?;
        compare(page, "").await?;
        page.until("the last change is marked again", async || Ok(page.text("compared").await?.is_empty())).await?;
        assert!(marked(page).await?.iter().any(|piece| piece.contains("edge02")), "{:?}", marked(page).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_first_change_of_all_is_marked_too() -> Result<()> {
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
async fn another_task_is_compared_with_nothing_of_before() -> Result<()> {
    visit(COMPLETE, async |page| {
        compare(page, "http").await?;
        page.until("it is compared", async || Ok(page.text("compared").await?.contains("differ")))
            .await?;
        page.click("label[for=field-task-clean-up]").await?;
        page.until("that is over", async || Ok(page.text("compared").await?.is_empty())).await?;
        assert_eq!(
            page.js::<String>("return document.getElementById('compare').value", []).await?,
            ""
        );
        Ok(())
    })
    .await
}
