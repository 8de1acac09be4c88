//! A capability that `lsp-types` 0.97 reads under a name that no client writes.
//!
//! The protocol says `workspace.diagnostics`, the type `workspace.diagnostic`.

use std::task::{Context, Poll};

use serde_json::Value;
use tower_lsp::jsonrpc::Request;
use tower_service::Service;

/// Passes `initialize` on with the name that the types know.
pub(crate) struct Respelled<S>(pub(crate) S);

impl<S: Service<Request>> Service<Request> for Respelled<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        self.0.call(if request.method() == "initialize" { respelled(request) } else { request })
    }
}

fn respelled(request: Request) -> Request {
    let (method, id, params) = request.into_parts();
    let mut respelled = Request::build(method);
    if let Some(mut params) = params {
        let workspace = params.pointer_mut("/capabilities/workspace").and_then(Value::as_object_mut);
        if let Some(workspace) = workspace
            && let Some(diagnostics) = workspace.remove("diagnostics")
        {
            workspace.insert("diagnostic".to_owned(), diagnostics);
        }
        respelled = respelled.params(params);
    }
    match id {
        Some(id) => respelled.id(id).finish(),
        None => respelled.finish(),
    }
}
