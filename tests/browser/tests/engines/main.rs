//! The main flows in every browser engine, by WebDriver alone.
//!
//! Tests that need Chromium's own protocol, and those of details, are in the target `page`.

use browser_tests::{
    COMPLETE, Key, Page, Result, TABS, Target, WRONG, alert, button, choice, command, counts, css,
    dialog, field, messages, same_text, section, starting, state, tab, tab_panel, text, text_field,
    variable, visit, visit_host,
};
use configurator_core::choices::TextField;
use serde_json::json;

/// The names that the recommended scenario asks for.
const NAMES: [(&str, &str); 6] = [
    ("registry", "contoso"),
    ("name", "edge01"),
    ("rg", "rg-edge"),
    ("cluster", "arc-cluster-01"),
    ("ip", "10.0.0.200"),
    ("repos", "hello-world, app/api"),
];

/// Whether an error is shown at a field, and the field is marked as invalid.
async fn is_wrong(page: &Page, key: &str) -> Result<bool> {
    let is_invalid =
        page.of::<bool>(text_field(key), "element.getAttribute('aria-invalid') === 'true'").await?;
    let has_error =
        page.of_all::<bool>(messages(key), "element.matches('.error')").await?.contains(&true);
    assert_eq!(is_invalid, has_error, "{key}: it is only marked as invalid, or only has a message");
    Ok(is_invalid)
}

/// The button that fixes what is wrong with a field.
fn fix(key: &str) -> Target {
    button(starting("Change it to")).within(text_field(key).around(".field"))
}

/// The link in the summary that leads to a field.
fn leads_to(label: &str) -> Target {
    button(starting(label)).within(state())
}

