//! The user's clock.

use configurator_core::schedule::UtcDateTime;
use js_sys::Date;
use wasm_bindgen::JsValue;

/// Returns the current time.
pub fn now() -> UtcDateTime {
    UtcDateTime::from_unix_seconds((Date::now() / 1000.0) as i64)
}

/// Returns how far the user's clock is east of UTC at a time, in minutes. Daylight saving time may
/// change that within days.
pub fn minutes_east(time: UtcDateTime) -> i32 {
    let date = Date::new(&JsValue::from_f64(time.unix_seconds() as f64 * 1000.0));
    -(date.get_timezone_offset() as i32)
}
