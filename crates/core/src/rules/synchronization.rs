//! Rules about schedules, windows and message lifetimes.

use super::{Hit, Rule, Severity};
use crate::azure::sources;
use crate::choices::{Choices, SelectField, TextField};
use crate::scenario::{Garbage, Scenario, Synchronization, Task};
use crate::schedule::CronError;
use crate::schedule::CronReason;
use crate::schedule::DurationError;
use crate::schedule::DurationReason;
use crate::schedule::describe;
use crate::schedule::describe_duration;
use crate::schedule::{CronSchedule, MessageTtl, SyncWindow, overlaps};

/// Schedule and window, where both are right.
fn scheduled(scenario: &Scenario) -> Option<(&CronSchedule, &SyncWindow)> {
    match scenario.synchronization()? {
        Synchronization::Scheduled { schedule, window, .. } => {
            Some((schedule.value.as_ref()?, window.value.as_ref()?))
        }
        Synchronization::Continuous { .. } => None,
    }
}

fn typed(choices: &Choices, field: TextField) -> Option<&str> {
    Some(choices.text(field).trim()).filter(|text| !text.is_empty())
}

pub(super) static SYNC_SCHEDULE: Rule = Rule {
    id: "sync-schedule",
    severity: Severity::Error,
    why: "The CLI does not check the schedule; a wrong one goes out to the service.",
    source: sources::CONNECTED_REGISTRY,
    violating: "#sync=scheduled&schedule=0 24 * * *&window=PT4H",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT4H",
    in_output: false,
    check: |choices, scenario| match scenario.synchronization() {
        Some(Synchronization::Scheduled { .. }) => {
            let error = typed(choices, TextField::Schedule)
                .and_then(|text| CronSchedule::parse(text).err());
            error.map(|error| Hit::at(TextField::Schedule, cron(&error))).into_iter().collect()
        }
        _ => Vec::new(),
    },
};

pub(super) static SYNC_WINDOW: Rule = Rule {
    id: "sync-window",
    severity: Severity::Error,
    why: "A schedule needs a window of 1 hour to 7 days; the CLI does not check it.",
    source: sources::INTRODUCTION,
    violating: "#sync=scheduled&schedule=0 0 * * *&window=4h",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT4H",
    in_output: false,
    check: |choices, scenario| match scenario.synchronization() {
        Some(Synchronization::Scheduled { .. }) => {
            let error =
                typed(choices, TextField::Window).and_then(|text| SyncWindow::parse(text).err());
            error.map(|error| Hit::at(TextField::Window, duration(&error))).into_iter().collect()
        }
        _ => Vec::new(),
    },
};

pub(super) static MESSAGE_TTL: Rule = Rule {
    id: "message-ttl",
    severity: Severity::Error,
    why: "Messages live for 1 to 90 days; the CLI does not check it.",
    source: sources::INTRODUCTION,
    violating: "#ttl=PT12H",
    clean: "#ttl=P2D",
    in_output: false,
    check: |choices, scenario| match scenario.synchronization() {
        Some(_) => {
            let error = typed(choices, TextField::MessageTtl)
                .and_then(|text| MessageTtl::parse(text).err());
            error
                .map(|error| Hit::at(TextField::MessageTtl, duration(&error)))
                .into_iter()
                .collect()
        }
        None => Vec::new(),
    },
};

pub(super) static GC_SCHEDULE: Rule = Rule {
    id: "gc-schedule",
    severity: Severity::Error,
    why: "The CLI does not check the schedule; a wrong one goes out to the service.",
    source: sources::CONNECTED_REGISTRY,
    violating: "#gc-schedule=@daily",
    clean: "#gc-schedule=0 3 * * *",
    in_output: false,
    check: |choices, scenario| match &scenario.task {
        Task::Deploy(deploy) if matches!(deploy.garbage, Garbage::Collected(Some(_))) => {
            let error = typed(choices, TextField::GcSchedule)
                .and_then(|text| CronSchedule::parse(text).err());
            error.map(|error| Hit::at(TextField::GcSchedule, cron(&error))).into_iter().collect()
        }
        _ => Vec::new(),
    },
};

pub(super) static WINDOW_SHORT: Rule = Rule {
    id: "sync-window-short",
    severity: Severity::Warning,
    why: "The documentation allows one hour; the provider for Terraform enforces three. What the \
          service does is not known.",
    source: sources::INTRODUCTION,
    violating: "#sync=scheduled&schedule=0 0 * * *&window=PT1H",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT3H",
    in_output: true,
    check: |_, scenario| match scheduled(scenario) {
        Some((_, window)) if window.is_below_documented_minimum() => {
            vec![Hit::at(TextField::Window, "Better three hours or more.")]
        }
        _ => Vec::new(),
    },
};

