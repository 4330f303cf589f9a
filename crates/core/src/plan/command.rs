//! Commands as data.

use crate::azure::Source;
use crate::choices::field_text::placeholder;
use crate::choices::{Field, TextField};
use crate::plan::meanings::Meaning;
use serde::ser::{Serialize, SerializeSeq, SerializeStruct, Serializer};
use std::borrow::Cow;

/// A program that commands run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Program {
    /// The Azure CLI.
    Az,
    /// The Kubernetes command line.
    Kubectl,
    /// OpenSSL.
    Openssl,
    /// The command line of container runtimes, on a node.
    Crictl,
    /// Another program with the rights of root, on a node.
    Sudo,
}

impl Program {
    /// Its name on the PATH.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Az => "az",
            Self::Kubectl => "kubectl",
            Self::Openssl => "openssl",
            Self::Crictl => "crictl",
            Self::Sudo => "sudo",
        }
    }
}

/// The name of a variable: lower-case letters, digits and `_`, which every shell takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Var(pub &'static str);

/// How the contents of a file become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As they are, less the line breaks at the end.
    Text,
    /// Base64 on one line.
    Base64,
}

/// A piece of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text as it is; any character, nothing is special.
    Literal(Cow<'static, str>),
    /// The place of a value not given yet.
    Placeholder(TextField),
    /// The place of a secret, which is never given here; its name, with a blank in it.
    Secret(&'static str),
    /// The value of a [`super::Variable`].
    Variable(Var),
    /// What a [`super::Query`] or a [`super::Capture`] got.
    Captured(Var),
    /// What is in a file on the user's machine. Only in the lines of a [`super::File`].
    Contents {
        /// The variable that holds its path.
        path: Var,
        /// How it becomes text.
        encoding: Encoding,
    },
}

/// One word: exactly one element of argv.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word(pub Vec<Part>);

impl Word {
    /// A word of literal text.
    pub fn literal(text: impl Into<Cow<'static, str>>) -> Self {
        Self(vec![Part::Literal(text.into())])
    }

    /// A sentence with names in it: `{name}` is a variable, `{=name}` what was kept under that
    /// name.
    #[inline(never)]
    pub fn sentence(text: &'static str) -> Self {
        let part =
            |(index, piece): (usize, &'static str)| match (index % 2, piece.strip_prefix('=')) {
                (0, _) => Part::Literal(piece.into()),
                (_, Some(name)) => Part::Captured(Var(name)),
                (_, None) => Part::Variable(Var(piece)),
            };
        Self(
            text.split(['{', '}'])
                .enumerate()
                .filter(|(_, piece)| !piece.is_empty())
                .map(part)
                .collect(),
        )
    }

    /// The same word with a part added.
    pub fn then(mut self, part: Part) -> Self {
        self.0.push(part);
        self
    }

    /// The fields whose placeholders are in it.
    pub fn placeholders(&self) -> impl Iterator<Item = TextField> {
        self.0.iter().filter_map(|part| match part {
            Part::Placeholder(field) => Some(*field),
            _ => None,
        })
    }
}

impl From<Var> for Word {
    #[inline(never)]
    fn from(variable: Var) -> Self {
        Self(vec![Part::Variable(variable)])
    }
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self::literal(text)
    }
}

impl From<&'static str> for Word {
    #[inline(never)]
    fn from(text: &'static str) -> Self {
        Self::literal(text)
    }
}

impl Serialize for Word {
    /// A string where it is all literal, else the list of its parts.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let [Part::Literal(text)] = self.0.as_slice() {
            return serializer.serialize_str(text);
        }
        let mut parts = serializer.serialize_seq(Some(self.0.len()))?;
        for part in &self.0 {
            match part {
                Part::Literal(text) => parts.serialize_element(text)?,
                Part::Placeholder(field) => {
                    parts.serialize_element(&Keyed("placeholder", &placeholder(*field)))?
                }
                Part::Secret(name) => parts.serialize_element(&Keyed("secret", name))?,
                Part::Variable(variable) => {
                    parts.serialize_element(&Keyed("variable", variable.0))?
                }
                Part::Captured(variable) => {
                    parts.serialize_element(&Keyed("captured", variable.0))?
                }
                Part::Contents { path, encoding: Encoding::Text } => {
                    parts.serialize_element(&Keyed("contents", path.0))?
                }
                Part::Contents { path, encoding: Encoding::Base64 } => {
                    parts.serialize_element(&Keyed("base64", path.0))?
                }
            }
        }
        parts.end()
    }
}

