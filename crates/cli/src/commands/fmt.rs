//! `orm fmt`.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use clap::Args;
use orm_project::ReadError;
use orm_project::text::{decode, read_text};
use orm_schema_lang::format::format_text;
use similar::TextDiff;

use crate::disk;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::{Session, short};

const EXAMPLES: &str = "\
Examples:
  orm fmt                    bring every schema file of the project into its canonical layout
  orm fmt schema/users.orm   only this one
  orm fmt -                  standard input, formatted, to standard output: for an editor or a script
  orm fmt --check            for CI: show what would change, change nothing, exit with 1 if something would

Comments stay, and so does what cannot be parsed. Formatting twice changes nothing more.";

/// Bring schema files into their canonical layout.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct FmtArguments {
    /// These files, and the schema files in these folders, instead of all of the project; `-` is standard input.
    files: Vec<PathBuf>,

    /// Show what would change, and change nothing.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(session: &Session, arguments: &FmtArguments) -> Result<Exit, Failure> {
    if arguments.files == [Path::new(STANDARD_INPUT)] {
        return format_input(session, arguments.check);
    }
    let (mut exit, mut changed) = (Exit::Fine, 0);
    for path in paths(session, &arguments.files)? {
        match format(session, &path, arguments.check) {
            Ok(false) => {}
            Ok(true) => changed += 1,
            // A file that can't be read or written does not keep the others as they are.
            Err(failure @ Failure::Told(_)) => {
                session.output.failure(&failure);
                exit = failure.exit();
            }
            Err(gone) => return Err(gone),
        }
    }
    let would_change = arguments.check && changed > 0;
    Ok(if would_change && exit == Exit::Fine { Exit::Findings } else { exit })
}

/// The name of standard input, as other tools have it.
const STANDARD_INPUT: &str = "-";

/// Formats standard input to standard output, or shows how. It needs no project.
fn format_input(session: &Session, check: bool) -> Result<Exit, Failure> {
    let name = Path::new("standard input");
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).map_err(|error| Failure::file("read", name, &error))?;
    let mut source = decode(bytes).map_err(|problem| ReadError { path: name.to_owned(), problem })?;
    let formatted = format_text(&source.text);
    if check {
        let is_changed = formatted != source.text;
        session.output.result(&difference("standard input", &source.text, &formatted))?;
        return Ok(if is_changed { Exit::Findings } else { Exit::Fine });
    }
    source.text = formatted;
    session.output.result(&source.to_file_content())?;
    Ok(Exit::Fine)
}

/// The files to format: those that are named, or all of the project.
fn paths(session: &Session, named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let project = session.project()?;
    if named.is_empty() {
        return Ok(project.schema_files()?.into_iter().map(|file| file.path).collect());
    }
    let folder = session.folder()?;
    let mut paths = Vec::new();
    for path in named.iter().map(|path| folder.join(path)) {
        if path.is_dir() {
            let files = project.schema_files()?.into_iter().map(|file| file.path);
            let canonical = path.canonicalize().map_err(|error| Failure::file("read", &path, &error))?;
            paths.extend(files.filter(|file| crate::analysis::is_in(file, &canonical)));
        } else {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// Formats a file, or shows how; tells whether its layout was another one.
fn format(session: &Session, path: &Path, check: bool) -> Result<bool, Failure> {
    let mut source = read_text(path)?;
    let formatted = format_text(&source.text);
    if formatted == source.text {
        return Ok(false);
    }
    let shown = short(path);
    if check {
        session.output.result(&difference(&shown, &source.text, &formatted))?;
    } else {
        source.text = formatted;
        disk::replace(path, &source.to_file_content())?;
        session.output.result(&format!("formatted {shown}\n"))?;
    }
    Ok(true)
}

const HEADER: Style = Style::new().bold();
const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();

/// A unified diff with colours.
fn difference(path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let text = diff.unified_diff().header(path, &format!("{path} (formatted)")).to_string();
    text.split_inclusive('\n').map(colored).collect()
}

fn colored(line: &str) -> String {
    let style = match line {
        _ if line.starts_with("---") || line.starts_with("+++") => HEADER,
        _ if line.starts_with('-') => REMOVED,
        _ if line.starts_with('+') => ADDED,
        _ => return line.to_owned(),
    };
    match line.strip_suffix('\n') {
        Some(line) => format!("{style}{line}{style:#}\n"),
        None => format!("{style}{line}{style:#}"),
    }
}
