//! The page embedded in other pages: ordinary ones, under a strict policy, isolated, and in a
//! sandbox; and the messages between the two.

use browser_tests::{
    COMPLETE, Key, Look, Page, Result, button, choice, choices, command, css, dialog, field, link,
    radio, region, said, same_text, section, state, status, tab_panel, text, text_field, variable,
    visit, visit_host,
};
use serde_json::{Value, json};
use std::time::Duration;

/// Adds an element to the embedding page, as a framework does.
async fn put(page: &Page, data: Value) -> Result<()> {
    let script = "const element = document.createElement('connected-registry');
        for (const [name, value] of Object.entries(arguments[0])) element.setAttribute(`data-${name}`, value);
        window.changes = []; document.addEventListener('connected-registry-change', event => changes.push(event.detail));
        document.getElementById('place').append(element)";
    page.js(script, [data]).await
}

/// Sets an attribute of the element, from outside of its frame.
async fn set(page: &Page, name: &str, value: &str) -> Result<()> {
    page.leave_frame().await?;
    page.js::<()>("document.querySelector('connected-registry').setAttribute(`data-${arguments[0]}`, arguments[1])", [json!(name), json!(value)]).await?;
    page.enter(0).await
}

/// The height of the frame, and that of its content.
async fn heights(page: &Page) -> Result<(f64, f64)> {
    page.leave_frame().await?;
    let frame = page.js("return document.querySelector('connected-registry').shadowRoot.querySelector('iframe').getBoundingClientRect().height", []).await?;
    page.enter(0).await?;
    Ok((
        frame,
        page.js("return Math.ceil(document.documentElement.getBoundingClientRect().height)", [])
            .await?,
    ))
}

async fn fits_its_content(page: &Page) -> Result<()> {
    page.until("the frame is as high as what is in it", async || {
        heights(page).await.map(|(frame, content)| (frame - content).abs() < 1.5)
    })
    .await
}

