//! bash 3.2 or newer.
//!
//! Values are quoted so that no character in them has a meaning to bash, to the terminal, or to the
//! history expansion of an interactive bash that the text is pasted into. Text of the plan that is
//! not a value is only in comments and in quoted messages.

mod script;

pub(super) use script::script;

use super::document::{About, Block, CheckBlocks, Document, Kind, Purpose, StepBlocks};
use super::frame::{self, Draft, Naming, Piece, Pieces, Shell};
use crate::shell::sentences as text;
use configurator_core::choices::field_text::placeholder;
use configurator_core::plan::{
    Action, ArgValue, Capture, Check, Command, Condition, Encoding, Expectation, File, Note,
    Operation, Part, Place, Plan, Probe, Program, Query, Step, Var, Word,
};
use std::borrow::Cow;

/// Quotes a text as one word.
///
/// Bare where every character is plain; else in single quotes; with control characters in `$'…'`,
/// where each of them is an escape, so that a terminal or an interactive bash never sees one. NUL,
/// which no argument can hold, becomes U+FFFD.
pub fn quote(text: &str) -> Cow<'_, str> {
    if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(quote_always(text)) }
}

/// Whether a text is one word without quotes.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'-' | b'.' | b'/' | b':' | b'=' | b'@' | b',' | b'+')
    };
    // A leading ~ would need a quote, and = at the start is expanded by zsh.
    !text.is_empty() && text.bytes().all(plain) && !text.starts_with('=')
}

/// Quotes text like [`quote`], even if it needs no quotes: for messages, and for variables that
/// people edit.
fn quote_always(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    if frame::has_control(text) {
        quoted.push_str("$'");
        for c in text.chars() {
            match c {
                '\0' => quoted.push('\u{fffd}'),
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                '\\' => quoted.push_str("\\\\"),
                // C1 controls are two bytes of UTF-8. And to the history expansion of a bash older
                // than 4.3, \' would end the quotes.
                c if c.is_control() || c == '\'' => {
                    let mut bytes = [0; 4];
                    for byte in c.encode_utf8(&mut bytes).bytes() {
                        quoted.push_str(&format!("\\{byte:03o}"));
                    }
                }
                c => quoted.push(c),
            }
        }
        quoted.push('\'');
    } else if text.contains('\'')
        && !text.bytes().any(|byte| matches!(byte, b'"' | b'$' | b'`' | b'\\' | b'!'))
    {
        quoted.push('"');
        quoted.push_str(text);
        quoted.push('"');
    } else {
        quoted.push('\'');
        for (index, piece) in text.split('\'').enumerate() {
            if index > 0 {
                quoted.push_str("'\\''");
            }
            quoted.push_str(piece);
        }
        quoted.push('\'');
    }
    quoted
}

/// The value of a variable as one word.
fn value_of(variable: Var) -> String {
    ["\"$", variable.0, "\""].concat()
}

/// Every value of a list as a word.
fn values_of(list: Var) -> String {
    ["\"${", list.0, "[@]}\""].concat()
}

/// Writes text of one plan in bash.
struct Writer<'a>(Draft<'a>);

impl<'a> Shell<'a> for Writer<'a> {
    fn draft(&mut self) -> &mut Draft<'a> {
        &mut self.0
    }

    fn continued(&self) -> &'static str {
        " \\\n                  "
    }

    fn quoted<'t>(&self, text: &'t str) -> Cow<'t, str> {
        quote(text)
    }

    /// Git Bash takes an argument that begins with a slash for a path, and makes one of Windows of
    /// it. Where the plan itself says such a word, it is no path; what a user gave as one stands in
    /// a variable, is one, and must become one of Windows: so MSYS_NO_PATHCONV, for all words,
    /// would not do. A node is no Windows.
    fn before(&self, command: &Command) -> Option<String> {
        if matches!(command.program, Program::Sudo | Program::Crictl) {
            return None;
        }
        let words =
            command.args.iter().flat_map(|arg| &arg.values).filter_map(|value| match value {
                ArgValue::Word(Word(parts)) => parts.first(),
                ArgValue::Each { .. } => None,
            });
        let no_path = words.into_iter().find_map(|part| match part {
            Part::Literal(text) if text.starts_with('/') => {
                Some(text.split_inclusive('=').next().unwrap_or(text))
            }
            _ => None,
        })?;
        Some(["MSYS2_ARG_CONV_EXCL=", &quote(no_path)].concat())
    }

    fn argument(&self, word: &Word) -> Pieces {
        self.pieces(word)
    }

    fn each(&self, list: Var) -> String {
        values_of(list)
    }
}

