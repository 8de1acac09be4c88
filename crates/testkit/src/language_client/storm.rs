//! Edits and questions as fast as the server takes them, in two documents that refer to one another.
//!
//! Each edit writes a new number into its document, and some questions are about that number: an answer that was made from
//! an older state than that of the edit before it is seen. What else must hold is checked as the answers come: every
//! question has one answer, cancelled or not, and diagnostics never go back to an older version.

use std::{
    collections::BTreeMap,
    fs, io,
    ops::Range,
    path::{Path, PathBuf},
    process::Command,
};

use proptest::{
    prelude::RngExt,
    test_runner::{RngAlgorithm, TestRng},
};
use serde_json::{Value, json};

use super::{Arrival, LanguageClient, capabilities, uri};

/// A document that is longer gets its first text again.
const LONGEST: usize = 4_000;

/// What is typed and pasted: whole lines, pieces of them, and what no schema holds.
const SNIPPETS: &[&str] = &[
    "  email  text  @unique\n",
    "  size  bigint = 0  @check(size >= 0)\n",
    "  name  varchar(20)?\r\n",
    "  other  uuid?  @references(guard_0.id)\n",
    "  owner_id  uuid?  @references(guard_1.id, on_delete: cascade)\n",
    "  state  State = open\n",
    "  ...Base\n",
    "  index(email, size desc)\n",
    "}\n\ntable extra {\n  id  uuid  @primary_key\n}\n",
    "mixin Base {\n  made  timestamptz = now()\n}\n",
    "enum State : varchar(20) { open, done }\n",
    "query all {\n  from guard_0\n  where id != $id\n  select id\n}\n",
    "mutation gone(id: uuid) {\n  delete from guard_1\n  where id = $id\n}\n",
    "// orm-allow PERF003: ä😀\n",
    "/// 名前 😀\n",
    "\"\"\"",
    "\"",
    "`",
    "{",
    "}",
    "(",
    "@",
    "table ",
    "tabel x {\n",
    "x",
    " ",
    "\n",
    "\r",
    "\u{2028}",
    "ä",
    "😀",
];

/// The questions whose answers nothing is asked of but to come.
const QUESTIONS: &[&str] = &[
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/rename",
    "textDocument/documentHighlight",
    "textDocument/signatureHelp",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/full/delta",
    "textDocument/codeLens",
    "textDocument/foldingRange",
    "textDocument/formatting",
    "textDocument/codeAction",
    "textDocument/inlayHint",
    "workspace/symbol",
];

/// A client that edits and asks at random.
pub struct Storm {
    client: LanguageClient,
    rng: TestRng,
    counts_bytes: bool,
    documents: [Document; 2],
    /// The questions that were not answered yet.
    open: BTreeMap<i64, Question>,
    /// How many edits were sent.
    pub edits: u64,
    /// How many questions were asked.
    pub questions: u64,
    /// How many of them were answered by a result.
    pub answers: u64,
}

struct Document {
    path: PathBuf,
    uri: String,
    first: String,
    text: String,
    version: i64,
    /// What the client shows, and of which version.
    shown: Option<(i64, Vec<Value>)>,
}

struct Question {
    method: &'static str,
    /// The number that an answer must have reached, with the name that it is part of.
    least: Option<u64>,
    is_cancelled: bool,
}

/// A finding: bytes, code, severity (1 is an error), message.
pub type Finding = (Range<usize>, String, u64, String);

