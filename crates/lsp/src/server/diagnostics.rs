//! Diagnostics for clients that ask for them.

use lsp_types::{
    DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    RelatedFullDocumentDiagnosticReport, WorkspaceDiagnosticParams, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportResult,
};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};

use super::{LanguageServer, errors::ask_again};
use crate::{pull::WorkspaceRequest, snapshot::DocumentSnapshot, transport::answer_with, worker::Message};

impl LanguageServer {
    /// `textDocument/diagnostic`
    pub(super) async fn document_report(
        &self,
        params: DocumentDiagnosticParams,
    ) -> Result<DocumentDiagnosticReportResult> {
        let (uri, previous) = (params.text_document.uri, params.previous_result_id);
        let read = move |document: &DocumentSnapshot| document.diagnostic_report(previous.as_deref());
        let report = self.read(uri.clone(), read).await.map_err(ask_again)?;
        if let Some((id, report)) = report.transpose()? {
            self.send(Message::Answered { uri, id });
            answer_with(report);
        }
        Ok(DocumentDiagnosticReport::from(RelatedFullDocumentDiagnosticReport::default()).into())
    }

    /// `workspace/diagnostic`
    pub(super) async fn workspace_report(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let (reply, answer) = oneshot::channel();
        self.send(Message::PullWorkspace(WorkspaceRequest::new(params, reply)));
        answer_with(answer.await.map_err(|_| Error::internal_error())?);
        Ok(WorkspaceDiagnosticReport::default().into())
    }
}
