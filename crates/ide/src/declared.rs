//! What a declaration makes in the databases, by name.

use std::ops::Range;

use orm_engine::{dialect::expression::native_enum, plan::DatabaseObject};
use orm_model::{Dialect, ObjectName, Schema, Table};
use orm_schema_lang::{
    Database, Project,
    database::Declaration,
    item::{Anchor, DeclarationKind, Member},
    lower::{
        enums::lower_enum,
        objects,
        sequence::lower_sequence,
        shape::Place,
        table::{LoweredTable, lower_table},
    },
};

use crate::symbol::source_of;

/// Something that a declaration makes, by its name in the model.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Declared {
    /// A table.
    Table(ObjectName),
    /// An enum, by the name in the text.
    Enum(String),
    /// A sequence.
    Sequence(ObjectName),
    /// A view.
    View(ObjectName),
    /// An extension.
    Extension(String),
    /// A block of raw SQL, by its title.
    Raw(String),
}

impl Declared {
    /// What a declaration makes; `None` for mixins and queries, of which databases know nothing, and what has no name.
    pub(crate) fn by(db: &Database, declaration: Declaration) -> Option<Self> {
        let (project, item) = (Project::get(db), declaration.item(db));
        let kind = declaration.kind(db);
        if declaration.name(db).is_empty() && kind != DeclarationKind::Raw {
            return None;
        }
        Some(match kind {
            DeclarationKind::Table => Declared::Table(lower_table(db, project, declaration).table.name.clone()),
            DeclarationKind::Enum => Declared::Enum(lower_enum(db, project, declaration).definition.name.clone()),
            DeclarationKind::Sequence => {
                Declared::Sequence(lower_sequence(db, project, declaration).definition.name.clone())
            }
            DeclarationKind::View => Declared::View(objects::view_name(item)),
            DeclarationKind::Extension => Declared::Extension(objects::extension(item).name.name),
            DeclarationKind::Raw => Declared::Raw(objects::raw_block(item)?.title().to_owned()),
            DeclarationKind::Mixin | DeclarationKind::Query | DeclarationKind::Mutation | DeclarationKind::Junk => {
                return None;
            }
        })
    }

    /// The name of a table.
    pub(crate) fn table(&self) -> Option<&ObjectName> {
        match self {
            Declared::Table(name) => Some(name),
            _ => None,
        }
    }

    /// The named schema that it is in.
    pub(crate) fn schema(&self) -> Option<&str> {
        match self {
            Declared::Table(name) | Declared::Sequence(name) | Declared::View(name) => name.schema.as_deref(),
            Declared::Enum(_) | Declared::Extension(_) | Declared::Raw(_) => None,
        }
    }

    /// What it is, and its name.
    pub(crate) fn title(&self) -> String {
        match self {
            Declared::Table(name) => format!("table {name}"),
            Declared::Enum(name) => format!("enum {name}"),
            Declared::Sequence(name) => format!("sequence {name}"),
            Declared::View(name) => format!("view {name}"),
            Declared::Extension(name) => format!("extension {name}"),
            Declared::Raw(title) => format!("raw block {title:?}"),
        }
    }

    /// The object of a database that it is; `None` for an enum that is no type there.
    pub(crate) fn object(&self, schema: &Schema, dialect: Dialect) -> Option<DatabaseObject> {
        Some(match self {
            Declared::Table(name) => DatabaseObject::Table(name.clone()),
            Declared::Enum(name) => DatabaseObject::Enum(native_enum(dialect, schema.enums.get(name)?)?.clone()),
            Declared::Sequence(name) => DatabaseObject::Sequence(name.clone()),
            Declared::View(name) => DatabaseObject::View(name.clone()),
            Declared::Extension(name) => DatabaseObject::Extension(name.clone()),
            Declared::Raw(title) => DatabaseObject::Raw(title.clone()),
        })
    }
}

/// The names of the parts of a table that are written at `offset`: a column with what its attributes make, or what a table
/// item makes. Empty where no member stands.
pub(crate) fn parts_at(db: &Database, declaration: Declaration, offset: usize) -> Vec<String> {
    if declaration.kind(db) != DeclarationKind::Table {
        return Vec::new();
    }
    let Some(source) = source_of(db, declaration) else { return Vec::new() };
    let lowered = lower_table(db, Project::get(db), declaration);
    let members = declaration.item(db).members.iter().map(|it| source.span(anchor(it)));
    // The whole line counts: the cursor may stand behind the member or in the blanks before it.
    let text = declaration.file(db).source(db).text();
    let Some(member) = members.map(|it| line_around(text, &it)).find(|it| it.start <= offset && offset <= it.end)
    else {
        return Vec::new();
    };
    let is_here = |place: &Place| {
        place.origin.declaration == declaration && place.origin.spread.is_none() && {
            let span = source.span(place.anchor);
            member.start <= span.start && span.end <= member.end
        }
    };
    let columns = lowered.columns.iter().filter(|it| is_here(&Place { origin: it.origin, anchor: it.name }));
    columns.map(|it| it.column.name.clone()).chain(parts(lowered, is_here)).collect()
}

const fn anchor(member: &Member) -> Anchor {
    match member {
        Member::Column(it) => it.anchor,
        Member::Spread(it) => it.anchor,
        Member::Item(it) => it.anchor,
    }
}

/// The uniques, indexes, foreign keys and checks at a place.
fn parts(lowered: &LoweredTable, is_here: impl Fn(&Place) -> bool) -> Vec<String> {
    let Table { uniques, indexes, foreign_keys, checks, .. } = &lowered.table;
    let uniques = uniques.iter().map(|it| &it.name).zip(&lowered.uniques);
    let indexes = indexes.iter().map(|it| &it.name).zip(&lowered.indexes);
    let keys = foreign_keys.iter().map(|it| &it.name).zip(&lowered.foreign_keys);
    let checks = checks.iter().map(|it| &it.name).zip(&lowered.checks);
    let all = uniques.chain(indexes).chain(keys).chain(checks);
    all.filter(|(_, place)| is_here(place)).map(|(name, _)| name.clone()).collect()
}

fn line_around(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |at| range.end + at);
    start..end
}
