//! What clients write otherwise than `lsp-types` 0.97 reads it.
//!
//! - The protocol says `workspace.diagnostics`, the type of the client's capabilities `workspace.diagnostic`.
//! - Some clients leave letters in URIs that none may hold, such as spaces, and the type refuses those.

use std::task::{Context, Poll};

use serde_json::Value;
use tower_lsp::jsonrpc::Request;
use tower_service::Service;

/// Passes requests on as the types read them.
pub(crate) struct Respelled<S>(pub(crate) S);

impl<S: Service<Request>> Service<Request> for Respelled<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        self.0.call(respelled(request))
    }
}

fn respelled(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let is_initialize = method == "initialize";
    let mut respelled = Request::build(method);
    if let Some(mut params) = params {
        if is_initialize {
            respell_capability(&mut params);
        }
        respell_uris(&mut params);
        respelled = respelled.params(params);
    }
    match id {
        Some(id) => respelled.id(id).finish(),
        None => respelled.finish(),
    }
}

fn respell_capability(params: &mut Value) {
    let workspace = params.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut);
    if let Some(workspace) = workspace
        && let Some(diagnostics) = workspace.remove("diagnostics")
    {
        workspace.insert("diagnostic".to_owned(), diagnostics);
    }
}

/// Where messages name documents and folders.
const URIS: [&str; 2] = ["/textDocument/uri", "/rootUri"];

/// Where they list what has such a name.
const LISTS: [&str; 6] =
    ["/workspaceFolders", "/event/added", "/event/removed", "/changes", "/files", "/previousResultIds"];

fn respell_uris(params: &mut Value) {
    for place in URIS {
        params.pointer_mut(place).into_iter().for_each(respell_uri);
    }
    for place in LISTS {
        let list = params.pointer_mut(place).and_then(Value::as_array_mut);
        for item in list.into_iter().flatten() {
            for name in ["uri", "oldUri", "newUri"] {
                item.get_mut(name).into_iter().for_each(respell_uri);
            }
        }
    }
}

/// Writes what no URI may hold as the protocol wants it.
fn respell_uri(value: &mut Value) {
    let Value::String(uri) = value else { return };
    let is_allowed = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    if !uri.bytes().all(is_allowed) {
        let respelled = uri.bytes().map(|byte| match is_allowed(byte) {
            true => char::from(byte).to_string(),
            false => format!("%{byte:02X}"),
        });
        *uri = respelled.collect();
    }
}