impl Storm {
    /// Starts a server for a folder, which gets two schema files.
    ///
    /// # Errors
    /// If the server can't be started or the folder not be written to.
    pub fn start(command: &mut Command, folder: &Path, seed: u64, counts_bytes: bool) -> io::Result<Self> {
        let document = |number: u64| -> io::Result<Document> {
            let path = folder.join(format!("document_{number}.orm"));
            // The first two lines are never touched but for the number: whatever is wrong behind them is wrong in `guard`.
            let text = format!(
                "enum Counter_{number}_0 {{ a }}\ntable guard_{number} {{\n  id  uuid  @primary_key\n  other  uuid?  \
                 @references(guard_{}.id)\n}}\n",
                1 - number
            );
            fs::write(&path, &text)?;
            Ok(Document { uri: uri(&path), path, first: text.clone(), text, version: 1, shown: None })
        };
        fs::write(folder.join("orm.toml"), "")?;
        let documents = [document(0)?, document(1)?];
        let mut client = LanguageClient::start(command)?;
        let mut capabilities = capabilities();
        capabilities["general"] = json!({ "positionEncodings": [if counts_bytes { "utf-8" } else { "utf-16" }] });
        client.initialize(folder, capabilities)?;
        for document in &documents {
            client.open(&document.uri, &document.text)?;
        }
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let (edits, questions, answers) = (0, 0, 0);
        Ok(Storm { client, rng, counts_bytes, documents, open: BTreeMap::new(), edits, questions, answers })
    }

    /// The number of the server process.
    pub fn process_id(&self) -> u32 {
        self.client.process_id()
    }

    /// Sends an edit, and perhaps questions and their cancellation. Panics where the server breaks a promise.
    ///
    /// # Errors
    /// If the server leaves.
    pub fn step(&mut self) -> io::Result<()> {
        let index = self.below(2);
        self.edit(index)?;
        for _ in 0..self.below(4) {
            let index = self.below(2);
            let id = self.ask(index)?;
            // Now, or after the next edits.
            if self.below(5) == 0 {
                self.cancel(id)?;
            }
        }
        if self.below(10) == 0
            && let Some(id) = self.open.keys().next().copied()
        {
            self.cancel(id)?;
        }
        for arrival in self.client.received()? {
            self.take_in(&arrival);
        }
        Ok(())
    }

    /// Waits until every question is answered and the client shows what a fresh run of `check` finds. Before it looks, the
    /// texts are saved.
    ///
    /// # Errors
    /// If the server leaves, or shows something else for two minutes.
    pub fn settle(&mut self, check: impl FnOnce() -> io::Result<Vec<u8>>) -> io::Result<()> {
        // Whatever was cancelled or overtaken: what is asked last is answered from the last state.
        let answers = self.answers;
        for index in 0..2 {
            self.ask_for_counter(index, "textDocument/documentSymbol")?;
        }
        while !self.open.is_empty() {
            let arrival = self.client.receive()?;
            self.take_in(&arrival);
        }
        assert!(self.answers >= answers + 2, "the last questions have answers");
        for document in &self.documents {
            fs::write(&document.path, &document.text)?;
        }
        let report: Value = serde_json::from_slice(&check()?)?;
        let wanted: Vec<_> = self.documents.iter().map(|it| it.reported(&report)).collect();
        loop {
            let shown: Vec<_> = self.documents.iter().map(|it| it.findings(self.counts_bytes)).collect();
            if shown == wanted {
                return Ok(());
            }
            let arrival = self.client.receive().inspect_err(|error| {
                eprintln!("{error}\nthe editor shows {shown:#?}\n`orm check` tells {wanted:#?}");
            })?;
            self.take_in(&arrival);
        }
    }

    /// Ends the server as the protocol wants it.
    ///
    /// # Errors
    /// If it does not end.
    pub fn end(self) -> io::Result<std::process::ExitStatus> {
        self.client.shut_down()
    }

    fn below(&mut self, end: usize) -> usize {
        self.rng.random_range(0..end)
    }

    fn edit(&mut self, index: usize) -> io::Result<()> {
        self.edits += 1;
        let mut changes = Vec::new();
        if self.documents[index].text.len() > LONGEST || self.below(50) == 0 {
            let document = &mut self.documents[index];
            document.text.clone_from(&document.first);
            changes.push(json!({ "text": document.text }));
        } else {
            for _ in 0..=self.below(2) {
                changes.push(self.random_change(index));
            }
        }
        // The number: `enum Counter_0_123 { a }`.
        let number = "enum Counter_0_".len()..self.documents[index].text.find(" {").unwrap_or_default();
        changes.push(self.change(index, number, &self.edits.to_string()));
        let document = &mut self.documents[index];
        document.version += 1;
        self.client.change(&document.uri, document.version, Value::Array(changes))
    }

