//! A parameter that nothing uses.

use std::collections::BTreeSet;

use crate::{
    diagnostics::{Fix, rule::rule},
    item::{ExpressionKind, Item, query::QueryItem, walk::walk_clauses},
    lower::Scope,
};

rule! {
    /// A parameter is declared and never used.
    ///
    /// A caller has to give it for nothing.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query all(name: text) {
    ///   from users
    ///   select id
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query named(name: text) {
    ///   from users
    ///   where name = $name
    ///   select id
    /// }
    /// ```
    UNUSED_PARAMETER: "QRY003", "unused-parameter", Warning, policy
}

/// The parameters that stand in no clause.
pub(crate) fn check(scope: &mut Scope<'_>, item: &Item, query: &QueryItem) {
    let mut used = BTreeSet::new();
    walk_clauses(query.clauses.as_deref().unwrap_or_default(), &mut |it| {
        if let ExpressionKind::Parameter(Some(name)) = &it.kind {
            used.insert(name.text.clone());
        }
    });
    // A clause that could not be read may use any of them.
    if query.clauses.is_none() || !item.errors.is_empty() {
        return;
    }
    for parameter in query.parameters.iter().filter(|it| !used.contains(&it.name.text)) {
        let here = scope.at(parameter.name.anchor);
        let whole = scope.at(parameter.anchor);
        let message = format!("nothing uses `{}`", parameter.name.text);
        let fix = Fix::offer("remove the parameter").remove(&whole);
        scope.report(UNUSED_PARAMETER.at(here, message).help("use it, or remove it").fix(fix));
    }
}
