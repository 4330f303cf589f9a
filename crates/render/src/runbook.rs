//! The plan as a document to read: every step with its reasons and commands.

use crate::shell::sentences::{BLOCKERS, ON_A_NODE_TEXT};
use crate::shell::{Block, Document, StepBlocks, sentences as script};
use configurator_core::choices::Shell;
use configurator_core::plan::{Expectation, Part, Place, Plan, Word, spoken};

/// Before the line for the date.
pub const DATE: &str = "Date:";
/// Before the line for the name.
pub const BY: &str = "Done by:";
/// Before the lines for the result.
pub const RESULT: &str = "Result and remarks:";
/// Before the command that fixes a failed check.
pub const REMEDY: &str = "What mends it:";
/// Before a question.
pub const DECIDE: &str = "Decide:";
/// Before the commands of a step.
pub const DO: &str = "Do this:";
const LINE: &str = "____________________";

/// Before what to do when a check fails.
pub const IF_NOT: &str = "If not:";
/// Before what a step should lead to.
pub const EXPECT: &str = "Expect:";
/// Before the commands that undo a step.
pub const UNDO: &str = "How to undo it";

/// What a check must find, in words; nothing where any answer will do.
pub fn expectation(expectation: &Expectation) -> Option<String> {
    match expectation {
        // The title says the version.
        Expectation::Answer
        | Expectation::BeAtLeast(_)
        | Expectation::BeShown
        | Expectation::Hold(_) => None,
        Expectation::BeGiven => Some("It must print something.".to_owned()),
        Expectation::Be(word) | Expectation::Include(word)
            if word.0.iter().any(|part| !matches!(part, Part::Literal(_))) =>
        {
            None
        }
        Expectation::Be(word) => Some(format!("It must print {}.", literal(word))),
        Expectation::Include(word) => {
            Some(format!("{} must be among what it prints.", literal(word)))
        }
        Expectation::BeSameAs(_) => {
            Some("It must print the same as the command before.".to_owned())
        }
    }
}

fn literal(word: &Word) -> String {
    word.0
        .iter()
        .map(|part| match part {
            Part::Literal(literal) => literal.to_string(),
            _ => String::new(),
        })
        .collect()
}

fn indented(out: &mut String, block: &Block) {
    for line in block.text().lines() {
        out.push_str("    ");
        out.push_str(line);
        out.push('\n');
    }
}

/// The steps as text.
pub fn plan(plan: &Plan, document: &Document) -> String {
    let mut out = format!("{}\n", plan.title);
    // The last of it says what the facts were checked against.
    for sentence in &plan.summary {
        out.push_str(&format!("{sentence}\n"));
    }
    for (number, (step, blocks)) in (1..).zip(plan.steps.iter().zip(&document.steps)) {
        let place = if step.place == Place::Node { ON_A_NODE_TEXT } else { "" };
        out.push_str(&format!("\n{number}. {}{place}\n   {}\n", step.title, step.why));
        for (check, blocks) in step.checks.iter().zip(&blocks.checks) {
            // What an earlier check kept is not printed again.
            let expectation = check
                .command()
                .and(expectation(&check.expectation))
                .map(|expectation| format!(" {expectation}"))
                .unwrap_or_default();
            out.push_str(&format!("\n   {}.{expectation}\n", check.title));
            indented(&mut out, &blocks.probe);
            if !check.otherwise.message.is_empty() {
                out.push_str(&format!("   If not: {}\n", check.otherwise.message));
            }
            if let Some(remedy) = &blocks.remedy {
                indented(&mut out, remedy);
            }
        }
        if let Some(only_if) = &step.only_if {
            out.push_str(&format!("\n   Only if {}\n", only_if.words));
        }
        for warning in &step.warnings {
            out.push_str(&format!("   Mind: {warning}\n"));
        }
        for prompt in &step.prompts {
            out.push_str(&format!(
                "   Asked first, where it applies: {}\n",
                spoken(&prompt.question, plan)
            ));
        }
        if let Some(actions) = &blocks.actions {
            out.push('\n');
            indented(&mut out, actions);
        }
        if let Some(expect) = &step.expect {
            out.push_str(&format!("   Expect: {expect}\n"));
        }
        if let Some(takes) = &step.takes {
            out.push_str(&format!("   Takes: {takes}\n"));
        }
        if let (Some(block), Some(undo)) = (&blocks.undo, &step.undo) {
            out.push_str(&format!("   To undo it (mind: {})\n", undo.warning));
            indented(&mut out, block);
        }
        for (note, command) in step.notes.iter().zip(&blocks.notes) {
            out.push_str(&format!("   Note: {}\n", note.text));
            if let Some(command) = command {
                indented(&mut out, command);
            }
        }
    }
    out
}

