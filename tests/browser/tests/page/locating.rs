//! The tests' own way to find elements.

use browser_tests::{
    Page, Result, Target, button, containing, css, dialog, field, group, heading, radio, region,
    starting, summary, tab, text, visit,
};
use serde_json::json;

const HTML: &str = r#"
    <main>
        <section aria-labelledby="title"><h2 id="title">Names</h2>
            <label for="a">Registry <span>(optional)</span></label><input id="a">
            <label for="b">Registry of the parent</label><textarea id="b"></textarea>
            <fieldset><legend>Mode <a href="/">Docs</a></legend>
                <input type="radio" id="c"><label for="c">Read only</label>
            </fieldset>
            <fieldset><legend>Shell</legend><input type="radio" id="d"><label for="d">Read only</label></fieldset>
        </section>
        <section aria-label="Output">
            <button role="tab">Script</button>
            <button>Copy<span style="display: none"> nothing</span> <b>script</b></button>
            <button aria-label="Copy the step">Copy</button>
            <details><summary><h3>More</h3><span>of it</span></summary><button>Folded</button></details>
            <p>One <em>short</em> text.</p>
        </section>
    </main>
    <dialog aria-labelledby="asked"><h2 id="asked">Really?</h2><button>Close</button></dialog>"#;

/// Opens a page with only this in it.
async fn open(page: &Page) -> Result<()> {
    page.go("about:blank").await?;
    page.js("document.body.innerHTML = arguments[0]", [json!(HTML)]).await
}

#[tokio::test]
async fn elements_are_found_by_role_and_name() -> Result<()> {
    visit("", async |page| {
        open(page).await?;
        let targets: [(Target, &str); 13] = [
            (field("Registry"), "INPUT"),
            (field("Registry of the parent"), "TEXTAREA"),
            (radio("Mode", "Read only"), "INPUT"),
            (group("Shell"), "FIELDSET"),
            (region("Names"), "SECTION"),
            (heading("Names"), "H2"),
            (tab("Script"), "BUTTON"),
            (button("Copy script"), "BUTTON"),
            (button("Copy the step").within(region("Output")), "BUTTON"),
            (button(containing("the step")), "BUTTON"),
            (summary(starting("More")), "SUMMARY"),
            (text("One short text."), "P"),
            (css("em").within(text("One short text.")), "EM"),
        ];
        for (target, tag) in targets {
            assert_eq!(
                page.of_all::<String>(&target, "element.tagName").await?,
                [tag],
                "{target:?}"
            );
        }
        for absent in [
            button("Copy"),
            button("Script"),
            button("Folded"),
            button("Copy the step").within(region("Names")),
            radio("Mode", "Read"),
            dialog("Really?"),
        ] {
            assert_eq!(page.count(&absent).await?, 0, "{absent:?}");
        }
        assert_eq!(page.count(button("Folded").even_hidden()).await?, 1);
        assert_eq!(page.count(button(starting("Copy")).at(-1)).await?, 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_modal_dialog_hides_what_is_behind_it() -> Result<()> {
    visit("", async |page| {
        open(page).await?;
        page.js::<()>("document.querySelector('dialog').showModal()", []).await?;
        page.wait_for(button("Close").within(dialog("Really?"))).await?;
        assert_eq!(page.count(button("Copy script")).await?, 0);
        page.js::<()>("document.querySelector('dialog').close()", []).await?;
        page.wait_until_gone(dialog("Really?")).await?;
        assert_eq!(page.count(button("Copy script")).await?, 1);
        Ok(())
    })
    .await
}
