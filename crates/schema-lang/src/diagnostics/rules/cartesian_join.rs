//! Every row with every row.

use orm_model::{
    Expression,
    query::{Join, Relation, Select, Source},
};

use crate::diagnostics::{
    Diagnostic,
    query::{QueryContext, reads, stated},
    rule::rule,
};

rule! {
    /// A join puts every row beside every row of the other side.
    ///
    /// Nothing connects the two: a thousand rows and a thousand rows become a million. A condition that reads both
    /// sides, in `on` or in `where`, says which belong together.
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
    /// query titles(name: text) {
    ///   from users
    ///   join posts on users.name = $name
    ///   select title
    /// }
    /// ```
    ///
    /// ```orm,good
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
    /// query titles(name: text) {
    ///   from users
    ///   join posts on posts.user_id = users.id
    ///   where users.name = $name
    ///   select title
    /// }
    /// ```
    CARTESIAN_JOIN: "QRY034", "cartesian-join", Warning, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for nested in context.query.body.selects() {
        let select = nested.select;
        let mut before: Vec<&Source> = select.from.iter().collect();
        for join in &select.joins {
            let is_small = |it: &Source| finds_one(context, it) || context.is_fixed_in(select, it);
            let is_one = is_small(&join.source) || before.iter().all(|it| is_small(it));
            if !is_one && !connects(select, join, &before) {
                let message = "nothing connects this with what was read before: every row stands beside every row";
                let finding = CARTESIAN_JOIN.at(context.place(&join.source), message);
                diagnostics.push(finding.help("compare a column of both in `on` or in `where`"));
            }
            before.push(&join.source);
        }
    }
}

/// Whether a condition reads what is joined and something before it, or something around the query.
fn connects(select: &Select, join: &Join, before: &[&Source]) -> bool {
    let mut conditions = join.condition.iter().chain(stated(&select.filters)).flat_map(conjuncts);
    conditions.any(|it| reads(it, &join.source) && before.iter().any(|source| reads(it, source)))
}

/// The conditions that all must hold.
fn conjuncts(condition: &Expression) -> Vec<&Expression> {
    match condition {
        Expression::Binary { operator: orm_model::BinaryOperator::And, left, right } => {
            [conjuncts(left), conjuncts(right)].concat()
        }
        other => vec![other],
    }
}

/// Whether a source is a query that finds one row.
fn finds_one(context: &QueryContext<'_>, source: &Source) -> bool {
    match &source.relation {
        Relation::Query(query) => context.finds_one(query),
        Relation::CommonTable(name) => {
            let selects = context.query.body.selects();
            let mut tables = selects.iter().flat_map(|it| &it.select.common_tables);
            tables.any(|it| it.name == *name && context.finds_one(&it.query))
        }
        Relation::Table(_) | Relation::Set { .. } => false,
    }
}
