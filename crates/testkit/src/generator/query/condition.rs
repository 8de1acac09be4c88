//! Conditions on rows.

use super::{
    Draw,
    names::{Col, is_comparable},
    value,
};
use crate::generator::column::Kind;
use orm_model::ScalarType::{Json, Jsonb};

impl Draw<'_> {
    /// A condition over the columns; `None` where nothing of what was drawn can stand there.
    pub(super) fn condition(&mut self, columns: &[Col]) -> Option<String> {
        match self.below(15) {
            0 => {
                self.note("and/or");
                let word = self.pick(&["and", "or"]);
                Some(format!("({} {word} {})", self.condition(columns)?, self.condition(columns)?))
            }
            1 => {
                self.note("not");
                Some(format!("not ({})", self.condition(columns)?))
            }
            2 => {
                let column = self.some(columns, |it| it.nullable)?;
                self.note("is null");
                Some(format!("{} is {}null", column.path, self.pick(&["", "not "])))
            }
            3 => {
                let column = self.some(columns, |it| is_comparable(&it.column_type))?;
                let one = value::literal(&self.ground.schema, &column.column_type, &mut self.rng)?;
                let two = value::literal(&self.ground.schema, &column.column_type, &mut self.rng)?;
                self.note("in (list)");
                Some(format!("{} {}in ({one}, {two})", column.path, self.pick(&["", "not "])))
            }
            4 => {
                let column = self.some(columns, |it| is_comparable(&it.column_type))?;
                let mut array = column.column_type.clone();
                array.array = true;
                self.note("in $values");
                let (parameter, not) = (self.parameter(&array), self.pick(&["", "not "]));
                Some(format!("{} {not}in {parameter}", column.path))
            }
            5 => {
                let column = self.some(columns, is_sized)?;
                self.note("between");
                let (low, high) = (self.operand(column)?, self.operand(column)?);
                Some(format!("{} {}between {low} and {high}", column.path, self.pick(&["", "not "])))
            }
            6 => {
                let text = self.expression(Kind::Text, columns)?;
                let (word, not) = (self.pick(&["like", "ilike"]), self.pick(&["", "not "]));
                let pattern = self.pick(&["\"%a%\"", "\"_\"", "\"%\\\\_%\"", "\"Z%\"", "\"\"", "\"%🙂\""]);
                self.note(word);
                if self.one_in(4) {
                    self.note("pattern of a parameter");
                    let parameter = self.parameter(&orm_model::ScalarType::Text.into());
                    return Some(format!("{text} {not}{word} {parameter}"));
                }
                Some(format!("{text} {not}{word} {pattern}"))
            }
            7 => self.tuples(columns),
            8 => {
                let (one, two) = self.comparable_pair(columns)?;
                self.note("column to column");
                Some(format!("{one} {} {two}", self.operator()))
            }
            11 => {
                let column = self.some(columns, |it| matches!(it.column_type.scalar, Json | Jsonb))?;
                self.note("JSON path");
                let path = self.pick(&["theme.kind", "key", "theme", "nothing.at_all"]);
                let form = self.pick(&["= \"dark\"", "> 2", "is null", "is not null", "!= \"x\"", "= true"]);
                Some(format!("{}.{path} {form}", column.path))
            }
            9 | 10 => {
                self.note("condition of functions");
                self.expression(Kind::Boolean, columns)
            }
            _ => {
                let column = self.some(columns, is_sized)?;
                self.note("comparison");
                Some(format!("{} {} {}", column.path, self.operator(), self.operand(column)?))
            }
        }
    }

    pub(super) fn operator(&mut self) -> &'static str {
        self.pick(&["=", "!=", "<", "<=", ">", ">="])
    }

    /// A literal or a parameter of the column's type.
    pub(super) fn operand(&mut self, column: &Col) -> Option<String> {
        if self.one_in(2) {
            return Some(self.parameter(&column.column_type));
        }
        value::literal(&self.ground.schema, &column.column_type, &mut self.rng)
    }

    /// Two columns of one type.
    pub(super) fn comparable_pair(&mut self, columns: &[Col]) -> Option<(String, String)> {
        let one = self.some(columns, is_sized)?;
        let two = self.some(columns, |it| it.column_type == one.column_type && it.path != one.path)?;
        Some((one.path.clone(), two.path.clone()))
    }

    fn tuples(&mut self, columns: &[Col]) -> Option<String> {
        let (one, two) = (self.some(columns, is_sized)?, self.some(columns, is_sized)?);
        let values = (self.operand(one)?, self.operand(two)?);
        self.note("tuple");
        if self.one_in(3) {
            let more = (self.operand(one)?, self.operand(two)?);
            let not = self.pick(&["", "not "]);
            return Some(format!(
                "({}, {}) {not}in (({}, {}), ({}, {}))",
                one.path, two.path, values.0, values.1, more.0, more.1
            ));
        }
        Some(format!("({}, {}) {} ({}, {})", one.path, two.path, self.operator(), values.0, values.1))
    }

    /// `where …`, `where? …`
    pub(super) fn filter(&mut self, columns: &[Col]) -> Option<String> {
        if self.one_in(4) {
            let column = self.some(columns, is_sized)?;
            self.note("where?");
            if self.one_in(4) {
                self.note("where? of two parameters");
                let low = self.optional_parameter(&column.column_type);
                let high = self.optional_parameter(&column.column_type);
                return Some(format!("where? {} between {low} and {high}", column.path));
            }
            let (operator, parameter) = (self.operator(), self.optional_parameter(&column.column_type));
            return Some(format!("where? {} {operator} {parameter}", column.path));
        }
        self.note("where");
        Some(format!("where {}", self.condition(columns)?))
    }
}

/// Whether values compare by size, and a literal is one of them.
pub(super) fn is_sized(column: &Col) -> bool {
    use orm_model::ScalarType::{Bytes, Enum};
    is_comparable(&column.column_type) && !matches!(column.column_type.scalar, Enum(_) | Bytes(_))
}
