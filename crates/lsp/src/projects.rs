//! Folders, projects and open documents.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use lsp_types::{FileChangeType, FileEvent, TextDocumentContentChangeEvent, Uri};
use orm_project::{CONFIG_FILE, Project};

use crate::{
    line_index::LineIndex,
    loaded_project::LoadedProject,
    snapshot::{DocumentSnapshot, OpenDocument, Snapshot},
    support::ClientSupport,
    to_protocol::file_path,
};

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
    documents: BTreeMap<String, Document>,
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

    pub(crate) fn keys(&self) -> BTreeSet<ProjectKey> {
        self.projects.keys().cloned().collect()
    }

    pub(crate) fn document(&self, uri: &Uri) -> Option<&Document> {
        self.documents.get(uri.as_str())
    }

    /// Whether the client has a document of this URI open.
    pub(crate) fn is_open(&self, uri: &str) -> bool {
        self.documents.contains_key(uri)
    }

    /// The document at a path of a project.
    pub(crate) fn document_at(&self, key: &ProjectKey, path: &str) -> Option<&Document> {
        self.documents.values().find(|it| it.project == *key && *it.path == *path)
    }

    /// The state of a document to read from, or of a closed file of a project.
    pub(crate) fn snapshot(&self, uri: &Uri) -> Option<DocumentSnapshot> {
        let Some(document) = self.document(uri) else { return self.closed_snapshot(&file_path(uri)?) };
        let project = self.projects.get(&document.project)?.snapshot();
        Some(DocumentSnapshot { project, path: document.path.clone(), version: Some(document.version) })
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

    /// A document was opened.
    pub(crate) fn open(&mut self, uri: Uri, version: i32, text: String) {
        let (key, path) = self.place_of(&uri);
        if let Some(project) = self.projects.get_mut(&key) {
            project.open(&path, OpenDocument { uri: uri.clone(), version }, text);
        }
        let name = uri.as_str().to_owned();
        self.documents.insert(name, Document { uri, version, project: key, path });
    }

    /// A document was edited. Returns its project.
    ///
    /// An edit that is older than the text would be applied to the wrong places, so it is left out.
    pub(crate) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> Option<ProjectKey> {
        let Some(document) = self.documents.get_mut(uri.as_str()) else {
            tracing::warn!("an edit of {}, which is not open", uri.as_str());
            return None;
        };
        if version < document.version {
            tracing::error!("an edit of {} to version {version} after {}", uri.as_str(), document.version);
            return None;
        }
        document.version = version;
        let project = self.projects.get_mut(&document.project)?;
        project.set_version(&document.path, version);
        let workspace = project.host.workspace_mut();
        for change in changes {
            match change.range {
                None => workspace.open(&document.path, change.text),
                Some(range) => {
                    let Some(text) = workspace.source(&document.path).map(|it| it.text().clone()) else { continue };
                    let range = LineIndex::new(text, self.support.encoding).byte_range(range);
                    workspace.edit(&document.path, range, &change.text);
                }
            }
        }
        Some(document.project.clone())
    }

    /// A document was closed. Returns it, and whether its file is still part of its project.
    pub(crate) fn close(&mut self, uri: &Uri) -> Option<(Document, bool)> {
        let document = self.documents.remove(uri.as_str())?;
        let remains = match &document.project {
            ProjectKey::Alone(_) => self.projects.remove(&document.project).is_none(),
            ProjectKey::Folder(_) => {
                let project = self.projects.get_mut(&document.project);
                project.is_some_and(|project| project.close(&document.path))
            }
        };
        Some((document, remains))
    }

    /// Files changed on disk. Returns the projects that may have other diagnostics now.
    pub(crate) fn files_changed(&mut self, events: &[FileEvent]) -> BTreeSet<ProjectKey> {
        let files: Vec<_> = events.iter().filter_map(|event| file_path(&event.uri)).collect();
        if files.iter().any(|file| file.ends_with(CONFIG_FILE)) {
            return self.reload();
        }
        // An editor tells of every file that it saves, so that must not cost a walk through the folder.
        let is_known_set = events.iter().all(|event| event.typ == FileChangeType::CHANGED);
        let mut changed = BTreeSet::new();
        for (key, project) in &mut self.projects {
            let ProjectKey::Folder(root) = key else { continue };
            let inside: Vec<_> = files.iter().filter(|file| file.starts_with(root)).collect();
            if inside.is_empty() || !project.read_changed_migrations(&inside) {
                continue;
            }
            if is_known_set {
                inside.into_iter().for_each(|file| project.read_file(file));
            } else {
                project.read_files();
            }
            changed.insert(key.clone());
        }
        changed
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
            if let (ProjectKey::Folder(root), Some(settings)) = (&key, project.into_settings())
                && root.join(CONFIG_FILE).is_file()
            {
                let project = LoadedProject::load(root, Some(settings), self.support);
                self.projects.insert(key, project);
            }
        }
        self.load_folders();
        for (uri, version, text) in texts {
            self.open(uri, version, text);
        }
        self.keys()
    }

    /// The project of a document, loaded, and its path there.
    fn place_of(&mut self, uri: &Uri) -> (ProjectKey, Arc<str>) {
        if let Some(document) = self.documents.get(uri.as_str()) {
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
        self.projects.entry(key.clone()).or_insert_with(|| LoadedProject::load(&root, None, self.support));
        key
    }
}
