//! The kind of a pasted text, and the parts of it that are commands or settings.

use crate::lexer::{Edit, Span};
use configurator_core::choices::Shell;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Commands of a shell.
    Commands(Shell),
    /// A page with code blocks.
    Markdown,
    /// A protected-settings file.
    Settings,
}

impl Form {
    /// The form of a file by the ending of its name; `None` where that says nothing.
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "md" | "markdown" | "mdx" => Some(Self::Markdown),
            "json" => Some(Self::Settings),
            "sh" | "bash" => Some(Self::Commands(Shell::Bash)),
            "ps1" | "psm1" => Some(Self::Commands(Shell::PowerShell)),
            _ => None,
        }
    }

    /// What a text seems to be.
    pub fn guess(text: &str) -> Self {
        if is_settings(text) {
            Self::Settings
        } else if is_markdown(text) {
            Self::Markdown
        } else {
            Self::Commands(guess_shell(text))
        }
    }
}

/// A piece of a text.
pub(super) struct Snippet {
    /// What it is: commands or settings.
    pub(super) form: Form,
    /// Its text, without what the page puts before each of its lines.
    pub(super) text: String,
    /// Where its lines begin: here, and in the text it is a piece of.
    lines: Vec<(usize, usize)>,
    /// What stands before each of its lines: a block of a list is indented.
    indentation: String,
    /// What is said before it.
    pub(super) prose: Prose,
}

/// What a page says about a block: the heading and the sentences before it.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    /// The sentences.
    pub(super) text: String,
    /// What stands in them as code.
    pub(super) code: Vec<String>,
}

impl Snippet {
    fn whole(form: Form, text: &str) -> Self {
        Self {
            form,
            text: text.to_owned(),
            lines: vec![(0, 0)],
            indentation: String::new(),
            prose: Prose::default(),
        }
    }

    /// Where a place of it stands in the whole text.
    pub(super) fn place(&self, span: Span) -> Span {
        Span::new(self.position(span.start), self.position(span.end))
    }

    fn position(&self, at: usize) -> usize {
        let line = self.lines.partition_point(|(here, _)| *here <= at).saturating_sub(1);
        self.lines.get(line).map_or(at, |(here, there)| there + (at - here))
    }

    /// A change of it as one of the whole text.
    pub(super) fn edit(&self, edit: &Edit) -> Edit {
        let text = if self.indentation.is_empty() {
            edit.text.clone()
        } else {
            edit.text.replace('\n', &["\n", &self.indentation].concat())
        };
        Edit { span: self.place(edit.span), text }
    }
}

/// The pieces of a text, and where a page leaves a code block open: its opening fence, and what
/// closes it.
pub(super) fn snippets(text: &str, form: Form) -> (Vec<Snippet>, Vec<(Span, Edit)>) {
    match form {
        Form::Markdown => of_markdown(text),
        Form::Commands(_) | Form::Settings => (vec![Snippet::whole(form, text)], Vec::new()),
    }
}

/// How much of what a page says before a block is kept.
const PROSE: usize = 2_000;

fn of_markdown(text: &str) -> (Vec<Snippet>, Vec<(Span, Edit)>) {
    let mut snippets = Vec::new();
    let mut open_fences = Vec::new();
    let mut prose = Prose::default();
    let mut heading = Prose::default();
    let mut in_heading = false;
    let mut block: Option<(Option<String>, Snippet)> = None;
    for (event, range) in Parser::new_ext(text, Options::empty()).into_offset_iter() {
        let range = Span::new(range.start, range.end);
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(
                        info.split([' ', ',', '{', '\t'])
                            .next()
                            .unwrap_or_default()
                            .to_ascii_lowercase(),
                    ),
                    CodeBlockKind::Indented => None,
                };
                let mut snippet = Snippet::whole(Form::Markdown, "");
                snippet.lines.clear();
                if info.is_some()
                    && let Some(open) = open_fence(text, range)
                {
                    open_fences.push(open);
                }
                block = Some((info, snippet));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((info, mut snippet)) = block.take()
                    && let Some(form) = form_of_block(info.as_deref(), &snippet.text)
                {
                    snippet.form = form;
                    snippet.prose = Prose {
                        text: [heading.text.as_str(), "\n", &prose.text].concat(),
                        code: prose.code.clone(),
                    };
                    snippets.push(snippet);
                }
                prose = Prose::default();
            }
            Event::Text(_) if block.is_some() => {
                if let Some((_, snippet)) = &mut block {
                    add_lines(snippet, text, range);
                }
            }
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                heading = Prose::default();
                prose = Prose::default();
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            Event::Text(said) if in_heading => heading.text.push_str(&said),
            Event::Text(said) if prose.text.len() < PROSE => prose.text.push_str(&said),
            Event::Code(said) if prose.text.len() < PROSE => {
                prose.text.push_str(&said);
                prose.code.push(said.to_string());
            }
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                prose.text.push(' ')
            }
            _ => {}
        }
    }
    (snippets, open_fences)
}

