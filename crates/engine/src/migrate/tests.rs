//! Everything about files that needs no database.

use chrono::{DateTime, TimeZone, Utc};
use orm_model::{
    Column, ColumnType, Dialect, KeyColumn, ObjectName, PrimaryKey, ScalarType, Schema, StubType, Table, Targets,
};

use super::{
    Direction, Migration, Migrations, SourceFile,
    create::{CreateError, Creation, NewMigration, Request, create},
};

fn column(name: &str, scalar: ScalarType) -> Column {
    Column {
        name: name.to_owned(),
        declared_name: None,
        doc: None,
        column_type: ColumnType::scalar(scalar),
        physical_type: Default::default(),
        nullable: name != "id",
        default: None,
        on_update: None,
        allow_commit_timestamp: false,
        only: None,
        was: None,
        deprecated: None,
        stub_type: StubType::default(),
        generated: None,
    }
}

/// A schema of tables with text columns: `users: id name`.
fn schema(tables: &[&str]) -> Schema {
    let mut schema = Schema::default();
    for text in tables {
        let (name, columns) = text.split_once(':').unwrap();
        let name = ObjectName::unqualified(name);
        let key = KeyColumn { name: "id".to_owned(), descending: false };
        let table = Table {
            name: name.clone(),
            declared_name: None,
            doc: None,
            columns: columns.split_whitespace().map(|it| column(it, ScalarType::Text)).collect(),
            primary_key: Some(PrimaryKey { name: None, columns: vec![key] }),
            uniques: Vec::new(),
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            interleave: None,
            only: None,
            was: None,
            deprecated: None,
            ttl: None,
        };
        schema.tables.insert(name, table);
    }
    schema
}

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 22, 14, 30, 0).unwrap()
}

fn request<'a>(schema: &'a Schema, targets: &'a Targets, title: &'a str) -> Request<'a> {
    Request { schema, targets, title, accept_data_loss: true, empty: false, now: now() }
}

fn new_migration(files: &[SourceFile], schema: &Schema, title: &str) -> NewMigration {
    let migrations = Migrations::read(files).expect("files are in order");
    match create(&migrations, &request(schema, &Targets::default(), title)).expect("it can be created") {
        Creation::New(new) => new,
        other => panic!("{other:?}"),
    }
}

/// A folder in memory.
fn add(files: &mut Vec<SourceFile>, schema: &Schema, title: &str) -> NewMigration {
    let new = new_migration(files, schema, title);
    files.push(file(&new.name.file_name(), &new.text));
    new
}

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile { name: name.to_owned(), content: text.as_bytes().to_vec() }
}

#[track_caller]
fn problems(files: &[SourceFile]) -> String {
    Migrations::read(files).expect_err("something is wrong").to_string()
}

fn edited(source: &SourceFile, from: &str, to: &str) -> SourceFile {
    let text = String::from_utf8(source.content.clone()).unwrap();
    assert!(text.contains(from), "{text}");
    file(&source.name, &text.replace(from, to))
}

// Writing and reading.

#[test]
fn a_file_reads_as_it_was_written() {
    let new = new_migration(&[], &schema(&["users: id name", "posts: id"]), "Add users");
    insta::assert_snapshot!(new.text);
    let migration = Migration::parse(&file(&new.name.file_name(), &new.text)).unwrap();
    assert_eq!(migration.name, new.name);
    assert!(migration.parents.is_empty());
    assert_eq!(migration.changes.len(), 2);
    for dialect in Dialect::ALL {
        let up = migration.script(dialect, Direction::Up).unwrap();
        let statement = &up.statements[0];
        assert!(statement.text.starts_with("CREATE TABLE"), "{statement:?}");
        assert!(!statement.text.ends_with(';'));
        let line = new.text.lines().nth(statement.line - 1).unwrap();
        assert!(line.starts_with("CREATE TABLE"), "{line}");
    }
}

#[test]
fn replaying_gives_the_schema_and_then_nothing_has_changed() {
    let mut files = Vec::new();
    add(&mut files, &schema(&["users: id"]), "one");
    let second = schema(&["users: id name", "posts: id title"]);
    add(&mut files, &second, "two");
    let migrations = Migrations::read(&files).unwrap();
    assert_eq!(migrations.replay().unwrap(), second);
    let again = create(&migrations, &request(&second, &Targets::default(), "three")).unwrap();
    assert_eq!(again, Creation::NothingChanged);
    let parents: Vec<_> = migrations.iter().map(|it| it.parents.len()).collect();
    assert_eq!(parents, [0, 1]);
}

