//! What is wrong in migration files, and where.

use std::fmt;

/// Something wrong in a migration file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {message}", .line.map(|it| format!(":{it}")).unwrap_or_default())]
pub struct FileProblem {
    /// The file's name in the folder of migrations.
    pub file: String,
    /// The line, from 1; `None` when it is about the whole file.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Everything that is wrong in the folder of migrations, ordered by file and line; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblems(pub Vec<FileProblem>);

impl fmt::Display for FileProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{problem}\n  help: {}", problem.help)?;
        }
        Ok(())
    }
}

impl FileProblems {
    /// What a person is told.
    pub fn message(&self) -> String {
        format!("the migrations are not in order\n{self}")
    }
}

impl std::error::Error for FileProblems {}

impl From<FileProblem> for FileProblems {
    fn from(problem: FileProblem) -> Self {
        Self(vec![problem])
    }
}
