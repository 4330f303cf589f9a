//! Random cron expressions for the tests: everything that is taken, and text that looks like it.

use proptest::prelude::*;

/// A number, or its name where it has one.
fn spelled(number: u8, spelling: u8, least: u8, names: &[&str]) -> String {
    match (spelling, names.get(usize::from(number - least))) {
        (1, Some(name)) => (*name).to_owned(),
        (2, Some(name)) => name.to_lowercase(),
        (3, _) => format!("{number:02}"),
        _ => number.to_string(),
    }
}

/// A field: mostly `*`, single numbers and short lists, as people write them.
fn field(least: u8, most: u8, names: &'static [&'static str]) -> BoxedStrategy<String> {
    let value = (least..=most, 0..5_u8)
        .prop_map(move |(number, spelling)| spelled(number, spelling, least, names))
        .boxed();
    let range = (least..=most, least..=most, 0..5_u8, 0..5_u8)
        // A range of weekdays must not end with Sunday as 0.
        .prop_map(move |(a, b, first, last)| {
            (a.min(b), if most == 7 && a.max(b) == 0 { 7 } else { a.max(b) }, first, last)
        })
        .prop_map(move |(a, b, first, last)| {
            format!("{}-{}", spelled(a, first, least, names), spelled(b, last, least, names))
        })
        .boxed();
    let part = prop_oneof![
        4 => value.clone(),
        2 => range.clone(),
        1 => (range, 1..=most).prop_map(|(range, step)| format!("{range}/{step}")),
        1 => (1..=most).prop_map(|step| format!("*/{step}")),
    ];
    prop_oneof![
        2 => Just("*".to_owned()),
        2 => value,
        3 => proptest::collection::vec(part, 1..4).prop_map(|parts| parts.join(",")),
    ]
    .boxed()
}

const MONTHS: &[&str] =
    &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS: &[&str] = &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/// Five fields, each one right; they may never occur together.
pub(super) fn expression() -> impl Strategy<Value = String> {
    (field(0, 59, &[]), days(field(0, 23, &[]).boxed()))
        .prop_map(|(minutes, rest)| format!("{minutes} {rest}"))
}

/// As [`expression`], with one or two runs on each of its days.
pub(super) fn sparse() -> impl Strategy<Value = String> {
    (
        0..60_u8,
        days(
            prop_oneof![
                (0..24_u8).prop_map(|hour| hour.to_string()),
                (0..24_u8, 0..24_u8).prop_map(|(a, b)| format!("{a},{b}"))
            ]
            .boxed(),
        ),
    )
        .prop_map(|(minute, rest)| format!("{minute} {rest}"))
}

fn days(hours: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    (hours, field(1, 31, &[]), field(1, 12, MONTHS), field(0, 7, WEEKDAYS))
        .prop_map(|(a, b, c, d)| format!("{a} {b} {c} {d}"))
}

/// An expression with up to three of its characters replaced by what does or does not belong there:
/// about a third parse.
pub(super) fn nearly() -> impl Strategy<Value = String> {
    let piece = "[0-9*,/ -]|[LW#?@+a-z\u{a0}٣½]|";
    (expression(), proptest::collection::vec((any::<proptest::sample::Index>(), piece), 0..4))
        .prop_map(|(expression, edits)| {
            let mut characters: Vec<String> = expression.chars().map(String::from).collect();
            for (at, piece) in edits {
                *at.get_mut(&mut characters) = piece;
            }
            characters.concat()
        })
}
