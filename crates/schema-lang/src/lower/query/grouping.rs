//! What may stand beside an aggregate: what rows are put together by.

use orm_model::{
    Expression,
    query::{Field, Select},
};

use super::{clauses::Clauses, names::QueryNames};
use crate::{
    diagnostics::{
        rules::{nested_relation, ungrouped_column},
        written_name,
    },
    item::{Anchor, query::SelectionItem},
    lower::Scope,
};

/// Outputs and conditions on groups of a query that groups.
pub(super) fn check(
    scope: &mut Scope<'_>,
    query: &Select,
    names: &QueryNames<'_>,
    selection: &[SelectionItem],
    clauses: &Clauses<'_>,
) -> Option<()> {
    if !query.is_grouped() {
        return Some(());
    }
    let last = clauses.group_by.last().map(|it| it.anchor);
    let mut is_complete = true;
    for (index, output) in query.outputs.iter().enumerate() {
        let at = selection.get(index).filter(|_| selection.len() == query.outputs.len());
        let at = at.or(selection.first()).map_or(Anchor::DECLARATION, SelectionItem::anchor);
        match output.expression() {
            Some(it) => is_complete &= check_one(scope, query, names, (it, at), last).is_some(),
            None => {
                scope.report(nested_relation::grouped(scope.at(at), &output.name));
                is_complete = false;
            }
        }
    }
    for (condition, item) in query.having.iter().zip(&clauses.having) {
        is_complete &= check_one(scope, query, names, (condition, item.anchor), last).is_some();
    }
    is_complete.then_some(())
}

/// An expression over groups; `last` is the last key of `group_by`.
pub(super) fn check_one(
    scope: &mut Scope<'_>,
    query: &Select,
    names: &QueryNames<'_>,
    (expression, anchor): (&Expression, Anchor),
    last: Option<Anchor>,
) -> Option<()> {
    let Some(field) = ungrouped(query, expression) else { return Some(()) };
    let source = names.sources.iter().find(|it| it.name == field.source);
    let declared = source.and_then(|it| it.columns.iter().find(|column| column.name == field.column));
    let name = declared.map_or(&field.column, |it| &it.declared_name);
    // Behind a relation it is named by a path, which is not known here.
    let written = source.map(|it| match names.sources.len() {
        1 => written_name(name),
        _ => format!("{}.{}", written_name(&it.written), written_name(name)),
    });
    scope.report(ungrouped_column::report(scope.at(anchor), name, last.map(|it| scope.at(it)), written.as_deref()));
    None
}

/// The first column of a row, not of a group, that an expression reads.
fn ungrouped<'e>(query: &Select, expression: &'e Expression) -> Option<&'e Field> {
    if query.group_by.contains(expression) {
        return None;
    }
    match expression {
        Expression::Aggregate { .. } => None,
        Expression::Field(field) => query.sources().any(|it| it.name == field.source).then_some(field),
        other => other.children().into_iter().find_map(|it| ungrouped(query, it)),
    }
}
