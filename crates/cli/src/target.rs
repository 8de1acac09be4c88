//! The database that a command works on: chosen, told, and connected to.

use clap::Args;
use orm_driver::{ConnectOptions, Connection, DatabaseUrl, ErrorKind};
use orm_project::{DatabaseChoice, DatabaseOrigin, DatabaseRequest, Project};

use crate::failure::Failure;
use crate::output::Output;
use crate::session::short;

/// The options of every command that works on a database.
#[derive(Debug, Args)]
pub(crate) struct TargetArguments {
    /// The database: postgres://…, pglite:FOLDER or spanner://PROJECT/INSTANCE/DATABASE.
    #[arg(long, value_name = "URL", conflicts_with = "database")]
    pub(crate) url: Option<String>,

    /// The database that orm.toml calls `[database.NAME]`.
    #[arg(long, value_name = "NAME")]
    pub(crate) database: Option<String>,
}

/// The database of a command, not yet connected to.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) url: DatabaseUrl,
    pub(crate) options: ConnectOptions,
}

impl TargetArguments {
    /// Decides on the database and tells which one it is.
    pub(crate) fn choose(&self, project: &Project, output: &Output) -> Result<Target, Failure> {
        let request = DatabaseRequest { url: self.url.as_deref(), name: self.database.as_deref() };
        let DatabaseChoice { url, origin } = project.database(request)?;
        let url = shortened(url);
        let mut options = ConnectOptions::default();
        options.spanner_emulator_host = project.environment.get("SPANNER_EMULATOR_HOST")?.map(|it| it.value);
        output.note(&format!("Database: {}", describe(&url, &origin, &options)));
        Ok(Target { url, options })
    }

    /// Whether the command line names the database.
    pub(crate) fn is_named(&self) -> bool {
        self.url.is_some() || self.database.is_some()
    }
}

impl Target {
    pub(crate) async fn connect(&self) -> Result<Box<dyn Connection>, Failure> {
        let connected = orm_driver::connect(&self.url, &self.options).await;
        connected.map_err(|error| match error.kind() {
            ErrorKind::NoSuchDatabase => Failure::from(error).or_help("`orm db create` with the same options makes it"),
            _ => error.into(),
        })
    }
}

/// The same database, an embedded one as seen from the current folder.
fn shortened(url: DatabaseUrl) -> DatabaseUrl {
    match url {
        DatabaseUrl::Pglite(folder) => DatabaseUrl::Pglite(short(&folder).into()),
        other => other,
    }
}

fn describe(url: &DatabaseUrl, origin: &DatabaseOrigin, options: &ConnectOptions) -> String {
    let emulator = match (url, &options.spanner_emulator_host) {
        (DatabaseUrl::Spanner(_), Some(host)) => format!(" on the emulator at {host}"),
        _ => String::new(),
    };
    format!("{url}{emulator} (from {origin})")
}
