//! What has to be drawn: every clause and every function.

use std::collections::BTreeSet;

use orm_model::registry;
use orm_testkit::generator::query as generator;

use super::{QUERIES, checker::Checker};

/// Functions that random queries do not call, and why.
const LEFT_OUT: &[(&str, &str)] = &[("commit_timestamp", "it may be written, and not read")];

/// After how many seeds what was not drawn will not be drawn.
const SEEDS: u64 = 6_000;

/// What queries and mutations are made of, as the generator calls it.
const CONSTRUCTS: &[&str] = &[
    "(a, b) in { … }",
    ": one",
    ": optional",
    "JSON path",
    "aggregate of an expression",
    "aggregates of all rows",
    "and/or",
    "as",
    "avg",
    "between",
    "case",
    "case x when",
    "column to column",
    "columns without their source",
    "comparison",
    "comparison with a sub-query",
    "computed value",
    "condition of functions",
    "correlated sub-query",
    "count",
    "count of a relation",
    "count of a relation in a condition",
    "count_distinct",
    "cross_join",
    "delete",
    "distinct",
    "element of an array",
    "except",
    "excluded",
    "exists of a relation",
    "exists { … }",
    "expression of functions",
    "for update",
    "from { … union { … } }",
    "from { … }",
    "full_join",
    "group_by",
    "group_by an expression",
    "having",
    "ilike",
    "in $values",
    "in (list)",
    "in { … }",
    "insert from a query",
    "insert values",
    "intersect",
    "is null",
    "join",
    "join of a query",
    "left_join",
    "like",
    "limit",
    "max",
    "min",
    "not",
    "offset",
    "on_conflict do nothing",
    "on_conflict do update",
    "order_by",
    "order_by an aggregate",
    "order_by an expression",
    "order_by an output",
    "outputs without a name",
    "parameter",
    "parameter absent",
    "parameter present",
    "parameter with a default",
    "path through a relation",
    "pattern of a parameter",
    "query of sql(…)",
    "relation of a row that a relation leads to",
    "relation to many",
    "relation to many in a relation",
    "relation to one",
    "relation to one in a relation",
    "relation with offset",
    "relation with where",
    "relation { * }",
    "returning",
    "returning *",
    "right_join",
    "select *",
    "selected JSON path",
    "selected parameter",
    "set to the default",
    "source without another name",
    "sql(…)",
    "sub-query in a mutation",
    "sub-query that is a value",
    "sum",
    "three queries put together",
    "tuple",
    "union",
    "union of several types",
    "union_all",
    "update",
    "value of a sub-query",
    "values $rows",
    "view",
    "what changes from call to call",
    "where",
    "where true",
    "where?",
    "where? of two parameters",
    "with",
    "with that reads another one",
];

/// No clause and no function is left out of the queries and mutations that `orm check` accepts.
#[test]
fn random_queries_have_every_construct() {
    let functions = registry::functions().map(|it| it.name);
    let functions = functions.filter(|it| !LEFT_OUT.iter().any(|(name, _)| name == it));
    let all: BTreeSet<&str> = functions.chain(CONSTRUCTS.iter().copied()).collect();
    let mut missing = all.clone();
    let mut checker = Checker::of_seed(0);
    for seed in 0..SEEDS {
        if seed.is_multiple_of(QUERIES) {
            checker = Checker::of_seed(seed);
        }
        for draw in [generator::query, generator::mutation] {
            let drawn = draw(&checker.stage.ground, seed);
            let noted = drawn.constructs.keys().copied().chain(drawn.functions());
            let unknown: Vec<_> = noted.clone().filter(|it| !all.contains(it)).collect();
            assert!(unknown.is_empty(), "{unknown:?} is drawn and not asked for");
            let found: Vec<_> = noted.filter(|it| missing.contains(it)).collect();
            if !found.is_empty() && checker.check(&drawn).is_ok() {
                missing.retain(|it| !found.contains(it));
            }
        }
        if missing.is_empty() {
            return;
        }
    }
    panic!("never in {SEEDS} queries and mutations: {missing:?}");
}

/// Every random schema is one that `orm check` accepts.
#[test]
fn random_schemas_of_queries_are_accepted() {
    for number in 0..300 {
        Checker::of_seed(number * QUERIES);
    }
}
