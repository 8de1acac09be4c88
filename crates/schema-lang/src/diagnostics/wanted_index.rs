//! The index that would serve a query: what is compared with `=` first, then a range or the order, and in Spanner the
//! columns that are read besides.

use orm_model::{
    Column, Dialect, ScalarType, Table,
    query::{Select, SortKey},
};

use super::{
    Fix, Location,
    index_use::{Access, Known, has_few_values},
    query::{QueryContext, own_column},
    rules::unindexed_order::written,
};

/// An index that stores more columns than these is a second table.
pub(crate) const MOST_STORED: usize = 5;

/// The fix that adds the index.
pub(crate) fn fix(context: &QueryContext<'_>, access: &Access<'_>, known: Known, stores: bool) -> Option<Fix> {
    let (place, table) = (context.table_place(access.source)?, &context.table(access.source)?.table);
    let index = wanted(context, access, table, known, stores)?;
    Some(add(&place, table, &index))
}

/// The fix that adds an index by the order of a query.
pub(crate) fn fix_of_order(context: &QueryContext<'_>, select: &Select) -> Option<Fix> {
    let source = select.from.as_ref()?;
    let (place, table) = (context.table_place(source)?, &context.table(source)?.table);
    let keys: Vec<_> =
        order(select, source).map(|(key, column)| declared(table, column) + written(key, source)).collect();
    let index = (!keys.is_empty()).then(|| format!("index({})", keys.join(", ")))?;
    Some(add(&place, table, &index))
}

fn add(place: &Location, table: &Table, index: &str) -> Fix {
    Fix::offer(format!("Add `{index}` to `{}`", table.name)).add_item(place, index)
}

fn wanted(
    context: &QueryContext<'_>,
    access: &Access<'_>,
    table: &Table,
    known: Known,
    stores: bool,
) -> Option<String> {
    // Columns of few values leave most to be read: they stand behind the others.
    let few = |name: &&str| table.column(name).is_none_or(has_few_values);
    let is_key = |name: &&str| table.column(name).is_some_and(can_be_key);
    let (few, many): (Vec<_>, Vec<_>) = access.equal(known).into_iter().filter(is_key).partition(few);
    let mut columns: Vec<&str> = many.into_iter().chain(few).collect();
    let mut keys: Vec<_> = columns.iter().map(|it| declared(table, it)).collect();
    let range = access.sought(known).into_iter().filter(is_key).find(|it| !columns.contains(it));
    let order: Vec<_> = access.select().iter().flat_map(|it| order(it, access.source)).collect();
    // Behind a range the rows have no order any more, unless it is the order's own first column.
    if order.first().is_none_or(|(_, first)| range.is_some_and(|it| it != *first)) {
        keys.extend(range.map(|it| declared(table, it)));
        columns.extend(range);
    } else {
        for (key, column) in order.into_iter().take_while(|(_, it)| is_key(it)) {
            if !columns.contains(&column) {
                keys.push(declared(table, column) + written(key, access.source));
                columns.push(column);
            }
        }
    }
    if keys.is_empty() {
        return None;
    }
    let stored = if stores && context.is_for(Dialect::Spanner) { stored(access, table, &columns) } else { Vec::new() };
    if !stored.is_empty() {
        keys.push(format!("storing: [{}]", stored.join(", ")));
    }
    Some(format!("index({})", keys.join(", ")))
}

/// The columns of a source that a query is sorted by, up to the first key that is something else.
fn order<'q>(select: &'q Select, source: &'q orm_model::query::Source) -> impl Iterator<Item = (&'q SortKey, &'q str)> {
    let keys = if select.is_grouped() || select.distinct { &[] } else { select.order_by.as_slice() };
    keys.iter().map_while(move |it| Some((it, own_column(&it.value, source)?)))
}

/// What the query reads and neither the index nor the primary key holds; nothing where that is much.
fn stored(access: &Access<'_>, table: &Table, keys: &[&str]) -> Vec<String> {
    let read = access.read().unwrap_or_default();
    let lacking: Vec<_> = read.into_iter().filter(|it| !keys.contains(it) && !table.is_key_column(it)).collect();
    let is_small = |name: &&str| table.column(name).is_some_and(can_be_key);
    let is_worth_it = lacking.len() <= MOST_STORED && lacking.iter().all(is_small);
    if is_worth_it { lacking.into_iter().map(|it| declared(table, it)).collect() } else { Vec::new() }
}

/// Whether both databases have the column and sort by it.
fn can_be_key(column: &Column) -> bool {
    let column_type = &column.column_type;
    let is_sorted = !matches!(column_type.scalar, ScalarType::Json | ScalarType::Jsonb | ScalarType::Native(_));
    is_sorted && !column_type.array && column.only.is_none()
}

fn declared(table: &Table, column: &str) -> String {
    super::written_name(table.column(column).map_or(column, |it| it.declared_name()))
}
