//! `CREATE TABLE` and foreign keys.

use orm_model::{ObjectName, ReferentialAction, Ttl};

use super::{Spanner, sequence::identity};
use crate::{
    catalog::{Column, ForeignKey, Interleave, Key, Table},
    dialect::{
        SqlDialect, check_definition, expression::ExpressionDialect, foreign_key_statement, lower::Context,
        not_enforced,
    },
    plan::{Blocks, Cost, Statement, Work},
};

/// Keys, indexes and interleaving as Spanner has them.
pub(super) fn lower_constraints(cx: &Context<'_>, table: &orm_model::Table, lowered: &mut Table) {
    if let Some(key) = &mut lowered.primary_key {
        key.name = None;
    }
    super::index::lower_all(cx, table, lowered);
    for key in lowered.foreign_keys.values_mut() {
        key.on_delete = Some(known_action(key.delete_action()));
        key.on_update = ReferentialAction::NoAction;
        key.deferrable = false;
    }
    lowered.interleave = table.interleave.as_ref().map(|interleave| Interleave {
        parent: interleave.parent.clone(),
        on_delete: known_action(interleave.on_delete),
        placement_only: interleave.placement_only,
    });
    lowered.ttl = table.ttl.clone().map(|ttl| Ttl { only: None, ..ttl });
}

/// Spanner knows CASCADE and NO ACTION; the checker reports the others, and RESTRICT differs from NO ACTION in time only.
fn known_action(action: ReferentialAction) -> ReferentialAction {
    match action {
        ReferentialAction::Cascade => ReferentialAction::Cascade,
        _ => ReferentialAction::NoAction,
    }
}

/// `CREATE TABLE`.
pub(super) fn table(table: &Table) -> Statement {
    let columns = table.columns.iter().map(column);
    let checks = table.checks.iter();
    let checks = checks.map(|(name, it)| format!("CONSTRAINT {} {}", Spanner.quote(name), check_definition(it)));
    let lines = columns.chain(checks).collect::<Vec<_>>().join(",\n  ");
    let key = table.primary_key.iter().flat_map(|key| &key.columns).map(sorted).collect::<Vec<_>>().join(", ");
    let interleave = table.interleave.as_ref().map(interleave).unwrap_or_default();
    let ttl = table.ttl.as_ref().map(|ttl| format!(",\n  {}", row_deletion_policy(ttl))).unwrap_or_default();
    let name = Spanner.object(&table.name);
    Statement::new(format!("CREATE TABLE {name} (\n  {lines}\n) PRIMARY KEY ({key}){interleave}{ttl}"))
}

/// A column as `CREATE TABLE` and `ADD COLUMN` write it; the order of its parts is fixed.
pub(super) fn column(column: &Column) -> String {
    let hidden = if column.hidden { " HIDDEN" } else { "" };
    let options = if column.allow_commit_timestamp { " OPTIONS (allow_commit_timestamp = true)" } else { "" };
    format!("{} {}{hidden}{options}", Spanner.quote(&column.name), type_and_value(column))
}

/// All that `ALTER COLUMN` has to say again, because it drops what it does not say.
pub(super) fn type_and_value(column: &Column) -> String {
    let not_null = if column.not_null { " NOT NULL" } else { "" };
    let value = match (&column.generated, &column.default) {
        (Some(it), _) => format!(" AS ({}){}", it.expression, if it.stored { " STORED" } else { "" }),
        (None, Some(text)) => format!(" DEFAULT ({text})"),
        (None, None) => String::new(),
    };
    format!("{}{not_null}{value}{}", column.sql_type, identity(column))
}

fn sorted(key: &Key) -> String {
    format!("{}{}", Spanner.quote(&key.name), if key.descending { " DESC" } else { "" })
}

fn interleave(interleave: &Interleave) -> String {
    let parent = Spanner.object(&interleave.parent);
    if interleave.placement_only {
        return format!(",\n  INTERLEAVE IN {parent}");
    }
    format!(",\n  INTERLEAVE IN PARENT {parent} ON DELETE {}", interleave.on_delete.sql())
}

/// `ROW DELETION POLICY`
pub(super) fn row_deletion_policy(ttl: &Ttl) -> String {
    format!("ROW DELETION POLICY (OLDER_THAN({}, INTERVAL {} DAY))", Spanner.quote(&ttl.column), ttl.days)
}

/// `ADD CONSTRAINT … FOREIGN KEY`.
pub(super) fn foreign_key(table: &ObjectName, name: &str, key: &ForeignKey) -> Statement {
    let on_delete = match key.delete_action() {
        ReferentialAction::Cascade => " ON DELETE CASCADE",
        _ => "",
    };
    let definition = format!(
        "FOREIGN KEY ({}) REFERENCES {} ({}){on_delete}{}",
        Spanner.columns(&key.columns),
        Spanner.object(&key.references),
        Spanner.columns(&key.referenced_columns),
        not_enforced(key.enforced),
    );
    // The columns that refer get an index, and the rows are held to the key.
    // <https://cloud.google.com/spanner/docs/foreign-keys/overview#backing-indexes>
    foreign_key_statement(Spanner.add_constraint(table, name, &definition), key, BACKING_INDEX)
}

const BACKING_INDEX: Cost = Cost::new(Work::BuildIndex, Blocks::Nobody);

/// The columns that are referred to get an index unless they are the primary key, even where nothing is enforced.
///
/// Source: <https://cloud.google.com/spanner/docs/foreign-keys/overview#backing-indexes>.
pub(super) fn reference_cost(key: &ForeignKey, referenced: &Table) -> Cost {
    let mut columns: Vec<_> = key.referenced_columns.iter().map(String::as_str).collect();
    let mut primary: Vec<_> = referenced.key_columns().collect();
    columns.sort_unstable();
    primary.sort_unstable();
    if columns == primary { Cost::INSTANT } else { BACKING_INDEX }
}
