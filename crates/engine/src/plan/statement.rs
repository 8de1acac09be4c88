//! One statement of a plan, and what cannot be one.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{cost::Cost, subject::Subject};

/// A DDL statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The text, without a closing semicolon.
    pub sql: String,
    /// What a reviewer should know: when it fails, what it costs.
    pub note: Option<String>,
    /// What it costs a database with rows in it.
    #[serde(default)]
    pub cost: Cost,
    /// What it is about.
    #[serde(default)]
    pub about: Option<Subject>,
}

impl Statement {
    /// An instant statement without a remark.
    pub fn new(sql: impl Into<String>) -> Self {
        Statement { sql: sql.into(), note: None, cost: Cost::INSTANT, about: None }
    }

    /// The same statement at a cost.
    #[must_use]
    pub fn at_cost(mut self, cost: Cost) -> Self {
        self.cost = cost;
        self
    }

    /// The same statement with what it is about.
    #[must_use]
    pub fn about(mut self, subject: &Subject) -> Self {
        self.about = Some(subject.clone());
        self
    }

    /// The same statement with a remark for its reviewer.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The same statement with one remark more.
    #[must_use]
    pub fn with_further_note(self, note: &str) -> Self {
        let notes = self.note.iter().map(String::as_str).chain([note]).collect::<Vec<_>>().join("; ");
        self.with_note(notes)
    }
}

/// A change that the database cannot make by statements alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsupported {
    /// What cannot be done: `change the primary key of orders`.
    pub what: String,
    /// Why not.
    pub reason: String,
    /// What to do instead.
    pub instead: String,
    /// What it is about, where that is one thing.
    #[serde(default)]
    pub about: Option<Box<Subject>>,
}

impl Unsupported {
    /// A change that is not possible, why, and what to do instead.
    pub fn new(what: impl Into<String>, reason: impl Into<String>, instead: impl Into<String>) -> Self {
        Unsupported { what: what.into(), reason: reason.into(), instead: instead.into(), about: None }
    }

    /// The same with what it is about.
    #[must_use]
    pub fn about(mut self, subject: &Subject) -> Self {
        self.about = Some(Box::new(subject.clone()));
        self
    }

    /// Whether another one says the same.
    pub(crate) fn is_same(&self, other: &Unsupported) -> bool {
        (&self.what, &self.reason, &self.instead) == (&other.what, &other.reason, &other.instead)
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {}: {}; {}", self.what, self.reason, self.instead)
    }
}

/// Statements with what they are about.
pub(super) fn about(subject: Subject, statements: Vec<Statement>) -> Vec<Statement> {
    statements.into_iter().map(|it| it.about(&subject)).collect()
}
