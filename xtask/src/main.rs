//! Tasks of the project, run as `cargo xtask TASK`.

mod bench;
mod demo;
mod dist;
mod docs;
mod fuzz;
mod grammar;
mod property;
mod test;
mod tidy;
mod workspace;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tasks of the project")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Generate the parser from tree-sitter-orm/grammar.js.
    Grammar {
        /// Write nothing; fail when the committed parser is stale.
        #[arg(long)]
        check: bool,
    },
    /// Run every test; starts and stops the databases and editors that they need.
    Test {
        /// Only tests whose name contains this.
        filter: Option<String>,
        /// Leave out the tests that drive editors.
        #[arg(long)]
        no_editors: bool,
    },
    /// Try random schemas on every database.
    Property {
        /// How long, where no number is given.
        #[arg(long, default_value_t = 10)]
        minutes: u64,
        /// Until so many schemas were applied, on all databases together.
        #[arg(long)]
        schemas: Option<u64>,
        /// Until so many pairs were migrated forth and back, on all databases together.
        #[arg(long)]
        pairs: Option<u64>,
    },
    /// Try random schemas that rules reject on the databases that these rules speak for, and count what they take.
    FalseAlarms {
        /// How long, once the tests are built.
        #[arg(long, default_value_t = 600)]
        seconds: u64,
    },
    /// Try random queries on every database: they give the same rows.
    Queries {
        /// How many; and a tenth as many mutations.
        #[arg(long, default_value_t = 5000)]
        count: u64,
        /// The first seed; another one at every run without it.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Try any input, with cargo-fuzz (`cargo install cargo-fuzz`).
    Fuzz {
        /// What to try.
        #[arg(value_parser = ["parse", "check", "format", "edits", "migration"])]
        target: String,
        /// How long.
        #[arg(long, default_value_t = 10)]
        minutes: u64,
    },
    /// Build `orm` and run the example on the embedded database.
    Demo,
    /// Package the extension for VS Code into target/dist; needs Node.js.
    Dist {
        /// The platform that it is for, such as linux-x64, darwin-arm64 or win32-x64.
        #[arg(long, requires = "server")]
        target: Option<String>,
        /// The `orm` of that platform, which the package brings.
        #[arg(long, value_name = "PATH", requires = "target")]
        server: Option<PathBuf>,
    },
    /// Check what the compiler does not: layers, licences, formatting, clippy, generated files.
    Tidy,
    /// Write the generated pages of docs/, check all links and build the book.
    Docs,
    /// Measure, and write the tables to docs/benchmarks.md.
    Bench {
        /// Only this.
        #[arg(long)]
        only: Option<bench::Subject>,
        /// The editor with so many tables alone; nothing is written.
        #[arg(long, conflicts_with = "only")]
        editor_tables: Option<usize>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Grammar { check: false } => grammar::generate(),
        Task::Grammar { check: true } => grammar::check(),
        Task::Test { filter, no_editors } => test::test(filter.as_deref(), !no_editors),
        Task::Property { minutes, schemas, pairs } => property::property(minutes, schemas, pairs),
        Task::FalseAlarms { seconds } => property::false_alarms(seconds),
        Task::Queries { count, seed } => property::queries(count, seed),
        Task::Fuzz { target, minutes } => fuzz::fuzz(&target, minutes),
        Task::Demo => demo::demo(),
        Task::Dist { target, server } => {
            let bundle = target.zip(server).map(|(target, server)| dist::Bundle { server, target });
            dist::dist(bundle.as_ref())
        }
        Task::Tidy => tidy::tidy(),
        Task::Docs => docs::docs(),
        Task::Bench { editor_tables: Some(tables), .. } => bench::editor_of(tables),
        Task::Bench { only, .. } => bench::bench(only),
    }
}
