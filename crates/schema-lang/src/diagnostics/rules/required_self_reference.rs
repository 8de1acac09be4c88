//! A row that needs another row of its table.

use crate::diagnostics::{Diagnostic, Fix, RuleContext, reference_graph::is_required, rule::rule};

rule! {
    /// A table refers to itself, and the column may not be NULL.
    ///
    /// The first row can refer to itself only, and so does the root of every tree.
    ///
    /// ```orm,bad
    /// table folders {
    ///   id         uuid  @primary_key
    ///   parent_id  uuid  @references(folders.id)
    ///
    ///   index(parent_id)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table folders {
    ///   id         uuid   @primary_key
    ///   parent_id  uuid?  @references(folders.id)
    ///
    ///   index(parent_id)
    /// }
    /// ```
    REQUIRED_SELF_REFERENCE: "ORM195", "required-self-reference", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let table = context.table();
    for (key, place) in table.foreign_keys.iter().zip(&context.lowered.foreign_keys) {
        let is_own_key = key.columns.iter().all(|name| table.is_key_column(name));
        if !context.is_table() || key.references != table.name || !is_required(table, key) || is_own_key {
            continue;
        }
        let columns = context.declared_names(key.columns.iter().map(String::as_str));
        let message = format!("`{columns}` needs a row of this table, and may not be NULL");
        let finding = context.at(&REQUIRED_SELF_REFERENCE, &place.origin, place.anchor, message);
        let finding = finding.help("let it be NULL where a row refers to none: add `?` to its type");
        let [name] = key.columns.as_slice() else {
            diagnostics.push(finding);
            continue;
        };
        let column = context.lowered.columns.iter().find(|it| it.column.name == *name);
        let fix = |it: &crate::diagnostics::Location| Fix::offer("Let it be NULL").insert_after(it, "?");
        diagnostics.push(finding.fix_at(column.map(|it| it.location_of(it.written_type)), fix));
    }
}
