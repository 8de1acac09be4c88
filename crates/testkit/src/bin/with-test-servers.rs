//! Runs a command while the test databases run: `with-test-servers cargo test …`.
//!
//! Every test process finds the servers in its environment, so that a cluster and an emulator are started once. What
//! the machine lacks is left to the tests, which say it by name.

use std::{
    env,
    process::{Command, ExitCode},
};

use orm_testkit::databases::TestServers;

fn main() -> ExitCode {
    let mut arguments = env::args_os().skip(1);
    let Some(program) = arguments.next() else {
        eprintln!("usage: with-test-servers COMMAND [ARGUMENTS]");
        return ExitCode::from(2);
    };
    let servers = match TestServers::start() {
        Ok(servers) => servers,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let status = Command::new(&program).args(arguments).envs(servers.environment()).status();
    drop(servers);
    match status {
        Ok(status) => ExitCode::from(u8::try_from(status.code().unwrap_or(1)).unwrap_or(1)),
        Err(error) => {
            eprintln!("{}: {error}", program.to_string_lossy());
            ExitCode::FAILURE
        }
    }
}
