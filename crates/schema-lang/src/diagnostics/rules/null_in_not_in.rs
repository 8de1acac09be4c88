//! `not in` a query that may give NULL.

use orm_model::{
    Expression,
    query::{Output, Select},
    typing,
};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, query::stated, rule::rule, written_name},
    item::{
        Anchor, ExpressionKind,
        query::{Clause, ClauseKind, SelectionItem},
    },
};

rule! {
    /// `not in` stands before a query that may give NULL.
    ///
    /// One NULL among the values and the condition is never true: it is not known whether NULL is the value that is
    /// looked for. The query finds no row at all then. `not exists` does not look at NULL, and `where … is not
    /// null` leaves it out.
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
    /// query idle {
    ///   from users
    ///   where id not in { from posts select editor_id }
    ///   select name
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
    /// query idle {
    ///   from users
    ///   where not exists(edited)
    ///   select name
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
    /// query idle {
    ///   from users
    ///   where id not in { from posts where editor_id is not null select editor_id }
    ///   select name
    /// }
    /// ```
    NULL_IN_NOT_IN: "QRY035", "null-in-not-in", Warning, policy
}

/// The finding, if the query may give NULL.
/// `clauses` are those of the query as they are written.
pub(crate) fn report(location: Location, query: &Select, clauses: &[Clause]) -> Option<Diagnostic> {
    let gives_null = query.outputs.iter().filter_map(Output::expression).any(|it| {
        typing::infer(it, &|_| None).nullable && !stated(&query.filters).any(|condition| refuses_null(condition, it))
    });
    let fix = selected(clauses).map(|(select, path)| {
        let place = Location { anchor: select, ..location };
        let fix = Fix::offer(format!("Leave NULL out: `where {path} is not null`"));
        fix.insert_before(&place, format!("where {path} is not null "))
    });
    gives_null.then(|| {
        NULL_IN_NOT_IN
            .at(location, "the query may give NULL, and then `not in` is true for no row")
            .help("write `not exists { … }`, or leave NULL out: `where … is not null`")
            .fix_if_any(fix)
    })
}

/// Whether a condition is not true where the value is NULL.
fn refuses_null(condition: &Expression, value: &Expression) -> bool {
    match condition {
        Expression::IsNull { operand, negated: true } => **operand == *value,
        Expression::Binary { operator: orm_model::BinaryOperator::And, left, right } => {
            refuses_null(left, value) || refuses_null(right, value)
        }
        _ => false,
    }
}

/// The clause that selects, and the one column that it names. Where rows are put together a condition is another thing.
fn selected(clauses: &[Clause]) -> Option<(Anchor, String)> {
    let is_plain = |it: &Clause| !matches!(it.kind, ClauseKind::GroupBy(_) | ClauseKind::SetOperation { .. });
    let (select, selection) = clauses.iter().find_map(|it| match &it.kind {
        ClauseKind::Select { selection, .. } => Some((it.anchor, selection)),
        _ => None,
    })?;
    let [SelectionItem::Value { value, .. }] = selection.as_slice() else { return None };
    let ExpressionKind::Path(path) = &value.kind else { return None };
    let path = path.iter().map(|it| written_name(&it.text)).collect::<Vec<_>>().join(".");
    clauses.iter().all(is_plain).then_some((select, path))
}
