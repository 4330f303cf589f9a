//! Rules about schedules, windows and message lifetimes.

use super::{Hit, Rule, Severity};
use crate::azure::sources;
use crate::choices::{Choices, SelectField, TextField};
use crate::scenario::{Garbage, Scenario, Synchronization, Task};
use crate::schedule::{CronSchedule, MessageTtl, SyncWindow, overlaps};
use crate::text::rules as text;

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
    why: text::SYNC_SCHEDULE_WHY,
    source: sources::CONNECTED_REGISTRY,
    violating: "#sync=scheduled&schedule=0 24 * * *&window=PT4H",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT4H",
    in_output: false,
    check: |choices, scenario| match scenario.synchronization() {
        Some(Synchronization::Scheduled { .. }) => {
            let error = typed(choices, TextField::Schedule)
                .and_then(|text| CronSchedule::parse(text).err());
            error
                .map(|error| Hit::at(TextField::Schedule, text::cron(&error)))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    },
};

pub(super) static SYNC_WINDOW: Rule = Rule {
    id: "sync-window",
    severity: Severity::Error,
    why: text::SYNC_WINDOW_WHY,
    source: sources::INTRODUCTION,
    violating: "#sync=scheduled&schedule=0 0 * * *&window=4h",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT4H",
    in_output: false,
    check: |choices, scenario| match scenario.synchronization() {
        Some(Synchronization::Scheduled { .. }) => {
            let error =
                typed(choices, TextField::Window).and_then(|text| SyncWindow::parse(text).err());
            error
                .map(|error| Hit::at(TextField::Window, text::duration(&error)))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    },
};

pub(super) static MESSAGE_TTL: Rule = Rule {
    id: "message-ttl",
    severity: Severity::Error,
    why: text::MESSAGE_TTL_WHY,
    source: sources::INTRODUCTION,
    violating: "#ttl=PT12H",
    clean: "#ttl=P2D",
    in_output: false,
    check: |choices, scenario| match scenario.synchronization() {
        Some(_) => {
            let error = typed(choices, TextField::MessageTtl)
                .and_then(|text| MessageTtl::parse(text).err());
            error
                .map(|error| Hit::at(TextField::MessageTtl, text::duration(&error)))
                .into_iter()
                .collect()
        }
        None => Vec::new(),
    },
};

pub(super) static GC_SCHEDULE: Rule = Rule {
    id: "gc-schedule",
    severity: Severity::Error,
    why: text::GC_SCHEDULE_WHY,
    source: sources::CONNECTED_REGISTRY,
    violating: "#gc-schedule=@daily",
    clean: "#gc-schedule=0 3 * * *",
    in_output: false,
    check: |choices, scenario| match &scenario.task {
        Task::Deploy(deploy) if matches!(deploy.garbage, Garbage::Collected(Some(_))) => {
            let error = typed(choices, TextField::GcSchedule)
                .and_then(|text| CronSchedule::parse(text).err());
            error
                .map(|error| Hit::at(TextField::GcSchedule, text::cron(&error)))
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    },
};

pub(super) static WINDOW_SHORT: Rule = Rule {
    id: "sync-window-short",
    severity: Severity::Warning,
    why: text::WINDOW_SHORT_WHY,
    source: sources::INTRODUCTION,
    violating: "#sync=scheduled&schedule=0 0 * * *&window=PT1H",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT3H",
    in_output: true,
    check: |_, scenario| match scheduled(scenario) {
        Some((_, window)) if window.is_below_documented_minimum() => {
            vec![Hit::at(TextField::Window, text::WINDOW_SHORT)]
        }
        _ => Vec::new(),
    },
};

pub(super) static WINDOWS_OVERLAP: Rule = Rule {
    id: "sync-windows-overlap",
    severity: Severity::Warning,
    why: text::WINDOWS_OVERLAP_WHY,
    source: sources::GLOSSARY,
    violating: "#sync=scheduled&schedule=0 * * * *&window=PT4H",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT4H",
    in_output: true,
    check: |_, scenario| match scheduled(scenario) {
        Some((schedule, window)) if overlaps(schedule, window) => {
            vec![Hit::at(TextField::Window, text::WINDOWS_OVERLAP)]
        }
        _ => Vec::new(),
    },
};

pub(super) static SCHEDULE_IN_WORDS: Rule = Rule {
    id: "sync-schedule-in-words",
    severity: Severity::Info,
    why: text::SCHEDULE_IN_WORDS_WHY,
    source: sources::SYNC_TUTORIAL,
    violating: "#sync=scheduled&schedule=0 12 * * *&window=PT4H",
    clean: "#sync=continuous&schedule=0 12 * * *",
    in_output: true,
    check: |_, scenario| match scheduled(scenario) {
        Some((schedule, window)) => {
            vec![Hit::at(TextField::Schedule, text::schedule_in_words(schedule, window))]
        }
        None => Vec::new(),
    },
};

pub(super) static WINDOW_IGNORED: Rule = Rule {
    id: "sync-window-ignored",
    severity: Severity::Info,
    why: text::WINDOW_IGNORED_WHY,
    source: sources::GLOSSARY,
    violating: "#sync=continuous&window=PT4H",
    clean: "#sync=scheduled&schedule=0 0 * * *&window=PT4H",
    in_output: true,
    check: |choices, scenario| match scenario.synchronization() {
        Some(Synchronization::Continuous { .. }) if typed(choices, TextField::Window).is_some() => {
            vec![Hit::at(SelectField::Sync, text::WINDOW_IGNORED)]
        }
        _ => Vec::new(),
    },
};
