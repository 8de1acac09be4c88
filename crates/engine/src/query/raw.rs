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
    let first = query.text.get(dialect).as_ref().and_then(|it| it.first());
    let Some(RawPiece::Text(text)) = first else { return false };
    let word = text.trim_start_matches(|it: char| it.is_whitespace() || it == '(').split_whitespace().next();
    word.is_some_and(|it| it.eq_ignore_ascii_case("select") || it.eq_ignore_ascii_case("with"))
}
