//! Whole queries.

use super::{
    Draw,
    body::{Body, Order},
    names::{Col, Src, is_comparable, kind},
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
        if self.one_in(12)
            && let Some(body) = self.plain()
        {
            return body;
        }
        let mut body = Body::default();
        let mut sources = vec![self.first(&mut body)];
        body.from.clone_from(&sources[0].text);
        for _ in 0..self.pick(&[0, 0, 0, 1, 1, 2]) {
            self.join(&mut body, &mut sources);
        }
        let columns = self.with_paths(&sources);
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
        let has_keys = sources.iter().all(|it| !it.key.is_empty());
        let key: Vec<_> = sources.iter().flat_map(|it| it.key.clone()).filter(|_| has_keys).collect();
        body.order = self.order(&columns, &key);
        self.rename_a_key(&mut body);
        body
    }

    /// A query of one table or view that names its columns alone, selects all of them, finds a row by its key, or locks.
    fn plain(&mut self) -> Option<Body> {
        let readable = self.readable();
        let source = match self.below(3) {
            0 => Src::without_alias(&readable),
            _ => Src::of_table(&readable, "it"),
        };
        let is_unqualified = self.one_in(2);
        let source = if is_unqualified { source.unqualified() } else { source };
        if is_unqualified {
            self.note("columns without their source");
        }
        let mut body = Body { from: source.text.clone(), ..Body::default() };
        for _ in 0..self.below(3) {
            body.filters.extend(self.filter(&source.columns));
        }
        if self.one_in(3) {
            self.note("select *");
            body.outputs.push("*".to_owned());
            if self.one_in(3) {
                body.outputs.extend(self.nested(&source, 1).map(|it| format!("all: {it}")));
            }
        } else {
            self.note("outputs without a name");
            let mut columns = source.columns.clone();
            for _ in 0..1 + self.below(3).min(columns.len()) {
                let at = self.below(columns.len());
                if !columns.is_empty() {
                    body.outputs.push(columns.remove(at).path);
                }
            }
        }
        body.order = self.order(&source.columns, &source.key);
        if !readable.is_view && self.one_in(4) {
            self.note("for update");
            body.lock = Some("for update".to_owned());
        } else if !readable.is_view && self.one_in(3) {
            self.note(": optional");
            body.order = Order::default();
            body.cardinality = Some("optional");
            for (column, name) in
                source.columns.iter().filter(|it| source.key.contains(&it.path)).map(|it| (it, &it.name))
            {
                let known = self.known(&readable.name, name);
                let parameter = match known {
                    Some(value) => self.declare(column.column_type.to_string(), Some(value)),
                    None => self.parameter(&column.column_type),
                };
                body.filters.push(format!("where {} = {parameter}", column.path));
            }
        }
        Some(body)
    }

    /// A value that a row of the table has.
    pub(super) fn known(&mut self, table: &str, column: &str) -> Option<serde_json::Value> {
        let rows = self.ground.rows_of(table);
        if rows.is_empty() {
            return None;
        }
        let row = &rows[self.below(rows.len())];
        self.ground.physical(table, column).and_then(|it| row.get(it)).filter(|it| !it.is_null()).cloned()
    }

    /// A sort key by the name of the output that it is.
    fn rename_a_key(&mut self, body: &mut Body) {
        if !self.one_in(3) {
            return;
        }
        for key in &mut body.order.keys {
            let named = body.outputs.iter().filter_map(|it| it.split_once(": "));
            if let Some((name, value)) = named.into_iter().find(|(_, value)| *value == value_of(key)) {
                let ending = key[value.len()..].to_owned();
                *key = format!("{name}{ending}");
                self.note("order_by an output");
                return;
            }
        }
    }

    /// A table, or a query in its place.
    fn first(&mut self, body: &mut Body) -> Src {
        if self.one_in(5) {
            return self.derived(body);
        }
        if self.one_in(6) {
            self.note("source without another name");
            return Src::without_alias(&self.readable());
        }
        self.table()
    }

    /// A query as a source: in its place, or before it by `with`.
    fn derived(&mut self, body: &mut Body) -> Src {
        if self.one_in(6)
            && let Some(source) = self.derived_set()
        {
            return source;
        }
        let mut inner = self.table();
        if let Some(earlier) = self.common.last().cloned().filter(|_| self.one_in(2)) {
            self.note("with that reads another one");
            inner = earlier;
        }
        let mut query = Body { from: inner.text.clone(), ..Body::default() };
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
        self.sources += 1;
        if self.one_in(2) {
            self.note("with");
            body.with.push(format!("with {name} {}", query.nested()));
            let source = Src::of_query(&inner, &name, &columns, name.clone());
            self.common.push(source.clone());
            return source;
        }
        self.note("from { … }");
        let text = format!("{} as {name}", query.nested());
        Src::of_query(&inner, &name, &columns, text)
    }

    /// Queries put together, as a source.
    fn derived_set(&mut self) -> Option<Src> {
        let (one, two) = (self.table(), self.table());
        let column = self.some(&one.columns, |it| is_comparable(&it.column_type))?.clone();
        let fitting = self.some(&two.columns, |it| it.column_type == column.column_type)?.clone();
        let word = self.pick(&["union", "union_all", "intersect", "except"]);
        self.note("from { … union { … } }");
        let name = format!("q{}", self.sources);
        self.sources += 1;
        let other = Body { from: two.text.clone(), outputs: vec![format!("v: {}", fitting.path)], ..Body::default() };
        let body = Body {
            from: one.text.clone(),
            outputs: vec![format!("v: {}", column.path)],
            sets: vec![format!("{word} {}", other.nested())],
            ..Body::default()
        };
        let nullable = column.nullable || fitting.nullable;
        let given = Col { path: format!("{name}.v"), name: "v".to_owned(), column_type: column.column_type, nullable };
        // Equal rows may come several times.
        let key = if word == "union_all" { Vec::new() } else { vec![given.path.clone()] };
        Some(Src { text: format!("{} as {name}", body.nested()), name, table: None, columns: vec![given], key })
    }

    fn join(&mut self, body: &mut Body, sources: &mut Vec<Src>) {
        let other = match self.one_in(8) {
            true => {
                self.note("join of a query");
                self.derived(body)
            }
            false => self.table(),
        };
        if sources.iter().any(|it| it.name == other.name) {
            return;
        }
        if self.one_in(12) {
            self.note("cross_join");
            body.joins.push(format!("cross_join {}", other.text));
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
        body.joins.push(format!("{word} {} on {one} = {two}{}", other.text, more.unwrap_or_default()));
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
        let is_edge = self.one_in(20);
        let fits = |it: &&Col| is_edge || is_comparable(&it.column_type);
        let comparable: Vec<_> = columns.iter().filter(fits).cloned().collect();
        for number in 0..1 + self.below(2) {
            let column = self.pick(&comparable).path;
            body.outputs.push(format!("o{number}: {column}"));
        }
        let keys: Vec<_> = body.outputs.iter().filter_map(|it| it.split(' ').nth(1).map(str::to_owned)).collect();
        body.order = self.order(&[], &keys);
    }

    /// Queries put together.
    fn combined(&mut self) -> Option<Body> {
        let one = self.table();
        let mut body = Body { from: one.text.clone(), ..Body::default() };
        let count = 1 + self.below(2);
        let mut wanted = Vec::new();
        for number in 0..count {
            let column = self.some(&one.columns, |it| is_comparable(&it.column_type))?.clone();
            body.outputs.push(format!("o{number}: {}", column.path));
            wanted.push(column);
        }
        body.filters.extend(self.filter(&one.columns));
        let word = self.pick(&["union", "union_all", "intersect", "except"]);
        self.note(word);
        for _ in 0..self.pick(&[1, 1, 2]) {
            let set = self.set(&wanted)?;
            body.sets.push(format!("{word} {}", set.nested()));
        }
        if body.sets.len() > 1 {
            self.note("three queries put together");
        }
        let keys: Vec<_> = (0..body.outputs.len()).map(|it| format!("o{it}")).collect();
        body.order = self.order(&[], &keys);
        Some(body)
    }

    /// A query that gives columns of these types, or of others of their kind.
    fn set(&mut self, wanted: &[Col]) -> Option<Body> {
        let source = self.table();
        let mut body = Body { from: source.text.clone(), ..Body::default() };
        for (number, column) in wanted.iter().enumerate() {
            let is_mixed = self.one_in(3) && matches!(kind(&column.column_type), Kind::Integer | Kind::Text);
            let fits = |it: &Col| match is_mixed {
                true => kind(&it.column_type) == kind(&column.column_type),
                false => it.column_type == column.column_type,
            };
            if is_mixed {
                self.note("union of several types");
            }
            body.outputs.push(format!("o{number}: {}", self.some(&source.columns, fits)?.path));
        }
        body.filters.extend(self.filter(&source.columns));
        Some(body)
    }

    /// A table or view.
    pub(super) fn readable(&mut self) -> super::ground::Readable {
        let ground = self.ground;
        let readable = &ground.relations[self.below(ground.relations.len())];
        if readable.is_view {
            self.note("view");
        }
        readable.clone()
    }

    /// A table or view under a name of its own.
    pub(super) fn table(&mut self) -> Src {
        let readable = self.readable();
        let alias = format!("t{}", self.sources);
        self.sources += 1;
        Src::of_table(&readable, &alias)
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
        // At the edge: what Spanner does not order.
        if self.one_in(60)
            && let Some(column) = self.some(columns, |it| !is_comparable(&it.column_type)).cloned()
        {
            self.key(&mut order, &column.path);
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
        if order.keys.iter().any(|it| value_of(it) == value) {
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
            let edge = if self.one_in(40) { "-1" } else { "5" };
            return self.pick(&["0", "1", "2", edge, "100"]).to_owned();
        }
        // At the edge: what may be absent.
        if self.one_in(40) {
            return self.declare("bigint?".to_owned(), None);
        }
        let count = self.below(6);
        if self.one_in(4) {
            self.note("parameter with a default");
            let given = self.one_in(2).then(|| count.into());
            return self.declare("integer = 3".to_owned(), given);
        }
        self.declare("bigint".to_owned(), Some(count.into()))
    }
}

/// The value of a sort key, without its direction.
pub(super) fn value_of(key: &str) -> &str {
    let key = key.strip_suffix(" nulls first").or_else(|| key.strip_suffix(" nulls last")).unwrap_or(key);
    key.strip_suffix(" desc").or_else(|| key.strip_suffix(" asc")).unwrap_or(key)
}
