//! The sentences of the runbook that no other output has.

pub(crate) const DATE: &str = "Date:";
pub(crate) const BY: &str = "Done by:";
pub(crate) const RESULT: &str = "Result and remarks:";
pub(crate) const REMEDY: &str = "What mends it:";
pub(crate) const DECIDE: &str = "Decide:";
pub(crate) const DO: &str = "Do this:";
pub(crate) const CHOICES: &str = "The choices, to open them again in the configurator:";
pub(crate) const LINE: &str = "____________________";
/// How its text is called where it stands.
pub(crate) const MARKDOWN: &str = "The runbook as Markdown";
