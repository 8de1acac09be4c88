//! One project: its files on disk and in the editor.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::NaiveDate;
use lsp_types::{Diagnostic, DiagnosticSeverity, FileChangeType, TextDocumentContentChangeEvent};
use orm_ide::{AnalysisHost, Severities, Severity, Source, SourceDeclaration, Targets};
use orm_project::{CONFIG_FILE, Config, ConfigError, LintLevel, Project, ReadError, text::read_text};

use crate::{
    document_edits::{difference, edited},
    line_index::LineIndex,
    snapshot::{Locations, OpenDocument, Snapshot, WrittenDiagnostics},
    support::ClientSupport,
    to_protocol::SOURCE,
};

/// What says which files git, and so a project, leaves out.
const IGNORE_FILE: &str = ".gitignore";

/// A project with its files, or a file that belongs to none.
pub(crate) struct LoadedProject {
    pub(crate) host: AnalysisHost,
    /// The settings; `None` for a file on its own, or when `orm.toml` can't be understood.
    disk: Option<Project>,
    locations: Arc<Locations>,
    /// What is wrong with files that the analysis cannot have, by path.
    pub(crate) problems: Arc<Vec<(PathBuf, Diagnostic)>>,
    pub(crate) support: ClientSupport,
    written: Arc<WrittenDiagnostics>,
    /// Whether something else may be declared than when somebody last looked: a comment changes nothing in other files.
    pub(crate) has_news: bool,
    /// Why the folder could not be searched for schema files, which is one of the problems.
    unlisted: Option<(PathBuf, Diagnostic)>,
}

/// A host that knows what day it is, for suppressions that end.
fn host(targets: Targets, severities: Severities) -> AnalysisHost {
    let mut host = AnalysisHost::new(targets, severities);
    host.workspace_mut().set_today(Some(chrono::Utc::now().date_naive()));
    host
}

impl LoadedProject {
    /// A file that belongs to no project.
    pub(crate) fn alone(support: ClientSupport) -> Self {
        let host = host(Targets::default(), Severities::new());
        LoadedProject {
            host,
            disk: None,
            locations: Arc::default(),
            problems: Arc::default(),
            support,
            written: Arc::default(),
            has_news: false,
            unlisted: None,
        }
    }

    /// The project in the folder `root`. `settings`: what an editor has of its `orm.toml`. While that can't be understood,
    /// `last_settings` hold.
    pub(crate) fn load(
        root: &Path,
        settings: Option<&str>,
        last_settings: Option<Project>,
        support: ClientSupport,
    ) -> Self {
        let settings_text = settings.map(Arc::from);
        let locations =
            Arc::new(Locations { root: Some(root.to_owned()), settings: settings_text, ..Locations::default() });
        let host = host(Targets::default(), Severities::new());
        let (problems, written) = Default::default();
        let mut project =
            LoadedProject { host, disk: None, locations, problems, support, written, has_news: true, unlisted: None };
        match Project::open_with(root, settings) {
            Ok(disk) => project.hold(disk),
            Err(error) => {
                project.tell(config_problem(root, settings, &error, support));
                last_settings.into_iter().for_each(|it| project.hold(it));
            }
        }
        project.read_files();
        project.read_migrations();
        project
    }

    /// Settings hold from now on.
    fn hold(&mut self, settings: Project) {
        let workspace = self.host.workspace_mut();
        workspace.set_targets(settings.config.targets.clone());
        workspace.set_severities(severities(&settings));
        self.disk = Some(settings);
    }

