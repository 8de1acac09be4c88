use chrono::{TimeZone, Utc};
use orm_engine::migrate::{
    Migrations,
    create::{Creation, Request, create},
};
use orm_model::{Dialect, Targets};
use orm_schema_lang::Workspace;
use orm_testkit::generator;
use proptest::prelude::*;

use super::{MigrationPart, MigrationView};
use crate::{Analysis, AnalysisHost, MigrationFile, Severities};

/// A project whose migrations make `before` and whose file says `after`.
fn analysis(before: &str, after: &str) -> Analysis {
    analysis_for(before, after, &Targets::default())
}

fn analysis_for(before: &str, after: &str, targets: &Targets) -> Analysis {
    let mut host = AnalysisHost::new(targets.clone(), Severities::new());
    host.set_migrations(vec![migration(before, targets)]);
    host.workspace_mut().open("schema.orm", after);
    host.analysis()
}

/// The migration that makes a schema, empty or not.
fn migration(text: &str, targets: &Targets) -> MigrationFile {
    let mut workspace = Workspace::new(targets.clone(), Severities::new());
    workspace.open("schema.orm", text);
    let schema = workspace.schema();
    let now = Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).unwrap();
    let request = Request { schema: &schema, targets, title: "first", accept_data_loss: true, empty: false, now };
    let empty = Request { empty: true, ..request };
    let none = Migrations::default();
    let created = match create(&none, &request).unwrap() {
        Creation::NothingChanged => create(&none, &empty).unwrap(),
        other => other,
    };
    let Creation::New(created) = created else { panic!("{created:?}") };
    MigrationFile { name: created.name.file_name(), content: created.text.into_bytes() }
}

fn view(analysis: &Analysis, part: &MigrationPart) -> Option<MigrationView> {
    analysis.migration_view("schema.orm", part).unwrap()
}

/// The lenses with the name that each stands above, and what they say.
fn lenses(analysis: &Analysis) -> Vec<String> {
    let text = analysis.text("schema.orm").unwrap().unwrap();
    let lens = |it: crate::MigrationLens| {
        format!("{}: {}", &text[it.range], view(analysis, &it.part).unwrap().title())
            .trim_start_matches(": ")
            .to_owned()
    };
    analysis.migration_lenses("schema.orm").unwrap().into_iter().map(lens).collect()
}

const USERS: &str = "table users {\n  id  uuid = uuid()  @primary_key\n  email  varchar(80)\n  age  integer?\n}\n";

/// What the lens above `users` says, after this replacement in it.
#[track_caller]
fn users(old: &str, new: &str) -> String {
    let after = USERS.replace(old, new);
    assert_ne!(after, USERS);
    let found = lenses(&analysis(USERS, &after));
    found.iter().find_map(|it| it.strip_prefix("users: ")).unwrap_or_else(|| panic!("{found:?}")).to_owned()
}

#[test]
fn a_column_that_may_be_null_is_instant() {
    assert_eq!(
        users("  age ", "  nickname  text?\n  age "),
        "PostgreSQL: +column nickname, instant · Spanner: +column nickname, instant"
    );
}

#[test]
fn a_default_of_its_own_in_each_row_rewrites() {
    assert_eq!(
        users("  age ", "  token  uuid = uuid()\n  age "),
        "PostgreSQL: +column token, rewrites the table, blocks reads and writes · Spanner: +column token, writes rows"
    );
}

#[test]
fn a_promise_reads_the_rows_and_may_fail() {
    assert_eq!(
        users("integer?", "integer"),
        "PostgreSQL: changes column age, reads every row, blocks reads and writes, may fail · Spanner: changes column \
         age, reads every row, may fail"
    );
}

#[test]
fn an_index_blocks_writes_in_postgres() {
    assert_eq!(
        users("}\n", "  index(age)\n}\n"),
        "PostgreSQL: +index idx_users_age, builds an index, blocks writes · Spanner: +index idx_users_age, builds an index"
    );
}

#[test]
fn what_is_dropped_is_lost() {
    assert_eq!(
        users("  age  integer?\n", ""),
        "PostgreSQL: -column age, instant, loses data · Spanner: -column age, -check ck_users_age, instant, loses data"
    );
}

