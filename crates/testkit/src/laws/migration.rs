//! Laws of the reader of migration files.

use orm_engine::migrate::{Direction, Migration, Migrations, SourceFile};
use orm_model::Dialect;

/// Any bytes are a migration or a list of what is wrong; the statements of a migration are pieces of its file, in order.
#[track_caller]
pub fn migration(bytes: &[u8]) {
    let file = SourceFile { name: "20260101000000-any.sql".to_owned(), content: bytes.to_vec() };
    let Ok(migration) = Migration::parse(&file) else { return };
    for dialect in Dialect::ALL {
        for direction in [Direction::Up, Direction::Down] {
            for statement in migration.script(dialect, direction).iter().flat_map(|script| &script.statements) {
                assert!(!statement.text.trim().is_empty(), "an empty statement in:\n{}", super::text(bytes));
            }
        }
    }
    if let Ok(migrations) = Migrations::read(&[file]) {
        // Changes may fit no schema; that is an error with a place, not a panic.
        let _replayed = migrations.replay();
    }
}
