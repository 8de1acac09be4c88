//! An update that shifts the values of a unique key.

use orm_model::{
    Dialect,
    query::{QueryBody, Update},
};

use crate::{
    diagnostics::{
        Diagnostic,
        query::{QueryContext, reads, stated},
        rule::rule,
    },
    item::query::ClauseKind,
};

rule! {
    /// An update of several rows computes a unique key from the row.
    ///
    /// A row may get the key that another one has until it is updated, too. PostgreSQL compares the keys after each row
    /// and refuses the statement; Spanner compares them when all are written. Measured on both.
    ///
    /// ```orm,bad
    /// table steps {
    ///   id        uuid    @primary_key
    ///   position  bigint  @unique
    /// }
    /// mutation make_room(from: bigint) {
    ///   update steps
    ///   set position = position + 1
    ///   where position >= $from
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table steps {
    ///   id        uuid    @primary_key
    ///   position  bigint  @unique
    /// }
    /// mutation move(id: uuid) {
    ///   update steps
    ///   set position = position + 1
    ///   where id = $id
    /// }
    /// ```
    SHIFTED_KEY: "PORT023", "shifted-key", Hint, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let QueryBody::Update(update) = &context.query.body else { return };
    if !Dialect::ALL.into_iter().all(|it| context.is_for(it))
        || context.is_fixed(stated(&update.filters), &update.target)
    {
        return;
    }
    for column in shifted(context, update) {
        let name = context.declared_name(&update.target, column);
        let assignments = context.clauses().iter().filter_map(|it| match &it.kind {
            ClauseKind::Set(assignments) => Some(assignments),
            _ => None,
        });
        let written = assignments.flatten().find(|it| *it.target.text == *name);
        let place = written.map_or_else(|| context.place(&update.target), |it| context.here(it.target.anchor));
        let message =
            format!("PostgreSQL refuses a row whose `{name}` another row has that comes later; Spanner does not");
        diagnostics.push(
            SHIFTED_KEY.at(place, message).help("update the rows one by one, in an order that leaves no two alike"),
        );
    }
}

/// The columns of unique keys whose values come from the row itself.
fn shifted<'c>(context: &'c QueryContext<'_>, update: &'c Update) -> Vec<&'c str> {
    let Some(table) = context.table(&update.target) else { return Vec::new() };
    let keys = context.unique_keys(table);
    let assignments = update.assignments.iter().filter(|it| keys.iter().flatten().any(|key| *key == it.column));
    let computed = assignments.filter(|it| it.value.as_ref().is_some_and(|value| reads(value, &update.target)));
    computed.map(|it| it.column.as_str()).collect()
}
