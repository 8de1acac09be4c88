//! Comments that accept what a rule finds: `// orm-allow CODE until 2027-01-31: reason`.
//!
//! A comment never reaches the item tree, so that editing one checks nothing again. Suppressions are therefore read from
//! the text, and applied where findings already have their place in it.

use std::{ops::Range, sync::Arc};

use chrono::NaiveDate;
use memchr::memmem;

use crate::{
    diagnostics::{
        Severities, Severity,
        fix::with_joint,
        rules::{self, bad_suppression, expired_suppression, unreasoned_suppression, unused_suppression},
    },
    source::Source,
    syntax::kind::{SyntaxKind, kind},
    workspace::{FileDiagnostic, FileFinding, severity},
};

/// The word that a suppression begins with.
const WORD: &str = "orm-allow";

/// A comment that accepts findings.
struct Suppression<'t> {
    /// The comment.
    comment: Range<usize>,
    /// The line that it speaks of: its own, or the next one where it stands alone.
    line: Range<usize>,
    /// Codes or slugs, and where they stand.
    codes: Vec<(Range<usize>, &'t str)>,
    /// The last day on which it holds, as it is written.
    until: Option<(Range<usize>, &'t str)>,
    has_reason: bool,
}

/// Where a comment that accepts findings says which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuppressionPlaces {
    /// The comment.
    pub comment: Range<usize>,
    /// The codes or slugs, in order.
    pub codes: Vec<Range<usize>>,
}

/// The comment that accepts findings in the line at a byte offset.
pub fn at(source: &Source, offset: usize) -> Option<SuppressionPlaces> {
    let text: &str = source.text();
    let start = memchr::memrchr(b'\n', text.as_bytes().get(..offset)?).map_or(0, |it| it + 1);
    let line = &text[start..end_of_line(text, offset)];
    let found = memmem::find_iter(line.as_bytes(), WORD).find_map(|place| suppression(source, start + place))?;
    let codes = found.codes.into_iter().map(|(range, _)| range).collect();
    Some(SuppressionPlaces { comment: found.comment, codes })
}

/// Takes out of the findings of a file what its suppressions accept, and adds what is wrong with them. Without a `today`
/// nothing expires.
pub(crate) fn apply(
    source: &Source,
    path: &Arc<str>,
    severities: &Severities,
    today: Option<NaiveDate>,
    findings: &mut Vec<FileFinding<'_>>,
) {
    let mut wrong = Vec::new();
    for suppression in suppressions(source) {
        let mut report = |finding: FileDiagnostic| {
            let severity = severity(finding.rule, severities);
            wrong.push(FileFinding::in_text(FileDiagnostic { severity, ..finding }));
        };
        if !suppression.has_reason {
            report(unreasoned_suppression::report(suppression.comment.clone()));
        }
        let holds = match suppression.until {
            None => true,
            Some((place, date)) => match (NaiveDate::parse_from_str(date, "%Y-%m-%d"), today) {
                (Err(_), _) => {
                    report(bad_suppression::date(place, date));
                    true
                }
                (Ok(until), Some(today)) if until < today => {
                    let gone = whole(source.text(), &suppression.comment);
                    report(expired_suppression::report(path, place, until, gone));
                    false
                }
                (Ok(_), _) => true,
            },
        };
        if suppression.codes.is_empty() {
            let gone = whole(source.text(), &suppression.comment);
            report(bad_suppression::no_code(path, suppression.comment.clone(), gone));
        }
        let is_alone = suppression.codes.len() == 1;
        for (place, code) in suppression.codes {
            let Some(rule) = rules::find(code) else {
                report(bad_suppression::unknown(path, place, code));
                continue;
            };
            let gone = || match is_alone {
                true => whole(source.text(), &suppression.comment),
                false => with_joint(source.text(), place.clone()),
            };
            if rule.severity == Severity::Error {
                report(bad_suppression::always_an_error(path, place.clone(), rule, gone()));
                continue;
            }
            let is_accepted = |it: &FileFinding<'_>| it.rule() == rule && suppression.line.contains(&it.range.start);
            if !findings.iter().any(is_accepted) {
                report(unused_suppression::report(path, place.clone(), rule, gone()));
            } else if holds {
                findings.retain(|it| !is_accepted(it));
            }
        }
    }
    findings.append(&mut wrong);
}

/// Every suppression of a file, in order.
fn suppressions(source: &Source) -> Vec<Suppression<'_>> {
    let places = memmem::find_iter(source.text().as_bytes(), WORD);
    places.filter_map(|place| suppression(source, place)).collect()
}

/// The suppression whose word stands at `place`, if a comment begins with it.
fn suppression(source: &Source, place: usize) -> Option<Suppression<'_>> {
    let text: &str = source.text();
    let node = source.root_at(place)?.descendant_for_byte_range(place, place + WORD.len())?;
    if kind(node) != SyntaxKind::Comment {
        return None;
    }
    let comment = node.start_byte()..node.end_byte();
    let body = text[comment.clone()].strip_prefix("//")?;
    let rest = body.trim_start().strip_prefix(WORD)?;
    if rest.starts_with(|it: char| it.is_alphanumeric() || it == '-' || it == '_') || place > comment.end - rest.len() {
        return None;
    }
    let (head, reason) = rest.split_once(':').unwrap_or((rest, ""));
    let start = comment.end - rest.len();
    let mut words = words(head, start);
    let until = words.iter().position(|(_, word)| *word == "until").map(|at| words.split_off(at));
    Some(Suppression {
        line: line(text, &comment),
        codes: words,
        until: until.and_then(|it| it.get(1).or(it.first()).cloned()),
        has_reason: !reason.trim().is_empty(),
        comment,
    })
}

/// What blanks and commas keep apart, and where it stands in a text of which `text` begins at `start`.
fn words(text: &str, start: usize) -> Vec<(Range<usize>, &str)> {
    let is_word = |it: &&str| !it.is_empty();
    let offset = |word: &str| start + (word.as_ptr() as usize - text.as_ptr() as usize);
    let words = text.split(|it: char| it.is_whitespace() || it == ',').filter(is_word);
    words.map(|word| (offset(word)..offset(word) + word.len(), word)).collect()
}

/// The line that a comment speaks of: its own, or where nothing else stands on it, the next that is more than a comment.
fn line(text: &str, comment: &Range<usize>) -> Range<usize> {
    let start = memchr::memrchr(b'\n', &text.as_bytes()[..comment.start]).map_or(0, |it| it + 1);
    if !text[start..comment.start].trim().is_empty() {
        return start..end_of_line(text, comment.end);
    }
    let mut start = end_of_line(text, comment.end);
    while start < text.len() {
        let end = end_of_line(text, start);
        let line = text[start..end].trim();
        if !line.is_empty() && !line.starts_with("//") {
            return start..end;
        }
        start = end;
    }
    start..start
}

/// The byte after the end of the line.
fn end_of_line(text: &str, offset: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[offset..]).map_or(text.len(), |it| offset + it + 1)
}

/// A comment with its whole line where it stands alone, else with the blanks before it.
fn whole(text: &str, comment: &Range<usize>) -> Range<usize> {
    let before = text[..comment.start].trim_end_matches([' ', '\t']);
    match before.is_empty() || before.ends_with('\n') {
        true => before.len()..end_of_line(text, comment.end),
        false => before.len()..comment.end,
    }
}
