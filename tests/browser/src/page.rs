//! The page in a browser: what a person does with it, and what it shows.
//!
//! What is particular to this page, such as its fields and its tabs, is in `form.rs`.

use crate::engine::{self, Engine, Look};
use crate::locate::Target;
use crate::screenshot_path;
use crate::variable;
use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use thirtyfour::{Key, TypingData, WebDriver, WebElement};

/// How long anything may take to come about.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long to wait before looking again.
const POLL: Duration = Duration::from_millis(20);

/// Finds the elements that a [`Target`] means.
const LOCATE: &str = include_str!("locate.js");

/// Whether the page works and shows its output.
const IS_READY: &str = "const main = document.querySelector('main');
    return document.readyState === 'complete' && main !== null && main.getAttribute('aria-busy') !== 'true'";

/// The page in a browser.
#[derive(Debug)]
pub struct Page {
    pub(crate) driver: WebDriver,
    /// Where the page is.
    pub(crate) site: String,
    /// Where the pages are that embed it, for tests of these.
    pub(crate) hosts: Option<String>,
}

impl Page {
    pub(crate) fn new(driver: WebDriver, site: String, hosts: Option<String>) -> Self {
        Self { driver, site, hosts }
    }

    /// The address of the folder with the page.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// Opens any address, and only waits until it is loaded.
    pub async fn go(&self, address: &str) -> Result<()> {
        Ok(self.driver.goto(address).await?)
    }

    /// Opens another path of the page's folder.
    pub async fn open_path(&self, path: &str) -> Result<()> {
        self.driver.goto("about:blank").await?;
        self.driver.goto(format!("{}{path}", self.site)).await?;
        self.wait_until_ready().await
    }

    /// Sends a command of Chromium's own protocol, and returns its answer.
    pub async fn chromium(&self, command: &str, arguments: Value) -> Result<Value> {
        Ok(self.driver.cdp().send_raw(command, arguments).await?)
    }

    /// Lets a service worker answer requests, or not.
    pub async fn use_service_worker(&self, is_used: bool) -> Result<()> {
        self.chromium("Network.enable", json!({})).await?;
        self.chromium("Network.setBypassServiceWorker", json!({ "bypass": !is_used }))
            .await
            .map(drop)
    }

    /// What is laid out when scripts are switched off: the texts in their order, and the kinds of
    /// elements.
    pub async fn laid_out(&self) -> Result<(String, Vec<String>)> {
        let snapshot = self
            .driver
            .cdp()
            .send_raw("DOMSnapshot.captureSnapshot", json!({ "computedStyles": [] }))
            .await?;
        let strings: Vec<&str> = snapshot["strings"]
            .as_array()
            .context("no strings")?
            .iter()
            .filter_map(Value::as_str)
            .collect();
        let document = &snapshot["documents"][0];
        let word = |index: &Value| {
            index
                .as_u64()
                .and_then(|index| strings.get(usize::try_from(index).ok()?).copied())
                .unwrap_or_default()
        };
        let texts = document["layout"]["text"]
            .as_array()
            .context("no texts")?
            .iter()
            .map(word)
            .collect::<String>();
        let names = document["nodes"]["nodeName"].as_array().context("no nodes")?;
        let laid_out = document["layout"]["nodeIndex"].as_array().context("no layout")?;
        let of_layout = laid_out
            .iter()
            .filter_map(|index| names.get(usize::try_from(index.as_u64()?).ok()?))
            .map(|name| word(name).to_owned());
        Ok((texts, of_layout.collect()))
    }

    /// Goes into the frame of one of the elements that embed the page.
    pub async fn enter(&self, index: usize) -> Result<()> {
        let script = "return document.querySelectorAll('connected-registry')[arguments[0]]?.shadowRoot?.querySelector('iframe')";
        self.until("there is a frame", async || {
            self.js(&format!("{{ {script} }}").replace("return", "return !!"), [json!(index)]).await
        })
        .await?;
        let frame = self.driver.execute(script, vec![json!(index)]).await?.element()?;
        frame.enter_frame().await?;
        self.wait_until_ready().await
    }

