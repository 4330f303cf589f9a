//! No text breaks the reader: any bytes, scripts with something in them changed, and texts made to
//! take long. And bash itself says what words a text has.

use crate::support::{COMPLETE, EVERYTHING, SCENARIOS, outcome};
use configurator_core::choices::Shell;
use configurator_core::link;
use configurator_lint::lexer::{self, Command, Item, Part};
use configurator_lint::read::{self, Form, LIMIT, MOST_FINDINGS, Reading};
use proptest::prelude::*;
use std::io::Write;
use std::process::{Command as Process, Stdio};
use std::sync::LazyLock;

const FORMS: [Form; 4] = [
    Form::Commands(Shell::Bash),
    Form::Commands(Shell::PowerShell),
    Form::Markdown,
    Form::Settings,
];

/// What must hold of any reading.
fn judge(text: &str, form: Option<Form>) -> Result<Reading, TestCaseError> {
    let reading = read::read(text, form);
    prop_assert!(reading.remarks.len() <= MOST_FINDINGS);
    let within = |start: usize, end: usize| {
        start <= end
            && end <= text.len()
            && text.is_char_boundary(start)
            && text.is_char_boundary(end)
    };
    for remark in &reading.remarks {
        prop_assert!(
            within(remark.span.start, remark.span.end),
            "{}: {:?}",
            remark.finding.rule,
            remark.span
        );
        for edit in &remark.edits {
            prop_assert!(
                within(edit.span.start, edit.span.end),
                "{}: {:?}",
                remark.finding.rule,
                edit
            );
        }
        let line = remark.finding.line.unwrap_or_default();
        prop_assert!(
            line >= 1 && line <= text.matches('\n').count() + 1,
            "{}: line {line}",
            remark.finding.rule
        );
        prop_assert!(
            !remark.finding.message.is_empty() && !remark.finding.message.contains('\n'),
            "{:?}",
            remark.finding.message
        );
    }
    for skipped in &reading.skipped {
        prop_assert!(within(skipped.span.start, skipped.span.end), "{skipped:?}");
    }
    for imported in &reading.imported {
        prop_assert!(within(imported.span.start, imported.span.end));
        // What is taken over survives the link: no text of it is longer than a link keeps, or has
        // line breaks.
        let parsed = link::parse(&link::fragment(&imported.choices));
        prop_assert_eq!(parsed.problems, Vec::new());
        prop_assert_eq!(&parsed.choices, &imported.choices);
    }
    Ok(reading)
}

/// Pieces that mean something to a reader.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "az ", "az acr connected-registry create ", "az k8s-extension create ", "az k8s-extension update ", "--registry ", "--name edge01 ", "--config ", "service.clusterIP=10.0.0.200 ",
    "--config-protected-file ", "<JSON file path>", "\\", "\\ \n", "\\\n", "`", "` \n", "'", "\"", "“", "”", "‘", "–", "\u{a0}", "\u{feff}", "$(", "${", "$((", "))", ")", "}", "(", "{", "@(", "@'\n", "\n'@\n",
    "<<EOF\n", "EOF\n", "  EOF\n", "<<-'X'\n", "cat << EOF > p.json\n", "{\"connectionString\": \"", "\"tls\": {", "tls:\n", "#", "# ", "```bash\n", "```\n", "    ", "> ", "- ", "case x in ", "esac", ";;", "if ",
    "a=$a$a\n", "b=$a$a\n", "x=(", "\"${x[@]}\"", "$x", "|", "&&", "\r\n", "\n", "\t", " ", "PS C:\\> ", "$ ", "function f", "param(", "[[", "]]", "<(", "crictl pull --creds a:b ", "kubectl create secret generic ",
    "openssl req -x509 -addext subjectAltName=", "=", "==", "--", "-", "\u{0}", "ä", "😀",
];

