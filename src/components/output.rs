//! The output next to the form: its state, the tools, and the tabs.

use crate::browser::{Element, clipboard, download};
use crate::components::archive::export_archive;
use crate::components::code_block::{CodeBlock, copied, copy_to, element_of, may_export};
use crate::components::diagram::Diagram;
use crate::components::field::Radios;
use crate::components::findings::Summary;
use crate::components::runbook::Runbook;
use crate::components::settings_file;
use crate::components::steps::Steps;
use crate::model::{Dialogs, Model};
use crate::output::{BlockKey, Tab};
use crate::view::{button, dynamic, effect, flag, list, maybe, on, text};
use configurator_core::choices::preset_text::compared_with;
use configurator_core::choices::{Preset, SelectField};
use configurator_core::rules::Severity;
use configurator_render::artifacts::OutputFile;
use configurator_render::shell;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

const STATUS: &str = "State of the output";
const OUTPUT: &str = "Output";
const SHOW: &str = "Show";
const COPY_SCRIPT: &str = "Copy script";
const DOWNLOAD_SCRIPT: &str = "Download";
const DOWNLOAD_BUNDLE: &str = "All files (.zip)";
const OPEN_SHARE: &str = "Share …";
const OPEN_EMBED: &str = "Embed …";
const OPEN_SAVED: &str = "Saved …";
const RESET: &str = "Reset";
const UNDO_RESET: &str = "Undo the reset";
const RESET_DONE: &str = "Choices and names are as they were at first, except for the shell. Saved \
                          configurations are still there.";
const RESET_UNDONE: &str = "Everything is back.";
const COMPARE: &str = "Marked:";
const LAST_CHANGE: &str = "What the last change altered";
const SCRIPT_LEAD: &str = "All steps in one: it checks first, asks second, and changes last. \
                           Download and run it, or copy it and paste it at a prompt. What is \
                           copied for Bash also runs in zsh.";
const LINES_LEAD: &str = "The commands of the checks and changes, one per line, for pipelines and \
                          YAML; a block where an answer must stay hidden or a file is written. \
                          They stop at the first command that fails. Copy hands out a form without \
                          comments to paste into bash, zsh or PowerShell: a failure leaves your \
                          terminal open. These commands check no answers, ask nothing, and change \
                          what already exists. The script does those checks.";
const SETTINGS_LEAD: &str = "What the script writes into protected-settings-extension.json. The \
                             connection string and the contents of files are read on your machine; \
                             the script never shows them.";
const NO_SETTINGS: &str = "Nothing here needs a protected-settings file.";
const DOWNLOAD_SETTINGS: &str = "Download with placeholders";
const OPEN_FILL: &str = "Fill it in here …";
const FILL_LEAD: &str = "Filling it in is not needed: the script makes this file on your machine. \
                         It is for who cannot run the script where the files are.";
const SAVE_FAILED: &str = "Your browser does not let this page save files. Copy the text instead.";
const NO_USES: &str = "Nothing that is shown here comes from it as things are.";

const fn label(tab: Tab) -> &'static str {
    match tab {
        Tab::Steps => "Steps",
        Tab::Script => "Script",
        Tab::Lines => "One line each",
        Tab::Settings => "Protected settings",
        Tab::Runbook => "Runbook",
    }
}

/// The id of the button of a tab.
const fn tab_id(tab: Tab) -> &'static str {
    match tab {
        Tab::Steps => "tab-steps",
        Tab::Script => "tab-script",
        Tab::Lines => "tab-lines",
        Tab::Settings => "tab-settings",
        Tab::Runbook => "tab-runbook",
    }
}

/// A text to copy or a file to save.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// Copies the script.
    CopyScript,
    /// Copies the commands, one per line.
    CopyLines,
    /// Copies the runbook.
    CopyRunbook,
    /// Saves the script.
    Script,
    /// Saves the protected settings with placeholders.
    Settings,
    /// Saves the runbook.
    Runbook,
}

impl Export {
    /// What the copy button of a tab's only block copies, if that is more than the block.
    pub const fn of_tab(tab: Tab) -> Option<Self> {
        match tab {
            Tab::Script => Some(Self::CopyScript),
            Tab::Lines => Some(Self::CopyLines),
            Tab::Steps | Tab::Settings | Tab::Runbook => None,
        }
    }

