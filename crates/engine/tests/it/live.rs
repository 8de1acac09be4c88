//! Apply, then inspect: what a plan makes of a real database is what the schema says. Every case goes forth and back.

use orm_driver::{Connection, DdlBatch};
use orm_engine::{catalog::differences, dialect, plan};
use orm_model::{
    BinaryOperator, Column, Dialect, Expression, Literal, ReferentialAction, ScalarType, Schema, Table, Targets,
    UnaryOperator, schema::NullsOrder, types::NumericSize,
};
use orm_testkit::databases::{self, TestDatabase};

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

use crate::{
    builder::{ColumnBuilder, TableBuilder, binary, call, col, column, literal, schema, table, text, with_enum},
    random,
};

#[tokio::test]
async fn postgres() {
    run(databases::postgres()).await;
}

#[tokio::test]
async fn pglite() {
    run(databases::pglite()).await;
}

#[tokio::test]
async fn spanner() {
    run(databases::spanner()).await;
}

async fn run(database: Option<TestDatabase>) {
    let Some(database) = database else { return };
    let mut connection = database.connect().await.unwrap();
    for case in cases(database.dialect()) {
        case.run(&mut *connection).await;
    }
    connection.close().await.unwrap();
}

/// Pairs of random schemas; `ORM_RANDOM_SCHEMAS` says how many, and every run takes others.
#[tokio::test]
async fn random_on_postgres() {
    run_random(databases::postgres()).await;
}

#[tokio::test]
async fn random_on_pglite() {
    run_random(databases::pglite()).await;
}

#[tokio::test]
async fn random_on_spanner() {
    run_random(databases::spanner()).await;
}

async fn run_random(database: Option<TestDatabase>) {
    let Some(database) = database else { return };
    let mut connection = database.connect().await.unwrap();
    let wanted = std::env::var("ORM_RANDOM_SCHEMAS").ok().and_then(|it| it.parse().ok()).unwrap_or(8);
    let mut runner = TestRunner::default();
    let mut done = 0;
    while done < wanted {
        let (before, after) = (random::schema(), random::schema()).new_tree(&mut runner).unwrap().current();
        let targets = Targets::default();
        let is_possible = |from, to| plan::plan(from, to, &targets, database.dialect()).unsupported.is_empty();
        if is_possible(&before, &after) && is_possible(&after, &before) {
            Case { name: "random", before, after }.run(&mut *connection).await;
            done += 1;
        }
    }
    connection.close().await.unwrap();
}

struct Case {
    name: &'static str,
    before: Schema,
    after: Schema,
}

impl Case {
    async fn run(&self, connection: &mut dyn Connection) {
        let empty = Schema::default();
        let steps = [&empty, &self.before, &self.after, &self.before, &empty, &self.after, &empty];
        for pair in steps.windows(2) {
            self.step(connection, pair[0], pair[1]).await;
        }
    }

    async fn step(&self, connection: &mut dyn Connection, before: &Schema, after: &Schema) {
        let (dialect, targets) = (connection.dialect(), Targets::default());
        let plan = plan::plan(before, after, &targets, dialect);
        assert_eq!(plan.unsupported, [], "{}", self.name);
        let statements = plan.statements.iter().map(|it| it.sql.clone()).collect::<Vec<_>>();
        let texts = statements.iter().map(String::as_str).collect::<Vec<_>>();
        for batch in plan::batches(&texts, dialect) {
            let batch = DdlBatch::new(&statements[batch.statements]);
            if let Err(error) = connection.apply_ddl(&batch, &mut |_| {}).await {
                panic!("{}: {error:?}\n{}", self.name, statements.join(";\n"));
            }
        }
        let sql = dialect::of(dialect);
        let inspection = sql.inspect(connection).await.unwrap();
        let expected = sql.normalize(sql.lower(after, &targets).catalog);
        let found = differences(&expected, &sql.normalize(inspection.catalog));
        let found = found.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(found.is_empty(), "{}:\n{}\nafter\n{}", self.name, found.join("\n"), statements.join(";\n"));
        assert_eq!(inspection.unmodelled, Vec::<String>::new(), "{}", self.name);
    }
}

