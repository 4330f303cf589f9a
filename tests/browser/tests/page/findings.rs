//! Errors are shown at the right time and place, and lead to where they can be fixed.

use browser_tests::{
    COMPLETE, Page, Result, Target, button, counts, css, messages, section, starting, state, tab,
    tab_panel, text_field, visit,
};
use configurator_core::choices::{Field, field_text, select_text};

/// The text of the messages of a field, whether the field is marked as invalid, and whether the
/// messages describe it.
async fn messages_of(page: &Page, key: &str) -> Result<(String, bool, bool)> {
    let text = page.texts_of(messages(key)).await?.concat();
    let (is_invalid, description): (bool, String) = page
        .of(
            text_field(key),
            "[element.getAttribute('aria-invalid') === 'true',
              (element.getAttribute('aria-describedby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent).join()]",
        )
        .await?;
    let is_described = description.contains(&text);
    Ok((text, is_invalid, is_described))
}

/// Whether a field shows an error, in every way.
async fn is_wrong(page: &Page, key: &str) -> Result<bool> {
    match messages_of(page, key).await? {
        (text, false, _) if text.is_empty() || text.starts_with("Note:") => Ok(false),
        (text, true, true) if !text.is_empty() => Ok(true),
        partly => anyhow::bail!("{key} shows an error only partly: {partly:?}"),
    }
}

/// The link in the summary that leads to a field, with what is wrong with it.
fn error_of(key: &str) -> Target {
    let label = Field::from_key(key).map(label_of).unwrap_or_default();
    button(starting(format!("{label}:"))).within(state())
}

/// The link in the summary that leads to a field that is not filled in.
fn missing(key: &str) -> Target {
    button(Field::from_key(key).map(label_of).unwrap_or_default()).within(state())
}

fn label_of(field: Field) -> &'static str {
    match field {
        Field::Text(field) => field_text::label(field),
        Field::Select(field) => select_text::of(field).label,
    }
}

/// The button that fixes what is wrong with a field.
fn fix(key: &str) -> Target {
    button(starting("Change it to")).within(text_field(key).around(".field"))
}

#[tokio::test]
async fn error_appears_when_the_field_is_left_and_goes_at_once() -> Result<()> {
    visit("", async |page| {
        page.click(text_field("name")).await?;
        for letter in "ed".chars() {
            page.press(letter).await?;
            assert!(!is_wrong(page, "name").await?, "an error is shown while typing");
            assert_eq!(
                page.findings("To fix").await?,
                0,
                "an error is in the summary while typing"
            );
        }
        page.leave().await?;
        assert!(is_wrong(page, "name").await?, "no error is shown after leaving");
        assert!(page.has(error_of("name")).await?, "the summary does not lead to the field");
        page.click(text_field("name")).await?;
        page.press("g").await?;
        assert!(is_wrong(page, "name").await?, "the error is gone though it is still one");
        page.press("e0").await?;
        assert!(!is_wrong(page, "name").await?, "the error stays though it is fixed");
        assert_eq!(
            page.findings("To fix").await?,
            0,
            "the error stays in the summary though it is fixed"
        );
        // Once it was right, it can be changed again without an error.
        page.leave().await?;
        page.fill("name", "e").await?;
        assert!(!is_wrong(page, "name").await?, "an error is shown while typing again");
        page.leave().await?;
        assert!(is_wrong(page, "name").await?, "no error is shown after leaving again");
        Ok(())
    })
    .await
}

/// An error that is held back does not make the output ready.
#[tokio::test]
async fn output_is_not_ready_while_a_field_is_incomplete() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill("name", "ed").await?;
        // A name that is too short counts as missing.
        page.wait_for_text(counts(), "1 name missing").await
    })
    .await
}

