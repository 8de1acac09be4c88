//! How long the language server takes to answer, measured through its standard input and output, as an editor sees it.

use std::{
    fmt::Write,
    path::Path,
    process::Command,
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use orm_testkit::language_client::{Arrival, LanguageClient, capabilities, framed};
use serde_json::{Value, json};

use super::{
    project::{Document, Project},
    release_build,
    server::{CpuTime, Memory},
};

/// How often each operation is measured.
const RUNS: usize = 31;
/// How often a server is started.
const STARTS: usize = 7;
/// A server that uses no CPU for so long has done what it was asked for.
const QUIET: Duration = Duration::from_millis(2);
/// The server looks at the whole project when nobody has typed for 150 ms.
const PAUSE: Duration = Duration::from_millis(200);

/// The best-known peer with the same kind of schema of 1,000 tables, measured once by hand: CPU time of Prisma's server,
/// and the wall time of opening.
const PEER: [(&str, &str); 8] = [
    ("open → first diagnostics", "2,900 wall"),
    ("key in a table", "215"),
    ("completion: column type", "332"),
    ("hover: column", "282"),
    ("definition", "33"),
    ("references: widely used table", "324"),
    ("rename: table", "23"),
    ("format", "336"),
];
const PEER_MEMORY: &str = "202";

/// What one operation took.
#[derive(Debug, Clone, Copy)]
struct Sample {
    cpu: Duration,
    wall: Duration,
}

/// What was measured at one size: operations in order, and memory after opening and at the end.
struct Measured {
    tables: usize,
    operations: Vec<(String, Vec<Sample>)>,
    opened: Memory,
    end: Memory,
}

/// Measures projects of so many tables, and makes a table of it.
pub(super) fn editor(sizes: &[usize]) -> Result<String> {
    let orm = release_build()?;
    let measure = |tables: &usize| measure(&orm, *tables).with_context(|| format!("at {tables} tables"));
    let sizes = sizes.iter().map(measure).collect::<Result<Vec<_>>>()?;
    Ok(page(&sizes))
}

fn measure(orm: &Path, tables: usize) -> Result<Measured> {
    let mut project = Project::new(tables)?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(start(orm, &project)?);
    }
    let (mut client, _) = opened(orm, &project)?;
    sleep(PAUSE);
    CpuTime::when_quiet(client.process_id(), PAUSE / 2)?;
    let memory = Memory::of(client.process_id())?;
    client.open(&project.queries.uri, &project.queries.text)?;
    client.wait_for_diagnostics(&project.queries.uri, 1)?;

    let mut session = Session { client, operations: vec![("open → first diagnostics".to_owned(), starts)] };
    session.type_keys(&mut project)?;
    session.ask(&mut project)?;
    session.type_steadily(&mut project, Duration::from_millis(100))?;
    session.type_steadily(&mut project, Duration::from_millis(200))?;
    let end = Memory::of(session.client.process_id())?;
    session.client.shut_down()?;
    Ok(Measured { tables, operations: session.operations, opened: memory, end })
}

/// A server from its start to the first diagnostics.
fn start(orm: &Path, project: &Project) -> Result<Sample> {
    let (client, wall) = opened(orm, project)?;
    let cpu = CpuTime::of(client.process_id())?.total();
    Ok(Sample { cpu, wall })
}

fn opened(orm: &Path, project: &Project) -> Result<(LanguageClient, Duration)> {
    let start = Instant::now();
    let mut client = LanguageClient::start(Command::new(orm).arg("lsp"))?;
    client.initialize(project.folder.path(), capabilities())?;
    client.open(&project.schema.uri, &project.schema.text)?;
    let first = client.wait_for_diagnostics(&project.schema.uri, 1)?;
    Ok((client, first.at - start))
}

/// A client at work.
struct Session {
    client: LanguageClient,
    operations: Vec<(String, Vec<Sample>)>,
}

