//! The configurator in other pages: what readers may change there, and the HTML that embeds it.
//!
//! The host page passes two things. The choices are a link, as everywhere. The appearance and the
//! locked fields are in the query of the frame's address
//! (`?view=script&lock=tls,mode&hide=scenario`). Like a link, the query is hostile until it is
//! parsed: unknown words are dropped and reported.

use crate::shell;
use configurator_core::choices::sections::{fields_of, section_ids};
use configurator_core::choices::{
    Choices, Field, Preset, SelectField, Task, preset_text, select_text,
};
use configurator_core::{Planned, link};
use percent_encoding::percent_decode_str;

/// How many words one list may have: more than there are.
const WORDS_LIMIT: usize = 100;

/// How much is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The form, and below it the output, with the steps first.
    #[default]
    Steps,
    /// The form, and below it the output, with the script first.
    Script,
    /// One block of commands, to copy.
    Command,
}

impl View {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Steps, Self::Script, Self::Command];

    /// The value of `view`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Script => "script",
            Self::Command => "command",
        }
    }

    /// The view of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }
}

/// The word of `lock` and `hide` for the documented scenarios, and what they fix.
const SCENARIO: &str = "scenario";

/// What readers may not change: a word of `lock`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Everything but the shell, which is the reader's own.
    All,
    /// The documented scenario, and what it fixes.
    Scenario,
    /// One field, by its key of the link.
    Field(Field),
}

impl Lock {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            SCENARIO => Some(Self::Scenario),
            _ => Field::from_key(word).map(Self::Field),
        }
    }
}

/// What is not shown, and counts all the same: a word of `hide`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hidden {
    /// The documented scenarios, and what the chosen one fixes.
    Scenario,
    /// The whole form.
    Form,
    /// The picture of what will exist.
    Picture,
    /// A section of the form, by its id, such as `names`; its word is `section-names`.
    Section(&'static str),
    /// One field, by its key of the link.
    Field(Field),
}

impl Hidden {
    fn from_word(word: &str) -> Option<Self> {
        match word {
            SCENARIO => Some(Self::Scenario),
            "form" => Some(Self::Form),
            "picture" => Some(Self::Picture),
            _ => match word.strip_prefix("section-") {
                Some(id) => section_ids().find(|section| *section == id).map(Self::Section),
                None => Field::from_key(word).map(Self::Field),
            },
        }
    }
}

/// What the page around says about the frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// How much is shown.
    pub view: View,
    /// What readers may not change.
    pub lock: Vec<Lock>,
    /// What is not shown.
    pub hide: Vec<Hidden>,
    /// The id of the step whose commands are shown alone, where the view is [`View::Command`].
    pub step: Option<String>,
    /// What was not understood.
    pub problems: Vec<String>,
}

