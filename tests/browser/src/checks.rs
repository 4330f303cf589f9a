//! Checks that hold for the page in any state: it is accessible, nothing is cut off, and it
//! requests nothing from other origins.

use crate::engine;
use crate::page::{Page, command};
use crate::same_text;
use crate::variable;
use anyhow::{Context, Result, bail};
use configurator_core::link;
use configurator_render::Outcome;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A violation that axe reports.
#[derive(Deserialize)]
struct Violation {
    id: String,
    impact: Option<String>,
    help: String,
    nodes: Vec<Node>,
}

/// An element with a violation.
#[derive(Deserialize)]
struct Node {
    target: String,
    summary: String,
}

const AXE: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
    // What is far below on a phone is laid out only when it is near; axe needs its size.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets.push(sheet);
    axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(
        ({ violations }) => done(violations.map(({ id, impact, help, nodes }) => ({
            id, impact, help,
            nodes: nodes.map(({ target, failureSummary }) => ({ target: target.join(' '), summary: failureSummary ?? '' })),
        }))),
        error => done([{ id: 'axe', impact: null, help: String(error), nodes: [] }]),
    ).finally(() => document.adoptedStyleSheets.pop());
";

/// Lists what sticks out sideways, is cut off, or is covered.
const MISPLACED: &str = "
    const wrong = [];
    const root = document.documentElement;
    const name = element => element.tagName.toLowerCase() + (element.id ? '#' + element.id : element.className ? '.' + [...element.classList].join('.') : '');
    const seen = element => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const scrolls = element => { for (let at = element; at && at !== root; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true; };
    if (root.scrollWidth > root.clientWidth) {
        wrong.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
        for (const element of document.body.querySelectorAll('*')) {
            const { right } = element.getBoundingClientRect();
            if (right > root.clientWidth + 1 && seen(element) && !scrolls(element.parentElement)) wrong.push(`${name(element)} reaches to ${Math.round(right)}`);
        }
    }
    const at = [scrollX, scrollY];
    const panel = document.querySelector('.follows');
    const scrolled = panel.scrollTop;
    for (const control of document.querySelectorAll('button, input, textarea, summary, a')) {
        // That one comes into view with the focus.
        if (!seen(control) || control.matches('.skip:not(:focus)')) continue;
        if (control.scrollWidth > control.clientWidth + 1 && control.matches('button')) wrong.push(`${name(control)} is cut off: ${control.scrollWidth} in ${control.clientWidth}`);
        control.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
        const { left, top, width, height } = control.getClientRects()[0];
        const top_most = document.elementFromPoint(left + Math.min(width / 2, 40), top + height / 2);
        if (!top_most || !(control.contains(top_most) || top_most.contains(control))) {
            wrong.push(`${name(control)} “${control.textContent.trim().slice(0, 30)}” is covered by ${top_most ? name(top_most) : 'nothing, but outside'}`);
        }
    }
    panel.scrollTop = scrolled;
    scrollTo(...at);
    return wrong;
";

impl Page {
    /// Fails when axe finds a violation of WCAG 2.2 AA or of its best practices; `state` says what
    /// the page shows.
    pub async fn is_accessible(&self, state: &str) -> Result<()> {
        if !self.js::<bool>("return !!window.axe", []).await? {
            let axe = std::fs::read_to_string(variable("AXE_JS")?).context("no axe")?;
            self.driver.execute(axe, []).await?;
        }
        let violations: Vec<Violation> = self.js_async(AXE).await?;
        let mut report = String::new();
        for Violation { id, impact, help, nodes } in &violations {
            write!(report, "\n{id} ({}): {help}", impact.as_deref().unwrap_or("no impact given"))?;
            for node in nodes {
                write!(
                    report,
                    "\n    {}\n        {}",
                    node.target,
                    node.summary.replace('\n', "\n        ")
                )?;
            }
        }
        if !report.is_empty() {
            bail!("axe, {state}:{report}");
        }
        Ok(())
    }

    /// Fails when the page scrolls sideways, or when a control sticks out, is cut off or is covered;
    /// `state` says what the page shows.
    pub async fn fits(&self, state: &str) -> Result<()> {
        let wrong: Vec<String> = self.js(MISPLACED, []).await?;
        if !wrong.is_empty() {
            bail!("{state}:\n    {}", wrong.join("\n    "));
        }
        Ok(())
    }

    /// Fails when the page does not show, byte for byte, what the library and the native command
    /// make of the link in the address bar.
    pub async fn shows_what_the_link_says(&self) -> Result<()> {
        // Leaves the field that is being filled in, if any.
        self.tab("Script").await?;
        let link = self.hash().await?;
        same_text("the script", &self.block_text().await?, &command(&["script", &link])?)?;
        self.tab("Protected settings").await?;
        let outcome = Outcome::of_link(&link::parse(&link));
        if outcome.document.settings.is_some() {
            same_text("the settings", &self.block_text().await?, &command(&["settings", &link])?)?;
        }
        self.tab("Steps").await?;
        let shown = self.blocks().await?;
        let mut shown = shown.iter();
        for (step, of_step) in outcome.plan.steps.iter().zip(&outcome.document.steps) {
            let checks = of_step.checks.iter().flat_map(|check| {
                [Some(&check.probe).filter(|probe| !probe.tokens.is_empty()), check.remedy.as_ref()]
            });
            let notes = of_step.notes.iter().map(Option::as_ref);
            for block in checks
                .chain([of_step.actions.as_ref(), of_step.undo.as_ref()])
                .chain(notes)
                .flatten()
            {
                match shown.next() {
                    Some((title, text)) if *title == step.title => {
                        same_text(title, text, &block.text())?;
                    }
                    other => bail!("a block of {} should be next, not {other:?}", step.title),
                }
            }
        }
        match shown.next() {
            None => Ok(()),
            Some(left) => bail!("there should be no more blocks than {left:?}"),
        }
    }

    /// Fails when a warning or an error was written to the console since the last call, or when
    /// another origin was requested.
    pub async fn was_quiet(&self) -> Result<()> {
        let complaints = engine::complaints(&self.driver).await?;
        if !complaints.is_empty() {
            bail!("in the console:\n    {}", complaints.join("\n    "));
        }
        let requests = engine::requests(&self.driver).await?;
        if !requests.iter().any(|address| self.is_ours(address)) {
            bail!("not even the page was requested, so the requests are not seen");
        }
        let seen_by_page: Vec<String> = self
            .js("return performance.getEntriesByType('resource').map(entry => entry.name)", [])
            .await?;
        let elsewhere: BTreeSet<String> = requests
            .into_iter()
            .chain(seen_by_page)
            .filter(|address| !self.is_ours(address))
            .collect();
        if !elsewhere.is_empty() {
            bail!("requested from elsewhere: {elsewhere:#?}");
        }
        Ok(())
    }

    /// Whether an address belongs to the page's own origin.
    fn is_ours(&self, address: &str) -> bool {
        let is_host = self.hosts.as_ref().is_some_and(|hosts| address.starts_with(hosts));
        is_host
            || address.starts_with(&self.site)
            || ["about:", "blob:", "data:", "file:"]
                .iter()
                .any(|scheme| address.starts_with(scheme))
    }
}
