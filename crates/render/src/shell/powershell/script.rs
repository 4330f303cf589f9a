//! The whole as one script: checks first, questions second, changes last.

use super::*;
use configurator_core::plan::HEADING;

/// The state of the run, `Write-Step TITLE`, `Write-Check TITLE`, `Stop-Run REASON [COMMAND]`,
/// `Assert-Success`.
///
/// The state is one object: a variable set in a function would be gone at its end.
const FRAME: &str = r#"$thisRun = @{ Step = ''; Private = ''; Remedy = @(); Yes = $false; Told = $false; Done = $false }
§FOLDER§
function Write-Step([string] $Title) {
  $thisRun.Step = $Title
  Write-Host "`n== ${Title}"
}
function Write-Check([string] $Title) {
  $thisRun.Step = $Title
  Write-Host "- ${Title}"
}
function Stop-Run([string] $Reason, [object[]] $Command) {
  $thisRun.Remedy = $Command
  throw $Reason
}
function Format-Command([object[]] $Command) {
  $allWords = foreach ($thisWord in $Command) {
    foreach ($oneWord in $thisWord) {
      if ($oneWord -cmatch '^(--)?[A-Za-z][A-Za-z0-9_-]*\z') { $oneWord } else { "'" + ($oneWord -replace '([''\u2018-\u201B])', '$1$1') + "'" }
    }
  }
  $allWords -join ' '
}
function Assert-Success {
  if ($LASTEXITCODE -ne 0) { throw (§EXIT_CODE§ -f $LASTEXITCODE) }
}"#;

/// `Test-Version VERSION OLDEST`: compares numbers with dots.
const AT_LEAST: &str = r#"function Test-Version([string] $Have, [string] $Oldest) {
  $haveParts = $Have -split '\.'
  $oldestParts = $Oldest -split '\.'
  for ($i = 0; $i -lt $oldestParts.Count; $i++) {
    $left = 0
    if ($i -lt $haveParts.Count -and $haveParts[$i] -match '^[0-9]{1,9}') { $left = [int] $Matches[0] }
    if ($left -ne [int] $oldestParts[$i]) { return ($left -gt [int] $oldestParts[$i]) }
  }
  return $true
}"#;

/// `Confirm-Change QUESTION`: goes on only if the answer is yes.
const ASK: &str = r#"function Confirm-Change([string] $Question) {
  if ($thisRun.Yes) {
    Write-Host "${Question} yes (-Yes)"
    return
  }
  $answer = Read-Host "${Question} [y/N]"
  if ("${answer}".Trim() -notin 'y', 'yes') { Stop-Run §DECLINED§ }
}"#;

/// `Write-Note NOTE [COMMAND]`: says what a result may mean.
const TELL: &str = r#"function Write-Note([string] $Text, [object[]] $Command) {
  Write-Host "`n* ${Text}"
  if ($Command) { Write-Host "  $(Format-Command $Command)" }
}"#;

/// Who can answer: not a pipeline, not a service, and not a PowerShell that was told so. Other
/// hosts than the console ask in their own way.
const CAN_ASK: &str = r#"$canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run §NO_TERMINAL§ }"#;

const ARGUMENTS: &str = r#"foreach ($thisArgument in $args) {
  if ($thisArgument -in '-Yes', '-y', '--yes') { $thisRun.Yes = $true }
  elseif ("${thisArgument}" -ne '') { Stop-Run ("§UNKNOWN_ARGUMENT§ ${thisArgument}") }
}"#;

/// What happens at the end, however it comes. After Ctrl+C PowerShell runs no command any more, so
/// `finally` has only calls of .NET and statements.
///
/// From a file the exit code says it, after Ctrl+C too, where PowerShell itself would end with 0;
/// `exit` at a prompt would end the session.
const END: &str = r#"catch {
  $thisRun.Told = $true
  $Host.UI.WriteErrorLine("`n§STOPPED§ $($thisRun.Step)")
  $Host.UI.WriteErrorLine("§REASON§ $($_.Exception.Message)")
  if ($thisRun.Remedy) { $Host.UI.WriteErrorLine("§RUN_THIS§`n  $(Format-Command $thisRun.Remedy)") }
}
finally {
  if ($thisRun.Private) { [System.IO.File]::Delete($thisRun.Private) }
  if (-not $thisRun.Done -and -not $thisRun.Told) {
    $Host.UI.WriteErrorLine("`n§STOPPED§ $($thisRun.Step)")
    if ($PSCommandPath) { exit 1 }
  }
}
if (-not $thisRun.Done) {
  if ($PSCommandPath) { exit 1 }
  throw §ENDED§
}"#;

