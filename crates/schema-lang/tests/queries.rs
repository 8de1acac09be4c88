//! What rows queries give, and what is said of wrong ones.

use orm_model::{
    Targets,
    query::{ResultColumn, ResultValue},
};
use orm_schema_lang::{Severity, Workspace};

/// A row as the comments of the corpus write it.
fn row(columns: &[ResultColumn]) -> String {
    let column = |it: &ResultColumn| {
        let value = match &it.value {
            ResultValue::Value(Some(value)) => value.to_string(),
            ResultValue::Value(None) => "of no known type".to_owned(),
            ResultValue::Row(columns) => format!("{{{}}}", row(columns)),
            ResultValue::Rows(columns) => format!("[{}]", row(columns)),
        };
        format!("{} {value}{}", it.name, if it.nullable { "?" } else { "" })
    };
    columns.iter().map(column).collect::<Vec<_>>().join(", ")
}

#[test]
fn rows_are_what_sql_gives() {
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("result_shapes.orm", include_str!("data/result_shapes.orm"));
    let found = workspace.diagnostics("result_shapes.orm");
    let errors = found.iter().filter(|it| it.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|it| format!("{} at {:?}: {}", it.rule.code, it.range, it.message)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let queries = workspace.queries();
    let mut wrong = Vec::new();
    for (name, query) in &queries {
        let wanted = query.doc.clone().unwrap_or_default();
        let given = row(&query.body.row());
        if given != wanted && !(given.is_empty() && wanted == "nothing") {
            wrong.push(format!("{name}\n  wanted {wanted}\n  is     {given}"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(queries.len() >= 110, "{}", queries.len());
}

#[test]
fn a_key_that_nothing_enforces_may_lead_nowhere() {
    let mut workspace = Workspace::new(Targets { postgres: None, ..Targets::default() }, Default::default());
    let text = "table users {\n  id  uuid  @primary_key\n}\n\
                table posts {\n  id       uuid  @primary_key\n  user_id  uuid  @references(users.id, enforced: false)\n}\n\
                query authors {\n  from posts\n  select user { id }\n}\n";
    workspace.open("a.orm", text);
    let queries = workspace.queries();
    assert_eq!(row(&queries["authors"].body.row()), "user {id uuid}?");
}

/// Each wrong query with what is said of it, in lines that begin with `!`: one mistake gives one finding, and hints about
/// speed are left out.
#[test]
fn wrong_queries_say_what_is_wrong_once() {
    let corpus = include_str!("data/wrong_queries.txt");
    let (schema, queries) = corpus.split_once("---\n").expect("the schema stands first");
    let mut wrong = Vec::new();
    let mut count = 0;
    for chunk in queries.split("---\n") {
        let is_note = |it: &&str| it.starts_with("! ");
        let text: Vec<_> = chunk.lines().filter(|it| !is_note(it)).collect();
        let wanted: Vec<_> = chunk.lines().filter(is_note).map(str::to_owned).collect();
        let given = findings(schema, &text.join("\n"));
        if given != wanted {
            wrong.push(format!("{}\n{}", given.join("\n"), text.join("\n")));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} are told of otherwise:\n{}", wrong.len(), wrong.join("\n---\n"));
    assert!(count >= 100, "{count}");
}

fn findings(schema: &str, text: &str) -> Vec<String> {
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("a.orm", format!("{schema}\n{text}\n"));
    let found = workspace.diagnostics("a.orm").into_iter().filter(|it| it.range.start > schema.len());
    let found: Vec<_> = found.collect();
    let is_made = workspace.queries().len() == 1;
    assert!(
        is_made || found.iter().any(|it| it.severity == Severity::Error),
        "there is no query, and no error in:\n{text}"
    );
    let found = found.into_iter().filter(|it| !it.rule.code.starts_with("PERF"));
    found.map(|it| format!("! {} {}", it.rule.code, it.message)).collect()
}

/// The codes of what is found in a query of a table of orders.
fn codes(query: &str) -> Vec<&'static str> {
    let text = format!(
        "table customers {{\n  id    uuid  @primary_key\n  name  text\n}}\n\
         table orders {{\n  id  uuid  @primary_key\n  number  bigint  @unique\n  customer_id  uuid  @references(customers.id)\n  \
         state  text\n  note  text\n  paid  boolean\n\n  index(state)\n  index(lower(note))\n}}\n{query}\n"
    );
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("a.orm", text.as_str());
    let start = text.len() - query.len() - 1;
    let found = workspace.diagnostics("a.orm").into_iter().filter(|it| it.range.start >= start);
    found.map(|it| it.rule.code).collect()
}

#[test]
fn finished_queries_are_judged_by_their_keys() {
    let select = |clauses: &str| codes(&format!("query q {{\n  from orders\n  {clauses}\n}}"));
    // An order is total with a unique key, with all that is selected, or where the rest of the key is fixed.
    assert_eq!(select("order_by number, paid\n  limit 3\n  select id"), [""; 0]);
    assert_eq!(select("order_by number\n  limit 3\n  select number"), [""; 0]);
    assert_eq!(select("where number = 3\n  limit 3\n  select state"), [""; 0]);
    assert_eq!(select("limit 3\n  select n: count()"), [""; 0]);
    assert_eq!(select("order_by paid\n  limit 3\n  select id"), ["PERF044", "QRY033"]);
    assert_eq!(select("order_by paid, number\n  limit 3\n  select id"), ["PERF044"]);
    assert_eq!(select("order_by paid, number\n  select id"), [""; 0]);
    assert_eq!(select("limit 3\n  select id"), ["QRY033"]);
    assert_eq!(select("order_by state, number\n  limit 3\n  select id"), ["PERF043"]);
    // The other side of a join to a unique key follows from the row.
    let join = "join customers on customers.id = orders.customer_id";
    assert_eq!(select(&format!("{join}\n  order_by orders.id\n  limit 3\n  select name")), [""; 0]);
    assert_eq!(select("cross_join customers\n  select name"), ["QRY034"]);
    assert_eq!(select("cross_join customers\n  where customers.id = customer_id\n  select name"), [""; 0]);
    assert_eq!(select("cross_join { from customers select n: count() } as c\n  select c.n"), [""; 0]);
    // What an index, an index of an expression or a key serves is no scan; Spanner has an index for a foreign key.
    assert_eq!(select("where state = \"new\"\n  select id"), [""; 0]);
    assert_eq!(select("where lower(note) = \"x\"\n  select id"), ["PORT020"]);
    assert_eq!(select("where paid\n  select id"), [""; 0]);
    assert_eq!(select("where note = \"x\"\n  select id"), [""; 0]);
    assert_eq!(select("where state = \"new\"\n  select id, note"), ["PERF042"]);
    let of_customer = codes("query q(c: uuid) {\n  from orders\n  where customer_id = $c\n  select id\n}");
    assert_eq!(of_customer, ["PERF041"]);
    let named = |clause: &str| codes(&format!("query q(n: text?) {{\n  from customers\n  {clause}\n  select id\n}}"));
    assert_eq!(named("where name = coalesce($n, \"\")"), ["PERF041"]);
    // What may be most of the rows, or all of them, is none either.
    assert_eq!(named("where name > coalesce($n, \"\")"), [""; 0]);
    assert_eq!(named("where? name = $n"), [""; 0]);
}

#[test]
fn joined_tables_are_found_by_one_another() {
    let select = |clauses: &str| codes(&format!("query q {{\n  from orders\n  {clauses}\n}}"));
    let join = "join customers on customers.id = orders.customer_id";
    assert_eq!(select(&format!("{join}\n  select orders.id")), [""; 0]);
    assert_eq!(select(&format!("{join}\n  where name = \"x\"\n  select orders.id")), ["PERF041"]);
    assert_eq!(select(&format!("{join}\n  where name = \"x\" and state = \"y\"\n  select orders.id")), ["PERF042"]);
    // The rows of one are known, and the other is searched for each of them.
    let by_name = "join customers on customers.name = orders.note";
    assert_eq!(select(&format!("{by_name}\n  select orders.id")), [""; 0]);
    assert_eq!(select(&format!("{by_name}\n  where number = 3\n  select orders.id")), ["PERF041"]);
    let exists = "where number = 3 and exists { from customers where customers.name = orders.note select id }";
    assert_eq!(select(&format!("{exists}\n  select id")), ["PERF041"]);
    assert_eq!(codes("mutation m {\n  delete from customers\n  where name = \"x\"\n}"), ["PERF041"]);
    let nested = "query q {\n  from customers\n  select id, orders { note }, n: count(orders), paid: exists(orders)\n}";
    assert_eq!(codes(nested), [""; 0]);
}

#[test]
fn two_queries_have_two_names() {
    let found = codes(
        "query q {\n  from orders\n  select id\n}\nmutation q(id: uuid) {\n  delete from orders\n  where id = $id\n}",
    );
    assert_eq!(found, ["ORM002"]);
}
