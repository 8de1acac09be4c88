//! An order for the sake of its first rows that no index has.

use orm_model::{
    Dialect, Only, Table, ValueKind,
    query::{Select, SortKey, Source},
    schema::{IndexKey, NullsOrder},
    typing,
};

use crate::diagnostics::{
    Diagnostic, index_use,
    query::{QueryContext, own_column},
    rule::rule,
    wanted_index,
};

rule! {
    /// Every row of the table is read and sorted for the first ones.
    ///
    /// An index that begins with what the query orders by has its rows in that order, so that the database reads as many
    /// as it gives. PostgreSQL puts NULL last in an index unless the index says otherwise, and a query of both databases
    /// puts it first: `index(seen_at nulls first)`.
    ///
    /// ```orm,bad
    /// table visits {
    ///   id    uuid         @primary_key
    ///   page  text
    ///   at    timestamptz
    /// }
    /// query newest {
    ///   from visits
    ///   order_by at desc, id
    ///   limit 10
    ///   select page
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table visits {
    ///   id    uuid         @primary_key
    ///   page  text
    ///   at    timestamptz
    ///
    ///   index(at desc, id, storing: [page])
    /// }
    /// query newest {
    ///   from visits
    ///   order_by at desc, id
    ///   limit 10
    ///   select page
    /// }
    /// ```
    UNINDEXED_ORDER: "PERF044", "unindexed-order", Hint, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for nested in context.query.body.selects() {
        diagnostics.extend(check_one(context, nested.select));
    }
}

fn check_one(context: &QueryContext<'_>, select: &Select) -> Option<Diagnostic> {
    let (Some(source), Some(_), Some(first)) = (&select.from, &select.limit, select.order_by.first()) else {
        return None;
    };
    // Conditions are for another rule: what they leave is sorted.
    let is_whole = select.joins.is_empty() && select.filters.is_empty() && !select.is_grouped() && !select.distinct;
    let column = own_column(&first.value, source).filter(|_| is_whole)?;
    let table = &context.table(source)?.table;
    let is_sorted = |dialect: &Dialect| !has_order(table, *dialect, first, column);
    let sorted: Vec<_> = context.dialects().filter(is_sorted).collect();
    let place = match (sorted.as_slice(), context.dialects().count()) {
        ([], _) => return None,
        ([dialect], 2..) => format!(" in {}", dialect.title()),
        _ => String::new(),
    };
    let name = table.column(column)?.declared_name();
    let message =
        format!("no index of `{}` has the order of `{name}`: every row is read and sorted{place}", table.name);
    let key = format!("{name}{}", written(first, source));
    let finding = UNINDEXED_ORDER.at(context.place(source), message).help(format!("add `index({key})` to the table"));
    Some(finding.fix_if_any(wanted_index::fix_of_order(context, select)))
}

/// What stands behind a key of an index that has the order.
pub(crate) fn written(key: &SortKey, source: &Source) -> &'static str {
    let is_nullable = own_column(&key.value, source).is_some() && typing::infer(&key.value, &|_| None).nullable;
    match (key.descending, is_nullable, key.nulls_first) {
        (false, true, true) => " nulls first",
        (true, true, false) => " desc nulls last",
        (true, _, _) => " desc",
        (false, _, _) => "",
    }
}

/// Whether `dialect` has the rows of a table in this order.
fn has_order(table: &Table, dialect: Dialect, key: &SortKey, column: &str) -> bool {
    let typing = typing::infer(&key.value, &|_| None);
    // Whether an index has the order of texts is told by another rule, and NaN has a place of its own.
    if dialect == Dialect::Postgres && typing.value.kind() == ValueKind::Float {
        return true;
    }
    let any_nulls = !typing.nullable || (dialect == Dialect::Postgres && typing.value.kind() == ValueKind::Text);
    let primary = table.primary_key.iter().filter_map(|it| it.columns.first()).any(|it| it.name == column);
    let mut uniques =
        table.uniques.iter().filter(|it| it.is_in(dialect) && it.columns.first().is_some_and(|it| it == column));
    let has_nulls_of = |descending: bool, nulls: Option<NullsOrder>| {
        let first = match nulls {
            Some(it) => it == NullsOrder::First,
            None => dialect.capabilities().least_nulls != descending,
        };
        (descending == key.descending) == (first == key.nulls_first)
    };
    let is_meant =
        |it: &IndexKey| it.column_name() == Some(column) && (any_nulls || has_nulls_of(it.descending, it.nulls));
    let mut indexes = index_use::indexes(table, dialect);
    primary
        || uniques.next().is_some() && (any_nulls || has_nulls_of(false, None))
        || indexes.any(|it| it.keys.first().is_some_and(is_meant))
}
