//! What can be said of a condition without a row: its value, as far as constants and defaults decide it.

use std::cmp::Ordering;

use orm_model::{BinaryOperator, Column, ColumnType, Default, Expression, Literal, ScalarType, UnaryOperator};

/// Digits after the point that are kept.
const SCALE: usize = 18;

/// A value that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Boolean(bool),
    /// A decimal number times 10 to the power of [`SCALE`].
    Number(i128),
    Text(String),
}

/// The value of an expression, where `column` knows values of columns; `None` where it depends on more.
pub(crate) fn evaluate(expression: &Expression, column: &dyn Fn(&str) -> Option<Value>) -> Option<Value> {
    let of = |it: &Expression| evaluate(it, column);
    match expression {
        Expression::Literal(literal) => value(literal),
        Expression::Column(name) => column(name),
        Expression::Unary { operator: UnaryOperator::Negate, operand } => match of(operand)? {
            Value::Number(it) => Some(Value::Number(-it)),
            Value::Null => Some(Value::Null),
            _ => None,
        },
        Expression::Unary { operator: UnaryOperator::Not, operand } => Some(negated(of(operand)?, true)),
        Expression::Binary { operator, left, right } => binary(*operator, of(left), of(right)),
        Expression::IsNull { operand, negated } => Some(Value::Boolean((of(operand)? == Value::Null) != *negated)),
        Expression::In { operand, list, negated: is_negated } => {
            let operand = of(operand)?;
            let mut any = Some(Value::Boolean(false));
            for it in list {
                let equals = binary(BinaryOperator::Equal, Some(operand.clone()), of(it));
                // One that is not known can still be decided by another one.
                any = binary(BinaryOperator::Or, any, equals);
            }
            Some(negated(any?, *is_negated))
        }
        Expression::Between { operand, low, high, negated: is_negated } => {
            let operand = of(operand);
            let above = binary(BinaryOperator::GreaterOrEqual, operand.clone(), of(low));
            let below = binary(BinaryOperator::LessOrEqual, operand, of(high));
            Some(negated(binary(BinaryOperator::And, above, below)?, *is_negated))
        }
        Expression::Call { function, arguments } => match (function.as_str(), arguments.as_slice()) {
            ("char_length", [text]) => match of(text)? {
                Value::Text(text) => Some(Value::Number(i128::try_from(text.chars().count()).ok()? * one())),
                Value::Null => Some(Value::Null),
                _ => None,
            },
            ("coalesce", [first, second]) => match of(first)? {
                Value::Null => of(second),
                other => Some(other),
            },
            _ => None,
        },
        _ => None,
    }
}

/// Whether an expression reads no row. Raw SQL may read what it does not tell.
pub(crate) fn reads_nothing(expression: &Expression) -> bool {
    let mut reads = false;
    expression.walk(&mut |it| reads |= matches!(it, Expression::Column(_) | Expression::Sql(_)));
    !reads
}

/// The constant that a column gets from its default, where it compares by its text or its digits.
pub(crate) fn default_value(column: &Column) -> Option<Value> {
    let Some(Default::Expression(Expression::Literal(literal))) = &column.default else { return None };
    is_exact(&column.column_type).then(|| value(literal)).flatten()
}

/// Whether equal values of the type are written alike, or are numbers that are kept to the last digit.
fn is_exact(column_type: &ColumnType) -> bool {
    let is_scalar = matches!(
        column_type.scalar,
        ScalarType::Boolean
            | ScalarType::Smallint
            | ScalarType::Integer
            | ScalarType::Bigint
            | ScalarType::Numeric(_)
            | ScalarType::Text
            | ScalarType::Varchar(_)
            | ScalarType::Char(_)
            | ScalarType::Enum(_)
    );
    is_scalar && !column_type.array
}

fn one() -> i128 {
    10_i128.pow(SCALE as u32)
}

/// A number of the language as a value; `None` where it has more digits than are kept.
pub(crate) fn number(text: &str) -> Option<i128> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    if after.len() > SCALE || before.len() > SCALE || text.contains(['e', 'E']) {
        return None;
    }
    format!("{before}{after:0<SCALE$}").parse::<i128>().ok().map(|it| sign * it)
}

fn value(literal: &Literal) -> Option<Value> {
    Some(match literal {
        Literal::Null => Value::Null,
        Literal::Boolean(it) => Value::Boolean(*it),
        Literal::Integer(it) => Value::Number(i128::from(*it) * one()),
        Literal::Decimal(text) => Value::Number(number(text)?),
        Literal::String(text) => Value::Text(text.clone()),
        Literal::Json(_) => return None,
    })
}

fn negated(value: Value, is_negated: bool) -> Value {
    match value {
        Value::Boolean(it) => Value::Boolean(it != is_negated),
        other => other,
    }
}

/// The three-valued logic of SQL: `false and x` is false, whatever `x` is.
fn binary(operator: BinaryOperator, left: Option<Value>, right: Option<Value>) -> Option<Value> {
    use BinaryOperator::{
        Add, And, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, Multiply, NotEqual, Or, Subtract,
    };
    if let And | Or = operator {
        let decides = Value::Boolean(operator == Or);
        return match (left, right) {
            (Some(one), _) | (_, Some(one)) if one == decides => Some(decides),
            (Some(Value::Boolean(_)), Some(other)) | (Some(other), Some(Value::Boolean(_))) => Some(other),
            (Some(Value::Null), Some(Value::Null)) => Some(Value::Null),
            _ => None,
        };
    }
    let (left, right) = (left?, right?);
    if left == Value::Null || right == Value::Null {
        return Some(Value::Null);
    }
    if let Add | Subtract | Multiply = operator {
        return whole(operator, &left, &right);
    }
    let ordering = compared(&left, &right, operator)?;
    let holds = match operator {
        Equal => ordering == Ordering::Equal,
        NotEqual => ordering != Ordering::Equal,
        Less => ordering == Ordering::Less,
        LessOrEqual => ordering != Ordering::Greater,
        Greater => ordering == Ordering::Greater,
        GreaterOrEqual => ordering != Ordering::Less,
        _ => return None,
    };
    Some(Value::Boolean(holds))
}

