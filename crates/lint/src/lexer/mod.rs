//! Tolerant lexers: shell text becomes commands and assignments, with the location of every word.
//!
//! They do not interpret: control structures are skipped, and the commands in them are read in the
//! order of the text. Reading cannot fail, and takes time in proportion to the text. If text is
//! broken in a common way (a space after a backslash, an option on a line of its own, typographic
//! quotes), it is read as it was meant, and a [`Fault`] has the error and its fix.

mod bash;
mod powershell;

use configurator_core::choices::Shell;
use std::ops::Range;

/// A place in a text: bytes, the end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The first byte after it.
    pub end: usize,
}

impl Span {
    /// From a byte up to another.
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The place between two bytes.
    pub const fn at(position: usize) -> Self {
        Self { start: position, end: position }
    }

    /// What stands there.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A change of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What is replaced; empty where something is put in.
    pub span: Span,
    /// What comes there instead.
    pub text: String,
}

impl Edit {
    /// Puts a text in the place of another.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Puts a text in.
    pub fn insert(position: usize, text: impl Into<String>) -> Self {
        Self { span: Span::at(position), text: text.into() }
    }

    /// Takes a text out.
    pub fn delete(span: Span) -> Self {
        Self { span, text: String::new() }
    }
}

/// A part of a word.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text.
    Text(String),
    /// The value of a variable.
    Variable {
        /// Its name.
        name: String,
        /// Whether the shell keeps its value one word.
        quoted: bool,
        /// Whether every element of a list is meant, each a word.
        each: bool,
    },
    /// What commands print: their places in [`Lexed::items`].
    Output(Range<usize>),
    /// The place of a value, in angle brackets and without quotes, which the shell takes for a
    /// redirection.
    Placeholder(String),
    /// What only the shell knows.
    Unknown,
}

/// A part with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// What it is.
    pub part: Part,
    /// Where it stands, quotes excluded.
    pub span: Span,
}

/// A word: what becomes one element of argv, or several where a variable is a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// Its parts, in order; none for an empty text.
    pub pieces: Vec<Piece>,
    /// Where it stands, quotes included.
    pub span: Span,
    /// Whether any of it is quoted: then it is no keyword.
    pub quoted: bool,
}

impl Word {
    /// Its text, where it is nothing but text.
    pub fn literal(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [] => Some(""),
            [Piece { part: Part::Text(text), .. }] => Some(text),
            _ => None,
        }
    }

    /// Its text where it stands without quotes.
    fn bare(&self) -> Option<&str> {
        self.literal().filter(|_| !self.quoted)
    }

    fn text(&mut self, text: &str, span: Span) {
        // Text that stands together is one piece, so that a place in it can be found by counting.
        if let Some(Piece { part: Part::Text(before), span: place }) = self.pieces.last_mut()
            && place.end == span.start
            && place.end - place.start == before.len()
            && span.end - span.start == text.len()
        {
            before.push_str(text);
            place.end = span.end;
            return;
        }
        self.pieces.push(Piece { part: Part::Text(text.to_owned()), span });
    }

    fn push(&mut self, part: Part, span: Span) {
        self.pieces.push(Piece { part, span });
    }

    /// Joins pieces of text that stand apart only by quotes.
    fn joined(mut self) -> Self {
        if self.pieces.len() > 1
            && self.pieces.iter().all(|piece| matches!(piece.part, Part::Text(_)))
        {
            let span = Span::new(
                self.pieces.first().map_or(0, |piece| piece.span.start),
                self.pieces.last().map_or(0, |piece| piece.span.end),
            );
            let text = self
                .pieces
                .iter()
                .map(|piece| if let Part::Text(text) = &piece.part { text.as_str() } else { "" })
                .collect();
            self.pieces = vec![Piece { part: Part::Text(text), span }];
        }
        self
    }
}

/// What goes into a command or comes out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Redirection {
    /// Whether the command reads from there.
    pub reads: bool,
    /// The file.
    pub target: Word,
}

/// A text that is handed to a command in the lines below it.
#[derive(Clone, Debug, PartialEq)]
pub struct HereDocument {
    /// Its text as a word.
    pub body: Word,
    /// From the sign that begins it to the word that ends it.
    pub span: Span,
}

/// One simple command.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Command {
    /// Program and arguments.
    pub words: Vec<Word>,
    /// From its first word to its last.
    pub span: Span,
    /// Its redirections to and from files.
    pub redirections: Vec<Redirection>,
    /// The text that is handed to it.
    pub here_document: Option<HereDocument>,
    /// The variable that keeps what it prints.
    pub into: Option<String>,
    /// Whether it stands in a here-document.
    pub in_here_document: bool,
}

