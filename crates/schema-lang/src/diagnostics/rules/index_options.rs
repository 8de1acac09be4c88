//! An index that Spanner cannot build.

use orm_model::{Dialect, IndexKey, schema::NullsOrder};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// An index has an access method or an order of NULLs that one of the databases lacks.
    ///
    /// Spanner has one kind of index, and it sorts NULLs as the smallest values. PostgreSQL's access methods are `btree`,
    /// `hash`, `gin`, `gist`, `spgist` and `brin`.
    ///
    /// ```orm,bad
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  text
    ///
    ///   index(body, using: hash)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table documents {
    ///   id    uuid  @primary_key
    ///   body  text
    ///
    ///   index(body)
    /// }
    /// ```
    INDEX_OPTIONS: "SP071", "index-options", Error, policy
}

const ACCESS_METHODS: &[&str] = &["btree", "hash", "gin", "gist", "spgist", "brin"];

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let for_spanner = context.is_for(Dialect::Spanner);
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        if !context.is_own(&place.origin) {
            continue;
        }
        let mut report = |message: String, help: &str| {
            let finding = context.at(&INDEX_OPTIONS, &place.origin, place.anchor, message).help(help);
            let method = index.using.as_ref().and_then(|_| context.argument(place, "using"));
            let method = method.map(|it| context.here(it.anchor));
            diagnostics.push(finding.fix_at(method, |it| Fix::offer("Leave `using:` out").remove(it)));
        };
        if let Some(method) = &index.using {
            if !ACCESS_METHODS.contains(&method.as_str()) {
                report(
                    format!("PostgreSQL has no access method `{method}`"),
                    "use `gin`, `gist`, `hash`, `brin` or none",
                );
            } else if for_spanner && method != "btree" {
                report(
                    format!("Spanner has no `{method}` index"),
                    "leave `using:` out, or take Spanner out of the targets",
                );
            }
            if index.unique && method != "btree" {
                report(format!("a `{method}` index cannot be unique"), "leave `using:` or `unique:` out");
            }
        }
        if for_spanner && index.keys.iter().any(sorts_nulls_largest) {
            report("Spanner sorts NULLs as the smallest values".to_owned(), "leave `nulls` out of the key");
        }
    }
}

fn sorts_nulls_largest(key: &IndexKey) -> bool {
    match key.nulls {
        Some(NullsOrder::First) => key.descending,
        Some(NullsOrder::Last) => !key.descending,
        None => false,
    }
}
