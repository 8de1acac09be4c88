//! The salsa database: inputs, the item tree, and the lookup of names.
//!
//! Inputs are the [`File`]s with their [`Source`]s and the [`Project`]'s settings. Everything else is derived from
//! them, and derived again only where an input that it read has changed.

#![expect(missing_docs, reason = "salsa generates public functions without documentation")]

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, PoisonError, RwLock},
};

use chrono::NaiveDate;
use orm_model::Targets;
use rustc_hash::FxHashMap;

use crate::{
    diagnostics::{Diagnostic, Severities},
    item::{DeclarationKind, Item},
    source::Source,
};

/// What the analysis functions ask for.
#[salsa::db]
pub trait AnalysisDatabase: salsa::Database {
    /// Who declares which name.
    fn names(&self) -> &NameIndex;
}

/// The database.
#[salsa::db]
#[derive(Clone, Default)]
pub struct Database {
    storage: salsa::Storage<Self>,
    names: Arc<NameIndex>,
}

impl Database {
    /// A database that hands every event of salsa to `observer`: tests assert from them what an edit re-runs.
    pub fn observed(observer: impl Fn(salsa::Event) + Send + Sync + 'static) -> Self {
        Database { storage: salsa::Storage::new(Some(Box::new(observer))), names: Arc::default() }
    }
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl AnalysisDatabase for Database {
    fn names(&self) -> &NameIndex {
        &self.names
    }
}

/// From each name that is declared to the input that says by whom.
///
/// It is no input itself: whoever looks a name up depends on that name alone, and so typing a name concerns those only who
/// speak of it. This holds because the [`Workspace`](crate::Workspace), which alone changes it, sets with every change what a
/// look-up has read and what it reads from then on: the input of the name, and [`Project::other_names`], which a look-up in
/// vain reads.
#[derive(Debug, Default)]
pub struct NameIndex(RwLock<FxHashMap<Arc<str>, NamedDeclarations>>);

impl NameIndex {
    pub(crate) fn get(&self, name: &str) -> Option<NamedDeclarations> {
        // Nothing that is done under the lock panics halfway.
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(name).copied()
    }

    pub(crate) fn insert(&self, name: Arc<str>, declarations: NamedDeclarations) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(name, declarations);
    }

    pub(crate) fn remove(&self, name: &str) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// The declarations with one name, wherever they stand.
#[salsa::input(debug)]
pub struct NamedDeclarations {
    /// Ordered by path and place.
    #[returns(ref)]
    pub declarations: Vec<Declaration>,
}

/// A schema file.
#[salsa::input(debug)]
pub struct File {
    /// The path as the project names it: relative to its folder, with `/`.
    #[returns(ref)]
    pub path: Arc<str>,
    /// The parsed text.
    #[returns(ref)]
    pub source: Arc<Source>,
    /// The declarations of the source, in order. As an input of its own, which is set only when one comes, goes or gets
    /// another name, it lets look-ups pass by an open file whose text changes with every keystroke.
    #[returns(ref)]
    pub declarations: Vec<Declaration>,
}

/// The files of the project and its settings.
///
/// Files that are open in an editor are kept apart: what is derived from the closed ones alone has a high durability,
/// so that a keystroke does not even look at it, however many there are.
#[salsa::input(singleton)]
pub struct Project {
    /// Files that nobody edits at the moment, ordered by path.
    #[returns(ref)]
    pub closed_files: Vec<File>,
    /// Files that are open in an editor, ordered by path.
    #[returns(ref)]
    pub open_files: Vec<File>,
    /// The databases that the schema must fit.
    #[returns(ref)]
    pub targets: Targets,
    /// The severities that the project sets.
    #[returns(ref)]
    pub severities: Severities,
    /// The named schemas that declarations are in.
    #[returns(ref)]
    pub named_schemas: BTreeSet<Arc<str>>,
    /// How often a name came to be declared that was not, or is no more: who looks one up in vain depends on it.
    #[returns(copy)]
    pub other_names: u64,
    /// How often the project [settled](crate::Workspace::settle) after something was edited that most depends on. Queries that
    /// read many declarations read it, to be derived again then: salsa keeps with what it derived how durable that was when it
    /// was derived.
    #[returns(copy)]
    pub settled: u64,
    /// The day on which suppressions are looked at; without one none expires.
    #[returns(copy)]
    pub today: Option<NaiveDate>,
}

impl Project {
    /// Every file, ordered by path.
    pub fn files(self, db: &dyn AnalysisDatabase) -> Vec<File> {
        let mut files: Vec<_> = self.closed_files(db).iter().chain(self.open_files(db)).copied().collect();
        files.sort_by(|a, b| a.path(db).cmp(b.path(db)));
        files
    }
}

/// A declaration. Its identity is its file, kind and name, so that its checks survive when it moves.
///
/// It is an input and not derived from its file, so that each has a durability of its own: what is derived from those
/// that nobody has edited is not looked into on a keystroke, however many stand in the same file. Salsa frees no inputs, so
/// the [`Workspace`](crate::Workspace) uses one again when its declaration is gone.
#[salsa::input(debug)]
pub struct Declaration {
    /// What it declares, forever: an input is used again for the same kind only, and so nobody depends on it.
    #[returns(copy)]
    pub kind: DeclarationKind,
    /// What it is called: one field, since whoever asks for a part of it would depend on each.
    #[returns(ref)]
    pub identity: DeclarationKey,
    /// What it says.
    #[returns(ref)]
    pub item: Arc<Item>,
}

/// What tells a declaration from the others, before and after an edit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DeclarationKey {
    /// The file that it stands in.
    pub file: File,
    /// What it declares.
    pub kind: DeclarationKind,
    /// Its name; empty while nobody has typed one.
    pub name: Arc<str>,
    /// How many of this kind and name stand above it in the file.
    pub duplicate: u32,
}

