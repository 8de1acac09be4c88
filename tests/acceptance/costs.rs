//! What a statement of a plan costs a database with rows in it.

mod postgres;
mod spanner;
