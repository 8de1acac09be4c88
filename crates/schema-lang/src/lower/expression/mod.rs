//! Expressions of checks, defaults, queries and the like: names resolved, every part held to a type.
//!
//! The types themselves are inferred in [`orm_model::typing`], from nothing but the parts of an expression. Here stands
//! what may be put together, and what literals become beside a value of another type.
//!
//! - [`call`]: calls of functions, and `sql("…")`.
//! - [`cast`]: `x as type`.
//! - [`operator`]: operators, `in`, `between`, `like`, `case`.
//! - [`fit`]: two values that must have one type.

mod call;
mod cast;
pub(crate) mod fit;
pub(crate) mod operator;

use orm_model::{
    ColumnType, Enum, Expression, Literal, ScalarType, Typing, ValueKind, ValueType,
    registry::{self, FunctionPlace},
    typing,
};

use super::{
    Scope,
    query::{expression as query_expression, names::QueryNames},
    shape::ColumnShape,
};
use crate::{
    diagnostics::rules::{bad_expression, function_difference, function_place, unknown_column},
    item::{Anchor, ExpressionItem, ExpressionKind, Name},
};

/// An expression and the type of its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) expression: Expression,
    pub(crate) value: ValueType,
    /// Whether the value may be NULL.
    pub(crate) nullable: bool,
}

impl Typed {
    pub(crate) fn kind(&self) -> ValueKind {
        self.value.kind()
    }
}

/// What an expression may refer to, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    /// What a name may be.
    pub(crate) columns: Columns<'a>,
    /// The enum whose values may stand here: that of the column on the other side of a comparison.
    pub(crate) values: Option<&'a Enum>,
    /// What the expression is for: not every function may stand everywhere. `None`: a query, which takes all of them.
    pub(crate) place: Option<FunctionPlace>,
}

/// What names of an expression may be.
#[derive(Clone, Copy)]
pub(crate) enum Columns<'a> {
    /// Columns of a table.
    Table(&'a [ColumnShape]),
    /// What a query reads.
    Query(&'a QueryNames<'a>),
}

impl<'a> Names<'a> {
    /// What an expression of a table may refer to.
    pub(crate) const fn table(columns: &'a [ColumnShape], place: FunctionPlace) -> Self {
        Names { columns: Columns::Table(columns), values: None, place: Some(place) }
    }

    /// What an expression of a query may refer to.
    pub(crate) const fn query(names: &'a QueryNames<'a>) -> Self {
        Names { columns: Columns::Query(names), values: None, place: None }
    }

    /// The type of the column that a name is, if it is one.
    fn column_type(&self, scope: &Scope<'_>, path: &[Name]) -> Option<ColumnType> {
        match (self.columns, path) {
            (Columns::Table(columns), [name]) => {
                columns.iter().find(|it| *it.declared_name() == *name.text)?.column_type().cloned()
            }
            (Columns::Table(_), _) => None,
            (Columns::Query(names), path) => names.column_type(scope, path),
        }
    }
}

/// Resolves and types an expression; `None` where a finding says what is wrong with it.
pub(crate) fn lower(scope: &mut Scope<'_>, names: Names<'_>, item: &ExpressionItem) -> Option<Typed> {
    let told = scope.diagnostics.len();
    let typed = lower_kind(scope, names, item);
    function_difference::keep_first(scope.diagnostics, told);
    typed
}

