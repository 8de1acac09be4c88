//! All fixes of a file that nobody needs to look at, at once: what `orm check --fix` does with it.

use orm_schema_lang::{
    Database, File, Workspace,
    fix_all::{ROUNDS, without_overlaps},
    workspace::{FileDiagnostic, FileEdit, FileFix, file_findings},
};

use crate::line_edits::{applied, line_edits};

/// Whether there is something to fix.
pub(crate) fn is_offered(db: &Database, file: File) -> bool {
    let path = file.path(db);
    file_findings(db, file).iter().any(|it| it.fixes(db).iter().any(|it| is_wanted(path, it)))
}

/// The edits, in the order of the text; none where they would leave as much to find as there was.
pub(crate) fn fix_all(db: &Database, file: File) -> Vec<FileEdit> {
    if !is_offered(db, file) {
        return Vec::new();
    }
    let (path, before) = (file.path(db), file.source(db).text());
    let mut workspace = Workspace::copy_of(db);
    let mut found = workspace.diagnostics(path);
    let (mut text, at_first) = (before.to_string(), found.len());
    for _ in 0..ROUNDS {
        let edits = edits(path, &found);
        if edits.is_empty() {
            break;
        }
        text = applied(&text, &edits);
        workspace.open(path, text.as_str());
        found = workspace.diagnostics(path);
    }
    if found.len() < at_first { line_edits(path, before, &text) } else { Vec::new() }
}

/// The edits of one round.
fn edits(path: &str, found: &[FileDiagnostic]) -> Vec<FileEdit> {
    let safe = found.iter().filter_map(|it| it.fixes.iter().find(|it| is_wanted(path, it)));
    let chosen =
        without_overlaps(safe, |fix| fix.edits.iter().map(|it| (&*it.path, it.range.clone())).collect::<Vec<_>>());
    let mut edits: Vec<_> = chosen.into_iter().flat_map(|it| it.edits.clone()).collect();
    edits.sort_by_key(|it| it.range.start);
    edits
}

/// Whether a fix needs no look, and changes nothing but the file.
fn is_wanted(path: &str, fix: &FileFix) -> bool {
    fix.is_safe && fix.edits.iter().all(|it| *it.path == *path)
}

#[cfg(test)]
mod tests {
    use crate::{line_edits::applied, testing::analysis};

    #[test]
    fn safe_fixes_are_made_until_there_is_none_left() {
        let text = "table t {\n  id  UUID  @Primary_Key\n  n   int = 3  @primary_key\n  m   txt\n}\n";
        let (analysis, _) = analysis(text);
        let edits = analysis.fix_all("schema.orm").unwrap();
        let fixed = applied(text, &edits);
        assert!(fixed.contains("id  uuid  @primary_key") && fixed.contains("n   integer = 3"), "{fixed}");
        // What somebody must decide for stays.
        assert!(fixed.contains("m   txt"), "{fixed}");
    }

    #[test]
    fn where_nothing_is_certain_nothing_is_done() {
        let (analysis, _) = analysis("table t {\n  id  uuid  @primary_key\n  m   txt\n}\n");
        assert_eq!(analysis.fix_all("schema.orm").unwrap(), []);
        assert!(!analysis.has_fix_all("schema.orm").unwrap());
    }
}
