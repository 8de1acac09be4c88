//! A fixed schema that queries are drawn for, and rows of it.

use orm_model::{Column, ScalarType, Schema, Table};
use proptest::{prelude::RngExt, test_runner::TestRng};
use serde_json::{Map, Value};

use super::value;

/// Owners, their pets, the pets' toys; vets by another kind of key; items, which mutations write; and a table with a column
/// of every type.
pub const SCHEMA: &str = r#"
enum State { v0, v1, v2 = "old" }

enum Mood @postgres(native: true) { v0, happy, sad }

table owners {
  id      bigint       @primary_key
  code    text         @unique
  name    text?
  age     integer?
  state   State = v0
  joined  timestamptz
  ratio   double?
  price   numeric?
}

table vets {
  id      uuid         @primary_key
  name    text
  since   date?
  open    boolean
}

table pets {
  id         bigint    @primary_key
  owner_id   bigint    @references(owners.id)
  vet_id     uuid?     @references(vets.id)
  mother_id  bigint?   @references(pets.id)
  name       text
  mood       Mood?
  weight     double?
  legs       smallint
  tags       text[]
  meta       jsonb?
}

table toys {
  pet_id  bigint       @references(pets.id)
  number  integer
  label   varchar(20)?
  cost    numeric
  bought  date?
  primary_key(pet_id, number)
}

table items {
  id      bigint       @primary_key
  code    text         @unique
  size    bigint = 7
  word    text?
  price   numeric?
  ratio   double?
  state   State = v0
  at      timestamptz?
  day     date?
}

query contents {
  from items
  order_by id
  select id, code, size, word, price, ratio, state, at, day
}

table kinds {
  id      bigint       @primary_key
  yes     boolean?
  small   smallint?
  whole   integer?
  big     bigint?
  single  real?
  double  double?
  exact   numeric?
  money   numeric(10, 2)?
  word    text?
  short   varchar(20)?
  raw     bytes?
  key     uuid?
  day     date?
  at      timestamptz?
  local   timestamp_local?
  json    jsonb?
  words   text[]?
  bigs    bigint[]?
  state   State?
  mood    Mood?
}
"#;

/// The tables, those that others refer to first, and how many rows each has.
pub const TABLES: [(&str, usize); 5] = [("owners", 7), ("vets", 3), ("pets", 12), ("toys", 14), ("kinds", 14)];

/// The table that mutations write, and how many rows it has before each.
pub const WRITTEN: &str = "items";

/// See [`WRITTEN`].
pub const WRITTEN_ROWS: usize = 8;

/// The rows of a table, as JSON that `insert into … values $rows` takes.
pub fn rows(schema: &Schema, table: &Table, count: usize, rng: &mut TestRng) -> Value {
    (0..count).map(|number| row(schema, table, number, rng)).collect()
}

fn row(schema: &Schema, table: &Table, number: usize, rng: &mut TestRng) -> Value {
    let columns = table.columns.iter().map(|it| (it.name.clone(), cell(schema, table, it, number, rng)));
    Value::Object(columns.collect::<Map<_, _>>())
}

fn cell(schema: &Schema, table: &Table, column: &Column, number: usize, rng: &mut TestRng) -> Value {
    let is_null = column.nullable && rng.random_ratio(1, 4);
    match (table.name.name.as_str(), column.name.as_str()) {
        _ if is_null => Value::Null,
        ("vets", "id") => value::uuid(number).into(),
        (_, "id") => (number + 1).into(),
        (_, "code") => format!("code {number}").into(),
        (_, "owner_id") => rng.random_range(1..=5_u32).into(),
        (_, "vet_id") => value::uuid(rng.random_range(0..2)).into(),
        (_, "mother_id") if number == 0 => Value::Null,
        (_, "mother_id") => rng.random_range(1..=number).into(),
        ("kinds", "double") if rng.random_ratio(1, 3) => {
            ["NaN", "Infinity", "-Infinity", "1.7976931348623157e308"][rng.random_range(0..4_usize)].into()
        }
        // Two toys of each of seven pets.
        ("toys", "pet_id") => (number / 2 + 1).into(),
        ("toys", "number") => (number % 2 + 1).into(),
        _ => value::value(schema, &column.column_type, rng),
    }
}

/// Whether the type is one that queries compare and order.
pub(super) fn is_comparable(column_type: &orm_model::ColumnType) -> bool {
    !column_type.array && !matches!(column_type.scalar, ScalarType::Json | ScalarType::Jsonb)
}
