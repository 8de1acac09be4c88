//! Portable types as PostgreSQL's, and what a change from one of its types to another does.

use orm_model::ScalarType;

/// The SQL type; `None` where PostgreSQL has none.
///
/// `numeric` without a size gets Spanner's, so that both databases hold the same numbers.
pub(super) fn scalar_type(scalar: &ScalarType) -> Option<String> {
    let seconds = |precision: &Option<u8>| precision.map(|it| format!("({it})")).unwrap_or_default();
    Some(match scalar {
        ScalarType::Boolean => "BOOLEAN".to_owned(),
        ScalarType::Smallint => "SMALLINT".to_owned(),
        ScalarType::Integer => "INTEGER".to_owned(),
        ScalarType::Bigint => "BIGINT".to_owned(),
        ScalarType::Real => "REAL".to_owned(),
        ScalarType::Double => "DOUBLE PRECISION".to_owned(),
        ScalarType::Numeric(None) => "NUMERIC(38, 9)".to_owned(),
        ScalarType::Numeric(Some(size)) => format!("NUMERIC({}, {})", size.precision, size.scale),
        ScalarType::Text | ScalarType::Enum(_) => "TEXT".to_owned(),
        ScalarType::Varchar(None) => "VARCHAR".to_owned(),
        // CHAR pads with blanks.
        ScalarType::Varchar(Some(length)) | ScalarType::Char(length) => format!("VARCHAR({length})"),
        ScalarType::Bytes(_) => "BYTEA".to_owned(),
        ScalarType::Uuid => "UUID".to_owned(),
        ScalarType::Date => "DATE".to_owned(),
        ScalarType::Timestamptz(precision) => format!("TIMESTAMP{} WITH TIME ZONE", seconds(precision)),
        ScalarType::TimestampLocal(precision) => format!("TIMESTAMP{} WITHOUT TIME ZONE", seconds(precision)),
        ScalarType::Time(precision) => format!("TIME{}", seconds(precision)),
        ScalarType::Interval => "INTERVAL".to_owned(),
        ScalarType::Json => "JSON".to_owned(),
        ScalarType::Jsonb => "JSONB".to_owned(),
        ScalarType::Native(native) => native.postgres.clone()?,
    })
}

/// A type taken apart: `NUMERIC(38, 9)[]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SqlType {
    /// The name in capitals, in the spelling of [`scalar_type`]; a type that it does not know stays as it is written.
    pub(super) base: String,
    /// What stands in parentheses.
    pub(super) arguments: Vec<u32>,
    /// Whether it is an array.
    pub(super) array: bool,
}

/// Takes a type apart, under any of the names that PostgreSQL knows it by.
pub(super) fn parse(text: &str) -> SqlType {
    let text = text.trim();
    let (text, array) = text.strip_suffix("[]").map_or((text, false), |element| (element, true));
    let (head, arguments, tail) =
        match text.split_once('(').and_then(|(head, rest)| Some((head, rest.split_once(')')?))) {
            Some((head, (arguments, tail))) => (head, arguments, tail),
            None => (text, "", ""),
        };
    let words = head.split_whitespace().chain(tail.split_whitespace()).collect::<Vec<_>>().join(" ");
    let numbers = arguments.split(',').map(str::trim).map(str::parse).collect::<Result<Vec<u32>, _>>();
    match numbers {
        Ok(arguments) => SqlType { base: usual_name(&words), arguments, array },
        Err(_) if arguments.is_empty() => SqlType { base: usual_name(&words), arguments: Vec::new(), array },
        Err(_) => SqlType { base: text.to_owned(), arguments: Vec::new(), array },
    }
}

fn usual_name(words: &str) -> String {
    if words.contains('"') {
        return words.to_owned();
    }
    let name = words.to_ascii_uppercase();
    match name.as_str() {
        "CHARACTER VARYING" => "VARCHAR",
        "CHARACTER" | "BPCHAR" => "CHAR",
        "INT2" => "SMALLINT",
        "INT" | "INT4" => "INTEGER",
        "INT8" => "BIGINT",
        "FLOAT4" => "REAL",
        "FLOAT" | "FLOAT8" => "DOUBLE PRECISION",
        "DECIMAL" => "NUMERIC",
        "BOOL" => "BOOLEAN",
        "TIMESTAMPTZ" => "TIMESTAMP WITH TIME ZONE",
        "TIMESTAMP" => "TIMESTAMP WITHOUT TIME ZONE",
        "TIMETZ" => "TIME WITH TIME ZONE",
        "TIME WITHOUT TIME ZONE" => "TIME",
        other => other,
    }
    .to_owned()
}

