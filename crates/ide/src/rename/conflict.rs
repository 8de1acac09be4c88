//! Names that are taken.

use std::ops::Range;

use orm_schema_lang::{
    Project, Source,
    database::{Declaration, declarations_named, item_tree},
    item::DeclarationKind,
};

use super::{Rename, RenameError, edits::renamed, tables_with};
use crate::{
    names::{Names, Shorthand, Wanted},
    search::{Found, Sought},
    symbol::{Symbol, columns},
};

fn taken(what: &str, new: &str) -> RenameError {
    RenameError(format!("{what} `{new}` is there already"))
}

/// Whether something else has the name where it is declared.
pub(super) fn check(rename: &Rename<'_>) -> Result<(), RenameError> {
    let (db, new) = (rename.db, rename.new);
    match &rename.symbol {
        Symbol::Declaration(it) => declaration(rename, *it),
        Symbol::Column(it) => {
            let tables = tables_with(db, it.written_in).into_iter().chain([it.written_in]);
            for table in tables {
                if columns(db, table).iter().any(|it| it.declared_name() == new) {
                    let owner = format!("{} `{}` has the column", table.kind(db), table.name(db));
                    return Err(RenameError(format!("{owner} `{new}` already")));
                }
            }
            Ok(())
        }
        Symbol::EnumValue { declaration, .. } => {
            let is_there = declaration.item(db).values.iter().any(|it| *it.name.text == *new);
            if is_there { Err(taken("the value", new)) } else { Ok(()) }
        }
        Symbol::Parameter { declaration, .. } => {
            let query = declaration.item(db).query.as_ref();
            let is_there = query.is_some_and(|it| it.parameters.iter().any(|it| *it.name.text == *new));
            if is_there { Err(taken("the parameter", new)) } else { Ok(()) }
        }
        Symbol::Relation(it) => {
            let from = if it.key.is_back { None } else { Some(it.key.written_in) };
            let is_there = from.is_some_and(|from| columns(db, from).iter().any(|it| it.declared_name() == new));
            if is_there { Err(taken("the column", new)) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

fn declaration(rename: &Rename<'_>, declaration: Declaration) -> Result<(), RenameError> {
    let (db, kind) = (rename.db, declaration.kind(rename.db));
    let name = match declaration.name(db).rsplit_once('.') {
        Some((schema, _)) => format!("{schema}.{}", rename.new),
        None => rename.new.to_owned(),
    };
    let is_type = matches!(kind, DeclarationKind::Enum | DeclarationKind::Mixin);
    if is_type && orm_model::registry::find_type(&name).is_some() {
        return Err(RenameError(format!("`{name}` is a type of the language")));
    }
    let others = declarations_named(db, Project::get(db), &name);
    match others.first() {
        None => Ok(()),
        Some(other) => {
            let place = other.file(db).path(db);
            Err(RenameError(format!("{} `{name}` is there already, in {place}", other.kind(db))))
        }
    }
}

/// Whether the new name would mean something else where the old one stands: a column of another source, a value of an enum.
///
/// The texts are looked at as they would be, while all else is as it is: but for a column, which is found by its new name,
/// the new name must mean nothing yet.
pub(super) fn check_places(rename: &Rename<'_>, sought: &Sought, found: &[Found<'_>]) -> Result<(), RenameError> {
    let db = rename.db;
    let declaration_of = |it: &Found<'_>| it.file.source(db).declaration_at(it.occurrence.range.start);
    let is_one = |a: &Found<'_>, b: &Found<'_>| {
        let index = |it| declaration_of(it).map(|(index, _)| index);
        a.file == b.file && index(a) == index(b)
    };
    for inside in found.chunk_by(is_one) {
        let Some(first) = inside.first() else { continue };
        let Some((index, declaration)) = declaration_of(first) else { continue };
        let Some(declared) = item_tree(db, first.file).get(index) else { continue };
        // A table names other tables and columns by their whole name, and [`check`] has looked at those.
        let is_table = matches!(declared.kind(db), DeclarationKind::Table | DeclarationKind::Mixin);
        if is_table && matches!(rename.symbol, Symbol::Declaration(_)) {
            continue;
        }
        if means_something(rename, sought, *declared, declaration.range(), inside) {
            let (what, name, new) = (declared.kind(db), declared.name(db), rename.new);
            return Err(RenameError(format!("in {what} `{name}`, `{new}` means something else already")));
        }
    }
    Ok(())
}

/// Whether one of the places in a declaration would name something else with the new name.
fn means_something(
    rename: &Rename<'_>,
    sought: &Sought,
    declared: Declaration,
    range: Range<usize>,
    inside: &[Found<'_>],
) -> bool {
    let db = rename.db;
    let file = declared.file(db).source(db).text();
    let (mut text, mut places, mut copied) = (String::new(), Vec::new(), range.start);
    for it in inside.iter().filter(|it| it.occurrence.shorthand == Shorthand::No) {
        let (place, new) = renamed(file, it, rename.new);
        text.push_str(&file[copied..place.start]);
        places.push(text.len());
        text.push_str(&new);
        copied = place.end;
    }
    if places.is_empty() {
        return false;
    }
    text.push_str(&file[copied..range.end]);
    // What a declaration is read as depends on its text alone.
    let after = Source::parse(text);
    let Some(written) = after.declarations().first() else { return false };
    let spelled = [rename.new];
    let names = Names::new(db, declared, written, Wanted::Spelled(&spelled)).in_text(after.text());
    let named = names.with_renamed(rename.new, sought.definition).find();
    named.iter().any(|it| {
        places.contains(&it.range.start) && it.symbol.definition(db).is_some_and(|it| it != sought.definition)
    })
}