pub(super) static WINDOWS_OVERLAP: Rule = Rule {
    id: "sync-windows-overlap",
    severity: Severity::Warning,
    why: "It probably comes to a longer window; the sources do not say.",
    source: sources::GLOSSARY,
    violating: "#sync=scheduled&schedule=0 * * * *&window=PT4H",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT4H",
    in_output: true,
    check: |_, scenario| match scheduled(scenario) {
        Some((schedule, window)) if overlaps(schedule, window) => {
            vec![Hit::at(
                TextField::Window,
                "A window is still open when the next one begins. Make it shorter, or the schedule \
                 sparser, or synchronize continuously.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(super) static SCHEDULE_IN_WORDS: Rule = Rule {
    id: "sync-schedule-in-words",
    severity: Severity::Info,
    why: "The 2024 documents call 0 12 * * * midnight; it is noon.",
    source: sources::SYNC_TUTORIAL,
    violating: "#sync=scheduled&schedule=0 12 * * *&window=PT4H",
    clean: "#sync=continuous&schedule=0 12 * * *",
    in_output: true,
    check: |_, scenario| match scheduled(scenario) {
        Some((schedule, window)) => {
            vec![Hit::at(TextField::Schedule, schedule_in_words(schedule, window))]
        }
        None => Vec::new(),
    },
};

pub(super) static WINDOW_IGNORED: Rule = Rule {
    id: "sync-window-ignored",
    severity: Severity::Info,
    why: "Continuous synchronization has no window.",
    source: sources::GLOSSARY,
    violating: "#sync=continuous&window=PT4H",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT4H",
    in_output: true,
    check: |choices, scenario| match scenario.synchronization() {
        Some(Synchronization::Continuous { .. }) if typed(choices, TextField::Window).is_some() => {
            vec![Hit::at(
                SelectField::Sync,
                "A window is given but not used: it belongs to a schedule.",
            )]
        }
        _ => Vec::new(),
    },
};

pub(crate) fn missing(label: &str) -> String {
    format!("Still missing: {label}.")
}

pub(crate) fn shown(part: &str) -> String {
    part.chars().filter(|c| !c.is_control()).take(40).collect()
}

fn cron(error: &CronError) -> String {
    const FIELDS: [&str; 5] = ["minute", "hour", "day of the month", "month", "weekday"];
    match error {
        CronError::FieldCount { found } => format!(
            "{found} fields where five belong: minute hour day month weekday, such as 0 0 * * * \
             for midnight UTC."
        ),
        CronError::Nickname { word } => {
            format!(
                "\"{}\" is not known to the service for sure. Write the five fields, such as 0 0 * \
                 * * for midnight UTC.",
                shown(word)
            )
        }
        CronError::Never => "That day never comes. Correct day and month.".to_owned(),
        CronError::Field { field, part, reason } => {
            let name = FIELDS.get(usize::from(field.number()) - 1).copied().unwrap_or_default();
            let part = shown(part);
            let range = field.range();
            match reason {
                CronReason::Missing => format!("Something is missing in the field for the {name}."),
                CronReason::NotAValue => format!(
                    "\"{part}\" is not a {name}. Give {} to {}, * or \
                                                  a list.",
                    range.start(),
                    range.end()
                ),
                CronReason::OutOfRange => format!(
                    "\"{part}\" is out of range: the {name} goes \
                                                   from {} to {}.",
                    range.start(),
                    range.end()
                ),
                CronReason::Reversed => format!(
                    "\"{part}\" ends before it begins. Write it as two \
                                                 ranges."
                ),
                CronReason::Step => format!(
                    "\"{part}\" is not a step that the field for the \
                                             {name} can take."
                ),
                CronReason::StepOfNumber => format!(
                    "\"{part}\" means different things to \
                                                     different programs. Write * or a range before \
                                                     the slash."
                ),
                CronReason::StarInList => {
                    "\"*\" within a list means different things to different \
                                           programs. Let it stand alone, or leave it out."
                        .to_owned()
                }
                CronReason::Extension => format!(
                    "\"{part}\" is not part of plain cron, and the \
                                                  service may not know it."
                ),
            }
        }
    }
}

fn duration(error: &DurationError) -> String {
    match error {
        DurationError::Part { part, reason } => {
            let part = shown(part);
            match reason {
                DurationReason::Shape if part.is_empty() => {
                    "A number or its unit is missing. Write it like PT4H or P1D.".to_owned()
                }
                DurationReason::Shape => format!(
                    "\"{part}\" does not belong in a duration. Write it like PT4H for four hours \
                     or P1D for a day."
                ),
                DurationReason::TimeWithoutT => {
                    format!("Hours, minutes and seconds need a T before them: PT{part}.")
                }
                DurationReason::Calendar => {
                    "Years and months have no fixed length. Give days, such as P30D.".to_owned()
                }
                DurationReason::Fraction => {
                    "Whole numbers only: PT90M for an hour and a half.".to_owned()
                }
                DurationReason::TooLong => "That is too long.".to_owned(),
            }
        }
        DurationError::OutOfRange { shortest, longest } => {
            let words = |seconds: u64| match (seconds % 86_400, seconds / 86_400, seconds / 3_600) {
                (0, 1, _) => "1 day".to_owned(),
                (0, days, _) => format!("{days} days"),
                (_, _, 1) => "1 hour".to_owned(),
                (_, _, hours) => format!("{hours} hours"),
            };
            format!("Give {} to {}.", words(*shortest), words(*longest))
        }
    }
}

fn schedule_in_words(schedule: &CronSchedule, window: &SyncWindow) -> String {
    let words = describe(schedule);
    let mut first = words.chars();
    let capital: String =
        first.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(first).collect();
    format!("{capital}, for {}.", describe_duration(window.duration()))
}
