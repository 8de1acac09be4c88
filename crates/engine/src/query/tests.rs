//! What one dialect writes otherwise, and what it cannot write. The SQL of whole queries stands in `tests/queries`.

use std::collections::BTreeMap;

use orm_model::{
    BinaryOperator, Dialect, Expression, Literal, ObjectName, PerDialect, ScalarType, Schema, Table, Targets,
    query::{
        Assignment, Cardinality, ConflictAction, EXCLUDED, Field, Filter, Insert, InsertRows, Join, JoinKind, Lock,
        LockWait, OnConflict, Output, OutputValue, Parameter, Query, QueryBody, RawQuery, Relation, Select, SortKey,
        Source,
    },
};
use serde_json::json;

use super::*;
use crate::dialect;

fn query(body: QueryBody) -> Query {
    Query {
        name: "q".to_owned(),
        doc: None,
        deprecated: None,
        parameters: Vec::new(),
        cardinality: Cardinality::Many,
        body,
        only: None,
    }
}

fn source(name: &str) -> Source {
    Source { name: name.to_owned(), relation: Relation::Table(ObjectName::unqualified(name)) }
}

fn field(source: &str, column: &str, scalar: ScalarType) -> Expression {
    let (source, column) = (source.to_owned(), column.to_owned());
    Expression::Field(Field { source, column, column_type: scalar.into(), nullable: false })
}

fn parameter(name: &str, scalar: ScalarType) -> Expression {
    Expression::Parameter(Parameter { name: name.to_owned(), column_type: scalar.into(), nullable: false })
}

fn output(name: &str, value: Expression) -> Output {
    Output { name: name.to_owned(), value: OutputValue::Expression(value) }
}

fn binary(operator: BinaryOperator, left: Expression, right: Expression) -> Expression {
    Expression::Binary { operator, left: Box::new(left), right: Box::new(right) }
}

/// `from t select id`
fn of_t() -> Select {
    let outputs = vec![output("id", field("t", "id", ScalarType::Bigint))];
    Select { from: Some(source("t")), outputs, ..Select::default() }
}

/// The table `t` with columns of whole numbers.
fn numbers(columns: &[&str]) -> Schema {
    let columns: Vec<_> = columns.iter().map(|it| json!({"name": it, "type": {"scalar": "bigint"}})).collect();
    let table: Table = serde_json::from_value(json!({"name": "t", "columns": columns, "primary_key": null})).unwrap();
    Schema { tables: BTreeMap::from([(table.name.clone(), table)]), ..Schema::default() }
}

fn render_with(body: QueryBody, schema: &Schema, dialect: Dialect) -> Result<String, String> {
    let rendered = render(&query(body), schema, &Targets::default(), dialect).map_err(|error| error.to_string())?;
    let bound = rendered.bind(dialect::of(dialect), &Given::default());
    Ok(bound.into_iter().map(|it| it.sql).collect::<Vec<_>>().join(";\n"))
}

fn postgres(select: Select) -> Result<String, String> {
    render_with(QueryBody::Select(Box::new(select)), &Schema::default(), Dialect::Postgres)
}

fn spanner(select: Select) -> Result<String, String> {
    render_with(QueryBody::Select(Box::new(select)), &Schema::default(), Dialect::Spanner)
}

/// The last line of a text.
fn last(text: Result<String, String>) -> Result<String, String> {
    text.map(|it| it.lines().last().unwrap_or_default().to_owned())
}

fn lock(shared: bool, wait: LockWait) -> Select {
    Select { lock: Some(Lock { shared, wait }), ..of_t() }
}

#[test]
fn rows_are_locked_where_the_database_can() {
    assert_eq!(last(postgres(lock(false, LockWait::Wait))), Ok("FOR UPDATE".to_owned()));
    assert_eq!(last(postgres(lock(true, LockWait::Skip))), Ok("FOR SHARE SKIP LOCKED".to_owned()));
    assert_eq!(last(postgres(lock(false, LockWait::Fail))), Ok("FOR UPDATE NOWAIT".to_owned()));
    assert_eq!(last(spanner(lock(false, LockWait::Wait))), Ok("FOR UPDATE".to_owned()));
    let skipped = spanner(lock(false, LockWait::Skip));
    assert_eq!(skipped, Err("Spanner has no SQL for `q`: it has no `skip_locked`".to_owned()));
    assert!(spanner(lock(true, LockWait::Wait)).is_err() && spanner(lock(false, LockWait::Fail)).is_err());
}

