//! An enum of no column.

use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::Anchor,
    lower::uses::is_used,
};

rule! {
    /// No column has the type of an enum.
    ///
    /// Nothing of it is in the databases.
    ///
    /// ```orm,bad
    /// enum State { open, done }
    ///
    /// table tasks {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// enum State { open, done }
    ///
    /// table tasks {
    ///   id     uuid   @primary_key
    ///   state  State
    /// }
    /// ```
    UNUSED_ENUM: "ORM198", "unused-enum", Hint, policy
}

pub(crate) fn check(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let item = declaration.item(db);
    let Some(name) = item.name.as_ref().filter(|name| !is_used(db, project, &name.text)) else { return };
    let location = |anchor| Location { declaration, anchor };
    let finding = UNUSED_ENUM.at(location(name.anchor), format!("no column has the type `{}`", name.text));
    let fix = Fix::offer(format!("Remove `{}`", name.text)).remove(&location(Anchor::DECLARATION));
    diagnostics.push(finding.help("give a column this type, or remove the enum").fix(fix));
}
