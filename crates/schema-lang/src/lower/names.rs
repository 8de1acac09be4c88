//! The names that a declaration takes in the databases, and who else takes them.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

use orm_model::{Dialect, ObjectName, Only, Table, Targets, names};
use rustc_hash::FxHashSet;

use super::{
    enums::lower_enum,
    objects::view_name,
    sequence::sequence_name,
    shape::{ColumnShape, Place},
    table::{LoweredTable, lower_table},
    words::only,
};
use crate::{
    database::{AnalysisDatabase, Declaration, File, Project, chunk, chunks, item_tree},
    diagnostics::{Location, view::View},
    item::{Anchor, DeclarationKind},
};

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A table.
    Table,
    /// A column.
    Column,
    /// An index.
    Index,
    /// A unique constraint, which is an index in both databases.
    Unique,
    /// PostgreSQL's index of the primary key.
    PrimaryKey,
    /// A foreign key.
    ForeignKey,
    /// A check, stated or implied by a type.
    Check,
    /// A sequence.
    Sequence,
    /// A view.
    View,
    /// A native enum.
    Type,
    /// The named schema that the others are in.
    Schema,
}

/// Where a name must be the only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Namespace {
    /// Of the tables and indexes in a schema.
    Schema,
    /// Of the types in a schema of PostgreSQL, where every table and sequence is one, too.
    Types,
    /// Of the constraints in all schemas of Spanner, which are those of the default schema.
    Default,
}

impl NameKind {
    pub(crate) const fn title(self) -> &'static str {
        match self {
            NameKind::Sequence => "sequence",
            NameKind::View => "view",
            NameKind::Type => "enum",
            NameKind::Schema => "schema",
            NameKind::Table => "table",
            NameKind::Column => "column",
            NameKind::Index => "index",
            NameKind::Unique => "unique constraint",
            NameKind::PrimaryKey => "primary key",
            NameKind::ForeignKey => "foreign key",
            NameKind::Check => "check",
        }
    }

    /// Whether the kind is a declaration of its own, not a part of a table.
    pub(crate) const fn is_declared(self) -> bool {
        matches!(self, NameKind::Table | NameKind::Sequence | NameKind::View | NameKind::Type)
    }

    /// Where two of the kind cannot have the same name in `dialect`.
    ///
    /// Spanner's emulator keeps the constraints of a named schema in the namespace of the default one.
    fn namespaces(self, dialect: Dialect) -> &'static [Namespace] {
        let capabilities = dialect.capabilities();
        match self {
            NameKind::Table | NameKind::Sequence | NameKind::View if capabilities.native_enums => {
                &[Namespace::Schema, Namespace::Types]
            }
            NameKind::Table | NameKind::Sequence | NameKind::View | NameKind::Index | NameKind::Unique => {
                &[Namespace::Schema]
            }
            NameKind::PrimaryKey if !capabilities.shared_namespace => &[Namespace::Schema],
            NameKind::ForeignKey | NameKind::Check if capabilities.shared_namespace => &[Namespace::Default],
            NameKind::Type if capabilities.native_enums => &[Namespace::Types],
            _ => &[],
        }
    }
}

/// A physical name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseName {
    /// What it names.
    pub kind: NameKind,
    /// The named schema that it is in.
    pub schema: Option<String>,
    /// The name.
    pub text: String,
    /// The one database that has it.
    pub only: Option<Dialect>,
    /// The how-manieth of its kind it is in the table: where it was written follows from it.
    index: usize,
}

/// A declaration whose names are judged.
pub struct Naming<'a> {
    /// The database, to look at other declarations.
    pub db: &'a dyn AnalysisDatabase,
    /// The project.
    pub project: Project,
    /// The declaration.
    pub declaration: Declaration,
    /// Its names.
    pub names: &'a [DatabaseName],
    /// What it became, if it is a table.
    pub lowered: Option<&'a LoweredTable>,
    /// What part of the names is judged.
    pub view: View,
}

