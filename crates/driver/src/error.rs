//! What went wrong, in the database's words, and whose fault it was.

use std::fmt;

/// The result of everything that talks to a database.
pub type Result<T> = std::result::Result<T, Error>;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// A failure with all that the database told about it. It never contains a password.
///
/// Its `Display` is the message; the other parts are there for a caller that shows the statement with a caret.
#[derive(thiserror::Error)]
#[error("{}", .0.message)]
pub struct Error(Box<Details>);

#[derive(Debug)]
struct Details {
    kind: ErrorKind,
    message: String,
    detail: Option<String>,
    hint: Option<String>,
    code: Option<String>,
    statement: Option<String>,
    position: Option<Position>,
    source: Option<Source>,
}

/// Whose fault it was, hence what a caller can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Nobody answers there, the TLS handshake failed, or the connection broke.
    Unreachable,
    /// The server refused the user, the password or the credentials.
    Authentication,
    /// The server is there, the database (or Spanner's instance) is not.
    NoSuchDatabase,
    /// The database that should be created exists.
    DatabaseExists,
    /// Another process holds the embedded database's directory, or a session still uses the database that should be dropped.
    InUse,
    /// The database rejected the statement, or a row broke a constraint.
    Refused,
    /// A conflict with another transaction, a deadlock, a timeout: the same call may succeed later.
    Aborted,
    /// This database has no such feature, or this build lacks the driver.
    Unsupported,
    /// The URL can't be read.
    InvalidUrl,
    /// A value has no counterpart on the other side.
    Conversion,
    /// The driver was used out of order, or answered something unknown.
    Internal,
}

/// A place in a statement: both from 1, columns counted in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Position {
    /// From a character offset counted from 1, as PostgreSQL reports it. `None` beyond the statement's end.
    pub fn from_character(statement: &str, character: usize) -> Option<Self> {
        let before = character.checked_sub(1)?;
        if before > statement.chars().count() {
            return None;
        }
        let (mut line, mut column) = (1, 1);
        for it in statement.chars().take(before) {
            (line, column) = if it == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        Some(Self { line, column })
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl Error {
    /// A failure of a kind, with a message for people.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Details {
            kind,
            message: message.into(),
            detail: None,
            hint: None,
            code: None,
            statement: None,
            position: None,
            source: None,
        }))
    }

    pub(crate) fn conversion(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Conversion, message)
    }

    /// The same error with the database's longer explanation.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// The same error with what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// The same error with the database's code: an SQLSTATE such as `42P01`, or a gRPC status such as `INVALID_ARGUMENT`.
    #[must_use]
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.0.code = Some(code.into());
        self
    }

    /// The same error with the statement that caused it.
    #[must_use]
    pub fn with_statement(mut self, statement: impl Into<String>) -> Self {
        self.0.statement = Some(statement.into());
        self
    }

    /// The same error with a place in its statement.
    #[must_use]
    pub fn with_position(mut self, position: Position) -> Self {
        self.0.position = Some(position);
        self
    }

    /// The same error with its technical cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Whose fault it was.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The database's message; Spanner's may quote a statement of several lines.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The database's longer explanation.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The SQLSTATE (`42P01`) or gRPC status (`INVALID_ARGUMENT`).
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The statement that caused it, as it was sent.
    pub fn statement(&self) -> Option<&str> {
        self.0.statement.as_deref()
    }

    /// Where in [`statement`](Self::statement) the database stumbled.
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    /// Whether a row with this key was already there: a primary key or unique index was violated.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self.code(), Some("23505" | "ALREADY_EXISTS"))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A schema change that stopped on its way.
#[derive(Debug, thiserror::Error)]
#[error("{source}")]
pub struct DdlError {
    /// How many statements are known to have taken effect. When the connection broke there may be more; joining the named attempt tells. They stay in effect, unless the caller rolls back the transaction that they ran in.
    pub applied: usize,
    /// The statement that failed, when the database tells.
    pub statement: Option<String>,
    /// The failure itself.
    pub source: Error,
}

impl From<DdlError> for Error {
    fn from(error: DdlError) -> Self {
        error.source
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters() {
        let statement = "SELECT 'ä'\nFROM nowhere";
        let at = |character| Position::from_character(statement, character).map(|it| it.to_string());
        assert_eq!(at(1).as_deref(), Some("1:1"));
        assert_eq!(at(10).as_deref(), Some("1:10"));
        assert_eq!(at(12).as_deref(), Some("2:1"));
        assert_eq!(at(17).as_deref(), Some("2:6"));
        assert_eq!(at(0), None);
        assert_eq!(at(999), None);
    }

    #[test]
    fn errors_stay_small() {
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
