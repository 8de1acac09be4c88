//! Edits and questions as fast as the server takes them, in two documents that refer to one another.
//!
//! Each edit writes a new number into its document, and some questions are about that number: an answer that was made from
//! an older state than that of the edit before it is seen. What else must hold is checked as the answers come: every
//! question has one answer, cancelled or not, and diagnostics never go back to an older version. Semantic tokens are kept and
//! changed as the answers say, and are in the end those of a fresh answer. Diagnostics are sent, or asked for.
//!
//! Around the documents other things happen: a further file of their project comes, changes, gets another name and goes on disk,
//! so does what is in the settings, there and in an editor, and documents are closed and opened again. A third document is of a
//! project in the project.

mod reports;
mod tokens;

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

use self::{reports::Report, tokens::Tokens};
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
    "textDocument/prepareRename",
    "textDocument/declaration",
    "textDocument/typeDefinition",
    "textDocument/implementation",
    "textDocument/documentHighlight",
    "textDocument/signatureHelp",
    "textDocument/codeLens",
    "textDocument/foldingRange",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/onTypeFormatting",
    "textDocument/selectionRange",
    "textDocument/documentLink",
    "textDocument/semanticTokens/range",
    "textDocument/codeAction",
    "textDocument/inlayHint",
    "workspace/symbol",
    "codeLens/resolve",
    "codeAction/resolve",
    "completionItem/resolve",
    "orm/previewDdl",
    "orm/previewMigration",
];

/// The questions that an edit waits for, unless the machine is so loaded that this takes too long.
const WAITED_FOR: &[&str] = &["textDocument/completion", "textDocument/signatureHelp", "completionItem/resolve"];

/// What the settings say, some of which can't be understood and some of which leave the further file out.
const SETTINGS: &[&str] = &[
    "",
    "[lint]\nunused-enum = 'off'\n",
    "[lint]\nunused-enum = 'warning'\n",
    "[targets]\npostgres = '15'\n",
    "[schema]\nfiles = 'document_*.orm'\n",
    "[lint",
];

/// How many documents there are.
const DOCUMENTS: usize = 3;

/// The folder of the project in the project.
const INNER: &str = "inner";

/// A client that edits and asks at random.
pub struct Storm {
    client: LanguageClient,
    rng: TestRng,
    counts_bytes: bool,
    folder: PathBuf,
    documents: [Document; DOCUMENTS],
    /// The further file, by its two names: its text where it is there.
    further: [Further; 2],
    /// What the client shows of the settings.
    settings: Vec<Value>,
    /// Whether diagnostics are asked for.
    asks: bool,
    /// The identifiers of what the client has of the workspace, by URI.
    known: BTreeMap<String, Value>,
    /// The questions that were not answered yet.
    open: BTreeMap<i64, Question>,
    /// How many edits were sent.
    pub edits: u64,
    /// How many questions were asked.
    pub questions: u64,
    /// How many of them were answered by a result.
    pub answers: u64,
    /// How many of those that edits wait for were overtaken by one.
    pub overtaken: u64,
}

struct Document {
    path: PathBuf,
    uri: String,
    first: String,
    text: String,
    version: i64,
    /// What the client shows, and of which version.
    shown: Option<(i64, Vec<Value>)>,
    /// What it was told when it asked last.
    report: Option<Report>,
    /// The names with their colours.
    tokens: Tokens,
}

/// A file that nobody opens.
struct Further {
    path: PathBuf,
    text: Option<String>,
    shown: Vec<Value>,
}

struct Question {
    method: &'static str,
    /// The number that an answer must have reached, with the name that it is part of.
    least: Option<u64>,
    /// Whether it is about a file that may have gone meanwhile.
    may_be_gone: bool,
    is_cancelled: bool,
    subject: Subject,
}

/// What an answer changes in what the client has.
enum Subject {
    Nothing,
    /// The tokens of a document, by what the client had.
    Tokens(usize, Tokens),
    /// All tokens of a document, which the client has.
    SameTokens(usize),
    /// The diagnostics of a version of a document, by what the client had.
    Report(usize, i64, Option<Report>),
    /// The diagnostics of all files.
    Workspace,
}

/// A finding: bytes, code, severity (1 is an error), message.
pub type Finding = (Range<usize>, String, u64, String);

