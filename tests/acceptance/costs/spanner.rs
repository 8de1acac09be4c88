//! Costs of each kind of change in Spanner. Its emulator keeps nothing that would tell, so they are those of the
//! documentation.

use orm_engine::plan::plan;
use orm_model::{Dialect, Targets};

use crate::schema::check;

/// A change, and what it costs.
struct Change {
    /// The members of table `t` before.
    before: &'static str,
    /// The members of table `t` after.
    after: &'static str,
    /// The cost of each statement forth, then of each one back.
    costs: [&'static [&'static str]; 2],
    /// The page that says so.
    documentation: &'static str,
}

const UPDATES: &str = "https://cloud.google.com/spanner/docs/schema-updates#supported-updates";
const VALIDATION: &str = "https://cloud.google.com/spanner/docs/schema-updates#updates-that-require-validation";
const DDL: &str = "https://cloud.google.com/spanner/docs/reference/standard-sql/data-definition-language#alter_table";
const GENERATED: &str = "https://cloud.google.com/spanner/docs/generated-column/how-to";
const CHECKS: &str = "https://cloud.google.com/spanner/docs/check-constraint/how-to";
const FOREIGN_KEYS: &str = "https://cloud.google.com/spanner/docs/foreign-keys/overview#backing-indexes";
const INDEXES: &str = "https://cloud.google.com/spanner/docs/secondary-indexes#add-index";
const COMMIT_TIMESTAMPS: &str = "https://cloud.google.com/spanner/docs/commit-timestamp";
const TTL: &str = "https://cloud.google.com/spanner/docs/ttl";
const LOCKS: &str = "https://cloud.google.com/spanner/docs/transactions#locking";

const INSTANT: &str = "instant";
const SCAN: &str = "reads every row";
const INDEX: &str = "builds an index";
const FILL: &str = "writes rows";
const UPDATE: &str = "writes rows, blocks writes";

const CHANGES: &[Change] = &[
    change("", "a  text?", [&[INSTANT], &[INSTANT]], UPDATES),
    // The column comes without NOT NULL, which follows.
    change("", "a  text", [&[INSTANT, SCAN], &[INSTANT]], VALIDATION),
    change("", "a  bigint = 1", [&[FILL], &[INSTANT]], DDL),
    change("", "a  bigint = identity()", [&[FILL], &[INSTANT]], DDL),
    change("", "a  text  @generated(lower(keep))", [&[FILL], &[INSTANT]], GENERATED),
    change("", "a  text?  @generated(lower(keep), stored: false)", [&[INSTANT], &[INSTANT]], GENERATED),
    change("a  text?", "a  text", [&[SCAN], &[INSTANT]], VALIDATION),
    change("a  varchar(10)", "a  varchar(20)", [&[INSTANT], &[SCAN]], VALIDATION),
    change("a  varchar(10)", "a  text", [&[INSTANT], &[SCAN]], VALIDATION),
    // A text of ten characters can have forty bytes.
    change("a  varchar(10)", "a  bytes(10)", [&[SCAN], &[SCAN]], VALIDATION),
    change("a  bigint", "a  bigint = 1", [&[INSTANT], &[INSTANT]], DDL),
    change(
        "a  timestamptz",
        "a  timestamptz  @spanner(allow_commit_timestamp: true)",
        [&[SCAN], &[INSTANT]],
        COMMIT_TIMESTAMPS,
    ),
    change("a  bigint", "a  bigint\n  check(a > 0)", [&[SCAN], &[INSTANT]], CHECKS),
    change("a  bigint\n  check(a > 0)", "a  bigint\n  check(a > 1)", [&[INSTANT, SCAN], &[INSTANT, SCAN]], CHECKS),
    // The range of an integer is a check.
    change("a  bigint", "a  integer", [&[SCAN], &[INSTANT]], CHECKS),
    change("a  State", "a  Other", [&[INSTANT, SCAN], &[INSTANT, SCAN]], CHECKS),
    change("a  uuid", "a  uuid  @references(others.id)", [&[INDEX], &[INSTANT]], FOREIGN_KEYS),
    change("a  uuid", "a  uuid  @references(others.id, enforced: false)", [&[INSTANT], &[INSTANT]], FOREIGN_KEYS),
    // What is referred to is no primary key, so that it gets an index.
    change("a  text", "a  text  @references(others.mail, enforced: false)", [&[INDEX], &[INSTANT]], FOREIGN_KEYS),
    change("a  text", "a  text\n  index(a)", [&[INDEX], &[INSTANT]], INDEXES),
    change("a  text", "a  text  @unique", [&[INDEX], &[INSTANT]], INDEXES),
    change(
        "a  text\n  index(a)",
        "a  text\n  index(a, storing: [keep])",
        [&[INSTANT, INDEX], &[INSTANT, INDEX]],
        INDEXES,
    ),
    // A hidden column holds the key.
    change("a  text", "a  text\n  index(lower(a))", [&[FILL, INDEX], &[INSTANT, INSTANT]], GENERATED),
    change("a  timestamptz", "a  timestamptz\n  ttl(a, days: 30)", [&[INSTANT], &[INSTANT]], TTL),
    // The new column, the rows, the old column.
    change("a  text?", "b  text?  @was(a)", [&[INSTANT, UPDATE, INSTANT], &[INSTANT, UPDATE, INSTANT]], LOCKS),
];

