//! Each token of the output explains itself and leads to its field; each field leads to its tokens.

use browser_tests::{
    COMPLETE, Key, Look, Page, Result, Target, button, counts, css, group, said, tab_panel,
    text_field, visit,
};
use configurator_core::choices::{TextField, field_text};

/// The block that creates the connected registry.
fn block() -> Target {
    css("pre[role=region]").within(tab_panel()).starting("az acr connected-registry create").at(0)
}

/// One token of that block. Tokens have no role: they are parts of a text.
fn token(number: i32) -> Target {
    css("span:not(.t-layout)").within(block()).at(number)
}

/// The place of the explanation.
fn explanation() -> Target {
    group("What this part means")
}

/// Waits until something is explained, and returns all that is shown about it.
async fn explained(page: &Page, about: &str) -> Result<String> {
    let shown = async || -> Result<String> {
        Ok(page.of_all::<String>(explanation(), "element.innerText").await?.concat())
    };
    page.until(&format!("{about} is explained"), async || {
        let shown = shown().await?;
        Ok(!shown.is_empty() && shown.starts_with(about))
    })
    .await?;
    shown().await
}

async fn nothing_is_explained(page: &Page) -> Result<()> {
    page.wait_until_gone(explanation()).await
}

/// The text of the token that has the focus.
fn focused(text: &str) -> Target {
    css("span:focus").within(tab_panel()).starting(text)
}

/// The button that leads from a field to its tokens.
fn uses(field: TextField) -> Target {
    button(format!("Show in the output: {}", field_text::label(field)))
}

/// The tokens that belong to the field with the focus.
async fn highlighted(page: &Page) -> Result<Vec<String>> {
    // It is a color: what has it is described nowhere else.
    page.texts_of(css(".lit").within(tab_panel()).even_hidden()).await
}

#[tokio::test]
async fn mouse_explains_and_can_move_into_the_explanation() -> Result<()> {
    visit(COMPLETE, async |page| {
        assert_eq!(page.text_of(token(1)).await?, "--registry");
        page.scroll_to(token(1)).await?;
        page.hover(token(1)).await?;
        let shown = explained(page, "--registry contoso").await?;
        for part in [
            "The container registry in Azure",
            "From your choice: Container registry",
            "Source: az acr",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        let described: String = page
            .of(token(1), "document.getElementById(element.getAttribute('aria-describedby'))?.innerText ?? ''")
            .await?;
        assert_eq!(described, shown, "screen readers get the same");
        page.press(Key::Escape).await?;
        page.scroll_to(token(10)).await?;
        page.hover(token(10)).await?;
        let shown = explained(page, "--mode ReadOnly").await?;
        assert!(
            shown.contains(
                "Other documents: The sample output of the 2024 quickstart shows ReadWrite"
            ),
            "{shown}"
        );
        page.hover(explanation()).await?;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        assert!(page.has(explanation()).await?, "it stays while it is read");
        page.hover(counts()).await?;
        nothing_is_explained(page).await?;
        page.hover(token(10)).await?;
        explained(page, "--mode").await?;
        page.press(Key::Escape).await?;
        nothing_is_explained(page).await
    })
    .await
}

#[tokio::test]
async fn click_explains_at_once_and_leads_to_the_field() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.click(token(8)).await?;
        explained(page, "--repository hello-world app/api").await?;
        page.is_accessible("a token is explained").await?;
        page.screenshot("explained").await?;
        page.click(css("button").within(explanation())).await?;
        page.wait_for_focus(text_field("repos")).await?;
        nothing_is_explained(page).await
    })
    .await
}

#[tokio::test]
async fn arrow_keys_lead_from_token_to_token() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.of::<()>(block(), "void element.focus()").await?;
        page.press(Key::Right).await?;
        explained(page, "az acr connected-registry create").await?;
        page.press(Key::Right).await?;
        explained(page, "--registry contoso").await?;
        page.press(Key::Right).await?;
        page.wait_for(focused("contoso")).await?;
        page.press(Key::Left).await?;
        page.wait_for(focused("--registry")).await?;
        // Into the explanation, and back.
        page.press(Key::Enter).await?;
        page.wait_for_focus(button("Container registry").within(explanation())).await?;
        page.press(Key::Escape).await?;
        page.wait_for(focused("--registry")).await?;
        nothing_is_explained(page).await?;
        // And from there to the field.
        page.press(Key::Right).await?;
        page.press(Key::Enter).await?;
        page.press(Key::Enter).await?;
        page.wait_for_focus(text_field("registry")).await
    })
    .await
}

