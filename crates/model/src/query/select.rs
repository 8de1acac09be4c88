//! What a query reads.

use serde::{Deserialize, Serialize};

use crate::{Expression, ObjectName};

/// `from … where … select …`
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Select {
    /// `with name { … }`, each able to read those before it.
    pub common_tables: Vec<CommonTable>,
    /// `from`; without it there is one row without columns.
    pub from: Option<Source>,
    /// The joins in order.
    pub joins: Vec<Join>,
    /// The conditions, all of which must hold.
    pub filters: Vec<Filter>,
    /// What rows are put together by. Without keys, and with an aggregate in [`outputs`](Self::outputs) or
    /// [`having`](Self::having), all rows are one group.
    pub group_by: Vec<Expression>,
    /// The conditions on groups, all of which must hold.
    pub having: Vec<Expression>,
    /// Whether equal rows are given once.
    pub distinct: bool,
    /// What a row of the result is made of.
    pub outputs: Vec<Output>,
    /// The order of the result.
    pub order_by: Vec<SortKey>,
    /// How many rows at most: a whole number or a parameter.
    pub limit: Option<Expression>,
    /// How many rows are left out first: a whole number or a parameter.
    pub offset: Option<Expression>,
    /// Whether the rows are kept from others until the transaction ends.
    pub lock: Option<Lock>,
    /// Whether there is certainly a row: it is looked for by a foreign key that is enforced and not NULL.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub finds_a_row: bool,
}

/// `with name { … }`
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct CommonTable {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub query: Select,
}

/// Something that rows are read from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// What [fields](super::Field) call it: no other source of the whole query has the name.
    pub name: String,
    /// What is read.
    pub relation: Relation,
}

/// What a source reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// A table or view.
    Table(ObjectName),
    /// A [`CommonTable`] of this query or one around it.
    CommonTable(String),
    /// `{ … }`
    Query(Box<Select>),
    /// The rows of two or more queries put together, from the first to the last. Their outputs are as many and of types
    /// that have one in common; names are those of the first.
    Set {
        /// How.
        operator: SetOperator,
        /// The queries.
        queries: Vec<Select>,
    },
}

/// How the rows of queries are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SetOperator {
    /// `union`: equal rows once.
    Union,
    /// `union_all`: all of them.
    UnionAll,
    /// `intersect`: those that both have, once.
    Intersect,
    /// `except`: those that the other has not, once.
    Except,
}

/// `join source on condition`
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Join {
    /// Which rows without a partner stay.
    pub kind: JoinKind,
    /// What is joined.
    pub source: Source,
    /// Which rows are partners; every two of a cross join.
    pub condition: Option<Expression>,
}

/// How two sources are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum JoinKind {
    /// `join`
    Inner,
    /// `left_join`
    Left,
    /// `right_join`
    Right,
    /// `full_join`
    Full,
    /// `cross_join`
    Cross,
}

/// A condition on rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Filter {
    /// The condition.
    pub condition: Expression,
    /// `where?`: the parameters without any of which it is left out; empty for a plain `where`.
    pub when: Vec<String>,
}

/// A column of the result.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Output {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: OutputValue,
}

/// The value of a column of the result.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OutputValue {
    /// A value.
    Expression(Expression),
    /// The row that a relation leads to: `author { name }`. Its query finds one at most; `nullable` where it may find none.
    Row {
        /// The query for it, which reads fields of the one around it.
        query: Box<Select>,
        /// Whether there may be none.
        nullable: bool,
    },
    /// The rows that a relation leads to: `posts { title }`, in the order of their query.
    Rows(Box<Select>),
}

/// What a result is ordered by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SortKey {
    /// The value.
    pub value: Expression,
    /// Whether large values come first.
    pub descending: bool,
    /// Whether NULL comes first. What the text does not say is resolved: NULL is less than everything.
    pub nulls_first: bool,
}

/// `for update`, `for share`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Lock {
    /// Whether others may still read the rows for their own locks: `for share`.
    pub shared: bool,
    /// What it does about rows that somebody else has locked.
    pub wait: LockWait,
}

/// What a locking query does about rows that somebody else has locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LockWait {
    /// It waits.
    Wait,
    /// `skip_locked`: it does without them.
    Skip,
    /// `nowait`: it fails.
    Fail,
}

impl Select {
    /// The sources of `from` and the joins, in order.
    pub fn sources(&self) -> impl Iterator<Item = &Source> {
        self.from.iter().chain(self.joins.iter().map(|it| &it.source))
    }