impl Session {
    fn add(&mut self, name: &str, samples: Vec<Sample>) {
        self.operations.push((name.to_owned(), samples));
    }

    /// What the server takes from a message to the one that is waited for, and then until it is quiet.
    fn sample(&mut self, message: &Value, wanted: impl Fn(&Arrival) -> bool) -> Result<(Sample, Arrival)> {
        let process = self.client.process_id();
        let before = CpuTime::when_quiet(process, QUIET)?;
        let message = framed(message);
        let start = Instant::now();
        self.client.send_bytes(&message)?;
        let arrival = self.client.wait_for(wanted)?;
        let cpu = CpuTime::when_quiet(process, QUIET)?.since(&before);
        Ok((Sample { cpu, wall: arrival.at - start }, arrival))
    }

    /// An edit, until its diagnostics are there.
    fn edit(&mut self, document: &mut Document, offset: usize, deleted: usize, inserted: &str) -> Result<Sample> {
        let changes = document.edit(offset, deleted, inserted);
        let (uri, version) = (&document.uri, document.version);
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        let message = json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": params });
        let (sample, _) = self.sample(&message, |it| it.diagnostics(uri, Some(version)).is_some())?;
        Ok(sample)
    }

    /// Waits until the server has looked at the whole project.
    fn rest(&self) -> Result<()> {
        sleep(PAUSE);
        CpuTime::when_quiet(self.client.process_id(), 5 * QUIET)?;
        Ok(())
    }

    /// Types a text where an offset is, key by key.
    fn type_text(&mut self, document: &mut Document, offset: usize, text: &str) -> Result<Vec<Sample>> {
        let keys = text.char_indices();
        keys.map(|(at, key)| self.edit(document, offset + at, 0, &key.to_string())).collect()
    }

    /// Types a letter at one place after the other, and deletes it again.
    fn poke(&mut self, document: &mut Document, offsets: &[usize]) -> Result<Vec<Sample>> {
        let mut samples = Vec::new();
        for offset in offsets.iter().cycle().take(RUNS) {
            samples.push(self.edit(document, *offset, 0, "x")?);
            samples.push(self.edit(document, *offset, 1, "")?);
        }
        Ok(samples)
    }

    fn type_keys(&mut self, project: &mut Project) -> Result<()> {
        let (tables, middle) = (project.tables.min(1_000), project.middle());
        let schema = &mut project.schema;
        let table = header(middle);
        self.rest()?;
        let line = schema.behind(&table, "starts_on    date?");
        let text = "\n  note         varchar(20)?  @unique";
        let keys = self.type_text(schema, line, text)?;
        self.add("key in a table", keys);
        self.rest()?;

        // Spread over the file, and never the same one twice where there are enough.
        let places: Vec<_> = (0..RUNS).map(|it| schema.behind(&header(it * 37 % tables), "metadata")).collect();
        let mut first = Vec::new();
        for place in places {
            first.push(self.edit(schema, place, 0, "x")?);
            // Back again, unmeasured: the second key in a table is another matter.
            self.edit(schema, place, 1, "")?;
        }
        self.add("key in another table than before", first);
        self.rest()?;

        let place = schema.behind(&table, table.trim_end_matches(" {"));
        let keys = self.poke(schema, &[place])?;
        self.add("key in a table's name", keys);
        let place = schema.behind("mixin Timestamps {", "updated_at  timestamptz");
        let keys = self.poke(schema, &[place])?;
        self.add("key in a mixin that every table spreads", keys);
        self.rest()?;

        let queries = &mut project.queries;
        let place = queries.behind("query list_00000", "where? contains(title, $part)");
        let keys = self.type_text(queries, place, "\n  where size > 10 and slug != title")?;
        self.add("key in a query", keys);
        // What the server does once nobody types.
        let mut pauses = Vec::new();
        for _ in 0..STARTS {
            let process = self.client.process_id();
            self.edit(&mut project.schema, line + 1, 0, " ")?;
            let (before, start) = (CpuTime::of(process)?, Instant::now());
            sleep(PAUSE);
            let after = CpuTime::when_quiet(process, 5 * QUIET)?;
            pauses.push(Sample { cpu: after.since(&before), wall: start.elapsed() });
        }
        self.add("the whole project, after a pause", pauses);
        Ok(())
    }

