//! What a check is shown of a table in which `@only(…)` occurs.
//!
//! A rule about Spanner must say nothing of what PostgreSQL alone has. Instead of every rule asking, each is run on the
//! table as the database has it that it is about, told by its code, or by the databases that refuse what it finds.

use orm_model::{Dialect, Only, PerDialect, Table};

use super::{Category, Oracle, Rule, rules};
use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    lower::{
        shape::Place,
        table::{LoweredTable, lower_table},
    },
};

/// A part of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum View {
    /// All of it, for every rule: nothing is kept to one database.
    Everything,
    /// All of it, for the rules of the language.
    Whole,
    /// What every database has, for the rules about differences.
    Shared,
    /// What one database has, for the rules about it.
    In(Dialect),
}

/// The rules of which neither tells what they are about.
const EXCEPTIONS: &[(&Rule, &[View])] = &[
    (&rules::missing_dialect_text::MISSING_DIALECT_TEXT, EACH),
    (&rules::name_too_long::NAME_TOO_LONG, EACH),
    (&rules::reserved_word::RESERVED_WORD, &[View::Whole]),
    (&rules::spread_numbers::SPREAD_NUMBERS, &[View::Shared]),
];

const EACH: &[View] = &[View::In(Dialect::Postgres), View::In(Dialect::Spanner)];

impl View {
    /// The views that something is checked in: several where a part of it is kept to one database.
    pub(crate) const fn of(is_whole: bool) -> &'static [View] {
        if is_whole {
            return &[View::Everything];
        }
        &[View::Whole, View::Shared, View::In(Dialect::Postgres), View::In(Dialect::Spanner)]
    }

    /// Whether what a rule finds in this view is to be told.
    pub(crate) fn judges(self, rule: &'static Rule) -> bool {
        if self == View::Everything {
            return true;
        }
        let is_about_databases = matches!(rule.category(), Category::Postgres | Category::Spanner);
        if let (true, Oracle::Databases(oracles)) = (is_about_databases, rule.oracle) {
            return matches!(self, View::In(dialect) if oracles.contains(&dialect));
        }
        let exception = EXCEPTIONS.iter().find(|(it, _)| *it == rule).map(|(_, views)| *views);
        let wanted = exception.unwrap_or_else(|| match rule.category() {
            Category::Language | Category::Queries | Category::Migrations => &[View::Whole],
            Category::Postgres => &[View::In(Dialect::Postgres)],
            Category::Spanner => &[View::In(Dialect::Spanner)],
            Category::Portability => &[View::Shared],
            Category::Speed => EACH,
        });
        wanted.contains(&self)
    }

    /// Whether the view is about `dialect`.
    pub(crate) fn is_about(self, dialect: Dialect) -> bool {
        match self {
            View::Everything | View::Whole | View::Shared => true,
            View::In(only) => only == dialect,
        }
    }

    /// Whether the view holds what is kept to `only`.
    pub(crate) fn holds(self, only: Option<Dialect>) -> bool {
        match self {
            View::Everything | View::Whole => true,
            View::Shared => only.is_none(),
            View::In(dialect) => only.is_none_or(|it| it == dialect),
        }
    }
}

/// Whether nothing of the table is kept to one database.
pub(crate) fn is_whole(table: &Table) -> bool {
    table.only.is_none() && Dialect::ALL.into_iter().all(|dialect| table.is_whole_in(dialect))
}

/// The table in a view; `None` where the view has nothing of it.
pub(crate) fn lowered_in(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    view: View,
) -> Option<&LoweredTable> {
    let lowered = lower_table(db, project, declaration);
    match view {
        View::Everything | View::Whole => Some(lowered),
        _ if !view.holds(lowered.table.only) => None,
        _ if is_whole(&lowered.table) => Some(lowered),
        View::Shared => Some(&parts(db, project, declaration).shared),
        View::In(dialect) => Some(parts(db, project, declaration).by_dialect.get(dialect)),
    }
}

/// A table taken apart by views.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    shared: LoweredTable,
    by_dialect: PerDialect<LoweredTable>,
}

#[salsa::tracked(returns(ref))]
fn parts(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Parts {
    let whole = lower_table(db, project, declaration);
    let of = |dialect| part(whole, View::In(dialect));
    let by_dialect = PerDialect { postgres: of(Dialect::Postgres), spanner: of(Dialect::Spanner) };
    Parts { shared: part(whole, View::Shared), by_dialect }
}

fn part(whole: &LoweredTable, view: View) -> LoweredTable {
    let mut part = whole.clone();
    let table = &mut part.table;
    part.columns = whole.columns.iter().filter(|it| view.holds(it.column.only)).cloned().collect();
    table.columns.retain(|it| view.holds(it.only));
    keep(&mut table.uniques, &mut part.uniques, view);
    keep(&mut table.indexes, &mut part.indexes, view);
    keep(&mut table.foreign_keys, &mut part.foreign_keys, view);
    keep(&mut table.checks, &mut part.checks, view);
    if table.interleave.as_ref().is_some_and(|it| !view.holds(it.only)) {
        (table.interleave, part.interleave) = (None, None);
    }
    if table.ttl.as_ref().is_some_and(|it| !view.holds(it.only)) {
        (table.ttl, part.ttl) = (None, None);
    }
    part
}

/// Keeps the members of a view, and their places beside them.
fn keep<T: Only>(members: &mut Vec<T>, places: &mut Vec<Place>, view: View) {
    let mut holds = members.iter().map(|it| view.holds(it.only())).collect::<Vec<_>>().into_iter();
    places.retain(|_| holds.next().unwrap_or_default());
    members.retain(|it| view.holds(it.only()));
}
