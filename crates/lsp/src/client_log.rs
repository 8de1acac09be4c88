//! What the client is told of the server's work: its log (`window/logMessage`), and the trace of what it does
//! (`$/logTrace`), which a client asks for.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU8, Ordering},
};

use lsp_types::{LogMessageParams, LogTraceParams, MessageType, TraceValue};
use serde::Serialize;
use tracing::{Event, Level, Subscriber, field::Visit};
use tracing_subscriber::{Layer, layer::Context};

use crate::outbox::Outbox;

/// The client's log and trace. A clone is the same one.
#[derive(Clone, Default)]
pub(crate) struct ClientLog {
    outbox: Outbox,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    /// Before `initialize` a client is told nothing.
    is_introduced: AtomicBool,
    trace: AtomicU8,
}

/// How much of its work the server tells. The protocol's `TraceValue`, as a number.
const MESSAGES: u8 = 1;
const VERBOSE: u8 = 2;

impl ClientLog {
    pub(crate) fn new(outbox: Outbox) -> Self {
        ClientLog { outbox, state: Arc::default() }
    }

    /// The client introduces itself, and says what it wants of the trace.
    pub(crate) fn introduce(&self, trace: Option<TraceValue>) {
        self.set_trace(trace.unwrap_or_default());
        self.state.is_introduced.store(true, Ordering::Relaxed);
    }

    /// `$/setTrace`
    pub(crate) fn set_trace(&self, value: TraceValue) {
        let value = match value {
            TraceValue::Off => 0,
            TraceValue::Messages => MESSAGES,
            TraceValue::Verbose => VERBOSE,
        };
        self.state.trace.store(value, Ordering::Relaxed);
    }

    /// Whether the client wants to know what is done.
    pub(crate) fn traces(&self) -> bool {
        self.state.trace.load(Ordering::Relaxed) >= MESSAGES
    }

    /// Whether it wants details, too.
    pub(crate) fn traces_details(&self) -> bool {
        self.state.trace.load(Ordering::Relaxed) >= VERBOSE
    }

    /// Tells what was done, and details of it for a client that wants them.
    pub(crate) fn trace(&self, message: String, details: impl FnOnce() -> Option<String>) {
        if self.traces() {
            let verbose = if self.traces_details() { details() } else { None };
            self.notify("$/logTrace", LogTraceParams { message, verbose });
        }
    }

    /// Whether the client is told what is logged: it has introduced itself, and neither gone nor stopped reading.
    pub(crate) fn is_read(&self) -> bool {
        self.state.is_introduced.load(Ordering::Relaxed) && self.outbox.takes_more()
    }

    fn log(&self, typ: MessageType, message: String) {
        if self.is_read() {
            self.notify("window/logMessage", LogMessageParams { typ, message });
        }
    }

    fn notify(&self, method: &'static str, params: impl Serialize) {
        self.outbox.write_if_room(&Notification { jsonrpc: "2.0", method, params });
    }
}

#[derive(Serialize)]
struct Notification<P> {
    jsonrpc: &'static str,
    method: &'static str,
    params: P,
}

impl<S: Subscriber> Layer<S> for ClientLog {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let typ = match *event.metadata().level() {
            Level::ERROR => MessageType::ERROR,
            Level::WARN => MessageType::WARNING,
            Level::INFO => MessageType::INFO,
            Level::DEBUG | Level::TRACE => MessageType::LOG,
        };
        let mut text = Text::default();
        event.record(&mut text);
        self.log(typ, text.message + &text.fields);
    }
}

/// What an event says: its message, and its further fields behind it.
#[derive(Default)]
struct Text {
    message: String,
    fields: String,
}

impl Visit for Text {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        match field.name() {
            "message" => self.message = format!("{value:?}"),
            name => self.fields += &format!(" {name}={value:?}"),
        }
    }
}
