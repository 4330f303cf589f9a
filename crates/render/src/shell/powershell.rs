//! Windows PowerShell 5.1, and PowerShell 7 on Windows, Linux and macOS, with the same text for
//! all.
//!
//! A word is one quoted string right after the command. Only such a string is never expanded as a
//! file name pattern (Linux and macOS); a wrapper, splatting or a partly quoted word loses that
//! property. A word of plain ASCII is in single quotes. Any other word is in double quotes, with
//! each special character as an escape: Windows PowerShell reads a file without a byte order mark
//! in the code page of the machine, where half of a dash can be a quote, and a terminal must never
//! get a control character. No quoting controls what cmd.exe makes of a word on its way to `az`:
//! see
//! [`configurator_core::powershell_args`].

mod script;

pub(super) use script::script;

use super::bash;
use super::document::{About, Block, CheckBlocks, Document, Kind, Purpose, StepBlocks};
use super::frame::{self, Draft, Naming, Piece, Pieces, Shell};
use super::lines::Target;
use crate::shell::sentences::{self as text, powershell as own};
use configurator_core::choices::field_text::placeholder;
use configurator_core::plan::{
    Action, Arg, ArgValue, Capture, Check, Command, Condition, Encoding, Expectation, File,
    Operation, Part, Place, Plan, Probe, Query, Step, Var, Word, flatten,
};
use std::borrow::Cow;
use std::fmt::Write;

/// Quotes a text as one string, which is one word behind a command and a value in an expression.
/// NUL, which no argument can hold, becomes U+FFFD.
pub fn quote(text: &str) -> String {
    match (is_printable_ascii(text), text.contains('\'')) {
        (true, false) => ["'", text, "'"].concat(),
        (true, true) => ["'", &text.replace('\'', "''"), "'"].concat(),
        (false, _) => ["\"", &escape(text), "\""].concat(),
    }
}

fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A text within double quotes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            // A comment cannot begin within a string, but the grammars of some editors let it.
            '"' | '$' | '`' | '#' => escaped.extend(['`', c]),
            ' '..='~' => escaped.push(c),
            '\0' => escaped.push_str("$([char]0xFFFD)"),
            c => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a string cannot fail.
                    let _ = write!(escaped, "$([char]0x{unit:04X})");
                }
            }
        }
    }
    escaped
}

/// Whether a text is one word without quotes: a name that begins with a letter, or a short number.
fn is_plain(text: &str) -> bool {
    let name = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let number = text == "0"
        || ((1..=9).contains(&text.len())
            && !text.starts_with('0')
            && text.bytes().all(|byte| byte.is_ascii_digit()));
    name || number
}

/// The name of a variable of the plan: never one that means something to PowerShell. The frame's
/// own names have capitals within.
fn name(variable: Var) -> Cow<'static, str> {
    #[rustfmt::skip]
    let is_taken = matches!(
        variable.0,
        "_" | "args" | "error" | "event" | "false" | "foreach" | "home" | "host" | "input" | "matches" | "null" | "ofs" | "pid" | "profile" | "psitem"
            | "pwd" | "sender" | "shellid" | "switch" | "this" | "transcript" | "true"
    );
    if is_taken { [variable.0, "_"].concat().into() } else { variable.0.into() }
}

/// A variable in an expression.
fn dollar(variable: Var) -> String {
    ["$", &name(variable)].concat()
}

/// A variable within double quotes.
fn braced(name: &str) -> String {
    ["${", name, "}"].concat()
}

/// The folder in which commands run and files are written. .NET would take that in which PowerShell
/// was started.
const FOLDER: &str = "$thisFolder = (Get-Location -PSProvider FileSystem).ProviderPath";

/// Writes text of one plan in PowerShell.
///
/// The second part is where the lines run that a block belongs to; none where the block stands
/// alone.
struct Writer<'a>(Draft<'a>, Option<Target>);

