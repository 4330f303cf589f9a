//! The page within other people's pages: on ordinary ones, under a strict policy, isolated, and in
//! a sandbox. What passes between the two, and what does not.

use browser_tests::{COMPLETE, Key, Look, Page, Result, command, same_text, visit, visit_host};
use serde_json::{Value, json};
use std::time::Duration;

/// Puts an element into the page, as a framework does.
async fn put(page: &Page, data: Value) -> Result<()> {
    let script = "const element = document.createElement('connected-registry');
        for (const [name, value] of Object.entries(arguments[0])) element.setAttribute(`data-${name}`, value);
        window.told = []; document.addEventListener('connected-registry-change', event => told.push(event.detail));
        document.getElementById('place').append(element)";
    page.js(script, [data]).await
}

/// Sets an attribute of the element, from outside of its frame.
async fn set(page: &Page, name: &str, value: &str) -> Result<()> {
    page.leave_frame().await?;
    page.js::<()>("document.querySelector('connected-registry').setAttribute(`data-${arguments[0]}`, arguments[1])", [json!(name), json!(value)]).await?;
    page.enter(0).await
}

/// How high the frame is, and what is in it.
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
async fn a_tag_puts_it_where_it_stands() -> Result<()> {
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
        // What it is told to hide is not to be seen; what it is told to fix cannot be changed.
        assert!(!page.js::<bool>("return document.getElementById('section-apart').checkVisibility()", []).await?);
        let (fixed, others): (Vec<String>, bool) = page
            .js("return [[...document.querySelectorAll('[data-locked]')].map(around => around.id), document.getElementById('scenario-http').disabled]", [])
            .await?;
        assert_eq!((fixed.join(" "), others), ("around-tls".to_owned(), true));
        assert!(page.text("around-tls").await?.contains("Set by the page that shows this one."));
        page.js::<()>("document.getElementById('scenario-http').click(); document.getElementById('field-tls-http').click()", []).await?;
        assert_eq!(page.chosen("scenario").await?, "byoc");
        page.is_accessible("in a frame").await?;
        page.fits("in a frame").await?;
        page.shows_what_the_link_says().await?;
        page.tab("script").await?;
        fits_its_content(page).await?;
        page.screenshot("embedded").await?;
        // The scenarios are hidden with all that the chosen one fixes, and nothing else.
        set(page, "hide", "scenario").await?;
        let shown: Vec<bool> = page
            .js("return ['section[aria-labelledby=scenario]', '#around-task', '#around-tls', '#around-registry'].map(found => document.querySelector(found).checkVisibility())", [])
            .await?;
        assert_eq!(shown, [false, false, false, true]);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn it_fits_a_narrow_column() -> Result<()> {
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
async fn it_works_where_the_page_around_is_strict() -> Result<()> {
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
            page.holds("registry", "contoso").await?;
            page.fill("name", "edge01").await?;
            page.until("it follows", async || Ok(page.text("whole").await?.contains("edge01")))
                .await?;
            page.tab("settings").await?;
            fits_its_content(page).await?;
            page.leave_frame().await?;
            page.until("the page around is told", async || {
                page.js("return told.at(-1)?.choices.name === 'edge01'", []).await
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
            let told = page.js("return told.at(-1)?.choices.scenario === 'http'", []).await?;
            page.enter(0).await?;
            Ok(told)
        })
        .await
    })
    .await
}

