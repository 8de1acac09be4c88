//! libpq's `sslmode` in terms of rustls.
//!
//! Source: PostgreSQL documentation, "Protection Provided in Different Modes".

use std::path::Path;
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::config::SslMode as ClientMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::{Error, ErrorKind, Result};
use crate::url::{PostgresUrl, SslMode};

/// One way to connect.
pub(super) struct Attempt {
    pub(super) mode: ClientMode,
    pub(super) connector: MakeRustlsConnect,
}

/// The ways that the URL's `sslmode` allows, in its order of preference.
pub(super) fn attempts(url: &PostgresUrl) -> Result<Vec<Attempt>> {
    let modes: &[ClientMode] = match url.ssl_mode() {
        // libpq never encrypts a Unix socket, whatever the mode.
        _ if only_sockets(url) => &[ClientMode::Disable],
        SslMode::Disable => &[ClientMode::Disable],
        SslMode::Allow => &[ClientMode::Disable, ClientMode::Require],
        SslMode::Prefer => &[ClientMode::Prefer, ClientMode::Disable],
        SslMode::Require | SslMode::VerifyCa | SslMode::VerifyFull => &[ClientMode::Require],
    };
    let connector = MakeRustlsConnect::new(client_config(url)?);
    Ok(modes.iter().map(|mode| Attempt { mode: *mode, connector: connector.clone() }).collect())
}

fn only_sockets(url: &PostgresUrl) -> bool {
    let hosts = url.hosts();
    !hosts.is_empty() && hosts.iter().all(|(host, _)| host.starts_with('/'))
}

fn client_config(url: &PostgresUrl) -> Result<ClientConfig> {
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions();
    let builder = builder.map_err(|cause| tls_error("TLS can't be set up", cause))?;
    let verifier = Arc::new(Verifier { trust: Trust::of(url, &provider)?, provider });
    Ok(builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

fn tls_error(what: impl std::fmt::Display, cause: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Unreachable, format!("{what}: {cause}"))
}

/// How much of the server's certificate is looked at.
#[derive(Debug)]
enum Trust {
    Anybody,
    Authority(Arc<WebPkiServerVerifier>),
    AuthorityAndHost(Arc<WebPkiServerVerifier>),
}

impl Trust {
    fn of(url: &PostgresUrl, provider: &Arc<CryptoProvider>) -> Result<Self> {
        let verifier = || {
            let roots = Arc::new(trusted_roots(url.ssl_root_cert())?);
            let builder = WebPkiServerVerifier::builder_with_provider(roots, provider.clone());
            builder.build().map_err(|cause| tls_error("no certificate authority is trusted", cause))
        };
        match (url.ssl_mode(), url.ssl_root_cert()) {
            (SslMode::VerifyFull, _) => Ok(Self::AuthorityAndHost(verifier()?)),
            // With a certificate file, libpq's `require` means `verify-ca`.
            (SslMode::VerifyCa, _) | (SslMode::Require, Some(_)) => Ok(Self::Authority(verifier()?)),
            _ => Ok(Self::Anybody),
        }
    }
}

/// The certificates of `sslrootcert`, or those that the machine trusts (libpq's word for it is `system`).
fn trusted_roots(file: Option<&Path>) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    match file.filter(|it| *it != Path::new("system")) {
        Some(file) => {
            let unreadable = |cause: &dyn std::fmt::Display| {
                let what = format!("sslrootcert `{}` can't be read", file.display());
                tls_error(what, cause)
            };
            for certificate in CertificateDer::pem_file_iter(file).map_err(|cause| unreadable(&cause))? {
                let certificate = certificate.map_err(|cause| unreadable(&cause))?;
                roots.add(certificate).map_err(|cause| unreadable(&cause))?;
            }
        }
        None => _ = roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs),
    }
    Ok(roots)
}

/// Checks signatures always, and the certificate as far as `sslmode` demands.
#[derive(Debug)]
struct Verifier {
    trust: Trust,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> std::result::Result<ServerCertVerified, rustls::Error> {
        let check = |verifier: &WebPkiServerVerifier| {
            verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
        };
        match &self.trust {
            Trust::Anybody => Ok(ServerCertVerified::assertion()),
            Trust::AuthorityAndHost(verifier) => check(verifier),
            // The name is checked last, so that a wrong name means that all else was right.
            Trust::Authority(verifier) => match check(verifier) {
                Err(rustls::Error::InvalidCertificate(
                    CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
                )) => Ok(ServerCertVerified::assertion()),
                other => other,
            },
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> std::result::Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
