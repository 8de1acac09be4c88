//! Help texts: each command teaches by example.

use crate::support::Folder;

/// The commands, as paths of words.
const COMMANDS: &[&[&str]] =
    &[&["init"], &["db", "create"], &["db", "drop"], &["db", "serve"], &["completions"], &["sql"], &["run"]];

#[test]
fn every_command_shows_examples_of_itself() {
    let folder = Folder::new();
    for words in COMMANDS {
        let run = folder.orm(&[words, ["--help"].as_slice()].concat());
        assert_eq!(run.code, 0, "{run}");
        let examples = run.stdout.split("Examples:").nth(1).unwrap_or_default();
        assert!(examples.contains(&format!("orm {}", words.join(" "))), "{run}");
    }
}

#[test]
fn the_first_page_lists_the_commands() {
    insta::assert_snapshot!(Folder::new().orm(&["--help"]), @r"
    exit 0
    --- stdout
    One schema language for PostgreSQL and Google Spanner

    Usage: orm [OPTIONS] <COMMAND>

    Commands:
      init         Start a project: orm.toml, schema/app.orm and lines of .gitignore. Nothing that
                   exists is overwritten
      check        Check the schema. No database is needed
      explain      Explain a diagnostic
      fmt          Bring schema files into their canonical layout
      ddl          Print the SQL that makes the whole schema in an empty database
      sql          Print the SQL of a query or mutation
      run          Run a query or mutation on a database and show its rows
      migrate      Write and apply migrations
      db           Create, drop or look into a database
      generate     Generate code for applications
      lsp          Serve an editor over the Language Server Protocol
      completions  Print a script that completes commands and options in your shell
      help         Print this message or the help of the given subcommand(s)

    Options:
      -C, --directory <DIR>  Work on the project in DIR instead of the one around the current folder
      -q, --quiet            Say only results and errors
      -v, --verbose          Say also what was decided, and why
          --color <WHEN>     Use colours. `auto` looks at the terminal, NO_COLOR, CLICOLOR and
                             CLICOLOR_FORCE [default: auto] [possible values: auto, always, never]
      -h, --help             Print help
      -V, --version          Print version

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
    3 a database that could not be reached or refused a statement | 4 a defect of orm | 130 Ctrl-C
    --- stderr
    ");
}

#[test]
fn nothing_asked_is_a_usage_error_with_help() {
    let run = Folder::new().orm(&[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("Usage: orm"), "{run}");
}

#[test]
fn a_slip_in_a_command_is_answered() {
    insta::assert_snapshot!(Folder::new().orm(&["chek"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: unrecognized subcommand 'chek'

      tip: a similar subcommand exists: 'check'

    Usage: orm [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
}

#[test]
fn contradicting_options_are_a_usage_error() {
    let run = Folder::new().orm(&["db", "create", "--url", "pglite:x", "--database", "y"]);
    assert_eq!(run.code, 2, "{run}");
}