    fn file(self, model: Model) -> Option<OutputFile> {
        let (planned, choices) = (model.planned.get_untracked(), model.choices.get_untracked());
        match self {
            Self::CopyScript => Some(OutputFile::script_to_paste(&planned, &choices)),
            Self::CopyLines => Some(OutputFile::lines(&planned, &choices)),
            Self::CopyRunbook | Self::Runbook => Some(OutputFile::runbook(&planned, &choices)),
            Self::Script => Some(OutputFile::script(&planned, &choices)),
            Self::Settings => OutputFile::settings(&planned),
        }
    }
}

/// The message after saving a file.
pub fn saved(name: &str, has_placeholders: bool, is_blocked: bool) -> String {
    match (has_placeholders, is_blocked) {
        (true, _) => format!(
            "Your browser has {name}, with placeholders in it: fill them in before you use it."
        ),
        (false, false) => format!("Your browser has {name}, to save it where it keeps downloads."),
        (false, true) => format!(
            "Your browser has {name}, with errors in it: mend what is listed under To fix first."
        ),
    }
}

/// Copies a text. `displayed` is selected if the browser refuses.
pub fn copy(model: Model, export: Export, displayed: impl FnOnce() -> Option<Element> + 'static) {
    let Some(file) = export.file(model) else { return };
    if may_export(model, file.has_placeholders, file.is_blocked) {
        let done = copied(file.has_placeholders, file.is_blocked);
        copy_to(model.said, file.text, done, displayed);
    }
}

/// Saves a file.
pub fn export(model: Model, export: Export) {
    let Some(file) = export.file(model) else { return };
    if may_export(model, file.has_placeholders, file.is_blocked) {
        let message = match download::save_text(&file.name, &file.saved()) {
            Ok(()) => saved(&file.name, file.has_placeholders, file.is_blocked),
            Err(_) => SAVE_FAILED.to_owned(),
        };
        model.say(message);
    }
}

/// Copies the script. If the browser has no clipboard, opens its tab, so that its text can be
/// selected.
fn copy_script(model: Model) {
    if !clipboard::is_available() {
        model.tab.set(Tab::Script);
    }
    let is_displayed = model.tab.get_untracked() == Tab::Script;
    copy(model, Export::CopyScript, move || {
        is_displayed.then(|| element_of(model.whole)).flatten()
    });
}

/// How far the choices are. An error that is not shown, because its field is being edited, counts as
/// a missing name.
fn counts(model: Model) -> String {
    let is_error = |severity: Severity| severity == Severity::Error;
    let planned = model.planned.read();
    let shown = model.findings.read().iter().filter(|finding| is_error(finding.severity)).count();
    let all = planned.findings.iter().filter(|finding| is_error(finding.severity)).count();
    let missing = planned.findings.iter().filter(|finding| finding.is_missing()).count();
    let (errors, missing) = (model.problems.read().len() + shown, missing + all - shown);
    let missing = match missing {
        0 => None,
        1 => Some("1 name missing".to_owned()),
        count => Some(format!("{count} names missing")),
    };
    let errors = (errors > 0).then(|| format!("{errors} to fix"));
    match (errors, missing) {
        (None, None) => "Ready to copy".to_owned(),
        (Some(one), None) | (None, Some(one)) => one,
        (Some(errors), Some(missing)) => format!("{errors}, {missing}"),
    }
}

