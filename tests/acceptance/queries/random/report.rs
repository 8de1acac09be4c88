//! What came of the queries that were drawn, as tables.

use std::collections::BTreeMap;

use orm_testkit::generator::query::Drawn;

use super::Outcome;

#[derive(Default)]
pub(super) struct Report {
    pub(super) drawn: usize,
    pub(super) accepted: usize,
    /// Queries that every database refused.
    refused: usize,
    /// Queries that gave rows.
    with_rows: usize,
    rows: usize,
    /// Errors by their code.
    errors: BTreeMap<String, usize>,
    /// How often a construct was drawn, and in queries that were accepted.
    constructs: BTreeMap<&'static str, (usize, usize)>,
    pub(super) findings: Vec<String>,
}

impl Report {
    pub(super) fn add_drawn(&mut self, drawn: &Drawn, errors: Option<&Vec<String>>) {
        self.drawn += 1;
        self.accepted += usize::from(errors.is_none());
        for (construct, count) in &drawn.constructs {
            let counts = self.constructs.entry(construct).or_default();
            counts.0 += count;
            counts.1 += if errors.is_none() { *count } else { 0 };
        }
        for error in errors.into_iter().flatten() {
            let code = error.split(' ').next().unwrap_or_default();
            *self.errors.entry(code.to_owned()).or_default() += 1;
        }
    }

    pub(super) fn add_run(&mut self, outcomes: &[Outcome]) {
        match outcomes[0].rows() {
            None => self.refused += 1,
            Some(count) => {
                self.rows += count;
                self.with_rows += usize::from(count > 0);
            }
        }
    }

    pub(super) fn print(&self) {
        eprintln!("| queries drawn | accepted by check, run | with rows | rows compared | errors on all | findings |");
        eprintln!("|---|---|---|---|---|---|");
        eprintln!(
            "| {} | {} | {} | {} | {} | {} |",
            self.drawn,
            self.accepted,
            self.with_rows,
            self.rows,
            self.refused,
            self.findings.len()
        );
        eprintln!("\n| construct | drawn | in what was accepted |\n|---|---|---|");
        for (construct, (drawn, accepted)) in &self.constructs {
            eprintln!("| {construct} | {drawn} | {accepted} |");
        }
        if !self.errors.is_empty() {
            eprintln!("\n| rejected with | times |\n|---|---|");
            for (code, times) in &self.errors {
                eprintln!("| {code} | {times} |");
            }
        }
    }
}