const fn change(
    before: &'static str,
    after: &'static str,
    costs: [&'static [&'static str]; 2],
    documentation: &'static str,
) -> Change {
    Change { before, after, costs, documentation }
}

/// A schema for Spanner alone, which takes more than both databases.
fn schema(text: &str) -> orm_model::Schema {
    check(vec![("schema.orm".to_owned(), text.to_owned())], &targets())
        .unwrap_or_else(|errors| panic!("{errors}\n{text}"))
}

fn targets() -> Targets {
    Targets { postgres: None, ..Targets::default() }
}

/// What each statement from one schema to another costs.
fn costs(before: &orm_model::Schema, after: &orm_model::Schema, is_back: bool) -> Vec<(String, String)> {
    let plan = match is_back {
        true => orm_engine::plan::plan_back(before, after, &targets(), Dialect::Spanner),
        false => plan(before, after, &targets(), Dialect::Spanner),
    };
    assert!(plan.unsupported.is_empty(), "{:?}", plan.unsupported);
    plan.statements.into_iter().map(|it| (it.cost.to_string(), it.sql)).collect()
}

#[track_caller]
fn compare(before: &str, after: &str, expected: [&[&str]; 2], documentation: &str) {
    let (before, after) = (schema(before), schema(after));
    for (expected, is_back) in expected.into_iter().zip([false, true]) {
        let found = costs(&before, &after, is_back);
        let said: Vec<_> = found.iter().map(|(cost, _)| cost.as_str()).collect();
        assert_eq!(said, expected, "{documentation} says otherwise of {found:#?}");
    }
}

#[test]
fn changes_of_a_table_cost_what_the_documentation_says() {
    let with = |members: &str| {
        format!(
            "enum State {{ open, done }}\nenum Other {{ open }}\ntable others {{\n  id  uuid  @primary_key\n  mail  text  \
             @unique\n}}\ntable t {{\n  id  uuid  @primary_key\n  keep  text\n  {members}\n}}\n"
        )
    };
    for it in CHANGES {
        compare(&with(it.before), &with(it.after), it.costs, it.documentation);
    }
}

#[test]
fn changes_of_the_schema_cost_what_the_documentation_says() {
    let users = "table users {\n  id  uuid  @primary_key\n  mail  text  @unique(name: \"by_mail\")\n}\n";
    let with = |text: &str| format!("{users}{text}");
    let table = "table posts {\n  id  uuid  @primary_key\n  by  uuid  @references(users.id)\n  index(by)\n}\n";
    // Without rows nothing takes time.
    compare(users, &with(table), [&[INSTANT; 3], &[INSTANT; 2]], UPDATES);
    // But the table that is referred to may have some.
    let by_mail = "table posts {\n  id  uuid  @primary_key\n  by  text  @references(users.mail)\n}\n";
    compare(users, &with(by_mail), [&[INSTANT, INDEX], &[INSTANT]], FOREIGN_KEYS);
    compare(users, &users.replace("users {", "people @was(users) {"), [&[INSTANT], &[INSTANT]], DDL);
    compare(users, &with("view mails {\n  from users\n  select mail\n}\n"), [&[INSTANT], &[INSTANT]], UPDATES);
    compare(users, &with("sequence numbers\n"), [&[INSTANT], &[INSTANT]], UPDATES);
    let lines = |item: &str| {
        with(&format!("table lines {{\n  id  uuid\n  line  bigint\n  primary_key(id, line)\n  {item}\n}}\n"))
    };
    let (near, inside) = (lines("interleave_in(users)"), lines("interleave(users)"));
    compare(&near, &inside, [&[SCAN], &[INSTANT]], DDL);
    compare(&inside, &lines("interleave(users, on_delete: cascade)"), [&[INSTANT], &[INSTANT]], DDL);
    let raw = "raw spanner \"\"\"CREATE ROLE one\"\"\" down \"\"\"DROP ROLE one\"\"\"\n";
    compare(users, &with(raw), [&["SQL by hand"], &["SQL by hand"]], UPDATES);
}

#[test]
fn a_text_that_is_stored_otherwise_is_written_in_every_row() {
    let with =
        |values: &str| format!("enum State {{ {values} }}\ntable t {{\n  id  uuid  @primary_key\n  state  State\n}}\n");
    let statements = [INSTANT, UPDATE, SCAN];
    compare(&with("open, done"), &with("open, finished @was(done)"), [&statements, &statements], LOCKS);
}
