//! The worker of the page: starts it, sends requests, delivers responses, terminates it.
//!
//! A message is an array of JavaScript: the number of the request, the bytes of a [`Request`] or a
//! [`Response`], and the attachment, which serde never sees.
//!
//! The element of the boot script names the files of the worker; see `public/boot.js`. The worker
//! loads its own module, and says when it has started.

use super::{document, window};
use crate::messages::{self, Request, Response};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Promise, Uint8Array};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, BlobPropertyBag, Element, Event, MessageEvent, Url};

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerError {
    /// The worker cannot be loaded, or the browser refuses it.
    Unavailable,
    /// The worker stopped while it was working on a request.
    Stopped,
}

/// A response with its attachment.
#[derive(Debug)]
pub struct Answer {
    /// The number of the request; see [`Worker::send`].
    pub id: u32,
    /// The response.
    pub response: Response,
    /// The attachment; undefined if there is none.
    pub attachment: JsValue,
}

/// A running worker. Dropping it terminates it, whatever it is doing.
pub struct Worker(Rc<RefCell<State>>);

struct State {
    worker: Option<web_sys::Worker>,
    listeners: Vec<EventListener>,
    /// The messages that wait until the worker has started; `None` after that.
    waiting: Option<Vec<Array>>,
    last_id: u32,
    on_event: Rc<dyn Fn(Result<Answer, WorkerError>)>,
}

impl Worker {
    /// Starts a worker. `on_event` gets its answers in the order of the requests, or the error
    /// after which there are none.
    pub fn start(on_event: impl Fn(Result<Answer, WorkerError>) + 'static) -> Self {
        let state = Rc::new(RefCell::new(State {
            worker: None,
            listeners: Vec::new(),
            waiting: Some(Vec::new()),
            last_id: 0,
            on_event: Rc::new(on_event),
        }));
        let weak = Rc::downgrade(&state);
        spawn_local(async move {
            if run(&weak).await.is_err() {
                report(&weak, WorkerError::Unavailable);
            }
        });
        Self(state)
    }

    /// Sends a request and returns its number. It waits until the worker has started.
    pub fn send(&self, request: &Request, attachment: &JsValue) -> u32 {
        let state = &mut *self.0.borrow_mut();
        state.last_id += 1;
        let message = message(state.last_id, request, attachment);
        match (&mut state.waiting, &state.worker) {
            (Some(waiting), _) => waiting.push(message),
            (None, Some(worker)) => {
                // Everything that is sent can be cloned.
                let _never_fails = worker.post_message(&message);
            }
            // It stopped, and that was reported.
            (None, None) => {}
        }
        state.last_id
    }
}

impl State {
    fn terminate(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
        // One of them may be what is running now.
        let listeners = std::mem::take(&mut self.listeners);
        spawn_local(async move { drop(listeners) });
    }
}

impl Drop for State {
    fn drop(&mut self) {
        self.terminate();
    }
}

/// Sends one request to a worker of its own, which is terminated after its answer.
///
/// # Errors
///
/// If the worker is not available, or stops.
pub async fn ask(request: &Request, attachment: &JsValue) -> Result<Answer, WorkerError> {
    let answer = Rc::new(RefCell::new(None));
    let mut worker = None;
    let is_answered = Promise::new(&mut |resolve, _| {
        let answer = answer.clone();
        worker = Some(Worker::start(move |event| {
            answer.replace(Some(event));
            let _never_fails = resolve.call0(&JsValue::UNDEFINED);
        }));
    });
    if let Some(worker) = &worker {
        worker.send(request, attachment);
    }
    let _never_fails = JsFuture::from(is_answered).await;
    answer.take().unwrap_or(Err(WorkerError::Unavailable))
}

fn message(id: u32, request: &Request, attachment: &JsValue) -> Array {
    let bytes = Uint8Array::from(messages::to_bytes(request).as_slice());
    Array::of3(&id.into(), &bytes, attachment)
}

fn read(event: &Event) -> Option<Answer> {
    let message: Array = event.dyn_ref::<MessageEvent>()?.data().dyn_into().ok()?;
    Some(Answer {
        id: message.get(0).as_f64()? as u32,
        response: messages::from_bytes(&message.get(1).dyn_into::<Uint8Array>().ok()?.to_vec())?,
        attachment: message.get(2),
    })
}

/// Reports an error, after which the worker is gone.
fn report(state: &Weak<RefCell<State>>, error: WorkerError) {
    let Some(state) = state.upgrade() else { return };
    let mut state = state.borrow_mut();
    state.terminate();
    state.waiting = None;
    let on_event = state.on_event.clone();
    drop(state);
    on_event(Err(error));
}