#[test]
fn what_a_database_cannot_do_in_place_is_told_with_the_steps_instead() {
    let after = USERS.replace("age  integer?", "age  text?");
    let analysis = analysis(USERS, &after);
    let found = lenses(&analysis);
    assert!(found[1].starts_with("users: PostgreSQL: changes column age, rewrites the table"), "{found:?}");
    let spanner = "Spanner: changes column age, -check ck_users_age, not possible in place";
    assert!(
        found[1].ends_with(spanner),
        "what is not possible is named, and what is done beside it is not instant: {found:?}"
    );
    let keyed =
        self::analysis(USERS, &USERS.replace("  age", "  primary_key(id, email)\n  age").replace("  @primary_key", ""));
    assert!(lenses(&keyed)[1].ends_with("Spanner: changes primary key, not possible in place"), "{:?}", lenses(&keyed));
    let view = view(&analysis, &MigrationPart::Declaration(6)).unwrap();
    let spanner = &view.sections()[1];
    assert_eq!(spanner.dialect, Dialect::Spanner);
    assert!(spanner.text.starts_with("-- orm:unsupported cannot change column age of table users"), "{}", spanner.text);
    assert!(spanner.text.contains("add a column of the new type under another name"), "{}", spanner.text);
}

#[test]
fn the_top_tells_the_whole_and_what_goes() {
    let before = format!("{USERS}table posts {{\n  id  uuid  @primary_key\n}}\n");
    assert_eq!(
        lenses(&analysis(&before, USERS)),
        [
            "Next migration · PostgreSQL: 1 statement, instant, loses data · Spanner: 1 statement, instant, loses data",
            "table posts goes · PostgreSQL: -table posts, instant, loses data · Spanner: -table posts, instant, loses data",
        ]
    );
}

#[test]
fn a_renamed_table_does_not_go() {
    let found = lenses(&analysis(USERS, &USERS.replace("users {", "people @was(users) {")));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].starts_with("people: PostgreSQL: renames table people"), "{found:?}");
}

#[test]
fn new_enums_views_and_sequences_have_lenses() {
    let after = format!(
        "{USERS}enum Role {{ member, admin }}\nsequence numbers\nview names {{\n  from users\n  select email\n}}\n"
    );
    let found = lenses(&analysis(USERS, &after));
    let above: Vec<_> = found.iter().filter_map(|it| it.split_once(": ")).map(|(name, _)| name).collect();
    assert_eq!(above[1..], ["Role", "numbers", "names"], "{found:?}");
    assert!(found[3].contains("+view names, instant"), "{found:?}");
}

#[test]
fn an_enum_tells_the_checks_of_its_columns() {
    let before = "enum Role : text { member }\ntable users {\n  id  uuid  @primary_key\n  role  Role\n}\n";
    let found = lenses(&analysis(before, &before.replace("{ member }", "{ member, admin }")));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].starts_with("Role: PostgreSQL: rebuilds check ck_users_role, reads every row"), "{found:?}");
}

#[test]
fn a_type_that_is_made_anew_tells_what_becomes_of_its_columns() {
    let before = "enum Role @postgres(native: true) { member, admin, guest }\ntable users {\n  id  uuid  @primary_key\n  role  Role\n}\n";
    let found = lenses(&analysis(before, &before.replace(", guest", "")));
    assert_eq!(found.len(), 2, "{found:?}");
    let told = "Role: PostgreSQL: changes type Role, changes column role, rewrites the table, blocks reads and writes";
    assert!(found[1].to_lowercase().starts_with(&told.to_lowercase()), "{found:?}");
}

#[test]
fn without_a_change_there_is_no_lens() {
    let reordered = "table users {\n  id  uuid = uuid()  @primary_key\n  age  integer?\n  email  varchar(80)\n}\n";
    for after in [USERS, reordered] {
        assert_eq!(lenses(&analysis(USERS, after)), Vec::<String>::new());
    }
}

#[test]
fn without_migrations_there_is_the_first_one_at_the_top_only() {
    let analysis = crate::testing::host(&[("schema.orm", USERS)]).analysis();
    assert_eq!(
        lenses(&analysis),
        ["First migration · PostgreSQL: 1 statement, instant · Spanner: 1 statement, instant"]
    );
}

#[test]
fn migrations_that_cannot_be_understood_are_told_at_the_top() {
    let mut host = crate::testing::host(&[("schema.orm", USERS)]);
    host.set_migrations(vec![MigrationFile { name: "a.sql".to_owned(), content: b"nonsense".to_vec() }]);
    let found = lenses(&host.analysis());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("The migrations are not in order: a.sql"), "{found:?}");
}

