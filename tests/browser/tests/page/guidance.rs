//! What helps to choose: the three questions, the pages of the rules, the pictures, and what cannot
//! be chosen.

use anyhow::Context;
use browser_tests::{COMPLETE, Key, Page, Result, visit};
use configurator_core::rules::Rule;

async fn is_open(page: &Page, dialog: &str) -> Result<bool> {
    page.js("return document.getElementById(arguments[0]).open", [dialog.into()]).await
}

#[tokio::test]
async fn three_questions_by_keyboard_lead_to_a_scenario() -> Result<()> {
    visit("", async |page| {
        page.tab_to("open-guide").await?;
        page.press(Key::Enter).await?;
        page.until("it is open", async || is_open(page, "guide").await).await?;
        page.is_accessible("the three questions").await?;
        page.tab_to("guide-certificate-no").await?;
        page.press(Key::Down).await?;
        page.press(Key::Down).await?;
        page.shows("guide-result", "Your scenario: Kubernetes secret.").await?;
        page.tab_to("guide-nodes-yes").await?;
        page.press(Key::Down).await?;
        page.shows("guide-result", "Your scenario: Own trust distribution.").await?;
        page.tab_to("guide-take").await?;
        page.press(Key::Enter).await?;
        assert!(!is_open(page, "guide").await?);
        assert_eq!(page.chosen("scenario").await?, "own-trust");
        assert_eq!(
            (page.chosen("tls").await?.as_str(), page.chosen("trust").await?.as_str()),
            ("secret", "own")
        );
        assert_eq!(page.focused().await?, "scenario-own-trust");
        page.shows_what_the_link_says().await
    })
    .await
}

