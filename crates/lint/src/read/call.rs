//! Commands with their words resolved: literal assignments are followed; any other value that only
//! the shell knows stays unknown.

use super::source::Snippet;
use crate::lexer::{self, FaultKind, Item, Lexed, Part, Span, Word};
use std::collections::HashMap;

/// What is known of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// All of it.
    Yes,
    /// That it is to be filled in.
    Placeholder,
    /// Not all.
    No,
}

/// An element of argv.
#[derive(Clone, Debug)]
pub(super) struct Arg {
    /// Its text; for what is not known, what stands there.
    pub(super) text: String,
    pub(super) known: Certainty,
    /// The variable whose value it is.
    pub(super) variable: Option<String>,
    /// Where it stands in its command, in the snippet.
    pub(super) span: Span,
    /// Where its text stands: in its command, or where the variable is set.
    pub(super) value: Span,
    /// Whether a place in the text is a place there: no quotes or escapes in between.
    pub(super) is_plain: bool,
}

impl Arg {
    /// Where a part of its text stands.
    pub(super) fn part(&self, from: usize, to: usize) -> Span {
        if self.is_plain {
            Span::new(self.value.start + from, self.value.start + to)
        } else {
            self.value
        }
    }

    /// Where it can be changed in place: it stands in its command, and is all of a word.
    pub(super) fn is_changeable(&self) -> bool {
        self.variable.is_none() && self.known != Certainty::No
    }

    /// Its text, where it is known.
    pub(super) fn known(&self) -> Option<&str> {
        (self.known == Certainty::Yes).then_some(self.text.as_str())
    }
}

/// A command with its words.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    pub(super) args: Vec<Arg>,
    pub(super) command: &'a lexer::Command,
    /// Whether a quote in it is not closed: where it ends is not certain.
    pub(super) is_open: bool,
    /// The texts of what it reads and writes.
    pub(super) reads: Vec<Arg>,
    pub(super) writes: Vec<Arg>,
}

impl Call<'_> {
    /// The program it calls.
    pub(super) fn program(&self) -> &str {
        let name = self.args.first().and_then(Arg::known).unwrap_or_default();
        let name = name.rsplit('/').next().unwrap_or(name);
        name.strip_suffix(".cmd").or_else(|| name.strip_suffix(".exe")).unwrap_or(name)
    }

    /// Its arguments.
    pub(super) fn arguments(&self) -> &[Arg] {
        self.args.get(1..).unwrap_or_default()
    }
}

/// A text that is put into a file: the protected settings, perhaps.
#[derive(Clone, Debug)]
pub(super) struct Written {
    /// The text; what is not known in it is a word in angle brackets.
    pub(super) text: String,
    /// Where it stands in the snippet.
    pub(super) span: Span,
    /// Whether it stands there as it is.
    pub(super) is_plain: bool,
    /// The file, where it is known.
    pub(super) file: Option<String>,
    /// The files whose contents go into it, by what stands in their place.
    pub(super) contents: Vec<(String, Arg)>,
}

/// What is set.
#[derive(Clone, Debug)]
struct Value {
    args: Vec<Arg>,
    list: bool,
    /// The file whose contents it has.
    contents: Option<Arg>,
}

/// What a snippet amounts to.
#[derive(Default)]
pub(super) struct Calls<'a> {
    /// Its commands, in order.
    pub(super) calls: Vec<Call<'a>>,
    /// What it sets by name, the first time.
    pub(super) names: Vec<(String, Vec<Arg>)>,
    /// What it puts into files.
    pub(super) written: Vec<Written>,
}

/// The longest word that is put together: a text that doubles itself must not fill the memory.
const LONGEST: usize = 64 * 1024;
/// How many words a command may have.
const MOST: usize = 4_096;
/// How much may be put together of values in all, in bytes and some for each word: a text that
/// grows as it is read must not take for ever.
const BUDGET: usize = 16 * 1024 * 1024;

/// What is known of variables across the blocks of a page.
#[derive(Default)]
pub(super) struct Names {
    values: HashMap<String, Value>,
    spent: usize,
}

