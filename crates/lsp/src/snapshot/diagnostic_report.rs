//! What is wrong in a document, for a client that asks.

use orm_ide::Cancelled;
use tower_lsp::jsonrpc;

use super::DocumentSnapshot;
use crate::pull::{full, result_id, unchanged};

impl DocumentSnapshot {
    /// What is wrong, or that it is what the client has: a report with the identifier `previous`. With its identifier.
    #[expect(clippy::type_complexity, reason = "the request may be overtaken, and its answer not be written")]
    pub(crate) fn diagnostic_report(
        &self,
        previous: Option<&str>,
    ) -> Result<Option<jsonrpc::Result<(String, crate::json::Json)>>, Cancelled> {
        let items = self.project.diagnostics(&self.path)?;
        let id = result_id(&items);
        let report = if previous == Some(&id) { unchanged(&id, &[]) } else { full(&id, &items, &[]) };
        Ok(Some(report.map(|it| (id, it))))
    }
}