/// Who has no certificate and leaves the nodes alone gets one made.
#[tokio::test]
async fn who_has_nothing_gets_a_pair_made() -> Result<()> {
    visit("", async |page| {
        page.click("#open-guide").await?;
        page.click("#guide-nodes-no").await?;
        page.click("#guide-take").await?;
        assert_eq!(
            (page.chosen("tls").await?.as_str(), page.chosen("self-signed").await?.as_str()),
            ("byoc", "yes")
        );
        page.has_output().await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn the_questions_can_be_left_and_choose_nothing() -> Result<()> {
    visit("", async |page| {
        page.click("#open-guide").await?;
        page.click("#guide-certificate-files").await?;
        page.press(Key::Escape).await?;
        page.until("it is closed", async || Ok(!is_open(page, "guide").await?)).await?;
        assert_eq!(page.focused().await?, "open-guide");
        assert_eq!(page.chosen("scenario").await?, "secure-default");
        assert_eq!(page.hash().await?, "");
        Ok(())
    })
    .await
}

/// Every rule that is shown beside a field leads to its page.
#[tokio::test]
async fn a_rule_has_its_page() -> Result<()> {
    visit("#name=Edge01", async |page| {
        page.click("[data-rule=connected-registry-upper-case]").await?;
        page.until("it is open", async || is_open(page, "rule").await).await?;
        page.is_accessible("the page of a rule").await?;
        let text = page.text("rule-content").await?;
        let rule = Rule::of("connected-registry-upper-case").context("the rule is there")?;
        for part in [rule.id, rule.why, rule.violating, rule.clean, rule.source.name] {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
        page.press(Key::Enter).await?;
        page.until("it is closed", async || Ok(!is_open(page, "rule").await?)).await
    })
    .await
}

#[tokio::test]
async fn the_picture_follows_the_choices() -> Result<()> {
    visit(COMPLETE, async |page| {
        for part in [
            "contoso",
            "edge01",
            "10.0.0.200",
            "HTTPS",
            "the extension makes the nodes trust it",
            "every minute",
        ] {
            assert!(
                page.text("picture").await?.contains(part),
                "{part}: {}",
                page.text("picture").await?
            );
        }
        page.click("#scenario-http").await?;
        page.until("HTTP is said", async || {
            Ok(page.text("picture").await?.contains("Nothing is encrypted"))
        })
        .await?;
        assert_eq!(page.count("#picture .wire.bad").await?, 1);
        page.click("#field-task-clean-up").await?;
        page.until("it is removed", async || {
            Ok(page.text("picture").await?.contains("Nothing of the connected registry is left"))
        })
        .await?;
        page.click("#field-task-rotate").await?;
        page.until("there is none", async || Ok(page.text("picture").await?.is_empty())).await
    })
    .await
}

#[tokio::test]
async fn a_schedule_has_its_week_and_its_next_five_runs() -> Result<()> {
    visit(&format!("{COMPLETE}&sync=scheduled&schedule=30%205%20*%20*%20*&window=PT4H"), async |page| {
        let runs: Vec<String> = page.js("return [...document.querySelectorAll('#timeline li')].map(run => run.textContent)", []).await?;
        assert_eq!(runs.len(), 5);
        assert!(runs.iter().all(|run| run.contains("05:30 UTC")), "{runs:?}");
        // The browser's own clock is the judge.
        let offset: i64 = page.js("return new Date().getTimezoneOffset()", []).await?;
        assert_eq!(runs[0].contains("in your time"), offset != 0, "{runs:?}");
        assert!(page.count("#timeline .open").await? >= 7);
        page.fill("window", "4h").await?;
        page.until("what is not understood has no week", async || Ok(page.count("#timeline figure").await? == 0)).await
    })
    .await
}

/// Who does not see the commands hears what they are for, once for each choice and not for each
/// letter.
#[tokio::test]
async fn other_commands_are_announced() -> Result<()> {
    visit("", async |page| {
        let first = page.text("announced").await?;
        assert!(
            first.starts_with("Deploy a connected registry: ") && first.ends_with(" steps."),
            "{first}"
        );
        page.fill("name", "edge01").await?;
        page.until("it follows", async || Ok(page.text("panel").await?.contains("edge01"))).await?;
        assert_eq!(page.text("announced").await?, first);
        page.click("#scenario-http").await?;
        page.until("it is announced", async || Ok(page.text("announced").await? != first)).await?;
        assert_eq!(
            page.js::<String>(
                "return document.getElementById('announced').getAttribute('role')",
                []
            )
            .await?,
            "status"
        );
        Ok(())
    })
    .await
}

/// What cannot work stays to be seen, and says why.
#[tokio::test]
async fn trust_without_tls_says_why_not() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.click("#field-tls-http").await?;
        assert!(
            page.js::<bool>(
                "return document.getElementById('field-trust-own').matches(':disabled')",
                []
            )
            .await?
        );
        assert!(
            page.text("why-not-trust").await?.contains("plain HTTP"),
            "{}",
            page.text("why-not-trust").await?
        );
        page.is_accessible("trust without TLS").await?;
        page.click("#field-tls-secret").await?;
        assert!(
            page.js::<bool>(
                "return document.getElementById('field-trust-own').matches(':enabled')",
                []
            )
            .await?
        );
        assert_eq!(page.text("why-not-trust").await?, "");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_differs_from_a_scenario_says_so() -> Result<()> {
    visit("", async |page| {
        page.click("#field-sync-scheduled").await?;
        page.until("it is said", async || {
            Ok(page.text("no-scenario").await?.contains("Secure by default, with changes of yours"))
        })
        .await?;
        page.click("#field-sync-continuous").await?;
        page.until("it is gone", async || Ok(page.text("no-scenario").await?.is_empty())).await?;
        assert_eq!(page.chosen("scenario").await?, "secure-default");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn ids_that_were_pasted_are_understood() -> Result<()> {
    visit("", async |page| {
        let id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-edge/providers/Microsoft.ContainerRegistry/registries/contoso";
        page.fill("registry", id).await?;
        page.leave().await?;
        page.click("#messages-rg [data-fix]").await?;
        page.holds("rg", "rg-edge").await?;
        page.fold_rare(true).await?;
        page.click("#messages-subscription [data-fix]").await?;
        page.click("#messages-registry [data-fix]").await?;
        page.holds("registry", "contoso").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

/// A module that breaks leaves a message, and a link that brings everything back.
#[tokio::test]
async fn when_it_breaks_nothing_typed_is_lost() -> Result<()> {
    visit("", async |page| {
        page.fill("name", "edge01").await?;
        page.leave().await?;
        page.js::<()>(
            "const broken = new Uint8Array([0,97,115,109,1,0,0,0,1,4,1,96,0,0,3,2,1,0,7,5,1,1,102,0,0,10,5,1,3,0,0,11]);
             setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(broken)).exports.f())",
            [],
        )
        .await?;
        page.until("it is said", async || page.js("return document.getElementById('broken').checkVisibility()", []).await).await?;
        page.forget_complaints().await?;
        page.is_accessible("a page that broke").await?;
        page.click("#broken a").await?;
        page.until("the page is there again", async || page.js("return !document.getElementById('broken').checkVisibility()", []).await).await?;
        page.holds("name", "edge01").await
    })
    .await
}

/// The engine cannot recover: the same is said, and nothing is dead that was alive.
#[tokio::test]
async fn when_the_engine_breaks_it_is_said() -> Result<()> {
    visit("", async |page| {
        page.fill("name", "edge01").await?;
        page.has_output().await?;
        page.js::<()>("window.connectedRegistryEngine.apply = () => { throw new WebAssembly.RuntimeError('unreachable') }", []).await?;
        page.fill("name", "edge02").await?;
        page.until("it is said", async || page.js("return document.getElementById('broken').checkVisibility()", []).await).await?;
        page.click("#broken a").await?;
        page.until("the page is there again", async || page.js("return !document.getElementById('broken').checkVisibility()", []).await).await?;
        page.holds("name", "edge02").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn the_form_can_be_skipped() -> Result<()> {
    visit("", async |page| {
        page.tab_to("skip").await?;
        page.press(Key::Enter).await?;
        assert_eq!(page.focused().await?, "tab-steps");
        Ok(())
    })
    .await
}

/// What a browser may refuse.
#[tokio::test]
async fn without_clipboard_history_storage_and_intl_everything_else_works() -> Result<()> {
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
        assert_eq!(page.count("#timeline li").await?, 5);
        page.fill("name", "edge02").await?;
        page.tab("script").await?;
        page.until("the script follows", async || Ok(page.text("whole").await?.contains("edge02")))
            .await?;
        page.click("#copy-script").await?;
        page.until("it says what to do", async || {
            Ok(page.text("said").await?.contains("The text is selected"))
        })
        .await
    })
    .await
}
