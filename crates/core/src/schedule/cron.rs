//! Cron expressions: when the connected registry starts to synchronize.

use super::utc_date_time::{Day, UtcDateTime};
use super::write::say;
use std::ops::RangeInclusive;

/// One of the five fields of a cron expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CronField {
    /// 0 to 59.
    Minute,
    /// 0 to 23, in UTC.
    Hour,
    /// 1 to 31.
    DayOfMonth,
    /// 1 to 12, or `JAN` to `DEC`.
    Month,
    /// 0 to 7, or `SUN` to `SAT`; 0 and 7 are Sunday.
    DayOfWeek,
}

impl CronField {
    const ALL: [Self; 5] =
        [Self::Minute, Self::Hour, Self::DayOfMonth, Self::Month, Self::DayOfWeek];

    /// Its place in the expression, 1 to 5.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The numbers that it takes.
    pub fn range(self) -> RangeInclusive<u8> {
        let (least, most) = self.span();
        least..=most
    }

    fn span(self) -> (u8, u8) {
        match self {
            Self::Minute => (0, 59),
            Self::Hour => (0, 23),
            Self::DayOfMonth => (1, 31),
            Self::Month => (1, 12),
            Self::DayOfWeek => (0, 7),
        }
    }

    /// The names that stand for the numbers from the first on, three letters each.
    fn names(self) -> &'static str {
        match self {
            Self::Month => "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC",
            Self::DayOfWeek => "SUNMONTUEWEDTHUFRISAT",
            _ => "",
        }
    }
}

/// What is wrong with a part of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CronReason {
    /// Nothing stands where a value should: `1,,2`, `5-`, `*/`.
    Missing,
    /// It is neither a number nor a name of the field.
    NotAValue,
    /// A number outside [`CronField::range`].
    OutOfRange,
    /// The range ends before it starts: `22-2`; or with Sunday as 0: `SAT-SUN`. Some programs wrap
    /// around, some swap the two, some take that Sunday as 7, most refuse.
    Reversed,
    /// A step of zero, or one beyond the last number of the field.
    Step,
    /// A step behind a single number: `5/15`. Some programs read `5-59/15`, some read `5`, some
    /// refuse.
    StepOfNumber,
    /// `*` as one of a list: `*,5`. POSIX lets it stand alone only; some programs take it for every
    /// value, some refuse.
    StarInList,
    /// `L`, `W`, `#` or `?` of other cron programs.
    Extension,
}

/// Why text is not a schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CronError {
    /// There are fewer or more than five fields; six would begin with seconds.
    FieldCount {
        /// How many there are, 0 for empty text.
        found: usize,
    },
    /// `@daily` and the like.
    Nickname {
        /// The word.
        word: String,
    },
    /// A field is wrong.
    Field {
        /// Which.
        field: CronField,
        /// The smallest part of it that is wrong; empty where something is missing.
        part: String,
        /// What is wrong with that part.
        reason: CronReason,
    },
    /// No month of the expression ever has a day of the expression, as on 31 February.
    Never,
}

/// A schedule: five fields in UTC, minute, hour, day of the month, month, day of the week.
///
/// A field is `*`, or a list of numbers, names and ranges; a `*` or a range may have a step:
/// `*/15`, `1-5`, `MON,THU`, `0-30/10`. Names are the three first letters, in any case; 0 and 7 are
/// Sunday.
///
/// Which cron the service reads is not documented ("the cron expression": `SyncProperties`,
/// azure-mgmt-containerregistry 15.1.0b3), so only what cron programs read alike is taken. Not
/// taken: seconds, `@daily`, `L`, `W`, `#`, `?`, ranges that wrap around, steps behind a single
/// number, `*` within a list. What is taken and may still be read differently is told by
/// [`CronSchedule::restricts_both_days`] and
/// [`CronSchedule::writes_sunday_as_seven`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CronSchedule {
    text: String,
    /// Sets of numbers: bit n is the number n.
    pub(super) minutes: u64,
    pub(super) hours: u64,
    pub(super) months: u64,
    /// The days on which it runs are those in `days` and those in `weekdays`. Every day is
    /// [`EVERY_DAY`], and then `weekdays` is empty; a field that says nothing is empty too.
    pub(super) days: u64,
    /// Bit 0 is Sunday, bit 6 is Saturday.
    pub(super) weekdays: u64,
    both: bool,
    seven: bool,
}