    /// Takes over other settings: the text that an editor has, or what is on disk. Returns whether other files may belong
    /// to the project now.
    pub(crate) fn configure(&mut self, settings: Option<&str>) -> bool {
        let Some(root) = self.locations.root.clone() else { return false };
        Arc::make_mut(&mut self.locations).settings = settings.map(Arc::from);
        self.forget_problems(|path| path.ends_with(CONFIG_FILE));
        let new = match Project::open_with(&root, settings) {
            Ok(new) => new,
            Err(error) => {
                self.tell(config_problem(&root, settings, &error, self.support));
                return false;
            }
        };
        let is_same = |same: fn(&Config, &Config) -> bool| {
            self.disk.as_ref().is_some_and(|before| same(&before.config, &new.config))
        };
        let has_same_files = is_same(|a, b| a.schema_files == b.schema_files);
        let has_same_migrations = is_same(|a, b| a.migrations_dir == b.migrations_dir);
        self.hold(new);
        if !has_same_migrations {
            self.read_migrations();
        }
        !has_same_files
    }

    fn tell(&mut self, problem: (PathBuf, Diagnostic)) {
        Arc::make_mut(&mut self.problems).push(problem);
    }

    fn forget_problems(&mut self, is_of: impl Fn(&Path) -> bool) {
        if self.problems.iter().any(|(path, _)| is_of(path)) {
            Arc::make_mut(&mut self.problems).retain(|(path, _)| !is_of(path));
        }
    }

    /// Takes over the migrations that are on disk now. Returns whether what is wrong with their files changed.
    fn read_migrations(&mut self) -> bool {
        let Some(folder) = self.migrations_dir() else { return false };
        let had_problem = self.problems.iter().any(|(path, _)| path.starts_with(&folder));
        self.forget_problems(|path| path.starts_with(&folder));
        let (base, problem) = crate::migrations::read(&folder);
        self.host.set_base(base);
        let has_problem = problem.is_some();
        if let Some(error) = problem {
            let message = format!("{error}\nhelp: without it nobody knows what the next migration has to do");
            self.tell((error.path, problem_at_start(message)));
        }
        had_problem || has_problem
    }

    /// Takes over what changed on disk in the folder of the project. Returns whether that may matter to its schema.
    pub(crate) fn files_changed(&mut self, events: &[&(PathBuf, FileChangeType)]) -> bool {
        let migrations = self.disk.as_ref().map(Project::migrations_dir);
        let is_migration =
            |path: &Path| migrations.as_ref().is_some_and(|it| path.starts_with(it) || it.starts_with(path));
        let has_migrations = events.iter().any(|(path, _)| is_migration(path));
        let has_told = has_migrations && self.read_migrations();
        // An editor tells of every file that it saves, so that must not cost a walk through the folder.
        let is_listed_anew = |path: &Path, kind| match kind {
            FileChangeType::CHANGED => path.ends_with(IGNORE_FILE),
            FileChangeType::DELETED => path.ends_with(IGNORE_FILE) || self.has_file_in(path),
            _ => !is_migration(path),
        };
        if events.iter().any(|(path, kind)| is_listed_anew(path, *kind)) {
            self.read_files();
            return true;
        }
        let edited = events.iter().filter(|(_, kind)| *kind == FileChangeType::CHANGED);
        let edited: Vec<_> = edited.filter_map(|(path, _)| Some((path.as_path(), self.path_of(path)?))).collect();
        self.reread(&edited);
        !edited.is_empty() || has_told
    }

    /// Whether a path is that of a file, or of a folder that has one.
    fn has_file_in(&self, path: &Path) -> bool {
        let Some(relative) = self.relative_path(path) else { return false };
        let is_inside =
            |file: &str| file.strip_prefix(&relative).is_some_and(|it| it.is_empty() || it.starts_with('/'));
        self.host.workspace().paths().any(|file| is_inside(file))
    }

    /// The folder of the migrations; `None` where the settings cannot be read.
    pub(crate) fn migrations_dir(&self) -> Option<PathBuf> {
        self.disk.as_ref().map(Project::migrations_dir)
    }

    /// The settings, to hold while new ones can't be understood.
    pub(crate) fn into_settings(self) -> Option<Project> {
        self.disk
    }

