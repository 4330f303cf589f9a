//! Differences between a block and an earlier one, or that of another scenario; and the pieces that
//! come from one field.

use configurator_core::choices::Field;
use configurator_render::explain::choice;
use configurator_render::shell::{Block, Kind, Token};
use similar::DiffOp;
use similar::algorithms::{Capture, Replace, myers};

/// The marks of a block, by the number of the piece; empty if nothing is marked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(Vec<Mark>);

/// The mark of a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// The piece is different, or was not there.
    pub is_new: bool,
    /// The piece comes from the field that is focused.
    pub is_highlighted: bool,
    /// The text that was removed in front of the piece. The mark after the last piece has the text
    /// that was removed at the end.
    pub removed: String,
}

/// Which removed pieces are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// Only those without a replacement: while you type a name, the letters before are of no
    /// interest.
    WithoutReplacement,
    /// All of them.
    All,
}

impl Marks {
    /// Marks the pieces of a block that differ from another one; if there is no other, all of them.
    pub fn of(block: &Block, other: Option<&Block>, removed: Removed) -> Self {
        let mut marks = Self::default();
        if let (Removed::WithoutReplacement, Some(other)) = (removed, other)
            && marks.compare_one_to_one(block, other)
        {
            return marks;
        }
        if other != Some(block) {
            marks.compare(block, other, removed);
        }
        marks
    }

    /// Marks the pieces that come from a field.
    pub fn highlight(&mut self, block: &Block, field: Field) {
        for (index, piece) in block.pieces().enumerate() {
            if is_from(piece, field) {
                self.at(index).is_highlighted = true;
            }
        }
    }

    /// Returns the mark of a piece, or the one after the last piece.
    pub fn get(&self, piece: usize) -> Option<&Mark> {
        self.0.get(piece)
    }

    /// Returns how many pieces are new, plus in how many places some were removed.
    pub fn count(&self) -> usize {
        let count = |mark: &Mark| usize::from(mark.is_new) + usize::from(!mark.removed.is_empty());
        self.0.iter().map(count).sum()
    }

    fn at(&mut self, piece: usize) -> &mut Mark {
        if self.0.len() <= piece {
            self.0.resize(piece + 1, Mark::default());
        }
        &mut self.0[piece]
    }

    /// Compares piece by piece. Returns false if the blocks have different numbers of pieces: most
    /// changes are a value that is typed, and need no search.
    fn compare_one_to_one(&mut self, block: &Block, other: &Block) -> bool {
        let is_plain = |piece: &[Token]| piece.first().map(|token| token.kind == Kind::Plain);
        let mut different = Vec::new();
        let (mut old, mut new) = (other.pieces(), block.pieces());
        for index in 0.. {
            match (old.next(), new.next()) {
                (None, None) => break,
                (Some(old), Some(new)) if is_plain(old) == is_plain(new) => {
                    let is_same =
                        old.iter().map(|token| &token.text).eq(new.iter().map(|token| &token.text));
                    if !is_same && !new.iter().all(Token::is_layout) {
                        different.push(index);
                    }
                }
                _ => return false,
            }
        }
        for piece in different {
            self.at(piece).is_new = true;
        }
        true
    }

