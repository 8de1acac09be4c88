//! Giving a call up when its server is gone.
//!
//! The official client tries again for as long as nobody answers, whatever time limit its retry policy is given, so
//! that a call would hang with the server. How long a call takes says nothing: a query may run for minutes.

use std::time::Duration;

use super::admin::Caller;
use super::endpoint::Endpoint;
use crate::connect::ConnectOptions;
use crate::error::{Error, Result};

/// The pause before each look whether the server of a pending call is there.
const PAUSE: Duration = Duration::from_secs(2);

/// How many failed looks in a row mean that the server is gone, and not just a moment without network.
const FAILURES: u32 = 3;

/// The outcome of a call, or the error that its server is gone.
pub(super) async fn while_alive<T>(
    endpoint: &Endpoint,
    options: &ConnectOptions,
    call: impl Future<Output = Result<T>>,
) -> Result<T> {
    tokio::select! {
        outcome = call => outcome,
        error = gone(endpoint, options, PAUSE) => Err(error),
    }
}

/// Ends when the server can't be connected to any more, and says why.
async fn gone(endpoint: &Endpoint, options: &ConnectOptions, pause: Duration) -> Error {
    let mut failures = 0;
    loop {
        tokio::time::sleep(pause).await;
        match Caller::connect(endpoint, options).await {
            Ok(_) => failures = 0,
            Err(error) if failures + 1 == FAILURES => return error,
            Err(_) => failures += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;
    use tokio::time::timeout;

    use super::*;
    use crate::error::ErrorKind;

    #[tokio::test]
    async fn a_server_is_gone_when_nobody_listens_and_not_before() {
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = server.local_addr().unwrap().to_string();
        let options = ConnectOptions { spanner_emulator_host: Some(host), ..ConnectOptions::default() };
        let endpoint = Endpoint::new(&options).unwrap();
        let gone = || timeout(Duration::from_millis(500), gone(&endpoint, &options, Duration::from_millis(20)));
        assert!(gone().await.is_err(), "the server is there, however long the call takes");
        drop(server);
        assert_eq!(gone().await.unwrap().kind(), ErrorKind::Unreachable);
    }
}