/// The output.
#[component]
pub fn Output() -> impl IntoView {
    let model = Model::get();
    let summary = NodeRef::<html::Div>::new();
    let (copy_button, reset) = (NodeRef::<html::Button>::new(), NodeRef::<html::Button>::new());
    effect(move || {
        if model.focus_copy.get()
            && let Some(button) = copy_button.get_untracked()
        {
            crate::browser::focus::focus(&button);
        }
    });
    // For users who do not see that the commands are different now.
    let announced = text(move || {
        let planned = model.planned.read();
        format!("{}: {} steps.", planned.plan.title, planned.plan.steps.len())
    });
    let show = move |_| {
        if let Some(summary) = summary.get_untracked() {
            crate::browser::focus::focus(&summary);
        }
    };
    view! {
        <section class="status" aria-label=STATUS>
            <div class="status-line">
                <p class="counts" id="counts" role="status">{text(move || counts(model))}</p>
                <button class="link narrow" id="show-output" type="button" on:click=show>
                    {SHOW}
                </button>
                <button
                    class="button primary"
                    id="copy-script"
                    type="button"
                    node_ref=copy_button
                    on:click=on(move |_| copy_script(model))
                >
                    {COPY_SCRIPT}
                </button>
            </div>
            <Tools reset/>
            <div class="shell"><Radios field=SelectField::Shell/></div>
            <p class="said" id="said" role="status">{model.said}</p>
            <UndoReset reset/>
            <p class="visually-hidden" id="announced" role="status">{announced}</p>
            <Summary node=summary/>
        </section>
        // The part that scrolls if there is room for it next to the form.
        <div class="follows">
            <Diagram/>
            <section class="panel" aria-label=OUTPUT>
                <h2 class="visually-hidden">{OUTPUT}</h2>
                <Tabs/>
                <Compare/>
                <Panel/>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Tools(reset: NodeRef<html::Button>) -> impl IntoView {
    let (model, dialogs) = (Model::get(), Dialogs::get());
    let opens = |id: &'static str, label: &'static str, open: RwSignal<bool>| {
        view! {
            <button
                class="link"
                id=id
                type="button"
                aria-haspopup="dialog"
                on:click=on(move |_| open.set(true))
            >
                {label}
            </button>
        }
        .into_any()
    };
    let on_reset = move |_| {
        model.reset();
        model.say(RESET_DONE);
    };
    view! {
        <div class="tools">
            <button
                class="link"
                id="download-script"
                type="button"
                on:click=on(move |_| export(model, Export::Script))
            >
                {DOWNLOAD_SCRIPT}
            </button>
            <button
                class="link"
                id="download-bundle"
                type="button"
                on:click=on(move |_| export_archive(model))
            >
                {DOWNLOAD_BUNDLE}
            </button>
            {opens("open-share", OPEN_SHARE, dialogs.share)}
            {opens("open-embed", OPEN_EMBED, dialogs.embed)}
            {opens("open-saved", OPEN_SAVED, dialogs.saved)}
            <button class="link" id="reset" type="button" node_ref=reset on:click=on_reset>
                {RESET}
            </button>
        </div>
    }
    .into_any()
}

#[component]
fn UndoReset(reset: NodeRef<html::Button>) -> impl IntoView {
    let model = Model::get();
    let undo = move |_| {
        model.undo_reset();
        model.say(RESET_UNDONE);
        // The button that had the focus is hidden.
        if let Some(reset) = reset.get_untracked() {
            crate::browser::focus::focus(&reset);
        }
    };
    view! {
        <p class="undo" id="undo-line" hidden=flag(move || model.before_reset.read().is_none())>
            <button class="link" id="undo-reset" type="button" on:click=undo>{UNDO_RESET}</button>
        </p>
    }
    .into_any()
}

/// The tabs, by the pattern of the ARIA Authoring Practices Guide: arrow keys move and choose.
#[component]
fn Tabs() -> impl IntoView {
    let model = Model::get();
    let buttons = Tab::ALL.map(|_| NodeRef::<html::Button>::new());
    let move_to = move |index: usize| {
        if let (Some(tab), Some(button)) = (Tab::ALL.get(index), buttons.get(index)) {
            model.tab.set(*tab);
            if let Some(button) = button.get_untracked() {
                crate::browser::focus::focus(&button);
            }
        }
    };
    effect(move || {
        if model.focus_tabs.get()
            && let Some(index) = Tab::ALL.iter().position(|tab| *tab == model.tab.get_untracked())
        {
            model.focus_tabs.set(false);
            move_to(index);
        }
    });
    let on_key = move |index: usize, event: KeyboardEvent| {
        let last = Tab::ALL.len() - 1;
        let to = match event.key().as_str() {
            "ArrowRight" if index == last => 0,
            "ArrowRight" => index + 1,
            "ArrowLeft" => index.checked_sub(1).unwrap_or(last),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        move_to(to);
    };
    let tabs = list(Tab::ALL.iter().enumerate().zip(buttons), |((index, tab), button)| {
        let selected = text(move || (model.tab.get() == *tab).to_string());
        let index_of_tab =
            text(move || if model.tab.get() == *tab { "0" } else { "-1" }.to_owned());
        view! {
            <button
                type="button"
                role="tab"
                id=tab_id(*tab)
                aria-controls="panel"
                aria-selected=selected
                tabindex=index_of_tab
                node_ref=button
                on:click=on(move |_| model.tab.set(*tab))
                on:keydown=on(move |event| on_key(index, event))
            >
                {label(*tab)}
            </button>
        }
        .into_any()
    });
    view! { <div class="tabs" role="tablist" aria-label=OUTPUT>{tabs}</div> }.into_any()
}

#[component]
fn Compare() -> impl IntoView {
    let model = Model::get();
    let options = list(Preset::ALL, |preset| {
        let is_other = model.flag(move |choices| !preset.is_for(choices.select.task));
        // Some browsers show a hidden option.
        view! {
            <option value=preset.id() hidden=is_other disabled=is_other>
                {compared_with(*preset)}
            </option>
        }
        .into_any()
    });
    let value = text(move || model.baseline.get().map_or("", Preset::id).to_owned());
    let compared = text(move || compared(model));
    view! {
        <div class="compare">
            <label for="compare">{COMPARE}</label>
            <select
                id="compare"
                autocomplete="off"
                prop:value=value
                on:change:target=move |event| {
                    model.baseline.set(Preset::from_id(&event.target().value()));
                }
            >
                <option value="">{LAST_CHANGE}</option>
                {options}
            </select>
            <p id="compared" role="status">{compared}</p>
        </div>
    }
    .into_any()
}

/// How the output differs from that of the scenario that it is compared with.
fn compared(model: Model) -> String {
    let Some((differences, only_there)) = model.differences() else {
        return String::new();
    };
    let here = match differences {
        0 => "Nothing here differs.".to_owned(),
        1 => "1 part differs.".to_owned(),
        count => format!("{count} parts differ."),
    };
    if only_there.is_empty() {
        here
    } else {
        format!("{here} Only there: {}.", only_there.join("; "))
    }
}

/// What the open tab shows. It needs the model and the dialogs as context.
#[component]
pub fn Panel() -> impl IntoView {
    let model = Model::get();
    model.follow_output();
    let labelled_by = text(move || tab_id(model.tab.get()).to_owned());
    let panel = dynamic(move || match model.tab.get() {
        Tab::Steps => view! { <Steps/> }.into_any(),
        Tab::Script => whole(Tab::Script, SCRIPT_LEAD),
        Tab::Lines => whole(Tab::Lines, LINES_LEAD),
        Tab::Settings => settings(model),
        Tab::Runbook => view! { <Runbook/> }.into_any(),
    });
    view! { <div role="tabpanel" id="panel" data-panel="" aria-labelledby=labelled_by>{panel}</div> }.into_any()
}

fn whole(tab: Tab, lead: &'static str) -> AnyView {
    view! { <p class="lead padded">{lead}</p> <CodeBlock key=BlockKey::Whole name=label(tab)/> }
        .into_any()
}

fn settings(model: Model) -> AnyView {
    let dialogs = Dialogs::get();
    let has_settings = flag(move || shell::settings(&model.planned.read().plan).is_some());
    dynamic(move || {
        if !has_settings.get() {
            return view! { <p class="lead padded">{NO_SETTINGS}</p> }.into_any();
        }
        // The embedding page could mislead you about where your secrets go.
        let fill = maybe((!model.is_framed()).then_some(()), |()| {
            view! {
                <button
                    class="button"
                    id="open-fill"
                    type="button"
                    aria-haspopup="dialog"
                    on:click=on(move |_| settings_file::open(model, dialogs))
                >
                    {OPEN_FILL}
                </button>
            }
            .into_any()
        });
        let download = button("button", DOWNLOAD_SETTINGS, move || export(model, Export::Settings));
        view! {
            {whole(Tab::Settings, SETTINGS_LEAD)}
            <div class="buttons padded">{download} {fill}</div>
            <p class="padded small">{FILL_LEAD}</p>
        }
        .into_any()
    })
}

impl Model {
    /// Leads from a field to the first piece of the output that comes from it.
    pub fn show_uses(self, field: configurator_core::choices::Field) {
        if self.tab.get_untracked() == Tab::Runbook {
            // The runbook is one text without pieces.
            self.tab.set(Tab::Steps);
        }
        self.highlighted.set(Some(field));
        match self.rendering.read_untracked().first_piece_of(field) {
            Some(piece) => self.piece_request.set(Some(piece)),
            None => self.say(NO_USES),
        }
    }
}
