//! Expressions of checks, defaults and the like: names resolved, every part held to a type.
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
mod fit;
mod operator;

use orm_model::{
    ColumnType, Enum, Expression, Literal, ScalarType, Typing, ValueKind, ValueType,
    registry::{self, FunctionPlace},
    typing,
};

use super::{Scope, shape::ColumnShape};
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
    fn kind(&self) -> ValueKind {
        self.value.kind()
    }
}

/// What an expression may refer to, and where it stands.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    /// The columns in scope.
    pub(crate) columns: &'a [ColumnShape],
    /// The enum whose values may stand here: that of the column on the other side of a comparison.
    pub(crate) values: Option<&'a Enum>,
    /// What the expression is for: not every function may stand everywhere.
    pub(crate) place: FunctionPlace,
}

/// Resolves and types an expression; `None` where a finding says what is wrong with it.
pub(crate) fn lower(scope: &mut Scope<'_>, names: Names<'_>, item: &ExpressionItem) -> Option<Typed> {
    let expression = match &item.kind {
        ExpressionKind::Missing => return None,
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
        ExpressionKind::InSet { .. }
        | ExpressionKind::Parameter(_)
        | ExpressionKind::Tuple(_)
        | ExpressionKind::Query(_)
        | ExpressionKind::Exists(_)
        | ExpressionKind::ExistsRelation(_)
        | ExpressionKind::Subscript { .. } => {
            let what = item.kind.query_only()?;
            scope.report(bad_expression::query_only(scope.at(item.anchor), what));
            return None;
        }
        ExpressionKind::Unary { operator, operand } => operator::unary(scope, names, *operator, operand)?,
        ExpressionKind::Binary { operator, left, right } => operator::binary(scope, names, *operator, left, right)?,
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

fn typed(names: Names<'_>, expression: Expression) -> Typed {
    let columns = |name: &str| {
        let column = names.columns.iter().find(|it| it.column.name == name)?;
        let value = column.column_type().map_or(ValueType::Unknown, |it| ValueType::Known(it.clone()));
        Some(Typing { value, nullable: column.column.nullable })
    };
    let Typing { value, nullable } = typing::infer(&expression, &columns);
    Typed { expression, value, nullable }
}

/// A column, a value of the enum on the other side, or a path into the JSON of a column: `metadata.author.name`.
fn path_expression(scope: &mut Scope<'_>, names: Names<'_>, path: &[Name]) -> Option<Expression> {
    let (name, keys) = path.split_first()?;
    if let Some(column) = names.columns.iter().find(|it| *it.declared_name() == *name.text) {
        let whole = Expression::Column(column.column.name.clone());
        if keys.is_empty() {
            return Some(whole);
        }
        if column.column_type().is_some_and(|it| ValueType::Known(it.clone()).kind() != ValueKind::Json) {
            scope.report(bad_expression::no_members(scope.at(name.anchor), &name.text, &keys[0].text));
            return None;
        }
        let keys = keys.iter().map(|it| Expression::Literal(Literal::String(it.text.to_string())));
        return Some(called("json_get", std::iter::once(whole).chain(keys).collect()));
    }
    if !keys.is_empty() {
        scope.report(bad_expression::query_only(scope.at(name.anchor), "a column of another table"));
        return None;
    }
    if let Some(value) = names.values.and_then(|it| it.values.iter().find(|it| *it.name == *name.text)) {
        return Some(Expression::Literal(Literal::String(value.stored.clone())));
    }
    let known = names.columns.iter().map(ColumnShape::declared_name);
    scope.report_in_table(unknown_column::report(scope.at(name.anchor), &name.text, "this table", known));
    None
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
    let misplaced =
        targets.dialects().find_map(|dialect| function_place::report(scope.at(anchor), info, names.place, dialect));
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
