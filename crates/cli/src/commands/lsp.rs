//! `orm lsp`.

use clap::Args;
use orm_lsp::Ending;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::session::Session;

const EXAMPLES: &str = "\
Examples:
  orm lsp                 serve one editor over standard input and output
  ORM_LOG=debug orm lsp   and log to standard error

Editors start it themselves: the extension for VS Code and the plug-in for Neovim do, and any editor
that speaks the Language Server Protocol can.";

/// Serve an editor over the Language Server Protocol.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct LspArguments {
    /// What some editors pass; there is no other way of talking.
    #[arg(long, hide = true)]
    stdio: bool,
}

pub(crate) fn run(_: &Session, _: &LspArguments) -> Result<Exit, Failure> {
    use_small_pages();
    let ending = orm_lsp::run_stdio();
    match ending.map_err(|error| Failure::new(Exit::Internal, format!("the language server cannot start: {error}")))? {
        Ending::Orderly => Ok(Exit::Fine),
        // The protocol's own code, which is not about findings.
        Ending::Abrupt => Ok(Exit::Findings),
    }
}

/// Pages of two megabytes save a short run a fifth of its CPU time. A server that lives for hours pays for them: with 1,000
/// tables, 123 MB instead of 78.
#[cfg(target_os = "linux")]
fn use_small_pages() {
    // An old kernel does not know it, and nothing else depends on it.
    let _ = nix::sys::prctl::set_thp_disable(true);
}

#[cfg(not(target_os = "linux"))]
fn use_small_pages() {}