thread_local! {
    /// The address of a copy of the script, if the browser refuses the script itself.
    static COPY: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Starts the worker; from a copy of its script if the browser refuses the script itself, as it does
/// in a sandboxed frame.
async fn run(state: &Weak<RefCell<State>>) -> Result<(), JsValue> {
    let boot = document().query_selector("script[data-worker]")?.ok_or(JsValue::NULL)?;
    let script = address(&boot, "data-worker")?;
    let copy = COPY.with_borrow(Clone::clone);
    if copy.is_none() && is_started(state, &script).await? {
        return Ok(());
    }
    let copy = match copy {
        Some(copy) => copy,
        None => copy_of(&script, &address(&boot, "data-worker-wasm")?).await?,
    };
    if !is_started(state, &copy).await? {
        return Err(JsValue::NULL);
    }
    COPY.set(Some(copy));
    Ok(())
}

/// The absolute address that an attribute of the boot script gives relative to the folder.
fn address(boot: &Element, attribute: &str) -> Result<String, JsValue> {
    let path = boot.get_attribute(attribute).ok_or(JsValue::NULL)?;
    let root = document().document_element().and_then(|root| root.get_attribute("data-root"));
    let folder = Url::new_with_base(&root.unwrap_or_default(), &window().location().href()?)?;
    Ok(Url::new_with_base(&path, &folder.href())?.href())
}

/// How long a worker may take to start, in milliseconds: its files take a minute to arrive with 50
/// kbit/s. A network that neither answers nor fails would let the user wait forever.
const START_WITHIN: u32 = 90_000;

/// Starts a worker from an address. Returns false if the browser refuses it: some do so by an
/// exception, some by an event.
async fn is_started(state: &Weak<RefCell<State>>, address: &str) -> Result<bool, JsValue> {
    let Ok(worker) = web_sys::Worker::new(address) else { return Ok(false) };
    let (mut listeners, mut timeout) = (Vec::new(), None);
    let outcome = Promise::new(&mut |resolve, reject| {
        timeout = Some(Timeout::new(START_WITHIN, move || {
            let _never_fails = reject.call0(&JsValue::UNDEFINED);
        }));
        listeners = ["message", "error", "messageerror"]
            .map(|kind| {
                let (state, resolve) = (state.clone(), resolve.clone());
                EventListener::new_with_options(
                    &worker,
                    kind,
                    gloo::events::EventListenerOptions::enable_prevent_default(),
                    move |event| on_event(&state, &resolve, event),
                )
            })
            .into();
    });
    match state.upgrade() {
        Some(state) => {
            let mut state = state.borrow_mut();
            state.terminate();
            state.worker = Some(worker.clone());
            state.listeners = listeners;
        }
        // It is not needed any more.
        None => {
            worker.terminate();
            return Ok(true);
        }
    }
    let is_started = JsFuture::from(outcome).await;
    drop(timeout);
    Ok(is_started?.is_truthy())
}

/// Handles an event of a worker. Before it has started, the event decides whether it has.
fn on_event(state: &Weak<RefCell<State>>, is_started: &Function, event: &Event) {
    // So that the browser does not report it once more.
    event.prevent_default();
    let Some(strong) = state.upgrade() else { return };
    let answer = read(event);
    let mut borrowed = strong.borrow_mut();
    if borrowed.waiting.is_some() {
        let has_started = answer.is_some_and(|answer| matches!(answer.response, Response::Started));
        if has_started && let Some(worker) = borrowed.worker.clone() {
            for message in borrowed.waiting.take().unwrap_or_default() {
                // Everything that is sent can be cloned.
                let _never_fails = worker.post_message(&message);
            }
        }
        drop(borrowed);
        let _never_fails = is_started.call1(&JsValue::UNDEFINED, &has_started.into());
        return;
    }
    let on_event = borrowed.on_event.clone();
    drop(borrowed);
    match answer {
        Some(answer) => on_event(Ok(answer)),
        None => report(state, WorkerError::Stopped),
    }
}

/// The address of a copy of the script, which gets the address of the module in a variable.
async fn copy_of(script: &str, module: &str) -> Result<String, JsValue> {
    let text = JsFuture::from(fetch(script).await?.text()?).await?;
    let module = js_sys::JSON::stringify(&module.into())?;
    let parts = Array::of4(&"var WORKER_WASM = ".into(), &module, &";\n".into(), &text);
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    Url::create_object_url_with_blob(&Blob::new_with_str_sequence_and_options(&parts, &options)?)
}

async fn fetch(address: &str) -> Result<web_sys::Response, JsValue> {
    let response: web_sys::Response =
        JsFuture::from(window().fetch_with_str(address)).await?.dyn_into()?;
    if response.ok() { Ok(response) } else { Err(JsValue::NULL) }
}
