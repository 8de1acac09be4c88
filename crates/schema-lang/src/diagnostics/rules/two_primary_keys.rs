//! A table with two primary keys.

use orm_model::KeyColumn;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::shape::Place,
};

rule! {
    /// A table has two primary keys: two `primary_key(…)`, or one beside columns with `@primary_key`.
    ///
    /// ```orm,bad
    /// table order_items {
    ///   id        uuid    @primary_key
    ///   order_id  uuid
    ///   position  bigint
    ///
    ///   primary_key(order_id, position)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table order_items {
    ///   order_id  uuid
    ///   position  bigint
    ///
    ///   primary_key(order_id, position)
    /// }
    /// ```
    TWO_PRIMARY_KEYS: "ORM061", "two-primary-keys", Error, language
}

pub(crate) fn report(location: Location, table: &str, first: &[KeyColumn], first_place: Place) -> Diagnostic {
    let columns: Vec<_> = first.iter().map(|it| it.name.as_str()).collect();
    let first = first_place.location();
    let fix = Fix::offer("Remove this one").remove(&location);
    TWO_PRIMARY_KEYS
        .at(location, format!("table `{table}` has a primary key already ({})", columns.join(", ")))
        .help("keep one of them; the other may be `unique(…)`")
        .related(first, "the first one")
        .fix(fix)
}
