//! What the command line and the editor drive: files in, diagnostics and a schema out.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use chrono::NaiveDate;
use orm_model::{Schema, Targets, query::Query};
use salsa::{Durability, Setter};

use crate::{
    database::{
        AnalysisDatabase, Database, Declaration, DeclarationKey, File, NamedDeclarations, Project, check_chunk,
        check_clashes, chunks, file_positions, item_tree,
    },
    diagnostics::{Diagnostic, Fix, FixEdit, FixEditKind, Location, Rule, Severities, Severity},
    item::{DeclarationKind, Item, Member},
    lines::block,
    lower::{names, schema},
    source::{Source, SourceDeclaration},
    suppressions,
    unchecked::{self, Unchecked},
};

/// The files of a project and everything that is derived from them.
pub struct Workspace {
    db: Database,
    files: BTreeMap<Arc<str>, Entry>,
    /// Inputs of declarations that are gone: what one declares never changes.
    spare: HashMap<DeclarationKind, Vec<Declaration>>,
    /// Inputs of names that are declared no more.
    spare_names: Vec<NamedDeclarations>,
    /// How many names are in each named schema.
    schemas: BTreeMap<Arc<str>, usize>,
    /// What was edited last.
    last_edited: Option<Declaration>,
}

struct Entry {
    file: File,
    is_open: bool,
    /// The declarations that were edited since the file was opened, or [settled](Workspace::settle).
    edited: HashSet<Declaration>,
}

impl Entry {
    /// How durable a declaration is that nobody has edited, and its name. An edited one has a low durability, so that the next
    /// keystroke in it makes salsa look at nothing else.
    ///
    /// The first keystroke in one makes salsa look at all that is no more durable than it was. On a mixin or an enum the
    /// tables of all files depend, and they are seldom edited.
    fn durability(&self, kind: DeclarationKind) -> Durability {
        if self.is_open && !is_shared(kind) { Durability::MEDIUM } else { Durability::HIGH }
    }

    /// How durable it is which declarations there are.
    fn list_durability(&self) -> Durability {
        if self.is_open { Durability::MEDIUM } else { Durability::HIGH }
    }
}

/// Whether tables of all files may depend on one of this kind.
fn is_shared(kind: DeclarationKind) -> bool {
    matches!(kind, DeclarationKind::Mixin | DeclarationKind::Enum)
}

/// A name, and what has it.
type Named = (Arc<str>, Declaration);

/// All that one check found.
pub type CheckFindings = Arc<[Diagnostic]>;

/// A finding with its place in the text. What it says stays with the check that found it: of ten thousand findings a
/// keystroke copies none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFinding<'db> {
    /// After the project's settings.
    pub severity: Severity,
    /// Bytes in the file.
    pub range: Range<usize>,
    /// Further places: path, bytes in it, what is there.
    pub related: Vec<RelatedPlace>,
    content: Content<'db>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content<'db> {
    /// What is wrong with a declaration.
    Declaration {
        /// All that a check found, and the how-manieth of it this is.
        all: &'db CheckFindings,
        number: usize,
        /// The how-manieth of its file the declaration is.
        index: usize,
    },
    /// What is wrong with a comment.
    Text(Box<FileDiagnostic>),
}

impl<'db> FileFinding<'db> {
    /// A finding about the text itself.
    pub(crate) fn in_text(finding: FileDiagnostic) -> Self {
        let FileDiagnostic { severity, range, related, .. } = finding.clone();
        FileFinding { severity, range, related, content: Content::Text(Box::new(finding)) }
    }

    /// All that one check found, and the how-manieth of it this is; `None` for a finding about the text itself. While no edit
    /// changes what is wrong, it is the same list: whoever tells findings may keep with it what was told.
    pub fn check(&self) -> Option<(&'db CheckFindings, usize)> {
        match &self.content {
            Content::Declaration { all, number, .. } => Some((*all, *number)),
            Content::Text(_) => None,
        }
    }

