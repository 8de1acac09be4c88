//! Queries and mutations to the model.
//!
//! - [`parameters`]: what stands in the parentheses after the name.
//! - [`clauses`]: which clauses there are, in whatever order they are written.
//! - [`names`]: what a name may be.
//! - [`source`]: what `from` and the joins read.
//! - [`relation`]: from a table to those that refer to it, and to which it refers.
//! - [`path`]: a value by way of relations to one row.
//! - [`select`]: a query that reads.
//! - [`output`]: what it gives.
//! - [`grouping`]: what may stand beside an aggregate.
//! - [`mutation`]: a query that writes.
//! - [`value`]: a value that is written into a column.
//! - [`raw`]: a query of raw SQL.
//! - [`set`]: rows of several queries put together.
//! - [`expression`]: what only queries hold.
//! - [`uses`]: whether what is read is there for every database, and should be used.

pub(crate) mod clauses;
pub(crate) mod expression;
mod grouping;
mod mutation;
mod mutation_fix;
pub(crate) mod names;
mod output;
mod parameters;
mod path;
pub mod raw;
pub mod relation;
mod select;
mod set;
mod source;
mod uses;
mod value;

use names::{SourcePlace, Whole};
use orm_model::{
    query::{Cardinality, Query, QueryBody, Select},
    registry::Place,
};

use super::{
    Scope,
    expand::Origin,
    words::{check_attributes, only, text},
};
use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    diagnostics::{
        Diagnostic,
        rules::{bad_clause, unused_parameter},
    },
    item::{
        Anchor, DeclarationKind, Item,
        query::{Clause, ClauseKind, QueryItem},
    },
};

/// What a query or mutation became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoweredQuery {
    /// The query; `None` where a finding says why there is none.
    pub query: Option<Query>,
    /// Where its sources were written.
    pub(crate) places: Vec<SourcePlace>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A query or mutation to the model.
#[salsa::tracked(returns(ref))]
pub fn lower_query(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> LoweredQuery {
    project.settled(db);
    let item = declaration.item(db);
    let origin = Origin::of(declaration);
    let mut diagnostics = Vec::new();
    let mut scope = Scope::of(db, project, &origin, only(&item.attributes), &mut diagnostics);
    let mut places = Vec::new();
    let query = lower(&mut scope, item, &mut places);
    LoweredQuery { query, places, diagnostics }
}

fn lower(scope: &mut Scope<'_>, item: &Item, places: &mut Vec<SourcePlace>) -> Option<Query> {
    check_attributes(scope, &item.attributes, Place::Query);
    let name = item.name.as_ref()?;
    let written = item.query.as_deref()?;
    let parameters = parameters::lower(scope, &written.parameters);
    unused_parameter::check(scope, item, written);
    let parameters = parameters?;
    let row = written.result.as_ref().and_then(|it| it.row.as_deref());
    let body = match (&written.clauses, &item.sql) {
        (Some(clauses), _) => {
            if let Some(column) = row.and_then(|it| it.first()) {
                scope.report(bad_clause::declared_row(scope.at(column.anchor)));
            }
            let whole = Whole::new(&parameters);
            let body = match item.kind {
                DeclarationKind::Mutation => mutation::lower(scope, clauses, name.anchor, &whole)?,
                _ => {
                    let verb = |it: &&Clause| it.kind.is_verb();
                    if let Some(clause) = clauses.iter().find(verb) {
                        scope.report(bad_clause::of_a_mutation(scope.at(clause.anchor), clause.kind.word()));
                        return None;
                    }
                    let around = names::Around::nothing(&whole);
                    QueryBody::Select(Box::new(select::lower(scope, clauses, name.anchor, &around)?))
                }
            };
            *places = whole.places.take();
            body
        }
        (None, Some(sql)) => QueryBody::Sql(raw::lower(scope, sql, row.unwrap_or_default(), &parameters)?),
        (None, None) => return None,
    };
    let cardinality = cardinality(scope, written, &body)?;
    Some(Query {
        name: name.text.to_string(),
        doc: item.doc.clone(),
        deprecated: text(&item.attributes, "deprecated").map(str::to_owned),
        parameters,
        cardinality,
        body,
        only: only(&item.attributes),
    })
}

/// What stands after the colon. Without it a query gives many rows, a mutation those that it returns.
fn cardinality(scope: &mut Scope<'_>, written: &QueryItem, body: &QueryBody) -> Option<Cardinality> {
    let gives_rows = !body.row().is_empty();
    let Some(result) = &written.result else {
        return Some(if gives_rows { Cardinality::Many } else { Cardinality::Exec });
    };
    let word = result.cardinality.as_ref()?;
    let cardinality = match &*word.text {
        "many" => Cardinality::Many,
        "one" => Cardinality::One,
        "optional" => Cardinality::Optional,
        "exec" => Cardinality::Exec,
        other => {
            scope.report(bad_clause::no_row_count(scope.at(word.anchor), other));
            return None;
        }
    };
    if gives_rows == (cardinality == Cardinality::Exec) {
        let here = scope.at(word.anchor);
        scope.report(match body {
            QueryBody::Sql(_) if !gives_rows => bad_clause::undeclared_row(here, &word.text),
            _ => bad_clause::other_row_count(here, &word.text, gives_rows),
        });
        return None;
    }
    Some(cardinality)
}

/// The clauses of a view; `None` where findings say why they are none.
pub(super) fn lower_view(
    scope: &mut Scope<'_>,
    clauses: &[Clause],
    anchor: Anchor,
    places: &mut Vec<SourcePlace>,
) -> Option<Select> {
    let whole = Whole::new(&[]);
    let query = select::lower(scope, clauses, anchor, &names::Around::nothing(&whole));
    *places = whole.places.take();
    let query = query?;
    select::refuse_relations(scope, clauses, &query)?;
    if let Some(clause) = clauses.iter().find(|it| matches!(it.kind, ClauseKind::Lock { .. })) {
        scope.report(bad_clause::of_a_query(scope.at(clause.anchor), clause.kind.word()));
        return None;
    }
    Some(query)
}
