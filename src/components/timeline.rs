//! When it synchronizes: the coming seven days as a picture, and the next runs in words, in UTC and
//! by the user's clock.

use crate::browser::clock;
use crate::model::Model;
use crate::view::{dynamic, effect, list, maybe, memo};
use configurator_core::scenario::{Scenario, Synchronization};
use configurator_core::schedule::{
    CronSchedule, SyncWindow, UtcDateTime, connected_share, windows,
};
use leptos::prelude::*;

const TIMELINE: &str = "The coming seven days";
const NEXT: &str = "Next:";
const UTC: &str = "UTC";

const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How many of the next runs are shown.
const RUNS: usize = 5;

const DAY: i64 = 86_400;
/// Where the days begin, and how wide they are.
const LEFT: i64 = 80;
const WIDTH: i64 = 380;
/// Where the first day begins, and how high a day is.
const TOP: i64 = 20;
const ROW: i64 = 13;

/// The user's clock.
#[derive(Clone, Copy, Debug)]
struct Clock {
    now: UtcDateTime,
    /// How far it is east of UTC at a time, in minutes. Daylight saving time may change that within
    /// days.
    minutes_east: fn(UtcDateTime) -> i32,
}

impl Clock {
    /// A time as this clock shows it, and how far it is east of UTC then.
    fn local(&self, time: UtcDateTime) -> (UtcDateTime, i32) {
        let east = (self.minutes_east)(time);
        (UtcDateTime::from_unix_seconds(time.unix_seconds() + i64::from(east) * 60), east)
    }
}

/// When it synchronizes, if that is on a schedule that can be understood.
fn times(scenario: &Scenario) -> Option<(CronSchedule, SyncWindow)> {
    match scenario.synchronization()? {
        Synchronization::Scheduled { schedule, window, .. } => {
            Some((schedule.value.clone()?, window.value.clone()?))
        }
        Synchronization::Continuous { .. } => None,
    }
}

/// The timeline. It is empty if there is no schedule that can be understood.
#[component]
pub fn Timeline() -> impl IntoView {
    let model = Model::get();
    let times = memo(move || times(&model.planned.read().scenario));
    let shown = RwSignal::new(None);
    // Only in the browser: the prerendered page must not depend on the day on which it is written.
    effect(move || {
        let clock = |times| (times, Clock { now: clock::now(), minutes_east: clock::minutes_east });
        shown.set(times.get().map(clock));
    });
    let content = dynamic(move || {
        maybe(shown.get(), |((schedule, window), clock)| timeline(&schedule, &window, &clock))
    });
    view! { <div id="timeline">{content}</div> }.into_any()
}

fn timeline(schedule: &CronSchedule, window: &SyncWindow, clock: &Clock) -> AnyView {
    let runs = list(schedule.after(clock.now).take(RUNS), |run| {
        let (local, east) = clock.local(run);
        view! { <li>{run_text(run, local, east)}</li> }.into_any()
    });
    let count = windows(schedule, window, clock.now, 7).len();
    let share = share_text(count, connected_share(schedule, window, clock.now));
    view! {
        <figure class="timeline">
            {draw(schedule, window, clock)}
            <figcaption>{TIMELINE} ": " {share}</figcaption>
            <p class="next">{NEXT}</p>
            <ol>{runs}</ol>
        </figure>
    }
    .into_any()
}

/// Returns the bars of the windows: the row, where the bar begins, and its width. A window that
/// lasts past midnight continues in the next row.
fn bars(schedule: &CronSchedule, window: &SyncWindow, today: i64) -> Vec<(i64, i64, i64)> {
    let mut bars = Vec::new();
    for (opens, closes) in windows(schedule, window, UtcDateTime::from_unix_seconds(today), 7) {
        let (opens, closes) = (opens.unix_seconds() - today, closes.unix_seconds() - today);
        for row in opens / DAY..=(closes - 1) / DAY {
            let from = opens.max(row * DAY) - row * DAY;
            let to = closes.min((row + 1) * DAY) - row * DAY;
            bars.push((row, x_of(from), (x_of(to) - x_of(from)).max(2)));
        }
    }
    bars
}

/// Where a time of the day is, in seconds.
const fn x_of(seconds: i64) -> i64 {
    LEFT + seconds * WIDTH / DAY
}

fn draw(schedule: &CronSchedule, window: &SyncWindow, clock: &Clock) -> AnyView {
    let today = clock.now.unix_seconds() / DAY * DAY;
    let (_, east) = clock.local(clock.now);
    let hours = [0, 6, 12, 18, 24];
    let bottom = TOP + 7 * ROW;
    let mut parts = vec![line("soft", 4, 12, UTC.to_owned())];
    parts.extend(hours.map(|hour| line("soft mid", x_of(hour * 3600), 12, format!("{hour:02}"))));
    for row in 0..7 {
        let day = UtcDateTime::from_unix_seconds(today + row * DAY);
        parts.push(line("soft", 4, TOP + row * ROW + 9, day_text(day)));
        parts.push(bar("day", row, LEFT, WIDTH));
    }
    let bars = bars(schedule, window, today).into_iter();
    parts.extend(bars.map(|(row, from, width)| bar("open", row, from, width)));
    let now = format!("M{} {TOP}v12", x_of(clock.now.unix_seconds() - today));
    parts.push(view! { <path class="now" d=now></path> }.into_any());
    if east != 0 {
        parts.extend(hours.map(|hour| {
            let (local, _) = clock.local(UtcDateTime::from_unix_seconds(today + hour * 3600));
            line("soft mid", x_of(hour * 3600), bottom + 12, time_text(local))
        }));
        parts.push(line("soft", 4, bottom + 26, format!("your time ({})", zone_text(east))));
    }
    view! { <svg viewBox="0 0 480 142" aria-hidden="true" focusable="false">{parts}</svg> }
        .into_any()
}

