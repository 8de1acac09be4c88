use std::{
    future::Future,
    ops::Deref,
    path::{Path, PathBuf},
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use futures_util::FutureExt;
use lsp_types::FileChangeType;
use tokio::runtime::Handle;
use tower_lsp::{LspService, jsonrpc::ErrorCode};

use super::*;
use crate::{
    client_log::ClientLog,
    outbox::Outbox,
    support::ClientSupport,
    to_protocol::file_uri,
    worker::{Message, Worker},
};

/// Nothing takes that long, however slow the machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server without a client: its methods and its worker.
struct Server {
    service: LspService<LanguageServer>,
    sender: Sender<Message>,
    worker: Option<JoinHandle<()>>,
}

impl Server {
    fn start(folder: &Path) -> Server {
        let (sender, receiver) = mpsc::channel();
        let (service, _socket) =
            LspService::new(|client| LanguageServer::new(client, sender.clone(), ClientLog::default()));
        let outgoing = service.inner().outgoing(Outbox::default());
        let worker = Worker::new(sender.clone(), receiver, outgoing, Handle::current());
        let worker = thread::spawn(move || worker.run());
        let (support, folders) = (ClientSupport::default(), vec![PathBuf::from(folder)]);
        let server = Server { service, sender, worker: Some(worker) };
        server.send(Message::Initialize { support, folders, options: serde_json::Value::Null });
        server
    }

    fn open(&self, uri: &Uri) {
        let (language, text) = ("orm".to_owned(), "table users {\n}\n".to_owned());
        self.send(Message::Open { uri: uri.clone(), version: 1, language, text });
    }

    /// A whole new text.
    fn edit(&self, uri: &Uri, version: i32) {
        let change = lsp_types::TextDocumentContentChangeEvent {
            range: None,
            range_length: None,
            text: format!("table users_{version} {{\n}}\n"),
        };
        self.send(Message::Change { uri: uri.clone(), version, changes: vec![change] });
    }
}

impl Deref for Server {
    type Target = LanguageServer;

    fn deref(&self) -> &LanguageServer {
        self.service.inner()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.sender.send(Message::Stop));
        self.worker.take().map(JoinHandle::join);
    }
}

/// Two documents of one project.
fn documents() -> (tempfile::TempDir, Uri, Uri) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("orm.toml"), "").unwrap();
    let [a, b] = ["a.orm", "b.orm"].map(|it| file_uri(&folder.path().join(it)).unwrap());
    (folder, a, b)
}

/// Reads again and again until an edit ends that.
fn until_cancelled<T>(read: impl Fn() -> std::result::Result<T, Cancelled>) -> std::result::Result<(), Cancelled> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        read()?;
        thread::sleep(Duration::from_millis(1));
    }
    panic!("nothing ended the read")
}

/// Lets a question begin, and then makes the edit.
async fn during<T>(question: impl Future<Output = T>, begun: &AtomicUsize, edit: impl FnOnce()) -> T {
    let edit = async {
        while begun.load(Ordering::Relaxed) == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        edit();
    };
    tokio::join!(question, edit).0
}

#[tokio::test]
async fn a_panic_costs_the_request_that_it_happens_in() {
    let (folder, a, _) = documents();
    let server = Server::start(folder.path());
    server.open(&a);
    let panicking = server.read::<()>(a.clone(), |_| panic!("on purpose"));
    let panic = AssertUnwindSafe(panicking).catch_unwind().await.unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"on purpose"));
    let panicking = server.aside::<()>(|| panic!("on purpose"));
    let panic = AssertUnwindSafe(panicking).catch_unwind().await.unwrap_err();
    assert_eq!(panic.downcast_ref(), Some(&"on purpose"));
    assert!(server.read(a, DocumentSnapshot::document_symbols).await.unwrap().is_some());
}

