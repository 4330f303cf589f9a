//! The words for schedules and durations. Another language would be a second file like this one:
//! the functions get whole meanings, not pieces of text.

use super::describe::{Days, Time, Times};
use super::write::{clock, digits, say};

const MONTHS: &str =
    "January February March April May June July August September October November December";
const WEEKDAYS: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";

/// When a schedule runs.
pub(super) fn schedule(at: &Times, on: &Days) -> String {
    let mut text = String::new();
    let any_day = on.every && on.months == 0;
    match at {
        // every day at 00:00 and 12:00 UTC; every Monday at 06:30 UTC
        Times::At { count, .. } if any_day || *count == 1 => {
            days(&mut text, on);
            say(&mut text, " ");
            times(&mut text, at);
        }
        // every 15 minutes
        _ if any_day && !matches!(at, Times::At { .. }) => times(&mut text, at),
        // at 00:00 and 12:00 UTC, Monday through Friday
        _ => {
            times(&mut text, at);
            say(&mut text, ", ");
            days(&mut text, on);
            // every 15 minutes, every Saturday (UTC): nothing before it says whose Saturday.
            if matches!(at, Times::EveryMinutes { within: None, .. } | Times::EveryHourAt { .. }) {
                say(&mut text, " (UTC)");
            }
        }
    }
    if on.missing {
        say(&mut text, ", if the month has that many days");
    }
    text
}

fn times(text: &mut String, times: &Times) {
    match *times {
        Times::EveryMinutes { step, within } => every(text, "minute", step, within),
        Times::EveryHours { step, within } => every(text, "hour", step, Some(within)),
        Times::EveryHourAt { minutes } => {
            say(text, "every hour at ");
            numbered(text, "minute", minutes);
        }
        Times::At { minutes, hours, count } => {
            say(text, "at ");
            let mut said = 0;
            for time in 0..24 * 60 {
                let (hour, minute) = (time / 60, time % 60);
                if hours >> hour & minutes >> minute & 1 == 1 {
                    said += 1;
                    separate(text, said, said == count);
                    clock(text, (hour as u8, minute as u8));
                }
            }
            say(text, " UTC");
        }
        Times::MinutesOfHours { minutes, hours } => {
            say(text, "at ");
            numbered(text, "minute", minutes);
            say(text, " of ");
            numbered(text, "hour", hours);
            say(text, " UTC");
        }
    }
}

fn days(text: &mut String, on: &Days) {
    if on.every {
        say(text, "every day");
    }
    if on.days != 0 {
        say(text, "on ");
        numbered(text, "day", on.days);
        if on.months == 0 {
            say(text, " of every month");
        } else {
            months(text, " of ", on);
        }
        if on.weekdays != 0 {
            say(text, " and also ");
        }
    }
    if on.weekdays != 0 {
        // every Monday and Thursday; Monday through Friday
        if on.weekdays & on.weekdays >> 1 & on.weekdays >> 2 == 0 {
            say(text, "every ");
        }
        members(text, on.weekdays, WEEKDAYS);
    }
    if on.every || on.weekdays != 0 {
        months(text, " in ", on);
    }
}

fn months(text: &mut String, before: &str, on: &Days) {
    if on.months != 0 {
        say(text, before);
        members(text, on.months, MONTHS);
    }
}

/// `every minute`, `every 15 minutes`, `every 2 hours from 06:00 through 22:00 UTC`.
fn every(text: &mut String, unit: &str, step: u8, within: Option<(Time, Time)>) {
    say(text, "every ");
    if step == 1 {
        say(text, unit);
    } else {
        count(text, u64::from(step), unit);
    }
    if let Some((from, through)) = within {
        say(text, " from ");
        clock(text, from);
        say(text, THROUGH);
        clock(text, through);
        say(text, " UTC");
    }
}

const THROUGH: &str = " through ";

/// `1 hour`, `15 minutes`.
fn count(text: &mut String, number: u64, unit: &str) {
    digits(text, number);
    say(text, " ");
    say(text, unit);
    if number != 1 {
        say(text, "s");
    }
}

/// `minute 5`, `minutes 0 and 30`.
fn numbered(text: &mut String, unit: &str, set: u64) {
    say(text, unit);
    say(text, if set.count_ones() == 1 { " " } else { "s " });
    members(text, set, "");
}

/// The members of a set, by number or, from 1 on, by name; three and more in a row as a range:
/// `1, 3, and 5 through 9`.
fn members(text: &mut String, set: u64, names: &str) {
    let (mut left, mut said) = (set, 0);
    let member = |text: &mut String, number: u32| {
        // Numbers have no names; names are counted from 1.
        match names.split(' ').nth((number as usize).wrapping_sub(1)).filter(|_| !names.is_empty())
        {
            Some(name) => say(text, name),
            None => digits(text, u64::from(number)),
        }
    };
    while left != 0 {
        let from = left.trailing_zeros();
        let row = (left >> from).trailing_ones();
        let through = if row >= 3 { from + row - 1 } else { from };
        // No set has bit 63.
        left = left >> (through + 1) << (through + 1);
        said += 1;
        separate(text, said, left == 0);
        member(text, from);
        if through != from {
            say(text, THROUGH);
            member(text, through);
        }
    }
}

/// What stands before an item, counted from 1, of a list: `a`, `a and b`, `a, b, and c`.
fn separate(text: &mut String, item: u32, last: bool) {
    if item > 1 {
        say(
            text,
            match (last, item) {
                (false, _) => ", ",
                (true, 2) => " and ",
                (true, _) => ", and ",
            },
        );
    }
}

static UNITS: [(u64, &str); 4] = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];

/// A duration in days, hours, minutes and seconds: `1 day and 12 hours`.
pub(super) fn duration(seconds: u64) -> String {
    let (mut text, mut left, mut said) = (String::new(), seconds, 0);
    for (length, unit) in &UNITS {
        let number = left / length;
        left %= length;
        if number > 0 || (seconds == 0 && *length == 1) {
            said += 1;
            separate(&mut text, said, left == 0);
            count(&mut text, number, unit);
        }
    }
    text
}
