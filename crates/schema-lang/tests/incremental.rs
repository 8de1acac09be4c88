//! What an edit re-runs, read from salsa's events.

use std::sync::{Arc, Mutex};

use orm_model::Targets;
use orm_schema_lang::{Database, Workspace};

/// A workspace that writes down which queries are executed.
struct Observed {
    workspace: Workspace,
    executed: Arc<Mutex<Vec<String>>>,
}

impl Observed {
    fn new(files: &[(&str, &str)]) -> Self {
        let executed = Arc::new(Mutex::new(Vec::new()));
        let log = executed.clone();
        let db = Database::observed(move |event| {
            if let salsa::EventKind::WillExecute { database_key } = event.kind {
                let name = format!("{database_key:?}");
                log.lock()
                    .expect("no test panics while it holds the lock")
                    .push(name.split('(').next().unwrap_or_default().to_owned());
            }
        });
        let mut workspace = Workspace::with_database(db, Targets::default(), Default::default());
        for (path, text) in files {
            workspace.open(path, *text);
        }
        let mut observed = Observed { workspace, executed };
        observed.check();
        observed
    }

    /// Checks every file and returns what was executed for it, with how often.
    fn check(&mut self) -> Vec<(String, usize)> {
        self.executed.lock().expect("no test panics while it holds the lock").clear();
        let paths: Vec<_> = self.workspace.paths().cloned().collect();
        for path in paths {
            self.workspace.diagnostics(&path);
        }
        let mut names = self.executed.lock().expect("no test panics while it holds the lock").clone();
        names.sort();
        let mut counted: Vec<(String, usize)> = Vec::new();
        for name in names {
            match counted.last_mut() {
                Some((last, count)) if *last == name => *count += 1,
                _ => counted.push((name, 1)),
            }
        }
        counted
    }

    /// Replaces the first occurrence of a text in a file.
    fn replace(&mut self, path: &str, from: &str, to: &str) {
        let text = self.workspace.source(path).expect("the file is there").text().clone();
        let at = text.find(from).expect("the text is there");
        self.workspace.edit(path, at..at + from.len(), to);
    }
}

const USERS: &str = "\
mixin Timestamps {
  // when
  created_at  timestamptz = now()
}

table users {
  id     uuid = uuid()  @primary_key
  email  text           @unique
  ...Timestamps
}

table teams {
  id    uuid = uuid()  @primary_key
  name  text
}
";

const POSTS: &str = "\
table posts {
  id       uuid  @primary_key
  user_id  uuid  @references(users.id)

  index(user_id)
}
";

fn files() -> Observed {
    Observed::new(&[("posts.orm", POSTS), ("users.orm", USERS)])
}

fn executed(counted: &[(String, usize)]) -> Vec<(&str, usize)> {
    counted.iter().map(|(name, count)| (name.as_str(), *count)).collect()
}

#[test]
fn nothing_changed_runs_nothing() {
    assert_eq!(executed(&files().check()), []);
}

#[test]
fn a_comment_re_runs_nothing() {
    let mut observed = files();
    observed.replace("users.orm", "// when", "// when, and not where: a longer text");
    assert_eq!(executed(&observed.check()), []);
}

#[test]
fn white_space_and_moved_lines_re_run_nothing() {
    let mut observed = files();
    observed.replace("users.orm", "mixin Timestamps", "\n\n\nmixin Timestamps");
    assert_eq!(executed(&observed.check()), []);
    observed.replace("users.orm", "  email  text  ", "  email     text  ");
    assert_eq!(executed(&observed.check()), []);
}

#[test]
fn a_column_re_checks_its_own_table_only() {
    let mut observed = files();
    // Whoever depends on a declaration learns once that it is being edited.
    observed.replace("users.orm", "name  text", "name  varchar(8)");
    observed.check();
    observed.replace("users.orm", "name  varchar(8)", "name  varchar(20)");
    let counted = observed.check();
    let checks = counted.iter().find(|(name, _)| name == "check_declaration");
    assert_eq!(checks.map(|(_, count)| *count), Some(1), "{counted:?}");
}

