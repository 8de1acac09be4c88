//! Why a command stops: what is wrong, where, what to do, and with which exit code.

use std::io;
use std::path::Path;

use orm_driver::{ErrorKind, Position};
use orm_engine::migrate::create::CreateError;
use orm_engine::migrate::{FileProblems, FolderError, MigrateError, StatementError};
use orm_project::{ConfigError, ReadError};

use crate::exit::Exit;
use crate::session::short;

/// The reason for which a command stops.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The reader of our standard output closed it, as `head` does. There is nobody to tell.
    ReaderGone,
    /// Something that a person is told.
    Told(Box<Problem>),
}

/// What a person is told.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) exit: Exit,
    /// What is wrong, and where.
    pub(crate) message: String,
    /// The statement that a database refused.
    pub(crate) statement: Option<RefusedStatement>,
    /// Further facts, each on lines of its own.
    pub(crate) notes: Vec<String>,
    /// What to do.
    pub(crate) help: Option<String>,
}

/// A statement and where the database stumbled.
#[derive(Debug)]
pub(crate) struct RefusedStatement {
    pub(crate) sql: String,
    pub(crate) position: Option<Position>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Failure::Told(Box::new(Problem {
            exit,
            message: message.into(),
            statement: None,
            notes: Vec::new(),
            help: None,
        }))
    }

    /// The command line or a setting can't be followed.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Failure::new(Exit::Usage, message)
    }

    /// What was asked for is understood and not done.
    pub(crate) fn refused(message: impl Into<String>) -> Self {
        Failure::new(Exit::Findings, message)
    }

    /// The operating system refused something about `path`.
    pub(crate) fn file(verb: &str, path: &Path, error: &io::Error) -> Self {
        Failure::usage(format!("cannot {verb} {}: {error}", short(path)))
    }

    #[must_use]
    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        if let Failure::Told(problem) = &mut self {
            problem.help = Some(help.into()).filter(|help| !help.is_empty());
        }
        self
    }

    /// Puts what was tried before the message.
    #[must_use]
    fn with_context(mut self, context: &str) -> Self {
        if let Failure::Told(problem) = &mut self {
            problem.message = format!("{context}: {}", problem.message);
        }
        self
    }

    /// Adds what to do, where nobody has said it yet.
    #[must_use]
    pub(crate) fn or_help(mut self, help: &str) -> Self {
        if let Failure::Told(problem) = &mut self {
            problem.help.get_or_insert_with(|| help.to_owned());
        }
        self
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Failure::ReaderGone => Exit::Fine,
            Failure::Told(problem) => problem.exit,
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        let place = error.location().map(|it| format!("{}:{}:{}: ", short(&it.path), it.line, it.column));
        Failure::usage(format!("{}{}", place.unwrap_or_default(), error.message()))
            .with_help(error.help().unwrap_or_default())
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Failure::usage(format!("{}: {}", short(&error.path), error.problem)).with_help(error.problem.help())
    }
}

impl From<orm_driver::Error> for Failure {
    fn from(error: orm_driver::Error) -> Self {
        let code = error.code().map(|code| format!(" [{code}]")).unwrap_or_default();
        Failure::Told(Box::new(Problem {
            exit: exit_of(error.kind()),
            message: format!("{}{code}", error.message()),
            statement: error
                .statement()
                .map(|sql| RefusedStatement { sql: sql.to_owned(), position: error.position() }),
            notes: error.detail().map(str::to_owned).into_iter().collect(),
            help: error.hint().map(str::to_owned),
        }))
    }
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        Failure::file(error.action, &error.path, &error.source)
    }
}

impl From<FileProblems> for Failure {
    fn from(error: FileProblems) -> Self {
        Failure::refused(error.message())
    }
}

impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Title(_) => {
                Failure::usage(error.to_string()).with_help("name it as in `orm migrate create add-posts`")
            }
            CreateError::Replay(problem) => FileProblems(vec![problem]).into(),
            CreateError::Json(_) => Failure::new(Exit::Internal, error.to_string()),
        }
    }
}

impl From<MigrateError> for Failure {
    fn from(error: MigrateError) -> Self {
        let help = error.hint().unwrap_or_default();
        match error {
            MigrateError::Files(problems) => problems.into(),
            MigrateError::Database { action, source } => {
                Failure::from(source).with_context(&format!("cannot {action}"))
            }
            MigrateError::Statement(statement) => statement_failure(*statement),
            MigrateError::Locked { .. } | MigrateError::LockLost => Failure::new(Exit::Database, error.to_string()),
            _ => Failure::refused(error.to_string()),
        }
        .with_help(help)
    }
}

/// The statement stands in the error of the driver as it was sent; the place in the file goes before its message.
fn statement_failure(error: StatementError) -> Failure {
    let StatementError { file, line, column, number, total, statement, source, .. } = error;
    let place = format!("{file}:{line}:{column}: statement {number} of {total} failed");
    let position = source.position();
    let mut failure = Failure::from(source).with_context(&place);
    if let Failure::Told(problem) = &mut failure {
        problem.statement.get_or_insert(RefusedStatement { sql: statement, position });
    }
    failure
}

fn exit_of(kind: ErrorKind) -> Exit {
    match kind {
        ErrorKind::InvalidUrl | ErrorKind::Unsupported => Exit::Usage,
        ErrorKind::Conversion | ErrorKind::Internal => Exit::Internal,
        _ => Exit::Database,
    }
}