    /// The rule that gives it.
    pub fn rule(&self) -> &'static Rule {
        match &self.content {
            Content::Declaration { all, number, .. } => all[*number].rule,
            Content::Text(found) => found.rule,
        }
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        match &self.content {
            Content::Declaration { all, number, .. } => &all[*number].message,
            Content::Text(found) => &found.message,
        }
    }

    /// What to do instead.
    pub fn help(&self) -> Option<&str> {
        match &self.content {
            Content::Declaration { all, number, .. } => all[*number].help.as_deref(),
            Content::Text(found) => found.help.as_deref(),
        }
    }

    /// Edits that remove it, the likeliest first.
    pub fn fixes(&self, db: &Database) -> Vec<FileFix> {
        match &self.content {
            Content::Declaration { all, number, index } => {
                let found = &all[*number];
                found.fixes.iter().filter_map(|it| file_fix(db, found, *index, it)).collect()
            }
            Content::Text(found) => found.fixes.clone(),
        }
    }

    /// The finding with all that belongs to it.
    pub fn resolve(self, db: &Database) -> FileDiagnostic {
        FileDiagnostic {
            rule: self.rule(),
            severity: self.severity,
            message: self.message().to_owned(),
            help: self.help().map(str::to_owned),
            fixes: self.fixes(db),
            range: self.range,
            related: self.related,
        }
    }
}

/// A finding with its place in the text and its fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDiagnostic {
    /// The rule that gives it.
    pub rule: &'static Rule,
    /// After the project's settings.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do instead.
    pub help: Option<String>,
    /// Bytes in the file.
    pub range: Range<usize>,
    /// Further places: path, bytes in it, what is there.
    pub related: Vec<RelatedPlace>,
    /// Edits that remove it, the likeliest first.
    pub fixes: Vec<FileFix>,
}

/// A change of the text that removes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFix {
    /// What it does, as the menu of an editor shows it.
    pub title: String,
    /// Whether it can be applied unread.
    pub is_safe: bool,
    /// The edits. They do not overlap.
    pub edits: Vec<FileEdit>,
}

/// An edit of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEdit {
    /// The path of the file.
    pub path: Arc<str>,
    /// The bytes that change.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A further place of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedPlace {
    /// The path of the file.
    pub path: Arc<str>,
    /// Bytes in it.
    pub range: Range<usize>,
    /// What is there.
    pub message: String,
}

impl Workspace {
    /// A workspace without files.
    pub fn new(targets: Targets, severities: Severities) -> Self {
        Workspace::with_database(Database::default(), targets, severities)
    }

    /// A workspace over a given database: tests observe its events.
    pub fn with_database(db: Database, targets: Targets, severities: Severities) -> Self {
        let project = Project::builder(Vec::new(), Vec::new(), targets, severities, BTreeSet::new(), 0, 0, None);
        let _singleton = project.durability(Durability::HIGH).other_names_durability(Durability::LOW).new(&db);
        Workspace {
            db,
            files: BTreeMap::new(),
            spare: HashMap::new(),
            spare_names: Vec::new(),
            schemas: BTreeMap::new(),
            last_edited: None,
        }
    }

    /// Another workspace with the files of a database, which are not parsed again. What is changed there changes nothing here.
    pub fn copy_of(db: &Database) -> Self {
        let project = Project::get(db);
        let mut copy = Workspace::new(project.targets(db).clone(), project.severities(db).clone());
        copy.set_today(project.today(db));
        for file in project.files(db) {
            copy.set_source(file.path(db).clone(), file.source(db).clone(), false);
        }
        copy.set_project_files();
        copy
    }

    /// The database, for features that look at declarations.
    pub fn database(&self) -> &Database {
        &self.db
    }

    /// The project.
    pub fn project(&self) -> Project {
        Project::get(&self.db)
    }

