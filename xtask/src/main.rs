//! Tasks of the project, run as `cargo xtask TASK`.

mod grammar;

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
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Grammar { check: false } => grammar::generate(),
        Task::Grammar { check: true } => grammar::check(),
    }
}
