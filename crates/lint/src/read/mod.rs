//! Parses pasted text: problems with their line and column, and the choices that the text deploys.
//!
//! ```text
//! text ──source──▶ snippets ──lexer──▶ commands ──call──▶ argv ──az──▶ errors of azure-cli
//!                                                            │
//!                                                         actions ──choices──▶ Choices ──rules──▶ findings
//! ```
//!
//! Nothing is executed, nothing fails, and parsing takes time in proportion to the text. Two
//! properties are tested: parsing a generated script reproduces the original plan, and linting it
//! reports exactly the findings of its choices.

mod actions;
mod az;
mod call;
mod check;
mod choices;
mod prose_check;
mod settings;
mod source;
mod suggest;

pub use choices::ImportedChoices;
pub use source::Form;

use crate::lexer::{self, Edit, Lexed, Span, sorted};
use crate::read::az::shown;
use crate::rules::{self as table, CommandRule};
use actions::{FieldValue, ParsedAction};
use call::{Calls, Certainty, Names};
use choices::Own;
use configurator_core::azure::tables::Tables;
use configurator_core::choices::{Field, Shell, TextField};
use configurator_core::plan::{HEADING, field_of};
use configurator_core::rules::{self, Finding, Severity};
use configurator_core::scenario;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use source::Snippet;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The longest text that is read, in bytes.
pub const LIMIT: usize = 1024 * 1024;

/// The most findings that are told of one text.
pub const MOST_FINDINGS: usize = 500;

/// A finding in pasted text.
#[derive(Clone, Debug, PartialEq)]
pub struct Remark {
    /// What it is. Its `fix` is empty: what mends it is in [`Remark::edits`].
    pub finding: Finding,
    /// Where.
    pub span: Span,
    /// What mends it, where something certainly does.
    pub edits: Vec<Edit>,
    /// The same with lines and columns.
    changes: Vec<Change>,
}

/// A change of the text, for programs.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: String,
}

impl Serialize for Remark {
    /// As a finding; `fix` is the list of the changes that mend it, or null.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Finding { rule, severity, field, line, column, message, why, source, .. } =
            &self.finding;
        let mut object = serializer.serialize_struct("Finding", 9)?;
        object.serialize_field("rule", rule)?;
        object.serialize_field("severity", severity)?;
        object.serialize_field("field", field)?;
        object.serialize_field("line", line)?;
        object.serialize_field("column", column)?;
        object.serialize_field("message", message)?;
        object.serialize_field("why", why)?;
        object.serialize_field("fix", &(!self.changes.is_empty()).then_some(&self.changes))?;
        object.serialize_field("source", source)?;
        object.end()
    }
}

/// A part of the text that has no place in the choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// Where it stands.
    pub span: Span,
    /// What it says, short.
    pub text: String,
    /// Why it is left.
    pub why: &'static str,
}

impl Skipped {
    fn new(span: Span, said: &str, why: &'static str) -> Self {
        Self { span, text: shown(said), why }
    }
}

/// What a text amounts to.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it was taken for.
    pub form: Form,
    /// What is wrong with it or doubtful, in the order of the text.
    pub remarks: Vec<Remark>,
    /// How many more findings there are than are told.
    pub more: usize,
    /// The text with all that certainly mends it.
    pub corrected: String,
    /// The choices that it amounts to, one set for each undertaking, in the order of the text.
    pub imported: Vec<ImportedChoices>,
    /// What has no place in them.
    pub skipped: Vec<Skipped>,
}

impl Reading {
    /// Whether a finding is an error.
    pub fn has_errors(&self) -> bool {
        self.remarks.iter().any(|remark| remark.finding.severity == Severity::Error)
    }
}

/// Lines and columns of a text.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn of(text: &'t str) -> Self {
        let starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// Line and column of a byte, both counted from 1; columns are characters.
    pub fn position(&self, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before = self.text.get(start..at.min(self.text.len())).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// A line by its number, without its end.
    pub fn line(&self, number: usize) -> &'t str {
        let start = self.starts.get(number.wrapping_sub(1)).copied().unwrap_or(self.text.len());
        let end = self.starts.get(number).copied().unwrap_or(self.text.len());
        self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r'])
    }
}

