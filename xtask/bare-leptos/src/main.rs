//! As little as shows what a framework weighs: one input, a memo of it, `Show`, `For`, and JSON.

use leptos::prelude::*;

fn main() {
    mount_to_body(Names);
}

/// Names, separated by commas, as a list and as JSON.
#[component]
fn Names() -> impl IntoView {
    let (typed, set_typed) = signal(String::new());
    let names = Memo::new(move |_| {
        let typed = typed.read();
        typed.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<String>>()
    });
    view! {
        <input id="name" prop:value=typed on:input:target=move |event| set_typed.set(event.target().value()) />
        <Show when=move || !names.read().is_empty() fallback=|| view! { <p>"Nothing yet."</p> }>
            <ul>
                <For each=move || names.get() key=String::clone let:name>
                    <li>{name}</li>
                </For>
            </ul>
            <pre>{move || serde_json::to_string_pretty(&*names.read()).unwrap_or_default()}</pre>
        </Show>
    }
}
