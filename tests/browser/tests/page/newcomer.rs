//! Use without a link and without a mouse.

use browser_tests::{
    COMPLETE, Key, Result, button, choice, command, counts, css, dialog, field, region, same_text,
    section, state, status, tab, text_field, visit,
};
use configurator_core::choices::{TextField, field_text};

#[tokio::test]
async fn keyboard_reaches_every_output_from_an_empty_form() -> Result<()> {
    visit("", async |page| {
        assert_ne!(page.text_of(counts()).await?, "Ready to copy");
        for (key, text) in [
            ("registry", "contoso"),
            ("name", "edge01"),
            ("rg", "rg-edge"),
            ("cluster", "arc-cluster-01"),
            ("ip", "10.0.0.200"),
            ("repos", "hello-world, app/api"),
        ] {
            page.tab_to(text_field(key)).await?;
            page.press(text).await?;
        }
        page.wait_for_text(counts(), "Ready to copy").await?;
        page.until("all of it is in the link", async || {
            Ok(page.hash().await?.contains("&repos=hello-world,%20app/api&"))
        })
        .await?;

        page.tab_to(tab("Steps")).await?;
        for (key, label) in [
            (Key::Right, "Script"),
            (Key::Right, "One line each"),
            (Key::Right, "Protected settings"),
            (Key::Right, "Runbook"),
            (Key::Right, "Steps"),
            (Key::Left, "Runbook"),
            (Key::Home, "Steps"),
            (Key::End, "Runbook"),
        ] {
            page.press(key).await?;
            page.wait_for_focus(tab(label)).await?;
            assert_eq!(page.open_tab().await?, [label]);
        }
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn keyboard_copies_the_script() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.tab_to(button("Copy script")).await?;
        page.press(Key::Enter).await?;
        page.wait_until_said().await?;
        same_text(
            "the clipboard",
            &page.clipboard().await?,
            &command(&["script", COMPLETE, "--paste"])?,
        )
    })
    .await
}

#[tokio::test]
async fn keyboard_opens_a_folded_section_and_chooses() -> Result<()> {
    visit("", async |page| {
        page.tab_to(section("content")).await?;
        page.press(Key::Enter).await?;
        page.tab_to(choice("mode", "read-only")).await?;
        page.press(Key::Down).await?;
        page.wait_for_choice("mode", "read-write").await?;
        assert!(page.hash().await?.contains("mode=read-write"), "{}", page.hash().await?);
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn missing_name_leads_to_its_field() -> Result<()> {
    visit("", async |page| {
        let missing = || css(".missing").within(state());
        let names = page.texts_of(css("button").within(missing())).await?;
        let fields = [
            TextField::Registry,
            TextField::Name,
            TextField::ResourceGroup,
            TextField::Cluster,
            TextField::Ip,
            TextField::Repositories,
        ];
        assert_eq!(names, fields.map(field_text::label));
        for name in fields.map(field_text::label) {
            page.click(button(name).within(missing())).await?;
            page.wait_for_focus(field(name)).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn keyboard_shares_saves_resets_and_compares() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.tab_to(button("Share …")).await?;
        page.press(Key::Enter).await?;
        page.tab_to(button("Copy the link")).await?;
        page.press(Key::Enter).await?;
        page.wait_for_text(status().within(dialog("Share these choices")), "The link is copied.")
            .await?;
        page.press(Key::Escape).await?;
        // The focus is back where it was.
        page.wait_for_focus(button("Share …")).await?;
        page.tab_to(button("Saved …")).await?;
        page.press(Key::Enter).await?;
        // The name can be typed at once.
        page.wait_for_focus(field("A name for what is chosen now")).await?;
        page.press("one").await?;
        page.tab_to(button("Save")).await?;
        page.press(Key::Enter).await?;
        page.wait_for(button("Open one")).await?;
        page.press(Key::Escape).await?;
        page.wait_for_focus(button("Saved …")).await?;
        page.tab_to(button("Reset")).await?;
        page.press(Key::Enter).await?;
        page.wait_for_value("registry", "").await?;
        page.tab_to(button("Undo the reset")).await?;
        page.press(Key::Enter).await?;
        page.wait_for_value("registry", "contoso").await?;
        page.wait_for_focus(button("Reset")).await?;
        page.tab_to(field("Marked:")).await?;
        page.press("Compared with: HTTP").await?;
        page.wait_for_part(status().within(region("Output")), "differ").await?;
        page.js("localStorage.clear()", []).await
    })
    .await
}