#[tokio::test]
async fn commands_are_shown_before_any_choice() -> Result<()> {
    visit("", async |page| {
        page.wait_for_part(tab_panel(), "az acr connected-registry create").await?;
        page.wait_for_text(counts(), "6 names missing").await?;
        assert_eq!(page.count(alert()).await?, 0);
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn typed_names_reach_the_output() -> Result<()> {
    visit("", async |page| {
        for (key, text) in NAMES {
            page.fill(key, text).await?;
            assert_eq!(page.value(key).await?, text);
        }
        page.wait_for_text(counts(), "Ready to copy").await?;
        page.until("all of it is in the link", async || {
            Ok(page.hash().await?.contains("&repos=hello-world,%20app/api&"))
        })
        .await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn keyboard_fills_in_the_form_and_copies() -> Result<()> {
    visit("", async |page| {
        for (key, text) in NAMES {
            page.tab_to(text_field(key)).await?;
            page.press(text).await?;
        }
        page.wait_for_text(counts(), "Ready to copy").await?;
        page.tab_to(button("Copy script")).await?;
        page.press(Key::Enter).await?;
        assert_eq!(page.wait_until_said().await?, "Copied.");
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn scenario_shell_and_task_change_the_output() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.choose("scenario", "byoc").await?;
        assert_eq!(page.chosen("scenario").await?, "byoc");
        // Its fields can be seen.
        page.wait_for(text_field("crt")).await?;
        page.shows_what_the_link_says().await?;
        for (key, text) in
            [("crt", "certs/tls.crt"), ("key", "certs/tls.key"), ("ca", "certs/ca.crt")]
        {
            page.fill(key, text).await?;
        }
        page.choose("shell", "powershell").await?;
        assert!(page.hash().await?.contains("shell=powershell"), "{}", page.hash().await?);
        page.shows_what_the_link_says().await?;
        page.choose("task", "clean-up").await?;
        page.wait_until_ready().await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn back_undoes_and_forward_redoes() -> Result<()> {
    visit("", async |page| {
        page.fill("registry", "contoso").await?;
        page.leave().await?;
        page.fill("name", "edge01").await?;
        page.leave().await?;
        page.choose("shell", "powershell").await?;
        let complete = page.hash().await?;

        let is = async |registry: &str, name: &str, shell: &str| -> Result<()> {
            page.wait_for_value("registry", registry).await?;
            page.wait_for_value("name", name).await?;
            page.wait_for_choice("shell", shell).await?;
            page.shows_what_the_link_says().await
        };
        is("contoso", "edge01", "powershell").await?;
        page.back().await?;
        is("contoso", "edge01", "bash").await?;
        page.back().await?;
        is("contoso", "", "bash").await?;
        page.back().await?;
        is("", "", "bash").await?;
        page.forward().await?;
        is("contoso", "", "bash").await?;
        page.forward().await?;
        page.forward().await?;
        is("contoso", "edge01", "powershell").await?;
        assert_eq!(page.hash().await?, complete);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn reload_keeps_everything_as_typed() -> Result<()> {
    visit("", async |page| {
        let typed = [
            ("registry", "  -no name-  "),
            ("rg", "x; echo 50%"),
            ("ip", "10.0.0"),
            ("repos", "é \"'&=#+, C"),
            ("name", "unfinished"),
        ];
        for (key, text) in typed {
            page.fill(key, text).await?;
        }
        // The last one is in the address before its field is left.
        page.until("the address follows", async || {
            Ok(page.hash().await?.contains("name=unfinished&"))
        })
        .await?;
        page.reload().await?;
        for (key, text) in typed {
            page.wait_for_value(key, text).await?;
        }
        page.shows_what_the_link_says().await
    })
    .await
}

/// Several thousand bytes, typed faster than browsers let an address change.
#[tokio::test]
async fn address_follows_fast_typing() -> Result<()> {
    visit("", async |page| {
        let typed = "hello-world,".repeat(25);
        page.fill("repos", &typed).await?;
        page.until("the address follows", async || {
            Ok(page.hash().await?.contains(&format!("repos={typed}&")))
        })
        .await?;
        page.leave().await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn link_fills_the_form() -> Result<()> {
    visit(COMPLETE, async |page| {
        assert_eq!(page.text_of(counts()).await?, "Ready to copy");
        page.shows_what_the_link_says().await?;
        // Pasted over the other link, it does not load the page again.
        page.js::<()>(
            "location.hash = arguments[0]",
            [json!("#registry=fabrikam&mode=read-write&slot=2&shell=powershell&v=1")],
        )
        .await?;
        page.wait_for_value("registry", "fabrikam").await?;
        page.wait_for_value("name", "").await?;
        assert_eq!(
            [page.chosen("mode").await?, page.chosen("slot").await?, page.chosen("shell").await?],
            ["read-write", "2", "powershell"]
        );
        page.shows_what_the_link_says().await
    })
    .await
}

/// Each engine escapes addresses in its own way, so what the link says is read from the address
/// bar.
#[tokio::test]
async fn hostile_links_are_not_run() -> Result<()> {
    visit("", async |page| {
        let markup = "%3Cimg%20src=x%20onerror=%22window.injected=1%22%3E%3Cb%3E%22'%3E%3C/textarea%3E%3Cscript%3Einjected=1%3C/script%3E";
        let everywhere: Vec<String> = TextField::ALL.iter().map(|field| format!("{}={markup}", field.key())).collect();
        for link in [
            WRONG,
            "#rg=x;%20echo%20INJECTED&cluster=$(echo%20INJECTED)&name=`echo%20INJECTED`&subscription='%20||%20echo%20INJECTED%20'&extension=%22;echo%20INJECTED",
            "#registry=%0Aecho%20INJECTED&repos=a%0Aecho%20INJECTED;,%24(INJECTED)&context=x%E2%80%A8INJECTED",
            "#colour=red&mode=mirror&scenario=none&v=9&name=%ff&registry=a&registry=contoso",
            "#rg=d%C3%A9p%C3%B4t&cluster=%E9%9B%86%E7%BE%A4&repos=%F0%9F%93%A6&subscription=100%25%20a%26b=c%23d%2Be",
            &format!("#{}", everywhere.join("&")),
            // Without any escapes.
            "#repos=<img src=x onerror=injected=1>&name=\"'><script>injected=1</script>&rg=é\u{2028}|{}^\\",
            "#repos=%0Ahello-world%0D%0Aapp/api%0A&registry=contoso%0A",
        ] {
            page.open(link).await?;
            page.shows_what_the_link_says().await?;
            page.tab("Script").await?;
            assert!(!page.block_text().await?.contains("INJECTED"), "{link}: the value is in the script");
            let markup = css("main :is(img, script, iframe, svg:not(figure > svg), style, b)");
            let made = page.count(markup.even_hidden()).await?;
            assert_eq!(made, 0, "{link}: an element was made from a value");
            assert!(page.js::<bool>("return window.injected === undefined", []).await?, "{link}: a value was run");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn error_is_shown_at_its_field_and_fixed_by_one_click() -> Result<()> {
    visit("", async |page| {
        page.fill("repos", "hello-world:latest").await?;
        assert!(!is_wrong(page, "repos").await?, "an error is shown while typing");
        page.leave().await?;
        assert!(is_wrong(page, "repos").await?, "no error is shown after leaving");
        // A click elsewhere leaves the field, too, and must take effect.
        page.fill("name", "ab").await?;
        page.find(tab("Script")).await?.click().await?;
        page.until("the tab opens", async || Ok(page.open_tab().await? == ["Script"])).await?;
        page.until("the error is shown", async || is_wrong(page, "name").await).await?;
        page.tab("Steps").await?;

        page.click(fix("repos")).await?;
        page.wait_for_value("repos", "hello-world").await?;
        assert!(!is_wrong(page, "repos").await? && is_wrong(page, "name").await?);
        page.wait_for_focus(text_field("repos")).await?;
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.wait_for_value("repos", "hello-world:latest").await?;
        assert!(is_wrong(page, "repos").await?);
        page.click(leads_to("Connected registry:")).await?;
        page.wait_for_focus(text_field("name")).await?;
        Ok(())
    })
    .await
}

/// The message that appears when a click leaves a field moves what is below; the click must still
/// do what it was meant to do.
#[tokio::test]
async fn click_that_leaves_an_invalid_field_takes_effect() -> Result<()> {
    visit("", async |page| {
        let of_repositories = text_field("repos").around(".field");
        // What is clicked, and what there must be then.
        for (target, effect) in [
            (button("Copy script"), css(".said:not(:empty)").within(state())),
            (
                css("details.fold > summary").within(tab_panel()),
                css("details.fold[open]").within(tab_panel()),
            ),
            (section("content"), css("details.rare[open]")),
            (css("label").within(&of_repositories), css(":focus").within(&of_repositories)),
            (leads_to("Arc cluster"), css(":focus").within(text_field("cluster").around(".field"))),
        ] {
            page.open("").await?;
            page.fill("name", "ab").await?;
            assert!(!page.has(&effect).await?, "{effect:?} is there before the click");
            page.click(&target).await?;
            page.wait_for(&effect).await?;
            page.until("the error is shown", async || is_wrong(page, "name").await).await?;
        }
        page.open("").await?;
        page.fill("name", "ab").await?;
        page.choose("scenario", "byoc").await?;
        page.wait_for_choice("scenario", "byoc").await
    })
    .await
}

#[tokio::test]
async fn arrow_keys_change_tabs() -> Result<()> {
    visit(COMPLETE, async |page| {
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
        Ok(())
    })
    .await
}

#[tokio::test]
async fn folded_sections_are_opened_and_used() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.tab_to(section("content")).await?;
        page.press(Key::Enter).await?;
        page.tab_to(choice("mode", "read-only")).await?;
        page.press(Key::Down).await?;
        page.wait_for_choice("mode", "read-write").await?;
        page.fold_rare(false).await?;
        page.fold_rare(true).await?;
        page.fill("cluster-rg", "rg-clusters").await?;
        page.leave().await?;
        let hash = page.hash().await?;
        assert!(
            hash.contains("mode=read-write") && hash.contains("cluster-rg=rg-clusters"),
            "{hash}"
        );
        page.shows_what_the_link_says().await?;
        // The section stays open.
        page.back().await?;
        page.wait_for_value("cluster-rg", "").await?;
        assert!(page.is_unfolded(choice("mode", "read-only")).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn script_and_block_are_copied() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill_clipboard("nothing yet").await?;
        page.click(button("Copy script")).await?;
        assert_eq!(page.wait_until_said().await?, "Copied.");
        same_text(
            "the clipboard",
            &page.clipboard().await?,
            &command(&["script", COMPLETE, "--paste"])?,
        )?;
        page.fill_clipboard("nothing yet").await?;
        let block = css("pre[role=region]").within(tab_panel()).at(0);
        page.click(button(starting("Copy")).within(block.clone().around(".code"))).await?;
        let text = page.text_of(block).await?;
        page.until("the block is copied", async || Ok(page.clipboard().await? == text)).await
    })
    .await
}

/// When the clipboard refuses, the old way copies; when that does not work either, the text is
/// selected and a message says which keys to press.
#[tokio::test]
async fn copying_works_when_the_clipboard_refuses() -> Result<()> {
    let refuse = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))";
    visit(COMPLETE, async |page| {
        page.js::<()>(refuse, []).await?;
        page.click(button("Copy script")).await?;
        assert_eq!(page.wait_until_said().await?, "Copied.");
        let copied = page.clipboard().await?;
        same_text(
            "the clipboard",
            copied.trim_end(),
            command(&["script", COMPLETE, "--paste"])?.trim_end(),
        )?;

        page.open(COMPLETE).await?;
        page.tab("Script").await?;
        page.js::<()>(&format!("{refuse}; document.execCommand = () => false"), []).await?;
        page.click(button("Copy script")).await?;
        let said = page.wait_until_said().await?;
        assert!(said.contains("Ctrl+C"), "{said}");
        let selected: String =
            page.js("return getSelection().getRangeAt(0).toString()", []).await?;
        same_text("the selection", &selected, &command(&["script", COMPLETE])?)
    })
    .await
}

#[tokio::test]
async fn page_fits() -> Result<()> {
    visit("", async |page| {
        for fragment in ["", COMPLETE, WRONG] {
            page.open(fragment).await?;
            page.fits(fragment).await?;
        }
        page.screenshot(&format!("errors-{:?}", browser_tests::Engine::of_this_run()?)).await
    })
    .await
}

/// The check at the end of every other test is checked, in this engine too.
#[tokio::test]
async fn complaints_and_foreign_requests_are_noticed() -> Result<()> {
    // Not in the page itself, whose policy refuses most of it.
    visit_host("plain/", async |page| {
        let open = async || page.go(&format!("{}plain/", variable("HOSTS_URL")?)).await;
        for (wrong, seen) in [
            ("console.warn('a warning')", "a warning"),
            ("console.error('an error')", "an error"),
            ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
            ("Promise.reject(new Error('rejected'))", "rejected"),
            ("document.body.append(Object.assign(new Image(), { src: 'missing.png' }))", "missing.png"),
            ("fetch('http://fetched.invalid/').catch(() => {})", "fetched.invalid"),
            ("document.body.append(Object.assign(new Image(), { src: 'http://shown.invalid/' }))", "shown.invalid"),
            ("navigator.sendBeacon('http://sent.invalid/')", "sent.invalid"),
            ("new WebSocket('ws://connected.invalid/')", "connected.invalid"),
        ] {
            open().await?;
            // As the page's own code: Firefox keeps a driver's scripts apart.
            page.js::<()>("document.body.append(Object.assign(document.createElement('script'), { text: arguments[0] }))", [json!(wrong)]).await?;
            page.until(&format!("it is seen: {wrong}"), async || Ok(page.was_quiet().await.is_err_and(|error| error.to_string().contains(seen)))).await?;
        }
        // What comes late must not fail the rest of this test.
        let is_quiet_again = async || {
            page.open("").await?;
            Ok(page.was_quiet().await.is_ok())
        };
        page.until("it is quiet again", is_quiet_again).await?;
        page.open("").await
    })
    .await
}

/// The text of every view.
async fn every_view(page: &Page) -> Result<Vec<String>> {
    let mut views = Vec::new();
    for tab in TABS {
        page.tab(tab).await?;
        views.push(page.output().await?);
    }
    page.tab("Steps").await?;
    Ok(views)
}

/// A state that was saved or shared gives the same output again, byte for byte, and that of the
/// native command.
#[tokio::test]
async fn saved_and_shared_states_give_the_same_output() -> Result<()> {
    let byoc = "#scenario=byoc&registry=contoso&name=Edge-01&rg=r%C3%A9seau&cluster=arc%20one&ip=10.0.0.200&repos=a,b%0Ac&crt=my%20file.crt&key='k'.pem&shell=powershell&v=1";
    for state in [COMPLETE, byoc, "#scenario=sync-daily&registry=contoso&tokens=a,b&shell=bash&v=1"]
    {
        visit(state, async |page| {
            let before = every_view(page).await?;
            page.click(button("Saved …")).await?;
            page.click(field("A name for what is chosen now")).await?;
            page.press("mine").await?;
            page.click(button("Save")).await?;
            page.wait_for(button("Open mine")).await?;
            page.press(Key::Escape).await?;
            page.click(button("Share …")).await?;
            let link = page.value_of(field("The link")).await?;
            let (_, shared) = link.split_once('#').unwrap_or_default();
            page.press(Key::Escape).await?;
            page.open(&format!("#{shared}")).await?;
            assert!(every_view(page).await? == before, "shared: {state}");
            // Natively, too.
            page.tab("Script").await?;
            same_text("the script", &page.block_text().await?, &command(&["script", shared])?)?;
            page.tab("One line each").await?;
            same_text(
                "the lines",
                &page.block_text().await?,
                &command(&["plan", shared, "--format", "lines"])?,
            )?;
            page.tab("Runbook").await?;
            same_text(
                "the runbook",
                &page.block_text().await?,
                &command(&["plan", shared, "--format", "markdown"])?,
            )?;
            page.open("").await?;
            page.click(button("Saved …")).await?;
            page.click(button("Open mine")).await?;
            page.wait_for_value("registry", "contoso").await?;
            assert!(every_view(page).await? == before, "saved: {state}");
            page.js::<()>("localStorage.clear()", []).await
        })
        .await?;
    }
    Ok(())
}

/// A block that was copied with a space after a line continuation is pasted, checked and imported.
#[tokio::test]
async fn pasted_commands_are_checked_and_imported() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill_clipboard("az acr connected-registry create --registry contoso --name edge07 \\ \n  --repository hello-world --yes\n").await?;
        page.click(button("Have commands already? Check them")).await?;
        let checker = dialog("Check commands you have");
        let area = field("Your text").within(&checker);
        page.wait_for_focus(&area).await?;
        page.press_command('v').await?;
        page.wait_for(text("blank-after-continuation").within(&checker)).await?;
        page.click(css(".reader-finding button").within(&checker)).await?;
        page.until("it is selected", async || {
            let selected = "element.value.slice(element.selectionStart, element.selectionEnd)";
            Ok(page.of::<String>(&area, selected).await? == "\\ ")
        })
        .await?;
        page.click(button("Use the corrected text").within(&checker)).await?;
        page.until("it is corrected", async || Ok(page.value_of(&area).await?.contains("edge07 \\\n"))).await?;
        page.click(button(starting("Take into the form")).within(&checker)).await?;
        page.wait_for_value("name", "edge07").await?;
        page.wait_until_ready().await?;
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.wait_for_value("name", "edge01").await
    })
    .await
}

/// Embedded in a page of another origin, it follows attributes, reports choices and stays in its
/// frame.
#[tokio::test]
async fn embedded_page_works() -> Result<()> {
    visit_host("strict/", async |page| {
        page.js::<()>(
            "window.changes = []; document.addEventListener('connected-registry-change', event => changes.push(event.detail.choices));
             const element = document.createElement('connected-registry');
             for (const [name, value] of Object.entries({ scenario: 'byoc', registry: 'contoso', lock: 'tls', view: 'script' })) element.setAttribute(`data-${name}`, value);
             document.getElementById('place').append(element)",
            [],
        )
        .await?;
        page.enter(0).await?;
        assert_eq!((page.value("registry").await?.as_str(), page.chosen("tls").await?.as_str()), ("contoso", "byoc"));
        page.of::<bool>(text_field("name"), "(element.value = 'edge01', element.dispatchEvent(new Event('input', { bubbles: true })))").await?;
        page.wait_for_part(tab_panel(), "edge01").await?;
        let content: f64 = page.js("return Math.ceil(document.documentElement.getBoundingClientRect().height)", []).await?;
        page.leave_frame().await?;
        page.until("the embedding page is told", async || page.js("return changes.at(-1)?.name === 'edge01'", []).await).await?;
        page.until("the frame is as high as its content", async || {
            let frame: f64 = page.js("return document.querySelector('connected-registry').shadowRoot.querySelector('iframe').getBoundingClientRect().height", []).await?;
            Ok((frame - content).abs() < 200.0 && frame > 900.0)
        })
        .await?;
        page.js::<()>("document.querySelector('connected-registry').setAttribute('data-registry', 'fabrikam')", []).await?;
        page.enter(0).await?;
        page.wait_for_value("registry", "fabrikam").await?;
        page.leave_frame().await
    })
    .await
}

/// The single file, from a disk.
#[tokio::test]
async fn single_file_works_from_a_disk() -> Result<()> {
    visit("", async |page| {
        page.go(&format!(
            "file://{}/connected-registry-configurator.html{COMPLETE}",
            variable("SITE_FOLDER")?
        ))
        .await?;
        page.wait_until_ready().await?;
        page.fill("name", "edge02").await?;
        page.until("the address follows", async || Ok(page.hash().await?.contains("name=edge02")))
            .await?;
        page.shows_what_the_link_says().await?;
        page.click(button("Have commands already? Check them")).await?;
        page.wait_for(field("Your text").within(dialog("Check commands you have"))).await?;
        page.press(Key::Escape).await?;
        // The notes about the page before cannot be read from here.
        page.open("").await
    })
    .await
}
