//! All migrations of a project: read together, checked together, replayed in order.
//!
//! # The chain
//!
//! Files run in the order of their names. Each names its *parents*: the migrations that were the newest ones when it was
//! created, with their content hashes. Usually that is one; the first migration has none (`orm:parent none`).
//!
//! Two branches that each add a migration add one file each, so git merges them without a conflict. Afterwards both
//! files have the same parent. That is fine when the changes of both apply, one after the other in the order of their
//! names: the set has two newest migrations, a [note](Migrations::notes) says so, and the next migration that is created
//! names both as its parents. When they do not apply (both add the same column), replaying fails at the line of the
//! change. Nothing is shared between the files, so nothing else can conflict.
//!
//! A parent that is not there, or that has other changes than it had, breaks the chain: someone deleted, renamed or
//! re-created a file that others build on. The error shows the line that would mend it.

use std::collections::{BTreeMap, BTreeSet};

use orm_model::Schema;

use super::{
    file::{Migration, Parent, SourceFile},
    name::MigrationName,
    problem::{FileProblem, FileProblems},
    render,
};
use crate::diff::apply;

/// The migrations of a project, in order, each readable and with its parents in place.
#[derive(Debug, Clone, Default)]
pub struct Migrations {
    migrations: Vec<Migration>,
}

impl Migrations {
    /// Reads the files of the folder, in any order, and checks the chain.
    ///
    /// Files that do not end in `.sql` are left alone; a `.sql` file that is no migration is an error, so that none is
    /// passed over by accident.
    pub fn read(files: &[SourceFile]) -> Result<Self, FileProblems> {
        let (mut migrations, mut problems) = (Vec::new(), Vec::new());
        for file in files.iter().filter(|it| it.name.ends_with(".sql") && !it.name.starts_with('.')) {
            match Migration::parse(file) {
                Ok(migration) => migrations.push(migration),
                Err(found) => problems.extend(found.0),
            }
        }
        migrations.sort_by(|a, b| a.name.cmp(&b.name));
        let set = Self { migrations };
        if problems.is_empty() {
            problems = set.broken_links();
        }
        problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        if problems.is_empty() { Ok(set) } else { Err(FileProblems(problems)) }
    }

    /// The migrations in the order in which they run.
    pub fn iter(&self) -> std::slice::Iter<'_, Migration> {
        self.migrations.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.migrations.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.migrations.is_empty()
    }

    /// The migration with a name.
    pub fn get(&self, name: &str) -> Option<&Migration> {
        let at = self.migrations.binary_search_by(|it| it.name.as_str().cmp(name)).ok()?;
        self.migrations.get(at)
    }

    /// The newest migrations: those that no other one was created on. More than one after a merge.
    pub fn heads(&self) -> Vec<&Migration> {
        let parents: BTreeSet<_> = self.iter().flat_map(|it| &it.parents).map(|it| &it.name).collect();
        self.iter().filter(|it| !parents.contains(&it.name)).collect()
    }

    /// What a person may want to know, though it is no error: migrations that were created beside each other and that
    /// no later one brings together.
    pub fn notes(&self) -> Vec<String> {
        let heads: Vec<_> = self.heads().iter().map(|it| format!("`{}`", it.name)).collect();
        if heads.len() < 2 {
            return Vec::new();
        }
        vec![format!(
            "{} were created beside each other, on two branches; they apply in the order of their names, and the next \
             migration will build on all of them",
            heads.join(" and ")
        )]
    }

    /// The schema that all migrations together make.
    pub fn replay(&self) -> Result<Schema, FileProblem> {
        let mut schema = Schema::default();
        for migration in self.iter() {
            for line in &migration.changes {
                let applied = apply(&mut schema, &line.change);
                applied.map_err(|error| self.conflict(migration, line.line, &error.to_string()))?;
            }
        }
        Ok(schema)
    }

    /// A change that does not fit what the migrations before it made.
    fn conflict(&self, migration: &Migration, line: usize, error: &str) -> FileProblem {
        let beside = self.created_beside(migration);
        let help = if beside.is_empty() {
            "the migrations before it were changed after it was created: restore them from version control".to_owned()
        } else {
            format!(
                "it was created beside {}, on another branch: delete this file if no shared database has it, then run \
                 `orm migrate create` again, which writes what is still needed",
                beside.join(", ")
            )
        };
        let message = format!("this change does not fit the migrations before it: {error}");
        FileProblem { file: migration.name.file_name(), line: Some(line), message, help }
    }

    /// The earlier migrations that `migration` was not created on, directly or through others.
    fn created_beside(&self, migration: &Migration) -> Vec<String> {
        let mut ancestors = BTreeSet::new();
        let mut open: Vec<_> = migration.parents.iter().map(|it| &it.name).collect();
        while let Some(name) = open.pop() {
            if ancestors.insert(name)
                && let Some(ancestor) = self.get(name.as_str())
            {
                open.extend(ancestor.parents.iter().map(|it| &it.name));
            }
        }
        let earlier = self.iter().take_while(|it| it.name < migration.name);
        earlier.filter(|it| !ancestors.contains(&it.name)).map(|it| format!("`{}`", it.name)).collect()
    }

    fn broken_links(&self) -> Vec<FileProblem> {
        let contents: BTreeMap<_, _> = self.iter().map(|it| (&it.name, it.content.as_str())).collect();
        let mut problems = Vec::new();
        for migration in self.iter() {
            for parent in &migration.parents {
                problems.extend(self.broken_link(&contents, migration, parent));
            }
        }
        problems
    }

    fn broken_link(
        &self,
        contents: &BTreeMap<&MigrationName, &str>,
        migration: &Migration,
        parent: &Parent,
    ) -> Option<FileProblem> {
        let name = &parent.name;
        let (message, help) = match contents.get(name) {
            None => (
                format!("its parent `{name}` is not in the folder"),
                format!(
                    "restore `{}` from version control; if it was removed on purpose, write here instead: {}",
                    name.file_name(),
                    self.mended(migration)
                ),
            ),
            Some(_) if *name >= migration.name => (
                format!("its parent `{name}` sorts after it"),
                "files run in the order of their names: give both the names that they were created with".to_owned(),
            ),
            Some(content) if *content != parent.content => (
                format!("its parent `{name}` has other changes than when this migration was created on it"),
                format!(
                    "restore `{}` from version control; if it was re-created on purpose, write here instead: {}",
                    name.file_name(),
                    self.mended(migration)
                ),
            ),
            Some(_) => return None,
        };
        Some(FileProblem { file: migration.name.file_name(), line: Some(parent.line), message, help })
    }

    /// The parent line that fits the files as they are: the one before it.
    fn mended(&self, migration: &Migration) -> String {
        let before = self.iter().take_while(|it| it.name < migration.name).last();
        let parent: Vec<_> = before.map(|it| (it.name.to_string(), it.content.clone())).into_iter().collect();
        format!("`{}`", render::parent_lines(&parent).concat())
    }
}
