//! Who comes without a link and without a mouse.

use browser_tests::{COMPLETE, Key, Result, visit};

#[tokio::test]
async fn keyboard_alone_leads_from_nothing_to_every_output() -> Result<()> {
    visit("", async |page| {
        assert_ne!(page.text("counts").await?, "Ready to copy");
        for (key, text) in [
            ("registry", "contoso"),
            ("name", "edge01"),
            ("rg", "rg-edge"),
            ("cluster", "arc-cluster-01"),
            ("ip", "10.0.0.200"),
            ("repos", "hello-world, app/api"),
        ] {
            page.tab_to(&format!("field-{key}")).await?;
            page.press(text).await?;
        }
        page.shows("counts", "Ready to copy").await?;
        page.until("all of it is in the link", async || Ok(page.hash().await?.contains("&repos=hello-world,%20app/api&"))).await?;

        page.tab_to("tab-steps").await?;
        for (key, tab) in [
            (Key::Right, "tab-script"),
            (Key::Right, "tab-lines"),
            (Key::Right, "tab-settings"),
            (Key::Right, "tab-runbook"),
            (Key::Right, "tab-steps"),
            (Key::Left, "tab-runbook"),
            (Key::Home, "tab-steps"),
            (Key::End, "tab-runbook"),
        ] {
            page.press(key).await?;
            assert_eq!(page.focused().await?, tab);
            assert_eq!(page.js::<Vec<String>>("return [...document.querySelectorAll('[role=tab][aria-selected=true]')].map(tab => tab.id)", []).await?, [tab]);
        }
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn keyboard_alone_copies_the_script() -> Result<()> {
    visit(browser_tests::COMPLETE, async |page| {
        page.tab_to("copy-script").await?;
        page.press(Key::Enter).await?;
        page.until("something is said", async || Ok(!page.text("said").await?.is_empty())).await?;
        browser_tests::same_text(
            "the clipboard",
            &page.clipboard().await?,
            &browser_tests::command(&["script", browser_tests::COMPLETE, "--paste"])?,
        )
    })
    .await
}

#[tokio::test]
async fn keyboard_alone_opens_the_rare_options_and_chooses() -> Result<()> {
    visit("", async |page| {
        page.tab_to("open-content").await?;
        page.press(Key::Enter).await?;
        page.tab_to("field-mode-read-only").await?;
        page.press(Key::Down).await?;
        assert_eq!(page.chosen("mode").await?, "read-write");
        assert!(page.hash().await?.contains("mode=read-write"), "{}", page.hash().await?);
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn what_is_still_missing_leads_to_its_field() -> Result<()> {
    visit("", async |page| {
        let missing: Vec<String> = page.js("return [...document.querySelectorAll('#summary [data-focus]')].map(button => button.dataset.focus)", []).await?;
        assert_eq!(missing, ["registry", "name", "rg", "cluster", "ip", "repos"]);
        for key in missing {
            page.click(&format!("#summary [data-focus={key}]")).await?;
            assert_eq!(page.focused().await?, format!("field-{key}"));
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn keyboard_alone_shares_keeps_and_compares() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.tab_to("open-share").await?;
        page.press(Key::Enter).await?;
        page.tab_to("copy-link").await?;
        page.press(Key::Enter).await?;
        page.until("the link is copied", async || Ok(!page.text("share-said").await?.is_empty()))
            .await?;
        page.press(Key::Escape).await?;
        assert_eq!(page.focused().await?, "open-share", "the focus is back where it was");
        page.tab_to("open-saved").await?;
        page.press(Key::Enter).await?;
        assert_eq!(page.focused().await?, "save-name", "one can type at once");
        page.press("one").await?;
        page.tab_to("save").await?;
        page.press(Key::Enter).await?;
        page.until("it is saved", async || Ok(page.count("[data-open=one]").await? == 1)).await?;
        page.press(Key::Escape).await?;
        assert_eq!(page.focused().await?, "open-saved");
        page.tab_to("reset").await?;
        page.press(Key::Enter).await?;
        page.holds("registry", "").await?;
        page.tab_to("undo-reset").await?;
        page.press(Key::Enter).await?;
        page.holds("registry", "contoso").await?;
        assert_eq!(page.focused().await?, "reset");
        page.tab_to("compare").await?;
        page.press("Compared with: HTTP").await?;
        page.until("it is compared", async || Ok(page.text("compared").await?.contains("differ")))
            .await?;
        page.js("localStorage.clear()", []).await
    })
    .await
}
