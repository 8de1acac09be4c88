//! A table on its own: columns, keys, indexes, checks. What it refers to is added in [`table`](super::table).

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use orm_model::{
    Check, Column, ColumnType, Default, Dialect, Generated, Index, KeyColumn, ObjectName, Only, PrimaryKey, ScalarType,
    StubType, Ttl, Unique, ValueKind, names,
    registry::{FunctionPlace, Place as AttributePlace},
};

use super::{
    Scope,
    default::lower_default,
    expand::{ExpandedMember, Origin, expand},
    expression::{Names, required},
    generated::lower_generated,
    object_name::{check_schema, physical_name, written_name},
    sequence::counting_default,
    types::lower_type,
    words::{
        self, check_attributes, check_item, flag_argument, is_not_enforced, number_argument, only, text, text_argument,
        was, word_argument,
    },
};
use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    diagnostics::{Diagnostic, Location, rules},
    item::{
        Anchor, Argument, Attribute, ColumnItem, DeclarationKind, ExpressionItem, ExpressionKind, Member, Name,
        TableItem, argument, attribute, positional,
    },
};

/// Where something of a table was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// In the table itself, or in a mixin.
    pub origin: Origin,
    /// The place in that declaration.
    pub anchor: Anchor,
}

impl Place {
    /// The same, without the spread that brought it.
    pub fn location(&self) -> Location {
        Location { declaration: self.origin.declaration, anchor: self.anchor }
    }
}

/// A column and where its parts were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnShape {
    /// The column. Its type is `text` where [`type_is_known`](Self::type_is_known) is false.
    pub column: Column,
    /// Whether the type could be understood.
    pub type_is_known: bool,
    /// In the table itself, or in a mixin.
    pub origin: Origin,
    /// The name.
    pub name: Anchor,
    /// The type.
    pub written_type: Anchor,
    /// The default.
    pub default: Option<Anchor>,
    /// `@generated(…)`
    pub generated: Option<Anchor>,
}

impl ColumnShape {
    /// The name in the text.
    pub fn declared_name(&self) -> &str {
        self.column.declared_name()
    }

    /// A place of its line.
    pub fn location_of(&self, anchor: Anchor) -> Location {
        Location { declaration: self.origin.declaration, anchor }
    }

    /// The type, if it could be understood.
    pub fn column_type(&self) -> Option<&ColumnType> {
        self.type_is_known.then_some(&self.column.column_type)
    }
}

/// A table on its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The physical name. For a mixin, its own.
    pub name: ObjectName,
    /// The name in the text, where it is another one.
    pub declared_name: Option<String>,
    /// The one database that has it.
    pub only: Option<Dialect>,
    /// The members, mixins spread.
    pub members: Vec<ExpandedMember>,
    /// Whether every mixin was found. Where one was not, nobody can say what the table lacks.
    pub is_complete: bool,
    /// The columns in order.
    pub columns: Arc<[ColumnShape]>,
    /// The primary key.
    pub primary_key: Option<(PrimaryKey, Place)>,
    /// Unique constraints in order of declaration.
    pub uniques: Vec<(Unique, Place)>,
    /// Indexes in order of declaration.
    pub indexes: Vec<(Index, Place)>,
    /// Stated checks in order of declaration.
    pub checks: Vec<(Check, Place)>,
    /// When rows go by themselves.
    pub ttl: Option<(Ttl, Place)>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// What other tables may know of a table: a foreign key to it is checked again only when this changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The physical name.
    pub name: ObjectName,
    /// The columns in order.
    pub columns: Vec<SignatureColumn>,
    /// The columns of the primary key, in key order.
    pub primary_key: Vec<KeyColumn>,
    /// The one database that has the table.
    pub only: Option<Dialect>,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// Whether the table has a primary key at all.
    pub has_primary_key: bool,
    /// Whether every mixin was found.
    pub is_complete: bool,
    /// The unique constraints and unique indexes.
    pub unique_keys: Vec<UniqueKey>,
}