#[test]
fn migrations_that_cannot_be_read_are_told_at_the_top() {
    let mut host = crate::testing::host(&[("schema.orm", USERS)]);
    host.set_base(crate::BaseSchema::unreadable("cannot read `a.sql`: permission denied".to_owned()));
    let analysis = host.analysis();
    assert_eq!(lenses(&analysis), ["The migrations are not in order: cannot read `a.sql`: permission denied"]);
    assert!(!view(&analysis, &MigrationPart::Whole).unwrap().can_be_created());
}

#[test]
fn errors_are_to_be_corrected_first() {
    let found = lenses(&analysis(USERS, &USERS.replace("integer?", "intger?")));
    assert_eq!(found, ["Next migration: the schema has 1 error", "users: Next migration: correct the errors first"]);
}

#[test]
fn an_edit_is_seen_and_a_new_migration_takes_the_lens_away() {
    let after = USERS.replace("integer?", "bigint?");
    let mut host = AnalysisHost::new(Targets::default(), Severities::new());
    host.set_migrations(vec![migration(USERS, &Targets::default())]);
    host.workspace_mut().open("schema.orm", USERS);
    assert_eq!(lenses(&host.analysis()).len(), 0);
    let at = USERS.find("integer").unwrap();
    host.workspace_mut().edit("schema.orm", at..at + "integer".len(), "bigint");
    assert_eq!(lenses(&host.analysis()).len(), 2);
    host.set_migrations(vec![migration(&after, &Targets::default())]);
    assert_eq!(lenses(&host.analysis()).len(), 0);
}

#[test]
fn the_hover_shows_the_statements() {
    let analysis = analysis(USERS, &USERS.replace("  age ", "  nickname  text?\n  age "));
    let shown = analysis.migration_of_name("schema.orm", 8).unwrap().unwrap().markdown();
    assert_eq!(
        shown,
        "**Next migration**\n\nPostgreSQL: +column nickname, instant\n```sql\nALTER TABLE \"users\" ADD COLUMN \"nickname\" \
         TEXT;\n```\n\nSpanner: +column nickname, instant\n```sql\nALTER TABLE users ADD COLUMN nickname STRING(MAX);\n```"
    );
    assert!(analysis.migration_of_name("schema.orm", 20).unwrap().is_none(), "not the name");
}

/// What stands in the `up` section of a file.
fn up_section(file: &str, dialect: Dialect) -> &str {
    let head = format!("\n-- orm:{dialect} up\n");
    let start = file.find(&head).unwrap() + head.len();
    let rest = &file[start..];
    &rest[..rest.find(&format!("\n-- orm:{dialect} down\n")).unwrap()]
}

proptest! {
    #![proptest_config(orm_testkit::random::reproducible(64))]

    /// Planning what differs alone gives the statements that the whole schemas give: those of the file.
    #[test]
    fn the_lens_says_what_the_file_says(pair in generator::pair()) {
        let (before, targets) = (migration(&pair.before, &pair.targets), &pair.targets);
        let analysis = analysis_for(&pair.before, &pair.after, targets);
        let schema = analysis.schema().unwrap();
        let now = Utc.with_ymd_and_hms(2026, 1, 2, 0, 0, 0).unwrap();
        let request = Request { schema: &schema, targets, title: "next", accept_data_loss: true, empty: false, now };
        let created = create(&Migrations::read(&[before]).unwrap(), &request).unwrap();
        let whole = view(&analysis, &MigrationPart::Whole);
        match created {
            Creation::NothingChanged => {
                let sections = whole.iter().flat_map(MigrationView::sections);
                prop_assert!(sections.into_iter().all(|it| it.text.is_empty()));
            }
            Creation::New(created) => {
                let sections = whole.unwrap().sections();
                for section in &sections {
                    let written = up_section(&created.text, section.dialect);
                    let written = if written == "-- Nothing to do.\n" { "" } else { written };
                    prop_assert_eq!(&section.text, written);
                }
                // Every statement about a declaration stands in the file, too, and every one of the file is about one.
                let lenses = analysis.migration_lenses("schema.orm").unwrap().into_iter().map(|it| it.part);
                let views = lenses.chain((0..).map(MigrationPart::Removed)).filter(|it| *it != MigrationPart::Whole);
                let views: Vec<_> = views.map_while(|it| view(&analysis, &it)).collect();
                for whole in &sections {
                    let parts = views.iter().flat_map(MigrationView::sections).filter(|it| it.dialect == whole.dialect);
                    let parts: Vec<_> = parts.map(|it| it.text).collect();
                    for line in parts.iter().flat_map(|it| it.lines()) {
                        prop_assert!(whole.text.contains(line), "{line}");
                    }
                    for line in whole.text.lines() {
                        prop_assert!(parts.iter().any(|it| it.contains(line)), "no declaration tells: {line}");
                    }
                }
            }
            Creation::DataLoss(_) => unreachable!("it is accepted"),
        }
    }
}

