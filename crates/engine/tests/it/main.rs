//! The engine from the outside.

mod acceptance;
mod builder;
mod laws;
mod live;
mod random;