/// The message that appears when a click leaves a field moves what is below; the click must still
/// do what it was meant to do.
#[tokio::test]
async fn click_that_leaves_an_invalid_field_takes_effect() -> Result<()> {
    visit("", async |page| {
        let of_repositories = text_field("repos").around(".field");
        let focus = || css(":focus");
        let is_said = || css(".said:not(:empty)").within(state());
        let mut lost = Vec::new();
        // What is clicked, and what there must be then.
        for (target, effect) in [
            (tab("Script"), css("[role=tablist] > :nth-child(2)[aria-selected=true]")),
            (button("Copy script"), is_said()),
            (css(".step > .code .copy").within(tab_panel()), is_said()),
            (
                css("details.fold > summary").within(tab_panel()),
                css("details.fold[open]").within(tab_panel()),
            ),
            (section("content"), css("details.rare[open]")),
            (css("label").within(&of_repositories), focus().within(&of_repositories)),
            (missing("cluster"), focus().within(text_field("cluster").around(".field"))),
        ] {
            page.open("").await?;
            page.fill("name", "ab").await?;
            assert!(!page.has(&effect).await?, "{effect:?} is there before the click");
            page.find(&target).await?.click().await?;
            if page.wait_for(&effect).await.is_err() {
                lost.push(target);
            }
        }
        assert!(lost.is_empty(), "clicks without effect: {lost:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn errors_of_a_link_are_shown_at_once() -> Result<()> {
    visit("#name=a_b&cluster-rg=x.", async |page| {
        page.fold_rare(true).await?;
        assert!(is_wrong(page, "name").await?);
        assert!(is_wrong(page, "cluster-rg").await?);
        assert!(!is_wrong(page, "registry").await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn summary_leads_to_a_field_in_a_folded_section() -> Result<()> {
    visit("#name=a_b&extension=A_B", async |page| {
        page.click(error_of("name")).await?;
        page.wait_for_focus(text_field("name")).await?;
        for _ in 0..2 {
            page.fold_rare(false).await?;
            page.click(error_of("extension")).await?;
            // It finds only what can be seen.
            page.wait_for_focus(text_field("extension")).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn fix_corrects_the_field_and_can_be_undone() -> Result<()> {
    visit("#repos=hello-world:latest", async |page| {
        assert!(is_wrong(page, "repos").await?);
        page.click(fix("repos")).await?;
        page.wait_for_value("repos", "hello-world").await?;
        assert!(!is_wrong(page, "repos").await?);
        page.wait_until_gone(button(starting("Change it to"))).await?;
        // The focus is not lost with the button.
        page.wait_for_focus(text_field("repos")).await?;
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.wait_for_value("repos", "hello-world:latest").await?;
        assert!(is_wrong(page, "repos").await?);
        Ok(())
    })
    .await
}

/// A fix for one finding leaves the other errors.
#[tokio::test]
async fn fix_leaves_other_errors() -> Result<()> {
    visit("#registry=contoso.azurecr.io&repos=hello-world:latest&name=a_b", async |page| {
        page.click(fix("registry")).await?;
        page.wait_for_value("registry", "contoso").await?;
        page.wait_for_value("repos", "hello-world:latest").await?;
        assert!(is_wrong(page, "repos").await? && is_wrong(page, "name").await?);
        Ok(())
    })
    .await
}

/// The page shows the problems of a link until the first change.
#[tokio::test]
async fn problems_of_a_link_disappear_with_the_first_change() -> Result<()> {
    visit("#colour=red&name=edge01", async |page| {
        assert!(page.state().await?.contains("colour"));
        page.fill("name", "edge02").await?;
        page.until("the problem is gone", async || Ok(!page.state().await?.contains("colour")))
            .await
    })
    .await
}

/// Until the rest of the link is accepted, the script refuses to start. Then the address no longer
/// has the problem in it, and the focus is on the next action.
#[tokio::test]
async fn accepting_a_link_drops_its_problems() -> Result<()> {
    visit(&format!("{COMPLETE}&mode=mirror"), async |page| {
        assert_eq!(page.text_of(counts()).await?, "1 to fix");
        page.shows_what_the_link_says().await?;
        page.click(button("Go on with what was understood")).await?;
        page.wait_for_text(counts(), "Ready to copy").await?;
        assert!(!page.hash().await?.contains("mirror"));
        page.wait_for_focus(button("Copy script")).await?;
        page.shows_what_the_link_says().await
    })
    .await
}
