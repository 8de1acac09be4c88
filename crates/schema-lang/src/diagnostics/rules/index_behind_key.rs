//! An index that begins with the whole primary key.

use crate::diagnostics::{
    Diagnostic, Fix, RuleContext,
    access_path::{AccessPath, PathKind},
    rule::rule,
};

rule! {
    /// An index begins with all columns of the primary key.
    ///
    /// They name one row already, which the primary key finds.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(id, name)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name)
    /// }
    /// ```
    INDEX_BEHIND_KEY: "PERF007", "index-behind-key", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let paths = AccessPath::all(context);
    let Some(key) = paths.iter().find(|it| it.kind == PathKind::PrimaryKey) else { return };
    let columns: Vec<_> = key.columns().map(str::to_owned).collect();
    let behind = |it: &&AccessPath<'_>| it.kind == PathKind::Index && it.keys.len() > columns.len();
    for index in paths.iter().filter(behind).filter(|it| it.begins_with(&columns)) {
        if context.is_own_together(index.place, key.place) {
            let names = context.declared_names(key.columns());
            let message = format!("the index begins with the primary key: `{names}` names one row already");
            let finding = context.at(&INDEX_BEHIND_KEY, &index.place.origin, index.place.anchor, message);
            let finding = finding.help("begin the index with another column, or remove it");
            diagnostics.push(finding.fix(Fix::offer("Remove the index").remove(&index.location())));
        }
    }
}
