//! Databases: which one is meant, creating and dropping them, and those that cannot be used.

use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;

use crate::support::Folder;

#[test]
fn an_embedded_database_is_created_once_and_dropped_on_request() {
    let folder = Folder::new();
    insta::assert_snapshot!(folder.orm(&["db", "create"]), @r"
    exit 0
    --- stdout
    created pglite:.orm/pglite
    --- stderr
    Database: pglite:.orm/pglite (from the project's embedded database)
    ");
    insta::assert_snapshot!(folder.orm(&["db", "create"]), @r"
    exit 3
    --- stdout
    --- stderr
    Database: pglite:.orm/pglite (from the project's embedded database)
    error: a database exists in `.orm/pglite`
    help: use it as it is, or remove it with `orm db drop`
    ");
    insta::assert_snapshot!(folder.orm(&["db", "drop"]), @r"
    exit 2
    --- stdout
    --- stderr
    error: `orm db drop` drops only a database that the command line names
    help: name it with --url URL or --database NAME
    ");
    insta::assert_snapshot!(folder.orm(&["db", "drop", "--url", "pglite:.orm/pglite"]), @r"
    exit 1
    --- stdout
    --- stderr
    Database: pglite:.orm/pglite (from --url)
    error: pglite:.orm/pglite and all its data would be dropped
    help: if you mean it, add --yes
    ");
    assert!(folder.has(".orm/pglite"));
    insta::assert_snapshot!(folder.orm(&["db", "drop", "--url", "pglite:.orm/pglite", "--yes"]), @r"
    exit 0
    --- stdout
    dropped pglite:.orm/pglite
    --- stderr
    Database: pglite:.orm/pglite (from --url)
    ");
    assert!(!folder.has(".orm/pglite"));
    insta::assert_snapshot!(folder.orm(&["db", "drop", "--url", "pglite:.orm/pglite", "--yes"]), @r"
    exit 3
    --- stdout
    --- stderr
    Database: pglite:.orm/pglite (from --url)
    error: there is no database in `.orm/pglite`
    ");
}

#[test]
fn a_folder_that_holds_no_database_is_not_dropped() {
    let folder = Folder::new();
    folder.write("precious/data.txt", "keep");
    let run = folder.orm(&["db", "drop", "--url", "pglite:precious", "--yes"]);
    assert_eq!(run.code, 3, "{run}");
    assert_eq!(folder.read("precious/data.txt"), "keep");
}

#[test]
fn the_environment_and_the_env_file_choose() {
    let folder = Folder::new();
    folder.write(".env", "DATABASE_URL=postgres://db.example/from-file\n");
    let run = folder.orm(&["db", "serve"]);
    assert!(run.stderr.starts_with("Database: postgres://db.example/from-file (from DATABASE_URL in .env)\n"), "{run}");
    let run = folder.orm(&["db", "serve", "--port", "1", "--url", "spanner://p/i/d"]);
    assert!(run.stderr.contains("Database: spanner://p/i/d (from --url)"), "{run}");
    let mut command = folder.command(&["db", "serve"]);
    let run = folder.run(command.env("DATABASE_URL", "postgres://me:hunter2@db.example/app"));
    insta::assert_snapshot!(run, @r"
    exit 2
    --- stdout
    --- stderr
    Database: postgres://me@db.example/app (from DATABASE_URL in the environment)
    error: postgres://me@db.example/app is a server already
    help: connect to it directly; `orm db serve` is for embedded databases (pglite:FOLDER)
    ");
    assert!(!run.to_string().contains("hunter2"));
}

#[test]
fn nobody_listens_there() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("postgres://me:hunter2@127.0.0.1:{port}/app");
    let run = Folder::new().orm(&["db", "create", "--url", &url]);
    assert_eq!(run.code, 3, "{run}");
    assert!(!run.to_string().contains("hunter2"), "{run}");
    assert!(run.stderr.contains(&port.to_string()), "{run}");
}

/// Ctrl-C is how serving ends, so it is no failure.
#[cfg(unix)]
#[test]
fn the_embedded_database_is_served_until_ctrl_c() {
    let folder = Folder::new();
    let mut child = folder.command(&["db", "serve"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut url = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
    let address = url.split('@').nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    assert!(TcpStream::connect(address).is_ok(), "{url}");

    let busy = folder.orm(&["db", "drop", "--url", "pglite:.orm/pglite", "--yes"]);
    assert_eq!(busy.code, 3, "{busy}");
    assert!(busy.stderr.contains("open in one program at a time"), "{busy}");

    let pid = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
