//! Expressions of tables and queries, after names were resolved: columns carry physical names.

use serde::{Deserialize, Serialize};

use crate::{
    ColumnType, PerDialect,
    query::{AggregateFunction, Field, Parameter, Select},
};

/// An expression tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expression {
    /// A constant.
    Literal(Literal),
    /// A column of the table at hand, by its physical name.
    Column(String),
    /// A call of a function of the [registry](crate::registry::functions).
    Call {
        /// The name of the function in the language.
        function: String,
        /// Its arguments in order.
        arguments: Vec<Expression>,
    },
    /// `not x`, `-x`
    Unary {
        /// The operator.
        operator: UnaryOperator,
        /// What it stands before.
        operand: Box<Expression>,
    },
    /// `left operator right`
    Binary {
        /// The operator.
        operator: BinaryOperator,
        /// The left side.
        left: Box<Expression>,
        /// The right side.
        right: Box<Expression>,
    },
    /// `x is null`, `x is not null`
    IsNull {
        /// What is tested.
        operand: Box<Expression>,
        /// Whether it says `is not null`.
        negated: bool,
    },
    /// `x in (a, b)`, `x not in (a, b)`
    In {
        /// What is looked for.
        operand: Box<Expression>,
        /// Where it is looked for.
        list: Vec<Expression>,
        /// Whether it says `not in`.
        negated: bool,
    },
    /// `x between low and high`
    Between {
        /// What is tested.
        operand: Box<Expression>,
        /// The lower bound, inclusive.
        low: Box<Expression>,
        /// The upper bound, inclusive.
        high: Box<Expression>,
        /// Whether it says `not between`.
        negated: bool,
    },
    /// `x like pattern`
    Like {
        /// What is tested.
        operand: Box<Expression>,
        /// `%` stands for any characters, `_` for one, `\` takes the special meaning away.
        pattern: Box<Expression>,
        /// Whether it says `not like`.
        negated: bool,
    },
    /// `case [operand] when a then b … [else c] end`
    Case {
        /// What is compared with each `when`; without it each `when` is a condition.
        operand: Option<Box<Expression>>,
        /// Pairs of `when` and `then`.
        branches: Vec<(Expression, Expression)>,
        /// The value when no branch fits; NULL without it.
        otherwise: Option<Box<Expression>>,
    },
    /// `x as type`
    Cast {
        /// What is converted.
        operand: Box<Expression>,
        /// To which type.
        to: ColumnType,
    },
    /// A list of values: the default of an array.
    List(Vec<Expression>),
    /// `sql("…")`: text for a database, not looked into. `None`: the dialect has no text.
    Sql(PerDialect<Option<String>>),
    /// A column of a source of a query.
    Field(Field),
    /// `$name`
    Parameter(Parameter),
    /// `sum(x)`, `count_distinct(x)`
    Aggregate {
        /// What many values are made one by.
        function: AggregateFunction,
        /// The values; `None`: rows are counted.
        argument: Option<Box<Expression>>,
        /// Whether equal values count once.
        distinct: bool,
        /// Whether there may be no row at all, as in a query without `group_by`.
        may_be_empty: bool,
    },
    /// `(a, b)`, on both sides of a comparison or `in`.
    Tuple(Vec<Expression>),
    /// `exists { … }`
    Exists(Box<Select>),
    /// `{ from … select x }`: the value of its only column in its only row; NULL where there is none.
    Subquery(Box<Select>),
    /// `x in { from … select y }`
    InQuery {
        /// What is looked for: a value, or a tuple of as many as the query has outputs.
        operand: Box<Expression>,
        /// Where it is looked for.
        query: Box<Select>,
        /// Whether it says `not in`.
        negated: bool,
    },
    /// `x in $values`
    InArray {
        /// What is looked for.
        operand: Box<Expression>,
        /// The array in which it is looked for.
        array: Box<Expression>,
        /// Whether it says `not in`.
        negated: bool,
    },
}

/// A constant.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A whole number that fits 64 bits.
    Integer(i64),
    /// A number with a point or an exponent, or one that does not fit 64 bits: as written.
    Decimal(String),
    /// A text, without quotes and escapes. Also the stored text of an enum value, a date, a timestamp, a UUID.
    String(String),
    /// A JSON value in compact form, keys in the order in which they were written.
    Json(String),
}

/// An operator before its operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnaryOperator {
    /// `not`
    Not,
    /// `-`
    Negate,
}

