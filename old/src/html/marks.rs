//! What differs: between an output and an earlier one, or that of another scenario; and what comes
//! from one field.

use super::{Code, Content, Slot};
use configurator_core::choices::Field;
use configurator_render::explain::choice;
use configurator_render::shell::{Block, Kind, Token};
use similar::DiffOp;
use similar::algorithms::{Capture, Replace, myers};

/// What is marked in a block; nothing where it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(Vec<Mark>);

/// What is marked of a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Mark {
    /// It is another one, or was not there.
    pub(super) is_new: bool,
    /// It comes from the field that is looked at.
    pub(super) is_lit: bool,
    /// What is not there any more, in front of it; of the entry after the last piece, at the end.
    pub(super) gone: String,
}

/// Which of the pieces that are not there any more are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Those that nothing took the place of: who types a name does not want to see it letter by
    /// letter.
    Dropped,
    /// All.
    All,
}

impl Marks {
    pub(super) fn of(&self, piece: usize) -> Option<&Mark> {
        self.0.get(piece)
    }

    /// Whether something is gone.
    pub(super) fn has_gone(&self) -> bool {
        self.0.iter().any(|mark| !mark.gone.is_empty())
    }

    /// What is gone after the last piece.
    pub(super) fn at_end(&self, block: &Block) -> Option<&String> {
        // The entry is there only where something is marked: then counting the pieces is worth it.
        let last = self.0.len().checked_sub(1)?;
        if last >= block.pieces().count() { self.0.last().map(|mark| &mark.gone) } else { None }
    }

    fn at(&mut self, piece: usize) -> &mut Mark {
        if self.0.len() <= piece {
            self.0.resize(piece + 1, Mark::default());
        }
        &mut self.0[piece]
    }
}

/// Marks what differs from other slots: pieces that are new, and where others are gone. A block
/// that the other does not have is all new.
pub fn mark(slots: &mut [Slot], others: &[Slot], gone: Gone) {
    for (place, slot) in slots.iter_mut().enumerate() {
        let Content::Code(code) = &mut slot.content else { continue };
        // Nearly always at the same place.
        let other = others
            .get(place)
            .filter(|other| other.id == slot.id)
            .or_else(|| others.iter().find(|other| other.id == slot.id));
        let before = match other.map(|other| &other.content) {
            Some(Content::Code(other)) if other.block == code.block => continue,
            Some(Content::Code(other)) => Some(&other.block),
            _ => None,
        };
        compare(code, before, gone);
    }
}

/// How many pieces are marked as new, and in how many places something is gone.
pub fn count(slots: &[Slot]) -> usize {
    let marks = slots.iter().filter_map(|slot| match &slot.content {
        Content::Code(code) => Some(&code.marks.0),
        Content::Html(_) => None,
    });
    marks.flatten().map(|mark| usize::from(mark.is_new) + usize::from(!mark.gone.is_empty())).sum()
}

/// Marks what comes from a field.
pub fn light(slots: &mut [Slot], field: Field) {
    for slot in slots {
        let Content::Code(code) = &mut slot.content else { continue };
        let comes_from = |piece: &[Token]| {
            piece.first().is_some_and(|token| choice(&token.about) == Some(field))
        };
        if !code.block.tokens.iter().any(|token| choice(&token.about) == Some(field)) {
            continue;
        }
        let lit: Vec<usize> = code
            .block
            .pieces()
            .enumerate()
            .filter(|(_, piece)| comes_from(piece))
            .map(|(index, _)| index)
            .collect();
        for piece in lit {
            code.marks.at(piece).is_lit = true;
        }
    }
}

/// The pieces that are compared, with their places: what only puts others apart is not.
fn words(block: &Block) -> Vec<(usize, String)> {
    let text = |piece: &[Token]| piece.iter().map(|token| token.text.as_ref()).collect::<String>();
    block
        .pieces()
        .enumerate()
        .filter(|(_, piece)| !piece.iter().all(Token::is_layout))
        .map(|(index, piece)| (index, text(piece)))
        .collect()
}

