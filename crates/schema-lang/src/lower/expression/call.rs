//! Calls: the arguments of a function against its parameters, and `sql("…")`.

use orm_model::{
    ColumnType, Expression, Literal, PerDialect, ScalarType, ValueKind, ValueType,
    registry::{self, FunctionInfo, Parameter, ParameterType},
};

use super::{Columns, Names, Typed, check_function, described, fit, lower as lower_expression};
use crate::{
    diagnostics::rules::{bad_expression, float_comparison, unknown_function},
    item::{Anchor, Argument, ExpressionItem, ExpressionKind, Name, positional},
    lower::{Scope, query::expression as query_expression, sequence::COUNTING, words::text_argument},
};

pub(super) fn lower(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    function: &[Name],
    arguments: &[Argument],
    anchor: Anchor,
) -> Option<Expression> {
    if let Columns::Query(query) = names.columns
        && let Some(it) = query_expression::call(scope, names, query, function, arguments, anchor)
    {
        return it;
    }
    let [name] = function else {
        scope.report(bad_expression::app_function(scope.at(anchor)));
        return None;
    };
    if &*name.text == "sql" {
        return sql_text(scope, arguments, anchor).map(Expression::Sql);
    }
    if COUNTING.contains(&&*name.text) {
        scope.report(bad_expression::counting_function(scope.at(anchor), &name.text));
        return None;
    }
    let Some(info) = registry::find_function(&name.text) else {
        scope.report(unknown_function::report(scope.at(name.anchor), &name.text));
        return None;
    };
    let takes = info.least_arguments()..=if info.variadic { usize::MAX } else { info.parameters.len() };
    if !takes.contains(&arguments.len()) || arguments.iter().any(|it| it.name.is_some()) {
        scope.report(bad_expression::argument_count(scope.at(anchor), info));
        return None;
    }
    check_function(scope, names, info.name, name.anchor);
    let arguments = checked_arguments(scope, names, info, arguments)?;
    Some(Expression::Call { function: info.name.to_owned(), arguments })
}

fn checked_arguments(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    info: &FunctionInfo,
    arguments: &[Argument],
) -> Option<Vec<Expression>> {
    let typed: Vec<_> = arguments.iter().map(|it| lower_expression(scope, names, &it.value)).collect();
    let typed = typed.into_iter().collect::<Option<Vec<_>>>()?;
    let first = typed.first().map(|it| it.value.clone());
    let anchors: Vec<_> = arguments.iter().map(|it| it.value.anchor).collect();
    for (index, it) in typed.iter().enumerate() {
        let parameter = info.parameter(index)?;
        if !fits(parameter.value, it, first.as_ref()) {
            let wanted = wanted(parameter, first.as_ref());
            let finding =
                bad_expression::argument(scope.at(anchors[index]), info, parameter, &wanted, &described(&it.value));
            scope.report(finding);
            return None;
        }
        if matches!(parameter.value, ParameterType::Pattern)
            && let ExpressionKind::String(pattern) = &arguments[index].value.kind
            && let Some(part) = differing_part(pattern)
        {
            scope.report(bad_expression::pattern(scope.at(anchors[index]), part));
            return None;
        }
    }
    if COMPARING.contains(&info.name) {
        let kinds: Vec<_> = typed.iter().map(Typed::kind).collect();
        let finding = float_comparison::report(scope.at(anchors[0]), &kinds, &scope.targets());
        finding.into_iter().for_each(|it| scope.report(it));
    }
    fitted(scope, info, typed, &anchors)
}

/// The functions that ask whether their arguments are equal.
const COMPARING: &[&str] = &["nullif", "is_distinct"];

/// Literals become what the parameters are.
fn fitted(
    scope: &mut Scope<'_>,
    info: &FunctionInfo,
    typed: Vec<Typed>,
    anchors: &[Anchor],
) -> Option<Vec<Expression>> {
    let shared = |index: usize| {
        info.parameter(index)
            .is_some_and(|it| matches!(it.value, ParameterType::Same | ParameterType::Ordered | ParameterType::Exact))
    };
    let (mut values, mut at) = (Vec::new(), Vec::new());
    for (index, it) in typed.iter().enumerate().filter(|(index, _)| shared(*index)) {
        values.push(it.clone());
        at.push(anchors[index]);
    }
    let mut values = fit::one_type(scope, values, &at)?.into_iter();
    let element = match typed.first().map(|it| &it.value) {
        Some(ValueType::Known(it)) => Some(ValueType::Known(ColumnType::scalar(it.scalar.clone()))),
        _ => None,
    };
    let mut fitted = Vec::new();
    for (index, it) in typed.into_iter().enumerate() {
        let parameter = info.parameter(index)?.value;
        let moment = match parameter {
            ParameterType::Date | ParameterType::Moment => Some(ScalarType::Date),
            ParameterType::Timestamp => Some(ScalarType::Timestamptz(None)),
            _ => None,
        };
        fitted.push(match (moment, &element) {
            _ if shared(index) => values.next()?,
            // Its type must be known from itself.
            (Some(moment), _) if it.value == ValueType::TextLiteral => {
                let to = ColumnType::scalar(moment);
                let operand = fit::literal(scope, it, &ValueType::Known(to.clone()), anchors[index])?;
                Expression::Cast { operand: Box::new(operand), to }
            }
            (None, Some(element)) if parameter == ParameterType::Element => {
                fit::literal(scope, it, element, anchors[index])?
            }
            _ => it.expression,
        });
    }
    Some(fitted)
}

