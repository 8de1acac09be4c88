//! A query that may find another number of rows than it says.

use orm_model::{
    BinaryOperator, Expression, Literal,
    query::{Cardinality, Filter, InsertRows, JoinKind, QueryBody, Relation, Select, Source},
};

use crate::{
    diagnostics::rule::rule,
    item::query::QueryItem,
    lower::{Scope, query::table_named, shape::signature},
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
pub(crate) fn check(scope: &mut Scope<'_>, item: &QueryItem, cardinality: Cardinality, body: &QueryBody) {
    let Some(word) = item.result.as_ref().and_then(|it| it.cardinality.as_ref()) else { return };
    if !matches!(cardinality, Cardinality::One | Cardinality::Optional) || is_one(scope, body) {
        return;
    }
    let message = format!("the query may find several rows, and says that it finds {}", title(cardinality));
    let finding = ROW_COUNT.at(scope.at(word.anchor), message);
    scope.report(finding.help("compare the columns of a unique key in `where`, write `limit 1`, or say `many`"));
}

/// Whether there is one row at most.
fn is_one(scope: &Scope<'_>, body: &QueryBody) -> bool {
    match body {
        QueryBody::Select(query) => finds_one(scope, query),
        QueryBody::Insert(insert) => match &insert.rows {
            InsertRows::Values(rows) => rows.len() == 1,
            InsertRows::Parameter(_) => false,
            InsertRows::Query(query) => finds_one(scope, query),
        },
        QueryBody::Update(update) => is_fixed(scope, conditions(&update.filters), &update.target),
        QueryBody::Delete(delete) => is_fixed(scope, conditions(&delete.filters), &delete.target),
        QueryBody::Sql(_) => true,
    }
}

fn conditions(filters: &[Filter]) -> impl Iterator<Item = &Expression> {
    filters.iter().filter(|it| it.when.is_empty()).map(|it| &it.condition)
}

const fn title(cardinality: Cardinality) -> &'static str {
    match cardinality {
        Cardinality::One => "one",
        _ => "one at most",
    }
}

/// Whether a query finds one row at most.
pub(crate) fn finds_one(scope: &Scope<'_>, query: &Select) -> bool {
    let is_one_group = query.is_grouped() && query.group_by.is_empty();
    let is_limited = query.limit == Some(Expression::Literal(Literal::Integer(1)));
    let is_fixed = query.from.is_none()
        || query.sources().all(|it| {
            let joined = query.joins.iter().filter(|join| join.kind == JoinKind::Inner || join.source.name == it.name);
            is_fixed(scope, conditions(&query.filters).chain(joined.filter_map(|it| it.condition.as_ref())), it)
        });
    is_one_group || is_limited || is_fixed
}

/// Whether a unique key of a source is compared with values of the caller, or with those of sources that are fixed.
fn is_fixed<'e>(scope: &Scope<'_>, conditions: impl Iterator<Item = &'e Expression>, source: &Source) -> bool {
    let Relation::Table(table) = &source.relation else { return false };
    let Some(declaration) = table_named(scope.db, scope.project, table) else { return false };
    let signature = signature(scope.db, scope.project, declaration);
    let mut fixed = Vec::new();
    for condition in conditions {
        equal_columns(condition, source, &mut fixed);
    }
    let primary: Vec<_> = signature.primary_key.iter().map(|it| it.name.as_str()).collect();
    let uniques = signature.unique_keys.iter().map(|key| key.iter().map(String::as_str).collect::<Vec<_>>());
    std::iter::once(primary).chain(uniques).any(|key| !key.is_empty() && key.iter().all(|it| fixed.contains(it)))
}

/// The columns of a source that a condition sets equal to something that is not of it.
fn equal_columns<'e>(condition: &'e Expression, source: &Source, fixed: &mut Vec<&'e str>) {
    let own = |it: &'e Expression| match it {
        Expression::Field(field) if field.source == source.name => Some(field.column.as_str()),
        _ => None,
    };
    match condition {
        Expression::Binary { operator: BinaryOperator::And, left, right } => {
            equal_columns(left, source, fixed);
            equal_columns(right, source, fixed);
        }
        Expression::Binary { operator: BinaryOperator::Equal, left, right } => match (own(left), own(right)) {
            (Some(column), None) | (None, Some(column)) => fixed.push(column),
            _ => {}
        },
        _ => {}
    }
}
