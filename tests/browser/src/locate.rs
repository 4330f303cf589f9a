//! How tests say which element they mean: by role and accessible name, by label, or by text, as a
//! person or a screen reader finds it.
//!
//! A [`Target`] finds only what can be seen and, while a modal dialog is open, only what is in it.
//! Names are compared as a whole, unless they are given by [`starting`] or [`containing`].

use serde::Serialize;
use std::fmt;

/// The element that a test means.
#[derive(Clone, Serialize)]
#[serde(transparent)]
pub struct Target {
    /// From the outside to the inside.
    steps: Vec<Step>,
}

#[derive(Clone, Default, Serialize)]
struct Step {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Name>,
    #[serde(skip_serializing_if = "Option::is_none")]
    selector: Option<String>,
    /// How its text starts.
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    /// Which, where there are several; from the end where it is negative.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<i32>,
    /// The selector of the element around the one found before, instead of one within it.
    #[serde(skip_serializing_if = "Option::is_none")]
    around: Option<String>,
    #[serde(skip_serializing_if = "is_false")]
    hidden: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde passes a reference.
fn is_false(value: &bool) -> bool {
    !value
}

/// How a name is compared. A text means the whole name.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Name {
    /// The whole name.
    Exact(String),
    /// How the name starts.
    Start(String),
    /// A part of the name.
    Part(String),
}

impl<T: Into<String>> From<T> for Name {
    fn from(name: T) -> Self {
        Self::Exact(name.into())
    }
}

impl Name {
    fn in_words(&self) -> String {
        match self {
            Self::Exact(name) => format!("{name:?}"),
            Self::Start(name) => format!("{name:?} …"),
            Self::Part(name) => format!("… {name:?} …"),
        }
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        match self {
            Self::Exact(name) => text == name,
            Self::Start(name) => text.starts_with(name),
            Self::Part(name) => text.contains(name),
        }
    }
}

/// A name that starts like this.
pub fn starting(name: impl Into<String>) -> Name {
    Name::Start(name.into())
}

/// A name with this in it.
pub fn containing(name: impl Into<String>) -> Name {
    Name::Part(name.into())
}

/// A button.
pub fn button(name: impl Into<Name>) -> Target {
    Target::of_role("button", name)
}

/// A link.
pub fn link(name: impl Into<Name>) -> Target {
    Target::of_role("link", name)
}

/// A heading of any level.
pub fn heading(name: impl Into<Name>) -> Target {
    Target::of_role("heading", name)
}

/// A control that a label names and that is filled in or chosen from: a text field, a file picker,
/// or a list. The words that mark it as optional are not part of its name.
pub fn field(label: impl Into<Name>) -> Target {
    Target::of_role("field", label)
}

/// A checkbox.
pub fn checkbox(label: impl Into<Name>) -> Target {
    Target::of_role("checkbox", label)
}

/// A group of controls, by its legend or label.
pub fn group(name: impl Into<Name>) -> Target {
    Target::of_role("group", name)
}

/// One radio button of a group.
pub fn radio(of_group: impl Into<Name>, label: impl Into<Name>) -> Target {
    Target::of_role("radio", label).within(group(of_group))
}

/// The line by which a part of the page is folded open and shut.
pub fn summary(name: impl Into<Name>) -> Target {
    Target::of_role("summary", name)
}

/// A tab.
pub fn tab(name: impl Into<Name>) -> Target {
    Target::of_role("tab", name)
}

/// What the open tab shows.
pub fn tab_panel() -> Target {
    Target::of(Step { role: Some("tabpanel"), ..Step::default() })
}

/// A dialog, by its title.
pub fn dialog(title: impl Into<Name>) -> Target {
    Target::of_role("dialog", title)
}

/// A part of the page that has a name.
pub fn region(name: impl Into<Name>) -> Target {
    Target::of_role("region", name)
}

/// A place for messages that screen readers announce. They have no names.
pub fn status() -> Target {
    Target::of(Step { role: Some("status"), ..Step::default() })
}

/// A message that screen readers announce at once.
pub fn alert() -> Target {
    Target::of(Step { role: Some("alert"), ..Step::default() })
}

/// The innermost element with this text.
pub fn text(text: impl Into<Name>) -> Target {
    Target::of(Step { text: Some(text.into()), ..Step::default() })
}

/// What a CSS selector finds: for elements that have neither role nor name. Where there are
/// several, it means the first.
pub fn css(selector: impl Into<String>) -> Target {
    Target::of(Step { selector: Some(selector.into()), ..Step::default() })
}

impl Target {
    fn of(step: Step) -> Self {
        Self { steps: vec![step] }
    }

    fn of_role(role: &'static str, name: impl Into<Name>) -> Self {
        Self::of(Step { role: Some(role), name: Some(name.into()), ..Step::default() })
    }

    /// The same, within another element.
    #[must_use]
    pub fn within(self, outer: impl Into<Self>) -> Self {
        let mut outer = outer.into();
        outer.steps.extend(self.steps);
        outer
    }

    /// The nearest element around this one that a CSS selector finds.
    #[must_use]
    pub fn around(mut self, selector: &str) -> Self {
        let hidden = self.steps.last().is_some_and(|step| step.hidden);
        self.steps.push(Step { around: Some(selector.to_owned()), hidden, ..Step::default() });
        self
    }

    /// The same, where it starts with a text.
    #[must_use]
    pub fn starting(mut self, text: impl Into<String>) -> Self {
        if let Some(step) = self.steps.last_mut() {
            step.start = Some(text.into());
        }
        self
    }

    /// The first, where there are several.
    #[must_use]
    pub fn first(self) -> Self {
        self.at(0)
    }

    /// The one of this number, from 0, where there are several; from the end where it is negative.
    #[must_use]
    pub fn at(mut self, number: i32) -> Self {
        if let Some(step) = self.steps.last_mut() {
            step.at = Some(number);
        }
        self
    }

    /// Whether of several elements the first is meant.
    pub(crate) fn means_first(&self) -> bool {
        self.steps.last().is_some_and(|step| step.selector.is_some())
    }

    /// Finds it also where it cannot be seen, such as in a part that is folded away.
    #[must_use]
    pub fn even_hidden(mut self) -> Self {
        self.steps.iter_mut().for_each(|step| step.hidden = true);
        self
    }
}

/// In words, for messages: `dialog "Saved" > button "Save"`.
impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.steps.iter().enumerate() {
            if index > 0 {
                f.write_str(" > ")?;
            }
            step.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { role, name, text, selector, start, at, around, hidden } = self;
        let words = [
            role.map(str::to_owned),
            selector.clone(),
            around.as_ref().map(|around| format!("what is around it, {around}")),
            name.as_ref().map(Name::in_words),
            text.as_ref().map(|text| format!("text {}", text.in_words())),
            start.as_ref().map(|start| format!("with {start:?}")),
            at.map(|at| format!("number {at}")),
            hidden.then(|| "(also hidden)".to_owned()),
        ];
        f.write_str(&words.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }
}

impl From<&Self> for Target {
    fn from(target: &Self) -> Self {
        target.clone()
    }
}
