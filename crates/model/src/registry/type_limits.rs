//! What the values of a type can be in each database, and how long they get in a key.

use crate::{Dialect, PerDialect, ScalarType};

/// The limits of the values of a type in one database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeLimit {
    /// What a value can be, of a column that states no size.
    pub values: &'static str,
    /// What the stated size counts; `None` where the database does not hold a column to one.
    pub unit: Option<&'static str>,
    /// How many bytes a value takes in a key.
    pub key: KeyLength,
    /// The page of the database's documentation that says so.
    pub documentation: &'static str,
}

/// How many bytes a value takes in a key, without what the database adds to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyLength {
    /// Always as many, or at most as many.
    AtMost(u64),
    /// As many for each unit of the stated size. Without one only the database's own limits hold.
    PerUnit(u64),
    /// PostgreSQL keeps four digits in two bytes, on each side of the point, after a header of up to eight bytes.
    Digits,
    /// Nothing but the limit of a key itself, or the type is no key.
    Unlimited,
}

impl TypeLimit {
    /// What a value of a type can be.
    pub fn values_of(&self, scalar: &ScalarType) -> String {
        match (self.unit, scalar) {
            (Some(unit), ScalarType::Char(length)) => format!("exactly {length} {unit}"),
            (Some(unit), _) => match stated_length(scalar) {
                Some(length) => format!("at most {length} {unit}"),
                None => self.values.to_owned(),
            },
            (None, _) => self.values.to_owned(),
        }
    }

    /// How many bytes a value takes in a key at most; `None` where only the limit of a key holds.
    pub fn key_bytes(&self, scalar: &ScalarType) -> Option<u64> {
        match self.key {
            KeyLength::AtMost(bytes) => Some(bytes),
            KeyLength::PerUnit(bytes) => stated_length(scalar).map(|it| u64::from(it) * bytes),
            KeyLength::Digits => {
                let (whole, after) = match scalar {
                    ScalarType::Numeric(Some(size)) => (size.precision.saturating_sub(size.scale), size.scale),
                    _ => (29, 9),
                };
                Some(u64::from(whole.div_ceil(4) + after.div_ceil(4)) * 2 + 8)
            }
            KeyLength::Unlimited => None,
        }
    }
}

/// The length that a type states.
const fn stated_length(scalar: &ScalarType) -> Option<u32> {
    match scalar {
        ScalarType::Varchar(length) | ScalarType::Bytes(length) => *length,
        ScalarType::Char(length) => Some(*length),
        _ => None,
    }
}

/// The limits of the values of a type; `None` where the database has no such type, and for enums, whose storage has the
/// limits, and types that only the database knows.
pub fn type_limit(scalar: &ScalarType, dialect: Dialect) -> Option<TypeLimit> {
    if matches!(scalar, ScalarType::Enum(_)) {
        return None;
    }
    let written = scalar.to_string();
    type_limits_of(written.split('(').next().unwrap_or_default(), dialect)
}

/// The same for the type with this name.
pub fn type_limits_of(name: &str, dialect: Dialect) -> Option<TypeLimit> {
    let (_, limits) = TYPE_LIMITS.iter().find(|(it, _)| *it == name)?;
    *limits.get(dialect)
}

const POSTGRES_NUMBERS: &str = "https://www.postgresql.org/docs/current/datatype-numeric.html";
const POSTGRES_TEXTS: &str = "https://www.postgresql.org/docs/current/datatype-character.html";
const POSTGRES_TIMES: &str = "https://www.postgresql.org/docs/current/datatype-datetime.html";
const POSTGRES_LIMITS: &str = "https://www.postgresql.org/docs/current/limits.html";
const SPANNER_TYPES: &str = "https://cloud.google.com/spanner/docs/reference/standard-sql/data-types";
const SPANNER_QUOTAS: &str = "https://cloud.google.com/spanner/quotas";

