//! `orm db serve`: the embedded database for psql and other programs.

use clap::Args;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;
use crate::target::{Target, TargetArguments};

const EXAMPLES: &str = "\
Examples:
  orm db serve                     prints a URL and serves until Ctrl-C
  orm db serve --port 54320        always at the same port
  psql \"postgres://postgres@127.0.0.1:54320/postgres?sslmode=disable\"

Only this machine can reach it, without a password. One client is served at a time, and no other
program can open the database meanwhile: stop it before `orm migrate latest`.";

/// Serve the embedded database to psql and other PostgreSQL clients on this machine.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArguments {
    #[command(flatten)]
    target: TargetArguments,

    /// The port to listen on; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
}

pub(crate) fn run(session: &Session, arguments: &ServeArguments) -> Result<Exit, Failure> {
    let target = arguments.target.choose(&session.project()?, &session.output)?;
    serve(session, &target, arguments.port)
}

#[cfg(feature = "pglite")]
fn serve(session: &Session, target: &Target, port: u16) -> Result<Exit, Failure> {
    use std::net::Ipv4Addr;

    use orm_driver::{DatabaseUrl, pglite};

    use crate::interrupt::{no_signals, runtime};

    let DatabaseUrl::Pglite(folder) = &target.url else {
        return Err(Failure::usage(format!("{} is a server already", target.url))
            .with_help("connect to it directly; `orm db serve` is for embedded databases (pglite:FOLDER)"));
    };
    runtime()?.block_on(async {
        let server = pglite::serve(folder, (Ipv4Addr::LOCALHOST, port).into()).await?;
        session.output.result(&format!("{}\n", server.url()))?;
        session.output.note("Serving until Ctrl-C.");
        tokio::signal::ctrl_c().await.map_err(|error| no_signals(&error))?;
        session.output.note("Stopping, once the present client has gone. Ctrl-C again does not wait for it.");
        tokio::select! {
            stopped = server.stop() => stopped.map(|()| Exit::Fine).map_err(Failure::from),
            _ = tokio::signal::ctrl_c() => Ok(Exit::Interrupted),
        }
    })
}

#[cfg(not(feature = "pglite"))]
fn serve(_: &Session, _: &Target, _: u16) -> Result<Exit, Failure> {
    Err(Failure::usage("this build of orm has no embedded database").with_help("build it with the feature `pglite`"))
}