/// The plan as a runbook in Markdown (CommonMark, with the task lists of GitHub): every check,
/// decision and command with a box to tick. `choices` is the link to open them again.
pub fn markdown(plan: &Plan, steps: &[StepBlocks], shell: Shell, choices: &str) -> String {
    let mut out = format!("# {}\n\n", prose(&plan.title));
    let fence = |out: &mut String, block: &Block, shell: Shell| {
        let text = block.text();
        // Longer than any row of backticks in it.
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
        let fence = "`".repeat(longest.max(2) + 1);
        out.push_str(&format!(
            "{fence}{}\n{}\n{fence}\n\n",
            shell.word(),
            text.trim_end_matches('\n')
        ));
    };
    let paragraph = |out: &mut String, before: &str, text: &str| {
        out.push_str(&format!("{before}{}\n\n", prose(text)))
    };
    for sentence in &plan.summary {
        paragraph(&mut out, "", sentence);
    }
    for blocker in &plan.blockers {
        paragraph(&mut out, "> ", &format!("{} {blocker}", BLOCKERS));
    }
    paragraph(&mut out, "", &format!("{} {}   {} {}", DATE, LINE, BY, LINE));
    for (number, (step, blocks)) in (1..).zip(plan.steps.iter().zip(steps)) {
        let (place, shell) =
            if step.place == Place::Node { (ON_A_NODE_TEXT, Shell::Bash) } else { ("", shell) };
        paragraph(&mut out, &format!("## {number}. "), &format!("{}{place}", step.title));
        let takes =
            step.takes.as_ref().map(|takes| format!(" {}", takes_text(takes))).unwrap_or_default();
        paragraph(&mut out, "", &format!("{}{takes}", step.why));
        if let Some(only_if) = &step.only_if {
            paragraph(&mut out, "", &only_if_text(&only_if.words));
        }
        for warning in &step.warnings {
            paragraph(&mut out, "> ", &format!("{}{warning}", script::MIND));
        }
        for (check, blocks) in step.checks.iter().zip(&blocks.checks) {
            let expectation = check
                .command()
                .and(expectation(&check.expectation))
                .map(|expectation| format!(" {expectation}"))
                .unwrap_or_default();
            let otherwise = &check.otherwise.message;
            let otherwise = if otherwise.is_empty() {
                String::new()
            } else {
                format!(" {} {otherwise}", IF_NOT)
            };
            paragraph(&mut out, "- [ ] ", &format!("{}.{expectation}{otherwise}", check.title));
            if !blocks.probe.tokens.is_empty() {
                fence(&mut out, &blocks.probe, shell);
            }
            if let Some(remedy) = &blocks.remedy {
                paragraph(&mut out, "", REMEDY);
                fence(&mut out, remedy, shell);
            }
        }
        for prompt in &step.prompts {
            paragraph(
                &mut out,
                "- [ ] ",
                &format!("{} {}", DECIDE, spoken(&prompt.question, plan)),
            );
        }
        if let Some(actions) = &blocks.actions {
            paragraph(&mut out, "- [ ] ", DO);
            fence(&mut out, actions, shell);
        }
        if let Some(expect) = &step.expect {
            paragraph(&mut out, "- [ ] ", &format!("{} {expect}", EXPECT));
        }
        if let (Some(block), Some(undo)) = (&blocks.undo, &step.undo) {
            paragraph(&mut out, "", &format!("{}. {}", UNDO, undo.warning));
            fence(&mut out, block, shell);
        }
        for (note, block) in step.notes.iter().zip(&blocks.notes) {
            let source = note
                .source
                .url
                .map(|url| format!(" ([{}]({url}))", prose(note.source.name)))
                .unwrap_or_default();
            out.push_str(&format!("> {}{source}\n\n", prose(&note.text)));
            if let Some(block) = block {
                fence(&mut out, block, shell);
            }
        }
    }
    paragraph(&mut out, "", &format!("{} {}", RESULT, LINE));
    // A link holds no backtick: it is escaped there.
    out.push_str(&format!(
        "{}\n\n    {choices}\n",
        prose("The choices, to open them again in the configurator:")
    ));
    out
}

/// A sentence as Markdown: nothing in it means anything there, and it is one line.
fn prose(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '$' | '|' | '#')
        {
            out.push('\\');
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out
}

/// The condition of a step, as a sentence.
pub fn only_if_text(words: &str) -> String {
    format!("Only if {words}")
}