/// Takes the lines of a code block from where they stand.
fn add_lines(snippet: &mut Snippet, text: &str, range: Span) {
    if snippet.lines.is_empty() {
        let line =
            text.get(..range.start).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
        // A quote or a list before it is no indentation: what is put in must begin as these lines
        // do.
        let before = text.get(line..range.start).unwrap_or_default();
        snippet.indentation =
            before.chars().map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' }).collect();
    }
    let mut at = range.start;
    for line in range.of(text).split_inclusive('\n') {
        snippet.lines.push((snippet.text.len(), at));
        at += line.len();
        match line.strip_suffix("\r\n") {
            // The line ends of a page are none of its commands'.
            Some(line) => {
                snippet.text.push_str(line);
                snippet.text.push('\n');
            }
            None => snippet.text.push_str(line),
        }
    }
}

/// The opening fence of a code block that nothing closes but the end of what it stands in; and what
/// closes it.
fn open_fence(text: &str, block: Span) -> Option<(Span, Edit)> {
    let said = block.of(text);
    let fence = said.get(..3)?;
    let mut lines = said.lines();
    let first = lines.next()?;
    let last = lines.rfind(|line| !line.trim().is_empty()).unwrap_or(first);
    let closes =
        !std::ptr::eq(last, first) && last.trim_start_matches([' ', '\t', '>']).starts_with(fence);
    if closes {
        return None;
    }
    let line = text.get(..block.start)?.rfind('\n').map_or(0, |at| at + 1);
    let before: String = text
        .get(line..block.start)?
        .chars()
        .map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' })
        .collect();
    let end = block.start + said.trim_end().len();
    let opening = Span::new(block.start, block.start + first.trim_end().len());
    Some((opening, Edit::insert(end, ["\n", &before, fence].concat())))
}

/// What a code block holds, by the word at its fence and by its text; `None` where that is nothing
/// that can be read here.
fn form_of_block(info: Option<&str>, text: &str) -> Option<Form> {
    match info {
        Some(
            "bash"
            | "sh"
            | "shell"
            | "zsh"
            | "azurecli"
            | "azurecli-interactive"
            | "shell-session"
            | "shellsession",
        ) => Some(Form::Commands(guess_shell_of(text, Shell::Bash))),
        Some(
            "powershell"
            | "powershell-interactive"
            | "azurepowershell"
            | "azurepowershell-interactive"
            | "pwsh"
            | "ps1"
            | "ps",
        ) => Some(Form::Commands(Shell::PowerShell)),
        Some("json" | "jsonc" | "json5") => is_settings(text).then_some(Form::Settings),
        Some("" | "console" | "text" | "plaintext" | "txt" | "cmd" | "output") | None => {
            if is_settings(text) {
                Some(Form::Settings)
            } else {
                begins_with_command(text).then(|| Form::Commands(guess_shell(text)))
            }
        }
        Some(_) => None,
    }
}

/// Whether a text is a protected-settings file, right or wrong: something in braces that speaks of
/// what such files hold.
fn is_settings(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let Some(inside) = text.strip_prefix('{') else { return false };
    let first = inside.trim_start();
    let has_key = first.starts_with(['"', '\'', '}', '#', '/', '\u{201c}', '\u{201d}', '\u{2018}'])
        || first.split_once(':').is_some_and(|(key, _)| {
            key.len() < 60
                && key.trim().bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        });
    let shown: String = text.chars().take(4_000).map(|c| c.to_ascii_lowercase()).collect();
    has_key
        && !begins_with_command(inside)
        && ["connectionstring", "tls"].iter().any(|word| shown.contains(word))
}

