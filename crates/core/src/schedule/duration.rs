//! Durations of ISO 8601: how long a synchronization may take, and how long its messages wait.

use super::utc_date_time::DAY;
use super::write::{digits, say, two_digits};

/// What is wrong with a part of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationReason {
    /// From here on it is not of the form `PT4H` or `P1DT12H`; the part is empty where something is
    /// missing.
    Shape,
    /// Hours or seconds without the `T` before them: `P4H`.
    TimeWithoutT,
    /// Years or months, whose length depends on the calendar.
    Calendar,
    /// A fraction: `PT1.5H`.
    Fraction,
    /// A number above 999,999,999.
    TooLong,
}

/// Why text is not such a duration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DurationError {
    /// A part is wrong.
    Part {
        /// A number and its unit; for [`DurationReason::Shape`], [`DurationReason::Fraction`] and
        /// [`DurationReason::TooLong`] all that is left.
        part: String,
        /// What is wrong with it.
        reason: DurationReason,
    },
    /// A duration that is shorter or longer than allowed.
    OutOfRange {
        /// In seconds, still allowed.
        shortest: u64,
        /// In seconds, still allowed.
        longest: u64,
    },
}

const HOUR: u64 = 3600;

/// A duration of fixed length, written as in ISO 8601: `PT4H`, `P1D`, `PT90M`, `P1DT12H`, `P1W`.
///
/// Capital letters, whole numbers, each unit at most once and from the longest to the shortest;
/// weeks stand alone. Not taken: years and months, since their length is uncertain, fractions and
/// signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Iso8601Duration {
    text: String,
    seconds: u64,
}

impl Iso8601Duration {
    /// Takes text without blanks around it.
    ///
    /// # Errors
    ///
    /// Any [`DurationError`] but [`DurationError::OutOfRange`].
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        Self::within(text, 0, u64::MAX)
    }

    fn within(text: &str, shortest: u64, longest: u64) -> Result<Self, DurationError> {
        let (seconds, weeks) = scan(text).map_err(|(from, until, reason)| {
            let part = text.get(from..until).unwrap_or_default().to_owned();
            DurationError::Part { part, reason }
        })?;
        if seconds < shortest || seconds > longest {
            return Err(DurationError::OutOfRange { shortest, longest });
        }
        let mut said = String::new();
        if weeks {
            // The form that the API documents has no weeks.
            say(&mut said, "P");
            digits(&mut said, seconds / DAY);
            say(&mut said, "D");
        } else {
            say(&mut said, text);
        }
        Ok(Self { text: said, seconds })
    }

    /// The duration as it goes into a command: as typed, but weeks as days, since the API's form
    /// has none (`P[n]Y[n]M[n]DT[n]H[n]M[n]S`: `SyncProperties`, azure-mgmt-containerregistry
    /// 15.1.0b3).
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its length in seconds.
    pub fn seconds(&self) -> u64 {
        self.seconds
    }

    /// The duration as az prints it: `4:00:00`, `1 day, 0:00:00`, `2 days, 1:30:15`. The models of
    /// azure-mgmt-containerregistry hold a `timedelta` of Python, which azure-cli prints by its
    /// `str` (`todict` in `azure/cli/core/util.py`, 2.91.0).
    pub fn as_az_prints(&self) -> String {
        let mut text = String::new();
        let days = self.seconds / DAY;
        if days > 0 {
            digits(&mut text, days);
            say(&mut text, if days == 1 { " day, " } else { " days, " });
        }
        let rest = self.seconds % DAY;
        digits(&mut text, rest / HOUR);
        for sixty in [rest / 60 % 60, rest % 60] {
            say(&mut text, ":");
            two_digits(&mut text, sixty as u8);
        }
        text
    }
}

