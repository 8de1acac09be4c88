//! What is looked for in the rows of a query or in an array.

use orm_model::{
    Expression, Literal,
    query::{Field, Output, OutputValue, Relation, Select, Source},
};

use crate::query::value_type;

use super::{Printed, Printer, Strength, comparison, not, parenthesized};

impl Printer<'_> {
    /// `x in { from … select y }`
    pub(super) fn in_query(&self, operand: &Expression, query: &Select, negated: bool) -> Printed {
        let operands = comparison::tuple_items(operand);
        let found: Vec<_> = query.outputs.iter().filter_map(Output::expression).cloned().collect();
        let may_be_nan =
            |(operand, found): (&Expression, &Expression)| self.may_be_nan(operand) && self.may_be_nan(found);
        let floats: Vec<_> = operands.iter().zip(&found).map(may_be_nan).collect();
        if floats.contains(&true)
            && let Some(scope) = self.scope.query()
        {
            let query = with_nan_told(query, &floats, &scope.fresh("found"));
            return self.in_numbers(operands, &found, &floats, &query, negated);
        }
        let not = not(negated);
        if let Expression::Tuple(operands) = operand {
            let text = format!("{} {not}IN {}", self.tuple(operands, &found), self.tuples_of(query));
            return (text, Strength::Match);
        }
        let hint = self.scope.type_of(operand).or_else(|| found.first().and_then(|it| self.scope.type_of(it)));
        let left = self.operand(operand, hint.as_ref(), Strength::Concatenate);
        (format!("{left} {not}IN {}", self.subquery(query)), Strength::Match)
    }

    /// The same of numbers that may be NaN, which is told from itself by a value beside each: true where it is looked for,
    /// false where it is found.
    fn in_numbers(
        &self,
        operands: &[Expression],
        found: &[Expression],
        floats: &[bool],
        query: &Select,
        negated: bool,
    ) -> Printed {
        let tuple = self.tuple(operands, found);
        let floats = operands.iter().zip(floats).filter(|(_, is_float)| **is_float);
        let told = floats.map(|(it, _)| format!(", {} = 'NaN'", self.operand(it, None, Strength::Match)));
        let tuple = format!("{}{})", tuple.strip_suffix(')').unwrap_or(&tuple), told.collect::<String>());
        (format!("{tuple} {}IN {}", not(negated), self.subquery(query)), Strength::Match)
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

/// The query with another output for each of the `floats`: false, NULL where that one is NULL.
fn with_nan_told(query: &Select, floats: &[bool], name: &str) -> Select {
    let output = |column: &str, value| Output { name: column.to_owned(), value: OutputValue::Expression(value) };
    let field = |it: &Output| {
        let result = it.result();
        Expression::Field(Field {
            source: name.to_owned(),
            column: result.name,
            column_type: value_type(&result.value),
            nullable: result.nullable,
        })
    };
    let mut outer = Select::default();
    outer.outputs.extend(query.outputs.iter().map(|it| output(&it.name, field(it))));
    for (index, (it, _)) in query.outputs.iter().zip(floats).filter(|(_, is_float)| **is_float).enumerate() {
        let is_there = Expression::IsNull { operand: Box::new(field(it)), negated: true };
        let branches = vec![(is_there, Expression::Literal(Literal::Boolean(false)))];
        let value = Expression::Case { operand: None, branches, otherwise: None };
        outer.outputs.push(output(&format!("is_nan_{}", index + 1), value));
    }
    outer.from = Some(Source { name: name.to_owned(), relation: Relation::Query(Box::new(query.clone())) });
    outer
}
