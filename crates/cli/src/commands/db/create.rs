//! `orm db create`.

use clap::Args;
use orm_driver::{ErrorKind, admin};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::run_until_interrupted;
use crate::session::Session;
use crate::target::TargetArguments;

const EXAMPLES: &str = "\
Examples:
  orm db create --url postgres://me@localhost/app
  orm db create --database staging
  SPANNER_EMULATOR_HOST=localhost:9010 orm db create --url spanner://test/test/app

On the Spanner emulator the instance is made as well. In Google Cloud an instance costs money,
so there it must exist. An embedded database needs no creating: `orm migrate latest` makes it.";

/// Create an empty database. One that exists is an error, and stays as it is.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CreateArguments {
    #[command(flatten)]
    target: TargetArguments,
}

pub(crate) fn run(session: &Session, arguments: &CreateArguments) -> Result<Exit, Failure> {
    let target = arguments.target.choose(&session.project()?, &session.output)?;
    run_until_interrupted(&session.output, async {
        let created = admin::create_database(&target.url, &target.options).await;
        created.map_err(|error| match error.kind() {
            ErrorKind::DatabaseExists => {
                Failure::from(error).or_help("use it as it is, or remove it with `orm db drop`")
            }
            _ => error.into(),
        })?;
        session.output.result(&format!("created {}\n", target.url))?;
        Ok(Exit::Fine)
    })
}
