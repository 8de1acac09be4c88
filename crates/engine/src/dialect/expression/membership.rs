//! What is looked for in the rows of a query or in an array.

use orm_model::{
    Expression, Literal,
    query::{Field, Filter, Output, OutputValue, Relation, Select, Source},
};

use super::{Printed, Printer, Strength, not, parenthesized};

impl Printer<'_> {
    /// `x in { from … select y }`
    pub(super) fn in_query(&self, operand: &Expression, query: &Select, negated: bool) -> Printed {
        let without_nan = self.rows_without_nan(query);
        let query = without_nan.as_ref().unwrap_or(query);
        let found: Vec<_> = query.outputs.iter().filter_map(Output::expression).cloned().collect();
        if let Expression::Tuple(operands) = operand {
            let text = format!("{} {}IN {}", self.tuple(operands, &found), not(negated), self.tuples_of(query));
            return (text, Strength::Match);
        }
        let hint = self.scope.type_of(operand).or_else(|| found.first().and_then(|it| self.scope.type_of(it)));
        let left = self.operand(operand, hint.as_ref(), Strength::Concatenate);
        (format!("{left} {}IN {}", not(negated), self.subquery(query)), Strength::Match)
    }

    /// The query without the rows in which NaN would be found; `None` where there are none.
    fn rows_without_nan(&self, query: &Select) -> Option<Select> {
        let scope = self.scope.query()?;
        let may_be_nan = |it: &Output| it.expression().is_some_and(|it| self.may_be_nan(it));
        if !query.outputs.iter().any(may_be_nan) {
            return None;
        }
        let name = scope.fresh("found");
        let mut outer = Select::default();
        for output in &query.outputs {
            let typing = self.scope.typing(output.expression()?);
            let field = Expression::Field(Field {
                source: name.clone(),
                column: output.name.clone(),
                column_type: typing.value.settled().known()?.clone(),
                nullable: typing.nullable,
            });
            if may_be_nan(output) {
                let nan = Expression::Literal(Literal::String("NaN".to_owned()));
                let arguments = vec![field.clone(), nan];
                let condition = Expression::Call { function: "is_distinct".to_owned(), arguments };
                outer.filters.push(Filter { condition, when: Vec::new() });
            }
            outer.outputs.push(Output { name: output.name.clone(), value: OutputValue::Expression(field) });
        }
        outer.from = Some(Source { name, relation: Relation::Query(Box::new(query.clone())) });
        Some(outer)
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
