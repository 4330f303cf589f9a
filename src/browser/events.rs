//! The events that the application and the boot script share, on the document. See the boot script,
//! `public/boot.js`.

use super::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Event};

/// Tells the boot script the link to the current choices.
pub fn tell_changed(link: &str) {
    let options = CustomEventInit::new();
    options.set_detail(&JsValue::from_str(link));
    if let Ok(event) = CustomEvent::new_with_event_init_dict("configurator-changed", &options) {
        let _never_fails = document().dispatch_event(&event);
    }
}

/// Tells the boot script that the application is mounted and listens.
pub fn tell_ready() {
    if let Ok(event) = Event::new("configurator-ready") {
        let _never_fails = document().dispatch_event(&event);
    }
}

/// Calls `listener` with the choices of the embedding page, as a link without `#`.
pub fn on_set(mut listener: impl FnMut(String) + 'static) {
    super::on_document("configurator-set", move |event| {
        let detail = event.dyn_ref::<CustomEvent>().and_then(|event| event.detail().as_string());
        if let Some(link) = detail {
            listener(link);
        }
    });
}
