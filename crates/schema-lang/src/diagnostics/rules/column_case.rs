//! Two columns that differ only in case.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
};

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, Location, RuleContext, database_name::rename, rule::rule};

rule! {
    /// Two columns of a table have the same name in the database, or names that differ only in case.
    ///
    /// Spanner ignores the case of a column's name.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   Name  text
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id         uuid  @primary_key
    ///   name       text
    ///   full_name  text
    /// }
    /// ```
    COLUMN_CASE: "SP003", "column-case", Error, oracle(Postgres, Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let ignores_case = context.is_for(Dialect::Spanner);
    let mut firsts = HashMap::new();
    for it in context.lowered.columns.iter() {
        let name = &it.column.name;
        let key = if ignores_case { Cow::Owned(name.to_ascii_lowercase()) } else { Cow::Borrowed(name.as_str()) };
        let first = match firsts.entry(key) {
            Entry::Occupied(first) => *first.get(),
            Entry::Vacant(place) => {
                place.insert(it);
                continue;
            }
        };
        let message = format!("column `{}` is `{}` already", it.column.name, first.column.name);
        let first_place = Location { declaration: first.origin.declaration, anchor: first.name };
        let finding = context.at(&COLUMN_CASE, &it.origin, it.name, message);
        let finding = finding.help("choose names that differ in more than case").related(first_place, "the first one");
        let naming = context.naming();
        let own = context.names().iter().find(|name| name.column(&naming).is_some_and(|column| column == it));
        let other = format!("{}_2", it.column.name);
        diagnostics.push(finding.fix_if_any(own.and_then(|own| rename(&naming, own, &other))));
    }
}
