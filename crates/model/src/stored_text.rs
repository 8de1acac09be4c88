//! What a schema says of a value of an enum, which is the text that is stored.

use crate::{Default, Expression, Literal, ScalarType, Schema};

impl Schema {
    /// Stores a value of an enum as another text, wherever the schema surely speaks of the value: in defaults of columns
    /// of the enum, and beside such columns in expressions. An equal text elsewhere may be any text.
    pub fn store_otherwise(&mut self, declared: &str, before: &str, after: &str) {
        let values = self.enums.get_mut(declared).into_iter().flat_map(|it| &mut it.values);
        values.filter(|it| it.stored == before).for_each(|it| after.clone_into(&mut it.stored));
        let put = |it: &mut Expression| put(it, before, after);
        for table in self.tables.values_mut() {
            let is_meant = |scalar: &ScalarType| matches!(scalar, ScalarType::Enum(name) if name == declared);
            let meant = table.columns.iter_mut().filter(|it| is_meant(&it.column_type.scalar));
            let mut columns = Vec::new();
            for column in meant {
                for default in [&mut column.default, &mut column.on_update] {
                    if let Some(Default::Expression(expression)) = default {
                        put(expression);
                    }
                }
                columns.push(column.name.clone());
            }
            let is_column = |it: &Expression| matches!(it, Expression::Column(name) if columns.contains(name));
            for expression in table.expressions_mut() {
                expression.walk_mut(&mut |it| beside(it, &is_column).into_iter().for_each(put));
            }
        }
    }
}

/// What an expression compares with a column.
fn beside<'a>(expression: &'a mut Expression, is_column: &impl Fn(&Expression) -> bool) -> Vec<&'a mut Expression> {
    match expression {
        Expression::Binary { left, right, .. } => match (is_column(left), is_column(right)) {
            (true, _) => vec![right],
            (_, true) => vec![left],
            _ => Vec::new(),
        },
        Expression::In { operand, list, .. } if is_column(operand) => list.iter_mut().collect(),
        Expression::Between { operand, low, high, .. } if is_column(operand) => vec![low, high],
        Expression::Case { operand: Some(operand), branches, .. } if is_column(operand) => {
            branches.iter_mut().map(|(when, _)| when).collect()
        }
        _ => Vec::new(),
    }
}

/// A text, or a list of them.
fn put(expression: &mut Expression, before: &str, after: &str) {
    match expression {
        Expression::Literal(Literal::String(text)) if text == before => after.clone_into(text),
        Expression::List(items) => items.iter_mut().for_each(|it| put(it, before, after)),
        _ => {}
    }
}
