//! A conversion that the databases do differently.

use orm_model::ColumnType;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::Anchor,
};

rule! {
    /// A value is converted to a type in a way that is not the same in both databases.
    ///
    /// PostgreSQL reads `yes`, `on` and `today` where Spanner does not, writes times in the zone of the session, rounds
    /// differently, and cuts what is too long. Conversions that are the same are written `x as type`, with types that
    /// have no size; a function stands for most of the others.
    ///
    /// ```orm,bad
    /// table orders {
    ///   id    uuid  @primary_key
    ///   code  text  @check(code as bigint > 0)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id    uuid  @primary_key
    ///   code  text  @check(parse_integer(code) > 0)
    /// }
    /// ```
    BAD_CAST: "ORM084", "bad-cast", Error, policy
}

/// `written` is where the type stands.
pub(crate) fn size(location: Location, to: &ColumnType, instead: Option<&str>, written: &Location) -> Diagnostic {
    let finding =
        BAD_CAST.at(location, format!("a conversion to `{to}` cuts or refuses values, not alike in both databases"));
    match instead {
        Some(instead) => finding
            .help(format!("write `as {instead}`"))
            .fix(Fix::offer(format!("Convert it to `{instead}`")).replace(written, instead)),
        None => finding.help("convert to a type without a size"),
    }
}

/// `operand` is where the value stands that is converted.
pub(crate) fn differs(
    location: Location,
    from: &str,
    to: &ColumnType,
    instead: Option<&str>,
    operand: Anchor,
) -> Diagnostic {
    let called = |function: &str| {
        let place = Location { anchor: operand, ..location };
        let fix = Fix::offer(format!("Call `{function}`")).insert_before(&place, format!("{function}("));
        fix.replace_behind(&location, operand, ")")
    };
    let fix = instead.map(called);
    let finding = BAD_CAST.at(location, format!("{from} does not become `{to}` in the same way in both databases"));
    match instead {
        Some(function) => finding.help(format!("write `{function}(…)`")).fix_if_any(fix),
        None => finding.help("convert it in the application, or write `sql(postgres: \"…\", spanner: \"…\")`"),
    }
}
