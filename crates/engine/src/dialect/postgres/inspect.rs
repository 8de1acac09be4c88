//! Reading a live database from `pg_catalog`.

use std::collections::{BTreeMap, BTreeSet};

use orm_driver::{Connection, Result, Row};
use orm_model::{ColumnName, Counter, ObjectName, ReferentialAction, schema::NullsOrder};

use super::{Postgres, create::usual_nulls};
use crate::{
    catalog::{
        Catalog, Check, Column, EnumType, ForeignKey, Generated, Identity, Index, IndexKey, IndexValue, Key,
        PrimaryKey, Sequence, Table, Unique, View,
    },
    dialect::{Inspection, expression::ExpressionDialect, is_own, sequence::SequenceDialect},
};

/// Tables of users: not the system's, and not an extension's. `schema` is NULL for the schema that names without one
/// stand in.
const RELATIONS: &str = "
WITH relation AS (
  SELECT c.oid, c.relname::text AS name, c.relkind,
         CASE WHEN n.nspname = current_schema() THEN NULL ELSE n.nspname::text END AS schema
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'
    AND NOT EXISTS (
      SELECT FROM pg_catalog.pg_depend d
      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    )
), enumeration AS (
  SELECT t.oid, t.typname::text AS name,
         CASE WHEN n.nspname = current_schema() THEN NULL ELSE n.nspname::text END AS schema
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  WHERE t.typtype = 'e' AND NOT EXISTS (
    SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
  )
)";

const ENUMS: &str = "
SELECT e.schema, e.name, obj_description(e.oid, 'pg_type') AS comment,
       ARRAY(SELECT v.enumlabel::text FROM pg_catalog.pg_enum v WHERE v.enumtypid = e.oid ORDER BY v.enumsortorder) AS labels
FROM enumeration e ORDER BY e.schema NULLS FIRST, e.name";

const TABLES: &str = "
SELECT schema, name, obj_description(oid, 'pg_class') AS comment
FROM relation WHERE relkind IN ('r', 'p') ORDER BY schema NULLS FIRST, name";

const COLUMNS: &str = "
SELECT r.schema, r.name AS table_name, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS sql_type,
       a.attnotnull AS not_null, pg_get_expr(d.adbin, d.adrelid) AS default_text,
       col_description(r.oid, a.attnum) AS comment, a.attgenerated::text AS generated,
       i.seqstart AS identity_start, a.attidentity = 'a' OR i.seqincrement <> 1 AS is_other_identity,
       n.schema AS sequence_schema, n.name AS sequence_name,
       e.schema AS enum_schema, e.name AS enum_name, t.typelem <> 0 AS is_array
FROM relation r
JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
LEFT JOIN pg_catalog.pg_depend o ON a.attidentity <> '' AND o.deptype = 'i' AND o.classid = 'pg_class'::regclass
  AND o.refclassid = 'pg_class'::regclass AND o.refobjid = r.oid AND o.refobjsubid = a.attnum
LEFT JOIN pg_catalog.pg_sequence i ON i.seqrelid = o.objid
LEFT JOIN pg_catalog.pg_depend u ON u.classid = 'pg_attrdef'::regclass AND u.objid = d.oid AND u.deptype = 'n'
  AND u.refclassid = 'pg_class'::regclass AND EXISTS (SELECT FROM relation s WHERE s.oid = u.refobjid AND s.relkind = 'S')
LEFT JOIN relation n ON n.oid = u.refobjid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN enumeration e ON e.oid IN (t.oid, t.typelem)
WHERE r.relkind IN ('r', 'p') ORDER BY r.oid, a.attnum";

const CONSTRAINTS: &str = "
SELECT r.schema, r.name AS table_name, c.conname::text AS name, c.contype::text AS kind,
       ARRAY(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, o)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY k.o) AS columns,
       f.schema AS parent_schema, f.name AS parent_name,
       ARRAY(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(n, o)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY k.o) AS parent_columns,
       c.confdeltype::text AS on_delete, c.confupdtype::text AS on_update, pg_get_expr(c.conbin, c.conrelid) AS condition,
       coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) AS nulls_equal,
       c.condeferrable AS is_deferrable, c.condeferred AS is_deferred, NOT c.convalidated AS is_unproved,
       coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true) AS enforced
FROM relation r
JOIN pg_catalog.pg_constraint c ON c.conrelid = r.oid
LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.conindid AND c.contype = 'u'
LEFT JOIN relation f ON f.oid = c.confrelid
WHERE c.contype IN ('p', 'u', 'f', 'c', 'x') ORDER BY r.oid, c.conname";

