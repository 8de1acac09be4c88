//! A key of an index of which nobody knows what it is.

use orm_model::{Dialect, Targets, ValueKind};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::expression::Typed,
};

rule! {
    /// A key of an index is raw SQL, and nothing says of which type.
    ///
    /// Spanner has no keys that are expressions: the index stands on a hidden column, which has a type.
    ///
    /// ```orm,bad
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(sql("upper(name)"))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(sql("upper(name)") as text)
    /// }
    /// ```
    UNTYPED_KEY: "ORM107", "untyped-key", Error, language
}

/// The finding, if nothing says what the key is.
pub(crate) fn check(location: Location, key: &Typed, targets: &Targets) -> Option<Diagnostic> {
    let is_unknown = key.value.kind() == ValueKind::Unknown && targets.includes(Dialect::Spanner);
    is_unknown.then(|| {
        let fix = Fix::offer("Say that it is a text").insert_after(&location, " as text");
        UNTYPED_KEY
            .at(location, "the type of this key is not known")
            .fix(fix)
            .help("say what it is: `sql(\"…\") as text`")
    })
}