/// Our own scripts, as something to spoil.
static SCRIPTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let links = SCENARIOS.iter().map(|(_, link)| *link).chain([COMPLETE, EVERYTHING]);
    let both =
        links.flat_map(|link| ["bash", "powershell"].map(|shell| format!("{link}&shell={shell}")));
    both.map(|link| outcome(&link).document.script.text()).collect()
});

fn spoiled() -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), 0_usize..200, prop::sample::select(PIECES));
    (any::<prop::sample::Index>(), prop::collection::vec(change, 1..8)).prop_map(
        |(script, changes)| {
            let mut text = SCRIPTS[script.index(SCRIPTS.len())].clone();
            for (place, removed, added) in changes {
                let mut start = place.index(text.len() + 1);
                let mut end = (start + removed).min(text.len());
                while !text.is_char_boundary(start) {
                    start -= 1;
                }
                while !text.is_char_boundary(end) {
                    end += 1;
                }
                text.replace_range(start..end, added);
            }
            text
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let text = String::from_utf8_lossy(&bytes);
        judge(&text, None)?;
        for form in FORMS {
            judge(&text, Some(form))?;
        }
    }

    #[test]
    fn anything_made_of_what_means_something_is_read(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = pieces.concat();
        judge(&text, None)?;
        for form in FORMS {
            judge(&text, Some(form))?;
        }
    }

    #[test]
    fn spoiled_scripts_are_read_and_mending_them_comes_to_an_end(text in spoiled()) {
        for form in [Form::Commands(Shell::Bash), Form::Commands(Shell::PowerShell)] {
            let reading = judge(&text, Some(form))?;
            let mut corrected = reading.corrected;
            for _ in 0..10 {
                let again = read::read(&corrected, Some(form)).corrected;
                if again == corrected {
                    break;
                }
                corrected = again;
            }
            let again = read::read(&corrected, Some(form)).corrected;
            let line = corrected.lines().zip(again.lines()).find(|(a, b)| a != b);
            prop_assert!(again == corrected, "{form:?}: {line:?}\n{}", &corrected[corrected.len().saturating_sub(1500)..]);
        }
    }

    /// The reader and bash agree on what words a text has: every way of quoting, one beside the
    /// other.
    #[test]
    fn bash_and_the_reader_find_the_same_words(lines in prop::collection::vec(prop::collection::vec(word(), 1..5), 40)) {
        let script: String = lines.iter().map(|words| format!("p {}\n", words.join(" "))).collect();
        let said = by_bash(&script);
        let lexed = lexer::lex(&script, Shell::Bash);
        let read: Vec<Vec<String>> = lexed.commands().map(|command| command.words.iter().skip(1).map(|word| word.literal().unwrap_or("?").to_owned()).collect()).collect();
        prop_assert_eq!(lexed.faults, Vec::new());
        prop_assert_eq!(read, said);
    }
}

/// A word in some way of quoting, without expansions and without what the reader takes for
/// somebody's mistake.
fn word() -> impl Strategy<Value = String> {
    let plain = "[a-zA-Z0-9_.,:/@%+=-]{1,6}"
        .prop_map(|text| text.trim_start_matches(['-', '=']).to_owned())
        .prop_filter("no assignment", |text| !text.is_empty());
    let single = "'[ -&(-~]{0,8}'";
    let double = "\"[ !#%-\\[\\]^_a-z{-~]{0,8}\"";
    let escapes = prop::sample::select(
        &[
            "\"\\\"\"",
            "\"\\\\\"",
            "\"\\$\"",
            "\"\\`\"",
            "\"a\\b\"",
            "\\'",
            "\\\"",
            "\\$",
            "\\\\",
            "\\;",
            "\\#",
            "$'\\n\\t'",
            "$'it\\'s'",
            "''",
            "\"\"",
            "a\\\nb",
            "\"a\\\nb\"",
            "'a\nb'",
            "\\ b",
        ][..],
    )
    .prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![3 => plain, 2 => single, 2 => double, 3 => escapes], 1..4)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("not begun by an option or a comment, nor by an escaped blank", |word| {
            !word.starts_with(['#', '-']) && !word.starts_with("\\ ") && !word.contains("\n-")
        })
}

