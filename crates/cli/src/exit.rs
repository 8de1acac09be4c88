//! How a run ended, as exit codes that scripts rely on, and the end that nobody planned.

use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;

use crate::output::write_to_stderr;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything is fine.
    Fine = 0,
    /// Findings, drift, or a plan that was refused.
    Findings = 1,
    /// The command line or a setting can't be followed.
    Usage = 2,
    /// A database could not be reached or refused a statement.
    Database = 3,
    /// A defect of this program.
    Internal = 4,
    /// Ctrl-C: 128 and the number of the signal, as shells count.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// Makes a panic a message that people can act upon. What to do with the panic itself is [`guard`]'s business.
pub(crate) fn report_panics() {
    panic::set_hook(Box::new(|panic| write_to_stderr(&panic_message(panic))));
}

fn panic_message(panic: &PanicHookInfo<'_>) -> String {
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    let place = panic.location().map(|it| format!(" at {}:{}", it.file(), it.line())).unwrap_or_default();
    format!(
        "internal error: {}{place}\n\
         This is a defect of orm {version}, not of your schema. Please report it with the command and, if you may \
         share it, the schema: {repository}/issues",
        text.unwrap_or("unknown"),
        version = env!("CARGO_PKG_VERSION"),
        repository = env!("CARGO_PKG_REPOSITORY"),
    )
}

/// Runs `work`; a panic in it is [`Exit::Internal`].
pub(crate) fn guard(work: impl FnOnce() -> Exit) -> Exit {
    // The panic hook has told what happened.
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or(Exit::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_internal_error() {
        assert_eq!(guard(|| panic!("on purpose")), Exit::Internal);
        assert_eq!(guard(|| Exit::Findings), Exit::Findings);
    }
}
