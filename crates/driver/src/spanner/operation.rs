//! Waiting for Spanner's long-running operations.

use std::time::Duration;

use googleapis_tonic_google_longrunning::google::longrunning::operation::Result as Outcome;
use googleapis_tonic_google_longrunning::google::longrunning::operations_client::OperationsClient;
use googleapis_tonic_google_longrunning::google::longrunning::{GetOperationRequest, Operation};
use tonic::Code;

use super::admin::Caller;
use super::error::{code_name, grpc_error, status_error};
use crate::error::{Error, Result};

/// The first wait; the emulator is done by then.
const SHORTEST_WAIT: Duration = Duration::from_millis(10);

/// The longest wait between two looks at work that takes minutes.
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// Looks at an operation until it is done, showing every state in between; `Err` only when it can't be looked at.
pub(super) async fn wait(
    caller: &Caller,
    mut operation: Operation,
    seen: &mut (dyn FnMut(&Operation) + Send),
) -> Result<Operation> {
    let mut pause = SHORTEST_WAIT;
    loop {
        seen(&operation);
        if operation.done {
            return Ok(operation);
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 3 / 2).min(LONGEST_WAIT);
        operation = get(caller, operation.name).await?;
    }
}

/// The present state of an operation, by its resource name.
pub(super) async fn get(caller: &Caller, name: String) -> Result<Operation> {
    let request = caller.request(("name", &name), GetOperationRequest { name: name.clone() }).await?;
    let mut client = OperationsClient::new(caller.channel());
    Ok(client.get_operation(request).await.map_err(grpc_error)?.into_inner())
}

/// Waits for an operation that is all or nothing.
pub(super) async fn finish(caller: &Caller, operation: Operation) -> Result<()> {
    match failure(&wait(caller, operation, &mut |_| {}).await?) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// Why a finished operation failed.
pub(super) fn failure(operation: &Operation) -> Option<Error> {
    match &operation.result {
        Some(Outcome::Error(status)) => Some(status_error(code_name(Code::from(status.code)), &status.message, None)),
        _ => None,
    }
}
