//! A key that stands twice in JSON.

use crate::{
    diagnostics::{Fix, rule::rule},
    item::{ExpressionItem, ExpressionKind},
    lower::Scope,
};

rule! {
    /// An object of JSON has the same key twice.
    ///
    /// Only the last value is kept, as PostgreSQL's `jsonb` does; Spanner would keep the first.
    ///
    /// ```orm,bad
    /// table users {
    ///   id        uuid                                    @primary_key
    ///   settings  jsonb = { theme: "dark", theme: "light" }
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id        uuid                                    @primary_key
    ///   settings  jsonb = { theme: "dark", font: "light" }
    /// }
    /// ```
    DUPLICATE_JSON_KEY: "ORM200", "duplicate-json-key", Warning, policy
}

pub(crate) fn check(scope: &mut Scope<'_>, item: &ExpressionItem) {
    match &item.kind {
        ExpressionKind::Object(pairs) => {
            for (position, (key, value)) in pairs.iter().enumerate() {
                if let Some((first, old)) = pairs[..position].iter().find(|(other, _)| other.text == key.text) {
                    let finding = DUPLICATE_JSON_KEY
                        .at(scope.at(value.anchor), format!("the key `{}` is there already", key.text));
                    let fix = Fix::offer("Keep the last one alone").remove_through(&scope.at(first.anchor), old.anchor);
                    scope.report(finding.help("keep one of them: only the last one would be stored").fix(fix));
                }
                check(scope, value);
            }
        }
        ExpressionKind::List(items) => items.iter().for_each(|it| check(scope, it)),
        _ => {}
    }
}
