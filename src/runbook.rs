//! The plan as text to read: every step with its reasons and commands.

use crate::choices::Shell;
use crate::plan::{Check, Must, Place, Plan, Word, spoken};
use crate::shell::{Block, Document, one_line};

/// What a check must find, in words; nothing where any answer will do.
pub fn must(must: &Must) -> Option<String> {
    match must {
        // The title says the version.
        Must::Answer | Must::BeAtLeast(_) | Must::BeShown | Must::Hold(_) => None,
        Must::BeGiven => Some("It must print something.".to_owned()),
        Must::Be(word) | Must::Include(word) if word.0.iter().any(|part| !matches!(part, crate::plan::Part::Literal(_))) => None,
        Must::Be(word) => Some(format!("It must print {}.", literal(word))),
        Must::Include(word) => Some(format!("{} must be among what it prints.", literal(word))),
        Must::BeSameAs(_) => Some("It must print the same as the command before.".to_owned()),
    }
}

fn literal(word: &Word) -> String {
    word.0
        .iter()
        .map(|part| match part {
            crate::plan::Part::Literal(literal) => literal.to_string(),
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
        let place = if step.place == Place::Node { crate::text::page::ON_A_NODE } else { "" };
        out.push_str(&format!("\n{number}. {}{place}\n   {}\n", step.title, step.why));
        for (check, blocks) in step.checks.iter().zip(&blocks.checks) {
            // What an earlier check kept is not printed again.
            let must = check.command().and(must(&check.must)).map(|must| format!(" {must}")).unwrap_or_default();
            out.push_str(&format!("\n   {}.{must}\n", check.title));
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
        for ask in &step.asks {
            out.push_str(&format!("   Asked first, where it applies: {}\n", spoken(&ask.question, plan)));
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

/// Every command on a line of its own, for pipelines: checks and actions in their order, what undoes a step and what is done on a node as comments.
/// Without the conditions, questions and files of the script, which only the script has.
pub fn lines(plan: &Plan, shell: Shell) -> String {
    let mut out = String::new();
    for step in &plan.steps {
        out.push_str(&format!("# {}{}\n", step.title, if step.place == Place::Node { crate::text::page::ON_A_NODE } else { "" }));
        let (before, shell) = if step.place == Place::Node { ("# ", Shell::Bash) } else { ("", shell) };
        let checks = step.checks.iter().filter_map(Check::command);
        for command in checks.chain(step.actions.iter().filter_map(|action| action.act.command())) {
            out.push_str(&format!("{before}{}\n", one_line(plan, command, shell)));
        }
        if let Some(undo) = &step.undo {
            out.push_str(&format!("# {}\n", one_line(plan, &undo.command, shell)));
        }
    }
    out
}
