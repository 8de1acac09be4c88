//! Sequences and identity columns in the SQL of one database.

use orm_model::{ColumnName, Counter, ObjectName};

use super::expression::ExpressionDialect;
use crate::{catalog::Sequence, plan::Statement};

/// How one database counts.
pub trait SequenceDialect: ExpressionDialect {
    /// What the database takes of a counter.
    fn lower_counter(&self, counter: Counter) -> Counter;

    /// What the database takes of a sequence.
    fn lower_sequence(&self, sequence: &orm_model::Sequence) -> Sequence;

    /// The expression that takes the next number.
    fn next_value(&self, sequence: &ObjectName) -> String;

    /// `CREATE SEQUENCE`, without its owner, which may come later.
    fn create_sequence(&self, name: &ObjectName, sequence: &Sequence) -> Vec<Statement>;

    /// What turns the sequence `before` into `after`; its owner is not looked at.
    fn alter_sequence(&self, name: &ObjectName, before: &Sequence, after: &Sequence) -> Vec<Statement>;

    /// `DROP SEQUENCE`; nothing may use it any more.
    fn drop_sequence(&self, name: &ObjectName) -> Statement {
        Statement::new(format!("DROP SEQUENCE {}", self.object(name)))
    }

    /// Ties the sequence to a column, or to none.
    fn own_sequence(&self, name: &ObjectName, owner: Option<&ColumnName>) -> Statement;
}
