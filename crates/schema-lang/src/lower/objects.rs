//! Views, extensions and blocks of raw SQL to the model.

use std::collections::BTreeMap;

use orm_model::{Dialect, Extension, ObjectName, PerDialect, RawBlock, View, registry::Place};

use super::{
    Scope,
    expand::Origin,
    object_name::{check_schema, physical_name, written_name},
    query::{self, names::SourcePlace},
    sql_names::relations,
    words::{check_attributes, only, text},
};
use crate::{
    database::{AnalysisDatabase, Declaration, File, Project, item_tree, resolve},
    diagnostics::{
        Diagnostic, Location,
        rules::{bad_raw, bad_view, limits, only_reference, raw_without_down},
    },
    item::{Anchor, DeclarationKind, ExpressionItem, ExpressionKind, Item, positional},
};

/// The physical name of a view.
pub fn view_name(item: &Item) -> ObjectName {
    physical_name(item, text(&item.attributes, "db"))
}

/// What a view became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoweredView {
    /// The view, as far as it could be made.
    pub view: View,
    /// Where the sources of its clauses were written.
    pub(crate) places: Vec<SourcePlace>,
    /// What is wrong with its clauses.
    pub diagnostics: Vec<Diagnostic>,
}

/// A view to the model.
#[salsa::tracked(returns(ref), cycle_result = view_of_itself)]
pub fn lower_view(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> LoweredView {
    let item = declaration.item(db);
    let mut view = view_of_text(item);
    let (mut places, mut diagnostics) = (Vec::new(), Vec::new());
    if let Some(clauses) = item.query.as_ref().and_then(|it| it.clauses.as_ref()) {
        let origin = Origin::of(declaration);
        let mut scope = Scope::of(db, project, &origin, only(&item.attributes), &mut diagnostics);
        let anchor = item.name.as_ref().map_or(Anchor::DECLARATION, |it| it.anchor);
        view.select = query::lower_view(&mut scope, clauses, anchor, &mut places).map(Box::new);
        view.only = only(&item.attributes);
    }
    LoweredView { view, places, diagnostics }
}

/// A view that reads itself, by way of others.
fn view_of_itself(db: &dyn AnalysisDatabase, _: salsa::Id, _: Project, declaration: Declaration) -> LoweredView {
    let item = declaration.item(db);
    let anchor = item.name.as_ref().map_or(Anchor::DECLARATION, |it| it.anchor);
    let location = Location { declaration, anchor };
    let diagnostics = vec![bad_view::cycle(location, item.name_text())];
    LoweredView { view: view_of_text(item), places: Vec::new(), diagnostics }
}

/// The view without its clauses.
fn view_of_text(item: &Item) -> View {
    let name = view_name(item);
    let declared_name = (name != written_name(item.name_text())).then(|| item.name_text().to_owned());
    let mut query = item.sql.as_ref().and_then(sql_texts).unwrap_or_default();
    let only = only(&item.attributes);
    for dialect in Dialect::ALL.into_iter().filter(|it| only.is_some_and(|only| only != *it)) {
        *query.get_mut(dialect) = None;
    }
    View { declared_name, doc: item.doc.clone(), query, name, select: None, only: None }
}

/// The texts of `sql("…")` or `sql(postgres: "…", spanner: "…")`, without blanks and a semicolon around them.
pub(crate) fn sql_texts(item: &ExpressionItem) -> Option<PerDialect<Option<String>>> {
    let ExpressionKind::Call { function, arguments } = &item.kind else { return None };
    if !function.iter().map(|it| &*it.text).eq(["sql"]) {
        return None;
    }
    let mut texts = PerDialect::default();
    for argument in arguments {
        let ExpressionKind::String(text) = &argument.value.kind else { return None };
        let text = text.trim().trim_end_matches(';').trim_end();
        let named = |dialect: &Dialect| argument.name.as_ref().is_none_or(|name| dialect.name() == &*name.text);
        if text.is_empty() || !Dialect::ALL.iter().any(named) {
            return None;
        }
        for dialect in Dialect::ALL.into_iter().filter(named) {
            *texts.get_mut(dialect) = Some(text.to_owned());
        }
    }
    positional(arguments).nth(1).is_none().then_some(texts)
}

/// The extension.
pub fn extension(item: &Item) -> Extension {
    Extension { name: ObjectName::unqualified(item.name_text()) }
}

/// The block; `None` where a finding says what it lacks.
pub fn raw_block(item: &Item) -> Option<RawBlock> {
    let raw = item.raw.as_ref()?;
    let written = raw.dialect.as_ref()?;
    let dialect = Dialect::ALL.into_iter().find(|it| it.name() == &*written.text)?;
    let given = |text: &Option<String>| text.as_ref().map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    Some(RawBlock { dialect, up: given(&raw.up)?, down: given(&raw.down) })
}

/// What is wrong with a view, extension or raw block.
pub(crate) fn check(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Vec<Diagnostic> {
    let item = declaration.item(db);
    let origin = Origin::of(declaration);
    let mut diagnostics = Vec::new();
    let mut scope = Scope::of(db, project, &origin, only(&item.attributes), &mut diagnostics);
    match item.kind {
        DeclarationKind::View => {
            check_attributes(&mut scope, &item.attributes, Place::View);
            check_schema(&mut scope, item);
            check_view(&mut scope, item, &lower_view(db, project, declaration).diagnostics);
            let name = scope.at(item.name.as_ref().map_or(Anchor::DECLARATION, |it| it.anchor));
            limits::views(db, project, declaration, &name).into_iter().for_each(|it| scope.report(it));
        }
        DeclarationKind::Extension => check_attributes(&mut scope, &item.attributes, Place::Extension),
        _ => check_raw(&mut scope, item),
    }
    diagnostics
}

fn check_view(scope: &mut Scope<'_>, item: &Item, found: &[Diagnostic]) {
    if item.query.as_ref().is_some_and(|it| it.clauses.is_some()) {
        found.iter().cloned().for_each(|it| scope.report(it));
        return;
    }
    let Some(written) = &item.sql else { return };
    let Some(texts) = sql_texts(written) else {
        if written.kind != ExpressionKind::Missing {
            scope.report(bad_view::no_sql(scope.at(written.anchor)));
        }
        return;
    };
    for dialect in scope.targets().dialects() {
        match texts.get(dialect) {
            None => {
                let other = Dialect::ALL.into_iter().find(|it| texts.get(*it).is_some());
                let fix = other.and_then(|it| scope.keep_to(it));
                scope.report(bad_view::no_text(scope.at(written.anchor), dialect, fix));
            }
            Some(text) => {
                check_relations(scope, written.anchor, dialect, text);
                let finding = limits::too_long(scope.at(written.anchor), text.len(), dialect);
                finding.into_iter().for_each(|it| scope.report(it));
            }
        }
    }
}

/// What a view reads must be in its database.
fn check_relations(scope: &mut Scope<'_>, anchor: Anchor, dialect: Dialect, text: &str) {
    for name in relations(text) {
        if let Some(home) = home(scope.db, scope.project, &name).filter(|it| *it != dialect) {
            scope.report(only_reference::view(scope.at(anchor), dialect, &name, home));
            return;
        }
    }
}

/// The one database that has the table or view of this name, which is that in the database.
fn home(db: &dyn AnalysisDatabase, project: Project, name: &str) -> Option<Dialect> {
    let declared = resolve(db, project, name, &RELATIONS).map(|it| it.item(db));
    match declared.filter(|it| text(&it.attributes, "db").is_none()) {
        Some(item) => only(&item.attributes),
        None => {
            let open = || project.open_files(db).iter().find_map(|file| open_homes(db, *file).get(name));
            closed_homes(db, project).get(name).or_else(open).copied()
        }
    }
}

const RELATIONS: [DeclarationKind; 2] = [DeclarationKind::Table, DeclarationKind::View];

/// Which database has the tables and views that are called otherwise there and that no other one has.
type Homes = BTreeMap<String, Dialect>;

#[salsa::tracked(returns(ref))]
fn closed_homes(db: &dyn AnalysisDatabase, project: Project) -> Homes {
    project.closed_files(db).iter().flat_map(|file| homes(db, *file)).collect()
}

#[salsa::tracked(returns(ref))]
fn open_homes(db: &dyn AnalysisDatabase, file: File) -> Homes {
    homes(db, file).collect()
}

fn homes(db: &dyn AnalysisDatabase, file: File) -> impl Iterator<Item = (String, Dialect)> {
    let relations = item_tree(db, file).iter().filter(|it| RELATIONS.contains(&it.kind(db)));
    relations.filter_map(move |declaration| {
        let item = declaration.item(db);
        let physical = text(&item.attributes, "db")?;
        Some((physical_name(item, Some(physical)).to_string(), only(&item.attributes)?))
    })
}

fn check_raw(scope: &mut Scope<'_>, item: &Item) {
    let Some(raw) = &item.raw else { return };
    let Some(block) = raw_block(item) else {
        let location = scope.at(raw.dialect.as_ref().map_or(Anchor::DECLARATION, |it| it.anchor));
        scope.report(bad_raw::incomplete(location));
        return;
    };
    // A block may hold several statements: only one that is nothing but a long one is told.
    let longest = block.up.split(';').chain(block.down.iter().flat_map(|it| it.split(';'))).map(str::len).max();
    if let Some(finding) = limits::too_long(scope.at(Anchor::DECLARATION), longest.unwrap_or(0), block.dialect) {
        scope.report(finding);
    }
    if block.down.is_none() {
        scope.report(raw_without_down::report(scope.at(Anchor::DECLARATION)));
    }
    let is_earlier = |it: &Declaration| it.kind(scope.db) == DeclarationKind::Raw;
    let files = scope.project.files(scope.db);
    let blocks = files.iter().flat_map(|file| item_tree(scope.db, *file)).filter(|it| is_earlier(it));
    let first = blocks.into_iter().find(|it| raw_block(it.item(scope.db)).as_ref() == Some(&block));
    if first.is_some_and(|it| *it != scope.home) {
        scope.report(bad_raw::twice(scope.at(Anchor::DECLARATION)));
    }
}