/// Whether the first line of a text that says something is a command.
fn begins_with_command(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let Some(line) = lines.next() else { return false };
    let line = line.strip_prefix("$ ").unwrap_or(line);
    let word = line.split([' ', '\t', '=', '(']).next().unwrap_or_default();
    let is_prompt = line.starts_with("PS ") && line.contains("> ");
    is_prompt
        || [
            "az", "kubectl", "crictl", "openssl", "helm", "cat", "export", "set", "main", "sudo",
            "echo", "curl",
        ]
        .contains(&word)
        || (line.starts_with('$') && line.contains('='))
        || (line.contains('=')
            && !word.is_empty()
            && line.get(word.len()..).is_some_and(|rest| rest.starts_with('='))
            && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
}

/// Whether a text is a page: with code fences, or with sentences around indented commands.
fn is_markdown(text: &str) -> bool {
    let is_fence = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        line.starts_with("```") || line.starts_with("~~~")
    };
    if text.lines().any(is_fence) {
        return true;
    }
    let is_sentence = |line: &str| {
        let said = line
            .trim_start_matches(['*', '-', '>', '#', ' ', '.'])
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .trim_start_matches(['.', ')', ' ']);
        let words = said.split_whitespace().count();
        words >= 4
            && said.starts_with(|c: char| c.is_alphabetic())
            && said.trim_end().ends_with(['.', ':', '!', '?'])
            && !begins_with_command(said)
            && !line.starts_with("# ")
    };
    let mut has_sentence = false;
    let mut has_indented_command = false;
    for line in text.lines() {
        if line.starts_with("    ") || line.starts_with('\t') {
            has_indented_command |= has_sentence
                && ["az ", "kubectl ", "crictl "]
                    .iter()
                    .any(|program| line.trim_start().starts_with(program));
        } else {
            has_sentence |= is_sentence(line);
        }
    }
    has_indented_command
}

fn guess_shell(text: &str) -> Shell {
    guess_shell_of(text, Shell::Bash)
}

/// The shell whose signs are in a text; `otherwise` where there are none, or as many of both.
fn guess_shell_of(text: &str, otherwise: Shell) -> Shell {
    let (mut bash, mut powershell) = (0_u32, 0_u32);
    for line in text.lines().take(5_000) {
        let line = line.trim();
        let first = line.split([' ', '\t', '=']).next().unwrap_or_default();
        if line.starts_with("#!") {
            if line.contains("pwsh") { powershell += 50 } else { bash += 50 }
        }
        if line.starts_with("#Requires") {
            powershell += 50;
        }
        if line.starts_with('#') {
            continue;
        }
        powershell += 3 * u32::from(line.ends_with('`') && line.matches('`').count() == 1);
        bash += 3 * u32::from(line.ends_with('\\'));
        let is_assigned = line.split_once('=').is_some_and(|(name, _)| {
            name.trim_end().strip_prefix('$').is_some_and(|name| {
                name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b':')
            })
        });
        // No other shell takes that for anything.
        powershell += 6 * u32::from(is_assigned);
        let is_cmdlet = first.split_once('-').is_some_and(|(verb, noun)| {
            [
                "Get",
                "Set",
                "New",
                "Write",
                "Out",
                "Add",
                "Remove",
                "ConvertTo",
                "ConvertFrom",
                "Invoke",
                "Test",
                "Start",
                "Stop",
            ]
            .contains(&verb)
                && noun.starts_with(|c: char| c.is_ascii_uppercase())
        });
        powershell += 3 * u32::from(
            is_cmdlet
                || line.contains("| Set-Content")
                || line.contains("| Out-File")
                || line.starts_with("PS "),
        );
        bash += 3 * u32::from(line.contains("<<") || first == "export" || line.starts_with("$ "));
        bash += 2 * u32::from(
            line.contains('=')
                && !first.is_empty()
                && line.get(first.len()..).is_some_and(|rest| rest.starts_with('='))
                && first.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
        );
    }
    match bash.cmp(&powershell) {
        std::cmp::Ordering::Less => Shell::PowerShell,
        std::cmp::Ordering::Equal => otherwise,
        std::cmp::Ordering::Greater => Shell::Bash,
    }
}
