//! Expressions of checks and defaults: names resolved, types inferred.
//!
//! Inference is small and predictable: every expression has a [`ValueType`], which depends on nothing but its parts.

use orm_model::{BinaryOperator, Enum, Expression, Literal, PerDialect, ScalarType, UnaryOperator, registry};

use super::{Scope, shape::ColumnShape, types::lower_type, words::text_argument};
use crate::{
    diagnostics::rules::{bad_expression, not_supported_yet, unknown_column, unknown_function},
    item::{Anchor, Argument, ExpressionItem, ExpressionKind, Name, positional},
};

/// What kind of value an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueType {
    Boolean,
    /// Whole and decimal numbers, which compare with one another.
    Number,
    Text,
    Bytes,
    Uuid,
    Date,
    Timestamp,
    Json,
    Array,
    /// NULL, raw SQL, native types: compares with everything.
    Unknown,
}

impl ValueType {
    pub(crate) fn of(scalar: &ScalarType, array: bool) -> ValueType {
        if array {
            return ValueType::Array;
        }
        match scalar {
            ScalarType::Boolean => ValueType::Boolean,
            ScalarType::Smallint
            | ScalarType::Integer
            | ScalarType::Bigint
            | ScalarType::Real
            | ScalarType::Double
            | ScalarType::Numeric(_) => ValueType::Number,
            ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_) => ValueType::Text,
            ScalarType::Bytes(_) => ValueType::Bytes,
            ScalarType::Uuid => ValueType::Uuid,
            ScalarType::Date => ValueType::Date,
            ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_) => ValueType::Timestamp,
            ScalarType::Json | ScalarType::Jsonb => ValueType::Json,
            ScalarType::Time(_) | ScalarType::Interval | ScalarType::Native(_) => ValueType::Unknown,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            ValueType::Boolean => "a truth value",
            ValueType::Number => "a number",
            ValueType::Text => "a text",
            ValueType::Bytes => "bytes",
            ValueType::Uuid => "a uuid",
            ValueType::Date => "a date",
            ValueType::Timestamp => "a timestamp",
            ValueType::Json => "JSON",
            ValueType::Array => "an array",
            ValueType::Unknown => "something",
        }
    }
}

/// An expression and the type of its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) expression: Expression,
    pub(crate) value: ValueType,
}

/// What an expression may refer to.
#[derive(Clone, Copy)]
pub(crate) struct Names<'a> {
    /// The columns in scope.
    pub(crate) columns: &'a [ColumnShape],
    /// The enum whose values may stand here: that of the column on the other side of a comparison.
    pub(crate) values: Option<&'a Enum>,
}

