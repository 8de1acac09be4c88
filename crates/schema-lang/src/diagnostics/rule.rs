//! What a rule is, and what its check is given.

use std::{cell::OnceCell, collections::HashMap, ops::Range};

use orm_model::{
    Column, ColumnType, Dialect, Expression, Table, Targets, ValueType,
    typing::{self, Typing},
};
use serde::{Deserialize, Serialize};

use super::{Diagnostic, Fix, Location, view::View};
use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    item::{Anchor, Argument, ColumnItem, Member, TableItem, argument, attribute},
    lower::{
        names::{DatabaseName, Naming, table_names},
        shape::{ColumnShape, Place},
        table::{LoweredTable, Origin},
    },
    workspace::FileDiagnostic,
};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not shown.
    Off,
    /// Worth knowing.
    Hint,
    /// Works, but differs or will hurt.
    Warning,
    /// A database would refuse it, or it cannot be understood.
    Error,
}

impl Severity {
    /// As output spells it.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Off => "off",
            Severity::Hint => "hint",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A rule of the checker.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The [`Category`]'s prefix and a number.
    pub code: &'static str,
    /// The code in words.
    pub slug: &'static str,
    /// Unless the project says otherwise.
    pub severity: Severity,
    /// Who says that it is wrong.
    pub oracle: Oracle,
    /// The documentation: what is wrong in one line, why, and examples in blocks `orm,bad` and `orm,good`.
    pub docs: &'static str,
}

/// Who says that a finding is right: who could be asked whether it is a false alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oracle {
    /// The language: what is written has no meaning, and no SQL can be made of it.
    Language,
    /// At least one of these databases refuses the schema.
    Databases(&'static [Dialect]),
    /// We do: every database takes it, and somebody would regret it.
    Policy,
}

/// What a rule is about, told by the letters of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// `ORM`
    Language,
    /// `PG`
    Postgres,
    /// `SP`
    Spanner,
    /// `PORT`
    Portability,
    /// `PERF`
    Speed,
    /// `QRY`
    Queries,
    /// `MIG`
    Migrations,
}

impl Category {
    /// Every category, in the order of the catalogue.
    pub const ALL: [Category; 7] = [
        Category::Language,
        Category::Postgres,
        Category::Spanner,
        Category::Portability,
        Category::Speed,
        Category::Queries,
        Category::Migrations,
    ];

    /// The letters that its codes begin with.
    pub const fn prefix(self) -> &'static str {
        match self {
            Category::Language => "ORM",
            Category::Postgres => "PG",
            Category::Spanner => "SP",
            Category::Portability => "PORT",
            Category::Speed => "PERF",
            Category::Queries => "QRY",
            Category::Migrations => "MIG",
        }
    }

    /// The name as people write it.
    pub const fn title(self) -> &'static str {
        match self {
            Category::Language => "The language",
            Category::Postgres => "PostgreSQL",
            Category::Spanner => "Spanner",
            Category::Portability => "Portability",
            Category::Speed => "Speed",
            Category::Queries => "Queries",
            Category::Migrations => "Migrations",
        }
    }
}

impl Rule {
    /// What is wrong, in one line without a full stop: the first line of the documentation.
    pub fn title(&self) -> &'static str {
        let first = self.docs.trim_start().lines().next().unwrap_or_default();
        first.trim_end().trim_end_matches('.')
    }

    /// Where the documentation is.
    pub const DOCUMENTATION: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs");

    /// The page of the documentation about it.
    pub fn documentation_url(&self) -> String {
        format!("{}/diagnostics/{}.md", Rule::DOCUMENTATION, self.code)
    }

    /// What it is about.
    pub fn category(&self) -> Category {
        let letters = self.code.trim_end_matches(|it: char| it.is_ascii_digit());
        let category = Category::ALL.into_iter().find(|it| it.prefix() == letters);
        category.expect("a test holds every code to the prefixes of the categories")
    }

    /// A finding of this rule.
    pub(crate) fn at(&'static self, location: Location, message: impl Into<String>) -> Diagnostic {
        Diagnostic { rule: self, message: message.into(), help: None, location, related: Vec::new(), fixes: Vec::new() }
    }
}

