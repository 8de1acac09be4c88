//! Values of an enum that PostgreSQL's types take otherwise.

use orm_model::{Dialect, EnumValue};

use crate::{
    diagnostics::{Fix, Location, rule::rule},
    item::{Anchor, Item, argument, attribute},
    lower::Scope,
};

rule! {
    /// A value of a native enum is longer than PostgreSQL takes.
    ///
    /// A label has at most 63 bytes (<https://www.postgresql.org/docs/current/datatype-enum.html>).
    ///
    /// ```orm,bad
    /// enum State @postgres(native: true) {
    ///   waiting = "waiting for somebody who looks at what the customer wrote last week"
    /// }
    /// ```
    ///
    /// ```orm,good
    /// enum State @postgres(native: true) {
    ///   waiting = "waiting for somebody"
    /// }
    /// ```
    ENUM_LABEL: "PG061", "enum-label", Error, oracle(Postgres)
}

rule! {
    /// A native enum sorts by the order of its values, and its texts sort otherwise.
    ///
    /// PostgreSQL compares the values of a native enum in the order of their declaration. Spanner, which stores texts,
    /// compares those: a query that sorts by the column gets another order there.
    ///
    /// ```orm,bad
    /// enum Size @postgres(native: true) { small, medium, large }
    /// ```
    ///
    /// ```orm,good
    /// enum Size @postgres(native: true) { large, medium, small }
    /// ```
    ENUM_ORDER: "PG062", "enum-order", Hint, policy
}

/// Declares the values in the order of their texts.
fn order_values(scope: &Scope<'_>, item: &Item, values: &[EnumValue]) -> Option<Fix> {
    // Where one of them has no meaning, nobody knows the order.
    let mut written: Vec<_> = (item.values.len() == values.len()).then(|| item.values.iter().zip(values))?.collect();
    written.sort_by(|(_, a), (_, b)| a.stored.cmp(&b.stored));
    let places = written.into_iter().map(|(it, _)| it.places()).collect();
    Some(Fix::offer("Declare the values in the order of their texts").reorder(&scope.at(Anchor::DECLARATION), places))
}

/// Makes a native enum one of texts. `whole` is the place of its declaration.
pub(crate) fn store_texts(item: &Item, whole: &Location) -> Option<Fix> {
    let attribute = attribute(&item.attributes, "postgres")?;
    let native = argument(&attribute.arguments, "native")?;
    let anchor = if attribute.arguments.len() == 1 { attribute.anchor } else { native.anchor };
    Some(Fix::offer("Store texts: leave `native: true` out").remove(&Location { anchor, ..*whole }))
}

const LABEL_BYTES: usize = 63;

pub(crate) fn check(scope: &mut Scope<'_>, item: &Item, values: &[EnumValue]) {
    let targets = scope.targets();
    if !targets.includes(Dialect::Postgres) {
        return;
    }
    for value in values.iter().filter(|it| it.stored.len() > LABEL_BYTES) {
        let written = item.values.iter().find(|it| *it.name.text == value.name);
        let location = scope.at(written.map_or(Anchor::DECLARATION, |it| it.name.anchor));
        let message =
            format!("{:?} has {} bytes, a type of PostgreSQL takes {LABEL_BYTES}", value.stored, value.stored.len());
        let finding = ENUM_LABEL.at(location, message).help("store a shorter text, or leave out `native: true`");
        scope.report(finding.fix_if_any(store_texts(item, &scope.at(Anchor::DECLARATION))));
    }
    if targets.includes(Dialect::Spanner) && !values.is_sorted_by(|a, b| a.stored <= b.stored) {
        let location = scope.at(item.name.as_ref().map_or(Anchor::DECLARATION, |it| it.anchor));
        let message = "PostgreSQL sorts these values as they are declared, Spanner by their texts";
        let help = "declare them in the order of their texts, leave `native: true` out, or do not sort by them";
        let finding = ENUM_ORDER.at(location, message).help(help).fix_if_any(order_values(scope, item, values));
        scope.report(finding.fix_if_any(store_texts(item, &scope.at(Anchor::DECLARATION))));
    }
}
