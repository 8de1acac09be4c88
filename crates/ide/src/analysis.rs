//! Host, snapshots, cancellation.

use std::{
    ops::Range,
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
};

use orm_model::{Schema, Targets};
use orm_schema_lang::{Database, File, Project, Source, Workspace, diagnostics::Severities, workspace::FileEdit};

use crate::{
    base::{BaseSchema, MigrationFile},
    code_lens,
    completion::{self, Completion},
    diagnostics::{self, Diagnostic},
    document_highlights::{self, DocumentHighlight},
    document_links::{self, DocumentLink},
    document_symbols::{self, DocumentSymbol},
    fix_all,
    folding::{self, FoldingRange},
    formatting::{self, TextEdit},
    goto_definition::{self, NavigationTarget},
    goto_implementations, goto_type_definition,
    hover::{self, Hover},
    inlay_hints::{self, InlayHint},
    linked_editing,
    migration::{self, MigrationLens, MigrationPart, MigrationView, NextMigration},
    on_type_formatting,
    preview_ddl::{self, DdlPlace, ProjectDdl},
    quick_fixes::{self, QuickFix},
    refactorings::{self, Refactoring},
    references::{self, Reference},
    rename::{self, RenameEdit, RenameError, Renameable},
    selection_ranges,
    semantic_tokens::{self, SemanticToken},
    signature_help::{self, SignatureHelp},
    syntax_tree,
    workspace_symbols::{self, WorkspaceSymbol},
};

/// A file changed while a snapshot was being read, so the answer would be out of date. Ask a new snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the files changed in the meantime")]
pub struct Cancelled;

/// Ends what is being read from one snapshot.
#[derive(Debug, Clone)]
pub struct Canceller(salsa::CancellationToken);

impl Canceller {
    /// What is being read from the snapshot at this moment returns [`Cancelled`], soon.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

/// The files of a project, and the only one who changes them.
pub struct AnalysisHost {
    workspace: Workspace,
    base: Arc<BaseSchema>,
    whole: Arc<Whole>,
}

/// What is made of a state of all files at once, when somebody first asks for it.
#[derive(Default)]
struct Whole {
    next: OnceLock<Arc<NextMigration>>,
    ddl: OnceLock<Arc<ProjectDdl>>,
}

impl AnalysisHost {
    /// A project without files.
    pub fn new(targets: Targets, severities: Severities) -> Self {
        let workspace = Workspace::new(targets, severities);
        AnalysisHost { workspace, base: Arc::default(), whole: Arc::default() }
    }

    /// The files.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The files, to change them. A change waits until every [`Analysis`] is dropped or cancelled, so the thread that
    /// changes must hold none itself.
    pub fn workspace_mut(&mut self) -> &mut Workspace {
        self.whole = Arc::default();
        &mut self.workspace
    }

    /// Makes edits cheap again that come after this ([`Workspace::settle`]). No text changes; but as with a change, whoever
    /// reads is cancelled.
    pub fn settle(&mut self) {
        self.workspace.settle();
    }

    /// A snapshot to read from, on any thread.
    pub fn analysis(&self) -> Analysis {
        let (base, whole) = (Arc::clone(&self.base), Arc::clone(&self.whole));
        Analysis { db: self.workspace.database().clone(), base, whole }
    }

    /// Takes over the files of the migrations. What they make is asked for by few, and made then.
    pub fn set_migrations(&mut self, files: Vec<MigrationFile>) {
        self.set_base(BaseSchema::new(files));
    }

    /// The same with migrations that may not be readable.
    pub fn set_base(&mut self, base: BaseSchema) {
        if !self.base.is_same(&base) {
            self.base = Arc::new(base);
            self.whole = Arc::default();
        }
    }
}

/// A snapshot of a project. Every function returns [`Cancelled`] when the host has changed the files since.
///
/// Paths are those that the files were opened under; a path that is not there has no diagnostics, symbols or hovers.
pub struct Analysis {
    db: Database,
    base: Arc<BaseSchema>,
    whole: Arc<Whole>,
}

impl Analysis {
    /// Ends reads of this snapshot from another thread.
    pub fn canceller(&self) -> Canceller {
        Canceller(salsa::Database::cancellation_token(&self.db))
    }