/// What a text consists of.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A variable is set.
    Assignment {
        /// Its name.
        name: String,
        /// Its value; several words for a list.
        words: Vec<Word>,
        /// Whether it is a list.
        list: bool,
        /// Where.
        span: Span,
    },
    /// A command is run.
    Command(Command),
    /// A text that an expression puts together: what it is for, only the shell knows.
    Expression(Word),
}

/// A way in which the text of a shell is broken, or does not do what it seems to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaultKind {
    /// Blanks behind the character that continues a line.
    BlankAfterContinuation,
    /// A line that should go on, and does not.
    MissingContinuation,
    /// A line that should not go on, and does.
    StrayContinuation,
    /// The character that continues a line, within a line.
    ContinuationInLine,
    /// The other shell's character that continues a line.
    OtherContinuation,
    /// Typographic quotes, dashes and blanks.
    Typographic,
    /// A placeholder that the shell takes for a redirection.
    Placeholder,
    /// A here-document or here-string that never ends.
    UnendedHereDocument,
    /// A quote that is not closed.
    UnendedQuote,
    /// A parenthesis or brace that is not closed.
    UnendedGroup,
    /// A command in a here-document: its failure is not seen.
    OutputInHereDocument,
    /// A byte order mark before the first command.
    ByteOrderMark,
    /// Line ends of Windows.
    CarriageReturn,
    /// The prompt of a shell, copied with the command.
    Prompt,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// Where.
    pub span: Span,
    /// What makes it right; empty where that is not certain.
    pub edits: Vec<Edit>,
}

/// A text that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lexed {
    /// What it consists of, in order; commands whose output is used stand before what uses it.
    pub items: Vec<Item>,
    /// What is wrong with it, in the order of the text.
    pub faults: Vec<Fault>,
    /// Its comments, without the sign that begins them.
    pub comments: Vec<Span>,
}

impl Lexed {
    /// Its commands, in order.
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        self.items.iter().filter_map(|item| match item {
            Item::Command(command) => Some(command),
            _ => None,
        })
    }
}

/// Reads the text of a shell.
pub fn lex(text: &str, shell: Shell) -> Lexed {
    let mut lexed = match shell {
        Shell::Bash => bash::lex(text),
        Shell::PowerShell => powershell::lex(text),
    };
    lexed.faults =
        sorted(lexed.faults, |fault| [fault.span.start, fault.span.end, fault.kind as usize]);
    lexed
}

/// How deep what stands in something else is read; what is deeper is text that only the shell
/// knows.
const DEPTH: usize = 40;

/// The programs that people's texts call: a line that begins with one begins a command.
const PROGRAMS: [&str; 8] =
    ["az", "kubectl", "crictl", "openssl", "helm", "docker", "curl", "sudo"];

/// Other words that a command, a loop or a condition of such texts begins with.
const STARTS: [&str; 14] = [
    "echo", "printf", "cat", "if", "for", "while", "export", "sleep", "exit", "jq", "then", "fi",
    "done", "else",
];

/// Whether a line begins a command of its own, even behind one that wants to go on.
fn begins_command(text: &str) -> bool {
    let word = text.split([' ', '\t', '\n', '\r']).next().unwrap_or_default();
    begins_with_program(text) || (STARTS.contains(&word) && word.len() < text.len())
}

/// Whether a text begins with the name of such a program, as a word.
fn begins_with_program(text: &str) -> bool {
    let word = text.split([' ', '\t', '\n', '\r']).next().unwrap_or_default();
    word.len() < text.len() && PROGRAMS.contains(&word)
}

/// The bytes of a prompt of a shell that a line begins with, `user@host:~$ ` or `C:\\folder>`,
/// where a command of such a program follows.
fn prompt(line: &str) -> Option<usize> {
    const LONGEST: usize = 80;
    let first = line.chars().next()?;
    if !(first.is_ascii_alphanumeric() || matches!(first, '[' | '(')) {
        return None;
    }
    let length = line
        .bytes()
        .take(LONGEST)
        .position(|b| matches!(b, b'$' | b'#' | b'>' | b'\n' | b'=' | b'|' | b'"' | b'\''))?;
    let (said, rest) = (line.get(..length)?, line.get(length..)?);
    let after = rest
        .strip_prefix("$ ")
        .or_else(|| rest.strip_prefix("# "))
        .filter(|_| said.contains('@'))
        .or_else(|| {
            rest.strip_prefix('>')
                .filter(|_| said.get(1..).is_some_and(|said| said.starts_with(":\\")))
        })?;
    let command = after.trim_start_matches(' ');
    begins_with_program(command).then(|| line.len() - command.len())
}

