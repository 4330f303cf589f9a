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
        let is_from = |token: &Token| choice(&token.about) == Some(field);
        if !block.tokens.iter().any(is_from) {
            return;
        }
        for (index, piece) in block.pieces().enumerate() {
            if piece.first().is_some_and(is_from) {
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
