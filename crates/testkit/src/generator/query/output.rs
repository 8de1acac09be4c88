//! What a query selects.

use super::{
    Draw,
    names::{self, Col, Src},
};
use crate::generator::column::Kind;

impl Draw<'_> {
    /// An output of a query of these sources.
    pub(super) fn selected(&mut self, number: usize, sources: &[Src], columns: &[Col]) -> Option<String> {
        let source = self.pick(sources);
        let value = match self.below(12) {
            0 | 1 => self.nested(&source, 1)?,
            2 => self.of_relation(&source, "count")?,
            3 => self.of_relation(&source, "exists")?,
            4 => self.scalar(&source)?,
            _ => return self.output(number, columns),
        };
        Some(format!("o{number}: {value}"))
    }

    /// `o1: value`
    pub(super) fn output(&mut self, number: usize, columns: &[Col]) -> Option<String> {
        let value = match self.below(6) {
            0..=2 => self.pick(columns).path,
            3 => self.case(columns)?,
            4 if self.one_in(3) => {
                self.note("selected parameter");
                let column_type = self.pick(columns).column_type;
                self.parameter(&column_type)
            }
            _ => {
                self.note("expression of functions");
                let kind = self.pick(&[
                    Kind::Integer,
                    Kind::Decimal,
                    Kind::Float,
                    Kind::Text,
                    Kind::Boolean,
                    Kind::Date,
                    Kind::Timestamp,
                    Kind::TextArray,
                ]);
                self.expression(kind, columns)?
            }
        };
        Some(format!("o{number}: {value}"))
    }

    fn case(&mut self, columns: &[Col]) -> Option<String> {
        self.note("case");
        let column = self.pick(columns);
        let condition = self.condition(columns)?;
        if self.one_in(2) {
            return Some(format!("case when {condition} then {} end", column.path));
        }
        let other = self.expression(names::kind(&column.column_type), columns).unwrap_or_else(|| column.path.clone());
        Some(format!("case when {condition} then {other} else {} end", column.path))
    }
}
