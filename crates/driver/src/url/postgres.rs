//! `postgres://USER:PASSWORD@HOST:PORT/DATABASE?PARAMETERS`, as libpq reads it.
//!
//! Source: PostgreSQL documentation, "Connection URIs" and "Parameter Key Words".

use std::fmt;
use std::path::PathBuf;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::invalid;
use crate::error::Error;

/// What must be escaped in a part of a URL so that the part ends where it ends.
const RESERVED: &AsciiSet = &CONTROLS.add(b' ').add(b'/').add(b'?').add(b'#').add(b'@').add(b'%').add(b'&').add(b'=');

/// A PostgreSQL server's database, with the password that its texts never show.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl {
    user: Option<String>,
    password: Option<String>,
    /// `host:port,host:port`, still percent-encoded.
    hosts: String,
    database: Option<String>,
    ssl_mode: SslMode,
    ssl_root_cert: Option<PathBuf>,
    /// The other parameters, percent-decoded, in their order.
    parameters: Vec<(String, String)>,
}

/// How far a connection must be encrypted and the server known: libpq's `sslmode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SslMode {
    /// Never encrypt.
    Disable,
    /// Encrypt only when the server refuses a plain connection.
    Allow,
    /// Encrypt when the server can; its certificate is not looked at.
    #[default]
    Prefer,
    /// Always encrypt; its certificate is not looked at, unless `sslrootcert` is given.
    Require,
    /// Always encrypt and demand a certificate of a trusted authority.
    VerifyCa,
    /// Also demand that the certificate is for this host.
    VerifyFull,
}

impl SslMode {
    /// Every mode, weakest first.
    pub const ALL: [Self; 6] =
        [Self::Disable, Self::Allow, Self::Prefer, Self::Require, Self::VerifyCa, Self::VerifyFull];

    /// libpq's word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Disable => "disable",
            Self::Allow => "allow",
            Self::Prefer => "prefer",
            Self::Require => "require",
            Self::VerifyCa => "verify-ca",
            Self::VerifyFull => "verify-full",
        }
    }

    fn parse(name: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|it| it.name() == name);
        known.ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            invalid(format!("unknown sslmode `{name}`")).with_hint(format!("sslmode is one of {names}"))
        })
    }
}

impl PostgresUrl {
    /// Reads what stands behind `postgres:`.
    pub(super) fn parse(rest: &str) -> Result<Self, Error> {
        let rest = rest.strip_prefix("//").ok_or_else(|| invalid("a PostgreSQL URL starts with `postgres://`"))?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (authority, database) = rest.split_once('/').unwrap_or((rest, ""));
        // The last `@`: an unescaped one in a password is wrong but unambiguous.
        let (login, hosts) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (user, password) = login.split_once(':').unwrap_or((login, ""));
        let mut url = Self {
            user: decode_optional(user)?,
            password: decode_optional(password)?,
            hosts: hosts.to_owned(),
            database: decode_optional(database)?,
            ssl_mode: SslMode::default(),
            ssl_root_cert: None,
            parameters: Vec::new(),
        };
        url.check_ports()?;
        for pair in query.split('&').filter(|it| !it.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or_else(|| invalid("a URL parameter is written NAME=VALUE"))?;
            url.set(&decode(name)?, decode(value)?)?;
        }
        url.check_modes()?;
        Ok(url)
    }

    fn set(&mut self, name: &str, value: String) -> Result<(), Error> {
        match name {
            "user" => self.user = Some(value),
            "password" => self.password = Some(value),
            "dbname" => self.database = Some(value),
            "sslmode" => self.ssl_mode = SslMode::parse(&value)?,
            "sslrootcert" => self.ssl_root_cert = Some(value.into()),
            _ => self.parameters.push((name.to_owned(), value)),
        }
        Ok(())
    }

    fn check_ports(&self) -> Result<(), Error> {
        for (_, port) in self.split_hosts() {
            if port.is_some_and(|it| it.parse::<u16>().is_err()) {
                return Err(invalid("the port of a PostgreSQL URL is a number up to 65535"));
            }
        }
        Ok(())
    }

    /// `sslrootcert` demands verification, so a mode that promises none is a contradiction only when it forbids TLS.
    fn check_modes(&self) -> Result<(), Error> {
        match (self.ssl_mode, &self.ssl_root_cert) {
            (SslMode::Disable, Some(_)) => Err(invalid("sslrootcert has no meaning with sslmode=disable")),
            _ => Ok(()),
        }
    }

    fn split_hosts(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.hosts.split(',').filter(|it| !it.is_empty()).map(|it| match it.rfind(':') {
            Some(colon) if colon > it.rfind(']').unwrap_or(0) => (&it[..colon], Some(&it[colon + 1..])),
            Some(0) => ("", Some(&it[1..])),
            _ => (it, None),
        })
    }