impl Names {
    fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name).filter(|_| self.spent < BUDGET)
    }

    fn spend(&mut self, args: &[Arg]) {
        self.spent += args
            .iter()
            .filter(|arg| arg.variable.is_some())
            .map(|arg| arg.text.len() + 64)
            .sum::<usize>();
    }
}

/// Follows a snippet.
pub(super) fn calls<'a>(snippet: &Snippet, lexed: &'a Lexed, names: &mut Names) -> Calls<'a> {
    let mut found = Calls::default();
    let open: Vec<usize> = lexed
        .faults
        .iter()
        .filter(|fault| {
            matches!(
                fault.kind,
                FaultKind::UnendedQuote | FaultKind::UnendedGroup | FaultKind::UnendedHereDocument
            )
        })
        .map(|fault| fault.span.start)
        .collect();
    let mut lines: Vec<(Arg, Vec<(String, Arg)>)> = Vec::new();
    for item in &lexed.items {
        match item {
            Item::Assignment { name, words, list, span } => {
                let args = arguments(words, names);
                names.spend(&args);
                let contents = contents(words, *span, &args, snippet, &found);
                let unknown = |args: &[Arg]| args.iter().all(|arg| arg.known == Certainty::No);
                // `|| name=''`: what to do where nothing was got.
                let is_fallback = matches!(args.as_slice(), [arg] if arg.text.is_empty())
                    && names
                        .get(name)
                        .is_some_and(|value| unknown(&value.args) && !value.args.is_empty());
                if is_fallback
                    || !*list
                        && words.iter().any(|word| word.pieces.iter().any(|piece| matches!(&piece.part, Part::Variable { name: other, .. } if other == name)))
                {
                    continue;
                }
                if !found.names.iter().any(|(other, _)| other == name) {
                    found.names.push((name.clone(), args.clone()));
                }
                names.values.insert(name.clone(), Value { args, list: *list, contents });
            }
            Item::Command(command) => {
                let args = arguments(&command.words, names);
                names.spend(&args);
                let args = without_wrappers(args);
                let of = |reads: bool| -> Vec<Arg> {
                    command
                        .redirections
                        .iter()
                        .filter(|file| file.reads == reads)
                        .flat_map(|file| arguments(std::slice::from_ref(&file.target), names))
                        .collect()
                };
                let is_open = open
                    .get(open.partition_point(|quote| *quote < command.span.start))
                    .is_some_and(|quote| *quote < command.span.end);
                let call = Call { args, command, is_open, reads: of(true), writes: of(false) };
                written_by(&call, names, &mut found.written);
                found.calls.push(call);
            }
            Item::Expression(word) => lines.push((joined(word, names), contents_in(word, names))),
        }
    }
    of_expressions(lines, &mut found.written);
    found
}

/// The words of the command that `sudo`, `timeout` and the like run.
fn without_wrappers(mut args: Vec<Arg>) -> Vec<Arg> {
    let mut skipped = 0;
    while let Some(word) = args.get(skipped).and_then(Arg::known) {
        match word {
            "sudo" | "command" | "exec" | "nohup" => skipped += 1,
            "timeout" => skipped += 2,
            _ => break,
        }
    }
    // Not where nothing known follows: `sudo -u x az`.
    if args.get(skipped).is_some_and(|arg| {
        arg.text.ends_with("az") || matches!(arg.text.as_str(), "kubectl" | "crictl" | "openssl")
    }) {
        args.drain(..skipped);
    }
    args
}

/// The file whose contents a value has: what `base64` or `cat` read, or what .NET reads.
fn contents(
    words: &[Word],
    span: Span,
    args: &[Arg],
    snippet: &Snippet,
    found: &Calls,
) -> Option<Arg> {
    let is_output = words
        .iter()
        .any(|word| word.pieces.iter().any(|piece| matches!(piece.part, Part::Output(_))));
    if is_output {
        let call = found
            .calls
            .iter()
            .rev()
            .take(3)
            .find(|call| matches!(call.program(), "base64" | "cat"))?;
        let named = call
            .arguments()
            .iter()
            .find(|arg| arg.known() == Some("-i") || !arg.text.starts_with('-'));
        return call.reads.first().or(named).cloned();
    }
    let said = span.of(&snippet.text);
    (said.contains("ReadAllBytes") || said.contains("ReadAllText") || said.contains("Get-Content"))
        .then(|| args.last().cloned())
        .flatten()
}