fn compare(code: &mut Code, before: Option<&Block>, gone: Gone) {
    if gone == Gone::Dropped
        && let Some(before) = before
        && compare_one_to_one(code, before)
    {
        return;
    }
    let new = words(&code.block);
    let old = before.map(words).unwrap_or_default();
    let texts = |words: &[(usize, String)]| {
        words.iter().map(|(_, text)| text.trim().to_owned()).collect::<Vec<_>>()
    };
    let (old_texts, new_texts) = (texts(&old), texts(&new));
    let marks = &mut code.marks;
    let mut differences = Replace::new(Capture::new());
    let Ok(()) = myers::diff(
        &mut differences,
        &old_texts[..],
        0..old_texts.len(),
        &new_texts[..],
        0..new_texts.len(),
    );
    for operation in differences.into_inner().into_ops() {
        match operation {
            DiffOp::Equal { .. } => {}
            DiffOp::Insert { new_index, new_len, .. } => add(marks, &new, new_index, new_len),
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                add(marks, &new, new_index, new_len);
                if gone == Gone::All {
                    drop_words(marks, &old, old_index, old_len, &new, new_index);
                }
            }
            DiffOp::Delete { old_index, old_len, new_index } => {
                drop_words(marks, &old, old_index, old_len, &new, new_index)
            }
        }
    }
}

/// Whether there are as many pieces as before: then a value was typed, as in most changes, and no
/// search is needed.
fn compare_one_to_one(code: &mut Code, before: &Block) -> bool {
    let Code { block, marks, .. } = code;
    let mut differ = Vec::new();
    let (mut old, mut new) = (before.pieces(), block.pieces());
    for index in 0.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (Some(old), Some(new))
                if old.first().map(|token| token.kind == Kind::Plain)
                    == new.first().map(|token| token.kind == Kind::Plain) =>
            {
                if !old.iter().map(|token| &token.text).eq(new.iter().map(|token| &token.text))
                    && !new.iter().all(Token::is_layout)
                {
                    differ.push(index);
                }
            }
            _ => return false,
        }
    }
    for piece in differ {
        marks.at(piece).is_new = true;
    }
    true
}

fn add(marks: &mut Marks, new: &[(usize, String)], from: usize, length: usize) {
    for (piece, _) in new.iter().skip(from).take(length) {
        marks.at(*piece).is_new = true;
    }
}

fn drop_words(
    marks: &mut Marks,
    old: &[(usize, String)],
    from: usize,
    length: usize,
    new: &[(usize, String)],
    before: usize,
) {
    let text: Vec<&str> = old.iter().skip(from).take(length).map(|(_, text)| text.trim()).collect();
    let place = new
        .get(before)
        .map(|(piece, _)| *piece)
        .unwrap_or_else(|| new.last().map_or(0, |(piece, _)| piece + 1));
    marks.at(place).gone = text.join(" ");
}

#[cfg(test)]
mod tests {
    use super::super::{Tab, View, slots};
    use super::*;
    use configurator_core::choices::{Choices, Preset, SelectField, TextField};
    use configurator_core::link;

    const NAMED: &str =
        "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world";

    fn shown(choices: &Choices, tab: Tab, before: &[Slot]) -> Vec<Slot> {
        slots(choices, &View { tab, ..View::default() }, before)
    }

    /// The texts of the pieces that are new, and what is gone.
    fn marked(slots: &[Slot]) -> (Vec<String>, Vec<String>) {
        let (mut new, mut gone) = (Vec::new(), Vec::new());
        for code in slots.iter().filter_map(Slot::as_code) {
            for (mark, piece) in code
                .marks
                .0
                .iter()
                .zip(code.block.pieces().map(Some).chain(std::iter::repeat(None)))
            {
                if mark.is_new {
                    new.extend(piece.map(|piece| {
                        piece.iter().map(|token| token.text.as_ref()).collect::<String>()
                    }));
                }
                gone.extend(Some(mark.gone.clone()).filter(|gone| !gone.is_empty()));
            }
        }
        (new, gone)
    }

