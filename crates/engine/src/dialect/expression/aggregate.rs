//! Aggregates: many values made one.

use orm_model::{Expression, ScalarType, query::AggregateFunction};

use super::{Printed, Printer, Strength, parenthesized};

/// An aggregate whose argument is printed.
#[derive(Debug, Clone)]
pub struct AggregateText {
    /// What many values are made one by.
    pub function: AggregateFunction,
    /// The values, so that they can stand anywhere.
    pub argument: String,
    /// What the values are, an enum as what stores it.
    pub scalar: ScalarType,
    /// `DISTINCT `, or nothing.
    pub distinct: &'static str,
}

impl AggregateText {
    /// `SUM(x)`
    pub fn plain(&self) -> String {
        self.of(&self.argument)
    }

    /// The same function of another argument.
    pub fn of(&self, argument: &str) -> String {
        format!("{}({}{argument})", self.function.name().to_ascii_uppercase(), self.distinct)
    }
}

impl Printer<'_> {
    pub(super) fn aggregate(
        &self,
        function: AggregateFunction,
        argument: Option<&Expression>,
        distinct: bool,
    ) -> Printed {
        let Some(argument) = argument else { return ("COUNT(*)".to_owned(), Strength::Atom) };
        let aggregate = AggregateText {
            function,
            argument: parenthesized(self.print(argument, None), Strength::Atom),
            scalar: self.scope.value_type(argument),
            distinct: if distinct { "DISTINCT " } else { "" },
        };
        let text = match function {
            AggregateFunction::Count => aggregate.plain(),
            _ => self.dialect.aggregate(&aggregate),
        };
        (text, Strength::Atom)
    }
}