/// Three tables, two of which share a mixin that spreads another one.
const MIXED: &str = "mixin Times {\n  made_at  timestamptz\n}\nmixin Owned {\n  owner  text?\n  ...Times\n}\ntable a {\n  id  uuid  \
                     @primary_key\n  ...Owned\n}\ntable b {\n  id  uuid  @primary_key\n  ...Owned\n}\ntable c {\n  id  uuid  \
                     @primary_key\n  ...Times\n}\n";

/// What the lenses above mixins say, after this replacement.
#[track_caller]
fn mixins(old: &str, new: &str) -> Vec<String> {
    let after = MIXED.replace(old, new);
    assert_ne!(after, MIXED);
    let found = lenses(&analysis(MIXED, &after)).into_iter();
    found.filter(|it| it.starts_with("Times: ") || it.starts_with("Owned: ")).collect()
}

#[test]
fn a_column_of_a_mixin_comes_to_every_table_that_spreads_it() {
    assert_eq!(
        mixins("owner  text?\n", "owner  text?\n  note  text?\n"),
        ["Owned: 2 tables · PostgreSQL: +column note, instant · Spanner: +column note, instant"]
    );
    let of_all = mixins("  made_at ", "  seen  integer = 0\n  made_at ");
    assert!(of_all[0].starts_with("Times: 3 tables · PostgreSQL: +column seen, instant"), "{of_all:?}");
    assert!(of_all[0].contains("Spanner: +1 column, +3 checks, writes rows"), "{of_all:?}");
}

#[test]
fn a_mixin_tells_the_dearest_of_all_its_tables() {
    let found = mixins("owner  text?", "owner  text");
    assert_eq!(
        found,
        [
            "Owned: 2 tables · PostgreSQL: changes column owner, reads every row, blocks reads and writes, may fail · Spanner: \
          changes column owner, reads every row, may fail"
        ]
    );
    let found = mixins("made_at  timestamptz\n", "made_at  timestamptz\n  index(made_at)\n");
    assert!(found[0].starts_with("Times: 3 tables · PostgreSQL: +index idx_a_made_at, +index idx_b"), "{found:?}");
    assert!(found[0].contains("builds an index, blocks writes"), "{found:?}");
}

#[test]
fn what_a_mixin_brings_no_more_is_lost_by_all_its_tables() {
    assert_eq!(
        mixins("  made_at  timestamptz\n", ""),
        [
            "Times: 3 tables · PostgreSQL: -column made_at, instant, loses data · Spanner: -column made_at, instant, loses data"
        ],
        "it is no business of the smaller one"
    );
    assert_eq!(mixins("owner  text?\n", "").len(), 1);
}

/// Migrations know no mixins, so the place of a column tells.
#[test]
fn what_the_mixin_of_one_table_brings_no_more_is_told_by_its_place() {
    let before = "mixin Address {\n  street  text?\n  zip  text?\n  city  text?\n}\ntable a {\n  id  uuid  @primary_key\n  \
                  ...Address\n}\n";
    let told = |before: &str, gone: &str| {
        let after = before.replace(gone, "");
        assert_ne!(after, before);
        let found = lenses(&analysis(before, &after)).into_iter();
        found.filter(|it| it.starts_with("Address: ")).collect::<Vec<_>>()
    };
    let expected = |column: &str| {
        let sql = format!("-column {column}, instant, loses data");
        [format!("Address: 1 table · PostgreSQL: {sql} · Spanner: {sql}")]
    };
    assert_eq!(told(before, "  zip  text?\n"), expected("zip"), "between two others");
    assert_eq!(told(before, "  city  text?\n"), expected("city"), "the last one of the table");
    let none: [String; 0] = [];
    assert_eq!(told(before, "  street  text?\n"), none, "it may have been the table's own");
    let own = before.replace("...Address\n", "...Address\n  own  text?\n  last  text?\n");
    assert_eq!(told(&own, "  own  text?\n"), none, "it was the table's own");
}

