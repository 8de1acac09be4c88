//! Work that Ctrl-C may stop.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::runtime::Runtime;
use tokio::signal::ctrl_c;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;

/// Runs `work` to its end, or drops it on Ctrl-C.
pub(crate) fn run_until_interrupted(
    output: &Output,
    work: impl Future<Output = Result<Exit, Failure>>,
) -> Result<Exit, Failure> {
    runtime()?.block_on(async {
        tokio::select! {
            result = work => result,
            interrupted = ctrl_c() => interrupted.map_err(|error| no_signals(&error)).map(|()| {
                output.note("Interrupted.");
                Exit::Interrupted
            }),
        }
    })
}

/// Runs `work`, which looks at the flag it is given: the first Ctrl-C sets it, the second drops the work where it stands.
///
/// Either way the database stays in a state that the next run continues from: an open transaction is rolled back, and
/// what cannot be rolled back is in the journal.
pub(crate) fn run_stoppable(
    output: &Output,
    work: impl AsyncFnOnce(&AtomicBool) -> Result<Exit, Failure>,
) -> Result<Exit, Failure> {
    let stop = AtomicBool::new(false);
    runtime()?.block_on(async {
        let mut work = pin!(work(&stop));
        tokio::select! {
            result = &mut work => return result,
            interrupted = ctrl_c() => interrupted.map_err(|error| no_signals(&error))?,
        }
        stop.store(true, Ordering::Relaxed);
        output.note("Stopping after the statement that runs now. Ctrl-C again stops at once.");
        tokio::select! {
            result = &mut work => result,
            interrupted = ctrl_c() => interrupted.map_err(|error| no_signals(&error)).map(|()| Exit::Interrupted),
        }
    })
}

/// The runtime of the database drivers.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    Runtime::new().map_err(|error| Failure::new(Exit::Internal, format!("cannot start the runtime: {error}")))
}

pub(crate) fn no_signals(error: &std::io::Error) -> Failure {
    Failure::new(Exit::Internal, format!("cannot wait for Ctrl-C: {error}"))
}
