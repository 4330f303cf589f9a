//! Compares a command with the text around it: the sentences before it in a page, or the comment
//! above it.

use super::az::Az;
use super::call::Call;
use super::{Desk, Snippet};
use crate::lexer::{Edit, Lexed, Span};
use crate::rules;
use configurator_core::azure::SETTINGS;
use configurator_core::schedule::{CronSchedule, SyncWindow, describe, describe_duration};

/// What is said of a command: the sentences, and where comments are, those right above it.
fn prose(call: &Call, lexed: &Lexed, snippet: &Snippet) -> String {
    let start = call.command.span.start;
    let mut said = snippet.prose.text.clone();
    // Comments that end on the line before it, and those before them.
    let mut line =
        snippet.text.get(..start).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
    let before = lexed.comments.partition_point(|comment| comment.start < start);
    for comment in lexed.comments.get(..before).unwrap_or_default().iter().rev().take(8) {
        if comment.end + 1 != line {
            break;
        }
        said.push(' ');
        said.push_str(comment.of(&snippet.text));
        line = snippet
            .text
            .get(..comment.start)
            .map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
    }
    said
}

/// Says what of a command is otherwise than the text says.
pub(super) fn check(az: &Az, call: &Call, lexed: &Lexed, snippet: &Snippet, desk: &mut Desk) {
    if let (Some(schedule), true) =
        (az.value("--sync-schedule"), az.name.starts_with("acr connected-registry"))
    {
        let said = prose(call, lexed, snippet).to_ascii_lowercase();
        if let Some(cron) = schedule.known().and_then(|cron| CronSchedule::parse(cron).ok())
            && let Some((told, meant)) = otherwise(&said, &cron)
        {
            let edits = match meant {
                Some(meant)
                    if schedule.is_changeable()
                        && schedule.value.of(&snippet.text) == cron.as_str() =>
                {
                    vec![Edit::replace(schedule.value, meant)]
                }
                _ => Vec::new(),
            };
            desk.add(
                &rules::TOLD_OTHERWISE,
                snippet,
                schedule.value,
                told_otherwise_schedule(told, &describe(&cron)),
                edits,
            );
        }
        if let Some(window) = az.value("--sync-window")
            && let Some(given) = window.known().and_then(|window| SyncWindow::parse(window).ok())
            && let Some(told) = hours_told(&said)
            && SyncWindow::parse(&format!("PT{told}H"))
                .is_ok_and(|told| told.duration().seconds() != given.duration().seconds())
        {
            let edits = if window.is_changeable() {
                vec![Edit::replace(window.value, format!("PT{told}H"))]
            } else {
                Vec::new()
            };
            let message = told_otherwise_schedule(
                &format!("{told} hours"),
                &describe_duration(given.duration()),
            );
            desk.add(&rules::TOLD_OTHERWISE, snippet, window.value, message, edits);
        }
    }
    if az.name == "k8s-extension create" {
        settings(az, snippet, desk);
    }
}

/// What the text says of a schedule that is none of this one's, and the schedule that it means,
/// where that is certain.
fn otherwise(said: &str, cron: &CronSchedule) -> Option<(&'static str, Option<&'static str>)> {
    let fields: Vec<&str> = cron.as_str().split_whitespace().collect();
    let [minute, hour, day, month, weekday] = fields.as_slice() else { return None };
    let is_daily = [day, month, weekday].iter().all(|field| **field == "*");
    let has = |word: &str| said.contains(word);
    let at = |at: &str| *minute == "0" && *hour == at;
    let is_told_daily =
        ["every day", "daily", "once a day", "each day"].iter().any(|told| has(told))
            && !has("not ");
    let is_midnight = at("0") || *minute == "00" || *hour == "00";
    if has("midnight") && !has("noon") && !is_midnight {
        return Some(("midnight", (is_daily && is_told_daily).then_some("0 0 * * *")));
    }
    if has("noon") && !has("afternoon") && !has("midnight") && !at("12") {
        return Some(("noon", (is_daily && is_told_daily).then_some("0 12 * * *")));
    }
    if (has("every minute") || has("continuously"))
        && !has("every day")
        && !has("daily")
        && fields.iter().any(|field| *field != "*")
    {
        return Some(("every minute", Some("* * * * *")));
    }
    if (has("every hour") || has("hourly"))
        && !has("every minute")
        && *hour != "*"
        && !has("every day")
        && !has("daily")
    {
        return Some(("every hour", None));
    }
    None
}

/// For how many hours a window is, by the text: `window of 4 hours`, `four hour window`.
fn hours_told(said: &str) -> Option<u32> {
    const WORDS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let words: Vec<&str> = said
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(600)
        .collect();
    words.windows(4).find_map(|words| match words {
        ["window", "of" | "for", number, "hour" | "hours"]
        | [_, number, "hour" | "hours", "window"] => number
            .parse()
            .ok()
            .or_else(|| WORDS.iter().position(|word| word == number).map(|at| at as u32 + 1)),
        _ => None,
    })
}

/// Settings that the sentences before a block ask for, and its command does not give.
fn settings(az: &Az, snippet: &Snippet, desk: &mut Desk) {
    let values: Vec<_> = az.values("--configuration-settings").collect();
    let Some(last) = values.last() else { return };
    for told in &snippet.prose.code {
        let Some((key, value)) = told.split_once('=') else { continue };
        let is_setting = SETTINGS.iter().any(|(known, _)| *known == key)
            && matches!(value, "true" | "false")
            && key != "trustDistribution.skipNodeSelector"
            && key != "HttpsEnabled";
        let is_given = values
            .iter()
            .any(|given| given.text.split('=').next().is_some_and(|given| given.trim() == key));
        if is_setting && !is_given {
            let edits = if last.is_changeable() {
                vec![Edit::insert(last.span.end, [" ", told].concat())]
            } else {
                Vec::new()
            };
            let option = az
                .given
                .iter()
                .find(|given| given.values.iter().any(|value| value.span == last.span))
                .map_or(Span::at(last.span.start), |given| given.span);
            desk.add(&rules::TOLD_OTHERWISE, snippet, option, told_otherwise_setting(told), edits);
        }
    }
}

fn told_otherwise_schedule(told: &str, is: &str) -> String {
    format!("The text says \"{told}\", but this is {is}. Correct one of them.")
}

fn told_otherwise_setting(setting: &str) -> String {
    format!("The text asks for {setting}, and this command does not set it. Add it.")
}
