//! Mutations of one table, which no other one refers to.

use super::{
    Draw,
    condition::is_sized,
    names::{Col, Src},
    sample, value,
};

/// A mutation as its clauses.
#[derive(Debug, Clone, Default)]
pub(super) struct Write {
    /// `update items`, `insert into items`, …
    head: String,
    /// `set …`: what is written.
    assignments: Vec<String>,
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
        clauses.extend(list("set", &self.assignments));
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

impl Draw<'_> {
    pub(super) fn write(&mut self) -> Write {
        let table = self.schema.tables.values().find(|it| it.name.name == sample::WRITTEN);
        let mut target = Src::of_table(table.expect("the schema has its tables"), sample::WRITTEN);
        // Its columns need no name before them.
        for column in &mut target.columns {
            column.path.clone_from(&column.name);
        }
        let mut write = match self.below(4) {
            0 | 1 => self.update(&target),
            2 => self.delete(&target),
            _ => self.insert(&target),
        };
        if !self.one_in(4) {
            self.note("returning");
            for number in 0..1 + self.below(4) {
                write.returning.extend(self.output(number, &target.columns));
            }
        }
        write
    }

    fn update(&mut self, target: &Src) -> Write {
        self.note("update");
        let mut write = Write { head: format!("update {}", sample::WRITTEN), ..Write::default() };
        write.assignments = self.assignments(&target.columns, None);
        write.filters = self.filters(target);
        write
    }

    fn delete(&mut self, target: &Src) -> Write {
        self.note("delete");
        let head = format!("delete from {}", sample::WRITTEN);
        Write { head, filters: self.filters(target), ..Write::default() }
    }

    /// One condition at least: without any nothing may be written.
    fn filters(&mut self, target: &Src) -> Vec<String> {
        let mut filters = vec![format!("where id {} {}", self.operator(), self.below(9))];
        for _ in 0..self.below(3) {
            filters.extend(self.filter(&target.columns));
        }
        if self.one_in(4) {
            // By its own name, because the sub-query has columns of the same names.
            let named = [Src::of_table(
                &self.schema.tables[&orm_model::ObjectName::unqualified(sample::WRITTEN)],
                sample::WRITTEN,
            )];
            filters.extend(self.query_condition(&named).map(|it| format!("where {it}")));
        }
        filters
    }

    /// `size = size + 1`; with `excluded`, values of the row that was to be inserted.
    fn assignments(&mut self, columns: &[Col], excluded: Option<&str>) -> Vec<String> {
        let mut assignments: Vec<String> = Vec::new();
        for _ in 0..1 + self.below(3) {
            let column = self.pick(columns);
            let start = format!("{} = ", column.name);
            if column.name == "id" || assignments.iter().any(|it| it.starts_with(&start)) {
                continue;
            }
            let value = match (self.below(5), excluded) {
                (0, _) if column.nullable => Some("null".to_owned()),
                (1, _) => Some("default".to_owned()).filter(|_| column.name == "size"),
                (_, Some(excluded)) => Some(format!("{excluded}.{}", column.name)),
                (2, _) => self.some(columns, |it| it.column_type == column.column_type).map(|it| it.path.clone()),
                _ => Some(self.parameter(&column.column_type)),
            };
            assignments.extend(value.map(|it| format!("{start}{it}")));
        }
        if assignments.is_empty() {
            assignments.push("size = 3".to_owned());
        }
        assignments
    }

    fn insert(&mut self, target: &Src) -> Write {
        let mut write = Write { head: format!("insert into {}", sample::WRITTEN), ..Write::default() };
        if self.one_in(3) {
            self.note("insert from a query");
            let first = self.below(12);
            write.clauses.push("from owners as o".to_owned());
            let least = self.below(6);
            write.clauses.push(format!("where o.id > {least}"));
            write.clauses.push(format!("select id: o.id + {first}, code: o.code, size: o.id, word: o.name"));
        } else {
            self.note("insert values");
            let mut rows = Vec::new();
            let (first, count) = (self.below(12), 1 + self.below(3));
            for number in 0..count {
                let code = self.below(12);
                let mut fields = vec![format!("id: {}", first + number), format!("code: \"code {code}{number}\"")];
                if count == 1 || number == 0 {
                    for column in target.columns.iter().filter(|it| it.name != "id" && it.name != "code") {
                        if self.one_in(2) {
                            let given = value::literal(self.schema, &column.column_type, &mut self.rng);
                            fields.extend(given.map(|it| format!("{}: {it}", column.name)));
                        }
                    }
                }
                rows.push(format!("{{ {} }}", fields.join(", ")));
            }
            write.clauses.push(format!("values {}", rows.join(", ")));
        }
        match self.below(4) {
            0 => {}
            1 => {
                self.note("on_conflict do nothing");
                write.clauses.push(format!("on_conflict({}) do nothing", self.pick(&["id", "code"])));
            }
            _ => {
                self.note("on_conflict do update");
                let sized: Vec<_> =
                    target.columns.iter().filter(|it| is_sized(it) && it.name != "code").cloned().collect();
                let set = self.assignments(&sized, Some("excluded")).join(", ");
                let filter = if self.one_in(3) { " where size < 50" } else { "" };
                let key = self.pick(&["id", "code"]);
                write.clauses.push(format!("on_conflict({key}) do update set {set}{filter}"));
            }
        }
        write
    }
}
