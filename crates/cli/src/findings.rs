//! What the checker finds, as a person reads it.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};
use orm_schema_lang::diagnostics::rules::unreadable_file::UNREADABLE_FILE;
use orm_schema_lang::workspace::{FileEdit, FileFix};
use orm_schema_lang::{Rule, Severity};

use crate::analysis::{AnalysedFile, Analysis, Content};
use crate::snippet::{PLAIN, STYLED};

/// Something wrong, with all its places.
pub(crate) struct Finding<'a> {
    pub(crate) rule: &'static Rule,
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
    pub(crate) place: FindingPlace<'a>,
    /// Further places, with what is there.
    pub(crate) related: Vec<(FindingPlace<'a>, String)>,
    /// What would remove it, the likeliest first.
    pub(crate) fixes: Vec<FindingFix<'a>>,
}

/// An edit that removes a finding.
pub(crate) struct FindingFix<'a> {
    pub(crate) title: String,
    /// Whether `--fix` applies it.
    pub(crate) is_safe: bool,
    /// Places, and what stands there afterwards.
    pub(crate) edits: Vec<(FindingPlace<'a>, String)>,
}

/// Bytes of a file.
pub(crate) struct FindingPlace<'a> {
    /// The path as a person at the current folder writes it.
    pub(crate) file: &'a str,
    /// The text; `None` when it can't be read.
    pub(crate) content: Option<&'a Content>,
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
}

/// All findings in the files that are `wanted`, ordered by file and place.
pub(crate) fn of(analysis: &Analysis, wanted: impl Fn(&AnalysedFile) -> bool) -> Vec<Finding<'_>> {
    analysis.files.iter().filter(|file| wanted(file)).flat_map(|file| of_file(analysis, file)).collect()
}

fn of_file<'a>(analysis: &'a Analysis, file: &'a AnalysedFile) -> Vec<Finding<'a>> {
    if let Err(error) = &file.content {
        return vec![Finding {
            rule: &UNREADABLE_FILE,
            severity: Severity::Error,
            message: format!("{} {}", file.shown, error.problem),
            help: Some(error.problem.help().to_owned()),
            place: place(file, 0..0),
            related: Vec::new(),
            fixes: Vec::new(),
        }];
    }
    let finding = |it: orm_schema_lang::FileDiagnostic| Finding {
        rule: it.rule,
        severity: it.severity,
        message: it.message,
        help: it.help,
        place: place(file, it.range),
        related: it
            .related
            .into_iter()
            .filter_map(|related| Some((place(analysis.file(&related.path)?, related.range), related.message)))
            .collect(),
        fixes: it.fixes.into_iter().filter_map(|it| fix(analysis, it)).collect(),
    };
    analysis.diagnostics(file).into_iter().map(finding).collect()
}

/// A fix of which every file is known.
fn fix(analysis: &Analysis, fix: FileFix) -> Option<FindingFix<'_>> {
    let edit = |edit: FileEdit| Some((place(analysis.file(&edit.path)?, edit.range), edit.replacement));
    let edits = fix.edits.into_iter().map(edit).collect::<Option<_>>()?;
    Some(FindingFix { title: fix.title, is_safe: fix.is_safe, edits })
}

/// Bytes of a file.
pub(crate) fn place(file: &AnalysedFile, range: Range<usize>) -> FindingPlace<'_> {
    FindingPlace { file: &file.shown, content: file.content.as_ref().ok(), range }
}

/// `2 errors, 1 warning`; empty for none.
pub(crate) fn count(findings: &[Finding<'_>]) -> String {
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Hint, "hint")];
    let parts = counts.into_iter().filter_map(|(severity, word)| {
        let count = findings.iter().filter(|it| it.severity == severity).count();
        (count > 0).then(|| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// The findings with their source lines, a blank line after each.
pub(crate) fn render(findings: &[Finding<'_>], has_colors: bool) -> String {
    let renderer = if has_colors { STYLED } else { PLAIN };
    findings.iter().map(|finding| render_one(finding, &renderer) + "\n\n").collect()
}

fn render_one(finding: &Finding<'_>, renderer: &Renderer) -> String {
    let title = level(finding.severity).primary_title(finding.message.as_str()).id(finding.rule.code);
    let mut group = title.elements(snippets(finding));
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Off | Severity::Hint => Level::INFO.with_name("hint"),
    }
}

/// One excerpt for each file, the finding's own first.
fn snippets<'a>(finding: &'a Finding<'_>) -> Vec<Element<'a>> {
    let mut places = vec![(&finding.place, AnnotationKind::Primary, None)];
    places.extend(finding.related.iter().map(|(place, text)| (place, AnnotationKind::Context, Some(text.as_str()))));
    let mut excerpts: Vec<Element<'a>> = Vec::new();
    let mut rest = places.as_slice();
    while let [first, ..] = rest {
        let same = rest.iter().take_while(|it| it.0.file == first.0.file).count();
        excerpts.extend(excerpt(&rest[..same]).into_iter().flatten());
        rest = &rest[same..];
    }
    excerpts
}

type Marked<'a, 'b> = (&'a FindingPlace<'b>, AnnotationKind, Option<&'a str>);

/// The lines of one file around these places; only they are handed on, since a file may be long. Of a long line a part is,
/// whose place is then told.
fn excerpt<'a>(places: &[Marked<'a, '_>]) -> Option<Vec<Element<'a>>> {
    let (first, ..) = places.first()?;
    let content = first.content?;
    let start = places.iter().map(|(place, ..)| place.range.start).min()?;
    let end = places.iter().map(|(place, ..)| place.range.end).max()?;
    let (text, offset) = content.lines.around(&(start..end));
    let annotations = places.iter().map(|(place, kind, label)| annotation(place, *kind, *label, offset, text.len()));
    let place = content.lines.place(offset);
    let snippet = Snippet::source(text).line_start(place.line).annotations(annotations.collect::<Vec<_>>());
    if place.column == 1 {
        return Some(vec![snippet.path(first.file).into()]);
    }
    let first_place = content.lines.place(first.range.start);
    let origin = Origin::path(first.file).line(first_place.line).char_column(first_place.column);
    Some(vec![origin.into(), snippet.into()])
}

fn annotation<'a>(
    place: &FindingPlace<'_>,
    kind: AnnotationKind,
    label: Option<&'a str>,
    offset: usize,
    length: usize,
) -> Annotation<'a> {
    let within = |position: usize| position.saturating_sub(offset).min(length);
    let annotation = kind.span(within(place.range.start)..within(place.range.end));
    match label {
        Some(label) => annotation.label(label),
        None => annotation,
    }
}
