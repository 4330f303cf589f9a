//! bash 3.2 or newer.
//!
//! Values are quoted so that no character in them means anything to bash, nor to the terminal or the history expansion of an interactive bash
//! that the text is pasted into. Text of the plan that is not a value stands only in comments and in quoted messages.

use super::document::{Block, CheckBlocks, Document, Kind, StepBlocks};
use crate::plan::{Act, Action, Arg, Capture, Check, Command, Condition, Encoding, File, Must, Part, Place, Plan, Probe, Step, Value, Var, Word};
use crate::text::fields::placeholder;
use crate::text::script as text;
use std::borrow::Cow;

/// Quotes a text as one word.
///
/// Bare where every character is plain; else in single quotes; with control characters in `$'…'`, where each of them is an escape, so that a
/// terminal or an interactive bash never sees one. NUL, which no argument can hold, becomes U+FFFD.
pub fn quote(text: &str) -> Cow<'_, str> {
    if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(quote_always(text)) }
}

/// Whether a text is one word without quotes.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'/' | b':' | b'=' | b'@' | b',' | b'+');
    // A leading ~ would need a quote, and = at the start is expanded by zsh.
    !text.is_empty() && text.bytes().all(plain) && !text.starts_with('=')
}

/// Whether a control character is in a text.
fn has_control(text: &str) -> bool {
    // Each has one of these bytes in UTF-8, so most texts need no closer look.
    text.bytes().any(|byte| byte < b' ' || matches!(byte, 0x7f | 0xc2)) && text.contains(char::is_control)
}

