//! What the page is made of, by the words that it shows: its fields and choices, its tabs and
//! outputs, and the places of its messages.
//!
//! Messages have a role but no name, and several are in one region: their classes tell them apart.

use crate::locate::{
    Name, Target, css, field, group, heading, radio, region, starting, summary, tab, tab_panel,
};
use crate::page::Page;
use anyhow::{Context, Result, bail};
use configurator_core::choices::sections::{SECTIONS, Section};
use configurator_core::choices::{
    Field, Preset, SelectField, TextField, field_text, preset_text, select_text,
};

/// The tabs of the output, in their order.
pub const TABS: [&str; 5] = ["Steps", "Script", "One line each", "Protected settings", "Runbook"];

/// The text field with a key, by its label.
///
/// # Panics
///
/// When there is no such field.
#[allow(clippy::panic)] // A mistake in the test itself.
pub fn text_field(key: &str) -> Target {
    match Field::from_key(key) {
        Some(Field::Text(of)) => field(field_text::label(of)),
        _ => panic!("{key} is no text field"),
    }
}

/// One choice of a field with a closed list, by the key of the field and the word in links. The
/// scenarios have the key `scenario`.
///
/// # Panics
///
/// When there is no such choice.
#[allow(clippy::panic)] // A mistake in the test itself.
pub fn choice(key: &str, word: &str) -> Target {
    match (choices_of(key), words_of(key).find(|(of, _)| *of == word)) {
        (Some(group), Some((_, label))) => radio(group, label),
        _ => panic!("{key} has no choice {word}"),
    }
}

/// The legend of a group of choices.
fn choices_of(key: &str) -> Option<&'static str> {
    match Field::from_key(key) {
        Some(Field::Select(of)) => Some(select_text::of(of).label),
        None if key == "scenario" => Some("Documented scenarios"),
        _ => None,
    }
}

/// The words of a group of choices, with their labels.
fn words_of(key: &str) -> impl Iterator<Item = (&'static str, Name)> {
    // A scenario may have a mark after its title, such as "Recommended".
    let scenarios = (key == "scenario").then_some(Preset::ALL).into_iter().flatten();
    let scenarios = scenarios.map(|preset| (preset.id(), starting(preset_text::of(*preset).title)));
    let of = SelectField::ALL.iter().copied().find(|of| of.key() == key);
    let words = of.into_iter().flat_map(|of| {
        of.words().iter().map(move |word| (*word, select_text::option(of, word).label.into()))
    });
    scenarios.chain(words)
}

/// The group of all choices of a field.
///
/// # Panics
///
/// When there is no such field.
#[allow(clippy::panic)] // A mistake in the test itself.
pub fn choices(key: &str) -> Target {
    group(choices_of(key).unwrap_or_else(|| panic!("{key} has no choices")))
}

/// The part of the page that says how far the output is.
pub fn state() -> Target {
    region("State of the output")
}

/// What is missing and what is wrong, in a few words.
pub fn counts() -> Target {
    css(".counts").within(state())
}

/// What the last action came to.
pub fn said() -> Target {
    css(".said").within(state())
}

/// The messages of a field.
pub fn messages(key: &str) -> Target {
    let around = match choices_of(key) {
        Some(group) => crate::group(group),
        None => text_field(key).around(".field"),
    };
    css(".message").within(around)
}

/// The line that folds a section of the form open and shut.
///
/// # Panics
///
/// When there is no such section.
#[allow(clippy::panic)] // A mistake in the test itself.
pub fn section(id: &str) -> Target {
    let section = SECTIONS.iter().find(|section| section.id == id);
    folds(section.unwrap_or_else(|| panic!("there is no section {id}")))
}

fn folds(section: &Section) -> Target {
    // After the title it says what is in the section.
    summary(starting(section.title))
}

impl Page {
    /// Fills in a text field: clicks into it, replaces its text, and stays there.
    pub async fn fill(&self, key: &str, text: &str) -> Result<()> {
        self.type_into(text_field(key), text).await?;
        // The first letter may have to wait for the output: it must not move what comes next.
        self.wait_until_ready().await
    }

    /// The text in a text field, also where it is folded away.
    pub async fn value(&self, key: &str) -> Result<String> {
        self.value_of(text_field(key).even_hidden()).await
    }

    /// Waits until a text field has this text.
    pub async fn wait_for_value(&self, key: &str, text: &str) -> Result<()> {
        let outcome = self.until("", async || Ok(self.value(key).await? == text)).await;
        if outcome.is_err() {
            bail!("the field {key} should have {text:?} and has {:?}", self.value(key).await?);
        }
        Ok(())
    }

