//! Every name of the examples can get another one, after which nothing is wrong, and its old one again.

use orm_ide::RenameEdit;
use orm_schema_lang::format::format_text;

use crate::{Files, apply, findings, host, projects, words};

fn renamed(files: &Files, edits: &[RenameEdit]) -> Files {
    let mut files = files.clone();
    apply(
        &mut files,
        edits.iter().map(|it| (it.edit.path.to_string(), it.edit.range.clone(), it.edit.replacement.clone())),
    );
    files
}

/// A row that says `name: $name` may say `$name` as well: a rename back does not shorten it.
fn shortened(text: &str) -> String {
    let text = format_text(text);
    let mut short = String::new();
    let mut rest = text.as_str();
    while let Some(colon) = rest.find(": ") {
        let (before, behind) = (&rest[..colon], &rest[colon + 2..]);
        let start = before.rfind(|it: char| !crate::is_part(it)).map_or(0, |it| it + 1);
        let name = &before[start..];
        let is_same = ["", "$"].iter().any(|sign| {
            behind
                .strip_prefix(sign)
                .and_then(|it| it.strip_prefix(name))
                .is_some_and(|it| !it.starts_with(crate::is_part))
        });
        short.push_str(if is_same && !name.is_empty() { &rest[..start] } else { &rest[..colon + 2] });
        rest = behind;
    }
    short + rest
}

#[test]
fn every_name_can_be_renamed_and_back() {
    let mut count = 0;
    for files in projects() {
        let project = host(&files);
        let analysis = project.analysis();
        let before = findings(&project);
        for (path, text) in &files {
            for (at, word) in words(text) {
                let places = analysis.references(path, at).expect("nobody edits");
                if !places.iter().any(|it| it.is_declaration && *it.path == **path && it.range.start == at) {
                    continue;
                }
                // Short enough for the values of every enum.
                let new = if word.starts_with(char::is_uppercase) { "Zz" } else { "zz" };
                let edits = analysis.rename(path, at, new).expect("nobody edits");
                let edits = edits.unwrap_or_else(|error| panic!("{path}: {word}: {error}"));
                let after = renamed(&files, &edits);
                let second = host(&after);
                let codes = |all: &[(&'static str, String)]| all.iter().map(|(code, _)| *code).collect::<Vec<_>>();
                let found = findings(&second);
                assert_eq!(codes(&found), codes(&before), "{path}: {word}: {found:#?}");

                let above = edits.iter().filter(|it| *it.edit.path == **path && it.edit.range.end <= at);
                let (longer, shorter) = above.fold((0, 0), |(longer, shorter), it| {
                    (longer + it.edit.replacement.len(), shorter + it.edit.range.len())
                });
                let place = at + longer - shorter;
                assert!(after[path][place..].starts_with(new), "{path}: {word}");
                let back = second.analysis().rename(path, place, word).expect("nobody edits");
                let back = back.unwrap_or_else(|error| panic!("{path}: {word}: back: {error}"));
                for (path, text) in renamed(&after, &back) {
                    assert_eq!(shortened(&text), shortened(&files[&path]), "{path}: {word}");
                }
                count += 1;
            }
        }
    }
    assert!(count > 250, "{count}");
}
