//! A parameter that nothing uses.

use std::{collections::BTreeSet, sync::Arc};

use orm_model::Dialect;

use crate::{
    diagnostics::{Fix, rule::rule},
    item::{ExpressionKind, Item, query::QueryItem, walk::walk_clauses},
    lower::{
        Scope,
        objects::sql_texts,
        query::raw::{Piece, split},
    },
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
    let texts = item.sql.as_ref().and_then(sql_texts).unwrap_or_default();
    for text in Dialect::ALL.into_iter().filter_map(|it| texts.get(it).as_deref()) {
        used.extend(split(text).into_iter().filter_map(|it| match it {
            Piece::Parameter(name) => Some(Arc::from(name)),
            Piece::Text(_) | Piece::Name(_) => None,
        }));
    }
    // A clause that could not be read may use any of them.
    if !item.errors.is_empty() {
        return;
    }
    let is_declared = |name: &std::sync::Arc<str>| query.parameters.iter().any(|it| it.name.text == *name);
    // A misspelt one is told of where it is used.
    if !used.iter().all(is_declared) {
        return;
    }
    for parameter in query.parameters.iter().filter(|it| !used.contains(&it.name.text)) {
        let here = scope.at(parameter.name.anchor);
        let whole = scope.at(parameter.anchor);
        let message = format!("nothing uses `{}`", parameter.name.text);
        let fix = Fix::offer("Remove the parameter").remove(&whole);
        scope.report(UNUSED_PARAMETER.at(here, message).help("use it, or remove it").fix(fix));
    }
}
