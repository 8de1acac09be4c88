//! What every command is given: where it runs and how it talks.

use std::env;
use std::path::{Path, PathBuf};

use orm_project::Project;

use crate::failure::Failure;
use crate::output::Output;

/// One run of `orm`.
#[derive(Debug)]
pub(crate) struct Session {
    /// `-C`, the folder that the user named.
    pub(crate) directory: Option<PathBuf>,
    pub(crate) output: Output,
}

impl Session {
    /// The folder that relative paths of the command line start from.
    pub(crate) fn folder(&self) -> Result<PathBuf, Failure> {
        let current = env::current_dir().map_err(|error| {
            Failure::usage(format!("the current folder cannot be used: {error}"))
                .with_help("change to a folder that exists")
        })?;
        Ok(match &self.directory {
            Some(directory) => current.join(directory),
            None => current,
        })
    }

    /// The project that the command is about: the folder given by `-C`, or the one around the current folder.
    pub(crate) fn project(&self) -> Result<Project, Failure> {
        let folder = self.folder()?;
        let root = if self.directory.is_some() { folder.as_path() } else { Project::find_root(&folder) };
        let project = Project::open(root)?;
        let settings = if project.has_config_file { "orm.toml" } else { "no orm.toml, so the defaults hold" };
        self.output.detail(&format!("project {} ({settings})", root.display()));
        Ok(project)
    }
}

/// The path as a person at the current folder writes it.
pub(crate) fn short(path: &Path) -> String {
    let current = env::current_dir().unwrap_or_default();
    match path.strip_prefix(&current) {
        Ok(rest) if rest.as_os_str().is_empty() => ".".to_owned(),
        Ok(rest) => rest.display().to_string(),
        Err(_) => path.display().to_string(),
    }
}
