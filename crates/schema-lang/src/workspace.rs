//! What the command line and the editor drive: files in, diagnostics and a schema out.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    sync::Arc,
};

use chrono::NaiveDate;
use orm_model::{Schema, Targets, query::Query};
use salsa::{Durability, Setter};

use crate::{
    database::{
        Database, Declaration, DeclarationKey, File, Project, check_chunk, check_clashes, chunks, file_positions,
        item_tree,
    },
    diagnostics::{Diagnostic, Fix, FixEdit, FixEditKind, Location, Rule, Severities, Severity},
    item::{DeclarationKind, Item, Member},
    lower::{names, schema},
    source::{Source, SourceDeclaration},
    suppressions,
    unchecked::{self, Unchecked},
};

/// The files of a project and everything that is derived from them.
pub struct Workspace {
    db: Database,
    files: BTreeMap<Arc<str>, Entry>,
    /// Inputs of declarations that are gone.
    spare: Vec<Declaration>,
}

struct Entry {
    file: File,
    is_open: bool,
}

impl Entry {
    /// How durable declarations are that nobody has edited, and which there are. What an edited one says has a low durability
    /// until its file is closed, so that the next keystroke in it makes salsa look at nothing else. What it is called has not:
    /// all that resolves a name depends on all names.
    fn durability(&self) -> Durability {
        if self.is_open { Durability::MEDIUM } else { Durability::HIGH }
    }
}

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
    /// What is wrong with a declaration, and the how-manieth of its file that is.
    Declaration(&'db Diagnostic, usize),
    /// What is wrong with a comment.
    Text(Box<FileDiagnostic>),
}

impl<'db> FileFinding<'db> {
    /// A finding about the text itself.
    pub(crate) fn in_text(finding: FileDiagnostic) -> Self {
        let FileDiagnostic { severity, range, related, .. } = finding.clone();
        FileFinding { severity, range, related, content: Content::Text(Box::new(finding)) }
    }

