//! The texts of the cases that the seed is held to; the numbers are theirs.

use orm_engine::{
    ddl,
    plan::{self, Plan},
};
use orm_model::{Dialect, Literal, ReferentialAction, ScalarType, Schema, Targets};

use crate::builder::{ColumnBuilder, TableBuilder, column, schema, table, text, with_enum};

fn create(schema: &Schema, dialect: Dialect) -> Vec<String> {
    ddl::create(schema, &Targets::default(), dialect).into_iter().map(|it| it.sql).collect()
}

fn change(before: &Schema, after: &Schema, dialect: Dialect) -> Plan {
    plan::plan(before, after, &Targets::default(), dialect)
}

/// The statements of a change that is possible.
fn statements(before: &Schema, after: &Schema, dialect: Dialect) -> Vec<String> {
    let plan = change(before, after, dialect);
    assert_eq!(plan.unsupported, []);
    plan.statements.into_iter().map(|it| it.sql).collect()
}

/// The statements that change a table `users` with this column beside its key.
fn column_change(before: orm_model::Column, after: orm_model::Column, dialect: Dialect) -> Vec<String> {
    let with = |column| schema([table("users", [self::column("id", ScalarType::Bigint), column])]);
    statements(&with(before), &with(after), dialect)
}

const POSTGRES: Dialect = Dialect::Postgres;
const SPANNER: Dialect = Dialect::Spanner;

#[test]
fn case_1_a_table_with_a_key_and_a_unique_column() {
    let email = column("email", ScalarType::Varchar(Some(255)));
    let users = table("users", [column("id", ScalarType::Integer), email, column("bio", ScalarType::Text).nullable()]);
    assert_eq!(
        create(&schema([users.unique(&["email"])]), POSTGRES),
        [
            "CREATE TABLE \"users\" (\n  \"id\" INTEGER NOT NULL PRIMARY KEY,\n  \"email\" VARCHAR(255) NOT NULL,\n  \"bio\" TEXT\n)",
            "ALTER TABLE \"users\" ADD CONSTRAINT \"uq_users_email\" UNIQUE (\"email\")",
        ]
    );
}

#[test]
fn case_2_a_composite_key() {
    let quantity = column("quantity", ScalarType::Integer).nullable().default(Literal::Integer(1));
    let columns = [column("order_id", ScalarType::Integer), column("item_id", ScalarType::Integer), quantity];
    let items = table("order_items", columns).key(&["order_id", "item_id"]).index_with(
        "uq_order_item",
        &["order_id", "item_id"],
        |index| index.unique = true,
    );
    assert_eq!(
        create(&schema([items]), POSTGRES),
        [
            "CREATE TABLE \"order_items\" (\n  \"order_id\" INTEGER NOT NULL,\n  \"item_id\" INTEGER NOT NULL,\n  \"quantity\" INTEGER DEFAULT 1,\n  PRIMARY KEY (\"order_id\", \"item_id\")\n)",
            "CREATE UNIQUE INDEX \"uq_order_item\" ON \"order_items\" (\"order_id\", \"item_id\")",
        ]
    );
}

#[test]
fn case_3_defaults() {
    let theme = Literal::Json("{\"theme\":\"light\"}".to_owned());
    let settings = schema([table(
        "settings",
        [
            column("id", ScalarType::Bigint),
            column("age", ScalarType::Bigint).nullable().default(Literal::Integer(0)),
            column("is_admin", ScalarType::Boolean).nullable().default(Literal::Boolean(false)),
            column("settings", ScalarType::Jsonb).nullable().default(theme),
            column("last_login", ScalarType::Timestamptz(None)).nullable().default_call("now"),
        ],
    )]);
    assert_eq!(
        create(&settings, SPANNER),
        [
            "CREATE TABLE settings (\n  id INT64 NOT NULL,\n  age INT64 DEFAULT (0),\n  is_admin BOOL DEFAULT (FALSE),\n  settings JSON DEFAULT (JSON '{\"theme\":\"light\"}'),\n  last_login TIMESTAMP DEFAULT (CURRENT_TIMESTAMP())\n) PRIMARY KEY (id)"
        ]
    );
    assert_eq!(
        create(&settings, POSTGRES),
        [
            "CREATE TABLE \"settings\" (\n  \"id\" BIGINT NOT NULL PRIMARY KEY,\n  \"age\" BIGINT DEFAULT 0,\n  \"is_admin\" BOOLEAN DEFAULT false,\n  \"settings\" JSONB DEFAULT '{\"theme\":\"light\"}',\n  \"last_login\" TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP\n)"
        ]
    );
}

