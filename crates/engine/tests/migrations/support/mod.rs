//! A folder of migrations in memory, connections that die, and what a database looks like.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{TimeZone, Utc};
use orm_driver::{Connection, Statement};
use orm_engine::migrate::{
    Creation, Direction, LOCK_TABLE, MigrateError, Migrations, Request, RunOptions, Runner, SourceFile, Timer, create,
};
use orm_model::{Dialect, Schema, Targets};
use orm_testkit::databases::{self, TestDatabase};

mod crash;
mod slow;

pub(crate) use crash::Crash;
pub(crate) use slow::Slow;

/// Waits a tenth of what it is told.
pub(crate) struct Sleep;

#[async_trait]
impl Timer for Sleep {
    async fn sleep(&self, duration: Duration) {
        tokio::time::sleep(duration / 10).await;
    }
}

/// A lease that a run which died does not hold for long.
pub(crate) fn options() -> RunOptions {
    RunOptions { lease: Duration::from_millis(50), ..RunOptions::default() }
}

/// A lease that lasts as long as the test.
pub(crate) fn patient() -> RunOptions {
    RunOptions { lease: Duration::from_secs(60), lock_wait: Duration::from_secs(60), ..RunOptions::default() }
}

/// Runs a test on an empty database of each kind.
pub(crate) fn on_every_database(test: impl AsyncFn(&TestDatabase)) {
    for database in databases::all() {
        eprintln!("on {}", database.url());
        block_on(test(&database));
    }
}

/// Runs a test on a database, if there is one.
pub(crate) fn on(database: Option<TestDatabase>, test: impl AsyncFn(&TestDatabase)) {
    if let Some(database) = database {
        block_on(test(&database));
    }
}

/// Runs a future on a runtime of its own.
pub(crate) fn block_on(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(future);
}

/// Migrations in memory.
#[derive(Clone, Default)]
pub(crate) struct Folder {
    files: Vec<SourceFile>,
}

impl Folder {
    /// Adds a migration of SQL by hand: `up` and `down` of each database.
    pub(crate) fn by_hand(&mut self, title: &str, postgres: [&str; 2], spanner: [&str; 2]) {
        let now = Utc.with_ymd_and_hms(2026, 11, 22, 14, 30, 0).unwrap();
        let (schema, targets) = (Schema::default(), Targets::default());
        let request = Request { schema: &schema, targets: &targets, title, accept_data_loss: false, empty: true, now };
        let Creation::New(new) = create(&self.migrations(), &request).unwrap() else { panic!("nothing is created") };
        let mut text = new.text;
        for (dialect, sections) in [("postgres", postgres), ("spanner", spanner)] {
            for (direction, sql) in ["up", "down"].into_iter().zip(sections) {
                let head = format!("-- orm:{dialect} {direction}\n");
                assert!(text.contains(&head));
                text = text.replace(&head, &format!("{head}{sql}\n"));
            }
        }
        self.files.push(SourceFile { name: new.name.file_name(), content: text.into_bytes() });
    }

    /// Adds a migration of SQL by hand under a full name.
    pub(crate) fn at(&mut self, name: &str, postgres: [&str; 2], spanner: [&str; 2]) {
        self.by_hand("renamed", postgres, spanner);
        self.files.last_mut().unwrap().name = format!("{name}.sql");
    }

    pub(crate) fn migrations(&self) -> Migrations {
        Migrations::read(&self.files).unwrap()
    }

    /// The full name of a migration.
    pub(crate) fn name(&self, title: &str) -> String {
        let suffix = format!("-{title}.sql");
        let file = self.files.iter().find(|it| it.name.ends_with(&suffix)).unwrap();
        file.name.trim_end_matches(".sql").to_owned()
    }

    pub(crate) fn line(&self, title: &str, line: usize) -> String {
        self.text(title).lines().nth(line - 1).unwrap().to_owned()
    }

    fn text(&self, title: &str) -> String {
        let name = format!("{}.sql", self.name(title));
        let file = self.files.iter().find(|it| it.name == name).unwrap();
        String::from_utf8(file.content.clone()).unwrap()
    }

    /// Replaces the first occurrence.
    pub(crate) fn edit(&mut self, title: &str, from: &str, to: &str) {
        self.replace(title, from, |text| text.replacen(from, to, 1));
    }

    pub(crate) fn edit_all(&mut self, title: &str, from: &str, to: &str) {
        self.replace(title, from, |text| text.replace(from, to));
    }

