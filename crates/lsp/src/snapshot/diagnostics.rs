//! What is wrong in a file, as JSON. A file of a thousand tables may have thousands of hints, all of which are told with
//! every key, so they are written without a detour.

use std::{
    borrow::Cow,
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use lsp_types::{DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location};
use orm_ide::Cancelled;
use serde::Serialize;

use super::{Snapshot, written_diagnostics::WrittenFile};
use crate::{
    json::{Json, push_range},
    line_index::LineIndex,
    to_protocol::{SOURCE, diagnostic_tag, severity},
};

/// About as many bytes is one.
const LENGTH: usize = 400;

/// `Diagnostic` of the protocol without its range, lending what it says.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Content<'a> {
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
        let mut before = self.written.take(path);
        let mut written = WrittenFile::like(&before);
        let mut json = String::with_capacity(found.len() * LENGTH + 2);
        json.push('[');
        for diagnostic in &found {
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str("{\"range\":");
            push_range(&mut json, lines.range(diagnostic.range.clone()));
            let content = || self.content(diagnostic, &mut links, &mut others);
            match diagnostic.check().filter(|_| diagnostic.related.is_empty()) {
                Some(check) => {
                    let content = written.text(&mut before, diagnostic, check, content)?;
                    json.push_str(content);
                }
                // Related places move with lines that are elsewhere.
                None => json.push_str(&{ content }()?),
            }
        }
        json.push(']');
        self.written.keep(path, written);
        Ok(Json::written(json))
    }

    /// What is written behind the range of a diagnostic.
    fn content(
        &self,
        diagnostic: &orm_ide::Diagnostic<'_>,
        links: &mut HashMap<&'static str, String>,
        others: &mut HashMap<Arc<str>, Option<LineIndex>>,
    ) -> Result<String, Cancelled> {
        let rule = diagnostic.rule();
        let mut related = None;
        for place in diagnostic.related.iter().filter(|_| self.support.related_places) {
            related.get_or_insert_with(Vec::new).extend(self.related_place(place, others)?);
        }
        let has_link = self.support.code_descriptions;
        let link = has_link.then(|| links.entry(rule.code).or_insert_with(|| rule.documentation_url()));
        let message = match diagnostic.help() {
            Some(help) => Cow::Owned(format!("{}\nhelp: {help}", diagnostic.message())),
            None => Cow::Borrowed(diagnostic.message()),
        };
        let content = Content {
            severity: severity(diagnostic.severity),
            code: rule.code,
            code_description: link.map(|href| Link { href }),
            source: SOURCE,
            message: &message,
            related_information: related.filter(|it| !it.is_empty()),
            tags: diagnostic_tag(rule, self.support).map(|it| [it]),
        };
        // Nothing of it has a form that JSON does not have.
        let mut json = serde_json::to_string(&content).unwrap_or_else(|error| {
            tracing::error!("a diagnostic can't be written: {error}");
            r#"{"message":""}"#.to_owned()
        });
        // It goes on behind another field.
        json.replace_range(..1, ",");
        Ok(json)
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