/// Where findings are put.
struct Desk<'t> {
    lines: Lines<'t>,
    remarks: Vec<Remark>,
    seen: HashSet<(&'static str, Span, String)>,
    more: usize,
    /// Whether the text sets what commands lack, `az configure --defaults`.
    has_defaults: bool,
}

impl<'t> Desk<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            lines: Lines::of(text),
            remarks: Vec::new(),
            seen: HashSet::new(),
            more: 0,
            has_defaults: false,
        }
    }

    /// Whether more is only counted: then there is no need to find words for it.
    fn is_full(&mut self) -> bool {
        let is_full = self.remarks.len() >= MOST_FINDINGS;
        self.more += usize::from(is_full);
        is_full
    }

    /// Puts a finding about a snippet.
    fn add(
        &mut self,
        rule: &'static CommandRule,
        snippet: &Snippet,
        span: Span,
        message: String,
        edits: Vec<Edit>,
    ) {
        let edits = edits.iter().map(|edit| snippet.edit(edit)).collect();
        self.put(rule, snippet.place(span), message, edits);
    }

    /// Puts a finding about a place of the whole text.
    fn put(&mut self, rule: &'static CommandRule, span: Span, message: String, edits: Vec<Edit>) {
        let finding = Finding {
            rule: rule.id,
            severity: rule.severity,
            field: None,
            line: None,
            column: None,
            message,
            why: rule.why,
            fix: None,
            source: rule.source,
            in_output: true,
        };
        self.push(finding, span, edits);
    }

    fn push(&mut self, finding: Finding, span: Span, edits: Vec<Edit>) {
        if self.is_full() {
            return;
        }
        if !self.seen.insert((finding.rule, span, finding.message.clone())) {
            return;
        }
        let (line, column) = self.lines.position(span.start);
        let change = |edit: &Edit| {
            let (line, column) = self.lines.position(edit.span.start);
            let (end_line, end_column) = self.lines.position(edit.span.end);
            Change { line, column, end_line, end_column, text: edit.text.clone() }
        };
        let changes = edits.iter().map(change).collect();
        let finding = Finding { line: Some(line), column: Some(column), fix: None, ..finding };
        self.remarks.push(Remark { finding, span, edits, changes });
    }
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables::load().unwrap_or_default());

/// Reads a text; as what it seems to be, where no form is given.
pub fn read(text: &str, form: Option<Form>) -> Reading {
    if text.len() > LIMIT {
        let mut desk = Desk::new("");
        desk.put(&table::TEXT_TOO_LONG, Span::at(0), too_long(text.len(), LIMIT), Vec::new());
        return Reading {
            form: form.unwrap_or(Form::Commands(Shell::Bash)),
            remarks: desk.remarks,
            more: 0,
            corrected: text.to_owned(),
            imported: Vec::new(),
            skipped: Vec::new(),
        };
    }
    let form = form.unwrap_or_else(|| Form::guess(text));
    let mut reading = pass(text, form);
    // What mends one thing may show another: a line that goes on now has options that were none
    // before. A round that leaves as much to be mended as there was, and some of the very same, is
    // not taken: so mending comes to an end.
    const ROUNDS: usize = 8;
    let to_mend = |reading: &Reading| -> Vec<(&'static str, String)> {
        let of_weight = reading.remarks.iter().filter(|remark| !remark.edits.is_empty());
        of_weight.map(|remark| (remark.finding.rule, remark.finding.message.clone())).collect()
    };
    let mut skipped = to_mend(&reading);
    let mut mended = apply(text, &reading.remarks);
    // Of a text with more than can be told, a first step is enough.
    for _ in 0..if reading.more > 0 { 1 } else { ROUNDS } {
        let Some(next) = mended.take() else { break };
        let after = pass(&next, form);
        let now_left = to_mend(&after);
        if now_left.len() >= skipped.len() && now_left.iter().any(|one| skipped.contains(one)) {
            break;
        }
        skipped = now_left;
        mended = apply(&next, &after.remarks);
        reading.corrected = next;
    }
    reading
}

