//! The harness of the browser tests: a browser with the page in it, used as a person would, and
//! always quit.
//!
//! Tests find elements by role and name (`locate.rs`), wait for what the page shows (`page.rs`),
//! and know the fields and tabs of this page (`form.rs`).
//!
//! `cargo xtask test --only browser` builds and serves the page, starts the driver, and passes
//! their addresses by environment variables; `--only firefox` and `--only webkit` do so for the
//! target `engines`. `--site FOLDER` tests a page that is built already.

mod checks;
mod engine;
mod form;
mod locate;
mod page;

pub use anyhow::Result;
pub use engine::{Engine, Look};
pub use form::{TABS, choice, choices, counts, messages, said, section, state, text_field};
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

/// For [`Page::before_every_page`]: records the memories of the page's WebAssembly modules in
/// `memories`.
pub const RECORD_MEMORIES: &str = "
    window.memories = [];
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const instantiate = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await instantiate.apply(WebAssembly, given);
            memories.push(...Object.values((made.instance ?? made).exports).filter(made => made instanceof WebAssembly.Memory));
            return made;
        };
    }";

/// Opens the page at a fragment, runs a test on it, and quits the browser, also after a failure,
/// which leaves a screenshot.
///
/// At the end of every test, the browser's console must be empty, and no other origin may have been
/// requested.
pub async fn visit(fragment: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    run(fragment, None, test).await
}

/// The same for a page that embeds the page: one of `tests/browser/hosts`, at a path of a server of
/// its own, which is another origin.
pub async fn visit_host(path: &str, test: impl AsyncFnOnce(&Page) -> Result<()>) -> Result<()> {
    run(path, Some(variable("HOSTS_URL")?), test).await
}

async fn run(
    path: &str,
    hosts: Option<String>,
    test: impl AsyncFnOnce(&Page) -> Result<()>,
) -> Result<()> {
    let failed = format!("failed-{}", test_name());
    // From an earlier run.
    std::fs::remove_file(screenshot_path(&failed)?).ok();
    let driver = engine::start().await.context("no browser")?;
    let outcome = driver
        .run_and_quit(async |driver| {
            let page = Page::new(driver, variable("SITE_URL")?, hosts);
            let whole = async {
                page.look(&Look::default()).await?;
                if Engine::of_this_run()? == Engine::Chromium {
                    // Tests block files that it would have kept.
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
                // The first failure is what matters.
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

/// The outcome of a future, also when it panics.
async fn caught<T>(future: impl Future<Output = T>) -> Result<T, Box<dyn Any + Send>> {
    let mut future = pin!(future);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

/// The name of the running test, which is that of its thread.
fn test_name() -> String {
    std::thread::current().name().unwrap_or("test").replace("::", "-")
}

/// An environment variable that xtask sets.
pub fn variable(name: &str) -> Result<String> {
    std::env::var(name).with_context(|| {
        format!("{name} is not set: run these tests by cargo xtask test --only browser")
    })
}

/// The path of a screenshot.
fn screenshot_path(name: &str) -> Result<PathBuf> {
    Ok(PathBuf::from(variable("SCREENSHOTS")?).join(name).with_extension("png"))
}

/// Compares two texts, and reports the first line that differs.
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
