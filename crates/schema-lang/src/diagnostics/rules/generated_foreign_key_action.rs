//! A foreign key that would write a generated column.

use orm_model::{Dialect, ReferentialAction};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// The action of a foreign key would write a generated column.
    ///
    /// ```orm,bad
    /// table shards {
    ///   id  bigint  @primary_key
    /// }
    /// table events {
    ///   id     bigint   @primary_key
    ///   shard  bigint?  @generated(id % 16)  @references(shards.id, on_delete: set_null)  @spanner(on_delete: no_action)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table shards {
    ///   id  bigint  @primary_key
    /// }
    /// table events {
    ///   id     bigint   @primary_key
    ///   shard  bigint?  @generated(id % 16)  @references(shards.id, on_delete: cascade)
    /// }
    /// ```
    GENERATED_FOREIGN_KEY_ACTION: "PG033", "generated-foreign-key-action", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    let table = context.table();
    for (key, place) in table.foreign_keys.iter().zip(&context.lowered.foreign_keys) {
        let generated = key.columns.iter().filter_map(|name| context.column(name)).find(|it| it.generated.is_some());
        let Some(column) = generated.filter(|it| context.is_own_pair(&place.origin, it)) else { continue };
        let action = match (key.on_delete_in(Dialect::Postgres), key.on_update) {
            (action @ (ReferentialAction::SetNull | ReferentialAction::SetDefault), _) => ("on_delete", action),
            (_, ReferentialAction::NoAction | ReferentialAction::Restrict) => continue,
            (_, action) => ("on_update", action),
        };
        let message =
            format!("`{}: {}` would write `{}`, which is computed", action.0, action.1.name(), column.declared_name());
        let finding = context.at(&GENERATED_FOREIGN_KEY_ACTION, &place.origin, place.anchor, message);
        let written = context.argument(place, action.0).map(|it| context.here(it.value.anchor));
        let finding = finding.help("use `no_action`, or `cascade` on delete");
        diagnostics.push(finding.fix_at(written, |it| Fix::offer("Write `no_action`").replace(it, "no_action")));
    }
}
