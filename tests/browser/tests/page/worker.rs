//! The worker: when it is started, and what the page does without it.

use browser_tests::{
    COMPLETE, Key, Page, Result, button, containing, dialog, field, said, tab_panel, text, visit,
};

const BYOC: &str = "&scenario=byoc&crt=tls.crt&key=tls.key";

/// Counts the workers that the page starts.
const COUNT: &str = "
    window.started = 0;
    window.Worker = class extends Worker { constructor(...given) { super(...given); started += 1; } };";

/// Refuses workers, and the copy of their script that the page tries then.
const REFUSE: &str = "
    window.isRefused = false;
    const original = { Worker, fetch };
    window.Worker = function (...given) { if (isRefused) throw new DOMException('', 'SecurityError'); return new original.Worker(...given); };
    window.fetch = async (...given) => { if (isRefused) throw new TypeError('refused'); return original.fetch.apply(window, given); };";

/// Starts workers that never answer, and lets a minute pass in no time.
const STALL: &str = "
    window.Worker = class extends EventTarget { postMessage() {} terminate() {} };
    const later = setTimeout;
    window.setTimeout = (run, after, ...given) => later(run, after > 60000 ? 100 : after, ...given);";

async fn started(page: &Page) -> Result<u32> {
    page.js("return started", []).await
}

#[tokio::test]
async fn worker_is_started_only_when_a_dialog_needs_it() -> Result<()> {
    visit("", async |page| {
        page.before_every_page(COUNT).await?;
        page.open(&format!("{COMPLETE}{BYOC}")).await?;
        page.fill("name", "edge02").await?;
        page.tab("Protected settings").await?;
        assert_eq!(started(page).await?, 0);
        page.click(button("Have commands already? Check them")).await?;
        page.wait_for(dialog("Check commands you have")).await?;
        page.type_into(field("Your text"), "az login").await?;
        assert_eq!(started(page).await?, 1);
        page.press(Key::Escape).await?;
        page.click(button("Fill it in here …")).await?;
        page.wait_for(dialog("Fill in the protected settings")).await?;
        assert_eq!(started(page).await?, 2);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn checker_without_a_worker_says_so_and_works_later() -> Result<()> {
    visit("", async |page| {
        page.before_every_page(REFUSE).await?;
        page.open(COMPLETE).await?;
        page.js::<()>("isRefused = true", []).await?;
        page.click(button("Have commands already? Check them")).await?;
        page.wait_for(text(containing("could not be loaded"))).await?;
        page.is_accessible("a checker that could not be loaded").await?;
        page.js::<()>("isRefused = false", []).await?;
        page.press(Key::Escape).await?;
        page.click(button("Have commands already? Check them")).await?;
        page.type_into(field("Your text"), "az acr login --name contoso").await?;
        page.wait_for_part(dialog("Check commands you have"), "Nothing wrong was found.").await?;
        page.wait_until_gone(text(containing("could not be loaded"))).await
    })
    .await
}

#[tokio::test]
async fn worker_that_never_starts_is_given_up() -> Result<()> {
    visit("", async |page| {
        page.before_every_page(STALL).await?;
        page.open(COMPLETE).await?;
        page.click(button("Have commands already? Check them")).await?;
        page.wait_for(text(containing("could not be loaded"))).await?;
        page.press(Key::Escape).await?;
        page.click(button("All files (.zip)")).await?;
        page.wait_for_part(said(), "The archive could not be made").await
    })
    .await
}

#[tokio::test]
async fn archive_and_settings_without_a_worker_say_so() -> Result<()> {
    visit("", async |page| {
        page.before_every_page(REFUSE).await?;
        page.open(&format!("{COMPLETE}{BYOC}")).await?;
        page.js::<()>("isRefused = true", []).await?;
        page.click(button("All files (.zip)")).await?;
        page.wait_for_part(said(), "The archive could not be made").await?;
        page.tab("Protected settings").await?;
        page.click(button("Fill it in here …")).await?;
        page.wait_for(text(containing("could not be loaded"))).await?;
        page.press(Key::Escape).await?;
        page.tab("Steps").await?;
        page.fill("name", "edge02").await?;
        page.wait_for_part(tab_panel(), "edge02").await
    })
    .await
}

/// No event of the two dialogs with secrets reaches the page around them.
#[tokio::test]
async fn events_stay_in_the_dialogs_with_secrets() -> Result<()> {
    const HEAR: &str = "
        window.heard = [];
        addEventListener('DOMContentLoaded', () => {
            for (const kind of ['input', 'change', 'paste', 'keydown', 'keyup', 'click', 'focusin', 'focusout', 'drop'])
                document.body.addEventListener(kind, event => event.target.closest('#fill, #reader') && heard.push(`${kind} ${event.target.value}`));
        });";
    visit("", async |page| {
        page.before_every_page(HEAR).await?;
        page.open(&format!("{COMPLETE}{BYOC}")).await?;
        page.tab("Protected settings").await?;
        page.click(button("Fill it in here …")).await?;
        page.type_into(field("Connection string"), "SECRET").await?;
        page.click(button("Forget and close")).await?;
        page.wait_until_gone(dialog("Fill in the protected settings")).await?;
        page.click(button("Have commands already? Check them")).await?;
        page.type_into(field("Your text"), "SECRET").await?;
        page.press(Key::Escape).await?;
        page.wait_until_gone(dialog("Check commands you have")).await?;
        assert_eq!(page.js::<Vec<String>>("return heard", []).await?, [""; 0]);
        Ok(())
    })
    .await
}
