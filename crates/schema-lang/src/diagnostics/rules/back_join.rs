//! An index without what is read.

use orm_model::{Dialect, Table, query::Source};

use crate::diagnostics::{
    Diagnostic, Fix, Location,
    index_use::{self, Access, Known},
    query::QueryContext,
    rule::rule,
    wanted_index::MOST_STORED,
};
use crate::item::{ExpressionKind, argument};

rule! {
    /// Spanner finds rows by an index that lacks what the query reads, and reads the table as well.
    ///
    /// Each row that is found in the index costs another look into the table. `storing:` keeps the columns in the
    /// index; the price is that writes of them go there, too. See
    /// <https://cloud.google.com/spanner/docs/secondary-indexes#storing-clause>.
    ///
    /// ```orm,bad
    /// table orders {
    ///   id       uuid  @primary_key
    ///   state    text
    ///   total    bigint
    ///
    ///   index(state)
    /// }
    /// query totals(state: text) {
    ///   from orders
    ///   where state = $state
    ///   select id, total
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id       uuid  @primary_key
    ///   state    text
    ///   total    bigint
    ///
    ///   index(state, storing: [total])
    /// }
    /// query totals(state: text) {
    ///   from orders
    ///   where state = $state
    ///   select id, total
    /// }
    /// ```
    BACK_JOIN: "PERF042", "back-join", Hint, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    // The rows of a relation are few for each row that has them, and all of what is selected is a lot to store.
    for joined in index_use::all(context).iter().filter(|it| !it.is_relation) {
        let accesses = joined.accesses.iter().zip(joined.found_beside(context, Dialect::Spanner));
        diagnostics.extend(accesses.filter_map(|(it, is_reached)| check_one(context, it, is_reached)));
    }
}

/// `is_reached`: whether the rows of another table are found, by which those of this one may be.
fn check_one(context: &QueryContext<'_>, access: &Access<'_>, is_reached: bool) -> Option<Diagnostic> {
    let read = access.read()?;
    let source = access.source;
    let table = &context.table(source)?.table;
    let sought = access.sought(if is_reached { Known::Joined } else { Known::Around });
    let key: Vec<_> = table.primary_key.iter().flat_map(|it| &it.columns).map(|it| it.name.as_str()).collect();
    let finds_by_key = key.first().is_some_and(|it| sought.contains(it));
    // One row more is read, once.
    if finds_by_key || context.is_fixed(access.conditions(), source) {
        return None;
    }
    let (index, lacking) = nearest_index(table, &sought, &key, &read)?;
    if lacking.is_empty() || lacking.len() > MOST_STORED {
        return None;
    }
    let declared = lacking.iter().map(|it| table.column(it).map_or(*it, |it| it.declared_name()));
    let columns = declared.collect::<Vec<_>>().join(", ");
    let message = format!("`{index}` lacks `{columns}`: Spanner reads the table as well for each row that it finds");
    let finding = BACK_JOIN.at(context.place(source), message).help(format!("add `storing: [{columns}]` to the index"));
    Some(finding.fix_if_any(storing(context, source, index, &columns)))
}

/// The fix that stores the columns in an index.
fn storing(context: &QueryContext<'_>, source: &Source, index: &str, columns: &str) -> Option<Fix> {
    let lowered = context.table(source)?;
    let position = lowered.table.indexes.iter().position(|it| it.name == index)?;
    let place = lowered.indexes.get(position)?;
    let written = context.arguments_of(place)?;
    let at = |anchor| Location { declaration: place.origin.declaration, anchor };
    let fix = Fix::offer(format!("Store `{columns}` in the index"));
    Some(match argument(written, "storing") {
        Some(stored) => match &stored.value.kind {
            ExpressionKind::List(items) if !items.is_empty() => {
                fix.replace_last(&at(stored.value.anchor), "]", format!(", {columns}]"))
            }
            _ => return None,
        },
        None => fix.insert_after(&at(written.last()?.anchor), format!(", storing: [{columns}]")),
    })
}

/// The index that finds the rows and lacks the least, and what it lacks.
fn nearest_index<'t>(
    table: &'t Table,
    sought: &[&str],
    key: &[&str],
    read: &[&'t str],
) -> Option<(&'t str, Vec<&'t str>)> {
    let finds = |columns: &[&str]| columns.first().is_some_and(|it| sought.contains(it));
    let indexes = index_use::indexes(table, Dialect::Spanner).filter(|it| finds(&it.key_columns().collect::<Vec<_>>()));
    let lacking = indexes.map(|index| {
        let holds = |name: &str| {
            key.contains(&name) || index.key_columns().any(|it| it == name) || index.storing.iter().any(|it| it == name)
        };
        let lacking: Vec<_> = read.iter().copied().filter(|it| !holds(it)).collect();
        (index.name.as_str(), lacking)
    });
    lacking.min_by_key(|(_, lacking)| lacking.len())
}
