//! The page, in a browser.

mod accessibility;
mod copying;
mod findings;
mod history;
mod layout;
mod links;
mod newcomer;
mod staying;
mod tasks;