/// An operator between its operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BinaryOperator {
    /// `or`
    Or,
    /// `and`
    And,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `||`
    Concatenate,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`: integers divide to an integer, cut towards zero.
    Divide,
    /// `%`: the remainder, with the sign of the left side.
    Remainder,
}

impl Expression {
    /// Calls `visit` with this expression and every expression in it, outermost first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expression)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// The expressions right inside this one, in the order in which they are written; those of a sub-query are.
    pub fn children(&self) -> Vec<&Expression> {
        match self {
            Expression::Literal(_)
            | Expression::Column(_)
            | Expression::Sql(_)
            | Expression::Field(_)
            | Expression::Parameter(_) => Vec::new(),
            Expression::Call { arguments, .. } => arguments.iter().collect(),
            Expression::Unary { operand, .. }
            | Expression::IsNull { operand, .. }
            | Expression::Cast { operand, .. } => vec![operand],
            Expression::Binary { left, right, .. } => vec![left, right],
            Expression::In { operand, list, .. } => std::iter::once(&**operand).chain(list).collect(),
            Expression::Between { operand, low, high, .. } => vec![operand, low, high],
            Expression::Like { operand, pattern, .. } => vec![operand, pattern],
            Expression::Case { operand, branches, otherwise } => operand
                .as_deref()
                .into_iter()
                .chain(branches.iter().flat_map(|(when, then)| [when, then]))
                .chain(otherwise.as_deref())
                .collect(),
            Expression::List(items) | Expression::Tuple(items) => items.iter().collect(),
            Expression::Aggregate { argument, .. } => argument.as_deref().into_iter().collect(),
            Expression::Exists(query) | Expression::Subquery(query) => query.expressions(),
            Expression::InQuery { operand, query, .. } => {
                std::iter::once(&**operand).chain(query.expressions()).collect()
            }
            Expression::InArray { operand, array, .. } => vec![operand, array],
        }
    }

    /// The same as [`children`](Self::children), to change them.
    pub fn children_mut(&mut self) -> Vec<&mut Expression> {
        match self {
            Expression::Literal(_)
            | Expression::Column(_)
            | Expression::Sql(_)
            | Expression::Field(_)
            | Expression::Parameter(_) => Vec::new(),
            Expression::Call { arguments, .. } => arguments.iter_mut().collect(),
            Expression::Unary { operand, .. }
            | Expression::IsNull { operand, .. }
            | Expression::Cast { operand, .. } => vec![operand],
            Expression::Binary { left, right, .. } => vec![left, right],
            Expression::In { operand, list, .. } => std::iter::once(&mut **operand).chain(list).collect(),
            Expression::Between { operand, low, high, .. } => vec![operand, low, high],
            Expression::Like { operand, pattern, .. } => vec![operand, pattern],
            Expression::Case { operand, branches, otherwise } => operand
                .as_deref_mut()
                .into_iter()
                .chain(branches.iter_mut().flat_map(|(when, then)| [when, then]))
                .chain(otherwise.as_deref_mut())
                .collect(),
            Expression::List(items) | Expression::Tuple(items) => items.iter_mut().collect(),
            Expression::Aggregate { argument, .. } => argument.as_deref_mut().into_iter().collect(),
            Expression::Exists(query) | Expression::Subquery(query) => query.expressions_mut(),
            Expression::InQuery { operand, query, .. } => {
                std::iter::once(&mut **operand).chain(query.expressions_mut()).collect()
            }
            Expression::InArray { operand, array, .. } => vec![operand, array],
        }
    }

    /// Calls `change` with this expression and every expression in it, outermost first.
    pub fn walk_mut(&mut self, change: &mut impl FnMut(&mut Expression)) {
        change(self);
        for child in self.children_mut() {
            child.walk_mut(change);
        }
    }

    /// Whether it makes one value of many rows of the query at hand; an aggregate in a sub-query is that one's own.
    pub fn has_aggregate(&self) -> bool {
        match self {
            Expression::Aggregate { .. } => true,
            Expression::Exists(_) | Expression::Subquery(_) => false,
            Expression::InQuery { operand, .. } => operand.has_aggregate(),
            other => other.children().into_iter().any(Expression::has_aggregate),
        }
    }

    /// Gives a column that the expression reads another name.
    pub fn rename_column(&mut self, before: &str, after: &str) {
        self.walk_mut(&mut |it| {
            if let Expression::Column(name) = it
                && name == before
            {
                after.clone_into(name);
            }
        });
    }

    /// The physical names in `a is not null and b is not null`; `None` for any other condition.
    pub fn filled_columns(&self) -> Option<Vec<&str>> {
        match self {
            Expression::Binary { operator: BinaryOperator::And, left, right } => {
                Some([left.filled_columns()?, right.filled_columns()?].concat())
            }
            Expression::IsNull { operand, negated: true } => match &**operand {
                Expression::Column(name) => Some(vec![name]),
                _ => None,
            },
            _ => None,
        }
    }

    /// The physical names of the columns that the expression reads, in order, each once.
    pub fn columns(&self) -> Vec<&str> {
        let mut columns = Vec::new();
        self.walk(&mut |it| {
            if let Expression::Column(name) = it
                && !columns.contains(&name.as_str())
            {
                columns.push(name);
            }
        });
        columns
    }
}