fn quote_always(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    if has_control(text) {
        quoted.push_str("$'");
        for c in text.chars() {
            match c {
                '\0' => quoted.push('\u{fffd}'),
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                '\\' => quoted.push_str("\\\\"),
                // C1 controls are two bytes of UTF-8. And to the history expansion of a bash older than 4.3, \' would end the quotes.
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
    } else if text.contains('\'') && !text.bytes().any(|byte| matches!(byte, b'"' | b'$' | b'`' | b'\\' | b'!')) {
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

/// As many blanks as any line begins with.
const INDENT: &str = "                ";

/// The end of a line that goes on in the next, and the indentation of that.
const CONTINUED: &str = " \\\n                  ";

/// The longest command that stays on one line, in bytes: what fits beside the form.
const SHORT: usize = 76;

/// A part of a word as shell text.
struct Piece {
    text: Cow<'static, str>,
    kind: Kind,
}

impl Piece {
    fn of(part: &Part) -> Self {
        let text = match part {
            Part::Literal(literal) if is_plain(literal) => literal.clone(),
            Part::Literal(literal) => quote_always(literal).into(),
            Part::Hole(field) => return Self { text: quote_always(&placeholder(*field)).into(), kind: Kind::Hole },
            Part::Variable(variable) | Part::Captured(variable) => value_of(*variable).into(),
            Part::Contents { path, encoding } => contents(path, *encoding),
        };
        Self { text, kind: Kind::Value }
    }
}

/// Takes a word apart into the pieces of one shell word.
fn each_piece(plan: &Plan, naming: Naming, word: &Word, mut take: impl FnMut(Piece)) {
    let value = |part: &Part| match part {
        Part::Variable(variable) if naming == Naming::Values => plan.variable(*variable).and_then(|variable| variable.words.first()),
        _ => None,
    };
    // Most words are of one part that is no variable.
    if let [part] = word.0.as_slice()
        && value(part).is_none()
    {
        return take(Piece::of(part));
    }
    let mut parts = Vec::new();
    resolve(word, &value, &mut parts);
    if parts.is_empty() {
        take(Piece { text: "''".into(), kind: Kind::Value });
    }
    parts.iter().map(Piece::of).for_each(take);
}

/// Adds the parts of a word, those replaced that have a value, literals beside each other joined.
fn resolve<'a>(word: &'a Word, value: &impl Fn(&Part) -> Option<&'a Word>, resolved: &mut Vec<Part>) {
    for part in &word.0 {
        match (value(part), resolved.last_mut(), part) {
            (Some(word), _, _) => resolve(word, value, resolved),
            (None, Some(Part::Literal(before)), Part::Literal(after)) => before.to_mut().push_str(after),
            (None, _, part) => resolved.push(part.clone()),
        }
    }
}

/// The value of a variable as one word.
fn value_of(variable: Var) -> String {
    ["\"$", variable.0, "\""].concat()
}

/// Every value of a list as a word.
fn values_of(list: Var) -> String {
    ["\"${", list.0, "[@]}\""].concat()
}

/// How the variables of a plan stand in a text.
#[derive(Clone, Copy, PartialEq)]
enum Naming {
    /// By name: in a script, which sets them at its top.
    Variables,
    /// By value: in a block that is pasted alone.
    Values,
}

/// Writes text of one plan, line by line.
struct Writer<'a> {
    plan: &'a Plan,
    naming: Naming,
    block: Block,
    indent: usize,
}

/// Renders a plan.
pub fn render(plan: &Plan) -> Document {
    Document { steps: plan.steps.iter().map(|step| step_blocks(plan, step)).collect(), script: script(plan), settings: settings(plan) }
}

fn step_blocks(plan: &Plan, step: &Step) -> StepBlocks {
    let block = |write: &dyn Fn(&mut Writer)| {
        let mut writer = Writer::new(plan, Naming::Values);
        write(&mut writer);
        writer.block
    };
    let checks = step
        .checks
        .iter()
        .map(|check| CheckBlocks {
            probe: block(&|writer| match &check.probe {
                Probe::Tool(program) => {
                    writer.block.push(Kind::Program, "command");
                    writer.block.plain(format!(" -v {}\n", program.name()));
                }
                Probe::Look(look) => writer.run(&look.command),
            }),
            remedy: check.otherwise.command.as_ref().map(|command| block(&|writer| writer.run(command))),
        })
        .collect();
    StepBlocks {
        checks,
        actions: (!step.actions.is_empty()).then(|| block(&|writer| writer.pasted_actions(&step.actions))),
        undo: step.undo.as_ref().map(|undo| block(&|writer| writer.run(&undo.command))),
    }
}

/// The first private file of the plan, with placeholders for what only the user's machine knows.
fn settings(plan: &Plan) -> Option<Block> {
    let file = plan.steps.iter().flat_map(|step| &step.actions).find_map(|action| match &action.act {
        Act::Write(file) if file.private => Some(file),
        _ => None,
    })?;
    let mut block = Block::default();
    for line in &file.lines {
        for part in &line.0 {
            match part {
                Part::Literal(literal) => block.push(Kind::Plain, literal.clone()),
                Part::Captured(variable) | Part::Variable(variable) => block.push(Kind::Hole, format!("<{}>", variable.0.replace('_', " "))),
                Part::Hole(field) => block.push(Kind::Hole, placeholder(*field)),
                Part::Contents { encoding: Encoding::Base64, .. } => block.push(Kind::Hole, text::BASE64_OF_FILE),
                Part::Contents { encoding: Encoding::Text, .. } => block.push(Kind::Hole, text::CONTENTS_OF_FILE),
            }
        }
        block.plain("\n");
    }
    Some(block)
}

impl<'a> Writer<'a> {
    fn new(plan: &'a Plan, naming: Naming) -> Self {
        Self { plan, naming, block: Block::default(), indent: 0 }
    }

    fn start_line(&mut self) {
        if self.indent > 0 {
            self.block.plain(&INDENT[..2 * self.indent]);
        }
    }

    fn line(&mut self, text: impl AsRef<str>) {
        self.block.plain([&INDENT[..2 * self.indent], text.as_ref(), "\n"].concat());
    }

    fn lines(&mut self, text: &str) {
        let mut lines = String::with_capacity(2 * text.len());
        for line in text.lines() {
            lines.extend([&INDENT[..2 * self.indent], line, "\n"]);
        }
        self.block.plain(lines);
    }

    fn blank(&mut self) {
        self.block.plain("\n");
    }

    /// A comment of one paragraph, wrapped.
    fn comment(&mut self, text: &str) {
        let mut line = String::from("#");
        for word in text.split_whitespace() {
            if line.len() > 1 && line.len() + word.len() >= 78 {
                self.comment_line(&line);
                line.truncate(1);
            }
            line.push(' ');
            line.push_str(word);
        }
        self.comment_line(&line);
    }

    fn comment_line(&mut self, line: &str) {
        self.start_line();
        // Whatever else it holds, it stays one line, and a terminal sees no control character.
        self.block.push(Kind::Comment, if has_control(line) { line.replace(char::is_control, " ") } else { line.to_owned() });
        self.block.plain("\n");
    }

    fn indented(&mut self, write: impl FnOnce(&mut Self)) {
        self.indent += 1;
        write(self);
        self.indent -= 1;
    }

    /// A word as one shell word, where its parts need no colors.
    fn word(&self, word: &Word) -> String {
        let mut text = String::new();
        each_piece(self.plan, self.naming, word, |piece| text.push_str(&piece.text));
        text
    }

    /// A command on one line where it is short, else each option on a line of its own.
    fn command(&mut self, command: &Command) {
        let start = self.block.tokens.len();
        let breaks = self.command_on_one_line(command);
        let length: usize = self.block.tokens.iter().skip(start).map(|token| token.text.len()).sum();
        if command.args.len() > 1 && length > SHORT {
            for token in breaks {
                self.block.tokens[token].text = Cow::Borrowed(&CONTINUED[..5 + 2 * self.indent]);
            }
        }
    }

    /// A command, and the tokens in front of its options where it could be broken.
    fn command_on_one_line(&mut self, command: &Command) -> Vec<usize> {
        let mut breaks = Vec::with_capacity(command.args.len());
        let mut name = String::with_capacity(40);
        name.push_str(command.program.name());
        for word in command.subcommand {
            name.push(' ');
            name.push_str(&quote(word));
        }
        self.block.push(Kind::Program, name);
        for (index, arg) in command.args.iter().enumerate() {
            // A positional argument stays with what it belongs to.
            if arg.option.is_some() || index > 0 {
                breaks.push(self.block.tokens.len());
            }
            self.block.push(Kind::Plain, " ");
            if let Some(option) = arg.option {
                self.block.of_arg(Kind::Option, option, arg);
            }
            for (place, value) in arg.values.iter().enumerate() {
                if arg.option.is_some() || place > 0 {
                    self.block.plain(" ");
                }
                self.value(value, arg);
            }
        }
        breaks
    }

    fn value(&mut self, value: &Value, arg: &Arg) {
        match value {
            Value::Word(word) => {
                each_piece(self.plan, self.naming, word, |piece| self.block.of_arg(piece.kind, piece.text, arg));
            }
            Value::Each { each } => match (self.naming, self.plan.variable(*each)) {
                (Naming::Values, Some(variable)) => {
                    for (place, word) in variable.words.iter().enumerate() {
                        if place > 0 {
                            self.block.plain(" ");
                        }
                        self.value(&Value::Word(word.clone()), arg);
                    }
                }
                _ => self.block.of_arg(Kind::Value, values_of(*each), arg),
            },
        }
    }

    /// A command on lines of its own.
    fn run(&mut self, command: &Command) {
        self.start_line();
        self.command(command);
        self.block.plain("\n");
    }

    /// The actions of a step as one block that is complete when pasted alone and leaves nothing behind in the session.
    ///
    /// No comments: an interactive zsh would run them.
    fn pasted_actions(&mut self, actions: &[Action]) {
        let needs_subshell = actions.iter().any(|action| matches!(action.act, Act::Capture(_) | Act::Write(_)));
        if !needs_subshell {
            for action in actions {
                match &action.act {
                    Act::Run(command) | Act::Show(command) => self.run(command),
                    Act::Confirm(Check { probe: Probe::Look(look), .. }) => self.run(&look.command),
                    Act::Remove(path) => self.line(format!("rm -f -- {}", quote(path))),
                    Act::Confirm(_) | Act::Capture(_) | Act::Write(_) => {}
                }
            }
            return;
        }
        self.line("(");
        self.indented(|writer| {
            writer.line("set -eu");
            for file in private_files(actions) {
                let path = quote(&file.path);
                writer.line(format!("trap {} EXIT", quote_always(&format!("rm -f -- {path}"))));
                writer.make_private(&path);
            }
            for action in actions {
                match &action.act {
                    Act::Run(command) | Act::Show(command) => writer.run(command),
                    Act::Capture(capture) => writer.capture(capture, |message| format!("echo {} >&2; exit 1", quote_always(message))),
                    Act::Write(file) => {
                        writer.write_file(file, &quote(&file.path));
                        if file.private {
                            writer.line("trap - EXIT");
                        }
                    }
                    Act::Remove(path) => writer.line(format!("rm -f -- {}", quote(path))),
                    Act::Confirm(Check { probe: Probe::Look(look), .. }) => writer.run(&look.command),
                    Act::Confirm(_) => {}
                }
            }
        });
        self.line(")");
    }

    /// `variable=$(command)`, less carriage returns: az prints them under Windows.
    fn assign(&mut self, variable: Var, command: &Command, quiet: bool, otherwise: &str) {
        self.start_line();
        self.block.plain([variable.0, "=$("].concat());
        self.command(command);
        self.block.plain(if quiet { " 2>/dev/null)" } else { ")" });
        self.block.plain(otherwise.to_owned());
        self.block.plain("\n");
        self.line([variable.0, "=${", variable.0, "//$'\\r'/}"].concat());
    }

    fn capture(&mut self, capture: &Capture, stop: impl Fn(&str) -> String) {
        self.assign(capture.into, &capture.command, false, "");
        let mut unwanted: Vec<String> = capture.without.iter().map(|c| format!("*\\{c}*")).collect();
        unwanted.push("*$'\\n'*".to_owned());
        let stop = stop(&capture.otherwise);
        self.line(format!("case ${} in", capture.into.0));
        self.indented(|writer| {
            writer.line(format!("{}) {stop} ;;", unwanted.join(" | ")));
            writer.line(format!("{}*) ;;", quote(capture.begins_with)));
            writer.line(format!("*) {stop} ;;"));
        });
        self.line("esac");
    }

    /// Makes a private file, empty and with its mode, so that its text is never there for others to read; before anything else of the step, so
    /// that no password is generated for a file that cannot be written.
    fn make_private(&mut self, path: &str) {
        self.line(format!("rm -f -- {path}"));
        // -C: what another user puts there meanwhile, a link for instance, is not followed. And a bash older than 4 does not end where only a
        // subshell fails.
        self.line(format!("(umask 077 && set -C && : >{path}) || exit 1"));
    }

    /// Writes a file; a private one was made before.
    fn write_file(&mut self, file: &File, path: &str) {
        if !file.private {
            self.line(format!("rm -f -- {path}"));
        }
        self.start_line();
        self.block.plain("printf '%s\\n'");
        for line in &file.lines {
            self.block.plain(" ");
            each_piece(self.plan, self.naming, line, |piece| self.block.push(piece.kind, piece.text));
        }
        self.block.plain(format!(" >>{path}\n"));
    }

    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Absent { from, name } => format!("! listed {} \"${}\"", self.word(name), from.0),
            Condition::Present { from, name } => format!("listed {} \"${}\"", self.word(name), from.0),
            Condition::Is { answer, value } => format!("[[ ${} == {} ]]", answer.0, self.word(value)),
            Condition::IsNot { answer, value } => format!("[[ ${} != {} ]]", answer.0, self.word(value)),
            Condition::All(all) => all.iter().map(|one| self.condition(one)).collect::<Vec<_>>().join(" && "),
        }
    }

    /// A check in a script.
    fn check(&mut self, check: &Check) {
        self.line(format!("check {}", quote_always(&check.title)));
        match &check.probe {
            Probe::Tool(program) => {
                self.start_line();
                self.block.plain(format!("command -v {} >/dev/null", program.name()));
                self.or_stop(check);
            }
            Probe::Look(look) if check.must == Must::Answer && !look.may_fail => {
                self.start_line();
                self.block.plain(format!("{}=$(", look.into.0));
                self.command(&look.command);
                self.block.plain(")");
                self.or_stop(check);
                self.line(format!("{0}=${{{0}//$'\\r'/}}", look.into.0));
            }
            Probe::Look(look) => {
                self.assign(look.into, &look.command, look.may_fail, &format!(" || {}=''", look.into.0));
                let answer = look.into.0;
                let test = match &check.must {
                    Must::Answer => return,
                    Must::Be(word) => format!("[[ ${answer} == {} ]]", self.word(word)),
                    Must::BeGiven => format!("[[ -n ${answer} ]]"),
                    Must::BeAtLeast(version) => format!("at_least \"${answer}\" {}", quote(version)),
                };
                self.start_line();
                self.block.plain(test);
                self.or_stop(check);
            }
        }
    }

    /// ` || stop …` with the remedy.
    fn or_stop(&mut self, check: &Check) {
        self.block.plain(format!(" ||\n{}stop {}", &INDENT[..2 * self.indent + 2], quote_always(&check.otherwise.message)));
        if let Some(command) = &check.otherwise.command {
            self.block.plain(" ");
            self.command_on_one_line(command);
        }
        self.block.plain("\n");
    }

    /// The actions of a step in a script.
    fn actions(&mut self, step: &Step) {
        for file in private_files(&step.actions) {
            // From here on the file goes whenever the script ends.
            self.line(format!("private={}", quote_always(&file.path)));
            self.make_private("\"$private\"");
        }
        for (index, action) in step.actions.iter().enumerate() {
            self.action(action);
            // What comes after a look at the result is of this step again.
            if matches!(action.act, Act::Confirm(_)) && index + 1 < step.actions.len() {
                self.line(format!("step={}", quote_always(&step.title)));
            }
        }
    }

    /// An action in a script.
    fn action(&mut self, action: &Action) {
        if let Some(condition) = &action.only_if {
            self.line(format!("if {}; then", self.condition(condition)));
            self.indented(|writer| writer.act(&action.act));
            self.line("fi");
        } else {
            self.act(&action.act);
        }
    }

    /// Whether the plan writes a private file of this name.
    fn writes_privately(&self, path: &str) -> bool {
        let mut acts = self.plan.steps.iter().flat_map(|step| &step.actions).map(|action| &action.act);
        acts.any(|act| matches!(act, Act::Write(file) if file.private && file.path == path))
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Run(command) => self.run(command),
            Act::Show(command) => {
                self.start_line();
                self.command(command);
                self.block.plain(" || :\n");
            }
            Act::Capture(capture) => self.capture(capture, |message| format!("stop {}", quote_always(message))),
            Act::Write(file) if file.private => self.write_file(file, "\"$private\""),
            Act::Write(file) => self.write_file(file, &quote_always(&file.path)),
            Act::Remove(path) if self.writes_privately(path) => {
                // Only what was written here: a file of this name may be the user's own.
                self.line("if [ -n \"$private\" ]; then");
                self.indented(|writer| {
                    writer.line("rm -f -- \"$private\"");
                    writer.line("private=''");
                });
                self.line("fi");
            }
            Act::Remove(path) => self.line(format!("rm -f -- {}", quote_always(path))),
            Act::Confirm(check) => self.check(check),
        }
    }
}

