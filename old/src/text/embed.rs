//! What is said where the page is embedded, and where it is to be.

pub(crate) const OPEN: &str = "Embed …";
pub(crate) const EMBED: &str = "Embed this in a page of yours";
pub(crate) const LEAD: &str = "Readers of your page get this configurator with what is chosen \
                               here, fill in their own names and copy. It comes from here, in a \
                               frame; your page is told of no secret, and nor is this one.";
pub(crate) const VIEW: &str = "What is shown";
pub(crate) const VIEWS: [(&str, &str); 3] = [
    ("steps", "Form and steps"),
    ("script", "Form and script"),
    ("command", "One block of commands"),
];
pub(crate) const LOCK: &str = "What readers may change";
pub(crate) const LOCKS: [(&str, &str); 3] = [
    ("nothing", "Everything"),
    ("scenario", "Everything but the scenario"),
    ("given", "Only what is not chosen or filled in here"),
];
pub(crate) const THEME: &str = "Colors";
pub(crate) const THEMES: [(&str, &str); 3] =
    [("auto", "As the page around"), ("light", "Light"), ("dark", "Dark")];
pub(crate) const HIDE: &str = "Hide what they may not change";
pub(crate) const BASE: &str = "Address of the configurator";
pub(crate) const BASE_HINT: &str = "The folder that it is in, with / at its end.";
pub(crate) const SNIPPET: &str = "HTML for your page";
pub(crate) const COPY: &str = "Copy the HTML";
pub(crate) const COPIED: &str = "The HTML is copied.";
pub(crate) const PREVIEW: &str = "Preview";
pub(crate) const NO_PREVIEW: &str = "There is no preview here: this copy of the page is on no web \
                                     server. Say above where the configurator is.";
pub(crate) const LOCKED: &str = "Set by the page that shows this one.";
pub(crate) fn no_step(step: &str) -> String {
    format!(
        "The page around this one asks for the step {step}, which is not here; this is the one \
         that matters most."
    )
}
pub(crate) const HIDDEN: &str = "The page around this one does not show that field. Open this in a \
                                 window of its own to fill it in.";
