//! Every text that is rendered for PowerShell, read by PowerShell's own parser: without an error,
//! and with nothing in it that Windows PowerShell 5.1 lacks.

use crate::links::{SEED, links};
use crate::support::{Pasteable, blocks, outcome};
use crate::trial::{GOLDEN, Outcome, Place, Shell, World, scenarios, shell};
use std::collections::BTreeSet;

/// Prints a line for every use of every kind, see there.
const INVENTORY: &str = include_str!("inventory.ps1");

/// What the texts may make use of, as Windows PowerShell 5.1 on .NET Framework 4.5 and newer has
/// it: all of it is in 5.1's documentation, and what does not say otherwise has been there since
/// 3.0.
const KNOWN: &[(&str, &[&str])] = &[
    // Programs, of which `icacls` is called on Windows only and `sh` elsewhere only.
    ("command", &["az", "icacls", "kubectl", "openssl", "sh"]),
    // Cmdlets.
    ("command", &["Get-Command", "Get-Location", "Out-Null", "Read-Host", "Remove-Item"]),
    ("command", &["Test-Path", "Write-Host"]),
    ("parameter", &["Get-Command -ErrorAction", "Get-Command -Name", "Get-Location -PSProvider"]),
    ("parameter", &["Remove-Item -Force", "Remove-Item -LiteralPath", "Test-Path -LiteralPath"]),
    ("called", &["Ampersand ScriptBlockExpressionAst"]),
    // .NET Framework has all of these from 1.1 or 2.0 on, but for `IsInputRedirected`, which is
    // from 4.5. Where there are more overloads of as many arguments, the text is a path or a
    // string.
    ("member", &["[Console]::IsInputRedirected", "[Convert]::ToBase64String(1)"]),
    ("member", &["[Environment]::GetCommandLineArgs(0)", "[Environment]::UserInteractive"]),
    ("member", &["[System.IO.File]::Delete(1)", "[System.IO.File]::Exists(1)"]),
    ("member", &["[System.IO.File]::ReadAllBytes(1)"]),
    // A path and a `FileMode`.
    ("member", &["[System.IO.File]::Open(2)"]),
    // Without a third argument it writes UTF-8 without a byte order mark there too.
    ("member", &["[System.IO.File]::WriteAllText(2)"]),
    // Two texts: more than four would be another overload, which is from 4.0.
    ("member", &["[System.IO.Path]::Combine(2)"]),
    ("member", &["[System.Security.Principal.WindowsIdentity]::GetCurrent(0)"]),
    // Of a stream, of collections, and of strings: all from 1.1 or 2.0 on. `StartsWith` has a text
    // and a `StringComparison`, `IndexOfAny` an array of characters.
    ("member", &[".Close(0)", ".Count", ".IndexOfAny(1)", ".StartsWith(2)", ".Trim(0)"]),
    // Of an error record, of the host, of a location, and of a Windows identity.
    ("member", &[".Exception", ".Message", ".Name", ".UI", ".WriteErrorLine(1)"]),
    ("member", &[".ProviderPath", ".User", ".Value"]),
    // Keys of the script's own table.
    ("member", &[".Done", ".Private", ".Remedy", ".Step", ".Told", ".Yes"]),
    ("type", &["Console", "Convert", "Environment", "System.IO.File", "System.IO.Path"]),
    ("type", &["System.Security.Principal.WindowsIdentity"]),
    ("type", &["char", "char[]", "int", "object[]", "string"]),
    // Automatic variables, and one of Windows.
    ("variable", &["Host", "LASTEXITCODE", "Matches", "PSCommandPath", "_", "args", "env:OS"]),
    ("variable", &["false", "true"]),
    // Neither a suffix nor `0b`, which are newer.
    ("number", &["0", "0x0A"]),
    // Neither `e nor `u{}, which are newer.
    ("escape", &["`\"", "`n"]),
    // No `clean`.
    ("block", &["End"]),
    // No chain of pipelines, no `? :`, no background.
    ("syntax", &["ArrayExpressionAst", "ArrayLiteralAst", "AssignmentStatementAst"]),
    ("syntax", &["BinaryExpressionAst", "CatchClauseAst", "CommandAst", "CommandExpressionAst"]),
    ("syntax", &["CommandParameterAst", "ConstantExpressionAst", "ConvertExpressionAst"]),
    ("syntax", &["ExitStatementAst", "ExpandableStringExpressionAst", "ForEachStatementAst"]),
    ("syntax", &["ForStatementAst", "FunctionDefinitionAst", "HashtableAst", "IfStatementAst"]),
    ("syntax", &["IndexExpressionAst", "InvokeMemberExpressionAst", "MemberExpressionAst"]),
    ("syntax", &["NamedBlockAst", "ParameterAst", "ParenExpressionAst", "PipelineAst"]),
    ("syntax", &["ReturnStatementAst", "ScriptBlockAst", "ScriptBlockExpressionAst"]),
    ("syntax", &["StatementBlockAst", "StringConstantExpressionAst", "SubExpressionAst"]),
    ("syntax", &["ThrowStatementAst", "TryStatementAst", "TypeConstraintAst"]),
    ("syntax", &["TypeExpressionAst", "UnaryExpressionAst", "VariableExpressionAst"]),
    // Words, quotes and brackets.
    ("token", &["Ampersand", "AtCurly", "AtParen", "ColonColon", "Comma", "Comment"]),
    ("token", &["DollarParen", "Dot", "EndOfInput", "Equals", "Generic", "Identifier"]),
    ("token", &["LBracket", "LCurly", "LParen", "LineContinuation", "NewLine", "Number"]),
    ("token", &["Parameter", "Pipe", "RBracket", "RCurly", "RParen", "Semi"]),
    ("token", &["SplattedVariable", "StringExpandable", "StringLiteral", "Variable"]),
    // Keywords.
    ("token", &["Catch", "Else", "ElseIf", "Exit", "Finally", "For", "Foreach", "Function", "If"]),
    ("token", &["In", "Return", "Throw", "Try"]),
    // Operators. `-in` and `-notin` are from 3.0; no `??`, `?.`, `&&` or `||`.
    (
        "token",
        &["And", "Cmatch", "Cne", "Format", "Icontains", "Ieq", "Ige", "Igt", "Iin", "Ilike"],
    ),
    ("token", &["Ilt", "Imatch", "Ine", "Inotcontains", "Inotin", "Ireplace", "Isplit", "Join"]),
    ("token", &["Not", "Or", "Plus", "PlusPlus"]),
];

