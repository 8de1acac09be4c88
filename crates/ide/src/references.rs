//! Where something is named.

use std::{ops::Range, sync::Arc};

use orm_schema_lang::{Database, File};

use crate::{names::Access, search::Sought};

/// A place where something is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The file.
    pub path: Arc<str>,
    /// The bytes of the name.
    pub range: Range<usize>,
    /// Whether the name is declared here.
    pub is_declaration: bool,
}

/// Where the thing is named that the name at `offset` means, its declaration included; for a table, where relations lead to
/// it as well. Nothing for words of the language.
pub(crate) fn references(db: &Database, file: File, offset: usize) -> Vec<Reference> {
    let Some(sought) = Sought::at(db, file, offset) else { return Vec::new() };
    let found = sought.everywhere(db).into_iter().map(|it| Reference {
        path: it.file.path(db).clone(),
        range: it.occurrence.range,
        is_declaration: it.occurrence.access == Access::Declaration,
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    /// The lines that name what is under the cursor, each name in `«»`, a declaration in `«»!`.
    #[track_caller]
    fn references(fixture: &str) -> String {
        let (analysis, fixture) = analysis(fixture);
        let cursor = fixture.cursor();
        let mut lines: Vec<(String, usize, String)> = Vec::new();
        for found in analysis.references(&cursor.path, cursor.offset).unwrap().into_iter().rev() {
            let text = fixture.text(&found.path);
            let start = text[..found.range.start].rfind('\n').map_or(0, |it| it + 1);
            let end = text[found.range.end..].find('\n').map_or(text.len(), |it| found.range.end + it);
            let is_same = |it: &&mut (String, usize, String)| it.0 == *found.path && it.1 == start;
            if !lines.last_mut().is_some_and(|it| is_same(&it)) {
                lines.push((found.path.to_string(), start, text[start..end].to_owned()));
            }
            let Some((_, _, line)) = lines.last_mut() else { continue };
            let sign = if found.is_declaration { "»!" } else { "»" };
            line.insert_str(found.range.end - start, sign);
            line.insert(found.range.start - start, '«');
        }
        lines.reverse();
        let many = fixture.files.len() > 1;
        let line = |(path, _, line): &(String, usize, String)| match many {
            true => format!("{path}: {}", line.trim()),
            false => line.trim().to_owned(),
        };
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn check(fixture: &str, expected: &[&str]) {
        assert_eq!(references(fixture), expected.join("\n"));
    }

    const BLOG: &str = "enum State { draft, published }\n\
        table users {\n  id  uuid  @primary_key\n  email  text  @unique\n}\n\
        table posts {\n  id  uuid  @primary_key\n  user_id  uuid  @references(users.id, as: author)\n  state  State = \
        draft\n  title text\n  index(user_id, state)\n}\n";

    /// The blog with a query, and the cursor in one of them.
    fn blog(query: &str, place: &str) -> String {
        let text = format!("{BLOG}{query}\n");
        let cursor = place.replace("$0", "");
        assert_eq!(text.matches(&cursor).count(), 1, "{cursor} stands once");
        text.replace(&cursor, place)
    }

    #[test]
    fn a_table_is_named_by_keys_queries_and_relations() {
        let query = "query mine(rows: users[]) {\n  from posts as p\n  join users on users.id = p.user_id\n  select p.id, \
                     author { email }\n}";
        let expected = [
            "table «users»! {",
            "user_id  uuid  @references(«users».id, as: «author»!)",
            "query mine(rows: «users»[]) {",
            "join «users» on «users».id = p.user_id",
            "select p.id, «author» { email }",
        ];
        check(&blog(query, "table us$0ers"), &expected);
        check(&blog(query, "join users on us$0ers.id"), &expected);
    }

    #[test]
    fn a_column_is_named_by_keys_items_and_queries() {
        let query = "query mine(id: uuid) {\n  from users\n  where id = $id\n  order_by users.id\n  select id, posts(where: \
                     id > $id) { id }\n}";
        let expected = [
            "«id»!  uuid  @primary_key",
            "user_id  uuid  @references(users.«id», as: author)",
            "where «id» = $id",
            "order_by users.«id»",
            "select «id», posts(where: id > $id) { id }",
        ];
        check(&blog(query, "order_by users.$0id"), &expected);
        check(
            &blog(query, "index(user$0_id, state)"),
            &["«user_id»!  uuid  @references(users.id, as: author)", "index(«user_id», state)"],
        );
    }

    #[test]
    fn names_of_other_things_with_the_same_spelling_are_left_out() {
        check("table a {\n  name te$0xt\n}\ntable b {\n  name text\n}\n", &[]);
        check(
            "table a {\n  na$0me text @check(name != \"name\")\n}\ntable b {\n  name text\n  index(name)\n}\n",
            &["«name»! text @check(«name» != \"name\")"],
        );
    }

    #[test]
    fn a_column_of_a_mixin_is_named_wherever_it_is_spread() {
        check(
            "//- a.orm\nmixin Base {\n  i$0d uuid @primary_key\n}\n//- b.orm\ntable users {\n  ...Base\n  index(id)\n}\n//- \
             c.orm\ntable posts {\n  id bigint @primary_key\n  user uuid @references(users.id)\n}\nquery q {\n  from users\n  \
             select id\n}\n",
            &[
                "a.orm: «id»! uuid @primary_key",
                "b.orm: index(«id»)",
                "c.orm: user uuid @references(users.«id»)",
                "c.orm: select «id»",
            ],
        );
    }

    #[test]
    fn mixins_enums_and_values() {
        let query = "query q(state: State = draft) {\n  from posts\n  where state = draft or state in (published, draft)\n  \
                     select id\n}\nmutation m(id: uuid) {\n  update posts\n  set state = draft\n  where id = $id\n}";
        check(
            &blog(query, "enum State { dr$0aft"),
            &[
                "enum State { «draft»!, published }",
                "state  State = «draft»",
                "query q(state: State = «draft») {",
                "where state = «draft» or state in (published, «draft»)",
                "set state = «draft»",
            ],
        );
        check(
            &blog(query, "enum St$0ate"),
            &["enum «State»! { draft, published }", "state  «State» = draft", "query q(state: «State» = draft) {"],
        );
        check(
            "mixin Ba$0se {\n  id uuid\n}\nmixin Owned {\n  ...Base\n}\ntable t {\n  ...Base\n}\n",
            &["mixin «Base»! {", "...«Base»", "...«Base»"],
        );
    }

    #[test]
    fn parameters_common_tables_aliases_and_outputs() {
        let query = "query q(min: integer) {\n  with busy {\n    from posts\n    group_by user_id\n    having count() > $min\n    \
                     select who: user_id, many: count()\n  }\n  from busy as b\n  where b.many > $min\n  order_by total\n  \
                     select b.who, total: b.many\n}";
        check(
            &blog(query, "q(mi$0n: integer)"),
            &["query q(«min»!: integer) {", "having count() > $«min»", "where b.many > $«min»"],
        );
        check(&blog(query, "with bu$0sy"), &["with «busy»! {", "from «busy» as b"]);
        check(
            &blog(query, "from busy as $0b"),
            &["from busy as «b»!", "where «b».many > $min", "select «b».who, total: «b».many"],
        );
        check(
            &blog(query, "many$0: count()"),
            &["select who: user_id, «many»!: count()", "where b.«many» > $min", "select b.who, total: b.«many»"],
        );
        check(&blog(query, "tot$0al: b.many"), &["order_by «total»", "select b.who, «total»!: b.many"]);
        let query = "query q {\n  from posts\n  group_by letter\n  order_by letter\n  select letter: left(title, 1), many: \
                     count()\n}";
        let expected = ["group_by «letter»", "order_by «letter»", "select «letter»!: left(title, 1), many: count()"];
        check(&blog(query, "group_by lett$0er"), &expected);
    }

    #[test]
    fn a_mutation_names_columns_by_what_it_writes() {
        let query = "mutation save(id: uuid, email: text) {\n  insert into users\n  values { $id, email: $email }, { $id, \
                     $email }\n  on_conflict(email) do update set email = excluded.email where users.id = $id\n  returning \
                     id, email\n}";
        check(
            &blog(query, "em$0ail  text"),
            &[
                "«email»!  text  @unique",
                "values { $id, «email»: $email }, { $id, $«email» }",
                "on_conflict(«email») do update set «email» = excluded.«email» where users.id = $id",
                "returning id, «email»",
            ],
        );
        check(
            &blog(query, "em$0ail: text"),
            &["mutation save(id: uuid, «email»!: text) {", "values { $id, email: $«email» }, { $id, $«email» }"],
        );
    }

    #[test]
    fn what_is_inserted_from_a_query_goes_into_the_columns_of_its_names() {
        let query = "mutation copy {\n  insert into users\n  from posts\n  select id, email: title\n}";
        check(&blog(query, "em$0ail  text"), &["«email»!  text  @unique", "select id, «email»: title"]);
        check(
            &blog(query, "users {\n  i$0d  uuid"),
            &[
                "«id»!  uuid  @primary_key",
                "user_id  uuid  @references(users.«id», as: author)",
                "select «id», email: title",
            ],
        );
    }

    #[test]
    fn relations_are_named_by_their_key_or_its_argument() {
        let query = "query q {\n  from posts\n  select id, author { email, posts { id } }\n}";
        check(
            &blog(query, "select id, auth$0or"),
            &["user_id  uuid  @references(users.id, as: «author»!)", "select id, «author» { email, posts { id } }"],
        );
        check(&blog(query, "email, pos$0ts"), &["select id, author { email, «posts» { id } }"]);
    }

    #[test]
    fn a_path_goes_along_relations() {
        let query = "query q {\n  from posts\n  where author.email != \"\"\n  select posts.author.id, author.email\n}";
        check(
            &blog(query, "em$0ail  text"),
            &["«email»!  text  @unique", "where author.«email» != \"\"", "select posts.author.id, author.«email»"],
        );
        check(
            &blog(query, "posts.auth$0or"),
            &[
                "user_id  uuid  @references(users.id, as: «author»!)",
                "where «author».email != \"\"",
                "select posts.«author».id, «author».email",
            ],
        );
    }

    #[test]
    fn sequences_views_and_raw_sql() {
        check(
            "sequence shop.num$0bers\ntable t {\n  id bigint = nextval(shop.numbers) @primary_key\n}\n",
            &["sequence «shop.numbers»!", "id bigint = nextval(«shop.numbers») @primary_key"],
        );
        let query = "view recent {\n  from posts\n  select id, subject: title\n}\nquery q {\n  from recent\n  select id, \
                     recent.subject\n}";
        check(&blog(query, "view rec$0ent"), &["view «recent»! {", "from «recent»", "select id, «recent».subject"]);
        check(&blog(query, "subj$0ect: title"), &["select id, «subject»!: title", "select id, recent.«subject»"]);
        check(
            &blog(query, "posts {\n  i$0d  uuid"),
            &["«id»!  uuid  @primary_key", "select «id», subject: title", "select «id», recent.subject"],
        );
        let raw = "query q(mail: text) : many(id: uuid) = sql(\"\"\"SELECT id FROM ${users} WHERE ${users.email} = \
                   $mail\"\"\")";
        check(&blog(raw, "em$0ail  text"), &["«email»!  text  @unique", &raw.replace("users.email", "users.«email»")]);
        check(&blog(raw, "(mai$0l: text)"), &[&raw.replace("(mail", "(«mail»!").replace("$mail", "$«mail»")]);
    }

    #[test]
    fn views_that_read_one_another_end() {
        check(
            "view a {\n  from b\n  select x: id\n}\nview b {\n  from a\n  select id: x\n}\nquery q {\n  from $0a\n  select x\n}\n",
            &["view «a»! {", "from «a»", "from «a»"],
        );
    }
}