#[tokio::test]
async fn tap_on_a_phone_explains_in_view() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.look(&Look { width: 390, height: 844, ..Look::default() }).await?;
        page.click(token(2)).await?;
        explained(page, "--registry contoso").await?;
        page.is_accessible("a token is explained on a phone").await?;
        page.screenshot("explained-narrow").await?;
        let is_inside: bool = page
            .of(
                explanation(),
                "(({ left, right, top, bottom }) => left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight)(element.getBoundingClientRect())",
            )
            .await?;
        assert!(is_inside);
        // The most important button stays in reach.
        let is_on_top: bool = page
            .of(
                button("Copy script"),
                "(({ left, top, width, height }) => document.elementFromPoint(left + width / 2, top + height / 2) === element)(element.getBoundingClientRect())",
            )
            .await?;
        assert!(is_on_top);
        Ok(())
    })
    .await
}

/// Text that is selected with the mouse is to be copied: nothing opens over it.
#[tokio::test]
async fn selecting_text_explains_nothing() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.of::<()>(block(), "getSelection().selectAllChildren(element)").await?;
        page.of::<bool>(
            token(1),
            "element.dispatchEvent(new MouseEvent('click', { bubbles: true }))",
        )
        .await?;
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        assert!(!page.has(explanation()).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_token_of_every_view_is_explained() -> Result<()> {
    // Clicks each token, and looks for itself and for a source in what is shown then.
    const CLICK_ALL: &str = "const [panel] = arguments;
        return (async () => {
            const unexplained = [];
            let count = 0;
            for (const token of panel.querySelectorAll('pre[role=region] code span:not(.t-layout)')) {
                count += 1;
                token.dispatchEvent(new MouseEvent('click', { bubbles: true }));
                await new Promise(shown => setTimeout(shown));
                const box = document.querySelector('[role=group][aria-label=\"What this part means\"]');
                const isTold = box && !box.hidden && box.textContent.includes(token.textContent.trim()) && box.querySelector('a[href^=https]');
                if (!isTold) unexplained.push(token.textContent);
            }
            return [count, unexplained];
        })()";
    visit(COMPLETE, async |page| {
        for label in ["Steps", "Script", "One line each", "Protected settings"] {
            page.tab(label).await?;
            page.of_all::<bool>(
                css("details").within(tab_panel()).even_hidden(),
                "element.open = true",
            )
            .await?;
            let panel = page.find(tab_panel()).await?.to_json()?;
            let (count, unexplained): (usize, Vec<String>) = page.js(CLICK_ALL, [panel]).await?;
            assert!(count > 2, "{label}");
            assert!(unexplained.is_empty(), "{label}: {unexplained:?}");
        }
        Ok(())
    })
    .await
}

/// For screen readers: the same as a list of options and values, which follows what is typed.
#[tokio::test]
async fn list_of_parts_follows_typing() -> Result<()> {
    visit(COMPLETE, async |page| {
        let parts = || css("details.parts").within(block().around(".step")).at(-1);
        page.click(css("summary").within(parts())).await?;
        let items = async || page.texts_of(css("li .part-name").within(parts())).await;
        page.until("the list is there", async || Ok(items().await?.len() == 7)).await?;
        assert_eq!(items().await?[4], "--repository hello-world app/api");
        page.is_accessible("the list of parts").await?;
        page.fill("name", "edge02").await?;
        page.until("it follows", async || Ok(items().await?.contains(&"--name edge02".to_owned())))
            .await?;
        assert_eq!(
            page.count(css("ul > li").within(parts())).await?,
            7,
            "one item each, in a list"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn field_highlights_its_tokens_and_leads_to_them() -> Result<()> {
    visit(COMPLETE, async |page| {
        assert_eq!(highlighted(page).await?, Vec::<String>::new());
        page.click(text_field("ip")).await?;
        page.until("its tokens are highlighted", async || {
            Ok(highlighted(page).await?.contains(&"service.clusterIP=10.0.0.200".to_owned()))
        })
        .await?;
        page.press("1").await?;
        page.until("they still are", async || Ok(!highlighted(page).await?.is_empty())).await?;
        page.click(uses(TextField::ResourceGroup)).await?;
        // It finds only what can be seen, so it is not folded away.
        page.until("a token has the focus", async || {
            let focused = page.texts_of(css("span:focus").within(tab_panel())).await?.concat();
            Ok(focused == "--resource-group" || focused.contains("rg-edge"))
        })
        .await?;
        explained(page, "").await?;
        page.click(uses(TextField::Cidr)).await?;
        page.wait_for_part(said(), "Nothing").await
    })
    .await
}

/// Also before anything else was used, and from a view without tokens.
#[tokio::test]
async fn field_leads_to_its_tokens_from_any_view() -> Result<()> {
    visit("", async |page| {
        // As a screen reader does, without a mouse or a key before.
        page.of::<()>(uses(TextField::Registry), "element.click()").await?;
        page.wait_for(css("code .lit:focus").within(tab_panel())).await?;
        page.tab("Runbook").await?;
        page.click(uses(TextField::Name)).await?;
        page.wait_for(css(".lit:focus").within(tab_panel())).await?;
        assert_eq!(page.open_tab().await?, ["Steps"]);
        Ok(())
    })
    .await
}
