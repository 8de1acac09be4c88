//! JSON that is written once, where what it says is made, and put into messages as it is. What the library makes of a value
//! on its way out, a tree of values, takes ten times as long.

use std::sync::Arc;

use lsp_types::Range;
use serde::Serialize;
use tower_lsp::jsonrpc::{Error, Result};

/// A text of JSON. A clone is the same text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Json(Arc<String>);

impl Json {
    /// What a value says.
    ///
    /// # Errors
    /// The one that the client gets, if there is no JSON for it.
    pub(crate) fn of(value: &(impl Serialize + ?Sized)) -> Result<Json> {
        serde_json::to_string(value).map(Json::written).map_err(|error| {
            tracing::error!("a value can't be written: {error}");
            Error::internal_error()
        })
    }

    /// The list of these.
    pub(crate) fn list<'a>(items: impl IntoIterator<Item = &'a Json>) -> Json {
        let items: Vec<_> = items.into_iter().map(Json::as_str).collect();
        Json::written(format!("[{}]", items.join(",")))
    }

    /// The object with these fields, whose names need no escape.
    pub(crate) fn object(fields: &[(&str, &Json)]) -> Json {
        let size: usize = fields.iter().map(|(name, value)| name.len() + value.0.len() + 4).sum();
        let mut text = String::with_capacity(size + 1);
        for (name, value) in fields {
            text.push(if text.is_empty() { '{' } else { ',' });
            text.push('"');
            text.push_str(name);
            text.push_str("\":");
            text.push_str(&value.0);
        }
        text.push('}');
        Json::written(text)
    }

    /// What serde wrote.
    pub(crate) fn written(text: String) -> Json {
        Json(Arc::new(text))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the empty list.
    pub(crate) fn is_empty_list(&self) -> bool {
        self.as_str() == "[]"
    }
}

/// Writes a range behind a text: a thousand times with a key, so without a detour.
pub(crate) fn push_range(json: &mut String, range: Range) {
    let mut number = itoa::Buffer::new();
    let mut push = |text: &str, value: u32| {
        json.push_str(text);
        json.push_str(number.format(value));
    };
    push("{\"start\":{\"line\":", range.start.line);
    push(",\"character\":", range.start.character);
    push("},\"end\":{\"line\":", range.end.line);
    push(",\"character\":", range.end.character);
    json.push_str("}}");
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn pieces_make_a_whole() {
        let (number, text) = (Json::of(&7).unwrap(), Json::of("a\"b").unwrap());
        let list = Json::list([&number, &text]);
        let object = Json::object(&[("jsonrpc", &text), ("params", &list)]);
        let value: serde_json::Value = serde_json::from_str(object.as_str()).unwrap();
        assert_eq!(value, json!({ "jsonrpc": "a\"b", "params": [7, "a\"b"] }));
        assert!(Json::list([]).is_empty_list());
    }
}
