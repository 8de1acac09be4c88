//! A name as the language writes it is read as that name wherever a name may stand.

use orm_model::Targets;
use orm_schema_lang::{Severity, Workspace, diagnostics::written_name};
use orm_testkit::repository;

/// Texts without an error, in which `NAME` is a column of `t`, and something else besides.
const PLACES: &[&str] = &[
    "table u {\n  id  bigint  @primary_key\n  NAME  bigint\n  other  bigint\n\n  index(NAME, other)\n  unique(other, NAME)\n  \
     check(NAME > 1 and 2 > NAME)\n}\n",
    "table u {\n  id  bigint  @primary_key\n  NAME  bigint\n  other  bigint\n\n  index(other, storing: [NAME], where: NAME > 1)\n}\n",
    "table u {\n  id  bigint  @primary_key\n  t_id  bigint  @references(k.NAME, as: NAME)\n\n  index(t_id)\n}\ntable k {\n  NAME  bigint  \
     @primary_key\n}\nquery q {\n  from u\n  where NAME.NAME = 1\n  select id, NAME { NAME }, x: NAME.NAME\n}\n",
    "enum E { NAME, other }\ntable u {\n  id  bigint  @primary_key\n  e  E = NAME\n\n  check(e != NAME)\n}\nquery q {\n  from u\n  where \
     e = NAME or e in (NAME, other)\n  select id\n}\n",
    "table NAME {\n  k  bigint  @primary_key\n}\nquery q {\n  from NAME\n  where NAME.k = 1\n  select NAME.k\n}\n",
    "query q {\n  from t\n  where NAME = 1 and 2 > t.NAME\n  order_by NAME\n  select NAME, y: t.NAME, z: coalesce(id, NAME)\n}\n",
    "query q {\n  from t\n  group_by NAME\n  order_by NAME desc\n  select NAME, many: count()\n}\n",
    "query q {\n  from t as NAME\n  where NAME.id = 1\n  select NAME: NAME.id\n}\n",
    "query q {\n  from t\n  select x: case when NAME = 1 then NAME else t.NAME end\n}\n",
    "query q {\n  with NAME { from t select NAME: id }\n  from NAME\n  select NAME.NAME\n}\n",
    "query q {\n  from t\n  where id in { from t as s where s.NAME = 1 order_by s.NAME limit 1 select s.NAME }\n  where id in { from t where \
     NAME = 1 group_by NAME select NAME }\n  select id\n}\n",
    "mutation m {\n  insert into t\n  values { id: 1, NAME: 2 }\n  on_conflict(id) do update set NAME = excluded.NAME\n}\n",
    "mutation m : optional {\n  update t\n  set NAME = t.NAME + 1\n  where id = 1\n  returning NAME\n}\n",
];

/// The words of the grammar.
fn words() -> Vec<String> {
    let (_, grammar) = repository::file("tree-sitter-orm/grammar.js");
    let quoted = grammar.split('\'').skip(1).step_by(2);
    let mut words: Vec<_> =
        quoted.filter(|it| it.starts_with(|it: char| it.is_ascii_lowercase())).map(str::to_owned).collect();
    words.retain(|it| it.bytes().all(|it| it.is_ascii_lowercase() || it == b'_'));
    words.sort_unstable();
    words.dedup();
    words
}

fn errors(name: &str, place: &str) -> Vec<String> {
    let text = format!("table t {{\n  id  bigint  @primary_key\n  {name}  bigint\n}}\n{}", place.replace("NAME", name));
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("a.orm", text.as_str());
    let found = workspace.diagnostics("a.orm");
    found.iter().filter(|it| it.severity == Severity::Error).map(|it| format!("{}\n{text}", it.message)).collect()
}

#[test]
fn every_word_of_the_grammar_may_be_a_name_as_it_is_written() {
    let words = words();
    assert!(words.len() > 80 && words.iter().any(|it| it == "order_by"), "{words:?}");
    for place in PLACES {
        assert_eq!(errors("plain", place), [] as [String; 0]);
        for word in &words {
            assert_eq!(errors(&written_name(word), place), [] as [String; 0], "{word}");
        }
    }
}
