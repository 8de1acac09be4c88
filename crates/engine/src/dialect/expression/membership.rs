//! What is looked for in the rows of a query or in an array.

use orm_model::{
    Expression,
    query::{Output, Select},
};

use super::{Printed, Printer, Strength, not, parenthesized};

impl Printer<'_> {
    /// `x in { from … select y }`
    pub(super) fn in_query(&self, operand: &Expression, query: &Select, negated: bool) -> Printed {
        if let Expression::Tuple(operands) = operand {
            let found: Vec<_> = query.outputs.iter().filter_map(Output::expression).cloned().collect();
            let text = format!("{} {}IN {}", self.tuple(operands, &found), not(negated), self.tuples_of(query));
            return (text, Strength::Match);
        }
        let found = query.outputs.first().and_then(Output::expression);
        let hint = self.scope.type_of(operand).or_else(|| found.and_then(|it| self.scope.type_of(it)));
        let left = self.operand(operand, hint.as_ref(), Strength::Concatenate);
        let text = format!("{left} {}IN {}", not(negated), self.subquery(query));
        self.without_nan(operand, text, negated)
    }

    /// The condition, which takes NaN for equal to itself, as one that does not.
    fn without_nan(&self, operand: &Expression, text: String, negated: bool) -> Printed {
        if !self.may_be_nan(operand) {
            return (text, Strength::Match);
        }
        let guard = self.operand(operand, None, Strength::Match);
        match negated {
            true => (format!("{text} OR {guard} = 'NaN'"), Strength::Or),
            false => (format!("{text} AND {guard} <> 'NaN'"), Strength::And),
        }
    }

    /// `x in $values`
    pub(super) fn in_array(&self, operand: &Expression, array: &Expression, negated: bool) -> Printed {
        if let Some(native) = self.native_enum(operand)
            && let (Some(operand), Some(array)) = (self.bare(operand), self.enum_parameter(array, native))
        {
            return (self.dialect.in_array(&operand, &array, negated), Strength::Compare);
        }
        let hint = self.scope.value(array).known().map(|it| it.scalar.clone());
        let left = self.operand(operand, hint.as_ref(), Strength::Concatenate);
        let values = parenthesized(self.print(array, hint.as_ref()), Strength::Atom);
        let text = self.dialect.in_array(&left, &values, negated);
        let printed = self.without_nan(operand, text, negated);
        // An array that is NULL holds nothing that is known.
        match self.scope.typing(array).nullable {
            true => (format!("CASE WHEN {values} IS NOT NULL THEN {} END", printed.0), Strength::Atom),
            false => printed,
        }
    }
}
