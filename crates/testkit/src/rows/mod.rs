//! Random rows for the tables of a schema, as far as the model says which rows a table takes.
//!
//! Values are of the column's type and go to its limits; keys refer to rows that were made before; NULL stands where it
//! may. What a check or a unique key says beyond that is not looked at: the database refuses such a row, and whoever
//! fills a table goes on with the next.
//!
//! | file | subject |
//! |---|---|
//! | `value` | a random value of a type |
//! | `literal` | a value as SQL of each database |

mod literal;
mod value;

use std::collections::BTreeMap;

use orm_model::{Column, Dialect, ForeignKey, ObjectName, Schema, Table};
use proptest::{
    prelude::RngExt,
    test_runner::{RngAlgorithm, TestRng},
};

pub use value::Value;

/// A row to insert.
#[derive(Debug, Clone)]
pub struct Row {
    /// The table.
    pub table: ObjectName,
    /// The values by the physical names of the columns; what is missing gets its default.
    pub values: Vec<(String, Value)>,
}

impl Row {
    /// The statement that inserts it.
    pub fn insert(&self, dialect: Dialect) -> String {
        let columns: Vec<_> = self.values.iter().map(|(name, _)| literal::name(name, dialect)).collect();
        let values: Vec<_> = self.values.iter().map(|(_, value)| literal::literal(value, dialect)).collect();
        let table = literal::object(&self.table, dialect);
        format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), values.join(", "))
    }
}

/// At most `count` rows for each table as `dialect` has it, parents first. The same seed gives the same rows.
pub fn rows(schema: &Schema, dialect: Dialect, count: usize, seed: u64) -> Vec<Row> {
    let schema = schema.in_dialect(dialect);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut maker = Maker { schema: &schema, dialect, rng, made: BTreeMap::new() };
    for table in parents_first(&schema) {
        for number in 0..count {
            if let Some(row) = maker.row(table, number) {
                maker.made.entry(&table.name).or_default().push(row);
            }
        }
    }
    let order = parents_first(&schema);
    order.iter().filter_map(|table| maker.made.get(&table.name)).flatten().cloned().collect()
}

struct Maker<'a> {
    schema: &'a Schema,
    dialect: Dialect,
    rng: TestRng,
    made: BTreeMap<&'a ObjectName, Vec<Row>>,
}

impl<'a> Maker<'a> {
    /// A row; `None` where a column takes no value that is known.
    fn row(&mut self, table: &'a Table, number: usize) -> Option<Row> {
        let mut values: BTreeMap<&str, Value> = BTreeMap::new();
        for (columns, parent, referenced) in references(self.schema, table) {
            self.refer(table, &mut values, columns, parent, referenced);
        }
        for column in &table.columns {
            if values.contains_key(column.name.as_str()) || self.is_left_out(table, column) {
                continue;
            }
            let value = self.value(table, column, number)?;
            values.insert(&column.name, value);
        }
        let in_order = table.columns.iter().filter_map(|it| Some((it.name.clone(), values.remove(it.name.as_str())?)));
        Some(Row { table: table.name.clone(), values: in_order.collect() })
    }

    /// Gives the columns of a foreign key the values of a row that it may refer to. Without one they are NULL where
    /// they may be; where not, whatever the database says of it.
    fn refer(
        &mut self,
        table: &'a Table,
        values: &mut BTreeMap<&'a str, Value>,
        columns: Vec<&'a str>,
        parent: &ObjectName,
        referenced: Vec<&str>,
    ) {
        let is_nullable = |name: &&str| table.column(name).is_some_and(|it| it.nullable) && !table.is_key_column(name);
        let rows = self.made.get(parent).map(Vec::as_slice).unwrap_or_default();
        let leaves_out = columns.iter().all(is_nullable) && self.rng.random_ratio(1, 4);
        if rows.is_empty() || leaves_out {
            let empty =
                columns.into_iter().filter(is_nullable).filter(|it| !values.contains_key(it)).collect::<Vec<_>>();
            values.extend(empty.into_iter().map(|it| (it, Value::Null)));
            return;
        }
        let row = &rows[self.rng.random_range(0..rows.len())];
        for (column, referenced) in columns.into_iter().zip(referenced) {
            let value = row.values.iter().find(|(name, _)| name == referenced).map(|(_, value)| value.clone());
            if let Some(value) = value {
                values.entry(column).or_insert(value);
            }
        }
    }

    /// Whether the database fills the column: it must, or it may and does so now and then.
    fn is_left_out(&mut self, table: &Table, column: &Column) -> bool {
        if column.generated.is_some() {
            return true;
        }
        let has_default = matches!(column.default, Some(orm_model::Default::Expression(_)));
        has_default && !table.is_key_column(&column.name) && self.rng.random_ratio(1, 3)
    }

    fn value(&mut self, table: &Table, column: &Column, number: usize) -> Option<Value> {
        if column.nullable && !table.is_key_column(&column.name) && self.rng.random_ratio(1, 4) {
            return Some(Value::Null);
        }
        value::value(self.schema, column, self.dialect, number, &mut self.rng)
    }
}

/// The columns of each reference of a table, the table that it goes to, and the columns there: the interleaving first,
/// because the beginning of the key hangs on it.
pub(crate) fn references<'a>(
    schema: &'a Schema,
    table: &'a Table,
) -> Vec<(Vec<&'a str>, &'a ObjectName, Vec<&'a str>)> {
    let key = |table: &'a Table| table.primary_key.iter().flat_map(|it| &it.columns).map(|it| it.name.as_str());
    let interleave = table.interleave.iter().filter_map(|it| {
        let parent = schema.tables.get(&it.parent)?;
        Some((key(table).take(key(parent).count()).collect(), &it.parent, key(parent).collect()))
    });
    let texts = |names: &'a [String]| names.iter().map(String::as_str).collect();
    let foreign = table
        .foreign_keys
        .iter()
        .map(|it: &ForeignKey| (texts(&it.columns), &it.references, texts(&it.referenced_columns)));
    interleave.chain(foreign).collect()
}

/// The tables, those that others refer to first; in a circle the order of their names.
pub(crate) fn parents_first(schema: &Schema) -> Vec<&Table> {
    let mut open: Vec<_> = schema.tables.values().collect();
    let mut ordered: Vec<&Table> = Vec::new();
    while !open.is_empty() {
        let waits = |table: &Table| {
            let mut parents = references(schema, table).into_iter().map(|(_, parent, _)| parent);
            parents.any(|parent| *parent != table.name && open.iter().any(|it| it.name == *parent))
        };
        let next = open.iter().position(|table| !waits(table)).unwrap_or_default();
        ordered.push(open.remove(next));
    }
    ordered
}
