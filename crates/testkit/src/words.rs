//! The words of a schema file.

/// The words outside of comments and of texts, each with where it begins. Names in backticks come without them.
pub fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        at += if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(inside) = rest.strip_prefix("\"\"\"") {
            inside.find("\"\"\"").map_or(rest.len(), |it| it + 6)
        } else if first == '"' {
            text_length(rest)
        } else if is_part(first) {
            let length = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            if !first.is_ascii_digit() {
                words.push((at, &rest[..length]));
            }
            length
        } else {
            first.len_utf8()
        };
    }
    words
}

/// Whether a character belongs to a word.
pub fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The length of the text in quotation marks that stands here.
fn text_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        match character {
            '"' if !is_escaped => return index + 1,
            '\\' => is_escaped = !is_escaped,
            _ => is_escaped = false,
        }
    }
    text.len()
}