/// Resolves and types an expression; `None` where a finding says what is wrong with it.
pub(crate) fn lower(scope: &mut Scope<'_>, names: Names<'_>, item: &ExpressionItem) -> Option<Typed> {
    let typed = |expression, value| Some(Typed { expression, value });
    match &item.kind {
        ExpressionKind::Missing => None,
        ExpressionKind::Path(path) => lower_path(scope, names, path, item.anchor),
        ExpressionKind::Number(text) => {
            let literal = text.parse().map_or_else(|_| Literal::Decimal(text.clone()), Literal::Integer);
            typed(Expression::Literal(literal), ValueType::Number)
        }
        ExpressionKind::String(text) => typed(Expression::Literal(Literal::String(text.clone())), ValueType::Text),
        ExpressionKind::Boolean(it) => typed(Expression::Literal(Literal::Boolean(*it)), ValueType::Boolean),
        ExpressionKind::Null => typed(Expression::Literal(Literal::Null), ValueType::Unknown),
        ExpressionKind::Call { function, arguments } => lower_call(scope, names, function, arguments, item.anchor),
        ExpressionKind::Unary { operator, operand } => lower_unary(scope, names, *operator, operand),
        ExpressionKind::Binary { operator, left, right } => {
            lower_binary(scope, names, *operator, left, right, item.anchor)
        }
        ExpressionKind::IsNull { operand, negated } => {
            let operand = Box::new(lower(scope, names, operand)?.expression);
            typed(Expression::IsNull { operand, negated: *negated }, ValueType::Boolean)
        }
        ExpressionKind::In { operand, list, negated } => {
            let names = with_values(scope, names, &[operand]);
            let names = names.as_names();
            let left = lower(scope, names, operand)?;
            let items: Vec<_> = list.iter().map(|it| compared(scope, names, &left, it)).collect();
            let list = items.into_iter().collect::<Option<Vec<_>>>()?;
            let operand = Box::new(left.expression);
            typed(Expression::In { operand, list, negated: *negated }, ValueType::Boolean)
        }
        ExpressionKind::Between { operand, low, high, negated } => {
            let left = lower(scope, names, operand)?;
            let low = compared(scope, names, &left, low);
            let high = Box::new(compared(scope, names, &left, high)?);
            let (operand, low) = (Box::new(left.expression), Box::new(low?));
            typed(Expression::Between { operand, low, high, negated: *negated }, ValueType::Boolean)
        }
        ExpressionKind::Like { operand, pattern, negated, ignores_case } => {
            let operand = required(scope, names, operand, ValueType::Text);
            let pattern = required(scope, names, pattern, ValueType::Text)?;
            let (operand, pattern) = match ignores_case {
                false => (operand?, pattern),
                true => (lower_case(operand?), lower_case(pattern)),
            };
            let (operand, pattern) = (Box::new(operand), Box::new(pattern));
            typed(Expression::Like { operand, pattern, negated: *negated }, ValueType::Boolean)
        }
        ExpressionKind::Case { subject, branches, otherwise } => {
            lower_case_expression(scope, names, subject.as_deref(), branches, otherwise.as_deref())
        }
        ExpressionKind::Cast { operand, to } => {
            let operand = Box::new(lower(scope, names, operand)?.expression);
            let to = lower_type(scope, to)?;
            let value = ValueType::of(&to.scalar, to.array);
            typed(Expression::Cast { operand, to }, value)
        }
        ExpressionKind::List(items) => {
            let items: Vec<_> = items.iter().map(|it| lower(scope, names, it)).collect();
            let items = items.into_iter().map(|it| it.map(|it| it.expression)).collect::<Option<_>>()?;
            typed(Expression::List(items), ValueType::Array)
        }
        ExpressionKind::Object(_) => {
            let json = super::default::json(item)?;
            typed(Expression::Literal(Literal::Json(json)), ValueType::Json)
        }
        ExpressionKind::QueryOnly(what) => {
            scope.report(bad_expression::query_only(scope.at(item.anchor), what));
            None
        }
    }
}

/// Like [`lower`], and the value must be of type `wanted`.
pub(crate) fn required(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    item: &ExpressionItem,
    wanted: ValueType,
) -> Option<Expression> {
    let it = lower(scope, names, item)?;
    if it.value != wanted && it.value != ValueType::Unknown {
        scope.report(bad_expression::wrong_type(scope.at(item.anchor), wanted.name(), it.value.name()));
        return None;
    }
    Some(it.expression)
}

fn lower_path(scope: &mut Scope<'_>, names: Names<'_>, path: &[Name], anchor: Anchor) -> Option<Typed> {
    let [name] = path else {
        scope.report(bad_expression::query_only(scope.at(anchor), "a column of another table"));
        return None;
    };
    if let Some(column) = names.columns.iter().find(|it| *it.declared_name() == *name.text) {
        let value = column.column_type().map_or(ValueType::Unknown, |it| ValueType::of(&it.scalar, it.array));
        return Some(Typed { expression: Expression::Column(column.column.name.clone()), value });
    }
    if let Some(value) = names.values.and_then(|it| it.values.iter().find(|it| *it.name == *name.text)) {
        let literal = Literal::String(value.stored.clone());
        return Some(Typed { expression: Expression::Literal(literal), value: ValueType::Text });
    }
    let known = names.columns.iter().map(ColumnShape::declared_name);
    scope.report_in_table(unknown_column::report(scope.at(name.anchor), &name.text, "this table", known));
    None
}

fn lower_unary(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    operator: UnaryOperator,
    operand: &ExpressionItem,
) -> Option<Typed> {
    let value = match operator {
        UnaryOperator::Not => ValueType::Boolean,
        UnaryOperator::Negate => ValueType::Number,
    };
    let operand = Box::new(required(scope, names, operand, value)?);
    Some(Typed { expression: Expression::Unary { operator, operand }, value })
}