#[test]
fn what_a_mixin_cannot_do_in_place_is_told_with_the_steps_instead() {
    let after = MIXED.replace("owner  text?", "owner  bigint?");
    let analysis = analysis(MIXED, &after);
    let found = lenses(&analysis);
    let lens = found.iter().find(|it| it.starts_with("Owned: ")).unwrap();
    assert!(lens.contains("rewrites the table") && lens.ends_with("not possible in place"), "{lens}");
    let offset = after.find("Owned {").unwrap();
    let spanner = &view(&analysis, &MigrationPart::Declaration(offset)).unwrap().sections()[1];
    assert_eq!(spanner.text.matches("-- orm:unsupported cannot change column owner of table").count(), 2);
    let hover = analysis.migration_of_name("schema.orm", offset).unwrap().unwrap().markdown();
    assert!(hover.contains("ALTER TABLE \"b\" ALTER COLUMN \"owner\" SET DATA TYPE BIGINT"), "{hover}");
}

#[test]
fn a_rename_in_a_mixin_is_one() {
    let found = mixins("owner  text?", "holder  text?  @was(owner)");
    assert!(found[0].starts_with("Owned: 2 tables · PostgreSQL: renames column holder, instant"), "{found:?}");
}

#[test]
fn what_a_table_does_itself_is_no_business_of_its_mixins() {
    let none: [String; 0] = [];
    assert_eq!(mixins("table a {\n", "table a {\n  own  text?\n"), none, "a column of its own");
    assert_eq!(
        mixins("@primary_key\n  ...Times", "@primary_key\n  ...Owned"),
        none,
        "it spreads a mixin that others have"
    );
    assert_eq!(mixins("mixin Times {", "/// When.\nmixin Times {"), none, "a comment");
    let new = "table d {\n  id  uuid  @primary_key\n  ...Owned\n}\ntable a {";
    assert_eq!(mixins("table a {", new), none, "a new table");
    let extracted =
        MIXED.replace("mixin Times {\n  made_at  timestamptz\n}\n", "").replace("...Times", "made_at  timestamptz");
    assert_eq!(lenses(&analysis(&extracted, MIXED)), none, "nothing changes where a mixin is extracted");
}

#[test]
fn a_table_tells_of_the_views_and_the_schema_that_it_makes() {
    let view = "view mails = sql(\"SELECT email FROM users\")\nview short = sql(\"SELECT email FROM mails\")\n";
    let before = format!("{USERS}{view}");
    let found = lenses(&analysis(&before, &before.replace("varchar(80)", "text")));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].contains("changes column email, rebuilds view short, rebuilds view mails"), "{found:?}");
    let found = lenses(&analysis(USERS, &format!("{USERS}table shop.items {{\n  id  uuid  @primary_key\n}}\n")));
    assert_eq!(
        found[1],
        "shop.items: PostgreSQL: +schema shop, +table shop.items, instant · Spanner: +schema shop, +table shop.items, instant"
    );
}

#[test]
fn a_key_that_is_made_anew_tells_of_the_foreign_keys_to_it() {
    let before = "table users {\n  id  uuid  @primary_key\n  mail  text  @unique\n}\ntable posts {\n  id  uuid  @primary_key\n  by  \
                  text  @references(users.mail)\n}\n";
    let after = before.replace("mail  text  @unique", "mail  text\n  index(mail, unique: true)");
    let found = lenses(&analysis(before, &after));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[1].starts_with("users: PostgreSQL: ") && found[1].contains("foreign key fk_posts_by_users"),
        "{found:?}"
    );
}

#[test]
fn what_stands_beside_tables_is_told_above_it() {
    let beside = "extension citext\nsequence numbers\nraw postgres \"\"\"CREATE FUNCTION f() …\"\"\" down \"\"\"DROP FUNCTION f()\"\"\"\n";
    let found = lenses(&analysis(USERS, &format!("{USERS}{beside}")));
    assert!(
        found[1].starts_with("citext: PostgreSQL: +extension citext, instant · Spanner: no statement"),
        "{found:?}"
    );
    assert!(found[2].starts_with("numbers: PostgreSQL: +sequence numbers, instant"), "{found:?}");
    assert!(found[3].contains("+raw block CREATE FUNCTION f() …, SQL by hand"), "{found:?}");
    let found = lenses(&analysis(&format!("{USERS}{beside}"), USERS));
    let gone = ["extension citext goes", "raw block", "sequence numbers goes"];
    for it in gone {
        assert!(found.iter().any(|lens| lens.starts_with(it)), "{it}: {found:?}");
    }
}
