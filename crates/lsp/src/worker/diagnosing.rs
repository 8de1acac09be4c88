//! When diagnostics are made: of the documents that are being edited at once, of all other files when nobody types.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::{Arc, mpsc::Sender},
    time::{Duration, Instant},
};

use orm_ide::Cancelled;

use super::{Message, Worker};
use crate::{
    client_log::ClientLog,
    json::Json,
    projects::ProjectKey,
    publisher::{FileDiagnostics, FileKey},
    snapshot::Snapshot,
};

/// How long nobody types before the files that are not being edited get new diagnostics.
const BACKGROUND_DELAY: Duration = Duration::from_millis(150);

/// As often those wait until nobody reads, so that edits are made cheap again before. What is derived before that has to be
/// looked into by each keystroke after.
const MOST_POSTPONED: u32 = 20;

/// When the diagnostics of all files are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Background {
    pub(super) due: Instant,
    /// How often they have waited for readers.
    postponed: u32,
}

impl Background {
    /// Somebody has typed. `before`: when they were to be made.
    pub(super) fn after_edit(before: Option<Self>) -> Self {
        Background { due: Instant::now() + BACKGROUND_DELAY, postponed: before.map_or(0, |it| it.postponed) }
    }

    /// Somebody reads; `None` if they have waited for that often enough.
    fn after_reading(self) -> Option<Self> {
        let postponed = self.postponed + 1;
        (postponed <= MOST_POSTPONED).then(|| Background { due: Instant::now() + BACKGROUND_DELAY, postponed })
    }
}

/// Diagnostics, and the state that they are of.
pub(crate) struct Found {
    pub(super) generation: u64,
    files: Vec<(FileKey, FileDiagnostics)>,
}

impl Worker {
    pub(super) fn diagnose_edited(&mut self) {
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

    pub(super) fn diagnose_everywhere(&mut self) {
        // All of them, even after one that does not settle.
        let unsettled = self.changed.iter().filter(|it| !self.projects.settle(it)).count();
        self.background = self.background.filter(|_| unsettled > 0).and_then(Background::after_reading);
        if self.background.is_some() {
            return;
        }
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

    pub(super) fn publish_edited(&mut self, found: Found) {
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

    pub(super) fn publish_everywhere(&mut self, found: Found, projects: &BTreeSet<ProjectKey>) {
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
    use std::sync::mpsc;

    use lsp_types::{TextDocumentContentChangeEvent, Uri};
    use tokio::runtime::Runtime;
    use tower_lsp::LspService;

    use super::*;
    use crate::{outbox::Outbox, server::LanguageServer};

    /// A worker with a document of a mixin, which a first key was typed into.
    fn worker_after_a_key(runtime: &Runtime, uri: &Uri) -> Worker {
        let _guard = runtime.enter();
        let (sender, receiver) = mpsc::channel();
        let outbox = Outbox::default();
        let log = ClientLog::new(outbox.clone());
        let (service, _) = LspService::new(|client| LanguageServer::new(client, sender.clone(), log));
        let mut worker = Worker::new(sender, receiver, service.inner().outgoing(outbox), runtime.handle().clone());
        let text = "mixin Dated {\n  at  timestamptz\n}\n".to_owned();
        worker.handle(Message::Open { uri: uri.clone(), version: 1, language: "orm".to_owned(), text });
        let at = lsp_types::Position::new(1, 3);
        let key = TextDocumentContentChangeEvent {
            range: Some(lsp_types::Range::new(at, at)),
            range_length: None,
            text: "x".to_owned(),
        };
        worker.handle(Message::Change { uri: uri.clone(), version: 2, changes: vec![key] });
        worker
    }

    #[test]
    fn all_files_wait_for_readers_but_not_for_ever() {
        let runtime = Runtime::new().unwrap();
        let uri: Uri = "untitled:Dated".parse().unwrap();
        let mut worker = worker_after_a_key(&runtime, &uri);
        let reader = worker.projects.snapshot(&uri);
        assert!(reader.is_some());
        for _ in 0..MOST_POSTPONED {
            worker.diagnose_everywhere();
            assert!(worker.background.is_some() && !worker.changed.is_empty());
        }
        worker.diagnose_everywhere();
        assert!(worker.background.is_none() && worker.changed.is_empty(), "they are made although somebody reads");
    }

    #[test]
    fn all_files_are_looked_at_when_nobody_reads() {
        let runtime = Runtime::new().unwrap();
        let uri: Uri = "untitled:Dated".parse().unwrap();
        let mut worker = worker_after_a_key(&runtime, &uri);
        let reader = worker.projects.snapshot(&uri);
        worker.diagnose_everywhere();
        assert!(worker.background.is_some());
        drop(reader);
        worker.diagnose_everywhere();
        assert!(worker.background.is_none() && worker.changed.is_empty());
    }

    #[test]
    fn a_panic_costs_the_file_that_it_happens_in() {
        let find = |path: &str| unless_it_panics(path, || if path == "b.orm" { panic!("on purpose") } else { 1 });
        assert_eq!(["a.orm", "b.orm", "c.orm"].map(find), [Some(1), None, Some(1)]);
    }
}
