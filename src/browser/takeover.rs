//! Taking over the page from its prerendered copy: what was typed, chosen, opened, focused and
//! scrolled before the application was there.

use super::{document, window};
use configurator_core::choices::{Choices, Field, Preset};
use wasm_bindgen::JsCast;
use web_sys::{
    Element, HtmlDetailsElement, HtmlElement, HtmlInputElement, HtmlTextAreaElement, NodeList,
};

/// The attribute of a control that the user has changed: a number that increases with each change.
/// The boot script sets it. Values that the browser restored have none.
const CHANGED: &str = "data-changed";

/// The attribute of the button that was clicked last, until the application is there.
const CLICKED: &str = "data-clicked";

/// Returns the element that the application mounts into, which has the prerendered copy in it.
pub fn app_root() -> Option<HtmlElement> {
    document().query_selector("[data-app-root]").ok().flatten()?.dyn_into().ok()
}

/// Returns the elements that a selector finds within an element.
fn all(root: &Element, selector: &str) -> Vec<Element> {
    let found = root.query_selector_all(selector).ok();
    let items = |found: NodeList| {
        (0..found.length())
            .filter_map(move |index| found.get(index)?.dyn_into().ok())
            .collect::<Vec<Element>>()
    };
    found.map(items).unwrap_or_default()
}

/// Applies the changes that the user made in the prerendered copy, in their order.
pub fn apply_changes(root: &Element, choices: &mut Choices) {
    let mut changed: Vec<(u32, Element)> = all(root, "[data-changed]")
        .into_iter()
        .filter_map(|control| Some((control.get_attribute(CHANGED)?.parse().ok()?, control)))
        .collect();
    // Few controls: a sort would weigh 3 kB.
    while let Some(next) = (0..changed.len()).min_by_key(|index| changed[*index].0) {
        let (_, control) = changed.swap_remove(next);
        let (name, value) = match control.dyn_ref::<HtmlInputElement>() {
            Some(input) => (input.name(), input.value()),
            None => match control.dyn_ref::<HtmlTextAreaElement>() {
                Some(area) => (area.name(), area.value()),
                None => continue,
            },
        };
        match Field::from_key(&name) {
            Some(Field::Text(field)) => choices.set_text(field, value),
            Some(Field::Select(field)) => _ = choices.select.set_word(field, &value),
            None => {
                if let Some(preset) = Preset::from_id(&value).filter(|_| name == "scenario") {
                    choices.start_from(preset);
                }
            }
        }
    }
}

/// The position of an element: at each level below the root, the number of the child.
type Path = Vec<u32>;

fn path_of(root: &Element, element: &Element) -> Option<Path> {
    let mut path = Path::new();
    let mut element = element.clone();
    while element != *root {
        let before = std::iter::successors(element.previous_element_sibling(), |sibling| {
            sibling.previous_element_sibling()
        });
        path.push(u32::try_from(before.count()).ok()?);
        element = element.parent_element()?;
    }
    path.reverse();
    Some(path)
}

fn element_at(root: &Element, path: &Path) -> Option<Element> {
    path.iter().try_fold(root.clone(), |element, index| element.children().item(*index))
}

/// The state of the prerendered copy that is not part of the choices.
#[derive(Debug, Default)]
pub struct Snapshot {
    focused: Option<(Path, Option<(u32, u32)>)>,
    details: Vec<(Path, String, bool)>,
    scrolled: Vec<(Path, i32, i32)>,
    window: (f64, f64),
    clicked: Option<Path>,
}

impl Snapshot {
    /// Takes the state of everything in an element.
    pub fn take(root: &Element) -> Self {
        let focused = document().active_element().filter(|element| root.contains(Some(element)));
        let caret = |element: &Element| match element.dyn_ref::<HtmlInputElement>() {
            Some(input) => input.selection_start().ok()?.zip(input.selection_end().ok()?),
            None => {
                let area = element.dyn_ref::<HtmlTextAreaElement>()?;
                area.selection_start().ok()?.zip(area.selection_end().ok()?)
            }
        };
        let details = all(root, "details").into_iter().filter_map(|element| {
            let is_open = element.dyn_ref::<HtmlDetailsElement>()?.open();
            Some((path_of(root, &element)?, summary(&element), is_open))
        });
        let scrolled =
            all(root, ".form, .output, .follows, pre").into_iter().filter_map(|element| {
                let (left, top) = (element.scroll_left(), element.scroll_top());
                ((left, top) != (0, 0)).then_some((path_of(root, &element)?, left, top))
            });
        let window = window();
        Self {
            focused: focused.and_then(|element| Some((path_of(root, &element)?, caret(&element)))),
            details: details.collect(),
            scrolled: scrolled.collect(),
            window: (window.scroll_x().unwrap_or_default(), window.scroll_y().unwrap_or_default()),
            clicked: all(root, "[data-clicked]")
                .into_iter()
                .max_by_key(|element| element.get_attribute(CLICKED))
                .and_then(|element| path_of(root, &element)),
        }
    }

    /// Puts the state into the application's own elements, where there are the same ones.
    pub fn restore(&self, root: &Element) {
        for (path, text, is_open) in &self.details {
            if let Some(element) = element_at(root, path)
                && summary(&element) == *text
                && let Some(details) = element.dyn_ref::<HtmlDetailsElement>()
                && details.open() != *is_open
            {
                details.set_open(*is_open);
            }
        }
        for (path, left, top) in &self.scrolled {
            if let Some(element) = element_at(root, path) {
                element.set_scroll_left(*left);
                element.set_scroll_top(*top);
            }
        }
        window().scroll_to_with_x_and_y(self.window.0, self.window.1);
        if let Some((path, caret)) = &self.focused
            && let Some(element) = element_at(root, path)
        {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            if let Some(element) = element.dyn_ref::<HtmlElement>() {
                let _not_focusable = element.focus_with_options(&options);
            }
            if let Some((start, end)) = caret {
                if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                    let _no_text = input.set_selection_range(*start, *end);
                } else if let Some(area) = element.dyn_ref::<HtmlTextAreaElement>() {
                    let _no_text = area.set_selection_range(*start, *end);
                }
            }
        }
    }

    /// Repeats the last click on a button, which nothing answered.
    pub fn repeat_click(&self, root: &Element) {
        let clicked = self.clicked.as_ref().and_then(|path| element_at(root, path));
        if let Some(button) = clicked.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            button.click();
        }
    }
}

fn summary(details: &Element) -> String {
    let summary = details.query_selector("summary").ok().flatten();
    summary.and_then(|summary| summary.text_content()).unwrap_or_default()
}
