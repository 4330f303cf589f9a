//! The whole page below the banner.

use crate::browser;
use crate::components::form::Form;
use crate::components::output::Output;
use crate::model::{Dialogs, Model};
use configurator_render::embed::Hidden;
use leptos::prelude::*;

const SKIP: &str = "Skip to the commands";

/// The page: lays out the form and the output. It needs the model as context.
#[component]
pub fn App() -> impl IntoView {
    let model = Model::get();
    provide_context(Dialogs::new());
    let release = move |_| {
        model.set_pressed(false);
        // The click comes after this: then a field that was left is not being edited any more.
        browser::after(0, move || model.stop_editing_elsewhere());
    };
    let output = NodeRef::<leptos::html::Div>::new();
    let skip = move |_| {
        if let Some(output) = output.get_untracked() {
            browser::focus::focus(&output);
        }
    };
    view! {
        <main
            id="main"
            aria-busy=model.is_prerendered().then_some("true")
            on:pointerdown=move |_| model.set_pressed(true)
            on:pointerup=release
            on:pointercancel=release
        >
            <button class="button skip" id="skip" type="button" on:click=skip>{SKIP}</button>
            <div class="form" data-hidden=model.hides(Hidden::Form).then_some("")><Form/></div>
            <div class="output" tabindex="-1" node_ref=output><Output/></div>
        </main>
    }
    .into_any()
}
