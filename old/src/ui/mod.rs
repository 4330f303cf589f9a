//! The page at work: one state, the choices; everything after them is the engine's.
//!
//! The structure comes with the page, made at build time by the same functions. Events go into the
//! choices, the engine makes what follows from them, and only what differs is painted: nothing that
//! the reader has typed, folded open or selected is touched by a change elsewhere.

mod copy;
mod dialog;
mod done;
mod embed;
mod engine;
mod explain;
mod form;
mod frame;
mod guide;
mod output;
mod saved;
mod share;
mod state;
mod storage;
mod takeaway;

use crate::html;
use crate::text::page as text;
use configurator_core::choices::Field;
use gloo_events::{EventListener, EventListenerOptions};
use state::State;
use takeaway::Take;
use wasm_bindgen::JsCast;
use web_sys::{Document, Event, KeyboardEvent, Window};

/// Puts the page below the banner, and keeps it going.
pub fn start() {
    let state = State::from_address();
    frame::begin(&state);
    state.with(|model| form::show_choices(&model.choices));
    state.paint();
    state.follow_history();
    share::begin(&state);
    if let Some(body) = document().body() {
        listen(&state, &body);
    }
}

/// There is always one: the page runs in no worker.
#[allow(clippy::expect_used)]
fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

#[allow(clippy::expect_used)]
fn document() -> Document {
    window().document().expect("a page has a document")
}

/// One listener a kind of event for the whole page: what comes and goes in it needs none of its
/// own.
fn listen(state: &State, body: &web_sys::Element) {
    for kind in
        ["input", "change", "focusin", "focusout", "keydown", "pointerdown", "pointerover", "click"]
    {
        // As long as the page. Not passive: the arrow keys of the tabs must not scroll.
        let state = state.clone();
        EventListener::new_with_options(
            body,
            kind,
            EventListenerOptions::enable_prevent_default(),
            move |event| match kind {
                "input" => {
                    form::on_input(&state, event);
                    embed_is_chosen(&state, event);
                }
                "change" => on_change(&state, event),
                "focusin" => {
                    form::on_focus(&state, event);
                    explain::on_focus(&state, event);
                    share_is_near(&state, event);
                }
                "focusout" => form::on_leave(&state, event),
                "pointerdown" => {
                    state.set_pressed(true);
                    share_is_near(&state, event);
                }
                "pointerover" => explain::on_pointer_over(&state, event),
                "keydown" => {
                    let event = event.unchecked_ref::<KeyboardEvent>();
                    if event.key() == "Enter"
                        && document()
                            .active_element()
                            .is_some_and(|focused| focused.id() == "save-name")
                    {
                        saved::save(&state);
                    } else if !explain::on_key(event) {
                        output::on_key(&state, event);
                    }
                }
                _ => {
                    explain::on_click(&state, event);
                    on_click(&state, event);
                }
            },
        )
        .forget();
    }
    // It does not bubble.
    let toggled = {
        let state = state.clone();
        move |event: &Event| {
            let details = event
                .target()
                .and_then(|target| target.dyn_into::<web_sys::HtmlDetailsElement>().ok());
            if let Some((id, details)) =
                details.and_then(|details| Some((details.get_attribute("data-parts")?, details)))
            {
                output::on_toggle(&state, &id, details.open());
            }
        }
    };
    EventListener::new_with_options(
        body,
        "toggle",
        EventListenerOptions::run_in_capture_phase(),
        toggled,
    )
    .forget();
    // Nor does this.
    let closed = |event: &Event| {
        if event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
            .is_some_and(|dialog| dialog.id() == "embed")
        {
            embed::on_close();
        }
    };
    EventListener::new_with_options(
        body,
        "close",
        EventListenerOptions::run_in_capture_phase(),
        closed,
    )
    .forget();
    let sized = {
        let state = state.clone();
        move |event: &Event| {
            let detail = js_sys::Reflect::get(event, &"detail".into()).unwrap_or_default();
            embed::on_size(&state, &detail);
        }
    };
    EventListener::new(body, "connected-registry-size", sized).forget();
    EventListener::new_with_options(
        &document(),
        "scroll",
        EventListenerOptions::run_in_capture_phase(),
        |_| explain::on_scroll(),
    )
    .forget();
    // Anywhere: a press may end outside of where it began.
    for kind in ["pointerup", "pointercancel"] {
        let state = state.clone();
        EventListener::new(&window(), kind, move |_| form::on_release(&state)).forget();
    }
}

