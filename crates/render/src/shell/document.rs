//! Shell text as tokens that keep their origin.

use configurator_core::plan::meanings::Meaning;
use configurator_core::plan::{Arg, Command, Origin, Program};
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
    Placeholder,
    /// A comment.
    Comment,
}

/// What text of the shell's own is there for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    /// Puts words and lines apart, or goes on in the next line.
    #[default]
    Layout,
    /// Says what a file or a step is.
    Comment,
    /// Which shell a file is for.
    Header,
    /// Lets nothing run before all has arrived, and keeps a failure from ending the session.
    Envelope,
    /// Lets the first failure end it.
    Strictness,
    /// Sets the names that the commands use.
    Names,
    /// What the rest of the script is written with.
    Helpers,
    /// The arguments of the script, and what must be filled in before it starts.
    Start,
    /// Looks whether a program is there.
    Tool,
    /// What an answer must be, and what happens where it is not.
    Check,
    /// Asks, where somebody can answer.
    Question,
    /// Says where the script is.
    Step,
    /// Acts only where something is so.
    Condition,
    /// Keeps what a command prints.
    Capture,
    /// Reads a file whose contents go into another.
    Reading,
    /// Makes and writes a file.
    Writing,
    /// Removes a file.
    Removal,
    /// Goes on where a command fails.
    Lenience,
    /// Keeps the files that a command makes to this user.
    Privacy,
    /// Lets warnings pass.
    Warnings,
    /// What comes after it happens however it ends.
    Attempt,
    /// What a command runs with, besides its words.
    Environment,
    /// Says what a result may mean.
    Note,
    /// The last word.
    End,
}

/// What a piece of text is about: from this follows what explains it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum About {
    /// An option of a command, or its value.
    Argument {
        /// Where it comes from.
        origin: Origin,
        /// What it does.
        meaning: &'static Meaning,
    },
    /// A program and its sub-command.
    Command {
        /// The program.
        program: Program,
        /// The words after it.
        subcommand: &'static [&'static str],
        /// Where it is documented.
        origin: Origin,
    },
    /// The value of a name at the top of a script.
    Name(Origin),
    /// An entry of the protected settings, by its key.
    Setting(&'static str),
    /// The shell's own.
    Shell(Purpose),
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// The text, exactly as it is to be copied.
    pub text: Cow<'static, str>,
    /// What it is.
    pub kind: Kind,
    /// What it is about.
    pub about: About,
}

impl Token {
    /// Whether it only puts others apart: then there is nothing to explain.
    pub fn is_layout(&self) -> bool {
        self.kind == Kind::Plain
            && self.text.chars().all(|c| c.is_whitespace() || matches!(c, '\\' | '`'))
    }
}

/// A text to show, copy or save.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// Its pieces; joined, they are the text.
    pub tokens: Vec<Token>,
    /// What the text of the shell's own is for that comes next.
    pub(super) purpose: Purpose,
}

impl Block {
    /// Its pieces as they are shown: text of the shell's own that has one purpose is one piece,
    /// however many it was written as. Blanks between pieces are pieces too, see
    /// [`Token::is_layout`].
    pub fn pieces(&self) -> impl Iterator<Item = &[Token]> {
        let belongs = |before: &Token, after: &Token| {
            before.kind == Kind::Plain && after.kind == Kind::Plain && before.about == after.about
        };
        self.tokens.chunk_by(belongs)
    }

    /// The whole text.
    pub fn text(&self) -> String {
        self.tokens.iter().map(|token| token.text.as_ref()).collect()
    }

    /// Whether a value is still missing in it.
    pub fn has_placeholders(&self) -> bool {
        self.tokens.iter().any(|token| token.kind == Kind::Placeholder)
    }

    pub(super) fn push(&mut self, kind: Kind, text: impl Into<Cow<'static, str>>) {
        let purpose = if kind == Kind::Comment { Purpose::Comment } else { self.purpose };
        self.push_about(kind, text, About::Shell(purpose));
    }

    pub(super) fn push_about(
        &mut self,
        kind: Kind,
        text: impl Into<Cow<'static, str>>,
        about: About,
    ) {
        self.tokens.push(Token { text: text.into(), kind, about });
    }

    pub(super) fn plain(&mut self, text: impl Into<Cow<'static, str>>) {
        self.push(Kind::Plain, text);
    }

    pub(super) fn of_arg(&mut self, kind: Kind, text: impl Into<Cow<'static, str>>, arg: &Arg) {
        self.push_about(
            kind,
            text,
            About::Argument { origin: arg.origin, meaning: arg.explanation },
        );
    }

    pub(super) fn of_command(&mut self, text: impl Into<Cow<'static, str>>, command: &Command) {
        let about = About::Command {
            program: command.program,
            subcommand: command.subcommand,
            origin: command.source.into(),
        };
        self.push_about(Kind::Program, text, about);
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
