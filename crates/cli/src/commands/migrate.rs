//! `orm migrate`: the files of the migrations, and the databases that they are applied to.

use std::time::Duration;

use async_trait::async_trait;
use clap::{Args, Subcommand};
use orm_engine::migrate::{RunOptions, Timer};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

mod create;
mod down;
mod folder;
mod latest;
mod run;
mod status;

/// Write and apply migrations.
#[derive(Debug, Subcommand)]
pub(crate) enum MigrateCommand {
    Create(create::CreateArguments),
    Latest(latest::LatestArguments),
    Down(down::DownArguments),
    Status(status::StatusArguments),
}

pub(crate) fn run(session: &Session, command: &MigrateCommand) -> Result<Exit, Failure> {
    match command {
        MigrateCommand::Create(arguments) => create::run(session, arguments),
        MigrateCommand::Latest(arguments) => latest::run(session, arguments),
        MigrateCommand::Down(arguments) => down::run(session, arguments),
        MigrateCommand::Status(arguments) => status::run(session, arguments),
    }
}

/// How long to wait for others.
#[derive(Debug, Args)]
pub(crate) struct WaitArguments {
    /// Wait this long for another run that migrates the same database.
    #[arg(long, value_name = "SECONDS", default_value_t = RunOptions::default().lock_wait.as_secs())]
    lock_wait: u64,

    /// Let a statement wait this long for a table that another session uses; 0 waits forever. PostgreSQL only.
    #[arg(long, value_name = "SECONDS", default_value_t = RunOptions::default().lock_timeout.as_secs())]
    lock_timeout: u64,
}

impl WaitArguments {
    fn options(&self) -> RunOptions {
        RunOptions {
            lock_wait: Duration::from_secs(self.lock_wait),
            lock_timeout: Duration::from_secs(self.lock_timeout),
            ..RunOptions::default()
        }
    }
}

/// The clock of the runtime.
struct RuntimeTimer;

#[async_trait]
impl Timer for RuntimeTimer {
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration).await;
    }
}
