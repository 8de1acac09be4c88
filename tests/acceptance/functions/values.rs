//! Rows of interesting values: NULL, empty, Unicode, negative, extreme.

use orm_driver::{Connection, DdlBatch};
use orm_engine::dialect::{self, expression};
use orm_model::{Column, Expression, Literal, ScalarType, Schema, Table, Targets};

/// How many rows there are.
pub(super) const ROWS: usize = 420;

/// The columns: a letter for the type and a number, so that two arguments of one type are two columns.
const COLUMNS: &[(&str, &str, usize)] = &[
    ("b", "boolean", 2),
    ("i", "bigint", 3),
    ("k", "smallint", 1),
    ("n", "numeric", 3),
    ("f", "double", 3),
    ("t", "text", 3),
    ("y", "bytes", 1),
    ("d", "date", 3),
    ("z", "timestamptz", 3),
    ("j", "jsonb", 1),
    ("u", "uuid", 2),
    ("ta", "text[]", 2),
    ("ia", "bigint[]", 2),
];

/// The table of all values.
pub(super) fn table() -> Table {
    let mut lines = vec!["  id  bigint  @primary_key".to_owned()];
    for (letter, column_type, count) in COLUMNS {
        lines.extend((1..=*count).map(|number| format!("  {letter}{number}  {column_type}?")));
    }
    let text = format!("table v {{\n{}\n}}\n", lines.join("\n"));
    let schema = crate::schema::check(vec![("v.orm".to_owned(), text)], &Targets::default()).unwrap();
    schema.tables.into_values().next().unwrap()
}

/// Creates the table.
pub(super) async fn create(connection: &mut dyn Connection, table: &Table) {
    let sql = dialect::of(connection.dialect());
    let (mut schema, targets) = (Schema::default(), Targets::default());
    schema.tables.insert(table.name.clone(), table.clone());
    // The checks of what the types mean do not matter here.
    let mut lowered = sql.lower(&schema, &targets).catalog.tables.remove(&table.name).unwrap();
    lowered.checks.clear();
    let statements: Vec<_> = sql.create_table(&lowered).into_iter().map(|it| it.sql).collect();
    connection.apply_ddl(&DdlBatch::new(statements), &mut |_| {}).await.map_err(|it| it.source).unwrap();
}

/// Creates and fills the table.
pub(super) async fn fill(connection: &mut dyn Connection, table: &Table) {
    create(connection, table).await;
    let sql = dialect::of(connection.dialect());
    let (schema, targets) = (Schema::default(), Targets::default());
    let names: Vec<_> = table.columns.iter().map(|it| it.name.clone()).collect();
    let scope = expression::Scope::of_table(&schema, &targets, table);
    for first in (0..ROWS).step_by(60) {
        let rows: Vec<_> = (first..ROWS.min(first + 60))
            .map(|row| {
                let value = |column: &Column| {
                    expression::default_text(sql, scope, &value(&column.name, row), &column.column_type)
                };
                format!("({})", table.columns.iter().map(value).collect::<Vec<_>>().join(", "))
            })
            .collect();
        let statement = format!("INSERT INTO v ({}) VALUES {}", sql.columns(&names), rows.join(", "));
        connection.execute(&statement, &[]).await.unwrap_or_else(|error| panic!("{error}\n{statement}"));
    }
}

/// The value of a column in a row.
pub(super) fn value(column: &str, row: usize) -> Expression {
    if column == "id" {
        return Expression::Literal(Literal::Integer(row as i64));
    }
    let letters = column.trim_end_matches(|it: char| it.is_ascii_digit());
    let number: usize = column[letters.len()..].parse().unwrap();
    let all = of(letters);
    // The first column runs through its values while the others stay, so that values meet in many pairs.
    let index = match number {
        1 => row % all.len(),
        2 => (row / of_first(letters) + row * 5) % all.len(),
        _ => (row * 7 + row / 11) % all.len(),
    };
    // Different types move at different paces.
    let pace = letters.bytes().map(usize::from).sum::<usize>();
    all[(index + row / (3 + pace % 11)) % all.len()].clone()
}

fn of_first(letters: &str) -> usize {
    of(letters).len()
}

/// Whether an argument is NULL in that row, and whether all are.
pub(super) fn nulls(row: usize, expression: &Expression) -> (bool, bool) {
    let Expression::Call { arguments, .. } = expression else { return (false, false) };
    let mut nulls = arguments.iter().map(|it| is_null(row, it));
    (nulls.clone().any(|it| it), !arguments.is_empty() && nulls.all(|it| it))
}

/// Whether the first argument is NULL in that row.
pub(super) fn first_is_null(row: usize, expression: &Expression) -> bool {
    let Expression::Call { arguments, .. } = expression else { return false };
    arguments.first().is_some_and(|it| is_null(row, it))
}

fn is_null(row: usize, argument: &Expression) -> bool {
    match argument {
        Expression::Column(name) => value(name, row) == Expression::Literal(Literal::Null),
        _ => false,
    }
}

/// The arguments in that row, for a message.
pub(super) fn described(table: &Table, row: usize, expression: &Expression) -> String {
    let columns = expression.columns().into_iter().filter(|name| table.column(name).is_some());
    columns.map(|name| format!("{name} = {:?}", value(name, row))).collect::<Vec<_>>().join(", ")
}