fn line(class: &'static str, x: i64, y: i64, words: String) -> AnyView {
    view! { <text class=class x=x y=y>{words}</text> }.into_any()
}

fn bar(class: &'static str, row: i64, from: i64, width: i64) -> AnyView {
    let y = TOP + row * ROW + 2;
    view! { <rect class=class x=from y=y width=width height="8" rx="2"></rect> }.into_any()
}

/// `Sun 22 Nov`.
fn day_text(time: UtcDateTime) -> String {
    let civil = time.civil();
    let name =
        |names: &[&'static str], at: u8| names.get(usize::from(at)).copied().unwrap_or_default();
    let (day, month) = (name(&DAYS, civil.weekday), name(&MONTHS, civil.month.saturating_sub(1)));
    format!("{day} {} {month}", civil.day)
}

/// `00:00`.
fn time_text(time: UtcDateTime) -> String {
    time.iso().split(' ').nth(1).unwrap_or_default().to_owned()
}

/// `UTC+1`, `UTC-3:30`.
fn zone_text(minutes_east: i32) -> String {
    let (sign, minutes) = if minutes_east < 0 { ('-', -minutes_east) } else { ('+', minutes_east) };
    match minutes % 60 {
        0 => format!("UTC{sign}{}", minutes / 60),
        rest => format!("UTC{sign}{}:{rest:02}", minutes / 60),
    }
}

/// A run in UTC, and by the user's clock.
fn run_text(utc: UtcDateTime, local: UtcDateTime, minutes_east: i32) -> String {
    let utc_text = format!("{}, {} UTC", day_text(utc), time_text(utc));
    if minutes_east == 0 {
        return utc_text;
    }
    let (day, time, zone) = (day_text(local), time_text(local), zone_text(minutes_east));
    format!("{utc_text} ({day}, {time} in your time, {zone})")
}

/// How much of the time it is connected, in thousandths.
fn share_text(windows: usize, thousandths: u64) -> String {
    let windows = if windows == 1 { "1 window".to_owned() } else { format!("{windows} windows") };
    format!("{windows}, connected {}.{} % of the time.", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{start, to_html};
    use configurator_core::{link, scenario};

    /// Half past one on Sunday, 22 November 2026, in UTC.
    const NOW: i64 = 1_795_311_000;

    const DAILY: &str = "#scenario=sync-daily&schedule=0 0 * * *&window=PT4H";

    fn html(link: &str, minutes_east: fn(UtcDateTime) -> i32) -> String {
        let times = times(&scenario::resolve(&link::parse(link).choices));
        let clock = Clock { now: UtcDateTime::from_unix_seconds(NOW), minutes_east };
        to_html(start(link), || {
            maybe(times, |(schedule, window)| timeline(&schedule, &window, &clock))
        })
    }

    #[test]
    fn next_runs_are_shown_by_both_clocks() {
        let html = html(DAILY, |_| 60);
        assert!(
            html.contains("<li>Mon 23 Nov, 00:00 UTC (Mon 23 Nov, 01:00 in your time, UTC+1)</li>"),
            "{html}"
        );
        assert_eq!(html.matches("<li>").count(), 5);
        let share = "The coming seven days: 8 windows, connected 16.7 % of the time.";
        assert!(html.contains(share), "{html}");
        assert!(html.contains("<text x=\"4\" y=\"137\" class=\"soft\">your time (UTC+1)</text>"));
    }

    #[test]
    fn daylight_saving_time_is_that_of_the_run() {
        let html = html("#scenario=sync-daily&schedule=30 22 * * *&window=PT4H", |time| {
            if time.unix_seconds() > NOW + 2 * DAY { -180 } else { -210 }
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
    fn without_a_schedule_that_is_understood_there_is_no_timeline() {
        for link in [
            "#sync=continuous",
            "#sync=scheduled&schedule=0 24 * * *&window=PT4H",
            "#sync=scheduled&schedule=0 0 * * *&window=4h",
            "#task=clean-up",
        ] {
            assert_eq!(html(link, |_| 0), "", "{link}");
        }
    }

    #[test]
    fn second_clock_is_left_out_in_utc() {
        assert!(!html(DAILY, |_| 0).contains("your time"));
    }

    #[test]
    fn nothing_is_prerendered() {
        let html = to_html(start(DAILY), || view! { <Timeline/> }.into_any());
        assert_eq!(html, "<div id=\"timeline\"></div>");
    }
}
