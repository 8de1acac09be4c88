//! The statements in the order in which they can run: what refers goes first and comes last.

use std::collections::BTreeMap;

use orm_model::{ObjectName, ScalarType, Targets};

use super::{
    Plan, Statement, Unsupported,
    defaults::{Columns, NULL_DEFAULT},
    delta::{Delta, mentions},
    enums, new_schemas,
    order::parents_first,
    raw, sequences,
    views::Views,
};
use crate::{
    catalog::{Catalog, Column, Table},
    dialect::SqlDialect,
};

/// A check that stays reads the new texts.
const BROKEN_CHECK: &str = "fails when a new text breaks a check";

/// Collects the statements of a plan.
pub(super) struct Steps<'a> {
    sql: &'a dyn SqlDialect,
    before: &'a Catalog,
    after: &'a Catalog,
    deltas: &'a [Delta<'a>],
    null_defaults: &'a Columns,
    views: Views<'a>,
    plan: Plan,
}

impl<'a> Steps<'a> {
    pub(super) fn new(
        sql: &'a dyn SqlDialect,
        before: &'a Catalog,
        after: &'a Catalog,
        deltas: &'a [Delta<'a>],
        null_defaults: &'a Columns,
    ) -> Self {
        let views = Views::new(sql, before, after, deltas);
        Steps { sql, before, after, deltas, null_defaults, views, plan: Plan::default() }
    }

    pub(super) fn finish(self) -> Plan {
        self.plan
    }

    /// Foreign keys, then indexes, unique constraints and checks, then keys, columns and tables.
    pub(super) fn drop_what_goes(&mut self) {
        raw::down(self.before, self.after).into_iter().for_each(|it| self.try_extend(it));
        self.extend(self.views.drop(self.sql));
        self.extend(sequences::release(self.sql, self.before, self.after));
        let dropped = self.dropped_tables();
        self.drop_ttls();
        self.drop_foreign_keys(&dropped);
        for delta in self.deltas {
            let table = &delta.before.name;
            self.extend(delta.indexes.dropped.iter().map(|name| self.sql.drop_index(table, name)).collect());
            let constraints = delta.uniques.dropped.iter().chain(&delta.checks.dropped);
            self.extend(constraints.map(|name| self.sql.drop_constraint(table, name)).collect());
        }
        for delta in self.deltas.iter().filter(|delta| delta.replaces_key && delta.before.primary_key.is_some()) {
            let dropped = self.sql.drop_primary_key(delta.before).map(|it| vec![it]);
            self.try_extend(dropped);
        }
        for delta in self.deltas {
            let stops = |(before, after): &&(&Column, &Column)| before.generated.is_some() && after.generated.is_none();
            for (before, _) in delta.changed_columns.iter().filter(stops) {
                self.try_extend(self.sql.stop_computing(delta.before, before));
            }
        }
        for delta in self.deltas {
            let columns = self.droppable_columns(delta);
            let dropped = columns.map(|column| self.sql.drop_column(&delta.before.name, column)).collect();
            self.extend(dropped);
        }
        for table in dropped {
            if self.sql.drops_indexes_first() {
                self.extend(table.indexes.keys().map(|name| self.sql.drop_index(&table.name, name)).collect());
            }
            self.plan.statements.push(self.sql.drop_table(&table.name));
        }
    }

    /// What is the same under another name, once what stood in the way is gone.
    pub(super) fn rename_what_stays(&mut self) {
        for delta in self.deltas {
            let table = &delta.after.name;
            let indexes = delta.indexes.renamed.iter();
            self.extend(indexes.map(|(old, new)| self.sql.rename_index(table, old, new)).collect());
            let constraints = delta.uniques.renamed.iter().chain(&delta.checks.renamed);
            let constraints = constraints.chain(&delta.foreign_keys.renamed);
            self.extend(constraints.map(|(old, new)| self.sql.rename_constraint(table, old, new)).collect());
        }
    }

    /// A key column stays where the key cannot change; that it should go is reported with the key.
    fn droppable_columns<'d>(&self, delta: &'d Delta<'a>) -> impl Iterator<Item = &'d str> {
        delta.dropped_columns.iter().map(|column| column.name.as_str()).filter(|name| !self.is_fixed(delta, name))
    }

    fn is_fixed(&self, delta: &Delta<'_>, column: &str) -> bool {
        !self.sql.dialect().capabilities().alter_primary_key && delta.before.key_columns().any(|key| key == column)
    }

    /// Tables, then columns, keys, indexes, unique constraints and checks, then foreign keys.
    pub(super) fn create_what_comes(&mut self) {
        let created = self.created_tables();
        self.extend(new_schemas(self.before, self.after).into_iter().map(|it| self.sql.create_schema(it)).collect());
        let new = self.after.extensions.difference(&self.before.extensions);
        self.extend(new.map(|it| self.sql.create_extension(it)).collect());
        self.extend(enums::create(self.sql, self.before, self.after));
        self.extend(sequences::create(self.sql, self.before, self.after));
        for table in &created {
            self.extend(self.sql.create_table(table));
            if self.sql.indexes_follow_table() {
                self.create_first_indexes(table);
            }
        }
        self.change_tables();
        if !self.sql.indexes_follow_table() {
            created.iter().for_each(|table| self.create_first_indexes(table));
        }
        for delta in self.deltas {
            let indexes = pick(&delta.after.indexes, &delta.indexes.added);
            self.extend(indexes.map(|(name, it)| self.sql.create_index(&delta.after.name, name, it)).collect());
        }
        self.add_constraints(&created);
        self.add_foreign_keys(&created);
        self.set_ttls();
        self.extend(sequences::own(self.sql, self.before, self.after));
        self.extend(sequences::drop(self.sql, self.before, self.after));
        self.extend(enums::drop(self.sql, self.before, self.after));
        self.extend(self.views.create(self.sql));
        self.extend(raw::up(self.before, self.after));
        let gone = self.before.extensions.difference(&self.after.extensions);
        self.extend(gone.map(|it| self.sql.drop_extension(it)).collect());
    }

    /// First of all, because rows that go by themselves rule out much that refers to them.
    fn drop_ttls(&mut self) {
        for delta in self.deltas.iter().filter(|delta| delta.replaces_ttl()) {
            self.extend(self.sql.alter_ttl(&delta.before.name, delta.before.ttl.as_ref(), None).into_iter().collect());
        }
    }

    /// Last of all, for the same reason.
    fn set_ttls(&mut self) {
        for delta in self.deltas.iter().filter(|delta| delta.after.ttl.is_some()) {
            let before = delta.before.ttl.as_ref().filter(|_| !delta.replaces_ttl());
            let after = delta.after.ttl.as_ref().filter(|after| before != Some(after));
            if after.is_some() {
                self.extend(self.sql.alter_ttl(&delta.after.name, before, after).into_iter().collect());
            }
        }
    }

    fn change_tables(&mut self) {
        self.add_columns(|column| column.generated.is_none());
        for delta in self.deltas {
            if !delta.moved_columns.is_empty() {
                self.try_extend(self.sql.move_columns(delta.before, &delta.moved_columns));
            }
        }
        for delta in self.deltas {
            for (before, after) in &delta.changed_columns {
                let rewritten = delta.rewritten_columns.iter().find(|(column, _)| column.name == after.name);
                match rewritten.filter(|_| self.is_enum(after)) {
                    Some((_, texts)) => self.change_by_texts(delta, before, after, texts),
                    None => self.try_extend(self.sql.alter_column(self.before, delta.before, before, after)),
                }
            }
            if delta.before.interleave != delta.after.interleave {
                self.try_extend(self.sql.alter_interleave(delta.before, delta.after));
            }
            self.extend(self.sql.alter_comments(&delta.without_dropped(), delta.after));
        }
        for delta in self.deltas {
            for (column, texts) in &delta.rewritten_columns {
                if !self.is_enum(column) {
                    self.rewrite_texts(delta, column, texts);
                }
            }
        }
        // What they are made of is as it should be now.
        self.add_columns(|column| column.generated.is_some());
        for delta in self.deltas.iter().filter(|delta| delta.replaces_key && delta.after.primary_key.is_some()) {
            self.try_extend(self.sql.add_primary_key(delta.after).map(|it| vec![it]));
        }
    }

    /// Whether the type of a column is an enum of the database.
    fn is_enum(&self, column: &Column) -> bool {
        let element = column.sql_type.trim_end_matches("[]");
        self.after.enums.keys().any(|name| self.sql.object(name) == element)
    }

    /// Neither the old enum has the new texts nor the new one the old texts: the column is a text while they change.
    fn change_by_texts(&mut self, delta: &Delta<'_>, before: &Column, after: &Column, texts: &[(String, String)]) {
        let Some(mut sql_type) = self.sql.scalar_type(&ScalarType::Text, &Targets::default()) else { return };
        if after.sql_type.ends_with("[]") {
            sql_type = self.sql.array_type(&sql_type);
        }
        let text = Column { sql_type, default: None, ..before.clone() };
        self.try_extend(self.sql.alter_column(self.before, delta.before, before, &text));
        self.rewrite_texts(delta, &text, texts);
        self.try_extend(self.sql.alter_column(self.before, delta.before, &text, after));
    }

    fn rewrite_texts(&mut self, delta: &Delta<'_>, column: &Column, texts: &[(String, String)]) {
        let mut keys = delta.before.foreign_keys.iter();
        let defers = keys.any(|(name, key)| key.deferrable && !delta.foreign_keys.dropped.contains(&name.as_str()));
        let check_at_once = self.sql.check_at_once().filter(|it| defers && !self.plan.statements.contains(it));
        self.extend(check_at_once.into_iter().collect());
        let rewritten = self.sql.rewrite_texts(delta.after, column, texts);
        let is_checked =
            delta.kept_checks().any(|it| mentions(&it.condition, &column.name, &self.sql.quote(&column.name)));
        self.try_extend(rewritten.map(|it| vec![if is_checked { it.with_further_note(BROKEN_CHECK) } else { it }]));
    }

    fn add_columns(&mut self, is_meant: impl Fn(&Column) -> bool) {
        for delta in self.deltas {
            for column in delta.added_columns.iter().filter(|column| is_meant(column)) {
                if !self.is_fixed(delta, &column.name) {
                    let may_fail = self.null_defaults.contains(&(delta.after.name.clone(), column.name.clone()));
                    let mut added = self.sql.add_column(&delta.after.name, column);
                    if let Some(first) = added.as_mut().ok().and_then(|it| it.first_mut()).filter(|_| may_fail) {
                        *first = first.clone().with_further_note(NULL_DEFAULT);
                    }
                    self.try_extend(added);
                }
            }
        }
    }

    /// The indexes of a new table.
    fn create_first_indexes(&mut self, table: &Table) {
        let indexes = table.indexes.iter();
        self.extend_fresh(indexes.map(|(name, it)| self.sql.create_index(&table.name, name, it)).collect());
    }

    fn add_constraints(&mut self, created: &[&Table]) {
        for table in created {
            let uniques = table.uniques.iter();
            self.extend_fresh(uniques.map(|(name, it)| self.sql.add_unique(&table.name, name, it)).collect());
        }
        for delta in self.deltas {
            let table = delta.after;
            let uniques = pick(&table.uniques, &delta.uniques.added);
            self.extend(uniques.map(|(name, it)| self.sql.add_unique(&table.name, name, it)).collect());
            let checks = pick(&table.checks, &delta.checks.added);
            self.extend(checks.map(|(name, it)| self.sql.add_check(&table.name, name, it)).collect());
        }
    }

    fn add_foreign_keys(&mut self, created: &[&Table]) {
        for table in created {
            let keys = table.foreign_keys.iter();
            self.extend_fresh(keys.map(|(name, it)| self.sql.add_foreign_key(&table.name, name, it)).collect());
        }
        for delta in self.deltas {
            self.extend(delta.altered_foreign_keys.clone());
            let keys = pick(&delta.after.foreign_keys, &delta.foreign_keys.added);
            self.extend(keys.map(|(name, it)| self.sql.add_foreign_key(&delta.after.name, name, it)).collect());
        }
    }

    /// Those that change, and those of dropped tables that would still refer to one that is dropped before.
    fn drop_foreign_keys(&mut self, dropped: &[&Table]) {
        for delta in self.deltas {
            let names = delta.foreign_keys.dropped.iter();
            self.extend(names.map(|name| self.sql.drop_constraint(&delta.before.name, name)).collect());
        }
        let order = dropped.iter().enumerate().map(|(at, table)| (&table.name, at)).collect::<BTreeMap<_, _>>();
        for (at, table) in dropped.iter().enumerate() {
            let late = |parent: &ObjectName| order.get(parent).is_some_and(|parent| *parent < at);
            let circular = table.foreign_keys.iter().filter(|(_, key)| late(&key.references));
            self.extend(circular.map(|(name, _)| self.sql.drop_constraint(&table.name, name)).collect());
        }
    }

    fn dropped_tables(&self) -> Vec<&'a Table> {
        let mut tables = parents_first(self.before);
        tables.retain(|table| !self.after.tables.contains_key(&table.name));
        tables.reverse();
        tables
    }

    fn created_tables(&self) -> Vec<&'a Table> {
        let mut tables = parents_first(self.after);
        tables.retain(|table| !self.before.tables.contains_key(&table.name));
        tables
    }

    /// Statements for a table without rows: nothing can fail, so there is nothing to remark.
    fn extend_fresh(&mut self, statements: Vec<Statement>) {
        self.extend(statements.into_iter().map(|it| Statement { note: None, ..it }).collect());
    }

    fn extend(&mut self, statements: Vec<Statement>) {
        self.plan.statements.extend(statements);
    }

    /// The same impossibility can turn up on the way down and on the way up; once is enough.
    fn try_extend(&mut self, statements: Result<Vec<Statement>, Unsupported>) {
        match statements {
            Ok(statements) => self.plan.statements.extend(statements),
            Err(reason) if self.plan.unsupported.contains(&reason) => {}
            Err(reason) => self.plan.unsupported.push(reason),
        }
    }
}

fn pick<'m, T>(all: &'m BTreeMap<String, T>, names: &[&str]) -> impl Iterator<Item = (&'m str, &'m T)> {
    names.iter().filter_map(|name| all.get_key_value(*name)).map(|(name, it)| (name.as_str(), it))
}
