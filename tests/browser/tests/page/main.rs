//! The page, in a browser.

mod accessibility;
mod copying;
mod files;
mod findings;
mod guidance;
mod history;
mod layout;
mod links;
mod newcomer;
mod scenarios;
mod staying;
mod tasks;
