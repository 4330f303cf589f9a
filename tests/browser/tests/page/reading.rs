//! The fourth module: commands that somebody has, checked, corrected, and taken into the form.

use anyhow::ensure;
use browser_tests::{COMPLETE, Key, Look, Page, Result, visit};
use configurator_lint::read::read;
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

/// As it stands on a page of the documentation, and copied with a blank behind a continuation.
const BROKEN: &str = "az acr connected-registry create --registry contoso \\\n  --name edge01 \\ \n  --repository \"hello-world\" --mode ReadOnly --yes\n\naz k8s-extension create --naem edge01 \\\n  --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --scope cluster --cluster-type connectedClusters \\\n  --cluster-name arc1 --resource-group rg1 --config service.clusterIP=10.0.0.200 --config pvc.storageRequest= 250Gi \\\n  --config-protected-file protected-settings-extension.json --auto-upgrade-minor-version true\n";

/// Two scenarios, one after the other.
const PAGE: &str = "# Deploy\n\nFirst:\n\n```azurecli\naz acr connected-registry create --registry contoso --name edge01 --repository app/api --yes\n```\n\n## Remove\n\n```azurecli\naz acr connected-registry delete --registry contoso --name edge02 --yes\n```\n";

const POWERSHELL: &str = "$name = 'edge01'\naz acr connected-registry create --registry contoso `\n  --name $name ` \n  --repository hello-world --yes\n";

async fn open(page: &Page) -> Result<()> {
    page.click("#open-reader").await?;
    page.until("the dialog is open", async || is_open(page).await).await
}

async fn is_open(page: &Page) -> Result<bool> {
    page.js("return document.getElementById('reader').open", []).await
}

/// Opens the dialog and pastes a text into its field, as people do.
async fn paste(page: &Page, text: &str) -> Result<()> {
    page.fill_clipboard(text).await?;
    open(page).await?;
    assert_eq!(page.focused().await?, "reader-text");
    page.press_command('v').await?;
    page.until("it is checked", async || Ok(!page.text("reader-status").await?.is_empty())).await
}

async fn typed(page: &Page) -> Result<String> {
    page.js("return document.getElementById('reader-text').value", []).await
}

async fn button(page: &Page, what: &str) -> Result<()> {
    page.click(&format!("#reader [data-read={what}]")).await
}

async fn says(page: &Page, id: &str, said: &str) -> Result<()> {
    let outcome = page.until("", async || Ok(page.text(id).await?.contains(said))).await;
    ensure!(outcome.is_ok(), "{id} should say {said:?} and says {:?}", page.text(id).await?);
    Ok(())
}

/// The rule, line and column of each finding that is shown.
async fn found(page: &Page) -> Result<Vec<(String, String)>> {
    page.js("return [...document.querySelectorAll('.reader-finding')].map(item => [item.querySelector('.rule-id').textContent, item.querySelector('[data-read=go]').textContent])", []).await
}

/// What of the field is selected.
async fn selected(page: &Page) -> Result<String> {
    page.js("const area = document.getElementById('reader-text'); return area.value.slice(area.selectionStart, area.selectionEnd)", []).await
}

#[tokio::test]
async fn it_is_fetched_only_once_somebody_asks_for_it() -> Result<()> {
    visit(COMPLETE, async |page| {
        let fetched = async || {
            page.js::<Vec<String>>(
                "return performance.getEntriesByType('resource').map(entry => entry.name)",
                [],
            )
            .await
        };
        page.fill("name", "edge02").await?;
        assert!(!fetched().await?.iter().any(|name| name.contains("/reader-")));
        open(page).await?;
        assert_eq!(fetched().await?.iter().filter(|name| name.contains("/reader-")).count(), 2);
        assert_eq!(page.text("check-said").await?, "");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_cannot_be_fetched_is_said_and_can_be_asked_for_again() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.block(&["*/reader-*"]).await?;
        page.click("#open-reader").await?;
        says(page, "check-said", "could not be loaded").await?;
        page.forget_complaints().await?;
        page.block(&[]).await?;
        open(page).await?;
        assert_eq!(page.text("check-said").await?, "");
        Ok(())
    })
    .await
}

