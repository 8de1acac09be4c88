//! `orm check --fix`: applies the fixes that nobody needs to look at.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use orm_project::Project;
use orm_project::text::read_text;
use orm_schema_lang::fix_all::{ROUNDS, without_overlaps};

use super::wanted;
use crate::analysis::Analysis;
use crate::disk;
use crate::failure::Failure;
use crate::findings::{self, Finding, FindingFix};
use crate::session::Session;

/// Applies the safe fixes of what is wrong in the wanted files, tells each, and reads the project anew.
pub(super) fn apply(
    session: &Session,
    project: &Project,
    mut analysis: Analysis,
    paths: &[PathBuf],
) -> Result<Analysis, Failure> {
    let mut count = 0;
    for _ in 0..ROUNDS {
        let names = wanted(session, project, &analysis, paths)?;
        let found = findings::of(&analysis, |file| names.contains(&file.file.name.as_str()));
        let is_wanted =
            |shown: &str| analysis.files.iter().any(|it| it.shown == shown && names.contains(&it.file.name.as_str()));
        let chosen = choose(&found, is_wanted);
        if chosen.is_empty() {
            break;
        }
        for (finding, fix) in &chosen {
            session.output.note(&description(finding, fix));
        }
        count += chosen.len();
        write(&analysis, &chosen)?;
        drop(chosen);
        drop(found);
        analysis = Analysis::of(project)?;
    }
    if count == 0 {
        session.output.note("no safe fix to apply.");
    }
    Ok(analysis)
}

/// `fixed app.orm:3:10: change `int` to `integer` (ORM010)`
fn description(finding: &Finding<'_>, fix: &FindingFix<'_>) -> String {
    let place = match finding.place.content {
        Some(content) => {
            let place = content.lines.place(finding.place.range.start);
            format!("{}:{}:{}", finding.place.file, place.line, place.column)
        }
        None => finding.place.file.to_owned(),
    };
    format!("fixed {place}: {} ({})", fix.title, finding.rule.code)
}

/// The first safe fix of each finding that touches wanted files only, and no text that an earlier one changes.
fn choose<'f, 'a>(
    findings: &'f [Finding<'a>],
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<(&'f Finding<'a>, &'f FindingFix<'a>)> {
    let safe = findings.iter().filter_map(|finding| {
        let fix = finding.fixes.iter().find(|fix| fix.is_safe)?;
        fix.edits.iter().all(|(place, _)| is_wanted(place.file)).then_some((finding, fix))
    });
    let edits = |(_, fix): &(&Finding<'a>, &'f FindingFix<'a>)| {
        fix.edits.iter().map(|(place, _)| (place.file, place.range.clone())).collect()
    };
    without_overlaps(safe, edits)
}

/// Writes each file once, with all of its edits.
fn write(analysis: &Analysis, chosen: &[(&Finding<'_>, &FindingFix<'_>)]) -> Result<(), Failure> {
    let mut files: BTreeMap<&str, Vec<(Range<usize>, &str)>> = BTreeMap::new();
    for (place, text) in chosen.iter().flat_map(|(_, fix)| &fix.edits) {
        files.entry(place.file).or_default().push((place.range.clone(), text));
    }
    for (shown, mut edits) in files {
        let Some(file) = analysis.files.iter().find(|it| it.shown == shown) else { continue };
        let mut source = read_text(&file.file.path)?;
        if file.content.as_ref().is_ok_and(|content| content.lines.text() != source.text) {
            return Err(Failure::refused(format!("{shown} has changed since it was read")).with_help("run it again"));
        }
        edits.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        for (range, text) in edits {
            source.text.replace_range(range, text);
        }
        disk::replace(&file.file.path, &source.to_file_content())?;
    }
    Ok(())
}
