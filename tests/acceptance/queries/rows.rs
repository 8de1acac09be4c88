//! The rows that every case begins with, written by `insert into … values $rows`.

use std::{collections::BTreeMap, fs};

use orm_driver::{Connection, Statement};
use orm_engine::query::{self, Argument};
use orm_model::{
    ObjectName, Schema, Table, Targets,
    query::{Cardinality, Insert, InsertRows, ParameterValue, Query, QueryBody, QueryParameter, Relation, Source},
};
use serde_json::Value;

/// The tables, parents first.
const TABLES: [&str; 6] = ["users", "posts", "comments", "kinds", "counters", "tokens"];

/// Puts the rows into the tables, and nothing else.
pub(super) async fn fill(connection: &mut dyn Connection, schema: &Schema) {
    let sql = orm_engine::dialect::of(connection.dialect());
    let text = fs::read_to_string(super::case::folder().join("rows.json")).unwrap();
    let rows: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    let tables = TABLES.map(|it| &schema.tables[&ObjectName::unqualified(it)]);
    let delete = |table: &Table| format!("DELETE FROM {} AS t WHERE true", sql.object(&table.name));
    // The users have bosses among them, which go last.
    let nobody = Statement::new(
        format!("UPDATE {0} AS t SET {1} = NULL WHERE true", sql.quote("users"), sql.quote("boss_id")),
        [],
    );
    let deletes = tables.iter().rev().map(|it| Statement::new(delete(it), []));
    connection.run_transaction(&std::iter::once(nobody).chain(deletes).collect::<Vec<_>>()).await.unwrap();
    for table in tables {
        let query = insert(table);
        let given = [("rows".to_owned(), Argument::Json(rows[&table.name.name].clone()))].into();
        let arguments = query::argument::read(&query, schema, &given).unwrap();
        let answer = query::run(connection, &query, schema, &Targets::default(), &arguments).await.unwrap();
        assert_eq!(answer.changed, rows[&table.name.name].as_array().unwrap().len() as u64);
    }
}

pub(super) fn insert(table: &Table) -> Query {
    let target = Source { name: table.name.name.clone(), relation: Relation::Table(table.name.clone()) };
    let insert = Insert {
        target,
        columns: table.columns.iter().filter(|it| it.generated.is_none()).map(|it| it.name.clone()).collect(),
        rows: InsertRows::Parameter("rows".to_owned()),
        on_conflict: None,
        returning: Vec::new(),
    };
    let value = ParameterValue::Rows(table.name.clone());
    Query {
        name: "fill".to_owned(),
        doc: None,
        deprecated: None,
        parameters: vec![QueryParameter { name: "rows".to_owned(), value, nullable: false, default: None }],
        cardinality: Cardinality::Exec,
        body: QueryBody::Insert(Box::new(insert)),
        only: None,
    }
}
