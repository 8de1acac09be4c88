//! Names in raw SQL: `${users.email}` and `$parameter`.

use std::ops::Range;

use orm_schema_lang::{
    item::{DeclarationKind, ExpressionItem, ExpressionKind, Item},
    lower::query::raw::{Piece, split},
};

use super::{Access, Names, Shorthand};
use crate::symbol::Symbol;

impl<'db> Names<'_, 'db> {
    /// The texts of a raw query: `sql("…")`, `sql(postgres: "…", spanner: "…")`.
    pub(super) fn raw(&mut self, item: &'db Item, sql: &ExpressionItem) {
        if !matches!(item.kind, DeclarationKind::Query | DeclarationKind::Mutation) {
            return;
        }
        let text = self.text;
        for operand in sql.operands() {
            let ExpressionKind::String(value) = &operand.kind else { continue };
            let Some(inside) = inside(text, self.source.span(operand.anchor)) else { continue };
            // Behind an escape the places in the text are others than those in the value.
            if text[inside.clone()] == **value {
                self.pieces(item, inside.start, value);
            }
        }
    }

    fn pieces(&mut self, item: &'db Item, start: usize, sql: &str) {
        for piece in split(sql) {
            let (Piece::Name(text) | Piece::Parameter(text)) = piece else { continue };
            let start = start + (text.as_ptr().addr() - sql.as_ptr().addr());
            match piece {
                Piece::Parameter(name) => self.parameter_in_text(item, name, start),
                _ => self.name_in_text(text, start),
            }
        }
    }

    fn parameter_in_text(&mut self, item: &'db Item, name: &str, start: usize) {
        let declaration = self.declaration;
        self.text_for(name, start..start + name.len(), Access::Read, Shorthand::No, |_| {
            let item = item.query.as_ref()?.parameters.iter().find(|it| *it.name.text == *name)?;
            Some(Symbol::Parameter { declaration, item })
        });
    }

    /// A table, or a column behind its table.
    fn name_in_text(&mut self, text: &str, start: usize) {
        let kinds = [DeclarationKind::Table, DeclarationKind::View];
        let declared = |it: &Self, name: &str| kinds.iter().find_map(|kind| it.resolve(name, *kind));
        let read = (Access::Read, Shorthand::No);
        if declared(self, text).is_some() {
            let whole = start..start + text.len();
            return self.text_for(text, whole, read.0, read.1, |it| declared(it, text).map(Symbol::Declaration));
        }
        let Some((table, column)) = text.rsplit_once('.') else { return };
        let of_table = start..start + table.len();
        self.text_for(table, of_table, read.0, Shorthand::No, |it| declared(it, table).map(Symbol::Declaration));
        let of_column = start + table.len() + 1..start + text.len();
        self.text_for(column, of_column, read.0, Shorthand::No, |it| it.column_named(declared(it, table)?, column));
    }
}

/// The bytes between the quotation marks of a text.
fn inside(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let written = text.get(range.clone())?;
    ["\"\"\"", "\"", "'"].into_iter().find_map(|mark| {
        let is_it = written.len() >= 2 * mark.len() && written.starts_with(mark) && written.ends_with(mark);
        is_it.then(|| range.start + mark.len()..range.end - mark.len())
    })
}
