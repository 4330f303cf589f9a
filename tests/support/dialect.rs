//! What bash 3.2, which is the bash of macOS, does not know; and what an interactive bash takes for
//! a look into its history.

/// Words and operators that came after 3.2, with the version that brought them.
const NEWER: &[(&str, &str)] = &[
    ("mapfile", "4.0"),
    ("readarray", "4.0"),
    ("coproc", "4.0"),
    ("declare -A", "4.0"),
    ("local -A", "4.0"),
    ("&>>", "4.0"),
    ("|&", "4.0"),
    (";&", "4.0"),
    (";;&", "4.0"),
    ("BASHPID", "4.0"),
    ("globstar", "4.0"),
    ("declare -g", "4.2"),
    ("lastpipe", "4.2"),
    ("[[ -v", "4.2"),
    ("[ -v", "4.2"),
    ("test -v", "4.2"),
    ("%(", "4.2"),
    ("\\u", "4.2"),
    ("\\U", "4.2"),
    ("declare -n", "4.3"),
    ("local -n", "4.3"),
    ("wait -n", "4.3"),
    ("inherit_errexit", "4.4"),
    ("EPOCH", "5.0"),
    ("SRANDOM", "5.1"),
];

/// What a bash 3.2 would refuse or misread, in words.
pub(crate) fn newer_than_3_2(text: &str) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    let words =
        NEWER.iter().filter(|(construct, _)| code.iter().any(|line| line.contains(construct)));
    let mut objections: Vec<String> =
        words.map(|(construct, version)| format!("{construct} came with bash {version}")).collect();
    for line in code {
        if line.trim_start().starts_with('(') && line.ends_with(')') && line.trim() != ")" {
            objections.push(format!(
                "{}: set -e ends the shell where a subshell fails only since bash 4.0",
                line.trim()
            ));
        }
        for expansion in line.split("${").skip(1) {
            let expansion = expansion.split('}').next().unwrap_or_default();
            objections
                .extend(newer_expansion(expansion).map(|why| format!("${{{expansion}}}: {why}")));
        }
    }
    objections
}

/// What of `${…}` came after 3.2.
fn newer_expansion(expansion: &str) -> Option<&'static str> {
    let operator = expansion
        .trim_start_matches(['#', '!'])
        .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let operator = match operator.strip_prefix('[') {
        Some(index) if index.starts_with('-') => {
            return Some("an index from the end came with bash 4.3");
        }
        Some(index) => index.split_once(']').map_or("", |(_, operator)| operator),
        None => operator,
    };
    match operator.as_bytes() {
        [b'^' | b',', ..] => Some("changing case came with bash 4.0"),
        [b'@', ..] => Some("transformations came with bash 4.4"),
        [b':', b'-' | b'=' | b'+' | b'?', ..] => None,
        [b':', substring @ ..] if substring.contains(&b'-') => {
            Some("a length from the end came with bash 4.2")
        }
        _ => None,
    }
}

/// The lines in which an interactive bash would look into its history, by the rules of 3.2: single
/// quotes protect, double quotes do not, and a double quote behind a backslash counts like any
/// other.
pub(crate) fn looks_into_history(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line_looks_into_history(line)).collect()
}

fn line_looks_into_history(line: &str) -> bool {
    if line.starts_with('^') {
        return true;
    }
    let mut double_quoted = false;
    let mut before = ' ';
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '#' if " \t;&()|<>".contains(before) => return false,
            '!' if rest.peek().is_some_and(|next| !" \t=(".contains(*next)) => return true,
            '"' => double_quoted = !double_quoted,
            '\'' if !double_quoted => {
                rest.find(|c| *c == '\'');
            }
            '\\' if double_quoted => {
                rest.next_if_eq(&'"');
            }
            '\\' => {
                rest.next_if(|next| "'!".contains(*next));
            }
            _ => {}
        }
        before = c;
    }
    false
}
