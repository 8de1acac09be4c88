//! What is wrong in a file, as JSON. A file of a thousand tables may have thousands of hints, all of which are told with
//! every key, so they are written without a detour.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use lsp_types::{DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, Range};
use orm_ide::Cancelled;
use serde::Serialize;

use super::Snapshot;
use crate::{
    json::Json,
    line_index::LineIndex,
    to_protocol::{SOURCE, diagnostic_tag, severity},
};

/// About as many bytes is one.
const LENGTH: usize = 400;

/// `Diagnostic` of the protocol, which lends what it says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    range: Range,
    severity: DiagnosticSeverity,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<Link<'a>>,
    source: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    related_information: Option<Vec<DiagnosticRelatedInformation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<[DiagnosticTag; 1]>,
}

#[derive(Serialize)]
struct Link<'a> {
    href: &'a str,
}

impl Snapshot {
    /// What is wrong in a file: a list of `Diagnostic`.
    pub(crate) fn diagnostics(&self, path: &str) -> Result<Json, Cancelled> {
        let found = self.analysis.diagnostics(path)?;
        let Some(lines) = self.lines(path)? else { return Ok(self.problems_of(path)) };
        // Many diagnostics of a file are of one rule, and name places in the same other file.
        let (mut links, mut others) = (HashMap::new(), HashMap::new());
        let mut message = String::new();
        let mut json = Vec::with_capacity(found.len() * LENGTH + 2);
        json.push(b'[');
        for diagnostic in &found {
            let rule = diagnostic.rule();
            let mut related = None;
            for place in diagnostic.related.iter().filter(|_| self.support.related_places) {
                related.get_or_insert_with(Vec::new).extend(self.related_place(place, &mut others)?);
            }
            let has_link = self.support.code_descriptions;
            let link = has_link.then(|| links.entry(rule.code).or_insert_with(|| rule.documentation_url()));
            message.clear();
            message.push_str(diagnostic.message());
            if let Some(help) = diagnostic.help() {
                message.push_str("\nhelp: ");
                message.push_str(help);
            }
            let written = Written {
                range: lines.range(diagnostic.range.clone()),
                severity: severity(diagnostic.severity),
                code: rule.code,
                code_description: link.map(|href| Link { href }),
                source: SOURCE,
                message: &message,
                related_information: related.filter(|it| !it.is_empty()),
                tags: diagnostic_tag(rule).filter(|_| self.support.diagnostic_tags).map(|it| [it]),
            };
            if json.len() > 1 {
                json.push(b',');
            }
            // Nothing of it has a form that JSON does not have, and memory does not fail.
            if let Err(error) = serde_json::to_writer(&mut json, &written) {
                tracing::error!("diagnostics can't be written: {error}");
                return Ok(Json::list([]));
            }
        }
        json.push(b']');
        Ok(Json::written(String::from_utf8(json).unwrap_or_default()))
    }

    /// What is wrong with a file that the analysis cannot have.
    fn problems_of(&self, path: &str) -> Json {
        let file = self.locations.root.as_ref().map(|root| root.join(path));
        let problems = self.problems.iter().filter(|(it, _)| Some(it) == file.as_ref());
        let problems: Vec<_> = problems.filter_map(|(_, problem)| Json::of(problem).ok()).collect();
        Json::list(&problems)
    }

    fn related_place(
        &self,
        place: &orm_ide::RelatedPlace,
        indexes: &mut HashMap<Arc<str>, Option<LineIndex>>,
    ) -> Result<Option<DiagnosticRelatedInformation>, Cancelled> {
        let lines = match indexes.entry(place.path.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(self.lines(&place.path)?),
        };
        let (Some(uri), Some(lines)) = (self.locations.uri(&place.path), lines) else { return Ok(None) };
        let location = Location { uri, range: lines.range(place.range.clone()) };
        Ok(Some(DiagnosticRelatedInformation { location, message: place.message.clone() }))
    }
}
