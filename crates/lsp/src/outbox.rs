//! What waits to be written to the client, and the task that writes it.
//!
//! Messages go out in the order in which they came. Nobody waits for a client that is slow to read: of each document only
//! the newest diagnostics wait, so edits alone never fill the memory; and while too much else waits, no further message of
//! the client is read ([`Outbox::has_room`]).

use std::{
    collections::{HashMap, VecDeque},
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;
use tokio::{
    io::{AsyncWrite, AsyncWriteExt},
    sync::Notify,
};

use crate::json::Json;

/// While as many bytes wait, besides diagnostics, the client is not listened to.
const MOST_WAITING: usize = 16 << 20;

/// A queue of messages to the client. A clone is the same queue.
#[derive(Clone, Default)]
pub(crate) struct Outbox(Arc<Shared>);

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    /// Told when a message came, or the last one.
    is_filled: Notify,
    /// Told when a message went.
    is_emptied: Notify,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// The newest diagnostics of documents, by URI.
    diagnostics: HashMap<String, Message>,
    /// The bytes of what waits, without diagnostics.
    bytes: usize,
    is_closed: bool,
}

/// A message in pieces, so that a long one is not copied.
pub(crate) type Message = Vec<Json>;

enum Waiting {
    Message(Message),
    /// Those of the document with this URI.
    Diagnostics(String),
}

impl Outbox {
    /// Adds a message.
    pub(crate) fn write(&self, message: &impl Serialize) {
        if let Ok(json) = Json::of(message) {
            self.send(vec![json]);
        }
    }

    /// Adds a message that nobody misses, unless too much waits.
    pub(crate) fn write_if_room(&self, message: &impl Serialize) {
        if self.takes_more() {
            self.write(message);
        }
    }

    /// Whether a message that nobody misses would be written.
    pub(crate) fn takes_more(&self) -> bool {
        let queue = self.lock();
        queue.bytes < MOST_WAITING && !queue.is_closed
    }

    /// Adds a message: the JSON of it.
    pub(crate) fn send(&self, message: Message) {
        self.add(|queue| {
            queue.bytes += length(&message);
            queue.waiting.push_back(Waiting::Message(message));
        });
    }

    /// Adds the message with the diagnostics of a document, in the place of those that wait.
    pub(crate) fn publish(&self, uri: &str, message: Message) {
        self.add(|queue| {
            if queue.diagnostics.insert(uri.to_owned(), message).is_none() {
                queue.waiting.push_back(Waiting::Diagnostics(uri.to_owned()));
            }
        });
    }

    /// Waits until not too much waits.
    pub(crate) async fn has_room(&self) {
        loop {
            let emptied = self.0.is_emptied.notified();
            if self.is_fine() {
                return;
            }
            emptied.await;
        }
    }

    fn is_fine(&self) -> bool {
        let queue = self.lock();
        queue.bytes < MOST_WAITING || queue.is_closed
    }

    /// What is in the queue is the last that is written.
    pub(crate) fn close(&self) {
        self.add(|queue| queue.is_closed = true);
        self.0.is_emptied.notify_waiters();
    }

    /// Writes what comes until the queue is closed and empty, or the client has gone.
    ///
    /// # Errors
    /// If it has gone.
    pub(crate) async fn write_to(&self, output: impl AsyncWrite) -> io::Result<()> {
        let mut output = std::pin::pin!(output);
        loop {
            let filled = self.0.is_filled.notified();
            match self.take() {
                Some(Some(message)) => {
                    let written = write(&mut output, &message).await;
                    self.0.is_emptied.notify_waiters();
                    written?;
                }
                Some(None) => filled.await,
                None => return Ok(()),
            }
        }
    }

    /// The next message, `Some(None)` while there is none, `None` after the last one.
    fn take(&self) -> Option<Option<Message>> {
        let mut queue = self.lock();
        match queue.waiting.pop_front() {
            Some(Waiting::Message(message)) => {
                queue.bytes -= length(&message);
                Some(Some(message))
            }
            Some(Waiting::Diagnostics(uri)) => Some(queue.diagnostics.remove(&uri)),
            None if queue.is_closed => None,
            None => Some(None),
        }
    }

    fn add(&self, add: impl FnOnce(&mut Queue)) {
        let mut queue = self.lock();
        // Nobody would ever read it.
        if !queue.is_closed {
            add(&mut queue);
        }
        drop(queue);
        self.0.is_filled.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        // Nothing that is done under the lock panics halfway.
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn length(message: &[Json]) -> usize {
    message.iter().map(|it| it.as_str().len()).sum()
}

async fn write(output: &mut (impl AsyncWrite + Unpin), message: &[Json]) -> io::Result<()> {
    let mut start = format!("Content-Length: {}\r\n\r\n", length(message));
    let mut pieces = message.iter().map(Json::as_str);
    start.extend(pieces.next());
    output.write_all(start.as_bytes()).await?;
    for piece in pieces {
        output.write_all(piece.as_bytes()).await?;
    }
    output.flush().await
}

#[cfg(test)]
impl Outbox {
    /// Takes what waits.
    pub(crate) fn told(&self) -> Vec<serde_json::Value> {
        let mut messages = Vec::new();
        while let Some(Some(message)) = self.take() {
            let text: String = message.iter().map(Json::as_str).collect();
            messages.extend(serde_json::from_str(&text));
        }
        messages
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn message(text: &str) -> Message {
        vec![Json::written(text.to_owned())]
    }

    async fn written(outbox: &Outbox) -> String {
        outbox.close();
        let mut output = Vec::new();
        outbox.write_to(&mut output).await.unwrap();
        String::from_utf8(output).unwrap()
    }

    #[tokio::test]
    async fn messages_go_out_in_their_order_and_diagnostics_in_their_newest_form() {
        let outbox = Outbox::default();
        outbox.publish("untitled:a", message("untitled:a 1"));
        outbox.send(message("1"));
        outbox.publish("untitled:b", message("untitled:b 7"));
        outbox.publish("untitled:a", message("untitled:a 2"));
        let written = written(&outbox).await;
        let places = ["untitled:a 2", "Content-Length: 1\r\n\r\n1", "untitled:b"];
        let places: Vec<_> = places.iter().map(|it| written.find(it)).collect();
        assert!(places.is_sorted() && places[0].is_some(), "{places:?} in {written}");
        assert_eq!(written.matches("untitled:a").count(), 1, "{written}");
    }

    #[tokio::test]
    async fn a_client_that_does_not_read_is_not_listened_to_but_for_edits() {
        let outbox = Outbox::default();
        for version in 0..1000 {
            outbox.publish("untitled:a", message(&version.to_string()));
        }
        outbox.has_room().await;
        outbox.send(message(&" ".repeat(MOST_WAITING)));
        let waiting = tokio::time::timeout(Duration::from_millis(50), outbox.has_room()).await;
        assert!(waiting.is_err(), "there is no room");
        let (near, mut far) = tokio::io::duplex(1024);
        let reading = tokio::spawn(async move { tokio::io::copy(&mut far, &mut tokio::io::sink()).await });
        let writer = outbox.clone();
        let writing = tokio::spawn(async move { writer.write_to(near).await });
        outbox.has_room().await;
        outbox.close();
        writing.await.unwrap().unwrap();
        reading.await.unwrap().unwrap();
    }
}