    /// The text fields that can be seen, by key, and their texts.
    pub async fn values(&self) -> Result<Vec<(TextField, String)>> {
        let mut values = Vec::new();
        for of in TextField::ALL {
            let shown = self.of_all(field(field_text::label(*of)), "element.value").await?;
            values.extend(shown.into_iter().map(|text: String| (*of, text)));
        }
        Ok(values)
    }

    /// Chooses from a closed list.
    pub async fn choose(&self, key: &str, word: &str) -> Result<()> {
        self.click(choice(key, word)).await
    }

    /// The word for what is chosen in a closed list, also where it is folded away; nothing where
    /// nothing is.
    pub async fn chosen(&self, key: &str) -> Result<String> {
        let radios = css("input[type=radio]:checked").within(choices(key)).even_hidden();
        let labels: Vec<String> =
            self.of_all(radios, "element.labels[0].textContent.trim()").await?;
        let is_shown = |name: &Name| labels.iter().any(|label| name.matches(label));
        let word = words_of(key).find(|(_, name)| is_shown(name)).map(|(word, _)| word);
        Ok(word.unwrap_or_default().to_owned())
    }

    /// Waits until a word is chosen in a closed list.
    pub async fn wait_for_choice(&self, key: &str, word: &str) -> Result<()> {
        let what = format!("{key} is {word}");
        self.until(&what, async || Ok(self.chosen(key).await? == word)).await
    }

    /// Opens a tab of the output.
    pub async fn tab(&self, label: &str) -> Result<()> {
        self.click(tab(label)).await?;
        // WebKit's driver answers before the click has arrived.
        self.until("the tab opens", async || Ok(self.open_tab().await? == [label])).await?;
        self.wait_until_ready().await
    }

    /// The label of the tab that is open; of each, should there be several.
    pub async fn open_tab(&self) -> Result<Vec<String>> {
        self.texts_of(css("[role=tab][aria-selected=true]")).await
    }

    /// Everything that the open tab shows, as text.
    pub async fn output(&self) -> Result<String> {
        self.text_of(tab_panel()).await
    }

    /// The one block that the open tab is about: the script, the lines, the settings or the
    /// Markdown of the runbook.
    pub async fn block_text(&self) -> Result<String> {
        // Blocks that can be copied are regions, to be reached by keyboard.
        self.text_of(css("pre[role=region]").within(tab_panel()).even_hidden()).await
    }

    /// Each block of the steps, with the heading of its step.
    pub async fn blocks(&self) -> Result<Vec<(String, String)>> {
        self.of_all(
            css("pre[role=region]").within(tab_panel()).even_hidden(),
            "[element.closest('.step').querySelector('h3').textContent, element.textContent]",
        )
        .await
    }

    /// What the last action came to; empty where there was none.
    pub async fn said(&self) -> Result<String> {
        Ok(self.texts_of(said()).await?.concat())
    }

    /// What the last action came to, as soon as that is said.
    pub async fn wait_until_said(&self) -> Result<String> {
        self.until("the page says what it did", async || Ok(!self.said().await?.is_empty()))
            .await?;
        self.said().await
    }

    /// How far the output is, with all findings and messages, as text.
    pub async fn state(&self) -> Result<String> {
        self.text_of(state()).await
    }

    /// How many findings the summary lists under a heading.
    pub async fn findings(&self, title: &str) -> Result<usize> {
        let lists: Vec<usize> = self
            .of_all(
                heading(title).within(state()),
                "element.parentElement.querySelectorAll('li').length",
            )
            .await?;
        Ok(lists.into_iter().sum())
    }

    /// Folds the rarely needed sections of the form open or shut.
    pub async fn fold_rare(&self, open: bool) -> Result<()> {
        for section in SECTIONS.iter().filter(|section| section.folded) {
            let is_open =
                async || self.of_all::<bool>(folds(section), "element.parentElement.open").await;
            if is_open().await? == [!open] {
                self.click(folds(section)).await?;
                self.until("the section folds", async || Ok(is_open().await? == [open])).await?;
            }
        }
        Ok(())
    }

    /// Whether the section of the form that an element is in is folded open.
    pub async fn is_unfolded(&self, target: impl Into<Target>) -> Result<bool> {
        self.of(target.into().even_hidden(), "element.closest('details').open")
            .await
            .context("it is in no section that folds")
    }
}