/// The same findings as the library's, at the same places; the corrected text is that of the
/// library, marked, and so it is copied.
#[tokio::test]
async fn a_broken_block_is_checked_and_corrected() -> Result<()> {
    let reading = read(BROKEN, None);
    let place = |rule: &str| {
        let remark = reading.remarks.iter().find(|remark| remark.finding.rule == rule);
        remark.map(|remark| {
            (
                rule.to_owned(),
                format!(
                    "{}:{}",
                    remark.finding.line.unwrap_or(0),
                    remark.finding.column.unwrap_or(0)
                ),
            )
        })
    };
    visit(COMPLETE, async |page| {
        paste(page, BROKEN).await?;
        let shown = found(page).await?;
        assert_eq!(shown.len(), reading.remarks.len());
        assert_eq!(
            place("blank-after-continuation"),
            Some(("blank-after-continuation".to_owned(), "2:17".to_owned()))
        );
        for remark in &reading.remarks {
            assert!(
                place(remark.finding.rule).is_some_and(|place| shown.contains(&place)),
                "{:?} is not in {shown:?}",
                remark.finding
            );
        }
        let status = page.text("reader-status").await?;
        assert!(
            status.starts_with("3 errors, ") && status.ends_with(" can be corrected."),
            "{status}"
        );
        says(page, "reader-taken-for", "Read as bash.").await?;
        assert_eq!(page.text("reader-code").await?, reading.corrected);
        assert!(
            page.count("#reader-code del").await? > 0 && page.count("#reader-code ins").await? > 0
        );
        button(page, "copy").await?;
        page.shows("reader-said", "Copied.").await?;
        page.press(Key::Escape).await?;
        page.until("it is closed", async || Ok(!is_open(page).await?)).await?;
        assert_eq!(page.focused().await?, "open-reader");
        assert_eq!(page.clipboard().await?, reading.corrected);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_finding_leads_to_its_place() -> Result<()> {
    let text = format!("{}{BROKEN}", "# größer 😀\n".repeat(200));
    visit(COMPLETE, async |page| {
        paste(page, &text).await?;
        page.click("[aria-label$='line 202, column 17']").await?;
        assert_eq!(page.focused().await?, "reader-text");
        assert_eq!(selected(page).await?, "\\ ");
        let seen: bool = page
            .js(
                "const area = document.getElementById('reader-text'); const height = parseFloat(getComputedStyle(area).lineHeight);
                 const { top, bottom } = area.getBoundingClientRect();
                 const at = top + 201.5 * height - area.scrollTop;
                 return at > top && at < bottom && at > 0 && at < innerHeight",
                [],
            )
            .await?;
        assert!(seen, "the place is not to be seen");
        // By keyboard, too; and where the place is far to the right.
        page.js::<()>("document.querySelector('[aria-label$=\"line 207, column 111\"]').focus()", []).await?;
        page.press(Key::Enter).await?;
        page.until("it is selected", async || Ok(selected(page).await? == "250Gi")).await?;
        assert!(page.js::<f64>("return document.getElementById('reader-text').scrollLeft", []).await? > 0.0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_typed_is_checked_a_moment_later() -> Result<()> {
    visit(COMPLETE, async |page| {
        open(page).await?;
        page.press("az acr connected-registry list --registry contoso --naem x").await?;
        says(page, "reader-findings", "--naem").await?;
        page.press(" --output table").await?;
        page.until("it is checked", async || {
            Ok(page.text("reader-status").await?.contains("1 error"))
        })
        .await?;
        page.press_command('a').await?;
        page.press(Key::Delete).await?;
        page.shows("reader-status", "").await?;
        assert_eq!(page.text("reader-findings").await?, "");
        says(page, "reader-corrected", "will stand here").await
    })
    .await
}

#[tokio::test]
async fn the_corrected_text_is_used_and_undone() -> Result<()> {
    let corrected = read(BROKEN, None).corrected;
    visit(COMPLETE, async |page| {
        paste(page, BROKEN).await?;
        button(page, "use").await?;
        assert_eq!(typed(page).await?, corrected);
        assert!(!page.text("reader-findings").await?.contains("blank-after-continuation"));
        // By the browser's own undo.
        page.press_command('z').await?;
        assert_eq!(typed(page).await?, BROKEN);
        says(page, "reader-findings", "blank-after-continuation").await?;
        button(page, "use").await?;
        assert_eq!(typed(page).await?, corrected);
        // And by the button.
        button(page, "back").await?;
        assert_eq!(typed(page).await?, BROKEN);
        says(page, "reader-findings", "blank-after-continuation").await?;
        assert_eq!(page.count("#reader-back:not([hidden])").await?, 0);
        button(page, "clear").await?;
        assert_eq!(typed(page).await?, "");
        assert_eq!(page.focused().await?, "reader-text");
        page.shows("reader-status", "").await?;
        button(page, "back").await?;
        assert_eq!(typed(page).await?, BROKEN);
        Ok(())
    })
    .await
}

/// As a link would bring them: the fields hold them, the output follows, and Back undoes it.
#[tokio::test]
async fn what_it_amounts_to_is_taken_into_the_form() -> Result<()> {
    visit(COMPLETE, async |page| {
        let before = (page.hash().await?, page.values().await?);
        paste(page, &BROKEN.replace("edge01", "edge07")).await?;
        says(page, "reader-amounts", "Secure by default").await?;
        says(page, "reader-amounts", "lines 1 to 8, bash").await?;
        button(page, "take").await?;
        page.until("it is closed", async || Ok(!is_open(page).await?)).await?;
        page.holds("name", "edge07").await?;
        page.holds("cluster", "arc1").await?;
        page.holds("repos", "hello-world").await?;
        assert_eq!(page.focused().await?, "open-reader");
        says(page, "check-said", "Taken into the form.").await?;
        assert!(page.hash().await?.contains("name=edge07"));
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.holds("name", "edge01").await?;
        assert_eq!((page.hash().await?, page.values().await?), before);
        page.shows_what_the_link_says().await?;
        page.shows("check-said", "").await?;
        page.forward().await?;
        page.holds("name", "edge07").await?;
        says(page, "check-said", "Taken into the form.").await
    })
    .await
}

#[tokio::test]
async fn a_page_has_a_row_for_each_scenario() -> Result<()> {
    visit(&COMPLETE.replace("bash", "powershell"), async |page| {
        paste(page, PAGE).await?;
        says(page, "reader-taken-for", "Markdown page").await?;
        assert_eq!(page.count("#reader [data-read=take]").await?, 2);
        assert_eq!(page.count(".reader-skipped li").await?, 0);
        page.click("#reader li:nth-child(2) > [data-read=take]").await?;
        page.until("it is closed", async || Ok(!is_open(page).await?)).await?;
        page.holds("name", "edge02").await?;
        assert_eq!(page.chosen("task").await?, "clean-up");
        assert_eq!(page.chosen("shell").await?, "bash");
        page.has_output().await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn powershell_stays_powershell() -> Result<()> {
    visit(COMPLETE, async |page| {
        paste(page, POWERSHELL).await?;
        says(page, "reader-taken-for", "PowerShell").await?;
        says(page, "reader-findings", "blank-after-continuation").await?;
        button(page, "take").await?;
        page.holds("name", "edge01").await?;
        assert_eq!(page.chosen("shell").await?, "powershell");
        // What it is can be said, too.
        open(page).await?;
        page.js::<()>(
            "const form = document.getElementById('reader-form'); form.value = 'bash'; form.dispatchEvent(new Event('change', { bubbles: true }))",
            [],
        )
        .await?;
        says(page, "reader-taken-for", "Read as bash").await
    })
    .await
}

/// Everything where something of the text could be but must not.
const SEARCH: &str = "
    const needles = [...arguments];
    const found = [];
    const look = (where, text) => found.push(...needles.filter(needle => String(text).includes(needle)).map(needle => `${where}: ${needle}`));
    for (const storage of [localStorage, sessionStorage]) look('storage', JSON.stringify(storage));
    look('address', [location.href, decodeURIComponent(location.href), document.referrer, document.cookie, document.title, window.name, window.connectedRegistryLink].join(' '));
    look('history', JSON.stringify(history.state));
    look('console', window.logged.join(' '));
    look('heard by the page', window.heard.join(' '));
    look('the rest of the page', [...document.body.children].filter(child => child.id !== 'reader').map(child => child.outerHTML).join(''));
    return found";

const WATCH: &str = "
    window.logged = [];
    window.heard = [];
    for (const level of ['debug', 'log', 'info', 'warn', 'error']) console[level] = (...parts) => logged.push(parts.join(' '));
    addEventListener('DOMContentLoaded', () => {
        for (const kind of ['input', 'change', 'paste', 'keydown', 'keyup', 'click', 'focusin', 'focusout', 'drop'])
            document.body.addEventListener(kind, event => event.target.closest('#reader') && heard.push(`${kind} ${event.target.value}`));
    });";

#[tokio::test]
async fn a_hostile_text_does_nothing_and_gets_nowhere() -> Result<()> {
    const PASSWORD: &str = "aB3PLANTEDsyncPASSWORDx";
    let hostile = format!(
        "<img src=x onerror=\"window.hit=1\"> </textarea><script>window.hit=1</script>\n\
         az acr connected-registry create --registry contoso --name edge09 --repository '<img src=x onerror=window.hit=1>' \\ \n\
         \x20 --naem '\"><svg onload=window.hit=1>'\n\
         echo \"ConnectedRegistryName=edge09;SyncTokenName=t;SyncTokenPassword={PASSWORD};ParentGatewayEndpoint=contoso.eastus.data.azurecr.io;ParentEndpointProtocol=https\"\n\
         az acr login --name contoso --username t --password {PASSWORD}\n"
    );
    visit("", async |page| {
        page.before_every_page(WATCH).await?;
        page.open(COMPLETE).await?;
        paste(page, &hostile).await?;
        for form in ["bash", "powershell", "markdown", "settings", ""] {
            page.js::<()>(
                "const form = document.getElementById('reader-form'); form.value = arguments[0]; form.dispatchEvent(new Event('change', { bubbles: true }))",
                [json!(form)],
            )
            .await?;
            assert_eq!(page.count("#reader :is(img, script, svg)").await?, 0, "{form}");
        }
        says(page, "reader-findings", "secret-in-command").await?;
        button(page, "use").await?;
        button(page, "back").await?;
        let needles = [json!(PASSWORD), json!("onerror"), json!("window.hit"), json!("SyncTokenPassword=")];
        assert_eq!(page.js::<Vec<String>>(SEARCH, needles.clone()).await?, [""; 0]);
        button(page, "take").await?;
        page.holds("name", "edge09").await?;
        page.has_output().await?;
        // The name of a repository is a choice, right or wrong; it is the form's to say so.
        assert_eq!(page.js::<Vec<String>>(SEARCH, [json!(PASSWORD), json!("SyncTokenPassword="), json!("svg onload")]).await?, [""; 0]);
        assert_eq!(page.count("main :is(img, script)").await?, 0);
        assert_eq!(page.js::<Value>("return window.hit ?? null", []).await?, Value::Null);
        page.fill_clipboard("nothing").await
    })
    .await
}

#[tokio::test]
async fn files_are_chosen_and_dropped() -> Result<()> {
    let folder = TempDir::new()?;
    let write = |name: &str, bytes: &[u8]| {
        fs::write(folder.path().join(name), bytes).map(|()| folder.path().join(name))
    };
    let (windows, page_file) = (
        write("deploy.sh", BROKEN.replace('\n', "\r\n").as_bytes())?,
        write("page.md", PAGE.as_bytes())?,
    );
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("az login".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let refused = [
        (write("utf16.ps1", &utf16)?, "UTF-16"),
        (write("program", b"\x7fELF\0\0")?, "not a text file"),
        (write("latin1.sh", b"# gr\xfc\xdfe")?, "not in UTF-8"),
        (write("large.sh", &vec![b'x'; 1024 * 1024 + 1])?, "up to 1.0 MiB are read"),
    ];
    visit(COMPLETE, async |page| {
        page.fill_clipboard(POWERSHELL).await?;
        open(page).await?;
        page.choose_file("#reader-file", &windows).await?;
        says(page, "reader-findings", "carriage-return").await?;
        assert_eq!(typed(page).await?, BROKEN);
        // The places are those of the field, which has no carriage returns.
        page.click("[aria-label$='line 2, column 17']").await?;
        assert_eq!(selected(page).await?, "\\ ");
        says(page, "reader-corrected", "line ends of Windows").await?;
        for (file, said) in &refused {
            page.choose_file("#reader-file", file).await?;
            says(page, "reader-said", said).await?;
            assert_eq!(typed(page).await?, BROKEN, "{said}");
        }
        page.choose_file("#reader-file", &page_file).await?;
        says(page, "reader-taken-for", "Markdown page").await?;
        assert_eq!(typed(page).await?, PAGE);
        // What is pasted over it is not what the file was.
        page.click("#reader-text").await?;
        page.press_command('a').await?;
        page.press_command('v').await?;
        says(page, "reader-taken-for", "Read as PowerShell").await?;
        // Dropped, anywhere.
        const DROP: &str = "
            const [kind, content, target] = arguments;
            const transfer = new DataTransfer();
            if (kind === 'text') transfer.setData('text/plain', content);
            else for (const name of kind.split(' ')) transfer.items.add(new File([content], name));
            const event = type => document.querySelector(target).dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
            return [event('dragover'), document.getElementById('reader').hasAttribute('data-over'), event('drop'), document.getElementById('reader').hasAttribute('data-over')]";
        let dropped: Value = page.js(DROP, [json!("a.ps1"), json!(POWERSHELL), json!("#reader h2")]).await?;
        assert_eq!(dropped, json!([false, true, false, false]));
        says(page, "reader-taken-for", "PowerShell").await?;
        assert_eq!(typed(page).await?, POWERSHELL);
        page.js::<Value>(DROP, [json!("text"), json!(BROKEN), json!("#reader-corrected")]).await?;
        says(page, "reader-taken-for", "Read as bash").await?;
        assert_eq!(typed(page).await?, BROKEN);
        page.js::<Value>(DROP, [json!("a.sh"), json!("az login\n"), json!("#reader-text")]).await?;
        page.until("it is there", async || Ok(typed(page).await? == "az login\n")).await?;
        page.js::<Value>(DROP, [json!("a.sh b.sh"), json!("az logout\n"), json!("#reader-text")]).await?;
        says(page, "reader-said", "One file at a time").await?;
        page.js::<Value>(DROP, [json!("text"), json!(""), json!("#reader h2")]).await?;
        says(page, "reader-said", "no text in what was dropped").await?;
        assert_eq!(typed(page).await?, "az login\n");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_is_too_long_is_said() -> Result<()> {
    visit(COMPLETE, async |page| {
        open(page).await?;
        page.js::<()>(
            "const area = document.getElementById('reader-text'); area.value = '# x\\n'.repeat(300000); area.dispatchEvent(new InputEvent('input', { bubbles: true }))",
            [],
        )
        .await?;
        says(page, "reader-findings", "Give the part with the commands.").await?;
        assert_eq!(page.text("reader-status").await?, "1 error. None can be corrected for certain.");
        assert_eq!(typed(page).await?.len(), 1_200_000);
        Ok(())
    })
    .await
}

/// Closed in either way it keeps the text, while the page is there; and no longer.
#[tokio::test]
async fn closing_keeps_the_text() -> Result<()> {
    visit(COMPLETE, async |page| {
        paste(page, BROKEN).await?;
        for way in ["Escape", "button"] {
            if way == "Escape" {
                page.press(Key::Escape).await?
            } else {
                button(page, "close").await?
            }
            page.until("it is closed", async || Ok(!is_open(page).await?)).await?;
            assert_eq!(page.focused().await?, "open-reader", "{way}");
            page.press(Key::Enter).await?;
            page.until("it is open", async || is_open(page).await).await?;
            assert_eq!(typed(page).await?, BROKEN, "{way}");
            assert!(page.text("reader-findings").await?.contains("blank-after-continuation"));
        }
        page.reload().await?;
        open(page).await?;
        assert_eq!(typed(page).await?, "");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn much_is_shown_when_asked_for() -> Result<()> {
    visit(COMPLETE, async |page| {
        paste(page, &"az acr connected-registry list --registry contoso --naem x\n".repeat(150))
            .await?;
        assert_eq!(found(page).await?.len(), 100);
        page.click("#reader-findings [data-read=all]").await?;
        assert_eq!(found(page).await?.len(), 150);
        let focused: String =
            page.js("return document.activeElement.getAttribute('aria-label')", []).await?;
        assert_eq!(focused, "101:51, go to line 101, column 51");
        Ok(())
    })
    .await
}

/// axe finds nothing in it, it fits, and these are its pictures.
#[tokio::test]
async fn it_is_accessible_and_fits() -> Result<()> {
    visit(COMPLETE, async |page| {
        page.fill_clipboard(BROKEN).await?;
        for (width, height) in [(1280, 900), (390, 844), (320, 640)] {
            for dark in [false, true] {
                page.look(&Look { width, height, dark, ..Look::default() }).await?;
                page.open(COMPLETE).await?;
                let name = format!("{width}-{}", if dark { "dark" } else { "light" });
                page.screenshot(&format!("reading-page-{name}")).await?;
                open(page).await?;
                page.is_accessible(&format!("empty, {name}")).await?;
                page.screenshot(&format!("reading-empty-{name}")).await?;
                page.press_command('v').await?;
                says(page, "reader-status", "can be corrected").await?;
                page.screenshot(&format!("reading-{name}")).await?;
                page.js::<()>("document.querySelectorAll('#reader details').forEach(details => details.open = true)", []).await?;
                page.is_accessible(&format!("with findings, {name}")).await?;
                fits(page, &name).await?;
                let height: u32 = page.js("return Math.min(6000, 40 + document.getElementById('reader').scrollHeight)", []).await?;
                page.look(&Look { width, height, dark, ..Look::default() }).await?;
                page.screenshot(&format!("reading-whole-{name}")).await?;
            }
        }
        page.look(&Look { width: 1280, forced_colors: true, ..Look::default() }).await?;
        page.screenshot("reading-forced-colors").await
    })
    .await
}

/// Nothing of the dialog sticks out sideways but what scrolls by itself.
async fn fits(page: &Page, name: &str) -> Result<()> {
    const WIDE: &str = "
        const dialog = document.getElementById('reader');
        const wide = [dialog, ...dialog.querySelectorAll('div, ul, li, p, dl, dd, h3, button, select, input')].filter(element => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && !element.matches('.visually-hidden'));
        return [document.documentElement, ...wide].filter(element => element.scrollWidth > element.clientWidth + 1).map(element => `${element.tagName} ${element.id} ${element.className}: ${element.scrollWidth} in ${element.clientWidth}`)";
    let wide: Vec<String> = page.js(WIDE, []).await?;
    ensure!(wide.is_empty(), "{name}: {wide:?}");
    Ok(())
}