impl SqlType {
    /// As [`scalar_type`] writes it.
    pub(super) fn text(&self) -> String {
        let arguments = self.arguments.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let arguments = if arguments.is_empty() { arguments } else { format!("({arguments})") };
        let (first, rest) = self
            .base
            .split_once(" WITH")
            .map_or((self.base.as_str(), ""), |(first, _)| (first, &self.base[first.len()..]));
        format!("{first}{arguments}{rest}{}", if self.array { "[]" } else { "" })
    }

    fn family(&self) -> Family {
        match self.base.as_str() {
            "SMALLINT" | "INTEGER" | "BIGINT" => Family::Integer,
            "REAL" | "DOUBLE PRECISION" => Family::Float,
            "NUMERIC" => Family::Numeric,
            "TEXT" | "VARCHAR" | "CHAR" => Family::Text,
            "TIMESTAMP WITH TIME ZONE" => Family::Instant,
            "TIMESTAMP WITHOUT TIME ZONE" => Family::Local,
            "DATE" => Family::Date,
            "TIME" => Family::Time,
            "JSON" | "JSONB" => Family::Json,
            "BOOLEAN" => Family::Boolean,
            "BYTEA" => Family::Bytes,
            "UUID" => Family::Uuid,
            "INTERVAL" => Family::Interval,
            _ => Family::Other,
        }
    }
}

/// Types that PostgreSQL turns into each other in the same way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Integer,
    Float,
    Numeric,
    Text,
    Instant,
    Local,
    Date,
    Time,
    Json,
    Boolean,
    Bytes,
    Uuid,
    Interval,
    Other,
}

/// How the values of a column get from one type to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Conversion {
    /// By themselves: an assignment cast. The default is carried over.
    Assignment,
    /// By `USING column::type`.
    Cast,
    /// By `USING column AT TIME ZONE 'UTC'`, whatever the zone of the session.
    Utc,
    /// By `USING convert_to(column, 'UTF8')`: a cast would take the text for an escaped spelling of the bytes.
    Encode,
    /// By `USING convert_from(column, 'UTF8')`: a cast would spell the bytes in hexadecimal digits.
    Decode,
    /// By `USING column::text::type`: enums have a text, and no way to one another without it.
    Text,
    /// Not at all.
    Impossible,
}

/// How values get from `before` to `after`.
///
/// A text is never cast to a shorter one, which would cut it silently; the assignment refuses it.
pub(super) fn conversion(before: &SqlType, after: &SqlType) -> Conversion {
    use Family::{Boolean, Bytes, Date, Float, Instant, Integer, Local, Numeric, Other, Text, Time};
    if before.array != after.array {
        return Conversion::Impossible;
    }
    let is_enum = |it: &SqlType| it.base.contains('"');
    if is_enum(before) || is_enum(after) {
        let has_text = |it: &SqlType| is_enum(it) || it.family() == Text;
        let is_possible = has_text(before) && has_text(after);
        return if is_possible { Conversion::Text } else { Conversion::Impossible };
    }
    match (before.family(), after.family()) {
        (Other, _) | (_, Other) => Conversion::Cast,
        (Instant, Local) | (Local, Instant) if !before.array => Conversion::Utc,
        (from, to) if from == to => Conversion::Assignment,
        (Text, Bytes) if !before.array => Conversion::Encode,
        (Bytes, Text) if !before.array => Conversion::Decode,
        (Text, Bytes) | (Bytes, Text) => Conversion::Impossible,
        (_, Text) => Conversion::Assignment,
        (Integer | Float | Numeric, Integer | Float | Numeric) => Conversion::Assignment,
        (Date | Instant | Local, Date | Instant | Local | Time)
            if after.family() != Time || before.family() != Date =>
        {
            Conversion::Assignment
        }
        (Text, _) => Conversion::Cast,
        (Integer, Boolean) | (Boolean, Integer) if before.base == "INTEGER" || after.base == "INTEGER" => {
            Conversion::Cast
        }
        _ => Conversion::Impossible,
    }
}

