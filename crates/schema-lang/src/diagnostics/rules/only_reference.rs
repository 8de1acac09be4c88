//! Something of every database that uses something of one.

use orm_model::{Dialect, Expression, ObjectName, schema::IndexKey};

use crate::{
    diagnostics::{Diagnostic, Location, RuleContext, rule::rule},
    item::Anchor,
    lower::{
        Scope,
        shape::{Place, Signature},
    },
};

rule! {
    /// Something that every database has uses what `@only(…)` keeps to one.
    ///
    /// The other database could not make it.
    ///
    /// ```orm,bad
    /// table documents {
    ///   id      uuid   @primary_key
    ///   search  text?  @only(postgres)
    ///
    ///   index(search)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table archives @only(spanner) {
    ///   id  uuid  @primary_key
    /// }
    /// table documents {
    ///   id       uuid   @primary_key
    ///   archive  uuid?  @references(archives.id)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table documents {
    ///   id      uuid   @primary_key
    ///   search  text?  @only(postgres)
    /// }
    /// query found(text: text) {
    ///   from documents
    ///   where search = $text
    ///   select id
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table documents {
    ///   id      uuid   @primary_key
    ///   search  text?  @only(postgres)
    ///
    ///   index(search) @only(postgres)
    /// }
    /// ```
    ONLY_REFERENCE: "ORM152", "only-reference", Error, language
}

/// Whether every database that has the user has what it uses.
fn covers(user: Option<Dialect>, used: Option<Dialect>) -> bool {
    used.is_none() || used == user
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (table, lowered) = (context.table(), context.lowered);
    let mut judge = |what: &str, only: Option<Dialect>, place: &Place, columns: &[&str]| {
        let user = only.or(table.only);
        let used = columns.iter().filter_map(|name| context.column(name)).find(|it| !covers(user, it.only));
        if let Some((column, dialect)) = used.and_then(|it| Some((it, it.only?)))
            && context.is_own_pair(&place.origin, column)
        {
            let (name, title) = (column.declared_name(), dialect.title());
            let message = format!("the {what} uses `{name}`, which {title} alone has");
            let finding = context.at(&ONLY_REFERENCE, &place.origin, place.anchor, message);
            let finding = finding.help(format!("keep the {what} to it, too: `@only({dialect})`"));
            diagnostics.push(finding.fix_if_any(context.keep_to(place, dialect)));
        }
    };
    for (it, place) in table.uniques.iter().zip(&lowered.uniques) {
        judge("unique constraint", it.only, place, &texts(&it.columns));
    }
    for (it, place) in table.indexes.iter().zip(&lowered.indexes) {
        let keys = it.keys.iter().flat_map(IndexKey::columns);
        let condition = it.condition.iter().flat_map(Expression::columns);
        let used: Vec<_> = keys.chain(condition).chain(it.storing.iter().map(String::as_str)).collect();
        judge("index", it.only, place, &used);
    }
    for (it, place) in table.foreign_keys.iter().zip(&lowered.foreign_keys) {
        judge("foreign key", it.only, place, &texts(&it.columns));
    }
    for (it, place) in table.checks.iter().zip(&lowered.checks) {
        judge("check", it.only, place, &it.expression.columns());
    }
    if let (Some(ttl), Some(place)) = (&table.ttl, &lowered.ttl) {
        // Spanner alone looks at it.
        judge("ttl", Some(Dialect::Spanner), place, &[&ttl.column]);
    }
    for it in lowered.columns.iter() {
        let (Some(generated), Some(anchor)) = (&it.column.generated, it.generated) else { continue };
        let place = Place { origin: it.origin, anchor };
        judge("generated column", it.column.only, &place, &generated.expression.columns());
    }
}

fn texts(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

/// A reference to a table, or columns of it, that a database of what is lowered lacks.
pub(crate) fn foreign_key(
    scope: &Scope<'_>,
    anchor: Anchor,
    parent: &Signature,
    referenced: &[String],
) -> Option<Diagnostic> {
    let (what, dialect) = lacking(scope.only, parent, referenced)?;
    let message = format!("this refers to {what}, which {} alone has", dialect.title());
    let help = format!("keep it to that database, too: `@only({dialect})`");
    Some(ONLY_REFERENCE.at(scope.at(anchor), message).help(help))
}

/// The same for a reference that `dialect` alone looks at, such as a placement in Spanner; other databases need nothing.
pub(crate) fn of_one_database(
    scope: &Scope<'_>,
    anchor: Anchor,
    dialect: Dialect,
    parent: &Signature,
    referenced: &[String],
) -> Option<Diagnostic> {
    let is_there = scope.only.is_none_or(|it| it == dialect);
    let (what, home) = lacking(Some(dialect), parent, referenced).filter(|_| is_there)?;
    let message = format!("this is for {}, and refers to {what}, which {} alone has", dialect.title(), home.title());
    Some(ONLY_REFERENCE.at(scope.at(anchor), message).help(format!("remove it, or `@only({home})` there")))
}

/// A sequence that a database of its column lacks.
pub(crate) fn sequence(
    scope: &Scope<'_>,
    anchor: Anchor,
    sequence: &ObjectName,
    home: Option<Dialect>,
) -> Option<Diagnostic> {
    let dialect = home.filter(|_| !covers(scope.only, home))?;
    let message = format!("sequence `{sequence}` is in {} alone", dialect.title());
    let help = format!("keep the column to it, too: `@only({dialect})`");
    Some(ONLY_REFERENCE.at(scope.at(anchor), message).help(help))
}

/// A view whose text for `dialect` reads what another database alone has.
pub(crate) fn view(location: Location, dialect: Dialect, read: &str, home: Dialect) -> Diagnostic {
    let message = format!("the view of {} reads `{read}`, which {} alone has", dialect.title(), home.title());
    ONLY_REFERENCE.at(location, message).help(format!("keep the view to it, too: `@only({home})`"))
}

/// What of a table a database of the user lacks, and which database alone has it.
fn lacking(user: Option<Dialect>, parent: &Signature, referenced: &[String]) -> Option<(String, Dialect)> {
    let columns = parent.columns.iter().filter(|it| referenced.contains(&it.name));
    let column = columns.filter(|it| !covers(user, it.only)).find_map(|it| Some((it, it.only?)));
    match (parent.only.filter(|_| !covers(user, parent.only)), column) {
        (Some(dialect), _) => Some((format!("table `{}`", parent.name), dialect)),
        (None, Some((column, dialect))) => Some((format!("`{}.{}`", parent.name, column.declared_name), dialect)),
        (None, None) => None,
    }
}

/// A table or column of a query that a database of the query lacks.
pub(crate) fn in_query(scope: &Scope<'_>, anchor: Anchor, name: &str, home: Option<Dialect>) -> Option<Diagnostic> {
    let home = home.filter(|home| scope.targets().dialects().any(|it| it != *home))?;
    let message = format!("the query is for every database, and {} alone has `{name}`", home.title());
    let help = format!("keep the query to it, too: `@only({home})` after its name");
    Some(ONLY_REFERENCE.at(scope.at(anchor), message).help(help).fix_if_any(scope.keep_to(home)))
}
