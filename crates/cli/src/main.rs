//! The native command: the same generator as the page, for pipelines, documentation authors and the
//! project's own tests.
//!
//! It prints byte for byte what the page shows. Exit status: 0; 1 if there is an error (the output
//! is printed anyway); 2 for wrong usage.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use configurator_core::Planned;
use configurator_core::choices::{Field, Preset, SelectField, Shell, TEXT_LIMIT, preset_text};
use configurator_core::link::{self, Parsed};
use configurator_core::rules::{Finding, Severity};
use configurator_lint::read::{self, Form, Lines, Reading, Remark};
use configurator_render::embed::{self, Locks, Snippet, View};
use configurator_render::{Outcome, runbook, shell};
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// `link`.
const LINK: &str = "Make a link";
/// The link argument.
const LINK_ARGUMENT: &str = "A fragment or a URL; none means the secure default";
/// `--format`, elsewhere.
const FORMAT: &str = "Text for people, JSON for programs";

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(
    name = "connected-registry",
    version,
    about = "Commands that deploy the Azure connected registry Arc extension, from a link of \
             choices",
    after_help = "LINK is a fragment (#registry=contoso&name=edge01) or a whole URL; none means \
                  the secure default.\nExit status: 0; 1 where an error stands; 2 for wrong usage.",
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    call: Call,
}

#[derive(Subcommand)]
enum Call {
    #[command(about = "List the documented scenarios, with their links")]
    Scenarios {
        #[arg(long, value_enum, default_value_t, help = FORMAT)]
        format: Format,
    },
    #[command(about = "Print the complete script; findings go to standard error")]
    Script {
        #[arg(default_value = "", help = LINK_ARGUMENT, hide_default_value = true)]
        link: String,
        #[arg(long, value_parser = shell_of, help = "The shell, instead of that of the link")]
        shell: Option<Shell>,
        #[arg(long, help = "Print the form to paste at a prompt, which zsh passes on to bash")]
        paste: bool,
    },
    #[command(about = "Print the steps, with every command")]
    Plan {
        #[arg(default_value = "", help = LINK_ARGUMENT, hide_default_value = true)]
        link: String,
        #[arg(
            long,
            value_enum,
            default_value_t,
            help = "Text to read, JSON for programs, every command on a line of its own for \
                    pipelines, the same commands to paste at a prompt of bash, zsh or PowerShell, \
                    or a runbook in Markdown"
        )]
        format: PlanFormat,
    },
    #[command(about = "Print the protected-settings JSON, with placeholders")]
    Settings {
        #[arg(default_value = "", help = LINK_ARGUMENT, hide_default_value = true)]
        link: String,
    },
    #[command(about = "Print the findings")]
    Check {
        #[arg(default_value = "", help = LINK_ARGUMENT, hide_default_value = true)]
        link: String,
        #[arg(long, value_enum, default_value_t, help = FORMAT)]
        format: Format,
    },
    #[command(
        about = "Read commands, a script, a Markdown page or protected settings back, and print \
                 what is wrong with them",
        after_help = "Nothing is executed. Exit status: 0; 1 where an error is found; 2 where the \
                      file cannot be read.\nAs JSON: an array of findings; fix is the list of \
                      changes that mend one, lines and columns counted from 1, or null."
    )]
    Lint {
        #[arg(
            default_value = "-",
            value_name = "FILE",
            help = "A file; - or nothing for standard input. Its name tells what it is: .md, .sh, \
                    .ps1, .json",
            hide_default_value = true
        )]
        file: String,
        #[arg(long, value_enum, default_value_t, help = FORMAT)]
        format: Format,
        #[arg(
            long = "as",
            value_enum,
            value_name = "WHAT",
            help = "What the text is, where its name does not say it"
        )]
        form: Option<As>,
        #[arg(
            long,
            conflicts_with = "format",
            help = "Print the text with everything that certainly mends it, instead of the findings"
        )]
        corrected: bool,
    },
    #[command(
        about = "Print the HTML that puts the configurator into a page, with these choices",
        after_help = "What is printed can be pasted into HTML and into Markdown. In it are a link \
                      and the commands, for readers without a script."
    )]
    Embed {
        #[arg(default_value = "", help = LINK_ARGUMENT, hide_default_value = true)]
        link: String,
        #[arg(long, value_name = "URL", value_parser = address, help = "The address of the configurator's folder; without it, one to be replaced")]
        at: Option<String>,
        #[arg(long, default_value = "steps", value_parser = word(View::from_word, &View::ALL.map(View::word)), help = "What is shown: form and steps, form and script, or one block of commands")]
        view: View,
        #[arg(long, default_value = "nothing", value_parser = word(Locks::from_word, &Locks::ALL.map(Locks::word)), help = "What readers may not change: nothing, the scenario, or that and all that is given")]
        lock: Locks,
        #[arg(long, help = "Do not show what they may not change")]
        hide: bool,
        #[arg(long, value_enum, help = "The colors; without it, those of the page around")]
        theme: Option<Theme>,
        #[arg(
            long,
            value_name = "PIXELS",
            help = "The height that is kept free for it, in CSS pixels"
        )]
        height: Option<u32>,
    },
    #[command(about = LINK)]
    Link {
        #[arg(required = true, value_name = "KEY=VALUE", value_parser = pair, help = "A choice: registry=contoso")]
        pairs: Vec<(String, String)>,
    },
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum PlanFormat {
    #[default]
    Text,
    Json,
    Lines,
    Paste,
    Markdown,
}

