//! The page, in a browser.

mod accessibility;
mod copying;
mod embedding;
mod explaining;
mod files;
mod findings;
mod guidance;
mod history;
mod keeping;
mod layout;
mod links;
mod locating;
mod marking;
mod newcomer;
mod offline;
mod policy;
mod reading;
mod recipes;
mod scenarios;
mod scriptless;
mod shifting;
mod staying;
mod taking;
mod tasks;
mod worker;
