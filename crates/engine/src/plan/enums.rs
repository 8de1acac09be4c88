//! Enums that are types: made before the columns that have them, dropped after.
//!
//! A type whose values go or change places is made anew: the old one gets another name, the columns change from the one
//! to the other by the text of their values, and the old one goes. So does one that gets a value which the same migration
//! uses, since PostgreSQL lets no statement use a value before the transaction that adds it is over.

use std::borrow::Cow;

use orm_model::{ObjectName, names};

use crate::{
    catalog::{Catalog, EnumType},
    dialect::SqlDialect,
    plan::{Action, DatabaseObject, Statement, Subject, statement::about},
};

/// The types that are made anew.
pub(super) struct Way<'a> {
    /// The statements that give them other names.
    pub(super) statements: Vec<Statement>,
    /// The catalog with those names.
    pub(super) before: Cow<'a, Catalog>,
    /// Each of those names, and whose it is.
    asides: Vec<(ObjectName, ObjectName)>,
}

/// Gives another name to the types that are made anew.
pub(super) fn make_way<'a>(sql: &dyn SqlDialect, before: &'a Catalog, after: &Catalog) -> Way<'a> {
    let mut way = Way { statements: Vec::new(), before: Cow::Borrowed(before), asides: Vec::new() };
    for (name, old) in &before.enums {
        if after.enums.get(name).is_some_and(|new| changes_in_place(sql, name, old, new, after).is_none()) {
            let aside = aside(name, before, after);
            let subject = subject(name, Action::Change);
            way.statements.extend(about(subject, sql.rename_enum(way.before.to_mut(), name, &aside)));
            way.asides.push((aside, name.clone()));
        }
    }
    way
}

impl Way<'_> {
    /// What is done to a type under its other name is done to the type.
    pub(super) fn attribute(&self, statements: &mut [Statement]) {
        for subject in statements.iter_mut().filter_map(|it| it.about.as_mut()) {
            let DatabaseObject::Enum(name) = &subject.object else { continue };
            if let Some((_, whose)) = self.asides.iter().find(|(aside, _)| aside == name) {
                *subject = self::subject(whose, Action::Change);
            }
        }
    }
}

/// A name that nothing has.
fn aside(name: &ObjectName, before: &Catalog, after: &Catalog) -> ObjectName {
    let named = |suffix: &str| ObjectName { name: names::fit(&format!("{}{suffix}", name.name)), ..name.clone() };
    let is_free = |it: &ObjectName| {
        [before, after].iter().all(|catalog| !catalog.enums.contains_key(it) && !catalog.tables.contains_key(it))
    };
    let mut numbered = std::iter::once(named("_old")).chain((2..).map(|number| named(&format!("_old_{number}"))));
    numbered.find(is_free).unwrap_or_else(|| named("_old"))
}

fn changes_in_place(
    sql: &dyn SqlDialect,
    name: &ObjectName,
    old: &EnumType,
    new: &EnumType,
    after: &Catalog,
) -> Option<Vec<Statement>> {
    let added: Vec<_> = new.values.iter().filter(|it| !old.values.contains(it)).collect();
    sql.alter_enum(name, old, new).filter(|_| !sql.says_value(after, &added))
}

/// New types, and changes of those that stay.
pub(super) fn create(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let statements = after.enums.iter().map(|(name, new)| match before.enums.get(name) {
        Some(old) => {
            about(subject(name, Action::Change), changes_in_place(sql, name, old, new, after).unwrap_or_default())
        }
        None => about(subject(name, Action::Add), sql.create_enum(name, new)),
    });
    statements.flatten().collect()
}

/// Types that go, once no column has them.
pub(super) fn drop(sql: &dyn SqlDialect, before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let dropped = before.enums.keys().filter(|name| !after.enums.contains_key(*name));
    dropped.map(|name| sql.drop_enum(name).about(&subject(name, Action::Drop))).collect()
}

fn subject(name: &ObjectName, action: Action) -> Subject {
    Subject::of(DatabaseObject::Enum(name.clone()), action)
}