#[test]
fn case_4_names_that_need_quotes() {
    let columns = [column("order", ScalarType::Bigint), column("col-with-hyphen", ScalarType::Text).nullable()];
    let odd = schema([table("table with spaces", columns)]);
    assert_eq!(
        create(&odd, SPANNER),
        [
            "CREATE TABLE `table with spaces` (\n  `order` INT64 NOT NULL,\n  `col-with-hyphen` STRING(MAX)\n) PRIMARY KEY (`order`)"
        ]
    );
    let quote = schema([table("t", [column("col\"umn", ScalarType::Bigint)])]);
    assert!(create(&quote, POSTGRES)[0].contains("\"col\"\"umn\" BIGINT"));
}

fn orders(on_delete: ReferentialAction) -> Schema {
    let details = table(
        "OrderDetails",
        [
            column("OrderId", ScalarType::Bigint),
            column("DetailId", ScalarType::Bigint),
            column("Notes", ScalarType::Text).nullable(),
        ],
    );
    let details = details.key(&["OrderId", "DetailId"]).interleave("Orders", on_delete);
    let details = details.index_with("IDX_OrderDetails_Notes", &["Notes"], |_| {});
    schema([details, table("Orders", [column("OrderId", ScalarType::Bigint)])])
}

#[test]
fn case_5_interleaved_tables() {
    let statements = create(&orders(ReferentialAction::Cascade), SPANNER);
    assert_eq!(
        statements[1..],
        [
            "CREATE TABLE OrderDetails (\n  OrderId INT64 NOT NULL,\n  DetailId INT64 NOT NULL,\n  Notes STRING(MAX)\n) PRIMARY KEY (OrderId, DetailId),\n  INTERLEAVE IN PARENT Orders ON DELETE CASCADE",
            "CREATE INDEX IDX_OrderDetails_Notes ON OrderDetails (Notes)",
        ]
    );
    let restricted = create(&orders(ReferentialAction::NoAction), SPANNER);
    assert!(restricted[1].ends_with("INTERLEAVE IN PARENT Orders ON DELETE NO ACTION"));
    let foreign_key = create(&orders(ReferentialAction::Cascade), POSTGRES).pop();
    assert_eq!(
        foreign_key.as_deref(),
        Some(
            "ALTER TABLE \"OrderDetails\" ADD CONSTRAINT \"fk_OrderDetails_OrderId_Orders\" FOREIGN KEY (\"OrderId\") REFERENCES \"Orders\" (\"OrderId\") ON DELETE CASCADE"
        ),
        "the same rows are allowed in both databases"
    );
}

fn uploads() -> Schema {
    let timestamps = || {
        let now = |name| column(name, ScalarType::Timestamptz(None)).default_call("now");
        [now("created_at"), now("updated_at")]
    };
    let id = || column("id", ScalarType::Uuid).default_call("uuid");
    let visibility = column("visibility", ScalarType::Enum("Visibility".to_owned())).default(text("private"));
    let columns = [id()].into_iter().chain(timestamps()).chain([
        column("user_id", ScalarType::Uuid),
        visibility,
        column("gcs_object_name", ScalarType::Text),
        column("file_type", ScalarType::Text),
        column("size", ScalarType::Integer),
        column("is_processed", ScalarType::Boolean).nullable().default(Literal::Boolean(false)),
    ]);
    let uploads = table("uploads", columns)
        .index(&["file_type"])
        .index_with("uq_gcs_object", &["gcs_object_name"], |index| index.unique = true)
        .references(&["user_id"], "users", &["id"], ReferentialAction::Cascade);
    let users = [id()].into_iter().chain(timestamps()).chain([column("email", ScalarType::Text)]);
    let schema = schema([uploads, table("users", users).unique(&["email"])]);
    with_enum(schema, "Visibility", ScalarType::Varchar(Some(10)), &["private", "shared", "public"])
}

