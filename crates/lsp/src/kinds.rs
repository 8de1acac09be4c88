//! Kinds of symbols, completions and code actions that a client knows. One that is older than a kind gets the nearest that it
//! knows.

use lsp_types::CodeActionKind;
use serde::Serialize;

/// What clients know that name none: of symbols `File` to `Array`, of completions `Text` to `Reference`.
const FIRST: u32 = ((1 << 18) - 1) << 1;

/// The kinds of symbols, or of completions, that a client knows: the bit of each one's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kinds(u32);

impl Default for Kinds {
    fn default() -> Self {
        Kinds(FIRST)
    }
}

impl Kinds {
    /// `told`: the client's `valueSet`.
    pub(crate) fn new<K: Serialize>(told: Option<&[K]>) -> Self {
        told.map_or_else(Kinds::default, |told| Kinds(told.iter().map(bit).fold(0, |all, it| all | it)))
    }

    /// A kind if the client knows it, or else the one that is `nearest` of those that all clients know.
    pub(crate) fn or<K: Serialize>(self, kind: K, nearest: K) -> K {
        if self.0 & bit(&kind) != 0 { kind } else { nearest }
    }
}

fn bit(kind: &impl Serialize) -> u32 {
    let number = serde_json::to_value(kind).ok().and_then(|it| it.as_u64());
    number.and_then(|it| 1_u32.checked_shl(it.try_into().ok()?)).unwrap_or(0)
}

/// Whether a kind of code actions is of another one: `refactor.extract` is of `refactor`, and all are of the empty one.
pub(crate) fn is_of(kind: &CodeActionKind, wanted: &str) -> bool {
    let rest = kind.as_str().strip_prefix(wanted);
    wanted.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use lsp_types::SymbolKind;

    use super::*;

    #[test]
    fn an_old_client_gets_what_it_knows() {
        let (new, old) = (SymbolKind::STRUCT, SymbolKind::CLASS);
        assert_eq!(Kinds::default().or(new, old), old);
        assert_eq!(Kinds::default().or(SymbolKind::ARRAY, old), SymbolKind::ARRAY);
        assert_eq!(Kinds::new(Some(&[new])).or(new, old), new);
        assert_eq!(Kinds::new(Some(&[SymbolKind::TYPE_PARAMETER])).or(new, old), old);
        assert_eq!(Kinds::new::<SymbolKind>(None), Kinds::default());
    }

    #[test]
    fn a_kind_of_actions_stands_for_those_below_it() {
        let extract = CodeActionKind::REFACTOR_EXTRACT;
        assert!(["", "refactor", "refactor.extract"].iter().all(|it| is_of(&extract, it)));
        assert!(!["refactor.extract.function", "ref", "quickfix"].iter().any(|it| is_of(&extract, it)));
    }
}
