//! Groups and aggregates.

use super::{
    Draw,
    body::Body,
    names::{self, Col, is_comparable},
};
use crate::generator::column::Kind;

impl Draw<'_> {
    /// `group_by`, `having`, and what can be selected then.
    pub(super) fn group(&mut self, body: &mut Body, columns: &[Col]) {
        for _ in 0..self.below(3) {
            let key = match self.one_in(4) {
                true => {
                    self.note("group_by an expression");
                    let kind = self.pick(&[Kind::Text, Kind::Integer, Kind::Boolean, Kind::Date]);
                    self.expression(kind, columns)
                }
                false => self.some(columns, |it| is_comparable(&it.column_type)).map(|it| it.path.clone()),
            };
            body.group_by.extend(key.filter(|it| !body.group_by.contains(it)));
        }
        self.note(if body.group_by.is_empty() { "aggregates of all rows" } else { "group_by" });
        let keys = body.group_by.iter().enumerate().map(|(number, it)| format!("k{number}: {it}"));
        body.outputs = keys.collect();
        for number in 0..1 + self.below(3) {
            body.outputs.extend(self.aggregate(columns).map(|it| format!("a{number}: {it}")));
        }
        if body.outputs.len() == body.group_by.len() {
            body.outputs.push("n: count()".to_owned());
        }
        if self.one_in(3) {
            self.note("having");
            let (operator, number) = (self.operator(), self.below(4));
            let number_column = self.some(columns, |it| names::kind(&it.column_type) == Kind::Integer).cloned();
            body.having.push(match number_column.filter(|_| self.one_in(2)) {
                Some(column) => format!("max({}) {operator} {number}", column.path),
                None => format!("count() {operator} {number}"),
            });
        }
        if !body.group_by.is_empty() {
            let keys: Vec<_> = body.group_by.clone();
            let none: [Col; 0] = [];
            body.order = self.order(&none, &keys);
            if self.one_in(6) && body.order.limit.is_none() && body.order.offset.is_none() {
                self.note("order_by an aggregate");
                let direction = self.pick(&["", " desc"]);
                body.order.keys.insert(0, format!("count(){direction}"));
            }
        } else if body.having.is_empty() && self.one_in(2) {
            self.note(": one");
            body.cardinality = Some("one");
        }
    }

    /// `max(t0.id)`
    pub(super) fn aggregate(&mut self, columns: &[Col]) -> Option<String> {
        let word = self.pick(&["count", "count", "count_distinct", "sum", "avg", "min", "max"]);
        self.note(word);
        if word == "count" && self.one_in(2) {
            return Some("count()".to_owned());
        }
        let fits = |it: &Col| match (word, names::kind(&it.column_type)) {
            ("sum" | "avg", kind) => matches!(kind, Kind::Integer | Kind::Decimal | Kind::Float),
            ("count", _) => true,
            _ => is_comparable(&it.column_type),
        };
        if self.one_in(4) && word != "count" {
            self.note("aggregate of an expression");
            let kinds = [Kind::Integer, Kind::Decimal, Kind::Float, Kind::Text, Kind::Date];
            let kinds = if matches!(word, "sum" | "avg") { &kinds[..3] } else { &kinds[..] };
            let kind = self.pick(kinds);
            return Some(format!("{word}({})", self.expression(kind, columns)?));
        }
        Some(format!("{word}({})", self.some(columns, fits)?.path))
    }
}
