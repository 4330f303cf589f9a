//! The harness of the browser tests: a browser with the page in it, steered as a person would, and
//! always quit.
//!
//! `cargo xtask test --only browser` builds and serves the page, starts the driver, and says by
//! environment variables where they are; `--only firefox` and `--only webkit` do so for the target
//! `engines`.

mod engine;
mod judges;
mod locate;
mod page;

pub use anyhow::Result;
pub use engine::{Engine, Look};
pub use locate::{
    Name, Target, alert, button, checkbox, containing, css, dialog, field, group, heading, link,
    radio, region, starting, status, summary, tab, tab_panel, text,
};
pub use page::{Page, command};
pub use thirtyfour::Key;

use anyhow::Context;
use std::any::Any;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;
use thirtyfour::WebDriverRunError;

/// A fragment with all that is required, and nothing else.
pub const COMPLETE: &str = "#registry=contoso&name=edge01&rg=rg-edge&cluster=arc-cluster-01&ip=10.0.0.200&repos=hello-world,app/api&shell=bash&v=1";

/// A fragment with an error in every field that can have one.
pub const WRONG: &str = "#registry=-&name=a_b&rg=x;%20echo%20INJECTED&cluster=-c&ip=10.0.0.0/8&cidr=300.0.0.0/8&repos=hello-world:latest\
                         &cluster-rg=x.&subscription='&cluster-subscription='&extension=A_B&context=%22&shell=bash&v=1";

/// Opens the page at a fragment, runs a test on it, and quits the browser, also after a failure; of
/// a failure it leaves a screenshot.
///
/// At the end of every test, the browser's console must be empty, and nothing may have been
/// requested from elsewhere.
pub async fn visit(fragment: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    run(fragment, None, test).await
}

/// The same for a page that the page is put into: one of `tests/browser/hosts`, at a path of a
/// server of its own, which is another origin.
pub async fn visit_host(path: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    run(path, Some(variable("HOSTS_URL")?), test).await
}

async fn run(
    path: &str,
    hosts: Option<String>,
    test: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let failed = format!("failed-{}", test_name());
    // Of another time.
    std::fs::remove_file(screenshot_path(&failed)?).ok();
    let driver = engine::start().await.context("no browser")?;
    let outcome = driver
        .run_and_quit(async |driver| {
            let page = Page::new(driver, variable("SITE_URL")?, hosts);
            let whole = async {
                page.look(&Look::default()).await?;
                if Engine::of_this_run()? == Engine::Chromium {
                    // Tests have files fail to arrive, which it would have kept.
                    page.use_service_worker(false).await?;
                }
                match &page.hosts {
                    Some(hosts) => page.go(&format!("{hosts}{path}")).await?,
                    None => page.open(path).await?,
                }
                test(&page).await?;
                page.was_quiet().await
            };
            let outcome = caught(whole).await;
            if !matches!(outcome, Ok(Ok(()))) {
                // What failed first is what matters.
                page.screenshot(&failed).await.ok();
            }
            outcome.unwrap_or_else(|panic| resume_unwind(panic))
        })
        .await;
    outcome.map_err(|error| match error {
        WebDriverRunError::Body(error) => error,
        other => anyhow::anyhow!("{other}"),
    })
}

/// What a future comes to, be it a panic.
async fn caught<T>(future: impl Future<Output = T>) -> Result<T, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// The name of the test that runs: that of its thread.
fn test_name() -> String {
    std::thread::current().name().unwrap_or("test").replace("::", "-")
}

/// An environment variable that xtask sets.
pub fn variable(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| {
        format!("{name} is not set: run these tests by cargo xtask test --only browser")
    })
}

/// Where a screenshot goes.
fn screenshot_path(name: &str) -> Result<PathBuf> {
    Ok(PathBuf::from(variable("SCREENSHOTS")?).join(name).with_extension("png"))
}

/// Compares two texts, and where they differ says in which line.
pub fn same_text(what: &str, got: &str, want: &str) -> Result<()> {
    if got == want {
        return Ok(());
    }
    let mut lines = got.split('\n').zip(want.split('\n')).enumerate();
    match lines.find(|(_, (got, want))| got != want) {
        Some((number, (got, want))) => {
            anyhow::bail!("{what}: line {} is\n{got:?}\nand should be\n{want:?}", number + 1)
        }
        None => anyhow::bail!(
            "{what}: has {} bytes and should have {}; one is the beginning of the other",
            got.len(),
            want.len()
        ),
    }
}