    /// The rule that gives it.
    pub fn rule(&self) -> &'static Rule {
        match &self.content {
            Content::Declaration(found, _) => found.rule,
            Content::Text(found) => found.rule,
        }
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        match &self.content {
            Content::Declaration(found, _) => &found.message,
            Content::Text(found) => &found.message,
        }
    }

    /// What to do instead.
    pub fn help(&self) -> Option<&str> {
        match &self.content {
            Content::Declaration(found, _) => found.help.as_deref(),
            Content::Text(found) => found.help.as_deref(),
        }
    }

    /// Edits that remove it, the likeliest first.
    pub fn fixes(&self, db: &Database) -> Vec<FileFix> {
        match &self.content {
            Content::Declaration(found, index) => {
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
        let project = Project::builder(Vec::new(), Vec::new(), targets, severities, None);
        let _singleton = project.durability(Durability::HIGH).new(&db);
        Workspace { db, files: BTreeMap::new(), spare: Vec::new() }
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
            self.spare.extend(entry.file.declarations(&self.db));
            self.set_project_files();
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
        let known = self.files.get(&path).map(|entry| (entry.file, entry.is_open));
        let file = known.map_or_else(|| self.new_file(path.clone(), source.clone(), durability), |(file, _)| file);
        let entry = Entry { file, is_open };
        let before = file.source(&self.db).clone();
        let has_same = known.is_some() && has_same_declarations(&before, &source);
        let is_moved = known.is_some_and(|(_, was_open)| was_open != is_open);
        let declarations = if has_same { file.declarations(&self.db).clone() } else { self.declare(&entry, &source) };
        // A declaration that got another name is the same one.
        if is_moved || *file.declarations(&self.db) != declarations {
            file.set_declarations(&mut self.db).with_durability(entry.durability()).to(declarations.clone());
        }
        for (index, written) in source.declarations().iter().enumerate() {
            // Most of a large file is as it was: nothing of it is asked of the database.
            if has_same && !is_moved && Arc::ptr_eq(before.declarations()[index].item(), written.item()) {
                continue;
            }
            let declaration = declarations[index];
            if is_moved {
                let identity = declaration.identity(&self.db).clone();
                declaration.set_identity(&mut self.db).with_durability(entry.durability()).to(identity);
            }
            let is_edited = declaration.item(&self.db) != written.item();
            if is_edited || is_moved {
                let durability = if is_edited { durability } else { entry.durability() };
                declaration.set_item(&mut self.db).with_durability(durability).to(written.item().clone());
            }
        }
        file.set_source(&mut self.db).with_durability(durability).to(source);
        self.files.insert(path, entry);
    }

    fn new_file(&self, path: Arc<str>, source: Arc<Source>, durability: Durability) -> File {
        let file = File::builder(path, source, Vec::new());
        file.durability(Durability::HIGH).source_durability(durability).new(&self.db)
    }

    /// The inputs of a file's declarations: those that it has, for declarations of the same kind and name, and for
    /// others those that nobody needs any more, or new ones.
    fn declare(&mut self, entry: &Entry, source: &Source) -> Vec<Declaration> {
        let before = entry.file.declarations(&self.db).clone();
        let mut known: HashMap<_, _> = before.iter().map(|it| (it.identity(&self.db), *it)).collect();
        let mut seen: HashMap<(DeclarationKind, Arc<str>), u32> = HashMap::new();
        let mut declared = Vec::new();
        for declaration in source.declarations() {
            let item = declaration.item();
            let name = item.name.as_ref().map_or_else(|| Arc::from(""), |name| name.text.clone());
            let count = seen.entry((item.kind, name.clone())).or_default();
            let identity = DeclarationKey { file: entry.file, kind: item.kind, name, duplicate: *count };
            *count += 1;
            let kept = known.remove(&identity);
            declared.push((kept, identity, item));
        }
        // In the order of the file, so that a declaration that gets another name keeps its input.
        let gone: HashSet<_> = known.into_values().collect();
        self.spare.extend(before.into_iter().rev().filter(|it| gone.contains(it)));
        let mut inputs = Vec::new();
        for (kept, identity, item) in declared {
            inputs.push(kept.unwrap_or_else(|| self.input(entry.durability(), identity, item)));
        }
        inputs
    }

    /// An input for a declaration that has none.
    fn input(&mut self, durability: Durability, identity: DeclarationKey, item: &Arc<Item>) -> Declaration {
        let db = &mut self.db;
        let Some(input) = self.spare.pop() else {
            return Declaration::builder(identity, item.clone()).durability(durability).new(db);
        };
        input.set_identity(db).with_durability(durability).to(identity);
        input.set_item(db).with_durability(durability).to(item.clone());
        input
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

/// Whether two texts declare the same kinds and names in the same order.
fn has_same_declarations(a: &Source, b: &Source) -> bool {
    let is_same = |(a, b): (&SourceDeclaration, &SourceDeclaration)| {
        let (a, b) = (a.item(), b.item());
        Arc::ptr_eq(a, b) || a.kind == b.kind && a.name_text() == b.name_text()
    };
    a.declarations().len() == b.declarations().len() && a.declarations().iter().zip(b.declarations()).all(is_same)
}

/// What is wrong in a file, ordered by place.
pub fn file_findings<'db>(db: &'db Database, file: File) -> Vec<FileFinding<'db>> {
    let project = Project::get(db);
    let severities = project.severities(db);
    let source = file.source(db);
    let mut findings = Vec::new();
    let finding = |index: usize, found: &'db Diagnostic| FileFinding {
        severity: severity(found.rule, severities),
        range: source.declarations()[index].span(found.location.anchor),
        related: found.related.iter().filter_map(|(place, message)| related(db, place, message)).collect(),
        content: Content::Declaration(found, index),
    };
    for (index, found) in chunks(db, file).flat_map(|chunk| check_chunk(db, project, file, chunk)) {
        findings.extend(found.iter().map(|it| finding(*index, it)));
    }
    if names::has_shared_names(db, project) {
        for (index, declaration) in item_tree(db, file).iter().enumerate() {
            findings.extend(check_clashes(db, project, *declaration).iter().map(|it| finding(index, it)));
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
    let file = place.declaration.file;
    let index = *file_positions(db, file).get(&place.declaration)?;
    file.source(db).declarations().get(index).map(|it| it.span(place.anchor))
}

/// A fix of what is wrong with a declaration, the how-manieth of its file; `None` where an edit finds nothing to change.
fn file_fix(db: &Database, found: &Diagnostic, index: usize, fix: &Fix) -> Option<FileFix> {
    let edit = |edit: &FixEdit| {
        let file = edit.place.declaration.file;
        // Most edits are in the declaration itself, which needs no search.
        let range = match edit.place.declaration == found.location.declaration {
            true => file.source(db).declarations().get(index)?.span(edit.place.anchor),
            false => range_of(db, &edit.place)?,
        };
        let (range, replacement) = match &edit.kind {
            FixEditKind::AddItem(item) => added_item(db, edit, item)?,
            kind => kind.resolve(file.source(db).text(), range)?,
        };
        Some(FileEdit { path: file.path(db).clone(), range, replacement })
    };
    let edits = fix.edits.iter().map(edit).collect::<Option<Vec<_>>>()?;
    Some(FileFix { title: fix.title.clone(), is_safe: fix.is_safe, edits })
}

/// The edits that remove what is wrong with a declaration, the likeliest first.
pub fn fixes_of(db: &Database, found: &Diagnostic) -> Vec<FileFix> {
    let index = file_positions(db, found.location.declaration.file).get(&found.location.declaration);
    index.map(|index| found.fixes.iter().filter_map(|it| file_fix(db, found, *index, it)).collect()).unwrap_or_default()
}

/// Where an item goes that is added to a declaration, and its text there.
fn added_item(db: &Database, edit: &FixEdit, item: &str) -> Option<(Range<usize>, String)> {
    let file = edit.place.declaration.file;
    let index = *file_positions(db, file).get(&edit.place.declaration)?;
    let declaration = file.source(db).declarations().get(index)?;
    let last = declaration.item().members.last()?;
    let (range, text) =
        FixEditKind::AddItem(item.to_owned()).resolve(file.source(db).text(), declaration.span(last.anchor()))?;
    Some((range, if matches!(last, Member::Item(_)) { text } else { format!("\n{text}") }))
}

fn related(db: &Database, place: &Location, message: &str) -> Option<RelatedPlace> {
    let range = range_of(db, place)?;
    Some(RelatedPlace { path: place.declaration.file.path(db).clone(), range, message: message.to_owned() })
}