#[tokio::test]
async fn script_tag_embeds_the_page_in_its_place() -> Result<()> {
    visit_host("plain/tag.html", async |page| {
        page.enter(0).await?;
        page.leave_frame().await?;
        let (title, lazy, allowed, is_after): (String, String, String, bool) = page
            .js(
                "const element = document.querySelector('connected-registry'), frame = element.shadowRoot.querySelector('iframe');
                 return [frame.title, frame.loading, frame.allow, element.previousElementSibling?.nodeName === 'SCRIPT']",
                [],
            )
            .await?;
        assert_eq!((title.as_str(), lazy.as_str(), allowed.as_str(), is_after), ("Connected Registry Configurator", "lazy", "clipboard-write", true));
        page.enter(0).await?;
        assert_eq!((page.value("registry").await?.as_str(), page.chosen("scenario").await?.as_str()), ("contoso", "byoc"));
        fits_its_content(page).await?;
        // Hidden fields are not shown; locked ones cannot be changed.
        assert!(!page.has(section("apart")).await?);
        let locked = || text("Set by the page that shows this one.");
        assert_eq!(page.count(locked().within(choices("tls"))).await?, 1);
        assert_eq!(page.count(locked()).await?, 1);
        assert!(page.of::<bool>(choice("scenario", "http"), "element.disabled").await?);
        for locked in [choice("scenario", "http"), choice("tls", "http")] {
            page.of::<()>(locked, "element.click()").await?;
        }
        assert_eq!(page.chosen("scenario").await?, "byoc");
        page.is_accessible("in a frame").await?;
        page.fits("in a frame").await?;
        page.shows_what_the_link_says().await?;
        page.tab("Script").await?;
        fits_its_content(page).await?;
        page.screenshot("embedded").await?;
        // The scenarios are hidden with everything that the chosen one sets, and nothing else.
        set(page, "hide", "scenario").await?;
        for hidden in [region("What do you want to do?"), choices("task"), choices("tls")] {
            assert!(!page.has(&hidden).await?, "{hidden:?}");
        }
        page.wait_for(text_field("registry")).await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn embedded_page_fits_a_narrow_column() -> Result<()> {
    visit_host("plain/tag.html", async |page| {
        for width in [320, 390, 1280] {
            for dark in [false, true] {
                page.leave_frame().await?;
                page.look(&Look { width, dark, ..Look::default() }).await?;
                page.enter(0).await?;
                page.fits(&format!("in a column of a page {width} wide")).await?;
                page.is_accessible(&format!("in a column of a page {width} wide, dark: {dark}"))
                    .await?;
                fits_its_content(page).await?;
            }
        }
        Ok(())
    })
    .await
}

/// Under a policy that allows scripts and frames of the page's origin and nothing else; isolated;
/// and in a sandbox, where the page has no origin.
#[tokio::test]
async fn embedded_page_works_in_strict_pages() -> Result<()> {
    for host in ["strict/", "isolated/", "sandboxed/"] {
        visit_host(host, async |page| {
            if host == "isolated/" {
                assert!(
                    page.js::<bool>("return crossOriginIsolated", []).await?,
                    "the page around is not isolated"
                );
            }
            put(page, json!({ "scenario": "byoc", "view": "script", "registry": "contoso" }))
                .await?;
            page.enter(0).await?;
            page.wait_for_value("registry", "contoso").await?;
            page.fill("name", "edge01").await?;
            page.wait_for_part(tab_panel(), "edge01").await?;
            page.tab("Protected settings").await?;
            fits_its_content(page).await?;
            page.leave_frame().await?;
            page.until("the embedding page is told", async || {
                page.js("return changes.at(-1)?.choices.name === 'edge01'", []).await
            })
            .await
        })
        .await?;
    }
    // A sandbox of the frame alone.
    visit_host("plain/", async |page| {
        put(page, json!({ "scenario": "http", "sandbox": "allow-scripts", "view": "command" }))
            .await?;
        page.enter(0).await?;
        assert_eq!(page.js::<String>("return origin", []).await?, "null");
        page.until("it is told", async || {
            page.leave_frame().await?;
            let told = page.js("return changes.at(-1)?.choices.scenario === 'http'", []).await?;
            page.enter(0).await?;
            Ok(told)
        })
        .await
    })
    .await
}

#[tokio::test]
async fn attributes_set_choices_and_events_report_them() -> Result<()> {
    visit_host("plain/", async |page| {
        let length: u32 = page.js("return history.length", []).await?;
        put(page, json!({ "scenario": "byoc", "registry": "contoso" })).await?;
        page.enter(0).await?;
        page.fill("name", "edge01").await?;
        set(page, "registry", "fabrikam").await?;
        page.wait_for_value("registry", "fabrikam").await?;
        assert_eq!(page.value("name").await?, "edge01", "what was typed stays");
        set(page, "shell", "powershell").await?;
        page.wait_for_choice("shell", "powershell").await?;
        set(page, "scenario", "http").await?;
        page.wait_for_choice("scenario", "http").await?;
        page.choose("scenario", "byoc").await?;
        page.fill("rg", "rg-edge").await?;
        page.leave().await?;
        page.shows_what_the_link_says().await?;
        page.leave_frame().await?;
        let (change, now, entries): (Value, Value, u32) =
            page.js("return [changes.at(-1), document.querySelector('connected-registry').choices, history.length]", []).await?;
        let expected = json!({ "scenario": "byoc", "registry": "fabrikam", "name": "edge01", "rg": "rg-edge", "shell": "powershell", "v": "1" });
        assert_eq!((&change["choices"], &now), (&expected, &expected));
        assert!(change["link"].as_str().is_some_and(|link| link.starts_with("#scenario=byoc&registry=fabrikam")));
        assert_eq!(entries, length, "the history of the page around was touched");
        // What says how it looks makes another frame, which is no entry in the history either.
        set(page, "view", "command").await?;
        page.until("one block is shown", async || {
            Ok(page.count(css(".step").within(tab_panel())).await? == 1)
        })
        .await?;
        page.leave_frame().await?;
        assert_eq!(page.js::<u32>("return history.length", []).await?, length);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn embedded_page_follows_the_colors_of_the_embedding_page() -> Result<()> {
    visit_host("plain/", async |page| {
        let is_dark = async || page.js::<bool>("const [red] = getComputedStyle(document.querySelector('section')).backgroundColor.match(/\\d+/g); return +red < 80", []).await;
        let turn = async |dark: bool| {
            page.leave_frame().await?;
            page.js::<()>("document.documentElement.classList.toggle('dark', arguments[0])", [json!(dark)]).await?;
            page.enter(0).await
        };
        put(page, json!({ "view": "command", "style": "--accent: #c00; --made-up: 1px; --radius: 0px; --page: url(https://elsewhere.example/x); --ink: red;}body{display:none; color: blue" })).await?;
        page.enter(0).await?;
        assert!(!is_dark().await?);
        let of = async |name: &str| page.js::<String>("return document.documentElement.style.getPropertyValue(arguments[0])", [json!(name)]).await;
        assert_eq!((of("--accent").await?.as_str(), of("--radius").await?.as_str(), of("--page").await?.as_str(), of("--made-up").await?.as_str()), ("#c00", "0px", "", ""));
        assert!(page.js::<bool>("return getComputedStyle(document.body).display === 'block'", []).await?);
        turn(true).await?;
        page.until("it is dark", is_dark).await?;
        turn(false).await?;
        page.until("it is light", async || Ok(!is_dark().await?)).await?;
        set(page, "theme", "dark").await?;
        page.until("it is dark", is_dark).await?;
        set(page, "style", "--accent: #0c0").await?;
        page.until("the token follows", async || Ok(of("--accent").await? == "#0c0")).await?;
        // The system is light all the while, and then it is not: what is said wins.
        set(page, "theme", "light").await?;
        page.leave_frame().await?;
        page.look(&Look { dark: true, ..Look::default() }).await?;
        page.enter(0).await?;
        tokio::time::sleep(Duration::from_millis(700)).await;
        assert!(!is_dark().await?);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn command_view_shows_one_block_and_copies_it() -> Result<()> {
    visit_host("plain/", async |page| {
        put(page, json!({ "scenario": "byoc", "registry": "contoso", "name": "edge01", "rg": "rg", "cluster": "arc", "ip": "10.0.0.200", "repos": "a", "crt": "a.crt", "key": "a.key", "view": "command", "step": "create" })).await?;
        page.enter(0).await?;
        page.until("one block", async || Ok(page.count(css("pre")).await? == 1)).await?;
        let block = page.text_of(css("pre")).await?;
        assert!(block.starts_with("az acr connected-registry create"), "{block}");
        fits_its_content(page).await?;
        page.is_accessible("one block").await?;
        page.click(css(".step > .code .copy")).await?;
        page.wait_for_text(said(), "Copied.").await?;
        page.leave_frame().await?;
        assert_eq!(page.clipboard().await?, block);
        // Without that step, it shows the main one and says so.
        set(page, "step", "elsewhere").await?;
        page.wait_for_part(said(), "elsewhere").await?;
        let block = page.text_of(css("pre")).await?;
        assert!(block.starts_with("az k8s-extension create"), "{block}");
        let alone: String = page.of(link("Open this in a window of its own"), "element.href").await?;
        assert!(alone.starts_with(&format!("{}#scenario=byoc", page.site())), "{alone}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn several_elements_are_independent_and_leave_nothing_behind() -> Result<()> {
    visit_host("plain/", async |page| {
        for (scenario, name) in [("byoc", "one"), ("http", "two"), ("secure-default", "three")] {
            put(page, json!({ "scenario": scenario, "name": name, "height": "300" })).await?;
        }
        for (index, (scenario, name)) in [("byoc", "one"), ("http", "two"), ("secure-default", "three")].iter().enumerate() {
            // It is loaded once it is in sight.
            page.js::<()>("document.querySelectorAll('connected-registry')[arguments[0]].scrollIntoView()", [json!(index)]).await?;
            page.enter(index).await?;
            assert_eq!((page.chosen("scenario").await?.as_str(), page.value("name").await?.as_str()), (*scenario, *name));
            page.fill("rg", &format!("rg-{name}")).await?;
            page.leave_frame().await?;
        }
        page.until("each has told of its own", async || {
            page.js("return [...document.querySelectorAll('connected-registry')].map(element => element.choices.rg).join() === 'rg-one,rg-two,rg-three'", [])
                .await
        })
        .await?;
        page.js::<()>("document.getElementById('place').replaceChildren()", []).await?;

        // A page that is an application puts it in and takes it out again.
        let counts = async || -> Result<(u64, u64)> {
            page.heap().await?;
            let counters = page.chromium("Memory.getDOMCounters", json!({})).await?;
            Ok((counters["documents"].as_u64().unwrap_or_default(), counters["jsEventListeners"].as_u64().unwrap_or_default()))
        };
        let round = async || {
            put(page, json!({ "view": "command" })).await?;
            page.enter(0).await?;
            page.leave_frame().await?;
            page.js::<()>("document.getElementById('place').replaceChildren(); changes.length = 0", []).await
        };
        for _ in 0..2 {
            round().await?;
        }
        let before = counts().await?;
        for _ in 0..6 {
            round().await?;
        }
        let after = counts().await?;
        // The test's own listener is added each time.
        assert!(after.0 <= before.0 + 1 && after.1 <= before.1 + 8, "{before:?}, then {after:?}");
        Ok(())
    })
    .await
}

/// Only messages of the embedding window are heard, from the origin that spoke first, and only
/// those of the protocol.
#[tokio::test]
async fn messages_of_other_windows_are_ignored() -> Result<()> {
    visit_host("plain/", async |page| {
        put(page, json!({ "registry": "contoso" })).await?;
        page.enter(0).await?;
        page.fill("name", "edge01").await?;
        // From itself, which is not the window around.
        page.js::<()>("window.postMessage({ 'connected-registry': 1, type: 'set', choices: { registry: 'evil' }, theme: 'dark' }, '*')", []).await?;
        page.leave_frame().await?;
        // From another frame, and from the right one what means nothing.
        page.js::<()>(
            "const frame = document.querySelector('connected-registry').shadowRoot.querySelector('iframe').contentWindow;
             const other = document.createElement('iframe'); document.body.append(other);
             other.contentWindow.eval('window.say = (to, what) => to.postMessage(what, \"*\")');
             other.contentWindow.say(frame, { 'connected-registry': 1, type: 'set', choices: { registry: 'evil' } });
             const set = content => ({ 'connected-registry': 1, type: 'set', ...content });
             for (const message of [null, 7, 'set', [], {}, { 'connected-registry': 2, type: 'set', choices: { registry: 'evil' } }, { 'connected-registry': 1 }, set({}),
                 set({ choices: null }), set({ choices: 'registry=evil' }), set({ choices: { registry: { evil: 1 } } }), set({ choices: [['registry', 'evil']] }),
                 set({ theme: { dark: 1 }, style: 7 }), set({ theme: '<script>' }), set({ style: '--accent: url(https://elsewhere.example/)' }),
                 set({ choices: { __proto__: { registry: 'evil' }, name: 'x'.repeat(20000) } })]) frame.postMessage(message, '*');
             // To the page around, from a frame that is not the one.
             other.contentWindow.eval('parent.postMessage({ \"connected-registry\": 1, type: \"size\", height: 99999 }, \"*\"); parent.postMessage({ \"connected-registry\": 1, type: \"changed\", choices: { registry: \"evil\" } }, \"*\")')",
            [],
        )
        .await?;
        tokio::time::sleep(Duration::from_millis(300)).await;
        let (height, now): (f64, Value) = page
            .js("const element = document.querySelector('connected-registry'); return [element.getBoundingClientRect().height, element.choices]", [])
            .await?;
        assert!(height < 20_000.0 && now["registry"] == "contoso", "{height} {now}");
        page.enter(0).await?;
        assert_eq!((page.value("registry").await?.as_str(), page.value("name").await?.as_str()), ("contoso", "edge01"));
        assert!(!page.state().await?.contains("Not everything"));
        // What is said and not understood is said to the reader.
        page.leave_frame().await?;
        page.js::<()>(
            "document.querySelector('connected-registry').shadowRoot.querySelector('iframe').contentWindow.postMessage({ 'connected-registry': 1, type: 'set', choices: { colour: '<img src=x onerror=alert(1)>', tls: 'magic' } }, '*')",
            [],
        )
        .await?;
        page.enter(0).await?;
        page.wait_for_part(state(), "colour").await?;
        assert!(page.state().await?.contains("magic"));
        assert_eq!(page.count(css("main img").even_hidden()).await?, 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn hostile_attributes_are_text() -> Result<()> {
    visit_host("plain/", async |page| {
        let markup = "\"><img src=x onerror=\"window.injected=1\">&lock=all#registry=evil";
        put(page, json!({ "registry": markup, "rg": "x; echo INJECTED", "colour": "red", "lock": format!("tls,{markup}"), "hide": "everything", "view": "javascript:alert(1)",
            "theme": markup, "style": markup, "height": "1e9px", "title": markup, "step": markup, "v-7f3a2c": "" }))
        .await?;
        page.enter(0).await?;
        assert_eq!(page.value("registry").await?, markup);
        page.wait_for_part(state(), "colour").await?;
        let summary = page.state().await?;
        for word in ["lock=", "hide=everything", "view=javascript:alert(1)"] {
            assert!(summary.contains(word), "{word}: {summary}");
        }
        assert!(!summary.contains("v-7f3a2c"), "a mark of a framework was taken for a choice");
        assert_eq!(page.count(css("main img").even_hidden()).await?, 0);
        page.tab("Script").await?;
        assert!(!page.block_text().await?.contains("INJECTED"));
        page.leave_frame().await?;
        let (injected, title): (bool, String) = page
            .js("return ['injected' in window, document.querySelector('connected-registry').shadowRoot.querySelector('iframe').title]", [])
            .await?;
        assert!(!injected && title == markup);
        Ok(())
    })
    .await
}

/// An embedding page could lie about where secrets go.
#[tokio::test]
async fn embedded_page_asks_for_no_secret() -> Result<()> {
    visit_host("plain/", async |page| {
        put(page, json!({ "scenario": "byoc" })).await?;
        page.enter(0).await?;
        page.tab("Protected settings").await?;
        page.wait_for(button("Download with placeholders")).await?;
        for name in ["Fill it in here …", "Have commands already? Check them", "Saved …", "Embed …"]
        {
            assert!(!page.has(button(name)).await?, "{name}");
        }
        // Not even by a script.
        page.of_all::<()>(button("Fill it in here …").even_hidden(), "element.click()").await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(page.count(css("dialog")).await?, 0);
        assert_eq!(page.count(css("input[type=password]").even_hidden()).await?, 0);
        Ok(())
    })
    .await
}

/// A frame without the script embeds the same page, set by its address alone.
#[tokio::test]
async fn plain_frame_works_without_the_script() -> Result<()> {
    visit_host("plain/", async |page| {
        let address = format!("{}?view=script&theme=dark&lock=scenario#scenario=byoc&registry=contoso", page.site());
        page.js::<()>(
            "const frame = document.createElement('iframe'); frame.src = arguments[0]; frame.height = 600; frame.width = 700;
             document.getElementById('place').append(frame)",
            [json!(address)],
        )
        .await?;
        page.enter_frame(css("iframe")).await?;
        page.wait_for_value("registry", "contoso").await?;
        page.until("the script is open", async || Ok(page.open_tab().await? == ["Script"])).await?;
        assert_eq!(page.js::<String>("return getComputedStyle(document.documentElement).colorScheme", []).await?, "dark");
        page.fill("name", "edge01").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

/// Before the script has run, and when it cannot be loaded, there are a link and the commands.
#[tokio::test]
async fn content_of_the_element_stays_without_a_frame() -> Result<()> {
    visit_host("plain/", async |page| {
        let put = "document.getElementById('place').innerHTML = '<connected-registry data-registry=contoso><p><a href=\"/\">A link</a></p><pre>az account show</pre></connected-registry>'";
        let seen = "return [...document.querySelectorAll('#place a, #place pre')].map(element => element.checkVisibility())";
        assert_eq!(page.js::<Vec<bool>>(&format!("{put}; {seen}"), []).await?, [true, true], "before the frame is there");
        page.enter(0).await?;
        page.leave_frame().await?;
        page.until("the frame takes their place", async || Ok(page.js::<Vec<bool>>(seen, []).await? == [false, false])).await?;
        // They stay in the page: frameworks need the elements that they have made.
        assert_eq!(page.count(css("#place a, #place pre").even_hidden()).await?, 2);
        page.block_requests(&["*embed.js"]).await?;
        page.go(&format!("{}plain/", variable("HOSTS_URL")?)).await?;
        assert_eq!(page.js::<Vec<bool>>(&format!("{put}; {seen}"), []).await?, [true, true], "without the script");
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(page.js::<Vec<bool>>(seen, []).await?, [true, true], "without the script");
        page.forget_complaints().await
    })
    .await
}

#[tokio::test]
async fn embed_dialog_makes_html_with_a_preview() -> Result<()> {
    visit(&format!("{COMPLETE}&scenario=byoc"), async |page| {
        page.click(button("Embed …")).await?;
        let snippet = async || page.value_of(field("HTML for your page")).await;
        page.until("there is HTML with a height", async || {
            Ok(snippet().await?.contains("data-height="))
        })
        .await?;
        page.is_accessible("making HTML for another page").await?;
        page.screenshot("embed").await?;
        page.enter(0).await?;
        assert_eq!(
            (page.value("registry").await?.as_str(), page.chosen("scenario").await?.as_str()),
            ("contoso", "byoc")
        );
        page.leave_frame().await?;
        page.click(radio("What readers may change", "Everything but the scenario")).await?;
        page.click(radio("What is shown", "One block of commands")).await?;
        page.click(radio("Colors", "Dark")).await?;
        page.until("it follows", async || {
            Ok(snippet().await?.contains("data-view=\"command\" data-theme=\"dark\" data-height="))
        })
        .await?;
        let html = snippet().await?;
        assert!(
            html.contains("data-lock=\"scenario\"")
                && html
                    .contains(&format!("<script src=\"{}embed.js\" async></script>", page.site())),
            "{html}"
        );
        assert!(html.contains("<pre><code>az k8s-extension create"), "{html}");
        let opened = dialog("Embed this in a page of yours");
        page.click(button("Copy the HTML").within(&opened)).await?;
        page.wait_for_text(status().within(&opened), "The HTML is copied.").await?;
        page.press(Key::Escape).await?;
        page.wait_until_gone(&opened).await?;
        page.until("nothing is left of the preview", async || {
            Ok(page.count(css("dialog connected-registry").even_hidden()).await? == 0)
        })
        .await?;
        same_text("what was copied", &page.clipboard().await?, &html)?;
        // What was copied is what the other page gets below.
        page.go("about:blank").await?;
        Ok(())
    })
    .await?;
    visit_host("plain/", async |page| {
        let html = command(&[
            "embed",
            COMPLETE,
            "--at",
            page.site(),
            "--view",
            "command",
            "--lock",
            "scenario",
        ])?;
        page.js::<()>("document.getElementById('place').innerHTML = arguments[0]", [json!(html)])
            .await?;
        page.enter(0).await?;
        page.wait_for_part(tab_panel(), "arc-cluster-01").await
    })
    .await
}
