//! A query that is larger than a database takes.

use std::collections::BTreeSet;

use orm_model::{
    Dialect, Expression,
    query::{InsertRows, QueryBody, Relation},
};

use super::row_parameters::MOST_PARAMETERS;
use crate::diagnostics::{Diagnostic, query::QueryContext, rule::rule};

/// The joins of a query of Spanner, at most; here and below: <https://cloud.google.com/spanner/quotas#query-limits>
const MOST_JOINS: usize = 20;

/// The values of an `IN`.
const MOST_VALUES: usize = 10_000;

/// The queries of a union.
const MOST_UNIONS: usize = 200;

rule! {
    /// A query is larger than Spanner takes.
    ///
    /// It takes 950 parameters, 20 joins, 10,000 values in one `in` and 200 queries in one union. Each value that a caller gives is a parameter; so is each value that the application computes for a row, and each
    /// value of a row of `values $rows`. An array is one parameter, however long it is. See
    /// <https://cloud.google.com/spanner/quotas#query-limits>.
    ///
    /// ```orm,bad
    /// table people {
    ///   id       uuid   @primary_key
    ///   name     text
    ///   boss_id  uuid?  @references(people.id, as: boss, back: staff)
    /// }
    /// query bosses {
    ///   from people as p0
    ///   join people as p1 on p1.id = p0.boss_id
    ///   join people as p2 on p2.id = p1.boss_id
    ///   join people as p3 on p3.id = p2.boss_id
    ///   join people as p4 on p4.id = p3.boss_id
    ///   join people as p5 on p5.id = p4.boss_id
    ///   join people as p6 on p6.id = p5.boss_id
    ///   join people as p7 on p7.id = p6.boss_id
    ///   join people as p8 on p8.id = p7.boss_id
    ///   join people as p9 on p9.id = p8.boss_id
    ///   join people as p10 on p10.id = p9.boss_id
    ///   join people as p11 on p11.id = p10.boss_id
    ///   join people as p12 on p12.id = p11.boss_id
    ///   join people as p13 on p13.id = p12.boss_id
    ///   join people as p14 on p14.id = p13.boss_id
    ///   join people as p15 on p15.id = p14.boss_id
    ///   join people as p16 on p16.id = p15.boss_id
    ///   join people as p17 on p17.id = p16.boss_id
    ///   join people as p18 on p18.id = p17.boss_id
    ///   join people as p19 on p19.id = p18.boss_id
    ///   join people as p20 on p20.id = p19.boss_id
    ///   join people as p21 on p21.id = p20.boss_id
    ///   select p0.id, boss: p21.name
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id       uuid   @primary_key
    ///   name     text
    ///   boss_id  uuid?  @references(people.id, as: boss, back: staff)
    /// }
    /// query bosses {
    ///   from people as p0
    ///   join people as p1 on p1.id = p0.boss_id
    ///   select p0.id, boss: p1.name
    /// }
    /// ```
    QUERY_LIMITS: "QRY045", "query-limits", Error, policy
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let body = &context.query.body;
    let selects = body.selects();
    let joins = selects.iter().map(|it| it.select.joins.len()).sum();
    let sources = || selects.iter().flat_map(|it| it.select.sources());
    let queries = |relation: &Relation| match relation {
        Relation::Set { queries, .. } => queries.len(),
        _ => 0,
    };
    let unions = sources().map(|it| queries(&it.relation)).max().unwrap_or_default();
    let counts = [
        (parameters(body), MOST_PARAMETERS, "parameters", "give values as an array: `ids: uuid[]`"),
        (joins, MOST_JOINS, "joins", "read a part of it by a query of its own"),
        (values(body), MOST_VALUES, "values in one `in`", "give them as an array: `id in $ids`"),
        (unions, MOST_UNIONS, "queries in one union", "split it"),
    ];
    for (count, most, of_what, help) in counts {
        if count > most {
            let message = format!("the query has {count} {of_what}, and Spanner takes {most}");
            diagnostics.push(QUERY_LIMITS.at(context.name_place(), message).help(help));
        }
    }
}

/// The values that are sent with a statement.
fn parameters(body: &QueryBody) -> usize {
    let mut names = BTreeSet::new();
    body.walk(&mut |it| {
        if let Expression::Parameter(it) = it {
            names.insert(&it.name);
        }
    });
    // One row at least.
    let of_a_row = match body {
        QueryBody::Insert(it) if matches!(it.rows, InsertRows::Parameter(_)) => it.columns.len(),
        _ => 0,
    };
    names.len() + of_a_row
}

/// The values of the longest `in`.
fn values(body: &QueryBody) -> usize {
    let mut most = 0;
    body.walk(&mut |it| {
        if let Expression::In { list, .. } = it {
            most = most.max(list.len());
        }
    });
    most
}
