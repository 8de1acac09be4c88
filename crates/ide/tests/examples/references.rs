//! A search for names finds each name that means what is looked for: it passes by most of a text, and must miss nothing there.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use orm_ide::Analysis;

use crate::{Files, host, projects, words};

/// A place: a path, and where a name begins and ends.
type Place = (Arc<str>, usize, usize);

fn place(path: &Arc<str>, range: &Range<usize>) -> Place {
    (Arc::clone(path), range.start, range.end)
}

/// The names that lead to each declaration when they are asked one by one. `excluded`, which leads to a table, is no name of it.
fn names(analysis: &Analysis, files: &Files) -> BTreeMap<Place, BTreeSet<Place>> {
    let mut names: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (path, text) in files {
        let path = Arc::from(path.as_str());
        for (offset, _) in words(text) {
            let Some(to) = analysis.goto_definition(&path, offset).expect("nobody edits") else { continue };
            if files[&*to.path][to.name_range.clone()] == text[to.origin.clone()] {
                names.entry(place(&to.path, &to.name_range)).or_default().insert(place(&path, &to.origin));
            }
        }
    }
    names
}

#[test]
fn every_name_of_the_examples_is_found_from_its_declaration() {
    let (mut declared, mut named) = (0, 0);
    for files in projects() {
        let host = host(&files);
        let analysis = host.analysis();
        for (declaration, names) in names(&analysis, &files) {
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