fn lower_kind(scope: &mut Scope<'_>, names: Names<'_>, item: &ExpressionItem) -> Option<Typed> {
    let expression = match &item.kind {
        // The grammar has `default` as the whole of what is set alone.
        ExpressionKind::Missing | ExpressionKind::Default => return None,
        ExpressionKind::Path(path) => path_expression(scope, names, path)?,
        ExpressionKind::Number(text) => {
            Expression::Literal(text.parse().map_or_else(|_| Literal::Decimal(text.clone()), Literal::Integer))
        }
        ExpressionKind::String(text) => Expression::Literal(Literal::String(text.clone())),
        ExpressionKind::Boolean(it) => Expression::Literal(Literal::Boolean(*it)),
        ExpressionKind::Null => Expression::Literal(Literal::Null),
        ExpressionKind::Object(_) => Expression::Literal(Literal::Json(super::default::json(item)?)),
        ExpressionKind::Call { function, arguments } => call::lower(scope, names, function, arguments, item.anchor)?,
        ExpressionKind::Cast { operand, to } => cast::lower(scope, names, operand, to, item.anchor)?,
        ExpressionKind::List(items) => list(scope, names, items)?,
        kind if kind.query_only().is_some() => match names.columns {
            Columns::Query(query) => query_expression::lower(scope, names, query, item)?,
            Columns::Table(_) => {
                let what = kind.query_only()?;
                scope.report(bad_expression::query_only(scope.at(item.anchor), what));
                return None;
            }
        },
        ExpressionKind::InSet { .. }
        | ExpressionKind::Parameter(_)
        | ExpressionKind::Tuple(_)
        | ExpressionKind::Query(_)
        | ExpressionKind::Exists(_)
        | ExpressionKind::ExistsRelation(_)
        | ExpressionKind::Subscript { .. } => return None,
        ExpressionKind::Unary { operator, operand } => operator::unary(scope, names, *operator, operand)?,
        ExpressionKind::Binary { operator, left, right } => {
            operator::binary(scope, names, *operator, [left, right], item.anchor)?
        }
        ExpressionKind::IsNull { operand, negated } => {
            let operand = Box::new(lower(scope, names, operand)?.expression);
            Expression::IsNull { operand, negated: *negated }
        }
        ExpressionKind::In { operand, list, negated } => operator::is_in(scope, names, operand, list, *negated)?,
        ExpressionKind::Between { operand, low, high, negated } => {
            operator::between(scope, names, [&**operand, &**low, &**high], *negated)?
        }
        ExpressionKind::Like { operand, pattern, negated, ignores_case } => {
            operator::like(scope, names, [&**operand, &**pattern], *negated, *ignores_case, item.anchor)?
        }
        ExpressionKind::Case { subject, branches, otherwise } => {
            operator::case(scope, names, subject.as_deref(), branches, otherwise.as_deref())?
        }
    };
    Some(typed(names, expression))
}

/// Like [`lower`], and the value must be of this kind.
pub(crate) fn required(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    item: &ExpressionItem,
    wanted: ValueKind,
) -> Option<Expression> {
    let it = lower(scope, names, item)?;
    if it.kind() != wanted && it.kind() != ValueKind::Unknown {
        scope.report(bad_expression::wrong_type(scope.at(item.anchor), wanted.title(), &described(&it.value)));
        return None;
    }
    Some(it.expression)
}

/// A condition.
pub(crate) fn condition(scope: &mut Scope<'_>, names: Names<'_>, item: &ExpressionItem) -> Option<Expression> {
    required(scope, names, item, ValueKind::Boolean)
}

/// Whether a column of this type takes the value in both databases.
pub(crate) fn is_assignable(value: &ValueType, column_type: &ColumnType) -> bool {
    use ValueKind::{Float, Integer, Numeric, Unknown};
    let column = ValueType::Known(column_type.clone());
    if let (Some(value), true) = (value.known(), column_type.array) {
        let element = ValueType::Known(ColumnType::scalar(value.scalar.clone()));
        return value.array && is_assignable(&element, &ColumnType::scalar(column_type.scalar.clone()));
    }
    match (value.kind(), column.kind()) {
        (Unknown, _) | (_, Unknown) => true,
        (Integer, Numeric | Float) | (Numeric, Float) => true,
        (one, other) => one == other,
    }
}

/// What a value is, for messages: its type, or what was written.
pub(crate) fn described(value: &ValueType) -> String {
    match value.known() {
        Some(it) => format!("{} (`{it}`)", value.kind().title()),
        None => value.kind().title().to_owned(),
    }
}

