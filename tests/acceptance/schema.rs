//! From `.orm` text to the model, as `orm check` sees it.

use orm_model::{Schema, Targets};
use orm_schema_lang::{Severity, Workspace, diagnostics::Severities};

/// The schema of these files (path, text); the errors, a line each, if `orm check` would refuse them.
pub(crate) fn check(files: Vec<(String, String)>, targets: &Targets) -> Result<Schema, String> {
    let mut workspace = Workspace::new(targets.clone(), Severities::default());
    workspace.set_closed(files);
    let mut errors = Vec::new();
    for path in workspace.paths() {
        let found = workspace.diagnostics(path).into_iter().filter(|it| it.severity == Severity::Error);
        errors.extend(found.map(|it| format!("{path}: {} {}", it.rule.code, it.message)));
    }
    if errors.is_empty() { Ok(workspace.schema()) } else { Err(errors.join("\n")) }
}