    fn compare(&mut self, block: &Block, other: Option<&Block>, removed: Removed) {
        let new = words(block);
        let old = other.map(words).unwrap_or_default();
        let texts = |words: &[(usize, String)]| {
            words.iter().map(|(_, text)| text.trim().to_owned()).collect::<Vec<_>>()
        };
        let (old_texts, new_texts) = (texts(&old), texts(&new));
        let mut differences = Replace::new(Capture::new());
        let Ok(()) = myers::diff(
            &mut differences,
            &old_texts[..],
            0..old_texts.len(),
            &new_texts[..],
            0..new_texts.len(),
        );
        for operation in differences.into_inner().into_ops() {
            let (old_range, new_range) = (operation.old_range(), operation.new_range());
            for (piece, _) in new.iter().take(new_range.end).skip(new_range.start) {
                if !matches!(operation, DiffOp::Equal { .. }) {
                    self.at(*piece).is_new = true;
                }
            }
            let is_removed = match operation {
                DiffOp::Delete { .. } => true,
                DiffOp::Replace { .. } => removed == Removed::All,
                DiffOp::Equal { .. } | DiffOp::Insert { .. } => false,
            };
            if is_removed {
                let place = match new.get(new_range.start) {
                    Some((piece, _)) => *piece,
                    None => new.last().map_or(0, |(piece, _)| piece + 1),
                };
                let texts: Vec<&str> = old
                    .iter()
                    .take(old_range.end)
                    .skip(old_range.start)
                    .map(|(_, text)| text.trim())
                    .collect();
                self.at(place).removed = texts.join(" ");
            }
        }
    }
}

/// Whether a piece comes from a field, and does more than to separate others.
pub(super) fn is_from(piece: &[Token], field: Field) -> bool {
    piece.first().is_some_and(|token| choice(&token.about) == Some(field))
        && !piece.iter().all(Token::is_layout)
}

/// The pieces that are compared, with their numbers: all but those that only separate others.
fn words(block: &Block) -> Vec<(usize, String)> {
    block
        .pieces()
        .enumerate()
        .filter(|(_, piece)| !piece.iter().all(Token::is_layout))
        .map(|(index, piece)| (index, text_of(piece)))
        .collect()
}