/// Renders a plan.
#[inline(never)]
pub fn render(plan: &Plan) -> Document {
    super::render(plan, configurator_core::choices::Shell::Bash)
}

pub(super) fn step_blocks(plan: &Plan, step: &Step) -> StepBlocks {
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
                    writer.0.block.push(Kind::Program, "command");
                    writer.0.block.plain(format!(" -v {}\n", program.name()));
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

/// A command on one line whose answer is kept, less carriage returns: az prints them under Windows.
pub(super) fn kept(answer: Var, command: Block) -> Block {
    let mut block = Block { purpose: Purpose::Capture, ..Block::default() };
    block.plain([answer.0, "=$("].concat());
    block.tokens.extend(command.tokens);
    block.plain([")\n", answer.0, "=${", answer.0, "//$'\\r'/}"].concat());
    block
}

/// What goes around the commands of [`super::lines`]: a failure ends them, and not the session that
/// they are pasted into.
pub(super) const LINES: (&str, &str) = ("(\nset -euo pipefail\n", ")\n");

/// The actions of a step as one block of [`super::lines`], whose failure ends the lines.
pub(super) fn actions_in_lines(plan: &Plan, step: &Step) -> Option<Block> {
    let mut writer = Writer::new(plan, Naming::Values);
    writer.pasted_actions(step);
    if needs_subshell(step) {
        writer.on(Purpose::Strictness, |writer| writer.0.block.plain(AFTER_SUBSHELL));
    }
    (!step.actions.is_empty()).then_some(writer.0.block)
}

/// A bash older than 4 does not end where only a subshell fails.
const AFTER_SUBSHELL: &str = "exit_code=$?; [ \"$exit_code\" -eq 0 ] || exit \"$exit_code\"\n";

/// Ends a subshell at a signal. A zsh that a signal ends does not run the trap of EXIT otherwise.
const EXIT_AT_SIGNALS: &str = "trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM";

/// Removes files when the subshell ends, for any reason.
pub(super) fn removal(files: &[&str]) -> String {
    let files: Vec<Cow<'_, str>> = files.iter().map(|file| quote(file)).collect();
    let remove = quote_always(&["rm -f -- ", &files.join(" ")].concat());
    ["trap ", &remove, " EXIT\n", EXIT_AT_SIGNALS, "\n"].concat()
}

/// Says why nothing is run, and ends the subshell.
pub(super) fn refusal(reason: &str) -> String {
    ["echo ", &quote_always(reason), " >&2\nexit 1\n"].concat()
}

/// A script handed to bash by a here-document, so that no other shell reads it. By a file of its
/// own: bash asks at the terminal meanwhile.
pub(super) fn to_paste(script: &str) -> String {
    ["bash /dev/fd/3 3<<'", END_OF_SCRIPT, "'\n", script, END_OF_SCRIPT, "\n"].concat()
}

/// Ends the here-document of [`to_paste`]. No line of a script is this: every line of it begins
/// with the frame's own text.
const END_OF_SCRIPT: &str = "END_OF_SCRIPT";

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan, naming: Naming) -> Self {
        Self(Draft::new(plan, naming))
    }

    /// A word as the pieces of one shell word.
    fn pieces(&self, word: &Word) -> Pieces {
        match self.0.only_part(word) {
            Some(part) => Pieces::one(self.piece(part)),
            None => Pieces::of(self.0.resolve(word).iter().map(|part| self.piece(part))),
        }
    }

    fn piece(&self, part: &Part) -> Piece {
        let is_placeholder = matches!(part, Part::Placeholder(_) | Part::Secret(_));
        let text = match part {
            Part::Literal(literal) if is_plain(literal) => literal.clone(),
            Part::Literal(literal) => quote_always(literal).into(),
            Part::Placeholder(field) => quote_always(&placeholder(*field)).into(),
            Part::Secret(name) => quote_always(&["<", name, ">"].concat()).into(),
            Part::Variable(variable)
                if self.0.plan.variable(*variable).is_some_and(|variable| variable.list) =>
            {
                ["\"${", variable.0, "[*]}\""].concat().into()
            }
            Part::Variable(variable) | Part::Captured(variable) => value_of(*variable).into(),
            Part::Contents { path, encoding } => {
                ["\"$", &frame::read_into(*path, *encoding), "\""].concat().into()
            }
        };
        Piece { text, is_placeholder }
    }

    /// A word as one shell word, where its parts need no colors.
    fn word(&self, word: &Word) -> String {
        match self.0.only_part(word) {
            Some(part) => self.piece(part).text.into_owned(),
            None => self.pieces(word).into_iter().map(|piece| piece.text).collect(),
        }
    }

    /// The actions of a step as one block that is complete when pasted alone and leaves nothing
    /// behind in the session.
    ///
    /// No comments: an interactive zsh would run them.
    fn pasted_actions(&mut self, step: &Step) {
        let actions = &step.actions;
        let guards: Vec<&Condition> = step.guards().collect();
        if !needs_subshell(step) {
            for action in actions {
                match &action.operation {
                    Operation::Show(command) => self.run(command),
                    _ => self.pasted_action(action, false),
                }
            }
            return;
        }
        self.line_on(Purpose::Envelope, "(");
        self.indented(|writer| {
            writer.line_on(Purpose::Strictness, "set -euo pipefail");
            if guards.iter().any(|condition| !condition.answers().is_empty()) {
                // zsh does not know it.
                writer.line_on(Purpose::Check, "shopt -s nocasematch 2>/dev/null || :");
            }
            if guards.iter().any(|condition| compares_lists(condition)) {
                writer.on(Purpose::Helpers, |writer| writer.lines(LISTED));
            }
            writer.read_files(actions, |reason| format!("{{ echo {reason} >&2; exit 1; }}"));
            for file in frame::private_files(actions) {
                let path = quote(&file.path);
                writer.line_on(
                    Purpose::Writing,
                    format!("trap {} EXIT", quote_always(&format!("rm -f -- {path}"))),
                );
                writer.line_on(Purpose::Writing, EXIT_AT_SIGNALS);
                writer.make_private(&path);
            }
            for (index, action) in actions.iter().enumerate() {
                let is_kept = frame::is_kept(step, index);
                match step.guard(action) {
                    None => writer.pasted_action(action, is_kept),
                    Some(condition) => {
                        let condition = writer.condition(condition);
                        writer.line_on(Purpose::Condition, format!("if {condition}; then"));
                        writer.indented(|writer| writer.pasted_action(action, is_kept));
                        writer.line_on(Purpose::Condition, "fi");
                    }
                }
            }
        });
        self.line_on(Purpose::Envelope, ")");
    }

    /// An action in a block; `is_kept` says whether a later one asks for its answer.
    fn pasted_action(&mut self, action: &Action, is_kept: bool) {
        match &action.operation {
            Operation::Run(command) => self.run_with_care(command),
            Operation::Show(command) => self.show(command),
            Operation::Capture(capture) => self
                .capture(capture, |message| format!("echo {} >&2; exit 1", quote_always(message))),
            Operation::Write(file) => {
                self.write_file(file, &quote(&file.path));
                if file.private {
                    self.line_on(Purpose::Writing, "trap - EXIT");
                }
            }
            Operation::Remove(path) => {
                self.line_on(Purpose::Removal, format!("rm -f -- {}", quote(path)))
            }
            Operation::Confirm(Check { probe: Probe::Query(query_into), .. }) if is_kept => {
                self.assign_answer(query_into)
            }
            Operation::Confirm(Check { probe: Probe::Query(query_into), .. }) => {
                self.run(&query_into.command)
            }
            Operation::Confirm(_) => {}
        }
    }

    /// The command of a check in a block, with the looks that it needs; their failure ends the
    /// block, which has told why.
    fn pasted_check(&mut self, command: &Command) {
        let needed = frame::needed(self.0.plan, command);
        if needed.is_empty() {
            return self.run(command);
        }
        self.line_on(Purpose::Envelope, "(");
        self.indented(|writer| {
            for query_into in needed {
                writer.assign(query_into.into, &query_into.command, false, " || exit 1");
            }
            writer.run(command);
        });
        self.line_on(Purpose::Envelope, ")");
    }

    /// A command on lines of its own; in a subshell where its files are for this user only.
    fn run_with_care(&mut self, command: &Command) {
        if !command.private {
            return self.run(command);
        }
        self.on(Purpose::Privacy, |writer| {
            writer.start_line();
            writer.0.block.plain("(umask 077 && ");
            writer.command(command);
            // A bash older than 4 does not end where only a subshell fails.
            writer.0.block.plain(") || exit 1\n");
        });
    }

    /// A command whose failure does not end anything. It gets no input: az would ask whether to
    /// install an extension that is missing.
    fn show(&mut self, command: &Command) {
        self.on(Purpose::Lenience, |writer| {
            writer.start_line();
            writer.command(command);
            writer.0.block.plain(" </dev/null || :\n");
        });
    }

    /// Keeps the answer of a look; where it may fail, nothing then.
    fn assign_answer(&mut self, query_into: &Query) {
        self.assign(
            query_into.into,
            &query_into.command,
            query_into.may_fail,
            &if query_into.may_fail {
                format!(" || {}=''", query_into.into.0)
            } else {
                String::new()
            },
        );
    }

    /// `variable=$(command)`, less carriage returns: az prints them under Windows.
    fn assign(&mut self, variable: Var, command: &Command, quiet: bool, otherwise: &str) {
        self.on(Purpose::Capture, |writer| {
            writer.start_line();
            writer.0.block.plain([variable.0, "=$("].concat());
            writer.command(command);
            // A look that may fail must not wait for an answer either: az asks for a user's name
            // where it may not log in to the registry itself.
            writer.0.block.plain(if quiet { " </dev/null 2>/dev/null)" } else { ")" });
            writer.0.block.plain(otherwise.to_owned());
            writer.0.block.plain("\n");
            writer.line([variable.0, "=${", variable.0, "//$'\\r'/}"].concat());
        });
    }

    fn capture(&mut self, capture: &Capture, stop: impl Fn(&str) -> String) {
        self.assign(capture.into, &capture.command, false, "");
        let mut unwanted: Vec<String> =
            capture.without.iter().map(|c| format!("*\\{c}*")).collect();
        unwanted.push("*$'\\n'*".to_owned());
        let stop = stop(&capture.otherwise);
        self.on(Purpose::Capture, |writer| {
            writer.line(format!("case ${} in", capture.into.0));
            writer.indented(|writer| {
                writer.line(format!("{}) {stop} ;;", unwanted.join(" | ")));
                if capture.begins_with.is_empty() {
                    writer.line("?*) ;;");
                } else {
                    writer.line(format!("{}*) ;;", quote(capture.begins_with)));
                }
                writer.line(format!("*) {stop} ;;"));
            });
            writer.line("esac");
        });
    }

    /// Reads the files whose contents go into others: before anything else of the step, so that no
    /// password is generated where one is missing.
    fn read_files(&mut self, actions: &[Action], stop: impl Fn(&str) -> String) {
        for (path, encoding) in frame::read_files(actions) {
            let from = self.word(&Word::from(path));
            let read = match encoding {
                Encoding::Text => format!("cat <{from}"),
                Encoding::Base64 => format!("base64 <{from} | tr -d '\\r\\n'"),
            };
            let name = frame::read_into(path, encoding);
            let stop = stop(&format!("{}{from}", quote_always(&format!("{} ", text::UNREADABLE))));
            self.on(Purpose::Reading, |writer| {
                writer.line(format!("{name}=$({read}) || {name}=''"));
                writer.line(format!("[ -n \"${name}\" ] || {stop}"));
            });
        }
    }

    /// Makes a private file, empty and with its mode, so that its text is never there for others to
    /// read; before anything else of the step, so that no password is generated for a file that
    /// cannot be written.
    fn make_private(&mut self, path: &str) {
        self.line_on(Purpose::Writing, format!("rm -f -- {path}"));
        // -C: what another user puts there meanwhile, a link for instance, is not followed. And a
        // bash older than 4 does not end where only a subshell fails.
        self.line_on(Purpose::Writing, format!("(umask 077 && set -C && : >{path}) || exit 1"));
    }

    /// Writes a file; a private one was made before, and what goes into it was read.
    fn write_file(&mut self, file: &File, path: &str) {
        self.on(Purpose::Writing, |writer| {
            if !file.private {
                writer.line(format!("rm -f -- {path}"));
            }
            writer.start_line();
            writer.0.block.plain("printf '%s\\n'");
            for line in &file.lines {
                let about = frame::about_line(writer.0.plan, line);
                writer.0.block.plain(" ");
                for piece in writer.pieces(line).into_iter() {
                    writer.0.block.push_about(
                        if piece.is_placeholder { Kind::Placeholder } else { Kind::Value },
                        piece.text,
                        about,
                    );
                }
            }
            // A zsh in which noclobber is set creates no file for >>.
            let append = if file.private { " >>" } else { " >|" };
            writer.0.block.plain(format!("{append}{path}\n"));
        });
    }

    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Absent { from, name } => {
                format!("! listed {} \"${}\"", self.word(name), from.0)
            }
            Condition::Present { from, name } => {
                format!("listed {} \"${}\"", self.word(name), from.0)
            }
            Condition::Is { answer, value } => {
                format!("[[ ${} == {} ]]", answer.0, self.word(value))
            }
            Condition::IsNot { answer, value } => {
                format!("[[ ${} != {} ]]", answer.0, self.word(value))
            }
            Condition::FileAbsent(path) => format!("[ ! -e {} ]", self.word(path)),
            Condition::All(all) => {
                all.iter().map(|one| self.condition(one)).collect::<Vec<_>>().join(" && ")
            }
            Condition::Not(condition) => format!("! {}", self.grouped(condition)),
        }
    }

    /// A condition as one command.
    fn grouped(&self, condition: &Condition) -> String {
        match condition {
            Condition::All(_) | Condition::Not(_) | Condition::Absent { .. } => {
                format!("{{ {}; }}", self.condition(condition))
            }
            _ => self.condition(condition),
        }
    }
}

/// `listed NAME LINES`: whether the name is one of the lines.
const LISTED: &str = r#"listed() {
  [[ $'\n'$2$'\n' == *$'\n'"$1"$'\n'* ]]
}"#;

/// Whether the actions of a step are pasted as one subshell.
fn needs_subshell(step: &Step) -> bool {
    let is_one = |action: &Action| {
        matches!(&action.operation, Operation::Capture(_) | Operation::Write(_))
            || is_private(&action.operation)
    };
    step.guards().next().is_some() || step.actions.iter().any(is_one)
}

/// Whether an action makes files that are for this user only.
fn is_private(operation: &Operation) -> bool {
    matches!(operation, Operation::Run(command) if command.private)
}

fn compares_lists(condition: &Condition) -> bool {
    match condition {
        Condition::Absent { .. } | Condition::Present { .. } => true,
        Condition::Is { .. } | Condition::IsNot { .. } | Condition::FileAbsent(_) => false,
        Condition::All(all) => all.iter().any(compares_lists),
        Condition::Not(condition) => compares_lists(condition),
    }
}