/// The text with all fixes that do not get in each other's way; `None` where there is none.
fn apply(text: &str, remarks: &[Remark]) -> Option<String> {
    let mut edits: Vec<&Edit> = Vec::new();
    let mut imported: Vec<Span> = Vec::new();
    let mut fixes: Vec<&Remark> =
        remarks.iter().filter(|remark| !remark.edits.is_empty()).collect();
    // What replaces much goes first: what is within it comes in the next round.
    fixes = sorted(fixes, |remark| {
        [
            usize::MAX
                - remark
                    .edits
                    .iter()
                    .map(|edit| edit.span.end - edit.span.start)
                    .max()
                    .unwrap_or_default(),
            0,
            0,
        ]
    });
    let overlaps = |a: Span, b: Span| {
        a.start < b.end && b.start < a.end
            || (a.start == a.end || b.start == b.end)
                && a.start <= b.end
                && b.start <= a.end
                && a != b
    };
    let is_of_line_ends = |remark: &Remark| remark.finding.rule == table::CARRIAGE_RETURN.id;
    for remark in fixes {
        if is_of_line_ends(remark)
            || imported.len() < 2_000
                && remark.edits.iter().all(|edit| {
                    !imported.iter().any(|other| {
                        overlaps(edit.span, *other)
                            || (edit.span == *other && edit.span.start < edit.span.end)
                    })
                })
        {
            if is_of_line_ends(remark) && !imported.is_empty() {
                // Line ends are everywhere: they are mended by themselves.
                continue;
            }
            imported.extend(remark.edits.iter().map(|edit| edit.span));
            edits.extend(&remark.edits);
            if is_of_line_ends(remark) {
                break;
            }
        }
    }
    if edits.is_empty() {
        return None;
    }
    edits = sorted(edits, |edit| [edit.span.start, edit.span.end, 0]);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = at.max(edit.span.end);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    (out != text).then_some(out)
}

/// A snippet of commands, as far as it was read.
struct Block {
    snippet: Snippet,
    lexed: Lexed,
}

fn pass(text: &str, form: Form) -> Reading {
    let mut desk = Desk::new(text);
    let (snippets, open_fences) = source::snippets(text, form);
    for (fence, edit) in open_fences {
        desk.put(
            &table::CODE_FENCE_UNCLOSED,
            fence,
            "Nothing closes the code block that begins here. Close it with a fence of its own."
                .to_owned(),
            vec![edit],
        );
    }
    let blocks: Vec<Block> = snippets
        .into_iter()
        .map(|snippet| {
            let lexed = match snippet.form {
                Form::Commands(shell) => lexer::lex(&snippet.text, shell),
                _ => Lexed::default(),
            };
            Block { snippet, lexed }
        })
        .collect();
    let mut names = Names::default();
    let calls: Vec<Calls> =
        blocks.iter().map(|block| call::calls(&block.snippet, &block.lexed, &mut names)).collect();
    // First what is said at all: a command that lacks a name may get it from another.
    let mut known: HashMap<TextField, String> = HashMap::new();
    {
        let mut nobody = Desk::new("");
        for (block, calls) in blocks.iter().zip(&calls) {
            for call in calls.calls.iter().filter(|call| call.program() == "az") {
                nobody.remarks.clear();
                nobody.seen.clear();
                let Some(az) = az::read(&TABLES, call, &block.snippet, &mut nobody, &|_, _| None)
                else {
                    continue;
                };
                for said in actions::of_az(&az, &block.snippet).said {
                    if said.known == Certainty::Yes {
                        known.entry(said.field).or_insert(said.text);
                    }
                }
            }
        }
    }
    let sets_defaults = |call: &call::Call| {
        call.program() == "az"
            && matches!(
                call.args.get(1).map(|word| word.text.as_str()),
                Some("configure" | "config")
            )
    };
    desk.has_defaults = calls.iter().flat_map(|calls| &calls.calls).any(sets_defaults);
    let mut all_actions: Vec<ParsedAction> = Vec::new();
    let mut files = check::Files::default();
    for (block, calls) in blocks.iter().zip(&calls) {
        let Block { snippet, lexed } = block;
        let from = all_actions.len();
        match snippet.form {
            Form::Commands(shell) => {
                check::faults(lexed, calls, snippet, shell, &mut desk);
                let values = |command: &str, option: &str| {
                    Some(check::value_for(command, option, &known, shell))
                };
                for call in &calls.calls {
                    check::tools(call, snippet, shell, &mut desk);
                    files.see(call, snippet);
                    let action = if call.program() == "az" {
                        let az = az::read(&TABLES, call, snippet, &mut desk, &values);
                        az.map(|az| {
                            check::config(&az, call, snippet, &mut desk);
                            files.see_az(&az, snippet);
                            prose_check::check(&az, call, lexed, snippet, &mut desk);
                            actions::of_az(&az, snippet)
                        })
                    } else {
                        actions::of_other(call, snippet)
                    };
                    all_actions.extend(action);
                }
                for written in &calls.written {
                    if let Some(action) = check::written(written, snippet, &mut desk, &mut files) {
                        all_actions.push(action);
                    }
                }
                all_actions.extend(check::commented(lexed, snippet));
                all_actions.iter_mut().skip(from).for_each(|action| action.shell = Some(shell));
            }
            Form::Settings => {
                let settings = settings::parse(&snippet.text);
                check::settings_file(&settings, snippet, form == Form::Settings, &mut desk);
                all_actions.push(actions::of_settings(
                    &settings,
                    snippet.place(Span::new(0, snippet.text.len())),
                    |span| snippet.place(span),
                    |_| None,
                ));
            }
            Form::Markdown => {}
        }
    }
    files.check(&mut desk);
    all_actions = sorted(all_actions, |action| [action.span.start, 0, 0]);
    check::names(&all_actions, &mut desk);
    let own = blocks.iter().zip(&calls).find_map(|(block, calls)| own(block, calls));
    let (imported, skipped) = choices::import(&all_actions, own.as_ref());
    for imported in &imported {
        of_choices(imported, &mut desk);
    }
    desk.remarks = sorted(desk.remarks, |remark| [remark.span.start, remark.span.end, 0]);
    Reading {
        form,
        remarks: desk.remarks,
        more: desk.more,
        corrected: text.to_owned(),
        imported,
        skipped,
    }
}