impl<'a> Shell<'a> for Writer<'a> {
    fn draft(&mut self) -> &mut Draft<'a> {
        &mut self.0
    }

    fn continued(&self) -> &'static str {
        " `\n                        "
    }

    fn quoted<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if is_plain(text) { Cow::Borrowed(text) } else { quote(text).into() }
    }

    fn option(&self, option: &'static str) -> Cow<'static, str> {
        let name =
            option.strip_prefix("--").or_else(|| option.strip_prefix('-')).unwrap_or_default();
        if is_plain(name) { Cow::Borrowed(option) } else { quote(option).into() }
    }

    /// An option with a single value that the program, or the way to it, would misread in a word of
    /// its own: nothing, and what begins with a dash. Options with one dash know no such form.
    fn joined(&self, arg: &Arg) -> Option<Word> {
        joined(self.0.plan, arg)
    }

    fn argument(&self, word: &Word) -> Pieces {
        self.pieces(word, true)
    }

    fn each(&self, list: Var) -> String {
        let words = self.0.plan.variable(list).map_or(&[][..], |variable| &variable.words);
        // Without quotes a name with a wildcard would become the files that it fits.
        if words.iter().any(|word| self.is_pattern(word)) {
            let list = dollar(list);
            return (0..words.len())
                .map(|index| format!("\"$({list}[{index}])\""))
                .collect::<Vec<_>>()
                .join(" ");
        }
        // Without quotes each element becomes an argument, however many somebody fills in at the
        // top.
        dollar(list)
    }
}

/// An option and its value as one word.
fn joined(plan: &Plan, arg: &Arg) -> Option<Word> {
    let (Some(option), [ArgValue::Word(word)]) =
        (arg.option.filter(|option| option.starts_with("--")), arg.values.as_slice())
    else {
        return None;
    };
    let is_misread = match beginning(plan, word) {
        Beginning::Nothing | Beginning::Unknown => true,
        Beginning::Character(c) => c == '-',
    };
    is_misread.then(|| {
        Word([&[Part::Literal([option, "="].concat().into())], word.0.as_slice()].concat())
    })
}

/// How a word begins.
enum Beginning {
    /// It is empty.
    Nothing,
    /// With a character.
    Character(char),
    /// Only the user's machine knows.
    Unknown,
}

fn beginning(plan: &Plan, word: &Word) -> Beginning {
    for part in &word.0 {
        let beginning = match part {
            Part::Literal(literal) => {
                literal.chars().next().map_or(Beginning::Nothing, Beginning::Character)
            }
            Part::Placeholder(_) | Part::Secret(_) => Beginning::Character('<'),
            Part::Variable(variable) => {
                match plan.variable(*variable).and_then(|variable| variable.words.first()) {
                    Some(word) => beginning(plan, word),
                    None => Beginning::Unknown,
                }
            }
            Part::Captured(_) | Part::Contents { .. } => Beginning::Unknown,
        };
        if !matches!(beginning, Beginning::Nothing) {
            return beginning;
        }
    }
    Beginning::Nothing
}

/// Renders a plan.
#[inline(never)]
pub fn render(plan: &Plan) -> Document {
    super::render(plan, configurator_core::choices::Shell::PowerShell)
}

pub(super) fn step_blocks(plan: &Plan, step: &Step) -> StepBlocks {
    // A node of the cluster has a POSIX shell.
    if step.place == Place::Node {
        return bash::step_blocks(plan, step);
    }
    let block = |write: &dyn Fn(&mut Writer)| {
        let mut writer = Writer::new(plan, Naming::Values);
        write(&mut writer);
        writer.0.block
    };
    let checks = step
        .checks
        .iter()
        .map(|check| CheckBlocks {
            probe: block(&|writer| match &check.probe {
                Probe::Tool(program) => {
                    writer.0.block.purpose = Purpose::Tool;
                    writer.0.block.push(Kind::Program, "Get-Command");
                    writer.0.block.plain([" -Name ", &quote(program.name()), "\n"].concat());
                }
                Probe::Query(Query { command, .. }) | Probe::Show(command) => {
                    writer.pasted_check(command)
                }
                Probe::Known(_) => {}
            }),
            remedy: check
                .otherwise
                .command
                .as_ref()
                .map(|command| block(&|writer| writer.run(command))),
        })
        .collect();
    StepBlocks {
        checks,
        actions: (!step.actions.is_empty()).then(|| block(&|writer| writer.pasted_actions(step))),
        undo: step.undo.as_ref().map(|undo| block(&|writer| writer.run(&undo.command))),
        notes: step
            .notes
            .iter()
            .map(|note| note.command.as_ref().map(|command| block(&|writer| writer.run(command))))
            .collect(),
    }
}