/// Columns in which no two rows of a table are equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UniqueKey {
    /// Their physical names.
    pub columns: Vec<String>,
    /// The one database that sees to it.
    pub only: Option<Dialect>,
}

impl Signature {
    /// The unique keys that a foreign key may refer to: those of PostgreSQL, which wants one for it. Spanner keeps what is
    /// referred to unique by itself (<https://cloud.google.com/spanner/docs/foreign-keys/overview>).
    pub fn referable_keys(&self) -> impl Iterator<Item = &UniqueKey> {
        self.unique_keys.iter().filter(|it| it.is_in(Dialect::Postgres))
    }
}

impl Only for UniqueKey {
    fn only(&self) -> Option<Dialect> {
        self.only
    }
}

/// What other tables may know of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureColumn {
    /// The name in the text.
    pub declared_name: String,
    /// The physical name.
    pub name: String,
    /// The type, if it could be understood.
    pub column_type: Option<ColumnType>,
    /// Whether it may be NULL.
    pub nullable: bool,
    /// The one database that has it.
    pub only: Option<Dialect>,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// Whether Spanner may write the time of the commit into it.
    pub allow_commit_timestamp: bool,
}

/// What other tables may know of a table.
#[salsa::tracked(returns(ref))]
pub fn signature(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Signature {
    project.settled(db);
    let shape = shape(db, project, declaration);
    let column = |it: &ColumnShape| SignatureColumn {
        declared_name: it.declared_name().to_owned(),
        name: it.column.name.clone(),
        column_type: it.column_type().cloned(),
        nullable: it.column.nullable,
        only: it.column.only,
        deprecated: it.column.deprecated.clone(),
        allow_commit_timestamp: it.column.allow_commit_timestamp,
    };
    let uniques = shape.uniques.iter().map(|(it, _)| UniqueKey { columns: it.columns.clone(), only: it.only });
    let index_keys = shape.indexes.iter().filter_map(|(it, _)| {
        let columns = it.unique_columns()?.into_iter().map(str::to_owned).collect();
        Some(UniqueKey { columns, only: it.only })
    });
    Signature {
        name: shape.name.clone(),
        columns: shape.columns.iter().map(column).collect(),
        primary_key: shape.primary_key.iter().flat_map(|(key, _)| key.columns.clone()).collect(),
        only: shape.only,
        deprecated: text(&declaration.item(db).attributes, "deprecated").map(str::to_owned),
        has_primary_key: shape.primary_key.is_some(),
        is_complete: shape.is_complete,
        unique_keys: uniques.chain(index_keys).collect(),
    }
}

/// A table on its own.
#[salsa::tracked(returns(ref))]
pub fn shape(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Shape {
    let item = declaration.item(db);
    let own = Origin::of(declaration);
    let mut diagnostics = Vec::new();
    let place =
        if declaration.kind(db) == DeclarationKind::Mixin { AttributePlace::Mixin } else { AttributePlace::Table };
    let only = only(&item.attributes);
    let mut scope = Scope::of(db, project, &own, only, &mut diagnostics);
    check_attributes(&mut scope, &item.attributes, place);
    check_schema(&mut scope, item);
    let name = physical_name(item, text(&item.attributes, "db"));
    let declared_name = (name != written_name(item.name_text())).then(|| item.name_text().to_owned());

    let (members, is_complete) = expand(db, project, declaration, &mut diagnostics);
    let mut builder = Builder {
        db,
        project,
        home: declaration,
        is_complete,
        name: &name,
        only,
        columns: Vec::new(),
        keys: Vec::new(),
        uniques: Vec::new(),
        indexes: Vec::new(),
        checks: Vec::new(),
        check_names: HashSet::new(),
        check_numbers: HashMap::new(),
        ttl: None,
        diagnostics: &mut diagnostics,
    };
    let home_of = |member: &ExpandedMember| words::only(member.member().attributes()).or(only);
    for member in &members {
        builder.only = home_of(member);
        if let Member::Column(column) = member.member() {
            builder.column(&member.origin, column);
        }
    }
    for member in &members {
        builder.only = home_of(member);
        if let Member::Column(column) = member.member() {
            builder.generated(&member.origin, column);
        }
    }
    for member in &members {
        builder.only = home_of(member);
        match member.member() {
            Member::Column(column) => builder.column_constraints(&member.origin, column),
            Member::Item(item) => builder.item(&member.origin, item),
            Member::Spread(_) => {}
        }
    }
    let Builder { columns, mut keys, uniques, indexes, checks, ttl, .. } = builder;
    let primary_key = if keys.is_empty() { None } else { Some(keys.remove(0)) };
    Shape {
        name,
        declared_name,
        only,
        members,
        is_complete,
        columns: columns.into(),
        primary_key,
        uniques,
        indexes,
        checks,
        ttl,
        diagnostics,
    }
}

pub(super) struct Builder<'a> {
    db: &'a dyn AnalysisDatabase,
    project: Project,
    home: Declaration,
    is_complete: bool,
    pub(super) name: &'a ObjectName,
    /// The one database that has the member that is lowered.
    only: Option<Dialect>,
    pub(super) columns: Vec<ColumnShape>,
    /// The primary key; a second one only while it is reported.
    keys: Vec<(PrimaryKey, Place)>,
    pub(super) uniques: Vec<(Unique, Place)>,
    pub(super) indexes: Vec<(Index, Place)>,
    checks: Vec<(Check, Place)>,
    /// The names of the checks.
    check_names: HashSet<String>,
    /// The number that the next check with a name of its columns may have.
    check_numbers: HashMap<String, usize>,
    ttl: Option<(Ttl, Place)>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Builder<'a> {
    pub(super) fn scope<'s>(&'s mut self, origin: &'s Origin) -> Scope<'s> {
        Scope {
            db: self.db,
            project: self.project,
            home: self.home,
            is_complete: self.is_complete,
            origin,
            only: self.only,
            diagnostics: self.diagnostics,
        }
    }

    fn column(&mut self, origin: &Origin, item: &ColumnItem) {
        if let Some(first) = self.columns.iter().find(|it| *it.declared_name() == *item.name.text) {
            let first = (first.origin.declaration, first.name);
            let mut scope = self.scope(origin);
            scope.report(rules::duplicate_column::report(
                scope.at(item.name.anchor),
                &scope.at(item.anchor),
                &item.name.text,
                first,
            ));
            return;
        }
        let mut scope = self.scope(origin);
        check_attributes(&mut scope, &item.attributes, AttributePlace::Column);
        let column_type = item.column_type.as_ref().and_then(|written| lower_type(&mut scope, written));
        let nullable = item.column_type.as_ref().is_some_and(|it| it.nullable);
        let lowered_default = item.default.as_ref().and_then(|it| {
            counting_default(&mut scope, column_type.as_ref(), item, it)
                .unwrap_or_else(|| lower_default(&mut scope, column_type.as_ref(), nullable, it))
        });
        let on_update = attribute(&item.attributes, "on_update").and_then(|it| positional(&it.arguments).next());
        let on_update = on_update.and_then(|it| lower_default(&mut scope, column_type.as_ref(), nullable, &it.value));
        let physical = text(&item.attributes, "db");
        let option = |attribute_name: &str, name: &str| {
            attribute(&item.attributes, attribute_name)
                .and_then(|it| text_argument(&it.arguments, name))
                .map(str::to_owned)
        };
        let commit_timestamp = attribute(&item.attributes, "spanner")
            .is_some_and(|it| flag_argument(&it.arguments, "allow_commit_timestamp"))
            || [&lowered_default, &on_update].into_iter().flatten().any(Default::is_commit_timestamp);
        let column = Column {
            name: physical.unwrap_or(&item.name.text).to_owned(),
            declared_name: physical.is_some_and(|it| *it != *item.name.text).then(|| item.name.text.to_string()),
            doc: item.doc.clone(),
            column_type: column_type.clone().unwrap_or(ColumnType::scalar(ScalarType::Text)),
            physical_type: orm_model::PerDialect {
                postgres: option("postgres", "type"),
                spanner: option("spanner", "type"),
            },
            nullable,
            default: lowered_default,
            on_update,
            allow_commit_timestamp: commit_timestamp,
            only: only(&item.attributes),
            was: was(&item.attributes),
            deprecated: text(&item.attributes, "deprecated").map(str::to_owned),
            stub_type: StubType { rust: option("type", "rust"), typescript: option("type", "typescript") },
            generated: None,
        };
        self.columns.push(ColumnShape {
            column,
            type_is_known: column_type.is_some(),
            origin: *origin,
            name: item.name.anchor,
            written_type: item.column_type.as_ref().map_or(item.name.anchor, |it| it.anchor),
            default: item.default.as_ref().map(|it| it.anchor),
            generated: None,
        });
    }

    /// `@generated(…)` of a column, once all columns are known.
    fn generated(&mut self, origin: &Origin, item: &ColumnItem) {
        let Some(attribute) = attribute(&item.attributes, "generated") else { return };
        let Some(value) = positional(&attribute.arguments).next() else { return };
        let Some(at) = self.columns.iter().position(|it| it.name == item.name.anchor && it.origin == *origin) else {
            return;
        };
        let columns = std::mem::take(&mut self.columns);
        let mut scope = self.scope(origin);
        let expression = lower_generated(&mut scope, &columns, &columns[at], &value.value);
        self.columns = columns;
        let stored = argument(&attribute.arguments, "stored").map(|it| &it.value.kind);
        let stored = stored != Some(&ExpressionKind::Boolean(false));
        self.columns[at].column.generated = expression.map(|expression| Generated { expression, stored });
        self.columns[at].generated = Some(attribute.anchor);
    }

    /// `@primary_key`, `@unique`, `@check` of a column.
    fn column_constraints(&mut self, origin: &Origin, item: &ColumnItem) {
        let Some(column) = self.columns.iter().find(|it| it.name == item.name.anchor && it.origin == *origin) else {
            return;
        };
        let physical = column.column.name.clone();
        if let Some(it) = attribute(&item.attributes, "primary_key") {
            self.key_column(Place { origin: *origin, anchor: it.anchor }, &physical);
        }
        if let Some(it) = attribute(&item.attributes, "unique") {
            let name = self.constraint_name(&it.arguments, || names::unique(self.name, &[&physical]));
            let nulls_equal = word_argument(&it.arguments, "nulls") == Some("equal");
            let unique = Unique { name, columns: vec![physical], nulls_equal, only: only(&item.attributes) };
            self.uniques.push((unique, Place { origin: *origin, anchor: it.anchor }));
        }
        for it in item.attributes.iter().filter(|it| is_named(it, "check")) {
            self.check(origin, &it.arguments, it.anchor, only(&item.attributes));
        }
    }

    /// Several `@primary_key` make one key, in the order of declaration.
    fn key_column(&mut self, place: Place, physical: &str) {
        let column = KeyColumn { name: physical.to_owned(), descending: false };
        match self.keys.first_mut() {
            Some((key, _)) => key.columns.push(column),
            None => self.keys.push((PrimaryKey { name: None, columns: vec![column] }, place)),
        }
    }

    fn item(&mut self, origin: &Origin, item: &TableItem) {
        let mut scope = self.scope(origin);
        let Some(info) = check_item(&mut scope, item) else { return };
        let place = Place { origin: *origin, anchor: item.anchor };
        match info.name {
            "primary_key" => self.primary_key(place, item),
            "unique" => self.unique(place, item),
            "index" => self.index(place, item),
            "check" => self.check(origin, &item.arguments, item.anchor, only(&item.attributes)),
            "ttl" => self.ttl(place, item),
            // `foreign_key` and `interleave` need other tables.
            _ => {}
        }
    }

    fn primary_key(&mut self, place: Place, item: &TableItem) {
        let keys = self.key_columns(&place.origin, &item.arguments);
        let name = text_argument(&item.arguments, "name").map(|name| name.replace("{table}", &self.name.name));
        if let Some((first, first_place)) = self.keys.first() {
            let (columns, first) = (first.columns.clone(), *first_place);
            let table = self.home.name(self.db).clone();
            let mut scope = self.scope(&place.origin);
            let finding = rules::two_primary_keys::report(scope.at(place.anchor), &table, &columns, first);
            scope.report_in_table(finding);
            return;
        }
        if !keys.is_empty() {
            self.keys.push((PrimaryKey { name, columns: keys }, place));
        }
    }

    fn check(&mut self, origin: &Origin, arguments: &[Argument], anchor: Anchor, only: Option<Dialect>) {
        let Some(condition) = positional(arguments).next() else { return };
        let Some(expression) = self.condition(origin, &condition.value, FunctionPlace::Check) else { return };
        let stated = self.stated_name(arguments);
        let name = stated.unwrap_or_else(|| self.derived_check_name(&expression.columns()));
        self.check_names.insert(name.clone());
        let check = Check { name, expression, not_enforced: is_not_enforced(arguments), only };
        self.checks.push((check, Place { origin: *origin, anchor }));
    }

    /// A condition of a check or an index.
    pub(super) fn condition(
        &mut self,
        origin: &Origin,
        item: &ExpressionItem,
        place: FunctionPlace,
    ) -> Option<orm_model::Expression> {
        let mut scope = Scope {
            db: self.db,
            project: self.project,
            home: self.home,
            is_complete: self.is_complete,
            origin,
            only: self.only,
            diagnostics: self.diagnostics,
        };
        let names = Names::table(&self.columns, place);
        required(&mut scope, names, item, ValueKind::Boolean)
    }

    /// `ttl(column, days: 30)`
    fn ttl(&mut self, place: Place, item: &TableItem) {
        let keys = self.key_columns(&place.origin, &item.arguments);
        let table = self.home.name(self.db).clone();
        let is_twin = self.ttl.is_some();
        let mut scope = self.scope(&place.origin);
        let here = scope.at(item.anchor);
        let days = number_argument(&item.arguments, "days");
        match (keys.as_slice(), days) {
            _ if is_twin => scope.report_in_table(rules::bad_ttl::twice(here, &table)),
            ([], _) => {}
            ([_, _, ..], _) => scope.report(rules::bad_ttl::one_column(here)),
            (_, None) if argument(&item.arguments, "days").is_none() => scope.report(rules::bad_ttl::days(here)),
            ([column], Some(days)) => {
                let only = only(&item.attributes);
                self.ttl = Some((Ttl { column: column.name.clone(), days, only }, place));
            }
            (_, None) => {}
        }
    }

    /// `ck_TABLE_COLUMN` belongs to the check that the column's type implies, if it implies one; a further check on
    /// the same columns is numbered.
    fn derived_check_name(&mut self, columns: &[&str]) -> String {
        let base = names::check(self.name, columns);
        let implied = match columns {
            [column] => self.columns.iter().any(|it| it.column.name == *column && it.column.implies_check()),
            _ => false,
        };
        if !implied && !self.check_names.contains(&base) {
            return base;
        }
        let next = self.check_numbers.entry(base.clone()).or_insert(2);
        loop {
            let name = names::fit(&format!("{base}_{next}"));
            *next += 1;
            if !self.check_names.contains(&name) {
                return name;
            }
        }
    }

    /// The explicit name, `{table}` replaced, or the derived one.
    pub(super) fn constraint_name(&self, arguments: &[Argument], derived: impl FnOnce() -> String) -> String {
        self.stated_name(arguments).unwrap_or_else(derived)
    }

    fn stated_name(&self, arguments: &[Argument]) -> Option<String> {
        text_argument(arguments, "name").map(|it| it.replace("{table}", &self.name.name))
    }

    /// The positional arguments as columns; those that are none are reported and left out.
    pub(super) fn key_columns(&mut self, origin: &Origin, arguments: &[Argument]) -> Vec<KeyColumn> {
        let mut keys: Vec<KeyColumn> = Vec::new();
        let mut complete = true;
        for argument in positional(arguments) {
            let Some(name) = argument.value.as_name() else {
                complete = false;
                let mut scope = self.scope(origin);
                if argument.value.kind != ExpressionKind::Missing {
                    scope.report(rules::bad_argument::key_expression(scope.at(argument.anchor)));
                }
                continue;
            };
            let Some(column) = self.column_named(origin, name) else {
                complete = false;
                continue;
            };
            if keys.iter().any(|key| key.name == column) {
                let mut scope = self.scope(origin);
                scope.report(rules::bad_argument::repeated_column(scope.at(argument.anchor), &name.text));
                continue;
            }
            keys.push(KeyColumn { name: column, descending: argument.descending == Some(true) });
        }
        if complete { keys } else { Vec::new() }
    }

    /// The physical name of a column of this table.
    pub(super) fn column_named(&mut self, origin: &Origin, name: &Name) -> Option<String> {
        if let Some(column) = self.columns.iter().find(|it| *it.declared_name() == *name.text) {
            return Some(column.column.name.clone());
        }
        let known: Vec<_> = self.columns.iter().map(|it| it.declared_name().to_owned()).collect();
        let mut scope = self.scope(origin);
        let known = known.iter().map(String::as_str);
        scope.report_in_table(rules::unknown_column::report(scope.at(name.anchor), &name.text, "this table", known));
        None
    }
}

fn is_named(attribute: &Attribute, name: &str) -> bool {
    attribute.name.as_ref().is_some_and(|it| &*it.text == name)
}

/// Whether the database fills a column of its own: an insert may leave it out.
pub fn has_database_default(column: &Column) -> bool {
    column.default.as_ref().is_some_and(Default::is_the_databases)
}

#[cfg(test)]
mod tests {
    use orm_model::Targets;

    use crate::{Workspace, diagnostics::Severities};

    /// The name of the only stated check of a table whose column `c` has this type.
    fn check_name(column_type: &str, condition: &str) -> String {
        let mut workspace = Workspace::new(Targets::default(), Severities::new());
        let column = format!("  c   {column_type}  @check({condition})");
        workspace.open("t.orm", format!("table t {{\n  id  uuid  @primary_key\n{column}\n}}\n"));
        let schema = workspace.schema();
        schema.tables.values().next().expect("the table is there").checks[0].name.clone()
    }

    #[test]
    fn a_number_that_a_name_has_taken_is_left_out() {
        let mut workspace = Workspace::new(Targets::default(), Severities::new());
        let checks =
            "  check(a > 1)\n  check(a > 2, name: \"ck_t_a_2\")\n  check(a > 3)\n  check(a > 4)\n  check(b > 1)\n";
        workspace
            .open("t.orm", format!("table t {{\n  id  uuid  @primary_key\n  a  bigint\n  b  bigint\n{checks}}}\n"));
        let schema = workspace.schema();
        let table = schema.tables.values().next().expect("the table is there");
        let names: Vec<_> = table.checks.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["ck_t_a", "ck_t_a_2", "ck_t_a_3", "ck_t_a_4", "ck_t_b"]);
    }

    #[test]
    fn a_stated_check_is_numbered_where_the_type_takes_the_name() {
        assert_eq!(check_name("integer", "c > 0"), "ck_t_c_2");
        assert_eq!(check_name("char(2)", "c != \"xx\""), "ck_t_c_2");
        assert_eq!(check_name("numeric(8, 2)", "c > 0"), "ck_t_c");
        assert_eq!(check_name("integer[]", "c is not null"), "ck_t_c");
    }
}
