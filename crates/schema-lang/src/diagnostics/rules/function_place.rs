//! A function where a database does not take it.

use orm_model::{
    Dialect,
    registry::{FunctionInfo, FunctionPlace, Volatility},
};

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A function stands where a database does not take it.
    ///
    /// A check is tested when a row is written, and never again: a condition on the time of day would stop being true.
    /// Generated columns and indexes keep values, so PostgreSQL wants functions in them that depend on nothing but
    /// their arguments, not on the settings of a session. What needs a sub-query belongs into a query.
    ///
    /// ```orm,bad
    /// table events {
    ///   id  uuid         @primary_key
    ///   at  timestamptz  @check(at < now())
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id         uuid         @primary_key
    ///   starts_at  timestamptz
    ///   ends_at    timestamptz  @check(starts_at < ends_at)
    /// }
    /// ```
    FUNCTION_PLACE: "ORM083", "function-place", Error, policy
}

/// The finding, if `dialect` does not take the function in that place.
pub(crate) fn report(
    location: Location,
    info: &FunctionInfo,
    place: FunctionPlace,
    dialect: Dialect,
) -> Option<Diagnostic> {
    if info.may_stand(place, dialect) {
        return None;
    }
    let (name, title) = (info.name, place.title());
    if FunctionPlace::ALL.iter().all(|it| !info.may_stand(*it, dialect)) {
        let message = format!("`{name}` needs a sub-query, which {title} cannot hold");
        return Some(FUNCTION_PLACE.at(location, message).help("compute it in a query"));
    }
    if info.volatility != Volatility::Immutable {
        let message = format!("{title} cannot call `{name}`, which gives another value each time");
        return Some(FUNCTION_PLACE.at(location, message).help("call it in a default, or use columns and constants"));
    }
    let message = format!(
        "{title} cannot call `{name}`: in {} its value depends on settings of the session, so none is stored",
        dialect.title()
    );
    Some(FUNCTION_PLACE.at(location, message).help("keep the value in a column that the application writes"))
}