    /// Takes over what is on disk now. Open documents stay as they are.
    pub(crate) fn read_files(&mut self) {
        let Some(disk) = &self.disk else { return };
        let (listed, migrations) = (disk.schema_files(), disk.migrations_dir());
        let problem = listed.as_ref().err().map(|error| config_problem(&disk.root, None, error, self.support));
        if let Some(before) = std::mem::replace(&mut self.unlisted, problem.clone()) {
            Arc::make_mut(&mut self.problems).retain(|it| *it != before);
        }
        problem.into_iter().for_each(|it| self.tell(it));
        let Ok(files) = listed else { return };
        self.forget_problems(|path| !path.ends_with(CONFIG_FILE) && !path.starts_with(&migrations));
        let (mut texts, mut names) = (Vec::new(), BTreeSet::new());
        for file in files {
            if !self.locations.open.contains_key(file.name.as_str()) {
                match read_text(&file.path) {
                    Ok(source) => texts.push((file.name.clone(), source.text)),
                    Err(error) => {
                        self.tell(unreadable(&error));
                        continue;
                    }
                }
            }
            names.insert(file.name);
        }
        let known: Vec<_> = self.host.workspace().paths().cloned().collect();
        let gone = known.iter().filter(|it| !names.contains(&***it) && !self.locations.open.contains_key(*it));
        for path in gone {
            self.host.workspace_mut().remove(path);
            self.has_news = true;
        }
        self.forget_written();
        texts.retain(|(name, text)| self.host.workspace().source(name).is_none_or(|it| **it.text() != **text));
        self.set_closed(texts);
    }

    /// Takes over texts of files that nobody edits.
    fn set_closed(&mut self, texts: Vec<(String, String)>) {
        if !texts.is_empty() {
            let before: Vec<_> = texts.iter().map(|(name, _)| (name.clone(), self.source(name))).collect();
            self.host.workspace_mut().set_closed(texts);
            before.iter().for_each(|(name, source)| self.notice_news(name, source.as_deref()));
        }
    }

    /// What was written of files that are gone.
    fn forget_written(&self) {
        self.written.retain(|path| self.host.workspace().file(path).is_some());
    }

    /// Takes over files that changed on disk, unless they are open.
    fn reread(&mut self, files: &[(&Path, Arc<str>)]) {
        let mut texts = Vec::new();
        for (file, path) in files {
            if self.locations.open.contains_key(path) {
                continue;
            }
            self.forget_problems(|it| it == *file);
            match read_text(file) {
                Ok(source) => texts.push((path.to_string(), source.text)),
                Err(error) => {
                    self.host.workspace_mut().remove(path);
                    self.has_news = true;
                    self.tell(unreadable(&error));
                }
            }
        }
        self.set_closed(texts);
        self.forget_written();
    }

    /// The path in the project of a file on disk; `None` if the project leaves the file out.
    pub(crate) fn path_of(&self, file: &Path) -> Option<Arc<str>> {
        let path = self.relative_path(file)?;
        let Some(disk) = &self.disk else { return Some(Arc::from(path)) };
        let is_known = self.host.workspace().file(&path).is_some();
        (is_known || self.would_list(disk, file)).then(|| Arc::from(path))
    }

    /// The path in the project of a file that is read already.
    pub(crate) fn known_path(&self, file: &Path) -> Option<Arc<str>> {
        let path = self.relative_path(file)?;
        self.host.workspace().file(&path).is_some().then(|| Arc::from(path))
    }

    fn relative_path(&self, file: &Path) -> Option<String> {
        let relative = file.strip_prefix(self.locations.root.as_ref()?).ok()?;
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(parts.join("/"))
    }

    /// A file that is not on disk yet belongs to the project by its name; one that is there may be ignored by git.
    fn would_list(&self, disk: &Project, file: &Path) -> bool {
        let is_listed = || disk.schema_files().is_ok_and(|files| files.iter().any(|it| it.path == file));
        disk.matches(file) && (!file.exists() || is_listed())
    }

