//! The one thread that changes texts.

mod diagnosing;
mod message;

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, Sender},
    time::Instant,
};

use lsp_types::{FileChangeType, Uri};
use orm_project::CONFIG_FILE;
use serde_json::Value;
use tokio::{runtime::Handle, sync::oneshot};

use self::diagnosing::Background;
pub(crate) use self::message::Message;
use crate::{
    options::with_settings,
    outgoing::{Outgoing, Refresh},
    projects::{ProjectKey, Projects},
    publisher::{FileKey, Publisher},
    short_reads::ShortReads,
};

/// As many messages are taken at once before diagnostics are started, so that an endless stream gets some, too.
const LONGEST_BURST: usize = 256;

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
    /// When those are made.
    background: Option<Background>,
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
            background: None,
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
        match self.background {
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(it) => self.receiver.recv_timeout(it.due.saturating_duration_since(Instant::now())),
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
        self.background = Some(Background::after_edit(self.background));
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
}