/// The exit code of the last command may be one that did not matter.
const DONE: &str = r#"$thisRun.Done = $true
$global:LASTEXITCODE = 0
Write-Host ''
Write-Host §DONE§"#;

/// The whole as a script: checks first, questions second, changes last.
#[inline(never)]
pub(in crate::shell) fn script(plan: &Plan) -> Block {
    let mut writer = Writer::new(plan, Naming::Variables);
    // At a prompt it is a comment like any other; in a file an older PowerShell says what it lacks.
    writer.0.block.push_about(
        Kind::Comment,
        "#Requires -Version 5.1",
        About::Shell(Purpose::Header),
    );
    writer.0.blank();
    writer.comment(&plan.title);
    writer.comment("");
    for sentence in plan
        .summary
        .iter()
        .map(Cow::as_ref)
        .chain(own::ABOUT.iter().copied())
        .chain([plan.again.as_ref()])
        .chain(plan.changes().then_some(own::YES))
    {
        writer.comment(sentence);
    }
    writer.line_on(Purpose::Envelope, "& {");
    writer.indented(Writer::body);
    writer.line_on(Purpose::Envelope, "} @args");
    writer.0.block
}

/// The lines of a text in printable ASCII, for comments.
fn ascii_lines(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.lines().map(|line| {
        if is_printable_ascii(line) {
            line.into()
        } else {
            line.replace(|c: char| !matches!(c, ' '..='~'), "?").into()
        }
    })
}

