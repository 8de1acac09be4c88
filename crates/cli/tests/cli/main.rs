//! The binary `orm`, run as people run it: real processes in folders of their own.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, its helpers too")]

mod bad_input;
mod check;
mod colors;
mod completions;
mod databases;
mod ddl;
mod explain;
mod fix;
mod fmt;
mod formats;
mod generate;
mod help;
mod init;
mod interrupt;
mod lsp;
mod migrations;
mod queries;
mod settings;
mod support;
