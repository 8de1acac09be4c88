//! The statements in the order in which they can run: what refers goes first and comes last.

use std::collections::BTreeMap;

use orm_model::{ObjectName, ScalarType, Targets};

use super::{
    Action, Cost, DatabaseObject, PartKind, Plan, Statement, Subject, Unsupported,
    defaults::{Columns, NULL_DEFAULT},
    delta::{Delta, mentions},
    enums, new_schemas,
    order::parents_first,
    raw, sequences,
    statement::about,
    views::Views,
    wider::is_wider,
};
use crate::{
    catalog::{Catalog, Column, ForeignKey, Table},
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
        raw::down(self.before, self.after).into_iter().for_each(|it| self.extend_or_say(it));
        self.extend(self.views.drop(self.sql));
        self.extend(sequences::release(self.sql, self.before, self.after));
        let dropped = self.dropped_tables();
        self.drop_ttls();
        self.drop_foreign_keys(&dropped);
        for delta in self.deltas {
            let table = &delta.before.name;
            for name in &delta.indexes.dropped {
                self.push(part(table, PartKind::Index, name, Action::Drop), self.sql.drop_index(table, name));
            }
            for (kind, names) in [(PartKind::Unique, &delta.uniques.dropped), (PartKind::Check, &delta.checks.dropped)]
            {
                for name in names {
                    self.push(part(table, kind, name, Action::Drop), self.sql.drop_constraint(table, name));
                }
            }
        }
        for delta in self.deltas.iter().filter(|delta| delta.replaces_key && delta.before.primary_key.is_some()) {
            let dropped = self.sql.drop_primary_key(delta.before).map(|it| vec![it]);
            self.try_extend(part(&delta.before.name, PartKind::PrimaryKey, "", Action::Drop), dropped);
        }
        for delta in self.deltas {
            let stops = |(before, after): &&(&Column, &Column)| before.generated.is_some() && after.generated.is_none();
            for (before, _) in delta.changed_columns.iter().filter(stops) {
                let subject = part(&delta.before.name, PartKind::Column, &before.name, Action::Change);
                self.try_extend(subject, self.sql.stop_computing(delta.before, before));
            }
        }
        for delta in self.deltas {
            let (table, columns) = (&delta.before.name, self.droppable_columns(delta));
            let dropped = columns.map(|column| {
                let subject = part(table, PartKind::Column, column, Action::Drop);
                self.sql.drop_column(table, column).about(&subject)
            });
            let dropped = dropped.collect();
            self.extend(dropped);
        }
        for table in dropped {
            let subject = Subject::table(&table.name, Action::Drop);
            if self.sql.drops_indexes_first() {
                let indexes = table.indexes.keys().map(|name| self.sql.drop_index(&table.name, name)).collect();
                self.extend(about(subject.clone(), indexes));
            }
            self.push(subject, self.sql.drop_table(&table.name));
        }
    }

    /// What is the same under another name, once what stood in the way is gone.
    pub(super) fn rename_what_stays(&mut self) {
        for delta in self.deltas {
            let table = &delta.after.name;
            for (old, new) in &delta.indexes.renamed {
                let subject = part(table, PartKind::Index, new, Action::Rename);
                self.push(subject, self.sql.rename_index(table, old, new));
            }
            let uniques = delta.uniques.renamed.iter().map(|it| (PartKind::Unique, it));
            let checks = delta.checks.renamed.iter().map(|it| (PartKind::Check, it));
            let keys = delta.foreign_keys.renamed.iter().map(|it| (PartKind::ForeignKey, it));
            for (kind, (old, new)) in uniques.chain(checks).chain(keys) {
                self.push(part(table, kind, new, Action::Rename), self.sql.rename_constraint(table, old, new));
            }
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
        for name in new_schemas(self.before, self.after) {
            let subject = Subject::of(DatabaseObject::Schema(name.to_owned()), Action::Add);
            self.push(subject, self.sql.create_schema(name));
        }
        for name in self.after.extensions.difference(&self.before.extensions) {
            let subject = Subject::of(DatabaseObject::Extension(name.clone()), Action::Add);
            self.push(subject, self.sql.create_extension(name));
        }
        self.extend(enums::create(self.sql, self.before, self.after));
        self.extend(sequences::create(self.sql, self.before, self.after));
        for table in &created {
            self.extend(about(Subject::table(&table.name, Action::Add), self.sql.create_table(table)));
            if self.sql.indexes_follow_table() {
                self.create_first_indexes(table);
            }
        }
        self.change_tables();
        if !self.sql.indexes_follow_table() {
            created.iter().for_each(|table| self.create_first_indexes(table));
        }
        for delta in self.deltas {
            let table = &delta.after.name;
            for (name, it) in pick(&delta.after.indexes, &delta.indexes.added) {
                self.push(part(table, PartKind::Index, name, Action::Add), self.sql.create_index(table, name, it));
            }
        }
        self.add_constraints(&created);
        self.add_foreign_keys(&created);
        self.set_ttls();
        self.extend(sequences::own(self.sql, self.before, self.after));
        self.extend(sequences::drop(self.sql, self.before, self.after));
        self.extend(enums::drop(self.sql, self.before, self.after));
        self.extend(self.views.create(self.sql));
        self.extend(raw::up(self.before, self.after));
        for name in self.before.extensions.difference(&self.after.extensions) {
            let subject = Subject::of(DatabaseObject::Extension(name.clone()), Action::Drop);
            self.push(subject, self.sql.drop_extension(name));
        }
    }

    /// First of all, because rows that go by themselves rule out much that refers to them.
    fn drop_ttls(&mut self) {
        for delta in self.deltas.iter().filter(|delta| delta.replaces_ttl()) {
            let dropped = self.sql.alter_ttl(&delta.before.name, delta.before.ttl.as_ref(), None);
            let subject = part(&delta.before.name, PartKind::RowDeletion, "", Action::Drop);
            self.extend(about(subject, dropped.into_iter().collect()));
        }
    }

    /// Last of all, for the same reason.
    fn set_ttls(&mut self) {
        for delta in self.deltas.iter().filter(|delta| delta.after.ttl.is_some()) {
            let before = delta.before.ttl.as_ref().filter(|_| !delta.replaces_ttl());
            let after = delta.after.ttl.as_ref().filter(|after| before != Some(after));
            if after.is_some() {
                let action = if before.is_some() { Action::Change } else { Action::Add };
                let subject = part(&delta.after.name, PartKind::RowDeletion, "", action);
                self.extend(about(subject, self.sql.alter_ttl(&delta.after.name, before, after).into_iter().collect()));
            }
        }
    }

    fn change_tables(&mut self) {
        self.add_columns(|column| column.generated.is_none());
        for delta in self.deltas {
            if !delta.moved_columns.is_empty() {
                let name = delta.moved_columns.first().map_or("", |(_, after)| after.name.as_str());
                let subject = part(&delta.after.name, PartKind::Column, name, Action::Rename);
                self.try_extend(subject, self.sql.move_columns(delta.before, &delta.moved_columns));
            }
        }
        for delta in self.deltas {
            for (before, after) in &delta.changed_columns {
                let rewritten = delta.rewritten_columns.iter().find(|(column, _)| column.name == after.name);
                match rewritten.filter(|_| self.is_enum(after)) {
                    Some((_, texts)) => self.change_by_texts(delta, before, after, texts),
                    None => {
                        let subject = part(&delta.after.name, PartKind::Column, &after.name, Action::Change);
                        self.try_extend(subject, self.sql.alter_column(self.before, delta.before, before, after));
                    }
                }
            }
            if delta.before.interleave != delta.after.interleave {
                let subject = part(&delta.after.name, PartKind::Interleaving, "", Action::Change);
                self.try_extend(subject, self.sql.alter_interleave(delta.before, delta.after));
            }
            let comments = self.sql.alter_comments(&delta.without_dropped(), delta.after);
            self.extend(about(part(&delta.after.name, PartKind::Comment, "", Action::Change), comments));
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
            let subject = part(&delta.after.name, PartKind::PrimaryKey, "", Action::Add);
            self.try_extend(subject, self.sql.add_primary_key(delta.after).map(|it| vec![it]));
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
        let subject = part(&delta.after.name, PartKind::Column, &after.name, Action::Change);
        self.try_extend(subject.clone(), self.sql.alter_column(self.before, delta.before, before, &text));
        self.rewrite_texts(delta, &text, texts);
        self.try_extend(subject, self.sql.alter_column(self.before, delta.before, &text, after));
    }

    fn rewrite_texts(&mut self, delta: &Delta<'_>, column: &Column, texts: &[(String, String)]) {
        let mut keys = delta.before.foreign_keys.iter();
        let defers = keys.any(|(name, key)| key.deferrable && !delta.foreign_keys.dropped.contains(&name.as_str()));
        let subject = part(&delta.after.name, PartKind::Column, &column.name, Action::Change);
        let is_said = |it: &Statement| self.plan.statements.iter().any(|other| other.sql == it.sql);
        let check_at_once = self.sql.check_at_once().filter(|it| defers && !is_said(it));
        self.extend(about(subject.clone(), check_at_once.into_iter().collect()));
        let rewritten = self.sql.rewrite_texts(delta.after, column, texts);
        let is_checked =
            delta.kept_checks().any(|it| mentions(&it.condition, &column.name, &self.sql.quote(&column.name)));
        self.try_extend(
            subject,
            rewritten.map(|it| vec![if is_checked { it.with_further_note(BROKEN_CHECK) } else { it }]),
        );
    }

    fn add_columns(&mut self, is_meant: impl Fn(&Column) -> bool) {
        for delta in self.deltas {
            for column in delta.added_columns.iter().filter(|column| is_meant(column)) {
                if !self.is_fixed(delta, &column.name) {
                    let may_fail = self.null_defaults.contains(&(delta.after.name.clone(), column.name.clone()));
                    let mut added = self.sql.add_column(&delta.after.name, column);
                    if let Some(first) = added.as_mut().ok().and_then(|it| it.first_mut()).filter(|_| may_fail) {
                        // PostgreSQL reads the rows where the default gives NULL, which is known when the statement runs.
                        let cost = first.cost.max(self.sql.validation());
                        *first = first.clone().with_further_note(NULL_DEFAULT).at_cost(cost);
                    }
                    let subject = part(&delta.after.name, PartKind::Column, &column.name, Action::Add);
                    self.try_extend(subject, added);
                }
            }
        }
    }

    /// The indexes of a new table.
    fn create_first_indexes(&mut self, table: &Table) {
        for (name, it) in &table.indexes {
            self.push_fresh(table, PartKind::Index, name, self.sql.create_index(&table.name, name, it));
        }
    }

    fn add_constraints(&mut self, created: &[&Table]) {
        for table in created {
            for (name, it) in &table.uniques {
                self.push_fresh(table, PartKind::Unique, name, self.sql.add_unique(&table.name, name, it));
            }
        }
        for delta in self.deltas {
            let table = &delta.after.name;
            for (name, it) in pick(&delta.after.uniques, &delta.uniques.added) {
                self.push(part(table, PartKind::Unique, name, Action::Add), self.sql.add_unique(table, name, it));
            }
            for (name, it) in pick(&delta.after.checks, &delta.checks.added) {
                let mut added = self.sql.add_check(table, name, it);
                if delta.before.checks.get(name).is_some_and(|before| is_wider(before, it)) {
                    // The database reads the rows again, and finds none that breaks it.
                    added.note = None;
                }
                self.push(part(table, PartKind::Check, name, Action::Add), added);
            }
        }
    }

    fn add_foreign_keys(&mut self, created: &[&Table]) {
        for table in created {
            for (name, it) in &table.foreign_keys {
                let statement = self.sql.add_foreign_key(&table.name, name, it);
                let fresh = Statement { note: None, cost: self.reference_cost(it), ..statement };
                self.push(part(&table.name, PartKind::ForeignKey, name, Action::Add), fresh);
            }
        }
        for delta in self.deltas {
            let table = &delta.after.name;
            let altered = part(table, PartKind::ForeignKey, "", Action::Change);
            self.extend(about(altered, delta.altered_foreign_keys.clone()));
            for (name, it) in pick(&delta.after.foreign_keys, &delta.foreign_keys.added) {
                let subject = part(table, PartKind::ForeignKey, name, Action::Add);
                let statement = self.sql.add_foreign_key(table, name, it);
                let cost = statement.cost.max(self.reference_cost(it));
                self.push(subject, statement.at_cost(cost));
            }
        }
    }

    /// What a new foreign key costs in the table that it refers to, if that has rows.
    fn reference_cost(&self, key: &ForeignKey) -> Cost {
        let referenced =
            self.after.tables.get(&key.references).filter(|_| self.before.tables.contains_key(&key.references));
        referenced.map_or(Cost::INSTANT, |it| self.sql.reference_cost(key, it))
    }

    /// Those that change, and those of dropped tables that would still refer to one that is dropped before.
    fn drop_foreign_keys(&mut self, dropped: &[&Table]) {
        for delta in self.deltas {
            let table = &delta.before.name;
            for name in &delta.foreign_keys.dropped {
                let subject = part(table, PartKind::ForeignKey, name, Action::Drop);
                self.push(subject, self.sql.drop_constraint(table, name));
            }
        }
        let order = dropped.iter().enumerate().map(|(at, table)| (&table.name, at)).collect::<BTreeMap<_, _>>();
        for (at, table) in dropped.iter().enumerate() {
            let late = |parent: &ObjectName| order.get(parent).is_some_and(|parent| *parent < at);
            let circular = table.foreign_keys.iter().filter(|(_, key)| late(&key.references));
            let dropped = circular.map(|(name, _)| self.sql.drop_constraint(&table.name, name)).collect();
            self.extend(about(Subject::table(&table.name, Action::Drop), dropped));
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

    /// A statement for a table without rows: nothing can fail or take long, so there is nothing to remark.
    fn push_fresh(&mut self, table: &Table, kind: PartKind, name: &str, statement: Statement) {
        let fresh = Statement { note: None, cost: Cost::INSTANT, ..statement };
        self.push(part(&table.name, kind, name, Action::Add), fresh);
    }

    fn push(&mut self, subject: Subject, statement: Statement) {
        self.plan.statements.push(statement.about(&subject));
    }

    fn extend(&mut self, statements: Vec<Statement>) {
        self.plan.statements.extend(statements);
    }

    /// The same impossibility can turn up on the way down and on the way up; once is enough.
    fn try_extend(&mut self, subject: Subject, statements: Result<Vec<Statement>, Unsupported>) {
        self.extend_or_say(match statements {
            Ok(statements) => Ok(about(subject, statements)),
            Err(reason) => Err(reason.about(&subject)),
        });
    }

    fn extend_or_say(&mut self, statements: Result<Vec<Statement>, Unsupported>) {
        match statements {
            Ok(statements) => self.plan.statements.extend(statements),
            Err(reason) if self.plan.unsupported.iter().any(|it| it.is_same(&reason)) => {}
            Err(reason) => self.plan.unsupported.push(reason),
        }
    }
}

fn part(table: &ObjectName, kind: PartKind, name: &str, action: Action) -> Subject {
    Subject::part(table, kind, name, action)
}

fn pick<'m, T>(all: &'m BTreeMap<String, T>, names: &[&str]) -> impl Iterator<Item = (&'m str, &'m T)> {
    names.iter().filter_map(|name| all.get_key_value(*name)).map(|(name, it)| (name.as_str(), it))
}
