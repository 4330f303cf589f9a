//! What pages have around the form and the output: what is seen without a script, and the foot.
//! Made at build time only.

use super::{View, slots};
use crate::text::{page as page_text, site as text};
use configurator_core::choices::{Choices, Preset, preset_text};
use configurator_core::link::fragment;
use maud::{Markup, PreEscaped, html};

/// Where a page stands, and what is in it.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// What leads from it to the folder, such as `../../`.
    pub root: &'a str,
    /// The list of what is in it with the licenses, as HTML.
    pub licenses: &'a str,
    /// The texts of the licenses, where the page has them in it: as one file, it has nowhere to
    /// lead to.
    pub texts: Option<&'a str>,
}

/// Without a script, controls would do nothing: they are not shown.
pub const SCRIPTLESS_STYLE: &str = "button,input,select,textarea,dialog,.form,.status,.tabs,.compare,.parts,.done,.report,#loading,#failed{display:none!important}\
                                    main{display:block}#picture{max-width:46rem}.output{position:static;max-height:none}.follows{overflow:visible}";

/// What is in the panel of the output at first.
pub fn panel(choices: &Choices) -> String {
    let mut panel = "<div id=\"panel\"></div>".to_owned();
    fill(&mut panel, choices);
    panel
        .strip_prefix("<div id=\"panel\">")
        .and_then(|panel| panel.strip_suffix("</div>"))
        .unwrap_or_default()
        .to_owned()
}

/// Puts what follows from the choices into the elements that are for it.
pub(super) fn fill(html: &mut String, choices: &Choices) {
    for slot in slots(choices, &View::default(), &[]) {
        let id = format!(" id=\"{}\"", slot.id);
        let within =
            html.find(&id).and_then(|start| Some(start + html.get(start..)?.find('>')? + 1));
        if let Some(within) = within {
            html.insert_str(within, &slot.inner_html());
        }
    }
}

/// What is seen without a script: above the commands what they are, and below them the same for the
/// other shell, whose choices these are.
pub fn scriptless(choices: &Choices, about: &About) -> [String; 2] {
    let scenario = preset_text::of(choices.preset).title;
    let above = html! { noscript { p.padded { (text::scriptless(scenario)) } } };
    let below = html! {
        noscript id="powershell" {
            section.panel.scriptless aria-labelledby="scriptless-powershell" {
                h2.padded id="scriptless-powershell" { (text::SCRIPTLESS_POWERSHELL) }
                div { (PreEscaped(with_ids_aside(&panel(choices)))) }
            }
        }
        noscript { (scenarios(about)) }
    };
    [above.into_string(), below.into_string()]
}

/// The same HTML with the ids of its elements, which others have already, in another attribute.
/// Where there is a script, `web/loader.js` may show it instead of the others.
fn with_ids_aside(html: &str) -> String {
    html.replace(" id=\"", " data-id=\"")
}

/// Links to the scenarios.
fn scenarios(about: &About) -> Markup {
    html! {
        nav aria-label=(text::SCENARIOS) {
            ul {
                @for preset in Preset::ALL {
                    @let address = match about.texts {
                        None => format!("{}scenarios/{}/", about.root, preset.id()),
                        Some(_) => fragment(&Choices::from(*preset)),
                    };
                    li { a href=(address) { (preset_text::of(*preset).title) } }
                }
            }
        }
    }
}

/// The foot of the page.
pub(super) fn footer(about: &About) -> Markup {
    html! {
        footer {
            p { (page_text::checked()) }
            p.report { a id="report" href="" target="_blank" rel="noreferrer" { (page_text::REPORT) } " " span.small id="report-hint" { (page_text::REPORT_HINT) } }
            p.alone { a id="alone" href=(about.root) target="_blank" rel="noopener" { (page_text::ALONE) } }
            div.about {
                @if about.texts.is_none() {
                    p { (text::OFFLINE) " " a href={ (about.root) "connected-registry-configurator.html" } download { (text::OFFLINE_LINK) } ", " (text::OFFLINE_HOW) }
                }
                details.fold { summary { (text::SCENARIOS) } (scenarios(about)) }
                details.fold {
                    summary { (text::LICENSES) }
                    p { (text::LICENSES_LEAD) }
                    (PreEscaped(about.licenses))
                    @match about.texts {
                        None => p { a href={ (about.root) "licenses.txt" } { (text::LICENSES_TEXTS) } },
                        Some(texts) => details.fold { summary { (text::LICENSES_TEXTS) } pre.texts tabindex="0" role="region" aria-label=(text::LICENSES_TEXTS) { (texts) } },
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use configurator_core::choices::Shell;
    use configurator_render::Outcome;

    const ABOUT: About = About { root: "../../", licenses: "<ul></ul>", texts: None };

    fn decoded(html: &str) -> String {
        let mut text = String::new();
        for part in html.split('<').map(|part| part.split_once('>').map_or("", |(_, text)| text)) {
            text.push_str(part);
        }
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    /// Who has no script sees every command of the scenario, for both shells.
    #[test]
    fn each_scenario_shows_its_commands_without_a_script() {
        for preset in Preset::ALL {
            for shell in Shell::ALL {
                let mut choices = Choices::from(*preset);
                choices.select.shell = *shell;
                let page = match shell {
                    Shell::Bash => crate::html::whole(&choices, &ABOUT),
                    Shell::PowerShell => scriptless(&choices, &ABOUT).concat(),
                };
                let page = decoded(&page);
                let document = Outcome::of(&choices).document;
                let blocks: Vec<String> = document
                    .steps
                    .iter()
                    .filter_map(|step| step.actions.as_ref())
                    .map(|block| block.text())
                    .collect();
                assert!(!blocks.is_empty(), "{}", preset.id());
                for block in blocks {
                    assert!(page.contains(&block), "{} {shell:?}:\n{block}", preset.id());
                }
            }
        }
    }

    #[test]
    fn what_is_there_twice_has_no_id() {
        let [_, below] = scriptless(&Choices::default(), &ABOUT);
        assert_eq!(below.matches(" id=\"").count(), 2, "only its own and that of the heading");
        assert!(below.contains(" data-id=\"step-create\""));
        assert!(
            !panel(&Choices::default()).contains(" data-id="),
            "what is put aside could not be told from it"
        );
    }
}
