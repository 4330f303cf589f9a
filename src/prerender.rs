//! Writes the page as HTML.

use connected_registry::app::App;
use connected_registry::model::{Model, Start};
use leptos::prelude::*;
use std::sync::Arc;

fn main() {
    // An executor must be there, though nothing runs on it.
    let _already_there = any_spawner::Executor::init_futures_executor();
    let context = Arc::new(hydration_context::SsrSharedContext::new());
    let owner = Owner::new_root(Some(context));
    let html = owner.with(|| {
        provide_context(Model::new(Start { is_prerendered: true, ..Start::default() }));
        App().to_html()
    });
    println!("{html}");
}
