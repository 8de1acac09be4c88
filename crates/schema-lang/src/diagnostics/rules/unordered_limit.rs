//! Some of the rows, and nobody knows which.

use orm_model::{
    Expression,
    query::{Relation, Select, Source},
};

use crate::{
    diagnostics::{
        Diagnostic, Fix,
        query::{QueryContext, own_column},
        rule::rule,
    },
    item::{
        Anchor,
        query::{Clause, ClauseKind},
    },
};

rule! {
    /// A part of the rows is read in an order that does not tell every two of them apart.
    ///
    /// `limit` and `offset` then give other rows from one run to the next, and from one database to the other:
    /// pages overlap and leave rows out. An order is total when its keys hold a unique key of what is read, or
    /// everything that is selected.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid         @primary_key
    ///   email       text         @unique
    ///   name        text?
    ///   created_at  timestamptz
    /// }
    /// query newest {
    ///   from users
    ///   select name
    ///   order_by created_at desc
    ///   limit 10
    /// }
    /// ```
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
    /// query authors {
    ///   from users
    ///   select name, posts(limit: 3, order_by: title) { id, title }
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid         @primary_key
    ///   email       text         @unique
    ///   name        text?
    ///   created_at  timestamptz
    /// }
    /// query newest {
    ///   from users
    ///   select name
    ///   order_by created_at desc, id
    ///   limit 10
    /// }
    /// ```
    UNORDERED_LIMIT: "QRY033", "unordered-limit", Warning, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let outermost = context.query.body.outermost();
    for nested in context.query.body.selects() {
        let select = nested.select;
        let takes_a_part = select.limit.is_some() || select.offset.is_some();
        if !takes_a_part || nested.is_asked_for_rows || is_total(context, select) {
            continue;
        }
        let is_outermost = outermost.is_some_and(|it| std::ptr::eq(it, select));
        let place = if is_outermost { part(context.clauses()).map(|it| context.here(it)) } else { None };
        let message = match select.order_by.is_empty() {
            true => "nothing says which rows these are: the query has no order",
            false => "nothing says which rows these are: several may be equal in the order",
        };
        let finding = UNORDERED_LIMIT.at(place.unwrap_or_else(|| context.place_of(select)), message);
        let finding = finding.help("order by a unique key as well: `order_by created_at desc, id`");
        diagnostics.push(if is_outermost { with_fix(context, select, finding) } else { finding });
    }
}

/// The clause that takes a part of the rows.
fn part(clauses: &[Clause]) -> Option<Anchor> {
    clauses.iter().find(|it| matches!(it.kind, ClauseKind::Limit(_) | ClauseKind::Offset(_))).map(|it| it.anchor)
}

/// Adds the primary key to the order.
fn with_fix(context: &QueryContext<'_>, select: &Select, finding: Diagnostic) -> Diagnostic {
    let (Some(source), true) = (&select.from, select.joins.is_empty() && !select.is_grouped() && !select.distinct)
    else {
        return finding;
    };
    let Some(table) = context.table(source).map(|it| &it.table) else { return finding };
    let declared = |name: &str| table.column(name).map_or(name, |it| it.declared_name()).to_owned();
    let is_missing = |name: &str| !select.order_by.iter().any(|it| own_column(&it.value, source) == Some(name));
    let key = table.primary_key.iter().flat_map(|it| &it.columns).map(|it| it.name.as_str());
    let missing: Vec<_> = key.filter(|it| is_missing(it)).map(declared).collect();
    let missing = missing.join(", ");
    if missing.is_empty() {
        return finding;
    }
    let clauses = context.clauses();
    let order = clauses.iter().find(|it| matches!(it.kind, ClauseKind::OrderBy(_))).map(|it| context.here(it.anchor));
    let fix = Fix::offer(format!("Order by `{missing}` as well"));
    match (order, part(clauses).map(|it| context.here(it))) {
        (Some(order), _) => finding.fix(fix.insert_after(&order, format!(", {missing}"))),
        (None, Some(part)) => finding.fix(fix.insert_before(&part, format!("order_by {missing}\n  "))),
        (None, None) => finding,
    }
}

/// Whether no two rows are equal in the order, or those that are do not differ in what is selected.
fn is_total(context: &QueryContext<'_>, select: &Select) -> bool {
    let is_key = |it: &Expression| select.order_by.iter().any(|key| key.value == *it);
    let is_one_row = select.is_grouped() && select.group_by.is_empty();
    let holds_outputs = select.outputs.iter().all(|it| it.expression().is_some_and(is_key));
    let holds_groups = !select.group_by.is_empty() && select.group_by.iter().all(is_key);
    is_one_row || select.from.is_none() || holds_outputs || holds_groups || {
        !select.is_grouped() && select.sources().all(|it| is_told_apart(context, select, it))
    }
}

/// Whether the order tells the rows of a source apart, or there is only one of it.
fn is_told_apart(context: &QueryContext<'_>, select: &Select, source: &Source) -> bool {
    let Some(table) = context.table(source) else {
        // Nobody knows the keys of a query; a view has none.
        let is_known = matches!(source.relation, Relation::Table(_));
        return !is_known && !select.order_by.is_empty();
    };
    let fixed = context.equal_columns_in(select, source);
    let keys = select.order_by.iter().filter_map(|it| own_column(&it.value, source));
    let told: Vec<_> = keys.chain(fixed).collect();
    context.unique_keys(table).iter().any(|key| key.iter().all(|it| told.contains(it)))
}
