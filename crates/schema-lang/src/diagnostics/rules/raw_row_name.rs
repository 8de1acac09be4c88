//! A column in raw SQL that Spanner takes for the row of its table.

use orm_model::query::RawPiece;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::query::raw::Piece,
};

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

/// Looks at a text for Spanner, as it is written and as it was understood.
pub(crate) fn report(location: Location, sql: &str, written: &[Piece<'_>], pieces: &[RawPiece]) -> Option<Diagnostic> {
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
    let fix = name_table(sql, written, pieces, column)
        .map(|(name, named)| Fix::offer(format!("Call the table `{name}`")).replace_first(&location, sql, named));
    let help = "give the table another name, `${…} AS t`, and write `t.${…}`";
    Some(RAW_ROW_NAME.at(location, message).help(help).fix_if_any(fix))
}

/// Another name for the table that a column is called like, and the text with it. `None` where the text names the table in
/// its own words, or before a point.
fn name_table(sql: &str, written: &[Piece<'_>], pieces: &[RawPiece], column: &str) -> Option<(String, String)> {
    let is_table = |it: &RawPiece| matches!(it, RawPiece::Table(table) if table.name.eq_ignore_ascii_case(column));
    let qualifies = |(at, it): (usize, &RawPiece)| match it {
        RawPiece::Text(text) => words_before_points(text).any(|it| it.eq_ignore_ascii_case(column)),
        it => is_table(it) && is_text(pieces.get(at + 1), |it| it.trim_start().starts_with('.')),
    };
    if pieces.iter().enumerate().any(qualifies) {
        return None;
    }
    let first = column.chars().next().filter(char::is_ascii_alphabetic)?.to_ascii_lowercase();
    let mut names = std::iter::once(first.to_string()).chain((2_u32..).map(|it| format!("{first}{it}")));
    let is_free = |name: &String| !words(sql).any(|it| it.eq_ignore_ascii_case(name));
    let name = names.find(is_free)?;
    let mut text = String::new();
    for (at, (written, piece)) in written.iter().zip(pieces).enumerate() {
        let start = text.len();
        match written {
            Piece::Text(it) => text += it,
            Piece::Name(it) => text += &format!("${{{it}}}"),
            Piece::Parameter(it) => text += &format!("${it}"),
        }
        match piece {
            RawPiece::Table(_) if is_table(piece) && keeps_its_name(pieces.get(at + 1)) => {
                text += &format!(" AS {name}")
            }
            RawPiece::Column(it) if it.eq_ignore_ascii_case(column) && !is_qualified(&pieces[..at]) => {
                text.insert_str(start, &format!("{name}."));
            }
            _ => {}
        }
    }
    Some((name, text))
}

/// The words that a point follows.
fn words_before_points(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive('.').filter_map(|it| {
        let before = it.strip_suffix('.')?.trim_end().trim_end_matches(['"', '`']);
        words(before).last()
    })
}

/// The words of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_')
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
    is_text(before.last(), |it| it.trim_end().ends_with('.'))
}

fn is_text(piece: Option<&RawPiece>, is_wanted: impl Fn(&str) -> bool) -> bool {
    matches!(piece, Some(RawPiece::Text(text)) if is_wanted(text))
}
