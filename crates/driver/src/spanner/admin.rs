//! Schema changes, databases and instances over gRPC.

use std::time::{Duration, Instant};

use google_cloud_auth::credentials::{CacheableResource, Credentials};
use googleapis_tonic_google_longrunning::google::longrunning::Operation;
use googleapis_tonic_google_spanner_admin_database_v1::google::spanner::admin::database::v1::database_admin_client::DatabaseAdminClient;
use googleapis_tonic_google_spanner_admin_database_v1::google::spanner::admin::database::v1::{
    CreateDatabaseRequest, DropDatabaseRequest, GetDatabaseRequest, UpdateDatabaseDdlMetadata, UpdateDatabaseDdlRequest,
};
use googleapis_tonic_google_spanner_admin_instance_v1::google::spanner::admin::instance::v1::instance_admin_client::InstanceAdminClient;
use googleapis_tonic_google_spanner_admin_instance_v1::google::spanner::admin::instance::v1::{
    CreateInstanceRequest, Instance,
};
use prost::Message;
use tonic::metadata::MetadataMap;
use tonic::transport::{Channel, ClientTlsConfig};
use tonic::{Code, Request};

use super::endpoint::Endpoint;
use super::error::{grpc_error, is_busy, root_cause, unreachable};
use super::operation;
use crate::connect::ConnectOptions;
use crate::connection::{DdlBatch, DdlProgress};
use crate::error::{DdlError, Error, ErrorKind, Result};
use crate::url::SpannerUrl;

/// How long to ask again while another schema change or transaction is at work: the emulator refuses instead of letting one wait.
const BUSY_PATIENCE: Duration = Duration::from_secs(30);

/// The pause between two such questions.
const BUSY_PAUSE: Duration = Duration::from_millis(50);

/// A channel with the headers that its calls need.
#[derive(Debug, Clone)]
pub(super) struct Caller {
    channel: Channel,
    credentials: Credentials,
}

impl Caller {
    pub(super) async fn connect(endpoint: &Endpoint, options: &ConnectOptions) -> Result<Self> {
        let failed = |cause: tonic::transport::Error| unreachable(endpoint, &root_cause(&cause));
        let mut transport = Channel::from_shared(endpoint.url().to_owned())
            .map_err(|cause| unreachable(endpoint, &cause))?
            .connect_timeout(options.timeout);
        if !endpoint.is_emulator() {
            transport = transport.tls_config(ClientTlsConfig::new().with_native_roots()).map_err(failed)?;
        }
        let channel = transport.connect().await.map_err(failed)?;
        Ok(Self { channel, credentials: endpoint.credentials().clone() })
    }

    pub(super) fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// A request with credentials, and with the resource that Google's front ends route by.
    pub(super) async fn request<T>(&self, (field, resource): (&str, &str), message: T) -> Result<Request<T>> {
        let refused = |cause: &dyn std::fmt::Display| {
            Error::new(ErrorKind::Authentication, format!("no access to Google Cloud Spanner: {cause}"))
        };
        let headers = self.credentials.headers(http::Extensions::new()).await.map_err(|cause| refused(&cause))?;
        let mut request = Request::new(message);
        if let CacheableResource::New { data, .. } = headers {
            *request.metadata_mut() = MetadataMap::from_headers(data);
        }
        let routing = format!("{field}={resource}").parse().map_err(|cause| refused(&cause))?;
        request.metadata_mut().insert("x-goog-request-params", routing);
        Ok(request)
    }
}

/// Google's admin services for databases and instances.
#[derive(Debug)]
pub(super) struct Admin {
    caller: Caller,
    databases: DatabaseAdminClient<Channel>,
}

impl Admin {
    pub(super) async fn connect(endpoint: &Endpoint, options: &ConnectOptions) -> Result<Self> {
        let caller = Caller::connect(endpoint, options).await?;
        let databases = DatabaseAdminClient::new(caller.channel());
        Ok(Self { caller, databases })
    }

    pub(super) async fn database_exists(&mut self, url: &SpannerUrl) -> Result<bool> {
        let name = url.database_path();
        let request = self.caller.request(("name", &name), GetDatabaseRequest { name: name.clone() }).await?;
        match self.databases.get_database(request).await {
            Ok(_) => Ok(true),
            Err(status) if status.code() == Code::NotFound => Ok(false),
            Err(status) => Err(grpc_error(status)),
        }
    }

    /// Creates the instance when it is missing; for the emulator, where it costs nothing and has one possible shape.
    pub(super) async fn ensure_instance(&mut self, url: &SpannerUrl) -> Result<()> {
        let parent = url.project_path();
        let instance = Instance {
            config: format!("{parent}/instanceConfigs/emulator-config"),
            display_name: url.instance().to_owned(),
            node_count: 1,
            ..Instance::default()
        };
        let message = CreateInstanceRequest {
            parent: parent.clone(),
            instance_id: url.instance().to_owned(),
            instance: Some(instance),
        };
        let request = self.caller.request(("parent", &parent), message).await?;
        match InstanceAdminClient::new(self.caller.channel()).create_instance(request).await {
            Ok(operation) => operation::finish(&self.caller, operation.into_inner()).await,
            Err(status) if status.code() == Code::AlreadyExists => Ok(()),
            Err(status) => Err(grpc_error(status)),
        }
    }

