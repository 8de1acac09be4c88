//! The one thread that changes texts; when diagnostics are made.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{Receiver, RecvTimeoutError, Sender},
    },
    time::{Duration, Instant},
};

use lsp_types::{FileChangeType, TextDocumentContentChangeEvent, Uri};
use orm_ide::Cancelled;
use orm_project::CONFIG_FILE;
use serde_json::Value;
use tokio::{runtime::Handle, sync::oneshot};

use crate::{
    client_log::ClientLog,
    json::Json,
    options::with_settings,
    outgoing::{Outgoing, Refresh},
    projects::{ProjectKey, Projects},
    publisher::{FileDiagnostics, FileKey, Publisher},
    pull::WorkspaceRequest,
    short_reads::ShortReads,
    snapshot::{DocumentSnapshot, Snapshot},
    support::ClientSupport,
};

/// How long nobody types before the files that are not being edited get new diagnostics.
const BACKGROUND_DELAY: Duration = Duration::from_millis(150);

/// As often the diagnostics of all files wait until nobody reads, so that edits are made cheap again before. What is derived
/// before that has to be looked into by each keystroke after.
const MOST_POSTPONED: u32 = 20;

/// As many messages are taken at once before diagnostics are started, so that an endless stream gets some, too.
const LONGEST_BURST: usize = 256;

/// What the worker is told, in the order in which the client said it.
pub(crate) enum Message {
    /// The client introduced itself.
    Initialize {
        support: ClientSupport,
        folders: Vec<PathBuf>,
        /// What its user wants.
        options: Value,
    },
    /// The settings of the client's user: the section that is ours.
    Settings(Value),
    /// The client is ready for diagnostics.
    Initialized,
    Open {
        uri: Uri,
        version: i32,
        /// What the client calls its language.
        language: String,
        text: String,
    },
    Change {
        uri: Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    },
    Close {
        uri: Uri,
    },
    /// Files or folders changed on disk.
    FilesChanged(Vec<(PathBuf, FileChangeType)>),
    FoldersChanged {
        added: Vec<PathBuf>,
        removed: Vec<PathBuf>,
    },
    /// A question about a document.
    Read {
        uri: Uri,
        /// Whether an edit waits for the answer instead of cancelling it.
        is_short: bool,
        read: Box<dyn FnOnce(Option<DocumentSnapshot>) + Send>,
    },
    /// A question about every project.
    ReadAll {
        read: Box<dyn FnOnce(Vec<Snapshot>) + Send>,
    },
    /// The client wants to know of every file that something is wrong in.
    PullWorkspace(WorkspaceRequest),
    /// The client asked for a document, and got a report with this identifier.
    Answered {
        uri: Uri,
        id: String,
    },
    /// The client has gone away, or is about to.
    ClientGone,
    /// Diagnostics of the documents that were edited.
    Edited(Found),
    /// Diagnostics of all files of some projects.
    Everywhere(Found, BTreeSet<ProjectKey>),
    /// An edit came before the diagnostics of all files of these projects were made.
    Interrupted(BTreeSet<ProjectKey>),
    Stop,
}

impl Message {
    /// What it is about, for the log.
    fn subject(&self) -> String {
        match self {
            Message::Initialize { .. } | Message::Initialized => "the start".to_owned(),
            Message::Settings(_) => "the settings".to_owned(),
            Message::Open { uri, .. } | Message::Change { uri, .. } | Message::Close { uri } => {
                format!("an edit of {}", uri.as_str())
            }
            Message::FilesChanged(_) | Message::FoldersChanged { .. } => "a change on disk".to_owned(),
            Message::Read { uri, .. } | Message::Answered { uri, .. } => format!("a question about {}", uri.as_str()),
            Message::ReadAll { .. } | Message::PullWorkspace(_) => "a question about everything".to_owned(),
            Message::Edited(_) | Message::Everywhere(..) | Message::Interrupted(_) => "new diagnostics".to_owned(),
            Message::ClientGone | Message::Stop => "the end".to_owned(),
        }
    }

