//! Relations and sub-queries.

use orm_model::ColumnType;

use super::{
    Draw,
    body::Body,
    names::{self, Col, Link, Src},
    sample::is_comparable,
};

impl Draw<'_> {
    /// `t0.pets(where: …, order_by: …, limit: 2) { … }`, its rows with relations of their own down to `depth`.
    pub(super) fn nested(&mut self, source: &Src, depth: usize) -> Option<String> {
        let (link, inner) = self.link(source)?;
        self.note(match (link.many, depth) {
            (true, 0) => "relation to many in a relation",
            (true, _) => "relation to many",
            (false, 0) => "relation to one in a relation",
            (false, _) => "relation to one",
        });
        let mut arguments = Vec::new();
        if self.one_in(3) {
            self.note("relation with where");
            arguments.push(format!("where: {}", self.condition(&inner.columns)?));
        }
        if link.many {
            let order = self.order(&inner.columns, &inner.key);
            // An order that is not total gives rows that lie in an array in an order that nobody knows.
            if order.is_total && order.offset.is_none() {
                arguments.push(match order.keys.as_slice() {
                    [key] => format!("order_by: {key}"),
                    keys => {
                        let columns: Vec<_> = keys.iter().map(|it| super::select::value_of(it)).collect();
                        format!("order_by: [{}]{}", columns.join(", "), self.pick(&["", " desc"]))
                    }
                });
                arguments.extend(order.limit.map(|it| format!("limit: {it}")));
            }
        }
        let mut outputs = Vec::new();
        for number in 0..1 + self.below(4) {
            outputs.extend(self.output(number, &inner.columns));
        }
        if depth > 0 && self.one_in(2) {
            let number = outputs.len() + 10;
            outputs.extend(self.nested(&inner, depth - 1).map(|it| format!("o{number}: {it}")));
        }
        if self.one_in(6) {
            let number = outputs.len() + 20;
            outputs.extend(self.of_relation(&inner, "count").map(|it| format!("o{number}: {it}")));
        }
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        (!outputs.is_empty()).then(|| format!("{}.{}{arguments} {{ {} }}", source.name, link.name, outputs.join(", ")))
    }

    /// `count(t0.pets, where: …)`, `exists(t0.pets, where: …)`
    pub(super) fn of_relation(&mut self, source: &Src, word: &'static str) -> Option<String> {
        let (link, inner) = self.link(source)?;
        if word == "count" && !link.many {
            return None;
        }
        self.note(if word == "count" { "count of a relation" } else { "exists of a relation" });
        let filter = match self.one_in(2) {
            true => format!(", where: {}", self.condition(&inner.columns)?),
            false => String::new(),
        };
        Some(format!("{word}({}.{}{filter})", source.name, link.name))
    }

    /// A relation of the source, and its rows by its name.
    fn link(&mut self, source: &Src) -> Option<(Link, Src)> {
        let links = names::links(self.schema, source.table.as_ref()?);
        if links.is_empty() {
            return None;
        }
        let link = self.pick(&links);
        let table = self.schema.tables.values().find(|it| it.name.name == link.target)?;
        let inner = Src::of_table(table, &link.name);
        Some((link, inner))
    }

    /// A condition with a query in it.
    pub(super) fn query_condition(&mut self, sources: &[Src]) -> Option<String> {
        let source = self.pick(sources);
        let not = self.pick(&["", "not "]);
        match self.below(3) {
            0 => Some(format!("{not}{}", self.of_relation(&source, "exists")?)),
            1 => {
                let (mut body, inner) = self.correlated(&source)?;
                body.outputs.push(inner.columns[0].path.clone());
                self.note("exists { … }");
                Some(format!("{not}exists {}", body.nested()))
            }
            _ => {
                let column = self.some(&source.columns, |it| is_comparable(&it.column_type))?.clone();
                let (mut body, inner) = match self.one_in(2) {
                    true => self.correlated(&source)?,
                    false => self.alone(),
                };
                let fitting = self.some(&inner.columns, |it| it.column_type == column.column_type)?;
                body.outputs.push(fitting.path.clone());
                self.note("in { … }");
                Some(format!("{} {not}in {}", column.path, body.nested()))
            }
        }
    }

    /// A sub-query that gives one value.
    pub(super) fn scalar(&mut self, source: &Src) -> Option<String> {
        let (mut body, inner) = match self.one_in(3) {
            true => self.alone(),
            false => self.correlated(source)?,
        };
        body.outputs.push(self.aggregate(&inner.columns)?);
        self.note("sub-query that is a value");
        Some(body.nested())
    }

    /// A query of a table.
    fn alone(&mut self) -> (Body, Src) {
        let inner = self.table();
        let mut body = Body { from: super::select::source_text(&inner), ..Body::default() };
        if self.one_in(2) {
            body.filters.extend(self.filter(&inner.columns));
        }
        if self.one_in(6) {
            let condition = self.query_condition(std::slice::from_ref(&inner));
            body.filters.extend(condition.map(|it| format!("where {it}")));
        }
        (body, inner)
    }

    /// A query of a table that a column connects with the source.
    fn correlated(&mut self, source: &Src) -> Option<(Body, Src)> {
        let (mut body, inner) = self.alone();
        let (one, two) = self.connecting(&source.columns, &inner.columns)?;
        self.note("correlated sub-query");
        body.filters.push(format!("where {two} = {one}"));
        Some((body, inner))
    }

    /// Columns of one type on both sides.
    pub(super) fn connecting(&mut self, left: &[Col], right: &[Col]) -> Option<(String, String)> {
        let pairs: Vec<_> = left
            .iter()
            .filter(|it| is_joinable(&it.column_type))
            .flat_map(|one| right.iter().filter(|two| two.column_type == one.column_type).map(move |two| (one, two)))
            .map(|(one, two)| (one.path.clone(), two.path.clone()))
            .collect();
        (!pairs.is_empty()).then(|| self.pick(&pairs))
    }
}

/// Whether equality of two columns of the type says something.
fn is_joinable(column_type: &ColumnType) -> bool {
    use orm_model::ScalarType::{Boolean, Double, Real};
    is_comparable(column_type) && !matches!(column_type.scalar, Boolean | Real | Double)
}
