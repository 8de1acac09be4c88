//! Every function of the registry on every database, with the same arguments: the answers are equal, but for the
//! differences that the registry declares.

mod answers;
mod calls;
mod places;
mod values;

use std::collections::BTreeMap;

use orm_driver::{Connection, Value};
use orm_engine::dialect::{self, expression};
use orm_model::{
    Expression, Schema, Table, Targets, ValueKind, ValueType,
    registry::{self, FunctionInfo, Nullability, Volatility},
    typing::{self, Typing},
};
use orm_testkit::databases;

use crate::database::block_on;
use answers::{Answer, answers, same};
use calls::{Call, calls};

/// Functions whose last digit is the business of each machine's mathematical library.
const LAST_DIGIT: &[&str] = &["exp", "ln", "log10"];

#[test]
fn functions_answer_alike_in_every_database() {
    let databases = databases::all();
    if databases.len() < 3 {
        return;
    }
    let table = values::table();
    let calls: Vec<_> = registry::functions().flat_map(calls).collect();
    for info in registry::functions() {
        assert!(calls.iter().any(|it| it.info == info), "{} has no case", info.name);
    }
    let results: Vec<_> = std::thread::scope(|scope| {
        let run = |database| block_on(results(database, &table, &calls));
        let threads: Vec<_> = databases.iter().map(|database| scope.spawn(move || run(database))).collect();
        threads.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let mut report = Report::default();
    for (at, call) in calls.iter().enumerate() {
        let answers: Vec<_> = results.iter().map(|it: &Vec<Vec<Answer>>| &it[at]).collect();
        report.compare(call, &table, &answers);
    }
    report.finish(calls.len());
}

/// The answers of one database: of each call a list, one for each row.
async fn results(database: &databases::TestDatabase, table: &Table, calls: &[Call]) -> Vec<Vec<Answer>> {
    let mut connection = database.connect().await.unwrap();
    values::fill(&mut *connection, table).await;
    let mut results = Vec::new();
    for call in calls {
        let sql = text(&*connection, table, &call.expression);
        results.push(answers(&mut *connection, &sql, values::ROWS).await);
        check_type(&mut *connection, table, call, &sql, results.last().unwrap()).await;
    }
    connection.close().await.unwrap();
    results
}

/// The SQL of an expression over the columns of `table`.
fn text(connection: &dyn Connection, table: &Table, expression: &Expression) -> String {
    let (schema, targets) = (Schema::default(), Targets::default());
    let scope = expression::Scope::of_table(&schema, &targets, table);
    expression::condition_text(dialect::of(connection.dialect()), scope, expression)
}

fn typing_of(table: &Table, expression: &Expression) -> Typing {
    let column = |name: &str| {
        let column = table.column(name)?;
        let value = ValueType::Known(column.column_type.clone());
        Some(Typing { value, nullable: column.nullable })
    };
    typing::infer(expression, &column)
}

/// The values are of the declared type.
async fn check_type(connection: &mut dyn Connection, table: &Table, call: &Call, sql: &str, answers: &[Answer]) {
    let typing = typing_of(table, &call.expression);
    let declared = typing.value.known().unwrap_or_else(|| panic!("{call} has no type"));
    let name = dialect::of(connection.dialect()).cast_type(declared, &Targets::default()).unwrap();
    if let Some(value) = answers.iter().find_map(|it| it.value()) {
        let kind = kind_of(value);
        let is_text_uuid = typing.value.kind() == ValueKind::Uuid && kind == ValueKind::Text;
        assert!(kind == typing.value.kind() || is_text_uuid, "{call} gives {value:?}, declared is {declared}");
    }
    if connection.dialect().capabilities().transactional_ddl {
        let sql = format!("SELECT pg_typeof({sql})::text, '{name}'::regtype::text FROM v LIMIT 1");
        // A call that fails for the first row tells nothing of its type; other calls of the function do.
        if let Ok(rows) = connection.query(&sql, &[]).await {
            let names: [String; 2] = [rows[0].get_at(0).unwrap(), rows[0].get_at(1).unwrap()];
            let is_text = |it: &String| it == "text" || it == "character varying";
            assert!(names[0] == names[1] || names.iter().all(is_text), "{call}: {} is declared {}", names[0], names[1]);
        }
    }
}

fn kind_of(value: &Value) -> ValueKind {
    match value {
        Value::Bool(_) => ValueKind::Boolean,
        Value::Int64(_) => ValueKind::Integer,
        Value::Numeric(_) => ValueKind::Numeric,
        Value::Float64(_) => ValueKind::Float,
        Value::String(_) => ValueKind::Text,
        Value::Bytes(_) => ValueKind::Bytes,
        Value::Uuid(_) => ValueKind::Uuid,
        Value::Date(_) => ValueKind::Date,
        Value::Timestamp(_) => ValueKind::Timestamp,
        Value::TimestampLocal(_) => ValueKind::LocalTimestamp,
        Value::Json(_) => ValueKind::Json,
        Value::Array(_) => ValueKind::Array,
        Value::Null | Value::Time(_) => ValueKind::Unknown,
    }
}

/// What was found.
#[derive(Default)]
struct Report {
    answers: usize,
    errors: usize,
    /// Functions whose answers differ, with examples.
    different: BTreeMap<&'static str, Vec<String>>,
    /// Answers that are NULL, or are not, against the declaration.
    nulls: Vec<String>,
    /// Functions declared [`Nullability::Sometimes`] that were NULL for arguments that are not.
    sometimes: Vec<&'static str>,
}

impl Report {
    fn compare(&mut self, call: &Call, table: &Table, answers: &[&Vec<Answer>]) {
        let info = call.info;
        for row in 0..values::ROWS {
            self.answers += answers.len();
            let of_row: Vec<_> = answers.iter().map(|it| &it[row]).collect();
            self.errors += usize::from(of_row.iter().all(|it| it.value_or_null().is_none()));
            if info.volatility == Volatility::Immutable && !of_row.iter().all(|it| same(of_row[0], it)) {
                let arguments = values::described(table, row, &call.expression);
                let example = format!("{call} of {arguments}: {of_row:?}");
                self.different.entry(info.name).or_default().push(example);
            }
            for answer in of_row {
                if let Some(value) = answer.value_or_null() {
                    self.null(call, row, value.is_null());
                }
            }
        }
    }

    fn null(&mut self, call: &Call, row: usize, is_null: bool) {
        let (any, all) = values::nulls(row, &call.expression);
        let wanted = match call.info.nullability {
            Nullability::AnyArgument => any,
            Nullability::FirstArgument => values::first_is_null(row, &call.expression),
            Nullability::AllArguments => all,
            Nullability::Never => false,
            // Which of them is the value is chosen row by row.
            Nullability::OtherArguments if any || !is_null => return,
            Nullability::OtherArguments => false,
            Nullability::Sometimes => {
                if is_null && !any && !self.sometimes.contains(&call.info.name) {
                    self.sometimes.push(call.info.name);
                }
                return;
            }
        };
        if is_null != wanted && self.nulls.len() < 50 {
            self.nulls.push(format!("{call} in row {row}: is NULL {is_null}, declared {:?}", call.info.nullability));
        }
    }

    fn finish(self, calls: usize) {
        let mut complaints = self.nulls;
        for info in registry::functions() {
            match (info.difference, self.different.get(info.name)) {
                (None, Some(found)) => {
                    let shown = found.iter().take(4).cloned().collect::<Vec<_>>().join("\n    ");
                    complaints.push(format!("{}: {} answers differ:\n    {shown}", info.name, found.len()));
                }
                // Whether they differ is the machines' matter.
                (Some(_), None) if LAST_DIGIT.contains(&info.name) => {}
                (Some(_), None) => complaints.push(format!("{}: declared to differ, and does not", info.name)),
                _ => {}
            }
            if needs_null(info) && !self.sometimes.contains(&info.name) {
                complaints.push(format!("{}: declared to be NULL sometimes, and never was", info.name));
            }
        }
        let functions = registry::functions().count();
        println!(
            "{functions} functions, {calls} calls, {} answers, {} errors of all, {} functions differ as declared",
            self.answers,
            self.errors,
            self.different.len()
        );
        assert!(complaints.is_empty(), "{}\n{}", complaints.len(), complaints.join("\n"));
    }
}

/// Whether one of the cases must show that the function may be NULL by itself.
fn needs_null(info: &FunctionInfo) -> bool {
    // `if` is NULL where the value that it chooses is.
    info.nullability == Nullability::Sometimes && info.name != "if"
}