impl<'a> Naming<'a> {
    /// The databases that the names must fit.
    pub fn dialects(&self) -> impl Iterator<Item = Dialect> + use<'a> {
        let view = self.view;
        self.project.targets(self.db).dialects().filter(move |it| view.is_about(*it))
    }

    /// Whether the names must fit `dialect`.
    pub fn is_for(&self, dialect: Dialect) -> bool {
        self.dialects().any(|it| it == dialect)
    }

    /// A place in the declaration.
    pub(crate) fn here(&self, anchor: Anchor) -> Location {
        Location { declaration: self.declaration, anchor }
    }
}

/// A name that something else has, too.
pub(crate) struct Clash<'a> {
    pub(crate) name: &'a DatabaseName,
    /// What else has it: `index of table …`.
    pub(crate) other: String,
    /// Where that stands.
    pub(crate) place: Option<(Location, String)>,
}

/// All names that a table takes.
pub fn table_names(table: &Table) -> Vec<DatabaseName> {
    let mut result = Vec::new();
    let mut add = |kind, names: &mut dyn Iterator<Item = (String, Option<Dialect>)>| {
        let schema = table.name.schema.clone();
        result.extend(names.enumerate().map(|(index, (text, only))| DatabaseName {
            kind,
            schema: schema.clone(),
            text,
            only: only.or(table.only),
            index,
        }));
    };
    add(NameKind::Schema, &mut table.name.schema.iter().map(|it| (it.clone(), None)));
    add(NameKind::Table, &mut std::iter::once((table.name.name.clone(), None)));
    add(NameKind::Column, &mut table.columns.iter().map(|it| (it.name.clone(), it.only)));
    add(NameKind::Index, &mut table.indexes.iter().map(|it| (it.name.clone(), it.only)));
    add(NameKind::Unique, &mut table.uniques.iter().map(|it| (it.name.clone(), it.only)));
    let key = table.primary_key.as_ref();
    let key = key.map(|it| it.name.clone().unwrap_or_else(|| format!("{}_pkey", table.name.name)));
    add(NameKind::PrimaryKey, &mut key.map(|it| (it, None)).into_iter());
    add(NameKind::ForeignKey, &mut table.foreign_keys.iter().map(|it| (it.name.clone(), it.only)));
    let stated = table.checks.iter().map(|it| (it.name.clone(), it.only));
    let implied = table.columns.iter().filter(|it| it.implies_check());
    let implied = implied.map(|it| (names::check(&table.name, &[&it.name]), it.only));
    add(NameKind::Check, &mut stated.chain(implied));
    result
}

/// All names that a declaration takes; none if it is nothing that the databases have.
pub fn declared_names(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Vec<DatabaseName> {
    match declaration.kind(db) {
        _ if declaration.name(db).is_empty() => Vec::new(),
        DeclarationKind::Table => table_names(&lower_table(db, project, declaration).table),
        DeclarationKind::Enum => {
            let native = lower_enum(db, project, declaration).definition.native.as_ref();
            native.map_or_else(Vec::new, |it| object_names(NameKind::Type, it, None))
        }
        DeclarationKind::View => {
            let item = declaration.item(db);
            object_names(NameKind::View, &view_name(item), only(&item.attributes))
        }
        DeclarationKind::Sequence => {
            let item = declaration.item(db);
            object_names(NameKind::Sequence, &sequence_name(item), only(&item.attributes))
        }
        _ => Vec::new(),
    }
}

/// The names of what is one object and nothing in it.
fn object_names(kind: NameKind, object: &ObjectName, only: Option<Dialect>) -> Vec<DatabaseName> {
    let name = |kind, text: &String, only| DatabaseName {
        kind,
        schema: object.schema.clone(),
        text: text.clone(),
        only,
        index: 0,
    };
    let schema = object.schema.iter().map(|it| name(NameKind::Schema, it, None));
    schema.chain([name(kind, &object.name, only)]).collect()
}

/// What names a database tells apart: PostgreSQL by case, Spanner not.
fn folded(dialect: Dialect, name: &str) -> String {
    if dialect.capabilities().names_ignore_case { name.to_ascii_lowercase() } else { name.to_owned() }
}

/// Somebody who takes a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Owner {
    declaration: Declaration,
    kind: NameKind,
    index: usize,
}

