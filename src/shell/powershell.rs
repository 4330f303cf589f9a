//! Windows PowerShell 5.1, and PowerShell 7 on Windows, Linux and macOS: one text for all of them.
//!
//! A word is one quoted string, written directly behind the command: only such a string is never taken for a pattern of file names (Linux and
//! macOS), and no wrapper, splat or partly quoted word keeps that mark. In single quotes where it is plain ASCII. With anything else in it in
//! double quotes, in which every such character is an escape: Windows PowerShell reads a file without a byte order mark in the code page of the
//! machine, where half of a dash may be a quote, and a terminal must never see a control character. What cmd.exe makes of a word on its way to
//! `az` no quotes can mend: see [`crate::portable`].

use super::bash;
use super::document::{Block, CheckBlocks, Document, Kind, StepBlocks};
use super::frame::{self, Draft, Naming, Piece, Pieces, Shell};
use crate::plan::{
    Act, Action, Arg, Capture, Check, Command, Condition, Encoding, File, Look, Must, Part, Place, Plan, Probe, Step, Value, Var, Word, flatten,
};
use crate::text::fields::placeholder;
use crate::text::script::{self as text, powershell as own};
use std::borrow::Cow;
use std::fmt::Write;

/// Quotes a text as one string, which is one word behind a command and a value in an expression. NUL, which no argument can hold, becomes U+FFFD.
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
    let name = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    let number = text == "0" || ((1..=9).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()));
    name || number
}

/// The name of a variable of the plan: never one that means something to PowerShell. The frame's own names have capitals within.
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

/// The folder in which commands run and files are written. .NET would take that in which PowerShell was started.
const FOLDER: &str = "$thisFolder = (Get-Location -PSProvider FileSystem).ProviderPath";

/// Writes text of one plan in PowerShell.
struct Writer<'a>(Draft<'a>);

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
        let name = option.strip_prefix("--").or_else(|| option.strip_prefix('-')).unwrap_or_default();
        if is_plain(name) { Cow::Borrowed(option) } else { quote(option).into() }
    }

    /// An option with a single value that the program, or the way to it, would misread in a word of its own: nothing, and what begins with a dash.
    /// Options with one dash know no such form.
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
            return (0..words.len()).map(|index| format!("\"$({list}[{index}])\"")).collect::<Vec<_>>().join(" ");
        }
        // Without quotes each element becomes an argument, however many somebody fills in at the top.
        dollar(list)
    }
}

/// An option and its value as one word.
fn joined(plan: &Plan, arg: &Arg) -> Option<Word> {
    let (Some(option), [Value::Word(word)]) = (arg.option.filter(|option| option.starts_with("--")), arg.values.as_slice()) else { return None };
    let is_misread = match beginning(plan, word) {
        Beginning::Nothing | Beginning::Unknown => true,
        Beginning::Character(c) => c == '-',
    };
    is_misread.then(|| Word([&[Part::Literal([option, "="].concat().into())], word.0.as_slice()].concat()))
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
            Part::Literal(literal) => literal.chars().next().map_or(Beginning::Nothing, Beginning::Character),
            Part::Hole(_) | Part::Secret(_) => Beginning::Character('<'),
            Part::Variable(variable) => match plan.variable(*variable).and_then(|variable| variable.words.first()) {
                Some(word) => beginning(plan, word),
                None => Beginning::Unknown,
            },
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
    super::render(plan, crate::choices::Shell::PowerShell)
}