#[tokio::test]
async fn an_edit_of_the_document_leaves_nothing_to_say_about_it() {
    let (folder, a, _) = documents();
    let server = Server::start(folder.path());
    server.open(&a);
    let attempts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&attempts);
    let question = server.read::<()>(a.clone(), move |document| {
        counted.fetch_add(1, Ordering::Relaxed);
        until_cancelled(|| document.document_symbols())
    });
    let answer = during(question, &attempts, || server.edit(&a, 2)).await;
    assert_eq!(answer.unwrap_err().code, ErrorCode::ContentModified);
    // A text that is gone has none either.
    attempts.store(0, Ordering::Relaxed);
    let counted = Arc::clone(&attempts);
    let question = server.read::<()>(a.clone(), move |document| {
        counted.fetch_add(1, Ordering::Relaxed);
        until_cancelled(|| document.document_symbols())
    });
    let answer = during(question, &attempts, || server.send(Message::Close { uri: a.clone() })).await;
    assert_eq!(answer.unwrap_err().code, ErrorCode::ContentModified);
}

/// A list of what may be typed is wanted though somebody types on.
#[tokio::test]
async fn an_edit_waits_for_what_is_shown_while_somebody_types() {
    let (folder, a, _) = documents();
    let server = Server::start(folder.path());
    server.open(&a);
    let (begun, (edited, edit)) = (Arc::new(AtomicUsize::new(0)), mpsc::channel());
    let (counted, edit) = (Arc::clone(&begun), std::sync::Mutex::new(edit));
    let question = server.read_before_edits(a.clone(), move |document| {
        counted.fetch_add(1, Ordering::Relaxed);
        edit.lock().unwrap().recv_timeout(PATIENCE).unwrap();
        // Time for the worker to make the edit.
        thread::sleep(Duration::from_millis(20));
        document.project.analysis.text(&document.path)
    });
    let change = || {
        server.edit(&a, 2);
        edited.send(()).unwrap();
    };
    let answer = during(question, &begun, change).await;
    assert_eq!(answer.unwrap().as_deref(), Some("table users {\n}\n"));
    let after = server.read(a, |document| document.project.analysis.text(&document.path)).await;
    assert_eq!(after.unwrap().as_deref(), Some("table users_2 {\n}\n"));
}

#[tokio::test]
async fn an_edit_does_not_wait_forever() {
    let (folder, a, _) = documents();
    let server = Server::start(folder.path());
    server.open(&a);
    let begun = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&begun);
    let question = server.read_before_edits::<()>(a.clone(), move |document| {
        counted.fetch_add(1, Ordering::Relaxed);
        until_cancelled(|| document.document_symbols())
    });
    let answer = during(question, &begun, || server.edit(&a, 2)).await;
    assert_eq!(answer.unwrap_err().code, ErrorCode::ContentModified);
}

/// So many that it would take longer than anybody's patience if each edit waited as long as it may.
#[tokio::test]
async fn an_edit_waits_for_nothing_that_nobody_wants() {
    let (folder, a, _) = documents();
    let server = Server::start(folder.path());
    server.open(&a);
    let edits = async {
        for version in 2..200 {
            let (begun, begin) = mpsc::channel();
            let question = server.read_before_edits::<()>(a.clone(), move |document| {
                begun.send(()).ok();
                until_cancelled(|| document.document_symbols())
            });
            let mut question = Box::pin(question);
            assert!((&mut question).now_or_never().is_none());
            tokio::task::spawn_blocking(move || begin.recv_timeout(PATIENCE)).await.unwrap().unwrap();
            server.edit(&a, version);
            drop(question);
            assert!(server.read(a.clone(), DocumentSnapshot::document_symbols).await.unwrap().is_some());
        }
    };
    tokio::time::timeout(PATIENCE, edits).await.expect("no edit waits");
}

#[tokio::test]
async fn after_an_edit_of_another_document_it_is_read_again() {
    let (folder, a, b) = documents();
    let server = Server::start(folder.path());
    server.open(&a);
    server.open(&b);
    let attempts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&attempts);
    let question = server.read(a.clone(), move |document| {
        if counted.fetch_add(1, Ordering::Relaxed) == 0 {
            until_cancelled(|| document.document_symbols())?;
        }
        document.project.workspace_symbols("users_2").map(|it| it.len())
    });
    let answer = during(question, &attempts, || server.edit(&b, 2)).await;
    assert_eq!(answer.unwrap(), 1, "the edit is seen");
    assert_eq!(attempts.load(Ordering::Relaxed), 2);
}