#[tokio::test]
async fn the_page_around_sets_and_is_told() -> Result<()> {
    visit_host("plain/", async |page| {
        let length: u32 = page.js("return history.length", []).await?;
        put(page, json!({ "scenario": "byoc", "registry": "contoso" })).await?;
        page.enter(0).await?;
        page.fill("name", "edge01").await?;
        set(page, "registry", "fabrikam").await?;
        page.holds("registry", "fabrikam").await?;
        assert_eq!(page.value("name").await?, "edge01", "what was typed stays");
        set(page, "shell", "powershell").await?;
        page.until("the shell follows", async || Ok(page.chosen("shell").await? == "powershell")).await?;
        set(page, "scenario", "http").await?;
        page.until("the scenario follows", async || Ok(page.chosen("scenario").await? == "http")).await?;
        page.click("label[for=scenario-byoc]").await?;
        page.fill("rg", "rg-edge").await?;
        page.leave().await?;
        page.shows_what_the_link_says().await?;
        page.leave_frame().await?;
        let (told, now, entries): (Value, Value, u32) =
            page.js("return [told.at(-1), document.querySelector('connected-registry').choices, history.length]", []).await?;
        let expected = json!({ "scenario": "byoc", "registry": "fabrikam", "name": "edge01", "rg": "rg-edge", "shell": "powershell", "v": "1" });
        assert_eq!((&told["choices"], &now), (&expected, &expected));
        assert!(told["link"].as_str().is_some_and(|link| link.starts_with("#scenario=byoc&registry=fabrikam")));
        assert_eq!(entries, length, "the history of the page around was touched");
        // What says how it looks makes another frame, which is no entry in the history either.
        set(page, "view", "command").await?;
        page.until("one block is shown", async || {
            page.js("return [...document.querySelectorAll('#panel .step')].filter(step => step.checkVisibility()).length === 1", []).await
        })
        .await?;
        page.leave_frame().await?;
        assert_eq!(page.js::<u32>("return history.length", []).await?, length);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn it_follows_the_colors_of_the_page_around() -> Result<()> {
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
async fn one_block_is_shown_and_copied() -> Result<()> {
    visit_host("plain/", async |page| {
        put(page, json!({ "scenario": "byoc", "registry": "contoso", "name": "edge01", "rg": "rg", "cluster": "arc", "ip": "10.0.0.200", "repos": "a", "crt": "a.crt", "key": "a.key", "view": "command", "step": "create" })).await?;
        page.enter(0).await?;
        let shown = "return [...document.querySelectorAll('pre')].filter(pre => pre.checkVisibility()).map(pre => pre.textContent)";
        page.until("one block", async || Ok(page.js::<Vec<String>>(shown, []).await?.len() == 1)).await?;
        let block = page.js::<Vec<String>>(shown, []).await?.concat();
        assert!(block.starts_with("az acr connected-registry create"), "{block}");
        fits_its_content(page).await?;
        page.is_accessible("one block").await?;
        page.click("#panel [data-shown] > .code .copy").await?;
        page.shows("said", "Copied.").await?;
        page.leave_frame().await?;
        assert_eq!(page.clipboard().await?, block);
        // A step that is not there: the one that matters, and a word about it.
        set(page, "step", "elsewhere").await?;
        page.until("it is said", async || Ok(page.text("said").await?.contains("elsewhere"))).await?;
        assert!(page.js::<Vec<String>>(shown, []).await?.concat().starts_with("az k8s-extension create"));
        let alone: String = page.js("return document.getElementById('alone').href", []).await?;
        assert!(alone.starts_with(&format!("{}#scenario=byoc", page.site())), "{alone}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn several_go_their_own_ways_and_leave_nothing_behind() -> Result<()> {
    visit_host("plain/", async |page| {
        for (scenario, name) in [("byoc", "one"), ("http", "two"), ("secure-default", "three")] {
            put(page, json!({ "scenario": scenario, "name": name, "height": "300" })).await?;
        }
        for (index, (scenario, name)) in [("byoc", "one"), ("http", "two"), ("secure-default", "three")].iter().enumerate() {
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
            page.js::<()>("document.getElementById('place').replaceChildren(); told.length = 0", []).await
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

/// What the window around says is heard, from the origin that spoke first; nobody else is, and
/// nothing else.
#[tokio::test]
async fn messages_of_others_are_not_heard() -> Result<()> {
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
        let (height, told): (f64, Value) = page
            .js("const element = document.querySelector('connected-registry'); return [element.getBoundingClientRect().height, element.choices]", [])
            .await?;
        assert!(height < 20_000.0 && told["registry"] == "contoso", "{height} {told}");
        page.enter(0).await?;
        assert_eq!((page.value("registry").await?.as_str(), page.value("name").await?.as_str()), ("contoso", "edge01"));
        assert_eq!(page.text("summary").await?.matches("Not everything").count(), 0);
        // What is said and not understood is said to the reader.
        page.leave_frame().await?;
        page.js::<()>(
            "document.querySelector('connected-registry').shadowRoot.querySelector('iframe').contentWindow.postMessage({ 'connected-registry': 1, type: 'set', choices: { colour: '<img src=x onerror=alert(1)>', tls: 'magic' } }, '*')",
            [],
        )
        .await?;
        page.enter(0).await?;
        page.until("it says so", async || Ok(page.text("summary").await?.contains("colour"))).await?;
        assert!(page.text("summary").await?.contains("magic"));
        assert_eq!(page.count("main img").await?, 0);
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
        page.until("it says what it ignored", async || Ok(page.text("summary").await?.contains("colour"))).await?;
        let summary = page.text("summary").await?;
        for word in ["lock=", "hide=everything", "view=javascript:alert(1)"] {
            assert!(summary.contains(word), "{word}: {summary}");
        }
        assert!(!summary.contains("v-7f3a2c"), "a mark of a framework was taken for a choice");
        assert_eq!(page.count("main img").await?, 0);
        page.tab("script").await?;
        assert!(!page.text("whole").await?.contains("INJECTED"));
        page.leave_frame().await?;
        let (injected, title): (bool, String) = page
            .js("return ['injected' in window, document.querySelector('connected-registry').shadowRoot.querySelector('iframe').title]", [])
            .await?;
        assert!(!injected && title == markup);
        Ok(())
    })
    .await
}

/// A page around could make people believe anything about where their secrets go.
#[tokio::test]
async fn no_secret_is_asked_for_in_a_frame() -> Result<()> {
    visit_host("plain/", async |page| {
        put(page, json!({ "scenario": "byoc" })).await?;
        page.enter(0).await?;
        page.tab("settings").await?;
        let controls = ["open-fill", "open-reader", "open-saved", "open-embed"];
        for id in controls {
            assert!(
                !page
                    .js::<bool>(
                        "return document.getElementById(arguments[0]).checkVisibility()",
                        [json!(id)]
                    )
                    .await?,
                "{id}"
            );
        }
        page.js::<()>("document.getElementById('open-fill').click()", []).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        assert_eq!(page.count("dialog[open]").await?, 0);
        let fetched: Vec<String> = page
            .js("return performance.getEntriesByType('resource').map(entry => entry.name)", [])
            .await?;
        assert!(!fetched.iter().any(|name| name.contains("/files-")), "{fetched:?}");
        assert_eq!(page.count("input[type=password]").await?, 0);
        Ok(())
    })
    .await
}

/// A frame without our script is the same page, told by its address alone.
#[tokio::test]
async fn a_plain_frame_works_without_the_script() -> Result<()> {
    visit_host("plain/", async |page| {
        let address = format!("{}?view=script&theme=dark&lock=scenario#scenario=byoc&registry=contoso", page.site());
        page.js::<()>(
            "const frame = document.createElement('iframe'); frame.src = arguments[0]; frame.height = 600; frame.width = 700;
             document.getElementById('place').append(frame)",
            [json!(address)],
        )
        .await?;
        page.enter_frame("iframe").await?;
        page.holds("registry", "contoso").await?;
        page.until("the script is open", async || Ok(page.count("#tab-script[aria-selected=true]").await? == 1)).await?;
        assert_eq!(page.js::<String>("return getComputedStyle(document.documentElement).colorScheme", []).await?, "dark");
        page.fill("name", "edge01").await?;
        page.shows_what_the_link_says().await
    })
    .await
}

/// Before the script has run, and where it cannot be had, there are a link and the commands.
#[tokio::test]
async fn what_is_in_the_element_stays_where_there_is_no_frame() -> Result<()> {
    visit_host("plain/", async |page| {
        let put = "document.getElementById('place').innerHTML = '<connected-registry data-registry=contoso><p><a href=\"/\">A link</a></p><pre>az account show</pre></connected-registry>'";
        let seen = "return [...document.querySelectorAll('#place a, #place pre')].map(element => element.checkVisibility())";
        assert_eq!(page.js::<Vec<bool>>(&format!("{put}; {seen}"), []).await?, [true, true], "before the frame is there");
        page.enter(0).await?;
        page.leave_frame().await?;
        page.until("the frame takes their place", async || Ok(page.js::<Vec<bool>>(seen, []).await? == [false, false])).await?;
        // In the page they stay: frameworks do not like to lose what they have made.
        assert_eq!(page.count("#place a, #place pre").await?, 2);
        page.block(&["*embed.js"]).await?;
        page.go(&format!("{}plain/", browser_tests::variable("HOSTS_URL")?)).await?;
        assert_eq!(page.js::<Vec<bool>>(&format!("{put}; {seen}"), []).await?, [true, true], "without the script");
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!(page.js::<Vec<bool>>(seen, []).await?, [true, true], "without the script");
        page.forget_complaints().await
    })
    .await
}

#[tokio::test]
async fn the_page_makes_the_html_with_a_preview() -> Result<()> {
    visit(&format!("{COMPLETE}&scenario=byoc"), async |page| {
        page.click("#open-embed").await?;
        let snippet = async || {
            page.js::<String>("return document.getElementById('embed-snippet').value", []).await
        };
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
        page.click("label[for=embed-lock-scenario]").await?;
        page.click("label[for=embed-view-command]").await?;
        page.click("label[for=embed-theme-dark]").await?;
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
        page.click("#copy-snippet").await?;
        page.shows("embed-said", "The HTML is copied.").await?;
        page.press(Key::Escape).await?;
        page.until("nothing is left of the preview", async || {
            Ok(page.count("#embed-preview *").await? == 0)
        })
        .await?;
        same_text("what was copied", &page.clipboard().await?, &html)?;
        // What was copied is what another page gets.
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
        page.until("it is the command", async || {
            Ok(page.text("panel").await?.contains("arc-cluster-01"))
        })
        .await
    })
    .await
}