const EVERY_MINUTE: u64 = (1 << 60) - 1;
pub(super) const EVERY_HOUR: u64 = (1 << 24) - 1;
/// 1 to 31.
pub(super) const EVERY_DAY: u64 = (1 << 32) - 2;
/// 1 to 12.
pub(super) const EVERY_MONTH: u64 = (1 << 13) - 2;
const EVERY_WEEKDAY: u64 = (1 << 7) - 1;
pub(super) const FEBRUARY: u64 = 1 << 2;
/// The months of 30 days.
pub(super) const SHORT: u64 = 1 << 4 | 1 << 6 | 1 << 9 | 1 << 11;

/// The bits `first`, `first + step` and so on until `last`; all below 64, and the step above 0.
pub(super) fn progression(first: u8, last: u8, step: u8) -> u64 {
    let (mut set, mut number) = (0, first);
    while number <= last {
        set |= 1 << number;
        number += step;
    }
    set
}

impl CronSchedule {
    /// Takes five fields, separated by blanks.
    ///
    /// # Errors
    ///
    /// The first that is wrong, from the left; [`CronError::Never`] where each field is right and
    /// no day is left.
    pub fn parse(text: &str) -> Result<Self, CronError> {
        let (mut words, mut found) = ([""; CronField::ALL.len()], 0);
        for word in text.split_whitespace() {
            if let Some(place) = words.get_mut(found) {
                *place = word;
            }
            found += 1;
        }
        let [first, _, day, _, weekday] = words;
        if first.starts_with('@') {
            return Err(CronError::Nickname { word: first.to_owned() });
        }
        if found != words.len() {
            return Err(CronError::FieldCount { found });
        }
        let (mut sets, mut text) = ([0; CronField::ALL.len()], String::new());
        for (field, word) in CronField::ALL.into_iter().zip(words) {
            for part in word.split(',') {
                let set = if part == "*" && word != "*" {
                    Err((part, CronReason::StarInList))
                } else {
                    parse_part(field, part)
                };
                sets[field as usize] |= set.map_err(|(part, reason)| CronError::Field {
                    field,
                    part: part.to_owned(),
                    reason,
                })?;
            }
            if field != CronField::Minute {
                say(&mut text, " ");
            }
            say(&mut text, word);
        }
        let [minutes, hours, mut days, months, mut weekdays] = sets;
        let seven = weekdays >> 7 == 1;
        weekdays = (weekdays | weekdays >> 7) & EVERY_WEEKDAY;
        // The days that one of the months has in some year.
        let longest =
            if months == FEBRUARY { 29 } else { 31 - u8::from(months & !FEBRUARY & !SHORT == 0) };
        let possible = progression(1, longest, 1);
        days &= possible;
        // A field that is not `*` restricts the days, and two that do add up: the usual rule of
        // cron.
        let (by_day, by_weekday) = (day != "*", weekday != "*");
        if !by_day && by_weekday {
            days = 0;
        }
        if by_day && !by_weekday {
            weekdays = 0;
        }
        let both = by_day && by_weekday && (days != possible || weekdays != EVERY_WEEKDAY);
        if days == possible || weekdays == EVERY_WEEKDAY {
            (days, weekdays) = (EVERY_DAY, 0);
        }
        if days | weekdays == 0 {
            return Err(CronError::Never);
        }
        Ok(Self { text, minutes, hours, months, days, weekdays, both, seven })
    }

