//! Google Spanner and its emulator.
//!
//! Queries and DML go through Google's official client. Its admin crates speak REST only, while an emulator is often reachable by its gRPC port alone;
//! so schema changes and databases go through gRPC stubs generated from Google's published API definitions, on the emulator and in Google Cloud alike.
//! Tests run all of it on the emulator; TLS and credentials are what remains untested without a Google Cloud project.

mod admin;
mod connection;
mod endpoint;
mod error;
mod liveness;
mod operation;
mod value;

use admin::Admin;
use connection::SpannerConnection;
use endpoint::Endpoint;

use crate::connect::ConnectOptions;
use crate::error::Result;
use crate::url::SpannerUrl;

/// Connects to an existing database.
pub(crate) async fn connect(url: &SpannerUrl, options: &ConnectOptions) -> Result<SpannerConnection> {
    let endpoint = Endpoint::new(options)?;
    SpannerConnection::open(url, &endpoint, options).await
}

pub(crate) async fn database_exists(url: &SpannerUrl, options: &ConnectOptions) -> Result<bool> {
    Admin::connect(&Endpoint::new(options)?, options).await?.database_exists(url).await
}

pub(crate) async fn create_database(url: &SpannerUrl, options: &ConnectOptions) -> Result<()> {
    let endpoint = Endpoint::new(options)?;
    let mut admin = Admin::connect(&endpoint, options).await?;
    if endpoint.is_emulator() {
        admin.ensure_instance(url).await?;
    }
    admin.create_database(url).await
}

pub(crate) async fn drop_database(url: &SpannerUrl, options: &ConnectOptions) -> Result<()> {
    Admin::connect(&Endpoint::new(options)?, options).await?.drop_database(url).await
}
