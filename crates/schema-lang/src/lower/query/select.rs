//! A query that reads.

use orm_model::{
    Dialect, Expression, Literal, ValueKind,
    query::{CommonTable, Filter, Lock, LockWait, Select, SortKey, Source},
};

use super::{
    clauses::{Clauses, With},
    grouping,
    names::{Aggregates, Around, CommonNames, QueryNames, columns_of},
    output, set, source,
};
use crate::{
    diagnostics::rules::{
        bad_clause, bad_limit, duplicate_source, lock_place, nested_relation, offset_without_limit, spanner_query,
        unordered_value,
    },
    item::{
        Anchor, ExpressionItem, ExpressionKind,
        query::{Clause, ClauseKind, SelectionItem, SortKeyItem},
    },
    lower::{
        Scope,
        expression::{self, Names, described},
    },
};

/// A query that reads; `None` where findings say why there is none. `anchor` is where a missing clause is told.
pub(super) fn lower(scope: &mut Scope<'_>, written: &[Clause], anchor: Anchor, around: &Around<'_>) -> Option<Select> {
    let clauses = Clauses::sort(scope, written);
    let mut names = QueryNames::new(around);
    let common_tables: Vec<_> = clauses.with.iter().map(|it| common_table(scope, it, &mut names)).collect();
    let common_tables: Option<Vec<_>> = common_tables.into_iter().collect();
    let mut select = if clauses.set.is_empty() {
        let mut select = body(scope, &clauses, anchor, &mut names)?;
        order(scope, &clauses, &mut names, &mut select)?;
        select
    } else {
        set::lower(scope, &clauses, anchor, &mut names)?
    };
    select.common_tables = common_tables?;
    Some(select)
}

fn common_table(scope: &mut Scope<'_>, with: &With<'_>, names: &mut QueryNames<'_>) -> Option<CommonTable> {
    let written = with.name.text.to_string();
    if names.common_tables.iter().any(|it| it.written == written) {
        scope.report(duplicate_source::report_common(scope.at(with.name.anchor), &written));
        return None;
    }
    let query = common_query(scope, with, names);
    let name = names.whole.source_name(&with.name.text);
    let columns = query.as_ref().map(columns_of).unwrap_or_default();
    // What is wrong with it is told there: it is a name all the same.
    names.common_tables.push(CommonNames { written, name: name.clone(), columns, is_complete: query.is_some() });
    Some(CommonTable { name, query: query? })
}

fn common_query(scope: &mut Scope<'_>, with: &With<'_>, names: &QueryNames<'_>) -> Option<Select> {
    if with.recursive {
        scope.report(bad_clause::recursive(scope.at(with.anchor)));
        return None;
    }
    let query = lower(scope, with.query, with.name.anchor, &Around::inside(names))?;
    refuse_relations(scope, with.query, &query)?;
    Some(query)
}

/// Everything but common tables, order and limits.
pub(super) fn body(
    scope: &mut Scope<'_>,
    clauses: &Clauses<'_>,
    anchor: Anchor,
    names: &mut QueryNames<'_>,
) -> Option<Select> {
    let (from, mut joins) = source::lower(scope, clauses, names)?;
    names.can_join.set(true);
    let filters = filters(scope, &clauses.filters, names);
    names.aggregates.set(Aggregates::Allowed { may_be_empty: clauses.group_by.is_empty() });
    let (outputs, selection) = match clauses.select {
        Some((selection, _)) => (output::lower(scope, names, selection)?, selection),
        None if names.asks_existence => (vec![output::one()], Default::default()),
        None => {
            // What could not be read may be it.
            if !scope.has_syntax_errors() {
                let from = clauses.from.map(|it| scope.at(it.anchor));
                scope.report(bad_clause::missing(scope.at(anchor), "select", from));
            }
            return None;
        }
    };
    names.outputs = outputs.iter().filter_map(|it| Some((it.name.clone(), it.expression()?.clone()))).collect();
    names.aggregates.set(Aggregates::Refused("`group_by`"));
    let group_by = each(clauses.group_by, |it| key(scope, names, it, "`group_by`"));
    names.outputs.clear();
    names.aggregates.set(Aggregates::Allowed { may_be_empty: clauses.group_by.is_empty() });
    let having = each(&clauses.having, |it| expression::condition(scope, Names::query(names), it));
    joins.extend(names.take_joins());
    let mut query = Select {
        from,
        joins,
        filters: filters?,
        group_by: group_by?,
        having: having?,
        distinct: clauses.distinct,
        outputs,
        ..Select::default()
    };
    query.lock = lock(scope, clauses, &query, names);
    grouping::check(scope, &query, names, selection, clauses)?;
    if let Some((selection, select)) = clauses.select.filter(|_| query.distinct) {
        output::check_distinct(scope, &query, selection, select)?;
    }
    Some(query)
}

