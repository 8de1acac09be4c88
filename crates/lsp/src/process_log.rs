//! The log of a server that is a process of its own: to standard error, and to the client.

use std::{io, panic};

use tracing::level_filters::LevelFilter;
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{EnvFilter, Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{LOG_VARIABLE, client_log::ClientLog};

/// As many lines wait for whoever reads standard error. Later ones are lost: the server waits for nobody.
const MOST_LINES: usize = 4096;

/// Starts the log. What was logged last is written when the guard is dropped.
pub(crate) fn start(client: ClientLog) -> WorkerGuard {
    let (stderr, guard) = NonBlockingBuilder::default().buffered_lines_limit(MOST_LINES).finish(io::stderr());
    let filter = EnvFilter::try_from_env(LOG_VARIABLE).unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt::layer().with_writer(stderr).with_ansi(false).with_filter(filter);
    let log = tracing_subscriber::registry().with(log).with(client.with_filter(LevelFilter::WARN));
    if log.try_init().is_err() {
        tracing::debug!("the program logs already");
    }
    panic::set_hook(Box::new(|panic| {
        tracing::error!(
            "{panic}\nThis is a defect of orm {version}, not of your schema. Please report it: {repository}/issues",
            version = env!("CARGO_PKG_VERSION"),
            repository = env!("CARGO_PKG_REPOSITORY"),
        );
    }));
    guard
}
