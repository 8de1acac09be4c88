//! Every kind of value there and back.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use orm_driver::{ErrorKind, Value};
use orm_model::dialect::Dialect;
use orm_testkit::databases;
use uuid::Uuid;

use crate::common::Session;

fn instant(text: &str) -> Value {
    text.parse::<DateTime<Utc>>().unwrap().into()
}

fn numeric(text: &str) -> Value {
    Value::Numeric(text.to_owned())
}

fn json(text: &str) -> Value {
    Value::Json(text.to_owned())
}

fn date(year: i32, month: u32, day: u32) -> Value {
    NaiveDate::from_ymd_opt(year, month, day).unwrap().into()
}

fn texts() -> Vec<Value> {
    ["", "it's \"q\" \\ \n\t", "Zoë 🦀 漢字", "NULL", "{a,b}", "$1 @p1"].map(Value::from).to_vec()
}

/// PostgreSQL type, values that it must keep.
fn postgres_values() -> Vec<(&'static str, Vec<Value>)> {
    let local = |text: &str| text.parse::<NaiveDateTime>().unwrap().into();
    let time = |text: &str| text.parse::<NaiveTime>().unwrap().into();
    vec![
        ("boolean", vec![true.into(), false.into()]),
        ("smallint", vec![Value::Int64(i16::MIN.into()), Value::Int64(i16::MAX.into())]),
        ("integer", vec![Value::Int64(i32::MIN.into()), Value::Int64(i32::MAX.into())]),
        ("bigint", vec![i64::MIN.into(), 0_i64.into(), i64::MAX.into()]),
        ("real", vec![Value::Float64(1.5), Value::Float64(f32::MAX.into())]),
        ("double precision", floats()),
        ("text", texts()),
        ("varchar(10)", vec!["Zoë".into()]),
        ("bytea", vec![Value::Bytes(vec![]), Value::Bytes((0..=255).collect())]),
        (
            "numeric",
            ["0", "-0.00010", "12345678901234567890123456789012345678901234567890.5", "10000", "NaN", "Infinity"]
                .map(numeric)
                .to_vec(),
        ),
        (
            "timestamptz",
            ["2024-02-29T23:59:59.999999Z", "0001-01-01T00:00:00Z", "-0043-03-15T12:00:00Z", "+12024-01-01T00:00:00Z"]
                .map(instant)
                .to_vec(),
        ),
        ("timestamp", vec![local("2024-02-29T23:59:59.999999"), local("-0043-03-15T12:00:00")]),
        ("date", vec![date(2024, 2, 29), date(1, 1, 1), date(-43, 3, 15), date(12024, 1, 1)]),
        ("time", vec![time("00:00:00"), time("23:59:59.999999")]),
        ("json", vec![json(r#"{"n": 123456789012345678901234567890, "z":"é"}"#), json("null")]),
        ("jsonb", vec![json(r#"{"n": 1.50}"#), json("[]")]),
        ("uuid", vec![Uuid::nil().into(), Uuid::max().into()]),
        ("text[]", vec![Value::Array(texts()), Value::Array(vec![]), Value::Array(vec![Value::Null, "NULL".into()])]),
        ("bigint[]", vec![Value::Array(vec![1_i64.into(), Value::Null, i64::MIN.into()])]),
        ("bytea[]", vec![Value::Array(vec![Value::Bytes(vec![0, 92, 34])])]),
        ("jsonb[]", vec![Value::Array(vec![json(r#"{"a": "\"\\"}"#)])]),
    ]
}

/// Spanner type, values that it must keep.
fn spanner_values() -> Vec<(&'static str, Vec<Value>)> {
    vec![
        ("BOOL", vec![true.into(), false.into()]),
        ("INT64", vec![i64::MIN.into(), 0_i64.into(), i64::MAX.into()]),
        ("FLOAT64", floats()),
        ("FLOAT32", vec![Value::Float64(1.5), Value::Float64(f64::INFINITY)]),
        ("STRING(MAX)", texts()),
        ("BYTES(MAX)", vec![Value::Bytes(vec![]), Value::Bytes((0..=255).collect())]),
        ("NUMERIC", ["0", "-99999999999999999999999999999.999999999", "0.000000001"].map(numeric).to_vec()),
        (
            "TIMESTAMP",
            ["2024-02-29T23:59:59.999999999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"].map(instant).to_vec(),
        ),
        ("DATE", vec![date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)]),
        ("JSON", vec![json(r#"{"n":1.5,"z":"é"}"#), json("null"), json("[]")]),
        (
            "ARRAY<STRING(MAX)>",
            vec![Value::Array(texts()), Value::Array(vec![]), Value::Array(vec![Value::Null, "x".into()])],
        ),
        ("ARRAY<INT64>", vec![Value::Array(vec![1_i64.into(), Value::Null, i64::MIN.into()])]),
        ("ARRAY<JSON>", vec![Value::Array(vec![json("{}")])]),
    ]
}

fn floats() -> Vec<Value> {
    [0.1, -0.0, f64::MAX, f64::MIN_POSITIVE, 5e-324, f64::INFINITY, f64::NEG_INFINITY].map(Value::from).to_vec()
}

async fn keeps(session: &mut Session, number: usize, ty: &str, values: Vec<Value>) {
    let table = format!("v{number}");
    let postgres = format!("CREATE TABLE {table} (id bigint PRIMARY KEY, v {ty})");
    let spanner = format!("CREATE TABLE {table} (id INT64 NOT NULL, v {ty}) PRIMARY KEY (id)");
    session.ddl(&[&postgres], &[&spanner]).await;
    let insert = session.sql(&format!("INSERT INTO {table} (id, v) VALUES (?, ?)"));
    let values: Vec<Value> = values.into_iter().chain([Value::Null]).collect();
    for (id, value) in (0_i64..).zip(&values) {
        let inserted = session.connection.execute(&insert, &[id.into(), value.clone()]).await;
        inserted.unwrap_or_else(|error| panic!("{ty} takes {value:?}: {error:?}"));
    }
    let rows = session.connection.query(&format!("SELECT v FROM {table} ORDER BY id"), &[]).await.unwrap();
    let kept: Vec<Value> = rows.iter().map(|it| it.get("v").unwrap()).collect();
    assert_eq!(kept, values, "{ty}");
}

async fn all_are_kept(session: &mut Session) {
    let values = match session.database.dialect() {
        Dialect::Postgres => postgres_values(),
        Dialect::Spanner => spanner_values(),
    };
    for (number, (ty, values)) in values.into_iter().enumerate() {
        keeps(session, number, ty, values).await;
    }
}

#[tokio::test]
async fn postgres_keeps_all_values() {
    let Some(database) = databases::postgres() else { return };
    all_are_kept(&mut Session::open(database).await).await;
}

#[tokio::test]
async fn pglite_keeps_all_values() {
    let Some(database) = databases::pglite() else { return };
    all_are_kept(&mut Session::open(database).await).await;
}

#[tokio::test]
async fn spanner_keeps_all_values() {
    let Some(database) = databases::spanner() else { return };
    all_are_kept(&mut Session::open(database).await).await;
}

#[tokio::test]
async fn a_uuid_fits_a_text_column_of_spanner() {
    let Some(database) = databases::spanner() else { return };
    let mut session = Session::open(database).await;
    session.ddl(&[], &["CREATE TABLE u (id STRING(36) NOT NULL) PRIMARY KEY (id)"]).await;
    session.connection.execute("INSERT INTO u (id) VALUES (@p1)", &[Uuid::nil().into()]).await.unwrap();
    let rows = session.connection.query("SELECT id FROM u WHERE id = @p1", &[Uuid::nil().into()]).await.unwrap();
    assert_eq!(rows[0].get::<String>("id").unwrap(), Uuid::nil().to_string());
}

#[tokio::test]
async fn enums_domains_and_catalog_types_are_read() {
    let Some(database) = databases::postgres() else { return };
    let mut session = Session::open(database).await;
    session
        .ddl(&["CREATE TYPE mood AS ENUM ('sad', 'ok')", "CREATE DOMAIN positive AS int CHECK (value > 0)"], &[])
        .await;
    let sql = "SELECT $1::mood AS m, 5::positive AS d, 'x'::name AS n, 't'::\"char\" AS c, 26::oid AS o, ARRAY['ok'::mood] AS a";
    let rows = session.connection.query(sql, &["sad".into()]).await.unwrap();
    let expected: [Value; 6] =
        ["sad".into(), 5_i64.into(), "x".into(), "t".into(), 26_i64.into(), Value::Array(vec!["ok".into()])];
    assert_eq!(rows[0].values(), expected);
}

#[tokio::test]
async fn what_has_no_counterpart_is_said() {
    let Some(database) = databases::postgres() else { return };
    let mut session = Session::open(database).await;
    let error = session.connection.query("SELECT interval '1 day' AS length", &[]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conversion);
    assert!(error.message().contains("type `interval`"), "{error}");
    let error = session.connection.query("SELECT 'infinity'::timestamptz", &[]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conversion, "{error}");
    let error = session.connection.execute("SELECT $1::int", &["seven".into()]).await.unwrap_err();
    assert_eq!((error.kind(), error.code()), (ErrorKind::Refused, Some("22P02")));
}

#[tokio::test]
async fn spanner_has_no_local_time() {
    let Some(database) = databases::spanner() else { return };
    let mut session = Session::open(database).await;
    let error = session.connection.query("SELECT @p1", &[NaiveTime::MIN.into()]).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Conversion);
    assert_eq!(error.message(), "Spanner has no type for a time");
}
