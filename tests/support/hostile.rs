//! A plan made of text that a shell, a terminal or an interactive session would like to misread.

use configurator_core::azure::{Source, sources};
use configurator_core::plan::meanings::Meaning;
use configurator_core::plan::{
    Action, Capture, Check, Command, Condition, Expectation, File, OnlyIf, Operation, Part, Place,
    Plan, Probe, Program, Prompt, Query, Remedy, Step, Text, Undo, Var, Variable, Word,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What no test looks at.
pub(crate) const MEANING: &Meaning = &Meaning { what: "", formerly: None };

/// Text that means something to somebody between the page and the program.
#[rustfmt::skip]
pub(crate) const FRAGMENTS: &[&str] = &[
    "", " ", "  ", "'", "\"", "`", "$(touch stray)", "`touch stray`", ";touch stray;", "&&touch stray", "|touch stray", "\ntouch stray\n", ">stray",
    "<", "\n", "\r", "\r\n", "\t", "\u{1}", "\u{3}", "\u{4}", "\u{7}", "\u{8}", "\u{11}", "\u{15}", "\u{16}", "\u{1a}", "\u{1b}",
    "\u{1b}[201~\ntouch stray\n", "\u{1b}]0;x\u{7}", "\u{7f}", "\u{85}", "\u{9b}31m", "!", "!!", "!$", "!touch", "\"!\"", "it's !x", "^a^b^", "~",
    "~root", "*", "?", "[a-z]", "{a,b}", "{1..3}", "-", "--", "-n", "-e", "=", "a=b", "#", " #", "%s", "%", "\\", "\\n", "\\\n", "\\'", "\\\\", "&",
    "|", "(", ")", "<(touch stray)", "<a b>", "$", "$HOME", "${IFS}", "${x:=1}", "$((1))", "$'\\n'", "$\"x\"", "@", ":", ",", "+", "]]", "ä", "ÄÖß",
    "😀", "\u{301}", "\u{202e}", "\u{2028}", "\u{a0}", "\u{feff}", "\u{fffd}", "\u{fffd}\\", "esac", "fi", ")", ";;", "\nEOF\n", "touch stray",
    "\u{1}\u{7f}'!\"\\",
];

/// As many hostile texts.
pub(crate) fn texts(count: usize) -> impl Strategy<Value = Vec<String>> {
    let any_character = any::<char>()
        .prop_filter_map("no argument can hold NUL", |c| (c != '\0').then(|| c.to_string()));
    let fragment = prop_oneof![6 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned), 1 => any_character, 1 => Just("a".to_owned())];
    let text = prop::collection::vec(fragment, 0..5).prop_map(|fragments| fragments.concat());
    prop::collection::vec(text, count)
}

const SOURCE: Source = sources::ACR;
const FIRST: Var = Var("first");
const SECOND: Var = Var("second");
const LIST: Var = Var("list");
const SHORT_LIST: Var = Var("short_list");
const ANSWER: Var = Var("answer");
const NAMES: Var = Var("names");
const NOTHING: Var = Var("nothing");
const CAPTURED: Var = Var("captured");

/// The plan, and what must come of it.
#[derive(Debug)]
pub(crate) struct Hostile {
    /// The plan: every condition in it is fulfilled, and every check passes.
    pub(crate) plan: Plan,
    /// What `az answer KEY` prints.
    pub(crate) answers: BTreeMap<&'static str, String>,
    /// The file that is left.
    pub(crate) file: String,
    /// What is in it.
    pub(crate) text: String,
    /// What was in the private file, which `az save` got to see.
    pub(crate) private_text: String,
}

/// Hands out one hostile text after the other, from the beginning again at the end.
struct Texts {
    texts: Vec<String>,
    next: usize,
}

impl Texts {
    fn text(&mut self) -> String {
        self.next += 1;
        self.texts[(self.next - 1) % self.texts.len()].clone()
    }

    fn without(&mut self, unwanted: &[char]) -> String {
        self.text().replace(unwanted, "")
    }

    fn title(&mut self) -> Text {
        self.text().into()
    }

    fn literal(&mut self) -> Word {
        Word::literal(self.text())
    }

