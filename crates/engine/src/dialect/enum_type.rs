//! Enums that are types, in the SQL of a database that has them.

use orm_model::ObjectName;

use super::expression::ExpressionDialect;
use crate::{
    catalog::{Catalog, EnumType, Index},
    plan::Statement,
};

/// How one database declares enums. One without them has none in its catalogs, and is never asked.
pub trait EnumDialect: ExpressionDialect {
    /// `CREATE TYPE`.
    fn create_enum(&self, _: &ObjectName, _: &EnumType) -> Vec<Statement> {
        Vec::new()
    }

    /// What turns the type `before` into `after` in place; `None` where it has to be made anew.
    fn alter_enum(&self, _: &ObjectName, _: &EnumType, _: &EnumType) -> Option<Vec<Statement>> {
        None
    }

    /// `DROP TYPE`; no column may have it any more.
    fn drop_enum(&self, name: &ObjectName) -> Statement {
        Statement::new(format!("DROP TYPE {}", self.object(name)))
    }

    /// Gives a type another name, in the database and in its catalog, where columns say it, too.
    fn rename_enum(&self, _: &mut Catalog, _: &ObjectName, _: &ObjectName) -> Vec<Statement> {
        Vec::new()
    }

    /// Gives a value another name; defaults, checks and indexes that say it follow.
    fn rename_enum_value(&self, _: &ObjectName, _: &str, _: &str) -> Vec<Statement> {
        Vec::new()
    }

    /// Whether a default, generated column, check or index of the catalog says one of the values.
    fn says_value(&self, catalog: &Catalog, values: &[&String]) -> bool {
        let literals: Vec<_> = values.iter().map(|it| self.string(it)).collect();
        let says = |text: &str| literals.iter().any(|it| text.contains(it));
        catalog.tables.values().any(|table| {
            let columns = &table.columns;
            table.checks.values().any(|it| says(&it.condition))
                || table.indexes.values().flat_map(Index::expressions).any(says)
                || columns.iter().filter_map(|it| it.default.as_deref()).any(says)
                || columns.iter().filter_map(|it| it.generated.as_ref()).any(|it| says(&it.expression))
        })
    }
}
