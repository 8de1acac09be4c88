//! A column in raw SQL that Spanner takes for the row of its table.

use orm_model::query::RawPiece;

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// Raw SQL for Spanner names a column that is called like its table.
    ///
    /// Where the table gets no other name, it is not the column: in Spanner the name of a table stands for its row before it stands for a column, so that it is a STRUCT, which is
    /// neither compared nor summed. PostgreSQL takes the column. See
    /// <https://cloud.google.com/spanner/docs/reference/standard-sql/query-syntax#range_variables>.
    ///
    /// ```orm,bad
    /// table rank {
    ///   id    uuid    @primary_key
    ///   rank  bigint
    /// }
    /// query highest : one(rank: bigint?) = sql("SELECT MAX(${rank.rank}) AS rank FROM ${rank}")
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE rank (id STRING(36) NOT NULL, rank INT64 NOT NULL) PRIMARY KEY (id);
    /// SELECT MAX(rank) AS rank FROM rank
    /// ```
    ///
    /// ```orm,good
    /// table rank {
    ///   id    uuid    @primary_key
    ///   rank  bigint
    /// }
    /// query highest : one(rank: bigint?) = sql("SELECT MAX(r.${rank.rank}) AS rank FROM ${rank} AS r")
    /// ```
    RAW_ROW_NAME: "QRY046", "raw-row-name", Error, oracle(Spanner)
}

/// What may follow a table that gets no other name.
const WORDS: &[&str] = &[
    "where",
    "on",
    "using",
    "order",
    "group",
    "having",
    "limit",
    "join",
    "inner",
    "left",
    "right",
    "full",
    "cross",
    "hash",
    "union",
    "intersect",
    "except",
    "tablesample",
    "for",
];

/// Looks at a text for Spanner.
pub(crate) fn report(location: Location, pieces: &[RawPiece]) -> Option<Diagnostic> {
    let own_name = |(index, it): (usize, &'_ RawPiece)| match it {
        RawPiece::Table(table) if keeps_its_name(pieces.get(index + 1)) => Some(table.name.clone()),
        _ => None,
    };
    let own_names: Vec<_> = pieces.iter().enumerate().filter_map(own_name).collect();
    let column = pieces.iter().enumerate().find_map(|(index, it)| match it {
        RawPiece::Column(column) if !is_qualified(&pieces[..index]) => {
            own_names.iter().any(|it| it.eq_ignore_ascii_case(column)).then_some(column)
        }
        _ => None,
    })?;
    let message = format!("in Spanner `{column}` is the row of the table here, not its column");
    Some(RAW_ROW_NAME.at(location, message).help("give the table another name, `${…} AS t`, and write `t.${…}`"))
}

fn keeps_its_name(next: Option<&RawPiece>) -> bool {
    let Some(next) = next else { return true };
    let RawPiece::Text(text) = next else { return false };
    let text = text.trim_start();
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(text.len());
    match &text[..end] {
        "" => text.is_empty() || text.starts_with([')', ',', ';', '@']),
        word => WORDS.iter().any(|it| it.eq_ignore_ascii_case(word)),
    }
}

fn is_qualified(before: &[RawPiece]) -> bool {
    matches!(before.last(), Some(RawPiece::Text(text)) if text.trim_end().ends_with('.'))
}
