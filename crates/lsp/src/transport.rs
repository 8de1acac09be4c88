//! Messages in, messages out: `tower-lsp` routes each to its method, and this decides what is done when.
//!
//! A message is begun before the next one is looked at, so that the worker learns of edits and questions in their order;
//! what it waits for is waited for beside the others. The library's own transport ends at the first message that it cannot
//! read, does nothing at all while a client does not read, and writes every message as a tree of values, which takes ten
//! times as long as the message itself.

use std::{
    any::Any,
    cell::Cell,
    future::{self, Future, poll_fn},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::{Duration, Instant},
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
    client_log::ClientLog,
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
    log: &ClientLog,
    service: Service,
    socket: ClientSocket,
    on_end: impl FnOnce(),
) -> Ending {
    let reading = async {
        let ending = read(input, outbox, log, service, socket).await;
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

async fn read(
    input: impl AsyncRead + Unpin,
    outbox: &Outbox,
    log: &ClientLog,
    mut service: Service,
    socket: ClientSocket,
) -> Ending {
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
                begin(request, &mut service, outbox, log, &places).await;
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
async fn begin(request: Request, service: &mut Service, outbox: &Outbox, log: &ClientLog, places: &Arc<Semaphore>) {
    if poll_fn(|context| service.poll_ready(context)).await.is_err() {
        tracing::debug!("a message behind the last one");
        return;
    }
    let task = Task::new(&request, log);
    let mut handling = Box::pin(handled(task, service.call(request)));
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

/// A request or notification at hand.
struct Task {
    method: String,
    /// `None` for a notification.
    id: Option<Id>,
    start: Instant,
    log: ClientLog,
    /// The parameters, for a client that wants details of what is done.
    params: Option<String>,
}

impl Task {
    fn new(request: &Request, log: &ClientLog) -> Task {
        let shown = request.params().filter(|_| log.traces_details());
        Task {
            method: request.method().to_owned(),
            id: request.id().cloned(),
            start: Instant::now(),
            log: log.clone(),
            params: shown.map(|it| shortened(it.to_string())),
        }
    }

    /// The answer to a request whose method panicked.
    fn panicked(&self, panic: &(dyn Any + Send)) -> Option<Response> {
        let text = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
        tracing::error!("{} could not be handled: {}", self.method, text.unwrap_or("internal error"));
        Some(Response::from_error(self.id.clone()?, Error::internal_error()))
    }

    fn trace(self, response: Option<&Response>) {
        let Task { method, id, start, log, params } = self;
        if !log.traces() {
            return;
        }
        let number = id.map(|it| format!(" ({it})")).unwrap_or_default();
        let error = response.and_then(Response::error);
        let end = error.map(|it| format!(": error {}, {}", it.code.code(), it.message)).unwrap_or_default();
        let milliseconds = start.elapsed().as_secs_f64() * 1e3;
        log.trace(format!("{method}{number} took {milliseconds:.2} ms{end}"), || params);
    }
}

/// A text of which nobody reads more than the beginning.
fn shortened(mut text: String) -> String {
    const MOST: usize = 2_000;
    if text.len() > MOST {
        text.truncate(text.floor_char_boundary(MOST));
        text.push('…');
    }
    text
}

/// The answer of a method as JSON; none for a notification. A panic costs its own request only.
fn handled<E>(
    task: Task,
    response: impl Future<Output = Result<Option<Response>, E>>,
) -> impl Future<Output = Option<outbox::Message>> {
    WRITTEN.scope(Cell::new(None), async move {
        let response = match AssertUnwindSafe(response).catch_unwind().await {
            Ok(response) => response.ok().flatten(),
            Err(panic) => task.panicked(&*panic),
        };
        task.trace(response.as_ref());
        let response = response?;
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
    use lsp_types::TraceValue;
    use serde_json::{Value, json};
    use tracing_subscriber::{layer::SubscriberExt, util::SubscriberInitExt};

    use super::*;

    fn kind(body: &str) -> String {
        match Message::parse(body.as_bytes()) {
            Message::Request(request) => request.method().to_owned(),
            Message::Reply(reply) => format!("reply to {}", reply.id()),
            Message::Wrong(answer) => format!("{:?} {}", answer.error().map(|it| it.code.code()), answer.id()),
        }
    }

    /// What the client is told while a method panics.
    #[tokio::test]
    async fn a_panic_is_answered_and_logged_with_its_method() {
        let outbox = Outbox::default();
        let log = ClientLog::new(outbox.clone());
        log.introduce(None);
        let _logging = tracing_subscriber::registry().with(log.clone()).set_default();
        let request = Request::build("textDocument/hover").id(7).finish();
        let panicking = async { if request.id().is_some() { panic!("on purpose") } else { Ok::<_, ()>(None) } };
        let answer = handled(Task::new(&request, &log), panicking).await.unwrap();
        let answer: Value = serde_json::from_str(answer[0].as_str()).unwrap();
        assert_eq!((&answer["id"], &answer["error"]["code"]), (&json!(7), &json!(-32603)));
        let told = outbox.told();
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!((&told[0]["method"], &told[0]["params"]["type"]), (&json!("window/logMessage"), &json!(1)));
        let text = told[0]["params"]["message"].as_str().unwrap_or_default();
        assert!(text.contains("textDocument/hover") && text.contains("on purpose"), "{text}");
    }

    #[tokio::test]
    async fn what_is_done_is_traced_as_much_as_the_client_wants() {
        let outbox = Outbox::default();
        let log = ClientLog::new(outbox.clone());
        let params = json!({ "text": "ä".repeat(10_000) });
        for trace in [TraceValue::Off, TraceValue::Messages, TraceValue::Verbose] {
            log.set_trace(trace);
            let request = Request::build("orm/explain").id(7).params(params.clone()).finish();
            let refused = Response::from_error(Id::Number(7), Error::content_modified());
            handled(Task::new(&request, &log), async { Ok::<_, ()>(Some(refused)) }).await;
        }
        let told = outbox.told();
        let [messages, verbose] = told.as_slice() else { panic!("two of three: {told:?}") };
        assert_eq!(messages["method"], "$/logTrace");
        let text = messages["params"]["message"].as_str().unwrap();
        assert!(text.starts_with("orm/explain (7) took ") && text.contains("error -32801"), "{text}");
        assert_eq!(messages["params"].get("verbose"), None);
        let details = verbose["params"]["verbose"].as_str().unwrap();
        assert!(details.starts_with("{\"text\":\"ä") && details.len() < 3_000, "{details}");
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
