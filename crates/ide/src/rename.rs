//! Another name for something, wherever it is named.
//!
//! What follows from the name follows it: a relation that is called after a column or table, in every query. What a query
//! or row calls after it keeps its name. The keys of interleaved tables are called alike ([`interleaved`]). And what the migrations have made keeps its data: `@was(…)` says the old name
//! ([`old_name`]). A rename that would make two things one is refused ([`conflict`]).

mod conflict;
mod edits;
mod interleaved;
mod old_name;

use std::ops::Range;

use orm_schema_lang::{
    Database, File, Project,
    database::Declaration,
    diagnostics::written_name,
    item::{DeclarationKind, argument},
    lower::query::relation::{RelationKind, TableRelation, relation_key, relations},
    usages::carriers,
    workspace::FileEdit,
};

use crate::{
    base::BaseSchema,
    names::{Occurrence, is_parameter_name, last_part},
    search::{Found, Sought},
    symbol::{ColumnSymbol, RelationSymbol, Symbol, columns, source_of},
    symbol_at::symbol_at,
};
use edits::Edits;

/// Why something cannot get a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RenameError(pub String);

/// What can be renamed at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renameable {
    /// The bytes of the name.
    pub range: Range<usize>,
    /// The name.
    pub name: String,
}

/// An edit that a rename makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenameEdit {
    /// The edit.
    pub edit: FileEdit,
    /// Why it is made.
    pub reason: RenameReason,
}

/// Why a rename edits a place. People look through a rename by these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RenameReason {
    /// The name stands there.
    Name,
    /// A relation stands there that is called after what is renamed: what a query answers is called so, too.
    Relation,
    /// The old name is written there or taken away, for the next migration.
    OldName,
}

/// What a rename is asked for.
struct Rename<'a> {
    db: &'a Database,
    base: &'a BaseSchema,
    symbol: Symbol<'a>,
    /// The last part of the name.
    old: String,
    new: &'a str,
}

/// What the name at `offset` is, if it can get another one.
pub(crate) fn prepare(db: &Database, file: File, offset: usize) -> Result<Renameable, RenameError> {
    let (here, name) = renameable(db, file, offset)?;
    let text = &file.source(db).text()[here.range.clone()];
    // Of `auth.users` the last part is renamed.
    let last = last_part(text).len();
    let range = if text.starts_with('`') { here.range } else { here.range.end - last..here.range.end };
    Ok(Renameable { range, name })
}

fn renameable(db: &Database, file: File, offset: usize) -> Result<(Occurrence<'_>, String), RenameError> {
    let refuse = |why: &str| Err(RenameError(why.to_owned()));
    let Some(here) = symbol_at(db, file, offset) else { return refuse("there is no name here") };
    let name = match &here.symbol {
        Symbol::Declaration(it) if matches!(it.kind(db), DeclarationKind::Raw | DeclarationKind::Junk) => {
            return refuse("a raw block has no name");
        }
        Symbol::Declaration(it) if it.kind(db) == DeclarationKind::Extension => {
            return refuse("the name of an extension is PostgreSQL's");
        }
        Symbol::Declaration(it) => last_part(it.name(db)).to_owned(),
        Symbol::Word(_) => return refuse("this is a word of the language"),
        Symbol::Column(it) => it.item.name.text.to_string(),
        Symbol::Parameter { item, .. } => item.name.text.to_string(),
        _ => file.source(db).text()[here.range.clone()].trim_matches('`').to_owned(),
    };
    Ok((here, name))
}

/// The edits that give `new` to what the name at `offset` means, ordered by path and place.
pub(crate) fn rename(
    db: &Database,
    base: &BaseSchema,
    file: File,
    offset: usize,
    new: &str,
) -> Result<Vec<RenameEdit>, RenameError> {
    let (here, old) = renameable(db, file, offset)?;
    let new = new.trim().trim_matches('`');
    check_name(&here.symbol, new)?;
    if new == old {
        return Ok(Vec::new());
    }
    let mut symbols = vec![here.symbol];
    if let Symbol::Column(column) = here.symbol {
        symbols.extend(interleaved::called_alike(db, column).into_iter().map(Symbol::Column));
    }
    let mut edits = Edits::new(db);
    for symbol in symbols {
        let rename = Rename { db, base, symbol, old: old.clone(), new };
        conflict::check(&rename)?;
        rename.occurrences(&mut edits)?;
        rename.followers(&mut edits);
        old_name::keep_data(&rename, &mut edits);
    }
    Ok(edits.finish())
}

fn check_name(symbol: &Symbol<'_>, name: &str) -> Result<(), RenameError> {
    if name.contains('.') {
        return Err(RenameError(format!("`{name}` has a point: a rename leaves a thing in its schema")));
    }
    let is_possible = match symbol {
        Symbol::Parameter { .. } => is_parameter_name(name),
        _ => !name.is_empty() && !name.contains(['`', '\n', '\r']),
    };
    if is_possible {
        return Ok(());
    }
    Err(RenameError(format!("`{name}` is no name: it begins with a letter or `_`, and has letters, digits and `_`")))
}