/// How long a step takes, as a sentence.
pub fn takes_text(words: &str) -> String {
    format!("Takes: {words}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;
    use configurator_core::choices::Preset;
    use configurator_core::link;
    use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

    /// What a reader of Markdown sees: the fenced blocks with their languages, the boxes, and all
    /// text outside of blocks.
    fn read(markdown: &str) -> (Vec<(String, String)>, usize, String) {
        let (mut blocks, mut boxes, mut prose, mut block) = (Vec::new(), 0, String::new(), None);
        for event in Parser::new_ext(markdown, Options::ENABLE_TASKLISTS) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
                    block = Some((language.to_string(), String::new()))
                }
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                    block = Some(("link".to_owned(), String::new()))
                }
                Event::End(TagEnd::CodeBlock) => blocks.extend(block.take()),
                Event::Text(text) => match &mut block {
                    Some((_, code)) => code.push_str(&text),
                    None => prose.push_str(&text),
                },
                Event::TaskListMarker(is_done) => boxes += usize::from(!is_done),
                Event::SoftBreak | Event::HardBreak => prose.push(' '),
                Event::Start(
                    Tag::Heading { .. }
                    | Tag::Paragraph
                    | Tag::List(_)
                    | Tag::Item
                    | Tag::BlockQuote(_)
                    | Tag::Link { .. },
                )
                | Event::End(_) => {}
                other => panic!("a runbook has no {other:?}"),
            }
        }
        (blocks, boxes, prose)
    }

    fn runbook(link: &str) -> (Outcome, Shell, String) {
        let choices = link::parse(link).choices;
        let outcome = Outcome::of(&choices);
        let shell = choices.select.shell;
        let markdown =
            markdown(&outcome.plan, &outcome.document.steps, shell, &link::fragment(&choices));
        (outcome, shell, markdown)
    }

    const NAMED: &str = "registry=contoso&name=edge01&rg=rg_1*_&cluster=arc_1_&ip=10.0.0.200&repos=hello__world,app/api&tokens=puller&image=app/api:v1";

    #[test]
    fn readers_of_markdown_find_every_block_unaltered_and_every_box() {
        for (preset, shell) in Preset::ALL
            .iter()
            .flat_map(|preset| Shell::ALL.iter().map(move |shell| (preset, shell)))
        {
            let (outcome, shell, markdown) =
                runbook(&format!("#scenario={}&{NAMED}&shell={}", preset.id(), shell.word()));
            let (blocks, boxes, prose) = read(&markdown);
            let mut expected = Vec::new();
            let mut ticks = 0;
            for (step, blocks) in outcome.plan.steps.iter().zip(&outcome.document.steps) {
                let language =
                    if step.place == Place::Node { Shell::Bash } else { shell }.word().to_owned();
                let of_checks = blocks
                    .checks
                    .iter()
                    .flat_map(|check| std::iter::once(&check.probe).chain(&check.remedy));
                let all = of_checks
                    .chain(&blocks.actions)
                    .chain(&blocks.undo)
                    .chain(blocks.notes.iter().flatten());
                expected.extend(
                    all.filter(|block| !block.tokens.is_empty())
                        .map(|block| (language.clone(), format!("{}\n", block.text().trim_end()))),
                );
                ticks += step.checks.len()
                    + step.prompts.len()
                    + usize::from(blocks.actions.is_some())
                    + usize::from(step.expect.is_some());
                assert!(prose.contains(step.title.as_ref()), "{}: {prose}", step.title);
                for sentence in [&step.why]
                    .into_iter()
                    .chain(&step.warnings)
                    .chain(step.notes.iter().map(|note| &note.text))
                {
                    assert!(prose.contains(sentence.as_ref()), "{sentence}");
                }
                for prompt in &step.prompts {
                    assert!(prose.contains(&spoken(&prompt.question, &outcome.plan)), "{prose}");
                }
            }
            let choices = blocks.last().map(|(_, link)| link.trim().to_owned()).unwrap_or_default();
            assert!(choices.starts_with('#') && choices.contains("registry=contoso"), "{choices}");
            assert_eq!(
                blocks.split_last().map(|(_, blocks)| blocks.to_vec()).unwrap_or_default(),
                expected,
                "{}",
                preset.id()
            );
            assert_eq!(boxes, ticks, "{}", preset.id());
        }
    }

    #[test]
    fn a_sentence_means_nothing_in_markdown() {
        let hostile = "`a` *b* _c_ [d](e) <f> &amp; ~~g~~ $h$ | # \\ !";
        assert_eq!(read(&prose(hostile)).2, hostile);
        assert_eq!(read(&prose("one\ntwo")).2, "one two");
    }
}
