//! A foreign key to the parent of an interleaved table.

use orm_model::ForeignKey;

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, reference_graph, rule::rule},
    lower::shape::signature,
};

rule! {
    /// A foreign key says again what `interleave` says, or something else.
    ///
    /// An interleaved row always has its parent, and PostgreSQL gets the foreign key for it. One of its own is checked a
    /// second time in Spanner; and where the two say something different of deletes, so do the databases.
    ///
    /// ```orm,bad
    /// table orders {
    ///   order_id  uuid  @primary_key
    /// }
    /// table order_items {
    ///   order_id  uuid  @references(orders.order_id, on_delete: cascade)
    ///   item_id   uuid
    ///
    ///   primary_key(order_id, item_id)
    ///   interleave(orders)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   order_id  uuid  @primary_key
    /// }
    /// table order_items {
    ///   order_id  uuid
    ///   item_id   uuid
    ///
    ///   primary_key(order_id, item_id)
    ///   interleave(orders, on_delete: cascade)
    /// }
    /// ```
    INTERLEAVE_FOREIGN_KEY: "SP032", "interleave-foreign-key", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (Some(interleave), Some(place)) = (&context.table().interleave, &context.lowered.interleave) else { return };
    let Some(parent) = reference_graph::target(context.db, context.project, place) else { return };
    let parent: Vec<_> =
        signature(context.db, context.project, parent).primary_key.iter().map(|it| it.name.as_str()).collect();
    let own = context.table().primary_key.iter().flat_map(|key| &key.columns).map(|it| it.name.as_str());
    let wanted: Vec<_> = own.zip(parent.iter().copied()).collect();
    let pairs = |key: &ForeignKey| {
        let pairs = key.columns.iter().map(String::as_str).zip(key.referenced_columns.iter().map(String::as_str));
        pairs.map(|(own, other)| (own.to_owned(), other.to_owned())).collect::<Vec<_>>()
    };
    for (key, place) in context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys) {
        let pairs = pairs(key);
        let has = |pair: &(&str, &str)| pairs.iter().any(|it| (it.0.as_str(), it.1.as_str()) == *pair);
        let is_same = key.references == interleave.parent && pairs.len() == wanted.len() && wanted.iter().all(has);
        // `@only` of one database leaves the other one to `interleave`.
        if !is_same || key.only.is_some() || interleave.only.is_some() {
            continue;
        }
        let message = match key.on_delete == interleave.on_delete {
            true => format!("`interleave` refers to `{}` already", key.references),
            false => format!(
                "a delete in `{}` is `{}` here and `{}` in `interleave`",
                key.references,
                key.on_delete.name(),
                interleave.on_delete.name()
            ),
        };
        let finding = context.at(&INTERLEAVE_FOREIGN_KEY, &place.origin, place.anchor, message);
        let here = place.location();
        let finding = finding.help("remove the foreign key, and write `on_delete:` at `interleave`");
        diagnostics.push(finding.fix(Fix::offer("Remove the foreign key").remove(&here)));
    }
}