    /// Whether a text may change.
    fn is_edit(&self) -> bool {
        let is_of_document = matches!(self, Message::Open { .. } | Message::Change { .. } | Message::Close { .. });
        is_of_document || matches!(self, Message::FilesChanged(_) | Message::FoldersChanged { .. })
    }
}

/// Diagnostics, and the state that they are of.
pub(crate) struct Found {
    generation: u64,
    files: Vec<(FileKey, FileDiagnostics)>,
}

pub(crate) struct Worker {
    sender: Sender<Message>,
    receiver: Receiver<Message>,
    client: Outgoing,
    publisher: Publisher,
    runtime: Handle,
    projects: Projects,
    short_reads: ShortReads,
    /// The options that the client started with.
    options: Value,
    /// Counts changes: diagnostics of an older state are not shown.
    generation: u64,
    /// Documents that were edited since their diagnostics were sent.
    edited: BTreeSet<FileKey>,
    /// Open documents in which the client shows colours, hints and lenses that edits of other files may have changed.
    outdated: BTreeSet<FileKey>,
    /// Projects that changed since the diagnostics of all their files were sent.
    changed: BTreeSet<ProjectKey>,
    /// When those are due.
    background_due: Option<Instant>,
    /// How often they have waited for readers.
    postponed: u32,
    /// Whether they are there.
    is_current: bool,
    /// Dropped when the projects that were there at the start have been read.
    loading: Option<oneshot::Sender<()>>,
}

impl Worker {
    pub(crate) fn new(sender: Sender<Message>, receiver: Receiver<Message>, client: Outgoing, runtime: Handle) -> Self {
        Worker {
            sender,
            receiver,
            publisher: Publisher::new(client.clone(), false),
            client,
            runtime,
            projects: Projects::default(),
            short_reads: ShortReads::default(),
            options: Value::Null,
            generation: 0,
            edited: BTreeSet::new(),
            outdated: BTreeSet::new(),
            changed: BTreeSet::new(),
            background_due: None,
            postponed: 0,
            is_current: true,
            loading: None,
        }
    }