#[test]
fn case_6_the_schema_of_the_readme() {
    let statements = create(&uploads(), POSTGRES);
    assert!(statements[0].starts_with("CREATE TABLE \"users\""), "what is referred to stands first");
    assert!(statements[1].contains("\"visibility\" VARCHAR(10) NOT NULL DEFAULT 'private',\n"));
    assert!(statements[1].ends_with(
        ",\n  CONSTRAINT \"ck_uploads_visibility\" CHECK (\"visibility\" IN ('private', 'shared', 'public'))\n)"
    ));
    assert_eq!(
        statements[2..],
        [
            "CREATE INDEX \"idx_uploads_file_type\" ON \"uploads\" (\"file_type\")",
            "CREATE UNIQUE INDEX \"uq_gcs_object\" ON \"uploads\" (\"gcs_object_name\")",
            "ALTER TABLE \"users\" ADD CONSTRAINT \"uq_users_email\" UNIQUE (\"email\")",
            "ALTER TABLE \"uploads\" ADD CONSTRAINT \"fk_uploads_user_id_users\" FOREIGN KEY (\"user_id\") REFERENCES \"users\" (\"id\") ON DELETE CASCADE",
        ]
    );
    let statements = create(&uploads(), SPANNER);
    assert!(statements[2].contains(
        ",\n  CONSTRAINT ck_uploads_size CHECK (size BETWEEN -2147483648 AND 2147483647),\n  CONSTRAINT ck_uploads_visibility"
    ));
    assert_eq!(statements[1], "CREATE UNIQUE INDEX uq_users_email ON users (email)");
    let texts = statements.iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!(plan::batches(&texts, SPANNER).len(), 1, "all tables are new");
}

#[test]
fn a_nullable_unique_column_takes_many_nulls_in_both_databases() {
    let users = table("users", [column("id", ScalarType::Bigint), column("email", ScalarType::Text).nullable()]);
    let mut users = users.unique(&["email"]);
    assert_eq!(
        create(&schema([users.clone()]), SPANNER)[1],
        "CREATE UNIQUE NULL_FILTERED INDEX uq_users_email ON users (email)"
    );
    users.uniques[0].nulls_equal = true;
    assert_eq!(create(&schema([users.clone()]), SPANNER)[1], "CREATE UNIQUE INDEX uq_users_email ON users (email)");
    assert_eq!(
        create(&schema([users]), POSTGRES)[1],
        "ALTER TABLE \"users\" ADD CONSTRAINT \"uq_users_email\" UNIQUE NULLS NOT DISTINCT (\"email\")"
    );
}

#[test]
fn case_7_a_new_column() {
    let id = || column("id", ScalarType::Bigint);
    let before = schema([table("users", [id()])]);
    let new_col = column("new_col", ScalarType::Boolean).default(Literal::Boolean(false));
    assert_eq!(
        statements(&before, &schema([table("users", [id(), new_col])]), POSTGRES),
        ["ALTER TABLE \"users\" ADD COLUMN \"new_col\" BOOLEAN NOT NULL DEFAULT false"]
    );
    let phone = column("PhoneNumber", ScalarType::Varchar(Some(20))).nullable().default(text("N/A"));
    assert_eq!(
        statements(&schema([table("Users", [id()])]), &schema([table("Users", [id(), phone])]), SPANNER),
        ["ALTER TABLE Users ADD COLUMN PhoneNumber STRING(20) DEFAULT ('N/A')"]
    );
}

#[test]
fn case_8_a_changed_column_in_postgres() {
    let age = || column("age", ScalarType::Integer);
    assert_eq!(
        column_change(age(), column("age", ScalarType::Bigint), POSTGRES),
        ["ALTER TABLE \"users\" ALTER COLUMN \"age\" SET DATA TYPE BIGINT"]
    );
    assert_eq!(
        column_change(age().nullable(), age(), POSTGRES),
        ["ALTER TABLE \"users\" ALTER COLUMN \"age\" SET NOT NULL"]
    );
    assert_eq!(
        column_change(age(), age().nullable(), POSTGRES),
        ["ALTER TABLE \"users\" ALTER COLUMN \"age\" DROP NOT NULL"]
    );
    assert_eq!(
        column_change(age().default(Literal::Integer(1)), age(), POSTGRES),
        ["ALTER TABLE \"users\" ALTER COLUMN \"age\" DROP DEFAULT"]
    );
    assert_eq!(
        column_change(column("age", ScalarType::Text).default(text("1")), age().default(Literal::Integer(1)), POSTGRES),
        [
            "ALTER TABLE \"users\" ALTER COLUMN \"age\" DROP DEFAULT",
            "ALTER TABLE \"users\" ALTER COLUMN \"age\" SET DATA TYPE INTEGER USING \"age\"::INTEGER",
            "ALTER TABLE \"users\" ALTER COLUMN \"age\" SET DEFAULT 1",
        ]
    );
}

