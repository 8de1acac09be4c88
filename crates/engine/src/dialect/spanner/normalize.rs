//! One spelling for what Spanner and the schema spell differently.
//!
//! Spanner keeps expressions as they were written, so only blanks are evened out.

use crate::catalog::{Catalog, Column, Table};

/// A catalog that compares equal to another one that means the same.
pub(super) fn catalog(mut catalog: Catalog) -> Catalog {
    catalog.tables.values_mut().for_each(table);
    catalog.views.values_mut().for_each(|view| view.query = expression(&view.query));
    catalog
}

fn table(table: &mut Table) {
    table.columns.iter_mut().for_each(column);
    table.checks.values_mut().for_each(|check| check.condition = expression(&check.condition));
}

fn column(column: &mut Column) {
    column.sql_type = column.sql_type.to_ascii_uppercase().replace(' ', "");
    column.hidden = false;
    column.default.iter_mut().for_each(|text| *text = expression(text));
    column.generated.iter_mut().for_each(|it| it.expression = expression(&it.expression));
}

fn expression(text: &str) -> String {
    let mut quote = None;
    let mut escaped = false;
    let mut spelled = String::with_capacity(text.len());
    for character in text.trim().chars() {
        if quote.is_none() && character.is_whitespace() {
            if !spelled.ends_with(' ') {
                spelled.push(' ');
            }
            continue;
        }
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if character == '\\' => escaped = true,
            Some(open) if character == open => quote = None,
            None if matches!(character, '\'' | '"' | '`') => quote = Some(character),
            _ => {}
        }
        spelled.push(character);
    }
    spelled
}

#[cfg(test)]
mod tests {
    #[test]
    fn blanks_outside_of_literals_are_one() {
        assert_eq!(super::expression(" a  IN\n ('x  y', 'it\\'s  ') "), "a IN ('x  y', 'it\\'s  ')");
    }
}