    #[test]
    fn what_the_last_change_altered_is_marked_and_nothing_else() {
        let choices = link::parse(NAMED).choices;
        for tab in [Tab::Steps, Tab::Script, Tab::Lines] {
            let before = shown(&choices, tab, &[]);
            assert_eq!(count(&before), 0, "nothing was changed yet");
            assert_eq!(count(&shown(&choices, tab, &before)), 0, "the same again");
            let (new, gone) = marked(&shown(
                &choices.clone().with(TextField::Registry, "fabrikam"),
                tab,
                &before,
            ));
            assert!(
                !new.is_empty() && new.iter().all(|piece| piece.contains("fabrikam")),
                "{new:?}"
            );
            assert_eq!(
                gone,
                Vec::<String>::new(),
                "nothing is gone where something took its place"
            );
        }
    }

    #[test]
    fn what_is_dropped_is_said_without_being_in_the_text() {
        let choices = link::parse(&format!("{NAMED}&storage=20Gi")).choices;
        let before = shown(&choices, Tab::Steps, &[]);
        let after =
            shown(&choices.clone().with(TextField::StorageRequest, ""), Tab::Steps, &before);
        let (_, gone) = marked(&after);
        assert!(gone.iter().any(|gone| gone.contains("pvc.storageRequest=20Gi")), "{gone:?}");
        let html: String = after
            .iter()
            .filter(|slot| slot.as_code().is_some())
            .map(|slot| slot.inner_html().into_owned())
            .collect();
        assert!(
            html.contains("<del data-gone=") && html.contains("></del>"),
            "it stands in an attribute, so that nobody copies it"
        );
    }

    #[test]
    fn a_step_that_was_not_there_is_all_new() {
        let mut choices = link::parse(NAMED).choices;
        let before = shown(&choices, Tab::Steps, &[]);
        choices.set_text(TextField::Import, "mcr.microsoft.com/hello-world:latest");
        let (new, _) = marked(&shown(&choices, Tab::Steps, &before));
        assert!(new.iter().any(|piece| piece == "az acr import"), "{new:?}");
    }

    #[test]
    fn a_scenario_differs_from_another_and_not_from_itself() {
        let view = |preset| View { compared: Some(preset), ..View::default() };
        let choices = link::parse(&format!("#scenario=http&{}", &NAMED[1..])).choices;
        assert_eq!(count(&slots(&choices, &view(Preset::Http), &[])), 0);
        let (new, gone) = marked(&slots(&choices, &view(Preset::SecureDefault), &[]));
        assert!(new.contains(&"httpEnabled=true".to_owned()), "{new:?}");
        assert!(
            gone.iter().any(|gone| gone.contains("trustDistribution.enabled=true")),
            "{gone:?}"
        );
        assert!(
            new.iter().all(|piece| !piece.contains("contoso")),
            "the names are the same: {new:?}"
        );
    }

    #[test]
    fn a_field_lights_what_comes_from_it() {
        let choices = link::parse(NAMED).choices;
        for (field, expected) in [
            (TextField::Registry.into(), "contoso"),
            (TextField::Ip.into(), "service.clusterIP=10.0.0.200"),
        ] {
            let lit = slots(&choices, &View { lit: Some(field), ..View::default() }, &[]);
            let mut pieces = Vec::new();
            for code in lit.iter().filter_map(Slot::as_code) {
                let lit = code
                    .block
                    .pieces()
                    .enumerate()
                    .filter(|(index, _)| code.marks.of(*index).is_some_and(|mark| mark.is_lit));
                pieces.extend(lit.map(|(_, piece)| {
                    piece.iter().map(|token| token.text.as_ref()).collect::<String>()
                }));
            }
            assert!(pieces.contains(&expected.to_owned()), "{pieces:?}");
        }
        let unused =
            slots(&choices, &View { lit: Some(SelectField::Shell.into()), ..View::default() }, &[]);
        assert!(unused.iter().filter_map(Slot::as_code).all(|code| code.marks.0.is_empty()));
    }
}