/// What a text is taken for, where its name and what is in it say something else.
#[derive(Clone, Copy, ValueEnum)]
enum As {
    Bash,
    Powershell,
    Markdown,
    Settings,
}

impl From<As> for Form {
    fn from(form: As) -> Self {
        match form {
            As::Bash => Self::Commands(Shell::Bash),
            As::Powershell => Self::Commands(Shell::PowerShell),
            As::Markdown => Self::Markdown,
            As::Settings => Self::Settings,
        }
    }
}

fn shell_of(word: &str) -> Result<Shell, String> {
    Shell::from_word(word).ok_or_else(|| unknown_word(SelectField::Shell.words()))
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (key, value) = text
        .split_once('=')
        .ok_or_else(|| "a choice is KEY=VALUE, such as registry=contoso".to_owned())?;
    Ok((key.to_owned(), value.to_owned()))
}

fn main() -> ExitCode {
    match run(Cli::parse().call) {
        Ok(status) => status,
        // Whoever reads us closed the pipe: head, for instance.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("connected-registry: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(call: Call) -> io::Result<ExitCode> {
    match call {
        Call::Scenarios { format } => scenarios(format),
        Call::Script { link, shell, paste } => {
            let mut parsed = link::parse(&link);
            if let Some(shell) = shell {
                parsed.choices.select.shell = shell;
            }
            let wanted = parsed.choices.select.shell;
            print(parsed, |outcome| {
                let script = outcome.document.script.text();
                if paste { shell::script_to_paste(&script, wanted).into_owned() } else { script }
            })
        }
        Call::Plan { link, format: PlanFormat::Text } => {
            print(link::parse(&link), |outcome| runbook::plan(&outcome.plan, &outcome.document))
        }
        Call::Plan { link, format: PlanFormat::Lines } => {
            let parsed = link::parse(&link);
            let wanted = parsed.choices.select.shell;
            print(parsed, |outcome| shell::lines(&outcome.plan, wanted).text())
        }
        Call::Plan { link, format: PlanFormat::Paste } => {
            let parsed = link::parse(&link);
            let wanted = parsed.choices.select.shell;
            print(parsed, |outcome| shell::lines_to_paste(&outcome.plan, wanted).text())
        }
        Call::Plan { link, format: PlanFormat::Markdown } => {
            let parsed = link::parse(&link);
            let (shell, fragment) = (parsed.choices.select.shell, link::fragment(&parsed.choices));
            print(parsed, |outcome| {
                runbook::markdown(&outcome.plan, &outcome.document.steps, shell, &fragment)
            })
        }
        Call::Plan { link, format: PlanFormat::Json } => {
            let parsed = link::parse(&link);
            let plan = json(&Outcome::of_link(&parsed).plan)?;
            print(parsed, |_| plan.clone())
        }
        Call::Settings { link } => {
            print(link::parse(&link), |outcome| match &outcome.document.settings {
                Some(settings) => settings.text(),
                None => {
                    eprintln!("This task writes no protected settings.");
                    String::new()
                }
            })
        }
        Call::Check { link, format } => check(link::parse(&link), format),
        Call::Lint { file, format, form, corrected } => {
            lint(&file, format, form.map(Form::from), corrected)
        }
        Call::Link { pairs } => make_link(&pairs),
        Call::Embed { link, at, view, lock, hide, theme, height } => {
            let parsed = link::parse(&link);
            let choices = parsed.choices.clone();
            let commands = embed::commands(
                &Planned::with_problems(
                    &choices,
                    parsed.problems.iter().map(|problem| problem.message.clone()),
                ),
                &choices,
                view,
            );
            // Whoever leaves the address out gets one that is nobody's, to be replaced.
            let base = at.map(|at| format!("{}/", at.trim_end_matches('/'))).unwrap_or_default();
            let theme = theme.map_or("", Theme::word);
            let snippet = Snippet {
                base: &base,
                view,
                theme,
                locks: lock,
                hides: hide,
                height,
                commands: &commands,
            };
            print(parsed, |_| snippet.html(&choices))
        }
    }
}

/// A parser of one of some words.
fn word<T: Clone + Send + Sync + 'static>(
    of: fn(&str) -> Option<T>,
    words: &[&'static str],
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(words.to_vec())
        .try_map(move |word| of(&word).ok_or("an unknown word"))
}

/// The address of a folder on a web server.
fn address(text: &str) -> Result<String, &'static str> {
    let is_address = ["https://", "http://"]
        .iter()
        .any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    if is_address && !text.contains(['?', '#', ' ']) {
        Ok(text.to_owned())
    } else {
        Err("an address like https://example.com/configurator/, without ? and #")
    }
}

