//! bash 3.2 or newer.
//!
//! Values are quoted so that no character in them means anything to bash, nor to the terminal or the history expansion of an interactive bash
//! that the text is pasted into. Text of the plan that is not a value stands only in comments and in quoted messages.

use super::document::{Block, CheckBlocks, Document, Kind, StepBlocks};
use super::frame::{self, Draft, Naming, Piece, Pieces, Shell};
use crate::plan::{Act, Action, Capture, Check, Command, Condition, Encoding, File, Look, Must, Part, Place, Plan, Probe, Program, Step, Value, Var, Word};
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

    /// Git Bash takes an argument that begins with a slash for a path, and makes one of Windows of it. Where the plan itself says such a word, it is no
    /// path; what a user gave as one stands in a variable, is one, and must become one of Windows: so MSYS_NO_PATHCONV, for all words, would not do.
    /// A node is no Windows.
    fn before(&self, command: &Command) -> Option<String> {
        if matches!(command.program, Program::Sudo | Program::Crictl) {
            return None;
        }
        let words = command.args.iter().flat_map(|arg| &arg.values).filter_map(|value| match value {
            Value::Word(Word(parts)) => parts.first(),
            Value::Each { .. } => None,
        });
        let no_path = words.into_iter().find_map(|part| match part {
            Part::Literal(text) if text.starts_with('/') => Some(text.split_inclusive('=').next().unwrap_or(text)),
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
    super::render(plan, crate::choices::Shell::Bash)
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
                    writer.0.block.push(Kind::Program, "command");
                    writer.0.block.plain(format!(" -v {}\n", program.name()));
                }
                Probe::Look(Look { command, .. }) | Probe::Show(command) => writer.run(command),
                Probe::Known(_) => {}
            }),
            remedy: check.otherwise.command.as_ref().map(|command| block(&|writer| writer.run(command))),
        })
        .collect();
    StepBlocks {
        checks,
        actions: (!step.actions.is_empty()).then(|| block(&|writer| writer.pasted_actions(step))),
        undo: step.undo.as_ref().map(|undo| block(&|writer| writer.run(&undo.command))),
        notes: step.notes.iter().map(|note| note.command.as_ref().map(|command| block(&|writer| writer.run(command)))).collect(),
    }
}

