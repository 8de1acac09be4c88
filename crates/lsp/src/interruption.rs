//! A read that nobody waits for any more ends: after `$/cancelRequest`, and when the client leaves.

use std::sync::{Arc, OnceLock};

use orm_ide::Canceller;

use crate::snapshot::{DocumentSnapshot, Snapshot};

/// What can be read, and told to be read no further.
pub(crate) trait Interruptible {
    fn cancellers(&self) -> Vec<Canceller>;
}

impl Interruptible for Option<DocumentSnapshot> {
    fn cancellers(&self) -> Vec<Canceller> {
        self.iter().map(|it| it.project.analysis.canceller()).collect()
    }
}

impl Interruptible for Vec<Snapshot> {
    fn cancellers(&self) -> Vec<Canceller> {
        self.iter().map(|it| it.analysis.canceller()).collect()
    }
}

/// Whoever waits for an answer holds it: dropped, it ends the read.
#[derive(Default)]
pub(crate) struct Interruption(Arc<OnceLock<Vec<Canceller>>>);

impl Interruption {
    /// For whoever reads.
    pub(crate) fn handle(&self) -> InterruptionHandle {
        InterruptionHandle(Arc::clone(&self.0))
    }
}

impl Drop for Interruption {
    fn drop(&mut self) {
        self.0.get().into_iter().flatten().for_each(Canceller::cancel);
    }
}

/// Says what is being read.
pub(crate) struct InterruptionHandle(Arc<OnceLock<Vec<Canceller>>>);

impl InterruptionHandle {
    pub(crate) fn reads(&self, snapshot: &impl Interruptible) {
        self.0.get_or_init(|| snapshot.cancellers());
    }
}
