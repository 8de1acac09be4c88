//! Names with their colours, as the numbers of the protocol.

use lsp_types::{SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensEdit};
use orm_ide::{Cancelled, SemanticTokenKind};

use super::DocumentSnapshot;

/// What names are, by the number that stands for it.
pub(crate) const TYPES: &[SemanticTokenType] = &[
    SemanticTokenType::STRUCT,
    SemanticTokenType::CLASS,
    SemanticTokenType::INTERFACE,
    SemanticTokenType::ENUM,
    SemanticTokenType::ENUM_MEMBER,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::TYPE,
    SemanticTokenType::DECORATOR,
    SemanticTokenType::KEYWORD,
];

/// What else is known of them, by the bit that stands for it.
pub(crate) const MODIFIERS: &[SemanticTokenModifier] =
    &[SemanticTokenModifier::DECLARATION, SemanticTokenModifier::DEPRECATED, SemanticTokenModifier::DEFAULT_LIBRARY];

const fn token_type(kind: SemanticTokenKind) -> u32 {
    match kind {
        SemanticTokenKind::Table => 0,
        SemanticTokenKind::View => 1,
        SemanticTokenKind::Mixin => 2,
        SemanticTokenKind::Enum => 3,
        SemanticTokenKind::EnumValue => 4,
        SemanticTokenKind::Query | SemanticTokenKind::Function => 5,
        SemanticTokenKind::Column | SemanticTokenKind::Relation => 6,
        SemanticTokenKind::Parameter | SemanticTokenKind::Argument => 7,
        SemanticTokenKind::Local | SemanticTokenKind::Sequence => 8,
        SemanticTokenKind::Type => 9,
        SemanticTokenKind::Attribute => 10,
        SemanticTokenKind::Keyword => 11,
    }
}

impl DocumentSnapshot {
    /// The names of a range, or of the whole document.
    pub(crate) fn semantic_tokens(&self, range: Option<lsp_types::Range>) -> Result<Vec<SemanticToken>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(Vec::new()) };
        let bytes = range.map_or(0..usize::MAX, |it| lines.byte_range(it));
        let (mut line, mut start) = (0, 0);
        let mut tokens = Vec::new();
        for token in self.project.analysis.semantic_tokens(&self.path, bytes)? {
            let place = lines.range(token.range);
            // A name stands in one line; what does not is half typed.
            if place.start.line != place.end.line {
                continue;
            }
            let delta_line = place.start.line - line;
            let delta_start = if delta_line == 0 { place.start.character - start } else { place.start.character };
            (line, start) = (place.start.line, place.start.character);
            let is_library = matches!(token.kind, SemanticTokenKind::Function | SemanticTokenKind::Type);
            let flags = [token.is_declaration, token.is_deprecated, is_library];
            let flags = (0..).zip(flags).map(|(bit, is_set)| u32::from(is_set) << bit);
            tokens.push(SemanticToken {
                delta_line,
                delta_start,
                length: place.end.character - place.start.character,
                token_type: token_type(token.kind),
                token_modifiers_bitset: flags.sum(),
            });
        }
        Ok(tokens)
    }
}

/// The tokens that a client has, to tell it later what changed.
#[derive(Debug, Clone)]
pub(crate) struct SentTokens {
    /// The number of the answer.
    number: u64,
    tokens: Vec<SemanticToken>,
}

impl SentTokens {
    /// The next answer about a document.
    pub(crate) fn new(number: u64, tokens: Vec<SemanticToken>) -> Self {
        SentTokens { number, tokens }
    }

    /// Whether the client means this answer.
    pub(crate) fn is_called(&self, id: &str) -> bool {
        self.id() == id
    }

    /// What the client calls it.
    pub(crate) fn id(&self) -> String {
        self.number.to_string()
    }

    /// All of them.
    pub(crate) fn full(&self) -> SemanticTokens {
        SemanticTokens { result_id: Some(self.id()), data: self.tokens.clone() }
    }

    /// What is to be done to the tokens of an earlier answer: at most one edit, between what is the same at both ends.
    pub(crate) fn since(&self, before: &SentTokens) -> Vec<SemanticTokensEdit> {
        let (old, new) = (&before.tokens, &self.tokens);
        let same_start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let (old, new) = (&old[same_start..], &new[same_start..]);
        let same_end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        let (old, new) = (&old[..old.len() - same_end], &new[..new.len() - same_end]);
        if old.is_empty() && new.is_empty() {
            return Vec::new();
        }
        // A token is five numbers.
        vec![SemanticTokensEdit {
            start: 5 * same_start as u32,
            delete_count: 5 * old.len() as u32,
            data: Some(new.to_vec()),
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(lengths: &[u32]) -> SentTokens {
        let token = |length: &u32| SemanticToken { length: *length, ..SemanticToken::default() };
        SentTokens::new(1, lengths.iter().map(token).collect())
    }

    fn edit(before: &[u32], after: &[u32]) -> Option<(u32, u32, Vec<u32>)> {
        let edits = sent(after).since(&sent(before));
        edits
            .into_iter()
            .next()
            .map(|it| (it.start, it.delete_count, it.data.unwrap_or_default().iter().map(|it| it.length).collect()))
    }

    #[test]
    fn only_what_changed_is_sent() {
        assert_eq!(edit(&[1, 2, 3], &[1, 2, 3]), None);
        assert_eq!(edit(&[1, 2, 3], &[1, 4, 5, 3]), Some((5, 5, vec![4, 5])));
        assert_eq!(edit(&[1, 1], &[1, 1, 1]), Some((10, 0, vec![1])));
        assert_eq!(edit(&[1, 2], &[]), Some((0, 10, vec![])));
    }
}
