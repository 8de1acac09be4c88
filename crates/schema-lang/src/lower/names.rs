//! The names that a table takes in the databases, and who else takes them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
};

use orm_model::{Dialect, Table, names};

use super::{
    shape::{ColumnShape, Place},
    table::lower_table,
};
use crate::{
    database::{AnalysisDatabase, Declaration, DeclarationKey, File, Project, item_tree},
    diagnostics::{Location, RuleContext},
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
}

impl NameKind {
    const fn title(self) -> &'static str {
        match self {
            NameKind::Table => "table",
            NameKind::Column => "column",
            NameKind::Index => "index",
            NameKind::Unique => "unique constraint",
            NameKind::PrimaryKey => "primary key",
            NameKind::ForeignKey => "foreign key",
            NameKind::Check => "check",
        }
    }

    /// Whether two of the kind cannot have the same name in `dialect`.
    fn is_in_namespace(self, dialect: Dialect) -> bool {
        match self {
            NameKind::Column => false,
            NameKind::Table | NameKind::Index | NameKind::Unique => true,
            NameKind::PrimaryKey => !dialect.capabilities().shared_namespace,
            NameKind::ForeignKey | NameKind::Check => dialect.capabilities().shared_namespace,
        }
    }
}

/// A physical name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseName {
    /// What it names.
    pub kind: NameKind,
    /// The name.
    pub text: String,
    /// The how-manieth of its kind it is in the table: where it was written follows from it.
    index: usize,
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
    let mut add = |kind, names: &mut dyn Iterator<Item = String>| {
        result.extend(names.enumerate().map(|(index, text)| DatabaseName { kind, text, index }));
    };
    add(NameKind::Table, &mut std::iter::once(table.name.name.clone()));
    add(NameKind::Column, &mut table.columns.iter().map(|it| it.name.clone()));
    add(NameKind::Index, &mut table.indexes.iter().map(|it| it.name.clone()));
    add(NameKind::Unique, &mut table.uniques.iter().map(|it| it.name.clone()));
    let key = table.primary_key.as_ref();
    let key = key.map(|it| it.name.clone().unwrap_or_else(|| format!("{}_pkey", table.name.name)));
    add(NameKind::PrimaryKey, &mut key.into_iter());
    add(NameKind::ForeignKey, &mut table.foreign_keys.iter().map(|it| it.name.clone()));
    let stated = table.checks.iter().map(|it| it.name.clone());
    let implied = table.columns.iter().filter(|it| it.implies_check());
    let implied = implied.map(|it| names::check(&table.name, &[&it.name]));
    add(NameKind::Check, &mut stated.chain(implied));
    result
}

/// What names a database tells apart: PostgreSQL by case, Spanner not.
fn folded(dialect: Dialect, name: &str) -> String {
    if dialect.capabilities().names_ignore_case { name.to_ascii_lowercase() } else { name.to_owned() }
}

/// Somebody who takes a name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Owner {
    declaration: DeclarationKey,
    kind: NameKind,
    index: usize,
}

type Owners = BTreeMap<(Dialect, String), Vec<Owner>>;

/// How often each name is taken, by its hash: what a change of a name costs, so it is kept small.
type Counts = HashMap<u64, u32>;

/// The hashes of the names that a table takes in the namespaces of the targets. Columns have a namespace of their own.
#[salsa::tracked(returns(ref))]
fn claims<'db>(db: &'db dyn AnalysisDatabase, project: Project, declaration: Declaration<'db>) -> Vec<u64> {
    let mut hashes = Vec::new();
    for name in table_names(&lower_table(db, project, declaration).table) {
        for dialect in project.targets(db).dialects().filter(|it| name.kind.is_in_namespace(*it)) {
            hashes.push(hash(&(dialect, folded(dialect, &name.text))));
        }
    }
    hashes
}

fn hash(name: &(Dialect, String)) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

fn count(db: &dyn AnalysisDatabase, project: Project, file: File, counts: &mut Counts) {
    for declaration in tables(db, file) {
        for hash in claims(db, project, declaration) {
            *counts.entry(*hash).or_default() += 1;
        }
    }
}

fn tables(db: &dyn AnalysisDatabase, file: File) -> impl Iterator<Item = Declaration<'_>> {
    let is_table = |it: &Declaration<'_>| it.kind(db) == DeclarationKind::Table && !it.name(db).is_empty();
    item_tree(db, file).iter().copied().filter(is_table)
}

#[salsa::tracked(returns(ref))]
fn closed_counts(db: &dyn AnalysisDatabase, project: Project) -> Counts {
    let mut counts = Counts::new();
    for file in project.closed_files(db) {
        count(db, project, *file, &mut counts);
    }
    counts
}

