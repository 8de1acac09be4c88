//! Semantic tokens: what the client has of each document, so that only what changed is sent.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use lsp_types::{
    SemanticToken, SemanticTokens, SemanticTokensDelta, SemanticTokensDeltaParams, SemanticTokensFullDeltaResult,
    SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult, Uri,
};
use tower_lsp::jsonrpc::Result;

use super::LanguageServer;
use crate::{json::Json, snapshot::semantic_tokens::SentTokens, to_protocol::DocumentKey, transport::answer_with};

/// The semantic tokens that the client has of each document.
#[derive(Default)]
pub(super) struct TokenAnswers {
    /// The last answer of each.
    last: Mutex<HashMap<DocumentKey, SentTokens>>,
    /// Counts them.
    count: AtomicU64,
}

impl TokenAnswers {
    /// Makes an answer of the tokens of a document. Returns it, and the one before.
    fn next(&self, document: DocumentKey, tokens: Vec<SemanticToken>) -> (SentTokens, Option<SentTokens>) {
        let answer = SentTokens::new(self.count.fetch_add(1, Ordering::Relaxed), tokens);
        let before = self.lock().insert(document, answer.clone());
        (answer, before)
    }

    /// A document was closed.
    pub(super) fn forget(&self, uri: &Uri) {
        self.lock().remove(&DocumentKey::from(uri));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<DocumentKey, SentTokens>> {
        // A panic while the lock is held leaves whole answers in it.
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LanguageServer {
    /// `textDocument/semanticTokens/full`
    pub(super) async fn all_tokens(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let (answer, _) = self.next_tokens(params.text_document.uri).await?;
        answer_with(Json::of(&answer.full())?);
        Ok(None)
    }

    /// `textDocument/semanticTokens/full/delta`
    pub(super) async fn tokens_since(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let (answer, before) = self.next_tokens(params.text_document.uri).await?;
        Ok(Some(match before.filter(|it| it.is_called(&params.previous_result_id)) {
            Some(before) => SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta {
                result_id: Some(answer.id()),
                edits: answer.since(&before),
            }),
            None => SemanticTokensFullDeltaResult::Tokens(answer.full()),
        }))
    }

    /// `textDocument/semanticTokens/range`
    pub(super) async fn tokens_of_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = Some(params.range);
        let data = self.read(params.text_document.uri, move |document| document.semantic_tokens(range)).await?;
        Ok(Some(SemanticTokensRangeResult::Tokens(SemanticTokens { result_id: None, data })))
    }

    /// The semantic tokens of a document as the next answer, and the answer before.
    async fn next_tokens(&self, uri: Uri) -> Result<(SentTokens, Option<SentTokens>)> {
        let document = DocumentKey::from(&uri);
        let tokens = self.read(uri, |document| document.semantic_tokens(None)).await?;
        Ok(self.tokens.next(document, tokens))
    }
}
