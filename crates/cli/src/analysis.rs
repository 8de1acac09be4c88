//! The schema of a project, read and checked.

use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use orm_model::{Schema, query::Query};
use orm_project::{Config, ConfigError, LintLevel, LintSetting, Project, ReadError, SchemaFile, closest};
use orm_schema_lang::diagnostics::{Severities, rules};
use orm_schema_lang::unchecked::Unchecked;
use orm_schema_lang::workspace::FileDiagnostic;
use orm_schema_lang::{Rule, Severity, Workspace};

use crate::failure::Failure;
use crate::lines::Lines;
use crate::session::{Session, short};

/// The schema files of a project and what is wrong with them.
pub(crate) struct Analysis {
    /// Never dropped: the process ends soon, and taking a large schema apart piece by piece costs a tenth of a check.
    workspace: ManuallyDrop<Workspace>,
    pub(crate) files: Vec<AnalysedFile>,
}

/// A schema file.
pub(crate) struct AnalysedFile {
    pub(crate) file: SchemaFile,
    /// The path as a person at the current folder writes it.
    pub(crate) shown: String,
    /// Its text, or why there is none.
    pub(crate) content: Result<Content, ReadError>,
}

/// The text of a file.
pub(crate) struct Content {
    pub(crate) lines: Lines,
    /// Bytes of the file before the text: a byte order mark.
    pub(crate) offset: usize,
}

impl Analysis {
    /// Reads and parses every schema file of the project. A file that can't be read is a finding, not a failure.
    pub(crate) fn of(project: &Project) -> Result<Self, Failure> {
        let mut workspace = Workspace::new(project.config.targets.clone(), severities(&project.config)?);
        workspace.set_today(Some(today()?));
        let files = project.schema_files()?;
        if files.is_empty() {
            return Err(no_files(project));
        }
        let files: Vec<AnalysedFile> = files.into_iter().map(AnalysedFile::read).collect();
        workspace.set_closed(files.iter().filter_map(|file| {
            let content = file.content.as_ref().ok()?;
            Some((file.file.name.clone(), content.lines.text().to_owned()))
        }));
        Ok(Analysis { workspace: ManuallyDrop::new(workspace), files })
    }

    /// What the checker finds in a file, ordered by place.
    pub(crate) fn diagnostics(&self, file: &AnalysedFile) -> Vec<FileDiagnostic> {
        self.workspace.diagnostics(&file.file.name)
    }

    /// What the checker does not look into in a file, in its order.
    pub(crate) fn unchecked(&self, file: &AnalysedFile) -> Vec<Unchecked> {
        self.workspace.unchecked(&file.file.name)
    }

    /// The file that a diagnostic calls `name`.
    pub(crate) fn file(&self, name: &str) -> Option<&AnalysedFile> {
        let at = self.files.binary_search_by(|file| file.file.name.as_str().cmp(name)).ok()?;
        self.files.get(at)
    }

    /// The schema; complete only where nothing has an error.
    pub(crate) fn schema(&self) -> Schema {
        self.workspace.schema()
    }
}

impl AnalysedFile {
    fn read(file: SchemaFile) -> Self {
        let shown = short(&file.path);
        let content = orm_project::text::read_text(&file.path).map(|source| Content {
            offset: if source.byte_order_mark { orm_project::SourceText::MARK_LENGTH } else { 0 },
            lines: Lines::new(source.text),
        });
        AnalysedFile { file, shown, content }
    }
}

/// The day, in UTC, on which suppressions are looked at. `SOURCE_DATE_EPOCH` gives the same one again
/// (<https://reproducible-builds.org/specs/source-date-epoch/>).
fn today() -> Result<NaiveDate, Failure> {
    let Some(text) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|it| !it.is_empty()) else {
        return Ok(Utc::now().date_naive());
    };
    let seconds = text.to_str().and_then(|it| it.parse().ok());
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map(|it| it.date_naive()).ok_or_else(|| {
        Failure::usage("SOURCE_DATE_EPOCH is no number of seconds").with_help("unset it, or give seconds since 1970")
    })
}

fn no_files(project: &Project) -> Failure {
    let globs = project.config.schema_files.join("`, `");
    let folder = match short(&project.root) {
        here if here == "." => "this folder".to_owned(),
        other => other,
    };
    Failure::usage(format!("there is no schema file in {folder}: nothing matches `{globs}`"))
        .with_help("`orm init` makes a first one; `[schema] files` of orm.toml says where they are")
}

/// The severities of `[lint]`, by the codes of the rules.
fn severities(config: &Config) -> Result<Severities, ConfigError> {
    config.lints.iter().map(|setting| Ok((rule_of(setting)?.code.to_owned(), severity_of(setting.level)))).collect()
}

/// The rule that a setting means. An error stays one: where the checker finds one, there is no schema to go on with.
fn rule_of(setting: &LintSetting) -> Result<&'static Rule, ConfigError> {
    let rule = find_rule(&setting.code).map_err(|error| error.at(setting.location.clone()))?;
    if rule.severity == Severity::Error && setting.level < LintLevel::Error {
        let message = format!(
            "`{}` ({}) is always an error: a database would refuse it, or it has no meaning",
            rule.code, rule.slug
        );
        return Err(ConfigError::new(message).at(setting.location.clone()).with_help("remove the line"));
    }
    Ok(rule)
}

/// The rule with this code or slug.
pub(crate) fn find_rule(name: &str) -> Result<&'static Rule, ConfigError> {
    rules::find(name).ok_or_else(|| {
        let error = ConfigError::new(format!("`{name}` is no code of a diagnostic"));
        // Not the codes: the next number means something else.
        match closest(name, rules::all().into_iter().map(|rule| rule.slug)) {
            Some(meant) => error.with_help(format!("did you mean `{meant}`?")),
            None => error.with_help("write a code that `orm check` shows, such as `ORM060`, or its name"),
        }
    })
}

fn severity_of(level: LintLevel) -> Severity {
    match level {
        LintLevel::Off => Severity::Off,
        LintLevel::Hint => Severity::Hint,
        LintLevel::Warning => Severity::Warning,
        LintLevel::Error => Severity::Error,
    }
}

/// The schema of the project, for a command that goes on with it; with an error in it there is none.
pub(crate) fn checked_schema(session: &Session, project: &Project) -> Result<Schema, Failure> {
    checked_analysis(session, project).map(|it| it.schema())
}

/// The same, and its queries by name.
pub(crate) fn checked(session: &Session, project: &Project) -> Result<(Schema, BTreeMap<String, Query>), Failure> {
    checked_analysis(session, project).map(|it| (it.schema(), it.workspace.queries()))
}

fn checked_analysis(session: &Session, project: &Project) -> Result<Analysis, Failure> {
    let analysis = Analysis::of(project)?;
    let findings = crate::findings::of(&analysis, |_| true);
    let (errors, rest): (Vec<_>, Vec<_>) = findings.into_iter().partition(|it| it.severity == Severity::Error);
    if !errors.is_empty() {
        session.output.findings(&crate::findings::render(&errors, true));
        let plural = if errors.len() == 1 { "error" } else { "errors" };
        return Err(Failure::refused(format!("the schema has {} {plural}", errors.len())));
    }
    if !rest.is_empty() {
        session.output.note(&format!("`orm check` has {} to say about the schema.", crate::findings::count(&rest)));
    }
    Ok(analysis)
}

/// Whether `file` is `path` or in it; both as the file system sees them.
pub(crate) fn is_in(file: &Path, path: &Path) -> bool {
    file.canonicalize().is_ok_and(|file| file.starts_with(path))
}