impl Frame {
    /// Reads a query, with or without `?`. Never fails. Other keys are somebody else's.
    pub fn parse(query: &str) -> Self {
        let mut frame = Self::default();
        for pair in query.trim_start_matches('?').split('&').take(WORDS_LIMIT) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = percent_decode_str(value).decode_utf8_lossy();
            match key {
                "view" => {
                    frame.view = frame.words(key, &value, View::from_word).pop().unwrap_or_default()
                }
                "lock" => frame.lock = frame.words(key, &value, Lock::from_word),
                "hide" => frame.hide = frame.words(key, &value, Hidden::from_word),
                // Whether there is such a step is known once there are steps.
                "step" => {
                    let id: String = value
                        .chars()
                        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
                        .take(40)
                        .collect();
                    frame.step = Some(id).filter(|id| !id.is_empty());
                }
                _ => {}
            }
        }
        frame
    }

    fn words<T>(&mut self, key: &str, list: &str, of: impl Fn(&str) -> Option<T>) -> Vec<T> {
        let mut known = Vec::new();
        for word in list.split([',', ' ']).filter(|word| !word.is_empty()).take(WORDS_LIMIT) {
            match of(word) {
                Some(what) => known.push(what),
                None => self.problems.push(unknown(key, &link::shown(word))),
            }
        }
        known
    }

    /// Whether readers may not change a field.
    pub fn locks(&self, field: Field, choices: &Choices) -> bool {
        self.lock.iter().any(|lock| match lock {
            Lock::All => field != SelectField::Shell.into(),
            Lock::Scenario => is_fixed(field, choices),
            Lock::Field(locked) => *locked == field,
        })
    }

    /// Whether readers may not go over to any other scenario.
    fn locks_scenarios(&self) -> bool {
        self.lock.iter().any(|lock| matches!(lock, Lock::All | Lock::Scenario))
    }

    /// Whether readers may not go over to another scenario: that is fixed, or the other would
    /// change what is.
    pub fn locks_scenario(&self, preset: Preset, choices: &Choices) -> bool {
        let differs = |(field, word): &(SelectField, &str)| {
            choices.select.word(*field) != *word && self.locks((*field).into(), choices)
        };
        preset != choices.preset && (self.locks_scenarios() || preset.fixes().iter().any(differs))
    }

    /// Whether a field is not shown.
    pub fn hides(&self, field: Field, choices: &Choices) -> bool {
        self.hide.iter().any(|hidden| match hidden {
            // The shell is chosen beside the output.
            Hidden::Form => field != SelectField::Shell.into(),
            Hidden::Scenario => is_fixed(field, choices),
            Hidden::Section(section) => fields_of(section).contains(&field),
            Hidden::Field(hidden) => *hidden == field,
            Hidden::Picture => false,
        })
    }

    /// Puts back what readers may not change, after they have changed something.
    pub fn restore(&self, before: &Choices, after: &mut Choices) {
        if self.locks_scenarios() {
            after.preset = before.preset;
        }
        for field in Field::all().filter(|field| self.locks(*field, before)) {
            match field {
                Field::Text(field) => after.set_text(field, before.text(field)),
                Field::Select(field) => _ = after.select.set_word(field, before.select.word(field)),
            }
        }
    }

    /// The id of the step whose commands are shown alone.
    pub fn step(&self, task: Task) -> &str {
        self.step.as_deref().unwrap_or_else(|| main_step(task))
    }
}

/// Whether the scenario that was started from fixes a field.
fn is_fixed(field: Field, choices: &Choices) -> bool {
    choices.preset.fixes().iter().any(|(fixed, _)| Field::from(*fixed) == field)
}

/// The id of the step that a task is there for.
pub const fn main_step(task: Task) -> &'static str {
    match task {
        Task::Deploy | Task::Redeploy => "extension",
        Task::Upgrade => "upgrade",
        Task::Schedule => "schedule",
        Task::Repositories => "repositories",
        Task::Pull => "pod",
        Task::Rotate => "update-extension",
        Task::Diagnose => "azure-status",
        Task::CleanUp => "delete-extension",
    }
}

/// The commands that stand for a view where no script runs: the block that it shows, or the whole
/// script, as they are pasted.
pub fn commands(planned: &Planned, choices: &Choices, view: View) -> String {
    if view != View::Command {
        let script = shell::script(&planned.plan, planned.shell).text();
        return shell::script_to_paste(&script, planned.shell).into_owned();
    }
    let blocks = shell::steps(&planned.plan, planned.shell);
    let step = planned
        .plan
        .steps
        .iter()
        .zip(blocks)
        .find(|(step, _)| step.id == main_step(choices.select.task));
    step.and_then(|(_, blocks)| blocks.actions).map(|actions| actions.text()).unwrap_or_default()
}

/// What readers of a page with the configurator in it may not change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locks {
    /// They may change everything.
    #[default]
    Nothing,
    /// The documented scenario, and what it fixes.
    Scenario,
    /// That, and everything that is given.
    Given,
}

impl Locks {
    /// Every one.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Scenario, Self::Given];

    /// Its word on the page.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::Scenario => "scenario",
            Self::Given => "given",
        }
    }

    /// The one of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locks| locks.word() == word)
    }
}

