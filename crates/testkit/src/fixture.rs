//! Schema files as one text, for tests: several files with headers, and `$0` where the cursor is.
//!
//! ```text
//! //- users.orm
//! table users { id uuid @primary_key }
//! //- posts.orm
//! table posts { author uuid @references(us$0ers.id) }
//! ```
//!
//! No name of the language starts with a digit, so the marker never clashes with `$parameter`.

/// The path of a fixture without headers.
pub const DEFAULT_PATH: &str = "schema.orm";

const HEADER: &str = "//- ";
const CURSOR: &str = "$0";

/// Files, and where the cursor is in one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixture {
    /// Path and text of each file, in the order in which they stand, without the marker.
    pub files: Vec<(String, String)>,
    /// The first cursor.
    pub cursor: Option<Cursor>,
}

/// A place in a file of a fixture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The path of the file.
    pub path: String,
    /// Bytes from its start.
    pub offset: usize,
}

impl Fixture {
    /// Divides a text into its files and takes the cursor out of it.
    ///
    /// # Panics
    /// If there is more than one cursor, or text before the first header.
    #[track_caller]
    pub fn parse(text: &str) -> Fixture {
        let mut fixture = Fixture { files: Vec::new(), cursor: None };
        for (path, mut text) in divide(text) {
            if let Some(offset) = text.find(CURSOR) {
                text.replace_range(offset..offset + CURSOR.len(), "");
                assert!(!text.contains(CURSOR) && fixture.cursor.is_none(), "a fixture has one cursor");
                fixture.cursor = Some(Cursor { path: path.clone(), offset });
            }
            fixture.files.push((path, text));
        }
        fixture
    }

    /// The cursor.
    ///
    /// # Panics
    /// If the fixture has none.
    #[track_caller]
    pub fn cursor(&self) -> &Cursor {
        self.cursor.as_ref().expect("the fixture has a cursor `$0`")
    }

    /// The text of a file.
    ///
    /// # Panics
    /// If there is no such file.
    #[track_caller]
    pub fn text(&self, path: &str) -> &str {
        let file = self.files.iter().find(|(it, _)| it == path);
        file.map(|(_, text)| text.as_str()).expect("the fixture has a file with this path")
    }
}

#[track_caller]
fn divide(text: &str) -> Vec<(String, String)> {
    if !text.lines().any(|line| line.starts_with(HEADER)) {
        return vec![(DEFAULT_PATH.to_owned(), text.to_owned())];
    }
    let mut files: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix(HEADER), files.last_mut()) {
            (Some(path), _) => files.push((path.trim().to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => assert!(line.trim().is_empty(), "text before the first header: {line}"),
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_headers_is_one_file() {
        let fixture = Fixture::parse("table u$0sers {}\n");
        assert_eq!(fixture.files, [(DEFAULT_PATH.to_owned(), "table users {}\n".to_owned())]);
        assert_eq!(fixture.cursor(), &Cursor { path: DEFAULT_PATH.to_owned(), offset: 7 });
    }

    #[test]
    fn headers_divide_files() {
        let fixture = Fixture::parse("//- a.orm\nmixin A {}\n//- b/c.orm\nmixin $0B {}\n");
        assert_eq!(fixture.text("a.orm"), "mixin A {}\n");
        assert_eq!(fixture.text("b/c.orm"), "mixin B {}\n");
        assert_eq!(fixture.cursor(), &Cursor { path: "b/c.orm".to_owned(), offset: 6 });
    }

    #[test]
    #[should_panic(expected = "one cursor")]
    fn two_cursors_are_refused() {
        Fixture::parse("$0 $0");
    }
}
