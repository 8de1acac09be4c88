//! Fixtures, generators and ephemeral databases for tests.

#[cfg(feature = "databases")]
pub mod databases;
pub mod fixture;
pub mod large;
