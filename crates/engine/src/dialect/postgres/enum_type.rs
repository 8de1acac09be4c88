//! Enums: `CREATE TYPE … AS ENUM`.

use orm_model::ObjectName;

use super::{Postgres, names::string};
use crate::{
    catalog::{Catalog, EnumType},
    dialect::{enum_type::EnumDialect, expression::ExpressionDialect},
    plan::Statement,
};

impl EnumDialect for Postgres {
    fn create_enum(&self, name: &ObjectName, new: &EnumType) -> Vec<Statement> {
        let values = new.values.iter().map(|it| string(it)).collect::<Vec<_>>().join(", ");
        let create = Statement::new(format!("CREATE TYPE {} AS ENUM ({values})", self.object(name)));
        let comment = new.comment.as_ref().map(|_| comment(name, new));
        std::iter::once(create).chain(comment).collect()
    }

    /// Values can be added anywhere, and neither go nor change places.
    fn alter_enum(&self, name: &ObjectName, before: &EnumType, after: &EnumType) -> Option<Vec<Statement>> {
        let kept = after.values.iter().filter(|it| before.values.contains(it));
        if !kept.eq(&before.values) {
            return None;
        }
        let mut statements = Vec::new();
        for (at, value) in after.values.iter().enumerate().filter(|(_, it)| !before.values.contains(it)) {
            // What stands before it is there already, as it was or as it was just added.
            let place = match at.checked_sub(1).map(|at| &after.values[at]) {
                Some(last) => format!(" AFTER {}", string(last)),
                None => before.values.first().map(|it| format!(" BEFORE {}", string(it))).unwrap_or_default(),
            };
            let sql = format!("ALTER TYPE {} ADD VALUE {}{place}", self.object(name), string(value));
            statements.push(Statement::new(sql).with_note("no statement of the same transaction can use the value"));
        }
        if before.comment != after.comment {
            statements.push(comment(name, after));
        }
        Some(statements)
    }

    fn rename_enum_value(&self, name: &ObjectName, old: &str, new: &str) -> Vec<Statement> {
        let (name, old, new) = (self.object(name), string(old), string(new));
        vec![Statement::new(format!("ALTER TYPE {name} RENAME VALUE {old} TO {new}"))]
    }

    fn rename_enum(&self, catalog: &mut Catalog, name: &ObjectName, new: &ObjectName) -> Vec<Statement> {
        let (old_type, new_type) = (self.object(name), self.object(new));
        if let Some(it) = catalog.enums.remove(name) {
            catalog.enums.insert(new.clone(), it);
        }
        for column in catalog.tables.values_mut().flat_map(|table| &mut table.columns) {
            if column.sql_type == old_type {
                column.sql_type.clone_from(&new_type);
            } else if column.sql_type == format!("{old_type}[]") {
                column.sql_type = format!("{new_type}[]");
            }
        }
        vec![Statement::new(format!("ALTER TYPE {old_type} RENAME TO {}", self.quote(&new.name)))]
    }
}

fn comment(name: &ObjectName, enumeration: &EnumType) -> Statement {
    let text = enumeration.comment.as_ref().map_or("NULL".to_owned(), |text| string(text));
    Statement::new(format!("COMMENT ON TYPE {} IS {text}", Postgres.object(name)))
}
