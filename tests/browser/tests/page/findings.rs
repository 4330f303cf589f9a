//! What is wrong is said at the right time, in the right place, and leads to where it can be
//! mended.

use browser_tests::{COMPLETE, Page, Result, visit};
use serde_json::json;

/// What is said beside a field, and whether the field is told to be wrong, and to be described by
/// it.
async fn beside(page: &Page, key: &str) -> Result<(String, bool, bool)> {
    page.js(
        "const [field, messages] = ['field', 'messages'].map(what => document.getElementById(`${what}-${arguments[0]}`));
         const described_by = (field.getAttribute('aria-describedby') ?? '').split(' ');
         return [messages.textContent, field.getAttribute('aria-invalid') === 'true', described_by.includes(messages.id)]",
        [json!(key)],
    )
    .await
}

/// Whether an error is said beside a field, and told in every way.
async fn is_wrong(page: &Page, key: &str) -> Result<bool> {
    match beside(page, key).await? {
        (message, false, _) if message.is_empty() || message.starts_with("Note:") => Ok(false),
        (message, true, true) if !message.is_empty() => Ok(true),
        halfway => anyhow::bail!("{key} is wrong by halves: {halfway:?}"),
    }
}

#[tokio::test]
async fn an_error_waits_until_the_field_is_left_and_goes_at_once() -> Result<()> {
    visit("", async |page| {
        page.click("#field-name").await?;
        for letter in "ed".chars() {
            page.press(letter).await?;
            assert!(!is_wrong(page, "name").await?, "an error is shown while typing");
            assert_eq!(
                page.count("#summary .error").await?,
                0,
                "an error is in the summary while typing"
            );
        }
        page.leave().await?;
        assert!(is_wrong(page, "name").await?, "no error is shown after leaving");
        assert!(
            page.count("#summary .error [data-focus=name]").await? > 0,
            "the summary does not lead to the field"
        );
        page.click("#field-name").await?;
        page.press("g").await?;
        assert!(is_wrong(page, "name").await?, "the error is gone though it is still one");
        page.press("e0").await?;
        assert!(!is_wrong(page, "name").await?, "the error stays though it is mended");
        assert_eq!(
            page.count("#summary .error").await?,
            0,
            "the error stays in the summary though it is mended"
        );
        // Right once, it may be changed in peace again.
        page.leave().await?;
        page.fill("name", "e").await?;
        assert!(!is_wrong(page, "name").await?, "an error is shown while typing again");
        page.leave().await?;
        assert!(is_wrong(page, "name").await?, "no error is shown after leaving again");
        Ok(())
    })
    .await
}

/// Nobody is told that all is well because the error is held back.
#[tokio::test]
async fn a_field_being_filled_in_is_not_called_ready() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill("name", "ed").await?;
        assert_ne!(page.text("counts").await?, "Ready to copy", "with a name that is too short");
        Ok(())
    })
    .await
}

/// What is said when a field is left by a click moves what is below; the click must do what it was
/// meant to do all the same.
#[tokio::test]
async fn a_click_that_leaves_a_wrong_field_is_not_lost() -> Result<()> {
    visit("", async |page| {
        let mut lost = Vec::new();
        for (target, effect) in [
            ("#tab-script", "return document.getElementById('tab-script').ariaSelected === 'true'"),
            ("#copy-script", "return document.getElementById('said').textContent !== ''"),
            (
                "#panel .step > .code .copy",
                "return document.getElementById('said').textContent !== ''",
            ),
            (
                "#panel details.fold > summary",
                "return document.querySelector('#panel details.fold').open",
            ),
            ("details.rare > summary", "return document.querySelector('details.rare').open"),
            ("label[for=field-repos]", "return document.activeElement.id === 'field-repos'"),
            (
                "#summary [data-focus=cluster]",
                "return document.activeElement.id === 'field-cluster'",
            ),
        ] {
            page.open("").await?;
            page.fill("name", "ab").await?;
            page.find(target).await?.click().await?;
            if page.until(target, async || page.js(effect, []).await).await.is_err() {
                lost.push(target);
            }
        }
        assert!(lost.is_empty(), "clicked in vain: {lost:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn errors_from_a_link_are_shown_at_once() -> Result<()> {
    visit("#name=a_b&cluster-rg=x.", async |page| {
        assert!(is_wrong(page, "name").await?);
        assert!(is_wrong(page, "cluster-rg").await?);
        assert!(!is_wrong(page, "registry").await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_summary_leads_to_the_field_also_where_it_is_folded() -> Result<()> {
    visit("#name=a_b&extension=A_B", async |page| {
        page.click("#summary [data-focus=name]").await?;
        assert_eq!(page.focused().await?, "field-name");
        for _ in 0..2 {
            page.fold_rare(false).await?;
            page.click("#summary [data-focus=extension]").await?;
            assert_eq!(page.focused().await?, "field-extension");
            assert!(
                page.js::<bool>(
                    "return document.getElementById('field-extension').checkVisibility()",
                    []
                )
                .await?,
                "the field is not to be seen"
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_fix_mends_and_can_be_undone() -> Result<()> {
    visit("#repos=hello-world:latest", async |page| {
        assert!(is_wrong(page, "repos").await?);
        page.click("[data-fix=repos]").await?;
        page.holds("repos", "hello-world").await?;
        assert!(!is_wrong(page, "repos").await?);
        assert_eq!(page.count("[data-fix]").await?, 0);
        assert_eq!(page.focused().await?, "field-repos", "the focus is lost with the button");
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.holds("repos", "hello-world:latest").await?;
        assert!(is_wrong(page, "repos").await?);
        Ok(())
    })
    .await
}

/// A fix for one finding leaves what else is wrong.
#[tokio::test]
async fn fixes_are_applied_one_at_a_time() -> Result<()> {
    visit("#registry=contoso.azurecr.io&repos=hello-world:latest&name=a_b", async |page| {
        page.click("[data-fix=registry]").await?;
        page.holds("registry", "contoso").await?;
        page.holds("repos", "hello-world:latest").await?;
        assert!(is_wrong(page, "repos").await? && is_wrong(page, "name").await?);
        Ok(())
    })
    .await
}

/// What was not understood of a link is told until the first change.
#[tokio::test]
async fn problems_of_a_link_go_with_the_first_change() -> Result<()> {
    visit("#colour=red&name=edge01", async |page| {
        assert!(page.text("summary").await?.contains("colour"));
        page.fill("name", "edge02").await?;
        page.until("the problem is gone", async || {
            Ok(!page.text("summary").await?.contains("colour"))
        })
        .await
    })
    .await
}

/// Until what was understood is accepted, the script refuses to start; then the address says what
/// is meant, and the focus is where one goes on.
#[tokio::test]
async fn what_was_understood_of_a_link_can_be_accepted() -> Result<()> {
    visit(&format!("{COMPLETE}&mode=mirror"), async |page| {
        assert_eq!(page.text("counts").await?, "1 to fix");
        page.shows_what_the_link_says().await?;
        page.click("#accept-link").await?;
        page.until("it is ready", async || Ok(page.text("counts").await? == "Ready to copy"))
            .await?;
        assert!(!page.hash().await?.contains("mirror"));
        assert_eq!(page.js::<String>("return document.activeElement.id", []).await?, "copy-script");
        page.shows_what_the_link_says().await
    })
    .await
}
