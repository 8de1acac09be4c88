//! Annotations of a GitHub workflow
//! (<https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>).

use orm_schema_lang::Severity;

use crate::findings::Finding;
use crate::lines::Place;

/// One command a line.
pub(super) fn commands(findings: &[Finding<'_>]) -> String {
    findings.iter().map(command).collect()
}

fn command(finding: &Finding<'_>) -> String {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint | Severity::Off => "notice",
    };
    let place = |offset| match finding.place.content {
        Some(content) => content.lines.place(offset),
        None => Place { line: 1, column: 1 },
    };
    let (start, end) = (place(finding.place.range.start), place(finding.place.range.end));
    let title = format!("{} {}", finding.rule.code, finding.rule.slug);
    let help = finding.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    format!(
        "::{level} file={},line={},endLine={},col={},endColumn={},title={}::{}\n",
        property(finding.place.file),
        start.line,
        end.line,
        start.column,
        end.column,
        property(&title),
        data(&format!("{}{help}", finding.message)),
    )
}

/// What stands behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands behind a `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_value_is_escaped() {
        assert_eq!(property("a,b:c%\r\nd"), "a%2Cb%3Ac%25%0D%0Ad");
        assert_eq!(data("50%: a, b\nc"), "50%25: a, b%0Ac");
    }
}
