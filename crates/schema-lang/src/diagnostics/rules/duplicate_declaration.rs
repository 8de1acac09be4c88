//! Two declarations have one name.

use crate::{
    database::{AnalysisDatabase, Declaration, Project, declarations_named},
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::Anchor,
};

rule! {
    /// Two declarations of the project have the same name.
    ///
    /// Tables, mixins, enums, views and queries share one namespace over all files, so that a name says what is meant.
    ///
    /// ```orm,bad
    /// enum state { open, done }
    /// mixin state {
    ///   changed_at  timestamptz
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// enum State { open, done }
    /// enum State { open, done }
    /// ```
    ///
    /// ```orm,good
    /// enum State { open, done }
    /// mixin Stateful {
    ///   state  State
    /// }
    /// ```
    DUPLICATE_DECLARATION: "ORM002", "duplicate-declaration", Error, language
}

pub(crate) fn check(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(name) = &declaration.item(db).name else { return };
    let all = declarations_named(db, project, &name.text);
    let Some(first) = all.first().filter(|first| **first != declaration) else { return };
    let message = format!("`{}` is already declared as a {}", name.text, first.kind(db));
    let first_anchor = first.item(db).name.as_ref().map_or(Anchor::DECLARATION, |name| name.anchor);
    let here = Location { declaration, anchor: name.anchor };
    let there = Location { declaration: *first, anchor: first_anchor };
    let whole = Location { anchor: Anchor::DECLARATION, ..here };
    let is_copy = first.item(db) == declaration.item(db);
    diagnostics.push(
        DUPLICATE_DECLARATION
            .at(here, message)
            .help("give one of them another name")
            .related(there, "first declared here")
            .fix_at(Some(whole).filter(|_| is_copy), |whole| Fix::offer("Remove this copy").remove(whole)),
    );
}