/// The limits of every type that has some, by its name.
pub const TYPE_LIMITS: &[(&str, PerDialect<Option<TypeLimit>>)] = &[
    (
        "boolean",
        both(
            fixed("true and false", 1, "https://www.postgresql.org/docs/current/datatype-boolean.html"),
            fixed("true and false", 1, SPANNER_TYPES),
        ),
    ),
    (
        "smallint",
        both(
            fixed("-32,768 to 32,767", 2, POSTGRES_NUMBERS),
            fixed("an INT64; -32,768 to 32,767 by the CHECK of the range", 8, SPANNER_TYPES),
        ),
    ),
    (
        "integer",
        both(
            fixed("-2,147,483,648 to 2,147,483,647", 4, POSTGRES_NUMBERS),
            fixed("an INT64; -2,147,483,648 to 2,147,483,647 by the CHECK of the range", 8, SPANNER_TYPES),
        ),
    ),
    ("bigint", both(fixed(LONG, 8, POSTGRES_NUMBERS), fixed(LONG, 8, SPANNER_TYPES))),
    ("real", both(fixed(SINGLE, 4, POSTGRES_NUMBERS), fixed(SINGLE, 4, SPANNER_TYPES))),
    ("double", both(fixed(DOUBLE, 8, POSTGRES_NUMBERS), fixed(DOUBLE, 8, SPANNER_TYPES))),
    (
        "numeric",
        both(
            TypeLimit {
                values: "29 digits before the point and 9 after it, or those of the stated size",
                unit: None,
                key: KeyLength::Digits,
                documentation: POSTGRES_NUMBERS,
            },
            fixed("29 digits before the point and 9 after it", 22, SPANNER_TYPES),
        ),
    ),
    ("text", both(open("about 1 GB", POSTGRES_TEXTS), open("2,621,440 characters", SPANNER_TYPES))),
    (
        "varchar",
        both(
            measured("about 1 GB", "characters", 4, POSTGRES_TEXTS),
            measured(LONGEST, "characters", 4, SPANNER_TYPES),
        ),
    ),
    ("char", both(measured("", "characters", 4, POSTGRES_TEXTS), measured("", "characters", 4, SPANNER_TYPES))),
    (
        "bytes",
        both(
            measured("about 1 GB", "bytes", 1, "https://www.postgresql.org/docs/current/datatype-binary.html"),
            measured("10,485,760 bytes", "bytes", 1, SPANNER_TYPES),
        ),
    ),
    (
        "uuid",
        both(
            fixed("16 bytes", 16, "https://www.postgresql.org/docs/current/datatype-uuid.html"),
            fixed("36 characters, or 16 bytes where Spanner's UUID is used", 36, SPANNER_TYPES),
        ),
    ),
    (
        "date",
        both(fixed("4713 BC to 5874897 AD", 4, POSTGRES_TIMES), fixed("0001-01-01 to 9999-12-31", 4, SPANNER_TYPES)),
    ),
    ("timestamptz", both(fixed(POSTGRES_INSTANTS, 8, POSTGRES_TIMES), fixed(SPANNER_INSTANTS, 12, SPANNER_TYPES))),
    ("timestamp_local", both(fixed(POSTGRES_INSTANTS, 8, POSTGRES_TIMES), fixed(SPANNER_INSTANTS, 12, SPANNER_TYPES))),
    ("time", postgres_alone(fixed("00:00:00 to 24:00:00, with microseconds", 8, POSTGRES_TIMES))),
    ("interval", postgres_alone(fixed("178,000,000 years either way, with microseconds", 16, POSTGRES_TIMES))),
    ("json", both(open("about 1 GB", POSTGRES_LIMITS), open("10 MiB", SPANNER_QUOTAS))),
    (
        "jsonb",
        both(open("about 1 GB, any array or object of it 255 MiB", POSTGRES_LIMITS), open("10 MiB", SPANNER_QUOTAS)),
    ),
];

const LONG: &str = "-9,223,372,036,854,775,808 to 9,223,372,036,854,775,807";
const SINGLE: &str = "6 digits that are exact, up to 1E+37";
const DOUBLE: &str = "15 digits that are exact, up to 1E+308";
const LONGEST: &str = "2,621,440 characters";
const POSTGRES_INSTANTS: &str = "4713 BC to 294276 AD, with microseconds";
const SPANNER_INSTANTS: &str = "0001-01-01 to 9999-12-31, with nanoseconds";

const fn both(postgres: TypeLimit, spanner: TypeLimit) -> PerDialect<Option<TypeLimit>> {
    PerDialect { postgres: Some(postgres), spanner: Some(spanner) }
}

const fn postgres_alone(postgres: TypeLimit) -> PerDialect<Option<TypeLimit>> {
    PerDialect { postgres: Some(postgres), spanner: None }
}

const fn fixed(values: &'static str, bytes: u64, documentation: &'static str) -> TypeLimit {
    TypeLimit { values, unit: None, key: KeyLength::AtMost(bytes), documentation }
}

const fn open(values: &'static str, documentation: &'static str) -> TypeLimit {
    TypeLimit { values, unit: None, key: KeyLength::Unlimited, documentation }
}

const fn measured(values: &'static str, unit: &'static str, bytes: u64, documentation: &'static str) -> TypeLimit {
    TypeLimit { values, unit: Some(unit), key: KeyLength::PerUnit(bytes), documentation }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{registry::TYPES, types::NumericSize};

    #[test]
    fn every_portable_type_has_limits() {
        let named: Vec<_> = TYPE_LIMITS.iter().map(|(name, _)| *name).collect();
        let portable: Vec<_> =
            TYPES.iter().map(|it| it.name).filter(|it| !["postgres", "spanner"].contains(it)).collect();
        let missing: Vec<_> = portable.iter().filter(|it| !named.contains(it)).collect();
        assert!(missing.is_empty() && named.len() == portable.len(), "{missing:?}");
    }

    #[test]
    fn a_database_without_the_type_has_no_limits() {
        for (name, limits) in TYPE_LIMITS {
            let info = TYPES.iter().find(|it| it.name == *name).expect("it is a type");
            for dialect in Dialect::ALL {
                assert_eq!(info.sql.get(dialect).is_some(), limits.get(dialect).is_some(), "{name} on {dialect}");
            }
        }
    }

    #[test]
    fn a_stated_size_is_the_limit() {
        let limit = |scalar: &ScalarType, dialect| {
            let limit = type_limit(scalar, dialect).expect("it has limits");
            (limit.values_of(scalar), limit.key_bytes(scalar))
        };
        let text = ScalarType::Varchar(Some(80));
        assert_eq!(limit(&text, Dialect::Spanner), ("at most 80 characters".to_owned(), Some(320)));
        assert_eq!(limit(&ScalarType::Char(2), Dialect::Postgres), ("exactly 2 characters".to_owned(), Some(8)));
        assert_eq!(limit(&ScalarType::Varchar(None), Dialect::Spanner), (LONGEST.to_owned(), None));
        let number = ScalarType::Numeric(Some(NumericSize { precision: 10, scale: 2 }));
        assert_eq!(limit(&number, Dialect::Postgres).1, Some(14));
        assert!(type_limit(&ScalarType::Enum("Role".to_owned()), Dialect::Postgres).is_none());
    }
}
