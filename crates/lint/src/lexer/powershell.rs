//! PowerShell, as far as pages and scripts about commands use it.

use super::{
    Command, DEPTH, Edit, Fault, FaultKind, Item, Lexed, PROGRAMS, Part, Redirection, Span, Word,
    begins_with_option, begins_with_program, goes_on, name_of, placeholder, plain, second_prompt,
};
use std::mem;

/// Words that only lead to a statement, or to a condition and a block.
const LEADING: [&str; 19] = [
    "if", "elseif", "else", "while", "for", "foreach", "do", "until", "switch", "try", "catch",
    "finally", "return", "throw", "exit", "begin", "process", "end", "trap",
];

pub(super) fn lex(text: &str) -> Lexed {
    let mut lexer = Lexer { text, at: 0, depth: 0, unended: None, out: Lexed::default() };
    if text.starts_with('\u{feff}') {
        lexer.at = '\u{feff}'.len_utf8();
    }
    while lexer.at < text.len() {
        lexer.statements(None);
        // What closes something that nothing opened.
        lexer.at += usize::from(lexer.at < text.len());
    }
    lexer.out
}

/// What a statement is worth: words, or what commands print.
#[derive(Default)]
struct Value {
    words: Vec<Word>,
    is_list: bool,
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    /// The end of the line on which a quote was left open: what is put there would stand within it.
    unended: Option<usize>,
    out: Lexed,
}

impl<'t> Lexer<'t> {
    fn fault(&mut self, kind: FaultKind, span: Span, edits: Vec<Edit>) {
        self.out.faults.push(Fault { kind, span, edits });
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.byte_at(self.at)
    }

