//! The folder of the migrations: their files, and errors that name them as a person does.

use std::path::PathBuf;

use orm_engine::migrate::create::{CreateError, Creation, Request, create};
use orm_engine::migrate::{FileProblems, MigrateError, Migrations, read_folder};
use orm_project::Project;

use crate::failure::Failure;
use crate::session::short;

/// The migrations of a project.
pub(super) struct MigrationFolder {
    pub(super) path: PathBuf,
    pub(super) migrations: Migrations,
}

impl MigrationFolder {
    /// Reads the files and checks them together.
    pub(super) fn read(project: &Project) -> Result<Self, Failure> {
        let path = project.migrations_dir();
        let mut folder = MigrationFolder { path, migrations: Migrations::default() };
        let files = read_folder(&folder.path)?;
        folder.migrations = Migrations::read(&files).map_err(|problems| folder.failure(problems.into()))?;
        Ok(folder)
    }

    /// The next migration.
    pub(super) fn create(&self, request: &Request<'_>) -> Result<Creation, Failure> {
        create(&self.migrations, request).map_err(|error| match error {
            CreateError::Replay(problem) => self.failure(FileProblems::from(problem).into()),
            other => other.into(),
        })
    }

    /// The error with the paths of the files, so that a terminal can open them.
    pub(super) fn failure(&self, mut error: MigrateError) -> Failure {
        match &mut error {
            MigrateError::Files(FileProblems(problems)) => problems.iter_mut().for_each(|it| self.locate(&mut it.file)),
            MigrateError::NotRunnable { file, .. } | MigrateError::HalfRunEdited { file, .. } => self.locate(file),
            MigrateError::Statement(error) => self.locate(&mut error.file),
            _ => {}
        }
        error.into()
    }

    fn locate(&self, file: &mut String) {
        *file = short(&self.path.join(&*file));
    }
}
