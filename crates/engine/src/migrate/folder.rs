//! The folder of migrations on disk: the only place of the engine that touches it.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::file::SourceFile;

/// A failure of the disk.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} `{}`: {source}", .path.display())]
pub struct FolderError {
    /// What was tried: `read`, `write`.
    pub action: &'static str,
    /// On what.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

/// Reads the `.sql` files of the folder, ordered by name. A folder that does not exist holds none.
pub fn read_folder(folder: &Path) -> Result<Vec<SourceFile>, FolderError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| FolderError { action: "read", path, source }
    };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed(folder))?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(failed(folder))?.path();
        if path.extension().is_some_and(|it| it == "sql") && !path.is_dir() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let content = fs::read(&path).map_err(failed(&path))?;
            files.push(SourceFile { name, content });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(files)
}

/// Writes a new file into the folder, which is made if it is missing: whole or not at all, and never over another one.
pub fn write_new_file(folder: &Path, name: &str, text: &str) -> Result<PathBuf, FolderError> {
    let path = folder.join(name);
    let failed = |source| FolderError { action: "write", path: path.clone(), source };
    fs::create_dir_all(folder).map_err(failed)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist_noclobber(&path).map_err(|error| failed(error.error))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_once_and_read_in_order() {
        let directory = tempfile::tempdir().unwrap();
        let folder = directory.path().join("orm-migrations");
        assert_eq!(read_folder(&folder).unwrap(), []);
        write_new_file(&folder, "b.sql", "two").unwrap();
        write_new_file(&folder, "a.sql", "one").unwrap();
        fs::write(folder.join("README.md"), "three").unwrap();
        let error = write_new_file(&folder, "a.sql", "other").unwrap_err();
        assert_eq!(error.source.kind(), io::ErrorKind::AlreadyExists);
        let files = read_folder(&folder).unwrap();
        assert_eq!(files.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["a.sql", "b.sql"]);
        assert_eq!(files[0].content, b"one");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 3, "no temporary file stays");
    }

    #[test]
    fn a_folder_that_cannot_be_read_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("orm-migrations");
        fs::write(&file, "").unwrap();
        let error = read_folder(&file).unwrap_err().to_string();
        assert!(error.starts_with("cannot read `") && error.contains("orm-migrations"), "{error}");
    }
}
