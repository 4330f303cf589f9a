//! Marks the differences between a text and its corrected version: by lines, and by words within
//! lines that differ.

use similar::DiffOp;
use similar::algorithms::{Capture, Replace, myers};
use std::borrow::Cow;

/// A piece of the corrected text, or one that was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// As it was.
    Same(&'t str),
    /// Inserted.
    Added(&'t str),
    /// Removed.
    Removed(String),
}

/// How far ahead equal lines are looked for. Corrections are local, and the time must stay
/// proportional to the length of the text.
const REACH: usize = 48;

/// The most words of a difference that are compared one by one. A larger difference is removed and
/// inserted as a whole.
const MOST_WORDS: usize = 1_000;

/// Splits the text `after` into parts. Without those that were removed, they are that text. Line ends
/// are not compared if `after` has only plain ones.
pub(super) fn parts<'t>(before: &str, after: &'t str) -> Vec<Part<'t>> {
    let before: Cow<str> =
        if after.contains('\r') { before.into() } else { before.replace("\r\n", "\n").into() };
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let mut out = Parts { after, at: 0, parts: Vec::new() };
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            out.same(new[j].len());
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (removed, added) = until_same(&old[i..], &new[j..]);
        out.differs(
            &old[i..i + removed].concat(),
            new[j..j + added].iter().map(|line| line.len()).sum(),
        );
        (i, j) = (i + removed, j + added);
    }
    out.parts
}

/// The number of lines of each that differ until the next equal line; at least one of either.
fn until_same(old: &[&str], new: &[&str]) -> (usize, usize) {
    for sum in 1..=REACH {
        // The same number of lines of both first: most corrections are within lines.
        for removed in nearest_to_half(sum) {
            let added = sum - removed;
            match (old.get(removed), new.get(added)) {
                // An empty line is weak evidence: the next line must be equal, too.
                (Some(a), Some(b))
                    if a == b
                        && (!a.trim().is_empty() || old.get(removed + 1) == new.get(added + 1)) =>
                {
                    return (removed, added);
                }
                (None, None) if removed == old.len() && added == new.len() => {
                    return (removed, added);
                }
                _ => {}
            }
        }
    }
    (old.len().min(1), new.len().min(1))
}

/// The numbers from 0 to `sum`, those near its half first.
fn nearest_to_half(sum: usize) -> impl Iterator<Item = usize> {
    let half = sum / 2;
    (0..=half).rev().flat_map(move |low| [low, sum - low]).take(2 * (half + 1))
}

struct Parts<'t> {
    after: &'t str,
    /// The end of the parts in it.
    at: usize,
    parts: Vec<Part<'t>>,
}

impl<'t> Parts<'t> {
    /// Adds the next bytes of the corrected text, to the part before if that is of the same kind.
    fn take(&mut self, length: usize, is_added: bool) {
        if length == 0 {
            return;
        }
        let end = self.at + length;
        let begin = match self.parts.last() {
            Some(Part::Same(text)) if !is_added => Some(self.at - text.len()),
            Some(Part::Added(text)) if is_added => Some(self.at - text.len()),
            _ => None,
        };
        if begin.is_some() {
            self.parts.pop();
        }
        let text = self.after.get(begin.unwrap_or(self.at)..end).unwrap_or_default();
        self.parts.push(if is_added { Part::Added(text) } else { Part::Same(text) });
        self.at = end;
    }

    fn same(&mut self, length: usize) {
        self.take(length, false);
    }

    fn removed(&mut self, text: &str) {
        match self.parts.last_mut() {
            _ if text.is_empty() => {}
            Some(Part::Removed(removed)) => removed.push_str(text),
            _ => self.parts.push(Part::Removed(text.to_owned())),
        }
    }

    /// Compares lines that became others.
    fn differs(&mut self, old: &str, length: usize) {
        let new = self.after.get(self.at..self.at + length).unwrap_or_default();
        let (old_words, new_words) = (words(old), words(new));
        if old_words.len() + new_words.len() > MOST_WORDS {
            self.removed(old);
            return self.take(length, true);
        }
        let mut differences = Replace::new(Capture::new());
        // Capturing never fails.
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
                self.removed(&old.concat());
                self.take(sum(new), true);
            }
        }
    }
}

/// Splits a text into words, spaces, line ends, and every other character by itself.
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
    use Part::{Added, Removed, Same};
    use proptest::prelude::*;

    fn removed(text: &str) -> Part<'static> {
        Removed(text.to_owned())
    }

    #[test]
    fn words_within_lines_are_marked() {
        assert_eq!(parts("a\nb", "a\nb"), [Same("a\nb")]);
        assert_eq!(parts("", "a"), [Added("a")]);
        assert_eq!(parts("a", ""), [removed("a")]);
        assert_eq!(
            parts("az acr \\ \n  -n x\n", "az acr \\\n  -n x\n"),
            [Same("az acr \\"), removed(" "), Same("\n  -n x\n")]
        );
        assert_eq!(
            parts("az x\n  --a b\n  --c d\n", "az x \\\n  --a b \\\n  --c d\n"),
            [Same("az x"), Added(" \\"), Same("\n  --a b"), Added(" \\"), Same("\n  --c d\n")]
        );
        assert_eq!(
            parts("a --sycn-window b\nc\n", "a --sync-window b\nc\n"),
            [Same("a "), removed("--sycn-window"), Added("--sync-window"), Same(" b\nc\n")]
        );
    }

    #[test]
    fn whole_lines_are_added_and_removed() {
        assert_eq!(parts("a\nb\nc\n", "a\nc\n"), [Same("a\n"), removed("b\n"), Same("c\n")]);
        assert_eq!(parts("a\nc\n", "a\nb\nc\n"), [Same("a\n"), Added("b\n"), Same("c\n")]);
        assert_eq!(parts("a\nc", "a\nc\n```"), [Same("a\nc"), Added("\n```")]);
    }

    #[test]
    fn line_ends_are_ignored_if_all_are_plain() {
        assert_eq!(parts("a\r\nb \r\n", "a\nb\n"), [Same("a\nb"), removed(" "), Same("\n")]);
        assert_eq!(parts("a\r\nb\r\n", "a\r\nb\r\n"), [Same("a\r\nb\r\n")]);
    }

    #[test]
    fn a_large_text_that_differs_in_every_line_takes_no_time() {
        let old = "az acr connected-registry create --name edge01 \\ \n".repeat(20_000);
        let new = old.replace(" \n", "\n");
        let parts = parts(&old, &new);
        assert_eq!(parts.len(), 40_001);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_parts(old in "[ab \n]{0,60}", new in "[ab \n]{0,60}") {
            let parts = parts(&old, &new);
            let new_text: String = parts.iter().map(|part| match part { Same(text) | Added(text) => text, Removed(_) => "" }).collect();
            let old_text: String = parts.iter().map(|part| match part { Same(text) => text, Removed(text) => text.as_str(), Added(_) => "" }).collect();
            prop_assert_eq!(new_text, new);
            prop_assert_eq!(old_text, old);
        }
    }
}
