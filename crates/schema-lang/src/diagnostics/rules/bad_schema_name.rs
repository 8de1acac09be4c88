//! A named schema that cannot be.

use orm_model::Dialect;

use crate::{
    diagnostics::{Diagnostic, Fix, rule::rule},
    item::{DeclarationKind, Name},
    lower::Scope,
};

rule! {
    /// What stands before the point of a name is no schema that the databases take.
    ///
    /// A name has at most one schema: `auth.users`. Tables without a name of a schema are in the default one, which
    /// PostgreSQL calls `public`, so that writing it out would be a second name for the same table. Some names belong to
    /// the databases: `pg_…`, `information_schema`, and the namespaces of Spanner's functions. Mixins are in no database.
    ///
    /// ```orm,bad
    /// table public.users {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table auth.sessions {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    BAD_SCHEMA_NAME: "ORM120", "bad-schema-name", Error, oracle(Postgres, Spanner)
}

/// Spanner keeps these for itself and the namespaces of its functions; tried on the emulator.
const SPANNER_SCHEMAS: &[&str] = &[
    "aead",
    "default",
    "hll_count",
    "information_schema",
    "keys",
    "kll_quantiles",
    "ml",
    "net",
    "pg",
    "safe",
    "spanner",
];

pub(crate) fn check(scope: &Scope<'_>, name: &Name) -> Option<Diagnostic> {
    let (schema, rest) = name.text.split_once('.')?;
    let location = scope.at(name.anchor);
    if scope.home.kind(scope.db) == DeclarationKind::Mixin {
        let finding = BAD_SCHEMA_NAME.at(location, format!("a mixin is in no schema, and `{}` names one", name.text));
        let fix = Fix::rename(&scope.at(name.anchor), &name.text, rest);
        return Some(finding.help(format!("call it `{rest}`; its tables say in which schema they are")).fix(fix));
    }
    if rest.contains('.') {
        let finding = BAD_SCHEMA_NAME.at(location, format!("`{}` has more than one schema", name.text));
        return Some(finding.help("a name is `schema.name`; `@db(\"…\")` gives a name with a point in it"));
    }
    let lower = schema.to_ascii_lowercase();
    let targets = scope.targets();
    let takes = |dialect: Dialect| targets.includes(dialect);
    // Case tells prefixes apart in both databases, and names in PostgreSQL alone.
    let owner = match schema {
        _ if schema == "public" || (lower == "public" && takes(Dialect::Spanner)) => {
            let finding = BAD_SCHEMA_NAME.at(location, "`public` is PostgreSQL's name of the default schema");
            let fix = Fix::rename(&scope.at(name.anchor), &name.text, rest).certain();
            return Some(finding.help(format!("write `{rest}` alone")).fix(fix));
        }
        it if takes(Dialect::Postgres) && (it.starts_with("pg_") || it == "information_schema") => Dialect::Postgres,
        it if takes(Dialect::Spanner) && (it.starts_with("pg_") || it.starts_with("spanner_")) => Dialect::Spanner,
        _ if takes(Dialect::Spanner) && SPANNER_SCHEMAS.contains(&lower.as_str()) => Dialect::Spanner,
        _ => return None,
    };
    let finding = BAD_SCHEMA_NAME.at(location, format!("`{schema}` is a name that {} keeps for itself", owner.title()));
    Some(finding.help("give the schema another name"))
}