    /// The expression as typed, its fields separated by one blank each: what goes into a command.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it runs every minute, as the service does without a schedule.
    pub fn is_continuous(&self) -> bool {
        (self.minutes, self.hours, self.months, self.days)
            == (EVERY_MINUTE, EVERY_HOUR, EVERY_MONTH, EVERY_DAY)
    }

    /// Whether both the day of the month and the day of the week are other than `*`, and it
    /// matters.
    ///
    /// Unix cron then runs on days that are in either, and so do [`CronSchedule::after`] and
    /// [`super::describe()`]. NCrontab, which Azure Container Registry names for its scheduled
    /// tasks, runs on days that are in both. The service does not say which it follows.
    pub fn restricts_both_days(&self) -> bool {
        self.both
    }

    /// Whether Sunday is written as 7, which Unix cron takes and NCrontab refuses.
    pub fn writes_sunday_as_seven(&self) -> bool {
        self.seven
    }

    /// The runs after a moment, earliest first, each on a full minute; the moment itself is not
    /// among them. Ends in 9999.
    pub fn after(&self, moment: UtcDateTime) -> Runs<'_> {
        Runs { schedule: self, minute: moment.minute() + 1 }
    }

    /// Whether it runs on the day that is so many days after 1970-01-01.
    pub(super) fn runs_on(&self, days: u32) -> bool {
        let Day { month, day, weekday, .. } = Day::of(days);
        self.months >> month & (self.days >> day | self.weekdays >> weekday) & 1 == 1
    }
}

/// The runs of a schedule: see [`CronSchedule::after`].
#[derive(Clone, Debug)]
pub struct Runs<'a> {
    schedule: &'a CronSchedule,
    /// The next minute that may be one, since 1970.
    minute: u32,
}

impl Iterator for Runs<'_> {
    type Item = UtcDateTime;

    fn next(&mut self) -> Option<UtcDateTime> {
        // Every round goes to a later day, hour or minute, and no schedule pauses for more than
        // eight years (29 February, 2096 to 2104).
        while self.minute <= UtcDateTime::LAST.minute() {
            let (day, hour, minute) = (self.minute / 1440, self.minute / 60 % 24, self.minute % 60);
            let later = self.schedule.minutes >> minute;
            if !self.schedule.runs_on(day) {
                self.minute = (day + 1) * 1440;
            } else if self.schedule.hours >> hour & 1 == 0 || later == 0 {
                self.minute += 60 - minute;
            } else {
                let run = self.minute + later.trailing_zeros();
                self.minute = run + 1;
                return Some(UtcDateTime::at(u64::from(run) * 60));
            }
        }
        None
    }
}

type Fault<'a> = (&'a str, CronReason);

/// One of a list: the set of numbers that it names.
fn parse_part(field: CronField, part: &str) -> Result<u64, Fault<'_>> {
    let (range, step) = match part.split_once('/') {
        Some((range, step)) => (range, Some(step)),
        None => (part, None),
    };
    let (least, most) = field.span();
    let (first, last) = if range == "*" {
        // Sunday is counted once.
        (least, if field == CronField::DayOfWeek { 6 } else { most })
    } else if let Some((first, last)) = range.split_once('-') {
        (value(field.names(), least, most, first)?, value(field.names(), least, most, last)?)
    } else {
        let value = value(field.names(), least, most, range)?;
        if step.is_some() {
            return Err((part, CronReason::StepOfNumber));
        }
        (value, value)
    };
    // SUN ends a range as 0 or as 7, it depends on the program.
    if first > last || (last == 0 && field == CronField::DayOfWeek && range.contains('-')) {
        return Err((range, CronReason::Reversed));
    }
    let step = match step.map(|step| value("", 1, most, step)) {
        None => 1,
        Some(Err((step, CronReason::OutOfRange))) => return Err((step, CronReason::Step)),
        Some(step) => step?,
    };
    Ok(progression(first, last, step))
}

