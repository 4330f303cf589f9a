//! Pieces of the output explain themselves, and lead to the choices that made them; and choices
//! lead to them.

use browser_tests::{COMPLETE, Key, Look, Page, Result, visit};
use serde_json::{Value, json};

/// The id of the block that creates the connected registry.
const CREATE: &str = "[...document.querySelectorAll('#panel code[id]')].find(code => code.textContent.startsWith('az acr connected-registry create'))";

/// Gives a piece of that block the id `piece`, brings it into view, and returns its text.
async fn pick(page: &Page, number: usize) -> Result<String> {
    page.js(
        &format!("const piece = {CREATE}.querySelectorAll('span:not(.t-layout)')[arguments[0]]; document.getElementById('piece')?.removeAttribute('id'); piece.id = 'piece'; piece.scrollIntoView({{ block: 'center' }}); return piece.textContent"),
        [json!(number)],
    )
    .await
}

/// What is explained, once it is.
async fn explained(page: &Page, about: &str) -> Result<String> {
    let shown =
        async || page.js::<String>("return explained.hidden ? '' : explained.innerText", []).await;
    page.until("it is explained", async || Ok(shown().await?.starts_with(about))).await?;
    shown().await
}

async fn nothing_is_explained(page: &Page) -> Result<()> {
    page.until("nothing is explained", async || page.js("return explained.hidden", []).await).await
}

#[tokio::test]
async fn the_mouse_explains_and_may_go_over_into_what_it_reads() -> Result<()> {
    visit(COMPLETE, async |page| {
        assert_eq!(pick(page, 1).await?, "--registry");
        page.hover("#piece").await?;
        let said = explained(page, "--registry contoso").await?;
        for part in [
            "The container registry in Azure",
            "From your choice: Container registry",
            "Source: az acr",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert_eq!(page.count("#piece[aria-describedby=explained]").await?, 1);
        page.press(Key::Escape).await?;
        pick(page, 10).await?;
        page.hover("#piece").await?;
        let said = explained(page, "--mode ReadOnly").await?;
        assert!(
            said.contains(
                "Other documents: The sample output of the 2024 quickstart shows ReadWrite"
            ),
            "{said}"
        );
        page.hover("#explained").await?;
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
        assert!(
            !page.js::<bool>("return explained.hidden", []).await?,
            "it stays while it is read"
        );
        page.hover("#counts").await?;
        nothing_is_explained(page).await?;
        page.hover("#piece").await?;
        explained(page, "--mode").await?;
        page.press(Key::Escape).await?;
        nothing_is_explained(page).await
    })
    .await
}

#[tokio::test]
async fn a_click_explains_at_once_and_leads_to_the_field() -> Result<()> {
    visit(COMPLETE, async |page| {
        pick(page, 8).await?;
        page.click("#piece").await?;
        explained(page, "--repository hello-world app/api").await?;
        page.is_accessible("a piece is explained").await?;
        page.screenshot("explained").await?;
        page.click("#explained button").await?;
        assert_eq!(page.focused().await?, "field-repos");
        nothing_is_explained(page).await
    })
    .await
}

#[tokio::test]
async fn the_arrow_keys_go_from_piece_to_piece() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.js::<()>(&format!("{CREATE}.closest('pre').focus()"), []).await?;
        page.press(Key::Right).await?;
        explained(page, "az acr connected-registry create").await?;
        page.press(Key::Right).await?;
        explained(page, "--registry contoso").await?;
        page.press(Key::Right).await?;
        assert_eq!(
            page.js::<String>("return document.activeElement.textContent", []).await?,
            "contoso"
        );
        page.press(Key::Left).await?;
        assert_eq!(
            page.js::<String>("return document.activeElement.textContent", []).await?,
            "--registry"
        );
        // Into what explains it, and back.
        page.press(Key::Enter).await?;
        assert_eq!(
            page.js::<String>("return document.activeElement.textContent", []).await?,
            "Container registry"
        );
        page.press(Key::Escape).await?;
        assert_eq!(
            page.js::<String>("return document.activeElement.textContent", []).await?,
            "--registry"
        );
        nothing_is_explained(page).await?;
        // And from there to the field.
        page.press(Key::Right).await?;
        page.press(Key::Enter).await?;
        page.press(Key::Enter).await?;
        assert_eq!(page.focused().await?, "field-registry");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn on_a_phone_a_tap_explains_in_view() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.look(&Look { width: 390, height: 844, ..Look::default() }).await?;
        pick(page, 2).await?;
        page.click("#piece").await?;
        explained(page, "--registry contoso").await?;
        page.is_accessible("a piece is explained on a phone").await?;
        page.screenshot("explained-narrow").await?;
        let inside: bool =
            page.js("const { left, right, top, bottom } = explained.getBoundingClientRect(); return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight", []).await?;
        assert!(inside);
        // The button that matters most stays in reach.
        let under: String = page.js("const { left, top, width, height } = document.getElementById('copy-script').getBoundingClientRect(); return document.elementFromPoint(left + width / 2, top + height / 2).id", []).await?;
        assert_eq!(under, "copy-script");
        Ok(())
    })
    .await
}

