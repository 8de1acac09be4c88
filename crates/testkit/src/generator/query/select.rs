//! Whole queries.

use super::{
    Draw,
    body::{Body, Order},
    names::{Col, Src},
    sample::{self, is_comparable},
};
use crate::generator::column::Kind;

impl Draw<'_> {
    /// The query.
    pub(super) fn top(&mut self) -> Body {
        if self.one_in(10)
            && let Some(body) = self.combined()
        {
            return body;
        }
        let mut body = Body::default();
        let mut sources = vec![self.first(&mut body)];
        for _ in 0..self.pick(&[0, 0, 0, 1, 1, 2]) {
            self.join(&mut body, &mut sources);
        }
        let columns: Vec<_> = sources.iter().flat_map(|it| it.columns.clone()).collect();
        for _ in 0..self.below(4) {
            body.filters.extend(self.filter(&columns));
        }
        if self.one_in(4) {
            body.filters.extend(self.query_condition(&sources).map(|it| format!("where {it}")));
        }
        if self.one_in(5) {
            self.group(&mut body, &columns);
            return body;
        }
        if self.one_in(10) {
            self.distinct(&mut body, &columns);
            return body;
        }
        for number in 0..1 + self.below(5) {
            body.outputs.extend(self.selected(number, &sources, &columns));
        }
        if body.outputs.is_empty() {
            body.outputs.push(format!("o0: {}", columns[0].path));
        }
        let key: Vec<_> = sources.iter().flat_map(|it| it.key.clone()).collect();
        body.order = self.order(&columns, &key);
        body
    }

    /// A table, or a query in its place.
    fn first(&mut self, body: &mut Body) -> Src {
        let inner = self.table();
        if !self.one_in(5) {
            body.from = source_text(&inner);
            return inner;
        }
        let mut query = Body { from: source_text(&inner), ..Body::default() };
        query.filters.extend(self.filter(&inner.columns));
        let is_key = |it: &Col| inner.key.contains(&it.path);
        let mut columns: Vec<_> = inner.columns.iter().filter(|it| is_key(it)).cloned().collect();
        for _ in 0..4 {
            let column = self.pick(&inner.columns);
            if !columns.iter().any(|it| it.path == column.path) {
                columns.push(column);
            }
        }
        query.outputs = columns.iter().map(|it| it.path.clone()).collect();
        query.order = self.order(&inner.columns, &inner.key);
        let name = format!("q{}", self.sources);
        if self.one_in(2) {
            self.note("with");
            body.with.push(format!("with {name} {}", query.nested()));
            body.from.clone_from(&name);
        } else {
            self.note("from { … }");
            body.from = format!("{} as {name}", query.nested());
        }
        Src::of_query(&inner, &name, &columns)
    }

    fn join(&mut self, body: &mut Body, sources: &mut Vec<Src>) {
        let other = self.table();
        if self.one_in(12) {
            self.note("cross_join");
            body.joins.push(format!("cross_join {}", source_text(&other)));
            sources.push(other);
            return;
        }
        let left: Vec<_> = sources.iter().flat_map(|it| it.columns.clone()).collect();
        let words =
            [("join", "join"), ("left_join", "left_join"), ("right_join", "right_join"), ("full_join", "full_join")];
        let (word, construct) = self.pick(&words);
        let Some((one, two)) = self.connecting(&left, &other.columns) else { return };
        self.note(construct);
        let more = match self.one_in(4) && word != "full_join" {
            true => self.condition(&other.columns).map(|it| format!(" and {it}")),
            false => None,
        };
        body.joins.push(format!("{word} {} on {one} = {two}{}", source_text(&other), more.unwrap_or_default()));
        sources.push(other);
        for (number, source) in sources.iter_mut().enumerate() {
            let is_other = number == body.joins.len();
            if word == "full_join" || (word == "left_join") == is_other && word != "join" {
                source.columns.iter_mut().for_each(|it| it.nullable = true);
            }
        }
    }

    fn distinct(&mut self, body: &mut Body, columns: &[Col]) {
        self.note("distinct");
        body.distinct = true;
        let comparable: Vec<_> = columns.iter().filter(|it| is_comparable(&it.column_type)).cloned().collect();
        for number in 0..1 + self.below(2) {
            let column = self.pick(&comparable).path;
            body.outputs.push(format!("o{number}: {column}"));
        }
        let keys: Vec<_> = body.outputs.iter().filter_map(|it| it.split(' ').nth(1).map(str::to_owned)).collect();
        body.order = self.order(&[], &keys);
    }

    /// Queries put together.
    fn combined(&mut self) -> Option<Body> {
        let (one, two) = (self.table(), self.table());
        let mut body = Body { from: source_text(&one), ..Body::default() };
        let mut other = Body { from: source_text(&two), ..Body::default() };
        for number in 0..1 + self.below(2) {
            let column = self.some(&one.columns, |it| is_comparable(&it.column_type))?.clone();
            let fitting = self.some(&two.columns, |it| it.column_type == column.column_type)?;
            body.outputs.push(format!("o{number}: {}", column.path));
            other.outputs.push(format!("o{number}: {}", fitting.path));
        }
        body.filters.extend(self.filter(&one.columns));
        other.filters.extend(self.filter(&two.columns));
        let word = self.pick(&["union", "union_all", "intersect", "except"]);
        self.note(word);
        body.sets.push(format!("{word} {}", other.nested()));
        let keys: Vec<_> = (0..body.outputs.len()).map(|it| format!("o{it}")).collect();
        body.order = self.order(&[], &keys);
        Some(body)
    }

    /// A table under a name of its own.
    pub(super) fn table(&mut self) -> Src {
        let (name, _) = self.pick(&sample::TABLES);
        let alias = format!("t{}", self.sources);
        self.sources += 1;
        let table = self.schema.tables.values().find(|it| it.name.name == name);
        Src::of_table(table.expect("the schema has its tables"), &alias)
    }

    /// Nothing, or an order; with a limit only where the order is total, since otherwise nobody knows which rows come.
    pub(super) fn order(&mut self, columns: &[Col], key: &[String]) -> Order {
        let mut order = Order::default();
        if self.one_in(3) || key.is_empty() {
            return order;
        }
        let comparable: Vec<_> = columns.iter().filter(|it| is_comparable(&it.column_type)).cloned().collect();
        for _ in 0..self.below(3) {
            if !comparable.is_empty() {
                let column = self.pick(&comparable).path;
                self.key(&mut order, &column);
            }
        }
        if self.one_in(6) && !columns.is_empty() {
            let kind = self.pick(&[Kind::Integer, Kind::Text, Kind::Boolean, Kind::Float]);
            if let Some(value) = self.expression(kind, columns) {
                self.note("order_by an expression");
                self.key(&mut order, &value);
            }
        }
        self.note("order_by");
        if self.one_in(4) && !order.keys.is_empty() {
            return order;
        }
        order.is_total = true;
        for column in key {
            self.key(&mut order, column);
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

    fn key(&mut self, order: &mut Order, value: &str) {
        if order.keys.iter().any(|it| it.strip_prefix(value).is_some_and(|it| it.is_empty() || it.starts_with(' '))) {
            return;
        }
        let words =
            ["", "", " desc", " asc", " nulls last", " desc nulls first", " desc nulls last", " asc nulls first"];
        let direction = self.pick(&words);
        order.keys.push(format!("{value}{direction}"));
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

/// The value of a sort key, without its direction.
pub(super) fn value_of(key: &str) -> &str {
    let key = key.strip_suffix(" nulls first").or_else(|| key.strip_suffix(" nulls last")).unwrap_or(key);
    key.strip_suffix(" desc").or_else(|| key.strip_suffix(" asc")).unwrap_or(key)
}

/// `pets as t1`
pub(super) fn source_text(source: &Src) -> String {
    let table = source.table.as_deref().unwrap_or_default();
    format!("{table} as {}", source.name)
}
