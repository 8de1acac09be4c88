//! Colours, hints and lenses of documents that an edit of another one changes.

use serde_json::{Value, json};

use crate::{
    client::{Client, capabilities, range, uri},
    folder::{POSTS, USERS, project},
};

const VIEWS: [&str; 3] = ["semanticTokens", "inlayHint", "codeLens"];

/// A client that can be told to ask again, in a folder with `users.orm`, `posts.orm` and a file that nobody opens.
async fn client(folder: &tempfile::TempDir) -> Client {
    let mut capabilities = capabilities();
    for view in VIEWS {
        capabilities["workspace"][view] = json!({ "refreshSupport": true });
    }
    Client::start(capabilities, &[folder.path()]).await
}

/// How often the client was told to ask for each view again.
fn refreshes(client: &Client) -> [usize; 3] {
    VIEWS.map(|view| {
        let method = format!("workspace/{view}/refresh");
        client.server_requests.iter().filter(|it| it["method"] == method).count()
    })
}

/// Waits until all files were looked at after an edit: what is wrong in the file that nobody opens says so.
async fn look_everywhere(client: &mut Client, other: &str, folder: &tempfile::TempDir, text: &str) {
    crate::folder::write(folder.path(), "other.orm", text);
    client.file_changed(&folder.path().join("other.orm"), 2).await;
    client.diagnostics(other, None).await;
}

#[tokio::test]
async fn other_open_documents_are_asked_for_again_when_an_edit_changes_what_they_show() {
    let folder = project(&[("orm.toml", ""), ("users.orm", USERS), ("posts.orm", POSTS)]);
    let mut client = client(&folder).await;
    let [users, posts] = ["users.orm", "posts.orm"].map(|it| uri(&folder.path().join(it)));
    client.open(&users, USERS).await;
    client.open(&posts, POSTS).await;
    assert_eq!(client.diagnostics(&posts, Some(1)).await.len(), 0);

    client.change(&users, 2, range((1, 2), (1, 4)), "key").await;
    for view in VIEWS {
        assert_eq!(client.server_request(&format!("workspace/{view}/refresh")).await["params"], Value::Null);
    }
}

#[tokio::test]
async fn nothing_is_asked_for_again_that_no_edit_of_another_document_changes() {
    let folder = project(&[("orm.toml", ""), ("users.orm", USERS), ("posts.orm", POSTS), ("other.orm", "")]);
    let mut client = client(&folder).await;
    let [users, posts, other] = ["users.orm", "posts.orm", "other.orm"].map(|it| uri(&folder.path().join(it)));
    client.open(&users, USERS).await;
    client.change(&users, 2, range((1, 2), (1, 4)), "key").await;
    client.change(&users, 3, range((1, 2), (1, 5)), "id").await;
    assert_eq!(client.diagnostics(&users, Some(3)).await.len(), 0);
    look_everywhere(&mut client, &other, &folder, "// orm-allow one: a\n").await;
    assert_eq!(refreshes(&client), [0; 3], "the client asks for the document that it edits");

    // A comment says nothing to others, in an open document and in a file on disk.
    client.open(&posts, POSTS).await;
    client.change(&posts, 2, range((0, 0), (0, 0)), "// a comment\n").await;
    assert_eq!(client.diagnostics(&posts, Some(2)).await.len(), 0);
    look_everywhere(&mut client, &other, &folder, "// orm-allow two: b\n").await;
    assert_eq!(refreshes(&client), [0; 3]);

    const MIXIN: &str = "mixin M {\n  at  timestamptz\n}\n";
    look_everywhere(&mut client, &other, &folder, &format!("// orm-allow three: b\n{MIXIN}")).await;
    for view in VIEWS {
        client.server_request(&format!("workspace/{view}/refresh")).await;
    }
    // What was asked too often, here or before, has come by now.
    look_everywhere(&mut client, &other, &folder, &format!("// orm-allow four: b\n{MIXIN}")).await;
    assert_eq!(refreshes(&client), [0; 3], "once is enough");
}
