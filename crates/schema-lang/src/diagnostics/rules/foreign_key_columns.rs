//! A foreign key whose columns do not fit what they refer to.

use orm_model::{Column, ColumnType, Dialect, ScalarType, Targets};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::shape::{Shape, Signature, SignatureColumn, UniqueKey},
};

rule! {
    /// The columns of a foreign key do not fit the columns that they refer to.
    ///
    /// Both databases compare the values, so the types must be the same; PostgreSQL wants the other side to be a
    /// primary key or unique. A column stands once on each side.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid    @primary_key
    ///   user_id  bigint  @references(users.id)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    /// }
    /// ```
    FOREIGN_KEY_COLUMNS: "ORM090", "foreign-key-columns", Error, oracle(Postgres, Spanner)
}

pub(crate) fn count(location: Location, own: usize, referenced: usize) -> Diagnostic {
    FOREIGN_KEY_COLUMNS
        .at(location, format!("the foreign key has {own} columns and refers to {referenced}"))
        .help("name as many columns on both sides, in the same order")
}

/// The two sides of a foreign key, by physical names.
pub(crate) struct Pairing<'a> {
    pub(crate) shape: &'a Shape,
    pub(crate) parent: &'a Signature,
    pub(crate) columns: &'a [String],
    pub(crate) referenced: &'a [String],
}

impl<'a> Pairing<'a> {
    pub(crate) fn own(&self) -> impl Iterator<Item = &'a Column> {
        let shape = self.shape;
        self.columns
            .iter()
            .filter_map(move |name| shape.columns.iter().map(|it| &it.column).find(|it| it.name == *name))
    }

    fn other(&self, name: &str) -> Option<&'a SignatureColumn> {
        self.parent.columns.iter().find(|it| it.name == name)
    }

    /// The first pair of columns whose values cannot be compared.
    pub(crate) fn type_mismatch(&self, location: Location) -> Option<Diagnostic> {
        let known = |column: &Column| {
            let shape = self.shape.columns.iter().find(|it| it.column.name == column.name);
            shape.and_then(|it| it.column_type()).cloned()
        };
        let pairs = self.own().zip(self.referenced.iter().filter_map(|name| self.other(name)));
        let (own, other, own_type, other_type) = pairs
            .filter_map(|(own, other)| Some((own, other, known(own)?, other.column_type.clone()?)))
            .find(|(_, _, own_type, other_type)| !are_comparable(own_type, other_type))?;
        let message = format!(
            "`{}` is `{own_type}`, `{}.{}` is `{other_type}`",
            own.declared_name(),
            self.parent.name,
            other.declared_name
        );
        let finding = FOREIGN_KEY_COLUMNS.at(location, message).help("give both columns the same type");
        let fix = Fix::offer(format!("Make `{}` `{other_type}`", own.declared_name()));
        let shape = self.shape.columns.iter().find(|it| it.column.name == own.name)?;
        let nullable = if own.nullable { "?" } else { "" };
        Some(finding.fix(fix.replace(&shape.location_of(shape.written_type), format!("{other_type}{nullable}"))))
    }

    /// A column that stands twice on one side: PostgreSQL takes it on this one.
    pub(crate) fn repeated(&self, location: Location, targets: &Targets) -> Option<Diagnostic> {
        let twin =
            |names: &'a [String]| (1..names.len()).find(|at| names[..*at].contains(&names[*at])).map(|at| &names[at]);
        let own = if targets.includes(Dialect::Spanner) { twin(self.columns) } else { None };
        let name = own.or_else(|| twin(self.referenced))?;
        let message = format!("the foreign key has `{name}` twice on one side");
        Some(FOREIGN_KEY_COLUMNS.at(location, message).help("name each column once"))
    }

    /// Whether nothing keeps the other side unique: PostgreSQL refuses such a foreign key.
    pub(crate) fn not_unique(&self, location: Location) -> Option<Diagnostic> {
        let wanted = sorted(self.referenced.iter().map(String::as_str));
        let key = sorted(self.parent.primary_key.iter().map(|it| it.name.as_str()));
        let is_wanted = |it: &UniqueKey| sorted(it.columns.iter().map(String::as_str)) == wanted;
        // Spanner keeps what a foreign key refers to unique by itself.
        let mut uniques = self.parent.referable_keys();
        if key == wanted || uniques.any(is_wanted) || !self.parent.has_primary_key {
            return None;
        }
        let columns = self.referenced.join(", ");
        let message = format!("nothing keeps `{}({columns})` unique", self.parent.name);
        Some(FOREIGN_KEY_COLUMNS.at(location, message).help("refer to the primary key, or make the columns unique"))
    }
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    names
}

/// Whether both databases compare values of the two types without a conversion.
pub(crate) fn are_comparable(left: &ColumnType, right: &ColumnType) -> bool {
    left.array == right.array && family(&left.scalar) == family(&right.scalar)
}

/// Types of one family compare; the others compare with themselves only.
fn family(scalar: &ScalarType) -> ScalarType {
    match scalar {
        ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint => ScalarType::Bigint,
        ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_) => ScalarType::Text,
        ScalarType::Numeric(_) => ScalarType::Numeric(None),
        ScalarType::Bytes(_) => ScalarType::Bytes(None),
        ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_) => ScalarType::Timestamptz(None),
        ScalarType::Time(_) => ScalarType::Time(None),
        other => other.clone(),
    }
}
