//! `orm completions`: scripts that complete commands and options in a shell.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::args::Arguments;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  bash  orm completions bash > ~/.local/share/bash-completion/completions/orm
  zsh   orm completions zsh > ~/.zfunc/_orm        (with ~/.zfunc in fpath)
  fish  orm completions fish > ~/.config/fish/completions/orm.fish";

/// Print a script that completes commands and options in your shell.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CompletionsArguments {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(session: &Session, arguments: &CompletionsArguments) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "orm", &mut script);
    session.output.result(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Fine)
}