/// `where` and `where?`
pub(super) fn filters(
    scope: &mut Scope<'_>,
    written: &[(bool, &ExpressionItem)],
    names: &mut QueryNames<'_>,
) -> Option<Vec<Filter>> {
    each(written, |(dynamic, item)| {
        names.aggregates.set(Aggregates::Refused("`where`"));
        let when = if *dynamic { optional_parameters(scope, item, names)? } else { Vec::new() };
        names.present.clone_from(&when);
        let condition = expression::condition(scope, Names::query(names), item);
        names.present.clear();
        Some(Filter { condition: condition?, when })
    })
}

/// The parameters of a `where?` that may be absent.
fn optional_parameters(scope: &mut Scope<'_>, item: &ExpressionItem, names: &QueryNames<'_>) -> Option<Vec<String>> {
    let mut when: Vec<String> = Vec::new();
    // One that the query does not have may be meant: that is told where it stands.
    let mut is_unknown = false;
    item.walk(&mut |it| {
        let ExpressionKind::Parameter(Some(name)) = &it.kind else { return };
        let parameter = names.whole.parameters.iter().find(|it| it.name == *name.text);
        is_unknown |= parameter.is_none();
        if parameter.is_some_and(|it| it.nullable && !when.contains(&it.name)) {
            when.push(name.text.to_string());
        }
    });
    if when.is_empty() && !is_unknown {
        let clause = scope
            .clause(|it| matches!(&it.kind, ClauseKind::Where { condition, .. } if condition.anchor == item.anchor));
        scope.report(bad_clause::nothing_optional(scope.at(item.anchor), clause));
        return None;
    }
    Some(when)
}

/// `order_by`, `limit` and `offset`
pub(super) fn order(
    scope: &mut Scope<'_>,
    clauses: &Clauses<'_>,
    names: &mut QueryNames<'_>,
    query: &mut Select,
) -> Option<()> {
    names.outputs = query.outputs.iter().filter_map(|it| Some((it.name.clone(), it.expression()?.clone()))).collect();
    let is_grouped = query.is_grouped();
    names.aggregates.set(match is_grouped {
        true => Aggregates::Allowed { may_be_empty: query.group_by.is_empty() },
        false => Aggregates::Refused("the order of a query that does not group"),
    });
    let keys = each(clauses.order_by, |it: &SortKeyItem| {
        let key = sort_key(scope, names, &it.value, it.descending, it.nulls_first)?;
        query.joins.extend(names.take_joins());
        let is_given = query.outputs.iter().any(|output| output.expression() == Some(&key.value));
        if query.distinct && !is_given {
            scope.report(bad_clause::distinct_order(scope.at(it.value.anchor)));
            return None;
        }
        if is_grouped {
            let last = clauses.group_by.last().map(|it| it.anchor);
            grouping::check_one(scope, query, names, (&key.value, it.value.anchor), last)?;
        }
        Some(key)
    });
    names.aggregates.set(Aggregates::Refused("a number of rows"));
    let limit = clauses.limit.map(|(it, _)| count(scope, names, it, "limit"));
    let offset = clauses.offset.map(|it| count(scope, names, it, "offset"));
    if let (Some(offset), None) = (clauses.offset, &clauses.limit) {
        scope.report(offset_without_limit::report(scope.at(offset.anchor)));
    }
    query.order_by = keys?;
    if let Some(limit) = limit {
        query.limit = Some(limit?);
    }
    if let Some(offset) = offset {
        query.offset = Some(offset?);
    }
    Some(())
}

