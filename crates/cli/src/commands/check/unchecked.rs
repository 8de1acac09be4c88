//! What `orm check` did not look into: SQL that a person wrote.

use orm_schema_lang::item::DeclarationKind;
use orm_schema_lang::unchecked::Unchecked;

use crate::analysis::{AnalysedFile, Analysis};
use crate::findings::{FindingPlace, place};

/// As many places of a kind are named for people; a program gets all of them.
const NAMED_PLACES: usize = 5;

/// SQL in a file.
pub(super) struct UncheckedSql<'a> {
    pub(super) sql: Unchecked,
    pub(super) place: FindingPlace<'a>,
}

/// The SQL in the files that are `wanted`, ordered by file and place.
pub(super) fn of(analysis: &Analysis, wanted: impl Fn(&AnalysedFile) -> bool) -> Vec<UncheckedSql<'_>> {
    let of_file = |file| {
        let place = move |sql: &Unchecked| place(file, sql.range.clone());
        analysis.unchecked(file).into_iter().map(move |sql| UncheckedSql { place: place(&sql), sql })
    };
    analysis.files.iter().filter(|file| wanted(file)).flat_map(of_file).collect()
}

/// `Not looked into: 2 raw blocks (a.orm:3, a.orm:9), 1 view (b.orm:1).`; `None` where there is nothing.
pub(super) fn note(unchecked: &[UncheckedSql<'_>]) -> Option<String> {
    let kinds = [(DeclarationKind::Raw, "raw block"), (DeclarationKind::View, "view")];
    let parts = kinds.into_iter().filter_map(|(kind, word)| {
        let places: Vec<_> = unchecked.iter().filter(|it| it.sql.kind == kind).map(|it| line(&it.place)).collect();
        let count = places.len();
        let more = if count > NAMED_PLACES { ", …" } else { "" };
        let named = places.into_iter().take(NAMED_PLACES).collect::<Vec<_>>().join(", ");
        (count > 0).then(|| format!("{count} {word}{} ({named}{more})", if count == 1 { "" } else { "s" }))
    });
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then(|| format!("Not looked into: {}.", parts.join(", ")))
}

fn line(place: &FindingPlace<'_>) -> String {
    let line = place.content.map_or(1, |content| content.lines.place(place.range.start).line);
    format!("{}:{line}", place.file)
}