    /// Holds the schema to other databases.
    pub fn set_targets(&mut self, targets: Targets) {
        let project = self.project();
        if *project.targets(&self.db) != targets {
            project.set_targets(&mut self.db).with_durability(Durability::HIGH).to(targets);
        }
    }

    /// Sets the day after whose end suppressions are over. Nothing here asks a clock.
    pub fn set_today(&mut self, today: Option<NaiveDate>) {
        let project = self.project();
        if project.today(&self.db) != today {
            project.set_today(&mut self.db).with_durability(Durability::HIGH).to(today);
        }
    }

    /// Sets the severities of rules.
    pub fn set_severities(&mut self, severities: Severities) {
        let project = self.project();
        if *project.severities(&self.db) != severities {
            project.set_severities(&mut self.db).with_durability(Durability::HIGH).to(severities);
        }
    }

    /// Adds files that nobody edits at the moment; a file that is there already gets the new text.
    pub fn set_closed(&mut self, files: impl IntoIterator<Item = (String, String)>) {
        for (path, text) in files {
            let source = self.parsed(&path, text.into());
            self.set_source(Arc::from(path), source, false);
        }
        self.set_project_files();
    }

    /// Opens a file in an editor, or replaces the text of an open one.
    pub fn open(&mut self, path: &str, text: impl Into<Arc<str>>) {
        let was_open = self.files.get(path).is_some_and(|entry| entry.is_open);
        let source = self.parsed(path, text.into());
        self.set_source(Arc::from(path), source, true);
        if !was_open {
            self.set_project_files();
        }
    }

    /// Replaces bytes of an open file. Does nothing for a file that is not there.
    pub fn edit(&mut self, path: &str, range: Range<usize>, replacement: &str) {
        if let Some(Entry { file, is_open, .. }) = self.files.get(path) {
            let source = Arc::new(file.source(&self.db).edit(range, replacement));
            self.set_source(Arc::from(path), source, *is_open);
        }
    }

    /// Takes a file out of the project.
    pub fn remove(&mut self, path: &str) {
        if let Some(entry) = self.files.remove(path) {
            self.set_project_files();
            let gone = self.named(entry.file);
            self.set_names(&gone, &[], &entry, false);
            self.spare(entry.file.declarations(&self.db).clone());
        }
    }

    /// The paths of all files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &Arc<str>> {
        self.files.keys()
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<File> {
        self.files.get(path).map(|entry| entry.file)
    }

    /// The parsed text of a file.
    pub fn source(&self, path: &str) -> Option<&Arc<Source>> {
        self.file(path).map(|file| file.source(&self.db))
    }

