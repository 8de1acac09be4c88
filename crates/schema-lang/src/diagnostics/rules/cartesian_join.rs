//! Every row with every row.

use orm_model::{
    Expression,
    query::{Join, JoinKind, Relation, Select, Source},
};

use crate::{
    diagnostics::{
        Diagnostic, Fix,
        query::{QueryContext, reads, stated},
        rule::rule,
    },
    item::{ExpressionItem, ExpressionKind, query::ClauseKind},
    lower::query::relation::conditions_of,
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
                let finding = finding.help("compare a column of both in `on` or in `where`");
                let fixes = connected(context, &join.source, &before);
                diagnostics.push(fixes.into_iter().fold(finding, Diagnostic::fix));
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

/// What the foreign keys between the two sides say, as a condition of the join where the outermost query has it: of a
/// `cross_join`, which is none then, or besides what stands there.
fn connected(context: &QueryContext<'_>, source: &Source, before: &[&Source]) -> Vec<Fix> {
    let place = |source: &Source| context.places().iter().find(|it| it.name == source.name);
    let Some(here) = place(source) else { return Vec::new() };
    let clause = context.clauses().iter().find_map(|it| match &it.kind {
        ClauseKind::Join { kind, source: Some(written), condition } if written.anchor == here.anchor => {
            Some((context.here(it.anchor), *kind, condition))
        }
        _ => None,
    });
    let Some((clause, kind, condition)) = clause else { return Vec::new() };
    let mut conditions = Vec::new();
    for other in before {
        if let Some(table) = here.table.zip(place(other).and_then(|it| it.table)) {
            conditions.extend(conditions_of(
                context.db,
                context.project,
                (&here.name, table.0),
                (&other.name, table.1),
            ));
        }
    }
    let is_choice =
        |it: &ExpressionItem| matches!(it.kind, ExpressionKind::Binary { operator: orm_model::BinaryOperator::Or, .. });
    let fix = |on: String| {
        let fix = Fix::offer(format!("Join them on `{on}`"));
        match (kind, condition) {
            (JoinKind::Cross, _) => {
                Some(fix.replace_first(&clause, "cross_join", "join").insert_after(&clause, format!(" on {on}")))
            }
            (_, Some(condition)) if !is_choice(condition) => Some(fix.insert_after(&clause, format!(" and {on}"))),
            _ => None,
        }
    };
    conditions.into_iter().filter_map(fix).collect()
}
