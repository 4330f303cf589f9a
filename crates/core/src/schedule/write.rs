//! Builds text piece by piece. These are plain functions because the formatting of the standard
//! library is copied to each call or brings its own code along, and this module ships to the
//! browser.

/// Adds words. Kept from being copied to where it is called.
#[inline(never)]
pub(super) fn say(text: &mut String, words: &str) {
    text.push_str(words);
}

/// Adds a number.
pub(super) fn digits(text: &mut String, number: u64) {
    if number >= 10 {
        digits(text, number / 10);
    }
    text.push((b'0' + (number % 10) as u8) as char);
}

/// Adds a number below 100 as two digits.
pub(super) fn two_digits(text: &mut String, number: u8) {
    digits(text, u64::from(number / 10));
    digits(text, u64::from(number % 10));
}

/// Adds a time of day, hour and minute: `06:30`.
pub(super) fn clock(text: &mut String, (hour, minute): (u8, u8)) {
    two_digits(text, hour);
    say(text, ":");
    two_digits(text, minute);
}
