//! Names that are taken.

use std::sync::Arc;

use orm_schema_lang::{
    Project,
    database::{Declaration, LookupName, declarations_named},
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
    let others = declarations_named(db, Project::get(db), LookupName::new(db, Arc::from(name.as_str())));
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
/// The texts are looked at as they would be, while all else is as it is: so the new name must mean nothing yet.
pub(super) fn check_places(rename: &Rename<'_>, sought: &Sought, found: &[Found<'_>]) -> Result<(), RenameError> {
    let db = rename.db;
    let mut rest = found;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|it| it.file == first.file).count();
        let (here, others) = rest.split_at(count);
        rest = others;
        let source = first.file.source(db);
        for (index, declaration) in source.declarations().iter().enumerate() {
            let range = declaration.range();
            let inside: Vec<_> = here
                .iter()
                .filter(|it| range.contains(&it.occurrence.range.start) && it.occurrence.shorthand == Shorthand::No)
                .collect();
            if inside.is_empty() {
                continue;
            }
            let mut after = (**source).edit(0..0, "");
            let mut places = Vec::new();
            for it in inside.iter().rev() {
                let (range, text) = renamed(source.text(), it, rename.new);
                after = after.edit(range.clone(), &text);
                let growth = text.len() as isize - range.len() as isize;
                places
                    .iter_mut()
                    .for_each(|(start, _): &mut (usize, usize)| *start = start.saturating_add_signed(growth));
                places.push((range.start, range.start));
            }
            let (Some(written), Some(declared)) =
                (after.declarations().get(index), orm_schema_lang::database::item_tree(db, first.file).get(index))
            else {
                continue;
            };
            let spelled = [rename.new];
            let clash = Names::new(db, *declared, written, Wanted::Spelled(&spelled)).find().into_iter().find(|it| {
                let is_here = places.iter().any(|(start, _)| *start == it.range.start);
                is_here && it.symbol.definition(db).is_some_and(|it| it != sought.definition)
            });
            if clash.is_some() {
                let name = declared.name(db);
                let what = declared.kind(db);
                let new = rename.new;
                return Err(RenameError(format!("in {what} `{name}`, `{new}` means something else already")));
            }
        }
    }
    Ok(())
}
