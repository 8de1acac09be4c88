//! `sql("…")` with names and parameters in it.

use orm_model::{
    Expression,
    query::{RawPiece, RawQuery},
};

use super::text::{self, RenderedStatement};
use crate::dialect::expression::Printer;

impl Printer<'_> {
    pub(super) fn raw_query(&self, query: &RawQuery) -> Vec<RenderedStatement> {
        let Some(pieces) = query.text.get(self.dialect.expression_dialect()) else {
            self.refuse("there is no `sql(…)` for it");
            return Vec::new();
        };
        let text: String = pieces.iter().map(|it| self.raw_piece(it)).collect();
        vec![RenderedStatement { pieces: text::pieces(&text), each: None, gives_rows: !query.row.is_empty() }]
    }

    fn raw_piece(&self, piece: &RawPiece) -> String {
        match piece {
            RawPiece::Text(text) => text.clone(),
            RawPiece::Table(table) => self.dialect.object(table),
            RawPiece::Column(column) => self.dialect.quote(column),
            RawPiece::Parameter(parameter) => self.print(&Expression::Parameter(parameter.clone()), None).0,
        }
    }
}

/// Whether the text only reads. Every other statement needs a transaction that may write.
pub(super) fn only_reads(query: &RawQuery, dialect: orm_model::Dialect) -> bool {
    let Some(pieces) = query.text.get(dialect) else { return false };
    let texts = pieces.iter().map(|it| match it {
        RawPiece::Text(text) => text.as_str(),
        // A name or a value is no word of SQL.
        RawPiece::Table(_) | RawPiece::Column(_) | RawPiece::Parameter(_) => "$",
    });
    let text: String = texts.collect();
    let mut words = text.split(|it: char| !it.is_alphanumeric() && it != '_').filter(|it| !it.is_empty());
    let is = |word: &str, of: &[&str]| of.iter().any(|it| it.eq_ignore_ascii_case(word));
    match words.next() {
        Some(first) if is(first, READING) => !words.any(|it| is(it, WRITING)),
        _ => false,
    }
}

/// What a statement that reads begins with.
const READING: &[&str] = &["select", "with", "values", "table"];

/// What makes such a statement write: PostgreSQL's `WITH … AS (INSERT …)`, `SELECT … INTO`, and locks. Where a word
/// stands for something else, the statement runs in a transaction that may write and does not.
const WRITING: &[&str] = &["insert", "update", "delete", "merge", "into", "share", "nextval", "setval"];