    /// A document was opened.
    pub(crate) fn open(&mut self, path: &Arc<str>, document: OpenDocument, text: String) {
        Arc::make_mut(&mut self.locations).open.insert(path.clone(), document);
        let before = self.source(path);
        self.host.workspace_mut().open(path, text);
        self.notice_news(path, before.as_deref());
    }

    /// A document was edited.
    pub(crate) fn edit(&mut self, path: &str, version: i32, changes: &[TextDocumentContentChangeEvent]) {
        let Some(source) = self.source(path) else { return };
        if let Some(document) = Arc::make_mut(&mut self.locations).open.get_mut(path) {
            document.version = version;
        }
        let encoding = self.support.encoding;
        match changes {
            // A keystroke.
            [TextDocumentContentChangeEvent { range: Some(range), text, .. }] => {
                let range = LineIndex::of(&source, encoding).byte_range(*range);
                self.host.workspace_mut().edit(path, range, text);
            }
            _ => {
                let text = edited(source.text(), changes, encoding);
                let (range, replacement) = difference(source.text(), &text);
                self.host.workspace_mut().edit(path, range, replacement);
            }
        }
        self.notice_news(path, Some(&source));
    }

    fn source(&self, path: &str) -> Option<Arc<Source>> {
        self.host.workspace().source(path).map(Arc::clone)
    }

    /// The text of a file was another one.
    fn notice_news(&mut self, path: &str, before: Option<&Source>) {
        let now = self.host.workspace().source(path).map(|it| &**it);
        self.has_news |= !before.zip(now).is_some_and(|(before, now)| declares_same(before, now));
    }

    /// A document was closed: what is on disk counts again. Returns whether the file is still there.
    pub(crate) fn close(&mut self, path: &str) -> bool {
        Arc::make_mut(&mut self.locations).open.remove(path);
        let Some(file) = self.locations.root.as_ref().map(|root| root.join(path)) else { return false };
        if fs::symlink_metadata(&file).is_err() {
            self.host.workspace_mut().remove(path);
            self.has_news = true;
            self.forget_written();
            return false;
        }
        self.reread(&[(&file, Arc::from(path))]);
        true
    }

    /// The paths of the open documents.
    pub(crate) fn open_paths(&self) -> impl Iterator<Item = &Arc<str>> {
        self.locations.open.keys()
    }

    /// The open document at a path.
    pub(crate) fn document_at(&self, path: &str) -> Option<&OpenDocument> {
        self.locations.open.get(path)
    }

    /// Whether a document of it is open.
    pub(crate) fn has_documents(&self) -> bool {
        !self.locations.open.is_empty()
    }

    /// Suppressions end with their day, whoever sits up late.
    pub(crate) fn begin_day(&mut self, today: NaiveDate) {
        let workspace = self.host.workspace();
        if workspace.project().today(workspace.database()) != Some(today) {
            self.host.workspace_mut().set_today(Some(today));
        }
    }

    /// Makes the next edits cheap, while nobody reads: reading would be cancelled for nothing. Returns whether it is done.
    pub(crate) fn settle(&mut self) -> bool {
        if self.host.workspace().is_settled() {
            return true;
        }
        // Every snapshot has a share.
        let is_unread = Arc::strong_count(&self.written) == 1;
        if is_unread {
            self.host.settle();
        }
        is_unread
    }

    /// The state to read from.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot {
            analysis: self.host.analysis(),
            locations: Arc::clone(&self.locations),
            problems: Arc::clone(&self.problems),
            support: self.support,
            written: Arc::clone(&self.written),
        }
    }
}

/// Whether two texts declare the same, wherever it stands.
fn declares_same(a: &Source, b: &Source) -> bool {
    let (a, b) = (a.declarations(), b.declarations());
    let is_same =
        |(a, b): (&SourceDeclaration, &SourceDeclaration)| Arc::ptr_eq(a.item(), b.item()) || a.item() == b.item();
    a.len() == b.len() && a.iter().zip(b).all(is_same)
}

