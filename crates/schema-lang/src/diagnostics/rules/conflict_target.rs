//! `on_conflict` without a key.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// `on_conflict` names columns that are no key, or none at all.
    ///
    /// Two rows are in conflict by the primary key or by a unique one, so it says which.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation add(id: uuid, name: text, at: timestamptz) {
    ///   insert into users
    ///   values { $id, $name, created_at: $at }
    ///   on_conflict(name) do nothing
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE users (id UUID PRIMARY KEY, name TEXT NOT NULL, email TEXT, created_at TIMESTAMPTZ NOT NULL);
    /// INSERT INTO users (id, name, created_at) VALUES (gen_random_uuid(), 'a', now()) ON CONFLICT (name) DO NOTHING
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation add(id: uuid, name: text, at: timestamptz) {
    ///   insert into users
    ///   values { $id, $name, created_at: $at }
    ///   on_conflict(id) do nothing
    /// }
    /// ```
    CONFLICT_TARGET: "QRY031", "conflict-target", Error, oracle(Postgres)
}

/// `key` is the primary key of the table; `is_empty`: parentheses are there.
pub(crate) fn missing(location: Location, key: Option<&str>, is_empty: bool) -> Diagnostic {
    let fix = key.map(|key| {
        let new = format!("on_conflict({key})");
        let fix = Fix::offer(format!("Write `{new}`"));
        match is_empty {
            true => fix.replace_first(&location, "(", format!("({key}")),
            false => fix.replace_first(&location, "on_conflict", new),
        }
    });
    CONFLICT_TARGET
        .at(location, "`on_conflict` does not say by which key")
        .help("write `on_conflict(id)`")
        .fix_if_any(fix)
}

pub(crate) fn no_column(location: Location) -> Diagnostic {
    CONFLICT_TARGET.at(location, "a key is made of columns").help("write `on_conflict(tenant_id, id)`")
}

/// `written`: what stands in the parentheses, where it is one name.
pub(crate) fn no_key(location: Location, known: &[String], written: Option<Location>) -> Diagnostic {
    let key = known.iter().find(|it| !it.is_empty());
    let fix =
        key.zip(written).map(|(key, place)| Fix::offer(format!("Write `on_conflict({key})`")).replace(&place, key));
    let known: Vec<_> = known.iter().filter(|it| !it.is_empty()).map(|it| format!("`{it}`")).collect();
    CONFLICT_TARGET
        .at(location, "these columns are no unique key")
        .help(format!("the keys of the table are {}", known.join(" and ")))
        .fix_if_any(fix)
}