/// A command without line breaks, names put in.
pub(super) fn one_line(plan: &Plan, command: &Command) -> Block {
    let mut writer = Writer::new(plan, Naming::Values);
    writer.command_on_one_line(command);
    writer.0.block
}

/// Ends a block where a command failed, which said so itself.
const RETURN_ON_FAILURE: &str = "if ($LASTEXITCODE -ne 0) { return }";
/// Ends a file where a command failed, with its exit code: PowerShell itself goes on.
const EXIT_ON_FAILURE: &str = "if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }";
/// Ends what is pasted where a command failed, through all blocks around it, and leaves the session
/// open.
const THROW_ON_FAILURE: &str = "if ($LASTEXITCODE -ne 0) { throw \"exit code $LASTEXITCODE\" }";

/// What ends the commands of [`super::lines`] where one failed.
pub(super) const fn end_on_failure(target: Target) -> &'static str {
    match target {
        Target::File => EXIT_ON_FAILURE,
        Target::Prompt => THROW_ON_FAILURE,
    }
}

/// What goes around the commands of [`super::lines`]. A program that is missing ends them too; that
/// one fails is looked at after it, by every version in the same way.
pub(super) const fn lines(target: Target) -> (&'static str, &'static str) {
    match target {
        Target::File => (
            "$ErrorActionPreference = 'Stop'\n$PSNativeCommandUseErrorActionPreference = $false\n",
            "",
        ),
        Target::Prompt => (
            "& {\n$ErrorActionPreference = 'Stop'\n$PSNativeCommandUseErrorActionPreference = \
             $false\n",
            "}\n",
        ),
    }
}

/// What begins and ends the lines that end with the removal of files. Calls of .NET only: they go
/// on when somebody pressed Ctrl+C.
pub(super) fn removal(files: &[&str]) -> (String, String) {
    let files: Vec<String> = files.iter().map(|file| delete(&full_path(&quote(file)))).collect();
    ([FOLDER, "\ntry {\n"].concat(), ["}\nfinally { ", &files.join("; "), " }\n"].concat())
}

/// Says why nothing is run, and ends the block.
pub(super) fn refusal(reason: &str) -> String {
    ["throw ", &quote(reason), "\n"].concat()
}

/// The actions of a step as one block of [`super::lines`], whose failure ends the lines.
pub(super) fn actions_in_lines(plan: &Plan, step: &Step, target: Target) -> Option<Block> {
    let mut writer = Writer(Draft::new(plan, Naming::Values), Some(target));
    writer.pasted_actions(step);
    (!step.actions.is_empty()).then_some(writer.0.block)
}

