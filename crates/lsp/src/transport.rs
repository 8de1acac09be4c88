//! Messages in, messages out: `tower-lsp` routes each to its method, and this decides what is done when.
//!
//! A message is begun before the next one is looked at, so that the worker learns of edits and questions in their order;
//! what it waits for is waited for beside the others. The library's own transport ends at the first message that it cannot
//! read, does nothing at all while a client does not read, and writes every message as a tree of values, which takes ten
//! times as long as the message itself.

use std::{
    cell::Cell,
    future::{self, Future, poll_fn},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Duration,
};

use futures_util::{FutureExt, SinkExt, StreamExt};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::Semaphore,
};
use tower_lsp::{
    ClientSocket, LspService,
    jsonrpc::{Error, Id, Request, Response},
};
use tower_service::Service as _;

use crate::{
    Ending,
    json::Json,
    message_reader::MessageReader,
    misspelled::Respelled,
    outbox::{self, Outbox},
    server::LanguageServer,
};

/// What knows the methods.
type Service = Respelled<LspService<LanguageServer>>;

/// As many requests wait for their answers side by side. While they do, no further message is looked at, `$/cancelRequest`
/// included.
const OPEN_REQUESTS: usize = 256;

/// How long a client has to read the last messages.
const LAST_WORDS: Duration = Duration::from_secs(2);

tokio::task_local! {
    /// The answer to the request at hand, where its method has written it itself.
    static WRITTEN: Cell<Option<Json>>;
}

/// Answers the request at hand with a text of JSON. What its method returns after that does not matter.
pub(crate) fn answer_with(result: Json) {
    if WRITTEN.try_with(|it| it.set(Some(result))).is_err() {
        tracing::error!("an answer outside of a request");
    }
}

/// Serves a client until it says `exit` or closes its end.
pub(crate) async fn serve(
    input: impl AsyncRead + Unpin,
    output: impl AsyncWrite,
    outbox: &Outbox,
    service: Service,
    socket: ClientSocket,
    on_end: impl FnOnce(),
) -> Ending {
    let reading = async {
        let ending = read(input, outbox, service, socket).await;
        on_end();
        outbox.close();
        ending
    };
    let mut reading = std::pin::pin!(reading);
    let mut writing = std::pin::pin!(outbox.write_to(output).fuse());
    tokio::select! {
        ending = &mut reading => {
            match tokio::time::timeout(LAST_WORDS, writing).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::debug!("the client has gone: {error}"),
                Err(_) => tracing::warn!("the client does not read what it is told"),
            }
            ending
        }
        Err(error) = &mut writing => {
            tracing::warn!("the client has gone: {error}");
            outbox.close();
            reading.await
        }
    }
}

async fn read(input: impl AsyncRead + Unpin, outbox: &Outbox, mut service: Service, socket: ClientSocket) -> Ending {
    let (questions, mut replies) = socket.split();
    let asking = tokio::spawn({
        let outbox = outbox.clone();
        questions.for_each(move |question| {
            outbox.write(&question);
            future::ready(())
        })
    });
    let mut input = MessageReader::new(input);
    let places = Arc::new(Semaphore::new(OPEN_REQUESTS));
    let mut ending = Ending::Abrupt;
    loop {
        outbox.has_room().await;
        let body = match input.next().await {
            Ok(Some(body)) => body,
            Ok(None) => break,
            Err(error) => {
                tracing::error!("the client can't be understood: {error}");
                break;
            }
        };
        match Message::parse(&body) {
            Message::Request(request) => {
                let (is_shutdown, is_exit) = (request.method() == "shutdown", request.method() == "exit");
                begin(request, &mut service, outbox, &places).await;
                if is_shutdown {
                    ending = Ending::Orderly;
                }
                if is_exit {
                    break;
                }
            }
            Message::Reply(reply) => {
                if replies.send(reply).await.is_err() {
                    tracing::debug!("an answer that nobody waits for");
                }
            }
            Message::Wrong(answer) => outbox.write(&answer),
        }
    }
    asking.abort();
    ending
}

