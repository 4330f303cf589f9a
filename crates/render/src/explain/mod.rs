//! The explanation of a token: what it does, which choice it comes from, what older documents say,
//! and its source.
//!
//! The texts for options are in [`configurator_core::plan::meanings`], those for commands in
//! `commands.rs`, those for the shell's own text in `purposes.rs`, and those for protected settings
//! in
//! [`configurator_core::choices::field_text`].

use configurator_core::azure::{self, Source, sources};
use configurator_core::choices::{Field, Shell, field_text};

mod commands;
mod purposes;
use crate::shell::{About, Purpose};
use configurator_core::plan::Origin;

const A_COMMAND: &str = "Runs the program.";

/// What there is to say about a piece of an output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Explanation {
    /// What it does.
    pub what: &'static str,
    /// The choice that made it; `None` where it is always so.
    pub choice: Option<Field>,
    /// What older documents say instead, and what comes of that.
    pub formerly: Option<&'static str>,
    /// Where it can be looked up.
    pub source: Source,
}

impl Explanation {
    /// Explains a piece of a text for a shell.
    pub fn of(about: &About, shell: Shell) -> Self {
        match *about {
            About::Argument { origin, meaning } => {
                Self { formerly: meaning.formerly, ..Self::from(meaning.what, origin) }
            }
            About::Command { program, subcommand, origin } => {
                let meaning = commands::of(program.name(), subcommand.iter().copied());
                Self {
                    formerly: meaning.and_then(|meaning| meaning.formerly),
                    ..Self::from(meaning.map_or(A_COMMAND, |meaning| meaning.what), origin)
                }
            }
            About::Name(origin) => Self::from("A name as it is chosen or filled in.", origin),
            About::Setting(key) => {
                let (what, formerly, field) = field_text::protected_setting(key);
                let source = azure::PROTECTED_SETTINGS
                    .iter()
                    .find(|(other, _)| *other == key)
                    .map_or(sources::QUICKSTART, |(_, source)| *source);
                Self { what, choice: field.map(Field::from), formerly, source }
            }
            About::Shell(purpose) => {
                Self::from(purposes::of(purpose, shell), Origin::Fact(source(purpose, shell)))
            }
        }
    }

    fn from(what: &'static str, origin: Origin) -> Self {
        let (choice, source) = match origin {
            Origin::Field(field) => (Some(field), azure::documented(field)),
            Origin::Fact(source) => (None, source),
        };
        Self { what, choice, formerly: None, source }
    }
}

/// The choice that made a piece of a text, without the rest of its explanation; `None` where it is
/// always so.
pub fn choice(about: &About) -> Option<Field> {
    match *about {
        About::Argument { origin, .. } | About::Command { origin, .. } | About::Name(origin) => {
            match origin {
                Origin::Field(field) => Some(field),
                Origin::Fact(_) => None,
            }
        }
        About::Setting(key) => field_text::protected_setting(key).2.map(Field::from),
        About::Shell(_) => None,
    }
}

