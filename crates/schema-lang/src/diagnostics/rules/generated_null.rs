//! A generated column that may turn out NULL.

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::shape::ColumnShape,
};

rule! {
    /// A generated column takes no NULL, and its expression may give one.
    ///
    /// A row for which it does is refused when it is written.
    ///
    /// ```orm,bad
    /// table people {
    ///   id    uuid   @primary_key
    ///   name  text?
    ///   key   text   @generated(lower(name))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id    uuid   @primary_key
    ///   name  text?
    ///   key   text   @generated(lower(coalesce(name, "")))
    /// }
    /// ```
    GENERATED_NULL: "ORM104", "generated-null", Warning, policy
}

pub(crate) fn report(location: Location, column: &ColumnShape) -> Diagnostic {
    let name = column.declared_name();
    let fix = Fix::offer(format!("Let `{name}` be NULL")).insert_after(&column.location_of(column.written_type), "?");
    GENERATED_NULL
        .at(location, format!("the value may be NULL, and `{name}` takes none"))
        .help("add `?` to the type of the column, or give a value in place of NULL: `coalesce(…)`")
        .fix(fix)
}
