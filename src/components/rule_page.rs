//! The dialog with the page of a rule: what it says, why, examples, and the source.

use crate::components::dialog::{CLOSE, modal};
use crate::components::field::source_link;
use crate::components::findings::{class, words};
use crate::model::Dialogs;
use crate::view::{dynamic, flag, maybe, on};
use configurator_core::azure::CHECKED;
use configurator_core::rules::{self, Rule};
use configurator_core::{link, scenario};
use leptos::html;
use leptos::prelude::*;

const WHAT: &str = "What it says";
const WHY: &str = "Why";
const FOUND_IN: &str = "Found in";
const NOT_FOUND_IN: &str = "Not found in";
const SOURCE: &str = "Source";

/// The dialog.
#[component]
pub fn RulePage() -> impl IntoView {
    let rule = Dialogs::get().rule;
    let close = NodeRef::<html::Button>::new();
    let content = dynamic(move || maybe(rule.get().and_then(Rule::of), page));
    let content = view! {
        <div id="rule-content">{content}</div>
        <div class="buttons">
            <button
                class="button"
                id="rule-close"
                type="button"
                node_ref=close
                on:click=on(move |_| rule.set(None))
            >
                {CLOSE}
            </button>
        </div>
    }
    .into_any();
    let is_open = flag(move || rule.read().is_some());
    // The button is focused first, not the link to the source.
    modal("rule", "rule-page", is_open, move || rule.set(None), Some(close), content)
}

/// The page of a rule.
fn page(rule: &'static Rule) -> AnyView {
    let choices = link::parse(rule.violating).choices;
    let example = rules::check(&choices, &scenario::resolve(&choices))
        .into_iter()
        .find(|finding| finding.rule == rule.id);
    view! {
        <h2 id="rule-title">
            <code>{rule.id}</code>
            " "
            <span class=format!("tag {}", class(rule.severity))>{words(rule.severity)}</span>
        </h2>
        <dl class="rule">
            <dt>{WHAT}</dt>
            <dd>{example.map(|example| example.message).unwrap_or_default()}</dd>
            <dt>{WHY}</dt>
            <dd>{rule.why}</dd>
            <dt>{FOUND_IN}</dt>
            <dd><code>{rule.violating}</code></dd>
            <dt>{NOT_FOUND_IN}</dt>
            <dd><code>{rule.clean}</code></dd>
            <dt>{SOURCE}</dt>
            <dd>{source_link(&rule.source)} {format!(" (checked on {})", CHECKED.date)}</dd>
        </dl>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html;

    fn open(id: Option<&'static str>) -> String {
        html(&Default::default(), || {
            Dialogs::get().rule.set(id);
            view! { <RulePage/> }.into_any()
        })
    }

    #[test]
    fn every_rule_has_a_page_without_empty_parts() {
        for rule in rules::TABLE {
            let html = open(Some(rule.id));
            assert!(html.contains(&format!("<code>{}</code>", rule.id)), "{html}");
            assert!(!html.contains("<dd></dd>") && !html.contains("<dd> </dd>"), "{html}");
            assert_eq!(html.matches("<dd>").count(), 5, "{html}");
        }
    }

    #[test]
    fn page_of_an_unknown_rule_is_empty() {
        for id in [None, Some("no-such-rule")] {
            let html = open(id);
            assert!(html.contains(r#"<div id="rule-content"></div>"#), "{html}");
        }
    }
}
