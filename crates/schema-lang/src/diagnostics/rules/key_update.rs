//! An update of the primary key.

use orm_model::Dialect;

use crate::{diagnostics::rule::rule, item::Anchor, lower::Scope};

rule! {
    /// An update writes a column of the primary key.
    ///
    /// Spanner refuses it: the key says where the row is. Insert a row with the new key and delete the old one.
    /// See <https://cloud.google.com/spanner/docs/reference/standard-sql/dml-syntax#update-statement>.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation move(id: uuid, to: uuid) {
    ///   update users
    ///   set id = $to
    ///   where id = $id
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE users (id STRING(36) NOT NULL, name STRING(MAX) NOT NULL, email STRING(MAX), created_at TIMESTAMP NOT NULL) PRIMARY KEY (id);
    /// INSERT INTO users (id, name, created_at) VALUES ('a', 'Ada', TIMESTAMP '2026-01-01T00:00:00Z');
    /// UPDATE users SET id = 'b' WHERE id = 'a'
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// mutation rename(id: uuid, name: text) {
    ///   update users
    ///   set name = $name
    ///   where id = $id
    /// }
    /// ```
    KEY_UPDATE: "QRY027", "key-update", Error, oracle(Spanner)
}

/// Nothing is given where a finding says that Spanner refuses it.
pub(crate) fn check(scope: &mut Scope<'_>, anchor: Anchor, name: &str) -> Option<()> {
    if !scope.targets().includes(Dialect::Spanner) {
        return Some(());
    }
    let finding =
        KEY_UPDATE.at(scope.at(anchor), format!("`{name}` is part of the primary key, which Spanner does not change"));
    let fix = scope.keep_to(Dialect::Postgres).filter(|_| scope.targets().includes(Dialect::Postgres));
    let help = "insert a row with the new key and delete the old one, or use `@only(postgres)`";
    scope.report(finding.help(help).fix_if_any(fix));
    None
}
