//! Relations: which rows they lead to, and the table of those.

use orm_schema_lang::{
    Database,
    database::Declaration,
    item::{Anchor, Member, positional},
};

use super::declaration;
use crate::symbol::RelationSymbol;

/// Which rows a relation leads to, and what their table is.
pub(super) fn describe(db: &Database, relation: RelationSymbol) -> Vec<String> {
    let Some(target) = relation.target else { return Vec::new() };
    let columns = key_columns(db, relation.key.written_in, relation.key.anchor);
    let columns = columns.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    let refer = if columns.contains(", ") { "refer" } else { "refers" };
    let told = if columns.is_empty() {
        None
    } else if relation.key.is_back {
        Some(format!("The rows of `{}` whose {columns} {refer} to this row", target.name(db)))
    } else {
        Some(format!("The row of `{}` that {columns} {refer} to", target.name(db)))
    };
    told.into_iter().chain(declaration::describe(db, target)).collect()
}

/// The columns of the foreign key that is written there.
fn key_columns(db: &Database, declaration: Declaration, key: Anchor) -> Vec<&str> {
    for member in &declaration.item(db).members {
        match member {
            Member::Column(column) if column.attributes.iter().any(|it| it.anchor == key) => {
                return vec![&column.name.text];
            }
            Member::Item(item) if item.anchor == key => {
                let columns = positional(&item.arguments).filter_map(|it| it.value.as_name());
                return columns.map(|it| &*it.text).collect();
            }
            _ => {}
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use crate::hover::tests::hover;

    const SCHEMA: &str = "table users {\n  id  uuid  @primary_key\n}\ntable posts {\n  id  uuid  @primary_key\n  user_id  \
                          uuid  @references(users.id)\n}\n";

    #[test]
    fn a_relation_says_which_rows_it_leads_to() {
        let shown = hover(&format!("{SCHEMA}query q {{\n  from posts\n  select us$0er {{ id }}\n}}\n"));
        assert!(shown.starts_with("The row of `users` that `user_id` refers to\n\n```orm\ntable users"), "{shown}");
        let shown = hover(&format!("{SCHEMA}query q {{\n  from users\n  select po$0sts {{ id }}\n}}\n"));
        assert!(
            shown.starts_with("The rows of `posts` whose `user_id` refers to this row\n\n```orm\ntable"),
            "{shown}"
        );
    }
}
