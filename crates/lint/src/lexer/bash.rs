//! bash, as far as pages and scripts about commands use it.

mod words;

use super::{
    Command, DEPTH, Edit, Fault, FaultKind, HereDocument, Item, Lexed, PROGRAMS, Part, Redirection,
    Span, Word, begins_command, begins_with_option, goes_on, name_of, placeholder, plain, prompt,
    second_prompt,
};
use std::collections::HashMap;
use std::mem;

/// Words that only lead to a command.
const LEADING: [&str; 13] =
    ["if", "then", "elif", "else", "fi", "while", "until", "do", "done", "{", "}", "!", "time"];
/// Commands whose arguments are assignments.
const DECLARING: [&str; 5] = ["export", "local", "declare", "readonly", "typeset"];

pub(super) fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer {
        text,
        at: 0,
        end: text.len(),
        depth: 0,
        in_here_document: false,
        in_backquotes: false,
        unended: None,
        lines: None,
        outputs: 0,
        out: Lexed::default(),
    };
    if text.starts_with('\u{feff}') {
        lexer.at = '\u{feff}'.len_utf8();
        lexer.fault(
            FaultKind::ByteOrderMark,
            Span::new(0, lexer.at),
            vec![Edit::delete(Span::new(0, lexer.at))],
        );
    }
    if let Some(first) = text.find("\r\n") {
        let all =
            text.match_indices("\r\n").map(|(at, _)| Edit::delete(Span::new(at, at + 1))).collect();
        lexer.fault(FaultKind::CarriageReturn, Span::new(first, first + 1), all);
    }
    while lexer.at < lexer.end {
        lexer.list(Until::End);
        // A closing parenthesis that nothing opened.
        lexer.at += usize::from(lexer.at < lexer.end);
    }
    lexer.out
}

/// What ends a list of commands.
#[derive(Clone, Copy, PartialEq)]
enum Until {
    End,
    Parenthesis,
    Backquote,
}

/// A here-document whose text is still to come.
struct Pending {
    delimiter: String,
    strips_tabs: bool,
    is_quoted: bool,
    sign: Span,
    item: Option<usize>,
}

/// Where the lines of the text begin, by what they say.
#[derive(Default)]
struct Lines<'t> {
    exact: HashMap<&'t str, Vec<usize>>,
    without_tabs: HashMap<&'t str, Vec<usize>>,
    trimmed: HashMap<&'t str, Vec<usize>>,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let mut lines = Self::default();
        let mut start = 0;
        for line in text.split('\n') {
            let said = line.strip_suffix('\r').unwrap_or(line);
            lines.exact.entry(said).or_default().push(start);
            lines.without_tabs.entry(said.trim_start_matches('\t')).or_default().push(start);
            lines.trimmed.entry(said.trim()).or_default().push(start);
            start += line.len() + 1;
        }
        lines
    }
}

/// The first of these places that is in a range.
fn first_in(places: Option<&Vec<usize>>, from: usize, end: usize) -> Option<usize> {
    let places = places?;
    places.get(places.partition_point(|place| *place < from)).copied().filter(|place| *place < end)
}

/// The command being read.
#[derive(Default)]
struct Draft {
    command: Command,
    /// What is assigned before it, or instead of it.
    assigned: Vec<(String, Vec<Word>, bool, Span)>,
    /// Whether it is no command: the head of a loop, a test.
    ignored: bool,
    /// The end of its last word.
    last: usize,
    pending: Vec<Pending>,
    /// How many parentheses are open, and how many `case`.
    open: usize,
    cases: usize,
}

impl Draft {
    fn is_empty(&self) -> bool {
        self.command.words.is_empty() && self.assigned.is_empty() && !self.ignored
    }

