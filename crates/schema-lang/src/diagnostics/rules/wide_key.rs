//! A key that can be longer than a database stores.

use orm_model::{Column, ScalarType};

use crate::diagnostics::{Diagnostic, RuleContext, access_path::AccessPath, rule::rule};

rule! {
    /// A key can be longer than a database stores.
    ///
    /// PostgreSQL takes 2,704 bytes for an entry of an index, after compression; Spanner takes 8,192 bytes for a key. Both
    /// take the schema and refuse the row. Columns without a stated length are not counted.
    ///
    /// ```orm,bad
    /// table pages {
    ///   id   uuid           @primary_key
    ///   url  varchar(4000)  @unique
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table pages {
    ///   id        uuid           @primary_key
    ///   url       varchar(4000)
    ///   url_hash  bytes(32)      @unique
    /// }
    /// ```
    WIDE_KEY: "PERF022", "wide-key", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let dialects = context.targets().dialects();
    let Some((limit, dialect)) = dialects.map(|it| (it.capabilities().key_bytes, it)).min_by_key(|it| it.0) else {
        return;
    };
    for path in AccessPath::all(context).iter().filter(|it| it.is_sorted() && context.is_own(&it.place.origin)) {
        let columns = path.columns().filter_map(|name| context.column(name));
        let bytes: u64 = columns.map(stated_length).sum();
        if bytes > limit {
            let message = format!("the key can have {bytes} characters, and {} stores {limit} bytes", dialect.title());
            let finding = context.at(&WIDE_KEY, &path.place.origin, path.place.anchor, message);
            diagnostics.push(finding.help("make the columns shorter, or key on a hash of the value"));
        }
    }
}

/// A character takes a byte at least.
fn stated_length(column: &Column) -> u64 {
    match column.column_type.scalar {
        ScalarType::Varchar(Some(length)) | ScalarType::Char(length) | ScalarType::Bytes(Some(length)) => {
            u64::from(length)
        }
        _ => 0,
    }
}