fn of(letters: &str) -> Vec<Expression> {
    let text = |it: &str| Expression::Literal(Literal::String(it.to_owned()));
    let texts = |all: &[&str]| all.iter().map(|it| text(it)).collect::<Vec<_>>();
    let integers = |all: &[i64]| all.iter().map(|it| Expression::Literal(Literal::Integer(*it))).collect::<Vec<_>>();
    let decimals =
        |all: &[&str]| all.iter().map(|it| Expression::Literal(Literal::Decimal((*it).to_owned()))).collect::<Vec<_>>();
    let mut values = match letters {
        "b" => vec![Expression::Literal(Literal::Boolean(true)), Expression::Literal(Literal::Boolean(false))],
        "i" => integers(&[
            0,
            1,
            2,
            3,
            -1,
            -2,
            5,
            7,
            12,
            28,
            29,
            31,
            63,
            64,
            65,
            233,
            1000,
            2024,
            55_296,
            128_512,
            1_114_112,
            10_001,
            86_400,
            -86_400,
            1_700_000_000,
            -62_135_596_801,
            253_402_300_800,
            9_007_199_254_740_993,
            i64::MIN,
            i64::MAX,
            4_294_967_296,
            2_147_483_648,
        ]),
        "k" => integers(&[0, 1, -1, 7, i64::from(i16::MAX), i64::from(i16::MIN)]),
        "n" => decimals(&[
            "0",
            "1",
            "-1",
            "0.5",
            "-0.5",
            "1.5",
            "2.5",
            "-2.5",
            "0.000000001",
            "-0.000000001",
            "1234.567891234",
            "99999999999999999999999999999.999999999",
            "-99999999999999999999999999999.999999999",
            "9223372036854775807.5",
        ]),
        "f" => {
            let mut values = decimals(&[
                "0",
                "1",
                "-1",
                "0.5",
                "-0.5",
                "1.5",
                "2.5",
                "-2.5",
                "0.1",
                "100",
                "1e15",
                "4503599627370497.5",
                "1e300",
                "-1e300",
                "1e-300",
                "0.49999999999999994",
                "700",
                "-745.2",
                "3.7",
            ]);
            values.extend(
                ["NaN", "Infinity", "-Infinity"]
                    .map(|it| Expression::Cast { operand: Box::new(text(it)), to: ScalarType::Double.into() }),
            );
            values
        }
        "t" => texts(&[
            "",
            "a",
            "abc",
            " abc ",
            "ABC",
            "aXbXc",
            "X",
            "b",
            "\t x\n",
            "äöüß",
            "ÄÖÜ",
            "e\u{301}",
            "é",
            "😀b😀",
            "İi",
            "ΣΑΣ",
            "straße",
            "ﬁ",
            "日本語",
            "a%b_c\\d",
            "'\"",
            "1",
            "-12",
            "1.5",
            "1e3",
            "0x10",
            "true",
            "FALSE",
            "yes",
            "NaN",
            "2024-02-29",
            "today",
            "2024-05-06T07:08:09.123456Z",
            "2024-05-06 07:08:09+05:30",
            "00ff",
            "AP8=",
            "0g",
            "\\x41",
            "aaa",
            "line\nbreak",
            "999999999999999999999",
        ]),
        "y" => texts(&[
            "",
            "a",
            "\u{1}",
            "äöü",
            "a much longer text that Base64 breaks into lines, where it does that at all",
        ]),
        "d" => texts(&[
            "0001-01-01",
            "9999-12-31",
            "1970-01-01",
            "2024-02-29",
            "2023-02-28",
            "2021-01-03",
            "2020-12-31",
            "1900-03-01",
            "2000-02-01",
            "1969-12-31",
        ]),
        "z" => texts(&[
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999Z",
            "1970-01-01T00:00:00Z",
            "2024-02-29T12:34:56.789012Z",
            "2021-01-03T23:30:00Z",
            "1969-12-31T23:59:59.000001Z",
            "2024-03-10T07:30:00Z",
            "2020-12-31T00:00:00.5Z",
        ]),
        "j" => [
            "null",
            "true",
            "false",
            "0",
            "-3",
            "1.5",
            "1e2",
            "12345678901234567",
            "\"\"",
            "\"text\"",
            "\"ä\\\"\\\\ 😀\"",
            "[]",
            "[1,\"a\",null,{\"k\":1}]",
            "{}",
            "{\"a\":1}",
            "{\"a\":null}",
            "{\"a\":{\"b\":\"x\"}}",
            "{\"a\":\"text\"}",
            "{\"a\":true,\"b\":[1,2]}",
            "{\"a b\":2}",
        ]
        .iter()
        .map(|it| Expression::Literal(Literal::Json((*it).to_owned())))
        .collect(),
        "u" => texts(&["6ba7b810-9dad-11d1-80b4-00c04fd430c8", "00000000-0000-0000-0000-000000000000"]),
        "ta" => [&[][..], &["a"], &["a", "b"], &["b", "a", "a"], &["", "ä"], &["X", "abc"]]
            .iter()
            .map(|it| Expression::List(texts(it)))
            .collect(),
        "ia" => [&[][..], &[1], &[1, 2], &[3, 1, 2, 1], &[i64::MIN, i64::MAX], &[-1, 0, 7]]
            .iter()
            .map(|it| Expression::List(integers(it)))
            .collect(),
        other => panic!("no values of {other}"),
    };
    values.push(Expression::Literal(Literal::Null));
    values
}
