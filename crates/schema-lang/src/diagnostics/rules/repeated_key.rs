//! Two rows of one insert with the same key.

use orm_model::{
    Expression, Literal,
    query::{Insert, InsertRows, QueryBody},
};

use crate::{
    diagnostics::{Diagnostic, Fix, query::QueryContext, rule::rule},
    item::query::ClauseKind,
};

rule! {
    /// Two rows of one insert have the same key.
    ///
    /// The second one can never be inserted. With `on_conflict … do update` PostgreSQL refuses to change a row twice in
    /// one statement, and with `do nothing` the databases differ in which of the two they keep. A caller's rows with the
    /// same key are refused before they are sent, so beside `on_conflict` the keys of several rows are values or
    /// parameters: what the database computes is known too late.
    ///
    /// ```orm,bad
    /// table settings {
    ///   name   text  @primary_key
    ///   value  text
    /// }
    /// mutation reset {
    ///   insert into settings
    ///   values { name: "color", value: "red" }, { name: "color", value: "blue" }
    ///   on_conflict(name) do update set value = excluded.value
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    /// INSERT INTO settings (name, value) VALUES ('color', 'red'), ('color', 'blue') ON CONFLICT (name) DO UPDATE SET value = excluded.value
    /// ```
    ///
    /// ```orm,good
    /// table settings {
    ///   name   text  @primary_key
    ///   value  text
    /// }
    /// mutation reset {
    ///   insert into settings
    ///   values { name: "color", value: "red" }, { name: "size", value: "big" }
    ///   on_conflict(name) do update set value = excluded.value
    /// }
    /// ```
    REPEATED_KEY: "QRY044", "repeated-key", Error, oracle(Postgres)
}

pub(crate) fn check(context: &QueryContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let QueryBody::Insert(insert) = &context.query.body else { return };
    let InsertRows::Values(rows) = &insert.rows else { return };
    let keys = keys(context, insert);
    let written = context.clauses().iter().find_map(|it| match &it.kind {
        ClauseKind::Values(rows) => Some(rows.as_slice()),
        _ => None,
    });
    for (index, row) in rows.iter().enumerate() {
        let found = |wanted: Likeness| {
            let is_found =
                |key: &&Vec<&str>| rows[..index].iter().any(|other| likeness(insert, other, row, key) == wanted);
            keys.iter().find(is_found)
        };
        let anchor = written.and_then(|it| it.get(index)).map(|it| it.anchor);
        let place = || anchor.map_or_else(|| context.place(&insert.target), |it| context.here(it));
        let names = |key: &[&str]| {
            let names: Vec<_> = key.iter().map(|it| context.declared_name(&insert.target, it)).collect();
            format!("`{}`", names.join("`, `"))
        };
        if let Some(key) = found(Likeness::Same) {
            let message = format!("a row before this one has the same {}", names(key));
            let finding = REPEATED_KEY.at(place(), message).help("leave one of them out");
            let row = anchor.map(|it| context.here(it));
            diagnostics.push(finding.fix_at(row, |row| Fix::offer("Leave this row out").remove(row)));
        } else if let Some(key) = found(Likeness::Computed).filter(|_| insert.on_conflict.is_some()) {
            let message = format!("only the database knows whether a row before this one has the same {}", names(key));
            let help = "give the key as a parameter, or write each row in a mutation of its own";
            diagnostics.push(REPEATED_KEY.at(place(), message).help(help));
        }
    }
}

/// What the text says about the keys of two rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    Same,
    /// The database computes one of them, and nothing else of them differs.
    Computed,
    /// They differ, or whoever gives the parameters knows.
    Open,
}

/// The keys by which rows must differ.
fn keys<'c>(context: &'c QueryContext<'_>, insert: &'c Insert) -> Vec<Vec<&'c str>> {
    match &insert.on_conflict {
        Some(conflict) => vec![conflict.columns.iter().map(String::as_str).collect()],
        None => context.table(&insert.target).map(|it| context.unique_keys(it)).unwrap_or_default(),
    }
}

fn likeness(insert: &Insert, row: &[Option<Expression>], other: &[Option<Expression>], key: &[&str]) -> Likeness {
    let position = |column: &&str| insert.columns.iter().position(|it| it == column);
    let mut whole = Likeness::Same;
    for column in key {
        let Some(index) = position(column) else { return Likeness::Open };
        let (Some(Some(one)), Some(Some(two))) = (row.get(index), other.get(index)) else { return Likeness::Open };
        match (one, two) {
            (Expression::Literal(Literal::Null), _) | (_, Expression::Literal(Literal::Null)) => return Likeness::Open,
            (Expression::Literal(one), Expression::Literal(two)) if one != two => return Likeness::Open,
            (Expression::Literal(_), Expression::Literal(_)) => {}
            (Expression::Parameter(one), Expression::Parameter(two)) if one == two && !one.nullable => {}
            (Expression::Literal(_) | Expression::Parameter(_), Expression::Literal(_) | Expression::Parameter(_)) => {
                return Likeness::Open;
            }
            _ => whole = Likeness::Computed,
        }
    }
    whole
}
