//! The driver on real databases: PostgreSQL, PGlite and the Spanner emulator.

mod admin;
mod common;
mod connecting;
mod ddl;
mod pglite;
mod statements;
mod tls;
mod values;
