//! The main flows, in every browser engine: what most people do with the page, by nothing but
//! WebDriver.
//!
//! What takes Chromium's own protocol, and every corner of the page, is in the target `page`.

use browser_tests::{
    COMPLETE, Key, Page, Result, WRONG, command, same_text, variable, visit, visit_host,
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

/// What is said about copying, once something is.
async fn said(page: &Page) -> Result<String> {
    page.until("something is said", async || Ok(!page.text("said").await?.is_empty())).await?;
    page.text("said").await
}

/// The tab that is open.
async fn open_tab(page: &Page) -> Result<Vec<String>> {
    page.js("return [...document.querySelectorAll('[role=tab][aria-selected=true]')].map(tab => tab.id)", []).await
}

/// Whether an error is told beside a field, and the field is told to be wrong.
async fn is_wrong(page: &Page, key: &str) -> Result<bool> {
    let script = "const [field, error] = [`#field-${arguments[0]}`, `#messages-${arguments[0]} .error`].map(selector => document.querySelector(selector));
                  return [field.getAttribute('aria-invalid') === 'true', error !== null && error.checkVisibility()]";
    let told: [bool; 2] = page.js(script, [json!(key)]).await?;
    assert_eq!(
        told[0], told[1],
        "{key}: either the field says that it is wrong, or what stands beside it, but not both"
    );
    Ok(told[0])
}

#[tokio::test]
async fn there_are_commands_before_anything_is_chosen() -> Result<()> {
    visit("", async |page| {
        assert!(page.text("panel").await?.contains("az acr connected-registry create"), "{}", page.text("panel").await?);
        assert_eq!(page.text("counts").await?, "6 names missing");
        let alarms: Vec<String> =
            page.js("return [...document.querySelectorAll('[role=alert]')].filter(alert => alert.checkVisibility()).map(alert => alert.id)", []).await?;
        assert!(alarms.is_empty(), "{alarms:?}");
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn every_name_is_typed() -> Result<()> {
    visit("", async |page| {
        for (key, text) in NAMES {
            page.fill(key, text).await?;
            assert_eq!(page.value(key).await?, text);
        }
        page.shows("counts", "Ready to copy").await?;
        page.until("all of it is in the link", async || {
            Ok(page.hash().await?.contains("&repos=hello-world,%20app/api&"))
        })
        .await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn names_are_typed_by_keyboard_alone() -> Result<()> {
    visit("", async |page| {
        for (key, text) in NAMES {
            page.tab_to(&format!("field-{key}")).await?;
            page.press(text).await?;
        }
        page.shows("counts", "Ready to copy").await?;
        page.tab_to("copy-script").await?;
        page.press(Key::Enter).await?;
        assert_eq!(said(page).await?, "Copied.");
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn another_scenario_and_the_other_shell_are_chosen() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.click("label[for=scenario-byoc]").await?;
        assert_eq!(page.chosen("scenario").await?, "byoc");
        assert!(
            page.js::<bool>("return document.getElementById('field-crt').checkVisibility()", [])
                .await?,
            "its fields are not to be seen"
        );
        page.shows_what_the_link_says().await?;
        for (key, text) in
            [("crt", "certs/tls.crt"), ("key", "certs/tls.key"), ("ca", "certs/ca.crt")]
        {
            page.fill(key, text).await?;
        }
        page.click("#field-shell-powershell").await?;
        assert!(page.hash().await?.contains("shell=powershell"), "{}", page.hash().await?);
        page.shows_what_the_link_says().await?;
        page.click("#field-task-clean-up").await?;
        page.has_output().await?;
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
        page.click("#field-shell-powershell").await?;
        let complete = page.hash().await?;

        let is = async |registry: &str, name: &str, shell: &str| -> Result<()> {
            page.holds("registry", registry).await?;
            page.holds("name", name).await?;
            page.until(shell, async || Ok(page.chosen("shell").await? == shell)).await?;
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
        // The last one is in the address though its field was not left.
        page.until("the address follows", async || {
            Ok(page.hash().await?.contains("name=unfinished&"))
        })
        .await?;
        page.reload().await?;
        for (key, text) in typed {
            page.holds(key, text).await?;
        }
        page.shows_what_the_link_says().await
    })
    .await
}

/// Of several thousand bytes, and typed faster than browsers let an address change.
#[tokio::test]
async fn the_address_has_what_was_typed_fast() -> Result<()> {
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
async fn a_link_is_opened() -> Result<()> {
    visit(COMPLETE, async |page| {
        assert_eq!(page.text("counts").await?, "Ready to copy");
        page.shows_what_the_link_says().await?;
        // Pasted over the other one, it does not load the page anew.
        page.js::<()>(
            "location.hash = arguments[0]",
            [json!("#registry=fabrikam&mode=read-write&slot=2&shell=powershell&v=1")],
        )
        .await?;
        page.holds("registry", "fabrikam").await?;
        page.holds("name", "").await?;
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
async fn hostile_links_are_opened() -> Result<()> {
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
            // As it comes when nobody has escaped it.
            "#repos=<img src=x onerror=injected=1>&name=\"'><script>injected=1</script>&rg=é\u{2028}|{}^\\",
            "#repos=%0Ahello-world%0D%0Aapp/api%0A&registry=contoso%0A",
        ] {
            page.open(link).await?;
            page.shows_what_the_link_says().await?;
            page.tab("script").await?;
            assert!(!page.text("whole").await?.contains("INJECTED"), "{link}: what was given stands in the script");
            let made = page.count("main img, main script, main iframe, main svg:not(figure > svg), main style, main b").await?;
            assert_eq!(made, 0, "{link}: an element was made from a value");
            assert!(page.js::<bool>("return window.injected === undefined", []).await?, "{link}: a value was run");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_error_is_told_beside_its_field_and_mended_by_one_click() -> Result<()> {
    visit("", async |page| {
        page.fill("repos", "hello-world:latest").await?;
        assert!(!is_wrong(page, "repos").await?, "an error is shown while typing");
        page.leave().await?;
        assert!(is_wrong(page, "repos").await?, "no error is shown after leaving");
        // The other way to leave: by a click elsewhere, which must do what it was meant to do.
        page.fill("name", "ab").await?;
        page.find("#tab-script").await?.click().await?;
        page.until("the tab opens", async || Ok(open_tab(page).await? == ["tab-script"])).await?;
        page.until("the error is shown", async || is_wrong(page, "name").await).await?;
        page.tab("steps").await?;

        page.click("[data-fix=repos]").await?;
        page.holds("repos", "hello-world").await?;
        assert!(!is_wrong(page, "repos").await? && is_wrong(page, "name").await?);
        assert_eq!(page.focused().await?, "field-repos", "the focus is lost with the button");
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.holds("repos", "hello-world:latest").await?;
        assert!(is_wrong(page, "repos").await?);
        page.click("#summary [data-focus=name]").await?;
        assert_eq!(page.focused().await?, "field-name");
        Ok(())
    })
    .await
}

/// What is said when a field is left by a click moves what is below; the click must do what it was
/// meant to do all the same.
#[tokio::test]
async fn a_click_that_leaves_a_wrong_field_is_not_lost() -> Result<()> {
    visit("", async |page| {
        for (target, effect) in [
            ("#copy-script", "return document.getElementById('said').textContent !== ''"),
            (
                "#panel details.fold > summary",
                "return document.querySelector('#panel details.fold').open",
            ),
            ("details.rare > summary", "return document.querySelector('details.rare').open"),
            ("label[for=field-repos]", "return document.activeElement.id === 'field-repos'"),
            (
                "#summary [data-focus=cluster]",
                "return document.activeElement.id === 'field-cluster'",
            ),
            ("label[for=scenario-byoc]", "return document.getElementById('scenario-byoc').checked"),
        ] {
            page.open("").await?;
            page.fill("name", "ab").await?;
            page.click(target).await?;
            page.until(&format!("the click has its effect: {target}"), async || {
                page.js(effect, []).await
            })
            .await?;
            page.until("the error is shown", async || is_wrong(page, "name").await).await?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn tabs_are_changed_by_arrow_keys() -> Result<()> {
    visit(COMPLETE, async |page| {
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
            assert_eq!(open_tab(page).await?, [tab]);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_rare_options_are_opened_and_chosen() -> Result<()> {
    visit(COMPLETE, async |page| {
        // One of the groups of them.
        let summary: String = page.js("return document.getElementById('field-mode-read-only').closest('details').querySelector('summary').id", []).await?;
        page.tab_to(&summary).await?;
        page.press(Key::Enter).await?;
        page.tab_to("field-mode-read-only").await?;
        page.press(Key::Down).await?;
        assert_eq!(page.chosen("mode").await?, "read-write");
        page.fold_rare(false).await?;
        page.fold_rare(true).await?;
        page.fill("cluster-rg", "rg-clusters").await?;
        page.leave().await?;
        let hash = page.hash().await?;
        assert!(hash.contains("mode=read-write") && hash.contains("cluster-rg=rg-clusters"), "{hash}");
        page.shows_what_the_link_says().await?;
        // What was opened stays open.
        page.back().await?;
        page.holds("cluster-rg", "").await?;
        assert!(page.js::<bool>("return document.getElementById('field-mode-read-only').closest('details').open", []).await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_script_and_a_step_are_copied() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill_clipboard("nothing yet").await?;
        page.click("#copy-script").await?;
        assert_eq!(said(page).await?, "Copied.");
        same_text("the clipboard", &page.clipboard().await?, &command(&["script", COMPLETE, "--paste"])?)?;
        page.fill_clipboard("nothing yet").await?;
        page.js::<()>("document.getElementById('said').textContent = ''", []).await?;
        let id: String = page.js("return [...document.querySelectorAll('#panel code[id]')].find(code => code.checkVisibility()).id", []).await?;
        page.click(&format!("[data-copy='{id}']")).await?;
        assert_eq!(said(page).await?, "Copied.");
        same_text("the clipboard", &page.clipboard().await?, &page.text(&id).await?)
    })
    .await
}

/// Where the clipboard refuses, the old way copies; where that does not work either, the text is
/// selected and the reader told which keys to press.
#[tokio::test]
async fn a_clipboard_that_refuses_is_gone_around() -> Result<()> {
    let refuse = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'))";
    visit(COMPLETE, async |page| {
        page.js::<()>(refuse, []).await?;
        page.click("#copy-script").await?;
        assert_eq!(said(page).await?, "Copied.");
        let copied = page.clipboard().await?;
        same_text(
            "the clipboard",
            copied.trim_end(),
            command(&["script", COMPLETE, "--paste"])?.trim_end(),
        )?;

        page.open(COMPLETE).await?;
        page.tab("script").await?;
        page.js::<()>(&format!("{refuse}; document.execCommand = () => false"), []).await?;
        page.click("#copy-script").await?;
        let said = said(page).await?;
        assert!(said.contains("Ctrl+C"), "{said}");
        let selected: String =
            page.js("return getSelection().getRangeAt(0).toString()", []).await?;
        same_text("the selection", &selected, &command(&["script", COMPLETE])?)
    })
    .await
}

#[tokio::test]
async fn nothing_sticks_out_or_is_covered() -> Result<()> {
    visit("", async |page| {
        for fragment in ["", COMPLETE, WRONG] {
            page.open(fragment).await?;
            page.fits(fragment).await?;
        }
        page.screenshot(&format!("errors-{:?}", browser_tests::Engine::of_this_run()?)).await
    })
    .await
}

/// The judge of all the other tests is judged: what must not be is seen, in this engine too.
#[tokio::test]
async fn complaints_and_requests_elsewhere_are_seen() -> Result<()> {
    // Not in our own page, whose policy would have refused most of it.
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
            // As the page's own code: what a driver runs, Firefox keeps apart.
            page.js::<()>("document.body.append(Object.assign(document.createElement('script'), { text: arguments[0] }))", [json!(wrong)]).await?;
            page.until(&format!("it is seen: {wrong}"), async || Ok(page.was_quiet().await.is_err_and(|error| error.to_string().contains(seen)))).await?;
        }
        // What of it comes late must not be held against the rest of this test.
        let is_quiet_anew = async || {
            page.open("").await?;
            Ok(page.was_quiet().await.is_ok())
        };
        page.until("it is quiet again", is_quiet_anew).await?;
        page.open("").await
    })
    .await
}

/// Every view of a state, as text.
async fn every_view(page: &Page) -> Result<Vec<String>> {
    let mut views = Vec::new();
    for tab in ["steps", "script", "lines", "settings", "runbook"] {
        page.tab(tab).await?;
        views.push(page.text("panel").await?);
    }
    page.tab("steps").await?;
    Ok(views)
}

/// What was saved or shared makes the same output again, byte for byte, and that is what the native
/// command prints.
#[tokio::test]
async fn a_state_that_is_saved_or_shared_comes_back_as_it_was() -> Result<()> {
    let byoc = "#scenario=byoc&registry=contoso&name=Edge-01&rg=r%C3%A9seau&cluster=arc%20one&ip=10.0.0.200&repos=a,b%0Ac&crt=my%20file.crt&key='k'.pem&shell=powershell&v=1";
    for state in [COMPLETE, byoc, "#scenario=sync-daily&registry=contoso&tokens=a,b&shell=bash&v=1"]
    {
        visit(state, async |page| {
            let before = every_view(page).await?;
            page.click("#open-saved").await?;
            page.click("#save-name").await?;
            page.press("mine").await?;
            page.click("#save").await?;
            page.until("it is saved", async || Ok(page.count("[data-open=mine]").await? == 1))
                .await?;
            page.press(Key::Escape).await?;
            page.click("#open-share").await?;
            let link: String =
                page.js("return document.getElementById('share-link').value", []).await?;
            let (_, shared) = link.split_once('#').unwrap_or_default();
            page.press(Key::Escape).await?;
            page.open(&format!("#{shared}")).await?;
            assert!(every_view(page).await? == before, "shared: {state}");
            // Natively, too.
            page.tab("script").await?;
            same_text("the script", &page.text("whole").await?, &command(&["script", shared])?)?;
            page.tab("lines").await?;
            same_text(
                "the lines",
                &page.text("whole").await?,
                &command(&["plan", shared, "--format", "lines"])?,
            )?;
            page.tab("runbook").await?;
            same_text(
                "the runbook",
                &page.text("markdown").await?,
                &command(&["plan", shared, "--format", "markdown"])?,
            )?;
            page.open("").await?;
            page.click("#open-saved").await?;
            page.click("[data-open=mine]").await?;
            page.until("it is opened", async || Ok(page.value("registry").await? == "contoso"))
                .await?;
            assert!(every_view(page).await? == before, "saved: {state}");
            page.js::<()>("localStorage.clear()", []).await
        })
        .await?;
    }
    Ok(())
}

/// A copied block with a blank behind a continuation is pasted, checked, and taken into the form.
#[tokio::test]
async fn commands_that_somebody_has_are_checked_and_taken_over() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill_clipboard("az acr connected-registry create --registry contoso --name edge07 \\ \n  --repository hello-world --yes\n").await?;
        page.click("#open-reader").await?;
        page.until("the dialog is open", async || page.js("return document.getElementById('reader').open", []).await).await?;
        page.press_command('v').await?;
        page.until("it is checked", async || Ok(page.text("reader-findings").await?.contains("blank-after-continuation"))).await?;
        page.click("#reader [data-read=go]").await?;
        let selected = "const area = document.getElementById('reader-text'); return area.value.slice(area.selectionStart, area.selectionEnd)";
        page.until("it is selected", async || Ok(page.js::<String>(selected, []).await? == "\\ ")).await?;
        page.click("#reader [data-read=use]").await?;
        let typed = "return document.getElementById('reader-text').value";
        page.until("it is corrected", async || Ok(page.js::<String>(typed, []).await?.contains("edge07 \\\n"))).await?;
        page.click("#reader [data-read=take]").await?;
        page.holds("name", "edge07").await?;
        page.has_output().await?;
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.holds("name", "edge01").await
    })
    .await
}

/// In another page, of another origin: it is there, follows, tells, and stays in its bounds.
#[tokio::test]
async fn it_works_in_another_page() -> Result<()> {
    visit_host("strict/", async |page| {
        page.js::<()>(
            "window.told = []; document.addEventListener('connected-registry-change', event => told.push(event.detail.choices));
             const element = document.createElement('connected-registry');
             for (const [name, value] of Object.entries({ scenario: 'byoc', registry: 'contoso', lock: 'tls', view: 'script' })) element.setAttribute(`data-${name}`, value);
             document.getElementById('place').append(element)",
            [],
        )
        .await?;
        page.enter(0).await?;
        assert_eq!((page.value("registry").await?.as_str(), page.chosen("tls").await?.as_str()), ("contoso", "byoc"));
        page.js::<()>("const name = document.getElementById('field-name'); name.value = 'edge01'; name.dispatchEvent(new Event('input', { bubbles: true }))", []).await?;
        page.until("it follows", async || Ok(page.text("whole").await?.contains("edge01"))).await?;
        let content: f64 = page.js("return Math.ceil(document.documentElement.getBoundingClientRect().height)", []).await?;
        page.leave_frame().await?;
        page.until("the page around is told", async || page.js("return told.at(-1)?.name === 'edge01'", []).await).await?;
        page.until("the frame is as high as what is in it", async || {
            let frame: f64 = page.js("return document.querySelector('connected-registry').shadowRoot.querySelector('iframe').getBoundingClientRect().height", []).await?;
            Ok((frame - content).abs() < 200.0 && frame > 900.0)
        })
        .await?;
        page.js::<()>("document.querySelector('connected-registry').setAttribute('data-registry', 'fabrikam')", []).await?;
        page.enter(0).await?;
        page.holds("registry", "fabrikam").await?;
        page.leave_frame().await
    })
    .await
}

/// As one file, from a disk.
#[tokio::test]
async fn one_file_works_from_a_disk() -> Result<()> {
    visit("", async |page| {
        page.go(&format!(
            "file://{}/connected-registry-configurator.html{COMPLETE}",
            variable("SITE_FOLDER")?
        ))
        .await?;
        page.is_there().await?;
        page.fill("name", "edge02").await?;
        page.until("the address follows", async || Ok(page.hash().await?.contains("name=edge02")))
            .await?;
        page.shows_what_the_link_says().await?;
        page.click("#open-reader").await?;
        page.until("it checks commands", async || {
            Ok(page.count("#reader[open] textarea").await? == 1)
        })
        .await?;
        page.press(Key::Escape).await?;
        // What was noted of the page before is not to be had from here.
        page.open("").await
    })
    .await
}
