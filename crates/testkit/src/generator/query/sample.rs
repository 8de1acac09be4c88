//! A fixed schema that queries are drawn for.

use super::ground::{Link, Sample};

/// Owners, their pets, the pets' toys; vets by another kind of key; items, which mutations write; and a table with a column
/// of every type.
const SCHEMA: &str = r#"
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

/// The relations of its tables, by the names that they have where the schema gives none.
const LINKS: &[(&str, &str, &str, bool)] = &[
    ("pets", "owner", "owners", false),
    ("pets", "vet", "vets", false),
    ("pets", "mother", "pets", false),
    ("pets", "pets", "pets", true),
    ("owners", "pets", "pets", true),
    ("vets", "pets", "pets", true),
    ("pets", "toys", "toys", true),
    ("toys", "pet", "pets", false),
];

pub(super) fn sample() -> Sample {
    let links = LINKS.iter().map(|(of, name, target, many)| Link {
        of: (*of).to_owned(),
        name: (*name).to_owned(),
        target: (*target).to_owned(),
        many: *many,
    });
    Sample { text: SCHEMA.to_owned(), links: links.collect(), view_keys: Vec::new() }
}
