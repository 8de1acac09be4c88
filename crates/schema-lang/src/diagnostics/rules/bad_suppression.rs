//! A suppression that cannot be followed.

use std::{ops::Range, sync::Arc};

use super::unused_suppression::removed;
use crate::{
    diagnostics::{Rule, rule::rule, rules},
    lower::similar,
    workspace::{FileDiagnostic, FileEdit, FileFix},
};

rule! {
    /// `// orm-allow` names no code, an unknown one, one that is always an error, or no date.
    ///
    /// An error says that a database refuses the schema, or that it has no meaning: accepting it would only move it to
    /// the database. Say what the other database gets instead, such as `@spanner(…)`, or take the database out of
    /// `[targets]`.
    ///
    /// ```orm,bad
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  json  // orm-allow jsn-text: the order of the keys is signed
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table shops {
    ///   id        uuid  @primary_key
    ///   opens_at  time  // orm-allow SP020: we shall see
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table documents {
    ///   id    uuid  @primary_key
    ///   // orm-allow json-text, reserved-word: the order of the keys is signed, and the name is given
    ///   hash  json
    /// }
    /// ```
    BAD_SUPPRESSION: "ORM173", "bad-suppression", Error, language
}

/// `gone` is the comment, and its line where it stands alone.
pub(crate) fn no_code(path: &Arc<str>, comment: Range<usize>, gone: Range<usize>) -> FileDiagnostic {
    let message = "the suppression names no code".to_owned();
    let finding = BAD_SUPPRESSION.in_text(comment, message, "write `// orm-allow CODE: reason`");
    FileDiagnostic { fixes: vec![removed("Remove the suppression", path, gone)], ..finding }
}

pub(crate) fn unknown(path: &Arc<str>, place: Range<usize>, code: &str) -> FileDiagnostic {
    let message = format!("`{code}` is no code of a diagnostic");
    // Not the codes: the next number means something else.
    let Some(known) = similar(code, rules::all().into_iter().map(|rule| rule.slug)) else {
        return BAD_SUPPRESSION.in_text(place, message, "`orm explain --list` lists the codes and their names");
    };
    let edit = FileEdit { path: path.clone(), range: place.clone(), replacement: known.to_owned() };
    let fix = FileFix { title: format!("Change `{code}` to `{known}`"), is_safe: false, edits: vec![edit] };
    let finding = BAD_SUPPRESSION.in_text(place, message, &format!("did you mean `{known}`?"));
    FileDiagnostic { fixes: vec![fix], ..finding }
}

/// `gone` is the code with what joins it to others, or the comment.
pub(crate) fn always_an_error(path: &Arc<str>, place: Range<usize>, rule: &Rule, gone: Range<usize>) -> FileDiagnostic {
    let message = format!("`{}` ({}) is always an error and cannot be accepted", rule.code, rule.slug);
    let finding =
        BAD_SUPPRESSION.in_text(place, message, "do what the error itself advises, and remove the suppression");
    FileDiagnostic { fixes: vec![removed("Remove the suppression", path, gone)], ..finding }
}

pub(crate) fn date(place: Range<usize>, date: &str) -> FileDiagnostic {
    BAD_SUPPRESSION.in_text(place, format!("`{date}` is no date"), "write the last day as `until 2027-01-31`")
}
