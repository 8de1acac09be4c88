//! `orm.createMigration`: what `orm migrate create` does, with the same words.
//!
//! A migration is made of what is on disk, as the command line makes it: what is typed and not saved would be in the
//! migration and not in the commit. The project is therefore read anew.

use std::{path::PathBuf, sync::Arc};

use chrono::Utc;
use lsp_types::{FileChangeType, Uri};
use orm_engine::migrate::{
    FileProblems, FolderError, Migrations,
    create::{CreateError, Creation, NOTHING_CHANGED, Request, create, data_loss_message, stale_orders},
    read_folder, write_new_file,
};
use orm_ide::{Cancelled, errors_message};
use orm_project::{CONFIG_FILE, text::read_text};

use crate::{
    loaded_project::LoadedProject,
    requests::{CreateMigration, CreatedMigration, Refusal},
    snapshot::Snapshot,
    support::ClientSupport,
    to_protocol::{file_path, file_uri},
};

/// Why nothing was written.
#[derive(Debug)]
pub(crate) struct Refused {
    /// For people.
    pub(crate) message: String,
    /// For the client.
    pub(crate) reason: Refusal,
}

/// The documents of a project that are open, its settings among them, with their texts.
pub(crate) struct OpenDocuments {
    /// The folder of the project; `None` for a file that belongs to none.
    root: Option<PathBuf>,
    documents: Vec<(Arc<str>, Uri, Arc<str>)>,
}

impl OpenDocuments {
    pub(crate) fn of(snapshot: &Snapshot) -> Result<Self, Cancelled> {
        let mut documents = Vec::new();
        for (path, document) in &snapshot.locations.open {
            if let Some(text) = snapshot.analysis.text(path)? {
                documents.push((Arc::clone(path), document.uri.clone(), text));
            }
        }
        let root = snapshot.locations.root.clone();
        let settings = root.as_ref().and_then(|it| file_uri(&it.join(CONFIG_FILE)));
        if let (Some(uri), Some(text)) = (settings, &snapshot.locations.settings) {
            documents.push((Arc::from(CONFIG_FILE), uri, Arc::clone(text)));
        }
        Ok(OpenDocuments { root, documents })
    }

    /// Those that are not on disk as they are here.
    fn unsaved(&self, root: &std::path::Path) -> Vec<&(Arc<str>, Uri, Arc<str>)> {
        let is_saved = |path: &str, text: &str| read_text(&root.join(path)).is_ok_and(|disk| disk.text == text);
        self.documents.iter().filter(|(path, _, text)| !is_saved(path, text)).collect()
    }
}

/// Writes the migration, and says which file that is; or why there is none.
pub(crate) fn run(open: &OpenDocuments, asked: &CreateMigration) -> Result<CreatedMigration, Refused> {
    let Some(root) = &open.root else {
        return Err(failed("the file belongs to no project\nhelp: `orm init` makes one in a folder"));
    };
    let unsaved = open.unsaved(root);
    if !unsaved.is_empty() {
        let names: Vec<_> = unsaved.iter().map(|(path, ..)| &**path).collect();
        let files = unsaved.iter().map(|(_, uri, _)| uri.clone()).collect();
        let verb = if names.len() == 1 { "is" } else { "are" };
        let message = format!("{} {verb} not saved\nhelp: a migration is made of what is on disk", names.join(", "));
        return Err(Refused { message, reason: Refusal::Unsaved { files } });
    }
    let project = LoadedProject::load(root, None, None, ClientSupport::default());
    if let Some((path, problem)) = project.problems.first() {
        return Err(errors(format!("{}: {}", path.display(), problem.message)));
    }
    let Some(folder) = project.migrations_dir() else {
        return Err(failed("the settings of the project cannot be read"));
    };
    let files = read_folder(&folder)?;
    let migrations = Migrations::read(&files)?;
    let analysis = project.host.analysis();
    let is_gone = |Cancelled| failed("the project changed meanwhile");
    let count = if asked.empty { 0 } else { analysis.errors().map_err(is_gone)? };
    if count > 0 {
        return Err(errors(errors_message(count)));
    }
    let schema = analysis.schema().map_err(is_gone)?;
    let targets = analysis.targets().map_err(is_gone)?;
    let request = Request {
        schema: &schema,
        targets: &targets,
        title: &asked.name,
        accept_data_loss: asked.accept_data_loss,
        empty: asked.empty,
        now: Utc::now(),
    };
    let mut notes = if asked.empty { Vec::new() } else { stale_orders(&migrations, &schema) };
    match create(&migrations, &request)? {
        Creation::NothingChanged => {
            notes.push(NOTHING_CHANGED.to_owned());
            Ok(CreatedMigration { files: Vec::new(), notes })
        }
        Creation::DataLoss(losses) => {
            Err(Refused { message: data_loss_message(&losses), reason: Refusal::DataLoss { losses } })
        }
        Creation::New(migration) => {
            let path = write_new_file(&folder, &migration.name.file_name(), &migration.text)?;
            notes.extend(migration.notes().iter().map(|it| it.trim_start().to_owned()));
            Ok(CreatedMigration { files: file_uri(&path).into_iter().collect(), notes })
        }
    }
}

/// What a watcher would tell of new files.
pub(crate) fn events(files: &[Uri]) -> Vec<(PathBuf, FileChangeType)> {
    files.iter().filter_map(|uri| Some((file_path(uri)?, FileChangeType::CREATED))).collect()
}

pub(crate) fn failed(message: impl Into<String>) -> Refused {
    Refused { message: message.into(), reason: Refusal::Failed }
}

fn errors(message: String) -> Refused {
    Refused { message, reason: Refusal::Errors }
}

impl From<FolderError> for Refused {
    fn from(error: FolderError) -> Self {
        failed(error.to_string())
    }
}

impl From<FileProblems> for Refused {
    fn from(problems: FileProblems) -> Self {
        Refused { message: problems.message(), reason: Refusal::Migrations }
    }
}

impl From<CreateError> for Refused {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Replay(problem) => FileProblems::from(problem).into(),
            CreateError::Title(_) | CreateError::Json(_) => failed(error.to_string()),
        }
    }
}