    fn random_change(&mut self, index: usize) -> Value {
        let snippet = SNIPPETS[self.below(SNIPPETS.len())];
        let start = self.place(index);
        let end = match self.below(4) {
            0 => self.place_from(index, start, 40),
            1 => start + self.documents[index].text[start..].find('\n').map_or(0, |it| it + 1),
            _ => start,
        };
        self.change(index, start..end, snippet)
    }

    fn change(&mut self, index: usize, range: Range<usize>, inserted: &str) -> Value {
        let document = &mut self.documents[index];
        let position = |offset| position(&document.text, offset, self.counts_bytes);
        let place = json!({ "start": position(range.start), "end": position(range.end) });
        document.text.replace_range(range, inserted);
        json!({ "range": place, "text": inserted })
    }

    /// A random place behind the lines that are not touched.
    fn place(&mut self, index: usize) -> usize {
        let text = &self.documents[index].text;
        let start = text.match_indices('\n').nth(1).map_or(text.len(), |(at, _)| at + 1);
        self.place_from(index, start, usize::MAX)
    }

    fn place_from(&mut self, index: usize, start: usize, most: usize) -> usize {
        let length = self.documents[index].text.len() - start;
        let at = start + self.below(length.min(most) + 1);
        let text = &self.documents[index].text;
        let at = text.floor_char_boundary(at);
        // No position names the middle of `\r\n`.
        at - usize::from(text[..at].ends_with('\r') && text[at..].starts_with('\n') && at > start)
    }

    fn ask(&mut self, index: usize) -> io::Result<i64> {
        match self.below(4) {
            0 => self.ask_for_counter(index, "textDocument/documentSymbol"),
            1 => self.ask_for_counter(index, "textDocument/hover"),
            _ => {
                let method = QUESTIONS[self.below(QUESTIONS.len())];
                let offset = self.place(index);
                let document = &self.documents[index];
                let position = position(&document.text, offset, self.counts_bytes);
                let params = json!({
                    "textDocument": { "uri": document.uri }, "position": position, "query": "gua", "newName": "other_name",
                    "range": { "start": position, "end": position }, "context": { "includeDeclaration": true, "diagnostics": [], "triggerKind": 1, "isRetrigger": false },
                    "options": { "tabSize": 2, "insertSpaces": true }, "previousResultId": "1",
                });
                self.send(method, params, None)
            }
        }
    }

    /// Asks what must tell the number that was written last.
    fn ask_for_counter(&mut self, index: usize, method: &'static str) -> io::Result<i64> {
        let document = &self.documents[index];
        let position = json!({ "line": 0, "character": "enum Co".len() });
        let params = json!({ "textDocument": { "uri": document.uri }, "position": position });
        let least = counter(&document.text);
        self.send(method, params, least)
    }

    fn send(&mut self, method: &'static str, params: Value, least: Option<u64>) -> io::Result<i64> {
        self.questions += 1;
        let id = self.client.ask(method, params)?;
        self.open.insert(id, Question { method, least, is_cancelled: false });
        Ok(id)
    }

    fn cancel(&mut self, id: i64) -> io::Result<()> {
        if let Some(question) = self.open.get_mut(&id) {
            question.is_cancelled = true;
        }
        self.client.notify("$/cancelRequest", json!({ "id": id }))
    }

    fn take_in(&mut self, arrival: &Arrival) {
        let message = &arrival.message;
        if message["method"] == "textDocument/publishDiagnostics" {
            let params = &message["params"];
            let document =
                self.documents.iter_mut().find(|it| params["uri"] == it.uri).expect("a document that is open");
            let version = params["version"].as_i64().expect("an open document has a version");
            let before = document.shown.as_ref().map_or(0, |it| it.0);
            assert!(before <= version && version <= document.version, "version {version} after {before}");
            document.shown = Some((version, params["diagnostics"].as_array().cloned().unwrap_or_default()));
        } else if message.get("method").is_none() {
            let id = message["id"].as_i64().expect("the number of a request");
            let question = self.open.remove(&id).unwrap_or_else(|| panic!("{id} is answered twice: {message}"));
            self.take_answer(&question, message);
        }
    }

