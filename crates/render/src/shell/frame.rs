//! What both renderers share: lines, the layout of a command, and lookups in the plan.

use super::document::{About, Block, Kind, Purpose};
use crate::shell::sentences as text;
use configurator_core::azure::PROTECTED_SETTINGS;
use configurator_core::choices::field_text::placeholder;
use configurator_core::plan::{
    Action, Arg, ArgValue, Check, Command, Condition, Encoding, File, Note, Operation, Origin,
    Part, Plan, Query, Step, Var, Variable, Word, flatten,
};
use std::borrow::Cow;

/// The indentation of a line; no line stands deeper than eight.
pub(super) fn indent(depth: usize) -> &'static str {
    first("                ", 2 * depth)
}

/// The first bytes of a text. Slicing would bring along the code that says what was wrong with it.
fn first(text: &'static str, bytes: usize) -> &'static str {
    text.get(..bytes).unwrap_or(text)
}

/// The longest command that stays on one line, in bytes: what fits beside the form.
const SHORT: usize = 76;

/// A part of a word as shell text.
pub(super) struct Piece {
    pub(super) text: Cow<'static, str>,
    pub(super) is_placeholder: bool,
}

/// The pieces of a word: nearly always one, which then needs no list.
pub(super) struct Pieces {
    first: Piece,
    rest: Vec<Piece>,
}

impl Pieces {
    /// A word of one piece.
    pub(super) fn one(first: Piece) -> Self {
        Self { first, rest: Vec::new() }
    }

    /// A word of these pieces; of an empty one where there is none.
    pub(super) fn of(mut pieces: impl Iterator<Item = Piece>) -> Self {
        let first =
            pieces.next().unwrap_or(Piece { text: Cow::Borrowed("''"), is_placeholder: false });
        Self { first, rest: pieces.collect() }
    }

    /// One after the other.
    pub(super) fn into_iter(self) -> impl Iterator<Item = Piece> {
        std::iter::once(self.first).chain(self.rest)
    }
}

/// How the variables of a plan stand in a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Naming {
    /// By name: in a script, which sets them at its top.
    Variables,
    /// By value: in a block that is pasted alone.
    Values,
}

/// The text of one plan as it is being written.
pub(super) struct Draft<'a> {
    pub(super) plan: &'a Plan,
    pub(super) naming: Naming,
    pub(super) block: Block,
    pub(super) indent: usize,
}

impl<'a> Draft<'a> {
    pub(super) fn new(plan: &'a Plan, naming: Naming) -> Self {
        // About as many as there will be: growing costs more than the room.
        let tokens = if naming == Naming::Variables { 1536 } else { 20 };
        Self {
            plan,
            naming,
            block: Block { tokens: Vec::with_capacity(tokens), ..Block::default() },
            indent: 0,
        }
    }

    /// The one part that a word comes to, as most do; `None` where it is several or none.
    pub(super) fn only_part<'w>(&'w self, word: &'w Word) -> Option<&'w Part> {
        match word.0.as_slice() {
            [Part::Variable(variable)] if self.naming == Naming::Values => {
                match self.plan.variable(*variable).and_then(|variable| variable.words.first()) {
                    Some(word) => self.only_part(word),
                    None => word.0.first(),
                }
            }
            [part] => Some(part),
            _ => None,
        }
    }

    /// The parts of a word, variables replaced where they stand by value, literals beside each
    /// other joined.
    pub(super) fn resolve(&self, word: &Word) -> Vec<Part> {
        let mut resolved = Vec::with_capacity(word.0.len());
        self.resolve_into(word, &mut resolved);
        resolved
    }

    fn resolve_into(&self, word: &Word, resolved: &mut Vec<Part>) {
        for part in &word.0 {
            let value = match part {
                Part::Variable(variable) if self.naming == Naming::Values => {
                    self.plan.variable(*variable).and_then(|variable| variable.words.first())
                }
                _ => None,
            };
            match (value, resolved.last_mut(), part) {
                (Some(value), _, _) => self.resolve_into(value, resolved),
                (None, Some(Part::Literal(before)), Part::Literal(after)) => {
                    before.to_mut().push_str(after)
                }
                (None, _, part) => resolved.push(part.clone()),
            }
        }
    }
}

