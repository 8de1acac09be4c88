//! A foreign key between a native enum and something else.

use orm_model::{Dialect, ObjectName, ScalarType};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::{
        Scope,
        enums::lower_enum,
        shape::{Shape, Signature},
        types::enum_of,
    },
};

rule! {
    /// A foreign key compares a native enum with another type.
    ///
    /// PostgreSQL has no operator for that: *foreign key constraint cannot be implemented*.
    ///
    /// ```orm,bad
    /// enum State @postgres(native: true) { done, open }
    /// table states {
    ///   state  text  @primary_key
    /// }
    /// table tasks {
    ///   id     uuid   @primary_key
    ///   state  State  @references(states.state)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// enum State @postgres(native: true) { done, open }
    /// table states {
    ///   state  State  @primary_key
    /// }
    /// table tasks {
    ///   id     uuid   @primary_key
    ///   state  State  @references(states.state)
    /// }
    /// ```
    NATIVE_ENUM_REFERENCE: "PG063", "native-enum-reference", Error, oracle(Postgres)
}

/// The first pair of columns of which one is a native enum and the other is not the same.
pub(crate) fn check(
    scope: &Scope<'_>,
    location: Location,
    shape: &Shape,
    parent: &Signature,
    pairs: (&[String], &[String]),
) -> Option<Diagnostic> {
    if !scope.targets().includes(Dialect::Postgres) {
        return None;
    }
    pairs.0.iter().zip(pairs.1).find_map(|(own, other)| {
        let column = shape.columns.iter().find(|it| it.column.name == *own)?;
        let own = column.column_type()?;
        let other = parent.columns.iter().find(|it| it.name == *other)?.column_type.as_ref()?;
        if native(scope, &own.scalar) == native(scope, &other.scalar) {
            return None;
        }
        let message =
            format!("`{own}` and `{other}` are two types in PostgreSQL, which compares neither with the other");
        let nullable = if column.column.nullable { "?" } else { "" };
        let fix = Fix::offer(format!("Make `{}` `{other}`", column.declared_name()));
        let fix = fix.replace(&column.location_of(column.written_type), format!("{other}{nullable}"));
        Some(NATIVE_ENUM_REFERENCE.at(location, message).help("give both columns the same type").fix(fix))
    })
}

fn native(scope: &Scope<'_>, scalar: &ScalarType) -> Option<ObjectName> {
    let ScalarType::Enum(name) = scalar else { return None };
    lower_enum(scope.db, scope.project, enum_of(scope, name)?).definition.native.clone()
}
