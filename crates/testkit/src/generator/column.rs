//! Columns: a type, a default of it, attributes.

use proptest::prelude::*;
use proptest::sample::Index;

use super::{ENUMS, SEQUENCES, function, sequence, text};

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
    Bytes,
    Uuid,
    /// JSON and arrays: nothing but NULL.
    Other,
}

/// A type and a default of it.
type Typed = (Type, Option<String>);

impl Column {
    /// A column of a key, which is nothing but its type.
    pub(super) fn of(column_type: Type, nullable: bool) -> Self {
        let (doc, default, attributes) = (None, None, Vec::new());
        Column { doc, column_type, nullable, default, attributes, renamed: false, unique: None }
    }
}

/// Any column.
pub(super) fn column() -> impl Strategy<Value = Column> {
    let flags = (any::<bool>(), prop::bool::weighted(0.15), unique(), prop::bool::weighted(0.5));
    let attribute = any::<Index>();
    (prop_oneof![4 => scalar(), 1 => array()], flags, attribute, text::doc()).prop_map(
        |((column_type, default), (nullable, renamed, unique, has_default), attribute, doc)| {
            let attributes = attributes(&column_type, attribute);
            let unique = unique.filter(|_| column_type.is_key);
            Column { doc, default: default.filter(|_| has_default), column_type, nullable, attributes, renamed, unique }
        },
    )
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
        (Kind::Timestamp, "timestamptz") => {
            &[&[], &[], &["@on_update(now())"], &["@spanner(allow_commit_timestamp: true)"]]
        }
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
        "\"2027-01-31T12:00:00Z\"",
        "\"1999-12-31T23:59:59.999999+05:30\"",
        "\"0001-01-01T00:00:00Z\"",
    ]);
    let instant_type = prop::sample::select(vec!["timestamptz", "timestamptz", "timestamptz(0)", "timestamptz(3)"]);
    let local_type = prop::sample::select(vec!["timestamp_local", "timestamp_local(6)"]);
    prop_oneof![
        "20[0-9]{2}-0[1-9]-[0-2][1-8]".prop_map(|it| (key("date", Kind::Date), Some(text::quoted(&it)))),
        (instant_type, instant).prop_map(|(it, value)| (key(it, Kind::Timestamp), Some(value.to_owned()))),
        local_type.prop_map(|it| (key(it, Kind::Timestamp), Some("\"2027-01-31T12:00:00.5\"".to_owned()))),
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
        (json_type, json).prop_map(|(it, value)| (no_key(it, Kind::Other), Some(value.to_owned()))),
        Just((key("bytes", Kind::Bytes), None)),
        (1..64_u32).prop_map(|length| (key(format!("bytes({length})"), Kind::Bytes), None)),
    ]
}

/// A default that a function of the registry computes.
fn computed() -> impl Strategy<Value = Typed> {
    let scalars = function::defaults().into_iter().filter(|(column_type, _)| !column_type.ends_with("[]"));
    prop::sample::select(scalars.collect::<Vec<_>>()).prop_map(|(column_type, call)| {
        let of_type = match column_type {
            "bigint" => key(column_type, Kind::Integer),
            "numeric" => key(column_type, Kind::Decimal),
            "double" => no_key(column_type, Kind::Float),
            "text" => key(column_type, Kind::Text),
            "boolean" => key(column_type, Kind::Boolean),
            "date" => key(column_type, Kind::Date),
            "timestamptz" => key(column_type, Kind::Timestamp),
            "uuid" => key(column_type, Kind::Uuid),
            "bytes" => key(column_type, Kind::Bytes),
            _ => no_key(column_type, Kind::Other),
        };
        (of_type, Some(call))
    })
}

/// An array of any scalar; its default lists the scalar's own default when that is a constant.
fn array() -> impl Strategy<Value = Typed> {
    (scalar(), 0..3_usize).prop_map(|((element, default), length)| {
        let constant = default.filter(|it| !it.contains('(') && element.kind != Kind::Other);
        let items = constant.map_or_else(Vec::new, |it| vec![it; length]);
        (no_key(format!("{}[]", element.text), Kind::Other), Some(format!("[{}]", items.join(", "))))
    })
}

impl Column {
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