fn id() -> Column {
    column("id", ScalarType::Bigint)
}

/// A table `t` with these columns beside its key.
fn t(columns: impl IntoIterator<Item = Column>) -> Schema {
    schema([table("t", std::iter::once(id()).chain(columns))])
}

fn changed(before: &Table, change: impl FnOnce(&mut Table)) -> (Schema, Schema) {
    let mut after = before.clone();
    change(&mut after);
    (schema([before.clone()]), schema([after]))
}

fn cases(dialect: Dialect) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |name, (before, after)| cases.push(Case { name, before, after });
    add("every type", (Schema::default(), t(every_type(dialect))));
    add("every default", (Schema::default(), t(every_default())));
    add("new columns with every default", (t([]), t(every_default())));
    add("every condition", (t(condition_columns()), schema([with_conditions()])));
    columns(dialect, &mut add);
    indexes(dialect, &mut add);
    enums(&mut add);
    references(dialect, &mut add);
    add("odd names", (Schema::default(), odd_names()));
    add("named schemas", (Schema::default(), named_schemas()));
    add("a whole schema", (Schema::default(), whole()));
    if dialect.capabilities().alter_primary_key {
        let two = || table("t", [id(), column("b", ScalarType::Bigint)]);
        add("another primary key", (schema([two()]), schema([two().key(&["b", "id"])])));
        let named = changed(&two(), |it| it.primary_key.as_mut().unwrap().name = Some("my_key".to_owned()));
        add("a named primary key", named);
        let child = || table("u", [id()]).references(&["id"], "t", &["id"], ReferentialAction::NoAction);
        let (before, mut after) = changed(&two(), |it| it.primary_key.as_mut().unwrap().name = Some("k".to_owned()));
        let mut before = before;
        before.tables.insert(child().name, child());
        after.tables.insert(child().name, child());
        add("a primary key that is referred to", (before, after));
        retyped_in_postgres(&mut add);
    }
    if dialect.capabilities().comments {
        let documented = t([column("a", ScalarType::Text).doc("It's \"a\".\nLine two.")]);
        add("comments", (t([column("a", ScalarType::Text)]), documented));
        let (before, after) = changed(&table("t", [id()]).doc("One"), |it| it.doc = Some("Two".to_owned()));
        add("another comment", (before, after));
    }
    cases
}

fn every_type(dialect: Dialect) -> Vec<Column> {
    let numeric = |precision, scale| ScalarType::Numeric(Some(NumericSize { precision, scale }));
    let mut types = vec![
        ScalarType::Boolean,
        ScalarType::Smallint,
        ScalarType::Integer,
        ScalarType::Bigint,
        ScalarType::Real,
        ScalarType::Double,
        ScalarType::Numeric(None),
        numeric(10, 2),
        ScalarType::Text,
        ScalarType::Varchar(None),
        ScalarType::Varchar(Some(10)),
        ScalarType::Char(3),
        ScalarType::Bytes(None),
        ScalarType::Bytes(Some(16)),
        ScalarType::Uuid,
        ScalarType::Date,
        ScalarType::Timestamptz(None),
        ScalarType::Timestamptz(Some(3)),
        ScalarType::TimestampLocal(None),
        ScalarType::TimestampLocal(Some(0)),
        ScalarType::Json,
        ScalarType::Jsonb,
    ];
    if dialect.capabilities().comments {
        types.extend([ScalarType::Time(None), ScalarType::Time(Some(3)), ScalarType::Interval]);
    }
    let columns = types.iter().enumerate().flat_map(|(at, scalar)| {
        let plain = column(&format!("c{at}"), scalar.clone());
        let nullable = column(&format!("n{at}"), scalar.clone()).nullable();
        let array = column(&format!("a{at}"), scalar.clone()).array();
        [plain, nullable, array]
    });
    columns.collect()
}

