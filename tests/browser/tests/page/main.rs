//! The page, in a browser.

mod accessibility;
mod copying;
mod explaining;
mod files;
mod findings;
mod guidance;
mod history;
mod keeping;
mod layout;
mod links;
mod marking;
mod newcomer;
mod reading;
mod scenarios;
mod staying;
mod taking;
mod tasks;
