//! Items to the model.
//!
//! - [`expand`]: spreads mixins where they stand.
//! - [`objects`]: views, extensions, raw blocks.
//! - [`sequence`]: sequences and defaults that count.
//! - [`types`], [`enums`], [`expression`], [`default`]: what a member is made of.
//! - [`words`]: attributes and table items against the registry.
//! - [`generated`]: what stands in `@generated(…)`.
//! - [`index`]: the keys, conditions and options of indexes and unique constraints.
//! - [`shape`]: a table on its own, without what it refers to.
//! - [`table`]: the whole table, with foreign keys and interleaving.
//! - [`query`]: queries and mutations.
//! - [`object_name`]: names with a schema, `auth.users`.
//! - [`names`]: the names that a table takes, and who else takes them.
//! - [`uses`]: which enums and mixins are used.
//! - [`schema`]: all tables of the project.
//!
//! Lowering never fails: what cannot be understood is left out, and the rule that says so is called on the way.

pub mod default;
pub mod enums;
pub mod expand;
pub mod expression;
pub mod generated;
pub mod index;
pub mod names;
pub mod object_name;
pub mod objects;
pub(crate) mod old_names;
pub mod query;
pub mod references;
pub mod schema;
pub mod sequence;
pub mod shape;
mod sql_names;
pub mod table;
pub(crate) mod totals;
pub mod types;
pub mod uses;
pub mod words;

use expand::Origin;
use orm_model::{Dialect, Targets};

use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    diagnostics::{Diagnostic, Fix, Location, rules},
    item::{Anchor, DeclarationKind, query::Clause},
};

/// Where lowering stands, and where its findings go.
pub(crate) struct Scope<'a> {
    pub(crate) db: &'a dyn AnalysisDatabase,
    pub(crate) project: Project,
    /// The declaration that is lowered.
    pub(crate) home: Declaration,
    /// Whether every mixin of it was found.
    pub(crate) is_complete: bool,
    /// Where the text at hand stands: in the declaration itself, or in a mixin that it spreads.
    pub(crate) origin: &'a Origin,
    /// The one database that has what is lowered.
    pub(crate) only: Option<Dialect>,
    pub(crate) diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Scope<'a> {
    /// What stands in a declaration that spreads no mixins.
    pub(crate) const fn of(
        db: &'a dyn AnalysisDatabase,
        project: Project,
        origin: &'a Origin,
        only: Option<Dialect>,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        Scope { db, project, home: origin.declaration, is_complete: true, origin, only, diagnostics }
    }
}

impl Scope<'_> {
    /// The databases that what is lowered must fit.
    pub(crate) fn targets(&self) -> Targets {
        self.project.targets(self.db).limited_to(self.only)
    }

    /// Whether a part of the declaration could not be read.
    pub(crate) fn has_syntax_errors(&self) -> bool {
        !self.home.item(self.db).errors.is_empty()
    }

    /// A place in the text at hand.
    pub(crate) fn at(&self, anchor: Anchor) -> Location {
        Location { declaration: self.origin.declaration, anchor }
    }

    /// Keeps the query, mutation or view to one database.
    pub(crate) fn keep_to(&self, dialect: Dialect) -> Option<Fix> {
        Fix::keep_query_to(dialect, self.home.item(self.db), &self.at(Anchor::DECLARATION))
    }

    /// Where the type of a parameter of the query stands.
    pub(crate) fn parameter_type(&self, name: &str) -> Option<Location> {
        let query = self.home.item(self.db).query.as_ref()?;
        let written = query.parameters.iter().find(|it| *it.name.text == *name)?.value_type.as_ref()?;
        Some(self.at(written.anchor))
    }

    /// The clause of the query at hand that fits, of those that stand in its own braces.
    pub(crate) fn clause(&self, fits: impl Fn(&Clause) -> bool) -> Option<Location> {
        let query = self.home.item(self.db).query.as_ref()?;
        query.clauses.iter().flatten().find(|it| fits(it)).map(|it| self.at(it.anchor))
    }

    /// Keeps a finding about the text at hand. What stands in a mixin is reported when the mixin is checked, once, and
    /// not again for each table that spreads it.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        if self.origin.spread.is_none() {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Keeps a finding that depends on the whole table, such as a column that it lacks. It is not for a mixin on its
    /// own; for a table it stands where the mixin is spread, with the place in the mixin beside it.
    pub(crate) fn report_in_table(&mut self, mut diagnostic: Diagnostic) {
        let may_come_from_a_mixin = diagnostic.rule == &rules::unknown_column::UNKNOWN_COLUMN;
        if self.home.kind(self.db) == DeclarationKind::Mixin || (may_come_from_a_mixin && !self.is_complete) {
            return;
        }
        if let Some(anchor) = self.origin.spread {
            let here = Location { declaration: self.home, anchor };
            let there = std::mem::replace(&mut diagnostic.location, here);
            diagnostic.related.insert(0, (there, "written here".to_owned()));
        }
        self.diagnostics.push(diagnostic);
    }
}

/// The known name that is most like `name`, or that it is short for, if there is one.
pub(crate) fn similar<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<_> = known.into_iter().collect();
    let distance = |it: &str| strsim::damerau_levenshtein(&name.to_lowercase(), &it.to_lowercase());
    let limit = (name.chars().count() / 3).max(1);
    let near = known.iter().map(|it| (distance(it), *it)).filter(|(distance, _)| *distance <= limit).min();
    near.map(|(_, it)| it).or_else(|| {
        let mut long = known.into_iter().filter(|it| is_short_for(name, it));
        let first = long.next()?;
        long.all(|it| it == first).then_some(first)
    })
}

/// Whether a name is the beginning of another one, or what is left of it without some letters: `uniq`, `idx`, `qty`.
fn is_short_for(name: &str, long: &str) -> bool {
    const SHORTEST: usize = 3;
    let (name, long) = (name.to_lowercase(), long.to_lowercase());
    let mut letters = long.chars();
    let is_left_of_it = name.chars().all(|it| letters.any(|other| other == it));
    let ends_alike = name.chars().next() == long.chars().next() && name.chars().last() == long.chars().last();
    name.chars().count() >= SHORTEST && (long.starts_with(&name) || (is_left_of_it && ends_alike))
}