/// A command without line breaks, names put in.
pub(super) fn one_line(plan: &Plan, command: &Command) -> Block {
    let mut writer = Writer::new(plan, Naming::Values);
    writer.command_on_one_line(command);
    writer.0.block
}

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
        let hole = matches!(part, Part::Hole(_) | Part::Secret(_));
        let text = match part {
            Part::Literal(literal) if is_plain(literal) => literal.clone(),
            Part::Literal(literal) => quote_always(literal).into(),
            Part::Hole(field) => quote_always(&placeholder(*field)).into(),
            Part::Secret(name) => quote_always(&["<", name, ">"].concat()).into(),
            Part::Variable(variable) if self.0.plan.variable(*variable).is_some_and(|variable| variable.list) => ["\"${", variable.0, "[*]}\""].concat().into(),
            Part::Variable(variable) | Part::Captured(variable) => value_of(*variable).into(),
            Part::Contents { path, encoding } => ["\"$", &frame::read_into(*path, *encoding), "\""].concat().into(),
        };
        Piece { text, hole }
    }

    /// A word as one shell word, where its parts need no colors.
    fn word(&self, word: &Word) -> String {
        match self.0.only_part(word) {
            Some(part) => self.piece(part).text.into_owned(),
            None => self.pieces(word).into_iter().map(|piece| piece.text).collect(),
        }
    }

    /// The actions of a step as one block that is complete when pasted alone and leaves nothing behind in the session.
    ///
    /// No comments: an interactive zsh would run them.
    fn pasted_actions(&mut self, step: &Step) {
        let actions = &step.actions;
        let guards: Vec<&Condition> = step.guards().collect();
        let needs_subshell =
            !guards.is_empty() || actions.iter().any(|action| matches!(&action.act, Act::Capture(_) | Act::Write(_)) || is_private(&action.act));
        if !needs_subshell {
            for action in actions {
                match &action.act {
                    Act::Show(command) => self.run(command),
                    _ => self.pasted_action(action, false),
                }
            }
            return;
        }
        self.line("(");
        self.indented(|writer| {
            writer.line("set -euo pipefail");
            if guards.iter().any(|condition| !condition.answers().is_empty()) {
                // zsh does not know it.
                writer.line("shopt -s nocasematch 2>/dev/null || :");
            }
            if guards.iter().any(|condition| compares_lists(condition)) {
                writer.lines(LISTED);
            }
            writer.read_files(actions, |reason| format!("{{ echo {reason} >&2; exit 1; }}"));
            for file in frame::private_files(actions) {
                let path = quote(&file.path);
                writer.line(format!("trap {} EXIT", quote_always(&format!("rm -f -- {path}"))));
                writer.make_private(&path);
            }
            for (index, action) in actions.iter().enumerate() {
                let is_kept = frame::is_kept(step, index);
                match step.guard(action) {
                    None => writer.pasted_action(action, is_kept),
                    Some(condition) => {
                        let condition = writer.condition(condition);
                        writer.line(format!("if {condition}; then"));
                        writer.indented(|writer| writer.pasted_action(action, is_kept));
                        writer.line("fi");
                    }
                }
            }
        });
        self.line(")");
    }

    /// An action in a block; `is_kept` says whether a later one asks for its answer.
    fn pasted_action(&mut self, action: &Action, is_kept: bool) {
        match &action.act {
            Act::Run(command) => self.run_with_care(command),
            Act::Show(command) => self.show(command),
            Act::Capture(capture) => self.capture(capture, |message| format!("echo {} >&2; exit 1", quote_always(message))),
            Act::Write(file) => {
                self.write_file(file, &quote(&file.path));
                if file.private {
                    self.line("trap - EXIT");
                }
            }
            Act::Remove(path) => self.line(format!("rm -f -- {}", quote(path))),
            Act::Confirm(Check { probe: Probe::Look(look), .. }) if is_kept => self.assign_answer(look),
            Act::Confirm(Check { probe: Probe::Look(look), .. }) => self.run(&look.command),
            Act::Confirm(_) => {}
        }
    }

    /// A command on lines of its own; in a subshell where its files are for this user only.
    fn run_with_care(&mut self, command: &Command) {
        if !command.private {
            return self.run(command);
        }
        self.start_line();
        self.0.block.plain("(umask 077 && ");
        self.command(command);
        // A bash older than 4 does not end where only a subshell fails.
        self.0.block.plain(") || exit 1\n");
    }

    /// A command whose failure does not end anything. It gets no input: az would ask whether to install an extension that is missing.
    fn show(&mut self, command: &Command) {
        self.start_line();
        self.command(command);
        self.0.block.plain(" </dev/null || :\n");
    }

    /// Keeps the answer of a look; where it may fail, nothing then.
    fn assign_answer(&mut self, look: &Look) {
        self.assign(look.into, &look.command, look.may_fail, &if look.may_fail { format!(" || {}=''", look.into.0) } else { String::new() });
    }

    /// `variable=$(command)`, less carriage returns: az prints them under Windows.
    fn assign(&mut self, variable: Var, command: &Command, quiet: bool, otherwise: &str) {
        self.start_line();
        self.0.block.plain([variable.0, "=$("].concat());
        self.command(command);
        // A look that may fail must not wait for an answer either: az asks for a user's name where it may not log in to the registry itself.
        self.0.block.plain(if quiet { " </dev/null 2>/dev/null)" } else { ")" });
        self.0.block.plain(otherwise.to_owned());
        self.0.block.plain("\n");
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
            if capture.begins_with.is_empty() {
                writer.line("?*) ;;");
            } else {
                writer.line(format!("{}*) ;;", quote(capture.begins_with)));
            }
            writer.line(format!("*) {stop} ;;"));
        });
        self.line("esac");
    }

    /// Reads the files whose contents go into others: before anything else of the step, so that no password is generated where one is missing.
    fn read_files(&mut self, actions: &[Action], stop: impl Fn(&str) -> String) {
        for (path, encoding) in frame::read_files(actions) {
            let from = self.word(&Word::from(path));
            let read = match encoding {
                Encoding::Text => format!("cat <{from}"),
                Encoding::Base64 => format!("base64 <{from} | tr -d '\\r\\n'"),
            };
            let name = frame::read_into(path, encoding);
            let stop = stop(&format!("{}{from}", quote_always(&format!("{} ", text::UNREADABLE))));
            self.line(format!("{name}=$({read}) || {name}=''"));
            self.line(format!("[ -n \"${name}\" ] || {stop}"));
        }
    }

    /// Makes a private file, empty and with its mode, so that its text is never there for others to read; before anything else of the step, so
    /// that no password is generated for a file that cannot be written.
    fn make_private(&mut self, path: &str) {
        self.line(format!("rm -f -- {path}"));
        // -C: what another user puts there meanwhile, a link for instance, is not followed. And a bash older than 4 does not end where only a
        // subshell fails.
        self.line(format!("(umask 077 && set -C && : >{path}) || exit 1"));
    }

    /// Writes a file; a private one was made before, and what goes into it was read.
    fn write_file(&mut self, file: &File, path: &str) {
        if !file.private {
            self.line(format!("rm -f -- {path}"));
        }
        self.start_line();
        self.0.block.plain("printf '%s\\n'");
        for line in &file.lines {
            self.0.block.plain(" ");
            for piece in self.pieces(line).into_iter() {
                self.0.block.push(if piece.hole { Kind::Hole } else { Kind::Value }, piece.text);
            }
        }
        self.0.block.plain(format!(" >>{path}\n"));
    }

    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Absent { from, name } => format!("! listed {} \"${}\"", self.word(name), from.0),
            Condition::Present { from, name } => format!("listed {} \"${}\"", self.word(name), from.0),
            Condition::Is { answer, value } => format!("[[ ${} == {} ]]", answer.0, self.word(value)),
            Condition::IsNot { answer, value } => format!("[[ ${} != {} ]]", answer.0, self.word(value)),
            Condition::FileAbsent(path) => format!("[ ! -e {} ]", self.word(path)),
            Condition::All(all) => all.iter().map(|one| self.condition(one)).collect::<Vec<_>>().join(" && "),
            Condition::Not(condition) => format!("! {}", self.grouped(condition)),
        }
    }

    /// A condition as one command.
    fn grouped(&self, condition: &Condition) -> String {
        match condition {
            Condition::All(_) | Condition::Not(_) | Condition::Absent { .. } => format!("{{ {}; }}", self.condition(condition)),
            _ => self.condition(condition),
        }
    }

    /// A check in a script.
    fn check(&mut self, check: &Check) {
        self.line(format!("check {}", quote_always(&check.title)));
        match &check.probe {
            Probe::Tool(program) => {
                self.start_line();
                self.0.block.plain(format!("command -v {} >/dev/null", program.name()));
                self.or_stop(check);
            }
            Probe::Show(command) => self.show(command),
            Probe::Look(look) if matches!(check.must, Must::Answer | Must::BeShown | Must::Hold(_)) && !look.may_fail => {
                self.start_line();
                self.0.block.plain(format!("{}=$(", look.into.0));
                self.command(&look.command);
                self.0.block.plain(")");
                self.or_stop(check);
                self.line(format!("{0}=${{{0}//$'\\r'/}}", look.into.0));
                self.must(look.into, check);
            }
            Probe::Look(look) => {
                self.assign(look.into, &look.command, look.may_fail, &format!(" || {}=''", look.into.0));
                self.must(look.into, check);
            }
            Probe::Known(answer) => self.must(*answer, check),
        }
    }

    /// The test of an answer.
    fn must(&mut self, answer: Var, check: &Check) {
        let answer = answer.0;
        let test = match &check.must {
            Must::Answer => return,
            Must::BeShown => return self.line(format!("printf '%s\\n' \"${answer}\"")),
            Must::Hold(condition @ Condition::All(_)) => self.grouped(condition),
            Must::Hold(condition) => self.condition(condition),
            Must::Be(word) => format!("[[ ${answer} == {} ]]", self.word(word)),
            // Not [[ ]], which tells no a from an A here.
            Must::BeSameAs(other) => format!("[ \"${answer}\" = \"${}\" ]", other.0),
            Must::Include(name) => format!("listed {} \"${answer}\"", self.word(name)),
            Must::BeGiven => format!("[[ -n ${answer} ]]"),
            Must::BeAtLeast(version) => format!("at_least \"${answer}\" {}", quote(version)),
        };
        self.start_line();
        self.0.block.plain(test);
        self.or_stop(check);
    }

    /// ` || stop …` with the remedy.
    fn or_stop(&mut self, check: &Check) {
        self.0.block.plain(format!(" ||\n{}stop {}", frame::indent(self.0.indent + 1), quote_always(&check.otherwise.message)));
        if let Some(command) = &check.otherwise.command {
            self.0.block.plain(" ");
            self.command_on_one_line(command);
        }
        self.0.block.plain("\n");
    }

    /// The actions of a step in a script.
    fn actions(&mut self, step: &Step) {
        self.warnings(step);
        self.read_files(&step.actions, |reason| format!("stop {reason}"));
        for file in frame::private_files(&step.actions) {
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
        for note in frame::told(step) {
            self.start_line();
            let start = self.0.block.tokens.len();
            self.0.block.plain(format!("tell {}", quote_always(&note.text)));
            if let Some(command) = &note.command {
                self.0.block.plain(" ");
                self.command_on_one_line(command);
            }
            // It is only said: a placeholder in it is nothing to fill in.
            for token in self.0.block.tokens.iter_mut().skip(start).filter(|token| token.kind == Kind::Hole) {
                token.kind = Kind::Value;
            }
            self.0.block.plain("\n");
        }
    }

    /// What can go wrong or be lost, at the command.
    fn warnings(&mut self, step: &Step) {
        for warning in &step.warnings {
            self.0.comment(&[text::MIND, warning].concat());
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

    fn act(&mut self, act: &Act) {
        match act {
            Act::Run(command) => self.run_with_care(command),
            Act::Show(command) => self.show(command),
            Act::Capture(capture) => self.capture(capture, |message| format!("stop {}", quote_always(message))),
            Act::Write(file) if file.private => self.write_file(file, "\"$private\""),
            Act::Write(file) => self.write_file(file, &quote_always(&file.path)),
            Act::Remove(path) if frame::writes_privately(self.0.plan, path) => {
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
  printf '\n§STOPPED§ %s\n§REASON§ %s\n' "$step" "$1" >&2
  told=yes
  shift
  if [ $# -gt 0 ]; then
    printf '§RUN_THIS§\n ' >&2
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
    printf '\n§STOPPED§ %s (%s)\n' "$step" "$status" >&2
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
    *) stop §DECLINED§ ;;
  esac
}"#;

/// `tell NOTE [COMMAND...]`: says what a result may mean.
const TELL: &str = r#"tell() {
  printf '\n* %s\n' "$1"
  shift
  if [ $# -gt 0 ]; then
    printf ' '
    printf ' %q' "$@"
    printf '\n'
  fi
}"#;

/// The whole as a script: checks first, questions second, changes last.
#[inline(never)]
pub(super) fn script(plan: &Plan) -> Block {
    let mut writer = Writer::new(plan, Naming::Variables);
    writer.0.block.push(Kind::Comment, "#!/usr/bin/env bash");
    writer.0.blank();
    writer.0.comment(&plan.title);
    writer.0.comment("");
    for sentence in
        plan.summary.iter().map(Cow::as_ref).chain(text::ABOUT.iter().copied()).chain([plan.again.as_ref()]).chain(plan.changes().then_some(text::YES))
    {
        writer.0.comment(sentence);
    }
    writer.0.blank();
    writer.line("main() (");
    writer.indented(|writer| writer.body());
    writer.line(")");
    writer.line("main \"$@\"");
    writer.0.block
}

impl Writer<'_> {
    #[inline(never)]
    fn body(&mut self) {
        self.line("set -euo pipefail");
        self.0.comment(text::NO_CASE);
        self.line("shopt -s nocasematch");
        self.0.blank();
        self.names();
        self.0.blank();
        self.frame();
        self.0.blank();
        self.readiness();
        self.phase(text::CHECKS);
        for check in self.0.plan.steps.iter().filter(|step| step.place == Place::Workstation).flat_map(|step| &step.checks) {
            self.check(check);
        }
        self.0.blank();
        if self.0.plan.changes() {
            self.questions();
        }
        self.phase(if self.0.plan.changes() { text::CHANGES } else { text::SHOWN });
        for step in self.0.plan.steps.iter().filter(|step| !step.actions.is_empty()) {
            self.step(step);
        }
        self.line(format!("printf '\\n%s\\n' {}", quote_always(&self.0.plan.done)));
    }

    #[inline(never)]
    fn questions(&mut self) {
        self.phase(text::QUESTIONS);
        self.line(format!("step={}", quote_always(text::STEP_QUESTIONS)));
        if !self.0.plan.subject.is_empty() {
            let subject: Vec<String> = self.0.plan.subject.iter().map(|line| self.word(line)).collect();
            self.line(format!("printf '%s\\n' '' {}", subject.join(" ")));
        }
        self.line(format!("[ \"$yes\" = yes ] || [ -t 0 ] || stop {}", quote_always(text::NO_TERMINAL)));
        for ask in self.0.plan.steps.iter().flat_map(|step| &step.asks) {
            let question = format!("ask {}", self.word(&ask.question));
            match &ask.condition {
                None => self.line(question),
                Some(condition) => {
                    self.line(format!("if {}; then", self.condition(condition)));
                    self.indented(|writer| writer.line(question));
                    self.line("fi");
                }
            }
        }
        self.0.blank();
    }

    fn phase(&mut self, title: &str) {
        self.0.comment(&format!("--- {title} ---"));
    }

    /// The names, each on a line of its own.
    #[inline(never)]
    fn names(&mut self) {
        self.0.comment(text::NAMES);
        for variable in &self.0.plan.variables {
            self.start_line();
            self.0.block.plain(format!("{}={}", variable.name.0, if variable.list { "(" } else { "" }));
            for (index, word) in variable.words.iter().enumerate() {
                if index > 0 {
                    self.0.block.plain(" ");
                }
                if word.0.is_empty() {
                    self.0.block.plain("''");
                }
                for part in &word.0 {
                    match part {
                        Part::Literal(literal) => self.0.block.push(Kind::Value, quote_always(literal)),
                        Part::Hole(field) => self.0.block.push(Kind::Hole, quote_always(&placeholder(*field))),
                        Part::Variable(other) | Part::Captured(other) => self.0.block.plain(value_of(*other)),
                        Part::Secret(_) | Part::Contents { .. } => {}
                    }
                    if let Some(token) = self.0.block.tokens.last_mut() {
                        token.origin = Some(variable.origin);
                    }
                }
            }
            self.0.block.plain(if variable.list { ")\n" } else { "\n" });
        }
    }

    #[inline(never)]
    fn frame(&mut self) {
        // The sentences are put in as text of a printf format: without the characters that are special there, as a test makes sure.
        let frame = frame::filled(FRAME, &[("STOPPED", text::STOPPED), ("REASON", text::REASON), ("RUN_THIS", text::RUN_THIS)]);
        self.lines(&frame);
        let conditions: Vec<&Condition> = self.0.plan.steps.iter().flat_map(Step::conditions).collect();
        let musts: Vec<&Must> = self.0.plan.steps.iter().flat_map(Step::all_checks).map(|check| &check.must).collect();
        if conditions.iter().any(|condition| compares_lists(condition)) || musts.iter().any(|must| matches!(must, Must::Include(_))) {
            self.lines(LISTED);
        }
        if musts.iter().any(|must| matches!(must, Must::BeAtLeast(_))) {
            self.lines(AT_LEAST);
        }
        if self.0.plan.steps.iter().any(|step| !step.asks.is_empty()) {
            self.lines(&frame::filled(ASK, &[("DECLINED", &quote_always(text::DECLINED))]));
        }
        if self.0.plan.steps.iter().any(|step| frame::told(step).next().is_some()) {
            self.lines(TELL);
        }
    }

    /// The arguments; and what keeps the script from starting.
    #[inline(never)]
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
        let open: Vec<_> = frame::open_variables(self.0.plan).collect();
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
        for blocker in &self.0.plan.blockers {
            self.line(format!("stop {}", quote_always(blocker)));
        }
        self.0.blank();
    }

    /// A step in a script.
    #[inline(never)]
    fn step(&mut self, step: &Step) {
        if !crate::Planned::IS_PAGE && step.place == Place::Node {
            self.0.comment(&format!("{} {}", text::ON_A_NODE, step.title));
            for sentence in std::iter::once(&step.why).chain(step.notes.iter().map(|note| &note.text)) {
                self.0.comment(sentence);
            }
            self.warnings(step);
            let mut on_node = Writer::new(self.0.plan, Naming::Values);
            on_node.pasted_actions(step);
            for line in on_node.0.block.text().lines() {
                self.0.comment_line(&format!("#   {line}"));
            }
            self.0.blank();
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
        self.0.blank();
    }
}

/// Whether an action makes files that are for this user only.
fn is_private(act: &Act) -> bool {
    matches!(act, Act::Run(command) if command.private)
}

fn compares_lists(condition: &Condition) -> bool {
    match condition {
        Condition::Absent { .. } | Condition::Present { .. } => true,
        Condition::Is { .. } | Condition::IsNot { .. } | Condition::FileAbsent(_) => false,
        Condition::All(all) => all.iter().any(compares_lists),
        Condition::Not(condition) => compares_lists(condition),
    }
}
