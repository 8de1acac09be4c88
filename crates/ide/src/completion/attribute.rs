//! Attributes, behind `@` or where one may stand.

use orm_model::registry::{ATTRIBUTES, Place, Positional, WordInfo};

use super::{Completer, CompletionKind, context::Item};

/// Behind `@`.
pub(super) fn complete(completer: &mut Completer<'_, '_>) {
    offer(completer, "");
}

/// Where the `@` is not typed yet.
pub(super) fn with_sign(completer: &mut Completer<'_, '_>) {
    offer(completer, "@");
}

fn offer(completer: &mut Completer<'_, '_>, sign: &str) {
    let place = completer.attribute_place();
    let tokens = completer.context.inner().tokens.clone();
    let name = match tokens.first() {
        Some(Item::Word(name)) if place == Place::Column => *name,
        _ => "",
    };
    let is_there = |word: &WordInfo| {
        tokens.windows(2).any(|it| it[0] == Item::Sign("@") && it[1] == Item::Word(word.name)) && word.name != "check"
    };
    for (rank, word) in (10..).zip(ATTRIBUTES.iter().filter(|it| it.places.contains(&place))) {
        let is_likely = match word.name {
            "primary_key" => name == "id",
            "references" => name.ends_with("_id"),
            "on_update" => name == "updated_at",
            _ => false,
        };
        if is_there(word) {
            continue;
        }
        let rank = if is_likely { 0 } else { rank };
        if let Some(item) = completer.offer(rank, CompletionKind::Attribute, &format!("{sign}{}", word.name)) {
            item.detail = Some(word.example.to_owned());
            item.key = Some(format!("attribute:{}", word.name));
            item.snippet = match (word.positional, word.named) {
                (Positional::None, []) => None,
                // `@unique` mostly stands alone.
                (Positional::None, _) if matches!(word.name, "unique") => None,
                (Positional::Text, _) => Some(format!("{sign}{}(\"$1\")$0", word.name)),
                _ => Some(format!("{sign}{}($1)$0", word.name)),
            };
        }
    }
}