/// The seconds of a duration, and whether it is in weeks; or which bytes are wrong, and why.
fn scan(text: &str) -> Result<(u64, bool), (usize, usize, DurationReason)> {
    // Where the part begins that is being read; its number; the place of the last unit, where `P`
    // is 1, `T` is 4 and nothing follows 8.
    let (mut start, mut number, mut last) = (0, None, 0_u8);
    let mut seconds = 0;
    for (index, byte) in text.bytes().enumerate() {
        if byte.is_ascii_digit() && last > 0 {
            let more = number.unwrap_or(0_u64) * 10 + u64::from(byte - b'0');
            if more > 999_999_999 {
                return Err((start, text.len(), DurationReason::TooLong));
            }
            number = Some(more);
            continue;
        }
        let in_time = last >= TIME;
        let (place, length) = match byte {
            b'P' => (1, 0),
            b'W' => (2, 7 * DAY),
            b'D' => (3, DAY),
            b'T' => (TIME, 0),
            b'H' if in_time => (5, HOUR),
            b'M' if in_time => (6, 60),
            b'S' if in_time => (7, 1),
            _ => (0, 0),
        };
        // `P` comes first, `P` and `T` have no number before them, every unit has one.
        if place <= last || (place == 1) != (last == 0) || (length > 0) != number.is_some() {
            let reason = match byte {
                _ if number.is_none() => DurationReason::Shape,
                b'.' | b',' => DurationReason::Fraction,
                b'Y' => DurationReason::Calendar,
                b'M' if !in_time => DurationReason::Calendar,
                b'H' | b'S' if !in_time => DurationReason::TimeWithoutT,
                _ => DurationReason::Shape,
            };
            let whole = matches!(reason, DurationReason::Shape | DurationReason::Fraction);
            return Err((start, if whole { text.len() } else { index + 1 }, reason));
        }
        seconds += number.take().unwrap_or(0) * length;
        // Weeks stand alone.
        last = if byte == b'W' { WEEKS } else { place };
        start = index + 1;
    }
    // Nothing, a `P` alone, a `T` without time, a number without unit.
    if last <= 1 || last == TIME || number.is_some() {
        Err((start, text.len(), DurationReason::Shape))
    } else {
        Ok((seconds, last == WEEKS))
    }
}

/// The place of `T`.
const TIME: u8 = 4;
/// The place of weeks, once read.
const WEEKS: u8 = 8;

/// How long the connected registry stays connected from each run of its schedule on: 1 hour to 7
/// days.
///
/// The documentation gives that range, and `PT1H` is in use; Terraform's azurerm provider takes
/// `PT3H` to `P7D` only:
/// [`SyncWindow::is_below_documented_minimum`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncWindow(Iso8601Duration);

impl SyncWindow {
    /// Seconds: 1 hour.
    pub const SHORTEST: u64 = HOUR;
    /// Seconds: 3 hours, the least that Terraform's azurerm provider takes
    /// (`azurerm_container_connected_registry`, `sync_window`).
    pub const SHORTEST_OF_TERRAFORM: u64 = 3 * HOUR;
    /// Seconds: 7 days.
    pub const LONGEST: u64 = 7 * DAY;

    /// Takes an [`Iso8601Duration`] of 1 hour to 7 days.
    ///
    /// # Errors
    ///
    /// Any [`DurationError`].
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        Iso8601Duration::within(text, Self::SHORTEST, Self::LONGEST).map(Self)
    }

    /// Whether it is below 3 hours, so that it is not certain everywhere: sources disagree on the
    /// minimum, see [`SyncWindow`].
    pub fn is_below_documented_minimum(&self) -> bool {
        self.0.seconds < Self::SHORTEST_OF_TERRAFORM
    }

    /// Its length.
    pub fn duration(&self) -> &Iso8601Duration {
        &self.0
    }
}

/// How long a message about a change waits in the cloud for a connected registry to fetch it: 1 to
/// 90 days.
///
/// Range: Terraform's azurerm provider (`azurerm_container_connected_registry`,
/// `sync_message_ttl`). The CLI's default is `P2D` (azure-cli 2.91.0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageTtl(Iso8601Duration);

impl MessageTtl {
    /// Seconds: 1 day.
    pub const SHORTEST: u64 = DAY;
    /// Seconds: 90 days.
    pub const LONGEST: u64 = 90 * DAY;

