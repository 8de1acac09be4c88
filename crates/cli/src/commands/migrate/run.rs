//! Running migrations in either direction, with all that people see of it.

use std::sync::atomic::AtomicBool;

use orm_engine::migrate::{Direction, PlannedMigration, RunOptions, RunReport, Runner, dry_run, dry_run_down};

use super::RuntimeTimer;
use super::folder::MigrationFolder;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::{run_stoppable, run_until_interrupted};
use crate::output::Output;
use crate::progress::Progress;
use crate::target::Target;

/// What shall run.
#[derive(Debug, Clone, Copy)]
pub(super) enum Work {
    /// All that is pending.
    Latest,
    /// The migrations that were applied last, taken back.
    Down {
        /// How many.
        steps: usize,
    },
}

impl Work {
    fn direction(self) -> Direction {
        match self {
            Work::Latest => Direction::Up,
            Work::Down { .. } => Direction::Down,
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Work::Latest => "applied",
            Work::Down { .. } => "took back",
        }
    }

    fn nothing(self) -> &'static str {
        match self {
            Work::Latest => "nothing is pending\n",
            Work::Down { .. } => "nothing is applied\n",
        }
    }
}

/// Runs and tells.
pub(super) fn run(
    output: &Output,
    target: &Target,
    folder: &MigrationFolder,
    options: RunOptions,
    work: Work,
) -> Result<Exit, Failure> {
    let mut progress = Progress::new(*output);
    let result = run_stoppable(output, async |stop| {
        let report = execute(target, folder, options, work, &mut progress, stop).await?;
        Ok(if report.stopped { Exit::Interrupted } else { Exit::Fine })
    });
    // Also after a failure: what came to its end stays.
    let finished = progress.into_finished();
    let lines: String = finished.iter().map(|name| format!("{} {name}\n", work.verb())).collect();
    let is_idle = finished.is_empty() && matches!(result, Ok(Exit::Fine));
    let told = output.result(if is_idle { work.nothing() } else { &lines });
    result.and_then(|exit| told.map(|()| exit))
}

async fn execute(
    target: &Target,
    folder: &MigrationFolder,
    options: RunOptions,
    work: Work,
    progress: &mut Progress,
    stop: &AtomicBool,
) -> Result<RunReport, Failure> {
    let mut connection = target.connect().await?;
    let needs_heartbeat = !connection.capabilities().session_locks;
    let mut second = if needs_heartbeat { Some(target.connect().await?) } else { None };
    let mut runner = Runner::new(connection.as_mut(), &RuntimeTimer).options(options).stop_signal(stop);
    runner = runner.on_event(|event| progress.show(&event));
    if let Some(second) = &mut second {
        runner = runner.heartbeat(second.as_mut());
    }
    let report = match work {
        Work::Latest => runner.latest(&folder.migrations).await,
        Work::Down { steps } => runner.down(&folder.migrations, steps).await,
    };
    drop(runner);
    let closed = connection.close().await;
    if let Some(second) = second {
        second.close().await?;
    }
    let report = report.map_err(|error| folder.failure(error))?;
    closed?;
    Ok(report)
}

/// Prints the SQL that would run.
pub(super) fn show(output: &Output, target: &Target, folder: &MigrationFolder, work: Work) -> Result<Exit, Failure> {
    run_until_interrupted(output, async {
        let mut connection = target.connect().await?;
        let planned = match work {
            Work::Latest => dry_run(connection.as_mut(), &folder.migrations).await,
            Work::Down { steps } => dry_run_down(connection.as_mut(), &folder.migrations, steps).await,
        };
        let planned = planned.map_err(|error| folder.failure(error))?;
        connection.close().await?;
        output.result(&if planned.is_empty() { work.nothing().to_owned() } else { script(&planned, work) })?;
        Ok(Exit::Fine)
    })
}

fn script(planned: &[PlannedMigration], work: Work) -> String {
    planned.iter().map(|migration| section(migration, work)).collect::<Vec<_>>().join("\n")
}

/// What is lost going up, the file says; that going down loses what going up brought is its purpose.
fn section(migration: &PlannedMigration, work: Work) -> String {
    let losses = migration.data_loss.iter().filter(|_| work.direction() == Direction::Up);
    let losses: String = losses.map(|loss| format!("-- loses data: {loss}\n")).collect();
    let statements: String = migration.statements.iter().map(|statement| format!("{statement};\n")).collect();
    format!("-- {}, {}\n{losses}{statements}", migration.name, work.direction().name())
}
