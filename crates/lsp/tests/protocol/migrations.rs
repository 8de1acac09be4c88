//! Lenses about the next migration, and migrations that cannot be read.

use std::fs;

use orm_engine::migrate::{
    Migrations,
    create::{Creation, Request, create},
};
use orm_ide::{Severities, Targets, Workspace};
use serde_json::json;
use tempfile::TempDir;

use crate::{
    client::{Client, uri},
    folder::{NOTHING, client_in, project, write},
};

const BEFORE: &str = "mixin Times {\n  made_at  timestamptz\n}\ntable users {\n  id  uuid  @primary_key\n  ...Times\n}\n\
                      table posts {\n  id  uuid  @primary_key\n  ...Times\n}\n";

/// A project whose migration makes [`BEFORE`].
fn migrated() -> TempDir {
    let folder = project(&[("orm.toml", ""), ("schema.orm", BEFORE)]);
    let mut workspace = Workspace::new(Targets::default(), Severities::new());
    workspace.open("schema.orm", BEFORE);
    let (schema, now) = (workspace.schema(), "2026-01-01T00:00:00Z".parse().unwrap());
    let targets = &Targets::default();
    let request = Request { schema: &schema, targets, title: "first", accept_data_loss: false, empty: false, now };
    let Ok(Creation::New(made)) = create(&Migrations::default(), &request) else { panic!("there is a migration") };
    write(folder.path(), &format!("orm-migrations/{}", made.name.file_name()), &made.text);
    folder
}

/// What the lenses of a document say, those that count names left out.
async fn lenses(client: &mut Client, document: &str) -> Vec<String> {
    let asked = json!({ "textDocument": { "uri": document } });
    let found = client.request("textDocument/codeLens", asked).await["result"].take();
    let mut titles = Vec::new();
    for lens in found.as_array().unwrap() {
        let resolved = client.request("codeLens/resolve", lens.clone()).await["result"].take();
        titles.push(resolved["command"]["title"].as_str().unwrap_or_default().to_owned());
    }
    titles.retain(|it| !it.contains("reference"));
    titles
}

#[tokio::test]
async fn a_mixin_tells_what_its_edit_does_to_its_tables() {
    let folder = migrated();
    let mut client = client_in(&folder).await;
    let document = uri(&folder.path().join("schema.orm"));
    client.open(&document, &BEFORE.replace("made_at  timestamptz\n", "made_at  timestamptz\n  note  text?\n")).await;
    let found = lenses(&mut client, &document).await;
    let told = "2 tables · PostgreSQL: +column note, instant · Spanner: +column note, instant";
    assert!(found.iter().any(|it| it == told), "{found:?}");
    let hover = client.at("textDocument/hover", &document, 0, 7).await;
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.contains("ALTER TABLE \"posts\" ADD COLUMN \"note\" TEXT;"), "{text}");
    assert!(text.contains("ALTER TABLE users ADD COLUMN note STRING(MAX);"), "{text}");
}

#[tokio::test]
async fn migrations_that_cannot_be_read_are_told_where_they_are_and_in_the_lens() {
    let folder = project(&[("orm.toml", ""), ("schema.orm", BEFORE)]);
    // A file where the folder should be: no file in it can be read, whoever asks.
    let migrations = write(folder.path(), "orm-migrations", "");
    let mut client = client_in(&folder).await;
    let document = uri(&folder.path().join("schema.orm"));
    client.open(&document, BEFORE).await;
    let found = client.messages(&uri(&migrations), None).await;
    assert!(found[0].starts_with("cannot read `") && found[0].contains("orm-migrations"), "{found:?}");
    let titles = lenses(&mut client, &document).await;
    assert!(titles[0].starts_with("The migrations are not in order: cannot read `"), "{titles:?}");
    fs::remove_file(&migrations).unwrap();
    client.file_changed(&migrations, 3).await;
    assert_eq!(client.diagnostics(&uri(&migrations), None).await, NOTHING);
    let titles = lenses(&mut client, &document).await;
    assert!(titles[0].starts_with("First migration · "), "{titles:?}");
}

#[tokio::test]
async fn a_migration_that_is_no_text_is_told_in_the_lens() {
    let folder = migrated();
    fs::write(folder.path().join("orm-migrations/20270101000000_second.sql"), b"\xff\xfe").unwrap();
    let mut client = client_in(&folder).await;
    let document = uri(&folder.path().join("schema.orm"));
    client.open(&document, BEFORE).await;
    let titles = lenses(&mut client, &document).await;
    assert!(titles[0].starts_with("The migrations are not in order: 20270101000000_second.sql"), "{titles:?}");
}