#[test]
fn losing_data_is_refused_unless_accepted_and_then_marked() {
    let mut files = Vec::new();
    add(&mut files, &schema(&["users: id name nick", "posts: id"]), "one");
    let migrations = Migrations::read(&files).unwrap();
    let (after, targets) = (schema(&["users: id name alias"]), Targets::default());
    let refused = create(&migrations, &Request { accept_data_loss: false, ..request(&after, &targets, "two") });
    let losses = ["drops column nick of table users", "drops table posts with all its rows"].map(str::to_owned);
    let offer = "if column alias of table users was nick before, write `@was(nick)` behind it".to_owned();
    assert_eq!(refused, Ok(Creation::DataLoss(losses.iter().cloned().chain([offer]).collect())));
    let new = add(&mut files, &after, "two");
    assert!(new.text.contains("-- orm:data-loss drops column nick of table users\n"), "{}", new.text);
    let migrations = Migrations::read(&files).unwrap();
    assert_eq!(migrations.iter().last().unwrap().data_loss, losses);
}

#[test]
fn a_rename_is_one_change_that_loses_nothing() {
    let mut files = Vec::new();
    add(&mut files, &schema(&["people: id name mail"]), "one");
    let migrations = Migrations::read(&files).unwrap();
    let mut after = schema(&["users: id name email"]);
    let targets = Targets::default();
    let refused = create(&migrations, &Request { accept_data_loss: false, ..request(&after, &targets, "two") });
    let Ok(Creation::DataLoss(lines)) = refused else { panic!("{refused:?}") };
    let offer = "if table users was people before, write `@was(people)` behind its name";
    assert!(lines.iter().any(|it| it == offer), "{lines:?}");

    let users = after.tables.values_mut().next().unwrap();
    users.was = Some("people".to_owned());
    users.columns[2].was = Some("mail".to_owned());
    let request = Request { accept_data_loss: false, ..request(&after, &targets, "two") };
    let Creation::New(new) = create(&migrations, &request).unwrap() else { panic!("a rename is written") };
    assert_eq!(new.changes, ["rename table people to users", "rename column mail of users to email"]);
    assert_eq!(new.data_loss, [""; 0]);
    assert!(orm_model::Renames::stale(&migrations.replay().unwrap(), &after).is_empty());
    files.push(SourceFile { name: new.name.file_name(), content: new.text.into_bytes() });
    let migrations = Migrations::read(&files).unwrap();
    assert_eq!(migrations.replay().unwrap(), *after.without_orders());
    assert_eq!(create(&migrations, &request).unwrap(), Creation::NothingChanged, "the order is carried out once");
    let stale = ["@was(people) of table users", "@was(mail) of column email of table users"];
    assert_eq!(orm_model::Renames::stale(&migrations.replay().unwrap(), &after), stale);
}

#[test]
fn an_empty_migration_keeps_the_model() {
    let mut files = Vec::new();
    let users = schema(&["users: id"]);
    add(&mut files, &users, "one");
    let migrations = Migrations::read(&files).unwrap();
    let (other, targets) = (schema(&["other: id"]), Targets::default());
    let creation = create(&migrations, &Request { empty: true, ..request(&other, &targets, "by hand") }).unwrap();
    let Creation::New(new) = creation else { panic!("{creation:?}") };
    insta::assert_snapshot!(new.text);
    files.push(file(
        &new.name.file_name(),
        &new.text.replace("-- Write the SQL here, each statement ending in `;`.", "A; B;"),
    ));
    let migrations = Migrations::read(&files).unwrap();
    assert_eq!(migrations.replay().unwrap(), users);
    let by_hand = migrations.iter().last().unwrap();
    assert_eq!(by_hand.script(Dialect::Spanner, Direction::Up).unwrap().statements.len(), 2);
    assert_eq!(by_hand.script(Dialect::Spanner, Direction::Down).unwrap().statements.len(), 0);
}

#[test]
fn only_targets_get_sections() {
    let targets = Targets { spanner: None, ..Targets::default() };
    let users = schema(&["users: id"]);
    let creation = create(&Migrations::default(), &request(&users, &targets, "one")).unwrap();
    let Creation::New(new) = creation else { panic!("{creation:?}") };
    assert!(!new.text.contains("spanner"), "{}", new.text);
}

#[test]
fn a_title_without_letters_is_refused() {
    let users = schema(&["users: id"]);
    let error = create(&Migrations::default(), &request(&users, &Targets::default(), "…")).unwrap_err();
    assert_eq!(error, CreateError::Title("…".to_owned()));
}