    fn byte_at(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn skip_character(&mut self) {
        self.at += self.rest().chars().next().map_or(1, char::len_utf8);
    }

    fn after_blanks(&self, mut at: usize) -> usize {
        while matches!(self.byte_at(at), Some(b' ' | b'\t' | b'\r')) {
            at += 1;
        }
        at
    }

    fn is_line_end(&self, at: usize) -> bool {
        matches!(self.byte_at(at), Some(b'\n') | None)
            || (self.byte_at(at) == Some(b'\r')
                && matches!(self.byte_at(at + 1), Some(b'\n') | None))
    }

    /// Statements, up to what closes them; it is left where it is.
    fn statements(&mut self, close: Option<u8>) -> Value {
        let mut value = Value::default();
        loop {
            self.blanks(None);
            match self.byte() {
                None => return value,
                Some(b'\n' | b';' | b',' | b'|') => self.at += 1,
                Some(b'#') => self.comment(),
                Some(b'<') if self.rest().starts_with("<#") => self.block_comment(),
                Some(b')' | b'}') if close.is_some() && self.byte() == close => return value,
                Some(b')' | b'}') if close.is_none() => return value,
                // Something that was not opened here: the text is broken.
                Some(b')' | b'}') => self.at += 1,
                Some(_) => {
                    let before = self.at;
                    let of_statement = self.statement();
                    value.is_list |= of_statement.is_list || !value.words.is_empty();
                    value.words.extend(of_statement.words);
                    if self.at == before {
                        self.skip_character();
                    }
                }
            }
        }
    }

    /// Goes past blanks and line continuations; says whether the command ends all the same.
    fn blanks(&mut self, command: Option<&Command>) -> bool {
        loop {
            match self.byte() {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'\r') if self.is_line_end(self.at) => self.at += 1,
                Some(sign @ (b'`' | b'\\' | b'^')) => {
                    let behind = self.after_blanks(self.at + 1);
                    let is_backslash = sign != b'`';
                    let has_blanks = self
                        .text
                        .get(self.at + 1..behind)
                        .is_some_and(|blanks| blanks.contains([' ', '\t']));
                    let in_command = command.is_some_and(|command| !command.words.is_empty());
                    if !self.is_line_end(behind) {
                        // An escaped blank is a blank: harmless, unlike in bash.
                        if has_blanks && in_command && !is_backslash {
                            self.at = behind;
                            continue;
                        }
                        if has_blanks && in_command {
                            self.fault(
                                FaultKind::ContinuationInLine,
                                Span::new(self.at, self.at + 1),
                                vec![Edit::delete(Span::new(self.at, self.at + 2))],
                            );
                            self.at = behind;
                            continue;
                        }
                        return false;
                    }
                    if is_backslash && !in_command {
                        return false;
                    }
                    let sign = Span::new(self.at, behind);
                    let line = self.text.get(self.after_blanks(behind + 1)..).unwrap_or_default();
                    self.at = (behind + 1).min(self.text.len());
                    if let Some(length) = second_prompt(line) {
                        let start = self.text.len() - line.len();
                        let span = Span::new(start, start + length);
                        self.fault(FaultKind::Prompt, span, vec![Edit::delete(span)]);
                        self.at = span.end;
                    }
                    if begins_with_program(line)
                        && command.is_some_and(|command| {
                            command.words.len() > 2 && calls_program(command)
                        })
                    {
                        self.fault(FaultKind::StrayContinuation, sign, vec![Edit::delete(sign)]);
                        return true;
                    }
                    if is_backslash {
                        self.fault(
                            FaultKind::OtherContinuation,
                            sign,
                            vec![Edit::replace(sign, "`")],
                        );
                    } else if has_blanks && behind < self.text.len() {
                        self.fault(
                            FaultKind::BlankAfterContinuation,
                            sign,
                            vec![Edit::delete(Span::new(sign.start + 1, behind))],
                        );
                    }
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

    fn block_comment(&mut self) {
        let length = self.rest().find("#>").map_or(self.rest().len(), |at| at + 2);
        self.out.comments.push(Span::new(self.at + 2, self.at + length.saturating_sub(2).max(2)));
        self.at += length;
    }

    /// One statement.
    fn statement(&mut self) -> Value {
        if let Some(rest) = self.rest().strip_prefix("PS ")
            && let Some(length) =
                rest.bytes().take(200).position(|b| matches!(b, b'>' | b'\n' | b'=' | b'|'))
            && rest.get(length..).is_some_and(|rest| rest.starts_with('>'))
        {
            let span = Span::new(self.at, self.after_blanks(self.at + 3 + length + 1));
            self.fault(
                FaultKind::Prompt,
                Span::new(span.start, span.start + 3 + length + 1),
                vec![Edit::delete(span)],
            );
            self.at = span.end;
        }
        match self.byte() {
            Some(b'&' | b'.') if matches!(self.byte_at(self.at + 1), Some(b' ' | b'\t')) => {
                self.at = self.after_blanks(self.at + 1);
                if self.byte() == Some(b'{') {
                    return self.expression();
                }
                self.command()
            }
            Some(
                b'$' | b'@' | b'(' | b'{' | b'[' | b'\'' | b'"' | b'0'..=b'9' | b'-' | b'!' | b'+',
            ) => self.expression_or_assignment(),
            Some(byte)
                if !byte.is_ascii()
                    && self
                        .rest()
                        .chars()
                        .next()
                        .and_then(plain)
                        .is_some_and(|c| c == "'" || c == "\"") =>
            {
                self.expression_or_assignment()
            }
            Some(b'<') if placeholder(self.rest()).is_none() => Value::default(),
            Some(_) => {
                let word: &str = self
                    .rest()
                    .split(|c: char| !c.is_ascii_alphabetic())
                    .next()
                    .unwrap_or_default();
                let after = self.byte_at(self.at + word.len());
                if LEADING.iter().any(|leading| leading.eq_ignore_ascii_case(word))
                    && after != Some(b'-')
                {
                    self.at += word.len();
                    // Its condition, its block, or what is returned: statements of their own.
                    return Value::default();
                }
                if ["function", "filter", "param"]
                    .iter()
                    .any(|leading| leading.eq_ignore_ascii_case(word))
                {
                    self.at = self.after_blanks(self.at + word.len());
                    if !word.eq_ignore_ascii_case("param") {
                        while matches!(self.byte(), Some(byte) if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
                        {
                            self.at += 1;
                        }
                        self.at = self.after_blanks(self.at);
                    }
                    if self.byte() == Some(b'(') {
                        self.group(b')', 1);
                    }
                    return Value::default();
                }
                self.command()
            }
            None => Value::default(),
        }
    }

    /// What is within parentheses or braces, as statements.
    fn group(&mut self, close: u8, opening: usize) -> (Value, std::ops::Range<usize>) {
        let from = self.out.items.len();
        let start = self.at;
        self.at += opening;
        if self.depth >= DEPTH {
            return (Value::default(), from..from);
        }
        self.depth += 1;
        let value = self.statements(Some(close));
        self.depth -= 1;
        if self.byte() != Some(close) {
            self.fault(FaultKind::UnendedGroup, Span::new(start, start + opening), Vec::new());
        }
        self.at += usize::from(self.byte() == Some(close));
        (value, from..self.out.items.len())
    }

    fn expression_or_assignment(&mut self) -> Value {
        let start = self.at;
        let Some((name, length)) = variable(self.rest()) else { return self.expression() };
        // A property of it is a name of its own.
        let mut end = start + length;
        while self.byte_at(end) == Some(b'.')
            && matches!(self.byte_at(end + 1), Some(byte) if byte.is_ascii_alphabetic())
        {
            end += 1;
            while matches!(self.byte_at(end), Some(byte) if byte.is_ascii_alphanumeric() || byte == b'_')
            {
                end += 1;
            }
        }
        let sign = self.after_blanks(end);
        let rest = self.text.get(sign..).unwrap_or_default();
        let sign_length = if rest.starts_with("+=") {
            2
        } else {
            usize::from(rest.starts_with('=') && !rest.starts_with("=="))
        };
        if sign_length == 0 {
            return self.expression();
        }
        let property = self.text.get(start + length..end).unwrap_or_default();
        let name = [name, property].concat();
        self.at = sign + sign_length;
        self.blanks(None);
        while self.byte() == Some(b'\n') {
            self.at += 1;
            self.blanks(None);
        }
        let from = self.out.items.len();
        let value = if self.byte().is_none() { Value::default() } else { self.statement() };
        let range = from..self.out.items.len();
        let span = Span::new(start, self.at);
        let mut words = value.words;
        for item in self.out.items.get_mut(range.clone()).unwrap_or_default() {
            if let Item::Command(command) = item {
                command.into = Some(name.clone());
                if words.is_empty() {
                    words.push(Word {
                        pieces: vec![super::Piece { part: Part::Output(range.clone()), span }],
                        span,
                        quoted: false,
                    });
                }
            }
        }
        self.out.items.push(Item::Assignment { name, words, list: value.is_list, span });
        Value::default()
    }

    /// An expression, up to the end of its line or of what it stands in.
    fn expression(&mut self) -> Value {
        let mut words: Vec<Word> = Vec::new();
        let mut word = Word { span: Span::at(self.at), ..Word::default() };
        let mut is_list = false;
        // Behind an operator other than `+` comes what is done with the text, not more of it.
        let mut is_over = false;
        let start = self.at;
        loop {
            self.blanks(None);
            let from = self.at;
            match self.byte() {
                None | Some(b'\n' | b';' | b')' | b'}' | b'|') => break,
                Some(b'#') if from > start => self.comment(),
                Some(b'(' | b'{') => {
                    let close = if self.byte() == Some(b'(') { b')' } else { b'}' };
                    let (value, _) = self.group(close, 1);
                    self.take(&mut word, &mut words, value, is_over);
                }
                Some(b'@') if matches!(self.byte_at(from + 1), Some(b'(' | b'{')) => {
                    is_list |= !is_over
                        && self.byte_at(from + 1) == Some(b'(')
                        && words.is_empty()
                        && word.pieces.is_empty();
                    let close = if self.byte_at(from + 1) == Some(b'(') { b')' } else { b'}' };
                    let (value, _) = self.group(close, 2);
                    self.take(&mut word, &mut words, value, is_over);
                }
                Some(b',') => {
                    self.at += 1;
                    is_list = true;
                    if !is_over {
                        word.span.end = from;
                        words.push(mem::replace(
                            &mut word,
                            Word { span: Span::at(self.at), ..Word::default() },
                        ));
                    }
                }
                Some(b'\'' | b'"' | b'$' | b'@') if is_over => {
                    self.piece(&mut Word::default());
                }
                Some(b'\'' | b'"' | b'$' | b'@') => self.piece(&mut word),
                Some(b'-') if matches!(self.byte_at(from + 1), Some(byte) if byte.is_ascii_alphabetic()) =>
                {
                    is_over = true;
                    self.at += 1;
                }
                Some(byte) if byte.is_ascii() => self.at += 1,
                Some(_) => match self.rest().chars().next().and_then(plain) {
                    Some("'" | "\"") => self.piece(&mut word),
                    _ => self.skip_character(),
                },
            }
        }
        word.span.end = self.at;
        if !word.pieces.is_empty() || word.quoted {
            words.push(word.joined());
        }
        if let [word] = words.as_slice() {
            self.out.items.push(Item::Expression(word.clone()));
        }
        Value { words, is_list }
    }

    /// Puts what a group is worth to the word, or beside it.
    fn take(&mut self, word: &mut Word, words: &mut Vec<Word>, value: Value, is_over: bool) {
        if is_over {
            return;
        }
        let mut of_group = value.words;
        if of_group.len() == 1 && !value.is_list {
            word.quoted = true;
            word.pieces.extend(of_group.remove(0).pieces);
        } else {
            words.append(&mut of_group);
        }
    }

    /// A command, up to the end of its line or of what it stands in.
    fn command(&mut self) -> Value {
        let mut command = Command { span: Span::at(self.at), ..Command::default() };
        let mut last = self.at;
        loop {
            if self.blanks(Some(&command)) {
                break;
            }
            let from = self.at;
            match self.byte() {
                None | Some(b';' | b')' | b'}' | b'|') => break,
                Some(b'&') => {
                    self.at += 1;
                    break;
                }
                Some(b'\n') => {
                    let next = self.after_blanks(from + 1);
                    if command.words.is_empty()
                        || !goes_on(self.text.get(next..).unwrap_or_default())
                        || !calls_program(&command)
                    {
                        break;
                    }
                    let said = self.text.get(last..from).unwrap_or_default();
                    let edits = if said.trim().is_empty() && self.unended != Some(from) {
                        vec![Edit::replace(
                            Span::new(last, last + said.trim_end_matches('\r').len()),
                            " `",
                        )]
                    } else {
                        Vec::new()
                    };
                    self.fault(FaultKind::MissingContinuation, Span::new(last, from), edits);
                    self.at += 1;
                }
                Some(b'#') => self.comment(),
                Some(b'<') if self.rest().starts_with("<#") => self.block_comment(),
                Some(b'>') => self.redirection(&mut command),
                Some(b'<') if placeholder(self.rest()).is_none() => self.at += 1,
                Some(b'0'..=b'9' | b'*') if self.byte_at(from + 1) == Some(b'>') => {
                    self.at += 1;
                    self.redirection(&mut command);
                }
                Some(_) => {
                    let word = self.word();
                    if self.at == from {
                        self.skip_character();
                        continue;
                    }
                    last = self.at;
                    command.span.end = self.at;
                    command.words.push(word);
                }
            }
        }
        if command.words.is_empty() {
            return Value::default();
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
        self.out.items.push(Item::Command(command));
        Value::default()
    }

    fn redirection(&mut self, command: &mut Command) {
        while matches!(self.byte(), Some(b'>' | b'&')) {
            self.at += 1;
        }
        self.at = self.after_blanks(self.at);
        if self.is_line_end(self.at) {
            return;
        }
        let target = self.word();
        command.redirections.push(Redirection { reads: false, target });
    }

    /// An argument.
    fn word(&mut self) -> Word {
        let mut word = Word { span: Span::at(self.at), ..Word::default() };
        while let Some(byte) = self.byte() {
            let from = self.at;
            match byte {
                b' ' | b'\t' | b'\n' | b';' | b')' | b'}' | b'|' | b'&' | b'>' => break,
                b'\r' if self.is_line_end(from) => break,
                b'<' => match placeholder(self.rest()) {
                    Some(length) => {
                        self.at += length;
                        let span = Span::new(from, self.at);
                        let said = span.of(self.text).to_owned();
                        // A word begins at its quotes: `a='b'` would be two.
                        let edit = if word.pieces.is_empty() {
                            vec![Edit::replace(span, format!("'{said}'"))]
                        } else {
                            vec![Edit::insert(word.span.start, "'"), Edit::insert(span.end, "'")]
                        };
                        self.fault(FaultKind::Placeholder, span, edit);
                        word.push(Part::Placeholder(said), span);
                    }
                    None => break,
                },
                b'(' | b'{' => {
                    let close = if byte == b'(' { b')' } else { b'}' };
                    let (value, range) = self.group(close, 1);
                    self.of_group(&mut word, value, range, from);
                }
                b'@' if matches!(self.byte_at(from + 1), Some(b'(' | b'{')) => {
                    let close = if self.byte_at(from + 1) == Some(b'(') { b')' } else { b'}' };
                    let (value, range) = self.group(close, 2);
                    self.of_group(&mut word, value, range, from);
                }
                b'\'' | b'"' | b'$' | b'@' => self.piece(&mut word),
                b'`' => {
                    let behind = self.after_blanks(from + 1);
                    if self.is_line_end(behind) {
                        break;
                    }
                    self.at += 1;
                    let inside = self.at;
                    self.skip_character();
                    word.text(
                        self.text.get(inside..self.at).unwrap_or_default(),
                        Span::new(from, self.at),
                    );
                }
                b'\\'
                    if self.is_line_end(self.after_blanks(from + 1)) && word.pieces.is_empty() =>
                {
                    break;
                }
                _ if byte.is_ascii() => {
                    let special = |b: u8| {
                        !b.is_ascii()
                            || matches!(
                                b,
                                b' ' | b'\t'
                                    | b'\n'
                                    | b'\r'
                                    | b';'
                                    | b')'
                                    | b'}'
                                    | b'('
                                    | b'{'
                                    | b'|'
                                    | b'&'
                                    | b'<'
                                    | b'>'
                                    | b'\''
                                    | b'"'
                                    | b'$'
                                    | b'`'
                            )
                    };
                    let length = self
                        .rest()
                        .bytes()
                        .skip(1)
                        .position(special)
                        .map_or(self.rest().len(), |at| at + 1);
                    self.at += length;
                    word.text(
                        self.text.get(from..self.at).unwrap_or_default(),
                        Span::new(from, self.at),
                    );
                }
                _ => match self.rest().chars().next().and_then(plain) {
                    Some("'" | "\"") => self.piece(&mut word),
                    Some(" " | "") => break,
                    // To PowerShell a typographic dash is a dash, but not to the program.
                    Some(dash) if word.pieces.is_empty() => {
                        self.skip_character();
                        let is_short = dash == "--"
                            && self
                                .rest()
                                .chars()
                                .nth(1)
                                .is_none_or(|c| c.is_whitespace() || c == '=');
                        let span = Span::new(from, self.at);
                        let dash = if is_short { "-" } else { dash };
                        if self.rest().starts_with(|c: char| c.is_ascii_alphabetic()) {
                            self.fault(
                                FaultKind::Typographic,
                                span,
                                vec![Edit::replace(span, dash)],
                            );
                        }
                        word.push(Part::Text(dash.to_owned()), span);
                    }
                    _ => {
                        self.skip_character();
                        word.text(
                            self.text.get(from..self.at).unwrap_or_default(),
                            Span::new(from, self.at),
                        );
                    }
                },
            }
        }
        word.span.end = self.at;
        word.joined()
    }

    fn of_group(
        &mut self,
        word: &mut Word,
        mut value: Value,
        range: std::ops::Range<usize>,
        from: usize,
    ) {
        word.quoted = true;
        if value.words.len() == 1 {
            word.pieces.extend(value.words.remove(0).pieces);
            return;
        }
        let part = if range.is_empty() { Part::Unknown } else { Part::Output(range) };
        word.push(part, Span::new(from, self.at));
    }

    /// A quoted text, a here-string, or a variable.
    fn piece(&mut self, word: &mut Word) {
        let from = self.at;
        match self.byte() {
            Some(b'@')
                if matches!(self.byte_at(from + 1), Some(b'\'' | b'"'))
                    && self.is_line_end(self.after_blanks(from + 2)) =>
            {
                self.here_string(word)
            }
            Some(b'@') => {
                self.at += 1;
                let name = name_of(self.rest());
                self.at += name.len();
                if name.is_empty() {
                    word.text("@", Span::new(from, self.at));
                } else {
                    word.push(
                        Part::Variable { name: name.to_owned(), quoted: false, each: true },
                        Span::new(from, self.at),
                    );
                }
            }
            Some(b'$') => self.dollar(word, false),
            Some(b'\'') => self.quoted(word, '\''),
            Some(b'"') => self.quoted(word, '"'),
            Some(_) => {
                let quote = self
                    .rest()
                    .chars()
                    .next()
                    .and_then(plain)
                    .and_then(|quote| quote.chars().next())
                    .unwrap_or('\'');
                self.quoted(word, quote);
            }
            None => {}
        }
    }

    /// What is between quotes; typographic ones are quotes to PowerShell, too.
    fn quoted(&mut self, word: &mut Word, quote: char) {
        let start = self.at;
        self.skip_character();
        let open = Span::new(start, self.at);
        word.quoted = true;
        let is_quote =
            |c: char| c == quote || plain(c).is_some_and(|plain| plain.starts_with(quote));
        loop {
            let from = self.at;
            let Some(c) = self.rest().chars().next() else {
                return self.fault(FaultKind::UnendedQuote, open, Vec::new());
            };
            if is_quote(c) {
                self.at += c.len_utf8();
                // Twice, it is one.
                if !self.rest().chars().next().is_some_and(is_quote) {
                    return;
                }
                self.skip_character();
                word.text(if quote == '"' { "\"" } else { "'" }, Span::new(from, self.at));
                continue;
            }
            match c {
                '\n' => {
                    let line = self.text.get(self.after_blanks(from + 1)..).unwrap_or_default();
                    if begins_with_program(line) || begins_with_option(line) {
                        self.unended = Some(from);
                        return self.fault(FaultKind::UnendedQuote, open, Vec::new());
                    }
                    self.at += 1;
                    word.text("\n", Span::new(from, self.at));
                }
                '$' if quote == '"' => self.dollar(word, true),
                '`' if quote == '"' => {
                    self.at += 1;
                    let inside = self.at;
                    self.skip_character();
                    self.at = self.at.min(self.text.len());
                    let escaped = match self.text.get(inside..self.at) {
                        Some("n") => "\n",
                        Some("r") => "\r",
                        Some("t") => "\t",
                        other => other.unwrap_or_default(),
                    };
                    word.text(escaped, Span::new(from, self.at));
                }
                _ => {
                    let ends = |c: char| is_quote(c) || matches!(c, '\n' | '$' | '`');
                    self.at += c.len_utf8();
                    self.at += self.rest().find(ends).unwrap_or(self.rest().len());
                    word.text(
                        self.text.get(from..self.at).unwrap_or_default(),
                        Span::new(from, self.at),
                    );
                }
            }
        }
    }

    fn here_string(&mut self, word: &mut Word) {
        let start = self.at;
        let quote = if self.byte_at(start + 1) == Some(b'\'') { "'@" } else { "\"@" };
        word.quoted = true;
        let line = self.rest().find('\n').map_or(self.rest().len(), |at| at + 1);
        self.at += line;
        let inside = self.at;
        // It ends only at the beginning of a line.
        let close = if self.rest().starts_with(quote) {
            Some(0)
        } else {
            self.rest().find(&["\n", quote].concat()).map(|at| at + 1)
        };
        match close {
            Some(length) => {
                word.text(
                    self.text
                        .get(inside..(inside + length).saturating_sub(1).max(inside))
                        .unwrap_or_default(),
                    Span::new(inside, inside + length),
                );
                self.at = inside + length + 2;
            }
            None => {
                self.fault(FaultKind::UnendedHereDocument, Span::new(start, start + 2), Vec::new());
                word.text(self.rest(), Span::new(inside, self.text.len()));
                self.at = self.text.len();
            }
        }
    }

    fn dollar(&mut self, word: &mut Word, quoted: bool) {
        let from = self.at;
        if self.rest().starts_with("$(") {
            let (value, range) = self.group(b')', 2);
            let runs = self
                .out
                .items
                .get(range.clone())
                .unwrap_or_default()
                .iter()
                .any(|item| matches!(item, Item::Command(_)));
            match value.words.as_slice() {
                // An expression that is one value: that of a variable, or an element of it.
                [one] if !runs => {
                    one.pieces.iter().for_each(|piece| word.push(piece.part.clone(), piece.span))
                }
                _ => word.push(Part::Output(range), Span::new(from, self.at)),
            }
            return;
        }
        match variable(self.rest()) {
            Some((name, length)) => {
                self.at += length;
                word.push(
                    Part::Variable { name: name.to_owned(), quoted, each: false },
                    Span::new(from, self.at),
                );
            }
            None => {
                self.at += 1;
                // `$?`, `$_`, `$$`.
                if matches!(self.byte(), Some(b'?' | b'$' | b'^')) {
                    self.at += 1;
                    word.push(Part::Unknown, Span::new(from, self.at));
                } else {
                    word.text("$", Span::new(from, self.at));
                }
            }
        }
        // A property of it, or an element, is something else.
        if !quoted
            && matches!(self.byte(), Some(b'.'))
            && matches!(self.byte_at(self.at + 1), Some(byte) if byte.is_ascii_alphabetic())
            && word.pieces.len() == 1
        {
            self.at += 1;
            self.at += name_of(self.rest()).len();
            word.pieces.pop();
            word.push(Part::Unknown, Span::new(from, self.at));
        }
    }
}

/// Whether a command is one of a program, not of PowerShell.
fn calls_program(command: &Command) -> bool {
    command.words.first().and_then(Word::literal).is_some_and(|program| {
        PROGRAMS.contains(&program) || program.ends_with(".exe") || program.ends_with(".cmd")
    })
}

/// The name of a variable that a text begins with, scope included, and how many bytes it takes.
fn variable(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('$')?;
    if let Some(rest) = rest.strip_prefix('{') {
        let length = rest
            .bytes()
            .take(200)
            .position(|b| matches!(b, b'}' | b'\n'))
            .filter(|length| rest.as_bytes().get(*length) == Some(&b'}'))?;
        return Some((rest.get(..length)?, length + 3));
    }
    let name = name_of(rest);
    if name.is_empty() {
        return None;
    }
    let scoped = rest
        .get(name.len()..)
        .and_then(|rest| rest.strip_prefix(':'))
        .map(name_of)
        .filter(|name| !name.is_empty());
    let length = name.len() + scoped.map_or(0, |scoped| scoped.len() + 1);
    Some((rest.get(..length)?, length + 1))
}
