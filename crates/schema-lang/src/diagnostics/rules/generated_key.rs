//! A generated column in a primary key of Spanner.

use orm_model::{Column, Dialect, Table};

use crate::{
    diagnostics::{Diagnostic, RuleContext, rule::rule, rules::generated_reads_generated::write_out},
    lower::shape::has_database_default,
};

rule! {
    /// A generated column in the primary key is made of what Spanner does not allow there.
    ///
    /// It must be stored, and read no other generated column, at most one column outside of the key, and none that has a
    /// default (<https://cloud.google.com/spanner/docs/generated-column/how-to>).
    ///
    /// ```orm,bad
    /// table events {
    ///   id     bigint
    ///   kind   bigint
    ///   shard  bigint  @generated(id % 16 + kind % 2 + weight)
    ///   weight bigint
    ///
    ///   primary_key(shard)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table events {
    ///   id     bigint
    ///   shard  bigint  @generated(id % 16, stored: false)
    ///
    ///   primary_key(shard, id)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id     bigint
    ///   shard  bigint  @generated(id % 16)
    ///
    ///   primary_key(shard, id)
    /// }
    /// ```
    GENERATED_KEY: "SP101", "generated-key", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(place) = context.lowered.primary_key.as_ref().filter(|_| context.is_for(Dialect::Spanner)) else { return };
    let table = context.table();
    for column in table.columns.iter().filter(|it| table.is_key_column(&it.name)) {
        if !context.is_own_pair(&place.origin, column) {
            continue;
        }
        if let Some((message, help)) = complaint(table, column) {
            let finding = context.at(&GENERATED_KEY, &place.origin, place.anchor, message).help(help);
            let shape = context.column_shape(&column.name);
            let store = shape.and_then(|it| context.store(it));
            let fix = store.or_else(|| shape.and_then(|it| write_out(context, it)));
            diagnostics.push(finding.fix_if_any(fix));
        }
    }
}

fn complaint(table: &Table, column: &Column) -> Option<(String, &'static str)> {
    let generated = column.generated.as_ref()?;
    let name = column.declared_name();
    if !generated.stored {
        return Some((format!("`{name}` is not stored"), "take `stored: false` out of it"));
    }
    let inputs = generated.expression.columns();
    let inputs = inputs.into_iter().filter_map(|name| table.column(name)).collect::<Vec<_>>();
    if let Some(input) = inputs.iter().find(|it| it.generated.is_some()) {
        let message = format!("`{name}` reads `{}`, which is computed, too", input.declared_name());
        return Some((message, "write the expression of that column in place of its name"));
    }
    let outside = inputs.into_iter().filter(|it| !table.is_key_column(&it.name)).collect::<Vec<_>>();
    if let Some(input) = outside.iter().find(|it| has_database_default(it)) {
        let message = format!("`{name}` reads `{}`, which has a default and is no key column", input.declared_name());
        return Some((message, "remove the default, or put the column into the key"));
    }
    (outside.len() > 1).then(|| {
        let message = format!("`{name}` reads {} columns outside of the key", outside.len());
        (message, "read one at most, or put them into the key")
    })
}
