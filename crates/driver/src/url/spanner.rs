//! `spanner://PROJECT/INSTANCE/DATABASE`.

use std::fmt;

use super::invalid;
use crate::error::Error;

/// A Spanner database. It holds no secret: credentials come from the environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpannerUrl {
    project: String,
    instance: String,
    database: String,
}

impl SpannerUrl {
    /// A database from its three identifiers.
    pub fn new(project: &str, instance: &str, database: &str) -> Result<Self, Error> {
        for (part, text) in [("project", project), ("instance", instance), ("database", database)] {
            if !is_identifier(text) {
                return Err(invalid(format!("`{text}` can't be a Spanner {part} identifier")));
            }
        }
        Ok(Self { project: project.to_owned(), instance: instance.to_owned(), database: database.to_owned() })
    }

    /// Reads what stands behind `spanner:`.
    ///
    /// The resource path `projects/P/instances/I/databases/D`, as Google's tools print it, is understood too.
    pub(super) fn parse(rest: &str) -> Result<Self, Error> {
        let path = rest.strip_prefix("//").unwrap_or(rest).trim_end_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["projects", project, "instances", instance, "databases", database] | [project, instance, database] => {
                Self::new(project, instance, database)
            }
            _ => Err(invalid("a Spanner URL names a project, an instance and a database")),
        }
    }

    /// The Google Cloud project.
    pub fn project(&self) -> &str {
        &self.project
    }

    /// The Spanner instance.
    pub fn instance(&self) -> &str {
        &self.instance
    }

    /// The database.
    pub fn database(&self) -> &str {
        &self.database
    }

    /// `projects/P`.
    pub fn project_path(&self) -> String {
        format!("projects/{}", self.project)
    }

    /// `projects/P/instances/I`.
    pub fn instance_path(&self) -> String {
        format!("{}/instances/{}", self.project_path(), self.instance)
    }

    /// `projects/P/instances/I/databases/D`.
    pub fn database_path(&self) -> String {
        format!("{}/databases/{}", self.instance_path(), self.database)
    }

    pub(crate) fn with_database(&self, name: &str) -> Self {
        Self { database: name.to_owned(), ..self.clone() }
    }
}

/// Letters, digits, `-` and `_`, and in old project identifiers `.` and `:` (`example.com:project`).
fn is_identifier(text: &str) -> bool {
    let allowed = |it: char| it.is_ascii_alphanumeric() || "-_.:".contains(it);
    !text.is_empty() && text.chars().all(allowed)
}

impl fmt::Display for SpannerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "spanner://{}/{}/{}", self.project, self.instance, self.database)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_name_the_same_database() {
        let short = SpannerUrl::parse("//p/i/d").unwrap();
        let long = SpannerUrl::parse("projects/p/instances/i/databases/d").unwrap();
        assert_eq!(short, long);
        assert_eq!(short.database_path(), "projects/p/instances/i/databases/d");
    }

    #[test]
    fn a_part_that_is_no_identifier_is_named() {
        let error = SpannerUrl::parse("//p/i?x/d").unwrap_err();
        assert_eq!(error.message(), "`i?x` can't be a Spanner instance identifier");
    }
}
