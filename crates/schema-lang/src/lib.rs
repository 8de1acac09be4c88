//! The schema language: text to model, with diagnostics and a formatter.
//!
//! ```text
//! text ─parse→ Source ─item tree→ items (no offsets) ─resolve, lower→ model ─check→ diagnostics
//! ```
//!
//! Parsing and resolving never fail: they return a value plus diagnostics, so a half-typed file still hovers and shows
//! its neighbours' errors. The entry point is [`Workspace`]: files in, diagnostics and a [`orm_model::Schema`] out.
//!
//! - [`source`]: a file's text with its tree, edited incrementally.
//! - [`item`]: declarations without offsets, the barrier of incrementality.
//! - [`database`]: salsa's inputs and the lookup of names.
//! - [`lines`]: what belongs to a member in the text.
//! - [`lower`]: items to the model.
//! - [`diagnostics`]: rules, one file each.
//! - [`usages`]: which declarations spread a mixin.
//! - [`format`](mod@format): the canonical layout of a file.
//! - [`workspace`]: what the command line and the editor drive.

pub mod database;
pub mod diagnostics;
pub mod fix_all;
pub mod format;
pub mod item;
pub mod lines;
pub mod lower;
pub mod source;
pub mod suppressions;
pub mod syntax;
pub mod unchecked;
pub mod usages;
pub mod workspace;

pub use database::{Database, File, Project};
pub use diagnostics::{Rule, Severity};
pub use source::Source;
pub use workspace::{FileDiagnostic, FileFinding, Workspace};

/// How deep brackets and operators may nest before a diagnostic says so.
pub const MAXIMUM_NESTING: usize = 256;

/// How many members a table or mixin may have, those of its mixins included, and a query clauses or selected values, before a
/// diagnostic says so. PostgreSQL has at most 1,600 columns (<https://www.postgresql.org/docs/current/limits.html>), Spanner
/// fewer; so the time that many members take to compare each with all others is bounded.
pub const MAXIMUM_MEMBERS: usize = 5_000;

/// How deep mixins may stand in one another before a diagnostic says so.
pub const MAXIMUM_MIXINS: usize = 64;
