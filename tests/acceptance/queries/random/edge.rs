//! Queries that are rejected because a database would: they are put to it all the same.

use orm_model::{Dialect, Targets};
use orm_schema_lang::diagnostics::Oracle;
use orm_testkit::generator::query::Drawn;

use super::{
    checker::{Checker, Rejection},
    site::Sites,
};

/// What came of a rejected query.
pub(super) enum Edge {
    /// No database is the oracle of the rules, or there are several.
    NotJudged,
    /// No SQL is made of it.
    NotWritten(&'static str),
    /// An oracle of the rule refuses it.
    Refused(&'static str),
    /// Every oracle of the rule takes it.
    Taken(&'static str, String),
}

/// Asks the oracles of the rule that is the only one against the query. Where nothing is made of it, what is accepted for
/// the other database is put to the oracle.
pub(super) fn ask(checker: &Checker, sites: &mut Sites, drawn: &Drawn, errors: &[Rejection]) -> Edge {
    let [error] = errors else { return Edge::NotJudged };
    let Oracle::Databases(oracles) = error.rule.oracle else { return Edge::NotJudged };
    let code = error.rule.code;
    let without = |dialect: &Dialect| match dialect {
        Dialect::Postgres => Targets { postgres: None, ..Targets::default() },
        Dialect::Spanner => Targets { spanner: None, ..Targets::default() },
    };
    let run = checker.run(drawn).or_else(|| match oracles {
        [only] => checker.run_for(drawn, without(only)),
        _ => None,
    });
    let Some(run) = run else { return Edge::NotWritten(code) };
    let outcomes = sites.outcomes(&checker.stage, &[&run]).swap_remove(0);
    let is_refused = outcomes.iter().any(|it| oracles.contains(&it.dialect) && it.rows().is_none());
    match is_refused {
        true => Edge::Refused(code),
        false => Edge::Taken(code, format!("{}\n{}", error.message, drawn.text("q"))),
    }
}