    /// What is wrong in a file, ordered by place.
    pub fn findings(&self, path: &str) -> Vec<FileFinding<'_>> {
        self.file(path).map(|file| file_findings(&self.db, file)).unwrap_or_default()
    }

    /// What is wrong in a file, with the edits that remove it, ordered by place.
    pub fn diagnostics(&self, path: &str) -> Vec<FileDiagnostic> {
        self.findings(path).into_iter().map(|it| it.resolve(&self.db)).collect()
    }

    /// What of a file is not looked into, in its order.
    pub fn unchecked(&self, path: &str) -> Vec<Unchecked> {
        self.file(path).map(|file| unchecked::unchecked(&self.db, file)).unwrap_or_default()
    }

    /// The schema of all files, as far as it could be made. It is complete where no file has an error.
    pub fn schema(&self) -> Schema {
        schema::schema(&self.db, self.project())
    }

    /// The queries and mutations of the project by name, as far as they could be made.
    pub fn queries(&self) -> BTreeMap<String, Query> {
        schema::queries(&self.db, self.project())
    }

    /// A text that a file has or gets. A file that is opened or closed mostly has it already.
    fn parsed(&self, path: &str, text: Arc<str>) -> Arc<Source> {
        let known = self.source(path).filter(|it| *it.text() == text);
        known.map_or_else(|| Arc::new(Source::parse(text)), Arc::clone)
    }

    fn set_source(&mut self, path: Arc<str>, source: Arc<Source>, is_open: bool) {
        let durability = if is_open { Durability::LOW } else { Durability::HIGH };
        let known = self.files.remove(&path);
        let is_known = known.is_some();
        let is_moved = known.as_ref().is_some_and(|it| it.is_open != is_open);
        let mut entry = match known {
            Some(entry) if is_moved => Entry { is_open, edited: HashSet::new(), ..entry },
            Some(entry) => entry,
            None => Entry { file: self.new_file(path.clone(), durability), is_open, edited: HashSet::new() },
        };
        let file = entry.file;
        let before = file.source(&self.db).clone();
        // Whoever reads the state before is interrupted here, before the first name changes.
        file.set_source(&mut self.db).with_durability(durability).to(source.clone());
        let changed = Changed::between(&before, &source);
        let has_same = is_known && changed.declares_same(&before, &source);
        let changed = if has_same { changed } else { changed.with_namesakes(&before, &source) };
        let named_before = if has_same && !is_moved { Vec::new() } else { self.named(file) };
        let is_typed = is_known && is_open && !is_moved;
        let declarations = match has_same {
            true => file.declarations(&self.db).clone(),
            false => self.declare(&mut entry, &source, changed.clone(), is_typed),
        };
        // A declaration that got another name is the same one.
        if is_moved || *file.declarations(&self.db) != declarations {
            file.set_declarations(&mut self.db).with_durability(entry.list_durability()).to(declarations.clone());
        }
        // Most of a large file is as it was: nothing of it is asked of the database.
        let touched = if is_moved { 0..declarations.len() } else { changed.after };
        for (declaration, written) in declarations[touched.clone()].iter().zip(&source.declarations()[touched]) {
            let declaration = *declaration;
            let settled = entry.durability(written.item().kind);
            let is_edited = declaration.item(&self.db) != written.item();
            if is_moved {
                self.set_identity(declaration, settled);
            }
            if is_edited || is_moved {
                let durability = if is_edited { durability } else { settled };
                declaration.set_item(&mut self.db).with_durability(durability).to(written.item().clone());
            }
            if is_edited && is_open {
                self.last_edited = Some(declaration);
                entry.edited.insert(declaration);
            }
        }
        if !has_same {
            entry.edited.retain(|it| declarations.contains(it));
        }
        if !has_same || is_moved {
            let named = self.named(file);
            self.set_names(&named_before, &named, &entry, is_moved);
        }
        self.files.insert(path, entry);
    }

    fn new_file(&self, path: Arc<str>, durability: Durability) -> File {
        let file = File::builder(path, Arc::new(Source::parse("")), Vec::new());
        file.durability(Durability::HIGH).source_durability(durability).new(&self.db)
    }

    /// What makes edits cheap again: what was edited becomes as durable as the rest, but for what was edited last, which
    /// probably is edited next, unless most depends on it. What depends on it is derived again, so this is for when nobody
    /// waits; and it interrupts whoever reads.
    pub fn settle(&mut self) {
        let mut settled = Vec::new();
        let kept = self.kept();
        for entry in self.files.values_mut() {
            let (kept, edited): (HashSet<_>, HashSet<_>) = entry.edited.iter().partition(|it| Some(**it) == kept);
            entry.edited = kept;
            // In the order of the file, so that the same edits cost the same.
            let edited = entry.file.declarations(&self.db).iter().filter(|it| edited.contains(it));
            settled.extend(edited.map(|it| (*it, entry.durability(it.kind(&self.db)))));
        }
        let has_shared = settled.iter().any(|(it, _)| is_shared(it.kind(&self.db)));
        if has_shared {
            let project = self.project();
            let count = project.settled(&self.db) + 1;
            project.set_settled(&mut self.db).with_durability(Durability::HIGH).to(count);
        }
        let changed: HashSet<_> = settled.iter().map(|(it, _)| it.file(&self.db)).collect();
        for entry in self.files.values().filter(|it| has_shared || changed.contains(&it.file)) {
            // The same list: what is derived from a chunk is derived again, and knows how durable it is now.
            let declarations = entry.file.declarations(&self.db).clone();
            let durability = entry.list_durability();
            entry.file.set_declarations(&mut self.db).with_durability(durability).to(declarations);
        }
        for (declaration, durability) in settled {
            self.set_identity(declaration, durability);
            let item = declaration.item(&self.db).clone();
            declaration.set_item(&mut self.db).with_durability(durability).to(item);
            if let Some(named) = self.db.names().get(declaration.name(&self.db)) {
                let declarations = named.declarations(&self.db).clone();
                named.set_declarations(&mut self.db).with_durability(durability).to(declarations);
            }
        }
    }

    /// Whether nothing was edited that [`settle`](Self::settle) would make durable.
    pub fn is_settled(&self) -> bool {
        let kept = self.kept();
        self.files.values().all(|entry| entry.edited.iter().all(|it| Some(*it) == kept))
    }

    /// What stays as it is when the rest settles.
    fn kept(&self) -> Option<Declaration> {
        self.last_edited.filter(|it| !is_shared(it.kind(&self.db)))
    }

    /// Gives what a declaration is called another durability.
    fn set_identity(&mut self, declaration: Declaration, durability: Durability) {
        let identity = declaration.identity(&self.db).clone();
        declaration.set_identity(&mut self.db).with_durability(durability).to(identity);
    }

    /// The inputs of a file's declarations: those that it has, for declarations of the same kind and name, and for
    /// others those that nobody needs any more, or new ones. `is_typed`: those were edited.
    fn declare(&mut self, entry: &mut Entry, source: &Source, changed: Changed, is_typed: bool) -> Vec<Declaration> {
        let before = entry.file.declarations(&self.db).clone();
        let Changed { before: old, after: new } = changed;
        let written = source.declarations();
        // How many of each name stand above.
        let mut seen: HashMap<_, u32> = written[new.clone()].iter().map(|it| (kind_and_name(it.item()), 0)).collect();
        for above in &written[..new.start] {
            seen.entry(kind_and_name(above.item())).and_modify(|count| *count += 1);
        }
        let mut known: HashMap<_, _> = before[old.clone()].iter().map(|it| (it.identity(&self.db), *it)).collect();
        let mut declared = Vec::new();
        for declaration in &written[new] {
            let item = declaration.item();
            let (kind, name) = kind_and_name(item);
            let count = seen.entry((kind, name.clone())).or_default();
            let identity = DeclarationKey { file: entry.file, kind: item.kind, name, duplicate: *count };
            *count += 1;
            let kept = known.remove(&identity);
            declared.push((kept, identity, item));
        }
        // In the order of the file, so that a declaration that gets another name keeps its input.
        let gone: HashSet<_> = known.into_values().collect();
        self.spare(before[old.clone()].iter().rev().copied().filter(|it| gone.contains(it)));
        let mut inputs = before[..old.start].to_vec();
        for (kept, identity, item) in declared {
            inputs.push(kept.unwrap_or_else(|| {
                let durability = if is_typed { Durability::LOW } else { entry.durability(identity.kind) };
                let input = self.input(durability, identity, item);
                if is_typed {
                    self.last_edited = Some(input);
                    entry.edited.insert(input);
                }
                input
            }));
        }
        inputs.extend_from_slice(&before[old.end..]);
        inputs
    }

    /// Keeps the inputs of declarations that are gone for others.
    fn spare(&mut self, gone: impl IntoIterator<Item = Declaration>) {
        for declaration in gone {
            self.spare.entry(declaration.kind(&self.db)).or_default().push(declaration);
        }
    }

    /// An input for a declaration that has none.
    fn input(&mut self, durability: Durability, identity: DeclarationKey, item: &Arc<Item>) -> Declaration {
        let db = &mut self.db;
        let Some(input) = self.spare.get_mut(&identity.kind).and_then(Vec::pop) else {
            let new = Declaration::builder(identity.kind, identity, item.clone());
            return new.durability(durability).kind_durability(Durability::NEVER_CHANGE).new(db);
        };
        input.set_identity(db).with_durability(durability).to(identity);
        input.set_item(db).with_durability(durability).to(item.clone());
        input
    }

    /// The names that a file declares, in its order.
    fn named(&self, file: File) -> Vec<Named> {
        let named = file.declarations(&self.db).iter().map(|it| (it.name(&self.db).clone(), *it));
        named.filter(|(name, _)| !name.is_empty()).collect()
    }

    /// A file declares the names `after` instead of `before`. `is_moved`: all are as durable now as others.
    fn set_names(&mut self, before: &[Named], after: &[Named], entry: &Entry, is_moved: bool) {
        let same = |(a, b): &(&Named, &Named)| a == b && !is_moved;
        let same_start = before.iter().zip(after).take_while(same).count();
        let (before_rest, after_rest) = (&before[same_start..], &after[same_start..]);
        let same_end = before_rest.iter().rev().zip(after_rest.iter().rev()).take_while(same).count();
        let changed = before_rest.iter().rev().skip(same_end).chain(after_rest.iter().rev().skip(same_end));
        let mut declared: BTreeMap<Arc<str>, Vec<Declaration>> =
            changed.map(|(name, _)| (name.clone(), Vec::new())).collect();
        if declared.is_empty() {
            return;
        }
        for (name, declaration) in after {
            declared.entry(name.clone()).and_modify(|it| it.push(*declaration));
        }
        let mut other_names = 0;
        for (name, here) in declared {
            let known = self.db.names().get(&name);
            let elsewhere = known.map(|it| it.declarations(&self.db).as_slice()).unwrap_or_default();
            let mut all: Vec<_> = elsewhere.iter().copied().filter(|it| it.file(&self.db) != entry.file).collect();
            let is_edited = here.iter().any(|it| entry.edited.contains(it));
            let durability = match here.first() {
                Some(_) if is_edited => Durability::LOW,
                Some(it) => entry.durability(it.kind(&self.db)),
                None => Durability::LOW,
            };
            all.extend(here);
            // Stable: within a file the order of the text stays.
            all.sort_by(|a, b| a.file(&self.db).path(&self.db).cmp(b.file(&self.db).path(&self.db)));
            other_names += u64::from(self.set_name(name, known, all, durability));
        }
        if other_names > 0 {
            let project = self.project();
            let count = project.other_names(&self.db) + other_names;
            project.set_other_names(&mut self.db).with_durability(Durability::LOW).to(count);
        }
    }

    /// Sets what declares a name, which had the input `known`. Returns whether it came to be
    /// declared, or is no more.
    fn set_name(
        &mut self,
        name: Arc<str>,
        known: Option<NamedDeclarations>,
        declarations: Vec<Declaration>,
        durability: Durability,
    ) -> bool {
        match known {
            Some(named) if declarations.is_empty() => {
                self.db.names().remove(&name);
                named.set_declarations(&mut self.db).with_durability(Durability::LOW).to(declarations);
                self.spare_names.push(named);
                self.count_schema(&name, false);
                true
            }
            Some(named) => {
                named.set_declarations(&mut self.db).with_durability(durability).to(declarations);
                false
            }
            None if declarations.is_empty() => false,
            None => {
                let named = match self.spare_names.pop() {
                    Some(named) => {
                        named.set_declarations(&mut self.db).with_durability(durability).to(declarations);
                        named
                    }
                    None => NamedDeclarations::builder(declarations).durability(durability).new(&self.db),
                };
                self.count_schema(&name, true);
                self.db.names().insert(name, named);
                true
            }
        }
    }

    /// A name came to be declared, or is no more.
    fn count_schema(&mut self, name: &str, is_declared: bool) {
        let Some((schema, _)) = name.split_once('.') else { return };
        let count = self.schemas.entry(Arc::from(schema)).or_default();
        *count = if is_declared { *count + 1 } else { count.saturating_sub(1) };
        if *count == 0 {
            self.schemas.remove(schema);
        }
        let schemas: BTreeSet<_> = self.schemas.keys().cloned().collect();
        let project = self.project();
        if *project.named_schemas(&self.db) != schemas {
            project.set_named_schemas(&mut self.db).with_durability(Durability::HIGH).to(schemas);
        }
    }

    fn set_project_files(&mut self) {
        let of = |is_open: bool| {
            let files = self.files.values().filter(move |entry| entry.is_open == is_open);
            files.map(|entry| entry.file).collect::<Vec<_>>()
        };
        let (closed, open) = (of(false), of(true));
        let project = self.project();
        if *project.closed_files(&self.db) != closed {
            project.set_closed_files(&mut self.db).with_durability(Durability::HIGH).to(closed);
        }
        if *project.open_files(&self.db) != open {
            project.set_open_files(&mut self.db).with_durability(Durability::HIGH).to(open);
        }
    }
}

