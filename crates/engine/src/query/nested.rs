//! Relations that are selected: rows in a row, as JSON, so that one round trip reads all of them.
//!
//! Each value in it has one spelling in every database, from which it is [read back](super::decode).

use orm_model::{
    Expression,
    query::{Output, OutputValue},
};

use super::{marks, select::Shape};
use crate::dialect::{
    expression::{Printer, Strength},
    functions::expand,
};

impl Printer<'_> {
    /// The outputs of a query as one JSON object.
    pub(super) fn json_object(&self, outputs: &[Output]) -> String {
        let fields = outputs.iter().map(|it| (self.dialect.string(&it.name), self.json_output(it)));
        self.dialect.json_object(&fields.collect::<Vec<_>>())
    }

    fn json_output(&self, output: &Output) -> String {
        match &output.value {
            OutputValue::Expression(it) => self.json_value(it),
            OutputValue::Row { query, .. } => marks::block(&self.shaped(query, Shape::Json)),
            OutputValue::Rows(query) => self.dialect.json_rows(&marks::block(&self.shaped(query, Shape::Json))),
        }
    }

    fn json_value(&self, expression: &Expression) -> String {
        let printed = self.print(expression, None);
        let typing = self.scope.value(expression).settled();
        let Some(known) = typing.known() else { return printed.0 };
        let template = self.dialect.json_text(&known.scalar);
        match (template, known.array) {
            (None, _) => match (expression, self.dialect.cast_type(known, self.scope.targets)) {
                // A literal alone has no type.
                (Expression::Literal(_), Some(name)) => format!("CAST({} AS {name})", printed.0),
                _ => printed.0,
            },
            (Some(template), false) => expand(template, &[printed]),
            (Some(template), true) => {
                let element = expand(template, &[("x".to_owned(), Strength::Atom)]);
                expand(&self.dialect.json_array(&element), &[printed])
            }
        }
    }
}
