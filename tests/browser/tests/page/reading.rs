//! Pasted commands, checked, corrected, and imported into the form.

use anyhow::ensure;
use browser_tests::{
    COMPLETE, Key, Look, Name, Page, Result, Target, button, containing, css, dialog, field,
    heading, region, starting, text, visit,
};
use configurator_lint::read::read;
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

/// As on a page of the documentation, and copied with a space after a line continuation.
const BROKEN: &str = "az acr connected-registry create --registry contoso \\\n  --name edge01 \\ \n  --repository \"hello-world\" --mode ReadOnly --yes\n\naz k8s-extension create --naem edge01 \\\n  --extension-type Microsoft.ContainerRegistry.ConnectedRegistry --scope cluster --cluster-type connectedClusters \\\n  --cluster-name arc1 --resource-group rg1 --config service.clusterIP=10.0.0.200 --config pvc.storageRequest= 250Gi \\\n  --config-protected-file protected-settings-extension.json --auto-upgrade-minor-version true\n";

/// Two scenarios, one after the other.
const PAGE: &str = "# Deploy\n\nFirst:\n\n```azurecli\naz acr connected-registry create --registry contoso --name edge01 --repository app/api --yes\n```\n\n## Remove\n\n```azurecli\naz acr connected-registry delete --registry contoso --name edge02 --yes\n```\n";

const POWERSHELL: &str = "$name = 'edge01'\naz acr connected-registry create --registry contoso `\n  --name $name ` \n  --repository hello-world --yes\n";

const OPEN: &str = "Have commands already? Check them";

/// How the buttons start that import a scenario; its name and place follow.
const IMPORT: &str = "Take into the form";

fn checker() -> Target {
    dialog("Check commands you have")
}

/// The field with the text.
fn area() -> Target {
    field("Your text").within(checker())
}

/// How many findings there are.
fn counted() -> Target {
    css(".reader-status").within(checker())
}

/// A finding that is shown, notes that are folded away included.
fn finding() -> Target {
    css(".reader-finding").within(checker()).even_hidden()
}

/// The button that leads to the place of a finding.
fn place(line: usize, column: usize) -> Target {
    button(format!("{line}:{column}, go to line {line}, column {column}")).within(checker())
}

/// What the last action came to. The dialog says it in several places.
fn message(part: &str) -> Target {
    text(containing(part)).within(checker())
}

/// The corrected text.
fn corrected() -> Target {
    region("Corrected").within(checker())
}

/// The message beside the button that opens the dialog.
fn imported() -> Target {
    text(containing("Taken into the form."))
}

/// The field in which the kind of the text can be chosen.
fn kind() -> Target {
    field("What it is").within(checker())
}

async fn open(page: &Page) -> Result<()> {
    page.click(button(OPEN)).await?;
    page.wait_for(checker()).await
}

/// Opens the dialog and pastes a text into its field, as users do.
async fn paste(page: &Page, text: &str) -> Result<()> {
    page.fill_clipboard(text).await?;
    open(page).await?;
    page.wait_for_focus(area()).await?;
    page.press_command('v').await?;
    page.until("it is checked", async || Ok(!page.text_of(counted()).await?.is_empty())).await
}

/// Waits until the field has this text.
async fn has_text(page: &Page, text: &str) -> Result<()> {
    page.until("the text is in the field", async || Ok(page.value_of(area()).await? == text)).await
}

async fn press(page: &Page, name: impl Into<Name>) -> Result<()> {
    page.click(button(name).within(checker()).at(0)).await
}

/// The rule, line and column of each finding that is shown.
async fn found(page: &Page) -> Result<Vec<(String, String)>> {
    page.of_all(finding(), "[element.querySelector('.rule-id').textContent, element.querySelector('button').textContent]").await
}

/// Waits until a rule is among the findings.
async fn finds(page: &Page, rule: &str) -> Result<()> {
    page.until(&format!("{rule} is found"), async || {
        Ok(found(page).await?.iter().any(|(found, _)| found == rule))
    })
    .await
}