impl Storm {
    /// Starts a server for a folder, which gets two schema files. `asks`: for diagnostics.
    ///
    /// # Errors
    /// If the server can't be started or the folder not be written to.
    pub fn start(command: &mut Command, folder: &Path, seed: u64, counts_bytes: bool, asks: bool) -> io::Result<Self> {
        let document = |number: u64| -> io::Result<Document> {
            let own = if number == 2 { folder.join(INNER) } else { folder.to_owned() };
            let path = own.join(format!("document_{number}.orm"));
            // The first two lines are never touched but for the number: whatever is wrong behind them is wrong in `guard`.
            let text = format!(
                "enum Counter_{number}_0 {{ a }}\ntable guard_{number} {{\n  id  uuid  @primary_key\n  other  uuid?  \
                 @references(guard_{}.id)\n}}\n",
                [1, 0, 2][number as usize]
            );
            fs::write(&path, &text)?;
            let (shown, report, tokens) = Default::default();
            Ok(Document { uri: uri(&path), path, first: text.clone(), text, version: 1, shown, report, tokens })
        };
        fs::create_dir_all(folder.join(INNER))?;
        fs::write(folder.join("orm.toml"), "")?;
        fs::write(folder.join(INNER).join("orm.toml"), "")?;
        let documents = [document(0)?, document(1)?, document(2)?];
        let further = ["further", "renamed"].map(|name| Further::new(folder.join(format!("{name}.orm"))));
        let mut client = LanguageClient::start(command)?;
        let mut capabilities = capabilities();
        capabilities["general"] = json!({ "positionEncodings": [if counts_bytes { "utf-8" } else { "utf-16" }] });
        if asks {
            reports::ask_for(&mut capabilities);
        }
        client.initialize(folder, capabilities)?;
        for document in &documents {
            client.open(&document.uri, &document.text)?;
        }
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        let (edits, questions, answers, overtaken) = (0, 0, 0, 0);
        let (folder, settings, open, known) = (folder.to_owned(), Vec::new(), BTreeMap::new(), BTreeMap::new());
        let mut storm = Storm {
            client,
            rng,
            counts_bytes,
            folder,
            documents,
            further,
            settings,
            asks,
            known,
            open,
            edits,
            questions,
            answers,
            overtaken,
        };
        if asks {
            storm.ask_for_workspace()?;
        }
        Ok(storm)
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
        let index = self.below(DOCUMENTS);
        self.edit(index)?;
        match self.below(40) {
            0 => self.reopen(index)?,
            1 => self.set_settings()?,
            2 => self.type_settings()?,
            3..6 => self.change_further()?,
            _ => {}
        }
        for _ in 0..self.below(4) {
            let index = self.below(DOCUMENTS);
            let id = self.ask(index)?;
            // Now, or after the next edits.
            if self.below(5) == 0 {
                self.cancel(id)?;
            }
        }
        if self.below(10) == 0 && !self.open.is_empty() {
            let chosen = self.below(self.open.len());
            let id = self.open.keys().copied().nth(chosen);
            id.map_or(Ok(()), |id| self.cancel(id))?;
        }
        if self.asks && self.below(2) == 0 {
            self.ask_for_report(index)?;
        }
        if self.below(4) == 0 {
            self.ask_for_tokens(index)?;
        }
        for arrival in self.client.received()? {
            self.take_in(&arrival)?;
        }
        Ok(())
    }

    /// Waits until every question is answered and the client shows what a fresh run of `check` in a folder finds. Before it
    /// looks, the texts are saved, and the settings are such that can be understood.
    ///
    /// # Errors
    /// If the server leaves, or shows something else for two minutes.
    pub fn settle(&mut self, check: impl Fn(&Path) -> io::Result<Vec<u8>>) -> io::Result<()> {
        let settings = self.folder.join("orm.toml");
        fs::write(&settings, SETTINGS[self.below(4)])?;
        self.tell(&[(&settings, 2)])?;
        // Whatever was cancelled or overtaken: what is asked last is answered from the last state.
        let answers = self.answers;
        for index in 0..DOCUMENTS {
            self.ask_for_counter(index, "textDocument/documentSymbol")?;
        }
        while self.is_waiting() {
            let arrival = self.client.receive()?;
            self.take_in(&arrival)?;
        }
        assert!(self.answers >= answers + DOCUMENTS as u64, "the last questions have answers");
        for index in 0..DOCUMENTS {
            self.check_tokens(index)?;
            if self.asks {
                self.ask_for_report(index)?;
            }
        }
        for document in &self.documents {
            save(&document.path, &document.text)?;
        }
        let report: Value = serde_json::from_slice(&check(&self.folder)?)?;
        let inner: Value = serde_json::from_slice(&check(&self.folder.join(INNER))?)?;
        let wanted = self.documents.iter().zip([&report, &report, &inner]).map(|(it, of)| reported(&it.path, of));
        let wanted: Vec<_> = wanted.chain(self.further.iter().map(|it| reported(&it.path, &report))).collect();
        loop {
            let shown = self.documents.iter().map(|it| it.findings(self.counts_bytes));
            let shown: Vec<_> = shown.chain(self.further.iter().map(|it| it.findings(self.counts_bytes))).collect();
            if shown == wanted && self.settings.is_empty() && !self.is_waiting() {
                return Ok(());
            }
            let arrival = self.client.receive().inspect_err(|error| {
                eprintln!("{error}\nthe editor shows {shown:#?}\n`orm check` tells {wanted:#?}");
            })?;
            self.take_in(&arrival)?;
        }
    }