/// Which declarations of a text are others than before, by their number there and here: those above and below are the same.
#[derive(Clone)]
struct Changed {
    before: Range<usize>,
    after: Range<usize>,
}

impl Changed {
    fn between(before: &Source, after: &Source) -> Self {
        let (before, after) = (before.declarations(), after.declarations());
        let is_same = |(a, b): &(&SourceDeclaration, &SourceDeclaration)| Arc::ptr_eq(a.item(), b.item());
        let above = before.iter().zip(after).take_while(is_same).count();
        let rest = before[above..].iter().rev().zip(after[above..].iter().rev());
        let below = rest.take_while(is_same).count();
        Changed { before: above..before.len() - below, after: above..after.len() - below }
    }

    /// Whether they have the same kinds and names in the same order.
    fn declares_same(&self, before: &Source, after: &Source) -> bool {
        let (before, after) = (&before.declarations()[self.before.clone()], &after.declarations()[self.after.clone()]);
        let is_same = |(a, b): (&SourceDeclaration, &SourceDeclaration)| {
            a.item().kind == b.item().kind && a.item().name_text() == b.item().name_text()
        };
        before.len() == after.len() && before.iter().zip(after).all(is_same)
    }

    /// With those below if one of them is called like one that changes: of one name each has its number.
    fn with_namesakes(self, before: &Source, after: &Source) -> Self {
        let (before, after) = (before.declarations(), after.declarations());
        let changed = before[self.before.clone()].iter().chain(&after[self.after.clone()]);
        let names: HashSet<_> = changed.map(|it| kind_and_name(it.item())).collect();
        match after[self.after.end..].iter().any(|it| names.contains(&kind_and_name(it.item()))) {
            true => Changed { before: self.before.start..before.len(), after: self.after.start..after.len() },
            false => self,
        }
    }
}

