//! A migration file: its parts, and how they are read. `render` writes them.
//!
//! ```sql
//! -- orm:migration 1
//! -- orm:parent 20261122143000-init 0f343b0931126a20f133d67c2b018a3b
//! -- orm:content 8f14e45fceea167a5a36dedd4bea2543
//! -- orm:data-loss drops column `users.nickname`
//!
//! -- orm:postgres up
//! ALTER TABLE "users" DROP COLUMN "nickname";
//!
//! -- orm:postgres down
//! …
//! -- orm:spanner up
//! …
//! -- orm:spanner down
//! …
//! -- orm:change {"drop_column": …}
//! ```
//!
//! Every line that begins with `-- orm:` is a directive; any other line belongs to the section above it.

use orm_model::{Dialect, PerDialect};

use super::{
    checksum,
    dialect::migration_dialect,
    lexer,
    name::MigrationName,
    problem::{FileProblem, FileProblems},
};
use crate::diff::Change;

/// The version of the format that this crate reads and writes.
pub const FORMAT_VERSION: u32 = 1;

/// What every directive begins with.
pub(crate) const DIRECTIVE: &str = "-- orm:";

/// A file as it was found, not looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Its name in the folder.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// A migration, read from its file.
#[derive(Debug, Clone)]
pub struct Migration {
    /// Its name, which orders it.
    pub name: MigrationName,
    /// The migrations that it was created on; none for the first.
    pub parents: Vec<Parent>,
    /// The hash of its changes.
    pub content: String,
    /// What it loses, accepted when it was created.
    pub data_loss: Vec<String>,
    /// The SQL of each dialect.
    pub scripts: PerDialect<Scripts>,
    /// What it does to the model.
    pub changes: Vec<ChangeLine>,
}

/// A migration that another one was created on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parent {
    /// Its name.
    pub name: MigrationName,
    /// Its content hash at that time.
    pub content: String,
    /// The line that says so, from 1.
    pub line: usize,
}

/// The two sections of a dialect. A missing one means that the dialect was no target when the file was created.
#[derive(Debug, Clone, Default)]
pub struct Scripts {
    /// What brings the change.
    pub up: Option<Script>,
    /// What takes it back.
    pub down: Option<Script>,
}

/// Which of two sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Applies the migration.
    Up,
    /// Takes it back.
    Down,
}

impl Direction {
    /// As files spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }
}

/// A section of SQL.
#[derive(Debug, Clone)]
pub struct Script {
    /// The line of the directive that opens it, from 1.
    pub line: usize,
    /// Its statements in order.
    pub statements: Vec<ScriptStatement>,
    /// Whether it says `orm:no-transaction`: it does not run in one transaction, each statement is journaled.
    pub no_transaction: bool,
    /// What a person must still fill in.
    pub unsupported: Vec<Unsupported>,
}

impl Script {
    /// The hash of what runs, see [`checksum`].
    pub fn checksum(&self) -> String {
        checksum::sha256(self.statements.iter().map(|it| it.normal.as_str()))
    }

    /// The hashes of all statements, as the journal knows them.
    pub(crate) fn hashes(&self) -> Vec<String> {
        self.statements.iter().map(ScriptStatement::hash).collect()
    }
}

/// A statement of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScriptStatement {
    /// The text, as it is sent.
    pub text: String,
    /// The text without comments and needless blanks.
    pub normal: String,
    /// Where it begins in the file, both from 1, columns in characters.
    pub line: usize,
    /// See [`line`](Self::line).
    pub column: usize,
}

impl ScriptStatement {
    /// The hash by which the journal knows it.
    pub(crate) fn hash(&self) -> String {
        checksum::statement(&self.normal)
    }
}

/// A line `orm:unsupported REASON`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// The line, from 1.
    pub line: usize,
    /// Why the tool cannot write the SQL, and how a person can.
    pub reason: String,
}

/// A line `orm:change {…}`.
#[derive(Debug, Clone)]
pub struct ChangeLine {
    /// The line, from 1.
    pub line: usize,
    /// The change.
    pub change: Change,
}

impl Scripts {
    /// The section of a direction.
    pub fn get(&self, direction: Direction) -> Option<&Script> {
        match direction {
            Direction::Up => self.up.as_ref(),
            Direction::Down => self.down.as_ref(),
        }
    }

    fn get_mut(&mut self, direction: Direction) -> &mut Option<Script> {
        match direction {
            Direction::Up => &mut self.up,
            Direction::Down => &mut self.down,
        }
    }
}

impl Migration {
    /// Reads a file, and tells everything that is wrong in it.
    pub fn parse(file: &SourceFile) -> Result<Self, FileProblems> {
        let whole = |message: String, help: &str| {
            FileProblems::from(FileProblem { file: file.name.clone(), line: None, message, help: help.to_owned() })
        };
        let stem = file.name.strip_suffix(".sql").unwrap_or(&file.name);
        let name = stem
            .parse()
            .map_err(|message| whole(message, "rename it, or keep SQL that is no migration in another folder"))?;
        let text = std::str::from_utf8(&file.content)
            .map_err(|_| whole("not UTF-8".to_owned(), "save it as UTF-8, or restore it from version control"))?;
        // A checkout with CRLF is the same migration.
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        Parser::new(file, name).parse(&text)
    }