/// Of an operator class and a collation only the name that is not the usual one; columns that are only stored stand last.
const INDEXES: &str = "
SELECT r.schema, r.name AS table_name, c.relname::text AS name, i.indisunique AS is_unique, m.amname::text AS method,
       ARRAY(SELECT coalesce(a.attname::text, '') FROM unnest(i.indkey) WITH ORDINALITY k(n, o)
             LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.n AND k.n > 0
             ORDER BY k.o) AS columns,
       ARRAY(SELECT pg_get_indexdef(i.indexrelid, o::int, true) FROM unnest(i.indkey) WITH ORDINALITY k(n, o)
             ORDER BY k.o) AS definitions,
       ARRAY(SELECT CASE WHEN p.opcdefault THEN '' ELSE p.opcname::text END
             FROM unnest(i.indclass) WITH ORDINALITY k(n, o)
             JOIN pg_catalog.pg_opclass p ON p.oid = k.n ORDER BY k.o) AS opclasses,
       ARRAY(SELECT CASE WHEN k.n IN (0, coalesce(nullif(a.attcollation, 0), 'pg_catalog.default'::regcollation)) THEN ''
                         ELSE l.collname::text END
             FROM unnest(i.indcollation, i.indkey::int2[]) WITH ORDINALITY k(n, c, o)
             LEFT JOIN pg_catalog.pg_collation l ON l.oid = k.n
             LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.c AND k.c > 0
             WHERE k.n IS NOT NULL ORDER BY k.o) AS collations,
       ARRAY(SELECT o::bigint FROM unnest(i.indoption) WITH ORDINALITY k(o, p) ORDER BY p) AS options,
       pg_get_expr(i.indpred, i.indrelid) AS condition
FROM relation r
JOIN pg_catalog.pg_index i ON i.indrelid = r.oid
JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
JOIN pg_catalog.pg_am m ON m.oid = c.relam
WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY r.oid, c.relname";

/// All but those of identity columns.
const SEQUENCES: &str = "
SELECT r.schema, r.name, s.seqstart AS start, s.seqincrement AS increment, s.seqcache AS cache,
       obj_description(r.oid, 'pg_class') AS comment, t.schema AS table_schema, t.name AS table_name, a.attname::text AS owner
FROM relation r
JOIN pg_catalog.pg_sequence s ON s.seqrelid = r.oid
LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype IN ('a', 'i')
  AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
LEFT JOIN relation t ON t.oid = d.refobjid
LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
WHERE d.deptype IS DISTINCT FROM 'i' ORDER BY r.schema NULLS FIRST, r.name";

const VIEWS: &str = "
SELECT schema, name, obj_description(oid, 'pg_class') AS comment, pg_get_viewdef(oid) AS query
FROM relation WHERE relkind = 'v' ORDER BY schema NULLS FIRST, name";

/// `plpgsql` is in every database from its beginning.
const EXTENSIONS: &str = "
SELECT extname::text AS name FROM pg_catalog.pg_extension WHERE extname <> 'plpgsql' ORDER BY extname";

const OTHERS: &str = "
SELECT schema, name, CASE relkind WHEN 'm' THEN 'materialized view' ELSE 'foreign table' END AS kind
FROM relation WHERE relkind IN ('m', 'f')
UNION ALL
SELECT r.schema, r.name || '.' || t.tgname, 'trigger'
FROM relation r JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
ORDER BY 1 NULLS FIRST, 2";

/// Reads tables, and the names of what the model does not know.
pub(super) async fn inspect(connection: &mut dyn Connection) -> Result<Inspection> {
    let mut reader = Reader::default();
    reader.read(connection, TABLES, Reader::table).await?;
    reader.read(connection, COLUMNS, Reader::column).await?;
    reader.read(connection, CONSTRAINTS, Reader::constraint).await?;
    reader.read(connection, INDEXES, Reader::index).await?;
    reader.read(connection, SEQUENCES, Reader::sequence).await?;
    reader.read(connection, ENUMS, Reader::enumeration).await?;
    reader.read(connection, VIEWS, Reader::view).await?;
    reader.read(connection, EXTENSIONS, Reader::extension).await?;
    reader.read(connection, OTHERS, Reader::other).await?;
    let Reader { tables, sequences, enums, views, extensions, unmodelled } = reader;
    let catalog = Catalog { tables, sequences, enums, views, extensions, raw: Vec::new() };
    Ok(Inspection { catalog, unmodelled })
}

#[derive(Default)]
struct Reader {
    tables: BTreeMap<ObjectName, Table>,
    sequences: BTreeMap<ObjectName, Sequence>,
    enums: BTreeMap<ObjectName, EnumType>,
    views: BTreeMap<ObjectName, View>,
    extensions: BTreeSet<String>,
    unmodelled: Vec<String>,
}