    /// Takes an [`Iso8601Duration`] of 1 to 90 days.
    ///
    /// # Errors
    ///
    /// Any [`DurationError`].
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        Iso8601Duration::within(text, Self::SHORTEST, Self::LONGEST).map(Self)
    }

    /// Its length.
    pub fn duration(&self) -> &Iso8601Duration {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::describe_duration;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_have_their_length() {
        for (text, seconds, words) in [
            ("PT4H", 4 * HOUR, "4 hours"),
            ("P1D", DAY, "1 day"),
            ("P7D", 7 * DAY, "7 days"),
            ("P1W", 7 * DAY, "7 days"),
            ("PT90M", 90 * 60, "1 hour and 30 minutes"),
            ("P1DT12H", 36 * HOUR, "1 day and 12 hours"),
            ("PT36H", 36 * HOUR, "1 day and 12 hours"),
            (
                "P2DT3H4M5S",
                2 * DAY + 3 * HOUR + 4 * 60 + 5,
                "2 days, 3 hours, 4 minutes, and 5 seconds",
            ),
            ("P1DT1S", DAY + 1, "1 day and 1 second"),
            ("PT0S", 0, "0 seconds"),
            ("P0D", 0, "0 seconds"),
            ("PT0004H", 4 * HOUR, "4 hours"),
            ("P999999999W", 999_999_999 * 7 * DAY, "6999999993 days"),
        ] {
            let duration =
                Iso8601Duration::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
            assert_eq!(
                (duration.seconds(), &*describe_duration(&duration)),
                (seconds, words),
                "{text}"
            );
            assert_eq!(
                duration.as_str(),
                if text == "P1W" {
                    "P7D"
                } else {
                    text.strip_suffix("999999999W").map_or(text, |_| "P6999999993D")
                }
            );
        }
    }

    #[test]
    fn durations_are_printed_as_by_az() {
        // Printed by Python's `timedelta`, through the models and `todict` of azure-cli 2.91.0.
        for (text, printed) in [
            ("PT4H", "4:00:00"),
            ("PT24H", "1 day, 0:00:00"),
            ("P1DT2H", "1 day, 2:00:00"),
            ("P7D", "7 days, 0:00:00"),
            ("P1W", "7 days, 0:00:00"),
            ("PT90M", "1:30:00"),
            ("PT1M", "0:01:00"),
            ("PT1H30M15S", "1:30:15"),
            ("PT13H5S", "13:00:05"),
        ] {
            let duration =
                Iso8601Duration::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
            assert_eq!(duration.as_az_prints(), printed, "{text}");
        }
    }

    #[test]
    fn errors_name_the_part() {
        for (text, part, reason) in [
            ("", "", DurationReason::Shape),
            ("4h", "4h", DurationReason::Shape),
            ("pt4h", "pt4h", DurationReason::Shape),
            ("PT4h", "4h", DurationReason::Shape),
            ("P", "", DurationReason::Shape),
            ("PT", "", DurationReason::Shape),
            ("P1DT", "", DurationReason::Shape),
            ("P4", "4", DurationReason::Shape),
            ("PT4", "4", DurationReason::Shape),
            ("P1D4", "4", DurationReason::Shape),
            ("T4H", "T4H", DurationReason::Shape),
            ("PD", "D", DurationReason::Shape),
            ("PTH", "H", DurationReason::Shape),
            ("PP1D", "P1D", DurationReason::Shape),
            ("P1T4H", "1T4H", DurationReason::Shape),
            ("PT4HT5M", "T5M", DurationReason::Shape),
            ("PT5M4H", "4H", DurationReason::Shape),
            ("PT4H4H", "4H", DurationReason::Shape),
            ("PT1D", "1D", DurationReason::Shape),
            ("P1W2D", "2D", DurationReason::Shape),
            ("P1D1W", "1W", DurationReason::Shape),
            ("P1WT1H", "T1H", DurationReason::Shape),
            ("-P1D", "-P1D", DurationReason::Shape),
            ("P-1D", "-1D", DurationReason::Shape),
            (" P1D", " P1D", DurationReason::Shape),
            ("P1D ", " ", DurationReason::Shape),
            ("P1½D", "1½D", DurationReason::Shape),
            ("P٣D", "٣D", DurationReason::Shape),
            ("4 hours", "4 hours", DurationReason::Shape),
            ("P4H", "4H", DurationReason::TimeWithoutT),
            ("P1D12H", "12H", DurationReason::TimeWithoutT),
            ("P30S", "30S", DurationReason::TimeWithoutT),
            ("P1Y", "1Y", DurationReason::Calendar),
            ("P3M", "3M", DurationReason::Calendar),
            ("P1Y2M3D", "1Y", DurationReason::Calendar),
            ("PT1.5H", "1.5H", DurationReason::Fraction),
            ("P0,5D", "0,5D", DurationReason::Fraction),
            ("PT1000000000S", "1000000000S", DurationReason::TooLong),
            ("P99999999999999999999999D", "99999999999999999999999D", DurationReason::TooLong),
        ] {
            assert_eq!(
                Iso8601Duration::parse(text),
                Err(DurationError::Part { part: part.to_owned(), reason }),
                "{text}"
            );
        }
    }

    #[test]
    fn windows_and_lifetimes_have_limits() {
        for right in ["PT1H", "PT60M", "P7D", "P1W", "PT168H"] {
            assert!(SyncWindow::parse(right).is_ok(), "{right}");
        }
        for wrong in ["PT59M59S", "PT0S", "P7DT1S", "P8D", "P2W"] {
            assert_eq!(
                SyncWindow::parse(wrong),
                Err(DurationError::OutOfRange { shortest: HOUR, longest: 7 * DAY }),
                "{wrong}"
            );
        }
        for right in ["P1D", "PT24H", "P90D"] {
            assert!(MessageTtl::parse(right).is_ok(), "{right}");
        }
        for wrong in ["PT23H59M59S", "P90DT1S", "P91D"] {
            assert_eq!(
                MessageTtl::parse(wrong),
                Err(DurationError::OutOfRange { shortest: DAY, longest: 90 * DAY }),
                "{wrong}"
            );
        }
        let below =
            |text: &str| SyncWindow::parse(text).map(|window| window.is_below_documented_minimum());
        assert_eq!((below("PT2H59M59S"), below("PT3H")), (Ok(true), Ok(false)));
        assert_eq!(
            MessageTtl::parse("P2D").map(|ttl| ttl.duration().as_str().to_owned()),
            Ok("P2D".to_owned())
        );
    }

    proptest! {
        #[test]
        fn any_text_parses_or_fails(text in ".*", nearly in "P?[0-9]{0,3}[WDTHMSY.,]?[0-9]{0,2}[WDTHMSYé]?[0-9]{0,2}[WDTHMS]?") {
            for text in [text, nearly] {
                match Iso8601Duration::parse(&text) {
                    Ok(duration) => {
                        let again = Iso8601Duration::parse(duration.as_str());
                        prop_assert_eq!(again.as_ref(), Ok(&duration));
                        prop_assert!(duration.as_str().bytes().all(|byte| byte.is_ascii_digit() || b"PDTHMS".contains(&byte)));
                    }
                    Err(DurationError::Part { part, .. }) => prop_assert!(text.contains(&part)),
                    Err(DurationError::OutOfRange { .. }) => prop_assert!(false, "no limits here"),
                }
            }
        }

        #[test]
        fn what_is_written_is_read(days in 0..1000_u64, hours in 0..1000_u64, minutes in 0..1000_u64, seconds in 0..1000_u64) {
            let length = days * DAY + hours * HOUR + minutes * 60 + seconds;
            let duration = Iso8601Duration::parse(&format!("P{days}DT{hours}H{minutes}M{seconds}S"));
            prop_assert_eq!(duration.as_ref().map(Iso8601Duration::seconds), Ok(length));
            // And what is said adds up.
            let words = duration.map(|duration| describe_duration(&duration)).unwrap_or_default();
            let mut sum = 0;
            for item in words.replace(", and ", ", ").replace(" and ", ", ").split(", ") {
                let (number, unit) = item.split_once(' ').unwrap_or_default();
                let number: u64 = number.parse().unwrap_or_default();
                prop_assert_eq!(unit.ends_with('s'), number != 1, "{}", words);
                sum += number * match unit.trim_end_matches('s') { "day" => DAY, "hour" => HOUR, "minute" => 60, "second" => 1, _ => 0 };
            }
            prop_assert_eq!(sum, length, "{}", words);
        }
    }
}
