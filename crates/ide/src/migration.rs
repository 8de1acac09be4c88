//! The next migration: what `orm migrate create` would write now, and what it costs.
//!
//! What the migrations make is compared with what the files say, declaration by declaration; only what differs, and what
//! stands in a relation with it, is planned (`orm_engine::plan::slice`). [`NextMigration`] holds both schemas and no
//! database, so that planning keeps no edit waiting; it is planned once for a state of the files.

mod changed;
mod mixins;
mod statements;
mod summary;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    ops::Range,
    sync::{Arc, OnceLock},
};

use orm_engine::{
    migrate::section_text,
    plan::{self, Plan},
};
use orm_model::{Dialect, Schema, Targets};
use orm_schema_lang::{
    Database, File, Project, Severity,
    database::{Declaration, item_tree},
    item::DeclarationKind,
    workspace::file_findings,
};

use mixins::MixinParts;

use crate::{base::BaseSchema, declared::Declared, hover::shortened::block, symbol::source_of};

/// As many declarations that are gone have a lens each; the first lens counts them all.
const NAMED_REMOVALS: usize = 5;

/// What the next migration leads from and to, and the plans, once somebody has asked for them.
#[derive(Debug)]
pub struct NextMigration {
    start: Start,
    targets: Targets,
    plans: OnceLock<Vec<(Dialect, Plan)>>,
}

#[derive(Debug)]
enum Start {
    /// The migrations cannot be understood.
    Broken(String),
    /// There is none yet. `after` is what the files say, once somebody has looked at the lens.
    First { is_empty: bool, after: OnceLock<Schema> },
    /// The parts of both schemas that matter, and what differs between them.
    Next { before: Schema, after: Schema, changes: Box<Changes> },
}

/// What differs between two schemas, by what declares it.
#[derive(Debug, Default)]
struct Changes {
    /// What comes or becomes another one.
    changed: BTreeSet<Declared>,
    /// What goes.
    removed: BTreeSet<Declared>,
    /// The mixins that change tables, by name.
    mixins: BTreeMap<Arc<str>, MixinParts>,
}

impl NextMigration {
    /// The next migration of the files as they are.
    pub(crate) fn of(db: &Database, base: &BaseSchema) -> Self {
        let project = Project::get(db);
        let start = match base.schema() {
            None => Start::Broken(base.problem().unwrap_or_default()),
            Some(_) if !base.has_migrations() => Start::First { is_empty: is_empty(db), after: OnceLock::new() },
            Some(before) => changed::next(db, before),
        };
        NextMigration { start, targets: project.targets(db).clone(), plans: OnceLock::new() }
    }

    /// The plan of each target. It may take long where much changes, so ask without holding a snapshot.
    pub(crate) fn plans(&self) -> &[(Dialect, Plan)] {
        self.plans.get_or_init(|| {
            let empty = Schema::default();
            let (before, after) = match &self.start {
                Start::Broken(_) => return Vec::new(),
                Start::First { after, .. } => (&empty, after.get().unwrap_or(&empty)),
                Start::Next { before, after, .. } => (before, after),
            };
            let dialects = self.targets.dialects();
            dialects.map(|dialect| (dialect, plan::plan(before, after, &self.targets, dialect))).collect()
        })
    }

    /// Whether the files make what the migrations make.
    fn is_nothing(&self) -> bool {
        match &self.start {
            Start::Broken(_) => false,
            Start::First { is_empty, .. } => *is_empty,
            Start::Next { changes, .. } => changes.changed.is_empty() && changes.removed.is_empty(),
        }
    }

    /// What a declaration changes; `None` where that is nothing.
    fn part_of(&self, db: &Database, declaration: Declaration) -> Option<ViewPart> {
        let Start::Next { changes, .. } = &self.start else { return None };
        if declaration.kind(db) == DeclarationKind::Mixin {
            let (name, _) = changes.mixins.get_key_value(declaration.name(db))?;
            return Some(ViewPart::Mixin(Arc::clone(name)));
        }
        Declared::by(db, declaration).filter(|it| changes.changed.contains(it)).map(ViewPart::Changed)
    }
}

/// Whether the files make nothing that databases have.
fn is_empty(db: &Database) -> bool {
    let mut declarations = Project::get(db).files(db).into_iter().flat_map(|file| item_tree(db, file));
    declarations.all(|it| Declared::by(db, *it).is_none())
}

