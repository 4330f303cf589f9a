//! What differs from one browser engine to another; so far Chromium.

use crate::variable;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::{Capabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};

/// How the page is looked at.
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

/// The browser to start: headless, with a profile of its own, and without its own errands on the network.
pub(crate) fn capabilities() -> Result<Capabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    capabilities.set_binary(&variable("CHROMIUM")?)?;
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
    capabilities.add_experimental_option("perfLoggingPrefs", json!({ "enableNetwork": true, "enablePage": false }))?;
    Ok(capabilities.into())
}

/// Makes the browser look at the page in this way from now on.
pub(crate) async fn look(driver: &WebDriver, look: &Look) -> Result<()> {
    let size = json!({ "width": look.width, "height": look.height, "deviceScaleFactor": look.zoom, "mobile": false });
    driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", size).await?;
    let features = json!([
        { "name": "prefers-color-scheme", "value": if look.dark { "dark" } else { "light" } },
        { "name": "forced-colors", "value": if look.forced_colors { "active" } else { "none" } },
    ]);
    driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "features": features })).await?;
    Ok(())
}

/// Warnings and errors in the console since the last call.
pub(crate) async fn complaints(driver: &WebDriver) -> Result<Vec<String>> {
    let entries = driver.browser_log().await?;
    Ok(entries.into_iter().filter(|entry| matches!(entry.level.as_str(), "WARNING" | "SEVERE")).map(|entry| entry.message).collect())
}

/// The addresses of everything that was requested since the last call, by whichever page.
pub(crate) async fn requests(driver: &WebDriver) -> Result<Vec<String>> {
    let mut addresses = Vec::new();
    for entry in driver.get_log("performance").await? {
        let event: Value = serde_json::from_str(&entry.message).context("an event of the network is not JSON")?;
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