    /// Goes into a frame that a selector finds.
    pub async fn enter_frame(&self, target: impl Into<Target>) -> Result<()> {
        self.find(target).await?.enter_frame().await?;
        self.wait_until_ready().await
    }

    /// Goes back to the embedding page.
    pub async fn leave_frame(&self) -> Result<()> {
        Ok(self.driver.enter_default_frame().await?)
    }

    /// Opens the page again, at a fragment.
    pub async fn open(&self, fragment: &str) -> Result<()> {
        // From one fragment to another, browsers stay in the page.
        self.driver.goto("about:blank").await?;
        self.driver.goto(format!("{}{fragment}", self.site)).await?;
        self.wait_until_ready().await
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Result<()> {
        self.driver.refresh().await?;
        self.wait_until_ready().await
    }

    /// Waits until the page works and shows its output: until then its `main` is busy, which screen
    /// readers say, too.
    pub async fn wait_until_ready(&self) -> Result<()> {
        self.until("the page works and shows its output", async || self.js(IS_READY, []).await)
            .await
    }

    /// Blocks requests to such addresses from now on.
    pub async fn block_requests(&self, patterns: &[&str]) -> Result<()> {
        self.driver.cdp().send_raw("Network.enable", json!({})).await?;
        self.driver.cdp().send_raw("Network.setBlockedURLs", json!({ "urls": patterns })).await?;
        Ok(())
    }

    /// Runs a script in every page that is opened from now on, before the page's own scripts.
    pub async fn before_every_page(&self, script: &str) -> Result<()> {
        self.driver
            .cdp()
            .send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
            .await?;
        Ok(())
    }

    /// Saves downloads in a folder from now on.
    pub async fn save_downloads_in(&self, folder: &Path) -> Result<()> {
        let behavior = json!({ "behavior": "allow", "downloadPath": folder });
        self.driver.cdp().send_raw("Browser.setDownloadBehavior", behavior).await?;
        Ok(())
    }

    /// Gives a file input the path of a file, as its picker would.
    pub async fn choose_file(&self, target: impl Into<Target>, file: &Path) -> Result<()> {
        // In some layouts drivers take the small text of the input for covered; nothing is clicked
        // here.
        Ok(self.find(target).await?.send_keys(file.to_string_lossy()).await?)
    }

    /// Makes the browser report another operating system from now on.
    pub async fn pretend_platform(&self, platform: &str) -> Result<()> {
        let agent: String = self.js("return navigator.userAgent", []).await?;
        let metadata = json!({ "platform": platform, "platformVersion": "", "architecture": "", "model": "", "mobile": false });
        let agent =
            json!({ "userAgent": agent, "platform": platform, "userAgentMetadata": metadata });
        self.driver.cdp().send_raw("Emulation.setUserAgentOverride", agent).await?;
        Ok(())
    }

    /// Drops what is in the console until now: the browser itself reports there each request that
    /// was blocked.
    pub async fn forget_complaints(&self) -> Result<()> {
        engine::complaints(&self.driver).await.map(drop)
    }

    /// Drops the notes of requests until now: the browser also notes those that it refuses.
    pub async fn forget_requests(&self) -> Result<()> {
        engine::requests(&self.driver).await.map(drop)
    }

    /// Goes back in history.
    pub async fn back(&self) -> Result<()> {
        Ok(self.driver.back().await?)
    }

    /// Goes forward in history.
    pub async fn forward(&self) -> Result<()> {
        Ok(self.driver.forward().await?)
    }

    /// Changes how the browser shows the page from now on.
    pub async fn look(&self, look: &Look) -> Result<()> {
        engine::look(&self.driver, look).await
    }

    /// The fragment in the address bar, with its `#`.
    pub async fn hash(&self) -> Result<String> {
        self.js("return location.hash", []).await
    }

    /// Runs a script in the page. Its arguments are `arguments[0]` and so on.
    pub async fn js<T: DeserializeOwned>(
        &self,
        script: &str,
        arguments: impl Into<Vec<Value>>,
    ) -> Result<T> {
        let result = self
            .driver
            .execute(script, arguments.into())
            .await
            .with_context(|| script.to_owned())?;
        result.convert().with_context(|| script.to_owned())
    }

    /// Runs a script in the page that ends when it calls its last argument.
    pub(crate) async fn js_async<T: DeserializeOwned>(&self, script: &str) -> Result<T> {
        Ok(self.driver.execute_async(script, []).await?.convert()?)
    }

    /// Waits until a condition is true.
    pub async fn until(&self, what: &str, is_so: impl AsyncFn() -> Result<bool>) -> Result<()> {
        let deadline = Instant::now() + TIMEOUT;
        while !is_so().await? {
            if Instant::now() > deadline {
                bail!("timed out: {what}");
            }
            tokio::time::sleep(POLL).await;
        }
        Ok(())
    }

    /// All elements that a target finds now, in their order.
    pub async fn all(&self, target: impl Into<Target>) -> Result<Vec<WebElement>> {
        let found = self.driver.execute(LOCATE, [serde_json::to_value(target.into())?]).await?;
        Ok(found.elements()?)
    }

    /// The element that a target finds, as soon as there is exactly one.
    pub async fn find(&self, target: impl Into<Target>) -> Result<WebElement> {
        let target = target.into();
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let found = self.all(&target).await?;
            let count = found.len();
            match found.into_iter().next() {
                Some(element) if count == 1 || target.means_first() => return Ok(element),
                _ if Instant::now() > deadline => {
                    bail!("there should be one {target:?} and there are {count}")
                }
                _ => tokio::time::sleep(POLL).await,
            }
        }
    }

