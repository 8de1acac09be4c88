//! The laws of [`orm_testkit::laws`] over random schemas, random edits of real files, and what the fuzzer found.

use std::{fs, path::PathBuf};

use orm_testkit::{
    generator, large,
    laws::{self, Edit},
    repository::files,
};
use proptest::{prelude::*, sample::Index};

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The texts of the schema files in a folder of the repository.
fn schema_texts(folder: &str) -> Vec<String> {
    files(folder, "orm").into_iter().map(|(_, text)| text).collect()
}

/// Files as people write them: queries, views and everything else included.
fn real_files() -> Vec<String> {
    let mut texts = schema_texts("examples");
    texts.extend(schema_texts("tree-sitter-orm/test/locality"));
    texts.push(large::schema(12));
    texts
}

/// The law that a target of the fuzzer tries to break.
fn law(target: &str) -> fn(&[u8]) {
    match target {
        "parse" => |bytes| _ = laws::parse(&laws::text(bytes)),
        "check" => |bytes| _ = laws::check(&laws::text(bytes)),
        "format" => |bytes| _ = laws::format(&laws::text(bytes)),
        "edits" => laws::edits_of_bytes,
        "migration" => laws::migration,
        _ => panic!("`{target}` is no target of the fuzzer"),
    }
}

#[test]
fn what_the_fuzzer_found_stays_fixed() {
    let mut count = 0;
    for folder in fs::read_dir(repository().join("fuzz/findings")).expect("findings") {
        let folder = folder.expect("a folder").path();
        let target = folder.file_name().expect("a name").to_string_lossy().into_owned();
        for entry in fs::read_dir(&folder).expect("a folder for each target that found something") {
            law(&target)(&fs::read(entry.expect("an entry").path()).expect("a finding"));
            count += 1;
        }
    }
    assert!(count > 0, "the findings are gone");
}

#[test]
fn laws_hold_for_real_files() {
    for text in real_files() {
        laws::parse(&text);
        laws::check(&text);
        laws::format(&text);
        laws::format(&text.replace('\n', "\r\n"));
    }
    for (_, text) in files("examples", "sql") {
        laws::migration(text.as_bytes());
    }
}

/// A line between two others, or at the end of one.
fn comment() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\n\n",
        "\n\n\n",
        "\n// note\n",
        "\n  // note\n",
        "\n\n// note\n\n",
        "  // behind\n",
        "\n/// doc\n",
        "\t\n",
        " \n \n",
        "\n// ä🙂 {\n",
        "\n//\n",
        "\n///\n",
    ])
}

/// The text with line ends replaced by comments and blank lines.
fn with_comments(text: &str, comments: &[(Index, &str)]) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    for (at, comment) in comments {
        if let Some(line) = lines.get_mut(at.index(text.lines().count().max(1))) {
            let end = line.trim_end_matches('\n').len();
            line.truncate(end);
            line.push_str(comment);
        }
    }
    lines.concat()
}