fn kind_and_name(item: &Item) -> (DeclarationKind, Arc<str>) {
    (item.kind, item.name.as_ref().map_or_else(|| Arc::from(""), |it| it.text.clone()))
}

/// What is wrong in a file, ordered by place.
pub fn file_findings<'db>(db: &'db Database, file: File) -> Vec<FileFinding<'db>> {
    let project = Project::get(db);
    let severities = project.severities(db);
    let source = file.source(db);
    let mut findings = Vec::new();
    let mut add = |index: usize, all: &'db CheckFindings| {
        findings.extend(all.iter().enumerate().map(|(number, found)| FileFinding {
            severity: severity(found.rule, severities),
            range: source.declarations()[index].span(found.location.anchor),
            related: found.related.iter().filter_map(|(place, message)| related(db, place, message)).collect(),
            content: Content::Declaration { all, number, index },
        }));
    };
    for (index, found) in chunks(db, file).flat_map(|chunk| check_chunk(db, project, file, chunk)) {
        add(*index, found);
    }
    if names::has_shared_names(db, project) {
        for (index, declaration) in item_tree(db, file).iter().enumerate() {
            add(index, check_clashes(db, project, *declaration));
        }
    }
    suppressions::apply(source, file.path(db), severities, project.today(db), &mut findings);
    findings.retain(|it| it.severity != Severity::Off);
    let order = |it: &FileFinding<'_>| (it.range.start, it.range.end, it.rule().code);
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    // The same may be told of two places that have one range.
    findings.dedup_by(|a, b| {
        let is_alike = order(a) == order(b) && a.message() == b.message();
        is_alike && a.clone().resolve(db) == b.clone().resolve(db)
    });
    findings
}