    /// Ends the server as the protocol wants it.
    ///
    /// # Errors
    /// If it does not end.
    pub fn end(self) -> io::Result<std::process::ExitStatus> {
        self.client.shut_down()
    }

    /// Whether a question has no answer. That for the workspace stays open.
    fn is_waiting(&self) -> bool {
        self.open.values().any(|it| !matches!(it.subject, Subject::Workspace))
    }

    /// Asks for the diagnostics of all files, which are told as they change.
    fn ask_for_workspace(&mut self) -> io::Result<()> {
        let known: Vec<_> = self.known.iter().map(|(uri, id)| json!({ "uri": uri, "value": id })).collect();
        let params = json!({ "previousResultIds": known, "partialResultToken": reports::TOKEN });
        self.send_about("workspace/diagnostic", params, Subject::Workspace).map(drop)
    }

    /// Asks for the diagnostics of a document.
    fn ask_for_report(&mut self, index: usize) -> io::Result<()> {
        let Document { uri, version, report, .. } = &self.documents[index];
        let (version, before) = (*version, report.clone());
        let mut params = json!({ "textDocument": { "uri": uri } });
        if let Some(report) = &before {
            params["previousResultId"] = json!(report.id);
        }
        self.send_about("textDocument/diagnostic", params, Subject::Report(index, version, before)).map(drop)
    }

    /// Asks what changed in the semantic tokens of a document.
    fn ask_for_tokens(&mut self, index: usize) -> io::Result<()> {
        let Document { uri, tokens, .. } = &self.documents[index];
        let before = tokens.clone();
        let params = json!({ "textDocument": { "uri": uri }, "previousResultId": before.id });
        self.send_about("textDocument/semanticTokens/full/delta", params, Subject::Tokens(index, before)).map(drop)
    }

    /// Brings the tokens of a document up to date, and looks whether they are what a fresh answer tells.
    fn check_tokens(&mut self, index: usize) -> io::Result<()> {
        self.ask_for_tokens(index)?;
        while self.is_waiting() {
            let arrival = self.client.receive()?;
            self.take_in(&arrival)?;
        }
        let params = json!({ "textDocument": { "uri": self.documents[index].uri } });
        self.send_about("textDocument/semanticTokens/full", params, Subject::SameTokens(index)).map(drop)
    }

    /// Saves a document, closes it and opens it again, with a question in between.
    fn reopen(&mut self, index: usize) -> io::Result<()> {
        let document = &self.documents[index];
        save(&document.path, &document.text)?;
        let closed = json!({ "textDocument": { "uri": document.uri } });
        self.client.notify("textDocument/didClose", closed)?;
        if self.below(2) == 0 {
            self.ask(index)?;
        }
        let document = &mut self.documents[index];
        document.version += 1;
        let opened =
            json!({ "uri": document.uri, "languageId": "orm", "version": document.version, "text": document.text });
        self.client.notify("textDocument/didOpen", json!({ "textDocument": opened }))
    }

    /// Somebody else writes the settings.
    fn set_settings(&mut self) -> io::Result<()> {
        let path = self.folder.join("orm.toml");
        fs::write(&path, SETTINGS[self.below(SETTINGS.len())])?;
        self.tell(&[(&path, 2)])
    }

