//! More than a database takes.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A table has more columns, key columns or indexes than a database takes.
    ///
    /// Spanner: 16 columns in a key, where an index counts the columns of the primary key, too; 1,024 columns and 128
    /// indexes in a table (<https://cloud.google.com/spanner/quotas>). PostgreSQL: 32 key columns, 1,600 columns
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
    for dialect in context.targets().dialects() {
        columns(context, dialect, diagnostics);
        keys(context, dialect, diagnostics);
        indexes(context, dialect, diagnostics);
    }
}

fn columns(context: &RuleContext<'_>, dialect: Dialect, diagnostics: &mut Vec<Diagnostic>) {
    let (count, limit) = (context.table().columns.len(), dialect.capabilities().columns_per_table);
    if count > limit {
        let message = format!("the table has {count} columns, {} takes {limit}", dialect.title());
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
        report("index", with_key(it.keys.iter().map(|key| key.column_name().unwrap_or_default()).collect()), place);
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
