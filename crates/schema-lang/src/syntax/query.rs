//! The nodes of queries and mutations to items.

use orm_model::query::{JoinKind, LockWait, SetOperator};
use tree_sitter::Node;

use super::{
    kind::{FIELDS, SyntaxKind, kind},
    lower::{Lowering, field, fields, named_children},
};
use crate::item::{
    ExpressionItem, ExpressionKind, Name, SyntaxError, SyntaxErrorKind,
    query::{
        AssignmentItem, Clause, ClauseKind, ConflictAction, ParameterItem, QueryItem, RelationItem, ResultItem,
        SelectionItem, SortKeyItem, SourceItem,
    },
};

impl Lowering<'_> {
    /// What follows the name of a query, mutation or view.
    pub(super) fn query(&mut self, node: Node<'_>) -> QueryItem {
        QueryItem {
            parameters: field(node, FIELDS.parameters).map(|it| self.parameters(it)).unwrap_or_default(),
            result: field(node, FIELDS.result).map(|it| self.result(it)),
            clauses: field(node, FIELDS.body).map(|it| self.clauses(it)),
        }
    }

    fn parameters(&mut self, list: Node<'_>) -> Vec<ParameterItem> {
        let parameters = named_children(list).into_iter().filter(|it| kind(*it) == SyntaxKind::Parameter);
        parameters.filter_map(|it| self.parameter(it)).collect()
    }

    fn parameter(&mut self, node: Node<'_>) -> Option<ParameterItem> {
        let anchor = self.anchor(node);
        let name = self.name(field(node, FIELDS.name)?);
        let value_type = field(node, FIELDS.kind_type).map(|it| self.type_expression(it));
        if value_type.is_none() {
            self.error(SyntaxErrorKind::MissingType, name.anchor);
        }
        Some(ParameterItem {
            name,
            value_type,
            default: field(node, FIELDS.default).map(|it| self.expression(it)),
            attributes: self.attributes(node),
            anchor,
        })
    }

    fn result(&mut self, node: Node<'_>) -> ResultItem {
        let anchor = self.anchor(node);
        let cardinality = field(node, FIELDS.cardinality).map(|it| self.name(it));
        if cardinality.is_none() {
            self.error(SyntaxErrorKind::MissingName, anchor);
        }
        ResultItem { cardinality, row: field(node, FIELDS.row).map(|it| self.parameters(it)), anchor }
    }

    /// The clauses of a body or of a query inside another one.
    pub(super) fn clauses(&mut self, node: Node<'_>) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for it in named_children(node) {
            if self.is_full(clauses.len(), it) {
                break;
            }
            clauses.extend(self.clause(it));
        }
        clauses
    }

    fn clause(&mut self, node: Node<'_>) -> Option<Clause> {
        let anchor = self.anchor(node);
        let kind = match kind(node) {
            SyntaxKind::WithClause => {
                let recursive = field(node, FIELDS.recursive).is_some();
                let name = self.wanted_field(node, FIELDS.name);
                let name = name.map(|it| self.name(it));
                let query = if name.is_some() { self.wanted_subquery(node) } else { self.subquery(node) };
                ClauseKind::With { recursive, name, query }
            }
            SyntaxKind::FromClause => ClauseKind::From(self.source(node, FIELDS.source)),
            SyntaxKind::JoinClause => ClauseKind::Join {
                kind: field(node, FIELDS.kind).map_or(JoinKind::Inner, |it| join_kind(self.slice(it))),
                source: self.source(node, FIELDS.source),
                condition: field(node, FIELDS.condition).map(|it| self.expression(it)),
            },
            SyntaxKind::WhereClause => ClauseKind::Where {
                dynamic: field(node, FIELDS.dynamic).is_some(),
                condition: self.wanted(node, FIELDS.condition),
            },
            SyntaxKind::GroupByClause => ClauseKind::GroupBy(self.each_expression(node, FIELDS.key)),
            SyntaxKind::HavingClause => ClauseKind::Having(self.wanted(node, FIELDS.condition)),
            SyntaxKind::OrderByClause => {
                let keys: Vec<_> = fields(node, FIELDS.key).into_iter().map(|it| self.sort_key(it)).collect();
                if keys.is_empty() {
                    self.error(SyntaxErrorKind::MissingExpression, anchor);
                }
                ClauseKind::OrderBy(keys)
            }
            SyntaxKind::LimitClause => ClauseKind::Limit(self.wanted(node, FIELDS.count)),
            SyntaxKind::OffsetClause => ClauseKind::Offset(self.wanted(node, FIELDS.count)),
            SyntaxKind::SelectClause => {
                ClauseKind::Select { distinct: field(node, FIELDS.distinct).is_some(), selection: self.selection(node) }
            }
            SyntaxKind::ReturningClause => ClauseKind::Returning(self.selection(node)),
            SyntaxKind::SetOperation => ClauseKind::SetOperation {
                operator: field(node, FIELDS.operator).map_or(SetOperator::Union, |it| set_operator(self.slice(it))),
                query: self.wanted_subquery(node),
            },
            SyntaxKind::LockClause => ClauseKind::Lock {
                shared: field(node, FIELDS.strength).is_some_and(|it| self.slice(it) == "share"),
                wait: match field(node, FIELDS.wait).map(|it| self.slice(it)) {
                    Some("skip_locked") => LockWait::Skip,
                    Some(_) => LockWait::Fail,
                    None => LockWait::Wait,
                },
            },
            SyntaxKind::InsertClause => ClauseKind::Insert(self.wanted_name(node)),
            SyntaxKind::UpdateClause => ClauseKind::Update(self.source(node, FIELDS.target)),
            SyntaxKind::DeleteClause => ClauseKind::Delete(self.source(node, FIELDS.target)),
            SyntaxKind::ValuesClause => ClauseKind::Values(self.each_expression(node, FIELDS.row)),
            SyntaxKind::SetClause => ClauseKind::Set(self.assignments(node)),
            SyntaxKind::OnConflictClause => ClauseKind::OnConflict {
                target: field(node, FIELDS.target).map(|it| self.argument_list(it)),
                action: {
                    let has_do = (0..node.child_count()).any(|it| node.child(it).is_some_and(|it| it.kind() == "do"));
                    let wanted = if has_do { "nothing" } else { "do nothing" };
                    self.wanted_token(node, FIELDS.action, wanted).map(|it| self.conflict_action(it))
                },
            },
            _ => return None,
        };
        Some(Clause { kind, anchor })
    }

    /// The clauses in the braces of a clause or expression.
    pub(super) fn subquery(&mut self, node: Node<'_>) -> Vec<Clause> {
        field(node, FIELDS.query).map(|it| self.nested_clauses(it)).unwrap_or_default()
    }

    /// An expression that must stand here.
    fn wanted(&mut self, node: Node<'_>, id: u16) -> ExpressionItem {
        if let Some(it) = field(node, id) {
            return self.expression(it);
        }
        let anchor = self.anchor(node);
        self.error(SyntaxErrorKind::MissingExpression, anchor);
        ExpressionItem { kind: ExpressionKind::Missing, anchor }
    }

    /// At least one expression of a clause.
    fn each_expression(&mut self, node: Node<'_>, id: u16) -> Vec<ExpressionItem> {
        let expressions: Vec<_> = fields(node, id).into_iter().map(|it| self.expression(it)).collect();
        if expressions.is_empty() {
            let anchor = self.anchor(node);
            self.error(SyntaxErrorKind::MissingExpression, anchor);
        }
        expressions
    }

    /// A name that must stand here.
    fn wanted_field<'t>(&mut self, node: Node<'t>, id: u16) -> Option<Node<'t>> {
        let found = field(node, id);
        if found.is_none() {
            let anchor = self.anchor(node);
            self.error(SyntaxErrorKind::MissingName, anchor);
        }
        found
    }

    /// What must stand here and begins with a word.
    fn wanted_token<'t>(&mut self, node: Node<'t>, id: u16, word: &str) -> Option<Node<'t>> {
        let found = field(node, id);
        if found.is_none() {
            let anchor = self.anchor(node);
            self.error(SyntaxErrorKind::MissingToken(word.into()), anchor);
        }
        found
    }

    /// The clauses in braces, which must stand here.
    fn wanted_subquery(&mut self, node: Node<'_>) -> Vec<Clause> {
        self.wanted_token(node, FIELDS.query, "{").map(|it| self.nested_clauses(it)).unwrap_or_default()
    }

    fn wanted_name(&mut self, node: Node<'_>) -> Option<Name> {
        let name = field(node, FIELDS.target).and_then(|it| self.path_name(it));
        if name.is_none() {
            let anchor = self.anchor(node);
            self.error(SyntaxErrorKind::MissingName, anchor);
        }
        name
    }

    fn source(&mut self, clause: Node<'_>, id: u16) -> Option<SourceItem> {
        let Some(node) = field(clause, id) else {
            let anchor = self.anchor(clause);
            self.error(SyntaxErrorKind::MissingName, anchor);
            return None;
        };
        let anchor = self.anchor(node);
        let relation = field(node, FIELDS.relation)?;
        let relation = match kind(relation) {
            SyntaxKind::Subquery => RelationItem::Query(self.nested_clauses(relation)),
            SyntaxKind::TableFunction => RelationItem::Function {
                function: field(relation, FIELDS.function).and_then(|it| self.path_name(it))?,
                arguments: self.arguments(relation),
            },
            _ => RelationItem::Name(self.path_name(relation)?),
        };
        let alias = match has_word(node, "as") {
            true => self.wanted_field(node, FIELDS.alias).map(|it| self.name(it)),
            false => None,
        };
        Some(SourceItem { relation, alias, anchor })
    }

    fn sort_key(&mut self, node: Node<'_>) -> SortKeyItem {
        let word = |id| field(node, id).map(|it| self.slice(it));
        let (direction, nulls) = (word(FIELDS.direction), word(FIELDS.nulls));
        SortKeyItem {
            descending: direction == Some("desc"),
            nulls_first: nulls.map(|it| it.ends_with("first")),
            value: self.wanted(node, FIELDS.value),
        }
    }

    fn selection(&mut self, node: Node<'_>) -> Vec<SelectionItem> {
        let mut selection = Vec::new();
        for it in fields(node, FIELDS.selection) {
            if self.is_full(selection.len(), it) {
                break;
            }
            let anchor = self.anchor(it);
            selection.push(match kind(it) {
                SyntaxKind::Wildcard => SelectionItem::Wildcard(anchor),
                _ => SelectionItem::Value {
                    alias: field(it, FIELDS.alias).map(|it| self.name(it)),
                    value: self.wanted(it, FIELDS.value),
                    nested: field(it, FIELDS.nested).map(|it| self.nested_selection(it)),
                    anchor,
                },
            });
        }
        // After `posts {` the brace that is there closes the query, and what it lacks is told.
        if selection.is_empty() && !is_in_unclosed(node) {
            let anchor = self.anchor(node);
            self.error(SyntaxErrorKind::MissingExpression, anchor);
        }
        selection
    }

    fn nested_selection(&mut self, node: Node<'_>) -> Vec<SelectionItem> {
        self.deeper(node, |lowering| lowering.selection(node)).unwrap_or_default()
    }

    /// Clauses in braces, which may hold others.
    fn nested_clauses(&mut self, node: Node<'_>) -> Vec<Clause> {
        self.deeper(node, |lowering| lowering.clauses(node)).unwrap_or_default()
    }

    fn assignments(&mut self, node: Node<'_>) -> Vec<AssignmentItem> {
        let mut assignments = Vec::new();
        for it in fields(node, FIELDS.assignment) {
            let anchor = self.anchor(it);
            let Some(target) = field(it, FIELDS.target).and_then(|it| self.path_name(it)) else { continue };
            let value = field(it, FIELDS.value).map(|it| self.expression(it));
            if value.is_none() {
                self.error(SyntaxErrorKind::MissingExpression, anchor);
            }
            assignments.push(AssignmentItem { target, value, anchor });
        }
        assignments
    }

    fn conflict_action(&mut self, node: Node<'_>) -> ConflictAction {
        if kind(node) == SyntaxKind::DoNothing {
            return ConflictAction::Nothing;
        }
        ConflictAction::Update {
            assignments: field(node, FIELDS.set).map(|it| self.assignments(it)).unwrap_or_default(),
            condition: field(node, FIELDS.filter).map(|it| self.wanted(it, FIELDS.condition)),
        }
    }

    fn error(&mut self, kind: SyntaxErrorKind, anchor: crate::item::Anchor) {
        self.errors.push(SyntaxError { kind, anchor });
    }
}

/// Whether the query that a node stands in is never closed.
fn is_in_unclosed(node: Node<'_>) -> bool {
    let mut around = std::iter::successors(Some(node), Node::parent);
    around.any(|it| (0..it.child_count()).filter_map(|at| it.child(at)).any(|it| kind(it) == SyntaxKind::Unclosed))
}

fn join_kind(word: &str) -> JoinKind {
    match word {
        "left_join" => JoinKind::Left,
        "right_join" => JoinKind::Right,
        "full_join" => JoinKind::Full,
        "cross_join" => JoinKind::Cross,
        _ => JoinKind::Inner,
    }
}

fn set_operator(word: &str) -> SetOperator {
    match word {
        "union_all" => SetOperator::UnionAll,
        "intersect" => SetOperator::Intersect,
        "except" => SetOperator::Except,
        _ => SetOperator::Union,
    }
}

/// Whether a word stands in a node.
fn has_word(node: Node<'_>, word: &str) -> bool {
    let mut cursor = node.walk();
    node.children(&mut cursor).any(|it| it.kind() == word)
}
