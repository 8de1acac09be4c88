//! A search for names finds each name that means what is looked for: it passes by most of a text, and must miss nothing there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    ops::Range,
    path::Path,
    sync::Arc,
};

use orm_ide::{Analysis, AnalysisHost, Severities, Targets};

/// The schema files below a folder, with their texts.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path()) {
        if entry.is_dir() {
            files(&entry, found);
        } else if entry.extension().is_some_and(|it| it == "orm") {
            found.push((entry.display().to_string(), fs::read_to_string(&entry).expect("a text")));
        }
    }
}

/// Where the words of a text begin.
fn words(text: &str) -> impl Iterator<Item = usize> {
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    text.char_indices().filter(move |(at, it)| is_part(*it) && !text[..*at].ends_with(is_part)).map(|(at, _)| at)
}

/// A place: a path, and where a name begins and ends.
type Place = (Arc<str>, usize, usize);

fn place(path: &Arc<str>, range: &Range<usize>) -> Place {
    (Arc::clone(path), range.start, range.end)
}

/// The names that lead to each declaration when they are asked one by one. `excluded`, which leads to a table, is no name of it.
fn names(analysis: &Analysis, files: &[(String, String)]) -> BTreeMap<Place, BTreeSet<Place>> {
    let mut names: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    let texts: BTreeMap<_, _> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    for (path, text) in files {
        let path = Arc::from(path.as_str());
        for offset in words(text) {
            let Some(to) = analysis.goto_definition(&path, offset).expect("nobody edits") else { continue };
            if texts[&*to.path][to.name_range.clone()] == text[to.origin.clone()] {
                names.entry(place(&to.path, &to.name_range)).or_default().insert(place(&path, &to.origin));
            }
        }
    }
    names
}

#[test]
fn every_name_of_the_examples_is_found_from_its_declaration() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let (mut declared, mut named) = (0, 0);
    for project in fs::read_dir(examples).expect("the examples").map(|it| it.expect("an entry").path()) {
        let mut found = Vec::new();
        files(&project, &mut found);
        let mut host = AnalysisHost::new(Targets::default(), Severities::new());
        host.workspace_mut().set_closed(found.clone());
        let analysis = host.analysis();
        for (declaration, names) in names(&analysis, &found) {
            let references = analysis.references(&declaration.0, declaration.1).expect("nobody edits");
            let references: BTreeSet<_> = references.iter().map(|it| place(&it.path, &it.range)).collect();
            let missed: Vec<_> = names.difference(&references).collect();
            assert!(missed.is_empty(), "{declaration:?} is named at {missed:?}, too");
            declared += 1;
            named += names.len();
        }
    }
    assert!(declared > 200 && named > 500, "{declared} declarations with {named} names");
}
