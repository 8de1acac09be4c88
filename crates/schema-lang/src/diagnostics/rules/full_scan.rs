//! A condition that no index helps with.

use orm_model::Dialect;

use crate::diagnostics::{
    Diagnostic,
    index_use::{self, Access, Known},
    query::QueryContext,
    rule::rule,
    wanted_index,
};

rule! {
    /// No index begins with a column that the query looks for, so every row of the table is read.
    ///
    /// An index, a unique key or the primary key finds rows by its first columns. Spanner keeps an index for each
    /// foreign key as well. For a small table it does not matter. A table that is joined may also be found by the rows of
    /// another one. What is compared by size alone may be most of the rows, and what `where?` leaves out is all of them: that
    /// is not told.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// table posts {
    ///   id         uuid   @primary_key
    ///   user_id    uuid   @references(users.id)
    ///   editor_id  uuid?  @references(users.id, as: editor, back: edited)
    ///   title      text
    /// }
    /// query named(name: text) {
    ///   from users
    ///   where name = $name
    ///   select id
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name)
    /// }
    /// query named(name: text) {
    ///   from users
    ///   where name = $name
    ///   select id
    /// }
    /// ```
    FULL_SCAN: "PERF041", "full-scan", Hint, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for joined in index_use::all(context) {
        let beside: Vec<_> = context.dialects().map(|it| (it, joined.found_beside(context, it))).collect();
        for (index, access) in joined.accesses.iter().enumerate() {
            let reached = beside.iter().map(|(dialect, found)| (*dialect, joined.has_other_sources || found[index]));
            diagnostics.extend(check_one(context, access, &reached.collect::<Vec<_>>(), joined.is_relation));
        }
    }
}

/// `dialects`: each with whether the rows of another table are found there, by which those of this one may be.
fn check_one(
    context: &QueryContext<'_>,
    access: &Access<'_>,
    dialects: &[(Dialect, bool)],
    is_relation: bool,
) -> Option<Diagnostic> {
    let table = &context.table(access.source)?.table;
    let scanned = dialects.iter();
    let scanned = scanned.filter_map(|(it, is_reached)| Some((*it, scanned_for(context, access, *it, *is_reached)?)));
    let scanned: Vec<_> = scanned.collect();
    let (first, (column, known)) = *scanned.first()?;
    let place = match (scanned.len(), dialects.len()) {
        (1, 2..) => format!(" in {}", first.title()),
        _ => String::new(),
    };
    let column = table.column(column)?.declared_name();
    let message = format!("no index of `{}` begins with `{column}`: every row is read{place}", table.name);
    let finding = FULL_SCAN.at(context.place(access.source), message);
    let finding = finding.help(format!("add `index({column})` to the table"));
    let stores = !is_relation && !context.is_fixed(access.conditions(), access.source);
    Some(finding.fix_if_any(wanted_index::fix(context, access, known, stores)))
}

/// The column that every row of a table is read for in a database, if it is so, and what is known by then.
fn scanned_for<'q>(
    context: &QueryContext<'_>,
    access: &Access<'q>,
    dialect: Dialect,
    is_reached: bool,
) -> Option<(&'q str, Known)> {
    let table = &context.table(access.source)?.table;
    if access.is_found(context, dialect) {
        return None;
    }
    // Rows of this table may be found by those of another one, once that one's are found.
    if is_reached && access.is_served(table, dialect, &access.sought(Known::Joined)) {
        return None;
    }
    let first = access.equal(Known::Before);
    let known = if is_reached { Known::Joined } else { Known::Around };
    let later = access.equal(known);
    // An index on a truth value or an enum finds a good part of the rows. That a foreign key has
    // no index is told where it stands.
    let helps = |name: &&str| table.column(name).is_some_and(|it| !index_use::has_few_values(it));
    let is_key = |name: &&str| table.foreign_keys.iter().any(|it| it.columns.first().is_some_and(|it| it == name));
    let before = first.into_iter().find(helps).map(|it| (it, Known::Before));
    before.or_else(|| later.into_iter().find(|it| helps(it) && !is_key(it)).map(|it| (it, known)))
}