    /// Asks a question about a document again and again, each time after a key in another table.
    fn question(
        &mut self,
        project: &mut Project,
        name: &str,
        method: &str,
        params: impl Fn(&Project, usize) -> Value,
    ) -> Result<Vec<Value>> {
        let (mut samples, mut answers) = (Vec::new(), Vec::new());
        let tables = project.tables.min(1_000);
        for run in 0..RUNS {
            let place = project.schema.behind(&header((run * 31 + 7) % tables), "price");
            self.edit(&mut project.schema, place, 0, "x")?;
            self.edit(&mut project.schema, place, 1, "")?;
            let id = 1_000_000 + answers.len() as i64;
            let message = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params(project, run) });
            let (sample, mut answer) = self.sample(&message, |it| it.answers(id))?;
            let result = answer.message["result"].take();
            if result.is_null() {
                bail!("{name}: the server answers {}", answer.message);
            }
            samples.push(sample);
            answers.push(result);
        }
        self.add(name, samples);
        Ok(answers)
    }

    fn ask(&mut self, project: &mut Project) -> Result<()> {
        let middle = project.middle();
        let table = header(middle);
        let at = |word: &'static str, back: usize| {
            let table = table.clone();
            move |project: &Project, _: usize| {
                let offset = project.schema.behind(&table, word);
                project.schema.at(offset - back)
            }
        };
        let in_query = |header: &'static str, word: &'static str| {
            move |project: &Project, _: usize| project.queries.at(project.queries.behind(header, word) - 1)
        };
        let target = format!("@references({}", &name(0)[..9]);
        let in_target = |project: &Project, _: usize| {
            let offset = project.schema.text.find("  parent_id    uuid?         @references(tab").unwrap_or_default();
            project.schema.at(offset + target.len() + 28)
        };
        let document = |project: &Project, _: usize| json!({ "textDocument": { "uri": project.schema.uri } });

        let completion = "textDocument/completion";
        self.question(project, "completion: column type", completion, at("title        varch", 0))?;
        self.question(project, "completion: attribute", completion, at("slug         varchar(63)   @un", 0))?;
        self.question(project, "completion: `@references(` target", completion, in_target)?;
        self.question(project, "completion: in a query", completion, in_query("query list_00001", "where? state"))?;
        let hover = "textDocument/hover";
        self.question(project, "hover: column", hover, at("title", 1))?;
        self.question(project, "hover: table", hover, at("table table_", 1))?;
        self.question(project, "hover: query", hover, in_query("query list_00001", "query list_"))?;
        self.question(project, "definition", "textDocument/definition", in_target)?;

        let with_declaration = |mut params: Value| {
            params["context"] = json!({ "includeDeclaration": true });
            params
        };
        let named = |mut params: Value, run: usize| {
            params["newName"] = json!(format!("renamed_{run}"));
            params
        };
        let first = |project: &Project, _: usize| project.schema.at(project.schema.behind(&header(0), "table table_"));
        let references = "textDocument/references";
        self.question(project, "references: widely used table", references, |project, run| {
            with_declaration(first(project, run))
        })?;
        let column = at("title", 1);
        self.question(project, "references: column", references, |project, run| {
            with_declaration(column(project, run))
        })?;
        let key =
            |project: &Project, _: usize| project.schema.at(project.schema.behind("mixin BaseModel {", "  id") - 1);
        self.question(project, "references: key of every table", references, |project, run| {
            with_declaration(key(project, run))
        })?;
        let rename = "textDocument/rename";
        self.question(project, "rename: table", rename, |project, run| named(first(project, run), run))?;
        self.question(project, "rename: column", rename, |project, run| named(column(project, run), run))?;

        self.question(project, "format", "textDocument/formatting", |project, run| {
            let mut params = document(project, run);
            params["options"] = json!({ "tabSize": 2, "insertSpaces": true });
            params
        })?;
        let mut lenses = self.question(project, "code lens", "textDocument/codeLens", document)?;
        let lenses = lenses.pop().unwrap_or_default();
        let lenses = lenses.as_array().map(Vec::as_slice).unwrap_or_default();
        let is_of_migration = |it: &&Value| it["data"].get("migration").is_some();
        let (migrations, references): (Vec<_>, Vec<_>) = lenses.iter().partition(is_of_migration);
        // What the next migration does is planned anew after each edit; a count of references does not wait for that.
        for (name, lenses) in [("references", references), ("next migration", migrations)] {
            let name = format!("code lens: {name}");
            if lenses.is_empty() {
                bail!("{name}: there is none");
            }
            self.question(project, &name, "codeLens/resolve", |_, run| lenses[run % lenses.len().min(10)].clone())?;
        }
        let tokens = "textDocument/semanticTokens";
        let screen = |project: &Project, _: usize| project.schema.screen(project.schema.behind(&table, "table"));
        self.question(project, "semantic tokens: screen", &format!("{tokens}/range"), screen)?;
        let mut full = self.question(project, "semantic tokens: file", &format!("{tokens}/full"), document)?;
        let mut last = full.pop().unwrap_or_default()["resultId"].take();
        // Each answer has the next number.
        self.question(project, "semantic tokens: delta", &format!("{tokens}/full/delta"), |project, run| {
            let number = last.as_str().and_then(|it| it.parse::<usize>().ok()).unwrap_or(0) + run;
            let mut params = document(project, run);
            params["previousResultId"] = json!(number.to_string());
            params
        })?;
        last.take();
        self.question(project, "inlay hints: screen", "textDocument/inlayHint", screen)?;
        self.question(project, "document symbols", "textDocument/documentSymbol", document)?;
        self.question(project, "folding", "textDocument/foldingRange", document)?;
        self.question(
            project,
            "workspace symbols",
            "workspace/symbol",
            |_, run| json!({ "query": format!("tab_{:03}", run) }),
        )?;
        self.question(project, "signature help", "textDocument/signatureHelp", at("@check(si", 0))?;
        self.question(project, "code actions", "textDocument/codeAction", |project, run| {
            let mut params = document(project, run);
            let start = project.schema.position(project.schema.behind(&table, "  slug"));
            params["range"] = json!({ "start": start, "end": start });
            params["context"] = json!({ "diagnostics": [] });
            params
        })?;
        Ok(())
    }

    /// Types at a steady pace, whatever the server does. A key is answered by its diagnostics or by those of a later key.
    fn type_steadily(&mut self, project: &mut Project, pace: Duration) -> Result<()> {
        let table = header(project.middle());
        let document = &mut project.schema;
        let offset = document.behind(&table, "metadata     jsonb?");
        let text = "\n  comment_of_mine  varchar(200)?  @check(comment_of_mine != \"\")";
        self.client.received()?;
        let (start, before) = (Instant::now(), CpuTime::of(self.client.process_id())?);
        let mut sent = Vec::new();
        for (at, key) in text.char_indices() {
            let changes = document.edit(offset + at, 0, &key.to_string());
            sleep((start + pace * sent.len() as u32).saturating_duration_since(Instant::now()));
            sent.push((document.version, Instant::now()));
            self.client.change(&document.uri, document.version, changes)?;
        }
        let last = document.version;
        self.client.wait_for_diagnostics(&document.uri, last)?;
        let cpu = CpuTime::when_quiet(self.client.process_id(), QUIET)?.since(&before) / sent.len() as u32;
        let mut arrivals = self.client.received()?;
        arrivals.retain(|it| it.diagnostics(&document.uri, None).is_some());
        let now = Instant::now();
        let answered = |version: i64| {
            let is_answer = |it: &&Arrival| it.message["params"]["version"].as_i64() >= Some(version);
            arrivals.iter().find(is_answer).map_or(now, |it| it.at)
        };
        let samples = sent.iter().map(|(version, at)| Sample { cpu, wall: answered(*version) - *at }).collect();
        self.add(&format!("typing, a key each {} ms", pace.as_millis()), samples);
        let deleted = document.edit(offset, text.len(), "");
        self.client.change(&document.uri, document.version, deleted)?;
        self.client.wait_for_diagnostics(&document.uri, document.version)?;
        self.rest()
    }
}