#[test]
fn a_key_re_checks_the_tables_that_refer_to_it() {
    let mut observed = files();
    observed.replace("users.orm", "id     uuid = uuid()  @primary_key", "id     bigint  @primary_key");
    let found = observed.workspace.diagnostics("posts.orm");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].rule.slug, "foreign-key-columns");
}

#[test]
fn a_default_does_not_re_check_the_tables_that_refer_to_it() {
    let mut observed = files();
    // Whoever depends on a declaration learns once that it is being edited.
    observed.replace("users.orm", "= now()", "= sql(\"now\")");
    observed.check();
    observed.replace("users.orm", "= sql(\"now\")", "= sql(\"now()\")");
    let counted = observed.check();
    let checks = counted.iter().find(|(name, _)| name == "check_declaration");
    // The mixin and the table that spreads it; `posts` refers to `users`, whose signature is the same.
    assert_eq!(checks.map(|(_, count)| *count), Some(2), "{counted:?}");
}

#[test]
fn a_mixin_re_checks_the_tables_that_spread_it() {
    let mut observed = files();
    observed.replace("users.orm", "created_at  timestamptz = now()", "email  text");
    let found = observed.workspace.diagnostics("users.orm");
    assert!(found.iter().any(|it| it.rule.slug == "mixin-conflict"), "{found:#?}");
}

#[test]
fn a_new_name_is_seen_from_other_files() {
    let mut observed = files();
    observed.replace("users.orm", "table users", "table people");
    let found = observed.workspace.diagnostics("posts.orm");
    assert_eq!(found.iter().map(|it| it.rule.slug).collect::<Vec<_>>(), ["unknown-table"]);
    observed.replace("users.orm", "table people", "table users");
    assert_eq!(observed.workspace.diagnostics("posts.orm"), []);
}

#[test]
fn declarations_that_nobody_edits_are_not_looked_into() {
    let cost = |tables: usize| {
        let table = |n| format!("table t{n} {{\n  id    uuid  @primary_key\n  name  text\n}}\n");
        let mut observed = Observed::new(&[("schema.orm", &(0..tables).map(table).collect::<String>())]);
        observed.replace("schema.orm", "name  text", "name  varchar(8)");
        observed.check();
        observed.replace("schema.orm", "name  varchar(8)", "name  varchar(9)");
        observed.check().into_iter().map(|(_, count)| count).sum::<usize>()
    };
    assert_eq!(cost(50), cost(2));
}

#[test]
fn the_first_edit_of_a_table_re_checks_no_other() {
    let cost = |tables: usize| {
        let table = |n| format!("table t{n} {{\n  id    uuid  @primary_key\n  name  text\n\n  index(name)\n}}\n");
        let mut observed = Observed::new(&[("schema.orm", &(0..tables).map(table).collect::<String>())]);
        observed.replace("schema.orm", "  index(name)", "  index(name, id)");
        let counted = observed.check();
        counted.iter().find(|(name, _)| name == "check_declaration").map(|(_, count)| *count)
    };
    // The table itself, and the last one, which tells when there are too many indexes in all.
    assert_eq!(cost(2), Some(2));
    assert_eq!(cost(50), Some(2));
}

#[test]
fn a_name_re_checks_those_who_say_it() {
    let cost = |tables: usize| {
        let table = |n| {
            let parent = format!("  parent  uuid  @references(t{}.id)\n", n / 2);
            format!("table t{n} {{\n  id  uuid  @primary_key\n{parent}\n  index(parent)\n}}\n")
        };
        let mut observed = Observed::new(&[("schema.orm", &(0..tables).map(table).collect::<String>())]);
        observed.replace("schema.orm", "table t9 {", "table zz {");
        let counted = observed.check();
        counted.iter().find(|(name, _)| name == "check_declaration").map(|(_, count)| *count)
    };
    let few = cost(40);
    assert!(few.is_some_and(|it| it < 10), "{few:?} of 40 tables are checked again");
    // The last table, which tells when there are too many in all, is one of the few or comes on top.
    let more = cost(80);
    assert!(more == few || more == few.map(|it| it + 1), "{more:?} of 80 tables are checked again");
}

