//! Columns: a type, a default of it, attributes.

use proptest::prelude::*;
use proptest::sample::Index;

use orm_model::{Targets, registry::FunctionPlace};

use super::{
    ENUMS, SEQUENCES,
    condition::{self, Condition},
    expression::{self, Choices, Scope},
    sequence, text,
};

/// A column without its name.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) doc: Option<String>,
    pub(super) column_type: Type,
    pub(super) nullable: bool,
    /// What stands after `=`.
    pub(super) default: Option<String>,
    /// Further attributes as they are written: `@on_update(now())`.
    pub(super) attributes: Vec<String>,
    /// Whether it has another name in the database.
    pub(super) renamed: bool,
    /// `@unique`, and whether NULLs count as equal.
    pub(super) unique: Option<bool>,
    /// Whether it had another name in the schema before.
    pub(super) was: bool,
    /// `@check`
    pub(super) check: Option<Condition>,
    /// What computes it.
    pub(super) generated: Option<Generated>,
    /// Its types where PostgreSQL or Spanner is alone and has what the other one lacks.
    pub(super) foreign: Option<(&'static str, &'static str)>,
}

/// How the database computes a column.
#[derive(Debug, Clone)]
pub(super) struct Generated {
    pub(super) value: Choices,
    /// Whether it is computed when it is read, where the databases can do that.
    pub(super) is_virtual: bool,
}

/// A type as it is written, and what can be done with it.
#[derive(Debug, Clone)]
pub(super) struct Type {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Whether it can be part of a key in both databases.
    pub(super) is_key: bool,
}

/// What the values of a type compare with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Integer,
    Decimal,
    Float,
    Text,
    Enum,
    Boolean,
    Date,
    Timestamp,
    LocalTimestamp,
    Bytes,
    Uuid,
    Json,
    /// An array of texts.
    TextArray,
    /// An array of whole numbers of 64 bits.
    IntegerArray,
    /// Any other array.
    OtherArray,
    /// What PostgreSQL alone has.
    Foreign,
}

impl Kind {
    /// Whether its values compare with one another.
    pub(super) const fn is_ordered(self) -> bool {
        !matches!(
            self,
            Kind::Enum | Kind::Json | Kind::TextArray | Kind::IntegerArray | Kind::OtherArray | Kind::Foreign
        )
    }
}

/// A type and a default of it.
type Typed = (Type, Option<String>);

impl Column {
    /// A column of a key, which is nothing but its type.
    pub(super) fn of(column_type: Type, nullable: bool) -> Self {
        let (doc, default, attributes) = (None, None, Vec::new());
        Column {
            doc,
            column_type,
            nullable,
            default,
            attributes,
            renamed: false,
            unique: None,
            was: false,
            check: None,
            generated: None,
            foreign: None,
        }
    }
}

/// Types of one database alone: of PostgreSQL, of Spanner.
const FOREIGN_TYPES: &[(&str, &str)] = &[
    ("time", "spanner(\"STRING(20)\")"),
    ("time(3)", "spanner(\"BYTES(MAX)\")"),
    ("interval", "spanner(\"DATE\")"),
    ("postgres(\"inet\")", "spanner(\"NUMERIC\")"),
    ("interval[]", "spanner(\"FLOAT32\")"),
];

/// Any column.
pub(super) fn column() -> impl Strategy<Value = Column> {
    let foreign = prop::option::weighted(0.15, prop::sample::select(FOREIGN_TYPES));
    let flags = (any::<bool>(), prop::bool::weighted(0.15), unique(), prop::bool::weighted(0.5), foreign);
    let types = (prop_oneof![4 => scalar(), 1 => array()], any::<Index>());
    let check = prop::option::weighted(0.08, condition::condition());
    (types, flags, prop::option::weighted(0.15, generated()), check, text::doc()).prop_map(
        |(
            ((column_type, default), attribute),
            (nullable, renamed, unique, has_default, foreign),
            generated,
            check,
            doc,
        )| {
            let generated = generated.filter(|_| !matches!(column_type.kind, Kind::Enum | Kind::OtherArray));
            let unique = unique.filter(|_| column_type.is_key);
            let default = default.filter(|_| has_default && generated.is_none());
            let mut attributes = attributes(&column_type, attribute);
            // The time of the commit stands alone, and nobody writes what the database computes.
            let is_other = default.as_ref().is_some_and(|it| it != "commit_timestamp()");
            attributes.retain(|it| !(is_other && it.contains("commit_timestamp")));
            attributes.retain(|it| generated.is_none() || it.contains("type:"));
            Column {
                doc,
                default,
                column_type,
                nullable,
                attributes,
                renamed,
                unique,
                was: false,
                check,
                generated,
                foreign,
            }
        },
    )
}

fn generated() -> impl Strategy<Value = Generated> {
    (expression::choices(), any::<bool>()).prop_map(|(value, is_virtual)| Generated { value, is_virtual })
}

