//! Edits of several files, in order.

use std::{
    collections::{BTreeMap, HashMap},
    ops::Range,
};

use orm_schema_lang::{Database, File, diagnostics::written_name, workspace::FileEdit};

use super::{Found, RenameEdit, RenameReason};
use crate::{names::Shorthand, symbol::Symbol};

/// What stands in the place of some bytes, by their start and end, and why.
type FileEdits = BTreeMap<(usize, usize), (String, RenameReason)>;

pub(super) struct Edits<'a> {
    db: &'a Database,
    files: HashMap<File, FileEdits>,
}

impl<'a> Edits<'a> {
    pub(super) fn new(db: &'a Database) -> Self {
        Edits { db, files: HashMap::new() }
    }

    /// What stands at a name.
    pub(super) fn text(&self, found: &Found<'_>) -> &'a str {
        &found.file.source(self.db).text()[found.occurrence.range.clone()]
    }

    /// Puts `new` where something is named. A name that is a value and what that is written into, of which both get the new
    /// name, stays one.
    pub(super) fn rename(&mut self, found: &Found<'_>, new: &str, reason: RenameReason) {
        let text = found.file.source(self.db).text();
        let (range, replacement) = renamed(text, found, new);
        let path = path_start(text, &found.occurrence.range)..found.occurrence.range.end;
        let other = match found.occurrence.shorthand {
            Shorthand::No => None,
            Shorthand::Key => self.of(found.file).remove(&(path.start, path.end)),
            Shorthand::Value => self.of(found.file).remove(&(path.start, path.start)),
        };
        match other {
            Some(_) => {
                let both = format!("{}{}", &text[path.start..found.occurrence.range.start], written(found, new));
                self.replace(found.file, path, both, reason);
            }
            None => self.replace(found.file, range, replacement, reason),
        }
    }

    pub(super) fn replace(&mut self, file: File, range: Range<usize>, replacement: String, reason: RenameReason) {
        self.of(file).insert((range.start, range.end), (replacement, reason));
    }

    /// Puts a text before `offset`; behind a name that ends there and is replaced, which then has this reason, too.
    pub(super) fn insert(&mut self, file: File, offset: usize, text: &str, reason: RenameReason) {
        let edits = self.of(file);
        let behind = edits.iter().find(|((start, end), _)| *end == offset && start < end).map(|(place, _)| *place);
        let (replacement, why) = edits.entry(behind.unwrap_or((offset, offset))).or_insert((String::new(), reason));
        replacement.push_str(text);
        *why = reason;
    }

    fn of(&mut self, file: File) -> &mut FileEdits {
        self.files.entry(file).or_default()
    }

    /// The edits, ordered by path and place.
    pub(super) fn finish(self) -> Vec<RenameEdit> {
        let mut edits: Vec<_> = self
            .files
            .into_iter()
            .flat_map(|(file, edits)| {
                let path = file.path(self.db).clone();
                edits.into_iter().map(move |((start, end), (replacement, reason))| {
                    let edit = FileEdit { path: path.clone(), range: start..end, replacement };
                    RenameEdit { edit, reason }
                })
            })
            .collect();
        edits.sort_by(|a, b| (&a.edit.path, a.edit.range.start).cmp(&(&b.edit.path, b.edit.range.start)));
        edits
    }
}

/// The bytes of a name, and what stands there after it got another one.
pub(super) fn renamed(text: &str, found: &Found<'_>, new: &str) -> (Range<usize>, String) {
    let range = found.occurrence.range.clone();
    let old = &text[range.clone()];
    let new = written(found, new);
    let name = match old.rsplit_once('.').filter(|_| !old.starts_with('`')) {
        Some((schema, _)) => format!("{schema}.{new}"),
        None => new,
    };
    let start = path_start(text, &range);
    match found.occurrence.shorthand {
        Shorthand::No => (range, name),
        Shorthand::Key => (start..start, format!("{name}: ")),
        Shorthand::Value => (start..range.end, format!("{old}: {}{name}", &text[start..range.start])),
    }
}

/// A name as it is written at a place: behind `$` stands no backtick.
fn written(found: &Found<'_>, name: &str) -> String {
    match found.occurrence.symbol {
        Symbol::Parameter { .. } => name.to_owned(),
        _ => written_name(name),
    }
}

/// Where a path begins whose last name this is: `$email`, `u.id`.
fn path_start(text: &str, name: &Range<usize>) -> usize {
    let is_path = |it: char| it.is_alphanumeric() || matches!(it, '_' | '.' | '`' | '$');
    text[..name.start].trim_end_matches(is_path).len()
}
