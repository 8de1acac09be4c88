//! Migrations: files that people review, a history in each database, and a runner that survives being killed.
//!
//! | file | subject |
//! |---|---|
//! | [`name`], [`file`](mod@file), `render` | a migration file: its name, its parts, reading and writing |
//! | [`lexer`] | splitting SQL that people edited |
//! | [`checksum`] | which edits matter |
//! | [`set`] | all files together: order, the chain of parents, replaying the model |
//! | [`create`](mod@create) | the next file, from the schema |
//! | [`folder`] | reading and writing the folder: the only access to the disk |
//! | [`history`] | what a database remembers |
//! | `lock` | one run at a time |
//! | `preflight` | which migrations would run, and what speaks against them |
//! | [`runner`], `execute`, `journaled` | applying and taking back: in one transaction, or step by step |
//! | `section`, `call` | what runs, and what of it goes to the database together |
//! | [`status`](mod@status) | comparing, and a run that changes nothing |
//! | [`event`], [`error`], [`options`] | what the caller sees and sets |
//!
//! What differs between databases stands in `dialect/<name>/statements.rs` and `dialect/<name>/history.rs`.
//!
//! There is no shared snapshot: the state of the model is what the `orm:change` lines of all files make, replayed.

mod call;
pub mod checksum;
pub mod create;
pub(crate) mod dialect;
pub mod error;
pub mod event;
mod execute;
pub mod file;
pub mod folder;
pub mod history;
mod journaled;
pub mod lexer;
mod lock;
pub mod name;
pub mod options;
mod preflight;
pub mod problem;
mod render;
pub mod runner;
mod section;
pub mod set;
pub mod status;
#[cfg(test)]
mod tests;

pub use create::{CreateError, Creation, Gap, NewMigration, Request, create};
pub use error::{MigrateError, StatementError};
pub use event::Event;
pub use file::{Direction, Migration, SourceFile};
pub use folder::{FolderError, read_folder, write_new_file};
pub use history::{HISTORY_TABLE, History, LOCK_TABLE};
pub use lock::Timer;
pub use name::MigrationName;
pub use options::RunOptions;
pub use problem::{FileProblem, FileProblems};
pub use render::section_text;
pub use runner::{RunReport, Runner};
pub use set::Migrations;
pub use status::{PlannedMigration, Status, dry_run, dry_run_down, status};
