//! Text that grows piece by piece. Plain functions, because what the standard library offers is
//! copied to each place of use or brings its formatting along, and this room ships to the browser.

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
