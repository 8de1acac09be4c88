//! What a line at the beginning of a line declares.

use super::{
    ArgumentValue, Positional, WordInfo,
    arguments::{SKIP_RANGE, named},
    effect::{Effect, NOTHING, each, same},
};
use crate::PerDialect;

/// Every declaration, in the order of the reference.
pub const DECLARATIONS: &[WordInfo] = &[
    declaration(
        "table",
        "A table: columns, mixins and table items, one a line. `table auth.users` puts it into a named schema.",
        "table users {\n  id     uuid  @primary_key\n  email  text  @unique\n}",
        same("`CREATE TABLE`"),
    ),
    declaration(
        "mixin",
        "Columns and table items for several tables: `...Name` puts them where it stands. The database knows nothing of it.",
        "mixin Timestamps {\n  created_at  timestamptz = now()\n}",
        NOTHING,
    ),
    declaration(
        "enum",
        "A fixed set of texts, stored as `text` or as the `varchar(n)` or `char(n)` after the colon, with a check; \
         `@postgres(native: true)` makes it a type of PostgreSQL. A value may be stored as another text.",
        "enum State : varchar(20) { open, in_progress = \"in-progress\", done }",
        each(
            Effect::does("the text with a `CHECK` of the values; `CREATE TYPE … AS ENUM` with `native: true`"),
            Effect::does("the text with a `CHECK` of the values"),
        ),
    ),
    WordInfo {
        name: "sequence",
        named: &[
            named(
                "start",
                ArgumentValue::Counter,
                "The first number of PostgreSQL, the first counter of Spanner; 1 without it.",
            )
            .on(Effect::does("`START WITH`"), Effect::does("`START COUNTER WITH`")),
            named(
                "increment",
                ArgumentValue::Counter,
                "The step from one number to the next; Spanner's are spread anyway.",
            )
            .on(Effect::does("`INCREMENT BY`"), Effect::partly("nothing", "SP141")),
            named("cache", ArgumentValue::Counter, "How many numbers a session of PostgreSQL takes at once.")
                .on(Effect::does("`CACHE`"), Effect::partly("nothing", "SP141")),
            SKIP_RANGE,
            named(
                "owned_by",
                ArgumentValue::ColumnOfTable,
                "The column that the sequence goes with, as with PostgreSQL's `serial` columns.",
            )
            .on(Effect::does("`OWNED BY`"), Effect::does("nothing")),
        ],
        docs: "Numbers that the database hands out. PostgreSQL counts; Spanner reverses the bits of its counter, so that the \
               numbers are positive and spread.",
        example: "sequence order_numbers(start: 1000)",
        ..declaration(
            "sequence",
            "",
            "",
            each(
                Effect::does("`CREATE SEQUENCE`, which counts upwards"),
                Effect::does("`CREATE SEQUENCE … BIT_REVERSED_POSITIVE`"),
            ),
        )
    },
    declaration(
        "view",
        "A query that reads like a table: `sql(…)`, one text for both databases or one for each.",
        "view active_users = sql(\"SELECT u.id FROM users AS u WHERE u.active\")",
        each(Effect::does("`CREATE VIEW`"), Effect::does("`CREATE VIEW … SQL SECURITY INVOKER`")),
    ),
    declaration(
        "query",
        "A query: what a caller gives, how many rows it finds, and clauses, one a line. It gives the same rows in both \
         databases, or is `sql(…)`.",
        "query user_by_email(email: text) : optional {\n  from users\n  where email = $email\n  select id, name\n}",
        same("nothing, until the application runs it"),
    ),
    declaration(
        "mutation",
        "A query that writes one table: `insert into`, `update` or `delete from`.",
        "mutation rename_user(id: uuid, name: text) {\n  update users\n  set name = $name\n  where id = $id\n}",
        same("nothing, until the application runs it"),
    ),
    declaration(
        "extension",
        "An extension of PostgreSQL: `CREATE EXTENSION IF NOT EXISTS`. Spanner takes no notice.",
        "extension citext",
        each(Effect::does("`CREATE EXTENSION IF NOT EXISTS`"), Effect::does("nothing")),
    ),
    declaration(
        "raw",
        "Statements of one database that the language has no words for, and behind `down` those that take them back. They \
         run after all that the schema declares; nobody looks into them.",
        "raw postgres \"\"\"CREATE FUNCTION f() …\"\"\" down \"\"\"DROP FUNCTION f()\"\"\"",
        each(Effect::does("the statements of `raw postgres`"), Effect::does("the statements of `raw spanner`")),
    ),
];

const fn declaration(
    name: &'static str,
    docs: &'static str,
    example: &'static str,
    databases: PerDialect<Effect>,
) -> WordInfo {
    WordInfo { name, places: &[], positional: Positional::None, named: &[], docs, example, databases }
}

/// The declaration with this keyword.
pub fn find_declaration(keyword: &str) -> Option<&'static WordInfo> {
    DECLARATIONS.iter().find(|it| it.name == keyword)
}