/// Whether each value is stored the same as the new type, so that the rows stay as they are.
///
/// Source: `ATColumnChangeRequiresRewrite` and the support functions of the length casts in PostgreSQL's source.
pub(super) fn takes_only_more(before: &SqlType, after: &SqlType) -> bool {
    let is_longer = |usual: u32| {
        let length = |it: &SqlType| it.arguments.first().copied().unwrap_or(usual);
        length(after) >= length(before)
    };
    if before.array || after.array {
        return before == after;
    }
    match (before.base.as_str(), after.base.as_str()) {
        ("VARCHAR", "TEXT") | ("TEXT", "TEXT") => true,
        ("VARCHAR" | "TEXT", "VARCHAR") => is_longer(u32::MAX),
        ("NUMERIC", "NUMERIC") => match (before.arguments.as_slice(), after.arguments.as_slice()) {
            (_, []) => true,
            ([], _) => false,
            ([_, before_scale @ ..], [_, after_scale @ ..]) => {
                before_scale.first().unwrap_or(&0) == after_scale.first().unwrap_or(&0) && is_longer(0)
            }
        },
        (old, new) => {
            old == new && matches!(after.family(), Family::Instant | Family::Local | Family::Time) && is_longer(6)
        }
    }
}

/// Whether each value has one of the new type, so that the change cannot fail because of a row.
pub(super) fn takes_all(before: &SqlType, after: &SqlType) -> bool {
    let argument = |it: &SqlType, at: usize| it.arguments.get(at).copied();
    let digits = |it: &SqlType| match it.base.as_str() {
        "SMALLINT" => Some(5),
        "INTEGER" => Some(10),
        "BIGINT" => Some(19),
        "NUMERIC" => Some(argument(it, 0)?.saturating_sub(argument(it, 1).unwrap_or(0))),
        _ => None,
    };
    match (before.family(), after.family()) {
        (Family::Integer, Family::Integer) => digits(before) <= digits(after),
        (Family::Integer, Family::Float) => true,
        (Family::Float, Family::Float) => before.base == "REAL" || after.base != "REAL",
        (Family::Integer | Family::Numeric, Family::Numeric) => match (digits(before), digits(after)) {
            (_, None) => true,
            (None, _) => false,
            // A value that is rounded may get a digit more.
            (Some(old), Some(new)) if argument(after, 1) < argument(before, 1) => old < new,
            (Some(old), Some(new)) => old <= new,
        },
        (Family::Text, Family::Text) => match (argument(before, 0), argument(after, 0)) {
            (_, None) => after.base != "CHAR",
            (None, _) => false,
            (Some(old), Some(new)) => old <= new,
        },
        (from, Family::Text) => from != Family::Bytes && after.base == "TEXT",
        (Family::Json, Family::Json) => before == after || before.base == "JSONB",
        (from, to) => from == to && takes_only_more(before, after),
    }
}

/// Whether a default may have another value in each row: it calls a function that is not known to give a whole statement
/// the same one.
pub(super) fn may_be_volatile(default: &str) -> bool {
    let unquoted: String = default.split('\'').step_by(2).collect();
    let pieces: Vec<_> = unquoted.split('(').collect();
    let called = pieces.iter().take(pieces.len().saturating_sub(1)).map(|before| {
        let is_word = |it: char| it.is_alphanumeric() || it == '_';
        before[before.trim_end_matches(is_word).len()..].to_ascii_lowercase()
    });
    called.into_iter().any(|it| !it.is_empty() && !STABLE.contains(&it.as_str()))
}

/// What stands before an opening parenthesis in a default and does not make it volatile: functions, words and types. No
/// function of these names is volatile in PostgreSQL's catalog (`pg_proc.provolatile`).
const STABLE: &[&str] = &[
    "abs",
    "and",
    "any",
    "array",
    "array_append",
    "array_cat",
    "array_position",
    "array_prepend",
    "array_to_string",
    "ascii",
    "between",
    "bit",
    "bit_count",
    "btrim",
    "cardinality",
    "case",
    "cast",
    "ceil",
    "char",
    "char_length",
    "character",
    "chr",
    "coalesce",
    "concat",
    "concat_ws",
    "convert_from",
    "convert_to",
    "date_trunc",
    "decode",
    "else",
    "encode",
    "exp",
    "extract",
    "floor",
    "greatest",
    "in",
    "jsonb_array_length",
    "jsonb_build_array",
    "jsonb_build_object",
    "jsonb_typeof",
    "least",
    "left",
    "length",
    "ln",
    "log",
    "log10",
    "lower",
    "lpad",
    "ltrim",
    "make_date",
    "make_interval",
    "md5",
    "mod",
    "normalize",
    "not",
    "now",
    "nullif",
    "numeric",
    "octet_length",
    "or",
    "power",
    "repeat",
    "replace",
    "reverse",
    "right",
    "round",
    "rpad",
    "rtrim",
    "sha256",
    "sha512",
    "sign",
    "split_part",
    "sqrt",
    "starts_with",
    "statement_timestamp",
    "string_to_array",
    "strpos",
    "substr",
    "substring",
    "then",
    "time",
    "timestamp",
    "timezone",
    "to_char",
    "to_date",
    "to_jsonb",
    "to_timestamp",
    "transaction_timestamp",
    "trim",
    "trim_array",
    "trunc",
    "upper",
    "varchar",
    "varying",
    "when",
];