#[test]
fn rows_that_an_outer_join_makes_up_are_not_locked() {
    let joined = |kind| {
        let condition = Some(Expression::Literal(Literal::Boolean(true)));
        Select { joins: vec![Join { kind, source: source("u"), condition }], ..lock(false, LockWait::Wait) }
    };
    assert_eq!(last(postgres(joined(JoinKind::Inner))), Ok("FOR UPDATE".to_owned()));
    assert_eq!(last(postgres(joined(JoinKind::Left))), Ok("FOR UPDATE OF \"t\"".to_owned()));
    assert_eq!(last(postgres(joined(JoinKind::Right))), Ok("FOR UPDATE OF \"u\"".to_owned()));
    assert!(postgres(joined(JoinKind::Full)).is_err());
}

#[test]
fn a_locking_query_needs_a_transaction_that_writes() {
    let writes = |select: Select| {
        let query = query(QueryBody::Select(Box::new(select)));
        render(&query, &Schema::default(), &Targets::default(), Dialect::Spanner).map(|it| it.writes)
    };
    assert_eq!(writes(lock(false, LockWait::Wait)), Ok(true));
    assert_eq!(writes(of_t()), Ok(false));
}

#[test]
fn parameters_have_no_length_that_would_cut_them() {
    let filter = |scalar: ScalarType| {
        let left = field("t", "x", scalar.clone());
        let condition = binary(BinaryOperator::Equal, left, parameter("x", scalar));
        Select { filters: vec![Filter { condition, when: Vec::new() }], ..of_t() }
    };
    let text = |scalar: ScalarType| last(postgres(filter(scalar)));
    assert_eq!(text(ScalarType::Varchar(Some(3))), Ok("WHERE \"t\".\"x\" = $1::text".to_owned()));
    assert_eq!(text(ScalarType::Timestamptz(Some(3))), Ok("WHERE \"t\".\"x\" = $1::timestamptz".to_owned()));
    assert_eq!(last(spanner(filter(ScalarType::Text))), Ok("WHERE t.x = @p1".to_owned()));
}

#[test]
fn more_columns_than_a_call_has_arguments() {
    let columns = (1..=60).map(|it| output(&format!("c{it}"), field("u", &format!("c{it}"), ScalarType::Bigint)));
    let rows = Select { from: Some(source("u")), outputs: columns.collect(), ..Select::default() };
    let outputs = vec![Output { name: "us".to_owned(), value: OutputValue::Rows(Box::new(rows)) }];
    let select = Select { outputs, ..of_t() };
    let text = postgres(select.clone()).unwrap();
    assert_eq!(text.matches("jsonb_build_object(").count(), 2);
    assert!(text.contains("'c50', \"u\".\"c50\"\n  ) || jsonb_build_object(\n    'c51'"), "{text}");
    assert_eq!(spanner(select).unwrap().matches("JSON_OBJECT(").count(), 1);
}

#[test]
fn an_order_of_distinct_rows_is_one_of_what_is_selected() {
    let key =
        |column: &str| SortKey { value: field("t", column, ScalarType::Bigint), descending: false, nulls_first: true };
    let ordered = |column: &str| Select { distinct: true, order_by: vec![key(column)], ..of_t() };
    assert_eq!(last(postgres(ordered("id"))), Ok("ORDER BY \"distinct_rows\".\"id\"".to_owned()));
    let error = postgres(ordered("other")).unwrap_err();
    let expected =
        "PostgreSQL has no SQL for `q`: distinct rows are ordered by what is selected, which `orm check` should";
    assert!(error.starts_with(expected), "{error}");
}

