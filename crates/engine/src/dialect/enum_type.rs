//! Enums that are types, in the SQL of a database that has them.

use orm_model::ObjectName;

use super::expression::ExpressionDialect;
use crate::{
    catalog::{Catalog, EnumType},
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

    /// Whether a default, check or index of the catalog says one of the values.
    fn says_value(&self, catalog: &Catalog, values: &[&String]) -> bool {
        let literals: Vec<_> = values.iter().map(|it| self.string(it)).collect();
        let says = |text: &String| literals.iter().any(|it| text.contains(it));
        catalog.tables.values().any(|table| {
            table.checks.values().map(|it| &it.condition).any(says)
                || table.columns.iter().filter_map(|it| it.default.as_ref()).any(says)
        })
    }
}
