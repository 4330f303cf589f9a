//! The sentences of the pages as they come: what they are called, what is seen without a script,
//! and their foot. None of them is in a wasm module.

use configurator_core::choices::{Preset, preset_text};

/// The title of the page where everything begins.
pub const TITLE: &str = "Connected Registry Configurator";
/// What search engines show of it.
pub const DESCRIPTION: &str = "Choices in your browser become commands that deploy the Azure \
                               connected registry Arc extension. Nothing leaves the page.";
/// What stands below its heading.
pub const LEAD: &str = "Commands that run, for the Azure Arc extension. Nothing leaves this page.";

/// The title of a scenario's page.
pub fn title(preset: Preset) -> String {
    format!("{}: commands for the Azure connected registry", preset_text::of(preset).title)
}

/// What search engines show of a scenario's page.
pub fn description(preset: Preset) -> String {
    format!(
        "{} Commands for bash and PowerShell that run when pasted, with your names filled in.",
        preset_text::of(preset).description
    )
}

pub(crate) fn scriptless(scenario: &str) -> String {
    format!(
        "Filling in names needs JavaScript and WebAssembly. Without them this page shows the commands of the scenario “{scenario}”, for bash and below for \
         PowerShell. Replace the words in angle brackets, quotes included, by your own before you run them. The native command connected-registry makes all of them."
    )
}
pub(crate) const SCRIPTLESS_POWERSHELL: &str = "The same for PowerShell";
pub(crate) const SCENARIOS: &str = "The documented scenarios, each at an address of its own";
pub(crate) const LICENSES: &str = "Licenses of what is in this page";
pub(crate) const LICENSES_LEAD: &str = "The configurator is MIT licensed. In it are, each under \
                                        the license beside it (where there are several to choose \
                                        from, under MIT):";
pub(crate) const LICENSES_TEXTS: &str = "The texts of these licenses";
pub(crate) const OFFLINE: &str = "Without a network:";
pub(crate) const OFFLINE_LINK: &str = "the whole page as one file";
pub(crate) const OFFLINE_HOW: &str = "which runs from a disk or a USB stick. Or open this page \
                                      once: browsers that keep pages show it again without a \
                                      network.";
