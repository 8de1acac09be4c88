//! Files of this repository that tests read.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A file: its path in the repository, and its text.
pub type TextFile = (String, String);

/// The files with an extension in a folder of the repository and below it, in the order of their paths.
///
/// # Panics
///
/// When there is no such folder, or a file in it is no text.
pub fn files(folder: &str, extension: &str) -> Vec<TextFile> {
    let (mut files, mut folders) = (Vec::new(), vec![repository().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == extension) {
                files.push(read(&path));
            }
        }
    }
    files.sort();
    files
}

/// A file of the repository.
///
/// # Panics
///
/// When it is not there, or no text.
pub fn file(path: &str) -> TextFile {
    read(&repository().join(path))
}

/// The schema files of each project in `examples`.
///
/// # Panics
///
/// When there are none.
pub fn examples() -> Vec<Vec<TextFile>> {
    let mut projects: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for file in files("examples", "orm") {
        let project = Path::new(&file.0).components().nth(1).map(|it| it.as_os_str().to_owned());
        projects.entry(project).or_default().push(file);
    }
    assert!(!projects.is_empty(), "the examples are gone");
    projects.into_values().collect()
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &Path) -> TextFile {
    let name = path.strip_prefix(repository()).expect("below the repository").display().to_string();
    (name, fs::read_to_string(path).expect("a text"))
}
