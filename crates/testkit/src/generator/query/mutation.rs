//! Mutations of any table.

use orm_model::ScalarType;
use serde_json::Value;

use super::{
    Draw,
    condition::is_sized,
    ground::{Named, Readable},
    names::{self, Col, Src},
    rows, value,
};

/// A mutation as its clauses.
#[derive(Debug, Clone, Default)]
pub(super) struct Write {
    /// `update items`, `insert into items`, …
    head: String,
    /// `set …`: what is written.
    assignments: Vec<String>,
    /// What is written into columns that an update writes by itself otherwise, differently each time.
    kept: Vec<String>,
    /// With their words: `where …`.
    filters: Vec<String>,
    /// Everything between the head and what is given back that cannot be left out.
    clauses: Vec<String>,
    returning: Vec<String>,
}

impl Write {
    pub(super) fn lines(&self) -> String {
        let list = |word: &str, items: &[String]| (!items.is_empty()).then(|| format!("{word} {}", items.join(", ")));
        let mut clauses = vec![self.head.clone()];
        clauses.extend(self.clauses.iter().cloned());
        clauses.extend(list("set", &[self.assignments.as_slice(), &self.kept].concat()));
        clauses.extend(self.filters.iter().cloned());
        clauses.extend(list("returning", &self.returning));
        clauses.iter().map(|it| format!("  {it}\n")).collect()
    }

    pub(super) fn is_exec(&self) -> bool {
        self.returning.is_empty()
    }

    /// The same with one thing left out, each.
    pub(super) fn smaller(&self) -> Vec<Write> {
        let lists: [fn(&mut Write) -> &mut Vec<String>; 3] =
            [|it| &mut it.returning, |it| &mut it.assignments, |it| &mut it.filters];
        let mut smaller = Vec::new();
        for list in lists {
            let count = list(&mut self.clone()).len();
            for index in (0..count).filter(|_| count > 1) {
                let mut write = self.clone();
                list(&mut write).remove(index);
                smaller.push(write);
            }
        }
        smaller
    }
}

/// The table that a mutation writes.
struct Target {
    table: Readable,
    /// Its columns, which need no name before them.
    source: Src,
}

impl Target {
    fn is_key(&self, column: &str) -> bool {
        self.table.key.iter().any(|it| it == column)
    }

    fn writable(&self) -> Vec<&Named> {
        self.table.columns.iter().filter(|it| !it.is_generated).collect()
    }

    /// The primary key and the unique ones.
    fn keys(&self) -> Vec<Vec<String>> {
        std::iter::once(self.table.key.clone()).chain(self.table.uniques.iter().cloned()).collect()
    }
}