/// Begins what a message asks for. What it waits for is waited for on a task of its own.
async fn begin(request: Request, service: &mut Service, outbox: &Outbox, places: &Arc<Semaphore>) {
    if poll_fn(|context| service.poll_ready(context)).await.is_err() {
        tracing::debug!("a message behind the last one");
        return;
    }
    let id = request.id().cloned();
    let mut handling = Box::pin(handled(id, service.call(request)));
    if let Some(answer) = (&mut handling).now_or_never() {
        answer.into_iter().for_each(|it| outbox.send(it));
        return;
    }
    // The semaphore is never closed.
    let place = Arc::clone(places).acquire_owned().await.ok();
    let outbox = outbox.clone();
    tokio::spawn(async move {
        handling.await.into_iter().for_each(|it| outbox.send(it));
        drop(place);
    });
}

/// The answer of a method as JSON; none for a notification. A panic costs its own request only.
fn handled<E>(
    id: Option<Id>,
    response: impl Future<Output = Result<Option<Response>, E>>,
) -> impl Future<Output = Option<outbox::Message>> {
    WRITTEN.scope(Cell::new(None), async move {
        let response = match AssertUnwindSafe(response).catch_unwind().await {
            Ok(response) => response.ok().flatten(),
            Err(_) => {
                tracing::error!("a message could not be handled");
                id.map(|id| Response::from_error(id, Error::internal_error()))
            }
        }?;
        let written = WRITTEN.with(Cell::take).filter(|_| response.is_ok());
        let message = match written {
            Some(result) => {
                let id = Json::of(response.id()).ok()?;
                let start = format!("{{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":", id.as_str());
                vec![Json::written(start), result, Json::written("}".to_owned())]
            }
            None => vec![Json::of(&response).ok()?],
        };
        Some(message)
    })
}

enum Message {
    Request(Request),
    Reply(Response),
    /// Neither, and what the client is told.
    Wrong(Response),
}

impl Message {
    fn parse(body: &[u8]) -> Message {
        let error = match serde_json::from_slice::<Request>(body) {
            // An answer has no method, which the library reads as the empty one.
            Ok(request) if request.method().is_empty() => {
                let error =
                    || Response::from_error(request.id().cloned().unwrap_or_default(), Error::invalid_request());
                return serde_json::from_slice(body).map_or_else(|_| Message::Wrong(error()), Message::Reply);
            }
            Ok(request) => return Message::Request(request),
            Err(error) => error,
        };
        tracing::error!("a message can't be understood: {error}");
        if !error.is_data() {
            return Message::Wrong(Response::from_error(Id::Null, Error::parse_error()));
        }
        let id = serde_json::from_slice(body).map_or(Id::Null, |it: Numbered| it.id);
        Message::Wrong(Response::from_error(id, Error::invalid_request()))
    }
}

/// What is left of a message that is no request.
#[derive(serde::Deserialize)]
struct Numbered {
    id: Id,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(body: &str) -> String {
        match Message::parse(body.as_bytes()) {
            Message::Request(request) => request.method().to_owned(),
            Message::Reply(reply) => format!("reply to {}", reply.id()),
            Message::Wrong(answer) => format!("{:?} {}", answer.error().map(|it| it.code.code()), answer.id()),
        }
    }

    #[test]
    fn requests_replies_and_what_is_neither() {
        assert_eq!(kind(r#"{"jsonrpc":"2.0","id":1,"method":"shutdown"}"#), "shutdown");
        assert_eq!(kind(r#"{"jsonrpc":"2.0","id":7,"result":null}"#), "reply to 7");
        assert_eq!(kind(r#"{"jsonrpc":"2.0","id":"a","error":{"code":1,"message":"no"}}"#), "reply to \"a\"");
        assert_eq!(kind(r#"{"jsonrpc":"2.0","id":7}"#), "Some(-32600) 7");
        assert_eq!(kind(r#"{"jsonrpc":"2.0","id":7,"method":1}"#), "Some(-32600) 7");
        assert_eq!(kind("[]"), "Some(-32600) null");
        assert_eq!(kind("{"), "Some(-32700) null");
        assert_eq!(kind("\u{0}"), "Some(-32700) null");
    }
}