impl Reader {
    async fn read(
        &mut self,
        connection: &mut dyn Connection,
        query: &str,
        take: fn(&mut Self, &Row) -> Result<()>,
    ) -> Result<()> {
        let rows = connection.query(&format!("{RELATIONS}{query}"), &[]).await?;
        rows.iter().try_for_each(|row| take(self, row))
    }

    fn table(&mut self, row: &Row) -> Result<()> {
        let name = object(row, "schema", "name")?;
        if !is_own(&name) {
            let table = Table { comment: row.get("comment")?, ..Table::new(name.clone()) };
            self.tables.insert(name, table);
        }
        Ok(())
    }

    fn column(&mut self, row: &Row) -> Result<()> {
        let name = row.get::<String>("name")?;
        let sql_type = match row.get::<Option<String>>("enum_name")? {
            Some(name) => {
                let array = if row.get("is_array")? { "[]" } else { "" };
                format!("{}{array}", Postgres.object(&ObjectName { schema: row.get("enum_schema")?, name }))
            }
            None => row.get("sql_type")?,
        };
        let (not_null, comment) = (row.get("not_null")?, row.get("comment")?);
        if row.get::<Option<bool>>("is_other_identity")?.unwrap_or_default() {
            self.note(row, "identity column", &name)?;
        }
        let (text, kind) = (row.get::<Option<String>>("default_text")?, row.get::<String>("generated")?);
        let (generated, default) = match kind.as_str() {
            "" => (None, text),
            kind => (text.map(|expression| Generated { expression, stored: kind == "s" }), None),
        };
        let default = match row.get::<Option<String>>("sequence_name")? {
            Some(name) if default.as_ref().is_some_and(|text| is_next_value(text)) => {
                Some(Postgres.next_value(&ObjectName { schema: row.get("sequence_schema")?, name }))
            }
            _ => default,
        };
        let start = row.get::<Option<i64>>("identity_start")?;
        let identity = start.map_or(Identity::No, |start| Identity::Counter(counter(start)));
        let (hidden, allow_commit_timestamp) = (false, false);
        let column =
            Column { name, sql_type, not_null, default, identity, generated, hidden, allow_commit_timestamp, comment };
        self.change(row, |table| table.columns.push(column))
    }

    fn constraint(&mut self, row: &Row) -> Result<()> {
        let (name, kind) = (row.get::<String>("name")?, row.get::<String>("kind")?);
        let columns = row.get::<Vec<String>>("columns")?;
        let (is_deferrable, is_deferred) = (row.get::<bool>("is_deferrable")?, row.get::<bool>("is_deferred")?);
        if is_deferrable && !(is_deferred && kind == "f") {
            self.note(row, "deferrable constraint", &name)?;
        }
        let enforced = row.get::<bool>("enforced")?;
        if enforced && row.get("is_unproved")? {
            self.note(row, "constraint that is NOT VALID", &name)?;
        }
        match kind.as_str() {
            "p" => {
                let columns = columns.into_iter().map(|name| Key { name, descending: false }).collect();
                self.change(row, |table| table.primary_key = Some(PrimaryKey { name: Some(name), columns }))
            }
            "u" => {
                let unique = Unique { columns, nulls_equal: row.get("nulls_equal")? };
                self.change(row, |table| drop(table.uniques.insert(name, unique)))
            }
            "c" => {
                let condition = row.get::<Option<String>>("condition")?.unwrap_or_default();
                self.change(row, |table| drop(table.checks.insert(name, Check { condition, enforced })))
            }
            "f" => {
                let key = ForeignKey { deferrable: is_deferred, enforced, ..foreign_key(row, columns)? };
                self.change(row, |table| drop(table.foreign_keys.insert(name, key)))
            }
            _ => self.note(row, "exclusion constraint", &name),
        }
    }

