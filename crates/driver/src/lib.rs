//! One [`Connection`] trait for PostgreSQL, embedded PGlite and Google Spanner.
//!
//! The engine sees this crate without features: the trait, its values, errors and database URLs, and no client library.
//! Each database stands behind its own additive feature, `postgres`, `pglite` (implies `postgres`) and `spanner`; the binary turns all of them on.
//!
//! | file | subject |
//! |---|---|
//! | [`connection`] | the trait, capabilities, DDL batches |
//! | [`value`], [`row`] | what goes in and what comes out |
//! | [`error`] | what went wrong, where, and whose fault it was |
//! | [`url`] | which database, never showing its password |
//! | [`connect`](mod@connect), [`admin`] | from a URL to a connection, and to a created or dropped database |
//! | `postgres`, `pglite`, `spanner` | one folder for each database |

pub mod admin;
pub mod connect;
pub mod connection;
pub mod error;
pub mod parameter;
pub mod row;
pub mod url;
pub mod value;

#[cfg(feature = "pglite")]
pub mod pglite;
#[cfg(feature = "postgres")]
pub mod postgres;
#[cfg(feature = "spanner")]
pub mod spanner;

pub use connect::{ConnectOptions, connect};
pub use connection::{Capabilities, Connection, DdlBatch, DdlProgress, Notice, Statement};
pub use error::{DdlError, Error, ErrorKind, Position, Result};
pub use parameter::{Access, Outcome, Parameter, ParameterScalar, ParameterType, RowCount, TypedStatement};
pub use row::{FromValue, Row};
pub use url::DatabaseUrl;
pub use value::Value;