    /// The section of a dialect and direction.
    pub fn script(&self, dialect: Dialect, direction: Direction) -> Option<&Script> {
        self.scripts.get(dialect).get(direction)
    }
}

/// Reads a file line by line.
struct Parser<'a> {
    file: &'a SourceFile,
    migration: Migration,
    problems: Vec<FileProblem>,
    version: Option<usize>,
    content: Option<usize>,
    root: Option<usize>,
    section: Section,
    changes: Vec<String>,
}

/// Where the reader is.
enum Section {
    Header,
    Sql { dialect: Dialect, direction: Direction, script: Script, text: String },
    Changes,
}

impl<'a> Parser<'a> {
    fn new(file: &'a SourceFile, name: MigrationName) -> Self {
        let migration = Migration {
            name,
            parents: Vec::new(),
            content: String::new(),
            data_loss: Vec::new(),
            scripts: PerDialect::default(),
            changes: Vec::new(),
        };
        Self {
            file,
            migration,
            problems: Vec::new(),
            version: None,
            content: None,
            root: None,
            section: Section::Header,
            changes: Vec::new(),
        }
    }

    fn parse(mut self, text: &str) -> Result<Migration, FileProblems> {
        for (index, line) in text.split('\n').enumerate() {
            self.line(index + 1, line);
            if self.problems.len() > 20 {
                break;
            }
        }
        self.close_section();
        self.check_header();
        if self.problems.is_empty() { Ok(self.migration) } else { Err(FileProblems(self.problems)) }
    }

    fn line(&mut self, number: usize, line: &str) {
        if let Some(directive) = line.strip_prefix(DIRECTIVE) {
            let (word, rest) = directive.trim_end().split_once(' ').unwrap_or((directive.trim_end(), ""));
            self.directive(number, word, rest.trim());
        } else if line.contains('\0') {
            self.problem(
                number,
                "a NUL byte",
                "no database takes one: delete it, or restore the file from version control",
            );
        } else if is_conflict_marker(line) {
            self.problem(
                number,
                "an unresolved merge conflict",
                "resolve it: keep one side of the SQL; `orm:change` lines are never merged by hand, take one side whole",
            );
        } else if let Section::Sql { text, .. } = &mut self.section {
            text.push_str(line);
            text.push('\n');
        } else if !line.trim().is_empty() && !line.trim_start().starts_with("--") {
            self.problem(
                number,
                "this line stands in no section",
                "put SQL under `-- orm:postgres up` or another section, above the `orm:change` lines",
            );
        }
    }

    fn directive(&mut self, number: usize, word: &str, rest: &str) {
        match (word, &mut self.section) {
            ("migration", Section::Header) => self.version(number, rest),
            ("parent", Section::Header) => self.parent(number, rest),
            ("content", Section::Header) => {
                self.content = Some(number);
                self.migration.content = rest.to_owned();
            }
            ("data-loss", Section::Header) => self.migration.data_loss.push(rest.to_owned()),
            // The line stays in the section as an empty one, so that those below keep their numbers.
            ("unsupported", Section::Sql { script, text, .. }) => {
                script.unsupported.push(Unsupported { line: number, reason: rest.to_owned() });
                text.push('\n');
            }
            ("no-transaction", Section::Sql { script, text, .. }) => {
                script.no_transaction = true;
                text.push('\n');
            }
            ("change", _) => self.change(number, rest),
            ("migration" | "parent" | "content" | "data-loss", _) => {
                self.problem(number, format!("`orm:{word}` stands below the header"), "move it to the top of the file");
            }
            ("unsupported" | "no-transaction", _) => {
                self.problem(
                    number,
                    format!("`orm:{word}` stands in no section"),
                    "move it below the section's first line",
                );
            }
            _ => match word.parse() {
                Ok(dialect) => self.open_section(number, dialect, rest),
                Err(_) => self.unknown_directive(number, word),
            },
        }
    }

    fn version(&mut self, number: usize, rest: &str) {
        self.version = Some(number);
        if rest.parse() != Ok(FORMAT_VERSION) {
            let message = format!("format `{rest}` of migration files is not known, only {FORMAT_VERSION}");
            self.problem(number, message, "a newer `orm` wrote it: update `orm`");
        }
    }