    /// The paths of all files: those that nobody edits first.
    pub fn paths(&self) -> Result<Vec<Arc<str>>, Cancelled> {
        self.read(|db| {
            let project = Project::get(db);
            let files = project.closed_files(db).iter().chain(project.open_files(db));
            files.map(|file| file.path(db).clone()).collect()
        })
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Result<Option<Arc<str>>, Cancelled> {
        self.read_file(path, |db, file| Some(file.source(db).text().clone()))
    }

    /// The text of a file with what is known of it, such as where its lines begin.
    pub fn source(&self, path: &str) -> Result<Option<Arc<Source>>, Cancelled> {
        self.read_file(path, |db, file| Some(file.source(db).clone()))
    }

    /// What is wrong in a file, ordered by place.
    pub fn diagnostics(&self, path: &str) -> Result<Vec<Diagnostic<'_>>, Cancelled> {
        self.read_file(path, diagnostics::diagnostics)
    }

    /// The edits that remove what is wrong in a range.
    pub fn quick_fixes(&self, path: &str, range: Range<usize>) -> Result<Vec<QuickFix<'_>>, Cancelled> {
        self.read_file(path, |db, file| quick_fixes::quick_fixes(db, file, &range))
    }

    /// Whether [`fix_all`](Self::fix_all) has something to do.
    pub fn has_fix_all(&self, path: &str) -> Result<bool, Cancelled> {
        self.read_file(path, fix_all::is_offered)
    }

    /// The edits that remove what is wrong in a file where nothing else can have been meant, in the order of the text.
    pub fn fix_all(&self, path: &str) -> Result<Vec<FileEdit>, Cancelled> {
        self.read_file(path, fix_all::fix_all)
    }

    /// What can be done at a selection. The edits are made when one is chosen.
    pub fn refactorings(&self, path: &str, range: Range<usize>) -> Result<Vec<Refactoring>, Cancelled> {
        self.read_file(path, |db, file| refactorings::refactorings(db, &self.base, file, range))
    }

    /// The edits of what [`refactorings`](Self::refactorings) offers at a selection, by its `id`, ordered by path and
    /// place; `None` where it is not offered there.
    pub fn refactoring_edits(
        &self,
        path: &str,
        range: Range<usize>,
        id: &str,
    ) -> Result<Option<Vec<FileEdit>>, Cancelled> {
        self.read_file(path, |db, file| refactorings::edits(db, &self.base, file, range, id))
    }

    /// What the word at a byte offset is.
    pub fn hover(&self, path: &str, offset: usize) -> Result<Option<Hover>, Cancelled> {
        self.read_file(path, |db, file| hover::hover(db, file, offset))
    }

    /// The declarations of a file with their members, in the order in which they stand.
    pub fn document_symbols(&self, path: &str) -> Result<Vec<DocumentSymbol>, Cancelled> {
        self.read_file(path, document_symbols::document_symbols)
    }

    /// Where the name at a byte offset is declared.
    pub fn goto_definition(&self, path: &str, offset: usize) -> Result<Option<NavigationTarget>, Cancelled> {
        self.read_file(path, |db, file| goto_definition::goto_definition(db, file, offset))
    }

    /// Where the type of what the name at a byte offset means is declared: an enum, or the table that a column refers to.
    pub fn goto_type_definition(&self, path: &str, offset: usize) -> Result<Option<NavigationTarget>, Cancelled> {
        self.read_file(path, |db, file| goto_type_definition::goto_type_definition(db, file, offset))
    }

    /// Where the mixin at a byte offset becomes part of other declarations.
    pub fn goto_implementations(&self, path: &str, offset: usize) -> Result<Vec<NavigationTarget>, Cancelled> {
        self.read_file(path, |db, file| goto_implementations::goto_implementations(db, file, offset))
    }