/// Whole numbers of 64 bits; others may be floats, which are not kept to the last digit.
fn whole(operator: BinaryOperator, left: &Value, right: &Value) -> Option<Value> {
    let number = |it: &Value| match it {
        Value::Number(it) if it % one() == 0 => i64::try_from(it / one()).ok(),
        _ => None,
    };
    let (left, right) = (number(left)?, number(right)?);
    let value = match operator {
        BinaryOperator::Add => left.checked_add(right),
        BinaryOperator::Subtract => left.checked_sub(right),
        BinaryOperator::Multiply => left.checked_mul(right),
        _ => None,
    };
    Some(Value::Number(i128::from(value?) * one()))
}

/// Which texts come first is the collation's business.
fn compared(left: &Value, right: &Value, operator: BinaryOperator) -> Option<Ordering> {
    let asks_for_order = !matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual);
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
        (Value::Boolean(left), Value::Boolean(right)) => Some(left.cmp(right)),
        (Value::Text(left), Value::Text(right)) if left == right || !asks_for_order => Some(left.cmp(right)),
        _ => None,
    }
}

/// The parts of a condition that all have to hold.
pub(crate) fn conjuncts(condition: &Expression) -> Vec<&Expression> {
    match condition {
        Expression::Binary { operator: BinaryOperator::And, left, right } => {
            let mut parts = conjuncts(left);
            parts.extend(conjuncts(right));
            parts
        }
        other => vec![other],
    }
}

/// The values of one column that a condition lets pass, both bounds inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: i128,
    pub(crate) high: i128,
}

impl Range {
    /// All values of a whole type.
    pub(crate) fn of(scalar: &ScalarType) -> Option<Self> {
        let (low, high) = match scalar {
            ScalarType::Smallint => (i64::from(i16::MIN), i64::from(i16::MAX)),
            ScalarType::Integer => (i64::from(i32::MIN), i64::from(i32::MAX)),
            ScalarType::Bigint => (i64::MIN, i64::MAX),
            _ => return None,
        };
        Some(Range { low: i128::from(low) * one(), high: i128::from(high) * one() })
    }

    /// Values without a bound.
    pub(crate) const ALL: Range = Range { low: i128::MIN, high: i128::MAX };

    /// What is in both.
    pub(crate) fn and(self, other: Self) -> Self {
        Range { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    /// Whether nothing is in it.
    pub(crate) const fn is_empty(self) -> bool {
        self.low > self.high
    }
}

/// The column that a condition compares with a number, and what it lets pass.
pub(crate) fn range(condition: &Expression) -> Option<(&str, Range)> {
    let constant = |it: &Expression| match evaluate(it, &|_| None) {
        Some(Value::Number(it)) => Some(it),
        _ => None,
    };
    match condition {
        Expression::Between { operand, low, high, negated: false } => {
            let Expression::Column(name) = &**operand else { return None };
            Some((name, Range { low: constant(low)?, high: constant(high)? }))
        }
        Expression::Binary { operator, left, right } => {
            let (name, operator, bound) = match (&**left, &**right) {
                (Expression::Column(name), other) => (name, *operator, constant(other)?),
                (other, Expression::Column(name)) => (name, mirrored(*operator), constant(other)?),
                _ => return None,
            };
            Some((name, bounded(operator, bound)?))
        }
        _ => None,
    }
}

/// What a bound lets pass. Between two neighbours in it nothing is kept.
fn bounded(operator: BinaryOperator, bound: i128) -> Option<Range> {
    Some(match operator {
        BinaryOperator::Equal => Range { low: bound, high: bound },
        BinaryOperator::Less => Range { high: bound - 1, ..Range::ALL },
        BinaryOperator::LessOrEqual => Range { high: bound, ..Range::ALL },
        BinaryOperator::Greater => Range { low: bound + 1, ..Range::ALL },
        BinaryOperator::GreaterOrEqual => Range { low: bound, ..Range::ALL },
        _ => return None,
    })
}

const fn mirrored(operator: BinaryOperator) -> BinaryOperator {
    match operator {
        BinaryOperator::Less => BinaryOperator::Greater,
        BinaryOperator::LessOrEqual => BinaryOperator::GreaterOrEqual,
        BinaryOperator::Greater => BinaryOperator::Less,
        BinaryOperator::GreaterOrEqual => BinaryOperator::LessOrEqual,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        assert_eq!(number("-1.5"), Some(-one() - one() / 2));
        assert_eq!(number("0.1"), number("0.100"));
        assert_eq!(number("1e3"), None);
        assert_eq!(number("0.1234567890123456789"), None);
    }

    #[test]
    fn one_side_can_decide_a_condition() {
        let (no, unknown) = (Some(Value::Boolean(false)), None);
        assert_eq!(binary(BinaryOperator::And, unknown.clone(), no.clone()), no);
        assert_eq!(binary(BinaryOperator::Or, unknown, no.clone()), None);
        assert_eq!(binary(BinaryOperator::Or, Some(Value::Null), no), Some(Value::Null));
    }

    #[test]
    fn texts_have_no_order() {
        let text = |it: &str| Some(Value::Text(it.to_owned()));
        assert_eq!(binary(BinaryOperator::Less, text("a"), text("b")), None);
        assert_eq!(binary(BinaryOperator::Equal, text("a"), text("b")), Some(Value::Boolean(false)));
    }
}
