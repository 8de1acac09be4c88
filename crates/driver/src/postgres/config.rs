//! A client configuration from a URL, with libpq's environment variables and defaults for what the URL leaves open.
//!
//! Source: PostgreSQL documentation, "Environment Variables" of libpq.

use std::env;
use std::path::Path;

use tokio_postgres::Config;

use crate::connect::ConnectOptions;
use crate::error::{Error, ErrorKind, Result};
use crate::url::PostgresUrl;

/// Where Debian's and Apple's packages put the server's Unix socket.
const SOCKET_DIRECTORIES: [&str; 2] = ["/var/run/postgresql", "/tmp"];

pub(super) fn from_url(url: &PostgresUrl, options: &ConnectOptions) -> Result<Config> {
    let mut config = parse_parameters(url)?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(options.timeout);
    }
    if config.get_application_name().is_none() {
        config.application_name(&options.application_name);
    }
    if let Some(user) = url.user().map(str::to_owned).or_else(|| variable("PGUSER")) {
        config.user(user);
    }
    if let Some(password) = url.password().map(str::to_owned).or_else(|| variable("PGPASSWORD")) {
        config.password(password);
    }
    if let Some(database) = url.database() {
        config.dbname(database);
    }
    add_hosts(&mut config, hosts(url));
    Ok(config)
}

/// The parameters that need no attention of ours, through the client's own parser.
fn parse_parameters(url: &PostgresUrl) -> Result<Config> {
    let escape = |value: &str| value.replace('\\', r"\\").replace('\'', r"\'");
    let others = url.parameters().iter().filter(|(name, _)| name != "host" && name != "port");
    let settings: Vec<_> = others.map(|(name, value)| format!("{name}='{}'", escape(value))).collect();
    settings.join(" ").parse().map_err(|cause: tokio_postgres::Error| {
        let reason = std::error::Error::source(&cause).map(ToString::to_string);
        let reason = reason.unwrap_or_else(|| cause.to_string());
        Error::new(ErrorKind::InvalidUrl, format!("the parameters of {url} can't be used: {reason}"))
    })
}

fn hosts(url: &PostgresUrl) -> Vec<(String, Option<u16>)> {
    let hosts = url.hosts();
    let unnamed = hosts.iter().all(|(host, _)| host.is_empty());
    if !unnamed {
        return hosts;
    }
    let port = hosts.first().and_then(|(_, port)| *port);
    vec![(variable("PGHOST").unwrap_or_else(|| local_host(port)), port)]
}

/// The directory of a local server's socket, or else `localhost`.
fn local_host(port: Option<u16>) -> String {
    let socket = format!(".s.PGSQL.{}", port.or_else(default_port).unwrap_or(5432));
    let directory = SOCKET_DIRECTORIES.into_iter().find(|it| Path::new(it).join(&socket).exists());
    directory.unwrap_or("localhost").to_owned()
}

fn default_port() -> Option<u16> {
    variable("PGPORT")?.parse().ok()
}

fn add_hosts(config: &mut Config, hosts: Vec<(String, Option<u16>)>) {
    for (host, port) in hosts {
        config.host(host);
        config.port(port.or_else(default_port).unwrap_or(5432));
    }
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::url::DatabaseUrl;

    fn config(text: &str) -> Result<Config> {
        match text.parse()? {
            DatabaseUrl::Postgres(url) => from_url(&url, &ConnectOptions::default()),
            other => panic!("{other} is no PostgreSQL URL"),
        }
    }

    #[test]
    fn parameters_reach_the_client() {
        let config = config("postgres://me@h:1/d?connect_timeout=3&options=-c%20search_path%3Da'b").unwrap();
        assert_eq!(config.get_connect_timeout(), Some(&Duration::from_secs(3)));
        assert_eq!(config.get_options(), Some("-c search_path=a'b"));
        assert_eq!(config.get_application_name(), Some("orm"));
        assert_eq!(config.get_dbname(), Some("d"));
    }

    #[test]
    fn an_unknown_parameter_is_named() {
        let error = config("postgres://me:secret@h/d?colour=red").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidUrl);
        assert!(error.message().contains("colour"), "{error}");
        assert!(!error.message().contains("secret"), "{error}");
    }
}
