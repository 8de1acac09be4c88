//! The semantic tokens of a document, as a client keeps them: all at first, then what changed.

use serde_json::{Value, json};

/// The tokens of an answer.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tokens {
    pub(super) id: String,
    data: Vec<u64>,
}

impl Tokens {
    /// What an answer makes of the tokens that it was asked about.
    pub(super) fn after(&self, answer: &Value) -> Tokens {
        let id = answer["resultId"].as_str().unwrap_or_default().to_owned();
        let Some(edits) = answer["edits"].as_array() else { return Tokens { id, data: numbers(&answer["data"]) } };
        let mut data = self.data.clone();
        for edit in edits {
            let [start, count] = ["start", "deleteCount"].map(|it| edit[it].as_u64().unwrap_or_default() as usize);
            data.splice(start..start + count, numbers(&edit["data"]));
        }
        Tokens { id, data }
    }

    /// Whether all tokens of an answer are these.
    pub(super) fn are(&self, answer: &Value) -> bool {
        json!(self.data) == answer["data"]
    }
}

fn numbers(data: &Value) -> Vec<u64> {
    data.as_array().map(|it| it.iter().filter_map(Value::as_u64).collect()).unwrap_or_default()
}
