//! The files to copy and to download.

use crate::{runbook, shell};
use configurator_core::choices::{Choices, Shell, TextField};
use configurator_core::plan::{Operation, Origin, Part, SETTINGS_FILE, flatten};
use configurator_core::{Planned, link};
use std::borrow::Cow;

/// A file to take away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its name: ASCII, without a blank.
    pub name: String,
    /// Its text, as it is copied or saved.
    pub text: String,
    /// Whether a placeholder is in it.
    pub has_placeholders: bool,
    /// Whether an error keeps it from starting.
    pub is_blocked: bool,
}

impl OutputFile {
    /// The script of a plan.
    pub fn script(planned: &Planned, choices: &Choices) -> Self {
        let script = shell::script(&planned.plan, planned.shell);
        let extension = match planned.shell {
            Shell::Bash => "sh",
            Shell::PowerShell => "ps1",
        };
        Self {
            name: name(choices, extension),
            text: script.text(),
            has_placeholders: script.has_placeholders(),
            is_blocked: !planned.plan.blockers.is_empty(),
        }
    }

    /// The script of a plan, in the form to paste at a prompt.
    pub fn script_to_paste(planned: &Planned, choices: &Choices) -> Self {
        let script = Self::script(planned, choices);
        Self { text: shell::script_to_paste(&script.text, planned.shell).into_owned(), ..script }
    }

    /// The protected settings with placeholders; `None` where the task writes none.
    pub fn settings(planned: &Planned) -> Option<Self> {
        let settings = shell::settings(&planned.plan)?;
        // Not the name that the script writes: nobody should take this for the file itself.
        let name = format!("{}.template.json", SETTINGS_FILE.split('.').next().unwrap_or_default());
        // That placeholders are in it is what it is for.
        Some(Self { name, text: settings.text(), has_placeholders: false, is_blocked: false })
    }

    /// The runbook in Markdown.
    pub fn runbook(planned: &Planned, choices: &Choices) -> Self {
        let steps = shell::steps(&planned.plan, planned.shell);
        let text =
            runbook::markdown(&planned.plan, &steps, planned.shell, &link::fragment(choices));
        Self {
            name: name(choices, "md"),
            text,
            has_placeholders: !planned.plan.placeholders().is_empty(),
            is_blocked: !planned.plan.blockers.is_empty(),
        }
    }

    /// The commands, one a line, in the form to paste at a prompt.
    pub fn lines(planned: &Planned, choices: &Choices) -> Self {
        let lines = shell::lines_to_paste(&planned.plan, planned.shell);
        let extension = if planned.shell == Shell::Bash { "lines.sh" } else { "lines.ps1" };
        Self {
            name: name(choices, extension),
            text: lines.text(),
            has_placeholders: lines.has_placeholders(),
            is_blocked: !planned.plan.blockers.is_empty(),
        }
    }

    /// Everything: the scripts for both shells, the protected settings with placeholders, the
    /// runbook.
    pub fn bundle(choices: &Choices, problems: &[String]) -> Vec<Self> {
        let scripts = Shell::ALL.iter().map(|shell| {
            let mut choices = choices.clone();
            choices.select.shell = *shell;
            Self::script(&Planned::with_problems(&choices, problems.iter().cloned()), &choices)
        });
        let planned = Planned::with_problems(choices, problems.iter().cloned());
        scripts.chain(Self::settings(&planned)).chain([Self::runbook(&planned, choices)]).collect()
    }

    /// What is saved of it: UTF-8 without a byte order mark. A PowerShell script has the line ends
    /// of Windows, everything else those of Unix.
    pub fn saved(&self) -> Cow<'_, str> {
        if self.name.ends_with(".ps1") {
            self.text.replace('\n', "\r\n").into()
        } else {
            self.text.as_str().into()
        }
    }
}

/// The protected-settings file of a task, before it is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsTemplate {
    /// The name of the file.
    pub name: String,
    /// The name of the connected registry; empty if it is not known.
    pub registry: String,
    /// The service IP; empty if it is not known.
    pub service_ip: String,
    /// The keys with their values, in the order of the file; what only the user has is empty.
    pub settings: Vec<(String, String)>,
}

/// The protected-settings file that a task writes; `None` if it writes none.
pub fn settings_template(planned: &Planned) -> Option<SettingsTemplate> {
    let plan = &planned.plan;
    let files = plan.steps.iter().flat_map(|step| &step.actions).filter_map(|action| match &action
        .operation
    {
        Operation::Write(file) if file.private => Some(file),
        _ => None,
    });
    let file = files.into_iter().next()?;
    let named = |field: TextField| {
        let variable =
            plan.variables.iter().find(|variable| variable.origin == Origin::from(field));
        variable
            .and_then(|variable| variable.words.first())
            .filter(|word| word.placeholders().next().is_none())
            .and_then(|word| flatten(word, plan))
            .unwrap_or_default()
    };
    // `  "key": "`, the value, and what ends it.
    let setting = |parts: &[Part]| {
        let [Part::Literal(key), value, ..] = parts else { return None };
        let value = match value {
            Part::Variable(_) => named(TextField::Secret),
            _ => String::new(),
        };
        Some((key.split('"').nth(1).unwrap_or_default().to_owned(), value))
    };
    Some(SettingsTemplate {
        name: file.path.to_string(),
        registry: named(TextField::Name),
        service_ip: named(TextField::Ip),
        settings: file.lines.iter().filter_map(|line| setting(line.0.as_slice())).collect(),
    })
}

/// The name of a file: what it does, and what it is.
fn name(choices: &Choices, extension: &str) -> String {
    format!("{}-connected-registry.{extension}", choices.select.task.word())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_called_and_written_as_their_programs_want_them() {
        let names = |link: &str| {
            OutputFile::bundle(&link::parse(link).choices, &[])
                .into_iter()
                .map(|file| file.name)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let deploy = "deploy-connected-registry.sh deploy-connected-registry.ps1 \
                      protected-settings-extension.template.json deploy-connected-registry.md";
        assert_eq!(names(""), deploy);
        assert_eq!(
            names("#task=clean-up"),
            "clean-up-connected-registry.sh clean-up-connected-registry.ps1 \
             clean-up-connected-registry.md"
        );
        for file in OutputFile::bundle(
            &link::parse("#registry=contoso&subscription=B%C3%BCro").choices,
            &[],
        ) {
            let saved = file.saved();
            assert!(!saved.starts_with('\u{feff}') && saved.ends_with('\n'), "{}", file.name);
            let (windows, all) = (saved.matches("\r\n").count(), saved.matches('\n').count());
            assert_eq!(windows, if file.name.ends_with(".ps1") { all } else { 0 }, "{}", file.name);
            assert!(
                !file.name.ends_with(".ps1") || file.text.is_ascii(),
                "Windows PowerShell reads it in the code page of the machine"
            );
            assert!(file.name.is_ascii() && !file.name.contains(' '));
        }
    }

    #[test]
    fn an_answer_says_whether_it_can_be_used() {
        let script = |link: &str| {
            let choices = link::parse(link).choices;
            let script = OutputFile::script(&Planned::with_problems(&choices, []), &choices);
            (script.has_placeholders, script.is_blocked)
        };
        let named =
            "registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world";
        assert_eq!(script(&format!("#{named}")), (false, false));
        assert_eq!(script("#"), (true, false));
        assert_eq!(script(&format!("#{named}&cidr=10.0.0.0/33")), (false, true));
    }
}
