//! What a schedule means, as data: [`super::words`] says it.

use super::cron::{CronSchedule, EVERY_DAY, EVERY_HOUR, EVERY_MONTH, FEBRUARY, SHORT, progression};
use super::words;

/// At which times of a day it runs. Sets of numbers: bit n is the number n.
pub(super) enum Times {
    /// Every so many minutes: from midnight on, all day, so that an hour can be divided by it; or
    /// from one time of day through another.
    EveryMinutes { step: u8, within: Option<(Time, Time)> },
    /// Every so many hours from one time of day through another.
    EveryHours { step: u8, within: (Time, Time) },
    /// In every hour at these minutes.
    EveryHourAt { minutes: u64 },
    /// At each of these minutes of each of these hours; few in all.
    At { minutes: u64, hours: u64, count: u32 },
    /// At each of these minutes of each of these hours.
    MinutesOfHours { minutes: u64, hours: u64 },
}

/// Hour and minute, in UTC.
pub(super) type Time = (u8, u8);

/// On which days it runs: those of either set. Bit n is the number n; an empty set says nothing.
pub(super) struct Days {
    /// Every day of the months; both sets are empty then.
    pub(super) every: bool,
    /// Days of the month.
    pub(super) days: u64,
    /// Monday is 1, Sunday is 7.
    pub(super) weekdays: u64,
    /// January is 1; empty is every month.
    pub(super) months: u64,
    /// Whether a month can be too short for some of the days.
    pub(super) missing: bool,
}

/// As many times are listed one by one; more are told by minutes and hours.
const FEW: u32 = 6;

/// The schedule in American English, as a phrase: `every Monday and Thursday at 06:30 UTC`. Exact
/// for every schedule; never empty. Where both the day of the month and the day of the week are
/// restricted, it says the rule of Unix cron, as [`CronSchedule::after`] does.
pub fn describe(schedule: &CronSchedule) -> String {
    words::schedule(&times(schedule.minutes, schedule.hours), &days(schedule))
}

fn first(set: u64) -> u8 {
    set.trailing_zeros() as u8
}

/// Of a set that is not empty.
fn last(set: u64) -> u8 {
    63 - set.leading_zeros() as u8
}

/// The step of a set whose numbers are equally far apart; 0 where they are not, or where there is
/// only one.
fn step(set: u64) -> u8 {
    let step = first(set & (set - 1)).saturating_sub(first(set));
    if set.count_ones() > 1 && progression(first(set), last(set), step) == set { step } else { 0 }
}

fn times(minutes: u64, hours: u64) -> Times {
    let all_hours = hours == EVERY_HOUR;
    let (minute_step, hour_step) = (step(minutes), step(hours));
    // From the last minute of an hour to the first of the next it is one step, too.
    let goes_round = minute_step > 0 && first(minutes) + 60 == last(minutes) + minute_step;
    let count = minutes.count_ones() * hours.count_ones();
    let within = ((first(hours), first(minutes)), (last(hours), last(minutes)));
    if all_hours && goes_round && first(minutes) == 0 {
        Times::EveryMinutes { step: minute_step, within: None }
    } else if count <= FEW {
        Times::At { minutes, hours, count }
    } else if goes_round && (hour_step == 1 || hours.count_ones() == 1) {
        Times::EveryMinutes { step: minute_step, within: Some(within) }
    } else if all_hours {
        Times::EveryHourAt { minutes }
    } else if hour_step > 0 && minutes.count_ones() == 1 {
        Times::EveryHours { step: hour_step, within }
    } else {
        Times::MinutesOfHours { minutes, hours }
    }
}

