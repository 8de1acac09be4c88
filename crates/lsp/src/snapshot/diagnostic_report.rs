//! What is wrong in a document, for a client that asks.

use lsp_types::{
    DocumentDiagnosticReport, FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport,
};
use orm_ide::Cancelled;

use super::DocumentSnapshot;
use crate::pull::result_id;

impl DocumentSnapshot {
    /// What is wrong, or that it is what the client has: a report with the identifier `previous`. With its identifier.
    pub(crate) fn diagnostic_report(
        &self,
        previous: Option<&str>,
    ) -> Result<Option<(String, DocumentDiagnosticReport)>, Cancelled> {
        let items = self.project.diagnostics(&self.path)?;
        let result_id = result_id(&items);
        let id = result_id.clone();
        let report = if previous == Some(&result_id) {
            let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
            RelatedUnchangedDocumentDiagnosticReport { related_documents: None, unchanged_document_diagnostic_report }
                .into()
        } else {
            let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
            RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report }.into()
        };
        Ok(Some((id, report)))
    }
}
