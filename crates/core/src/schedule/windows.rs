//! When the connected registry is connected: a window opens with every run of the schedule.

use super::cron::CronSchedule;
use super::duration::SyncWindow;
use super::utc_date_time::{DAY, UtcDateTime};

/// Whether a run comes while the window of the run before is still open: some runs are less than a
/// window apart. Windows that only touch do not overlap.
///
/// Exact for all times. Every day that has runs has the same ones, so one day tells about runs of
/// the same day. For runs of two days, the days of 2001 to 2028 are looked at: a window is at most
/// seven days long, and which days have runs within seven days of each other depends only on the
/// weekday of 1 January and on whether the year is leap, or across a new year on that weekday
/// alone. Those 28 years have all fourteen kinds of year.
pub fn overlaps(schedule: &CronSchedule, window: &SyncWindow) -> bool {
    let window = window.duration().seconds();
    let (mut first, mut last) = (None, None);
    for minute in 0..24 * 60 {
        if schedule.hours >> (minute / 60) & schedule.minutes >> (minute % 60) & 1 == 1 {
            let time = minute * 60;
            if last.is_some_and(|last| time - last < window) {
                return true;
            }
            first = first.or(Some(time));
            last = Some(time);
        }
    }
    let (Some(first), Some(last)) = (first, last) else { return false };
    // The shortest way from one day to another is to the next: most windows are shorter than that.
    if window <= DAY - last + first {
        return false;
    }
    let mut before: Option<u64> = None;
    for day in FIRST_OF_2001..FIRST_OF_2001 + TWENTY_EIGHT_YEARS + 8 {
        if schedule.runs_on(day) {
            let day = u64::from(day) * DAY;
            if before.is_some_and(|before| day + first - before < window) {
                return true;
            }
            before = Some(day + last);
        }
    }
    false
}

/// Days since 1970.
const FIRST_OF_2001: u32 = 11_323;
const TWENTY_EIGHT_YEARS: u32 = 28 * 365 + 7;

/// The stretches of the coming days during which a window is open: from, until; clipped to those
/// days, earliest first, apart from each other. A window that opened before `from` counts. `days`
/// beyond 366 count as 366.
pub fn windows(
    schedule: &CronSchedule,
    window: &SyncWindow,
    from: UtcDateTime,
    days: u32,
) -> Vec<(UtcDateTime, UtcDateTime)> {
    let length = window.duration().seconds();
    let end = UtcDateTime::at(from.seconds() + u64::from(days.min(366)) * DAY);
    let mut open: Vec<(UtcDateTime, UtcDateTime)> = Vec::new();
    // Runs after this moment have a window that is still open at `from`, or opens later.
    for run in schedule
        .after(UtcDateTime::at(from.seconds().saturating_sub(length)))
        .take_while(|run| *run < end && from < end)
    {
        let (opens, closes) = (run.max(from), UtcDateTime::at(run.seconds() + length).min(end));
        match open.last_mut() {
            Some((_, until)) if *until >= opens => *until = closes,
            _ => open.push((opens, closes)),
        }
    }
    open
}

/// The part of the coming seven days during which a window is open, in thousandths: 0 is never,
/// 1000 is always. Without fractions: writing those is 5 kB of wasm.
pub fn connected_share(schedule: &CronSchedule, window: &SyncWindow, from: UtcDateTime) -> u64 {
    let open: u64 = windows(schedule, window, from, 7)
        .iter()
        .map(|(opens, closes)| closes.seconds() - opens.seconds())
        .sum();
    (open * 1000 + 7 * DAY / 2) / (7 * DAY)
}

#[cfg(test)]
mod tests {
    use super::super::random;
    use super::*;
    use proptest::prelude::*;

