//! How a question is asked: the worker gives a snapshot, and another thread reads it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{Arc, OnceLock},
};

use lsp_types::Uri;
use orm_ide::Cancelled;
use serde::Serialize;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};

use super::LanguageServer;
use crate::{
    interruption::{Interruptible, Interruption},
    json::Json,
    snapshot::{DocumentSnapshot, Snapshot},
    transport::answer_with,
    worker::Message,
};

/// As often a question is read whose answer each edit elsewhere overtakes. After that the client is told so, as for an edit of
/// the document itself: it asks again once it is quiet.
const MOST_ATTEMPTS: usize = 100;

impl LanguageServer {
    /// Reads the document as it is after all edits that arrived before. Edits of other documents may come in between, and
    /// a closed file may change on disk: then it is read again. An edit of this document leaves nothing to say about it as
    /// it was, since the question may be about places in its text.
    pub(super) async fn read<T: Default + Send + 'static>(
        &self,
        uri: Uri,
        read: impl Fn(&DocumentSnapshot) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
    ) -> Result<T> {
        self.read_document(uri, false, read).await
    }

    /// The same for what is shown while somebody types: edits wait for the answer, which must be quick, and is about the text
    /// before them.
    pub(super) async fn read_before_edits<T: Default + Send + 'static>(
        &self,
        uri: Uri,
        read: impl Fn(&DocumentSnapshot) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
    ) -> Result<T> {
        self.read_document(uri, true, read).await
    }

    async fn read_document<T: Default + Send + 'static>(
        &self,
        uri: Uri,
        is_short: bool,
        read: impl Fn(&DocumentSnapshot) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
    ) -> Result<T> {
        let asked_of = OnceLock::new();
        let read = Arc::new(move |snapshot: &Option<DocumentSnapshot>| {
            let version = snapshot.as_ref().map(|it| it.version);
            if *asked_of.get_or_init(|| version) != version {
                return Err(Error::content_modified());
            }
            Ok(snapshot.as_ref().map_or_else(|| Ok(T::default()), &read))
        });
        for _ in 0..MOST_ATTEMPTS {
            let (uri, read) = (uri.clone(), Arc::clone(&read));
            let message = |read| Message::Read { uri, is_short, read };
            if let Ok(answer) = self.ask(message, move |it| read(it)).await?? {
                return Ok(answer);
            }
        }
        Err(Error::content_modified())
    }

    /// Reads for a long answer, which is written where it is made. What the method returns after that does not matter,
    /// so it is nothing.
    pub(super) async fn read_long<T: Serialize + 'static, R: Default>(
        &self,
        uri: Uri,
        read: impl Fn(&DocumentSnapshot) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
    ) -> Result<R> {
        answer_with_written(self.read(uri, written(read)).await?)
    }

    /// Reads every project, again after an edit that comes in between.
    pub(super) async fn read_all<T: Send + 'static>(
        &self,
        read: impl Fn(&[Snapshot]) -> std::result::Result<T, Cancelled> + Send + Sync + 'static,
    ) -> Result<T> {
        let read = Arc::new(read);
        for _ in 0..MOST_ATTEMPTS {
            let read = Arc::clone(&read);
            let answer = self.ask(|read| Message::ReadAll { read }, move |it: &Vec<Snapshot>| read(it)).await?;
            if let Ok(answer) = answer {
                return Ok(answer);
            }
        }
        Err(Error::content_modified())
    }

    /// Asks the worker for a snapshot and reads it on another thread.
    async fn ask<S: Interruptible + Send + 'static, T: Send + 'static>(
        &self,
        message: impl FnOnce(Box<dyn FnOnce(S) + Send>) -> Message,
        read: impl FnOnce(&S) -> T + Send + 'static,
    ) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        // Dropped with this future when the request is cancelled.
        let interruption = Interruption::default();
        let reading = interruption.handle();
        let read = Box::new(move |snapshot: S| {
            reading.reads(&snapshot);
            if reply.is_closed() {
                return;
            }
            let result = catch_unwind(AssertUnwindSafe(|| read(&snapshot)));
            // The next edit waits for the snapshot, so it goes before the answer.
            drop(snapshot);
            if reply.send(result).is_err() {
                tracing::debug!("an answer that nobody waits for");
            }
        });
        self.send(message(read));
        match answer.await {
            Ok(Ok(answer)) => Ok(answer),
            // The request that waits for it ends the same way, and the transport knows its name.
            Ok(Err(panic)) => resume_unwind(panic),
            // The server ends.
            Err(_) => Err(Error::internal_error()),
        }
    }

    /// Does on a thread of its own what may take long and reads nothing of a project, so that no edit waits for it.
    pub(super) async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        // The semaphore is never closed.
        let _place = self.asides.acquire().await.ok();
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => Ok(done),
            Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
            // The server ends.
            Err(_) => Err(Error::internal_error()),
        }
    }
}

/// Writes what is read where it is read.
pub(super) fn written<T: Serialize + 'static>(
    read: impl Fn(&DocumentSnapshot) -> std::result::Result<T, Cancelled>,
) -> impl Fn(&DocumentSnapshot) -> std::result::Result<Option<Result<Json>>, Cancelled> {
    move |document| Ok(Some(Json::of(&read(document)?)))
}

/// Answers with what was written; without a document with nothing.
pub(super) fn answer_with_written<R: Default>(written: Option<Result<Json>>) -> Result<R> {
    written.transpose()?.into_iter().for_each(answer_with);
    Ok(R::default())
}

#[cfg(test)]
mod tests;