#[test]
fn a_declaration_that_gets_its_name_back_is_the_one_before() {
    let mut observed = files();
    for (from, to) in [
        ("table users", "table u"),
        ("table u", "table teams"),
        ("table teams {\n  id     u", "table users {\n  id     u"),
    ] {
        observed.replace("users.orm", from, to);
        observed.check();
    }
    assert_eq!(observed.workspace.diagnostics("users.orm"), []);
    assert_eq!(observed.workspace.diagnostics("posts.orm"), []);
}

#[test]
fn files_that_nobody_edits_are_not_even_looked_at() {
    let closed: Vec<_> =
        (0..200).map(|n| (format!("t{n}.orm"), format!("table t{n} {{\n  id  uuid  @primary_key\n}}\n"))).collect();
    let events = Arc::new(Mutex::new(0));
    let count = events.clone();
    let db = Database::observed(move |_| *count.lock().expect("no test panics while it holds the lock") += 1);
    let mut workspace = Workspace::with_database(db, Targets::default(), Default::default());
    workspace.set_closed(closed);
    workspace.open("users.orm", USERS);
    workspace.diagnostics("users.orm");

    let cost = |workspace: &mut Workspace, from: &str, to: &str| {
        let at = workspace.source("users.orm").expect("open").text().find(from).expect("there");
        workspace.edit("users.orm", at..at + from.len(), to);
        *events.lock().expect("no test panics while it holds the lock") = 0;
        workspace.diagnostics("users.orm");
        *events.lock().expect("no test panics while it holds the lock")
    };
    // The first edit of a declaration tells those who depend on it, and no closed file.
    cost(&mut workspace, "name  text", "name  varchar(8)");
    let with_200_files = cost(&mut workspace, "name  varchar(8)", "name  varchar(9)");
    for n in 0..200 {
        workspace.remove(&format!("t{n}.orm"));
    }
    workspace.diagnostics("users.orm");
    let with_one_file = cost(&mut workspace, "name  varchar(9)", "name  text");
    assert!(with_200_files <= with_one_file + 5, "{with_200_files} events with 200 files, {with_one_file} with one");
}

#[test]
fn a_keystroke_looks_at_chunks_of_declarations_not_at_each() {
    let events = Arc::new(Mutex::new(0_usize));
    let cost = |tables: usize| {
        let count = events.clone();
        let db = Database::observed(move |_| *count.lock().expect("no test panics while it holds the lock") += 1);
        let mut workspace = Workspace::with_database(db, Targets::default(), Default::default());
        let table = |n| format!("table t{n} {{\n  id    uuid  @primary_key\n  name  text\n}}\n");
        workspace.open("schema.orm", (0..tables).map(table).collect::<String>());
        workspace.findings("schema.orm");
        let at = workspace.source("schema.orm").expect("open").text().find("name").expect("there");
        // The first edit of a declaration tells those who depend on it.
        for (range, text) in [(at..at, "x"), (at..at + 1, "y")] {
            workspace.edit("schema.orm", range, text);
            *events.lock().expect("no test panics while it holds the lock") = 0;
            workspace.findings("schema.orm");
        }
        *events.lock().expect("no test panics while it holds the lock")
    };
    let (small, large) = (cost(128), cost(1_280));
    assert!(large - small < (1_280 - 128) / 8, "{small} events with 128 tables, {large} with 1280");
}