    /// What may be typed at a byte offset. `typed`: the [trigger](completion::TRIGGERS) before it, where it is why an editor
    /// asks.
    pub fn completion(&self, path: &str, offset: usize, typed: Option<char>) -> Result<Completion, Cancelled> {
        self.read_file(path, |db, file| completion::completion(db, file, offset, typed))
    }

    /// The documentation of an item of a completion, by its key, as Markdown.
    pub fn completion_documentation(&self, key: &str) -> Result<Option<String>, Cancelled> {
        self.read(|db| completion::documentation(db, key))
    }

    /// Where the thing is named that the name at a byte offset means, its declaration included, in the order of paths and
    /// places.
    pub fn references(&self, path: &str, offset: usize) -> Result<Vec<Reference>, Cancelled> {
        self.read_file(path, |db, file| references::references(db, file, offset))
    }

    /// The declarations, columns and values of the project whose names are like `query`, the likeliest first.
    pub fn workspace_symbols(&self, query: &str) -> Result<Vec<WorkspaceSymbol>, Cancelled> {
        self.read(|db| workspace_symbols::workspace_symbols(db, query))
    }

    /// What can be folded in a file, in the order of the text.
    pub fn folding_ranges(&self, path: &str) -> Result<Vec<FoldingRange>, Cancelled> {
        self.read_file(path, folding::folding_ranges)
    }

    /// What stands at a byte offset, from the word outwards to the whole file.
    pub fn selection_ranges(&self, path: &str, offset: usize) -> Result<Vec<Range<usize>>, Cancelled> {
        self.read_file(path, |db, file| selection_ranges::selection_ranges(db, file, offset))
    }

    /// The names of the declarations that a range of bytes touches, in the order of the text.
    pub fn semantic_tokens(&self, path: &str, range: Range<usize>) -> Result<Vec<SemanticToken>, Cancelled> {
        self.read_file(path, |db, file| semantic_tokens::semantic_tokens(db, file, range))
    }

    /// What the lines in a range of bytes do not say, in the order of the text.
    pub fn inlay_hints(&self, path: &str, range: Range<usize>) -> Result<Vec<InlayHint>, Cancelled> {
        self.read_file(path, |db, file| inlay_hints::inlay_hints(db, file, range))
    }

    /// What the brackets around a byte offset take.
    pub fn signature_help(&self, path: &str, offset: usize) -> Result<Option<SignatureHelp>, Cancelled> {
        self.read_file(path, |db, file| signature_help::signature_help(db, file, offset))
    }

    /// The names of the declarations of a file that others name.
    pub fn code_lenses(&self, path: &str) -> Result<Vec<Range<usize>>, Cancelled> {
        self.read_file(path, code_lens::code_lenses)
    }

    /// What the next migration leads from and to.
    pub fn next_migration(&self) -> Result<Arc<NextMigration>, Cancelled> {
        self.read(|db| {
            let next = self.whole.next.get_or_init(|| Arc::new(NextMigration::of(db, &self.base)));
            Arc::clone(next)
        })
    }

    /// The lenses of a file about the next migration, those at its top first.
    pub fn migration_lenses(&self, path: &str) -> Result<Vec<MigrationLens>, Cancelled> {
        let next = self.next_migration()?;
        self.read_file(path, |db, file| migration::lenses(db, &next, file))
    }

    /// A part of the next migration, to be told without this snapshot; `None` where nothing changes.
    pub fn migration_view(&self, path: &str, part: &MigrationPart) -> Result<Option<MigrationView>, Cancelled> {
        let next = self.next_migration()?;
        self.read_file(path, |db, file| migration::view(db, &next, file, part))
    }

