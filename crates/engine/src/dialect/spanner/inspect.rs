//! Reading a live database from `INFORMATION_SCHEMA`.
//!
//! Spanner shows more there than was created: an index for every primary key and foreign key, a check for every NOT
//! NULL. They are left out.

use std::collections::BTreeMap;

use orm_driver::{Connection, Result, Row};
use orm_model::{Counter, ObjectName, ReferentialAction, SkipRange, Ttl};

use super::statements::names;
use crate::{
    catalog::{
        Catalog, Check, Column, ForeignKey, Generated, Identity, Index, IndexKey, Interleave, Key, PrimaryKey,
        Sequence, Table, View,
    },
    dialect::{Inspection, is_own},
};

const TABLES: &str = "
SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, PARENT_TABLE_NAME, ON_DELETE_ACTION, INTERLEAVE_TYPE,
       ROW_DELETION_POLICY_EXPRESSION
FROM INFORMATION_SCHEMA.TABLES
WHERE TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'SPANNER_SYS')
ORDER BY TABLE_SCHEMA, TABLE_NAME";

const COLUMNS: &str = "
SELECT c.TABLE_SCHEMA, c.TABLE_NAME, c.COLUMN_NAME, c.SPANNER_TYPE, c.IS_NULLABLE = 'NO' AS NOT_NULL,
       CAST(c.COLUMN_DEFAULT AS STRING) AS DEFAULT_TEXT, c.GENERATION_EXPRESSION,
       IFNULL(c.IS_STORED, '') = 'YES' AS IS_STORED,
       c.IS_IDENTITY = 'YES' AS IS_IDENTITY, CAST(c.IDENTITY_START_WITH_COUNTER AS STRING) AS IDENTITY_START,
       CAST(c.IDENTITY_SKIP_RANGE_MIN AS STRING) AS SKIP_FIRST, CAST(c.IDENTITY_SKIP_RANGE_MAX AS STRING) AS SKIP_LAST,
       IFNULL(o.OPTION_VALUE, '') = 'TRUE' AS COMMIT_TIMESTAMP
FROM INFORMATION_SCHEMA.COLUMNS c
LEFT JOIN INFORMATION_SCHEMA.COLUMN_OPTIONS o
  ON o.TABLE_SCHEMA = c.TABLE_SCHEMA AND o.TABLE_NAME = c.TABLE_NAME AND o.COLUMN_NAME = c.COLUMN_NAME
  AND o.OPTION_NAME = 'allow_commit_timestamp'
WHERE c.TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'SPANNER_SYS')
ORDER BY c.TABLE_SCHEMA, c.TABLE_NAME, c.ORDINAL_POSITION";

const INDEXES: &str = "
SELECT i.TABLE_SCHEMA, i.TABLE_NAME, i.INDEX_NAME, i.INDEX_TYPE, i.IS_UNIQUE, i.IS_NULL_FILTERED,
       i.PARENT_TABLE_NAME,
       c.COLUMN_NAME, c.ORDINAL_POSITION, c.COLUMN_ORDERING
FROM INFORMATION_SCHEMA.INDEXES i
JOIN INFORMATION_SCHEMA.INDEX_COLUMNS c
  ON c.TABLE_SCHEMA = i.TABLE_SCHEMA AND c.TABLE_NAME = i.TABLE_NAME AND c.INDEX_NAME = i.INDEX_NAME
WHERE i.TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'SPANNER_SYS') AND NOT i.SPANNER_IS_MANAGED
ORDER BY i.TABLE_SCHEMA, i.TABLE_NAME, i.INDEX_NAME, c.ORDINAL_POSITION, c.COLUMN_NAME";

const CHECKS: &str = "
SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.CONSTRAINT_NAME, t.ENFORCED = 'YES' AS ENFORCED, c.CHECK_CLAUSE
FROM INFORMATION_SCHEMA.TABLE_CONSTRAINTS t
JOIN INFORMATION_SCHEMA.CHECK_CONSTRAINTS c
  ON c.CONSTRAINT_SCHEMA = t.CONSTRAINT_SCHEMA AND c.CONSTRAINT_NAME = t.CONSTRAINT_NAME
WHERE t.CONSTRAINT_TYPE = 'CHECK' AND t.CONSTRAINT_NAME NOT LIKE 'CK_IS_NOT_NULL_%'
ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME, t.CONSTRAINT_NAME";

const VIEWS: &str = "
SELECT TABLE_SCHEMA, TABLE_NAME, VIEW_DEFINITION FROM INFORMATION_SCHEMA.VIEWS
WHERE TABLE_SCHEMA NOT IN ('INFORMATION_SCHEMA', 'SPANNER_SYS') ORDER BY TABLE_SCHEMA, TABLE_NAME";