/// The colors of the page within another one, where they are not those of the page around.
#[derive(Clone, Copy, ValueEnum)]
enum Theme {
    Light,
    Dark,
}

impl Theme {
    const fn word(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

fn json(value: &impl serde::Serialize) -> io::Result<String> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}

/// Prints to standard output what follows from a link, and its findings to standard error.
fn print(parsed: Parsed, output: impl Fn(&Outcome) -> String) -> io::Result<ExitCode> {
    let outcome = Outcome::of_link(&parsed);
    io::stdout().write_all(output(&outcome).as_bytes())?;
    let findings = [parsed.problems, outcome.findings].concat();
    let mut stderr = io::stderr().lock();
    for finding in &findings {
        writeln!(stderr, "{}", one_line(finding))?;
    }
    Ok(status(&findings))
}

fn status(findings: &[Finding]) -> ExitCode {
    ExitCode::from(u8::from(findings.iter().any(|finding| finding.severity == Severity::Error)))
}

fn check(parsed: Parsed, format: Format) -> io::Result<ExitCode> {
    let found = Outcome::of_link(&parsed).findings;
    let findings = [parsed.problems, found].concat();
    let mut stdout = io::stdout().lock();
    match format {
        Format::Json => stdout.write_all(json(&findings)?.as_bytes())?,
        Format::Text if findings.is_empty() => writeln!(stdout, "Nothing to find fault with.")?,
        Format::Text => {
            for finding in &findings {
                writeln!(stdout, "{}", one_line(finding))?;
                writeln!(stdout, "    {}", finding.why)?;
            }
        }
    }
    Ok(status(&findings))
}

fn scenarios(format: Format) -> io::Result<ExitCode> {
    #[derive(serde::Serialize)]
    struct Scenario {
        id: &'static str,
        title: &'static str,
        description: &'static str,
        link: String,
    }
    let scenarios: Vec<Scenario> = Preset::ALL
        .iter()
        .map(|preset| {
            let text = preset_text::of(*preset);
            Scenario {
                id: preset.id(),
                title: text.title,
                description: text.description,
                link: format!("#scenario={}", preset.id()),
            }
        })
        .collect();
    let mut stdout = io::stdout().lock();
    match format {
        Format::Json => stdout.write_all(json(&scenarios)?.as_bytes())?,
        Format::Text => {
            for scenario in scenarios {
                writeln!(
                    stdout,
                    "{}\n    {}\n    {}",
                    scenario.link, scenario.title, scenario.description
                )?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Pairs are free text here, not yet part of a link; so they go through the fields, not through the
/// parser of links.
fn make_link(pairs: &[(String, String)]) -> io::Result<ExitCode> {
    let usage = |message: String| {
        eprintln!("error: {message}");
        Ok(ExitCode::from(2))
    };
    let scenario = pairs.iter().rev().find(|(key, _)| key == "scenario").map(|(_, id)| id);
    let mut choices = match scenario.map(|id| (id, Preset::from_id(id))) {
        None => Default::default(),
        Some((_, Some(preset))) => configurator_core::choices::Choices::from(preset),
        Some((id, None)) => return usage(bad_value("scenario", id)),
    };
    for (key, value) in pairs.iter().filter(|(key, _)| key != "scenario") {
        match Field::from_key(key) {
            Some(Field::Text(_)) if value.chars().count() > TEXT_LIMIT => {
                return usage(too_long(key, TEXT_LIMIT));
            }
            Some(Field::Text(field)) => choices.set_text(field, value.as_str()),
            Some(Field::Select(field)) if choices.select.set_word(field, value) => {}
            Some(Field::Select(_)) => return usage(bad_value(key, value)),
            None => return usage(bad_key(key)),
        }
    }
    writeln!(io::stdout(), "{}", link::fragment(&choices))?;
    Ok(ExitCode::SUCCESS)
}

/// Reads a file or standard input, and prints what is wrong with it, or the text with what
/// certainly mends it.
fn lint(file: &str, format: Format, form: Option<Form>, corrected: bool) -> io::Result<ExitCode> {
    let bytes = match read_bytes(file) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("error: {}", unreadable(file, &error.to_string()));
            return Ok(ExitCode::from(2));
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let reading = read::read(&text, form.or_else(|| Form::of_name(file)));
    let mut stdout = io::stdout().lock();
    match format {
        _ if corrected => stdout.write_all(reading.corrected.as_bytes())?,
        Format::Json => stdout.write_all(json(&reading.remarks)?.as_bytes())?,
        Format::Text => {
            let name = if file == "-" { "standard input" } else { file };
            stdout.write_all(report(name, &text, &reading).as_bytes())?;
        }
    }
    Ok(ExitCode::from(u8::from(reading.has_errors())))
}

/// The bytes of a file, or of standard input; not more than are needed to see that it is too long.
fn read_bytes(file: &str) -> io::Result<Vec<u8>> {
    const ENOUGH: u64 = 64 * read::LIMIT as u64;
    let mut bytes = Vec::new();
    if file == "-" {
        io::stdin().lock().take(ENOUGH).read_to_end(&mut bytes)?;
    } else {
        std::fs::File::open(file)?.take(ENOUGH).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

/// What was found, for people: as compilers tell it.
fn report(name: &str, text: &str, reading: &Reading) -> String {
    let lines = Lines::of(text);
    let mut out = String::new();
    for remark in &reading.remarks {
        out.push_str(&one_line(&remark.finding));
        out.push('\n');
        out.push_str(&excerpt(name, &lines, remark));
        out.push_str(&format!("   = {}\n", remark.finding.why));
        for fix in fixes(&lines, remark) {
            out.push_str(&format!("   = {fix}\n"));
        }
        out.push('\n');
    }
    if reading.more > 0 {
        out.push_str(&format!("{}\n\n", more_findings(reading.more)));
    }
    for imported in &reading.imported {
        let (first, last) =
            (lines.position(imported.span.start).0, lines.position(imported.span.end).0);
        out.push_str(&format!(
            "{}\n  {}\n",
            imported_text(first, last, preset_text::title_of(&imported.choices)),
            link::fragment(&imported.choices)
        ));
    }
    if !reading.imported.is_empty() && !reading.skipped.is_empty() {
        out.push_str(&format!("{}\n", "Not taken over:"));
        for skipped in &reading.skipped {
            out.push_str(&format!(
                "  {}: {}: {}\n",
                lines.position(skipped.span.start).0,
                skipped.text,
                skipped.why
            ));
        }
    }
    let count = |severity: Severity| {
        reading.remarks.iter().filter(|remark| remark.finding.severity == severity).count()
    };
    out.push_str(&counts(count(Severity::Error), count(Severity::Warning), count(Severity::Info)));
    out.push('\n');
    out
}

/// The line that a finding is about, and a caret under the place.
fn excerpt(name: &str, lines: &Lines, remark: &Remark) -> String {
    const WIDEST: usize = 160;
    let (line, column) = lines.position(remark.span.start);
    let (last, end) = lines.position(remark.span.end);
    let said: Vec<char> =
        lines.line(line).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    // A long line is shown around the place.
    let from = if column > WIDEST { column - WIDEST / 2 } else { 0 };
    let shown: String = said.iter().skip(from).take(WIDEST).collect();
    let width = if last == line {
        end.saturating_sub(column)
    } else {
        said.len().saturating_sub(column - 1)
    };
    let carets = "^".repeat(width.clamp(1, WIDEST.saturating_sub(column - 1 - from).max(1)));
    let number = line.to_string();
    let margin = " ".repeat(number.len());
    format!(
        "  --> {name}:{line}:{column}\n {margin} |\n {number} | {shown}\n {margin} | {}{carets}\n",
        " ".repeat(column - 1 - from)
    )
}

/// What mends it, a change a line.
fn fixes(lines: &Lines, remark: &Remark) -> Vec<String> {
    const MOST: usize = 3;
    let mut fixes: Vec<String> = remark
        .edits
        .iter()
        .take(MOST)
        .map(|edit| {
            fix_text(lines.position(edit.span.start), edit.span.start == edit.span.end, &edit.text)
        })
        .collect();
    if remark.edits.len() > MOST {
        fixes.push(more_fixes(remark.edits.len() - MOST));
    }
    fixes
}

/// A finding on one line.
fn one_line(finding: &Finding) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let field = finding.field.map(|field| format!(" {}:", field.key())).unwrap_or_default();
    format!("{severity}[{}]:{field} {}", finding.rule, finding.message)
}

/// An unknown value of a closed list.
fn unknown_word(words: &[&str]) -> String {
    format!("it can be: {}", words.join(", "))
}

/// A value that the key of a link cannot have.
fn bad_value(key: &str, value: &str) -> String {
    format!("{key} cannot be \"{value}\"")
}

/// A value that is longer than a link keeps.
fn too_long(key: &str, limit: usize) -> String {
    format!("{key} is longer than {limit} characters")
}

/// A key that links do not have.
fn bad_key(key: &str) -> String {
    format!("there is no key \"{key}\"")
}

/// A file that cannot be read.
fn unreadable(file: &str, why: &str) -> String {
    format!("cannot read {file}: {why}")
}

/// Findings that are not told.
fn more_findings(count: usize) -> String {
    format!("{count} more findings are not shown: mend these first")
}

/// Where choices are from.
fn imported_text(first: usize, last: usize, title: &str) -> String {
    if first == last {
        format!("As choices, from line {first} ({title}):")
    } else {
        format!("As choices, from lines {first} to {last} ({title}):")
    }
}

/// What a change does.
fn fix_text((line, column): (usize, usize), is_added: bool, text: &str) -> String {
    let shown = text.replace('\n', "↵");
    match (is_added, text.is_empty()) {
        (_, true) => format!("fix: remove what is marked at {line}:{column}"),
        (true, false) => format!("fix: at {line}:{column} put in: {shown}"),
        (false, false) => format!("fix: at {line}:{column} write: {shown}"),
    }
}

/// Changes that are not told one by one.
fn more_fixes(count: usize) -> String {
    format!("fix: and {count} more like it")
}

/// The sum of what was found.
fn counts(errors: usize, warnings: usize, infos: usize) -> String {
    let of = |count: usize, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    format!(
        "{}, {}, {}",
        of(errors, "error", "errors"),
        of(warnings, "warning", "warnings"),
        of(infos, "note", "notes")
    )
}
