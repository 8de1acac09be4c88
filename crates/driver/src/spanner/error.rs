//! What gRPC and Spanner report, in this crate's terms.

use std::error::Error as _;

use tonic::Code;

use super::endpoint::Endpoint;
use crate::error::{Error, ErrorKind, Position};

/// What stands before `1:8]` in the text of a query's error.
const QUERY_PLACE: &str = " [at ";

/// An error of the official client.
pub(super) fn client_error(cause: google_cloud_spanner::Error, statement: Option<&str>) -> Error {
    let error = match cause.status() {
        Some(status) => status_error(status.code.name(), &status.message, statement),
        None if cause.is_authentication() => Error::new(ErrorKind::Authentication, cause.to_string()),
        None if cause.is_timeout() || cause.is_exhausted() => Error::new(ErrorKind::Aborted, cause.to_string()),
        None if cause.is_connect() || cause.is_io() || cause.is_transport() => {
            Error::new(ErrorKind::Unreachable, cause.to_string())
        }
        None => Error::new(ErrorKind::Internal, cause.to_string()),
    };
    error.with_source(cause)
}

/// An error of the gRPC stubs.
pub(super) fn grpc_error(cause: tonic::Status) -> Error {
    // The client gives its own failures the code UNKNOWN.
    if let Some(transport) = cause.source().filter(|it| it.is::<tonic::transport::Error>()) {
        let message = format!("the connection to Spanner broke: {}", root_cause(transport));
        return Error::new(ErrorKind::Unreachable, message).with_source(cause);
    }
    status_error(code_name(cause.code()), cause.message(), None).with_source(cause)
}

/// The innermost cause: the outer ones say no more than "transport error".
pub(super) fn root_cause(error: &(dyn std::error::Error + 'static)) -> String {
    match error.source() {
        Some(cause) => root_cause(cause),
        None => error.to_string(),
    }
}

/// Nobody answers.
pub(super) fn unreachable(endpoint: &Endpoint, cause: &dyn std::fmt::Display) -> Error {
    let error = Error::new(ErrorKind::Unreachable, format!("can't connect to {}: {cause}", endpoint.describe()));
    if endpoint.is_emulator() {
        error.with_hint("start the emulator, or point SPANNER_EMULATOR_HOST at its gRPC port (HOST:PORT)")
    } else {
        error.with_hint("check the network, or set SPANNER_EMULATOR_HOST to use an emulator")
    }
}

/// A gRPC status: its name such as `INVALID_ARGUMENT`, and its text.
pub(super) fn status_error(code: &str, message: &str, statement: Option<&str>) -> Error {
    let position = position(message);
    // Behind the place of a query's error its line is repeated with a caret.
    let message = message.split_once(QUERY_PLACE).map_or(message, |(text, _)| text).trim_end();
    let mut error = Error::new(kind(code, message), message).with_code(code);
    if let Some(statement) = statement {
        error = error.with_statement(statement);
    }
    match position {
        Some(position) => error.with_position(position),
        None => error,
    }
}

fn kind(code: &str, message: &str) -> ErrorKind {
    match code {
        "UNAVAILABLE" => ErrorKind::Unreachable,
        "UNAUTHENTICATED" | "PERMISSION_DENIED" => ErrorKind::Authentication,
        "ABORTED" | "DEADLINE_EXCEEDED" | "CANCELLED" | "RESOURCE_EXHAUSTED" => ErrorKind::Aborted,
        "FAILED_PRECONDITION" if is_busy(message) => ErrorKind::Aborted,
        "UNIMPLEMENTED" => ErrorKind::Unsupported,
        "NOT_FOUND" if message.starts_with("Database not found") || message.starts_with("Instance not found") => {
            ErrorKind::NoSuchDatabase
        }
        _ => ErrorKind::Refused,
    }
}

/// Whether the emulator refused because of other work in the same database; nothing was done then.
pub(super) fn is_busy(message: &str) -> bool {
    message.contains("concurrent schema change operation")
}

/// Spanner names places in words: `[at 1:8]` in queries, `line 1, column 8` in schema changes.
fn position(message: &str) -> Option<Position> {
    let after = |marker: &str| message.rsplit_once(marker).map(|(_, rest)| rest);
    let (line, rest) = match after(QUERY_PLACE) {
        Some(rest) => rest.split_once(':')?,
        None => after("line ")?.split_once(", column ")?,
    };
    let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
    Some(Position { line: line.parse().ok()?, column: rest[..end].parse().ok()? })
}

/// The code's name as Google's documentation writes it.
pub(super) fn code_name(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_from_both_wordings() {
        let at = |message| position(message).map(|it| it.to_string());
        assert_eq!(at("Table not found: nowhere [at 1:15]\nSELECT").as_deref(), Some("1:15"));
        assert_eq!(at("Syntax error on line 2, column 8: Expecting").as_deref(), Some("2:8"));
        assert_eq!(at("Duplicate name in schema: t."), None);
    }

    #[test]
    fn a_missing_table_is_no_missing_database() {
        assert_eq!(kind("NOT_FOUND", "Table not found: t"), ErrorKind::Refused);
        assert_eq!(kind("NOT_FOUND", "Database not found: projects/p"), ErrorKind::NoSuchDatabase);
    }
}