impl Draft<'_> {
    pub(super) fn start_line(&mut self) {
        if self.indent > 0 {
            self.block.plain(indent(self.indent));
        }
    }

    pub(super) fn line(&mut self, text: impl Into<Cow<'static, str>>) {
        self.start_line();
        self.block.plain(text);
        self.block.plain("\n");
    }

    /// A line of several texts.
    pub(super) fn line_of(&mut self, texts: &[&str]) {
        let length: usize = texts.iter().map(|text| text.len()).sum();
        let mut line = String::with_capacity(2 * self.indent + length + 1);
        line.push_str(indent(self.indent));
        line.extend(texts.iter().copied());
        line.push('\n');
        self.block.plain(line);
    }

    pub(super) fn lines(&mut self, text: &str) {
        let mut lines = String::with_capacity(2 * text.len());
        for line in text.lines() {
            lines.extend([indent(self.indent), line, "\n"]);
        }
        self.block.plain(lines);
    }

    pub(super) fn blank(&mut self) {
        self.block.plain("\n");
    }

    /// A comment of one paragraph, wrapped.
    pub(super) fn comment(&mut self, text: &str) {
        let empty = || {
            let mut line = String::with_capacity(80);
            line.push('#');
            line
        };
        let mut line = empty();
        for word in text.split_ascii_whitespace() {
            if line.len() > 1 && line.len() + word.len() >= 78 {
                self.comment_line(std::mem::replace(&mut line, empty()));
            }
            line.push(' ');
            line.push_str(word);
        }
        self.comment_line(line);
    }

    pub(super) fn comment_line(&mut self, line: String) {
        self.start_line();
        // Whatever else it holds, it stays one line, and a terminal sees no control character.
        self.block.push(
            Kind::Comment,
            if has_control(&line) { line.replace(char::is_control, " ") } else { line },
        );
        self.block.plain("\n");
    }
}

/// A text with sentences put in, where their names stand between `§`. By characters: searching for
/// words would bring along the code for that.
pub(super) fn filled(text: &str, sentences: &[(&str, &str)]) -> String {
    let value = |name: &str| {
        sentences
            .iter()
            .find(|(other, _)| *other == name)
            .map_or("", |(_, sentence)| sentence)
            .to_owned()
    };
    text.split('§')
        .enumerate()
        .map(|(index, piece)| if index % 2 == 0 { piece.to_owned() } else { value(piece) })
        .collect()
}

