//! Queries, mutations and views of clauses, as they are written.

use orm_model::query::{JoinKind, LockWait, SetOperator};

use super::{Anchor, Argument, Attribute, ExpressionItem, ExpressionKind, Name, TypeExpression};

/// What follows the name of a query, mutation or view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryItem {
    /// What stands in the parentheses after the name.
    pub parameters: Vec<ParameterItem>,
    /// What stands after the colon.
    pub result: Option<ResultItem>,
    /// What stands in braces; `None` where it says `= sql("…")`.
    pub clauses: Option<Vec<Clause>>,
}

/// `name: type = default`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParameterItem {
    /// Its name.
    pub name: Name,
    /// Its type; `None` while nobody has typed one.
    pub value_type: Option<TypeExpression>,
    /// What stands after `=`.
    pub default: Option<ExpressionItem>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// The whole parameter.
    pub anchor: Anchor,
}

/// `: optional`, `: one(total: bigint)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultItem {
    /// The word after the colon; `None` while nobody has typed one.
    pub cardinality: Option<Name>,
    /// The columns of a row, where the query is raw SQL.
    pub row: Option<Vec<ParameterItem>>,
    /// All of it, from the colon.
    pub anchor: Anchor,
}

/// A line of the body of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What it says.
    pub kind: ClauseKind,
    /// The whole clause.
    pub anchor: Anchor,
}

/// What a clause says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseKind {
    /// `with name { … }`
    With {
        /// Whether it says `recursive`.
        recursive: bool,
        /// The name of the common table expression.
        name: Option<Name>,
        /// What stands in the braces.
        query: Vec<Clause>,
    },
    /// `from source`
    From(Option<SourceItem>),
    /// `join source on condition`
    Join {
        /// Which rows without a partner stay.
        kind: JoinKind,
        /// What is joined.
        source: Option<SourceItem>,
        /// What stands after `on`.
        condition: Option<ExpressionItem>,
    },
    /// `where condition`
    Where {
        /// Whether it says `where?`.
        dynamic: bool,
        /// The condition.
        condition: ExpressionItem,
    },
    /// `group_by a, b`
    GroupBy(Vec<ExpressionItem>),
    /// `having condition`
    Having(ExpressionItem),
    /// `order_by a desc nulls last, b`
    OrderBy(Vec<SortKeyItem>),
    /// `limit count`
    Limit(ExpressionItem),
    /// `offset count`
    Offset(ExpressionItem),
    /// `select a, alias: expression, relation { … }`
    Select {
        /// Whether it says `distinct`.
        distinct: bool,
        /// What is selected.
        selection: Vec<SelectionItem>,
    },
    /// `union_all { … }`
    SetOperation {
        /// Which one.
        operator: SetOperator,
        /// What stands in the braces.
        query: Vec<Clause>,
    },
    /// `for update skip_locked`
    Lock {
        /// Whether it says `share` instead of `update`.
        shared: bool,
        /// What it does about rows that somebody else has locked.
        wait: LockWait,
    },
    /// `insert into table`
    Insert(Option<Name>),
    /// `update table`
    Update(Option<SourceItem>),
    /// `delete from table`
    Delete(Option<SourceItem>),
    /// `values { … }, { … }`, `values $rows`
    Values(Vec<ExpressionItem>),
    /// `set a = expression`
    Set(Vec<AssignmentItem>),
    /// `on_conflict(a, b) do …`
    OnConflict {
        /// What stands in the parentheses; `None` without them.
        target: Option<Vec<Argument>>,
        /// What it does; `None` while nobody has typed it.
        action: Option<ConflictAction>,
    },
    /// `returning a, b`
    Returning(Vec<SelectionItem>),
}

/// `relation as alias`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceItem {
    /// What is read.
    pub relation: RelationItem,
    /// The name after `as`.
    pub alias: Option<Name>,
    /// All of it.
    pub anchor: Anchor,
}

/// What a source reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RelationItem {
    /// A table, view or common table expression.
    Name(Name),
    /// `function(arguments)`
    Function {
        /// The function.
        function: Name,
        /// What stands in parentheses.
        arguments: Vec<Argument>,
    },
    /// `{ … }`
    Query(Vec<Clause>),
}

/// `expression desc nulls last`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKeyItem {
    /// What is sorted by.
    pub value: ExpressionItem,
    /// Whether it says `desc`.
    pub descending: bool,
    /// Whether it says `nulls first` (`Some(true)`) or `nulls last` (`Some(false)`).
    pub nulls_first: Option<bool>,
}

/// What a query selects or returns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SelectionItem {
    /// `*`
    Wildcard(Anchor),
    /// `alias: expression { … }`
    Value {
        /// The name before the colon.
        alias: Option<Name>,
        /// The value.
        value: ExpressionItem,
        /// What stands in braces after a relation.
        nested: Option<Vec<SelectionItem>>,
        /// All of it.
        anchor: Anchor,
    },
}

impl SelectionItem {
    /// What the output is called, where its text says it: by its alias, or like the column or relation that it is.
    pub fn output_name(&self) -> Option<&str> {
        match self {
            SelectionItem::Value { alias: Some(alias), .. } => Some(&alias.text),
            SelectionItem::Value { value, .. } => match &value.kind {
                ExpressionKind::Path(path) => path.last().map(|it| &*it.text),
                _ => None,
            },
            SelectionItem::Wildcard(_) => None,
        }
    }
}

/// `column = expression`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentItem {
    /// The column.
    pub target: Name,
    /// What stands after `=`; `None` while nobody has typed it.
    pub value: Option<ExpressionItem>,
    /// All of it.
    pub anchor: Anchor,
}

/// What an insert does with a row whose key is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConflictAction {
    /// `nothing`
    Nothing,
    /// `update set … where …`
    Update {
        /// What stands after `set`.
        assignments: Vec<AssignmentItem>,
        /// What stands after `where`.
        condition: Option<ExpressionItem>,
    },
}

impl SelectionItem {
    /// Where it stands.
    pub const fn anchor(&self) -> Anchor {
        match self {
            SelectionItem::Wildcard(anchor) | SelectionItem::Value { anchor, .. } => *anchor,
        }
    }
}

impl ClauseKind {
    /// Whether it says what a mutation does.
    pub const fn is_verb(&self) -> bool {
        matches!(self, ClauseKind::Insert(_) | ClauseKind::Update(_) | ClauseKind::Delete(_))
    }

    /// The word that it begins with.
    pub const fn word(&self) -> &'static str {
        match self {
            ClauseKind::With { .. } => "with",
            ClauseKind::From(_) => "from",
            ClauseKind::Join { .. } => "join",
            ClauseKind::Where { .. } => "where",
            ClauseKind::GroupBy(_) => "group_by",
            ClauseKind::Having(_) => "having",
            ClauseKind::OrderBy(_) => "order_by",
            ClauseKind::Limit(_) => "limit",
            ClauseKind::Offset(_) => "offset",
            ClauseKind::Select { .. } => "select",
            ClauseKind::SetOperation { .. } => "union",
            ClauseKind::Lock { .. } => "for",
            ClauseKind::Insert(_) => "insert into",
            ClauseKind::Update(_) => "update",
            ClauseKind::Delete(_) => "delete from",
            ClauseKind::Values(_) => "values",
            ClauseKind::Set(_) => "set",
            ClauseKind::OnConflict { .. } => "on_conflict",
            ClauseKind::Returning(_) => "returning",
        }
    }
}
