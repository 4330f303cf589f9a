//! How a word of PowerShell becomes an argument of `az`: a model of every link of the chain, made
//! from the sources of PowerShell and from what is known of cmd.exe and of the C runtime. It knows
//! nothing of the renderer.
//!
//! Where the world outside decides (a file that a pattern fits, a variable of the environment), the
//! worst is taken to be so.

/// A PowerShell on a system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Target {
    /// Windows PowerShell 5.1: `az` is a batch file.
    Windows51,
    /// PowerShell 7 on Windows: a batch file too, so the old way of passing arguments in every
    /// version.
    Windows7,
    /// PowerShell 7.0 to 7.2 elsewhere: the old way.
    Unix70,
    /// PowerShell 7.3 and newer elsewhere: each argument by itself.
    Unix73,
}

impl Target {
    pub(crate) const ALL: [Self; 4] = [Self::Windows51, Self::Windows7, Self::Unix70, Self::Unix73];

    fn is_windows(self) -> bool {
        matches!(self, Self::Windows51 | Self::Windows7)
    }
}

/// A word as PowerShell's parser understands it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    /// Its value.
    pub(crate) text: String,
    /// Whether it is a string in quotes, as a whole and directly on the line.
    pub(crate) quoted: bool,
}

/// What happens instead of the call.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mishap {
    /// A pattern became the files that it fits, or `~` the home folder.
    Expanded(String),
    /// cmd.exe runs the rest as a command of its own.
    Runs(String),
    /// cmd.exe redirects from or to a file.
    Redirected(String),
    /// cmd.exe does not understand the line.
    Syntax(String),
    /// The line is longer than cmd.exe takes.
    TooLong,
}

/// What the program gets, program not counted. `environment` answers with the value of a variable
/// of the environment, where it is set.
pub(crate) fn arrive(
    target: Target,
    words: &[Word],
    environment: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<String>, Mishap> {
    if target == Target::Unix73 {
        return standard(words);
    }
    let line = legacy(target, words)?;
    if target.is_windows() {
        // CreateProcess starts `cmd.exe /c "az.cmd LINE"`; az.cmd starts
        // `python.exe -IBm azure.cli LINE` from within parentheses.
        let line = format!("az.cmd {line}");
        let line = nul_terminated(&line);
        if line.encode_utf16().count() > 8191 {
            return Err(Mishap::TooLong);
        }
        let first = cmd_operators(&cmd_percent(line, environment), false)?;
        let all_arguments =
            first.strip_prefix("az.cmd").unwrap_or_default().trim_start_matches(' ');
        let second = cmd_operators(&format!("python.exe {all_arguments}"), true)?;
        Ok(split(second.strip_prefix("python.exe ").unwrap_or_default()))
    } else {
        Ok(split(&line))
    }
}

/// Nothing of the environment has a name, but for `PATH`.
pub(crate) fn usual_environment(name: &str) -> Option<String> {
    name.eq_ignore_ascii_case("PATH").then(|| r"C:\Windows".to_owned())
}

/// Everything between two percent signs is a variable.
pub(crate) fn hostile_environment(_: &str) -> Option<String> {
    Some("EXPANDED".to_owned())
}

/// `NeedQuotes`: whether the old way puts an argument into quotes.
fn needs_quotes(target: Target, argument: &str) -> bool {
    let mut quotes = 0;
    let mut before = ' ';
    let mut needs = false;
    for c in argument.chars() {
        // Since 6 a quote behind a backslash does not count.
        if c == '"' && (target == Target::Windows51 || before != '\\') {
            quotes += 1;
        } else if c.is_whitespace() && quotes % 2 == 0 {
            needs = true;
        }
        before = c;
    }
    needs
}

/// What becomes of a word without quotes where PowerShell looks for patterns.
fn unquoted(target: Target, word: &Word) -> Result<(), Mishap> {
    let text = &word.text;
    let home = text == "~"
        || text.starts_with("~/")
        || (target == Target::Windows7 && text.starts_with("~\\"));
    // On Windows a home folder since 7.6, patterns never.
    let expanded = match target {
        Target::Windows51 => false,
        Target::Windows7 => home,
        Target::Unix70 | Target::Unix73 => home || text.contains(['*', '?', '[', ']']),
    };
    if expanded && !word.quoted && !needs_quotes(target, text) {
        Err(Mishap::Expanded(text.clone()))
    } else {
        Ok(())
    }
}

/// The old way: one line of text.
fn legacy(target: Target, words: &[Word]) -> Result<String, Mishap> {
    let mut line = String::new();
    let mut verbatim = false;
    for (index, word) in words.iter().enumerate() {
        if index > 0 {
            line.push(' ');
        }
        let text = word.text.as_str();
        if text == "--%" {
            verbatim = true;
        } else if verbatim {
            line.push_str(text);
        } else if needs_quotes(target, text) {
            line.push('"');
            line.push_str(text);
            if target != Target::Windows51 {
                line.extend(text.chars().rev().take_while(|c| *c == '\\'));
            }
            line.push('"');
        } else {
            unquoted(target, word)?;
            line.push_str(text);
        }
    }
    Ok(line)
}

/// The new way: a list.
fn standard(words: &[Word]) -> Result<Vec<String>, Mishap> {
    let mut arguments = Vec::new();
    let mut verbatim = false;
    for word in words {
        if word.text == "--%" {
            verbatim = true;
        } else if verbatim {
            arguments
                .extend(word.text.split(' ').filter(|piece| !piece.is_empty()).map(str::to_owned));
        } else {
            unquoted(Target::Unix73, word)?;
            arguments.push(nul_terminated(&word.text).to_owned());
        }
    }
    Ok(arguments)
}

/// A C string ends at NUL.
fn nul_terminated(text: &str) -> &str {
    text.split('\0').next().unwrap_or_default()
}

/// The first thing cmd.exe does with a line typed at it: a variable that is set is put in,
/// everything else stays, and so does `%%`.
fn cmd_percent(line: &str, environment: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('%') {
        out.push_str(&rest[..start]);
        rest = &rest[start + 1..];
        let name = rest.find('%').map(|end| &rest[..end]).filter(|name| !name.is_empty());
        match name
            .and_then(|name| Some((name, environment(name.split(':').next().unwrap_or_default())?)))
        {
            Some((name, value)) => {
                out.push_str(&value);
                rest = &rest[name.len() + 1..];
            }
            None => out.push('%'),
        }
    }
    out.push_str(rest);
    out
}

/// The second: operators, outside of double quotes. Within parentheses a closing one counts too.
fn cmd_operators(line: &str, parenthesized: bool) -> Result<String, Mishap> {
    let mut out = String::new();
    let mut quoted = false;
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match c {
            '\n' => break,
            '\r' => {}
            '"' => {
                quoted = !quoted;
                out.push(c);
            }
            c if quoted => out.push(c),
            '^' => out.extend(characters.next()),
            '&' | '|' => return Err(Mishap::Runs(characters.collect())),
            '<' | '>' => return Err(Mishap::Redirected(characters.collect())),
            ')' if parenthesized => return Err(Mishap::Syntax(characters.collect())),
            c => out.push(c),
        }
    }
    Ok(out)
}