/// The words of a command as the program gets them.
fn arguments(words: &[Word], names: &Names) -> Vec<Arg> {
    let mut args = Vec::new();
    for word in words {
        let one = match word.pieces.as_slice() {
            [piece] => match &piece.part {
                Part::Variable { name, quoted, each } => Some((name, *quoted, *each)),
                _ => None,
            },
            _ => None,
        };
        match one.and_then(|(name, quoted, each)| Some((name, quoted, each, names.get(name)?))) {
            Some((name, quoted, each, value)) => {
                let elements =
                    if value.list || each { value.args.len() } else { 1.min(value.args.len()) };
                for arg in value.args.iter().take(elements) {
                    // Without quotes, bash makes several words of one.
                    let splits = !quoted
                        && !value.list
                        && arg.known == Certainty::Yes
                        && arg.text.contains(' ');
                    let texts: Vec<String> = if splits {
                        arg.text.split_whitespace().map(str::to_owned).collect()
                    } else {
                        vec![arg.text.clone()]
                    };
                    args.extend(texts.into_iter().map(|text| Arg {
                        text,
                        variable: Some(name.clone()),
                        span: word.span,
                        is_plain: arg.is_plain && !splits,
                        ..arg.clone()
                    }));
                }
                if value.args.is_empty() && quoted && !each {
                    args.push(Arg {
                        text: String::new(),
                        known: Certainty::Yes,
                        variable: Some(name.clone()),
                        span: word.span,
                        value: word.span,
                        is_plain: false,
                    });
                }
            }
            None => args.push(joined(word, names)),
        }
        if args.len() > MOST {
            break;
        }
    }
    args.truncate(MOST);
    args
}

/// A word as one text.
fn joined(word: &Word, names: &Names) -> Arg {
    let mut text = String::new();
    let mut known = Certainty::Yes;
    let mut variable = None;
    let mut value = word.span;
    let mut is_plain = false;
    for piece in &word.pieces {
        match &piece.part {
            Part::Text(said) => text.push_str(said),
            Part::Placeholder(said) => {
                text.push_str(said);
                known = if known == Certainty::No { Certainty::No } else { Certainty::Placeholder };
            }
            Part::Variable { name, .. } => {
                let set = names.get(name).and_then(|value| value.args.first());
                match set.filter(|arg| arg.known != Certainty::No) {
                    Some(arg) => {
                        text.push_str(&arg.text);
                        if arg.known == Certainty::Placeholder && known == Certainty::Yes {
                            known = Certainty::Placeholder;
                        }
                    }
                    None => {
                        known = Certainty::No;
                        text.push('$');
                        text.push_str(name);
                    }
                }
                if variable.is_none() {
                    variable = Some(name.clone());
                    if let Some(arg) = set {
                        value = arg.value;
                    }
                }
            }
            Part::Output(_) | Part::Unknown => {
                known = Certainty::No;
                text.push('…');
            }
        }
        if text.len() > LONGEST {
            known = Certainty::No;
            break;
        }
    }
    if let [piece] = word.pieces.as_slice()
        && let Part::Text(said) = &piece.part
    {
        is_plain = piece.span.end - piece.span.start == said.len();
        value = piece.span;
    }
    if known == Certainty::Yes && (is_placeholder(&text) || is_bracketed(&text)) {
        known = Certainty::Placeholder;
    }
    // A value that stands between quotes, or is one piece of a `key=value`, is looked for in its
    // command.
    if word.pieces.len() > 1
        && variable.is_some()
        && word.pieces.iter().any(|piece| matches!(piece.part, Part::Text(_)))
    {
        let variables =
            word.pieces.iter().filter(|piece| matches!(piece.part, Part::Variable { .. })).count();
        if variables != 1 {
            value = word.span;
        }
    }
    Arg { text, known, variable, span: word.span, value, is_plain }
}