struct Keyed<'a>(&'static str, &'a str);

impl Serialize for Keyed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Part", 1)?;
        object.serialize_field(self.0, self.1)?;
        object.end()
    }
}

/// Where an argument comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The user's choice.
    Field(Field),
    /// It is always so.
    Fact(Source),
}

impl From<TextField> for Origin {
    fn from(field: TextField) -> Self {
        Self::Field(field.into())
    }
}

impl From<Source> for Origin {
    fn from(source: Source) -> Self {
        Self::Fact(source)
    }
}

/// A value of an argument.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum ArgValue {
    /// One word.
    Word(Word),
    /// Every word of a variable that is a list.
    Each {
        /// The variable.
        each: Var,
    },
}

/// An option with its values, or a positional argument.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Arg {
    /// The option in its long form; `None` for a positional argument.
    pub option: Option<&'static str>,
    /// Its values.
    pub values: Vec<ArgValue>,
    /// Where it comes from.
    pub origin: Origin,
    /// What it does, in a sentence.
    pub explanation: &'static Meaning,
}

impl Arg {
    /// What to call it in an explanation: the option, and the key where the value is a `key=value`.
    pub fn label(&self) -> String {
        let key = match self.values.first() {
            Some(ArgValue::Word(Word(parts))) => match parts.first() {
                Some(Part::Literal(text)) => text
                    .split_once('=')
                    .map(|(key, _)| key.to_owned())
                    .or_else(|| self.option.is_none().then(|| text.to_string())),
                _ => None,
            },
            _ => None,
        };
        [self.option.map(str::to_owned), key].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// A command: program, sub-command, arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// The program.
    pub program: Program,
    /// The words after it that say what to do.
    pub subcommand: &'static [&'static str],
    /// The arguments, in order.
    pub args: Vec<Arg>,
    /// Where it is documented.
    pub source: Source,
    /// Whether the files that it makes are for this user only. Windows goes by the folder they are
    /// in.
    pub private: bool,
}