impl Writer<'_> {
    /// A comment of one paragraph, wrapped, in ASCII: some code pages would take the end of a line
    /// for a part of what stands before it.
    fn comment(&mut self, text: &str) {
        if is_printable_ascii(text) {
            self.0.comment(text)
        } else {
            ascii_lines(text).for_each(|line| self.0.comment(&line))
        }
    }

    /// An empty line, but never quite: a console without PSReadLine takes it for the end of what is
    /// pasted.
    fn gap(&mut self) {
        self.comment("");
    }

    #[inline(never)]
    fn body(&mut self) {
        self.line_on(Purpose::Strictness, "$ErrorActionPreference = 'Stop'");
        self.comment(own::EXIT_CODES);
        self.line_on(Purpose::Strictness, "$PSNativeCommandUseErrorActionPreference = $false");
        self.gap();
        self.on(Purpose::Names, Self::names);
        self.gap();
        self.on(Purpose::Helpers, Self::frame);
        self.gap();
        self.braces_on(Purpose::Attempt, &["try"], |writer| {
            writer.on(Purpose::Start, Self::readiness);
            writer.gap();
            writer.checks();
            writer.gap();
            if writer.0.plan.changes() {
                writer.on(Purpose::Question, Self::questions);
                writer.gap();
            }
            writer.phase(if writer.0.plan.changes() { text::CHANGES } else { text::SHOWN });
            for step in writer.0.plan.steps.iter().filter(|step| !step.actions.is_empty()) {
                writer.step(step);
            }
            writer.on(Purpose::End, |writer| {
                writer.lines(&frame::filled(DONE, &[("DONE", &quote(&writer.0.plan.done))]))
            });
        });
        self.0.block.purpose = Purpose::End;
        let ended = quote(own::ENDED);
        self.lines(&frame::filled(
            END,
            &[
                ("STOPPED", text::STOPPED),
                ("REASON", text::REASON),
                ("RUN_THIS", text::RUN_THIS),
                ("ENDED", &ended),
            ],
        ));
    }

    fn phase(&mut self, title: &str) {
        self.comment(&["--- ", title, " ---"].concat());
    }

    #[inline(never)]
    fn frame(&mut self) {
        self.lines(&frame::filled(
            FRAME,
            &[("FOLDER", FOLDER), ("EXIT_CODE", &quote(own::EXIT_CODE))],
        ));
        if self.0.plan.steps.iter().any(|step| frame::private_files(&step.actions).next().is_some())
        {
            self.new_private();
        }
        if self
            .0
            .plan
            .steps
            .iter()
            .flat_map(Step::all_checks)
            .any(|check| matches!(check.expectation, Expectation::BeAtLeast(_)))
        {
            self.lines(AT_LEAST);
        }
        if self.0.plan.steps.iter().any(|step| !step.prompts.is_empty()) {
            self.lines(&frame::filled(ASK, &[("DECLINED", &quote(text::DECLINED))]));
        }
        if self.0.plan.steps.iter().any(|step| frame::notes_in_script(step).next().is_some()) {
            self.lines(TELL);
        }
    }

    /// The names, each on a line of its own.
    #[inline(never)]
    fn names(&mut self) {
        self.comment(HEADING);
        for variable in &self.0.plan.variables {
            self.start_line();
            self.0.block.plain(
                ["$", &name(variable.name), " = ", if variable.list { "@(" } else { "" }].concat(),
            );
            for (index, word) in variable.words.iter().enumerate() {
                if index > 0 {
                    self.0.block.plain(", ");
                }
                for piece in self.pieces(word, false).into_iter() {
                    self.0.block.push(
                        if piece.is_placeholder { Kind::Placeholder } else { Kind::Value },
                        piece.text,
                    );
                    if let Some(token) = self.0.block.tokens.last_mut() {
                        token.about = About::Name(variable.origin);
                    }
                }
            }
            self.0.block.plain(if variable.list { ")\n" } else { "\n" });
        }
    }

    /// The arguments; and what keeps the script from starting.
    #[inline(never)]
    fn readiness(&mut self) {
        self.line_of(&["$thisRun.Step = ", &quote(text::STEP_START)]);
        self.lines(&frame::filled(ARGUMENTS, &[("UNKNOWN_ARGUMENT", own::UNKNOWN_ARGUMENT)]));
        let open: Vec<String> =
            frame::open_variables(self.0.plan).map(|variable| dollar(variable.name)).collect();
        if !open.is_empty() {
            self.line_of(&[
                "$missingNames = @(foreach ($thisValue in @(",
                &open.join("; "),
                ")) { if ($thisValue -like '<* *>') { $thisValue } })",
            ]);
            self.line_of(&[
                "if ($missingNames) { Stop-Run (",
                &quote(text::FILL_IN),
                " + ' ' + ($missingNames -join ' ')) }",
            ]);
        }
        for blocker in &self.0.plan.blockers {
            self.line_of(&["Stop-Run ", &quote(blocker)]);
        }
    }

    #[inline(never)]
    fn checks(&mut self) {
        self.phase(text::CHECKS);
        self.comment(own::WARNINGS);
        self.line_on(Purpose::Warnings, "$ErrorActionPreference = 'Continue'");
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
    }

    #[inline(never)]
    fn questions(&mut self) {
        self.phase(text::QUESTIONS);
        self.line_of(&["$thisRun.Step = ", &quote(text::STEP_QUESTIONS)]);
        for line in &self.0.plan.subject {
            self.line_of(&["Write-Host ", &self.string(line)]);
        }
        self.lines(&frame::filled(CAN_ASK, &[("NO_TERMINAL", &quote(own::NO_TERMINAL))]));
        for prompt in self.0.plan.steps.iter().flat_map(|step| &step.prompts) {
            let question = ["Confirm-Change ", &self.string(&prompt.question)];
            match &prompt.condition {
                None => self.line_of(&question),
                Some(condition) => self
                    .braces(&["if (", &self.condition(condition), ")"], |writer| {
                        writer.line_of(&question)
                    }),
            }
        }
    }

    /// A check in a script.
    fn check(&mut self, check: &Check) {
        self.on(Purpose::Check, |writer| writer.check_through(check));
    }

    fn check_through(&mut self, check: &Check) {
        self.line_of(&["Write-Check ", &quote(&check.title)]);
        let (answer, mut reason) = match &check.probe {
            Probe::Tool(program) => {
                let absent =
                    ["-not (Get-Command -Name ", &quote(program.name()), " -ErrorAction Ignore)"]
                        .concat();
                return self.stop_if(&absent, check);
            }
            Probe::Show(command) => return self.show(command),
            Probe::Query(query_into) => {
                self.query_into(query_into);
                (
                    query_into.into,
                    if query_into.may_fail { "" } else { "$LASTEXITCODE -ne 0" }.to_owned(),
                )
            }
            Probe::Known(answer) => (*answer, String::new()),
        };
        let wrong = match &check.expectation {
            Expectation::Answer | Expectation::BeShown => String::new(),
            Expectation::Hold(condition) => ["-not (", &self.condition(condition), ")"].concat(),
            Expectation::Be(word) => [&dollar(answer), " -ne ", &self.string(word)].concat(),
            Expectation::BeSameAs(other) => [&dollar(answer), " -cne ", &dollar(*other)].concat(),
            Expectation::Include(word) => listed(answer, "-notcontains ", &self.string(word)),
            Expectation::BeGiven => [&dollar(answer), " -eq ''"].concat(),
            Expectation::BeAtLeast(version) => {
                ["-not (Test-Version ", &dollar(answer), " ", &quote(version), ")"].concat()
            }
        };
        if !reason.is_empty() && !wrong.is_empty() {
            reason.push_str(" -or ");
        }
        reason.push_str(&wrong);
        if !reason.is_empty() {
            self.stop_if(&reason, check);
        }
        if check.expectation == Expectation::BeShown {
            self.line_of(&["Write-Host ", &dollar(answer)]);
        }
    }

    /// Stops on a condition, with the remedy: its words as they are, to be quoted when they are
    /// shown.
    fn stop_if(&mut self, condition: &str, check: &Check) {
        let remedy = check
            .otherwise
            .command
            .as_ref()
            .map(|command| [" @(", &self.words(command).join(", "), ")"].concat());
        let stop =
            ["Stop-Run ", &quote(&check.otherwise.message), remedy.as_deref().unwrap_or_default()];
        self.braces(&["if (", condition, ")"], |writer| writer.line_of(&stop));
    }

    /// The words of a command as strings.
    fn words(&self, command: &Command) -> Vec<String> {
        let mut words = vec![quote(command.program.name())];
        words.extend(command.subcommand.iter().map(|word| quote(word)));
        for arg in &command.args {
            if let Some(word) = joined(self.0.plan, arg) {
                words.push(self.string(&word));
                continue;
            }
            words.extend(arg.option.map(quote));
            words.extend(arg.values.iter().map(|value| match value {
                ArgValue::Word(word) => self.string(word),
                ArgValue::Each { each } => dollar(*each),
            }));
        }
        words
    }

    /// A step in a script.
    #[inline(never)]
    fn step(&mut self, step: &Step) {
        if step.place == Place::Node {
            self.comment(&[text::ON_A_NODE, " ", &step.title].concat());
            for sentence in
                std::iter::once(&step.why).chain(step.notes.iter().map(|note| &note.text))
            {
                self.comment(sentence);
            }
            self.warnings(step);
            if let Some(block) = bash::step_blocks(self.0.plan, step).actions {
                for line in ascii_lines(&block.text()) {
                    self.0.comment_line(["#   ", &line].concat());
                }
            }
            self.gap();
            return;
        }
        self.on(Purpose::Step, |writer| writer.line_of(&["Write-Step ", &quote(&step.title)]));
        match &step.only_if {
            None => self.actions(step),
            Some(only_if) => {
                self.braces_on(
                    Purpose::Condition,
                    &["if (", &self.condition(&only_if.condition), ")"],
                    |writer| writer.actions(step),
                );
                self.on(Purpose::Condition, |writer| {
                    writer.braces(&["else"], |writer| {
                        writer.line_of(&["Write-Host ", &quote(&only_if.otherwise)])
                    })
                });
            }
        }
        self.gap();
    }

    /// The actions of a step in a script.
    fn actions(&mut self, step: &Step) {
        self.warnings(step);
        self.read_files(&step.actions, "Stop-Run");
        for file in frame::private_files(&step.actions) {
            // From here on the file goes whenever the script ends.
            self.on(Purpose::Writing, |writer| {
                writer.line_of(&["$thisRun.Private = ", &full_path(&quote(&file.path))]);
                writer.line("New-PrivateFile $thisRun.Private");
            });
        }
        for (index, action) in step.actions.iter().enumerate() {
            match &action.only_if {
                Some(condition) => self.braces_on(
                    Purpose::Condition,
                    &["if (", &self.condition(condition), ")"],
                    |writer| writer.operation(&action.operation),
                ),
                None => self.operation(&action.operation),
            }
            // What comes after a look at the result is of this step again.
            if matches!(action.operation, Operation::Confirm(_)) && index + 1 < step.actions.len() {
                self.on(Purpose::Step, |writer| {
                    writer.line_of(&["$thisRun.Step = ", &quote(&step.title)])
                });
            }
        }
        for note in frame::notes_in_script(step) {
            let command = note
                .command
                .as_ref()
                .map(|command| [" @(", &self.words(command).join(", "), ")"].concat());
            self.on(Purpose::Note, |writer| {
                writer.line_of(&[
                    "Write-Note ",
                    &quote(&note.text),
                    command.as_deref().unwrap_or_default(),
                ])
            });
        }
    }

    /// What can go wrong or be lost, at the command.
    fn warnings(&mut self, step: &Step) {
        for warning in &step.warnings {
            self.comment(&[text::MIND, warning].concat());
        }
    }

    /// A command whose failure is part of the answer, even where the program is missing.
    fn show(&mut self, command: &Command) {
        self.on(Purpose::Lenience, |writer| {
            writer.braces(&["try"], |writer| writer.run(command));
            writer.line("catch { Write-Host $_ }");
        });
    }

    fn operation(&mut self, operation: &Operation) {
        match operation {
            Operation::Run(command) => {
                self.run(command);
                self.line_on(Purpose::Strictness, "Assert-Success");
            }
            Operation::Show(command) => self.show(command),
            Operation::Capture(capture) => self.capture(capture, "Stop-Run"),
            Operation::Write(file) if file.private => self.write_file(file, "$thisRun.Private"),
            Operation::Write(file) => self.write_file(file, &full_path(&quote(&file.path))),
            Operation::Remove(path) if frame::writes_privately(self.0.plan, path) => {
                // Only what was written here: a file of this name may be the user's own.
                self.on(Purpose::Removal, |writer| {
                    writer.braces(&["if ($thisRun.Private)"], |writer| {
                        writer.line(delete("$thisRun.Private"));
                        writer.line("$thisRun.Private = ''");
                    });
                });
            }
            Operation::Remove(path) => {
                self.line_on(Purpose::Removal, delete(&full_path(&quote(path))))
            }
            Operation::Confirm(check) => self.check(check),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_stand_in_strings_of_the_frame_are_plain() {
        for sentence in [text::STOPPED, text::REASON, text::RUN_THIS, own::UNKNOWN_ARGUMENT] {
            assert!(
                is_printable_ascii(sentence) && !sentence.contains(['"', '$', '`']),
                "{sentence}"
            );
        }
        assert_eq!(
            own::EXIT_CODE.matches(['{', '}']).collect::<String>(),
            "{}",
            "a format of one number"
        );
        assert!(own::EXIT_CODE.contains("{0}"));
    }

    #[test]
    fn every_place_for_a_sentence_is_filled() {
        let shouted = |word: &&str| word.len() > 4 && *word != "LASTEXITCODE";
        let words = |text: &str| {
            text.split(|c: char| !c.is_ascii_uppercase() && c != '_')
                .filter(shouted)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert!(words(END).contains(&"STOPPED".to_owned()));
        let step = Step {
            id: "step",
            title: "title".into(),
            why: "why".into(),
            place: Place::Workstation,
            checks: Vec::new(),
            only_if: None,
            prompts: vec![configurator_core::plan::Prompt {
                condition: None,
                question: "question".into(),
            }],
            actions: vec![
                Operation::Write(File { path: "file".into(), private: true, lines: Vec::new() })
                    .into(),
            ],
            expect: None,
            takes: None,
            undo: None,
            warnings: Vec::new(),
            notes: Vec::new(),
        };
        let plan = Plan {
            title: "title".into(),
            summary: Vec::new(),
            again: "again".into(),
            done: "done".into(),
            subject: vec!["subject".into()],
            variables: Vec::new(),
            steps: vec![step],
            blockers: Vec::new(),
        };
        assert_eq!(words(&render(&plan).script.text()), Vec::<String>::new());
    }
}