/// How the C runtime of Windows, Python with it, and .NET elsewhere take a line apart.
pub(crate) fn split(line: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    let mut rest = line.chars().peekable();
    loop {
        while rest.next_if(|c| matches!(c, ' ' | '\t')).is_some() {}
        if rest.peek().is_none() {
            return arguments;
        }
        let mut argument = String::new();
        let mut quoted = false;
        while let Some(c) = rest.next_if(|c| quoted || !matches!(c, ' ' | '\t')) {
            match c {
                '\\' => {
                    let mut backslashes = 1;
                    while rest.next_if_eq(&'\\').is_some() {
                        backslashes += 1;
                    }
                    if rest.peek() == Some(&'"') {
                        argument.extend(std::iter::repeat_n('\\', backslashes / 2));
                        if backslashes % 2 == 1 {
                            rest.next();
                            argument.push('"');
                        }
                    } else {
                        argument.extend(std::iter::repeat_n('\\', backslashes));
                    }
                }
                '"' if quoted && rest.next_if_eq(&'"').is_some() => argument.push('"'),
                '"' => quoted = !quoted,
                c => argument.push(c),
            }
        }
        arguments.push(argument);
    }
}

/// The value of a string literal in single quotes, by the rules of the language: five characters
/// are such quotes, and of two the second counts.
pub(crate) fn single_quoted(literal: &str) -> String {
    let is_quote = |c: &char| matches!(c, '\'' | '\u{2018}'..='\u{201b}');
    let mut inner = literal.chars();
    assert!(
        inner.next().is_some_and(|c| is_quote(&c))
            && inner.next_back().is_some_and(|c| is_quote(&c)),
        "{literal}"
    );
    let mut value = String::new();
    while let Some(c) = inner.next() {
        value.push(if is_quote(&c) {
            inner
                .next()
                .filter(is_quote)
                .unwrap_or_else(|| panic!("the string ends early: {literal}"))
        } else {
            c
        });
    }
    value
}

/// The value of a string literal in double quotes: escapes by a backtick, `${name}`, `$($name[0])`
/// and `$([char]0x00)`. Anything else that begins with `$` is not expected here.
pub(crate) fn double_quoted(literal: &str, variable: &dyn Fn(&str) -> Vec<String>) -> String {
    let inner = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .unwrap_or_else(|| panic!("{literal}"));
    let mut value: Vec<u16> = Vec::new();
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        let mut text = c.to_string();
        rest = &rest[c.len_utf8()..];
        if c == '`' {
            let escaped =
                rest.chars().next().unwrap_or_else(|| panic!("the string ends early: {literal}"));
            rest = &rest[escaped.len_utf8()..];
            text = match escaped {
                'n' => "\n".to_owned(),
                'a'..='z' | '0' => panic!("an escape that not every version knows: {literal}"),
                c => c.to_string(),
            };
        } else if let Some((digits, after)) = inside(c, rest, "([char]0x", ")") {
            value.push(u16::from_str_radix(digits, 16).unwrap_or_else(|_| panic!("{literal}")));
            (text, rest) = (String::new(), after);
        } else if let Some((name, after)) = inside(c, rest, "{", "}") {
            (text, rest) = (variable(name).join(" "), after);
        } else if let Some((element, after)) = inside(c, rest, "($", "])") {
            let (name, index) = element.split_once('[').unwrap_or_else(|| panic!("{literal}"));
            let index: usize = index.parse().unwrap_or_else(|_| panic!("{literal}"));
            (text, rest) = (variable(name)[index].clone(), after);
        } else if matches!(c, '$' | '"' | '\u{201c}'..='\u{201e}') {
            panic!("a character with a meaning: {literal}");
        }
        value.extend(text.encode_utf16());
    }
    String::from_utf16_lossy(&value)
}

/// What stands between `$BEFORE` and `AFTER`, and what comes behind.
fn inside<'a>(c: char, rest: &'a str, before: &str, after: &str) -> Option<(&'a str, &'a str)> {
    (c == '$').then(|| rest.strip_prefix(before)?.split_once(after)).flatten()
}