/// Preferences that may be set. The second is an ordinary variable to 5.1.
const MAY_BE_SET: [&str; 3] =
    ["ErrorActionPreference", "PSNativeCommandUseErrorActionPreference", "global:LASTEXITCODE"];

/// Names with a meaning in some version, by their beginnings.
const RESERVED: [&str; 8] =
    ["PS", "IsWindows", "IsLinux", "IsMacOS", "IsCoreCLR", "Error", "global:", "Output"];

/// Texts with something in them that 5.1 lacks, and the kind of use by which that is noticed.
const NEWER: [(&str, &str); 24] = [
    ("az version && az account show", "token\tAndAnd"),
    ("az version || az login", "token\tOrOr"),
    ("$a = $args ?? 'x'", "token\tQuestionQuestion"),
    ("$a ??= 'x'", "token\tQuestionQuestionEquals"),
    ("$a = $args ? 1 : 2", "syntax\tTernaryExpressionAst"),
    ("$a = 'x'; ${a}?.Length", "syntax\tnull-conditional"),
    ("az version &", "syntax\tbackground"),
    ("function f { process { } clean { } }", "block\tClean"),
    ("$a = \"`e[0m\"", "escape\t`e"),
    ("$a = \"`u{e4}\"", "escape\t`u{"),
    ("$a = 0b11", "number\t0b0"),
    ("$a = 5uy", "number\t0uy"),
    ("if ($IsWindows) { }", "variable\tIsWindows"),
    ("$PSStyle.OutputRendering", "variable\tPSStyle"),
    ("$PSNativeCommandArgumentPassing = 'Legacy'", "assigned\tPSNativeCommandArgumentPassing"),
    ("Get-Content -LiteralPath x -AsByteStream", "parameter\tGet-Content -AsByteStream"),
    ("'{}' | ConvertFrom-Json -AsHashtable", "parameter\tConvertFrom-Json -AsHashtable"),
    ("Test-Path -LiteralPath x -OlderThan x", "parameter\tTest-Path -OlderThan"),
    ("Remove-Item x -Force -ProgressAction Ignore", "parameter\tRemove-Item -ProgressAction"),
    ("Get-Uptime", "command\tGet-Uptime"),
    ("[System.IO.File]::Move('a', 'b', $true)", "member\t[System.IO.File]::Move(3)"),
    ("[System.IO.Path]::Join('a', 'b')", "member\t[System.IO.Path]::Join(2)"),
    ("'a,b'.Split(',', 'TrimEntries')", "member\t.Split(2)"),
    ("[semver] '1.0.0'", "type\tsemver"),
];

/// A use of something: its kind and name between a tab, and where it is found first.
struct Use {
    what: String,
    text: usize,
    line: String,
}

impl Use {
    /// Whether Windows PowerShell 5.1 knows it.
    fn is_known(&self) -> bool {
        let (kind, name) = self.what.split_once('\t').expect("a kind and a name");
        if kind == "assigned" {
            let is_reserved = |start: &str| {
                name.get(..start.len()).is_some_and(|name| name.eq_ignore_ascii_case(start))
            };
            return MAY_BE_SET.contains(&name) || !RESERVED.iter().any(|start| is_reserved(start));
        }
        KNOWN.iter().any(|(known, names)| *known == kind && names.contains(&name))
    }
}

