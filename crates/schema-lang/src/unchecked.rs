//! What a schema holds that nobody looks into: raw SQL.

use std::ops::Range;

use crate::{
    database::{Database, File, item_tree},
    item::{DeclarationKind, Item, Name},
};

/// SQL of a person, which is taken as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchecked {
    /// A raw block or a view.
    pub kind: DeclarationKind,
    /// The first line of the block, or the name of the view.
    pub title: String,
    /// Bytes of the file: the database of the block, or the name of the view.
    pub range: Range<usize>,
}

/// What of a file is not looked into, in its order.
pub(crate) fn unchecked(db: &Database, file: File) -> Vec<Unchecked> {
    let sources = file.source(db).declarations();
    let is_sql = |kind| matches!(kind, DeclarationKind::Raw | DeclarationKind::View);
    let pairs = item_tree(db, file).iter().zip(sources).filter(|(it, _)| is_sql(it.kind(db)));
    let found = pairs.filter_map(|(declaration, source)| {
        let item = declaration.item(db);
        let (name, title) = sql(item)?;
        Some(Unchecked { kind: item.kind, title, range: source.span(name.anchor) })
    });
    found.collect()
}

fn sql(item: &Item) -> Option<(&Name, String)> {
    match item.kind {
        DeclarationKind::Raw => {
            let raw = item.raw.as_ref()?;
            let first = raw.up.as_deref().unwrap_or_default().trim().lines().next().unwrap_or_default();
            Some((raw.dialect.as_ref()?, first.trim().to_owned()))
        }
        DeclarationKind::View => item.sql.as_ref().and(item.name.as_ref()).map(|it| (it, it.text.to_string())),
        _ => None,
    }
}
