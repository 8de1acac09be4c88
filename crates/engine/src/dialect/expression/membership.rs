//! What is looked for in the rows of a query or in an array.

use orm_model::{
    BinaryOperator, Expression, Literal,
    query::{Field, Filter, Output, OutputValue, Relation, Select, Source},
};

use super::{Printed, Printer, Strength, comparison, not, parenthesized};
use crate::query::value_type;

impl Printer<'_> {
    /// `x in { from … select y }`
    pub(super) fn in_query(&self, operand: &Expression, query: &Select, negated: bool) -> Printed {
        if let Expression::Tuple(operands) = operand {
            return match self.dialect.finds_tuples() {
                true => self.tuple_in_query(operands, query, negated),
                false => self.tuple_exists(operands, query, negated),
            };
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

    fn tuple_in_query(&self, operands: &[Expression], query: &Select, negated: bool) -> Printed {
        let text = format!("{} {}IN {}", self.tuple(operands, &[]), not(negated), self.subquery(query));
        (text, Strength::Match)
    }

    /// The same by comparing with every row. What NULL leaves open is no row that was found, and no row that was not.
    fn tuple_exists(&self, operands: &[Expression], query: &Select, negated: bool) -> Printed {
        let Some(scope) = self.scope.query() else { return self.refuse("a table has no sub-queries") };
        let name = scope.fresh("found");
        let found = query.outputs.iter().map(|output| {
            let typing = output.result();
            Expression::Field(Field {
                source: name.clone(),
                column: output.name.clone(),
                column_type: value_type(&typing.value),
                nullable: typing.nullable,
            })
        });
        let condition = |(operand, found): (&Expression, Expression)| {
            let equal = comparison::binary(BinaryOperator::Equal, operand.clone(), found);
            match negated {
                true => Expression::Call {
                    function: "coalesce".to_owned(),
                    arguments: vec![equal, Expression::Literal(Literal::Boolean(true))],
                },
                false => equal,
            }
        };
        let filters = operands.iter().zip(found).map(condition);
        let exists = Select {
            from: Some(Source { name: name.clone(), relation: Relation::Query(Box::new(query.clone())) }),
            filters: filters.map(|condition| Filter { condition, when: Vec::new() }).collect(),
            outputs: vec![Output {
                name: "found".to_owned(),
                value: OutputValue::Expression(Expression::Literal(Literal::Integer(1))),
            }],
            ..Select::default()
        };
        let text = format!("EXISTS {}", self.subquery(&exists));
        match negated {
            true => (format!("NOT {text}"), Strength::Not),
            false => (text, Strength::Atom),
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
