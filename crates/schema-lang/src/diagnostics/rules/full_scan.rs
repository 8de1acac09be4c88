//! A condition that no index helps with.

use orm_model::{Dialect, query::Source};

use crate::diagnostics::{
    Diagnostic,
    index_use::{self, Conditions},
    query::QueryContext,
    rule::rule,
};

rule! {
    /// No index begins with a column that the query looks for, so every row of the table is read.
    ///
    /// An index, a unique key or the primary key finds rows by its first columns. Spanner keeps an index for each
    /// foreign key as well. For a small table it does not matter.
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
    for conditions in index_use::all(context) {
        diagnostics.extend(check_one(context, conditions.source, &conditions));
    }
}

fn check_one(context: &QueryContext<'_>, source: &Source, conditions: &Conditions<'_>) -> Option<Diagnostic> {
    let table = &context.table(source)?.table;
    let sought = conditions.sought();
    // An index on a truth value helps nobody.
    let helpful = sought.iter().filter(|name| table.column(name).is_some_and(|it| !index_use::has_few_values(it)));
    let first = helpful.copied().next()?;
    let is_scanned = |dialect: &Dialect| !conditions.is_served(table, *dialect, &sought);
    let scanned: Vec<_> = context.dialects().filter(is_scanned).collect();
    let place = match (scanned.as_slice(), context.dialects().count()) {
        ([], _) => return None,
        ([dialect], 2..) => format!(" in {}", dialect.title()),
        _ => String::new(),
    };
    let column = table.column(first)?.declared_name();
    let message = format!("no index of `{}` begins with `{column}`: every row is read{place}", table.name);
    Some(FULL_SCAN.at(context.place(source), message).help(format!("add `index({column})` to the table")))
}
