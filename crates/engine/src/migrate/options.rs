//! How migrations run.

use std::time::Duration;

/// How migrations run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunOptions {
    /// How long to wait for another run that migrates the same database; 60 seconds.
    pub lock_wait: Duration,
    /// How long a statement waits for a table that another session uses, on PostgreSQL; 5 seconds, zero waits forever.
    ///
    /// While a schema change waits, everyone else queues up behind it.
    pub lock_timeout: Duration,
    /// How long the lease of a run lasts that is not renewed, where the database has no locks of sessions; 15 seconds.
    /// After a killed run the next one waits that long.
    pub lease: Duration,
    /// Who runs, for those who wait: `ann@laptop, process 4711`.
    pub owner: String,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            lock_wait: Duration::from_secs(60),
            lock_timeout: Duration::from_secs(5),
            lease: Duration::from_secs(15),
            owner: format!("process {}", std::process::id()),
        }
    }
}
