//! A line of a table or mixin: its beginning, and what follows the name of a column.

use orm_model::registry::{ITEMS, Positional};
use orm_schema_lang::{
    database::resolve,
    item::{DeclarationKind, Member},
    lower::shape::shape,
};

use super::{
    Completer, CompletionKind, attribute, column_type,
    context::{Frame, Item},
    expression,
};

pub(super) fn complete(completer: &mut Completer<'_, '_>, inner: &Frame<'_>) {
    match inner.tokens.as_slice() {
        [] => beginning(completer),
        [Item::Sign("...")] => completer.declarations(0, DeclarationKind::Mixin),
        [Item::Word(name)] => column_type::complete(completer, name),
        tokens => match tokens.iter().rposition(|it| *it == Item::Sign("=")) {
            // `@check(a = b)` is in brackets of its own.
            Some(equals) if tokens[equals + 1..].is_empty() => expression::default_value(completer, &[]),
            Some(equals) if !tokens[tokens.len() - 1].is_operand() => {
                expression::default_value(completer, &tokens[equals + 1..]);
            }
            _ => attribute::with_sign(completer),
        },
    }
}

/// Table items and mixins; the name of a column is the user's own choice.
fn beginning(completer: &mut Completer<'_, '_>) {
    let (db, project) = (completer.db, completer.project);
    let members = completer.marked.as_ref().map(|it| it.item().members.as_slice()).unwrap_or_default();
    let has_key = members.iter().any(|member| match member {
        Member::Spread(it) => {
            let mixin = it.name.as_ref().and_then(|it| resolve(db, project, &it.text, &[DeclarationKind::Mixin]));
            mixin.is_some_and(|it| shape(db, project, it).primary_key.is_some())
        }
        Member::Item(it) => &*it.name.text == "primary_key",
        Member::Column(it) => {
            it.attributes.iter().filter_map(|it| it.name.as_ref()).any(|it| &*it.text == "primary_key")
        }
    });
    if !has_key && let Some(item) = completer.offer(0, CompletionKind::Snippet, "id") {
        item.detail = Some("id  uuid = uuid()  @primary_key".to_owned());
        item.insert = "id  uuid = uuid()  @primary_key".to_owned();
    }
    for (rank, word) in (10..).zip(ITEMS) {
        if has_key && word.name == "primary_key" {
            continue;
        }
        if let Some(item) = completer.offer(rank, CompletionKind::TableItem, word.name) {
            item.detail = Some(word.example.to_owned());
            item.insert = format!("{}()", word.name);
            item.snippet = Some(match word.positional {
                _ if word.name == "foreign_key" => "foreign_key($1, references: $2)$0".to_owned(),
                _ if word.name == "ttl" => "ttl($1, days: ${2:30})$0".to_owned(),
                Positional::None => format!("{}()$0", word.name),
                _ => format!("{}($1)$0", word.name),
            });
            item.key = Some(format!("item:{}", word.name));
        }
    }
    for mixin in completer.all(DeclarationKind::Mixin) {
        if completer.declaration == Some(mixin) {
            continue;
        }
        if let Some(item) = completer.offer(1, CompletionKind::Mixin, &format!("...{}", mixin.name(db))) {
            item.detail = Some("mixin".to_owned());
            item.key = Some(format!("mixin:{}", mixin.name(db)));
        }
    }
}
