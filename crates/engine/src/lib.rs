//! From the model to a database and back: SQL text, differences, plans, migration files and stubs.
//!
//! | module | subject |
//! |---|---|
//! | [`catalog`] | what a database physically holds, in one dialect's own words, and how two of them differ |
//! | [`dialect`] | one folder for each database: types, names, expressions, DDL, inspection |
//! | [`ddl`] | the DDL of a whole schema or of one table |
//! | [`diff`] | two models → changes, each with its inverse |
//! | [`migrate`] | migration files, the history in a database, the runner |
//! | [`plan`] | two models → ordered statements, what they lose, and what cannot be done |
//! | [`query`] | queries and mutations → SQL text with parameters |
//! | [`stubs`] | the model → types of an application's language |
//!
//! The crate knows the driver's trait only; it reaches neither a client library nor the parser.

pub mod catalog;
pub mod ddl;
pub mod dialect;
pub mod diff;
pub mod functions;
pub mod migrate;
pub mod plan;
pub mod query;
pub mod stubs;
