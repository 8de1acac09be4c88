//! Raw SQL: after all that the model knows, and gone before it changes.

use super::{Action, Blocks, Cost, DatabaseObject, Statement, Subject, Unsupported, Work, statement::about};
use crate::catalog::{Catalog, Raw};

/// What takes the blocks back that go, the last one first.
pub(super) fn down(before: &Catalog, after: &Catalog) -> Vec<Result<Vec<Statement>, Unsupported>> {
    let gone = before.raw.iter().rev().filter(|it| !after.raw.contains(it));
    let taken_back = |it: &Raw| match &it.down {
        Some(statements) => Ok(about(subject(it, Action::Drop), statements.iter().map(by_hand).collect())),
        None => Err(Unsupported::new(
            format!("take back the raw block {:?}", it.title),
            "it has no `down`",
            "write the statements that undo it",
        )
        .about(&subject(it, Action::Drop))),
    };
    gone.map(taken_back).collect()
}

/// What makes the blocks that come, in their order.
pub(super) fn up(before: &Catalog, after: &Catalog) -> Vec<Statement> {
    let new = after.raw.iter().filter(|it| !before.raw.contains(it));
    new.flat_map(|it| about(subject(it, Action::Add), it.up.iter().map(by_hand).collect())).collect()
}

fn by_hand(sql: &String) -> Statement {
    Statement::new(sql).at_cost(Cost::new(Work::Unknown, Blocks::Nobody))
}

fn subject(block: &Raw, action: Action) -> Subject {
    Subject::of(DatabaseObject::Raw(block.title.clone()), action)
}