    /// Words of every kind.
    fn command(&mut self) -> Command {
        let text = |text: String| Part::Literal(text.into());
        Command::new(Program::Az, &["take", "-a b;'$x"], SOURCE)
            .positional(self.literal(), MEANING)
            .with("--text", self.literal(), MEANING)
            .with("--empty", Word::default(), MEANING)
            .with("--key", Word(vec![Part::Literal("key=".into()), Part::Variable(FIRST)]), MEANING)
            .with(
                "--mixed",
                Word(vec![
                    text(self.text()),
                    Part::Variable(SECOND),
                    text(self.text()),
                    text(self.text()),
                ]),
                MEANING,
            )
            .with_each(SOURCE, "--list", LIST, MEANING)
            .flag("--flag", MEANING)
            .with_each(SOURCE, "--short-list", SHORT_LIST, MEANING)
            .positional(self.literal(), MEANING)
            .positional(self.literal(), MEANING)
    }

    fn run(&mut self) -> Action {
        Operation::Run(self.command()).into()
    }

    fn check(
        &mut self,
        into: Var,
        key: &'static str,
        expectation: Expectation,
        may_fail: bool,
    ) -> Check {
        let command = Command::new(Program::Az, &["answer"], SOURCE).positional(key, MEANING);
        Check {
            title: self.title(),
            probe: Probe::Query(Query { into, command, may_fail }),
            expectation,
            otherwise: Remedy { message: self.title(), command: Some(self.command()) },
        }
    }

    fn step(
        &mut self,
        id: &'static str,
        place: Place,
        condition: Option<Condition>,
        actions: Vec<Action>,
    ) -> Step {
        Step {
            id,
            title: self.title(),
            why: self.title(),
            place,
            checks: Vec::new(),
            prompts: condition
                .iter()
                .map(|condition| Prompt {
                    condition: Some(condition.clone()),
                    question: self.literal(),
                })
                .collect(),
            only_if: condition.map(|condition| OnlyIf {
                condition,
                words: self.title(),
                otherwise: self.title(),
            }),
            actions,
            expect: None,
            takes: None,
            undo: Some(Undo { command: self.command(), warning: self.title() }),
            warnings: vec![self.title()],
            notes: Vec::new(),
        }
    }

    fn variable(&mut self, name: Var, words: Vec<Word>, list: bool) -> Variable {
        Variable { name, words, list, origin: SOURCE.into() }
    }
}

