//! When the connected registry synchronizes: cron schedules, sync windows and message TTLs, with
//! their parsers, their words and their next runs.
//!
//! There is no clock here; the caller passes the time. All times are UTC, as the schedules are, so
//! every day has 24 hours. Errors are data; their messages are in [`crate::rules`].
//!
//! This is code of our own because it ships to the browser. In KiB of the page's wasm (opt-level z,
//! `wasm-opt -Oz`, Brotli 11), calls included:
//!
//! | what | KiB |
//! | --- | --- |
//! | this module | 5.0 |
//! | croner 4.0.3 with chrono, for parsing and next runs only | 18.1 |
//! | the same, and iso8601-duration 0.2 | 36.6 |
//!
//! Outside the page, cron 0.17 weighs 27 and jiff 0.2 weighs 45. The tests compare runs and dates
//! with those of croner and chrono. This module accepts less than croner: see [`CronSchedule`].

mod cron;
mod describe;
mod duration;
#[cfg(test)]
mod random;
mod utc_date_time;
mod windows;
mod words;
mod write;

pub use cron::{CronError, CronField, CronReason, CronSchedule, Runs};
pub use describe::describe;
pub use duration::{DurationError, DurationReason, Iso8601Duration, MessageTtl, SyncWindow};
pub use utc_date_time::{Civil, UtcDateTime};
pub use windows::{connected_share, overlaps, windows};

/// The duration in American English: `4 hours`, `1 day and 12 hours`; a week is 7 days. Never
/// empty.
pub fn describe_duration(duration: &Iso8601Duration) -> String {
    words::duration(duration.seconds())
}