impl Declaration {
    /// The file that it stands in.
    pub fn file(self, db: &dyn AnalysisDatabase) -> File {
        self.identity(db).file
    }

    /// Its name; empty while nobody has typed one.
    pub fn name(self, db: &dyn AnalysisDatabase) -> &Arc<str> {
        &self.identity(db).name
    }

    /// How many of this kind and name stand above it in the file.
    pub fn duplicate(self, db: &dyn AnalysisDatabase) -> u32 {
        self.identity(db).duplicate
    }
}

/// The declarations of a file, in order, without offsets.
pub fn item_tree(db: &dyn AnalysisDatabase, file: File) -> &Vec<Declaration> {
    file.declarations(db)
}

/// How many declarations make a chunk.
const CHUNK: usize = 64;

/// The numbers of the chunks of a file: some neighbouring declarations each.
///
/// What is derived from all declarations of a file is derived from each of its chunks first. So a keystroke makes salsa
/// look at every chunk, and only into those with a declaration that depends on the edited one.
pub(crate) fn chunks(db: &dyn AnalysisDatabase, file: File) -> std::ops::Range<usize> {
    0..item_tree(db, file).len().div_ceil(CHUNK)
}

/// The declarations of a chunk, each with the how-manieth of the file it is.
pub(crate) fn chunk(
    db: &dyn AnalysisDatabase,
    file: File,
    number: usize,
) -> impl Iterator<Item = (usize, Declaration)> {
    item_tree(db, file).iter().copied().enumerate().skip(number * CHUNK).take(CHUNK)
}

/// The how-manieth of its file each declaration is. It follows from what files declare, which keystrokes leave alone.
#[salsa::tracked(returns(ref))]
pub fn file_positions(db: &dyn AnalysisDatabase, file: File) -> HashMap<Declaration, usize> {
    item_tree(db, file).iter().enumerate().map(|(index, declaration)| (*declaration, index)).collect()
}

/// A name that something is looked up by.
#[salsa::interned]
pub struct LookupName<'db> {
    /// The name as it is written, `auth.users` included.
    #[returns(ref)]
    pub text: Arc<str>,
}

/// The declarations with a name, wherever they stand, ordered by path and place.
pub fn declarations_named<'db>(db: &'db dyn AnalysisDatabase, project: Project, name: &str) -> &'db [Declaration] {
    match db.names().get(name) {
        Some(named) => named.declarations(db),
        None => {
            project.other_names(db);
            &[]
        }
    }
}

/// The first declaration with this name that is of one of `kinds`.
pub fn resolve(
    db: &dyn AnalysisDatabase,
    project: Project,
    name: &str,
    kinds: &[DeclarationKind],
) -> Option<Declaration> {
    declarations_named(db, project, name).iter().copied().find(|it| kinds.contains(&it.kind(db)))
}

/// The diagnostics that stand in one declaration, but for those of [`check_clashes`].
#[salsa::tracked(returns(ref))]
pub fn check_declaration(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Arc<[Diagnostic]> {
    project.settled(db);
    crate::diagnostics::check(db, project, declaration).into()
}

/// The same for the declarations of a [chunk](chunks) in which something is wrong, each with the how-manieth of the file
/// it is.
#[salsa::tracked(returns(ref))]
pub(crate) fn check_chunk(
    db: &dyn AnalysisDatabase,
    project: Project,
    file: File,
    number: usize,
) -> Vec<(usize, Arc<[Diagnostic]>)> {
    let checked = chunk(db, file, number).map(|(index, it)| (index, check_declaration(db, project, it).clone()));
    checked.filter(|(_, found)| !found.is_empty()).collect()
}

/// What is wrong with the names that a declaration takes in the databases, among those of all. It depends on every
/// declaration, so it is kept apart from what depends on a few.
#[salsa::tracked(returns(ref))]
pub fn check_clashes(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Arc<[Diagnostic]> {
    crate::diagnostics::check_clashes(db, project, declaration).into()
}
