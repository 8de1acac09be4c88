//! Comparisons that mean different things in different databases: texts by size, floating-point numbers that may be NaN,
//! tuples.
//!
//! Texts are ordered by their code points, NaN is equal to nothing and neither less nor greater than anything.

use orm_model::{BinaryOperator, Expression, Literal, ScalarType, UnaryOperator, ValueKind};

use super::{Printed, Printer, Strength, not, parenthesized};

/// `<` and its like.
const fn is_by_size(operator: BinaryOperator) -> bool {
    use BinaryOperator::{Greater, GreaterOrEqual, Less, LessOrEqual};
    matches!(operator, Less | LessOrEqual | Greater | GreaterOrEqual)
}

pub(super) fn binary(operator: BinaryOperator, left: Expression, right: Expression) -> Expression {
    Expression::Binary { operator, left: Box::new(left), right: Box::new(right) }
}

/// `a and b and c`
pub(super) fn all(operator: BinaryOperator, conditions: impl IntoIterator<Item = Expression>) -> Expression {
    let joined = conditions.into_iter().reduce(|left, right| binary(operator, left, right));
    joined.unwrap_or(Expression::Literal(Literal::Boolean(operator == BinaryOperator::And)))
}

fn negated(condition: Expression, negated: bool) -> Expression {
    match negated {
        true => Expression::Unary { operator: UnaryOperator::Not, operand: Box::new(condition) },
        false => condition,
    }
}

fn is_constant(expression: &Expression) -> bool {
    match expression {
        Expression::Literal(_) => true,
        Expression::Unary { operand, .. } => is_constant(operand),
        _ => false,
    }
}