    /// Whether rows are put together: there are keys, or an aggregate.
    pub fn is_grouped(&self) -> bool {
        let values = self.outputs.iter().filter_map(Output::expression);
        let keys = self.order_by.iter().map(|it| &it.value);
        !self.group_by.is_empty() || values.chain(&self.having).chain(keys).any(Expression::has_aggregate)
    }

    /// Whether no row of the result is left out or told to be: nothing but the rows that it reads decides how many there
    /// are.
    pub fn has_every_row(&self) -> bool {
        self.having.is_empty() && self.limit.is_none() && self.offset.is_none()
    }

    /// The sources whose rows a lock keeps: those that have a row in every row of the query. An outer join makes up the
    /// others, and a common table has no rows of its own.
    pub fn locked_sources(&self) -> Vec<&Source> {
        let mut locked: Vec<&Source> = self.from.iter().collect();
        for join in &self.joins {
            match join.kind {
                JoinKind::Inner | JoinKind::Cross => locked.push(&join.source),
                JoinKind::Left => {}
                JoinKind::Right => locked = vec![&join.source],
                JoinKind::Full => locked.clear(),
            }
        }
        locked.retain(|it| !matches!(it.relation, Relation::CommonTable(_)));
        locked
    }

    /// The queries right inside it: common tables, sources, relations that are selected.
    pub fn queries(&self) -> Vec<&Select> {
        let mut queries: Vec<_> = self.common_tables.iter().map(|it| &it.query).collect();
        for source in self.sources() {
            match &source.relation {
                Relation::Query(it) => queries.push(it),
                Relation::Set { queries: all, .. } => queries.extend(all),
                Relation::Table(_) | Relation::CommonTable(_) => {}
            }
        }
        queries.extend(self.outputs.iter().filter_map(Output::query));
        queries
    }

    /// Every expression of the query and of [those inside it](Self::queries), outermost each, in the order in which SQL
    /// writes them.
    pub fn expressions(&self) -> Vec<&Expression> {
        let mut expressions: Vec<_> = self.queries().into_iter().flat_map(Select::expressions).collect();
        expressions.extend(self.own_expressions());
        expressions
    }

    /// The expressions of the query itself, outermost each; not those of [queries inside it](Self::queries).
    pub fn own_expressions(&self) -> Vec<&Expression> {
        let mut expressions: Vec<_> = self.outputs.iter().filter_map(Output::expression).collect();
        expressions.extend(self.joins.iter().filter_map(|it| it.condition.as_ref()));
        expressions.extend(self.filters.iter().map(|it| &it.condition));
        expressions.extend(self.group_by.iter().chain(&self.having));
        expressions.extend(self.order_by.iter().map(|it| &it.value));
        expressions.extend(self.limit.iter().chain(&self.offset));
        expressions
    }

    /// The same as [`queries`](Self::queries), to change them.
    pub fn queries_mut(&mut self) -> Vec<&mut Select> {
        let mut queries: Vec<_> = self.common_tables.iter_mut().map(|it| &mut it.query).collect();
        for source in self.from.iter_mut().chain(self.joins.iter_mut().map(|it| &mut it.source)) {
            match &mut source.relation {
                Relation::Query(it) => queries.push(it),
                Relation::Set { queries: all, .. } => queries.extend(all),
                Relation::Table(_) | Relation::CommonTable(_) => {}
            }
        }
        queries.extend(self.outputs.iter_mut().filter_map(|it| match &mut it.value {
            OutputValue::Expression(_) => None,
            OutputValue::Row { query, .. } | OutputValue::Rows(query) => Some(&mut **query),
        }));
        queries
    }

    /// The same as [`expressions`](Self::expressions), to change them.
    pub fn expressions_mut(&mut self) -> Vec<&mut Expression> {
        let mut expressions = Vec::new();
        for table in &mut self.common_tables {
            expressions.extend(table.query.expressions_mut());
        }
        for source in self.from.iter_mut() {
            expressions.extend(source.expressions_mut());
        }
        for join in &mut self.joins {
            expressions.extend(join.source.expressions_mut());
            expressions.extend(join.condition.as_mut());
        }
        for output in &mut self.outputs {
            match &mut output.value {
                OutputValue::Expression(it) => expressions.push(it),
                OutputValue::Row { query, .. } | OutputValue::Rows(query) => {
                    expressions.extend(query.expressions_mut())
                }
            }
        }
        expressions.extend(self.filters.iter_mut().map(|it| &mut it.condition));
        expressions.extend(self.group_by.iter_mut().chain(&mut self.having));
        expressions.extend(self.order_by.iter_mut().map(|it| &mut it.value));
        expressions.extend(self.limit.iter_mut().chain(&mut self.offset));
        expressions
    }

