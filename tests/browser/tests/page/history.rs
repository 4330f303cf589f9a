//! The address bar holds the choices: Back, Forward, reload, and a fragment that changes from
//! outside.

use browser_tests::{COMPLETE, Key, Page, Result, text_field, visit};
use serde_json::json;

/// How many entries the history of this tab has.
async fn entries(page: &Page) -> Result<u32> {
    page.js("return history.length", []).await
}

/// Waits for the address to have something in it.
async fn follows(page: &Page, text: &str) -> Result<()> {
    page.until(&format!("the address has {text}"), async || Ok(page.hash().await?.contains(text)))
        .await
}

#[tokio::test]
async fn back_undoes_and_forward_redoes() -> Result<()> {
    visit("", async |page| {
        page.fold_rare(true).await?;
        page.fill("registry", "contoso").await?;
        page.leave().await?;
        page.fill("name", "edge01").await?;
        page.leave().await?;
        page.choose("mode", "read-write").await?;
        let complete = page.hash().await?;

        let is = async |registry: &str, name: &str, mode: &str| -> Result<()> {
            page.wait_for_value("registry", registry).await?;
            page.wait_for_value("name", name).await?;
            page.wait_for_choice("mode", mode).await?;
            page.shows_what_the_link_says().await
        };
        is("contoso", "edge01", "read-write").await?;
        page.back().await?;
        is("contoso", "edge01", "read-only").await?;
        page.back().await?;
        is("contoso", "", "read-only").await?;
        page.back().await?;
        is("", "", "read-only").await?;
        page.forward().await?;
        is("contoso", "", "read-only").await?;
        page.forward().await?;
        is("contoso", "edge01", "read-only").await?;
        page.forward().await?;
        is("contoso", "edge01", "read-write").await?;
        assert_eq!(page.hash().await?, complete);
        Ok(())
    })
    .await
}

/// After going back, a change starts a new future.
#[tokio::test]
async fn change_after_back_replaces_what_was_undone() -> Result<()> {
    visit("", async |page| {
        page.fill("registry", "contoso").await?;
        page.leave().await?;
        page.fill("name", "edge01").await?;
        page.leave().await?;
        page.back().await?;
        page.wait_for_value("name", "").await?;
        page.fill("name", "edge02").await?;
        page.leave().await?;
        page.back().await?;
        page.wait_for_value("name", "").await?;
        page.wait_for_value("registry", "contoso").await?;
        page.forward().await?;
        page.wait_for_value("name", "edge02").await
    })
    .await
}

#[tokio::test]
async fn leaving_a_field_adds_one_entry_and_typing_none() -> Result<()> {
    visit("", async |page| {
        let before = entries(page).await?;
        page.click(text_field("registry")).await?;
        for (index, letter) in "contoso".char_indices() {
            page.press(letter).await?;
            follows(page, &format!("registry={}&", &"contoso"[..=index])).await?;
            assert_eq!(entries(page).await?, before);
        }
        page.leave().await?;
        assert_eq!(entries(page).await?, before + 1);
        // Nothing changes here.
        for _ in 0..4 {
            page.leave().await?;
        }
        assert_eq!(entries(page).await?, before + 1);
        Ok(())
    })
    .await
}

/// Browsers refuse an address that changes too often: Chromium more than 200 times in 10 seconds. A
/// key that is held down is faster.
#[tokio::test]
async fn address_follows_fast_typing() -> Result<()> {
    visit("", async |page| {
        let typed = "hello-world,".repeat(25);
        page.fill("repos", &typed).await?;
        follows(page, &format!("repos={typed}&")).await?;
        page.leave().await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn reload_keeps_everything_as_typed() -> Result<()> {
    visit("", async |page| {
        page.fold_rare(true).await?;
        let typed = [
            ("registry", "  -no name-  "),
            ("rg", "x; echo 50%"),
            ("ip", "10.0.0"),
            ("context", "é \"'&=#+"),
            ("repos", "a:b, C"),
            ("name", "unfini"),
        ];
        for (key, text) in typed {
            page.fill(key, text).await?;
        }
        page.choose("slot", "2").await?;
        page.fill("name", "unfinished").await?;
        follows(page, "name=unfinished&").await?;
        page.reload().await?;
        for (key, text) in typed {
            page.wait_for_value(key, if key == "name" { "unfinished" } else { text }).await?;
        }
        assert_eq!(page.chosen("slot").await?, "2");
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn edited_fragment_changes_the_form() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.js::<()>(
            "location.hash = arguments[0]",
            [json!("#registry=fabrikam&mode=read-write&slot=2&colour=red&shell=bash&v=1")],
        )
        .await?;
        page.wait_for_value("registry", "fabrikam").await?;
        page.wait_for_value("name", "").await?;
        assert_eq!(
            (page.chosen("mode").await?, page.chosen("slot").await?),
            ("read-write".to_owned(), "2".to_owned())
        );
        assert!(page.state().await?.contains("colour"), "{}", page.state().await?);
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.wait_for_value("registry", "contoso").await?;
        assert!(!page.state().await?.contains("colour"), "{}", page.state().await?);
        page.wait_for_value("name", "edge01").await
    })
    .await
}

#[tokio::test]
async fn caret_stays_where_text_is_typed() -> Result<()> {
    visit(COMPLETE, async |page| {
        for (key, at, want) in [
            ("registry", 3, "conxyztoso"),
            ("name", 2, "edxyzge01"),
            ("repos", 5, "helloxyz-world,app/api"),
            ("ip", 2, "10xyz.0.0.200"),
        ] {
            page.click(text_field(key)).await?;
            page.press(Key::Home).await?;
            for _ in 0..at {
                page.press(Key::Right).await?;
            }
            page.press("xyz").await?;
            assert_eq!(page.value(key).await?, want);
            assert_eq!(
                page.js::<u32>("return document.activeElement.selectionStart", []).await?,
                at + 3,
                "{key}"
            );
        }
        page.leave().await?;
        page.shows_what_the_link_says().await
    })
    .await
}

/// A list may be written one name a line.
#[tokio::test]
async fn caret_stays_in_a_list_of_lines() -> Result<()> {
    visit("#repos=hello-world%0D%0Aapp/api", async |page| {
        page.click(text_field("repos")).await?;
        page.press_command('a').await?;
        page.press(Key::Left).await?;
        page.press("a").await?;
        page.press(Key::Enter).await?;
        page.press("b").await?;
        assert_eq!(page.value("repos").await?, "a\nbhello-world\napp/api");
        assert_eq!(page.js::<u32>("return document.activeElement.selectionStart", []).await?, 3);
        page.shows_what_the_link_says().await
    })
    .await
}