#[test]
fn an_offset_needs_a_limit_on_spanner() {
    let offset = Select { offset: Some(parameter("n", ScalarType::Bigint)), ..of_t() };
    assert_eq!(last(postgres(offset.clone())), Ok("OFFSET $1::bigint".to_owned()));
    assert!(spanner(offset).unwrap().ends_with("LIMIT 9223372036854775807\nOFFSET @p1"));
}

#[test]
fn texts_that_are_no_texts_of_postgres() {
    let text = output("x", Expression::Literal(Literal::String("a\0b".to_owned())));
    let select = Select { outputs: vec![text], ..of_t() };
    let error = "PostgreSQL has no SQL for `q`: a text in it holds the character U+0000";
    assert_eq!(postgres(select.clone()), Err(error.to_owned()));
    assert!(spanner(select).unwrap().contains("'a\\u0000b'"));
}

#[test]
fn what_is_for_one_database_is_nothing_for_the_other() {
    let raw = RawQuery { text: PerDialect { postgres: Some(Vec::new()), spanner: None }, row: Vec::new() };
    let body = || QueryBody::Sql(raw.clone());
    assert!(render_with(body(), &Schema::default(), Dialect::Postgres).is_ok());
    let error = "Spanner has no SQL for `q`: there is no `sql(…)` for it";
    assert_eq!(render_with(body(), &Schema::default(), Dialect::Spanner), Err(error.to_owned()));
    let mut query = query(QueryBody::Select(Box::new(of_t())));
    query.only = Some(Dialect::Spanner);
    let refused = render(&query, &Schema::default(), &Targets::default(), Dialect::Postgres).unwrap_err();
    assert_eq!(refused.to_string(), "PostgreSQL has no SQL for `q`: it is for Spanner only");
}

/// `insert into t values { id: 1, x: … } on_conflict(key) do update set column = value`
fn upsert(x: Option<Expression>, key: &str, column: &str, value: Expression) -> QueryBody {
    let assignments = vec![Assignment { column: column.to_owned(), value: Some(value) }];
    QueryBody::Insert(Box::new(Insert {
        target: source("t"),
        columns: vec!["id".to_owned(), "x".to_owned()],
        rows: InsertRows::Values(vec![vec![Some(Expression::Literal(Literal::Integer(1))), x]]),
        on_conflict: Some(OnConflict {
            columns: vec![key.to_owned()],
            is_primary_key: key == "id",
            action: ConflictAction::Update { assignments, filters: Vec::new() },
        }),
        returning: Vec::new(),
    }))
}

#[test]
fn an_upsert_of_a_default_writes_the_default() {
    let schema = numbers(&["id", "x"]);
    let excluded = field(EXCLUDED, "x", ScalarType::Bigint);
    let text = render_with(upsert(None, "id", "x", excluded.clone()), &schema, Dialect::Spanner).unwrap();
    let expected =
        "UPDATE t AS t\nSET x = DEFAULT\nWHERE t.id = 1;\nINSERT OR IGNORE INTO t (id, x)\nVALUES (1, DEFAULT)";
    assert_eq!(text, expected);
    let computed = binary(BinaryOperator::Add, excluded, Expression::Literal(Literal::Integer(1)));
    let text = render_with(upsert(None, "id", "x", computed.clone()), &schema, Dialect::Spanner).unwrap();
    assert!(text.starts_with("UPDATE t AS t\nSET x = CAST(NULL AS INT64) + 1\n"), "{text}");
    let text = render_with(upsert(None, "id", "x", computed), &schema, Dialect::Postgres).unwrap();
    assert!(text.ends_with("ON CONFLICT (\"id\") DO UPDATE SET \"x\" = \"excluded\".\"x\" + 1"), "{text}");
}

#[test]
fn an_upsert_that_loses_its_row_is_refused() {
    let schema = numbers(&["id", "x"]);
    let three = || Expression::Literal(Literal::Integer(3));
    let body = upsert(Some(three()), "x", "x", three());
    assert!(render_with(body, &schema, Dialect::Spanner).is_err());
    let body = upsert(None, "x", "id", three());
    let error = render_with(body, &schema, Dialect::Spanner).unwrap_err();
    assert!(
        error.starts_with("Spanner has no SQL for `q`: `on_conflict` has no value for a column of its key"),
        "{error}"
    );
}