    fn parent(&mut self, number: usize, rest: &str) {
        let parent = match rest.split_once(' ') {
            _ if rest == "none" => {
                self.root = Some(number);
                return;
            }
            Some((name, content)) => {
                name.parse().map(|name| Parent { name, content: content.trim().to_owned(), line: number })
            }
            None => Err(format!("`{rest}` names no parent")),
        };
        match parent {
            Ok(parent) => self.migration.parents.push(parent),
            Err(message) => {
                let help = "it is `-- orm:parent NAME CONTENT-HASH` of the migration before, or `-- orm:parent none`";
                self.problem(number, message, help);
            }
        }
    }

    fn change(&mut self, number: usize, rest: &str) {
        self.close_section();
        self.section = Section::Changes;
        self.changes.push(rest.to_owned());
        match serde_json::from_str(rest) {
            Ok(change) => self.migration.changes.push(ChangeLine { line: number, change }),
            Err(error) => {
                let message = format!("this change can't be read: {error}");
                let help =
                    "`orm:change` lines are written by `orm migrate create` only: restore it from version control";
                self.problem(number, message, help);
            }
        }
    }

    fn open_section(&mut self, number: usize, dialect: Dialect, rest: &str) {
        let direction = match rest {
            "up" => Direction::Up,
            "down" => Direction::Down,
            _ => {
                let message = format!("`{rest}` is no direction of a section");
                let help = format!("write `{DIRECTIVE}{dialect} up` or `{DIRECTIVE}{dialect} down`");
                return self.problem(number, message, help);
            }
        };
        if matches!(self.section, Section::Changes) {
            self.problem(number, "a section below the `orm:change` lines", "move it above them");
        }
        self.close_section();
        let script = Script { line: number, statements: Vec::new(), no_transaction: false, unsupported: Vec::new() };
        self.section = Section::Sql { dialect, direction, script, text: String::new() };
    }

    fn close_section(&mut self) {
        let Section::Sql { dialect, direction, mut script, text } =
            std::mem::replace(&mut self.section, Section::Header)
        else {
            return;
        };
        self.section = Section::Changes;
        let first_line = script.line + 1;
        match lexer::split(migration_dialect(dialect).lexer(), &text) {
            Ok(pieces) => script.statements = statements(&text, first_line, pieces),
            Err(unclosed) => {
                let line = first_line + text[..unclosed.offset].matches('\n').count();
                let help = format!("close it; the section `{dialect} {}` ends without that", direction.name());
                self.problem(line, format!("{} is never closed", unclosed.what), help);
            }
        }
        let slot = self.migration.scripts.get_mut(dialect).get_mut(direction);
        let line = script.line;
        if let Some(first) = slot.replace(script) {
            let message =
                format!("`{dialect} {}` stands here a second time, first in line {}", direction.name(), first.line);
            self.problem(line, message, "merge the two sections into one");
        }
    }

    fn unknown_directive(&mut self, number: usize, word: &str) {
        self.problem(
            number,
            format!("`orm:{word}` is no directive"),
            "known are migration, parent, content, data-loss, postgres, spanner, no-transaction, unsupported, change",
        );
    }

    fn check_header(&mut self) {
        if self.version.is_none() {
            let help = format!(
                "a migration begins with `{DIRECTIVE}migration {FORMAT_VERSION}`: make one with `orm migrate create`"
            );
            return self.problem(1, "this is no migration file", help);
        }
        if self.migration.parents.is_empty() && self.root.is_none() {
            self.problem(1, "no `orm:parent` line", "restore the header from version control");
        }
        if let (Some(line), false) = (self.root, self.migration.parents.is_empty()) {
            self.problem(line, "`orm:parent none` stands beside other parents", "keep one of the two");
        }
        let content = checksum::content(self.changes.iter().map(String::as_str));
        if self.migration.content != content {
            let line = self.content.unwrap_or(1);
            self.problem(
                line,
                "the `orm:change` lines are not those that were written",
                "restore them from version control; to change what the migration does, delete the file and run \
                 `orm migrate create` again, or add a new migration",
            );
        }
    }

    fn problem(&mut self, line: usize, message: impl Into<String>, help: impl Into<String>) {
        let file = self.file.name.clone();
        self.problems.push(FileProblem { file, line: Some(line), message: message.into(), help: help.into() });
    }
}

/// The lines that git leaves where two sides differ.
fn is_conflict_marker(line: &str) -> bool {
    ["<<<<<<< ", ">>>>>>> "].iter().any(|it| line.starts_with(it)) || line == "======="
}

/// The statements with their place in the file; one pass, however many there are.
fn statements(text: &str, first_line: usize, pieces: Vec<lexer::Piece>) -> Vec<ScriptStatement> {
    let (mut line, mut at) = (first_line, 0);
    let place = |piece: lexer::Piece| {
        let start = piece.range.start;
        line += text[at..start].matches('\n').count();
        at = start;
        let line_start = text[..start].rfind('\n').map_or(0, |it| it + 1);
        let column = text[line_start..start].chars().count() + 1;
        ScriptStatement { text: text[piece.range].to_owned(), normal: piece.normal, line, column }
    };
    pieces.into_iter().map(place).collect()
}