/// Where a shell's own text can be looked up.
const fn source(purpose: Purpose, shell: Shell) -> Source {
    match (shell, purpose) {
        (Shell::Bash, _) => sources::BASH,
        (Shell::PowerShell, Purpose::Layout) => sources::POWERSHELL,
        (Shell::PowerShell, _) => sources::POWERSHELL_LANGUAGE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;
    use crate::shell::{Block, Kind, StepBlocks};
    use configurator_core::choices::{Choices, Preset, SelectField, Task};
    use configurator_core::link;
    use configurator_core::plan::Place;

    /// Every documented scenario, every task beside them, and what asks for the rarer options; in
    /// both shells.
    fn outcomes() -> Vec<(String, Shell, Outcome)> {
        let scenarios = Preset::ALL.iter().map(|preset| format!("scenario={}", preset.id()));
        let tasks = Task::ALL.iter().map(|task| format!("task={}", task.word()));
        let more = [
            "parent=parent01&mode=read-write&import=mcr.microsoft.com/hello-world:latest&cluster-rg=rg2&subscription=one&cluster-subscription=other&context=edge",
            "tokens=puller&notify=app/*:push&gc=off&log-level=debug&storage=100Gi&storage-class=fast&train=preview&keys=2024&trust=labelled-nodes&slot=2",
            "gc-schedule=0 3 * * *&sync=scheduled&schedule=0 0 * * \
             *&window=PT4H&ttl=P2D&upgrade=pin&version=0.11.0",
            "scenario=byoc&self-signed=yes&crt=tls.crt&key=tls.key",
            "scenario=own-trust&secret=k8&crt=tls.crt&key=tls.key&ca=ca.crt",
            "scenario=own-trust&secret=k8&secret-exists=yes",
            "scenario=http&keys=2024",
            "task=repositories&remove-repos=old/app",
            "task=pull&image=hello-world:latest&tokens=puller&tls=http",
            "task=redeploy&tls=secret&secret=k8",
            "task=rotate&tls=byoc&crt=a&key=b",
        ];
        let named = "registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world,app/api";
        let links: Vec<String> = scenarios
            .chain(tasks)
            .chain(more.map(str::to_owned))
            .flat_map(|link| [format!("{link}&{named}"), link])
            .collect();
        let mut outcomes = Vec::new();
        for link in links {
            for shell in Shell::ALL {
                let mut choices: Choices = link::parse(&link).choices;
                choices.select.set_word(SelectField::Shell, shell.word());
                outcomes.push((link.clone(), *shell, Outcome::of(&choices)));
            }
        }
        outcomes
    }

    fn blocks(outcome: &Outcome, shell: Shell) -> Vec<(&Block, Shell)> {
        let document = &outcome.document;
        let mut blocks = vec![(&document.script, shell)];
        blocks.extend(document.settings.as_ref().map(|settings| (settings, shell)));
        for (step, StepBlocks { checks, actions, undo, notes }) in
            outcome.plan.steps.iter().zip(&document.steps)
        {
            let shell = if step.place == Place::Node { Shell::Bash } else { shell };
            let of_checks =
                checks.iter().flat_map(|check| std::iter::once(&check.probe).chain(&check.remedy));
            blocks.extend(
                of_checks
                    .chain(actions)
                    .chain(undo)
                    .chain(notes.iter().flatten())
                    .map(|block| (block, shell)),
            );
        }
        blocks
    }

    #[test]
    fn every_token_has_an_explanation_an_origin_and_a_source() {
        let mut explained = 0;
        for (link, shell, outcome) in outcomes() {
            for (block, shell) in blocks(&outcome, shell) {
                for token in block.tokens.iter().filter(|token| !token.is_layout()) {
                    let shown =
                        format!("{link} {}: {:?} {:?}", shell.word(), token.text, token.about);
                    let explanation = Explanation::of(&token.about, shell);
                    assert!(explanation.what.len() > 10, "{shown}");
                    assert_eq!(choice(&token.about), explanation.choice, "{shown}");
                    assert_ne!(explanation.what, A_COMMAND, "{shown}");
                    assert_ne!(
                        token.about,
                        About::Shell(Purpose::Layout),
                        "nobody said what it is for: {shown}"
                    );
                    // Options and values come from a choice or from a fact, never from the shell.
                    if token.kind == Kind::Option {
                        assert!(matches!(token.about, About::Argument { .. }), "{shown}");
                    }
                    assert!(
                        !explanation.source.name.is_empty() && explanation.source.url.is_some(),
                        "{shown}"
                    );
                    explained += 1;
                }
            }
        }
        assert!(explained > 50_000, "{explained}");
    }

    #[test]
    fn placeholders_lead_to_the_field_that_fills_them() {
        for (link, shell, outcome) in outcomes() {
            for token in blocks(&outcome, shell)
                .iter()
                .flat_map(|(block, _)| &block.tokens)
                .filter(|token| token.kind == Kind::Placeholder)
            {
                let explanation = Explanation::of(&token.about, shell);
                let is_secret = matches!(token.about, About::Setting("connectionString"))
                    || token.text.contains("password");
                assert!(
                    is_secret || explanation.choice.is_some(),
                    "{link}: {:?} {:?}",
                    token.text,
                    token.about
                );
            }
        }
    }
}
