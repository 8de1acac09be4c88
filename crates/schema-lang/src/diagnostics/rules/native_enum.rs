//! Values of an enum that PostgreSQL's types take otherwise.

use orm_model::{Dialect, EnumValue};

use crate::{
    diagnostics::{Fix, rule::rule},
    item::{Anchor, Item, attribute},
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
        let native = attribute(&item.attributes, "postgres").filter(|it| it.arguments.len() == 1);
        let native = native.map(|it| scope.at(it.anchor));
        let finding = ENUM_LABEL.at(location, message).help("store a shorter text, or leave out `native: true`");
        scope.report(finding.fix_at(native, |it| Fix::offer("store texts: leave `native: true` out").remove(it)));
    }
    if targets.includes(Dialect::Spanner) && !values.is_sorted_by(|a, b| a.stored <= b.stored) {
        let location = scope.at(item.name.as_ref().map_or(Anchor::DECLARATION, |it| it.anchor));
        let message = "PostgreSQL sorts these values as they are declared, Spanner by their texts";
        let help = "declare them in the order of their texts, or do not sort by them";
        scope.report(ENUM_ORDER.at(location, message).help(help));
    }
}
