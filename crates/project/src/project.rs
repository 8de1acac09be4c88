//! A folder as a project.

use std::io;
use std::path::{Path, PathBuf};

use globset::GlobSet;

use crate::config::Config;
use crate::environment::Environment;
use crate::error::ConfigError;
use crate::files::{self, SchemaFile};
use crate::text::{ReadProblem, read_text};

/// The name of the settings file.
pub const CONFIG_FILE: &str = "orm.toml";

/// A folder, its settings and its environment.
#[derive(Debug, Clone)]
pub struct Project {
    /// The folder, as it was given.
    pub root: PathBuf,
    /// Whether the folder has an `orm.toml`.
    pub has_config_file: bool,
    /// What `orm.toml` says, or the defaults.
    pub config: Config,
    /// The environment with the folder's `.env` behind it.
    pub environment: Environment,
    globs: GlobSet,
}

impl Project {
    /// The project in the folder `root`, whether or not it has an `orm.toml`.
    pub fn open(root: &Path) -> Result<Self, ConfigError> {
        Project::open_with(root, None)
    }

    /// The same; `settings` is the text of `orm.toml` in an editor, which counts in the place of what is on disk.
    pub fn open_with(root: &Path, settings: Option<&str>) -> Result<Self, ConfigError> {
        if !root.is_dir() {
            return Err(ConfigError::new(format!("{} is not a folder", root.display()))
                .with_help("name the folder of a project, the one that holds orm.toml"));
        }
        let config = match settings {
            Some(text) => Some(Config::parse(&root.join(CONFIG_FILE), text)?),
            None => read_config(root)?,
        };
        let has_config_file = config.is_some();
        let config = config.unwrap_or_default();
        let globs = files::compile_all(&config.schema_files)?;
        let environment = Environment::load(root)?;
        Ok(Project { root: root.to_owned(), has_config_file, config, environment, globs })
    }

    /// The folder of the project that `start` is in: the nearest one with an `orm.toml`, or `start` itself.
    pub fn find_root(start: &Path) -> &Path {
        start.ancestors().find(|folder| folder.join(CONFIG_FILE).is_file()).unwrap_or(start)
    }

    /// The schema files in the order of their names. `.gitignore`, hidden folders and nested projects are respected.
    pub fn schema_files(&self) -> Result<Vec<SchemaFile>, ConfigError> {
        files::find(&self.root, &self.globs)
    }

    /// Whether `[schema] files` matches `path`; `.gitignore` and nested projects are not asked.
    pub fn matches(&self, path: &Path) -> bool {
        path.strip_prefix(&self.root).is_ok_and(|relative| self.globs.is_match(relative))
    }

    /// The folder of the migration files. It need not exist yet.
    pub fn migrations_dir(&self) -> PathBuf {
        self.root.join(&self.config.migrations_dir)
    }

    /// The folder of the embedded database that a project has without saying anything.
    pub fn embedded_database_dir(&self) -> PathBuf {
        self.root.join(".orm").join("pglite")
    }
}

fn read_config(root: &Path) -> Result<Option<Config>, ConfigError> {
    let path = root.join(CONFIG_FILE);
    match read_text(&path) {
        Ok(source) => Config::parse(&path, &source.text).map(Some),
        Err(error) if matches!(&error.problem, ReadProblem::Io(it) if it.kind() == io::ErrorKind::NotFound) => Ok(None),
        Err(error) => Err(ConfigError::new(error.to_string()).with_help(error.problem.help())),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn without_a_file_the_defaults_hold() {
        let folder = tempfile::tempdir().unwrap();
        let project = Project::open(folder.path()).unwrap();
        assert!(!project.has_config_file);
        assert_eq!(project.config, Config::default());
        assert_eq!(project.migrations_dir(), folder.path().join("orm-migrations"));
        assert_eq!(project.schema_files().unwrap(), []);
    }

    #[test]
    fn settings_and_environment_come_from_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(CONFIG_FILE), "[schema]\nfiles = 'db/*.orm'\n").unwrap();
        fs::write(folder.path().join(".env"), "ORM_PROJECT_TEST_FOLDER=1").unwrap();
        let project = Project::open(folder.path()).unwrap();
        assert!(project.has_config_file);
        assert!(project.environment.get("ORM_PROJECT_TEST_FOLDER").unwrap().is_some());
        assert!(project.matches(&folder.path().join("db/a.orm")));
        assert!(!project.matches(&folder.path().join("a.orm")));
        assert!(!project.matches(Path::new("/elsewhere/db/a.orm")));
    }

    #[test]
    fn what_an_editor_has_counts_more_than_what_is_on_disk() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(CONFIG_FILE), "[schema]\nfiles = 'db/*.orm'\n").unwrap();
        let project = Project::open_with(folder.path(), Some("[schema]\nfiles = '*.orm'\n")).unwrap();
        assert!(project.matches(&folder.path().join("a.orm")));
    }

    #[test]
    fn the_nearest_settings_file_makes_the_project() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        fs::create_dir_all(&deep).unwrap();
        fs::write(folder.path().join(CONFIG_FILE), "").unwrap();
        assert_eq!(Project::find_root(&deep), folder.path());
        fs::write(folder.path().join("a").join(CONFIG_FILE), "").unwrap();
        assert_eq!(Project::find_root(&deep), folder.path().join("a"));
    }

    #[test]
    fn what_is_no_folder_is_no_project() {
        let error = Project::open(Path::new("no/such/folder")).unwrap_err();
        assert_eq!(error.to_string(), "no/such/folder is not a folder");
    }

    #[test]
    fn a_settings_file_that_is_no_text_is_named() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(CONFIG_FILE), b"\xFF\xFE[").unwrap();
        let error = Project::open(folder.path()).unwrap_err();
        assert!(error.to_string().ends_with("orm.toml: is UTF-16 text, not UTF-8"), "{error}");
    }
}
