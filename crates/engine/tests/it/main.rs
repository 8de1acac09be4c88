//! The engine from the outside.

#![allow(clippy::unwrap_used, reason = "a test that finds something else than it set up should stop")]

mod acceptance;
mod builder;
mod laws;
mod live;
mod objects;
mod random;