/// A command on one line whose answer is kept.
pub(super) fn kept(answer: Var, command: Block) -> Block {
    let mut block = Block { purpose: Purpose::Capture, ..Block::default() };
    block.plain([&dollar(answer), " = "].concat());
    block.tokens.extend(command.tokens);
    block
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan, naming: Naming) -> Self {
        Self(Draft::new(plan, naming), None)
    }

    /// What ends a block where a command fails.
    fn on_failure(&self) -> &'static str {
        self.1.map_or(RETURN_ON_FAILURE, end_on_failure)
    }

    /// `HEAD {`, what is in it, `}`.
    fn braces(&mut self, head: &[&str], write: impl FnOnce(&mut Self)) {
        self.line_of(&[head, &[" {"]].concat());
        self.indented(write);
        self.line("}");
    }

    /// The same, where head and end are there for something else than what is in it.
    fn braces_on(&mut self, purpose: Purpose, head: &[&str], write: impl FnOnce(&mut Self)) {
        let within = std::mem::replace(&mut self.0.block.purpose, purpose);
        self.braces(head, |writer| writer.on(within, write));
        self.0.block.purpose = within;
    }

    /// A word as the pieces of one word of PowerShell, or of a string in an expression, where
    /// nothing stands without quotes.
    fn pieces(&self, word: &Word, bare: bool) -> Pieces {
        if let [part] = word.0.as_slice() {
            // Most words are one part.
            match part {
                Part::Literal(literal) if bare && is_plain(literal) => {
                    return Pieces::one(Piece { text: literal.clone(), is_placeholder: false });
                }
                Part::Literal(literal) => {
                    return Pieces::one(Piece {
                        text: quote(literal).into(),
                        is_placeholder: false,
                    });
                }
                Part::Variable(variable) if self.0.naming == Naming::Values => {
                    if let Some(word) =
                        self.0.plan.variable(*variable).and_then(|variable| variable.words.first())
                    {
                        return self.pieces(word, bare);
                    }
                }
                _ => {}
            }
        }
        let parts = self.0.resolve(word);
        let is_static = |part: &Part| match part {
            Part::Literal(literal) => is_printable_ascii(literal),
            Part::Placeholder(_) | Part::Secret(_) => true,
            _ => false,
        };
        let single = parts.iter().all(is_static);
        let quote = if single { "'" } else { "\"" };
        let last = parts.len().saturating_sub(1);
        let piece = |(index, part): (usize, &Part)| {
            let inner = |text: &str| if single { text.replace('\'', "''") } else { escape(text) };
            let (text, is_placeholder) = match part {
                Part::Literal(literal) => (inner(literal), false),
                Part::Placeholder(field) => (inner(&placeholder(*field)), true),
                Part::Secret(name) => (inner(&["<", name, ">"].concat()), true),
                Part::Variable(variable) | Part::Captured(variable) => {
                    (braced(&name(*variable)), false)
                }
                Part::Contents { path, encoding } => {
                    (braced(&frame::read_into(*path, *encoding)), false)
                }
            };
            let (before, after) =
                (if index == 0 { quote } else { "" }, if index == last { quote } else { "" });
            Piece { text: [before, &text, after].concat().into(), is_placeholder }
        };
        Pieces::of(parts.iter().enumerate().map(piece))
    }

    /// A word as a string, where its parts need no colors.
    fn string(&self, word: &Word) -> String {
        self.pieces(word, false).into_iter().map(|piece| piece.text).collect()
    }

    /// Whether a word without quotes would be taken for a pattern of file names, or for the home
    /// folder.
    fn is_pattern(&self, word: &Word) -> bool {
        flatten(word, self.0.plan)
            .is_some_and(|text| text.contains(['*', '?', '[', ']']) || text.starts_with('~'))
    }

    /// The actions of a step as one block that is complete when pasted alone and leaves nothing
    /// behind in the session.
    fn pasted_actions(&mut self, step: &Step) {
        let actions = step.actions.as_slice();
        let is_guarded = step.guards().next().is_some();
        if let [Action { operation: Operation::Remove(path), .. }] = actions {
            let path = quote(path);
            self.0.block.purpose = Purpose::Removal;
            return self.line_of(&[
                "if (Test-Path -LiteralPath ",
                &path,
                ") { Remove-Item -LiteralPath ",
                &path,
                " -Force }",
            ]);
        }
        if let [Action { operation, .. }] = actions
            && let Some(command) = run_by(operation)
            && !is_guarded
        {
            return self.run(command);
        }
        if !is_guarded
            && actions.iter().all(|action| {
                matches!(
                    action.operation,
                    Operation::Run(_) | Operation::Show(_) | Operation::Confirm(_)
                )
            })
        {
            return self.braces_on(Purpose::Envelope, &["&"], |writer| {
                actions.iter().for_each(|action| writer.pasted_action(&action.operation, false))
            });
        }
        let private: Vec<String> =
            frame::private_files(actions).map(|file| full_path(&quote(&file.path))).collect();
        self.braces_on(Purpose::Envelope, &["&"], |writer| {
            writer.line_on(Purpose::Warnings, "$ErrorActionPreference = 'Continue'");
            writer.line_on(Purpose::Writing, FOLDER);
            if !private.is_empty() {
                writer.on(Purpose::Helpers, Self::new_private);
                writer.line_on(Purpose::Writing, "$isWritten = $false");
            }
            // Within try an error ends more than its own statement.
            writer.braces_on(Purpose::Attempt, &["try"], |writer| {
                writer.read_files(actions, "throw");
                for path in &private {
                    writer.on(Purpose::Writing, |writer| {
                        writer.line_of(&["New-PrivateFile (", path, ")"])
                    });
                }
                for (index, action) in actions.iter().enumerate() {
                    let is_kept = frame::is_kept(step, index);
                    match step.guard(action) {
                        None => writer.pasted_action(&action.operation, is_kept),
                        Some(condition) => {
                            let condition = writer.condition(condition);
                            writer.braces_on(
                                Purpose::Condition,
                                &["if (", &condition, ")"],
                                |writer| writer.pasted_action(&action.operation, is_kept),
                            );
                        }
                    }
                }
                if !private.is_empty() {
                    writer.line_on(Purpose::Writing, "$isWritten = $true");
                }
            });
            if private.is_empty() {
                writer.line_on(Purpose::Attempt, "catch { throw }");
            } else {
                // Calls of .NET only: they go on when somebody pressed Ctrl+C.
                writer.0.block.purpose = Purpose::Writing;
                writer.line_of(&[
                    "finally { if (-not $isWritten) { ",
                    &private.iter().map(|path| delete(path)).collect::<Vec<_>>().join("; "),
                    " } }",
                ]);
            }
        });
    }

    /// An action in a block; `is_kept` says whether a later one asks for its answer.
    fn pasted_action(&mut self, operation: &Operation, is_kept: bool) {
        match operation {
            Operation::Confirm(Check { probe: Probe::Query(query_into), .. }) if is_kept => {
                self.pasted_query(query_into)
            }
            Operation::Run(_) | Operation::Show(_) | Operation::Confirm(_) => {
                if let Some(command) = run_by(operation) {
                    self.run(command);
                    if !matches!(operation, Operation::Show(_)) {
                        // What failed said so itself.
                        self.line_on(Purpose::Strictness, self.on_failure());
                    }
                }
            }
            Operation::Capture(capture) => self.capture(capture, "throw"),
            Operation::Write(file) => self.write_file(file, &full_path(&quote(&file.path))),
            Operation::Remove(path) => {
                self.line_on(Purpose::Removal, delete(&full_path(&quote(path))))
            }
        }
    }

    /// The command of a check in a block, with the looks that it needs; their failure ends the
    /// block, which has told why.
    fn pasted_check(&mut self, command: &Command) {
        let needed = frame::needed(self.0.plan, command);
        if needed.is_empty() {
            return self.run(command);
        }
        self.braces_on(Purpose::Envelope, &["&"], |writer| {
            for query_into in needed {
                writer.assign(query_into.into, &query_into.command);
                writer.line_on(Purpose::Strictness, writer.on_failure());
            }
            writer.run(command);
        });
    }

    /// A look whose answer a block keeps.
    fn pasted_query(&mut self, query_into: &Query) {
        self.query_into(query_into);
        if !query_into.may_fail {
            self.line_on(Purpose::Strictness, self.on_failure());
        }
    }

    /// Keeps the answer of a look; where it may fail, nothing then.
    fn query_into(&mut self, query_into: &Query) {
        if !query_into.may_fail {
            return self.assign(query_into.into, &query_into.command);
        }
        // The program may be missing, too.
        let answer = dollar(query_into.into);
        self.on(Purpose::Capture, |writer| {
            writer.line_of(&[&answer, " = ''"]);
            writer.braces(&["try"], |writer| {
                writer.assign(query_into.into, &query_into.command);
                writer.line_of(&["if ($LASTEXITCODE -ne 0) { ", &answer, " = '' }"]);
            });
            writer.line("catch { }");
        });
    }

    /// `$variable = @(command) …`: one string, with a line break between the lines.
    fn assign(&mut self, variable: Var, command: &Command) {
        self.on(Purpose::Capture, |writer| {
            writer.start_line();
            writer.0.block.plain(["$", &name(variable), " = @("].concat());
            writer.command(command);
            writer.0.block.plain(") -join \"`n\" -replace '\\r'\n");
        });
    }

    /// What a command prints, which must be as the plan says; else `STOP 'reason'`.
    fn capture(&mut self, capture: &Capture, stop: &str) {
        self.assign(capture.into, &capture.command);
        if self.1.is_some() {
            // The lines end with the exit code of the command, not with that of an error of their
            // own.
            self.line_on(Purpose::Strictness, self.on_failure());
        }
        let got = dollar(capture.into);
        let unwanted: String = capture.without.iter().chain(&['\n']).collect();
        let begins = match capture.begins_with {
            "" => [&got, " -eq ''"].concat(),
            beginning => {
                ["-not ", &got, ".StartsWith(", &quote(beginning), ", 'Ordinal')"].concat()
            }
        };
        let head = [
            "if ($LASTEXITCODE -ne 0 -or ",
            &begins,
            " -or ",
            &got,
            ".IndexOfAny([char[]] ",
            &quote(&unwanted),
            ") -ge 0)",
        ];
        self.on(Purpose::Capture, |writer| {
            writer.braces(&head, |writer| writer.line_of(&[stop, " ", &quote(&capture.otherwise)]))
        });
    }

    /// Reads the files whose contents go into others: before anything else of the step, so that no
    /// password is generated where one is missing.
    fn read_files(&mut self, actions: &[Action], stop: &str) {
        for (path, encoding) in frame::read_files(actions) {
            let from = self.string(&Word::from(path));
            let full = full_path(&from);
            let read = match encoding {
                Encoding::Text => [
                    "[System.IO.File]::ReadAllText(",
                    &full,
                    ").TrimEnd([char[]] ",
                    &quote("\r\n"),
                    ")",
                ]
                .concat(),
                Encoding::Base64 => {
                    ["[Convert]::ToBase64String([System.IO.File]::ReadAllBytes(", &full, "))"]
                        .concat()
                }
            };
            let name = frame::read_into(path, encoding);
            self.on(Purpose::Reading, |writer| {
                writer.line_of(&["$", &name, " = ", &read]);
                writer.line_of(&[
                    "if ($",
                    &name,
                    " -eq '') { ",
                    stop,
                    " (",
                    &quote(text::UNREADABLE),
                    " + ' ' + ",
                    &from,
                    ") }",
                ]);
            });
        }
    }

    /// Writes a file anew, at a path that is an expression; a private one was made before, and what
    /// goes into it was read. UTF-8 without a byte order mark, which the CLI cannot read.
    fn write_file(&mut self, file: &File, path: &str) {
        self.on(Purpose::Writing, |writer| {
            if !file.private {
                // What lies there is not written into: it may be a link.
                writer.line(delete(path));
            }
            writer.line_of(&["[System.IO.File]::WriteAllText(", path, ", (@("]);
            writer.file_lines(file);
            writer.line(") -join \"`n\") + \"`n\")");
        });
    }

    /// The lines of a file, each an expression on a line of its own.
    fn file_lines(&mut self, file: &File) {
        self.indented(|writer| {
            for line in &file.lines {
                writer.start_line();
                let about = frame::about_line(writer.0.plan, line);
                let parts = writer.0.resolve(line);
                if parts.is_empty() {
                    writer.0.block.plain("''");
                }
                for (index, part) in parts.into_iter().enumerate() {
                    if index > 0 {
                        writer.0.block.plain(" + ");
                    }
                    let (kind, text) = match part {
                        Part::Literal(literal) => (Kind::Value, quote(&literal)),
                        Part::Placeholder(field) => (Kind::Placeholder, quote(&placeholder(field))),
                        Part::Secret(name) => {
                            (Kind::Placeholder, quote(&["<", name, ">"].concat()))
                        }
                        Part::Variable(variable) | Part::Captured(variable) => {
                            (Kind::Value, dollar(variable))
                        }
                        Part::Contents { path, encoding } => {
                            (Kind::Value, ["$", &frame::read_into(path, encoding)].concat())
                        }
                    };
                    writer.0.block.push_about(kind, text, about);
                }
                writer.0.block.plain("\n");
            }
        });
    }

    fn new_private(&mut self) {
        self.lines(&frame::filled(NEW_PRIVATE, &[("NOT_PRIVATE", &quote(own::NOT_PRIVATE))]));
    }
}

