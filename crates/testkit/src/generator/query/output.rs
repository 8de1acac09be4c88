//! What a query selects.

use super::{Draw, names::Col};
use crate::generator::column::Kind;

impl Draw<'_> {
    /// `name: value`, where the names are `o0`, `o1`, …
    pub(super) fn output(&mut self, number: usize, columns: &[Col]) -> Option<String> {
        let value = match self.below(5) {
            0..=2 => self.pick(columns).path,
            3 => {
                self.note("case");
                let column = self.pick(columns);
                let kind = super::names::kind(&column.column_type);
                let other = self.expression(kind, columns).unwrap_or_else(|| column.path.clone());
                let condition = self.condition(columns)?;
                let end = self.pick(&["", " else null"]);
                if end.is_empty() {
                    format!("case when {condition} then {other} else {} end", column.path)
                } else {
                    format!("case when {condition} then {} end", column.path)
                }
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
}
