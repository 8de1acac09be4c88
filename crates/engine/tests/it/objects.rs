//! Objects beside tables, where no golden case can be run on every database.

use orm_engine::plan::plan;
use orm_model::{Dialect, Extension, ObjectName, RawBlock, Schema, Targets};

fn statements(before: &Schema, after: &Schema, dialect: Dialect) -> Vec<String> {
    plan(before, after, &Targets::default(), dialect).statements.into_iter().map(|it| it.sql).collect()
}

/// PGlite has no extension to try.
#[test]
fn an_extension_is_postgres_alone() {
    let (empty, mut schema) = (Schema::default(), Schema::default());
    let extension = Extension { name: ObjectName::unqualified("citext") };
    schema.extensions.insert(extension.name.clone(), extension);
    assert_eq!(statements(&empty, &schema, Dialect::Postgres), ["CREATE EXTENSION IF NOT EXISTS \"citext\""]);
    assert_eq!(statements(&schema, &empty, Dialect::Postgres), ["DROP EXTENSION IF EXISTS \"citext\""]);
    assert!(statements(&empty, &schema, Dialect::Spanner).is_empty());
}

#[test]
fn blocks_run_in_their_order_and_go_in_the_opposite_one() {
    let block = |name: &str| RawBlock {
        dialect: Dialect::Postgres,
        up: format!("CREATE FUNCTION {name}() …"),
        down: Some(format!("DROP FUNCTION {name}()")),
    };
    let schema = |names: &[&str]| Schema { raw: names.iter().map(|it| block(it)).collect(), ..Schema::default() };
    let (none, both, other) = (schema(&[]), schema(&["a", "b"]), schema(&["b", "c"]));
    assert_eq!(statements(&none, &both, Dialect::Postgres), ["CREATE FUNCTION a() …", "CREATE FUNCTION b() …"]);
    assert_eq!(statements(&both, &none, Dialect::Postgres), ["DROP FUNCTION b()", "DROP FUNCTION a()"]);
    assert_eq!(statements(&both, &other, Dialect::Postgres), ["DROP FUNCTION a()", "CREATE FUNCTION c() …"]);
    assert!(statements(&none, &both, Dialect::Spanner).is_empty());
}
