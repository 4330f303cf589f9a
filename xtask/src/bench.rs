//! Timing.

use anyhow::Result;

use crate::run::{self as start, cargo, root, say};
use crate::{dist, page};

/// Times the code, then weighs the page if it was built.
pub(crate) fn run() -> Result<()> {
    say("Timing the code with cargo bench (release build first)");
    start::run(cargo().args(["bench", "--package", "connected-registry"]))?;
    let folder = root().join(page::FOLDER);
    if folder.is_dir() {
        say(format!("Weighing {}/ as it was last built", page::FOLDER));
        let weights = dist::weigh(&folder)?;
        dist::print(&weights);
        say(dist::verdict(&weights).unwrap_or_else(|over| over.to_string()));
    }
    Ok(())
}