    fn index(&mut self, row: &Row) -> Result<()> {
        let name = row.get::<String>("name")?;
        let using = Some(row.get::<String>("method")?).filter(|method| method != "btree");
        let options = row.get::<Vec<i64>>("options")?;
        let texts = |column: &str| row.get::<Vec<String>>(column);
        let (columns, definitions) = (texts("columns")?, texts("definitions")?);
        let (opclasses, collations) = (texts("opclasses")?, texts("collations")?);
        let named = |names: &[String], at: usize| names.get(at).filter(|name| !name.is_empty()).cloned();
        let key = |at: usize, options: &i64| {
            let value = match (named(&columns, at), named(&definitions, at)) {
                (Some(column), _) => IndexValue::Column(column),
                (None, text) => IndexValue::Expression(text.unwrap_or_default()),
            };
            let (descending, nulls) = if using.is_none() { order(*options) } else { (false, None) };
            let (opclass, collation) = (named(&opclasses, at), named(&collations, at));
            IndexKey { value, descending, nulls, opclass, collation }
        };
        let keys = options.iter().enumerate().map(|(at, options)| key(at, options)).collect::<Vec<_>>();
        let mut storing = columns.get(keys.len()..).unwrap_or_default().to_vec();
        storing.sort();
        let (unique, condition) = (row.get("is_unique")?, row.get("condition")?);
        let index = Index { unique, keys, storing, null_filtered: false, condition, using, interleave: None };
        self.change(row, |table| drop(table.indexes.insert(name, index)))
    }

    fn sequence(&mut self, row: &Row) -> Result<()> {
        let other_than_one = |name| row.get::<i64>(name).map(|it| Some(it).filter(|it| *it != 1));
        let owner = row.get::<Option<String>>("owner")?;
        let owned_by = match owner {
            Some(column) => Some(ColumnName { table: object(row, "table_schema", "table_name")?, column }),
            None => None,
        };
        let sequence = Sequence {
            counter: counter(row.get("start")?),
            increment: other_than_one("increment")?,
            cache: other_than_one("cache")?,
            owned_by,
            comment: row.get("comment")?,
        };
        self.sequences.insert(object(row, "schema", "name")?, sequence);
        Ok(())
    }

    fn enumeration(&mut self, row: &Row) -> Result<()> {
        let enumeration = EnumType { values: row.get("labels")?, comment: row.get("comment")? };
        self.enums.insert(object(row, "schema", "name")?, enumeration);
        Ok(())
    }

    fn view(&mut self, row: &Row) -> Result<()> {
        let view = View { query: row.get("query")?, comment: row.get("comment")? };
        self.views.insert(object(row, "schema", "name")?, view);
        Ok(())
    }

    fn extension(&mut self, row: &Row) -> Result<()> {
        self.extensions.insert(row.get("name")?);
        Ok(())
    }

    fn other(&mut self, row: &Row) -> Result<()> {
        let (name, kind) = (object(row, "schema", "name")?, row.get::<String>("kind")?);
        if !is_own(&name) {
            self.unmodelled.push(format!("{kind} {name}"));
        }
        Ok(())
    }

    fn change(&mut self, row: &Row, change: impl FnOnce(&mut Table)) -> Result<()> {
        if let Some(table) = self.tables.get_mut(&object(row, "schema", "table_name")?) {
            change(table);
        }
        Ok(())
    }

    fn note(&mut self, row: &Row, kind: &str, name: &str) -> Result<()> {
        let table = object(row, "schema", "table_name")?;
        if self.tables.contains_key(&table) {
            self.unmodelled.push(format!("{kind} {table}.{name}"));
        }
        Ok(())
    }
}

fn object(row: &Row, schema: &str, name: &str) -> Result<ObjectName> {
    Ok(ObjectName { schema: row.get(schema)?, name: row.get(name)? })
}

fn counter(start: i64) -> Counter {
    Counter { start: Some(start).filter(|it| *it != 1), skip_range: None }
}

/// Whether a default is a call of `nextval` and nothing else; its text does not tell one schema from another.
fn is_next_value(text: &str) -> bool {
    text.starts_with("nextval('") && text.ends_with("'::regclass)")
}

/// The bits of `indoption`: 1 sorts downwards, 2 puts NULLs first. Other access methods than B-tree do not sort.
fn order(options: i64) -> (bool, Option<NullsOrder>) {
    let descending = options & 1 != 0;
    let nulls = if options & 2 != 0 { NullsOrder::First } else { NullsOrder::Last };
    (descending, Some(nulls).filter(|nulls| *nulls != usual_nulls(descending)))
}

fn foreign_key(row: &Row, columns: Vec<String>) -> Result<ForeignKey> {
    Ok(ForeignKey {
        columns,
        references: object(row, "parent_schema", "parent_name")?,
        referenced_columns: row.get("parent_columns")?,
        on_delete: Some(action(&row.get::<String>("on_delete")?)),
        on_update: action(&row.get::<String>("on_update")?),
        deferrable: false,
        enforced: true,
    })
}

fn action(code: &str) -> ReferentialAction {
    match code {
        "r" => ReferentialAction::Restrict,
        "c" => ReferentialAction::Cascade,
        "n" => ReferentialAction::SetNull,
        "d" => ReferentialAction::SetDefault,
        _ => ReferentialAction::NoAction,
    }
}
