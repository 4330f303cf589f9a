//! Pieces of the output explain themselves: under the mouse, with the focus, and when they are
//! touched.

use super::engine::Engine;
use super::state::State;
use super::{document, window};
use gloo_timers::callback::Timeout;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

/// How long the mouse must stay, in milliseconds: who only passes wants to read the commands.
const AFTER: u32 = 350;

thread_local! {
    /// What is about to be shown or hidden.
    static SOON: RefCell<Option<Timeout>> = const { RefCell::new(None) };
    /// The piece that is explained.
    static SHOWN: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

fn bubble() -> Option<HtmlElement> {
    document().get_element_by_id("explained")?.dyn_into().ok()
}

/// The piece that an event is about.
fn piece(event: &Event) -> Option<HtmlElement> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("#panel code[id] > span").ok().flatten()?.dyn_into().ok()
}

fn is_in_bubble(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("#explained").is_ok_and(|found| found.is_some()))
}

fn soon(act: impl FnOnce() + 'static) {
    SOON.with(|soon| soon.replace(Some(Timeout::new(AFTER, act))));
}

fn never_mind() {
    SOON.with(|soon| drop(soon.take()));
}

fn shown() -> Option<HtmlElement> {
    SHOWN.with(|shown| shown.borrow().clone())
}

/// The mouse is over something else.
pub(super) fn on_pointer_over(state: &State, event: &Event) {
    let is_mouse = event
        .dyn_ref::<web_sys::PointerEvent>()
        .is_some_and(|event| event.pointer_type() != "touch");
    if !is_mouse {
        return;
    }
    match piece(event) {
        Some(piece) if shown().as_ref() != Some(&piece) => {
            let state = state.clone();
            soon(move || show(&state, &piece));
        }
        // The mouse may go over into what is explained.
        Some(_) => never_mind(),
        None if is_in_bubble(event) => never_mind(),
        // What has the focus keeps its explanation.
        None if shown().is_some_and(|shown| {
            document().active_element().as_ref() != Some(shown.unchecked_ref())
        }) =>
        {
            soon(hide)
        }
        None => never_mind(),
    }
}

/// The focus went to a piece, or elsewhere.
pub(super) fn on_focus(state: &State, event: &Event) {
    match piece(event) {
        Some(piece) => show(state, &piece),
        None if is_in_bubble(event) => {}
        None => hide(),
    }
}

/// A click on a piece explains it at once; one elsewhere ends that. Who selected text wanted
/// something else.
pub(super) fn on_click(state: &State, event: &Event) {
    if is_in_bubble(event) {
        return;
    }
    let has_selected =
        window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    match piece(event) {
        Some(piece) if !has_selected => show(state, &piece),
        _ => hide(),
    }
}

/// The arrow keys go from piece to piece, Enter into what explains one, Escape back out. Answers
/// whether the key was meant for this.
pub(super) fn on_key(event: &KeyboardEvent) -> bool {
    let Some(focused) = document().active_element() else { return false };
    let key = event.key();
    // With another key, it goes back in history, or selects.
    if event.alt_key() || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return false;
    }
    if key == "Escape" {
        let Some(piece) = shown() else { return false };
        let was_within = focused.closest("#explained").is_ok_and(|found| found.is_some());
        hide();
        if was_within {
            let _not_there_any_more = piece.focus();
            hide();
        }
        return true;
    }
    let Ok(Some(pre)) = focused.closest("#panel .code pre") else { return false };
    let is_piece = focused.closest("code > span").is_ok_and(|found| found.is_some());
    let to = match key.as_str() {
        "ArrowRight" if is_piece => next(&focused, true),
        "ArrowLeft" if is_piece => next(&focused, false),
        "ArrowRight" => pre.query_selector("code > span").ok().flatten(),
        "Enter" if is_piece => {
            bubble().and_then(|bubble| bubble.query_selector("button, a").ok().flatten())
        }
        _ => None,
    };
    let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) else { return false };
    event.prevent_default();
    if to.closest("#explained").is_ok_and(|found| found.is_none()) {
        // Only while it has the focus: nobody wants to pass a hundred of them with the Tab key.
        let _never_fails = to.set_attribute("tabindex", "-1");
    }
    let _not_focusable = to.focus();
    true
}

fn next(piece: &Element, forward: bool) -> Option<Element> {
    let mut next = piece.clone();
    loop {
        next = if forward { next.next_element_sibling() } else { next.previous_element_sibling() }?;
        if next.tag_name().eq_ignore_ascii_case("span") {
            return Some(next);
        }
    }
}

