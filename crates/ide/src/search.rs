//! Where something is named, in the whole project.
//!
//! The texts are searched for the name first, which costs little however large a project is; only declarations that spell
//! it are walked, and only names that are spelled so are looked up.

use std::{collections::BTreeSet, ops::Range};

use memchr::memmem::Finder;
use orm_schema_lang::{
    Database, File, Project,
    database::{Declaration, LookupName, file_positions, item_tree},
    item::DeclarationKind,
    lower::query::relation::relations,
    usages::{self, declarations_referring},
};

use crate::{
    names::{Names, Occurrence, Shorthand, Wanted, last_part},
    symbol::{Definition, LocalKind, Symbol},
    symbol_at::symbol_at,
};

/// Something whose names are looked for.
pub(crate) struct Sought {
    /// Where it is declared.
    pub(crate) definition: Definition,
    /// How its name may be spelled.
    names: BTreeSet<String>,
    /// The table that relations lead to which are looked for as well.
    target: Option<Declaration>,
    /// Whether only its own declaration can name it.
    is_local: bool,
    /// The tables and mixins that have it, if it is a column of few of them: other tables and mixins name it behind a name of
    /// theirs only.
    carriers: Option<Vec<Declaration>>,
}

/// Of a column that more tables and mixins have, every declaration that spells it is walked: most of them mean it.
const MOST_CARRIERS: usize = 16;

/// A name and the file that it stands in.
pub(crate) struct Found<'db> {
    pub(crate) file: File,
    pub(crate) occurrence: Occurrence<'db>,
}

impl Sought {
    /// What the name at an offset means, and every way to it; `None` where nothing is declared.
    pub(crate) fn at(db: &Database, file: File, offset: usize) -> Option<Self> {
        let here = symbol_at(db, file, offset)?;
        let written = file.source(db).text().get(here.range)?.to_owned();
        Sought::new(db, &here.symbol, &written)
    }

    /// `written`: what it is called where it was asked for.
    pub(crate) fn new(db: &Database, symbol: &Symbol<'_>, written: &str) -> Option<Self> {
        let definition = symbol.definition(db)?;
        let (mut target, mut is_local, mut carriers) = (None, false, None);
        let mut names = BTreeSet::new();
        match symbol {
            Symbol::Declaration(it) => {
                names.insert(last_part(it.name(db)).to_owned());
                is_local = matches!(it.kind(db), DeclarationKind::Raw | DeclarationKind::Junk);
                if it.kind(db) == DeclarationKind::Table {
                    names.extend(relations_to(db, *it));
                    target = Some(*it);
                }
            }
            Symbol::Column(it) => {
                names.insert(it.item.name.text.to_string());
                carriers =
                    Some(usages::carriers(db, Project::get(db), it.written_in)).filter(|it| it.len() <= MOST_CARRIERS);
            }
            Symbol::EnumValue { declaration, index } => {
                names.insert(declaration.item(db).values.get(*index)?.name.text.to_string());
            }
            Symbol::Parameter { item, .. } => {
                names.insert(item.name.text.to_string());
                is_local = true;
            }
            Symbol::Local(it) => {
                names.insert(written.trim_matches('`').to_owned());
                // What a view gives is read elsewhere.
                is_local = it.kind != LocalKind::Output || it.declaration.kind(db) != DeclarationKind::View;
            }
            _ => drop(names.insert(written.trim_matches('`').to_owned())),
        }
        Some(Sought { definition, names, target, is_local, carriers })
    }