    /// How many elements a target finds.
    pub async fn count(&self, target: impl Into<Target>) -> Result<usize> {
        Ok(self.all(target).await?.len())
    }

    /// Whether a target finds anything.
    pub async fn has(&self, target: impl Into<Target>) -> Result<bool> {
        Ok(self.count(target).await? > 0)
    }

    /// Waits until a target finds something.
    pub async fn wait_for(&self, target: impl Into<Target>) -> Result<()> {
        let target = target.into();
        self.until(&format!("there is {target:?}"), async || self.has(&target).await).await
    }

    /// Waits until a target finds nothing.
    pub async fn wait_until_gone(&self, target: impl Into<Target>) -> Result<()> {
        let target = target.into();
        let what = format!("there is no {target:?}");
        self.until(&what, async || Ok(!self.has(&target).await?)).await
    }

    /// The text of an element, as it would be copied.
    pub async fn text_of(&self, target: impl Into<Target>) -> Result<String> {
        self.of(target, "element.textContent").await
    }

    /// The texts of all elements that a target finds.
    pub async fn texts_of(&self, target: impl Into<Target>) -> Result<Vec<String>> {
        self.of_all(target, "element.textContent").await
    }

    /// What a JavaScript expression about `element` says of each element that a target finds.
    pub async fn of_all<T: DeserializeOwned>(
        &self,
        target: impl Into<Target>,
        expression: &str,
    ) -> Result<Vec<T>> {
        let script = format!(
            "const found = (function () {{ {LOCATE} }})(...arguments); return found.map(element => ({expression}))"
        );
        self.js(&script, [serde_json::to_value(target.into())?]).await
    }