/// The number of a piece among those of its block.
fn number(piece: &Element) -> usize {
    std::iter::successors(next(piece, false), |before| next(before, false)).count()
}

fn show(state: &State, piece: &HtmlElement) {
    never_mind();
    let (Some(bubble), Ok(Some(code))) = (bubble(), piece.closest("code[id]")) else { return };
    let ask = format!("explain:{}:{}", code.id(), number(piece));
    let call = state.with(|model| model.engine.call(model, "", &ask));
    let Some(html) = call
        .and_then(|call| call.make())
        .and_then(|strings| strings.get(0).as_string())
        .filter(|html| !html.is_empty())
    else {
        // It comes with the next piece that is looked at.
        if state.with(|model| matches!(model.engine, Engine::Absent)) {
            state.load_engine();
        }
        return;
    };
    hide();
    bubble.set_inner_html(&html);
    let _never_fails = bubble.remove_attribute("hidden");
    let _never_fails = piece.set_attribute("aria-describedby", "explained");
    place(&bubble, piece);
    SHOWN.with(|shown| shown.replace(Some(piece.clone())));
}

/// Below the piece, above it where there is no room; on a narrow screen the style sheet has a place
/// for it.
fn place(bubble: &HtmlElement, piece: &HtmlElement) {
    let around =
        piece.get_client_rects().get(0).unwrap_or_else(|| piece.get_bounding_client_rect());
    let number = |value: Result<wasm_bindgen::JsValue, _>| {
        value.ok().and_then(|value: wasm_bindgen::JsValue| value.as_f64()).unwrap_or_default()
    };
    let (width, height) = (number(window().inner_width()), number(window().inner_height()));
    let left = around.left().min(width - f64::from(bubble.offset_width()) - 8.0).max(8.0);
    let needed = f64::from(bubble.offset_height()) + 6.0;
    let top = if around.bottom() + needed <= height {
        around.bottom() + 6.0
    } else {
        (around.top() - needed).max(8.0)
    };
    let style = bubble.style();
    // Whole pixels: writing fractions would bring along 6 kB of code for that.
    let _never_fails = style.set_property("left", &format!("{}px", left as i32));
    let _never_fails = style.set_property("top", &format!("{}px", top as i32));
}

/// An explanation stays beside its piece; it ends where that is no longer to be seen.
pub(super) fn on_scroll() {
    let (Some(bubble), Some(piece)) = (bubble(), shown()) else { return };
    let middle = piece.get_bounding_client_rect();
    let (x, y) =
        (middle.left() + middle.width().min(8.0) / 2.0, middle.top() + middle.height() / 2.0);
    let is_there = document()
        .element_from_point(x as f32, y as f32)
        .is_some_and(|found| piece.contains(Some(&found)) || bubble.contains(Some(&found)));
    let is_read =
        document().active_element().is_some_and(|focused| bubble.contains(Some(&focused)));
    if is_there || is_read { place(&bubble, &piece) } else { hide() }
}

/// What is explained may be something else now, or gone.
pub(super) fn on_painted(filled: &[String]) {
    let Some(piece) = shown() else { return };
    let block = piece.closest("code[id]").ok().flatten().map(|code| code.id());
    if !piece.is_connected() || block.is_some_and(|id| filled.contains(&id)) {
        hide();
    }
}

/// Ends the explanation.
pub(super) fn hide() {
    never_mind();
    if let Some(piece) = SHOWN.with(|shown| shown.take()) {
        let _never_fails = piece.remove_attribute("aria-describedby");
        if let Some(bubble) = bubble() {
            let _never_fails = bubble.set_attribute("hidden", "");
        }
    }
}

/// Goes to the first piece that comes from the field that is looked at; whether there is one.
pub(super) fn go_to_lit(state: &State) -> bool {
    let Ok(Some(piece)) = document().query_selector("#panel .lit") else { return false };
    let mut around = piece.closest("details").ok().flatten();
    while let Some(details) = around {
        let _kept_closed = details.set_attribute("open", "");
        around =
            details.parent_element().and_then(|parent| parent.closest("details").ok().flatten());
    }
    let Ok(piece) = piece.dyn_into::<HtmlElement>() else { return false };
    let _never_fails = piece.set_attribute("tabindex", "-1");
    piece.scroll_into_view();
    let _not_focusable = piece.focus();
    show(state, &piece);
    true
}
