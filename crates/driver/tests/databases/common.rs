//! What the tests share.

use orm_driver::{Connection, DdlBatch};
use orm_model::dialect::Dialect;
use orm_testkit::databases::{self, TestDatabase};

/// An open connection with its database. The connection is declared first, so that it closes first.
pub(crate) struct Session {
    pub(crate) connection: Box<dyn Connection>,
    pub(crate) database: TestDatabase,
}

impl Session {
    pub(crate) async fn open(database: TestDatabase) -> Self {
        let connection = database.connect().await.expect("the database can be connected to");
        Self { connection, database }
    }

    /// Applies statements of the session's dialect.
    pub(crate) async fn ddl(&mut self, postgres: &[&str], spanner: &[&str]) {
        let statements = pick(self.database.dialect(), postgres, spanner);
        let batch = DdlBatch::new(statements.iter().copied());
        self.connection.apply_ddl(&batch, &mut |_| {}).await.expect("the statements are right");
    }

    /// A table `t` with a whole number as key and a text.
    pub(crate) async fn create_table(&mut self) {
        let postgres = "CREATE TABLE t (id bigint PRIMARY KEY, name text)";
        let spanner = "CREATE TABLE t (id INT64 NOT NULL, name STRING(MAX)) PRIMARY KEY (id)";
        self.ddl(&[postgres], &[spanner]).await;
    }

    /// The text with this dialect's placeholders, which the test writes `?`.
    pub(crate) fn sql(&self, text: &str) -> String {
        let mut parts = text.split('?');
        let first = parts.next().unwrap_or_default().to_owned();
        let mark = pick(self.database.dialect(), "$", "@p");
        parts.zip(1..).fold(first, |sql, (part, number)| format!("{sql}{mark}{number}{part}"))
    }

    /// The ids in the table `t`.
    pub(crate) async fn ids(&mut self) -> Vec<i64> {
        let rows = self.connection.query("SELECT id FROM t ORDER BY id", &[]).await.unwrap();
        rows.iter().map(|it| it.get("id").unwrap()).collect()
    }
}

/// A session of each database that the machine has.
pub(crate) async fn sessions() -> Vec<Session> {
    let mut sessions = Vec::new();
    for database in databases::all() {
        sessions.push(Session::open(database).await);
    }
    sessions
}

/// What belongs to the dialect.
pub(crate) fn pick<T>(dialect: Dialect, postgres: T, spanner: T) -> T {
    match dialect {
        Dialect::Postgres => postgres,
        Dialect::Spanner => spanner,
    }
}
