//! What came of the queries that were drawn, as tables.

use std::collections::BTreeMap;

use orm_testkit::generator::query::Drawn;

use super::{Judged, Outcome, checker::Rejection, edge::Edge};

#[derive(Default)]
pub(super) struct Report {
    pub(super) schemas: usize,
    pub(super) drawn: usize,
    pub(super) accepted: usize,
    /// Queries that every database refused.
    refused: usize,
    /// Queries that gave rows.
    with_rows: usize,
    rows: usize,
    /// Errors by their code.
    errors: BTreeMap<&'static str, usize>,
    /// Of each rule that speaks for a database: queries that it alone rejected, those of which SQL is made, and those that
    /// its databases take.
    edges: BTreeMap<&'static str, [usize; 3]>,
    /// Queries of [`edges`](Self::edges) that were taken.
    taken: Vec<String>,
    /// How often a construct was drawn, and in queries that were accepted.
    constructs: BTreeMap<&'static str, (usize, usize)>,
    /// Differences that a rule declares, by its code.
    declared: BTreeMap<&'static str, usize>,
    /// Queries where one database met a value that it refuses, and another one did not come there.
    evaluation: usize,
    /// Queries that broke the emulator.
    broken: usize,
    pub(super) findings: Vec<String>,
}

impl Report {
    pub(super) fn add_drawn(&mut self, drawn: &Drawn, errors: Option<&Vec<Rejection>>) {
        self.drawn += 1;
        self.accepted += usize::from(errors.is_none());
        let constructs = drawn.constructs.iter().map(|(name, count)| (*name, *count));
        for (construct, count) in constructs.chain(drawn.functions().into_iter().map(|it| (it, 1))) {
            let counts = self.constructs.entry(construct).or_default();
            counts.0 += count;
            counts.1 += if errors.is_none() { count } else { 0 };
        }
        for error in errors.into_iter().flatten() {
            *self.errors.entry(error.rule.code).or_default() += 1;
        }
    }

    pub(super) fn add_edge(&mut self, edge: Edge) {
        let (code, counts, text) = match edge {
            Edge::NotJudged => return,
            Edge::NotWritten(code) => (code, [1, 0, 0], None),
            Edge::Refused(code) => (code, [1, 1, 0], None),
            Edge::Taken(code, text) => (code, [1, 1, 1], Some(text)),
        };
        let known = self.edges.entry(code).or_default();
        known.iter_mut().zip(counts).for_each(|(known, count)| *known += count);
        self.taken.extend(text);
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

    pub(super) fn add_judged(&mut self, judged: Judged) {
        match judged {
            Judged::Same => {}
            Judged::Declared(code) => *self.declared.entry(code).or_default() += 1,
            Judged::Evaluation => self.evaluation += 1,
            Judged::Broken => self.broken += 1,
            Judged::Finding(finding) => self.findings.push(finding),
        }
    }

    pub(super) fn print(&self) {
        eprintln!(
            "| schemas | queries drawn | accepted by check, run | with rows | rows compared | errors on all | findings |"
        );
        eprintln!("|---|---|---|---|---|---|---|");
        eprintln!(
            "| {} | {} | {} | {} | {} | {} | {} |",
            self.schemas,
            self.drawn,
            self.accepted,
            self.with_rows,
            self.rows,
            self.refused,
            self.findings.len()
        );
        eprintln!("\n| differences that are none | times |\n|---|---|");
        eprintln!("| a value that one database refuses and another did not come to | {} |", self.evaluation);
        eprintln!("| the emulator broke, or has no such thing | {} |", self.broken);
        for (code, times) in &self.declared {
            eprintln!("| declared by {code} | {times} |");
        }
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
        if !self.edges.is_empty() {
            eprintln!(
                "\n| rule of a database | rejected by it alone | put to its databases | taken by all of them |\n|---|---|---|---|"
            );
            for (code, [rejected, written, taken]) in &self.edges {
                eprintln!("| {code} | {rejected} | {written} | {taken} |");
            }
            self.taken.iter().for_each(|it| eprintln!("taken: {it}"));
        }
    }
}