/// What some texts make use of, by the parser of the PowerShell that runs.
struct Inventory {
    uses: Vec<Use>,
    /// Whether that PowerShell is Windows PowerShell, whose last version is 5.1.
    is_windows_powershell: bool,
}

/// What these texts make use of.
fn inventory<'a>(texts: impl IntoIterator<Item = &'a str>) -> Inventory {
    let world = World::new("");
    let mut count = 0;
    for text in texts {
        world.put(&format!("{count}.txt"), text);
        count += 1;
    }
    let script = format!("{INVENTORY}\"edition $($PSVersionTable.PSEdition)\"\n");
    let run = world.pwsh(&script, &[]);
    assert!(run.said.lines().any(|line| line == format!("read {count}")), "{}", run.said);
    let of_line = |line: &str| {
        let mut fields = line.strip_prefix("USE\t")?.rsplitn(3, '\t');
        let (at, text, what) = (fields.next()?, fields.next()?, fields.next()?);
        Some(Use { what: what.to_owned(), text: text.parse().ok()?, line: at.to_owned() })
    };
    let edition = run.said.lines().find_map(|line| line.strip_prefix("edition "));
    Inventory {
        uses: run.said.lines().filter_map(of_line).collect(),
        is_windows_powershell: edition.expect("PowerShell says its edition") == "Desktop",
    }
}

/// Every text for PowerShell that follows from a link, with a name.
fn texts_of(name: &str, link: &str) -> Vec<(String, String)> {
    let Outcome { plan, document, .. } = outcome(&format!("{link}&shell=powershell"));
    let mut texts = vec![
        (format!("{name}, script"), document.script.text()),
        (format!("{name}, lines"), shell::lines(&plan, Shell::PowerShell).text()),
        (format!("{name}, lines to paste"), shell::lines_to_paste(&plan, Shell::PowerShell).text()),
    ];
    // What is done on a node is for its own shell.
    let elsewhere = |of: &Pasteable| {
        plan.steps
            .iter()
            .any(|step| step.place == Place::Node && of.name.starts_with(&format!("{} ", step.id)))
    };
    let here = blocks(&plan, &document).into_iter().filter(|block| !elsewhere(block));
    texts.extend(here.map(|block| (format!("{name}, {}", block.name), block.block.text())));
    texts
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_parses_every_text_and_finds_nothing_newer_than_5_1() {
    let mut seen = BTreeSet::new();
    let texts: Vec<(String, String)> = scenarios()
        .chain(GOLDEN)
        .map(|(name, link)| (name.to_owned(), link.to_owned()))
        .chain(links(SEED, 12).into_iter().map(|link| (link.clone(), link)))
        .flat_map(|(name, link)| texts_of(&name, &link))
        .filter(|(_, text)| seen.insert(text.clone()))
        .collect();
    assert!(texts.len() > 400, "only {} texts", texts.len());
    let Inventory { uses, .. } = inventory(texts.iter().map(|(_, text)| text.as_str()));
    let unknown: Vec<String> = uses
        .iter()
        .filter(|each| !each.is_known())
        .map(|each| format!("{}, line {}: {}", texts[each.text].0, each.line, each.what))
        .collect();
    assert_eq!(unknown, Vec::<String>::new());
    // What is in no text any more must not be in the table either.
    let stale: Vec<String> = KNOWN
        .iter()
        .flat_map(|(kind, names)| names.iter().map(move |name| format!("{kind}\t{name}")))
        .filter(|known| !uses.iter().any(|each| each.what == *known))
        .collect();
    assert_eq!(stale, Vec::<String>::new());
}

/// Whether a use is the one by which a text is noticed.
///
/// The parser of Windows PowerShell has no kinds for newer syntax. To it, that is an error, and a
/// newer number is the name of a command.
fn is_noticed(what: &str, noticed: &str, is_windows_powershell: bool) -> bool {
    let has_no_kind = match noticed.split_once('\t') {
        Some(("token" | "syntax" | "block", _)) => what.starts_with("error\t"),
        Some(("number", _)) => what.starts_with("command\t"),
        _ => false,
    };
    what.starts_with(noticed) || is_windows_powershell && has_no_kind
}

#[test]
#[ignore = "needs PowerShell: cargo xtask test"]
fn judge_powershell_notices_what_is_newer_than_5_1_and_what_is_broken() {
    let broken = ("if (", "error\t");
    let planted: Vec<(&str, &str)> = NEWER.into_iter().chain([broken]).collect();
    let Inventory { uses, is_windows_powershell } =
        inventory(planted.iter().map(|(text, _)| *text));
    for (at, (text, noticed)) in planted.iter().enumerate() {
        let of_text: Vec<&Use> = uses.iter().filter(|each| each.text == at).collect();
        assert!(
            of_text.iter().any(|each| {
                is_noticed(&each.what, noticed, is_windows_powershell) && !each.is_known()
            }),
            "{text}: {:?}",
            of_text.iter().map(|each| &each.what).collect::<Vec<_>>()
        );
    }
}