/// How it is put into a page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Snippet<'a> {
    /// The address of the configurator's folder, with `/` at its end; empty where it is not known.
    pub base: &'a str,
    /// How much is shown.
    pub view: View,
    /// `light` or `dark`; empty, or `auto`, where it follows the page around.
    pub theme: &'a str,
    /// What readers may not change.
    pub locks: Locks,
    /// Whether what they may not change is not shown either.
    pub hides: bool,
    /// The height that is kept free for it, in CSS pixels.
    pub height: Option<u32>,
    /// The commands that are shown before a script has run, or without.
    pub commands: &'a str,
}

impl Snippet<'_> {
    /// The element alone, as HTML. Its attributes are the choices, by their keys in the link.
    pub fn element(&self, choices: &Choices) -> String {
        self.element_with(choices, "")
    }

    fn element_with(&self, choices: &Choices, content: &str) -> String {
        let attributes: String = self
            .attributes(choices)
            .iter()
            .map(|(name, value)| format!(" {name}=\"{}\"", escaped(value)))
            .collect();
        format!("<connected-registry{attributes}>{content}</connected-registry>")
    }

    /// The names and values of the element's attributes.
    pub fn attributes(&self, choices: &Choices) -> Vec<(String, String)> {
        let mut pairs: Vec<(&str, String)> = link::pairs(choices)
            .into_iter()
            .filter(|(key, _)| *key != "v")
            .map(|(key, value)| (key, value.to_owned()))
            .collect();
        let given = pairs
            .iter()
            .map(|(key, _)| *key)
            .filter(|key| *key != SelectField::Shell.key() && *key != SCENARIO);
        let locked: Vec<&str> = match self.locks {
            Locks::Nothing => Vec::new(),
            Locks::Scenario => vec![SCENARIO],
            Locks::Given => std::iter::once(SCENARIO).chain(given).collect(),
        };
        let mut add = |key: &'static str, value: String| {
            if !value.is_empty() {
                pairs.push((key, value));
            }
        };
        add("lock", locked.join(","));
        if self.hides {
            add("hide", locked.join(","));
        }
        add("view", self.view.word().to_owned());
        add("theme", if self.theme == "auto" { String::new() } else { self.theme.to_owned() });
        add("height", self.height.map(|height| height.to_string()).unwrap_or_default());
        pairs.into_iter().map(|(key, value)| (format!("data-{key}"), value)).collect()
    }

    /// All that is pasted into a page: the element with a link and the commands in it, which are
    /// shown before a script has run and without, and the script.
    ///
    /// It has no empty line and no brace in it, so that Markdown and templates leave it as it is.
    pub fn html(&self, choices: &Choices) -> String {
        let base =
            if self.base.is_empty() { "https://example.com/configurator/" } else { self.base };
        let (link, title) = (link::fragment(choices), title_text(choices));
        let mut content = format!(
            "\n<p><a href=\"{}\">{}</a></p>\n",
            escaped(&format!("{base}{link}")),
            escaped(&title)
        );
        if !self.commands.is_empty() {
            content.push_str(&format!(
                "<details><summary>{}</summary>\n<pre><code>{}</code></pre>\n</details>\n",
                "The commands",
                escaped(self.commands.trim_end())
            ));
        }
        format!(
            "<div>\n{}\n<script src=\"{}embed.js\" async></script>\n</div>\n",
            self.element_with(choices, &content),
            escaped(base)
        )
    }
}

/// Text of HTML that Markdown and templates leave as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut is_line_empty = false;
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '{' => escaped.push_str("&#123;"),
            '}' => escaped.push_str("&#125;"),
            // An empty line, be there blanks in it, would end the HTML in a page of Markdown.
            '\n' if is_line_empty => {
                escaped.push_str("&#10;");
                is_line_empty = false;
            }
            '\n' => {
                escaped.push(c);
                is_line_empty = true;
                continue;
            }
            '\r' => continue,
            _ => escaped.push(c),
        }
        is_line_empty &= matches!(c, ' ' | '\t');
    }
    escaped
}