/// The part of the text that is selected.
async fn selected(page: &Page) -> Result<String> {
    page.of(area(), "element.value.slice(element.selectionStart, element.selectionEnd)").await
}

/// The findings and the corrected text are those of the library.
#[tokio::test]
async fn broken_commands_are_checked_and_corrected() -> Result<()> {
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
        let status = page.text_of(counted()).await?;
        assert!(
            status.starts_with("3 errors, ") && status.ends_with(" can be corrected."),
            "{status}"
        );
        page.wait_for_part(checker(), "Read as bash.").await?;
        assert_eq!(page.text_of(corrected()).await?, reading.corrected);
        assert!(
            page.has(css("del").within(corrected())).await?
                && page.has(css("ins").within(corrected())).await?
        );
        press(page, "Copy corrected").await?;
        page.wait_for(message("Copied.")).await?;
        page.press(Key::Escape).await?;
        page.wait_until_gone(checker()).await?;
        page.wait_for_focus(button("Have commands already? Check them")).await?;
        assert_eq!(page.clipboard().await?, reading.corrected);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn finding_leads_to_its_place() -> Result<()> {
    let text = format!("{}{BROKEN}", "# größer 😀\n".repeat(200));
    visit(COMPLETE, async |page| {
        paste(page, &text).await?;
        page.click(place(202, 17)).await?;
        page.wait_for_focus(area()).await?;
        assert_eq!(selected(page).await?, "\\ ");
        let seen: bool = page
            .of(
                area(),
                "(() => {
                    const height = parseFloat(getComputedStyle(element).lineHeight);
                    const { top, bottom } = element.getBoundingClientRect();
                    const at = top + 201.5 * height - element.scrollTop;
                    return at > top && at < bottom && at > 0 && at < innerHeight;
                })()",
            )
            .await?;
        assert!(seen, "the place cannot be seen");
        // By keyboard, too, and far to the right.
        page.of::<()>(place(207, 111), "void element.focus()").await?;
        page.press(Key::Enter).await?;
        page.until("it is selected", async || Ok(selected(page).await? == "250Gi")).await?;
        assert!(page.of::<f64>(area(), "element.scrollLeft").await? > 0.0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn typed_text_is_checked() -> Result<()> {
    visit(COMPLETE, async |page| {
        open(page).await?;
        page.press("az acr connected-registry list --registry contoso --naem x").await?;
        page.wait_for_part(checker(), "--naem").await?;
        page.press(" --output table").await?;
        page.until("it is checked", async || {
            Ok(page.text_of(counted()).await?.contains("1 error"))
        })
        .await?;
        page.press_command('a').await?;
        page.press(Key::Delete).await?;
        page.wait_for_text(counted(), "").await?;
        page.wait_until_gone(finding()).await?;
        page.wait_for_part(checker(), "will stand here").await
    })
    .await
}

#[tokio::test]
async fn corrected_text_is_used_and_undone() -> Result<()> {
    let corrected = read(BROKEN, None).corrected;
    visit(COMPLETE, async |page| {
        paste(page, BROKEN).await?;
        press(page, "Use the corrected text").await?;
        has_text(page, &corrected).await?;
        page.until("it is not found any more", async || {
            Ok(!found(page).await?.iter().any(|(rule, _)| rule == "blank-after-continuation"))
        })
        .await?;
        // By the browser's own undo.
        page.press_command('z').await?;
        has_text(page, BROKEN).await?;
        finds(page, "blank-after-continuation").await?;
        press(page, "Use the corrected text").await?;
        has_text(page, &corrected).await?;
        // And by the button.
        press(page, "Back to the text before").await?;
        has_text(page, BROKEN).await?;
        finds(page, "blank-after-continuation").await?;
        page.wait_until_gone(button("Back to the text before").within(checker())).await?;
        press(page, "Clear").await?;
        has_text(page, "").await?;
        page.wait_for_focus(area()).await?;
        page.wait_for_text(counted(), "").await?;
        press(page, "Back to the text before").await?;
        has_text(page, BROKEN).await?;
        Ok(())
    })
    .await
}

/// As with a link: the fields have the values, the output follows, and Back undoes it.
#[tokio::test]
async fn commands_are_imported_into_the_form() -> Result<()> {
    visit(COMPLETE, async |page| {
        let before = (page.hash().await?, page.values().await?);
        paste(page, &BROKEN.replace("edge01", "edge07")).await?;
        page.wait_for_part(checker(), "Secure by default").await?;
        page.wait_for_part(checker(), "lines 1 to 8, bash").await?;
        press(page, starting(IMPORT)).await?;
        page.wait_until_gone(checker()).await?;
        page.wait_for_value("name", "edge07").await?;
        page.wait_for_value("cluster", "arc1").await?;
        page.wait_for_value("repos", "hello-world").await?;
        page.wait_for_focus(button("Have commands already? Check them")).await?;
        page.wait_for(imported()).await?;
        assert!(page.hash().await?.contains("name=edge07"));
        page.shows_what_the_link_says().await?;
        page.back().await?;
        page.wait_for_value("name", "edge01").await?;
        assert_eq!((page.hash().await?, page.values().await?), before);
        page.shows_what_the_link_says().await?;
        page.wait_until_gone(imported()).await?;
        page.forward().await?;
        page.wait_for_value("name", "edge07").await?;
        page.wait_for(imported()).await
    })
    .await
}

#[tokio::test]
async fn markdown_page_offers_each_scenario() -> Result<()> {
    visit(&COMPLETE.replace("bash", "powershell"), async |page| {
        paste(page, PAGE).await?;
        page.wait_for_part(checker(), "Markdown page").await?;
        let import = || button(starting(IMPORT)).within(checker());
        page.until("each scenario can be imported", async || Ok(page.count(import()).await? == 2))
            .await?;
        assert!(!page.text_of(checker()).await?.contains("Not taken over"));
        page.click(import().at(1)).await?;
        page.wait_until_gone(checker()).await?;
        page.wait_for_value("name", "edge02").await?;
        assert_eq!(page.chosen("task").await?, "clean-up");
        assert_eq!(page.chosen("shell").await?, "bash");
        page.wait_until_ready().await?;
        page.shows_what_the_link_says().await
    })
    .await
}

#[tokio::test]
async fn powershell_commands_are_imported_as_powershell() -> Result<()> {
    visit(COMPLETE, async |page| {
        paste(page, POWERSHELL).await?;
        page.wait_for_part(checker(), "PowerShell").await?;
        finds(page, "blank-after-continuation").await?;
        press(page, starting(IMPORT)).await?;
        page.wait_for_value("name", "edge01").await?;
        assert_eq!(page.chosen("shell").await?, "powershell");
        // The kind of the text can be chosen, too.
        open(page).await?;
        page.select(kind(), "bash").await?;
        page.wait_for_part(checker(), "Read as bash").await
    })
    .await
}

/// Looks for the text in all places where it must not be.
const SEARCH: &str = "
    const needles = [...arguments];
    const found = [];
    const look = (where, text) => found.push(...needles.filter(needle => String(text).includes(needle)).map(needle => `${where}: ${needle}`));
    for (const storage of [localStorage, sessionStorage]) look('storage', JSON.stringify(storage));
    look('address', [location.href, decodeURIComponent(location.href), document.referrer, document.cookie, document.title].join(' '));
    for (const name of Object.keys(window)) if (typeof window[name] === 'string') look(name, window[name]);
    look('history', JSON.stringify(history.state));
    look('console', window.logged.join(' '));
    const page = document.body.cloneNode(true);
    [...page.querySelectorAll('dialog')].find(dialog => dialog.querySelector('h2')?.textContent === 'Check commands you have').remove();
    look('the rest of the page', page.outerHTML);
    return found";

/// Records what is written to the console.
const WATCH: &str = "
    window.logged = [];
    for (const level of ['debug', 'log', 'info', 'warn', 'error']) console[level] = (...parts) => logged.push(parts.join(' '));";

#[tokio::test]
async fn hostile_text_is_not_run_and_stays_in_the_dialog() -> Result<()> {
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
        for form in
            ["bash", "PowerShell", "Markdown page", "Protected settings (JSON)", "Recognize it"]
        {
            page.select(kind(), form).await?;
            assert_eq!(
                page.count(css("img, script, svg").within(checker()).even_hidden()).await?,
                0,
                "{form}"
            );
        }
        finds(page, "secret-in-command").await?;
        press(page, "Use the corrected text").await?;
        press(page, "Back to the text before").await?;
        let needles =
            [json!(PASSWORD), json!("onerror"), json!("window.hit"), json!("SyncTokenPassword=")];
        assert_eq!(page.js::<Vec<String>>(SEARCH, needles.clone()).await?, [""; 0]);
        press(page, starting(IMPORT)).await?;
        page.wait_for_value("name", "edge09").await?;
        page.wait_until_ready().await?;
        // The name of a repository is a choice; the form reports that it is wrong.
        assert_eq!(
            page.js::<Vec<String>>(
                SEARCH,
                [json!(PASSWORD), json!("SyncTokenPassword="), json!("svg onload")]
            )
            .await?,
            [""; 0]
        );
        assert_eq!(page.count(css("main :is(img, script)").even_hidden()).await?, 0);
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
        page.choose_file(field("Or a file").within(checker()), &windows).await?;
        finds(page, "carriage-return").await?;
        has_text(page, BROKEN).await?;
        // The places are those of the field, which has no carriage returns.
        page.click(place(2, 17)).await?;
        assert_eq!(selected(page).await?, "\\ ");
        page.wait_for_part(checker(), "line ends of Windows").await?;
        for (file, said) in &refused {
            page.choose_file(field("Or a file").within(checker()), file).await?;
            page.wait_for_part(checker(), said).await?;
            has_text(page, BROKEN).await?;
        }
        page.choose_file(field("Or a file").within(checker()), &page_file).await?;
        page.wait_for_part(checker(), "Markdown page").await?;
        has_text(page, PAGE).await?;
        // A text that is pasted over it has its own kind.
        page.click(area()).await?;
        page.press_command('a').await?;
        page.press_command('v').await?;
        page.wait_for_part(checker(), "Read as PowerShell").await?;
        // Dropped, anywhere.
        const DROP: &str = "
            const [dialog, target, kind, content] = arguments;
            const transfer = new DataTransfer();
            if (kind === 'text') transfer.setData('text/plain', content);
            else for (const name of kind.split(' ')) transfer.items.add(new File([content], name));
            const event = async type => {
                const isDefault = target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
                await new Promise(shown => setTimeout(shown, 50));
                // While something can be dropped, the dialog has an outline.
                return [isDefault, getComputedStyle(dialog).outlineStyle];
            };
            return (async () => [...await event('dragover'), ...await event('drop')])()";
        let drop = async |target: Target, kind: &str, content: &str| {
            let dialog = page.find(checker()).await?.to_json()?;
            let target = page.find(target).await?.to_json()?;
            page.js::<Value>(DROP, [dialog, target, json!(kind), json!(content)]).await
        };
        let title = || heading("Check commands you have").within(checker());
        let dropped = drop(title(), "a.ps1", POWERSHELL).await?;
        assert_eq!(dropped, json!([false, "dashed", false, "none"]));
        page.wait_for_part(checker(), "PowerShell").await?;
        has_text(page, POWERSHELL).await?;
        drop(heading("Corrected").within(checker()), "text", BROKEN).await?;
        page.wait_for_part(checker(), "Read as bash").await?;
        has_text(page, BROKEN).await?;
        drop(area(), "a.sh", "az login\n").await?;
        has_text(page, "az login\n").await?;
        drop(area(), "a.sh b.sh", "az logout\n").await?;
        page.wait_for_part(checker(), "One file at a time").await?;
        drop(title(), "text", "").await?;
        page.wait_for_part(checker(), "no text in what was dropped").await?;
        has_text(page, "az login\n").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn text_that_is_too_long_is_reported() -> Result<()> {
    visit(COMPLETE, async |page| {
        open(page).await?;
        page.of::<bool>(
            area(),
            "(element.value = '# x\\n'.repeat(300000), element.dispatchEvent(new InputEvent('input', { bubbles: true })))",
        )
        .await?;
        page.wait_for_part(checker(), "Give the part with the commands.").await?;
        page.wait_for_text(counted(), "1 error. None can be corrected for certain.").await?;
        assert_eq!(page.of::<u32>(area(), "element.value.length").await?, 1_200_000);
        Ok(())
    })
    .await
}

/// The dialog keeps the text until the page is reloaded.
#[tokio::test]
async fn text_survives_closing_until_reload() -> Result<()> {
    visit(COMPLETE, async |page| {
        paste(page, BROKEN).await?;
        for way in ["Escape", "button"] {
            if way == "Escape" {
                page.press(Key::Escape).await?
            } else {
                press(page, "Close").await?
            }
            page.wait_until_gone(checker()).await?;
            page.wait_for_focus(button("Have commands already? Check them")).await?;
            page.press(Key::Enter).await?;
            page.wait_for(checker()).await?;
            has_text(page, BROKEN).await?;
            finds(page, "blank-after-continuation").await?;
        }
        page.reload().await?;
        open(page).await?;
        has_text(page, "").await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn further_findings_are_shown_on_request() -> Result<()> {
    visit(COMPLETE, async |page| {
        paste(page, &"az acr connected-registry list --registry contoso --naem x\n".repeat(150))
            .await?;
        assert_eq!(found(page).await?.len(), 100);
        press(page, "Show all 150").await?;
        page.until("all are shown", async || Ok(found(page).await?.len() == 150)).await?;
        page.wait_for_focus(place(101, 51)).await?;
        Ok(())
    })
    .await
}

/// axe reports no violation, and the dialog fits; it takes its pictures, too.
#[tokio::test]
async fn dialog_is_accessible_and_fits() -> Result<()> {
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
                page.wait_for_part(counted(), "can be corrected").await?;
                page.screenshot(&format!("reading-{name}")).await?;
                page.of_all::<bool>(css("details").within(checker()), "element.open = true")
                    .await?;
                page.is_accessible(&format!("with findings, {name}")).await?;
                fits(page, &name).await?;
                let height: u32 =
                    page.of(checker(), "Math.min(6000, 40 + element.scrollHeight)").await?;
                page.look(&Look { width, height, dark, ..Look::default() }).await?;
                page.screenshot(&format!("reading-whole-{name}")).await?;
            }
        }
        page.look(&Look { width: 1280, forced_colors: true, ..Look::default() }).await?;
        page.screenshot("reading-forced-colors").await
    })
    .await
}

/// Fails when anything in the dialog sticks out sideways, except what scrolls.
async fn fits(page: &Page, name: &str) -> Result<()> {
    const WIDE: &str = "(dialog => {
        const parts = [dialog, ...dialog.querySelectorAll('div, ul, li, p, dl, dd, h3, button, select, input')];
        const wide = parts.filter(element => element.clientWidth > 0 && !element.matches('.visually-hidden'));
        return [document.documentElement, ...wide].filter(element => element.scrollWidth > element.clientWidth + 1).map(element => `${element.tagName} ${element.id} ${element.className}: ${element.scrollWidth} in ${element.clientWidth}`);
    })(element)";
    let wide: Vec<String> = page.of(checker(), WIDE).await?;
    ensure!(wide.is_empty(), "{name}: {wide:?}");
    Ok(())
}
