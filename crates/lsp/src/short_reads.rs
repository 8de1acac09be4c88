//! Reads that an edit waits for.
//!
//! A list of what may be typed is asked for between two keys. The client filters it by what is typed until it comes, so it is
//! of use even if it is about the text before; told to ask again, a client shows nothing until the next key.

use std::{
    convert::Infallible,
    mem,
    sync::mpsc::{self, Receiver, Sender},
    time::Duration,
};

/// An edit waits for no read longer than this: then it cancels it as it cancels others. Whoever types does not wait for the
/// server, and sees what is wrong that much later.
const PATIENCE: Duration = Duration::from_millis(500);

/// The short reads that have begun since the last edit.
pub(crate) struct ShortReads {
    /// Every read has a clone; nothing is ever sent.
    sender: Sender<Infallible>,
    /// Disconnected when the last read has ended.
    ends: Receiver<Infallible>,
}

/// A read that has begun, and ends when this is dropped.
pub(crate) struct ShortRead {
    _sender: Sender<Infallible>,
}

impl Default for ShortReads {
    fn default() -> Self {
        let (sender, ends) = mpsc::channel();
        ShortReads { sender, ends }
    }
}

impl ShortReads {
    pub(crate) fn begin(&self) -> ShortRead {
        ShortRead { _sender: self.sender.clone() }
    }

    /// Waits until they have ended, for a while.
    pub(crate) fn finish(&mut self) {
        let ShortReads { sender, ends } = mem::take(self);
        drop(sender);
        if ends.recv_timeout(PATIENCE) == Err(mpsc::RecvTimeoutError::Timeout) {
            tracing::debug!("an edit waits no longer for a read");
        }
    }
}
