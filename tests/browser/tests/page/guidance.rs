//! Help with choosing: the three questions, the pages of the rules, the pictures, and choices that
//! are disabled.

use anyhow::Context;
use browser_tests::{
    COMPLETE, Key, Result, Target, alert, button, choice, choices, containing, css, dialog, link,
    radio, region, said, starting, state, status, tab, tab_panel, text, text_field, visit,
};
use configurator_core::rules::Rule;

const CERTIFICATE: &str = "Do you have a TLS certificate for the connected registry?";
const NODES: &str = "May the extension change how the nodes trust registries?";
const BROKEN: &str = "Something broke that should not have.";

fn questions() -> Target {
    dialog("Three questions")
}

fn picture() -> Target {
    region("What will exist afterwards")
}

#[tokio::test]
async fn questions_lead_to_a_scenario_by_keyboard() -> Result<()> {
    visit("", async |page| {
        page.tab_to(button("Not sure? Three questions")).await?;
        page.press(Key::Enter).await?;
        page.wait_for(questions()).await?;
        page.is_accessible("the three questions").await?;
        page.tab_to(radio(CERTIFICATE, "No")).await?;
        page.press(Key::Down).await?;
        page.press(Key::Down).await?;
        page.wait_for_text(status().within(questions()), "Your scenario: Kubernetes secret.")
            .await?;
        page.tab_to(radio(NODES, "Yes")).await?;
        page.press(Key::Down).await?;
        page.wait_for_text(status().within(questions()), "Your scenario: Own trust distribution.")
            .await?;
        page.tab_to(button("Use this scenario")).await?;
        page.press(Key::Enter).await?;
        page.wait_until_gone(questions()).await?;
        page.wait_for_choice("scenario", "own-trust").await?;
        assert_eq!(
            (page.chosen("tls").await?.as_str(), page.chosen("trust").await?.as_str()),
            ("secret", "own")
        );
        page.wait_for_focus(choice("scenario", "own-trust")).await?;
        page.shows_what_the_link_says().await
    })
    .await
}

