//! A client of the language server: starts the process and speaks the protocol over its standard input and output.

pub mod storm;

use std::{
    collections::VecDeque,
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// No answer takes that long, however slow the machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// A client with a server of its own. Dropping it ends the server.
#[derive(Debug)]
pub struct LanguageClient {
    process: Child,
    input: Option<ChildStdin>,
    arrivals: Receiver<Arrival>,
    /// What came while something else was waited for.
    kept: VecDeque<Arrival>,
    last_id: i64,
}

/// A message of the server.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// When its last byte was read.
    pub at: Instant,
    /// What it says.
    pub message: Value,
}

impl Arrival {
    /// Whether it answers the request with this number.
    pub fn answers(&self, id: i64) -> bool {
        self.message["id"] == id && self.message.get("method").is_none()
    }

    /// The diagnostics of a document, if it brings them: of a version, or of any.
    pub fn diagnostics(&self, uri: &str, version: Option<i64>) -> Option<&Vec<Value>> {
        let params = &self.message["params"];
        let is_wanted = self.message["method"] == "textDocument/publishDiagnostics"
            && params["uri"] == uri
            && version.is_none_or(|version| params["version"] == version);
        is_wanted.then(|| params["diagnostics"].as_array()).flatten()
    }
}

impl LanguageClient {
    /// Starts a server. What it logs goes where the standard error of this process goes.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn start(command: &mut Command) -> io::Result<Self> {
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let (input, output) = (process.stdin.take(), process.stdout.take());
        let (sender, arrivals) = mpsc::channel();
        let mut output = BufReader::with_capacity(1 << 16, output.ok_or_else(left)?);
        // The server never waits for this client to read. The thread ends with the output.
        thread::spawn(move || {
            while let Ok(body) = read_message(&mut output) {
                let at = Instant::now();
                let Ok(message) = serde_json::from_slice(&body) else { return };
                if sender.send(Arrival { at, message }).is_err() {
                    return;
                }
            }
        });
        Ok(LanguageClient { process, input, arrivals, kept: VecDeque::new(), last_id: 0 })
    }

    /// Shakes hands, with a folder to work in. Returns what the server answers to `initialize`.
    ///
    /// # Errors
    /// If the server leaves.
    pub fn initialize(&mut self, folder: &Path, capabilities: Value) -> io::Result<Value> {
        let folders = json!([{ "uri": uri(folder), "name": "folder" }]);
        let params =
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders });
        let result = self.request("initialize", params)?.message["result"].take();
        self.notify("initialized", json!({}))?;
        Ok(result)
    }

    /// The number of the server process.
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// If the server has left.
    pub fn send_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        let input = self.input.as_mut().ok_or_else(left)?;
        input.write_all(bytes)?;
        input.flush()
    }

    /// Sends a message.
    ///
    /// # Errors
    /// If the server has left.
    pub fn send(&mut self, message: &Value) -> io::Result<()> {
        self.send_bytes(&framed(message))
    }

    /// Sends a notification.
    ///
    /// # Errors
    /// If the server has left.
    pub fn notify(&mut self, method: &str, params: Value) -> io::Result<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    /// Sends a request and returns its number.
    ///
    /// # Errors
    /// If the server has left.
    pub fn ask(&mut self, method: &str, params: Value) -> io::Result<i64> {
        self.last_id += 1;
        let mut message = json!({ "jsonrpc": "2.0", "id": self.last_id, "method": method });
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message)?;
        Ok(self.last_id)
    }

    /// Opens a document in its first version.
    ///
    /// # Errors
    /// If the server has left.
    pub fn open(&mut self, uri: &str, text: &str) -> io::Result<()> {
        let document = json!({ "uri": uri, "languageId": "orm", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }))
    }

    /// Edits a document: a text of a range, or all of it.
    ///
    /// # Errors
    /// If the server has left.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value) -> io::Result<()> {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }))
    }

    /// The next message, in the order in which the server sent them. Requests of the server are answered with `null`.
    ///
    /// # Errors
    /// If the server leaves or says nothing for two minutes.
    pub fn receive(&mut self) -> io::Result<Arrival> {
        match self.kept.pop_front() {
            Some(kept) => Ok(kept),
            None => self.arrival(PATIENCE)?.ok_or_else(|| io::Error::from(io::ErrorKind::TimedOut)),
        }
    }

    /// What has come so far, in its order.
    ///
    /// # Errors
    /// If the server has left.
    pub fn received(&mut self) -> io::Result<Vec<Arrival>> {
        let mut all: Vec<_> = self.kept.drain(..).collect();
        while let Some(next) = self.arrival(Duration::ZERO)? {
            all.push(next);
        }
        Ok(all)
    }

    /// The next message that is `wanted`; the others are kept.
    ///
    /// # Errors
    /// If the server leaves or says nothing for two minutes.
    pub fn wait_for(&mut self, wanted: impl Fn(&Arrival) -> bool) -> io::Result<Arrival> {
        if let Some(kept) = self.kept.iter().position(&wanted).and_then(|index| self.kept.remove(index)) {
            return Ok(kept);
        }
        loop {
            let next = self.arrival(PATIENCE)?.ok_or_else(|| io::Error::from(io::ErrorKind::TimedOut))?;
            if wanted(&next) {
                return Ok(next);
            }
            self.kept.push_back(next);
        }
    }

    /// The answer to a request, error or not.
    ///
    /// # Errors
    /// If the server leaves or says nothing for two minutes.
    pub fn request(&mut self, method: &str, params: Value) -> io::Result<Arrival> {
        let id = self.ask(method, params)?;
        self.wait_for(|it| it.answers(id))
    }

    /// Waits for the diagnostics of a version of a document.
    ///
    /// # Errors
    /// If the server leaves or says nothing for two minutes.
    pub fn wait_for_diagnostics(&mut self, uri: &str, version: i64) -> io::Result<Arrival> {
        self.wait_for(|it| it.diagnostics(uri, Some(version)).is_some())
    }

    /// Whether the server has not ended.
    ///
    /// # Errors
    /// If the system does not know.
    pub fn is_running(&mut self) -> io::Result<bool> {
        Ok(self.process.try_wait()?.is_none())
    }

    /// Closes the input, and waits until the server ends.
    ///
    /// # Errors
    /// If it does not.
    pub fn end(mut self) -> io::Result<ExitStatus> {
        self.input = None;
        self.wait()
    }

    /// Waits until the server ends by itself.
    ///
    /// # Errors
    /// If it does not.
    pub fn wait(mut self) -> io::Result<ExitStatus> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.process.try_wait()? {
                return Ok(status);
            }
            thread::sleep(Duration::from_millis(5));
        }
        Err(io::ErrorKind::TimedOut.into())
    }

    /// Ends the server as the protocol wants it.
    ///
    /// # Errors
    /// If it does not end.
    pub fn shut_down(mut self) -> io::Result<ExitStatus> {
        self.request("shutdown", Value::Null)?;
        self.notify("exit", Value::Null)?;
        self.end()
    }

    fn arrival(&mut self, patience: Duration) -> io::Result<Option<Arrival>> {
        match self.arrivals.recv_timeout(patience) {
            Ok(arrival) => {
                if let (Some(_), Some(id)) = (arrival.message.get("method"), arrival.message.get("id")) {
                    self.send(&json!({ "jsonrpc": "2.0", "id": id, "result": null }))?;
                }
                Ok(Some(arrival))
            }
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(left()),
        }
    }
}

