//! Browser entry: mounts the page.

fn main() {
    console_error_panic_hook::set_once();
    // What index.html shows until now.
    if let Some(waiting) = leptos::prelude::document().get_element_by_id("waiting") {
        waiting.remove();
    }
    leptos::mount::mount_to_body(connected_registry::ui::App);
}
