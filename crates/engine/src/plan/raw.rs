//! Raw SQL: after all that the model knows, and gone before it changes.

use super::{Statement, Unsupported};
use crate::catalog::{Catalog, Raw};

/// What takes the blocks back that go, the last one first.
pub(super) fn down(before: &Catalog, after: &Catalog) -> Vec<Result<Vec<Statement>, Unsupported>> {
    let gone = before.raw.iter().rev().filter(|it| !after.raw.contains(it));
    let taken_back = |it: &Raw| match &it.down {
        Some(statements) => Ok(statements.iter().map(Statement::new).collect()),
        None => Err(Unsupported::new(
            format!("take back the raw block {:?}", it.title),
            "it has no `down`",
            "write the statements that undo it",
        )),
    };
    gone.map(taken_back).collect()
}

/// What makes the blocks that come, in their order.
pub(super) fn up(before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let new = after.raw.iter().filter(|it| !before.raw.contains(it));
    new.flat_map(|it| &it.up).map(Statement::new).collect()
}
