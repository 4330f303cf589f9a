//! The form: what is deployed, the names, and what is rarely needed.

use super::field::TextInput;
use super::radios::Radios;
use crate::choices::{Preset, SelectField, TextField};
use crate::text::{page as text, presets};
use leptos::prelude::*;

#[component]
pub(super) fn Form() -> impl IntoView {
    let preset = presets::of(Preset::SecureDefault);
    let required = [TextField::Registry, TextField::Name, TextField::ResourceGroup, TextField::Cluster];
    let rare = [TextField::ClusterResourceGroup, TextField::Subscription, TextField::ClusterSubscription, TextField::Extension, TextField::Context];
    view! {
        <div class="form">
            <section aria-labelledby="scenario">
                <h2 id="scenario">{preset.title} <span class="tag">{text::RECOMMENDED}</span></h2>
                <p class="lead">{preset.description}</p>
            </section>
            <section aria-labelledby="names">
                <h2 id="names">{text::NAMES}</h2>
                <p class="lead">{text::NAMES_LEAD}</p>
                <div class="fields">
                    {required.map(|field| view! { <TextInput field required=true /> })}
                    <TextInput field=TextField::Ip required=true />
                    <TextInput field=TextField::Cidr />
                    <TextInput field=TextField::Repositories required=true wide=true />
                </div>
            </section>
            <section aria-labelledby="rare">
                <details class="rare">
                    <summary><h2 id="rare">{text::RARE}</h2><span class="lead">{text::RARE_LEAD}</span></summary>
                    <div class="fields">{rare.map(|field| view! { <TextInput field /> })}</div>
                    <Radios field=SelectField::Mode />
                    <Radios field=SelectField::Slot />
                </details>
            </section>
        </div>
    }
}
