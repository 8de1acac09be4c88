//! A sequence and its column in two schemas.

use orm_model::{Dialect, ObjectName};

use crate::{
    diagnostics::{Diagnostic, Fix, rule::rule},
    item::Anchor,
    lower::Scope,
};

rule! {
    /// A sequence is in another schema than the table whose column owns it.
    ///
    /// PostgreSQL refuses that: *sequence must be in same schema as table it is linked to*.
    ///
    /// ```orm,bad
    /// sequence order_numbers(owned_by: shop.orders.number)
    /// table shop.orders {
    ///   id      uuid = uuid()                   @primary_key
    ///   number  bigint = nextval(order_numbers)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// sequence shop.order_numbers(owned_by: shop.orders.number)
    /// table shop.orders {
    ///   id      uuid = uuid()                        @primary_key
    ///   number  bigint = nextval(shop.order_numbers)
    /// }
    /// ```
    SEQUENCE_OWNER: "ORM123", "sequence-owner", Error, oracle(Postgres)
}

pub(crate) fn check(
    scope: &Scope<'_>,
    anchor: Anchor,
    sequence: &ObjectName,
    table: &ObjectName,
) -> Option<Diagnostic> {
    if sequence.schema == table.schema || !scope.targets().includes(Dialect::Postgres) {
        return None;
    }
    let message = format!("sequence `{sequence}` is in another schema than `{table}`, which owns it");
    let fix = Fix::offer("Leave `owned_by:` out").remove(&scope.at(anchor));
    let finding = SEQUENCE_OWNER.at(scope.at(anchor), message);
    Some(finding.help("put both into the same schema, or leave out `owned_by`").fix(fix))
}
