//! Parts that are open, selected or scrolled stay so while a name is typed.

use anyhow::Context;
use browser_tests::{
    COMPLETE, Key, Page, RECORD_MEMORIES, Result, TABS, Target, choice, css, tab, tab_panel,
    text_field, visit,
};
use serde_json::json;

/// The part that scrolls, beside the form.
fn output() -> Target {
    css(".follows")
}

/// All parts of the steps that fold, also those within others.
fn folds() -> Target {
    css("details").within(tab_panel()).even_hidden()
}

/// Opens everything that folds in the steps, marks it, and scrolls there.
async fn settle(page: &Page) -> Result<()> {
    let opened = page.of_all::<bool>(folds(), "element.open = element.marked = true").await?.len();
    let scrolled: f64 = page.of(output(), "(element.scrollTop = 400, element.scrollTop)").await?;
    assert!(opened > 3 && scrolled > 300.0, "{opened} to open, scrolled by {scrolled}");
    Ok(())
}

/// Fails when any of that is gone.
async fn is_settled(page: &Page, when: &str) -> Result<()> {
    let all: Vec<(bool, String)> = page
        .of_all(folds(), "[Boolean(element.open && element.marked), element.querySelector('summary').textContent]")
        .await?;
    let lost: Vec<_> = all.into_iter().filter(|(is_kept, _)| !is_kept).collect();
    assert!(lost.is_empty(), "{when}: folded or replaced: {lost:?}");
    let scrolled: f64 = page.of(output(), "element.scrollTop").await?;
    assert!((scrolled - 400.0).abs() < 2.0, "{when}: scrolled to {scrolled}");
    Ok(())
}

#[tokio::test]
async fn open_parts_stay_open_while_names_are_typed() -> Result<()> {
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
            page.click(text_field(key)).await?;
            for letter in more.chars() {
                page.press(Key::End).await?;
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
async fn open_parts_stay_open_while_names_are_replaced() -> Result<()> {
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

/// Text that is selected to be copied by hand stays selected when the form changes elsewhere.
#[tokio::test]
async fn selection_in_an_unchanged_block_stays() -> Result<()> {
    visit(COMPLETE, async |page| {
        let selected = async || page.js::<String>("return getSelection().toString()", []).await;
        // A block in plain view that has no name in it.
        let blocks = page.texts_of(css("pre[role=region]").within(tab_panel())).await?;
        let number = blocks.iter().position(|block| !block.contains("edge01"));
        let number = i32::try_from(number.context("every block has the name in it")?)?;
        let block: String = page
            .of(
                css("pre[role=region]").within(tab_panel()).at(number),
                "(getSelection().selectAllChildren(element), getSelection().toString())",
            )
            .await?;
        assert!(!block.is_empty());
        // The value changes without the focus moving, which would end any selection.
        page.of::<bool>(
            text_field("name"),
            "(element.value = 'edge02', element.dispatchEvent(new Event('input', { bubbles: true })))",
        )
        .await?;
        page.wait_for_part(tab_panel(), "edge02").await?;
        assert_eq!(selected().await?, block);
        Ok(())
    })
    .await
}

/// A section that was opened stays open after Back.
#[tokio::test]
async fn open_section_stays_open_after_back() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fold_rare(true).await?;
        page.choose("mode", "read-write").await?;
        assert!(page.is_unfolded(choice("mode", "read-write")).await?);
        page.back().await?;
        page.wait_for_choice("mode", "read-only").await?;
        assert!(page.is_unfolded(choice("mode", "read-write")).await?);
        Ok(())
    })
    .await
}

/// 500 changes leave no more memory in use than a few do.
#[tokio::test]
async fn memory_does_not_grow_with_changes() -> Result<()> {
    visit("", async |page| {
        page.before_every_page(RECORD_MEMORIES).await?;
        page.open(COMPLETE).await?;
        let change = "const [times, field, radios, tabs] = arguments;
             for (let index = 0; index < times; index += 1) {
                 // Browsers refuse more than 200 changes of the address in ten seconds.
                 if (index % 30 === 29) radios[Math.floor(index / 30) % radios.length].click();
                 if (index % 25 === 24) tabs[Math.floor(index / 25) % tabs.length].click();
                 field.value = `edge${100 + index % 900}`;
                 field.dispatchEvent(new Event('input', { bubbles: true }));
                 // Let the page show it.
                 await new Promise(shown => setTimeout(shown));
             }
             return memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0)";
        let round = async || -> Result<u64> {
            let mut radios = Vec::new();
            for id in ["byoc", "http", "secure-default"] {
                radios.push(page.find(choice("scenario", id)).await?.to_json()?);
            }
            let mut tabs = Vec::new();
            for label in TABS {
                tabs.push(page.find(tab(label)).await?.to_json()?);
            }
            let field = page.find(text_field("name")).await?.to_json()?;
            page.js(
                &format!("return (async function () {{ {change} }})(...arguments)"),
                [json!(500), field, json!(radios), json!(tabs)],
            )
            .await
        };
        // The first rounds reach the most that is needed.
        round().await?;
        let wasm_before = round().await?;
        let before = page.heap().await?;
        let wasm = round().await?;
        let after = page.heap().await?;
        assert!(wasm > 0, "no memory of a module was recorded");
        assert_eq!(wasm, wasm_before, "the memory of the modules");
        assert!(after < before + 300_000, "JavaScript's: {before} bytes, then {after}");
        assert!(after < 4 << 20, "{after}");
        Ok(())
    })
    .await
}
