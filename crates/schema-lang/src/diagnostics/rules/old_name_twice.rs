//! Two things that say they had one name.

use std::collections::BTreeMap;

use super::old_name_exists::remove;
use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    diagnostics::{Diagnostic, Location, RuleContext, rule::rule},
    item::{Anchor, attribute},
    lower::{old_names::other_claim, words::was},
};

rule! {
    /// Two things claim the same old name by `@was(…)`.
    ///
    /// ```orm,bad
    /// table users {
    ///   id       uuid  @primary_key
    ///   email    text  @was(mail)
    ///   contact  text  @was(mail)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table users @was(people) {
    ///   id  uuid  @primary_key
    /// }
    /// table members @was(people) {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id       uuid  @primary_key
    ///   email    text  @was(mail)
    ///   contact  text
    /// }
    /// ```
    OLD_NAME_TWICE: "ORM151", "old-name-twice", Error, language
}

const HELP: &str = "only one of them can keep the data: remove the other `@was(…)`";

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.is_table() {
        declaration(context.db, context.project, context.declaration, diagnostics);
    }
    let mut first: BTreeMap<&str, &crate::lower::shape::ColumnShape> = BTreeMap::new();
    for it in context.lowered.columns.iter() {
        let Some(old) = &it.column.was else { continue };
        let earlier = *first.entry(old).or_insert(it);
        if earlier != it && (context.is_own(&it.origin) || context.is_own(&earlier.origin)) {
            let message =
                format!("`{}` and `{}` cannot both have been `{old}`", earlier.declared_name(), it.declared_name());
            let finding = context.at(&OLD_NAME_TWICE, &it.origin, it.name, message).help(HELP);
            diagnostics.push(finding.fix_at(context.attribute(it, "was"), remove));
        }
    }
}

/// An enum and its values.
pub(crate) fn check_enum(
    db: &dyn AnalysisDatabase,
    project: Project,
    enumeration: Declaration,
    diagnostics: &mut Vec<Diagnostic>,
) {
    declaration(db, project, enumeration, diagnostics);
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    for value in &enumeration.item(db).values {
        let Some(old) = was(&value.attributes) else { continue };
        if let Some(earlier) = first.get(&old) {
            let here = Location { declaration: enumeration, anchor: value.name.anchor };
            let message = format!("`{earlier}` and `{}` cannot both have been `{old}`", value.name.text);
            let written = attribute(&value.attributes, "was").map(|it| Location { anchor: it.anchor, ..here });
            diagnostics.push(OLD_NAME_TWICE.at(here, message).help(HELP).fix_at(written, remove));
        } else {
            first.insert(old, &value.name.text);
        }
    }
}

fn declaration(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let item = declaration.item(db);
    let (Some(name), Some(old)) = (&item.name, was(&item.attributes)) else { return };
    if let Some(other) = other_claim(db, project, declaration, &old) {
        let message = format!("`{}` and `{}` cannot both have been `{old}`", other.name(db), name.text);
        let there = Location { declaration: other, anchor: Anchor::DECLARATION };
        let here = Location { declaration, anchor: name.anchor };
        let written = attribute(&item.attributes, "was").map(|it| Location { anchor: it.anchor, ..here });
        let finding = OLD_NAME_TWICE.at(here, message).help(HELP).related(there, "the other one is here");
        diagnostics.push(finding.fix_at(written, remove));
    }
}
