//! The log of a server that is a process of its own: to the client, and to standard error what no client is told.
//!
//! Editors show both in one place, so a line that went to both would be there twice. Who sets [`LOG_VARIABLE`] gets all that it
//! says on standard error, too.

use std::{env, io, panic};

use tracing::{Subscriber, level_filters::LevelFilter};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, dynamic_filter_fn},
    fmt::{self, MakeWriter},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::{LOG_VARIABLE, client_log::ClientLog};

/// As many lines wait for whoever reads standard error. Later ones are lost: the server waits for nobody.
const MOST_LINES: usize = 4096;

/// What the client is told.
const TOLD: LevelFilter = LevelFilter::WARN;

/// The target of panics, which are on standard error whatever becomes of the client.
const PANIC: &str = "panic";

/// Starts the log. What was logged last is written when the guard is dropped.
pub(crate) fn start(client: ClientLog) -> WorkerGuard {
    let (stderr, guard) = NonBlockingBuilder::default().buffered_lines_limit(MOST_LINES).finish(io::stderr());
    let wanted = env::var(LOG_VARIABLE).ok().and_then(|it| EnvFilter::try_new(it).ok());
    if log(stderr, wanted, client).try_init().is_err() {
        tracing::debug!("the program logs already");
    }
    panic::set_hook(Box::new(|panic| {
        tracing::error!(
            target: PANIC,
            "{panic}\nThis is a defect of orm {version}, not of your schema. Please report it: {repository}/issues",
            version = env!("CARGO_PKG_VERSION"),
            repository = env!("CARGO_PKG_REPOSITORY"),
        );
    }));
    guard
}

/// `wanted`: what somebody wants to read on `stderr`.
fn log(
    stderr: impl for<'a> MakeWriter<'a> + Send + Sync + 'static,
    wanted: Option<EnvFilter>,
    client: ClientLog,
) -> impl Subscriber + Send + Sync {
    let stderr = fmt::layer().with_writer(stderr).with_ansi(false);
    let stderr = match wanted {
        Some(wanted) => stderr.with_filter(wanted).boxed(),
        None => {
            let client = client.clone();
            let is_untold = dynamic_filter_fn(move |event, _| event.target() == PANIC || !client.is_read());
            stderr.with_filter(TOLD.and(is_untold)).boxed()
        }
    };
    tracing_subscriber::registry().with(stderr).with(client.with_filter(TOLD))
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write,
        sync::{Arc, Mutex},
    };

    use super::*;
    use crate::outbox::Outbox;

    /// What was written to standard error.
    #[derive(Clone, Default)]
    struct Written(Arc<Mutex<Vec<u8>>>);

    impl Written {
        /// How many lines there are since this was asked last.
        fn lines(&self) -> usize {
            String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap().lines().count()
        }
    }

    impl Write for Written {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// How many lines standard error and the client get.
    fn told(wanted: Option<&str>, log_some: impl Fn(&ClientLog, &Outbox)) -> (usize, usize) {
        let (outbox, written) = (Outbox::default(), Written::default());
        let client = ClientLog::new(outbox.clone());
        let writer = written.clone();
        let log = log(move || writer.clone(), wanted.map(EnvFilter::new), client.clone());
        tracing::subscriber::with_default(log, || log_some(&client, &outbox));
        (written.lines(), outbox.told().len())
    }

    #[test]
    fn what_the_client_is_told_is_not_on_standard_error() {
        let warn = || tracing::warn!("a");
        assert_eq!(told(None, |_, _| warn()), (1, 0));
        let introduced = |client: &ClientLog, _: &Outbox| {
            client.introduce(None);
            warn();
            tracing::debug!("b");
        };
        assert_eq!(told(None, introduced), (0, 1));
        let gone = |client: &ClientLog, outbox: &Outbox| {
            client.introduce(None);
            outbox.close();
            warn();
        };
        assert_eq!(told(None, gone), (1, 0));
        let panicked = |client: &ClientLog, _: &Outbox| {
            client.introduce(None);
            tracing::error!(target: PANIC, "a");
        };
        assert_eq!(told(None, panicked), (1, 1));
        assert_eq!(told(Some("debug"), introduced), (2, 1));
    }

    #[test]
    fn what_a_client_does_not_read_is_on_standard_error() {
        let unread = |client: &ClientLog, outbox: &Outbox| {
            client.introduce(None);
            outbox.write(&" ".repeat(1 << 24));
            tracing::warn!("a");
        };
        assert_eq!(told(None, unread), (1, 1));
    }
}