/// Text that is selected with the mouse is wanted for copying: nothing opens over it.
#[tokio::test]
async fn selecting_text_explains_nothing() -> Result<()> {
    visit(COMPLETE, async |page| {
        pick(page, 1).await?;
        page.js::<()>(&format!("getSelection().selectAllChildren({CREATE})"), []).await?;
        page.js::<()>("document.getElementById('piece').dispatchEvent(new MouseEvent('click', { bubbles: true }))", []).await?;
        assert!(page.js::<bool>("return explained.hidden", []).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_piece_of_every_view_explains_itself() -> Result<()> {
    visit(COMPLETE, async |page| {
        for tab in ["steps", "script", "lines", "settings"] {
            page.tab(tab).await?;
            let counts: (usize, usize) = page
                .js(
                    "let told = 0, pieces = 0;
                     for (const code of document.querySelectorAll('#panel code[id]')) {
                         [...code.querySelectorAll('span')].forEach((piece, index) => {
                             pieces += 1;
                             const [html] = connectedRegistryEngine('', [], [], `explain:${code.id}:${index}`);
                             const box = document.createElement('div');
                             box.innerHTML = html ?? '';
                             told += box.textContent.includes(piece.textContent.trim()) && box.querySelector('a[href^=https]') !== null;
                         });
                     }
                     return [pieces, told]",
                    [],
                )
                .await?;
            assert!(counts.0 > 2, "{tab}");
            assert_eq!(counts.0, counts.1, "{tab}");
        }
        Ok(())
    })
    .await
}

/// For who does not see: the same as a list of options and values, which follows what is typed.
#[tokio::test]
async fn the_list_of_parts_follows_what_is_typed() -> Result<()> {
    visit(COMPLETE, async |page| {
        let list: String = page.js(&format!("const details = {CREATE}.closest('.code').nextElementSibling; details.querySelector('summary').id = 'parts'; return details.querySelector('div').id"), []).await?;
        page.click("#parts").await?;
        let items = async || page.js::<Vec<String>>("return [...document.querySelectorAll(`#${arguments[0]} .part-name`)].map(name => name.textContent)", [json!(list)]).await;
        page.until("the list is there", async || Ok(items().await?.len() == 7)).await?;
        assert_eq!(items().await?[4], "--repository hello-world app/api");
        page.is_accessible("the list of parts").await?;
        page.fill("name", "edge02").await?;
        page.until("it follows", async || Ok(items().await?.contains(&"--name edge02".to_owned()))).await?;
        let roles: Value = page.js("return document.querySelector(`#${arguments[0]} ul`).children.length", [json!(list)]).await?;
        assert_eq!(roles, json!(7), "one item each, in a list");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_field_lights_its_pieces_and_leads_to_them() -> Result<()> {
    visit(COMPLETE, async |page| {
        let lit = async || page.js::<Vec<String>>("return [...document.querySelectorAll('#panel .lit')].map(piece => piece.textContent)", []).await;
        assert_eq!(lit().await?, Vec::<String>::new());
        page.click("#field-ip").await?;
        page.until("its pieces are lit", async || Ok(lit().await?.contains(&"service.clusterIP=10.0.0.200".to_owned()))).await?;
        page.press("1").await?;
        page.until("they still are", async || {
            Ok(lit().await?.contains(&"service.clusterIP=10.0.0.2001".to_owned())
                || lit().await?.contains(&"'<service ip>'".to_owned())
                || !lit().await?.is_empty())
        })
        .await?;
        page.click("#around-rg .ways button").await?;
        let focused: String = page.js("return document.activeElement.textContent", []).await?;
        assert!(focused == "--resource-group" || focused.contains("rg-edge"), "{focused}");
        assert!(page.js::<bool>("return document.activeElement.checkVisibility()", []).await?, "what it is folded into is open");
        explained(page, "").await?;
        page.click("#around-cidr .ways button").await?;
        page.until("it is said that there is none", async || Ok(page.text("said").await?.starts_with("Nothing"))).await
    })
    .await
}

/// Also where nothing was used yet, and the engine is still to be fetched; and from a view in which
/// there is nothing to go to.
#[tokio::test]
async fn a_field_leads_to_its_pieces_from_anywhere() -> Result<()> {
    visit("", async |page| {
        // As a screen reader does, without a mouse or a key before.
        page.js::<()>("document.querySelector('#around-registry .ways button').click()", []).await?;
        page.until("it is there", async || {
            Ok(page.count("#panel .lit").await? > 0
                && page.js("return document.activeElement.closest('code') !== null", []).await?)
        })
        .await?;
        page.tab("runbook").await?;
        page.click("#around-name .ways button").await?;
        page.until("it is there", async || {
            page.js("return document.activeElement.classList.contains('lit')", []).await
        })
        .await?;
        assert_eq!(page.count("#tab-steps[aria-selected=true]").await?, 1);
        Ok(())
    })
    .await
}
