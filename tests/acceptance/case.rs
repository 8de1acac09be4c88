//! The cases under `tests/migrations` and the projects under `examples`.
//!
//! A case is a folder: `before.orm` (left out: an empty database), `after.orm`, an `orm.toml` where the targets matter,
//! and the SQL that leads forth and back in each dialect. Where the tests' own server lacks what a case needs (Spanner's
//! emulator stands behind production, a PostgreSQL may be older than the case's target), `refused.DIALECT.txt` holds what
//! that server says.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use orm_driver::Connection;
use orm_model::{Dialect, Schema, Targets};
use orm_project::Project;

use crate::schema;

/// Two schemas and what leads from one to the other.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) targets: Targets,
    pub(crate) before: Schema,
    pub(crate) after: Schema,
    folder: PathBuf,
}

/// Every golden case, ordered by name.
pub(crate) fn migrations() -> Vec<Case> {
    folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations")).map(|folder| Case::migration(&folder)).collect()
}

/// Every example, as a case that begins with an empty database.
pub(crate) fn examples() -> Vec<Case> {
    folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")).map(|folder| Case::example(&folder)).collect()
}

fn folders(parent: &Path) -> impl Iterator<Item = PathBuf> {
    let mut folders: Vec<_> = fs::read_dir(parent).unwrap().map(|it| it.unwrap().path()).collect();
    folders.retain(|it| it.is_dir());
    folders.sort();
    folders.into_iter()
}

impl Case {
    fn migration(folder: &Path) -> Self {
        let targets = Project::open(folder).unwrap().config.targets;
        let read = |file: &str| match fs::read_to_string(folder.join(file)) {
            Ok(text) => vec![(file.to_owned(), text)],
            Err(_) => Vec::new(),
        };
        let after = read("after.orm");
        assert!(!after.is_empty(), "{} has no after.orm", folder.display());
        Self::new(folder, read("before.orm"), after, targets)
    }

    fn example(folder: &Path) -> Self {
        let project = Project::open(folder).unwrap();
        let files = project.schema_files().unwrap().into_iter().map(|it| {
            let text = fs::read_to_string(&it.path).unwrap();
            (it.path.display().to_string(), text)
        });
        Self::new(folder, Vec::new(), files.collect(), project.config.targets)
    }

    fn new(folder: &Path, before: Vec<(String, String)>, after: Vec<(String, String)>, targets: Targets) -> Self {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let check = |files| match schema::check(files, &targets) {
            Ok(schema) => schema,
            Err(errors) => panic!("{name} is refused by `orm check`:\n{errors}"),
        };
        let (before, after) = (check(before), check(after));
        Case { name, targets, before, after, folder: folder.to_owned() }
    }

    /// What the server says to this case, where it lacks something. A PostgreSQL that is as new as the case's target lacks
    /// nothing.
    pub(crate) async fn refusal(&self, connection: &mut dyn Connection) -> Option<String> {
        let dialect = connection.dialect();
        let refusal = fs::read_to_string(self.folder.join(format!("refused.{dialect}.txt"))).ok()?;
        if let Some(target) = self.targets.postgres.as_ref().filter(|_| dialect == Dialect::Postgres) {
            let version = connection.server_version().await.unwrap();
            let major: u32 = version.split('.').next().unwrap().trim().parse().unwrap();
            if major >= target.version {
                return None;
            }
        }
        Some(refusal.trim().to_owned())
    }

    /// Compares `text` with a file of the case, or writes the file when `UPDATE_GOLDEN` is set; what differs otherwise.
    pub(crate) fn golden(&self, file: &str, text: &str) -> Option<String> {
        let path = self.folder.join(file);
        if env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, text).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        (expected != text).then(|| format!("{}/{file} holds\n{expected}\nand the plan is\n{text}", self.name))
    }
}
