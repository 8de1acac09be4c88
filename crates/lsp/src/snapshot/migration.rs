//! The next migration: its lenses, and what they lead to.

use lsp_types::{CodeLens, Command, Position};
use orm_ide::{Cancelled, MigrationPart, MigrationView};
use serde_json::{Value, json};

use super::DocumentSnapshot;
use crate::{requests::PreviewMigration, support::ClientSupport};

/// The command of a lens that shows statements, for clients that say they have it.
pub(crate) const SHOW_MIGRATION: &str = "orm.showMigration";

/// The command that creates a migration: the client's, which asks for a name, and the server's, which wants one.
pub(crate) const CREATE_MIGRATION: &str = "orm.createMigration";

/// What a lens about the next migration is resolved to, once nothing of the project is held any more.
pub(crate) struct PendingLens {
    view: MigrationView,
    uri: String,
    position: Option<Position>,
    creates: bool,
    support: ClientSupport,
}

impl DocumentSnapshot {
    /// The lenses about the next migration.
    pub(super) fn migration_lenses(&self) -> Result<Vec<CodeLens>, Cancelled> {
        let (Some(lines), Some(uri)) = (self.lines()?, self.project.locations.uri(&self.path)) else {
            return Ok(Vec::new());
        };
        let lens = |range, part: Value| CodeLens {
            range,
            command: None,
            data: Some(json!({ "uri": uri.as_str(), "migration": part })),
        };
        let mut lenses = Vec::new();
        // A file on its own is of no project that could have migrations.
        if self.project.locations.root.is_none() {
            return Ok(lenses);
        }
        for it in self.project.analysis.migration_lenses(&self.path)? {
            let range = lines.range(it.range);
            match it.part {
                MigrationPart::Whole => {
                    lenses.push(lens(range, json!("whole")));
                    if self.project.support.creates_migration {
                        lenses.push(lens(range, json!("create")));
                    }
                }
                MigrationPart::Removed(at) => lenses.push(lens(range, json!(at))),
                MigrationPart::Declaration(_) => lenses.push(lens(range, json!("declaration"))),
            }
        }
        Ok(lenses)
    }

    /// What a lens says whose `data.migration` is `part`; `None` where nothing changes there any more.
    pub(crate) fn pending_lens(&self, position: Position, part: &Value) -> Result<Option<PendingLens>, Cancelled> {
        let (Some(lines), Some(uri)) = (self.lines()?, self.project.locations.uri(&self.path)) else { return Ok(None) };
        let wanted = match (part.as_str(), part.as_u64()) {
            (Some("declaration"), _) => MigrationPart::Declaration(lines.offset(position)),
            (_, Some(at)) => MigrationPart::Removed(at as usize),
            _ => MigrationPart::Whole,
        };
        let view = self.project.analysis.migration_view(&self.path, &wanted)?;
        Ok(view.map(|view| PendingLens {
            view,
            uri: uri.as_str().to_owned(),
            position: matches!(wanted, MigrationPart::Declaration(_)).then_some(position),
            creates: part == "create",
            support: self.project.support,
        }))
    }

    /// The part of the next migration that the declaration at a position makes, or all of it.
    pub(crate) fn migration(&self, position: Option<Position>) -> Result<Option<MigrationView>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        let part = position.map_or(MigrationPart::Whole, |it| MigrationPart::Declaration(lines.offset(it)));
        self.project.analysis.migration_view(&self.path, &part)
    }

    /// The same for a hover, which shows it where the word at a position is the name of the declaration.
    pub(crate) fn migration_of_name(&self, position: Position) -> Result<Option<MigrationView>, Cancelled> {
        let Some(lines) = self.lines()? else { return Ok(None) };
        self.project.analysis.migration_of_name(&self.path, lines.offset(position))
    }
}

impl PendingLens {
    /// The command of the lens; a text for a client that lacks the command.
    pub(crate) fn command(&self) -> Command {
        if self.creates {
            let arguments = vec![json!({ "textDocument": { "uri": self.uri } })];
            let title = "Create migration".to_owned();
            return Command { title, command: CREATE_MIGRATION.to_owned(), arguments: Some(arguments) };
        }
        let title = self.view.title();
        if !self.support.shows_migration {
            return Command { title, command: String::new(), arguments: None };
        }
        let arguments = vec![json!(self.uri), json!(self.position)];
        Command { title, command: SHOW_MIGRATION.to_owned(), arguments: Some(arguments) }
    }
}

/// What each database is told, as `orm/previewMigration` answers it.
pub(crate) fn previews(view: &MigrationView) -> Vec<PreviewMigration> {
    let preview = |it: orm_ide::MigrationSection| PreviewMigration {
        dialect: it.dialect.name(),
        title: it.dialect.title(),
        language_id: "sql",
        summary: it.summary,
        text: it.text,
    };
    view.sections().into_iter().map(preview).collect()
}