    /// What the next migration does to the declaration whose name is at a byte offset.
    pub fn migration_of_name(&self, path: &str, offset: usize) -> Result<Option<MigrationView>, Cancelled> {
        let is_name = self.read_file(path, |db, file| migration::is_name_of_change(db, &self.base, file, offset))?;
        if is_name { self.migration_view(path, &MigrationPart::Declaration(offset)) } else { Ok(None) }
    }

    /// The databases that the project is held to.
    pub fn targets(&self) -> Result<Targets, Cancelled> {
        self.read(|db| Project::get(db).targets(db).clone())
    }

    /// How many errors the checker finds in all files.
    pub fn errors(&self) -> Result<usize, Cancelled> {
        self.read(migration::errors_of_project)
    }

    /// The schema of all files, complete where nothing has an error.
    pub fn schema(&self) -> Result<Schema, Cancelled> {
        self.read(|db| orm_schema_lang::lower::schema::schema(db, Project::get(db)))
    }

    /// The DDL of the whole project, to be written without this snapshot.
    pub fn project_ddl(&self) -> Result<Arc<ProjectDdl>, Cancelled> {
        self.read(|db| {
            let ddl = self.whole.ddl.get_or_init(|| Arc::new(ProjectDdl::of(db, &self.base)));
            Arc::clone(ddl)
        })
    }

    /// What of that DDL the declaration at a byte offset makes, or its member there.
    pub fn ddl_place(&self, path: &str, offset: usize) -> Result<Option<DdlPlace>, Cancelled> {
        self.read_file(path, |db, file| preview_ddl::place(db, file, offset))
    }

    /// The syntax trees of the declarations that a range of bytes touches, as text.
    pub fn syntax_tree(&self, path: &str, range: Range<usize>) -> Result<String, Cancelled> {
        self.read_file(path, |db, file| syntax_tree::syntax_tree(db, file, &range))
    }

    /// Where the text names a page, in its order.
    pub fn document_links(&self, path: &str) -> Result<Vec<DocumentLink>, Cancelled> {
        self.read_file(path, document_links::document_links)
    }

    /// What can get another name at a byte offset, or why nothing can.
    pub fn prepare_rename(&self, path: &str, offset: usize) -> Result<Result<Renameable, RenameError>, Cancelled> {
        self.read(|db| match file_at(db, path) {
            Some(file) => rename::prepare(db, file, offset),
            None => Err(unknown_file(path)),
        })
    }

    /// The edits that give another name to what the name at a byte offset means, or why it cannot have it.
    pub fn rename(
        &self,
        path: &str,
        offset: usize,
        new: &str,
    ) -> Result<Result<Vec<RenameEdit>, RenameError>, Cancelled> {
        self.read(|db| match file_at(db, path) {
            Some(file) => rename::rename(db, &self.base, file, offset, new),
            None => Err(unknown_file(path)),
        })
    }

    /// The places of a name that change together while one of them is typed, in the order of the text.
    pub fn linked_editing(&self, path: &str, offset: usize) -> Result<Vec<Range<usize>>, Cancelled> {
        self.read_file(path, |db, file| linked_editing::linked_editing(db, file, offset))
    }

    /// Where it is named in the file alone, in the order of the text.
    pub fn document_highlights(&self, path: &str, offset: usize) -> Result<Vec<DocumentHighlight>, Cancelled> {
        self.read_file(path, |db, file| document_highlights::document_highlights(db, file, offset))
    }

    /// The edits that format a file, in the order of the text; none if it is formatted.
    pub fn format(&self, path: &str) -> Result<Vec<TextEdit>, Cancelled> {
        self.read_file(path, formatting::edits)
    }

    /// The edits that format the declarations that a range of bytes touches.
    pub fn format_range(&self, path: &str, range: Range<usize>) -> Result<Vec<TextEdit>, Cancelled> {
        self.read_file(path, |db, file| formatting::edits_in(db, file, range))
    }

    /// The edits that put lines in order after `typed` was typed before a byte offset.
    pub fn on_type_formatting(&self, path: &str, offset: usize, typed: char) -> Result<Vec<TextEdit>, Cancelled> {
        self.read_file(path, |db, file| on_type_formatting::edits(db, file, offset, typed))
    }

