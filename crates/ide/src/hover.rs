//! What the word under the cursor is, and what it becomes in each database, as Markdown.

mod column;
mod comparison;
mod constraint;
mod declaration;
mod key;
mod limits;
mod object;
mod query;
mod relation;
#[cfg(test)]
mod same_text;
pub(crate) mod shortened;
mod word;

use std::ops::Range;

use orm_schema_lang::{
    Database, File, database::item_tree, item::DeclarationKind, lower::shape::Place, source::SourceDeclaration,
};

use self::shortened::{block, section};
use crate::{
    symbol::{Symbol, Word},
    symbol_at::symbol_at,
};

/// What to show at a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The bytes of the word.
    pub range: Range<usize>,
    /// What to show.
    pub markdown: String,
}

/// What the word at `offset` is; `None` where there is none, or none that is known.
pub(crate) fn hover(db: &Database, file: File, offset: usize) -> Option<Hover> {
    let here = symbol_at(db, file, offset)?;
    let mut sections = vec![markdown(db, &here.symbol)?];
    if let Symbol::Word(Word::Item(_) | Word::Attribute(_)) = here.symbol {
        sections.splice(0..0, key_at(db, file, offset));
    }
    Some(Hover { markdown: sections.join("\n\n"), range: here.range })
}

/// Whether something of a table is written at `offset` of the table itself.
fn is_written_at(place: &Place, source: &SourceDeclaration, offset: usize) -> bool {
    let span = source.span(place.anchor);
    place.origin.spread.is_none() && span.start <= offset && offset <= span.end
}

/// What is to be said of the key or constraint whose word stands at `offset`.
fn key_at(db: &Database, file: File, offset: usize) -> Vec<String> {
    let Some((position, source)) = file.source(db).declaration_at(offset) else { return Vec::new() };
    let declaration = item_tree(db, file).get(position).filter(|it| it.kind(db) == DeclarationKind::Table);
    let Some(declaration) = declaration else { return Vec::new() };
    let key = key::describe(db, *declaration, source, offset);
    if key.is_empty() { constraint::describe(db, *declaration, source, offset) } else { key }
}

/// What is to be said about something; `None` where there is nothing.
pub(crate) fn markdown(db: &Database, symbol: &Symbol<'_>) -> Option<String> {
    let sections = match *symbol {
        Symbol::Declaration(it) => declaration::describe(db, it),
        Symbol::Column(it) => column::describe(db, it),
        Symbol::EnumValue { declaration, index } => declaration::describe_value(db, declaration, index),
        Symbol::Relation(it) => relation::describe(db, it),
        Symbol::Parameter { declaration, item } => query::describe_parameter(db, declaration, item),
        Symbol::Local(it) => query::describe_local(db, it),
        Symbol::Word(it) => word::describe(it),
    };
    (!sections.is_empty()).then(|| sections.iter().map(|it| section(it)).collect::<Vec<_>>().join("\n\n"))
}

/// Text of the language.
fn orm_block(text: &str) -> String {
    block("orm", text)
}

