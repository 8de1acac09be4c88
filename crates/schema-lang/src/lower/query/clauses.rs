//! The clauses of a query that reads, each in its place, in whatever order they are written.

use orm_model::query::{JoinKind, LockWait, SetOperator};

use crate::{
    diagnostics::rules::bad_clause,
    item::{
        Anchor, ExpressionItem, Name,
        query::{Clause, ClauseKind, SelectionItem, SortKeyItem, SourceItem},
    },
    lower::Scope,
};

/// `with name { … }`
pub(crate) struct With<'i> {
    pub(crate) recursive: bool,
    pub(crate) name: &'i Name,
    pub(crate) query: &'i [Clause],
    pub(crate) anchor: Anchor,
}

/// `join source on condition`
pub(crate) struct JoinClause<'i> {
    pub(crate) kind: JoinKind,
    pub(crate) source: &'i SourceItem,
    pub(crate) condition: Option<&'i ExpressionItem>,
    pub(crate) anchor: Anchor,
}

/// The clauses of a query that reads.
#[derive(Default)]
pub(crate) struct Clauses<'i> {
    pub(crate) with: Vec<With<'i>>,
    pub(crate) from: Option<&'i SourceItem>,
    pub(crate) joins: Vec<JoinClause<'i>>,
    /// Each with whether it says `where?`.
    pub(crate) filters: Vec<(bool, &'i ExpressionItem)>,
    pub(crate) group_by: &'i [ExpressionItem],
    pub(crate) having: Vec<&'i ExpressionItem>,
    pub(crate) order_by: &'i [SortKeyItem],
    pub(crate) limit: Option<(&'i ExpressionItem, Anchor)>,
    pub(crate) offset: Option<&'i ExpressionItem>,
    pub(crate) distinct: bool,
    pub(crate) select: Option<(&'i [SelectionItem], Anchor)>,
    pub(crate) set: Vec<(SetOperator, &'i [Clause], Anchor)>,
    pub(crate) lock: Option<(bool, LockWait, Anchor)>,
    /// Whether something that is read has no name yet, so that nobody knows its columns.
    pub(crate) is_half_typed: bool,
}

impl<'i> Clauses<'i> {
    /// Sorts the clauses; what stands twice or does not belong is reported and left out.
    pub(crate) fn sort(scope: &mut Scope<'_>, clauses: &'i [Clause]) -> Self {
        let mut sorted = Clauses::default();
        for clause in clauses {
            let here = clause.anchor;
            let is_first = match &clause.kind {
                ClauseKind::With { recursive, name, query } => {
                    match name {
                        Some(name) => sorted.with.push(With { recursive: *recursive, name, query, anchor: here }),
                        None => sorted.is_half_typed = true,
                    }
                    true
                }
                ClauseKind::From(source) => match source {
                    Some(source) => sorted.from.replace(source).is_none(),
                    None => {
                        sorted.is_half_typed = true;
                        true
                    }
                },
                ClauseKind::Join { kind, source, condition } => {
                    let condition = condition.as_ref();
                    match source {
                        Some(source) => sorted.joins.push(JoinClause { kind: *kind, source, condition, anchor: here }),
                        None => sorted.is_half_typed = true,
                    }
                    true
                }
                ClauseKind::Where { dynamic, condition } => {
                    sorted.filters.push((*dynamic, condition));
                    true
                }
                ClauseKind::GroupBy(keys) => std::mem::replace(&mut sorted.group_by, keys).is_empty(),
                ClauseKind::Having(condition) => {
                    sorted.having.push(condition);
                    true
                }
                ClauseKind::OrderBy(keys) => std::mem::replace(&mut sorted.order_by, keys).is_empty(),
                ClauseKind::Limit(count) => sorted.limit.replace((count, here)).is_none(),
                ClauseKind::Offset(count) => sorted.offset.replace(count).is_none(),
                ClauseKind::Select { distinct, selection } => {
                    sorted.distinct = *distinct;
                    sorted.select.replace((selection, here)).is_none()
                }
                ClauseKind::SetOperation { operator, query } => {
                    sorted.set.push((*operator, query, here));
                    true
                }
                ClauseKind::Lock { shared, wait } => sorted.lock.replace((*shared, *wait, here)).is_none(),
                ClauseKind::Insert(_)
                | ClauseKind::Update(_)
                | ClauseKind::Delete(_)
                | ClauseKind::Values(_)
                | ClauseKind::Set(_)
                | ClauseKind::OnConflict { .. }
                | ClauseKind::Returning(_) => {
                    scope.report(bad_clause::of_a_mutation(scope.at(here), clause.kind.word()));
                    true
                }
            };
            if !is_first {
                scope.report(bad_clause::twice(scope.at(here), clause.kind.word()));
            }
        }
        sorted
    }
}