/// How one shell writes what is in a draft. The methods that are given are the same for all; most
/// are those of the draft.
///
/// An object, so that the code that lays out commands is in the page of the browser once.
pub(super) trait Shell<'a> {
    fn draft(&mut self) -> &mut Draft<'a>;

    /// The end of a line that goes on in the next, and as many blanks as any such line begins with.
    fn continued(&self) -> &'static str;

    /// A text as one word.
    fn quoted<'t>(&self, text: &'t str) -> Cow<'t, str>;

    /// An option as one word.
    fn option(&self, option: &'static str) -> Cow<'static, str> {
        Cow::Borrowed(option)
    }

    /// An option and its value as one word, where they cannot be two.
    fn joined(&self, _: &Arg) -> Option<Word> {
        None
    }

    /// What stands in front of a command.
    fn before(&self, _: &Command) -> Option<String> {
        None
    }

    /// A word as the pieces of one word.
    fn argument(&self, word: &Word) -> Pieces;

    /// Every word of a list by its name.
    fn each(&self, list: Var) -> String;

    /// A command without line breaks.
    fn command_on_one_line(&mut self, command: &Command)
    where
        Self: Sized,
    {
        command_on_one_line(self, command);
    }

    /// A command on one line where it is short, else each option on a line of its own.
    fn command(&mut self, command: &Command)
    where
        Self: Sized,
    {
        broken_command(self, command);
    }

    /// A command on lines of its own.
    fn run(&mut self, command: &Command)
    where
        Self: Sized,
    {
        self.draft().start_line();
        self.command(command);
        self.draft().blank();
    }

    fn line(&mut self, text: impl Into<Cow<'static, str>>)
    where
        Self: Sized,
    {
        self.draft().line(text);
    }

    fn line_of(&mut self, texts: &[&str])
    where
        Self: Sized,
    {
        self.draft().line_of(texts);
    }

    fn lines(&mut self, text: &str)
    where
        Self: Sized,
    {
        self.draft().lines(text);
    }

    /// What is written meanwhile is there for this.
    fn on(&mut self, purpose: Purpose, write: impl FnOnce(&mut Self))
    where
        Self: Sized,
    {
        let before = std::mem::replace(&mut self.draft().block.purpose, purpose);
        write(self);
        self.draft().block.purpose = before;
    }

    /// A line that is there for this.
    fn line_on(&mut self, purpose: Purpose, text: impl Into<Cow<'static, str>>)
    where
        Self: Sized,
    {
        self.on(purpose, |writer| writer.line(text));
    }

    fn start_line(&mut self)
    where
        Self: Sized,
    {
        self.draft().start_line();
    }

    fn indented(&mut self, write: impl FnOnce(&mut Self))
    where
        Self: Sized,
    {
        self.draft().indent += 1;
        write(self);
        self.draft().indent -= 1;
    }
}

pub(super) fn broken_command(shell: &mut dyn Shell, command: &Command) {
    let start = shell.draft().block.tokens.len();
    let breaks = command_on_one_line(shell, command);
    let continued = shell.continued();
    let draft = shell.draft();
    let length: usize = draft.block.tokens.iter().skip(start).map(|token| token.text.len()).sum();
    if command.args.len() > 1 && length > SHORT {
        for token in breaks {
            draft.block.tokens[token].text = Cow::Borrowed(first(continued, 5 + 2 * draft.indent));
        }
    }
}

/// Writes a command, and answers with the tokens in front of its options where it could be broken.
fn command_on_one_line(shell: &mut dyn Shell, command: &Command) -> Vec<usize> {
    let mut breaks = Vec::with_capacity(command.args.len());
    let mut name = String::with_capacity(40);
    name.push_str(command.program.name());
    for word in command.subcommand {
        name.push(' ');
        name.push_str(&shell.quoted(word));
    }
    if let Some(before) = shell.before(command) {
        shell.draft().block.push_about(
            Kind::Plain,
            before + " ",
            About::Shell(Purpose::Environment),
        );
    }
    shell.draft().block.of_command(name, command);
    for (index, arg) in command.args.iter().enumerate() {
        // A positional argument stays with what it belongs to.
        if arg.option.is_some() || index > 0 {
            breaks.push(shell.draft().block.tokens.len());
        }
        shell.draft().block.plain(" ");
        if let Some(word) = shell.joined(arg) {
            put_word(shell, &word, arg);
            continue;
        }
        if let Some(option) = arg.option {
            let option = shell.option(option);
            shell.draft().block.of_arg(Kind::Option, option, arg);
        }
        for (place, value) in arg.values.iter().enumerate() {
            if arg.option.is_some() || place > 0 {
                shell.draft().block.plain(" ");
            }
            put_value(shell, value, arg);
        }
    }
    breaks
}

fn put_word(shell: &mut dyn Shell, word: &Word, arg: &Arg) {
    let about = About::Argument {
        origin: origin_of(shell.draft().plan, word, arg),
        meaning: arg.explanation,
    };
    for piece in shell.argument(word).into_iter() {
        shell.draft().block.push_about(
            if piece.is_placeholder { Kind::Placeholder } else { Kind::Value },
            piece.text,
            about,
        );
    }
}

/// The choice that a part of a word is.
fn chosen(plan: &Plan, part: &Part) -> Option<Origin> {
    match part {
        Part::Variable(variable) => plan.variable(*variable).map(|variable| variable.origin),
        Part::Placeholder(field) => Some(Origin::from(*field)),
        _ => None,
    }
}

/// Where a value comes from: its option may always be there, and yet a name that somebody chose
/// stand in it.
fn origin_of(plan: &Plan, word: &Word, arg: &Arg) -> Origin {
    match arg.origin {
        Origin::Fact(_) => word.0.iter().find_map(|part| chosen(plan, part)).unwrap_or(arg.origin),
        Origin::Field(_) => arg.origin,
    }
}

fn put_value(shell: &mut dyn Shell, value: &ArgValue, arg: &Arg) {
    match value {
        ArgValue::Word(word) => put_word(shell, word, arg),
        ArgValue::Each { each } => {
            let plan = shell.draft().plan;
            match plan.variable(*each) {
                Some(variable) if shell.draft().naming == Naming::Values => {
                    for (place, word) in variable.words.iter().enumerate() {
                        if place > 0 {
                            shell.draft().block.plain(" ");
                        }
                        put_word(shell, word, arg);
                    }
                }
                _ => {
                    let each = shell.each(*each);
                    shell.draft().block.of_arg(Kind::Value, each, arg);
                }
            }
        }
    }
}

/// The notes that a script says too.
pub(super) fn notes_in_script(step: &Step) -> impl Iterator<Item = &Note> {
    step.notes.iter().filter(|note| note.in_script)
}

/// The private files that actions write.
pub(super) fn private_files(actions: &[Action]) -> impl Iterator<Item = &File> {
    actions.iter().filter_map(|action| match &action.operation {
        Operation::Write(file) if file.private => Some(file),
        _ => None,
    })
}

/// The files whose contents go into files that actions write: the variables that hold their paths,
/// each once.
pub(super) fn read_files(actions: &[Action]) -> Vec<(Var, Encoding)> {
    let mut files = Vec::new();
    for action in actions {
        let Operation::Write(file) = &action.operation else { continue };
        for part in file.lines.iter().flat_map(|line| &line.0) {
            if let Part::Contents { path, encoding } = part
                && !files.contains(&(*path, *encoding))
            {
                files.push((*path, *encoding));
            }
        }
    }
    files
}

/// Whether a condition of a later action asks for what this one finds: a block that is pasted alone
/// keeps it then, and shows it otherwise.
pub(super) fn is_kept(step: &Step, index: usize) -> bool {
    let Operation::Confirm(check) = &step.actions[index].operation else { return false };
    let mut answers = step.actions[index + 1..]
        .iter()
        .filter_map(|later| step.guard(later))
        .flat_map(Condition::answers);
    check.query_into().is_some_and(|query_into| answers.any(|answer| answer == query_into.into))
}

/// Whether the plan writes a private file of this name.
pub(super) fn writes_privately(plan: &Plan, path: &str) -> bool {
    plan.steps.iter().flat_map(|step| private_files(&step.actions)).any(|file| file.path == path)
}

/// The first private file of the plan, with placeholders for what only the user's machine knows.
#[inline(never)]
pub(super) fn settings(plan: &Plan) -> Option<Block> {
    let file = plan.steps.iter().flat_map(|step| private_files(&step.actions)).next()?;
    let mut block = Block::default();
    for line in &file.lines {
        let about = about_line(plan, line);
        for part in &line.0 {
            let mut put = |kind, text: Cow<'static, str>| block.push_about(kind, text, about);
            match part {
                Part::Literal(literal) => put(Kind::Plain, literal.clone()),
                Part::Variable(_) => {
                    let value = flatten(&Word(vec![part.clone()]), plan).unwrap_or_default();
                    let is_placeholder = value.starts_with('<');
                    put(if is_placeholder { Kind::Placeholder } else { Kind::Value }, value.into());
                }
                Part::Captured(variable) => {
                    put(Kind::Placeholder, format!("<{}>", variable.0.replace('_', " ")).into())
                }
                Part::Placeholder(field) => put(Kind::Placeholder, placeholder(*field).into()),
                Part::Secret(name) => put(Kind::Placeholder, format!("<{name}>").into()),
                Part::Contents { encoding: Encoding::Base64, .. } => {
                    put(Kind::Placeholder, text::BASE64_OF_FILE.into())
                }
                Part::Contents { encoding: Encoding::Text, .. } => {
                    put(Kind::Placeholder, text::CONTENTS_OF_FILE.into())
                }
            }
        }
        block.plain("\n");
    }
    Some(block)
}

/// What a line of a file is about: an entry of the protected settings, or just the file.
pub(super) fn about_line(plan: &Plan, line: &Word) -> About {
    let setting = match line.0.first() {
        Some(Part::Literal(literal)) => literal.trim_start().strip_prefix('"').and_then(|entry| {
            PROTECTED_SETTINGS
                .iter()
                .map(|(key, _)| *key)
                .find(|key| entry.strip_prefix(key).is_some_and(|rest| rest.starts_with('"')))
        }),
        _ => None,
    };
    let name = || {
        line.0
            .iter()
            .find_map(|part| chosen(plan, part))
            .map_or(About::Shell(Purpose::Writing), About::Name)
    };
    setting.map_or_else(name, About::Setting)
}

/// The name of the variable that holds the contents of a file.
pub(super) fn read_into(path: Var, encoding: Encoding) -> String {
    match encoding {
        Encoding::Text => format!("{}_text", path.0),
        Encoding::Base64 => format!("{}_base64", path.0),
    }
}

/// The looks whose answers a command is made of: a block that is pasted alone must make them
/// itself.
pub(super) fn needed<'a>(plan: &'a Plan, command: &Command) -> Vec<&'a Query> {
    let words = command.args.iter().flat_map(|arg| &arg.values).filter_map(|value| match value {
        ArgValue::Word(word) => Some(word),
        ArgValue::Each { .. } => None,
    });
    let captured = |part: &Part| match part {
        Part::Captured(variable) => plan
            .steps
            .iter()
            .flat_map(|step| &step.checks)
            .filter_map(Check::query_into)
            .find(|query_into| query_into.into == *variable),
        _ => None,
    };
    words.flat_map(|word| &word.0).filter_map(captured).collect()
}

/// Whether some command is made of an answer.
pub(super) fn is_used(plan: &Plan, answer: Var) -> bool {
    let words = plan
        .steps
        .iter()
        .flat_map(|step| &step.checks)
        .filter_map(Check::command)
        .flat_map(|command| &command.args)
        .flat_map(|arg| &arg.values);
    words.into_iter().any(
        |value| matches!(value, ArgValue::Word(word) if word.0.contains(&Part::Captured(answer))),
    )
}

/// The variables whose values are still missing.
pub(super) fn open_variables(plan: &Plan) -> impl Iterator<Item = &Variable> {
    plan.variables
        .iter()
        .filter(|variable| variable.words.iter().any(|word| word.placeholders().next().is_some()))
}

/// Whether a control character is in a text.
pub(super) fn has_control(text: &str) -> bool {
    // Each has one of these bytes in UTF-8, so most texts need no closer look.
    text.bytes().any(|byte| byte < b' ' || matches!(byte, 0x7f | 0xc2))
        && text.contains(char::is_control)
}