    /// What a JavaScript expression about `element` says of the one element that a target finds, as
    /// soon as there is exactly one.
    pub async fn of<T: DeserializeOwned>(
        &self,
        target: impl Into<Target>,
        expression: &str,
    ) -> Result<T> {
        // In one script: between two, the page may replace the element.
        let target = target.into();
        let script = format!(
            "const found = (function () {{ {LOCATE} }})(...arguments);
             const [element] = found;
             return element && (found.length === 1 || arguments[1]) ? [1, ({expression})] : [found.length, null]"
        );
        let arguments = [serde_json::to_value(&target)?, json!(target.means_first())];
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let (count, value): (usize, Value) = self.js(&script, arguments.clone()).await?;
            if count == 1 {
                return serde_json::from_value(value).with_context(|| expression.to_owned());
            }
            if Instant::now() > deadline {
                bail!("there should be one {target:?} and there are {count}");
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// Waits until an element has exactly this text.
    pub async fn wait_for_text(&self, target: impl Into<Target>, text: &str) -> Result<()> {
        self.wait_for_texts(target, &format!("is {text:?}"), |shown| shown == text).await
    }

    /// Waits until an element has this in its text.
    pub async fn wait_for_part(&self, target: impl Into<Target>, part: &str) -> Result<()> {
        self.wait_for_texts(target, &format!("has {part:?} in it"), |shown| shown.contains(part))
            .await
    }

    async fn wait_for_texts(
        &self,
        target: impl Into<Target>,
        expected: &str,
        is_so: impl Fn(&str) -> bool,
    ) -> Result<()> {
        let target = target.into();
        let shown = async || self.texts_of(&target).await;
        let is_shown = async || Ok(shown().await?.iter().any(|text| is_so(text)));
        if self.until("", is_shown).await.is_err() {
            bail!("no text of {target:?} {expected}: {:?}", shown().await?);
        }
        Ok(())
    }

    /// The text or the choice in a field.
    pub async fn value_of(&self, target: impl Into<Target>) -> Result<String> {
        self.of(target, "element.value").await
    }

    /// Whether an element has the focus.
    pub async fn has_focus(&self, target: impl Into<Target>) -> Result<bool> {
        Ok(self.of_all(target, "element === document.activeElement").await?.contains(&true))
    }

    /// Waits until an element has the focus.
    pub async fn wait_for_focus(&self, target: impl Into<Target>) -> Result<()> {
        let target = target.into();
        if self.until("", async || self.has_focus(&target).await).await.is_err() {
            bail!("the focus should be on {target:?} and is on {}", self.focused_html().await?);
        }
        Ok(())
    }

    /// The start of the HTML of the element with the focus, for messages.
    async fn focused_html(&self) -> Result<String> {
        self.js("return document.activeElement?.outerHTML.slice(0, 150) ?? ''", []).await
    }

    /// Whether a radio button or a checkbox is chosen.
    pub async fn is_checked(&self, target: impl Into<Target>) -> Result<bool> {
        self.of(target, "element.checked").await
    }

    /// Chooses from a list by what is shown.
    pub async fn select(&self, target: impl Into<Target>, shown: &str) -> Result<()> {
        let element = self.find(target).await?;
        let script = "const [list, shown] = arguments;
            const option = [...list.options].find(option => option.text.trim() === shown);
            if (!option || option.disabled || option.hidden) return false;
            list.value = option.value;
            for (const kind of ['input', 'change']) list.dispatchEvent(new Event(kind, { bubbles: true }));
            return true";
        if !self.js::<bool>(script, vec![element.to_json()?, json!(shown)]).await? {
            bail!("{shown:?} cannot be chosen there");
        }
        Ok(())
    }

    /// Scrolls an element to the middle of the window.
    pub async fn scroll_to(&self, target: impl Into<Target>) -> Result<()> {
        self.of(target, "void element.scrollIntoView({ block: 'center', behavior: 'instant' })")
            .await
    }

    /// Moves the mouse over an element.
    pub async fn hover(&self, target: impl Into<Target>) -> Result<()> {
        let element = self.find(target).await?;
        Ok(self
            .driver
            .action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO))
            .move_to_element_center(&element)
            .perform()
            .await?)
    }

    /// Shows the page as it is printed from now on.
    pub async fn look_as_printed(&self) -> Result<()> {
        self.driver
            .cdp()
            .send_raw("Emulation.setEmulatedMedia", json!({ "media": "print" }))
            .await?;
        Ok(())
    }

    /// How many bytes JavaScript's objects use after a garbage collection.
    pub async fn heap(&self) -> Result<u64> {
        self.driver.cdp().send_raw("HeapProfiler.collectGarbage", json!({})).await?;
        let usage = self.driver.cdp().send_raw("Runtime.getHeapUsage", json!({})).await?;
        usage["usedSize"].as_f64().map(|bytes| bytes as u64).context("no heap")
    }

    /// Clicks an element, after scrolling to it.
    pub async fn click(&self, target: impl Into<Target>) -> Result<()> {
        let target = target.into();
        let mut outcome = self.click_once(&target).await;
        // The page may replace an element while it is scrolled to.
        for _ in 0..2 {
            match &outcome {
                Err(error) if format!("{error:#}").contains("stale element") => {
                    outcome = self.click_once(&target).await;
                }
                _ => break,
            }
        }
        outcome.with_context(|| format!("cannot click {target:?}"))
    }

