//! A client that speaks bare JSON-RPC with the server over a pipe.

use std::{io, path::Path, time::Duration};

use orm_lsp::Ending;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, ReadHalf, WriteHalf},
    task::JoinHandle,
    time::timeout,
};

/// No answer takes that long, however slow the machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// The document of tests that need no file.
pub(crate) const UNTITLED: &str = "untitled:Untitled-1";

pub(crate) struct Client {
    input: WriteHalf<DuplexStream>,
    output: BufReader<ReadHalf<DuplexStream>>,
    server: JoinHandle<io::Result<Ending>>,
    /// What the server answered to `initialize`.
    pub(crate) initialized: Value,
    /// Requests of the server. One for settings is answered with `settings`, every other one with `null`.
    pub(crate) server_requests: Vec<Value>,
    /// What the client says its settings are.
    pub(crate) settings: Value,
    /// Notifications, and answers that nobody has waited for yet.
    others: Vec<Value>,
    last_id: i64,
}

/// What a present-day client says that it can do.
pub(crate) fn capabilities() -> Value {
    json!({
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true },
            "completion": { "completionItem": {
                "snippetSupport": true, "insertReplaceSupport": true, "documentationFormat": ["markdown"],
                "tagSupport": { "valueSet": [1] },
            } },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor", "source"] } } },
            "rename": { "prepareSupport": true },
            "definition": { "linkSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
    })
}

pub(crate) fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

pub(crate) fn position(line: u32, character: u32) -> Value {
    json!({ "line": line, "character": character })
}

pub(crate) fn range(start: (u32, u32), end: (u32, u32)) -> Value {
    json!({ "start": position(start.0, start.1), "end": position(end.0, end.1) })
}

impl Client {
    /// A client that has shaken hands.
    pub(crate) async fn start(capabilities: Value, folders: &[&Path]) -> Client {
        Client::start_with(capabilities, folders, Value::Null).await
    }

    /// The same, with options.
    pub(crate) async fn start_with(capabilities: Value, folders: &[&Path], options: Value) -> Client {
        let (near, far) = tokio::io::duplex(1 << 20);
        let (far_output, far_input) = tokio::io::split(far);
        let server = tokio::spawn(orm_lsp::serve(far_output, far_input));
        let (output, input) = tokio::io::split(near);
        let mut client = Client {
            input,
            output: BufReader::new(output),
            server,
            initialized: Value::Null,
            server_requests: Vec::new(),
            settings: Value::Null,
            others: Vec::new(),
            last_id: 0,
        };
        let folders: Vec<_> = folders.iter().map(|it| json!({ "uri": uri(it), "name": "folder" })).collect();
        let params = json!({
            "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders,
            "initializationOptions": options,
        });
        client.initialized = client.request("initialize", params).await["result"].take();
        client.notify("initialized", json!({})).await;
        client
    }

    /// A client without folders.
    pub(crate) async fn plain() -> Client {
        Client::start(capabilities(), &[]).await
    }

    pub(crate) async fn send(&mut self, message: Value) {
        let body = message.to_string();
        let message = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        self.input.write_all(message.as_bytes()).await.unwrap();
    }