impl Hostile {
    /// Makes the plan.
    pub(crate) fn of(texts: Vec<String>) -> Self {
        let mut t = Texts { texts, next: 0 };
        let first = t.literal();
        let second = t.literal().then(Part::Variable(FIRST));
        let list = vec![t.literal(), Word::default(), t.literal(), t.literal()];
        let short_list = vec![t.literal()];
        let variables = vec![
            t.variable(FIRST, vec![first], false),
            t.variable(SECOND, vec![second], false),
            t.variable(LIST, list, true),
            t.variable(SHORT_LIST, short_list, true),
        ];

        // An answer loses the carriage returns and the line breaks at its end.
        let answer = t.without(&['\r']).trim_end_matches('\n').to_owned();
        let name = format!("n{}", t.without(&['\r', '\n']));
        let names =
            format!("n{}\n{name}\nn{}\n", t.without(&['\r', '\n']), t.without(&['\r', '\n']));
        let captured = format!("OK:{}", t.without(&['\r', '\n', '"', '*']));
        let present = Condition::Present { from: NAMES, name: Word::literal(name) };
        let absent =
            Condition::Absent { from: NAMES, name: Word::literal(format!("m{}", t.text())) };
        let is = Condition::Is { answer: ANSWER, value: Word::literal(answer.clone()) };
        let is_not =
            Condition::IsNot { answer: ANSWER, value: Word::literal(format!("x{answer}")) };

        let mut file_name =
            |end| format!("-{}{end}", t.without(&['/']).chars().take(50).collect::<String>());
        let (file, private) = (file_name(1), file_name(2));
        let lines = |t: &mut Texts| {
            vec![
                t.literal(),
                Word::default(),
                t.literal().then(Part::Captured(CAPTURED)).then(Part::Literal(t.text().into())),
                SECOND.into(),
            ]
        };
        let (open_lines, private_lines) = (lines(&mut t), lines(&mut t));

        let checks = vec![
            Check {
                title: t.title(),
                probe: Probe::Tool(Program::Az),
                expectation: Expectation::Answer,
                otherwise: Remedy { message: t.title(), command: None },
            },
            t.check(ANSWER, "answer", Expectation::Be(Word::literal(answer.clone())), false),
            t.check(NAMES, "names", Expectation::Answer, false),
            t.check(NOTHING, "nothing", Expectation::Answer, true),
            t.check(Var("something"), "names", Expectation::BeGiven, false),
        ];
        let captures = vec![
            Operation::Capture(Capture {
                into: CAPTURED,
                command: Command::new(Program::Az, &["answer"], SOURCE)
                    .positional("captured", MEANING),
                begins_with: "OK:",
                without: &['"', '*'],
                otherwise: t.title(),
            })
            .into(),
            Operation::Run(t.command().with(
                "--captured",
                Word(vec![Part::Literal(t.text().into()), Part::Captured(CAPTURED)]),
                MEANING,
            ))
            .into(),
            Operation::Write(File {
                path: file.clone().into(),
                private: false,
                lines: open_lines.clone(),
            })
            .into(),
            Operation::Write(File {
                path: private.clone().into(),
                private: true,
                lines: private_lines.clone(),
            })
            .into(),
            Operation::Run(
                Command::new(Program::Az, &["save"], SOURCE)
                    .positional(Word::literal(private.clone()), MEANING),
            )
            .into(),
        ];
        let confirm = Operation::Confirm(t.check(
            Var("again"),
            "answer",
            Expectation::Be(Word::literal(answer.clone())),
            false,
        ));
        let actions: [Vec<Action>; 5] = [
            vec![t.run(), t.run()],
            vec![t.run()],
            vec![
                Action {
                    only_if: Some(Condition::All(vec![is, is_not.clone()])),
                    operation: Operation::Run(t.command()),
                },
                confirm.into(),
                t.run(),
            ],
            vec![t.run()],
            vec![Operation::Remove(private.into()).into()],
        ];
        let [when_present, when_absent, when_is, on_node, remove] = actions;
        let steps = vec![
            Step { checks, ..t.step("checks", Place::Workstation, None, Vec::new()) },
            t.step("present", Place::Workstation, Some(present), when_present),
            t.step("absent", Place::Workstation, Some(absent), when_absent),
            t.step("is", Place::Workstation, Some(is_not), when_is),
            t.step("node", Place::Node, None, on_node),
            t.step("files", Place::Workstation, None, captures),
            t.step("remove", Place::Workstation, None, remove),
        ];
        let mut hostile = Self {
            plan: Plan {
                title: t.title(),
                summary: vec![t.title(), t.title()],
                again: t.title(),
                done: t.title(),
                subject: vec![t.literal(), t.literal().then(Part::Variable(SECOND))],
                variables,
                steps,
                blockers: Vec::new(),
            },
            answers: [("answer", answer), ("names", names), ("captured", captured)].into(),
            file,
            text: String::new(),
            private_text: String::new(),
        };
        hostile.text = hostile.lines(&open_lines);
        hostile.private_text = hostile.lines(&private_lines);
        hostile
    }

    /// The text of a word.
    pub(crate) fn text(&self, word: &Word) -> String {
        let parts = word.0.iter().map(|part| match part {
            Part::Literal(text) => text.to_string(),
            Part::Captured(CAPTURED) => self.answers["captured"].clone(),
            Part::Variable(variable) => self
                .plan
                .variable(*variable)
                .map(|variable| self.text(&variable.words[0]))
                .unwrap_or_default(),
            other => unreachable!("{other:?}"),
        });
        parts.collect()
    }

    fn lines(&self, lines: &[Word]) -> String {
        lines.iter().map(|line| self.text(line) + "\n").collect()
    }

    /// The words that a program must get.
    pub(crate) fn argv(&self, command: &Command) -> Vec<String> {
        command.words(&self.plan).iter().map(|word| self.text(word)).collect()
    }

    /// The calls of the script: the checks, then the actions, but for those on a node.
    pub(crate) fn script_calls(&self) -> Vec<Vec<String>> {
        let checks =
            self.plan.steps.iter().flat_map(|step| &step.checks).filter_map(Check::command);
        let here = self.plan.steps.iter().filter(|step| step.place == Place::Workstation);
        let actions = here
            .flat_map(|step| &step.actions)
            .filter_map(|action| crate::support::run_by(&action.operation));
        checks.chain(actions).map(|command| self.argv(command)).collect()
    }
}
