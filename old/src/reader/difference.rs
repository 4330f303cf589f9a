//! What differs between a text and its corrected version: by lines, and within those that differ by
//! words.

use similar::DiffOp;
use similar::algorithms::{Capture, Replace, myers};
use std::borrow::Cow;

/// A piece of the corrected text, or one that is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// As it was.
    Same(&'t str),
    /// Put in.
    New(&'t str),
    /// Taken out.
    Gone(String),
}

/// How far lines that are the same again are looked for. Corrections are local; and the time must
/// stay in proportion to the text.
const REACH: usize = 48;

/// The most words of a place that are compared one by one; beyond, all of it is gone and put in.
const MOST_WORDS: usize = 1_000;

/// The pieces. Without those that are gone, they are the text `after`. Line ends are passed over
/// where `after` has only plain ones.
pub fn pieces<'t>(before: &str, after: &'t str) -> Vec<Piece<'t>> {
    let before: Cow<str> =
        if after.contains('\r') { before.into() } else { before.replace("\r\n", "\n").into() };
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let mut out = Pieces { after, at: 0, pieces: Vec::new() };
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            out.same(new[j].len());
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (gone, come) = until_same(&old[i..], &new[j..]);
        out.differs(
            &old[i..i + gone].concat(),
            new[j..j + come].iter().map(|line| line.len()).sum(),
        );
        (i, j) = (i + gone, j + come);
    }
    out.pieces
}

/// How many lines of each differ until they are the same again; at least one of either.
fn until_same(old: &[&str], new: &[&str]) -> (usize, usize) {
    for sum in 1..=REACH {
        // The same number of lines of both first: most corrections are within lines.
        for gone in nearest_to_half(sum) {
            let come = sum - gone;
            match (old.get(gone), new.get(come)) {
                // An empty line says little: what follows it must be the same, too.
                (Some(a), Some(b))
                    if a == b
                        && (!a.trim().is_empty() || old.get(gone + 1) == new.get(come + 1)) =>
                {
                    return (gone, come);
                }
                (None, None) if gone == old.len() && come == new.len() => return (gone, come),
                _ => {}
            }
        }
    }
    (old.len().min(1), new.len().min(1))
}

/// The numbers from 0 to another, those around its half first.
fn nearest_to_half(sum: usize) -> impl Iterator<Item = usize> {
    let half = sum / 2;
    (0..=half).rev().flat_map(move |low| [low, sum - low]).take(2 * (half + 1))
}

struct Pieces<'t> {
    after: &'t str,
    /// How far the pieces go.
    at: usize,
    pieces: Vec<Piece<'t>>,
}

impl<'t> Pieces<'t> {
    /// The next bytes of the corrected text, made one with the piece before where that is of the
    /// same kind.
    fn take(&mut self, length: usize, is_new: bool) {
        if length == 0 {
            return;
        }
        let end = self.at + length;
        let begin = match self.pieces.last() {
            Some(Piece::Same(said)) if !is_new => Some(self.at - said.len()),
            Some(Piece::New(said)) if is_new => Some(self.at - said.len()),
            _ => None,
        };
        if begin.is_some() {
            self.pieces.pop();
        }
        let said = self.after.get(begin.unwrap_or(self.at)..end).unwrap_or_default();
        self.pieces.push(if is_new { Piece::New(said) } else { Piece::Same(said) });
        self.at = end;
    }

    fn same(&mut self, length: usize) {
        self.take(length, false);
    }

    fn gone(&mut self, said: &str) {
        match self.pieces.last_mut() {
            _ if said.is_empty() => {}
            Some(Piece::Gone(gone)) => gone.push_str(said),
            _ => self.pieces.push(Piece::Gone(said.to_owned())),
        }
    }