fn days(schedule: &CronSchedule) -> Days {
    let CronSchedule { days, weekdays, months, .. } = *schedule;
    let every = days == EVERY_DAY;
    let days = if every { 0 } else { days };
    // The days that each of the months has in each year.
    let sure = if months & FEBRUARY != 0 { 28 } else { 31 - u8::from(months & SHORT != 0) };
    Days {
        every,
        days,
        weekdays: weekdays & !1 | (weekdays & 1) << 7,
        months: if months == EVERY_MONTH { 0 } else { months },
        missing: days >> sure > 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::random;
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> String {
        describe(&CronSchedule::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}")))
    }

    #[test]
    fn schedules_are_told_as_people_say_them() {
        for (text, words) in [
            ("* * * * *", "every minute"),
            ("*/15 * * * *", "every 15 minutes"),
            ("0,30 * * * *", "every 30 minutes"),
            ("0 0 * * *", "every day at 00:00 UTC"),
            ("0 12 * * *", "every day at 12:00 UTC"),
            ("0 0,12 * * *", "every day at 00:00 and 12:00 UTC"),
            ("0 */6 * * *", "every day at 00:00, 06:00, 12:00, and 18:00 UTC"),
            ("30 6 * * 1,4", "every Monday and Thursday at 06:30 UTC"),
            ("0 0 * * 0", "every Sunday at 00:00 UTC"),
            ("0 0 * * 6-7", "every Saturday and Sunday at 00:00 UTC"),
            ("0 0 * * 1-5", "Monday through Friday at 00:00 UTC"),
            ("0 0 * * 0,1,3-5", "Monday, Wednesday through Friday, and Sunday at 00:00 UTC"),
            ("0 0,12 * * MON-FRI", "at 00:00 and 12:00 UTC, Monday through Friday"),
            ("0 0 1 * *", "on day 1 of every month at 00:00 UTC"),
            ("0 0 1,15 * *", "on days 1 and 15 of every month at 00:00 UTC"),
            ("0 0 1 1,7 *", "on day 1 of January and July at 00:00 UTC"),
            ("0 0 * 6-8 *", "every day in June through August at 00:00 UTC"),
            ("0 0 * 6 SUN", "every Sunday in June at 00:00 UTC"),
            (
                "0 0 31 * *",
                "on day 31 of every month at 00:00 UTC, if the month has that many days",
            ),
            ("0 0 31 1,3 *", "on day 31 of January and March at 00:00 UTC"),
            ("0 0 29 2 *", "on day 29 of February at 00:00 UTC, if the month has that many days"),
            ("0 0 1-29 2 *", "every day in February at 00:00 UTC"),
            ("0 0 13 * 5", "on day 13 of every month and also every Friday at 00:00 UTC"),
            ("0 0 31 2 1", "every Monday in February at 00:00 UTC"),
            ("5 * * * *", "every hour at minute 5"),
            ("0 * * * *", "every hour at minute 0"),
            ("0,7,14 * * * *", "every hour at minutes 0, 7, and 14"),
            ("5-59/15 * * * *", "every 15 minutes from 00:05 through 23:50 UTC"),
            ("* 9-17 * * 1-5", "every minute from 09:00 through 17:59 UTC, Monday through Friday"),
            ("*/10 3 * * *", "every day at 03:00, 03:10, 03:20, 03:30, 03:40, and 03:50 UTC"),
            ("*/5 3 * * *", "every 5 minutes from 03:00 through 03:55 UTC"),
            ("0 0-5 * * *", "every day at 00:00, 01:00, 02:00, 03:00, 04:00, and 05:00 UTC"),
            ("0 0-6 * * *", "every hour from 00:00 through 06:00 UTC"),
            ("30 */2 * * *", "every 2 hours from 00:30 through 22:30 UTC"),
            ("0 9-17 1 * *", "every hour from 09:00 through 17:00 UTC, on day 1 of every month"),
            ("*/15 * * * SAT", "every 15 minutes, every Saturday (UTC)"),
            ("20 * 1 * *", "every hour at minute 20, on day 1 of every month (UTC)"),
            ("1,2,4 0-5,7 * * *", "at minutes 1, 2, and 4 of hours 0 through 5 and 7 UTC"),
            // No even steps: from minute 56 it is four minutes to the next hour.
            ("*/7 * * * *", "every hour at minutes 0, 7, 14, 21, 28, 35, 42, 49, and 56"),
        ] {
            assert_eq!(said(text), words, "{text}");
        }
    }

    /// What a sentence means, read without the code that made it: minutes of the day, and days by
    /// month, day and weekday (Sunday is 0).
    struct Meaning {
        times: Vec<u32>,
        on: Box<dyn Fn(usize, u32, usize) -> bool>,
        missing: bool,
    }

    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const WEEKDAYS: [&str; 8] =
        ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    fn place(names: &[&str], name: &str) -> u32 {
        names.iter().position(|one| *one == name).unwrap_or_else(|| panic!("{name}?")) as u32
    }

    /// `1, 3, and 5 through 9`.
    fn read_list(text: &str, read: impl Fn(&str) -> u32) -> Vec<u32> {
        let text = text.replace(", and ", ", ").replace(" and ", ", ");
        let item = |item: &str| match item.split_once(" through ") {
            Some((from, through)) => (read(from)..=read(through)).collect(),
            None => vec![read(item)],
        };
        text.split(", ").flat_map(item).collect()
    }

    fn read_number(text: &str) -> u32 {
        text.parse().unwrap_or_else(|_| panic!("{text} is no number"))
    }

    fn read_clock(text: &str) -> u32 {
        let (hour, minute) = text.split_once(':').unwrap_or_else(|| panic!("{text} is no time"));
        assert_eq!((hour.len(), minute.len()), (2, 2), "{text}");
        read_number(hour) * 60 + read_number(minute)
    }

    fn read_times(text: &str) -> Vec<u32> {
        let counted = |text: &str, unit: &str| {
            let number = text.strip_suffix(&format!(" {unit}s")).map(read_number);
            number.filter(|number| *number > 1).or_else(|| (text == unit).then_some(1))
        };
        if let Some(minutes) = text.strip_prefix("every hour at minute") {
            let minutes = read_list(minutes.trim_start_matches('s').trim_start(), read_number);
            return (0..24)
                .flat_map(|hour| minutes.iter().map(move |minute| hour * 60 + minute))
                .collect();
        }
        if let Some(rest) = text.strip_prefix("every ") {
            let (unit, span) =
                match rest.strip_suffix(" UTC").and_then(|rest| rest.split_once(" from ")) {
                    Some((unit, span)) => (
                        unit,
                        span.split_once(" through ")
                            .map(|(from, through)| (read_clock(from), read_clock(through))),
                    ),
                    None => (rest, Some((0, 24 * 60 - 1))),
                };
            let step =
                counted(unit, "minute").or_else(|| counted(unit, "hour").map(|hours| hours * 60));
            let (Some((from, through)), Some(step)) = (span, step) else { panic!("{text}?") };
            return (from..=through).step_by(step as usize).collect();
        }
        let list = text
            .strip_prefix("at ")
            .and_then(|text| text.strip_suffix(" UTC"))
            .unwrap_or_else(|| panic!("{text}?"));
        match list.strip_prefix("minute").and_then(|list| list.split_once(" of hour")) {
            Some((minutes, hours)) => {
                let numbers =
                    |text: &str| read_list(text.trim_start_matches('s').trim_start(), read_number);
                let minutes = numbers(minutes);
                numbers(hours)
                    .into_iter()
                    .flat_map(|hour| minutes.iter().map(move |minute| hour * 60 + minute))
                    .collect()
            }
            None => read_list(list, read_clock),
        }
    }

    fn read_days(text: &str) -> Box<dyn Fn(usize, u32, usize) -> bool> {
        let months = |text: Option<&str>| {
            text.map_or_else(
                || (0..12).collect(),
                |text| read_list(text, |name| place(&MONTHS, name)),
            )
        };
        let (by_day, rest) = match text.strip_prefix("on day") {
            Some(rest) => match rest.split_once(" and also ") {
                Some((by_day, rest)) => (Some(by_day), Some(rest)),
                None => (Some(rest), None),
            },
            None => (None, Some(text)),
        };
        let by_day = by_day.map(|text| {
            let (days, of) = text.split_once(" of ").unwrap_or_else(|| panic!("{text}?"));
            (
                read_list(days.trim_start_matches('s').trim_start(), read_number),
                months(Some(of).filter(|of| *of != "every month")),
            )
        });
        let by_weekday = rest.map(|text| {
            let (weekdays, of) =
                text.split_once(" in ").map_or((text, None), |(weekdays, of)| (weekdays, Some(of)));
            let weekdays = match weekdays {
                "every day" => (1..8).collect(),
                _ => {
                    assert_eq!(
                        weekdays.starts_with("every "),
                        !weekdays.contains(" through "),
                        "{text}"
                    );
                    read_list(weekdays.trim_start_matches("every "), |name| place(&WEEKDAYS, name))
                }
            };
            (weekdays, months(of))
        });
        let on = |sets: &Option<(Vec<u32>, Vec<u32>)>, month: usize, day: u32| {
            sets.as_ref().is_some_and(|(days, months)| {
                days.contains(&day) && months.contains(&(month as u32 - 1))
            })
        };
        Box::new(move |month, day, weekday| {
            on(&by_day, month, day)
                || on(&by_weekday, month, if weekday == 0 { 7 } else { weekday as u32 })
        })
    }

    fn read(text: &str) -> Meaning {
        let (text, missing) = text
            .strip_suffix(", if the month has that many days")
            .map_or((text, false), |text| (text, true));
        let (text, in_utc) = text.strip_suffix(" (UTC)").map_or((text, false), |text| (text, true));
        let begins_days = |text: &str| {
            ["every day", "on day"].iter().chain(&WEEKDAYS[1..]).any(|word| {
                text.trim_start_matches("every ").starts_with(word) || text.starts_with(word)
            })
        };
        let (times, days) = if begins_days(text) {
            let at = text.rfind(" at ").unwrap_or_else(|| panic!("{text}: when?"));
            (&text[at + 1..], &text[..at])
        } else {
            match text.match_indices(", ").find(|(at, _)| begins_days(&text[at + 2..])) {
                Some((at, _)) => (&text[..at], &text[at + 2..]),
                None => (text, "every day"),
            }
        };
        // Days are days of UTC: that is said once, unless all are meant.
        assert_eq!(in_utc, !times.ends_with("UTC") && days != "every day", "{text}");
        Meaning { times: read_times(times), on: read_days(days), missing }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn words_say_exactly_when_it_runs(text in random::expression()) {
            let Ok(schedule) = CronSchedule::parse(&text) else { return Ok(()) };
            let words = describe(&schedule);
            let meaning = read(&words);
            let times: Vec<u32> = (0..24 * 60).filter(|time| schedule.hours >> (time / 60) & schedule.minutes >> (time % 60) & 1 == 1).collect();
            prop_assert_eq!(meaning.times, times, "{}: {}", text, words);
            let mut missing = false;
            for month in 1..=12 {
                // What the month has in a leap year, and always.
                let (longest, sure) = match month { 2 => (29, 28), 4 | 6 | 9 | 11 => (30, 30), _ => (31, 31) };
                for day in 1..=31 {
                    for weekday in 0..7 {
                        let runs = schedule.months >> month & (schedule.days >> day | schedule.weekdays >> weekday) & 1 == 1;
                        if day <= longest {
                            prop_assert_eq!((meaning.on)(month, day, weekday), runs, "{}: {}: {}-{}, {}", text, words, month, day, weekday);
                        }
                    }
                    let by_day = schedule.months >> month & schedule.days >> day & 1 == 1 && schedule.days != EVERY_DAY;
                    missing |= by_day && day > sure;
                }
            }
            prop_assert_eq!(meaning.missing, missing, "{}: {}", text, words);
        }
    }
}