    /// The user, when the URL names one.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// Hosts with their ports, in the order to try them: names, addresses, or directories of Unix sockets (they start with `/`).
    pub fn hosts(&self) -> Vec<(String, Option<u16>)> {
        let mut hosts: Vec<_> =
            self.split_hosts().map(|(host, port)| (host_name(host), port.and_then(|it| it.parse().ok()))).collect();
        let parameter = |name: &str| self.parameters.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str());
        if let Some(names) = parameter("host") {
            hosts = names.split(',').map(|it| (it.to_owned(), None)).collect();
        }
        if let Some(ports) = parameter("port") {
            let ports: Vec<_> = ports.split(',').map(|it| it.parse().ok()).collect();
            for (index, (_, port)) in hosts.iter_mut().enumerate() {
                *port = ports.get(index).or(ports.last()).copied().flatten();
            }
        }
        hosts
    }

    /// The database's name; `None` means the one named like the user.
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// The demanded encryption.
    pub fn ssl_mode(&self) -> SslMode {
        self.ssl_mode
    }

    /// The file of trusted certificates (PEM), or the word `system`.
    pub fn ssl_root_cert(&self) -> Option<&std::path::Path> {
        self.ssl_root_cert.as_deref()
    }

    /// The other parameters of the URL, decoded.
    pub fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }

    /// The password, for the driver only.
    #[cfg(feature = "postgres")]
    pub(crate) fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }

    pub(crate) fn with_database(&self, name: &str) -> Self {
        Self { database: Some(name.to_owned()), ..self.clone() }
    }

    /// The whole URL with its password, for handing it to another program. Never print it.
    pub fn to_secret_string(&self) -> String {
        self.render(self.password.as_deref())
    }

    fn render(&self, password: Option<&str>) -> String {
        let mut text = "postgres://".to_owned();
        if self.user.is_some() || password.is_some() {
            text += &encode(self.user.as_deref().unwrap_or_default());
            text += &password.map(|it| format!(":{}", encode(it))).unwrap_or_default();
            text.push('@');
        }
        text += &self.hosts;
        if let Some(database) = &self.database {
            text += &format!("/{}", encode(database));
        }
        text + &self.render_parameters()
    }

    fn render_parameters(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if self.ssl_mode != SslMode::default() {
            pairs.push(("sslmode", self.ssl_mode.name().to_owned()));
        }
        if let Some(file) = &self.ssl_root_cert {
            pairs.push(("sslrootcert", file.display().to_string()));
        }
        pairs.extend(self.parameters.iter().map(|(name, value)| (name.as_str(), value.clone())));
        let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

fn host_name(host: &str) -> String {
    let host = host.strip_prefix('[').and_then(|it| it.strip_suffix(']')).unwrap_or(host);
    percent_decode_str(host).decode_utf8_lossy().into_owned()
}

fn decode(text: &str) -> Result<String, Error> {
    let decoded = percent_decode_str(text).decode_utf8();
    let decoded = decoded.map_err(|_| invalid("a percent-encoded part of the URL is not UTF-8"))?;
    Ok(decoded.into_owned())
}

fn decode_optional(text: &str) -> Result<Option<String>, Error> {
    let decoded = decode(text)?;
    Ok(Some(decoded).filter(|it| !it.is_empty()))
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(None))
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PostgresUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> PostgresUrl {
        PostgresUrl::parse(text.strip_prefix("postgres:").unwrap()).unwrap()
    }

    #[test]
    fn reads_every_part() {
        let url = parse(
            "postgres://me:p%40ss@db.example:5433/app?sslmode=verify-full&sslrootcert=/etc/ca.pem&connect_timeout=3",
        );
        assert_eq!(url.user(), Some("me"));
        assert_eq!(url.password.as_deref(), Some("p@ss"));
        assert_eq!(url.hosts(), [("db.example".to_owned(), Some(5433))]);
        assert_eq!(url.database(), Some("app"));
        assert_eq!(url.ssl_mode(), SslMode::VerifyFull);
        assert_eq!(url.ssl_root_cert(), Some(std::path::Path::new("/etc/ca.pem")));
        assert_eq!(url.parameters(), [("connect_timeout".to_owned(), "3".to_owned())]);
    }

    #[test]
    fn several_hosts_addresses_and_sockets() {
        let hosts = |text| parse(text).hosts();
        assert_eq!(hosts("postgres://a:1,b:2/d"), [("a".to_owned(), Some(1)), ("b".to_owned(), Some(2))]);
        assert_eq!(hosts("postgres://[::1]:5/d"), [("::1".to_owned(), Some(5))]);
        assert_eq!(hosts("postgres://[::1]/d"), [("::1".to_owned(), None)]);
        assert_eq!(hosts("postgres://%2Ftmp%2Fpg/d"), [("/tmp/pg".to_owned(), None)]);
        assert_eq!(hosts("postgres:///d?host=/tmp/pg&port=7"), [("/tmp/pg".to_owned(), Some(7))]);
        assert_eq!(hosts("postgres:///d"), []);
    }

    #[test]
    fn every_mode_is_known_by_its_name() {
        for mode in SslMode::ALL {
            assert_eq!(parse(&format!("postgres://h/d?sslmode={}", mode.name())).ssl_mode(), mode);
        }
        assert_eq!(parse("postgres://h/d").ssl_mode(), SslMode::Prefer);
        let error = PostgresUrl::parse("//h/d?sslmode=on").unwrap_err();
        assert_eq!(error.message(), "unknown sslmode `on`");
    }

    #[test]
    fn no_text_shows_the_password() {
        for text in ["postgres://me:secret@h/d", "postgres://h/d?user=me&password=secret"] {
            let url = parse(text);
            assert!(!format!("{url} {url:?}").contains("secret"));
            assert!(url.to_secret_string().contains("secret"));
            assert_eq!(parse(&url.to_secret_string()), url);
        }
    }

    #[test]
    fn bad_ports_are_refused() {
        for text in ["//h:x/d", "//h:99999/d", "//h:-1/d"] {
            assert!(PostgresUrl::parse(text).is_err(), "{text}");
        }
    }
}
