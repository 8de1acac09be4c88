//! `@was(…)` with a name that is still there.

use orm_model::Column;

use crate::{
    database::{AnalysisDatabase, Declaration, Project, resolve},
    diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule},
    item::{Attribute, DeclarationKind, attribute},
    lower::words::was,
};

rule! {
    /// `@was(…)` names something that still exists.
    ///
    /// A rename gives one thing another name; what is still there under the old name cannot have been renamed. To swap two
    /// names, rename by way of a third one, in two migrations.
    ///
    /// ```orm,bad
    /// table users {
    ///   id     uuid  @primary_key
    ///   mail   text
    ///   email  text  @was(mail)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table people {
    ///   id  uuid  @primary_key
    /// }
    /// table users @was(people) {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users @was(people) {
    ///   id     uuid  @primary_key
    ///   email  text  @was(mail)
    /// }
    /// ```
    OLD_NAME_EXISTS: "ORM150", "old-name-exists", Error, language
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.is_table() {
        declaration(context.db, context.project, context.declaration, diagnostics);
    }
    let columns = &context.lowered.columns;
    for it in columns.iter() {
        let Some(old) = &it.column.was else { continue };
        let has_it = |column: &Column| column.name == *old || column.declared_name() == old;
        let Some(other) = columns.iter().find(|other| has_it(&other.column)) else { continue };
        if context.is_own(&it.origin) || context.is_own(&other.origin) {
            let message = format!("`{}` cannot have been `{old}`, which is still a column here", it.declared_name());
            let finding = context.at(&OLD_NAME_EXISTS, &it.origin, it.name, message).help(HELP);
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
    let values = &enumeration.item(db).values;
    for value in values {
        let Some(old) = was(&value.attributes).filter(|old| values.iter().any(|it| *it.name.text == **old)) else {
            continue;
        };
        let here = Location { declaration: enumeration, anchor: value.name.anchor };
        let message = format!("`{}` cannot have been `{old}`, which is still a value here", value.name.text);
        diagnostics.push(finding(here, message, attribute(&value.attributes, "was")));
    }
}

fn declaration(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let item = declaration.item(db);
    let kind: DeclarationKind = declaration.kind(db);
    let (Some(name), Some(old)) = (&item.name, was(&item.attributes)) else { return };
    if resolve(db, project, &old, &[kind]).is_some() {
        let here = Location { declaration, anchor: name.anchor };
        let article = if kind == DeclarationKind::Enum { "an" } else { "a" };
        let message = format!("`{}` cannot have been `{old}`, which is still {article} {kind}", name.text);
        diagnostics.push(finding(here, message, attribute(&item.attributes, "was")));
    }
}

const HELP: &str = "remove `@was(…)`, or what has the old name";

fn finding(here: Location, message: String, written: Option<&Attribute>) -> Diagnostic {
    let place = written.map(|it| Location { anchor: it.anchor, ..here });
    OLD_NAME_EXISTS.at(here, message).help(HELP).fix_at(place, remove)
}

pub(super) fn remove(was: &Location) -> Fix {
    Fix::offer("Remove `@was(…)`").remove(was)
}