fn unknown(key: &str, word: &str) -> String {
    format!("The page around this one says {key}={word}, which means nothing here; it is ignored.")
}

/// What choices amount to.
fn title_text(choices: &Choices) -> String {
    let title = match choices.recognized() {
        Some(preset) => preset_text::of(preset).title,
        None => {
            select_text::option(SelectField::Task, choices.select.word(SelectField::Task)).label
        }
    };
    format!("{title}: commands for the Azure connected registry")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;
    use configurator_core::choices::TextField;
    use expect_test::expect;
    use proptest::prelude::*;

    fn frame(query: &str) -> Frame {
        Frame::parse(query)
    }

    #[test]
    fn a_query_says_what_is_fixed_and_hidden() {
        let said = frame(
            "?view=script&lock=tls,registry&hide=scenario,section-names,picture&theme=dark&utm_source=x",
        );
        assert_eq!(said.view, View::Script);
        assert_eq!(
            said.lock,
            [Lock::Field(SelectField::Tls.into()), Lock::Field(TextField::Registry.into())]
        );
        assert_eq!(said.hide, [Hidden::Scenario, Hidden::Section("names"), Hidden::Picture]);
        assert_eq!(said.problems, [""; 0]);
        assert_eq!(frame(""), Frame::default());
    }

    #[test]
    fn unknown_words_are_reported() {
        let said = frame("view=all&lock=tls,colour&hide=%3Cimg%20src=x%3E,form&step=ext%22ension");
        expect![[r#"
            [
                "The page around this one says view=all, which means nothing here; it is ignored.",
                "The page around this one says lock=colour, which means nothing here; it is ignored.",
                "The page around this one says hide=<img, which means nothing here; it is ignored.",
                "The page around this one says hide=src=x>, which means nothing here; it is ignored.",
            ]
        "#]]
        .assert_debug_eq(&said.problems);
        assert_eq!(
            (said.lock.len(), said.hide.as_slice(), said.step.as_deref()),
            (1, &[Hidden::Form][..], Some("extension"))
        );
        assert_eq!(frame("step=%22").step, None);
    }

    #[test]
    fn what_is_locked_stays() {
        let before = link::parse("#scenario=byoc&registry=contoso").choices;
        let change = |lock: &str, change: fn(&mut Choices)| {
            let mut after = before.clone();
            change(&mut after);
            frame(&format!("lock={lock}")).restore(&before, &mut after);
            after
        };
        let go_http = |choices: &mut Choices| {
            choices.start_from(Preset::Http);
            choices.set_text(TextField::Registry, "fabrikam");
        };
        assert_eq!(change("tls", go_http).select.tls.word(), "byoc");
        assert_eq!(change("registry", go_http).text(TextField::Registry), "contoso");
        assert_eq!(
            change("scenario", go_http),
            before.clone().with(TextField::Registry, "fabrikam")
        );
        assert_eq!(change("all", go_http), before);
        assert_eq!(change("mode", go_http).preset, Preset::Http);
        // Which shell is the reader's own.
        assert_eq!(
            change("all", |choices| choices.select.shell =
                configurator_core::choices::Shell::PowerShell)
            .select
            .shell
            .word(),
            "powershell"
        );
        assert!(frame("lock=tls").locks_scenario(Preset::Http, &before));
        assert!(
            !frame("lock=tls").locks_scenario(Preset::CleanUp, &before)
                && !frame("lock=mode").locks_scenario(Preset::Http, &before)
        );
    }

    #[test]
    fn what_is_hidden_goes_with_what_it_belongs_to() {
        let choices = link::parse("#scenario=byoc").choices;
        let hides =
            |hide: &str, field: Field| frame(&format!("hide={hide}")).hides(field, &choices);
        for (hide, field, is_hidden) in [
            ("scenario", SelectField::Tls.into(), true),
            ("scenario", SelectField::Mode.into(), false),
            ("section-names", TextField::Registry.into(), true),
            ("section-names", SelectField::Tls.into(), false),
            ("storage", Field::Text(TextField::StorageRequest), true),
            ("storage", Field::Text(TextField::StorageClass), false),
            ("form", TextField::StorageClass.into(), true),
            ("picture", TextField::StorageClass.into(), false),
        ] {
            assert_eq!(hides(hide, field), is_hidden, "{hide}: {}", field.key());
        }
    }

    #[test]
    fn no_line_of_a_text_is_empty() {
        for text in
            ["a\n\nb", "a\n \t\nb", "a\n\r\nb", "a\r\n\r\nb", "\n\n\n\n", "a\n\n \n\n\n b\n"]
        {
            let escaped = escaped(text);
            let lines: Vec<&str> = escaped.split('\n').collect();
            let within = lines.get(1..lines.len() - 1).unwrap_or_default();
            assert!(
                within.iter().all(|line| !line.trim_matches([' ', '\t']).is_empty()),
                "{text:?}: {escaped:?}"
            );
            assert_eq!(
                escaped.replace("&#10;", "\n"),
                text.replace('\r', ""),
                "nothing else changes"
            );
        }
    }

    #[test]
    fn every_task_has_the_step_that_it_is_there_for() {
        for task in Task::ALL {
            let mut choices = Choices::default();
            choices.select.task = *task;
            let plan = Outcome::of(&choices).plan;
            let step = plan
                .steps
                .iter()
                .position(|step| step.id == main_step(*task))
                .unwrap_or_else(|| panic!("{task:?}"));
            assert!(shell::steps(&plan, choices.select.shell)[step].actions.is_some(), "{task:?}");
        }
    }

    #[test]
    fn a_snippet_is_html_that_can_be_pasted() {
        let choices = link::parse(
            "#scenario=sync-daily&registry=contoso&name=a%22%3E%3Cscript%3E&shell=powershell",
        )
        .choices;
        let snippet = Snippet {
            base: "https://example.com/crc/",
            locks: Locks::Given,
            hides: true,
            height: Some(640),
            commands: "az a \\\n  --b '{c}'\n\n\naz d <e>\n",
            ..Snippet::default()
        };
        expect![[r#"
            <div>
            <connected-registry data-scenario="sync-daily" data-registry="contoso" data-name="a&quot;&gt;&lt;script&gt;" data-shell="powershell" data-lock="scenario,registry,name" data-hide="scenario,registry,name" data-view="steps" data-height="640">
            <p><a href="https://example.com/crc/#scenario=sync-daily&amp;registry=contoso&amp;name=a%22%3E%3Cscript%3E&amp;shell=powershell&amp;v=1">Once a day: commands for the Azure connected registry</a></p>
            <details><summary>The commands</summary>
            <pre><code>az a \
              --b '&#123;c&#125;'
            &#10;
            az d &lt;e&gt;</code></pre>
            </details>
            </connected-registry>
            <script src="https://example.com/crc/embed.js" async></script>
            </div>
        "#]]
        .assert_eq(&snippet.html(&choices));
    }

    proptest! {
        #[test]
        fn any_text_stays_in_its_place(name in any::<String>(), commands in "[a{}<\"\n\r\t ]*|\\PC*") {
            let choices = Choices::default().with(TextField::Name, &name);
            let html = Snippet { commands: &commands, ..Snippet::default() }.html(&choices);
            prop_assert!(html.trim_end().split('\n').all(|line| !line.trim_matches([' ', '\t']).is_empty()), "{}", html);
            prop_assert!(!html.contains(['{', '}']), "{}", html);
            prop_assert_eq!(html.matches('<').count(), if commands.is_empty() { 10 } else { 18 });
        }

        #[test]
        fn any_query_is_read(query in any::<String>()) {
            let said = Frame::parse(&query);
            prop_assert!(said.lock.len() <= WORDS_LIMIT && said.step.is_none_or(|step| step.len() <= 40));
        }
    }
}