/// A type that a primary key can have in both databases.
pub(super) fn key_type() -> impl Strategy<Value = Type> {
    scalar().prop_map(|(it, _)| it).prop_filter("a type of keys", |it| it.is_key)
}

fn unique() -> impl Strategy<Value = Option<bool>> {
    prop::option::weighted(0.15, prop::bool::weighted(0.2))
}

fn attributes(column_type: &Type, choice: Index) -> Vec<String> {
    let choices: &[&[&str]] = match (column_type.kind, column_type.text.as_str()) {
        (Kind::Timestamp, "timestamptz") => &[
            &[],
            &[],
            &["@on_update(now())"],
            &["@on_update(app.now())"],
            &["@on_update(commit_timestamp())"],
            &["@spanner(allow_commit_timestamp: true)"],
        ],
        (Kind::Text, "text") => {
            &[&[], &[], &[], &["@postgres(type: \"varchar(300)\")", "@spanner(type: \"STRING(300)\")"]]
        }
        _ => &[&[]],
    };
    choice.get(choices).iter().map(|it| (*it).to_owned()).collect()
}

fn key(text: impl Into<String>, kind: Kind) -> Type {
    Type { text: text.into(), kind, is_key: true }
}

fn no_key(text: impl Into<String>, kind: Kind) -> Type {
    Type { text: text.into(), kind, is_key: false }
}

fn scalar() -> impl Strategy<Value = Typed> {
    prop_oneof![integer(), decimal(), float(), string(), enumeration(), moment(), other(), computed()]
}

fn integer() -> impl Strategy<Value = Typed> {
    prop_oneof![
        any::<i16>().prop_map(|it| (key("smallint", Kind::Integer), Some(it.to_string()))),
        any::<i32>().prop_map(|it| (key("integer", Kind::Integer), Some(it.to_string()))),
        any::<i64>().prop_map(|it| (key("bigint", Kind::Integer), Some(it.to_string()))),
        Just((key("bigint", Kind::Integer), Some("sql(\"1 + 1\")".to_owned()))),
        counter().prop_map(|it| (key("bigint", Kind::Integer), Some(it))),
        Just((
            key("bigint", Kind::Integer),
            Some("sql(postgres: \"length('ab')\", spanner: \"LENGTH('ab')\")".to_owned())
        )),
    ]
}

fn counter() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("identity()".to_owned()),
        (1..5000_u32).prop_map(|start| format!("identity(start: {start})")),
        (1..5000_u32, 0..100_u32)
            .prop_map(|(first, more)| format!("identity(skip_range: [{first}, {}])", first + more)),
        (0..SEQUENCES).prop_map(|number| format!("nextval({})", sequence::name(number))),
    ]
}

fn decimal() -> impl Strategy<Value = Typed> {
    let sized = (1..20_u32, 0..=9_u32).prop_flat_map(|(whole, scale)| {
        let digits = format!("-?[0-9]{{1,{}}}", whole.min(6));
        let fraction = if scale == 0 { String::new() } else { format!("(\\.[0-9]{{1,{scale}}})?") };
        let value = proptest::string::string_regex(&(digits + &fraction)).expect("a pattern");
        value.prop_map(move |value| (key(format!("numeric({}, {scale})", whole + scale), Kind::Decimal), Some(value)))
    });
    prop_oneof!["-?[0-9]{1,6}(\\.[0-9]{1,9})?".prop_map(|it| (key("numeric", Kind::Decimal), Some(it))), sized]
}

fn float() -> impl Strategy<Value = Typed> {
    let number = || "-?[0-9]{1,4}(\\.[0-9]{1,3})?(e-?[0-9])?";
    prop_oneof![
        number().prop_map(|it| (no_key("real", Kind::Float), Some(it))),
        number().prop_map(|it| (no_key("double", Kind::Float), Some(it))),
    ]
}

fn string() -> impl Strategy<Value = Typed> {
    prop_oneof![
        text::any_text().prop_map(|it| (key("text", Kind::Text), Some(text::quoted(&it)))),
        text::any_text().prop_map(|it| (key("varchar", Kind::Text), Some(text::quoted(&it)))),
        (8..400_u32, text::short())
            .prop_map(|(length, it)| (key(format!("varchar({length})"), Kind::Text), Some(text::quoted(&it)))),
        "[a-z'\\\\é]{3}".prop_map(|it| (key("char(3)", Kind::Text), Some(text::quoted(&it)))),
        Just((key("text", Kind::Text), Some("app.slug()".to_owned()))),
        Just((key("varchar(36)", Kind::Text), Some("uuid()".to_owned()))),
    ]
}

fn enumeration() -> impl Strategy<Value = Typed> {
    (0..ENUMS).prop_map(|number| (key(format!("Enum{number}"), Kind::Enum), Some("v0".to_owned())))
}