/// The contents of a file as a piece of a word.
fn contents(path: &str, encoding: Encoding) -> Cow<'static, str> {
    let path = quote_always(path);
    match encoding {
        Encoding::Text => format!("\"$(cat <{path})\"").into(),
        Encoding::Base64 => format!("\"$(base64 <{path} | tr -d '\\r\\n')\"").into(),
    }
}

/// `begin TITLE`, `check TITLE`, `stop REASON [COMMAND…]`, and what happens at the end, however it comes.
const FRAME: &str = r#"step=''
told=no
private=''
begin() {
  step=$1
  printf '\n== %s\n' "$1"
}
check() {
  step=$1
  printf -- '- %s\n' "$1"
}
stop() {
  printf '\nSTOPPED %s\nREASON %s\n' "$step" "$1" >&2
  told=yes
  shift
  if [ $# -gt 0 ]; then
    printf 'RUN_THIS\n ' >&2
    printf ' %q' "$@" >&2
    printf '\n' >&2
  fi
  exit 1
}
finish() {
  local status=$?
  if [ -n "$private" ]; then
    rm -f -- "$private" || :
  fi
  if [ "$status" -ne 0 ] && [ "$told" = no ]; then
    printf '\nSTOPPED %s (%s)\n' "$step" "$status" >&2
  fi
}
trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM"#;

/// `listed NAME LINES`: whether the name is one of the lines.
const LISTED: &str = r#"listed() {
  [[ $'\n'$2$'\n' == *$'\n'"$1"$'\n'* ]]
}"#;

