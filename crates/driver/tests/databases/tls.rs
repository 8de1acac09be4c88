//! Every `sslmode` against a server with a certificate, and one without.

use std::fs;
use std::path::Path;

use orm_driver::{ConnectOptions, ErrorKind, Result, connect};
use orm_testkit::databases::PostgresServer;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

/// A certificate authority, and a server certificate by it for the name `localhost` alone.
struct Certificates {
    directory: tempfile::TempDir,
}

impl Certificates {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut authority = CertificateParams::new([]).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let server = CertificateParams::new(["localhost".to_owned()]).unwrap().signed_by(&key, &authority).unwrap();
        let stranger = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        fs::write(directory.path().join("authority.pem"), authority.pem()).unwrap();
        fs::write(directory.path().join("stranger.pem"), stranger.cert.pem()).unwrap();
        fs::write(directory.path().join("server.pem"), server.pem()).unwrap();
        fs::write(directory.path().join("server.key"), key.serialize_pem()).unwrap();
        Self { directory }
    }

    fn path(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }
}

/// Whether a connection with these parameters comes about, and then whether it is encrypted.
async fn encrypted(server: &str, parameters: &str) -> Result<bool> {
    let mut connection = connect(&format!("{server}?{parameters}").parse()?, &ConnectOptions::default()).await?;
    let rows = connection.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", &[]).await?;
    rows[0].get("ssl")
}

fn server(settings: &[&str], files: &[(&str, &Path)]) -> Option<PostgresServer> {
    PostgresServer::start_with_files(settings, files).ok()
}

#[tokio::test]
async fn modes_with_a_certificate() {
    let certificates = Certificates::new();
    let (certificate, key) = (certificates.path("server.pem"), certificates.path("server.key"));
    let settings = ["ssl=on", "ssl_cert_file=server.pem", "ssl_key_file=server.key"];
    let Some(server) = server(&settings, &[("server.pem", certificate.as_ref()), ("server.key", key.as_ref())]) else {
        return;
    };
    let by_address = server.url_text();
    let by_name = by_address.replace("127.0.0.1", "localhost");
    let authority = certificates.path("authority.pem");
    let stranger = certificates.path("stranger.pem");

    assert!(!encrypted(&by_address, "sslmode=disable").await.unwrap());
    assert!(!encrypted(&by_address, "sslmode=allow").await.unwrap());
    for mode in ["prefer", "require"] {
        assert!(encrypted(&by_address, &format!("sslmode={mode}")).await.unwrap(), "{mode}");
    }
    for (mode, address) in [("require", &by_address), ("verify-ca", &by_address), ("verify-full", &by_name)] {
        let trusted = format!("sslmode={mode}&sslrootcert={authority}");
        assert!(encrypted(address, &trusted).await.unwrap(), "{mode}");
        let distrusted = encrypted(address, &format!("sslmode={mode}&sslrootcert={stranger}")).await.unwrap_err();
        assert_eq!(distrusted.kind(), ErrorKind::Unreachable, "{mode}: {distrusted:?}");
    }
    let other_name = encrypted(&by_address, &format!("sslmode=verify-full&sslrootcert={authority}")).await.unwrap_err();
    assert!(other_name.message().contains("certificate"), "{other_name}");
    let unknown_to_the_machine = encrypted(&by_name, "sslmode=verify-full").await.unwrap_err();
    assert_eq!(unknown_to_the_machine.kind(), ErrorKind::Unreachable);
}

#[tokio::test]
async fn modes_without_a_certificate() {
    let Some(database) = orm_testkit::databases::postgres() else { return };
    for mode in ["disable", "allow", "prefer"] {
        assert!(!encrypted(&database.url_text(), &format!("sslmode={mode}")).await.unwrap(), "{mode}");
    }
    for mode in ["require", "verify-full"] {
        let error = encrypted(&database.url_text(), &format!("sslmode={mode}")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreachable);
        assert!(error.message().contains("server does not support TLS"), "{error}");
    }
}

#[tokio::test]
async fn a_certificate_file_that_is_missing_is_named() {
    let url = "postgres://me@localhost/d?sslmode=verify-full&sslrootcert=/nowhere/ca.pem";
    let error = connect(&url.parse().unwrap(), &ConnectOptions::default()).await.err().unwrap();
    assert!(error.message().contains("sslrootcert `/nowhere/ca.pem` can't be read"), "{error}");
}