#[test]
fn what_a_database_cannot_do_is_left_to_a_person() {
    let mut files = Vec::new();
    let mut before = schema(&["users: id name"]);
    add(&mut files, &before, "one");
    let users = before.tables.values_mut().next().unwrap();
    users.columns[1].nullable = false;
    users.primary_key.as_mut().unwrap().columns.push(KeyColumn { name: "name".to_owned(), descending: false });
    let new = add(&mut files, &before, "two");
    assert!(new.unsupported.iter().any(|it| it.dialect == Dialect::Spanner), "{:?}", new.unsupported);
    assert!(new.unsupported.iter().all(|it| it.dialect != Dialect::Postgres), "{:?}", new.unsupported);
    let migrations = Migrations::read(&files).unwrap();
    let migration = migrations.iter().last().unwrap();
    assert!(!migration.script(Dialect::Spanner, Direction::Up).unwrap().unsupported.is_empty());
    assert!(migration.script(Dialect::Postgres, Direction::Up).unwrap().unsupported.is_empty());
}

#[test]
fn five_hundred_migrations_replay_fast() {
    let files: Vec<_> = (0..500).map(migration_of_one_table).collect();
    let started = std::time::Instant::now();
    let replayed = Migrations::read(&files).unwrap().replay().unwrap();
    assert_eq!(replayed.tables.len(), 500);
    // A debug build on a busy machine; the bound only catches what grows with the square.
    assert!(started.elapsed().as_secs() < 2, "{:?}", started.elapsed());
}

fn migration_of_one_table(number: usize) -> SourceFile {
    let name = format!("t{number}: id {}", "a b c d e f g h i j k l m n o p q r s t");
    let tables = schema(&[&name]).tables.into_values().map(|it| crate::diff::Change::AddTable(Box::new(it)));
    let changes = tables.map(|it| serde_json::to_string(&it).unwrap()).collect();
    let draft = super::render::Draft { changes, ..Default::default() };
    file(&format!("202611221{:05}-m.sql", number / 60 * 100 + number % 60), &super::render::render(&draft))
}

// Checksums.

#[test]
fn line_ends_comments_and_blanks_change_no_checksum() {
    let new = new_migration(&[], &schema(&["users: id name"]), "one");
    let checksum = |text: &str| {
        let migration = Migration::parse(&file(&new.name.file_name(), text)).unwrap();
        Dialect::ALL.map(|it| migration.script(it, Direction::Up).unwrap().checksum())
    };
    let original = checksum(&new.text);
    assert_eq!(checksum(&new.text.replace('\n', "\r\n")), original);
    assert_eq!(checksum(&format!("\u{feff}{}", new.text)), original);
    assert_eq!(checksum(&new.text.replace("CREATE TABLE", "-- reviewed\nCREATE   TABLE /* ; */")), original);
    assert_eq!(checksum(&new.text.replace("DROP TABLE", "DROP TABLE IF EXISTS")), original, "down may be edited");
    let one_dialect = checksum(&new.text.replace("STRING(MAX)", "STRING(100)"));
    assert_eq!(one_dialect[0], original[0]);
    assert_ne!(one_dialect[1], original[1]);
}

// What is wrong in files.

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let mut files = Vec::new();
    add(&mut files, &schema(&["users: id"]), "one");
    let first = &files[0];
    let check = |from: &str, to: &str| problems(&[edited(first, from, to)]);
    let wrong = [
        check("-- orm:migration 1", "-- orm:migration 2"),
        check("-- orm:migration 1\n", ""),
        check("-- orm:parent none\n", ""),
        check("-- orm:parent none", "-- orm:parent something"),
        check("-- orm:postgres down", "-- orm:postgres sideways"),
        check("-- orm:postgres down", "-- orm:postgres up"),
        check("-- orm:postgres down", "-- orm:mysql down"),
        check("-- orm:spanner up\n", "-- orm:spanner up\n<<<<<<< HEAD\n"),
        check("-- orm:spanner up\n", "-- orm:spanner up\nSELECT 'a;\n"),
        check("DROP TABLE users;", "DROP TABLE \0users;"),
        check("-- orm:postgres up\n", "DROP TABLE x;\n-- orm:postgres up\n"),
        check("\"name\":\"users\"", "\"name\":\"users2\""),
        check("{\"add_table\":", "{\"add_tabel\":"),
        problems(&[file("init.sql", "")]),
        problems(&[SourceFile { name: first.name.clone(), content: vec![0xff, 0xfe] }]),
        problems(&[file(&first.name, "")]),
    ];
    insta::assert_snapshot!(wrong.join("\n\n"));
}