/// `at_least VERSION OLDEST`: compares numbers with dots.
const AT_LEAST: &str = r#"at_least() {
  local have=$1. oldest=$2. left right
  while [ -n "$oldest" ]; do
    left=${have%%.*}
    right=${oldest%%.*}
    have=${have#*.}
    oldest=${oldest#*.}
    left=${left%%[^0-9]*}
    if [ "${left:-0}" -gt "$right" ]; then
      return 0
    fi
    if [ "${left:-0}" -lt "$right" ]; then
      return 1
    fi
  done
}"#;

/// `ask QUESTION`: goes on only if the answer is yes.
const ASK: &str = r#"ask() {
  local answer
  if [ "$yes" = yes ]; then
    printf '%s yes (--yes)\n' "$1"
    return 0
  fi
  printf '%s [y/N] ' "$1"
  read -r answer || answer=''
  case $answer in
    y | yes) ;;
    *) stop DECLINED ;;
  esac
}"#;

/// The whole as a script: checks first, questions second, changes last.
fn script(plan: &Plan) -> Block {
    let mut writer = Writer::new(plan, Naming::Variables);
    writer.block.push(Kind::Comment, "#!/usr/bin/env bash");
    writer.blank();
    writer.comment(&plan.title);
    writer.comment("");
    for sentence in plan.summary.iter().map(Cow::as_ref).chain(text::ABOUT.iter().copied()) {
        writer.comment(sentence);
    }
    writer.blank();
    writer.line("main() (");
    writer.indented(|writer| writer.body());
    writer.line(")");
    writer.line("main \"$@\"");
    writer.block
}