/// What of the next migration is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MigrationPart {
    /// All of it.
    Whole,
    /// What a declaration changes, by the byte offset of its name.
    Declaration(usize),
    /// What goes with the how-manieth declaration that is no longer there.
    Removed(usize),
}

/// A lens about the next migration. What it says is made when it is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationLens {
    /// The bytes of the name that it stands above; empty at the top of the file.
    pub range: Range<usize>,
    /// What it is about.
    pub part: MigrationPart,
}

/// The lenses of a file, those at its top first.
pub(crate) fn lenses(db: &Database, next: &NextMigration, file: File) -> Vec<MigrationLens> {
    if next.is_nothing() {
        return Vec::new();
    }
    let removed = match &next.start {
        Start::Next { changes, .. } => changes.removed.len().min(NAMED_REMOVALS),
        Start::Broken(_) | Start::First { .. } => 0,
    };
    let top = |part| MigrationLens { range: 0..0, part };
    let mut lenses = vec![top(MigrationPart::Whole)];
    lenses.extend((0..removed).map(|at| top(MigrationPart::Removed(at))));
    if let Start::Next { changes, .. } = &next.start
        && !changes.changed.is_empty()
    {
        for declaration in item_tree(db, file) {
            if next.part_of(db, *declaration).is_some()
                && let Some(range) = name_range(db, *declaration)
            {
                lenses.push(MigrationLens { part: MigrationPart::Declaration(range.start), range });
            }
        }
    }
    lenses
}

/// Whether a declaration is named at `offset` that migrations may make otherwise. A table alone is compared for it: whoever
/// looks at a name should not wait for all others.
pub(crate) fn is_name_of_change(db: &Database, base: &BaseSchema, file: File, offset: usize) -> bool {
    let Some((index, source)) = file.source(db).declaration_at(offset) else { return false };
    let name = source.item().name.as_ref().map(|it| source.span(it.anchor));
    let is_name = name.is_some_and(|it| it.start <= offset && offset <= it.end);
    let declaration = item_tree(db, file).get(index).filter(|_| is_name && base.has_migrations());
    declaration.is_some_and(|it| changed::may_be(db, base, *it))
}

/// Where a declaration is named; a raw block has no name, and stands for itself.
fn name_range(db: &Database, declaration: Declaration) -> Option<Range<usize>> {
    let source = source_of(db, declaration)?;
    let item = declaration.item(db);
    Some(match &item.name {
        Some(name) if declaration.kind(db) != DeclarationKind::Raw => source.span(name.anchor),
        _ => {
            let range = source.range();
            range.start..range.start
        }
    })
}

/// A part of the next migration, without the database, so that it can be planned and told while the files change.
#[derive(Debug, Clone)]
pub struct MigrationView {
    next: Arc<NextMigration>,
    part: ViewPart,
    /// How many errors keep it from being told.
    errors: usize,
}

#[derive(Debug, Clone)]
enum ViewPart {
    Whole,
    Changed(Declared),
    /// What a mixin changes in the tables that spread it.
    Mixin(Arc<str>),
    Removed(Declared),
}

/// What a database is told by a part of the migration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationSection {
    /// Which database.
    pub dialect: Dialect,
    /// What happens, and what it costs, in a line.
    pub summary: String,
    /// What the `up` section of the file says of it.
    pub text: String,
}

/// The part of the next migration that a lens of a file is about; `None` where nothing changes there any more.
pub(crate) fn view(
    db: &Database,
    next: &Arc<NextMigration>,
    file: File,
    part: &MigrationPart,
) -> Option<MigrationView> {
    let view = |part, errors| MigrationView { next: Arc::clone(next), part, errors };
    match part {
        MigrationPart::Whole => {
            if let Start::First { after, .. } = &next.start {
                after.get_or_init(|| orm_schema_lang::lower::schema::schema(db, Project::get(db)));
            }
            (!next.is_nothing()).then(|| view(ViewPart::Whole, errors_of_project(db)))
        }
        MigrationPart::Removed(at) => {
            let Start::Next { changes, .. } = &next.start else { return None };
            Some(view(ViewPart::Removed(changes.removed.iter().nth(*at)?.clone()), errors_of_project(db)))
        }
        MigrationPart::Declaration(offset) => {
            let (index, source) = file.source(db).declaration_at(*offset)?;
            let part = next.part_of(db, *item_tree(db, file).get(index)?)?;
            let range = source.range();
            let is_here = |it: &Range<usize>| range.start <= it.start && it.end <= range.end;
            let findings = file_findings(db, file);
            let errors = findings.iter().filter(|it| it.severity == Severity::Error && is_here(&it.range)).count();
            Some(view(part, errors))
        }
    }
}