/// A name in its namespace.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Claim {
    dialect: Dialect,
    of_types: bool,
    schema: Option<String>,
    name: String,
}

impl Only for DatabaseName {
    fn only(&self) -> Option<Dialect> {
        self.only
    }
}

impl DatabaseName {
    /// The column that it names.
    pub(crate) fn column<'a>(&self, context: &Naming<'a>) -> Option<&'a ColumnShape> {
        context.lowered?.columns.get(self.index).filter(|_| self.kind == NameKind::Column)
    }

    /// Whether `dialect` keeps both in one namespace, and takes them for the same name.
    pub(crate) fn clashes_with(&self, other: &DatabaseName, dialect: Dialect) -> bool {
        self.claims(dialect).any(|claim| other.claims(dialect).any(|it| it == claim))
    }

    fn claims(&self, dialect: Dialect) -> impl Iterator<Item = Claim> {
        let namespaces = self.kind.namespaces(dialect).iter().filter(move |_| self.is_in(dialect));
        namespaces.map(move |namespace| {
            let schema = self.schema.as_ref().filter(|_| *namespace != Namespace::Default);
            let schema = schema.map(|schema| folded(dialect, schema));
            Claim { dialect, of_types: *namespace == Namespace::Types, schema, name: folded(dialect, &self.text) }
        })
    }
}

type Owners = BTreeMap<Claim, Vec<Owner>>;

/// The names that some declarations take, by their hashes: what a change of a name costs, so it is kept small.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Taken {
    names: FxHashSet<u64>,
    /// Those that more than one thing takes.
    shared: BTreeSet<u64>,
    /// How many are those of indexes.
    indexes: usize,
}

/// What a declaration takes of the namespaces of the targets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claims {
    /// The hashes of the names.
    hashes: Vec<u64>,
    /// How many of its names are those of indexes.
    indexes: usize,
}

/// What a declaration takes. Of a table it is kept with it: a query of its own would be one more to look at for each table.
fn claims(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Cow<'_, Claims> {
    match declaration.kind(db) {
        DeclarationKind::Table => Cow::Borrowed(&lower_table(db, project, declaration).claims),
        _ => Cow::Owned(Claims::of(&declared_names(db, project, declaration), project.targets(db))),
    }
}

impl Claims {
    /// What names take.
    pub(super) fn of(names: &[DatabaseName], targets: &Targets) -> Claims {
        let mut claims = Claims::default();
        for name in names {
            claims.hashes.extend(targets.dialects().flat_map(|it| name.claims(it)).map(|it| hash(&it)));
            let is_counted = |it: &Dialect| it.capabilities().indexes_per_database.is_some() && name.is_in(*it);
            let is_index = matches!(name.kind, NameKind::Index | NameKind::Unique);
            claims.indexes += usize::from(is_index && Dialect::ALL.iter().any(is_counted));
        }
        claims
    }
}

fn hash(claim: &Claim) -> u64 {
    let mut hasher = DefaultHasher::new();
    claim.hash(&mut hasher);
    hasher.finish()
}

impl Taken {
    fn add(&mut self, claims: &Claims) {
        self.indexes += claims.indexes;
        self.add_names(&claims.hashes);
    }

    fn add_names<'a>(&mut self, hashes: impl IntoIterator<Item = &'a u64>) {
        for hash in hashes {
            if !self.names.insert(*hash) {
                self.shared.insert(*hash);
            }
        }
    }

    fn merge(&mut self, other: &Taken) {
        self.indexes += other.indexes;
        self.shared.extend(&other.shared);
        self.names.reserve(other.names.len());
        self.add_names(&other.names);
    }
}

/// Whether a declaration takes names in a database.
fn takes_names(db: &dyn AnalysisDatabase, declaration: Declaration) -> bool {
    let kinds = [DeclarationKind::Table, DeclarationKind::Sequence, DeclarationKind::View, DeclarationKind::Enum];
    kinds.contains(&declaration.kind(db)) && !declaration.name(db).is_empty()
}