    fn replace(&mut self, title: &str, from: &str, edit: impl Fn(&str) -> String) {
        let (name, text) = (format!("{}.sql", self.name(title)), self.text(title));
        assert!(text.contains(from), "{text}");
        let file = self.files.iter_mut().find(|it| it.name == name).unwrap();
        file.content = edit(&text).into_bytes();
    }

    pub(crate) fn remove_section(&mut self, title: &str, dialect: Dialect, direction: Direction) {
        let head = format!("-- orm:{dialect} {}\n", direction.name());
        self.replace(title, &head, |text| {
            let (before, rest) = text.split_once(&head).unwrap();
            let end = rest.find("\n-- orm:").map_or(rest.len(), |it| it + 1);
            format!("{before}{}", &rest[end..])
        });
    }
}

/// Runs `latest` and tells the titles of what was applied.
pub(crate) async fn apply(
    connection: &mut (dyn Connection + 'static),
    folder: &Folder,
) -> Result<Vec<String>, MigrateError> {
    let report = Runner::new(connection, &Sleep).options(options()).latest(&folder.migrations()).await?;
    Ok(titles(report.migrations))
}

/// Runs `down` and tells the titles of what was taken back.
pub(crate) async fn revert(
    connection: &mut (dyn Connection + 'static),
    folder: &Folder,
    steps: usize,
) -> Result<Vec<String>, MigrateError> {
    let report = Runner::new(connection, &Sleep).options(options()).down(&folder.migrations(), steps).await?;
    Ok(titles(report.migrations))
}

fn titles(names: Vec<String>) -> Vec<String> {
    names.into_iter().map(|it| it.split_once('-').unwrap().1.to_owned()).collect()
}

/// Whether there is a table or index of this name.
pub(crate) async fn exists(connection: &mut dyn Connection, name: &str) -> bool {
    let sql = match connection.dialect() {
        Dialect::Postgres => "SELECT 1 FROM pg_class WHERE relname = $1",
        Dialect::Spanner => {
            "SELECT 1 FROM information_schema.tables WHERE table_name = @p1 \
             UNION ALL SELECT 1 FROM information_schema.indexes WHERE index_name = @p1"
        }
    };
    !connection.query(sql, &[name.into()]).await.unwrap().is_empty()
}

/// Everything that migrations of these tests make: columns, indexes, rows, history.
pub(crate) async fn fingerprint(connection: &mut dyn Connection) -> String {
    let catalog = match connection.dialect() {
        Dialect::Postgres => [
            "SELECT table_name || '.' || column_name || ' ' || data_type AS line FROM information_schema.columns \
             WHERE table_schema = 'public' ORDER BY 1",
            "SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
        ],
        Dialect::Spanner => [
            "SELECT CONCAT(table_name, '.', column_name, ' ', spanner_type) AS line FROM information_schema.columns \
             WHERE table_schema = '' ORDER BY 1",
            "SELECT CONCAT(table_name, ' ', index_name) AS line FROM information_schema.indexes \
             WHERE table_schema = '' ORDER BY 1",
        ],
    };
    let mut lines = Vec::new();
    for sql in catalog {
        let rows = connection.query(sql, &[]).await.unwrap();
        lines.extend(rows.iter().map(|it| it.get::<String>("line").unwrap()));
    }
    for table in ["a", "b", "orm_migrations"] {
        if exists(connection, table).await {
            let columns = if table == "orm_migrations" { "name, number, state, journal, checksum" } else { "*" };
            let rows = connection.query(&format!("SELECT {columns} FROM {table} ORDER BY 1"), &[]).await.unwrap();
            lines.push(format!("{table}: {rows:?}"));
        }
    }
    lines.join("\n")
}

/// The lock as another run would hold it.
const SESSION_KEY: i64 = i64::from_be_bytes(*b"orm_migr");

pub(crate) async fn take_lock(connection: &mut dyn Connection) {
    if connection.capabilities().session_locks {
        assert!(connection.try_lock(SESSION_KEY).await.unwrap());
    } else {
        set_lease(connection, "'ann 4711', expires_at = TIMESTAMP '2999-01-01 00:00:00+00'").await;
    }
}

pub(crate) async fn give_lock_back(connection: &mut dyn Connection) {
    if connection.capabilities().session_locks {
        connection.unlock(SESSION_KEY).await.unwrap();
    } else {
        set_lease(connection, "'', expires_at = TIMESTAMP '1970-01-01 00:00:00+00'").await;
    }
}

async fn set_lease(connection: &mut dyn Connection, owner: &str) {
    let sql = format!("UPDATE {LOCK_TABLE} SET owner = {owner} WHERE true");
    assert_eq!(connection.run_transaction(&[Statement::new(sql, [])]).await.unwrap(), [1]);
}
