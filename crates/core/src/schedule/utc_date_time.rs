//! Dates and times in UTC, and the calendar.

use super::write::{clock, digits, say, two_digits};

/// A second in UTC between 1970 and 9999: seconds since 1970-01-01T00:00:00Z, without leap seconds,
/// as Unix and JavaScript count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcDateTime(u64);

/// Seconds of a day.
pub(super) const DAY: u64 = 86_400;

/// A moment as the calendar and the clock show it, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// 1970 to 9999.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 is Sunday, 6 is Saturday.
    pub weekday: u8,
}

impl UtcDateTime {
    /// 9999-12-31T23:59:59Z.
    pub const LAST: Self = Self(253_402_300_799);

    /// What lies before 1970 or after 9999 becomes the first or the last moment: a clock that is so
    /// wrong cannot be put right here.
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Self::at(u64::try_from(seconds).unwrap_or(0))
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix_seconds(self) -> i64 {
        // At most `LAST`, which fits.
        self.0 as i64
    }

    /// The year, month, day, weekday, hour and minute; the seconds are left out.
    pub fn civil(self) -> Civil {
        let minute = self.minute();
        let day = Day::of(minute / 1440);
        Civil {
            year: day.year,
            month: day.month,
            day: day.day,
            hour: (minute / 60 % 24) as u8,
            minute: (minute % 60) as u8,
            weekday: day.weekday,
        }
    }

    /// `2026-01-31 06:30`, in UTC.
    pub fn iso(self) -> String {
        let Civil { year, month, day, hour, minute, .. } = self.civil();
        let mut text = String::new();
        digits(&mut text, u64::from(year));
        say(&mut text, "-");
        two_digits(&mut text, month);
        say(&mut text, "-");
        two_digits(&mut text, day);
        say(&mut text, " ");
        clock(&mut text, (hour, minute));
        text
    }

    pub(super) fn at(seconds: u64) -> Self {
        Self(seconds.min(Self::LAST.0))
    }

    pub(super) fn seconds(self) -> u64 {
        self.0
    }

    /// Minutes since 1970, rounded down; those until 9999 fit in 32 bits.
    pub(super) fn minute(self) -> u32 {
        (self.0 / 60) as u32
    }
}

/// A day as the calendar shows it.
pub(super) struct Day {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
    /// 0 is Sunday.
    pub(super) weekday: u8,
}

impl Day {
    /// The day that is so many days after 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level
    /// Date Algorithms", `civil_from_days`).
    pub(super) fn of(days: u32) -> Self {
        // Years are counted from March here, so that a leap day is the last of its year, and eras
        // are 400 years.
        let since_era_zero = days + 719_468;
        let day_of_era = since_era_zero % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        Self {
            year: (year_of_era + since_era_zero / 146_097 * 400 + u32::from(month <= 2)) as u16,
            month: month as u8,
            day: (day_of_year - (153 * march_month + 2) / 5 + 1) as u8,
            // 1970-01-01 was a Thursday.
            weekday: ((days + 4) % 7) as u8,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Datelike, Timelike};
    use proptest::prelude::*;

    #[test]
    fn moments_are_written_as_people_read_them() {
        assert_eq!(UtcDateTime::from_unix_seconds(0).iso(), "1970-01-01 00:00");
        assert_eq!(UtcDateTime::from_unix_seconds(1_769_841_059).iso(), "2026-01-31 06:30");
        assert_eq!(UtcDateTime::LAST.iso(), "9999-12-31 23:59");
    }

    #[test]
    fn a_clock_that_is_far_off_is_held_in_range() {
        assert_eq!(UtcDateTime::from_unix_seconds(-1), UtcDateTime::from_unix_seconds(0));
        assert_eq!(UtcDateTime::from_unix_seconds(i64::MIN).iso(), "1970-01-01 00:00");
        assert_eq!(UtcDateTime::from_unix_seconds(i64::MAX), UtcDateTime::LAST);
    }

    #[test]
    fn every_day_is_the_one_chrono_knows() {
        for days in 0..300_000 {
            let day = Day::of(days);
            let judge =
                DateTime::from_timestamp(i64::from(days) * 86_400, 0).map(|time| time.date_naive());
            let seen = Some((
                i32::from(day.year),
                u32::from(day.month),
                u32::from(day.day),
                u32::from(day.weekday),
            ));
            assert_eq!(
                seen,
                judge.map(|date| (
                    date.year(),
                    date.month(),
                    date.day(),
                    date.weekday().num_days_from_sunday()
                )),
                "day {days}"
            );
        }
    }

    proptest! {
        #[test]
        fn the_clock_is_the_one_chrono_knows(seconds in 0..=253_402_300_799_i64) {
            let civil = UtcDateTime::from_unix_seconds(seconds).civil();
            let judge = DateTime::from_timestamp(seconds, 0);
            prop_assert_eq!(Some((u32::from(civil.hour), u32::from(civil.minute))), judge.map(|time| (time.hour(), time.minute())));
            prop_assert_eq!(Some(UtcDateTime::from_unix_seconds(seconds).iso()), judge.map(|time| time.format("%Y-%m-%d %H:%M").to_string()));
        }
    }
}
