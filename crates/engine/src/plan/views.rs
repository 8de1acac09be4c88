//! Views: they go before what they read changes, and come back after.
//!
//! What a view reads is told by its text: every name in it that is one of a table or view. That may be one too many, which
//! costs a view that is made anew; it is never one too few.

use std::collections::BTreeSet;

use orm_model::ObjectName;

use super::{Action, DatabaseObject, Statement, Subject, delta::Delta, statement::about};
use crate::{
    catalog::{Catalog, View},
    dialect::SqlDialect,
};

/// What becomes of the views.
pub(super) struct Views<'a> {
    before: &'a Catalog,
    after: &'a Catalog,
    /// Those that go, although some of them come back.
    dropped: BTreeSet<&'a ObjectName>,
}

impl<'a> Views<'a> {
    pub(super) fn new(sql: &dyn SqlDialect, before: &'a Catalog, after: &'a Catalog, deltas: &[Delta<'a>]) -> Self {
        let changes = |delta: &&Delta<'_>| {
            let goes = !delta.dropped_columns.is_empty() || !delta.moved_columns.is_empty();
            goes || !delta.changed_columns.is_empty() || delta.replaces_key
        };
        let mut moved: BTreeSet<&ObjectName> = deltas.iter().filter(changes).map(|delta| &delta.before.name).collect();
        moved.extend(before.tables.keys().filter(|name| !after.tables.contains_key(*name)));
        let mut dropped = BTreeSet::new();
        loop {
            let count = dropped.len();
            for (name, view) in &before.views {
                let takes = |new: &View| new.query == view.query || replaces(sql, before, name, new);
                let stays = after.views.get(name).is_some_and(takes);
                if !stays || moved.iter().any(|it| reads(view, it)) {
                    dropped.insert(name);
                    moved.insert(name);
                }
            }
            if dropped.len() == count {
                break;
            }
        }
        Views { before, after, dropped }
    }

    /// `DROP VIEW`, those that read others first.
    pub(super) fn drop(&self, sql: &dyn SqlDialect) -> Vec<Statement> {
        let mut order = in_order(self.before);
        order.retain(|name| self.dropped.contains(name));
        order.into_iter().rev().map(|name| sql.drop_view(name).about(&subject(name, Action::Drop))).collect()
    }

    /// `CREATE VIEW`, those that read others last; of one whose query stays, the comment.
    pub(super) fn create(&self, sql: &dyn SqlDialect) -> Vec<Statement> {
        let mut statements = Vec::new();
        for name in in_order(self.after) {
            let Some(new) = self.after.views.get(name) else { continue };
            match self.before.views.get(name).filter(|_| !self.dropped.contains(name)) {
                Some(old) if old == new => {}
                Some(old) => {
                    let replaced = match old.query == new.query {
                        true => sql.comment_on_view(name, new),
                        false => sql.replace_view(name, new),
                    };
                    statements.extend(replaced.map(|it| it.about(&subject(name, Action::Change))));
                }
                None => statements.extend(about(subject(name, Action::Add), sql.create_view(name, new))),
            }
        }
        statements
    }
}

/// What a statement about a view is about.
pub(super) fn subject(name: &ObjectName, action: Action) -> Subject {
    Subject::of(DatabaseObject::View(name.clone()), action)
}

/// The views that read one of these tables, also by way of other views, in the order in which they can be dropped.
pub(super) fn readers(catalog: &Catalog, tables: &[&ObjectName]) -> Vec<ObjectName> {
    let (mut read, mut readers) = (tables.to_vec(), Vec::new());
    // Those that others read come first.
    for name in in_order(catalog) {
        if catalog.views.get(name).is_some_and(|view| read.iter().any(|it| reads(view, it))) {
            read.push(name);
            readers.push(name.clone());
        }
    }
    readers.reverse();
    readers
}

/// Whether the database takes the new query in place: it can, and no other view reads this one.
fn replaces(sql: &dyn SqlDialect, before: &Catalog, name: &ObjectName, new: &View) -> bool {
    let is_read = before.views.iter().any(|(other, view)| other != name && reads(view, name));
    !is_read && sql.replace_view(name, new).is_some()
}

/// Whether a view may read an object.
fn reads(view: &View, object: &ObjectName) -> bool {
    let is_plain = object.name.chars().all(|it| it.is_alphanumeric() || it == '_');
    let mut words = view.query.split(|it: char| !(it.is_alphanumeric() || it == '_'));
    words.any(|word| word.eq_ignore_ascii_case(&object.name)) || (!is_plain && view.query.contains(&object.name))
}

/// The views, those that others read first, otherwise by name.
fn in_order(catalog: &Catalog) -> Vec<&ObjectName> {
    let mut order: Vec<&ObjectName> = Vec::new();
    let mut rest: Vec<_> = catalog.views.iter().collect();
    while !rest.is_empty() {
        let waits =
            |(name, view): &(&ObjectName, &View)| rest.iter().any(|(other, _)| other != name && reads(view, other));
        // Views that seem to read one another have a word in common that is no name; then the first by name is next.
        let at = rest.iter().position(|it| !waits(it)).unwrap_or(0);
        order.push(rest.remove(at).0);
    }
    order
}
