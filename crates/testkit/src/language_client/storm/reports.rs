//! Diagnostics of a client that asks for them: of a document after its edits, of the workspace with a request that stays open.

use serde_json::{Value, json};

/// Under what the answer to the request for the workspace comes in parts.
pub(super) const TOKEN: &str = "workspace";

/// What a client says that asks for diagnostics.
pub(super) fn ask_for(capabilities: &mut Value) {
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
}

/// A report of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Report {
    /// The version of the document that was asked about.
    pub(super) version: i64,
    pub(super) id: String,
    pub(super) items: Vec<Value>,
}

impl Report {
    /// The report that an answer is, with what the client had when it asked.
    pub(super) fn of(answer: &Value, version: i64, before: Option<&Report>) -> Report {
        let id = answer["resultId"].as_str().unwrap_or_default().to_owned();
        let items = match answer["kind"].as_str() {
            Some("unchanged") => before.filter(|it| it.id == id).expect("the client has it").items.clone(),
            kind => {
                assert_eq!(kind, Some("full"), "{answer}");
                answer["items"].as_array().cloned().unwrap_or_default()
            }
        };
        Report { version, id, items }
    }
}
