//! What explains the pieces of a block: one of them, or all as a list of options and values.

use super::Code;
use crate::text::page as text;
use configurator_core::choices::Choices;
use configurator_core::choices::sections::is_used;
use configurator_render::explain::{Explanation, choice};
use configurator_render::shell::{About, Kind, Purpose, Token};
use maud::{Markup, html};

/// The id of the element that holds the list of what each piece of a block means.
pub(super) fn list_id(code: &str) -> String {
    format!("{code}-parts")
}

/// Pieces that are explained together: an option with its values, a command, or text of the shell's
/// own.
struct Part {
    /// How many pieces there are up to its last one, those that only put others apart aside.
    end: usize,
    about: About,
    kind: Kind,
    /// Its texts: of an option, itself and each of its values.
    texts: Vec<String>,
}

fn parts(code: &Code) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut spans = 0;
    let mut follows_blank = true;
    for piece in code.block.pieces() {
        let Some(first) = piece.first() else { continue };
        if piece.iter().all(Token::is_layout) {
            follows_blank = true;
            continue;
        }
        spans += 1;
        let text: String = piece.iter().map(|token| token.text.as_ref()).collect();
        match parts.last_mut() {
            Some(part) if belongs(&part.about, &first.about) && first.kind != Kind::Option => {
                part.end = spans;
                // Of several, the one that a choice made says most.
                if choice(&part.about).is_none() {
                    part.about = first.about;
                }
                match part.texts.last_mut() {
                    Some(word) if !follows_blank => word.push_str(&text),
                    _ => part.texts.push(text),
                }
            }
            _ => parts.push(Part {
                end: spans,
                about: first.about,
                kind: first.kind,
                texts: vec![text],
            }),
        }
        follows_blank = false;
    }
    parts
}

/// Whether two pieces beside each other are of one argument, or of one entry of a file.
fn belongs(before: &About, after: &About) -> bool {
    match (before, after) {
        // The option may always be there, and its value be a choice.
        (About::Argument { meaning: one, .. }, About::Argument { meaning: other, .. }) => {
            one == other
        }
        (About::Setting(one), About::Setting(other)) => one == other,
        _ => false,
    }
}

/// What explains one piece of a block: the one in its `span` of that number, from nought; nothing
/// where there is none.
pub fn explained(code: &Code, span: usize, choices: &Choices) -> Markup {
    let parts = parts(code);
    let Some(part) = parts.iter().find(|part| span < part.end) else { return html! {} };
    html! {
        p.part-name { (name(part)) }
        (explanation(part, code, choices))
    }
}

/// What explains all of them. Of the shell's own text only what stands in a block of commands: a
/// script would be told twice.
pub(super) fn list(code: &Code, choices: &Choices) -> Markup {
    let is_told =
        |part: &&Part| !matches!(part.about, About::Shell(Purpose::Comment | Purpose::Layout));
    html! {
        ul.parts-list {
            @for part in parts(code).iter().filter(is_told) {
                li.command[part.kind == Kind::Program] {
                    p.part-name { (name(part)) }
                    (explanation(part, code, choices))
                }
            }
        }
    }
}

fn name(part: &Part) -> Markup {
    html! {
        @for (index, text) in part.texts.iter().enumerate() {
            @if index > 0 { " " }
            @let kind = if index == 0 { part.kind } else { Kind::Value };
            code class=(super::class(kind)) { (text.trim()) }
        }
    }
}

fn explanation(part: &Part, code: &Code, choices: &Choices) -> Markup {
    let Explanation { what, choice, formerly, source } = Explanation::of(&part.about, code.shell);
    html! {
        p { (what) }
        p.small {
            @match choice {
                // One that the task does not ask for is not to be seen.
                Some(field) if !is_used(choices, field) => { (text::CHOICE) " " (text::field_label(field)) }
                Some(field) => { (text::CHOICE) " " button.link type="button" data-focus=(field.key()) { (text::field_label(field)) } }
                None => { (text::NO_CHOICE) }
            }
        }
        @if let Some(formerly) = formerly { p.small.formerly { (text::FORMERLY) " " (formerly) } }
        p.small { (text::RULE_SOURCE) ": " @if let Some(url) = source.url { a href=(url) target="_blank" rel="noreferrer" { (source.name) } } @else { (source.name) } }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Slot, Tab, View, slots};
    use super::*;
    use configurator_core::choices::{Preset, Shell};
    use configurator_core::link;

    #[test]
    fn every_piece_that_is_shown_explains_itself_and_so_does_the_list() {
        let mut pieces = 0;
        for (preset, shell) in Preset::ALL
            .iter()
            .flat_map(|preset| Shell::ALL.iter().map(move |shell| (preset, shell)))
        {
            let choices = link::parse(&format!(
                "#scenario={}&registry=contoso&shell={}",
                preset.id(),
                shell.word()
            ))
            .choices;
            for tab in Tab::ALL {
                for slot in slots(&choices, &View { tab, ..View::default() }, &[]) {
                    let Some(code) = slot.as_code() else { continue };
                    let html = slot.inner_html();
                    let shown: Vec<&str> = html
                        .split("<span")
                        .skip(1)
                        .filter_map(|span| span.split_once('>')?.1.split("</span>").next())
                        .collect();
                    for (number, text) in shown.iter().enumerate() {
                        let explained = explained(code, number, &choices).into_string();
                        assert!(
                            explained.contains(text.trim()),
                            "{}: {text}: {explained}",
                            slot.id
                        );
                        assert!(
                            explained.contains("<a href=\"https://"),
                            "{}: {text}: {explained}",
                            slot.id
                        );
                        pieces += 1;
                    }
                    assert_eq!(
                        explained(code, shown.len(), &choices).into_string(),
                        "",
                        "there is no such piece"
                    );
                }
            }
        }
        assert!(pieces > 20_000, "{pieces}");
    }

    /// What a screen reader reads: the command, then each option with its values.
    #[test]
    fn a_command_is_a_list_of_options_and_values() {
        let choices =
            link::parse("#registry=contoso&name=edge01&rg=rg1&repos=hello-world,app/api").choices;
        let slots = slots(&choices, &View::default(), &[]);
        let create = slots
            .iter()
            .filter_map(Slot::as_code)
            .find(|code| code.block.text().starts_with("az acr connected-registry create"));
        let list = create.map(|code| list(code, &choices).into_string()).unwrap_or_default();
        let names: Vec<String> = list
            .split("<p class=\"part-name\">")
            .skip(1)
            .map(|item| {
                item.split("</p>")
                    .next()
                    .unwrap_or_default()
                    .replace("</code>", "")
                    .split('<')
                    .filter_map(|tag| Some(tag.split_once('>')?.1))
                    .collect()
            })
            .collect();
        assert_eq!(
            names,
            [
                "az acr connected-registry create",
                "--registry contoso",
                "--resource-group rg1",
                "--name edge01",
                "--repository hello-world app/api",
                "--mode ReadOnly",
                "--yes"
            ]
        );
        assert!(list.contains("data-focus=\"repos\""), "{list}");
    }
}
