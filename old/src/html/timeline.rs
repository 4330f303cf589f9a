//! When it synchronizes: the coming seven days as a picture, and the next runs in words, in UTC and
//! by the user's clock.

use crate::text::pictures as text;
use configurator_core::scenario::{Scenario, Synchronization};
use configurator_core::schedule::{
    CronSchedule, SyncWindow, UtcDateTime, connected_share, windows,
};
use maud::{Markup, html};

/// The user's clock.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Now.
    pub now: UtcDateTime,
    /// How far it is east of UTC at a moment, in minutes; summer time may change that within days.
    pub minutes_east: fn(UtcDateTime) -> i32,
}

impl Clock {
    /// A moment as this clock shows it, and how far it is east of UTC then.
    fn local(&self, moment: UtcDateTime) -> (UtcDateTime, i32) {
        let east = (self.minutes_east)(moment);
        (UtcDateTime::from_unix_seconds(moment.unix_seconds() + i64::from(east) * 60), east)
    }
}

const DAY: i64 = 86_400;
/// Where the days begin, and how wide they are.
const LEFT: i64 = 80;
const WIDTH: i64 = 380;
/// How high a day is.
const ROW: i64 = 13;
const TOP: i64 = 20;

/// The timeline, where there is a schedule that can be understood; else nothing.
pub(super) fn timeline(scenario: &Scenario, clock: &Clock) -> Markup {
    let Some(Synchronization::Scheduled { schedule, window, .. }) = scenario.synchronization()
    else {
        return html! {};
    };
    let (Some(schedule), Some(window)) = (&schedule.value, &window.value) else { return html! {} };
    let runs = schedule.after(clock.now).take(5).map(|run| {
        let (local, east) = clock.local(run);
        text::run(run, local, east)
    });
    html! {
        figure.timeline {
            (drawing(schedule, window, clock))
            figcaption { (text::TIMELINE) ": " (text::share(windows(schedule, window, clock.now, 7).len(), connected_share(schedule, window, clock.now))) }
            p.next { (text::NEXT) }
            ol { @for run in runs { li { (run) } } }
        }
    }
}

fn drawing(schedule: &CronSchedule, window: &SyncWindow, clock: &Clock) -> Markup {
    let today = clock.now.unix_seconds() / DAY * DAY;
    let at = |seconds: i64| LEFT + seconds * WIDTH / DAY;
    // A window that lasts past midnight goes on in the next row.
    let mut bars: Vec<(i64, i64, i64)> = Vec::new();
    for (opens, closes) in windows(schedule, window, UtcDateTime::from_unix_seconds(today), 7) {
        let (opens, closes) = (opens.unix_seconds() - today, closes.unix_seconds() - today);
        for row in opens / DAY..=(closes - 1) / DAY {
            let (from, to) =
                (opens.max(row * DAY) - row * DAY, closes.min((row + 1) * DAY) - row * DAY);
            bars.push((row, at(from), (at(to) - at(from)).max(2)));
        }
    }
    let (_, east) = clock.local(clock.now);
    let hours = [0, 6, 12, 18, 24];
    let bottom = TOP + 7 * ROW;
    html! {
        svg viewBox="0 0 480 142" aria-hidden="true" focusable="false" {
            text.soft x="4" y="12" { (text::UTC) }
            @for hour in hours { text.soft.mid x=(at(hour * 3600)) y="12" { (format!("{hour:02}")) } }
            @for row in 0..7 {
                @let day = UtcDateTime::from_unix_seconds(today + row * DAY);
                text.soft x="4" y=(TOP + row * ROW + 9) { (text::day(day)) }
                rect.day x=(LEFT) y=(TOP + row * ROW + 2) width=(WIDTH) height="8" rx="2" {}
            }
            @for (row, from, width) in bars { rect.open x=(from) y=(TOP + row * ROW + 2) width=(width) height="8" rx="2" {} }
            path.now d=(format!("M{0} {1}v12", at(clock.now.unix_seconds() - today), TOP)) {}
            @if east != 0 {
                @for hour in hours {
                    @let (local, _) = clock.local(UtcDateTime::from_unix_seconds(today + hour * 3600));
                    text.soft.mid x=(at(hour * 3600)) y=(bottom + 12) { (text::time(local)) }
                }
                text.soft x="4" y=(bottom + 26) { (text::local(east)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use configurator_core::{link, scenario};

    /// Half past one on Sunday, 22 November 2026, in UTC.
    const NOW: i64 = 1_795_311_000;

    fn shown(link: &str, minutes_east: fn(UtcDateTime) -> i32) -> String {
        let scenario = scenario::resolve(&link::parse(link).choices);
        timeline(&scenario, &Clock { now: UtcDateTime::from_unix_seconds(NOW), minutes_east })
            .into_string()
    }

    #[test]
    fn the_next_runs_are_told_by_both_clocks() {
        let html = shown("#scenario=sync-daily&schedule=0 0 * * *&window=PT4H", |_| 60);
        assert!(
            html.contains("<li>Mon 23 Nov, 00:00 UTC (Mon 23 Nov, 01:00 in your time, UTC+1)</li>"),
            "{html}"
        );
        assert_eq!(html.matches("<li>").count(), 5);
        assert!(html.contains("8 windows, connected 16.7 % of the time."), "{html}");
    }

    #[test]
    fn summer_time_is_that_of_the_run() {
        let html = shown("#scenario=sync-daily&schedule=30 22 * * *&window=PT4H", |moment| {
            if moment.unix_seconds() > NOW + 2 * DAY { -180 } else { -210 }
        });
        assert!(
            html.contains("Sun 22 Nov, 22:30 UTC (Sun 22 Nov, 19:00 in your time, UTC-3:30)"),
            "{html}"
        );
        assert!(
            html.contains("Tue 24 Nov, 22:30 UTC (Tue 24 Nov, 19:30 in your time, UTC-3)"),
            "{html}"
        );
        // Each window ends on the next day: two bars each, and the one of yesterday.
        assert_eq!(html.matches("class=\"open\"").count(), 14, "{html}");
    }

    #[test]
    fn what_is_not_understood_or_has_no_times_is_no_timeline() {
        for link in [
            "#sync=continuous",
            "#sync=scheduled&schedule=0 24 * * *&window=PT4H",
            "#sync=scheduled&schedule=0 0 * * *&window=4h",
            "#task=clean-up",
        ] {
            assert_eq!(shown(link, |_| 0), "", "{link}");
        }
        assert!(
            !shown("#scenario=sync-daily&schedule=0 0 * * *&window=PT4H", |_| 0)
                .contains("your time"),
            "who lives in UTC needs no second clock"
        );
    }
}
