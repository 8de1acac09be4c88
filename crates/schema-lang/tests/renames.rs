//! `@was(…)` from the text to the renames that it orders.

use orm_model::{Renames, Schema};
use orm_schema_lang::Workspace;

fn schema(text: &str) -> Schema {
    let mut workspace = Workspace::new(Default::default(), Default::default());
    workspace.open("a.orm", text);
    let found = workspace.diagnostics("a.orm");
    let errors: Vec<_> = found.iter().filter(|it| it.severity == orm_schema_lang::Severity::Error).collect();
    assert!(errors.is_empty(), "{text}\n{errors:#?}");
    workspace.schema()
}

fn tables(mixin: &str, names: &[&str]) -> String {
    let table = |name: &&str| format!("table {name} {{\n  id  uuid  @primary_key\n  ...Contact\n}}\n");
    format!("mixin Contact {{\n  {mixin}\n}}\n{}", names.iter().map(table).collect::<String>())
}

#[test]
fn a_mixin_renames_in_every_table_that_has_the_old_column() {
    let before = schema(&tables("mail  text?", &["a", "b"]));
    let after = schema(&tables("email  text?  @was(mail)", &["a", "b", "c"]));
    let renames: Vec<_> = Renames::between(&before, &after).iter().map(ToString::to_string).collect();
    assert_eq!(renames, ["rename column mail of a to email", "rename column mail of b to email"]);
}

#[test]
fn what_a_mixin_orders_is_stale_once_no_table_needs_it() {
    let before = schema(&tables("mail  text?", &["a", "b"]));
    let after = schema(&tables("email  text?  @was(mail)", &["a", "b", "c"]));
    assert!(Renames::stale(&before, &after).is_empty());
    assert_eq!(Renames::stale(&after, &after), ["@was(mail) of column email of tables a, b, c"]);
}
