//! The differences between browser engines.
//!
//! Chromium reports the console and the requests by its own protocol, and can show the page in many
//! ways. Firefox and WebKit are used by WebDriver alone: there `watch.js`, which the server adds to
//! the page, records both, and only the size of the window can be set.

use crate::variable;
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::{Capabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};

/// How the browser shows the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Width of the window in CSS pixels.
    pub width: u32,
    /// Height of the window in CSS pixels.
    pub height: u32,
    /// Pixels of the screen for each CSS pixel: the zoom.
    pub zoom: u32,
    /// Whether the system is dark.
    pub dark: bool,
    /// Whether the system imposes its own few colors.
    pub forced_colors: bool,
}

impl Default for Look {
    /// A laptop, light.
    fn default() -> Self {
        Self { width: 1280, height: 800, zoom: 1, dark: false, forced_colors: false }
    }
}

/// A browser engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKit, as it is in Safari; here in the small browser of WebKitGTK.
    WebKit,
}

impl Engine {
    /// The engine of this run of the tests.
    pub fn of_this_run() -> Result<Self> {
        match variable("BROWSER")?.as_str() {
            "chromium" => Ok(Self::Chromium),
            "firefox" => Ok(Self::Firefox),
            "webkit" => Ok(Self::WebKit),
            other => bail!("BROWSER is {other}, which is not an engine"),
        }
    }
}

/// How long WebKit's browser may take to start; it takes less than a second.
const START: Duration = Duration::from_secs(15);

/// Starts a browser.
pub(crate) async fn start() -> Result<WebDriver> {
    let (driver, capabilities) = (variable("WEBDRIVER_URL")?, capabilities()?);
    if Engine::of_this_run()? == Engine::WebKit {
        // One time in a hundred, the browser ends at once, and its driver waits for it forever.
        for _ in 0..3 {
            if let Ok(started) =
                tokio::time::timeout(START, WebDriver::new(&driver, capabilities.clone())).await
            {
                return Ok(started?);
            }
        }
    }
    Ok(WebDriver::new(driver, capabilities).await?)
}

/// The browser to start: with its own profile, without requests of its own, and without a visible
/// window.
fn capabilities() -> Result<Capabilities> {
    let program = variable("BROWSER_PROGRAM")?;
    match Engine::of_this_run()? {
        Engine::Chromium => chromium(&program),
        Engine::Firefox => {
            let preferences = json!({
                "network.captive-portal-service.enabled": false,
                "network.connectivity-service.enabled": false,
                // Tab leads to every control, also on a Mac.
                "accessibility.tabfocus": 7,
            });
            let mut capabilities = Capabilities::new();
            capabilities.set(
                "moz:firefoxOptions",
                json!({ "binary": program, "args": ["-headless"], "prefs": preferences }),
            )?;
            Ok(capabilities)
        }
        Engine::WebKit => {
            let mut capabilities = Capabilities::new();
            capabilities.set(
                "webkitgtk:browserOptions",
                json!({ "binary": program, "args": ["--automation"] }),
            )?;
            Ok(capabilities)
        }
    }
}

fn chromium(program: &str) -> Result<Capabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(program)?;
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ] {
        capabilities.add_arg(argument)?;
    }
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All)?;
    capabilities.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
    capabilities.add_experimental_option(
        "perfLoggingPrefs",
        json!({ "enableNetwork": true, "enablePage": false }),
    )?;
    Ok(capabilities.into())
}

/// Changes how the browser shows the page from now on.
pub(crate) async fn look(driver: &WebDriver, look: &Look) -> Result<()> {
    if Engine::of_this_run()? != Engine::Chromium {
        return resize(driver, look).await;
    }
    let size = json!({ "width": look.width, "height": look.height, "deviceScaleFactor": look.zoom, "mobile": false });
    driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
    let features = json!([
        { "name": "prefers-color-scheme", "value": if look.dark { "dark" } else { "light" } },
        { "name": "forced-colors", "value": if look.forced_colors { "active" } else { "none" } },
    ]);
    driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
    Ok(())
}

/// Gives the page a window of this size. WebDriver sets the size of the outer window, so the size
/// of the browser's own parts is added.
async fn resize(driver: &WebDriver, look: &Look) -> Result<()> {
    if (Look { width: look.width, height: look.height, ..Look::default() }) != *look {
        bail!("only Chromium can show the page like this: {look:?}");
    }
    let inner = async || {
        Ok::<(u32, u32), anyhow::Error>(
            driver.execute("return [innerWidth, innerHeight]", []).await?.convert()?,
        )
    };
    let (mut width, mut height) = (look.width, look.height);
    // The window follows with a delay.
    for _ in 0..100 {
        driver.set_window_rect(0, 0, width, height).await?;
        tokio::time::sleep(Duration::from_millis(20)).await;
        let is = inner().await?;
        if is == (look.width, look.height) {
            return Ok(());
        }
        let outer = driver.get_window_rect().await?;
        let parts =
            |outer: i64, inner: u32| u32::try_from(outer).unwrap_or_default().saturating_sub(inner);
        (width, height) =
            (look.width + parts(outer.width, is.0), look.height + parts(outer.height, is.1));
    }
    bail!("the window does not get to the size of {look:?}, but to {:?}", inner().await?)
}

/// Takes one of the lists of `watch.js`, which is in all pages of the site and in no other.
async fn noted(driver: &WebDriver, list: &str) -> Result<Vec<String>> {
    let script = "const [list] = arguments; const noted = sessionStorage[list] ?? '[]'; sessionStorage.removeItem(list); return JSON.parse(noted)";
    Ok(driver.execute(script, [json!(list)]).await?.convert()?)
}

/// Warnings and errors in the console since the last call.
pub(crate) async fn complaints(driver: &WebDriver) -> Result<Vec<String>> {
    if Engine::of_this_run()? != Engine::Chromium {
        return noted(driver, "complaints").await;
    }
    let entries = driver.browser_log().await?;
    Ok(entries
        .into_iter()
        .filter(|entry| matches!(entry.level.as_str(), "WARNING" | "SEVERE"))
        .map(|entry| entry.message)
        .collect())
}

/// The addresses of all requests since the last call, of any page.
pub(crate) async fn requests(driver: &WebDriver) -> Result<Vec<String>> {
    if Engine::of_this_run()? != Engine::Chromium {
        let mut addresses = noted(driver, "requests").await?;
        // Those of the open page may not be recorded yet.
        let newest: Vec<String> = driver
            .execute("return performance.getEntriesByType('resource').map(entry => entry.name)", [])
            .await?
            .convert()?;
        addresses.extend(newest);
        return Ok(addresses);
    }
    let mut addresses = Vec::new();
    for entry in driver.get_log("performance").await? {
        let event: Value =
            serde_json::from_str(&entry.message).context("an event of the network is not JSON")?;
        let (method, params) = (&event["message"]["method"], &event["message"]["params"]);
        let address = match method.as_str() {
            Some("Network.requestWillBeSent") => &params["request"]["url"],
            Some("Network.webSocketCreated" | "Network.webTransportCreated") => &params["url"],
            _ => continue,
        };
        addresses.push(address.as_str().context("a request without an address")?.to_owned());
    }
    Ok(addresses)
}