/// What is lost of values that the new type takes but does not keep whole; what it refuses is not lost.
pub(super) fn loss(before: &SqlType, after: &SqlType) -> Option<String> {
    use Family::{Date, Float, Instant, Integer, Local, Numeric, Time};
    let scale = |it: &SqlType| it.arguments.get(1).copied().unwrap_or(0);
    let seconds = |it: &SqlType| it.arguments.first().copied().unwrap_or(6);
    let lost = match (before.family(), after.family()) {
        (Float | Numeric, Integer) => "digits after the point are rounded away",
        (Numeric, Numeric)
            if !after.arguments.is_empty() && (before.arguments.is_empty() || scale(after) < scale(before)) =>
        {
            "digits after the point are rounded away"
        }
        (Float, Numeric) => "digits beyond the new scale are rounded away",
        (Numeric, Float) => "numbers become inexact",
        (Integer, Float) if !is_exact(before, after) => "large numbers become inexact",
        (Float, Float) if before.base == "DOUBLE PRECISION" && after.base == "REAL" => "numbers lose precision",
        (Instant | Local, Date) => "the time of day is cut off",
        (Instant | Local, Time) => "the day is cut off",
        (Instant | Local | Time, Instant | Local | Time) if seconds(after) < seconds(before) => {
            "fractions of a second are rounded"
        }
        _ => return None,
    };
    Some(lost.to_owned())
}

/// Whether every whole number of `before` is one of `after`, which has 24 or 53 binary digits.
fn is_exact(before: &SqlType, after: &SqlType) -> bool {
    before.base == "SMALLINT" || (before.base == "INTEGER" && after.base == "DOUBLE PRECISION")
}

#[cfg(test)]
mod tests {
    use orm_model::{
        Dialect,
        registry::{FunctionPlace, Volatility},
    };

    use super::*;

    #[test]
    fn a_type_has_one_spelling() {
        let spell = |text: &str| parse(text).text();
        assert_eq!(spell("character varying(10)[]"), "VARCHAR(10)[]");
        assert_eq!(spell("timestamp(3) with time zone"), "TIMESTAMP(3) WITH TIME ZONE");
        assert_eq!(spell("timestamptz"), "TIMESTAMP WITH TIME ZONE");
        assert_eq!(spell("timestamp without time zone"), "TIMESTAMP WITHOUT TIME ZONE");
        assert_eq!(spell("time(3) without time zone"), "TIME(3)");
        assert_eq!(spell("numeric(38,9)"), "NUMERIC(38, 9)");
        assert_eq!(spell("citext"), "CITEXT");
        assert_eq!(spell("geometry(Point,4326)"), "geometry(Point,4326)");
    }

    #[test]
    fn conversions() {
        let convert = |from: &str, to: &str| conversion(&parse(from), &parse(to));
        assert_eq!(convert("INTEGER", "BIGINT"), Conversion::Assignment);
        assert_eq!(convert("TEXT", "INTEGER"), Conversion::Cast);
        assert_eq!(convert("TEXT", "VARCHAR(3)"), Conversion::Assignment);
        assert_eq!(convert("UUID", "INTEGER"), Conversion::Impossible);
        assert_eq!(convert("TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP WITH TIME ZONE"), Conversion::Utc);
        assert_eq!(convert("INTEGER", "INTEGER[]"), Conversion::Impossible);
        assert_eq!(convert("TEXT", "BYTEA"), Conversion::Encode);
        assert_eq!(convert("BYTEA", "VARCHAR(3)"), Conversion::Decode);
        assert_eq!(convert("BYTEA[]", "TEXT[]"), Conversion::Impossible);
    }