    /// Works until it is told to stop.
    pub(crate) fn run(mut self) {
        loop {
            match self.next() {
                Ok(first) => {
                    if !self.burst(first) {
                        return;
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.diagnose_everywhere(),
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn next(&self) -> Result<Message, RecvTimeoutError> {
        match self.background_due {
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => self.receiver.recv_timeout(due.saturating_duration_since(Instant::now())),
        }
    }

    /// Takes what has arrived, then starts diagnostics once. Returns whether to go on.
    fn burst(&mut self, first: Message) -> bool {
        let before = self.generation;
        let mut next = Some(first);
        let mut count = 0;
        while let Some(message) = next {
            if matches!(message, Message::Stop) {
                return false;
            }
            self.handle_safely(message);
            count += 1;
            next = if count < LONGEST_BURST { self.receiver.try_recv().ok() } else { None };
        }
        if self.generation != before {
            self.diagnose_edited();
        }
        true
    }

    /// A panic costs the message that it happened in, and no other.
    fn handle_safely(&mut self, message: Message) {
        let subject = message.subject();
        if catch_unwind(AssertUnwindSafe(|| self.handle(message))).is_err() {
            tracing::error!("{subject} could not be handled");
        }
    }

    fn handle(&mut self, message: Message) {
        if message.is_edit() {
            self.short_reads.finish();
        }
        match message {
            Message::Initialize { support, folders, options } => {
                self.publisher = Publisher::new(self.client.clone(), support.pulls_diagnostics);
                self.projects = Projects::new(support, folders);
                self.options = options;
            }
            Message::Settings(settings) => self.configure(&settings),
            Message::Initialized => {
                self.show_loading();
                let loaded = self.projects.load_folders();
                self.change(loaded);
            }
            Message::Open { uri, version, language, text } => {
                let changed = self.projects.open(uri.clone(), version, &language, text);
                self.edit(&uri, changed);
            }
            Message::Change { uri, version, changes } => {
                let changed = self.projects.change(&uri, version, &changes);
                self.edit(&uri, changed);
            }
            Message::Close { uri } => self.close(&uri),
            Message::FilesChanged(events) => self.files_changed(&events),
            Message::FoldersChanged { added, removed } => {
                let changed = self.projects.change_folders(added, &removed);
                self.regroup(changed);
            }
            Message::Read { uri, is_short, read } => {
                let snapshot = self.projects.snapshot(&uri);
                let place = is_short.then(|| self.short_reads.begin());
                self.runtime.spawn_blocking(move || {
                    read(snapshot);
                    drop(place);
                });
            }
            Message::ReadAll { read } => {
                let snapshots = self.projects.snapshots();
                self.runtime.spawn_blocking(move || read(snapshots));
            }
            Message::PullWorkspace(request) => self.publisher.ask(request, self.is_current),
            Message::Answered { uri, id } => self.publisher.answered(&uri, id),
            Message::ClientGone => self.publisher.end(),
            Message::Edited(found) => self.publish_edited(found),
            Message::Everywhere(found, projects) if found.generation == self.generation => {
                self.publish_everywhere(found, &projects);
            }
            // The edit that came in between has set the time for the next attempt.
            Message::Everywhere(_, projects) | Message::Interrupted(projects) => self.changed.extend(projects),
            Message::Stop => {}
        }
    }

    /// The user wants something else: the client asks again for what that changes.
    fn configure(&mut self, settings: &Value) {
        let before = self.projects.support();
        let support = before.with_options(&with_settings(&self.options, settings));
        self.projects.set_support(support);
        if support.hints != before.hints {
            self.refresh(Refresh::InlayHints);
        }
        if support.lenses != before.lenses {
            self.refresh(Refresh::CodeLenses);
        }
    }

    fn files_changed(&mut self, events: &[(PathBuf, FileChangeType)]) {
        let before = self.projects.keys();
        let changed = self.projects.files_changed(events);
        // A client tells of every file that is deleted, most of which are none of ours.
        if !changed.is_empty() || self.projects.keys() != before {
            self.regroup(changed);
        }
        // The client has no reason of its own to ask again.
        let is_setting_or_migration =
            |path: &PathBuf| path.ends_with(CONFIG_FILE) || path.extension().is_some_and(|it| it == "sql");
        if events.iter().any(|(path, _)| is_setting_or_migration(path)) {
            self.refresh_views();
        }
    }

    /// Hints, lenses and colours say something else.
    fn refresh_views(&mut self) {
        self.outdated.clear();
        for what in [Refresh::InlayHints, Refresh::CodeLenses, Refresh::SemanticTokens] {
            self.refresh(what);
        }
    }

    fn refresh(&self, what: Refresh) {
        let support = self.projects.support();
        let is_possible = match what {
            Refresh::Diagnostics => support.pulls_diagnostics,
            Refresh::InlayHints => support.refreshes_hints,
            Refresh::CodeLenses => support.refreshes_lenses,
            Refresh::SemanticTokens => support.refreshes_tokens,
        };
        if is_possible {
            self.client.refresh(what);
        }
    }

    fn show_loading(&mut self) {
        if self.projects.support().shows_progress {
            let (loading, until) = oneshot::channel();
            self.loading = Some(loading);
            self.client.loading(until);
        }
    }

    /// The text of a document is new, and with it a project.
    fn edit(&mut self, uri: &Uri, changed: Option<ProjectKey>) {
        let Some(project) = changed else { return };
        self.change([project]);
        if let Some(document) = self.projects.document(uri) {
            let file = (document.project.clone(), document.path.clone());
            // The client asks for it again without being told.
            self.outdated.remove(&file);
            self.edited.insert(file);
        } else {
            // Settings: other databases have other types, and other statements.
            self.refresh_views();
        }
    }

    fn change(&mut self, projects: impl IntoIterator<Item = ProjectKey>) {
        self.generation += 1;
        self.is_current = false;
        for project in projects {
            self.outdated.extend(self.projects.take_outdated(&project));
            self.changed.insert(project);
        }
        self.background_due = Some(Instant::now() + BACKGROUND_DELAY);
    }

    /// Projects may have come and gone.
    fn regroup(&mut self, changed: BTreeSet<ProjectKey>) {
        self.change(changed);
        let known = self.projects.keys();
        self.changed.retain(|key| known.contains(key));
        self.edited.retain(|(key, _)| known.contains(key));
        self.outdated.retain(|(key, _)| known.contains(key));
        self.publisher.retain_projects(&known);
    }

    fn close(&mut self, uri: &Uri) {
        if let Some(changed) = self.projects.close_settings(uri) {
            return self.regroup(BTreeSet::from([changed]));
        }
        let Some((document, remains)) = self.projects.close(uri) else { return };
        let file = (document.project.clone(), document.path);
        self.edited.remove(&file);
        self.outdated.remove(&file);
        self.publisher.closed(uri);
        if !remains {
            self.publisher.clear(&file, document.uri);
        }
        self.regroup(BTreeSet::from([document.project]));
    }

    fn diagnose_edited(&mut self) {
        // A client that asks for diagnostics does that after each edit.
        if self.publisher.is_asked() {
            self.edited.clear();
            return;
        }
        let snapshot =
            |(key, path): &FileKey| Some((key.clone(), path.clone(), self.projects.project(key)?.snapshot()));
        let edited: Vec<_> = self.edited.iter().filter_map(snapshot).collect();
        if edited.is_empty() {
            return;
        }
        let (generation, sender, log) = (self.generation, self.sender.clone(), self.client.log().clone());
        self.runtime.spawn_blocking(move || {
            let start = Instant::now();
            let mut files = Vec::new();
            for (key, path, snapshot) in edited {
                match diagnose(&key, &snapshot, &path) {
                    Ok(found) => files.extend(found),
                    // The edit that came in between starts this again.
                    Err(Cancelled) => return,
                }
            }
            trace_diagnostics(&log, start, &files);
            send(&sender, Message::Edited(Found { generation, files }));
        });
    }

    fn diagnose_everywhere(&mut self) {
        // All of them, even after one that does not settle.
        let unsettled = self.changed.iter().filter(|it| !self.projects.settle(it)).count();
        if unsettled > 0 && self.postponed < MOST_POSTPONED {
            self.postponed += 1;
            self.background_due = Some(Instant::now() + BACKGROUND_DELAY);
            return;
        }
        self.background_due = None;
        self.postponed = 0;
        let projects = std::mem::take(&mut self.changed);
        let snapshots: Vec<_> =
            projects.iter().filter_map(|key| Some((key.clone(), self.projects.project(key)?.snapshot()))).collect();
        let (generation, sender, log) = (self.generation, self.sender.clone(), self.client.log().clone());
        self.runtime.spawn_blocking(move || {
            let start = Instant::now();
            let mut files = Vec::new();
            for (key, snapshot) in snapshots {
                let found = snapshot.analysis.paths().and_then(|paths| {
                    paths.iter().try_for_each(|path| diagnose(&key, &snapshot, path).map(|it| files.extend(it)))
                });
                if found.is_err() {
                    send(&sender, Message::Interrupted(projects));
                    return;
                }
            }
            trace_diagnostics(&log, start, &files);
            send(&sender, Message::Everywhere(Found { generation, files }, projects));
        });
    }

    fn publish_edited(&mut self, found: Found) {
        if found.generation != self.generation {
            return;
        }
        for (file, found) in found.files {
            if let Some(document) = self.projects.document_at(&file.0, &file.1) {
                self.publisher.publish(file, found, document.version);
            }
        }
        self.edited.clear();
    }

    fn publish_everywhere(&mut self, found: Found, projects: &BTreeSet<ProjectKey>) {
        for project in projects {
            let problems = self.problems(project);
            let files = found.files.iter().map(|(file, _)| file).chain(problems.iter().map(|(file, ..)| file));
            let paths = files.filter(|(key, _)| key == project).map(|(_, path)| path.clone()).collect();
            // A file that can't be read any more has a problem in the place of what was wrong in it: that goes first.
            self.publisher.retain(project, &paths);
            for (file, found, version) in problems {
                self.publisher.update(file, found, version);
            }
        }
        for (file, found) in found.files {
            let version = self.projects.document_at(&file.0, &file.1).map(|document| document.version);
            self.publisher.update(file, found, version);
        }
        self.is_current = true;
        self.loading = None;
        self.publisher.finish(|it| self.projects.is_open(it));
        if !self.outdated.is_empty() {
            self.refresh_views();
        }
    }

    /// What is wrong with files of a project that the analysis cannot have, with the version of an open document.
    fn problems(&self, key: &ProjectKey) -> Vec<(FileKey, FileDiagnostics, Option<i32>)> {
        let Some(project) = self.projects.project(key) else { return Vec::new() };
        let mut files: BTreeMap<&Path, Vec<&lsp_types::Diagnostic>> = BTreeMap::new();
        for (path, problem) in project.problems.iter() {
            files.entry(path).or_default().push(problem);
        }
        let file = |(path, problems): (&Path, Vec<_>)| {
            let settings = self.projects.settings_at(path);
            let uri = settings.map(|it| it.uri.clone()).or_else(|| crate::to_protocol::file_uri(path))?;
            let found = FileDiagnostics { uri, diagnostics: Json::of(&problems).ok()? };
            Some(((key.clone(), path.to_string_lossy().into()), found, settings.map(|it| it.version)))
        };
        files.into_iter().filter_map(file).collect()
    }
}

fn diagnose(
    key: &ProjectKey,
    snapshot: &Snapshot,
    path: &Arc<str>,
) -> Result<Option<(FileKey, FileDiagnostics)>, Cancelled> {
    let Some(diagnostics) = unless_it_panics(path, || snapshot.diagnostics(path)) else { return Ok(None) };
    let (diagnostics, uri) = (diagnostics?, snapshot.locations.uri(path));
    Ok(uri.map(|uri| ((key.clone(), path.clone()), FileDiagnostics { uri, diagnostics })))
}

/// What is found in a file. A panic costs that file alone: the others get their diagnostics, and who waits for all has an end.
fn unless_it_panics<T>(path: &str, find: impl FnOnce() -> T) -> Option<T> {
    let found = catch_unwind(AssertUnwindSafe(find)).ok();
    if found.is_none() {
        tracing::error!("what is wrong in {path} could not be found out");
    }
    found
}

/// Tells a client that wants to know how long diagnostics took, and of which files they are.
fn trace_diagnostics(log: &ClientLog, start: Instant, files: &[(FileKey, FileDiagnostics)]) {
    if log.traces() {
        let (count, milliseconds) = (files.len(), start.elapsed().as_secs_f64() * 1e3);
        let noun = if count == 1 { "file" } else { "files" };
        let names = || files.iter().map(|((_, path), _)| &**path).collect::<Vec<_>>().join("\n");
        log.trace(format!("diagnostics of {count} {noun} took {milliseconds:.2} ms"), || Some(names()));
    }
}

fn send(sender: &Sender<Message>, message: Message) {
    if sender.send(message).is_err() {
        tracing::debug!("diagnostics after the end");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_costs_the_file_that_it_happens_in() {
        let find = |path: &str| unless_it_panics(path, || if path == "b.orm" { panic!("on purpose") } else { 1 });
        assert_eq!(["a.orm", "b.orm", "c.orm"].map(find), [Some(1), None, Some(1)]);
    }
}
