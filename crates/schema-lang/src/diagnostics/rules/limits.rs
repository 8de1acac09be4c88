//! More than a database takes.

use orm_model::{Default, Dialect, Expression, Literal};

use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    diagnostics::{Diagnostic, Location, RuleContext, rule::rule},
    lower::{
        names::index_count,
        totals::{last_table, last_view, table_count, view_count},
    },
};

rule! {
    /// There are more columns, keys, indexes or tables than a database takes, or a statement is too long.
    ///
    /// Spanner: 16 columns in a key, where an index counts the columns of the primary key, too; 1,024 columns and 128
    /// indexes in a table, where a hidden column stands for each key that is an expression; 5,000 tables, 5,000 views and
    /// 10,000 indexes in a database; 10 MiB in a statement (<https://cloud.google.com/spanner/quotas>). PostgreSQL: 32
    /// columns in an index, where those of `storing:` count, too; 1,600 columns
    /// (<https://www.postgresql.org/docs/current/limits.html>).
    ///
    /// ```orm,bad
    /// table wide {
    ///   a  bigint
    ///   b  bigint
    ///   c  bigint
    ///   d  bigint
    ///   e  bigint
    ///   f  bigint
    ///   g  bigint
    ///   h  bigint
    ///   i  bigint
    ///   j  bigint
    ///   k  bigint
    ///   l  bigint
    ///   m  bigint
    ///   n  bigint
    ///   o  bigint
    ///   p  bigint
    ///   q  bigint
    ///
    ///   primary_key(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table narrow {
    ///   a  bigint
    ///   b  bigint
    ///
    ///   primary_key(a, b)
    /// }
    /// ```
    LIMITS: "SP060", "limits", Error, oracle(Postgres, Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_table() {
        return;
    }
    for dialect in context.dialects() {
        columns(context, dialect, diagnostics);
        keys(context, dialect, diagnostics);
        indexes(context, dialect, diagnostics);
        database(context, dialect, diagnostics);
        statement(context, dialect, diagnostics);
    }
}

/// What is found at the table that is one too many. No other table depends on how many there are: each edit of an index
/// would check all of them again.
fn database(context: &RuleContext<'_>, dialect: Dialect, diagnostics: &mut Vec<Diagnostic>) {
    let (db, project) = (context.db, context.project);
    if *last_table(db, project) != Some(context.declaration) {
        return;
    }
    let capabilities = dialect.capabilities();
    for (what, count, limit) in [
        ("tables", *table_count(db, project), capabilities.tables_per_database),
        ("indexes", index_count(db, project), capabilities.indexes_per_database),
    ] {
        if let Some(limit) = limit.filter(|limit| count > *limit) {
            let message = format!("the schema has {count} {what}, {} takes {limit}", dialect.title());
            let help = "divide the schema among databases, or drop what nobody uses";
            diagnostics.push(LIMITS.at(context.name_location(), message).help(help));
        }
    }
}

/// The statement is longer than the texts in it.
fn statement(context: &RuleContext<'_>, dialect: Dialect, diagnostics: &mut Vec<Diagnostic>) {
    let mut bytes = 0;
    let mut count = |expression: &Expression| {
        expression.walk(&mut |it| match it {
            Expression::Literal(Literal::String(text) | Literal::Json(text) | Literal::Decimal(text)) => {
                bytes += text.len();
            }
            Expression::Sql(texts) => bytes += texts.get(dialect).as_ref().map_or(0, String::len),
            _ => {}
        });
    };
    for column in &context.table().columns {
        column.generated.iter().for_each(|it| count(&it.expression));
        if let Some(Default::Expression(default)) = &column.default {
            count(default);
        }
    }
    context.table().checks.iter().for_each(|it| count(&it.expression));
    diagnostics.extend(too_long(context.name_location(), bytes, dialect));
}

/// The finding, if a statement of so many bytes is too long.
pub(crate) fn too_long(location: Location, bytes: usize, dialect: Dialect) -> Option<Diagnostic> {
    let limit = dialect.capabilities().statement_bytes.filter(|limit| bytes > *limit)?;
    let message = format!("the statement has more than {bytes} bytes, {} takes {limit}", dialect.title());
    Some(LIMITS.at(location, message).help("make several of it, or store the texts in rows"))
}

/// The finding, if `declaration` is the last of more views than a database takes.
pub(crate) fn views(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    location: &Location,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if *last_view(db, project) != Some(declaration) {
        return diagnostics;
    }
    let count = *view_count(db, project);
    for dialect in project.targets(db).dialects() {
        if let Some(limit) = dialect.capabilities().views_per_database.filter(|limit| count > *limit) {
            let message = format!("the schema has {count} views, {} takes {limit}", dialect.title());
            diagnostics.push(LIMITS.at(*location, message).help("drop the views that nobody uses"));
        }
    }
    diagnostics
}

fn columns(context: &RuleContext<'_>, dialect: Dialect, diagnostics: &mut Vec<Diagnostic>) {
    let (table, limit) = (context.table(), dialect.capabilities().columns_per_table);
    let hidden: usize = match dialect.capabilities().expression_keys {
        true => 0,
        false => table.indexes.iter().map(|it| table.computed_keys(it).len()).sum(),
    };
    let count = table.columns.len() + hidden;
    if count > limit {
        let hidden = if hidden > 0 { format!(", {hidden} of them hidden ones of indexes") } else { String::new() };
        let message = format!("the table has {count} columns{hidden}, {} takes {limit}", dialect.title());
        diagnostics
            .push(LIMITS.at(context.name_location(), message).help("split the table, or store parts as `jsonb`"));
    }
}

fn keys(context: &RuleContext<'_>, dialect: Dialect, diagnostics: &mut Vec<Diagnostic>) {
    let (table, limit) = (context.table(), dialect.capabilities().key_columns);
    let key: Vec<_> = table.primary_key.iter().flat_map(|key| &key.columns).map(|it| it.name.as_str()).collect();
    let mut report = |what: &str, count: usize, place: &crate::lower::shape::Place| {
        if count > limit {
            let message = format!("the {what} has {count} columns, {} takes {limit}", dialect.title());
            let help = "use fewer columns; in Spanner an index counts the columns of the primary key, too";
            diagnostics.push(context.at(&LIMITS, &place.origin, place.anchor, message).help(help));
        }
    };
    if let Some(place) = &context.lowered.primary_key {
        report("primary key", key.len(), place);
    }
    let with_key = |columns: Vec<&str>| match dialect.capabilities().index_holds_primary_key {
        true => columns.len() + key.iter().filter(|it| !columns.contains(it)).count(),
        false => columns.len(),
    };
    for (it, place) in table.indexes.iter().zip(&context.lowered.indexes) {
        let stored = if dialect.capabilities().index_counts_stored { it.storing.len() } else { 0 };
        let keys = it.keys.iter().map(|key| key.column_name().unwrap_or_default()).collect();
        report("index", with_key(keys) + stored, place);
    }
    for (it, place) in table.uniques.iter().zip(&context.lowered.uniques) {
        report("unique constraint", with_key(it.columns.iter().map(String::as_str).collect()), place);
    }
}

fn indexes(context: &RuleContext<'_>, dialect: Dialect, diagnostics: &mut Vec<Diagnostic>) {
    let table = context.table();
    let count = table.indexes.len() + table.uniques.len();
    if let Some(limit) = dialect.capabilities().indexes_per_table.filter(|limit| count > *limit) {
        let message = format!("the table has {count} indexes, {} takes {limit}", dialect.title());
        diagnostics.push(LIMITS.at(context.name_location(), message).help("drop the indexes that no query uses"));
    }
}

#[cfg(test)]
mod tests {
    use orm_model::Targets;

    use super::*;
    use crate::{Workspace, diagnostics::Severities};

    fn found(text: &str) -> Vec<String> {
        let mut workspace = Workspace::new(Targets::default(), Severities::new());
        workspace.open("a.orm", text);
        let found = workspace.diagnostics("a.orm").into_iter().filter(|it| *it.rule == LIMITS);
        found.map(|it| it.message).collect()
    }

    fn repeated(count: usize, line: impl Fn(usize) -> String) -> String {
        (0..count).map(line).collect()
    }

    #[test]
    fn a_database_takes_so_many_tables_views_and_indexes() {
        let tables = |count| repeated(count, |it| format!("table t{it} {{\n  id  bigint  @primary_key\n}}\n"));
        assert_eq!(found(&tables(5_000)), Vec::<String>::new());
        assert_eq!(found(&tables(5_001)), ["the schema has 5001 tables, Spanner takes 5000"]);
        let views = |count| repeated(count, |it| format!("view v{it} = sql(\"SELECT 1 AS x\")\n"));
        assert_eq!(found(&views(5_000)), Vec::<String>::new());
        assert_eq!(found(&views(5_001)), ["the schema has 5001 views, Spanner takes 5000"]);
        let indexed = |count: usize| {
            repeated(count, |it| {
                let indexes = repeated(100, |key| format!("  index(n, name: \"i{it}_{key}\")\n"));
                format!("table t{it} {{\n  id  bigint  @primary_key\n  n   bigint\n{indexes}}}\n")
            })
        };
        assert_eq!(found(&indexed(100)), Vec::<String>::new());
        assert_eq!(found(&indexed(101)), ["the schema has 10100 indexes, Spanner takes 10000"]);
    }

    #[test]
    fn a_statement_has_so_many_bytes() {
        let table = |bytes| {
            let text = "a".repeat(bytes);
            format!("table t {{\n  id  bigint  @primary_key\n  s   text  @check(s != \"{text}\")\n}}\n")
        };
        assert_eq!(found(&table(10 << 20)), Vec::<String>::new());
        let message = "the statement has more than 10485761 bytes, Spanner takes 10485760";
        assert_eq!(found(&table((10 << 20) + 1)), [message]);
        let view = format!("view v = sql(\"{}\")\n", "a".repeat((10 << 20) + 1));
        assert_eq!(found(&view), [message]);
        let raw = format!("raw spanner \"\"\"{}\"\"\" down \"\"\"DROP\"\"\"\n", "a".repeat((10 << 20) + 1));
        assert_eq!(found(&raw), [message]);
    }

    #[test]
    fn hidden_columns_and_stored_ones_count_where_the_database_counts_them() {
        let columns = repeated(1_020, |it| format!("  c{it}  text\n"));
        let indexes = |count| repeated(count, |it| format!("  index(lower(c{it}))\n"));
        let table = |count| format!("table t {{\n  id  bigint  @primary_key\n{columns}{}}}\n", indexes(count));
        assert_eq!(found(&table(3)), Vec::<String>::new());
        let message = "the table has 1025 columns, 4 of them hidden ones of indexes, Spanner takes 1024";
        assert_eq!(found(&table(4)), [message]);
        let stored = |count| {
            let names: Vec<_> = (0..count).map(|it| format!("c{it}")).collect();
            format!(
                "table t {{\n  id  bigint  @primary_key\n  n   bigint\n{columns}  index(n, storing: [{}])\n}}\n",
                names.join(", ")
            )
        };
        assert_eq!(found(&stored(31)), Vec::<String>::new());
        assert_eq!(found(&stored(32)), ["the index has 33 columns, PostgreSQL takes 32"]);
    }
}