    pub(crate) async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({ "jsonrpc": "2.0", "method": method, "params": params })).await;
    }

    /// Sends a request and returns its number.
    pub(crate) async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(message).await;
        self.last_id
    }

    /// The answer to a request, error or not.
    pub(crate) async fn answer(&mut self, id: i64) -> Value {
        loop {
            let is_answer = |it: &Value| it["id"] == id && it.get("method").is_none();
            if let Some(index) = self.others.iter().position(is_answer) {
                return self.others.remove(index);
            }
            let message = self.receive().await;
            self.take_in(message).await;
        }
    }

    pub(crate) async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        self.answer(id).await
    }

    /// The result of a request about a place in a document.
    pub(crate) async fn at(&mut self, method: &str, uri: &str, line: u32, character: u32) -> Value {
        let params = json!({ "textDocument": { "uri": uri }, "position": position(line, character) });
        self.request(method, params).await["result"].take()
    }

    pub(crate) async fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "orm", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document })).await;
    }

    pub(crate) async fn change(&mut self, uri: &str, version: i32, range: Value, text: &str) {
        let change = if range.is_null() { json!({ "text": text }) } else { json!({ "range": range, "text": text }) };
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] })).await;
    }

    pub(crate) async fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } })).await;
    }

    /// Tells that a file changed on disk: 1 created, 2 changed, 3 deleted.
    pub(crate) async fn file_changed(&mut self, path: &Path, kind: u32) {
        let changes = json!({ "changes": [{ "uri": uri(path), "type": kind }] });
        self.notify("workspace/didChangeWatchedFiles", changes).await;
    }

    /// The next request of the server of this name.
    pub(crate) async fn server_request(&mut self, method: &str) -> Value {
        loop {
            if let Some(index) = self.server_requests.iter().position(|it| it["method"] == method) {
                return self.server_requests.remove(index);
            }
            let message = self.receive().await;
            self.take_in(message).await;
        }
    }

    /// The parameters of the next notification of this name.
    pub(crate) async fn notification(&mut self, method: &str) -> Value {
        loop {
            if let Some(index) = self.others.iter().position(|it| it["method"] == method) {
                return self.others.remove(index)["params"].take();
            }
            let message = self.receive().await;
            self.take_in(message).await;
        }
    }

    /// Whether the server has sent such a notification so far.
    pub(crate) fn has_notification(&self, method: &str) -> bool {
        self.others.iter().any(|it| it["method"] == method)
    }

    /// The next diagnostics of a document; `version`, if there is one, must be theirs.
    pub(crate) async fn diagnostics(&mut self, uri: &str, version: Option<i32>) -> Vec<Value> {
        loop {
            let is_wanted = |it: &Value| {
                it["method"] == "textDocument/publishDiagnostics"
                    && it["params"]["uri"] == uri
                    && version.is_none_or(|version| it["params"]["version"] == version)
            };
            if let Some(index) = self.others.iter().position(is_wanted) {
                let mut found = self.others.remove(index);
                return found["params"]["diagnostics"].as_array_mut().map(std::mem::take).unwrap_or_default();
            }
            let message = self.receive().await;
            self.take_in(message).await;
        }
    }

    /// The messages of diagnostics, without their help.
    pub(crate) async fn messages(&mut self, uri: &str, version: Option<i32>) -> Vec<String> {
        let found = self.diagnostics(uri, version).await;
        let text = |it: &Value| it["message"].as_str().and_then(|it| it.lines().next()).unwrap_or_default().to_owned();
        found.iter().map(text).collect()
    }

    /// How the server ends, while the client keeps its end of the pipe open.
    pub(crate) async fn ending(self) -> Ending {
        let ending = timeout(PATIENCE, self.server).await.expect("the server ends");
        drop((self.input, self.output));
        ending.unwrap().unwrap()
    }

    /// How the server ends when the client goes away.
    pub(crate) async fn leave(mut self) -> Ending {
        self.input.shutdown().await.unwrap();
        timeout(PATIENCE, self.server).await.expect("the server ends").unwrap().unwrap()
    }

    async fn take_in(&mut self, message: Value) {
        if message.get("method").is_some() && message.get("id").is_some() {
            let asks_for_settings = message["method"] == "workspace/configuration";
            let result = if asks_for_settings { json!([self.settings]) } else { Value::Null };
            self.send(json!({ "jsonrpc": "2.0", "id": message["id"], "result": result })).await;
            self.server_requests.push(message);
        } else {
            self.others.push(message);
        }
    }

    async fn receive(&mut self) -> Value {
        timeout(PATIENCE, self.read_message()).await.expect("the server says something")
    }

    async fn read_message(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert_ne!(self.output.read_line(&mut line).await.unwrap(), 0, "the server closed its output");
            match line.trim_end().split_once(": ") {
                Some(("Content-Length", text)) => length = text.parse().unwrap(),
                Some(_) => {}
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).await.unwrap();
        serde_json::from_slice(&body).unwrap()
    }
}
