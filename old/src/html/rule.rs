//! The page of a rule: what it says, why, examples, and where that is written.

use super::findings::{class, words};
use crate::text::page as text;
use configurator_core::azure::CHECKED;
use configurator_core::rules::{self, Rule};
use configurator_core::{link, scenario};
use maud::{Markup, html};

/// The page of the rule with an id; nothing where there is none.
pub fn rule(id: &str) -> Markup {
    let Some(rule) = Rule::of(id) else { return html! {} };
    let choices = link::parse(rule.violating).choices;
    let example = rules::check(&choices, &scenario::resolve(&choices))
        .into_iter()
        .find(|finding| finding.rule == rule.id);
    let source = &rule.source;
    html! {
        h2 id="rule-title" { code { (rule.id) } " " span class={ "tag " (class(rule.severity)) } { (words(rule.severity)) } }
        dl.rule {
            dt { (text::RULE_WHAT) }
            dd { (example.map(|example| example.message).unwrap_or_default()) }
            dt { (text::RULE_WHY) }
            dd { (rule.why) }
            dt { (text::RULE_FOUND_IN) }
            dd { code { (rule.violating) } }
            dt { (text::RULE_NOT_FOUND_IN) }
            dd { code { (rule.clean) } }
            dt { (text::RULE_SOURCE) }
            dd {
                @match source.url {
                    Some(url) => a href=(url) target="_blank" rel="noreferrer" { (source.name) },
                    None => (source.name),
                }
                " " (text::checked_on(CHECKED.date))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_page_that_says_what_it_finds() {
        for of in rules::TABLE {
            let page = rule(of.id).into_string();
            assert!(!page.contains("<dd></dd>"), "{}: {page}", of.id);
        }
        assert_eq!(rule("no-such-rule").into_string(), "");
    }
}