const SEQUENCES: &str = "
SELECT s.SCHEMA, s.NAME, o.OPTION_NAME, o.OPTION_VALUE
FROM INFORMATION_SCHEMA.SEQUENCES s
LEFT JOIN INFORMATION_SCHEMA.SEQUENCE_OPTIONS o ON o.SCHEMA = s.SCHEMA AND o.NAME = s.NAME
ORDER BY s.SCHEMA, s.NAME, o.OPTION_NAME";

/// The emulator says of every unique constraint that it is in the schema of the foreign key; the columns in use tell the
/// parent's.
const FOREIGN_KEYS: &str = "
SELECT k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, r.DELETE_RULE, t.ENFORCED = 'YES' AS ENFORCED,
       p.TABLE_SCHEMA AS PARENT_SCHEMA, p.TABLE_NAME AS PARENT_NAME, p.COLUMN_NAME AS PARENT_COLUMN
FROM INFORMATION_SCHEMA.REFERENTIAL_CONSTRAINTS r
JOIN INFORMATION_SCHEMA.TABLE_CONSTRAINTS t
  ON t.CONSTRAINT_SCHEMA = r.CONSTRAINT_SCHEMA AND t.CONSTRAINT_NAME = r.CONSTRAINT_NAME
JOIN INFORMATION_SCHEMA.KEY_COLUMN_USAGE k
  ON k.CONSTRAINT_SCHEMA = r.CONSTRAINT_SCHEMA AND k.CONSTRAINT_NAME = r.CONSTRAINT_NAME
JOIN (SELECT DISTINCT CONSTRAINT_SCHEMA, CONSTRAINT_NAME, TABLE_SCHEMA, TABLE_NAME
      FROM INFORMATION_SCHEMA.CONSTRAINT_COLUMN_USAGE) u
  ON u.CONSTRAINT_SCHEMA = r.CONSTRAINT_SCHEMA AND u.CONSTRAINT_NAME = r.CONSTRAINT_NAME
JOIN INFORMATION_SCHEMA.KEY_COLUMN_USAGE p
  ON p.TABLE_SCHEMA = u.TABLE_SCHEMA AND p.TABLE_NAME = u.TABLE_NAME
  AND p.CONSTRAINT_NAME = r.UNIQUE_CONSTRAINT_NAME AND p.ORDINAL_POSITION = k.POSITION_IN_UNIQUE_CONSTRAINT
ORDER BY k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.ORDINAL_POSITION";

/// Reads tables, and the names of what the model does not know.
pub(super) async fn inspect(connection: &mut dyn Connection) -> Result<Inspection> {
    // The emulator says NO ACTION of every foreign key, and of every column that it is no identity; seen with version 1.5.
    let tells_all = !connection.server_version().await?.contains("emulator");
    let mut reader = Reader { tells_all, ..Reader::default() };
    reader.read(connection, TABLES, Reader::table).await?;
    reader.read(connection, COLUMNS, Reader::column).await?;
    reader.read(connection, INDEXES, Reader::index_column).await?;
    reader.read(connection, CHECKS, Reader::check).await?;
    reader.read(connection, FOREIGN_KEYS, Reader::foreign_key_column).await?;
    reader.read(connection, SEQUENCES, Reader::sequence_option).await?;
    reader.read(connection, VIEWS, Reader::view).await?;
    reader.find_parents();
    let Reader { tables, sequences, views, unmodelled, .. } = reader;
    let catalog = Catalog { tables, sequences, views, ..Catalog::default() };
    Ok(Inspection { catalog, unmodelled })
}

#[derive(Default)]
struct Reader {
    tells_all: bool,
    tables: BTreeMap<ObjectName, Table>,
    sequences: BTreeMap<ObjectName, Sequence>,
    views: BTreeMap<ObjectName, View>,
    unmodelled: Vec<String>,
}

impl Reader {
    async fn read(
        &mut self,
        connection: &mut dyn Connection,
        query: &str,
        take: fn(&mut Self, &Row) -> Result<()>,
    ) -> Result<()> {
        connection.query(query, &[]).await?.iter().try_for_each(|row| take(self, row))
    }

    fn table(&mut self, row: &Row) -> Result<()> {
        let name = object(row, "TABLE_SCHEMA", "TABLE_NAME")?;
        let kind = row.get::<String>("TABLE_TYPE")?;
        if kind == "VIEW" {
            self.views.insert(name, View::default());
        } else if kind != "BASE TABLE" {
            self.unmodelled.push(format!("{} {name}", kind.to_lowercase()));
        } else if !is_own(&name) {
            let (interleave, ttl) = (interleave(row, &name)?, ttl(row)?);
            self.tables.insert(name.clone(), Table { interleave, ttl, ..Table::new(name) });
        }
        Ok(())
    }

