//! Commands.

use lsp_types::ExecuteCommandParams;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

use super::{LanguageServer, errors::REQUEST_FAILED};
use crate::{
    create_migration::{self, OpenDocuments},
    requests::CreateMigration,
    snapshot::{Snapshot, migration::CREATE_MIGRATION},
    to_protocol::{DocumentKey, file_path},
    worker::Message,
};

impl LanguageServer {
    /// `workspace/executeCommand`
    pub(super) async fn run_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        if params.command != CREATE_MIGRATION {
            return Err(Error::invalid_params(format!("`{}` is no command of this server", params.command)));
        }
        let argument = params.arguments.into_iter().next().unwrap_or_default();
        let asked: CreateMigration =
            serde_json::from_value(argument).map_err(|error| Error::invalid_params(error.to_string()))?;
        self.create_migration(asked).await
    }

    /// The command that writes a migration.
    async fn create_migration(&self, asked: CreateMigration) -> Result<Option<Value>> {
        let folder = asked.project.as_ref().and_then(file_path);
        let document = asked.text_document.as_ref().map(|it| DocumentKey::from(&it.uri));
        let read = move |snapshots: &[Snapshot]| {
            let is_meant = |it: &&Snapshot| match (&folder, &document) {
                (Some(folder), _) => it.locations.root.as_ref() == Some(folder),
                (None, Some(document)) => it.locations.open.values().any(|it| DocumentKey::from(&it.uri) == *document),
                (None, None) => false,
            };
            snapshots.iter().find(is_meant).map(OpenDocuments::of).transpose()
        };
        let created = match self.read_all(read).await {
            Ok(Some(open)) => self.aside(move || create_migration::run(&open, &asked)).await?,
            Ok(None) => Err(create_migration::failed("there is no such project: open one of its files first")),
            Err(error) if error.code == ErrorCode::ContentModified => {
                Err(create_migration::failed("the project is being edited all the time: try again"))
            }
            Err(error) => return Err(error),
        };
        let created = created.map_err(|it| Error {
            code: REQUEST_FAILED,
            message: it.message.into(),
            data: serde_json::to_value(it.reason).ok(),
        })?;
        if !created.files.is_empty() {
            self.send(Message::FilesChanged(create_migration::events(&created.files)));
        }
        Ok(serde_json::to_value(created).ok())
    }
}
