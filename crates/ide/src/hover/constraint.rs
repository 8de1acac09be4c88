//! Checks and foreign keys of a table: what each database holds the rows to.

use orm_schema_lang::{
    Database, Project,
    database::Declaration,
    lower::{shape::Place, table::lower_table},
    source::SourceDeclaration,
};

use super::{is_written_at, sql_block};
use crate::ddl::TableSchema;

/// The SQL of the check or foreign key that is written at `offset` of a table.
pub(super) fn describe(
    db: &Database,
    declaration: Declaration,
    source: &SourceDeclaration,
    offset: usize,
) -> Vec<String> {
    let lowered = lower_table(db, Project::get(db), declaration);
    let is_here = |place: &Place| is_written_at(place, source, offset);
    let checks = lowered.table.checks.iter().map(|it| &it.name).zip(&lowered.checks);
    let keys = lowered.table.foreign_keys.iter().map(|it| &it.name).zip(&lowered.foreign_keys);
    let Some((name, _)) = checks.chain(keys).find(|(_, place)| is_here(place)) else { return Vec::new() };
    let schema = TableSchema::new(db, declaration);
    let text = |dialect| Some(sql_block(orm_model::Dialect::title(dialect), &schema.constraint_text(dialect, name)?));
    schema.dialects().filter_map(text).collect()
}

#[cfg(test)]
mod tests {
    use crate::hover::tests::hover;

    const TABLE: &str = "table posts {\n  id  uuid  @primary_key\n  size  bigint  @check(size > 0)\n  post_id  uuid?  \
                         @references(posts.id)\n  check(size < 9, name: \"ck_small\")\n}\n";

    #[track_caller]
    fn shown_at(word: &str) -> String {
        hover(&TABLE.replace(word, &format!("{}$0{}", &word[..2], &word[2..])))
    }

    #[test]
    fn a_check_shows_its_line_of_the_ddl() {
        let shown = shown_at("check(size < 9");
        assert!(
            shown.starts_with("**PostgreSQL**\n```sql\nCONSTRAINT \"ck_small\" CHECK (\"size\" < 9)\n```"),
            "{shown}"
        );
        assert!(
            shown.contains("**Spanner**\n```sql\nCONSTRAINT ck_small CHECK (size < 9)\n```\n\n```orm\ncheck\n"),
            "{shown}"
        );
        let shown = shown_at("@check(size > 0");
        assert!(shown.contains("CONSTRAINT ck_posts_size CHECK (size > 0)"), "{shown}");
    }

    #[test]
    fn a_foreign_key_shows_its_statement() {
        let shown = shown_at("@references");
        assert!(shown.contains("ADD CONSTRAINT \"fk_posts_post_id_posts\" FOREIGN KEY (\"post_id\")"), "{shown}");
        assert!(shown.contains("The value is the key of a row of another table"), "{shown}");
    }
}
