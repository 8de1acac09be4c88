//! Fixtures, generators and ephemeral databases for tests.

#[cfg(feature = "databases")]
pub mod databases;
pub mod fixture;
#[cfg(feature = "generator")]
pub mod generator;
#[cfg(feature = "language-client")]
pub mod language_client;
pub mod large;
#[cfg(feature = "laws")]
pub mod laws;
#[cfg(feature = "generator")]
pub mod random;
pub mod repository;
#[cfg(feature = "generator")]
pub mod rows;
pub mod words;