/// The bytes of the prompt of a line that goes on, `> ` or `>> `, before an option.
fn second_prompt(line: &str) -> Option<usize> {
    let rest = line.strip_prefix(">>").or_else(|| line.strip_prefix('>'))?;
    let after = rest.trim_start_matches([' ', '\t']);
    (after.len() < rest.len() && goes_on(after)).then(|| line.len() - after.len())
}

/// Whether a text begins like an option of a program: a dash or two, and a letter.
fn begins_with_option(text: &str) -> bool {
    let name = text.strip_prefix('-').map(|rest| rest.strip_prefix('-').unwrap_or(rest));
    name.is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
}

/// Whether a text begins with a configuration setting, `service.clusterIP=…`: no shell can take
/// that for anything but an argument or a mistake.
fn begins_with_setting(text: &str) -> bool {
    let line = text.split(['\n', ' ', '\t']).next().unwrap_or_default();
    let key = line.split_once('=').map_or("", |(key, _)| key);
    key.len() < 80
        && key.contains('.')
        && key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

/// The name of a variable that a text begins with; empty where it begins with none.
fn name_of(text: &str) -> &str {
    let is_letter = |b: u8| b.is_ascii_alphabetic() || b == b'_';
    if !text.bytes().next().is_some_and(is_letter) {
        return "";
    }
    let length =
        text.bytes().position(|b| !is_letter(b) && !b.is_ascii_digit()).unwrap_or(text.len());
    text.get(..length).unwrap_or_default()
}

/// Whether a line, begun anew, belongs to the command before it.
fn goes_on(line: &str) -> bool {
    begins_with_option(line) || begins_with_setting(line)
}

/// The bytes of a placeholder that a text begins with, `<resource group>`: letters first, closed on
/// the line, and nothing like the target of a redirection behind it.
fn placeholder(text: &str) -> Option<usize> {
    const LONGEST: usize = 80;
    let rest = text.strip_prefix('<')?;
    if !rest.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let length = rest.bytes().take(LONGEST).position(|b| {
        matches!(b, b'>' | b'<' | b'\n' | b'|' | b';' | b'&' | b'`' | b'$' | b'\'' | b'"')
    })?;
    let inside = rest.get(..length)?;
    let after = rest.get(length..)?.strip_prefix('>')?;
    let is_one = !inside.ends_with([' ', '\t'])
        && !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '>' | '(' | '&'));
    // `<in> out` reads a file and writes another, where a program reads its input: nobody writes it
    // so.
    is_one.then_some(length + 2)
}

/// What a typographic character was before a word processor had it: a quote, a dash, a blank, or
/// nothing.
fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' => "\"",
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' => "'",
        '\u{2010}' | '\u{2011}' | '\u{2212}' => "-",
        '\u{2013}' | '\u{2014}' => "--",
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' => " ",
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => "",
        _ => return None,
    })
}

/// A list in the order of up to three numbers of each; what has the same stays as it was. The
/// library's stable sort is copied for every type, this only once.
pub(crate) fn sorted<T>(list: Vec<T>, key: impl Fn(&T) -> [usize; 3]) -> Vec<T> {
    let keys = list.iter().map(key).collect();
    let mut list: Vec<Option<T>> = list.into_iter().map(Some).collect();
    order(keys).into_iter().filter_map(|at| list.get_mut(at)?.take()).collect()
}

