//! The files of `tests/queries`.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use orm_model::{
    Schema, Targets,
    query::{Query, QueryBody},
};
use orm_schema_lang::{Severity, Workspace, diagnostics::Severities};
use serde_json::Value;

/// A file of queries.
pub(super) struct Case {
    pub(super) name: String,
    pub(super) schema: Schema,
    /// What is run, in order.
    pub(super) steps: Vec<Step>,
}

/// A query and what it is given.
pub(super) struct Step {
    pub(super) query: Query,
    pub(super) values: Value,
}

/// The folder of the cases.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("queries")
}

/// Every case, ordered by name.
pub(super) fn all() -> Vec<Case> {
    files().iter().map(|it| Case::read(it)).collect()
}

/// The files of the cases, ordered by name.
pub(super) fn files() -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(folder()).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|it| it.extension().is_some_and(|it| it == "orm") && !it.ends_with("schema.orm"));
    files.sort();
    files
}

/// The text of the schema that all cases have in common.
pub(super) fn schema() -> String {
    fs::read_to_string(folder().join("schema.orm")).unwrap()
}

impl Case {
    pub(super) fn read(file: &Path) -> Self {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        Case::of(&name, &fs::read_to_string(file).unwrap())
    }

    /// A case of this text.
    pub(super) fn of(name: &str, text: &str) -> Self {
        let schema = self::schema();
        let mut workspace = Workspace::new(Targets::default(), Severities::default());
        workspace.set_closed([("schema.orm".to_owned(), schema), (format!("{name}.orm"), text.to_owned())]);
        let paths: Vec<_> = workspace.paths().cloned().collect();
        let findings = paths.iter().flat_map(|it| workspace.diagnostics(it));
        let errors: Vec<_> = findings
            .filter(|it| it.severity == Severity::Error)
            .map(|it| {
                let line = text.get(..it.range.start).map_or(0, |before| before.lines().count());
                format!("{name}.orm:{line}: {} {}", it.rule.code, it.message)
            })
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        let queries = workspace.queries();
        let steps = steps(text).into_iter().map(|(name, values)| {
            let query = queries.get(&name).unwrap_or_else(|| panic!("`{name}` is no query")).clone();
            Step { query, values }
        });
        Case { name: name.to_owned(), schema: workspace.schema(), steps: steps.collect() }
    }

    /// The queries, each once.
    pub(super) fn queries(&self) -> impl Iterator<Item = &Query> {
        let first =
            |(index, step): (usize, &Step)| !self.steps[..index].iter().any(|it| it.query.name == step.query.name);
        self.steps.iter().enumerate().filter(move |it| first(*it)).map(|(_, it)| &it.query)
    }

    /// Compares `text` with a file of the case, see [`golden`].
    pub(super) fn golden(&self, ending: &str, text: &str) -> Option<String> {
        golden(&format!("{}.{ending}", self.name), text)
    }
}

/// Compares `text` with a file of `tests/queries`, or writes the file when `UPDATE_GOLDEN` is set; what differs otherwise.
pub(super) fn golden(file: &str, text: &str) -> Option<String> {
    let path = folder().join(file);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    (golden != text).then(|| format!("{file} differs:\n{text}"))
}

impl Step {
    /// Whether the rows have an order.
    pub(super) fn is_ordered(&self) -> bool {
        matches!(&self.query.body, QueryBody::Select(it) if !it.order_by.is_empty())
    }
}

/// The name of a query and the values of a run, for each line `// > {…}` before its declaration.
fn steps(text: &str) -> Vec<(String, Value)> {
    let mut steps = Vec::new();
    let mut values: Vec<Value> = Vec::new();
    for line in text.lines() {
        if let Some(json) = line.strip_prefix("// > ") {
            values.push(serde_json::from_str(json).unwrap());
        }
        let declared = line.strip_prefix("query ").or_else(|| line.strip_prefix("mutation "));
        if let Some(declared) = declared {
            let name = declared.split(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default();
            assert!(!values.is_empty(), "`{name}` is not run");
            steps.extend(values.drain(..).map(|it| (name.to_owned(), it)));
        }
    }
    steps
}