/// What is chosen, ticked or compared with.
fn on_change(state: &State, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    match target {
        Some(target) if target.id() == "compare" => {
            let value = target
                .dyn_ref::<web_sys::HtmlSelectElement>()
                .map(|select| select.value())
                .unwrap_or_default();
            output::compare(state, &value);
        }
        Some(target) if target.has_attribute("data-done") => {
            if let Some(tick) = target.dyn_ref() {
                done::on_change(tick);
            }
        }
        _ => form::on_change(state, event),
    }
}

/// How the page is put into another one was chosen anew.
fn embed_is_chosen(state: &State, event: &Event) {
    if event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|target| embed::is_control(&target))
    {
        embed::show(state);
    }
}

/// What reports a problem is about to be used: it says what is chosen at that moment.
fn share_is_near(state: &State, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if target.is_some_and(|target| target.id() == "report") {
        share::point_report(state);
    }
}

/// The button that was clicked says by its attributes what it does.
fn on_click(state: &State, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    // What is clicked may stand within the button.
    let Some(button) = target.and_then(|target| target.closest("button").ok().flatten()) else {
        return;
    };
    if let Some(field) = button.get_attribute("data-focus").and_then(|key| Field::from_key(&key)) {
        if !state.with(|model| frame::is_out_of_reach(field, &model.choices)) {
            focus(&html::control_id(field));
        }
    } else if let (Some(key), Some(value)) =
        (button.get_attribute("data-fix"), button.get_attribute("data-value"))
    {
        fix(state, &key, value);
    } else if let Some(field) =
        button.get_attribute("data-uses").and_then(|key| Field::from_key(&key))
    {
        output::show_uses(state, field);
    } else if let Some(id) = button.get_attribute("data-close") {
        dialog::close(&id);
    } else if let Some(name) = button.get_attribute("data-open") {
        saved::take(state, &name);
    } else if let Some(name) = button.get_attribute("data-delete") {
        saved::delete(&name);
    } else if let Some(rule) = button.get_attribute("data-rule") {
        output::show_rule(state, &rule);
    } else if let Some(code) =
        button.get_attribute("data-copy").and_then(|id| document().get_element_by_id(&id))
    {
        let has_placeholders = code.query_selector(".t-hole").is_ok_and(|hole| hole.is_some());
        // Of the whole of a view, the engine knows more than what is to be seen.
        match (code.id().as_str(), state.with(|model| model.tab)) {
            ("whole", html::Tab::Script) => return takeaway::take(state, Take::Copy),
            ("whole", html::Tab::Lines) => return takeaway::take(state, Take::CopyLines),
            ("markdown", _) => return takeaway::take(state, Take::CopyRunbook),
            _ => {}
        }
        // The protected settings are a template: placeholders are what it is for.
        let is_template = state.with(|model| model.tab == html::Tab::Settings);
        if !takeaway::may_take(state, has_placeholders && !is_template, false) {
            return;
        }
        let done = if has_placeholders { text::COPIED_WITH_HOLES } else { text::COPIED };
        copy::copy(&code.text_content().unwrap_or_default(), done, Some(code));
    } else {
        output::on_click(state, &button.id());
    }
}

fn fix(state: &State, key: &str, value: String) {
    if let Some(Field::Text(field)) = Field::from_key(key) {
        state.choose(|choices| choices.set_text(field, value));
        focus(&html::control_id(field.into()));
    }
}

/// Moves the focus to an element, opening what it is folded into.
fn focus(id: &str) {
    let Some(element) = document().get_element_by_id(id) else { return };
    if let Ok(Some(details)) = element.closest("details") {
        let _kept_closed = details.set_attribute("open", "");
    }
    if let Ok(element) = element.dyn_into::<web_sys::HtmlElement>() {
        let _not_focusable = element.focus();
    }
}
