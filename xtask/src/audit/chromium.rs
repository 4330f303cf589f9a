//! Chromium, steered by WebDriver: the little of it that measuring takes.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::tools::Browser;
use crate::webdriver::{Engine, WebDriver};

/// No window, no errands of its own on the network, and no sandbox, which containers do not have:
/// the only pages it shows are ours.
pub(super) const ARGUMENTS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// How long a script may take.
const PATIENCE: Duration = Duration::from_secs(120);

/// A browser with one window, until it is dropped.
pub(super) struct Chromium {
    http: ureq::Agent,
    /// The address of the session.
    session: String,
    /// It ends after the session.
    _driver: WebDriver,
}

impl Chromium {
    /// Starts it.
    pub(super) fn start(browser: &Browser) -> Result<Self> {
        let driver = WebDriver::start(Engine::Chromium, browser)?;
        let http = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(PATIENCE * 2))
            .build()
            .new_agent();
        let patience = u64::try_from(PATIENCE.as_millis())?;
        let capabilities = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "binary": browser.program, "args": ARGUMENTS },
            "timeouts": { "script": patience, "pageLoad": patience },
        } } });
        let begun = ask(&http, &format!("{}/session", driver.address()), &capabilities)?;
        let id = begun["sessionId"].as_str().context("the driver has begun no session")?;
        let session = format!("{}/session/{id}", driver.address());
        Ok(Self { http, session, _driver: driver })
    }

    fn ask(&self, what: &str, parameters: &Value) -> Result<Value> {
        ask(&self.http, &format!("{}/{what}", self.session), parameters)
            .with_context(|| format!("the browser was asked: {what}"))
    }

    /// Opens a page, and waits until it has loaded.
    pub(super) fn open(&self, address: &str) -> Result<()> {
        self.ask("url", &json!({ "url": address })).map(drop)
    }

    /// Runs a script in the page that ends when it calls its last argument, with its result.
    pub(super) fn run<T: DeserializeOwned>(&self, script: &str, arguments: Value) -> Result<T> {
        Ok(serde_json::from_value(
            self.ask("execute/async", &json!({ "script": script, "args": arguments }))?,
        )?)
    }

    /// Makes the processor so many times slower from now on.
    pub(super) fn slow_down(&self, times: u32) -> Result<()> {
        let command =
            json!({ "cmd": "Emulation.setCPUThrottlingRate", "params": { "rate": times } });
        self.ask("goog/cdp/execute", &command).map(drop)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        self.http.delete(&self.session).call().ok();
    }
}

/// Sends a command, and returns the value of the answer.
fn ask(http: &ureq::Agent, address: &str, parameters: &Value) -> Result<Value> {
    let mut answer =
        http.post(address).content_type("application/json").send(parameters.to_string())?;
    let well = answer.status().is_success();
    let mut answer: Value = serde_json::from_str(&answer.body_mut().read_to_string()?)?;
    let value = answer["value"].take();
    if !well {
        bail!("{}", value["message"].as_str().unwrap_or("no reason was given"));
    }
    Ok(value)
}