pub(crate) fn typed(names: Names<'_>, expression: Expression) -> Typed {
    let columns = |name: &str| {
        let Columns::Table(columns) = names.columns else { return None };
        let column = columns.iter().find(|it| it.column.name == name)?;
        let value = column.column_type().map_or(ValueType::Unknown, |it| ValueType::Known(it.clone()));
        Some(Typing { value, nullable: column.column.nullable })
    };
    let Typing { value, nullable } = typing::infer(&expression, &columns);
    Typed { expression, value, nullable }
}

/// A column, a value of the enum on the other side, or a path into the JSON of a column: `metadata.author.name`.
fn path_expression(scope: &mut Scope<'_>, names: Names<'_>, path: &[Name]) -> Option<Expression> {
    let (whole, keys) = match names.columns {
        Columns::Table(columns) => {
            let (name, keys) = path.split_first()?;
            match columns.iter().find(|it| *it.declared_name() == *name.text) {
                Some(column) => (Some(Expression::Column(column.column.name.clone())), keys),
                None if keys.is_empty() => (None, keys),
                None => {
                    scope.report(bad_expression::query_only(scope.at(name.anchor), "a column of another table"));
                    return None;
                }
            }
        }
        Columns::Query(query) => query.resolve(scope, path)?,
    };
    let Some(whole) = whole else {
        let name = path.first()?;
        if let Some(value) = names.values.and_then(|it| it.values.iter().find(|it| *it.name == *name.text)) {
            return Some(Expression::Literal(Literal::String(value.stored.clone())));
        }
        match names.columns {
            Columns::Table(columns) => {
                let known = columns.iter().map(ColumnShape::declared_name);
                let finding = unknown_column::report(scope.at(name.anchor), &name.text, "this table", known);
                scope.report_in_table(finding);
            }
            Columns::Query(query) => query.report_unknown(scope, name, names.values),
        }
        return None;
    };
    let Some(key) = keys.first() else { return Some(whole) };
    let kind = typed(names, whole.clone()).kind();
    if !matches!(kind, ValueKind::Json | ValueKind::Unknown) {
        let name = &path[path.len() - keys.len() - 1];
        scope.report(bad_expression::no_members(scope.at(name.anchor), &name.text, &key.text));
        return None;
    }
    let keys = keys.iter().map(|it| Expression::Literal(Literal::String(it.text.to_string())));
    Some(called("json_get", std::iter::once(whole).chain(keys).collect()))
}

/// A list whose items have one type.
fn list(scope: &mut Scope<'_>, names: Names<'_>, items: &[ExpressionItem]) -> Option<Expression> {
    let typed: Vec<_> = items.iter().map(|it| lower(scope, names, it)).collect();
    let typed = typed.into_iter().collect::<Option<Vec<_>>>()?;
    let anchors: Vec<_> = items.iter().map(|it| it.anchor).collect();
    fit::one_type(scope, typed, &anchors).map(Expression::List)
}

/// A call of a function of the registry that was not written as one.
fn called(function: &str, arguments: Vec<Expression>) -> Expression {
    Expression::Call { function: function.to_owned(), arguments }
}

/// Reports a function that a database does not take here, or answers differently.
fn check_function(scope: &mut Scope<'_>, names: Names<'_>, function: &str, anchor: Anchor) {
    let Some(info) = registry::find_function(function) else { return };
    let targets = scope.targets();
    let misplaced = names.place.and_then(|place| {
        targets.dialects().find_map(|dialect| function_place::report(scope.at(anchor), info, place, dialect))
    });
    if let Some(finding) = misplaced.or_else(|| function_difference::report(scope.at(anchor), info, &targets)) {
        scope.report(finding);
    }
}

/// Whether the type is one that stubs and casts know by this name alone.
fn has_no_size(scalar: &ScalarType) -> bool {
    matches!(
        scalar,
        ScalarType::Boolean
            | ScalarType::Bigint
            | ScalarType::Real
            | ScalarType::Double
            | ScalarType::Numeric(None)
            | ScalarType::Text
            | ScalarType::Bytes(None)
            | ScalarType::Uuid
            | ScalarType::Date
            | ScalarType::Timestamptz(None)
            | ScalarType::Jsonb
    )
}