/// What a hand at the keyboard puts in, takes out and moves.
#[derive(Debug, Clone)]
enum Change {
    InsertLine(Index, &'static str),
    DeleteLine(Index),
    MoveLine(Index, Index),
    ReplaceToken(Index, &'static str),
    DeleteBytes(Index, usize),
    Duplicate(Index),
    Undo,
    Close,
    Open,
    Remove,
}

fn change() -> impl Strategy<Value = Change> {
    let line = prop::sample::select(vec![
        "  name  text",
        "  ...Base",
        "table orders {",
        "}",
        "enum state { a, b }",
        "  index(name)",
        "// note",
        "/// doc",
        "",
        "mixin Base {",
        "  id  uuid = uuid()  @primary_key",
        "query q: one =",
        "  user_id  uuid  @references(users.id)",
    ]);
    let token = prop::sample::select(vec![
        "x", "text", "users", "{", "}", "(", ")", "\"", "\"\"\"", "`", "@", ",", "?", "[]", "=", "...", "//", "ä",
        "table", "enum", "",
    ]);
    prop_oneof![
        4 => (any::<Index>(), line).prop_map(|(at, line)| Change::InsertLine(at, line)),
        3 => any::<Index>().prop_map(Change::DeleteLine),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::MoveLine(from, to)),
        6 => (any::<Index>(), token).prop_map(|(at, token)| Change::ReplaceToken(at, token)),
        2 => (any::<Index>(), 1..80usize).prop_map(|(at, length)| Change::DeleteBytes(at, length)),
        1 => any::<Index>().prop_map(Change::Duplicate),
        3 => Just(Change::Undo),
        1 => Just(Change::Close),
        1 => Just(Change::Open),
        1 => Just(Change::Remove),
    ]
}

/// The bytes of the how-manieth line with its end.
fn line(text: &str, at: &Index) -> (usize, usize) {
    let number = at.index(text.lines().count().max(1));
    let start: usize = text.split_inclusive('\n').take(number).map(str::len).sum();
    (start, text[start..].split_inclusive('\n').next().map_or(0, str::len))
}

/// The bytes of the word, or the single character, at some place.
fn token(text: &str, at: &Index) -> (usize, usize) {
    let start = text.floor_char_boundary(at.index(text.len().max(1)));
    let is_word = |it: &char| it.is_alphanumeric() || *it == '_';
    let word: usize = text[start..].chars().take_while(is_word).map(char::len_utf8).sum();
    (start, word.max(text[start..].chars().next().map_or(0, char::len_utf8)))
}

/// Changes as edits of files, each of the text that the edit before left.
fn edits(texts: &[String], changes: &[(Index, Change)]) -> Vec<Edit> {
    let mut texts = texts.to_vec();
    let mut undo: Vec<(usize, String)> = Vec::new();
    let mut edits = Vec::new();
    for (file, change) in changes {
        let file = file.index(texts.len());
        let text = texts[file].clone();
        let mut replace = |start: usize, length: usize, with: &str| {
            undo.push((file, texts[file].clone()));
            texts[file].replace_range(start..start + length, with);
            edits.push(Edit::Replace { file, start, length, text: with.to_owned() });
        };
        match change {
            Change::InsertLine(at, with) => replace(line(&text, at).0, 0, &format!("{with}\n")),
            Change::DeleteLine(at) => {
                let (start, length) = line(&text, at);
                replace(start, length, "");
            }
            Change::MoveLine(from, to) => {
                let (start, length) = line(&text, from);
                let moved = text[start..start + length].to_owned();
                replace(start, length, "");
                let to = line(&texts[file], to).0;
                texts[file].insert_str(to, &moved);
                edits.push(Edit::Replace { file, start: to, length: 0, text: moved });
            }
            Change::ReplaceToken(at, with) => {
                let (start, length) = token(&text, at);
                replace(start, length, with);
            }
            Change::DeleteBytes(at, length) => {
                let start = text.floor_char_boundary(at.index(text.len().max(1)));
                let end = text.floor_char_boundary((start + length).min(text.len()));
                replace(start, end - start, "");
            }
            Change::Duplicate(at) => {
                let (start, length) = line(&text, at);
                let copy = text[start..start + length].to_owned();
                replace(start, 0, &copy);
            }
            Change::Undo => {
                if let Some((file, text)) = undo.pop() {
                    texts[file].clone_from(&text);
                    edits.push(Edit::Open { file, text });
                }
            }
            Change::Close => edits.push(Edit::Close { file }),
            Change::Open => edits.push(Edit::Open { file, text }),
            Change::Remove => {
                edits.push(Edit::Remove { file });
                edits.push(Edit::Open { file, text });
            }
        }
    }
    edits
}

/// Sets of files that belong together.
fn projects() -> Vec<Vec<String>> {
    let split = large::files(6).into_iter().map(|(_, text)| text).collect();
    let mut projects = vec![split, vec![large::schema(8)], schema_texts("examples/uploads")];
    projects.extend(schema_texts("tree-sitter-orm/test/locality").into_iter().map(|text| vec![text]));
    projects
}

proptest! {
    #![proptest_config(orm_testkit::random::reproducible(64))]

    #[test]
    fn a_random_schema_with_comments_is_formatted(
        text in generator::schema(),
        comments in prop::collection::vec((any::<Index>(), comment()), 0..12),
    ) {
        laws::format(&with_comments(&text, &comments));
    }

    #[test]
    fn a_broken_file_is_formatted(
        file in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), change()), 1..6),
        comments in prop::collection::vec((any::<Index>(), comment()), 0..4),
    ) {
        let files = real_files();
        let mut text = with_comments(&files[file.index(files.len())], &comments);
        for edit in edits(&[text.clone()], &changes) {
            match edit {
                Edit::Replace { start, length, text: with, .. } => text.replace_range(start..start + length, &with),
                Edit::Open { text: whole, .. } => text = whole,
                Edit::Close { .. } | Edit::Remove { .. } => {}
            }
        }
        laws::format(&text);
    }

    #[test]
    fn an_edited_project_is_what_a_fresh_run_makes_of_it(
        project in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), change()), 1..12),
    ) {
        let projects = projects();
        let texts = &projects[project.index(projects.len())];
        let borrowed: Vec<_> = texts.iter().map(String::as_str).collect();
        laws::edits(&borrowed, &edits(texts, &changes));
    }

    #[test]
    fn a_random_schema_edited_is_what_a_fresh_run_makes_of_it(
        pair in generator::pair(),
        changes in prop::collection::vec((any::<Index>(), change()), 1..8),
    ) {
        laws::edits(&[&pair.before, &pair.after], &edits(&[pair.before.clone(), pair.after.clone()], &changes));
    }
}
