//! Browser entry.
use leptos::prelude::*;
fn main() {
    leptos::mount::mount_to_body(|| view! { <main><h1>"Connected Registry Configurator"</h1></main> });
}