    /// Where it is named, in the order of paths and places.
    pub(crate) fn everywhere<'db>(&self, db: &'db Database) -> Vec<Found<'db>> {
        if self.is_local {
            return self.in_file(db, self.definition.declaration().file(db));
        }
        Project::get(db).files(db).into_iter().flat_map(|file| self.in_file(db, file)).collect()
    }

    /// Where it is named in a file, in the order of the text.
    pub(crate) fn in_file<'db>(&self, db: &'db Database, file: File) -> Vec<Found<'db>> {
        let source = file.source(db);
        let names: Vec<_> = self.names.iter().map(String::as_str).collect();
        let mut found = Vec::new();
        let may_name = self.carriers.as_ref().map(|it| naming(db, file, it));
        let spelling = declarations_spelling(db, file, &names);
        for (index, places) in spelling.declarations {
            let (Some(declaration), Some(written)) = (item_tree(db, file).get(index), source.declarations().get(index))
            else {
                continue;
            };
            if self.is_local && *declaration != self.definition.declaration() {
                continue;
            }
            let is_table = matches!(declaration.kind(db), DeclarationKind::Table | DeclarationKind::Mixin);
            if is_table && may_name.as_ref().is_some_and(|it| !it.contains(&index)) {
                continue;
            }
            let mut here = Names::new(db, *declaration, written, Wanted::Spelled(&names))
                .at_places(&spelling.places[places])
                .find();
            here.retain(|it| self.is_meant(db, &it.symbol));
            here.sort_by_key(|it| (it.range.start, it.range.end));
            here.dedup_by(|a, b| {
                let is_same = a.range == b.range;
                // A name that says the same thing twice is no shorthand.
                if is_same && a.shorthand != b.shorthand {
                    b.shorthand = Shorthand::No;
                }
                is_same
            });
            found.extend(here.into_iter().map(|occurrence| Found { file, occurrence }));
        }
        found
    }

    fn is_meant(&self, db: &Database, symbol: &Symbol<'_>) -> bool {
        match symbol {
            Symbol::Relation(it) if self.target.is_some() && it.target == self.target => true,
            _ => symbol.definition(db) == Some(self.definition),
        }
    }
}

/// The names of the relations that lead to a table.
fn relations_to(db: &Database, table: Declaration) -> BTreeSet<String> {
    let project = Project::get(db);
    let referring = declarations_referring(db, project, LookupName::new(db, table.name(db).clone())).iter().copied();
    let referred = relations(db, project, table).iter().map(|it| it.target);
    let ways = referring.chain(referred).flat_map(|it| relations(db, project, it));
    ways.filter(|it| it.target == table).map(|it| it.name.to_string()).collect()
}

/// The declarations of a file that are one of `carriers` or spell its name, by their number.
fn naming(db: &Database, file: File, carriers: &[Declaration]) -> BTreeSet<usize> {
    let names: Vec<_> = carriers.iter().map(|it| last_part(it.name(db))).collect();
    let spelling = declarations_spelling(db, file, &names);
    let own = carriers.iter().filter(|it| it.file(db) == file);
    let own = own.filter_map(|it| file_positions(db, file).get(it)).copied();
    spelling.declarations.into_iter().map(|(index, _)| index).chain(own).collect()
}

/// Where names stand in a file.
#[derive(Default)]
struct Spelling {
    /// In order.
    places: Vec<usize>,
    /// The number of each declaration with one in it, in order, and which of the places those are.
    declarations: Vec<(usize, Range<usize>)>,
}

/// Where one of the names stands in the declarations of a file.
fn declarations_spelling(db: &Database, file: File, names: &[&str]) -> Spelling {
    let source = file.source(db);
    let text = source.text();
    let mut found = Vec::new();
    for name in names.iter().filter(|it| !it.is_empty()) {
        let finder = Finder::new(name.as_bytes());
        found.extend(finder.find_iter(text.as_bytes()).filter(|start| is_word(text, *start..start + name.len())));
    }
    if names.len() > 1 {
        found.sort_unstable();
    }
    let declarations = source.declarations();
    let (mut spelling, mut next) = (Spelling::default(), 0);
    for place in found {
        next += declarations[next..].partition_point(|it| it.range().end <= place);
        if declarations.get(next).is_none_or(|it| it.range().start > place) {
            continue;
        }
        let end = spelling.places.len() + 1;
        spelling.places.push(place);
        match spelling.declarations.last_mut().filter(|it| it.0 == next) {
            Some((_, places)) => places.end = end,
            None => spelling.declarations.push((next, end - 1..end)),
        }
    }
    spelling
}

/// Whether nothing before or behind the range belongs to the same word.
fn is_word(text: &str, range: Range<usize>) -> bool {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    !text[..range.start].ends_with(is_part) && !text[range.end..].starts_with(is_part)
}
