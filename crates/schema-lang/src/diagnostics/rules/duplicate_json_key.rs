//! A key that stands twice in JSON.

use crate::{
    diagnostics::rule::rule,
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
                if pairs[..position].iter().any(|(other, _)| other.text == key.text) {
                    let finding = DUPLICATE_JSON_KEY
                        .at(scope.at(value.anchor), format!("the key `{}` is there already", key.text));
                    scope.report(finding.help("keep one of them: only the last one would be stored"));
                }
                check(scope, value);
            }
        }
        ExpressionKind::List(items) => items.iter().for_each(|it| check(scope, it)),
        _ => {}
    }
}
