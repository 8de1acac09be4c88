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
    /// same key are refused before they are sent.
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
        let is_repeated = |key: &&Vec<&str>| {
            let own = values(insert, row, key);
            own.is_some() && rows[..index].iter().any(|other| values(insert, other, key) == own)
        };
        let Some(key) = keys.iter().find(is_repeated) else { continue };
        let anchor = written.and_then(|it| it.get(index)).map(|it| it.anchor);
        let place = anchor.map_or_else(|| context.place(&insert.target), |it| context.here(it));
        let names: Vec<_> = key.iter().map(|it| context.declared_name(&insert.target, it)).collect();
        let message = format!("a row before this one has the same `{}`", names.join("`, `"));
        let finding = REPEATED_KEY.at(place, message).help("leave one of them out");
        let row = anchor.map(|it| context.here(it));
        diagnostics.push(finding.fix_at(row, |row| Fix::offer("leave this row out").remove(row)));
    }
}

/// The keys by which rows must differ.
fn keys<'c>(context: &'c QueryContext<'_>, insert: &'c Insert) -> Vec<Vec<&'c str>> {
    match &insert.on_conflict {
        Some(conflict) => vec![conflict.columns.iter().map(String::as_str).collect()],
        None => context.table(&insert.target).map(|it| context.unique_keys(it)).unwrap_or_default(),
    }
}

/// The values of a key, where the text says what they are.
fn values<'r>(insert: &Insert, row: &'r [Option<Expression>], key: &[&str]) -> Option<Vec<&'r Expression>> {
    let value = |column: &&str| {
        let position = insert.columns.iter().position(|it| it == column)?;
        let value = row.get(position)?.as_ref()?;
        let is_said = match value {
            Expression::Literal(it) => *it != Literal::Null,
            Expression::Parameter(it) => !it.nullable,
            _ => false,
        };
        is_said.then_some(value)
    };
    key.iter().map(value).collect()
}
