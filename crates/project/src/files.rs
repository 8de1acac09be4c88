//! Finding the schema files of a project.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use ignore::{DirEntry, Walk, WalkBuilder};

use crate::error::ConfigError;
use crate::project::CONFIG_FILE;

/// A schema file of a project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaFile {
    /// The path relative to the project's folder, with `/` on every system: what messages show and what files sort by.
    pub name: String,
    /// The path to open.
    pub path: PathBuf,
}

impl SchemaFile {
    fn new(root: &Path, path: PathBuf) -> Self {
        let relative = path.strip_prefix(root).unwrap_or(&path);
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        SchemaFile { name: parts.join("/"), path }
    }
}

/// A glob in which `*` stays in its folder and `**` does not.
pub(crate) fn compile(glob: &str) -> Result<Glob, globset::Error> {
    let glob = glob.strip_prefix("./").unwrap_or(glob);
    GlobBuilder::new(glob).literal_separator(true).build()
}

/// All `globs` as one.
pub(crate) fn compile_all(globs: &[String]) -> Result<GlobSet, ConfigError> {
    let problem = |error: globset::Error| ConfigError::new(format!("a glob of `[schema] files`: {error}"));
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(compile(glob).map_err(problem)?);
    }
    set.build().map_err(problem)
}

/// The files under `root` that match, in the order of their names.
///
/// What `.gitignore` leaves out, hidden folders and folders with an `orm.toml` of their own are left out. A folder that
/// can't be read is an error: a schema without the tables in it would look as if they had been dropped.
pub(crate) fn find(root: &Path, globs: &GlobSet) -> Result<Vec<SchemaFile>, ConfigError> {
    let mut files = Vec::new();
    for entry in walk(root) {
        let entry = entry.map_err(|error| unreadable(root, &error))?;
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        // Asked of the path and not of the entry, so that a link to a file counts.
        if globs.is_match(relative) && entry.path().is_file() {
            files.push(SchemaFile::new(root, entry.into_path()));
        }
    }
    files.sort();
    Ok(files)
}

/// Only what is in the repository decides, not the settings of the person who runs it.
fn walk(root: &Path) -> Walk {
    WalkBuilder::new(root)
        .ignore(false)
        .git_global(false)
        .git_exclude(false)
        .require_git(false)
        .filter_entry(|entry| entry.depth() == 0 || !is_nested_project(entry))
        .build()
}

fn is_nested_project(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|it| it.is_dir()) && entry.path().join(CONFIG_FILE).is_file()
}

fn unreadable(root: &Path, error: &ignore::Error) -> ConfigError {
    ConfigError::new(format!("the folder {} can't be searched for schema files: {error}", root.display()))
        .with_help("make the folder readable, or leave it out with .gitignore")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A folder with these empty files.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    fn names(folder: &tempfile::TempDir, globs: &[&str]) -> Vec<String> {
        let globs: Vec<String> = globs.iter().map(|glob| (*glob).to_owned()).collect();
        let found = find(folder.path(), &compile_all(&globs).unwrap()).unwrap();
        found.into_iter().map(|file| file.name).collect()
    }

    #[test]
    fn files_come_in_the_order_of_their_names() {
        let folder = folder(&["b.orm", "a/z.orm", "c.sql", "a.orm", "B.orm"]);
        assert_eq!(names(&folder, &["**/*.orm"]), ["B.orm", "a.orm", "a/z.orm", "b.orm"]);
    }

    #[test]
    fn a_star_stays_in_its_folder() {
        let folder = folder(&["schema/a.orm", "schema/deep/b.orm", "c.orm"]);
        assert_eq!(names(&folder, &["./schema/*.orm"]), ["schema/a.orm"]);
        assert_eq!(names(&folder, &["schema/**/*.orm", "c.orm"]), ["c.orm", "schema/a.orm", "schema/deep/b.orm"]);
    }

    #[test]
    fn ignored_hidden_and_nested_files_are_left_out() {
        let folder =
            folder(&["a.orm", "build/b.orm", ".orm/c.orm", "other/orm.toml", "other/d.orm", "other/deep/e.orm"]);
        fs::write(folder.path().join(".gitignore"), "build/\n").unwrap();
        assert_eq!(names(&folder, &["**/*.orm"]), ["a.orm"]);
    }

    #[test]
    fn a_folder_named_like_a_schema_file_is_none() {
        let folder = folder(&["x.orm/inner.txt"]);
        assert_eq!(names(&folder, &["**/*.orm"]), [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_file_counts_and_a_circle_of_links_ends() {
        let folder = folder(&["real.txt"]);
        std::os::unix::fs::symlink(folder.path().join("real.txt"), folder.path().join("link.orm")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("circle")).unwrap();
        assert_eq!(names(&folder, &["**/*.orm"]), ["link.orm"]);
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let error = find(Path::new("no/such/folder"), &compile_all(&["*.orm".to_owned()]).unwrap()).unwrap_err();
        assert!(error.to_string().starts_with("the folder no/such/folder can't be searched"), "{error}");
    }
}