fn fits(parameter: ParameterType, it: &Typed, first: Option<&ValueType>) -> bool {
    use ParameterType as P;
    let kind = it.kind();
    let is_literal_text = matches!(it.expression, Expression::Literal(Literal::String(_)));
    if kind == ValueKind::Unknown {
        return !matches!(parameter, P::Pattern | P::Key);
    }
    match parameter {
        P::Boolean => kind == ValueKind::Boolean,
        P::Text => kind == ValueKind::Text,
        P::Pattern | P::Key => is_literal_text,
        P::Integer => kind == ValueKind::Integer,
        P::Exact => matches!(kind, ValueKind::Integer | ValueKind::Numeric),
        P::Fraction => matches!(kind, ValueKind::Numeric | ValueKind::Float),
        P::Double | P::Number => kind.is_number(),
        P::Numeric => matches!(kind, ValueKind::Integer | ValueKind::Numeric),
        P::Bytes => kind == ValueKind::Bytes,
        P::TextOrBytes => matches!(kind, ValueKind::Text | ValueKind::Bytes),
        P::Date => kind == ValueKind::Date || is_literal_text,
        P::Timestamp => kind == ValueKind::Timestamp || is_literal_text,
        P::Moment => matches!(kind, ValueKind::Date | ValueKind::Timestamp) || is_literal_text,
        P::Json => kind == ValueKind::Json,
        P::Same => true,
        P::Ordered => kind.is_ordered(),
        P::Jsonable => is_jsonable(&it.value),
        P::Array => kind == ValueKind::Array && first.is_none_or(|first| it.value.common(first).is_some()),
        P::TextArray => is_array_of(&it.value, ValueKind::Text),
        P::IntegerArray => is_array_of(&it.value, ValueKind::Integer),
        P::Element => match first {
            Some(ValueType::Known(array)) => {
                ValueType::Known(ColumnType::scalar(array.scalar.clone())).common(&it.value).is_some()
            }
            _ => true,
        },
    }
}

/// What both databases write into JSON alike: no exact and floating-point numbers, no instants.
fn is_jsonable(value: &ValueType) -> bool {
    let of = |kind| matches!(kind, ValueKind::Text | ValueKind::Integer | ValueKind::Boolean | ValueKind::Date);
    match value {
        ValueType::Known(ColumnType { scalar, array: true }) => of(ValueType::from(scalar.clone()).kind()),
        other => of(other.kind()) || other.kind() == ValueKind::Json,
    }
}

fn is_array_of(value: &ValueType, kind: ValueKind) -> bool {
    value.known().is_some_and(|it| it.array && ValueType::from(it.scalar.clone()).kind() == kind)
}

fn wanted(parameter: &Parameter, first: Option<&ValueType>) -> String {
    match (parameter.value, first) {
        (ParameterType::Pattern, _) => "a text that is written out as a regular expression".to_owned(),
        (ParameterType::Key, _) => "a text that is written out".to_owned(),
        (ParameterType::Element, Some(ValueType::Known(it))) => format!("`{}`", it.scalar),
        (ParameterType::Ordered, _) => "a value that has an order".to_owned(),
        (ParameterType::Jsonable, _) => "a text, a whole number, a truth value, a date or JSON".to_owned(),
        (other, _) => format!("`{}`", other.title()),
    }
}

/// What PostgreSQL and Spanner read differently in a regular expression.
/// <https://www.postgresql.org/docs/current/functions-matching.html>, <https://github.com/google/re2/wiki/Syntax>
fn differing_part(pattern: &str) -> Option<&'static str> {
    const SAME_ESCAPES: &str = "dDsSwWnrt";
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match (character, characters.peek().copied()) {
            ('\\', Some(next)) if next.is_ascii_alphanumeric() && !SAME_ESCAPES.contains(next) => {
                return Some("this escape");
            }
            ('\\', None) => return Some("a backslash at the end"),
            ('\\', Some(_)) => {
                characters.next();
            }
            ('(', Some('?')) => return Some("`(?`"),
            ('*', Some('*')) if pattern.starts_with("***") => return Some("`***`"),
            _ => {}
        }
    }
    None
}

/// `sql("…")` has one text for both dialects, `sql(postgres: "…", spanner: "…")` one for each.
fn sql_text(scope: &mut Scope<'_>, arguments: &[Argument], anchor: Anchor) -> Option<PerDialect<Option<String>>> {
    let mut text = PerDialect {
        postgres: text_argument(arguments, "postgres").map(str::to_owned),
        spanner: text_argument(arguments, "spanner").map(str::to_owned),
    };
    let mut unnamed = positional(arguments);
    if let Some(first) = unnamed.next()
        && let ExpressionItem { kind: ExpressionKind::String(common), .. } = &first.value
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
