//! What a mutation writes.

use serde::{Deserialize, Serialize};

use super::{Filter, Output, Select, Source};
use crate::Expression;

/// `insert into table …`
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Insert {
    /// The table. What is returned, and what `on_conflict` changes, reads its row under this name.
    pub target: Source,
    /// The physical names of the columns that are written, in order: those that the mutation names, and those that the
    /// client computes by `app.NAME()`.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: InsertRows,
    /// What happens with a row whose key is taken; an error without it.
    pub on_conflict: Option<OnConflict>,
    /// What is given back of each row that was written.
    pub returning: Vec<Output>,
}

impl Insert {
    /// Whether a database without `ON CONFLICT` writes it in one statement, which leaves rows with a taken primary key alone:
    /// Spanner's `INSERT OR IGNORE`.
    pub fn ignores_taken_keys(&self) -> bool {
        let ignores = |it: &OnConflict| it.is_primary_key && it.action == ConflictAction::Nothing;
        self.on_conflict.as_ref().is_some_and(ignores)
            && match &self.rows {
                // Of several rows the emulator gives back those that were ignored.
                InsertRows::Values(rows) => rows.len() == 1 || self.returning.is_empty(),
                InsertRows::Parameter(_) => self.returning.is_empty(),
                // A key that comes twice is an error.
                InsertRows::Query(_) => false,
            }
    }

    /// Whether a database without `ON CONFLICT` has written rows before all is read: it writes row by row, and what is
    /// there before what is not. Of a single row either half does nothing.
    pub fn writes_before_reading(&self) -> bool {
        let Some(conflict) = self.on_conflict.as_ref().filter(|_| !self.ignores_taken_keys()) else { return false };
        match &self.rows {
            InsertRows::Query(_) => matches!(conflict.action, ConflictAction::Update { .. }),
            InsertRows::Values(rows) => rows.len() > 1,
            InsertRows::Parameter(_) => true,
        }
    }
}

/// The rows that are inserted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum InsertRows {
    /// `values { … }, { … }`: a value for each column, in the order of the columns. `None` is the column's default.
    Values(Vec<Vec<Option<Expression>>>),
    /// `values $rows`: as many rows as the caller gives.
    Parameter(String),
    /// `from … select …`: an output for each column.
    Query(Box<Select>),
}

/// `on_conflict(columns) do …`
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OnConflict {
    /// The physical names of the columns of the key: the primary key or a unique one.
    pub columns: Vec<String>,
    /// Whether that is the primary key.
    pub is_primary_key: bool,
    /// What happens.
    pub action: ConflictAction,
}

/// What an insert does with a row whose key is taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ConflictAction {
    /// `do nothing`
    Nothing,
    /// `do update set … where …`: the row that is there changes; columns that are not named keep their values. The row
    /// that was to be inserted is read as the source [`EXCLUDED`].
    Update {
        /// What is written.
        assignments: Vec<Assignment>,
        /// Which rows change; the others stay as they are.
        filters: Vec<Filter>,
    },
}

/// The source of the row that was to be inserted, in `on_conflict`.
pub const EXCLUDED: &str = "excluded";

/// `update table set … where …`
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Update {
    /// The table.
    pub target: Source,
    /// What is written: what the mutation says, and what `@on_update` adds.
    pub assignments: Vec<Assignment>,
    /// Which rows.
    pub filters: Vec<Filter>,
    /// What is given back of each row as it is afterwards.
    pub returning: Vec<Output>,
}

/// `column = expression`
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Assignment {
    /// The physical name of the column.
    pub column: String,
    /// The value; `None` is the column's default.
    pub value: Option<Expression>,
}

/// `delete from table where …`
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Delete {
    /// The table.
    pub target: Source,
    /// Which rows.
    pub filters: Vec<Filter>,
    /// What is given back of each row as it was.
    pub returning: Vec<Output>,
}

fn conditions(filters: &[Filter]) -> impl Iterator<Item = &Expression> {
    filters.iter().map(|it| &it.condition)
}

fn values(assignments: &[Assignment]) -> impl Iterator<Item = &Expression> {
    assignments.iter().filter_map(|it| it.value.as_ref())
}

fn outputs(outputs: &[Output]) -> impl Iterator<Item = &Expression> {
    let queries = outputs.iter().filter_map(Output::query).flat_map(Select::expressions);
    outputs.iter().filter_map(Output::expression).chain(queries)
}

impl Insert {
    /// Every expression in it, outermost each.
    pub fn expressions(&self) -> Vec<&Expression> {
        let mut expressions = match &self.rows {
            InsertRows::Query(query) => query.expressions(),
            InsertRows::Values(_) | InsertRows::Parameter(_) => Vec::new(),
        };
        expressions.extend(self.own_expressions());
        expressions
    }

    /// The expressions of the insert itself, outermost each; not those of the query that gives the rows.
    pub fn own_expressions(&self) -> Vec<&Expression> {
        let mut expressions: Vec<_> = match &self.rows {
            InsertRows::Values(rows) => rows.iter().flatten().flatten().collect(),
            InsertRows::Parameter(_) | InsertRows::Query(_) => Vec::new(),
        };
        if let Some(OnConflict { action: ConflictAction::Update { assignments, filters }, .. }) = &self.on_conflict {
            expressions.extend(values(assignments).chain(conditions(filters)));
        }
        expressions.extend(outputs(&self.returning));
        expressions
    }
}

impl Update {
    /// Every expression in it, outermost each.
    pub fn expressions(&self) -> Vec<&Expression> {
        values(&self.assignments).chain(conditions(&self.filters)).chain(outputs(&self.returning)).collect()
    }
}

impl Delete {
    /// Every expression in it, outermost each.
    pub fn expressions(&self) -> Vec<&Expression> {
        conditions(&self.filters).chain(outputs(&self.returning)).collect()
    }
}
