//! What databases and other tools call our types.

/// A type under a name that is none of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OtherTypeName {
    /// The other name, in small letters.
    pub name: &'static str,
    /// What is meant.
    pub meant: MeantType,
}

/// What a type under another name is here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeantType {
    /// This type.
    Type(&'static str),
    /// An instant in some databases and tools, a date and time without a zone in others.
    InstantOrLocal,
    /// Text, or `varchar` where a length is given.
    Text,
    /// A whole number that the database counts, of this type where every database can count in it, and `bigint` elsewhere.
    Counter(&'static str),
    /// A type of PostgreSQL alone, by its own name.
    Postgres,
    /// A type of Spanner alone, under this name.
    Spanner(&'static str),
}

/// Names of PostgreSQL, Spanner, MySQL, SQL Server, Prisma and Drizzle.
pub const OTHER_TYPE_NAMES: &[OtherTypeName] = &[
    of("bool", "boolean"),
    of("int2", "smallint"),
    of("int16", "smallint"),
    of("short", "smallint"),
    of("tinyint", "smallint"),
    of("int", "integer"),
    of("int4", "integer"),
    of("int32", "integer"),
    of("mediumint", "integer"),
    of("int8", "bigint"),
    of("int64", "bigint"),
    of("long", "bigint"),
    of("float4", "real"),
    of("float32", "real"),
    of("float", "double"),
    of("float8", "double"),
    of("float64", "double"),
    of("double precision", "double"),
    of("double_precision", "double"),
    of("doubleprecision", "double"),
    of("decimal", "numeric"),
    of("bignumeric", "numeric"),
    of("number", "numeric"),
    OtherTypeName { name: "string", meant: MeantType::Text },
    of("tinytext", "text"),
    of("mediumtext", "text"),
    of("longtext", "text"),
    of("ntext", "text"),
    of("clob", "text"),
    of("nvarchar", "varchar"),
    of("varchar2", "varchar"),
    of("character varying", "varchar"),
    of("character_varying", "varchar"),
    of("bpchar", "char"),
    of("character", "char"),
    of("nchar", "char"),
    of("bytea", "bytes"),
    of("blob", "bytes"),
    of("longblob", "bytes"),
    of("binary", "bytes"),
    of("varbinary", "bytes"),
    OtherTypeName { name: "datetime", meant: MeantType::InstantOrLocal },
    of("datetime2", "timestamp_local"),
    of("datetimeoffset", "timestamptz"),
    of("timestamp with time zone", "timestamptz"),
    of("timestamp without time zone", "timestamp_local"),
    of("time without time zone", "time"),
    of("timestamp_tz", "timestamptz"),
    of("guid", "uuid"),
    of("uniqueidentifier", "uuid"),
    counter("smallserial", "smallint"),
    counter("serial2", "smallint"),
    counter("serial", "integer"),
    counter("serial4", "integer"),
    counter("autoincrement", "integer"),
    counter("auto_increment", "integer"),
    counter("increments", "integer"),
    counter("identity", "bigint"),
    counter("bigserial", "bigint"),
    counter("serial8", "bigint"),
    counter("bigincrements", "bigint"),
    postgres("bit"),
    postgres("bit varying"),
    postgres("box"),
    postgres("cidr"),
    postgres("circle"),
    postgres("citext"),
    postgres("cube"),
    postgres("daterange"),
    postgres("geography"),
    postgres("geometry"),
    postgres("hstore"),
    postgres("inet"),
    postgres("int4range"),
    postgres("int8range"),
    postgres("line"),
    postgres("lseg"),
    postgres("ltree"),
    postgres("macaddr"),
    postgres("macaddr8"),
    postgres("money"),
    postgres("numrange"),
    postgres("oid"),
    postgres("path"),
    postgres("pg_lsn"),
    postgres("point"),
    postgres("polygon"),
    postgres("time with time zone"),
    postgres("timetz"),
    postgres("tsquery"),
    postgres("tsrange"),
    postgres("tstzrange"),
    postgres("tsvector"),
    postgres("varbit"),
    postgres("vector"),
    postgres("xml"),
    OtherTypeName { name: "tokenlist", meant: MeantType::Spanner("TOKENLIST") },
];

const fn of(name: &'static str, ours: &'static str) -> OtherTypeName {
    OtherTypeName { name, meant: MeantType::Type(ours) }
}

const fn counter(name: &'static str, ours: &'static str) -> OtherTypeName {
    OtherTypeName { name, meant: MeantType::Counter(ours) }
}

const fn postgres(name: &'static str) -> OtherTypeName {
    OtherTypeName { name, meant: MeantType::Postgres }
}

/// The type that is called so elsewhere, in whichever case.
pub fn find_other_type_name(name: &str) -> Option<&'static OtherTypeName> {
    OTHER_TYPE_NAMES.iter().find(|it| it.name.eq_ignore_ascii_case(name))
}