    fn read_file<'a, T: Default>(
        &'a self,
        path: &str,
        read: impl FnOnce(&'a Database, File) -> T,
    ) -> Result<T, Cancelled> {
        self.read(|db| file_at(db, path).map(|file| read(db, file)).unwrap_or_default())
    }

    fn read<'a, T>(&'a self, read: impl FnOnce(&'a Database) -> T) -> Result<T, Cancelled> {
        // Salsa leaves its storage consistent when it unwinds, and `read` holds nothing that outlives it.
        salsa::Cancelled::catch(AssertUnwindSafe(|| {
            // An edit waits already. What is read without a query would not notice.
            salsa::Database::unwind_if_revision_cancelled(&self.db);
            read(&self.db)
        }))
        .map_err(|_| Cancelled)
    }
}

fn unknown_file(path: &str) -> RenameError {
    RenameError(format!("{path} is no file of the project"))
}

/// Both lists of the project are ordered by path.
fn file_at(db: &Database, path: &str) -> Option<File> {
    let project = Project::get(db);
    [project.open_files(db), project.closed_files(db)].into_iter().find_map(|files| {
        let index = files.binary_search_by(|file| (**file.path(db)).cmp(path)).ok()?;
        Some(files[index])
    })
}

#[cfg(test)]
mod tests {
    use std::{sync::mpsc, thread, time::Duration};

    use super::*;
    use crate::testing::host;

    const BROKEN: &str = "table users {\n  id  uid  @primary_key\n}\n";

    #[test]
    fn an_edit_is_seen_by_the_next_snapshot() {
        let mut host = host(&[("schema.orm", BROKEN)]);
        assert_eq!(host.analysis().diagnostics("schema.orm").unwrap().len(), 1);
        let place = BROKEN.find("uid").unwrap();
        host.workspace_mut().edit("schema.orm", place..place + 3, "uuid");
        assert_eq!(host.analysis().diagnostics("schema.orm").unwrap(), []);
    }

    #[test]
    fn a_path_that_is_not_there_has_nothing() {
        let analysis = host(&[]).analysis();
        assert_eq!(analysis.diagnostics("none.orm").unwrap(), []);
        assert_eq!(analysis.hover("none.orm", 3).unwrap(), None);
        assert_eq!(analysis.format("none.orm").unwrap(), []);
    }

    #[test]
    fn a_read_that_nobody_needs_is_cancelled() {
        let text: String = (0..2_000).map(|it| format!("table t{it} {{\n  id  uuid  @primary_key\n}}\n")).collect();
        let host = host(&[("schema.orm", &text)]);
        let analysis = host.analysis();
        let canceller = analysis.canceller();
        let (started, is_started) = mpsc::channel();
        let reader = thread::spawn(move || {
            started.send(()).unwrap();
            analysis.diagnostics("schema.orm").map(|it| it.len())
        });
        is_started.recv_timeout(Duration::from_secs(10)).unwrap();
        while !reader.is_finished() {
            canceller.cancel();
            thread::yield_now();
        }
        assert_eq!(reader.join().unwrap(), Err(Cancelled));
        assert!(host.analysis().diagnostics("schema.orm").is_ok(), "another snapshot is read as ever");
    }

    #[test]
    fn a_change_cancels_a_read() {
        let mut host = host(&[("schema.orm", BROKEN)]);
        let analysis = host.analysis();
        let (started, is_started) = mpsc::channel();
        let reader = thread::spawn(move || {
            started.send(()).unwrap();
            loop {
                if let Err(cancelled) = analysis.diagnostics("schema.orm") {
                    return cancelled;
                }
            }
        });
        is_started.recv_timeout(Duration::from_secs(10)).unwrap();
        host.workspace_mut().edit("schema.orm", 0..0, "\n");
        assert_eq!(reader.join().unwrap(), Cancelled);
    }
}