    /// The settings are edited and closed unsaved.
    fn type_settings(&mut self) -> io::Result<()> {
        let uri = uri(&self.folder.join("orm.toml"));
        let document = json!({ "uri": uri, "languageId": "toml", "version": 1, "text": "[lint" });
        self.client.notify("textDocument/didOpen", json!({ "textDocument": document }))?;
        let text = SETTINGS[self.below(SETTINGS.len())];
        self.client.change(&uri, 2, json!([{ "text": text }]))?;
        let index = self.below(DOCUMENTS);
        self.ask_for_counter(index, "textDocument/hover")?;
        self.client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }))
    }

    /// The further file comes, changes, gets its other name or goes.
    fn change_further(&mut self) -> io::Result<()> {
        let Some(at) = self.further.iter().position(|it| it.text.is_some()) else {
            return self.write_further(0, 1);
        };
        match self.below(4) {
            0 => {
                let other = 1 - at;
                fs::rename(&self.further[at].path, &self.further[other].path)?;
                self.further[other].text = self.further[at].text.take();
                let [gone, new] = [at, other].map(|it| self.further[it].path.clone());
                self.tell(&[(&gone, 3), (&new, 1)])
            }
            1 => {
                let path = self.further[at].path.clone();
                fs::remove_file(&path)?;
                self.further[at].text = None;
                self.tell(&[(&path, 3)])
            }
            _ => self.write_further(at, 2),
        }
    }

    /// Writes the further file, and asks what must tell the number that is in it.
    fn write_further(&mut self, at: usize, kind: u64) -> io::Result<()> {
        let snippet = SNIPPETS[self.below(SNIPPETS.len())];
        let text =
            format!("enum Counter_9_{} {{ a }}\ntable further {{\n  id  uuid  @primary_key\n{snippet}", self.edits);
        let path = self.further[at].path.clone();
        save(&path, &text)?;
        self.further[at].text = Some(text);
        self.tell(&[(&path, kind)])?;
        let params = json!({ "textDocument": { "uri": uri(&path) } });
        let id = self.send("textDocument/documentSymbol", params, Some(self.edits))?;
        if let Some(question) = self.open.get_mut(&id) {
            question.may_be_gone = true;
        }
        Ok(())
    }

    /// Tells of files on disk: 1 created, 2 changed, 3 deleted.
    fn tell(&mut self, events: &[(&Path, u64)]) -> io::Result<()> {
        let changes: Vec<_> = events.iter().map(|(path, kind)| json!({ "uri": uri(path), "type": kind })).collect();
        self.client.notify("workspace/didChangeWatchedFiles", json!({ "changes": changes }))
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
                    "options": { "tabSize": 2, "insertSpaces": true }, "previousResultId": "1", "previousResultIds": [],
                    "positions": [position], "ch": "}", "title": "sort", "label": "guard_0",
                    "data": { "uri": document.uri, "range": { "start": position, "end": position }, "id": "sort_members", "key": "table:guard_0" },
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
        let id = self.send_about(method, params, Subject::Nothing)?;
        if let Some(question) = self.open.get_mut(&id) {
            question.least = least;
        }
        Ok(id)
    }

    fn send_about(&mut self, method: &'static str, params: Value, subject: Subject) -> io::Result<i64> {
        self.questions += 1;
        let id = self.client.ask(method, params)?;
        self.open.insert(id, Question { method, least: None, may_be_gone: false, is_cancelled: false, subject });
        Ok(id)
    }

    fn cancel(&mut self, id: i64) -> io::Result<()> {
        if let Some(question) = self.open.get_mut(&id) {
            question.is_cancelled = true;
        }
        self.client.notify("$/cancelRequest", json!({ "id": id }))
    }

    fn take_in(&mut self, arrival: &Arrival) -> io::Result<()> {
        let message = &arrival.message;
        match message["method"].as_str() {
            Some("textDocument/publishDiagnostics") => {
                assert!(!self.asks, "the client asks: {message}");
                self.show(&message["params"]);
            }
            Some("$/progress") => {
                let items = message["params"]["value"]["items"].as_array().cloned().unwrap_or_default();
                items.iter().for_each(|it| self.show_report(it));
            }
            Some("workspace/diagnostic/refresh") => {
                for index in 0..DOCUMENTS {
                    self.ask_for_report(index)?;
                }
            }
            Some(_) => {}
            None => {
                let id = message["id"].as_i64().expect("the number of a request");
                let question = self.open.remove(&id).unwrap_or_else(|| panic!("{id} is answered twice: {message}"));
                self.take_answer(&question, message)?;
            }
        }
        Ok(())
    }

    /// Shows diagnostics that were sent.
    fn show(&mut self, params: &Value) {
        let shown = params["diagnostics"].as_array().cloned().unwrap_or_default();
        let Some(document) = self.documents.iter_mut().find(|it| params["uri"] == it.uri) else {
            return self.show_other(&params["uri"], shown);
        };
        let before = document.shown.as_ref().map_or(0, |it| it.0);
        // While it is closed it has none.
        let version = params["version"].as_i64().unwrap_or(before);
        assert!(before <= version && version <= document.version, "version {version} after {before}");
        document.shown = Some((version, shown));
    }

    /// Shows what a report of the workspace tells of a file. Of the documents the client asks.
    fn show_report(&mut self, report: &Value) {
        assert_eq!(report["kind"], "full", "a part tells what is new: {report}");
        self.known.insert(report["uri"].as_str().unwrap_or_default().to_owned(), report["resultId"].clone());
        if !self.documents.iter().any(|it| report["uri"] == it.uri) {
            self.show_other(&report["uri"], report["items"].as_array().cloned().unwrap_or_default());
        }
    }

    /// Shows diagnostics of the further file, or of the settings.
    fn show_other(&mut self, name: &Value, shown: Vec<Value>) {
        match self.further.iter_mut().find(|it| *name == uri(&it.path)) {
            Some(further) => further.shown = shown,
            None => {
                assert_eq!(*name, uri(&self.folder.join("orm.toml")));
                self.settings = shown;
            }
        }
    }

    fn take_answer(&mut self, question: &Question, message: &Value) -> io::Result<()> {
        let Question { method, least, may_be_gone, is_cancelled, subject } = question;
        match message["error"]["code"].as_i64() {
            None => self.answers += 1,
            // Content modified.
            Some(-32801) => {
                self.overtaken += u64::from(WAITED_FOR.contains(method));
                return Ok(());
            }
            // Server cancelled: diagnostics that an edit has overtaken.
            Some(-32802) => {
                let Subject::Report(index, ..) = subject else { panic!("{method}: {message}") };
                assert_eq!(message["error"]["data"]["retriggerRequest"], true, "{message}");
                return self.ask_for_report(*index);
            }
            Some(-32800) => {
                assert!(is_cancelled, "{method}: nobody cancelled it: {message}");
                return match subject {
                    Subject::Workspace => self.ask_for_workspace(),
                    _ => Ok(()),
                };
            }
            // Request failed: a name that can't be given.
            Some(-32803) => {
                assert!(method.to_lowercase().ends_with("rename"), "{message}");
                return Ok(());
            }
            Some(_) => panic!("{method}: {message}"),
        }
        let result = &message["result"];
        match subject {
            Subject::Nothing => {}
            Subject::Tokens(index, before) => self.documents[*index].tokens = before.after(result),
            Subject::SameTokens(index) => {
                let document = &mut self.documents[*index];
                assert!(document.tokens.are(result), "{:?} of {}: {result}", document.tokens, document.text);
                document.tokens = document.tokens.after(result);
            }
            Subject::Report(index, version, before) => {
                let report = Report::of(result, *version, before.as_ref());
                let document = &mut self.documents[*index];
                // Answers come in any order.
                if document.report.as_ref().is_none_or(|it| it.version <= report.version) {
                    document.shown = Some((report.version, report.items.clone()));
                    document.report = Some(report);
                }
            }
            Subject::Workspace => panic!("it stays open: {message}"),
        }
        if let Some(least) = least {
            let number = counter(&result.to_string());
            // It has gone, or is just being written again: that is newer.
            if *may_be_gone && number.is_none() {
                return Ok(());
            }
            assert!(number >= Some(*least), "{method}: asked after edit {least}, and answered {message}");
        }
        Ok(())
    }
}

/// Writes a file at once, as editors do: the server, which may still be at an earlier message, never reads half of it.
fn save(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, text)?;
    fs::rename(&new, path)
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
        Some(found(&self.text, shown, counts_bytes))
    }
}

impl Further {
    fn new(path: PathBuf) -> Self {
        Further { path, text: None, shown: Vec::new() }
    }

    /// What the client shows.
    fn findings(&self, counts_bytes: bool) -> Option<Vec<Finding>> {
        Some(found(self.text.as_deref().unwrap_or_default(), &self.shown, counts_bytes))
    }
}

/// Diagnostics of a text.
fn found(text: &str, shown: &[Value], counts_bytes: bool) -> Vec<Finding> {
    let finding = |it: &Value| -> Finding {
        let place = |name: &str| offset(text, &it["range"][name], counts_bytes);
        let text = |name: &str| it[name].as_str().unwrap_or_default().to_owned();
        (place("start")..place("end"), text("code"), it["severity"].as_u64().unwrap_or_default(), text("message"))
    };
    ordered(shown.iter().map(finding).collect())
}

/// What `orm check` tells of a file.
fn reported(path: &Path, report: &Value) -> Option<Vec<Finding>> {
    let name = path.file_name();
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
