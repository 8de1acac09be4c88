//! A mixin that does not exist.

use crate::{
    database::{AnalysisDatabase, Project, item_tree},
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::DeclarationKind,
    lower::similar,
};

rule! {
    /// `...Name` spreads a mixin that no file of the project declares.
    ///
    /// ```orm,bad
    /// table users {
    ///   ...Timestamp
    ///   id  uuid  @primary_key
    /// }
    /// mixin Timestamps {
    ///   created_at  timestamptz = now()
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   ...Timestamps
    ///   id  uuid  @primary_key
    /// }
    /// mixin Timestamps {
    ///   created_at  timestamptz = now()
    /// }
    /// ```
    UNKNOWN_MIXIN: "ORM032", "unknown-mixin", Error, language
}

pub(crate) fn report(db: &dyn AnalysisDatabase, project: Project, location: Location, name: &str) -> Diagnostic {
    let finding = UNKNOWN_MIXIN.at(location, format!("there is no mixin `{name}`"));
    let files = project.files(db);
    let mixins = files
        .iter()
        .flat_map(|file| item_tree(db, *file))
        .filter(|it| it.kind(db) == DeclarationKind::Mixin)
        .map(|it| &**it.name(db));
    match similar(name, mixins) {
        Some(known) => finding.help(format!("did you mean `{known}`?")).fix(Fix::rename(&location, name, known)),
        None => finding.help(format!("declare it: `mixin {name} {{`")),
    }
}
