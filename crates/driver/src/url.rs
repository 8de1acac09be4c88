//! Database URLs: which database is meant, and nothing of its password.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use orm_model::dialect::Dialect;

use crate::error::{Error, ErrorKind};

mod postgres;
mod spanner;

pub use postgres::{PostgresUrl, SslMode};
pub use spanner::SpannerUrl;

/// Where a database is.
///
/// `Display` and `Debug` show it without its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// `postgres://…` or `postgresql://…`: a PostgreSQL server.
    Postgres(PostgresUrl),
    /// `pglite:DIRECTORY`: PostgreSQL embedded in this process, its data in a directory.
    Pglite(PathBuf),
    /// `spanner://PROJECT/INSTANCE/DATABASE`: Google Spanner, or its emulator when `SPANNER_EMULATOR_HOST` is set.
    Spanner(SpannerUrl),
}

impl DatabaseUrl {
    /// The embedded database in a directory.
    pub fn pglite(directory: impl Into<PathBuf>) -> Self {
        Self::Pglite(directory.into())
    }

    /// The dialect that the database speaks.
    pub fn dialect(&self) -> Dialect {
        match self {
            Self::Postgres(_) | Self::Pglite(_) => Dialect::Postgres,
            Self::Spanner(_) => Dialect::Spanner,
        }
    }

    /// The same server with another database. The embedded database is its directory, so there this changes nothing.
    #[must_use]
    pub fn with_database(&self, name: &str) -> Self {
        match self {
            Self::Postgres(url) => Self::Postgres(url.with_database(name)),
            Self::Pglite(directory) => Self::Pglite(directory.clone()),
            Self::Spanner(url) => Self::Spanner(url.with_database(name)),
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let scheme = text.split_once(':').map(|(scheme, rest)| (scheme.to_ascii_lowercase(), rest));
        match scheme.as_ref().map(|(scheme, rest)| (scheme.as_str(), *rest)) {
            Some(("postgres" | "postgresql", rest)) => PostgresUrl::parse(rest).map(Self::Postgres),
            Some(("spanner", rest)) => SpannerUrl::parse(rest).map(Self::Spanner),
            Some(("pglite", rest)) => parse_pglite(rest),
            _ => Err(invalid("this is no database URL")),
        }
    }
}

fn parse_pglite(rest: &str) -> Result<DatabaseUrl, Error> {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path.is_empty() {
        return Err(invalid("`pglite:` needs a directory after it"));
    }
    Ok(DatabaseUrl::pglite(path))
}

/// An error that explains the forms; it never repeats the text, which may hold a password.
fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidUrl, message).with_hint(
        "write `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, `pglite:DIRECTORY` or `spanner://PROJECT/INSTANCE/DATABASE`",
    )
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Postgres(url) => url.fmt(f),
            Self::Pglite(directory) => write!(f, "pglite:{}", directory.display()),
            Self::Spanner(url) => url.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> DatabaseUrl {
        text.parse().unwrap()
    }

    #[test]
    fn each_scheme_is_its_database() {
        assert_eq!(parse("pglite:.orm/db"), DatabaseUrl::pglite(".orm/db"));
        assert_eq!(parse("pglite:///tmp/db"), DatabaseUrl::pglite("/tmp/db"));
        assert_eq!(parse("POSTGRES://h/d").dialect(), Dialect::Postgres);
        assert_eq!(parse("spanner://p/i/d").dialect(), Dialect::Spanner);
    }

    #[test]
    fn anything_else_is_refused_without_repeating_it() {
        for text in ["", "mysql://root:secret@h/d", "pglite:", "postgres:/x", "spanner://p/i"] {
            let error = text.parse::<DatabaseUrl>().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidUrl, "{text}");
            assert!(!format!("{error:?}").contains("secret"), "{text}");
        }
    }

    #[test]
    fn another_database_of_the_same_server() {
        let url = parse("postgres://u:secret@h:1/a?sslmode=disable").with_database("b/c");
        assert_eq!(url.to_string(), "postgres://u@h:1/b%2Fc?sslmode=disable");
        assert_eq!(parse("spanner://p/i/a").with_database("b").to_string(), "spanner://p/i/b");
    }
}
