//! How a client ends the server.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use futures_util::{
    FutureExt,
    future::{self, Either, Ready},
};
use tower_lsp::jsonrpc::Request;
use tower_service::Service;

/// Answers `shutdown` before it looks at the next message.
///
/// `exit` cancels the requests that are not answered yet. A client that sends both at once would get an error for its
/// `shutdown`, which would count as never received.
pub(crate) struct ShutdownFirst<S> {
    service: S,
    is_shut_down: Arc<AtomicBool>,
}

impl<S> ShutdownFirst<S> {
    /// `is_shut_down` is set when the client asks for it.
    pub(crate) fn new(service: S, is_shut_down: Arc<AtomicBool>) -> Self {
        ShutdownFirst { service, is_shut_down }
    }
}

impl<S: Service<Request, Future: Unpin>> Service<Request> for ShutdownFirst<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = Either<Ready<Result<S::Response, S::Error>>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let is_shutdown = request.method() == "shutdown";
        let mut answer = self.service.call(request);
        if is_shutdown {
            self.is_shut_down.store(true, Ordering::SeqCst);
            if let Some(answered) = (&mut answer).now_or_never() {
                return Either::Left(future::ready(answered));
            }
        }
        Either::Right(answer)
    }
}