    fn schedule(text: &str) -> CronSchedule {
        CronSchedule::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    fn window(text: &str) -> SyncWindow {
        SyncWindow::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    /// 2026-01-31 06:30:59, a Saturday.
    fn now() -> UtcDateTime {
        UtcDateTime::from_unix_seconds(1_769_841_059)
    }

    #[test]
    fn windows_overlap_where_the_next_run_comes_before_the_end() {
        for (cron, length, expected) in [
            ("0 0 * * *", "PT4H", false),
            ("0 0 * * *", "P1D", false),
            ("0 0 * * *", "P1DT1S", true),
            ("0 */6 * * *", "PT6H", false),
            ("0 */6 * * *", "PT6H1M", true),
            ("0 0,22 * * *", "PT3H", true),
            ("0 0,21 * * *", "PT3H", false),
            ("* * * * *", "PT1H", true),
            ("30 * * * *", "PT1H", false),
            ("59 * * * *", "PT1H1S", true),
            ("0 0 * * 1", "P7D", false),
            ("0 0 * * 1,3", "P2D", false),
            ("0 0 * * 1,3", "P3D", true),
            ("0 0 1 * *", "P7D", false),
            // 31 January and 1 February; where there is no 31st, 30 and 1 are farther apart.
            ("0 12 1,31 * *", "P2D", true),
            ("0 12 1,30 2-4 *", "P1DT12H", false),
            ("0 12 1,30 4-5 *", "P1DT12H", true),
            // 28 February and 1 March follow each other unless the year is leap.
            ("0 0 28 2 *", "P7D", false),
            ("0 0 1,28 2,3 *", "P1DT1H", true),
            // 31 December and 1 January.
            ("0 0 1,31 1,12 *", "P1DT1H", true),
            // A Monday after 29 February, which is a Sunday once in 28 years.
            ("0 12 29 2 1", "P1DT1S", true),
            ("0 12 29 2 1", "P1D", false),
        ] {
            assert_eq!(overlaps(&schedule(cron), &window(length)), expected, "{cron}, {length}");
        }
    }

    fn told(cron: &str, length: &str, days: u32) -> Vec<String> {
        let from = UtcDateTime::from_unix_seconds(1_769_841_000);
        windows(&schedule(cron), &window(length), from, days)
            .into_iter()
            .map(|(opens, closes)| format!("{} – {}", opens.iso(), closes.iso()))
            .collect()
    }

    #[test]
    fn a_timeline_is_clipped_and_merged() {
        // The window of 04:00 is still open.
        assert_eq!(
            told("0 4,12 * * *", "PT4H", 1),
            [
                "2026-01-31 06:30 – 2026-01-31 08:00",
                "2026-01-31 12:00 – 2026-01-31 16:00",
                "2026-02-01 04:00 – 2026-02-01 06:30"
            ]
        );
        assert_eq!(
            told("0 0,6 * * *", "PT8H", 2),
            [
                "2026-01-31 06:30 – 2026-01-31 14:00",
                "2026-02-01 00:00 – 2026-02-01 14:00",
                "2026-02-02 00:00 – 2026-02-02 06:30"
            ]
        );
        assert_eq!(
            told("0 */4 * * *", "PT4H", 7),
            ["2026-01-31 06:30 – 2026-02-07 06:30"],
            "windows that touch are one"
        );
        assert_eq!(told("* * * * *", "PT1H", 7), ["2026-01-31 06:30 – 2026-02-07 06:30"]);
        assert_eq!(told("0 0 24 * *", "P7D", 7), Vec::<String>::new(), "it closed at midnight");
        assert_eq!(told("0 0 25 * *", "P7D", 7), ["2026-01-31 06:30 – 2026-02-01 00:00"]);
        assert_eq!(
            told("30 6 * * *", "PT1H", 1),
            ["2026-01-31 06:30 – 2026-01-31 07:30"],
            "a run at this very moment counts, one at the end does not"
        );
        assert_eq!(told("* * * * *", "PT1H", 0), Vec::<String>::new());
        assert_eq!(
            told("0 0 31 12 *", "PT1H", u32::MAX),
            ["2026-12-31 00:00 – 2026-12-31 01:00"],
            "a year at most"
        );
        assert!(windows(&schedule("* * * * *"), &window("PT1H"), UtcDateTime::LAST, 7).is_empty());
    }

    #[test]
    fn a_share_is_time_connected() {
        let share =
            |cron: &str, length: &str| connected_share(&schedule(cron), &window(length), now());
        assert_eq!(share("* * * * *", "PT1H"), 1000);
        assert_eq!(share("0 */2 * * *", "PT1H"), 500);
        assert_eq!(share("0 0 * * *", "PT6H"), 250);
        assert_eq!(share("0 0 * * *", "P7D"), 1000);
        assert_eq!(share("0 0 1 6 *", "PT6H"), 0);
        assert_eq!(share("0 0 * * 3", "P1D"), 143);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        /// The 28 years that are looked at stand for all 400 of the calendar.
        #[test]
        fn overlaps_are_those_of_four_centuries(text in random::sparse(), hours in 1..=168_u64) {
            let Ok(schedule) = CronSchedule::parse(&text) else { return Ok(()) };
            let window = window(&format!("PT{hours}H"));
            // From 2000-01-01 until a month after 400 years.
            let runs = schedule.after(UtcDateTime::at(946_684_799)).take_while(|run| run.seconds() < 13_572_144_000);
            let mut before = None;
            let mut close = false;
            for run in runs {
                close |= before.is_some_and(|before: UtcDateTime| run.seconds() - before.seconds() < hours * 3600);
                before = Some(run);
            }
            prop_assert_eq!(overlaps(&schedule, &window), close, "{} for {} hours", text, hours);
        }

        /// Minute by minute, each asked for itself.
        #[test]
        fn a_timeline_is_the_union_of_windows(text in random::expression(), minutes in 60..2000_u64, start in 20_000_000..30_000_000_u64) {
            let Ok(schedule) = CronSchedule::parse(&text) else { return Ok(()) };
            let (window, from) = (window(&format!("PT{minutes}M")), UtcDateTime::at(start * 60));
            let open = windows(&schedule, &window, from, 7);
            for pair in open.windows(2) {
                prop_assert!(pair[0].1 < pair[1].0, "apart, in order");
            }
            // A run of minute m keeps the minutes m to m + length - 1 open.
            let mut minute_is_open = vec![false; 7 * 1440];
            for run in schedule.after(UtcDateTime::at((start - minutes) * 60 - 1)).map(|run| run.seconds() / 60).take_while(|run| *run < start + 7 * 1440) {
                for minute in run.max(start)..(run + minutes).min(start + 7 * 1440) {
                    minute_is_open[(minute - start) as usize] = true;
                }
            }
            for (minute, is_open) in (start..).zip(&minute_is_open) {
                let moment = UtcDateTime::at(minute * 60);
                prop_assert_eq!(open.iter().any(|(opens, closes)| *opens <= moment && moment < *closes), *is_open, "{}: {}", text, moment.iso());
            }
            let count = minute_is_open.iter().filter(|open| **open).count();
            let share = connected_share(&schedule, &window, from);
            prop_assert!((share as f64 - count as f64 / (7.0 * 1.44)).abs() <= 0.5);
        }
    }
}