    fn column(&mut self, row: &Row) -> Result<()> {
        let name = row.get::<String>("COLUMN_NAME")?;
        let stored = row.get("IS_STORED")?;
        let generated = row.get::<Option<String>>("GENERATION_EXPRESSION")?.filter(|text| !text.is_empty());
        let generated = generated.map(|expression| Generated { expression, stored });
        let column = Column {
            name,
            sql_type: row.get("SPANNER_TYPE")?,
            not_null: row.get("NOT_NULL")?,
            default: row.get::<Option<String>>("DEFAULT_TEXT")?.filter(|_| generated.is_none()),
            identity: self.identity(row)?,
            generated,
            hidden: false,
            allow_commit_timestamp: row.get("COMMIT_TIMESTAMP")?,
            comment: None,
        };
        self.change(row, |table| table.columns.push(column))
    }

    fn identity(&self, row: &Row) -> Result<Identity> {
        if !row.get::<Option<bool>>("IS_IDENTITY")?.unwrap_or_default() {
            let is_whole = row.get::<String>("SPANNER_TYPE")? == "INT64";
            return Ok(if self.tells_all || !is_whole { Identity::No } else { Identity::Untold });
        }
        let number = |name| row.get::<Option<String>>(name).map(|it| it.and_then(|text| text.parse::<i64>().ok()));
        Ok(Identity::Counter(counter(number("IDENTITY_START")?, number("SKIP_FIRST")?, number("SKIP_LAST")?)))
    }

    fn view(&mut self, row: &Row) -> Result<()> {
        let view = View { query: row.get("VIEW_DEFINITION")?, comment: None };
        self.views.insert(object(row, "TABLE_SCHEMA", "TABLE_NAME")?, view);
        Ok(())
    }

    /// One option of a sequence; the kind is always the same.
    fn sequence_option(&mut self, row: &Row) -> Result<()> {
        let sequence = self.sequences.entry(object(row, "SCHEMA", "NAME")?).or_default();
        let value = row.get::<Option<String>>("OPTION_VALUE")?.and_then(|text| text.parse::<i64>().ok());
        let Some(value) = value else { return Ok(()) };
        let range = sequence.counter.skip_range;
        let (first, last) = range.map_or((value, value), |it| (it.first, it.last));
        match row.get::<Option<String>>("OPTION_NAME")?.as_deref() {
            Some("start_with_counter") => sequence.counter.start = Some(value).filter(|it| *it != 1),
            Some("skip_range_min") => sequence.counter.skip_range = Some(SkipRange { first: value, last }),
            Some("skip_range_max") => sequence.counter.skip_range = Some(SkipRange { first, last: value }),
            _ => {}
        }
        Ok(())
    }

    /// Tables and indexes say the name of their parent without its schema: it is the child's, or another one that has
    /// such a table.
    fn find_parents(&mut self) {
        let names: Vec<_> = self.tables.keys().cloned().collect();
        for table in self.tables.values_mut() {
            let of_table = table.interleave.iter_mut().map(|it| &mut it.parent);
            let of_indexes = table.indexes.values_mut().filter_map(|it| it.interleave.as_mut());
            for parent in of_table.chain(of_indexes).filter(|it| !names.contains(it)) {
                if let Some(found) = names.iter().find(|it| it.name == parent.name) {
                    parent.clone_from(found);
                }
            }
        }
    }

    fn index_column(&mut self, row: &Row) -> Result<()> {
        let (index, kind) = (row.get::<String>("INDEX_NAME")?, row.get::<String>("INDEX_TYPE")?);
        let name = row.get::<String>("COLUMN_NAME")?;
        let ordering = row.get::<Option<String>>("COLUMN_ORDERING")?.unwrap_or_default();
        let descending = ordering.starts_with("DESC");
        let is_stored = row.get::<Option<i64>>("ORDINAL_POSITION")?.is_none();
        let (unique, null_filtered) = (row.get("IS_UNIQUE")?, row.get("IS_NULL_FILTERED")?);
        let parent = row.get::<Option<String>>("PARENT_TABLE_NAME")?.filter(|name| !name.is_empty());
        match kind.as_str() {
            "PRIMARY_KEY" => self.change(row, |table| {
                let empty = PrimaryKey { name: None, columns: Vec::new() };
                table.primary_key.get_or_insert(empty).columns.push(Key { name, descending });
            }),
            "INDEX" => self.change(row, |table| {
                let schema = table.name.schema.clone();
                let empty = Index {
                    unique,
                    keys: Vec::new(),
                    storing: Vec::new(),
                    null_filtered,
                    condition: None,
                    using: None,
                    interleave: parent.map(|name| ObjectName { schema, name }),
                };
                let index = table.indexes.entry(index).or_insert(empty);
                match is_stored {
                    true => index.storing.push(name),
                    false => index.keys.push(IndexKey::column(name, descending)),
                }
            }),
            other => self.note(row, &format!("{} index", other.to_lowercase()), &index),
        }
    }

