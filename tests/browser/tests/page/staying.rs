//! What the reader has opened, selected or scrolled stays while a name is typed.

use browser_tests::{COMPLETE, Page, Result, visit};

/// Opens everything that is folded in the steps, scrolls there, selects a text, and marks it all.
async fn settle(page: &Page) -> Result<()> {
    page.click("#step-create details > summary").await?;
    let (opened, scrolled): (usize, f64) = page
        .js(
            "const panel = document.getElementById('panel');
             const all = panel.querySelectorAll('details');
             for (const details of all) { details.open = true; details.marked = true }
             const output = document.querySelector('.follows');
             output.scrollTop = 400;
             getSelection().selectAllChildren(panel.querySelector('.step h3'));
             return [all.length, output.scrollTop]",
            [],
        )
        .await?;
    assert!(opened > 3 && scrolled > 300.0, "{opened} to open, scrolled by {scrolled}");
    Ok(())
}

/// Fails where any of that is gone.
async fn is_settled(page: &Page, when: &str) -> Result<()> {
    let (lost, scrolled): (Vec<String>, f64) = page
        .js(
            "const panel = document.getElementById('panel');
             const lost = [...panel.querySelectorAll('details')].filter(details => !(details.open && details.marked));
             return [lost.map(details => `${details.closest('.step').id}: ${details.querySelector('summary').textContent}`), document.querySelector('.follows').scrollTop]",
            [],
        )
        .await?;
    assert!(lost.is_empty(), "{when}: folded or replaced: {lost:?}");
    assert!((scrolled - 400.0).abs() < 2.0, "{when}: scrolled to {scrolled}");
    Ok(())
}

#[tokio::test]
async fn what_is_open_stays_open_while_names_are_typed() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fold_rare(true).await?;
        settle(page).await?;
        for (key, more) in [
            ("registry", "x1"),
            ("name", "x1"),
            ("rg", "-1"),
            ("cluster", "-1"),
            ("ip", "1"),
            ("repos", ",b"),
        ] {
            page.click(&format!("#field-{key}")).await?;
            for letter in more.chars() {
                page.press(browser_tests::Key::End).await?;
                page.press(letter).await?;
                is_settled(page, &format!("typing in {key}")).await?;
            }
        }
        // The steps are those of the new names.
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn what_is_open_stays_open_while_names_are_typed_anew() -> Result<()> {
    visit(COMPLETE, async |page| {
        settle(page).await?;
        for (key, text) in [("registry", "fabrikam"), ("name", "edge02"), ("cluster", "arc-02")] {
            page.fill(key, "").await?;
            is_settled(page, &format!("emptying {key}")).await?;
            for letter in text.chars() {
                page.press(letter).await?;
                is_settled(page, &format!("typing {letter} in {key}")).await?;
            }
            page.leave().await?;
            is_settled(page, &format!("leaving {key}")).await?;
        }
        Ok(())
    })
    .await
}

/// What is selected to be copied by hand stays selected when the form changes elsewhere.
#[tokio::test]
async fn a_selection_in_an_unchanged_block_stays() -> Result<()> {
    visit(COMPLETE, async |page| {
        let selected = async || page.js::<String>("return getSelection().toString()", []).await;
        let block: String = page
            .js(
                "const code = [...document.querySelectorAll('#panel code')].find(code => code.checkVisibility() && !code.textContent.includes('edge01'));
                 getSelection().selectAllChildren(code);
                 return getSelection().toString()",
                [],
            )
            .await?;
        assert!(!block.is_empty());
        // The value changes without the focus moving, which would end any selection.
        page.js::<()>(
            "const name = document.getElementById('field-name'); name.value = 'edge02'; name.dispatchEvent(new Event('input', { bubbles: true }))",
            [],
        )
        .await?;
        page.until("the steps follow", async || Ok(page.text("panel").await?.contains("edge02"))).await?;
        assert_eq!(selected().await?, block);
        Ok(())
    })
    .await
}

/// The options that the reader has opened stay open after Back, and after a fix.
#[tokio::test]
async fn opened_options_stay_open() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fold_rare(true).await?;
        let is_open = async || {
            page.js::<bool>("return document.querySelector('details.rare').open", []).await
        };
        page.click("#field-mode-read-write").await?;
        assert!(is_open().await?);
        page.back().await?;
        page.until("the choice is undone", async || Ok(page.chosen("mode").await? == "read-only"))
            .await?;
        assert!(is_open().await?);
        Ok(())
    })
    .await
}

/// 500 changes leave no more behind than a few.
#[tokio::test]
async fn memory_does_not_grow() -> Result<()> {
    visit(COMPLETE, async |page| {
        let change = "const times = arguments[0];
             const field = document.getElementById('field-name');
             const radios = ['byoc', 'http', 'secure-default'].map(id => document.getElementById(`scenario-${id}`));
             const tabs = ['steps', 'script', 'lines', 'settings', 'runbook'].map(id => document.getElementById(`tab-${id}`));
             for (let index = 0; index < times; index += 1) {
                 // Browsers refuse more than 200 changes of the address in ten seconds.
                 if (index % 30 === 29) radios[Math.floor(index / 30) % 3].click();
                 if (index % 25 === 24) tabs[Math.floor(index / 25) % 5].click();
                 field.value = `edge${100 + index % 900}`;
                 field.dispatchEvent(new Event('input', { bubbles: true }));
             }
             return loadEngine().then(engine => engine.memory.buffer.byteLength)";
        // What is needed at most is there after some time.
        page.js::<u64>(change, [serde_json::json!(500)]).await?;
        let engine_before: u64 = page.js(change, [serde_json::json!(500)]).await?;
        let before = page.heap().await?;
        let engine: u64 = page.js(change, [serde_json::json!(500)]).await?;
        let after = page.heap().await?;
        assert_eq!(engine, engine_before, "the engine's memory");
        assert!(after < before + 300_000, "JavaScript's: {before} bytes, then {after}");
        assert!(after < 4 << 20, "{after}");
        Ok(())
    })
    .await
}
