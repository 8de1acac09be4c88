//! What a plan throws away.

use std::fmt;

use orm_model::ObjectName;
use serde::{Deserialize, Serialize};

use super::delta::Delta;
use crate::{catalog::Catalog, dialect::SqlDialect};

/// Something that a plan throws away of the rows that are there.
///
/// A change that the database *refuses* when a value does not fit loses nothing and is not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataLoss {
    /// A table with all its rows.
    Table {
        /// The table.
        table: ObjectName,
    },
    /// A column of every row.
    Column {
        /// The table.
        table: ObjectName,
        /// The column.
        column: String,
    },
    /// A part of the values of a column.
    Values {
        /// The table.
        table: ObjectName,
        /// The column.
        column: String,
        /// What of the values: `digits after the point are rounded away`.
        how: String,
    },
}

impl fmt::Display for DataLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DataLoss::Table { table } => write!(f, "drops table {table} with all its rows"),
            DataLoss::Column { table, column } => write!(f, "drops column {column} of table {table}"),
            DataLoss::Values { table, column, how } => write!(f, "changes column {column} of table {table}: {how}"),
        }
    }
}

pub(super) fn losses(before: &Catalog, after: &Catalog, deltas: &[Delta<'_>], sql: &dyn SqlDialect) -> Vec<DataLoss> {
    let dropped = before.tables.keys().filter(|name| !after.tables.contains_key(name));
    let tables = dropped.map(|table| DataLoss::Table { table: table.clone() });
    let columns = deltas.iter().flat_map(|delta| {
        let table = &delta.before.name;
        // What is computed can be computed again.
        let dropped = delta.dropped_columns.iter().filter(|column| column.generated.is_none());
        let dropped = dropped.map(|column| DataLoss::Column { table: table.clone(), column: column.name.clone() });
        let changed = delta.changed_columns.iter().filter_map(|(old, new)| {
            let how = sql.loses_data(old, new)?;
            Some(DataLoss::Values { table: table.clone(), column: old.name.clone(), how })
        });
        dropped.chain(changed)
    });
    tables.chain(columns).collect()
}
