//! Rules about the choices as a whole.

use super::{Hit, Rule, Severity};
use crate::azure::sources;
use crate::text::rules as text;

pub(super) static MISSING: Rule = Rule {
    id: "missing",
    severity: Severity::Info,
    why: text::MISSING_WHY,
    source: sources::LINK,
    violating: "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200",
    clean: "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world",
    in_output: false,
    check: |choices, scenario| {
        let missing = scenario.open().into_iter().filter(|field| choices.text(*field).trim().is_empty());
        missing.map(|field| Hit::at(field, text::missing(crate::text::fields::label(field)))).collect()
    },
};