fn every_default() -> Vec<Column> {
    let literals = [
        (ScalarType::Boolean, Literal::Boolean(true)),
        (ScalarType::Smallint, Literal::Integer(-5)),
        (ScalarType::Bigint, Literal::Integer(i64::MIN)),
        (ScalarType::Bigint, Literal::Integer(i64::MAX)),
        (ScalarType::Real, Literal::Decimal("-1.5".to_owned())),
        (ScalarType::Double, Literal::Decimal("2.50".to_owned())),
        (ScalarType::Double, Literal::Integer(3)),
        (ScalarType::Double, Literal::Decimal("1e3".to_owned())),
        (ScalarType::Double, Literal::Decimal("01.5e-7".to_owned())),
        (ScalarType::Numeric(None), Literal::Decimal("1.50".to_owned())),
        (ScalarType::Numeric(None), Literal::Integer(-7)),
        (ScalarType::Text, text("it's a \\ \"quote\" and\na line, ünïcode 🙂")),
        (ScalarType::Text, text("")),
        (ScalarType::Text, text("42")),
        (ScalarType::Varchar(Some(10)), text("N/A")),
        (ScalarType::Char(3), text("abc")),
        (ScalarType::Bytes(None), text("a'\\b")),
        (ScalarType::Uuid, text("6ba7b810-9dad-11d1-80b4-00c04fd430c8")),
        (ScalarType::Date, text("2024-02-29")),
        (ScalarType::Timestamptz(None), text("2024-01-01T10:00:00.5+02:00")),
        (ScalarType::TimestampLocal(None), text("2024-01-01T10:00:00")),
        (ScalarType::Jsonb, Literal::Json("{\"theme\":\"light\",\"a\":[1,2.5,null]}".to_owned())),
        (ScalarType::Json, Literal::Json("[]".to_owned())),
    ];
    let arrays = [
        (ScalarType::Text, vec![]),
        (ScalarType::Text, vec![text("a"), text("it's")]),
        (ScalarType::Varchar(Some(5)), vec![text("a")]),
        (ScalarType::Integer, vec![Literal::Integer(1), Literal::Integer(-2)]),
        (ScalarType::Real, vec![Literal::Decimal("1.5".to_owned())]),
        (ScalarType::Numeric(None), vec![Literal::Integer(1), Literal::Decimal("0.5".to_owned())]),
        (ScalarType::Date, vec![text("2024-02-29")]),
        (ScalarType::Uuid, vec![text("6ba7b810-9dad-11d1-80b4-00c04fd430c8")]),
    ];
    let literals = literals
        .into_iter()
        .enumerate()
        .map(|(at, (scalar, literal))| column(&format!("d{at}"), scalar).default(literal));
    let arrays = arrays
        .into_iter()
        .enumerate()
        .map(|(at, (scalar, items))| column(&format!("l{at}"), scalar).array().default_list(items));
    let calls = [
        column("now", ScalarType::Timestamptz(None)).default_call("now"),
        column("uuid", ScalarType::Uuid).default_call("uuid"),
    ];
    literals.chain(arrays).chain(calls).collect()
}

fn condition_columns() -> Vec<Column> {
    vec![
        column("s", ScalarType::Text),
        column("v", ScalarType::Varchar(Some(10))).nullable(),
        column("n", ScalarType::Numeric(None)),
        column("i", ScalarType::Bigint),
        column("j", ScalarType::Bigint),
        column("d", ScalarType::Double),
        column("b", ScalarType::Boolean).nullable(),
        column("y", ScalarType::Bytes(None)),
        column("day", ScalarType::Date),
        column("at", ScalarType::Timestamptz(None)),
        column("u", ScalarType::Uuid),
    ]
}