#[test]
fn what_an_edit_leaves_alone_is_shared_not_copied() {
    let table = |n| format!("table t{n} {{\n  name  text\n}}\n");
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("schema.orm", (0..100).map(table).collect::<String>());
    let addresses = |workspace: &Workspace| {
        let findings = workspace.findings("schema.orm");
        assert_eq!(findings.len(), 100, "each table lacks a primary key: {findings:#?}");
        findings.iter().map(|it| it.message().as_ptr() as usize).collect::<Vec<_>>()
    };
    let at = workspace.source("schema.orm").expect("open").text().find("name").expect("there");
    // The first edit of a declaration tells those who depend on it.
    workspace.edit("schema.orm", at..at, "x");
    let before = addresses(&workspace);
    workspace.edit("schema.orm", at..at, "x");
    assert_eq!(addresses(&workspace)[1..], before[1..]);
}

/// What a keystroke looks into: what salsa validates and what it executes, without what is durable enough not to be.
fn looked_into(act: impl FnOnce(&mut Workspace)) -> usize {
    let count = Arc::new(Mutex::new(0));
    let counter = count.clone();
    let db = Database::observed(move |event| {
        let is_work = matches!(
            event.kind,
            salsa::EventKind::WillExecute { .. } | salsa::EventKind::DidValidateMemoizedValue { .. }
        );
        *counter.lock().expect("no test panics while it holds the lock") += usize::from(is_work);
    });
    let mut workspace = Workspace::with_database(db, Targets::default(), Default::default());
    let table = |n| format!("table t{n} {{\n  id  uuid  @primary_key\n  ...Stamped\n  name  text\n}}\n");
    let tables: String = (0..300).map(table).collect();
    workspace.open("schema.orm", format!("mixin Stamped {{\n  made  timestamptz\n}}\n{tables}"));
    workspace.open("queries.orm", "query first {\n  from t0\n  select id, name\n}\n");
    for path in ["schema.orm", "queries.orm"] {
        workspace.diagnostics(path);
    }
    act(&mut workspace);
    let count = count.lock().expect("no test panics while it holds the lock");
    *count
}

/// Edits a file at a text, checks it, and takes the edit back; then the same again as often as told.
fn type_at(workspace: &mut Workspace, path: &str, place: &str, times: usize) {
    for _ in 0..times {
        for (length, text) in [(0, "x"), (1, "")] {
            let at = workspace.source(path).expect("the file is there").text().find(place).expect("the text is there");
            workspace.edit(path, at + place.len()..at + place.len() + length, text);
            workspace.diagnostics(path);
        }
    }
}

#[test]
fn typing_a_name_looks_into_a_part_of_a_file() {
    let of = |times| looked_into(|it| type_at(it, "schema.orm", "table t150", times));
    // The first keys make the declaration less durable, which concerns the whole file.
    let more = of(6) - of(4);
    assert!(more < 4 * 300, "four keys look into {more} things, with 300 tables");
}

#[test]
fn a_mixin_that_is_not_edited_any_more_is_as_durable_as_before() {
    let of = |settles: bool, times| {
        looked_into(|it| {
            type_at(it, "schema.orm", "made  timestamptz", 1);
            if settles {
                it.settle();
            }
            it.diagnostics("schema.orm");
            type_at(it, "schema.orm", "table t150 {\n  id  uuid  @primary_key\n  ...Stamped\n  name", times);
        })
    };
    let (unsettled, settled) = (of(false, 4) - of(false, 2), of(true, 4) - of(true, 2));
    assert!(settled * 3 < unsettled, "{settled} with, {unsettled} without");
}

#[test]
fn a_query_of_values_does_not_depend_on_which_names_there_are() {
    let of = |times| {
        looked_into(|it| {
            let query = |n| format!("query q{n}(least: bigint, like: text?) {{\n  from t{n}\n  select id\n}}\n");
            it.open("more.orm", (0..200).map(query).collect::<String>());
            it.diagnostics("more.orm");
            type_at(it, "more.orm", "query q0(least: bigint, like: text?) {\n  from t0\n  select id", times);
        })
    };
    let more = of(6) - of(4);
    assert!(more < 4 * 100, "four keys look into {more} things, with 200 queries");
}

