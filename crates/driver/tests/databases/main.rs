//! The driver on real databases: PostgreSQL, PGlite and the Spanner emulator.

#![allow(clippy::unwrap_used, reason = "a failed step is a failed test, in helpers too")]

mod admin;
mod common;
mod connecting;
mod ddl;
mod pglite;
mod statements;
mod tls;
mod values;
