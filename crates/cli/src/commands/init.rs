//! `orm init`: a starting project. What exists is kept, always.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use clap::Args;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::{Session, short};

const EXAMPLES: &str = "\
Examples:
  orm init                  in this folder
  orm -C services/api init  in another one, which is made if it is missing";

/// Start a project: orm.toml, schema/app.orm and lines of .gitignore. Nothing that exists is overwritten.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct InitArguments {}

const SETTINGS: &str = include_str!("init/orm.toml");
const SCHEMA: &str = include_str!("init/app.orm");
const IGNORED: &str = "/.orm/\n.env\n";

pub(crate) fn run(session: &Session, _: &InitArguments) -> Result<Exit, Failure> {
    let folder = session.folder()?;
    for (name, content) in [("orm.toml", SETTINGS), ("schema/app.orm", SCHEMA)] {
        let path = folder.join(name);
        let what = if create(&path, content)? { "created" } else { "kept" };
        session.output.result(&format!("{what:8} {}\n", short(&path)))?;
    }
    let path = folder.join(".gitignore");
    let what = add_lines(&path)?;
    session.output.result(&format!("{what:8} {}\n", short(&path)))?;
    session.output.note("Next: `orm check`, then `orm migrate create start` and `orm migrate latest`.");
    Ok(Exit::Fine)
}

/// Creates the file unless something of that name exists; tells whether it did.
fn create(path: &Path, content: &str) -> Result<bool, Failure> {
    let failed = |error: &io::Error| Failure::file("create", path, error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::file("create", folder, &error))?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(content.as_bytes()).map(|()| true).map_err(|error| failed(&error)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(&error)),
    }
}

/// Appends the lines of [`IGNORED`] that the file lacks. The file is only ever appended to.
fn add_lines(path: &Path) -> Result<&'static str, Failure> {
    if create(path, IGNORED)? {
        return Ok("created");
    }
    // The encoding is not ours to judge: a line that is not UTF-8 is just none of ours.
    let bytes = fs::read(path).map_err(|error| Failure::file("read", path, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    let has = |wanted: &str| text.lines().any(|line| line.trim().trim_matches('/') == wanted.trim_matches('/'));
    let missing: String = IGNORED.lines().filter(|line| !has(line)).map(|line| format!("{line}\n")).collect();
    if missing.is_empty() {
        return Ok("kept");
    }
    let separator = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let file = OpenOptions::new().append(true).open(path);
    let appended = file.and_then(|mut file| file.write_all(format!("{separator}{missing}").as_bytes()));
    appended.map(|()| "extended").map_err(|error| Failure::file("write", path, &error))
}