/// SQL under the name of its database.
fn sql_block(title: &str, text: &str) -> String {
    format!("**{title}**\n{}", block("sql", text))
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[track_caller]
    pub(super) fn hover(fixture: &str) -> String {
        let (analysis, fixture) = analysis(fixture);
        let cursor = fixture.cursor();
        let hover = analysis.hover(&cursor.path, cursor.offset).unwrap();
        hover.map_or_else(|| "nothing".to_owned(), |it| it.markdown)
    }

    #[test]
    fn the_range_is_the_word() {
        let (analysis, fixture) = analysis("table use$0rs {\n}\n");
        let hover = analysis.hover("schema.orm", fixture.cursor().offset).unwrap().unwrap();
        assert_eq!(hover.range, 6..11);
    }

    #[test]
    fn raw_sql_in_a_query_is_a_word_of_the_language() {
        let query = "query q {\n  from t\n  select x: (sql(postgres: \"1\", spanner: \"2\") as bigint)\n}\n";
        let text = format!("table t {{\n  id  uuid  @primary_key\n}}\n{query}");
        assert!(hover(&text.replace("sql(", "s$0ql(")).contains("SQL as it is written"));
        assert!(hover(&text.replace("spanner:", "spa$0nner:")).contains("The text for Spanner."));
    }

    #[test]
    fn a_table_shows_the_ddl_of_both_databases() {
        let text = "/// Who signs in.\ntable us$0ers {\n  id  uuid = uuid()  @primary_key\n  email  text  @unique\n}\n";
        assert_eq!(
            hover(text),
            "```orm\ntable users\n```\n\nWho signs in.\n\n\
             **PostgreSQL**\n```sql\nCREATE TABLE \"users\" (\n  \"id\" UUID NOT NULL PRIMARY KEY DEFAULT \
             gen_random_uuid(),\n  \"email\" TEXT NOT NULL\n);\n\nCOMMENT ON TABLE \"users\" IS 'Who signs in.';\n\n\
             ALTER TABLE \"users\" ADD CONSTRAINT \"uq_users_email\" UNIQUE (\"email\");\n```\n\n\
             **Spanner**\n```sql\nCREATE TABLE users (\n  id STRING(36) NOT NULL DEFAULT (GENERATE_UUID()),\n  email \
             STRING(MAX) NOT NULL\n) PRIMARY KEY (id);\n\nCREATE UNIQUE INDEX uq_users_email ON users (email);\n```"
        );
    }

    #[test]
    fn a_function_shows_its_signature_and_its_sql() {
        let shown =
            hover("table files {\n  id uuid @primary_key\n  name text @check(ends_$0with(name, \".png\"))\n}\n");
        assert!(shown.starts_with("```orm\nends_with(text: text, part: text): boolean\n```"), "{shown}");
        assert!(shown.contains("**Spanner**\n```sql\nENDS_WITH(text, part)\n```"), "{shown}");
        assert!(shown.contains("May stand in every expression of a schema."), "{shown}");
    }

    #[test]
    fn what_a_database_cannot_have_is_said() {
        let shown = hover("table ti$0mes {\n  id uuid @primary_key\n  opens time\n}\n");
        assert!(shown.contains("\"opens\" TIME NOT NULL"), "{shown}");
        assert!(shown.contains("cannot create column opens of table times: Spanner has no column type"), "{shown}");
    }

    #[test]
    fn long_texts_are_cut_and_what_is_left_out_is_said() {
        let long = "ä".repeat(500_000);
        let table =
            |docs: &str| format!("/// {docs}\ntable t$0 {{\n  id  uuid  @primary_key\n  name  text = \"{long}\"\n}}\n");
        let shown = hover(&table("What it is."));
        assert!(shown.len() < 50_000 && shown.contains("What it is."), "{}", shown.len());
        assert_eq!(shown.matches("```").count(), 6, "every block ends");
        assert_eq!(shown.matches("more bytes").count(), 2, "{}", &shown[shown.len() - 200..]);
        let shown = hover(&table(&long));
        assert_eq!(shown.matches("more bytes").count(), 3);
        let values = (0..20_000).map(|it| format!("  v{it}\n")).collect::<String>();
        let shown = hover(&format!("enum $0E {{\n{values}}}\n"));
        assert!(shown.len() < 50_000 && shown.contains("more bytes"), "{}", shown.len());
    }

    #[test]
    fn no_ddl_is_invented_for_a_type_that_is_not_known() {
        let text = hover("table us$0ers {\n  id    uuid  @primary_key\n  born  dat\n}");
        assert!(!text.contains("\"born\""), "{text}");
        assert!(text.contains("column born: its type is not known"), "{text}");
    }

    #[test]
    fn a_table_is_shown_where_it_is_referred_to() {
        let shown = hover(
            "//- a.orm\ntable users {\n  id uuid @primary_key\n}\n//- b.orm\ntable posts {\n  id uuid @primary_key\n  \
             author uuid @references(us$0ers.id)\n}\n",
        );
        assert!(shown.contains("CREATE TABLE \"users\""), "{shown}");
        assert!(!shown.contains("posts"), "{shown}");
    }

    #[test]
    fn an_interleaved_table_has_its_foreign_key_and_its_enum() {
        let shown = hover(
            "enum State { open, done }\ntable orders {\n  order_id bigint @primary_key\n}\ntable lin$0es {\n  order_id \
             bigint\n  line bigint\n  state State = open\n  primary_key(order_id, line)\n  interleave(orders, \
             on_delete: cascade)\n}\n",
        );
        assert!(shown.contains("REFERENCES \"orders\" (\"order_id\") ON DELETE CASCADE"), "{shown}");
        assert!(shown.contains("INTERLEAVE IN PARENT orders ON DELETE CASCADE"), "{shown}");
        assert!(shown.contains("IN ('open', 'done')"), "{shown}");
        assert!(!shown.contains("CREATE TABLE \"orders\""), "{shown}");
    }

    #[test]
    fn a_column_shows_its_line_of_the_ddl() {
        let text = "table users {\n  id uuid @primary_key\n  /// For mail.\n  ema$0il  text?  @unique\n}\n";
        assert_eq!(
            hover(text),
            "```orm\nusers.email  text?\n```\n\nFor mail.\n\n**PostgreSQL**\n```sql\n\"email\" TEXT\n```\n\n\
             **Spanner**\n```sql\nemail STRING(MAX)\n```\n\nUnique: `uq_users_email`\n\n| | PostgreSQL | Spanner \
             |\n|---|---|---|\n| A value | [about 1 \
             GB](https://www.postgresql.org/docs/current/datatype-character.html) | [2,621,440 \
             characters](https://cloud.google.com/spanner/docs/reference/standard-sql/data-types) |\n| Key of \
             `uq_users_email` | as long as its values, up to 2,704 bytes | as long as its values, up to 8,192 bytes \
             |\n| Columns of the table | 2 of 1,600 | 2 of 1,024 |"
        );
    }

    #[test]
    fn a_column_of_a_mixin_says_where_it_is_from_and_what_holds_it() {
        let shown = hover(
            "mixin Owned {\n  owner_id uuid @references(users.id, on_delete: cascade)\n}\ntable users {\n  id uuid \
             @primary_key\n}\ntable posts {\n  id uuid @primary_key\n  ...Owned\n  index(own$0er_id)\n}\n",
        );
        assert!(shown.starts_with("```orm\nposts.owner_id  uuid\n```\n\nFrom mixin `Owned`"), "{shown}");
        assert!(shown.contains("References `users(id)`, on delete `cascade`"), "{shown}");
        assert!(shown.contains("Index: `idx_posts_owner_id`"), "{shown}");
    }

    #[test]
    fn a_mixin_shows_what_it_expands_to_and_who_uses_it() {
        let shown = hover(
            "//- a.orm\nmixin Times {\n  created_at timestamptz = now()\n}\nmixin Ba$0se {\n  id uuid @primary_key\n  \
             ...Times\n}\n//- b.orm\nmixin Owned {\n  ...Base\n}\ntable posts {\n  ...Owned\n}\ntable users {\n  \
             ...Base\n}\n",
        );
        assert_eq!(
            shown,
            "```orm\nmixin Base {\n  id uuid @primary_key\n  created_at timestamptz = now()\n}\n```\n\n\
             **PostgreSQL**\n```sql\n\"id\" UUID NOT NULL PRIMARY KEY,\n\"created_at\" TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT \
             CURRENT_TIMESTAMP\n```\n\n**Spanner**\n```sql\nid STRING(36) NOT NULL,\ncreated_at TIMESTAMP NOT NULL DEFAULT \
             (CURRENT_TIMESTAMP())\n```\n\nUsed by mixin `Owned`, table `posts`, table `users`"
        );
    }

    #[test]
    fn a_mixin_that_nobody_uses_says_so() {
        assert!(hover("mixin Ba$0se {\n  id uuid\n}\n").ends_with("Used by nothing"));
    }

    #[test]
    fn an_enum_shows_its_values_and_how_they_are_stored() {
        let text = "/// How far.\nenum State : varchar(10) {\n  open\n  /// Over.\n  done = \"finished\"\n}\ntable t {\n  \
                    id uuid @primary_key\n  state St$0ate\n}\n";
        assert_eq!(
            hover(text),
            "```orm\nenum State : varchar(10)\n```\n\nHow far.\n\n- `open`\n- `done`, stored as `finished`: Over.\n\n\
             Stored as `VARCHAR(10)` in PostgreSQL, `STRING(10)` in Spanner, with a CHECK of its values\n\nUsed by table `t`"
        );
    }

    #[test]
    fn an_enum_value_shows_what_is_stored() {
        let text = "enum State {\n  /// Over.\n  done = \"finished\"\n}\ntable t {\n  id uuid @primary_key\n  state State \
                    = do$0ne\n}\n";
        assert_eq!(hover(text), "```orm\nState.done = \"finished\"\n```\n\nOver.");
    }

    #[test]
    fn a_sequence_shows_its_ddl_where_it_is_used() {
        let shown = hover(
            "sequence shop.numbers(start: 5)\ntable t {\n  id uuid @primary_key\n  number bigint = \
             nextval(shop.num$0bers)\n}\n",
        );
        assert!(shown.starts_with("```orm\nsequence shop.numbers\n```"), "{shown}");
        assert!(shown.contains("CREATE SEQUENCE \"shop\".\"numbers\" START WITH 5;"), "{shown}");
        assert!(shown.contains("CREATE SEQUENCE shop.numbers BIT_REVERSED_POSITIVE START COUNTER WITH 5;"), "{shown}");
    }

    #[test]
    fn a_default_that_counts_shows_what_it_does() {
        let shown = hover("table t {\n  id bigint = iden$0tity() @primary_key\n}\n");
        assert!(shown.contains("an identity column"), "{shown}");
    }

    #[test]
    fn a_native_enum_shows_its_type_and_what_stores_it_elsewhere() {
        let shown = hover("enum St$0ate : varchar(9) @postgres(native: true) { done, open }\n");
        assert!(shown.contains("CREATE TYPE \"State\" AS ENUM ('done', 'open');"), "{shown}");
        assert!(shown.contains("Stored as `STRING(9)` in Spanner, with a CHECK of its values"), "{shown}");
    }

    #[test]
    fn views_extensions_and_raw_blocks_show_their_statements() {
        assert!(
            hover("view rec$0ent = sql(\"SELECT 1 AS one\")\n").contains("CREATE VIEW recent SQL SECURITY INVOKER")
        );
        assert!(hover("extension cit$0ext\n").contains("CREATE EXTENSION IF NOT EXISTS \"citext\";"));
        let raw = hover("raw post$0gres \"\"\"CREATE FUNCTION f() …; CREATE FUNCTION g() …\"\"\"\n");
        assert!(raw.contains("CREATE FUNCTION f() …;\n\nCREATE FUNCTION g() …;"), "{raw}");
        assert!(!raw.contains("Spanner"), "{raw}");
    }

    #[test]
    fn words_of_the_language_show_their_documentation() {
        assert_eq!(
            hover("table t {\n  id uu$0id\n}\n"),
            "```orm\nuuid\n```\n\nA universally unique identifier.\n\n| | PostgreSQL | Spanner |\n|---|---|---|\n| \
             `uuid` | UUID | STRING(36) |\n| A value | [16 \
             bytes](https://www.postgresql.org/docs/current/datatype-uuid.html) | [36 characters, or 16 bytes where \
             Spanner's UUID is \
             used](https://cloud.google.com/spanner/docs/reference/standard-sql/data-types) |"
        );
        let attribute = hover("table t {\n  id uuid @uni$0que\n}\n");
        assert!(attribute.contains("```orm\n@unique\n```\n\nNo two rows have the same value."), "{attribute}");
        assert!(attribute.contains("- `name:` The name in the database"), "{attribute}");
        assert!(hover("table t {\n  id uuid @primary_key\n  ind$0ex(id)\n}\n").contains("index(user_id"));
        assert!(hover("table t {\n  id uuid = uu$0id()\n}\n").contains("```orm\nuuid(): uuid\n```\n\nA random UUID"));
        assert!(
            hover("table t {\n  a text @references(t.a, on_de$0lete: cascade)\n}\n")
                .starts_with("```orm\non_delete:\n```")
        );
        assert!(hover("table t {\n  a text @gener$0ated\n}\n").contains("- `stored:` `false`: the value is computed"));
    }

    #[test]
    fn every_declaration_shows_what_its_keyword_means() {
        for word in orm_model::registry::DECLARATIONS {
            let shown = hover(&format!("/// A comment.\n// And another.\n$0{} x\n", word.name));
            assert!(shown.contains(word.docs), "{}: {shown}", word.name);
        }
        assert!(hover("tab$0le users {\n}\n").starts_with("```orm\ntable\n```\n\nA table:"));
    }

    #[test]
    fn defaults_that_are_no_functions_show_what_they_mean() {
        let shown = |default: &str| hover(&format!("table t {{\n  id uuid @primary_key\n  a text = {default}\n}}\n"));
        assert!(shown("ap$0p.slug()").contains("A function of the application"));
        assert!(shown("app.sl$0ug()").contains("A function of the application"));
        assert!(shown("s$0ql(\"1\")").contains("SQL as it is written"));
        assert!(shown("sql(post$0gres: \"1\")").contains("The text for PostgreSQL."));
        assert!(hover("view v = s$0ql(\"SELECT 1 AS one\")\n").contains("SQL as it is written"));
    }

    #[test]
    fn nothing_is_shown_where_nothing_is_known() {
        assert_eq!(hover("table t {\n  id uuuu$0id\n}\n"), "nothing");
        assert_eq!(hover("\n$0\n"), "nothing");
        assert_eq!(hover("table t {$0"), "nothing");
    }

    #[test]
    fn a_query_says_what_finds_its_rows() {
        let tables = "table users {\n  id    uuid  @primary_key\n  mail  text  @unique\n  name  text\n}\n";
        let by = |column: &str| {
            hover(&format!("{tables}query q$0(it: text) {{\n  from users\n  where {column} = $it\n  select id\n}}\n"))
        };
        assert!(by("mail").contains("Rows are found by\n- `users`: index `uq_users_mail`"), "{}", by("mail"));
        assert!(by("name").contains("- `users`: reading every row"), "{}", by("name"));
    }

    #[test]
    fn an_enum_says_who_uses_it() {
        let shown = hover(
            "//- a.orm\nenum Sta$0te { open }\n//- b.orm\ntable t {\n  id  uuid  @primary_key\n  s   State = \
             open\n}\nquery q(s: State) {\n  from t\n  where s = $s\n  select id\n}\n",
        );
        assert!(shown.ends_with("Used by table `t`, query `q`"), "{shown}");
    }
}