#[test]
fn integer_to_bigint_is_one_check_less_in_spanner() {
    assert_eq!(
        column_change(column("age", ScalarType::Integer), column("age", ScalarType::Bigint), SPANNER),
        ["ALTER TABLE users DROP CONSTRAINT ck_users_age"]
    );
}

#[test]
fn case_9_and_10_unique_constraints_and_indexes_change() {
    let products = table("products", [column("id", ScalarType::Bigint), column("product_code", ScalarType::Text)]);
    assert_eq!(
        statements(&schema([products.clone().unique(&["product_code"])]), &schema([products]), POSTGRES),
        ["ALTER TABLE \"products\" DROP CONSTRAINT \"uq_products_product_code\""]
    );
    let users = || {
        let columns =
            [column("id", ScalarType::Bigint), column("status", ScalarType::Text), column("type", ScalarType::Text)];
        table("users", columns)
    };
    let before = schema([users().index(&["status"])]);
    let after = schema([users().index_with("idx_users_status", &["status", "type"], |_| {})]);
    assert_eq!(
        statements(&before, &after, POSTGRES),
        ["DROP INDEX \"idx_users_status\"", "CREATE INDEX \"idx_users_status\" ON \"users\" (\"status\", \"type\")",]
    );
}

#[test]
fn case_11_a_foreign_key_comes_after_its_column() {
    let accounts = || table("accounts", [column("id", ScalarType::Bigint)]);
    let profiles = |extra| table("profiles", [column("id", ScalarType::Bigint)].into_iter().chain(extra));
    let account = || column("account_id", ScalarType::Bigint).nullable();
    let mut with_key =
        profiles(Some(account())).references(&["account_id"], "accounts", &["id"], ReferentialAction::SetNull);
    with_key.foreign_keys[0].name = "fk_profiles_user_account".to_owned();
    let before = schema([accounts(), profiles(None)]);
    let after = schema([accounts(), with_key]);
    assert_eq!(
        statements(&before, &after, POSTGRES),
        [
            "ALTER TABLE \"profiles\" ADD COLUMN \"account_id\" BIGINT",
            "ALTER TABLE \"profiles\" ADD CONSTRAINT \"fk_profiles_user_account\" FOREIGN KEY (\"account_id\") REFERENCES \"accounts\" (\"id\") ON DELETE SET NULL",
        ]
    );
    let plain = profiles(Some(account())).references(&["account_id"], "accounts", &["id"], ReferentialAction::NoAction);
    assert_eq!(
        statements(&before, &schema([accounts(), plain]), SPANNER)[1],
        "ALTER TABLE profiles ADD CONSTRAINT fk_profiles_account_id_accounts FOREIGN KEY (account_id) REFERENCES accounts (id)"
    );
}

#[test]
fn case_13_the_same_schema_needs_nothing() {
    for dialect in Dialect::ALL {
        assert!(change(&uploads(), &uploads(), dialect).is_empty());
    }
    assert_eq!(orm_engine::diff::diff(&uploads(), &uploads()), []);
}

#[test]
fn case_21_defaults_change() {
    let score = |value: i64| column("score", ScalarType::Bigint).nullable().default(Literal::Integer(value));
    assert_eq!(
        column_change(score(1), score(0), POSTGRES),
        ["ALTER TABLE \"users\" ALTER COLUMN \"score\" SET DEFAULT 0"]
    );
    assert_eq!(column_change(score(1), score(2), SPANNER), ["ALTER TABLE users ALTER COLUMN score SET DEFAULT (2)"]);
}

