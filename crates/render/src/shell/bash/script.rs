//! The whole as one script: checks first, questions second, changes last.

use super::*;
use configurator_core::plan::HEADING;

/// `begin TITLE`, `check TITLE`, `stop REASON [COMMAND…]`, and what happens at the end, however it
/// comes.
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

/// `prompt QUESTION`: goes on only if the answer is yes.
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
pub(in crate::shell) fn script(plan: &Plan) -> Block {
    let mut writer = Writer::new(plan, Naming::Variables);
    writer.0.block.push_about(Kind::Comment, "#!/usr/bin/env bash", About::Shell(Purpose::Header));
    writer.0.blank();
    writer.0.comment(&plan.title);
    writer.0.comment("");
    for sentence in plan
        .summary
        .iter()
        .map(Cow::as_ref)
        .chain(text::ABOUT.iter().copied())
        .chain([plan.again.as_ref()])
        .chain(plan.changes().then_some(text::YES))
    {
        writer.0.comment(sentence);
    }
    writer.0.blank();
    writer.line_on(Purpose::Envelope, "main() (");
    writer.indented(|writer| writer.body());
    writer.line_on(Purpose::Envelope, ")\nmain \"$@\"");
    writer.0.block
}

impl Writer<'_> {
    #[inline(never)]
    fn body(&mut self) {
        self.line_on(Purpose::Strictness, "set -euo pipefail");
        self.0.comment(text::NO_CASE);
        self.line_on(Purpose::Check, "shopt -s nocasematch");
        self.0.blank();
        self.on(Purpose::Names, Self::names);
        self.0.blank();
        self.on(Purpose::Helpers, Self::frame);
        self.0.blank();
        self.on(Purpose::Start, Self::readiness);
        self.phase(text::CHECKS);
        for check in self
            .0
            .plan
            .steps
            .iter()
            .filter(|step| step.place == Place::Workstation)
            .flat_map(|step| &step.checks)
        {
            self.check(check);
        }
        self.0.blank();
        if self.0.plan.changes() {
            self.on(Purpose::Question, Self::questions);
        }
        self.phase(if self.0.plan.changes() { text::CHANGES } else { text::SHOWN });
        for step in self.0.plan.steps.iter().filter(|step| !step.actions.is_empty()) {
            self.step(step);
        }
        self.line_on(
            Purpose::End,
            format!("printf '\\n%s\\n' {}", quote_always(&self.0.plan.done)),
        );
    }

    fn phase(&mut self, title: &str) {
        self.0.comment(&format!("--- {title} ---"));
    }

    /// The names, each on a line of its own.
    #[inline(never)]
    fn names(&mut self) {
        self.0.comment(HEADING);
        for variable in &self.0.plan.variables {
            self.start_line();
            self.0.block.plain(format!(
                "{}={}",
                variable.name.0,
                if variable.list { "(" } else { "" }
            ));
            for (index, word) in variable.words.iter().enumerate() {
                if index > 0 {
                    self.0.block.plain(" ");
                }
                if word.0.is_empty() {
                    self.0.block.plain("''");
                }
                for part in &word.0 {
                    match part {
                        Part::Literal(literal) => {
                            self.0.block.push(Kind::Value, quote_always(literal))
                        }
                        Part::Placeholder(field) => {
                            self.0.block.push(Kind::Placeholder, quote_always(&placeholder(*field)))
                        }
                        Part::Variable(other) | Part::Captured(other) => {
                            self.0.block.plain(value_of(*other))
                        }
                        Part::Secret(_) | Part::Contents { .. } => {}
                    }
                    if let Some(token) = self.0.block.tokens.last_mut() {
                        token.about = About::Name(variable.origin);
                    }
                }
            }
            self.0.block.plain(if variable.list { ")\n" } else { "\n" });
        }
    }

    #[inline(never)]
    fn frame(&mut self) {
        // The sentences are put in as text of a printf format: without the characters that are
        // special there, as a test makes sure.
        let frame = frame::filled(
            FRAME,
            &[("STOPPED", text::STOPPED), ("REASON", text::REASON), ("RUN_THIS", text::RUN_THIS)],
        );
        self.lines(&frame);
        let conditions: Vec<&Condition> =
            self.0.plan.steps.iter().flat_map(Step::conditions).collect();
        let musts: Vec<&Expectation> = self
            .0
            .plan
            .steps
            .iter()
            .flat_map(Step::all_checks)
            .map(|check| &check.expectation)
            .collect();
        if conditions.iter().any(|condition| compares_lists(condition))
            || musts.iter().any(|expectation| matches!(expectation, Expectation::Include(_)))
        {
            self.lines(LISTED);
        }
        if musts.iter().any(|expectation| matches!(expectation, Expectation::BeAtLeast(_))) {
            self.lines(AT_LEAST);
        }
        if self.0.plan.steps.iter().any(|step| !step.prompts.is_empty()) {
            self.lines(&frame::filled(ASK, &[("DECLINED", &quote_always(text::DECLINED))]));
        }
        if self.0.plan.steps.iter().any(|step| frame::notes_in_script(step).next().is_some()) {
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
            let values: Vec<String> =
                open.iter()
                    .map(|variable| {
                        if variable.list {
                            values_of(variable.name)
                        } else {
                            value_of(variable.name)
                        }
                    })
                    .collect();
            self.line("missing=''");
            self.line(format!("for value in {}; do", values.join(" ")));
            self.indented(|writer| {
                writer.line("case $value in");
                writer
                    .indented(|writer| writer.line("'<'*' '*'>') missing=\"$missing $value\" ;;"));
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

    #[inline(never)]
    fn questions(&mut self) {
        self.phase(text::QUESTIONS);
        self.line(format!("step={}", quote_always(text::STEP_QUESTIONS)));
        if !self.0.plan.subject.is_empty() {
            let subject: Vec<String> =
                self.0.plan.subject.iter().map(|line| self.word(line)).collect();
            self.line(format!("printf '%s\\n' '' {}", subject.join(" ")));
        }
        self.line(format!(
            "[ \"$yes\" = yes ] || [ -t 0 ] || stop {}",
            quote_always(text::NO_TERMINAL)
        ));
        for prompt in self.0.plan.steps.iter().flat_map(|step| &step.prompts) {
            let question = format!("ask {}", self.word(&prompt.question));
            match &prompt.condition {
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

    /// A step in a script.
    #[inline(never)]
    fn step(&mut self, step: &Step) {
        if step.place == Place::Node {
            self.0.comment(&format!("{} {}", text::ON_A_NODE, step.title));
            for sentence in
                std::iter::once(&step.why).chain(step.notes.iter().map(|note| &note.text))
            {
                self.0.comment(sentence);
            }
            self.warnings(step);
            let mut on_node = Writer::new(self.0.plan, Naming::Values);
            on_node.pasted_actions(step);
            for line in on_node.0.block.text().lines() {
                self.0.comment_line(format!("#   {line}"));
            }
            self.0.blank();
            return;
        }
        self.line_on(Purpose::Step, format!("begin {}", quote_always(&step.title)));
        match &step.only_if {
            None => self.actions(step),
            Some(only_if) => {
                self.line_on(
                    Purpose::Condition,
                    format!("if {}; then", self.condition(&only_if.condition)),
                );
                self.indented(|writer| writer.actions(step));
                self.on(Purpose::Condition, |writer| {
                    writer.line("else");
                    writer.indented(|writer| {
                        writer.line(format!("printf '%s\\n' {}", quote_always(&only_if.otherwise)))
                    });
                    writer.line("fi");
                });
            }
        }
        self.0.blank();
    }

    /// The actions of a step in a script.
    fn actions(&mut self, step: &Step) {
        self.warnings(step);
        self.read_files(&step.actions, |reason| format!("stop {reason}"));
        for file in frame::private_files(&step.actions) {
            // From here on the file goes whenever the script ends.
            self.line_on(Purpose::Writing, format!("private={}", quote_always(&file.path)));
            self.make_private("\"$private\"");
        }
        for (index, action) in step.actions.iter().enumerate() {
            self.action(action);
            // What comes after a look at the result is of this step again.
            if matches!(action.operation, Operation::Confirm(_)) && index + 1 < step.actions.len() {
                self.line_on(Purpose::Step, format!("step={}", quote_always(&step.title)));
            }
        }
        for note in frame::notes_in_script(step) {
            self.on(Purpose::Note, |writer| writer.tell(note));
        }
    }

    fn tell(&mut self, note: &Note) {
        self.start_line();
        let start = self.0.block.tokens.len();
        self.0.block.plain(format!("tell {}", quote_always(&note.text)));
        if let Some(command) = &note.command {
            self.0.block.plain(" ");
            self.command_on_one_line(command);
        }
        // It is only said: a placeholder in it is nothing to fill in.
        for token in self
            .0
            .block
            .tokens
            .iter_mut()
            .skip(start)
            .filter(|token| token.kind == Kind::Placeholder)
        {
            token.kind = Kind::Value;
        }
        self.0.block.plain("\n");
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
            self.line_on(Purpose::Condition, format!("if {}; then", self.condition(condition)));
            self.indented(|writer| writer.operation(&action.operation));
            self.line_on(Purpose::Condition, "fi");
        } else {
            self.operation(&action.operation);
        }
    }

    fn operation(&mut self, operation: &Operation) {
        match operation {
            Operation::Run(command) => self.run_with_care(command),
            Operation::Show(command) => self.show(command),
            Operation::Capture(capture) => {
                self.capture(capture, |message| format!("stop {}", quote_always(message)))
            }
            Operation::Write(file) if file.private => self.write_file(file, "\"$private\""),
            Operation::Write(file) => self.write_file(file, &quote_always(&file.path)),
            Operation::Remove(path) if frame::writes_privately(self.0.plan, path) => {
                // Only what was written here: a file of this name may be the user's own.
                self.on(Purpose::Removal, |writer| {
                    writer.line("if [ -n \"$private\" ]; then");
                    writer.indented(|writer| {
                        writer.line("rm -f -- \"$private\"");
                        writer.line("private=''");
                    });
                    writer.line("fi");
                });
            }
            Operation::Remove(path) => {
                self.line_on(Purpose::Removal, format!("rm -f -- {}", quote_always(path)))
            }
            Operation::Confirm(check) => self.check(check),
        }
    }

    /// A check in a script.
    fn check(&mut self, check: &Check) {
        self.on(Purpose::Check, |writer| writer.check_through(check));
    }

    fn check_through(&mut self, check: &Check) {
        self.line(format!("check {}", quote_always(&check.title)));
        match &check.probe {
            Probe::Tool(program) => {
                self.start_line();
                self.0.block.plain(format!("command -v {} >/dev/null", program.name()));
                self.or_stop(check);
            }
            Probe::Show(command) => self.show(command),
            Probe::Query(query_into)
                if matches!(
                    check.expectation,
                    Expectation::Answer | Expectation::BeShown | Expectation::Hold(_)
                ) && !query_into.may_fail =>
            {
                self.start_line();
                self.0.block.plain(format!("{}=$(", query_into.into.0));
                self.command(&query_into.command);
                self.0.block.plain(")");
                self.or_stop(check);
                self.line(format!("{0}=${{{0}//$'\\r'/}}", query_into.into.0));
                self.expectation(query_into.into, check);
            }
            Probe::Query(query_into) => {
                self.assign(
                    query_into.into,
                    &query_into.command,
                    query_into.may_fail,
                    &format!(" || {}=''", query_into.into.0),
                );
                self.expectation(query_into.into, check);
            }
            Probe::Known(answer) => self.expectation(*answer, check),
        }
    }

    /// The test of an answer.
    fn expectation(&mut self, answer: Var, check: &Check) {
        let answer = answer.0;
        let test = match &check.expectation {
            Expectation::Answer => return,
            Expectation::BeShown => return self.line(format!("printf '%s\\n' \"${answer}\"")),
            Expectation::Hold(condition @ Condition::All(_)) => self.grouped(condition),
            Expectation::Hold(condition) => self.condition(condition),
            Expectation::Be(word) => format!("[[ ${answer} == {} ]]", self.word(word)),
            // Not [[ ]], which tells no a from an A here.
            Expectation::BeSameAs(other) => format!("[ \"${answer}\" = \"${}\" ]", other.0),
            Expectation::Include(name) => format!("listed {} \"${answer}\"", self.word(name)),
            Expectation::BeGiven => format!("[[ -n ${answer} ]]"),
            Expectation::BeAtLeast(version) => format!("at_least \"${answer}\" {}", quote(version)),
        };
        self.start_line();
        self.0.block.plain(test);
        self.or_stop(check);
    }

    /// ` || stop …` with the remedy.
    fn or_stop(&mut self, check: &Check) {
        self.0.block.plain(format!(
            " ||\n{}stop {}",
            frame::indent(self.0.indent + 1),
            quote_always(&check.otherwise.message)
        ));
        if let Some(command) = &check.otherwise.command {
            self.0.block.plain(" ");
            self.command_on_one_line(command);
        }
        self.0.block.plain("\n");
    }
}