    fn check(&mut self, row: &Row) -> Result<()> {
        let (name, condition) = (row.get::<String>("CONSTRAINT_NAME")?, row.get::<String>("CHECK_CLAUSE")?);
        let enforced = row.get("ENFORCED")?;
        self.change(row, |table| drop(table.checks.insert(name, Check { condition, enforced })))
    }

    fn foreign_key_column(&mut self, row: &Row) -> Result<()> {
        let (name, column) = (row.get::<String>("CONSTRAINT_NAME")?, row.get("COLUMN_NAME")?);
        let parent_column = row.get("PARENT_COLUMN")?;
        let on_delete = action(row.get::<Option<String>>("DELETE_RULE")?.as_deref());
        let empty = ForeignKey {
            columns: Vec::new(),
            references: object(row, "PARENT_SCHEMA", "PARENT_NAME")?,
            referenced_columns: Vec::new(),
            on_delete: Some(on_delete).filter(|_| self.tells_all),
            on_update: ReferentialAction::NoAction,
            deferrable: false,
            enforced: row.get("ENFORCED")?,
        };
        self.change(row, |table| {
            let key = table.foreign_keys.entry(name).or_insert(empty);
            key.columns.push(column);
            key.referenced_columns.push(parent_column);
        })
    }

    fn change(&mut self, row: &Row, change: impl FnOnce(&mut Table)) -> Result<()> {
        if let Some(table) = self.tables.get_mut(&object(row, "TABLE_SCHEMA", "TABLE_NAME")?) {
            change(table);
        }
        Ok(())
    }

    fn note(&mut self, row: &Row, kind: &str, name: &str) -> Result<()> {
        let table = object(row, "TABLE_SCHEMA", "TABLE_NAME")?;
        let line = format!("{kind} {table}.{name}");
        if self.tables.contains_key(&table) && !self.unmodelled.contains(&line) {
            self.unmodelled.push(line);
        }
        Ok(())
    }
}

fn object(row: &Row, schema: &str, name: &str) -> Result<ObjectName> {
    let schema = row.get::<Option<String>>(schema)?.filter(|schema| !schema.is_empty());
    Ok(ObjectName { schema, name: row.get(name)? })
}

/// The parent's name stands without its schema; the child's is the first guess.
fn interleave(row: &Row, child: &ObjectName) -> Result<Option<Interleave>> {
    let Some(parent) = row.get::<Option<String>>("PARENT_TABLE_NAME")?.filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let name = parent.rsplit('.').next().unwrap_or(&parent).to_owned();
    let on_delete = action(row.get::<Option<String>>("ON_DELETE_ACTION")?.as_deref());
    let placement_only = row.get::<Option<String>>("INTERLEAVE_TYPE")?.is_some_and(|kind| kind == "IN");
    Ok(Some(Interleave { parent: ObjectName { schema: child.schema.clone(), name }, on_delete, placement_only }))
}

/// `OLDER_THAN(column, INTERVAL 30 DAY)`
fn ttl(row: &Row) -> Result<Option<Ttl>> {
    let Some(text) = row.get::<Option<String>>("ROW_DELETION_POLICY_EXPRESSION")? else { return Ok(None) };
    let words = names(&text);
    let days = text.split(|it: char| !it.is_ascii_digit()).rfind(|it| !it.is_empty()).and_then(|it| it.parse().ok());
    Ok(words.get(1).zip(days).map(|(column, days)| Ttl { column: column.clone(), days, only: None }))
}

fn counter(start: Option<i64>, first: Option<i64>, last: Option<i64>) -> Counter {
    let skip_range = first.zip(last).map(|(first, last)| SkipRange { first, last });
    Counter { start: start.filter(|it| *it != 1), skip_range }
}

fn action(rule: Option<&str>) -> ReferentialAction {
    if rule == Some("CASCADE") { ReferentialAction::Cascade } else { ReferentialAction::NoAction }
}
