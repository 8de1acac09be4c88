//! Folders, projects and open documents.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use lsp_types::{FileChangeType, TextDocumentContentChangeEvent, Uri};
use orm_project::{CONFIG_FILE, Project};

use crate::{
    loaded_project::LoadedProject,
    publisher::FileKey,
    settings_document::SettingsDocument,
    snapshot::{DocumentSnapshot, OpenDocument, Snapshot},
    support::ClientSupport,
    to_protocol::{DocumentKey, file_path},
};

/// What clients call our language, and how the names of its files end.
const LANGUAGE: &str = "orm";

/// Which project.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ProjectKey {
    /// The one in a folder.
    Folder(PathBuf),
    /// A document that belongs to none, by its URI.
    Alone(String),
}

/// A document that the client has open.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) uri: Uri,
    pub(crate) version: i32,
    pub(crate) project: ProjectKey,
    /// Its path in the project.
    pub(crate) path: Arc<str>,
}

/// Everything that the server knows of files.
#[derive(Default)]
pub(crate) struct Projects {
    support: ClientSupport,
    folders: Vec<PathBuf>,
    projects: BTreeMap<ProjectKey, LoadedProject>,
    documents: BTreeMap<DocumentKey, Document>,
    /// Those `orm.toml` that the client has open, by their folders.
    settings: BTreeMap<PathBuf, SettingsDocument>,
}

impl Projects {
    pub(crate) fn new(support: ClientSupport, folders: Vec<PathBuf>) -> Self {
        Projects { support, folders, ..Projects::default() }
    }

    /// What the client can do, and its user wants.
    pub(crate) fn support(&self) -> ClientSupport {
        self.support
    }

    /// The user wants something else.
    pub(crate) fn set_support(&mut self, support: ClientSupport) {
        self.support = support;
        self.projects.values_mut().for_each(|it| it.support = support);
    }

    /// Loads the folders that say that they are projects. Others wait for their first document: a folder without
    /// `orm.toml` may be a whole home folder.
    pub(crate) fn load_folders(&mut self) -> BTreeSet<ProjectKey> {
        let folders: Vec<_> = self.folders.iter().filter(|it| it.join(CONFIG_FILE).is_file()).cloned().collect();
        folders.into_iter().map(|root| self.load(root)).collect()
    }

    pub(crate) fn project(&self, key: &ProjectKey) -> Option<&LoadedProject> {
        self.projects.get(key)
    }

    /// The open documents of a project, if something else is declared in it than when this was asked last.
    pub(crate) fn take_outdated(&mut self, key: &ProjectKey) -> Vec<FileKey> {
        let Some(project) = self.projects.get_mut(key).filter(|it| it.has_news) else { return Vec::new() };
        project.has_news = false;
        project.open_paths().map(|path| (key.clone(), path.clone())).collect()
    }

    /// Nobody types in a project for a while. Returns whether it [settled](LoadedProject::settle).
    pub(crate) fn settle(&mut self, key: &ProjectKey) -> bool {
        let Some(project) = self.projects.get_mut(key) else { return true };
        project.begin_day(chrono::Utc::now().date_naive());
        project.settle()
    }

    pub(crate) fn keys(&self) -> BTreeSet<ProjectKey> {
        self.projects.keys().cloned().collect()
    }

    pub(crate) fn document(&self, uri: &Uri) -> Option<&Document> {
        self.documents.get(&DocumentKey::from(uri))
    }

    /// Whether the client has a document open.
    pub(crate) fn is_open(&self, document: &DocumentKey) -> bool {
        let is_settings = |file: &PathBuf| self.settings_at(file).is_some();
        self.documents.contains_key(document) || matches!(document, DocumentKey::File(file) if is_settings(file))
    }

    /// The document at a path of a project.
    pub(crate) fn document_at(&self, key: &ProjectKey, path: &str) -> Option<&OpenDocument> {
        self.projects.get(key)?.document_at(path)
    }

    /// The state of a document to read from, or of a closed file of a project.
    pub(crate) fn snapshot(&self, uri: &Uri) -> Option<DocumentSnapshot> {
        let Some(document) = self.document(uri) else {
            return self.settings_snapshot(uri).or_else(|| self.closed_snapshot(&file_path(uri)?));
        };
        let project = self.projects.get(&document.project)?.snapshot();
        Some(DocumentSnapshot { project, path: document.path.clone(), version: Some(document.version) })
    }

