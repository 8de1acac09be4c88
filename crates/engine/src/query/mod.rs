//! Queries and mutations as SQL, and their rows back.
//!
//! | module | subject |
//! |---|---|
//! | [`text`] | the SQL as data: pieces, parameters, parts that may be left out |
//! | `select`, `group`, `nested` | what is read: clauses, groups, relations in one round trip |
//! | `mutation`, `upsert`, `raw` | what is written |
//! | [`argument`], [`rows`], [`decode`], [`run`](fn@run) | values in, rows out |
//! | `dialect` | what the databases write differently |
//!
//! The writer adds its methods to the [printer of expressions](crate::dialect::expression), since each holds the other.

pub mod argument;
mod common;
pub mod decode;
mod dialect;
mod group;
pub(crate) mod marks;
mod mutation;
mod nested;
mod raw;
pub mod rows;
mod run;
mod scope;
mod select;
#[cfg(test)]
mod tests;
pub mod text;
mod upsert;

use std::borrow::Cow;

use orm_model::{
    Dialect, Expression, Literal, Schema, Targets,
    query::{Query, QueryBody, RawPiece, Select},
};

pub use argument::{Argument, ArgumentError, Arguments};
pub use decode::{Cell, DecodeError, Record};
pub use dialect::{QueryDialect, SortText};
use group::unknown as unknown_type;
pub(crate) use group::value_type;
pub use rows::RowsError;
pub use run::{Answer, RunError, run};
pub use scope::QueryScope;
pub use text::{Bound, Given, Piece, Rendered, RenderedStatement, Slot};

use crate::dialect::expression::{Place, Printer, Scope};
use select::Shape;

/// What a database cannot do of a query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} has no SQL for `{query}`: {reason}", dialect.title())]
pub struct RenderError {
    /// The name of the query.
    pub query: String,
    /// The database.
    pub dialect: Dialect,
    /// What it cannot do.
    pub reason: String,
}

/// The SQL of a query in `dialect`. The query was checked against `schema`; what the checker leaves to the database, and
/// the database cannot do, is an error.
pub fn render(query: &Query, schema: &Schema, targets: &Targets, dialect: Dialect) -> Result<Rendered, RenderError> {
    let refused = |reason: String| RenderError { query: query.name.clone(), dialect, reason };
    if let Some(only) = query.only.filter(|it| *it != dialect) {
        return Err(refused(format!("it is for {} only", only.title())));
    }
    let sql = crate::dialect::of(dialect);
    if has_ambiguous_text(&query.body, |text| sql.string(text)) {
        return Err(refused("a text in it holds the character U+0000".to_owned()));
    }
    let body = match sql.nests_common_tables() {
        true => Cow::Borrowed(&query.body),
        false => Cow::Owned(common::without_tables(&query.body)),
    };
    let scope = QueryScope::new(&body, schema, sql);
    let printer = Printer { dialect: sql, scope: Scope { schema, targets, place: Place::Query(&scope) } };
    let (statements, writes) = match &*body {
        QueryBody::Select(it) => {
            let text = printer.whole(it, Shape::Columns);
            let statement = RenderedStatement { pieces: text::pieces(&text), each: None, gives_rows: true };
            (vec![statement], body.selects().iter().any(|it| it.select.lock.is_some()))
        }
        QueryBody::Insert(it) => (printer.insert(it), true),
        QueryBody::Update(it) => (printer.update(it), true),
        QueryBody::Delete(it) => (printer.delete(it), true),
        QueryBody::Sql(it) => (printer.raw_query(it), !raw::only_reads(it, dialect)),
    };
    match scope.refusal() {
        Some(reason) => Err(refused(reason)),
        None => Ok(Rendered { statements, writes }),
    }
}

impl Printer<'_> {
    /// A query that is no part of another one.
    fn whole(&self, select: &Select, shape: Shape<'_>) -> String {
        if self.dialect.nests_common_tables() || !common::is_nested(select) {
            return self.shaped(select, shape);
        }
        self.shaped(&common::hoisted(select), shape)
    }
}

/// Whether a text of the query would be taken for a mark.
fn has_ambiguous_text(body: &QueryBody, literal: impl Fn(&str) -> String) -> bool {
    let mut found = false;
    body.walk(&mut |it| {
        found |= match it {
            Expression::Literal(Literal::String(text) | Literal::Json(text)) => {
                marks::is_ambiguous(text) && marks::is_ambiguous(&literal(text))
            }
            Expression::Sql(texts) => {
                Dialect::ALL.iter().filter_map(|it| texts.get(*it).as_deref()).any(marks::is_ambiguous)
            }
            _ => false,
        };
    });
    if let QueryBody::Sql(raw) = body {
        let texts = Dialect::ALL.iter().filter_map(|it| raw.text.get(*it).as_ref()).flatten();
        found |= texts.into_iter().any(|it| matches!(it, RawPiece::Text(text) if marks::is_ambiguous(text)));
    }
    found
}
