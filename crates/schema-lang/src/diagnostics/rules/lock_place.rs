//! A row lock where there is no row to be locked.

use orm_model::query::{Relation, Select, Source};

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// `for update` stands in a query whose rows are no rows of a table.
    ///
    /// What is put together of several rows, told once, or made up by a full join has no row that could be kept from
    /// others. PostgreSQL refuses it. See <https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE>.
    ///
    /// ```orm,bad
    /// table jobs {
    ///   id     uuid  @primary_key
    ///   state  text
    /// }
    /// query states {
    ///   from jobs
    ///   group_by state
    ///   select state, waiting: count()
    ///   for update
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE jobs (id UUID PRIMARY KEY, state TEXT NOT NULL);
    /// SELECT state, COUNT(*) AS waiting FROM jobs GROUP BY state FOR UPDATE
    /// ```
    ///
    /// ```orm,good
    /// table jobs {
    ///   id     uuid  @primary_key
    ///   state  text
    /// }
    /// query waiting(id: uuid) : optional {
    ///   from jobs
    ///   where id = $id
    ///   select state
    ///   for update
    /// }
    /// ```
    LOCK_PLACE: "QRY043", "lock-place", Error, oracle(Postgres)
}

/// Says so where the rows of `query` are none of a table. `is_view`: whether a source is one.
pub(crate) fn report(location: Location, query: &Select, is_view: &dyn Fn(&Source) -> bool) -> Option<Diagnostic> {
    let reason = unlockable(query, is_view)?;
    let fix = Fix::offer("Remove the lock").remove(&location);
    let finding = LOCK_PLACE.at(location, format!("{reason}, so there is no row to be kept from others"));
    Some(finding.help("remove it").fix(fix))
}

/// A lock in a query of a union.
pub(crate) fn in_union(location: Location) -> Diagnostic {
    let fix = Fix::offer("Remove the lock").remove(&location);
    let finding = LOCK_PLACE.at(location, "a union keeps no rows from others");
    finding.help("lock the rows by a query of their own").fix(fix)
}

/// Why the rows of a query are none of a table.
fn unlockable(query: &Select, is_view: &dyn Fn(&Source) -> bool) -> Option<&'static str> {
    if query.distinct {
        return Some("equal rows are told once");
    }
    if query.is_grouped() || !query.having.is_empty() {
        return Some("rows are put together");
    }
    let locked = query.locked_sources();
    if locked.is_empty() && !query.joins.is_empty() {
        return Some("every row may be made up by an outer join");
    }
    locked.into_iter().find_map(|it| match &it.relation {
        Relation::Query(inner) => unlockable(inner, is_view),
        Relation::Set { .. } => Some("rows of several queries are put together"),
        Relation::Table(_) if is_view(it) => Some("a view has no rows of its own"),
        Relation::Table(_) | Relation::CommonTable(_) => None,
    })
}
