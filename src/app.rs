//! The whole page below the banner.

use crate::components::checker::CheckerDialog;
use crate::components::embed_dialog::EmbedDialog;
use crate::components::explanation::Popover;
use crate::components::footer::Footer;
use crate::components::form::Form;
use crate::components::guide::Guide;
use crate::components::output::Output;
use crate::components::rule_page::RulePage;
use crate::components::saved::Saved;
use crate::components::settings_file::SettingsFileDialog;
use crate::components::share::Share;
use crate::model::{Dialogs, Model};
use configurator_render::embed::Hidden;
use leptos::prelude::*;

const SKIP: &str = "Skip to the commands";

/// The page: lays out the form, the output, the dialogs and the footer.
///
/// It needs the contexts of [`crate::components::provide`].
#[component]
pub fn App() -> impl IntoView {
    let (model, dialogs) = (Model::get(), Dialogs::get());
    let skip = move |_| model.focus_tabs.set(true);
    let dialogs = view! {
        <Guide/>
        <Share/>
        <Saved/>
        <EmbedDialog/>
        <RulePage/>
        <SettingsFileDialog open=dialogs.settings_file/>
        <CheckerDialog open=dialogs.checker/>
    }
    .into_any();
    view! {
        <main id="main">
            <button class="button skip" id="skip" type="button" on:click=skip>{SKIP}</button>
            <div class="form" data-hidden=model.hides(Hidden::Form).then_some("")><Form/></div>
            <div class="output"><Output/></div>
            <Popover/>
        </main>
        {dialogs}
        <Footer/>
    }
    .into_any()
}