/// A number from `least` to `most`, or the name of one.
fn value<'a>(names: &str, least: u8, most: u8, text: &'a str) -> Result<u8, Fault<'a>> {
    if let Some(place) =
        names.as_bytes().chunks(3).position(|name| name.eq_ignore_ascii_case(text.as_bytes()))
    {
        return Ok(least + place as u8);
    }
    let mut number = 0_u8;
    let reason = if text.is_empty() {
        CronReason::Missing
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        // The standard library would also take `+5`.
        for byte in text.bytes() {
            number = number.saturating_mul(10).saturating_add(byte - b'0');
        }
        if least <= number && number <= most {
            return Ok(number);
        }
        CronReason::OutOfRange
    } else if text.contains('#') || text.bytes().all(|byte| b"0123456789LWlw?".contains(&byte)) {
        // `L`, `LW`, `15W`, `5L`, `FRI#2` and `?`, but not `JUL`.
        CronReason::Extension
    } else {
        CronReason::NotAValue
    };
    Err((text, reason))
}

#[cfg(test)]
mod tests {
    use super::super::random;
    use super::*;
    use chrono::{DateTime, Utc};
    use proptest::prelude::*;

    fn schedule(text: &str) -> CronSchedule {
        CronSchedule::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    /// 2026-01-31 06:30:59, a Saturday.
    fn now() -> UtcDateTime {
        UtcDateTime::from_unix_seconds(1_769_841_059)
    }

    fn next(text: &str, count: usize) -> Vec<String> {
        schedule(text).after(now()).take(count).map(UtcDateTime::iso).collect()
    }

    #[test]
    fn runs_are_those_of_the_calendar() {
        assert_eq!(next("* * * * *", 2), ["2026-01-31 06:31", "2026-01-31 06:32"]);
        assert_eq!(next("0 0 * * *", 2), ["2026-02-01 00:00", "2026-02-02 00:00"]);
        assert_eq!(next("30 6 * * *", 1), ["2026-02-01 06:30"], "the minute itself is past");
        assert_eq!(
            next("15,45 7-8 * * *", 5),
            [
                "2026-01-31 07:15",
                "2026-01-31 07:45",
                "2026-01-31 08:15",
                "2026-01-31 08:45",
                "2026-02-01 07:15"
            ]
        );
        assert_eq!(
            next("0 0 31 * *", 3),
            ["2026-03-31 00:00", "2026-05-31 00:00", "2026-07-31 00:00"]
        );
        assert_eq!(next("0 0 29 2 *", 2), ["2028-02-29 00:00", "2032-02-29 00:00"]);
        assert_eq!(next("5 4 * jan,Mar MON-Tue", 2), ["2026-03-02 04:05", "2026-03-03 04:05"]);
        assert_eq!(next("0 12 * * 7", 1), ["2026-02-01 12:00"]);
        assert_eq!(
            next("0 12 * * 6-7", 3),
            ["2026-01-31 12:00", "2026-02-01 12:00", "2026-02-07 12:00"]
        );
        assert_eq!(
            next("0 0 */10 * *", 3),
            ["2026-02-01 00:00", "2026-02-11 00:00", "2026-02-21 00:00"]
        );
    }

    #[test]
    fn a_day_of_the_month_and_a_weekday_add_up() {
        let both = schedule("0 0 13 * FRI");
        assert_eq!(
            next(both.as_str(), 3),
            ["2026-02-06 00:00", "2026-02-13 00:00", "2026-02-20 00:00"]
        );
        assert!(both.restricts_both_days());
        for one in ["0 0 13 * *", "0 0 * * 5", "0 0 * * *", "0 0 1-31 * 0-6", "0 0 1-29 2 0-7"] {
            assert!(!schedule(one).restricts_both_days(), "{one}");
        }
        // Every day by the rule of Unix cron; Mondays by the other.
        assert!(schedule("0 0 1-31 * 1").restricts_both_days());
        assert_eq!(next("0 0 1-31 * 1", 2), ["2026-02-01 00:00", "2026-02-02 00:00"]);
        // 31 February never comes, its Mondays do.
        assert_eq!(next("0 0 31 2 1", 1), ["2026-02-02 00:00"]);
    }

    #[test]
    fn what_is_said_about_a_schedule() {
        assert_eq!(schedule("  0\t0 *  * *\n").as_str(), "0 0 * * *");
        assert_eq!(schedule("*/15 0 1 Jan MON").as_str(), "*/15 0 1 Jan MON", "as typed");
        for every_minute in ["* * * * *", "*/1 * * * *", "0-59 0-23 1-31 1-12 0-7", "* * * 1-12 *"]
        {
            assert!(schedule(every_minute).is_continuous(), "{every_minute}");
        }
        for not in ["*/2 * * * *", "* 0-22 * * *", "* * 1-30 * *", "* * * 2-12 *", "* * * * 1-6"] {
            assert!(!schedule(not).is_continuous(), "{not}");
        }
        assert!(schedule("0 0 * * 5-7").writes_sunday_as_seven());
        assert!(!schedule("0 0 * * 0,SUN").writes_sunday_as_seven());
        assert!(!schedule("0 0 * * *").writes_sunday_as_seven());
    }

    #[test]
    fn errors_name_the_field_and_the_smallest_part() {
        let error = |text: &str| CronSchedule::parse(text).err();
        for (text, number, part, reason) in [
            ("60 * * * *", 1, "60", CronReason::OutOfRange),
            ("0 1,24 * * *", 2, "24", CronReason::OutOfRange),
            ("0 0 0 * *", 3, "0", CronReason::OutOfRange),
            ("0 0 1-32 * *", 3, "32", CronReason::OutOfRange),
            ("0 0 * 13 *", 4, "13", CronReason::OutOfRange),
            ("0 0 * * 8", 5, "8", CronReason::OutOfRange),
            ("99999999999999999999 * * * *", 1, "99999999999999999999", CronReason::OutOfRange),
            ("0 0 * Sept *", 4, "Sept", CronReason::NotAValue),
            ("MON 0 * * *", 1, "MON", CronReason::NotAValue),
            ("+5 * * * *", 1, "+5", CronReason::NotAValue),
            ("٣ * * * *", 1, "٣", CronReason::NotAValue),
            ("** * * * *", 1, "**", CronReason::NotAValue),
            ("1-2-3 * * * *", 1, "2-3", CronReason::NotAValue),
            ("300 * * * *", 1, "300", CronReason::OutOfRange),
            ("0 22-2 * * *", 2, "22-2", CronReason::Reversed),
            ("0 5-4 * * *", 2, "5-4", CronReason::Reversed),
            ("0 0 * * SAT-SUN", 5, "SAT-SUN", CronReason::Reversed),
            ("0 0 * * 0-SUN/2", 5, "0-SUN", CronReason::Reversed),
            ("1,,2 * * * *", 1, "", CronReason::Missing),
            ("0 5- * * *", 2, "", CronReason::Missing),
            ("*/ * * * *", 1, "", CronReason::Missing),
            ("/5 * * * *", 1, "", CronReason::Missing),
            ("*/0 * * * *", 1, "0", CronReason::Step),
            ("*/60 * * * *", 1, "60", CronReason::Step),
            ("0-30/x * * * *", 1, "x", CronReason::NotAValue),
            ("*/5/5 * * * *", 1, "5/5", CronReason::NotAValue),
            ("5/15 * * * *", 1, "5/15", CronReason::StepOfNumber),
            // Found by chance: croner, the judge of these tests, refuses them.
            ("10 10 * *,01 *", 4, "*", CronReason::StarInList),
            ("10 00,*,*/1 * * *", 2, "*", CronReason::StarInList),
            ("*,60 * * * *", 1, "*", CronReason::StarInList),
            ("60,* * * * *", 1, "60", CronReason::OutOfRange),
            ("0 0 L * *", 3, "L", CronReason::Extension),
            ("0 0 lw * *", 3, "lw", CronReason::Extension),
            ("0 0 15W * *", 3, "15W", CronReason::Extension),
            ("0 0 ? * *", 3, "?", CronReason::Extension),
            ("0 0 * * FRI#2", 5, "FRI#2", CronReason::Extension),
            ("0 0 * * 5L", 5, "5L", CronReason::Extension),
        ] {
            match error(text) {
                Some(CronError::Field { field, part: seen, reason: why }) => {
                    assert_eq!((field.number(), &*seen, why), (number, part, reason), "{text}")
                }
                other => panic!("{text}: {other:?}"),
            }
        }
        for (text, found) in [("", 0), ("0 0 * *", 4), ("0 0 0 * * MON", 6), ("x y", 2)] {
            assert_eq!(error(text), Some(CronError::FieldCount { found }), "{text}");
        }
        assert_eq!(error(" @daily"), Some(CronError::Nickname { word: "@daily".to_owned() }));
        for never in ["0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 30-31 FEB *"] {
            assert_eq!(error(never), Some(CronError::Never), "{never}");
        }
        for sometimes in ["0 0 29 2 *", "0 0 31 2,3 *", "0 0 30 4 *", "0 0 29-31 2 *"] {
            assert_eq!(error(sometimes), None, "{sometimes}");
        }
        assert_eq!(CronField::DayOfWeek.range(), 0..=7);
    }

    #[test]
    fn runs_end_with_the_calendar() {
        let last = |text: &str| {
            schedule(text)
                .after(UtcDateTime::from_unix_seconds(253_402_300_700))
                .map(UtcDateTime::iso)
                .collect::<Vec<_>>()
        };
        assert_eq!(last("* * * * *"), ["9999-12-31 23:59"]);
        assert_eq!(last("0 0 29 2 *"), Vec::<String>::new());
        assert_eq!(schedule("* * * * *").after(UtcDateTime::LAST).next(), None);
    }

    proptest! {
        #[test]
        fn any_text_parses_or_fails(text in ".*", nearly in random::nearly()) {
            for text in [text, nearly] {
                if let Ok(schedule) = CronSchedule::parse(&text) {
                    // What it takes, it takes again, and nothing in it can mean something to a
                    // shell but `*`.
                    prop_assert_eq!(CronSchedule::parse(schedule.as_str()), Ok(schedule.clone()));
                    prop_assert!(schedule.as_str().bytes().all(|byte| byte.is_ascii_alphanumeric() || b" *,-/".contains(&byte)));
                    prop_assert_eq!(schedule.as_str().split(' ').count(), 5);
                    prop_assert!(schedule.after(now()).next().is_some());
                    // What it takes, croner takes; but for a list that says `*` and more, which
                    // cron takes as well.
                    let more_than_all = schedule.as_str().split(' ').any(|field| field.contains(',') && field.contains('*'));
                    prop_assert!(more_than_all || schedule.as_str().parse::<croner::Cron>().is_ok(), "{}", schedule.as_str());
                }
            }
        }

        #[test]
        fn runs_are_those_that_croner_knows(text in random::expression(), start in 0..13_569_465_600_i64) {
            let judge: croner::Cron = text.parse().map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
            let from = DateTime::<Utc>::from_timestamp(start, 0).ok_or_else(|| TestCaseError::fail("no such time"))?;
            match CronSchedule::parse(&text) {
                Ok(schedule) => {
                    let runs: Vec<i64> = schedule.after(UtcDateTime::from_unix_seconds(start)).take(40).map(UtcDateTime::unix_seconds).collect();
                    prop_assert_eq!(runs.len(), 40);
                    prop_assert!(runs.is_sorted_by(|a, b| a < b) && runs[0] > start);
                    prop_assert_eq!(runs, judge.iter_after(from).take(40).map(|run| run.timestamp()).collect::<Vec<_>>(), "{}", text);
                }
                Err(error) => {
                    prop_assert_eq!(error, CronError::Never);
                    prop_assert!(judge.find_next_occurrence(&from, false).is_err(), "{}", text);
                }
            }
        }
    }
}
