//! JSON that PostgreSQL keeps as text.

use orm_model::{Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A column is `json`, which is a text in PostgreSQL and a value in Spanner.
    ///
    /// PostgreSQL's `json` keeps the text with its blanks, the order of its keys and keys that stand twice. Spanner's
    /// JSON keeps the value, as `jsonb` does.
    ///
    /// ```orm,bad
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  json
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table documents {
    ///   id    uuid   @primary_key
    ///   body  jsonb
    /// }
    /// ```
    JSON_TEXT: "PORT002", "json-text", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.targets().dialects().ne(Dialect::ALL) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        if it.column.column_type.scalar == ScalarType::Json {
            let message = "PostgreSQL keeps the text of `json`, Spanner its value";
            let finding = context.at(&JSON_TEXT, &it.origin, it.written_type, message);
            let fix = Fix::offer("Make it `jsonb`").replace_last(&it.location_of(it.written_type), "json", "jsonb");
            diagnostics.push(finding.help("use `jsonb`, which means the same in both").fix(fix));
        }
    }
}