impl Rule {
    /// A finding about the text itself, of which no declaration knows.
    pub(crate) fn in_text(&'static self, range: Range<usize>, message: String, help: &str) -> FileDiagnostic {
        FileDiagnostic {
            rule: self,
            severity: self.severity,
            message,
            help: Some(help.to_owned()),
            range,
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }
}

/// Declares a rule: its documentation, whose first line is its title, its name, code, slug, severity and [`Oracle`]:
/// `oracle(Postgres, Spanner)` names the databases that refuse what it finds, `policy` is ours, `language` is what has
/// no meaning at all.
macro_rules! rule {
    ($(#[doc = $docs:literal])* $name:ident: $code:literal, $slug:literal, $severity:ident, $($oracle:tt)+) => {
        $(#[doc = $docs])*
        pub static $name: $crate::diagnostics::Rule = $crate::diagnostics::Rule {
            code: $code,
            slug: $slug,
            severity: $crate::diagnostics::Severity::$severity,
            oracle: $crate::diagnostics::rule::oracle!($($oracle)+),
            docs: concat!($($docs, "\n"),*),
        };
    };
}

/// The last part of [`rule!`].
macro_rules! oracle {
    (language) => { $crate::diagnostics::Oracle::Language };
    (policy) => { $crate::diagnostics::Oracle::Policy };
    (oracle($($dialect:ident),+)) => {
        $crate::diagnostics::Oracle::Databases(&[$(orm_model::Dialect::$dialect),+])
    };
}

pub(crate) use oracle;
pub(crate) use rule;

/// What a check of a table or mixin is given.
pub struct RuleContext<'db> {
    /// The database, to look at other declarations.
    pub db: &'db dyn AnalysisDatabase,
    /// The project.
    pub project: Project,
    /// The declaration that is checked.
    pub declaration: Declaration,
    /// What it became.
    pub lowered: &'db LoweredTable,
    view: View,
    names: Vec<DatabaseName>,
    /// Where the column with a physical name stands.
    positions: OnceCell<HashMap<&'db str, usize>>,
}

impl<'db> RuleContext<'db> {
    pub(crate) fn new(
        db: &'db dyn AnalysisDatabase,
        project: Project,
        declaration: Declaration,
        lowered: &'db LoweredTable,
        view: View,
    ) -> Self {
        let names = table_names(&lowered.table);
        RuleContext { db, project, declaration, lowered, view, names, positions: OnceCell::new() }
    }

    /// The table, as far as it could be made; for a mixin, what it would add to a table.
    pub fn table(&self) -> &'db Table {
        &self.lowered.table
    }

    /// The column with this physical name. A table may have thousands, and rules ask for those of each key and check.
    pub fn column(&self, name: &str) -> Option<&'db Column> {
        self.position(name).map(|it| &self.table().columns[it])
    }