#[salsa::tracked(returns(ref))]
fn closed_names(db: &dyn AnalysisDatabase, project: Project) -> Taken {
    project.settled(db);
    let mut taken = Taken::default();
    let declarations = project.closed_files(db).iter().flat_map(|file| item_tree(db, *file)).copied();
    declarations.filter(|it| takes_names(db, *it)).for_each(|it| taken.add(&claims(db, project, it)));
    taken
}

#[salsa::tracked(returns(ref))]
fn file_names(db: &dyn AnalysisDatabase, project: Project, file: File) -> Taken {
    let mut taken = Taken::default();
    chunks(db, file).for_each(|chunk| taken.merge(chunk_names(db, project, file, chunk)));
    taken
}

#[salsa::tracked(returns(ref))]
fn chunk_names(db: &dyn AnalysisDatabase, project: Project, file: File, number: usize) -> Taken {
    let mut taken = Taken::default();
    let declarations = chunk(db, file, number).map(|(_, it)| it);
    declarations.filter(|it| takes_names(db, *it)).for_each(|it| taken.add(&claims(db, project, it)));
    taken
}

/// The names of a chunk that closed files take, too, or the open files before its own.
#[salsa::tracked(returns(ref))]
fn chunk_names_elsewhere(db: &dyn AnalysisDatabase, project: Project, file: File, number: usize) -> BTreeSet<u64> {
    let before = project.open_files(db).iter().take_while(|it| **it != file).map(|it| file_names(db, project, *it));
    let others: Vec<_> = std::iter::once(closed_names(db, project)).chain(before).collect();
    let is_elsewhere = |hash: &&u64| others.iter().any(|it| it.names.contains(hash));
    chunk_names(db, project, file, number).names.iter().filter(is_elsewhere).copied().collect()
}

/// The hashes of the names that more than one thing takes: next to none in most projects.
#[salsa::tracked(returns(ref))]
fn shared_hashes(db: &dyn AnalysisDatabase, project: Project) -> BTreeSet<u64> {
    let mut shared = closed_names(db, project).shared.clone();
    for file in project.open_files(db) {
        shared.extend(&file_names(db, project, *file).shared);
        shared.extend(chunks(db, *file).flat_map(|chunk| chunk_names_elsewhere(db, project, *file, chunk)));
    }
    shared
}

/// How many indexes the schema has, those of unique constraints included.
#[salsa::tracked(returns(copy))]
pub(crate) fn index_count(db: &dyn AnalysisDatabase, project: Project) -> usize {
    let open = project.open_files(db).iter().map(|file| file_names(db, project, *file).indexes);
    closed_names(db, project).indexes + open.sum::<usize>()
}

/// Whether two things in the project take one name.
pub(crate) fn has_shared_names(db: &dyn AnalysisDatabase, project: Project) -> bool {
    !shared_hashes(db, project).is_empty()
}

/// Who takes the names that more than one thing takes.
#[salsa::tracked(returns(ref))]
fn shared_names(db: &dyn AnalysisDatabase, project: Project) -> Owners {
    let shared = shared_hashes(db, project);
    let mut owners = Owners::new();
    if shared.is_empty() {
        return owners;
    }
    for file in project.files(db) {
        let is_shared = |it: &Declaration| claims(db, project, *it).hashes.iter().any(|it| shared.contains(it));
        let owners_in = item_tree(db, file).iter().copied().filter(|it| takes_names(db, *it));
        for declaration in owners_in.filter(is_shared) {
            for name in declared_names(db, project, declaration) {
                for claim in project.targets(db).dialects().flat_map(|it| name.claims(it)) {
                    let owner = Owner { declaration, kind: name.kind, index: name.index };
                    owners.entry(claim).or_default().push(owner);
                }
            }
        }
    }
    owners.retain(|_, owners| owners.len() > 1);
    for owners in owners.values_mut() {
        owners.sort_by(|a, b| order(db, a).cmp(&order(db, b)));
    }
    owners
}

