//! Where Spanner is, and with whose credentials.

use std::env;

use google_cloud_auth::credentials::{self, Credentials, anonymous};

use crate::connect::ConnectOptions;
use crate::error::{Error, ErrorKind, Result};

/// The variable that all of Google's clients and tools understand.
const EMULATOR_VARIABLE: &str = "SPANNER_EMULATOR_HOST";

/// Google's service, or an emulator.
#[derive(Debug, Clone)]
pub(super) struct Endpoint {
    url: String,
    credentials: Credentials,
    is_emulator: bool,
}

impl Endpoint {
    pub(super) fn new(options: &ConnectOptions) -> Result<Self> {
        let variable = || env::var(EMULATOR_VARIABLE).ok().filter(|it| !it.is_empty());
        match options.spanner_emulator_host.clone().or_else(variable) {
            Some(host) => Ok(Self::emulator(&host)),
            None => Self::google_cloud(),
        }
    }

    /// `host:port` of the emulator's gRPC port; it takes no credentials and has no TLS.
    fn emulator(host: &str) -> Self {
        let url = if host.contains("://") { host.to_owned() } else { format!("http://{host}") };
        Self { url, credentials: anonymous::Builder::new().build(), is_emulator: true }
    }

    fn google_cloud() -> Result<Self> {
        install_tls();
        let credentials = credentials::Builder::default().build().map_err(|cause| {
            Error::new(ErrorKind::Authentication, format!("no Google Cloud credentials: {cause}")).with_hint(
                "run `gcloud auth application-default login`, or set SPANNER_EMULATOR_HOST to use an emulator",
            )
        })?;
        Ok(Self { url: "https://spanner.googleapis.com".to_owned(), credentials, is_emulator: false })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    pub(super) fn is_emulator(&self) -> bool {
        self.is_emulator
    }

    /// For messages: a person knows the variable better than the URL.
    pub(super) fn describe(&self) -> String {
        if self.is_emulator {
            format!("the Spanner emulator at {}", self.url)
        } else {
            "Google Cloud Spanner".to_owned()
        }
    }
}

/// Without its default features the official client leaves the choice of a TLS implementation to the program.
fn install_tls() {
    // An error says that the program has chosen already, which is as good.
    _ = rustls::crypto::ring::default_provider().install_default();
}
