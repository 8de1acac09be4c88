//! `@only(…)`: what one database alone has is judged by its rules alone, and nothing else may need it.

use orm_model::{Targets, targets::PostgresTarget};
use orm_schema_lang::Workspace;

/// The slugs of what is found in a text, in order, hints about speed left out.
fn found(text: &str) -> Vec<&'static str> {
    let postgres = Some(PostgresTarget { version: 16, version_is_stated: true });
    let mut workspace = Workspace::new(Targets { postgres, ..Targets::default() }, Default::default());
    workspace.open("a.orm", text);
    let diagnostics = workspace.diagnostics("a.orm").into_iter();
    diagnostics.map(|it| it.rule).filter(|it| !it.code.starts_with("PERF")).map(|it| it.slug).collect()
}

/// What is found in a table with these lines, beside a table of Spanner and one of PostgreSQL.
#[track_caller]
fn line(lines: &str, expected: &[&str]) {
    let text = format!(
        "table in_spanner @only(spanner) {{\n  id  uuid  @primary_key\n}}\n\
         table in_postgres @only(postgres) {{\n  id  uuid  @primary_key\n}}\n\
         sequence numbers @only(postgres)\n\
         table t {{\n  id  uuid  @primary_key\n  a   text?\n  p   text?  @only(postgres)\n  s   text?  @only(spanner)\n\
         {lines}\n}}\n"
    );
    assert_eq!(found(&text), expected, "{text}");
}

const REFERENCE: &[&str] = &["only-reference"];

#[test]
fn what_every_database_has_uses_nothing_of_one() {
    line("  index(p)", REFERENCE);
    line("  index(a, storing: [p])", REFERENCE);
    line("  index(a, where: p is not null)", REFERENCE);
    line("  unique(a, s)", REFERENCE);
    line("  check(p != \"\")", REFERENCE);
    line("  check(p != \"\") @only(spanner)", REFERENCE);
    line("  g  text?  @generated(replace(p, \"a\", \"b\"))", REFERENCE);
    line("  g  uuid?  @references(in_postgres.id)", REFERENCE);
    line("  n  bigint = nextval(numbers)", &["spread-numbers", "only-reference"]);
}

#[test]
fn what_one_database_has_uses_what_it_has() {
    line("  index(p) @only(postgres)\n  check(p != \"\") @only(postgres)\n  unique(s) @only(spanner)", &[]);
    line("  g  text?  @generated(lower(p)) @only(postgres)", &[]);
    line("  g  uuid?  @references(in_postgres.id) @only(postgres)", &[]);
    line("  n  bigint = nextval(numbers)  @only(postgres)", &[]);
}

#[test]
fn spanner_alone_looks_at_where_rows_are_stored() {
    line("  interleave_in(in_spanner)", &[]);
    line("  interleave_in(in_postgres)", REFERENCE);
    line("  index(id, a, interleave: in_spanner)", &["index-interleave"]);
    line("  index(id, a, interleave: in_postgres)", REFERENCE);
    line("  index(id, a, interleave: in_postgres) @only(postgres)", &[]);
    line("  interleave(in_spanner)", REFERENCE);
    line("  interleave(in_spanner) @only(spanner)", &[]);
}

#[test]
fn postgres_alone_looks_at_who_owns_a_sequence() {
    let tables = "table t {\n  id  bigint = nextval(q)  @primary_key\n  p   bigint?  @only(postgres)\n  s   bigint?  \
                  @only(spanner)\n}\n";
    let owned = |column: &str| found(&format!("{tables}sequence q(owned_by: t.{column})\n"));
    assert_eq!(owned("p"), ["spread-numbers"]);
    assert_eq!(owned("s"), ["spread-numbers", "only-reference"]);
}

#[test]
fn a_view_reads_what_its_database_has() {
    let tables = "table documents {\n  id  uuid  @primary_key\n}\ntable archives @only(postgres) {\n  id  uuid  \
                  @primary_key\n}\n";
    let view = |text: &str| found(&format!("{tables}view v {text}\n"));
    assert_eq!(view("= sql(\"SELECT a.id FROM documents AS d, archives AS a\")"), ["only-reference"]);
    assert_eq!(view("@only(spanner) = sql(\"SELECT a.id FROM archives AS a\")"), ["only-reference"]);
    assert!(view("@only(postgres) = sql(\"SELECT a.id FROM archives AS a\")").is_empty());
    assert!(view("= sql(\"SELECT d.id AS archives FROM documents AS d\")").is_empty());
    let renamed = "table shop.archives @db(\"Old\") @only(postgres) {\n  id  uuid  @primary_key\n}\n";
    let read = |name: &str| found(&format!("{renamed}view v = sql(\"SELECT a.id FROM {name} AS a\")\n"));
    assert_eq!(read("shop.Old"), ["only-reference"]);
    assert!(read("Old").is_empty() && read("shop.archives").is_empty());
    let both = "postgres: \"SELECT a.id FROM archives AS a\", spanner: \"SELECT d.id FROM documents AS d\"";
    assert!(view(&format!("= sql({both})")).is_empty());
}

#[test]
fn rules_are_about_what_their_database_has() {
    line("  k  real?  @only(postgres)\n  index(k) @only(postgres)", &[]);
    line("  k  real[]?  @only(spanner)\n  index(k) @only(spanner)", &["key-type"]);
    line("  k  timestamp_local?  @only(postgres)", &[]);
    line("  k  spanner(\"STRING(20)\")?  @only(spanner)", &[]);
    line("  k  spanner(\"STRING(20)\")?", &["no-column-type"]);
    line("  k  interval?  @only(postgres)", &[]);
    line("  user  text?  @only(spanner)\n  when  text?", &["reserved-word"]);
    assert!(found("sequence q(increment: 2) @only(postgres)\n").is_empty());
    assert_eq!(found("sequence q(increment: 2)\n"), ["sequence-option"]);
    let ttl = |only: &str| {
        found(&format!("table t {{\n  id  uuid  @primary_key\n  day  timestamptz\n  ttl(day, days: 3) {only}\n}}\n"))
    };
    assert_eq!(ttl(""), ["unscheduled-ttl"]);
    assert!(ttl("@only(spanner)").is_empty());
    assert_eq!(ttl("@only(postgres)"), ["only-nowhere"]);
}

#[test]
fn a_clash_of_names_is_told_once() {
    let table = |only: &str, items: &str| {
        found(&format!("table t {only} {{\n  id  uuid  @primary_key\n  a   text?\n  b   text?\n{items}}}\n"))
    };
    let uniques = "  unique(a, name: \"x\")\n  unique(b, name: \"x\")\n";
    let checks = "  check(a != \"\", name: \"x\")\n  check(b != \"\", name: \"x\")\n";
    let key = "  check(a != \"\", name: \"t_pkey\")\n";
    for items in [uniques, checks] {
        assert_eq!(table("@only(postgres)", items), ["relation-name-clash"], "{items}");
        assert_eq!(table("@only(spanner)", items), ["shared-namespace"], "{items}");
    }
    assert_eq!(table("@only(postgres)", key), ["relation-name-clash"]);
    assert!(table("@only(spanner)", key).is_empty());
    assert_eq!(table("", key), ["relation-name-clash"]);
    assert_eq!(table("", &checks.replace("b !=", "a = b and b !=")), ["shared-namespace"]);
    let kept = "  check(a != \"\", name: \"x\") @only(postgres)\n  check(b != \"\", name: \"x\") @only(spanner)\n";
    assert!(table("", kept).is_empty());
}