impl Printer<'_> {
    /// A text in the order of its code points, in a query.
    pub(crate) fn collated(&self, printed: Printed) -> Printed {
        match self.dialect.collation().filter(|_| self.scope.query().is_some()) {
            Some(collation) => {
                let text = parenthesized(printed, Strength::Atom);
                (format!("{text} COLLATE {}", self.dialect.quote(collation)), Strength::Sign)
            }
            None => printed,
        }
    }

    /// Whether the database would take the value for the greatest number, which it is not.
    pub(super) fn may_be_nan(&self, expression: &Expression) -> bool {
        self.dialect.has_ordered_nan()
            && self.scope.query().is_some()
            && self.scope.value(expression).kind() == ValueKind::Float
            && !is_constant(expression)
    }

    /// A comparison that takes more than its operator; `None` where it does not.
    pub(super) fn compared(
        &self,
        operator: BinaryOperator,
        symbol: &str,
        left: &Expression,
        right: &Expression,
        hint: Option<&ScalarType>,
    ) -> Option<Printed> {
        let kinds = [left, right].map(|it| self.scope.value(it).kind());
        if kinds == [ValueKind::Text; 2] && is_by_size(operator) && self.scope.query().is_some() {
            let left = parenthesized(self.collated(self.print(left, hint)), Strength::Match);
            return Some((
                format!("{left} {symbol} {}", self.operand(right, hint, Strength::Match)),
                Strength::Compare,
            ));
        }
        let (guarded, other) = self.nan_side(operator, left, right)?;
        let [left, right] = [left, right].map(|it| self.operand(it, hint, Strength::Match));
        let (join, nan) = match operator {
            BinaryOperator::NotEqual => ("OR", "="),
            _ => ("AND", "<>"),
        };
        let guard = self.operand(guarded, hint, Strength::Match);
        let text = format!("{left} {symbol} {right} {join} {guard} {nan} 'NaN'");
        let strength = if join == "OR" { Strength::Or } else { Strength::And };
        // NaN against NULL is NULL, not false.
        Some(match self.scope.typing(other).nullable {
            true => {
                let other = self.operand(other, hint, Strength::Compare);
                (format!("CASE WHEN {other} IS NOT NULL THEN {text} END"), Strength::Atom)
            }
            false => (text, strength),
        })
    }

    /// The side that must not be NaN, and the other one.
    fn nan_side<'e>(
        &self,
        operator: BinaryOperator,
        left: &'e Expression,
        right: &'e Expression,
    ) -> Option<(&'e Expression, &'e Expression)> {
        use BinaryOperator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        let (is_left, is_right) = (self.may_be_nan(left), self.may_be_nan(right));
        match operator {
            Equal | NotEqual if is_left && is_right => Some((left, right)),
            Less | LessOrEqual if is_right => Some((right, left)),
            Greater | GreaterOrEqual if is_left => Some((left, right)),
            _ => None,
        }
    }

    /// `x in (…)` as comparisons where one of them could find NaN.
    pub(super) fn float_in(&self, operand: &Expression, list: &[Expression], is_negated: bool) -> Option<Printed> {
        if !self.may_be_nan(operand) || !list.iter().any(|it| self.may_be_nan(it)) {
            return None;
        }
        let found = list.iter().map(|it| binary(BinaryOperator::Equal, operand.clone(), it.clone()));
        Some(self.print(&negated(all(BinaryOperator::Or, found), is_negated), None))
    }

    /// `x between low and high` as comparisons where the upper bound may be NaN.
    pub(super) fn float_between(
        &self,
        operand: &Expression,
        low: &Expression,
        high: &Expression,
        is_negated: bool,
    ) -> Option<Printed> {
        if !self.may_be_nan(high) {
            return None;
        }
        let least = binary(BinaryOperator::GreaterOrEqual, operand.clone(), low.clone());
        let most = binary(BinaryOperator::LessOrEqual, operand.clone(), high.clone());
        Some(self.print(&negated(binary(BinaryOperator::And, least, most), is_negated), None))
    }

    /// `(a, b)`, each item as what the one beside it is.
    pub(super) fn tuple(&self, items: &[Expression], beside: &[Expression]) -> String {
        let item = |(index, it): (usize, &Expression)| {
            let hint = self.scope.type_of(it).or_else(|| beside.get(index).and_then(|it| self.scope.type_of(it)));
            self.print(it, hint.as_ref()).0
        };
        let items: Vec<_> = items.iter().enumerate().map(item).collect();
        format!("({})", items.join(", "))
    }

    /// `(a, b) < (x, y)`
    pub(super) fn tuples(&self, operator: BinaryOperator, left: &[Expression], right: &[Expression]) -> Printed {
        let has_floats = left.iter().chain(right).any(|it| self.may_be_nan(it));
        if has_floats || is_by_size(operator) && !self.dialect.compares_tuples() {
            return self.print(&expanded(operator, left, right), None);
        }
        let symbol = match operator {
            BinaryOperator::Equal => "=",
            BinaryOperator::NotEqual => "<>",
            BinaryOperator::Less => "<",
            BinaryOperator::LessOrEqual => "<=",
            BinaryOperator::Greater => ">",
            _ => ">=",
        };
        let first = if is_by_size(operator) { self.collated_tuple(left, right) } else { self.tuple(left, right) };
        (format!("{first} {symbol} {}", self.tuple(right, left)), Strength::Compare)
    }

    fn collated_tuple(&self, items: &[Expression], beside: &[Expression]) -> String {
        let item = |(it, beside): (&Expression, &Expression)| {
            let hint = self.scope.type_of(it).or_else(|| self.scope.type_of(beside));
            let printed = self.print(it, hint.as_ref());
            if self.scope.value(it).kind() == ValueKind::Text { self.collated(printed).0 } else { printed.0 }
        };
        format!("({})", items.iter().zip(beside).map(item).collect::<Vec<_>>().join(", "))
    }

    /// `(a, b) in ((1, 2), (3, 4))`
    pub(super) fn tuple_in(&self, operands: &[Expression], list: &[Expression], is_negated: bool) -> Printed {
        let tuples: Vec<&[Expression]> = list.iter().map(tuple_items).collect();
        let floats = operands.iter().chain(tuples.iter().copied().flatten()).any(|it| self.may_be_nan(it));
        if floats {
            let found = tuples.iter().map(|it| expanded(BinaryOperator::Equal, operands, it));
            return self.print(&negated(all(BinaryOperator::Or, found), is_negated), None);
        }
        let items: Vec<_> = tuples.iter().map(|it| self.tuple(it, operands)).collect();
        let beside = tuples.first().copied().unwrap_or_default();
        let text = format!("{} {}IN ({})", self.tuple(operands, beside), not(is_negated), items.join(", "));
        (text, Strength::Match)
    }
}

/// The values of a tuple; a value alone is one.
pub(super) fn tuple_items(expression: &Expression) -> &[Expression] {
    match expression {
        Expression::Tuple(items) => items,
        other => std::slice::from_ref(other),
    }
}

/// `a < x or a = x and b < y`
fn expanded(operator: BinaryOperator, left: &[Expression], right: &[Expression]) -> Expression {
    use BinaryOperator::{And, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual, Or};
    let pairs = left.iter().cloned().zip(right.iter().cloned());
    let strict = match operator {
        Equal => return all(And, pairs.map(|(one, two)| binary(Equal, one, two))),
        NotEqual => return all(Or, pairs.map(|(one, two)| binary(NotEqual, one, two))),
        Less | LessOrEqual => Less,
        Greater | GreaterOrEqual => Greater,
        other => other,
    };
    let mut pairs = pairs.rev();
    let Some((left, right)) = pairs.next() else { return Expression::Literal(Literal::Boolean(false)) };
    let last = binary(operator, left, right);
    pairs.fold(last, |rest, (left, right)| {
        let equal = binary(Equal, left.clone(), right.clone());
        binary(Or, binary(strict, left, right), binary(And, equal, rest))
    })
}
