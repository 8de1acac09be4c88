//! SARIF 2.1.0 (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>), as far as there is something to
//! say. A test of the editor suite holds it against the official schema.

use std::collections::BTreeMap;
use std::path::Path;

use orm_schema_lang::{Rule, Severity};
use serde::Serialize;

use crate::findings::{Finding, FindingFix, FindingPlace};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    /// What a column counts.
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    information_uri: &'static str,
    rules: Vec<ReportingDescriptor>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReportingDescriptor {
    id: &'static str,
    name: &'static str,
    short_description: Message<'static>,
    help_uri: String,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: OwnedMessage,
    locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Message<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct OwnedMessage {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    byte_offset: usize,
    byte_length: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix<'a> {
    description: Message<'a>,
    artifact_changes: Vec<ArtifactChange<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: Region,
    inserted_content: Message<'a>,
}

/// The log of one run.
pub(super) fn log<'a>(findings: &'a [Finding<'a>]) -> Log<'a> {
    let rules: BTreeMap<_, _> = findings.iter().map(|it| (it.rule.code, it.rule)).collect();
    let index = |code| rules.keys().position(|it| *it == code).unwrap_or_default();
    let driver = Driver {
        name: "orm",
        version: env!("CARGO_PKG_VERSION"),
        information_uri: env!("CARGO_PKG_REPOSITORY"),
        rules: rules.values().map(|rule| descriptor(rule)).collect(),
    };
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            column_kind: "unicodeCodePoints",
            results: findings.iter().map(|it| result(it, index(it.rule.code))).collect(),
        }],
    }
}

fn descriptor(rule: &'static Rule) -> ReportingDescriptor {
    ReportingDescriptor {
        id: rule.code,
        name: rule.slug,
        short_description: Message { text: rule.title() },
        help_uri: rule.documentation_url(),
        default_configuration: Configuration { level: level(rule.severity) },
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
        Severity::Off => "none",
    }
}

fn result<'a>(finding: &'a Finding<'a>, rule_index: usize) -> SarifResult<'a> {
    let help = finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let related = finding.related.iter().map(|(place, text)| location(place, Some(text)));
    SarifResult {
        rule_id: finding.rule.code,
        rule_index,
        level: level(finding.severity),
        message: OwnedMessage { text: format!("{}{help}", finding.message) },
        locations: [location(&finding.place, None)],
        related_locations: related.collect(),
        fixes: finding.fixes.iter().filter_map(fix).collect(),
    }
}

fn location<'a>(place: &FindingPlace<'_>, message: Option<&'a str>) -> Location<'a> {
    Location {
        physical_location: PhysicalLocation { artifact_location: artifact(place.file), region: region(place) },
        message: message.map(|text| Message { text }),
    }
}

/// A path as a URI: relative to the folder that `orm` runs in, or absolute.
fn artifact(path: &str) -> ArtifactLocation {
    let path = path.replace(std::path::MAIN_SEPARATOR, "/");
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(byte.into()),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    let scheme = match (Path::new(&path).is_absolute(), uri.starts_with('/')) {
        (true, true) => "file://",
        (true, false) => "file:///",
        (false, _) => "",
    };
    ArtifactLocation { uri: format!("{scheme}{uri}") }
}

/// A file that can't be read has no place.
fn region(place: &FindingPlace<'_>) -> Option<Region> {
    let content = place.content?;
    let (start, end) = (content.lines.place(place.range.start), content.lines.place(place.range.end));
    Some(Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_offset: place.range.start + content.offset,
        byte_length: place.range.len(),
    })
}

/// One change for each file.
fn fix<'a>(fix: &'a FindingFix<'a>) -> Option<Fix<'a>> {
    let mut files: BTreeMap<&str, Vec<Replacement<'a>>> = BTreeMap::new();
    for (place, text) in &fix.edits {
        let replacement = Replacement { deleted_region: region(place)?, inserted_content: Message { text } };
        files.entry(place.file).or_default().push(replacement);
    }
    let change = |(file, replacements)| ArtifactChange { artifact_location: artifact(file), replacements };
    Some(Fix { description: Message { text: &fix.title }, artifact_changes: files.into_iter().map(change).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(artifact("schema/my tables%.orm").uri, "schema/my%20tables%25.orm");
        assert_eq!(artifact("ä.orm").uri, "%C3%A4.orm");
    }

    #[cfg(unix)]
    #[test]
    fn an_absolute_path_has_a_scheme() {
        assert_eq!(artifact("/srv/app.orm").uri, "file:///srv/app.orm");
    }
}