#[test]
fn directives_in_a_section_do_not_move_its_lines() {
    let mut files = Vec::new();
    add(&mut files, &schema(&["users: id"]), "one");
    let marked = edited(&files[0], "-- orm:postgres up\n", "-- orm:postgres up\n-- orm:no-transaction\n");
    let migration = Migration::parse(&marked).unwrap();
    let script = migration.script(Dialect::Postgres, Direction::Up).unwrap();
    assert!(script.no_transaction);
    assert_eq!((script.statements[0].line, script.line), (script.line + 2, script.line));
}

#[test]
fn other_files_are_left_alone() {
    let others = [file("README.md", "x"), file(".20261122143000-one.sql.tmp", "x"), file(".hidden.sql", "x")];
    assert!(Migrations::read(&others).unwrap().is_empty());
}

#[test]
fn arbitrary_bytes_are_no_reason_to_panic() {
    let new = new_migration(&[], &schema(&["users: id"]), "one");
    let bytes = new.text.as_bytes();
    for cut in 0..bytes.len() {
        _ = Migrations::read(&[SourceFile { name: new.name.file_name(), content: bytes[..cut].to_vec() }]);
        let mut broken = bytes.to_vec();
        broken[cut] = b"'\"`$-/*;\0\n{("[cut % 12];
        _ = Migrations::read(&[SourceFile { name: new.name.file_name(), content: broken }]);
    }
}

// The chain.

/// `one`, then `a` and `b` on two branches, merged.
fn merged(a: &Schema, b: &Schema) -> Vec<SourceFile> {
    let mut trunk = Vec::new();
    add(&mut trunk, &schema(&["users: id"]), "one");
    let (mut left, mut right) = (trunk.clone(), trunk);
    add(&mut left, a, "a");
    add(&mut right, b, "b");
    left.push(right.remove(1));
    left
}

#[test]
fn two_branches_merge_when_their_changes_do_not_meet() {
    let mut files = merged(&schema(&["users: id", "posts: id"]), &schema(&["users: id name"]));
    let migrations = Migrations::read(&files).unwrap();
    let both = schema(&["users: id name", "posts: id"]);
    assert_eq!(migrations.replay().unwrap(), both);
    let notes = migrations.notes();
    assert_eq!(notes.len(), 1);
    assert!(notes[0].contains("20261122143001-a` and `20261122143001-b"), "{notes:?}");
    add(&mut files, &schema(&["users: id name", "posts: id title"]), "next");
    let migrations = Migrations::read(&files).unwrap();
    assert_eq!(migrations.iter().last().unwrap().parents.len(), 2, "the next one brings them together");
    assert!(migrations.notes().is_empty());
}

#[test]
fn two_branches_that_do_the_same_are_told_apart() {
    let same = schema(&["users: id name"]);
    let error = Migrations::read(&merged(&same, &same)).unwrap().replay().unwrap_err();
    assert_eq!(error.file, "20261122143001-b.sql");
    assert!(error.line.is_some());
    assert!(error.message.contains("exists already"), "{error}");
    assert!(error.help.contains("created beside `20261122143001-a`"), "{}", error.help);
}

#[test]
fn a_broken_chain_is_told_with_the_line_that_mends_it() {
    let mut files = Vec::new();
    add(&mut files, &schema(&["users: id"]), "one");
    add(&mut files, &schema(&["users: id name"]), "two");
    add(&mut files, &schema(&["users: id name", "posts: id"]), "three");
    let [one, two, three] = [&files[0], &files[1], &files[2]].map(Clone::clone);

    let missing = problems(&[one.clone(), three.clone()]);
    assert!(
        missing.contains("20261122143002-three.sql:2: its parent `20261122143001-two` is not in the folder"),
        "{missing}"
    );
    let mended = missing.split('`').find(|it| it.starts_with("-- orm:parent 20261122143000-one")).expect("a line");
    let parent = String::from_utf8(three.content.clone()).unwrap().lines().nth(1).unwrap().to_owned();
    let replayed = Migrations::read(&[one.clone(), edited(&three, &parent, mended)]).unwrap();
    assert_eq!(replayed.replay().unwrap(), schema(&["users: id", "posts: id"]));

    let mut recreated = vec![one.clone()];
    add(&mut recreated, &schema(&["users: id other"]), "two");
    recreated.push(three.clone());
    assert!(problems(&recreated).contains("has other changes than when"), "{}", problems(&recreated));

    let early = SourceFile { name: "20250101000000-two.sql".to_owned(), content: two.content };
    assert!(problems(&[one, early]).contains("sorts after it"));
}
