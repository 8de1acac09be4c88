//! Operators, `in`, `between`, `like` and `case`.

use orm_model::{BinaryOperator, Enum, Expression, Literal, ScalarType, UnaryOperator, ValueKind, ValueType};

use super::{Columns, Names, Typed, called, check_function, described, fit, lower, required};
use crate::{
    diagnostics::rules::{
        absent_parameter, bad_expression, constant_comparison, float_comparison, null_comparison, text_order,
    },
    item::{Anchor, ExpressionItem, ExpressionKind, query::ClauseKind},
    lower::{Scope, enums, query::expression as query_expression, types},
};

pub(super) fn unary(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    operator: UnaryOperator,
    operand: &ExpressionItem,
) -> Option<Expression> {
    let operand = Box::new(match operator {
        UnaryOperator::Not => required(scope, names, operand, ValueKind::Boolean)?,
        UnaryOperator::Negate => number(scope, names, operand)?.expression,
    });
    Some(Expression::Unary { operator, operand })
}

pub(super) fn binary(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    operator: BinaryOperator,
    [left, right]: [&ExpressionItem; 2],
    anchor: Anchor,
) -> Option<Expression> {
    use BinaryOperator as Op;
    let sides = match operator {
        Op::And | Op::Or => of_kind(scope, names, [left, right], ValueKind::Boolean)?,
        Op::Concatenate => of_kind(scope, names, [left, right], ValueKind::Text)?,
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Remainder => {
            let sides = [number(scope, names, left), number(scope, names, right)];
            let [Some(left_side), Some(right_side)] = sides else { return None };
            for (side, item) in [(&left_side, left), (&right_side, right)] {
                if operator == Op::Remainder && side.kind() == ValueKind::Float {
                    let found = described(&side.value);
                    let wanted = "a whole or exact number";
                    scope.report(bad_expression::wrong_type(scope.at(item.anchor), wanted, &found));
                    return None;
                }
            }
            vec![left_side.expression, right_side.expression]
        }
        Op::Equal | Op::NotEqual | Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual => {
            let by_order = !matches!(operator, Op::Equal | Op::NotEqual);
            match tuples(scope, names, &[left, right], by_order) {
                Some(sides) => sides?,
                None if right.kind == ExpressionKind::Null => {
                    lower(scope, names, left)?;
                    let (here, whole) = (scope.at(right.anchor), scope.at(anchor));
                    scope.report(null_comparison::sides(here, left.anchor, whole, operator));
                    return None;
                }
                None => comparison(scope, names, &[left, right], by_order)?,
            }
        }
    };
    let [left_side, right_side] = sides.try_into().ok()?;
    let is_comparison =
        matches!(operator, Op::Equal | Op::NotEqual | Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual);
    if is_comparison
        && matches!(names.columns, Columns::Query(_))
        && let Some(finding) = constant_comparison::report(scope.at(left.anchor), &left_side, &right_side)
    {
        scope.report(finding);
    }
    let (left, right) = (left_side, right_side);
    Some(Expression::Binary { operator, left: Box::new(left), right: Box::new(right) })
}

pub(super) fn is_in(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    operand: &ExpressionItem,
    list: &[ExpressionItem],
    negated: bool,
) -> Option<Expression> {
    let items: Vec<_> = std::iter::once(operand).chain(list).collect();
    let mut sides = match tuples(scope, names, &items, false) {
        Some(sides) => sides?,
        None => comparison(scope, names, &items, false)?,
    };
    let operand = Box::new(sides.remove(0));
    Some(Expression::In { operand, list: sides, negated })
}

pub(super) fn between(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    items: [&ExpressionItem; 3],
    negated: bool,
) -> Option<Expression> {
    let sides = comparison(scope, names, &items, true)?;
    let [operand, low, high] = sides.try_into().ok()?;
    Some(Expression::Between { operand: Box::new(operand), low: Box::new(low), high: Box::new(high), negated })
}

pub(super) fn like(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    items: [&ExpressionItem; 2],
    negated: bool,
    ignores_case: bool,
    anchor: Anchor,
) -> Option<Expression> {
    let sides = of_kind(scope, names, items, ValueKind::Text)?;
    if let Expression::Literal(Literal::String(pattern)) = &sides[1]
        && ends_in_escape(pattern)
    {
        scope.report(bad_expression::open_escape(scope.at(items[1].anchor)));
        return None;
    }
    let [operand, pattern] = sides.try_into().ok()?;
    // `ilike` compares in lower case on both sides, in both databases.
    let (operand, pattern) = if ignores_case {
        // What the operand itself calls is told there.
        if !matches!(&operand, Expression::Call { function, .. } if matches!(function.as_str(), "lower" | "upper")) {
            check_function(scope, names, "lower", anchor);
        }
        (called("lower", vec![operand]), called("lower", vec![pattern]))
    } else {
        (operand, pattern)
    };
    Some(Expression::Like { operand: Box::new(operand), pattern: Box::new(pattern), negated })
}

/// Whether a backslash at the end of a pattern takes the meaning of nothing away.
fn ends_in_escape(pattern: &str) -> bool {
    pattern.chars().rev().take_while(|it| *it == '\\').count() % 2 == 1
}

