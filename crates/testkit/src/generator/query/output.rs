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
        let value = match self.below(8) {
            0..=2 => self.pick(columns).path,
            3 => self.case(columns)?,
            6 => self.conversion(columns)?,
            7 => self.other(columns)?,
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

    /// `(t0.id as text)`
    fn conversion(&mut self, columns: &[Col]) -> Option<String> {
        let column = self.pick(columns);
        let wanted: &[&str] = match names::kind(&column.column_type) {
            Kind::Integer => &["text", "bigint", "double", "numeric", "integer", "smallint"],
            Kind::Decimal => &["bigint", "double", "numeric", "integer"],
            Kind::Float => &["double", "bigint", "numeric", "real"],
            Kind::Date => &["timestamptz", "text"],
            Kind::Timestamp => &["date"],
            Kind::Boolean | Kind::Enum | Kind::Uuid => &["text"],
            _ => return None,
        };
        self.note("as");
        Some(format!("({} as {})", column.path, self.pick(wanted)))
    }

    /// What is no function: an element, a path into JSON, raw SQL, what changes from call to call.
    fn other(&mut self, columns: &[Col]) -> Option<String> {
        match self.below(5) {
            0 => {
                let column = self.some(columns, |it| it.column_type.array)?;
                self.note("element of an array");
                Some(format!("{}[{}]", column.path, self.pick(&["1", "2", "0", "7"])))
            }
            1 => {
                let column = self.some(columns, |it| names::kind(&it.column_type) == Kind::Json)?;
                self.note("selected JSON path");
                let path = self.pick(&["theme", "theme.kind", "key", "nothing.at_all"]);
                let ending = self.pick(&["", " as text", " as bigint", " as boolean", " as double"]);
                Some(format!("({}.{path}{ending})", column.path))
            }
            2 => {
                self.note("sql(…)");
                Some(
                    self.pick(&[
                        "(sql(\"1 + 1\") as bigint)",
                        "(sql(\"ABS(-3)\") as bigint)",
                        "(sql(\"COALESCE(NULL, 'x')\") as text)",
                        "(sql(postgres: \"length('abc')\", spanner: \"LENGTH('abc')\") as bigint)",
                    ])
                    .to_owned(),
                )
            }
            3 => {
                self.note("what changes from call to call");
                Some(
                    self.pick(&[
                        "now() > \"2020-01-01T00:00:00Z\"",
                        "today() > \"2020-01-01\"",
                        "char_length((uuid() as text))",
                    ])
                    .to_owned(),
                )
            }
            _ => {
                let column = self.some(columns, super::condition::is_sized)?.clone();
                let (one, two) = (self.operand(&column)?, self.operand(&column)?);
                self.note("case x when");
                Some(format!("case {} when {one} then 1 when {two} then 2 else 3 end", column.path))
            }
        }
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