pub(super) fn step_blocks(plan: &Plan, step: &Step) -> StepBlocks {
    // A node of the cluster has a POSIX shell.
    if !crate::Planned::IS_PAGE && step.place == Place::Node {
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
                    writer.0.block.push(Kind::Program, "Get-Command");
                    writer.0.block.plain([" -Name ", &quote(program.name()), "\n"].concat());
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

    /// `HEAD {`, what is in it, `}`.
    fn braces(&mut self, head: &[&str], write: impl FnOnce(&mut Self)) {
        self.line_of(&[head, &[" {"]].concat());
        self.indented(write);
        self.line("}");
    }

    /// A word as the pieces of one word of PowerShell, or of a string in an expression, where nothing stands without quotes.
    fn pieces(&self, word: &Word, bare: bool) -> Pieces {
        if let [part] = word.0.as_slice() {
            // Most words are one part.
            match part {
                Part::Literal(literal) if bare && is_plain(literal) => return Pieces::one(Piece { text: literal.clone(), hole: false }),
                Part::Literal(literal) => return Pieces::one(Piece { text: quote(literal).into(), hole: false }),
                Part::Variable(variable) if self.0.naming == Naming::Values => {
                    if let Some(word) = self.0.plan.variable(*variable).and_then(|variable| variable.words.first()) {
                        return self.pieces(word, bare);
                    }
                }
                _ => {}
            }
        }
        let parts = self.0.resolve(word);
        let is_static = |part: &Part| match part {
            Part::Literal(literal) => is_printable_ascii(literal),
            Part::Hole(_) | Part::Secret(_) => true,
            _ => false,
        };
        let single = parts.iter().all(is_static);
        let quote = if single { "'" } else { "\"" };
        let last = parts.len().saturating_sub(1);
        let piece = |(index, part): (usize, &Part)| {
            let inner = |text: &str| if single { text.replace('\'', "''") } else { escape(text) };
            let (text, hole) = match part {
                Part::Literal(literal) => (inner(literal), false),
                Part::Hole(field) => (inner(&placeholder(*field)), true),
                Part::Secret(name) => (inner(&["<", name, ">"].concat()), true),
                Part::Variable(variable) | Part::Captured(variable) => (braced(&name(*variable)), false),
                Part::Contents { path, encoding } => (braced(&frame::read_into(*path, *encoding)), false),
            };
            let (before, after) = (if index == 0 { quote } else { "" }, if index == last { quote } else { "" });
            Piece { text: [before, &text, after].concat().into(), hole }
        };
        Pieces::of(parts.iter().enumerate().map(piece))
    }

    /// A word as a string, where its parts need no colors.
    fn string(&self, word: &Word) -> String {
        self.pieces(word, false).into_iter().map(|piece| piece.text).collect()
    }

    /// Whether a word without quotes would be taken for a pattern of file names, or for the home folder.
    fn is_pattern(&self, word: &Word) -> bool {
        flatten(word, self.0.plan).is_some_and(|text| text.contains(['*', '?', '[', ']']) || text.starts_with('~'))
    }

    /// The actions of a step as one block that is complete when pasted alone and leaves nothing behind in the session.
    fn pasted_actions(&mut self, step: &Step) {
        let actions = step.actions.as_slice();
        let is_guarded = step.guards().next().is_some();
        if let [Action { act: Act::Remove(path), .. }] = actions {
            let path = quote(path);
            return self.line_of(&["if (Test-Path -LiteralPath ", &path, ") { Remove-Item -LiteralPath ", &path, " -Force }"]);
        }
        if let [Action { act, .. }] = actions
            && let Some(command) = run_by(act)
            && !is_guarded
        {
            return self.run(command);
        }
        if !is_guarded && actions.iter().all(|action| matches!(action.act, Act::Run(_) | Act::Show(_) | Act::Confirm(_))) {
            return self.braces(&["&"], |writer| actions.iter().for_each(|action| writer.pasted_action(&action.act, false)));
        }
        let private: Vec<String> = frame::private_files(actions).map(|file| full_path(&quote(&file.path))).collect();
        self.braces(&["&"], |writer| {
            writer.line("$ErrorActionPreference = 'Continue'");
            writer.line(FOLDER);
            if !private.is_empty() {
                writer.new_private();
                writer.line("$isWritten = $false");
            }
            // Within try an error ends more than its own statement.
            writer.braces(&["try"], |writer| {
                writer.read_files(actions, "throw");
                for path in &private {
                    writer.line_of(&["New-PrivateFile (", path, ")"]);
                }
                for (index, action) in actions.iter().enumerate() {
                    let is_kept = frame::is_kept(step, index);
                    match step.guard(action) {
                        None => writer.pasted_action(&action.act, is_kept),
                        Some(condition) => {
                            let condition = writer.condition(condition);
                            writer.braces(&["if (", &condition, ")"], |writer| writer.pasted_action(&action.act, is_kept));
                        }
                    }
                }
                if !private.is_empty() {
                    writer.line("$isWritten = $true");
                }
            });
            if private.is_empty() {
                writer.line("catch { throw }");
            } else {
                // Calls of .NET only: they go on when somebody pressed Ctrl+C.
                writer.line_of(&["finally { if (-not $isWritten) { ", &private.iter().map(|path| delete(path)).collect::<Vec<_>>().join("; "), " } }"]);
            }
        });
    }

    /// An action in a block; `is_kept` says whether a later one asks for its answer.
    fn pasted_action(&mut self, act: &Act, is_kept: bool) {
        match act {
            Act::Confirm(Check { probe: Probe::Look(look), .. }) if is_kept => self.pasted_look(look),
            Act::Run(_) | Act::Show(_) | Act::Confirm(_) => {
                if let Some(command) = run_by(act) {
                    self.run(command);
                    if !matches!(act, Act::Show(_)) {
                        // What failed said so itself.
                        self.line("if ($LASTEXITCODE -ne 0) { return }");
                    }
                }
            }
            Act::Capture(capture) => self.capture(capture, "throw"),
            Act::Write(file) => self.write_file(file, &full_path(&quote(&file.path))),
            Act::Remove(path) => self.line(delete(&full_path(&quote(path)))),
        }
    }

    /// A look whose answer a block keeps.
    fn pasted_look(&mut self, look: &Look) {
        self.look(look);
        if !look.may_fail {
            self.line("if ($LASTEXITCODE -ne 0) { return }");
        }
    }

    /// Keeps the answer of a look; where it may fail, nothing then.
    fn look(&mut self, look: &Look) {
        if !look.may_fail {
            return self.assign(look.into, &look.command);
        }
        // The program may be missing, too.
        let answer = dollar(look.into);
        self.line_of(&[&answer, " = ''"]);
        self.braces(&["try"], |writer| {
            writer.assign(look.into, &look.command);
            writer.line_of(&["if ($LASTEXITCODE -ne 0) { ", &answer, " = '' }"]);
        });
        self.line("catch { }");
    }

    /// `$variable = @(command) …`: one string, with a line break between the lines.
    fn assign(&mut self, variable: Var, command: &Command) {
        self.start_line();
        self.0.block.plain(["$", &name(variable), " = @("].concat());
        self.command(command);
        self.0.block.plain(") -join \"`n\" -replace '\\r'\n");
    }

    /// What a command prints, which must be as the plan says; else `STOP 'reason'`.
    fn capture(&mut self, capture: &Capture, stop: &str) {
        self.assign(capture.into, &capture.command);
        let got = dollar(capture.into);
        let unwanted: String = capture.without.iter().chain(&['\n']).collect();
        let begins = match capture.begins_with {
            "" => [&got, " -eq ''"].concat(),
            beginning => ["-not ", &got, ".StartsWith(", &quote(beginning), ", 'Ordinal')"].concat(),
        };
        let head = ["if ($LASTEXITCODE -ne 0 -or ", &begins, " -or ", &got, ".IndexOfAny([char[]] ", &quote(&unwanted), ") -ge 0)"];
        self.braces(&head, |writer| writer.line_of(&[stop, " ", &quote(&capture.otherwise)]));
    }

    /// Reads the files whose contents go into others: before anything else of the step, so that no password is generated where one is missing.
    fn read_files(&mut self, actions: &[Action], stop: &str) {
        for (path, encoding) in frame::read_files(actions) {
            let from = self.string(&Word::from(path));
            let full = full_path(&from);
            let read = match encoding {
                Encoding::Text => ["[System.IO.File]::ReadAllText(", &full, ").TrimEnd([char[]] ", &quote("\r\n"), ")"].concat(),
                Encoding::Base64 => ["[Convert]::ToBase64String([System.IO.File]::ReadAllBytes(", &full, "))"].concat(),
            };
            let name = frame::read_into(path, encoding);
            self.line_of(&["$", &name, " = ", &read]);
            self.line_of(&["if ($", &name, " -eq '') { ", stop, " (", &quote(text::UNREADABLE), " + ' ' + ", &from, ") }"]);
        }
    }

    /// Writes a file anew, at a path that is an expression; a private one was made before, and what goes into it was read. UTF-8 without a byte
    /// order mark, which the CLI cannot read.
    fn write_file(&mut self, file: &File, path: &str) {
        if !file.private {
            // What lies there is not written into: it may be a link.
            self.line(delete(path));
        }
        self.line_of(&["[System.IO.File]::WriteAllText(", path, ", (@("]);
        self.file_lines(file);
        self.line(") -join \"`n\") + \"`n\")");
    }

    /// The lines of a file, each an expression on a line of its own.
    fn file_lines(&mut self, file: &File) {
        self.indented(|writer| {
            for line in &file.lines {
                writer.start_line();
                let parts = writer.0.resolve(line);
                if parts.is_empty() {
                    writer.0.block.plain("''");
                }
                for (index, part) in parts.into_iter().enumerate() {
                    if index > 0 {
                        writer.0.block.plain(" + ");
                    }
                    match part {
                        Part::Literal(literal) => writer.0.block.push(Kind::Value, quote(&literal)),
                        Part::Hole(field) => writer.0.block.push(Kind::Hole, quote(&placeholder(field))),
                        Part::Secret(name) => writer.0.block.push(Kind::Hole, quote(&["<", name, ">"].concat())),
                        Part::Variable(variable) | Part::Captured(variable) => writer.0.block.push(Kind::Value, dollar(variable)),
                        Part::Contents { path, encoding } => {
                            writer.0.block.push(Kind::Value, ["$", &frame::read_into(path, encoding)].concat());
                        }
                    }
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
fn run_by(act: &Act) -> Option<&Command> {
    match act {
        Act::Run(command) | Act::Show(command) => Some(command),
        Act::Confirm(check) => check.command(),
        Act::Capture(_) | Act::Write(_) | Act::Remove(_) => None,
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

/// `New-PrivateFile PATH`: makes an empty file closed to others, before its text is fetched: no password is generated for a file that cannot be
/// written. What another user puts there meanwhile, a link for instance, makes it fail.
///
/// On Linux and macOS nobody else can have it open, for it begins with its mode: by `sh`, as PowerShell has no umask and .NET took a mode in 2022
/// only. The words of `sh` must do without double quotes, which PowerShell 7.0 to 7.2 lose. Under Windows it has the rights of its folder until
/// icacls has taken them away.
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

/// The state of the run, `Write-Step TITLE`, `Write-Check TITLE`, `Stop-Run REASON [COMMAND]`, `Assert-Success`.
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

/// Who can answer: not a pipeline, not a service, and not a PowerShell that was told so. Other hosts than the console ask in their own way.
const CAN_ASK: &str = r#"$canAsk = [Environment]::UserInteractive -and -not ([Environment]::GetCommandLineArgs() -match '^[-/]+noni')
if ($Host.Name -eq 'ConsoleHost' -and [Console]::IsInputRedirected) { $canAsk = $false }
if (-not $canAsk -and -not $thisRun.Yes) { Stop-Run §NO_TERMINAL§ }"#;

const ARGUMENTS: &str = r#"foreach ($thisArgument in $args) {
  if ($thisArgument -in '-Yes', '-y', '--yes') { $thisRun.Yes = $true }
  elseif ("${thisArgument}" -ne '') { Stop-Run ("§UNKNOWN_ARGUMENT§ ${thisArgument}") }
}"#;

/// What happens at the end, however it comes: within `finally` nothing but calls of .NET, which go on when somebody pressed Ctrl+C.
///
/// From a file the exit code says it; `exit` at a prompt would end the session.
const END: &str = r#"catch {
  $thisRun.Told = $true
  $Host.UI.WriteErrorLine("`n§STOPPED§ $($thisRun.Step)")
  $Host.UI.WriteErrorLine("§REASON§ $($_.Exception.Message)")
  if ($thisRun.Remedy) { $Host.UI.WriteErrorLine("§RUN_THIS§`n  $(Format-Command $thisRun.Remedy)") }
}
finally {
  if ($thisRun.Private) { [System.IO.File]::Delete($thisRun.Private) }
  if (-not $thisRun.Done -and -not $thisRun.Told) { $Host.UI.WriteErrorLine("`n§STOPPED§ $($thisRun.Step)") }
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
pub(super) fn script(plan: &Plan) -> Block {
    let mut writer = Writer::new(plan, Naming::Variables);
    // At a prompt it is a comment like any other; in a file an older PowerShell says what it lacks.
    writer.0.block.push(Kind::Comment, "#Requires -Version 5.1");
    writer.0.blank();
    writer.comment(&plan.title);
    writer.comment("");
    for sentence in
        plan.summary.iter().map(Cow::as_ref).chain(own::ABOUT.iter().copied()).chain([plan.again.as_ref()]).chain(plan.changes().then_some(own::YES))
    {
        writer.comment(sentence);
    }
    writer.line("& {");
    writer.indented(Writer::body);
    writer.line("} @args");
    writer.0.block
}

impl Writer<'_> {
    /// A comment of one paragraph, wrapped, in ASCII: some code pages would take the end of a line for a part of what stands before it.
    fn comment(&mut self, text: &str) {
        if is_printable_ascii(text) { self.0.comment(text) } else { ascii_lines(text).for_each(|line| self.0.comment(&line)) }
    }

    /// An empty line, but never quite: a console without PSReadLine takes it for the end of what is pasted.
    fn gap(&mut self) {
        self.comment("");
    }

    #[inline(never)]
    fn body(&mut self) {
        self.line("$ErrorActionPreference = 'Stop'");
        self.comment(own::EXIT_CODES);
        self.line("$PSNativeCommandUseErrorActionPreference = $false");
        self.gap();
        self.names();
        self.gap();
        self.frame();
        self.gap();
        self.braces(&["try"], |writer| {
            writer.readiness();
            writer.gap();
            writer.checks();
            writer.gap();
            if writer.0.plan.changes() {
                writer.questions();
                writer.gap();
            }
            writer.phase(if writer.0.plan.changes() { text::CHANGES } else { text::SHOWN });
            for step in writer.0.plan.steps.iter().filter(|step| !step.actions.is_empty()) {
                writer.step(step);
            }
            writer.lines(&frame::filled(DONE, &[("DONE", &quote(&writer.0.plan.done))]));
        });
        let ended = quote(own::ENDED);
        self.lines(&frame::filled(END, &[("STOPPED", text::STOPPED), ("REASON", text::REASON), ("RUN_THIS", text::RUN_THIS), ("ENDED", &ended)]));
    }

    fn phase(&mut self, title: &str) {
        self.comment(&["--- ", title, " ---"].concat());
    }

    #[inline(never)]
    fn frame(&mut self) {
        self.lines(&frame::filled(FRAME, &[("FOLDER", FOLDER), ("EXIT_CODE", &quote(own::EXIT_CODE))]));
        if self.0.plan.steps.iter().any(|step| frame::private_files(&step.actions).next().is_some()) {
            self.new_private();
        }
        if self.0.plan.steps.iter().flat_map(Step::all_checks).any(|check| matches!(check.must, Must::BeAtLeast(_))) {
            self.lines(AT_LEAST);
        }
        if self.0.plan.steps.iter().any(|step| !step.asks.is_empty()) {
            self.lines(&frame::filled(ASK, &[("DECLINED", &quote(text::DECLINED))]));
        }
        if self.0.plan.steps.iter().any(|step| frame::told(step).next().is_some()) {
            self.lines(TELL);
        }
    }

    /// The names, each on a line of its own.
    #[inline(never)]
    fn names(&mut self) {
        self.comment(text::NAMES);
        for variable in &self.0.plan.variables {
            self.start_line();
            self.0.block.plain(["$", &name(variable.name), " = ", if variable.list { "@(" } else { "" }].concat());
            for (index, word) in variable.words.iter().enumerate() {
                if index > 0 {
                    self.0.block.plain(", ");
                }
                for piece in self.pieces(word, false).into_iter() {
                    self.0.block.push(if piece.hole { Kind::Hole } else { Kind::Value }, piece.text);
                    if let Some(token) = self.0.block.tokens.last_mut() {
                        token.origin = Some(variable.origin);
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
        let open: Vec<String> = frame::open_variables(self.0.plan).map(|variable| dollar(variable.name)).collect();
        if !open.is_empty() {
            self.line_of(&["$missingNames = @(foreach ($thisValue in @(", &open.join("; "), ")) { if ($thisValue -like '<* *>') { $thisValue } })"]);
            self.line_of(&["if ($missingNames) { Stop-Run (", &quote(text::FILL_IN), " + ' ' + ($missingNames -join ' ')) }"]);
        }
        for blocker in &self.0.plan.blockers {
            self.line_of(&["Stop-Run ", &quote(blocker)]);
        }
    }

    #[inline(never)]
    fn checks(&mut self) {
        self.phase(text::CHECKS);
        self.comment(own::WARNINGS);
        self.line("$ErrorActionPreference = 'Continue'");
        for check in self.0.plan.steps.iter().filter(|step| step.place == Place::Workstation).flat_map(|step| &step.checks) {
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
        for ask in self.0.plan.steps.iter().flat_map(|step| &step.asks) {
            let question = ["Confirm-Change ", &self.string(&ask.question)];
            match &ask.condition {
                None => self.line_of(&question),
                Some(condition) => self.braces(&["if (", &self.condition(condition), ")"], |writer| writer.line_of(&question)),
            }
        }
    }

    /// Names and answers are compared whole and in any case of letters, as PowerShell does by itself.
    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Absent { from, name } => listed(*from, "-notcontains ", &self.string(name)),
            Condition::Present { from, name } => listed(*from, "-contains ", &self.string(name)),
            Condition::Is { answer, value } => [&dollar(*answer), " -eq ", &self.string(value)].concat(),
            Condition::IsNot { answer, value } => [&dollar(*answer), " -ne ", &self.string(value)].concat(),
            Condition::FileAbsent(path) => ["-not [System.IO.File]::Exists(", &full_path(&self.string(path)), ")"].concat(),
            Condition::All(all) if all.is_empty() => "$true".to_owned(),
            Condition::All(all) => all.iter().map(|one| ["(", &self.condition(one), ")"].concat()).collect::<Vec<_>>().join(" -and "),
            Condition::Not(condition) => ["-not (", &self.condition(condition), ")"].concat(),
        }
    }

    /// A check in a script.
    fn check(&mut self, check: &Check) {
        self.line_of(&["Write-Check ", &quote(&check.title)]);
        let (answer, mut reason) = match &check.probe {
            Probe::Tool(program) => {
                let absent = ["-not (Get-Command -Name ", &quote(program.name()), " -ErrorAction Ignore)"].concat();
                return self.stop_if(&absent, check);
            }
            Probe::Show(command) => return self.show(command),
            Probe::Look(look) => {
                self.look(look);
                (look.into, if look.may_fail { "" } else { "$LASTEXITCODE -ne 0" }.to_owned())
            }
            Probe::Known(answer) => (*answer, String::new()),
        };
        let wrong = match &check.must {
            Must::Answer | Must::BeShown => String::new(),
            Must::Hold(condition) => ["-not (", &self.condition(condition), ")"].concat(),
            Must::Be(word) => [&dollar(answer), " -ne ", &self.string(word)].concat(),
            Must::BeSameAs(other) => [&dollar(answer), " -cne ", &dollar(*other)].concat(),
            Must::Include(word) => listed(answer, "-notcontains ", &self.string(word)),
            Must::BeGiven => [&dollar(answer), " -eq ''"].concat(),
            Must::BeAtLeast(version) => ["-not (Test-Version ", &dollar(answer), " ", &quote(version), ")"].concat(),
        };
        if !reason.is_empty() && !wrong.is_empty() {
            reason.push_str(" -or ");
        }
        reason.push_str(&wrong);
        if !reason.is_empty() {
            self.stop_if(&reason, check);
        }
        if check.must == Must::BeShown {
            self.line_of(&["Write-Host ", &dollar(answer)]);
        }
    }

    /// Stops on a condition, with the remedy: its words as they are, to be quoted when they are shown.
    fn stop_if(&mut self, condition: &str, check: &Check) {
        let remedy = check.otherwise.command.as_ref().map(|command| [" @(", &self.words(command).join(", "), ")"].concat());
        let stop = ["Stop-Run ", &quote(&check.otherwise.message), remedy.as_deref().unwrap_or_default()];
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
                Value::Word(word) => self.string(word),
                Value::Each { each } => dollar(*each),
            }));
        }
        words
    }

    /// A step in a script.
    #[inline(never)]
    fn step(&mut self, step: &Step) {
        if !crate::Planned::IS_PAGE && step.place == Place::Node {
            self.comment(&[text::ON_A_NODE, " ", &step.title].concat());
            for sentence in std::iter::once(&step.why).chain(step.notes.iter().map(|note| &note.text)) {
                self.comment(sentence);
            }
            self.warnings(step);
            if let Some(block) = bash::step_blocks(self.0.plan, step).actions {
                for line in ascii_lines(&block.text()) {
                    self.0.comment_line(&["#   ", &line].concat());
                }
            }
            self.gap();
            return;
        }
        self.line_of(&["Write-Step ", &quote(&step.title)]);
        match &step.only_if {
            None => self.actions(step),
            Some(only_if) => {
                self.braces(&["if (", &self.condition(&only_if.condition), ")"], |writer| writer.actions(step));
                self.braces(&["else"], |writer| writer.line_of(&["Write-Host ", &quote(&only_if.otherwise)]));
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
            self.line_of(&["$thisRun.Private = ", &full_path(&quote(&file.path))]);
            self.line("New-PrivateFile $thisRun.Private");
        }
        for (index, action) in step.actions.iter().enumerate() {
            match &action.only_if {
                Some(condition) => self.braces(&["if (", &self.condition(condition), ")"], |writer| writer.act(&action.act)),
                None => self.act(&action.act),
            }
            // What comes after a look at the result is of this step again.
            if matches!(action.act, Act::Confirm(_)) && index + 1 < step.actions.len() {
                self.line_of(&["$thisRun.Step = ", &quote(&step.title)]);
            }
        }
        for note in frame::told(step) {
            let command = note.command.as_ref().map(|command| [" @(", &self.words(command).join(", "), ")"].concat());
            self.line_of(&["Write-Note ", &quote(&note.text), command.as_deref().unwrap_or_default()]);
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
        self.braces(&["try"], |writer| writer.run(command));
        self.line("catch { Write-Host $_ }");
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Run(command) => {
                self.run(command);
                self.line("Assert-Success");
            }
            Act::Show(command) => self.show(command),
            Act::Capture(capture) => self.capture(capture, "Stop-Run"),
            Act::Write(file) if file.private => self.write_file(file, "$thisRun.Private"),
            Act::Write(file) => self.write_file(file, &full_path(&quote(&file.path))),
            Act::Remove(path) if frame::writes_privately(self.0.plan, path) => {
                // Only what was written here: a file of this name may be the user's own.
                self.braces(&["if ($thisRun.Private)"], |writer| {
                    writer.line(delete("$thisRun.Private"));
                    writer.line("$thisRun.Private = ''");
                });
            }
            Act::Remove(path) => self.line(delete(&full_path(&quote(path)))),
            Act::Confirm(check) => self.check(check),
        }
    }
}

/// Whether a word is one of the lines of an answer, or is not.
fn listed(answer: Var, operator: &str, word: &str) -> String {
    ["($", &name(answer), " -split '\\n') ", operator, word].concat()
}

/// The lines of a text in printable ASCII, for comments.
fn ascii_lines(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.lines().map(|line| if is_printable_ascii(line) { line.into() } else { line.replace(|c: char| !matches!(c, ' '..='~'), "?").into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_that_stand_in_strings_of_the_frame_are_plain() {
        for sentence in [text::STOPPED, text::REASON, text::RUN_THIS, own::UNKNOWN_ARGUMENT] {
            assert!(is_printable_ascii(sentence) && !sentence.contains(['"', '$', '`']), "{sentence}");
        }
        assert_eq!(own::EXIT_CODE.matches(['{', '}']).collect::<String>(), "{}", "a format of one number");
        assert!(own::EXIT_CODE.contains("{0}"));
    }

    #[test]
    fn every_place_for_a_sentence_is_filled() {
        let shouted = |word: &&str| word.len() > 4 && *word != "LASTEXITCODE";
        let words = |text: &str| text.split(|c: char| !c.is_ascii_uppercase() && c != '_').filter(shouted).map(str::to_owned).collect::<Vec<_>>();
        assert!(words(END).contains(&"STOPPED".to_owned()));
        let step = Step {
            id: "step",
            title: "title".into(),
            why: "why".into(),
            place: Place::Workstation,
            checks: Vec::new(),
            only_if: None,
            asks: vec![crate::plan::Ask { condition: None, question: "question".into() }],
            actions: vec![Act::Write(File { path: "file".into(), private: true, lines: Vec::new() }).into()],
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
