//! What is shown without a script: the commands for both shells, and links to the scenarios. Only
//! the prerendered HTML has it.

use crate::about::About;
use crate::components::footer::scenarios;
use crate::components::provide;
use crate::components::steps::Steps;
use crate::model::Start;
use configurator_core::choices::{Choices, Shell, preset_text};
use leptos::prelude::*;

const POWERSHELL: &str = "The same for PowerShell";

/// What the page shows without a script, to be placed above its commands.
#[component]
pub fn ScriptlessNote(
    /// The choices that the page is written for.
    choices: Choices,
) -> impl IntoView {
    let scenario = preset_text::of(choices.preset).title;
    let note = format!(
        "Filling in names needs JavaScript and WebAssembly. Without them this page shows the \
         commands of the scenario “{scenario}”, for bash and below for PowerShell. Replace the \
         words in angle brackets, quotes included, by your own before you run them. The native \
         command connected-registry makes all of them."
    );
    view! { <noscript><p class="padded">{note}</p></noscript> }.into_any()
}

/// What the page shows without a script, to be placed below it: the commands for PowerShell, and
/// links to the scenarios. With a script, the boot script can show these commands instead of those
/// for bash.
#[component]
pub fn ScriptlessCommands(
    /// The choices that the page is written for.
    choices: Choices,
) -> impl IntoView {
    let about = About::get();
    let commands = powershell_html(choices);
    view! {
        <noscript data-powershell="">
            <section class="panel scriptless" aria-labelledby="scriptless-powershell">
                <h2 class="padded" id="scriptless-powershell">{POWERSHELL}</h2>
                <div data-panel="" inner_html=commands></div>
            </section>
        </noscript>
        <noscript>{scenarios(&about)}</noscript>
    }
    .into_any()
}

/// The steps for PowerShell. Without a script they are in the page in addition to those for bash:
/// the ids, which those have already, are in `data-id` attributes.
fn powershell_html(mut choices: Choices) -> String {
    choices.select.shell = Shell::PowerShell;
    let steps = Owner::new().with(|| {
        provide(Start { choices, ..Start::default() }, About::default());
        view! { <Steps/> }.into_any().to_html()
    });
    steps.replace(" id=\"", " data-id=\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::html_of;
    use configurator_core::choices::Preset;
    use configurator_render::Outcome;

    fn commands(choices: Choices) -> String {
        let about = About { root: "../../".to_owned(), ..About::default() };
        html_of(Start::default(), about, || view! { <ScriptlessCommands choices/> }.into_any())
    }

    /// The text of some HTML.
    fn text_of(html: &str) -> String {
        let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        let text: String = parts.collect();
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn every_scenario_shows_its_powershell_commands() {
        for preset in Preset::ALL {
            let mut choices = Choices::from(*preset);
            let text = text_of(&commands(choices.clone()));
            choices.select.shell = Shell::PowerShell;
            let document = Outcome::of(&choices).document;
            let blocks: Vec<_> =
                document.steps.iter().filter_map(|step| step.actions.as_ref()).collect();
            assert!(!blocks.is_empty(), "{}", preset.id());
            for block in blocks {
                let block = block.text();
                assert!(text.contains(&block), "{}:\n{block}\n{text}", preset.id());
            }
        }
    }

    #[test]
    fn commands_have_no_ids_of_the_other_shell() {
        let html = commands(Choices::default());
        assert_eq!(html.matches(" id=\"").count(), 1, "only that of the heading: {html}");
        assert!(html.contains(" data-id=\"step-create\""), "{html}");
    }

    #[test]
    fn scenarios_are_linked() {
        let html = commands(Choices::default());
        assert_eq!(html.matches("<a href=\"../../scenarios/").count(), Preset::ALL.len(), "{html}");
    }

    #[test]
    fn note_names_the_scenario() {
        let choices = Choices::from(Preset::Http);
        let html = html_of(Start::default(), About::default(), || {
            view! { <ScriptlessNote choices/> }.into_any()
        });
        let title = preset_text::of(Preset::Http).title;
        assert!(html.starts_with("<noscript><p class=\"padded\">"), "{html}");
        assert!(html.contains(&format!("the scenario “{title}”")), "{html}");
    }
}
