//! The titles of tasks. A script of ours is recognized by them. The titles of steps are in the
//! steps.

/// The task Deploy.
pub const DEPLOY_TITLE: &str = "Deploy a connected registry";
/// The task Redeploy.
pub const REDEPLOY_TITLE: &str = "Deploy the extension again";
/// The task Repositories.
pub const REPOSITORIES_TITLE: &str = "Change the synchronized repositories";
/// The task Pull.
pub const PULL_TITLE: &str = "Pull an image";
/// The task Rotate.
pub const ROTATE_TITLE: &str = "Rotate the sync password";
/// The task Diagnose.
pub const DIAGNOSE_TITLE: &str = "Find out what is wrong";
/// The task Remove.
pub const CLEAN_UP_TITLE: &str = "Remove the connected registry";
/// The task Synchronize, on a schedule.
pub const SCHEDULE_TITLE: &str = "Synchronize on a schedule";
/// The task Synchronize, continuously.
pub const CONTINUOUS_TITLE: &str = "Synchronize continuously";
/// The task Upgrade, automatically.
pub const AUTO_UPGRADE_TITLE: &str = "Upgrade automatically";

/// The task Upgrade, to a version: back to one, or forward.
pub const fn pin_title(rolls_back: bool) -> &'static str {
    if rolls_back { "Roll back to a version" } else { "Upgrade to a version" }
}