fn name(table: usize) -> String {
    format!("table_{table:05}")
}

fn header(table: usize) -> String {
    format!("table {} {{", name(table))
}

fn page(sizes: &[Measured]) -> String {
    let mut page = format!(
        "The release build of `orm lsp`, through its standard input and output. Files of up to 1,000 tables, a query for \
         every ten tables; the first file and the queries are open. Milliseconds, each as median (95th percentile) of the \
         CPU time of the server · median (95th percentile) of what the client waits. Each question follows a key in \
         another table. For keys, until the diagnostics of that version are read; {RUNS} or more runs.\n\n"
    );
    let mut line = |cells: &[String]| {
        page.push_str("| ");
        page.push_str(&cells.join(" | "));
        page.push_str(" |\n");
    };
    let sizes_named = sizes.iter().map(|it| format!("{} tables", it.tables));
    let titles: Vec<_> =
        ["Operation".to_owned()].into_iter().chain(sizes_named).chain(["Prisma, 1,000: CPU".to_owned()]).collect();
    line(&titles);
    line(&vec!["---".to_owned(); titles.len()]);
    let Some(first) = sizes.first() else { return page };
    for (index, (name, _)) in first.operations.iter().enumerate() {
        let cells = sizes.iter().map(|it| cell(&it.operations[index].1));
        let peer = PEER.iter().find(|(it, _)| it == name).map_or("", |(_, number)| number);
        line(&[name.clone()].into_iter().chain(cells).chain([peer.to_owned()]).collect::<Vec<_>>());
    }
    let memory = |name: &str, of: fn(&Measured) -> f64, peer: &str| {
        let cells = sizes.iter().map(|it| format!("{:.0}", of(it)));
        [name.to_owned()].into_iter().chain(cells).chain([peer.to_owned()]).collect::<Vec<_>>()
    };
    line(&memory("MiB after opening, at the peak", |it| it.opened.peak, PEER_MEMORY));
    line(&memory("MiB after opening, at rest", |it| it.opened.now, ""));
    line(&memory("MiB at the end, at the peak", |it| it.end.peak, ""));
    line(&memory("MiB at the end, at rest", |it| it.end.now, ""));
    let longest = |measured: &Measured| {
        let steady = measured.operations.iter().filter(|(name, _)| name.starts_with("typing"));
        let walls = steady.map(|(_, samples)| samples.iter().map(|it| it.wall).max().unwrap_or_default());
        walls.map(milliseconds).collect::<Vec<_>>().join(" and ")
    };
    let longest: Vec<_> = sizes.iter().map(longest).collect();
    let _ = write!(
        page,
        "\nThe longest wait of a key while typing each 100 ms and each 200 ms: {} ms.\n",
        longest.join(", ")
    );
    page
}

fn cell(samples: &[Sample]) -> String {
    let of = |part: fn(&Sample) -> Duration| {
        let mut values: Vec<_> = samples.iter().map(part).collect();
        values.sort();
        let at = |percent: usize| values.get(values.len() * percent / 100).copied().unwrap_or_default();
        format!("{} ({})", milliseconds(at(50)), milliseconds(at(95)))
    };
    format!("{} · {}", of(|it| it.cpu), of(|it| it.wall))
}

fn milliseconds(time: Duration) -> String {
    let value = time.as_secs_f64() * 1e3;
    if value < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}
