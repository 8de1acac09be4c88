//! From tree-sitter's tree to [items](crate::item).
//!
//! - [`kind`]: node kinds and fields of the grammar as Rust values.
//! - [`lower`]: a declaration's node to its item, with a range for each anchor.
//! - `query`: the nodes of queries and mutations.
//! - `segments`: where a file is cut into the pieces that are parsed one by one.
//! - `spaced_type`: types of several words, which the grammar does not have.

pub mod kind;
pub mod lower;
mod query;
pub(crate) mod segments;
mod spaced_type;
