//! Views, extensions and raw SQL in one database.

use orm_model::ObjectName;

use super::expression::ExpressionDialect;
use crate::{
    catalog::{Raw, View},
    migrate::{dialect::migration_dialect, lexer::split},
    plan::Statement,
};

/// What one database makes of objects that are not tables.
pub trait ObjectDialect: ExpressionDialect {
    /// The view as the database keeps it.
    fn lower_view(&self, query: &str, doc: Option<&str>) -> View;

    /// `CREATE VIEW`.
    fn create_view(&self, name: &ObjectName, view: &View) -> Vec<Statement>;

    /// `CREATE OR REPLACE VIEW`, where the database takes any other query in it.
    fn replace_view(&self, name: &ObjectName, view: &View) -> Option<Statement>;

    /// `COMMENT ON VIEW`, where views have comments.
    fn comment_on_view(&self, _: &ObjectName, _: &View) -> Option<Statement> {
        None
    }

    /// `DROP VIEW`.
    fn drop_view(&self, name: &ObjectName) -> Statement {
        Statement::new(format!("DROP VIEW {}", self.object(name)))
    }

    /// `CREATE EXTENSION`; only asked where there are extensions.
    fn create_extension(&self, name: &str) -> Statement {
        Statement::new(format!("CREATE EXTENSION IF NOT EXISTS {}", self.quote(name)))
    }

    /// `DROP EXTENSION`; only asked where there are extensions.
    fn drop_extension(&self, name: &str) -> Statement {
        Statement::new(format!("DROP EXTENSION IF EXISTS {}", self.quote(name)))
            .with_note("fails while something else uses the extension")
    }

    /// A block of raw SQL as its statements.
    fn lower_raw(&self, block: &orm_model::RawBlock) -> Raw {
        let statements = |text: &String| {
            let lexer = migration_dialect(self.expression_dialect()).lexer();
            // A text whose quotes do not close is one statement; the database says what is wrong with it.
            match split(lexer, text) {
                Ok(pieces) => pieces.into_iter().map(|it| text[it.range].to_owned()).collect(),
                Err(_) => vec![text.clone()],
            }
        };
        Raw { title: block.title().to_owned(), up: statements(&block.up), down: block.down.as_ref().map(statements) }
    }
}