pub(super) fn case(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    subject: Option<&ExpressionItem>,
    branches: &[(ExpressionItem, ExpressionItem)],
    otherwise: Option<&ExpressionItem>,
) -> Option<Expression> {
    let (operand, whens) = match subject {
        Some(subject) => {
            let items: Vec<_> = std::iter::once(subject).chain(branches.iter().map(|(when, _)| when)).collect();
            let mut sides = comparison(scope, names, &items, false)?;
            (Some(Box::new(sides.remove(0))), sides)
        }
        None => {
            let whens: Vec<_> =
                branches.iter().map(|(when, _)| required(scope, names, when, ValueKind::Boolean)).collect();
            (None, whens.into_iter().collect::<Option<Vec<_>>>()?)
        }
    };
    let results: Vec<_> = branches.iter().map(|(_, then)| then).chain(otherwise).collect();
    let typed: Vec<_> = results.iter().map(|it| lower(scope, names, it)).collect();
    let typed = typed.into_iter().collect::<Option<Vec<_>>>()?;
    let anchors: Vec<_> = results.iter().map(|it| it.anchor).collect();
    let mut results = fit::one_type(scope, typed, &anchors)?;
    let otherwise = otherwise.and_then(|_| results.pop()).map(Box::new);
    Some(Expression::Case { operand, branches: whens.into_iter().zip(results).collect(), otherwise })
}

fn number(scope: &mut Scope<'_>, names: Names<'_>, item: &ExpressionItem) -> Option<Typed> {
    let it = lower(scope, names, item)?;
    if !it.kind().is_number() && it.kind() != ValueKind::Unknown {
        let hint = matches!(it.kind(), ValueKind::Date | ValueKind::Timestamp);
        scope.report(bad_expression::no_number(scope.at(item.anchor), &described(&it.value), hint));
        return None;
    }
    Some(it)
}

fn of_kind(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    items: [&ExpressionItem; 2],
    kind: ValueKind,
) -> Option<Vec<Expression>> {
    let sides = items.map(|it| required(scope, names, it, kind));
    sides.into_iter().collect()
}

/// Tuples that are compared, in a query; `None` where there are none.
fn tuples(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    items: &[&ExpressionItem],
    by_order: bool,
) -> Option<Option<Vec<Expression>>> {
    match names.columns {
        Columns::Query(_) => query_expression::compare_tuples(scope, names, items, by_order),
        Columns::Table(_) => None,
    }
}

/// Says that a parameter is compared that may be absent: no row would be found then.
pub(crate) fn refuse_absent(scope: &mut Scope<'_>, it: &Typed, anchor: Anchor) {
    if let Expression::Parameter(parameter) = &it.expression
        && parameter.nullable
    {
        let clause = scope.clause(|it| match &it.kind {
            ClauseKind::Where { dynamic, condition } => !dynamic && holds(condition, anchor),
            _ => false,
        });
        scope.report(absent_parameter::report(scope.at(anchor), &parameter.name, clause));
    }
}

fn holds(item: &ExpressionItem, anchor: Anchor) -> bool {
    let mut is_there = false;
    item.walk(&mut |it| is_there |= it.anchor == anchor);
    is_there
}

/// What is compared, fitted to one type; the values of an enum may be named where a column of it stands.
pub(crate) fn comparison(
    scope: &mut Scope<'_>,
    names: Names<'_>,
    items: &[&ExpressionItem],
    by_order: bool,
) -> Option<Vec<Expression>> {
    let values = enum_in(scope, names, items);
    let names = Names { values: values.as_ref().or(names.values), ..names };
    let typed: Vec<_> = items.iter().map(|it| lower(scope, names, it)).collect();
    let typed = typed.into_iter().collect::<Option<Vec<_>>>()?;
    if let Some(index) = typed.iter().position(|it| it.value == ValueType::Null) {
        scope.report(null_comparison::report(scope.at(items[index].anchor)));
        return None;
    }
    typed.iter().zip(items).for_each(|(it, item)| refuse_absent(scope, it, item.anchor));
    let anchors: Vec<_> = items.iter().map(|it| it.anchor).collect();
    let kinds: Vec<_> = typed.iter().map(Typed::kind).collect();
    let (here, targets) = (scope.at(anchors[0]), scope.targets());
    // In a query the order is said out loud.
    let by_order = by_order && matches!(names.columns, Columns::Table(_));
    let by_order = if by_order { text_order::report(here, &kinds, &targets) } else { None };
    for finding in by_order.into_iter().chain(float_comparison::report(here, &kinds, &targets)) {
        scope.report(finding);
    }
    fit::compared(scope, typed, &anchors)
}

/// The enum of the first column of such a type.
fn enum_in(scope: &Scope<'_>, names: Names<'_>, items: &[&ExpressionItem]) -> Option<Enum> {
    let of = |column_type: orm_model::ColumnType| match column_type.scalar {
        ScalarType::Enum(name) => Some(name),
        _ => None,
    };
    let name = items.iter().find_map(|it| match (&it.kind, names.columns) {
        (ExpressionKind::Path(path), _) => of(names.column_type(scope, path)?),
        (ExpressionKind::Parameter(Some(name)), Columns::Query(query)) => of(query.parameter_type(&name.text)?),
        _ => None,
    })?;
    let declaration = types::enum_of(scope, &name)?;
    Some(enums::lower_enum(scope.db, scope.project, declaration).definition.clone())
}
