//! Errors that the protocol has a code for.

use lsp_types::DiagnosticServerCancellationData;
use orm_ide::RenameError;
use tower_lsp::jsonrpc::{Error, ErrorCode};

/// `ServerCancelled`: the server gave the request up, and its data say whether the client asks again.
const SERVER_CANCELLED: ErrorCode = ErrorCode::ServerError(-32802);

/// `RequestFailed`: the request was right, and has no answer but the reason.
pub(super) const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

pub(super) fn refused(error: RenameError) -> Error {
    Error { code: REQUEST_FAILED, message: error.0.into(), data: None }
}

/// Diagnostics that an edit has overtaken are no error, and the client asks for new ones.
pub(super) fn ask_again(error: Error) -> Error {
    if error.code != ErrorCode::ContentModified {
        return error;
    }
    let data = serde_json::to_value(DiagnosticServerCancellationData::default()).ok();
    Error { code: SERVER_CANCELLED, data, ..error }
}
