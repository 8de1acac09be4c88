//! Relations and sub-queries.

use orm_model::ColumnType;

use super::{
    Draw,
    body::Body,
    condition::is_sized,
    ground::Link,
    names::{Col, Src, is_comparable},
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
            if order.is_total {
                arguments.push(match order.keys.as_slice() {
                    [key] => format!("order_by: {key}"),
                    keys => {
                        let columns: Vec<_> = keys.iter().map(|it| super::select::value_of(it)).collect();
                        format!("order_by: [{}]{}", columns.join(", "), self.pick(&["", " desc"]))
                    }
                });
                if order.offset.is_some() {
                    self.note("relation with offset");
                }
                arguments.extend(order.limit.map(|it| format!("limit: {it}")));
                arguments.extend(order.offset.map(|it| format!("offset: {it}")));
            }
        }
        let mut outputs = Vec::new();
        if self.one_in(6) {
            self.note("relation { * }");
            outputs.push("*".to_owned());
        }
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
        (!outputs.is_empty()).then(|| format!("{}{arguments} {{ {} }}", link.name, outputs.join(", ")))
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
        Some(format!("{word}({}{filter})", link.name))
    }

    /// The columns of the sources, and some at the end of relations that lead to one row: `t0.owner.company.name`.
    pub(super) fn with_paths(&mut self, sources: &[Src]) -> Vec<Col> {
        let mut columns: Vec<_> = sources.iter().flat_map(|it| it.columns.clone()).collect();
        for source in sources {
            let mut reached = source.clone();
            for _ in 0..self.pick(&[0, 0, 1, 1, 2]) {
                let Some(next) = self.reached(&reached) else { break };
                reached = next;
                self.note("path through a relation");
                let found = [self.pick(&reached.columns), self.pick(&reached.columns)];
                columns.extend(found.map(|it| Col { nullable: true, ..it }));
            }
        }
        columns
    }

    /// What a relation to one row leads to, called by its path.
    fn reached(&mut self, source: &Src) -> Option<Src> {
        let (link, _) = self.link_of(source, |it| !it.many)?;
        Some(Src { key: Vec::new(), ..Src::of_table(self.ground.relation(&link.target)?, &link.name) })
    }

    /// A relation of the source, or of a row that it leads to, with its path, and its rows by its name.
    fn link(&mut self, source: &Src) -> Option<(Link, Src)> {
        if self.one_in(4)
            && let Some(reached) = self.reached(source)
        {
            self.note("relation of a row that a relation leads to");
            return self.link_of(&reached, |_| true);
        }
        self.link_of(source, |_| true)
    }

    fn link_of(&mut self, source: &Src, fits: impl Fn(&Link) -> bool) -> Option<(Link, Src)> {
        let of = source.table.as_ref()?;
        let links: Vec<_> = self.ground.links.iter().filter(|it| it.of == *of && fits(it)).cloned().collect();
        if links.is_empty() {
            return None;
        }
        let link = self.pick(&links);
        let inner = Src::of_table(self.ground.relation(&link.target)?, &link.name);
        Some((Link { name: format!("{}.{}", source.name, link.name), ..link }, inner))
    }

    /// A condition with a query in it.
    pub(super) fn query_condition(&mut self, sources: &[Src]) -> Option<String> {
        let source = self.pick(sources);
        let not = self.pick(&["", "not "]);
        match self.below(6) {
            3 => {
                let (mut body, inner) = self.alone();
                let (one, two) = self.connecting(&source.columns, &inner.columns)?;
                let (three, four) = self.connecting(&source.columns, &inner.columns)?;
                body.outputs = vec![format!("a: {two}"), format!("b: {four}")];
                self.note("(a, b) in { … }");
                Some(format!("({one}, {three}) {not}in {}", body.nested()))
            }
            4 => {
                let (count, operator, number) = (self.of_relation(&source, "count")?, self.operator(), self.below(3));
                self.note("count of a relation in a condition");
                Some(format!("{count} {operator} {number}"))
            }
            5 => {
                let column = self.some(&source.columns, is_sized)?.clone();
                let (mut body, inner) = self.alone();
                let fitting = self.some(&inner.columns, |it| it.column_type == column.column_type)?;
                let word = self.pick(&["min", "max"]);
                body.outputs.push(format!("m: {word}({})", fitting.path));
                self.note("comparison with a sub-query");
                Some(format!("{} {} {}", column.path, self.operator(), body.nested()))
            }
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
        let mut body = Body { from: inner.text.clone(), ..Body::default() };
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
