//! What `tokio-postgres` and PostgreSQL report, in this crate's terms.
//!
//! Source of the classes: PostgreSQL documentation, appendix "PostgreSQL Error Codes".

use std::error::Error as _;

use tokio_postgres::error::{DbError, ErrorPosition};

use crate::error::{Error, ErrorKind, Position};

/// An error while connecting: whatever is not the server's own word means that it can't be reached.
pub(crate) fn connect_error(cause: tokio_postgres::Error, target: &str) -> Error {
    if let Some(reported) = cause.as_db_error() {
        return database_error(reported, None).with_source(cause);
    }
    let reason = reason(&cause);
    let error = match cause.to_string().as_str() {
        "authentication error" | "invalid configuration" => {
            Error::new(ErrorKind::Authentication, format!("{target} refused the login: {reason}"))
                .with_hint("check the user and the password in the URL, or set PGPASSWORD")
        }
        _ => unreachable(target, &reason),
    };
    error.with_source(cause)
}

/// Nobody answers.
pub(super) fn unreachable(target: &str, reason: &str) -> Error {
    Error::new(ErrorKind::Unreachable, format!("can't connect to {target}: {reason}"))
        .with_hint("check that the server runs and that host, port and sslmode of the URL are right")
}

/// An error of a statement.
pub(super) fn statement_error(cause: tokio_postgres::Error, statement: &str) -> Error {
    let error = match cause.as_db_error() {
        Some(reported) => database_error(reported, Some(statement)),
        None => Error::new(client_error_kind(&cause), reason(&cause)).with_statement(statement),
    };
    error.with_source(cause)
}

fn client_error_kind(cause: &tokio_postgres::Error) -> ErrorKind {
    let text = cause.to_string();
    let conversion = ["error serializing", "error deserializing", "expected"];
    if cause.is_closed() || text == "error communicating with the server" {
        ErrorKind::Unreachable
    } else if conversion.iter().any(|it| text.starts_with(it)) {
        ErrorKind::Conversion
    } else {
        ErrorKind::Internal
    }
}

/// The client's words and those of the causes below, which its own text leaves out.
fn reason(cause: &tokio_postgres::Error) -> String {
    let mut reason = cause.to_string();
    let mut below = cause.source();
    while let Some(it) = below {
        reason = format!("{reason}: {it}");
        below = it.source();
    }
    reason
}

fn database_error(reported: &DbError, statement: Option<&str>) -> Error {
    let code = reported.code().code();
    let mut error = Error::new(kind(code), reported.message()).with_code(code);
    if let Some(detail) = reported.detail() {
        error = error.with_detail(detail);
    }
    if let Some(hint) = reported.hint() {
        error = error.with_hint(hint);
    }
    let Some(statement) = statement else { return error };
    match reported.position() {
        Some(ErrorPosition::Original(at)) => with_position(error, statement, *at),
        _ => error,
    }
    .with_statement(statement)
}

fn with_position(error: Error, statement: &str, character: u32) -> Error {
    let character = usize::try_from(character).unwrap_or(usize::MAX);
    match Position::from_character(statement, character) {
        Some(position) => error.with_position(position),
        None => error,
    }
}

/// By SQLSTATE; its first two characters are a class.
fn kind(code: &str) -> ErrorKind {
    match code {
        "3D000" => ErrorKind::NoSuchDatabase,
        "42P04" => ErrorKind::DatabaseExists,
        "55006" => ErrorKind::InUse,
        // Serialization failure, deadlock, lock not available, cancelled.
        "40001" | "40P01" | "55P03" | "57014" => ErrorKind::Aborted,
        // Too many connections.
        "53300" => ErrorKind::Unreachable,
        _ => match code.get(..2) {
            Some("28") => ErrorKind::Authentication,
            Some("08" | "57") => ErrorKind::Unreachable,
            _ => ErrorKind::Refused,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_fall_into_kinds() {
        assert_eq!(kind("28P01"), ErrorKind::Authentication);
        assert_eq!(kind("57P03"), ErrorKind::Unreachable);
        assert_eq!(kind("57014"), ErrorKind::Aborted);
        assert_eq!(kind("3D000"), ErrorKind::NoSuchDatabase);
        assert_eq!(kind("42P01"), ErrorKind::Refused);
    }
}
