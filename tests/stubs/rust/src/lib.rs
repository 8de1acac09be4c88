//! Generated Rust stubs, so that the compiler and clippy read them.
//!
//! `UPDATE_STUBS=1 cargo test -p orm-stubs-sample` writes them anew.

#[rustfmt::skip]
pub mod uploads;

#[rustfmt::skip]
pub mod everything;