/// A script of our own, by the title and the names at its top.
fn own(block: &Block, calls: &Calls) -> Option<Own> {
    let snippet = &block.snippet;
    if !block
        .lexed
        .comments
        .iter()
        .take(60)
        .any(|comment| comment.of(&snippet.text).trim() == text_of_names())
    {
        return None;
    }
    let title = block
        .lexed
        .comments
        .iter()
        .take(2)
        .map(|comment| comment.of(&snippet.text).trim())
        .find(|title| Own::of_title(title, Vec::new()).is_some())?;
    let said = calls.names.iter().filter_map(|(name, args)| {
        let field = field_of(name)?;
        let first = args.first()?;
        let known = if args.iter().any(|arg| arg.known == Certainty::Placeholder) {
            Certainty::Placeholder
        } else {
            first.known
        };
        let text = args.iter().map(|arg| arg.text.as_str()).collect::<Vec<_>>().join(",");
        Some(FieldValue { field, text, span: snippet.place(first.value), known, hinted: true })
    });
    Own::of_title(title, said.collect())
}

fn text_of_names() -> &'static str {
    HEADING
}

/// What the rules say of choices, as far as it is about what stands in the text.
fn of_choices(imported: &ImportedChoices, desk: &mut Desk) {
    let scenario = scenario::resolve(&imported.choices);
    for finding in rules::check(&imported.choices, &scenario) {
        let Some(place) = finding.field.and_then(|field| imported.places.get(&field)) else {
            continue;
        };
        let edits = match (&finding.fix, finding.field) {
            (Some(fix), Some(field))
                if Field::Text(fix.field) == field
                    && is_plain_in(desk, *place, imported.choices.text(fix.field))
                    && !fix.value.contains([',', ' ', '\'']) =>
            {
                vec![Edit::replace(*place, fix.value.clone())]
            }
            _ => Vec::new(),
        };
        desk.push(finding, *place, edits);
    }
}

/// Whether a value stands at a place just so, and one word of a shell is the same without quotes.
fn is_plain_in(desk: &Desk, place: Span, value: &str) -> bool {
    place.of(desk.lines.text) == value
}

impl Snippet {
    fn is_powershell(&self) -> bool {
        self.form == Form::Commands(Shell::PowerShell)
    }
}

fn too_long(bytes: usize, limit: usize) -> String {
    format!("The text has {bytes} bytes; up to {limit} are read. Give the part with the commands.")
}