/// The text of a piece.
pub fn text_of(piece: &[Token]) -> String {
    piece.iter().map(|token| token.text.as_ref()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{BlockKey, Blocks, Code, Rendering, Tab, render};
    use configurator_core::Planned;
    use configurator_core::choices::{Choices, Preset, SelectField, TextField};
    use configurator_core::link;

    const NAMED: &str =
        "#registry=contoso&name=edge01&rg=rg1&cluster=arc1&ip=10.0.0.200&repos=hello-world";

    fn blocks(choices: &Choices, tab: Tab) -> Blocks {
        let planned = Planned::of(choices);
        render(&planned.plan, planned.shell, tab)
    }

    /// The output for choices, after the one for others.
    fn rendering(choices: &Choices, tab: Tab, before: Option<&Choices>) -> Rendering {
        let before = before.map(|before| rendering(before, tab, None));
        Rendering::new(choices, blocks(choices, tab), tab, before.as_ref())
    }

    /// Every block of a tab.
    fn codes(
        rendering: &Rendering,
        baseline: Option<&Blocks>,
        highlighted: Option<Field>,
    ) -> Vec<Code> {
        let keys = rendering.blocks.iter().map(|(key, ..)| *key);
        keys.filter_map(|key: BlockKey| rendering.code(key, baseline, highlighted)).collect()
    }

    /// The texts of the pieces that `is_marked`.
    fn texts(codes: &[Code], is_marked: impl Fn(&Mark) -> bool) -> Vec<String> {
        let mut texts = Vec::new();
        for Code { block, marks, .. } in codes {
            let is_marked = |number: usize| marks.get(number).is_some_and(&is_marked);
            let pieces = block.pieces().enumerate().filter(|(number, _)| is_marked(*number));
            texts.extend(pieces.map(|(_, piece)| text_of(piece)));
        }
        texts
    }

    /// The texts of the pieces that are new, and the texts that were removed.
    fn changes(codes: &[Code]) -> (Vec<String>, Vec<String>) {
        let removed = codes.iter().flat_map(|code| &code.marks.0).map(|mark| mark.removed.clone());
        let removed = removed.filter(|removed| !removed.is_empty()).collect();
        (texts(codes, |mark| mark.is_new), removed)
    }

    fn count(codes: &[Code]) -> usize {
        codes.iter().map(|code| code.marks.count()).sum()
    }

    #[test]
    fn only_what_the_last_change_altered_is_marked() {
        let choices = link::parse(NAMED).choices;
        for tab in [Tab::Steps, Tab::Script, Tab::Lines] {
            let first = rendering(&choices, tab, None);
            assert_eq!(count(&codes(&first, None, None)), 0, "nothing was changed yet");
            let same = Rendering::new(&choices, blocks(&choices, tab), tab, Some(&first));
            assert_eq!(count(&codes(&same, None, None)), 0, "the same again");
            let other = choices.clone().with(TextField::Registry, "fabrikam");
            let after = rendering(&other, tab, Some(&choices));
            let (new, removed) = changes(&codes(&after, None, None));
            assert!(
                !new.is_empty() && new.iter().all(|piece| piece.contains("fabrikam")),
                "{new:?}"
            );
            assert_eq!(removed, Vec::<String>::new(), "what has a replacement is not shown");
        }
    }

    #[test]
    fn removed_text_without_replacement_is_marked() {
        let before = link::parse(&format!("{NAMED}&storage=20Gi")).choices;
        let choices = before.clone().with(TextField::StorageRequest, "");
        let after = rendering(&choices, Tab::Steps, Some(&before));
        let (_, removed) = changes(&codes(&after, None, None));
        let is_marked = removed.iter().any(|text| text.contains("pvc.storageRequest=20Gi"));
        assert!(is_marked, "{removed:?}");
    }

    #[test]
    fn step_that_was_not_there_is_new() {
        let before = link::parse(NAMED).choices;
        let choices =
            before.clone().with(TextField::Import, "mcr.microsoft.com/hello-world:latest");
        let after = rendering(&choices, Tab::Steps, Some(&before));
        let (new, _) = changes(&codes(&after, None, None));
        assert!(new.iter().any(|piece| piece == "az acr import"), "{new:?}");
    }

    #[test]
    fn scenario_differs_from_another_and_not_from_itself() {
        let choices = link::parse(&format!("#scenario=http&{}", &NAMED[1..])).choices;
        let rendering = rendering(&choices, Tab::Steps, None);
        let baseline = |preset| blocks(&choices.in_scenario(preset), Tab::Steps);
        assert_eq!(rendering.count_differences(&baseline(Preset::Http)), 0);
        let baseline = baseline(Preset::SecureDefault);
        let codes = codes(&rendering, Some(&baseline), None);
        assert_eq!(rendering.count_differences(&baseline), count(&codes));
        let (new, removed) = changes(&codes);
        assert!(new.contains(&"httpEnabled=true".to_owned()), "{new:?}");
        assert!(
            removed.iter().any(|text| text.contains("trustDistribution.enabled=true")),
            "{removed:?}"
        );
        assert!(new.iter().all(|piece| !piece.contains("contoso")), "the names are equal: {new:?}");
    }

    #[test]
    fn pieces_of_a_field_are_highlighted() {
        let choices = link::parse(NAMED).choices;
        let rendering = rendering(&choices, Tab::Steps, None);
        for (field, expected) in [
            (TextField::Registry.into(), "contoso"),
            (TextField::Ip.into(), "service.clusterIP=10.0.0.200"),
        ] {
            let codes = codes(&rendering, None, Some(field));
            let highlighted = texts(&codes, |mark| mark.is_highlighted);
            assert!(highlighted.contains(&expected.to_owned()), "{highlighted:?}");
            assert!(highlighted.iter().all(|text| !text.trim().is_empty()), "{highlighted:?}");
            let first = rendering
                .first_piece_of(field)
                .and_then(|(key, number)| rendering.block(key)?.pieces().nth(number).map(text_of));
            assert_eq!(first.as_ref(), highlighted.first());
        }
        let shell = SelectField::Shell.into();
        assert_eq!(count_highlighted(&codes(&rendering, None, Some(shell))), 0);
        assert_eq!(rendering.first_piece_of(shell), None);
    }

    fn count_highlighted(codes: &[Code]) -> usize {
        texts(codes, |mark| mark.is_highlighted).len()
    }
}