fn lower_binary(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    operator: BinaryOperator,
    left: &ExpressionItem,
    right: &ExpressionItem,
    anchor: Anchor,
) -> Option<Typed> {
    use BinaryOperator as Op;
    let (operands, value) = match operator {
        Op::And | Op::Or => (Some(ValueType::Boolean), ValueType::Boolean),
        Op::Concatenate => (Some(ValueType::Text), ValueType::Text),
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Remainder => {
            (Some(ValueType::Number), ValueType::Number)
        }
        Op::Equal | Op::NotEqual | Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual => {
            (None, ValueType::Boolean)
        }
    };
    let (left, right) = match operands {
        Some(wanted) => {
            let left = required(scope, names, left, wanted);
            (left, required(scope, names, right, wanted)?)
        }
        None => {
            let names = with_values(scope, names, &[left, right]);
            let names = names.as_names();
            let left = lower(scope, names, left)?;
            if matches!(left.value, ValueType::Json | ValueType::Array) {
                scope.report(bad_expression::not_comparable(scope.at(anchor), left.value.name()));
                return None;
            }
            let right = compared(scope, names, &left, right)?;
            (Some(left.expression), right)
        }
    };
    let (left, right) = (Box::new(left?), Box::new(right));
    Some(Typed { expression: Expression::Binary { operator, left, right }, value })
}

/// The other side of a comparison with `left`.
fn compared(scope: &mut Scope<'_>, names: Names<'_>, left: &Typed, right: &ExpressionItem) -> Option<Expression> {
    let it = lower(scope, names, right)?;
    let is_literal = |it: &Expression| matches!(it, Expression::Literal(Literal::String(_)));
    // A text literal becomes what it is compared with: `starts_on > "2024-01-01"`.
    let adapts = |literal: &Typed, other: ValueType| {
        is_literal(&literal.expression) && matches!(other, ValueType::Uuid | ValueType::Date | ValueType::Timestamp)
    };
    let fits = it.value == left.value
        || it.value == ValueType::Unknown
        || left.value == ValueType::Unknown
        || adapts(&it, left.value)
        || adapts(left, it.value);
    if !fits {
        scope.report(bad_expression::wrong_type(scope.at(right.anchor), left.value.name(), it.value.name()));
        return None;
    }
    Some(it.expression)
}

fn lower_case_expression(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    subject: Option<&ExpressionItem>,
    branches: &[(ExpressionItem, ExpressionItem)],
    otherwise: Option<&ExpressionItem>,
) -> Option<Typed> {
    let operand = match subject {
        Some(subject) => Some(lower(scope, names, subject)?),
        None => None,
    };
    let mut value = ValueType::Unknown;
    let mut lowered = Vec::new();
    for (when, then) in branches {
        let when = match &operand {
            Some(operand) => compared(scope, names, operand, when)?,
            None => required(scope, names, when, ValueType::Boolean)?,
        };
        let then = lower(scope, names, then)?;
        value = then.value;
        lowered.push((when, then.expression));
    }
    let otherwise = match otherwise {
        Some(it) => Some(Box::new(lower(scope, names, it)?.expression)),
        None => None,
    };
    let operand = operand.map(|it| Box::new(it.expression));
    Some(Typed { expression: Expression::Case { operand, branches: lowered, otherwise }, value })
}

