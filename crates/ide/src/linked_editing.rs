//! Places that change together while one of them is typed: the name that a query gives to something, wherever it stands.
//!
//! Only a query itself knows its parameters, aliases and `with`. Other names are known elsewhere, or to the databases: a
//! rename follows them.

use std::ops::Range;

use orm_schema_lang::{Database, File};

use crate::{
    names::Shorthand,
    search::Sought,
    symbol::{LocalKind, Symbol},
    symbol_at::symbol_at,
};

/// Every place of the name at `offset`, in the order of the text; none where the name is known elsewhere.
pub(crate) fn linked_editing(db: &Database, file: File, offset: usize) -> Vec<Range<usize>> {
    let Some(here) = symbol_at(db, file, offset) else { return Vec::new() };
    let is_own = match here.symbol {
        Symbol::Parameter { .. } => true,
        Symbol::Local(it) => it.kind != LocalKind::Output,
        _ => false,
    };
    let text = file.source(db).text();
    let (Some(written), true) = (text.get(here.range), is_own) else { return Vec::new() };
    let Some(sought) = Sought::new(db, &here.symbol, written) else { return Vec::new() };
    let found = sought.in_file(db, file);
    // In `values { $email }` the name is also that of the column, which stays.
    let is_alone = found.iter().all(|it| it.occurrence.shorthand == Shorthand::No);
    let is_same = found.iter().all(|it| text.get(it.occurrence.range.clone()) == Some(written));
    if !is_alone || !is_same {
        return Vec::new();
    }
    found.into_iter().map(|it| it.occurrence.range).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    const TABLES: &str = "table users {\n  id  uuid  @primary_key\n  email  text\n}\n";

    /// The lines with the places, whose text is shown in brackets.
    fn linked(query: &str) -> Vec<String> {
        let (analysis, fixture) = analysis(&format!("{TABLES}{query}"));
        let cursor = fixture.cursor();
        let text = fixture.text(&cursor.path);
        let ranges = analysis.linked_editing(&cursor.path, cursor.offset).unwrap();
        assert!(ranges.windows(2).all(|it| it[0].end <= it[1].start), "{ranges:?}");
        ranges.into_iter().map(|it| format!("{}[{}]", &text[it.start - 2..it.start], &text[it])).collect()
    }

    #[test]
    fn what_only_the_query_knows_changes_together() {
        let query = "query q(email: text) {\n  from users as u\n  where u.email = $email and $email != \"\"\n  select u.id\n}\n";
        assert_eq!(linked(&query.replace("q(em", "q(e$0m")), ["q([email]", " $[email]", " $[email]"]);
        assert_eq!(linked(&query.replace("as u", "as $0u")), ["s [u]", "e [u]", "t [u]"]);
        let with = "query q {\n  with rec$0ent { from users select id }\n  from recent\n  select recent.id\n}\n";
        assert_eq!(linked(with), ["h [recent]", "m [recent]", "t [recent]"]);
        let raw = "query q(n$0: text) : many(id: uuid) = sql(\"SELECT ${users.id} FROM ${users} WHERE email = $n\")\n";
        assert_eq!(linked(raw), ["q([n]", " $[n]"]);
    }

    #[test]
    fn what_others_know_is_for_a_rename() {
        for query in [
            "query q {\n  from us$0ers\n  select id\n}\n",
            "query q$0 {\n  from users\n  select id\n}\n",
            "query q {\n  from users\n  select em$0ail\n}\n",
            "query q {\n  from users\n  select n$0: email\n}\n",
            "mutation q(id: uuid, em$0ail: text) {\n  insert into users\n  values { $id, $email }\n}\n",
            "query q {\n  fr$0om users\n  select id\n}\n",
        ] {
            assert_eq!(linked(query), [""; 0], "{query}");
        }
    }
}