#[salsa::tracked(returns(ref))]
fn open_counts(db: &dyn AnalysisDatabase, project: Project, file: File) -> Counts {
    let mut counts = Counts::new();
    count(db, project, file, &mut counts);
    counts
}

/// The hashes of the names that more than one thing takes: next to none in most projects.
#[salsa::tracked(returns(ref))]
fn shared_hashes(db: &dyn AnalysisDatabase, project: Project) -> BTreeSet<u64> {
    let closed = closed_counts(db, project);
    let open: Vec<_> = project.open_files(db).iter().map(|file| open_counts(db, project, *file)).collect();
    let mut shared: BTreeSet<u64> = closed.iter().filter(|(_, count)| **count > 1).map(|(hash, _)| *hash).collect();
    for (index, counts) in open.iter().enumerate() {
        let elsewhere = |hash: &u64| closed.contains_key(hash) || open[..index].iter().any(|it| it.contains_key(hash));
        shared.extend(counts.iter().filter(|(hash, count)| **count > 1 || elsewhere(hash)).map(|(hash, _)| *hash));
    }
    shared
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
        for declaration in tables(db, file).filter(|it| claims(db, project, *it).iter().any(|it| shared.contains(it))) {
            for name in table_names(&lower_table(db, project, declaration).table) {
                for dialect in project.targets(db).dialects().filter(|it| name.kind.is_in_namespace(*it)) {
                    let owner = Owner { declaration: declaration.key(db), kind: name.kind, index: name.index };
                    owners.entry((dialect, folded(dialect, &name.text))).or_default().push(owner);
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
    let key = &owner.declaration;
    (key.file.path(db), key.name.to_string(), key.duplicate, owner.kind, owner.index)
}

/// The names of the table at hand that something before it takes already.
pub(crate) fn clashes<'a>(context: &'a RuleContext<'_>, dialect: Dialect) -> Vec<Clash<'a>> {
    let shared = shared_names(context.db, context.project);
    if shared.is_empty() {
        return Vec::new();
    }
    let key = context.declaration.key(context.db);
    let mut clashes = Vec::new();
    for name in context.names().iter().filter(|it| it.kind.is_in_namespace(dialect)) {
        let Some(owners) = shared.get(&(dialect, folded(dialect, &name.text))) else { continue };
        let is_self = |it: &Owner| it.declaration == key && it.kind == name.kind && it.index == name.index;
        let Some(first) = owners.first().filter(|first| !is_self(first)) else { continue };
        // Two declarations of one table have a finding of their own.
        if first.declaration.name == key.name && first.declaration != key {
            continue;
        }
        let other = format!("the {} of table `{}`", first.kind.title(), first.declaration.name);
        let other = if first.kind == NameKind::Table { format!("table `{}`", first.declaration.name) } else { other };
        clashes.push(Clash { name, other, place: owner_place(context, first) });
    }
    clashes
}

fn owner_place(context: &RuleContext<'_>, owner: &Owner) -> Option<(Location, String)> {
    let declaration =
        item_tree(context.db, owner.declaration.file).iter().find(|it| it.key(context.db) == owner.declaration)?;
    let item = declaration.item(context.db);
    let anchor = item.name.as_ref().map_or(Anchor::DECLARATION, |name| name.anchor);
    Some((Location { declaration: owner.declaration.clone(), anchor }, "the other one is here".to_owned()))
}

/// Where a name of the table at hand was written: the table's own place, and, for what a mixin brings, the mixin's.
pub(crate) fn location(context: &RuleContext<'_>, name: &DatabaseName) -> (Location, Option<(Location, String)>) {
    let lowered = context.lowered;
    let column = |it: &ColumnShape| Place { origin: it.origin.clone(), anchor: it.name };
    let place = match name.kind {
        NameKind::Table => None,
        NameKind::Column => lowered.columns.get(name.index).map(column),
        NameKind::Index => lowered.indexes.get(name.index).cloned(),
        NameKind::Unique => lowered.uniques.get(name.index).cloned(),
        NameKind::PrimaryKey => lowered.primary_key.clone(),
        NameKind::ForeignKey => lowered.foreign_keys.get(name.index).cloned(),
        NameKind::Check => lowered.checks.get(name.index).cloned(),
    };
    let Some(place) = place else { return (context.name_location(), None) };
    match place.origin.spread {
        None => (context.here(place.anchor), None),
        Some(spread) => {
            let there = Location { declaration: place.origin.declaration, anchor: place.anchor };
            (context.here(spread), Some((there, "declared here".to_owned())))
        }
    }
}
