//! The index that an editor adds for a query: its finding goes, and PostgreSQL finds the rows by the index.

use std::collections::BTreeSet;

use orm_driver::DdlBatch;
use orm_engine::{
    ddl, dialect,
    query::{Given, render},
};
use orm_ide::{AnalysisHost, FileEdit};
use orm_model::{Dialect, Index, Only, Schema, Targets};
use orm_schema_lang::{Severity, diagnostics::Severities};
use orm_testkit::databases;

use crate::database::block_on;

const PATH: &str = "schema.orm";

const TABLES: &str = "table users {\n  id       uuid         @primary_key\n  email    text\n  country  varchar(2)\n  \
                      joined   timestamptz\n}\n\n\
                      table posts {\n  id       uuid         @primary_key\n  user_id  uuid\n  title    text\n  \
                      views    bigint\n  at       timestamptz\n\n  index(title)\n}\n\n";

/// A query, and the rule that wants an index for it.
const QUERIES: [(&str, &str); 6] = [
    ("full-scan", "query q : many {\n  from users\n  where email = \"a\"\n  select id, email\n}\n"),
    (
        "full-scan",
        "query q : many {\n  from users\n  where country = \"de\" and joined > \"2024-01-01T00:00:00Z\"\n  select id\n}\n",
    ),
    (
        "full-scan",
        "mutation q : exec {\n  delete from posts\n  where user_id = \"6f1c2a3b-0d4e-4f5a-8b6c-7d8e9fa0b1c2\"\n}\n",
    ),
    (
        "full-scan",
        "query q {\n  from users\n  join posts on posts.user_id = users.id\n  where users.id = \"6f1c2a3b-0d4e-4f5a-8b6c-7d8e9fa0b1c2\"\n  select users.id, title\n}\n",
    ),
    ("unindexed-order", "query q {\n  from posts\n  order_by at desc, id\n  limit 10\n  select id, at\n}\n"),
    (
        "text-order-index",
        "query q {\n  from posts\n  where title > \"m\"\n  order_by title\n  limit 10\n  select id, title\n}\n",
    ),
];

#[test]
fn the_index_that_is_added_for_a_query_finds_its_rows() {
    let databases: Vec<_> = databases::all().into_iter().filter(|it| it.dialect() == Dialect::Postgres).collect();
    for (rule, query) in QUERIES {
        let before = format!("{TABLES}{query}");
        let (host, place) = (host(&before), before.find(" q").unwrap() + 1);
        let analysis = host.analysis();
        assert!(findings(&host).contains(&rule), "no {rule} in\n{query}");
        let edits = analysis.refactoring_edits(PATH, place..place, "index_for_query").unwrap();
        let after = applied(&before, &edits.unwrap_or_else(|| panic!("nothing is offered for\n{query}")));
        let indexed = self::host(&after);
        assert!(!findings(&indexed).contains(&rule), "{rule} is still found in\n{after}");
        let (old, schema) = (host.workspace().schema(), indexed.workspace().schema());
        let old_indexes = indexes(&old);
        let new = indexes(&schema).into_iter().filter(|it| !old_indexes.contains(it) && it.is_in(Dialect::Postgres));
        let new: Vec<_> = new.map(|it| it.name.clone()).collect();
        assert!(!new.is_empty(), "{after}");
        let query = &indexed.workspace().queries()["q"];
        let rendered = render(query, &schema, &Targets::default(), Dialect::Postgres).unwrap();
        let sql = rendered.bind(dialect::of(Dialect::Postgres), &Given::default()).swap_remove(0).sql;
        for database in &databases {
            let without = block_on(explain(database, &old, &sql));
            // An index in another order is no way to the rows in theirs.
            assert!(new.iter().all(|it| !without.contains(it)) || without.contains("Sort"), "{without}");
            let plan = block_on(explain(database, &schema, &sql));
            let is_used = new.iter().any(|it| plan.contains(it)) && !plan.contains("Sort");
            assert!(is_used, "{new:?} is not used by\n{sql}\n{plan}");
        }
    }
}

/// How PostgreSQL would run a statement in a new schema with these tables.
async fn explain(database: &databases::TestDatabase, schema: &Schema, sql: &str) -> String {
    let mut connection = database.connect().await.unwrap();
    for sql in
        ["DROP SCHEMA public CASCADE", "CREATE SCHEMA public", "SET enable_seqscan = off", "SET enable_sort = off"]
    {
        connection.execute(sql, &[]).await.unwrap();
    }
    let plan = ddl::plan(schema, &Targets::default(), Dialect::Postgres);
    let statements = plan.statements.iter().map(|it| it.sql.as_str());
    connection.apply_ddl(&DdlBatch::new(statements), &mut |_| {}).await.unwrap();
    let rows = connection.query(&format!("EXPLAIN {sql}"), &[]).await.unwrap();
    connection.close().await.unwrap();
    rows.iter().map(|it| format!("{it:?}\n")).collect()
}

fn host(text: &str) -> AnalysisHost {
    let mut host = AnalysisHost::new(Targets::default(), Severities::default());
    host.workspace_mut().open(PATH, text);
    host
}

/// The names of the rules that find something.
fn findings(host: &AnalysisHost) -> BTreeSet<&'static str> {
    let found = host.workspace().diagnostics(PATH);
    assert!(found.iter().all(|it| it.severity != Severity::Error), "{found:#?}");
    found.into_iter().map(|it| it.rule.slug).collect()
}

fn indexes(schema: &Schema) -> Vec<&Index> {
    schema.tables.values().flat_map(|it| &it.indexes).collect()
}

fn applied(text: &str, edits: &[FileEdit]) -> String {
    let mut text = text.to_owned();
    edits.iter().rev().for_each(|it| text.replace_range(it.range.clone(), &it.replacement));
    text
}