impl Drop for LanguageClient {
    fn drop(&mut self) {
        // An error means that it has ended already.
        if self.process.kill().is_ok() {
            drop(self.process.wait());
        }
    }
}

/// The URI of a file.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A message with its header.
pub fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// What a present-day client says that it can do.
pub fn capabilities() -> Value {
    json!({
        "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "codeDescriptionSupport": true, "versionSupport": true },
            "completion": { "completionItem": {
                "snippetSupport": true, "insertReplaceSupport": true, "documentationFormat": ["markdown"],
                "tagSupport": { "valueSet": [1] },
            } },
            "hover": { "contentFormat": ["markdown", "plaintext"] },
            "signatureHelp": { "signatureInformation": { "documentationFormat": ["markdown"] } },
            "codeAction": {
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "refactor", "source"] } },
                "dataSupport": true,
                "resolveSupport": { "properties": ["edit"] },
            },
            "rename": { "prepareSupport": true },
            "definition": { "linkSupport": true },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
    })
}

fn left() -> io::Error {
    io::Error::new(io::ErrorKind::BrokenPipe, "the server has left")
}

fn read_message(output: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut length = None;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line)? == 0 {
            return Err(left());
        }
        match line.trim_end().split_once(": ") {
            Some(("Content-Length", text)) => length = text.parse().ok(),
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?];
    output.read_exact(&mut body)?;
    Ok(body)
}