    fn settings_snapshot(&self, uri: &Uri) -> Option<DocumentSnapshot> {
        let root = SettingsDocument::root(uri)?;
        let version = self.settings.get(&root).map(|it| it.version);
        let project = self.projects.get(&ProjectKey::Folder(root))?.snapshot();
        Some(DocumentSnapshot { project, path: Arc::from(CONFIG_FILE), version })
    }

    /// The settings of a project, if the client has them open.
    pub(crate) fn settings_at(&self, file: &Path) -> Option<&SettingsDocument> {
        self.settings.get(file.parent()?).filter(|_| file.ends_with(CONFIG_FILE))
    }

    fn closed_snapshot(&self, file: &Path) -> Option<DocumentSnapshot> {
        self.projects.values().find_map(|project| {
            let path = project.known_path(file)?;
            Some(DocumentSnapshot { project: project.snapshot(), path, version: None })
        })
    }

    /// The state of every project to read from.
    pub(crate) fn snapshots(&self) -> Vec<Snapshot> {
        self.projects.values().map(LoadedProject::snapshot).collect()
    }

    /// A document was opened. Returns the project that changed; none does by a text that is no schema.
    pub(crate) fn open(&mut self, uri: Uri, version: i32, language: &str, text: String) -> Option<ProjectKey> {
        if let Some(root) = SettingsDocument::root(&uri) {
            self.settings.insert(root.clone(), SettingsDocument { uri, version, text });
            return self.configure(root);
        }
        let has_extension = |it: PathBuf| it.extension().is_some_and(|it| it == LANGUAGE);
        let is_schema = language == LANGUAGE || file_path(&uri).is_some_and(has_extension);
        is_schema.then(|| self.open_schema(uri, version, text))
    }

    fn open_schema(&mut self, uri: Uri, version: i32, text: String) -> ProjectKey {
        let (key, path) = self.place_of(&uri);
        if let Some(project) = self.projects.get_mut(&key) {
            project.open(&path, OpenDocument { uri: uri.clone(), version }, text);
        }
        self.documents.insert(DocumentKey::from(&uri), Document { uri, version, project: key.clone(), path });
        key
    }

