//! A clause that is missing, stands twice or does not belong.

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::Anchor,
    lower::similar,
};

rule! {
    /// A clause of a query is missing, stands twice or does not belong there.
    ///
    /// A query reads with `from` and says with `select` what it gives; clauses may stand in any order.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query names {
    ///   from users
    ///   where name != ""
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query names {
    ///   from users
    ///   where name != ""
    ///   select name
    /// }
    /// ```
    BAD_CLAUSE: "QRY001", "bad-clause", Error, language
}

/// `from` is what is read first.
pub(crate) fn missing(location: Location, word: &str, from: Option<Location>) -> Diagnostic {
    let all = |from: &Location| Fix::offer("Select every column").insert_after(from, "\n  select *");
    let finding = BAD_CLAUSE.at(location, format!("the query has no `{word}`"));
    finding.help("say what it gives: `select id, name`").fix_at(from, all)
}

pub(crate) fn twice(location: Location, word: &str) -> Diagnostic {
    BAD_CLAUSE.at(location, format!("`{word}` stands twice")).help("put both into one clause")
}

pub(crate) fn of_a_mutation(location: Location, word: &str) -> Diagnostic {
    let whole = Location { anchor: Anchor::DECLARATION, ..location };
    let fix = Fix::offer("Declare it with `mutation`").replace_first(&whole, "query", "mutation");
    BAD_CLAUSE.at(location, format!("`{word}` belongs into a mutation")).help("declare it with `mutation`").fix(fix)
}

pub(crate) fn of_a_query(location: Location, word: &str) -> Diagnostic {
    let fix = removed(&location, word);
    BAD_CLAUSE.at(location, format!("`{word}` belongs into a query")).help("write it where the view is read").fix(fix)
}

pub(crate) fn join_without_from(location: Location) -> Diagnostic {
    BAD_CLAUSE.at(location, "nothing is there to be joined to").help("write `from` first")
}

/// `conditions` are what foreign keys say of the two sides, and `is_inner` is whether rows without a partner go.
pub(crate) fn join_without_condition(location: Location, conditions: &[String], is_inner: bool) -> Diagnostic {
    let on =
        conditions.iter().map(|it| Fix::offer(format!("Add `on {it}`")).insert_after(&location, format!(" on {it}")));
    let cross = Fix::offer("Write `cross_join`").replace_first(&location, "join", "cross_join");
    let fixes: Vec<_> = on.chain(is_inner.then_some(cross)).collect();
    let finding = BAD_CLAUSE
        .at(location, "the join does not say which rows belong together")
        .help("add `on users.id = posts.user_id`, or write `cross_join`");
    fixes.into_iter().fold(finding, Diagnostic::fix)
}

/// `join` is the clause.
pub(crate) fn cross_join_condition(location: Location, join: &Location) -> Diagnostic {
    let fix = Fix::offer("Write `join`").replace_first(join, "cross_join", "join");
    BAD_CLAUSE
        .at(location, "a cross join has no condition")
        .help("write `join`, or put the condition into `where`")
        .fix(fix)
}

pub(crate) fn source_without_name(location: Location) -> Diagnostic {
    BAD_CLAUSE.at(location, "a query that is read needs a name").help("write `{ … } as name`")
}

pub(crate) fn table_function(location: Location, name: &str) -> Diagnostic {
    BAD_CLAUSE
        .at(location, format!("`{name}(…)` is no table"))
        .help("read a table, a view or a query; for the values of an array write `x in $values`")
}

pub(crate) fn recursive(location: Location) -> Diagnostic {
    BAD_CLAUSE
        .at(location, "Spanner has no recursive queries, so the language has none")
        .help("read the levels that you need with joins, or keep the path in a column")
}

/// `clause` is the `where?`.
pub(crate) fn nothing_optional(location: Location, clause: Option<Location>) -> Diagnostic {
    let always = |clause: &Location| Fix::offer("Write `where`").replace_first(clause, "where?", "where");
    BAD_CLAUSE
        .at(location, "nothing in this `where?` can be absent")
        .help("write `where`, or let a parameter be absent: `state: text?`")
        .fix_at(clause, always)
}

pub(crate) fn distinct_order(location: Location) -> Diagnostic {
    BAD_CLAUSE
        .at(location, "rows that are told once have no such value any more")
        .help("order by what is selected, or select the value as well")
}

pub(crate) fn nothing_to_select(location: Location) -> Diagnostic {
    BAD_CLAUSE.at(location, "nothing is read, so there are no columns").help("write `from`, or name what to select")
}

pub(crate) fn no_relation(location: Location) -> Diagnostic {
    BAD_CLAUSE
        .at(location, "only a relation has columns of its own")
        .help("name a relation: `posts { title }`, `posts(limit: 3) { title }`")
}

pub(crate) fn bare_relation(location: Location, name: &str) -> Diagnostic {
    let fix = Fix::offer("Read all of it").insert_after(&location, " { * }");
    BAD_CLAUSE
        .at(location, format!("`{name}` is a relation: say what of it is read"))
        .fix(fix)
        .help(format!("write `{name} {{ id }}`, `count({name})` or `exists({name})`"))
}

pub(crate) fn declared_row(location: Location) -> Diagnostic {
    BAD_CLAUSE
        .at(location, "the columns of this query follow from its `select`")
        .help("remove them: only raw SQL declares the columns of its rows")
}

pub(crate) fn no_mutation(location: Location) -> Diagnostic {
    BAD_CLAUSE
        .at(location, "the mutation changes nothing")
        .help("write `insert into …`, `update …` or `delete from …`; what only reads is a `query`")
}

pub(crate) fn misplaced(location: Location, word: &str, beside: &str) -> Diagnostic {
    let fix = removed(&location, word);
    BAD_CLAUSE.at(location, format!("`{word}` does not stand beside `{beside}`")).help("remove it").fix(fix)
}

pub(crate) fn nothing_to_insert(location: Location) -> Diagnostic {
    BAD_CLAUSE
        .at(location, "nothing is inserted")
        .help("add `values { … }`, `values $rows`, or a query: `from … select …`")
}

pub(crate) fn nothing_to_set(location: Location) -> Diagnostic {
    BAD_CLAUSE.at(location, "the update sets nothing").help("add `set name = $name`")
}

pub(crate) fn no_table(location: Location) -> Diagnostic {
    BAD_CLAUSE.at(location, "only a table can be written").help("name one")
}

pub(crate) fn no_row_count(location: Location, word: &str) -> Diagnostic {
    let finding = BAD_CLAUSE.at(location, format!("`{word}` is no number of rows"));
    match similar(word, ["many", "one", "optional", "exec"]) {
        Some(known) => finding.help(format!("did you mean `{known}`?")).fix(Fix::rename(&location, word, known)),
        None => finding.help("there are `many`, `one`, `optional` and, for a mutation, `exec`"),
    }
}

/// Raw SQL says nothing of its rows, so the query does.
pub(crate) fn undeclared_row(location: Location, word: &str) -> Diagnostic {
    BAD_CLAUSE
        .at(location, format!("`{word}` gives rows, and nothing says what they are made of"))
        .help(format!("write their columns behind it: `{word}(id: uuid, name: text?)`, or write `exec`"))
        .fix(Fix::offer("Write `exec`").replace(&location, "exec"))
}

pub(crate) fn other_row_count(location: Location, word: &str, gives_rows: bool) -> Diagnostic {
    let fits = if gives_rows { "many" } else { "exec" };
    let fix = Fix::offer(format!("Write `{fits}`")).replace(&location, fits);
    let finding = match gives_rows {
        true => BAD_CLAUSE.at(location, format!("`{word}` gives a number of rows, and there are rows to be given")),
        false => BAD_CLAUSE.at(location, format!("`{word}` gives rows, and the mutation returns none")),
    };
    let help = if gives_rows { "write `many`, or remove `returning`" } else { "add `returning`, or write `exec`" };
    finding.help(help).fix(fix)
}

fn removed(clause: &Location, word: &str) -> Fix {
    Fix::offer(format!("Remove `{word}`")).remove(clause)
}