    async fn click_once(&self, target: &Target) -> Result<()> {
        let element = self.find(target).await?;
        // Drivers do not scroll to an element within the window, even if another one covers it.
        self.js::<()>(
            "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })",
            [element.to_json()?],
        )
        .await?;
        if Engine::of_this_run()? == Engine::WebKit {
            return self.click_at(&element).await;
        }
        Ok(element.click().await?)
    }

    /// Clicks in the middle of an element, whatever is there. WebKit's driver refuses to click some
    /// elements that are in plain view.
    async fn click_at(&self, element: &WebElement) -> Result<()> {
        let middle = "const { left, top, width, height } = arguments[0].getClientRects()[0]; return [left + width / 2, top + height / 2].map(Math.floor)";
        let (x, y) = self.js(middle, [element.to_json()?]).await?;
        Ok(self
            .driver
            .action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO))
            .move_to(x, y)
            .click()
            .perform()
            .await?)
    }

    /// Presses keys, wherever the focus is.
    pub async fn press(&self, keys: impl Into<TypingData>) -> Result<()> {
        Ok(self
            .driver
            .action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO))
            .send_keys(keys)
            .perform()
            .await?)
    }

    /// Presses a key together with Ctrl, or ⌘ on a Mac.
    pub async fn press_command(&self, key: char) -> Result<()> {
        let command = if cfg!(target_os = "macos") { Key::Meta } else { Key::Control };
        Ok(self
            .driver
            .action_chain_with_delay(Some(Duration::ZERO), Some(Duration::ZERO))
            .key_down(command.clone())
            .send_keys(key)
            .key_up(command)
            .perform()
            .await?)
    }

    /// Presses Tab until an element has the focus.
    pub async fn tab_to(&self, target: impl Into<Target>) -> Result<()> {
        let target = target.into();
        let mut passed = Vec::new();
        for _ in 0..100 {
            self.press(Key::Tab).await?;
            if self.has_focus(&target).await? {
                return Ok(());
            }
            passed.push(self.focused_html().await?);
        }
        bail!("Tab does not lead to {target:?}, but to {passed:#?}")
    }

    /// Replaces the text in a field by typing, and stays there.
    pub async fn type_into(&self, target: impl Into<Target>, text: &str) -> Result<()> {
        self.click(target).await?;
        self.press_command('a').await?;
        if text.is_empty() { self.press(Key::Backspace).await } else { self.press(text).await }
    }

    /// Leaves the field that has the focus.
    pub async fn leave(&self) -> Result<()> {
        self.press(Key::Tab).await
    }

    /// The text in the clipboard, read by pasting it into a text area.
    pub async fn clipboard(&self) -> Result<String> {
        self.scratch("").await?;
        self.press_command('v').await?;
        self.js("const text = document.activeElement.value; document.activeElement.remove(); return text", []).await
    }

    /// Puts a text into the clipboard, without the page.
    pub async fn fill_clipboard(&self, text: &str) -> Result<()> {
        self.scratch(text).await?;
        self.press_command('c').await?;
        self.js("document.activeElement.remove()", []).await
    }

    /// Adds a text area, with its text selected.
    async fn scratch(&self, text: &str) -> Result<()> {
        let script = "const area = document.createElement('textarea'); area.value = arguments[0]; document.body.append(area); area.focus(); area.select()";
        self.js(script, [json!(text)]).await
    }

    /// Saves a picture of the page.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        let path = screenshot_path(name)?;
        self.driver
            .screenshot(&path)
            .await
            .with_context(|| format!("no screenshot {}", path.display()))
    }
}

/// What the native command prints.
pub fn command(arguments: &[&str]) -> Result<String> {
    let output = Command::new(variable("CONNECTED_REGISTRY")?)
        .args(arguments)
        .output()
        .context("the native command does not start")?;
    // 1: the link has an error in it.
    if !matches!(output.status.code(), Some(0 | 1)) {
        bail!("the native command failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).context("the native command does not print text")
}