    /// A document was edited. Returns the project that changed. An edit of a text that is newer already would go to the
    /// wrong places, so it is left out.
    pub(crate) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: &[TextDocumentContentChangeEvent],
    ) -> Option<ProjectKey> {
        if let Some(root) = SettingsDocument::root(uri) {
            let document = self.settings.get_mut(&root)?;
            document.version = version;
            document.change(changes, self.support.encoding);
            return self.configure(root);
        }
        let Some(document) = self.documents.get_mut(&DocumentKey::from(uri)) else {
            tracing::debug!("an edit of {}, which is no open schema", uri.as_str());
            return None;
        };
        if version < document.version {
            tracing::error!("an edit of {} to version {version} after {}", uri.as_str(), document.version);
            return None;
        }
        document.version = version;
        let project = self.projects.get_mut(&document.project)?;
        project.edit(&document.path, version, changes);
        Some(document.project.clone())
    }

    /// The settings of a project changed, in an editor or on disk.
    fn configure(&mut self, root: PathBuf) -> Option<ProjectKey> {
        let settings = self.settings.get(&root).map(|it| it.text.as_str());
        let key = ProjectKey::Folder(root);
        if self.projects.get_mut(&key)?.configure(settings) {
            self.reload();
        }
        Some(key)
    }

    /// An `orm.toml` was closed: what is on disk counts again. Returns the project that changed.
    pub(crate) fn close_settings(&mut self, uri: &Uri) -> Option<ProjectKey> {
        let root = SettingsDocument::root(uri)?;
        self.settings.remove(&root)?;
        self.configure(root)
    }

    /// A document was closed. Returns it, and whether its file is still part of its project.
    pub(crate) fn close(&mut self, uri: &Uri) -> Option<(Document, bool)> {
        let document = self.documents.remove(&DocumentKey::from(uri))?;
        let remains = match &document.project {
            ProjectKey::Alone(_) => self.projects.remove(&document.project).is_none(),
            ProjectKey::Folder(_) => {
                let project = self.projects.get_mut(&document.project);
                project.is_some_and(|project| project.close(&document.path))
            }
        };
        self.leave(&document.project);
        Some((document, remains))
    }

    /// Lets go of a project that lies outside of the client's folders, and has no document open any more.
    fn leave(&mut self, key: &ProjectKey) {
        if let ProjectKey::Folder(root) = key
            && !self.is_in_folders(root)
            && self.projects.get(key).is_some_and(|it| !it.has_documents())
        {
            self.projects.remove(key);
        }
    }

    /// Whether a project has files in the folders that the client has open.
    fn is_in_folders(&self, root: &Path) -> bool {
        self.folders.iter().any(|folder| root.starts_with(folder) || folder.starts_with(root))
    }

    /// Files or folders changed on disk. Returns the projects that may have other diagnostics now.
    pub(crate) fn files_changed(&mut self, events: &[(PathBuf, FileChangeType)]) -> BTreeSet<ProjectKey> {
        let regroups = |(path, kind): &(PathBuf, FileChangeType)| {
            path.ends_with(CONFIG_FILE) && *kind != FileChangeType::CHANGED
                || *kind == FileChangeType::DELETED && self.has_root_in(path)
        };
        if events.iter().any(regroups) {
            return self.reload();
        }
        let mut changed = BTreeSet::new();
        for (path, _) in events.iter().filter(|(path, _)| path.ends_with(CONFIG_FILE)) {
            let root = path.parent().map(PathBuf::from);
            // What is open in an editor counts more.
            changed.extend(root.filter(|it| !self.settings.contains_key(it)).and_then(|root| self.configure(root)));
        }
        for (key, project) in &mut self.projects {
            let ProjectKey::Folder(root) = key else { continue };
            let inside: Vec<_> = events.iter().filter(|(path, _)| path.starts_with(root)).collect();
            if project.files_changed(&inside) {
                changed.insert(key.clone());
            }
        }
        changed
    }

    fn has_root_in(&self, folder: &Path) -> bool {
        self.projects.keys().any(|key| matches!(key, ProjectKey::Folder(root) if root.starts_with(folder)))
    }

    /// The client has other folders open.
    pub(crate) fn change_folders(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) -> BTreeSet<ProjectKey> {
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        self.reload()
    }

    /// Divides everything into projects anew: settings came, went or changed.
    fn reload(&mut self) -> BTreeSet<ProjectKey> {
        let documents = std::mem::take(&mut self.documents);
        let before = std::mem::take(&mut self.projects);
        let texts: Vec<_> = documents
            .into_values()
            .filter_map(|document| {
                let text = before.get(&document.project)?.host.workspace().source(&document.path)?.text().to_string();
                Some((document.uri, document.version, text))
            })
            .collect();
        for (key, project) in before {
            let ProjectKey::Folder(root) = &key else { continue };
            if !self.is_in_folders(root) && !project.has_documents() {
                continue;
            }
            if let Some(settings) = project.into_settings()
                && root.join(CONFIG_FILE).is_file()
            {
                let text = self.settings.get(root).map(|it| it.text.as_str());
                let project = LoadedProject::load(root, text, Some(settings), self.support);
                self.projects.insert(key.clone(), project);
            }
        }
        self.load_folders();
        for (uri, version, text) in texts {
            self.open_schema(uri, version, text);
        }
        self.keys()
    }

    /// The project of a document, loaded, and its path there.
    fn place_of(&mut self, uri: &Uri) -> (ProjectKey, Arc<str>) {
        if let Some(document) = self.document(uri) {
            return (document.project.clone(), document.path.clone());
        }
        if let Some(file) = file_path(uri)
            && let Some(root) = self.root_of(&file)
        {
            let key = self.load(root);
            if let Some(path) = self.projects.get(&key).and_then(|project| project.path_of(&file)) {
                return (key, path);
            }
        }
        let key = ProjectKey::Alone(uri.as_str().to_owned());
        self.projects.entry(key.clone()).or_insert_with(|| LoadedProject::alone(self.support));
        (key, Arc::from(uri.as_str()))
    }

    /// The folder of the project that a file would be in: the nearest one with settings, or the client's innermost.
    fn root_of(&self, file: &Path) -> Option<PathBuf> {
        let root = Project::find_root(file.parent()?);
        if root.join(CONFIG_FILE).is_file() {
            return Some(root.to_owned());
        }
        let around = self.folders.iter().filter(|folder| file.starts_with(folder));
        around.max_by_key(|folder| folder.components().count()).cloned()
    }

    fn load(&mut self, root: PathBuf) -> ProjectKey {
        let key = ProjectKey::Folder(root.clone());
        let text = self.settings.get(&root).map(|it| it.text.as_str());
        self.projects.entry(key.clone()).or_insert_with(|| LoadedProject::load(&root, text, None, self.support));
        key
    }
}
