//! Fixtures, generators and ephemeral databases for tests.

#[cfg(feature = "databases")]
pub mod databases;