impl<'a> Rename<'a> {
    /// Where it is named.
    fn occurrences(&self, edits: &mut Edits<'a>) -> Result<(), RenameError> {
        let Some(sought) = Sought::new(self.db, &self.symbol, &self.old) else { return Ok(()) };
        let mut found = sought.everywhere(self.db);
        found.retain(|it| match (&self.symbol, &it.occurrence.symbol) {
            // A relation may lead to a table under a name of its own.
            (Symbol::Declaration(_), Symbol::Relation(relation)) => {
                !is_named(self.db, relation) && edits.text(it).trim_matches('`') == self.old
            }
            _ => true,
        });
        if let Symbol::Relation(relation) = &self.symbol
            && !is_named(self.db, relation)
        {
            self.name_relation(relation, self.new, edits)?;
        }
        conflict::check_places(self, &sought, &found)?;
        for it in &found {
            let is_relation = matches!(it.occurrence.symbol, Symbol::Relation(_));
            let follows = is_relation && !matches!(self.symbol, Symbol::Relation(_));
            edits.rename(it, self.new, if follows { RenameReason::Relation } else { RenameReason::Name });
        }
        Ok(())
    }

    /// A relation that is called after something gets a name of its own: `as: author`.
    fn name_relation(&self, relation: &RelationSymbol, name: &str, edits: &mut Edits<'a>) -> Result<(), RenameError> {
        let key = relation.key;
        let source = source_of(self.db, key.written_in);
        let place = source.map(|it| it.span(key.anchor));
        let text = key.written_in.file(self.db).source(self.db).text();
        let close = place.and_then(|it| Some(it.start + text.get(it.clone())?.rfind(')')?));
        let word = if key.is_back { "back" } else { "as" };
        let takes = key.written_in.item(self.db).arguments_at(key.anchor).is_some();
        let Some(close) = close.filter(|_| takes) else {
            return Err(RenameError("this relation has its name from an interleaving".to_owned()));
        };
        edits.insert(
            key.written_in.file(self.db),
            close,
            &format!(", {word}: {}", written_name(name)),
            RenameReason::Name,
        );
        Ok(())
    }

    /// The relations that are called after a column, or from now on are.
    fn followers(&self, edits: &mut Edits<'a>) {
        let Symbol::Column(column) = self.symbol else { return };
        for (symbol, old) in self.relations_of(&column) {
            let table = symbol.target.map_or("", |it| last_part(it.name(self.db)));
            let new = stem(self.new).unwrap_or(table);
            if new == old {
                continue;
            }
            // One that would be called like something else keeps the name that it has.
            if self.is_taken(&column, &symbol, new) && self.name_relation(&symbol, &old, edits).is_ok() {
                continue;
            }
            if let Some(sought) = Sought::new(self.db, &Symbol::Relation(symbol), &old) {
                sought.everywhere(self.db).iter().for_each(|it| edits.rename(it, new, RenameReason::Relation));
            }
        }
    }

    /// Whether a table with the column has something else of this name, the column itself with its new one included.
    fn is_taken(&self, column: &ColumnSymbol<'_>, relation: &RelationSymbol, name: &str) -> bool {
        let (db, project) = (self.db, Project::get(self.db));
        let tables = tables_with(db, column.written_in);
        let is_other = |table: Declaration, it: &TableRelation| {
            *it.name == *name && relation_key(db, project, table, it).is_some_and(|key| key != relation.key)
        };
        name == self.new
            || tables.into_iter().any(|table| {
                columns(db, table).iter().any(|it| it.declared_name() == name && it.declared_name() != self.old)
                    || relations(db, project, table).iter().any(|it| is_other(table, it))
            })
    }

    /// The relations that foreign keys of this column alone make without a name of their own.
    fn relations_of(&self, column: &ColumnSymbol<'_>) -> Vec<(RelationSymbol, String)> {
        let (db, project) = (self.db, Project::get(self.db));
        let mut found: Vec<(RelationSymbol, String)> = Vec::new();
        for table in tables_with(db, column.written_in) {
            let Some(shape) = columns(db, table).iter().find(|it| it.declared_name() == self.old) else { continue };
            for relation in relations(db, project, table) {
                let is_own = matches!(relation.kind, RelationKind::One { .. })
                    && matches!(relation.columns.as_slice(), [(own, _)] if *own == shape.column.name);
                if !is_own {
                    continue;
                }
                let key = relation_key(db, project, table, relation);
                let symbol = key.map(|key| RelationSymbol { key, target: Some(relation.target) });
                let is_new = |it: &RelationSymbol| {
                    !it.key.is_back && !is_named(db, it) && !found.iter().any(|other| other.0.key == it.key)
                };
                found.extend(symbol.filter(is_new).map(|it| (it, relation.name.to_string())));
            }
        }
        found
    }
}

/// `user` of `user_id`: what a relation of this column is called.
fn stem(column: &str) -> Option<&str> {
    column.strip_suffix("_id").filter(|it| !it.is_empty())
}

/// Whether the foreign key gives the relation a name.
fn is_named(db: &Database, relation: &RelationSymbol) -> bool {
    let word = if relation.key.is_back { "back" } else { "as" };
    let arguments = relation.key.written_in.item(db).arguments_at(relation.key.anchor);
    arguments.is_some_and(|it| argument(it, word).is_some())
}

/// The tables that have the columns of a declaration: itself, or those that spread it.
pub(crate) fn tables_with(db: &Database, declaration: Declaration) -> Vec<Declaration> {
    let mut tables = carriers(db, Project::get(db), declaration);
    tables.retain(|it| it.kind(db) == DeclarationKind::Table);
    tables
}

#[cfg(test)]
mod tests;
