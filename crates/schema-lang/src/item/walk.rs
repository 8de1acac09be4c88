//! Walks through expressions and clauses as they are written.

use super::{
    ExpressionItem, ExpressionKind,
    query::{Clause, ClauseKind, ConflictAction, RelationItem, SelectionItem, SourceItem},
};

impl ExpressionItem {
    /// Calls `visit` with this expression and every one in it, outermost first; those of sub-queries are among them.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a ExpressionItem)) {
        visit(self);
        for operand in self.operands() {
            operand.walk(visit);
        }
        if let ExpressionKind::Query(clauses) | ExpressionKind::Exists(clauses) = &self.kind {
            walk_clauses(clauses, visit);
        }
    }

    /// The parts of an expression that are expressions, without those of sub-queries.
    pub fn operands(&self) -> Vec<&ExpressionItem> {
        match &self.kind {
            ExpressionKind::Call { arguments, .. } | ExpressionKind::ExistsRelation(arguments) => {
                arguments.iter().map(|it| &it.value).collect()
            }
            ExpressionKind::Unary { operand, .. }
            | ExpressionKind::IsNull { operand, .. }
            | ExpressionKind::Cast { operand, .. } => vec![operand],
            ExpressionKind::Binary { left, right, .. } => vec![left, right],
            ExpressionKind::In { operand, list, .. } => std::iter::once(&**operand).chain(list).collect(),
            ExpressionKind::InSet { operand, set, .. } => vec![operand, set],
            ExpressionKind::Between { operand, low, high, .. } => vec![operand, low, high],
            ExpressionKind::Like { operand, pattern, .. } => vec![operand, pattern],
            ExpressionKind::Case { subject, branches, otherwise } => {
                let branches = branches.iter().flat_map(|(when, then)| [when, then]);
                subject.as_deref().into_iter().chain(branches).chain(otherwise.as_deref()).collect()
            }
            ExpressionKind::Subscript { object, index } => vec![object, index],
            ExpressionKind::List(items) | ExpressionKind::Tuple(items) => items.iter().collect(),
            ExpressionKind::Object(pairs) => pairs.iter().map(|(_, value)| value).collect(),
            ExpressionKind::Missing
            | ExpressionKind::Path(_)
            | ExpressionKind::Number(_)
            | ExpressionKind::String(_)
            | ExpressionKind::Boolean(_)
            | ExpressionKind::Null
            | ExpressionKind::Default
            | ExpressionKind::Parameter(_)
            | ExpressionKind::Query(_)
            | ExpressionKind::Exists(_) => Vec::new(),
        }
    }
}

/// Calls `visit` with every expression of the clauses, those of the queries in them included.
pub fn walk_clauses<'a>(clauses: &'a [Clause], visit: &mut dyn FnMut(&'a ExpressionItem)) {
    for clause in clauses {
        walk_clause(&clause.kind, visit);
    }
}

fn walk_clause<'a>(clause: &'a ClauseKind, visit: &mut dyn FnMut(&'a ExpressionItem)) {
    match clause {
        ClauseKind::With { query, .. } | ClauseKind::SetOperation { query, .. } => walk_clauses(query, visit),
        ClauseKind::From(source) | ClauseKind::Update(source) | ClauseKind::Delete(source) => {
            walk_source(source.as_ref(), visit);
        }
        ClauseKind::Join { source, condition, .. } => {
            walk_source(source.as_ref(), visit);
            condition.iter().for_each(|it| it.walk(visit));
        }
        ClauseKind::Where { condition, .. } | ClauseKind::Having(condition) => condition.walk(visit),
        ClauseKind::GroupBy(items) | ClauseKind::Values(items) => items.iter().for_each(|it| it.walk(visit)),
        ClauseKind::OrderBy(keys) => keys.iter().for_each(|it| it.value.walk(visit)),
        ClauseKind::Limit(count) | ClauseKind::Offset(count) => count.walk(visit),
        ClauseKind::Select { selection, .. } | ClauseKind::Returning(selection) => walk_selection(selection, visit),
        ClauseKind::Set(assignments) => {
            assignments.iter().filter_map(|it| it.value.as_ref()).for_each(|it| it.walk(visit))
        }
        ClauseKind::OnConflict { target, action } => {
            target.iter().flatten().for_each(|it| it.value.walk(visit));
            if let Some(ConflictAction::Update { assignments, condition }) = action {
                let values = assignments.iter().filter_map(|it| it.value.as_ref());
                values.chain(condition).for_each(|it| it.walk(visit));
            }
        }
        ClauseKind::Lock { .. } | ClauseKind::Insert(_) => {}
    }
}

fn walk_source<'a>(source: Option<&'a SourceItem>, visit: &mut dyn FnMut(&'a ExpressionItem)) {
    match source.map(|it| &it.relation) {
        Some(RelationItem::Query(clauses)) => walk_clauses(clauses, visit),
        Some(RelationItem::Function { arguments, .. }) => arguments.iter().for_each(|it| it.value.walk(visit)),
        Some(RelationItem::Name(_)) | None => {}
    }
}

fn walk_selection<'a>(selection: &'a [SelectionItem], visit: &mut dyn FnMut(&'a ExpressionItem)) {
    for item in selection {
        if let SelectionItem::Value { value, nested, .. } = item {
            value.walk(visit);
            nested.iter().for_each(|it| walk_selection(it, visit));
        }
    }
}
