//! Whole queries.

use super::{
    Draw,
    body::{Body, Order},
    names::{Col, Src},
    sample,
};

impl Draw<'_> {
    /// The query.
    pub(super) fn top(&mut self) -> Body {
        let mut body = Body::default();
        let source = self.table();
        body.from = source_text(&source);
        let columns = source.columns.clone();
        for _ in 0..self.below(4) {
            body.filters.extend(self.filter(&columns));
        }
        let count = 1 + self.below(5);
        body.outputs = (0..count).filter_map(|it| self.output(it, &columns)).collect();
        if body.outputs.is_empty() {
            body.outputs.push(format!("o0: {}", columns[0].path));
        }
        body.order = self.order(&columns, &source.key);
        body
    }

    /// A table under a name of its own.
    pub(super) fn table(&mut self) -> Src {
        let (name, _) = self.pick(&sample::TABLES);
        self.table_of(name)
    }

    pub(super) fn table_of(&mut self, name: &str) -> Src {
        let alias = format!("t{}", self.sources);
        self.sources += 1;
        let table = self.schema.tables.values().find(|it| it.name.name == name);
        Src::of_table(table.expect("the schema has its tables"), &alias)
    }

    /// Nothing, or an order; with a limit only where the order is total, since otherwise nobody knows which rows come.
    pub(super) fn order(&mut self, columns: &[Col], key: &[String]) -> Order {
        let mut order = Order::default();
        if self.one_in(3) {
            return order;
        }
        let comparable: Vec<_> = columns.iter().filter(|it| sample::is_comparable(&it.column_type)).cloned().collect();
        for _ in 0..self.below(3) {
            let column = self.pick(&comparable).path;
            if !order.keys.iter().any(|it| it.split(' ').next() == Some(&column)) {
                order.keys.push(format!("{column}{}", self.direction()));
            }
        }
        self.note("order_by");
        if self.one_in(4) {
            return order;
        }
        order.is_total = true;
        for column in key {
            if !order.keys.iter().any(|it| it.split(' ').next() == Some(column)) {
                order.keys.push(format!("{column}{}", self.direction()));
            }
        }
        if self.one_in(2) {
            self.note("limit");
            order.limit = Some(self.count());
        }
        if self.one_in(4) {
            self.note("offset");
            order.offset = Some(self.count());
        }
        order
    }

    fn direction(&mut self) -> &'static str {
        self.pick(&[
            "",
            "",
            " desc",
            " asc",
            " nulls last",
            " desc nulls first",
            " desc nulls last",
            " asc nulls first",
        ])
    }

    /// How many rows.
    fn count(&mut self) -> String {
        if self.one_in(2) {
            return self.pick(&["0", "1", "2", "5", "100"]).to_owned();
        }
        let count = self.below(6);
        self.declare("bigint".to_owned(), Some(count.into()))
    }
}

/// `pets as t1`
pub(super) fn source_text(source: &Src) -> String {
    match &source.table {
        Some(table) => format!("{table} as {}", source.name),
        None => source.name.clone(),
    }
}
