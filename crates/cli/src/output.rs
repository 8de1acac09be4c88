//! Everything that reaches the terminal.
//!
//! Results go to standard output, so that they can be piped; progress, remarks and errors go to standard error.
//! Colours follow `--color`, `NO_COLOR`, `CLICOLOR`, `CLICOLOR_FORCE` and `TERM`.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use serde::Serialize;

use crate::exit::Exit;
use crate::failure::{Failure, Problem};
use crate::snippet;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();
const DIM: Style = Style::new().dimmed();

/// How much is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verbosity {
    /// Results and errors.
    Quiet,
    /// Also progress and remarks.
    Normal,
    /// Also what was decided, and why.
    Verbose,
}

/// The terminal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    pub(crate) verbosity: Verbosity,
}

impl Output {
    /// Writes a result, as it is, to standard output.
    pub(crate) fn result(&self, text: &str) -> Result<(), Failure> {
        let mut stream = AutoStream::auto(io::stdout()).lock();
        let written = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
        written.map_err(|error| match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ReaderGone,
            _ => Failure::usage(format!("cannot write to standard output: {error}")),
        })
    }

    /// Whether a result may have colours. They are taken out again where not, but making them takes time.
    pub(crate) fn has_colors(&self) -> bool {
        AutoStream::choice(&io::stdout()) != ColorChoice::Never
    }

    /// Tells what is going on, unless that is not wanted.
    pub(crate) fn note(&self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            write_to_stderr(text);
        }
    }

    /// Tells what was decided, if that is wanted.
    pub(crate) fn detail(&self, text: &str) {
        if self.verbosity >= Verbosity::Verbose {
            write_to_stderr(&format!("{DIM}{text}{DIM:#}"));
        }
    }

    /// Shows diagnostics that are not the result of the command.
    pub(crate) fn findings(&self, rendered: &str) {
        write_to_stderr(rendered.trim_end_matches('\n'));
        write_to_stderr("");
    }

    /// Tells why the command stops.
    pub(crate) fn failure(&self, failure: &Failure) {
        if let Failure::Told(problem) = failure {
            write_to_stderr(&render(problem));
        }
    }

    /// Whether a person watches standard error, so that progress may move.
    pub(crate) fn is_watched(&self) -> bool {
        self.verbosity >= Verbosity::Normal && io::stderr().is_terminal()
    }
}

fn render(problem: &Problem) -> String {
    let mut text = format!("{ERROR}error{ERROR:#}: {}", problem.message);
    if let Some(statement) = &problem.statement {
        text += &format!("\n{}", snippet::of_statement(statement));
    }
    for note in &problem.notes {
        text += &format!("\n  {}", note.replace('\n', "\n  "));
    }
    if let Some(help) = &problem.help {
        text += &format!("\n{HELP}help{HELP:#}: {}", help.replace('\n', "\n      "));
    }
    text
}

/// Writes lines to standard error. If that fails there is no place left to say so.
pub(crate) fn write_to_stderr(text: &str) {
    _ = writeln!(AutoStream::auto(io::stderr()).lock(), "{text}");
}

/// A value as JSON, with a line end.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String, Failure> {
    let json = serde_json::to_string_pretty(value);
    json.map(|it| it + "\n").map_err(|error| Failure::new(Exit::Internal, format!("cannot write JSON: {error}")))
}