    pub(super) async fn create_database(&mut self, url: &SpannerUrl) -> Result<()> {
        let parent = url.instance_path();
        let message = CreateDatabaseRequest {
            parent: parent.clone(),
            create_statement: format!("CREATE DATABASE `{}`", url.database()),
            ..CreateDatabaseRequest::default()
        };
        let request = self.caller.request(("parent", &parent), message).await?;
        match self.databases.create_database(request).await {
            Ok(operation) => operation::finish(&self.caller, operation.into_inner()).await,
            Err(status) if status.code() == Code::AlreadyExists => {
                Err(Error::new(ErrorKind::DatabaseExists, format!("{url} exists")).with_source(status))
            }
            Err(status) => Err(grpc_error(status)),
        }
    }

    /// Spanner itself is content with dropping what is not there, so this looks first.
    pub(super) async fn drop_database(&mut self, url: &SpannerUrl) -> Result<()> {
        if !self.database_exists(url).await? {
            return Err(Error::new(ErrorKind::NoSuchDatabase, format!("there is no database {url}")));
        }
        let database = url.database_path();
        let message = DropDatabaseRequest { database: database.clone() };
        let request = self.caller.request(("database", &database), message).await?;
        self.databases.drop_database(request).await.map_err(grpc_error)?;
        Ok(())
    }

    /// Runs schema changes as one operation, or joins the operation of that name, and waits for its end.
    pub(super) async fn update_ddl(
        &mut self,
        url: &SpannerUrl,
        batch: &DdlBatch,
        progress: &mut (dyn FnMut(DdlProgress) + Send),
    ) -> std::result::Result<(), DdlError> {
        if batch.statements.is_empty() {
            return Ok(());
        }
        let total = batch.statements.len();
        let mut applied = 0;
        let finished = async {
            let operation = self.start_ddl(url, batch).await?;
            let mut seen = |operation: &Operation| {
                let now = applied_statements(operation);
                for applied in applied + 1..=now {
                    progress(DdlProgress { applied, total });
                }
                applied = now.max(applied);
            };
            operation::wait(&self.caller, operation, &mut seen).await
        };
        match finished.await.map(|it| operation::failure(&it)) {
            Ok(None) => Ok(()),
            Ok(Some(error)) | Err(error) => Err(ddl_error(error, applied, batch)),
        }
    }

    /// Starts the schema changes, or finds the operation of that name.
    async fn start_ddl(&mut self, url: &SpannerUrl, batch: &DdlBatch) -> Result<Operation> {
        let database = url.database_path();
        let message = ddl_request(&database, batch);
        let start = Instant::now();
        loop {
            let request = self.caller.request(("database", &database), message.clone()).await?;
            match (self.databases.update_database_ddl(request).await, &batch.operation_id) {
                (Ok(operation), _) => return Ok(operation.into_inner()),
                (Err(status), Some(id)) if status.code() == Code::AlreadyExists => {
                    return operation::get(&self.caller, format!("{database}/operations/{id}")).await;
                }
                (Err(status), _) if is_busy(status.message()) && start.elapsed() < BUSY_PATIENCE => {
                    tokio::time::sleep(BUSY_PAUSE).await;
                }
                (Err(status), _) => return Err(grpc_error(status)),
            }
        }
    }
}

fn ddl_request(database: &str, batch: &DdlBatch) -> UpdateDatabaseDdlRequest {
    let without_semicolon = |it: &String| it.trim_end().trim_end_matches(';').to_owned();
    UpdateDatabaseDdlRequest {
        database: database.to_owned(),
        statements: batch.statements.iter().map(without_semicolon).collect(),
        operation_id: batch.operation_id.clone().unwrap_or_default(),
        ..UpdateDatabaseDdlRequest::default()
    }
}

/// How many statements of a schema change have been committed.
fn applied_statements(operation: &Operation) -> usize {
    let metadata = operation.metadata.as_ref().map(|it| UpdateDatabaseDdlMetadata::decode(it.value.as_slice()));
    match metadata {
        Some(Ok(metadata)) => metadata.commit_timestamps.len(),
        // Metadata is for showing progress; an operation without it has shown none yet.
        Some(Err(_)) | None => 0,
    }
}

/// The failed statement follows the applied ones, unless the whole call was refused; then Spanner's text may quote it.
/// A broken connection or a busy database is no statement's fault.
fn ddl_error(error: Error, applied: usize, batch: &DdlBatch) -> DdlError {
    if error.kind() != ErrorKind::Refused {
        return DdlError { applied, statement: None, source: error };
    }
    let quoted = batch.statements.iter().find(|it| error.message().contains(it.trim_end().trim_end_matches(';')));
    let statement = quoted.or_else(|| batch.statements.get(applied)).cloned();
    let source = match &statement {
        Some(statement) => error.with_statement(statement),
        None => error,
    };
    DdlError { applied, statement, source }
}
