//! An update or delete of every row.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// An update or delete has no `where`.
    ///
    /// It would write every row of the table. Where that is meant, `where true` says it. A `where?` alone is not enough: it is left
    /// out when its parameters are absent.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation forget(name: text) {
    ///   update users
    ///   set email = null, name = $name
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation forget(id: uuid) {
    ///   update users
    ///   set email = null
    ///   where id = $id
    /// }
    /// ```
    MISSING_WHERE: "QRY025", "missing-where", Error, language
}

/// `target` is the table that is written.
pub(crate) fn report(location: Location, has_none: bool, target: &Location) -> Diagnostic {
    let fix = Fix::offer("Say that every row is meant: `where true`").insert_after(target, "\n  where true");
    let message = match has_none {
        true => "the mutation writes every row of the table",
        false => "without its parameters, the mutation writes every row of the table",
    };
    MISSING_WHERE.at(location, message).help("say which rows: `where id = $id`; `where true` means every row").fix(fix)
}