fn lower_call(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    function: &[Name],
    arguments: &[Argument],
    anchor: Anchor,
) -> Option<Typed> {
    let [name] = function else {
        scope.report(bad_expression::app_function(scope.at(anchor)));
        return None;
    };
    if &*name.text == "sql" {
        let text = sql_text(scope, arguments, anchor)?;
        return Some(Typed { expression: Expression::Sql(text), value: ValueType::Unknown });
    }
    if PLANNED_FUNCTIONS.contains(&&*name.text) {
        scope.report(not_supported_yet::word(scope.at(anchor), &format!("{}(…)", name.text)));
        return None;
    }
    let Some(info) = registry::find_function(&name.text) else {
        scope.report(unknown_function::report(scope.at(name.anchor), &name.text));
        return None;
    };
    if arguments.len() != info.parameters.len() || arguments.iter().any(|it| it.name.is_some()) {
        scope.report(bad_expression::argument_count(scope.at(anchor), info.name, info.parameters.len()));
        return None;
    }
    let mut lowered = Vec::new();
    let mut first = None;
    for (argument, parameter) in arguments.iter().zip(info.parameters) {
        let it = lower(scope, names, &argument.value)?;
        let wanted = match parameter {
            registry::ParameterType::Text => ValueType::Text,
            registry::ParameterType::Bytes => ValueType::Bytes,
            registry::ParameterType::Number => ValueType::Number,
            registry::ParameterType::Same => first.unwrap_or(it.value),
        };
        if it.value != wanted && it.value != ValueType::Unknown && wanted != ValueType::Unknown {
            scope.report(bad_expression::wrong_type(scope.at(argument.anchor), wanted.name(), it.value.name()));
            return None;
        }
        first.get_or_insert(it.value);
        lowered.push(it.expression);
    }
    let value = match info.returns {
        registry::ReturnType::Boolean => ValueType::Boolean,
        registry::ReturnType::Bigint => ValueType::Number,
        registry::ReturnType::Text => ValueType::Text,
        registry::ReturnType::Timestamptz => ValueType::Timestamp,
        registry::ReturnType::Uuid => ValueType::Uuid,
        registry::ReturnType::FirstArgument => first.unwrap_or(ValueType::Unknown),
    };
    Some(Typed { expression: Expression::Call { function: info.name.to_owned(), arguments: lowered }, value })
}

/// Functions of the design that no rendering exists for yet.
const PLANNED_FUNCTIONS: &[&str] = &["identity", "nextval", "commit_timestamp"];

/// `sql("…")` has one text for both dialects, `sql(postgres: "…", spanner: "…")` one for each.
fn sql_text(scope: &mut Scope<'_>, arguments: &[Argument], anchor: Anchor) -> Option<PerDialect<Option<String>>> {
    let mut text = PerDialect {
        postgres: text_argument(arguments, "postgres").map(str::to_owned),
        spanner: text_argument(arguments, "spanner").map(str::to_owned),
    };
    let mut unnamed = positional(arguments);
    if let Some(first) = unnamed.next()
        && let ExpressionKind::String(common) = &first.value.kind
    {
        text = PerDialect { postgres: Some(common.clone()), spanner: Some(common.clone()) };
    }
    let is_odd = |it: &Argument| {
        it.name.as_ref().is_some_and(|name| !matches!(&*name.text, "postgres" | "spanner"))
            || !matches!(&it.value.kind, ExpressionKind::String(text) if !text.trim().is_empty())
    };
    let mixes = arguments.len() > 1 && arguments.iter().any(|it| it.name.is_none());
    if arguments.is_empty() || mixes || arguments.iter().any(is_odd) {
        scope.report(bad_expression::sql_arguments(scope.at(anchor)));
        return None;
    }
    Some(text)
}

/// `ilike` compares in lower case on both sides, in both databases.
fn lower_case(operand: Expression) -> Expression {
    Expression::Call { function: "lower".to_owned(), arguments: vec![operand] }
}

/// Names that own the enum whose values came into scope.
struct OwnedNames<'a> {
    names: Names<'a>,
    values: Option<Enum>,
}

impl OwnedNames<'_> {
    fn as_names(&self) -> Names<'_> {
        Names { columns: self.names.columns, values: self.values.as_ref().or(self.names.values) }
    }
}

/// Brings the values of an enum into scope where one of `operands` is a column of that type.
fn with_values<'a>(scope: &Scope<'_>, names: Names<'a>, operands: &[&ExpressionItem]) -> OwnedNames<'a> {
    let enum_of = |operand: &&ExpressionItem| {
        let name = operand.as_name()?;
        let column = names.columns.iter().find(|it| *it.declared_name() == *name.text)?;
        match &column.column_type()?.scalar {
            ScalarType::Enum(name) => super::types::enum_of(scope, name),
            _ => None,
        }
    };
    let found = operands.iter().find_map(enum_of);
    let values = found.map(|it| super::enums::lower_enum(scope.db, scope.project, it).definition.clone());
    OwnedNames { names, values }
}
