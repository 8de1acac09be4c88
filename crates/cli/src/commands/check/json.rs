//! The JSON of `orm check`, which `--help` and `docs/cli.md` describe.

use orm_schema_lang::Severity;
use serde::Serialize;

use super::unchecked::UncheckedSql;
use crate::findings::{Finding, FindingFix, FindingPlace};

/// The whole. Fields may be added; `version` changes when one changes its meaning.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    version: u32,
    files: usize,
    errors: usize,
    warnings: usize,
    hints: usize,
    diagnostics: Vec<Diagnostic<'a>>,
    unchecked: Vec<Unchecked<'a>>,
}

#[derive(Serialize)]
struct Unchecked<'a> {
    kind: &'a str,
    title: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    code: &'a str,
    slug: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(flatten)]
    place: Place<'a>,
    related: Vec<Related<'a>>,
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    offset: usize,
    line: usize,
    column: usize,
}

/// The report about this many files.
pub(super) fn report<'a>(findings: &'a [Finding<'a>], unchecked: &'a [UncheckedSql<'a>], files: usize) -> Report<'a> {
    let count = |severity| findings.iter().filter(|it| it.severity == severity).count();
    Report {
        version: 1,
        files,
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
        hints: count(Severity::Hint),
        diagnostics: findings.iter().map(diagnostic).collect(),
        unchecked: unchecked.iter().map(sql).collect(),
    }
}

fn sql<'a>(unchecked: &'a UncheckedSql<'a>) -> Unchecked<'a> {
    let UncheckedSql { sql, place: at } = unchecked;
    Unchecked { kind: sql.kind.keyword(), title: &sql.title, place: place(at) }
}

fn diagnostic<'a>(finding: &'a Finding<'a>) -> Diagnostic<'a> {
    let related = finding.related.iter().map(|(it, message)| Related { message, place: place(it) });
    Diagnostic {
        code: finding.rule.code,
        slug: finding.rule.slug,
        severity: finding.severity.name(),
        message: &finding.message,
        help: finding.help.as_deref(),
        place: place(&finding.place),
        related: related.collect(),
        fixes: finding.fixes.iter().map(fix).collect(),
    }
}

fn fix<'a>(fix: &'a FindingFix<'a>) -> Fix<'a> {
    let edits = fix.edits.iter().map(|(it, text)| Edit { place: place(it), text });
    Fix { title: &fix.title, safe: fix.is_safe, edits: edits.collect() }
}

fn place<'a>(place: &FindingPlace<'a>) -> Place<'a> {
    Place { file: place.file, start: position(place, place.range.start), end: position(place, place.range.end) }
}

/// A file that can't be read has one place, its beginning.
fn position(place: &FindingPlace<'_>, offset: usize) -> Position {
    match place.content {
        Some(content) => {
            let people = content.lines.place(offset);
            Position { offset: offset + content.offset, line: people.line, column: people.column }
        }
        None => Position { offset: 0, line: 1, column: 1 },
    }
}
