//! Words of bash: what is quoted, escaped, expanded.

use super::super::{
    Edit, FaultKind, Part, Span, Word, begins_with_option, begins_with_program, name_of,
    placeholder, plain,
};
use super::{Lexer, Until};

impl Lexer<'_> {
    /// Reads one word; an empty one where none begins here.
    pub(super) fn word(&mut self) -> Word {
        let start = self.at;
        let mut word = Word { span: Span::at(start), ..Word::default() };
        while let Some(byte) = self.byte() {
            let from = self.at;
            match byte {
                b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')' | b'>' => break,
                b'\r' if self.is_line_end(from) => break,
                b'<' => match placeholder(self.rest()) {
                    Some(length) => {
                        self.at += length;
                        let span = Span::new(from, self.at);
                        let said = span.of(self.text).to_owned();
                        self.fault(
                            FaultKind::Placeholder,
                            span,
                            vec![Edit::replace(span, format!("'{said}'"))],
                        );
                        word.push(Part::Placeholder(said), span);
                    }
                    None => break,
                },
                b'\'' => self.single_quoted(&mut word),
                b'"' => self.double_quoted(&mut word),
                b'$' => self.dollar(&mut word, false),
                b'`' if self.in_backquotes => break,
                b'`' => {
                    self.at += 1;
                    let part = self.nested(Until::Backquote);
                    word.push(part, Span::new(from, self.at));
                }
                b'\\' => {
                    let behind = self.after_blanks(from + 1);
                    if self.is_line_end(behind) && behind == from + 1 {
                        // A word goes on in the next line.
                        let next = behind + 1 + usize::from(self.byte_at(behind) == Some(b'\r'));
                        if matches!(self.byte_at(next), Some(b' ' | b'\t' | b'\n') | None)
                            || word.pieces.is_empty()
                        {
                            break;
                        }
                        self.at = next;
                        continue;
                    }
                    if behind > from + 1 && (self.is_line_end(behind) || behind >= self.end) {
                        break;
                    }
                    self.at += 1;
                    let Some(c) = self.rest().chars().next() else { break };
                    self.at += c.len_utf8();
                    word.quoted = true;
                    word.text(
                        self.text.get(from + 1..self.at).unwrap_or_default(),
                        Span::new(from, self.at),
                    );
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
                                    | b'&'
                                    | b'|'
                                    | b'('
                                    | b')'
                                    | b'<'
                                    | b'>'
                                    | b'\''
                                    | b'"'
                                    | b'$'
                                    | b'`'
                                    | b'\\'
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
                _ => {
                    if !self.unusual(&mut word) {
                        break;
                    }
                }
            }
        }
        word.span.end = self.at;
        word.joined()
    }

    /// A character beyond ASCII in a word; says whether the word goes on.
    fn unusual(&mut self, word: &mut Word) -> bool {
        let from = self.at;
        let Some(c) = self.rest().chars().next() else { return false };
        let span = Span::new(from, from + c.len_utf8());
        let Some(instead) = plain(c) else {
            self.at = span.end;
            word.text(span.of(self.text), span);
            return true;
        };
        match instead {
            " " | "" => return false,
            "\"" | "'" => {
                // Up to the quote that closes it, on this line.
                let inside = self.text.get(span.end..self.end).unwrap_or_default();
                let closes = |other: char| {
                    plain(other) == Some(instead)
                        || (other.is_ascii() && instead.starts_with(other))
                };
                match inside
                    .char_indices()
                    .take_while(|(_, other)| *other != '\n')
                    .find(|(_, other)| closes(*other))
                {
                    Some((length, other)) => {
                        let close =
                            Span::new(span.end + length, span.end + length + other.len_utf8());
                        self.fault(
                            FaultKind::Typographic,
                            span,
                            vec![Edit::replace(span, instead), Edit::replace(close, instead)],
                        );
                        word.quoted = true;
                        word.text(
                            Span::new(span.end, close.start).of(self.text),
                            Span::new(span.end, close.start),
                        );
                        self.at = close.end;
                    }
                    None => {
                        self.fault(FaultKind::Typographic, span, Vec::new());
                        self.at = span.end;
                    }
                }
            }
            // A dash at the beginning of an option; elsewhere it may be meant.
            dash => {
                self.at = span.end;
                let rest = self.rest();
                let is_short = dash == "--"
                    && rest.chars().nth(1).is_none_or(|c| c.is_whitespace() || c == '=');
                if word.pieces.is_empty()
                    && (rest.trim_start_matches('-').starts_with(|c: char| c.is_ascii_alphabetic())
                        || plain(rest.chars().next().unwrap_or(' '))
                            .is_some_and(|other| other.starts_with('-')))
                {
                    let twice = rest
                        .chars()
                        .next()
                        .and_then(|c| if c == '-' { Some("-") } else { plain(c) })
                        .filter(|other| other.starts_with('-'));
                    let second =
                        rest.chars().next().filter(|_| twice.is_some()).map_or(0, char::len_utf8);
                    let span = Span::new(from, span.end + second);
                    let instead = if is_short && twice.is_none() {
                        "-"
                    } else if twice.is_some() {
                        "--"
                    } else {
                        dash
                    };
                    self.at = span.end;
                    self.fault(FaultKind::Typographic, span, vec![Edit::replace(span, instead)]);
                    word.push(Part::Text(instead.to_owned()), span);
                } else {
                    word.text(span.of(self.text), span);
                }
            }
        }
        true
    }

    /// Whether a quoted text that came to the end of a line is none: a command goes on there.
    fn is_unended(&self, line_end: usize) -> bool {
        let line = self.after_blanks(line_end + 1);
        let line = self.text.get(line..self.end).unwrap_or_default();
        begins_with_program(line) || begins_with_option(line)
    }

    fn single_quoted(&mut self, word: &mut Word) {
        let open = Span::new(self.at, self.at + 1);
        self.at += 1;
        word.quoted = true;
        let from = self.at;
        loop {
            let Some(length) = self.rest().bytes().position(|b| matches!(b, b'\'' | b'\n')) else {
                self.at = self.end;
                self.fault(FaultKind::UnendedQuote, open, Vec::new());
                break;
            };
            self.at += length;
            if self.byte() == Some(b'\'') || self.is_unended(self.at) {
                break;
            }
            self.at += 1;
        }
        word.text(self.text.get(from..self.at).unwrap_or_default(), Span::new(from, self.at));
        match self.byte() {
            Some(b'\'') => self.at += 1,
            Some(_) => {
                self.unended = Some(self.at);
                self.fault(FaultKind::UnendedQuote, open, Vec::new());
            }
            None => {}
        }
    }

    fn double_quoted(&mut self, word: &mut Word) {
        let open = Span::new(self.at, self.at + 1);
        self.at += 1;
        word.quoted = true;
        loop {
            let from = self.at;
            match self.byte() {
                None => return self.fault(FaultKind::UnendedQuote, open, Vec::new()),
                Some(b'"') => {
                    self.at += 1;
                    return;
                }
                Some(b'\n') if self.is_unended(from) => {
                    self.unended = Some(from);
                    return self.fault(FaultKind::UnendedQuote, open, Vec::new());
                }
                Some(b'$') => self.dollar(word, true),
                Some(b'`') if self.in_backquotes => {
                    return self.fault(FaultKind::UnendedQuote, open, Vec::new());
                }
                Some(b'`') => {
                    self.at += 1;
                    let part = self.nested(Until::Backquote);
                    word.push(part, Span::new(from, self.at));
                }
                Some(b'\\')
                    if matches!(
                        self.byte_at(from + 1),
                        Some(b'$' | b'`' | b'"' | b'\\' | b'\n')
                    ) =>
                {
                    self.at += 2;
                    let escaped = self
                        .text
                        .get(from + 1..from + 2)
                        .filter(|c| *c != "\n")
                        .unwrap_or_default();
                    word.text(escaped, Span::new(from, self.at));
                }
                Some(_) => {
                    let length = self
                        .rest()
                        .bytes()
                        .skip(1)
                        .position(|b| matches!(b, b'"' | b'$' | b'`' | b'\\' | b'\n'))
                        .map_or(self.rest().len(), |at| at + 1);
                    self.at += length;
                    word.text(
                        self.text.get(from..self.at).unwrap_or_default(),
                        Span::new(from, self.at),
                    );
                }
            }
        }
    }

    pub(super) fn dollar(&mut self, word: &mut Word, quoted: bool) {
        let from = self.at;
        self.at += 1;
        match self.byte() {
            Some(b'(') if self.byte_at(self.at + 1) == Some(b'(') => {
                self.arithmetic();
                word.push(Part::Unknown, Span::new(from, self.at));
            }
            Some(b'(') => {
                self.at += 1;
                let part = self.nested(Until::Parenthesis);
                word.push(part, Span::new(from, self.at));
            }
            Some(b'{') => {
                self.at += 1;
                let part = self.parameter(quoted);
                word.push(part, Span::new(from, self.at));
            }
            Some(b'\'') if !quoted => self.ansi_quoted(word),
            Some(b'"') if !quoted => {}
            Some(b) if b.is_ascii_alphabetic() || b == b'_' => {
                let name = name_of(self.rest());
                self.at += name.len();
                word.push(
                    Part::Variable { name: name.to_owned(), quoted, each: false },
                    Span::new(from, self.at),
                );
            }
            Some(b'0'..=b'9' | b'@' | b'*' | b'#' | b'?' | b'!' | b'$' | b'-') => {
                self.at += 1;
                word.push(Part::Unknown, Span::new(from, self.at));
            }
            _ => word.text("$", Span::new(from, self.at)),
        }
    }

    /// What is in `${…}`.
    fn parameter(&mut self, quoted: bool) -> Part {
        let name = name_of(self.rest()).to_owned();
        self.at += name.len();
        let operator = self.at;
        // Braces within it, and quotes.
        let mut open = 1;
        while let Some(byte) = self.byte() {
            match byte {
                b'}' if open == 1 => break,
                b'}' => open -= 1,
                b'{' => open += 1,
                b'\n' => break,
                b'\\' => self.at += 1,
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.at.min(self.end);
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
        let operation = self.text.get(operator..self.at).unwrap_or_default();
        let each = matches!(operation, "[@]" | "[*]");
        self.at += usize::from(self.byte() == Some(b'}'));
        let keeps = each
            || operation.is_empty()
            || operation.starts_with(['/', '%', '#', ':', '-', ',', '^']);
        if name.is_empty() || !keeps {
            Part::Unknown
        } else {
            Part::Variable { name, quoted, each }
        }
    }

    /// `$'…'`, with escapes.
    fn ansi_quoted(&mut self, word: &mut Word) {
        let open = Span::new(self.at - 1, self.at + 1);
        self.at += 1;
        word.quoted = true;
        loop {
            let from = self.at;
            match self.byte() {
                None | Some(b'\n') => {
                    self.unended = Some(from);
                    return self.fault(FaultKind::UnendedQuote, open, Vec::new());
                }
                Some(b'\'') => {
                    self.at += 1;
                    return;
                }
                Some(b'\\') => {
                    self.at += 1;
                    let Some(c) = self.rest().chars().next() else { continue };
                    self.at += c.len_utf8();
                    let escaped = match c {
                        'n' => "\n",
                        'r' => "\r",
                        't' => "\t",
                        _ => self.text.get(from + 1..self.at).unwrap_or_default(),
                    };
                    word.text(escaped, Span::new(from, self.at));
                }
                Some(_) => {
                    let length = self
                        .rest()
                        .bytes()
                        .skip(1)
                        .position(|b| matches!(b, b'\'' | b'\\' | b'\n'))
                        .map_or(self.rest().len(), |at| at + 1);
                    self.at += length;
                    word.text(
                        self.text.get(from..self.at).unwrap_or_default(),
                        Span::new(from, self.at),
                    );
                }
            }
        }
    }
}