#[tokio::test]
async fn a_closed_file_that_changes_on_disk_is_read_again() {
    let (folder, a, b) = documents();
    let path = folder.path().join("b.orm");
    std::fs::write(&path, "table users {\n}\n").unwrap();
    let server = Server::start(folder.path());
    server.open(&a);
    let attempts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&attempts);
    let question = server.read(b, move |document| {
        if counted.fetch_add(1, Ordering::Relaxed) == 0 {
            until_cancelled(|| document.document_symbols())?;
        }
        document.project.analysis.text(&document.path)
    });
    let change = || {
        std::fs::write(&path, "// changed").unwrap();
        server.send(Message::FilesChanged(vec![(path.clone(), FileChangeType::CHANGED)]));
    };
    let answer = during(question, &attempts, change).await;
    assert_eq!(answer.unwrap().as_deref(), Some("// changed"));
}

#[tokio::test]
async fn every_project_is_read_again_after_an_edit() {
    let (folder, a, _) = documents();
    let server = Server::start(folder.path());
    server.open(&a);
    let attempts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&attempts);
    let question = server.read_all(move |snapshots| {
        if counted.fetch_add(1, Ordering::Relaxed) == 0 {
            until_cancelled(|| snapshots[0].workspace_symbols(""))?;
        }
        snapshots[0].workspace_symbols("users_2").map(|it| it.len())
    });
    let answer = during(question, &attempts, || server.edit(&a, 2)).await;
    assert_eq!(answer.unwrap(), 1, "the edit is seen");
    assert_eq!(attempts.load(Ordering::Relaxed), 2);
}

/// Somebody edits faster than anybody reads.
#[tokio::test]
async fn a_question_that_every_edit_overtakes_ends() {
    let (folder, a, b) = documents();
    let server = Server::start(folder.path());
    server.open(&a);
    server.open(&b);
    let attempts = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&attempts);
    let never = move || -> std::result::Result<(), Cancelled> {
        counted.fetch_add(1, Ordering::Relaxed);
        Err(Cancelled)
    };
    let overtaken = never.clone();
    let answer = server.read(a, move |_| overtaken()).await;
    assert_eq!(answer.unwrap_err().code, ErrorCode::ContentModified);
    let answer = server.read_all(move |_| never()).await;
    assert_eq!(answer.unwrap_err().code, ErrorCode::ContentModified);
    assert_eq!(attempts.load(Ordering::Relaxed), 2 * MOST_ATTEMPTS);
}

/// Nobody waits for the answer, so nobody reads on.
#[tokio::test]
async fn a_question_that_is_dropped_is_read_no_further() {
    let (folder, a, _) = documents();
    let server = Server::start(folder.path());
    server.open(&a);
    let attempts = Arc::new(AtomicUsize::new(0));
    let (counted, (ended, end)) = (Arc::clone(&attempts), mpsc::channel());
    let question = server.read::<()>(a.clone(), move |document| {
        counted.fetch_add(1, Ordering::Relaxed);
        let result = until_cancelled(|| document.document_symbols());
        ended.send(()).ok();
        result
    });
    let mut question = Box::pin(question);
    while attempts.load(Ordering::Relaxed) == 0 {
        assert!((&mut question).now_or_never().is_none());
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(question);
    let ended = tokio::task::spawn_blocking(move || end.recv_timeout(PATIENCE));
    assert_eq!(ended.await.unwrap(), Ok(()));
}

/// More of it than there are threads.
#[test]
fn no_edit_and_no_question_waits_for_long_work_aside() {
    let (folder, a, _) = documents();
    crate::runtime().unwrap().block_on(async {
        let server = Server::start(folder.path());
        server.open(&a);
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let ended = Arc::new(std::sync::Mutex::new(ended));
        let works = (0..64).map(|_| {
            let ended = Arc::clone(&ended);
            server.aside(move || drop(ended.lock().map(|it| it.recv())))
        });
        let mut works = Box::pin(futures_util::future::join_all(works));
        assert!((&mut works).now_or_never().is_none());
        for version in 2..20 {
            server.edit(&a, version);
            let question = server.read(a.clone(), |document| document.document_symbols());
            assert!(tokio::time::timeout(PATIENCE, question).await.unwrap().unwrap().is_some());
        }
        drop(end);
        works.await;
    });
}