fn order<'a>(db: &'a dyn AnalysisDatabase, owner: &Owner) -> (&'a str, String, u32, NameKind, usize) {
    let it = owner.declaration;
    (it.file(db).path(db), it.name(db).to_string(), it.duplicate(db), owner.kind, owner.index)
}

/// The names of the declaration at hand that are in the namespace that holds the named schemas, too, and the same as one.
pub(crate) fn schema_clashes<'a>(naming: &Naming<'a>, dialect: Dialect) -> Vec<&'a DatabaseName> {
    let schemas = naming.project.named_schemas(naming.db);
    let is_schema = |name: &&DatabaseName| {
        let is_one = |claim: &Claim| schemas.iter().any(|schema| folded(dialect, schema) == claim.name);
        !schemas.is_empty() && name.claims(dialect).any(|claim| claim.schema.is_none() && is_one(&claim))
    };
    naming.names.iter().filter(is_schema).collect()
}

/// The names of the declaration at hand that something before it takes already.
pub(crate) fn clashes<'a>(context: &Naming<'a>, dialect: Dialect) -> Vec<Clash<'a>> {
    let shared = shared_names(context.db, context.project);
    if shared.is_empty() {
        return Vec::new();
    }
    let mut clashes = Vec::new();
    for name in context.names {
        let Some(owners) = name.claims(dialect).find_map(|claim| shared.get(&claim)) else { continue };
        let is_self =
            |it: &Owner| it.declaration == context.declaration && it.kind == name.kind && it.index == name.index;
        let Some(first) = owners.first().filter(|first| !is_self(first)) else { continue };
        // Two declarations of one table have a finding of their own.
        if first.declaration != context.declaration
            && first.declaration.name(context.db) == context.declaration.name(context.db)
        {
            continue;
        }
        let other = format!("the {} of table `{}`", first.kind.title(), first.declaration.name(context.db));
        let is_declared = first.kind.is_declared();
        let is_twin = first.declaration == context.declaration && first.kind == name.kind;
        let other = match () {
            () if is_declared => format!("{} `{}`", first.kind.title(), first.declaration.name(context.db)),
            () if is_twin => format!("another {} of the table", first.kind.title()),
            () => other,
        };
        clashes.push(Clash { name, other, place: Some(owner_place(context, first)) });
    }
    clashes
}

fn owner_place(context: &Naming<'_>, owner: &Owner) -> (Location, String) {
    let item = owner.declaration.item(context.db);
    let anchor = item.name.as_ref().map_or(Anchor::DECLARATION, |name| name.anchor);
    (Location { declaration: owner.declaration, anchor }, "the other one is here".to_owned())
}

/// Where a name of the table at hand was written: the table's own place, and, for what a mixin brings, the mixin's.
pub(crate) fn location(context: &Naming<'_>, name: &DatabaseName) -> (Location, Option<(Location, String)>) {
    let written = context.declaration.item(context.db).name.as_ref();
    let whole = (context.here(written.map_or(Anchor::DECLARATION, |it| it.anchor)), None);
    let Some(place) = place(context, name) else { return whole };
    match place.origin.spread {
        None => (context.here(place.anchor), None),
        Some(spread) => {
            let there = place.location();
            (context.here(spread), Some((there, "declared here".to_owned())))
        }
    }
}

/// Where a part of a table was written that has a name of its own.
pub(crate) fn place(context: &Naming<'_>, name: &DatabaseName) -> Option<Place> {
    let lowered = context.lowered?;
    match name.kind {
        NameKind::Table | NameKind::Sequence | NameKind::View | NameKind::Type | NameKind::Schema => None,
        NameKind::Column => name.column(context).map(|it| Place { origin: it.origin, anchor: it.name }),
        NameKind::Index => lowered.indexes.get(name.index).cloned(),
        NameKind::Unique => lowered.uniques.get(name.index).cloned(),
        NameKind::PrimaryKey => lowered.primary_key,
        NameKind::ForeignKey => lowered.foreign_keys.get(name.index).cloned(),
        NameKind::Check => lowered.checks.get(name.index).cloned(),
    }
}