#[test]
fn tuples_of_numbers_that_may_be_nan_are_compared_one_by_one() {
    let tuple = |one, two| Expression::Tuple(vec![one, two]);
    let left = tuple(field("t", "x", ScalarType::Double), field("t", "id", ScalarType::Bigint));
    let right = tuple(parameter("x", ScalarType::Double), parameter("id", ScalarType::Bigint));
    let condition = binary(BinaryOperator::Equal, left, right);
    let select = Select { filters: vec![Filter { condition, when: Vec::new() }], ..of_t() };
    let text = postgres(select.clone()).unwrap();
    assert!(
        text.ends_with(
            "WHERE \"t\".\"x\" = $1::double precision AND \"t\".\"x\" <> 'NaN' AND \"t\".\"id\" = $2::bigint"
        ),
        "{text}"
    );
    assert_eq!(last(spanner(select)), Ok("WHERE (t.x, t.id) = (@p1, @p2)".to_owned()));
}

#[test]
fn raw_sql_that_writes_is_known_by_its_words() {
    let writes = |text: &str| {
        let piece = RawPiece::Text(text.to_owned());
        let raw = RawQuery { text: PerDialect { postgres: Some(vec![piece]), spanner: None }, row: Vec::new() };
        let query = query(QueryBody::Sql(raw));
        render(&query, &Schema::default(), &Targets::default(), Dialect::Postgres).unwrap().writes
    };
    for text in ["SELECT 1", "(SELECT inserted_at FROM t)", "\n with a AS (SELECT 1) SELECT * FROM a", "VALUES (1)"] {
        assert!(!writes(text), "{text}");
    }
    let writing = [
        "INSERT INTO t VALUES (1)",
        "WITH a AS (INSERT INTO t VALUES (1) RETURNING id) SELECT id FROM a",
        "with gone as (delete from t returning id) select count(*) from gone",
        "SELECT id FROM t FOR UPDATE",
        "SELECT id INTO copy FROM t",
        "CALL p()",
    ];
    for text in writing {
        assert!(writes(text), "{text}");
    }
}

#[test]
fn what_is_written_before_all_is_read_takes_several_statements() {
    let schema = numbers(&["id", "x"]);
    let number = |it| Some(Expression::Literal(Literal::Integer(it)));
    let set = || ConflictAction::Update {
        assignments: vec![Assignment { column: "x".to_owned(), value: number(1) }],
        filters: Vec::new(),
    };
    let rows = |count: i64| InsertRows::Values((0..count).map(|it| vec![number(it), number(it)]).collect());
    let read = || Select { outputs: vec![of_number("id"), of_number("x")], ..of_t() };
    for (rows, action, key, statements) in [
        (rows(1), ConflictAction::Nothing, "id", 1),
        (rows(3), ConflictAction::Nothing, "id", 1),
        (rows(3), ConflictAction::Nothing, "x", 3),
        (rows(3), set(), "id", 6),
        (InsertRows::Query(Box::new(read())), ConflictAction::Nothing, "id", 1),
        (InsertRows::Query(Box::new(read())), set(), "id", 2),
    ] {
        let insert = Insert {
            target: source("t"),
            columns: vec!["id".to_owned(), "x".to_owned()],
            rows,
            on_conflict: Some(OnConflict { columns: vec![key.to_owned()], is_primary_key: key == "id", action }),
            returning: Vec::new(),
        };
        let query = query(QueryBody::Insert(Box::new(insert.clone())));
        let rendered = render(&query, &schema, &Targets::default(), Dialect::Spanner).unwrap();
        assert_eq!(rendered.statements.len(), statements, "{insert:#?}");
        assert_eq!(insert.writes_before_reading(), statements > 1, "{insert:#?}");
    }
}

fn of_number(column: &str) -> Output {
    Output { name: column.to_owned(), value: OutputValue::Expression(field("t", column, ScalarType::Bigint)) }
}