#[test]
fn case_24_parents_first_and_dropped_last() {
    let albums = table("Albums", [column("id", ScalarType::Bigint), column("singer", ScalarType::Bigint)]);
    let albums = albums.references(&["singer"], "Singers", &["id"], ReferentialAction::NoAction);
    let before = schema([
        albums.index_with("by_singer", &["singer"], |_| {}),
        table("Singers", [column("id", ScalarType::Bigint)]),
    ]);
    let up = create(&before, SPANNER);
    assert!(up[0].starts_with("CREATE TABLE Singers") && up[1].starts_with("CREATE TABLE Albums"), "{up:#?}");
    assert_eq!(
        statements(&before, &Schema::default(), SPANNER),
        ["DROP INDEX by_singer", "DROP TABLE Albums", "DROP TABLE Singers"]
    );
    let mut without = before.clone();
    without.tables.values_mut().for_each(|table| table.foreign_keys.clear());
    assert_eq!(statements(&before, &without, SPANNER), ["ALTER TABLE Albums DROP CONSTRAINT fk_Albums_singer_Singers"]);
}

#[test]
fn case_25_spanner_restates_the_column() {
    let f = |length| column("f", ScalarType::Varchar(Some(length)));
    let change = |before, after| column_change(before, after, SPANNER);
    assert_eq!(change(f(10).nullable(), f(10)), ["ALTER TABLE users ALTER COLUMN f STRING(10) NOT NULL"]);
    assert_eq!(change(f(10), f(10).nullable()), ["ALTER TABLE users ALTER COLUMN f STRING(10)"]);
    assert_eq!(change(f(10), f(20)), ["ALTER TABLE users ALTER COLUMN f STRING(20) NOT NULL"]);
    let defaulted = |length| f(length).default(text("x"));
    assert_eq!(
        change(defaulted(10), defaulted(20)),
        ["ALTER TABLE users ALTER COLUMN f STRING(20) NOT NULL DEFAULT ('x')"]
    );
}

#[test]
fn spanner_drops_an_index_around_a_change_that_it_holds_up() {
    let users = |email| table("users", [column("id", ScalarType::Bigint), email]).index(&["email"]);
    let email = || column("email", ScalarType::Text);
    assert_eq!(
        statements(&schema([users(email().nullable())]), &schema([users(email())]), SPANNER),
        [
            "DROP INDEX idx_users_email",
            "ALTER TABLE users ALTER COLUMN email STRING(MAX) NOT NULL",
            "CREATE INDEX idx_users_email ON users (email)",
        ]
    );
}

#[test]
fn what_spanner_cannot_do_is_refused_with_a_way_on() {
    let with = |column| schema([table("users", [self::column("id", ScalarType::Bigint), column])]);
    let plan = change(&with(column("n", ScalarType::Bigint)), &with(column("n", ScalarType::Text)), SPANNER);
    assert_eq!(plan.statements, []);
    assert_eq!(
        plan.unsupported[0].to_string(),
        "cannot change column n of table users from INT64 to STRING(MAX): Spanner changes the length of STRING and BYTES, \
         and one of the two into the other, nothing else; add a column of the new type under another name, fill it with a \
         partitioned UPDATE (CAST(n AS …)), let the application use it, then drop n"
    );
    let two = |key: &[&str]| {
        schema([table("t", [column("a", ScalarType::Bigint), column("b", ScalarType::Bigint)]).key(key)])
    };
    let plan = change(&two(&["a"]), &two(&["a", "b"]), SPANNER);
    assert_eq!(plan.unsupported.len(), 1);
    assert!(plan.unsupported[0].what == "change the primary key of table t" && plan.statements.is_empty());
    assert_eq!(
        statements(&two(&["a"]), &two(&["a", "b"]), POSTGRES),
        ["ALTER TABLE \"t\" DROP CONSTRAINT \"t_pkey\"", "ALTER TABLE \"t\" ADD PRIMARY KEY (\"a\", \"b\")"]
    );
}

