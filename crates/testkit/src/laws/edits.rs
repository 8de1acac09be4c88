//! Whoever edits sees what a fresh run would show.

use orm_model::Targets;
use orm_schema_lang::{Source, Workspace, format};

/// A change of one of several files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Replaces bytes of a file that is open, as typing does.
    Replace {
        /// The how-manieth file.
        file: usize,
        /// Where it starts, in bytes.
        start: usize,
        /// How many bytes go.
        length: usize,
        /// What comes instead.
        text: String,
    },
    /// Gives a file another text as a whole; it is opened if it was closed.
    Open {
        /// The how-manieth file.
        file: usize,
        /// The text.
        text: String,
    },
    /// Closes a file; its text stays.
    Close {
        /// The how-manieth file.
        file: usize,
    },
    /// Takes a file out of the project.
    Remove {
        /// The how-manieth file.
        file: usize,
    },
}

/// Applies edits one by one, and compares diagnostics, model and format with those of a fresh run after each.
#[track_caller]
pub fn edits(texts: &[&str], edits: &[Edit]) {
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    let path = |file: usize| format!("file_{}.orm", file % texts.len());
    workspace.set_closed(texts.iter().enumerate().map(|(file, text)| (path(file), (*text).to_owned())));
    compare(&workspace, None);
    for edit in edits {
        match edit {
            Edit::Replace { file, start, length, text } => {
                workspace.edit(&path(*file), *start..start.saturating_add(*length), text);
            }
            Edit::Open { file, text } => workspace.open(&path(*file), text.as_str()),
            Edit::Close { file } => {
                let path = path(*file);
                let text = workspace.source(&path).map(|source| source.text().to_string());
                workspace.set_closed(text.map(|text| (path, text)));
            }
            Edit::Remove { file } => workspace.remove(&path(*file)),
        }
        compare(&workspace, Some(edit));
    }
}

#[track_caller]
fn compare(workspace: &Workspace, edit: Option<&Edit>) {
    let paths: Vec<_> = workspace.paths().cloned().collect();
    let text = |path: &str| workspace.source(path).map(|it| it.text().to_string()).unwrap_or_default();
    let mut fresh = Workspace::new(Targets::default(), Default::default());
    fresh.set_closed(paths.iter().map(|path| (path.to_string(), text(path))));
    for path in &paths {
        assert_eq!(workspace.diagnostics(path), fresh.diagnostics(path), "{edit:?} in:\n{}", text(path));
        let formatted = workspace.source(path).map(|source| format::format(source));
        assert_eq!(formatted, Some(format::format(&Source::parse(text(path)))), "{edit:?} in:\n{}", text(path));
    }
    assert_eq!(workspace.schema(), fresh.schema(), "{edit:?}");
}

/// What stands between the fields of fuzzed bytes: no schema file has a use for it.
const SEPARATOR: u8 = 0x1f;

/// The texts that an editor is likely to put in.
const SNIPPETS: &[&str] = &[
    "",
    "x",
    "\n",
    " ",
    "}",
    "{",
    "(",
    ")",
    "\"",
    "\"\"\"",
    "`",
    "@",
    ",",
    "...",
    "/// doc\n",
    "// note\n",
    "table t {\n  a  text\n}\n",
    "mixin M {\n  ...M\n}\n",
    "enum e { a }\n",
    "ä🙂",
    "\r\n",
    "  id  uuid  @primary_key\n",
    "  b  bigint?  @references(t.a)\n",
];

/// Bytes as a text and its edits: the text, a separator, then four bytes for each edit. Small changes of the bytes are
/// small changes of the edits, which is what a fuzzer needs.
pub fn decode(bytes: &[u8]) -> (String, Vec<Edit>) {
    let end = bytes.iter().rposition(|byte| *byte == SEPARATOR).unwrap_or(bytes.len());
    let script = bytes.get(end + 1..).unwrap_or_default();
    let edit = |it: &[u8]| Edit::Replace {
        file: 0,
        start: usize::from(u16::from_be_bytes([it[0], it[1]])) % (end + 1),
        length: usize::from(it[2] % 64),
        text: SNIPPETS[usize::from(it[3]) % SNIPPETS.len()].to_owned(),
    };
    (super::text(&bytes[..end]), script.chunks_exact(4).map(edit).collect())
}

/// [`edits`] of fuzzed bytes.
#[track_caller]
pub fn edits_of_bytes(bytes: &[u8]) {
    let (text, script) = decode(bytes);
    edits(&[&text], &script);
}
