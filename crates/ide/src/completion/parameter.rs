//! The parameters of a query or mutation, in the parentheses behind its name.

use std::collections::BTreeSet;

use orm_schema_lang::{item::DeclarationKind, lower::shape::ColumnShape};

use super::{
    Completer, CompletionKind, MARKER, column_type,
    context::{Frame, Item},
    expression, query,
    tokens::{Token, tokens},
};
use crate::{
    names::{Names, Scope, is_parameter_name},
    symbol::{Symbol, columns},
};

pub(super) fn complete(completer: &mut Completer<'_, '_>, inner: &Frame<'_>) {
    match inner.tokens.as_slice() {
        [] => names(completer),
        [Item::Word(name), Item::Sign(":")] => {
            column_type::complete(completer, name);
            completer.declarations(300, DeclarationKind::Table);
        }
        [Item::Word(_), Item::Sign(":"), Item::Word(name), rest @ ..] if rest.last() == Some(&Item::Sign("=")) => {
            expression::value_of_type(completer, name);
        }
        _ => {}
    }
}

/// What the body takes already, then what is called like a column of its tables; with the type of the column.
fn names(completer: &mut Completer<'_, '_>) {
    let Some(marked) = completer.marked.take() else { return };
    let parameters = marked.item().query.iter().flat_map(|it| &it.parameters);
    let declared: BTreeSet<&str> = parameters.map(|it| &*it.name.text).filter(|it| *it != MARKER).collect();
    let range = marked.declaration().range();
    let mut used = Vec::new();
    for token in tokens(&marked.source.text()[range]).0 {
        if let Token::Parameter(name) = token
            && !name.is_empty()
            && !declared.contains(name)
            && !used.contains(&name)
        {
            used.push(name);
        }
    }
    let is_mutation = completer.context.keyword == "mutation";
    query::with_scope(completer, &marked, |completer, names, scope, _| {
        let columns = columns_in(completer, names, scope);
        for (rank, name) in (0..).zip(&used) {
            let column = columns.iter().find(|it| it.declared_name() == *name);
            offer(completer, rank, name, column.copied(), is_mutation);
        }
        for (rank, column) in (1000..).zip(columns) {
            let name = column.declared_name();
            if !declared.contains(name) && !used.contains(&name) && !name.is_empty() {
                offer(completer, rank, name, Some(column), is_mutation);
            }
        }
    });
}

/// The columns that are written, then those that are read.
fn columns_in<'db>(
    completer: &Completer<'_, 'db>,
    names: &Names<'_, 'db>,
    scope: &Scope<'db>,
) -> Vec<&'db ColumnShape> {
    let written = scope.target.into_iter().flat_map(|it| columns(completer.db, it));
    let read = scope.reads.iter().flat_map(|it| names.columns_of(it)).filter_map(|(_, symbol)| match symbol {
        Symbol::Column(it) => Some(it.shape),
        _ => None,
    });
    written.chain(read).filter(|it| it.column.only.is_none()).collect()
}

/// `name: text?`
fn offer(completer: &mut Completer<'_, '_>, rank: u32, name: &str, column: Option<&ColumnShape>, is_mutation: bool) {
    let column_type = column.and_then(|it| {
        let nullable = is_mutation && it.column.nullable;
        Some(format!("{}{}", it.column_type()?, if nullable { "?" } else { "" }))
    });
    if !is_parameter_name(name) {
        return;
    }
    let insert = match completer.has_colon {
        true => name.to_owned(),
        false => format!("{name}: {}", column_type.as_deref().unwrap_or_default()),
    };
    if let Some(item) = completer.offer(rank, CompletionKind::Parameter, name) {
        item.insert = insert;
        item.detail = column_type;
    }
}