#[test]
fn what_was_edited_settles_but_for_the_last() {
    looked_into(|it| {
        assert!(it.is_settled());
        for place in ["table t1 {\n  id  uuid", "table t2 {\n  id  uuid"] {
            type_at(it, "schema.orm", place, 1);
        }
        assert!(!it.is_settled());
        it.settle();
        assert!(it.is_settled());
        // Every table depends on a mixin, so that it settles even if it was edited last.
        type_at(it, "schema.orm", "made  timestamptz", 1);
        assert!(!it.is_settled());
        it.settle();
        assert!(it.is_settled());
    });
}

#[test]
fn what_is_declared_no_more_is_gone_for_those_behind_whoever_named_it() {
    let text = "/// When.\nmixin Stamped {\n  made  timestamptz\n}\nmixin Base {\n  ...Stamped\n  id  uuid  @primary_key\n}\ntable users \
                {\n  ...Base\n}\nmutation add(rows: users[]) : exec {\n  insert into users\n  values $rows\n}\n";
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.set_closed([("schema.orm".to_owned(), text.to_owned())]);
    let before = workspace.schema();
    // The comment takes the header of the mixin, and gives it back.
    let at = text.find("\nmixin Stamped").expect("the text is there");
    workspace.diagnostics("schema.orm");
    workspace.edit("schema.orm", at..at + 1, "x");
    let mut fresh = Workspace::new(Targets::default(), Default::default());
    fresh.set_closed([("schema.orm".to_owned(), text.replace("\nmixin Stamped", "xmixin Stamped"))]);
    assert_eq!(workspace.diagnostics("schema.orm"), fresh.diagnostics("schema.orm"));
    assert_eq!(workspace.schema(), fresh.schema());
    assert_ne!(workspace.schema(), before);
    workspace.edit("schema.orm", at..at + 1, "\n");
    assert_eq!(workspace.schema(), before);
}

/// Each declaration's kind, name and number among those of the same name, and what is wrong in the file.
fn described(workspace: &Workspace, path: &str) -> (Vec<String>, Vec<orm_schema_lang::FileDiagnostic>) {
    let db = workspace.database();
    let declarations = workspace.file(path).expect("the file is there").declarations(db);
    let describe = |it: &orm_schema_lang::database::Declaration| {
        format!("{:?} {} {} {:?}", it.kind(db), it.name(db), it.duplicate(db), it.item(db))
    };
    (declarations.iter().map(describe).collect(), workspace.diagnostics(path))
}

#[test]
fn declarations_after_edits_are_those_of_the_text() {
    const PIECES: [&str; 9] = [
        "table a {\n  id  uuid  @primary_key\n}\n",
        "table a {\n  id  bigint\n  ...a\n}\n",
        "table b {\n  a_id  uuid  @references(a.id)\n}\n",
        "mixin a {\n  made  date\n}\n",
        "enum a { x, y }\n",
        "enum b { x }\n",
        "table {\n  n  b?\n}\n",
        "?? junk\n",
        "query a {\n  from b\n  select a_id\n}\n",
    ];
    let mut state = 7_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("a.orm", "");
    let mut text = String::new();
    for round in 0..600 {
        let lines: Vec<_> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let start = lines[random(lines.len())];
        let later: Vec<_> = lines.iter().copied().filter(|it| *it >= start).take(8).collect();
        let end = if text.len() > 600 { *later.last().expect("the start") } else { later[random(later.len().min(3))] };
        let new: String = (0..random(4)).map(|_| PIECES[random(PIECES.len())]).collect();
        workspace.edit("a.orm", start..end, &new);
        text.replace_range(start..end, &new);
        if round % 5 == 0 {
            workspace.settle();
        }
        let mut fresh = Workspace::new(Targets::default(), Default::default());
        fresh.open("a.orm", text.as_str());
        assert_eq!(described(&workspace, "a.orm"), described(&fresh, "a.orm"), "after {round} edits:\n{text}");
    }
}