/// A value to sort by.
pub(super) fn sort_key(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    item: &ExpressionItem,
    descending: bool,
    nulls_first: Option<bool>,
) -> Option<SortKey> {
    let value = key(scope, names, item, "`order_by`")?;
    // NULL is less than everything, as in Spanner, where nothing is said.
    Some(SortKey { value, descending, nulls_first: nulls_first.unwrap_or(!descending) })
}

/// A value that rows are sorted or put together by.
fn key(scope: &mut Scope<'_>, names: &QueryNames<'_>, item: &ExpressionItem, clause: &str) -> Option<Expression> {
    let told = scope.diagnostics.len();
    let it = expression::lower(scope, Names::query(names), item)?;
    if names.outputs.iter().any(|(_, output)| *output == it.expression) {
        // What is to be said of it is said where it is selected.
        scope.diagnostics.truncate(told);
    }
    if !it.kind().is_ordered() {
        scope.report(unordered_value::report(scope.at(item.anchor), clause, it.kind().title()));
        return None;
    }
    if matches!(it.expression, Expression::Literal(_) | Expression::Parameter(_)) {
        scope.report(unordered_value::constant(scope.at(item.anchor), clause));
        return None;
    }
    Some(it.expression)
}

/// A number of rows: written out, or a parameter.
pub(super) fn count(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    item: &ExpressionItem,
    clause: &str,
) -> Option<Expression> {
    let it = expression::lower(scope, Names::query(names), item)?;
    let complaint = match &it.expression {
        Expression::Literal(Literal::Integer(count)) if *count >= 0 => return Some(it.expression),
        Expression::Parameter(parameter) if it.kind() == ValueKind::Integer => match parameter.nullable {
            false => return Some(it.expression),
            true => format!("`${}` may be absent", parameter.name),
        },
        Expression::Literal(Literal::Integer(_)) | Expression::Unary { .. } => "this is less than 0".to_owned(),
        _ if it.kind() == ValueKind::Integer => "this is computed".to_owned(),
        _ => format!("this is {}", described(&it.value)),
    };
    let absent = match &it.expression {
        Expression::Parameter(parameter) if parameter.nullable => scope.parameter_type(&parameter.name),
        _ => None,
    };
    scope.report(bad_limit::report(scope.at(item.anchor), clause, &complaint, absent));
    None
}

fn lock(scope: &mut Scope<'_>, clauses: &Clauses<'_>, query: &Select, names: &QueryNames<'_>) -> Option<Lock> {
    let (shared, wait, anchor) = clauses.lock?;
    let is_view = |source: &Source| names.sources.iter().any(|it| it.name == source.name && it.table.is_none());
    let finding = match clauses.set.is_empty() {
        false => Some(lock_place::in_union(scope.at(anchor))),
        true => lock_place::report(scope.at(anchor), query, &is_view),
    };
    if let Some(finding) = finding.filter(|_| scope.targets().includes(Dialect::Postgres)) {
        scope.report(finding);
    }
    if scope.targets().includes(Dialect::Spanner) && (shared || wait != LockWait::Wait) {
        let fix = scope.keep_to(Dialect::Postgres);
        scope.report(spanner_query::lock(scope.at(anchor), fix));
    }
    Some(Lock { shared, wait })
}

/// The outputs of a query inside another one are values.
pub(super) fn refuse_relations(scope: &mut Scope<'_>, written: &[Clause], query: &Select) -> Option<()> {
    let index = query.outputs.iter().position(|it| it.query().is_some());
    let Some(output) = index.and_then(|index| query.outputs.get(index)) else { return Some(()) };
    let selections = written.iter().filter_map(|it| match &it.kind {
        ClauseKind::Select { selection, .. } => Some(selection),
        _ => None,
    });
    let is_nested = |it: &&SelectionItem| matches!(it, SelectionItem::Value { nested: Some(_), .. });
    let anchor = selections.flatten().find(is_nested).map_or(Anchor::DECLARATION, SelectionItem::anchor);
    scope.report(nested_relation::report(scope.at(anchor), &output.name));
    None
}

/// All of them, or none where one could not be made; every one is tried, so that all findings are told.
fn each<T, R>(items: impl IntoIterator<Item = T>, lower: impl FnMut(T) -> Option<R>) -> Option<Vec<R>> {
    let all: Vec<_> = items.into_iter().map(lower).collect();
    all.into_iter().collect()
}
