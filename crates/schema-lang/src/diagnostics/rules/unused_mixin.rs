//! A mixin that nothing spreads.

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    item::Anchor,
    lower::uses::is_used,
};

rule! {
    /// No table spreads a mixin.
    ///
    /// Nothing of it is in the databases.
    ///
    /// ```orm,bad
    /// mixin Timestamps {
    ///   created_at  timestamptz = now()
    /// }
    ///
    /// table tasks {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// mixin Timestamps {
    ///   created_at  timestamptz = now()
    /// }
    ///
    /// table tasks {
    ///   id  uuid  @primary_key
    ///   ...Timestamps
    /// }
    /// ```
    UNUSED_MIXIN: "ORM199", "unused-mixin", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let name = context.declaration.name(context.db);
    if context.is_table() || name.is_empty() || is_used(context.db, context.project, name) {
        return;
    }
    let finding = UNUSED_MIXIN.at(context.name_location(), format!("nothing spreads `{name}`"));
    let fix = Fix::offer(format!("Remove `{name}`")).remove(&context.here(Anchor::DECLARATION));
    diagnostics.push(finding.help(format!("write `...{name}` in a table, or remove the mixin")).fix(fix));
}
