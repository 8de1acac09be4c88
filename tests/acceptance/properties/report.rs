//! What came of the pairs that were drawn, as tables.

use std::collections::BTreeMap;

use orm_testkit::generator::Pair;

use super::{Walk, constructs};

/// What came of the pairs on one database.
#[derive(Default)]
pub(super) struct Count {
    pub(super) drawn: usize,
    /// Pairs that are for this database.
    pub(super) asked: usize,
    /// Pairs of which `orm check` takes both schemas.
    pub(super) accepted: usize,
    /// Pairs that the database of the tests cannot be asked about, by what it lacks.
    pub(super) excluded: BTreeMap<String, usize>,
    /// Schemas that were applied and found again.
    pub(super) schemas: usize,
    /// Pairs that were migrated forth and back.
    pub(super) migrated: usize,
    /// Migrations whose rows a statement refused, as its note says.
    pub(super) refused: usize,
    pub(super) rows: usize,
    /// How many accepted schemas have a construct.
    pub(super) constructs: BTreeMap<String, usize>,
    pub(super) failures: Vec<String>,
}

impl Count {
    /// Adds a pair that passed.
    pub(super) fn add(&mut self, walk: &Walk, pair: &Pair) {
        self.accepted += 1;
        self.schemas += walk.schemas;
        self.migrated += usize::from(walk.migrated);
        self.refused += usize::from(walk.refused);
        self.rows += walk.rows;
        for text in [&pair.before, &pair.after] {
            for construct in constructs::constructs(text) {
                *self.constructs.entry(construct).or_default() += 1;
            }
        }
    }
}

/// The counts of each database, and how often the words of the language occurred in what passed.
pub(super) fn print(counts: &[(&str, Count)]) {
    eprintln!(
        "| database | pairs drawn | for it | accepted by check | left out | schemas applied | pairs forth and back | of them first refused by rows | rows | failed |"
    );
    eprintln!("|---|---|---|---|---|---|---|---|---|---|");
    for (name, it) in counts {
        let excluded: usize = it.excluded.values().sum();
        eprintln!(
            "| {name} | {} | {} | {} | {excluded} | {} | {} | {} | {} | {} |",
            it.drawn,
            it.asked,
            it.accepted + excluded + it.failures.len(),
            it.schemas,
            it.migrated,
            it.refused,
            it.rows,
            it.failures.len()
        );
        for (why, count) in &it.excluded {
            eprintln!("{name}: {count} left out: {why}");
        }
    }
    let header: String = counts.iter().map(|(name, _)| format!(" {name} |")).collect();
    eprintln!("\n| accepted schemas that have |{header}\n|---|{}", "---|".repeat(counts.len()));
    for construct in constructs::all() {
        let cells = counts.iter().map(|(_, it)| format!(" {} |", it.constructs.get(&construct).unwrap_or(&0)));
        eprintln!("| {construct} |{}", cells.collect::<String>());
    }
}