/// Whether a whole word is a place in braces or brackets, as some pages write it: `{name}`,
/// `[resource group]`.
fn is_bracketed(text: &str) -> bool {
    let inside = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'))
        .or_else(|| text.strip_prefix('[').and_then(|text| text.strip_suffix(']')));
    inside.is_some_and(|inside| {
        inside.starts_with(|c: char| c.is_ascii_alphabetic())
            && inside.bytes().all(|b| b.is_ascii_alphanumeric() || b" _-".contains(&b))
    })
}

/// Whether a value is the place of one: words in angle brackets, with nothing but punctuation
/// around.
pub(super) fn is_placeholder(text: &str) -> bool {
    let Some(start) = text.find('<') else { return false };
    text.get(start..)
        .is_some_and(|rest| rest.trim_end_matches([')', ',']).ends_with('>') || rest.contains('>'))
}

/// What a word is made of that is in files: what stands in its place, and the file.
fn contents_in(word: &Word, names: &Names) -> Vec<(String, Arg)> {
    let of = |piece: &lexer::Piece| match &piece.part {
        Part::Variable { name, .. } => {
            Some((["$", name].concat(), names.get(name)?.contents.clone()?))
        }
        _ => None,
    };
    word.pieces.iter().filter_map(of).collect()
}

/// What a command puts into a file.
fn written_by(call: &Call, names: &Names, written: &mut Vec<Written>) {
    let file = call.writes.last().and_then(Arg::known).map(str::to_owned);
    if let Some(handed) = &call.command.here_document {
        let body = joined(&handed.body, names);
        let is_plain =
            matches!(handed.body.pieces.as_slice(), [piece] if matches!(piece.part, Part::Text(_)));
        written.push(Written {
            text: body.text,
            span: handed.body.span,
            is_plain,
            file,
            contents: contents_in(&handed.body, names),
        });
        return;
    }
    if !matches!(call.program(), "printf" | "echo") || call.writes.is_empty() {
        return;
    }
    let mut args = call.arguments();
    let mut format = None;
    if call.program() == "printf" {
        format = args.first().map(|arg| arg.text.clone());
        args = args.get(1..).unwrap_or_default();
    }
    let text = match format.as_deref() {
        Some("%s\\n" | "%s") | None => {
            args.iter().map(|arg| arg.text.as_str()).collect::<Vec<_>>().join("\n")
        }
        // The arguments, one after the other, in the places of the format.
        Some(format) => {
            let mut args = args.iter();
            let pieces: Vec<String> =
                format.replace("\\n", "\n").split("%s").map(str::to_owned).collect();
            let last = pieces.len().saturating_sub(1);
            pieces
                .into_iter()
                .enumerate()
                .map(|(index, piece)| {
                    if index == last {
                        piece
                    } else {
                        [piece.as_str(), args.next().map_or("", |arg| arg.text.as_str())].concat()
                    }
                })
                .collect()
        }
    };
    let contents = call.command.words.iter().flat_map(|word| contents_in(word, names)).collect();
    written.push(Written { text, span: call.command.span, is_plain: false, file, contents });
}

/// Lines of text that an expression of PowerShell puts together: from one that opens a brace to one
/// that closes it.
fn of_expressions(lines: Vec<(Arg, Vec<(String, Arg)>)>, written: &mut Vec<Written>) {
    let mut open: Option<Written> = None;
    for (line, contents) in lines {
        let said = line.text.trim();
        if let Some(text) = &mut open {
            text.text.push('\n');
            text.text.push_str(&line.text);
            text.span.end = line.span.end;
            text.contents.extend(contents);
            if said == "}" || text.text.len() > LONGEST {
                written.extend(open.take());
            }
        } else if said == "{" {
            open = Some(Written {
                text: line.text.clone(),
                span: line.span,
                is_plain: false,
                file: None,
                contents,
            });
        } else if said.starts_with('{') && said.ends_with('}') && said.contains(':') {
            written.push(Written {
                text: line.text.clone(),
                span: line.span,
                is_plain: false,
                file: None,
                contents,
            });
        }
    }
}
