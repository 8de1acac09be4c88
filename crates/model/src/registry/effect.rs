//! What each database makes of a word of the language.

use super::{NamedArgument, WordInfo};
use crate::PerDialect;

/// What a database makes of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    /// What it does, in Markdown; empty where it does nothing of the kind and the word is refused.
    pub does: &'static str,
    /// The rule that refuses the word there, or what goes beyond [`does`](Self::does).
    pub rule: Option<&'static str>,
}

impl Effect {
    /// It does this.
    pub(super) const fn does(text: &'static str) -> Effect {
        Effect { does: text, rule: None }
    }

    /// It does this, and a rule finds what it does not do.
    pub(super) const fn partly(text: &'static str, rule: &'static str) -> Effect {
        Effect { does: text, rule: Some(rule) }
    }

    /// A rule refuses the word.
    pub(super) const fn refused(rule: &'static str) -> Effect {
        Effect { does: "", rule: Some(rule) }
    }
}

/// Both do the same.
pub(super) const fn same(text: &'static str) -> PerDialect<Effect> {
    PerDialect { postgres: Effect::does(text), spanner: Effect::does(text) }
}

/// Each does something of its own.
pub(super) const fn each(postgres: Effect, spanner: Effect) -> PerDialect<Effect> {
    PerDialect { postgres, spanner }
}

/// No database learns of it.
pub(super) const NOTHING: PerDialect<Effect> = same("nothing");

impl NamedArgument {
    /// With what each database makes of it.
    pub(super) const fn on(mut self, postgres: Effect, spanner: Effect) -> NamedArgument {
        self.databases = Some(each(postgres, spanner));
        self
    }
}

impl WordInfo {
    /// The word and its arguments, as far as the databases know of them, with what each of them makes of it.
    pub fn effects(&self) -> impl Iterator<Item = (Option<&'static NamedArgument>, PerDialect<Effect>)> {
        let arguments = self.named.iter().filter_map(|it| Some((Some(it), it.databases?)));
        std::iter::once((None, self.databases)).chain(arguments)
    }
}
