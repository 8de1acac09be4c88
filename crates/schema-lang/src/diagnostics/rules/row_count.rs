//! A query that may find another number of rows than it says.

use orm_model::query::{Cardinality, InsertRows, QueryBody};

use crate::diagnostics::{
    Diagnostic, Fix,
    query::{QueryContext, stated},
    rule::rule,
};

rule! {
    /// A query says that it finds at most one row, and may find several.
    ///
    /// Nothing but a unique key makes sure of it: the caller gets an error once there are two.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query named(name: text) : optional {
    ///   from users
    ///   where name = $name
    ///   select id
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query by_id(id: uuid) : optional {
    ///   from users
    ///   where id = $id
    ///   select name
    /// }
    /// ```
    ROW_COUNT: "QRY015", "row-count", Warning, policy
}

/// Whether a query that says that it finds one row may find several.
pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let result = context.item.query.as_ref().and_then(|it| it.result.as_ref());
    let Some(word) = result.and_then(|it| it.cardinality.as_ref()) else { return };
    let found = match context.query.cardinality {
        Cardinality::One => "one",
        Cardinality::Optional => "one at most",
        Cardinality::Many | Cardinality::Exec => return,
    };
    if is_one(context) {
        return;
    }
    let message = format!("the query may find several rows, and says that it finds {found}");
    let finding = ROW_COUNT.at(context.here(word.anchor), message);
    let finding = finding.fix(Fix::offer("Say `many`").replace(&context.here(word.anchor), "many"));
    diagnostics.push(finding.help("compare the columns of a unique key in `where`, write `limit 1`, or say `many`"));
}

/// Whether there is one row at most.
fn is_one(context: &QueryContext<'_>) -> bool {
    match &context.query.body {
        QueryBody::Select(query) => context.finds_one(query),
        QueryBody::Insert(insert) => match &insert.rows {
            InsertRows::Values(rows) => rows.len() == 1,
            InsertRows::Parameter(_) => false,
            InsertRows::Query(query) => context.finds_one(query),
        },
        QueryBody::Update(update) => context.is_fixed(stated(&update.filters), &update.target),
        QueryBody::Delete(delete) => context.is_fixed(stated(&delete.filters), &delete.target),
        QueryBody::Sql(_) => true,
    }
}