/// How many errors the project has.
pub(crate) fn errors_of_project(db: &Database) -> usize {
    let project = Project::get(db);
    let findings = project.files(db).into_iter().flat_map(|file| file_findings(db, file));
    findings.filter(|it| it.severity == Severity::Error).count()
}

/// `the schema has 2 errors`
pub fn errors_message(errors: usize) -> String {
    format!("the schema has {errors} {}", if errors == 1 { "error" } else { "errors" })
}

impl MigrationView {
    /// Whether it is about the whole migration.
    pub fn is_whole(&self) -> bool {
        matches!(self.part, ViewPart::Whole)
    }

    /// Whether the migration can be created as things are.
    pub fn can_be_created(&self) -> bool {
        self.errors == 0 && !matches!(self.next.start, Start::Broken(_))
    }

    /// The text of the lens.
    pub fn title(&self) -> String {
        if let Start::Broken(problem) = &self.next.start {
            return format!("The migrations are not in order: {problem}");
        }
        if self.errors > 0 {
            return match self.part {
                ViewPart::Changed(_) | ViewPart::Mixin(_) => "Next migration: correct the errors first".to_owned(),
                ViewPart::Whole | ViewPart::Removed(_) => format!("Next migration: {}", errors_message(self.errors)),
            };
        }
        let told = self.sections().into_iter().map(|it| format!("{}: {}", it.dialect.title(), it.summary));
        let told = told.collect::<Vec<_>>().join(" · ");
        match (&self.part, &self.next.start) {
            (ViewPart::Whole, Start::First { .. }) => format!("First migration · {told}"),
            (ViewPart::Whole, _) => format!("Next migration · {told}"),
            (ViewPart::Changed(_), _) => told,
            (ViewPart::Mixin(name), Start::Next { changes, .. }) => {
                match changes.mixins.get(name).map_or(0, MixinParts::tables) {
                    1 => format!("1 table · {told}"),
                    count => format!("{count} tables · {told}"),
                }
            }
            (ViewPart::Mixin(_), _) => told,
            (ViewPart::Removed(declared), _) => format!("{} goes · {told}", declared.title()),
        }
    }

    /// What each database is told.
    pub fn sections(&self) -> Vec<MigrationSection> {
        let plans = self.next.plans().iter();
        plans.map(|(dialect, plan)| self.section(*dialect, plan)).collect()
    }

    fn section(&self, dialect: Dialect, plan: &Plan) -> MigrationSection {
        let part = match (&self.part, &self.next.start) {
            (ViewPart::Changed(declared) | ViewPart::Removed(declared), Start::Next { before, after, changes }) => {
                let schemas = statements::Schemas { before, after, targets: &self.next.targets };
                statements::of(declared, plan, &schemas, changes, dialect)
            }
            (ViewPart::Mixin(name), Start::Next { changes, .. }) => {
                changes.mixins.get(name).map(|it| statements::of_mixin(it, plan)).unwrap_or_default()
            }
            _ => statements::all(plan),
        };
        let summary = match self.part {
            ViewPart::Whole => summary::of_whole(&part),
            ViewPart::Changed(_) | ViewPart::Mixin(_) | ViewPart::Removed(_) => summary::of_declaration(&part),
        };
        let text = section_text(part.unsupported.iter().copied(), part.statements.iter().copied());
        MigrationSection { dialect, summary, text }
    }

    /// What a hover shows below what the declaration is.
    pub fn markdown(&self) -> String {
        if self.errors > 0 || matches!(self.next.start, Start::Broken(_)) {
            return format!("**Next migration**\n\n{}", self.title());
        }
        let mut text = "**Next migration**".to_owned();
        for it in self.sections() {
            _ = write!(text, "\n\n{}: {}", it.dialect.title(), it.summary);
            if !it.text.is_empty() {
                _ = write!(text, "\n{}", block("sql", &it.text));
            }
        }
        text
    }
}
