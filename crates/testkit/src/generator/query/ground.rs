//! What queries are drawn for: a schema, what its text calls things, and its rows.

use orm_model::{Column, ColumnType, Default, Expression, Schema, Table, query::ResultValue};
use serde_json::{Map, Value};

use super::{
    rng,
    rows::{self, Rows},
    sample, schema,
};

/// A schema that was drawn: its text, and what cannot be read from the model.
#[derive(Debug, Clone, std::default::Default)]
pub struct Sample {
    /// The `.orm` text.
    pub text: String,
    /// The relations of each table.
    pub(super) links: Vec<Link>,
    /// The columns of each view of which no two rows have the same values; none where there are no such columns.
    pub(super) view_keys: Vec<(String, Vec<String>)>,
}

/// A relation of a table.
#[derive(Debug, Clone)]
pub(super) struct Link {
    /// The table that has it, as the text calls it.
    pub(super) of: String,
    pub(super) name: String,
    /// The table that it leads to.
    pub(super) target: String,
    /// Whether it leads to any number of rows.
    pub(super) many: bool,
}

/// What queries are drawn for.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The schema.
    pub schema: Schema,
    /// Its tables and views.
    pub(super) relations: Vec<Readable>,
    pub(super) links: Vec<Link>,
    /// The rows of its tables, parents first: each table by its text, with rows as `insert into … values $rows` takes them.
    pub rows: Rows,
}

/// A table or view.
#[derive(Debug, Clone)]
pub(super) struct Readable {
    /// What the text calls it.
    pub(super) name: String,
    pub(super) is_view: bool,
    pub(super) columns: Vec<Named>,
    /// The columns of which no two rows have the same values.
    pub(super) key: Vec<String>,
    /// Further such keys, which `on_conflict` can name.
    pub(super) uniques: Vec<Vec<String>>,
}

/// A column by the name that the text gives it.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) column_type: ColumnType,
    pub(super) nullable: bool,
    /// Whether somebody else than the writer computes it.
    pub(super) is_generated: bool,
    /// Whether an insert may leave it out.
    pub(super) is_optional: bool,
    /// Whether what it gets by itself is another value each time: then writers always name it, for answers to be the same.
    pub(super) is_volatile: bool,
    /// Whether an update writes it by itself.
    pub(super) is_updated: bool,
}

impl Sample {
    /// The fixed schema.
    pub fn fixed() -> Self {
        sample::sample()
    }

    /// The schema of a seed.
    pub fn random(seed: u64) -> Self {
        schema::sample(rng(seed))
    }

    /// The text of queries that read each table of the schema, ordered: `contents0`, …
    pub fn contents(schema: &Schema) -> String {
        let query = |(number, table): (usize, &Table)| {
            let key = names(table, &key_columns(table)).join(", ");
            format!("query contents{number} {{\n  from {}\n  order_by {key}\n  select *\n}}\n", table_name(table))
        };
        schema.tables.values().enumerate().map(query).collect()
    }

    /// What queries can be drawn for: `schema` is the model of the text.
    pub fn ground(self, schema: Schema, seed: u64) -> Ground {
        let tables = schema.tables.values().map(Readable::of_table);
        let views = schema.views.values().filter_map(|view| {
            let name = view.declared_name.clone().unwrap_or_else(|| view.name.to_string());
            let key = self.view_keys.iter().find(|(it, _)| *it == name).map(|(_, key)| key.clone());
            let outputs = view.select.as_ref()?.outputs.iter().map(orm_model::query::Output::result);
            let columns = outputs.filter_map(|it| match it.value {
                ResultValue::Value(Some(column_type)) => Some(Named::read(it.name, column_type, it.nullable)),
                _ => None,
            });
            let (columns, key) = (columns.collect(), key.unwrap_or_default());
            Some(Readable { name, is_view: true, columns, key, uniques: Vec::new() })
        });
        let relations = tables.chain(views).collect();
        let rows = rows::rows(&schema, &mut rng(seed));
        Ground { schema, relations, links: self.links, rows }
    }
}

impl Ground {
    pub(super) fn relation(&self, name: &str) -> Option<&Readable> {
        self.relations.iter().find(|it| it.name == name)
    }

    pub(super) fn tables(&self) -> Vec<&Readable> {
        self.relations.iter().filter(|it| !it.is_view).collect()
    }

    /// What the database calls a column of a table.
    pub(super) fn physical(&self, table: &str, column: &str) -> Option<&str> {
        let model = self.schema.tables.values().find(|it| table_name(it) == table)?;
        model.columns.iter().find(|it| written(it.declared_name()) == column).map(|it| it.name.as_str())
    }

    /// The model of a table that the text calls so.
    pub(super) fn table(&self, name: &str) -> Option<&Table> {
        self.schema.tables.values().find(|it| table_name(it) == name)
    }

    /// The rows of a table that the text calls so.
    pub(super) fn rows_of(&self, table: &str) -> &[Map<String, Value>] {
        let found = self.rows.iter().find(|it| it.written == table);
        found.map_or(&[], |it| it.rows.as_slice())
    }
}

impl Readable {
    fn of_table(table: &Table) -> Self {
        let optional = |it: &Column| it.nullable || it.default.is_some();
        let columns = table.columns.iter().map(|it| Named {
            is_generated: it.generated.is_some(),
            is_optional: optional(it),
            is_volatile: is_volatile(it.default.as_ref()),
            is_updated: it.on_update.is_some(),
            ..Named::read(
                written(it.declared_name()),
                it.column_type.clone(),
                it.nullable && !table.is_key_column(&it.name),
            )
        });
        let uniques = table.uniques.iter().map(|it| it.columns.clone());
        let uniques = uniques.chain(table.indexes.iter().filter_map(|it| {
            let columns: Vec<_> = it.unique_columns()?.into_iter().map(str::to_owned).collect();
            Some(columns)
        }));
        Readable {
            name: table_name(table),
            is_view: false,
            columns: columns.collect(),
            key: names(table, &key_columns(table)),
            uniques: uniques.map(|it| names(table, &it)).collect(),
        }
    }
}

impl Named {
    fn read(name: String, column_type: ColumnType, nullable: bool) -> Self {
        Named {
            name,
            column_type,
            nullable,
            is_generated: false,
            is_optional: true,
            is_volatile: false,
            is_updated: false,
        }
    }
}

/// Whether a default gives another value each time.
fn is_volatile(default: Option<&Default>) -> bool {
    match default {
        None => false,
        Some(Default::Expression(it)) => matches!(it, Expression::Call { .. }),
        Some(Default::App(_) | Default::Identity(_) | Default::NextValue(_)) => true,
    }
}

fn key_columns(table: &Table) -> Vec<String> {
    table.primary_key.iter().flat_map(|it| &it.columns).map(|it| it.name.clone()).collect()
}

/// Columns by the names that the text gives them.
fn names(table: &Table, physical: &[String]) -> Vec<String> {
    let declared = |it: &String| table.column(it).map_or(it.as_str(), Column::declared_name).to_owned();
    physical.iter().map(|it| written(&declared(it))).collect()
}

/// What the text calls a table.
pub(super) fn table_name(table: &Table) -> String {
    table.declared_name.clone().unwrap_or_else(|| table.name.to_string())
}

/// The words of clauses and expressions, which as names stand in backticks.
const WORDS: &[&str] = &["limit", "end", "desc", "select", "from"];

/// A name as the text has it.
pub(super) fn written(name: &str) -> String {
    if WORDS.contains(&name) { format!("`{name}`") } else { name.to_owned() }
}
