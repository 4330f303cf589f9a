//! The open tab of the output, as data: its blocks of text, those before the last change, and what
//! is marked in them.

mod marks;

pub use marks::{Mark, Marks, Removed, text_of};

use configurator_core::Planned;
use configurator_core::choices::{Choices, Field, Shell};
use configurator_core::plan::{Place, Plan, Step};
use configurator_render::shell::{self, Block, StepBlocks};
use std::sync::Arc;

/// A tab of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The steps, one after the other.
    #[default]
    Steps,
    /// The whole script.
    Script,
    /// Every command on a line of its own.
    Lines,
    /// The protected-settings JSON.
    Settings,
    /// The steps with boxes to tick.
    Runbook,
}

impl Tab {
    /// Every tab, in the order shown.
    pub const ALL: [Self; 5] =
        [Self::Steps, Self::Script, Self::Lines, Self::Settings, Self::Runbook];
}

/// Identifies a block of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKey {
    /// The only block of a tab.
    Whole,
    /// A block of a step, by the step's id and its number within the step.
    Step(&'static str, usize),
}

/// A block of text with the shell that it is for.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// The text.
    pub block: Block,
    /// The shell.
    pub shell: Shell,
    /// The marks in the text.
    pub marks: Marks,
}

/// The blocks of a tab.
pub type Blocks = Vec<(BlockKey, Block, Shell)>;

/// Returns the block with a key.
fn find(blocks: &Blocks, key: BlockKey) -> Option<&(BlockKey, Block, Shell)> {
    blocks.iter().find(|(other, ..)| *other == key)
}

/// The blocks of a step in the order in which they are shown, each with its shell.
pub fn blocks_of_step(step: &Step, blocks: StepBlocks, shell: Shell) -> Vec<(Block, Shell)> {
    let StepBlocks { checks, actions, undo, notes } = blocks;
    // A node of the cluster has a POSIX shell.
    let shell = if step.place == Place::Node { Shell::Bash } else { shell };
    let of_checks = checks
        .into_iter()
        .flat_map(|check| {
            [Some(check.probe).filter(|probe| !probe.tokens.is_empty()), check.remedy]
        })
        .flatten();
    of_checks
        .chain(actions)
        .chain(undo)
        .chain(notes.into_iter().flatten())
        .map(|block| (block, shell))
        .collect()
}

/// The blocks of all steps of a plan.
pub fn blocks_of_steps(plan: &Plan, steps: Vec<StepBlocks>, shell: Shell) -> Blocks {
    plan.steps
        .iter()
        .zip(steps)
        .flat_map(|(step, blocks)| {
            let blocks = blocks_of_step(step, blocks, shell).into_iter().enumerate();
            blocks.map(|(index, (block, shell))| (BlockKey::Step(step.id, index), block, shell))
        })
        .collect()
}

/// Renders the blocks of a tab. The runbook is one text and has none.
pub fn render(plan: &Plan, shell: Shell, tab: Tab) -> Blocks {
    let whole = |block: Block| vec![(BlockKey::Whole, block, shell)];
    match tab {
        Tab::Steps => blocks_of_steps(plan, shell::steps(plan, shell), shell),
        Tab::Script => whole(shell::script(plan, shell)),
        Tab::Lines => whole(shell::lines(plan, shell)),
        Tab::Settings => shell::settings(plan).map(whole).unwrap_or_default(),
        Tab::Runbook => Vec::new(),
    }
}

/// The output for the current choices, and the one before the last change.
#[derive(Clone, Debug)]
pub struct Rendering {
    tab: Tab,
    choices: Choices,
    blocks: Arc<Blocks>,
    before: Option<(Choices, Arc<Blocks>)>,
}

impl Rendering {
    /// The rendering of a tab, whose blocks are given. A change of the choices makes the previous
    /// rendering the one before; a change of the tab renders that again.
    pub fn new(choices: &Choices, blocks: Blocks, tab: Tab, previous: Option<&Self>) -> Self {
        let before = match previous {
            None => None,
            Some(previous) if previous.choices == *choices && previous.tab == tab => {
                previous.before.clone()
            }
            Some(previous) if previous.tab == tab => {
                Some((previous.choices.clone(), previous.blocks.clone()))
            }
            Some(previous) => previous.before.as_ref().map(|(choices, _)| {
                let planned = Planned::of(choices);
                (choices.clone(), Arc::new(render(&planned.plan, planned.shell, tab)))
            }),
        };
        Self { tab, choices: choices.clone(), blocks: Arc::new(blocks), before }
    }

    /// Returns the block with a key, with its marks: the differences from `baseline`, or else from
    /// the output before the last change, and the pieces that come from the highlighted field.
    pub fn code(
        &self,
        key: BlockKey,
        baseline: Option<&Blocks>,
        highlighted: Option<Field>,
    ) -> Option<Code> {
        let (_, block, shell) = find(&self.blocks, key)?;
        let mut marks = match (baseline, &self.before) {
            (Some(baseline), _) => Marks::of(block, other(baseline, key), Removed::All),
            (None, Some((_, before))) => {
                Marks::of(block, other(before, key), Removed::WithoutReplacement)
            }
            (None, None) => Marks::default(),
        };
        if let Some(field) = highlighted {
            marks.highlight(block, field);
        }
        Some(Code { block: block.clone(), shell: *shell, marks })
    }

    /// Returns the number of differences from other blocks.
    pub fn count_differences(&self, baseline: &Blocks) -> usize {
        let count = |(key, block, _): &(BlockKey, Block, Shell)| {
            Marks::of(block, other(baseline, *key), Removed::All).count()
        };
        self.blocks.iter().map(count).sum()
    }

    /// Returns the block with a key, without marks.
    pub fn block(&self, key: BlockKey) -> Option<&Block> {
        find(&self.blocks, key).map(|(_, block, _)| block)
    }

    /// Returns the block and the number of the first piece that comes from a field.
    pub fn first_piece_of(&self, field: Field) -> Option<(BlockKey, usize)> {
        self.blocks.iter().find_map(|(key, block, _)| {
            let number = block.pieces().position(|piece| marks::is_from(piece, field))?;
            Some((*key, number))
        })
    }
}

fn other(blocks: &Blocks, key: BlockKey) -> Option<&Block> {
    find(blocks, key).map(|(_, block, _)| block)
}