impl Writer<'_> {
    fn body(&mut self) {
        self.line("set -euo pipefail");
        self.comment(text::NO_CASE);
        self.line("shopt -s nocasematch");
        self.blank();
        self.names();
        self.blank();
        self.frame();
        self.blank();
        self.readiness();
        self.phase(text::CHECKS);
        for check in self.plan.steps.iter().filter(|step| step.place == Place::Workstation).flat_map(|step| &step.checks) {
            self.check(check);
        }
        self.blank();
        self.phase(text::QUESTIONS);
        self.line(format!("step={}", quote_always(text::STEP_QUESTIONS)));
        self.line(format!("[ \"$yes\" = yes ] || [ -t 0 ] || stop {}", quote_always(text::NO_TERMINAL)));
        for ask in self.plan.steps.iter().flat_map(|step| &step.asks) {
            self.line(format!("if {}; then", self.condition(&ask.condition)));
            self.indented(|writer| writer.line(format!("ask {}", quote_always(&ask.question))));
            self.line("fi");
        }
        self.blank();
        self.phase(text::CHANGES);
        for step in self.plan.steps.iter().filter(|step| !step.actions.is_empty()) {
            self.step(step);
        }
        self.line(format!("printf '\\n%s\\n' {}", quote_always(text::DONE)));
    }

    fn phase(&mut self, title: &str) {
        self.comment(&format!("--- {title} ---"));
    }

    /// The names, each on a line of its own.
    fn names(&mut self) {
        self.comment(text::NAMES);
        for variable in &self.plan.variables {
            self.start_line();
            self.block.plain(format!("{}={}", variable.name.0, if variable.list { "(" } else { "" }));
            for (index, word) in variable.words.iter().enumerate() {
                if index > 0 {
                    self.block.plain(" ");
                }
                if word.0.is_empty() {
                    self.block.plain("''");
                }
                for part in &word.0 {
                    match part {
                        Part::Literal(literal) => self.block.push(Kind::Value, quote_always(literal)),
                        Part::Hole(field) => self.block.push(Kind::Hole, quote_always(&placeholder(*field))),
                        Part::Variable(other) | Part::Captured(other) => self.block.plain(value_of(*other)),
                        Part::Contents { path, encoding } => self.block.push(Kind::Value, contents(path, *encoding)),
                    }
                    if let Some(token) = self.block.tokens.last_mut() {
                        token.origin = Some(variable.origin);
                    }
                }
            }
            self.block.plain(if variable.list { ")\n" } else { "\n" });
        }
    }

    fn frame(&mut self) {
        // The sentences are put in as text of a printf format: without the characters that are special there, as a test makes sure.
        let frame = FRAME.replace("STOPPED", text::STOPPED).replace("REASON", text::REASON).replace("RUN_THIS", text::RUN_THIS);
        self.lines(&frame);
        let conditions: Vec<&Condition> = self.plan.steps.iter().flat_map(conditions).collect();
        if conditions.iter().any(|condition| compares_lists(condition)) {
            self.lines(LISTED);
        }
        let mut musts = self.plan.steps.iter().flat_map(|step| {
            let confirmed = step.actions.iter().filter_map(|action| match &action.act {
                Act::Confirm(check) => Some(&check.must),
                _ => None,
            });
            step.checks.iter().map(|check| &check.must).chain(confirmed)
        });
        if musts.any(|must| matches!(must, Must::BeAtLeast(_))) {
            self.lines(AT_LEAST);
        }
        if self.plan.steps.iter().any(|step| !step.asks.is_empty()) {
            self.lines(&ASK.replace("DECLINED", &quote_always(text::DECLINED)));
        }
    }

    /// The arguments; and what keeps the script from starting.
    fn readiness(&mut self) {
        self.line(format!("step={}", quote_always(text::STEP_START)));
        self.line("yes=no");
        self.line("for argument in \"$@\"; do");
        self.indented(|writer| {
            writer.line("case $argument in");
            writer.indented(|writer| {
                writer.line("-y | --yes) yes=yes ;;");
                writer.line(format!("*) stop \"{} $argument\" ;;", text::UNKNOWN_ARGUMENT));
            });
            writer.line("esac");
        });
        self.line("done");
        let open: Vec<&crate::plan::Variable> =
            self.plan.variables.iter().filter(|variable| variable.words.iter().any(|word| word.holes().next().is_some())).collect();
        if !open.is_empty() {
            let values: Vec<String> = open.iter().map(|variable| if variable.list { values_of(variable.name) } else { value_of(variable.name) }).collect();
            self.line("missing=''");
            self.line(format!("for value in {}; do", values.join(" ")));
            self.indented(|writer| {
                writer.line("case $value in");
                writer.indented(|writer| writer.line("'<'*' '*'>') missing=\"$missing $value\" ;;"));
                writer.line("esac");
            });
            self.line("done");
            self.line(format!("[ -z \"$missing\" ] || stop \"{}$missing\"", text::FILL_IN));
        }
        for blocker in &self.plan.blockers {
            self.line(format!("stop {}", quote_always(blocker)));
        }
        self.blank();
    }

    /// A step in a script.
    fn step(&mut self, step: &Step) {
        if step.place == Place::Node {
            self.comment(&format!("{} {}", text::ON_A_NODE, step.title));
            let mut on_node = Writer::new(self.plan, Naming::Values);
            on_node.pasted_actions(&step.actions);
            for line in on_node.block.text().lines() {
                self.comment_line(&format!("#   {line}"));
            }
            self.blank();
            return;
        }
        self.line(format!("begin {}", quote_always(&step.title)));
        match &step.only_if {
            None => self.actions(step),
            Some(only_if) => {
                self.line(format!("if {}; then", self.condition(&only_if.condition)));
                self.indented(|writer| writer.actions(step));
                self.line("else");
                self.indented(|writer| writer.line(format!("printf '%s\\n' {}", quote_always(&only_if.otherwise))));
                self.line("fi");
            }
        }
        self.blank();
    }
}

/// The private files that actions write.
fn private_files(actions: &[Action]) -> impl Iterator<Item = &File> {
    actions.iter().filter_map(|action| match &action.act {
        Act::Write(file) if file.private => Some(file),
        _ => None,
    })
}

/// Every condition of a step.
fn conditions(step: &Step) -> impl Iterator<Item = &Condition> {
    let own = step.only_if.iter().map(|only_if| &only_if.condition);
    let asks = step.asks.iter().map(|ask| &ask.condition);
    let actions = step.actions.iter().filter_map(|action| action.only_if.as_ref());
    own.chain(asks).chain(actions)
}

fn compares_lists(condition: &Condition) -> bool {
    match condition {
        Condition::Absent { .. } | Condition::Present { .. } => true,
        Condition::Is { .. } | Condition::IsNot { .. } => false,
        Condition::All(all) => all.iter().any(compares_lists),
    }
}