fn severities(project: &Project) -> Severities {
    let severity = |level| match level {
        LintLevel::Off => Severity::Off,
        LintLevel::Hint => Severity::Hint,
        LintLevel::Warning => Severity::Warning,
        LintLevel::Error => Severity::Error,
    };
    project.config.lints.iter().map(|lint| (lint.code.clone(), severity(lint.level))).collect()
}

/// `settings`: what an editor has of the file.
fn config_problem(
    root: &Path,
    settings: Option<&str>,
    error: &ConfigError,
    support: ClientSupport,
) -> (PathBuf, Diagnostic) {
    let help = error.help().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let message = format!("{}{help}", error.message());
    let Some(location) = error.location() else {
        return (root.join(CONFIG_FILE), problem_at_start(message));
    };
    let text = match settings.filter(|_| location.path.ends_with(CONFIG_FILE)) {
        Some(text) => text.to_owned(),
        None => read_text(&location.path).map(|source| source.text).unwrap_or_default(),
    };
    let range = LineIndex::new(Arc::from(text), support.encoding).range(location.range.clone());
    (location.path.clone(), problem(range, message))
}

fn unreadable(error: &ReadError) -> (PathBuf, Diagnostic) {
    let message = format!("the file {}\nhelp: {}", error.problem, error.problem.help());
    (error.path.clone(), problem_at_start(message))
}

fn problem_at_start(message: String) -> Diagnostic {
    problem(lsp_types::Range::default(), message)
}

fn problem(range: lsp_types::Range, message: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// A project in a folder with this file.
    fn project(text: &str) -> (tempfile::TempDir, PathBuf, LoadedProject) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.orm");
        fs::write(folder.path().join(CONFIG_FILE), "").unwrap();
        fs::write(&file, text).unwrap();
        let project = LoadedProject::load(folder.path(), None, None, ClientSupport::default());
        (folder, file, project)
    }

    #[test]
    fn nothing_is_kept_of_files_that_are_gone() {
        let (_folder, file, mut project) = project("table t {\n}\n");
        project.snapshot().diagnostics("a.orm").unwrap();
        assert_eq!(project.written.len(), 1);
        fs::remove_file(&file).unwrap();
        project.files_changed(&[&(file, FileChangeType::DELETED)]);
        assert_eq!(project.written.len(), 0);
    }

    #[test]
    fn what_somebody_reads_does_not_settle() {
        let text = "table t {\n}\n\ntable u {\n}\n";
        let (_folder, _, mut project) = project(text);
        let document = OpenDocument { uri: "file:///a.orm".parse().unwrap(), version: 1 };
        project.open(&Arc::from("a.orm"), document, text.to_owned());
        for place in ["table t {", "table u {"] {
            let workspace = project.host.workspace_mut();
            let at = workspace.source("a.orm").unwrap().text().find(place).unwrap() + place.len();
            workspace.edit("a.orm", at..at, "\n  id  uuid");
        }
        let read = project.snapshot();
        assert!(!project.settle());
        drop(read);
        assert!(project.settle());
        // Nothing is left to settle, whoever reads.
        let _read = project.snapshot();
        assert!(project.settle());
    }

    #[test]
    fn suppressions_end_with_their_day() {
        let text = "// orm-allow unused-mixin until 2999-01-01: soon\nmixin M {\n  id  uuid\n}\n";
        let (_folder, _, mut project) = project(text);
        let found = |project: &LoadedProject| project.snapshot().diagnostics("a.orm").unwrap().as_str().to_owned();
        assert_eq!(found(&project), "[]");
        project.begin_day(NaiveDate::from_ymd_opt(2999, 1, 2).unwrap());
        assert!(found(&project).contains("2999-01-01"), "{}", found(&project));
    }
}
