//! Relations.