/// Without a certificate, and with nodes that stay as they are, the script makes a pair.
#[tokio::test]
async fn questions_lead_to_a_self_signed_pair() -> Result<()> {
    visit("", async |page| {
        page.click(button("Not sure? Three questions")).await?;
        page.click(radio(NODES, starting("No"))).await?;
        page.click(button("Use this scenario")).await?;
        page.wait_for_choice("tls", "byoc").await?;
        assert_eq!(page.chosen("self-signed").await?, "yes");
        page.wait_until_ready().await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn questions_choose_nothing_when_closed() -> Result<()> {
    visit("", async |page| {
        page.click(button("Not sure? Three questions")).await?;
        page.click(radio(CERTIFICATE, "Yes, as PEM files")).await?;
        page.press(Key::Escape).await?;
        page.wait_until_gone(questions()).await?;
        page.wait_for_focus(button("Not sure? Three questions")).await?;
        assert_eq!(page.chosen("scenario").await?, "secure-default");
        assert_eq!(page.hash().await?, "");
        Ok(())
    })
    .await
}

/// Each rule at a field leads to its page.
#[tokio::test]
async fn rule_at_a_field_opens_its_page() -> Result<()> {
    visit("#name=Edge01", async |page| {
        page.click(button("The rule connected-registry-upper-case")).await?;
        let opened = dialog(starting("connected-registry-upper-case"));
        page.wait_for(&opened).await?;
        page.is_accessible("the page of a rule").await?;
        let text = page.text_of(&opened).await?;
        let rule = Rule::of("connected-registry-upper-case").context("the rule is there")?;
        for part in [rule.id, rule.why, rule.violating, rule.clean, rule.source.name] {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
        page.press(Key::Enter).await?;
        page.wait_until_gone(&opened).await
    })
    .await
}

#[tokio::test]
async fn picture_follows_the_choices() -> Result<()> {
    visit(COMPLETE, async |page| {
        let shown = page.text_of(picture()).await?;
        for part in [
            "contoso",
            "edge01",
            "10.0.0.200",
            "HTTPS",
            "the extension makes the nodes trust it",
            "every minute",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        page.choose("scenario", "http").await?;
        page.wait_for_part(picture(), "Nothing is encrypted").await?;
        // That it is not secure is said in words above, and shown by a color.
        assert_eq!(page.count(css(".wire.bad").within(picture())).await?, 1);
        page.choose("task", "clean-up").await?;
        page.wait_for_part(picture(), "Nothing of the connected registry is left").await?;
        page.choose("task", "rotate").await?;
        page.until("there is no picture", async || {
            Ok(page.texts_of(picture()).await?.concat().is_empty())
        })
        .await
    })
    .await
}

#[tokio::test]
async fn schedule_shows_its_week_and_its_next_five_runs() -> Result<()> {
    let scheduled = format!("{COMPLETE}&sync=scheduled&schedule=30%205%20*%20*%20*&window=PT4H");
    visit(&scheduled, async |page| {
        let week = || css("figure").within(region("Synchronization"));
        let runs = page.texts_of(css("li").within(week())).await?;
        assert_eq!(runs.len(), 5);
        assert!(runs.iter().all(|run| run.contains("05:30 UTC")), "{runs:?}");
        // The browser's own clock decides whether there is another time to show.
        let offset: i64 = page.js("return new Date().getTimezoneOffset()", []).await?;
        assert_eq!(runs[0].contains("in your time"), offset != 0, "{runs:?}");
        assert!(page.count(css(".open").within(week())).await? >= 7);
        page.fill("window", "4h").await?;
        page.wait_until_gone(week()).await
    })
    .await
}

/// Screen readers announce other commands once for each choice, not for each letter.
#[tokio::test]
async fn choice_announces_its_commands_and_typing_does_not() -> Result<()> {
    visit("", async |page| {
        let announced = || css(".visually-hidden[role=status]").within(state());
        let first = page.text_of(announced()).await?;
        assert!(
            first.starts_with("Deploy a connected registry: ") && first.ends_with(" steps."),
            "{first}"
        );
        page.fill("name", "edge01").await?;
        page.wait_for_part(tab_panel(), "edge01").await?;
        assert_eq!(page.text_of(announced()).await?, first);
        page.choose("scenario", "http").await?;
        page.until("it is announced", async || Ok(page.text_of(announced()).await? != first)).await
    })
    .await
}

/// A choice that cannot work stays visible and says why.
#[tokio::test]
async fn trust_is_disabled_without_tls_and_says_why() -> Result<()> {
    visit(COMPLETE, async |page| {
        let is_disabled =
            async || page.of::<bool>(choice("trust", "own"), "element.matches(':disabled')").await;
        page.choose("tls", "http").await?;
        page.until("trust is disabled", is_disabled).await?;
        page.wait_for(text(starting("Not with plain HTTP")).within(choices("trust"))).await?;
        page.is_accessible("trust without TLS").await?;
        page.choose("tls", "secret").await?;
        page.until("trust is enabled", async || Ok(!is_disabled().await?)).await?;
        page.wait_until_gone(text(starting("Not with plain HTTP"))).await
    })
    .await
}

#[tokio::test]
async fn changed_scenario_says_so() -> Result<()> {
    visit("", async |page| {
        let changed = || text(containing("Secure by default, with changes of yours"));
        page.choose("sync", "scheduled").await?;
        page.wait_for(changed()).await?;
        page.choose("sync", "continuous").await?;
        page.wait_until_gone(changed()).await?;
        assert_eq!(page.chosen("scenario").await?, "secure-default");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn pasted_resource_id_fills_its_fields() -> Result<()> {
    visit("", async |page| {
        let id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-edge/providers/Microsoft.ContainerRegistry/registries/contoso";
        let fix = |key: &str| button(starting("Change it to")).within(text_field(key).around(".field"));
        page.fill("registry", id).await?;
        page.leave().await?;
        page.click(fix("rg")).await?;
        page.wait_for_value("rg", "rg-edge").await?;
        page.fold_rare(true).await?;
        page.click(fix("subscription")).await?;
        page.click(fix("registry")).await?;
        page.wait_for_value("registry", "contoso").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

/// A WebAssembly module that breaks leaves a message, with a link that brings everything back.
#[tokio::test]
async fn broken_module_loses_nothing_typed() -> Result<()> {
    visit("", async |page| {
        page.fill("name", "edge01").await?;
        page.leave().await?;
        page.js::<()>(
            "const broken = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,5,1,3,0,0,11]);
             setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(broken)).exports.f())",
            [],
        )
        .await?;
        page.wait_for_part(alert(), BROKEN).await?;
        page.forget_complaints().await?;
        page.is_accessible("a page that broke").await?;
        page.click(link("open the page again with your choices")).await?;
        page.wait_until_gone(text(containing(BROKEN))).await?;
        page.wait_for_value("name", "edge01").await
    })
    .await
}

/// Without its WebAssembly the page says so, and still shows the commands that came with it.
#[tokio::test]
async fn page_that_cannot_be_loaded_says_so_and_shows_its_commands() -> Result<()> {
    visit("", async |page| {
        page.block_requests(&["*.wasm"]).await?;
        page.open("").await?;
        page.wait_for_part(alert(), "could not be loaded").await?;
        page.wait_for_part(tab_panel(), "az acr connected-registry create").await?;
        page.forget_complaints().await?;
        page.is_accessible("a page that could not be loaded").await?;
        page.block_requests(&[]).await?;
        page.reload().await?;
        page.wait_until_gone(alert()).await?;
        page.fill("name", "edge01").await?;
        page.wait_for_part(tab_panel(), "edge01").await
    })
    .await
}

#[tokio::test]
async fn skip_button_leads_past_the_form() -> Result<()> {
    visit("", async |page| {
        page.tab_to(button("Skip to the commands")).await?;
        page.press(Key::Enter).await?;
        page.wait_for_focus(tab("Steps")).await
    })
    .await
}

/// Browsers may refuse these.
#[tokio::test]
async fn page_works_without_clipboard_history_storage_and_intl() -> Result<()> {
    const REFUSED: &str = "
        const refuse = () => { throw new DOMException('refused', 'SecurityError') };
        for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get: refuse });
        history.pushState = history.replaceState = refuse;
        Object.defineProperty(navigator, 'clipboard', { value: undefined });
        document.execCommand = () => false;
        delete window.Intl;";
    visit("", async |page| {
        page.before_every_page(REFUSED).await?;
        page.open(&format!("{COMPLETE}&sync=scheduled&schedule=0%200%20*%20*%20*&window=PT4H"))
            .await?;
        assert_eq!(page.count(css("figure li").within(region("Synchronization"))).await?, 5);
        page.fill("name", "edge02").await?;
        page.tab("Script").await?;
        page.wait_for_part(tab_panel(), "edge02").await?;
        page.click(button("Copy script")).await?;
        page.wait_for_part(said(), "The text is selected").await
    })
    .await
}