impl Draw<'_> {
    pub(super) fn write(&mut self) -> Write {
        let table = self.pick(&self.ground.tables()).clone();
        let source = Src::without_alias(&table).unqualified();
        let target = Target { table, source };
        let mut write = match self.below(4) {
            0 | 1 => self.update(&target),
            2 => self.delete(&target),
            _ => self.insert(&target),
        };
        if self.one_in(8) {
            self.note("returning *");
            write.returning.push("*".to_owned());
        } else if !self.one_in(4) {
            self.note("returning");
            for number in 0..1 + self.below(4) {
                write.returning.extend(self.output(number, &target.source.columns));
            }
        }
        write
    }

    fn update(&mut self, target: &Target) -> Write {
        self.note("update");
        let mut write = Write { head: format!("update {}", target.table.name), ..Write::default() };
        write.assignments = self.assignments(target, None);
        write.kept = self.kept(target, &write.assignments);
        write.filters = self.filters(target);
        write
    }

    fn delete(&mut self, target: &Target) -> Write {
        self.note("delete");
        let head = format!("delete from {}", target.table.name);
        Write { head, filters: self.filters(target), ..Write::default() }
    }

    /// One condition at least: without any nothing may be written.
    fn filters(&mut self, target: &Target) -> Vec<String> {
        let columns = &target.source.columns;
        let key: Vec<_> = columns.iter().filter(|it| target.is_key(&it.name)).cloned().collect();
        let column = self.pick(&key);
        let parameter = match self.known(&target.table.name, &column.name).filter(|_| !self.one_in(3)) {
            Some(value) => self.declare(column.column_type.to_string(), Some(value)),
            None => self.parameter(&column.column_type),
        };
        let mut filters = match self.below(6) {
            0 => {
                self.note("where true");
                vec!["where true".to_owned()]
            }
            1 | 2 => vec![format!("where {} = {parameter}", column.path)],
            _ => vec![format!("where {} {} {parameter}", column.path, self.operator())],
        };
        for _ in 0..self.below(3) {
            filters.extend(self.filter(columns));
        }
        if self.one_in(4) {
            // By its own name, because the sub-query has columns of the same names.
            let named = [Src::without_alias(&target.table)];
            self.note("sub-query in a mutation");
            filters.extend(self.query_condition(&named).map(|it| format!("where {it}")));
        }
        filters
    }

    /// `size = size + 1`; with the key of a conflict, values of the row that was to be inserted.
    fn assignments(&mut self, target: &Target, conflict: Option<&str>) -> Vec<String> {
        let mut assignments: Vec<String> = Vec::new();
        let mut columns = target.writable();
        for number in 0..1 + self.below(3) {
            if columns.is_empty() {
                break;
            }
            let column = columns.remove(self.below(columns.len()));
            if column.is_updated {
                continue;
            }
            // What Spanner refuses is drawn seldom.
            if target.is_key(&column.name) && !(number == 0 && self.one_in(30)) {
                continue;
            }
            // Spanner has no SQL for an upsert that changes the key by which it finds the row.
            if conflict.is_some_and(|it| it.split(", ").any(|it| it == column.name)) {
                continue;
            }
            let value = self.assigned(target, column, conflict.is_some());
            assignments.extend(value.map(|it| format!("{} = {it}", column.name)));
        }
        if assignments.is_empty() {
            let is_key = |name: &str| target.keys().iter().flatten().any(|it| it == name);
            let column = target.writable().into_iter().find(|it| !is_key(&it.name));
            assignments.extend(column.map(|it| format!("{} = {}", it.name, it.name)));
        }
        assignments
    }

    /// What an update writes by itself, written by hand.
    fn kept(&mut self, target: &Target, assignments: &[String]) -> Vec<String> {
        let mut kept = Vec::new();
        for column in target.writable().into_iter().filter(|it| it.is_updated) {
            let start = format!("{} = ", column.name);
            if !assignments.iter().any(|it| it.starts_with(&start)) {
                kept.push(format!("{start}{}", self.parameter(&column.column_type)));
            }
        }
        kept
    }

    /// What a column gets.
    fn assigned(&mut self, target: &Target, column: &Named, is_conflict: bool) -> Option<String> {
        let columns = &target.source.columns;
        match self.below(8) {
            0 if column.is_optional && !column.is_volatile => {
                self.note("set to the default");
                Some("default".to_owned())
            }
            0 if column.nullable => Some("null".to_owned()),
            1 => self.some(columns, |it| it.column_type == column.column_type).map(|it| it.path.clone()),
            2 => {
                self.note("computed value");
                let kind = names::kind(&column.column_type);
                self.expression(kind, columns)
            }
            3 if !is_conflict => {
                let inner = self.table();
                let found = self.some(&inner.columns, |it| it.column_type == column.column_type)?.clone();
                self.note("value of a sub-query");
                if is_sized(&found) {
                    return Some(format!("{{ from {} select v: max({}) }}", inner.text, found.path));
                }
                let key = inner.key.join(", ");
                let order = if key.is_empty() { String::new() } else { format!("order_by {key} ") };
                Some(format!("{{ from {} {order}limit 1 select v: {} }}", inner.text, found.path))
            }
            _ if is_conflict => {
                self.note("excluded");
                Some(format!("excluded.{}", column.name))
            }
            4 | 5 => {
                let known = self.known(&target.table.name, &column.name)?;
                Some(self.declare(column.column_type.to_string(), Some(known)))
            }
            _ => Some(self.parameter(&column.column_type)),
        }
    }

    fn insert(&mut self, target: &Target) -> Write {
        let mut write = Write { head: format!("insert into {}", target.table.name), ..Write::default() };
        match self.below(6) {
            0 | 1 => self.insert_query(target, &mut write),
            2 => {
                self.note("values $rows");
                let rows = self.new_rows(target).into_iter().map(Value::Object).collect();
                let rows = self.declare(format!("{}[]", target.table.name), Some(rows));
                write.clauses.push(format!("values {rows}"));
            }
            _ => self.insert_values(target, &mut write),
        }
        let keys = target.keys();
        let key = self.pick(&keys).join(", ");
        match self.below(4) {
            0 => {}
            1 => {
                self.note("on_conflict do nothing");
                write.clauses.push(format!("on_conflict({key}) do nothing"));
            }
            _ => {
                self.note("on_conflict do update");
                let mut set = self.assignments(target, Some(&key));
                set.extend(self.kept(target, &set));
                let set = set.join(", ");
                let condition = match self.one_in(3) {
                    true => self.condition(&target.source.columns).map(|it| format!(" where {it}")),
                    false => None,
                };
                write.clauses.push(format!("on_conflict({key}) do update set {set}{}", condition.unwrap_or_default()));
            }
        }
        write
    }

    /// `values { … }, { … }`
    fn insert_values(&mut self, target: &Target, write: &mut Write) {
        self.note("insert values");
        let mut lines = Vec::new();
        for row in self.new_rows(target) {
            let mut fields = Vec::new();
            for column in target.writable() {
                let physical = self.ground.physical(&target.table.name, &column.name);
                let Some(given) = physical.and_then(|it| row.get(it)) else { continue };
                if given.is_null() {
                    fields.push(format!("{}: null", column.name));
                    continue;
                }
                let literal = value::written(&column.column_type, given).filter(|_| !self.one_in(3));
                let text = literal.unwrap_or_else(|| self.declare(column.column_type.to_string(), Some(given.clone())));
                fields.push(format!("{}: {text}", column.name));
            }
            lines.push(format!("{{ {} }}", fields.join(", ")));
        }
        write.clauses.push(format!("values {}", lines.join(", ")));
    }

    /// Rows to insert: some of them are there already, some lack what gets its default.
    fn new_rows(&mut self, target: &Target) -> Vec<serde_json::Map<String, Value>> {
        let ground = self.ground;
        let Some(table) = ground.table(&target.table.name) else { return Vec::new() };
        let mut new: Vec<serde_json::Map<String, Value>> = Vec::new();
        let count = self.pick(&[1, 1, 2, 3]);
        for _ in 0..count {
            let number = self.below(16);
            let Some(mut row) = rows::row(&ground.schema, table, &ground.rows, number, &mut self.rng) else { continue };
            // A statement that writes a row twice is another matter.
            let taken: Vec<_> = new.iter().flat_map(|it| rows::keys(table, it)).collect();
            if rows::keys(table, &row).iter().any(|it| taken.contains(it)) {
                continue;
            }
            for column in target.writable().into_iter().filter(|it| it.is_optional && !it.is_volatile) {
                if self.one_in(3) && !target.keys().iter().any(|key| key.contains(&column.name)) {
                    let physical = ground.physical(&target.table.name, &column.name);
                    physical.into_iter().for_each(|it| _ = row.remove(it));
                }
            }
            new.push(row);
        }
        new
    }

    /// `from … select …`, whose outputs are called like the columns.
    fn insert_query(&mut self, target: &Target, write: &mut Write) {
        self.note("insert from a query");
        let source = self.table();
        let mut outputs = Vec::new();
        for column in target.writable() {
            let is_left_out = column.is_optional
                && !column.is_volatile
                && !target.keys().iter().any(|key| key.contains(&column.name));
            if is_left_out && self.one_in(2) {
                continue;
            }
            let fits = |it: &Col| it.column_type == column.column_type && (column.nullable || !it.nullable);
            let found = self.some(&source.columns, fits).map(|it| it.path.clone());
            let value = match found {
                Some(path) if target.is_key(&column.name) && column.column_type == ScalarType::Bigint.into() => {
                    format!("{path} + {}", self.pick(&["0", "5", "100"]))
                }
                Some(path) => path,
                None => match self.known(&target.table.name, &column.name) {
                    Some(known) => self.declare(column.column_type.to_string(), Some(known)),
                    None => self.parameter(&column.column_type),
                },
            };
            outputs.push(format!("{}: {value}", column.name));
        }
        write.clauses.push(format!("from {}", source.text));
        for _ in 0..self.below(2) {
            write.clauses.extend(self.filter(&source.columns));
        }
        if !source.key.is_empty() && self.one_in(2) {
            write.clauses.push(format!("order_by {}", source.key.join(", ")));
            write.clauses.push("limit 1".to_owned());
        }
        write.clauses.push(format!("select {}", outputs.join(", ")));
    }
}