    /// The same with its places.
    pub(crate) fn column_shape(&self, name: &str) -> Option<&'db ColumnShape> {
        self.position(name).map(|it| &self.lowered.columns[it])
    }

    fn position(&self, name: &str) -> Option<usize> {
        let positions = self.positions.get_or_init(|| {
            // Of two with one name the first is meant, as everywhere.
            self.table().columns.iter().enumerate().rev().map(|(index, it)| (it.name.as_str(), index)).collect()
        });
        positions.get(name).copied()
    }

    /// All names that the table takes in the databases.
    pub fn names(&self) -> &[DatabaseName] {
        &self.names
    }

    /// The declaration as one whose names are judged.
    pub(crate) fn naming(&self) -> Naming<'_> {
        let RuleContext { db, project, declaration, lowered, names, view, .. } = self;
        Naming { db: *db, project: *project, declaration: *declaration, names, lowered: Some(lowered), view: *view }
    }

    /// The databases that the schema must fit.
    pub fn targets(&self) -> &'db Targets {
        self.project.targets(self.db)
    }

    /// Whether the schema must fit `dialect`, and the check is about what that database has.
    pub fn is_for(&self, dialect: Dialect) -> bool {
        self.targets().includes(dialect) && self.view.is_about(dialect)
    }

    /// The databases that [`is_for`](Self::is_for) says yes of.
    pub fn dialects(&self) -> impl Iterator<Item = Dialect> + '_ {
        self.targets().dialects().filter(|it| self.view.is_about(*it))
    }

    /// Whether the declaration is a table: a rule about the whole says nothing of a mixin.
    pub fn is_table(&self) -> bool {
        self.declaration.kind(self.db) == crate::item::DeclarationKind::Table
    }

    /// A place in the declaration that is checked.
    pub fn here(&self, anchor: Anchor) -> Location {
        Location { declaration: self.declaration, anchor }
    }

    /// The name of the declaration.
    pub fn name_location(&self) -> Location {
        let item = self.declaration.item(self.db);
        self.here(item.name.as_ref().map_or(Anchor::DECLARATION, |name| name.anchor))
    }

    /// What stands in the parentheses of the attribute or item at `place`, if it is written in this declaration.
    pub(crate) fn arguments(&self, place: &Place) -> Option<&'db [Argument]> {
        if self.is_own(&place.origin) { self.declaration.item(self.db).arguments_at(place.anchor) } else { None }
    }

    /// A named argument of the attribute or item at `place`, if it is written in this declaration.
    pub(crate) fn argument(&self, place: &Place, name: &str) -> Option<&'db Argument> {
        argument(self.arguments(place)?, name)
    }

    /// An attribute of a column, if it is written in this declaration.
    pub(crate) fn attribute(&self, column: &ColumnShape, name: &str) -> Option<Location> {
        let mut columns = self.declaration.item(self.db).columns();
        let written = columns.find(|it| self.is_own(&column.origin) && it.name.anchor == column.name)?;
        attribute(&written.attributes, name).map(|it| self.here(it.anchor))
    }

    /// The line of a column, of whichever declaration it is.
    pub(crate) fn written(&self, column: &ColumnShape) -> Option<&'db ColumnItem> {
        column.origin.declaration.item(self.db).columns().find(|it| it.name.anchor == column.name)
    }

    /// The table item at `place`, if it is one and written in this declaration.
    pub(crate) fn item(&self, place: &Place) -> Option<&'db TableItem> {
        let members = &self.declaration.item(self.db).members;
        members.iter().filter(|_| self.is_own(&place.origin)).find_map(|member| match member {
            Member::Item(item) => Some(item).filter(|it| it.anchor == place.anchor),
            Member::Column(_) | Member::Spread(_) => None,
        })
    }

    /// Keeps a table item to one database.
    pub(crate) fn keep_to(&self, place: &Place, dialect: Dialect) -> Option<Fix> {
        let item = self.item(place).filter(|it| attribute(&it.attributes, "only").is_none())?;
        Some(Fix::keep_to(dialect, &self.here(item.anchor)))
    }

    /// Takes a named argument out of an attribute or item.
    pub(crate) fn without_argument(&self, place: &Place, name: &str) -> Option<Fix> {
        let argument = self.argument(place, name)?;
        Some(Fix::offer(format!("Leave `{name}:` out")).remove(&self.here(argument.anchor)))
    }

    /// Lets a column be computed when its row is written.
    pub(crate) fn store(&self, column: &ColumnShape) -> Option<Fix> {
        let place = Place { origin: column.origin, anchor: column.generated? };
        self.without_argument(&place, "stored")
    }

    /// Gives a column another type, as far as its type is written here.
    pub(crate) fn retype(&self, column: &ColumnShape, to: &ColumnType) -> Fix {
        let nullable = if column.column.nullable { "?" } else { "" };
        let fix = Fix::offer(format!("Make `{}` `{to}`", column.declared_name()));
        fix.replace(&column.location_of(column.written_type), format!("{to}{nullable}"))
    }

    /// Lets a column be NULL.
    pub(crate) fn let_be_null(&self, column: &ColumnShape) -> Option<Fix> {
        let fix = Fix::offer(format!("Let `{}` be NULL", column.declared_name()));
        let is_written = column.type_is_known && !column.column.nullable;
        is_written.then(|| fix.insert_after(&column.location_of(column.written_type), "?"))
    }

    /// A finding at `anchor` of what `origin` tells the declaration of. What came from a mixin is reported where the
    /// mixin is spread, with the place in the mixin beside it.
    pub fn at(&self, rule: &'static Rule, origin: &Origin, anchor: Anchor, message: impl Into<String>) -> Diagnostic {
        match origin.spread {
            None => rule.at(self.here(anchor), message),
            Some(spread) => {
                let declared = Location { declaration: origin.declaration, anchor };
                rule.at(self.here(spread), message).related(declared, "declared here")
            }
        }
    }

    /// Whether an item, written at `origin`, and a column that it names are to be judged here: one of the two is written
    /// in this declaration. The item of a mixin can name a column that the table declares again, of another type.
    pub fn is_own_pair(&self, origin: &Origin, column: &Column) -> bool {
        let is_own_column = |it: &ColumnShape| it.column.name == column.name && self.is_own(&it.origin);
        self.is_own(origin) || self.lowered.columns.iter().any(is_own_column)
    }

    /// Whether two items of the declaration are to be judged together here. Two of one mixin are judged with the mixin.
    pub(crate) fn is_own_together(&self, one: &Place, other: &Place) -> bool {
        let (one, other) = (&one.origin, &other.origin);
        self.is_own(one) || self.is_own(other) || one.declaration != other.declaration
    }

    /// What an expression over the columns of the table gives.
    pub(crate) fn value_of(&self, expression: &Expression) -> ValueType {
        let columns = |name: &str| {
            let column = self.column(name)?;
            Some(Typing { value: ValueType::Known(column.column_type.clone()), nullable: column.nullable })
        };
        typing::infer(expression, &columns).value
    }

    /// Columns as the text calls them: `tenant_id, id`.
    pub(crate) fn declared_names<'a>(&self, columns: impl Iterator<Item = &'a str>) -> String {
        let declared = |name: &'a str| self.column(name).map_or(name, |it| it.declared_name()).to_owned();
        columns.map(declared).collect::<Vec<_>>().join(", ")
    }

    /// Whether `origin` is the declaration itself. What a mixin brings is checked with the mixin, once.
    pub fn is_own(&self, origin: &Origin) -> bool {
        origin.spread.is_none()
    }
}