    /// The same as [`own_expressions`](Self::own_expressions), to change them.
    pub fn own_expressions_mut(&mut self) -> Vec<&mut Expression> {
        let mut expressions: Vec<_> = self.outputs.iter_mut().filter_map(Output::expression_mut).collect();
        expressions.extend(self.joins.iter_mut().filter_map(|it| it.condition.as_mut()));
        expressions.extend(self.filters.iter_mut().map(|it| &mut it.condition));
        expressions.extend(self.group_by.iter_mut().chain(&mut self.having));
        expressions.extend(self.order_by.iter_mut().map(|it| &mut it.value));
        expressions.extend(self.limit.iter_mut().chain(&mut self.offset));
        expressions
    }

    /// Calls `change` with this query and every one inside it, sub-queries of expressions included; outermost first.
    pub fn walk_mut(&mut self, change: &mut impl FnMut(&mut Select)) {
        change(self);
        self.queries_mut().into_iter().for_each(|it| it.walk_mut(change));
        self.own_expressions_mut().into_iter().for_each(|it| walk_queries_mut(it, change));
    }
}

impl Source {
    fn expressions_mut(&mut self) -> Vec<&mut Expression> {
        match &mut self.relation {
            Relation::Query(it) => it.expressions_mut(),
            Relation::Set { queries, .. } => queries.iter_mut().flat_map(Select::expressions_mut).collect(),
            Relation::Table(_) | Relation::CommonTable(_) => Vec::new(),
        }
    }
}

impl Output {
    /// The value, where it is one.
    pub const fn expression(&self) -> Option<&Expression> {
        match &self.value {
            OutputValue::Expression(it) => Some(it),
            OutputValue::Row { .. } | OutputValue::Rows(_) => None,
        }
    }

    /// The value, where it is one, to change it.
    pub const fn expression_mut(&mut self) -> Option<&mut Expression> {
        match &mut self.value {
            OutputValue::Expression(it) => Some(it),
            OutputValue::Row { .. } | OutputValue::Rows(_) => None,
        }
    }

    /// The query of the relation, where it is one.
    pub fn query(&self) -> Option<&Select> {
        match &self.value {
            OutputValue::Expression(_) => None,
            OutputValue::Row { query, .. } | OutputValue::Rows(query) => Some(query),
        }
    }
}

/// A query that reads, somewhere in another one.
#[derive(Debug, Clone, Copy)]
pub struct NestedSelect<'a> {
    /// The query.
    pub select: &'a Select,
    /// Whether it matters only whether it has rows: `exists { … }`.
    pub is_asked_for_rows: bool,
}

/// A query and those inside it, sub-queries of its expressions included.
pub(super) fn nested<'a>(select: &'a Select, is_asked_for_rows: bool, selects: &mut Vec<NestedSelect<'a>>) {
    selects.push(NestedSelect { select, is_asked_for_rows });
    for it in select.queries() {
        nested(it, false, selects);
    }
    for it in select.own_expressions() {
        nested_in(it, selects);
    }
}

/// The queries in an expression.
pub(super) fn nested_in<'a>(expression: &'a Expression, selects: &mut Vec<NestedSelect<'a>>) {
    match expression {
        Expression::Exists(query) => nested(query, true, selects),
        Expression::Subquery(query) => nested(query, false, selects),
        Expression::InQuery { operand, query, .. } => {
            nested_in(operand, selects);
            nested(query, false, selects);
        }
        other => other.children().into_iter().for_each(|it| nested_in(it, selects)),
    }
}

/// Calls `change` with the queries in an expression, and with those in them.
fn walk_queries_mut(expression: &mut Expression, change: &mut impl FnMut(&mut Select)) {
    match expression {
        Expression::Exists(query) | Expression::Subquery(query) => query.walk_mut(change),
        Expression::InQuery { operand, query, .. } => {
            walk_queries_mut(operand, change);
            query.walk_mut(change);
        }
        other => other.children_mut().into_iter().for_each(|it| walk_queries_mut(it, change)),
    }
}