    fn take_answer(&mut self, question: &Question, message: &Value) {
        let Question { method, least, is_cancelled } = question;
        match message["error"]["code"].as_i64() {
            None => self.answers += 1,
            // Content modified.
            Some(-32801) => return,
            Some(-32800) => return assert!(is_cancelled, "{method}: nobody cancelled it: {message}"),
            // Request failed: a name that can't be given.
            Some(-32803) => return assert_eq!(*method, "textDocument/rename", "{message}"),
            Some(_) => panic!("{method}: {message}"),
        }
        if let Some(least) = least {
            let number = counter(&message["result"].to_string());
            assert!(number >= Some(*least), "{method}: asked after edit {least}, and answered {message}");
        }
    }
}

/// The number that is written into a document, in a text that has its name.
fn counter(text: &str) -> Option<u64> {
    let behind = text.split_once("Counter_")?.1.get(2..)?;
    behind.split(|it: char| !it.is_ascii_digit()).next()?.parse().ok()
}

impl Document {
    /// What the client shows.
    fn findings(&self, counts_bytes: bool) -> Option<Vec<Finding>> {
        let (version, shown) = self.shown.as_ref()?;
        if *version != self.version {
            return None;
        }
        let finding = |it: &Value| -> Finding {
            let place = |name: &str| offset(&self.text, &it["range"][name], counts_bytes);
            let text = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
            (place("start")..place("end"), text("code"), it["severity"].as_u64().unwrap_or_default(), text("message"))
        };
        Some(ordered(shown.iter().map(finding).collect()))
    }

    /// What `orm check` tells of the document.
    fn reported(&self, report: &Value) -> Option<Vec<Finding>> {
        let name = self.path.file_name();
        let is_here = |it: &&Value| it["file"].as_str().and_then(|it| Path::new(it).file_name()) == name;
        let here = report["diagnostics"].as_array()?.iter().filter(is_here);
        let finding = |it: &Value| -> Finding {
            let place = |name: &str| it[name]["offset"].as_u64().unwrap_or_default() as usize;
            let severity = match it["severity"].as_str() {
                Some("error") => 1,
                Some("warning") => 2,
                _ => 4,
            };
            let text = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
            let help = it["help"].as_str().map(|it| format!("\nhelp: {it}")).unwrap_or_default();
            (place("start")..place("end"), text("code"), severity, text("message") + &help)
        };
        Some(ordered(here.map(finding).collect()))
    }
}

fn ordered(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| (a.0.start, a.0.end, &a.1, &a.3).cmp(&(b.0.start, b.0.end, &b.1, &b.3)));
    findings
}

/// Where the lines of a text start: `\n`, `\r\n` and `\r` end one.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_end = |at: &usize| bytes[*at] == b'\n' || bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    std::iter::once(0).chain((0..bytes.len()).filter(is_end).map(|at| at + 1)).collect()
}

fn units(text: &str, counts_bytes: bool) -> usize {
    if counts_bytes { text.len() } else { text.encode_utf16().count() }
}

fn position(text: &str, offset: usize, counts_bytes: bool) -> Value {
    let starts = line_starts(text);
    let line = starts.partition_point(|it| *it <= offset) - 1;
    json!({ "line": line, "character": units(&text[starts[line]..offset], counts_bytes) })
}

fn offset(text: &str, position: &Value, counts_bytes: bool) -> usize {
    let number = |name: &str| position[name].as_u64().unwrap_or_default() as usize;
    let start = line_starts(text).get(number("line")).copied().unwrap_or(text.len());
    let rest = text[start..].char_indices().map(|(at, _)| at).chain([text.len() - start]);
    start
        + rest.take_while(|at| units(&text[start..start + at], counts_bytes) <= number("character")).last().unwrap_or(0)
}