impl Command {
    /// A command without arguments.
    #[inline(never)]
    pub fn new(program: Program, subcommand: &'static [&'static str], source: Source) -> Self {
        Self { program, subcommand, args: Vec::new(), source, private: false }
    }

    #[inline(never)]
    fn arg(
        mut self,
        option: Option<&'static str>,
        values: Vec<ArgValue>,
        origin: Origin,
        explanation: &'static Meaning,
    ) -> Self {
        self.args.push(Arg { option, values, origin, explanation });
        self
    }

    /// The same command with an option of one value, which is part of what the command is for.
    pub fn with(
        self,
        option: &'static str,
        value: impl Into<Word>,
        explanation: &'static Meaning,
    ) -> Self {
        self.one(None, option, value.into(), explanation)
    }

    #[inline(never)]
    fn one(
        self,
        origin: Option<Origin>,
        option: &'static str,
        value: Word,
        explanation: &'static Meaning,
    ) -> Self {
        let origin = origin.unwrap_or(Origin::Fact(self.source));
        self.arg(Some(option), vec![ArgValue::Word(value)], origin, explanation)
    }

    /// The same command with an option of one value, which comes from elsewhere.
    pub fn with_from(
        self,
        origin: impl Into<Origin>,
        option: &'static str,
        value: impl Into<Word>,
        explanation: &'static Meaning,
    ) -> Self {
        self.one(Some(origin.into()), option, value.into(), explanation)
    }

    /// The same command with an option that takes every word of a list.
    pub fn with_each(
        self,
        origin: impl Into<Origin>,
        option: &'static str,
        list: Var,
        explanation: &'static Meaning,
    ) -> Self {
        self.arg(Some(option), vec![ArgValue::Each { each: list }], origin.into(), explanation)
    }

    /// The same command with an option of several words that belong together.
    pub fn with_words(
        mut self,
        origin: impl Into<Origin>,
        option: &'static str,
        words: Vec<Word>,
        explanation: &'static Meaning,
    ) -> Self {
        self.args.push(Arg {
            option: Some(option),
            values: words.into_iter().map(ArgValue::Word).collect(),
            origin: origin.into(),
            explanation,
        });
        self
    }

    /// The same command with an option without value.
    #[inline(never)]
    pub fn flag(self, option: &'static str, explanation: &'static Meaning) -> Self {
        let origin = self.source.into();
        self.arg(Some(option), Vec::new(), origin, explanation)
    }

    /// The same command with a positional argument.
    pub fn positional(self, value: impl Into<Word>, explanation: &'static Meaning) -> Self {
        let origin = self.source.into();
        self.arg(None, vec![ArgValue::Word(value.into())], origin, explanation)
    }

    /// The same command with a positional argument, which comes from elsewhere.
    pub fn positional_from(
        self,
        origin: impl Into<Origin>,
        value: impl Into<Word>,
        explanation: &'static Meaning,
    ) -> Self {
        self.arg(None, vec![ArgValue::Word(value.into())], origin.into(), explanation)
    }

    /// The same command, for files that only this user may read.
    pub fn privately(self) -> Self {
        Self { private: true, ..self }
    }

    /// The words of the command as parts, program first, lists spread out: what the shell must hand
    /// over.
    pub fn words(&self, plan: &super::Plan) -> Vec<Word> {
        let mut words = vec![Word::literal(self.program.name())];
        words.extend(self.subcommand.iter().copied().map(Word::from));
        for arg in &self.args {
            words.extend(arg.option.map(Word::from));
            for value in &arg.values {
                match value {
                    ArgValue::Word(word) => words.push(word.clone()),
                    ArgValue::Each { each } => words.extend(
                        plan.variable(*each)
                            .into_iter()
                            .flat_map(|variable| variable.words.iter().cloned()),
                    ),
                }
            }
        }
        words
    }
}

impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut words = vec![ArgValue::Word(Word::literal(self.program.name()))];
        words.extend(self.subcommand.iter().map(|word| ArgValue::Word(Word::from(*word))));
        for arg in &self.args {
            words.extend(arg.option.map(|option| ArgValue::Word(Word::from(option))));
            words.extend(arg.values.iter().cloned());
        }
        let mut object = serializer.serialize_struct("Command", 3)?;
        object.serialize_field("words", &words)?;
        object.serialize_field("arguments", &self.args)?;
        object.serialize_field("source", &self.source)?;
        object.end()
    }
}

/// A sentence with the names of the plan in it, for a person: lists spelled out, and what only the
/// user's machine knows by its name.
pub fn spoken(sentence: &Word, plan: &super::Plan) -> String {
    let part = |part: &Part| match part {
        Part::Variable(variable) => {
            let words = plan.variable(*variable).map_or(&[][..], |variable| &variable.words);
            words.iter().map(|word| spoken(word, plan)).collect::<Vec<_>>().join(" ")
        }
        Part::Literal(literal) => literal.to_string(),
        Part::Placeholder(field) => placeholder(*field),
        Part::Captured(variable) | Part::Contents { path: variable, .. } => {
            variable.0.replace('_', " ")
        }
        Part::Secret(name) => (*name).to_owned(),
    };
    sentence.0.iter().map(part).collect()
}

/// The text of a word, with the variables of the plan put in; `None` where it depends on what only
/// the user's machine knows.
pub fn flatten(word: &Word, plan: &super::Plan) -> Option<String> {
    word.0.iter().try_fold(String::new(), |mut text, part| {
        match part {
            Part::Literal(literal) => text.push_str(literal),
            Part::Placeholder(field) => text.push_str(&placeholder(*field)),
            Part::Variable(variable) => {
                text.push_str(&flatten(plan.variable(*variable)?.words.first()?, plan)?)
            }
            Part::Secret(name) => text.push_str(&format!("<{name}>")),
            Part::Captured(_) | Part::Contents { .. } => return None,
        }
        Some(text)
    })
}
