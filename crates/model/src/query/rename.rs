//! What a rename makes of a query: a view that reads a table goes on reading it.

use std::collections::BTreeSet;

use super::{Field, Relation, Select};
use crate::{Expression, ObjectName, ScalarType, rename::rename_type};

impl Select {
    /// Gives a table that the query reads another name. A source that is called like the table is called like it
    /// afterwards, too, as it would be if the query were written anew.
    pub(crate) fn rename_table(&mut self, before: &ObjectName, after: &ObjectName) {
        let (mut taken, mut renamed) = (BTreeSet::new(), Vec::new());
        self.walk_mut(&mut |select| {
            for source in select.from.iter_mut().chain(select.joins.iter_mut().map(|it| &mut it.source)) {
                match &mut source.relation {
                    Relation::Table(name) if name == before => {
                        name.clone_from(after);
                        renamed.push(source.name.clone());
                    }
                    _ => {}
                }
                taken.insert(source.name.to_lowercase());
            }
            taken.extend(select.common_tables.iter().map(|it| it.name.to_lowercase()));
        });
        for old in renamed {
            let number = old.strip_prefix(&before.name).filter(|it| is_number(it));
            let Some(new) = number.map(|it| format!("{}{it}", after.name)) else { continue };
            if taken.insert(new.to_lowercase()) {
                self.rename_source(&old, &new);
            }
        }
    }

    fn rename_source(&mut self, before: &str, after: &str) {
        let put = |name: &mut String| {
            if name == before {
                after.clone_into(name);
            }
        };
        self.walk_mut(&mut |select| {
            let joined = select.joins.iter_mut().map(|it| &mut it.source);
            select.from.iter_mut().chain(joined).for_each(|it| put(&mut it.name));
        });
        self.walk_fields(&mut |it| put(&mut it.source));
    }

    /// Gives a column of a table that the query reads another name.
    pub(crate) fn rename_column(&mut self, table: &ObjectName, before: &str, after: &str) {
        let mut sources = Vec::new();
        self.walk_mut(&mut |select| {
            let of_table = select.sources().filter(|it| matches!(&it.relation, Relation::Table(it) if it == table));
            sources.extend(of_table.map(|it| it.name.clone()));
        });
        self.walk_fields(&mut |it| {
            if it.column == before && sources.contains(&it.source) {
                after.clone_into(&mut it.column);
            }
        });
    }

    /// Gives an enum that is the type of something in the query another name.
    pub(crate) fn rename_enum(&mut self, before: &str, after: &str) {
        let put = |it: &mut ScalarType| rename_type(it, before, after);
        for expression in self.expressions_mut() {
            expression.walk_mut(&mut |it| match it {
                Expression::Cast { to, .. } => put(&mut to.scalar),
                Expression::Field(field) => put(&mut field.column_type.scalar),
                _ => {}
            });
        }
    }

    /// Calls `change` with every field in the query, those of sub-queries included.
    fn walk_fields(&mut self, change: &mut impl FnMut(&mut Field)) {
        for expression in self.expressions_mut() {
            expression.walk_mut(&mut |it| {
                if let Expression::Field(field) = it {
                    change(field);
                }
            });
        }
    }
}

/// Whether this is what tells sources of one name apart: nothing, or `_2`.
fn is_number(rest: &str) -> bool {
    let digits = rest.strip_prefix('_').unwrap_or_default();
    rest.is_empty() || (!digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit()))
}
