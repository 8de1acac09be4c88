//! What is wrong with a project's settings, where, and what to do about it.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A setting that cannot be understood or followed: `orm.toml`, `.env`, the environment or the choice of a database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{message}", Prefix(location))]
pub struct ConfigError {
    location: Option<Location>,
    message: String,
    help: Option<String>,
}

/// A place in a settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes of the file that are meant.
    pub range: Range<usize>,
}

impl Location {
    /// The place of `range` in `text`, which is the content of the file at `path`. A range beyond the text means its end.
    pub fn new(path: &Path, text: &str, range: Range<usize>) -> Self {
        let start = text.floor_char_boundary(range.start);
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Location {
            path: path.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            range,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.path.display(), self.line, self.column)
    }
}

struct Prefix<'a>(&'a Option<Location>);

impl fmt::Display for Prefix<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(location) => write!(f, "{location}: "),
            None => Ok(()),
        }
    }
}

impl ConfigError {
    /// An error that no file is to blame for.
    pub fn new(message: impl Into<String>) -> Self {
        ConfigError { location: None, message: message.into(), help: None }
    }

    /// The same error with what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same error with its place.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    /// What is wrong, without the place.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The place, when a file is to blame.
    pub fn location(&self) -> Option<&Location> {
        self.location.as_ref()
    }

    /// What to do.
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_lines_and_characters() {
        let text = "ä = 1\nöö = 2";
        let second = text.find('2').unwrap();
        let location = Location::new(Path::new("orm.toml"), text, second..second + 1);
        assert_eq!(location.to_string(), "orm.toml:2:6");
        assert_eq!(Location::new(Path::new("f"), text, 999..999).to_string(), "f:2:7");
    }

    #[test]
    fn the_place_stands_before_the_message() {
        let error = ConfigError::new("no").at(Location::new(Path::new("orm.toml"), "a", 0..1));
        assert_eq!(error.to_string(), "orm.toml:1:1: no");
        assert_eq!(ConfigError::new("no").to_string(), "no");
    }
}