fn with_conditions() -> Table {
    use BinaryOperator as Op;
    let int = |value| literal(Literal::Integer(value));
    let decimal = |value: &str| literal(Literal::Decimal(value.to_owned()));
    let string = |value: &str| literal(text(value));
    let boxed = |it: Expression| Box::new(it);
    let not = |it: Expression| Expression::Unary { operator: UnaryOperator::Not, operand: boxed(it) };
    let is_in = |operand, list, negated| Expression::In { operand: boxed(operand), list, negated };
    let between = |operand, low, high, negated| Expression::Between {
        operand: boxed(operand),
        low: boxed(low),
        high: boxed(high),
        negated,
    };
    let like = |operand, pattern: &str, negated| Expression::Like {
        operand: boxed(operand),
        pattern: boxed(string(pattern)),
        negated,
    };
    let is_null = |operand, negated| Expression::IsNull { operand: boxed(operand), negated };
    let greater = |left, right| binary(Op::Greater, left, right);
    let conditions = [
        is_in(col("s"), vec![string("a"), string("it's")], false),
        is_in(col("v"), vec![string("a")], false),
        is_in(col("v"), vec![string("a"), string("b")], true),
        is_in(col("i"), vec![int(1), int(-2)], false),
        between(col("i"), int(-3), int(5), false),
        between(col("n"), decimal("0.5"), int(5), true),
        like(col("s"), "a\\%b_%", false),
        like(col("v"), "%\\\\", true),
        is_null(col("v"), false),
        not(binary(Op::Or, is_null(col("v"), true), col("b"))),
        binary(
            Op::And,
            greater(col("i"), int(0)),
            binary(Op::Or, greater(col("j"), int(1)), greater(col("d"), decimal("1.5"))),
        ),
        binary(Op::Equal, greater(col("i"), int(1)), is_null(col("v"), false)),
        greater(binary(Op::Divide, col("i"), int(2)), binary(Op::Remainder, col("j"), int(3))),
        greater(binary(Op::Divide, col("d"), decimal("2.5")), int(3)),
        greater(
            binary(Op::Subtract, col("i"), binary(Op::Subtract, col("j"), int(-1))),
            Expression::Unary { operator: UnaryOperator::Negate, operand: boxed(binary(Op::Add, col("i"), int(-4))) },
        ),
        greater(binary(Op::Multiply, binary(Op::Add, col("i"), int(1)), col("j")), int(0)),
        binary(Op::NotEqual, binary(Op::Concatenate, col("s"), string("x")), call("lower", [col("v")])),
        greater(call("char_length", [call("upper", [col("s")])]), int(1)),
        binary(Op::LessOrEqual, call("byte_length", [col("y")]), int(9)),
        greater(call("abs", [col("n")]), decimal("1.25")),
        greater(call("coalesce", [col("i"), int(0)]), int(0)),
        greater(col("day"), string("2020-01-01")),
        greater(col("at"), string("2020-01-01T00:00:00Z")),
        binary(Op::NotEqual, col("u"), string("6ba7b810-9dad-11d1-80b4-00c04fd430c8")),
        Expression::Case {
            operand: Some(boxed(col("s"))),
            branches: vec![(string("a"), greater(col("i"), int(1)))],
            otherwise: Some(boxed(literal(Literal::Boolean(true)))),
        },
        Expression::Case {
            operand: None,
            branches: vec![(greater(col("i"), int(1)), col("b")), (col("b"), greater(col("j"), int(1)))],
            otherwise: None,
        },
        binary(Op::Equal, Expression::Cast { operand: boxed(col("i")), to: ScalarType::Text.into() }, col("s")),
        binary(Op::Equal, col("b"), literal(Literal::Boolean(false))),
        col("b"),
    ];
    let table = table("t", std::iter::once(id()).chain(condition_columns()));
    conditions
        .into_iter()
        .enumerate()
        .fold(table, |table, (at, condition)| table.check(&format!("c{at:02}"), condition))
}