/// The severity of a rule after the project's settings, which name it by code or slug.
pub fn severity(rule: &Rule, severities: &Severities) -> Severity {
    let set = severities.get(rule.code).or_else(|| severities.get(rule.slug));
    set.copied().unwrap_or(rule.severity)
}

/// The bytes of a place in its file.
pub fn range_of(db: &Database, place: &Location) -> Option<Range<usize>> {
    let file = place.declaration.file(db);
    let index = *file_positions(db, file).get(&place.declaration)?;
    file.source(db).declarations().get(index).map(|it| it.span(place.anchor))
}

/// A fix of what is wrong with a declaration, the how-manieth of its file; `None` where an edit finds nothing to change.
fn file_fix(db: &Database, found: &Diagnostic, index: usize, fix: &Fix) -> Option<FileFix> {
    let edit = |edit: &FixEdit| {
        let file = edit.place.declaration.file(db);
        // Most edits are in the declaration itself, which needs no search.
        let index = match edit.place.declaration == found.location.declaration {
            true => index,
            false => *file_positions(db, file).get(&edit.place.declaration)?,
        };
        let declaration = file.source(db).declarations().get(index)?;
        let text = file.source(db).text();
        let place = match edit.kind {
            FixEditKind::AddItem(_) => declaration.item().members.last()?.anchor(),
            _ => edit.place.anchor,
        };
        let lines = |it: &Location| {
            let text = it.declaration.file(db).source(db).text();
            Some(text[block(text, range_of(db, it)?).range].to_owned())
        };
        let (range, mut replacement) = edit.kind.resolve(text, place, |it| declaration.span(it), lines)?;
        // Items stand apart from columns.
        if matches!(edit.kind, FixEditKind::AddItem(_))
            && !matches!(declaration.item().members.last(), Some(Member::Item(_)))
        {
            replacement.insert(0, '\n');
        }
        Some(FileEdit { path: file.path(db).clone(), range, replacement })
    };
    let edits = fix.edits.iter().map(edit).collect::<Option<Vec<_>>>()?;
    Some(FileFix { title: fix.title.clone(), is_safe: fix.is_safe, edits })
}

/// The edits that remove what is wrong with a declaration, the likeliest first.
pub fn fixes_of(db: &Database, found: &Diagnostic) -> Vec<FileFix> {
    let index = file_positions(db, found.location.declaration.file(db)).get(&found.location.declaration);
    index.map(|index| found.fixes.iter().filter_map(|it| file_fix(db, found, *index, it)).collect()).unwrap_or_default()
}

fn related(db: &Database, place: &Location, message: &str) -> Option<RelatedPlace> {
    let range = range_of(db, place)?;
    Some(RelatedPlace { path: place.declaration.file(db).path(db).clone(), range, message: message.to_owned() })
}
