//! What the whole promises, held against real databases: golden migrations, random schemas, the program itself.

#![allow(clippy::unwrap_used, reason = "a test that finds something else than it set up should stop")]

mod case;
mod cli;
mod costs;
mod database;
mod editor;
mod functions;
mod golden;
mod live;
mod oracle;
mod properties;
mod queries;
mod rows;
mod schema;
mod survival;