    /// Some lines became others.
    fn differs(&mut self, old: &str, length: usize) {
        let new = self.after.get(self.at..self.at + length).unwrap_or_default();
        let (old_words, new_words) = (words(old), words(new));
        if old_words.len() + new_words.len() > MOST_WORDS {
            self.gone(old);
            return self.take(length, true);
        }
        let mut differences = Replace::new(Capture::new());
        // What captures never fails.
        let _never_fails = myers::diff(
            &mut differences,
            &old_words,
            0..old_words.len(),
            &new_words,
            0..new_words.len(),
        );
        let sum = |words: &[&str]| words.iter().map(|word| word.len()).sum();
        for op in differences.into_inner().into_ops() {
            let (old, new) = (&old_words[op.old_range()], &new_words[op.new_range()]);
            if let DiffOp::Equal { .. } = op {
                self.same(sum(new));
            } else {
                self.gone(&old.concat());
                self.take(sum(new), true);
            }
        }
    }
}

/// Words, blanks between them, ends of lines, and every other sign by itself.
fn words(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        '\n' => 0,
        c if c.is_alphanumeric() || c == '-' || c == '_' => 1,
        ' ' | '\t' => 2,
        _ => 3,
    };
    let mut words = Vec::new();
    let mut begin = 0;
    let mut last = 3;
    for (at, c) in text.char_indices() {
        let now = kind(c);
        if at > begin && (now != last || now == 0 || now == 3) {
            words.push(&text[begin..at]);
            begin = at;
        }
        last = now;
    }
    if begin < text.len() {
        words.push(&text[begin..]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use Piece::{Gone, New, Same};
    use proptest::prelude::*;

    fn gone(text: &str) -> Piece<'static> {
        Gone(text.to_owned())
    }

    #[test]
    fn words_of_lines_are_marked() {
        assert_eq!(pieces("a\nb", "a\nb"), [Same("a\nb")]);
        assert_eq!(pieces("", "a"), [New("a")]);
        assert_eq!(pieces("a", ""), [gone("a")]);
        assert_eq!(
            pieces("az acr \\ \n  -n x\n", "az acr \\\n  -n x\n"),
            [Same("az acr \\"), gone(" "), Same("\n  -n x\n")]
        );
        assert_eq!(
            pieces("az x\n  --a b\n  --c d\n", "az x \\\n  --a b \\\n  --c d\n"),
            [Same("az x"), New(" \\"), Same("\n  --a b"), New(" \\"), Same("\n  --c d\n")]
        );
        assert_eq!(
            pieces("a --sycn-window b\nc\n", "a --sync-window b\nc\n"),
            [Same("a "), gone("--sycn-window"), New("--sync-window"), Same(" b\nc\n")]
        );
    }

    #[test]
    fn lines_come_and_go() {
        assert_eq!(pieces("a\nb\nc\n", "a\nc\n"), [Same("a\n"), gone("b\n"), Same("c\n")]);
        assert_eq!(pieces("a\nc\n", "a\nb\nc\n"), [Same("a\n"), New("b\n"), Same("c\n")]);
        assert_eq!(pieces("a\nc", "a\nc\n```"), [Same("a\nc"), New("\n```")]);
    }

    #[test]
    fn line_ends_are_passed_over_where_all_are_plain() {
        assert_eq!(pieces("a\r\nb \r\n", "a\nb\n"), [Same("a\nb"), gone(" "), Same("\n")]);
        assert_eq!(pieces("a\r\nb\r\n", "a\r\nb\r\n"), [Same("a\r\nb\r\n")]);
    }

    #[test]
    fn a_large_text_that_differs_in_every_line_takes_no_time() {
        let old = "az acr connected-registry create --name edge01 \\ \n".repeat(20_000);
        let new = old.replace(" \n", "\n");
        let pieces = pieces(&old, &new);
        assert_eq!(pieces.len(), 40_001);
    }

    proptest! {
        /// What is there is the corrected text, and what was there is the text before.
        #[test]
        fn nothing_is_lost(old in "[ab \n]{0,60}", new in "[ab \n]{0,60}") {
            let pieces = pieces(&old, &new);
            let there: String = pieces.iter().map(|piece| match piece { Same(said) | New(said) => said, Gone(_) => "" }).collect();
            let was: String = pieces.iter().map(|piece| match piece { Same(said) => said, Gone(said) => said.as_str(), New(_) => "" }).collect();
            prop_assert_eq!(there, new);
            prop_assert_eq!(was, old);
        }
    }
}
