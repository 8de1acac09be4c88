//! Texts of the schema as documentation comments.

/// Documentation lines, indented; nothing for an empty text.
///
/// Comments of the schema are for people: an indented line or a code fence in them must not become a test that
/// `cargo test` compiles.
pub(super) fn lines(indentation: &str, text: &str) -> String {
    let mut result = String::new();
    let mut is_fenced = false;
    for line in text.lines() {
        let line: String = line.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        let line = line.trim();
        let is_fence = line.starts_with("```") || line.starts_with("~~~");
        let opens_test = is_fence && !is_fenced;
        is_fenced ^= is_fence;
        let line = if opens_test {
            "```text"
        } else if is_fence {
            "```"
        } else {
            line
        };
        result.push_str(format!("{indentation}/// {line}").trim_end());
        result.push('\n');
    }
    if is_fenced {
        result.push_str(&format!("{indentation}/// ```\n"));
    }
    result
}

/// `#[deprecated]` with its reason, indented; nothing without one.
pub(super) fn deprecated(indentation: &str, reason: Option<&str>) -> String {
    reason.map(|note| format!("{indentation}#[deprecated(note = {note:?})]\n")).unwrap_or_default()
}

/// The text of a schema comment and what the generator adds, as one.
pub(super) fn paragraphs<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect();
    parts.join("\n\n")
}

/// A text that stands between backticks.
pub(super) fn code(text: &str) -> String {
    text.replace('`', "'").replace(['\n', '\r'], " ")
}