/// The places of keys in their order.
fn order(keys: Vec<[usize; 3]>) -> Vec<usize> {
    let mut keys: Vec<([usize; 3], usize)> = keys.into_iter().zip(0..).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};
    use std::fmt::Write;

    /// What is read of a text, a line each.
    fn check(shell: Shell, text: &str, expected: &Expect) {
        expected.assert_eq(&told(text, shell));
    }

    /// What was read, a line each.
    fn told(text: &str, shell: Shell) -> String {
        let lexed = lex(text, shell);
        let word = |word: &Word| -> String {
            let piece = |piece: &Piece| match &piece.part {
                Part::Text(text) => text.clone(),
                Part::Variable { name, each: true, .. } => format!("${{{name}[@]}}"),
                Part::Variable { name, .. } => format!("${name}"),
                Part::Output(range) => format!("$({range:?})"),
                Part::Placeholder(said) => said.to_uppercase(),
                Part::Unknown => "?".to_owned(),
            };
            format!("[{}]", word.pieces.iter().map(piece).collect::<String>())
        };
        let words = |words: &[Word]| words.iter().map(word).collect::<Vec<_>>().join("");
        let mut out = String::new();
        for item in &lexed.items {
            match item {
                Item::Assignment { name, words: value, list, .. } => {
                    writeln!(out, "{name}={}{}", words(value), if *list { " list" } else { "" })
                }
                Item::Command(command) => {
                    let into = command
                        .into
                        .as_ref()
                        .map(|into| format!(" into {into}"))
                        .unwrap_or_default();
                    let files: String = command
                        .redirections
                        .iter()
                        .map(|file| {
                            format!(
                                " {} {}",
                                if file.reads { "from" } else { "to" },
                                word(&file.target)
                            )
                        })
                        .collect();
                    let handed = command
                        .here_document
                        .as_ref()
                        .map(|handed| format!(" handed {}", word(&handed.body)))
                        .unwrap_or_default();
                    writeln!(out, "{}{into}{files}{handed}", words(&command.words))
                }
                Item::Expression(value) => writeln!(out, "= {}", word(value)),
            }
            .unwrap_or_default();
        }
        for fault in &lexed.faults {
            writeln!(out, "{:?} {:?}", fault.kind, fault.span.of(text)).unwrap_or_default();
        }
        out
    }

    #[test]
    fn bash_is_read_with_its_quotes_lists_and_here_documents() {
        check(
            Shell::Bash,
            r#"main() (
  name='edge 01' repos=(hello-world "app/api")
  if ! listed "$name" x; then
    id=$(az acr show --name "$registry" \
      --query id </dev/null 2>/dev/null) || id=''
  fi
  case $id in *\"* | x) stop 'no az here' ;; esac
  [[ $id == az && -n $id ]]
  az acr connected-registry create --name ${name} --repository "${repos[@]}" # az nothing
  cat <<-'EOF' >a.json
	$(az never)
	EOF
)
main "$@"
"#,
            &expect![[r#"
                name=[edge 01]
                repos=[hello-world][app/api] list
                [listed][$name][x]
                [az][acr][show][--name][$registry][--query][id] into id from [/dev/null] to [/dev/null]
                id=[$(3..4)]
                id=[]
                [stop][no az here]
                [az][acr][connected-registry][create][--name][$name][--repository][${repos[@]}]
                [cat] to [a.json] handed [	$(az never)
                ]
                [main][?]
            "#]],
        );
    }

    #[test]
    fn powershell_is_read_with_its_blocks_expressions_and_lists() {
        check(
            Shell::PowerShell,
            r#"& {
  $registry = 'conto''so' # az nothing
  $repos = @('hello-world', "app/api")
  if ($registry -ne '') {
    $id = @(az acr show `
      --name "${registry}" --query id) -join "`n"
  }
  function Stop-Run([string] $Reason, [string[]] $Command) { throw $Reason }
  Stop-Run 'no' @('az', 'login')
  az acr connected-registry create --repository $repos --notifications "$($repos[0])"
  [System.IO.File]::WriteAllText('a.json', (@(
    '{'
    '  "connectionString": "' + $id + '"'
    '}'
  ) -join "`n"))
}
"#,
            &expect![[r#"
                = [conto'so]
                registry=[conto'so]
                repos=[hello-world][app/api] list
                = [$registry]
                [az][acr][show][--name][$registry][--query][id] into id
                id=[$(4..5)] list
                = [$registry]
                = [$Reason]
                = [$Reason]
                [Stop-Run][no][?]
                = [$repos]
                [az][acr][connected-registry][create][--repository][$repos][--notifications][$repos]
                = [{]
                = [  "connectionString": "$id"]
                = [}]
            "#]],
        );
    }

    #[test]
    fn what_is_broken_is_read_as_it_was_meant() {
        let broken = "az acr show \\ \n  --name <registry name>\naz acr list \\ --output\n  table \
                      --query \u{201c}[]\u{201d}\n  --debug\n";
        check(
            Shell::Bash,
            broken,
            &expect![[r#"
            [az][acr][show][--name][<REGISTRY NAME>]
            [az][acr][list][--output]
            [table][--query][[]][--debug]
            BlankAfterContinuation "\\ "
            Placeholder "<registry name>"
            ContinuationInLine "\\"
            Typographic "“"
            MissingContinuation ""
        "#]],
        );
        check(
            Shell::PowerShell,
            "az acr show ` \n  --name x \\\n --query id\nPS C:\\> az acr list\n",
            &expect![[r#"
            [az][acr][show][--name][x][--query][id]
            [az][acr][list]
            BlankAfterContinuation "` "
            OtherContinuation "\\"
            Prompt "PS C:\\>"
        "#]],
        );
        check(
            Shell::Bash,
            "\u{feff}$ az acr show --name a\r\naz acr list\r\n",
            &expect![[r#"
            [az][acr][show][--name][a]
            [az][acr][list]
            ByteOrderMark "\u{feff}"
            Prompt "$"
            CarriageReturn "\r"
        "#]],
        );
    }
}