    #[test]
    fn what_takes_only_more_leaves_the_rows_alone() {
        let more = |from: &str, to: &str| takes_only_more(&parse(from), &parse(to));
        assert!(more("VARCHAR(10)", "VARCHAR(20)") && more("VARCHAR(10)", "TEXT") && more("TEXT", "VARCHAR"));
        assert!(!more("VARCHAR(20)", "VARCHAR(10)") && !more("TEXT", "VARCHAR(10)") && !more("CHAR(3)", "TEXT"));
        assert!(more("NUMERIC(10, 2)", "NUMERIC(12, 2)") && more("NUMERIC(10, 2)", "NUMERIC"));
        assert!(!more("NUMERIC(10, 2)", "NUMERIC(12, 4)") && !more("NUMERIC", "NUMERIC(12, 4)"));
        assert!(more("TIMESTAMP(3) WITH TIME ZONE", "TIMESTAMP WITH TIME ZONE"));
        assert!(!more("TIMESTAMP WITH TIME ZONE", "TIMESTAMP(3) WITH TIME ZONE"));
        assert!(!more("INTEGER", "BIGINT") && !more("VARCHAR(10)[]", "TEXT[]"));
    }

    #[test]
    fn what_has_room_for_each_value_cannot_fail() {
        let all = |from: &str, to: &str| takes_all(&parse(from), &parse(to));
        for (from, to) in [
            ("INTEGER", "BIGINT"),
            ("BIGINT", "NUMERIC(19, 0)"),
            ("INTEGER", "TEXT"),
            ("REAL", "DOUBLE PRECISION"),
            ("NUMERIC(10, 2)", "NUMERIC(14, 4)"),
            ("NUMERIC(10, 4)", "NUMERIC(9, 2)"),
            ("CHAR(3)", "VARCHAR(3)"),
            ("UUID", "TEXT"),
            ("INTEGER[]", "BIGINT[]"),
        ] {
            assert!(all(from, to), "{from} → {to}");
        }
        for (from, to) in [
            ("BIGINT", "INTEGER"),
            ("BIGINT", "NUMERIC(18, 0)"),
            ("INTEGER", "VARCHAR(5)"),
            ("TEXT", "VARCHAR(5)"),
            ("TEXT", "INTEGER"),
            ("DOUBLE PRECISION", "REAL"),
            ("DOUBLE PRECISION", "NUMERIC(10, 2)"),
            ("NUMERIC(10, 4)", "NUMERIC(8, 2)"),
            ("NUMERIC", "NUMERIC(12, 4)"),
            ("JSON", "JSONB"),
            ("BYTEA", "TEXT"),
            ("DATE", "TIMESTAMP WITH TIME ZONE"),
        ] {
            assert!(!all(from, to), "{from} → {to}");
        }
    }

    #[test]
    fn a_default_that_differs_by_row_is_volatile() {
        for volatile in ["gen_random_uuid()", "nextval('a')", "random() * 2", "lower(own(1))", "uuidv7()"] {
            assert!(may_be_volatile(volatile), "{volatile}");
        }
        for stable in
            ["0", "'random()'", "now()", "now() + '1 day'::interval", "1 + (2 * 3)", "CAST(1 AS NUMERIC(3, 1))"]
        {
            assert!(!may_be_volatile(stable), "{stable}");
        }
    }

    /// Costs of a default would otherwise depend on how a function of the language is spelled.
    #[test]
    fn a_function_of_the_language_is_volatile_where_the_registry_says_so() {
        let rows: Vec<_> = crate::functions::reference().into_iter().flat_map(|(_, rows)| rows).collect();
        for row in rows.iter().filter(|it| it.info.may_stand(FunctionPlace::Default, Dialect::Postgres)) {
            let (_, text) = row.texts.iter().find(|(dialect, _)| *dialect == Dialect::Postgres).expect("it has a text");
            assert_eq!(may_be_volatile(text), row.info.volatility == Volatility::Volatile, "{}: {text}", row.info.name);
        }
    }

    #[test]
    fn what_is_rounded_is_lost() {
        let loss = |from: &str, to: &str| super::loss(&parse(from), &parse(to)).is_some();
        assert!(loss("NUMERIC(10, 4)", "NUMERIC(10, 2)"));
        assert!(!loss("NUMERIC(10, 2)", "NUMERIC(12, 2)"));
        assert!(loss("BIGINT", "DOUBLE PRECISION") && !loss("INTEGER", "DOUBLE PRECISION"));
        assert!(!loss("VARCHAR(10)", "VARCHAR(3)"), "too long a text is refused");
    }
}