/// The command of an action whose output is for the user.
fn run_by(operation: &Operation) -> Option<&Command> {
    match operation {
        Operation::Run(command) | Operation::Show(command) => Some(command),
        Operation::Confirm(check) => check.command(),
        Operation::Capture(_) | Operation::Write(_) | Operation::Remove(_) => None,
    }
}

/// Removes a file, where it exists; the path is an expression.
fn delete(path: &str) -> String {
    ["[System.IO.File]::Delete(", path, ")"].concat()
}

/// The path of a file for .NET, from an expression that is its path for everybody else.
fn full_path(path: &str) -> String {
    ["[System.IO.Path]::Combine($thisFolder, ", path, ")"].concat()
}

/// `New-PrivateFile PATH`: makes an empty file closed to others, before its text is fetched: no
/// password is generated for a file that cannot be written. What another user puts there meanwhile,
/// a link for instance, makes it fail.
///
/// On Linux and macOS nobody else can have it open, for it begins with its mode: by `sh`, as
/// PowerShell has no umask and .NET took a mode in 2022 only. The words of `sh` must do without
/// double quotes, which PowerShell 7.0 to 7.2 lose. Under Windows it has the rights of its folder
/// until icacls has taken them away.
const NEW_PRIVATE: &str = r#"function New-PrivateFile([string] $Path) {
  [System.IO.File]::Delete($Path)
  if ($env:OS -eq 'Windows_NT') {
    [System.IO.File]::Open($Path, 'CreateNew').Close()
    $sid = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
    icacls "${Path}" /inheritance:r /grant:r "*${sid}:F" | Out-Null
  }
  else {
    sh -c 'IFS=; umask 077; set -Cf; : >$0' "${Path}"
  }
  if ($LASTEXITCODE -ne 0 -or -not [System.IO.File]::Exists($Path)) { throw §NOT_PRIVATE§ }
}"#;

impl Writer<'_> {
    /// Names and answers are compared whole and in any case of letters, as PowerShell does by
    /// itself.
    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Absent { from, name } => listed(*from, "-notcontains ", &self.string(name)),
            Condition::Present { from, name } => listed(*from, "-contains ", &self.string(name)),
            Condition::Is { answer, value } => {
                [&dollar(*answer), " -eq ", &self.string(value)].concat()
            }
            Condition::IsNot { answer, value } => {
                [&dollar(*answer), " -ne ", &self.string(value)].concat()
            }
            Condition::FileAbsent(path) => {
                ["-not [System.IO.File]::Exists(", &full_path(&self.string(path)), ")"].concat()
            }
            Condition::All(all) if all.is_empty() => "$true".to_owned(),
            Condition::All(all) => all
                .iter()
                .map(|one| ["(", &self.condition(one), ")"].concat())
                .collect::<Vec<_>>()
                .join(" -and "),
            Condition::Not(condition) => ["-not (", &self.condition(condition), ")"].concat(),
        }
    }
}

/// Whether a word is one of the lines of an answer, or is not.
fn listed(answer: Var, operator: &str, word: &str) -> String {
    ["($", &name(answer), " -split '\\n') ", operator, word].concat()
}
