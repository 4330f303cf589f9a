//! What is said about a link that was not understood.

pub(crate) const WHY: &str = "The rest of the link was used; this part was left out, so the result may not be what its author saw.";

pub(crate) fn not_text(key: &str) -> String {
    format!(
        "The link's {key} is not valid text and was left out. Ask for the link again, or fill in the field."
    )
}

pub(crate) fn repeated_key(key: &str) -> String {
    format!("The link gives {key} twice; the last one was used.")
}

pub(crate) fn unknown_value(key: &str, value: &str, known: &[&str]) -> String {
    format!(
        "The link's {key} cannot be \"{value}\"; the default was used. It can be: {}.",
        known.join(", ")
    )
}

pub(crate) fn too_long(key: &str, limit: usize) -> String {
    format!("The link's {key} is longer than {limit} characters and was cut.")
}

pub(crate) fn version(version: &str, known: &str) -> String {
    format!(
        "The link is of version \"{version}\"; this page knows version {known}. What it understood was used."
    )
}

pub(crate) fn too_many_parts(limit: usize) -> String {
    format!("The link has more than {limit} parts; the rest was left out.")
}

pub(crate) fn unknown_key(key: &str) -> String {
    format!("The link has a key \"{key}\" that does not exist here; it was left out.")
}