#[test]
fn a_column_that_must_have_a_value_is_added_with_a_warning() {
    let before = schema([table("users", [column("id", ScalarType::Bigint)])]);
    let after = schema([table("users", [column("id", ScalarType::Bigint), column("n", ScalarType::Bigint)])]);
    let postgres = change(&before, &after, POSTGRES);
    assert_eq!(postgres.statements[0].sql, "ALTER TABLE \"users\" ADD COLUMN \"n\" BIGINT NOT NULL");
    assert!(postgres.statements[0].note.as_ref().is_some_and(|note| note.contains("users has rows")));
    let spanner = change(&before, &after, SPANNER).statements;
    let texts = spanner.iter().map(|it| it.sql.as_str()).collect::<Vec<_>>();
    assert_eq!(texts, ["ALTER TABLE users ADD COLUMN n INT64", "ALTER TABLE users ALTER COLUMN n INT64 NOT NULL"]);
    assert!(spanner[1].note.as_ref().is_some_and(|note| note.contains("fill it before")));
}

#[test]
fn what_is_lost_is_told() {
    let id = || column("id", ScalarType::Bigint);
    let n = |scale| column("n", ScalarType::Numeric(Some(orm_model::types::NumericSize { precision: 20, scale })));
    let before = schema([table("a", [id()]), table("b", [id(), n(4), column("gone", ScalarType::Text)])]);
    let after = schema([table("b", [id(), n(2)])]);
    let losses =
        |dialect| change(&before, &after, dialect).data_loss.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        losses(POSTGRES),
        [
            "drops table a with all its rows",
            "drops column gone of table b",
            "changes column n of table b: digits after the point are rounded away",
        ]
    );
    assert_eq!(losses(SPANNER), ["drops table a with all its rows", "drops column gone of table b"]);
    assert_eq!(change(&after, &before, POSTGRES).data_loss, []);
}

#[test]
fn foreign_keys_in_a_circle() {
    let one = |name: &str, other: &str| {
        let columns = [column("id", ScalarType::Bigint), column("other", ScalarType::Bigint).nullable()];
        table(name, columns).references(&["other"], other, &["id"], ReferentialAction::NoAction)
    };
    let circle = schema([one("a", "b"), one("b", "a"), one("c", "c")]);
    let up = create(&circle, SPANNER);
    assert_eq!(up.iter().filter(|it| it.starts_with("CREATE TABLE")).count(), 3);
    assert_eq!(
        statements(&circle, &Schema::default(), SPANNER),
        ["ALTER TABLE b DROP CONSTRAINT fk_b_other_a", "DROP TABLE c", "DROP TABLE a", "DROP TABLE b"]
    );
}

#[test]
fn comments_and_named_schemas() {
    let users = table("auth.users", [column("id", ScalarType::Bigint).doc("The key.")]).doc("People.\nIt's them.");
    let schema = schema([users.index(&["id"])]);
    assert_eq!(
        create(&schema, POSTGRES),
        [
            "CREATE SCHEMA IF NOT EXISTS \"auth\"",
            "CREATE TABLE \"auth\".\"users\" (\n  \"id\" BIGINT NOT NULL PRIMARY KEY\n)",
            "COMMENT ON TABLE \"auth\".\"users\" IS 'People.\nIt''s them.'",
            "COMMENT ON COLUMN \"auth\".\"users\".\"id\" IS 'The key.'",
            "CREATE INDEX \"idx_auth_users_id\" ON \"auth\".\"users\" (\"id\")",
        ]
    );
    assert_eq!(
        create(&schema, SPANNER),
        [
            "CREATE SCHEMA IF NOT EXISTS auth",
            "CREATE TABLE auth.users (\n  id INT64 NOT NULL\n) PRIMARY KEY (id)",
            "CREATE INDEX auth.idx_auth_users_id ON auth.users (id)",
        ]
    );
}

#[test]
fn a_chain_of_ten_thousand_tables() {
    let count = 10_000;
    let tables = (0..count).map(|at| {
        let columns = [column("id", ScalarType::Bigint), column("next", ScalarType::Bigint).nullable()];
        let next = format!("t{}", (at + 1) % count);
        table(&format!("t{at}"), columns).index(&["next"]).references(
            &["next"],
            &next,
            &["id"],
            ReferentialAction::NoAction,
        )
    });
    let chain = schema(tables);
    for dialect in Dialect::ALL {
        let started = std::time::Instant::now();
        assert_eq!(create(&chain, dialect).len(), 3 * count);
        assert!(change(&chain, &chain, dialect).is_empty());
        assert!(statements(&chain, &Schema::default(), dialect).len() > count);
        println!("{dialect}: {:?}", started.elapsed());
    }
}