    fn first(&self) -> &str {
        self.command.words.first().and_then(Word::literal).unwrap_or_default()
    }
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    depth: usize,
    in_here_document: bool,
    /// Whether a backquote ends what is being read.
    in_backquotes: bool,
    /// The end of the line on which a quote was left open: what is put there would stand within it.
    unended: Option<usize>,
    lines: Option<Lines<'t>>,
    /// How many commands were found in here-documents: each needs a name of its own.
    outputs: usize,
    out: Lexed,
}

impl<'t> Lexer<'t> {
    fn fault(&mut self, kind: FaultKind, span: Span, edits: Vec<Edit>) {
        self.out.faults.push(Fault { kind, span, edits });
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.byte_at(self.at)
    }

    fn byte_at(&self, at: usize) -> Option<u8> {
        (at < self.end).then(|| self.text.as_bytes().get(at).copied()).flatten()
    }

    fn looking_at(&self, what: &str) -> bool {
        self.rest().starts_with(what)
    }

    /// The place of the first character from here on that is no blank.
    fn after_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte_at(at), Some(b' ' | b'\t')) {
            at += 1;
        }
        at
    }

    /// Where the line ends that goes on here: at its line feed, or at its carriage return.
    fn is_line_end(&self, at: usize) -> bool {
        matches!(self.byte_at(at), Some(b'\n'))
            || (self.byte_at(at) == Some(b'\r')
                && matches!(self.byte_at(at + 1), Some(b'\n') | None))
    }

    fn list(&mut self, until: Until) {
        let mut draft = Draft::default();
        loop {
            if self.blanks(&mut draft) {
                self.finish(&mut draft);
            }
            let Some(byte) = self.byte() else { break };
            match byte {
                b'\n' => self.newline(&mut draft),
                b'#' => self.comment(),
                b';' => {
                    self.finish(&mut draft);
                    self.at += 1;
                    if matches!(self.byte(), Some(b';' | b'&')) {
                        while matches!(self.byte(), Some(b';' | b'&')) {
                            self.at += 1;
                        }
                        if draft.cases > 0 {
                            self.patterns();
                        }
                    }
                }
                b'&' if self.byte_at(self.at + 1) == Some(b'>') => self.redirection(&mut draft),
                b'&' | b'|' => {
                    self.finish(&mut draft);
                    self.at += 1;
                }
                b'(' => self.opened(&mut draft),
                b')' => {
                    if draft.open == 0 {
                        if until == Until::Parenthesis || until == Until::End {
                            break;
                        }
                    } else {
                        draft.open -= 1;
                    }
                    self.finish(&mut draft);
                    self.at += 1;
                }
                b'`' if until == Until::Backquote => break,
                b'<' | b'>' if placeholder(self.rest()).is_none() => self.redirection(&mut draft),
                b'0'..=b'9'
                    if matches!(self.byte_at(self.at + 1), Some(b'<' | b'>'))
                        && placeholder(self.rest().get(1..).unwrap_or_default()).is_none() =>
                {
                    self.at += 1;
                    self.redirection(&mut draft);
                }
                _ => self.next_word(&mut draft),
            }
        }
        self.finish(&mut draft);
        // Without a line end, a here-document has no text.
        for pending in mem::take(&mut draft.pending) {
            self.fault(FaultKind::UnendedHereDocument, pending.sign, Vec::new());
        }
    }

    /// Goes past blanks and line continuations; says whether the command ends all the same.
    fn blanks(&mut self, draft: &mut Draft) -> bool {
        loop {
            match self.byte() {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'\r') if self.is_line_end(self.at) => self.at += 1,
                Some(b'\\') => {
                    let behind = self.after_blanks(self.at + 1);
                    let has_blanks = behind > self.at + 1;
                    let backslash = Span::new(self.at, behind);
                    if self.is_line_end(behind) {
                        let next = behind + 1 + usize::from(self.byte_at(behind) == Some(b'\r'));
                        let line = self.after_blanks(next);
                        self.at = next.min(self.end);
                        let line = self.text.get(line..self.end).unwrap_or_default();
                        if begins_command(line)
                            && draft.command.words.len() > 2
                            && PROGRAMS.contains(&draft.first())
                            && draft.first() != "sudo"
                        {
                            self.fault(
                                FaultKind::StrayContinuation,
                                backslash,
                                vec![Edit::delete(backslash)],
                            );
                            return true;
                        }
                        if let Some(length) = second_prompt(line) {
                            let start = self.end - line.len();
                            let span = Span::new(start, start + length);
                            self.fault(FaultKind::Prompt, span, vec![Edit::delete(span)]);
                            self.at = span.end;
                        }
                        if has_blanks {
                            self.fault(
                                FaultKind::BlankAfterContinuation,
                                backslash,
                                vec![Edit::delete(Span::new(backslash.start + 1, behind))],
                            );
                        }
                    } else if behind >= self.end && has_blanks {
                        self.fault(
                            FaultKind::BlankAfterContinuation,
                            backslash,
                            vec![Edit::delete(backslash)],
                        );
                        self.at = behind;
                    } else if has_blanks && !draft.is_empty() {
                        self.fault(
                            FaultKind::ContinuationInLine,
                            Span::new(self.at, self.at + 1),
                            vec![Edit::delete(Span::new(self.at, self.at + 2))],
                        );
                        self.at = behind;
                    } else if self.at + 1 >= self.end {
                        self.at += 1;
                    } else {
                        return false;
                    }
                }
                // The sign of another shell: that of cmd.exe, or of PowerShell.
                Some(b'^' | b'`')
                    if !draft.command.words.is_empty()
                        && !self.in_backquotes
                        && self.is_line_end(self.after_blanks(self.at + 1)) =>
                {
                    let behind = self.after_blanks(self.at + 1);
                    let next = behind + 1 + usize::from(self.byte_at(behind) == Some(b'\r'));
                    let line = self.text.get(self.after_blanks(next)..self.end).unwrap_or_default();
                    if !goes_on(line) {
                        return false;
                    }
                    let sign = Span::new(self.at, behind);
                    self.fault(FaultKind::OtherContinuation, sign, vec![Edit::replace(sign, "\\")]);
                    self.at = next.min(self.end);
                }
                Some(byte) if !byte.is_ascii() => match self.rest().chars().next() {
                    Some(c) if matches!(plain(c), Some(" " | "")) => {
                        let span = Span::new(self.at, self.at + c.len_utf8());
                        self.fault(
                            FaultKind::Typographic,
                            span,
                            vec![Edit::replace(span, plain(c).unwrap_or_default())],
                        );
                        self.at = span.end;
                    }
                    _ => return false,
                },
                _ => return false,
            }
        }
    }

    fn comment(&mut self) {
        let length = self.rest().find('\n').unwrap_or(self.rest().len());
        self.out.comments.push(Span::new(self.at + 1, self.at + length));
        self.at += length;
    }

    fn newline(&mut self, draft: &mut Draft) {
        let line_end = self.at;
        let next = self.after_blanks(line_end + 1);
        let line = self.text.get(next..self.end).unwrap_or_default();
        let goes_on = !draft.command.words.is_empty()
            && !draft.ignored
            && draft.pending.is_empty()
            && goes_on(line);
        self.at += 1;
        if goes_on {
            let said = self.text.get(draft.last..line_end).unwrap_or_default();
            let comment = self
                .out
                .comments
                .last()
                .filter(|comment| comment.end == line_end)
                .map(|comment| Span::new(comment.start - 1, comment.end));
            // Behind a comment nothing can go on.
            let edits =
                if comment.is_none() && said.trim().is_empty() && self.unended != Some(line_end) {
                    vec![Edit::replace(
                        Span::new(draft.last, draft.last + said.trim_end_matches('\r').len()),
                        " \\",
                    )]
                } else {
                    Vec::new()
                };
            self.fault(
                FaultKind::MissingContinuation,
                comment.unwrap_or(Span::new(draft.last, line_end)),
                edits,
            );
            return;
        }
        self.finish(draft);
        for pending in mem::take(&mut draft.pending) {
            self.here_document(pending);
        }
    }

    /// An opening parenthesis: a subshell, or the head of a function.
    fn opened(&mut self, draft: &mut Draft) {
        self.at += 1;
        let inside = self.after_blanks(self.at);
        if draft.command.words.len() == 1 && self.byte_at(inside) == Some(b')') {
            draft.command = Command::default();
            self.at = inside + 1;
        } else if draft.is_empty() && self.byte() == Some(b'(') {
            self.arithmetic();
        } else {
            self.finish(draft);
            draft.open += 1;
        }
    }

    /// Goes past `…))`, within the line.
    fn arithmetic(&mut self) {
        while let Some(byte) = self.byte() {
            match byte {
                b'\n' => return self.unended = Some(self.at),
                b')' if self.byte_at(self.at + 1) == Some(b')') => return self.at += 2,
                _ => self.at += self.rest().chars().next().map_or(1, char::len_utf8),
            }
        }
    }

    /// Ends the command.
    fn finish(&mut self, draft: &mut Draft) {
        let command = mem::take(&mut draft.command);
        let assigned = mem::take(&mut draft.assigned);
        if mem::take(&mut draft.ignored) {
            return;
        }
        if command.words.is_empty() {
            for (name, words, list, span) in assigned {
                self.assign(name, words, list, span);
            }
            // `>file`, a here-document without a command: nothing to be told.
            return;
        }
        if begins_with_option(command.words.first().and_then(Word::bare).unwrap_or_default())
            && self.out.commands().next().is_some()
        {
            self.fault(
                FaultKind::MissingContinuation,
                command.words.first().map(|word| word.span).unwrap_or_default(),
                Vec::new(),
            );
        }
        for pending in draft.pending.iter_mut().filter(|pending| pending.item.is_none()) {
            pending.item = Some(self.out.items.len());
        }
        self.out.items.push(Item::Command(command));
    }

    fn assign(&mut self, name: String, words: Vec<Word>, list: bool, span: Span) {
        if let [Word { pieces, .. }] = words.as_slice()
            && let [super::Piece { part: Part::Output(range), .. }] = pieces.as_slice()
        {
            for item in self.out.items.get_mut(range.clone()).unwrap_or_default() {
                if let Item::Command(command) = item {
                    command.into = Some(name.clone());
                }
            }
        }
        self.out.items.push(Item::Assignment { name, words, list, span });
    }

    /// Reads a word of the command, or an assignment before it.
    fn next_word(&mut self, draft: &mut Draft) {
        let is_first = draft.command.words.is_empty() && !draft.ignored;
        if is_first
            && self.byte() == Some(b'$')
            && matches!(self.byte_at(self.at + 1), Some(b' '))
            && draft.assigned.is_empty()
        {
            let span = Span::new(self.at, self.after_blanks(self.at + 1));
            self.fault(
                FaultKind::Prompt,
                Span::new(span.start, span.start + 1),
                vec![Edit::delete(span)],
            );
            self.at = span.end;
            return;
        }
        if is_first
            && draft.assigned.is_empty()
            && let Some(length) = prompt(self.rest())
        {
            let span = Span::new(self.at, self.at + length);
            self.fault(FaultKind::Prompt, span, vec![Edit::delete(span)]);
            self.at = span.end;
            return;
        }
        if (is_first || DECLARING.contains(&draft.first()))
            && !draft.ignored
            && let Some(length) = assignment(self.rest())
        {
            return self.assignment(draft, length, is_first);
        }
        let start = self.at;
        let word = self.word();
        if self.at == start {
            // Nothing that a word begins with.
            self.at += self.rest().chars().next().map_or(1, char::len_utf8);
            return;
        }
        draft.last = self.at;
        if draft.ignored {
            return;
        }
        if is_first && draft.assigned.is_empty() {
            match word.bare().unwrap_or_default() {
                keyword if LEADING.contains(&keyword) => return,
                "for" | "select" => return draft.ignored = true,
                "case" => return self.case(draft),
                "esac" => {
                    draft.cases = draft.cases.saturating_sub(1);
                    return;
                }
                "function" => {
                    self.at = self.after_blanks(self.at);
                    self.word();
                    return;
                }
                "[[" => return self.test(draft),
                _ => {}
            }
        }
        if draft.command.words.is_empty() {
            draft.command.span.start = word.span.start;
            draft.command.in_here_document = self.in_here_document;
        }
        draft.command.span.end = word.span.end;
        draft.command.words.push(word);
    }

    fn assignment(&mut self, draft: &mut Draft, length: usize, is_first: bool) {
        let start = self.at;
        let named = self.text.get(start..start + length).unwrap_or_default();
        let is_added = named.ends_with("+=");
        let name = named.trim_end_matches(['=', '+']).to_owned();
        self.at += length;
        let (words, list) = if self.byte() == Some(b'(') {
            self.at += 1;
            (self.elements(), true)
        } else {
            (vec![self.word()], false)
        };
        draft.last = self.at;
        let span = Span::new(start, self.at);
        let words = if is_added { with_before(words, &name, list, span) } else { words };
        if is_first {
            draft.assigned.push((name, words, list, span));
        } else {
            self.assign(name, words, list, span);
        }
    }

    /// The words of a list, up to the parenthesis that closes it.
    fn elements(&mut self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut draft = Draft::default();
        loop {
            self.blanks(&mut draft);
            match self.byte() {
                None => return words,
                Some(b')') => {
                    self.at += 1;
                    return words;
                }
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.comment(),
                Some(_) => {
                    let start = self.at;
                    let word = self.word();
                    if self.at == start {
                        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
                    } else {
                        words.push(word);
                    }
                }
            }
        }
    }

    /// `case WORD in`, up to the first list of commands.
    fn case(&mut self, draft: &mut Draft) {
        self.at = self.after_blanks(self.at);
        self.word();
        self.at = self.after_blanks(self.at);
        if self.word().bare() == Some("in") {
            draft.cases += 1;
            self.patterns();
        }
    }

    /// Patterns up to the parenthesis behind them; nothing where `esac` comes.
    fn patterns(&mut self) {
        let mut draft = Draft::default();
        let mut is_first = true;
        loop {
            self.blanks(&mut draft);
            match self.byte() {
                None => return,
                Some(b'\n') if is_first => self.at += 1,
                Some(b'#') if is_first => self.comment(),
                // A pattern does not go over a line: the text is broken.
                Some(b'\n') => return,
                Some(b')') => {
                    self.at += 1;
                    return;
                }
                Some(_) => {
                    let before = self.at;
                    let word = self.word();
                    if is_first && word.bare() == Some("esac") {
                        self.at = before;
                        return;
                    }
                    is_first = false;
                    if self.at == before {
                        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
                    }
                }
            }
        }
    }

    /// `[[ … ]]`: a test, in whose inside signs mean something else.
    fn test(&mut self, draft: &mut Draft) {
        let mut inner = Draft::default();
        loop {
            self.blanks(&mut inner);
            match self.byte() {
                None | Some(b'\n') => break,
                Some(_) => {
                    let before = self.at;
                    let word = self.word();
                    if word.bare() == Some("]]") {
                        break;
                    }
                    if self.at == before {
                        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
                    }
                }
            }
        }
        draft.ignored = true;
    }

    fn redirection(&mut self, draft: &mut Draft) {
        let start = self.at;
        if self.looking_at("<<<") {
            self.at += 3;
            self.at = self.after_blanks(self.at);
            self.word();
            draft.last = self.at;
            return;
        }
        if self.looking_at("<<") {
            self.at += 2;
            let strips_tabs = self.byte() == Some(b'-');
            self.at += usize::from(strips_tabs);
            self.at = self.after_blanks(self.at);
            let before = self.at;
            let word = self.word();
            let delimiter = match word.literal() {
                Some(text) => text.to_owned(),
                None => self.text.get(before..self.at).unwrap_or_default().to_owned(),
            };
            draft.last = self.at;
            if !delimiter.is_empty() {
                // A backslash or quotes anywhere keep the text as it is.
                let is_quoted = word.quoted
                    || self.text.get(before..self.at).is_some_and(|text| text.contains('\\'));
                draft.pending.push(Pending {
                    delimiter,
                    strips_tabs,
                    is_quoted,
                    sign: Span::new(start, self.at),
                    item: None,
                });
            }
            return;
        }
        if matches!(self.byte_at(start + 1), Some(b'(')) && !draft.command.words.is_empty() {
            // `<(…)`: what commands print, as a file.
            self.at += 2;
            let part = self.nested(Until::Parenthesis);
            draft.last = self.at;
            let span = Span::new(start, self.at);
            draft.command.span.end = self.at;
            draft.command.words.push(Word {
                pieces: vec![super::Piece { part, span }],
                span,
                quoted: true,
            });
            return;
        }
        let reads = self.byte() == Some(b'<');
        while matches!(self.byte(), Some(b'<' | b'>' | b'&' | b'|')) {
            self.at += 1;
        }
        self.at = self.after_blanks(self.at);
        let target = self.word();
        draft.last = self.at;
        draft.command.redirections.push(Redirection { reads, target });
    }

    /// Commands up to what ends them; where they are in [`Lexed::items`].
    fn nested(&mut self, until: Until) -> Part {
        if self.depth >= DEPTH {
            return Part::Unknown;
        }
        let from = self.out.items.len();
        // Right behind what opens it.
        let opening = self.at;
        self.depth += 1;
        let outside = mem::replace(&mut self.in_backquotes, until == Until::Backquote);
        self.list(until);
        self.in_backquotes = outside;
        self.depth -= 1;
        if self.at >= self.end {
            self.fault(FaultKind::UnendedGroup, Span::new(opening - 1, opening), Vec::new());
        }
        self.at += usize::from(self.at < self.end);
        Part::Output(from..self.out.items.len())
    }

    fn here_document(&mut self, pending: Pending) {
        let start = self.at;
        let text = self.text;
        let lines = self.lines.get_or_insert_with(|| Lines::of(text));
        let exact = if pending.strips_tabs { &lines.without_tabs } else { &lines.exact };
        let delimiter = pending.delimiter.as_str();
        let ended = first_in(exact.get(delimiter), start, self.end);
        let nearly = first_in(lines.trimmed.get(delimiter), start, self.end);
        let body_end = ended.or(nearly).unwrap_or(self.end);
        let line = self.text.get(body_end..self.end).unwrap_or_default();
        let line_length = line.find('\n').unwrap_or(line.len());
        match (ended, nearly) {
            (Some(_), _) => {}
            (None, Some(at)) => {
                let said =
                    self.text.get(at..at + line_length).unwrap_or_default().trim_end_matches('\r');
                let span = Span::new(at, at + said.len());
                self.fault(
                    FaultKind::UnendedHereDocument,
                    span,
                    vec![Edit::replace(span, delimiter)],
                );
            }
            (None, None) => self.fault(FaultKind::UnendedHereDocument, pending.sign, Vec::new()),
        }
        let body = if pending.is_quoted {
            let mut word =
                Word { span: Span::new(start, body_end), quoted: true, ..Word::default() };
            word.text(self.text.get(start..body_end).unwrap_or_default(), word.span);
            word
        } else {
            self.here_text(start, body_end, pending.item)
        };
        self.at = (body_end + line_length + 1).min(self.end);
        let span = Span::new(pending.sign.start, body_end + line_length);
        if let Some(Item::Command(command)) =
            pending.item.and_then(|item| self.out.items.get_mut(item))
        {
            command.here_document = Some(HereDocument { body, span });
        }
    }

    /// The text of a here-document in which variables and commands are put in.
    fn here_text(&mut self, start: usize, body_end: usize, item: Option<usize>) -> Word {
        let mut word = Word { span: Span::new(start, body_end), quoted: true, ..Word::default() };
        let end = mem::replace(&mut self.end, body_end);
        let outside = mem::replace(&mut self.in_here_document, true);
        self.at = start;
        while let Some(byte) = self.byte() {
            let from = self.at;
            match byte {
                b'$' => self.dollar(&mut word, true),
                b'`' => {
                    self.at += 1;
                    let part = self.nested(Until::Backquote);
                    word.push(part, Span::new(from, self.at));
                }
                b'\\' if matches!(self.byte_at(from + 1), Some(b'$' | b'`' | b'\\' | b'\n')) => {
                    self.at += 2;
                    let escaped = self
                        .text
                        .get(from + 1..from + 2)
                        .filter(|c| *c != "\n")
                        .unwrap_or_default();
                    word.text(escaped, Span::new(from, self.at));
                }
                _ => {
                    let length = self
                        .rest()
                        .bytes()
                        .skip(1)
                        .position(|b| matches!(b, b'$' | b'`' | b'\\'))
                        .map_or(self.rest().len(), |at| at + 1);
                    self.at += length;
                    word.text(
                        self.text.get(from..self.at).unwrap_or_default(),
                        Span::new(from, self.at),
                    );
                }
            }
            if let Some(super::Piece { part: Part::Output(_), span }) =
                word.pieces.last().filter(|piece| piece.span.start == from).cloned()
            {
                self.output_in_here_document(span, item);
            }
        }
        self.end = end;
        self.in_here_document = outside;
        word
    }

    fn output_in_here_document(&mut self, span: Span, item: Option<usize>) {
        self.outputs += 1;
        let output = span.of(self.text);
        let wanted = if output.contains("ACR_REGISTRY_CONNECTION_STRING") {
            "connection_string"
        } else {
            "value"
        };
        // A name that the text has not used; after some of them, one that nobody uses.
        let is_free = |name: &String| self.outputs > 20 || !self.text.contains(name.as_str());
        let name = std::iter::once(wanted.to_owned())
            .chain((2..100).map(|number| format!("{wanted}_{number}")))
            .skip(self.outputs - 1)
            .find(is_free);
        let name = name.unwrap_or_else(|| format!("{wanted}_of_here_document_{}", self.outputs));
        let before = match item.and_then(|item| self.out.items.get(item)) {
            Some(Item::Command(command)) => Some(command.span.start),
            _ => None,
        };
        let edits = before.map(|before| {
            vec![
                Edit::insert(before, format!("{name}={output} &&\n")),
                Edit::replace(span, format!("${name}")),
            ]
        });
        self.fault(FaultKind::OutputInHereDocument, span, edits.unwrap_or_default());
    }
}

/// What a variable is after something was added to it: its elements before and the new ones, or a
/// text that only the shell knows.
fn with_before(words: Vec<Word>, name: &str, list: bool, span: Span) -> Vec<Word> {
    let part = if list {
        Part::Variable { name: name.to_owned(), quoted: true, each: true }
    } else {
        Part::Unknown
    };
    let before = Word { pieces: vec![super::Piece { part, span }], span, quoted: true };
    if list { std::iter::once(before).chain(words).collect() } else { vec![before] }
}

/// The bytes of `name=` or `name+=` that a text begins with.
fn assignment(text: &str) -> Option<usize> {
    let name = name_of(text);
    let rest = text.get(name.len()..)?;
    let sign = if rest.starts_with("+=") { 2 } else { usize::from(rest.starts_with('=')) };
    (!name.is_empty() && sign > 0).then_some(name.len() + sign)
}
