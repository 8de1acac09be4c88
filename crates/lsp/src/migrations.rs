//! The files of a project's migrations.

use std::{fs, path::Path};

use orm_ide::MigrationFile;

/// The migrations in a folder, ordered by name. What can't be read is told by the command line; here a rename then writes no
/// old names.
pub(crate) fn read(folder: &Path) -> Vec<MigrationFile> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let files = entries.filter_map(|entry| {
        let path = entry.ok()?.path();
        let name = path.file_name()?.to_str().filter(|it| it.ends_with(".sql"))?.to_owned();
        let content = fs::read(&path).inspect_err(|error| tracing::warn!("{}: {error}", path.display())).ok()?;
        Some(MigrationFile { name, content })
    });
    let mut files: Vec<_> = files.collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}