/// The words that bash passes to a command, for each call of it.
fn by_bash(script: &str) -> Vec<Vec<String>> {
    let mut bash = Process::new("bash")
        .args(["--norc", "-s"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("bash starts");
    let text =
        format!("p() {{ [ $# -eq 0 ] || printf '%s\\0' \"$@\"; printf '\\1\\0'; }}\n{script}");
    bash.stdin.take().expect("it reads").write_all(text.as_bytes()).expect("it reads all");
    let output = bash.wait_with_output().expect("bash ends");
    assert!(output.status.success(), "{script}");
    let said = String::from_utf8(output.stdout).expect("bash prints what it got");
    // Behind the last mark stands nothing.
    said.split("\u{1}\0")
        .map(|call| call.split_terminator('\0').map(str::to_owned).collect())
        .take(said.matches("\u{1}\0").count())
        .collect()
}

/// In our own scripts every call of az is found, none that is only told of, and no fault.
#[test]
fn what_a_script_passes_on_is_what_is_read() {
    for (shell, script) in SCRIPTS.iter().enumerate().map(|(index, script)| {
        (if index % 2 == 0 { Shell::Bash } else { Shell::PowerShell }, script)
    }) {
        let lexed = lexer::lex(script, shell);
        assert_eq!(lexed.faults, Vec::new(), "{script}");
        let is_az = |command: &&Command| {
            command.words.first().is_some_and(|word| word.literal() == Some("az"))
        };
        let calls = lexed.commands().filter(is_az).count();
        // In bash a command that is only told of is an argument of another; every call stands
        // behind an indentation or `$(`.
        let told = match shell {
            Shell::Bash => {
                script.matches("\n    az ").count()
                    + script.matches("\n      az ").count()
                    + script.matches("\n  az ").count()
                    + script.matches("$(az ").count()
                    + script.matches("ARG_CONV_EXCL=/subscriptions/ az ").count()
            }
            Shell::PowerShell => {
                script.matches("\n      az ").count()
                    + script.matches("\n        az ").count()
                    + script.matches("\n    az ").count()
                    + script.matches("@(az ").count()
            }
        };
        assert_eq!(calls, told, "{script}");
    }
}

/// Texts that make a careless reader slow, for hours where time grows with the square of the
/// length. How long they take is measured by `benches/reading.rs`.
#[test]
fn texts_that_are_made_to_take_long_come_to_an_end() {
    let many = |text: &str| text.repeat(256 * 1024 / text.len());
    let doubling: String =
        (0..20_000).map(|index| format!("v{}=$v{index}$v{index}\n", index + 1)).collect();
    let texts = [
        many("$("),
        many("${"),
        many("$(("),
        many("`"),
        many("\"$("),
        many("'"),
        many("\""),
        many("<<E\n"),
        many("cat <<E\n  E\n"),
        many("<a b> "),
        many("\\ \n"),
        many("\\ x "),
        many("“"),
        many("‘“"),
        many("@("),
        many("@'\n"),
        many("{"),
        many("}"),
        many("a=$a$a;"),
        format!("v0=aaaaaaaa\n{doubling}"),
        format!("x=({})\n{}", "a ".repeat(4_000), "az x \"${x[@]}\"\n".repeat(8_000)),
        many("az k8s-extension create --config a==b "),
        many("az acr connected-registry show --name a\n"),
        many("az k8s-extension create --config cert-manager.enabled=false\n"),
        many("case x in "),
        many("[[ a "),
        many("\"a\": {"),
        many("a: b,"),
        many("{\"tls\": 5"),
        many("tls:\n"),
        many("```\n"),
        many("> "),
        many("- "),
        many("* a\n\n    az x\n"),
        many("[a]("),
        many("*a_"),
        many("&lt;"),
        many("x\r\n"),
        many("# every day at midnight\n"),
        many("az acr connected-registry update --sync-schedule '0 12 * * *' # noon\n"),
        "a".repeat(256 * 1024),
        many("az a.b=c\nd.e=f\n"),
        many("\u{a0}"),
        many("--x "),
        many("az acr connected-registry x"),
        many("{\"connectionString\": \"a\", \"x\": \"y\"} "),
    ];
    for text in &texts {
        for form in FORMS {
            judge(text, Some(form)).expect("it is read");
        }
    }
}

#[test]
fn a_text_over_the_limit_is_not_read_and_says_so() {
    let text = "az acr connected-registry list --registry contoso \\ \n".repeat(LIMIT / 40);
    let reading = read::read(&text, None);
    assert_eq!(
        reading.remarks.iter().map(|remark| remark.finding.rule).collect::<Vec<_>>(),
        ["text-too-long"]
    );
    assert!(reading.has_errors() && reading.corrected == text && reading.imported.is_empty());
    let just = &text[..LIMIT - LIMIT % 52];
    let reading = read::read(just, None);
    assert_eq!(reading.remarks.len(), MOST_FINDINGS);
    assert!(reading.more > 1_000, "{}", reading.more);
}

/// Secrets of a text are in no choices: neither in fields nor in links.
#[test]
fn secrets_are_in_nothing_that_is_taken() {
    let secret = "Vq8mZ2sEcReT";
    for text in [
        format!(
            "az k8s-extension update -c arc1 -t connectedClusters -g rg1 -n edge01 --config-protected connectionString='ConnectedRegistryName=edge01;SyncTokenPassword={secret}' tls.key={secret} --yes"
        ),
        format!(
            "crictl pull --creds tills1:{secret} 10.0.0.200/a:b\nkubectl create secret docker-registry x --docker-server 10.0.0.200 --docker-username tills1 --docker-password {secret}\n"
        ),
        format!(
            "{{\"connectionString\": \"ConnectedRegistryName=edge01;SyncTokenPassword={secret};ParentGatewayEndpoint=contoso.westeurope.data.azurecr.io\", \"tls.crt\": \"{secret}\", \"tls.key\": \"{secret}\"}}"
        ),
        format!(
            "cat >p.json <<EOF\n{{\"connectionString\": \"ConnectedRegistryName=edge01;SyncTokenPassword={secret}\", \"tls.key\": \"{secret}\", \"tls.crt\": \"{secret}\"}}\nEOF\naz k8s-extension create -c arc1 -t connectedClusters -g rg1 -n edge01 --config service.clusterIP=10.0.0.200 --config-protected-file p.json"
        ),
        format!(
            "az login --service-principal -u x -p {secret} --tenant y\naz acr connected-registry list -r contoso"
        ),
    ] {
        for form in [
            None,
            Some(Form::Commands(Shell::Bash)),
            Some(Form::Commands(Shell::PowerShell)),
            Some(Form::Settings),
            Some(Form::Markdown),
        ] {
            let reading = read::read(&text, form);
            for imported in &reading.imported {
                let fragment = link::fragment(&imported.choices);
                assert!(!fragment.contains(secret), "{fragment}");
            }
            for remark in &reading.remarks {
                assert!(!remark.finding.message.contains(secret), "{}", remark.finding.message);
            }
        }
    }
}

/// A variable that is unknown stays one.
#[test]
fn what_is_not_known_is_not_made_up() {
    let lexed = lexer::lex("a=$(date) b=\"$a\"\n", Shell::Bash);
    let unknown = |item: &Item| matches!(item, Item::Assignment { words, .. } if words.iter().any(|word| word.pieces.iter().any(|piece| !matches!(piece.part, Part::Text(_)))));
    assert_eq!(lexed.items.iter().filter(|item| unknown(item)).count(), 2);
}
