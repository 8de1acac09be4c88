//! What can be done at a place: quick fixes, refactorings, all fixes at once.

use lsp_types::{
    CodeAction, CodeActionDisabled, CodeActionKind, CodeActionOrCommand, CodeActionResponse, Range, WorkspaceEdit,
};
use orm_ide::{Cancelled, FileEdit, RefactoringKind};
use serde_json::json;

use super::DocumentSnapshot;
use crate::{kinds::is_of, to_protocol};

/// All safe fixes of a file.
const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.orm");

/// The members of a table in their order.
const SORT_MEMBERS: CodeActionKind = CodeActionKind::new("source.sortMembers.orm");

/// Something new that is written.
const GENERATE: CodeActionKind = CodeActionKind::new("refactor.generate.orm");

const KIND_COUNT: usize = 7;

/// What the server offers.
pub(crate) const KINDS: [CodeActionKind; KIND_COUNT] = [
    CodeActionKind::QUICKFIX,
    CodeActionKind::REFACTOR_EXTRACT,
    CodeActionKind::REFACTOR_INLINE,
    CodeActionKind::REFACTOR_REWRITE,
    GENERATE,
    FIX_ALL,
    SORT_MEMBERS,
];

/// Which of [`KINDS`] a client knows. An action of another kind is told without one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct KnownKinds([bool; KIND_COUNT]);

impl KnownKinds {
    /// `told`: the client's `valueSet`.
    pub(crate) fn new(told: &[String]) -> Self {
        KnownKinds(KINDS.map(|kind| told.iter().any(|it| is_of(&kind, it))))
    }

    fn has(self, kind: &CodeActionKind) -> bool {
        KINDS.iter().zip(self.0).any(|(it, is_known)| is_known && it == kind)
    }
}

/// The kinds that somebody asks for.
struct Wanted<'a>(Option<&'a [CodeActionKind]>);

impl Wanted<'_> {
    /// Whether a kind is among them.
    fn has(&self, kind: &CodeActionKind) -> bool {
        self.0.is_none_or(|wanted| wanted.iter().any(|it| is_of(kind, it.as_str())))
    }

    /// Whether something of a kind is asked for by its name.
    fn names(&self, kind: &CodeActionKind) -> bool {
        self.0.is_some() && self.has(kind)
    }
}

impl DocumentSnapshot {
    /// What can be done at a selection, of the kinds in `only`. The edits of refactorings are left for
    /// [`resolve`](Self::resolve_code_action) where the client asks for them.
    pub(crate) fn code_actions(
        &self,
        range: Range,
        only: Option<&[CodeActionKind]>,
    ) -> Result<Option<CodeActionResponse>, Cancelled> {
        let wanted = Wanted(only);
        let mut actions = if wanted.has(&CodeActionKind::QUICKFIX) { self.quick_fixes(range)? } else { Vec::new() };
        actions.extend(self.refactorings(range, &wanted)?);
        // It is for saving, and for those who ask for it: nobody wants it at each move of the cursor.
        if wanted.names(&FIX_ALL) {
            actions.extend(self.fix_all()?);
        }
        let known = self.project.support.code_action_kinds;
        let known = |it: CodeAction| CodeAction { kind: it.kind.filter(|it| known.has(it)), ..it };
        Ok(Some(actions.into_iter().map(known).map(CodeActionOrCommand::CodeAction).collect()))
    }

    fn quick_fixes(&self, range: Range) -> Result<Vec<CodeAction>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(Vec::new()) };
        let mut actions = Vec::new();
        for it in self.project.analysis.quick_fixes(&self.path, lines.byte_range(range))? {
            let diagnostic = to_protocol::diagnostic(&it.diagnostic, &lines, None, self.project.support);
            let Some(edit) = self.edit(&it.fix.edits)? else { continue };
            actions.push(CodeAction {
                title: it.fix.title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostic]),
                edit: Some(edit),
                is_preferred: it.is_preferred.then_some(true),
                ..CodeAction::default()
            });
        }
        Ok(actions)
    }

    fn refactorings(&self, range: Range, wanted: &Wanted<'_>) -> Result<Vec<CodeAction>, Cancelled> {
        let (Some(lines), Some(uri)) = (self.lines()?, self.project.locations.uri(&self.path)) else {
            return Ok(Vec::new());
        };
        let mut actions = Vec::new();
        for it in self.project.analysis.refactorings(&self.path, lines.byte_range(range))? {
            let kind = kind(it.kind);
            if !wanted.has(&kind) {
                continue;
            }
            let mut action = CodeAction { title: it.title, kind: Some(kind), ..CodeAction::default() };
            if let Some(reason) = it.disabled {
                if !self.project.support.disabled_code_actions {
                    continue;
                }
                action.disabled = Some(CodeActionDisabled { reason });
            } else if self.project.support.resolves_code_actions {
                action.data = Some(json!({ "uri": uri.as_str(), "range": range, "id": it.id }));
            } else {
                let Some(edit) = self.refactoring_edit(range, &it.id)? else { continue };
                action.edit = Some(edit);
            }
            actions.push(action);
        }
        Ok(actions)
    }

    fn fix_all(&self) -> Result<Option<CodeAction>, Cancelled> {
        let edits = self.project.analysis.fix_all(&self.path)?;
        if edits.is_empty() {
            return Ok(None);
        }
        let title = "Fix all that is safe".to_owned();
        let edit = self.edit(&edits)?;
        Ok(Some(CodeAction { title, kind: Some(FIX_ALL), edit, ..CodeAction::default() }))
    }

    fn edit(&self, edits: &[FileEdit]) -> Result<Option<WorkspaceEdit>, Cancelled> {
        self.project.workspace_edit(edits.iter().map(|it| (it, None)))
    }

    /// The edit of a refactoring at a selection; `None` where it is not offered there any more.
    pub(crate) fn refactoring_edit(&self, range: Range, id: &str) -> Result<Option<WorkspaceEdit>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        match self.project.analysis.refactoring_edits(&self.path, lines.byte_range(range), id)? {
            Some(edits) => self.edit(&edits),
            None => Ok(None),
        }
    }
}

const fn kind(kind: RefactoringKind) -> CodeActionKind {
    match kind {
        RefactoringKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        RefactoringKind::Inline => CodeActionKind::REFACTOR_INLINE,
        RefactoringKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        RefactoringKind::Generate => GENERATE,
        RefactoringKind::Fix => CodeActionKind::QUICKFIX,
        RefactoringKind::SortMembers => SORT_MEMBERS,
    }
}
