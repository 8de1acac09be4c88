//! What can be asked for. Each command's own options stand in its file.

use std::path::PathBuf;

use anstream::ColorChoice;
use clap::{Parser, Subcommand, ValueEnum};

use crate::commands::{check, completions, db, ddl, explain, fmt, generate, init, lsp, migrate, run, sql};
use crate::output::{Output, Verbosity};
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  orm init                          start a project in this folder
  orm check                         is the schema right? (no database needed)
  orm ddl --dialect spanner         show the SQL that makes the whole schema
  orm sql recent_users              show the SQL of a query
  orm run recent_users              run it: without further words on an embedded database
  orm migrate create add-posts      write what changed as a migration file
  orm migrate latest                apply it: without further words to an embedded database
  orm migrate latest --url postgres://me@localhost/app
  orm -C examples/uploads check     work on the project in another folder

Which database: --url, then --database NAME, then the environment (DATABASE_URL, or DB_DIALECT with
SPANNER_PROJECT_ID, SPANNER_INSTANCE_ID and SPANNER_DATABASE_ID; a .env file counts), then orm.toml,
then an embedded PostgreSQL under .orm/. The one that is used is printed, its password never.

Exit codes: 0 fine | 1 findings, or a plan that was refused | 2 usage or settings |
3 a database that could not be reached or refused a statement | 4 a defect of orm | 130 Ctrl-C";

/// One schema language for PostgreSQL and Google Spanner.
#[derive(Debug, Parser)]
#[command(name = "orm", version, after_help = EXAMPLES, arg_required_else_help = true, max_term_width = 110)]
pub(crate) struct Arguments {
    /// Work on the project in DIR instead of the one around the current folder.
    #[arg(short = 'C', long = "directory", value_name = "DIR", global = true)]
    directory: Option<PathBuf>,

    /// Say only results and errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Say also what was decided, and why.
    #[arg(short, long, global = true)]
    verbose: bool,

    /// Use colours. `auto` looks at the terminal, NO_COLOR, CLICOLOR and CLICOLOR_FORCE.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto, global = true)]
    color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(init::InitArguments),
    Check(check::CheckArguments),
    Explain(explain::ExplainArguments),
    Fmt(fmt::FmtArguments),
    Ddl(ddl::DdlArguments),
    Sql(sql::SqlArguments),
    Run(run::RunArguments),
    #[command(subcommand)]
    Migrate(migrate::MigrateCommand),
    #[command(subcommand)]
    Db(db::DbCommand),
    #[command(subcommand)]
    Generate(generate::GenerateCommand),
    Lsp(lsp::LspArguments),
    Completions(completions::CompletionsArguments),
}

impl Arguments {
    /// Decides about colours, for the whole process, and about the rest.
    pub(crate) fn session(&self) -> Session {
        match self.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
        .write_global();
        let verbosity = match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        Session { directory: self.directory.clone(), output: Output { verbosity } }
    }
}
