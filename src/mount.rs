//! Mounts the page in place of its prerendered copy.

use crate::about::About;
use crate::app::App;
use crate::browser::{self, address, events, takeover};
use crate::components::provide;
use crate::model::{Model, Start};
use crate::view::effect;
use configurator_core::choices::{Choices, Preset, Shell};
use configurator_core::link;
use configurator_render::embed::Frame;
use leptos::prelude::*;

/// Returns the state to begin with. A change that the user has already made holds over the link,
/// and the link over what the page came with.
fn start(root: &browser::Element) -> Start {
    let scenario = address::attribute("data-scenario");
    let mut given = Choices::from(scenario.and_then(|id| Preset::from_id(&id)).unwrap_or_default());
    let shell = address::attribute("data-shell");
    given.select.shell = shell.as_deref().and_then(Shell::from_word).unwrap_or_default();
    let fragment = address::fragment();
    let parsed = link::parse(&fragment);
    let mut choices = if fragment.is_empty() { given.clone() } else { parsed.choices };
    takeover::apply_changes(root, &mut choices);
    let frame = browser::is_framed().then(|| Frame::parse(&address::query()));
    let problems = parsed.problems.into_iter().map(|problem| problem.message);
    let of_frame = frame.iter().flat_map(|frame| frame.problems.clone());
    Start { given, choices, fragment, problems: problems.chain(of_frame).collect(), frame }
}

/// Mounts the page, and removes the prerendered copy in the same task: nothing moves.
pub fn mount() {
    let Some(root) = takeover::app_root() else { return };
    let start = start(&root);
    let about = About::read();
    let snapshot = takeover::Snapshot::take(&root);
    root.set_text_content(None);
    let owner = Owner::new();
    let model = owner.with(|| provide(start, about));
    let mounted = owner.with(|| leptos::mount::mount_to(root.clone(), || view! { <App/> }));
    snapshot.restore(&root);
    connect(model);
    events::tell_ready();
    snapshot.repeat_click(&root);
    // As long as the page.
    mounted.forget();
    std::mem::forget(owner);
}

/// Connects the model with the pointer, the history and the embedding page.
fn connect(model: Model) {
    browser::on_window("pointerdown", move |_| model.set_pressed(true));
    // Anywhere: a press may end outside the element in which it began.
    for kind in ["pointerup", "pointercancel"] {
        browser::on_window(kind, move |_| {
            model.set_pressed(false);
            // The click comes after this: then a field that was left is not being edited any more.
            browser::after(0, move || model.stop_editing_elsewhere());
        });
    }
    browser::on_window("popstate", move |_| model.follow_history());
    events::on_set(move |some| model.follow_embedder(&some));
    let first = model.fragment();
    events::tell_changed(&first);
    // This runs for the first time after the messages that waited: they may have changed it.
    let mut told = first;
    effect(move || {
        model.choices.track();
        let link = model.fragment();
        if link != told {
            events::tell_changed(&link);
        }
        told = link;
    });
}
