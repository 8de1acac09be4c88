//! Diagnostics: what they are, and the rules that give them.
//!
//! A rule is a file in [`rules`]: its code, its documentation with examples that tests execute, its messages and, where
//! it is not found on the way while lowering, its check.

mod access_path;
mod condition;
mod database_name;
mod documentation;
pub(crate) mod fix;
mod index_use;
mod interleaving;
pub(crate) mod query;
pub(crate) mod reference_graph;
mod rule;
pub mod rules;
pub mod view;
mod wanted_index;

use std::collections::BTreeMap;

pub use documentation::{Example, Part, Statements};
pub use fix::{Fix, FixEdit, FixEditKind, written_name};
pub use index_use::{FoundBy, TableAccess, table_accesses};
pub use rule::{Category, Oracle, Rule, RuleContext, Severity};

use query::QueryContext;
use view::{View, lowered_in};

use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    item::{Anchor, DeclarationKind},
    lower::{enums, names, objects, query::lower_query, sequence, table},
};

/// The severities that a project sets, by code or slug.
pub type Severities = BTreeMap<String, Severity>;

/// A finding, in terms of declarations: [`Workspace`](crate::Workspace) turns places into ranges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that gives it.
    pub rule: &'static Rule,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do instead.
    pub help: Option<String>,
    /// Where it stands, in the declaration that was checked.
    pub location: Location,
    /// Further places that matter, with what they are.
    pub related: Vec<(Location, String)>,
    /// Edits that remove it, the likeliest first.
    pub fixes: Vec<Fix>,
}

/// A place in a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Location {
    /// The declaration.
    pub declaration: Declaration,
    /// The place in it.
    pub anchor: Anchor,
}

impl Diagnostic {
    /// Adds what to do instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds edits that remove the finding. One without edits is none.
    #[must_use]
    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        if !fix.edits.is_empty() {
            self.fixes.push(fix);
        }
        self
    }

    /// Adds edits, where some can be made.
    #[must_use]
    pub(crate) fn fix_if_any(self, fix: Option<Fix>) -> Self {
        match fix {
            Some(fix) => self.fix(fix),
            None => self,
        }
    }

    /// Adds edits of a place, if there is one.
    #[must_use]
    pub(crate) fn fix_at(self, place: Option<Location>, fix: impl FnOnce(&Location) -> Fix) -> Self {
        match place {
            Some(place) => self.fix(fix(&place)),
            None => self,
        }
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, location: Location, message: impl Into<String>) -> Self {
        self.related.push((location, message.into()));
        self
    }
}

/// What is wrong with a declaration, but for [`check_clashes`].
pub(crate) fn check(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Vec<Diagnostic> {
    let mut diagnostics = rules::syntax::check(db, declaration);
    rules::duplicate_declaration::check(db, project, declaration, &mut diagnostics);
    match declaration.kind(db) {
        DeclarationKind::Table | DeclarationKind::Mixin => {
            let lowered = table::lower_table(db, project, declaration);
            diagnostics.extend(lowered.diagnostics.iter().cloned());
            for view in View::of(view::is_whole(&lowered.table)) {
                let Some(lowered) = lowered_in(db, project, declaration, *view) else { continue };
                let context = RuleContext::new(db, project, declaration, lowered, *view);
                let mut found = Vec::new();
                for check in rules::TABLE_CHECKS {
                    check(&context, &mut found);
                }
                keep(*view, found, &mut diagnostics);
            }
        }
        DeclarationKind::Enum => {
            diagnostics.extend(enums::lower_enum(db, project, declaration).diagnostics.iter().cloned());
            rules::postgres_version::check_enum(db, project, declaration, &mut diagnostics);
            rules::unused_enum::check(db, project, declaration, &mut diagnostics);
            rules::old_name_exists::check_enum(db, project, declaration, &mut diagnostics);
            rules::old_name_twice::check_enum(db, project, declaration, &mut diagnostics);
        }
        DeclarationKind::Sequence => {
            diagnostics.extend(sequence::lower_sequence(db, project, declaration).diagnostics.iter().cloned());
        }
        DeclarationKind::View => {
            diagnostics.extend(objects::check(db, project, declaration));
            let lowered = objects::lower_view(db, project, declaration);
            if let Some(query) = lowered.view.as_query() {
                let context = QueryContext::new(db, project, declaration, &query, &lowered.places);
                for check in rules::VIEW_CHECKS {
                    check(&context, &mut diagnostics);
                }
            }
        }
        DeclarationKind::Extension | DeclarationKind::Raw => {
            diagnostics.extend(objects::check(db, project, declaration));
        }
        DeclarationKind::Junk => {}
        DeclarationKind::Query | DeclarationKind::Mutation => {
            let lowered = lower_query(db, project, declaration);
            diagnostics.extend(lowered.diagnostics.iter().cloned());
            if let Some(query) = &lowered.query {
                let context = QueryContext::new(db, project, declaration, query, &lowered.places);
                for check in rules::QUERY_CHECKS {
                    check(&context, &mut diagnostics);
                }
            }
        }
    }
    diagnostics.extend(check_names(db, project, declaration, rules::NAME_CHECKS));
    diagnostics
}

/// What is wrong with the names that a declaration takes in the databases, among those of all declarations.
pub(crate) fn check_clashes(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Vec<Diagnostic> {
    check_names(db, project, declaration, rules::CLASH_CHECKS)
}

/// What is wrong with the names that a declaration takes in the databases.
fn check_names(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    checks: &[rules::NameCheck],
) -> Vec<Diagnostic> {
    let is_table = declaration.kind(db) == DeclarationKind::Table;
    let lowered = is_table.then(|| table::lower_table(db, project, declaration));
    let names = match lowered {
        Some(it) => names::table_names(&it.table),
        None => names::declared_names(db, project, declaration),
    };
    let mut diagnostics = Vec::new();
    for view in View::of(names.iter().all(|it| it.only.is_none())).iter().copied() {
        let names: Vec<_> = names.iter().filter(|it| view.holds(it.only)).cloned().collect();
        let naming = names::Naming { db, project, declaration, names: &names, lowered, view };
        let mut found = Vec::new();
        for check in checks {
            check(&naming, &mut found);
        }
        keep(view, found, &mut diagnostics);
    }
    diagnostics
}

/// Keeps what a view is to tell, and what two views find alike once.
fn keep(view: View, found: Vec<Diagnostic>, diagnostics: &mut Vec<Diagnostic>) {
    for it in found.into_iter().filter(|it| view.judges(it.rule)) {
        if view == View::Everything || !diagnostics.contains(&it) {
            diagnostics.push(it);
        }
    }
}