type Add<'a> = &'a mut dyn FnMut(&'static str, (Schema, Schema));

fn columns(dialect: Dialect, add: Add<'_>) {
    let a = || column("a", ScalarType::Varchar(Some(10)));
    add("a column", (t([]), t([a().nullable()])));
    add("a column that must have a value", (t([]), t([a(), column("b", ScalarType::Integer)])));
    add("a column in the middle", (t([a()]), t([column("b", ScalarType::Date).nullable(), a()])));
    add("nullability", (t([a()]), t([a().nullable()])));
    add("a longer text", (t([a().default(text("x"))]), t([column("a", ScalarType::Text).default(text("x"))])));
    add("another default", (t([a().default(text("x"))]), t([a().default(text("y"))])));
    add("no default", (t([a().default(text("x"))]), t([a()])));
    add(
        "type, default and nullability at once",
        (t([a().default(text("x"))]), t([column("a", ScalarType::Varchar(Some(20))).nullable()])),
    );
    add("exactly as long", (t([column("a", ScalarType::Char(3))]), t([column("a", ScalarType::Char(5)).nullable()])));
    add(
        "a longer array",
        (t([column("a", ScalarType::Varchar(Some(3))).array()]), t([column("a", ScalarType::Text).array()])),
    );
    add("smallint to integer", (t([column("a", ScalarType::Smallint)]), t([column("a", ScalarType::Integer)])));
    add(
        "integer to bigint with a default",
        (
            t([column("a", ScalarType::Integer).default(Literal::Integer(1))]),
            t([column("a", ScalarType::Bigint).default(Literal::Integer(1))]),
        ),
    );
    if dialect.capabilities().interleaving {
        let at = || column("at", ScalarType::Timestamptz(None)).nullable();
        let commit = Column { allow_commit_timestamp: true, ..at() };
        add("commit timestamps", (t([at()]), t([commit])));
        add("text to bytes", (t([column("a", ScalarType::Text)]), t([column("a", ScalarType::Bytes(Some(9)))])));
    }
}

fn retyped_in_postgres(add: Add<'_>) {
    let numeric = |scale| ScalarType::Numeric(Some(NumericSize { precision: 9, scale }));
    let pairs = [
        (ScalarType::Text, ScalarType::Integer),
        (ScalarType::Text, ScalarType::Uuid),
        (ScalarType::Text, ScalarType::Jsonb),
        (ScalarType::Integer, ScalarType::Boolean),
        (ScalarType::Bigint, ScalarType::Double),
        (numeric(4), numeric(2)),
        (ScalarType::Timestamptz(None), ScalarType::TimestampLocal(Some(3))),
        (ScalarType::TimestampLocal(None), ScalarType::Date),
        (ScalarType::Json, ScalarType::Jsonb),
        (ScalarType::Bytes(Some(3)), ScalarType::Bytes(None)),
    ];
    for (from, to) in pairs {
        add("another type", (t([column("a", from)]), t([column("a", to)])));
    }
    let from = column("a", ScalarType::Text).default(text("1"));
    add("another type of the default", (t([from]), t([column("a", ScalarType::Bigint).default(Literal::Integer(1))])));
    let family = |scalar: ScalarType| {
        let parent = table("p", [column("id", scalar.clone())]).unique(&["id"]);
        let child = table("t", [id(), column("p", scalar)]).index(&["p"]);
        schema([parent, child.references(&["p"], "p", &["id"], ReferentialAction::Cascade)])
    };
    add("another type of a foreign key", (family(ScalarType::Text), family(ScalarType::Uuid)));
}

fn indexes(dialect: Dialect, add: Add<'_>) {
    let base = || {
        let columns = [
            id(),
            column("a", ScalarType::Text),
            column("b", ScalarType::Bigint).nullable(),
            column("c", ScalarType::Date).nullable(),
        ];
        table("t", columns)
    };
    let mut sorted = |name, change: &dyn Fn(&mut orm_model::Index)| {
        add(name, (schema([base()]), schema([base().index_with("i", &["a", "b"], change)])));
    };
    sorted("an index", &|_| {});
    sorted("an index downwards", &|it| it.keys[1].descending = true);
    sorted("a unique index", &|it| it.unique = true);
    sorted("an index that stores", &|it| it.storing = vec!["c".to_owned()]);
    sorted("an index without NULLs", &|it| it.null_filtered = true);
    sorted("a unique index without NULLs", &|it| (it.null_filtered, it.unique) = (true, true));
    if dialect.capabilities().distinct_nulls {
        sorted("NULLs first", &|it| it.keys[1].nulls = Some(NullsOrder::First));
        sorted("NULLs last downwards", &|it| {
            it.keys[1].nulls = Some(NullsOrder::Last);
            it.keys[1].descending = true;
        });
        sorted("NULLs where they are anyway", &|it| it.keys[1].nulls = Some(NullsOrder::Last));
        let array = || table("t", [id(), column("tags", ScalarType::Text).array()]);
        let gin = array().index_with("g", &["tags"], |it| it.using = Some("gin".to_owned()));
        add("a GIN index", (schema([array()]), schema([gin])));
        let btree = base().index_with("i", &["a"], |it| it.using = Some("btree".to_owned()));
        add("a B-tree by name", (schema([base()]), schema([btree])));
    }
    add(
        "other keys",
        (schema([base().index_with("i", &["a"], |_| {})]), schema([base().index_with("i", &["b", "a"], |_| {})])),
    );
    add("unique", (schema([base()]), schema([base().unique(&["a"]).unique(&["a", "b"])])));
    add("unique columns become nullable", {
        let nullable = |nullable| {
            let mut table = base().unique(&["a"]).index(&["a"]);
            table.columns[1].nullable = nullable;
            schema([table])
        };
        (nullable(false), nullable(true))
    });
    add("unique with equal NULLs", changed(&base().unique(&["b"]), |it| it.uniques[0].nulls_equal = true));
    add("a column goes with all that uses it", {
        let full =
            base().unique(&["b"]).index(&["b", "a"]).check("ck", binary(BinaryOperator::Greater, col("b"), col("id")));
        let mut bare = base();
        bare.columns.retain(|it| it.name != "b");
        (schema([full]), schema([bare]))
    });
}

fn enums(add: Add<'_>) {
    let color = || ScalarType::Enum("Color".to_owned());
    let columns = || {
        [
            column("a", color()),
            column("b", color()).nullable().default(text("red")),
            column("l", color()).array().nullable(),
        ]
    };
    let with = |storage, values: &[&str]| with_enum(t(columns()), "Color", storage, values);
    add("an enum", (t([]), with(ScalarType::Text, &["red", "it's"])));
    add(
        "another value",
        (with(ScalarType::Text, &["red", "green"]), with(ScalarType::Text, &["red", "green", "blue"])),
    );
    add("one value", (with(ScalarType::Text, &["red"]), with(ScalarType::Text, &["red", "blue"])));
    add(
        "longer storage",
        (with(ScalarType::Varchar(Some(5)), &["red"]), with(ScalarType::Varchar(Some(9)), &["red", "vermilion"])),
    );
    add("a check beside the one of the type", {
        let checked = || t([column("a", color()), column("s", ScalarType::Smallint)]);
        let mut after = checked();
        after.tables.values_mut().for_each(|table| {
            let positive = binary(BinaryOperator::Greater, col("s"), literal(Literal::Integer(0)));
            *table = table.clone().check("ck_t_s", positive);
            *table = table.clone().check("ck_t_a", binary(BinaryOperator::NotEqual, col("a"), literal(text("red"))));
        });
        let values = ["red", "green"];
        (with_enum(checked(), "Color", ScalarType::Text, &values), with_enum(after, "Color", ScalarType::Text, &values))
    });
}

fn references(dialect: Dialect, add: Add<'_>) {
    let parent = || table("p", [id(), column("code", ScalarType::Text).nullable()]).unique(&["code"]);
    let child =
        || table("c", [id(), column("p", ScalarType::Bigint).nullable(), column("code", ScalarType::Text).nullable()]);
    let family = |child| schema([parent(), child]);
    let referring = |action| child().references(&["p"], "p", &["id"], action);
    add("a foreign key", (family(child()), family(referring(ReferentialAction::Cascade))));
    add(
        "another action",
        (family(referring(ReferentialAction::NoAction)), family(referring(ReferentialAction::Cascade))),
    );
    let by_code = child().references(&["code"], "p", &["code"], ReferentialAction::NoAction);
    add("a foreign key to a unique column", (schema([]), family(by_code.clone())));
    add("a unique column that is referred to", {
        let mut after = family(by_code);
        after
            .tables
            .values_mut()
            .filter(|it| it.name.name == "p")
            .for_each(|it| it.uniques[0].name = "other".to_owned());
        (family(child().references(&["code"], "p", &["code"], ReferentialAction::NoAction)), after)
    });
    add("a nullable foreign key is required", {
        let mut required = referring(ReferentialAction::NoAction).index(&["p"]);
        required.columns[1].nullable = false;
        (family(referring(ReferentialAction::NoAction).index(&["p"])), family(required))
    });
    let circle = |name: &str, other: &str| {
        let columns = [id(), column("other", ScalarType::Bigint).nullable()];
        table(name, columns).references(&["other"], other, &["id"], ReferentialAction::NoAction).index(&["other"])
    };
    add("a circle", (Schema::default(), schema([circle("a", "b"), circle("b", "a"), circle("c", "c")])));
    let composite =
        table("o", [column("tenant", ScalarType::Uuid), column("no", ScalarType::Bigint)]).key(&["tenant", "no"]);
    let lines = table(
        "l",
        [column("tenant", ScalarType::Uuid), column("no", ScalarType::Bigint), column("line", ScalarType::Bigint)],
    );
    let lines = lines.key(&["tenant", "no", "line"]);
    let keyed = lines.clone().references(&["tenant", "no"], "o", &["tenant", "no"], ReferentialAction::Cascade);
    add("a composite foreign key", (schema([composite.clone(), lines.clone()]), schema([composite.clone(), keyed])));
    let interleaved = |action| schema([composite.clone(), lines.clone().interleave("o", action)]);
    add("interleaved", (Schema::default(), interleaved(ReferentialAction::Cascade)));
    add(
        "interleaved with another action",
        (interleaved(ReferentialAction::NoAction), interleaved(ReferentialAction::Cascade)),
    );
    if dialect.capabilities().comments {
        for action in [ReferentialAction::SetNull, ReferentialAction::SetDefault, ReferentialAction::Restrict] {
            let mut referring = referring(action);
            referring.foreign_keys[0].on_update = ReferentialAction::Cascade;
            add("actions of PostgreSQL alone", (family(child()), family(referring)));
        }
    }
}

/// Names that both databases take.
fn odd_names() -> Schema {
    let columns =
        [column("order", ScalarType::Bigint), column("Group", ScalarType::Text), column("check", ScalarType::Boolean)];
    let select = table("select", columns).index(&["Group"]).unique(&["check", "Group"]).check("from", col("check"));
    schema([select.references(&["order"], "select", &["order"], ReferentialAction::NoAction)])
}

fn named_schemas() -> Schema {
    let users = table("auth.users", [id(), column("email", ScalarType::Text)]).unique(&["email"]).index(&["email"]);
    let mut sessions = table("sessions", [id(), column("user_id", ScalarType::Bigint)]);
    sessions = sessions.references(&["user_id"], "users", &["id"], ReferentialAction::Cascade);
    sessions.foreign_keys[0].references = users.name.clone();
    schema([users, sessions])
}

fn whole() -> Schema {
    let tables = (0..30).map(|at| {
        let columns = [id(), column("parent", ScalarType::Bigint).nullable(), column("size", ScalarType::Integer)];
        let table = table(&format!("t{at:02}"), columns).index(&["size"]).unique(&["parent"]);
        table.references(&["parent"], &format!("t{:02}", (at + 7) % 30), &["id"], ReferentialAction::NoAction)
    });
    schema(tables)
}
