//! A project on disk: `orm.toml`, `.env`, the schema files, and which database is meant.
//!
//! | file | subject |
//! |---|---|
//! | [`project`] | a folder as a project: its settings, its schema files |
//! | [`config`] | what `orm.toml` says, and what holds without it |
//! | [`environment`] | the environment, with `.env` behind it |
//! | [`database`] | which database a command works on, and who said so |
//! | [`files`] | finding schema files |
//! | [`text`] | reading one text file, whatever is in it |
//! | [`error`] | what is wrong, where, and what to do |
//!
//! The crate reads files and never writes one. It asks no database anything, and it never changes the environment of the process.

pub mod config;
pub mod database;
pub mod environment;
pub mod error;
pub mod files;
pub mod project;
pub mod text;

mod suggestion;

pub use config::{Config, LintLevel, LintSetting, UrlSetting};
pub use database::{DatabaseChoice, DatabaseOrigin, DatabaseRequest};
pub use environment::{Environment, Variable, VariableSource};
pub use error::{ConfigError, Location};
pub use files::SchemaFile;
pub use project::{CONFIG_FILE, Project};
pub use suggestion::closest;
pub use text::{ReadError, ReadProblem, SourceText};
