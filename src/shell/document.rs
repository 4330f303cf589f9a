//! Text of a shell as tokens that keep where they come from.

use crate::plan::{Arg, Origin};
use std::borrow::Cow;

/// What a token is, for its color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text of the shell's own: blanks, operators, control structures.
    Plain,
    /// A program and its sub-command.
    Program,
    /// An option.
    Option,
    /// A value.
    Value,
    /// The place of a value that is not given yet.
    Hole,
    /// A comment.
    Comment,
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The text, exactly as it is to be copied.
    pub text: Cow<'static, str>,
    /// What it is.
    pub kind: Kind,
    /// Where it comes from, for options and values.
    pub origin: Option<Origin>,
}

/// A text to show, copy or save.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Its pieces; joined, they are the text.
    pub tokens: Vec<Token>,
}

impl Block {
    /// The whole text.
    pub fn text(&self) -> String {
        self.tokens.iter().map(|token| token.text.as_ref()).collect()
    }

    /// Whether a value is still missing in it.
    pub fn has_holes(&self) -> bool {
        self.tokens.iter().any(|token| token.kind == Kind::Hole)
    }

    pub(super) fn push(&mut self, kind: Kind, text: impl Into<Cow<'static, str>>) {
        self.tokens.push(Token { text: text.into(), kind, origin: None });
    }

    pub(super) fn plain(&mut self, text: impl Into<Cow<'static, str>>) {
        self.push(Kind::Plain, text);
    }

    pub(super) fn of_arg(&mut self, kind: Kind, text: impl Into<Cow<'static, str>>, arg: &Arg) {
        self.tokens.push(Token { text: text.into(), kind, origin: Some(arg.origin) });
    }
}

/// The blocks of one check.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckBlocks {
    /// The read-only command.
    pub probe: Block,
    /// The command that mends what it finds.
    pub remedy: Option<Block>,
}

/// The blocks of one step, each complete when pasted alone.
#[derive(Clone, Debug, PartialEq)]
pub struct StepBlocks {
    /// One for each check of the step.
    pub checks: Vec<CheckBlocks>,
    /// The actions; `None` where the step only checks.
    pub actions: Option<Block>,
    /// What undoes it.
    pub undo: Option<Block>,
    /// One for each note of the step: its command, where it has one.
    pub notes: Vec<Option<Block>>,
}

/// A plan as text of one shell.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// One entry for each step of the plan, in its order.
    pub steps: Vec<StepBlocks>,
    /// The whole, as a script to run or to paste.
    pub script: Block,
    /// The protected-settings file, with placeholders; `None` where the plan writes none.
    pub settings: Option<Block>,
}
