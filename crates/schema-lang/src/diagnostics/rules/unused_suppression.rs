//! A suppression that accepts nothing.

use std::{ops::Range, sync::Arc};

use crate::{
    diagnostics::{Rule, rule::rule},
    workspace::{FileDiagnostic, FileEdit, FileFix},
};

rule! {
    /// `// orm-allow` names a code that has nothing to say about its line.
    ///
    /// A suppression stands at the end of the line that it is about, or alone on a line above it. What is left over
    /// would silence the next finding, which nobody has looked at.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text  // orm-allow second-precision: nothing here is rounded
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid            @primary_key
    ///   seen  timestamptz(3)  // orm-allow second-precision: the application rounds
    /// }
    /// ```
    UNUSED_SUPPRESSION: "ORM170", "unused-suppression", Warning, policy
}

/// `gone` is what the fix takes out.
pub(crate) fn report(path: &Arc<str>, place: Range<usize>, rule: &Rule, gone: Range<usize>) -> FileDiagnostic {
    let message = format!("`{}` ({}) has nothing to say about this line", rule.code, rule.slug);
    let fix = FileFix { is_safe: true, ..removed("Remove the suppression", path, gone) };
    let finding = UNUSED_SUPPRESSION.in_text(place, message, "remove it, or move it to the line that it is about");
    FileDiagnostic { fixes: vec![fix], ..finding }
}

/// Takes a part of the text out.
pub(super) fn removed(title: &str, path: &Arc<str>, range: Range<usize>) -> FileFix {
    let edit = FileEdit { path: path.clone(), range, replacement: String::new() };
    FileFix { title: title.to_owned(), is_safe: false, edits: vec![edit] }
}