fn moment() -> impl Strategy<Value = Typed> {
    let instant = prop::sample::select(vec![
        "now()",
        "app.now()",
        "commit_timestamp()",
        "\"2027-01-31T12:00:00Z\"",
        "\"1999-12-31T23:59:59.999999+05:30\"",
        "\"0001-01-01T00:00:00Z\"",
    ]);
    let instant_type = prop::sample::select(vec!["timestamptz", "timestamptz", "timestamptz(0)", "timestamptz(3)"]);
    let local_type = prop::sample::select(vec!["timestamp_local", "timestamp_local(6)"]);
    prop_oneof![
        "20[0-9]{2}-0[1-9]-[0-2][1-8]".prop_map(|it| (key("date", Kind::Date), Some(text::quoted(&it)))),
        (instant_type, instant).prop_map(|(it, value)| (key(it, Kind::Timestamp), Some(value.to_owned()))),
        local_type.prop_map(|it| (key(it, Kind::LocalTimestamp), Some("\"2027-01-31T12:00:00.5\"".to_owned()))),
    ]
}

fn other() -> impl Strategy<Value = Typed> {
    let json = prop::sample::select(vec![
        "{}",
        "[]",
        "null",
        "1.50",
        "\"it's\"",
        "{ a: [1, -2.5, \"x'\\\"\\\\\"], \"b c\": { d: null, e: true } }",
    ]);
    let json_type = prop::sample::select(vec!["json", "jsonb"]);
    let uuid = prop::sample::select(vec!["uuid()", "app.uuid_v7()", "\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\""]);
    prop_oneof![
        any::<bool>().prop_map(|it| (key("boolean", Kind::Boolean), Some(it.to_string()))),
        uuid.prop_map(|it| (key("uuid", Kind::Uuid), Some(it.to_owned()))),
        (json_type, json).prop_map(|(it, value)| (no_key(it, Kind::Json), Some(value.to_owned()))),
        Just((key("bytes", Kind::Bytes), None)),
        (1..64_u32).prop_map(|length| (key(format!("bytes({length})"), Kind::Bytes), None)),
    ]
}

/// A default that functions of the registry compute.
fn computed() -> impl Strategy<Value = Typed> {
    let types = [
        key("bigint", Kind::Integer),
        key("numeric", Kind::Decimal),
        no_key("double", Kind::Float),
        key("text", Kind::Text),
        key("boolean", Kind::Boolean),
        key("date", Kind::Date),
        key("timestamptz", Kind::Timestamp),
        key("uuid", Kind::Uuid),
        key("bytes", Kind::Bytes),
        no_key("jsonb", Kind::Json),
        no_key("text[]", Kind::TextArray),
    ];
    (prop::sample::select(types.to_vec()), expression::choices()).prop_map(|(column_type, choices)| {
        let scope = Scope { columns: &[], place: Some(FunctionPlace::Default), targets: &Targets::default() };
        let value = expression::write(&choices, column_type.kind, &scope);
        (column_type, value)
    })
}

/// An array of any scalar; its default lists the scalar's own default when that is a constant.
fn array() -> impl Strategy<Value = Typed> {
    (scalar(), 0..3_usize).prop_map(|((element, default), length)| {
        if element.text.ends_with("[]") {
            return (element, default);
        }
        let constant = default.filter(|it| !it.contains('(') && element.kind != Kind::Json);
        let items = constant.map_or_else(Vec::new, |it| vec![it; length]);
        let kind = match element.text.as_str() {
            "text" => Kind::TextArray,
            "bigint" => Kind::IntegerArray,
            _ => Kind::OtherArray,
        };
        (no_key(format!("{}[]", element.text), kind), Some(format!("[{}]", items.join(", "))))
    })
}

impl Column {
    /// Gives it the type of the one database that the schema is for.
    pub(super) fn fit(&mut self, targets: &Targets) {
        let foreign = self.foreign.and_then(|(postgres, spanner)| match (&targets.postgres, &targets.spanner) {
            (Some(_), None) => Some(postgres),
            (None, Some(_)) => Some(spanner),
            _ => None,
        });
        if let Some(text) = foreign {
            (self.column_type, self.default, self.unique) = (no_key(text, Kind::Foreign), None, None);
            (self.attributes, self.generated) = (Vec::new(), None);
        }
    }

    /// Takes the parts of another column for which `other_one` says so; a default goes with its type.
    pub(super) fn take_parts(&mut self, other: &Column, mut other_one: impl FnMut() -> bool) {
        if other_one() {
            self.doc.clone_from(&other.doc);
        }
        if other_one() {
            self.nullable = other.nullable;
        }
        if other_one() {
            *self = Column { doc: self.doc.take(), nullable: self.nullable, ..other.clone() };
        } else if other_one() {
            self.default = None;
        }
    }
}
